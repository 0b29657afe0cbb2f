//! The instruments: a note in, a sound out.
//!
//! Five engines serve them all: source and filter ([`voice`]), decaying or held partials ([`partials`]), frequency
//! modulation ([`fm`]), plucked strings ([`string`]) and drums ([`drums`]).

mod drums;
pub(crate) mod fm;
mod partials;
mod patches;
mod string;
mod voice;

use gesamt_composer::Articulation;
use gesamt_world::{Instrument, Seed};

use crate::dsp::Stereo;

use partials::strike;

/// A note as an instrument sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NoteIn {
    /// MIDI pitch (for kits the key of the drum).
    pub midi: f32,
    /// Seconds held.
    pub gate_secs: f32,
    /// 0–1.
    pub velocity: f32,
    /// The pitch to glide from, where the last note leads into this one.
    pub glide_from: Option<f32>,
    /// How strongly the section plays, 0–1.
    pub level: f32,
    /// How it is played.
    pub articulation: Articulation,
    /// Its own randomness.
    pub seed: Seed,
}

/// The tone that the world asks for, each 0–1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tone {
    pub brightness: f32,
    pub warmth: f32,
    pub grit: f32,
}

/// What happens to an instrument's sound on its way to the stem.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Channel {
    /// Depth of the chorus.
    pub chorus: f32,
    /// Level of the echo.
    pub echo: f32,
    /// Send to the room, relative to the mix's.
    pub room: f32,
    /// Drive beyond the world's grit.
    pub drive: f32,
    /// Place in the stereo field.
    pub pan: f32,
    /// High-pass in Hz.
    pub low_cut_hz: f32,
    /// Gain of the top shelf in dB.
    pub air_db: f32,
}

/// Renders one note.
pub(crate) fn render(instrument: Instrument, note: &NoteIn, tone: &Tone) -> Stereo {
    use Instrument as I;
    use patches as p;
    let note = &touched(note);
    match instrument {
        I::WarmPad => voice::render(&p::WARM_PAD, note, tone),
        I::GlassPad => partials::held(&p::GLASS_PAD, note, tone),
        I::SuperSaw => voice::render(&p::SUPER_SAW, note, tone),
        I::StringEnsemble => voice::render(&p::STRING_ENSEMBLE, note, tone),
        I::Choir => voice::render(&p::CHOIR, note, tone),
        I::PipeOrgan => partials::organ(note, tone),
        I::Drone => voice::render(&p::DRONE, note, tone),
        I::SubBass => voice::render(&p::SUB_BASS, note, tone),
        I::AcidBass => voice::render(&p::ACID_BASS, note, tone),
        I::UprightBass => string::render(&p::UPRIGHT_BASS, note, tone),
        I::ReeseBass => voice::render(&p::REESE_BASS, note, tone),
        I::FmBell => fm::render(&p::FM_BELL, note, tone),
        I::MusicBox => strike(&p::MUSIC_BOX, note, tone),
        I::ElectricPiano => fm::render(&p::ELECTRIC_PIANO, note, tone),
        I::PluckSynth => voice::render(&p::PLUCK_SYNTH, note, tone),
        I::Harp => string::render(&p::HARP, note, tone),
        I::Lute => string::render(&p::LUTE, note, tone),
        I::SteelGuitar => string::render(&p::STEEL_GUITAR, note, tone),
        I::Koto => string::render(&p::KOTO, note, tone),
        I::Dulcimer => string::render(&p::DULCIMER, note, tone),
        I::Flute => voice::render(&p::FLUTE, note, tone),
        I::Shakuhachi => voice::render(&p::SHAKUHACHI, note, tone),
        I::Harmonica => voice::render(&p::HARMONICA, note, tone),
        I::MutedTrumpet => voice::render(&p::MUTED_TRUMPET, note, tone),
        I::Horn => voice::render(&p::HORN, note, tone),
        I::SoloStrings => voice::render(&p::SOLO_STRINGS, note, tone),
        I::SynthLead => voice::render(&p::SYNTH_LEAD, note, tone),
        I::Marimba => strike(&p::MARIMBA, note, tone),
        I::Kalimba => strike(&p::KALIMBA, note, tone),
        I::SynthDrums => drums::render(drums::Kit::Synth, note, tone),
        I::AcousticDrums => drums::render(drums::Kit::Acoustic, note, tone),
        I::FrameDrums => drums::render(drums::Kit::Frame, note, tone),
        I::Taiko => drums::render(drums::Kit::Taiko, note, tone),
        I::IndustrialHits => drums::render(drums::Kit::Industrial, note, tone),
        I::BrushKit => drums::render(drums::Kit::Brush, note, tone),
        I::Shakers => drums::render(drums::Kit::Shakers, note, tone),
    }
}

