//! Grass: tufts, lawns with flowers, reeds and crops.

use std::f32::consts::TAU;

use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::tube;
use gesamt_world::{Genre, LinearRgb, MaterialKind, Rng};
use glam::{Vec2, Vec3};

use super::Leaves;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage};

/// From so many metres on, blades are fewer and wider.
const FAR_FROM_M: f32 = 6.5;
/// Blades stand along the foot of things up to so far away.
const RIM_REACH_M: f32 = 15.0;
/// Metres between two tufts along the foot of a thing, and the most tufts of a scene.
const RIM_STEP_M: f32 = 0.3;
const MOST_RIM_TUFTS: usize = 300;
/// The pattern of leaves is so much darker than their tint.
const PATTERN: f32 = 1.4;
/// Flowers stand where a slow noise is higher.
const BLOOM: f32 = 0.16;
/// The straw among the green.
const STRAW: LinearRgb = [0.26, 0.21, 0.08];

fn rng_of(stage: &Stage, name: &str, seed: u64) -> Rng {
    stage.seed.child(name).index(seed).rng()
}

/// A tuft of grass blades.
pub(crate) fn tuft(stage: &mut Stage, height: f32, dry: f32, seed: u64) -> Piece {
    let t = rng_of(stage, "tuft", seed).unit();
    let green = stage.skin.leaves(t);
    let color = mix(green.tint, [0.36, 0.27, 0.12], dry).map(|v| PATTERN * v);
    let spec = stage.skin.blade(color, 0.85);
    let material = stage.mat(spec);
    let [near, far] = [(56, 1.0), (16, 3.0)].map(|(n, wide)| {
        let mut rng = rng_of(stage, "tuft", seed);
        let mut blades = Leaves::default();
        for _ in 0..n {
            let angle = rng.range(0.0, TAU);
            let out = Vec3::new(angle.cos(), 0.0, angle.sin());
            let base = out * 0.4 * height * rng.unit();
            let h = height * rng.range(0.4, 1.15);
            let along = Vec3::Y * h + out * h * rng.range(0.05, 0.65);
            let side = Vec3::Y.cross(out) + 0.5 * Vec3::new(rng.signed(), 0.0, rng.signed());
            blades.blade(base - Vec3::Y * 0.03, along, side, wide * (0.013 * height + 0.003));
        }
        let mut pen = Pen::new(material);
        pen.mesh(&blades.finish());
        stage.piece(pen)
    });
    near.with_far(14.0, far)
}

/// A patch of short grass, for lawns and meadows near the camera.
fn sward(stage: &mut Stage, seed: u64) -> Piece {
    let t = rng_of(stage, "sward", seed).unit();
    let green = mix([0.11, 0.19, 0.045], [0.2, 0.26, 0.08], t);
    let color = match stage.world.setting.genre {
        Genre::Alien => mix(green, stage.skin.accent, 0.6),
        _ => mix(green, stage.skin.key, 0.08),
    };
    let color = color.map(|v| PATTERN * v);
    let [fresh, dry] = [color, mix(color, STRAW, 0.4)].map(|c| stage.skin.blade(c, 0.85)).map(|spec| stage.mat(spec));
    // What nobody mows stands high.
    let tall = 0.85 + 0.9 * stage.world.condition.overgrowth;
    let [near, far] = [(88, 0.01), (40, 0.014)].map(|(n, width)| {
        let mut rng = rng_of(stage, "sward", seed);
        let (mut blades, mut straw) = (Leaves::default(), Leaves::default());
        for k in 0..n {
            let base = Vec3::new(rng.normal(), 0.0, rng.normal()) * 0.17;
            let lean = Vec3::new(rng.signed(), 0.0, rng.signed());
            let height = tall * rng.range(0.03, 0.12) * (1.2 - base.length()).max(0.3);
            let along = Vec3::Y * height + lean * 0.75 * height;
            let into = if k % 8 == 0 { &mut straw } else { &mut blades };
            into.blade(base - Vec3::Y * 0.01, along, lean.cross(Vec3::Y), width * rng.range(0.7, 1.2));
        }
        let mut pen = Pen::new(fresh);
        pen.mesh(&blades.finish()).mat(dry).mesh(&straw.finish());
        stage.piece(pen)
    });
    near.with_far(FAR_FROM_M, far)
}

