//! Filters.

use super::SR;

/// 360 dB below full scale. Added to what enters a loop of feedback, it keeps silence from decaying into numbers too small
/// for the processor's fast path.
pub(crate) const QUIET: f32 = 1e-18;

/// A state-variable filter in topology-preserving form; it stays stable while its cutoff moves.
///
/// # Source
/// Zavalishin, "The Art of VA Filter Design", chapter 4.
#[derive(Clone, Default)]
pub(crate) struct Svf {
    g: f32,
    k: f32,
    a: f32,
    s: [f32; 2],
}

impl Svf {
    pub fn new(hz: f32, q: f32) -> Self {
        let mut out = Self::default();
        out.set(hz, q);
        out
    }

    pub fn set(&mut self, hz: f32, q: f32) {
        self.g = (std::f32::consts::PI * hz.clamp(8.0, 20_500.0) / SR).tan();
        self.k = 1.0 / q.max(0.3);
        self.a = 1.0 / (1.0 + self.g * (self.g + self.k));
    }

    /// Low-pass, band-pass (unit peak gain) and high-pass.
    #[inline]
    pub fn tick(&mut self, x: f32) -> (f32, f32, f32) {
        let high = (x + QUIET - (self.k + self.g) * self.s[0] - self.s[1]) * self.a;
        let v = self.g * high;
        let band = v + self.s[0];
        self.s[0] = band + v;
        let w = self.g * band;
        let low = w + self.s[1];
        self.s[1] = low + w;
        (low, band * self.k, high)
    }
}

/// A four-pole transistor-ladder low-pass with saturation in the loop.
#[derive(Clone, Default)]
pub(crate) struct Ladder {
    g: f32,
    resonance: f32,
    s: [f32; 4],
}

impl Ladder {
    pub fn set(&mut self, hz: f32, resonance: f32) {
        let g = (std::f32::consts::PI * hz.clamp(20.0, 14_000.0) / SR).tan();
        self.g = g / (1.0 + g);
        self.resonance = resonance * 3.8;
    }

    #[inline]
    pub fn tick(&mut self, x: f32) -> f32 {
        let mut v = soft(x * (1.0 + 0.4 * self.resonance) - self.resonance * self.s[3]);
        for s in &mut self.s {
            let d = (v - *s) * self.g;
            v = d + *s;
            *s = v + d;
        }
        v
    }
}

/// A smooth saturation: the Padé form of tanh.
#[inline]
pub(crate) fn soft(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    x * (27.0 + x * x) / (27.0 + 9.0 * x * x)
}

/// The mean of [`soft`] on the straight way from each value to the next: what is left of it after an ideal box filter.
///
/// # Source
/// Parker et al., "Reducing the aliasing of nonlinear waveshaping using continuous-time convolution" (2016).
pub(crate) struct SoftMean {
    last: f32,
    /// The integral of the curve up to the last value.
    integral: f64,
}

impl SoftMean {
    pub fn new() -> SoftMean {
        SoftMean { last: 0.0, integral: soft_integral(0.0) }
    }

    pub fn tick(&mut self, x: f32) -> f32 {
        let (from, before) = (self.last, self.integral);
        *self = SoftMean { last: x, integral: soft_integral(x) };
        if (x - from).abs() < 1e-3 {
            return soft(0.5 * (from + x));
        }
        ((self.integral - before) / f64::from(x - from)) as f32
    }
}

/// The integral of x (27 + x²) / (27 + 9 x²), which is x / 9 + (8 / 3) x / (3 + x²), up to 3 and of 1 beyond.
fn soft_integral(x: f32) -> f64 {
    let (inside, beyond) = (f64::from(x.abs().min(3.0)), f64::from((x.abs() - 3.0).max(0.0)));
    inside * inside / 18.0 + 4.0 / 3.0 * (3.0 + inside * inside).ln() + beyond
}

/// A one-pole low-pass.
#[derive(Clone, Default)]
pub(crate) struct OnePole {
    a: f32,
    s: f32,
}

impl OnePole {
    pub fn new(hz: f32) -> Self {
        let mut out = Self::default();
        out.set(hz);
        out
    }

    pub fn set(&mut self, hz: f32) {
        self.a = 1.0 - (-std::f32::consts::TAU * hz.clamp(0.01, 23_000.0) / SR).exp();
    }

