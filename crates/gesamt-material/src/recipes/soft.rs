//! Plastic, rubber, cloth, leather and paper.

use gesamt_world::MaterialKind;
use glam::{Vec3, vec2};

use super::Recipe;
use crate::context::{Base, Context, Mapping, line, smooth};
use crate::dual::Dual;
use crate::layout::cells;
use crate::math::{cos, floor, sin, wrap};
use crate::noise::noise;
use crate::weather::{Wear, edge_mask};

pub(super) fn recipe(kind: MaterialKind) -> Recipe {
    use MaterialKind as K;
    let soft = |swatches, wear, feature, eval| Recipe::new(swatches, Mapping::Wall, wear, feature, eval);
    match kind {
        K::Plastic => soft(
            [(0x8b8f92, 1.0), (0x767a7d, 1.0), (0xa4a7a8, 1.0), (0xc4c2ba, 0.6), (0x5e6062, 0.8)],
            Wear::Rub,
            0.3,
            plastic,
        ),
        K::Rubber => soft(
            [(0x333334, 1.0), (0x262627, 1.0), (0x454545, 1.0), (0x6b665e, 0.3), (0x535049, 0.5)],
            Wear::Rub,
            0.1,
            rubber,
        ),
        K::Fabric => soft(
            [(0x9a5a4a, 1.0), (0x7a4338, 1.0), (0xb47a66, 1.0), (0xd8ccb4, 0.25), (0x5a3a32, 0.8)],
            Wear::Rub,
            0.25,
            fabric,
        ),
        K::Leather => soft(
            [(0x6d4630, 1.0), (0x4a2e20, 1.0), (0x8f6345, 1.0), (0x2a1a13, 0.7), (0xa98562, 0.7)],
            Wear::None,
            0.08,
            leather,
        ),
        _ => soft(
            [(0xd9cfb8, 1.0), (0xc2b494, 1.0), (0xe6dfcd, 0.9), (0x8f7a55, 0.4), (0xa99876, 0.6)],
            Wear::Rub,
            0.2,
            paper,
        ),
    }
}

fn plastic(c: &Context) -> Base {
    let [mid, dark, light, faded, soil] = *c.colors;
    let tone = 0.5 * c.large.v + 0.25 * c.medium.v;
    let mut color = mid.lerp(light, smooth(0.0, 0.9, tone) * 0.5).lerp(dark, smooth(0.0, 0.9, -tone) * 0.5);
    // The sun bleaches what looks up; hands and boxes scuff the rest.
    color = color.lerp(faded, smooth(0.2, 1.0, c.up) * 0.2 * (1.0 + c.large.v));
    let scuff = smooth(0.5, 0.75, c.along(0.2, 0.006, 4.0).v) * smooth(0.0, 0.5, c.medium.v);
    let smudge = smooth(0.1, 0.8, c.noise(Vec3::splat(0.4)).v + 0.3 * c.medium.v);
    color = color.lerp(faded, scuff * 0.3).lerp(soil, smudge * 0.16);
    let mut base = Base::new(color, 0.36 + 0.12 * smudge + 0.2 * scuff + 0.05 * c.fine.v);
    base.translucency = 0.04;
    let grain = c.keep(0.006) * 0.00007;
    base.relief += noise(c.p * 260.0).g * (260.0 * grain);
    base.bump(c.medium, 0.0005);
    base.bump(c.large, 0.002);
    base
}

