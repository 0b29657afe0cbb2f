//! Trees.

use gesamt_mesh::noise::{fbm, gradient};
use gesamt_mesh::shapes::{blob, tube};
use gesamt_world::{MaterialKind, Rng};
use glam::{Quat, Vec3};

use super::Leaves;
use crate::pen::Pen;
use crate::stage::{Piece, Stage};

/// Kinds of trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TreeKind {
    /// A crown of leaves on branches.
    Broad,
    /// Tiers of drooping boughs.
    Conifer,
    /// Fronds on a bowed stem.
    Palm,
    /// Branches only.
    Bare,
    /// A great trunk with buttress roots and hanging vines.
    Giant,
    /// A small gnarled tree with flat cushions.
    Cushion,
}

/// A tree of about `height` metres; `fine` trees stand near the camera.
pub(crate) fn tree(stage: &mut Stage, kind: TreeKind, height: f32, fine: bool, seed: u64) -> Piece {
    let mut rng = stage.seed.child("tree").index(seed).rng();
    let mut bark = stage.skin.of(MaterialKind::Bark);
    bark.moss = (bark.moss + 0.15).min(0.9);
    let bark = stage.mat(bark);
    let leaves = stage.skin.leaves(rng.unit());
    let leaves = stage.mat(leaves);
    let mut pen = Pen::new(bark);
    pen.crease(80.0);
    match kind {
        TreeKind::Broad => broad(&mut pen, bark, leaves, height, fine, &mut rng),
        TreeKind::Conifer => conifer(&mut pen, bark, leaves, height, fine, &mut rng),
        TreeKind::Palm => palm(&mut pen, bark, leaves, height, &mut rng),
        TreeKind::Bare => bare(&mut pen, bark, height, fine, &mut rng),
        TreeKind::Giant => giant(&mut pen, bark, leaves, height, fine, &mut rng),
        TreeKind::Cushion => cushion(&mut pen, bark, leaves, height, &mut rng),
    }
    stage.piece(pen)
}

/// A trunk with a flare at the root and a bow.
fn trunk(pen: &mut Pen, height: f32, radius: f32, bow: f32, sides: u32, rng: &mut Rng) -> Vec<Vec3> {
    let (dx, dz, phase) = (rng.signed() * bow, rng.signed() * bow, rng.range(0.0, 6.0));
    let path: Vec<Vec3> = (0..=7)
        .map(|i| {
            let t = i as f32 / 7.0;
            let wave = 0.06 * height * bow * (3.0 * t + phase).sin();
            Vec3::new(
                dx * height * t * t * 0.5 + wave - 0.06 * height * bow * phase.sin(),
                height * t - 0.25 * (1.0 - t),
                dz * height * t * t * 0.5,
            )
        })
        .collect();
    let radii: Vec<f32> = (0..=7)
        .map(|i| {
            let t = i as f32 / 7.0;
            radius * (1.0 - 0.75 * t + 0.9 * (1.0 - t).powi(8))
        })
        .collect();
    pen.add(&tube(&path, &radii, sides));
    path
}

fn broad(pen: &mut Pen, bark: u32, leaves: u32, height: f32, fine: bool, rng: &mut Rng) {
    let radius = 0.028 * height + 0.05;
    let path = trunk(pen, 0.62 * height, radius, 0.25, if fine { 10 } else { 6 }, rng);
    let n = if fine { 8 } else { 5 };
    let mut tips = Vec::new();
    for i in 0..n {
        let from = path[3 + i % 5];
        let angle = i as f32 * 2.4 + rng.range(0.0, 0.8);
        let reach = height * rng.range(0.2, 0.34);
        let to = from + Vec3::new(angle.cos() * reach, reach * rng.range(0.5, 1.0), angle.sin() * reach);
        let mid = from.lerp(to, 0.5) - Vec3::Y * 0.07 * reach;
        pen.mat(bark).add(&tube(&[from, mid, to], &[0.45 * radius, 0.3 * radius, 0.12 * radius], 5));
        tips.push(to);
    }
    tips.push(path[7] + Vec3::Y * 0.16 * height);
    crown(pen, leaves, &tips, 0.17 * height, height, fine, rng);
}

