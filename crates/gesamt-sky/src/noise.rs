//! Gradient noise in the plane, cheaper than the spatial kind.
//!
//! # Source
//! Ken Perlin, "Improving Noise", SIGGRAPH 2002 (fade curve).

use glam::Vec2;

/// A well-mixed 32-bit hash of a lattice point.
pub(crate) fn hash2(x: i32, y: i32, seed: u32) -> u32 {
    let mut h = seed ^ (x as u32).wrapping_mul(0x85eb_ca6b) ^ (y as u32).wrapping_mul(0xc2b2_ae35).rotate_left(16);
    h = (h ^ (h >> 16)).wrapping_mul(0x7feb_352d);
    h = (h ^ (h >> 15)).wrapping_mul(0x846c_a68b);
    h ^ (h >> 16)
}

/// Gradient noise in about −1…1 with features of size 1.
pub(crate) fn gradient(p: Vec2, seed: u32) -> f32 {
    lattice(p, seed, |x| x)
}

fn lattice(p: Vec2, seed: u32, wrap: impl Fn(i32) -> i32) -> f32 {
    let base = p.floor();
    let f = p - base;
    let (x, y) = (base.x as i32, base.y as i32);
    let fade = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    let corner = |dx: i32, dy: i32| {
        let h = hash2(wrap(x.wrapping_add(dx)), y.wrapping_add(dy), seed);
        let d = f - Vec2::new(dx as f32, dy as f32);
        // Sixteen bits per component make gradients without a preferred axis.
        let g = Vec2::new((h & 0xffff) as f32, (h >> 16) as f32) * (2.0 / 65535.0) - 1.0;
        g.dot(d)
    };
    let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
    1.7 * mix(mix(corner(0, 0), corner(1, 0), fade.x), mix(corner(0, 1), corner(1, 1), fade.x), fade.y)
}

/// A fractal sum with rotated octaves, in about −1…1.
pub(crate) fn fbm(p: Vec2, octaves: u32, seed: u32) -> f32 {
    let (mut p, mut amplitude, mut sum) = (p, 0.5, 0.0);
    for octave in 0..octaves {
        sum += amplitude * gradient(p, seed.wrapping_add(octave * 101));
        p = Vec2::new(1.62 * p.x - 1.18 * p.y, 1.18 * p.x + 1.62 * p.y);
        amplitude *= 0.5;
    }
    sum
}

/// A fractal sum of rounded heaps, 0–1: bulges with sharp creases between them.
pub(crate) fn billow(p: Vec2, octaves: u32, seed: u32) -> f32 {
    let (mut p, mut amplitude, mut sum) = (p, 0.5, 0.0);
    for octave in 0..octaves {
        sum += amplitude * gradient(p, seed.wrapping_add(octave * 101)).abs();
        p = Vec2::new(1.62 * p.x - 1.18 * p.y, 1.18 * p.x + 1.62 * p.y);
        amplitude *= 0.5;
    }
    1.0 - 1.6 * sum
}

/// Heaps like [`billow`] on a strip that repeats after `period` units of x.
pub(crate) fn billow_around(p: Vec2, period: i32, octaves: u32, seed: u32) -> f32 {
    let (mut p, mut period, mut amplitude, mut sum) = (p, period, 0.5, 0.0);
    for octave in 0..octaves {
        sum += amplitude * gradient_around(p, period, seed.wrapping_add(octave * 101)).abs();
        (p, period, amplitude) = (p * 2.0, period * 2, amplitude * 0.55);
    }
    1.0 - 1.6 * sum
}

/// Gradient noise that repeats after `period` units of x.
pub(crate) fn gradient_around(p: Vec2, period: i32, seed: u32) -> f32 {
    lattice(p, seed, |x| x.rem_euclid(period))
}
