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

    /// Adds `other`, enlarged to this size, times `gain`; `own` scales what was here, by its value.
    pub(crate) fn add_enlarged(&mut self, other: &Self, own: impl Fn([f32; 3]) -> f32 + Sync, gain: f32) {
        let (width, height) = (self.width, self.height);
        let columns: Vec<Between> = (0..width).map(|x| Between::new(x, width, other.width)).collect();
        self.data.par_chunks_mut(width).enumerate().for_each(|(y, row)| {
            let Between { first, second, part } = Between::new(y, height, other.height);
            let line = |j: usize| other.data[j * other.width..(j + 1) * other.width].as_flattened();
            let line: Vec<f32> = line(first).iter().zip(line(second)).map(|(a, b)| a + (b - a) * part).collect();
            let line = line.as_chunks::<3>().0;
            for (pixel, column) in row.iter_mut().zip(&columns) {
                let kept = own(*pixel);
                let (a, b) = (line[column.first], line[column.second]);
                for i in 0..3 {
                    pixel[i] = kept * pixel[i] + gain * (a[i] + (b[i] - a[i]) * column.part);
                }
            }
        });
    }

    /// Blurred with a box of `2 radius + 1` pixels in both directions, `passes` times.
    pub(crate) fn blurred(mut self, radius: usize, passes: usize) -> Self {
        for _ in 0..passes {
            self = self.blurred_across(radius).blurred_down(radius);
        }
        self
    }

    fn blurred_across(&self, radius: usize) -> Self {
        let share = 1.0 / (2 * radius + 1) as f32;
        Self::from_rows(self.width, self.height, |y, row| {
            let source = &self.data[y * self.width..(y + 1) * self.width];
            let last = self.width - 1;
            // The sum of the box around a pixel follows from that of the pixel before.
            let mut sum = source[0].map(|v| v * radius as f32);
            (0..=radius).for_each(|x| (0..3).for_each(|i| sum[i] += source[x.min(last)][i]));
            for (x, pixel) in row.iter_mut().enumerate() {
                *pixel = sum.map(|v| v * share);
                let (enters, leaves) = (source[(x + radius + 1).min(last)], source[x.saturating_sub(radius)]);
                (0..3).for_each(|i| sum[i] += enters[i] - leaves[i]);
            }
        })
    }

    fn blurred_down(&self, radius: usize) -> Self {
        let share = 1.0 / (2 * radius + 1) as f32;
        Self::from_rows(self.width, self.height, |y, row| {
            let out = row.as_flattened_mut();
            for tap in y..y + 2 * radius + 1 {
                let from = tap.saturating_sub(radius).min(self.height - 1) * self.width;
                let source = self.data[from..from + self.width].as_flattened();
                out.iter_mut().zip(source).for_each(|(sum, v)| *sum += v);
            }
            out.iter_mut().for_each(|v| *v *= share);
        })
    }
}

/// The two of a row of coarse pixels around the middle of a fine one, and how far it is from the first to the second.
pub(crate) struct Between {
    pub first: usize,
    pub second: usize,
    pub part: f32,
}

impl Between {
    pub fn new(fine: usize, n_fine: usize, n_coarse: usize) -> Self {
        let last = n_coarse - 1;
        let place = ((fine as f32 + 0.5) * n_coarse as f32 / n_fine as f32 - 0.5).clamp(0.0, last as f32);
        let first = place as usize;
        Self { first, second: (first + 1).min(last), part: place - first as f32 }
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
        back.add_enlarged(&half, |_| 0.0, 1.0);
        for p in back.data {
            assert!((p[0] - 0.3).abs() < 1e-5 && (p[2] - 0.9).abs() < 1e-5);
        }
    }

    #[test]
    fn a_blurred_picture_is_the_mean_of_the_boxes_around_its_pixels() {
        let value = |x: usize, y: usize| ((x * 7 + y * 13) % 11) as f32;
        let image = Image::from_rows(23, 17, |y, row| {
            row.iter_mut().enumerate().for_each(|(x, p)| *p = [value(x, y), 1.0, -value(x, y)]);
        });
        let blurred = image.blurred(3, 1);
        let clamped = |v: usize, d: usize, most: usize| (v + d).saturating_sub(3).min(most - 1);
        for (x, y) in [(0, 0), (5, 9), (22, 16), (11, 2)] {
            let taps = (0..49).map(|k| value(clamped(x, k % 7, 23), clamped(y, k / 7, 17)));
            let mean = taps.sum::<f32>() / 49.0;
            let [a, one, b] = blurred.data[y * 23 + x];
            assert!((a - mean).abs() < 1e-3 && (b + mean).abs() < 1e-3 && (one - 1.0).abs() < 1e-5, "{a} {mean}");
        }
    }
}
