//! Flights of steps join two heights: each leads to a landing, before a door of a house or on a terrace of its own.

use gesamt_mesh::shapes::{sphere, standing_box};
use gesamt_world::{AssetFamily, MaterialKind, Place};
use glam::{Vec2, Vec3};

use crate::pen::Pen;
use crate::places::{Plan, Spot};
use crate::stage::{Stage, facing};

/// Depth of a landing before a door and of a terrace, in metres.
const LANDING_M: f32 = 1.5;
const TERRACE_M: f32 = 3.4;
/// Flights against walls are at least this far off, in metres.
const NEAREST_M: f32 = 6.0;

/// What is at the top of a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Top {
    Door,
    Terrace,
}

/// The slots of a list that are flights of steps, taken out of it.
pub(super) fn split(stage: &Stage, slots: &mut Vec<usize>) -> Vec<usize> {
    let is_flight = |s: &usize| stage.slots[*s].family == AssetFamily::Stairs;
    let flights = slots.iter().copied().filter(is_flight).collect();
    slots.retain(|s| !is_flight(s));
    flights
}

/// Builds a flight up to a door of a house that is seen, or up to a terrace beside the way.
pub(super) fn flights(stage: &mut Stage, plan: &Plan, slots: &[usize], walls: &[Spot]) {
    for &slot in slots {
        let by_a_house = walls.iter().copied().any(|wall| at_door(stage, slot, wall));
        if !by_a_house {
            on_terrace(stage, plan, slot);
        }
    }
}

fn at_door(stage: &mut Stage, slot: usize, wall: Spot) -> bool {
    let out = Vec2::new(wall.yaw.sin(), wall.yaw.cos());
    let at = wall.at + out * (stage.slots[slot].behind() + LANDING_M);
    let (radius, height) = (stage.slots[slot].radius(), stage.slots[slot].height());
    if !stage.may_stand(at, 0.7 * radius, height) || super::edge::is_cut(stage, slot, at, 0.0) {
        return false;
    }
    raise(stage, slot, at, wall.yaw, Top::Door);
    true
}

/// Steps up to a terrace that stands against a wall of the plan.
fn against_line(stage: &mut Stage, line: Spot, slot: usize) -> bool {
    let out = Vec2::new(line.yaw.sin(), line.yaw.cos());
    let at = line.at + out * (stage.slots[slot].behind() + TERRACE_M);
    let (radius, height) = (stage.slots[slot].radius(), stage.slots[slot].height());
    let is_seen = stage.view.local(at).0 > NEAREST_M;
    if !is_seen || !stage.may_stand(at, 0.7 * radius, height) || super::edge::is_cut(stage, slot, at, 0.0) {
        return false;
    }
    raise(stage, slot, at, line.yaw, Top::Terrace);
    true
}

/// Steps up to a terrace: against a wall of the plan where it has walls, else on the side away from the subject, a little
/// behind it.
pub(super) fn on_terrace(stage: &mut Stage, plan: &Plan, slot: usize) -> bool {
    if plan.lines_are_walls && plan.lines.iter().any(|line| against_line(stage, *line, slot)) {
        return true;
    }
    let (depth, side) = (stage.hero_depth(), -stage.world.camera.subject_x.signum());
    let (radius, height) = (stage.slots[slot].radius(), stage.slots[slot].height());
    for k in 0..24 {
        let (row, column) = (k / 8, k % 8);
        let sign = if column % 2 == 0 { side } else { -side };
        let at = stage.view.point(sign * (0.42 + 0.1 * (column / 2) as f32), depth * (1.1 + 0.25 * row as f32));
        let yaw = facing(at, stage.view.eye()) + sign * 0.25;
        let back = at - Vec2::new(yaw.sin(), yaw.cos()) * (stage.slots[slot].behind() + 0.5 * TERRACE_M);
        let is_free = |p: Vec2, r: f32| stage.taken.is_free(p, r) && stage.is_dry(p);
        if is_free(at, radius)
            && is_free(back, 0.5 * TERRACE_M)
            && stage.may_stand(at, radius, height)
            && !super::edge::is_cut(stage, slot, at, 0.0)
        {
            raise(stage, slot, at, yaw, Top::Terrace);
            return true;
        }
    }
    false
}

/// Places the flight and builds what it leads to.
fn raise(stage: &mut Stage, slot: usize, at: Vec2, yaw: f32, top: Top) {
    let Some(variant) = stage.slots[slot].variants.first().cloned() else { return };
    stage.place(slot, at, yaw, 1.0, 0.0);
    let Some(mesh) = stage.meshes.get(variant.mesh as usize) else { return };
    let wide = variant.bounds.size().x;
    // The treads are in the middle; rails and cheeks at the sides are higher.
    let treads = mesh.positions.iter().filter(|p| p.x.abs() < 0.2 * wide).map(|p| p.y);
    let rise = treads.fold(0.2, f32::max);
    let (deep, half) = match top {
        Top::Door => (LANDING_M + 0.2, 0.5 * wide + 0.15),
        Top::Terrace => (TERRACE_M, 0.5 * wide + 1.7),
    };
    let foot = stage.on_ground(at);
    let back = -stage.slots[slot].behind();
    let (body, floor) = built_of(stage.world.setting.place);
    let (stone, paving) = (stage.kind(body), stage.kind(floor));
    let iron = stage.kind(MaterialKind::DarkMetal);
    let wood = stage.kind(MaterialKind::WoodPlank);
    let mut pen = Pen::new(stone);
    pen.placed(foot, yaw, |p| {
        p.block(Vec3::new(-half, -0.4, back - deep), Vec3::new(half, rise - 0.08, back), 0.03);
        p.mat(paving).block(
            Vec3::new(-half - 0.06, rise - 0.09, back - deep),
            Vec3::new(half + 0.06, rise - 0.005, back + 0.02),
            0.02,
        );
        match top {
            Top::Door => door(p, [wood, stone, iron], rise, back - deep, half),
            Top::Terrace => parapet(p, stone, rise, [back, back - deep], [0.5 * wide, half]),
        }
    });
    stage.add(pen);
    let out = Vec2::new(yaw.sin(), yaw.cos());
    stage.taken.take(at + out * (back - 0.5 * deep), 0.5 * half + 0.5 * deep);
}

