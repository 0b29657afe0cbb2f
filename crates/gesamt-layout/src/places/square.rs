//! What leads the eye across a square: a basin about the subject, bands in the paving, planters and posts.

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cylinder, standing_box};
use gesamt_mesh::shapes2::{beam, hoop};
use gesamt_world::{Genre, MaterialKind};
use glam::{Vec2, Vec3, Vec3Swizzles};
use std::f32::consts::TAU;

use super::common::town_tree;
use crate::arch::{Dialect, Plot, building};
use crate::nature;
use crate::pen::Pen;
use crate::stage::Stage;

/// Height of the basin's rim and of its water.
const RIM_M: f32 = 0.46;
const LEVEL_M: f32 = 0.34;
/// Height of the plinth on which the subject stands in the water.
const PLINTH_M: f32 = 0.5;

/// Distance of the bands across the paving, and height of the middle of its courses, in metres.
const CROSS_BANDS_M: f32 = 2.3;
const COURSE_M: f32 = -0.02;

/// A round basin of still water with the subject on a plinth in its middle.
pub(super) fn basin(stage: &mut Stage) {
    let depth = stage.hero_depth();
    let slot = stage.hero_slot();
    let inner = (1.2 * slot.map_or(1.0, |s| stage.slots[s].radius())).max(1.1);
    let radius = (inner + 2.6).min(0.36 * depth).max(inner + 0.8);
    let stone = stage.kind(MaterialKind::StoneBlock);
    let water = stage.mat({
        let mut spec = stage.skin.of(MaterialKind::Water);
        (spec.snow, spec.moss, spec.dirt) = (0.0, 0.0, 0.0);
        spec
    });
    let hero = stage.on_ground(stage.hero);
    let mut pen = Pen::new(stone);
    pen.crease(60.0);
    pen.add(&hoop(radius, 0.42, RIM_M, 64).at(hero.x, hero.y - 0.02, hero.z));
    pen.add(&hoop(radius - 0.06, 0.56, 0.09, 64).at(hero.x, hero.y + RIM_M - 0.06, hero.z));
    pen.add(&hoop(radius + 0.4, 0.7, 0.12, 64).at(hero.x, hero.y - 0.02, hero.z));
    pen.add(&cylinder(inner, PLINTH_M, 40, 0.05).at(hero.x, hero.y, hero.z));
    pen.mat(water).add(&cylinder(radius + 0.05, 0.02, 64, 0.0).at(hero.x, hero.y + LEVEL_M, hero.z)).crease(45.0);
    stage.add(pen);
    if stage.skin.lit > 0.5 {
        let color = stage.skin.lamp_color();
        for k in 0..6 {
            let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 6.0) * (0.5 * (inner + radius));
            stage.lamp(hero + Vec3::new(e.x, LEVEL_M + 0.12, e.y), 0.08, color, 1.6, LightGroup::Steady);
        }
    }
    let at = stage.hero;
    stage.taken.take(at, radius + 0.9);
    stage.ground = stage.ground.plus(move |x, z| {
        let d = Vec2::new(x, z).distance(at);
        if d < inner { PLINTH_M } else { 0.0 }
    });
}

/// A tower among the houses at the far side, away from the subject: it breaks the line of the roofs.
pub(super) fn tower(stage: &mut Stage, d: &Dialect, far_z: f32) {
    /// The narrowest tower, in metres, and how many storeys it has over the tallest house.
    const WIDE_M: f32 = 4.4;
    const N_MORE: u32 = 2;
    let side = -stage.world.camera.subject_x.signum();
    let (depth, _) = stage.view.local(Vec2::new(0.0, far_z));
    let at = stage.view.point(0.36 * side, depth);
    let width = d.bay.max(WIDE_M);
    let floors = d.floors[1] + N_MORE;
    let top = d.ground_storey + floors as f32 * d.storey;
    let room = stage.headroom(at);
    let spare = ((top - room) / d.storey).ceil().max(0.0) as u32;
    let floors = floors.saturating_sub(spare).max(d.floors[0] + 1);
    let corner = Vec3::new(at.x - 0.5 * width, stage.ground.at(at.x, at.y), far_z - 1.2);
    let own = Dialect { roof: d.second_roof, ..*d };
    building(
        stage,
        &own,
        Plot { at: corner, yaw: 0.0, width, depth: width, floors, seed: stage.seed.child("tower"), shop: false },
    );
    stage.crown_at(corner + Vec3::Y * (d.ground_storey + floors as f32 * d.storey));
}

/// Bands of light stone that run to the subject, with planted trees in pairs along them.
pub(super) fn avenue(stage: &mut Stage) {
    let is_green = !matches!(stage.world.setting.genre, Genre::Ancient | Genre::Western | Genre::PostApocalyptic);
    let pale = stage.tinted(MaterialKind::Flagstone, [0.62, 0.6, 0.55], 0.6);
    let stone = stage.kind(MaterialKind::StoneBlock);
    let soil = stage.kind(MaterialKind::Dirt);
    let (eye, hero) = (stage.view.eye(), stage.hero);
    let from = Vec2::new(hero.x + 0.35 * (eye.x - hero.x), eye.y + 4.0);
    let end = hero + (hero - from).normalize_or(Vec2::NEG_Y) * 10.0;
    let along = (end - from).normalize_or(Vec2::NEG_Y);
    let across = along.perp();
    let mut pen = Pen::new(pale);
    // Courses of stone in the paving, a little proud of it.
    let mut course = |a: Vec2, b: Vec2, width: f32| {
        pen.add(&beam(a.extend(COURSE_M).xzy(), b.extend(COURSE_M).xzy(), Vec2::new(width, 0.12), 0.01));
    };
    for x in [-3.4f32, -0.9, 0.9, 3.4] {
        course(from + across * x, end + across * x, if x.abs() > 2.0 { 0.6 } else { 0.32 });
    }
    // Bands across, which measure the way.
    for k in 1..(from.distance(end) / CROSS_BANDS_M) as u32 {
        let middle = from + along * (CROSS_BANDS_M * k as f32);
        if middle.distance(hero) > 4.6 {
            course(middle - across * 3.1, middle + across * 3.1, 0.28);
        }
    }
    let mut trees = Vec::new();
    let count = (from.distance(end) / 4.6) as u32;
    for k in 2..count {
        for s in [-1.0f32, 1.0] {
            let at = from + along * (4.6 * k as f32) + across * s * 5.6;
            if !stage.may_stand(at, 1.0, 4.6) || stage.view.local(at).0 < 5.0 {
                continue;
            }
            let base = stage.on_ground(at);
            pen.mat(stone).add(&standing_box(Vec3::new(1.5, 0.62, 1.5), 0.05).at(base.x, base.y - 0.02, base.z));
            pen.mat(soil).add(&standing_box(Vec3::new(1.26, 0.05, 1.26), 0.0).at(base.x, base.y + 0.58, base.z));
            trees.push(base + Vec3::Y * 0.55);
            stage.taken.take(at, 1.1);
        }
    }
    stage.add(pen);
    let kind = town_tree(stage);
    let pieces: Vec<_> = (0..2).map(|i| nature::tree(stage, kind, 4.4, true, 30 + i)).collect();
    let bush: Vec<_> = (0..2).map(|i| nature::bush(stage, 0.75, 30 + i)).collect();
    for (k, foot) in trees.into_iter().enumerate() {
        let piece = if is_green { &pieces[k % 2] } else { &bush[k % 2] };
        stage.put(piece, crate::stage::pose(foot, 1.7 * k as f32, 0.9 + 0.07 * (k % 3) as f32));
    }
}
