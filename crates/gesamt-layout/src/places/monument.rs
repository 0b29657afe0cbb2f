//! Monuments: castle, temple, ruins, arena, graveyard.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::LightGroup;
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{cone, cylinder, standing_box};
use gesamt_mesh::shapes2::{extrude, rod};
use gesamt_world::{Genre, MaterialKind};
use glam::{Vec2, Vec3};

use super::common::{self, Trail, floor, open_plan, town_tree, undergrowth, wood};
use super::{Plan, Spot};
use crate::arch::{column, curved_hip, dialect, lit_panes};
use crate::backdrop;
use crate::ground::{Ground, GroundMesh, add_ground};
use crate::nature::{self, Reach, TreeKind, strew};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Stage, facing};

/// A wall with a walk and merlons from `a` to `b` in the plan; broken where it has decayed.
pub(super) fn rampart(pen: &mut Pen, stage: &Stage, a: Vec2, b: Vec2, height: f32, decay: f32, seed: u32) {
    let length = a.distance(b);
    let yaw = facing(a, b) - PI / 2.0;
    let base = stage.ground.at(a.x, a.y).min(stage.ground.at(b.x, b.y)) - 0.3;
    pen.placed(Vec3::new(a.x, base, a.y), yaw, |p| {
        let n = (length / 1.5).ceil() as u32;
        for i in 0..n {
            let (x0, x1) = (length * i as f32 / n as f32, length * (i + 1) as f32 / n as f32);
            let ruin = (0.5 + 0.9 * fbm(Vec3::new(i as f32 * 0.35, 0.0, 0.0), 2, seed)).clamp(0.0, 1.0);
            let lost = if decay > 0.3 { (decay - 0.2) * ruin } else { 0.0 };
            let h = height * (1.0 - 0.75 * lost);
            p.block(Vec3::new(x0, 0.0, -0.9), Vec3::new(x1, h, 0.9), 0.0);
            p.block(Vec3::new(x0, 0.0, 0.8), Vec3::new(x1, 0.16 * height, 1.15), 0.04);
            if lost < 0.1 {
                p.block(Vec3::new(x0, h, 0.55), Vec3::new(x1, h + 0.7, 0.95), 0.0);
                p.block(Vec3::new(x0 + 0.1, h + 0.7, 0.55), Vec3::new(x0 + 0.8 * (x1 - x0) * 0.75, h + 1.35, 0.95), 0.03);
                p.block(Vec3::new(x0, h - 0.35, 0.85), Vec3::new(x1, h - 0.1, 1.12), 0.02);
            }
        }
    });
}

/// A round tower with a crown of merlons and perhaps a pointed roof.
fn round_tower(pen: &mut Pen, at: Vec3, r: f32, h: f32, wall: u32, roof: Option<u32>) {
    pen.mat(wall).crease(60.0);
    pen.add(&cone(1.12 * r, r, h, 24).at(at.x, at.y - 0.5, at.z));
    pen.add(&cylinder(1.16 * r, 1.5, 24, 0.08).at(at.x, at.y + h - 0.6, at.z)).crease(45.0);
    for k in 0..12 {
        let a = TAU * k as f32 / 12.0;
        let corbel = Vec3::new(a.cos(), 0.0, a.sin()) * 1.1 * r;
        pen.placed(at + corbel + Vec3::Y * (h - 1.1), -a, |p| {
            p.block(Vec3::new(-0.25, 0.0, -0.16), Vec3::new(0.14, 0.6, 0.16), 0.03);
        });
        if k % 2 == 0 {
            pen.placed(at + corbel + Vec3::Y * (h + 0.8), -a, |p| {
                p.block(Vec3::new(-0.22, 0.0, -0.3 * r), Vec3::new(0.2, 0.85, 0.3 * r), 0.03);
            });
        }
    }
    if let Some(roof) = roof {
        pen.mat(roof).crease(60.0).add(&cone(1.08 * r, 0.0, 2.7 * r, 24).at(at.x, at.y + h + 0.9, at.z)).crease(45.0);
    }
    pen.mat(wall);
}