/// Noisy cushions of foliage with loose leaves on their surface.
fn crown(pen: &mut Pen, leaves: u32, tips: &[Vec3], radius: f32, height: f32, fine: bool, rng: &mut Rng) {
    pen.mat(leaves);
    let mut loose = Leaves::default();
    let size = if fine { (0.03 * height).clamp(0.12, 0.27) } else { (0.045 * height).clamp(0.16, 0.44) };
    for tip in tips {
        let (r, seed) = (radius * rng.range(0.75, 1.25), rng.next_u64() as u32);
        let shape = |d: Vec3| r * (1.0 + 0.55 * fbm(d * 2.8, 3, seed)) * (1.0 - 0.22 * (-d.y).max(0.0));
        // The core only stops the view; what is seen is leaves, from its surface to loose ends well outside.
        pen.add(&blob(2, |d| 0.66 * shape(d)).at(tip.x, tip.y, tip.z));
        for _ in 0..if fine { 560 } else { 150 } {
            let d = Vec3::new(rng.normal(), rng.normal(), rng.normal()).normalize_or(Vec3::Y);
            let at = *tip + d * shape(d) * (0.66 + 0.46 * rng.unit().powf(1.3));
            loose.outward(at, *tip, size, rng);
        }
    }
    pen.mesh(&loose.finish());
}

fn conifer(pen: &mut Pen, bark: u32, leaves: u32, height: f32, fine: bool, rng: &mut Rng) {
    pen.mat(bark);
    trunk(pen, 0.96 * height, 0.02 * height + 0.04, 0.04, 7, rng);
    pen.mat(leaves);
    let mut needles = Leaves::default();
    let tiers = if fine { 20 } else { 9 };
    for tier in 0..tiers {
        let t = tier as f32 / tiers as f32;
        let y = height * (0.14 + 0.84 * t);
        let reach = 0.25 * height * (1.0 - t).powf(0.85) * rng.range(0.8, 1.15) + 0.08;
        let boughs = if fine { 11 } else { 7 };
        for b in 0..boughs {
            let angle =
                std::f32::consts::TAU * (b as f32 + 0.5 * (tier % 2) as f32) / boughs as f32 + rng.signed() * 0.22;
            let out = Vec3::new(angle.cos(), 0.0, angle.sin());
            let side = Vec3::Y.cross(out);
            let r = reach * rng.range(0.7, 1.15);
            let tip = out * r - Vec3::Y * (0.32 * r);
            let base = Vec3::Y * (y + 0.12 * r);
            let slab = if fine { 0.26 } else { 0.6 };
            needles.leaf(base, tip, side + Vec3::Y * rng.signed() * 0.3, slab * r);
            needles.lean_normals((out + 0.8 * Vec3::Y).normalize());
            let twigs = if fine { 9 } else { 2 };
            for k in 0..twigs {
                let s = 0.18 + 0.8 * k as f32 / twigs as f32;
                let from = base + tip * s;
                for sign in [-1.0f32, 1.0] {
                    let droop = rng.range(0.15, 0.75);
                    let along = (out * rng.range(0.4, 0.8) + side * sign * 0.85 - Vec3::Y * droop)
                        * (0.4 * r * (1.12 - s) + 0.06);
                    needles.leaf(from, along, out + Vec3::Y * rng.signed(), if fine { 0.12 } else { 0.16 } * r);
                    needles.lean_normals((out + 0.8 * Vec3::Y).normalize());
                }
            }
        }
    }
    needles.leaf(Vec3::Y * 0.94 * height, Vec3::Y * 0.08 * height, Vec3::X, 0.05 * height);
    pen.mesh(&needles.finish());
}

