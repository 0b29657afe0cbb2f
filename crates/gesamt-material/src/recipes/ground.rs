//! What lies underfoot: asphalt, sand, soil, gravel, grass, moss, snow.

use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3, vec2};

use super::Recipe;
use crate::context::{Base, Context, Mapping, line, smooth};
use crate::dual::Dual;
use crate::layout::{Dice, box_inside, cells};
use crate::math::{cos, floor, floor2, sin};
use crate::noise::noise;
use crate::weather::Wear;

pub(super) fn recipe(kind: MaterialKind) -> Recipe {
    use MaterialKind as K;
    let ground = |swatches, feature, eval| Recipe::new(swatches, Mapping::Ground, Wear::None, feature, eval);
    match kind {
        K::Asphalt => {
            ground([(0x46474a, 0.8), (0x2b2c2f, 0.6), (0x6e6c69, 0.6), (0x1b1b1d, 0.3), (0x8d877e, 0.3)], 0.5, asphalt)
        }
        K::Sand => {
            ground([(0xcdb084, 1.0), (0xa98a60, 1.0), (0xe0c99c, 1.0), (0x8d7049, 0.8), (0xb9b2a4, 0.4)], 0.1, sand)
        }
        K::Dirt => {
            ground([(0x70553c, 1.0), (0x4b3827, 1.0), (0x8d7252, 1.0), (0x7f786c, 0.3), (0x3a2d20, 0.8)], 0.12, dirt)
        }
        K::Mud => {
            ground([(0x6a5540, 1.0), (0x3d2f23, 1.0), (0x8a7558, 1.0), (0x2a2019, 0.6), (0x55432f, 0.9)], 0.2, mud)
        }
        K::Gravel => {
            ground([(0x807b73, 1.0), (0x5b5752, 1.0), (0xa39a8b, 0.9), (0x38332d, 0.4), (0x86705b, 0.8)], 0.04, gravel)
        }
        K::Grass => {
            ground([(0x55702c, 1.0), (0x2f4a1c, 1.0), (0x86944a, 0.9), (0x4a3c28, 0.1), (0xb3a565, 0.6)], 0.12, grass)
        }
        K::Moss => Recipe::new(
            [(0x566b25, 1.0), (0x2c3d16, 1.0), (0x8a9438, 0.9), (0x3b3020, 0.2), (0x6f7f4a, 0.9)],
            Mapping::Wall,
            Wear::None,
            0.08,
            moss,
        ),
        _ => ground([(0xe9edf2, 0.5), (0xccd8e6, 0.5), (0xf2f3f2, 0.4), (0xb4c4d8, 0.5), (0xe4e8ec, 0.4)], 0.4, snow),
    }
}

/// A thin line where the noise crosses zero, in metres of half width.
fn crack(n: crate::noise::Noise, width: f32) -> f32 {
    let slope = n.g.length().max(0.3);
    line(n.v / slope, width)
}

fn asphalt(c: &Context) -> Base {
    const PITCH: f32 = 0.009;
    let keep = c.keep(0.02);
    let stone = cells(c.uv / PITCH, 0.9, c.seed);
    let bump = stone.border.round(0.32);
    let pebble = stone.dice.unit(0);
    let [gray, dark, light, tar, sandy] = *c.colors;
    let mut aggregate = gray.lerp(light, smooth(0.55, 1.0, pebble)).lerp(dark, smooth(0.45, 0.0, pebble) * 0.8);
    aggregate = aggregate.lerp(sandy, if stone.dice.unit(2) > 0.93 { 0.6 } else { 0.0 });
    let mut color = gray.lerp(dark.lerp(aggregate, bump.v), keep) * (1.0 + 0.16 * c.large.v + 0.12 * c.medium.v);
    let mut rough = 0.9 - 0.06 * c.large.v;
    let mut base = Base::new(color, rough).porous(0.75);
    base.raise(c, Dual::new(bump.v, bump.g / PITCH), 0.0016 * keep);
    // Repairs: rectangles of newer, darker mix with a tarred seam.
    let at = c.uv / 3.4;
    let dice = Dice::at(floor(at.x) as i32, floor(at.y) as i32, c.seed ^ 0x9a7c);
    let local = (at - floor2(at) - Vec2::splat(0.5)) * 3.4 + vec2(c.medium.v, c.medium.g.x * 0.05) * 0.03;
    let half = vec2(0.5 + 0.9 * dice.unit(1), 0.35 + 0.6 * dice.unit(2));
    let inside = box_inside(local - vec2(dice.signed(3), dice.signed(1)) * 0.3, half, 0.05);
    if dice.unit(0) < 0.3 {
        let patch = inside.smooth(-0.01, 0.02);
        color = color.lerp(color * 0.62, patch.v);
        rough += 0.04 * patch.v;
        let seam = line(inside.v + 0.012 * c.medium.v, 0.035);
        color = color.lerp(tar, seam * 0.85);
        rough -= 0.4 * seam;
        base.raise(c, patch, 0.004);
    }
    let break_up = c.noise(Vec3::splat(0.75));
    let cracked = smooth(-0.05, 0.4, c.large.v);
    let split =
        crack(crate::noise::Noise { v: break_up.v + 0.16 * c.medium.v, g: break_up.g }, c.soft(0.006)) * cracked;
    color = color.lerp(tar * 0.9, split * 0.9);
    let oil = smooth(0.42, 0.75, noise(c.p * 1.1 + Vec3::splat(7.0)).v + 0.2 * c.medium.v);
    color *= 1.0 - 0.45 * oil;
    rough -= 0.25 * oil;
    base.color = color;
    base.roughness = rough;
    base.cavity = split.max(0.4 * (1.0 - bump.v) * keep);
    base.height -= 0.005 * split;
    base.bump(c.large, 0.012);
    base.bump(c.medium, 0.0016);
    base
}

