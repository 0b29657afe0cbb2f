//! Laid pieces: bricks, blocks, cobbles, flags, tiles and shingles.

use gesamt_world::MaterialKind;
use glam::{Vec3, vec2};

use super::Recipe;
use crate::context::{Base, Context, Mapping, smooth};
use crate::dual::Dual;
use crate::layout::{Piece, ashlar, box_inside, cells, courses};
use crate::math::floor;
use crate::weather::Wear;

pub(super) fn recipe(kind: MaterialKind) -> Recipe {
    use MaterialKind as K;
    match kind {
        K::Brick => Recipe::new(
            [(0x8f4a35, 1.0), (0x5f3029, 0.9), (0xa9694a, 0.9), (0xa39a8c, 0.25), (0x3c2a28, 0.6)],
            Mapping::Wall,
            Wear::Chip,
            0.16,
            brick,
        ),
        K::StoneBlock => Recipe::new(
            [(0x857f76, 1.0), (0x6a655f, 1.0), (0x9b9284, 1.0), (0x6f685c, 0.5), (0x7d7060, 0.8)],
            Mapping::Wall,
            Wear::Chip,
            0.35,
            stone_block,
        ),
        K::Sandstone => Recipe::new(
            [(0xc29a6b, 1.0), (0xa97c50, 1.0), (0xd6b78a, 0.9), (0x8a6746, 0.8), (0xb58058, 0.9)],
            Mapping::Wall,
            Wear::Chip,
            0.45,
            sandstone,
        ),
        K::Flagstone => Recipe::new(
            [(0x7c776e, 1.0), (0x625f5b, 1.0), (0x938a7a, 1.0), (0x4b443a, 0.3), (0x6e6259, 0.9)],
            Mapping::Ground,
            Wear::Chip,
            0.4,
            flagstone,
        ),
        K::Cobblestone => Recipe::new(
            [(0x6b6864, 1.0), (0x504e4d, 1.0), (0x857d73, 1.0), (0x3f3931, 0.3), (0x75695d, 0.9)],
            Mapping::Ground,
            Wear::Chip,
            0.09,
            cobblestone,
        ),
        K::RoofTile => Recipe::new(
            [(0xa4543a, 1.0), (0x7c3c2c, 1.0), (0xbd7350, 1.0), (0x4e2c24, 0.7), (0x8c7a66, 0.3)],
            Mapping::Roof,
            Wear::Chip,
            0.2,
            roof_tile,
        ),
        _ => Recipe::new(
            [(0x78695a, 1.0), (0x5a4d42, 1.0), (0x948672, 1.0), (0x2f2822, 0.5), (0x6d665e, 0.8)],
            Mapping::Roof,
            Wear::Rub,
            0.12,
            shingle,
        ),
    }
}

/// The colour of a piece among the first, second and third swatch, lighter or darker by up to `spread`.
fn piece_color(c: &Context, piece: &Piece, spread: f32) -> Vec3 {
    let [a, b, d, ..] = *c.colors;
    let k = piece.dice.unit(0);
    let hue = if k < 0.5 { a.lerp(b, k * 1.4) } else { a.lerp(d, (k - 0.5) * 1.7) };
    hue * (1.0 + spread * piece.dice.signed(1))
}

/// Each piece lies a little differently.
fn tilt(piece: &Piece, slope: f32) -> Dual {
    let g = vec2(piece.dice.signed(2), piece.dice.signed(3)) * slope;
    Dual::new(g.dot(piece.local), g)
}

