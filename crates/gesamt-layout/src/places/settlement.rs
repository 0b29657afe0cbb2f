//! Settled land: village, farmland, rooftop.

use super::Plan;
use super::common::{self, Trail, floor, open_plan, town_tree, undergrowth, wood};
use super::stair_house::{parapet, stair_house};
use crate::arch::{Dialect, Plot, building, dialect};
use crate::backdrop;
use crate::ground::Ground;
use crate::nature::{self, Reach, strew};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Stage, facing};
use gesamt_mesh::shapes::{cone, cylinder, standing_box};
use gesamt_mesh::shapes2::{beam, rod};
use gesamt_world::{Genre, MaterialKind, Seed};
use glam::{Vec2, Vec3};
use std::f32::consts::FRAC_PI_2;

/// A house whose middle of the front stands at a point and faces another.
pub(super) fn house(stage: &mut Stage, d: &Dialect, at: Vec2, toward: Vec2, bays: u32, floors: u32, seed: Seed) {
    let (width, depth) = (d.bay * bays as f32, d.bay * bays as f32 * 0.9 + 1.5);
    let yaw = facing(at, toward);
    let right = Vec2::new(yaw.cos(), -yaw.sin());
    let corner = at - right * 0.5 * width;
    let back = Vec2::new(yaw.sin(), yaw.cos()) * -0.5 * depth;
    let low = [at, at + back * 2.0, corner, corner + right * width]
        .iter()
        .map(|p| stage.ground.at(p.x, p.y))
        .fold(f32::MAX, f32::min);
    let plot = Plot { at: Vec3::new(corner.x, low + 0.02, corner.y), yaw, width, depth, floors, seed, shop: false };
    building(stage, d, plot);
    stage.taken.take(at + back, 0.5 * width.max(depth) + 0.3);
}

/// Houses along a lane, a green with the subject, trees and hills.
pub(super) fn village(stage: &mut Stage) -> Plan {
    let mut d = dialect(stage.world);
    d.floors = [d.floors[0].min(2), d.floors[1].clamp(1, 2)];
    d.gaps = 1.0;
    stage.aim(0.0, 0.7);
    let trail = Trail::of(stage, 1.9);
    let snow = stage.skin.snow > 0.4;
    let cover = if snow { MaterialKind::Snow } else { natural_cover(stage) };
    let lane = match stage.world.materials.ground {
        MaterialKind::Grass | MaterialKind::Snow => MaterialKind::Dirt,
        kind => kind,
    };
    floor(stage, 0.8, cover, Some((trail, lane)));
    cart_way(stage, trail, if snow { MaterialKind::Snow } else { lane });
    let eye = stage.view.eye();
    let mut rng = stage.rng("village");
    let round = stage.world.layout.variant % 2 == 1;
    let hero_depth = stage.hero_depth();
    for k in 0..11u64 {
        let side = if k % 2 == 0 { -1.0f32 } else { 1.0 };
        let depth = 7.0 + 4.6 * (k / 2) as f32 + rng.range(0.0, 1.6) + if side > 0.0 { 2.0 } else { 0.0 };
        let t = trail.at(((depth + 4.0) / trail.from.distance(trail.to)).min(1.0));
        let wide = if round && (depth - hero_depth).abs() < 8.0 { 5.0 } else { 0.0 };
        let at = Vec2::new(t.x + side * (5.6 + wide + rng.range(0.0, 1.8)), eye.y - depth);
        let toward = Vec2::new(t.x, at.y + rng.range(-1.0, 4.0));
        let floors = d.floors[0] + rng.below((d.floors[1] - d.floors[0] + 1) as usize) as u32;
        house(stage, &d, at, toward, 2 + (k % 3 == 1) as u32 + 1, floors, stage.seed.child("house").index(k));
    }
    let end = trail.at(1.0);
    let mut tall = d;
    tall.floors = [2, 3];
    house(stage, &tall, end + Vec2::new(0.0, -16.0), trail.from, 4, d.floors[1] + 1, stage.seed.child("end"));
    backdrop::behind(stage, 95.0);
    let tree = town_tree(stage);
    wood(stage, &[tree, tree, nature::TreeKind::Conifer], 6.5, 16.0, 80.0, 40, Some(Trail { width: 4.0, ..trail }));
    undergrowth(stage, 0.6, 0.2, 0.25, Some(trail));
    fences(stage, trail);
    let mut plan = open_plan(stage, Some(trail), 9.0, 1.6);
    plan.has_fire = true;
    common::own_lamps(stage, &plan.lights.clone(), 7, 2.6);
    plan
}

