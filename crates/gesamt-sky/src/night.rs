//! The night: dome, star band, stars and the face of the moon.

use gesamt_mesh::noise;
use glam::Vec3;

use crate::atmosphere::smoothstep;

/// Cells along the edge of a cube face for the bright and the faint stars.
const STAR_GRIDS: [(f32, f32, f32); 2] = [(46.0, 0.16, 1.0), (120.0, 0.22, 0.22)];

/// Radiance of the moonless dome per unit of irradiance: dark blue above, a little paler at the horizon.
pub(crate) fn dome(dir: Vec3) -> Vec3 {
    let low = (1.0 - dir.y.clamp(0.0, 1.0)).powi(5);
    let color = Vec3::new(0.20, 0.42, 1.0).lerp(Vec3::new(0.42, 0.66, 1.08), low);
    color * (0.46 + 0.45 * low)
}

/// Brightness of the star band, 0–1, with dust lanes.
pub(crate) fn star_band(dir: Vec3, seed: u32) -> f32 {
    let axis = Vec3::new(0.62, 0.38, 0.68).normalize();
    let across = dir.dot(axis);
    let turbulence = noise::fbm(dir * 3.1, 4, seed ^ 0x51a3);
    let band = (-((across + 0.10 * turbulence) / 0.17).powi(2)).exp();
    let dust = smoothstep(-0.05, 0.35, noise::fbm(dir * 5.3 + Vec3::splat(4.0), 4, seed ^ 0x77) + 0.45 * band - 0.2);
    let core = (-((across + 0.05 * turbulence) / 0.06).powi(2)).exp();
    band * (0.55 + 0.45 * turbulence + 0.5 * core) * (1.0 - 0.75 * core * (1.0 - dust))
}

/// Light of the single stars in a direction.
pub(crate) fn stars(dir: Vec3, seed: u32) -> Vec3 {
    let a = dir.abs();
    let (face, u, v) = if a.x >= a.y && a.x >= a.z {
        (if dir.x > 0.0 { 0 } else { 1 }, dir.y / a.x, dir.z / a.x)
    } else if a.y >= a.z {
        (if dir.y > 0.0 { 2 } else { 3 }, dir.x / a.y, dir.z / a.y)
    } else {
        (if dir.z > 0.0 { 4 } else { 5 }, dir.x / a.z, dir.y / a.z)
    };
    let mut sum = Vec3::ZERO;
    for (grid, share, brightness) in STAR_GRIDS {
        let (x, y) = ((u + 1.0) * 0.5 * grid, (v + 1.0) * 0.5 * grid);
        let h = crate::noise::hash2(x as i32 + 1000 * face, y as i32, seed ^ grid as u32);
        if (h & 1023) as f32 >= share * 1023.0 {
            continue;
        }
        let h2 = crate::noise::hash2(h as i32, 7, seed);
        let place = |bits: u32| 0.25 + 0.5 * (bits & 1023) as f32 / 1023.0;
        let (dx, dy) = (x - x.floor() - place(h >> 10), y - y.floor() - place(h >> 20));
        // Distance on the cube face in radians, good enough over a few pixels.
        let radians = (dx * dx + dy * dy).sqrt() * 2.0 / grid / (1.0 + u * u + v * v).sqrt();
        let magnitude = (h2 & 1023) as f32 / 1023.0;
        let power = brightness * (0.08 + 1.2 * magnitude.powi(6));
        let width = 5.5e-4 * (1.0 + 0.7 * magnitude.powi(6));
        let warm = (h2 >> 10 & 1023) as f32 / 1023.0;
        let color = Vec3::new(0.78, 0.90, 1.25).lerp(Vec3::new(1.25, 0.95, 0.70), warm * warm);
        sum += color * power * (-(radians / width).powi(2)).exp();
    }
    sum
}

/// The face of the moon: brightness with its maria, and coverage, at `radius` (1 is the limb) in disc coordinates.
pub(crate) fn moon_face(x: f32, y: f32) -> (f32, f32) {
    let radius = (x * x + y * y).sqrt();
    let cover = smoothstep(1.03, 0.97, radius);
    let z = (1.0 - (x * x + y * y)).max(0.0).sqrt();
    let p = Vec3::new(x, y, z);
    let maria = smoothstep(-0.05, 0.35, noise::fbm(p * 1.7 + Vec3::splat(3.7), 4, 0x6d6f));
    let craters = noise::fbm(p * 7.0, 3, 0x11);
    // The full moon is flat: no limb darkening to speak of, the terminator only a hint.
    let shade = 0.86 + 0.14 * smoothstep(-0.9, 0.3, x * 0.7 + y * 0.4 + z * 0.6);
    ((1.0 - 0.42 * maria + 0.14 * craters) * shade, cover)
}
