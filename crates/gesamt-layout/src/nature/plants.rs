//! Undergrowth: ferns, bushes, mushrooms, cacti.

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{lathe, tube};
use gesamt_world::{MaterialKind, Rng};
use glam::{Vec2, Vec3};

use super::Leaves;
use super::broadleaf::shrub;
use super::trees::{Grain, Paint};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage};

fn rng_of(stage: &Stage, name: &str, seed: u64) -> Rng {
    stage.seed.child(name).index(seed).rng()
}

/// A rosette of fronds.
pub(crate) fn fern(stage: &mut Stage, size: f32, seed: u64) -> Piece {
    let t = rng_of(stage, "fern", seed).unit();
    let spec = stage.skin.blade(stage.skin.leaves(t).tint, 0.8);
    let material = stage.mat(spec);
    let [near, far] = [(13, 19), (9, 7)].map(|(n, pairs)| {
        let mut rng = rng_of(stage, "fern", seed);
        let mut leaflets = Leaves::default();
        for f in 0..n {
            frond(&mut leaflets, f as f32 * 2.4 + rng.signed() * 0.3, size * rng.range(0.6, 1.2), pairs, &mut rng);
        }
        let mut pen = Pen::new(material);
        pen.mesh(&leaflets.finish());
        stage.piece(pen)
    });
    near.with_far(9.0 * size + 4.0, far)
}

/// One arching frond with leaflets that taper to its tip.
pub(super) fn frond(leaflets: &mut Leaves, angle: f32, length: f32, pairs: u32, rng: &mut Rng) {
    let out = Vec3::new(angle.cos(), 0.0, angle.sin());
    let side = Vec3::Y.cross(out);
    let (rise, bow) = (rng.range(0.8, 1.5), rng.range(1.6, 2.4));
    let step = |t: f32| (out * (0.5 + t) + Vec3::Y * (rise - bow * t)).normalize_or(out) * length / pairs as f32;
    let mut at = Vec3::ZERO;
    for k in 0..pairs {
        let t = k as f32 / pairs as f32;
        let reach = 0.27 * length * (0.35 + 1.2 * t).min(1.0) * (1.0 - t).powf(0.7) + 0.01;
        for sign in [-1.0f32, 1.0] {
            let along = (side * sign + out * 0.42 - Vec3::Y * rng.range(0.0, 0.3)) * reach;
            leaflets.spike(at, along, out, 1.25 * length / pairs as f32);
            leaflets.lean_normals(Vec3::Y);
        }
        if k % 3 == 0 {
            leaflets.spike(at, step(t) * 3.6, side, 0.014 * length);
        }
        at += step(t);
    }
}

/// A bush of leafy shoots.
pub(crate) fn bush(stage: &mut Stage, size: f32, seed: u64) -> Piece {
    let [near, mid, far] = [Grain::Near, Grain::Mid, Grain::Far].map(|grain| {
        let mut rng = rng_of(stage, "bush", seed);
        let spec = stage.skin.leaves(rng.unit());
        let paint = Paint::new(stage, spec);
        let mut pen = Pen::new(paint.leaves);
        pen.crease(80.0);
        shrub(&mut pen, &paint, size, grain, &mut rng);
        stage.piece(pen)
    });
    near.with_far(5.0 * size + 3.0, mid.with_far(14.0 * size + 9.0, far))
}

/// A group of toadstools; they glow when `radiance` is positive.
pub(crate) fn mushroom(stage: &mut Stage, size: f32, radiance: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "mushroom", seed);
    let skin = stage.skin.clone();
    let stem = stage.tinted(MaterialKind::Bone, [0.6, 0.55, 0.45], 0.4);
    let cap = if radiance > 0.0 {
        let color = mix(skin.emissive, skin.accent, 0.3 * rng.unit());
        stage.glow(MaterialKind::Bioskin, color, radiance, LightGroup::Steady)
    } else {
        stage.tinted(MaterialKind::Bioskin, mix(skin.accent, [0.5, 0.1, 0.05], 0.4), 0.7)
    };
    let mut pen = Pen::new(stem);
    pen.crease(60.0);
    for k in 0..5 {
        let angle = k as f32 * 2.4;
        let at = Vec3::new(angle.cos(), 0.0, angle.sin()) * size * 0.33 * (k as f32).sqrt();
        let h = size * rng.range(0.45, 1.0) / (1.0 + 0.2 * k as f32);
        let r = 0.42 * h;
        let lean = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.14 * h;
        pen.mat(stem).add(&tube(
            &[at - Vec3::Y * 0.05, at + Vec3::Y * 0.5 * h + lean * 0.4, at + Vec3::Y * 0.85 * h + lean],
            &[0.12 * h, 0.08 * h, 0.07 * h],
            8,
        ));
        let top = at + Vec3::Y * 0.78 * h + lean;
        let profile = [(0.25, 0.0), (0.98, -0.06), (1.0, 0.05), (0.86, 0.3), (0.5, 0.52), (0.0, 0.6)];
        let profile: Vec<Vec2> = profile.iter().map(|(a, b)| Vec2::new(a * r, b * r)).collect();
        pen.mat(cap).add(&lathe(&profile, 16).at(top.x, top.y, top.z));
    }
    stage.piece(pen)
}

/// A ribbed cactus with arms.
pub(crate) fn cactus(stage: &mut Stage, height: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "cactus", seed);
    let material = stage.tinted(MaterialKind::Bioskin, [0.09, 0.17, 0.06], 0.85);
    let mut pen = Pen::new(material);
    pen.crease(80.0);
    let r = 0.07 * height + 0.05;
    let mut limb = |path: &[Vec3], r: f32| {
        let mut radii = vec![r; path.len()];
        if let Some(last) = radii.last_mut() {
            *last = 0.0;
        }
        let n = path.len();
        radii[n - 2] = 0.75 * r;
        pen.add(&tube(path, &radii, 12));
    };
    limb(&[Vec3::Y * -0.1, Vec3::Y * 0.5 * height, Vec3::Y * 0.95 * height, Vec3::Y * height], r);
    for k in 0..1 + rng.below(3) {
        let angle = k as f32 * 2.6 + rng.unit();
        let out = Vec3::new(angle.cos(), 0.0, angle.sin());
        let y = height * rng.range(0.3, 0.55);
        let reach = height * rng.range(0.14, 0.2);
        let top = height * rng.range(0.16, 0.34);
        let elbow = out * reach + Vec3::Y * (y + 0.04);
        limb(&[Vec3::Y * y, elbow, elbow + out * 0.04 + Vec3::Y * top * 0.9, elbow + Vec3::Y * top], 0.7 * r);
    }
    stage.piece(pen)
}
