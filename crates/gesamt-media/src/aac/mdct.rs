//! The modified discrete cosine transform with sine windows.
//!
//! # Source
//! ISO/IEC 14496-3:2009, 4.6.11 (filter bank and block switching). The transform is folded to a DCT-IV, which is a complex
//! FFT of half its length between two rotations (Britanak and Rao, "An efficient implementation of the forward and inverse
//! MDCT in MPEG audio coding", 2001).

use std::f64::consts::PI;

/// Coefficients of a long window.
pub(super) const LONG: usize = 1024;
/// Coefficients of a short window.
pub(super) const SHORT: usize = 128;
/// Where the first of the eight short windows starts in a block.
const SHORT_START: usize = (LONG - SHORT) / 2;

/// Which windows a block uses. The numbers are those of the bit stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WindowSequence {
    /// One long window.
    OnlyLong = 0,
    /// A long window that ends like a short one.
    LongStart = 1,
    /// Eight short windows.
    EightShort = 2,
    /// A long window that begins like a short one.
    LongStop = 3,
}

/// The transform with its tables.
pub(super) struct Mdct {
    long: DctIv,
    short: DctIv,
    long_slope: Vec<f32>,
    short_slope: Vec<f32>,
}

impl Mdct {
    pub(super) fn new() -> Self {
        Self {
            long: DctIv::new(LONG),
            short: DctIv::new(SHORT),
            long_slope: sine_slope(LONG),
            short_slope: sine_slope(SHORT),
        }
    }

    /// Transforms a block of 2048 samples. Short windows follow one another in the result, 128 coefficients each.
    pub(super) fn transform(&self, block: &[f32], sequence: WindowSequence) -> Vec<f32> {
        if sequence == WindowSequence::EightShort {
            let windows = (0..8).map(|w| &block[SHORT_START + w * SHORT..][..2 * SHORT]);
            let rising_falling = |n: usize| (self.short_slope[n], self.short_slope[SHORT - 1 - n]);
            return windows.flat_map(|window| forward(window, rising_falling, &self.short)).collect();
        }
        let begins_short = sequence == WindowSequence::LongStop;
        let ends_short = sequence == WindowSequence::LongStart;
        let slopes = |n: usize| {
            let rising = self.long_window_slope(n, begins_short);
            let falling = self.long_window_slope(LONG - 1 - n, ends_short);
            (rising, falling)
        };
        forward(block, slopes, &self.long)
    }

    /// The rising half of a long window at `n`, or of one whose slope is as short as that of a short window.
    fn long_window_slope(&self, n: usize, is_short: bool) -> f32 {
        match n {
            _ if !is_short => self.long_slope[n],
            n if n < SHORT_START => 0.0,
            n if n < SHORT_START + SHORT => self.short_slope[n - SHORT_START],
            _ => 1.0,
        }
    }
}

fn sine_slope(len: usize) -> Vec<f32> {
    (0..len).map(|n| (PI / (2 * len) as f64 * (n as f64 + 0.5)).sin() as f32).collect()
}

/// Windows, folds and transforms `2 m` samples. `slopes(n)` are the window's values at `n` and at `m + n`.
fn forward(block: &[f32], slopes: impl Fn(usize) -> (f32, f32), dct: &DctIv) -> Vec<f32> {
    let m = block.len() / 2;
    let half = m / 2;
    let first = |n: usize| block[n] * slopes(n).0;
    let second = |n: usize| block[m + n] * slopes(n).1;
    let mut folded: Vec<f32> = (0..m)
        .map(|n| {
            if n < half { -second(half - 1 - n) - second(half + n) } else { first(n - half) - first(m + half - 1 - n) }
        })
        .collect();
    dct.transform(&mut folded);
    folded.iter_mut().for_each(|value| *value *= 2.0);
    folded
}

/// `X[k] = Σ x[n] cos(π/m (n + ½)(k + ½))` for a power of two `m`.
struct DctIv {
    /// `exp(−iπ(8n + 1)/(8m))`, before and after the FFT.
    twist: Vec<Complex>,
    fft: Fft,
}

