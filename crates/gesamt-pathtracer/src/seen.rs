//! What one pass of a frame of a clip sees, pixel by pixel, and what its neighbourhood tells of a pixel.

use glam::{Vec3, Vec4};

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
    /// What moves on was before it in the frame before, whose colour says nothing of it.
    pub is_revealed: bool,
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
    is_revealed: false,
};

/// The mean of the shaded neighbours of a pixel without history, compressed.
pub(crate) fn nearest_color(depth: &[f32], color: &[Vec4], w: usize, h: usize, x: usize, y: usize) -> Vec4 {
    let mut sum = Vec4::ZERO;
    let own = depth[y * w + x];
    for qy in y.saturating_sub(2)..(y + 3).min(h) {
        for qx in x.saturating_sub(2)..(x + 3).min(w) {
            let q = qy * w + qx;
            sum += color[q] * if (depth[q] - own).abs() < 0.1 * own { 1.0 } else { 0.01 };
        }
    }
    sum / sum.w.max(1e-6)
}

/// The pixel with the nearest of what is seen around a pixel, so that edges move with what is in front.
pub(crate) fn nearest_pixel(depth: &[f32], w: usize, h: usize, x: usize, y: usize) -> usize {
    let mut nearest = y * w + x;
    for qy in y.saturating_sub(1)..(y + 2).min(h) {
        for q in qy * w + x.saturating_sub(1)..qy * w + (x + 2).min(w) {
            if depth[q] < depth[nearest] {
                nearest = q;
            }
        }
    }
    nearest
}

/// A range that holds most of the colours around a pixel. They are compressed, with the number of samples beside them.
pub(crate) fn neighbourhood(color: &[Vec4], w: usize, h: usize, x: usize, y: usize) -> (Vec4, Vec4) {
    let (mut sum, mut sum2) = (Vec4::ZERO, Vec4::ZERO);
    for qy in y.saturating_sub(2)..(y + 3).min(h) {
        for c in &color[qy * w + x.saturating_sub(2)..qy * w + (x + 3).min(w)] {
            sum += *c;
            sum2 += *c * *c;
        }
    }
    let n = sum.w;
    if n == 0.0 {
        return (Vec4::ZERO, Vec4::ONE);
    }
    let mean = sum / n;
    let deviation = (sum2 / n - mean * mean).max(Vec4::ZERO).map(f32::sqrt);
    (mean - deviation * 2.0 - 0.002, mean + deviation * 2.0 + 0.002)
}
