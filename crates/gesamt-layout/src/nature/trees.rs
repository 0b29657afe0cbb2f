//! Trees.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::MaterialSpec;
use gesamt_mesh::noise::gradient;
use gesamt_mesh::shapes::tube;
use gesamt_world::{Genre, MaterialKind, Rng};
use glam::{Quat, Vec3};

use super::Leaves;
use super::broadleaf::{Fill, broad, crown, limb};
use super::conifers::conifer;
use super::vines::{creeper, curtain, liana};
use super::wetland::{beard_paint, cypress, mangrove};
use crate::pen::Pen;
use crate::skin::mix;
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
    /// A tall shaft on a fluted foot that stands in water, hung with moss.
    Cypress,
    /// A low crown that stilt roots hold above water.
    Mangrove,
}

/// How finely a tree is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    /// Leaves and sprays one by one.
    Near,
    /// Loose leaves.
    Mid,
    /// Masses.
    Far,
}

/// The scene materials of a plant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    pub bark: u32,
    pub leaves: u32,
    /// The shaded inside of a crown.
    pub heart: u32,
    /// Snow that weighs on it.
    pub snow: Option<u32>,
}

impl Paint {
    /// The paint of a plant with such leaves.
    pub fn new(stage: &mut Stage, leaves: MaterialSpec) -> Self {
        let mut bark = stage.skin.of(MaterialKind::Bark);
        bark.moss = (bark.moss + 0.15).min(0.9);
        let mut heart = leaves.clone();
        heart.tint = heart.tint.map(|v| HEART * v);
        heart.snow = 0.0;
        let is_laden = stage.skin.snow > LADEN;
        Self {
            bark: stage.mat(bark),
            leaves: stage.mat(leaves),
            heart: stage.mat(heart),
            snow: is_laden.then(|| stage.kind(MaterialKind::Snow)),
        }
    }
}

/// Light in a crown against that on its skin.
const HEART: f32 = 0.4;
/// Snow of at least so much weighs on boughs.
const LADEN: f32 = 0.45;
/// What is left of the snow on needles when the boughs carry it.
const DUSTING: f32 = 0.3;

/// The dark green of needles, whatever the season; `t` moves between neighbours.
fn evergreen(stage: &Stage, t: f32) -> MaterialSpec {
    let green = mix([0.028, 0.07, 0.032], [0.056, 0.105, 0.038], t);
    let base = match stage.world.setting.genre {
        Genre::Alien => mix(green, stage.skin.accent, 0.55),
        Genre::FairyTale => green.map(|v| 1.6 * v),
        _ => mix(green, stage.skin.ambient, 0.06),
    };
    let mut spec = stage.skin.tinted(MaterialKind::Leaves, base, 0.85);
    spec.moss = 0.0;
    spec.dirt *= 0.3;
    spec.snow *= DUSTING;
    spec
}

/// A tree of about `height` metres with coarser twins for what is farther; `fine` trees may stand near the camera.
pub(crate) fn tree(stage: &mut Stage, kind: TreeKind, height: f32, fine: bool, seed: u64) -> Piece {
    let far_from = 24.0 + 0.8 * height;
    let mid = drawn(stage, kind, height, Grain::Mid, seed);
    let twin = drawn(stage, kind, height, Grain::Far, seed);
    let mid = mid.with_far(far_from, twin);
    if fine { drawn(stage, kind, height, Grain::Near, seed).with_far(7.0 + 0.6 * height, mid) } else { mid }
}