/// A few flowers on stems, in a colour.
fn posy(stage: &mut Stage, color: LinearRgb, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "posy", seed);
    let bloom = stage.tinted(MaterialKind::Fabric, color, 0.95);
    let stem = stage.tinted(MaterialKind::Leaves, [0.07, 0.14, 0.03], 0.9);
    let (mut petals, mut stems) = (Leaves::default(), Leaves::default());
    for _ in 0..5 {
        let base = Vec3::new(rng.normal(), 0.0, rng.normal()) * 0.16;
        let top = base + Vec3::new(0.06 * rng.signed(), rng.range(0.13, 0.26), 0.06 * rng.signed());
        stems.blade(base, top - base, Vec3::X, 0.008);
        let (size, turn) = (rng.range(0.016, 0.028), rng.range(0.0, TAU));
        for k in 0..5 {
            let a = turn + TAU * k as f32 / 5.0;
            let out = Vec3::new(a.cos(), 0.4, a.sin()) * size;
            petals.leaf(top, out, Vec3::Y.cross(out), 0.85 * size);
            petals.lean_normals(Vec3::Y);
        }
    }
    let mut pen = Pen::new(stem);
    pen.mesh(&stems.finish()).mat(bloom).mesh(&petals.finish());
    stage.piece(pen)
}

/// Tall stems with seed heads.
pub(crate) fn reeds(stage: &mut Stage, height: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "reeds", seed);
    let spec = stage.skin.blade([0.2, 0.2, 0.08], 0.8);
    let stem = stage.mat(spec);
    let head = stage.tinted(MaterialKind::Bark, [0.12, 0.06, 0.03], 0.6);
    let mut pen = Pen::new(stem);
    let mut blades = Leaves::default();
    for _ in 0..16 {
        let base = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.22 * height;
        let lean = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.16 * height;
        let h = height * rng.range(0.6, 1.1);
        blades.blade(
            base - Vec3::Y * 0.1,
            Vec3::Y * h + lean,
            Vec3::new(rng.signed(), 0.0, rng.signed()),
            0.035 * height,
        );
        if rng.chance(0.3) {
            let top = base + Vec3::Y * h * 0.9 + lean * 0.8;
            pen.mat(head).add(&tube(&[top, top + Vec3::Y * 0.13 * height], &[0.011 * height; 2], 6));
        }
    }
    pen.mat(stem).mesh(&blades.finish());
    stage.piece(pen)
}

/// A clump of a ripe crop.
pub(crate) fn crop(stage: &mut Stage, color: LinearRgb, height: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "crop", seed);
    let spec = stage.skin.blade(color, 0.85);
    let material = stage.mat(spec);
    let mut blades = Leaves::default();
    for _ in 0..26 {
        let base = Vec3::new(rng.signed() * 0.5, -0.02, rng.signed() * 0.22);
        let lean = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.14 * height;
        let h = height * rng.range(0.8, 1.1);
        blades.blade(base, Vec3::Y * h + lean, Vec3::new(rng.signed(), 0.0, rng.signed()), 0.022);
        let top = base + Vec3::Y * h + lean;
        let ear = Vec3::Y * 0.13 + lean * 0.7;
        blades.leaf(top - Vec3::Y * 0.04, ear, Vec3::new(rng.signed(), 0.0, rng.signed()), 0.04);
        blades.lean_normals(Vec3::Y);
    }
    let mut pen = Pen::new(material);
    pen.mesh(&blades.finish());
    stage.piece(pen)
}

