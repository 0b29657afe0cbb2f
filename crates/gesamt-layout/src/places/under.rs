//! Below: cave, underwater, tunnel.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::LightGroup;
use gesamt_mesh::noise::{fbm, ridged};
use gesamt_mesh::shapes::{sheet, standing_box};
use gesamt_mesh::shapes2::{cable, rod};
use gesamt_world::{Genre, MaterialKind};
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::common::{self, Trail, open_plan};
use super::{Plan, Spot};
use crate::arch::column;
use crate::ground::{Ground, GroundMesh, add_ground, smooth};
use crate::nature::{self, Reach, strew};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Stage, pose};

/// A vault of rock over the view: half widths and heights along −Z.
fn vault(stage: &mut Stage, material: u32, half: f32, height: f32, far: f32, seed: u32) {
    let eye = stage.view.eye();
    let turn = stage.world.camera.subject_x.signum();
    let shape = sheet([96, 64], |u, v| {
        let z = eye.y + 7.0 - (far + 7.0) * v;
        let a = PI * (1.0 - u) * 1.16 - 0.08 * PI;
        let along = 1.0 + 0.22 * (0.16 * z + 1.0).sin();
        let axis = turn * 5.0 * (v * v);
        let d = Vec3::new(a.cos() * 1.2, a.sin(), 0.055 * z);
        let rough = 1.0 + 0.20 * fbm(d * 2.2, 4, seed) + 0.09 * (ridged(d * 4.5, 3, seed ^ 3) - 0.5);
        let open = smooth(0.0, 0.06, v);
        let p = Vec2::new(half * a.cos(), (height * a.sin()).max(-1.2)) * along * rough * (0.4 + 0.6 * open);
        Vec3::new(eye.x + axis + p.x, p.y - 0.4, z)
    });
    let mut pen = Pen::new(material);
    pen.crease(42.0).add(&shape);
    // The far end.
    let end = sheet([40, 24], |u, v| {
        let (x, y) = ((2.0 * u - 1.0) * half * 2.2, -2.0 + (2.2 * height) * v);
        let n = fbm(Vec3::new(x * 0.12, y * 0.12, 9.0), 4, seed ^ 21);
        Vec3::new(eye.x + turn * 5.0 + x, y, eye.y - far + 2.0 + 4.5 * n)
    });
    pen.add(&end);
    stage.add(pen);
}

/// A cavern with dripstone, a pool and crystals, and an opening far away.
pub(super) fn cave(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let grow = 0.85 + 0.5 * stage.world.layout.scale;
    let (half, height, far) = (9.0 * grow, 8.5 * grow, 44.0);
    let trail = Trail::of(stage, 1.4);
    let seed = stage.seed.child("cave").0 as u32;
    let (hero, side) = (stage.hero, stage.world.camera.subject_x.signum());
    let pool = stage.view.point(-0.45 * side, stage.hero_depth() * 0.9 + 1.0);
    stage.set_ground(Ground::new(move |x, z| {
        let p = Vec2::new(x, z);
        let off = trail.distance(p).min(p.distance(hero));
        let rough = smooth(1.0, 6.0, off);
        let bowl = 1.0 - smooth(1.6, 4.6, p.distance(pool));
        0.06 * fbm(Vec3::new(x, 0.0, z) * 0.7, 2, seed) + rough * (0.9 * fbm(Vec3::new(x, 0.0, z) * 0.16, 3, seed ^ 4) + 0.05 * x.abs()) - 0.8 * bowl
    }));
    let kind = match stage.world.materials.primary {
        kind @ (MaterialKind::Rock | MaterialKind::Ice | MaterialKind::Obsidian | MaterialKind::Sandstone) => kind,
        _ => MaterialKind::Rock,
    };
    let rock = stage.kind(kind);
    add_ground(stage, GroundMesh::NEAR, move |_, _| rock);
    vault(stage, rock, half, height, far, seed);
    let mut spec = stage.skin.of(MaterialKind::Water);
    (spec.dirt, spec.moss) = (0.0, 0.0);
    let water = stage.mat(spec);
    let mut pen = Pen::new(water);
    let level = stage.ground.at(hero.x, hero.y) - 0.36;
    pen.add(&gesamt_mesh::shapes::cylinder(5.2, 0.02, 40, 0.0).at(pool.x, level, pool.y));
    stage.add(pen);
    dripstone(stage, kind, half, height, far);
    crystals(stage, trail, pool, half);
    let stones = nature::boulders(stage, kind, 1.3, 4);
    strew(stage, "stones", &stones, 36, Reach { scale: [0.2, 1.5], ..Reach::solid(2.8, 34.0, 0.8 * half, 0.55, 0.9) }, move |s, p| trail.distance(p) > 1.3 && p.distance(s.hero) > 1.3 && p.distance(pool) > 2.5);
    daylight(stage, half, height, far);
    let mut plan = open_plan(stage, Some(trail), 0.6 * half, 1.1);
    plan.is_interior = true;
    plan.move_room = 0.8;
    inside(&mut plan, stage, 0.72 * half);
    common::own_lamps(stage, &plan.lights.clone(), 2, 1.2);
    plan
}

