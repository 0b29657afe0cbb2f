//! What the parts of some families are made of, whatever their slot and their genre would choose.

use gesamt_mesh::MaterialSpec;
use gesamt_world::{AssetFamily as F, LinearRgb, MaterialKind as M};

use crate::style::{Dialect, KitStyle, Part, mix};

/// The green of a succulent, of its ribs, and of old cork, linear.
const SUCCULENT: LinearRgb = [0.08, 0.15, 0.07];
const PALE_RIB: LinearRgb = [0.34, 0.4, 0.2];
const CORK: LinearRgb = [0.2, 0.13, 0.07];
const STRAW: LinearRgb = [0.62, 0.5, 0.28];
/// The olive of a kelp blade and the brown of its stipe.
const OLIVE: LinearRgb = [0.155, 0.125, 0.028];
const STIPE: LinearRgb = [0.11, 0.065, 0.018];
const BLADDER: LinearRgb = [0.42, 0.3, 0.08];
/// The black of a beetle's back, and the size of the pattern of hide on walls.
const CHITIN: LinearRgb = [0.03, 0.012, 0.04];
const HIDE: f32 = 0.4;
/// The flesh of a mushroom's stem, and the leaves of a strange world.
const STALK: LinearRgb = [0.6, 0.52, 0.38];
const FROND: LinearRgb = [0.02, 0.16, 0.17];
/// The dark green of fir needles.
const NEEDLE: LinearRgb = [0.022, 0.05, 0.022];
/// Fired clay, split wood and coal.
const CLAY: LinearRgb = [0.45, 0.17, 0.07];
const SPLIT: LinearRgb = [0.5, 0.34, 0.18];
const COAL: LinearRgb = [0.018, 0.016, 0.015];

/// Gives a part of some families its own skin.
pub(crate) fn suit(spec: &mut MaterialSpec, part: Part, family: F, style: &KitStyle) {
    match family {
        F::Cactus => succulent(spec, part, style),
        F::Kelp => weed(spec, part, style),
        F::Coral => polyps(spec, part, style),
        F::Mushroom => fungus(spec, part),
        F::Crystal => gem(spec, part),
        F::Conifer if spec.kind == M::Leaves && style.dialect != Dialect::Organic => {
            // Snow lies on boughs in part: the rest slides off.
            spec.snow *= 0.7;
            spec.tint = mix(spec.tint, NEEDLE, 0.6);
            spec.tint_strength = spec.tint_strength.max(0.7);
        }
        F::Conifer | F::Palm | F::Grass | F::Bamboo if style.dialect == Dialect::Organic && spec.kind == M::Leaves => {
            spec.tint = mix(style.colors[3], FROND, 0.82);
            spec.tint_strength = 0.8;
        }
        F::Urn if part == Part::Main && is_timber(spec.kind) => dress(spec, M::Ceramic, CLAY, 0.85),
        F::Brazier => hearth(spec, part),
        F::Wall
        | F::Window
        | F::Doorway
        | F::Corner
        | F::Roof
        | F::Floor
        | F::Arch
        | F::Stairs
        | F::Column
        | F::Door
        | F::Bridge
        | F::Torii
        | F::Well
        | F::Lighthouse
        | F::Buoy
        | F::Bollard
            if style.dialect == Dialect::Organic =>
        {
            shells(spec, part, style);
        }
        _ => {}
    }
}

/// The plates, skins and hide of grown buildings.
fn shells(spec: &mut MaterialSpec, part: Part, style: &KitStyle) {
    let [key, _, _, accent, _] = style.colors;
    match part {
        Part::Main => spec.scale = HIDE,
        Part::Roof => dress(spec, M::Plastic, mix(accent, CHITIN, 0.93), 0.95),
        Part::Panel => dress(spec, M::Plastic, mix(accent, CHITIN, 0.84), 0.95),
        Part::Cloth => dress(spec, M::Leather, mix(accent, mix(key, [0.5, 0.3, 0.24], 0.5), 0.6), 0.9),
        _ => return,
    }
    spec.wear *= 0.3;
    spec.dirt *= 0.6;
}

