//! The outer voices as they are heard: no parallel fifths or octaves between melody and bass, no leap beyond an octave.

use gesamt_world::Layer;

use crate::compose::Ctx;
use crate::instruments::range;
use crate::score::{Note, Score, Track};
use crate::voicing::is_parallel;

/// Mends the melodies of a tonal piece against its bass, and the leaps of every melody.
pub(crate) fn mend(ctx: &Ctx, tracks: &mut [Track]) {
    for track in tracks.iter_mut().filter(|t| is_melody(t.layer)) {
        narrow_leaps(track);
    }
    if !ctx.idiom.is_tonal {
        return;
    }
    let Some(bass) = tracks.iter().find(|t| t.layer == Layer::Bass).cloned() else { return };
    for track in tracks.iter_mut().filter(|t| t.layer == Layer::Lead) {
        // A change may make a new parallel with its neighbour; a few rounds settle it.
        for _ in 0..6 {
            if !mend_parallels(ctx, track, &bass) {
                break;
            }
        }
    }
}

/// How the outer voices of a score move, as they are played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoiceLeading {
    /// Moves of a lead and the bass between chords.
    pub moves: usize,
    /// Those in parallel fifths or octaves.
    pub parallels: usize,
    /// Steps of lead, counter-line and bass.
    pub steps: usize,
    /// Those of more than an octave.
    pub wide_leaps: usize,
}

/// Counts the moves of the outer voices where chords begin, and the leaps of every melody.
#[must_use]
pub fn voice_leading(score: &Score) -> VoiceLeading {
    let mut out = VoiceLeading::default();
    let beats: Vec<f64> = score.chords.iter().map(|c| c.start_beat + LISTEN).collect();
    for track in score.tracks.iter().filter(|t| is_melody(t.layer)) {
        out.steps += track.notes.len().saturating_sub(1);
        out.wide_leaps += track.notes.windows(2).filter(|w| (w[1].pitch - w[0].pitch).abs() > 12.0).count();
    }
    let Some(bass) = score.tracks.iter().find(|t| t.layer == Layer::Bass) else { return out };
    for lead in score.tracks.iter().filter(|t| t.layer == Layer::Lead) {
        let pillars = pillars(&beats, &lead.notes, &bass.notes);
        out.moves += pillars.len().saturating_sub(1);
        out.parallels += pillars.windows(2).filter(|w| are_parallel(&lead.notes, &bass.notes, w[0], w[1])).count();
    }
    out
}

fn is_melody(layer: Layer) -> bool {
    matches!(layer, Layer::Lead | Layer::Counter | Layer::Bass)
}

/// Moves the notes after a leap of more than an octave by octaves, where the instrument reaches, or else within it.
fn narrow_leaps(track: &mut Track) {
    let (low, high) = range(track.instrument);
    for i in 1..track.notes.len() {
        let before = track.notes[i - 1].pitch;
        let pitch = &mut track.notes[i].pitch;
        while (*pitch - before).abs() > 12.0 {
            let moved = *pitch + 12.0 * (before - *pitch).signum();
            if moved < low as f32 || moved > high as f32 {
                break;
            }
            *pitch = moved;
        }
    }
}

/// The index of the note that sounds at a beat.
fn sounding(notes: &[Note], beat: f64) -> Option<usize> {
    let i = notes.partition_point(|n| n.start_beat <= beat + 1e-6).checked_sub(1)?;
    (notes[i].start_beat + notes[i].beats > beat + 1e-6).then_some(i)
}

/// How long after a chord's beginning it is listened to, in beats: players are a little late.
const LISTEN: f64 = 0.09;

/// Pairs of note indices (melody, bass) that sound where chords begin.
fn pillars(chord_beats: &[f64], melody: &[Note], bass: &[Note]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> =
        chord_beats.iter().filter_map(|b| Some((sounding(melody, *b)?, sounding(bass, *b)?))).collect();
    out.dedup();
    out
}

/// True where two pillars in a row are a parallel fifth or octave.
fn are_parallel(melody: &[Note], bass: &[Note], a: (usize, usize), b: (usize, usize)) -> bool {
    let pitch = |notes: &[Note], i: usize| notes[i].pitch.round() as i32;
    is_parallel(pitch(bass, a.1), pitch(melody, a.0), pitch(bass, b.1), pitch(melody, b.0))
}

/// Moves the second melody note of each parallel to the nearest tone of the chord that makes none. True where one was found.
fn mend_parallels(ctx: &Ctx, track: &mut Track, bass: &Track) -> bool {
    let beats: Vec<f64> = ctx.chords.iter().map(|c| c.start_beat + LISTEN).collect();
    let pillars = pillars(&beats, &track.notes, &bass.notes);
    let mut found = false;
    for i in 1..pillars.len() {
        let (a, b) = (pillars[i - 1], pillars[i]);
        if !are_parallel(&track.notes, &bass.notes, a, b) {
            continue;
        }
        found = true;
        let old = track.notes[b.0].pitch;
        let beat = bass.notes[b.1].start_beat.max(track.notes[b.0].start_beat);
        let chord: Vec<i32> = ctx.chord(beat).classes.iter().map(|c| i32::from(*c)).collect();
        let scale = ctx.key.melody_over(&chord);
        let fits = |pitch: i32, only: &[i32]| only.contains(&pitch.rem_euclid(12));
        let (low, high) = range(track.instrument);
        let near = (1..=7).flat_map(|d| [-d, d]).map(|d| old as i32 + d).filter(|p| (low..=high).contains(p));
        let candidates: Vec<i32> =
            near.clone().filter(|p| fits(*p, &chord)).chain(near.filter(|p| fits(*p, &scale))).collect();
        for pitch in candidates {
            track.notes[b.0].pitch = pitch as f32;
            let next_is_fine = pillars.get(i + 1).is_none_or(|c| !are_parallel(&track.notes, &bass.notes, b, *c));
            if !are_parallel(&track.notes, &bass.notes, a, b) && next_is_fine && leaps_are_fine(&track.notes, b.0) {
                break;
            }
            track.notes[b.0].pitch = old;
        }
    }
    found
}

fn leaps_are_fine(notes: &[Note], i: usize) -> bool {
    let near = [i.checked_sub(1), Some(i + 1)];
    near.into_iter().flatten().filter_map(|j| notes.get(j)).all(|n| (n.pitch - notes[i].pitch).abs() <= 12.0)
}
