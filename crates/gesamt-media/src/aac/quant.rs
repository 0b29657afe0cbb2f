//! The power-law quantiser and the choice of scale factors.
//!
//! # Source
//! ISO/IEC 14496-3:2009, 4.6.1 (quantisation: `x = sign(q) |q|^(4/3)`) and 4.6.2 (scale factors: `2^((sf − 100) / 4)`).

use std::sync::LazyLock;

use super::huffman::MAX_MAGNITUDE;

/// The largest step between the scale factors of neighbouring coded bands.
pub(super) const MAX_DELTA: i32 = 60;
const SCALE_FACTOR_OFFSET: i32 = 100;
/// Rounds half a step down a little, because small values are likelier than large ones.
const ROUNDING: f32 = 0.4054;
/// How far the search for a scale factor goes from its first guess.
const MAX_SEARCH_STEPS: usize = 12;

static POWER_4_3: LazyLock<Vec<f32>> =
    LazyLock::new(|| (0..=MAX_MAGNITUDE).map(|q| f64::from(q).powf(4.0 / 3.0) as f32).collect());

/// A quantised band.
#[derive(Debug, Clone)]
pub(super) struct QuantBand {
    /// 0–255; that of the band before if all values are zero.
    pub(super) scale_factor: i32,
    pub(super) values: Vec<i32>,
}

impl QuantBand {
    pub(super) fn is_zero(&self) -> bool {
        self.values.iter().all(|&v| v == 0)
    }
}

/// Finds the coarsest scale factor whose noise stays at or below `allowed`.
pub(super) fn quantise_band(coefs: &[f32], allowed: f32) -> QuantBand {
    let energy: f32 = coefs.iter().map(|c| c * c).sum();
    if energy <= allowed {
        return QuantBand { scale_factor: 0, values: vec![0; coefs.len()] };
    }
    let powers: Vec<f32> = coefs.iter().map(|c| c.abs().sqrt() * c.abs().sqrt().sqrt()).collect();
    let largest = coefs.iter().fold(0.0_f32, |max, c| max.max(c.abs()));
    let lowest = finest_scale_factor(largest);
    let mut best = first_guess(coefs, allowed).clamp(lowest, 255);
    let noise_at = |sf: i32| noise(coefs, &powers, sf);
    if noise_at(best) > allowed {
        for _ in 0..MAX_SEARCH_STEPS {
            if best == lowest {
                break;
            }
            best -= 1;
            if noise_at(best) <= allowed {
                break;
            }
        }
    } else {
        for _ in 0..MAX_SEARCH_STEPS {
            if best == 255 || noise_at(best + 1) > allowed {
                break;
            }
            best += 1;
        }
    }
    requantise(coefs, best)
}

/// Quantises with a given scale factor.
pub(super) fn requantise(coefs: &[f32], scale_factor: i32) -> QuantBand {
    let inverse = inverse_step(scale_factor);
    let values = coefs.iter().map(|c| {
        let magnitude = quantised(c.abs().sqrt() * c.abs().sqrt().sqrt() * inverse);
        if *c < 0.0 { -magnitude } else { magnitude }
    });
    QuantBand { scale_factor, values: values.collect() }
}

/// The scale factor below which the largest value would not fit any code word.
pub(super) fn finest_scale_factor(largest: f32) -> i32 {
    let log_step = largest.max(1e-9).log2() - (MAX_MAGNITUDE as f32 - 1.0).log2() * (4.0 / 3.0);
    ((4.0 * log_step).ceil() as i32 + SCALE_FACTOR_OFFSET).clamp(0, 255)
}

/// A uniform error of one quantiser step is `(4/3) |x|^(1/4) Δ^(3/4)` wide, so a band has `4/27 Δ^(3/2) Σ |x|^(1/2)` noise.
fn first_guess(coefs: &[f32], allowed: f32) -> i32 {
    let roots: f32 = coefs.iter().map(|c| c.abs().sqrt()).sum();
    let log_step = (allowed.max(1e-9) * (27.0 / 4.0) / roots).log2() / 1.5;
    (4.0 * log_step).floor().clamp(-400.0, 400.0) as i32 + SCALE_FACTOR_OFFSET
}

/// `2^(−3/16 (sf − 100))`: scales `|x|^(3/4)`.
fn inverse_step(scale_factor: i32) -> f32 {
    (-0.1875 * (scale_factor - SCALE_FACTOR_OFFSET) as f32).exp2()
}

fn quantised(scaled_power: f32) -> i32 {
    ((scaled_power + ROUNDING) as i32).min(MAX_MAGNITUDE)
}

fn noise(coefs: &[f32], powers: &[f32], scale_factor: i32) -> f32 {
    let inverse = inverse_step(scale_factor);
    let step = (0.25 * (scale_factor - SCALE_FACTOR_OFFSET) as f32).exp2();
    let table = &POWER_4_3[..];
    let error = |(c, power): (&f32, &f32)| {
        let error = c.abs() - table[quantised(power * inverse) as usize] * step;
        error * error
    };
    coefs.iter().zip(powers).map(error).sum()
}

/// Refines scale factors until neighbouring coded bands differ by at most [`MAX_DELTA`].
pub(super) fn limit_deltas(bands: &mut [QuantBand], coefs: impl Fn(usize) -> Vec<f32>) {
    let coded: Vec<usize> = (0..bands.len()).filter(|&b| !bands[b].is_zero()).collect();
    let mut limits: Vec<i32> = coded.iter().map(|&b| bands[b].scale_factor).collect();
    for idx in (1..limits.len()).rev() {
        limits[idx - 1] = limits[idx - 1].min(limits[idx] + MAX_DELTA);
    }
    for idx in 1..limits.len() {
        limits[idx] = limits[idx].min(limits[idx - 1] + MAX_DELTA);
    }
    for (&band, &limit) in coded.iter().zip(&limits) {
        if limit < bands[band].scale_factor {
            bands[band] = requantise(&coefs(band), limit);
        }
    }
    // A zero band may end up in a coded section; it then repeats the scale factor before it.
    let mut last = coded.first().map_or(SCALE_FACTOR_OFFSET, |&band| bands[band].scale_factor);
    for band in bands {
        if band.is_zero() {
            band.scale_factor = last;
        }
        last = band.scale_factor;
    }
}
