//! One record of the corpus.

use gesamt_cmld::codec::{Hub, Row, row_of};
use gesamt_grammar::{Intent, sample, sample_understood, understand};
use gesamt_world::{Rng, Seed};

use crate::caption::{Register, roughen, write};
use crate::pieces::{facts, wishes};
use crate::scenes;

/// A caption and the world that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The caption as a user would write it.
    pub caption: String,
    /// What the grammar reads right of it: the caption without slips and words beside the point, or the words beside an
    /// authored scene. Evaluation reads this one.
    pub clean: String,
    /// The seed of the world.
    pub seed: u64,
    /// The world.
    pub row: Row,
}

/// The record of a number in the corpus of a seed.
///
/// # Determinism
/// The record depends on the two seeds and on nothing else.
#[must_use]
pub fn record(corpus_seed: u64, index: u64) -> Record {
    let mut rng = Seed(corpus_seed).child("record").index(index).rng();
    let seed = rng.next_u64();
    let richness = rng.unit();
    let register = Register::ALL[rng.below(Register::ALL.len())];
    let (caption, clean, row) = match rng.unit() {
        u if u < SHARES[0] => staged(seed, &mut rng),
        u if u < SHARES[0] + SHARES[1] => told(seed, richness, register, &mut rng),
        _ => asked(seed, richness, register, &mut rng),
    };
    Record { caption: roughen(&caption, &mut rng), clean, seed, row }
}

/// The caption of a record with what it asks for: a scene's own meaning, or what the grammar reads right of the caption without
/// slips.
#[must_use]
pub fn captioned(corpus_seed: u64, index: u64) -> (String, Intent) {
    let mut rng = Seed(corpus_seed).child("record").index(index).rng();
    let seed = rng.next_u64();
    let richness = rng.unit();
    let register = Register::ALL[rng.below(Register::ALL.len())];
    let (caption, intent) = match rng.unit() {
        u if u < SHARES[0] => {
            let (caption, _, intent) = scenes::staged(&mut rng);
            (caption, intent)
        }
        u if u < SHARES[0] + SHARES[1] => {
            let clean = told(seed, richness, register, &mut rng).0;
            let intent = understand(&clean);
            (clean, intent)
        }
        _ => {
            let clean = write(&wishes(richness, &mut rng), register, &mut rng);
            let intent = understand(&clean);
            (clean, intent)
        }
    };
    (roughen(&caption, &mut rng), intent)
}

/// Shares of authored scenes and of told worlds; the rest is asked for in words of the lexicon.
const SHARES: [f32; 2] = [0.35, 0.22];

/// A world made to an authored scene.
fn staged(seed: u64, rng: &mut Rng) -> (String, String, Row) {
    let (caption, beside, intent) = scenes::staged(rng);
    let sampled = sample_understood(intent, &caption, seed);
    let row = row_of(&sampled.world, Hub::from(&sampled.plan)).0;
    (caption, beside, row)
}

/// A world made to a caption of wishes.
fn asked(seed: u64, richness: f32, register: Register, rng: &mut Rng) -> (String, String, Row) {
    let clean = write(&wishes(richness, rng), register, rng);
    let row = row_for(&clean, seed);
    (clean.clone(), clean, row)
}

/// A caption made to a world: the world follows from few wishes or none, the caption tells what is there.
fn told(seed: u64, richness: f32, register: Register, rng: &mut Rng) -> (String, String, Row) {
    let wish = write(&wishes(0.0, rng), Register::Tags, rng);
    match sample(&wish, seed) {
        Ok(sampled) => {
            let clean = write(&facts(&sampled.world, richness, rng), register, rng);
            (clean.clone(), clean, row_of(&sampled.world, Hub::from(&sampled.plan)).0)
        }
        // Captions of the lexicon are prompts; this one is as good as any.
        Err(_) => ("anything".into(), "anything".into(), row_for("anything", seed)),
    }
}

fn row_for(prompt: &str, seed: u64) -> Row {
    let draw = sample(prompt, seed).or_else(|_| sample("anything", seed));
    draw.map(|sampled| row_of(&sampled.world, Hub::from(&sampled.plan)).0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_cmld::codec::{Schema, world_of};

    #[test]
    fn records_are_prompts_with_sound_worlds() {
        for index in 0..400 {
            let record = record(1, index);
            assert!(gesamt_grammar::check_prompt(&record.caption).is_ok(), "{:?}", record.caption);
            assert_eq!(record.row.len(), Schema::get().fields.len());
            let decoded = world_of(&record.row, record.seed);
            assert!(decoded.faults.is_empty() && gesamt_grammar::check(&decoded.world).is_empty(), "{record:?}");
        }
    }

    #[test]
    fn what_a_clean_caption_states_holds_in_its_world() {
        let (mut stated, mut held) = (0, 0);
        for index in 0..400 {
            let record = record(2, index);
            let (world, intent) = (world_of(&record.row, 0).world, gesamt_grammar::understand(&record.clean));
            for holds in [
                intent.time.stated().map(|time| time == world.sky.time_of_day),
                intent.weather.stated().map(|kind| kind == world.weather.kind),
                intent.place.stated().map(|place| place == world.setting.place),
            ]
            .into_iter()
            .flatten()
            {
                stated += 1;
                held += usize::from(holds);
            }
        }
        assert!(stated > 300 && held * 100 >= stated * 95, "{held} of {stated}");
    }

    #[test]
    fn captions_are_of_many_kinds() {
        let captions: Vec<String> = (0..500).map(|index| record(3, index).caption).collect();
        let share = |is: &dyn Fn(&str) -> bool| captions.iter().filter(|c| is(c)).count();
        let mut distinct = captions.clone();
        distinct.sort();
        distinct.dedup();
        assert!(distinct.len() > 470, "{} of 500", distinct.len());
        assert!(share(&|c| c.contains("no ") || c.contains("without")) > 30);
        assert!(share(&|c| c.contains("bpm") || c.contains("mm lens")) > 3);
        assert!(share(&|c| c.chars().all(|l| !l.is_lowercase())) > 15);
        assert!(
            share(&|c| c.split_whitespace().count() <= 4) > 30 && share(&|c| c.split_whitespace().count() > 14) > 15
        );
    }
}
