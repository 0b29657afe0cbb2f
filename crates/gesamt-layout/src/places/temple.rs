//! Temples: a columned front, a stepped pyramid, a hall of eaves, standing slabs, or a ruined nave.

use super::common::{self, Trail, floor, open_plan, town_tree, undergrowth, wood};
use super::fortress::gate_wall;
use super::{Plan, Spot};
use crate::arch::{column, curved_hip, lit_panes};
use crate::backdrop;
use crate::nature::{self, Reach, TreeKind, strew};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;
use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cylinder, standing_box};
use gesamt_mesh::shapes2::extrude;
use gesamt_world::{Genre, MaterialKind};
use glam::{Vec2, Vec3};
use std::f32::consts::PI;

/// How far a front's steps reach before it, and how far before it a gate stands at least, in metres.
const FORECOURT_M: f32 = 2.4;
const GATE_CLEAR_M: f32 = 5.0;

/// Height of a columned front's steps and entablature, of its columns and gable at scale 1, and the smallest scale.
const FRONT_BASE_M: f32 = 2.8;
const FRONT_HIGH_M: f32 = 10.6;
const SMALLEST_FRONT: f32 = 0.62;
/// Height of the ridge of a hall of eaves, in metres.
const HALL_M: f32 = 13.4;

/// A temple front with its forecourt.
pub(super) fn temple(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let trail = Trail { bow: 0.0, ..Trail::of(stage, 2.2) };
    let kind = stage.world.materials.ground;
    let cover = if stage.skin.snow > 0.4 { MaterialKind::Snow } else { kind };
    let path = if matches!(kind, MaterialKind::Flagstone | MaterialKind::Cobblestone | MaterialKind::Marble) {
        MaterialKind::Gravel
    } else {
        MaterialKind::Flagstone
    };
    if kind == MaterialKind::Sand {
        super::arid::dunes(stage, 0.8);
        common::paint_floor(stage, cover, Some((trail, path)));
    } else {
        floor(stage, 0.6, cover, Some((trail, path)));
    }
    let side = stage.world.camera.subject_x.signum();
    let depth = stage.hero_depth() + 11.0;
    let at = stage.view.point(-0.05 * side, depth);
    let base = stage.on_ground(at) - Vec3::Y * 0.2;
    match stage.world.setting.genre {
        Genre::FeudalJapan => hall_of_eaves(stage, base),
        Genre::Alien | Genre::ScienceFiction | Genre::Cyberpunk => monolith(stage, base),
        Genre::GothicHorror | Genre::MedievalFantasy | Genre::FairyTale if stage.world.layout.variant % 2 == 1 => {
            nave(stage, base)
        }
        _ if stage.world.layout.variant % 2 == 1 => super::ziggurat::ziggurat(stage, base),
        _ => colonnade(stage, base),
    }
    stage.taken.take_box(Vec2::new(base.x - 13.0, base.z + FORECOURT_M), Vec2::new(base.x + 13.0, base.z - 20.0));
    match (kind, stage.world.setting.genre) {
        (MaterialKind::Sand, _) => {
            backdrop::hills(stage, 240.0, 26.0, false);
            let palms: Vec<_> = (0..3).map(|i| nature::tree(stage, TreeKind::Palm, 8.0, true, i)).collect();
            strew(stage, "palms", &palms, 9, Reach::solid(9.0, 34.0, 20.0, 0.8, 8.0), move |s, p| {
                trail.distance(p) > 4.5 && !s.taken.in_box(p)
            });
        }
        (_, Genre::FeudalJapan) => {
            backdrop::peak(stage, 320.0);
            super::wild::garden_growth(stage, trail);
        }
        _ => {
            backdrop::hills(stage, 200.0, 34.0, true);
            wood(stage, &[town_tree(stage), TreeKind::Broad], 9.0, 9.0, 80.0, 44, Some(Trail { width: 7.0, ..trail }));
            undergrowth(stage, 0.7, 0.22, 0.3, Some(trail));
        }
    }
    rocks(stage, 14);
    let mut plan = open_plan(stage, Some(trail), 9.0, 1.8);
    // No gate is plastered onto the front.
    plan.gates.retain(|g| stage.view.local(g.at).0 < depth - GATE_CLEAR_M);
    avenue(stage, &mut plan, depth);
    plan.has_fire = true;
    common::own_lamps(stage, &plan.lights.clone(), 6, 1.6);
    plan
}

