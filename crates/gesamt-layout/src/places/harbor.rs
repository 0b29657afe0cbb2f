//! The harbour: a quay along the water, a bay with a pier, or an inner basin between warehouses.

use super::basin::basin;
use super::bay::bay;
use super::choice::choose;
use super::common::{self, hero_is, water};
use super::ships::ship;
use super::{Plan, Scatter, Spot};
use crate::arch::{Dialect, Plot, building, dialect};
use crate::backdrop;
use crate::ground::{Ground, GroundMesh, add_ground};
use crate::pen::Pen;
use crate::stage::Stage;
use gesamt_mesh::shapes::cylinder;
use gesamt_mesh::shapes2::{beam, rod};
use gesamt_world::{AssetFamily, Genre, MaterialKind};
use glam::{Vec2, Vec3};
use std::f32::consts::FRAC_PI_2;

/// Height of the water under a quay.
pub(super) const WATERLINE: f32 = -0.62;
/// Depth of the bed under the quay.
pub(super) const BED_M: f32 = -3.0;
/// How far a boat's keel lies under the water.
pub(crate) const DRAUGHT_M: f32 = 0.22;

/// A harbour.
pub(super) fn harbor(stage: &mut Stage) -> Plan {
    use Genre::{Cyberpunk, Industrial, Modern, Noir, ScienceFiction, Steampunk};
    // Where goods are handled by machines there is a basin; where people fish there is a bay.
    let (bay_weight, basin_weight) = match stage.world.setting.genre {
        Industrial | Steampunk | Noir | Cyberpunk => (0.4, 1.6),
        Modern | ScienceFiction => (1.0, 1.0),
        _ => (1.3, 0.8),
    };
    let build: fn(&mut Stage) -> Plan = choose(stage, "site", &[(quay, 1.0), (bay, bay_weight), (basin, basin_weight)]);
    build(stage)
}

/// A quay with houses on one side and moored ships on the other.
fn quay(stage: &mut Stage) -> Plan {
    let mut d = dialect(stage.world);
    d.floors = [d.floors[0].clamp(2, 4), d.floors[1].clamp(2, 5)];
    let subject_side = stage.world.camera.subject_x.signum();
    let afloat = hero_is(stage, &[AssetFamily::Boat, AssetFamily::Dock]);
    // Water on the subject's side when the subject floats.
    let water_side = if afloat { subject_side } else { -subject_side };
    stage.aim(-0.6 * water_side, if afloat { -0.4 } else { 0.45 });
    let beam = stage
        .hero_slot()
        .and_then(|s| stage.slots[s].variants.first())
        .map_or(2.0, |v| v.bounds.size().x.min(v.bounds.size().z));
    let out = (stage.hero.x - stage.view.eye().x).abs() - 0.5 * beam - 0.45;
    let edge = stage.view.eye().x + water_side * if afloat { out.clamp(0.5, 1.0) } else { 1.3 };
    if afloat {
        let room = edge + water_side * (0.5 * beam + 0.4);
        stage.hero_lift = WATERLINE - BED_M - DRAUGHT_M;
        if (stage.hero.x - room) * water_side < 0.0 {
            stage.hero.x = room;
        }
    } else {
        let room = edge - water_side * 2.0;
        if (stage.hero.x - room) * water_side > 0.0 {
            stage.hero.x = room;
        }
    }
    let seed = stage.seed.child("quay").0 as u32;
    let quay = Ground::level(seed, 0.03);
    stage.set_ground(quay.plus(move |x, _| if (x - edge) * water_side > 0.0 { -3.0 } else { 0.0 }));
    let pave = stage.kind(match stage.world.materials.ground {
        MaterialKind::Sand | MaterialKind::Water | MaterialKind::Grass => MaterialKind::Cobblestone,
        kind => kind,
    });
    let bed = stage.kind(MaterialKind::Mud);
    add_ground(stage, GroundMesh::NEAR, move |x, _| if (x - edge) * water_side > 0.0 { bed } else { pave });
    water(stage, WATERLINE, 400.0);
    quay_edge(stage, edge, water_side);
    let width = 9.0 + 3.0 * stage.world.layout.scale;
    houses(stage, &d, edge, water_side, width);
    let mut plan = quay_plan(stage, edge, water_side, width);
    if afloat {
        stage.taken.take(stage.hero, 2.6);
    }
    ships(stage, edge, water_side, &mut plan);
    backdrop::hills(stage, 260.0, 24.0, false);
    if stage.skin.is_electric && stage.world.setting.genre != Genre::PostApocalyptic {
        cranes(stage, edge, water_side);
        backdrop::skyline(stage, 150.0, 14.0, 50.0, 10);
    } else {
        backdrop::lighthouse(stage, 120.0);
    }
    common::own_lamps(stage, &plan.lights.clone(), 6, 3.2);
    plan
}