/// Drops the spots that lie outside the walls.
fn inside(plan: &mut Plan, stage: &Stage, half: f32) {
    let eye = stage.view.eye();
    for list in [&mut plan.props, &mut plan.structures, &mut plan.rows, &mut plan.lights] {
        list.retain(|s| (s.at.x - eye.x).abs() < half);
    }
}

/// Stalactites from the roof and stalagmites under them.
fn dripstone(stage: &mut Stage, kind: MaterialKind, half: f32, height: f32, far: f32) {
    let drips: Vec<_> = (0..5).map(|i| nature::stalactite(stage, kind, 1.6 + 0.8 * i as f32, i)).collect();
    let mut rng = stage.rng("drips");
    for _ in 0..120 {
        let z = stage.view.eye().y - rng.range(3.0, far - 3.0);
        let x = rng.signed() * half * 0.92;
        let roof = height * (1.0 - (x / half).powi(2)).max(0.0).sqrt() * (1.0 + 0.22 * (0.16 * z + 1.0).sin());
        let pick = rng.below(5);
        let position = Vec3::new(stage.view.eye().x + x, roof * 1.02 + 0.2, z);
        stage.put(&drips[pick], pose(position, rng.range(0.0, TAU), rng.range(0.5, 1.2)));
        let at = Vec2::new(position.x, z);
        if x.abs() > 2.6 && rng.chance(0.55) && stage.may_stand(at, 0.5, 2.0) && !stage.hides_subject(at, 0.6, 3.0) {
            let p = stage.on_ground(at);
            let upright = Affine3A::from_scale_rotation_translation(
                Vec3::splat(rng.range(0.4, 1.0)),
                Quat::from_rotation_x(PI),
                p,
            );
            stage.put(&drips[rng.below(4)], upright);
            stage.taken.take(at, 0.5);
        }
    }
}

/// Crystals on floor and walls with their light.
fn crystals(stage: &mut Stage, trail: Trail, pool: Vec2, half: f32) {
    let bright = matches!(stage.world.setting.genre, Genre::Modern | Genre::Industrial | Genre::Western | Genre::Noir);
    let radiance = if bright { 0.25 } else { 1.1 };
    let shards: Vec<_> = (0..5).map(|i| nature::crystal_cluster(stage, 1.0 + 0.45 * i as f32, radiance, i)).collect();
    let before = stage.instances.len();
    strew(stage, "crystals", &shards, 34, Reach { scale: [0.35, 1.3], ..Reach::solid(3.4, 36.0, 0.85 * half, 0.5, 1.4) }, move |s, p| {
        trail.distance(p) > 1.7 && p.distance(s.hero) > 1.5 && p.distance(pool) > 1.2
    });
    let spots: Vec<Vec3> = stage.instances[before..].iter().map(|i| Vec3::from(i.transform.translation)).collect();
    let (a, b) = (stage.skin.emissive, stage.skin.accent);
    let power = if bright { 1.2 } else { 5.0 };
    for (k, p) in spots.into_iter().enumerate().filter(|(k, _)| k % 2 == 0).take(16) {
        stage.lamp(p + Vec3::Y * 1.3, 0.3, if k % 3 == 0 { mix(a, b, 0.6) } else { a }, power, LightGroup::Steady);
    }
    // A great cluster behind the subject.
    let at = stage.view.point(0.12 * stage.world.camera.subject_x.signum(), stage.hero_depth() + 7.0);
    let giant = nature::crystal_cluster(stage, 4.6, radiance, 9);
    stage.put_at(&giant, at, 0.4, 1.0);
    stage.taken.take(at, 1.8);
    let p = stage.on_ground(at);
    stage.lamp(p + Vec3::new(0.0, 3.0, 1.8), 0.5, a, 4.0 * power, LightGroup::Steady);
}