/// Points of the plan where blades of grass could be told apart, closer together near the camera.
pub(crate) fn near_points(stage: &Stage) -> impl Iterator<Item = Vec2> + use<> {
    const COUNT: usize = 1100;
    let mut rng = stage.rng("near points");
    let (view, [ahead, right]) = (stage.view.eye(), <[Vec2; 2]>::from(stage.view.axes()));
    let half_width = stage.view.half_width;
    (0..COUNT).map(move |_| {
        let depth = 1.3 + 10.7 * rng.unit().powf(1.25);
        view + ahead * depth + right * rng.signed() * (1.1 * half_width * depth + 0.6)
    })
}

/// Grass where the ground near the camera is grass and nothing stands on it, thicker along the foot of things, with flowers
/// where the genre has them.
pub(crate) fn grow_sward(stage: &mut Stage) {
    let points = std::mem::take(&mut stage.grass);
    if points.is_empty() || stage.skin.snow > 0.4 {
        return;
    }
    let patches: Vec<Piece> = (0..3).map(|i| sward(stage, i)).collect();
    let posies = posies(stage);
    let mut rng = stage.rng("sward");
    let drifts = stage.seed.child("posies").0 as u32;
    for at in &points {
        let patch = &patches[rng.below(patches.len())];
        let (yaw, scale) = (rng.range(0.0, TAU), rng.range(0.7, 1.2));
        if stage.taken.in_box(*at) || !stage.is_dry(*at) {
            continue;
        }
        stage.put_at(patch, *at, yaw, scale);
        let drift = fbm(Vec3::new(at.x, 0.0, at.y) * 0.55, 2, drifts);
        if !posies.is_empty() && drift > BLOOM && rng.chance(0.4) {
            let kind = (((drift - BLOOM) * 9.0) as usize).min(posies.len() - 1);
            stage.put_at(&posies[kind], *at, yaw, scale);
        }
    }
    grow_rims(stage, &points);
}

/// Flowers of the meadows of the genre: those of its accent, white ones and yellow ones.
fn posies(stage: &mut Stage) -> Vec<Piece> {
    let blooms = matches!(
        stage.world.setting.genre,
        Genre::FairyTale | Genre::MedievalFantasy | Genre::Solarpunk | Genre::Alien | Genre::FeudalJapan
    );
    if !blooms || stage.world.condition.decay > 0.7 {
        return Vec::new();
    }
    let colors = [mix(stage.skin.accent, [0.7, 0.4, 0.5], 0.3), [0.62, 0.56, 0.42], [0.62, 0.4, 0.04]];
    colors.into_iter().enumerate().map(|(i, color)| posy(stage, color, i as u64)).collect()
}

/// Tufts where a thing meets the grass: no mower gets there.
fn grow_rims(stage: &mut Stage, grass: &[Vec2]) {
    /// A rim has grass when grass grows so near.
    const NEAR_M: f32 = 0.55;
    let tufts: Vec<Piece> = (0..3).map(|i| tuft(stage, 0.2 + 0.05 * i as f32, 0.15 + 0.1 * i as f32, 60 + i)).collect();
    let mut rng = stage.rng("rims");
    let eye = stage.view.eye();
    let mut rims = stage.taken.rims(RIM_STEP_M);
    rims.retain(|p| {
        let far = p.distance(eye);
        (1.5..RIM_REACH_M).contains(&far) && !stage.taken.in_box(*p)
    });
    let mut placed = 0;
    for at in rims {
        let (pick, yaw, scale) = (rng.below(tufts.len()), rng.range(0.0, TAU), rng.range(0.5, 1.15));
        let is_grass = grass.iter().any(|g| g.distance_squared(at) < NEAR_M * NEAR_M);
        if placed < MOST_RIM_TUFTS && is_grass && rng.chance(0.8) {
            stage.put_at(&tufts[pick], at, yaw, scale);
            placed += 1;
        }
    }
}
