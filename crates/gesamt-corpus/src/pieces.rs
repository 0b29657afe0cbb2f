//! What a caption says: wishes drawn from the lexicon, or facts told of a world.

use gesamt_world::{Rng, World};

use crate::words::{Label, Topic, Words};

/// The parts of a caption, before they are put into a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pieces {
    /// The place.
    pub place: Option<String>,
    /// The genre.
    pub genre: Option<String>,
    /// The hour.
    pub time: Option<String>,
    /// The weather.
    pub weather: Option<String>,
    /// Moods and states.
    pub moods: Vec<String>,
    /// Things to be seen.
    pub things: Vec<String>,
    /// Everything else: music, camera, colours, values.
    pub notes: Vec<String>,
    /// What shall not be.
    pub without: Vec<String>,
}

impl Pieces {
    /// Number of things said.
    #[must_use]
    pub fn len(&self) -> usize {
        let heads = [&self.place, &self.genre, &self.time, &self.weather];
        heads.into_iter().flatten().count()
            + [&self.moods, &self.things, &self.notes, &self.without].into_iter().map(Vec::len).sum::<usize>()
    }

    /// True when nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Wishes: words of the lexicon as a user might put them together. `richness` is from 0 (next to nothing) to 1.
pub fn wishes(richness: f32, rng: &mut Rng) -> Pieces {
    let words = Words::get();
    let mut pieces = Pieces::default();
    let maybe = |probability: f32, topic: Topic, rng: &mut Rng| {
        rng.chance(probability * (0.35 + 0.65 * richness)).then(|| words.draw(topic, rng).to_owned())
    };
    pieces.place = maybe(1.1, Topic::Place, rng);
    pieces.genre = maybe(0.6, Topic::Genre, rng);
    pieces.time = maybe(0.6, Topic::Time, rng);
    pieces.weather = maybe(0.6, Topic::Weather, rng);
    for probability in [0.7, 0.35, 0.15] {
        if let Some(mood) = maybe(probability, Topic::Mood, rng) {
            pieces.moods.push(if rng.chance(0.15) {
                format!("{} {mood}", words.draw(Topic::Degree, rng))
            } else {
                mood
            });
        }
    }
    for probability in [0.5, 0.3, 0.15] {
        if let Some(thing) = maybe(probability, Topic::Thing, rng) {
            pieces.things.push(if rng.chance(0.25) { counted(&thing, rng) } else { thing });
        }
    }
    let notes = [
        (0.18, Topic::Material),
        (0.25, Topic::Instrument),
        (0.15, Topic::Sound),
        (0.2, Topic::Color),
        (0.15, Topic::View),
        (0.06, Topic::Music),
    ];
    for (probability, topic) in notes {
        pieces.notes.extend(maybe(probability, topic, rng));
    }
    if rng.chance(0.18 * richness) {
        pieces.notes.push(value(rng));
    }
    for topic in [Topic::Thing, Topic::Weather, Topic::Genre, Topic::Sound] {
        if rng.chance(0.08) {
            pieces.without.push(words.draw(topic, rng).to_owned());
        }
    }
    pieces
}

/// Facts of a world, each with the given probability.
pub fn facts(world: &World, richness: f32, rng: &mut Rng) -> Pieces {
    let words = Words::get();
    let mut pieces = Pieces::default();
    let name = |probability: f32, label: Label, rng: &mut Rng| {
        rng.chance(probability * (0.3 + 0.7 * richness)).then(|| words.name(&label, rng))
    };
    pieces.place = name(1.2, Label::Place(world.setting.place), rng);
    pieces.genre = name(0.9, Label::Genre(world.setting.genre), rng);
    pieces.time = name(0.9, Label::Time(world.sky.time_of_day), rng);
    pieces.weather = name(0.9, Label::Weather(world.weather.kind), rng);
    for slot in world.assets.iter().take(6) {
        pieces.things.extend(name(0.3, Label::Family(slot.family), rng));
    }
    for part in &world.timbre.parts {
        pieces.notes.extend(name(0.15, Label::Instrument(part.instrument), rng));
    }
    for voice in world.ambience.layers.iter().take(3) {
        pieces.notes.extend(name(0.12, Label::Sound(voice.layer), rng));
    }
    pieces.notes.extend(name(0.08, Label::Mode(world.harmony.mode), rng));
    pieces.moods = mood_words(world, richness, rng);
    if rng.chance(0.1 * richness) {
        pieces.notes.push(match rng.below(3) {
            0 => format!("{:.0} bpm", world.rhythm.tempo_bpm),
            1 => format!("{} mm lens", world.camera.focal_length_mm),
            _ => format!("in {}", spoken_key(world)),
        });
    }
    pieces
}

fn spoken_key(world: &World) -> String {
    let key = world.harmony.key.label().replace("_sharp", "#").to_uppercase();
    format!("{key} {}", world.harmony.mode.label().replace('_', " "))
}

/// Plain words for what stands out: the authored thresholds speak of clear cases only.
fn mood_words(world: &World, richness: f32, rng: &mut Rng) -> Vec<String> {
    let (condition, mood) = (&world.condition, &world.mood);
    let table: [(bool, &[&str]); 18] = [
        (condition.decay > 0.6, &["crumbling", "ruined", "dilapidated", "decaying"]),
        (condition.decay < 0.12, &["pristine", "brand-new", "well-kept"]),
        (condition.overgrowth > 0.6, &["overgrown", "lush", "leafy"]),
        (condition.dirt > 0.65, &["grimy", "filthy", "sooty"]),
        (condition.population < 0.12, &["abandoned", "deserted", "empty"]),
        (condition.population > 0.65, &["crowded", "bustling", "busy"]),
        (mood.valence > 0.45, &["cheerful", "joyful", "happy"]),
        (mood.valence < -0.4, &["melancholy", "gloomy", "sad"]),
        (mood.arousal > 0.45, &["energetic", "exciting", "frantic"]),
        (mood.arousal < -0.4, &["calm", "quiet", "peaceful"]),
        (mood.tension > 0.5, &["eerie", "ominous", "tense"]),
        (mood.tension < -0.3, &["safe", "relaxed"]),
        (mood.wonder > 0.55, &["wondrous", "majestic", "magical"]),
        (world.sky.moon > 0.7, &["moonlit"]),
        (world.sky.stars > 0.7, &["starry"]),
        (world.weather.wind_mps > 9.0, &["windswept", "windy"]),
        (world.weather.fog_density > 0.03, &["misty", "hazy"]),
        (world.layout.scale > 0.8, &["monumental", "towering"]),
    ];
    let mut said = Vec::new();
    for (_, synonyms) in table.iter().filter(|(holds, _)| *holds) {
        if rng.chance(0.15 + 0.4 * richness) {
            said.extend(rng.pick(synonyms).map(|word| (*word).to_owned()));
        }
    }
    said.truncate(3);
    said
}

fn counted(thing: &str, rng: &mut Rng) -> String {
    const NUMBERS: [&str; 8] = ["one", "two", "three", "four", "five", "seven", "a dozen", "12"];
    let number = NUMBERS[rng.below(NUMBERS.len())];
    let plural = if number == "one" || thing.ends_with('s') { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// An explicit value.
fn value(rng: &mut Rng) -> String {
    let whole = |low: f32, high: f32, rng: &mut Rng| rng.range(low, high).round();
    match rng.below(6) {
        0 => format!("{} bpm", whole(50.0, 160.0, rng)),
        1 => {
            let keys = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"];
            let modes = ["minor", "major", "dorian", "lydian", "phrygian", "mixolydian"];
            format!("in {} {}", keys[rng.below(12)], modes[rng.below(6)])
        }
        2 => format!("{} mm lens", [18, 24, 28, 35, 50, 85][rng.below(6)]),
        3 => format!("#{:06x}", rng.next_u64() & 0xff_ffff),
        4 => format!("{} {}", 1 + rng.below(12), if rng.chance(0.5) { "am" } else { "pm" }),
        _ => ["3/4", "4/4", "6/8", "5/4", "7/8"][rng.below(5)].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_world::Seed;

    #[test]
    fn told_facts_are_read_back_as_what_they_are() {
        let (mut told, mut read) = (0, 0);
        for seed in 0..300 {
            let mut rng = Seed(seed).rng();
            let world = gesamt_grammar::sample("somewhere", seed).unwrap().world;
            let pieces = facts(&world, 1.0, &mut rng);
            let Some(time) = pieces.time else { continue };
            told += 1;
            read += usize::from(gesamt_grammar::understand(&time).time.stated() == Some(world.sky.time_of_day));
        }
        assert!(told > 200 && read * 100 >= told * 97, "{read} of {told}");
    }

    #[test]
    fn richer_wishes_say_more() {
        let said = |richness: f32| -> usize {
            (0..400).map(|seed| wishes(richness, &mut Seed(seed).rng()).len()).sum::<usize>()
        };
        assert!(said(0.0) * 2 < said(1.0), "{} and {}", said(0.0), said(1.0));
    }
}