impl DctIv {
    fn new(m: usize) -> Self {
        let twist = (0..m / 2).map(|n| Complex::unit(-PI * (8 * n + 1) as f64 / (8 * m) as f64)).collect();
        Self { twist, fft: Fft::new(m / 2) }
    }

    fn transform(&self, data: &mut [f32]) {
        let m = data.len();
        let mut work: Vec<Complex> =
            (0..m / 2).map(|n| Complex { re: data[2 * n], im: data[m - 1 - 2 * n] } * self.twist[n]).collect();
        self.fft.transform(&mut work);
        for (k, (&value, &twist)) in work.iter().zip(&self.twist).enumerate() {
            let value = value * twist;
            data[2 * k] = value.re;
            data[m - 1 - 2 * k] = -value.im;
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Complex {
    re: f32,
    im: f32,
}

impl Complex {
    fn unit(angle: f64) -> Self {
        Self { re: angle.cos() as f32, im: angle.sin() as f32 }
    }
}

impl std::ops::Mul for Complex {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }
}

/// A radix-2 transform with decimation in time.
struct Fft {
    roots: Vec<Complex>,
}

impl Fft {
    fn new(len: usize) -> Self {
        Self { roots: (0..len / 2).map(|n| Complex::unit(-2.0 * PI * n as f64 / len as f64)).collect() }
    }

    fn transform(&self, data: &mut [Complex]) {
        let len = data.len();
        for n in 0..len {
            let reversed = n.reverse_bits() >> (usize::BITS - len.ilog2());
            if n < reversed {
                data.swap(n, reversed);
            }
        }
        let mut half = 1;
        while half < len {
            let stride = len / (2 * half);
            for pair in data.chunks_exact_mut(2 * half) {
                let (low, high) = pair.split_at_mut(half);
                for ((a, b), &root) in low.iter_mut().zip(high).zip(self.roots.iter().step_by(stride)) {
                    let turned = *b * root;
                    *b = Complex { re: a.re - turned.re, im: a.im - turned.im };
                    *a = Complex { re: a.re + turned.re, im: a.im + turned.im };
                }
            }
            half *= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, `X[k] = 2 Σ w[n] x[n] cos(2π/N (n + n₀)(k + ½))`.
    fn slow_mdct(windowed: &[f32]) -> Vec<f64> {
        let (len, m) = (windowed.len() as f64, windowed.len() / 2);
        let n0 = (len / 2.0 + 1.0) / 2.0;
        let term = |n: usize, k: usize| (2.0 * PI / len * (n as f64 + n0) * (k as f64 + 0.5)).cos();
        (0..m)
            .map(|k| 2.0 * windowed.iter().enumerate().map(|(n, &x)| f64::from(x) * term(n, k)).sum::<f64>())
            .collect()
    }

    fn noise(len: usize) -> Vec<f32> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32 - 0.5
        };
        (0..len).map(|_| next()).collect()
    }

    #[test]
    fn fast_transform_equals_the_definition_for_every_window() {
        let (mdct, block) = (Mdct::new(), noise(2 * LONG));
        for sequence in [WindowSequence::OnlyLong, WindowSequence::LongStart, WindowSequence::LongStop] {
            let window = |n: usize| {
                if n < LONG {
                    mdct.long_window_slope(n, sequence == WindowSequence::LongStop)
                } else {
                    mdct.long_window_slope(2 * LONG - 1 - n, sequence == WindowSequence::LongStart)
                }
            };
            let windowed: Vec<f32> = block.iter().enumerate().map(|(n, x)| x * window(n)).collect();
            let error = slow_mdct(&windowed)
                .iter()
                .zip(mdct.transform(&block, sequence))
                .map(|(slow, fast)| (slow - f64::from(fast)).abs())
                .fold(0.0, f64::max);
            assert!(error < 1e-3, "{sequence:?}: {error}");
        }
    }

    #[test]
    fn neighbouring_slopes_conserve_power() {
        let mdct = Mdct::new();
        for is_short in [false, true] {
            for n in 0..LONG {
                let (a, b) = (mdct.long_window_slope(n, is_short), mdct.long_window_slope(LONG - 1 - n, is_short));
                assert!((a * a + b * b - 1.0).abs() < 1e-6);
            }
        }
    }
}
