//! Reading a prompt: tokens, cues, matches and the settling of what they ask for.

mod cues;
mod explain;
mod reader;
mod settle;
mod tokens;

pub use explain::explain;
pub use reader::understand;
pub use tokens::{Token, tokenize};
