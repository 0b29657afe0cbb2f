//! Boards, beams, bark and straw.

use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3, vec2};

use super::Recipe;
use crate::context::{Base, Context, Mapping, line, smooth};
use crate::dual::Dual;
use crate::layout::{Dice, cells, courses};
use crate::math::floor;
use crate::noise::noise;
use crate::weather::Wear;

pub(super) fn recipe(kind: MaterialKind) -> Recipe {
    use MaterialKind as K;
    match kind {
        K::WoodPlank => Recipe::new(
            [(0x86623f, 1.0), (0x573c26, 1.0), (0xa98459, 1.0), (0x2c2018, 0.5), (0x8b8175, 0.6)],
            Mapping::Wall,
            Wear::Rub,
            0.14,
            plank,
        ),
        K::WoodBeam => Recipe::new(
            [(0x6d4d33, 1.0), (0x48301f, 1.0), (0x8f6b47, 1.0), (0x211711, 0.5), (0x7c7166, 0.6)],
            Mapping::Wall,
            Wear::Rub,
            0.12,
            beam,
        ),
        K::Bark => Recipe::new(
            [(0x5f5042, 1.0), (0x3c3129, 1.0), (0x847363, 1.0), (0x1f1813, 0.6), (0x7d8468, 0.5)],
            Mapping::Solid,
            Wear::None,
            0.08,
            bark,
        ),
        _ => Recipe::new(
            [(0xa98c55, 1.0), (0x6f5833, 1.0), (0xcdb37a, 1.0), (0x3a2d1b, 0.6), (0x857a66, 0.6)],
            Mapping::Roof,
            Wear::None,
            0.06,
            thatch,
        ),
    }
}

/// The figure of one board: rings cut lengthwise, pores, and knots the rings flow around.
struct Figure {
    /// Late wood, 0–1.
    ring: f32,
    /// Fine streaks.
    pore: f32,
    /// Inside of a knot, 0–1.
    knot: f32,
    /// Slope across the grain.
    relief: Vec2,
}

/// The figure at `(along, across)` in metres.
fn figure(c: &Context, at: Vec2, dice: Dice, seed: u32) -> Figure {
    let shift = dice.unit(3) * 40.0;
    // Knots: at most one per cell of 0.7 m along the board.
    let cell = floor(at.x / 0.7);
    let k = Dice::at(cell as i32, dice.0 as i32, seed ^ 0x6b07);
    let center = vec2((cell + 0.25 + 0.5 * k.unit(0)) * 0.7, k.signed(1) * 0.035);
    let off = (at - center) * vec2(0.55, 1.0);
    let radius = if k.unit(2) < 0.45 { 0.010 + 0.011 * k.unit(3) } else { 0.0 };
    let distance = off.length();
    let pull = if radius > 0.0 { (-(distance * distance) / (radius * radius * 9.0)).exp() } else { 0.0 };
    let slow = noise(Vec3::new(at.x * 0.8, at.y * 5.0, shift)).v;
    let bent = at.y + 0.012 * slow + pull * radius * 2.2 * off.y.signum();
    let phase = bent * (150.0 + 70.0 * dice.unit(0)) + 1.5 * slow + pull * distance * 180.0;
    let wave = noise(Vec3::new(phase * 0.35, at.x * 0.5, shift + 3.0));
    let fiber = noise(Vec3::new(at.x * 7.0, at.y * 420.0, shift + 9.0));
    let (keep_ring, keep_pore) = (c.keep(0.018), c.keep(0.006));
    Figure {
        ring: smooth(-0.45, 0.55, wave.v * keep_ring),
        pore: fiber.v * keep_pore,
        knot: if radius > 0.0 { 1.0 - smooth(radius * 0.6, radius * 1.1, distance) } else { 0.0 },
        relief: vec2(fiber.g.x * 7.0 * 0.2, fiber.g.y * 420.0) * (0.00022 * keep_pore)
            + vec2(0.0, wave.g.x * 50.0) * (0.0004 * keep_ring),
    }
}

/// The colour of sawn wood, `weathered` towards silver grey.
fn timber(c: &Context, f: &Figure, dice: Dice, weathered: f32) -> Vec3 {
    let [mid, dark, light, deep, gray] = *c.colors;
    let own =
        mid.lerp(if dice.unit(0) < 0.5 { dark } else { light }, 0.55 * dice.unit(1)) * (1.0 + 0.16 * dice.signed(2));
    let mut color = own.lerp(dark, f.ring * 0.5).lerp(light, (1.0 - f.ring) * 0.25) * (1.0 + 0.2 * f.pore);
    color = color.lerp(gray * (0.85 + 0.25 * (1.0 - f.ring)) * (1.0 + 0.2 * f.pore), weathered);
    color.lerp(deep.lerp(dark, 0.5), f.knot * 0.8) * (1.0 + 0.1 * c.medium.v + 0.1 * c.large.v)
}

