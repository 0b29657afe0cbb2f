//! The score: what is played, when, by whom.

use gesamt_world::{EventKind, Instrument, Layer, Mode, PitchClass};
use serde::Serialize;

use crate::motif::Transform;

/// How long the piece should be.
///
/// The piece is a whole number of four-bar phrases, at least `min_secs` long.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreOptions {
    /// The least length in seconds.
    pub min_secs: f64,
    /// The greatest length in seconds; gives way to the four-bar phrase.
    pub max_secs: f64,
}

impl Default for ScoreOptions {
    fn default() -> Self {
        Self { min_secs: 60.0, max_secs: 100.0 }
    }
}

impl ScoreOptions {
    /// The short form that drafts use.
    #[must_use]
    pub fn draft() -> Self {
        Self { min_secs: 20.0, max_secs: 40.0 }
    }
}

/// A looping piece of music.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Quarter notes per minute.
    pub tempo_bpm: f64,
    /// Beats in a bar.
    pub beats_per_bar: u32,
    /// The note value of a beat.
    pub beat_unit: u32,
    /// Length in bars.
    pub bars: u32,
    /// The tonic.
    pub key: PitchClass,
    /// The scale.
    pub mode: Mode,
    /// The form, in order and without gaps.
    pub sections: Vec<Section>,
    /// The chord chart, in order and without gaps.
    pub chords: Vec<Chord>,
    /// Where the motif appears and what is done to it.
    pub development: Vec<Development>,
    /// The parts, in the order of the world's parts.
    pub tracks: Vec<Track>,
    /// Events that the picture shares and that fall inside the loop.
    pub events: Vec<ScoreEvent>,
}

/// A part of the form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// A, A', B …
    pub name: String,
    /// The first bar, from 0.
    pub start_bar: u32,
    /// Length in bars.
    pub bars: u32,
    /// How strongly it plays, 0–1.
    pub intensity: f32,
    /// How its harmony closes.
    pub cadence: Cadence,
}

/// How a section closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cadence {
    /// The chord that pulls home stands at the end, and home follows.
    Authentic,
    /// The chord that pulls home stands at the end, and another chord than home follows.
    Deceptive,
    /// From the fourth degree home.
    Plagal,
    /// From the second degree down a semitone home.
    Phrygian,
    /// From the seventh degree up a whole tone home, or another step without a leading tone.
    Modal,
    /// The progression flows on.
    Open,
}

/// One appearance of the motif.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Development {
    /// When it starts, in beats.
    pub start_beat: f64,
    /// Who plays it.
    pub layer: Layer,
    /// What is done to it.
    pub transform: Transform,
}

/// One chord of the chart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chord {
    /// When it starts, in beats.
    pub start_beat: f64,
    /// How long it lasts, in beats.
    pub beats: f64,
    /// The root's pitch class, 0 = C.
    pub root: u8,
    /// MIDI pitches: the bass, then the upper voices from low to high.
    pub pitches: Vec<u8>,
    /// The pitch classes, root first.
    pub classes: Vec<u8>,
    /// The chord symbol, for example `Dm9`.
    pub symbol: String,
}

/// One part: an instrument in a layer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Track {
    /// A readable, unique name.
    pub name: String,
    /// The layer and stem it belongs to.
    pub layer: Layer,
    /// Who plays.
    pub instrument: Instrument,
    /// The adaptive layer that its stem belongs to.
    pub adaptive: Adaptive,
    /// Its share of the layer's loudness.
    pub weight: f32,
    /// Notes by start.
    pub notes: Vec<Note>,
    /// How strongly the part plays over the loop: linear between points, by beat.
    pub automation: Vec<Breakpoint>,
}

/// One note. For drum kits the pitch is the General MIDI key of the drum.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Note {
    /// When it starts, in beats; may be a little before 0 (it then wraps).
    pub start_beat: f64,
    /// How long it is held, in beats.
    pub beats: f64,
    /// MIDI pitch.
    pub pitch: f32,
    /// 0–1.
    pub velocity: f32,
    /// How it is played.
    pub articulation: Articulation,
}

