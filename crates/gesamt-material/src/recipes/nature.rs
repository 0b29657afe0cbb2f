//! Ice and crystal, coral and bone, leaves, living skin, water.

use gesamt_world::MaterialKind;
use glam::{Vec3, vec2};

use super::Recipe;
use crate::context::{Base, Context, Mapping, line, smooth};
use crate::dual::Dual;
use crate::layout::cells;
use crate::math::{fade_out, sin};
use crate::noise::noise;
use crate::weather::Wear;

pub(super) fn recipe(kind: MaterialKind) -> Recipe {
    use MaterialKind as K;
    match kind {
        K::Ice => Recipe::new(
            [(0xa9c8d6, 1.0), (0x7fa9c2, 1.0), (0xd5e6ea, 0.8), (0xeef4f5, 0.4), (0x5d8ba8, 1.0)],
            Mapping::Wall,
            Wear::None,
            0.25,
            ice,
        ),
        K::Coral => Recipe::new(
            [(0xc9705e, 1.0), (0x9a4650, 1.0), (0xe6a58a, 0.9), (0x5c2a35, 0.9), (0xe3cdb0, 0.4)],
            Mapping::Wall,
            Wear::None,
            0.05,
            coral,
        ),
        K::Crystal => Recipe::new(
            [(0x9a86c8, 1.0), (0x6d57a6, 1.0), (0xc7bce6, 0.9), (0x4a3a80, 1.0), (0xe6e2f2, 0.6)],
            Mapping::Wall,
            Wear::None,
            0.2,
            crystal,
        ),
        K::Bone => Recipe::new(
            [(0xd0c3a5, 1.0), (0xb09c78, 1.0), (0xe0d8c2, 0.9), (0x6d5639, 0.6), (0x9d8a68, 0.8)],
            Mapping::Wall,
            Wear::Rub,
            0.1,
            bone,
        ),
        K::Leaves => Recipe::new(
            [(0x4c6b2a, 1.0), (0x2c451b, 1.0), (0x7f9440, 0.95), (0x1a2812, 0.6), (0x9c8f3c, 0.7)],
            Mapping::Wall,
            Wear::None,
            0.07,
            leaves,
        ),
        K::Water => Recipe::new(
            [(0x3d6f72, 1.0), (0x2a545c, 1.0), (0x5f8f8a, 1.0), (0xc6d6d2, 0.3), (0x244548, 1.0)],
            Mapping::Ground,
            Wear::None,
            0.8,
            water,
        )
        .fluid(),
        _ => Recipe::new(
            [(0x6d4a66, 1.0), (0x452f52, 1.0), (0xa0707a, 0.9), (0x3f6a66, 0.5), (0xc0a06a, 0.5)],
            Mapping::Wall,
            Wear::None,
            0.1,
            bioskin,
        ),
    }
}

fn ice(c: &Context) -> Base {
    let [mid, blue, pale, white, deep] = *c.colors;
    let warp = vec2(c.medium.v, c.large.v) * 0.03;
    // Long cracks part the sheet; shorter ones run inside of the pieces.
    let plate = cells((c.uv + warp) / vec2(0.85, 0.6), 0.95, c.seed);
    let piece = cells((c.uv - warp + vec2(plate.dice.unit(0), plate.dice.unit(1))) / 0.27, 0.95, c.seed ^ 5);
    let gate = smooth(0.35, 0.6, piece.dice.unit(2)) * smooth(-0.4, 0.3, c.large.v + c.medium.v);
    let (long, short) = (plate.border.v * 0.7, piece.border.v * 0.27);
    let hair = line(long, c.soft(0.006)).max(0.6 * line(short, c.soft(0.0035)) * gate);
    // A crack is a sheet that leans to one side: a pale veil beside the line.
    let lean = smooth(-0.2, 0.3, plate.local.dot(vec2(plate.dice.signed(2), plate.dice.signed(3))));
    let veil = 0.5 * smooth(0.1, 0.0, long) * lean + 0.3 * smooth(0.05, 0.0, short) * gate;
    let bubble = smooth(0.5, 0.75, noise(c.p * Vec3::new(46.0, 30.0, 46.0)).v * c.keep(0.02))
        * smooth(0.0, 0.6, c.large.v + 0.5 * c.medium.v);
    let depth = 0.7 * c.large.v + 0.45 * c.medium.v + 0.3 * plate.dice.signed(1);
    let mut color = mid.lerp(blue, smooth(0.0, 0.8, depth)).lerp(pale, smooth(0.0, 0.8, -depth));
    color = color.lerp(deep, smooth(0.2, 0.9, depth) * 0.6);
    let white_in = (hair * 0.9 + veil + bubble * 0.7).min(1.0);
    let frost = smooth(0.1, 0.7, c.large.v + 0.5 * c.medium.v + 0.2 * c.fine.v);
    color = color.lerp(white, white_in * 0.8).lerp(white, 0.4 * frost);
    let mut base = Base::new(color, 0.07 + 0.3 * frost + 0.15 * hair);
    base.transmission = 0.45 * (1.0 - 0.8 * white_in) * (1.0 - 0.6 * frost);
    base.translucency = 0.2;
    base.cavity = 0.3 * hair;
    base.raise(c, Dual::new(0.0, vec2(plate.dice.signed(0), plate.dice.signed(1)) * 0.02), 1.0);
    base.bump(c.large, 0.02);
    base.bump(c.medium, 0.004);
    base.bump(c.fine, 0.0002 + 0.0004 * frost);
    base
}

