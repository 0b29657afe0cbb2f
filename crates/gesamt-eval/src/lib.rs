//! Measures of worlds: do they hold what was said, do they hold what was meant.
//!
//! * [`stated`]: the facets that a prompt states, checked one by one
//! * [`free`]: free prompts with the signs that each implies, and the share of them that a prior satisfies

pub mod free;
pub mod stated;

pub use free::{FreePrompt, Score, parse, score};
pub use stated::{Tally, stated};