/// Ruts that carts have left along a trail, as far as the subject.
fn cart_way(stage: &mut Stage, trail: Trail, kind: MaterialKind) {
    if matches!(kind, MaterialKind::Dirt | MaterialKind::Mud | MaterialKind::Sand | MaterialKind::Snow) {
        let at = |t: f32| trail.at(0.08 + 0.92 * t);
        super::lead::ruts(stage, &super::lead::Line { at: &at, length_m: 0.92 * trail.from.distance(trail.to) }, kind);
    }
}

fn natural_cover(stage: &Stage) -> MaterialKind {
    match stage.world.setting.genre {
        Genre::Western | Genre::PostApocalyptic => MaterialKind::Dirt,
        Genre::Ancient => MaterialKind::Sand,
        Genre::Alien => MaterialKind::Moss,
        _ => MaterialKind::Grass,
    }
}

/// Stretches of rail fence beside a trail.
fn fences(stage: &mut Stage, trail: Trail) {
    let wood = stage.kind(MaterialKind::WoodBeam);
    let mut rng = stage.rng("fences");
    let mut pen = Pen::new(wood);
    for k in 0..16 {
        let s = 0.3 + 0.045 * k as f32;
        if rng.chance(0.35) {
            continue;
        }
        let (a, b) = (trail.at(s), trail.at(s + 0.045));
        let side = (b - a).perp().normalize_or(Vec2::X) * (trail.width + 1.5) * if k % 4 < 2 { 1.0 } else { -1.0 };
        let (a, b) = (a + side, b + side);
        if !stage.may_stand(a, 0.3, 1.1) || !stage.may_stand(b, 0.3, 1.1) {
            continue;
        }
        let (a, b) = (stage.on_ground(a), stage.on_ground(b));
        for p in [a, b] {
            pen.add(&standing_box(Vec3::new(0.11, 1.15, 0.11), 0.02).at(p.x, p.y - 0.1, p.z));
        }
        for y in [0.42, 0.86] {
            let wobble = Vec3::Y * rng.signed() * 0.05;
            pen.add(&beam(a + Vec3::Y * y, b + Vec3::Y * y + wobble, Vec2::new(0.05, 0.11), 0.01));
        }
    }
    stage.add(pen);
}

