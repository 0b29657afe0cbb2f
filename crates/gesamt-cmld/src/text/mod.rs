//! Text conditions: words as hashed n-grams for the encoder, and cues read by the rules of the grammar beside them.
//!
//! The reader of the grammar is the deterministic cue parser: it knows negation, counts, "120 bpm", "in D minor",
//! "35 mm lens" and "#ff2e88". The encoder takes the words that it does not know. Neither replaces the other.

mod cues;
mod words;

pub use cues::{CUE_GROUPS, Cues, cues_of, n_cues};
pub(crate) use words::hash_row;
pub use words::{MAX_WORDS, N_HASHES, WordIds, words_of};

use gesamt_grammar::{Intent, understand};

/// What a prompt says, as numbers for the model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextCondition {
    /// The words, each as rows of the hash table; none of an empty prompt.
    pub words: Vec<WordIds>,
    /// The cues, in the order of [`CUE_GROUPS`]; empty where the rules shall not speak.
    pub cues: Vec<f32>,
}

impl TextCondition {
    /// The condition of a prompt for a table of `n_rows` rows.
    #[must_use]
    pub fn of(prompt: &str, n_rows: usize) -> TextCondition {
        TextCondition::meant(prompt, n_rows, &understand(prompt))
    }

    /// The condition of a prompt of which more is understood than the rules read.
    #[must_use]
    pub fn meant(prompt: &str, n_rows: usize, intent: &Intent) -> TextCondition {
        TextCondition { words: words_of(prompt, n_rows), cues: cues_of(intent) }
    }
}