fn palm(pen: &mut Pen, bark: u32, leaves: u32, height: f32, rng: &mut Rng) {
    pen.mat(bark);
    let path = trunk(pen, height, 0.014 * height + 0.07, 0.35, 8, rng);
    let top = path[7];
    pen.mat(leaves);
    let mut fronds = Leaves::default();
    for f in 0..17 {
        let angle = f as f32 * 2.4 + rng.signed() * 0.2;
        let (out, lift) = (Vec3::new(angle.cos(), 0.0, angle.sin()), rng.range(-0.2, 0.75));
        let side = Vec3::Y.cross(out);
        let length = 0.36 * height.min(9.0) * rng.range(0.8, 1.1);
        let mut at = top;
        for k in 0..9 {
            let t = k as f32 / 9.0;
            let step = (out + Vec3::Y * (lift - 1.7 * t)).normalize_or(out) * length / 9.0;
            for sign in [-1.0f32, 1.0] {
                let along = (out * 0.5 + side * sign - Vec3::Y * 0.45) * (0.34 * length * (1.0 - 0.75 * t) + 0.05);
                fronds.leaf(at, along, out, 0.075 * length);
                fronds.leaf(at + step * 0.5, along * 0.95, out, 0.075 * length);
            }
            fronds.leaf(at, step * 1.3, side, 0.05 * length);
            at += step;
        }
    }
    pen.mesh(&fronds.finish());
}

/// Branches that fork; the trunk is the first.
fn fork(pen: &mut Pen, from: Vec3, dir: Vec3, length: f32, radius: f32, depth: u32, rng: &mut Rng) {
    let bend = Vec3::new(rng.signed(), 0.4 * rng.signed(), rng.signed()) * 0.28;
    let mid = from + (dir + bend * 0.5).normalize_or(dir) * 0.5 * length;
    let to = mid + (dir + bend + Vec3::Y * 0.12).normalize_or(dir) * 0.5 * length;
    let sides = if depth > 3 { 8 } else { 4 + depth.min(2) };
    pen.add(&tube(&[from, mid, to], &[radius, 0.8 * radius, 0.58 * radius], sides));
    if depth == 0 {
        return;
    }
    let n = 2 + usize::from(rng.chance(0.55));
    let turn = rng.range(0.0, std::f32::consts::TAU);
    for k in 0..n {
        let axis = Quat::from_axis_angle(dir.normalize_or(Vec3::Y), turn + std::f32::consts::TAU * k as f32 / n as f32);
        let side = axis * dir.any_orthonormal_vector();
        let next = (dir + side * rng.range(0.5, 1.0)).normalize_or(dir);
        fork(pen, to, next, length * rng.range(0.6, 0.78), 0.56 * radius, depth - 1, rng);
    }
}

fn bare(pen: &mut Pen, bark: u32, height: f32, fine: bool, rng: &mut Rng) {
    pen.mat(bark);
    let dir = Vec3::new(0.15 * rng.signed(), 1.0, 0.15 * rng.signed());
    let radius = 0.03 * height + 0.04;
    for k in 0..5 {
        let angle = k as f32 * 1.26 + rng.signed() * 0.3;
        let out = Vec3::new(angle.cos(), -0.5, angle.sin()) * radius * 3.2;
        pen.add(&tube(
            &[Vec3::Y * 0.35 * height * 0.2, out * 0.5 + Vec3::Y * 0.08, out],
            &[0.7 * radius, 0.5 * radius, 0.1 * radius],
            5,
        ));
    }
    fork(pen, -Vec3::Y * 0.2, dir.normalize(), 0.36 * height, radius, if fine { 6 } else { 4 }, rng);
}