/// A slit or a lit window on a tower toward the camera.
fn slits(pen: &mut Pen, stage: &Stage, at: Vec3, r: f32, h: f32, panes: &[u32], dark: u32, seed: u64) {
    let mut rng = stage.seed.child("slits").index(seed).rng();
    let eye = stage.view.eye();
    for k in 0..((h / 3.2) as u32) {
        let yaw = facing(Vec2::new(at.x, at.z), eye) + rng.signed() * 0.6;
        let y = at.y + 2.6 + 3.0 * k as f32;
        let lit = rng.chance(stage.skin.lit_share * 0.9);
        pen.mat(if lit { panes[rng.below(panes.len())] } else { dark });
        pen.placed(Vec3::new(at.x, y, at.z), yaw, |p| {
            let z = r * 1.1 + 0.02;
            let (w, t) = (0.2, 1.15);
            p.quad([Vec3::new(-w, 0.0, z), Vec3::new(w, 0.0, z), Vec3::new(w, t, z), Vec3::new(-w, t, z)]);
        });
    }
}

/// A wall with a pointed or round gateway facing the camera.
pub(super) fn gate_wall(pen: &mut Pen, at: Vec3, yaw: f32, width: f32, height: f32, gate: f32, deep: f32) {
    pen.placed(at, yaw, |p| {
        let (w, g) = (0.5 * width, 0.5 * gate);
        let spring = 0.9 * gate;
        let mut outline = vec![Vec2::new(-w, -0.5), Vec2::new(-g, -0.5)];
        outline.extend((0..=10).map(|i| PI - PI * i as f32 / 10.0).map(|a| Vec2::new(g * a.cos(), spring + g * a.sin())));
        outline.extend([Vec2::new(g, -0.5), Vec2::new(w, -0.5), Vec2::new(w, height), Vec2::new(-w, height)]);
        p.add(&extrude(&outline, deep, 0.0));
        for i in 0..11 {
            let a = PI * (i as f32 + 0.5) / 11.0;
            let c = Vec3::new(a.cos() * (g + 0.25), spring + a.sin() * (g + 0.25), 0.5 * deep + 0.02);
            p.with(glam::Affine3A::from_rotation_translation(glam::Quat::from_rotation_z(a), c), |p| {
                p.block(Vec3::new(-0.26, -0.2, -0.1), Vec3::new(0.26, 0.2, 0.09), 0.02);
            });
        }
    });
}

