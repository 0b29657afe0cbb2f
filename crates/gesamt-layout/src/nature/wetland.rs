//! What stands and floats in still water: cypresses, mangroves, lily pads and duckweed.

use std::f32::consts::TAU;

use gesamt_mesh::noise::gradient;
use gesamt_mesh::shapes::{cone, tube};
use gesamt_mesh::shapes2::loft;
use gesamt_world::{MaterialKind, Rng};
use glam::Vec3;

use super::Leaves;
use super::broadleaf::{Fill, crown, limb};
use super::trees::{Grain, Paint};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage};

/// The grey green of beard moss and the yellow green of duckweed, linear.
const BEARD: [f32; 3] = [0.15, 0.165, 0.12];
const DUCKWEED: [f32; 3] = [0.15, 0.22, 0.04];
/// Height over its foot in which the flare of a cypress dies out, in metres.
const FLARE_M: f32 = 1.15;

/// The material of beard moss.
pub(super) fn beard_paint(stage: &mut Stage) -> u32 {
    let spec = stage.skin.blade(BEARD, 0.85);
    stage.mat(spec)
}

/// A bald cypress: a fluted foot that widens under water, knees about it, a tall shaft and a flat crown hung with moss.
pub(super) fn cypress(pen: &mut Pen, paint: &Paint, beard: u32, height: f32, grain: Grain, rng: &mut Rng) {
    pen.mat(paint.bark);
    let (radius, seed) = (0.02 * height + 0.12, rng.next_u64() as u32);
    let (lobes, phase) = (6.0 + rng.below(4) as f32, rng.range(0.0, 6.0));
    let surface = |a: f32, y: f32| {
        let t = (y / (0.94 * height)).clamp(0.0, 1.0);
        let d = Vec3::new(a.cos(), 0.0, -a.sin());
        let flare = (-y.max(0.0) / FLARE_M).exp();
        let flute = (0.5 + 0.5 * (lobes * a + phase + 0.3 * y).cos()).powf(1.5);
        let rough = 0.08 * gradient(d * 2.5 + Vec3::Y * y * 0.4, seed);
        d * radius * (1.0 - 0.72 * t + flare * (1.3 + 1.5 * flute) + 0.14 * flute + rough) + Vec3::Y * y
    };
    let (rows, around) = match grain {
        Grain::Near => (16, 36),
        Grain::Mid => (11, 24),
        Grain::Far => (7, 12),
    };
    let sections: Vec<Vec<Vec3>> = (0..=rows)
        .map(|i| {
            let y = 0.94 * height * (i as f32 / rows as f32).powf(1.7) - 0.2;
            (0..around).map(|k| surface(TAU * k as f32 / around as f32, y)).collect()
        })
        .collect();
    pen.add(&loft(&sections));
    if grain != Grain::Far {
        knees(pen, radius, rng);
    }
    let (mut tips, mut boughs) = (Vec::new(), Vec::new());
    for k in 0..9 {
        let (t, angle) = (k as f32 / 8.0, 2.4 * k as f32 + 0.4 * rng.signed());
        let from = Vec3::Y * height * (0.55 + 0.37 * t);
        let reach = height * rng.range(0.2, 0.32) * (1.0 - 0.35 * t);
        let way = Vec3::new(angle.cos(), rng.range(0.1, 0.35), angle.sin()) * reach;
        limb(pen.mat(paint.bark), from, way, 0.3 * radius, grain != Grain::Far, &mut tips, rng);
        boughs.push((from, from + way));
    }
    tips.push(Vec3::Y * height);
    let leaf = (0.013 * height).clamp(0.08, 0.18);
    crown(pen, paint, &tips, Fill { radius: 0.062 * height, flat: 0.5, leaf, grain }, rng);
    beards(pen, beard, &boughs, grain, rng);
}

/// Roots that stand up out of the water.
fn knees(pen: &mut Pen, radius: f32, rng: &mut Rng) {
    for k in 0..9 {
        let (a, out) = (2.4 * k as f32 + 0.5 * rng.signed(), radius * rng.range(4.2, 8.0));
        let (r, high) = (rng.range(0.07, 0.13), rng.range(0.75, 1.3));
        pen.add(&cone(1.6 * r, 0.45 * r, high, 7).at(a.cos() * out, -0.1, a.sin() * out));
    }
}

/// Beards of moss along the boughs.
fn beards(pen: &mut Pen, material: u32, boughs: &[(Vec3, Vec3)], grain: Grain, rng: &mut Rng) {
    let (each, strands, width) = match grain {
        Grain::Near => (5, 16, 0.05),
        Grain::Mid => (4, 8, 0.09),
        Grain::Far => (2, 4, 0.18),
    };
    let mut hair = Leaves::default();
    for (root, tip) in boughs {
        for k in 0..each {
            let from = root.lerp(*tip, 0.3 + 0.7 * (k as f32 + rng.unit()) / each as f32);
            let long = rng.range(0.5, 1.9);
            for _ in 0..strands {
                let foot = from + Vec3::new(rng.normal(), 0.1, rng.normal()) * 0.14;
                let fall = Vec3::new(0.1 * rng.signed(), -rng.range(0.5, 1.0), 0.1 * rng.signed()) * long;
                hair.spike(foot, fall, Vec3::new(rng.signed(), 0.0, rng.signed()), width);
                hair.lean_normals(Vec3::Y);
            }
        }
    }
    pen.mat(material).mesh(&hair.finish());
}