fn giant(pen: &mut Pen, bark: u32, leaves: u32, height: f32, fine: bool, rng: &mut Rng) {
    pen.mat(bark);
    let radius = 0.035 * height + 0.25;
    let seed = rng.next_u64() as u32;
    let (lobes, phase) = (5.0 + rng.below(3) as f32, rng.range(0.0, 6.0));
    let n = 12;
    let around = if fine { 28 } else { 14 };
    let sections: Vec<Vec<Vec3>> = (0..=n)
        .map(|i| {
            let t = i as f32 / n as f32;
            let y = 0.8 * height * t.powf(1.4) - 0.3;
            (0..around)
                .map(|k| {
                    let a = std::f32::consts::TAU * k as f32 / around as f32;
                    let d = Vec3::new(a.cos(), 0.0, -a.sin());
                    let flare = (-y.max(0.0) * 3.2 / height.sqrt()).exp();
                    let lobe = (0.5 + 0.5 * (lobes * a + phase).cos()).powi(3);
                    let rough = 0.09 * gradient(d * 2.5 + Vec3::Y * y * 0.3, seed);
                    d * radius * (1.0 - 0.55 * t + 2.6 * flare * lobe + rough) + Vec3::Y * y
                })
                .collect()
        })
        .collect();
    pen.add(&gesamt_mesh::shapes2::loft(&sections));
    let (mut tips, mut roots) = (Vec::new(), Vec::new());
    for k in 0..7 {
        let angle = k as f32 * 2.4 + rng.signed() * 0.3;
        let from = Vec3::Y * height * rng.range(0.5, 0.78);
        roots.push(from);
        let to = from + Vec3::new(angle.cos(), rng.range(0.2, 0.6), angle.sin()) * height * rng.range(0.22, 0.34);
        pen.mat(bark).add(&tube(
            &[from, from.lerp(to, 0.5) + Vec3::Y * 0.3, to],
            &[0.4 * radius, 0.28 * radius, 0.1 * radius],
            6,
        ));
        tips.push(to);
    }
    crown(pen, leaves, &tips, 0.13 * height, height, fine, rng);
    let mut vine = Leaves::default();
    for k in 0..if fine { 10 } else { 3 } {
        // From the underside of a bough, where one sees what it hangs from.
        let (root, tip) = (roots[k % tips.len()], tips[k % tips.len()]);
        let from = root.lerp(tip, if k < tips.len() { 0.5 } else { 0.75 }) + Vec3::Y * 0.15;
        let drop = rng.range(0.2, 0.5) * height;
        pen.mat(bark).add(&tube(&[from, from - Vec3::Y * drop], &[0.025, 0.015], 4));
        for s in 0..10 {
            let at = from - Vec3::Y * drop * s as f32 / 10.0;
            vine.outward(at, at + Vec3::new(rng.signed(), 0.5, rng.signed()), 0.28, rng);
        }
    }
    pen.mat(leaves).mesh(&vine.finish());
}

fn cushion(pen: &mut Pen, bark: u32, leaves: u32, height: f32, rng: &mut Rng) {
    pen.mat(bark);
    let path = trunk(pen, 0.75 * height, 0.03 * height + 0.05, 0.7, 8, rng);
    let mut loose = Leaves::default();
    for k in 0..6 {
        let from = path[2 + k % 6];
        let angle = k as f32 * 2.1 + rng.signed() * 0.4;
        let to = from + Vec3::new(angle.cos(), 0.35, angle.sin()) * height * rng.range(0.18, 0.36);
        pen.mat(bark).add(&tube(&[from, to], &[0.012 * height + 0.02, 0.012 * height], 5));
        let (r, seed) = (height * rng.range(0.13, 0.22), rng.next_u64() as u32);
        let flat = Vec3::new(1.25, 0.42, 1.25);
        let shape = |d: Vec3| r * (1.0 + 0.3 * fbm(d * 3.0, 2, seed));
        pen.mat(leaves).add(&blob(2, |d| 0.78 * shape(d)).mapped(|p| p * flat).at(to.x, to.y, to.z));
        for _ in 0..300 {
            let d = Vec3::new(rng.normal(), rng.normal(), rng.normal()).normalize_or(Vec3::Y);
            let at = to + d * shape(d) * flat * (0.78 + 0.3 * rng.unit());
            loose.outward(at, to - Vec3::Y * 0.2, 0.1 + 0.012 * height, rng);
        }
    }
    pen.mat(leaves).mesh(&loose.finish());
}
