//! Closing a sheet of texels: its surplus is laid over the opposite border and cut where both differ least.
//!
//! # Source
//! A. Efros and W. Freeman, "Image Quilting for Texture Synthesis and Transfer", SIGGRAPH 2001 (the cut). What varies slowly is
//! faded over the whole overlap instead, as in P. Burt and E. Adelson, "A Multiresolution Spline", 1983, with two bands.

use std::ops::{Add, Mul, Sub};

use glam::{Vec2, Vec3};

use super::Texel;
use crate::Surface;

/// The quantities that are mixed, in one row of numbers.
const N: usize = 12;

/// A surface as it is mixed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layers([f32; N]);

/// Colours are mixed as logarithms, so that none turns negative, of what lies this much above black.
const INK: f32 = 0.02;

const COLOR: usize = 0;
const ROUGHNESS: usize = 3;
const METALLIC: usize = 4;
const SLOPE: usize = 5;
const HEIGHT: usize = 7;
const EMISSION: usize = 8;
const OPACITY: usize = 11;
/// What parts the heap of a difference gets: colours are seen most, heights are in metres.
const WEIGHTS: [f32; N] = [1.0, 1.0, 1.0, 0.3, 0.5, 0.2, 0.2, 40.0, 0.1, 0.1, 0.1, 0.5];

impl Add for Layers {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + o.0[i]))
    }
}

impl Sub for Layers {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] - o.0[i]))
    }
}

impl Mul<f32> for Layers {
    type Output = Self;
    fn mul(self, k: f32) -> Self {
        Self(self.0.map(|v| v * k))
    }
}

/// Share of a full coat that a film of water has on the roughness that other programs are told.
const FILM: f32 = 0.8;

impl Layers {
    const NONE: Self = Self([0.0; N]);

    /// A surface whose pattern has the axes `u` and `v` under the unit normal `n`.
    pub fn new(s: &Surface, u: Vec3, v: Vec3, n: Vec3) -> Self {
        let rough = s.roughness + (s.coat_roughness - s.roughness) * FILM * s.coat;
        let upright = s.normal.dot(n).max(0.2);
        let (x, y) = (s.normal.dot(u) / upright, s.normal.dot(v) / upright);
        let (c, e) = ((s.base_color + Vec3::splat(INK)).map(f32::ln), s.emission);
        let opacity = 1.0 - s.transmission;
        Self([c.x, c.y, c.z, rough, s.metallic, x, y, s.height, e.x, e.y, e.z, opacity])
    }

    fn vector(&self, at: usize) -> Vec3 {
        Vec3::new(self.0[at], self.0[at + 1], self.0[at + 2])
    }

    fn mix(self, o: Self, t: f32) -> Self {
        self + (o - self) * t
    }

    /// How much both differ to the eye.
    fn distance(self, o: Self) -> f32 {
        (self - o).0.iter().zip(WEIGHTS).map(|(d, w)| w * d * d).sum()
    }

    pub fn finished(&self, openness: f32) -> Texel {
        Texel {
            base_color: (self.vector(COLOR).exp() - Vec3::splat(INK)).clamp(Vec3::ZERO, Vec3::ONE),
            normal: Vec3::new(self.0[SLOPE], self.0[SLOPE + 1], 1.0).normalize_or(Vec3::Z),
            openness,
            roughness: self.0[ROUGHNESS].clamp(0.0, 1.0),
            metallic: self.0[METALLIC].clamp(0.0, 1.0),
            emission: self.vector(EMISSION).max(Vec3::ZERO),
            opacity: self.0[OPACITY].clamp(0.0, 1.0),
        }
    }
}

/// A rectangle of texels.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub width: usize,
    pub height: usize,
    pub texels: Vec<Layers>,
}

/// Texels over which a cut is softened.
const FEATHER: f32 = 2.0;

