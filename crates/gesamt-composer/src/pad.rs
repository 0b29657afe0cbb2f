//! Pads: the chords, held, swelling or struck again.

use gesamt_world::{Instrument, Layer, Rng};

use crate::compose::{Ctx, Rank};
use crate::form::Phase;
use crate::idiom::PadStyle;
use crate::instruments::{Behaviour, behaviour, fit};
use crate::score::{Articulation, Chord, Note};

/// Writes a pad. A second pad plays the top of the chords an octave up, in the fuller phrases only.
pub(crate) fn write(ctx: &Ctx, instrument: Instrument, rank: Rank, rng: &mut Rng) -> Vec<Note> {
    let mut out = Vec::new();
    for chord in &ctx.chords {
        let bar = (chord.start_beat / ctx.meter.bar()) as u32;
        let phase = ctx.phase(bar);
        if !ctx.plays(Layer::Pad, bar) || (rank.rank > 0 && phase == Phase::Break) {
            continue;
        }
        if instrument == Instrument::Drone {
            drone(ctx, chord, &mut out);
        } else if behaviour(instrument) == Behaviour::Decaying {
            rolled(ctx, chord, instrument, &mut out, rng);
        } else {
            held(ctx, chord, instrument, rank, &mut out, rng);
        }
    }
    out
}

fn voices(chord: &Chord, instrument: Instrument, rank: Rank) -> Vec<i32> {
    let upper: Vec<i32> = chord.pitches.iter().skip(1).map(|p| i32::from(*p)).collect();
    let mut pitches: Vec<i32> = if rank.rank.is_multiple_of(2) {
        upper.iter().map(|p| fit(instrument, *p)).collect()
    } else {
        upper.iter().rev().take(2).map(|p| fit(instrument, p + 12)).collect()
    };
    pitches.sort_unstable();
    pitches.dedup();
    pitches
}

fn held(ctx: &Ctx, chord: &Chord, instrument: Instrument, rank: Rank, out: &mut Vec<Note>, rng: &mut Rng) {
    let spans: Vec<(f64, f64)> = match ctx.idiom.pad {
        PadStyle::Held | PadStyle::Swell => vec![(0.0, chord.beats)],
        PadStyle::Pulsed => pulses(ctx, chord),
    };
    for (offset, beats) in spans {
        let accent = if offset == 0.0 { 0.06 } else { 0.0 };
        for pitch in voices(chord, instrument, rank) {
            let velocity = 0.56 + accent + 0.06 * rng.unit();
            out.push(Note {
                start_beat: chord.start_beat + offset,
                beats: beats * 0.99,
                pitch: pitch as f32,
                velocity,
                articulation: Articulation::Plain,
            });
        }
    }
}

/// The groups of each bar of the chord.
fn pulses(ctx: &Ctx, chord: &Chord) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    let starts = ctx.meter.group_starts();
    let mut bar = 0.0;
    while bar < chord.beats - 1e-6 {
        for (start, len) in starts.iter().zip(&ctx.meter.groups) {
            let at = bar + f64::from(*start) * ctx.meter.eighth;
            if at < chord.beats - 1e-6 {
                out.push((at, (f64::from(*len) * ctx.meter.eighth * 0.85).min(chord.beats - at)));
            }
        }
        bar += ctx.meter.bar();
    }
    out
}

/// Struck chords, rolled from below, once a bar and softer in between.
fn rolled(ctx: &Ctx, chord: &Chord, instrument: Instrument, out: &mut Vec<Note>, rng: &mut Rng) {
    let mut at = 0.0;
    while at < chord.beats - 1e-6 {
        let roll = 0.02 + 0.05 * f64::from(ctx.world.rhythm.humanize);
        let ring = (chord.beats - at).min(ctx.meter.bar());
        for (i, pitch) in chord.pitches.iter().enumerate() {
            let pitch = fit(instrument, i32::from(*pitch));
            let velocity = 0.5 + 0.1 * rng.unit() + if at == 0.0 { 0.08 } else { 0.0 };
            let late = roll * i as f64;
            out.push(Note {
                start_beat: chord.start_beat + at + late,
                beats: ring - late,
                pitch: pitch as f32,
                velocity,
                articulation: Articulation::Plain,
            });
        }
        at += ctx.meter.bar();
    }
}

/// Root and fifth, low, for the length of the chord.
fn drone(ctx: &Ctx, chord: &Chord, out: &mut Vec<Note>) {
    let root = fit(Instrument::Drone, i32::from(chord.root) + 36);
    let fifth = chord
        .classes
        .iter()
        .map(|c| i32::from(*c))
        .find(|c| [7, 6, 8].contains(&(c - i32::from(chord.root)).rem_euclid(12)));
    let pedal = ctx.key.tonic;
    for pitch in [Some(root), fifth.map(|f| fit(Instrument::Drone, f + 36)), Some(fit(Instrument::Drone, pedal + 48))]
        .into_iter()
        .flatten()
    {
        if !out.iter().rev().take(3).any(|n| n.start_beat == chord.start_beat && n.pitch == pitch as f32) {
            out.push(Note {
                start_beat: chord.start_beat,
                beats: chord.beats,
                pitch: pitch as f32,
                velocity: 0.6,
                articulation: Articulation::Plain,
            });
        }
    }
}
