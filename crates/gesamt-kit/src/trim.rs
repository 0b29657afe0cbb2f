//! The trim sheet of a world: plinth, cornice, beam, boards and the rest of its mouldings, one over the other in one texture.
//!
//! Every band repeats along its length. What is built by hand beside the delivered assets takes its edges, rails and skirtings from
//! here, and so has their hand: the materials, their state and their colours are those of the [`KitStyle`].

use gesamt_material::{Rib, Texel, Tile, moulding};
use gesamt_world::MaterialKind;
use glam::Vec2;

use crate::style::{KitStyle, Part};

/// Edge of the sheet in metres.
pub const SHEET_M: f32 = 2.0;
/// Texels at both borders of a band that repeat its outermost row, so that mipmaps do not bleed.
const GUTTER: usize = 2;

/// A moulding on the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// What it is.
    pub name: &'static str,
    /// Its material.
    pub kind: MaterialKind,
    /// Its lower border on the sheet, as a texture coordinate, 0 at the bottom.
    pub v_from: f32,
    /// Its upper border.
    pub v_to: f32,
    /// Its height in metres; the rest of the sheet's scale follows from its edge.
    pub height_m: f32,
}

/// The sheet.
#[derive(Clone, Debug)]
pub struct TrimSheet {
    /// Its texels; it repeats along `u` only.
    pub tile: Tile,
    /// Its bands from the lowest up.
    pub bands: Vec<Band>,
}

/// How far a moulding stands out, in metres, at a height in metres.
type Profile = fn(f32) -> f32;

/// The mouldings from the lowest up: name, part, height in metres, profile.
const MOULDINGS: [(&str, Part, f32, Profile); 9] = [
    ("plinth", Part::Stone, 0.40, |y| 0.05 * falling(y, 0.30, 0.36)),
    ("skirting", Part::Lacquer, 0.20, |y| {
        0.02 * falling(y, 0.13, 0.15) + bead(y, 0.165, 0.012) + 0.006 * falling(y, 0.17, 0.19)
    }),
    ("boards", Part::Panel, 0.42, |y| groove(y, BOARD_M)),
    ("beam", Part::Frame, 0.25, |y| 0.06 * rising(y, 0.0, 0.025) * falling(y, 0.225, 0.25)),
    ("strap", Part::Trim, 0.10, |y| 0.012 * rising(y, 0.006, 0.014) * falling(y, 0.086, 0.094)),
    ("rail", Part::Trim, 0.08, |y| bead(y, 0.04, 0.036)),
    ("cornice", Part::Wall, 0.28, |y| {
        0.012 + 0.07 * rising(y, 0.05, 0.18) + 0.02 * step(y, 0.20) + bead(y, 0.032, 0.014)
    }),
    ("coping", Part::Accent, 0.14, |y| 0.3 * bead(y, 0.07, 0.066)),
    ("lamp", Part::Glow, 0.06, |y| bead(y, 0.03, 0.02)),
];

