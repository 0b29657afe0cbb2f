//! Ruins.

use super::Plan;
use super::common::{self, Trail, floor, open_plan, town_tree, undergrowth, wood};
use super::fortress::gate_wall;
use crate::arch::{column, dialect};
use crate::backdrop;
use crate::nature::{self, Reach, TreeKind, strew};
use crate::pen::Pen;
use crate::stage::Stage;
use gesamt_mesh::noise::fbm;
use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3};
use std::f32::consts::PI;

/// Broken walls, columns and arches that the green takes back.
pub(super) fn ruins(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.7);
    let trail = Trail::of(stage, 1.6);
    let kind = stage.world.materials.ground;
    floor(
        stage,
        0.9,
        kind,
        Some((trail, if kind == MaterialKind::Flagstone { MaterialKind::Dirt } else { MaterialKind::Flagstone })),
    );
    let decay = stage.world.condition.decay.max(0.6);
    let modern = stage.skin.is_electric;
    if modern {
        let mut d = dialect(stage.world);
        d.gaps = 0.8;
        for k in 0..8u64 {
            let side = if k % 2 == 0 { -1.0f32 } else { 1.0 };
            let at = Vec2::new(
                stage.view.eye().x + side * (8.5 + 0.9 * (k % 3) as f32),
                stage.view.eye().y - 7.0 - 6.0 * (k / 2) as f32,
            );
            let toward = Vec2::new(0.0, at.y + 1.5);
            super::settlement::house(
                stage,
                &d,
                at,
                toward,
                3,
                d.floors[0].max(2) + (k % 3) as u32,
                stage.seed.child("ruin").index(k),
            );
        }
        backdrop::behind(stage, 110.0);
    } else {
        broken_walls(stage, decay);
        backdrop::hills(stage, 190.0, 36.0, true);
        if stage.world.layout.variant % 2 == 1 {
            backdrop::castle_far(stage, 150.0);
        }
    }
    let stone = stage.world.materials.primary;
    let heaps: Vec<_> = (0..3).map(|i| nature::rubble_heap(stage, stone, 1.0, i)).collect();
    strew(
        stage,
        "heaps",
        &heaps,
        16,
        Reach { scale: [0.5, 1.5], ..Reach::solid(3.4, 36.0, 16.0, 0.9, 0.5) },
        move |s, p| trail.distance(p) > 2.4 && !s.taken.in_box(p),
    );
    let green = stage.world.condition.overgrowth;
    wood(
        stage,
        &[town_tree(stage), if green > 0.5 { TreeKind::Giant } else { TreeKind::Bare }],
        8.0,
        9.0,
        90.0,
        18 + (30.0 * green) as usize,
        Some(trail),
    );
    undergrowth(stage, 0.25 + 0.7 * green, 0.28, 0.5 - 0.4 * green, Some(trail));
    let plan = open_plan(stage, Some(trail), 9.0, 1.3);
    common::own_lamps(stage, &plan.lights.clone(), 4, 1.4);
    plan
}

/// Free-standing remains of a great building on both sides of the view.
pub(super) fn broken_walls(stage: &mut Stage, decay: f32) {
    let wall = stage.kind(stage.world.materials.primary);
    let trim = stage.kind(stage.world.materials.secondary);
    let mut rng = stage.rng("broken walls");
    let eye = stage.view.eye();
    let mut pen = Pen::new(wall);
    for k in 0..9 {
        let side = if k % 2 == 0 { -1.0f32 } else { 1.0 };
        let depth = 6.5 + 3.6 * k as f32;
        let x = eye.x + side * (5.6 + rng.range(0.0, 2.5) + 0.06 * depth);
        let at = Vec2::new(x, eye.y - depth);
        let base = stage.on_ground(at);
        match k % 3 {
            0 => {
                pen.mat(wall);
                rampart_ruin(
                    &mut pen,
                    base,
                    side * PI / 2.0 + rng.signed() * 0.15,
                    rng.range(6.0, 9.0),
                    rng.range(4.5, 7.5),
                    decay,
                    rng.next_u64() as u32,
                );
            }
            1 => {
                pen.mat(wall);
                gate_wall(
                    &mut pen,
                    base - Vec3::Y * 0.3,
                    side * PI / 2.0 + 0.2 * rng.signed(),
                    5.0,
                    rng.range(4.6, 6.2),
                    2.4,
                    1.1,
                );
            }
            _ => {
                pen.mat(trim).crease(50.0);
                for n in 0..3 {
                    let h = rng.range(1.2, 6.0);
                    column(&mut pen, base + Vec3::new(side * 0.4, -0.1, 1.8 * n as f32 - 1.8), 0.42, h);
                }
                pen.crease(45.0);
            }
        }
        stage.taken.take(at, 2.6);
    }
    // One great arch over the axis, far back.
    let far = stage.view.point(-0.1, stage.hero_depth() + 14.0);
    pen.mat(wall);
    gate_wall(&mut pen, stage.on_ground(far) - Vec3::Y * 0.3, 0.15, 14.0, 12.5, 5.2, 2.2);
    stage.taken.take(far, 6.0);
    stage.add(pen);
}

/// A stretch of wall with a jagged top and window holes.
fn rampart_ruin(pen: &mut Pen, base: Vec3, yaw: f32, length: f32, height: f32, decay: f32, seed: u32) {
    pen.placed(base - Vec3::Y * 0.3, yaw, |p| {
        let n = (length / 0.6) as i32;
        for i in 0..n {
            let x = -0.5 * length + 0.6 * i as f32;
            let profile = 0.55 + 0.75 * fbm(Vec3::new(i as f32 * 0.14, 0.0, 0.0), 3, seed);
            let edge = 1.0 - (2.0 * (i as f32 + 0.5) / n as f32 - 1.0).abs().powi(3) * 0.7;
            let h = (height * (1.0 - decay * 0.45) * profile * edge * 1.5).clamp(0.4, height);
            let window = i % 5 == 2 || i % 5 == 3;
            if window && h > 3.2 {
                p.block(Vec3::new(x, 0.0, -0.4), Vec3::new(x + 0.6, 1.4, 0.4), 0.0);
                p.block(Vec3::new(x, 3.0, -0.4), Vec3::new(x + 0.6, h, 0.4), 0.0);
            } else {
                p.block(Vec3::new(x, 0.0, -0.4), Vec3::new(x + 0.6, h, 0.4), 0.0);
            }
        }
    });
}
