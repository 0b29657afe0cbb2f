//! Moving water: rings of rain drops in puddles and waves on open water.

use glam::{Vec2, Vec3};

use crate::sampler::{hash, unit};

/// Size of the cells that receive one drop at a time, in metres.
const CELL: f32 = 0.28;
/// Life of a ring in seconds.
const LIFE: f32 = 0.75;
/// Speed at which it widens, in metres per second.
const SPEED: f32 = 0.24;

/// Slope of a puddle under rain of `intensity` (0–1) at a place of the ground.
pub(crate) fn rain_slope(p: Vec2, time_secs: f32, intensity: f32, footprint: f32) -> Vec2 {
    let fade = 1.0 - (footprint / 0.02).min(1.0);
    if fade <= 0.0 || intensity <= 0.0 {
        return Vec2::ZERO;
    }
    let cell = (p / CELL).floor();
    let mut slope = Vec2::ZERO;
    for j in -1..=1 {
        for i in -1..=1 {
            let c = cell + Vec2::new(i as f32, j as f32);
            let key = hash((c.x as i32 as u32).wrapping_mul(0x9e37_79b1) ^ hash(c.y as i32 as u32));
            let phase = time_secs / LIFE + unit(key);
            let round = phase.floor();
            let h = hash(key ^ (round as i32 as u32).wrapping_mul(0x85eb_ca6b));
            if unit(h) > 0.25 + 0.7 * intensity {
                continue;
            }
            let center = (c + Vec2::new(unit(hash(h ^ 1)), unit(hash(h ^ 2)))) * CELL;
            let age = phase - round;
            let away = p - center;
            let r = away.length();
            let x = (r - age * LIFE * SPEED) / 0.014;
            if x.abs() < 3.0 && r > 1e-4 {
                // A short wave packet.
                let strength = 0.32 * (1.0 - age) * (1.0 - age);
                slope += away / r * (strength * (-x * x * 0.6).exp() * (x * 2.4).sin());
            }
        }
    }
    slope * fade
}

/// Slope of open water: a few trains of waves in different directions.
pub(crate) fn water_slope(p: Vec2, time_secs: f32, footprint: f32) -> Vec2 {
    let mut slope = Vec2::ZERO;
    for i in 0..7 {
        let angle = 0.6 + 2.4 * i as f32;
        let direction = Vec2::from_angle(angle);
        let length = 1.9 * 0.62f32.powi(i);
        let k = std::f32::consts::TAU / length;
        let fade = 1.0 - (footprint / (0.35 * length)).min(1.0);
        let speed = (9.81 * k).sqrt();
        slope += direction * (0.028 * fade * (k * p.dot(direction) + speed * time_secs + angle).cos());
    }
    slope
}

/// A normal that looks up, tilted by a slope.
pub(crate) fn tilt(n: Vec3, slope: Vec2) -> Vec3 {
    (n - Vec3::new(slope.x, 0.0, slope.y)).normalize_or(n)
}
