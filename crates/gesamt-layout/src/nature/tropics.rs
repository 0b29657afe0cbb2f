//! Big-leaved growth of hot wet woods: bananas, split-leaf fans, tree ferns, and lianas across the way.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::tube;
use gesamt_mesh::shapes2::sagging;
use gesamt_world::{MaterialKind, Rng};
use glam::{Vec2, Vec3};

use super::Leaves;
use super::plants::frond;
use super::trees::Paint;
use super::vines::curtain;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage};

/// Stalks and sheaths, linear.
const STALK: [f32; 3] = [0.19, 0.2, 0.07];

/// The largest channel of a great blade.
const BRIGHTEST: f32 = 0.2;
/// Width of a rib against its blade.
const RIB: f32 = 0.05;

/// Stations along a great blade, near and far.
const JOINTS: [u32; 2] = [8, 4];

fn rng_of(stage: &Stage, name: &str, seed: u64) -> Rng {
    stage.seed.child(name).index(seed).rng()
}

/// The leaves of a plant in light and shade, and its stem.
fn paint(stage: &mut Stage, t: f32) -> (u32, u32) {
    let tint = stage.skin.leaves(t).tint;
    // Great blades are no brighter than this, whatever the leaves of the place: they stand near and would glare.
    let most = tint.iter().copied().fold(BRIGHTEST, f32::max);
    let leaf = stage.skin.blade(tint.map(|v| v * BRIGHTEST / most), 0.85);
    let stem = stage.skin.blade(mix(leaf.tint, STALK, 0.5), 0.85);
    (stage.mat(leaf), stage.mat(stem))
}

/// A banana or ginger plant, `size` metres high: great arching blades on a sheath of stems.
pub(crate) fn banana(stage: &mut Stage, size: f32, seed: u64) -> Piece {
    let t = rng_of(stage, "banana", seed).unit();
    let (leaf, stem) = paint(stage, t);
    let [near, far] = JOINTS.map(|joints| {
        let mut rng = rng_of(stage, "banana", seed);
        let mut pen = Pen::new(stem);
        pen.crease(80.0);
        let (mut blades, mut ribs) = (Leaves::default(), Leaves::default());
        for k in 0..9 {
            let a = 2.4 * k as f32 + 0.5 * rng.signed();
            let out = Vec3::new(a.cos(), 0.0, a.sin());
            let sheath = Vec3::Y * size * rng.range(0.26, 0.42) + out * 0.05 * size;
            let long = size * rng.range(0.55, 0.85);
            let rise = rng.range(0.5, 1.3);
            pen.add(&tube(&[out * 0.04 * size, sheath], &[0.035 * size, 0.018 * size], 5));
            let at = |s: f32| sheath + (out * (0.35 + 0.65 * s) * s + Vec3::Y * (rise * s - 1.25 * s * s)) * long;
            great_blade(&mut blades, &at, joints, 0.145 * long, &mut rng);
            rib(&mut ribs, &at, joints, RIB * 0.145 * long);
        }
        pen.mesh(&ribs.finish()).mat(leaf).mesh(&blades.finish());
        stage.piece(pen)
    });
    near.with_far(5.0 * size + 4.0, far)
}

/// One blade along a curve: two halves that hang from its rib like a roof, their edges torn and waved.
fn great_blade(blades: &mut Leaves, at: &impl Fn(f32) -> Vec3, joints: u32, half: f32, rng: &mut Rng) {
    let s = |i: u32| i as f32 / joints as f32;
    let rib: Vec<Vec3> = (0..=joints).map(|i| at(s(i))).collect();
    for sign in [-1.0f32, 1.0] {
        let edge: Vec<Vec3> = (0..=joints)
            .map(|i| {
                let along = (at((s(i) + 0.05).min(1.0)) - at((s(i) - 0.05).max(0.0))).normalize_or(Vec3::X);
                let side = along.cross(Vec3::Y).normalize_or(Vec3::X) * sign;
                let wide = half * (PI * (0.04 + 0.94 * s(i))).sin().powf(0.6) * rng.range(0.9, 1.06);
                rib[i as usize] + side * wide - Vec3::Y * wide * rng.range(0.15, 0.5)
            })
            .collect();
        blades.strip(&rib, &edge);
    }
}

/// The pale rib on a blade.
fn rib(ribs: &mut Leaves, at: &impl Fn(f32) -> Vec3, joints: u32, half: f32) {
    let rail = |sign: f32| -> Vec<Vec3> {
        (0..=joints)
            .map(|i| i as f32 / joints as f32)
            .map(|s| {
                let along = at((s + 0.05).min(1.0)) - at((s - 0.05).max(0.0));
                let side = along.cross(Vec3::Y).normalize_or(Vec3::X) * sign;
                at(s) + (side + 0.5 * Vec3::Y) * half * (1.0 - 0.8 * s)
            })
            .collect()
    };
    ribs.strip(&rail(-1.0), &rail(1.0));
}

