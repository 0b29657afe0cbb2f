//! The sea bed: a fallen temple, a drowned street or a wreck on a reef.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::tube;
use gesamt_world::{MaterialKind, Rng};
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::Plan;
use super::choice::choose;
use super::common::{self, Trail, hero_is, open_plan};
use super::sunken;
use crate::arch::column;
use crate::ground::Ground;
use crate::nature::{self, Reach, strew};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage, pose};

/// A sunken place on the sea bed: a temple, a street or a wreck, with corals and weed.
pub(super) fn underwater(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let bed = bed(stage);
    let trail = Trail::of(stage, if bed == Bed::Street { 2.4 } else { 1.2 });
    let ground = Ground::natural(stage.world, 1.1, stage.view.eye(), stage.hero);
    let seed = stage.seed.child("ripple").0 as u32;
    stage.set_ground(ground.plus(move |x, z| 0.03 * (5.0 * z + 2.0 * fbm(Vec3::new(x, 0.0, z) * 0.4, 2, seed)).sin()));
    if bed == Bed::Wreck {
        let berth = sunken::berth(stage);
        let ground = stage.ground.clone();
        stage.set_ground(ground.plus(move |x, z| {
            let d = Vec2::new(0.7 * (x - berth.x), z - berth.y).length();
            sunken::REEF_M * (1.0 - crate::ground::smooth(3.0, 13.0, d + fbm(Vec3::new(x, 1.0, z) * 0.2, 2, seed)))
        }));
    }
    keep_low(stage);
    let lane = (bed == Bed::Street).then_some((trail, MaterialKind::Flagstone));
    common::paint_floor(stage, stage.world.materials.ground, lane);
    match bed {
        Bed::Temple => sunken_temple(stage),
        Bed::Street => sunken::street(stage),
        Bed::Wreck => {
            sunken::wreck(stage);
            arch(stage);
        }
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
        if bed == Bed::Street { 70 } else { 130 },
        Reach { scale: [0.35, 1.5], bias: 1.5, ..Reach::solid(2.4, 28.0, 14.0, 0.3, 0.7) },
        keep,
    );
    let weed: Vec<_> = (0..3).map(|i| nature::kelp(stage, 5.0, i)).collect();
    let n_weed = if bed == Bed::Temple { 20 } else { 12 };
    strew(
        stage,
        "weed",
        &weed,
        n_weed,
        Reach { scale: [0.4, 1.4], ..Reach::solid(8.0, 32.0, 17.0, 0.5, 5.0) },
        |s, p| {
            let (depth, side) = s.view.local(p);
            keep(s, p) && side.abs() > CLEAR_OF_WEED * depth * s.view.half_width
        },
    );
    match bed {
        Bed::Temple => {
            let side = -stage.world.camera.subject_x.signum();
            for (x, depth) in [(1.04, 6.4), (0.9, 8.5)] {
                let at = stage.view.point(x * side, depth);
                stage.put_at(&weed[0], at, 0.3 * depth, 0.9);
            }
        }
        Bed::Street => sunken::grove(stage, 12),
        Bed::Wreck => sunken::heads(stage, colors, 46),
    }
    sunken::polyps(stage, 8);
    let stones = nature::boulders(stage, MaterialKind::Rock, 1.2, 4);
    strew(stage, "stones", &stones, 40, Reach { scale: [0.2, 1.6], ..Reach::solid(2.6, 34.0, 16.0, 0.5, 0.8) }, keep);
    fish(stage);
    let mut plan = open_plan(stage, Some(trail), 8.0, 1.0);
    plan.move_room = 1.2;
    plan
}

/// Share of half the frame about its middle that weed leaves open.
const CLEAR_OF_WEED: f32 = 0.4;

/// Brings the eye to where a diver looks across the bed and not down on it.
fn keep_low(stage: &mut Stage) {
    const MOST_M: f32 = 1.5;
    let eye = stage.view.eye();
    let most = stage.ground.at(eye.x, eye.y) + MOST_M;
    stage.view.camera.position.y = stage.view.camera.position.y.min(most);
}

