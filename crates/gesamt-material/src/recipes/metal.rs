//! Metals: sheet, paint, rust, polish, patina and hull plates.

use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3, vec2};

use super::Recipe;
use crate::context::{Base, Context, Mapping, line, smooth};
use crate::dual::Dual;
use crate::layout::{Dice, Piece, box_inside, cells, courses};
use crate::math::{floor2, wrap};
use crate::noise::{noise, noise_at};
use crate::weather::{Wear, edge_mask};

pub(super) fn recipe(kind: MaterialKind) -> Recipe {
    use MaterialKind as K;
    match kind {
        K::CorrugatedMetal => Recipe::new(
            [(0x8e9294, 1.0), (0x74787b, 1.0), (0xa9adaf, 1.0), (0x7a4526, 0.15), (0x4a2a1a, 0.1)],
            Mapping::Roof,
            Wear::Polish,
            0.1,
            corrugated,
        ),
        K::PaintedMetal => Recipe::new(
            [(0x6f7f86, 1.0), (0x59676e, 1.0), (0x8a989d, 1.0), (0x8a4b29, 0.1), (0x9c8f80, 0.15)],
            Mapping::Wall,
            Wear::None,
            0.3,
            painted,
        ),
        K::RustedMetal => Recipe::new(
            [(0x8a4a28, 0.7), (0x5a2d1b, 0.7), (0xb06c38, 0.7), (0x35201a, 0.5), (0x6d6560, 0.5)],
            Mapping::Wall,
            Wear::None,
            0.2,
            rusted,
        ),
        K::BrushedMetal => {
            metal([(0xc4c5c6, 1.0), (0xacadae, 1.0), (0xd6d7d8, 1.0), (0x5a5a5a, 0.3), (0x8f8e8a, 0.5)], brushed)
        }
        K::DarkMetal => {
            metal([(0x4b4b4e, 1.0), (0x38383b, 1.0), (0x67676a, 1.0), (0x5d3a28, 0.1), (0x9a9a9c, 0.6)], dark)
        }
        K::Copper => {
            metal([(0xe79f7e, 0.6), (0xc07a58, 0.6), (0xf4bea0, 0.5), (0x5f9a86, 0.4), (0x6d4130, 0.4)], copper)
        }
        K::Brass => metal([(0xdcc07a, 0.6), (0xb8964f, 0.6), (0xf0dca0, 0.5), (0x6f7f5a, 0.4), (0x5e4828, 0.4)], brass),
        K::Gold => metal([(0xf6cf75, 0.6), (0xdca848, 0.6), (0xfde5a6, 0.5), (0x7c5520, 0.4), (0xa87528, 0.5)], gold),
        _ => Recipe::new(
            [(0x9a9ea1, 1.0), (0x7f8487, 1.0), (0xb2b5b6, 1.0), (0x3a3d40, 0.4), (0xc88a2e, 0.2)],
            Mapping::Wall,
            Wear::None,
            0.4,
            hull,
        ),
    }
}

const fn metal(swatches: [crate::palette::Swatch; 5], eval: fn(&Context) -> Base) -> Recipe {
    Recipe::new(swatches, Mapping::Wall, Wear::Polish, 0.2, eval).shiny()
}

/// Rust: three browns, crusty.
fn rust(c: &Context, [mid, dark, light]: [Vec3; 3]) -> Base {
    let scab = c.round_noise(0.06);
    let tone = 0.6 * c.medium.v + 0.5 * scab.v + 0.35 * c.fine.v + 0.3 * c.large.v;
    let hue = mid.lerp(light, smooth(0.0, 0.8, tone) * 0.75).lerp(dark, smooth(0.0, 0.8, -tone) * 0.9);
    let mut base = Base::new(hue * (1.0 + 0.18 * c.fine.v), 0.88 + 0.08 * c.fine.v).porous(0.6);
    base.cavity = smooth(0.1, 0.8, -scab.v - 0.4 * c.fine.v) * 0.6;
    base.bump(scab, 0.0016);
    base.bump(c.fine, 0.0011);
    base.height += 0.0008;
    base
}

