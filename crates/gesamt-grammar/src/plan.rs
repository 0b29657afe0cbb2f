//! The plan: what the whole world agrees on before any detail is drawn.

use gesamt_world::{Condition, Genre, Mood, Place, Rng, Seed, TimeOfDay, WeatherKind, World};

use crate::intent::{Axis, Intent, Votes};
use crate::tables::genre_look::{GenreLook, genre_look};
use crate::tables::genre_sound::{GenreSound, genre_sound};
use crate::tables::{PlaceProfile, place_profile};

/// The hubs of a world. Every detail is drawn from these and from a named child of the seed, never from another detail.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The place that the scene shows.
    pub place: Place,
    /// Places named beside it, which lend ground, plants and stone.
    pub context_places: Vec<Place>,
    /// The kind of world.
    pub genre: Genre,
    /// A second genre the prompt asked for, which lends families and instruments.
    pub accent_genre: Option<Genre>,
    /// The part of the day.
    pub time: TimeOfDay,
    /// The weather.
    pub weather: WeatherKind,
    /// Its strength.
    pub intensity: f32,
    /// 0 antiquity, 1 far future.
    pub era: f32,
    /// The state of the place.
    pub condition: Condition,
    /// The affective axes.
    pub mood: Mood,
    /// The seed of the palette.
    pub palette_seed: Seed,
    /// The seed that the details derive theirs from.
    pub detail_seed: Seed,
}

impl Plan {
    /// Settles the hubs of a world: stated wishes as they are, hints as likely, the rest by what goes together.
    #[must_use]
    pub fn draw(intent: &Intent, seed: Seed) -> Plan {
        let place = draw_place(intent, &mut seed.child("place").rng());
        let profile = place_profile(place);
        let genre = draw_genre(intent, profile, &mut seed.child("genre").rng());
        let look = genre_look(genre);
        let time = draw_time(intent, profile, look, &mut seed.child("time").rng());
        let weather = draw_weather(intent, profile, look, time, &mut seed.child("weather").rng());
        let stated = intent.genre.wanted().filter(|(g, s)| *g != genre && *s >= 0.7);
        // Details hang on place and genre, so that another hour or weather keeps the composition.
        let detail_seed = seed.child(&format!("{place}/{genre}"));
        let mut plan = Plan {
            place,
            context_places: intent.context_places.iter().copied().filter(|p| *p != place).collect(),
            genre,
            accent_genre: stated.last().map(|(g, _)| g),
            time,
            weather,
            intensity: draw_intensity(intent, weather, &mut seed.child("intensity").rng()),
            era: look.era,
            condition: Condition { decay: 0.0, overgrowth: 0.0, dirt: 0.0, population: 0.0 },
            mood: Mood { valence: 0.0, arousal: 0.0, tension: 0.0, wonder: 0.0 },
            palette_seed: detail_seed.child("palette"),
            detail_seed,
        };
        plan.condition = draw_condition(&plan, intent);
        plan.mood = draw_mood(&plan, intent);
        plan
    }

    /// The plan that a world follows, with what it does not record: a place named beside it and a second genre.
    #[must_use]
    pub fn of(world: &World, context: Option<Place>, accent_genre: Option<Genre>) -> Plan {
        let setting = &world.setting;
        let detail_seed = Seed(world.seed).child(&format!("{}/{}", setting.place, setting.genre));
        Plan {
            place: setting.place,
            context_places: context.into_iter().filter(|place| *place != setting.place).collect(),
            genre: setting.genre,
            accent_genre,
            time: world.sky.time_of_day,
            weather: world.weather.kind,
            intensity: world.weather.intensity,
            era: genre_look(setting.genre).era,
            condition: world.condition.clone(),
            mood: world.mood.clone(),
            palette_seed: detail_seed.child("palette"),
            detail_seed,
        }
    }

    /// The profile of the place.
    #[must_use]
    pub fn profile(&self) -> &'static PlaceProfile {
        place_profile(self.place)
    }

    /// The look of the genre.
    #[must_use]
    pub fn look(&self) -> &'static GenreLook {
        genre_look(self.genre)
    }

    /// The sound of the genre.
    #[must_use]
    pub fn sound(&self) -> &'static GenreSound {
        genre_sound(self.genre)
    }

    /// A generator for one detail.
    #[must_use]
    pub fn rng(&self, name: &str) -> Rng {
        self.detail_seed.child(name).rng()
    }

    /// True in the water, where weather and lamps do not reach.
    #[must_use]
    pub fn is_underwater(&self) -> bool {
        self.place == Place::Underwater
    }
}

/// Draws a label: stated ones as they are, strong hints nearly always, weak ones now and then,
/// else by the prior.
pub fn choose<T: Copy + PartialEq>(votes: &Votes<T>, prior: &[(T, f32)], rng: &mut Rng) -> T {
    if let Some(stated) = votes.stated() {
        return stated;
    }
    let hints: Vec<(T, f32)> = votes.wanted().collect();
    let strongest = hints.iter().map(|(_, s)| *s).fold(0.0, f32::max);
    if !hints.is_empty() && rng.chance(1.3 * strongest) {
        // Squared, so that the stronger of two hints prevails.
        let squared: Vec<(T, f32)> = hints.iter().map(|(label, s)| (*label, s * s)).collect();
        return pick(&squared, rng);
    }
    let allowed: Vec<(T, f32)> = prior.iter().copied().filter(|(label, _)| !votes.is_unwanted(*label)).collect();
    pick(if allowed.iter().any(|(_, w)| *w > 0.0) { &allowed } else { prior }, rng)
}