/// A courtyard before a keep, or a castle seen along its approach.
pub(super) fn castle(stage: &mut Stage) -> Plan {
    if stage.world.setting.genre == Genre::FeudalJapan {
        return keep_of_tiers(stage);
    }
    stage.aim(0.0, 0.6);
    let outside = stage.world.layout.variant % 2 == 1;
    let trail = Trail::of(stage, 2.0);
    let kind = stage.world.materials.ground;
    let cover = if stage.skin.snow > 0.4 { MaterialKind::Snow } else if outside { MaterialKind::Grass } else { kind };
    floor(stage, if outside { 1.0 } else { 0.25 }, cover, Some((trail, if kind == MaterialKind::Grass { MaterialKind::Cobblestone } else { kind })));
    let skin = stage.skin.clone();
    let wall_kind = stage.world.materials.primary;
    let wall = stage.kind(wall_kind);
    let roof_color = mix(skin.accent, [0.1, 0.11, 0.16], 0.6);
    let roof = stage.tinted(MaterialKind::Shingle, roof_color, 0.5);
    let (panes, dark) = (lit_panes(stage), stage.kind(MaterialKind::LitWindow));
    let decay = stage.world.condition.decay;
    let grow = 0.8 + 0.5 * stage.world.layout.scale;
    let mut pen = Pen::new(wall);
    let far = stage.hero_depth() + if outside { 34.0 } else { 21.0 };
    let middle = stage.view.point(0.12 * stage.world.camera.subject_x.signum(), far);
    let base = stage.on_ground(middle);
    let (h, half) = (5.6 * grow, if outside { 22.0 } else { 17.0 });
    let left = middle + Vec2::new(-half, 2.0);
    let right = middle + Vec2::new(half, -1.0);
    rampart(&mut pen, stage, left, middle + Vec2::new(-4.4, 0.0), h, decay, 3);
    rampart(&mut pen, stage, middle + Vec2::new(4.4, 0.0), right, h, decay, 4);
    if !outside {
        rampart(&mut pen, stage, stage.view.eye() + Vec2::new(-10.5, 5.0), left, h, decay, 5);
        rampart(&mut pen, stage, right, stage.view.eye() + Vec2::new(12.5, 5.0), h, decay, 6);
        stage.taken.take_box(stage.view.eye() + Vec2::new(-13.0, 5.0), left + Vec2::new(1.4, 0.0));
        stage.taken.take_box(stage.view.eye() + Vec2::new(11.0, 5.0), right + Vec2::new(2.0, 0.0));
    }
    pen.mat(wall);
    gate_wall(&mut pen, base + Vec3::Y * -0.2, 0.0, 9.0, h + 2.6, 3.2, 3.4);
    let iron = stage.kind(MaterialKind::DarkMetal);
    pen.mat(iron);
    for k in 0..7 {
        let x = base.x - 1.5 + 0.5 * k as f32;
        pen.add(&rod(Vec3::new(x, base.y + 1.9, base.z), Vec3::new(x, base.y + 4.6, base.z), 0.05, 5));
    }
    let caps = !matches!(stage.world.setting.genre, Genre::Ancient | Genre::Western) && decay < 0.75;
    let towers = [
        (middle + Vec2::new(-5.6, 0.6), 2.3, h + 4.5),
        (middle + Vec2::new(5.6, 0.6), 2.3, h + 4.0),
        (left, 3.0, h + 5.5),
        (right, 3.2, h + 2.5),
        (middle + Vec2::new(-9.0, -17.0), 3.4, 3.1 * h),
        (middle + Vec2::new(3.0, -20.0), 2.8, 4.2 * h),
        (middle + Vec2::new(11.0, -15.0), 2.6, 2.7 * h),
    ];
    for (k, (at, r, top)) in towers.into_iter().enumerate() {
        let lost = if decay > 0.5 && k % 3 == 1 { 0.6 } else { 1.0 };
        let foot = Vec3::new(at.x, base.y - 0.4, at.y);
        let cap = (caps && (k > 3 || k % 2 == 0)).then_some(roof);
        round_tower(&mut pen, foot, r * grow.sqrt(), top * lost, wall, cap.filter(|_| lost > 0.9));
        slits(&mut pen, stage, foot, r * grow.sqrt(), top * lost, &panes, dark, k as u64);
        stage.taken.take(at, r * 1.3);
    }
    // The great hall of the keep.
    let hall = Vec3::new(base.x - 1.5, base.y - 0.5, base.z - 22.0);
    pen.mat(wall).block(hall + Vec3::new(-9.0, 0.0, -6.0), hall + Vec3::new(9.0, 2.1 * h, 6.0), 0.05);
    let gable = [Vec2::new(-6.5, 0.0), Vec2::new(6.5, 0.0), Vec2::new(0.0, 7.5)];
    pen.mat(roof).placed(hall + Vec3::Y * 2.1 * h, PI / 2.0, |p| {
        p.add(&extrude(&gable, 18.5, 0.0));
    });
    for k in 0..5 {
        for row in 0..2 {
            let p = hall + Vec3::new(-7.2 + 3.3 * k as f32, 1.05 * h + 4.2 * row as f32, 6.03);
            let lit = (k + 2 * row) % 3 != 0 && stage.skin.lit_share > 0.15;
            pen.mat(if lit { panes[(k + row) % panes.len()] } else { dark });
            pen.quad([p, p + Vec3::X * 1.0, p + Vec3::new(1.0, 2.2, 0.0), p + Vec3::Y * 2.2]);
        }
    }
    stage.add(pen);
    flags(stage, base, h);
    backdrop::hills(stage, 190.0, 34.0, true);
    if outside {
        wood(stage, &[town_tree(stage), TreeKind::Conifer], 8.0, 8.0, 80.0, 50, Some(trail));
        undergrowth(stage, 0.7, 0.24, 0.3, Some(trail));
    } else {
        undergrowth(stage, 0.1 + 0.5 * stage.world.condition.overgrowth, 0.2, 0.4, Some(trail));
    }
    let mut plan = open_plan(stage, Some(trail), 8.5, 1.6);
    plan.has_fire = true;
    common::own_lamps(stage, &plan.lights.clone(), 8, 2.2);
    plan
}

