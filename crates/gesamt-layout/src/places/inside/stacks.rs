//! The stacks: a low room of crooked cases with one narrow way to a desk under a round window.

use std::f32::consts::{FRAC_PI_2, PI};

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cylinder, sphere};
use gesamt_mesh::shapes2::{beam, hoop, rod};
use gesamt_world::MaterialKind;
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::super::{Plan, Spot};
use super::library::{House, bookcase, carpet, floor_kind, house, reading_table};
use super::shared::{Hall, Manner, daylight, far_light, hall_plan, ladder, turn};
use crate::ground::Ground;
use crate::pen::Pen;
use crate::stage::{Piece, Stage, pose};

/// Half the width of the way between the cases.
const WAY_M: f32 = 1.75;
/// How far the cases step back about the subject.
const NOOK_M: f32 = 1.5;
/// Length of the way that is widened, before and behind the subject.
const NOOK_REACH_M: f32 = 2.4;

/// A narrow way between crooked cases.
pub(super) fn stacks(stage: &mut Stage) -> Plan {
    let s = turn(stage);
    stage.aim(-0.3 * s, 0.62);
    stage.set_ground(Ground::level(0, 0.0));
    let h = house(stage);
    let hall = Hall { half: 5.6, high: 4.9, far: stage.hero_depth() + 6.5 };
    room(stage, &h, hall);
    cases(stage, &h, hall);
    beams(stage, &h, hall);
    let desk = desk(stage, &h, hall);
    piles(stage, &h, hall);
    let mut plan = hall_plan(stage, Hall { half: WAY_M + 0.5 * NOOK_M, ..hall }, 0.0);
    plan.gates = vec![Spot::new(Vec2::new(0.0, 0.5 - hall.far), 0.0)];
    plan.lights.retain(|l| l.at.distance(desk) > 1.5);
    plan.move_room = 0.5;
    plan.has_fire = !matches!(h.manner, Manner::Sleek | Manner::Dark);
    plan
}

/// Floor with a runner, walls, and the end wall with its round window.
fn room(stage: &mut Stage, h: &House, hall: Hall) {
    let Hall { half, high, far } = hall;
    let (floor, carpet, day) = (floor_kind(stage), carpet(stage), daylight(stage));
    let pane = stage.glow(MaterialKind::Emissive, day.color, 0.9 * day.pane, LightGroup::Steady);
    let mut pen = Pen::new(floor);
    pen.block(Vec3::new(-half - 0.3, -0.3, 6.6), Vec3::new(half + 0.3, 0.0, -far - 0.3), 0.0);
    pen.mat(carpet).block(Vec3::new(-0.62, 0.0, 4.0), Vec3::new(0.62, 0.014, 2.6 - far), 0.004);
    pen.mat(h.wall);
    pen.block(Vec3::new(-half - 0.3, 0.0, 6.2), Vec3::new(half + 0.3, high, 6.5), 0.0);
    for side in [-1.0f32, 1.0] {
        pen.block(Vec3::new(side * half, 0.0, 6.5), Vec3::new(side * (half + 0.3), high, -far), 0.0);
    }
    pen.block(Vec3::new(-half - 0.3, 0.0, -far), Vec3::new(half + 0.3, high, -far - 0.3), 0.0);
    pen.block(Vec3::new(-half - 0.3, high, 6.5), Vec3::new(half + 0.3, high + 0.2, -far - 0.3), 0.0);
    let middle = window(stage, hall);
    let flat = Affine3A::from_rotation_translation(Quat::from_rotation_x(FRAC_PI_2), middle);
    pen.mat(pane).add(&cylinder(0.98, 0.02, 40, 0.0).transformed(flat));
    pen.mat(h.trim).crease(60.0);
    for (r, thick) in [(0.94, 0.2), (0.45, 0.06)] {
        pen.add(&hoop(r, thick, 0.16, 40).transformed(flat));
    }
    pen.crease(45.0);
    for k in 0..4 {
        let out = Vec2::from_angle(PI * k as f32 / 4.0).extend(0.0);
        pen.add(&beam(middle - out + Vec3::Z * 0.08, middle + out + Vec3::Z * 0.08, Vec2::splat(0.05), 0.0));
    }
    stage.add(pen);
    stage.lamp(middle + Vec3::Z * 0.9, 0.5, day.color, 5.0 * day.pane, LightGroup::Steady);
    let s = turn(stage);
    far_light(
        stage,
        Vec3::new(stage.hero.x, 0.8, stage.hero.y),
        Vec3::new(-0.3 * s, 0.75, -1.0),
        day.color,
        0.6 * day.sun,
    );
}

/// The middle of the round window.
fn window(stage: &Stage, hall: Hall) -> Vec3 {
    Vec3::new(-0.5 * turn(stage), 3.0, 0.05 - hall.far)
}