/// A run of rusty water below a point: strongest at the source, fading over `length` metres.
fn run_below(offset: Vec2, width: f32, length: f32) -> f32 {
    if offset.y > 0.0 || offset.y < -length {
        return 0.0;
    }
    let fade = 1.0 + offset.y / length;
    line(offset.x, width * (0.6 + 0.8 * (1.0 - fade))) * fade * fade
}

/// The round head of a fastener: coverage and dome.
fn head(offset: Vec2, radius: f32) -> Dual {
    let d = offset.length().max(1e-5);
    if d >= radius { Dual::flat(0.0) } else { Dual::new(radius - d, -offset / d).round(radius * 0.8) }
}

fn corrugated(c: &Context) -> Base {
    const PITCH: f32 = 0.076;
    let [zinc, dark, light, rusty, burnt] = *c.colors;
    let wave = std::f32::consts::TAU / PITCH;
    let profile = Dual::new(c.uv.x * wave, vec2(wave, 0.0)).sin() * c.keep(PITCH);
    // Sheets of eleven waves, 2.2 m long, lapped and screwed.
    let sheet = courses(c.uv, vec2(PITCH * 11.0, 2.2), 0.0, 0.0, 0.0, 0.0, c.seed);
    let spangle = cells(c.uv / 0.03 + vec2(c.fine.v, -c.fine.v) * 0.3, 0.95, c.seed).dice;
    let tone = 0.5 * c.large.v + 0.3 * c.medium.v + 0.25 * spangle.signed(0) * c.keep(0.03);
    let zinc = zinc.lerp(light, smooth(0.0, 0.8, tone) * 0.8).lerp(dark, smooth(0.0, 0.8, -tone) * 0.8);
    let mut base =
        Base::new(zinc * (1.0 + 0.14 * sheet.dice.signed(1)), 0.42 + 0.14 * c.medium.v + 0.1 * spangle.unit(2)).metal();
    base.metallic = 0.9;
    // Screws on every third crest, at the ends of the sheet.
    let crest = wrap(c.uv.x / PITCH - 0.25, 3.0) - 1.5;
    let screw = vec2(crest * PITCH, piece_end(&sheet) - 0.06);
    let bolt = head(screw, 0.009);
    // Rust creeps up from the lower edge, from the laps and from the screws.
    let low = (-(sheet.local.y + sheet.half.y) * 3.2).exp() * 0.55;
    let lap = line(sheet.half.x - sheet.local.x.abs(), 0.05) * 0.3;
    let drip = run_below(vec2(screw.x, sheet.local.y.signum() * screw.y), 0.014, 0.5) * 0.55;
    let streak = noise_at(c.p, Vec3::new(11.0, 0.7, 11.0)).v;
    let amount =
        0.45 * c.wear + low + lap + drip + 0.3 * streak + 0.4 * c.large.v + 0.25 * c.medium.v + 0.1 * c.fine.v - 0.62;
    let cover = rust(c, [rusty, burnt, rusty * 1.5]);
    let bleed = smooth(-0.28, 0.1, amount) * 0.45;
    base.color = base.color.lerp(rusty * 0.9, bleed);
    base.metallic *= 1.0 - bleed;
    base = base.mix(&cover, smooth(0.0, 0.16, amount));
    base.raise(c, profile, 0.009);
    base.color = base.color.lerp(burnt * 0.8, smooth(0.004, 0.0, sheet.inside.v) * 0.7);
    base.cavity = base.cavity.max(smooth(0.01, 0.0, sheet.inside.v)).max(0.2 * smooth(0.0, 1.0, -profile.v));
    base.raise(c, bolt, 0.004 * c.keep(0.02));
    base.bump(c.large, 0.006);
    base
}

fn piece_end(p: &Piece) -> f32 {
    p.half.y - p.local.y.abs()
}

