//! What can go wrong between a wish and a world.

use gesamt_grammar::PromptError;

/// Why no world was imagined.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PriorError {
    /// The prompt cannot be read.
    #[error(transparent)]
    Prompt(#[from] PromptError),
    /// A number or name is impossible.
    #[error("the {what} is not possible: found {found}, expected {expected}")]
    Invalid {
        /// Which one.
        what: &'static str,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// The weights in this binary are damaged.
    #[error("the built-in weights cannot be used")]
    Weights(#[from] gesamt_cmld::weights::WeightsError),
}