fn coral(c: &Context) -> Base {
    let [mid, dark, light, deep, chalk] = *c.colors;
    // Brain coral on half of the stocks, cups of polyps on the others.
    let (wall, floor, slope) = if c.dice().unit(0) < 0.5 { meander(c) } else { cups(c) };
    let tone = 0.8 * c.large.v + 0.4 * c.medium.v;
    let mut color = mid.lerp(light, smooth(0.0, 0.9, tone) * 0.6).lerp(dark, smooth(0.0, 0.9, -tone) * 0.7);
    color = color.lerp(deep, floor * 0.75).lerp(light, wall * 0.45);
    let bleached = smooth(0.15, 0.7, c.edge) * 0.5 + smooth(0.4, 0.9, c.medium.v) * 0.25;
    color = color.lerp(chalk, bleached) * (1.0 + 0.1 * c.fine.v);
    let mut base = Base::new(color, 0.75).porous(0.4);
    base.translucency = 0.1;
    base.cavity = floor * 0.7;
    base.raise(c, slope, 0.008);
    base.bump(c.medium, 0.014);
    base.bump(c.fine, 0.0008);
    base
}

/// Winding walls: crest, valley and height.
fn meander(c: &Context) -> (f32, f32, Dual) {
    let n = noise(Vec3::new(c.uv.x, c.uv.y, 0.3 * c.medium.v) / 0.075);
    let keep = c.keep(0.03);
    let phase = Dual::new(n.v * 9.0, vec2(n.g.x, n.g.y) * (9.0 / 0.075));
    let ridge = phase.sin();
    let groove = line(ridge.v - 1.0, 0.12) * 0.4;
    (smooth(0.1, 0.8, ridge.v) * keep * (1.0 - groove), smooth(-0.2, -0.9, ridge.v) * keep, ridge * keep)
}

/// Cups with a dark mouth and radial ribs: rim, mouth and height.
fn cups(c: &Context) -> (f32, f32, Dual) {
    let pitch = 0.042;
    let uv = c.uv + vec2(c.medium.v, -c.medium.v) * 0.02;
    let cup = cells(uv / pitch, 0.8, c.seed);
    let size = 0.2 + 0.16 * cup.dice.unit(1);
    let bank = cup.border.smooth(0.0, 0.22);
    let mouth = cup.near.smooth(size * 0.5, size);
    let rib = sin(cup.local.y.atan2(cup.local.x) * 10.0) * 0.5 + 0.5;
    let keep = c.keep(pitch);
    let height = bank * mouth;
    let rim = bank.v * mouth.v * smooth(0.5, 0.25, cup.near.v) * (0.7 + 0.3 * rib * c.keep(0.01));
    let floor = (1.0 - mouth.v).max(0.5 * (1.0 - bank.v));
    (rim * keep, floor * keep, Dual::new(height.v, height.g / pitch) * keep)
}

