//! The palette: five roles in OKLCH, from the light of the hour, the genre's accents and the mood.

use gesamt_world::{Enclosure, Genre, Oklch, PaletteEntry, PaletteRole, Place, Rng, TimeOfDay, WeatherKind};

use crate::intent::{Axis, Intent};
use crate::plan::Plan;

/// The five colours. Key and ambient are of opposed temperature; the accent keeps its distance from the key.
pub fn palette(plan: &Plan, intent: &Intent, enclosure: Enclosure) -> Vec<PaletteEntry> {
    let mut rng = plan.palette_seed.child(plan.time.label()).rng();
    let is_inside = enclosure == Enclosure::Interior;
    let key = key(plan, is_inside, &mut rng);
    let ambient = ambient(plan, is_inside, key, &mut rng);
    let shadow = Oklch::new(rng.range(0.16, 0.23), rng.range(0.025, 0.045), ambient.h + rng.range(-18.0, 24.0));
    // Of several colours the vivid ones come first: white and grey are no accents.
    let mut colors = intent.colors.clone();
    colors.sort_by_key(|color| color.c < 0.04);
    let accent = accent(plan, &colors, key, &mut rng);
    let emissive = emissive(plan, intent, &colors, accent, &mut rng);
    let lift = chroma_factor(plan, intent);
    let tint = |mut color: Oklch, amount: f32| {
        color.c *= 1.0 + (lift - 1.0) * amount;
        color
    };
    let warm = intent.leans.get(Axis::Warmth);
    let roles = [
        (PaletteRole::Key, warmed(tint(key, 0.6), warm)),
        (PaletteRole::Ambient, warmed(tint(ambient, 0.8), 0.4 * warm)),
        (PaletteRole::Shadow, tint(shadow, 0.8)),
        (PaletteRole::Accent, if intent.colors.is_empty() { tint(accent, 1.0) } else { accent }),
        (PaletteRole::Emissive, tint(emissive, 0.5)),
    ];
    roles.into_iter().map(|(role, color)| entry(role, color)).collect()
}

/// The colour inside the gamut, rounded so that the file is readable and the hex is that of the rounded colour.
fn entry(role: PaletteRole, color: Oklch) -> PaletteEntry {
    let round = |v: f32, unit: f32| (v / unit).round() * unit;
    let inside = Oklch::from_linear(color.to_linear_in_gamut());
    let hue = if inside.c < 0.004 { color.h } else { inside.h };
    let four = |v: f32| (v * 1e4).round() / 1e4;
    let oklch = Oklch::new(four(inside.l), four(inside.c.min(0.39)), four(round(hue, 0.01)));
    PaletteEntry { role, oklch, hex: oklch.to_hex() }
}

/// Saturation that the mood and the genre allow.
fn chroma_factor(plan: &Plan, intent: &Intent) -> f32 {
    let mood = 1.0 + 0.22 * plan.mood.valence + 0.1 * plan.mood.wonder;
    let genre = match plan.genre {
        Genre::Noir => 0.35,
        Genre::GothicHorror => 0.75,
        Genre::PostApocalyptic => 0.8,
        Genre::FairyTale | Genre::Alien => 1.15,
        _ => 1.0,
    };
    (mood * genre * (1.0 + 0.8 * intent.leans.get(Axis::Saturation))).clamp(0.03, 1.7)
}

fn warmed(color: Oklch, warmth: f32) -> Oklch {
    let target = if warmth >= 0.0 { 65.0 } else { 245.0 };
    let [r, g, b] = color.to_linear();
    let tint = Oklch::new(color.l, color.c.max(0.06), target).to_linear();
    let t = 0.45 * warmth.abs();
    let mixed = [r + (tint[0] - r) * t, g + (tint[1] - g) * t, b + (tint[2] - b) * t];
    let out = Oklch::from_linear(mixed);
    Oklch::new(color.l, out.c, out.h)
}

