//! A trained model: what it holds of captions, what it makes of free language, how sound and how various its worlds are.

use std::collections::BTreeMap;

use gesamt_cmld::imagine::{Options, faults, imagine};
use gesamt_cmld::model::Model;
use gesamt_cmld::reader::{Reader, facet_outputs};
use gesamt_cmld::text::TextCondition;
use gesamt_corpus::scenes::{Scene, Scenes};
use gesamt_grammar::lexicon::Effect;
use gesamt_grammar::{Axis, sample, understand};
use gesamt_prior::{Wish, imagine_with};
use gesamt_world::{Genre, Place, TimeOfDay, WeatherKind, World};

use crate::free::{FreePrompt, Scalar, Score, Sign, score};
use crate::stated::{Tally, stated};

/// Worlds imagined in one go.
const BATCH: usize = 32;

/// Worlds of a model, one for each prompt and seed, as the heads have them: nothing masked, nothing mended.
#[must_use]
pub fn raw_worlds(model: &Model, prompts: &[(String, u64)], options: &Options) -> Vec<gesamt_cmld::codec::Decoded> {
    prompts
        .chunks(BATCH)
        .flat_map(|chunk| {
            let conditions: Vec<TextCondition> =
                chunk.iter().map(|(text, seed)| model.condition(text, *seed)).collect();
            let seeds: Vec<u64> = chunk.iter().map(|(_, seed)| *seed).collect();
            imagine(model, &conditions, &seeds, options)
        })
        .collect()
}

/// Worlds as they are shipped: masked where the prompt rules things out, mended where rules are broken.
#[must_use]
pub fn shipped_worlds(model: &Model, prompts: &[(String, u64)]) -> Vec<Option<World>> {
    let world = |(prompt, seed): &(String, u64)| Some(imagine_with(model, &Wish::new(prompt, *seed)).ok()?.world);
    prompts.iter().map(world).collect()
}

/// Facets that captions state and shipped worlds hold.
#[must_use]
pub fn shipped_stated(model: &Model, corpus_seed: u64, n: u64) -> Tally {
    let mut tally = Tally::default();
    for record in (0..n).map(|index| gesamt_corpus::record(corpus_seed, index)) {
        for world in shipped_worlds(model, &[(record.caption.clone(), record.seed)]).into_iter().flatten() {
            tally += stated(&understand(&record.clean), &world);
        }
    }
    tally
}

/// Scores shipped worlds on prompts with signs.
#[must_use]
pub fn shipped_implied(model: &Model, prompts: &[FreePrompt], seeds: &[u64]) -> Score {
    score(prompts, seeds, |prompt, seed| shipped_worlds(model, &[(prompt.to_owned(), seed)]).pop().flatten())
}

/// How well captions that no training saw are held, and how sound the worlds are.
#[derive(Clone, Debug, Default)]
pub struct Soundness {
    /// Facets that captions state and worlds hold.
    pub stated: Tally,
    /// Worlds that break no rule.
    pub raw_valid: Tally,
    /// Broken rules by facet.
    pub broken: BTreeMap<String, usize>,
}

/// Judges a model on `n` captions of the grammar from a corpus seed of its own.
#[must_use]
pub fn soundness(model: &Model, corpus_seed: u64, n: u64, options: &Options) -> Soundness {
    let records: Vec<_> = (0..n).map(|index| gesamt_corpus::record(corpus_seed, index)).collect();
    let prompts: Vec<(String, u64)> = records.iter().map(|record| (record.caption.clone(), record.seed)).collect();
    let mut verdict = Soundness::default();
    for (record, decoded) in records.iter().zip(raw_worlds(model, &prompts, options)) {
        verdict.stated += stated(&understand(&record.clean), &decoded.world);
        let found = faults(&decoded);
        verdict.raw_valid.count(found.is_empty());
        for fault in found {
            let facet = fault.split(':').next().unwrap_or("").to_owned();
            *verdict.broken.entry(facet).or_default() += 1;
        }
    }
    verdict
}