/// Pale flesh for the stems, a fine pattern for the caps.
fn fungus(spec: &mut MaterialSpec, part: Part) {
    match part {
        Part::Ceramic => dress(spec, M::Bone, STALK, 0.7),
        Part::Bloom => spec.scale = 0.4,
        _ => {}
    }
}

/// Clear enough to see into: it glimmers from within rather than shines like a lamp.
fn gem(spec: &mut MaterialSpec, part: Part) {
    /// Part of the radiance that is left.
    const GLIMMER: f32 = 0.16;
    if part == Part::Crystal {
        spec.emission = spec.emission.map(|v| v * GLIMMER);
        spec.moss = 0.0;
        spec.dirt *= 0.4;
    }
}

/// Iron instead of timber, and nothing that grows or lies on what burns.
fn hearth(spec: &mut MaterialSpec, part: Part) {
    match part {
        Part::Main | Part::Frame if is_timber(spec.kind) => spec.kind = M::DarkMetal,
        Part::Pages => dress(spec, M::WoodBeam, SPLIT, 0.6),
        Part::Soil => dress(spec, M::Rock, COAL, 0.95),
        Part::Bark => {}
        _ => return,
    }
    if matches!(part, Part::Pages | Part::Soil | Part::Bark) {
        spec.moss = 0.0;
        spec.snow = 0.0;
    }
}

fn is_timber(kind: M) -> bool {
    matches!(kind, M::WoodPlank | M::WoodBeam | M::Bark | M::Thatch | M::Leaves)
}

/// Recolours a material and keeps it free of moss, which hides the shape of living things.
fn dress(spec: &mut MaterialSpec, kind: M, tint: LinearRgb, strength: f32) {
    spec.kind = kind;
    spec.tint = tint;
    spec.tint_strength = strength;
    spec.moss *= 0.3;
}

fn succulent(spec: &mut MaterialSpec, part: Part, style: &KitStyle) {
    let alien = style.dialect == Dialect::Organic;
    let flesh = if alien { mix(SUCCULENT, style.colors[4], 0.25) } else { SUCCULENT };
    match part {
        Part::Main => dress(spec, M::Plastic, flesh, 0.92),
        Part::Panel => dress(spec, M::Plastic, mix(PALE_RIB, flesh, 0.15), 0.92),
        Part::Bark => dress(spec, M::Bark, CORK, 0.6),
        Part::Ceramic => dress(spec, M::Bone, STRAW, 0.6),
        _ => return,
    }
    spec.wear *= 0.25;
    spec.dirt *= 0.5;
}

fn weed(spec: &mut MaterialSpec, part: Part, style: &KitStyle) {
    let hue = |c: LinearRgb| if style.dialect == Dialect::Organic { mix(c, style.colors[3], 0.2) } else { c };
    match part {
        Part::Main => dress(spec, M::Leather, hue(OLIVE), 0.9),
        Part::Bark => dress(spec, M::Leather, hue(STIPE), 0.9),
        Part::Goods => dress(spec, M::Leather, hue(BLADDER), 0.9),
        _ => return,
    }
    spec.wear *= 0.2;
}

fn polyps(spec: &mut MaterialSpec, part: Part, style: &KitStyle) {
    let accent = style.colors[3];
    match part {
        Part::Main => spec.scale = 0.45,
        Part::Bloom => dress(spec, M::Coral, mix(accent, [0.55, 0.24, 0.2], 0.5), 0.75),
        Part::Cloth => dress(spec, M::Coral, mix(accent, [0.72, 0.42, 0.06], 0.75), 0.85),
        Part::Accent => dress(spec, M::Leather, mix(accent, [0.5, 0.1, 0.42], 0.65), 0.9),
        Part::Cloth2 => dress(spec, M::Coral, mix(accent, [0.62, 0.4, 0.5], 0.75), 0.85),
        _ => return,
    }
    if matches!(part, Part::Cloth | Part::Cloth2) {
        spec.scale = 0.45;
    }
}
