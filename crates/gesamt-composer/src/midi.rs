//! The score as a standard MIDI file.
//!
//! # Source
//! The Standard MIDI Files 1.0 specification (RP-001): header, variable-length quantities, meta events.

use gesamt_world::Instrument;

use crate::instruments::{Behaviour, behaviour};
use crate::score::{Score, Track};
use crate::theory::{Key, signature};

/// Ticks of a quarter note.
pub const TICKS_PER_QUARTER: u16 = 960;

/// A type 1 file: a conductor track (tempo, meter, key, section and chord markers) and one named track per part.
///
/// # Units
/// 960 ticks to the quarter note. Notes that start before the loop does start at tick 0.
#[must_use]
pub fn midi(score: &Score) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(b"MThd");
    out.extend(6u32.to_be_bytes());
    out.extend(1u16.to_be_bytes());
    out.extend((score.tracks.len() as u16 + 1).to_be_bytes());
    out.extend(TICKS_PER_QUARTER.to_be_bytes());
    chunk(&mut out, conductor(score));
    let mut channels = (0..16u8).filter(|c| *c != 9).cycle();
    for track in &score.tracks {
        let is_drums = behaviour(track.instrument) == Behaviour::Drums;
        let channel = if is_drums { 9 } else { channels.next().unwrap_or(0) };
        chunk(&mut out, part(score, track, channel, is_drums));
    }
    out
}

/// An event: tick, order among events of the same tick, bytes without the delta time.
type Event = (u32, u8, Vec<u8>);

fn chunk(out: &mut Vec<u8>, mut events: Vec<Event>) {
    events.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut body = Vec::new();
    let mut last = 0;
    for (tick, _, bytes) in events {
        variable_length(&mut body, tick - last);
        body.extend(bytes);
        last = tick;
    }
    out.extend(b"MTrk");
    out.extend((body.len() as u32).to_be_bytes());
    out.extend(body);
}

fn variable_length(out: &mut Vec<u8>, value: u32) {
    let groups = [value >> 21 & 0x7f, value >> 14 & 0x7f, value >> 7 & 0x7f, value & 0x7f];
    let first = groups.iter().position(|g| *g > 0).unwrap_or(3);
    for (i, group) in groups.iter().enumerate().skip(first) {
        out.push(*group as u8 | if i < 3 { 0x80 } else { 0 });
    }
}

fn meta(kind: u8, data: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xff, kind];
    variable_length(&mut bytes, data.len() as u32);
    bytes.extend(data);
    bytes
}

fn tick(score: &Score, beat: f64) -> u32 {
    let per_beat = f64::from(TICKS_PER_QUARTER) * 4.0 / f64::from(score.beat_unit);
    (beat.max(0.0) * per_beat).round() as u32
}

fn conductor(score: &Score) -> Vec<Event> {
    let mut events = vec![(0, 0, meta(0x03, b"gesamt"))];
    let micros = (60e6 / score.tempo_bpm).round() as u32;
    events.push((0, 1, meta(0x51, &micros.to_be_bytes()[1..])));
    let power = if score.beat_unit >= 6 { 3 } else { 2 };
    events.push((0, 1, meta(0x58, &[score.beats_per_bar as u8, power, 24, 8])));
    let (sharps, is_minor) = signature(&Key::new(score.key, score.mode));
    events.push((0, 1, meta(0x59, &[sharps as u8, u8::from(is_minor)])));
    for section in &score.sections {
        let at = tick(score, f64::from(section.start_bar * score.beats_per_bar));
        events.push((at, 2, meta(0x06, section.name.as_bytes())));
    }
    for chord in &score.chords {
        events.push((tick(score, chord.start_beat), 3, meta(0x01, chord.symbol.as_bytes())));
    }
    events.push((tick(score, score.beats()), 9, meta(0x2f, &[])));
    events
}

fn part(score: &Score, track: &Track, channel: u8, is_drums: bool) -> Vec<Event> {
    let mut events = vec![(0, 0, meta(0x03, track.name.as_bytes()))];
    if !is_drums {
        events.push((0, 1, vec![0xc0 | channel, program(track.instrument)]));
    }
    let end = tick(score, score.beats());
    for (i, note) in track.notes.iter().enumerate() {
        let key = note.pitch.round().clamp(0.0, 127.0) as u8;
        let start = tick(score, note.start_beat).min(end.saturating_sub(2));
        let mut stop = tick(score, note.start_beat + note.beats).clamp(start + 1, end);
        // The same key struck again ends the note that still sounds.
        let again = track.notes[i + 1..].iter().find(|n| n.pitch.round() == note.pitch.round());
        if let Some(next) = again {
            stop = stop.min(tick(score, next.start_beat)).max(start + 1);
        }
        let velocity = (note.velocity * 126.0 + 1.0).clamp(1.0, 127.0) as u8;
        events.push((start, 5, vec![0x90 | channel, key, velocity]));
        events.push((stop, 4, vec![0x80 | channel, key, 64]));
    }
    let last = events.iter().map(|e| e.0).max().unwrap_or(0);
    events.push((end.max(last), 9, meta(0x2f, &[])));
    events
}

/// The General MIDI program (from 0) that comes nearest.
fn program(instrument: Instrument) -> u8 {
    use Instrument as I;
    match instrument {
        I::WarmPad => 89,
        I::GlassPad => 92,
        I::SuperSaw => 90,
        I::StringEnsemble => 48,
        I::Choir => 52,
        I::PipeOrgan => 19,
        I::Drone => 95,
        I::SubBass => 39,
        I::AcidBass => 38,
        I::UprightBass => 32,
        I::ReeseBass => 87,
        I::FmBell => 14,
        I::MusicBox => 10,
        I::ElectricPiano => 4,
        I::PluckSynth => 84,
        I::Harp => 46,
        I::Lute => 24,
        I::SteelGuitar => 25,
        I::Koto => 107,
        I::Dulcimer => 15,
        I::Flute => 73,
        I::Shakuhachi => 77,
        I::Harmonica => 22,
        I::MutedTrumpet => 59,
        I::Horn => 60,
        I::SoloStrings => 40,
        I::SynthLead => 81,
        I::Marimba => 12,
        I::Kalimba => 108,
        I::SynthDrums | I::AcousticDrums | I::FrameDrums | I::Taiko | I::IndustrialHits | I::BrushKit | I::Shakers => 0,
    }
}