fn key(plan: &Plan, is_inside: bool, rng: &mut Rng) -> Oklch {
    if plan.is_underwater() {
        return Oklch::new(rng.range(0.76, 0.84), rng.range(0.07, 0.1), rng.range(188.0, 208.0));
    }
    match plan.place {
        Place::SpaceStation => {
            return Oklch::new(rng.range(0.9, 0.95), rng.range(0.012, 0.03), rng.range(205.0, 250.0));
        }
        Place::Cave => return Oklch::new(rng.range(0.78, 0.86), rng.range(0.03, 0.06), rng.range(190.0, 225.0)),
        _ => {}
    }
    if is_inside && plan.time != TimeOfDay::Day {
        return Oklch::new(rng.range(0.8, 0.86), rng.range(0.08, 0.12), rng.range(62.0, 74.0));
    }
    let mut color = match plan.time {
        // Dawn is pale and rosy, dusk deep and golden.
        TimeOfDay::Dawn => Oklch::new(rng.range(0.86, 0.9), rng.range(0.05, 0.08), rng.range(12.0, 48.0)),
        TimeOfDay::Day => Oklch::new(rng.range(0.93, 0.96), rng.range(0.025, 0.05), rng.range(80.0, 96.0)),
        TimeOfDay::Dusk if matches!(plan.genre, Genre::Cyberpunk | Genre::Alien | Genre::FairyTale) => {
            Oklch::new(rng.range(0.74, 0.82), rng.range(0.1, 0.14), rng.range(18.0, 56.0))
        }
        TimeOfDay::Dusk => Oklch::new(rng.range(0.76, 0.82), rng.range(0.12, 0.15), rng.range(42.0, 62.0)),
        TimeOfDay::Night => Oklch::new(rng.range(0.68, 0.76), rng.range(0.035, 0.06), rng.range(236.0, 268.0)),
    };
    match plan.weather {
        WeatherKind::Clear => {}
        WeatherKind::Dust => {
            color = Oklch::new(
                color.l - 0.06,
                color.c.max(0.09),
                if color.h > 180.0 { 75.0 } else { rng.range(58.0, 76.0) },
            );
        }
        WeatherKind::Fog => (color.c, color.l) = (color.c * 0.6, color.l - 0.02),
        _ => (color.c, color.l) = (color.c * 0.55, color.l - 0.04),
    }
    color
}

fn ambient(plan: &Plan, is_inside: bool, key: Oklch, rng: &mut Rng) -> Oklch {
    if plan.is_underwater() {
        return Oklch::new(rng.range(0.42, 0.52), rng.range(0.07, 0.1), rng.range(212.0, 236.0));
    }
    let is_key_warm = (15.0..130.0).contains(&key.h) && key.c > 0.02;
    let cool = match plan.genre {
        Genre::Cyberpunk => rng.range(222.0, 272.0),
        Genre::Steampunk | Genre::Industrial => rng.range(190.0, 230.0),
        Genre::GothicHorror => rng.range(185.0, 240.0),
        Genre::Alien => rng.range(170.0, 300.0),
        Genre::FairyTale => rng.range(245.0, 300.0),
        Genre::PostApocalyptic => rng.range(160.0, 230.0),
        _ => rng.range(225.0, 262.0),
    };
    let mut color = match plan.time {
        TimeOfDay::Dawn => Oklch::new(0.66, 0.045, cool + rng.range(-12.0, 6.0)),
        TimeOfDay::Day => Oklch::new(0.72, 0.055, if is_key_warm { cool } else { 235.0 }),
        TimeOfDay::Dusk => Oklch::new(0.46, 0.07, cool + rng.range(0.0, 20.0)),
        TimeOfDay::Night => Oklch::new(0.3, 0.05, cool),
    };
    color.l += rng.range(-0.03, 0.03);
    let is_green = plan.condition.overgrowth > 0.7 && plan.profile().is_wild && plan.time != TimeOfDay::Night;
    match plan.weather {
        WeatherKind::Dust => color = Oklch::new(color.l, 0.065, rng.range(55.0, 78.0)),
        WeatherKind::Fog => (color.c, color.l) = (color.c * 0.5, color.l + 0.06),
        WeatherKind::Overcast | WeatherKind::Snow => color.c *= 0.55,
        WeatherKind::Rain | WeatherKind::Storm => (color.c, color.l) = (color.c * 0.75, color.l - 0.03),
        WeatherKind::Clear => {}
    }
    if is_green && plan.weather != WeatherKind::Snow {
        color = Oklch::new(color.l - 0.05, color.c.max(0.04), rng.range(140.0, 195.0));
    }
    if is_inside {
        color.l = (color.l * 0.75).max(0.26);
    }
    color
}

