//! A swamp: dark water in which the trees stand, lilies and duckweed on it, and a walk of planks just above it.

use gesamt_mesh::LightGroup;
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes2::{beam, rod};
use gesamt_world::{Genre, MaterialKind};
use glam::{Vec2, Vec3};

use super::common::{self, Trail, open_plan, water, wood};
use super::wild::{glowing_growth, is_enchanted};
use super::{Plan, Spot};
use crate::ground::{Ground, smooth};
use crate::nature::{self, Reach, TreeKind, strew};
use crate::pen::Pen;
use crate::stage::{Piece, Stage, facing, pose};

/// Height of the causeway and the islets over the water, and of the water over its bed, in metres.
const BANK_M: f32 = 0.14;
const DEPTH_M: f32 = 0.7;
/// Half the width of the causeway, and the radius of the subject's islet, in metres.
const CAUSEWAY_M: f32 = 0.62;
const ISLET_M: f32 = 1.5;
/// Width of the shores under water, in metres.
const SHORE_M: f32 = 0.8;
/// Half the width of the walk in metres.
const WALK_M: f32 = 0.72;
/// Depth in which reeds still stand, in metres.
const REEDS_M: f32 = 0.55;

/// A swamp.
pub(super) fn swamp(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let trail = Trail::of(stage, 1.2);
    let islets = islets(stage, trail);
    let level = flood(stage, trail, &islets);
    let trees = trees(stage);
    frame_tree(stage);
    wood(stage, &trees, 12.0, 7.0, 75.0, 74, Some(Trail { width: 2.6, ..trail }));
    float(stage, trail, level);
    reeds(stage, trail, level);
    walk(stage, trail, level);
    if stage.world.setting.genre != Genre::Alien && stage.world.condition.population > 0.1 {
        huts(stage, trail, level);
    }
    if is_enchanted(stage) {
        glowing_growth(stage, trail, 22);
    }
    let mut plan = open_plan(stage, Some(Trail { width: -0.15, ..trail }), 4.0, 1.2);
    let eye = stage.view.eye();
    plan.structures.splice(0..0, islets.iter().map(|at| Spot::new(*at, facing(*at, eye))));
    common::own_lamps(stage, &plan.lights.clone(), 4, 1.5);
    plan
}

/// Middles of the islets beside the walk.
fn islets(stage: &Stage, trail: Trail) -> Vec<Vec2> {
    let mut rng = stage.rng("islets");
    let side = -stage.world.camera.subject_x.signum();
    [(0.56f32, 1.0f32), (0.76, -1.0), (0.95, 1.0)]
        .into_iter()
        .map(|(t, turn)| {
            let (a, b) = (trail.at(t), trail.at(t + 0.02));
            a + (b - a).perp().normalize_or(Vec2::X) * side * turn * rng.range(3.4, 5.0)
        })
        .collect()
}

/// Floods the ground but for the causeway, the subject's islet and the others; the level of the water.
fn flood(stage: &mut Stage, trail: Trail, islets: &[Vec2]) -> f32 {
    let base = Ground::natural(stage.world, 0.15, stage.view.eye(), stage.hero);
    let (hero, seed) = (stage.hero, stage.seed.child("shore").0 as u32);
    let spots = islets.to_vec();
    stage.set_ground(base.plus(move |x, z| {
        let p = Vec2::new(x, z);
        let ragged = 0.5 * fbm(Vec3::new(x, 0.0, z) * 0.6, 2, seed);
        let lane = trail.distance(p) - CAUSEWAY_M;
        let island = spots.iter().map(|c| p.distance(*c) - ISLET_M + ragged).fold(p.distance(hero) - 1.9, f32::min);
        -(DEPTH_M + BANK_M) * smooth(0.0, SHORE_M, lane.min(island))
    }));
    common::paint_floor(stage, MaterialKind::Mud, None);
    let level = stage.ground.at(hero.x, hero.y) - BANK_M;
    water(stage, level, 300.0);
    stage.water_level = Some(level);
    level
}

/// What stands in the water.
fn trees(stage: &Stage) -> [TreeKind; 3] {
    let dead = stage.world.setting.genre == Genre::GothicHorror || stage.world.condition.decay > 0.6;
    match stage.world.setting.genre {
        Genre::Alien | Genre::Nautical => [TreeKind::Mangrove, TreeKind::Cypress, TreeKind::Mangrove],
        _ if dead => [TreeKind::Cypress, TreeKind::Bare, TreeKind::Cypress],
        _ => [TreeKind::Cypress, TreeKind::Mangrove, TreeKind::Cypress],
    }
}

