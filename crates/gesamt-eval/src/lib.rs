//! Measures of worlds: do they hold what was said, do they hold what was meant.
//!
//! * [`stated`]: the facets that a prompt states, checked one by one
//! * [`free`]: free prompts with the signs that each implies, and the share of them that a prior satisfies
//! * [`coherence`]: a critic that says how likely the parts of a package come from one world
//! * [`judge`]: a trained model by all of them, with its raw validity, its diversity and its pace

pub mod coherence;
pub mod free;
pub mod judge;
pub mod stated;

pub use free::{FreePrompt, Score, parse, score};
pub use stated::{Tally, stated};