/// Banners over a gate.
fn flags(stage: &mut Stage, base: Vec3, h: f32) {
    if stage.world.condition.population < 0.15 && stage.world.condition.decay > 0.5 {
        return;
    }
    let cloth = stage.tinted(MaterialKind::Fabric, stage.skin.accent, 0.9);
    let torn = stage.world.condition.decay > 0.5;
    let mut pen = Pen::new(cloth);
    for x in [-3.1f32, 3.1] {
        let top = base + Vec3::new(x, h + 1.2, 1.86);
        let (w, drop) = (0.7, if torn { 2.6 } else { 4.2 });
        pen.add(&gesamt_mesh::shapes::slab([4, 8], 0.02, |u, v| {
            let y = -drop * (1.0 - v) - if v < 0.01 { 0.5 * (1.0 - (2.0 * u - 1.0).abs()) } else { 0.0 };
            top + Vec3::new((2.0 * u - 1.0) * w, y, 0.05 * (6.0 * v + 3.0 * u).sin() * (1.0 - v))
        }));
    }
    stage.add(pen);
}

/// A Japanese keep on a battered stone base, behind a garden.
fn keep_of_tiers(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.7);
    let trail = Trail::of(stage, 1.7);
    let cover = if stage.skin.snow > 0.4 { MaterialKind::Snow } else { MaterialKind::Grass };
    floor(stage, 0.5, cover, Some((trail, MaterialKind::Gravel)));
    tenshu(stage, -0.34 * stage.world.camera.subject_x.signum(), stage.hero_depth() + 52.0, 1.5);
    white_walls(stage);
    backdrop::peak(stage, 320.0);
    super::wild::garden_growth(stage, trail);
    let plan = open_plan(stage, Some(trail), 8.0, 1.5);
    common::own_lamps(stage, &plan.lights.clone(), 6, 1.5);
    plan
}

/// The stone base and tiers of a Japanese castle.
pub(super) fn tenshu(stage: &mut Stage, x: f32, depth: f32, s: f32) {
    let stone = stage.kind(MaterialKind::StoneBlock);
    let at = stage.view.point(x, depth);
    let base = stage.on_ground(at) - Vec3::Y * 0.5;
    let mut pen = Pen::new(stone);
    let square = |r: f32, y: f32| [(-r, -r), (-r, r), (r, r), (r, -r)].map(|(a, b)| Vec3::new(a, y, b)).to_vec();
    let (low, high) = (11.0 * s, 6.6 * s);
    let sections: Vec<Vec<Vec3>> = (0..=6).map(|i| i as f32 / 6.0).map(|t| square(high + (low - high) * (1.0 - t).powf(1.8), 5.5 * s * t)).collect();
    pen.placed(base, 0.0, |p| {
        p.crease(30.0).add(&gesamt_mesh::shapes2::loft(&sections));
    });
    stage.add(pen);
    backdrop::pagoda_at(stage, base + Vec3::Y * 5.4 * s, s * 1.15, 4);
    stage.taken.take(at, low + 1.0);
}

