//! Noise in the plane from a tile: gradient noise is computed once on a fine grid and looked up from then on, since the
//! clouds need it tens of times for each direction.
//!
//! # Source
//! Ken Perlin, "Improving Noise", SIGGRAPH 2002 (fade curve).

use glam::Vec2;
use rayon::prelude::*;

/// Features along the side of the tile; the noise repeats after as many units.
pub(crate) const PERIOD: usize = 32;
/// Samples per feature.
const FINE: usize = 8;
/// Steps per unit of the stored values.
const SCALE: f32 = 16000.0;
const SIZE: usize = PERIOD * FINE;

/// A well-mixed 32-bit hash of a lattice point.
pub(crate) fn hash2(x: i32, y: i32, seed: u32) -> u32 {
    let mut h = seed ^ (x as u32).wrapping_mul(0x85eb_ca6b) ^ (y as u32).wrapping_mul(0xc2b2_ae35).rotate_left(16);
    h = (h ^ (h >> 16)).wrapping_mul(0x7feb_352d);
    h = (h ^ (h >> 15)).wrapping_mul(0x846c_a68b);
    h ^ (h >> 16)
}

/// Gradient noise that repeats after `period` units of x.
pub(crate) fn gradient_around(p: Vec2, period: i32, seed: u32) -> f32 {
    let (x, fx) = split(p.x);
    let (y, fy) = split(p.y);
    let f = Vec2::new(fx, fy);
    let fade = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    let corner = |dx: i32, dy: i32| {
        let h = hash2((x + dx).rem_euclid(period), y.wrapping_add(dy), seed);
        let d = f - Vec2::new(dx as f32, dy as f32);
        // Sixteen bits per component make gradients without a preferred axis.
        let g = Vec2::new((h & 0xffff) as f32, (h >> 16) as f32) * (2.0 / 65535.0) - 1.0;
        g.dot(d)
    };
    let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
    1.7 * mix(mix(corner(0, 0), corner(1, 0), fade.x), mix(corner(0, 1), corner(1, 1), fade.x), fade.y)
}

/// The whole and the fractional part; `floor` is a slow call on processors without SSE 4.1.
fn split(x: f32) -> (i32, f32) {
    let whole = x as i32;
    let whole = whole - i32::from((whole as f32) > x);
    (whole, x - whole as f32)
}

/// A tile of gradient noise that repeats in both directions; small enough for the second-level cache.
pub(crate) struct Noise {
    tile: Vec<i16>,
}

impl Noise {
    pub(crate) fn new(seed: u32) -> Self {
        let mut tile = vec![0i16; SIZE * SIZE];
        tile.par_chunks_mut(SIZE).enumerate().for_each(|(row, line)| {
            let y = row as f32 / FINE as f32;
            for (column, value) in line.iter_mut().enumerate() {
                *value = (both_around(Vec2::new(column as f32 / FINE as f32, y), seed) * SCALE) as i16;
            }
        });
        Self { tile }
    }

    /// Noise in about −1…1 with features of size 1; `layer` picks one of many unrelated places on the tile.
    pub(crate) fn value(&self, p: Vec2, layer: u32) -> f32 {
        let x = (p.x + 0.618 * layer as f32) * FINE as f32;
        let y = (p.y + 7.387 * layer as f32) * FINE as f32;
        let ((x, fx), (y, fy)) = (split(x), split(y));
        let (x0, y0) = (x as usize & (SIZE - 1), y as usize & (SIZE - 1));
        let (x1, y1) = ((x0 + 1) & (SIZE - 1), (y0 + 1) & (SIZE - 1));
        let at = |x: usize, y: usize| f32::from(self.tile[y * SIZE + x]);
        let a = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * fx;
        let b = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * fx;
        (a + (b - a) * fy) * (1.0 / SCALE)
    }

    /// A fractal sum with rotated octaves, in about −1…1.
    pub(crate) fn fbm(&self, p: Vec2, octaves: u32, layer: u32) -> f32 {
        let (mut p, mut amplitude, mut sum) = (p, 0.5, 0.0);
        for octave in 0..octaves {
            sum += amplitude * self.value(p, layer + 13 * octave);
            (p, amplitude) = (turned(p), 0.5 * amplitude);
        }
        sum
    }

    /// A fractal sum of puffs with mean 0: round bulges with sharp creases between them.
    pub(crate) fn puffs(&self, p: Vec2, octaves: u32, layer: u32) -> f32 {
        let (mut p, mut amplitude, mut sum) = (p, 0.8, 0.0);
        for octave in 0..octaves {
            sum += amplitude * (self.value(p, layer + 13 * octave).abs() - PUFF_MEAN);
            (p, amplitude) = (turned(p), 0.5 * amplitude);
        }
        sum
    }

    /// Puffs whose octaves are not turned: they repeat after [`PERIOD`] units of x.
    pub(crate) fn puffs_around(&self, p: Vec2, octaves: u32, layer: u32) -> f32 {
        let (mut p, mut amplitude, mut sum) = (p, 0.8, 0.0);
        for octave in 0..octaves {
            sum += amplitude * (self.value(p, layer + 13 * octave).abs() - PUFF_MEAN);
            (p, amplitude) = (p * 2.0, 0.55 * amplitude);
        }
        sum
    }
}

/// Mean of the absolute value of the noise.
const PUFF_MEAN: f32 = 0.26;

fn turned(p: Vec2) -> Vec2 {
    Vec2::new(1.62 * p.x - 1.18 * p.y, 1.18 * p.x + 1.62 * p.y)
}

/// Gradient noise that repeats in x and in y.
fn both_around(p: Vec2, seed: u32) -> f32 {
    let period = PERIOD as i32;
    let ((x, fx), (y, fy)) = (split(p.x), split(p.y));
    let f = Vec2::new(fx, fy);
    let fade = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    let corner = |dx: i32, dy: i32| {
        let h = hash2((x + dx).rem_euclid(period), (y + dy).rem_euclid(period), seed);
        let g = Vec2::new((h & 0xffff) as f32, (h >> 16) as f32) * (2.0 / 65535.0) - 1.0;
        g.dot(f - Vec2::new(dx as f32, dy as f32))
    };
    let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
    1.7 * mix(mix(corner(0, 0), corner(1, 0), fade.x), mix(corner(0, 1), corner(1, 1), fade.x), fade.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tile_is_centred_and_repeats_without_a_seam() {
        let noise = Noise::new(5);
        let (mut sum, mut absolute) = (0.0, 0.0);
        for value in &noise.tile {
            sum += f32::from(*value) / SCALE;
            absolute += f32::from(*value).abs() / SCALE;
        }
        let n = noise.tile.len() as f32;
        assert!((sum / n).abs() < 0.03 && (absolute / n - PUFF_MEAN).abs() < 0.05, "{} {}", sum / n, absolute / n);
        for i in 0..200 {
            let p = Vec2::new(i as f32 * 0.37 - 20.0, i as f32 * 0.11);
            let apart = noise.value(p, 3) - noise.value(p + Vec2::new(PERIOD as f32, 0.0), 3);
            assert!(apart.abs() < 1e-3, "{apart}");
        }
    }
}
