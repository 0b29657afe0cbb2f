//! The sea bed.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::noise::fbm;
use gesamt_world::MaterialKind;
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::Plan;
use super::common::{self, Trail, open_plan};
use crate::arch::column;
use crate::ground::Ground;
use crate::nature::{self, Reach, strew};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Stage, pose};

/// A sunken place: broken columns, arches, corals and weed on the sea bed.
pub(super) fn underwater(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let trail = Trail::of(stage, 1.2);
    let ground = Ground::natural(stage.world, 1.1, stage.view.eye(), stage.hero);
    let seed = stage.seed.child("ripple").0 as u32;
    stage.set_ground(ground.plus(move |x, z| 0.03 * (5.0 * z + 2.0 * fbm(Vec3::new(x, 0.0, z) * 0.4, 2, seed)).sin()));
    common::paint_floor(stage, stage.world.materials.ground, None);
    if stage.world.layout.variant.is_multiple_of(2) {
        sunken_temple(stage);
    } else {
        let at = stage.view.point(-0.3 * stage.world.camera.subject_x.signum(), stage.hero_depth() + 10.0);
        let p = stage.on_ground(at);
        super::harbor::ship(stage, p + Vec3::Y * 0.7, 1.1, 1.25, 1);
        stage.taken.take(at, 6.0);
        super::ruins::broken_walls(stage, 0.95);
    }
    let skin = stage.skin.clone();
    let colors = [
        mix(skin.accent, [0.8, 0.15, 0.1], 0.5),
        mix(skin.emissive, [0.7, 0.3, 0.6], 0.5),
        [0.75, 0.4, 0.12],
        mix(skin.key, [0.8, 0.7, 0.5], 0.5),
    ];
    let corals: Vec<_> = (0..8).map(|i| nature::coral_fan(stage, 0.75, colors[i % 4], i as u64)).collect();
    let keep = move |s: &Stage, p: Vec2| trail.distance(p) > 1.1 && p.distance(s.hero) > 1.1;
    strew(
        stage,
        "corals",
        &corals,
        130,
        Reach { scale: [0.35, 1.5], bias: 1.5, ..Reach::solid(2.4, 28.0, 14.0, 0.3, 0.7) },
        keep,
    );
    let weed: Vec<_> = (0..3).map(|i| nature::kelp(stage, 5.0, i)).collect();
    strew(stage, "weed", &weed, 34, Reach { scale: [0.4, 1.5], ..Reach::solid(4.5, 30.0, 15.0, 0.5, 4.0) }, keep);
    let side = -skin_side(stage);
    for (x, depth) in [(0.98, 4.2), (1.12, 5.4), (0.86, 6.6)] {
        let at = stage.view.point(x * side, depth);
        stage.put_at(&weed[0], at, depth, 1.2);
    }
    let stones = nature::boulders(stage, MaterialKind::Rock, 1.2, 4);
    strew(stage, "stones", &stones, 40, Reach { scale: [0.2, 1.6], ..Reach::solid(2.6, 34.0, 16.0, 0.5, 0.8) }, keep);
    fish(stage);
    let mut plan = open_plan(stage, Some(trail), 8.0, 1.0);
    plan.move_room = 1.2;
    plan
}

fn skin_side(stage: &Stage) -> f32 {
    stage.world.camera.subject_x.signum()
}

/// Rows of columns, some broken, a pediment and a great arch.
fn sunken_temple(stage: &mut Stage) {
    let stone = stage.kind(match stage.world.materials.primary {
        MaterialKind::Coral | MaterialKind::Rock => MaterialKind::Marble,
        kind => kind,
    });
    let mut rng = stage.rng("sunken");
    let mut pen = Pen::new(stone);
    let eye = stage.view.eye();
    for k in 0..7 {
        for side in [-1.0f32, 1.0] {
            let at = eye + Vec2::new(side * (4.4 + 0.3 * rng.signed()), -(5.0 + 3.4 * k as f32));
            let p = stage.on_ground(at) - Vec3::Y * 0.15;
            let h = if rng.chance(0.45) { rng.range(1.0, 3.4) } else { 6.2 };
            pen.crease(50.0).placed(p, rng.range(0.0, TAU), |pen| {
                pen.with(Affine3A::from_rotation_z(rng.signed() * 0.05), |pen| column(pen, Vec3::ZERO, 0.48, h));
            });
            pen.crease(45.0);
            if h > 6.0 && k % 2 == 0 {
                pen.block(p + Vec3::new(-0.8, 6.15, -0.8), p + Vec3::new(0.8, 6.9, 2.8), 0.04);
            }
            stage.taken.take(at, 0.8);
        }
    }
    let far = stage.view.point(0.1, stage.hero_depth() + 13.0);
    let p = stage.on_ground(far);
    super::castle::gate_wall(&mut pen, p - Vec3::Y * 0.4, 0.1, 11.0, 9.5, 4.2, 2.0);
    let pediment = [Vec2::new(-6.2, 0.0), Vec2::new(6.2, 0.0), Vec2::new(0.0, 3.0)];
    pen.placed(p + Vec3::Y * 9.1, 0.1, |pen| {
        pen.add(&gesamt_mesh::shapes2::extrude(&pediment, 2.4, 0.06));
    });
    for _ in 0..10 {
        let at = stage.view.point(rng.signed() * 0.9, rng.range(4.0, 16.0));
        if stage.may_stand(at, 0.7, 0.9) {
            let turn = Quat::from_euler(
                glam::EulerRot::YXZ,
                rng.range(0.0, TAU),
                0.1 * rng.signed(),
                PI / 2.0 + 0.1 * rng.signed(),
            );
            let drum = gesamt_mesh::shapes::cylinder(0.45, rng.range(0.5, 1.8), 16, 0.04);
            pen.add(&drum.transformed(Affine3A::from_rotation_translation(turn, stage.on_ground(at) + Vec3::Y * 0.32)));
            stage.taken.take(at, 0.8);
        }
    }
    stage.add(pen);
}

/// A school of fish.
fn fish(stage: &mut Stage) {
    let silver = stage.tinted(MaterialKind::BrushedMetal, mix(stage.skin.emissive, [0.6, 0.65, 0.7], 0.6), 0.5);
    let mut pen = Pen::new(silver);
    pen.crease(70.0);
    let path = [Vec3::X * 0.18, Vec3::X * 0.09, Vec3::ZERO, -Vec3::X * 0.12];
    let body =
        gesamt_mesh::shapes::tube(&path, &[0.0, 0.045, 0.055, 0.012], 7).mapped(|p| p * Vec3::new(1.0, 1.2, 0.5));
    pen.add(&body);
    let mut tail = nature::Leaves::default();
    tail.leaf(-Vec3::X * 0.1, Vec3::new(-0.12, 0.06, 0.0), Vec3::Y, 0.05);
    tail.leaf(-Vec3::X * 0.1, Vec3::new(-0.12, -0.06, 0.0), Vec3::Y, 0.05);
    pen.mesh(&tail.finish());
    let one = stage.piece(pen);
    let mut rng = stage.rng("fish");
    for school in 0..3 {
        let at = stage.view.point([-0.4, 0.5, -0.1][school], [8.0, 12.0, 16.0][school]);
        let middle = stage.on_ground(at) + Vec3::Y * rng.range(2.4, 4.5);
        let yaw = rng.range(0.0, TAU);
        for _ in 0..34 {
            let p = middle + Vec3::new(rng.normal() * 1.1, rng.normal() * 0.45, rng.normal() * 0.9);
            stage.put(&one, pose(p, yaw + rng.signed() * 0.3, rng.range(0.7, 1.5)));
        }
    }
}
