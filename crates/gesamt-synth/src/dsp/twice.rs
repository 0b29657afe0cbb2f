//! Work at twice the sample rate.

use std::f64::consts::PI;

/// Samples that the interpolator looks at.
const UP: usize = 16;
/// Samples at twice the rate that the decimator looks at.
const DOWN: usize = 112;
/// Where the decimator has lost half, as a share of the sample rate: a curve adds most just above the band, where a half-band
/// filter would let it through.
const EDGE: f64 = 22.0 / 48.0;

/// A stream at twice the rate of the one around it: an interpolator, a curve, a decimator.
pub(crate) struct Twice {
    up: [f32; UP],
    down: [f32; DOWN],
    input: [f32; UP],
    curved: [f32; DOWN],
}

impl Twice {
    pub fn new() -> Twice {
        Twice { up: low_pass(0.5), down: low_pass(0.5 * EDGE), input: [0.0; UP], curved: [0.0; DOWN] }
    }

    /// Samples from in to out.
    #[cfg(test)]
    const DELAY: f64 = (UP as f64 - 1.0) / 2.0 + (DOWN as f64 - 1.0) / 4.0;

    /// One sample in and one out; `curve` is called twice.
    pub fn tick(&mut self, x: f32, mut curve: impl FnMut(f32) -> f32) -> f32 {
        self.input.copy_within(..UP - 1, 1);
        self.input[0] = x;
        self.curved.copy_within(..DOWN - 2, 2);
        self.curved[1] = curve(self.input[UP / 2]);
        self.curved[0] = curve(dot(&self.up, &self.input));
        dot(&self.down, &self.curved)
    }
}

/// A scalar product in sixteen strands: one alone would wait for each addition before the next.
fn dot<const N: usize>(a: &[f32; N], b: &[f32; N]) -> f32 {
    const { assert!(N.is_multiple_of(16)) };
    let mut strands = [0.0f32; 16];
    for (a, b) in a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0) {
        strands.iter_mut().zip(a).zip(b).for_each(|((strand, a), b)| *strand += a * b);
    }
    strands.iter().sum()
}

/// A sinc under a Blackman window, an even number of taps that sum to one: `edge` is where it has lost half, in
/// turns per tap.
fn low_pass<const N: usize>(edge: f64) -> [f32; N] {
    let raw: [f64; N] = std::array::from_fn(|i| {
        let x = i as f64 - (N as f64 - 1.0) / 2.0;
        let turn = 2.0 * PI * (x / (N as f64 + 1.0) + 0.5);
        let angle = 2.0 * PI * edge * x;
        angle.sin() / angle * (0.42 - 0.5 * turn.cos() + 0.08 * (2.0 * turn).cos())
    });
    let sum: f64 = raw.iter().sum();
    raw.map(|v| (v / sum) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_curve_only_delays_what_lies_below_two_thirds_of_the_band() {
        for hz in [100.0, 1000.0, 8000.0, 15_000.0] {
            let mut twice = Twice::new();
            let at = |i: f64| (2.0 * PI * hz * i / 48_000.0).sin() as f32;
            for i in 0..400 {
                let out = twice.tick(at(f64::from(i)), |x| x);
                let expected = at(f64::from(i) - Twice::DELAY);
                assert!(i < 80 || (out - expected).abs() < 0.02, "{hz} Hz: {out} for {expected}");
            }
        }
    }
}