fn accent(plan: &Plan, colors: &[Oklch], key: Oklch, rng: &mut Rng) -> Oklch {
    if let Some(color) = colors.first() {
        return *color;
    }
    let hues = plan.look().accent_hues;
    // Distance from the key makes the accent speak; the first hues of a genre are its own.
    let weights: Vec<f32> = hues
        .iter()
        .enumerate()
        .map(|(i, h)| (1.0 / (1.0 + 0.25 * i as f32)) * (0.35 + (hue_gap(*h, key.h) / 90.0).min(1.0)))
        .collect();
    let hue = if plan.is_underwater() {
        *rng.pick(&[28.0, 15.0, 345.0, 60.0]).unwrap_or(&28.0)
    } else {
        hues[rng.weighted(&weights)]
    };
    let chroma = plan.look().chroma * rng.range(0.17, 0.22);
    Oklch::new(full_lightness(hue) + rng.range(-0.05, 0.05), chroma, hue + rng.range(-9.0, 9.0))
}

/// The lightness at which a hue is strongest to the eye: yellow is light, blue and violet are dark.
fn full_lightness(hue: f32) -> f32 {
    let at = |peak: f32, width: f32| (1.0 - hue_gap(hue, peak) / width).max(0.0);
    0.6 + 0.2 * at(95.0, 55.0) + 0.08 * at(170.0, 50.0) - 0.06 * at(275.0, 50.0)
}

fn emissive(plan: &Plan, intent: &Intent, colors: &[Oklch], accent: Oklch, rng: &mut Rng) -> Oklch {
    if let Some(color) = colors.get(1).filter(|color| color.c >= 0.04) {
        return Oklch::new(color.l.clamp(0.7, 0.88), color.c, color.h);
    }
    if let Some(color) = colors.first()
        && color.c > 0.08
        && intent.leans.get(Axis::Warmth) <= 0.2
        && rng.chance(0.5)
    {
        return Oklch::new(0.8, color.c, color.h);
    }
    if plan.is_underwater() {
        return Oklch::new(0.85, 0.13, rng.range(165.0, 200.0));
    }
    if intent.leans.get(Axis::Warmth) > 0.2 {
        return Oklch::new(rng.range(0.8, 0.86), rng.range(0.12, 0.16), rng.range(58.0, 78.0));
    }
    let hues = plan.look().emissive_hues;
    let weights: Vec<f32> = hues
        .iter()
        .enumerate()
        .map(|(i, h)| (1.0 / (1.0 + 0.3 * i as f32)) * (0.25 + (hue_gap(*h, accent.h) / 60.0).min(1.0)))
        .collect();
    let hue = hues[rng.weighted(&weights)];
    let chroma = 0.11 + 0.09 * plan.look().chroma * rng.range(0.7, 1.0);
    Oklch::new(rng.range(0.78, 0.86), chroma, hue + rng.range(-6.0, 6.0))
}

/// The smaller angle between two hues in degrees.
fn hue_gap(a: f32, b: f32) -> f32 {
    let gap = (a - b).rem_euclid(360.0);
    gap.min(360.0 - gap)
}