fn painted(c: &Context) -> Base {
    let [paint, shade, fresh, rusty, primer] = *c.colors;
    let tone = 0.5 * c.large.v + 0.35 * c.medium.v;
    let mut coat =
        Base::new(paint.lerp(fresh, smooth(-0.1, 0.7, tone) * 0.9).lerp(shade, smooth(-0.1, 0.7, -tone) * 0.9), 0.38);
    coat.roughness += 0.14 * c.medium.v + 0.1 * c.large.v;
    coat.coat = 0.25;
    coat.coat_roughness = 0.25;
    coat.bump(c.fine, 0.00005);
    coat.bump(c.medium, 0.0006);
    // Scratches in two directions.
    let scratch =
        |u: f32, v: f32, s: f32| smooth(0.62, 0.8, c.along(u, v, s).v) * smooth(0.0, 0.4, c.medium.v + 0.4 * c.wear);
    let scuff = scratch(0.3, 0.004, 3.0) + scratch(0.005, 0.22, 8.0);
    coat.color = coat.color.lerp(primer, (scuff * 0.4 * (0.3 + c.wear)).min(0.6));
    let streak = noise_at(c.p, Vec3::new(9.0, 0.5, 9.0)).v;
    coat.color =
        coat.color.lerp(rusty, smooth(0.25, 0.9, streak + 0.5 * c.large.v) * 0.3 * c.wear * (1.0 - c.up.abs()));
    // Stones and keys have left chips, from which rust runs.
    let cell = cells(c.uv / 0.3 + vec2(c.fine.v, c.fine.v) * 0.03, 0.9, c.seed ^ 0xc41b);
    let share = 0.25 + 0.6 * c.wear;
    let radius = if cell.dice.again().unit(0) < share { 0.01 + 0.035 * cell.dice.unit(1).powi(3) } else { 0.0 };
    let chip = Dual::flat(radius + 0.012 * c.fine.v) - cell.near;
    let chip = if radius > 0.0 { chip * 4.0 } else { Dual::flat(-1.0) };
    let run = if radius > 0.0 { run_below(cell.local * 0.3, 0.012, 0.1 + 0.14 * cell.dice.unit(3)) } else { 0.0 };
    coat.color = coat.color.lerp(rusty, run * 0.5 * (1.0 - c.up.abs()));
    // Paint lifts from the edges and from old blisters; primer shows at its rim, rusty steel inside.
    let blister = c.medium.v * 0.55 + c.large.v * 0.45 + c.fine.v * 0.16;
    let loss = (blister + c.edge * (0.5 + 0.5 * c.wear) - 0.76 + 0.52 * c.wear).max(chip.v);
    let off = smooth(0.0, 0.03, loss);
    let bare = smooth(0.045, 0.09, loss);
    if off <= 0.0 {
        return coat;
    }
    let mut under = Base::new(primer * (1.0 + 0.1 * c.fine.v), 0.75).porous(0.3);
    let mut steel = rust(c, [rusty, rusty * 0.45, rusty * 1.4]);
    let clean = edge_mask(c, c.wear) * 0.35;
    let mut shine = Base::new(Vec3::splat(0.42), 0.38).metal();
    shine.bump(c.fine, 0.0003);
    steel = steel.mix(&shine, clean);
    under = under.mix(&steel, bare);
    under.height -= 0.0006;
    let mut base = coat.mix(&under, off);
    let rim = off * (1.0 - smooth(0.03, 0.06, loss));
    base.relief -= (c.medium.g * 0.55 + c.fine.g * 0.16).clamp_length_max(8.0) * (0.04 * rim);
    base
}

fn rusted(c: &Context) -> Base {
    let [mid, dark, light, black, steel] = *c.colors;
    let mut base = rust(c, [mid, dark, light]);
    let streak = noise_at(c.p, Vec3::new(8.0, 0.55, 8.0)).v;
    base.color = base.color.lerp(light, smooth(0.2, 0.9, streak) * 0.4 * (1.0 - c.up.abs()));
    base.color = base.color.lerp(black, smooth(0.2, 0.8, -streak + 0.4 * c.large.v) * 0.5);
    // Scale that has not come off yet: dark, flat, slightly shiny, with a lifted border.
    let scale = c.noise(Vec3::splat(0.33));
    let on = scale.v + 0.4 * c.medium.v + 0.12 * c.fine.v - 0.25 - 0.35 * (c.wear - 0.2);
    let mut plate =
        Base::new(steel.lerp(black, 0.5 + 0.4 * c.medium.v) * (1.0 + 0.1 * c.fine.v), 0.55 + 0.12 * c.medium.v);
    plate.metallic = 0.75;
    plate.height += 0.0014;
    plate.bump(c.fine, 0.0003);
    let cover = smooth(0.0, 0.05, on);
    base = base.mix(&plate, cover * 0.9);
    let rim = cover * (1.0 - smooth(0.05, 0.13, on));
    base.relief += (scale.g + c.medium.g * 0.4).clamp_length_max(9.0) * (0.05 * rim);
    base.bump(c.medium, 0.002);
    base.metallic = base.metallic.max(0.35 * edge_mask(c, c.wear));
    base
}

