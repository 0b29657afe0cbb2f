//! An inner basin: still water between rows of warehouses, a crane over it and a bridge at its end.

use super::common::{self, hero_is, water};
use super::harbor::{BED_M, DRAUGHT_M, WATERLINE, houses, quay_edge};
use super::ships::skiff;
use super::{Plan, Scatter, Spot};
use crate::arch::dialect;
use crate::backdrop;
use crate::ground::{Ground, GroundMesh, add_ground};
use crate::pen::Pen;
use crate::stage::Stage;
use gesamt_mesh::shapes::{cylinder, standing_box};
use gesamt_mesh::shapes2::{beam, extrude, hoop, rod};
use gesamt_world::{AssetFamily, MaterialKind};
use glam::{Vec2, Vec3};
use std::f32::consts::{FRAC_PI_2, PI, TAU};

/// Width of the quay on the far side.
const FAR_QUAY_M: f32 = 3.4;

/// The basin along −Z: the near edge, the far edge, and the side on which the water lies.
#[derive(Clone, Copy, Debug)]
struct Basin {
    near: f32,
    far: f32,
    side: f32,
    /// Depth of its end.
    end: f32,
}

impl Basin {
    fn is_wet(&self, x: f32) -> bool {
        (x - self.near) * self.side > 0.0 && (x - self.far) * self.side < 0.0
    }
}

/// A basin between warehouses.
pub(super) fn basin(stage: &mut Stage) -> Plan {
    let mut d = dialect(stage.world);
    d.floors = [d.floors[0].clamp(3, 5), d.floors[1].clamp(4, 6)];
    d.gaps = 0.0;
    let subject = stage.world.camera.subject_x.signum();
    let afloat = hero_is(stage, &[AssetFamily::Boat, AssetFamily::Dock]);
    let side = if afloat { subject } else { -subject };
    stage.aim(-0.4 * side, if afloat { 0.1 } else { 0.55 });
    let slot = stage.hero_slot().and_then(|s| stage.slots[s].variants.first());
    let beam = slot.map_or(2.0, |v| v.bounds.size().x.min(v.bounds.size().z));
    let eye = stage.view.eye();
    let off = (stage.hero.x - eye.x).abs();
    let near = eye.x + side * if afloat { (off - 0.5 * beam - 0.5).clamp(0.6, 1.3) } else { 1.4 };
    if afloat {
        stage.hero_lift = WATERLINE - BED_M - DRAUGHT_M;
        stage.hero.x = eye.x + side * off.max((near - eye.x).abs() + 0.5 * beam + 0.45);
    } else if (stage.hero.x - near) * side > -1.6 {
        stage.hero.x = near - side * 1.6;
    }
    let wide = 10.5 + 3.0 * stage.world.layout.scale;
    let basin = Basin { near, far: near + side * wide, side, end: stage.hero_depth() + 26.0 };
    let seed = stage.seed.child("quay").0 as u32;
    stage.set_ground(Ground::level(seed, 0.02).plus(move |x, _| if basin.is_wet(x) { BED_M } else { 0.0 }));
    let pave = stage.kind(match stage.world.materials.ground {
        MaterialKind::Sand | MaterialKind::Water | MaterialKind::Grass => MaterialKind::Cobblestone,
        kind => kind,
    });
    let bed = stage.kind(MaterialKind::Mud);
    add_ground(stage, GroundMesh::NEAR, move |x, _| if basin.is_wet(x) { bed } else { pave });
    water(stage, WATERLINE, 300.0);
    stage.water_level = Some(WATERLINE);
    quay_edge(stage, basin.near, side);
    quay_edge(stage, basin.far, -side);
    let width = 6.6 + 2.0 * stage.world.layout.scale;
    houses(stage, &d, basin.near, side, width);
    houses(stage, &d, basin.far, -side, FAR_QUAY_M);
    end(stage, basin);
    crane(stage, basin);
    backdrop::behind(stage, 130.0);
    let mut plan = spots(stage, basin, width);
    if afloat {
        stage.taken.take(stage.hero, 2.6);
    }
    barges(stage, basin, &mut plan);
    common::own_lamps(stage, &plan.lights.clone(), 7, 3.0);
    plan
}

