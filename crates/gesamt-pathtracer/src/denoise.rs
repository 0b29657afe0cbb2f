//! Edge-stopping à-trous filter over demodulated light.
//!
//! # Source
//! Dammertz et al., "Edge-avoiding à-trous wavelet transform for fast global illumination filtering" (2010); Schied et
//! al., "Spatiotemporal variance-guided filtering" (2017). Depth is compared with the exact perspective of the tangent
//! plane, in which inverse depth is linear over the image.

use gesamt_scene::Camera;
use glam::Vec3;
use rayon::prelude::*;

use crate::blocks::Blocks;
use crate::compose::ray_frame;

/// Geometry that stops the filter, one plane per component.
#[derive(Default)]
pub(crate) struct Guides {
    pub width: usize,
    pub height: usize,
    pub normal: [Vec<f32>; 3],
    /// Inverse depth; 0 where there is no surface.
    pub inverse: Vec<f32>,
    /// Change of the inverse depth of the tangent plane per pixel.
    pub slope: [Vec<f32>; 2],
    /// Strength of filtering 0–1 per pixel, for reflections whose sharpness varies.
    pub strength: Option<Vec<f32>>,
    /// Where a result is wanted; everywhere without.
    pub wanted: Option<Blocks>,
}

/// Guides from the depth along the optical axis and the unit normal of each pixel.
pub(crate) fn guides(camera: &Camera, w: usize, h: usize, at: impl Fn(usize) -> (f32, Vec3) + Sync) -> Guides {
    let [corner, right, down] = ray_frame(camera, w, h);
    let values: Vec<[f32; 6]> = (0..w * h)
        .into_par_iter()
        .map(|i| {
            let (depth, n) = at(i);
            if !depth.is_finite() {
                return [0.0; 6];
            }
            let ray = corner + right * (i % w) as f32 + down * (i / w) as f32;
            // n · (depth × ray) = c on the plane, hence 1 / depth = n · ray / c.
            let c = n.dot(ray) * depth;
            let c = if c.abs() < 0.02 * depth { (0.02 * depth).copysign(c) } else { c };
            [n.x, n.y, n.z, 1.0 / depth, n.dot(right) / c, n.dot(down) / c]
        })
        .collect();
    let plane = |k: usize| values.par_iter().map(|v| v[k]).collect::<Vec<f32>>();
    let normal = [plane(0), plane(1), plane(2)];
    Guides { width: w, height: h, normal, inverse: plane(3), slope: [plane(4), plane(5)], strength: None, wanted: None }
}

/// Channels that are filtered with common weights.
pub(crate) struct Signal {
    /// Red, green and blue of every group in turn.
    pub channels: Vec<Vec<f32>>,
    /// Luminance that the weights look at.
    pub luminance: Vec<f32>,
    /// Variance of that luminance.
    pub variance: Vec<f32>,
}

/// How a signal is filtered.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub iterations: u32,
    /// Tolerated difference of luminance in standard deviations.
    pub sigma_luminance: f32,
    /// Tolerated distance from the tangent plane relative to the depth.
    pub sigma_depth: f32,
}

const KERNEL: [f32; 3] = [0.375, 0.25, 0.0625];

/// Filters a signal in place.
pub(crate) fn denoise(guides: &Guides, signal: &mut Signal, settings: Settings) {
    let (w, h) = (guides.width, guides.height);
    let mut variance = blur(&blur(&signal.variance, w, h), w, h);
    // What the first pass looks at is smoothed over the surface, so that lone samples do not defend themselves.
    signal.luminance = smoothed(guides, signal, &variance, settings);
    for iteration in 0..settings.iterations {
        let step = 1usize << iteration;
        let n = signal.channels.len();
        let mut out: Vec<Vec<f32>> = (0..n + 2).map(|_| vec![0.0; w * h]).collect();
        {
            let mut rows: Vec<Vec<&mut [f32]>> = (0..h).map(|_| Vec::with_capacity(n + 2)).collect();
            for plane in &mut out {
                for (row, slice) in rows.iter_mut().zip(plane.chunks_mut(w)) {
                    row.push(slice);
                }
            }
            let input = Input { guides, signal, variance: &variance, step, settings };
            rows.par_iter_mut().enumerate().for_each(|(y, row)| filter_row(&input, y, row));
        }
        variance = out.pop().unwrap_or_default();
        signal.luminance = out.pop().unwrap_or_default();
        signal.channels = out;
    }
    signal.variance = variance;
}

