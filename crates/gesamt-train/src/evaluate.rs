//! Evaluation during training: worlds from the averaged weights to held-out captions, judged before any repair.

use gesamt_cmld::imagine::{Options, faults, imagine};
use gesamt_cmld::model::Model;
use gesamt_cmld::text::TextCondition;
use gesamt_corpus::Record;
use gesamt_eval::{Tally, stated};

/// What imagined worlds are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Verdict {
    /// Share that breaks no rule of the grammar and has no fault.
    pub raw_valid: f32,
    /// Mean number of broken rules and faults.
    pub broken: f32,
    /// Share of the facets stated in the captions that hold.
    pub stated: f32,
}

/// Imagines one world for each record's caption.
#[must_use]
pub fn evaluate(model: &Model, records: &[Record], options: &Options) -> Verdict {
    let (mut n_valid, mut n_broken, mut tally) = (0, 0, Tally::default());
    for chunk in records.chunks(32) {
        let of = |record: &Record| model.condition(&record.caption, record.seed);
        let conditions: Vec<TextCondition> = chunk.iter().map(of).collect();
        let seeds: Vec<u64> = chunk.iter().map(|record| record.seed).collect();
        for (decoded, record) in imagine(model, &conditions, &seeds, options).iter().zip(chunk) {
            let broken = faults(decoded).len();
            n_valid += usize::from(broken == 0);
            n_broken += broken;
            tally += stated(&gesamt_grammar::understand(&record.clean), &decoded.world);
        }
    }
    let n = records.len().max(1) as f32;
    Verdict { raw_valid: n_valid as f32 / n, broken: n_broken as f32 / n, stated: tally.share() as f32 }
}