fn brick(c: &Context) -> Base {
    let uv = c.uv + vec2(c.medium.v, 1.3 * c.medium.v) * 0.0012;
    let size = vec2(0.225, 0.075);
    let piece = courses(uv, size, 0.5, 0.0, 0.011, 0.005, c.seed);
    let mut edge = piece.inside;
    edge.v += 0.0016 * c.fine.v + 0.001 * c.medium.v;
    let face = edge.smooth(-0.001, c.soft(0.0035));
    let mut color = piece_color(c, &piece, 0.24);
    if piece.dice.again().unit(0) < 0.06 {
        color = color.lerp(c.colors[4], 0.75);
    }
    color *= 1.0 + 0.2 * c.fine.v + 0.1 * c.medium.v + 0.1 * c.large.v;
    // Salts bloom in patches.
    let salt = smooth(0.25, 0.7, c.large.v + 0.5 * c.medium.v) * 0.16;
    color = color.lerp(Vec3::splat(0.55), salt);
    let mortar = c.colors[3] * (1.0 + 0.22 * c.fine.v + 0.15 * c.medium.v + 0.1 * c.large.v);
    let mut base = Base::new(mortar.lerp(color, face.v), 0.93 - 0.1 * face.v + 0.05 * c.fine.v).porous(0.9);
    base.cavity = (1.0 - face.v) * 0.75 + smooth(0.2, 0.6, -c.fine.v) * 0.25;
    base.raise(c, face, 0.006);
    base.raise(c, tilt(&piece, 0.035), face.v);
    base.height += 0.0012 * piece.dice.signed(3) * face.v;
    base.bump(c.fine, 0.0013);
    base.bump(c.medium, 0.0018);
    base
}

/// Dressed or rough stone: pits, medium swells and a chiselled margin.
fn stone_face(c: &Context, piece: &Piece, face: Dual, base: &mut Base, rough: f32) {
    base.raise(c, tilt(piece, 0.02 * rough), face.v);
    base.bump(c.medium, 0.007 * rough);
    base.bump(c.fine, 0.0014 * rough);
    base.cavity += smooth(0.25, 0.7, -c.fine.v - 0.4 * c.medium.v) * 0.3;
}

fn stone_block(c: &Context) -> Base {
    let uv = c.uv + vec2(c.medium.v, -0.7 * c.medium.v) * 0.006;
    let piece = ashlar(uv, &[0.27, 0.34, 0.23, 0.3], 0.34, 0.6, 0.014, 0.03, c.seed);
    let mut edge = piece.inside;
    edge.v += 0.004 * c.medium.v + 0.002 * c.fine.v;
    let face = edge.smooth(-0.002, c.soft(0.006));
    let pillow = edge.round(0.05);
    let speck = 1.0 + 0.16 * c.fine.v + 0.14 * c.medium.v + 0.12 * c.large.v;
    let stain = smooth(0.1, 0.7, c.large.v + 0.4 * c.medium.v) * 0.35;
    let color = (piece_color(c, &piece, 0.22) * speck).lerp(c.colors[4] * speck, stain);
    let joint = c.colors[3] * (0.85 + 0.2 * c.fine.v);
    let mut base = Base::new(joint.lerp(color, face.v), 0.86 - 0.08 * piece.dice.unit(3) + 0.05 * c.fine.v).porous(0.7);
    base.cavity = (1.0 - face.v) * 0.9;
    base.raise(c, face, 0.008);
    base.raise(c, pillow, 0.012);
    stone_face(c, &piece, face, &mut base, 1.0);
    base
}

fn sandstone(c: &Context) -> Base {
    let uv = c.uv + vec2(c.medium.v, c.medium.v) * 0.003;
    let piece = ashlar(uv, &[0.42, 0.36, 0.46], 0.62, 0.4, 0.007, 0.015, c.seed);
    let mut edge = piece.inside;
    edge.v += 0.002 * c.medium.v;
    let face = edge.smooth(0.0, c.soft(0.005));
    // Beds of the sediment, tilted and displaced from block to block.
    let bed = c.p.y + 0.12 * piece.dice.signed(2) * piece.local.x + piece.dice.unit(3) * 3.0 + 0.03 * c.medium.v;
    let strata = crate::noise::noise(Vec3::new(c.large.v * 0.4, bed * 14.0, piece.dice.unit(1) * 9.0)).v;
    let fine_strata = c.keep(0.02) * crate::noise::noise(Vec3::new(0.3, bed * 70.0, c.uv.x * 1.5)).v;
    let [a, b, d, joint, warm] = *c.colors;
    let mut color = a.lerp(b, smooth(-0.1, 0.6, strata) * 0.75).lerp(d, smooth(0.1, 0.7, -strata) * 0.6);
    color = color.lerp(warm, 0.5 * piece.dice.unit(0)) * (1.0 + 0.16 * piece.dice.signed(1));
    color *= 1.0 + 0.1 * fine_strata + 0.08 * c.fine.v + 0.1 * c.medium.v + 0.1 * c.large.v;
    let mut base = Base::new((joint * 0.8).lerp(color, face.v), 0.9).porous(0.8);
    base.cavity = (1.0 - face.v) * 0.8 + smooth(0.3, 0.7, -c.medium.v) * 0.2;
    base.raise(c, face, 0.006);
    base.raise(c, edge.round(0.03), 0.008);
    base.height += 0.0015 * strata;
    stone_face(c, &piece, face, &mut base, 0.55);
    base
}