fn plank(c: &Context) -> Base {
    if c.is_sawn {
        return board(c);
    }
    let uv = c.uv + vec2(0.0, 0.0022 * c.medium.v);
    let piece = courses(uv, vec2(2.4, 0.14), 0.37, 0.35, 0.004, 0.003, c.seed);
    let dice = piece.dice;
    let f = figure(c, piece.local + vec2(dice.unit(1) * 9.0, 0.0), dice, c.seed);
    let mut edge = piece.inside;
    edge.v += 0.0006 * c.fine.v;
    let face = edge.smooth(-0.0005, c.soft(0.004));
    let weathered = (0.25 + 0.35 * c.large.v + 0.2 * c.medium.v + 0.3 * dice.signed(0)).clamp(0.0, 0.8);
    let mut color = timber(c, &f, dice, weathered);
    // Ends drink water and darken; two nails hold each of them.
    let end = piece.half.x - piece.local.x.abs();
    color *= 1.0 - 0.4 * (1.0 - smooth(0.0, 0.09, end + 0.03 * c.medium.v));
    let nail = vec2(end - 0.035, piece.local.y.abs() - 0.042).length();
    let head = 1.0 - smooth(0.003, c.soft(0.0055), nail);
    let halo = (1.0 - smooth(0.0, 0.03, nail)) * 0.35;
    color = color.lerp(c.colors[3], halo).lerp(Vec3::splat(0.05), head * 0.85);
    let deep = c.colors[3] * 0.6;
    let mut base = Base::new(deep.lerp(color, face.v), 0.74 - 0.08 * f.ring + 0.1 * weathered).porous(0.75);
    base.cavity = (1.0 - face.v) * 0.95 + 0.12 * smooth(0.2, 0.8, -f.pore);
    base.raise(c, face, 0.006);
    base.raise(c, edge.round(0.012), 0.0015);
    base.raise(c, Dual::new(0.0, f.relief), face.v);
    // Boards cup and lie at their own height.
    let cup = piece.local.y / 0.07;
    base.raise(c, Dual::new(cup * cup, vec2(0.0, 2.0 * cup / 0.07)), 0.0016 * dice.signed(1));
    base.height += 0.002 * dice.unit(2) - 0.001 * head;
    base.relief += c.frame.v * (0.02 * dice.signed(3));
    base
}

/// A single sawn board.
fn board(c: &Context) -> Base {
    let dice = Dice::at(c.seed as i32, (c.board * 4096.0) as i32, 0xb0a2);
    let f = figure(c, c.uv, dice, c.seed);
    let weathered = (0.25 + 0.35 * c.large.v + 0.2 * c.medium.v + 0.3 * dice.signed(4)).clamp(0.0, 0.8);
    let mut base = Base::new(timber(c, &f, dice, weathered), 0.74 - 0.08 * f.ring + 0.1 * weathered).porous(0.75);
    base.cavity = 0.12 * smooth(0.2, 0.8, -f.pore);
    base.raise(c, Dual::new(0.0, f.relief), 1.0);
    base.bump(c.medium, 0.0015);
    base
}

fn beam(c: &Context) -> Base {
    // Where nothing is known of the piece, the grain runs up posts and along X on top of things.
    let lies = c.is_sawn || c.n.y.abs() > 0.8;
    let at = if lies { c.uv } else { vec2(c.uv.y, c.uv.x) };
    let (along, across) = if lies { (c.frame.u, c.frame.v) } else { (c.frame.v, c.frame.u) };
    let dice = Dice::at(c.seed as i32, 1 + (c.board * 4096.0) as i32, 0xbea3);
    let f = figure(c, at, dice, c.seed);
    let weathered = (0.3 + 0.4 * c.large.v + 0.25 * c.medium.v).clamp(0.0, 0.7);
    let mut color = timber(c, &f, dice, weathered);
    // Drying checks: long splits that follow the grain.
    let split = noise(Vec3::new(at.x * 1.3, at.y * 17.0 + 0.3 * c.medium.v, 3.0));
    let gate = smooth(-0.05, 0.4, noise(Vec3::new(at.x * 1.1, at.y * 4.0, 11.0)).v);
    let check = line(split.v / 17.0, c.soft(0.0035)) * gate;
    // Adze marks.
    let hewn = noise(Vec3::new(at.x * 9.0, at.y * 5.0, 5.0));
    color = color.lerp(c.colors[3], check * 0.9) * (1.0 + 0.1 * hewn.v * c.keep(0.1));
    let mut base = Base::new(color, 0.8 - 0.08 * f.ring).porous(0.75);
    base.cavity = check;
    base.relief += (along * f.relief.x + across * f.relief.y) * 1.3;
    base.relief += (along * (hewn.g.x * 9.0) + across * (hewn.g.y * 5.0)) * 0.0022;
    base.relief += across * (split.v.signum() * 0.9 * check * (1.0 - check) * 2.0);
    base.height -= 0.008 * check;
    base.bump(c.medium, 0.003);
    base
}