/// How a note is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Articulation {
    /// On its own.
    #[default]
    Plain,
    /// Joined to the note before it, without a new onset.
    Legato,
    /// Short and damped.
    Staccato,
    /// Struck harder than its neighbours.
    Accent,
    /// Repeated fast for as long as it is held.
    Tremolo,
    /// Reached from below by a slide.
    Slide,
}

/// The state of a game in which a part joins: each adaptive layer is heard with those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Adaptive {
    /// Always there: the place, its harmony and its theme.
    Calm,
    /// Joins when something is near: bass and counter-line.
    Tension,
    /// Joins when it happens: drums and figures.
    Action,
}

impl Adaptive {
    /// Every adaptive layer, in the order in which they join.
    pub const ALL: [Adaptive; 3] = [Adaptive::Calm, Adaptive::Tension, Adaptive::Action];

    /// The name in files and in JSON.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Adaptive::Calm => "calm",
            Adaptive::Tension => "tension",
            Adaptive::Action => "action",
        }
    }
}

/// A point of an automation curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Breakpoint {
    /// When, in beats.
    pub beat: f64,
    /// 0–1.
    pub level: f32,
}

/// An event of the world in the time of the score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ScoreEvent {
    /// What happens.
    pub kind: EventKind,
    /// When, in beats from the start.
    pub at_beat: f64,
    /// How strongly, 0–1.
    pub strength: f32,
    /// How far away, in metres.
    pub distance_m: f32,
}

impl Score {
    /// Seconds per beat.
    #[must_use]
    pub fn beat_secs(&self) -> f64 {
        60.0 / self.tempo_bpm * 4.0 / f64::from(self.beat_unit)
    }

    /// Length in beats.
    #[must_use]
    pub fn beats(&self) -> f64 {
        f64::from(self.bars * self.beats_per_bar)
    }

    /// Length in seconds.
    #[must_use]
    pub fn secs(&self) -> f64 {
        self.beats() * self.beat_secs()
    }

    /// The chord that sounds at a beat.
    #[must_use]
    pub fn chord_at(&self, beat: f64) -> Option<&Chord> {
        let beat = beat.rem_euclid(self.beats().max(1e-9));
        self.chords.iter().rev().find(|c| c.start_beat <= beat + 1e-6)
    }
}

impl Track {
    /// The level of the automation at a beat, 0–1.
    #[must_use]
    pub fn level_at(&self, beat: f64) -> f32 {
        let after = self.automation.partition_point(|p| p.beat <= beat);
        match (after.checked_sub(1).and_then(|i| self.automation.get(i)), self.automation.get(after)) {
            (Some(a), Some(b)) => {
                let t = ((beat - a.beat) / (b.beat - a.beat).max(1e-9)) as f32;
                a.level + (b.level - a.level) * t
            }
            (Some(p), None) | (None, Some(p)) => p.level,
            (None, None) => 1.0,
        }
    }
}

/// The score as JSON, chord chart included.
#[must_use]
pub fn score_json(score: &Score) -> serde_json::Value {
    let chart: Vec<String> =
        score.chords.iter().map(|c| format!("{} {}", place_of(score, c.start_beat), c.symbol)).collect();
    let mut value = serde_json::to_value(score).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("secs".into(), score.secs().into());
        object.insert("chart".into(), chart.into());
    }
    value
}

/// Bar and beat, both from 1: `5.3`.
#[must_use]
pub fn place_of(score: &Score, beat: f64) -> String {
    let per_bar = f64::from(score.beats_per_bar.max(1));
    // Played notes may come a little early.
    let beat = (beat + 0.02).max(0.0);
    format!("{}.{}", (beat / per_bar) as u32 + 1, (beat % per_bar) as u32 + 1)
}