/// A mangrove: a low broad crown on a trunk that stilt roots hold above the water.
pub(super) fn mangrove(pen: &mut Pen, paint: &Paint, beard: u32, height: f32, grain: Grain, rng: &mut Rng) {
    pen.mat(paint.bark);
    let radius = 0.016 * height + 0.08;
    let foot = Vec3::Y * (0.13 * height + 0.6);
    let lean = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.12 * height;
    let top = Vec3::Y * 0.72 * height + lean;
    let bow = foot.lerp(top, 0.5) - 0.3 * lean;
    let sides = if grain == Grain::Far { 6 } else { 9 };
    pen.add(&tube(&[foot - Vec3::Y * 0.3, foot, bow, top], &[0.8 * radius, radius, 0.8 * radius, 0.4 * radius], sides));
    let n_roots = if grain == Grain::Far { 8 } else { 15 };
    for k in 0..n_roots {
        let (a, spread) = (2.4 * k as f32 + 0.4 * rng.signed(), rng.range(0.7, 2.1));
        let out = Vec3::new(a.cos(), 0.0, a.sin());
        let from = foot + Vec3::Y * rng.range(-0.2, 0.9);
        let knee = from + out * 0.55 * spread - Vec3::Y * 0.12 * from.y;
        let shin = Vec3::new(out.x * 0.93 * spread, 0.42 * from.y, out.z * 0.93 * spread);
        let end = Vec3::new(out.x * spread, -0.2, out.z * spread);
        let r = radius * rng.range(0.2, 0.34);
        pen.add(&tube(&[from, knee, shin, end], &[r, 0.9 * r, 0.75 * r, 0.6 * r], 5));
    }
    let (mut tips, mut boughs) = (Vec::new(), Vec::new());
    for k in 0..8 {
        let angle = 2.4 * k as f32 + 0.4 * rng.signed();
        let from = foot.lerp(top, rng.range(0.45, 1.0));
        let way = Vec3::new(angle.cos(), rng.range(0.25, 0.6), angle.sin()) * height * rng.range(0.24, 0.38);
        limb(pen.mat(paint.bark), from, way, 0.42 * radius, grain != Grain::Far, &mut tips, rng);
        boughs.push((from, from + way));
    }
    let leaf = (0.018 * height).clamp(0.08, 0.18);
    crown(pen, paint, &tips, Fill { radius: 0.085 * height, flat: 0.6, leaf, grain }, rng);
    beards(pen, beard, &boughs[..3], grain, rng);
}

/// Lily pads about the origin that lie on the water, one of them with its flower.
pub(crate) fn lily_pads(stage: &mut Stage, seed: u64) -> Piece {
    let mut rng = stage.seed.child("lily").index(seed).rng();
    let green = mix([0.085, 0.16, 0.05], stage.skin.leaves(rng.unit()).tint, 0.25);
    let spec = stage.skin.blade(green, 0.85);
    let pad = stage.mat(spec);
    let petal = stage.tinted(MaterialKind::Fabric, mix(stage.skin.accent, [0.8, 0.62, 0.66], 0.7), 0.9);
    let (mut pads, mut petals) = (Leaves::default(), Leaves::default());
    for k in 0..15 {
        let (a, out) = (2.4 * k as f32 + 0.5 * rng.signed(), 0.27 * (k as f32).sqrt() * rng.range(0.9, 1.25));
        let middle = Vec3::new(a.cos() * out, 0.004 * (k % 4) as f32, a.sin() * out);
        pads.disc(middle, rng.range(0.11, 0.26), rng.range(0.0, TAU), 10);
        if k % 7 == 3 {
            blossom(&mut petals, middle + Vec3::Y * 0.03, &mut rng);
        }
    }
    let mut pen = Pen::new(pad);
    pen.mesh(&pads.finish()).mat(petal).mesh(&petals.finish());
    stage.piece(pen)
}

/// A water lily.
fn blossom(petals: &mut Leaves, at: Vec3, rng: &mut Rng) {
    let size = rng.range(0.07, 0.11);
    for k in 0..14 {
        let a = 2.4 * k as f32;
        let out = Vec3::new(a.cos(), 0.4 + 0.09 * k as f32, a.sin()).normalize() * size;
        petals.leaf(at, out, Vec3::Y.cross(out), 0.5 * size);
        petals.lean_normals(Vec3::Y);
    }
}

/// A mat of duckweed about the origin, a metre or two across.
pub(crate) fn duckweed(stage: &mut Stage, seed: u64) -> Piece {
    let mut rng = stage.seed.child("duckweed").index(seed).rng();
    let spec = stage.skin.blade(mix(DUCKWEED, stage.skin.ambient, 0.1), 0.85);
    let material = stage.mat(spec);
    let mut mat = Leaves::default();
    for _ in 0..150 {
        let at = Vec3::new(rng.normal() * 0.75, 0.0, rng.normal() * 0.4);
        mat.disc(at, rng.range(0.018, 0.05), rng.range(0.0, TAU), 4);
    }
    let mut pen = Pen::new(material);
    pen.mesh(&mat.finish());
    stage.piece(pen)
}