/// Draws one of weighted labels.
pub fn pick<T: Copy>(weighted: &[(T, f32)], rng: &mut Rng) -> T {
    let weights: Vec<f32> = weighted.iter().map(|(_, w)| *w).collect();
    weighted[rng.weighted(&weights)].0
}

/// How well a typical mood agrees with what the prompt says about mood; 1 when it says nothing.
fn mood_fit(intent: &Intent, typical: [f32; 4], weight: f32) -> f32 {
    let axes = [Axis::Valence, Axis::Arousal, Axis::Tension, Axis::Wonder];
    let agreement: f32 = axes.iter().zip(typical).map(|(axis, typical)| intent.leans.get(*axis) * typical).sum();
    (weight * agreement).exp()
}

fn draw_place(intent: &Intent, rng: &mut Rng) -> Place {
    if let Some(place) = intent.place.stated() {
        return place;
    }
    let hints: Vec<(Place, f32)> = intent.place.wanted().collect();
    if !hints.is_empty() {
        return pick(&hints, rng);
    }
    let score = |place: Place| {
        let profile = place_profile(place);
        let genre: f32 =
            profile.genres.iter().map(|(g, w)| w * (0.15 + 6.0 * intent.genre.strength(*g).max(0.0))).sum();
        let things: f32 = intent.families.wanted().map(|(f, s)| s * weight_of(profile.assets, f)).sum();
        let weather: f32 =
            WeatherKind::ALL.iter().zip(profile.weathers).map(|(k, w)| w * intent.weather.strength(*k)).sum();
        let stays = if intent.place.is_unwanted(place) { 0.0 } else { 1.0 };
        let mood = mood_fit(intent, profile.mood, 4.0);
        stays * genre * (0.3 + things) * (0.25 + weather.max(0.0)) * mood
    };
    let scores: Vec<(Place, f32)> = Place::ALL.iter().map(|p| (*p, score(*p))).collect();
    pick(&scores, rng)
}

/// The weight of a label in a table; 0 when it is not there.
pub fn weight_of<T: Copy + PartialEq>(table: &[(T, f32)], label: T) -> f32 {
    table.iter().find(|(l, _)| *l == label).map_or(0.0, |(_, w)| *w)
}

/// From here on a hint is taken as it is.
const STRONG: f32 = 0.85;

fn draw_genre(intent: &Intent, profile: &PlaceProfile, rng: &mut Rng) -> Genre {
    let prior = |(genre, weight): &(Genre, f32)| {
        let look = genre_look(*genre);
        let context: f32 = intent
            .context_places
            .iter()
            .map(|p| (0.08 + weight_of(place_profile(*p).genres, *genre)).powf(1.5))
            .product();
        let stuff = |m| look.primary.contains(&m) || look.secondary.contains(&m) || look.accent.contains(&m);
        let materials: f32 = intent.materials.wanted().map(|(m, _)| if stuff(m) { 1.6 } else { 0.7 }).product();
        let families: f32 =
            intent.families.wanted().map(|(f, _)| 0.1 + crate::tables::families::fit(f, *genre, look.era)).product();
        let said = |votes: f32, factor: f32| {
            if votes > 0.0 { 1.0 + votes.min(1.0) * (factor.clamp(0.2, 1.8) - 1.0) } else { 1.0 }
        };
        let time: f32 =
            TimeOfDay::ALL.iter().map(|t| said(intent.time.strength(*t), look.times[*t as usize])).product();
        let weather: f32 =
            WeatherKind::ALL.iter().map(|w| said(intent.weather.strength(*w), look.weathers[*w as usize])).product();
        let sound = genre_sound(*genre);
        let bands = [sound.pads, sound.arps, sound.leads, sound.counters, sound.drums];
        let plays = |i| bands.iter().any(|band| band.contains(&i));
        let instruments: f32 = intent.instruments.wanted().map(|(i, _)| if plays(i) { 1.5 } else { 0.8 }).product();
        let mood = mood_fit(intent, look.mood, 2.5) * instruments;
        (*genre, weight * context * materials * families * time * weather * mood)
    };
    let table: Vec<(Genre, f32)> = profile.genres.iter().map(prior).collect();
    // Hints for several genres are settled by what else was said.
    let mut votes = Votes::default();
    let best = table.iter().map(|(_, w)| *w).fold(1e-6, f32::max);
    for genre in Genre::ALL {
        let strength = intent.genre.strength(*genre);
        let fits = 0.4 + 0.6 * weight_of(&table, *genre) / best;
        if !(0.0..STRONG).contains(&strength) {
            votes.vote(*genre, strength);
        } else if strength > 0.0 {
            votes.vote(*genre, strength * fits.max(strength));
        }
    }
    if let Some(stated) = intent.genre.stated() {
        return stated;
    }
    choose(&votes, &table, rng)
}

