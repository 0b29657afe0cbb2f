//! Which windows each block uses and how its coefficients are grouped into bands.

use std::ops::Range;

use super::mdct::{SHORT, WindowSequence};
use super::tables::{LONG_BANDS, SHORT_BANDS};

/// Samples over which the energy for finding attacks is summed.
const HOP: usize = 128;
/// An attack is this much stronger than the sound before it.
const ATTACK_RATIO: f32 = 9.0;
/// Attacks weaker than this mean square (full scale is 1) are left alone.
const ATTACK_FLOOR: f32 = 1e-6;

/// The bands of one block, for both channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) sequence: WindowSequence,
    /// Numbers of short windows that share scale factors; one entry, 1, for long windows.
    pub(super) groups: Vec<usize>,
    /// Bands per group.
    pub(super) n_bands: usize,
    /// Coefficient ranges, group after group, in bit stream order.
    pub(super) bands: Vec<Range<usize>>,
}

impl Layout {
    /// `cutoff_hz` drops the bands above it.
    pub(super) fn new(sequence: WindowSequence, groups: Vec<usize>, cutoff_hz: f32) -> Self {
        let edges: &[u16] = if sequence == WindowSequence::EightShort { &SHORT_BANDS } else { &LONG_BANDS };
        let n_coefs = f32::from(edges[edges.len() - 1]);
        let hz_per_coef = crate::SAMPLE_RATE_HZ as f32 / 2.0 / n_coefs;
        let n_bands = edges[1..].iter().take_while(|&&edge| f32::from(edge) * hz_per_coef <= cutoff_hz).count();
        let mut bands = Vec::with_capacity(groups.len() * n_bands);
        let mut start = 0;
        for &n_windows in &groups {
            for edge in edges[..=n_bands].windows(2) {
                let len = usize::from(edge[1] - edge[0]) * n_windows;
                bands.push(start..start + len);
                start += len;
            }
        }
        Self { sequence, groups, n_bands, bands }
    }

    pub(super) fn is_short(&self) -> bool {
        self.sequence == WindowSequence::EightShort
    }

    /// The seven bits that say which short windows belong to the group before them.
    pub(super) fn grouping_bits(&self) -> u32 {
        let mut bits = 0;
        for (idx, &n_windows) in self.groups.iter().enumerate() {
            for window in 0..n_windows {
                if (idx, window) != (0, 0) {
                    bits = bits << 1 | u32::from(window > 0);
                }
            }
        }
        bits
    }

    /// Interleaves the short windows of a group band by band. Long blocks stay as they are.
    pub(super) fn reorder(&self, coefs: Vec<f32>) -> Vec<f32> {
        if !self.is_short() {
            return coefs;
        }
        let mut ordered = Vec::with_capacity(coefs.len());
        let mut first = 0;
        for &n_windows in &self.groups {
            for edge in SHORT_BANDS[..=self.n_bands].windows(2) {
                for window in first..first + n_windows {
                    ordered.extend_from_slice(&coefs[window * SHORT..][usize::from(edge[0])..usize::from(edge[1])]);
                }
            }
            first += n_windows;
        }
        ordered.resize(coefs.len(), 0.0);
        ordered
    }
}

/// The window sequence of every block. Block `f` is centred on sample `1024 f`; its short windows reach 576 samples to both
/// sides.
pub(super) fn plan_sequences(audio: &[[f32; 2]], n_blocks: usize) -> Vec<WindowSequence> {
    let mut is_short = vec![false; n_blocks];
    for hop in attacks(audio) {
        let block = (hop * HOP + HOP / 2 + 512) / 1024;
        if let Some(slot) = is_short.get_mut(block) {
            *slot = true;
        }
    }
    // No window both begins and ends like a short one, so a single long block between short ones becomes short.
    for block in 1..n_blocks.saturating_sub(1) {
        is_short[block] |= is_short[block - 1] && is_short[block + 1];
    }
    let at = |block: usize| is_short.get(block).copied().unwrap_or(false);
    (0..n_blocks)
        .map(|block| match (block > 0 && at(block - 1), at(block), at(block + 1)) {
            (_, true, _) => WindowSequence::EightShort,
            (_, false, true) => WindowSequence::LongStart,
            (true, false, false) => WindowSequence::LongStop,
            (false, false, false) => WindowSequence::OnlyLong,
        })
        .collect()
}

/// Hops of 128 samples in which the treble suddenly rises.
fn attacks(audio: &[[f32; 2]]) -> Vec<usize> {
    let mut found = Vec::new();
    for channel in 0..2 {
        let mut last = 0.0;
        let mut history = [0.0_f32; 8];
        for (hop, samples) in audio.chunks(HOP).enumerate() {
            let energy: f32 = samples
                .iter()
                .map(|sample| {
                    let difference = sample[channel] - last;
                    last = sample[channel];
                    difference * difference
                })
                .sum::<f32>()
                / HOP as f32;
            let before = history.iter().sum::<f32>() / history.len() as f32;
            if energy > ATTACK_FLOOR && energy > ATTACK_RATIO * before {
                found.push(hop);
            }
            history[hop % history.len()] = energy;
        }
    }
    found
}

/// Groups neighbouring short windows of similar energy. `coefs` are eight windows of each channel.
pub(super) fn group_short_windows(channels: [&[f32]; 2]) -> Vec<usize> {
    let energy = |window: usize| -> f32 {
        let of_channel = |coefs: &[f32]| coefs[window * SHORT..(window + 1) * SHORT].iter().map(|c| c * c).sum::<f32>();
        channels.iter().map(|coefs| of_channel(coefs)).sum::<f32>() + 1.0
    };
    let (mut groups, mut mean) = (vec![1], energy(0));
    for window in 1..8 {
        let energy = energy(window);
        let last = groups.len() - 1;
        if energy > 3.0 * mean || energy < mean / 8.0 {
            groups.push(1);
            mean = energy;
        } else {
            groups[last] += 1;
            mean += (energy - mean) / groups[last] as f32;
        }
    }
    groups
}
