//! The lead, which states and develops the motif, and the counter-line, which answers it.

use gesamt_world::{Instrument, Layer, Rng};

use crate::compose::{Ctx, Rank, nearest};
use crate::form::{PHRASE_BARS, Phase};
use crate::idiom::LeadFeel;
use crate::instruments::{Behaviour, behaviour, range};
use crate::motif::{Motif, Transform};
use crate::score::Note;

/// One appearance of the motif: a bar within the phrase, what is done to it and where it aims, in scale steps from the last one.
struct Entry {
    bar: u32,
    transform: Transform,
    aim: i32,
}

const fn entry(bar: u32, transform: Transform, aim: i32) -> Entry {
    Entry { bar, transform, aim }
}

/// What the lead does in a phrase.
fn entries(phase: Phase, phrase: u32, motif_bars: u32, activity: f32, rng: &mut Rng) -> Vec<Entry> {
    use Transform as T;
    let mut plan = match phase {
        Phase::Statement if phrase.is_multiple_of(2) => vec![entry(0, T::Identity, 0), entry(2, T::Answer, -1)],
        Phase::Statement => vec![entry(0, T::Identity, 1), entry(2, T::Inversion, 0)],
        Phase::Lift => vec![entry(0, T::Identity, 0), entry(2, T::Inversion, 2)],
        Phase::Break => vec![entry(0, T::Augmentation, -2)],
        Phase::Build => {
            vec![entry(0, T::Fragment, 0), entry(1, T::Fragment, 1), entry(2, T::Fragment, 2), entry(3, T::Fragment, 3)]
        }
        Phase::Return => vec![entry(0, T::Identity, 0), entry(2, T::Answer, 1)],
    };
    if motif_bars == 1 && activity > 0.55 && phase != Phase::Break && phase != Phase::Build {
        plan.push(entry(1, T::Fragment, -1));
        if activity > 0.75 {
            plan.push(entry(3, T::Fragment, 0));
        }
        plan.sort_by_key(|e| e.bar);
    }
    if activity < 0.35 && phase != Phase::Return {
        plan.retain(|e| e.bar == 0 || (e.bar == 2 && rng.chance(0.3)));
    }
    plan
}

/// Writes the lead.
pub(crate) fn lead(ctx: &Ctx, layer: Layer, instrument: Instrument, rank: Rank, rng: &mut Rng) -> Vec<Note> {
    let mut out = Vec::new();
    let mut last = f32::from(ctx.world.melody.register_midi) as i32;
    let activity = ctx.world.melody.activity;
    let mut count = 0;
    for phrase in 0..ctx.form.bars / PHRASE_BARS {
        let start = phrase * PHRASE_BARS;
        let phase = ctx.phase(start);
        // A theme that another layer carries plays all through.
        if !ctx.plays(layer, start) && layer == Layer::Lead {
            continue;
        }
        for e in entries(phase, phrase, ctx.motif.bars, activity, rng) {
            let motif = ctx.motif.transformed(e.transform);
            count += 1;
            let mine = rank.peers < 2 || (count - 1) % rank.peers == rank.rank || phase == Phase::Return;
            let first =
                place(ctx, instrument, &motif, f64::from(start + e.bar) * ctx.meter.bar(), last + e.aim * 2, e.aim);
            if let Some(note) = first.first() {
                last = (f32::from(ctx.world.melody.register_midi) * 0.6 + note.pitch * 0.4) as i32;
            }
            if mine {
                let octave =
                    if rank.rank > 0 && phase == Phase::Return { octave_away(&first, instrument) } else { 0.0 };
                out.extend(first.into_iter().map(|n| Note { pitch: n.pitch + octave, ..n }));
            }
        }
    }
    if ctx.idiom.lead == LeadFeel::Ornamented {
        ornament(ctx, &mut out, rng);
    }
    articulate(ctx, instrument, &mut out);
    out
}