/// Low white garden walls with tile caps.
fn white_walls(stage: &mut Stage) {
    let wall = stage.tinted(MaterialKind::Plaster, [0.74, 0.7, 0.62], 0.6);
    let tile = stage.tinted(MaterialKind::RoofTile, [0.07, 0.08, 0.1], 0.5);
    let depth = stage.hero_depth() + 9.0;
    let mut pen = Pen::new(wall);
    for (a, b) in [(-1.5, -0.2), (0.28, 1.5)] {
        let (p, q) = (stage.view.point(a, depth), stage.view.point(b, depth + 3.0));
        let base = stage.on_ground(p) - Vec3::Y * 0.4;
        let length = p.distance(q);
        pen.placed(base, facing(p, q) - PI / 2.0, |pen| {
            pen.mat(wall).block(Vec3::new(0.0, 0.0, -0.25), Vec3::new(length, 2.2, 0.25), 0.02);
            let cap = [Vec2::new(-0.55, 0.0), Vec2::new(0.55, 0.0), Vec2::new(0.08, 0.45), Vec2::new(-0.08, 0.45)];
            pen.mat(tile).placed(Vec3::new(0.5 * length, 2.2, 0.0), PI / 2.0, |p| {
                p.add(&extrude(&cap, length + 0.2, 0.02));
            });
        });
        stage.taken.take_box(p - Vec2::splat(0.6), q + Vec2::splat(0.6));
    }
    stage.add(pen);
}