fn brushed(c: &Context) -> Base {
    let [mid, dark, light, soil, dull] = *c.colors;
    let hair = c.along(0.5, 0.0016, 1.0);
    let band = c.along(0.9, 0.012, 6.0);
    let smudge = c.noise(Vec3::splat(0.13));
    let tone = 0.5 * c.large.v + 0.7 * band.v + 0.6 * hair.v;
    let color = mid.lerp(light, smooth(0.0, 1.0, tone) * 0.7).lerp(dark, smooth(0.0, 1.0, -tone) * 0.8);
    let touched = smooth(0.15, 0.7, smudge.v + 0.4 * c.large.v);
    let mut base = Base::new(color.lerp(dull, touched * 0.25), 0.3 + 0.06 * band.v + 0.14 * touched).metal();
    let sheet = courses(c.uv, vec2(1.2, 2.4), 0.0, 0.0, 0.0, 0.0, c.seed);
    let seam = sheet.inside.smooth(0.0, c.soft(0.0025));
    base.color = soil.lerp(base.color, 0.3 + 0.7 * seam.v);
    base.cavity = 1.0 - seam.v;
    base.raise(c, seam, 0.0015);
    base.bump(hair, 0.00003);
    base.bump(band, 0.00006);
    base.bump(c.large, 0.0018);
    base
}

fn dark(c: &Context) -> Base {
    let [mid, black, gray, rusty, bright] = *c.colors;
    // Hammered iron: shallow facets, blackened in the hollows, rubbed on the crests.
    let pitch = 0.038;
    let blow = cells(c.uv / pitch + vec2(c.medium.v, -c.medium.v) * 0.4, 0.9, c.seed);
    let dish = blow.near * blow.near;
    let tone = 0.5 * c.large.v + 0.5 * c.medium.v + 0.35 * (dish.v - 0.2);
    let color = mid.lerp(gray, smooth(0.0, 0.9, tone) * 0.7).lerp(black, smooth(0.0, 0.9, -tone));
    let mut base =
        Base::new(color * (1.0 + 0.1 * c.fine.v), 0.5 + 0.12 * c.medium.v + 0.06 * blow.dice.signed(0)).metal();
    base.raise(c, Dual::new(dish.v, dish.g / pitch), 0.0028 * c.keep(pitch));
    base.bump(c.fine, 0.0003);
    base.bump(c.medium, 0.0012);
    let spot = smooth(0.3, 0.6, c.large.v + 0.5 * c.medium.v + 0.25 * c.fine.v - 0.25 + 0.5 * (c.wear - 0.2));
    base = base.mix(&rust(c, [rusty, rusty * 0.5, rusty * 1.4]), spot * 0.75);
    base.color = base.color.lerp(bright, edge_mask(c, c.wear) * 0.5);
    base
}

