//! Small helpers on three-channel images.

use rayon::prelude::*;

/// Rows from top to bottom, linear light.
#[derive(Clone, Debug, Default)]
pub(crate) struct Image {
    pub width: usize,
    pub height: usize,
    pub data: Vec<[f32; 3]>,
}

impl Image {
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self { width, height, data: vec![[0.0; 3]; width * height] }
    }

    /// Fills rows in parallel.
    pub(crate) fn from_rows(width: usize, height: usize, row: impl Fn(usize, &mut [[f32; 3]]) + Sync) -> Self {
        let mut image = Self::new(width, height);
        image.data.par_chunks_mut(width.max(1)).enumerate().for_each(|(y, pixels)| row(y, pixels));
        image
    }

    /// The value between pixel centres; `x` and `y` in pixels, clamped to the edge.
    pub(crate) fn bilinear(&self, x: f32, y: f32) -> [f32; 3] {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let (a, b) = (self.data[y0 * self.width + x0], self.data[y0 * self.width + x1]);
        let (c, d) = (self.data[y1 * self.width + x0], self.data[y1 * self.width + x1]);
        std::array::from_fn(|i| {
            let top = a[i] + (b[i] - a[i]) * fx;
            let bottom = c[i] + (d[i] - c[i]) * fx;
            top + (bottom - top) * fy
        })
    }

    /// The mean over blocks of `factor` pixels.
    pub(crate) fn shrunk(&self, factor: usize) -> Self {
        let width = self.width.div_ceil(factor).max(1);
        let height = self.height.div_ceil(factor).max(1);
        Self::from_rows(width, height, |y, row| {
            let ys = y * factor..((y + 1) * factor).min(self.height);
            for (x, pixel) in row.iter_mut().enumerate() {
                let xs = x * factor..((x + 1) * factor).min(self.width);
                let n = (ys.len() * xs.len()).max(1) as f32;
                let mut sum = [0.0f32; 3];
                for yy in ys.clone() {
                    for p in &self.data[yy * self.width + xs.start..yy * self.width + xs.end] {
                        for i in 0..3 {
                            sum[i] += p[i];
                        }
                    }
                }
                *pixel = sum.map(|v| v / n);
            }
        })
    }

    /// Half the size with the kernel 1 3 3 1, which keeps small lights from flickering between pixels.
    pub(crate) fn halved(&self) -> Self {
        self.halved_of(|pixel| pixel)
    }

    /// The same of a function of each pixel.
    pub(crate) fn halved_of(&self, value: impl Fn([f32; 3]) -> [f32; 3] + Sync) -> Self {
        let width = self.width.div_ceil(2).max(1);
        let height = self.height.div_ceil(2).max(1);
        const KERNEL: [f32; 4] = [0.125, 0.375, 0.375, 0.125];
        Self::from_rows(width, height, |y, row| {
            let mut lines = vec![[0.0f32; 3]; self.width];
            for (tap, weight) in KERNEL.iter().enumerate() {
                let yy = (2 * y + tap).saturating_sub(1).min(self.height - 1);
                let source = &self.data[yy * self.width..(yy + 1) * self.width];
                for (line, p) in lines.iter_mut().zip(source) {
                    let p = value(*p);
                    for i in 0..3 {
                        line[i] += weight * p[i];
                    }
                }
            }
            for (x, pixel) in row.iter_mut().enumerate() {
                for (tap, weight) in KERNEL.iter().enumerate() {
                    let p = lines[(2 * x + tap).saturating_sub(1).min(self.width - 1)];
                    for i in 0..3 {
                        pixel[i] += weight * p[i];
                    }
                }
            }
        })
    }

    /// Adds `other`, enlarged to this size, times `gain`; `own` scales what was here.
    pub(crate) fn add_enlarged(&mut self, other: &Self, own: f32, gain: f32) {
        let (sx, sy) = (other.width as f32 / self.width as f32, other.height as f32 / self.height as f32);
        let width = self.width;
        self.data.par_chunks_mut(width).enumerate().for_each(|(y, row)| {
            for (x, pixel) in row.iter_mut().enumerate() {
                let p = other.bilinear((x as f32 + 0.5) * sx, (y as f32 + 0.5) * sy);
                for i in 0..3 {
                    pixel[i] = own * pixel[i] + gain * p[i];
                }
            }
        });
    }

    /// Blurred with a box of `2 radius + 1` pixels in both directions, `passes` times.
    pub(crate) fn blurred(mut self, radius: usize, passes: usize) -> Self {
        for _ in 0..passes {
            for horizontal in [true, false] {
                let (width, height) = (self.width as isize, self.height as isize);
                let source = self;
                let r = radius as isize;
                self = Self::from_rows(source.width, source.height, |y, row| {
                    for (x, pixel) in row.iter_mut().enumerate() {
                        let mut sum = [0.0f32; 3];
                        for d in -r..=r {
                            let (dx, dy) = if horizontal { (d, 0) } else { (0, d) };
                            let xx = (x as isize + dx).clamp(0, width - 1);
                            let yy = (y as isize + dy).clamp(0, height - 1);
                            let p = source.data[(yy * width + xx) as usize];
                            for i in 0..3 {
                                sum[i] += p[i];
                            }
                        }
                        *pixel = sum.map(|v| v / (2 * r + 1) as f32);
                    }
                });
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halving_and_enlarging_keep_a_constant() {
        let image = Image { width: 37, height: 21, data: vec![[0.3, 0.6, 0.9]; 37 * 21] };
        let half = image.halved();
        assert_eq!((half.width, half.height), (19, 11));
        let mut back = Image::new(37, 21);
        back.add_enlarged(&half, 0.0, 1.0);
        for p in back.data {
            assert!((p[0] - 0.3).abs() < 1e-5 && (p[2] - 0.9).abs() < 1e-5);
        }
    }
}