/// A cypress at the edge of the frame away from the subject; stilt roots so near would be a cage.
fn frame_tree(stage: &mut Stage) {
    let side = -stage.world.camera.subject_x.signum();
    let mut rng = stage.rng("frame tree");
    let tree = nature::tree(stage, TreeKind::Cypress, 13.0, true, 91);
    let at = stage.view.point(rng.range(0.82, 0.95) * side, rng.range(6.2, 7.5));
    stage.put_at(&tree, at, rng.range(0.0, std::f32::consts::TAU), rng.range(0.9, 1.1));
    stage.taken.take(at, 1.2);
}

/// Lilies and duckweed on the open water.
fn float(stage: &mut Stage, trail: Trail, level: f32) {
    let lilies: Vec<Piece> = (0..3).map(|i| nature::lily_pads(stage, i)).collect();
    let weeds: Vec<Piece> = (0..2).map(|i| nature::duckweed(stage, i)).collect();
    let drift = stage.seed.child("drift").0 as u32;
    let mut rng = stage.rng("float");
    for (pieces, count, shift) in [(&lilies, 60, 0.0), (&weeds, 90, 40.0)] {
        for _ in 0..count {
            let depth = 1.9 + 24.0 * rng.unit().powf(1.5);
            let at = stage.view.point(1.15 * rng.signed(), depth);
            let (pick, yaw, scale) = (rng.below(pieces.len()), 1.2 * rng.signed(), rng.range(0.7, 1.3));
            // They gather where the air has pushed them, and leave water between.
            let gathers = fbm(Vec3::new(at.x + shift, 0.0, at.y) * 0.22, 2, drift) > -0.08;
            let is_deep = stage.ground.at(at.x, at.y) < level - 0.2;
            if gathers && is_deep && trail.distance(at) > WALK_M + 0.7 {
                stage.put(&pieces[pick], pose(Vec3::new(at.x, level + 0.012, at.y), yaw, scale));
            }
        }
    }
}

/// Reeds and grass along the shores.
fn reeds(stage: &mut Stage, trail: Trail, level: f32) {
    let reeds: Vec<Piece> = (0..3).map(|i| nature::reeds(stage, 1.4, i)).collect();
    let shallow = move |s: &Stage, p: Vec2| {
        let bed = s.ground.at(p.x, p.y) - level;
        (-REEDS_M..0.0).contains(&bed) && trail.distance(p) > 1.5 && !s.hides_subject(p, 0.3, 1.5)
    };
    let reach = Reach { scale: [0.6, 1.3], bias: 1.0, ..Reach::low(5.0, 34.0, 18.0) };
    strew(stage, "reeds", &reeds, 60, reach, shallow);
    let tufts: Vec<Piece> = (0..3).map(|i| nature::tuft(stage, 0.3, 0.3, i)).collect();
    strew(stage, "tufts", &tufts, 220, Reach::low(1.8, 26.0, 14.0), move |s, p| {
        trail.distance(p) > WALK_M && s.ground.at(p.x, p.y) > level - 0.06
    });
}

/// Planks on bearers between posts.
fn walk(stage: &mut Stage, trail: Trail, level: f32) {
    const STEP: f32 = 0.0085;
    let plank = stage.kind(MaterialKind::WoodPlank);
    let post = stage.kind(MaterialKind::WoodBeam);
    let mut pen = Pen::new(plank);
    let mut rng = stage.rng("planks");
    let (eye, hero) = (stage.view.eye(), stage.hero);
    for k in 0..84u32 {
        let s = 0.14 + STEP * k as f32;
        let (a, b) = (trail.at(s), trail.at(s + 0.01));
        if a.distance(eye) < 1.2 || a.distance(hero) < 1.7 {
            continue;
        }
        let p = Vec3::new(a.x, (level + BANK_M + 0.05).max(stage.ground.at(a.x, a.y) + 0.03), a.y);
        let across = (b - a).perp().normalize_or(Vec2::X);
        let out = Vec3::new(across.x, 0.0, across.y);
        if !rng.chance(0.07) {
            pen.mat(plank).placed(p, facing(a, b) + rng.signed() * 0.07, |q| {
                let over = 0.12 * rng.signed();
                q.block(Vec3::new(-WALK_M + over, -0.025, -0.1), Vec3::new(WALK_M + over, 0.025, 0.095), 0.008);
            });
        }
        if k % 11 == 0 && a.distance(eye) > 2.6 {
            pen.mat(post);
            let next = trail.at(s + 11.0 * STEP);
            let ahead = Vec3::new(next.x, p.y, next.y) - p;
            for sign in [-1.0f32, 1.0] {
                let at = p + out * sign * (WALK_M - 0.08);
                pen.add(&beam(at - Vec3::Y * 0.09, at + ahead - Vec3::Y * 0.09, Vec2::splat(0.1), 0.01));
                let top = Vec3::Y * if rng.chance(0.3) { 0.9 } else { 0.16 };
                pen.add(&rod(at - Vec3::Y * 0.9, at + top + out * 0.05 * rng.signed(), 0.065, 7));
            }
        }
    }
    stage.add(pen);
}

