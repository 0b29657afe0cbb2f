//! Words to write captions with: the lexicon of the grammar, sorted by what its entries speak of.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gesamt_grammar::lexicon::{Effect, Lexicon};
use gesamt_world::{AmbienceLayer, AssetFamily, Genre, Instrument, Mode, Place, Rng, TimeOfDay, WeatherKind};

/// What an entry of the lexicon speaks of first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// A place.
    Place,
    /// A genre.
    Genre,
    /// A part of the day.
    Time,
    /// A weather.
    Weather,
    /// A mood, a state or another lean.
    Mood,
    /// An asset family.
    Thing,
    /// A material.
    Material,
    /// An instrument.
    Instrument,
    /// A sound of the place.
    Sound,
    /// A colour.
    Color,
    /// A camera move, a style of rendering, an enclosure or a terrain.
    View,
    /// A scale or a meter.
    Music,
    /// An adverb of degree.
    Degree,
}

/// The words of the captions.
#[derive(Debug, Default)]
pub struct Words {
    topics: BTreeMap<Topic, Vec<&'static str>>,
    /// Words that state a label and nothing else.
    names: BTreeMap<String, Vec<&'static str>>,
    /// Words that state a label with an undertone.
    coloured: BTreeMap<String, Vec<&'static str>>,
}

impl Words {
    /// The words, sorted once.
    pub fn get() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            let mut words = Words::default();
            for (word, effects) in Lexicon::get().iter().filter(|(word, _)| is_plain_english(word)) {
                let Some(topic) = effects.first().and_then(topic_of) else { continue };
                words.topics.entry(topic).or_default().push(word);
                let stated = effects.first().map(Effect::meaning).filter(|meaning| !meaning.ends_with('?'));
                if let Some(label) = stated {
                    let table = if effects.len() == 1 { &mut words.names } else { &mut words.coloured };
                    table.entry(label).or_default().push(word);
                }
            }
            words
        })
    }

    /// A word or phrase on a topic.
    pub fn draw(&self, topic: Topic, rng: &mut Rng) -> &'static str {
        self.topics.get(&topic).and_then(|all| rng.pick(all)).copied().unwrap_or("thing")
    }

    /// A word or phrase that names a label, if there is one without an undertone; the label itself when there is none.
    pub fn name(&self, label: &Label, rng: &mut Rng) -> String {
        let key = label.key();
        let known = self.names.get(&key).or_else(|| self.coloured.get(&key)).and_then(|all| rng.pick(all));
        known.map_or_else(|| key.rsplit(' ').next().unwrap_or("").replace('_', " "), |word| (*word).to_owned())
    }
}

/// A label that a caption can name.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Label {
    Place(Place),
    Genre(Genre),
    Time(TimeOfDay),
    Weather(WeatherKind),
    Family(AssetFamily),
    Instrument(Instrument),
    Sound(AmbienceLayer),
    Mode(Mode),
}

impl Label {
    fn key(&self) -> String {
        match self {
            Label::Place(v) => format!("place {v}"),
            Label::Genre(v) => format!("genre {v}"),
            Label::Time(v) => format!("time {v}"),
            Label::Weather(v) => format!("weather {v}"),
            Label::Family(v) => format!("asset {v}"),
            Label::Instrument(v) => format!("instrument {v}"),
            Label::Sound(v) => format!("sound {v}"),
            Label::Mode(v) => format!("mode {v}"),
        }
    }
}

fn is_plain_english(word: &str) -> bool {
    word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b'-' | b'\''))
}

fn topic_of(effect: &Effect) -> Option<Topic> {
    Some(match effect {
        Effect::Place(..) => Topic::Place,
        Effect::Genre(..) => Topic::Genre,
        Effect::Time(..) => Topic::Time,
        Effect::Weather(..) => Topic::Weather,
        Effect::Lean(..) => Topic::Mood,
        Effect::Family(..) => Topic::Thing,
        Effect::Material(..) => Topic::Material,
        Effect::Instrument(..) => Topic::Instrument,
        Effect::Sound(..) => Topic::Sound,
        Effect::Color(_) => Topic::Color,
        Effect::Look(..) | Effect::Move(..) | Effect::Enclosure(..) | Effect::Terrain(..) => Topic::View,
        Effect::Mode(..) | Effect::Meter(..) => Topic::Music,
        Effect::Times(_) => Topic::Degree,
        Effect::Not | Effect::Plain => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_world::Seed;

    #[test]
    fn every_topic_has_words() {
        let words = Words::get();
        for topic in [Topic::Place, Topic::Genre, Topic::Time, Topic::Weather, Topic::Mood, Topic::Thing] {
            assert!(words.topics[&topic].len() >= 30, "{topic:?}: {}", words.topics[&topic].len());
        }
        for topic in [Topic::Material, Topic::Instrument, Topic::Sound, Topic::Color, Topic::View, Topic::Music] {
            assert!(words.topics[&topic].len() >= 8, "{topic:?}: {}", words.topics[&topic].len());
        }
    }

    #[test]
    fn names_state_their_label() {
        let mut rng = Seed(1).rng();
        for place in Place::ALL {
            let name = Words::get().name(&Label::Place(*place), &mut rng);
            assert_eq!(gesamt_grammar::understand(&name).place.stated(), Some(*place), "{name}");
        }
        for kind in WeatherKind::ALL {
            let name = Words::get().name(&Label::Weather(*kind), &mut rng);
            assert_eq!(gesamt_grammar::understand(&name).weather.stated(), Some(*kind), "{name}");
        }
    }
}
