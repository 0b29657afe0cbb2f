//! Noise sources and slow random motion.

use gesamt_world::Seed;

use super::SR;

/// White noise in −1…1 from a small fast generator (xorshift32, Marsaglia 2003).
#[derive(Clone)]
pub(crate) struct Noise(u32);

impl Noise {
    pub fn new(seed: Seed) -> Self {
        let s = gesamt_world::seed::mix64(seed.0) as u32;
        Self(if s == 0 { 0x9e37_79b9 } else { s })
    }

    #[inline]
    pub fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        (self.0 >> 8) as f32 * (2.0 / 16_777_216.0) - 1.0
    }
}

/// Pink noise: a bank of one-pole filters over white noise, flat to half a decibel above 20 Hz (Kellet's weights).
#[derive(Clone)]
pub(crate) struct Pink {
    state: [f32; 3],
}

impl Pink {
    pub fn new() -> Self {
        Self { state: [0.0; 3] }
    }

    #[inline]
    pub fn tick(&mut self, white: f32) -> f32 {
        let s = &mut self.state;
        s[0] = 0.997_65 * s[0] + white * 0.099_046;
        s[1] = 0.963 * s[1] + white * 0.296_516_4;
        s[2] = 0.57 * s[2] + white * 1.052_691_3;
        (s[0] + s[1] + s[2] + white * 0.1848) * 0.25
    }
}

/// Slow motion that closes around a loop: three sines with whole numbers of cycles per loop.
#[derive(Clone)]
pub(crate) struct Wander {
    parts: [(f32, f32, f32); 3],
}

impl Wander {
    /// Wanders about `rate_hz` times a second around a loop of `secs`.
    pub fn new(seed: Seed, rate_hz: f32, secs: f32) -> Self {
        let mut rng = seed.rng();
        let parts = [(0.61, 0.5), (1.0, 0.33), (1.73, 0.22)].map(|(ratio, weight)| {
            let cycles = (rate_hz * ratio * rng.range(0.85, 1.15) * secs).round().max(1.0);
            (cycles / secs, rng.unit(), weight)
        });
        Self { parts }
    }

    /// The position at sample `index` of the loop, about −1…1.
    pub fn at(&self, index: usize) -> f32 {
        let t = index as f64 / f64::from(SR);
        self.parts
            .iter()
            .map(|(hz, phase, weight)| {
                let turn = (t * f64::from(*hz) + f64::from(*phase)).fract() as f32;
                weight * (std::f32::consts::TAU * turn).sin()
            })
            .sum()
    }

    /// The position mapped to 0…1.
    pub fn unit(&self, index: usize) -> f32 {
        (self.at(index) * 0.5 + 0.5).clamp(0.0, 1.0)
    }
}