fn sand(c: &Context) -> Base {
    let bend = 0.6 * c.large.v + 0.22 * c.medium.v;
    let angle = c.dice().unit(0) * 0.9;
    let across = vec2(cos(angle), sin(angle));
    let wave = std::f32::consts::TAU / 0.13;
    let phase = c.uv.dot(across) * wave + bend * 7.0;
    let ripple = Dual::new(phase, across * wave + c.flat_noise(c.large).g * 4.0).sin();
    // Crests are narrower than troughs.
    let crest = (ripple + Dual::flat(1.0)) * 0.5;
    let crest = crest * crest * (0.5 + 0.5 * smooth(-0.5, 0.4, c.large.v)) * c.keep(0.13);
    let [mid, dark, light, shade, shell] = *c.colors;
    let grain = c.keep(0.004) * noise(c.p * 420.0).v;
    let mut color = mid.lerp(light, 0.6 * crest.v).lerp(dark, smooth(0.0, 0.8, c.large.v) * 0.4);
    color = color.lerp(shade, smooth(0.35, 0.9, -ripple.v) * 0.25)
        * (1.0 + 0.18 * grain + 0.06 * c.fine.v + 0.05 * c.medium.v);
    if grain > 0.75 {
        color = color.lerp(shell, 0.5);
    }
    let mut base = Base::new(color, 0.93).porous(0.95);
    base.cavity = (1.0 - crest.v) * 0.25;
    base.raise(c, crest, 0.009);
    base.bump(c.large, 0.03);
    base.bump(c.medium, 0.003);
    base.relief += noise(c.p * 420.0).g * (0.05 * c.keep(0.004));
    base
}

/// Scattered stones: how far inside one the point is, its dice and its dome.
fn pebbles(c: &Context, pitch: f32, share: f32, seed: u32) -> (Dual, Dice) {
    let cell = cells(c.uv / pitch, 0.8, c.seed ^ seed);
    let radius = if cell.dice.again().unit(0) < share { 0.16 + 0.2 * cell.dice.unit(1) } else { 0.0 };
    let inside = Dual::flat(radius) - cell.near;
    let dome = if radius > 0.0 { inside.round(radius * 0.9) } else { Dual::flat(0.0) };
    (Dual::new(dome.v, dome.g / pitch) * c.keep(pitch), cell.dice)
}

fn dirt(c: &Context) -> Base {
    let [mid, dark, light, stone, deep] = *c.colors;
    let clod = c.round_noise(0.07);
    let tone = c.large.v * 0.9 + c.medium.v * 0.5;
    let mut color = mid.lerp(light, smooth(0.0, 0.9, tone) * 0.8).lerp(dark, smooth(0.0, 0.9, -tone));
    color = color.lerp(deep, smooth(0.1, 0.7, -clod.v - 0.5 * c.fine.v) * 0.55);
    color *= 1.0 + 0.16 * c.fine.v;
    let mut base = Base::new(color, 0.96).porous(0.95);
    base.cavity = smooth(0.0, 0.8, -clod.v - 0.4 * c.fine.v);
    base.bump(c.large, 0.03);
    base.bump(c.medium, 0.010);
    base.bump(clod, 0.006);
    base.bump(c.fine, 0.0022);
    for (pitch, share, seed) in [(0.11, 0.3, 1), (0.037, 0.35, 2)] {
        let (dome, dice) = pebbles(c, pitch, share, seed);
        if dome.v > 0.0 {
            let cover = smooth(0.05, 0.4, dome.v);
            base.color = base.color.lerp(stone.lerp(light, dice.unit(3)) * (0.7 + 0.5 * dice.unit(2)), cover * 0.85);
            base.roughness -= 0.12 * cover;
            base.cavity *= 1.0 - cover;
            base.raise(c, dome, pitch * 0.16);
        }
    }
    base
}

