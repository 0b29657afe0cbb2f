//! Castles with land of their own: on a hill with a winding road, and across the water with a bridge.

use super::common::{self, Trail, open_plan, town_tree, undergrowth, water};
use super::fortress::{Site, fortress, gate_wall, rampart};
use super::{Plan, Spot};
use crate::backdrop;
use crate::ground::{Ground, GroundMesh, add_ground, smooth};
use crate::nature::{self, Reach, TreeKind, strew};
use crate::pen::Pen;
use crate::stage::{Stage, facing};
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{sheet, standing_box};
use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3};

/// Height of the castle's hill and how far beyond the subject its gate stands.
const HILL_M: f32 = 13.0;
const HILL_FAR_M: f32 = 62.0;
/// Half the width of the road.
const ROAD_M: f32 = 1.5;
/// The point of the road where its lower gate stands, and length of the walls to either side in metres.
const GATE_KNEE: usize = 22;
const GATE_WALL_M: f32 = 13.0;
/// Walls along the road begin this far off, in metres, and run over so many of its parts.
const WALLS_FROM_M: f32 = 9.0;
const WALL_RUN: u32 = 7;

/// A road that winds up a hill to the castle on its top.
pub(super) fn hilltop(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let side = stage.world.camera.subject_x.signum();
    let depth = stage.hero_depth();
    let site = Site::new(stage, -0.2 * side, depth + HILL_FAR_M);
    let site = Site { half: 19.0, h: 4.4 * site.grow, grow: 0.85 * site.grow, ..site };
    let base = Ground::natural(stage.world, 0.7, stage.view.eye(), stage.hero);
    let seed = stage.seed.child("hill").0 as u32;
    let top = site.middle + Vec2::new(0.0, -12.0);
    stage.set_ground(base.plus(move |x, z| {
        let d = Vec2::new(x - top.x, 0.85 * (z - top.y)).length();
        let rough = 3.0 * fbm(Vec3::new(x, 0.0, z) * 0.06, 3, seed);
        HILL_M * (1.0 - smooth(25.0, 56.0, d + rough))
    }));
    let road = road(stage, site.middle);
    let natural = match stage.world.materials.ground {
        kind @ (MaterialKind::Rock | MaterialKind::Moss | MaterialKind::Snow) => kind,
        _ => MaterialKind::Grass,
    };
    let cover = stage.kind(if stage.skin.snow > 0.4 { MaterialKind::Snow } else { natural });
    add_ground(stage, GroundMesh::WIDE, move |_, _| cover);
    pave(stage, &road);
    outer_gate(stage, &road);
    fortress(stage, site);
    let clear = move |line: Vec<Vec2>| move |s: &Stage, p: Vec2| from_road(&line, p) > 2.4 && !s.taken.in_box(p);
    slope(stage, &road, clear(road.clone()));
    backdrop::hills(stage, 230.0, 40.0, true);
    let mut plan = open_plan(stage, None, 8.5, 1.6);
    along(stage, &road, &mut plan);
    plan.has_fire = true;
    common::own_lamps(stage, &plan.lights.clone(), 8, 2.2);
    plan
}

/// The line of the road from behind the camera up to the gate, in bends that grow narrower.
fn road(stage: &Stage, gate: Vec2) -> Vec<Vec2> {
    let (ahead, right) = stage.view.axes();
    let side = stage.world.camera.subject_x.signum();
    let (eye, depth) = (stage.view.eye(), stage.hero_depth());
    let at = |d: f32, x: f32| eye + ahead * d + right * (x * side);
    let knees = [
        at(-8.0, -1.0),
        at(4.0, -0.9),
        at(0.7 * depth, -0.06 * depth),
        at(depth + 4.0, 1.0),
        at(depth + 16.0, 9.5),
        at(depth + 27.0, 6.0),
        at(depth + 35.0, -9.0),
        at(depth + 43.0, -17.0),
        at(depth + 50.0, -12.0),
        gate + Vec2::new(1.0, 5.0),
        gate,
    ];
    (0..knees.len() - 1)
        .flat_map(|i| (0..6).map(move |k| (i, k as f32 / 6.0)))
        .map(|(i, t)| bend(&knees, i, t))
        .collect()
}

