//! How much quantisation noise each band may carry.
//!
//! # Source
//! Johnston, "Transform coding of audio signals using perceptual noise criteria", IEEE JSAC 1988 (spreading, tone and noise
//! offsets); Terhardt, "Calculating virtual pitch", 1979 (threshold in quiet); Zwicker's critical-band rate as given by
//! Traunmüller, 1990.

use super::layout::Layout;
use super::tables::{LONG_BANDS, SHORT_BANDS};

/// Masking decays by this much per Bark towards higher and towards lower pitches.
const DECAY_UP_DB: f32 = 15.0;
const DECAY_DOWN_DB: f32 = 30.0;
/// A noise masks what lies this far below it; a tone only what lies deeper.
const NOISE_OFFSET_DB: f32 = 6.0;
const TONE_OFFSET_DB: f32 = 20.0;
/// The spectral flatness of Gaussian noise in squared MDCT coefficients.
const NOISE_FLATNESS_DB: f32 = -5.5;
const TONE_FLATNESS_DB: f32 = -22.0;
/// The level of a full-scale tone at the ear, with some reserve for loud listening.
const FULL_SCALE_DB_SPL: f32 = 106.0;

/// Young ears hear more treble than the formula says.
const LOUDEST_QUIET_DB_SPL: f32 = 40.0;

/// Constants of the bands of one window length.
struct BandTable {
    /// Masking per step to the next higher band, and back.
    up: Vec<f32>,
    down: Vec<f32>,
    /// Band energy of a tone at the threshold in quiet, for 16-bit sample units.
    quiet: Vec<f32>,
}

impl BandTable {
    fn new(edges: &[u16]) -> Self {
        let n_coefs = f32::from(edges[edges.len() - 1]);
        let hz = |edge: u16| f32::from(edge) * crate::SAMPLE_RATE_HZ as f32 / 2.0 / n_coefs;
        let centres: Vec<f32> = edges.windows(2).map(|edge| (hz(edge[0]) + hz(edge[1])) / 2.0).collect();
        let decay = |db: f32| -> Vec<f32> {
            let steps = centres.windows(2).map(|pair| bark(pair[1]) - bark(pair[0]));
            steps.map(|step| decibels(-db * step)).collect()
        };
        // A sine of amplitude A has about 0.2 (A n)² in its band, n being the window's half length.
        let tone_gain = 0.2 * n_coefs * n_coefs;
        let quiet = edges.windows(2).map(|edge| {
            let lowest = [0.0, 0.25, 0.5, 0.75, 1.0]
                .map(|t| threshold_in_quiet_db(hz(edge[0]) + t * (hz(edge[1]) - hz(edge[0]))))
                .into_iter()
                .fold(f32::MAX, f32::min);
            tone_gain * 32_768.0 * 32_768.0 * decibels(lowest.min(LOUDEST_QUIET_DB_SPL) - FULL_SCALE_DB_SPL)
        });
        Self { up: decay(DECAY_UP_DB), down: decay(DECAY_DOWN_DB), quiet: quiet.collect() }
    }
}

/// The hearing model.
pub(super) struct Hearing {
    long: BandTable,
    short: BandTable,
}

/// What the model says about one channel of one block.
#[derive(Debug, Clone)]
pub(super) struct Masking {
    /// Noise energy per band that the sound masks.
    pub(super) masked: Vec<f32>,
    /// Noise energy per band that nobody hears in silence.
    pub(super) quiet: Vec<f32>,
}

impl Masking {
    /// The noise energy of a band when everything is coded `finer_db` better than the model asks.
    pub(super) fn allowed(&self, band: usize, finer_db: f32) -> f32 {
        (self.masked[band] * decibels(-finer_db)).max(self.quiet[band])
    }
}

impl Hearing {
    pub(super) fn new() -> Self {
        Self { long: BandTable::new(&LONG_BANDS), short: BandTable::new(&SHORT_BANDS) }
    }

    /// `coefs` in bit stream order.
    pub(super) fn masking(&self, coefs: &[f32], layout: &Layout) -> Masking {
        let table = if layout.is_short() { &self.short } else { &self.long };
        let mut masking = Masking { masked: Vec::new(), quiet: Vec::new() };
        for (group, &n_windows) in layout.groups.iter().enumerate() {
            let bands = &layout.bands[group * layout.n_bands..(group + 1) * layout.n_bands];
            let energies: Vec<f32> = bands.iter().map(|band| energy(&coefs[band.clone()])).collect();
            let spread = spread(&energies, table);
            for (idx, band) in bands.iter().enumerate() {
                let offset = NOISE_OFFSET_DB + (TONE_OFFSET_DB - NOISE_OFFSET_DB) * tonality(coefs, band, bands);
                masking.masked.push(spread[idx] * decibels(-offset));
                masking.quiet.push(table.quiet[idx] * n_windows as f32);
            }
        }
        masking
    }
}

pub(super) fn energy(coefs: &[f32]) -> f32 {
    coefs.iter().map(|c| c * c).sum()
}

/// Adds to each band what its neighbours mask there.
fn spread(energies: &[f32], table: &BandTable) -> Vec<f32> {
    let mut result = energies.to_vec();
    let mut from_below = 0.0;
    for band in 1..energies.len() {
        from_below = (from_below + energies[band - 1]) * table.up[band - 1];
        result[band] += from_below;
    }
    let mut from_above = 0.0;
    for band in (0..energies.len().saturating_sub(1)).rev() {
        from_above = (from_above + energies[band + 1]) * table.down[band];
        result[band] += from_above;
    }
    result
}

/// 0 for noise, 1 for tones: from the flatness of the spectrum in at least 16 coefficients around the band.
fn tonality(coefs: &[f32], band: &std::ops::Range<usize>, bands: &[std::ops::Range<usize>]) -> f32 {
    let (mut start, mut end) = (band.start, band.end);
    let (lowest, highest) = (bands[0].start, bands[bands.len() - 1].end);
    while end - start < 16 && end - start < highest - lowest {
        start = start.saturating_sub(4).max(lowest);
        end = (end + 4).min(highest);
    }
    let squares = coefs[start..end].iter().map(|c| c * c + 1.0);
    let n = (end - start) as f32;
    let mean = squares.clone().sum::<f32>() / n;
    let log_mean = squares.map(f32::ln).sum::<f32>() / n;
    let flatness_db = (log_mean - mean.ln()) * (10.0 / std::f32::consts::LN_10);
    ((NOISE_FLATNESS_DB - flatness_db) / (NOISE_FLATNESS_DB - TONE_FLATNESS_DB)).clamp(0.0, 1.0)
}

fn bark(hz: f32) -> f32 {
    26.81 * hz / (1960.0 + hz) - 0.53
}

fn threshold_in_quiet_db(hz: f32) -> f32 {
    let khz = (hz / 1000.0).max(0.02);
    let resonance = 6.5 * (-0.6 * (khz - 3.3) * (khz - 3.3)).exp();
    3.64 * khz.powf(-0.8) - resonance + 1e-3 * khz.powi(4)
}

pub(super) fn decibels(db: f32) -> f32 {
    10.0_f32.powf(db / 10.0)
}
