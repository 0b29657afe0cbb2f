//! What time and weather do to every surface: wear, dirt, moss, snow and water, in this order.

use gesamt_mesh::model::MaterialSpec;
use gesamt_world::MaterialKind;
use glam::Vec3;

use crate::context::{Base, Context, smooth};
use crate::math::fade_out;
use crate::noise::{noise, noise_at};
use crate::recipes::Recipe;

/// How edges wear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wear {
    /// Chipped and lighter.
    Chip,
    /// Rubbed to a shine.
    Polish,
    /// Rubbed lighter and duller.
    Rub,
    /// Does not show.
    None,
}

/// Where moss takes root on a surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Host {
    /// Wherever it is damp: earth, bark, rock as grown.
    Wild,
    /// In joints, cracks and shade and along the foot of walls: what people have built and keep walking on.
    Built,
    /// Nowhere: cloth, bright metal, glass, loose sand, what lives.
    Bare,
}

fn host(kind: MaterialKind) -> Host {
    use MaterialKind as K;
    match kind {
        K::Rock | K::Obsidian | K::Bark | K::Dirt | K::Mud | K::Thatch => Host::Wild,
        K::Brick
        | K::StoneBlock
        | K::Sandstone
        | K::Flagstone
        | K::Cobblestone
        | K::Gravel
        | K::RoofTile
        | K::Shingle
        | K::Asphalt
        | K::Concrete
        | K::Plaster
        | K::Marble
        | K::WoodPlank
        | K::WoodBeam
        | K::RustedMetal
        | K::CorrugatedMetal => Host::Built,
        _ => Host::Bare,
    }
}

/// Applies the state of the specification to a dry, clean surface.
pub(crate) fn weather(c: &Context, spec: &MaterialSpec, recipe: &Recipe, b: &mut Base) {
    let wear = recipe.wear;
    let takes_dirt = 1.0 - b.transmission * 0.7;
    if spec.wear > 0.0 && wear != Wear::None {
        worn(c, spec.wear, wear, b);
    }
    if spec.dirt > 0.0 && recipe.is_solid {
        dirt(c, spec.dirt * takes_dirt, b);
    }
    if spec.moss > 0.0 {
        moss(c, spec.moss, host(spec.kind), b);
    }
    if spec.wetness > 0.0 && recipe.is_solid {
        wet(c, spec.wetness, b);
    }
    if spec.snow > 0.0 && c.up > 0.1 && recipe.is_solid {
        snow(c, spec.snow, b);
    }
}

/// Where an edge has been hit: more with wear, broken up by noise.
pub(crate) fn edge_mask(c: &Context, wear: f32) -> f32 {
    if c.edge <= 0.0 {
        return 0.0;
    }
    let reach = c.edge * (0.45 + 0.75 * wear) + 0.22 * c.medium.v + 0.18 * c.fine.v;
    smooth(0.42, 0.62, reach) * smooth(0.0, 0.1, c.edge)
}

fn worn(c: &Context, amount: f32, wear: Wear, b: &mut Base) {
    let mask = edge_mask(c, amount);
    if mask <= 0.0 {
        return;
    }
    match wear {
        Wear::Chip => {
            b.color *= 1.0 + mask * 0.3;
            b.roughness += (0.92 - b.roughness) * 0.5 * mask;
            b.height -= 0.002 * mask;
        }
        Wear::Polish => {
            b.color *= 1.0 + mask * 0.25;
            b.roughness *= 1.0 - 0.45 * mask;
        }
        Wear::Rub => {
            b.color = b.color.lerp(Vec3::splat(b.color.element_sum() / 3.0) * 1.35 + 0.02, 0.55 * mask);
            b.roughness += (0.85 - b.roughness) * 0.4 * mask;
        }
        Wear::None => {}
    }
}

fn dirt(c: &Context, amount: f32, b: &mut Base) {
    let wall = 1.0 - c.up.abs();
    let patchy = 0.65 + 0.5 * c.medium.v + 0.35 * c.large.v;
    let grime = fade_out(c.world.y.max(0.0) * 2.2) * smooth(0.2, 0.8, wall) * (0.7 + 0.6 * c.medium.v);
    let mut mask = b.cavity * 0.75 + (1.0 - c.occlusion) * 0.9 * patchy + grime * 0.7 + 0.22 * patchy.max(0.0);
    if c.coarse {
        mask += 0.16 * wall;
    } else if wall > 0.5 {
        let streak = noise_at(c.p, Vec3::new(7.0, 0.45, 7.0)).v + 0.5 * c.large.v;
        mask += smooth(0.1, 0.75, streak) * 0.55;
    }
    let mask = (mask * amount * 0.9).clamp(0.0, 0.85);
    let soil = Vec3::new(0.0423, 0.0307, 0.0212).lerp(Vec3::new(0.1070, 0.0823, 0.0578), smooth(0.3, 0.95, c.up));
    b.color = b.color.lerp(soil * (0.55 + 0.45 * b.color.max_element().min(1.0)), mask);
    b.roughness += (0.85 - b.roughness) * mask;
    b.metallic *= 1.0 - 0.8 * mask;
    b.coat *= 1.0 - mask;
    b.glow *= 1.0 - 0.4 * mask;
}

/// Size of the cushions in metres.
const CUSHION_M: f32 = 0.055;

