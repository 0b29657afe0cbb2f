//! The facets that a prompt states, checked one by one.

use gesamt_grammar::{Axis, Intent};
use gesamt_world::World;

/// How many facets were asked for and how many hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Facets that hold.
    pub held: usize,
    /// Facets that were asked for.
    pub asked: usize,
}

impl Tally {
    /// Counts one facet.
    pub fn count(&mut self, holds: bool) {
        self.asked += 1;
        self.held += usize::from(holds);
    }

    /// The share that holds; 1 of nothing.
    #[must_use]
    pub fn share(&self) -> f64 {
        if self.asked == 0 { 1.0 } else { self.held as f64 / self.asked as f64 }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.held += other.held;
        self.asked += other.asked;
    }
}

/// Which of an intent's statements hold in a world: labels exactly, numbers within a tenth, strong leans by their side.
#[must_use]
pub fn stated(intent: &Intent, world: &World) -> Tally {
    let mut tally = Tally::default();
    if let Some(place) = intent.place.stated() {
        tally.count(world.setting.place == place);
    }
    if let Some(genre) = intent.genre.stated() {
        tally.count(world.setting.genre == genre);
    }
    if let Some(time) = intent.time.stated() {
        tally.count(world.sky.time_of_day == time);
    }
    if let Some(kind) = intent.weather.stated() {
        tally.count(world.weather.kind == kind);
    }
    if let Some(key) = intent.key {
        tally.count(world.harmony.key == key);
    }
    if let Some(mode) = intent.mode.stated() {
        tally.count(world.harmony.mode == mode);
    }
    if let Some(bpm) = intent.tempo_bpm {
        tally.count((world.rhythm.tempo_bpm / bpm.clamp(42.0, 178.0) - 1.0).abs() < 0.1);
    }
    if let Some(mm) = intent.focal_length_mm {
        tally.count((world.camera.focal_length_mm / mm - 1.0).abs() < 0.1);
    }
    for (family, _) in intent.families.wanted().filter(|(_, strength)| *strength >= 1.0) {
        tally.count(world.assets.iter().any(|slot| slot.family == family));
    }
    leans(intent, world, &mut tally);
    tally
}

fn leans(intent: &Intent, world: &World, tally: &mut Tally) {
    let shares = [
        (Axis::Decay, world.condition.decay),
        (Axis::Overgrowth, world.condition.overgrowth),
        (Axis::Dirt, world.condition.dirt),
        (Axis::Population, world.condition.population),
    ];
    let moods = [
        (Axis::Valence, world.mood.valence),
        (Axis::Arousal, world.mood.arousal),
        (Axis::Tension, world.mood.tension),
        (Axis::Wonder, world.mood.wonder),
    ];
    let centred = shares.map(|(axis, value)| (axis, 2.0 * value - 1.0)).into_iter().chain(moods);
    for (axis, value) in centred.filter(|(axis, _)| intent.leans.get(*axis).abs() >= 0.6) {
        tally.count(value * intent.leans.get(axis) > 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_grammar::{sample, understand};

    #[test]
    fn the_grammar_holds_what_a_prompt_states() {
        let prompt = "abandoned cyberpunk marketplace at dusk with rain, 100 bpm, in D minor, 35 mm lens, a bench";
        let sampled = sample(prompt, 1).unwrap();
        let tally = stated(&sampled.understanding, &sampled.world);
        assert_eq!((tally.held, tally.asked), (10, 10));
    }

    #[test]
    fn another_world_does_not() {
        let world = sample("a busy solarpunk garden at noon, clear sky", 3).unwrap().world;
        let tally = stated(&understand("abandoned cyberpunk marketplace at dusk with rain"), &world);
        assert_eq!((tally.held, tally.asked), (0, 5));
        assert_eq!(stated(&understand("qwertz"), &world).share(), 1.0);
    }
}