/// Scores a model on prompts with signs.
#[must_use]
pub fn implied(model: &Model, prompts: &[FreePrompt], seeds: &[u64], options: &Options) -> Score {
    let asked: Vec<(String, u64)> =
        prompts.iter().flat_map(|free| seeds.iter().map(|seed| (free.prompt.clone(), *seed))).collect();
    let mut worlds = raw_worlds(model, &asked, options).into_iter();
    score(prompts, seeds, |_, _| worlds.next().map(|decoded| decoded.world))
}

/// The authored scenes that no corpus contains, as prompts with signs.
#[must_use]
pub fn held_out_scenes() -> Vec<FreePrompt> {
    let prompt = |scene: &Scene| {
        let signs = signs_of(&scene.effects);
        (!signs.is_empty()).then(|| FreePrompt { prompt: scene.caption.into(), signs })
    };
    Scenes::get().held_out.iter().filter_map(prompt).collect()
}

/// The signs that a reader alone reads right: its likeliest label, and the side that it leans to.
#[must_use]
pub fn readings(reader: &Reader, prompts: &[FreePrompt]) -> BTreeMap<&'static str, Tally> {
    fn likeliest<T: Copy>(labels: &[T], chances: &[f32]) -> Option<T> {
        let best = labels.iter().zip(&chances[1..]).max_by(|a, b| a.1.total_cmp(b.1));
        best.map(|(label, _)| *label)
    }
    let mut facets: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for free in prompts {
        let reading = reader.read(&free.prompt, &understand(&free.prompt));
        let chances = |facet: usize| &reading.chances[facet_outputs(facet)];
        for sign in &free.signs {
            let holds = match sign {
                Sign::Place(any) => likeliest(Place::ALL, chances(0)).is_some_and(|label| any.contains(&label)),
                Sign::Genre(any) => likeliest(Genre::ALL, chances(1)).is_some_and(|label| any.contains(&label)),
                Sign::Time(any) => likeliest(TimeOfDay::ALL, chances(2)).is_some_and(|label| any.contains(&label)),
                Sign::Weather(any) => likeliest(WeatherKind::ALL, chances(3)).is_some_and(|label| any.contains(&label)),
                Sign::Scalar(scalar, is_high) => {
                    let lean = reading.leans[scalar.axis() as usize];
                    if *is_high { lean > 0.05 } else { lean < -0.05 }
                }
            };
            facets.entry(sign.facet()).or_default().count(holds);
        }
    }
    facets
}

/// What a reader would insist on: one of the labels that are said or hinted at, where one of them is strong.
fn signs_of(effects: &[Effect]) -> Vec<Sign> {
    fn any<T: Copy>(effects: &[Effect], of: impl Fn(&Effect) -> Option<(T, f32)>) -> Option<Vec<T>> {
        let all: Vec<(T, f32)> = effects.iter().filter_map(of).collect();
        all.iter().any(|(_, s)| *s >= 0.6).then(|| all.iter().map(|(label, _)| *label).collect())
    }
    let mut signs = Vec::new();
    signs.extend(any(effects, |e| if let Effect::Place(v, s) = e { Some((*v, *s)) } else { None }).map(Sign::Place));
    signs.extend(any(effects, |e| if let Effect::Genre(v, s) = e { Some((*v, *s)) } else { None }).map(Sign::Genre));
    signs.extend(any(effects, |e| if let Effect::Time(v, s) = e { Some((*v, *s)) } else { None }).map(Sign::Time));
    signs
        .extend(any(effects, |e| if let Effect::Weather(v, s) = e { Some((*v, *s)) } else { None }).map(Sign::Weather));
    for effect in effects {
        let Effect::Lean(axis, amount) = effect else { continue };
        let scalar = match axis {
            Axis::Valence => Scalar::Valence,
            Axis::Arousal => Scalar::Arousal,
            Axis::Tension => Scalar::Tension,
            Axis::Wonder => Scalar::Wonder,
            Axis::Decay => Scalar::Decay,
            Axis::Overgrowth => Scalar::Overgrowth,
            Axis::Dirt => Scalar::Dirt,
            Axis::Population => Scalar::Population,
            _ => continue,
        };
        if amount.abs() >= 0.5 {
            signs.push(Sign::Scalar(scalar, *amount > 0.0));
        }
    }
    signs
}

