//! Broad-leaved crowns: limbs, twigs and clumps of leaves with sky between them.

use std::f32::consts::TAU;

use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{blob, tube};
use gesamt_world::Rng;
use glam::Vec3;

use super::Leaves;
use super::trees::{Grain, Paint, trunk};
use crate::pen::Pen;

/// How the clumps of a crown are filled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fill {
    /// Radius of a clump in metres.
    pub radius: f32,
    /// Height of a clump against its width.
    pub flat: f32,
    /// Length of a leaf seen from near, in metres.
    pub leaf: f32,
    pub grain: Grain,
}

/// Draws a broad-leaved tree.
pub(super) fn broad(pen: &mut Pen, paint: &Paint, height: f32, grain: Grain, rng: &mut Rng) {
    let radius = 0.024 * height + 0.05;
    let fine = grain != Grain::Far;
    pen.mat(paint.bark);
    let path = trunk(pen, 0.66 * height, radius, 0.25, if fine { 10 } else { 6 }, rng);
    let mut tips = Vec::new();
    for i in 0..8 {
        let t = (i as f32 + 0.5) / 8.0;
        let from = path[3 + (4.9 * t) as usize];
        let angle = i as f32 * 2.4 + rng.range(0.0, 0.7);
        let reach = height * (0.36 - 0.15 * t) * rng.range(0.85, 1.12);
        let lift = reach * (0.35 + 0.75 * t) * rng.range(0.8, 1.2);
        let out = Vec3::new(angle.cos(), 0.0, angle.sin());
        limb(pen, from, out * reach + Vec3::Y * lift, (0.5 - 0.16 * t) * radius, fine, &mut tips, rng);
    }
    let top = path[7];
    for k in 0..4 {
        let angle = 1.57 * k as f32 + rng.unit();
        let side = Vec3::new(angle.cos(), 0.0, angle.sin()) * 0.09 * height * f32::from(u8::from(k > 0));
        tips.push(top + side + Vec3::Y * height * (0.2 - 0.035 * k as f32));
        if fine {
            pen.mat(paint.bark).add(&tube(&[top, tips[tips.len() - 1]], &[0.22 * radius, 0.06 * radius], 4));
        }
    }
    let leaf = (0.026 * height).clamp(0.085, 0.3);
    crown(pen, paint, &tips, Fill { radius: 0.112 * height, flat: 0.72, leaf, grain }, rng);
}

/// A limb with branches to both sides; what they end in is added to `tips`.
pub(super) fn limb(pen: &mut Pen, from: Vec3, way: Vec3, r: f32, fine: bool, tips: &mut Vec<Vec3>, rng: &mut Rng) {
    let long = way.length();
    let side = way.cross(Vec3::Y).normalize_or(Vec3::X);
    let bow = side * 0.12 * long * rng.signed() - Vec3::Y * 0.1 * long;
    let at = |s: f32| from + way * s + bow * (std::f32::consts::PI * s).sin();
    let path: Vec<Vec3> = (0..=4).map(|i| at(i as f32 / 4.0)).collect();
    pen.add(&tube(&path, &[r, 0.8 * r, 0.62 * r, 0.42 * r, 0.18 * r], if fine { 6 } else { 4 }));
    tips.push(at(1.0));
    for (k, s) in [0.5, 0.76].into_iter().enumerate() {
        let sign = if (k == 0) == rng.chance(0.5) { 1.0 } else { -1.0 };
        let aim = side * sign * rng.range(0.55, 0.9) + way * (0.55 / long) + Vec3::Y * rng.range(0.1, 0.6);
        let tip = at(s) + aim.normalize_or(side) * long * rng.range(0.34, 0.5);
        if fine {
            let mid = at(s).lerp(tip, 0.5) - Vec3::Y * 0.03 * long;
            pen.add(&tube(&[at(s), mid, tip], &[0.42 * r, 0.28 * r, 0.1 * r], 4));
        }
        tips.push(tip);
    }
}

