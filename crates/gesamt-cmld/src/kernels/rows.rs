//! Kernels that work row by row: norms, gates and activations.

use super::simd;

/// Keeps a row of zeros from dividing by zero.
pub const NORM_FLOOR: f32 = 1e-6;

/// e^x without branches, so that the compiler can vectorise it; relative error below 3e-7 in ±87.
///
/// # Source
/// Range reduction by ln 2 in two parts (Cody and Waite), then the Taylor polynomial of degree 7.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    // Added to 1.5 · 2²³, a number is rounded to a whole one, which stands in the last bits of the sum.
    let rounded = x * std::f32::consts::LOG2_E + 12_582_912.0;
    let n = rounded - 12_582_912.0;
    let r = x - n * 0.693_359_4 - n * -2.121_944_4e-4;
    let p = 1.0
        + r * (1.0
            + r * (0.5
                + r * (1.666_666_7e-1
                    + r * (4.166_666_8e-2 + r * (8.333_334e-3 + r * (1.388_889e-3 + r * 1.984_127e-4))))));
    p * f32::from_bits((rounded.to_bits() << 23).wrapping_add(127 << 23))
}

/// A sum in sixteen strands, the same on every machine.
#[inline(always)]
fn sum(row: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut strands = [0.0f32; 16];
    let chunks = row.as_chunks::<16>();
    for chunk in chunks.0 {
        for (strand, v) in strands.iter_mut().zip(chunk) {
            *strand += f(*v);
        }
    }
    for (strand, v) in strands.iter_mut().zip(chunks.1) {
        *strand += f(*v);
    }
    strands.iter().sum()
}

/// The largest number, found in sixteen strands.
#[inline(always)]
fn largest(row: &[f32]) -> f32 {
    let mut strands = [f32::NEG_INFINITY; 16];
    let chunks = row.as_chunks::<16>();
    for chunk in chunks.0 {
        for (strand, v) in strands.iter_mut().zip(chunk) {
            *strand = if *v > *strand { *v } else { *strand };
        }
    }
    strands.iter().chain(chunks.1).copied().fold(f32::NEG_INFINITY, f32::max)
}

#[inline(always)]
fn scale_of(row: &[f32]) -> f32 {
    1.0 / (sum(row, |v| v * v) / row.len() as f32 + NORM_FLOOR).sqrt()
}

simd! {
    /// Each row divided by its root mean square, times `weight`.
    pub fn rms_norm(x: &[f32], weight: &[f32], out: &mut [f32]) {
        for (row, out) in x.chunks_exact(weight.len()).zip(out.chunks_exact_mut(weight.len())) {
            let scale = scale_of(row);
            for ((o, v), w) in out.iter_mut().zip(row).zip(weight) {
                *o = v * scale * w;
            }
        }
    }
}

simd! {
    /// One row divided by its root mean square, times (1 + `gain`) plus `shift`.
    pub fn rms_norm_modulated(row: &[f32], shift: &[f32], gain: &[f32], out: &mut [f32]) {
        let scale = scale_of(row);
        for (((o, v), s), g) in out.iter_mut().zip(row).zip(shift).zip(gain) {
            *o = v * scale * (1.0 + g) + s;
        }
    }
}

simd! {
    /// The heads of each row normalised one by one, in place; `stride` numbers from row to row.
    pub fn norm_heads(x: &mut [f32], weight: &[f32], n_heads: usize, stride: usize) {
        for row in x.chunks_mut(stride) {
            for head in row.chunks_exact_mut(weight.len()).take(n_heads) {
                let scale = scale_of(head);
                for (v, w) in head.iter_mut().zip(weight) {
                    *v *= scale * w;
                }
            }
        }
    }
}

simd! {
    /// `x += gate · y`, one row.
    pub fn add_gated(x: &mut [f32], gate: &[f32], y: &[f32]) {
        for ((v, g), y) in x.iter_mut().zip(gate).zip(y) {
            *v += g * y;
        }
    }
}

simd! {
    /// `x · σ(x)` in place.
    pub fn silu(x: &mut [f32]) {
        for v in x.iter_mut() {
            *v /= 1.0 + exp(-*v);
        }
    }
}

simd! {
    /// `silu(a) · b` of rows that hold `a` and then `b`, each of `hidden` numbers.
    pub fn swiglu(x: &[f32], hidden: usize, out: &mut [f32]) {
        for (row, out) in x.chunks_exact(2 * hidden).zip(out.chunks_exact_mut(hidden)) {
            let (a, b) = row.split_at(hidden);
            for ((o, a), b) in out.iter_mut().zip(a).zip(b) {
                *o = a / (1.0 + exp(-a)) * b;
            }
        }
    }
}

simd! {
    /// The softmax of `scale` times each row of `cols` numbers, in place.
    pub fn softmax_rows(x: &mut [f32], cols: usize, scale: f32) {
        for row in x.chunks_exact_mut(cols) {
            let top = largest(row);
            for v in row.iter_mut() {
                *v = exp(scale * (*v - top));
            }
            let share = 1.0 / sum(row, |v| v);
            for v in row.iter_mut() {
                *v *= share;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_good_to_seven_digits() {
        for i in -8700..8700 {
            let x = i as f32 * 0.01;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) / exact - 1.0).abs() < 4e-7, "{x}: {} for {exact}", exp(x));
        }
        assert!(exp(-1e9) < 1e-37 && exp(1e9).is_finite());
    }

    #[test]
    fn norms_have_a_root_mean_square_of_one() {
        let x: Vec<f32> = (0..60).map(|i| (i as f32 - 20.0) * 0.3).collect();
        let mut out = vec![0.0; 60];
        rms_norm(&x, &[1.0; 20], &mut out);
        for row in out.chunks(20) {
            assert!((row.iter().map(|v| v * v).sum::<f32>() / 20.0 - 1.0).abs() < 1e-4);
        }
        let mut heads = x.clone();
        norm_heads(&mut heads, &[1.0; 10], 1, 20);
        assert_eq!(heads[10..20], x[10..20], "only the first head of each row");
        assert!((heads[..10].iter().map(|v| v * v).sum::<f32>() / 10.0 - 1.0).abs() < 1e-4);
    }

    #[test]
    fn activations_agree_with_their_definition() {
        let x: Vec<f32> = (0..37).map(|i| (i as f32 - 18.0) * 0.4).collect();
        let exact = |v: f32| v / (1.0 + (-v).exp());
        let mut found = x.clone();
        silu(&mut found);
        assert!(found.iter().zip(&x).all(|(f, v)| (f - exact(*v)).abs() < 1e-5));
        let mut gated = vec![0.0; 18];
        swiglu(&x[..36], 18, &mut gated);
        assert!(gated.iter().enumerate().all(|(i, g)| (g - exact(x[i]) * x[18 + i]).abs() < 1e-4));
        let mut shares = x.clone();
        softmax_rows(&mut shares, 37, 0.5);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!((shares[36] / shares[35] - (0.2f32).exp()).abs() < 1e-4);
    }
}