/// Short prompts that leave nearly everything open.
const OPEN: [&str; 8] =
    ["a harbour", "at night", "cyberpunk", "rain", "a castle on a hill", "melancholy", "foggy forest", "anything"];

/// Entropy of facets that short prompts leave open, over that of the grammar's worlds to the same prompts: the mean, and the mean of
/// each facet.
#[must_use]
pub fn diversity(model: &Model, n: u64, options: &Options) -> (f64, BTreeMap<&'static str, f64>) {
    let mut ratios: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for prompt in OPEN {
        let asked: Vec<(String, u64)> = (0..n).map(|seed| (prompt.to_owned(), 7000 + seed)).collect();
        let ours: Vec<World> = raw_worlds(model, &asked, options).into_iter().map(|decoded| decoded.world).collect();
        let theirs: Vec<World> =
            (0..n).filter_map(|seed| sample(prompt, 9000 + seed).ok()).map(|sampled| sampled.world).collect();
        for (name, facet) in FACETS {
            let (ours, theirs) = (entropy(&ours, facet), entropy(&theirs, facet));
            if theirs > 0.5 {
                ratios.entry(name).or_default().push((ours / theirs).min(1.0));
            }
        }
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let all: Vec<f64> = ratios.values().flatten().copied().collect();
    (mean(&all), ratios.iter().map(|(name, values)| (*name, mean(values))).collect())
}

type Facet = fn(&World) -> String;

const FACETS: [(&str, Facet); 9] = [
    ("place", |world| world.setting.place.to_string()),
    ("genre", |world| world.setting.genre.to_string()),
    ("time", |world| world.sky.time_of_day.to_string()),
    ("weather", |world| world.weather.kind.to_string()),
    ("mode", |world| world.harmony.mode.to_string()),
    ("camera", |world| world.motion.camera_move.to_string()),
    ("enclosure", |world| world.layout.enclosure.to_string()),
    ("asset", |world| world.assets.first().map(|asset| asset.family.to_string()).unwrap_or_default()),
    ("key", |world| world.harmony.key.to_string()),
];

/// Entropy of a facet in bits.
fn entropy(worlds: &[World], facet: Facet) -> f64 {
    let mut counts: BTreeMap<String, f64> = BTreeMap::new();
    worlds.iter().for_each(|world| *counts.entry(facet(world)).or_default() += 1.0);
    let n = worlds.len().max(1) as f64;
    counts.values().map(|count| -count / n * (count / n).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_held_out_scenes_have_signs_and_no_corpus_holds_them() {
        let prompts = held_out_scenes();
        assert!(prompts.len() > 300, "{}", prompts.len());
        let taught: Vec<&str> = Scenes::get().taught.iter().map(|scene| scene.caption).collect();
        assert!(prompts.iter().all(|prompt| !taught.contains(&prompt.prompt.as_str())));
    }

    #[test]
    fn signs_are_what_is_strong() {
        let effects: Vec<Effect> = "place=coast*0.7 place=harbor*0.5 time=night*0.4 valence-0.6 genre=noir wonder+0.2"
            .split(' ')
            .map(|text| Effect::parse(text).unwrap())
            .collect();
        let signs = signs_of(&effects);
        assert_eq!(signs.len(), 3);
        assert_eq!(signs[0], Sign::Place(vec![Place::Coast, Place::Harbor]));
        assert!(!signs.contains(&Sign::Time(vec![TimeOfDay::Night])));
        assert_eq!(signs[2], Sign::Scalar(Scalar::Valence, false));
    }

    #[test]
    fn entropy_is_that_of_the_definition() {
        let worlds: Vec<World> = ["harbour", "forest"].iter().map(|prompt| sample(prompt, 1).unwrap().world).collect();
        assert!((entropy(&worlds, FACETS[0].1) - 1.0).abs() < 1e-12);
        assert_eq!(entropy(&worlds[..1], FACETS[0].1), 0.0);
    }
}