/// What landings are built of and paved with.
fn built_of(place: Place) -> (MaterialKind, MaterialKind) {
    match place {
        Place::Library => (MaterialKind::WoodPlank, MaterialKind::WoodPlank),
        Place::SpaceStation => (MaterialKind::HullPanel, MaterialKind::PaintedMetal),
        Place::Factory | Place::Tunnel => (MaterialKind::Concrete, MaterialKind::DarkMetal),
        _ => (MaterialKind::StoneBlock, MaterialKind::Flagstone),
    }
}

/// A door at the back of a landing, with a rail on either side.
fn door(p: &mut Pen, [wood, stone, iron]: [u32; 3], rise: f32, wall: f32, half: f32) {
    let (w, h) = (0.5, 2.1);
    p.mat(stone).block(Vec3::new(-w - 0.16, rise, wall), Vec3::new(w + 0.16, rise + h + 0.2, wall + 0.26), 0.02);
    p.mat(wood).block(Vec3::new(-w, rise, wall + 0.1), Vec3::new(w, rise + h, wall + 0.3), 0.015);
    p.mat(stone).block(
        Vec3::new(-w - 0.3, rise + h + 0.2, wall),
        Vec3::new(w + 0.3, rise + h + 0.34, wall + 0.5),
        0.02,
    );
    p.mat(iron);
    for side in [-1.0f32, 1.0] {
        let x = side * (half - 0.06);
        p.block(Vec3::new(x - 0.02, rise + 0.86, wall), Vec3::new(x + 0.02, rise + 0.91, wall + LANDING_M), 0.0);
        for k in 0..=8 {
            let z = wall + 0.2 + (LANDING_M - 0.3) * k as f32 / 8.0;
            p.block(Vec3::new(x - 0.012, rise, z - 0.012), Vec3::new(x + 0.012, rise + 0.88, z + 0.012), 0.0);
        }
    }
}

/// A low wall with piers and balls around a terrace, open where the steps arrive.
fn parapet(p: &mut Pen, stone: u32, rise: f32, [front, back]: [f32; 2], [gate, half]: [f32; 2]) {
    let (h, t) = (0.62, 0.14);
    p.mat(stone);
    let mut wall = |a: Vec2, b: Vec2| {
        let (low, high) = (a.min(b) - Vec2::splat(t), a.max(b) + Vec2::splat(t));
        p.block(Vec3::new(low.x, rise - 0.02, low.y), Vec3::new(high.x, rise + h, high.y), 0.03);
    };
    let (x, z0, z1) = (half - t, front - t, back + t);
    wall(Vec2::new(-x, z0), Vec2::new(-x, z1));
    wall(Vec2::new(x, z0), Vec2::new(x, z1));
    wall(Vec2::new(-x, z1), Vec2::new(x, z1));
    for side in [-1.0f32, 1.0] {
        wall(Vec2::new(side * x, z0), Vec2::new(side * (gate + 0.2), z0));
    }
    for (px, pz) in [(-x, z0), (x, z0), (-x, z1), (x, z1), (-gate - 0.2, z0), (gate + 0.2, z0)] {
        p.add(&standing_box(Vec3::new(0.42, h + 0.22, 0.42), 0.03).at(px, rise - 0.02, pz));
        p.add(&standing_box(Vec3::new(0.52, 0.1, 0.52), 0.02).at(px, rise + h + 0.18, pz));
        p.crease(70.0).add(&sphere(0.17, 8, 12).at(px, rise + h + 0.43, pz)).crease(45.0);
    }
}

#[cfg(test)]
mod tests {
    use gesamt_world::{AssetRole, Genre, Place, TimeOfDay};

    use crate::cast::Cast;
    use crate::{Take, fixture};

    use super::*;

    #[test]
    fn every_flight_of_steps_leads_to_a_floor_at_its_top() {
        for place in [Place::Plaza, Place::Street, Place::Castle, Place::Temple] {
            let mut world = fixture::world(place, Genre::Ancient, TimeOfDay::Day, 0, 5);
            world.assets[4].family = AssetFamily::Stairs;
            world.assets[4].role = AssetRole::Structure;
            let take = Take::new(&world, &Cast::new(&world, &fixture::boxes(&world)), 0);
            let stage = &take.stage;
            let flights: Vec<_> = stage.instances.iter().filter(|i| i.asset == Some(4)).collect();
            assert!(!flights.is_empty(), "{place}");
            for flight in flights {
                let behind = flight.transform.transform_point3(Vec3::new(0.0, 0.1, -stage.slots[4].behind() - 0.6));
                let holds = |i: &gesamt_scene::Instance| {
                    let bounds = stage.meshes[i.mesh as usize].bounds();
                    let p = i.transform.inverse().transform_point3(behind);
                    p.cmpge(bounds.min).all() && p.cmple(bounds.max).all() && bounds.size().y < 4.0
                };
                assert!(stage.instances.iter().any(|i| i.asset.is_none() && holds(i)), "{place}: {behind}");
            }
        }
    }
}