/// Rows of a crop that lead to a barn and a mill.
pub(super) fn farmland(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.8);
    let trail = Trail { bow: 0.4, ..Trail::of(stage, 1.3) };
    let cover = if stage.skin.snow > 0.4 { MaterialKind::Snow } else { MaterialKind::Dirt };
    floor(stage, 0.7, cover, Some((trail, MaterialKind::Dirt)));
    cart_way(stage, trail, if stage.skin.snow > 0.4 { MaterialKind::Snow } else { MaterialKind::Dirt });
    let skin = stage.skin.clone();
    let gold = mix([0.42, 0.29, 0.09], skin.key, 0.25);
    let color =
        if stage.world.layout.variant.is_multiple_of(2) { gold } else { mix([0.1, 0.19, 0.04], skin.ambient, 0.1) };
    let clumps: Vec<_> = (0..4).map(|i| nature::crop(stage, color, 0.85, i)).collect();
    let mut rng = stage.rng("rows");
    if stage.skin.snow < 0.5 {
        let mut x = -26.0f32;
        while x < 26.0 {
            let mut z = 1.6f32;
            while z < 46.0 {
                let at = Vec2::new(x + rng.signed() * 0.06, stage.view.eye().y - z);
                let near =
                    trail.distance(at) < trail.width + 0.7 || at.distance(stage.hero) < 3.0 + 0.5 * stage.hero_height;
                let seen = (x - stage.view.eye().x).abs() < z * stage.view.half_width * 1.3 + 2.0;
                if !near && seen && at.distance(stage.view.eye()) > 1.5 {
                    let pick = rng.below(4);
                    stage.put_at(&clumps[pick], at, FRAC_PI_2 + rng.signed() * 0.2, rng.range(0.85, 1.15));
                }
                z += if z < 18.0 { 0.85 } else { 1.25 };
            }
            x += 0.95;
        }
    }
    let mut d = dialect(stage.world);
    d.floors = [1, 2];
    let side = -stage.world.camera.subject_x.signum();
    let barn = stage.view.point(-0.72 * side, 34.0);
    let (eye, seed) = (stage.view.eye(), stage.seed.child("barn"));
    house(stage, &d, barn, eye, 4, 2, seed);
    house(stage, &d, barn + Vec2::new(side * 12.0, -10.0), eye, 3, 1, seed.index(2));
    let (across, away) = {
        let mut draw = stage.world.choice("where the mill stands");
        (draw.range(0.3, 0.62) * if draw.chance(0.3) { -1.0 } else { 1.0 }, draw.range(32.0, 52.0))
    };
    super::mills::mill(stage, stage.view.point(across * side, away));
    scarecrow(stage, stage.view.point(0.42 * side, 0.62 * stage.hero_depth()));
    backdrop::hills(stage, 150.0, 18.0, false);
    let tree = town_tree(stage);
    wood(stage, &[tree, tree], 8.0, 48.0, 120.0, 40, Some(trail));
    let plan = open_plan(stage, Some(trail), 2.6, 0.4);
    common::own_lamps(stage, &plan.lights.clone(), 4, 2.4);
    plan
}

/// A scarecrow in the field: a coat on a cross, a sack for a head, a hat.
fn scarecrow(stage: &mut Stage, at: Vec2) {
    if !stage.may_stand(at, 0.7, 2.1) {
        return;
    }
    let wood = stage.kind(MaterialKind::WoodBeam);
    let coat = stage.tinted(MaterialKind::Fabric, mix([0.1, 0.07, 0.05], stage.skin.accent, 0.35), 0.85);
    let sack = stage.tinted(MaterialKind::Fabric, [0.5, 0.42, 0.28], 0.8);
    let base = stage.on_ground(at);
    let yaw = facing(at, stage.view.eye());
    let mut pen = Pen::new(wood);
    pen.placed(base, yaw + 0.3, |p| {
        p.add(&rod(Vec3::Y * -0.2, Vec3::Y * 1.9, 0.045, 7));
        p.add(&rod(Vec3::new(-0.85, 1.48, 0.0), Vec3::new(0.85, 1.6, 0.0), 0.035, 6));
        p.mat(coat).crease(70.0).add(&cone(0.34, 0.2, 0.85, 14).at(0.0, 0.72, 0.0));
        for s in [-1.0f32, 1.0] {
            p.add(&rod(Vec3::new(0.1 * s, 1.5, 0.0), Vec3::new(0.7 * s, 1.54 + 0.06 * s, 0.0), 0.1, 9));
        }
        p.mat(sack).add(&gesamt_mesh::shapes::sphere(0.17, 9, 14).at(0.0, 1.83, 0.0));
        p.mat(coat).add(&cylinder(0.34, 0.03, 18, 0.01).at(0.0, 1.93, 0.0));
        p.add(&cone(0.19, 0.12, 0.22, 14).at(0.0, 1.95, 0.0)).crease(45.0);
    });
    stage.add(pen);
    stage.taken.take(at, 0.8);
}