/// An arched bridge across the end of the basin and a house with a tower behind it.
fn end(stage: &mut Stage, basin: Basin) {
    let stone = stage.kind(stage.world.materials.primary);
    let rail = stage.kind(MaterialKind::DarkMetal);
    let z = stage.view.eye().y - basin.end;
    let (middle, half) = (0.5 * (basin.near + basin.far), 0.5 * (basin.far - basin.near).abs() + 0.4);
    let rise = 2.6;
    let arc = |t: f32| Vec2::new(half * (1.0 - 2.0 * t), -0.4 + rise * (PI * t).sin());
    let mut outline: Vec<Vec2> = (0..=20).map(|i| arc(1.0 - i as f32 / 20.0)).collect();
    outline.extend([Vec2::new(half, -3.2), Vec2::new(half + 2.0, -3.2), Vec2::new(half + 2.0, 0.1)]);
    outline.extend(
        (0..=12)
            .map(|i| i as f32 / 12.0)
            .map(|t| Vec2::new((half + 2.0) * (1.0 - 2.0 * t), 0.1 + (rise + 0.35) * (PI * t).sin())),
    );
    outline.extend([Vec2::new(-half - 2.0, -3.2), Vec2::new(-half, -3.2)]);
    let mut pen = Pen::new(stone);
    pen.placed(Vec3::new(middle, 0.0, z), 0.0, |p| {
        p.add(&extrude(&outline, 3.2, 0.0));
        p.mat(rail);
        for k in 0..24 {
            let [a, b] = [k, k + 1]
                .map(|i| i as f32 / 24.0)
                .map(|t| Vec3::new((half + 2.0) * (1.0 - 2.0 * t), 0.1 + (rise + 0.35) * (PI * t).sin(), 1.5));
            p.add(&rod(a, a + Vec3::Y * 1.0, 0.03, 5));
            p.add(&beam(a + Vec3::Y, b + Vec3::Y, Vec2::splat(0.07), 0.0));
        }
    });
    stage.add(pen);
    let mut d = dialect(stage.world);
    d.floors = [4, 6];
    let at = Vec2::new(middle, z - 12.0);
    super::settlement::house(stage, &d, at, Vec2::new(middle, z), 5, 5, stage.seed.child("end"));
}

/// A crane on the far quay that holds a load over the water: a wooden one with a tread wheel, or one of steel.
fn crane(stage: &mut Stage, basin: Basin) {
    let is_steel = stage.skin.is_electric;
    let frame = if is_steel {
        stage.tinted(MaterialKind::PaintedMetal, stage.skin.accent, 0.6)
    } else {
        stage.kind(MaterialKind::WoodBeam)
    };
    let dark = stage.kind(MaterialKind::DarkMetal);
    let goods = stage.kind(MaterialKind::WoodPlank);
    let depth = stage.hero_depth() + 7.0;
    let at = Vec2::new(basin.far + basin.side * 1.5, stage.view.eye().y - depth);
    let grow = if is_steel { 1.35 } else { 1.0 };
    let mut pen = Pen::new(frame);
    pen.placed(stage.on_ground(at), if basin.side > 0.0 { PI } else { 0.0 }, |p| {
        // In this frame the water lies toward +X.
        let top = 6.2 * grow;
        for (x, z) in [(-1.1, -1.1), (1.1, -1.1), (-1.1, 1.1), (1.1, 1.1)] {
            p.add(&beam(Vec3::new(x, -0.1, z), Vec3::new(0.7 * x, top, 0.7 * z), Vec2::splat(0.3), 0.02));
        }
        for k in 0..4 {
            let (y, q) = (top * (0.2 + 0.25 * k as f32), 1.05 - 0.08 * k as f32);
            for z in [-q, q] {
                p.add(&beam(Vec3::new(-q, y, z), Vec3::new(q, y + 0.22 * top, z), Vec2::splat(0.16), 0.0));
            }
        }
        p.block(Vec3::new(-1.6, top, -1.3), Vec3::new(1.5, top + 1.9, 1.3), 0.05);
        let roof = [Vec2::new(-1.7, 0.0), Vec2::new(1.7, 0.0), Vec2::new(0.0, 1.5)];
        p.mat(dark).placed(Vec3::new(0.0, top + 1.9, 0.0), FRAC_PI_2, |p| {
            p.add(&extrude(&roof, 3.6, 0.0));
        });
        let tip = Vec3::new(6.8 * grow, top + 4.6 * grow, 0.0);
        p.mat(frame);
        for z in [-0.5f32, 0.5] {
            p.add(&beam(Vec3::new(0.6, top + 0.6, z), tip, Vec2::splat(0.24), 0.02));
            p.add(&rod(Vec3::new(-1.0, top + 3.2, z), tip, 0.035, 5));
        }
        for k in 1..7 {
            let q = Vec3::new(0.6, top + 0.6, 0.0).lerp(tip, k as f32 / 7.0);
            let w = 0.5 * (1.0 - k as f32 / 7.0);
            p.add(&rod(q - Vec3::Z * w, q + Vec3::Z * w, 0.06, 5));
        }
        if !is_steel {
            for x in [-0.25f32, 0.25] {
                let turn = glam::Affine3A::from_rotation_translation(
                    glam::Quat::from_rotation_z(FRAC_PI_2),
                    Vec3::new(x, 2.4, 1.9),
                );
                p.add(&hoop(1.75, 0.16, 0.14, 28).transformed(turn));
            }
            for k in 0..8 {
                let e = Vec2::from_angle(TAU * k as f32 / 8.0) * 1.8;
                let hub = Vec3::new(0.0, 2.4, 1.9);
                p.add(&beam(hub, hub + Vec3::new(0.0, e.x, e.y), Vec2::splat(0.1), 0.0));
                p.block(
                    hub + Vec3::new(-0.3, e.x - 0.05, e.y - 0.05),
                    hub + Vec3::new(0.3, e.x + 0.05, e.y + 0.05),
                    0.0,
                );
            }
        }
        let load = Vec3::new(tip.x, 3.0, 0.0);
        p.mat(dark).add(&rod(tip, load + Vec3::Y * 1.9, 0.03, 5));
        p.add(&cylinder(0.16, 0.3, 10, 0.02).at(load.x, load.y + 1.7, load.z));
        for (x, z) in [(-0.6, -0.45), (0.6, -0.45), (-0.6, 0.45), (0.6, 0.45)] {
            p.add(&rod(load + Vec3::Y * 1.75, load + Vec3::new(x, 0.9, z), 0.015, 4));
        }
        p.mat(goods).add(&standing_box(Vec3::new(1.3, 0.95, 1.0), 0.03).at(load.x, load.y, load.z));
    });
    stage.add(pen);
    stage.taken.take(at, 1.9);
}