/// Cool light that falls in from a hole in the roof beyond the subject.
fn daylight(stage: &mut Stage, half: f32, height: f32, far: f32) {
    let cool = mix([0.6, 0.8, 1.0], stage.skin.ambient, 0.3);
    let sky = stage.glow(MaterialKind::Emissive, cool, 5.0, LightGroup::Steady);
    let eye = stage.view.eye();
    let turn = stage.world.camera.subject_x.signum();
    let center = Vec3::new(eye.x + turn * 4.0 - 0.25 * half * turn, 0.62 * height, eye.y - far + 6.5);
    let mut pen = Pen::new(sky);
    let ragged = gesamt_mesh::shapes::blob(2, |d| 1.0 + 0.4 * fbm(d * 2.5, 2, 8));
    pen.add(&ragged.mapped(|p| p * Vec3::new(2.0, 2.6, 0.3)).at(center.x, center.y, center.z));
    stage.add(pen);
}

/// A sunken place: broken columns, arches, corals and weed on the sea bed.
pub(super) fn underwater(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let trail = Trail::of(stage, 1.2);
    let ground = Ground::natural(stage.world, 1.1, stage.view.eye(), stage.hero);
    let seed = stage.seed.child("ripple").0 as u32;
    stage.set_ground(ground.plus(move |x, z| 0.03 * (5.0 * z + 2.0 * fbm(Vec3::new(x, 0.0, z) * 0.4, 2, seed)).sin()));
    common::paint_floor(stage, stage.world.materials.ground, None);
    if stage.world.layout.variant % 2 == 0 {
        sunken_temple(stage);
    } else {
        let at = stage.view.point(-0.3 * stage.world.camera.subject_x.signum(), stage.hero_depth() + 10.0);
        let p = stage.on_ground(at);
        super::settlement::ship(stage, p + Vec3::Y * 0.7, 1.1, 1.25, 1);
        stage.taken.take(at, 6.0);
        super::monument::broken_walls(stage, 0.95);
    }
    let skin = stage.skin.clone();
    let colors = [mix(skin.accent, [0.8, 0.15, 0.1], 0.5), mix(skin.emissive, [0.7, 0.3, 0.6], 0.5), [0.75, 0.4, 0.12], mix(skin.key, [0.8, 0.7, 0.5], 0.5)];
    let corals: Vec<_> = (0..8).map(|i| nature::coral_fan(stage, 0.75, colors[i % 4], i as u64)).collect();
    let keep = move |s: &Stage, p: Vec2| trail.distance(p) > 1.1 && p.distance(s.hero) > 1.1;
    strew(stage, "corals", &corals, 130, Reach { scale: [0.35, 1.5], bias: 1.5, ..Reach::solid(2.4, 28.0, 14.0, 0.3, 0.7) }, keep);
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
    super::monument::gate_wall(&mut pen, p - Vec3::Y * 0.4, 0.1, 11.0, 9.5, 4.2, 2.0);
    let pediment = [Vec2::new(-6.2, 0.0), Vec2::new(6.2, 0.0), Vec2::new(0.0, 3.0)];
    pen.placed(p + Vec3::Y * 9.1, 0.1, |pen| {
        pen.add(&gesamt_mesh::shapes2::extrude(&pediment, 2.4, 0.06));
    });
    for _ in 0..10 {
        let at = stage.view.point(rng.signed() * 0.9, rng.range(4.0, 16.0));
        if stage.may_stand(at, 0.7, 0.9) {
            let turn = Quat::from_euler(glam::EulerRot::YXZ, rng.range(0.0, TAU), 0.1 * rng.signed(), PI / 2.0 + 0.1 * rng.signed());
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
    let body = gesamt_mesh::shapes::tube(&path, &[0.0, 0.045, 0.055, 0.012], 7).mapped(|p| p * Vec3::new(1.0, 1.2, 0.5));
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

/// A vaulted tunnel with rails or a roadway.
pub(super) fn tunnel(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.75);
    let grow = 0.85 + 0.4 * stage.world.layout.scale;
    let (half, far) = (3.6 * grow, 70.0);
    let seed = stage.seed.child("tunnel").0 as u32;
    stage.set_ground(Ground::level(seed, 0.02));
    let genre = stage.world.setting.genre;
    let rough = matches!(genre, Genre::MedievalFantasy | Genre::GothicHorror | Genre::Ancient | Genre::Western | Genre::FairyTale | Genre::Alien);
    let wall = stage.kind(stage.world.materials.primary);
    let trim = stage.kind(stage.world.materials.secondary);
    let floor = stage.kind(stage.world.materials.ground);
    add_ground(stage, GroundMesh { half_width: 8.0, ahead: far + 4.0, ..GroundMesh::NEAR }, move |_, _| floor);
    let eye = stage.view.eye();
    let spring = 2.2 * grow;
    let bend = |z: f32| 0.0012 * (z + 10.0).min(0.0).powi(2) * stage.world.camera.subject_x.signum();
    let shape = sheet([40, 90], |u, v| {
        let z = eye.y + 8.0 - (far + 8.0) * v;
        let t = 1.0 - u;
        let (x, y) = if t < 0.2 {
            (half, spring * t / 0.2)
        } else if t > 0.8 {
            (-half, spring * (1.0 - t) / 0.2)
        } else {
            let a = PI * (t - 0.2) / 0.6;
            (half * a.cos(), spring + half * 0.85 * a.sin())
        };
        let n = if rough { 1.0 + 0.10 * fbm(Vec3::new(x, y, z) * 0.5, 3, seed) } else { 1.0 };
        Vec3::new(bend(z) + x * n, y * n - 0.05, z)
    });
    let mut pen = Pen::new(wall);
    pen.crease(50.0).add(&shape).crease(45.0);
    tunnel_ribs(&mut pen, trim, half, spring, far, rough, &bend);
    let end_light = matches!(genre, Genre::Western | Genre::MedievalFantasy | Genre::Ancient | Genre::Modern | Genre::Nautical);
    let glow = stage.glow(MaterialKind::Emissive, mix([0.7, 0.85, 1.0], stage.skin.key, 0.4), if end_light { 4.0 } else { 0.7 }, LightGroup::Steady);
    let (x, z) = (bend(-far), -far + 0.5);
    pen.mat(glow).quad([Vec3::new(x - half, 0.0, z), Vec3::new(x + half, 0.0, z), Vec3::new(x + half, spring + half, z), Vec3::new(x - half, spring + half, z)]);
    stage.add(pen);
    rails(stage, far, &bend);
    tunnel_lights(stage, half, spring, far, rough, &bend);
    let mut plan = Plan::new(0.5, half - 0.4);
    let mut rng = stage.rng("tunnel spots");
    for k in 0..16 {
        let z = eye.y - 3.2 - 2.7 * k as f32;
        let side = if k % 2 == 0 { 1.0f32 } else { -1.0 };
        let x = bend(z) + side * (half - 0.75);
        plan.props.push(Spot::new(Vec2::new(x, z + rng.signed()), -side * PI / 2.0 + rng.signed() * 0.4));
        plan.structures.push(Spot::new(Vec2::new(bend(z) - side * (half - 0.9), z), side * PI / 2.0));
        plan.lights.push(Spot::new(Vec2::new(bend(z) - side * (half - 0.5), z - 1.3), side * PI / 2.0));
    }
    plan.gates = vec![Spot::new(Vec2::new(bend(-16.0), -16.0), 0.0)];
    plan.rows = plan.structures.clone();
    plan.scatter = Some(super::Scatter { half_width: half - 0.5, near: 2.5, far: 24.0, lane: 0.7, axis_x: 0.0 });
    plan.is_paved = true;
    plan.is_interior = true;
    plan
}

fn tunnel_ribs(pen: &mut Pen, trim: u32, half: f32, spring: f32, far: f32, rough: bool, bend: &dyn Fn(f32) -> f32) {
    pen.mat(trim);
    let mut z = 2.0;
    while z > -far {
        let x = bend(z);
        if rough {
            for side in [-1.0f32, 1.0] {
                pen.add(&standing_box(Vec3::new(0.3, spring + 0.7, 0.3), 0.04).at(x + side * (half - 0.3), -0.1, z));
            }
            pen.block(Vec3::new(x - half, spring + 0.55, z - 0.17), Vec3::new(x + half, spring + 0.9, z + 0.17), 0.04);
        } else {
            let arc: Vec<Vec3> = (0..=14)
                .map(|i| PI * i as f32 / 14.0)
                .map(|a| Vec3::new(x + (half - 0.05) * a.cos(), spring + (half - 0.05) * 0.85 * a.sin(), z))
                .collect();
            let path: Vec<Vec3> = [Vec3::new(x + half - 0.05, 0.0, z)].into_iter().chain(arc).chain([Vec3::new(x - half + 0.05, 0.0, z)]).collect();
            pen.add(&gesamt_mesh::shapes::tube(&path, &vec![0.17; path.len()], 6));
        }
        z -= 4.0;
    }
}

/// Two rails on sleepers.
fn rails(stage: &mut Stage, far: f32, bend: &dyn Fn(f32) -> f32) {
    let steel = stage.kind(MaterialKind::BrushedMetal);
    let wood = stage.kind(MaterialKind::WoodBeam);
    let mut pen = Pen::new(wood);
    let mut z = 5.0f32;
    while z > -far {
        let x = bend(z);
        pen.mat(wood).block(Vec3::new(x - 1.1, -0.06, z - 0.11), Vec3::new(x + 1.1, 0.07, z + 0.11), 0.015);
        for side in [-0.72, 0.72] {
            let (a, b) = (Vec3::new(x + side, 0.12, z), Vec3::new(bend(z - 0.75) + side, 0.12, z - 0.76));
            pen.mat(steel).add(&gesamt_mesh::shapes2::beam(a, b, Vec2::new(0.07, 0.11), 0.01));
        }
        z -= 0.75;
    }
    stage.add(pen);
}

/// Lamps on the wall, and pipes or cables.
fn tunnel_lights(stage: &mut Stage, half: f32, spring: f32, far: f32, rough: bool, bend: &dyn Fn(f32) -> f32) {
    let color = stage.skin.lamp_color();
    let side = stage.world.camera.subject_x.signum();
    let faulty = stage.world.condition.decay;
    let metal = stage.kind(MaterialKind::DarkMetal);
    let mut rng = stage.rng("tunnel lights");
    let mut pen = Pen::new(metal);
    let mut z = -2.5;
    while z > -far {
        let x = bend(z) + side * (half - 0.25);
        let dead = rng.chance(0.6 * faulty);
        if !dead {
            let group = if rough { LightGroup::Fire } else if rng.chance(0.2 + 0.4 * faulty) { LightGroup::Flicker } else { LightGroup::Steady };
            let glow = stage.glow(MaterialKind::Emissive, color, 10.0, group);
            pen.mat(glow);
            if rough {
                pen.add(&gesamt_mesh::shapes::sphere(0.1, 6, 8).at(x, spring, z));
            } else {
                pen.add(&rod(Vec3::new(x, spring + 0.3, z - 0.6), Vec3::new(x, spring + 0.3, z + 0.6), 0.05, 8));
            }
            stage.lamp(Vec3::new(x - side * 0.3, spring + 0.2, z), 0.12, color, 3.2, group);
        }
        pen.mat(metal).block(Vec3::new(x, spring - 0.1, z - 0.1), Vec3::new(x + side * 0.2, spring + 0.4, z + 0.1), 0.02);
        if !rough {
            for (y, r) in [(1.1, 0.11), (1.45, 0.07), (1.7, 0.05)] {
                let (a, b) = (Vec3::new(bend(z) - side * (half - 0.18), y, z), Vec3::new(bend(z - 6.0) - side * (half - 0.18), y, z - 6.02));
                pen.add(&rod(a, b, r, 8));
            }
        } else {
            let (a, b) = (Vec3::new(x, spring + 0.3, z), Vec3::new(bend(z - 6.0) + side * (half - 0.25), spring + 0.3, z - 6.0));
            pen.add(&cable(a, b, 0.3, 0.015, 8));
        }
        z -= 6.0;
    }
    stage.add(pen);
}