fn drawn(stage: &mut Stage, kind: TreeKind, height: f32, grain: Grain, seed: u64) -> Piece {
    let mut rng = stage.seed.child("tree").index(seed).rng();
    let t = rng.unit();
    let spec = if kind == TreeKind::Conifer { evergreen(stage, t) } else { stage.skin.leaves(t) };
    let paint = Paint::new(stage, spec);
    let mut pen = Pen::new(paint.bark);
    pen.crease(80.0);
    match kind {
        TreeKind::Broad => broad(&mut pen, &paint, height, grain, &mut rng),
        TreeKind::Conifer => conifer(&mut pen, &paint, height, grain, &mut rng),
        TreeKind::Palm => palm(&mut pen, &paint, height, grain, &mut rng),
        TreeKind::Bare => bare(&mut pen, paint.bark, height, grain != Grain::Far, &mut rng),
        TreeKind::Giant => giant(&mut pen, &paint, height, grain, &mut rng),
        TreeKind::Cushion => cushion(&mut pen, &paint, height, grain, &mut rng),
        TreeKind::Cypress => cypress(&mut pen, &paint, beard_paint(stage), height, grain, &mut rng),
        TreeKind::Mangrove => mangrove(&mut pen, &paint, beard_paint(stage), height, grain, &mut rng),
    }
    stage.piece(pen)
}

