//! Sun, moon, sky and lightning.

use gesamt_scene::SkyParams;
use gesamt_world::{EventKind, Genre, LinearRgb, Place, TimeOfDay, WeatherKind, World};

use crate::skin::{mix, normalized};
use crate::stage::Stage;
use crate::view::direction;

/// The dome over the stage.
pub(crate) fn sky(stage: &Stage) -> SkyParams {
    let world = stage.world;
    let s = &world.sky;
    let skin = &stage.skin;
    let is_night = s.time_of_day == TimeOfDay::Night;
    // At night the key comes from the moon, low enough to rake.
    let wobble = stage.rng("moon").range(24.0, 40.0);
    let moon_direction = direction(&stage.view.camera, s.sun_azimuth_deg, wobble);
    let space = world.setting.place == Place::SpaceStation;
    let tint_strength = match s.time_of_day {
        _ if world.setting.genre == Genre::Alien => 0.6,
        TimeOfDay::Night => 0.45,
        TimeOfDay::Dusk => 0.24,
        TimeOfDay::Dawn => 0.5,
        TimeOfDay::Day => 0.12,
    };
    let hue = sky_hue(world.sky.time_of_day, skin.ambient);
    let lum = gesamt_world::color::luminance(hue).max(0.02);
    SkyParams {
        time_of_day: if space { TimeOfDay::Night } else { s.time_of_day },
        sun_direction: direction(
            &stage.view.camera,
            s.sun_azimuth_deg,
            if space { -40.0 } else { s.sun_elevation_deg },
        ),
        sun_lift_deg: 0.0,
        turbidity: s.turbidity,
        cloud_cover: if space { 0.0 } else { s.cloud_cover },
        stars: if space { 1.0 } else { s.stars },
        moon: if is_night && !space { s.moon.max(0.35) } else { 0.0 },
        moon_direction,
        intensity: match world.weather.kind {
            _ if world.setting.place == Place::Underwater => 0.8,
            // Storm clouds darken and take on structure.
            WeatherKind::Storm => 0.62,
            _ => 1.0,
        },
        tint: hue.map(|v| (v / lum).clamp(0.05, 3.0)),
        tint_strength: tint_strength * (0.5 + 0.5 * world.materials.palette_pull),
        horizon_glow: glow(stage),
        seed: world.root_seed().child("sky").0 as u32,
    }
}

/// What the dome leans to: mornings to a clean pale blue, evenings to violet, whatever the palette; other hours to the palette.
fn sky_hue(hour: TimeOfDay, ambient: LinearRgb) -> LinearRgb {
    match hour {
        TimeOfDay::Dawn => mix(normalized(ambient), [0.72, 0.76, 1.0], 0.7),
        TimeOfDay::Dusk => mix(normalized(ambient), [0.5, 0.36, 0.85], 0.6),
        TimeOfDay::Day | TimeOfDay::Night => ambient,
    }
}

/// The glow over the horizon: of the low sun and of a city.
fn glow(stage: &Stage) -> [f32; 3] {
    let (sun, city) = (sun_glow(stage), city_glow(stage));
    [0, 1, 2].map(|i| sun[i] + city[i])
}

/// The colour that a low sun leaves in the air around it, as far as the weather lets it through.
fn sun_glow(stage: &Stage) -> [f32; 3] {
    let world = stage.world;
    // Dust and smoke of the day redden the evening; the air of the morning is clean, and its glow is rose.
    let (strength, hue) = match world.sky.time_of_day {
        TimeOfDay::Dusk => (1.3, [1.0, 0.3, 0.06]),
        TimeOfDay::Dawn => (1.1, [1.0, 0.46, 0.58]),
        TimeOfDay::Day | TimeOfDay::Night => return [0.0; 3],
    };
    if matches!(world.setting.place, Place::SpaceStation | Place::Underwater) {
        return [0.0; 3];
    }
    let through = match world.weather.kind {
        WeatherKind::Clear => 1.0,
        WeatherKind::Dust => 0.7,
        WeatherKind::Rain | WeatherKind::Snow => 0.55,
        WeatherKind::Fog => 0.4,
        WeatherKind::Overcast => 0.25,
        WeatherKind::Storm => 0.15,
    };
    mix(normalized(stage.skin.key), hue, 0.75).map(|v| v.powf(1.35) * strength * through)
}

/// The glow of a city at dusk and by night.
fn city_glow(stage: &Stage) -> [f32; 3] {
    let world = stage.world;
    let skin = &stage.skin;
    let dark = match world.sky.time_of_day {
        TimeOfDay::Night => 1.0,
        TimeOfDay::Dusk | TimeOfDay::Dawn => 0.5,
        TimeOfDay::Day => return [0.0; 3],
    };
    let strength = match world.setting.genre {
        Genre::Cyberpunk => 0.22,
        Genre::Noir | Genre::Modern | Genre::Industrial => 0.1,
        Genre::ScienceFiction | Genre::Steampunk => 0.07,
        _ => return [0.0; 3],
    };
    let color = normalized(mix(skin.emissive, skin.accent, 0.35));
    color.map(|v| v * strength * dark * (0.3 + 0.7 * world.condition.population))
}

/// The events of a kind: seconds of the clip and strengths.
pub(crate) fn moments(world: &World, kind: EventKind) -> Vec<(f32, f32)> {
    let beat = 60.0 / world.rhythm.tempo_bpm * 4.0 / f32::from(world.rhythm.beat_unit);
    world.motion.events.iter().filter(|e| e.kind == kind).map(|e| (e.at_beat * beat, e.strength)).collect()
}

/// Flashes of lightning in seconds of the clip.
pub(crate) fn flashes(world: &World) -> Vec<(f32, f32)> {
    let mut flashes = moments(world, EventKind::Lightning);
    if flashes.is_empty() && world.weather.kind == WeatherKind::Storm {
        flashes.push((1.2, 0.7));
    }
    flashes
}