fn moss(c: &Context, amount: f32, host: Host, b: &mut Base) {
    let (shade, up) = (1.0 - c.occlusion, c.up.max(0.0));
    let foot = fade_out(c.world.y.max(0.0) * 2.5) * (1.0 - c.up.abs());
    let likes = match host {
        Host::Wild => up * 0.55 + shade * 0.45 + b.cavity * 0.5 + foot * 0.4,
        Host::Built => up * 0.08 + shade * 0.75 + b.cavity * 0.85 + foot * 0.45,
        Host::Bare => return,
    };
    let cushion = c.round_noise(CUSHION_M);
    let patchy = 0.3 * c.large.v + 0.3 * c.medium.v + 0.3 * cushion.v + 0.12 * c.fine.v;
    let reach = amount * 1.08 * (0.22 + likes) + patchy - 0.62;
    let mask = smooth(0.0, 0.2, reach) * smooth(-0.75, -0.1, c.up);
    if mask <= 0.0 {
        return;
    }
    let tone = (0.42 + 0.5 * cushion.v + 0.35 * c.medium.v + 0.4 * c.fine.v).clamp(0.0, 1.0);
    let green = Vec3::new(0.021, 0.027, 0.011)
        .lerp(Vec3::new(0.068, 0.082, 0.026), tone)
        .lerp(Vec3::new(0.105, 0.094, 0.045), smooth(0.2, 0.8, c.large.v) * 0.5);
    let mut cover = Base::new(green, 0.97).porous(0.6);
    cover.bump(cushion, 0.009);
    cover.bump(c.fine, 0.003);
    cover.bump(c.medium, 0.005);
    cover.height += b.height + 0.008 * mask;
    cover.glow = Vec3::ZERO;
    // Where it thins out, the ground shows between the cushions.
    *b = b.mix(&cover, 0.94 * mask);
}

fn snow(c: &Context, amount: f32, b: &mut Base) {
    let threshold = 0.98 - 0.72 * amount;
    let reach =
        c.up + 0.13 * c.large.v + 0.1 * c.medium.v + 0.04 * c.fine.v - 0.12 * b.cavity.min(1.0) * (1.0 - amount);
    let mask = smooth(threshold - 0.07, threshold + 0.09, reach)
        * smooth(0.1, 0.25, c.up)
        * smooth(0.12, 0.4, c.occlusion + 0.1 * c.medium.v);
    if mask <= 0.0 {
        return;
    }
    let mut cover = Base::new(Vec3::new(0.80, 0.83, 0.87) * (0.97 + 0.04 * c.large.v), 0.62);
    cover.bump(c.large, 0.03);
    cover.bump(c.medium, 0.006);
    cover.bump(c.fine, 0.0012);
    cover.translucency = 0.1;
    cover.height += 0.02 + 0.05 * amount;
    cover.glow = Vec3::ZERO;
    *b = b.mix(&cover, mask);
}

fn wet(c: &Context, amount: f32, b: &mut Base) {
    let patchy = (0.8 + 0.35 * c.large.v + 0.2 * c.medium.v).clamp(0.0, 1.0);
    let exposed = (0.55 + 0.45 * c.up.max(0.0)) * (0.4 + 0.6 * c.occlusion);
    let film = (amount * (0.35 + 0.65 * patchy) * (0.55 + 0.45 * exposed)).clamp(0.0, 1.0);
    soak(b, film);
    let flat = smooth(0.93, 0.985, c.up) * smooth(0.2, 0.6, c.occlusion);
    b.coat = b.coat.max(film * (0.35 + 0.5 * exposed) * (1.0 - b.transmission));
    b.coat_roughness += (0.12 + 0.1 * b.roughness - b.coat_roughness) * film;
    if flat > 0.0 {
        puddle(c, amount, flat, b);
    }
}

/// Water in the pores: darker, richer and smoother.
fn soak(b: &mut Base, film: f32) {
    let soaked = film * b.porosity;
    let richer = b.color * (0.65 + 0.35 * b.color / b.color.max_element().max(1e-3));
    b.color = b.color.lerp(richer * 0.45, soaked);
    b.roughness += (b.roughness * 0.35 + 0.08 - b.roughness) * film * (0.5 + 0.5 * b.porosity);
    b.relief *= 1.0 - 0.3 * film;
}

/// The bed of a puddle, linear.
const SILT: Vec3 = Vec3::new(0.024, 0.021, 0.017);

/// Standing water: its level follows the ground at large, so that stones rise out of it.
fn puddle(c: &Context, amount: f32, flat: f32, b: &mut Base) {
    let w = c.world;
    let mut level = noise(Vec3::new(w.x * 0.42, 3.7, w.z * 0.42)).v;
    if !c.coarse {
        level += 0.3 * noise(Vec3::new(w.x * 1.7, 9.1, w.z * 1.7)).v;
    }
    let depth = (level - 0.72 + 0.55 * amount) * 0.034 - (b.height - c.level) * 0.6 + 0.0006 * c.fine.v;
    let damp = smooth(-0.006, 0.001, depth) * flat;
    soak(b, damp * 0.6 * (1.0 - amount));
    let mask = smooth(0.0, c.soft(0.0012), depth) * flat;
    if mask <= 0.0 {
        return;
    }
    let deep = smooth(0.0, 0.012, depth);
    // Through dark water little is seen of what lies under it.
    b.color = b.color.lerp(SILT.min(b.color), mask * (0.3 + 0.6 * deep));
    b.roughness += (0.12 - b.roughness) * mask * 0.9;
    b.metallic *= 1.0 - mask;
    b.coat += (1.0 - b.coat) * mask;
    b.coat_roughness *= 1.0 - mask;
    b.coat_roughness += 0.015 * mask;
    b.relief = b.relief.lerp(c.medium.g * 0.0006, mask);
    b.height += depth.max(0.0) * mask;
    b.glow *= 1.0 - 0.3 * mask;
}