/// The sheet without its surplus of `beyond` texels at the right and at the top, closed in both directions.
pub(super) fn closed(sheet: Sheet, beyond: usize) -> Sheet {
    let narrow = closed_along_rows(&sheet, beyond, Rows::Any);
    closed_along_rows(&narrow.turned(), beyond, Rows::Ring).turned()
}

/// How the rows of a sheet belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// As they come.
    Any,
    /// The first follows the last, and so must the cut.
    Ring,
    /// Each lies on another board or edge.
    Apart,
}

/// Lays the right surplus over the left border.
pub(super) fn closed_along_rows(sheet: &Sheet, beyond: usize, rows: Rows) -> Sheet {
    let width = sheet.width - beyond;
    let at = |x: usize, y: usize| sheet.texels[y * sheet.width + x];
    let costs: Vec<f32> = (0..sheet.height)
        .flat_map(|y| (0..beyond).map(move |x| (x, y)))
        .map(|(x, y)| at(x, y).distance(at(x + width, y)))
        .collect();
    let cut = if rows == Rows::Ring { ring_cut(&costs, beyond) } else { best_cut(&costs, beyond, None).1 };
    let across = if rows == Rows::Apart { 0 } else { beyond / 3 };
    let slow = blurred(&sheet.texels, sheet.width, [beyond / 3, across], false);
    let mut texels = Vec::with_capacity(width * sheet.height);
    for (y, cut) in cut.iter().enumerate() {
        for x in 0..width {
            let here = at(x, y);
            if x >= beyond {
                texels.push(here);
                continue;
            }
            let other = at(x + width, y);
            let (low, other_low) = (slow[y * sheet.width + x], slow[y * sheet.width + x + width]);
            let fade = smooth((x as f32 + 0.5) / beyond as f32);
            let step = smooth((x as f32 - *cut as f32) / (2.0 * FEATHER) + 0.5);
            texels.push(other_low.mix(low, fade) + (other - other_low).mix(here - low, step));
        }
    }
    Sheet { width, height: sheet.height, texels }
}

fn smooth(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// The cheapest cut that ends where it began, among some beginnings.
fn ring_cut(costs: &[f32], n: usize) -> Vec<usize> {
    const BEGINNINGS: usize = 12;
    let tries = (0..BEGINNINGS).map(|k| best_cut(costs, n, Some((k * 2 + 1) * n / (2 * BEGINNINGS))));
    tries.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, cut)| cut).unwrap_or_default()
}

/// The cheapest way from the first row of `n` costs to the last, at most one column aside from row to row; its price and columns.
fn best_cut(costs: &[f32], n: usize, through: Option<usize>) -> (f32, Vec<usize>) {
    let rows = costs.len() / n;
    let closed = |x: usize| through.is_some_and(|column| column != x);
    let mut total: Vec<f32> = (0..n).map(|x| if closed(x) { f32::INFINITY } else { costs[x] }).collect();
    let mut from: Vec<u8> = vec![1; costs.len()];
    for y in 1..rows {
        let before = total.clone();
        for x in 0..n {
            let choice =
                |step: usize| (x + step).checked_sub(1).and_then(|c| before.get(c)).copied().unwrap_or(f32::INFINITY);
            let best = [1, 0, 2].into_iter().min_by(|a, b| choice(*a).total_cmp(&choice(*b))).unwrap_or(1);
            from[y * n + x] = best as u8;
            total[x] = choice(best) + costs[y * n + x];
        }
    }
    let last = through.unwrap_or_else(|| (0..n).min_by(|a, b| total[*a].total_cmp(&total[*b])).unwrap_or(0));
    let mut cut = vec![last; rows];
    for y in (1..rows).rev() {
        cut[y - 1] = (cut[y] + usize::from(from[y * n + cut[y]])).saturating_sub(1).min(n - 1);
    }
    (total[last], cut)
}