/// An arch of old reef behind the subject, grown over.
fn arch(stage: &mut Stage) {
    const STATIONS: u32 = 26;
    let rock = stage.kind(MaterialKind::Rock);
    let side = stage.world.camera.subject_x.signum();
    let at = stage.view.point(0.1 * side, stage.hero_depth() + 5.0);
    let (foot, seed) = (stage.on_ground(at), stage.next_seed());
    let (wide, high) = (3.4, (1.5 * stage.hero_height).clamp(3.4, 5.5));
    let middle = |t: f32| {
        let a = PI * t;
        foot + Vec3::new(-wide * a.cos(), high * a.sin().powf(0.75) - 0.5, 0.7 * (2.0 * a).sin())
    };
    let path: Vec<Vec3> = (0..=STATIONS).map(|i| middle(i as f32 / STATIONS as f32)).collect();
    let radii: Vec<f32> =
        (0..=STATIONS).map(|i| i as f32 / STATIONS as f32 * 2.0 - 1.0).map(|s| 0.55 + 0.75 * s * s).collect();
    let rough = tube(&path, &radii, 20).mapped(|p| p + Vec3::new(0.5, 0.35, 0.5) * fbm(p * 0.9, 4, seed));
    let mut pen = Pen::new(rock);
    pen.crease(60.0).add(&rough);
    stage.add(pen);
    let (accent, key) = (stage.skin.accent, stage.skin.key);
    let colors = [mix(accent, [0.8, 0.2, 0.12], 0.6), [0.75, 0.42, 0.12], mix(key, [0.75, 0.5, 0.6], 0.6)];
    let growth: Vec<_> = (0..6).map(|i| nature::coral_fan(stage, 0.7, colors[i % 3], 30 + i as u64)).collect();
    let mut rng = stage.rng("arch");
    for k in 0..34 {
        let t = (k as f32 + rng.unit()) / 34.0;
        let p = middle(t) + Vec3::Y * (0.5 + 0.75 * (2.0 * t - 1.0).powi(2)) * 0.8 + Vec3::Z * 0.3 * rng.signed();
        stage.put(&growth[rng.below(6)], pose(p, rng.range(0.0, TAU), rng.range(0.5, 1.2)));
    }
    for s in [-1.0f32, 1.0] {
        stage.taken.take(Vec2::new(at.x + s * wide, at.y), 1.6);
    }
}

/// What lies on the bed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bed {
    Temple,
    Street,
    Wreck,
}

fn bed(stage: &Stage) -> Bed {
    use gesamt_world::AssetFamily::{Boat, Coral, Kelp};
    use gesamt_world::Genre::{Ancient, FeudalJapan, Nautical};
    let is_reef = hero_is(stage, &[Coral, Kelp, Boat]);
    let (temple, street, wreck) = match stage.world.setting.genre {
        _ if is_reef => (0.0, 0.0, 1.0),
        Nautical => (0.2, 0.8, 1.6),
        Ancient | FeudalJapan => (1.3, 1.2, 0.3),
        _ => (0.8, 1.2, 0.8),
    };
    choose(stage, "site", &[(Bed::Temple, temple), (Bed::Street, street), (Bed::Wreck, wreck)])
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
    super::fortress::gate_wall(&mut pen, p - Vec3::Y * 0.4, 0.1, 11.0, 9.5, 4.2, 2.0);
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
    shoal(stage, &one, &mut rng);
    for (x, depth) in [(-0.4, 8.0), (0.5, 14.0)] {
        let at = stage.view.point(x, depth);
        let middle = stage.on_ground(at) + Vec3::Y * rng.range(2.4, 4.5);
        let yaw = rng.range(0.0, TAU);
        for _ in 0..26 {
            let p = middle + Vec3::new(rng.normal() * 1.1, rng.normal() * 0.45, rng.normal() * 0.9);
            stage.put(&one, pose(p, yaw + rng.signed() * 0.3, rng.range(0.7, 1.5)));
        }
    }
}

/// A long shoal that comes down from far off, bends round the subject and narrows to it.
fn shoal(stage: &mut Stage, one: &Piece, rng: &mut Rng) {
    const COUNT: u32 = 90;
    let side = -stage.world.camera.subject_x.signum();
    let depth = stage.hero_depth();
    let top = stage.subject() + Vec3::Y * 0.6 * stage.hero_height;
    let lifted = |at: Vec2, rise: f32| Vec3::new(at.x, top.y + rise, at.y);
    let from = lifted(stage.view.point(0.95 * side, depth + 9.0), 2.6);
    let bend = lifted(stage.view.point(0.1 * side, depth + 5.0), 1.9);
    let to = lifted(stage.view.point(-0.9 * side, depth + 1.0), -0.1);
    let at = |t: f32| from.lerp(bend, t).lerp(bend.lerp(to, t), t);
    for k in 0..COUNT {
        let t = (k as f32 + rng.unit()) / COUNT as f32;
        let ahead = at(t + 0.02) - at(t);
        let wild = Vec3::new(rng.normal(), 0.6 * rng.normal(), rng.normal()) * (0.3 + 0.5 * (PI * t).sin());
        let yaw = (-ahead.z).atan2(ahead.x) + 0.2 * rng.signed();
        stage.put(one, pose(at(t) + wild, yaw, rng.range(0.9, 1.7)));
    }
}
