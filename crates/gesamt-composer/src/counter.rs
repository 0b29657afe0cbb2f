//! The counter-line: guide tones beside the lead, and answers to its calls.

use gesamt_world::{Instrument, Layer, Rng};

use crate::compose::{Ctx, Rank, nearest};
use crate::instruments::{Behaviour, behaviour};
use crate::melody::{Target, place};
use crate::score::{Articulation, Note};

/// Writes the counter-line: guide tones that move by step in long notes, and an answer where the lead rests.
pub(crate) fn write(ctx: &Ctx, instrument: Instrument, rank: Rank, rng: &mut Rng) -> Vec<Note> {
    let register = i32::from(ctx.world.melody.register_midi) - if rank.rank.is_multiple_of(2) { 9 } else { -5 };
    let mut last = register;
    let mut out: Vec<Note> = Vec::new();
    for chord in &ctx.chords {
        let bar = (chord.start_beat / ctx.meter.bar()) as u32;
        if !ctx.plays(Layer::Counter, bar) {
            continue;
        }
        let guide = guide_tone(&chord.classes, last, register, instrument);
        let halves = if chord.beats > ctx.meter.bar() * 1.5 || ctx.world.rhythm.density > 0.6 { 2 } else { 1 };
        let length = chord.beats / f64::from(halves);
        for half in 0..halves {
            let pitch = if half == 0 {
                guide
            } else {
                guide_tone(&chord.classes, guide + if guide > register { -3 } else { 3 }, register, instrument)
            };
            let velocity = 0.55 + 0.08 * rng.unit();
            out.push(Note {
                start_beat: chord.start_beat + f64::from(half) * length,
                beats: length * 0.97,
                pitch: pitch as f32,
                velocity,
                articulation: Articulation::Plain,
            });
            last = pitch;
        }
    }
    answers(ctx, instrument, register, &mut out);
    if behaviour(instrument) == Behaviour::Decaying {
        repeat_decaying(ctx, &mut out);
    }
    out
}

/// The third or seventh of the chord nearest to the last pitch.
fn guide_tone(classes: &[u8], last: i32, register: i32, instrument: Instrument) -> i32 {
    let guides = if classes.len() > 2 { &classes[1..] } else { classes };
    let near = |class: &u8| nearest(i32::from(*class), (last * 2 + register) / 3, instrument);
    guides.iter().map(near).min_by_key(|p| (p - last).abs() * 2 + (p - register).abs()).unwrap_or(register)
}

/// Where the lead has called, the counter-line answers with the motif and is silent beside it.
fn answers(ctx: &Ctx, instrument: Instrument, register: i32, notes: &mut Vec<Note>) {
    for e in ctx.schedule.iter().filter(|e| e.is_answer) {
        let motif = ctx.motif.transformed(e.transform);
        let start = f64::from(e.bar) * ctx.meter.bar();
        let end = (start + f64::from(motif.bars) * ctx.meter.bar()).min(ctx.beats());
        notes.retain(|n| n.start_beat < start || n.start_beat >= end);
        for note in notes.iter_mut().filter(|n| n.start_beat < start && n.start_beat + n.beats > start) {
            note.beats = start - note.start_beat;
        }
        let target = Target { pitch: register, aim: 0, avoid: None };
        notes.extend(place(ctx, instrument, &motif, start, &target).into_iter().filter(|n| n.start_beat < end));
    }
    notes.sort_by(|a, b| a.start_beat.total_cmp(&b.start_beat));
}

/// Long notes of an instrument that dies away are struck again on the beats of their length.
fn repeat_decaying(ctx: &Ctx, notes: &mut Vec<Note>) {
    let step = ctx.meter.bar() / 2.0;
    let mut again = Vec::new();
    for note in notes.iter() {
        let mut at = step;
        while at < note.beats - step * 0.5 {
            let up = if ((at / step) as u32).is_multiple_of(2) { 0.0 } else { 12.0 };
            again.push(Note {
                start_beat: note.start_beat + at,
                beats: step,
                pitch: note.pitch + up,
                velocity: note.velocity * 0.8,
                articulation: Articulation::Plain,
            });
            at += step;
        }
    }
    notes.append(&mut again);
    notes.sort_by(|a, b| a.start_beat.total_cmp(&b.start_beat));
}
