//! Subframes: one channel of a block and the predictor that makes it small.
//!
//! # Source
//! RFC 9639, 9.2 (subframes); Levinson and Durbin's recursion for the linear predictor.

use super::rice::Residual;
use crate::bits::BitWriter;

const MAX_ORDER: usize = 12;
/// Bits of a quantised predictor coefficient; 15 is the most the format allows.
const PRECISION: u32 = 15;
const MAX_SHIFT: i32 = 15;

/// One coded channel of a block.
#[derive(Debug, Clone)]
pub(super) struct Subframe {
    bits_per_sample: u32,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Constant(i32),
    Verbatim(Vec<i32>),
    Fixed { warm_up: Vec<i32>, residual: Residual },
    Linear { warm_up: Vec<i32>, predictor: Predictor, residual: Residual },
}

/// `x[n] ≈ Σ coefficients[i] x[n − 1 − i] / 2^shift`
#[derive(Debug, Clone)]
struct Predictor {
    coefficients: Vec<i32>,
    shift: u32,
}

impl Subframe {
    /// Finds the smallest form.
    pub(super) fn choose(samples: &[i32], bits_per_sample: u32) -> Self {
        let subframe = |kind| Self { bits_per_sample, kind };
        if samples.iter().all(|&sample| sample == samples[0]) {
            return subframe(Kind::Constant(samples[0]));
        }
        let candidates = [Some(Kind::Verbatim(samples.to_vec())), fixed(samples), linear(samples)];
        let best = candidates.into_iter().flatten().map(subframe).min_by_key(Self::n_bits);
        best.unwrap_or_else(|| subframe(Kind::Verbatim(samples.to_vec())))
    }

    pub(super) fn n_bits(&self) -> usize {
        let sample = self.bits_per_sample as usize;
        8 + match &self.kind {
            Kind::Constant(_) => sample,
            Kind::Verbatim(samples) => samples.len() * sample,
            Kind::Fixed { warm_up, residual } => warm_up.len() * sample + residual.n_bits,
            Kind::Linear { warm_up, residual, .. } => {
                warm_up.len() * (sample + PRECISION as usize) + 9 + residual.n_bits
            }
        }
    }

    pub(super) fn write(&self, out: &mut BitWriter) {
        let put_samples = |samples: &[i32], out: &mut BitWriter| {
            samples.iter().for_each(|&sample| put_signed(out, sample, self.bits_per_sample));
        };
        let start = out.len();
        // A zero, six bits of type, and no wasted bits.
        match &self.kind {
            Kind::Constant(value) => {
                out.put(0, 8);
                put_samples(&[*value], out);
            }
            Kind::Verbatim(samples) => {
                out.put(1 << 1, 8);
                put_samples(samples, out);
            }
            Kind::Fixed { warm_up, residual } => {
                out.put((8 + warm_up.len() as u32) << 1, 8);
                put_samples(warm_up, out);
                residual.write(out);
            }
            Kind::Linear { warm_up, predictor, residual } => {
                out.put((32 + warm_up.len() as u32 - 1) << 1, 8);
                put_samples(warm_up, out);
                out.put(PRECISION - 1, 4);
                out.put(predictor.shift, 5);
                predictor.coefficients.iter().for_each(|&c| put_signed(out, c, PRECISION));
                residual.write(out);
            }
        }
        debug_assert_eq!(out.len() - start, self.n_bits());
    }
}

fn put_signed(out: &mut BitWriter, value: i32, len: u32) {
    out.put(value as u32 & (u32::MAX >> (32 - len)), len);
}

/// Repeated differences, of the order with the smallest sum.
fn fixed(samples: &[i32]) -> Option<Kind> {
    let mut residual = samples.to_vec();
    let mut best: Option<(u64, usize, Vec<i32>)> = None;
    for order in 0..=4.min(samples.len() - 1) {
        if order > 0 {
            residual = residual.windows(2).map(|pair| pair[1] - pair[0]).collect();
        }
        // Compare over the samples that every order predicts.
        let sum = residual.iter().skip(4 - order).map(|&v| u64::from(v.unsigned_abs())).sum();
        if best.as_ref().is_none_or(|best| sum < best.0) {
            best = Some((sum, order, residual.clone()));
        }
    }
    let (_, order, residual) = best?;
    Some(Kind::Fixed { warm_up: samples[..order].to_vec(), residual: Residual::new(&residual, order) })
}

