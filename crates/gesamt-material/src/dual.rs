//! Heights that carry their slope: forward differentiation over the two coordinates of a pattern.

use std::ops::{Add, Mul, Neg, Sub};

use glam::Vec2;

use crate::math::{cos, sin};

/// A value and its gradient over `(u, v)`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Dual {
    /// The value.
    pub v: f32,
    /// Its gradient.
    pub g: Vec2,
}

impl Dual {
    /// A number with a gradient.
    pub const fn new(v: f32, g: Vec2) -> Self {
        Self { v, g }
    }

    /// A constant.
    pub const fn flat(v: f32) -> Self {
        Self { v, g: Vec2::ZERO }
    }

    /// The smaller of both.
    pub fn min(self, other: Self) -> Self {
        if self.v <= other.v { self } else { other }
    }

    /// A smooth step from 0 at `low` to 1 at `high`.
    pub fn smooth(self, low: f32, high: f32) -> Self {
        let t = ((self.v - low) / (high - low)).clamp(0.0, 1.0);
        Self { v: t * t * (3.0 - 2.0 * t), g: self.g * (6.0 * t * (1.0 - t) / (high - low)) }
    }

    /// A quarter round from 0 at 0 to 1 at `radius`: the profile of a worn edge.
    pub fn round(self, radius: f32) -> Self {
        let t = (1.0 - self.v / radius).clamp(0.0, 0.995);
        let v = (1.0 - t * t).sqrt();
        Self { v, g: if self.v >= radius { Vec2::ZERO } else { self.g * (t / (v * radius)) } }
    }

    /// The sine.
    pub fn sin(self) -> Self {
        let (sin, cos) = (sin(self.v), cos(self.v));
        Self { v: sin, g: self.g * cos }
    }
}

impl Add for Dual {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self { v: self.v + o.v, g: self.g + o.g }
    }
}

impl Sub for Dual {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self { v: self.v - o.v, g: self.g - o.g }
    }
}

impl Mul for Dual {
    type Output = Self;
    fn mul(self, o: Self) -> Self {
        Self { v: self.v * o.v, g: self.g * o.v + o.g * self.v }
    }
}

impl Mul<f32> for Dual {
    type Output = Self;
    fn mul(self, k: f32) -> Self {
        Self { v: self.v * k, g: self.g * k }
    }
}

impl Neg for Dual {
    type Output = Self;
    fn neg(self) -> Self {
        Self { v: -self.v, g: -self.g }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_match_differences() {
        let f = |u: f32| {
            let x = Dual::new(u, Vec2::X);
            (x * x - Dual::flat(0.2)).smooth(0.0, 0.5) + (x * 3.0).sin() + x.round(1.7)
        };
        for i in 1..100 {
            let u = i as f32 * 0.011;
            let h = 1e-3;
            let difference = (f(u + h).v - f(u - h).v) / (2.0 * h);
            assert!((difference - f(u).g.x).abs() < 0.06 * (1.0 + difference.abs()), "{u}: {difference} {:?}", f(u));
        }
    }
}