/// Pairs of spots along the axis before a front.
fn avenue(stage: &Stage, plan: &mut Plan, depth: f32) {
    let (mut rows, mut lights) = (Vec::new(), Vec::new());
    for k in 0..6 {
        let z = stage.view.eye().y - (depth - 3.0) + 3.2 * k as f32;
        let x = stage.view.point(-0.05 * stage.world.camera.subject_x.signum(), depth).x;
        for side in [-1.0f32, 1.0] {
            rows.push(Spot::new(Vec2::new(x + side * 4.6, z), -side * 0.4));
            lights.push(Spot::new(Vec2::new(x + side * 3.4, z - 1.6), 0.0));
        }
    }
    plan.rows = rows;
    plan.rows_are_axis = true;
    plan.lights.splice(0..0, lights);
}

fn rocks(stage: &mut Stage, count: usize) {
    let kind =
        if stage.world.materials.ground == MaterialKind::Sand { MaterialKind::Sandstone } else { MaterialKind::Rock };
    let stones = nature::boulders(stage, kind, 1.0, 3);
    strew(
        stage,
        "rocks",
        &stones,
        count,
        Reach { scale: [0.3, 1.5], ..Reach::solid(3.5, 40.0, 18.0, 0.5, 0.6) },
        |s, p| !s.taken.in_box(p),
    );
}

/// Steps, columns, entablature and pediment; a dark door with light inside.
fn colonnade(stage: &mut Stage, base: Vec3) {
    let decay = stage.world.condition.decay;
    // It is as large as the frame is: a gable that the frame cuts is no front.
    let front = Vec2::new(base.x, base.z);
    let room = stage.headroom(front) - base.y - FRONT_BASE_M;
    let grow = (0.85 + 0.45 * stage.world.layout.scale).min(room / FRONT_HIGH_M).max(SMALLEST_FRONT);
    stage.crown_at(base + Vec3::Y * (FRONT_BASE_M + FRONT_HIGH_M * grow));
    let stone = stage.kind(stage.world.materials.primary);
    let trim = stage.kind(stage.world.materials.secondary);
    let trim = if stage.world.setting.genre == Genre::Ancient { stone } else { trim };
    let fire = stage.glow(MaterialKind::LitWindow, [1.0, 0.5, 0.18], 1.2 * stage.skin.lit, LightGroup::Fire);
    let mut rng = stage.rng("temple");
    let (half, h) = (9.5 * grow, 7.2 * grow);
    let mut pen = Pen::new(stone);
    pen.placed(base, 0.0, |p| {
        for k in 0..6 {
            let out = 0.45 * (6 - k) as f32;
            p.block(
                Vec3::new(-half - out, -0.6, -16.0 - out),
                Vec3::new(half + out, 0.24 * (k + 1) as f32, 0.6 + out),
                0.025,
            );
        }
        let floor = 1.44;
        p.block(Vec3::new(-half + 1.6, floor, -15.0), Vec3::new(-1.5, floor + h, -3.4), 0.0);
        p.block(Vec3::new(1.5, floor, -15.0), Vec3::new(half - 1.6, floor + h, -3.4), 0.0);
        p.block(Vec3::new(-1.5, floor + 0.68 * h, -15.0), Vec3::new(1.5, floor + h, -3.4), 0.0);
        p.block(Vec3::new(-1.5, floor, -15.0), Vec3::new(1.5, floor + h, -8.0), 0.0);
        p.mat(fire).quad([
            Vec3::new(-1.4, floor + 0.1, -7.95),
            Vec3::new(1.4, floor + 0.1, -7.95),
            Vec3::new(1.4, floor + 0.5 * h, -7.95),
            Vec3::new(-1.4, floor + 0.5 * h, -7.95),
        ]);
        p.mat(trim).crease(50.0);
        for k in 0..6 {
            let x = -half + 0.9 + (2.0 * half - 1.8) * k as f32 / 5.0;
            let broken = rng.chance((decay - 0.3) * 0.8);
            let top = if broken { h * rng.range(0.25, 0.8) } else { h };
            column(p, Vec3::new(x, floor, -0.4), 0.62 * grow, top);
            if k == 0 || k == 5 {
                for row in 1..5 {
                    column(p, Vec3::new(x, floor, -0.4 - 3.4 * row as f32), 0.62 * grow, h);
                }
            }
        }
        p.crease(45.0);
        let y = floor + h;
        let right = if decay > 0.55 { 0.35 * half } else { half + 0.3 };
        p.block(Vec3::new(-half - 0.3, y, -16.0), Vec3::new(right, y + 0.9, 0.6), 0.03);
        p.block(Vec3::new(-half - 0.6, y + 0.9, -16.2), Vec3::new(right + 0.3, y + 1.3, 0.95), 0.04);
        if decay < 0.55 {
            let pediment = [Vec2::new(-half - 0.6, 0.0), Vec2::new(half + 0.6, 0.0), Vec2::new(0.0, 0.36 * half)];
            p.add(&extrude(&pediment, 1.0, 0.05).at(0.0, y + 1.3, 0.3));
            p.add(&extrude(&pediment, 15.5, 0.0).at(0.0, y + 1.28, -8.3));
            p.mat(trim).add(&cylinder(0.9, 0.25, 24, 0.03).transformed(glam::Affine3A::from_rotation_translation(
                glam::Quat::from_rotation_x(PI / 2.0),
                Vec3::new(0.0, y + 1.3 + 0.13 * half, 0.78),
            )));
        }
    });
    stage.add(pen);
    if stage.skin.lit > 0.5 {
        stage.lamp(base + Vec3::new(0.0, 3.6, -5.5), 0.2, [1.0, 0.5, 0.18], 7.0, LightGroup::Fire);
    }
    fallen_drums(stage, base, decay);
}