/// A temple front with its forecourt.
pub(super) fn temple(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let trail = Trail { bow: 0.0, ..Trail::of(stage, 2.2) };
    let kind = stage.world.materials.ground;
    let cover = if stage.skin.snow > 0.4 { MaterialKind::Snow } else { kind };
    let path = if matches!(kind, MaterialKind::Flagstone | MaterialKind::Cobblestone | MaterialKind::Marble) { MaterialKind::Gravel } else { MaterialKind::Flagstone };
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
        Genre::GothicHorror | Genre::MedievalFantasy | Genre::FairyTale if stage.world.layout.variant % 2 == 1 => nave(stage, base),
        _ if stage.world.layout.variant % 2 == 1 => ziggurat(stage, base),
        _ => colonnade(stage, base),
    }
    stage.taken.take_box(Vec2::new(base.x - 13.0, base.z + 1.5), Vec2::new(base.x + 13.0, base.z - 20.0));
    match (kind, stage.world.setting.genre) {
        (MaterialKind::Sand, _) => {
            backdrop::hills(stage, 240.0, 26.0, false);
            let palms: Vec<_> = (0..3).map(|i| nature::tree(stage, TreeKind::Palm, 8.0, true, i)).collect();
            strew(stage, "palms", &palms, 9, Reach::solid(9.0, 34.0, 20.0, 0.8, 8.0), move |s, p| trail.distance(p) > 4.5 && !s.taken.in_box(p));
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
    let kind = if stage.world.materials.ground == MaterialKind::Sand { MaterialKind::Sandstone } else { MaterialKind::Rock };
    let stones = nature::boulders(stage, kind, 1.0, 3);
    strew(stage, "rocks", &stones, count, Reach { scale: [0.3, 1.5], ..Reach::solid(3.5, 40.0, 18.0, 0.5, 0.6) }, |s, p| !s.taken.in_box(p));
}

/// Steps, columns, entablature and pediment; a dark door with light inside.
fn colonnade(stage: &mut Stage, base: Vec3) {
    let decay = stage.world.condition.decay;
    let grow = 0.85 + 0.45 * stage.world.layout.scale;
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
            p.block(Vec3::new(-half - out, -0.6, -16.0 - out), Vec3::new(half + out, 0.24 * (k + 1) as f32, 0.6 + out), 0.025);
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
    if stage.skin.lit > 0.7 {
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
        pen.add(&cylinder(0.55, rng.range(0.6, 1.6), 14, 0.04).transformed(glam::Affine3A::from_rotation_translation(turn, p)));
        stage.taken.take(at, 0.8);
    }
    stage.add(pen);
}

/// A stepped pyramid with a stair and a shrine.
fn ziggurat(stage: &mut Stage, base: Vec3) {
    let stone = stage.kind(stage.world.materials.primary);
    let trim = stage.kind(stage.world.materials.secondary);
    let fire = stage.glow(MaterialKind::LitWindow, [1.0, 0.5, 0.18], 1.4 * stage.skin.lit, LightGroup::Fire);
    let grow = 0.85 + 0.4 * stage.world.layout.scale;
    let mut pen = Pen::new(stone);
    pen.placed(base - Vec3::Z * 12.0 * grow, 0.0, |p| {
        let tier = 2.3 * grow;
        for k in 0..6 {
            let r = (14.0 - 2.1 * k as f32) * grow;
            let y = tier * k as f32;
            p.mat(stone).block(Vec3::new(-r, y - 0.5, -r), Vec3::new(r, y + tier, r), 0.08);
            p.mat(trim).block(Vec3::new(-r - 0.15, y + tier - 0.4, -r - 0.15), Vec3::new(r + 0.15, y + tier - 0.1, r + 0.15), 0.04);
        }
        p.mat(trim);
        let n = 46;
        for k in 0..n {
            let t = k as f32 / n as f32;
            let z = (14.4 - 10.6 * t) * grow;
            p.block(Vec3::new(-2.3, -0.5, z - 1.2), Vec3::new(2.3, 6.0 * tier * (t + 1.0 / n as f32), z), 0.0);
        }
        for x in [-2.7f32, 2.7] {
            for k in 0..6 {
                let z = (14.9 - 2.1 * k as f32) * grow;
                p.block(Vec3::new(x - 0.45, tier * k as f32 - 0.5, z - 2.2 * grow), Vec3::new(x + 0.45, tier * (k + 1) as f32 + 0.35, z), 0.06);
            }
        }
        let y = 6.0 * tier;
        p.mat(stone);
        p.block(Vec3::new(-3.0, y, -3.0) * Vec3::new(grow, 1.0, grow), Vec3::new(3.0 * grow, y + 3.6, 2.0 * grow), 0.05);
        p.mat(trim).block(Vec3::new(-3.4 * grow, y + 3.6, -3.4 * grow), Vec3::new(3.4 * grow, y + 4.3, 2.4 * grow), 0.08);
        p.mat(fire).quad([
            Vec3::new(-0.9, y, 2.0 * grow + 0.03),
            Vec3::new(0.9, y, 2.0 * grow + 0.03),
            Vec3::new(0.7, y + 2.6, 2.0 * grow + 0.03),
            Vec3::new(-0.7, y + 2.6, 2.0 * grow + 0.03),
        ]);
    });
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
                    p.mat(if lit && k % 2 == 0 || k == 2 && lit { panes[k % panes.len()] } else { dark });
                    p.quad([Vec3::new(a, floor + 0.3, z), Vec3::new(b, floor + 0.3, z), Vec3::new(b, floor + 0.75 * h, z), Vec3::new(a, floor + 0.75 * h, z)]);
                    p.mat(red);
                    for s in 1..5 {
                        let x = a + (b - a) * s as f32 / 5.0;
                        p.block(Vec3::new(x - 0.03, floor + 0.3, z), Vec3::new(x + 0.03, floor + 0.75 * h, z + 0.05), 0.0);
                    }
                }
            }
            p.mat(red).block(Vec3::new(-half - 0.3, floor + h - 0.3, deep - 0.5), Vec3::new(half + 0.3, floor + h, deep - 0.1), 0.02);
            p.mat(tile);
            let mut roof = Pen::new(tile);
            let rise = if floor < 2.0 { 2.2 } else { 3.4 };
            curved_hip(&mut roof, Vec2::new(-half, -deep), Vec2::new(half, deep), floor + h, rise, 2.0);
            let (mesh, _) = roof.finish();
            p.mesh(&mesh);
        }
    });
    stage.add(pen);
}