fn bark(c: &Context) -> Base {
    let [mid, dark, light, deep, lichen] = *c.colors;
    let bend = Vec3::new(c.medium.v, 0.0, -c.medium.v) * 0.03 + Vec3::new(c.large.v, 0.0, c.large.v) * 0.06;
    let q = c.p + bend;
    let ridge = noise(q * Vec3::new(13.0, 2.1, 13.0));
    let plate = noise(q * Vec3::new(9.0, 6.5, 9.0) + Vec3::splat(4.0));
    let height = 1.0 - ((ridge.v + 0.35 * plate.v).abs() * 2.1).min(1.0);
    // `height` is 1 in the furrow: furrows are where the ridged noise crosses zero.
    let furrow = smooth(0.35, 0.9, height);
    let cross = smooth(0.12, 0.0, plate.v.abs()) * (1.0 - furrow) * c.keep(0.03);
    let flake = noise(q * Vec3::new(45.0, 14.0, 45.0)).v * c.keep(0.03);
    let tone = 0.5 * c.large.v + 0.45 * c.medium.v + 0.4 * flake;
    let mut color = mid.lerp(light, smooth(0.0, 1.1, tone) * 0.5).lerp(dark, smooth(0.0, 1.1, -tone) * 0.6);
    color = color.lerp(deep, (furrow * 0.72).max(cross * 0.45)) * (1.0 + 0.12 * c.fine.v);
    // Crusts of lichen are a hand wide and thin.
    let crust = c.round_noise(0.11).v + 0.4 * flake + 0.5 * c.large.v;
    color = color.lerp(lichen, smooth(0.35, 0.8, crust) * 0.3 * (1.0 - furrow));
    let mut base = Base::new(color, 0.93).porous(0.7);
    base.cavity = furrow.max(0.6 * cross);
    let side = (ridge.v + 0.35 * plate.v).signum();
    let wall = smooth(0.0, 0.3, height) * (1.0 - 0.6 * smooth(0.9, 1.0, height));
    base.relief +=
        (ridge.g * Vec3::new(13.0, 2.1, 13.0) + plate.g * Vec3::new(9.0, 6.5, 9.0) * 0.35) * (side * 0.014 * wall);
    base.height = 0.02 * (1.0 - height);
    base.bump(c.medium, 0.006);
    base.bump(c.fine, 0.0022);
    base
}

fn thatch(c: &Context) -> Base {
    let [mid, dark, light, deep, gray] = *c.colors;
    // Coats of straw lap over each other every 0.32 m; their lower edges are cut raggedly.
    let coat = 0.32;
    let ragged = noise(Vec3::new(c.uv.x * 9.0, 0.0, 2.0)).v * 0.02
        + noise(Vec3::new(c.uv.x * 55.0, 1.0, 6.0)).v * 0.018 * c.keep(0.03);
    let level = (c.uv.y + ragged + 0.03 * c.large.v) / coat;
    let row = floor(level);
    let up = level - row;
    let lay = row * 7.31;
    let straw = noise(Vec3::new(c.uv.x * 170.0 + 4.0 * c.medium.v + c.uv.y * 9.0, c.uv.y * 3.2, lay));
    let thick = noise(Vec3::new(c.uv.x * 60.0 - c.uv.y * 5.0, c.uv.y * 2.0, lay + 5.0));
    let (keep, keep_thick) = (c.keep(0.012), c.keep(0.03));
    let s = straw.v * keep + 0.5 * thick.v * keep_thick;
    let tone = 0.6 * c.large.v + 0.4 * c.medium.v + 0.7 * s;
    let mut color = mid.lerp(light, smooth(0.0, 1.0, tone) * 0.9).lerp(dark, smooth(0.0, 1.0, -tone) * 0.9);
    color = color.lerp(gray, smooth(-0.1, 0.7, c.large.v + 0.4 * c.medium.v) * 0.4);
    let lip = smooth(0.0, 0.07, up);
    let shade = smooth(0.72, 1.0, up);
    let gap = smooth(0.25, 0.7, -s);
    color = color.lerp(deep, ((1.0 - lip) * 0.8).max(shade * 0.5).max(gap * 0.6));
    let mut base = Base::new(color, 0.9).porous(0.8);
    base.cavity = (shade * 0.7).max(gap * 0.6);
    base.relief += c.frame.u * (straw.g.x * 170.0 * 0.0011 * keep + thick.g.x * 60.0 * 0.002 * keep_thick);
    base.relief -= c.frame.v * (0.12 * lip);
    base.height = 0.03 * (1.0 - up) + 0.002 * s;
    base.bump(c.medium, 0.01);
    let tuft = cells(vec2(c.uv.x / 0.11, c.uv.y / 0.3), 0.9, c.seed);
    base.color *= 1.0 + 0.14 * tuft.dice.signed(0);
    base
}