/// Two walls of cases along the way, each with a smile or a frown of its own, and rows of cases behind them.
fn cases(stage: &mut Stage, h: &House, hall: Hall) {
    let low: Vec<Piece> = (0..5).map(|k| bookcase(stage, h, 1.5, 7 + (k % 2) as u32, 0.43, 40 + k)).collect();
    let mut rng = stage.rng("stacks");
    let s = turn(stage);
    for side in [-1.0f32, 1.0] {
        let mut z = 5.6f32;
        while z > 1.2 - hall.far {
            let is_nook = side == s && (z - stage.hero.y).abs() < NOOK_REACH_M;
            let x = side * (WAY_M + if is_nook { NOOK_M } else { 0.16 * rng.unit() });
            let yaw = -side * FRAC_PI_2 + 0.07 * rng.signed();
            let at = Vec2::new(x, z);
            let scale = rng.range(0.95, 1.12);
            let has_gap = rng.chance(0.12) && !is_nook;
            if at.distance(stage.view.eye()) > 1.9 && !has_gap {
                let back = Vec3::new(x + side * 0.4, 0.0, z);
                stage.put(&low[rng.below(5)], pose(back, yaw, scale));
                stage.put(&low[rng.below(5)], pose(back + Vec3::X * side * 0.04, yaw + PI, scale));
                stage.taken.take_box(Vec2::new(x, z - 0.75), Vec2::new(side * hall.half, z + 0.75));
            }
            stage.put(&low[rng.below(5)], pose(Vec3::new(side * hall.half, 0.0, z), -side * FRAC_PI_2, scale));
            z -= 1.56;
        }
    }
    let mut pen = Pen::new(h.wood);
    let z = stage.hero.y + 3.4;
    ladder(&mut pen, Vec3::new(-s * (WAY_M - 0.55), 0.0, z), Vec3::new(-s * (WAY_M + 0.02), 3.9, z), Vec3::Z);
    stage.add(pen);
}

/// Sagging beams under the ceiling, with lanterns that hang over the way.
fn beams(stage: &mut Stage, h: &House, hall: Hall) {
    let mut rng = stage.rng("beams");
    let color = stage.skin.lamp_color();
    let group = if matches!(h.manner, Manner::Old | Manner::Organic) { LightGroup::Fire } else { LightGroup::Steady };
    let mut pen = Pen::new(h.trim);
    let (mut z, mut k) = (4.0f32, 0);
    while z > 0.6 - hall.far {
        let y = hall.high - 0.16 - 0.1 * rng.unit();
        let lean = 0.06 * rng.signed();
        pen.mat(h.trim).add(&beam(
            Vec3::new(-hall.half, y + lean, z),
            Vec3::new(hall.half, y - lean, z + 0.2 * rng.signed()),
            Vec2::new(0.26, 0.3),
            0.03,
        ));
        if k % 2 == 1 {
            let p = Vec3::new(0.5 * rng.signed(), 3.35, z);
            pen.mat(h.metal).add(&rod(p + Vec3::Y * 0.18, Vec3::new(p.x, y, z), 0.012, 4));
            pen.crease(60.0).add(&cylinder(0.13, 0.05, 10, 0.01).at(p.x, p.y + 0.14, p.z)).crease(45.0);
            pen.mat(h.lamp).add(&sphere(0.11, 6, 10).at(p.x, p.y, p.z));
            stage.lamp(p - Vec3::Y * 0.25, 0.14, color, 4.5, group);
        }
        (z, k) = (z - 1.9, k + 1);
    }
    stage.add(pen);
}

/// The desk under the window, with a lamp and a chair; where it stands.
fn desk(stage: &mut Stage, h: &House, hall: Hall) -> Vec2 {
    let mut rng = stage.rng("desk");
    let at = Vec2::new(window(stage, hall).x, 1.5 - hall.far);
    let mut pen = Pen::new(h.wood);
    pen.placed(Vec3::new(at.x, 0.0, at.y), 0.12 * rng.signed(), |p| {
        reading_table(p, h, &mut rng);
        p.mat(h.metal).crease(60.0).add(&cylinder(0.1, 0.03, 14, 0.01).at(0.55, 0.8, 0.0));
        p.add(&rod(Vec3::new(0.55, 0.8, 0.0), Vec3::new(0.55, 1.2, 0.0), 0.014, 6));
        p.mat(h.lamp).add(&sphere(0.12, 8, 12).at(0.55, 1.26, 0.0)).crease(45.0);
    });
    stage.add(pen);
    let color = stage.skin.lamp_color();
    stage.lamp(Vec3::new(at.x + 0.55, 1.3, at.y + 0.3), 0.12, color, 6.0, LightGroup::Steady);
    stage.taken.take(at, 1.2);
    at
}

/// Piles of books on the floor along the cases.
fn piles(stage: &mut Stage, h: &House, hall: Hall) {
    let mut rng = stage.rng("piles");
    let mut pen = Pen::new(h.pages);
    for _ in 0..34 {
        let side = if rng.chance(0.5) { 1.0f32 } else { -1.0 };
        let at = Vec2::new(side * (WAY_M - rng.range(0.22, 0.5)), -rng.range(2.4, hall.far - 2.5));
        if !stage.may_stand(at, 0.2, 0.6) {
            continue;
        }
        let mut y = 0.0;
        for _ in 0..2 + rng.below(9) {
            let (w, t, d) = (rng.range(0.11, 0.16), rng.range(0.03, 0.07), rng.range(0.09, 0.12));
            let cover = h.books[rng.below(h.books.len())];
            pen.placed(Vec3::new(at.x, y, at.y), rng.range(-0.5, 0.5), |p| {
                p.mat(cover).block(Vec3::new(-w, 0.0, -d), Vec3::new(w, t, d), 0.0);
                p.mat(h.pages).block(
                    Vec3::new(-w + 0.008, 0.006, -d + 0.008),
                    Vec3::new(w + 0.004, t - 0.006, d + 0.004),
                    0.0,
                );
            });
            y += t;
        }
        stage.taken.take(at, 0.22);
    }
    stage.add(pen);
}