/// A plant of split fans on long stalks, as monstera has them.
pub(crate) fn fan_leaf(stage: &mut Stage, size: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "fan leaf", seed);
    let (leaf, stem) = paint(stage, rng.unit());
    let mut pen = Pen::new(stem);
    let mut blades = Leaves::default();
    for k in 0..11 {
        let a = 2.4 * k as f32 + 0.5 * rng.signed();
        let out = Vec3::new(a.cos(), 0.0, a.sin());
        let hub = out * size * rng.range(0.15, 0.45) + Vec3::Y * size * rng.range(0.5, 1.0);
        pen.add(&tube(
            &[out * 0.03, 0.5 * hub + Vec3::Y * 0.12 * size, hub],
            &[0.018 * size, 0.013 * size, 0.01 * size],
            4,
        ));
        fan(&mut blades, hub, out, 0.42 * size * rng.range(0.75, 1.2), &mut rng);
    }
    pen.mat(leaf).mesh(&blades.finish());
    stage.piece(pen)
}

/// Nine fingers about a hub that overlap near it, the middle one the longest, all hanging a little.
fn fan(blades: &mut Leaves, hub: Vec3, out: Vec3, size: f32, rng: &mut Rng) {
    let tilt = rng.range(0.2, 0.9);
    let ahead = (out - Vec3::Y * tilt).normalize_or(out);
    let side = Vec3::Y.cross(out);
    let face = side.cross(ahead).normalize_or(Vec3::Y);
    for k in -4i32..=4 {
        let a = 0.5 * k as f32;
        let way = ahead * a.cos() + side * a.sin();
        let long = size * (1.0 - 0.085 * (k * k) as f32 / 2.0).max(0.4);
        blades.ovate(hub - ahead * 0.06 * size, way * long - Vec3::Y * 0.06 * long, way.cross(face), 0.34 * size);
        blades.blend_normals(if face.y < 0.0 { -face } else { face }, 0.6);
    }
}

/// A tree fern: a shaggy stem of `height` metres under a wheel of great fronds.
pub(crate) fn tree_fern(stage: &mut Stage, height: f32, seed: u64) -> Piece {
    let t = rng_of(stage, "tree fern", seed).unit();
    let (leaf, _) = paint(stage, t);
    let bark = stage.kind(MaterialKind::Bark);
    let [near, far] = [(13, 17), (10, 7)].map(|(n, pairs)| {
        let mut rng = rng_of(stage, "tree fern", seed);
        let lean = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.12 * height;
        let top = Vec3::Y * height + lean;
        let mut pen = Pen::new(bark);
        pen.crease(80.0);
        let r = 0.07 + 0.012 * height;
        pen.add(&tube(&[-Vec3::Y * 0.1, 0.5 * top - 0.2 * lean, top], &[1.5 * r, r, 1.15 * r], 8));
        let mut fronds = Leaves::default();
        for k in 0..n {
            let angle = TAU * k as f32 / n as f32 + 0.25 * rng.signed();
            frond(&mut fronds, angle, (0.9 + 0.26 * height) * rng.range(0.8, 1.15), pairs, &mut rng);
        }
        let mut crown = fronds.finish();
        crown.positions.iter_mut().for_each(|p| *p += top);
        pen.mat(leaf).mesh(&crown);
        stage.piece(pen)
    });
    near.with_far(9.0 + 2.0 * height, far)
}

/// Lianas that hang across the upper part of the view between boughs that are out of it.
pub(crate) fn hang_lianas(stage: &mut Stage, count: u32) {
    let spec = stage.skin.leaves(0.3);
    let paint = Paint::new(stage, spec);
    let mut rng = stage.rng("lianas");
    let mut pen = Pen::new(paint.bark);
    pen.crease(80.0);
    let eye = stage.view.camera.position.y;
    let (frame, half_width) = (stage.view.frame_height(), stage.view.half_width);
    for k in 0..count {
        let depth = rng.range(4.5, 11.0);
        let side = if k % 2 == 0 { 1.0 } else { -1.0 };
        let ends = [Vec2::new(-1.15 * side, 0.62), Vec2::new(side * rng.range(-0.1, 0.9), 0.75)];
        let [a, b] = ends.map(|e| {
            let at = stage.view.point(e.x, depth + 1.5 * e.x);
            Vec3::new(at.x, eye + e.y * frame * depth, at.y)
        });
        let sag = frame * depth * rng.range(0.12, 0.3);
        let path = sagging(a, b, sag, 18);
        let r = rng.range(0.018, 0.045) * (0.5 + half_width);
        pen.mat(paint.bark).add(&tube(&path, &vec![r; path.len()], 6));
        for j in [5, 9, 13] {
            if rng.chance(0.6) {
                curtain(&mut pen, &paint, path[j], sag * rng.range(0.5, 1.1), 2, &mut rng);
            }
        }
    }
    stage.add(pen);
}
