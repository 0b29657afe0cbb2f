//! The graveyard.

use super::common::{self, Trail, floor, open_plan, undergrowth, wood};
use super::{Plan, Spot};
use crate::backdrop;
use crate::nature::{self, TreeKind};
use crate::pen::Pen;
use crate::stage::{Stage, facing};
use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cone, standing_box};
use gesamt_mesh::shapes2::{extrude, rod};
use gesamt_world::{Genre, MaterialKind};
use glam::{Vec2, Vec3};
use std::f32::consts::PI;

/// Rows of graves, bare trees, railings and a chapel on a rise.
pub(super) fn graveyard(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.7);
    let trail = Trail::of(stage, 1.1);
    let cover = if stage.skin.snow > 0.4 { MaterialKind::Snow } else { stage.world.materials.ground };
    floor(stage, 0.9, cover, Some((trail, MaterialKind::Gravel)));
    let side = stage.world.camera.subject_x.signum();
    chapel(stage, stage.view.point(-0.34 * side, stage.hero_depth() + 17.0));
    railings(stage);
    own_graves(stage, trail);
    let tree = if stage.skin.snow > 0.3 || stage.world.setting.genre != Genre::FeudalJapan {
        TreeKind::Bare
    } else {
        TreeKind::Cushion
    };
    let near = nature::tree(stage, tree, 8.5, true, 77);
    let frame = stage.view.point(0.86 * side, 5.2 + 0.25 * stage.hero_depth());
    if stage.may_stand(frame, 0.5, 2.0) || !stage.hides_subject(frame, 0.5, 8.0) {
        stage.put_at(&near, frame, 1.0, 1.0);
        stage.taken.take(frame, 0.6);
    }
    wood(stage, &[tree, tree, TreeKind::Conifer], 9.0, 12.0, 90.0, 34, Some(trail));
    backdrop::hills(stage, 170.0, 22.0, true);
    undergrowth(stage, 0.75, 0.26, 0.55, Some(trail));
    let mut plan = open_plan(stage, Some(trail), 9.0, 1.0);
    plan.rows = grave_spots(stage, trail);
    plan.rows_are_axis = true;
    common::own_lamps(stage, &plan.lights.clone(), 5, 1.5);
    plan
}

/// Uneven rows on both sides of the trail.
fn grave_spots(stage: &Stage, trail: Trail) -> Vec<Spot> {
    let mut rng = stage.rng("graves");
    let mut spots = Vec::new();
    for row in 0..9 {
        for k in 0..9 {
            let x = (k as f32 - 4.0) * 1.75 + rng.signed() * 0.3 + 0.5 * (row % 2) as f32;
            let at = stage.view.eye() + Vec2::new(x, -(3.6 + 2.2 * row as f32 + rng.signed() * 0.35));
            if trail.distance(at) > trail.width + 0.55 && !rng.chance(0.2) {
                spots.push(Spot::new(at, rng.signed() * 0.22));
            }
        }
    }
    spots
}

/// Plain stones and crosses where no slot brings graves.
fn own_graves(stage: &mut Stage, trail: Trail) {
    let has = stage.slots.iter().any(|s| s.family == gesamt_world::AssetFamily::Tombstone && !s.variants.is_empty());
    let stone = stage.kind(MaterialKind::StoneBlock);
    let mut pieces = Vec::new();
    for k in 0..3 {
        let mut pen = Pen::new(stone);
        pen.with(glam::Affine3A::from_rotation_x(-0.06 * k as f32), |p| {
            if k == 0 {
                p.block(Vec3::new(-0.1, -0.2, -0.08), Vec3::new(0.1, 1.45, 0.08), 0.02);
                p.block(Vec3::new(-0.42, 0.9, -0.075), Vec3::new(0.42, 1.1, 0.075), 0.02);
            } else {
                let top = (0..=8).map(|i| PI * i as f32 / 8.0).map(|a| Vec2::new(0.36 * a.cos(), 0.7 + 0.36 * a.sin()));
                let outline: Vec<Vec2> =
                    [Vec2::new(-0.36, -0.2), Vec2::new(0.36, -0.2)].into_iter().chain(top).collect();
                p.add(&extrude(&outline, 0.16, 0.02));
            }
            p.block(Vec3::new(-0.5, -0.2, -0.2), Vec3::new(0.5, 0.1, 0.2), 0.03);
        });
        pieces.push(stage.piece(pen));
    }
    let spots = grave_spots(stage, trail);
    let mut rng = stage.rng("own graves");
    for spot in spots {
        let far = stage.view.local(spot.at).0 > 12.0;
        if (!has || far) && rng.chance(if has { 0.6 } else { 0.75 }) && stage.may_stand(spot.at, 0.4, 1.2) {
            let pick = rng.below(3);
            stage.put_at(&pieces[pick], spot.at, spot.yaw, rng.range(0.8, 1.15));
            stage.taken.take(spot.at, 0.5);
        }
    }
}

