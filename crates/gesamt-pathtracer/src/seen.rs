//! What one pass of a frame of a clip sees, pixel by pixel, and what its neighbourhood tells of a pixel.

use glam::Vec3;

use crate::history::squeeze;

/// One pixel of one pass before its reflection is known.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    /// Emission and diffuse light, or the sky.
    pub color: Vec3,
    pub specular: Vec3,
    /// Per specular reflectance.
    pub reflection: Vec3,
    pub alpha: f32,
    pub depth: f32,
    pub normal: Vec3,
    pub base_color: Vec3,
    /// From where the point is to where it was in the frame before.
    pub shift: Vec3,
    /// False when only its depth is known and its colour comes from the frame before.
    pub is_shaded: bool,
    pub is_lively: bool,
}

/// The mean of the shaded neighbours of a pixel without history.
pub(crate) fn nearest_color(seen: &[Seen], color: &[Vec3], w: usize, h: usize, x: usize, y: usize) -> Vec3 {
    let (mut sum, mut total) = (Vec3::ZERO, 1e-6);
    let depth = seen[y * w + x].depth;
    for qy in y.saturating_sub(2)..(y + 3).min(h) {
        for qx in x.saturating_sub(2)..(x + 3).min(w) {
            let s = &seen[qy * w + qx];
            if s.is_shaded {
                let weight = if (s.depth - depth).abs() < 0.1 * depth { 1.0 } else { 0.01 };
                sum += color[qy * w + qx] * weight;
                total += weight;
            }
        }
    }
    sum / total
}

/// The sky.
pub(crate) const EMPTY: Seen = Seen {
    color: Vec3::ZERO,
    specular: Vec3::ZERO,
    reflection: Vec3::ZERO,
    alpha: 1.0,
    depth: f32::INFINITY,
    normal: Vec3::ZERO,
    base_color: Vec3::ZERO,
    shift: Vec3::ZERO,
    is_shaded: true,
    is_lively: false,
};

/// The nearest of what is seen around a pixel, so that edges move with what is in front.
pub(crate) fn nearest_seen(seen: &[Seen], w: usize, h: usize, x: usize, y: usize) -> &Seen {
    let mut nearest = &seen[y * w + x];
    for qy in y.saturating_sub(1)..(y + 2).min(h) {
        for qx in x.saturating_sub(1)..(x + 2).min(w) {
            let s = &seen[qy * w + qx];
            if s.depth < nearest.depth {
                nearest = s;
            }
        }
    }
    nearest
}

/// A range that holds most of the colours around a pixel, compressed.
pub(crate) fn neighbourhood(seen: &[Seen], color: &[Vec3], w: usize, h: usize, x: usize, y: usize) -> (Vec3, Vec3) {
    let (mut sum, mut sum2, mut n) = (Vec3::ZERO, Vec3::ZERO, 0.0);
    for qy in y.saturating_sub(2)..(y + 3).min(h) {
        for qx in x.saturating_sub(2)..(x + 3).min(w) {
            if seen[qy * w + qx].is_shaded {
                let c = squeeze(color[qy * w + qx]);
                sum += c;
                sum2 += c * c;
                n += 1.0;
            }
        }
    }
    let mean = sum / n;
    let deviation = (sum2 / n - mean * mean).max(Vec3::ZERO).map(f32::sqrt);
    (mean - deviation * 2.0 - 0.002, mean + deviation * 2.0 + 0.002)
}
