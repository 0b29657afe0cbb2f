//! Radiance of the upper half of the sphere as a table over azimuth and the root of the height.

use glam::Vec3;
use rayon::prelude::*;

/// Bilinear table; rows are dense near the horizon.
pub(crate) struct Table {
    width: usize,
    height: usize,
    texels: Vec<Vec3>,
}

impl Table {
    /// Fills the table with a function of the unit direction.
    pub(crate) fn new(width: usize, height: usize, radiance: impl Fn(Vec3) -> Vec3 + Sync) -> Self {
        let mut texels = vec![Vec3::ZERO; width * height];
        texels.par_chunks_mut(width).enumerate().for_each(|(row, texels)| {
            let y = (row as f32 / (height - 1) as f32).powi(2);
            let flat = (1.0 - y * y).max(0.0).sqrt();
            for (column, texel) in texels.iter_mut().enumerate() {
                let azimuth = (column as f32 / width as f32 - 0.5) * std::f32::consts::TAU;
                *texel = radiance(Vec3::new(flat * azimuth.cos(), y, flat * azimuth.sin()));
            }
        });
        Self { width, height, texels }
    }

    /// The table with a function applied to each texel.
    pub(crate) fn map(mut self, f: impl Fn(Vec3) -> Vec3) -> Self {
        for texel in &mut self.texels {
            *texel = f(*texel);
        }
        self
    }

    /// The value in a direction; below the horizon the value at the horizon.
    pub(crate) fn at(&self, dir: Vec3) -> Vec3 {
        let u = (fast_atan2(dir.z, dir.x) / std::f32::consts::TAU + 0.5) * self.width as f32;
        let v = dir.y.clamp(0.0, 1.0).sqrt() * (self.height - 1) as f32;
        let (column, row) = (u.floor(), (v as usize).min(self.height - 2));
        let (fu, fv) = (u - column, v - row as f32);
        let left = (column.max(0.0) as usize) % self.width;
        let right = (left + 1) % self.width;
        let (low, high) = (&self.texels[row * self.width..], &self.texels[(row + 1) * self.width..]);
        low[left].lerp(low[right], fu).lerp(high[left].lerp(high[right], fu), fv)
    }
}

/// Arc tangent of y / x in all quadrants with an error below 2e-4 rad.
///
/// # Source
/// Odd minimax polynomial on 0–1 in the manner of Abramowitz and Stegun 4.4.49.
pub(crate) fn fast_atan2(y: f32, x: f32) -> f32 {
    let (ax, ay) = (x.abs(), y.abs());
    let a = ax.min(ay) / ax.max(ay).max(1e-20);
    let s = a * a;
    let poly = ((((0.020_835_1 * s - 0.085_133) * s + 0.180_141) * s - 0.330_299_5) * s + 0.999_866) * a;
    let octant = if ay > ax { std::f32::consts::FRAC_PI_2 - poly } else { poly };
    let half = if x < 0.0 { std::f32::consts::PI - octant } else { octant };
    if y < 0.0 { -half } else { half }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fast_arc_tangent_is_close_in_every_octant() {
        for i in 0..720 {
            let angle = (i as f32 - 359.5) * std::f32::consts::PI / 360.0;
            let error = (fast_atan2(angle.sin(), angle.cos()) - angle).abs();
            assert!(error < 2e-4, "{angle}: {error}");
        }
    }

    #[test]
    fn the_table_returns_a_smooth_function_between_its_nodes() {
        let f = |d: Vec3| Vec3::new(d.x + 1.0, d.y, d.z * d.z);
        let table = Table::new(128, 64, f);
        for i in 0..500 {
            let dir =
                Vec3::new((i as f32 * 0.7).sin(), 0.05 + (i % 7) as f32 * 0.2, (i as f32 * 1.3).cos()).normalize();
            assert!((table.at(dir) - f(dir)).length() < 0.05, "{dir}");
        }
    }
}
