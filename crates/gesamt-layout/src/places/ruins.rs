//! Ruins and the arena.

use super::castle::gate_wall;
use super::common::{self, Trail, floor, open_plan, town_tree, undergrowth, wood};
use super::{Plan, Spot};
use crate::arch::{column, dialect};
use crate::backdrop;
use crate::ground::{Ground, GroundMesh, add_ground};
use crate::nature::{self, Reach, TreeKind, strew};
use crate::pen::Pen;
use crate::stage::{Stage, facing};
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes2::rod;
use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3};
use std::f32::consts::{PI, TAU};

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

/// A ring of tiers about a floor of sand.
pub(super) fn arena(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.5);
    let kind = match stage.world.materials.ground {
        MaterialKind::Cobblestone | MaterialKind::Asphalt | MaterialKind::Flagstone => MaterialKind::Sand,
        kind => kind,
    };
    let seed = stage.seed.child("arena").0 as u32;
    stage.set_ground(Ground::level(seed, 0.06));
    let sand = stage.kind(kind);
    add_ground(stage, GroundMesh::NEAR, move |_, _| sand);
    let wall = stage.kind(stage.world.materials.primary);
    let seat = stage.kind(stage.world.materials.secondary);
    let lip_stone = {
        let mut spec = stage.skin.of(stage.world.materials.secondary);
        spec.tint = [0.85, 0.8, 0.72];
        spec.tint_strength = 0.55;
        spec.dirt *= 0.5;
        stage.mat(spec)
    };
    let dark = stage.kind(MaterialKind::DarkMetal);
    let decay = stage.world.condition.decay;
    let center = stage.view.eye() + Vec2::new(0.0, -15.0);
    let (rx, rz) = (21.0, 24.0);
    let mut rng = stage.rng("arena");
    let mut pen = Pen::new(wall);
    let n = 64;
    let spot = |a: f32, r: f32, y: f32| Vec3::new(center.x + (rx + r) * a.cos(), y, center.y + (rz + r) * a.sin());
    for k in 0..n {
        let (a, b) = (TAU * k as f32 / n as f32, TAU * (k + 1) as f32 / n as f32);
        let toward = spot(0.5 * (a + b), 0.0, 0.0) - Vec3::new(stage.view.eye().x, 0.0, stage.view.eye().y);
        if toward.z > 6.0 {
            continue;
        }
        let fallen = decay > 0.45 && fbm(Vec3::new(a.cos() * 1.5, a.sin() * 1.5, 0.0), 2, seed) > 0.25;
        let tiers = if fallen { 3 + rng.below(4) } else { 12 };
        // Stairs part the seats into wedges; the crowd comes and goes through doors below them.
        let is_stair = k % 8 == 3;
        for t in 0..=tiers {
            let (r0, r1, y) = (0.95 * t as f32, 0.95 * (t + 1) as f32 + 0.1, 2.2 + 0.62 * t as f32);
            if is_stair && t > 0 {
                pen.mat(wall);
                steps(&mut pen, [spot(a, r0, y), spot(b, r0, y)], [spot(a, r1, y), spot(b, r1, y)]);
                continue;
            }
            pen.mat(if t == 0 { wall } else { seat });
            let low = if t == 0 { -0.5 } else { y - 1.2 };
            let (inner, outer) = ([spot(a, r0, low), spot(b, r0, low)], [spot(a, r1, low), spot(b, r1, low)]);
            let up = Vec3::Y * (y - low);
            let bottom = vec![inner[0], inner[1], outer[1], outer[0]];
            let top: Vec<Vec3> = bottom.iter().map(|p| *p + up).collect();
            pen.add(&gesamt_mesh::shapes2::loft(&[bottom, top]));
            // The lip of the seat throws the line of shadow by which tiers are told from a wall.
            let lip = |r: f32, y: f32| [spot(a, r, y), spot(b, r, y)];
            let [front, back] = [lip(r0 - 0.17, y - 0.13), lip(r0 + 0.35, y - 0.13)];
            let under = vec![front[0], front[1], back[1], back[0]];
            let over = under.iter().map(|p| *p + Vec3::Y * 0.19).collect();
            pen.mat(if t == 0 { seat } else { lip_stone }).add(&gesamt_mesh::shapes2::loft(&[under, over]));
        }
        if is_stair && !fallen {
            door(&mut pen, [spot(a, 3.6, 4.0), spot(b, 3.6, 4.0)], [wall, dark]);
        }
        if !fallen {
            // An arcade crowns the last tier.
            pen.mat(wall);
            let p = spot(0.5 * (a + b), 12.6, 0.0);
            let yaw = facing(Vec2::new(p.x, p.z), center);
            gate_wall(
                &mut pen,
                Vec3::new(p.x, 9.2, p.z),
                yaw,
                spot(a, 12.6, 0.0).distance(spot(b, 12.6, 0.0)) + 0.05,
                6.2,
                1.9,
                0.9,
            );
        }
    }
    stage.add(pen);
    let gate = stage.kind(MaterialKind::DarkMetal);
    let far = spot(-PI / 2.0 + 0.35, -0.1, 0.0);
    let mut pen = Pen::new(gate);
    for k in 0..9 {
        let x = far.x - 1.6 + 0.4 * k as f32;
        pen.add(&rod(Vec3::new(x, 0.0, far.z + 0.3), Vec3::new(x, 2.5, far.z + 0.3), 0.045, 5));
    }
    stage.add(pen);
    let mut plan = open_plan(stage, None, 12.0, 1.0);
    for k in 0..10 {
        let a = -PI / 2.0 + (k as f32 - 4.5) * 0.27;
        let p = spot(a, -1.2, 0.0);
        let at = Vec2::new(p.x, p.z);
        plan.lights.insert(0, Spot::new(at, facing(at, center)));
    }
    plan.has_fire = true;
    common::own_lamps(stage, &plan.lights.clone(), 8, 2.0);
    plan
}

/// Two steps up between the inner and the outer corners of a tier.
fn steps(pen: &mut Pen, inner: [Vec3; 2], outer: [Vec3; 2]) {
    for (k, rise) in [(0.0f32, -0.31f32), (0.5, 0.0)] {
        let near = [inner[0].lerp(outer[0], k), inner[1].lerp(outer[1], k)];
        let top: Vec<Vec3> = [near[0], near[1], outer[1], outer[0]].into_iter().map(|p| p + Vec3::Y * rise).collect();
        let bottom = top.iter().map(|p| *p - Vec3::Y * 1.2).collect();
        pen.add(&gesamt_mesh::shapes2::loft(&[bottom, top]));
    }
}

/// The door from which a stair begins: a dark opening between two jambs and a lintel of `materials[0]`.
fn door(pen: &mut Pen, [left, right]: [Vec3; 2], materials: [u32; 2]) {
    let (along, middle) = ((right - left).normalize_or(Vec3::X), 0.5 * (left + right));
    let (half, high) = (0.36 * left.distance(right), 2.2);
    let yaw = (-along.z).atan2(along.x);
    pen.placed(middle, yaw, |p| {
        p.mat(materials[1]).block(Vec3::new(-half, -1.4, -0.6), Vec3::new(half, high, 0.6), 0.0);
        p.mat(materials[0]);
        for side in [-1.0f32, 1.0] {
            let x = side * (half + 0.18);
            p.block(Vec3::new(x - 0.2, -1.4, -0.75), Vec3::new(x + 0.2, high, 0.75), 0.02);
        }
        p.block(Vec3::new(-half - 0.45, high, -0.8), Vec3::new(half + 0.45, high + 0.35, 0.8), 0.02);
    });
}