/// The road as a band over the ground: far off the cells of the ground are wider than it is.
fn pave(stage: &mut Stage, road: &[Vec2]) {
    let pale = stage.tinted(MaterialKind::Dirt, [0.5, 0.42, 0.31], 0.6);
    let seed = stage.seed.child("road").0 as u32;
    let (n, eye) = (road.len() - 1, stage.view.eye());
    let ground = stage.ground.clone();
    let mut pen = Pen::new(pale);
    pen.crease(80.0).add(&sheet([6, 4 * n as u32], |u, v| {
        let i = ((v * n as f32) as usize).min(n - 1);
        let d = (road[i + 1] - road[i]).perp().normalize_or(Vec2::X);
        let before = (road[i] - road[i.saturating_sub(1)]).perp().normalize_or(d);
        let t = v * n as f32 - i as f32;
        let middle = road[i].lerp(road[i + 1], t);
        let ragged = 1.0 + 0.22 * fbm(Vec3::new(middle.x, u.round(), middle.y) * 0.7, 2, seed);
        let p = middle + before.lerp(d, t) * ((1.0 - 2.0 * u) * ROAD_M * ragged);
        let crown = 1.0 - (2.0 * u - 1.0).powi(4);
        Vec3::new(p.x, ground.at(p.x, p.y) + (0.03 + 0.0035 * p.distance(eye)) * crown - 0.04 * (1.0 - crown), p.y)
    }));
    stage.add(pen);
    stage.grass.retain(|p| from_road(road, *p) > ROAD_M);
}

/// A point of the curve through the knees (Catmull–Rom).
fn bend(knees: &[Vec2], i: usize, t: f32) -> Vec2 {
    let at = |k: isize| knees[(i as isize + k).clamp(0, knees.len() as isize - 1) as usize];
    let (a, b, c, d) = (at(-1), at(0), at(1), at(2));
    0.5 * (2.0 * b + (c - a) * t + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t + (3.0 * b - a - 3.0 * c + d) * t * t * t)
}

/// Distance of a point of the plan from the road.
fn from_road(road: &[Vec2], p: Vec2) -> f32 {
    road.windows(2)
        .map(|w| {
            let d = w[1] - w[0];
            let t = ((p - w[0]).dot(d) / d.length_squared().max(1e-6)).clamp(0.0, 1.0);
            p.distance(w[0] + d * t)
        })
        .fold(f32::MAX, f32::min)
}

/// Low walls along the road in long runs, on the side where they begin; a block alone shuts nothing off.
fn road_walls(stage: &mut Stage, road: &[Vec2]) {
    let stone = stage.kind(stage.world.materials.primary);
    let mut rng = stage.rng("road walls");
    let mut pen = Pen::new(stone);
    for side in [-1.0f32, 1.0] {
        let mut left = 0;
        for pair in road.windows(2) {
            let across = (pair[1] - pair[0]).perp().normalize_or(Vec2::X);
            let at = 0.5 * (pair[0] + pair[1]) + across * side * (ROAD_M + 0.5);
            if left == 0 && stage.view.local(at).0 > WALLS_FROM_M && rng.chance(0.3) {
                left = WALL_RUN;
            }
            if left == 0 || !stage.may_stand(at, 0.9, 0.6) {
                left = 0;
                continue;
            }
            left -= 1;
            let length = 1.06 * pair[0].distance(pair[1]);
            pen.placed(stage.on_ground(at) - Vec3::Y * 0.35, facing(pair[0], pair[1]), |p| {
                p.add(&standing_box(Vec3::new(0.42, 1.12, length), 0.06));
                p.add(&standing_box(Vec3::new(0.54, 0.12, length), 0.03).at(0.0, 1.1, 0.0));
            });
        }
    }
    stage.add(pen);
}