/// A smooth slab with a glowing seam, ringed by lesser ones.
fn monolith(stage: &mut Stage, base: Vec3) {
    let skin = stage.skin.clone();
    let stone = stage.kind(if skin.is_electric { MaterialKind::HullPanel } else { MaterialKind::Obsidian });
    let glow = stage.glow(MaterialKind::Emissive, skin.emissive, 7.0 * (0.5 + 0.5 * skin.lit), LightGroup::Steady);
    let mut pen = Pen::new(stone);
    for (x, z, w, h, lean) in [(0.0, -6.0, 5.0, 17.0, 0.0), (-7.0, -4.0, 2.6, 10.0, 0.06), (7.4, -5.0, 2.6, 11.5, -0.05), (-11.5, -2.0, 2.0, 6.0, 0.1), (12.0, -3.0, 2.0, 7.0, -0.09)] {
        pen.placed(base + Vec3::new(x, -0.4, z), 0.0, |p| {
            p.with(glam::Affine3A::from_rotation_z(lean), |p| {
                let outline = [Vec2::new(-0.5 * w, 0.0), Vec2::new(0.5 * w, 0.0), Vec2::new(0.34 * w, h), Vec2::new(-0.2 * w, 0.94 * h)];
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
    let glass = stage.glow(MaterialKind::LitWindow, mix(stage.skin.accent, [1.0, 0.6, 0.3], 0.4), 1.4, LightGroup::Steady);
    let mut pen = Pen::new(stone);
    for k in 0..5 {
        let z = base.z + 6.0 - 5.0 * k as f32;
        for side in [-1.0f32, 1.0] {
            let x = base.x + side * 6.5;
            pen.mat(stone).add(&standing_box(Vec3::new(1.5, 11.0 - 1.1 * ((k * 7 + 3) % 4) as f32, 1.7), 0.06).at(x, base.y - 0.3, z));
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

/// Broken walls, columns and arches that the green takes back.
pub(super) fn ruins(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.7);
    let trail = Trail::of(stage, 1.6);
    let kind = stage.world.materials.ground;
    floor(stage, 0.9, kind, Some((trail, if kind == MaterialKind::Flagstone { MaterialKind::Dirt } else { MaterialKind::Flagstone })));
    let decay = stage.world.condition.decay.max(0.6);
    let modern = stage.skin.is_electric;
    if modern {
        let mut d = dialect(stage.world);
        d.gaps = 0.8;
        for k in 0..8u64 {
            let side = if k % 2 == 0 { -1.0f32 } else { 1.0 };
            let at = Vec2::new(stage.view.eye().x + side * (8.5 + 0.9 * (k % 3) as f32), stage.view.eye().y - 7.0 - 6.0 * (k / 2) as f32);
            let toward = Vec2::new(0.0, at.y + 1.5);
            super::settlement::house(stage, &d, at, toward, 3, d.floors[0].max(2) + (k % 3) as u32, stage.seed.child("ruin").index(k));
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
    strew(stage, "heaps", &heaps, 16, Reach { scale: [0.5, 1.5], ..Reach::solid(3.4, 36.0, 16.0, 0.9, 0.5) }, move |s, p| trail.distance(p) > 2.4 && !s.taken.in_box(p));
    let green = stage.world.condition.overgrowth;
    wood(stage, &[town_tree(stage), if green > 0.5 { TreeKind::Giant } else { TreeKind::Bare }], 8.0, 9.0, 90.0, 18 + (30.0 * green) as usize, Some(trail));
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
                rampart_ruin(&mut pen, base, side * PI / 2.0 + rng.signed() * 0.15, rng.range(6.0, 9.0), rng.range(4.5, 7.5), decay, rng.next_u64() as u32);
            }
            1 => {
                pen.mat(wall);
                gate_wall(&mut pen, base - Vec3::Y * 0.3, side * PI / 2.0 + 0.2 * rng.signed(), 5.0, rng.range(4.6, 6.2), 2.4, 1.1);
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
        for t in 0..=tiers {
            let (r0, r1, y) = (0.95 * t as f32, 0.95 * (t + 1) as f32 + 0.1, 2.6 + 0.62 * t as f32);
            pen.mat(if t == 0 { wall } else { seat });
            let low = if t == 0 { -0.5 } else { y - 1.2 };
            let (inner, outer) = ([spot(a, r0, low), spot(b, r0, low)], [spot(a, r1, low), spot(b, r1, low)]);
            let up = Vec3::Y * (y - low);
            let bottom = vec![inner[0], inner[1], outer[1], outer[0]];
            let top: Vec<Vec3> = bottom.iter().map(|p| *p + up).collect();
            pen.add(&gesamt_mesh::shapes2::loft(&[bottom, top]));
        }
        if !fallen {
            // An arcade crowns the last tier.
            pen.mat(wall);
            let p = spot(0.5 * (a + b), 12.6, 0.0);
            let yaw = facing(Vec2::new(p.x, p.z), center);
            gate_wall(&mut pen, Vec3::new(p.x, 9.6, p.z), yaw, spot(a, 12.6, 0.0).distance(spot(b, 12.6, 0.0)) + 0.05, 6.2, 1.9, 0.9);
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
    let tree = if stage.skin.snow > 0.3 || stage.world.setting.genre != Genre::FeudalJapan { TreeKind::Bare } else { TreeKind::Cushion };
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
                let outline: Vec<Vec2> = [Vec2::new(-0.36, -0.2), Vec2::new(0.36, -0.2)].into_iter().chain(top).collect();
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
            let outline = [Vec2::new(-w, 0.0), Vec2::new(w, 0.0), Vec2::new(w, 0.6 * h), Vec2::new(0.5 * w, 0.86 * h), Vec2::new(0.0, h), Vec2::new(-0.5 * w, 0.86 * h), Vec2::new(-w, 0.6 * h)];
            p.add(&extrude(&outline, 0.06, 0.0).at(x, y, z));
        };
        lancet(0.0, 5.5, 2.7, 0.55, 2.6);
        lancet(-0.9, 9.2, 2.7, 0.35, 1.6);
        lancet(0.9, 9.2, 2.7, 0.35, 1.6);
        let door = [Vec2::new(-0.9, 0.0), Vec2::new(0.9, 0.0), Vec2::new(0.9, 2.0), Vec2::new(0.5, 2.8), Vec2::new(0.0, 3.2), Vec2::new(-0.5, 2.8), Vec2::new(-0.9, 2.0)];
        p.add(&extrude(&door, 0.06, 0.0).at(0.0, 0.3, 2.7));
        p.placed(Vec3::new(0.0, 0.0, 0.0), PI / 2.0, |p| {
            for z in [2.2f32, 6.7, 11.2] {
                for x in [4.0f32, -4.0] {
                    let outline = [Vec2::new(-0.5, 0.0), Vec2::new(0.5, 0.0), Vec2::new(0.5, 1.6), Vec2::new(0.0, 2.5), Vec2::new(-0.5, 1.6)];
                    p.add(&extrude(&outline, 0.06, 0.0).at(z, 2.2, x));
                }
            }
        });
    });
    stage.add(pen);
    stage.taken.take(at, 7.0);
    if skin.lit > 0.6 {
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
