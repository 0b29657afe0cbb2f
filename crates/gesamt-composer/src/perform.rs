//! The player: swing, timing, velocity and articulation.

use gesamt_world::{Instrument, Layer, Rng};

use crate::compose::Ctx;
use crate::form::Phase;
use crate::idiom::{ArpStyle, LeadFeel};
use crate::instruments::{Behaviour, behaviour};
use crate::score::{Articulation, Note};

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
    articulate(ctx, layer, instrument, notes, rng);
}

/// Gives every note the articulation that its place calls for.
fn articulate(ctx: &Ctx, layer: Layer, instrument: Instrument, notes: &mut [Note], rng: &mut Rng) {
    let kind = behaviour(instrument);
    if kind == Behaviour::Drums {
        return;
    }
    for i in 0..notes.len() {
        let before = i.checked_sub(1).map(|j| notes[j]);
        notes[i].articulation = articulation(ctx, layer, instrument, kind, before, &notes[i], rng);
    }
}

fn articulation(
    ctx: &Ctx,
    layer: Layer,
    instrument: Instrument,
    kind: Behaviour,
    before: Option<Note>,
    note: &Note,
    rng: &mut Rng,
) -> Articulation {
    let is_line = matches!(layer, Layer::Lead | Layer::Counter | Layer::Bass);
    let gap = before.map_or(f64::INFINITY, |b| note.start_beat - b.start_beat - b.beats);
    let leap = before.map_or(0.0, |b| (note.pitch - b.pitch).abs());
    let phase = ctx.phase((note.start_beat.max(0.0) / ctx.meter.bar()) as u32);
    let is_long = note.beats >= ctx.meter.eighth * 3.5;
    let bows = matches!(instrument, Instrument::StringEnsemble | Instrument::SoloStrings | Instrument::Dulcimer);
    if bows && is_long && ctx.world.mood.tension > 0.35 && matches!(phase, Phase::Lift | Phase::Build | Phase::Return) {
        return Articulation::Tremolo;
    }
    if slides(instrument) && is_line && is_long && leap >= 2.0 && rng.chance(0.5) {
        return Articulation::Slide;
    }
    if is_line && kind == Behaviour::Sustained && gap < 0.04 && (1.0..=7.0).contains(&leap) {
        return Articulation::Legato;
    }
    let is_strong = ctx.meter.is_strong(note.start_beat);
    if is_line && is_strong && note.velocity > 0.84 {
        return Articulation::Accent;
    }
    let is_damped = layer == Layer::Arp && ctx.idiom.arp == ArpStyle::Comp || ctx.idiom.lead == LeadFeel::Rhythmic;
    if note.beats <= ctx.meter.eighth * 0.95 && is_damped && layer != Layer::Pad {
        return Articulation::Staccato;
    }
    Articulation::Plain
}

/// Instruments whose players slide into notes.
fn slides(instrument: Instrument) -> bool {
    use Instrument as I;
    matches!(instrument, I::SteelGuitar | I::Koto | I::Shakuhachi | I::SoloStrings | I::UprightBass | I::Harmonica)
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