fn spots(stage: &Stage, basin: Basin, width: f32) -> Plan {
    let Basin { near, far, side, .. } = basin;
    let mut plan = Plan::new(0.7, 6.0);
    let mut rng = stage.rng("basin spots");
    let eye = stage.view.eye();
    for k in 0..9 {
        let z = eye.y - 3.8 - 3.6 * k as f32;
        plan.lights.push(Spot::new(Vec2::new(near - side * 1.2, z - 1.4), -side * FRAC_PI_2));
        plan.lights.push(Spot::new(Vec2::new(far + side * 0.9, z - 3.0), side * FRAC_PI_2));
        plan.structures.push(Spot::new(Vec2::new(near - side * (0.7 * width + rng.unit()), z - 2.0), side * FRAC_PI_2));
        plan.structures.push(Spot::new(Vec2::new(far + side * 2.0, z - 1.0), -side * FRAC_PI_2));
        let at = Vec2::new(near - side * (0.85 * width + 0.4 * rng.unit()), z - 0.8);
        plan.props.push(Spot::new(at, side * FRAC_PI_2 + rng.signed()));
        plan.props.push(Spot::new(Vec2::new(near - side * rng.range(1.4, 2.4), z - 2.6), rng.range(0.0, TAU)));
        plan.props.push(Spot::new(Vec2::new(far + side * rng.range(1.0, 2.0), z - 2.0), rng.range(0.0, TAU)));
        let berth = Vec2::new(near + side * rng.range(2.2, 8.0), z - 3.0 - 1.5 * k as f32);
        plan.berths.push(Spot { at: berth, yaw: 0.15 * rng.signed(), lift: WATERLINE - BED_M - DRAUGHT_M });
    }
    plan.is_paved = true;
    plan.hero_yaw = hero_is(stage, &[AssetFamily::Boat]).then_some(0.3 * side);
    let axis_x = near - eye.x - side * 0.45 * width;
    plan.scatter = Some(Scatter { half_width: 0.42 * width, near: 2.6, far: 22.0, lane: 0.6, axis_x });
    plan
}

/// Laden barges along the far quay and small boats.
fn barges(stage: &mut Stage, basin: Basin, plan: &mut Plan) {
    let hull = stage.kind(MaterialKind::DarkMetal);
    let hold = stage.kind(MaterialKind::WoodPlank);
    let sacks = stage.tinted(MaterialKind::Fabric, [0.42, 0.36, 0.26], 0.7);
    let mut rng = stage.rng("barges");
    for k in 0..3u32 {
        let z = stage.view.eye().y - stage.hero_depth() - 1.0 - 10.5 * k as f32;
        let at = Vec2::new(basin.far - basin.side * 1.9, z);
        plan.berths.retain(|b| b.at.distance(at) > 5.5);
        let mut pen = Pen::new(hull);
        pen.placed(Vec3::new(at.x, WATERLINE, z), 0.03 * rng.signed(), |p| {
            let deck =
                [(-1.25, 3.2), (0.0, 4.3), (1.25, 3.2), (1.25, -4.0), (-1.25, -4.0)].map(|(x, z)| Vec2::new(x, -z));
            p.add(&gesamt_mesh::shapes::prism(&deck, 1.0, 0.05).at(0.0, -0.35, 0.0));
            p.mat(hold).block(Vec3::new(-1.05, 0.6, -3.6), Vec3::new(1.05, 0.95, 1.6), 0.03);
            p.block(Vec3::new(-0.9, 0.6, 1.9), Vec3::new(0.9, 1.9, 3.4), 0.05);
            p.mat(sacks);
            for i in 0..9 {
                let q = Vec3::new(0.6 * ((i % 3) as f32 - 1.0), 0.95, -2.9 + 1.5 * (i / 3) as f32);
                p.add(&standing_box(Vec3::new(0.55, rng.range(0.35, 0.7), 0.9), 0.14).at(q.x, q.y, q.z));
            }
        });
        stage.add(pen);
    }
    for k in 0..5u32 {
        let at = Vec2::new(basin.near + basin.side * rng.range(1.6, 6.0), stage.view.eye().y - rng.range(9.0, 34.0));
        if stage.may_stand(at, 2.2, 1.3 - WATERLINE) {
            skiff(stage, Vec3::new(at.x, WATERLINE, at.y), 0.25 * rng.signed(), rng.range(0.8, 1.0), k);
            stage.taken.take(at, 2.3);
        }
    }
}