/// Clumps of leaves about the tips of branches: a small dark heart and twigs that fan outward, fewer below than above.
pub(super) fn crown(pen: &mut Pen, paint: &Paint, tips: &[Vec3], fill: Fill, rng: &mut Rng) {
    let mut loose = Leaves::default();
    let far = fill.grain == Grain::Far;
    for (i, tip) in tips.iter().enumerate() {
        let (r, seed) = (fill.radius * rng.range(0.78, 1.22), rng.next_u64() as u32);
        // Seen from afar, half the clumps are as good when they are larger, and the others are loose leaves.
        let is_loose = far && i % 2 == 1;
        let r = if far && !is_loose { 1.28 * r } else { r };
        let (rough, cut, share) = if far { (1.0, 1, 0.4) } else { (0.45, 1, 0.2) };
        let shape = |d: Vec3| r * (1.0 + rough * fbm(d * 2.2, 2, seed));
        if !is_loose {
            let heart = blob(cut, |d| share * shape(d)).mapped(|p| p * Vec3::new(1.0, fill.flat, 1.0));
            pen.mat(paint.heart).add(&heart.at(tip.x, tip.y, tip.z));
        }
        clump(&mut loose, *tip, r, shape, fill, rng);
    }
    pen.mat(paint.leaves).mesh(&loose.finish());
}

/// The leaves of one clump.
fn clump(loose: &mut Leaves, middle: Vec3, r: f32, shape: impl Fn(Vec3) -> f32, fill: Fill, rng: &mut Rng) {
    let n = match fill.grain {
        Grain::Near => 17,
        Grain::Mid => 92,
        Grain::Far => 25,
    };
    let turn = rng.range(0.0, TAU);
    for k in 0..n {
        // Even directions, from the top down to where the clump is open below.
        let y = 1.0 - 1.62 * (k as f32 + rng.unit()) / n as f32;
        let (s, a) = ((1.0 - y * y).max(0.0).sqrt(), turn + 2.4 * k as f32 + 0.4 * rng.signed());
        let d = Vec3::new(s * a.cos(), y, s * a.sin());
        let flat = Vec3::new(d.x, d.y * fill.flat, d.z);
        match fill.grain {
            Grain::Near => {
                let to = middle + flat * shape(d) * rng.range(0.82, 1.12);
                loose.sprig(middle + flat * 0.2 * r, to, 8, 0.9 * fill.leaf, rng);
            }
            Grain::Mid => {
                let at = middle + flat * shape(d) * (0.28 + 0.74 * rng.unit().sqrt());
                loose.outward(at, middle, 1.25 * fill.leaf, rng);
            }
            Grain::Far => {
                let at = middle + flat * shape(d) * rng.range(0.5, 1.15);
                loose.outward(at, middle, 1.8 * fill.leaf, rng);
            }
        }
    }
}

/// The green heart of a bush and its shoots.
pub(super) fn shrub(pen: &mut Pen, paint: &Paint, size: f32, grain: Grain, rng: &mut Rng) {
    let mut tips = Vec::new();
    pen.mat(paint.bark);
    for k in 0..9 {
        let angle = k as f32 * 2.4 + 0.5 * rng.signed();
        let out = Vec3::new(angle.cos(), 0.0, angle.sin());
        let lean = size * rng.range(0.12, 0.5);
        let tip = out * lean + Vec3::Y * size * rng.range(0.32, 0.82) * (1.15 - 0.55 * lean / size);
        if grain == Grain::Near {
            pen.add(&tube(&[out * 0.05, tip * 0.55, tip], &[0.018 * size, 0.014 * size, 0.006 * size], 4));
        }
        tips.push(tip);
    }
    let leaf = (0.115 * size).clamp(0.06, 0.15);
    crown(pen, paint, &tips, Fill { radius: 0.31 * size, flat: 0.85, leaf, grain }, rng);
}
