//! The lead, which states and develops the motif.

use gesamt_world::{Instrument, Layer, Rng, World};

use crate::compose::{Ctx, Rank};
use crate::form::{Form, PHRASE_BARS, Phase, presence};
use crate::idiom::LeadFeel;
use crate::instruments::{Behaviour, behaviour, range};
use crate::motif::{Motif, Transform};
use crate::score::{Articulation, Note};

/// One appearance of the motif.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Entry {
    /// The bar it starts in.
    pub bar: u32,
    /// What is done to it.
    pub transform: Transform,
    /// Where it aims, in scale steps from the last one.
    pub aim: i32,
    /// The counter-line answers in place of the lead.
    pub is_answer: bool,
}

/// What happens to the motif in a phrase: bar, transform, aim.
fn phrase(phase: Phase, index: u32, motif_bars: u32, activity: f32) -> Vec<(u32, Transform, i32)> {
    use Transform as T;
    let is_odd = !index.is_multiple_of(2);
    let mut plan = match phase {
        Phase::Statement if is_odd => vec![(0, T::Sequence, 1), (2, T::Inversion, 0)],
        Phase::Statement => vec![(0, T::Identity, 0), (2, T::Answer, -1)],
        Phase::Lift if is_odd => vec![(0, T::Sequence, 1), (2, T::Sequence, 2)],
        Phase::Lift => vec![(0, T::Identity, 0), (2, T::Inversion, 2)],
        Phase::Break if is_odd => vec![(0, T::Retrograde, -1), (2, T::Answer, -1)],
        Phase::Break => vec![(0, T::Augmentation, -2)],
        Phase::Build => vec![(0, T::Fragment, 0), (1, T::Fragment, 1), (2, T::Fragment, 2), (3, T::Fragment, 3)],
        Phase::Return if is_odd && motif_bars == 2 => {
            vec![(0, T::Identity, 0), (2, T::Diminution, 1), (3, T::Diminution, 0)]
        }
        Phase::Return => vec![(0, T::Identity, 0), (2, T::Answer, 1)],
    };
    if motif_bars == 1 && activity > 0.55 && phase != Phase::Break && phase != Phase::Build {
        plan.push((1, T::Fragment, -1));
        if activity > 0.75 {
            plan.push((3, T::Fragment, 0));
        }
        plan.sort_by_key(|e| e.0);
    }
    plan
}

/// Every appearance of the motif in the piece. With a counter-line, every second phrase is a call and its answer.
pub(crate) fn schedule(world: &World, form: &Form, motif: &Motif, layer: Layer, rng: &mut Rng) -> Vec<Entry> {
    let activity = world.melody.activity;
    let mut out = Vec::new();
    for index in 0..form.bars / PHRASE_BARS {
        let start = index * PHRASE_BARS;
        let phase = form.phase(start);
        // A theme that another layer carries plays all through.
        if presence(layer, phase) <= 0.0 && layer == Layer::Lead {
            continue;
        }
        let can_answer =
            world.timbre.parts.iter().any(|p| p.layer == Layer::Counter) && presence(Layer::Counter, phase) > 0.0;
        let is_call =
            can_answer && matches!(phase, Phase::Lift | Phase::Return) && (index % 2 == 1 || form.phrases.len() < 6);
        for (bar, transform, aim) in phrase(phase, index, motif.bars, activity) {
            let is_sparse = activity < 0.35 && phase != Phase::Return && bar > 0;
            if is_sparse && !(bar == 2 && rng.chance(0.3)) {
                continue;
            }
            out.push(Entry { bar: start + bar, transform, aim, is_answer: is_call && bar >= 2 });
        }
    }
    out
}

/// Writes the lead.
pub(crate) fn lead(ctx: &Ctx, instrument: Instrument, rank: Rank, rng: &mut Rng) -> Vec<Note> {
    let mut out = Vec::new();
    let register = f32::from(ctx.world.melody.register_midi);
    let mut last = register as i32;
    let mut first = None;
    for (count, e) in ctx.schedule.iter().filter(|e| !e.is_answer).enumerate() {
        let phase = ctx.phase(e.bar);
        let motif = ctx.motif.transformed(e.transform);
        let mine = rank.peers < 2 || count % rank.peers == rank.rank || phase == Phase::Return;
        let target =
            Target { pitch: last + e.aim * 2, aim: e.aim, avoid: first.filter(|_| e.transform == Transform::Sequence) };
        let notes = place(ctx, instrument, &motif, f64::from(e.bar) * ctx.meter.bar(), &target);
        if let Some(note) = notes.first() {
            last = (register * 0.6 + note.pitch * 0.4) as i32;
            first = Some(note.pitch as i32);
        }
        if mine {
            let octave = if rank.rank > 0 && phase == Phase::Return { octave_away(&notes, instrument) } else { 0.0 };
            out.extend(notes.into_iter().map(|n| Note { pitch: n.pitch + octave, ..n }));
        }
    }
    // A motif twice as long may reach into the next entry, which then has the word.
    out.sort_by(|a, b| a.start_beat.total_cmp(&b.start_beat));
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

/// Where a placing should lie.
pub(crate) struct Target {
    /// The pitch to be near.
    pub pitch: i32,
    /// The side of it to prefer.
    pub aim: i32,
    /// The first pitch of the last placing, where this one must start elsewhere.
    pub avoid: Option<i32>,
}

/// Places the motif on the scale so that its strong notes are chord tones, near the target.
pub(crate) fn place(ctx: &Ctx, instrument: Instrument, motif: &Motif, start: f64, target: &Target) -> Vec<Note> {
    let (low, high) = range(instrument);
    let Target { pitch: target, aim, avoid } = *target;
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
        let cost = cost
            + (mean - target as f32).abs() * 0.16
            + if direction < -3.0 { 0.6 } else { 0.0 }
            + if avoid == pitches.first().copied() { 3.0 } else { 0.0 };
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
            articulation: Articulation::Plain,
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
                articulation: Articulation::Plain,
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
