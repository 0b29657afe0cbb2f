//! From what a pass of a clip has seen to its picture: reflections are filtered, the air laid over them, and the frame before
//! fills in what was not shaded.

use glam::{Vec2, Vec3, Vec4};
use rayon::prelude::*;

use crate::blocks::Blocks;
use crate::compose::through_fog;
use crate::denoise::{Settings, Signal, denoise, despeckle, guides};
use crate::history::{History, Reprojection, View, squeeze};
use crate::light::lum;
use crate::math::smoothstep;
use crate::seen::{Neighbourhoods, Seen, nearest_color, nearest_pixel};
use crate::shot::Shot;

/// Share of a new sample in the running average of calm and of lively pixels.
const FRESH_CALM: f32 = 0.3;
const FRESH_LIVELY: f32 = 0.4;
/// And of edges, which are shaded more often.
const FRESH_UNSETTLED: f32 = 0.2;
/// And of what moves, which softens each time that it is taken from the frame before.
const FRESH_MOVED: f32 = 0.55;

impl Shot<'_> {
    /// Filters the reflections and lays the air over the picture. Colours are compressed, with 1 beside them; what was not
    /// shaded is 0.
    pub fn finish(&self, view: &View) -> Vec<Vec4> {
        let reflection = self.filtered_reflection(&view.seen);
        let (w, h) = (self.width, self.height);
        let rays = self.rays;
        let shift = self.jitter - 0.5;
        view.seen
            .par_iter()
            .enumerate()
            .map(|(i, s)| {
                if !s.is_shaded {
                    return Vec4::ZERO;
                }
                let (x, y) = ((i % w) as f32 + shift.x, (i / w) as f32 + shift.y);
                let ray = rays[0] + rays[1] * x + rays[2] * y;
                let frame = Vec2::new((x + 0.5) / w as f32, (y + 0.5) / h as f32);
                let reflected = if s.alpha < 1.0 {
                    Vec3::new(reflection[0][i], reflection[1][i], reflection[2][i])
                } else {
                    s.reflection
                };
                let color = s.color + reflected * s.specular;
                squeeze(through_fog(self.prepared, &self.camera, self.fog, frame, ray, s.depth, color)).extend(1.0)
            })
            .collect()
    }

    /// The reflections that were traced, filtered; planes of red, green and blue.
    fn filtered_reflection(&self, seen: &[Seen]) -> [Vec<f32>; 3] {
        if seen.par_iter().all(|s| s.alpha >= 1.0) {
            return Default::default();
        }
        let (w, h) = (self.width, self.height);
        let is_traced = |s: &Seen| s.is_shaded && s.alpha < 1.0;
        let mut guides = guides(&self.camera, w, h, |i| (seen[i].depth, seen[i].normal));
        let [red, green, blue, luminance, variance, strength] = planes(seen, w, |s| {
            let c = s.reflection;
            let deviation = lum(c) * 0.5;
            let variance = if s.alpha < 1.0 { deviation * deviation } else { 1e-8 };
            let strength = if s.is_shaded { smoothstep(0.004, 0.05, s.alpha) } else { 0.0 };
            [c.x, c.y, c.z, lum(c), variance, strength]
        });
        guides.strength = Some(strength);
        guides.wanted = Some(Blocks::around(w, h, |i| is_traced(&seen[i])));
        let mut signal = Signal { channels: vec![red, green, blue], luminance, variance };
        let is_sparse = seen.par_iter().any(|s| !s.is_shaded);
        despeckle(&mut signal, w, h, if is_sparse { 4 } else { 2 }, |i| is_traced(&seen[i]));
        denoise(&guides, &mut signal, Settings { iterations: 2, sigma_luminance: 2.0, sigma_depth: 0.008 });
        signal.channels.try_into().unwrap_or_default()
    }

    /// Blends a pass with what the previous frame knew of the same surfaces.
    pub fn accumulate(&self, view: &View, fresh: &[Vec4], old: Option<&History>, share: Option<f32>) -> Vec<Vec4> {
        let Some(old) = old else { return fresh.to_vec() };
        let (w, h) = (self.width, self.height);
        let rays = self.rays;
        let reprojection = Reprojection::new(&old.camera, w, h);
        let is_same_view = share.is_some();
        let seen = &view.seen;
        let blend = |x: usize, y: usize, around: &Neighbourhoods| {
            let i = y * w + x;
            let ray = rays[0] + rays[1] * x as f32 + rays[2] * y as f32;
            if seen[i].is_revealed && !is_same_view {
                return fresh[i];
            }
            // What is not shaded keeps the colour of its own surface; edges of what is move with what is in front.
            let nearest = if seen[i].is_shaded { nearest_pixel(&view.depth, w, h, x, y) } else { i };
            let eye = self.camera.position + if is_same_view { Vec3::ZERO } else { seen[nearest].shift };
            let previous = reprojection.fetch(&old.view, eye, ray, view.depth[nearest], is_same_view);
            let Some(mut kept) = previous else {
                return if seen[i].is_shaded { fresh[i] } else { nearest_color(&view.depth, fresh, w, h, x, y) };
            };
            if !seen[i].is_shaded && !seen[i].is_lively {
                return kept;
            }
            if !is_same_view {
                let (low, high) = around.range(x);
                kept = kept.clamp(low, high);
            }
            if !seen[i].is_shaded {
                return kept;
            }
            let usual = match seen[i] {
                s if self.is_moved(s.shift, s.depth) => FRESH_MOVED,
                s if s.n_unsettled > 0 => FRESH_UNSETTLED,
                s if s.is_lively => FRESH_LIVELY,
                _ => FRESH_CALM,
            };
            kept.lerp(fresh[i], share.unwrap_or(usual))
        };
        let mut blended = vec![Vec4::ZERO; w * h];
        blended.par_chunks_mut(w).enumerate().for_each(|(y, row)| {
            let around = Neighbourhoods::of_row(&view.depth, fresh, [w, h], y);
            row.iter_mut().enumerate().for_each(|(x, out)| *out = blend(x, y, &around));
        });
        blended
    }
}

/// Planes of values of each pixel.
fn planes<const N: usize>(seen: &[Seen], w: usize, values: impl Fn(&Seen) -> [f32; N] + Sync) -> [Vec<f32>; N] {
    let mut planes: [Vec<f32>; N] = std::array::from_fn(|_| vec![0.0; seen.len()]);
    let mut rows: Vec<Vec<&mut [f32]>> = seen.chunks(w).map(|_| Vec::with_capacity(N)).collect();
    for plane in &mut planes {
        rows.iter_mut().zip(plane.chunks_mut(w)).for_each(|(row, part)| row.push(part));
    }
    rows.par_iter_mut().zip(seen.par_chunks(w)).for_each(|(row, seen)| {
        for (x, s) in seen.iter().enumerate() {
            row.iter_mut().zip(values(s)).for_each(|(part, value)| part[x] = value);
        }
    });
    planes
}
