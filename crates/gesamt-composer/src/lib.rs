//! World to score: harmony, motif, arrangement and MIDI.
//!
//! [`compose`] is a pure function of a world and options. It writes a looping piece in phases:
//!
//! * [`mod@form`]: bars, sections and which layer plays where
//! * [`mod@harmony`]: the chord of every bar, from the world's progression
//! * [`mod@voicing`]: the pitches of every chord, by least motion
//! * `melody`, `counter`, `bass`, `arp`, `pad`, `percussion`: the parts
//! * [`mod@counterpoint`]: melody against bass
//! * `perform`: swing, timing and velocity of a player
//! * [`mod@adaptive`]: which stems are calm, tension and action
//! * [`mod@midi`]: the score as a standard MIDI file; [`chart_text`]: as a page of text
//!
//! # Determinism
//! Same world and options, same score; there is no global state.

pub mod adaptive;
mod arp;
mod bass;
mod compose;
mod counter;
pub mod counterpoint;
pub mod form;
pub mod harmony;
pub mod idiom;
pub mod instruments;
mod melody;
pub mod meter;
pub mod midi;
pub mod motif;
mod pad;
mod percussion;
mod perform;
pub mod score;
#[cfg(test)]
mod tests;
mod text;
pub mod theory;
pub mod voicing;

pub use compose::compose;
pub use midi::midi;
pub use score::{
    Adaptive, Articulation, Breakpoint, Cadence, Chord, Development, Note, Score, ScoreEvent, ScoreOptions, Section,
    Track, score_json,
};
pub use text::chart_text;