/// A smooth step from 0 at `from` to 1 at `to`.
fn rising(y: f32, from: f32, to: f32) -> f32 {
    let t = ((y - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

fn falling(y: f32, from: f32, to: f32) -> f32 {
    1.0 - rising(y, from, to)
}

/// A step of 6 mm.
fn step(y: f32, at: f32) -> f32 {
    rising(y, at - 0.003, at + 0.003)
}

/// A half-round of a radius around a height.
fn bead(y: f32, middle: f32, radius: f32) -> f32 {
    let d = (y - middle) / radius;
    radius * (1.0 - d * d).max(0.0).sqrt()
}

/// Boards of a width with V-shaped grooves between them.
fn groove(y: f32, width: f32) -> f32 {
    let from_joint = (y / width - (y / width).round()).abs() * width;
    0.008 * (from_joint / 0.008).min(1.0)
}

/// Width of a board in metres.
const BOARD_M: f32 = 0.14;

/// The trim sheet of a style with `size` texels along each edge.
///
/// # Determinism
/// The same style gives the same texels, bit for bit.
#[must_use]
pub fn trim_sheet(style: &KitStyle, size: usize) -> TrimSheet {
    let size = size.max(64);
    let all_m: f32 = MOULDINGS.iter().map(|(_, _, height_m, _)| height_m).sum();
    let step = all_m / (size - 2 * GUTTER * MOULDINGS.len()) as f32;
    let seed = style.seed.child("trim");
    let main = style.materials.primary;
    let mut bands = Vec::with_capacity(MOULDINGS.len());
    let mut texels: Vec<Texel> = Vec::with_capacity(size * size);
    let mut below_m = 0.0;
    for (index, (name, part, height_m, profile)) in MOULDINGS.into_iter().enumerate() {
        let first = texels.len() / size;
        below_m += height_m;
        // Rounded from the bottom up, so that all rows are used.
        let rows = (below_m / step).round() as usize + 2 * GUTTER * (index + 1) - first;
        let mut spec = style.material(part, main, seed.child(name));
        // Mouldings are looked at from nearby, and snow and moss belong to what they are used on.
        (spec.snow, spec.moss) = (0.0, 0.5 * spec.moss);
        let is_sawn = matches!(spec.kind, MaterialKind::WoodPlank | MaterialKind::WoodBeam);
        let ribs: Vec<Rib> =
            (0..rows).map(|row| rib(profile, height_m, (row as f32 + 0.5 - GUTTER as f32) * step)).collect();
        texels.extend(moulding(&spec, is_sawn, SHEET_M, size, &ribs));
        let at = |row: usize| row as f32 / size as f32;
        let (v_from, v_to) = (at(first + GUTTER), at(first + rows - GUTTER));
        bands.push(Band { name, kind: spec.kind, v_from, v_to, height_m });
    }
    TrimSheet { tile: Tile { edge_m: Vec2::splat(SHEET_M), size, texels }, bands }
}

/// The profile at a height; beyond its borders it goes on straight.
fn rib(profile: Profile, height_m: f32, y: f32) -> Rib {
    /// Reach of edges and corners in metres.
    const REACH_M: f32 = 0.006;
    let y = y.clamp(0.0, height_m);
    let at = |y: f32| profile(y.clamp(0.0, height_m));
    let slope = (at(y + 0.5 * REACH_M) - at(y - 0.5 * REACH_M)) / REACH_M;
    let bend = (at(y + REACH_M) + at(y - REACH_M) - 2.0 * at(y)) / REACH_M;
    Rib {
        v_m: y,
        out_m: at(y),
        slope: slope.clamp(-2.5, 2.5),
        edge: (-1.4 * bend).clamp(0.0, 1.0),
        openness: 1.0 - (0.8 * bend).clamp(0.0, 0.65),
        board: ((y / BOARD_M).floor() * 0.381_966).fract(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::style;
    use gesamt_world::Genre;

    #[test]
    fn the_bands_fill_the_sheet_and_lie_apart() {
        let sheet = trim_sheet(&style(Genre::Steampunk, &[]), 512);
        assert_eq!(sheet.tile.texels.len(), 512 * 512);
        assert_eq!(sheet.bands.len(), MOULDINGS.len());
        for pair in sheet.bands.windows(2) {
            assert!(pair[0].v_to < pair[1].v_from, "{pair:?}");
        }
        for band in &sheet.bands {
            let height = (band.v_to - band.v_from) * SHEET_M;
            assert!((height / band.height_m - 1.0).abs() < 0.1, "{band:?}");
        }
    }

    #[test]
    fn a_rail_is_round_and_a_plinth_flat() {
        let sheet = trim_sheet(&style(Genre::MedievalFantasy, &[]), 512);
        let lean = |name: &str, share: f32| {
            let band = sheet.bands.iter().find(|band| band.name == name).unwrap();
            let row = ((band.v_from + share * (band.v_to - band.v_from)) * 512.0) as usize;
            sheet.tile.texels[row * 512..(row + 1) * 512].iter().map(|t| t.normal.y).sum::<f32>() / 512.0
        };
        assert!(lean("rail", 0.9) > 0.3 && lean("rail", 0.1) < -0.3, "{} {}", lean("rail", 0.9), lean("rail", 0.1));
        assert!(lean("plinth", 0.4).abs() < 0.1, "{}", lean("plinth", 0.4));
    }

    #[test]
    fn every_genre_has_its_own_trim() {
        let colour = |genre| {
            let sheet = trim_sheet(&style(genre, &[]), 64);
            sheet.tile.texels.iter().map(|t| t.base_color).sum::<glam::Vec3>() / (64.0 * 64.0)
        };
        let (steam, japan, alien) = (colour(Genre::Steampunk), colour(Genre::FeudalJapan), colour(Genre::Alien));
        assert!((steam - japan).length() > 0.02 && (japan - alien).length() > 0.02, "{steam} {japan} {alien}");
    }
}