    #[inline]
    pub fn low(&mut self, x: f32) -> f32 {
        self.s += self.a * (x + QUIET - self.s);
        self.s
    }

    #[inline]
    pub fn high(&mut self, x: f32) -> f32 {
        x - self.low(x)
    }
}

/// A biquad.
///
/// # Source
/// Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients".
#[derive(Clone)]
pub(crate) struct Biquad {
    b: [f32; 3],
    a: [f32; 2],
    s: [f32; 2],
}

impl Biquad {
    fn from(b: [f32; 3], a: [f32; 3]) -> Self {
        Self { b: b.map(|x| x / a[0]), a: [a[1] / a[0], a[2] / a[0]], s: [0.0; 2] }
    }

    pub fn peak(hz: f32, q: f32, gain_db: f32) -> Self {
        let a = 10f32.powf(gain_db / 40.0);
        let w = std::f32::consts::TAU * hz / SR;
        let alpha = w.sin() / (2.0 * q);
        let c = -2.0 * w.cos();
        Self::from([1.0 + alpha * a, c, 1.0 - alpha * a], [1.0 + alpha / a, c, 1.0 - alpha / a])
    }

    pub fn high_pass(hz: f32) -> Self {
        let w = std::f32::consts::TAU * hz / SR;
        let alpha = w.sin() / std::f32::consts::SQRT_2;
        let c = w.cos();
        Self::from([(1.0 + c) / 2.0, -1.0 - c, (1.0 + c) / 2.0], [1.0 + alpha, -2.0 * c, 1.0 - alpha])
    }

    pub fn shelf(hz: f32, gain_db: f32, is_high: bool) -> Self {
        let a = 10f32.powf(gain_db / 40.0);
        let w = std::f32::consts::TAU * hz / SR;
        let s = w.sin() / std::f32::consts::SQRT_2 * 2.0 * a.sqrt();
        // A high shelf is a low shelf with the cosine's sign turned.
        let c = if is_high { -w.cos() } else { w.cos() };
        let f = if is_high { -1.0 } else { 1.0 };
        let (p, m) = (a + 1.0, a - 1.0);
        Self::from(
            [a * (p - m * c + s), f * 2.0 * a * (m - p * c), a * (p - m * c - s)],
            [p + m * c + s, f * -2.0 * (m + p * c), p + m * c - s],
        )
    }

    #[inline]
    pub fn tick(&mut self, x: f32) -> f32 {
        let x = x + QUIET;
        let y = self.b[0] * x + self.s[0];
        self.s[0] = self.b[1] * x - self.a[0] * y + self.s[1];
        self.s[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The gain of a filter at a frequency, in decibels.
    fn gain_db(mut tick: impl FnMut(f32) -> f32, hz: f32) -> f32 {
        let n = 48_000;
        let mut power = 0.0;
        for i in 0..2 * n {
            let y = tick((std::f32::consts::TAU * hz * i as f32 / SR).sin());
            if i >= n {
                power += y * y;
            }
        }
        10.0 * (power / n as f32 * 2.0).log10()
    }

    #[test]
    fn shelves_and_peaks_have_their_gain_where_they_should() {
        for gain in [-6.0, 4.0] {
            let mut high = Biquad::shelf(2000.0, gain, true);
            assert!((gain_db(|x| high.tick(x), 16_000.0) - gain).abs() < 0.3);
            let mut high = Biquad::shelf(2000.0, gain, true);
            assert!(gain_db(|x| high.tick(x), 100.0).abs() < 0.2);
            let mut low = Biquad::shelf(200.0, gain, false);
            assert!((gain_db(|x| low.tick(x), 20.0) - gain).abs() < 0.3);
            let mut peak = Biquad::peak(1000.0, 1.0, gain);
            assert!((gain_db(|x| peak.tick(x), 1000.0) - gain).abs() < 0.1);
        }
    }

    #[test]
    fn the_state_variable_filter_halves_power_at_its_cutoff_and_falls_twelve_decibels_an_octave() {
        let mut low = Svf::new(1000.0, std::f32::consts::FRAC_1_SQRT_2);
        assert!((gain_db(|x| low.tick(x).0, 1000.0) + 3.0).abs() < 0.1);
        let mut low = Svf::new(250.0, std::f32::consts::FRAC_1_SQRT_2);
        assert!((gain_db(|x| low.tick(x).0, 1000.0) + 24.0).abs() < 1.0);
    }
}