/// Polished metal under tarnish; `patina` covers hollows, ledges and old patches.
fn tarnished(c: &Context, patina: f32, hammered: f32) -> Base {
    let [mid, deep, light, green, brown] = *c.colors;
    let pitch = 0.03;
    let blow = cells(c.uv / pitch + vec2(c.medium.v, -c.medium.v) * 0.3, 0.9, c.seed);
    let dish = blow.near * blow.near;
    let tone = 0.45 * c.large.v + 0.45 * c.medium.v;
    let color = mid.lerp(light, smooth(0.0, 0.9, tone) * 0.5).lerp(deep, smooth(0.0, 0.9, -tone) * 0.8);
    let mut base = Base::new(color, 0.24 + 0.1 * c.medium.v + 0.05 * c.fine.v).metal();
    let keep = c.keep(pitch) * hammered;
    base.raise(c, Dual::new(dish.v, dish.g / pitch), 0.0022 * keep);
    base.bump(c.medium, 0.0008);
    // Tarnish first, in clouds and fingerprints.
    let dull = smooth(
        -0.35,
        0.6,
        c.large.v + 0.6 * c.medium.v + 0.2 * c.fine.v + 0.6 * (1.0 - c.occlusion) - 0.2 + 0.5 * patina,
    );
    base.color = base.color.lerp(brown, dull * 0.55);
    base.roughness += 0.2 * dull;
    // Then the crust of salts, in runs.
    let streak = noise_at(c.p, Vec3::new(9.0, 0.8, 9.0)).v * (1.0 - c.up.abs());
    let reach = patina * (0.6 + c.up.max(0.0) * 0.3 + (1.0 - c.occlusion))
        + 0.5 * c.large.v
        + 0.4 * c.medium.v
        + 0.4 * streak
        + 0.15 * c.fine.v
        - 0.5;
    let crust = smooth(0.0, 0.3, reach) * (1.0 - 0.8 * edge_mask(c, c.wear));
    let mut salt = Base::new(green * (1.0 + 0.2 * c.medium.v + 0.2 * c.fine.v), 0.85).porous(0.5);
    salt.bump(c.fine, 0.0008);
    salt.bump(c.medium, 0.001);
    base.mix(&salt, crust * 0.92)
}

fn copper(c: &Context) -> Base {
    tarnished(c, 0.42 + 0.5 * c.wear, 0.6)
}

fn brass(c: &Context) -> Base {
    tarnished(c, 0.0 + 0.35 * c.wear, 0.25)
}

fn gold(c: &Context) -> Base {
    let [mid, deep, light, dirt, copperish] = *c.colors;
    let pitch = 0.022;
    let blow = cells(c.uv / pitch + vec2(c.medium.v, -c.medium.v) * 0.5, 0.95, c.seed);
    let dish = blow.near * blow.near;
    let tone = 0.5 * c.large.v + 0.5 * c.medium.v;
    let color = mid.lerp(light, smooth(0.0, 0.9, tone) * 0.6).lerp(deep, smooth(0.0, 0.9, -tone) * 0.7);
    let mut base = Base::new(color.lerp(copperish, smooth(0.3, 0.9, c.large.v) * 0.3), 0.2 + 0.08 * c.medium.v).metal();
    base.raise(c, Dual::new(dish.v, dish.g / pitch), 0.0014 * c.keep(pitch));
    base.bump(c.medium, 0.0008);
    let hollow = ((1.0 - c.occlusion) + smooth(0.3, 0.9, -c.medium.v) * 0.4).min(1.0);
    base.color = base.color.lerp(dirt, hollow * 0.6);
    base.roughness += 0.25 * hollow;
    base
}

/// A hull plate: the larger grid, split once more in some cells.
fn plate(c: &Context) -> Piece {
    let size = vec2(1.4, 0.9);
    let big = courses(c.uv, size, 0.5, 0.3, 0.0, 0.0, c.seed);
    let split = match (big.dice.unit(2) * 4.0) as u32 {
        0 => return Piece { inside: box_inside(big.local, big.half, 0.03), ..big },
        1 => vec2(2.0, 1.0),
        2 => vec2(1.0, 2.0),
        _ => vec2(3.0, 2.0),
    };
    let size = big.half * 2.0 / split;
    let q = (big.local + big.half) / size;
    let cell = floor2(q).clamp(Vec2::ZERO, split - Vec2::ONE);
    let (local, half) = ((q - cell - Vec2::splat(0.5)) * size, size * 0.5);
    let dice = Dice::at(cell.x as i32 + 4 * cell.y as i32, big.dice.0 as i32, c.seed);
    Piece { inside: box_inside(local, half, 0.02), local, half, dice }
}

