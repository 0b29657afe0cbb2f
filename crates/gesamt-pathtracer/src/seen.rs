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

/// Sums of the colours around the pixels of a row, and of their squares.
pub(crate) struct Neighbourhoods {
    /// Of each column of five pixels, with two more columns at each end.
    columns: Vec<(Vec4, Vec4)>,
}

impl Neighbourhoods {
    /// Those of row `y`. Colours are compressed, with the number of samples beside them.
    pub fn of_row(color: &[Vec4], w: usize, h: usize, y: usize) -> Self {
        let mut columns = vec![(Vec4::ZERO, Vec4::ZERO); w + 4];
        for qy in y.saturating_sub(2)..(y + 3).min(h) {
            for (sums, c) in columns[2..].iter_mut().zip(&color[qy * w..(qy + 1) * w]) {
                sums.0 += *c;
                sums.1 += *c * *c;
            }
        }
        Self { columns }
    }

    /// A range that holds most of the colours in the 5 × 5 pixels around a column.
    pub fn range(&self, x: usize) -> (Vec4, Vec4) {
        let add = |a: (Vec4, Vec4), b: &(Vec4, Vec4)| (a.0 + b.0, a.1 + b.1);
        let (sum, sum2) = self.columns[x..x + 5].iter().fold((Vec4::ZERO, Vec4::ZERO), add);
        let n = sum.w;
        if n == 0.0 {
            return (Vec4::ZERO, Vec4::ONE);
        }
        let mean = sum / n;
        let deviation = (sum2 / n - mean * mean).max(Vec4::ZERO).map(f32::sqrt);
        (mean - deviation * 2.0 - 0.002, mean + deviation * 2.0 + 0.002)
    }
}