/// Huts on stilts beyond the subject.
fn huts(stage: &mut Stage, trail: Trail, level: f32) {
    let wall = stage.kind(MaterialKind::WoodPlank);
    let post = stage.kind(MaterialKind::WoodBeam);
    let roof = stage.kind(MaterialKind::Thatch);
    let (lit, color) = (stage.skin.lit, stage.skin.lamp_color());
    let pane = if lit > 0.3 {
        stage.glow(MaterialKind::Emissive, color, 2.4 * lit, LightGroup::Fire)
    } else {
        stage.kind(MaterialKind::DarkMetal)
    };
    let side = -stage.world.camera.subject_x.signum();
    for (x, beyond) in [(0.5f32, 6.0f32), (-0.05, 15.0), (0.95, 12.0)] {
        let at = stage.view.point(x * side, stage.hero_depth() + beyond);
        if trail.distance(at) < 2.6 || !stage.taken.is_free(at, 1.7) {
            continue;
        }
        let mut pen = Pen::new(post);
        pen.placed(Vec3::new(at.x, level, at.y), facing(at, stage.view.eye()) + 0.3 * side, |p| {
            hut(p, [wall, post, roof, pane]);
        });
        stage.add(pen);
        stage.taken.take(at, 2.2);
        if lit > 0.3 {
            let front = (stage.view.eye() - at).normalize_or(Vec2::Y) * 1.7;
            let p = Vec3::new(at.x + front.x, level + 2.0, at.y + front.y);
            stage.lamp(p, 0.15, color, 3.0 * lit, LightGroup::Fire);
        }
    }
}

/// A hut about the origin with its front on +Z, in wall, post, roof and window materials.
fn hut(pen: &mut Pen, [wall, post, roof, pane]: [u32; 4]) {
    for x in [-1.3f32, 0.0, 1.3] {
        for z in [-1.1f32, 1.7] {
            pen.mat(post).add(&rod(Vec3::new(x, -1.2, z), Vec3::new(0.96 * x, 0.95, 0.96 * z), 0.09, 7));
        }
    }
    pen.mat(wall).block(Vec3::new(-1.6, 0.85, -1.4), Vec3::new(1.6, 0.98, 2.0), 0.02);
    pen.block(Vec3::new(-1.35, 0.98, -1.2), Vec3::new(1.35, 2.75, 1.1), 0.03);
    pen.mat(pane).block(Vec3::new(0.35, 1.6, 1.09), Vec3::new(0.95, 2.25, 1.13), 0.0);
    pen.mat(post).block(Vec3::new(-0.95, 1.0, 1.08), Vec3::new(-0.2, 2.5, 1.14), 0.01);
    for x in [-1.5f32, 1.5] {
        pen.add(&rod(Vec3::new(x, 0.95, 1.9), Vec3::new(x, 2.6, 1.9), 0.06, 6));
    }
    // Eaves that reach over the porch, and a ridge.
    for sign in [-1.0f32, 1.0] {
        pen.mat(roof).quad([
            Vec3::new(-1.9 * sign, 2.45, 2.3),
            Vec3::new(0.0, 4.1, 2.1),
            Vec3::new(0.0, 4.1, -1.5),
            Vec3::new(-1.9 * sign, 2.45, -1.6),
        ]);
    }
    pen.mat(wall);
    for z in [-1.2f32, 1.1] {
        pen.quad([
            Vec3::new(-1.35, 2.7, z),
            Vec3::new(1.35, 2.7, z),
            Vec3::new(0.06, 3.95, z),
            Vec3::new(-0.06, 3.95, z),
        ]);
    }
}
