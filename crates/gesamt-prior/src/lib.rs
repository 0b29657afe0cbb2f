//! From wishes to worlds.
//!
//! * [`imagine`]: one world from a prompt, by the trained model or by the grammar, with locks, strength and a negative prompt
//! * [`blend`]: worlds on the way from one world to another
//! * [`explain`]: what each word of a prompt does to the model
//! * [`model`]: the shipped model; [`rights`]: where it and everything it learned from comes from
//!
//! What the model imagines is held to the explicit wishes of the prompt and to the rules of the grammar
//! ([`gesamt_grammar::mend`]); locked groups stay exactly as they are.

mod blend;
mod error;
mod explain;
mod groups;
mod imagine;
pub mod rights;
mod weights;

pub use blend::blend;
pub use error::PriorError;
pub use explain::explain;
pub use groups::{Lock, parse_locks};
pub use imagine::{Imagined, Prior, Wish, imagine, imagine_with};
pub use weights::{fingerprint, model};
