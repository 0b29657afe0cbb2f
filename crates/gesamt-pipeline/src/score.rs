//! The music of a world to look at: chart, spectrogram, waveform and piano roll.

use std::ops::ControlFlow;

use gesamt_composer::{Score, chart_text, compose, score_json};
use gesamt_media::plot::{Canvas, Mark, RollNote, piano_roll, spectrogram, waveform};
use gesamt_media::wav::read_wav;
use gesamt_synth::{SynthOptions, render};
use gesamt_world::{Layer, World};

use crate::error::PipelineError;
use crate::sound::score_options;

/// Size of the pictures in pixels.
const SIZE: [usize; 2] = [1600, 480];

/// A score, and its sound where it is at hand.
pub struct ScoreView {
    score: Score,
    mix: Option<Vec<[f32; 2]>>,
}

/// Composes the score of a world; `wav` is its rendered soundtrack as a file, when there is one already.
///
/// # Errors
/// When the file is no WAV.
pub fn score_view(world: &World, min_secs: f64, wav: Option<&[u8]>) -> Result<ScoreView, PipelineError> {
    let scaled = |samples: &[[i32; 2]]| samples.iter().map(|s| s.map(|v| v as f32 / 8_388_608.0)).collect();
    let mix = wav.map(|file| read_wav(file).map(|wav| scaled(&wav.samples))).transpose()?;
    Ok(ScoreView { score: compose(world, &score_options(min_secs)), mix })
}

/// Draws 48 kHz stereo at a width and a height, with marks.
type Drawing = fn(&[[f32; 2]], usize, usize, &[Mark]) -> Canvas;

impl ScoreView {
    /// The chart as text.
    #[must_use]
    pub fn text(&self) -> String {
        chart_text(&self.score)
    }

    /// The whole score as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        score_json(&self.score)
    }

    /// The spectrogram as PNG; the soundtrack is played first where it is not at hand.
    ///
    /// # Errors
    /// When the run is cancelled or the picture cannot be encoded.
    pub fn spectrogram(&mut self, world: &World) -> Result<Vec<u8>, PipelineError> {
        self.drawn(world, spectrogram)
    }

    /// The waveform as PNG; the soundtrack is played first where it is not at hand.
    ///
    /// # Errors
    /// When the run is cancelled or the picture cannot be encoded.
    pub fn waveform(&mut self, world: &World) -> Result<Vec<u8>, PipelineError> {
        self.drawn(world, waveform)
    }

    /// The notes by time and pitch as PNG.
    ///
    /// # Errors
    /// When the picture cannot be encoded.
    pub fn piano_roll(&self) -> Result<Vec<u8>, PipelineError> {
        let notes = roll(&self.score);
        Ok(piano_roll(&notes, self.score.secs(), SIZE[0], SIZE[1], &self.marks()).png()?)
    }

    fn drawn(&mut self, world: &World, draw: Drawing) -> Result<Vec<u8>, PipelineError> {
        let marks = self.marks();
        if self.mix.is_none() {
            let played = render(&self.score, world, &SynthOptions::default(), &|_| ControlFlow::Continue(()))
                .map_err(|_| PipelineError::cancelled())?;
            self.mix = Some(played.mix.iter().map(|s| s.map(|v| v as f32 / 8_388_608.0)).collect());
        }
        let mix = self.mix.as_deref().unwrap_or_default();
        Ok(draw(mix, SIZE[0], SIZE[1], &marks).png()?)
    }

    fn marks(&self) -> Vec<Mark> {
        let bar_secs = f64::from(self.score.beats_per_bar) * self.score.beat_secs();
        let mark =
            |s: &gesamt_composer::Section| Mark { secs: f64::from(s.start_bar) * bar_secs, label: s.name.clone() };
        self.score.sections.iter().map(mark).collect()
    }
}

/// The notes of a score; drums are drawn as thin rows below the pitched parts.
fn roll(score: &Score) -> Vec<RollNote> {
    let mut out = Vec::new();
    for track in &score.tracks {
        let part = Layer::ALL.iter().position(|l| *l == track.layer).unwrap_or(0);
        let is_drums = track.layer == Layer::Percussion;
        out.extend(track.notes.iter().map(|n| RollNote {
            start_secs: n.start_beat * score.beat_secs(),
            secs: n.beats * score.beat_secs(),
            pitch: if is_drums { 12.0 + (n.pitch - 35.0) * 0.25 } else { n.pitch },
            velocity: n.velocity,
            part,
        }));
    }
    out
}