fn crystal(c: &Context) -> Base {
    let [mid, dark, light, deep, white] = *c.colors;
    // Long facets, each leaning its own way, with fine growth lines across; clouds and milky roots inside.
    let facet = cells(c.uv / vec2(0.1, 0.42), 0.95, c.seed);
    let chip = cells(c.uv / vec2(0.045, 0.12) + vec2(facet.dice.unit(1) * 5.0, 0.0), 0.95, c.seed ^ 3);
    let lean = vec2(facet.dice.signed(0) * 0.3, facet.dice.signed(2) * 0.12);
    let small = vec2(chip.dice.signed(0), chip.dice.signed(2)) * 0.05;
    let rim = line(facet.border.v * 0.1, c.soft(0.003)) * c.keep(0.02);
    let step = sin(c.uv.y * 240.0 + 9.0 * facet.dice.unit(3)) * c.keep(0.03) * smooth(-0.2, 0.5, facet.dice.signed(1));
    let inner = noise(c.p * Vec3::new(4.0, 1.8, 4.0) + Vec3::new(lean.x, lean.y, 0.0) * 2.0);
    let cloud = smooth(-0.2, 0.8, 0.7 * inner.v + 0.5 * c.medium.v);
    let root = fade_out(c.world.y.max(0.0) * 1.4);
    let tone = 0.7 * facet.dice.signed(1) + 0.4 * chip.dice.signed(3) + 0.3 * c.large.v;
    let mut color = mid.lerp(light, smooth(0.0, 1.0, tone) * 0.7).lerp(dark, smooth(0.0, 1.0, -tone) * 0.8);
    color = color.lerp(deep, smooth(0.1, 0.8, -inner.v) * 0.5).lerp(light, cloud * 0.3);
    color = color.lerp(white, (0.55 * rim + 0.35 * root * cloud + 0.5 * smooth(0.3, 0.9, c.edge)).min(1.0));
    let mut base = Base::new(color, 0.06 + 0.08 * smooth(0.2, 0.8, step) + 0.15 * root * cloud);
    base.transmission = (0.6 - 0.3 * cloud - 0.3 * root - 0.3 * rim).max(0.05);
    base.translucency = 0.3;
    base.coat = 0.5;
    base.coat_roughness = 0.05;
    base.raise(c, Dual::new(0.0, lean + small), 1.0);
    base.relief += c.frame.v * (step * 0.03);
    base.glow = Vec3::splat(0.45 + 0.7 * cloud + 0.5 * rim + 0.35 * tone).max(Vec3::splat(0.1));
    base
}

fn bone(c: &Context) -> Base {
    let [mid, tan, pale, deep, stain] = *c.colors;
    let grain = c.along(0.008, 0.12, 1.0);
    let split = c.along(0.035, 0.6, 7.0);
    let hair = smooth(0.12, 0.0, split.v.abs()) * smooth(0.0, 0.5, c.large.v + 0.4 * c.medium.v) * c.keep(0.02);
    let pore = smooth(0.35, 0.7, c.fine.v) * smooth(0.0, 0.5, c.medium.v);
    let tone = 0.6 * c.large.v + 0.5 * c.medium.v;
    let mut color = mid.lerp(pale, smooth(0.0, 0.9, tone) * 0.8).lerp(tan, smooth(0.0, 0.9, -tone) * 0.8);
    color = color.lerp(stain, smooth(0.25, 0.9, -c.large.v + 0.4 * c.medium.v) * 0.5 + (1.0 - c.occlusion) * 0.4);
    color = color.lerp(deep, hair * 0.65).lerp(deep, pore * 0.45) * (1.0 + 0.08 * grain.v + 0.04 * c.fine.v);
    let mut base = Base::new(color, 0.5 + 0.12 * c.medium.v + 0.15 * pore).porous(0.35);
    base.translucency = 0.06;
    base.cavity = hair.max(pore);
    base.bump(grain, 0.0004);
    base.bump(c.medium, 0.004);
    base.bump(c.fine, 0.0005);
    base.height -= 0.001 * hair;
    base
}

fn leaves(c: &Context) -> Base {
    let [mid, dark, light, deep, yellow] = *c.colors;
    // Two layers of leaves lie over each other, as in a hedge.
    let leaf = |pitch: f32, seed: u32| {
        let cell = cells(c.uv / pitch + vec2(c.medium.v, c.fine.v) * 0.25, 0.95, c.seed ^ seed);
        let (sin, cos) = (cell.dice.unit(0) * std::f32::consts::TAU).sin_cos();
        let along = cell.local.x * cos + cell.local.y * sin;
        let across = cell.local.y * cos - cell.local.x * sin;
        // A lens-shaped blade.
        let width = 0.34 * (1.0 - (along / 0.72).powi(2)).max(0.0);
        (width - across.abs(), along, across, vec2(cos, sin), cell.dice)
    };
    let top = leaf(0.075, 1);
    let under = leaf(0.062, 2);
    let (blade, shade) = if top.0 > 0.0 { (top, 1.0) } else { (under, 0.62) };
    let (inside, along, across, axis, dice) = blade;
    let keep = c.keep(0.06);
    let cover = smooth(-0.01, 0.03, inside);
    let rib = line(across, 0.03).max(0.5 * line(sin(along * 9.0 + across.abs() * 7.0), 0.25)) * c.keep(0.015);
    let tone = 0.5 * c.large.v + 0.3 * c.medium.v + 0.55 * dice.signed(1);
    let mut color = mid.lerp(light, smooth(0.0, 1.0, tone) * 0.85).lerp(dark, smooth(0.0, 1.0, -tone) * 0.8);
    color = color.lerp(yellow, smooth(0.75, 1.0, dice.unit(2)) * 0.55).lerp(light, rib * 0.35) * shade;
    color = mid.lerp(dark, 0.4).lerp(deep.lerp(dark, 0.6).lerp(color, cover), keep);
    let mut base = Base::new(color * (1.0 + 0.08 * c.fine.v), 0.52 + 0.2 * dice.unit(3)).porous(0.1);
    base.translucency = 0.42;
    base.cavity = (1.0 - cover) * 0.8 * keep;
    let lean = vec2(dice.signed(2), dice.signed(3)) * 0.55;
    let fold = vec2(-axis.y, axis.x) * (across.signum() * 0.28);
    base.raise(c, Dual::new(shade * cover, lean + fold), keep * cover);
    base.height = 0.012 * shade * cover * keep;
    base.bump(c.medium, 0.01);
    base
}

