//! Fog, falling and floating things.

use gesamt_scene::{Breeze, Fog, ParticleField, ParticleKind, Precipitation};
use gesamt_world::{EventKind, Genre, Place, TimeOfDay, WeatherKind, World};
use glam::Vec3;

use crate::light::moments;
use crate::places::Plan;
use crate::skin::{mix, normalized};
use crate::stage::Stage;

/// The air of the stage.
pub(crate) fn fog(stage: &Stage) -> Fog {
    let world = stage.world;
    let skin = &stage.skin;
    let base_height_m = stage.view.camera.position.y - world.camera.height_m;
    if world.setting.place == Place::Underwater {
        let deep = mix([0.03, 0.30, 0.40], normalized(skin.ambient), 0.3);
        let light = match world.sky.time_of_day {
            TimeOfDay::Night => 0.12,
            TimeOfDay::Dusk | TimeOfDay::Dawn => 0.4,
            TimeOfDay::Day => 0.8,
        };
        return Fog {
            density: world.weather.fog_density.clamp(0.014, 0.026),
            base_height_m,
            falloff_m: 400.0,
            albedo: mix(deep, [0.1, 0.5, 0.55], 0.3),
            anisotropy: 0.6,
            ambient: [light; 3],
            is_water: true,
        };
    }
    // Air never outshines the dome that lights it: about the dome's mean radiance.
    let hour = match world.sky.time_of_day {
        TimeOfDay::Day => 1.0,
        TimeOfDay::Dusk | TimeOfDay::Dawn => 0.24,
        TimeOfDay::Night => 0.03,
    };
    // Under a closed cover the air between houses sees less of the dome.
    let hour = hour
        * match world.weather.kind {
            WeatherKind::Overcast => 0.6,
            WeatherKind::Rain => 0.65,
            WeatherKind::Storm => 0.5,
            WeatherKind::Snow => 0.85,
            WeatherKind::Dust => 0.6,
            _ => 1.0,
        };
    let clear: f32 = match world.setting.place {
        Place::SpaceStation => 0.0,
        Place::Cave | Place::Tunnel | Place::Library | Place::Factory => 0.004,
        Place::Swamp => 0.02,
        Place::Forest | Place::Jungle | Place::Graveyard => 0.003,
        _ => 0.0012,
    };
    let dusty = world.weather.kind == WeatherKind::Dust;
    let color = if dusty { [0.95, 0.66, 0.37] } else { mix([0.92, 0.95, 1.0], normalized(skin.ambient), 0.35) };
    let sheltered = world.is_sheltered();
    let ambient = if sheltered { 0.02 } else { hour };
    // Clear dawns have mist on the ground; it is gone by the evening.
    let has_mist = !sheltered
        && world.sky.time_of_day == TimeOfDay::Dawn
        && matches!(world.weather.kind, WeatherKind::Clear | WeatherKind::Overcast)
        && world.setting.place != Place::Rooftop;
    let clear = if has_mist { 0.008 } else { clear };
    // However thick the air, the subject keeps four tenths of its light, and seven tenths in dust, which glows less.
    let thickest = if dusty { 0.34 } else { 0.9 } / stage.hero_depth().max(5.0);
    Fog {
        density: if sheltered {
            world.weather.fog_density.min(0.012).max(clear)
        } else {
            world.weather.fog_density.max(clear)
        }
        .min(thickest),
        base_height_m,
        falloff_m: match world.weather.kind {
            // It lies on the water.
            WeatherKind::Fog if world.setting.place == Place::Swamp => 5.0,
            _ if world.setting.place == Place::Swamp => 1.8,
            _ if has_mist => 2.5,
            WeatherKind::Fog => 14.0,
            // It drifts low: what is tall stands out of it.
            WeatherKind::Dust => 9.0,
            _ => 30.0,
        },
        albedo: color,
        anisotropy: if dusty { 0.65 } else { 0.55 },
        ambient: normalized(skin.ambient).map(|v| ambient * (0.45 + 0.55 * v)),
        is_water: false,
    }
}