/// A roof above the city.
pub(super) fn rooftop(stage: &mut Stage) -> Plan {
    let d = dialect(stage.world);
    stage.aim(0.0, 0.6);
    let seed = stage.seed.child("roof").0 as u32;
    let (half, far) = (7.5, stage.hero_depth() + 6.0);
    stage.set_ground(Ground::level(seed, 0.015));
    let kind = stage.world.materials.ground;
    let deck = stage.kind(if matches!(kind, MaterialKind::Grass | MaterialKind::Dirt | MaterialKind::Sand) {
        MaterialKind::Concrete
    } else {
        kind
    });
    let metal = stage.kind(MaterialKind::PaintedMetal);
    let mut pen = Pen::new(deck);
    pen.block(Vec3::new(-half, -1.2, 6.0), Vec3::new(half, -0.008, -far), 0.0);
    pen.mat(metal);
    let away = -stage.world.camera.subject_x.signum();
    parapet(stage, half, far);
    // Beyond the subject, at the side: nearer it would fill the frame.
    stair_house(stage, away, half, stage.hero_depth() + 1.4);
    let mut rng = stage.rng("roof kit");
    let is_garden = stage.world.setting.genre == Genre::Solarpunk || stage.world.condition.overgrowth > 0.6;
    for k in 0..if is_garden { 1 } else { 5 } {
        let z = -4.0 - 3.3 * k as f32;
        let size = Vec3::new(rng.range(0.8, 1.5), rng.range(0.7, 1.3), rng.range(0.8, 1.4));
        let at = Vec2::new(-away * (half - 1.2), z);
        if stage.may_stand(at, 0.8, size.y) {
            pen.add(&standing_box(size, 0.05).at(at.x, 0.0, at.y));
            pen.add(&cylinder(0.3, 0.12, 14, 0.02).at(at.x, size.y, at.y));
            stage.taken.take(at, 0.8);
        }
    }
    stage.add(pen);
    if is_garden {
        super::roof_garden::plant(stage, half, far);
    }
    // Neighbouring roofs below and towers beyond.
    for k in 0..10u64 {
        let (column, row) = ((k % 5) as f32 - 2.0, (k / 5) as f32);
        let x = column * 17.0 + rng.signed() * 3.0;
        let z = -far - 16.0 - 18.0 * row - rng.range(0.0, 6.0);
        let floors = d.floors[0].max(3) + rng.below(4) as u32;
        let top = d.ground_storey + (floors - 1) as f32 * d.storey;
        let drop = rng.range(1.0, 8.0) - 2.5 * row;
        let at = Vec3::new(x - 6.0, -top - drop, z);
        building(
            stage,
            &d,
            Plot {
                at,
                yaw: 0.0,
                width: 12.0,
                depth: 12.0,
                floors,
                seed: stage.seed.child("roofs").index(k),
                shop: false,
            },
        );
    }
    let low = stage.kind(MaterialKind::Asphalt);
    let mut pen = Pen::new(low);
    pen.quad([
        Vec3::new(-300.0, -30.0, 10.0),
        Vec3::new(300.0, -30.0, 10.0),
        Vec3::new(300.0, -30.0, -400.0),
        Vec3::new(-300.0, -30.0, -400.0),
    ]);
    stage.add(pen);
    backdrop::behind(stage, 90.0);
    let mut plan = open_plan(stage, None, half - 1.0, 0.8);
    for list in [&mut plan.lights, &mut plan.props, &mut plan.structures, &mut plan.rows] {
        list.retain(|s| s.at.x.abs() < half - 0.8 && s.at.y > -far + 0.8);
    }
    if let Some(s) = plan.scatter.as_mut() {
        s.far = far - 1.0;
    }
    plan
}

/// Hand-cut heaps of snow along walls, for snowed-in places.
pub(super) fn drifts(stage: &mut Stage, count: usize) {
    if stage.skin.snow < 0.5 {
        return;
    }
    let snow = stage.kind(MaterialKind::Snow);
    let mut pen = Pen::new(snow);
    pen.crease(80.0);
    pen.add(
        &gesamt_mesh::shapes::blob(2, |d| 1.0 + 0.15 * gesamt_mesh::noise::fbm(d * 2.0, 2, 3))
            .mapped(|p| p * Vec3::new(1.6, 0.4, 1.0)),
    );
    let piece = stage.piece(pen);
    strew(stage, "drifts", &[piece], count, Reach { bias: 1.2, ..Reach::low(3.0, 30.0, 14.0) }, |s, p| {
        p.distance(s.hero) > 1.5
    });
}
