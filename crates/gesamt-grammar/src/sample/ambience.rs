//! The sound of the place, and the room around the music.

use gesamt_world::{
    Ambience, AmbienceLayer as A, AmbienceVoice, AssetFamily as F, AssetSlot, Enclosure, Genre, Layout,
    MaterialKind as M, Materials, Mix, Place, TimeOfDay, Weather, WeatherKind,
};

use super::{round3, share};
use crate::intent::{Axis, Intent};
use crate::plan::Plan;

/// What is heard: weather on the surfaces that are there, then place, life and machines.
pub fn ambience(
    plan: &Plan,
    intent: &Intent,
    materials: &Materials,
    assets: &[AssetSlot],
    layout: &Layout,
    weather: &Weather,
) -> Ambience {
    let mut rng = plan.rng("ambience");
    let is_inside = layout.enclosure == Enclosure::Interior;
    let mut voices = Voices(Vec::new());
    if !plan.is_underwater() && plan.place != Place::SpaceStation {
        weather_voices(plan, materials, weather, is_inside, &mut voices);
    }
    for (layer, weight) in plan.profile().ambience {
        let (layer, factor) = in_this_world(plan, *layer);
        voices.add(layer, weight * factor * if plan.weather == WeatherKind::Clear { 1.0 } else { 0.8 });
    }
    genre_voices(plan, is_inside, &mut voices);
    asset_voices(plan, assets, &mut voices);
    for (layer, strength) in intent.sounds.wanted() {
        let layer = if layer == A::BirdsDay && plan.time == TimeOfDay::Dawn { A::BirdsDawn } else { layer };
        voices.add(layer, 0.9 * strength);
    }
    let mut voices = voices.0;
    voices.retain(|(layer, weight)| *weight > 0.08 && !intent.sounds.is_unwanted(*layer));
    for (_, weight) in &mut voices {
        *weight *= rng.range(0.85, 1.15);
    }
    voices.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    voices.truncate(6);
    let total: f32 = voices.iter().map(|(_, w)| w).sum::<f32>().max(1e-3);
    let calm = -plan.mood.arousal;
    let heavy = if matches!(plan.weather, WeatherKind::Rain | WeatherKind::Storm) { 2.0 * plan.intensity } else { 0.0 };
    let level = -10.5 + 2.0 * calm + heavy + 3.0 * intent.leans.get(Axis::Loudness) + rng.signed();
    Ambience {
        layers: voices.into_iter().map(|(layer, w)| AmbienceVoice { layer, weight: share(w / total) }).collect(),
        level_lu: round3(level.clamp(-18.0, -4.0)),
    }
}

struct Voices(Vec<(A, f32)>);

impl Voices {
    fn add(&mut self, layer: A, weight: f32) {
        match self.0.iter_mut().find(|(l, _)| *l == layer) {
            Some((_, w)) => *w = w.max(weight) + 0.3 * w.min(weight),
            None => self.0.push((layer, weight)),
        }
    }
}

fn is_metal(material: M) -> bool {
    use M::*;
    matches!(material, CorrugatedMetal | PaintedMetal | RustedMetal | BrushedMetal | DarkMetal | HullPanel | Copper)
}

fn weather_voices(plan: &Plan, materials: &Materials, weather: &Weather, is_inside: bool, voices: &mut Voices) {
    let strength = 0.5 + 0.7 * plan.intensity;
    let muffled = if is_inside { 0.4 } else { 1.0 };
    if matches!(plan.weather, WeatherKind::Rain | WeatherKind::Storm) {
        let is_leafy = plan.condition.overgrowth > 0.55;
        let has_metal = is_metal(materials.primary) || is_metal(materials.secondary);
        let is_stony = !matches!(materials.ground, M::Grass | M::Moss | M::Dirt | M::Mud | M::Sand | M::Snow);
        voices.add(A::RainOpen, strength * muffled * 0.9);
        for (layer, is_there) in [(A::RainMetal, has_metal), (A::RainLeaves, is_leafy), (A::RainStone, is_stony)] {
            voices.add(layer, if is_there { 0.65 * strength * muffled } else { 0.0 });
        }
        voices.add(A::Drips, if plan.weather == WeatherKind::Rain { 0.3 } else { 0.0 });
    }
    match plan.weather {
        WeatherKind::Storm => {
            voices.add(A::Thunder, 0.8);
            voices.add(A::WindHowl, 0.6 * muffled);
        }
        WeatherKind::Snow => voices.add(A::SnowHush, 0.8 * muffled),
        WeatherKind::Dust => {
            voices.add(A::DustHiss, 0.9 * muffled);
            voices.add(A::WindHowl, 0.7 * muffled);
        }
        WeatherKind::Fog if matches!(plan.place, Place::Harbor | Place::Coast) => voices.add(A::Foghorn, 0.45),
        _ => {}
    }
    let wind = (weather.wind_mps / 9.0).min(1.0);
    voices.add(if weather.wind_mps > 12.0 { A::WindHowl } else { A::Wind }, 0.7 * wind * muffled);
}

