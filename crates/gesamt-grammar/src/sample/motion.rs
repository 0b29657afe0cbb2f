//! What moves in the clip, and the events that picture and sound share.

use gesamt_world::{
    CameraMove, Enclosure, Event, EventKind, Genre, Motion, Place, Rhythm, Rng, TimeOfDay, Weather, WeatherKind,
};

use super::{round3, share};
use crate::intent::{Axis, Intent};
use crate::plan::{Plan, choose};

/// Length of the default clip in seconds; events that matter fall into it.
const CLIP_SECS: f32 = 5.0;

/// Camera move, flicker, particles and events.
pub fn motion(plan: &Plan, intent: &Intent, rhythm: &Rhythm, weather: &Weather, enclosure: Enclosure) -> Motion {
    let mut rng = plan.rng("motion");
    let camera_move = choose(&intent.camera_move, &moves(plan, enclosure), &mut rng);
    let eager = 0.07 + 0.03 * plan.mood.arousal + 0.02 * plan.mood.wonder + 0.02 * rng.signed();
    let amplitude = if enclosure == Enclosure::Interior { 0.85 * eager } else { eager };
    Motion {
        camera_move,
        amplitude: round3(amplitude.clamp(0.04, 0.15)),
        flicker: share(intent.leans.share(Axis::Flicker, flicker(plan))),
        particles: share(intent.leans.share(Axis::Particles, particles(plan, enclosure))),
        events: events(plan, intent, rhythm, weather, &mut rng),
    }
}

fn moves(plan: &Plan, enclosure: Enclosure) -> Vec<(CameraMove, f32)> {
    let mood = &plan.mood;
    let open = if enclosure == Enclosure::Interior || enclosure == Enclosure::Corridor { 0.35 } else { 1.0 };
    vec![
        (CameraMove::DollyIn, 1.2 + 0.6 * mood.tension.max(0.0)),
        (CameraMove::Truck, 0.5 + 0.3 * (-mood.arousal).max(0.0)),
        (CameraMove::CraneUp, (0.25 + 0.6 * mood.wonder.max(0.0)) * open),
        (CameraMove::CraneDown, 0.15 * open),
        (CameraMove::Orbit, 0.4 * open + 0.2 * mood.wonder.max(0.0)),
        (CameraMove::Drift, 0.3 + 0.5 * (-mood.arousal).max(0.0)),
        (CameraMove::DollyOut, 0.1 + 0.4 * (-mood.valence).max(0.0) * (1.0 - mood.tension.max(0.0))),
    ]
}

fn flicker(plan: &Plan) -> f32 {
    let genre = match plan.genre {
        Genre::GothicHorror => 0.5,
        Genre::Cyberpunk | Genre::PostApocalyptic => 0.32,
        Genre::MedievalFantasy | Genre::Ancient | Genre::Western | Genre::FairyTale => 0.28,
        Genre::Industrial | Genre::Noir => 0.24,
        Genre::Modern | Genre::Solarpunk | Genre::ScienceFiction => 0.08,
        _ => 0.2,
    };
    genre + 0.2 * plan.condition.decay * plan.era
}

fn particles(plan: &Plan, enclosure: Enclosure) -> f32 {
    let is_soft = matches!(plan.weather, WeatherKind::Clear | WeatherKind::Overcast | WeatherKind::Fog);
    if plan.is_underwater() {
        return 0.55;
    }
    if !is_soft {
        return if plan.weather == WeatherKind::Dust { 0.5 } else { 0.08 };
    }
    let place: f32 = match plan.place {
        Place::Forest | Place::Swamp | Place::Jungle | Place::Garden => 0.4,
        Place::Cave | Place::Library | Place::Factory | Place::Tunnel | Place::Ruins => 0.32,
        Place::Desert | Place::Canyon | Place::Arena => 0.25,
        Place::SpaceStation => 0.06,
        _ => 0.15,
    };
    let genre: f32 = match plan.genre {
        Genre::FairyTale | Genre::Alien => 0.25,
        Genre::Steampunk | Genre::Industrial | Genre::MedievalFantasy => 0.1,
        _ => 0.0,
    };
    let inside: f32 = if enclosure == Enclosure::Interior { 0.05 } else { 0.0 };
    place + genre + inside
}

/// Lightning in storms, flickering lamps, gusts and bells, by time.
fn events(plan: &Plan, intent: &Intent, rhythm: &Rhythm, weather: &Weather, rng: &mut Rng) -> Vec<Event> {
    let clip_beats = CLIP_SECS * rhythm.tempo_bpm / 60.0;
    let bar = f32::from(rhythm.beats_per_bar) * 4.0 / f32::from(rhythm.beat_unit);
    let mut events = Vec::new();
    let mut add = |kind, at: f32, strength: f32, distance_m: f32| {
        events.push(Event {
            kind,
            at_beat: (at * 4.0).round() / 4.0,
            strength: share(strength),
            distance_m: distance_m.round(),
        });
    };
    let is_dry_place = plan.is_underwater() || plan.place == Place::SpaceStation;
    if plan.weather == WeatherKind::Storm && !is_dry_place {
        add(EventKind::Lightning, rng.range(0.12, 0.4) * clip_beats, rng.range(0.75, 1.0), rng.range(350.0, 1200.0));
        if rng.chance(0.6) {
            add(EventKind::Lightning, rng.range(0.6, 0.85) * clip_beats, rng.range(0.4, 0.8), rng.range(900.0, 2600.0));
        }
        add(
            EventKind::Lightning,
            bar * rng.range(7.0, 15.0).round() + 1.0,
            rng.range(0.6, 1.0),
            rng.range(500.0, 2000.0),
        );
    }
    if weather.wind_mps > 6.0 && !is_dry_place {
        let far = 20.0;
        add(EventKind::Gust, bar * (1.0 + rng.below(2) as f32), (weather.wind_mps / 20.0).min(1.0), far);
        add(EventKind::Gust, bar * (8.0 + rng.below(5) as f32), (weather.wind_mps / 18.0).min(1.0), far);
    }
    let has_bad_lamps =
        matches!(plan.genre, Genre::Cyberpunk | Genre::PostApocalyptic | Genre::Industrial | Genre::Noir)
            || plan.genre == Genre::ScienceFiction && plan.condition.decay > 0.45;
    if has_bad_lamps
        && (plan.time != TimeOfDay::Day || plan.condition.decay > 0.5)
        && !plan.is_underwater()
        && rng.chance(0.75)
    {
        add(EventKind::FlickerBurst, rng.range(0.3, 0.7) * clip_beats, rng.range(0.4, 0.8), 8.0);
    }
    let wants_bell = intent.sounds.strength(gesamt_world::AmbienceLayer::DistantBells) > 0.5;
    let is_bell_place = matches!(plan.place, Place::Graveyard | Place::Castle | Place::Temple | Place::Village);
    let is_bell_genre = matches!(plan.genre, Genre::GothicHorror | Genre::MedievalFantasy | Genre::FeudalJapan);
    if wants_bell || is_bell_place && is_bell_genre && rng.chance(0.55) {
        add(EventKind::BellToll, 0.0, 0.6, 180.0);
        add(EventKind::BellToll, 8.0 * bar, 0.5, 180.0);
    }
    events.sort_by(|a, b| a.at_beat.total_cmp(&b.at_beat).then(a.kind.cmp(&b.kind)));
    events
}