/// What an articulation does to a note on every instrument: an accent is louder, a staccato is let go early.
fn touched(note: &NoteIn) -> NoteIn {
    match note.articulation {
        Articulation::Accent => NoteIn { velocity: (note.velocity * 1.12).min(1.0), ..*note },
        Articulation::Staccato => NoteIn { gate_secs: note.gate_secs * 0.6, ..*note },
        _ => *note,
    }
}

/// The channel of an instrument.
pub(crate) fn channel(instrument: Instrument) -> Channel {
    use Instrument as I;
    let (chorus, echo, room, drive, pan, low_cut_hz, air_db) = match instrument {
        I::WarmPad => (0.6, 0.0, 0.8, 0.0, 0.0, 110.0, 2.0),
        I::GlassPad => (0.3, 0.15, 1.2, 0.0, 0.0, 160.0, 3.0),
        I::SuperSaw => (0.3, 0.0, 0.7, 0.0, 0.0, 140.0, 1.5),
        I::StringEnsemble => (0.3, 0.0, 0.9, 0.0, 0.0, 110.0, 2.5),
        I::Choir => (0.35, 0.0, 1.2, 0.0, 0.0, 130.0, 3.5),
        I::PipeOrgan => (0.0, 0.0, 1.3, 0.0, 0.0, 60.0, 1.0),
        I::Drone => (0.3, 0.0, 0.7, 0.1, 0.0, 40.0, 1.0),
        I::SubBass => (0.0, 0.0, 0.05, 0.12, 0.0, 25.0, 0.0),
        I::AcidBass => (0.0, 0.08, 0.12, 0.25, 0.0, 32.0, 0.0),
        I::UprightBass => (0.0, 0.0, 0.22, 0.0, 0.0, 32.0, 1.0),
        I::ReeseBass => (0.0, 0.0, 0.1, 0.2, 0.0, 28.0, 0.0),
        I::FmBell => (0.2, 0.3, 1.1, 0.0, 0.12, 200.0, 1.0),
        I::MusicBox => (0.0, 0.12, 1.0, 0.0, 0.15, 250.0, 1.5),
        I::ElectricPiano => (0.5, 0.1, 0.6, 0.05, -0.1, 90.0, 1.0),
        I::PluckSynth => (0.2, 0.35, 0.6, 0.0, 0.15, 140.0, 1.5),
        I::Harp => (0.0, 0.0, 0.9, 0.0, 0.3, 90.0, 2.0),
        I::Lute => (0.0, 0.0, 0.7, 0.0, 0.25, 110.0, 2.0),
        I::SteelGuitar => (0.1, 0.18, 0.8, 0.06, -0.28, 100.0, 1.5),
        I::Koto => (0.0, 0.06, 0.8, 0.0, 0.25, 120.0, 2.0),
        I::Dulcimer => (0.0, 0.0, 0.8, 0.0, 0.25, 140.0, 1.5),
        I::Flute => (0.0, 0.06, 1.0, 0.0, -0.12, 200.0, 2.0),
        I::Shakuhachi => (0.0, 0.1, 1.2, 0.0, -0.1, 180.0, 2.0),
        I::Harmonica => (0.1, 0.14, 0.9, 0.04, -0.1, 220.0, 0.5),
        I::MutedTrumpet => (0.0, 0.1, 1.0, 0.0, -0.08, 200.0, 0.5),
        I::Horn => (0.0, 0.0, 1.2, 0.0, 0.2, 90.0, 0.5),
        I::SoloStrings => (0.0, 0.0, 1.0, 0.0, -0.15, 140.0, 1.5),
        I::SynthLead => (0.3, 0.35, 0.7, 0.08, 0.0, 160.0, 1.0),
        I::Marimba => (0.0, 0.06, 0.7, 0.0, -0.22, 90.0, 1.5),
        I::Kalimba => (0.0, 0.15, 0.8, 0.0, 0.2, 140.0, 1.5),
        I::SynthDrums => (0.0, 0.0, 0.16, 0.1, 0.0, 25.0, 2.0),
        I::AcousticDrums => (0.0, 0.0, 0.35, 0.04, 0.0, 28.0, 1.5),
        I::FrameDrums => (0.0, 0.0, 0.5, 0.0, 0.0, 32.0, 2.0),
        I::Taiko => (0.0, 0.0, 0.8, 0.06, 0.0, 28.0, 2.0),
        I::IndustrialHits => (0.0, 0.08, 0.6, 0.35, 0.0, 28.0, 1.0),
        I::BrushKit => (0.0, 0.0, 0.35, 0.0, 0.0, 32.0, 1.5),
        I::Shakers => (0.0, 0.0, 0.35, 0.0, 0.18, 250.0, 1.0),
    };
    Channel { chorus, echo, room, drive, pan, low_cut_hz, air_db }
}