fn mud(c: &Context) -> Base {
    let [mid, dark, light, deep, stain] = *c.colors;
    let dry = 1.0 - smooth(0.15, 0.5, c.wetness);
    let pitch = 0.17;
    let uv = c.uv + vec2(c.medium.v, -c.medium.v) * 0.03;
    let plate = cells(uv / pitch, 0.85, c.seed);
    let mut edge = plate.border;
    edge.v += 0.03 * c.fine.v;
    let width = 0.05 + 0.04 * c.large.v;
    let top = edge.smooth(width * 0.4, width + 0.05);
    let curl = edge.smooth(0.0, 0.5);
    let mut color = mid.lerp(light, 0.55 * plate.dice.unit(0) * dry).lerp(stain, smooth(0.0, 0.8, c.large.v) * 0.6);
    color *= 1.0 + 0.12 * c.medium.v + 0.08 * c.fine.v;
    let cracked = 1.0 - (1.0 - top.v) * (0.35 + 0.65 * dry);
    color = deep.lerp(color, cracked).lerp(dark, (1.0 - dry) * 0.55);
    let mut base = Base::new(color, 0.9 - 0.35 * (1.0 - dry)).porous(0.8);
    base.cavity = (1.0 - cracked) * 0.9;
    let scale = |d: Dual| Dual::new(d.v, d.g / pitch);
    base.raise(c, scale(top), 0.012 * dry + 0.002);
    base.raise(c, -scale(curl), 0.008 * dry);
    base.bump(c.large, 0.03);
    base.bump(c.medium, 0.006 + 0.01 * (1.0 - dry));
    base.bump(c.fine, 0.0008);
    base
}

fn gravel(c: &Context) -> Base {
    let [mid, dark, light, deep, warm] = *c.colors;
    let under = cells(c.uv / 0.017, 0.95, c.seed ^ 5);
    let low = under.border.round(0.4);
    let k = under.dice.unit(0);
    let mut base = Base::new(mid.lerp(dark, k) * (0.35 + 0.5 * low.v), 0.9).porous(0.6);
    base.raise(c, Dual::new(low.v, low.g / 0.017), 0.004 * c.keep(0.017));
    base.cavity = 1.0 - 0.5 * low.v;
    let warp = vec2(c.fine.v, -c.fine.v) * 0.15;
    let stone = cells(c.uv / 0.036 + warp, 0.9, c.seed);
    let mut edge = stone.border;
    edge.v -= 0.05 + 0.1 * stone.dice.unit(3);
    let dome = edge.round(0.3);
    let cover = smooth(0.0, 0.25, dome.v);
    let tone = stone.dice.unit(1);
    let color = mid
        .lerp(light, smooth(0.5, 1.0, tone))
        .lerp(dark, smooth(0.5, 0.0, tone))
        .lerp(warm, 0.7 * stone.dice.unit(2).powi(2));
    let color = color * (0.85 + 0.15 * dome.v) * (1.0 + 0.12 * c.fine.v + 0.1 * c.large.v);
    base.color = base.color.lerp(color, cover).lerp(deep, 0.15 * smooth(0.1, 0.9, c.large.v));
    base.roughness = 0.9 - 0.18 * cover;
    base.cavity *= 1.0 - cover;
    base.raise(c, Dual::new(dome.v, dome.g / 0.036), 0.011 * c.keep(0.036));
    base.raise(c, Dual::new(0.0, vec2(stone.dice.signed(0), stone.dice.signed(2)) * 0.3), cover * c.keep(0.036));
    base.bump(c.large, 0.02);
    base
}

