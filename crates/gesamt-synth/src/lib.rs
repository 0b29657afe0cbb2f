//! Score to sound: instruments, ambience, mix and loudness.
//!
//! [`render`] turns a score and its world into stems of 48 kHz and 24 bits and into their sum. Everything is rendered around the
//! loop: voices, echoes, the room and beds of noise that leave the end come in at the beginning, so the loop has no seam.
//!
//! Phases: notes → tracks → stems → balance → tone → loudness and peak → integers. The mix is the exact integer sum of the stems.
//!
//! # Determinism
//! The same score, world and options give the same samples for any number of threads: parallel work is by note and by stem, and
//! sums are taken in the order of the score.

mod ambience;
mod dsp;
mod instruments;
mod master;
mod render;
pub mod seam;
mod stem;
#[cfg(test)]
mod tests;

use gesamt_composer::{Adaptive, Score};
use gesamt_world::{Layer, World};
use std::ops::ControlFlow;

pub use ambience::lamps::{faulty_tube, open_fire};
pub use dsp::SAMPLE_RATE;

/// How to render.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SynthOptions {
    /// Integrated loudness of the mix in LUFS.
    pub loudness_lufs: f64,
    /// The most that the true peak of the mix may reach, in dBTP.
    pub peak_dbtp: f64,
}

impl Default for SynthOptions {
    fn default() -> Self {
        Self { loudness_lufs: -16.0, peak_dbtp: -1.0 }
    }
}

/// A rendered soundtrack: a loop and its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Soundtrack {
    /// Samples per second.
    pub sample_rate: u32,
    /// The parts; they sum to the mix sample for sample.
    pub stems: Vec<Stem>,
    /// The mix, left and right, as 24-bit integers.
    pub mix: Vec<[i32; 2]>,
    /// Integrated loudness of the mix in LUFS (ITU-R BS.1770-4).
    pub integrated_lufs: f64,
    /// True peak of the mix in dBTP.
    pub true_peak_dbtp: f64,
    /// Length of the loop in samples: all of it.
    pub loop_samples: usize,
    /// Length of the loop in bars.
    pub bars: u32,
    /// Quarter notes per minute.
    pub tempo_bpm: f64,
    /// Where the sections start.
    pub markers: Vec<Marker>,
}

impl Soundtrack {
    /// The stems of an adaptive layer, summed. The three adaptive layers sum to the mix, sample for sample.
    #[must_use]
    pub fn adaptive(&self, adaptive: Adaptive) -> Vec<[i32; 2]> {
        let stems = self.stems.iter().filter(|s| s.adaptive == adaptive).map(|s| s.samples.as_slice());
        master::sum_integers(self.mix.len(), stems)
    }
}

/// One part of the soundtrack.
#[derive(Clone, Debug, PartialEq)]
pub struct Stem {
    /// `pad`, `bass` … or `ambience`.
    pub name: String,
    /// The layer of the music; `None` for the ambience.
    pub layer: Option<Layer>,
    /// The adaptive layer that it belongs to.
    pub adaptive: Adaptive,
    /// Left and right, as 24-bit integers.
    pub samples: Vec<[i32; 2]>,
}

/// A named place in the loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The name of the section.
    pub name: String,
    /// Its first sample.
    pub sample: usize,
}

/// The caller asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl std::fmt::Display for Cancelled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the rendering of the soundtrack was cancelled")
    }
}

impl std::error::Error for Cancelled {}

/// Renders a score in the sound of its world.
///
/// `progress` is told the share of the work done, from several threads, and may stop it.
///
/// # Errors
/// [`Cancelled`] where `progress` breaks; nothing else can fail.
///
/// # Examples
/// ```no_run
/// # fn world() -> gesamt_world::World { unimplemented!() }
/// use std::ops::ControlFlow;
/// let world = world();
/// let score = gesamt_composer::compose(&world, &gesamt_composer::ScoreOptions::default());
/// let track = gesamt_synth::render(&score, &world, &gesamt_synth::SynthOptions::default(), &|_| ControlFlow::Continue(()))?;
/// assert_eq!(track.mix.len(), track.loop_samples);
/// # Ok::<(), gesamt_synth::Cancelled>(())
/// ```
pub fn render(
    score: &Score,
    world: &World,
    options: &SynthOptions,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<Soundtrack, Cancelled> {
    render::render(score, world, options, progress)
}