/// The luminance averaged over near pixels of the same surface.
fn smoothed(guides: &Guides, signal: &Signal, variance: &[f32], settings: Settings) -> Vec<f32> {
    let (w, h) = (guides.width, guides.height);
    let settings = Settings { sigma_luminance: 1e9, ..settings };
    let bare = Signal { channels: Vec::new(), luminance: signal.luminance.clone(), variance: Vec::new() };
    let input = Input { guides, signal: &bare, variance, step: 1, settings };
    let (mut out, mut rest) = (vec![0.0; w * h], vec![0.0; w * h]);
    out.par_chunks_mut(w)
        .zip(rest.par_chunks_mut(w))
        .enumerate()
        .for_each(|(y, (a, b))| filter_row(&input, y, &mut [a, b]));
    out
}

/// Limits single bright pixels to the second brightest of their neighbours. Pixels that are not `known` hold no sample and
/// stay as they are; where they are many, look farther, or the few neighbours that are left darken the picture.
pub(crate) fn despeckle(signal: &mut Signal, w: usize, h: usize, reach: usize, known: impl Fn(usize) -> bool + Sync) {
    let luminance = &signal.luminance;
    let scale: Vec<f32> = (0..w * h)
        .into_par_iter()
        .map(|i| {
            if !known(i) || is_vouched_for(luminance, w, h, i, reach) {
                return 1.0;
            }
            let (x, y) = (i % w, i / w);
            let (mut first, mut second) = (0f32, 0f32);
            for qy in y.saturating_sub(reach)..(y + reach + 1).min(h) {
                for qx in x.saturating_sub(reach)..(x + reach + 1).min(w) {
                    let v = luminance[qy * w + qx];
                    if (qx, qy) != (x, y) && v > second {
                        (first, second) = if v > first { (v, first) } else { (first, v) };
                    }
                }
            }
            let most = greatest_beside(second);
            if luminance[i] > most { most / luminance[i] } else { 1.0 }
        })
        .collect();
    for channel in signal.channels.iter_mut().chain([&mut signal.luminance]) {
        for (v, k) in channel.iter_mut().zip(&scale) {
            *v *= k;
        }
    }
    for (v, k) in signal.variance.iter_mut().zip(&scale) {
        *v *= k * k;
    }
}

/// The greatest luminance that is believed beside a neighbour.
#[inline(always)]
fn greatest_beside(neighbour: f32) -> f32 {
    1.2 * neighbour + 1e-4
}

/// True when two near neighbours in the four directions, at most `reach` away, are about as bright: the common case.
#[inline(always)]
fn is_vouched_for(luminance: &[f32], w: usize, h: usize, i: usize, reach: usize) -> bool {
    let (x, y) = (i % w, i / w);
    if x < 2 || y < 2 || x + 2 >= w || y + 2 >= h {
        return false;
    }
    let near = [i - 1, i + 1, i - w, i + w, i - 2, i + 2, i - 2 * w, i + 2 * w];
    let near = if reach > 1 { &near[..] } else { &near[..4] };
    near.iter().filter(|q| luminance[i] <= greatest_beside(luminance[**q])).nth(1).is_some()
}

