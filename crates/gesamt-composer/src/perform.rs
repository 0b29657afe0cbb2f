//! The player: swing, timing and velocity.

use gesamt_world::{Instrument, Layer, Rng};

use crate::compose::Ctx;
use crate::instruments::{Behaviour, behaviour};
use crate::score::Note;

/// Turns written notes into played ones.
pub(crate) fn perform(ctx: &Ctx, layer: Layer, instrument: Instrument, notes: &mut [Note], rng: &mut Rng) {
    let humanize = f64::from(ctx.world.rhythm.humanize);
    let beat_secs = 60.0 / f64::from(ctx.world.rhythm.tempo_bpm) * 4.0 / f64::from(ctx.world.rhythm.beat_unit);
    // Milliseconds of spread: pads do not care, drums hold the time.
    let spread_secs = match (layer, behaviour(instrument)) {
        (Layer::Pad, _) => 0.012,
        (_, Behaviour::Drums) => 0.0045,
        (Layer::Bass, _) => 0.006,
        _ => 0.009,
    } * (0.25 + humanize);
    // A lead sits a little behind the beat, a bass with it.
    let lag_secs = if layer == Layer::Lead { 0.006 * humanize } else { 0.0 };
    let spread_velocity = 0.02 + 0.07 * humanize as f32;
    for note in notes.iter_mut() {
        let end = swung(ctx, note.start_beat + note.beats);
        note.start_beat = swung(ctx, note.start_beat);
        note.beats = (end - note.start_beat).max(0.02);
        let late = lag_secs + f64::from(rng.normal().clamp(-2.0, 2.0)) * spread_secs;
        note.start_beat += late / beat_secs;
        let phrase = phrase_arc(ctx, note.start_beat);
        note.velocity =
            (note.velocity * (0.94 + 0.1 * phrase) + rng.normal().clamp(-2.0, 2.0) * spread_velocity).clamp(0.06, 1.0);
    }
    notes.sort_by(|a, b| a.start_beat.total_cmp(&b.start_beat).then(a.pitch.total_cmp(&b.pitch)));
}

/// Delays the off-beat: the second eighth of each beat, in meters that count quarters.
fn swung(ctx: &Ctx, beat: f64) -> f64 {
    let swing = f64::from(ctx.world.rhythm.swing);
    if ctx.meter.eighth >= 1.0 || swing <= 0.5 {
        return beat;
    }
    let whole = beat.floor();
    let part = beat - whole;
    whole + if part < 0.5 { part * swing * 2.0 } else { swing + (part - 0.5) * (1.0 - swing) * 2.0 }
}

/// Each four-bar phrase swells toward its third bar.
fn phrase_arc(ctx: &Ctx, beat: f64) -> f32 {
    let length = ctx.meter.bar() * 4.0;
    let t = (beat.rem_euclid(length) / length) as f32;
    (t * std::f32::consts::PI * 0.9).sin()
}
