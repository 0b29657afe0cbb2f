//! A garden on a roof: planting beds, a pergola over a path, panels to the sun.

use gesamt_mesh::shapes::standing_box;
use gesamt_mesh::shapes2::{beam, rod};
use gesamt_world::MaterialKind;
use glam::{Affine3A, Quat, Vec2, Vec3};

use crate::nature;
use crate::pen::Pen;
use crate::stage::{Stage, pose};

/// Height of the edge of a planting bed.
const BED_M: f32 = 0.48;

/// Plants the roof between ±`half` as far as `far` metres ahead.
pub(super) fn plant(stage: &mut Stage, half: f32, far: f32) {
    pergola(stage, half);
    beds(stage, half, far);
    panels(stage, half, far);
}

/// Raised beds in two rows with bushes, grasses and small trees.
fn beds(stage: &mut Stage, half: f32, far: f32) {
    let edge = stage.kind(MaterialKind::WoodPlank);
    let soil = stage.kind(MaterialKind::Dirt);
    let tree = super::common::town_tree(stage);
    let trees: Vec<_> = (0..2).map(|i| nature::tree(stage, tree, 3.4, true, 50 + i)).collect();
    let bushes: Vec<_> = (0..3).map(|i| nature::bush(stage, 0.7, 50 + i)).collect();
    let tufts: Vec<_> = (0..3).map(|i| nature::tuft(stage, 0.5, 0.15, 50 + i)).collect();
    let mut rng = stage.rng("beds");
    let mut pen = Pen::new(edge);
    let mut plants = Vec::new();
    for side in [-1.0f32, 1.0] {
        let mut z = 4.2;
        while z < far - 2.0 {
            let size = Vec2::new(rng.range(1.5, 2.1), rng.range(2.2, 3.6));
            let at = Vec2::new(
                side * (half - 1.4 - 0.5 * size.x - rng.range(0.0, 1.4)),
                stage.view.eye().y - z - 0.5 * size.y,
            );
            if stage.may_stand(at, 0.5 * size.y, 1.1) {
                let base = Vec3::new(at.x, 0.0, at.y);
                pen.mat(edge).add(&standing_box(Vec3::new(size.x, BED_M, size.y), 0.03).at(base.x, -0.01, base.z));
                pen.mat(soil).add(&standing_box(Vec3::new(size.x - 0.14, 0.05, size.y - 0.14), 0.0).at(
                    base.x,
                    BED_M - 0.03,
                    base.z,
                ));
                for _ in 0..12 {
                    let off = Vec3::new(0.38 * size.x * rng.signed(), BED_M - 0.02, 0.42 * size.y * rng.signed());
                    plants.push((base + off, rng.below(12)));
                }
                stage.taken.take(at, 0.55 * size.y);
            }
            z += size.y + rng.range(0.7, 1.6);
        }
    }
    stage.add(pen);
    for (k, (p, pick)) in plants.into_iter().enumerate() {
        let piece = match pick {
            0 if k % 2 == 0 => &trees[k % 2],
            0..=4 => &bushes[pick % 3],
            _ => &tufts[pick % 3],
        };
        stage.put(piece, pose(p, 2.4 * k as f32, rng.range(0.6, 1.0)));
    }
}

/// A pergola with climbing plants beside and behind the subject.
fn pergola(stage: &mut Stage, half: f32) {
    let wood = stage.kind(MaterialKind::WoodBeam);
    let side = stage.world.camera.subject_x.signum();
    let at = Vec2::new(side * (half - 2.4), stage.view.eye().y - stage.hero_depth() - 1.5);
    if !stage.may_stand(at, 2.0, 2.6) {
        return;
    }
    let leaf = {
        let spec = stage.skin.leaves(0.4);
        stage.mat(spec)
    };
    let mut rng = stage.rng("pergola");
    let mut pen = Pen::new(wood);
    let mut leaves = nature::Leaves::default();
    for x in [-1.5f32, 1.5] {
        for z in [-2.6f32, 0.0, 2.6] {
            pen.add(&standing_box(Vec3::new(0.13, 2.5, 0.13), 0.01).at(at.x + x, 0.0, at.y + z));
        }
        let [a, b] = [-3.0, 3.0].map(|z| Vec3::new(at.x + x, 2.55, at.y + z));
        pen.add(&beam(a, b, Vec2::new(0.1, 0.18), 0.01));
    }
    for k in 0..11 {
        let z = at.y - 2.9 + 0.58 * k as f32;
        let [a, b] = [-1.95, 1.95].map(|x| Vec3::new(at.x + x, 2.7, z));
        pen.add(&beam(a, b, Vec2::new(0.06, 0.14), 0.0));
        for _ in 0..34 {
            let p = a.lerp(b, rng.unit()) + Vec3::new(0.0, 0.12 * rng.unit(), 0.3 * rng.signed());
            leaves.outward(p, p - Vec3::new(0.3 * rng.signed(), 1.0, 0.3 * rng.signed()), 0.16, &mut rng);
        }
    }
    pen.mat(leaf).mesh(&leaves.finish());
    stage.add(pen);
    stage.taken.take(at, 2.2);
}

/// A row of panels on stands along the far edge, tilted to the sun.
fn panels(stage: &mut Stage, half: f32, far: f32) {
    let glass = stage.tinted(MaterialKind::Obsidian, [0.02, 0.035, 0.09], 0.7);
    let frame = stage.kind(MaterialKind::BrushedMetal);
    let mut pen = Pen::new(frame);
    let z = stage.view.eye().y - far + 1.3;
    let mut x = -half + 1.4;
    while x < half - 1.2 {
        pen.mat(frame);
        for dx in [-0.6f32, 0.6] {
            pen.add(&rod(Vec3::new(x + dx, 0.0, z - 0.5), Vec3::new(x + dx, 1.15, z - 0.5), 0.03, 5));
            pen.add(&rod(Vec3::new(x + dx, 0.0, z + 0.6), Vec3::new(x + dx, 0.4, z + 0.6), 0.03, 5));
        }
        let tilt = Affine3A::from_rotation_translation(Quat::from_rotation_x(0.6), Vec3::new(x, 0.8, z));
        pen.with(tilt, |p| {
            p.mat(frame).block(Vec3::new(-0.86, -0.03, -0.8), Vec3::new(0.86, 0.02, 0.8), 0.01);
            p.mat(glass);
            for (i, j) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let (a, b) = (-0.82 + 0.83 * i as f32, -0.76 + 0.77 * j as f32);
                p.block(Vec3::new(a, 0.02, b), Vec3::new(a + 0.8, 0.035, b + 0.74), 0.0);
            }
        });
        stage.taken.take(Vec2::new(x, z), 0.9);
        x += 1.85;
    }
    stage.add(pen);
}