/// The outer wall at the foot of the hill, with the gate through which the road goes up.
fn outer_gate(stage: &mut Stage, road: &[Vec2]) {
    let (at, next) = (road[GATE_KNEE], road[GATE_KNEE + 1]);
    let stone = stage.kind(stage.world.materials.primary);
    let decay = stage.world.condition.decay;
    let along = (next - at).normalize_or(Vec2::NEG_Y);
    // Seen from the front more than along the road.
    let across = (along.perp() + Vec2::X * along.perp().x.signum()).normalize_or(Vec2::X);
    let yaw = facing(across.perp(), Vec2::ZERO);
    let yaw = if yaw.cos() < 0.0 { yaw + std::f32::consts::PI } else { yaw };
    let base = stage.on_ground(at);
    let mut pen = Pen::new(stone);
    gate_wall(&mut pen, base - Vec3::Y * 0.3, yaw, 6.4, 5.6, 3.2, 1.9);
    for side in [-1.0f32, 1.0] {
        let (a, b) = (at + across * side * 3.1, at + across * side * (3.1 + GATE_WALL_M));
        let (a, b) = if a.x < b.x { (a, b) } else { (b, a) };
        rampart(&mut pen, stage, a, b, 3.6, decay, 11 + (side > 0.0) as u32);
        for k in 0..5 {
            stage.taken.take(at + across * side * (3.1 + 0.2 * GATE_WALL_M * (k as f32 + 0.5)), 1.6);
        }
    }
    stage.add(pen);
}

/// Low walls along the road, trees and stones on the slope.
fn slope(stage: &mut Stage, road: &[Vec2], clear: impl Fn(&Stage, Vec2) -> bool + Clone) {
    road_walls(stage, road);
    let trees = [town_tree(stage), TreeKind::Conifer];
    let stones = nature::boulders(stage, MaterialKind::Rock, 1.3, 4);
    strew(
        stage,
        "hill stones",
        &stones,
        70,
        Reach { scale: [0.3, 2.2], ..Reach::solid(5.0, 90.0, 50.0, 0.6, 0.9) },
        clear.clone(),
    );
    let hill = |s: &Stage, p: Vec2| s.ground.at(p.x, p.y) < 7.0;
    let fine: Vec<_> = trees.iter().enumerate().map(|(i, k)| nature::tree(stage, *k, 7.0, true, i as u64)).collect();
    let reach = Reach { scale: [0.7, 1.2], ..Reach::solid(9.0, 40.0, 24.0, 0.9, 7.0) };
    let near = clear.clone();
    strew(stage, "hill trees", &fine, 12, reach, move |s, p| near(s, p) && p.distance(s.hero) > 4.0 && hill(s, p));
    let coarse: Vec<_> =
        trees.iter().enumerate().map(|(i, k)| nature::tree(stage, *k, 7.0, false, 9 + i as u64)).collect();
    let reach =
        Reach { near: 36.0, far: 120.0, half_width: 80.0, bias: 0.9, scale: [0.7, 1.3], footprint: 0.9, height: 7.0 };
    strew(stage, "far hill trees", &coarse, 90, reach, move |s, p| clear(s, p) && hill(s, p));
    undergrowth(stage, 0.75, 0.22, 0.3, None);
}

/// Spots beside the road.
fn along(stage: &Stage, road: &[Vec2], plan: &mut Plan) {
    let mut lights = Vec::new();
    for (k, pair) in road.windows(2).enumerate().filter(|(k, _)| k % 4 == 1) {
        let side = (pair[1] - pair[0]).perp().normalize_or(Vec2::X) * if k % 8 == 1 { 1.0 } else { -1.0 };
        let at = pair[0] + side * (ROAD_M + 1.1);
        if stage.view.local(at).0 > 4.0 {
            lights.push(Spot::new(at, facing(at, pair[0])));
        }
    }
    plan.lights.splice(0..0, lights);
    for list in [&mut plan.structures, &mut plan.props, &mut plan.rows] {
        list.retain(|s| from_road(road, s.at) > ROAD_M + 0.9);
    }
    plan.gates = vec![Spot::new(road[14], facing(road[14], road[12]))];
    let beside = |pair: &[Vec2]| {
        let along = (pair[1] - pair[0]).normalize_or(Vec2::NEG_Y);
        Spot::new(pair[0] - along.perp() * (ROAD_M + 0.9), (-along.y).atan2(along.x))
    };
    plan.lines = road.windows(2).step_by(3).map(beside).collect();
}

