//! Enlarging frames: the clip is traced at three quarters of its size and enlarged before precipitation, glare and grain, which
//! keep their full sharpness.

use gesamt_scene::Frame;
use glam::{Vec3, Vec4};
use rayon::prelude::*;

/// The size at which a clip of `size` is traced.
#[must_use]
pub fn traced_size(size: [u32; 2]) -> [u32; 2] {
    size.map(|v| (v * 3 / 4).max(16))
}

/// The frame at another size: colour through Catmull–Rom on compressed values, so that highlights do not ring; depth, normals
/// and albedo from the nearest pixel, so that edges stay edges.
#[must_use]
pub fn upscale(frame: &Frame, [width, height]: [u32; 2]) -> Frame {
    let mut large = Frame::new(width, height);
    let (w, h) = (frame.width as usize, frame.height as usize);
    let compressed: Vec<Vec4> = frame.color.par_iter().map(|c| squeeze(*c)).collect();
    let columns: Vec<Taps> = (0..width).map(|x| Taps::new(x, width, w)).collect();
    let row_length = width as usize;
    let rows = (large.color.par_chunks_mut(row_length))
        .zip(large.depth.par_chunks_mut(row_length))
        .zip(large.normal.par_chunks_mut(row_length))
        .zip(large.albedo.par_chunks_mut(row_length));
    rows.enumerate().for_each(|(y, (((color, depth), normal), albedo))| {
        let row = Taps::new(y as u32, height, h);
        let lines = row.index.map(|j| &compressed[j * w..(j + 1) * w]);
        // First down the columns of the source, then along the row.
        let between: Vec<Blend> = (0..w).map(|i| row.blend(lines.map(|line| Blend::of(line[i])))).collect();
        for (x, column) in columns.iter().enumerate() {
            let nearest = row.nearest * w + column.nearest;
            let blend = column.blend(column.index.map(|i| between[i]));
            // Beside a lamp the curve overshoots; expanded again, that would outshine the lamp itself.
            color[x] = stretch(blend.value.clamp(blend.low, blend.high));
            depth[x] = frame.depth[nearest];
            normal[x] = frame.normal[nearest];
            albedo[x] = frame.albedo[nearest];
        }
    });
    large
}

/// A blend of colours with the least and the greatest of them.
#[derive(Clone, Copy)]
struct Blend {
    value: Vec4,
    low: Vec4,
    high: Vec4,
}

impl Blend {
    fn of(value: Vec4) -> Self {
        Self { value, low: value, high: value }
    }
}

/// The four source pixels under a target pixel and their weights.
struct Taps {
    index: [usize; 4],
    weight: [f32; 4],
    nearest: usize,
}

impl Taps {
    fn new(target: u32, n_target: u32, n_source: usize) -> Self {
        let at = (target as f32 + 0.5) * n_source as f32 / n_target as f32 - 0.5;
        let base = at.floor();
        let f = at - base;
        let (f2, f3) = (f * f, f * f * f);
        let clamp = |v: f32| (v.max(0.0) as usize).min(n_source - 1);
        Self {
            index: [0, 1, 2, 3].map(|i| clamp(base - 1.0 + i as f32)),
            weight: [
                -0.5 * f + f2 - 0.5 * f3,
                1.0 - 2.5 * f2 + 1.5 * f3,
                0.5 * f + 2.0 * f2 - 1.5 * f3,
                -0.5 * f2 + 0.5 * f3,
            ],
            nearest: clamp(at.round()),
        }
    }

    /// Four neighbours put together.
    fn blend(&self, [a, b, c, d]: [Blend; 4]) -> Blend {
        let [ka, kb, kc, kd] = self.weight;
        Blend {
            value: a.value * ka + b.value * kb + c.value * kc + d.value * kd,
            low: a.low.min(b.low).min(c.low.min(d.low)),
            high: a.high.max(b.high).max(c.high.max(d.high)),
        }
    }
}

fn squeeze(c: [f32; 3]) -> Vec4 {
    let scale = 1.0 / (1.0 + c[0].max(c[1]).max(c[2]));
    (Vec3::from(c) * scale).extend(0.0)
}

fn stretch(c: Vec4) -> [f32; 3] {
    let c = c.truncate().clamp(Vec3::ZERO, Vec3::splat(0.999));
    (c / (1.0 - c.max_element())).to_array()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_frame_stays_constant_and_bright_values_survive() {
        let mut frame = Frame::new(30, 20);
        frame.color.fill([0.2, 4.0, 40.0]);
        frame.depth.fill(7.0);
        let large = upscale(&frame, [40, 27]);
        assert_eq!((large.width, large.height, large.color.len()), (40, 27, 40 * 27));
        for c in &large.color {
            assert!((c[0] - 0.2).abs() < 0.01 && (c[1] - 4.0).abs() < 0.1 && (c[2] - 40.0).abs() < 1.0, "{c:?}");
        }
        assert!(large.depth.iter().all(|d| *d == 7.0));
    }

    #[test]
    fn a_lamp_gets_no_brighter_and_its_surroundings_no_darker() {
        let mut frame = Frame::new(40, 40);
        for (i, c) in frame.color.iter_mut().enumerate() {
            *c = if (i % 40).abs_diff(20) < 3 && (i / 40).abs_diff(20) < 3 { [30.0, 20.0, 9.0] } else { [0.02; 3] };
        }
        let large = upscale(&frame, [53, 53]);
        for c in &large.color {
            assert!((0.0195..30.1).contains(&c[0]) && (0.0195..20.1).contains(&c[1]), "{c:?}");
        }
    }

    #[test]
    fn an_edge_stays_where_it_was() {
        let mut frame = Frame::new(40, 4);
        for (i, c) in frame.color.iter_mut().enumerate() {
            *c = if i % 40 < 20 { [0.0; 3] } else { [1.0; 3] };
        }
        let large = upscale(&frame, [80, 8]);
        let row = &large.color[80 * 4..80 * 5];
        assert!(row[..36].iter().all(|c| c[0] < 0.05) && row[44..].iter().all(|c| c[0] > 0.9), "{row:?}");
    }
}