/// A trunk with a flare at the root and a bow.
pub(super) fn trunk(pen: &mut Pen, height: f32, radius: f32, bow: f32, sides: u32, rng: &mut Rng) -> Vec<Vec3> {
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

fn palm(pen: &mut Pen, paint: &Paint, height: f32, grain: Grain, rng: &mut Rng) {
    pen.mat(paint.bark);
    let path = trunk(pen, height, 0.014 * height + 0.07, 0.35, 8, rng);
    let top = path[7];
    pen.mat(paint.leaves);
    let mut fronds = Leaves::default();
    for f in 0..17 {
        let angle = f as f32 * 2.4 + rng.signed() * 0.2;
        let (out, lift) = (Vec3::new(angle.cos(), 0.0, angle.sin()), rng.range(-0.2, 0.75));
        let side = Vec3::Y.cross(out);
        let length = 0.36 * height.min(9.0) * rng.range(0.8, 1.1);
        let n = if grain == Grain::Near { 20 } else { 9 };
        let mut at = top;
        for k in 0..n {
            let t = k as f32 / n as f32;
            let step = (out + Vec3::Y * (lift - 1.9 * t)).normalize_or(out) * length / n as f32;
            let reach = 0.3 * length * (0.3 + (PI * (0.12 + 0.84 * t)).sin()) * rng.range(0.65, 0.9);
            for sign in [-1.0f32, 1.0] {
                // Leaflets lie along the rib, overlap, and hang from it, no two alike.
                let along = (out * rng.range(0.65, 1.0) + side * sign - Vec3::Y * rng.range(0.35, 1.0)) * reach;
                fronds.leaf(at, along, along.cross(Vec3::Y), 1.5 * length / n as f32);
                fronds.lean_normals((out * 0.3 + Vec3::Y).normalize());
            }
            fronds.leaf(at, step * 1.3, side, 0.03 * length);
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
    let turn = rng.range(0.0, TAU);
    for k in 0..n {
        let axis = Quat::from_axis_angle(dir.normalize_or(Vec3::Y), turn + TAU * k as f32 / n as f32);
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

fn giant(pen: &mut Pen, paint: &Paint, height: f32, grain: Grain, rng: &mut Rng) {
    pen.mat(paint.bark);
    let radius = 0.035 * height + 0.25;
    let seed = rng.next_u64() as u32;
    let (lobes, phase) = (5.0 + rng.below(3) as f32, rng.range(0.0, 6.0));
    let surface = |a: f32, y: f32| {
        let t = ((y + 0.3) / (0.8 * height)).clamp(0.0, 1.0).powf(1.0 / 1.4);
        let d = Vec3::new(a.cos(), 0.0, -a.sin());
        let flare = (-y.max(0.0) * 3.2 / height.sqrt()).exp();
        let lobe = (0.5 + 0.5 * (lobes * a + phase).cos()).powi(3);
        let rough = 0.09 * gradient(d * 2.5 + Vec3::Y * y * 0.3, seed);
        d * radius * (1.0 - 0.55 * t + 2.6 * flare * lobe + rough) + Vec3::Y * y
    };
    let (rows, around) = match grain {
        Grain::Near => (18, 40),
        Grain::Mid => (12, 24),
        Grain::Far => (8, 12),
    };
    let sections: Vec<Vec<Vec3>> = (0..=rows)
        .map(|i| {
            let y = 0.8 * height * (i as f32 / rows as f32).powf(1.4) - 0.3;
            (0..around).map(|k| surface(TAU * k as f32 / around as f32, y)).collect()
        })
        .collect();
    pen.add(&gesamt_mesh::shapes2::loft(&sections));
    let (mut tips, mut boughs) = (Vec::new(), Vec::new());
    for k in 0..7 {
        let angle = k as f32 * 2.4 + rng.signed() * 0.3;
        let from = Vec3::Y * height * rng.range(0.5, 0.78);
        let way = Vec3::new(angle.cos(), rng.range(0.2, 0.6), angle.sin()) * height * rng.range(0.22, 0.34);
        limb(pen.mat(paint.bark), from, way, 0.4 * radius, grain != Grain::Far, &mut tips, rng);
        boughs.push((from, from + way));
    }
    let leaf = (0.02 * height).clamp(0.12, 0.34);
    crown(pen, paint, &tips, Fill { radius: 0.1 * height, flat: 0.7, leaf, grain }, rng);
    hangings(pen, paint, &boughs, height, grain, rng);
    if grain == Grain::Near {
        for _ in 0..4 {
            let reach = height * rng.range(0.2, 0.5);
            creeper(pen, paint, surface, reach, rng);
        }
    }
}

/// Curtains from the undersides of boughs, and lianas from one to the next.
fn hangings(pen: &mut Pen, paint: &Paint, boughs: &[(Vec3, Vec3)], height: f32, grain: Grain, rng: &mut Rng) {
    let (curtains, strands) = match grain {
        Grain::Near => (9, 4),
        Grain::Mid => (4, 2),
        Grain::Far => (0, 0),
    };
    for k in 0..curtains {
        let (root, tip) = boughs[k % boughs.len()];
        let from = root.lerp(tip, if k < boughs.len() { 0.5 } else { 0.8 }) - Vec3::Y * 0.02 * height;
        let drop = rng.range(0.14, 0.42) * height;
        curtain(pen, paint, from, drop, strands, rng);
    }
    if grain == Grain::Near {
        for k in 0..3 {
            let (a, b) = (boughs[k], boughs[k + 3]);
            liana(pen, paint, a.0.lerp(a.1, 0.7), b.0.lerp(b.1, 0.45), rng);
        }
    }
}

fn cushion(pen: &mut Pen, paint: &Paint, height: f32, grain: Grain, rng: &mut Rng) {
    pen.mat(paint.bark);
    let path = trunk(pen, 0.75 * height, 0.03 * height + 0.05, 0.7, 8, rng);
    let mut pads = Vec::new();
    for k in 0..6 {
        let from = path[2 + k % 6];
        let angle = k as f32 * 2.1 + rng.signed() * 0.4;
        let to = from + Vec3::new(angle.cos(), 0.35, angle.sin()) * height * rng.range(0.18, 0.36);
        let mid = from.lerp(to, 0.55) - Vec3::Y * 0.03 * height;
        let r = 0.012 * height;
        pen.mat(paint.bark).add(&tube(&[from, mid, to], &[r + 0.02, r + 0.01, 0.6 * r], 5));
        // A pad is several low clumps side by side.
        for j in 0..4 {
            let (a, out) = (1.9 * j as f32 + angle, 0.1 * height * f32::from(u8::from(j > 0)));
            pads.push(to + Vec3::new(a.cos() * out, 0.012 * height * rng.signed(), a.sin() * out));
        }
    }
    let leaf = (0.024 * height).clamp(0.07, 0.14);
    crown(pen, paint, &pads, Fill { radius: 0.095 * height, flat: 0.42, leaf, grain }, rng);
}
