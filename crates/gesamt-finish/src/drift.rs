//! Positions in the air as pure functions of seed and time.

use gesamt_world::Seed;
use glam::Vec3;

/// The time of a frame, and the length after which everything repeats.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Clock {
    pub secs: f32,
    pub loop_secs: Option<f32>,
}

impl Clock {
    /// The way travelled at `speed`; with a loop the speed is rounded so that the way over one loop is a whole number of
    /// `period`s.
    pub(crate) fn way(self, speed: f32, period: f32) -> f32 {
        match self.loop_secs {
            Some(length) if length > 0.0 => {
                let speed = (speed * length / period).round() * period / length;
                speed * self.secs.rem_euclid(length)
            }
            _ => speed * self.secs,
        }
    }

    /// The phase in radians of something that swings `hz` times a second.
    pub(crate) fn phase(self, hz: f32) -> f32 {
        std::f32::consts::TAU * self.way(hz, 1.0)
    }
}

/// Four random numbers in 0–1 that belong to a particle.
pub(crate) fn dice(seed: Seed, index: u32) -> [f32; 4] {
    let mut rng = seed.index(u64::from(index)).rng();
    std::array::from_fn(|_| rng.unit())
}

/// Wraps a point into the cube of side `size` around `middle`.
pub(crate) fn wrapped(point: Vec3, middle: Vec3, size: f32) -> Vec3 {
    let offset = (point - middle) / size + 0.5;
    middle + (offset - offset.floor() - 0.5) * size
}

/// 1 inside the cube of side `size` around `middle`, falling to 0 at its faces, where points wrap.
pub(crate) fn fade(point: Vec3, middle: Vec3, size: f32) -> f32 {
    let edge = ((point - middle).abs() / (0.5 * size)).max_element();
    ((1.0 - edge) / 0.15).clamp(0.0, 1.0)
}
