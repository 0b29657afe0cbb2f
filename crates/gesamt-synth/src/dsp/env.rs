//! Envelopes.

/// Attack, decay, sustain, release; times in seconds, curves exponential.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Adsr {
    pub attack: f32,
    pub decay: f32,
    pub sustain: f32,
    pub release: f32,
}

impl Adsr {
    pub const fn new(attack: f32, decay: f32, sustain: f32, release: f32) -> Self {
        Self { attack, decay, sustain, release }
    }

    /// The level at `t` seconds for a note held for `gate` seconds. Reaches zero at `gate + release`.
    pub fn at(&self, t: f32, gate: f32) -> f32 {
        if t < 0.0 {
            return 0.0;
        }
        let held = self.held(t.min(gate));
        if t <= gate {
            return held;
        }
        let left = 1.0 - (t - gate) / self.release.max(1e-4);
        // A cubic tail sounds like an exponential one and ends at zero.
        if left <= 0.0 { 0.0 } else { held * left * left * left }
    }

    fn held(&self, t: f32) -> f32 {
        if t < self.attack {
            let x = t / self.attack.max(1e-5);
            // Between linear and exponential: quick at first, no corner at the top.
            return x * (2.0 - x) * 0.5 + x * 0.5;
        }
        let fall = (-(t - self.attack) * 4.0 / self.decay.max(1e-4)).exp();
        self.sustain + (1.0 - self.sustain) * fall
    }
}