/// A row of houses along a quay `width` metres wide whose edge lies at `edge`.
pub(super) fn houses(stage: &mut Stage, d: &Dialect, edge: f32, water_side: f32, width: f32) {
    let mut rng = stage.rng("quay houses");
    let mut z = 2.0;
    for k in 0..10u64 {
        let w = d.bay * (2 + rng.below(2)) as f32;
        let x = edge - water_side * (width + rng.range(0.0, 1.0));
        let (at, yaw) =
            if water_side > 0.0 { (Vec3::new(x, 0.0, z), FRAC_PI_2) } else { (Vec3::new(x, 0.0, z - w), -FRAC_PI_2) };
        let floors = d.floors[0] + rng.below((d.floors[1] - d.floors[0] + 1) as usize) as u32;
        building(
            stage,
            d,
            Plot {
                at,
                yaw,
                width: w,
                depth: 8.0,
                floors,
                seed: stage.seed.child("quay").index(k),
                shop: rng.chance(0.5),
            },
        );
        stage.taken.take_box(Vec2::new(x, z), Vec2::new(x - water_side * 8.0, z - w));
        z -= w + if rng.chance(d.gaps) { 1.2 } else { 0.0 };
    }
}

/// The stone edge of a quay with bollards, a ladder and fenders.
pub(super) fn quay_edge(stage: &mut Stage, edge: f32, side: f32) {
    let stone = stage.kind(MaterialKind::StoneBlock);
    let iron = stage.kind(MaterialKind::DarkMetal);
    let wood = stage.kind(MaterialKind::WoodBeam);
    let mut pen = Pen::new(stone);
    let mut rng = stage.rng("edge");
    let mut z = 6.0;
    while z > -90.0 {
        pen.mat(stone);
        let step = rng.signed() * 0.012;
        pen.block(Vec3::new(edge - side * 0.9, -0.5, z), Vec3::new(edge + side * 0.16, 0.13 + step, z - 1.97), 0.03);
        pen.block(Vec3::new(edge - side * 0.4, -3.2, z), Vec3::new(edge, -0.4, z - 2.0), 0.0);
        if rng.chance(0.35) {
            pen.mat(wood).add(&cylinder(0.14, 3.6, 8, 0.02).at(edge + side * 0.3, -3.2, z - 1.0));
        }
        z -= 2.0;
    }
    for k in 0..9 {
        let z = -3.4 - 6.5 * k as f32;
        pen.mat(iron).crease(60.0).add(&cylinder(0.17, 0.42, 12, 0.03).at(edge - side * 0.35, 0.1, z));
        pen.add(&cylinder(0.23, 0.12, 12, 0.04).at(edge - side * 0.35, 0.48, z)).crease(45.0);
    }
    stage.add(pen);
}

/// What runs along the houses of a quay stands so far before them, in metres.
const WALL_CLEAR_M: f32 = 0.7;