/// A small gothic church with a steeple.
fn chapel(stage: &mut Stage, at: Vec2) {
    let stone = stage.kind(MaterialKind::StoneBlock);
    let roof = stage.tinted(MaterialKind::Shingle, [0.06, 0.07, 0.09], 0.5);
    let skin = stage.skin.clone();
    let glow = stage.glow(MaterialKind::LitWindow, [1.0, 0.55, 0.2], 1.8 * skin.lit.max(0.2), LightGroup::Fire);
    let base = stage.on_ground(at) - Vec3::Y * 0.4;
    let yaw = facing(at, stage.view.eye()) + 0.35 * stage.world.camera.subject_x.signum();
    let mut pen = Pen::new(stone);
    pen.placed(base, yaw, |p| {
        p.block(Vec3::new(-4.0, 0.0, -14.0), Vec3::new(4.0, 6.0, 0.0), 0.04);
        let gable = [Vec2::new(-4.5, 0.0), Vec2::new(4.5, 0.0), Vec2::new(0.0, 6.4)];
        p.mat(roof).add(&extrude(&gable, 14.6, 0.0).at(0.0, 6.0, -7.0));
        p.mat(stone);
        for z in [0.0, -4.5, -9.0, -13.5] {
            for side in [-1.0f32, 1.0] {
                p.block(Vec3::new(side * 3.9, 0.0, z - 0.5), Vec3::new(side * 5.0, 3.6, z + 0.3), 0.05);
                p.block(Vec3::new(side * 3.9, 3.6, z - 0.4), Vec3::new(side * 4.5, 5.4, z + 0.2), 0.05);
            }
        }
        p.block(Vec3::new(-2.1, 0.0, -1.5), Vec3::new(2.1, 12.0, 2.7), 0.05);
        p.block(Vec3::new(-2.35, 11.6, -1.75), Vec3::new(2.35, 12.2, 2.95), 0.05);
        p.mat(roof).crease(30.0).add(&cone(3.1, 0.0, 11.0, 8).at(0.0, 12.1, 0.6)).crease(45.0);
        for (x, z) in [(-2.0, -1.4), (2.0, -1.4), (-2.0, 2.6), (2.0, 2.6)] {
            p.add(&cone(0.5, 0.0, 2.8, 6).at(x, 12.0, z));
        }
        p.mat(glow);
        let mut lancet = |x: f32, y: f32, z: f32, w: f32, h: f32| {
            let outline = [
                Vec2::new(-w, 0.0),
                Vec2::new(w, 0.0),
                Vec2::new(w, 0.6 * h),
                Vec2::new(0.5 * w, 0.86 * h),
                Vec2::new(0.0, h),
                Vec2::new(-0.5 * w, 0.86 * h),
                Vec2::new(-w, 0.6 * h),
            ];
            p.add(&extrude(&outline, 0.06, 0.0).at(x, y, z));
        };
        lancet(0.0, 5.5, 2.7, 0.55, 2.6);
        lancet(-0.9, 9.2, 2.7, 0.35, 1.6);
        lancet(0.9, 9.2, 2.7, 0.35, 1.6);
        let door = [
            Vec2::new(-0.9, 0.0),
            Vec2::new(0.9, 0.0),
            Vec2::new(0.9, 2.0),
            Vec2::new(0.5, 2.8),
            Vec2::new(0.0, 3.2),
            Vec2::new(-0.5, 2.8),
            Vec2::new(-0.9, 2.0),
        ];
        p.add(&extrude(&door, 0.06, 0.0).at(0.0, 0.3, 2.7));
        p.placed(Vec3::new(0.0, 0.0, 0.0), PI / 2.0, |p| {
            for z in [2.2f32, 6.7, 11.2] {
                for x in [4.0f32, -4.0] {
                    let outline = [
                        Vec2::new(-0.5, 0.0),
                        Vec2::new(0.5, 0.0),
                        Vec2::new(0.5, 1.6),
                        Vec2::new(0.0, 2.5),
                        Vec2::new(-0.5, 1.6),
                    ];
                    p.add(&extrude(&outline, 0.06, 0.0).at(z, 2.2, x));
                }
            }
        });
    });
    stage.add(pen);
    stage.taken.take(at, 7.0);
    if skin.lit > 0.5 {
        let out = Vec2::new(yaw.sin(), yaw.cos()) * 4.2;
        stage.lamp(base + Vec3::new(out.x, 3.0, out.y), 0.15, [1.0, 0.55, 0.2], 3.5, LightGroup::Fire);
    }
}

/// Iron railings with gate piers across the middle distance.
fn railings(stage: &mut Stage) {
    let iron = stage.kind(MaterialKind::DarkMetal);
    let stone = stage.kind(MaterialKind::StoneBlock);
    let depth = stage.hero_depth() + 6.5;
    let mut pen = Pen::new(iron);
    for x in 0..62 {
        let u = -1.5 + 0.05 * x as f32;
        let at = stage.view.point(u, depth);
        let p = stage.on_ground(at);
        if x % 10 == 0 {
            pen.mat(stone).add(&standing_box(Vec3::new(0.5, 1.9, 0.5), 0.04).at(p.x, p.y - 0.3, p.z));
            pen.add(&cone(0.4, 0.0, 0.4, 4).at(p.x, p.y + 1.6, p.z));
            continue;
        }
        if (u - stage.world.camera.subject_x).abs() < 0.12 {
            continue;
        }
        pen.mat(iron);
        let next = stage.on_ground(stage.view.point(u + 0.05, depth));
        for k in 0..4 {
            let q = p.lerp(next, k as f32 / 4.0);
            pen.add(&rod(q - Vec3::Y * 0.1, q + Vec3::Y * 1.45, 0.016, 4));
            pen.add(&cone(0.035, 0.0, 0.12, 4).at(q.x, q.y + 1.45, q.z));
        }
        for y in [0.25, 1.25] {
            pen.add(&rod(p + Vec3::Y * y, next + Vec3::Y * y, 0.02, 4));
        }
    }
    stage.add(pen);
}