fn water(c: &Context) -> Base {
    let [mid, deep, shoal, foam, dark] = *c.colors;
    let t = 0.35 * c.large.v;
    let wave = |size: f32, angle: f32, shift: f32| {
        let (sin, cos) = angle.sin_cos();
        let keep = c.keep(size);
        let n = noise(Vec3::new(
            (c.uv.x * cos + c.uv.y * sin) / size + t,
            (c.uv.y * cos - c.uv.x * sin) / (size * 2.2),
            shift,
        ));
        let g = vec2(n.g.x * cos / size - n.g.y * sin / (size * 2.2), n.g.x * sin / size + n.g.y * cos / (size * 2.2));
        Dual::new(n.v, g) * keep
    };
    let (swell, chop, ripple) = (wave(0.9, 0.4, 1.0), wave(0.31, 0.9, 4.0), wave(0.09, -0.2, 8.0));
    let tone = 0.6 * c.large.v + 0.3 * swell.v;
    let mut color = mid
        .lerp(deep, smooth(0.0, 0.9, -tone))
        .lerp(shoal, smooth(0.0, 0.9, tone) * 0.7)
        .lerp(dark, smooth(0.3, 0.9, -c.large.v) * 0.5);
    let flecks = smooth(0.85, 1.2, chop.v + 0.4 * c.fine.v + 0.4 * swell.v) * 0.25;
    color = color.lerp(foam, flecks);
    let mut base = Base::new(color, 0.03 + 0.3 * flecks + 0.03 * (1.0 - c.keep(0.2)));
    base.transmission = 0.85 * (1.0 - flecks);
    base.raise(c, swell, 0.035);
    base.raise(c, chop, 0.010);
    base.raise(c, ripple, 0.0013);
    base
}

fn bioskin(c: &Context) -> Base {
    let [mid, dark, flesh, teal, spot] = *c.colors;
    let warp = vec2(c.medium.v + c.large.v, c.large.v - c.medium.v) * 0.04;
    let plate = cells((c.uv + warp) / 0.11, 0.9, c.seed);
    let pore = cells((c.uv + warp) / 0.019, 0.9, c.seed ^ 9);
    let scute = plate.border.smooth(0.0, 0.24);
    let bead = pore.border.round(0.45);
    let keep = c.keep(0.02);
    let vein_noise = c.noise(Vec3::splat(0.3));
    let vein = smooth(0.13, 0.0, (vein_noise.v + 0.2 * c.medium.v).abs());
    let tone = 0.7 * c.large.v + 0.4 * c.medium.v + 0.4 * plate.dice.signed(0);
    let mut color = mid.lerp(flesh, smooth(0.0, 0.9, tone) * 0.7).lerp(dark, smooth(0.0, 0.9, -tone) * 0.8);
    color = color.lerp(dark * 0.7, (1.0 - scute.v) * 0.8).lerp(teal, vein * 0.7);
    color *= 1.0 + keep * (0.35 * bead.v - 0.22) + 0.06 * c.fine.v;
    let lamp = (1.0 - plate.near.smooth(0.1, 0.24).v) * if plate.dice.unit(2) > 0.55 { 1.0 } else { 0.0 };
    color = color.lerp(spot, lamp * 0.8);
    let sheen = c.frame.v.dot(c.n).abs() + smooth(-0.4, 0.6, c.medium.v) * 0.3;
    color = color.lerp(teal, 0.15 * sheen);
    let mut base = Base::new(color, 0.38 + 0.2 * (1.0 - bead.v) * keep).porous(0.2);
    base.translucency = 0.25;
    base.coat = 0.35;
    base.coat_roughness = 0.22;
    base.cavity = (1.0 - scute.v) * 0.8;
    base.raise(c, Dual::new(scute.v, scute.g / 0.11), 0.012);
    base.raise(c, Dual::new(bead.v, bead.g / 0.019), 0.0022 * keep);
    base.raise(c, Dual::flat(lamp), 0.004);
    base.relief += vein_noise.g * (0.006 * vein);
    base.bump(c.medium, 0.008);
    base.glow = Vec3::splat(0.06 + 4.5 * lamp + 1.1 * vein);
    base
}