fn grass(c: &Context) -> Base {
    let [mid, dark, light, soil, dry] = *c.colors;
    // Tufts lean their own way; blades are thin ridges along the lean.
    let tuft = cells(c.uv / 0.14 + vec2(c.medium.v, -c.medium.v) * 0.4, 0.95, c.seed);
    let lean = tuft.dice.unit(0) * std::f32::consts::TAU + c.medium.v;
    let (sin, cos) = lean.sin_cos();
    let along = vec2(cos, sin);
    let (s, t) = (c.uv.dot(along), c.uv.dot(vec2(-sin, cos)));
    let keep = c.keep(0.02);
    let n = noise(Vec3::new(s * 9.0, t * 130.0 + 0.8 * c.fine.v, tuft.dice.unit(1) * 30.0));
    let blade = n.v * keep;
    let tone = 0.8 * c.large.v + 0.5 * c.medium.v + 0.6 * tuft.dice.signed(2) * c.keep(0.14);
    let mut color = mid.lerp(light, smooth(0.0, 1.2, tone) * 0.8).lerp(dark, smooth(0.0, 1.2, -tone) * 0.8);
    color = color.lerp(dark * 0.55, smooth(0.0, 0.7, -blade)).lerp(light, smooth(0.15, 0.8, blade) * 0.6);
    color = color.lerp(dry, smooth(0.3, 0.9, blade + 0.9 * c.large.v - 0.3 * tuft.dice.unit(3)) * 0.55);
    let bare = smooth(0.5, 0.85, -c.large.v - 0.5 * c.medium.v + 0.2 * c.fine.v);
    color = color.lerp(soil, bare * 0.8);
    let mut base = Base::new(color, 0.85).porous(0.4);
    base.cavity = smooth(0.0, 0.8, -blade) * 0.5;
    base.translucency = 0.15 * (1.0 - bare);
    let across = Dual::new(n.v, vec2(-sin, cos) * (n.g.y * 130.0));
    base.raise(c, across, 0.0045 * keep * (1.0 - bare));
    base.raise(c, Dual::new(0.0, along * 0.35), c.keep(0.14));
    base.bump(c.large, 0.03);
    base.bump(c.medium, 0.014);
    base
}

fn moss(c: &Context) -> Base {
    let [mid, dark, light, soil, pale] = *c.colors;
    let pitch = 0.075;
    let cushion = cells((c.uv + vec2(c.medium.v, -c.medium.v) * 0.02) / pitch, 0.95, c.seed);
    let dome = cushion.border.round(0.5);
    let sprig = c.keep(0.008) * noise(c.p * 160.0).v;
    let tone = 0.7 * c.large.v + 0.5 * c.medium.v + 0.5 * cushion.dice.signed(0);
    let mut color =
        mid.lerp(light, smooth(0.0, 1.0, tone + 0.7 * sprig) * 0.85).lerp(dark, smooth(0.0, 1.0, -tone - 0.7 * sprig));
    color = color.lerp(pale, 0.5 * cushion.dice.unit(1) * smooth(-0.1, 0.6, c.large.v));
    color *= 0.5 + 0.5 * dome.v + 0.15 * c.fine.v;
    color = color.lerp(soil, smooth(0.75, 1.0, 1.0 - dome.v) * 0.3);
    let mut base = Base::new(color, 0.97).porous(0.6);
    base.cavity = 1.0 - dome.v;
    base.translucency = 0.08;
    base.raise(c, Dual::new(dome.v, dome.g / pitch), 0.012 * c.keep(pitch));
    base.bump(c.medium, 0.012);
    base.bump(c.fine, 0.003);
    base.relief += noise(c.p * 160.0).g * (0.2 * c.keep(0.008));
    base
}

fn snow(c: &Context) -> Base {
    let [white, blue, bright, shade, old] = *c.colors;
    let drift = c.noise(Vec3::new(0.9, 0.9, 0.35));
    let mut color = white.lerp(blue, smooth(0.0, 0.9, -drift.v) * 0.5).lerp(bright, smooth(0.0, 0.9, drift.v));
    color = color.lerp(old, smooth(0.2, 0.9, c.large.v) * 0.4).lerp(shade, smooth(0.3, 0.9, -c.medium.v) * 0.2);
    color *= 1.0 + 0.015 * c.fine.v;
    let mut base = Base::new(color, 0.6 + 0.1 * drift.v).porous(0.1);
    base.translucency = 0.12;
    base.bump(c.large, 0.05);
    base.bump(drift, 0.022);
    base.bump(c.medium, 0.004);
    base.bump(c.fine, 0.0008);
    // Crystals that happen to face the light glint.
    let glint = noise(c.p * 300.0);
    base.relief += glint.g * (0.035 * c.keep(0.006));
    base.roughness -= 0.25 * smooth(0.5, 0.8, glint.v) * c.keep(0.006);
    base
}