impl Sheet {
    /// Rows become columns.
    fn turned(&self) -> Self {
        /// Squares of this edge fit the nearest cache.
        const BLOCK: usize = 16;
        let (width, height) = (self.width, self.height);
        let mut texels = vec![Layers::NONE; self.texels.len()];
        for (y0, x0) in (0..height).step_by(BLOCK).flat_map(|y| (0..width).step_by(BLOCK).map(move |x| (y, x))) {
            for y in y0..(y0 + BLOCK).min(height) {
                for x in x0..(x0 + BLOCK).min(width) {
                    texels[x * height + y] = self.texels[y * width + x];
                }
            }
        }
        Self { width: height, height: width, texels }
    }
}

/// What is blurred: numbers, or rows of them.
trait Blend: Copy + Add<Output = Self> + Sub<Output = Self> + Mul<f32, Output = Self> {}

impl Blend for f32 {}
impl Blend for Layers {}

/// The values of a sheet seen through a box of `2 radius + 1` texels, twice along rows and twice along columns.
fn blurred<T: Blend>(values: &[T], width: usize, [along, across]: [usize; 2], is_ring: bool) -> Vec<T> {
    let (mut out, mut other) = (values.to_vec(), values.to_vec());
    for _ in 0..2 {
        for (from, to) in out.chunks(width).zip(other.chunks_mut(width)) {
            blur(from, to, 1, along, is_ring);
        }
        std::mem::swap(&mut out, &mut other);
    }
    for _ in 0..if across > 0 { 2 } else { 0 } {
        blur(&out, &mut other, width, across, is_ring);
        std::mem::swap(&mut out, &mut other);
    }
    out
}

/// One blur of items that consist of `n` values each, one after the other.
fn blur<T: Blend>(from: &[T], to: &mut [T], n: usize, radius: usize, is_ring: bool) {
    let (count, radius) = ((from.len() / n) as isize, radius as isize);
    let item = |i: isize| {
        let i = if is_ring { i.rem_euclid(count) } else { i.clamp(0, count - 1) } as usize;
        &from[i * n..(i + 1) * n]
    };
    let scale = 1.0 / (2 * radius + 1) as f32;
    let mut sum = item(-radius).to_vec();
    for i in 1 - radius..=radius {
        sum.iter_mut().zip(item(i)).for_each(|(sum, value)| *sum = *sum + *value);
    }
    for (i, to) in to.chunks_mut(n).enumerate() {
        let (enters, leaves) = (item(i as isize + radius + 1), item(i as isize - radius));
        for (((to, sum), enters), leaves) in to.iter_mut().zip(&mut sum).zip(enters).zip(leaves) {
            *to = *sum * scale;
            *sum = *sum + *enters - *leaves;
        }
    }
}

/// Halves what varies over more than `radius` texels: it would be seen to repeat.
pub(super) fn even(sheet: &mut Sheet, radius: usize) {
    let slow = blurred(&sheet.texels, sheet.width, [radius; 2], true);
    let mean = slow.iter().fold(Layers::NONE, |sum, t| sum + *t) * (1.0 / slow.len() as f32);
    for (texel, low) in sheet.texels.iter_mut().zip(&slow) {
        *texel = *texel + (mean - *low) * 0.5;
    }
}

/// Reach of the openness in metres, and the depth at which half of the light is lost.
const REACH_M: f32 = 0.02;
const HALF_DEPTH_M: f32 = 0.004;

/// How open each texel lies, by the heights around it; `step` is the size of a texel in metres.
pub(super) fn openness(sheet: &Sheet, step: Vec2) -> Vec<f32> {
    let radius = ((REACH_M / step.max_element()).round() as usize).max(1);
    let heights: Vec<f32> = sheet.texels.iter().map(|t| t.0[HEIGHT]).collect();
    let around = blurred(&heights, sheet.width, [radius; 2], true);
    around.iter().zip(&heights).map(|(around, here)| 1.0 / (1.0 + (around - here).max(0.0) / HALF_DEPTH_M)).collect()
}