fn draw_time(intent: &Intent, profile: &PlaceProfile, look: &GenreLook, rng: &mut Rng) -> TimeOfDay {
    let weight = |(index, time): (usize, &TimeOfDay)| (*time, profile.times[index] * look.times[index]);
    let prior: Vec<(TimeOfDay, f32)> = TimeOfDay::ALL.iter().enumerate().map(weight).collect();
    choose(&intent.time, &prior, rng)
}

fn draw_weather(
    intent: &Intent,
    profile: &PlaceProfile,
    look: &GenreLook,
    time: TimeOfDay,
    rng: &mut Rng,
) -> WeatherKind {
    let mut prior: Vec<(WeatherKind, f32)> =
        WeatherKind::ALL.iter().enumerate().map(|(i, kind)| (*kind, profile.weathers[i] * look.weathers[i])).collect();
    // A desert temple has the desert's weather.
    for context in &intent.context_places {
        let usual = place_profile(*context).weathers;
        prior.iter_mut().zip(usual).for_each(|((_, weight), usual)| *weight *= 0.03 + usual);
    }
    if time == TimeOfDay::Dawn {
        prior[WeatherKind::Fog as usize].1 *= 1.6;
    }
    if intent.leans.get(Axis::Wetness) < -0.3 {
        prior[WeatherKind::Rain as usize].1 = 0.0;
        prior[WeatherKind::Storm as usize].1 = 0.0;
    }
    if intent.leans.get(Axis::Warmth) > 0.35 {
        prior[WeatherKind::Snow as usize].1 = 0.0;
    }
    choose(&intent.weather, &prior, rng)
}

fn draw_intensity(intent: &Intent, weather: WeatherKind, rng: &mut Rng) -> f32 {
    let base = match weather {
        WeatherKind::Clear => rng.range(0.05, 0.25),
        WeatherKind::Storm => rng.range(0.7, 0.95),
        WeatherKind::Snow => rng.range(0.4, 0.75),
        _ => rng.range(0.45, 0.8),
    };
    intent.leans.share(Axis::Intensity, base)
}

fn draw_condition(plan: &Plan, intent: &Intent) -> Condition {
    let mut rng = plan.rng("condition");
    let (profile, look) = (plan.profile(), plan.look());
    let mut axis = |index: usize, axis: Axis| {
        let base = profile.condition[index] + look.condition[index] + 0.1 * rng.signed();
        intent.leans.share(axis, base.clamp(0.02, 0.98))
    };
    let mut condition = Condition {
        decay: axis(0, Axis::Decay),
        overgrowth: axis(1, Axis::Overgrowth),
        dirt: axis(2, Axis::Dirt),
        population: axis(3, Axis::Population),
    };
    let is_green_stated = intent.leans.get(Axis::Overgrowth) > 0.3;
    if matches!(plan.weather, WeatherKind::Snow) && !is_green_stated {
        condition.overgrowth *= 0.4;
    }
    let is_barren = matches!(plan.place, Place::Desert | Place::SpaceStation | Place::Tundra)
        || plan.context_places.contains(&Place::Desert);
    if is_barren && !is_green_stated {
        condition.overgrowth *= 0.3;
    }
    condition
}

fn draw_mood(plan: &Plan, intent: &Intent) -> Mood {
    let mut rng = plan.rng("mood");
    let weather = match plan.weather {
        WeatherKind::Clear => [0.08, 0.0, -0.05, 0.0],
        WeatherKind::Overcast => [-0.1, -0.05, 0.05, -0.05],
        WeatherKind::Fog => [-0.08, -0.15, 0.12, 0.15],
        WeatherKind::Rain => [-0.12, -0.05, 0.08, 0.05],
        WeatherKind::Storm => [-0.2, 0.4, 0.4, 0.2],
        WeatherKind::Snow => [0.05, -0.2, -0.05, 0.2],
        WeatherKind::Dust => [-0.15, 0.1, 0.2, 0.05],
    };
    let time = match plan.time {
        TimeOfDay::Dawn => [0.1, -0.1, -0.06, 0.1],
        TimeOfDay::Day => [0.1, 0.05, -0.1, 0.0],
        TimeOfDay::Dusk => [0.0, -0.05, 0.03, 0.1],
        TimeOfDay::Night => [-0.08, -0.05, 0.12, 0.1],
    };
    let mut axis = |index: usize, axis: Axis| {
        let base = 0.6 * plan.profile().mood[index] + 0.8 * plan.look().mood[index] + weather[index] + time[index];
        intent.leans.signed(axis, (base + 0.1 * rng.normal()).clamp(-1.0, 1.0))
    };
    let mut mood = Mood {
        valence: axis(0, Axis::Valence),
        arousal: axis(1, Axis::Arousal),
        tension: axis(2, Axis::Tension),
        wonder: axis(3, Axis::Wonder),
    };
    mood.valence = (mood.valence - 0.15 * plan.condition.decay + 0.1 * plan.condition.population).clamp(-1.0, 1.0);
    mood
}