/// Lends pixels that hardly have a neighbour on their own surface (thin bars, rims) the light of what lies about as far,
/// whichever way it faces: their few samples would stay as dots along every edge.
pub(crate) fn rescue(guides: &Guides, signal: &mut Signal) {
    let (w, h) = (guides.width, guides.height);
    let normal = |i: usize| Vec3::new(guides.normal[0][i], guides.normal[1][i], guides.normal[2][i]);
    let around = |i: usize, reach: usize| {
        let (x, y) = (i % w, i / w);
        let rows = y.saturating_sub(reach)..(y + reach + 1).min(h);
        rows.flat_map(move |qy| (x.saturating_sub(reach)..(x + reach + 1).min(w)).map(move |qx| qy * w + qx))
    };
    let apart = |p: usize, q: usize| (guides.inverse[q] - guides.inverse[p]).abs() / guides.inverse[p];
    let mended: Vec<(usize, Vec<f32>, f32)> = (0..w * h)
        .into_par_iter()
        .filter(|i| guides.inverse[*i] > 0.0)
        .filter(|&i| {
            let n = normal(i);
            around(i, 1).filter(|&q| apart(i, q) < 0.02 && normal(q).dot(n) > 0.95).count() <= 3
        })
        .map(|i| {
            let n = normal(i);
            let weight = |q: usize| {
                let near = (1.0 - apart(i, q) / 0.08).max(0.0);
                near * (0.08 + normal(q).dot(n).max(0.0).powi(2))
            };
            let taps: Vec<(usize, f32)> = around(i, 2).map(|q| (q, weight(q))).filter(|t| t.1 > 0.0).collect();
            let total: f32 = taps.iter().map(|t| t.1).sum();
            let mean = |plane: &[f32]| taps.iter().map(|(q, k)| plane[*q] * k).sum::<f32>() / total;
            let most = taps.iter().map(|t| t.1).fold(0.0, f32::max) / total;
            let values = signal.channels.iter().map(|c| mean(c)).chain([mean(&signal.luminance)]).collect();
            (i, values, mean(&signal.variance) * most)
        })
        .collect();
    for (i, values, variance) in mended {
        for (plane, v) in signal.channels.iter_mut().chain([&mut signal.luminance]).zip(values) {
            plane[i] = v;
        }
        signal.variance[i] = variance;
    }
}

struct Input<'a> {
    guides: &'a Guides,
    signal: &'a Signal,
    variance: &'a [f32],
    step: usize,
    settings: Settings,
}