fn flagstone(c: &Context) -> Base {
    let uv = c.uv + vec2(c.medium.v, -c.medium.v) * 0.005 + vec2(c.large.v, -c.large.v) * 0.03;
    let piece = ashlar(uv, &[0.46, 0.6, 0.38, 0.52], 0.42, 0.65, 0.014, 0.03, c.seed);
    let mut edge = piece.inside;
    edge.v += 0.004 * c.medium.v + 0.0025 * c.fine.v;
    let face = edge.smooth(-0.002, c.soft(0.006));
    let cleft = c.round_noise(0.45);
    let speck = 1.0 + 0.13 * c.fine.v + 0.16 * c.medium.v + 0.12 * c.large.v + 0.1 * cleft.v;
    let color = piece_color(c, &piece, 0.25).lerp(c.colors[4], 0.3 * piece.dice.unit(3)) * speck;
    let soil = c.colors[3] * (0.8 + 0.4 * c.fine.v);
    let mut base = Base::new(soil.lerp(color, face.v), 0.95 + face.v * (-0.24 - 0.1 * cleft.v)).porous(0.7);
    base.cavity = (1.0 - face.v) * 0.95;
    base.raise(c, face, 0.007);
    base.raise(c, edge.round(0.045), 0.005);
    base.raise(c, tilt(&piece, 0.012), face.v);
    base.height += 0.002 * piece.dice.signed(2) * face.v;
    base.bump(cleft, 0.006);
    base.bump(c.medium, 0.0022);
    base.bump(c.fine, 0.0006);
    base
}

fn cobblestone(c: &Context) -> Base {
    const PITCH: f32 = 0.115;
    let uv = c.uv + vec2(c.medium.v, -c.medium.v) * 0.008 + vec2(0.0, 0.1 * c.large.v);
    let cell = cells(uv / PITCH, 0.42, c.seed);
    let piece = Piece { inside: cell.border, local: cell.local, half: vec2(0.5, 0.5), dice: cell.dice };
    // A box inside the cell keeps the stones squarish, as setts are.
    let squared = box_inside(cell.local, vec2(0.5, 0.5), 0.16);
    let mut edge = (cell.border * 1.2).min(squared + Dual::flat(0.05)).min(Dual::flat(0.6) - cell.near);
    edge.v += -0.06 + 0.03 * c.fine.v;
    let dome = edge.round(0.42);
    let face = edge.smooth(-0.02, (c.soft(0.004) / PITCH).max(0.06));
    let speck = 1.0 + 0.16 * c.fine.v + 0.1 * c.medium.v + 0.12 * c.large.v;
    let color = piece_color(c, &piece, 0.3).lerp(c.colors[4], 0.35 * piece.dice.unit(3)) * speck;
    let soil = c.colors[3] * (0.75 + 0.35 * c.fine.v);
    // Traffic polishes the crowns.
    let crown = smooth(0.5, 1.0, dome.v);
    let mut base =
        Base::new(soil.lerp(color * (0.8 + 0.25 * crown), face.v), 0.95 - face.v * (0.2 + 0.2 * crown)).porous(0.55);
    base.cavity = 1.0 - smooth(0.0, 0.75, dome.v * face.v);
    base.raise(c, Dual::new(dome.v, dome.g / PITCH), 0.024);
    base.raise(c, Dual::new(0.0, tilt(&piece, 0.1).g), face.v);
    base.height += 0.003 * piece.dice.signed(3) * face.v;
    base.bump(c.fine, 0.0008);
    base.bump(c.large, 0.01);
    base
}