fn rubber(c: &Context) -> Base {
    let [mid, dark, light, dust, old] = *c.colors;
    let tone = 0.5 * c.large.v + 0.4 * c.medium.v;
    let mut color = mid.lerp(light, smooth(0.0, 0.9, tone) * 0.7).lerp(dark, smooth(0.0, 0.9, -tone) * 0.7);
    // Low ribs every 25 mm, and the fine crazing of age.
    let wave = std::f32::consts::TAU / 0.025;
    let rib = Dual::new(c.own_uv.y * wave, vec2(0.0, wave)).sin().smooth(-0.4, 0.4) * c.keep(0.025);
    let craze = cells(c.uv / 0.018 + vec2(c.fine.v, -c.fine.v) * 0.3, 0.95, c.seed).border.v;
    let craze = line(craze, 0.05) * c.keep(0.012) * smooth(0.0, 0.5, c.large.v + 0.4 * c.medium.v);
    let dusty = smooth(-0.1, 0.8, c.medium.v * 0.6 + c.large.v * 0.6) * 0.35 + (1.0 - rib.v) * 0.12;
    color = color.lerp(dust, dusty * 0.5).lerp(old, 0.2 * smooth(0.2, 0.8, c.large.v)).lerp(dark * 0.7, craze * 0.6);
    let mut base = Base::new(color * (1.0 + 0.06 * c.fine.v), 0.72 + 0.15 * dusty);
    base.cavity = (0.35 * (1.0 - rib.v)).max(craze);
    base.raise(c, rib, 0.0025);
    base.bump(c.fine, 0.0002);
    base.bump(c.medium, 0.0012);
    base
}

fn fabric(c: &Context) -> Base {
    let [dye, deep, light, pale, shade] = *c.colors;
    let dice = c.dice();
    // Plain weave, 3 mm; folds hang down.
    let wave = std::f32::consts::PI / 0.003;
    let keep = c.keep(0.008);
    let (a, b) = (sin(c.uv.x * wave), sin(c.uv.y * wave));
    let over = if (floor(c.uv.x * wave / std::f32::consts::PI) as i32
        + floor(c.uv.y * wave / std::f32::consts::PI) as i32)
        & 1
        == 0
    {
        a.abs()
    } else {
        b.abs()
    };
    let slub = c.along(0.16, 0.004, 2.0).v + c.along(0.004, 0.2, 5.0).v;
    let fold = c.noise(Vec3::new(0.16, 0.9, 0.16));
    let mut color =
        dye.lerp(light, smooth(0.0, 0.9, fold.v + 0.3 * c.medium.v) * 0.4).lerp(deep, smooth(0.0, 0.9, -fold.v) * 0.6);
    // Half of the cloths are striped, as awnings and rugs are.
    if dice.unit(0) < 0.5 {
        let t = wrap(c.own_uv.x / 0.24 + 0.006 * c.medium.v, 1.0);
        let edge = c.soft(0.004) / 0.24;
        let band = smooth(0.0, edge, 0.25 - (t - 0.5).abs());
        color = color.lerp(pale * (1.0 + 0.08 * fold.v), band);
    } else {
        let hem = wrap(c.own_uv.y / 0.6, 1.0) - 0.5;
        color = color.lerp(pale, line(hem, 0.03).max(line(hem.abs() - 0.05, 0.012)) * 0.65);
    }
    let faded = smooth(0.0, 0.9, c.up + 0.3 * c.large.v) * 0.25 + smooth(0.2, 0.9, c.large.v) * 0.15;
    color = color.lerp(Vec3::splat(color.element_sum() / 3.0) * 1.25, faded * 0.6);
    color = color.lerp(shade, smooth(0.3, 0.9, c.medium.v + 0.5 * c.large.v) * 0.25);
    color *= 1.0 + keep * (0.3 * over - 0.18) + 0.12 * slub + 0.04 * c.fine.v;
    let mut base = Base::new(color, 0.9).porous(0.75);
    base.translucency = 0.22;
    base.cavity = 0.2 * smooth(0.1, 0.9, -fold.v);
    base.bump(fold, 0.012);
    base.bump(c.medium, 0.0025);
    base.relief +=
        (c.frame.u * cos(c.uv.x * wave) * a.signum() + c.frame.v * cos(c.uv.y * wave) * b.signum()) * (0.22 * keep);
    base
}

