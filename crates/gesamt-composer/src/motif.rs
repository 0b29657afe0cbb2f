//! The motif: the world's steps with a rhythm, and the ways to develop it.

use gesamt_world::Rng;
use serde::Serialize;

use crate::idiom::LeadFeel;
use crate::meter::Meter;

/// A motif: steps on a scale with onsets and lengths in eighths.
#[derive(Clone, Debug, PartialEq)]
pub struct Motif {
    /// Scale steps from the first note.
    pub steps: Vec<i32>,
    /// Onsets in eighths from the start.
    pub onsets: Vec<f64>,
    /// Lengths in eighths.
    pub lengths: Vec<f64>,
    /// Length of the whole in bars.
    pub bars: u32,
}

/// A way to develop the motif.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Transform {
    /// As it is.
    Identity,
    /// As it is, on other steps of the scale.
    Sequence,
    /// Upside down.
    Inversion,
    /// Backwards, in its own rhythm.
    Retrograde,
    /// Twice as slow.
    Augmentation,
    /// Twice as fast.
    Diminution,
    /// The first half only.
    Fragment,
    /// The rhythm kept, the end turned to rest.
    Answer,
}

/// Gives the world's motif a rhythm that is repeated within itself, so that it is remembered.
pub fn build(steps: &[i8], meter: &Meter, feel: LeadFeel, rng: &mut Rng) -> Motif {
    let n = steps.len();
    let bars = match feel {
        LeadFeel::Rhythmic | LeadFeel::Ornamented if n <= 5 && meter.eighths >= 6 => 1,
        _ if n <= 3 && meter.eighths >= 6 => 1,
        _ => 2,
    };
    let onsets = if bars == 1 || n < 4 {
        cell(n, f64::from(meter.eighths * bars) * 0.7, meter, feel, rng)
    } else {
        let half = n.div_ceil(2);
        let bar = f64::from(meter.eighths);
        let first = cell(half, bar * 0.85, meter, feel, rng);
        first.iter().copied().chain(first.iter().take(n - half).map(|o| o + bar)).collect()
    };
    let total = f64::from(meter.eighths * bars);
    let lengths = (0..n)
        .map(|i| {
            let gap = onsets.get(i + 1).copied().unwrap_or(total) - onsets[i];
            if i + 1 == n { gap.min(f64::from(meter.eighths)) } else { gap }
        })
        .collect();
    Motif { steps: steps.iter().map(|s| i32::from(*s)).collect(), onsets, lengths, bars }
}

/// `n` onsets within `span` eighths: the first on the beat, the others drawn by metric weight.
fn cell(n: usize, span: f64, meter: &Meter, feel: LeadFeel, rng: &mut Rng) -> Vec<f64> {
    let places = (span.floor() as usize).max(1);
    let fine = n > places;
    let count = if fine { places * 2 } else { places };
    let mut weights: Vec<f32> = (0..count)
        .map(|i| {
            let eighth = if fine { i / 2 } else { i } as u32 % meter.eighths;
            let metric = meter.weight(eighth);
            match feel {
                LeadFeel::Rhythmic => 1.1 - 0.6 * metric,
                LeadFeel::Ornamented => 0.7,
                LeadFeel::Lyric | LeadFeel::Sparse => 0.1 + metric,
            }
        })
        .collect();
    let mut chosen = vec![0usize];
    weights[0] = 0.0;
    while chosen.len() < n.min(count) {
        let i = rng.weighted(&weights);
        weights[i] = 0.0;
        if !chosen.contains(&i) {
            chosen.push(i);
        }
    }
    chosen.sort_unstable();
    let step = if fine { 0.5 } else { 1.0 };
    let mut onsets: Vec<f64> = chosen.iter().map(|i| *i as f64 * step).collect();
    while onsets.len() < n {
        let last = onsets.last().copied().unwrap_or(0.0);
        onsets.push(last + 0.25);
    }
    onsets
}

impl Motif {
    /// The motif after a transform.
    #[must_use]
    pub fn transformed(&self, transform: Transform) -> Motif {
        let mut out = self.clone();
        match transform {
            Transform::Identity | Transform::Sequence => {}
            Transform::Retrograde => out.steps.reverse(),
            Transform::Inversion => out.steps.iter_mut().for_each(|s| *s = -*s),
            Transform::Augmentation => {
                out.onsets.iter_mut().for_each(|o| *o *= 2.0);
                out.lengths.iter_mut().for_each(|l| *l *= 2.0);
                out.bars *= 2;
            }
            Transform::Diminution => {
                out.onsets.iter_mut().for_each(|o| *o *= 0.5);
                out.lengths.iter_mut().for_each(|l| *l *= 0.5);
                out.bars = out.bars.div_ceil(2);
            }
            Transform::Fragment => {
                let keep = self.steps.len().div_ceil(2).max(2);
                out.steps.truncate(keep);
                out.onsets.truncate(keep);
                out.lengths.truncate(keep);
            }
            Transform::Answer => {
                // The last note falls back toward the first, where a question becomes an answer.
                if let (Some(last), Some(before)) =
                    (self.steps.last(), self.steps.get(self.steps.len().wrapping_sub(2)))
                {
                    let n = out.steps.len();
                    out.steps[n - 1] = before - (last - before).signum();
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_world::Seed;

    #[test]
    fn motifs_start_on_the_beat_ascend_and_fit_their_bars() {
        let steps: [i8; 9] = [0, 2, 4, 3, 1, 0, -1, 2, 5];
        for beats in 2..=7 {
            for unit in [4, 8] {
                for n in 3..=9 {
                    for feel in [LeadFeel::Lyric, LeadFeel::Rhythmic, LeadFeel::Ornamented, LeadFeel::Sparse] {
                        let meter = Meter::new(beats, unit);
                        let motif = build(&steps[..n], &meter, feel, &mut Seed(3).rng());
                        assert_eq!((motif.onsets.len(), motif.lengths.len()), (n, n));
                        assert!(motif.onsets[0] == 0.0 && motif.onsets.windows(2).all(|w| w[0] < w[1]), "{motif:?}");
                        let end = motif.onsets[n - 1] + motif.lengths[n - 1];
                        assert!(motif.lengths.iter().all(|l| *l > 0.0), "{motif:?}");
                        assert!(end <= f64::from(meter.eighths * motif.bars) + 1e-9, "{beats}/{unit} {motif:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn inverting_or_reversing_twice_or_halving_the_double_gives_the_motif_back() {
        let motif = build(&[0, 2, 1, 4], &Meter::new(4, 4), LeadFeel::Lyric, &mut Seed(1).rng());
        for twice in [Transform::Inversion, Transform::Retrograde] {
            assert_eq!(motif.transformed(twice).transformed(twice), motif);
        }
        let slow = motif.transformed(Transform::Augmentation);
        assert_eq!(slow.transformed(Transform::Diminution), motif);
    }
}
