//! The seam of the loop: coming round again, its first downbeat falls no harder than the others.
//!
//! A piece begins with everybody on the first beat, which is as it should be once. Each time round the same bar line stands between
//! an ending that thins out and that beat, and in a quiet piece it is the one that the ear finds.

use gesamt_world::Layer;

use crate::score::Track;

/// The softest that the first downbeat is played, against what is written.
const SOFTEST: f32 = 0.5;
/// Beats on either side of a bar line that belong to its downbeat.
const NEAR_BEATS: f64 = 0.15;

/// Plays the first downbeat softer where it would stand out among those of the `bars`.
pub(crate) fn settle(tracks: &mut [Track], bars: u32, bar_beats: f64) {
    let mut downbeats = vec![0.0f32; bars as usize];
    for track in tracks.iter() {
        for note in &track.notes {
            if let Some(bar) = downbeat(note.start_beat, bars, bar_beats) {
                downbeats[bar] += onset(track.layer) * note.velocity;
            }
        }
    }
    let Some((first, others)) = downbeats.split_first_mut() else { return };
    others.sort_by(f32::total_cmp);
    let usual = others.get((others.len().max(1) - 1) / 2).copied().unwrap_or(*first);
    let softer = (usual / first.max(1e-6)).clamp(SOFTEST, 1.0);
    for track in tracks {
        for note in &mut track.notes {
            if downbeat(note.start_beat, bars, bar_beats) == Some(0) {
                note.velocity *= softer;
            }
        }
    }
}

/// The bar whose downbeat a beat belongs to.
fn downbeat(beat: f64, bars: u32, bar_beats: f64) -> Option<usize> {
    let bar = (beat / bar_beats).round();
    let is_near = (beat - bar * bar_beats).abs() <= NEAR_BEATS;
    is_near.then_some((bar as i64).rem_euclid(i64::from(bars.max(1))) as usize)
}

/// How much a note of the layer changes what is heard at once.
fn onset(layer: Layer) -> f32 {
    match layer {
        Layer::Lead => 1.0,
        Layer::Counter => 0.5,
        Layer::Bass | Layer::Percussion => 0.3,
        Layer::Arp => 0.2,
        Layer::Pad => 0.1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adaptive::adaptive;
    use crate::score::{Articulation, Note};
    use gesamt_world::Instrument;

    fn track(starts: &[(f64, f32)]) -> Track {
        let note = |&(start_beat, velocity)| Note {
            start_beat,
            beats: 1.0,
            pitch: 60.0,
            velocity,
            articulation: Articulation::Plain,
        };
        Track {
            name: "Lead".into(),
            layer: Layer::Lead,
            instrument: Instrument::Flute,
            adaptive: adaptive(Layer::Lead, &[Layer::Lead]),
            weight: 1.0,
            notes: starts.iter().map(note).collect(),
            automation: Vec::new(),
        }
    }

    #[test]
    fn a_first_downbeat_that_stands_out_is_played_softer_and_others_are_left() {
        let mut tracks = [track(&[(-0.01, 0.8), (1.0, 0.8), (4.0, 0.5), (8.02, 0.5), (12.0, 0.4)])];
        settle(&mut tracks, 4, 4.0);
        let velocities: Vec<f32> = tracks[0].notes.iter().map(|n| n.velocity).collect();
        assert!((velocities[0] - 0.5).abs() < 1e-6, "{velocities:?}");
        assert_eq!(&velocities[1..], &[0.8, 0.5, 0.5, 0.4]);
    }

    #[test]
    fn a_first_downbeat_among_silent_ones_keeps_half_and_a_usual_one_all() {
        let mut alone = [track(&[(0.0, 0.8)])];
        settle(&mut alone, 4, 4.0);
        assert!((alone[0].notes[0].velocity - 0.4).abs() < 1e-6);
        let mut usual = [track(&[(0.0, 0.5), (4.0, 0.6), (8.0, 0.5), (12.0, 0.7)])];
        settle(&mut usual, 4, 4.0);
        assert_eq!(usual[0].notes[0].velocity, 0.5);
    }
}