fn linear(samples: &[i32]) -> Option<Kind> {
    let coefficients = best_coefficients(samples)?;
    let predictor = quantise(&coefficients)?;
    let order = predictor.coefficients.len();
    let residual: Option<Vec<i32>> = (order..samples.len())
        .map(|n| {
            let history = samples[n - order..n].iter().rev();
            let sum: i64 = history.zip(&predictor.coefficients).map(|(&x, &c)| i64::from(x) * i64::from(c)).sum();
            // Rice codes fold the sign into the lowest bit, so one bit must stay free.
            let error = i64::from(samples[n]) - (sum >> predictor.shift);
            i32::try_from(error).ok().filter(|error| error.unsigned_abs() < 1 << 30)
        })
        .collect();
    let residual = Residual::new(&residual?, order);
    Some(Kind::Linear { warm_up: samples[..order].to_vec(), predictor, residual })
}

/// The coefficients of the order with the fewest expected bits.
fn best_coefficients(samples: &[i32]) -> Option<Vec<f64>> {
    if samples.len() <= 2 * MAX_ORDER {
        return None;
    }
    let correlation = autocorrelation(samples);
    let mut error = correlation[0] * (1.0 + 1e-9);
    let mut coefficients: Vec<f64> = Vec::new();
    let mut best: Option<(f64, Vec<f64>)> = None;
    for order in 1..=MAX_ORDER {
        let predicted: f64 = coefficients.iter().zip(correlation[1..order].iter().rev()).map(|(c, r)| c * r).sum();
        let reflection = (correlation[order] - predicted) / error;
        if !reflection.is_finite() || reflection.abs() >= 1.0 {
            break;
        }
        let mirrored: Vec<f64> = coefficients.iter().rev().map(|c| c * reflection).collect();
        coefficients.iter_mut().zip(mirrored).for_each(|(c, m)| *c -= m);
        coefficients.push(reflection);
        error *= 1.0 - reflection * reflection;
        let n = samples.len() as f64;
        let n_bits = n * 0.5 * (error / n).max(1.0).log2() + order as f64 * f64::from(PRECISION + 24);
        if best.as_ref().is_none_or(|best| n_bits < best.0) {
            best = Some((n_bits, coefficients.clone()));
        }
    }
    best.map(|(_, coefficients)| coefficients)
}

/// Of the block under a Welch window.
fn autocorrelation(samples: &[i32]) -> [f64; MAX_ORDER + 1] {
    let half = (samples.len() - 1) as f64 / 2.0;
    let window = |n: usize| 1.0 - ((n as f64 - half) / (half + 1.0)).powi(2);
    let windowed: Vec<f64> = samples.iter().enumerate().map(|(n, &x)| f64::from(x) * window(n)).collect();
    std::array::from_fn(|lag| windowed[lag..].iter().zip(&windowed).map(|(a, b)| a * b).sum())
}

/// Scales to integers, passing the rounding error of each on to the next.
fn quantise(coefficients: &[f64]) -> Option<Predictor> {
    let largest = coefficients.iter().fold(0.0_f64, |max, c| max.max(c.abs()));
    let limit = (1 << (PRECISION - 1)) - 1;
    let shift = (f64::from(limit) / largest.max(1e-9)).log2().floor().min(f64::from(MAX_SHIFT)) as i32;
    let shift = u32::try_from(shift).ok()?;
    let mut carried = 0.0;
    let quantised = coefficients.iter().map(|c| {
        let exact = c * f64::from(1 << shift) + carried;
        let rounded = exact.round().clamp(f64::from(-limit - 1), f64::from(limit));
        carried = exact - rounded;
        rounded as i32
    });
    Some(Predictor { coefficients: quantised.collect(), shift })
}
