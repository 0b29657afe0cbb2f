//! The fast Fourier transform of a power of two.

/// Transforms complex numbers (real, imaginary) in place.
///
/// # Shapes
/// The length is a power of two; other lengths are left untouched.
///
/// # Source
/// Cooley and Tukey, "An algorithm for the machine calculation of complex Fourier series", 1965 (decimation in time).
pub fn fft(values: &mut [[f32; 2]]) {
    let n = values.len();
    if !n.is_power_of_two() || n < 2 {
        return;
    }
    let bits = n.trailing_zeros();
    for i in 0..n {
        let j = i.reverse_bits() >> (usize::BITS - bits);
        if i < j {
            values.swap(i, j);
        }
    }
    let mut half = 1;
    while half < n {
        let turn = -std::f64::consts::PI / half as f64;
        for k in 0..half {
            let (sin, cos) = (turn * k as f64).sin_cos();
            let (sin, cos) = (sin as f32, cos as f32);
            let mut i = k;
            while i < n {
                let (a, b) = (values[i], values[i + half]);
                let t = [b[0] * cos - b[1] * sin, b[0] * sin + b[1] * cos];
                values[i] = [a[0] + t[0], a[1] + t[1]];
                values[i + half] = [a[0] - t[0], a[1] - t[1]];
                i += 2 * half;
            }
        }
        half *= 2;
    }
}

/// The power of each bin up to half the sampling rate, under a Hann window: a full-scale sine gives 1 at its bin.
///
/// # Shapes
/// A power of two of samples; half as many bins and one more.
#[must_use]
pub fn power_spectrum(samples: &[f32]) -> Vec<f32> {
    let n = samples.len();
    let window = |i: usize| 0.5 - 0.5 * (std::f32::consts::TAU * i as f32 / n as f32).cos();
    let mut values: Vec<[f32; 2]> = samples.iter().enumerate().map(|(i, x)| [x * window(i), 0.0]).collect();
    fft(&mut values);
    let scale = 4.0 / n as f32;
    values.iter().take(n / 2 + 1).map(|v| (v[0] * v[0] + v[1] * v[1]) * scale * scale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_the_definition() {
        let n = 64;
        let input: Vec<[f32; 2]> = (0..n).map(|i| [(i as f32 * 0.7).sin(), (i as f32 * 0.3).cos()]).collect();
        let mut fast = input.clone();
        fft(&mut fast);
        for (k, value) in fast.iter().enumerate() {
            let mut sum = [0.0f64; 2];
            for (i, x) in input.iter().enumerate() {
                let (s, c) = (-std::f64::consts::TAU * (k * i) as f64 / n as f64).sin_cos();
                sum[0] += f64::from(x[0]) * c - f64::from(x[1]) * s;
                sum[1] += f64::from(x[0]) * s + f64::from(x[1]) * c;
            }
            assert!((f64::from(value[0]) - sum[0]).abs() < 1e-4 && (f64::from(value[1]) - sum[1]).abs() < 1e-4);
        }
    }

    #[test]
    fn a_full_scale_sine_has_unit_power_at_its_bin() {
        let wave: Vec<f32> = (0..1024).map(|i| (std::f32::consts::TAU * 32.0 * i as f32 / 1024.0).sin()).collect();
        let power = power_spectrum(&wave);
        assert!((power[32] - 1.0).abs() < 1e-3 && power[40] < 1e-9);
    }
}