fn hull(c: &Context) -> Base {
    let [paint, shade, fresh, seam_color, accent] = *c.colors;
    let p = plate(c);
    let dice = p.dice;
    let extra = dice.again();
    let tone = 0.3 * c.large.v + 0.25 * c.medium.v + 0.5 * dice.signed(0);
    let mut color = paint.lerp(fresh, smooth(0.0, 0.9, tone) * 0.9).lerp(shade, smooth(0.0, 0.9, -tone) * 0.9);
    let mut base = Base::new(color, 0.42 + 0.1 * c.medium.v + 0.08 * dice.signed(1));
    base.metallic = if extra.unit(1) < 0.2 { 0.9 } else { 0.15 };
    // A stencilled band or hazard stripes on a few plates.
    if extra.unit(0) < 0.16 {
        let stripes = wrap((p.local.x + p.local.y) / 0.09, 2.0);
        let band = smooth(0.0, 0.004, 0.05 - (p.local.y + p.half.y - 0.09).abs());
        let worn = smooth(-0.7, -0.2, c.medium.v + 0.5 * c.fine.v - 0.3 * c.wear);
        color = color.lerp(if stripes < 1.0 { accent } else { seam_color }, band * worn);
    } else if extra.unit(0) < 0.3 {
        let block = box_inside(p.local - vec2(p.half.x * 0.45, p.half.y * 0.4), vec2(0.07, 0.035), 0.004);
        color = color.lerp(accent, smooth(0.0, 0.003, block.v) * 0.85);
    }
    // Vents: slots on some plates.
    let vent = extra.unit(2) < 0.1 && p.half.x > 0.2;
    if vent {
        let area = box_inside(p.local, p.half * 0.55, 0.02).smooth(0.0, 0.01);
        let slot = Dual::new(p.local.y * std::f32::consts::TAU / 0.045, vec2(0.0, std::f32::consts::TAU / 0.045))
            .sin()
            .smooth(-0.3, 0.5);
        color = color.lerp(seam_color * 0.5, area.v * (1.0 - slot.v) * 0.9);
        base.raise(c, slot, 0.008 * area.v * c.keep(0.05));
        base.cavity = area.v * (1.0 - slot.v);
    }
    let rivets = p.inside.v - 0.03;
    let along = if p.half.x - p.local.x.abs() < p.half.y - p.local.y.abs() { p.local.y } else { p.local.x };
    let rivet = if rivets.abs() < 0.01 && extra.unit(3) < 0.6 {
        let at = wrap(along / 0.08, 1.0) * 0.08 - 0.04;
        let offset = if along == p.local.y { vec2(rivets, at) } else { vec2(at, rivets) };
        head(offset, 0.008) * c.keep(0.02)
    } else {
        Dual::flat(0.0)
    };
    let groove = p.inside.smooth(0.0015, c.soft(0.006));
    // Streaks run down from the upper seam; paint chips at the border.
    let fall = smooth(0.3, 0.0, p.half.y - p.local.y)
        * smooth(0.1, 0.6, noise(Vec3::new(c.uv.x * 16.0, c.uv.y * 0.7, 3.0)).v + 0.2);
    color = color.lerp(seam_color, fall * 0.35).lerp(seam_color, (1.0 - groove.v) * 0.9)
        * (1.0 + 0.05 * c.fine.v + 0.1 * rivet.v);
    let chip = smooth(
        0.0,
        0.05,
        c.medium.v * 0.5 + c.fine.v * 0.3 + smooth(0.03, 0.0, p.inside.v) * 0.35 + c.edge * 0.6 - 0.85 + 0.4 * c.wear,
    );
    base.color = color.lerp(Vec3::splat(0.45), chip * 0.9);
    base.metallic += (1.0 - base.metallic) * chip;
    base.roughness -= 0.1 * chip;
    base.cavity = base.cavity.max(1.0 - groove.v).max(0.3 * fall);
    base.raise(c, groove, 0.004);
    base.raise(c, p.inside.smooth(0.0, 0.02), 0.002);
    base.raise(c, rivet, 0.003);
    base.relief += c.frame.u * (0.006 * dice.signed(2)) + c.frame.v * (0.006 * dice.signed(3));
    base.bump(c.large, 0.002);
    base.bump(c.medium, 0.0003);
    base.glow = color_of_lamps(extra, &p);
    base
}

/// A glowing hull glows in small lamps only.
fn color_of_lamps(dice: Dice, p: &Piece) -> Vec3 {
    let lamp = box_inside(p.local - vec2(0.0, p.half.y * 0.6), vec2(0.05, 0.012), 0.01).v;
    if dice.unit(0) > 0.6 && lamp > 0.0 { Vec3::new(1.0000, 1.0000, 1.0000) * 6.0 } else { Vec3::ZERO }
}
