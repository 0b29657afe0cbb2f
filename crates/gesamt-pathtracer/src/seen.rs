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
    pub material: u32,
    /// From where the point is to where it was in the frame before.
    pub shift: Vec3,
    /// False when only its depth is known and its colour comes from the frame before.
    pub is_shaded: bool,
    pub is_lively: bool,
    /// Frames for which it is still shaded each time, since it showed something else a moment ago: an edge goes through it.
    pub n_unsettled: u8,
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
    material: u32::MAX,
    shift: Vec3::ZERO,
    is_shaded: true,
    is_lively: false,
    n_unsettled: 0,
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

/// What is in front by more than this share of the distance is something else.
const IN_FRONT: f32 = 0.1;

/// What is around the pixels of a row: sums of colours and of their squares, and how near anything comes.
pub(crate) struct Neighbourhoods<'a> {
    depth: &'a [f32],
    color: &'a [Vec4],
    size: [usize; 2],
    y: usize,
    /// Of each column of five pixels, with two more columns at each end.
    columns: Vec<(Sums, f32)>,
}

/// Sums of colours and of their squares.
type Sums = (Vec4, Vec4);

impl<'a> Neighbourhoods<'a> {
    /// Those of row `y`. Colours are compressed, with the number of samples beside them.
    pub fn of_row(depth: &'a [f32], color: &'a [Vec4], [w, h]: [usize; 2], y: usize) -> Self {
        let mut columns = vec![((Vec4::ZERO, Vec4::ZERO), f32::INFINITY); w + 4];
        for qy in y.saturating_sub(2)..(y + 3).min(h) {
            let row = color[qy * w..(qy + 1) * w].iter().zip(&depth[qy * w..(qy + 1) * w]);
            for ((sums, nearest), (c, d)) in columns[2..].iter_mut().zip(row) {
                sums.0 += *c;
                sums.1 += *c * *c;
                *nearest = if d < nearest { *d } else { *nearest };
            }
        }
        Self { depth, color, size: [w, h], y, columns }
    }

    /// A range that holds most of the colours in the 5 × 5 pixels around a column. What was in front of a surface a moment ago is not
    /// to leave its colours on it: where nothing in front touches a pixel, only what is not in front counts.
    pub fn range(&self, x: usize) -> (Vec4, Vec4) {
        let around = &self.columns[x..x + 5];
        let [w, h] = self.size;
        let limit = (1.0 - IN_FRONT) * self.depth[self.y * w + x];
        let touches = || self.depth[nearest_pixel(self.depth, w, h, x, self.y)] < limit;
        let (sum, sum2) = if around.iter().any(|c| c.1 < limit) && !touches() {
            self.behind(x, limit)
        } else {
            around.iter().fold((Vec4::ZERO, Vec4::ZERO), |a, (b, _)| (a.0 + b.0, a.1 + b.1))
        };
        let n = sum.w;
        if n == 0.0 {
            return (Vec4::ZERO, Vec4::ONE);
        }
        let mean = sum / n;
        let deviation = (sum2 / n - mean * mean).max(Vec4::ZERO).map(f32::sqrt);
        (mean - deviation * 2.0 - 0.002, mean + deviation * 2.0 + 0.002)
    }

    /// Sums of what is no nearer than a limit.
    fn behind(&self, x: usize, limit: f32) -> Sums {
        let [w, h] = self.size;
        let rows = self.y.saturating_sub(2)..(self.y + 3).min(h);
        let pixels = rows.flat_map(|y| y * w + x.saturating_sub(2)..y * w + (x + 3).min(w));
        pixels.filter(|q| self.depth[*q] >= limit).fold((Vec4::ZERO, Vec4::ZERO), |(sum, sum2), q| {
            let c = self.color[q];
            (sum + c, sum2 + c * c)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dark wall, 10 m off, and a bright sign 5 m off that covers the columns from 8 on.
    fn wall_and_sign() -> (Vec<f32>, Vec<Vec4>) {
        let (w, h) = (12, 5);
        let is_sign = |i: usize| i % w >= 8;
        let depth = (0..w * h).map(|i| if is_sign(i) { 5.0 } else { 10.0 }).collect();
        let color = (0..w * h).map(|i| Vec3::splat(if is_sign(i) { 0.9 } else { 0.1 }).extend(1.0)).collect();
        (depth, color)
    }

    #[test]
    fn what_is_in_front_lends_its_colours_to_its_edge_alone() {
        let (depth, color) = wall_and_sign();
        let around = Neighbourhoods::of_row(&depth, &color, [12, 5], 2);
        let most = |x: usize| around.range(x).1.x;
        assert!(most(2) < 0.11 && most(6) < 0.11, "{} {}", most(2), most(6));
        assert!(most(7) > 0.8, "an edge goes through the pixel: {}", most(7));
        assert!(around.range(9).0.x < 0.11, "what is behind may show through an edge: {}", around.range(9).0.x);
    }

    #[test]
    fn a_range_is_that_of_the_pixels_with_samples() {
        let (depth, mut color) = wall_and_sign();
        (0..color.len()).filter(|i| i % 2 == 1).for_each(|i| color[i] = Vec4::ZERO);
        let around = Neighbourhoods::of_row(&depth, &color, [12, 5], 2);
        let (low, high) = around.range(3);
        assert!((low.x - 0.098).abs() < 1e-4 && (high.x - 0.102).abs() < 1e-4, "{low} {high}");
        let none = vec![Vec4::ZERO; color.len()];
        assert_eq!(Neighbourhoods::of_row(&depth, &none, [12, 5], 2).range(3), (Vec4::ZERO, Vec4::ONE));
    }
}