fn filter_row(input: &Input, y: usize, out: &mut [&mut [f32]]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: AVX2 was detected. Fused operations stay off, so that the bits do not depend on the machine.
        return unsafe { filter_row_avx2(input, y, out) };
    }
    filter_row_body(input, y, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn filter_row_avx2(input: &Input, y: usize, out: &mut [&mut [f32]]) {
    filter_row_body(input, y, out);
}

#[inline(always)]
fn filter_row_body(input: &Input, y: usize, out: &mut [&mut [f32]]) {
    let g = input.guides;
    let (w, h) = (g.width, g.height);
    let here = y * w..(y + 1) * w;
    let mut norm = vec![0.0f32; w];
    let mut weight = vec![0.0f32; w];
    let kd: Vec<f32> =
        g.inverse[here.clone()].iter().map(|i| 1.0 / (input.settings.sigma_depth * i.max(1e-9))).collect();
    let kl: Vec<f32> = input.variance[here.clone()]
        .iter()
        .map(|v| 1.0 / (input.settings.sigma_luminance * v.max(0.0).sqrt() + 1e-6))
        .collect();
    let n = input.signal.channels.len();
    let stretches = g.wanted.as_ref().map_or_else(|| vec![(0, w)], |wanted| wanted.stretches(y, w));
    for dy in -2i32..=2 {
        let other = y as i64 + i64::from(dy) * input.step as i64;
        if other < 0 || other >= h as i64 {
            continue;
        }
        let other = other as usize * w;
        for (dx, (first, last)) in (-2i32..=2).flat_map(|dx| stretches.iter().map(move |s| (dx, *s))) {
            let shift = i64::from(dx) * input.step as i64;
            let from = first.max((-shift).max(0) as usize);
            let to = last.min((w as i64 - shift.max(0)).max(0) as usize);
            if from >= to {
                continue;
            }
            let kernel = KERNEL[dx.unsigned_abs() as usize] * KERNEL[dy.unsigned_abs() as usize];
            let p = y * w + from..y * w + to;
            let start = (other as i64 + from as i64 + shift) as usize;
            let q = start..start + (to - from);
            let offset = [shift as f32, (i64::from(dy) * input.step as i64) as f32];
            let is_center = dx == 0 && dy == 0;
            weights(
                input,
                kernel,
                p,
                q.clone(),
                offset,
                is_center,
                &kd[from..to],
                &kl[from..to],
                &mut weight[from..to],
            );
            for (a, b) in norm[from..to].iter_mut().zip(&weight[from..to]) {
                *a += *b;
            }
            for (c, plane) in input.signal.channels.iter().enumerate() {
                add(&mut out[c][from..to], &plane[q.clone()], &weight[from..to]);
            }
            add(&mut out[n][from..to], &input.signal.luminance[q.clone()], &weight[from..to]);
            for ((o, v), k) in out[n + 1][from..to].iter_mut().zip(&input.variance[q]).zip(&weight[from..to]) {
                *o += v * k * k;
            }
        }
    }
    for row in &mut out[..=n] {
        for (o, k) in row.iter_mut().zip(&norm) {
            *o /= k.max(1e-20);
        }
    }
    for (o, k) in out[n + 1].iter_mut().zip(&norm) {
        *o /= (k * k).max(1e-20);
    }
}

#[inline(always)]
fn add(out: &mut [f32], values: &[f32], weights: &[f32]) {
    for ((o, v), k) in out.iter_mut().zip(values).zip(weights) {
        *o += v * k;
    }
}

/// Weights of one tap over a row.
#[inline(always)]
fn weights(
    input: &Input,
    kernel: f32,
    p: std::ops::Range<usize>,
    q: std::ops::Range<usize>,
    [dx, dy]: [f32; 2],
    is_center: bool,
    kd: &[f32],
    kl: &[f32],
    out: &mut [f32],
) {
    let g = input.guides;
    if is_center {
        out.fill(kernel);
        return;
    }
    let n = out.len();
    let (px, py, pz) = (&g.normal[0][p.clone()][..n], &g.normal[1][p.clone()][..n], &g.normal[2][p.clone()][..n]);
    let (qx, qy, qz) = (&g.normal[0][q.clone()][..n], &g.normal[1][q.clone()][..n], &g.normal[2][q.clone()][..n]);
    let (pi, qi) = (&g.inverse[p.clone()][..n], &g.inverse[q.clone()][..n]);
    let (sx, sy) = (&g.slope[0][p.clone()][..n], &g.slope[1][p.clone()][..n]);
    let (pl, ql) = (&input.signal.luminance[p.clone()][..n], &input.signal.luminance[q.clone()][..n]);
    let (kd, kl) = (&kd[..n], &kl[..n]);
    for i in 0..n {
        let dot = px[i] * qx[i] + py[i] * qy[i] + pz[i] * qz[i];
        let dot = if dot > 0.0 { dot } else { 0.0 };
        let d2 = dot * dot;
        let d4 = d2 * d2;
        let d8 = d4 * d4;
        let facing = d8 * d8 * d8;
        let depth = (qi[i] - pi[i] - sx[i] * dx - sy[i] * dy).abs() * kd[i];
        let light = (ql[i] - pl[i]).abs() * kl[i];
        // A bell with finite reach in place of the exponential.
        let rest = 1.0 - 0.25 * (depth + light);
        let rest = if rest > 0.0 { rest } else { 0.0 };
        let bell = rest * rest;
        out[i] = kernel * facing * bell * bell;
    }
    if let Some(strength) = &g.strength {
        let (a, b) = (&strength[p][..n], &strength[q][..n]);
        for i in 0..n {
            out[i] *= if a[i] < b[i] { a[i] } else { b[i] };
        }
    }
}

/// A 3×3 binomial blur.
pub(crate) fn blur(plane: &[f32], w: usize, h: usize) -> Vec<f32> {
    let mut out = vec![0.0; w * h];
    out.par_chunks_mut(w).enumerate().for_each(|(y, row)| {
        let rows = [y.saturating_sub(1), y, (y + 1).min(h - 1)].map(|y| &plane[y * w..(y + 1) * w]);
        for (x, o) in row.iter_mut().enumerate() {
            let columns = [x.saturating_sub(1), x, (x + 1).min(w - 1)];
            let line = |r: &[f32]| 0.25 * r[columns[0]] + 0.5 * r[columns[1]] + 0.25 * r[columns[2]];
            *o = 0.25 * line(rows[0]) + 0.5 * line(rows[1]) + 0.25 * line(rows[2]);
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use gesamt_world::Seed;

    use super::*;

    fn flat(width: usize, height: usize) -> Guides {
        let n = width * height;
        Guides {
            width,
            height,
            normal: [vec![0.0; n], vec![0.0; n], vec![1.0; n]],
            inverse: vec![0.25; n],
            slope: [vec![0.0; n], vec![0.0; n]],
            strength: None,
            wanted: None,
        }
    }

    const SETTINGS: Settings = Settings { iterations: 4, sigma_luminance: 3.0, sigma_depth: 0.01 };

    #[test]
    fn a_constant_picture_stays_as_it_is() {
        let n = 40 * 30;
        let mut signal = Signal { channels: vec![vec![0.7; n]; 3], luminance: vec![0.7; n], variance: vec![0.1; n] };
        denoise(&flat(40, 30), &mut signal, SETTINGS);
        assert!(signal.channels[1].iter().all(|v| (v - 0.7).abs() < 1e-5));
    }

    #[test]
    fn noise_goes_and_its_mean_stays() {
        let (w, h) = (96, 64);
        let mut rng = Seed(2).rng();
        let noisy: Vec<f32> = (0..w * h).map(|_| 1.0 + 0.5 * rng.signed()).collect();
        let variance = vec![0.25 / 3.0; w * h];
        let mean = noisy.iter().sum::<f32>() / noisy.len() as f32;
        let mut signal = Signal { channels: vec![noisy.clone()], luminance: noisy, variance };
        denoise(&flat(w, h), &mut signal, SETTINGS);
        let out = &signal.channels[0];
        let after = out.iter().sum::<f32>() / out.len() as f32;
        let spread = (out.iter().map(|v| (v - after).powi(2)).sum::<f32>() / out.len() as f32).sqrt();
        assert!((after - mean).abs() < 0.01, "{mean} {after}");
        assert!(spread < 0.06, "{spread}");
    }

    #[test]
    fn what_is_wanted_is_the_same_when_nothing_else_is() {
        let (w, h) = (200, 60);
        let mut rng = Seed(5).rng();
        let noisy: Vec<f32> = (0..w * h).map(|_| 1.0 + 0.5 * rng.signed()).collect();
        let is_wanted = |i: usize| i % w > 150 && i / w < 9;
        let filtered = |wanted| {
            let signal = || vec![noisy.clone()];
            let mut signal = Signal { channels: signal(), luminance: noisy.clone(), variance: vec![0.08; w * h] };
            denoise(&Guides { wanted, ..flat(w, h) }, &mut signal, Settings { iterations: 2, ..SETTINGS });
            signal.channels.remove(0)
        };
        let (all, some) = (filtered(None), filtered(Some(Blocks::around(w, h, is_wanted))));
        assert!((0..w * h).filter(|i| is_wanted(*i)).all(|i| all[i] == some[i]));
        assert!((0..w * h).any(|i| all[i] != some[i]));
    }

    #[test]
    fn light_does_not_cross_a_corner() {
        let (w, h) = (32, 16);
        let mut guides = flat(w, h);
        let mut light = vec![0.0; w * h];
        for y in 0..h {
            for x in w / 2..w {
                guides.normal[2][y * w + x] = 0.0;
                guides.normal[0][y * w + x] = 1.0;
                light[y * w + x] = 1.0;
            }
        }
        let mut signal = Signal { channels: vec![light.clone()], luminance: light.clone(), variance: vec![1.0; w * h] };
        denoise(&guides, &mut signal, SETTINGS);
        assert!(signal.channels[0].iter().zip(&light).all(|(a, b)| (a - b).abs() < 1e-4));
    }

    #[test]
    fn a_lone_bar_borrows_light_from_what_is_beside_it_and_surfaces_keep_theirs() {
        let (w, h) = (24, 16);
        let mut guides = flat(w, h);
        let mut light = vec![1.0; w * h];
        // A bar of one pixel that faces elsewhere, with two samples' worth of noise.
        for y in 0..h {
            let i = y * w + 12;
            guides.normal[2][i] = 0.6;
            guides.normal[0][i] = 0.8;
            light[i] = if y % 2 == 0 { 4.0 } else { 0.0 };
        }
        let mut signal = Signal { channels: vec![light.clone()], luminance: light.clone(), variance: vec![1.0; w * h] };
        rescue(&guides, &mut signal);
        let out = &signal.channels[0];
        assert!(
            (2..h - 2).all(|y| (out[y * w + 12] - 1.5).abs() < 1.0),
            "{:?}",
            (0..h).map(|y| out[y * w + 12]).collect::<Vec<_>>()
        );
        assert!((0..h).all(|y| out[y * w + 5] == 1.0));
    }
}
