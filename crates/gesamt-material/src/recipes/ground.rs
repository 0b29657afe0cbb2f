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
    if dice.unit(0) < 0.22 {
        let patch = inside.smooth(-0.01, 0.02);
        color = color.lerp(color * 0.84, patch.v);
        rough += 0.04 * patch.v;
        let seam = line(inside.v + 0.012 * c.medium.v, 0.035);
        color = color.lerp(tar, seam * 0.6);
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
    let warp = vec2(c.fine.v, c.medium.v) * 0.12;
    let cell = cells(c.uv / pitch * vec2(1.0, 1.25) + warp, 0.95, c.seed ^ seed);
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
    for (pitch, share, seed) in [(0.13, 0.2, 1), (0.041, 0.22, 2)] {
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
    let keep = c.keep(0.035);
    let tone = 0.9 * c.large.v + 0.45 * c.medium.v;
    let bare = smooth(0.5, 0.8, -c.large.v - 0.45 * c.medium.v + 0.25 * c.fine.v);
    let yellow = smooth(0.15, 0.8, c.large.v + 0.3 * c.medium.v);
    let tinted = |shift: f32| {
        let t = tone + shift;
        mid.lerp(light, smooth(0.0, 1.0, t) * 0.85).lerp(dark, smooth(0.0, 1.0, -t) * 0.85)
    };
    let mut color = tinted(0.0);
    let mut base = Base::new(color, 0.82).porous(0.35);
    if keep > 0.0 {
        let (under, over) = (blade(c, 0.03, c.seed ^ 21), blade(c, 0.037, c.seed ^ 8));
        let mut near = tinted(-0.5).lerp(soil, 0.2) * (0.8 + 0.2 * c.fine.v);
        let mut lean = Vec2::ZERO;
        for (b, shade) in [(under, 0.75), (over, 1.0)] {
            // Blades are pale at the tip and dark at the root; some are dry.
            let straw = smooth(0.8, 0.95, b.dice.unit(2) + 0.25 * yellow) * 0.8;
            let own = tinted(0.7 * b.dice.signed(1)).lerp(dry, straw) * ((0.75 + 0.5 * b.along) * shade);
            let cover = b.cover * (1.0 - bare * 0.8);
            near = near.lerp(own, cover);
            lean = lean.lerp(b.across * (b.side * 0.7) + vec2(b.dice.signed(0), b.dice.signed(3)) * 0.35, cover);
            base.height += 0.012 * cover * b.along * keep;
        }
        color = color.lerp(near, keep);
        base.cavity = (1.0 - over.cover.max(0.6 * under.cover)) * 0.5 * keep;
        base.raise(c, Dual::new(0.0, lean), keep);
    }
    color = color.lerp(dry, yellow * 0.25).lerp(soil * (1.0 + 0.25 * c.fine.v), bare * 0.75);
    base.color = color * (1.0 + 0.08 * c.medium.v);
    base.translucency = 0.15 * (1.0 - bare);
    base.bump(c.large, 0.03);
    base.bump(c.medium, 0.014);
    base
}

/// The uppermost blade of grass at a point.
#[derive(Clone, Copy)]
struct Blade {
    /// 1 where there is one.
    cover: f32,
    /// 0 at the root … 1 at the tip.
    along: f32,
    /// −1…1 from edge to edge.
    side: f32,
    /// The direction of `side`.
    across: Vec2,
    /// Its random numbers.
    dice: Dice,
}

/// Blades: one curved stroke per cell of `pitch`, overlapping the neighbours.
fn blade(c: &Context, pitch: f32, seed: u32) -> Blade {
    let p = c.uv / pitch + vec2(c.medium.v, -c.medium.v) * 0.6;
    let base = floor2(p);
    let mut best = Blade { cover: 0.0, along: 0.0, side: 0.0, across: Vec2::X, dice: Dice(0) };
    let mut top = -1.0;
    for k in 0..9 {
        let (x, y) = (base.x as i32 + k % 3 - 1, base.y as i32 + k / 3 - 1);
        let dice = Dice::at(x, y, seed);
        // The hash ranks the blades; a lower one cannot show.
        let rank = (dice.0 >> 3 & 1023) as f32;
        if rank <= top {
            continue;
        }
        let turn = dice.unit(0) * std::f32::consts::TAU;
        let axis = vec2(cos(turn), sin(turn));
        let d = p - vec2(x as f32 + dice.unit(1), y as f32 + dice.unit(3));
        let s = d.dot(axis);
        let along = 0.5 + 0.5 * s / (0.8 + 0.25 * dice.unit(2));
        let t = d.dot(vec2(-axis.y, axis.x)) - dice.signed(2) * 0.3 * s * s;
        let width = 0.12 * (1.0 - along * along).max(0.0);
        if along < 0.0 || t.abs() > width {
            continue;
        }
        top = rank;
        best = Blade { cover: 1.0, along, side: t / width.max(1e-3), across: vec2(-axis.y, axis.x), dice };
    }
    best
}

fn moss(c: &Context) -> Base {
    let [mid, dark, light, soil, pale] = *c.colors;
    // Billows: the absolute value of noise swells like cushions between creases.
    let billow = |size: f32| {
        let n = c.noise(Vec3::splat(size));
        let keep = c.keep(size);
        (n.v.abs() * keep, n.g * (n.v.signum() * keep))
    };
    let (big, big_slope) = billow(0.16);
    let (small, small_slope) = billow(0.045);
    let sprig = noise(c.p * 190.0);
    let fuzz = sprig.v * c.keep(0.007);
    let swell = (big * 1.3 + small * 0.7).min(1.0);
    let tone = 0.7 * c.large.v + 0.45 * c.medium.v + 0.9 * (swell - 0.45) + 0.5 * fuzz;
    let mut color = mid.lerp(light, smooth(0.0, 1.0, tone) * 0.85).lerp(dark, smooth(0.0, 0.9, -tone));
    color = color.lerp(pale, smooth(0.2, 0.8, c.medium.v - 0.4 * c.large.v) * 0.4);
    let crease = smooth(0.22, 0.0, swell);
    color = color.lerp(soil, crease * 0.45) * (1.0 + 0.12 * c.fine.v + 0.15 * fuzz);
    let mut base = Base::new(color, 0.97).porous(0.6);
    base.cavity = crease;
    base.translucency = 0.08;
    base.relief += big_slope * 0.016 + small_slope * 0.006 + sprig.g * (0.16 * c.keep(0.007));
    base.height += 0.016 * big + 0.006 * small;
    base.bump(c.medium, 0.008);
    base.bump(c.fine, 0.002);
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
