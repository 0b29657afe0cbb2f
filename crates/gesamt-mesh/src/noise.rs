//! Gradient noise, fractal sums and cells, as functions of position: no state, same value everywhere.
//!
//! # Source
//! Ken Perlin, "Improving Noise", SIGGRAPH 2002 (fade curve); Steven Worley, "A Cellular Texture Basis Function", 1996.

use glam::{IVec3, Vec3};

/// A well-mixed 32-bit hash of a lattice point.
#[must_use]
pub fn hash3(cell: IVec3, seed: u32) -> u32 {
    let mut h = seed ^ 0x9e37_79b9;
    for (value, factor) in [(cell.x, 0x85eb_ca6b), (cell.y, 0xc2b2_ae35), (cell.z, 0x27d4_eb2f)] {
        h = (h ^ (value as u32).wrapping_mul(factor)).rotate_left(13).wrapping_mul(0x9e37_79b1);
    }
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^ (h >> 13)
}

/// The hash as a number in `[0, 1)`.
#[must_use]
pub fn hash_unit(cell: IVec3, seed: u32) -> f32 {
    (hash3(cell, seed) >> 8) as f32 / (1u32 << 24) as f32
}

/// Gradient noise in about −1…1 with features of size 1.
#[must_use]
pub fn gradient(p: Vec3, seed: u32) -> f32 {
    let base = p.floor();
    let f = p - base;
    let cell = base.as_ivec3();
    let fade = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    let corner = |x: i32, y: i32, z: i32| {
        let h = hash3(cell + IVec3::new(x, y, z), seed);
        let d = f - Vec3::new(x as f32, y as f32, z as f32);
        // Twelve edge directions of a cube.
        let (u, v) = match h & 15 {
            0..=3 => (d.x, d.y),
            4..=7 => (d.x, d.z),
            8..=11 => (d.y, d.z),
            _ => (d.y + d.x, d.z),
        };
        (if h & 16 == 0 { u } else { -u }) + (if h & 32 == 0 { v } else { -v })
    };
    let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
    let x00 = mix(corner(0, 0, 0), corner(1, 0, 0), fade.x);
    let x10 = mix(corner(0, 1, 0), corner(1, 1, 0), fade.x);
    let x01 = mix(corner(0, 0, 1), corner(1, 0, 1), fade.x);
    let x11 = mix(corner(0, 1, 1), corner(1, 1, 1), fade.x);
    mix(mix(x00, x10, fade.y), mix(x01, x11, fade.y), fade.z)
}

/// A fractal sum of gradient noise with the amplitude halved per octave, in about −1…1.
#[must_use]
pub fn fbm(p: Vec3, octaves: u32, seed: u32) -> f32 {
    let (mut sum, mut amplitude, mut frequency, mut total) = (0.0, 1.0, 1.0, 0.0);
    for octave in 0..octaves.max(1) {
        sum += amplitude * gradient(p * frequency, seed.wrapping_add(octave * 101));
        total += amplitude;
        amplitude *= 0.5;
        frequency *= 2.03;
    }
    sum / total
}

/// A fractal sum of ridges in 0–1: sharp crests, round valleys.
#[must_use]
pub fn ridged(p: Vec3, octaves: u32, seed: u32) -> f32 {
    let (mut sum, mut amplitude, mut frequency, mut total) = (0.0, 1.0, 1.0, 0.0);
    for octave in 0..octaves.max(1) {
        let ridge = 1.0 - gradient(p * frequency, seed.wrapping_add(octave * 101)).abs().min(1.0);
        sum += amplitude * ridge * ridge;
        total += amplitude;
        amplitude *= 0.5;
        frequency *= 2.03;
    }
    sum / total
}

/// Distances to the nearest and second-nearest of one random point per unit cell, and the hash of the nearest.
#[must_use]
pub fn cells(p: Vec3, seed: u32) -> (f32, f32, u32) {
    let base = p.floor().as_ivec3();
    let (mut first, mut second, mut id) = (f32::MAX, f32::MAX, 0);
    for z in -1..=1 {
        for y in -1..=1 {
            for x in -1..=1 {
                let cell = base + IVec3::new(x, y, z);
                let h = hash3(cell, seed);
                let jitter = Vec3::new((h & 1023) as f32, (h >> 10 & 1023) as f32, (h >> 20 & 1023) as f32) / 1023.0;
                let distance = (cell.as_vec3() + jitter).distance(p);
                if distance < first {
                    (second, first, id) = (first, distance, h);
                } else if distance < second {
                    second = distance;
                }
            }
        }
    }
    (first, second, id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_bounded_centred_and_continuous() {
        let (mut sum, mut n) = (0.0f64, 0);
        for i in 0..20_000 {
            let p = Vec3::new(i as f32 * 0.137, i as f32 * 0.071 - 40.0, i as f32 * 0.0193);
            let value = gradient(p, 1);
            assert!((-1.6..=1.6).contains(&value), "{value}");
            assert!((gradient(p + Vec3::splat(1e-3), 1) - value).abs() < 0.02);
            sum += f64::from(value);
            n += 1;
        }
        assert!((sum / f64::from(n)).abs() < 0.02);
    }

    #[test]
    fn the_nearest_cell_point_is_nearer_than_the_second() {
        for i in 0..1000 {
            let (first, second, _) = cells(Vec3::new(i as f32 * 0.31, 2.0, -i as f32 * 0.17), 9);
            assert!(first <= second && second < 3.0);
        }
    }
}