fn fallen_drums(stage: &mut Stage, base: Vec3, decay: f32) {
    let stone = stage.kind(stage.world.materials.primary);
    let mut rng = stage.rng("drums");
    let mut pen = Pen::new(stone);
    for _ in 0..(decay * 12.0) as u32 {
        let at = Vec2::new(base.x + rng.signed() * 9.0, base.z + rng.range(3.5, 8.0));
        if !stage.may_stand(at, 0.8, 1.0) {
            continue;
        }
        let turn = glam::Quat::from_euler(glam::EulerRot::YXZ, rng.range(0.0, 6.3), 0.0, PI / 2.0);
        let p = stage.on_ground(at) + Vec3::Y * 0.45;
        pen.add(
            &cylinder(0.55, rng.range(0.6, 1.6), 14, 0.04)
                .transformed(glam::Affine3A::from_rotation_translation(turn, p)),
        );
        stage.taken.take(at, 0.8);
    }
    stage.add(pen);
}

/// A hall with curved eaves on a stone platform.
fn hall_of_eaves(stage: &mut Stage, base: Vec3) {
    let skin = stage.skin.clone();
    let stone = stage.kind(MaterialKind::StoneBlock);
    let red = stage.tinted(MaterialKind::WoodBeam, mix(skin.accent, [0.35, 0.06, 0.03], 0.6), 0.75);
    let white = stage.tinted(MaterialKind::Plaster, [0.74, 0.7, 0.62], 0.6);
    let tile = stage.tinted(MaterialKind::RoofTile, [0.08, 0.1, 0.11], 0.5);
    let panes = lit_panes(stage);
    let dark = stage.kind(MaterialKind::LitWindow);
    let lit = skin.lit_share > 0.12;
    let mut pen = Pen::new(stone);
    pen.placed(base - Vec3::Z * 7.0, 0.0, |p| {
        p.block(Vec3::new(-11.0, -0.6, -8.0), Vec3::new(11.0, 1.1, 6.0), 0.06);
        for k in 0..6 {
            p.block(Vec3::new(-2.2, -0.6, 6.0), Vec3::new(2.2, 1.1 - 0.19 * k as f32, 6.3 + 0.34 * k as f32), 0.02);
        }
        for (floor, half, deep, h) in [(1.1, 8.6, 5.6, 3.6), (6.6, 6.2, 3.6, 2.6)] {
            p.mat(white).block(Vec3::new(-half, floor, -deep), Vec3::new(half, floor + h, deep - 1.4), 0.0);
            let n = 6;
            for k in 0..=n {
                let x = -half + 2.0 * half * k as f32 / n as f32;
                p.mat(red).crease(60.0).add(&cylinder(0.2, h, 10, 0.02).at(x, floor, deep - 0.3)).crease(45.0);
                p.block(Vec3::new(x - 0.12, floor, deep - 1.45), Vec3::new(x + 0.12, floor + h, deep - 1.3), 0.0);
                if k < n {
                    let (a, b) = (x + 0.25, x + 2.0 * half / n as f32 - 0.25);
                    let z = deep - 1.38;
                    p.mat(if lit && k % 2 == 0 { panes[k % panes.len()] } else { dark });
                    p.quad([
                        Vec3::new(a, floor + 0.3, z),
                        Vec3::new(b, floor + 0.3, z),
                        Vec3::new(b, floor + 0.75 * h, z),
                        Vec3::new(a, floor + 0.75 * h, z),
                    ]);
                    p.mat(red);
                    for s in 1..5 {
                        let x = a + (b - a) * s as f32 / 5.0;
                        p.block(
                            Vec3::new(x - 0.03, floor + 0.3, z),
                            Vec3::new(x + 0.03, floor + 0.75 * h, z + 0.05),
                            0.0,
                        );
                    }
                }
            }
            p.mat(red).block(
                Vec3::new(-half - 0.3, floor + h - 0.3, deep - 0.5),
                Vec3::new(half + 0.3, floor + h, deep - 0.1),
                0.02,
            );
            p.mat(tile);
            let mut roof = Pen::new(tile);
            let rise = if floor < 2.0 { 2.2 } else { 3.4 };
            curved_hip(&mut roof, Vec2::new(-half, -deep), Vec2::new(half, deep), floor + h, rise, 2.0);
            let (mesh, _) = roof.finish();
            p.mesh(&mesh);
        }
    });
    stage.add(pen);
    stage.crown_at(base + Vec3::new(0.0, HALL_M, -7.0));
}