/// The layer as it is at this hour, in this air and with these people, and how much of it.
fn in_this_world(plan: &Plan, layer: A) -> (A, f32) {
    let people = plan.condition.population;
    let is_night = plan.time == TimeOfDay::Night;
    let is_frozen = plan.weather == WeatherKind::Snow || plan.place == Place::Tundra;
    let is_harsh = matches!(plan.weather, WeatherKind::Storm | WeatherKind::Dust);
    let is_rain = matches!(plan.weather, WeatherKind::Rain);
    let life = if is_harsh {
        0.0
    } else if is_rain {
        0.35
    } else {
        1.0
    };
    let is_alien = plan.genre == Genre::Alien;
    match layer {
        A::CrowdWalla => (layer, if people < 0.25 { 0.0 } else { 1.3 * people }),
        A::CityHum if plan.era < 0.58 => (layer, 0.0),
        A::CityHum => (layer, 0.35 + 0.8 * people),
        A::BirdsDay | A::BirdsDawn | A::InsectsDay | A::Frogs | A::Crickets if is_alien => (A::AlienChirps, life),
        A::BirdsDay if is_frozen => (layer, 0.15),
        A::BirdsDay if is_night => (A::Owl, 0.6 * life),
        A::BirdsDay if plan.time == TimeOfDay::Dawn => (A::BirdsDawn, 1.2 * life),
        A::BirdsDay if plan.time == TimeOfDay::Dusk => (A::Crickets, 0.8 * life),
        A::InsectsDay | A::Frogs | A::Crickets if is_frozen => (layer, 0.0),
        A::InsectsDay if plan.time == TimeOfDay::Dawn => (A::Crickets, 0.4 * life),
        A::InsectsDay if plan.time != TimeOfDay::Day => (A::Crickets, life),
        A::Crickets if plan.time == TimeOfDay::Day => (A::InsectsDay, life),
        A::Owl if !is_night => (A::Crows, life),
        A::Crows if is_night => (A::Owl, 0.8 * life),
        A::Gulls => (layer, if is_night || is_harsh { 0.15 } else { 1.0 }),
        A::Machines | A::SteamVents | A::ComputerBeeps => (layer, 0.2 + 0.9 * people),
        A::DistantBells => (layer, 0.3 + 0.7 * people),
        A::Stream if is_frozen => (layer, 0.3),
        A::Fire => (layer, 0.25 + 0.8 * people),
        other => (other, 1.0),
    }
}

fn genre_voices(plan: &Plan, is_inside: bool, voices: &mut Voices) {
    let people = plan.condition.population;
    let is_built = !plan.profile().is_wild;
    match plan.genre {
        Genre::Cyberpunk if is_built => {
            voices.add(A::NeonHum, if plan.time == TimeOfDay::Day { 0.25 } else { 0.55 });
            voices.add(A::CityHum, 0.45);
        }
        Genre::Noir if is_built && !is_inside => voices.add(A::CityHum, 0.4),
        Genre::Steampunk if is_built => {
            voices.add(A::SteamVents, 0.45);
            voices.add(A::Machines, 0.15 + 0.35 * people);
        }
        Genre::Industrial if is_built => voices.add(A::Machines, 0.3 + 0.4 * people),
        Genre::ScienceFiction if is_built && plan.place != Place::SpaceStation => voices.add(A::ShipHum, 0.3),
        Genre::ScienceFiction if !plan.is_underwater() => voices.add(A::RadioStatic, 0.18),
        Genre::PostApocalyptic => voices.add(A::RadioStatic, 0.15),
        Genre::GothicHorror if is_built => voices.add(A::WoodCreak, 0.3),
        Genre::Alien if !plan.is_underwater() => voices.add(A::AlienChirps, 0.45),
        Genre::FairyTale if !plan.is_underwater() => voices.add(A::WindChimes, 0.35),
        Genre::FeudalJapan if is_built => voices.add(A::WindChimes, 0.3),
        Genre::Nautical if is_built => voices.add(A::WoodCreak, 0.4),
        _ => {}
    }
    if plan.condition.decay > 0.55 && people < 0.2 && is_built && !plan.is_underwater() {
        voices.add(if plan.weather == WeatherKind::Dust { A::WoodCreak } else { A::Drips }, 0.3);
    }
}

fn asset_voices(plan: &Plan, assets: &[AssetSlot], voices: &mut Voices) {
    let is_dead = plan.condition.population < 0.12;
    for slot in assets.iter().take(8) {
        match slot.family {
            F::Brazier if !is_dead && !plan.is_underwater() => voices.add(A::Fire, 0.4),
            F::Generator if !is_dead => voices.add(A::Machines, 0.25),
            F::Boat if matches!(plan.place, Place::Harbor | Place::Coast) => voices.add(A::WoodCreak, 0.25),
            _ => {}
        }
    }
}

/// The room and the balance.
pub fn mix(plan: &Plan, intent: &Intent, enclosure: Enclosure) -> Mix {
    let mut rng = plan.rng("mix");
    let space = match plan.place {
        Place::Cave | Place::Underwater => 0.82,
        Place::Temple | Place::Canyon | Place::Castle => 0.7,
        Place::Tunnel | Place::Factory => 0.62,
        Place::Arena | Place::Mountain | Place::Ruins => 0.58,
        Place::SpaceStation | Place::Graveyard | Place::Desert | Place::Tundra => 0.52,
        Place::Library => 0.36,
        Place::Village | Place::Garden | Place::Farmland => 0.34,
        _ => 0.44,
    };
    let inside = if enclosure == Enclosure::Interior { 0.04 } else { 0.0 };
    let snow = if plan.weather == WeatherKind::Snow { -0.08 } else { 0.0 };
    Mix {
        space: share(
            intent.leans.share(Axis::Space, space + inside + snow + 0.08 * plan.mood.wonder + 0.05 * rng.signed()),
        ),
        width: share(0.68 + 0.12 * plan.mood.wonder + 0.1 * rng.signed()),
        dynamics: share(0.42 - 0.12 * plan.mood.arousal + 0.15 * plan.mood.tension.max(0.0) + 0.1 * rng.signed()),
    }
}