/// What falls.
pub(crate) fn precipitation(stage: &Stage, is_interior: bool) -> Precipitation {
    let weather = &stage.world.weather;
    let sheltered = is_interior || stage.world.is_sheltered();
    let side = if stage.rng("wind").chance(0.5) { 1.0 } else { -1.0 };
    let wind = Vec3::new(side * weather.wind_mps * 0.85, 0.0, weather.wind_mps * 0.3);
    Precipitation {
        kind: if sheltered { WeatherKind::Clear } else { weather.kind },
        intensity: if sheltered { 0.0 } else { weather.intensity },
        wind,
    }
}

/// What plants and cloth sway in: the wind and its gusts, or a current.
pub(crate) fn breeze(world: &World, wind: Vec3) -> Breeze {
    const CURRENT_MPS: f32 = 0.5;
    let velocity = if world.setting.place == Place::Underwater {
        wind.with_y(0.0).normalize_or(Vec3::X) * CURRENT_MPS
    } else {
        wind.with_y(0.0)
    };
    Breeze { velocity, gusts: moments(world, EventKind::Gust) }
}

/// What floats, by place, genre and hour.
pub(crate) fn particles(stage: &Stage, plan: &Plan) -> Vec<ParticleField> {
    let world = stage.world;
    let amount = world.motion.particles;
    if amount < 0.03 {
        return Vec::new();
    }
    let skin = &stage.skin;
    let night = world.sky.time_of_day == TimeOfDay::Night;
    let dark = night || world.sky.time_of_day == TimeOfDay::Dusk;
    let glow = normalized(skin.emissive).map(|v| v * 3.0);
    use ParticleKind::*;
    let magic = matches!(world.setting.genre, Genre::FairyTale | Genre::Alien | Genre::MedievalFantasy);
    let mut kinds = match world.setting.place {
        Place::Underwater => vec![(MarineSnow, 260.0, [0.5, 0.7, 0.7]), (Bubbles, 90.0, [0.8, 0.95, 1.0])],
        Place::Forest | Place::Jungle | Place::Swamp | Place::Garden if dark && magic => {
            vec![(Spores, 130.0, glow), (Fireflies, 60.0, [3.2, 2.6, 0.7])]
        }
        Place::Forest | Place::Jungle | Place::Swamp | Place::Farmland | Place::Village if dark && skin.snow < 0.2 => {
            vec![(Fireflies, 90.0, [3.2, 2.6, 0.7])]
        }
        Place::Garden | Place::Temple if world.setting.genre == Genre::FeudalJapan => {
            vec![(Petals, 160.0, mix(skin.accent, [0.9, 0.5, 0.55], 0.3))]
        }
        Place::Cave if magic => vec![(Spores, 110.0, glow)],
        Place::SpaceStation | Place::Library | Place::Tunnel | Place::Cave => vec![(Motes, 140.0, [0.9, 0.85, 0.75])],
        _ if world.setting.genre == Genre::Alien => vec![(Spores, 120.0, glow)],
        _ => vec![(Motes, 110.0, [0.9, 0.82, 0.7])],
    };
    if matches!(world.setting.genre, Genre::PostApocalyptic | Genre::Steampunk | Genre::Industrial) && plan.has_fire {
        kinds.push((Embers, 60.0, [14.0, 5.0, 1.2]));
    }
    let eye = stage.view.camera.position;
    let ahead = stage.hero_depth().clamp(6.0, 18.0) * 1.4;
    let side = plan.particle_half_width.min(9.0);
    let ground = stage.ground.at(stage.hero.x, stage.hero.y);
    let (min, max) = (
        Vec3::new(eye.x - side, ground.min(eye.y - 1.5) + 0.1, eye.z - ahead),
        Vec3::new(eye.x + side, eye.y + 4.0, eye.z - 1.2),
    );
    let fields = kinds.into_iter().enumerate().map(|(index, (kind, count, color))| ParticleField {
        kind,
        min,
        max,
        count: (count * (0.25 + amount)) as u32,
        color,
        seed: world.root_seed().child("particles").index(index as u64).0 as u32,
    });
    fields.collect()
}