fn quay_plan(stage: &Stage, edge: f32, side: f32, width: f32) -> Plan {
    let mut plan = Plan::new(0.8, 7.0);
    let mut rng = stage.rng("quay spots");
    let eye = stage.view.eye();
    for k in 0..9 {
        let z = eye.y - 4.0 - 5.2 * k as f32;
        plan.lights.push(Spot::new(Vec2::new(edge - side * 1.3, z - 1.4), -side * FRAC_PI_2));
        plan.structures
            .push(Spot::new(Vec2::new(edge - side * (0.62 * width + rng.unit()), z - 2.0), side * FRAC_PI_2));
        // Nets dry and pipes run along the houses.
        plan.lines.push(Spot::new(Vec2::new(edge - side * (width - WALL_CLEAR_M), z - 1.0), side * FRAC_PI_2));
        plan.props.push(Spot::new(
            Vec2::new(edge - side * (0.85 * width + 0.4 * rng.unit()), z - 0.8),
            side * FRAC_PI_2 + rng.signed(),
        ));
        plan.props.push(Spot::new(Vec2::new(edge - side * rng.range(1.4, 2.6), z - 3.0), rng.range(0.0, 6.0)));
        let berth = Vec2::new(edge + side * rng.range(2.4, 4.0), z - 3.0 - 2.0 * k as f32);
        plan.berths.push(Spot { at: berth, yaw: rng.signed() * 0.12, lift: WATERLINE - BED_M - DRAUGHT_M });
    }
    plan.is_paved = true;
    plan.hero_yaw = hero_is(stage, &[AssetFamily::Boat]).then_some(0.35 * side);
    plan.scatter =
        Some(Scatter { half_width: width * 0.8, near: 2.6, far: 26.0, lane: 0.8, axis_x: -side * 0.4 * width });
    plan
}

/// Sailing ships at anchor: hulls, masts, yards and shrouds.
fn ships(stage: &mut Stage, edge: f32, side: f32, plan: &mut Plan) {
    let n = 3 + stage.world.layout.variant % 2;
    let mut rng = stage.rng("ships");
    for k in 0..n {
        let z = stage.view.eye().y - (stage.hero_depth() + 12.0).max(17.0) - 15.0 * k as f32;
        let x = edge + side * (5.5 + 2.2 * k as f32);
        let at = Vec2::new(x, z);
        plan.berths.retain(|b| b.at.distance(at) > 7.0);
        ship(stage, Vec3::new(x, WATERLINE, z), rng.signed() * 0.1, 1.0 + 0.18 * k as f32, k);
    }
}

/// Harbour cranes.
fn cranes(stage: &mut Stage, edge: f32, side: f32) {
    let steel = stage.kind(MaterialKind::PaintedMetal);
    let mut pen = Pen::new(steel);
    for k in 0..3 {
        let base = Vec3::new(edge - side * 2.0, 0.0, -34.0 - 17.0 * k as f32);
        for (dx, dz) in [(-2.5, -2.5), (2.5, -2.5), (-2.5, 2.5), (2.5, 2.5)] {
            pen.add(&beam(
                base + Vec3::new(dx, 0.0, dz),
                base + Vec3::new(0.6 * dx, 17.0, 0.6 * dz),
                Vec2::splat(0.45),
                0.03,
            ));
        }
        let top = base + Vec3::Y * 17.0;
        pen.block(top + Vec3::new(-2.2, 0.0, -2.2), top + Vec3::new(2.2, 2.4, 2.2), 0.1);
        let tip = top + Vec3::new(side * 14.0, 8.0, 3.0);
        pen.add(&beam(top + Vec3::Y * 2.0, tip, Vec2::new(0.6, 0.9), 0.05));
        pen.add(&rod(tip, tip - Vec3::Y * 12.0, 0.05, 4));
        pen.add(&rod(top + Vec3::Y * 6.0, tip, 0.05, 4)).add(&rod(top, top + Vec3::Y * 6.0, 0.15, 5));
    }
    stage.add(pen);
}