/// An octave up, or down where the instrument does not reach.
fn octave_away(notes: &[Note], instrument: Instrument) -> f32 {
    let (low, high) = range(instrument);
    let top = notes.iter().map(|n| n.pitch as i32).max().unwrap_or(60);
    let bottom = notes.iter().map(|n| n.pitch as i32).min().unwrap_or(60);
    if top + 12 <= high {
        12.0
    } else if bottom - 12 >= low {
        -12.0
    } else {
        0.0
    }
}

/// Places the motif on the scale so that its strong notes are chord tones, near `target`.
fn place(ctx: &Ctx, instrument: Instrument, motif: &Motif, start: f64, target: i32, aim: i32) -> Vec<Note> {
    let (low, high) = range(instrument);
    let target = target.clamp(low + 5, high - 5);
    let ladder = ladder(ctx, low, high);
    let mut best: (f32, Vec<Note>) = (f32::INFINITY, Vec::new());
    for anchor in 0..ladder.len() as i32 {
        let indices: Vec<i32> = motif.steps.iter().map(|s| anchor + s).collect();
        if indices.iter().any(|i| *i < 0 || *i >= ladder.len() as i32) {
            continue;
        }
        let pitches: Vec<i32> = indices.iter().map(|i| ladder[*i as usize]).collect();
        let (cost, notes) = realise(ctx, motif, &pitches, start);
        let mean = pitches.iter().sum::<i32>() as f32 / pitches.len() as f32;
        let direction = (mean - target as f32) * aim.signum() as f32;
        let cost = cost + (mean - target as f32).abs() * 0.16 + if direction < -3.0 { 0.6 } else { 0.0 };
        if cost < best.0 {
            best = (cost, notes);
        }
    }
    best.1
}

/// The notes of a placing and how badly they clash with the chords.
fn realise(ctx: &Ctx, motif: &Motif, pitches: &[i32], start: f64) -> (f32, Vec<Note>) {
    let mut cost = 0.0;
    let last = pitches.len() - 1;
    let mut notes = Vec::with_capacity(pitches.len());
    for (i, &pitch) in pitches.iter().enumerate() {
        let beat = start + motif.onsets[i] * ctx.meter.eighth;
        let chord: Vec<i32> = ctx.chord(beat).classes.iter().map(|c| i32::from(*c)).collect();
        let eighth = motif.onsets[i].floor() as u32 % ctx.meter.eighths;
        let weight = ctx.meter.weight(eighth) * (motif.lengths[i] as f32).min(4.0) * if i == last { 1.5 } else { 1.0 };
        let scale = ctx.key.melody_over(&chord);
        let mut pitch = bend(pitch, &scale);
        cost += weight * clash(pitch, &chord) * 0.5;
        if i == last && motif.lengths[i] >= 2.0 && clash(pitch, &chord) > 0.0 {
            pitch = [0, -1, 1, -2, 2]
                .iter()
                .map(|d| pitch + d)
                .find(|p| chord.contains(&p.rem_euclid(12)))
                .unwrap_or(pitch);
        }
        let velocity = 0.62 + 0.2 * ctx.meter.weight(eighth) + 0.06 * (i as f32 / last.max(1) as f32);
        notes.push(Note {
            start_beat: beat,
            beats: motif.lengths[i] * ctx.meter.eighth,
            pitch: pitch as f32,
            velocity,
        });
    }
    (cost, notes)
}

/// 0 for a chord tone, more for tones that rub.
fn clash(pitch: i32, chord: &[i32]) -> f32 {
    let class = pitch.rem_euclid(12);
    if chord.contains(&class) {
        0.0
    } else if chord.iter().any(|c| (class - c).rem_euclid(12) == 1) {
        1.4
    } else if chord.iter().any(|c| (c - class).rem_euclid(12) == 1) {
        0.9
    } else {
        0.45
    }
}