/// Height of the water before a moated castle, and how far beyond the subject its gate stands.
const LEVEL_M: f32 = -1.0;
const WIDE_M: f32 = 22.0;
/// Half the width of the bridge, and the span of its arches.
const BRIDGE_M: f32 = 1.7;
const SPAN_M: f32 = 4.6;

/// A castle across a sheet of water, with a bridge of arches to its gate.
pub(super) fn moat(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let side = stage.world.camera.subject_x.signum();
    let depth = stage.hero_depth();
    // The shore is nearer than the subject, which stands on a landing that a causeway leads to.
    let shore = 0.62 * depth;
    let site = Site::new(stage, -0.16 * side, depth + WIDE_M);
    let site = Site { half: 17.0, h: 5.0 * site.grow, ..site };
    let (eye, (ahead, _)) = (stage.view.eye(), stage.view.axes());
    let hero = stage.hero;
    let head = hero + Vec2::new(-2.3 * side, -1.2);
    let trail = Trail { to: head, bow: -0.6 * side, ..Trail::of(stage, 1.7) };
    let seed = stage.seed.child("shore").0 as u32;
    let base = Ground::natural(stage.world, 0.3, eye, hero);
    let middle = site.middle;
    stage.set_ground(base.plus(move |x, z| {
        let p = Vec2::new(x, z);
        let wave = 1.3 * fbm(Vec3::new(x, 0.0, z) * 0.12, 2, seed);
        let d = (p - eye).dot(ahead) + wave;
        let island = Vec2::new((x - middle.x) / 21.5, (z - middle.y + 15.0) / 17.6).length();
        let landing = (trail.distance(p) - 1.4).min(p.distance(hero) - 2.0) + 0.3 * wave;
        let off = smooth(0.97, 1.06, island + 0.02 * wave) * smooth(0.3, 2.2, landing);
        -0.3 * smooth(0.5 * shore, shore, d) * off - 2.6 * smooth(shore, shore + 2.6, d) * off
    }));
    let kind = stage.world.materials.ground;
    let cover = if stage.skin.snow > 0.4 { MaterialKind::Snow } else { MaterialKind::Grass };
    let lane = if kind == MaterialKind::Grass { MaterialKind::Cobblestone } else { kind };
    common::paint_floor(stage, cover, Some((trail, lane)));
    water(stage, LEVEL_M, 260.0);
    stage.water_level = Some(LEVEL_M);
    fortress(stage, site);
    bridge(stage, head, site.middle + Vec2::new(0.0, 1.6));
    let stones = nature::boulders(stage, MaterialKind::Rock, 1.0, 4);
    strew(
        stage,
        "shore stones",
        &stones,
        60,
        Reach { scale: [0.3, 1.6], ..Reach::solid(4.0, 36.0, 24.0, 0.5, 0.7) },
        move |s, p| trail.distance(p) > 2.4 && s.ground.at(p.x, p.y) < 0.0 && p.distance(s.hero) > 1.8,
    );
    let reeds: Vec<_> = (0..3).map(|i| nature::reeds(stage, 1.2, i)).collect();
    strew(stage, "reeds", &reeds, 70, Reach { scale: [0.6, 1.2], ..Reach::low(4.0, 26.0, 18.0) }, move |s, p| {
        let y = s.ground.at(p.x, p.y);
        trail.distance(p) > 3.0 && (-1.5..-0.5).contains(&y) && !s.hides_subject(p, 0.4, 1.3)
    });
    backdrop::hills(stage, 200.0, 36.0, true);
    let trees = [town_tree(stage), TreeKind::Conifer];
    shore_trees(stage, &trees, trail);
    undergrowth(stage, 0.6, 0.22, 0.3, Some(trail));
    let mut plan = open_plan(stage, Some(trail), 8.0, 1.6);
    for list in [&mut plan.lights, &mut plan.structures, &mut plan.props, &mut plan.rows] {
        list.retain(|s| stage.is_dry(s.at));
    }
    // Nothing is built on the causeway.
    plan.structures.retain(|s| stage.view.local(s.at).0 < shore);
    plan.gates.clear();
    plan.gates.push(Spot::new(trail.at(0.86), facing(head, eye)));
    plan.has_fire = true;
    common::own_lamps(stage, &plan.lights.clone(), 6, 2.2);
    plan
}