fn roof_tile(c: &Context) -> Base {
    let size = vec2(0.2, 0.25);
    let uv = c.uv + vec2(0.004 * c.medium.v, 0.006 * c.medium.v);
    let piece = courses(uv, size, 0.5, 0.0, 0.0, 0.0, c.seed);
    let x = piece.local.x / size.x;
    // A pan with an upturned roll on its right side.
    let roll = Dual::new(x * std::f32::consts::TAU, vec2(std::f32::consts::TAU / size.x, 0.0)).sin();
    // The tile rises towards its lower end, where it laps over the next.
    let drop = Dual::new(0.5 - piece.local.y / size.y, vec2(0.0, -1.0 / size.y));
    let lip = Dual::new(piece.local.y + 0.5 * size.y, vec2(0.0, 1.0)).smooth(0.0, c.soft(0.012));
    let side = smooth(0.0, 0.01, 0.5 * size.x - piece.local.x.abs());
    let shadow = 1.0 - smooth(0.0, 0.05, 0.5 * size.y - piece.local.y);
    let mut color = piece_color(c, &piece, 0.26);
    color = color.lerp(c.colors[3], smooth(0.0, 0.8, c.medium.v + 0.6 * c.large.v + piece.dice.signed(3) * 0.4) * 0.4);
    color = color.lerp(c.colors[4], smooth(0.35, 0.6, c.fine.v + 0.8 * c.medium.v + 0.3 * c.large.v) * 0.35);
    color *= (1.0 + 0.12 * c.fine.v + 0.08 * c.medium.v) * (0.55 + 0.45 * lip.v) * (1.0 - 0.3 * shadow);
    let mut base = Base::new(color * (0.6 + 0.4 * side), 0.82 + 0.08 * c.fine.v).porous(0.7);
    base.cavity =
        ((1.0 - side) * 0.6 + shadow * 0.55 + (1.0 - lip.v) * 0.4 + smooth(0.2, 1.0, -roll.v) * 0.25).min(1.0);
    base.raise(c, roll, 0.018);
    base.raise(c, drop * lip, 0.02);
    base.raise(c, tilt(&piece, 0.05), 1.0);
    base.bump(c.fine, 0.0006);
    base.bump(c.medium, 0.001);
    base
}

fn shingle(c: &Context) -> Base {
    let size = vec2(0.13, 0.15);
    let row = floor(c.uv.y / size.y);
    let ragged = 0.012 * crate::layout::Dice::at(floor(c.uv.x / 0.13) as i32, row as i32, c.seed).signed(0);
    let uv = vec2(c.uv.x, c.uv.y + 0.004 * c.medium.v + ragged * 0.3);
    let piece = courses(uv, size, 0.5, 0.75, 0.0, 0.0, c.seed);
    let gap =
        Dual::new(piece.half.x - piece.local.x.abs(), vec2(-piece.local.x.signum(), 0.0)).smooth(0.0015, c.soft(0.005));
    let drop = Dual::new(0.5 - piece.local.y / size.y, vec2(0.0, -1.0 / size.y));
    let lip = Dual::new(piece.local.y + 0.5 * size.y, vec2(0.0, 1.0)).smooth(0.0, c.soft(0.008));
    let shadow = 1.0 - smooth(0.0, 0.035, 0.5 * size.y - piece.local.y);
    let grain = c.along(0.006, 0.16, piece.dice.unit(3) * 20.0);
    let mut color = piece_color(c, &piece, 0.3) * (1.0 + 0.3 * grain.v + 0.1 * c.medium.v + 0.15 * c.large.v);
    color = color.lerp(c.colors[4] * 1.15, smooth(-0.1, 0.5, c.large.v + 0.4 * piece.dice.signed(2)) * 0.6);
    let open = gap.v * (0.45 + 0.55 * lip.v) * (1.0 - 0.4 * shadow);
    let mut base = Base::new(c.colors[3].lerp(color, open), 0.88).porous(0.85);
    base.cavity = (1.0 - open).clamp(0.0, 1.0);
    base.raise(c, gap, 0.006);
    base.raise(c, drop * lip, 0.014);
    base.raise(c, tilt(&piece, 0.06), gap.v);
    base.bump(grain, 0.0012);
    base
}