/// The pitch, moved to the nearest tone of the scale.
fn bend(pitch: i32, scale: &[i32]) -> i32 {
    [0, -1, 1, -2, 2].iter().map(|d| pitch + d).find(|p| scale.contains(&p.rem_euclid(12))).unwrap_or(pitch)
}

/// The pitches of the melody's scale in a range.
fn ladder(ctx: &Ctx, low: i32, high: i32) -> Vec<i32> {
    (low..=high).filter(|p| ctx.key.melody.contains(&(p - ctx.key.tonic).rem_euclid(12))).collect()
}

/// Grace notes and turns before some longer notes.
fn ornament(ctx: &Ctx, notes: &mut Vec<Note>, rng: &mut Rng) {
    let short = ctx.meter.eighth * 0.22;
    let mut graces = Vec::new();
    for note in notes.iter_mut().filter(|n| n.beats >= ctx.meter.eighth * 1.9) {
        if !rng.chance(0.45) {
            continue;
        }
        let chord: Vec<i32> = ctx.chord(note.start_beat).classes.iter().map(|c| i32::from(*c)).collect();
        let scale = ctx.key.melody_over(&chord);
        let step = (1..=3).map(|d| note.pitch as i32 + d).find(|p| scale.contains(&p.rem_euclid(12)));
        if let Some(upper) = step {
            graces.push(Note { beats: short, velocity: note.velocity * 0.8, ..*note });
            graces.push(Note {
                start_beat: note.start_beat + short,
                beats: short,
                pitch: upper as f32,
                velocity: note.velocity * 0.7,
            });
            note.start_beat += short * 2.0;
            note.beats -= short * 2.0;
        }
    }
    notes.append(&mut graces);
    notes.sort_by(|a, b| a.start_beat.total_cmp(&b.start_beat));
}

/// Note lengths: singing instruments join their notes, rhythmic ones shorten them, and phrases breathe.
fn articulate(ctx: &Ctx, instrument: Instrument, notes: &mut [Note]) {
    let share = match (ctx.idiom.lead, behaviour(instrument)) {
        (_, Behaviour::Decaying) => 1.0,
        (LeadFeel::Lyric | LeadFeel::Sparse, _) => 0.98,
        (LeadFeel::Ornamented, _) => 0.92,
        (LeadFeel::Rhythmic, _) => 0.78,
    };
    for i in 0..notes.len() {
        let gap = notes.get(i + 1).map_or(f64::INFINITY, |n| n.start_beat - notes[i].start_beat);
        notes[i].beats = (notes[i].beats * share).min(gap.max(0.05));
    }
}

/// Writes the counter-line: guide tones that move by step in long notes, and an answer where the lead rests.
pub(crate) fn counter(ctx: &Ctx, instrument: Instrument, rank: Rank, rng: &mut Rng) -> Vec<Note> {
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

/// In the last bar of every second phrase the counter-line answers with the head of the motif.
fn answers(ctx: &Ctx, instrument: Instrument, register: i32, notes: &mut Vec<Note>) {
    let head = ctx.motif.transformed(Transform::Fragment);
    for phrase in (1..ctx.form.bars / PHRASE_BARS).step_by(2) {
        let bar = phrase * PHRASE_BARS + PHRASE_BARS - 1;
        if !ctx.plays(Layer::Counter, bar) || head.bars > 2 {
            continue;
        }
        let start = f64::from(bar) * ctx.meter.bar();
        let end = start + ctx.meter.bar();
        notes.retain(|n| n.start_beat < start || n.start_beat >= end);
        for note in notes.iter_mut().filter(|n| n.start_beat < start && n.start_beat + n.beats > start) {
            note.beats = start - note.start_beat;
        }
        notes.extend(place(ctx, instrument, &head, start, register, 0).into_iter().filter(|n| n.start_beat < end));
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
            });
            at += step;
        }
    }
    notes.append(&mut again);
    notes.sort_by(|a, b| a.start_beat.total_cmp(&b.start_beat));
}
