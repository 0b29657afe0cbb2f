//! Authored scenes: captions in free language with what they imply, for all that no list of words says.
//!
//! The files `scenes/*.txt` hold a caption, a tab and effects as in the lexicon. One scene in twenty is held out: no
//! corpus contains it, so that what a model makes of sentences it never saw can be measured.

use std::sync::OnceLock;

use gesamt_grammar::lexicon::Effect;
use gesamt_grammar::{Intent, understand};
use gesamt_world::Rng;

use crate::words::{Topic, Words};

macro_rules! sources {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../scenes/", $name, ".txt")))),*] };
}

/// The files of scenes.
pub const SOURCES: &[(&str, &str)] = sources![
    "towns",
    "frontiers",
    "wilds",
    "edges",
    "machines",
    "legends",
    "hours",
    "moods",
    "squares",
    "halls",
    "waters",
    "works",
    "heights",
    "drylands",
    "grounds",
    "futures",
    "trades",
    "olden",
    "wonders",
    "skies",
    "tempers",
    "briefs",
    "crossings",
    "things",
    "voices",
    "traces",
    "journeys",
    "senses",
    "vistas",
    "keepers",
];

/// A caption with what it implies.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// The caption.
    pub caption: &'static str,
    /// What it implies.
    pub effects: Vec<Effect>,
}

/// Every scene.
#[derive(Debug, Default)]
pub struct Scenes {
    /// Those that a corpus draws from.
    pub taught: Vec<Scene>,
    /// Those that no corpus contains.
    pub held_out: Vec<Scene>,
    /// Lines that are no scene.
    pub errors: Vec<String>,
}

impl Scenes {
    /// The scenes, parsed once.
    pub fn get() -> &'static Scenes {
        static SCENES: OnceLock<Scenes> = OnceLock::new();
        SCENES.get_or_init(|| {
            let mut scenes = Scenes::default();
            for (name, text) in SOURCES {
                for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                    match parse(line) {
                        Ok(scene) if is_held_out(scene.caption) => scenes.held_out.push(scene),
                        Ok(scene) => scenes.taught.push(scene),
                        Err(message) => scenes.errors.push(format!("{name}:{}: {message}", number + 1)),
                    }
                }
            }
            scenes
        })
    }
}

fn parse(line: &'static str) -> Result<Scene, String> {
    let (caption, effects) = line.split_once('\t').ok_or("no tab after the caption")?;
    let effects = effects.split_whitespace().map(Effect::parse).collect::<Result<Vec<_>, _>>()?;
    if effects.is_empty() {
        return Err("a caption that implies nothing".into());
    }
    Ok(Scene { caption, effects })
}

fn is_held_out(caption: &str) -> bool {
    blake3::hash(caption.as_bytes()).as_bytes()[0].is_multiple_of(20)
}

impl Scene {
    /// What a caption with this scene in it asks for: the scene's effects, and of facets that it leaves open what the
    /// words around it say.
    #[must_use]
    pub fn intent(&self, caption: &str) -> Intent {
        let mut intent = understand(caption);
        intent.overrule(&self.effects);
        intent
    }

    /// True when the scene says something on a topic.
    fn speaks_of(&self, topic: Topic) -> bool {
        self.effects.iter().any(|effect| {
            matches!(
                (topic, effect),
                (Topic::Place, Effect::Place(..))
                    | (Topic::Genre, Effect::Genre(..))
                    | (Topic::Time, Effect::Time(..))
                    | (Topic::Weather, Effect::Weather(..))
            )
        })
    }
}

/// A scene in a caption: the whole caption, the words that were put beside the scene, and what is asked for.
pub fn staged(rng: &mut Rng) -> (String, String, Intent) {
    let scenes = &Scenes::get().taught;
    let scene = &scenes[rng.below(scenes.len())];
    let words = Words::get();
    let mut beside = Vec::new();
    for (topic, probability) in [(Topic::Genre, 0.25), (Topic::Time, 0.2), (Topic::Weather, 0.2), (Topic::Place, 0.3)] {
        if !scene.speaks_of(topic) && rng.chance(probability) {
            beside.push(words.draw(topic, rng).to_owned());
        }
    }
    let told = if rng.chance(0.35) { thinned(scene.caption, rng) } else { scene.caption.to_owned() };
    let beside = beside.join(", ");
    let caption = match (beside.is_empty(), rng.chance(0.7)) {
        (true, _) => told,
        (false, true) => format!("{told}, {beside}"),
        (false, false) => format!("{beside}: {told}"),
    };
    let intent = scene.intent(&caption);
    (caption, beside, intent)
}

/// The caption without some of its words: no single one shall carry the whole meaning.
fn thinned(caption: &str, rng: &mut Rng) -> String {
    let words: Vec<&str> = caption.split(' ').collect();
    let kept: Vec<&str> = words.iter().copied().filter(|_| words.len() < 4 || !rng.chance(0.12)).collect();
    if kept.len() < 2 { caption.to_owned() } else { kept.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_world::{Place, Seed, TimeOfDay};

    #[test]
    fn every_line_is_a_scene_and_every_twentieth_is_held_out() {
        let scenes = Scenes::get();
        assert_eq!(scenes.errors, [] as [String; 0]);
        let n = scenes.taught.len() + scenes.held_out.len();
        assert!(n > 8000, "{n}");
        assert!((0.03..0.08).contains(&(scenes.held_out.len() as f32 / n as f32)), "{}", scenes.held_out.len());
    }

    /// The measure is taken with prompts that nothing was trained on: not even four words in a row are shared.
    #[test]
    fn no_scene_shares_four_words_in_a_row_with_a_free_prompt() {
        let runs = |text: &str| -> Vec<String> {
            let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
            words.windows(4).map(|run| run.join(" ")).collect()
        };
        let prompts = include_str!("../../../eval/free_prompts.txt").lines().filter(|line| !line.starts_with('#'));
        let free: Vec<String> = prompts.filter_map(|line| line.split('\t').next()).flat_map(runs).collect();
        let scenes = Scenes::get();
        for scene in scenes.taught.iter().chain(&scenes.held_out) {
            assert!(runs(scene.caption).iter().all(|run| !free.contains(run)), "{}", scene.caption);
        }
    }

    #[test]
    fn a_scene_overrules_what_its_words_seem_to_say() {
        let effects = ["place=library", "time=night*0.6"].map(|text| Effect::parse(text).unwrap()).to_vec();
        let scene = Scene { caption: "a forest of books", effects };
        let intent = scene.intent("a forest of books, in the rain at dawn");
        assert_eq!(intent.place.stated(), Some(Place::Library));
        assert_eq!(intent.time.strength(TimeOfDay::Dawn), 0.0);
        assert!(intent.weather.stated().is_some());
    }

    #[test]
    fn staged_captions_hold_most_of_their_scene() {
        for seed in 0..300 {
            let (caption, beside, intent) = staged(&mut Seed(seed).rng());
            assert!(gesamt_grammar::check_prompt(&caption).is_ok(), "{caption}");
            assert!(caption.contains(&beside));
            assert!(intent != Intent::default(), "{caption}");
        }
    }
}