/// A few trees at the edges of the near shore.
fn shore_trees(stage: &mut Stage, kinds: &[TreeKind], trail: Trail) {
    let fine: Vec<_> = kinds.iter().enumerate().map(|(i, k)| nature::tree(stage, *k, 7.5, true, i as u64)).collect();
    let reach = Reach { bias: 0.9, scale: [0.7, 1.2], ..Reach::solid(7.0, 24.0, 20.0, 0.9, 7.5) };
    strew(stage, "shore trees", &fine, 9, reach, move |s, p| {
        let (depth, side) = s.view.local(p);
        trail.distance(p) > 3.5
            && s.is_dry(p)
            && side.abs() > 0.55 * depth * s.view.half_width
            && p.distance(s.hero) > 4.0
    });
}

/// A bridge on arches from one point of the plan to another, a little humped.
fn bridge(stage: &mut Stage, from: Vec2, to: Vec2) {
    let stone = stage.kind(stage.world.materials.primary);
    let deck = stage.kind(MaterialKind::Cobblestone);
    let length = from.distance(to);
    let n_spans = (length / SPAN_M).round().max(2.0);
    let span = length / n_spans;
    let (y0, y1) = (stage.ground.at(from.x, from.y), stage.ground.at(to.x, to.y).max(0.0));
    let top = |x: f32| {
        let t = (x / length).clamp(0.0, 1.0);
        y0 + (y1 - y0) * t + 0.75 * (1.0 - (2.0 * t - 1.0).powi(2))
    };
    let mut pen = Pen::new(stone);
    pen.placed(Vec3::new(from.x, 0.0, from.y), facing(from, to), |p| {
        let steps = (length / 0.24).ceil() as u32;
        for i in 0..steps {
            let (a, b) = (length * i as f32 / steps as f32, length * (i + 1) as f32 / steps as f32);
            let x = 0.5 * (a + b);
            let local = (x / span).fract() - 0.5;
            let radius = 0.40 * span;
            let under = if local.abs() * span < radius {
                LEVEL_M - 0.4 + (radius * radius - (local * span).powi(2)).sqrt()
            } else {
                LEVEL_M - 2.6
            };
            let y = top(x);
            p.mat(stone).block(Vec3::new(-BRIDGE_M, under.min(y - 0.35), a), Vec3::new(BRIDGE_M, y - 0.02, b), 0.0);
            p.mat(deck).block(Vec3::new(-BRIDGE_M + 0.3, y - 0.04, a), Vec3::new(BRIDGE_M - 0.3, y, b), 0.0);
            p.mat(stone);
            for s in [-1.0f32, 1.0] {
                p.block(Vec3::new(s * BRIDGE_M, y - 0.1, a), Vec3::new(s * (BRIDGE_M - 0.3), y + 0.8, b), 0.0);
                p.block(
                    Vec3::new(s * (BRIDGE_M + 0.06), y + 0.78, a),
                    Vec3::new(s * (BRIDGE_M - 0.36), y + 0.9, b),
                    0.0,
                );
            }
        }
        for k in 0..=n_spans as u32 {
            let z = span * k as f32;
            for s in [-1.0f32, 1.0] {
                p.block(
                    Vec3::new(s * (BRIDGE_M - 0.4), LEVEL_M - 2.6, z - 0.45),
                    Vec3::new(s * (BRIDGE_M + 0.5), top(z) + 0.2, z + 0.45),
                    0.08,
                );
                p.block(
                    Vec3::new(s * (BRIDGE_M - 0.36), top(z), z - 0.3),
                    Vec3::new(s * (BRIDGE_M + 0.12), top(z) + 1.25, z + 0.3),
                    0.05,
                );
            }
        }
    });
    stage.add(pen);
}