/// A smooth slab with a glowing seam, ringed by lesser ones.
fn monolith(stage: &mut Stage, base: Vec3) {
    let skin = stage.skin.clone();
    let stone = stage.kind(if skin.is_electric { MaterialKind::HullPanel } else { MaterialKind::Obsidian });
    let glow = stage.glow(MaterialKind::Emissive, skin.emissive, 7.0 * (0.5 + 0.5 * skin.lit), LightGroup::Steady);
    let mut pen = Pen::new(stone);
    for (x, z, w, h, lean) in [
        (0.0, -6.0, 5.0, 17.0, 0.0),
        (-7.0, -4.0, 2.6, 10.0, 0.06),
        (7.4, -5.0, 2.6, 11.5, -0.05),
        (-11.5, -2.0, 2.0, 6.0, 0.1),
        (12.0, -3.0, 2.0, 7.0, -0.09),
    ] {
        pen.placed(base + Vec3::new(x, -0.4, z), 0.0, |p| {
            p.with(glam::Affine3A::from_rotation_z(lean), |p| {
                let outline = [
                    Vec2::new(-0.5 * w, 0.0),
                    Vec2::new(0.5 * w, 0.0),
                    Vec2::new(0.34 * w, h),
                    Vec2::new(-0.2 * w, 0.94 * h),
                ];
                p.mat(stone).add(&extrude(&outline, 0.6 * w, 0.12));
                p.mat(glow).block(Vec3::new(-0.04, 0.12 * h, 0.3 * w), Vec3::new(0.04, 0.86 * h, 0.3 * w + 0.03), 0.0);
            });
        });
    }
    for k in 0..4 {
        let r = 13.0 - 1.6 * k as f32;
        pen.mat(stone).add(&cylinder(r, 0.25, 48, 0.04).at(base.x, base.y - 0.1 + 0.25 * k as f32, base.z - 5.0));
    }
    stage.add(pen);
}

/// The ruined nave of a church, open to the sky.
fn nave(stage: &mut Stage, base: Vec3) {
    let stone = stage.kind(MaterialKind::StoneBlock);
    let glass =
        stage.glow(MaterialKind::LitWindow, mix(stage.skin.accent, [1.0, 0.6, 0.3], 0.4), 1.4, LightGroup::Steady);
    let mut pen = Pen::new(stone);
    for k in 0..5 {
        let z = base.z + 6.0 - 5.0 * k as f32;
        for side in [-1.0f32, 1.0] {
            let x = base.x + side * 6.5;
            pen.mat(stone).add(&standing_box(Vec3::new(1.5, 11.0 - 1.1 * ((k * 7 + 3) % 4) as f32, 1.7), 0.06).at(
                x,
                base.y - 0.3,
                z,
            ));
            pen.add(&standing_box(Vec3::new(1.0, 5.5, 1.1), 0.05).at(x + side * 1.7, base.y - 0.3, z));
        }
        if k % 2 == 0 {
            let arch: Vec<Vec3> = (0..=12)
                .map(|i| i as f32 / 12.0 * 2.0 - 1.0)
                .map(|s| Vec3::new(base.x + 6.4 * s, base.y + 8.0 + 5.2 * (1.0 - s.abs().powf(1.7)), z))
                .collect();
            pen.add(&gesamt_mesh::shapes::tube(&arch, &[0.42; 13], 8));
        }
    }
    pen.mat(stone);
    gate_wall(&mut pen, base + Vec3::new(0.0, -0.2, -16.0), 0.0, 16.0, 15.0, 3.0, 1.4);
    pen.mat(glass).add(&cylinder(2.4, 0.1, 28, 0.0).transformed(glam::Affine3A::from_rotation_translation(
        glam::Quat::from_rotation_x(PI / 2.0),
        base + Vec3::new(0.0, 10.0, -15.25),
    )));
    stage.add(pen);
}
