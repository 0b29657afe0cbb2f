//! The authored prior: reads a prompt and samples a coherent world.
//!
//! The phases in order:
//! 1. [`understand`]: words to an [`Intent`] (a lexicon, explicit cues, negation, head nouns); [`explain`] tells it back
//! 2. [`Plan::draw`]: the hubs that the whole world agrees on (place, genre, hour, weather, state, mood)
//! 3. [`sample`]: every facet of the [`gesamt_world::World`], drawn from the plan with a seed of its own
//! 4. [`describe`]: the world in one line; [`check`]: the rules that a world of other origin breaks; [`mend`]: such a world
//!    brought under them and to the explicit wishes of the prompt
//!
//! Deliberately absent: learned weights, I/O, and any knowledge of the renderers.

mod check;
mod describe;
mod error;
mod intent;
pub mod lexicon;
mod mend;
mod plan;
mod read;
mod sample;
mod tables;

pub use check::{Violation, check};
pub use describe::describe;
pub use error::{MAX_PROMPT_CHARS, PromptError, check_prompt};
pub use intent::{Axis, Intent, Leans, Match, Votes};
pub use mend::{mend, settle};
pub use plan::Plan;
pub use read::{Token, explain, tokenize, understand};
pub use sample::{Sampled, sample, sample_plan, sample_understood};
pub use tables::names::names as asset_names;
pub use tables::progressions::{MOTIFS, progressions};