fn leather(c: &Context) -> Base {
    let [mid, dark, light, deep, bare] = *c.colors;
    let pitch = 0.006;
    let keep = c.keep(pitch * 1.6);
    let pebble = cells(c.uv / pitch + vec2(c.fine.v, -c.fine.v) * 0.6, 0.95, c.seed);
    let grain = pebble.border.round(0.4);
    let crease_noise = c.noise(Vec3::new(0.22, 0.1, 0.22));
    let crease = smooth(0.1, 0.0, (crease_noise.v + 0.25 * c.medium.v).abs())
        * smooth(-0.1, 0.5, c.large.v + 0.3)
        * c.keep(0.02);
    let tone = 0.6 * c.large.v + 0.5 * c.medium.v;
    let mut color = mid.lerp(light, smooth(0.0, 0.9, tone) * 0.7).lerp(dark, smooth(0.0, 0.9, -tone) * 0.8);
    color = color.lerp(deep, (1.0 - grain.v) * 0.5 * keep).lerp(deep, crease * 0.5);
    let rubbed = edge_mask(c, c.wear).max(smooth(0.35, 0.8, c.medium.v + 0.5 * c.large.v - 0.2 + 0.4 * c.wear) * 0.5);
    color = color.lerp(bare, rubbed * 0.6) * (1.0 + 0.06 * c.fine.v);
    // A row of stitches along every 0.5 m.
    let seam = wrap(c.own_uv.y / 0.5, 1.0) * 0.5 - 0.25;
    let dash = smooth(0.3, 0.4, (wrap(c.uv.x / 0.009, 1.0) - 0.5).abs());
    let stitch = line(seam - 0.012, 0.0016) * (1.0 - dash) * c.keep(0.006);
    let fold = Dual::new(seam, vec2(0.0, 1.0)).smooth(-0.004, 0.004);
    color = color.lerp(bare * 1.2, stitch * 0.8).lerp(deep, line(seam, 0.004) * 0.6 * c.keep(0.015));
    let mut base = Base::new(color, 0.5 + 0.12 * c.medium.v + 0.15 * rubbed - 0.08 * grain.v * keep).porous(0.35);
    base.cavity = crease.max(0.3 * (1.0 - grain.v) * keep);
    base.raise(c, Dual::new(grain.v, grain.g / pitch), 0.0006 * keep);
    base.raise(c, fold, 0.002);
    base.relief += crease_noise.g * (0.02 * crease);
    base.bump(c.medium, 0.003);
    base.bump(c.fine, 0.0002);
    base
}

fn paper(c: &Context) -> Base {
    let [mid, tan, bright, brown, fiber_color] = *c.colors;
    let fiber = c.noise(Vec3::new(0.003, 0.02, 0.003));
    let strand = (c.along(0.05, 0.0025, 3.0).v.max(c.along(0.003, 0.04, 9.0).v)) * c.keep(0.006);
    let tone = 0.6 * c.large.v + 0.35 * c.medium.v;
    let mut color = mid.lerp(bright, smooth(0.0, 0.9, tone) * 0.7).lerp(tan, smooth(0.0, 0.9, -tone) * 0.7);
    color = color.lerp(fiber_color, smooth(0.3, 0.8, strand) * 0.4) * (1.0 + 0.04 * fiber.v * c.keep(0.01));
    // Tide marks of old water: a pale inside with a brown rim.
    let tide = c.large.v + 0.35 * c.medium.v - 0.3;
    color = color.lerp(brown, line(tide, 0.06) * 0.35).lerp(tan, smooth(0.0, 0.3, tide) * 0.3);
    let crumple = c.noise(Vec3::splat(0.17));
    let ridge = Dual::new(crumple.v.abs(), c.flat_noise(crumple).g * crumple.v.signum());
    color = color.lerp(fiber_color, smooth(0.06, 0.0, ridge.v) * 0.2 * c.keep(0.02));
    color = color.lerp(brown, edge_mask(c, 0.3 + 0.5 * c.wear) * 0.35);
    let mut base = Base::new(color, 0.88).porous(0.6);
    base.translucency = 0.55;
    base.raise(c, ridge, 0.006);
    base.bump(c.medium, 0.0015);
    base.relief += fiber.g * (0.0004 * c.keep(0.01));
    base.glow = Vec3::splat(0.86 + 0.25 * tone + 0.12 * strand.min(0.5)) * Vec3::new(1.0, 0.97, 0.93);
    base
}
