//! A bay: a jetty and a pier that lead out among boats at their moorings, with a village on the headland.

use super::common::{self, hero_is, water};
use super::harbor::{BED_M, DRAUGHT_M, WATERLINE};
use super::ships::{ship, skiff};
use super::{Plan, Scatter, Spot};
use crate::arch::dialect;
use crate::backdrop;
use crate::ground::{Ground, GroundMesh, add_ground, smooth};
use crate::pen::Pen;
use crate::stage::{Stage, facing};
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{cone, cylinder};
use gesamt_mesh::shapes2::{beam, cable};
use gesamt_world::{AssetFamily, MaterialKind};
use glam::{Vec2, Vec3};
use std::f32::consts::{FRAC_PI_2, TAU};

/// Width of the jetty beside the way, and half the width of the pier that goes on from it.
const JETTY_M: f32 = 4.6;
const PIER_M: f32 = 1.15;
/// How far behind the camera the jetty begins.
const BEHIND_M: f32 = 9.0;

/// The planks that one can walk on, as seen from the camera.
#[derive(Clone, Copy, Debug)]
struct Jetty {
    eye: Vec2,
    /// +1 when the open water lies to the right.
    side: f32,
    /// The edge toward the subject, its end, and the end of the pier beyond.
    edge: f32,
    end: f32,
    tip: f32,
}

impl Jetty {
    /// True on the planks.
    fn holds(&self, x: f32, z: f32) -> bool {
        let (dx, ahead) = ((x - self.eye.x) * self.side, self.eye.y - z);
        let on_jetty = ahead < self.end && (-JETTY_M..self.edge).contains(&dx);
        let on_pier = ahead < self.tip && (self.edge - 2.0 * PIER_M..self.edge).contains(&dx);
        ahead > -BEHIND_M && (on_jetty || on_pier)
    }

    /// A point at `dx` toward the water and `ahead` of the camera.
    fn at(&self, dx: f32, ahead: f32) -> Vec2 {
        self.eye + Vec2::new(dx * self.side, -ahead)
    }
}

/// A bay with a pier.
pub(super) fn bay(stage: &mut Stage) -> Plan {
    let side = stage.world.camera.subject_x.signum();
    let afloat = hero_is(stage, &[AssetFamily::Boat, AssetFamily::Dock]);
    stage.aim(0.0, 0.5);
    let beam = stage
        .hero_slot()
        .and_then(|s| stage.slots[s].variants.first())
        .map_or(2.0, |v| v.bounds.size().x.min(v.bounds.size().z));
    let off = (stage.hero.x - stage.view.eye().x).abs();
    let depth = stage.hero_depth();
    let edge = if afloat { (off - 0.5 * beam - 0.5).clamp(0.75, 1.5) } else { off + 0.5 * beam + 0.6 };
    if afloat {
        stage.hero_lift = WATERLINE - BED_M - DRAUGHT_M;
        stage.hero.x = stage.view.eye().x + side * off.max(edge + 0.5 * beam + 0.45);
    }
    let jetty = Jetty { eye: stage.view.eye(), side, edge, end: depth + 2.5, tip: depth + 17.0 };
    land(stage, jetty);
    water(stage, WATERLINE, 400.0);
    stage.water_level = Some(WATERLINE);
    planks(stage, jetty);
    village(stage, side);
    if afloat {
        stage.taken.take(stage.hero, 2.6);
    }
    let mut plan = spots(stage, jetty);
    fleet(stage, jetty, &mut plan);
    piles(stage, jetty);
    backdrop::hills(stage, 280.0, 30.0, true);
    plan.hero_yaw = hero_is(stage, &[AssetFamily::Boat]).then_some(0.5 * side);
    common::own_lamps(stage, &plan.lights.clone(), 6, 2.6);
    plan
}

/// The headland on the side away from the subject, the bed, and the planks over it.
fn land(stage: &mut Stage, jetty: Jetty) {
    let seed = stage.seed.child("headland").0 as u32;
    let (side, eye) = (jetty.side, jetty.eye);
    let head = Ground::new(move |x, z| {
        let p = Vec2::new((x - eye.x) * side, eye.y - z);
        let n = 5.0 * fbm(Vec3::new(x, 0.0, z) * 0.05, 3, seed);
        // A long arm of land that comes in from the left and behind it higher ground.
        let shore = p.y - 46.0 + n + 0.55 * (p.x + 6.0).max(0.0).powf(1.25);
        let left = -p.x - 13.0 - 0.1 * p.y + 0.6 * n;
        let inland = shore.min(40.0).min(left * 0.9 + 14.0);
        let low = 3.4 * smooth(-6.0, 9.0, inland);
        BED_M + low + 15.0 * smooth(8.0, 46.0, inland) + 0.25 * fbm(Vec3::new(x, 3.0, z) * 0.3, 2, seed)
    });
    stage.set_ground(head.clone());
    let green = stage.skin.snow < 0.4;
    let bed = stage.kind(MaterialKind::Mud);
    let rock = stage.kind(MaterialKind::Rock);
    let grass = stage.kind(if green { MaterialKind::Grass } else { MaterialKind::Snow });
    let shape = head.clone();
    let cut = GroundMesh { half_width: 150.0, ahead: 170.0, behind: 14.0, cells: [150, 170] };
    add_ground(stage, cut, move |x, z| match shape.at(x, z) {
        y if y < WATERLINE - 0.3 => bed,
        y if y < 1.2 + 0.8 * fbm(Vec3::new(x, 0.0, z) * 0.3, 2, seed) => rock,
        _ => grass,
    });
    // Nothing grows on the planks.
    stage.grass.clear();
    stage.set_ground(Ground::new(move |x, z| if jetty.holds(x, z) { 0.0 } else { head.at(x, z).max(BED_M) }));
}

/// Planks across the jetty and the pier, on piles, with a rope along the pier's free side.
fn planks(stage: &mut Stage, jetty: Jetty) {
    let deck = stage.kind(MaterialKind::WoodPlank);
    let wood = stage.kind(MaterialKind::WoodBeam);
    let rope = stage.tinted(MaterialKind::Fabric, [0.24, 0.19, 0.12], 0.7);
    let mut rng = stage.rng("planks");
    let mut pen = Pen::new(deck);
    let mut ahead = -BEHIND_M;
    while ahead < jetty.tip {
        let inner = if ahead < jetty.end { -JETTY_M } else { jetty.edge - 2.0 * PIER_M };
        let [a, b] = [inner - 0.06 * rng.unit(), jetty.edge + 0.07 * rng.unit()].map(|x| jetty.eye.x + x * jetty.side);
        let (z, lift) = (jetty.eye.y - ahead, 0.012 * rng.signed());
        pen.block(Vec3::new(a, -0.07, z), Vec3::new(b, lift, z - 0.225), 0.008);
        ahead += 0.24;
    }
    pen.mat(wood);
    let edges =
        [(jetty.edge - 0.08, jetty.tip), (jetty.edge - 2.0 * PIER_M + 0.08, jetty.tip), (-JETTY_M + 0.08, jetty.end)];
    for (x, end) in edges {
        let [a, b] = [-BEHIND_M, end].map(|d| jetty.at(x, d)).map(|p| Vec3::new(p.x, -0.17, p.y));
        pen.add(&beam(a, b, Vec2::new(0.16, 0.2), 0.01));
        let mut d = 3.4;
        let mut last: Option<Vec3> = None;
        while d < end {
            let p = jetty.at(x, d);
            let high = rng.range(0.75, 1.0);
            pen.mat(wood).crease(60.0);
            pen.add(&cone(0.13, 0.11, high - BED_M + 0.3, 9).at(p.x, BED_M - 0.3, p.y)).crease(45.0);
            let top = Vec3::new(p.x, high - 0.12, p.y);
            if let Some(before) = last {
                pen.mat(rope).add(&cable(before, top, 0.24, 0.022, 10));
            }
            // The landing is open.
            last = (d > jetty.end || x < 0.0).then_some(top);
            d += 2.9;
        }
    }
    stage.add(pen);
}

/// Houses on the slope of the headland, turned to the water.
fn village(stage: &mut Stage, side: f32) {
    let mut d = dialect(stage.world);
    d.floors = [d.floors[0].clamp(1, 2), d.floors[1].clamp(2, 3)];
    let (ahead, right) = stage.view.axes();
    let eye = stage.view.eye();
    let mut rng = stage.rng("bay village");
    for k in 0..15u64 {
        let (row, column) = ((k / 5) as f32, (k % 5) as f32);
        let depth = 52.0 + 9.0 * row + 3.0 * column + rng.signed();
        let x = -side * (9.0 + 10.0 * column + 4.0 * (k / 5 % 2) as f32 + 2.0 * rng.signed());
        let at = eye + ahead * depth + right * x;
        if stage.ground.at(at.x, at.y) < 0.2 || !stage.taken.is_free(at, 4.5) {
            continue;
        }
        let toward = eye + ahead * (depth - 30.0) + right * (x + side * 14.0);
        let floors = d.floors[0] + rng.below((d.floors[1] - d.floors[0] + 1) as usize) as u32;
        super::settlement::house(stage, &d, at, toward, 2 + (k % 2) as u32, floors, stage.seed.child("bay").index(k));
    }
    backdrop::lighthouse(stage, 135.0);
}

fn spots(stage: &Stage, jetty: Jetty) -> Plan {
    let mut plan = Plan::new(0.7, 7.0);
    let mut rng = stage.rng("bay spots");
    let side = jetty.side;
    for k in 0..9 {
        let d = 3.6 + 2.7 * k as f32;
        let on_pier = d > jetty.end - 0.5;
        let inner = if on_pier { jetty.edge - 2.0 * PIER_M + 0.3 } else { -JETTY_M + 0.5 };
        plan.lights
            .push(Spot::new(jetty.at(if k % 2 == 0 { inner } else { jetty.edge - 0.35 }, d + 0.6), side * FRAC_PI_2));
        if !on_pier {
            plan.structures.push(Spot::new(jetty.at(inner + 0.7, d), side * FRAC_PI_2));
            plan.props.push(Spot::new(jetty.at(inner + rng.range(0.2, 1.6), d + 1.3), rng.range(0.0, TAU)));
            plan.props.push(Spot::new(jetty.at(inner + rng.range(0.2, 1.2), d + 0.3), rng.range(0.0, TAU)));
        }
        let berth = jetty.at(jetty.edge + rng.range(2.2, 5.0), d + 4.0 + 2.0 * k as f32);
        plan.berths.push(Spot { at: berth, yaw: 0.4 * rng.signed(), lift: WATERLINE - BED_M - DRAUGHT_M });
    }
    let tip = jetty.at(jetty.edge - PIER_M, jetty.tip - 0.8);
    plan.lights.insert(0, Spot::new(tip, facing(tip, jetty.eye)));
    plan.is_paved = true;
    let middle = 0.5 * (jetty.edge - JETTY_M);
    let half_width = 0.5 * (jetty.edge + JETTY_M) - 0.2;
    plan.scatter = Some(Scatter { half_width, near: 2.6, far: jetty.end, lane: 0.5, axis_x: middle * side });
    plan
}

/// Ships at anchor and small boats at moorings all over the bay.
fn fleet(stage: &mut Stage, jetty: Jetty, plan: &mut Plan) {
    let mut rng = stage.rng("fleet");
    let depth = stage.hero_depth();
    for (k, (dx, d, s)) in
        [(-15.0, 34.0, 0.8), (12.0, 44.0, 0.95), (3.0, 64.0, 0.8), (24.0, 70.0, 1.1)].into_iter().enumerate()
    {
        let at = jetty.at(dx + 2.0 * rng.signed(), depth + d - 12.0);
        let berths = &mut plan.berths;
        berths.retain(|b| b.at.distance(at) > 8.0);
        if stage.ground.at(at.x, at.y) < WATERLINE - 0.8 {
            ship(stage, Vec3::new(at.x, WATERLINE, at.y), rng.range(0.6, 2.4), s, k as u32);
        }
    }
    for k in 0..16u32 {
        let (dx, d) = (rng.range(-14.0, 17.0), rng.range(8.0, 46.0));
        let at = jetty.at(dx, d);
        let is_clear = !jetty.holds(at.x + 1.6, at.y) && !jetty.holds(at.x - 1.6, at.y);
        let is_deep = stage.ground.at(at.x, at.y) < WATERLINE - 0.4;
        if is_clear && is_deep && stage.may_stand(at, 2.3, 1.4 - WATERLINE) {
            skiff(stage, Vec3::new(at.x, WATERLINE, at.y), rng.range(0.0, TAU), rng.range(0.8, 1.15), k);
            stage.taken.take(at, 2.4);
        }
    }
}

/// Mooring piles in threes, and buoys.
fn piles(stage: &mut Stage, jetty: Jetty) {
    let wood = stage.kind(MaterialKind::WoodBeam);
    let iron = stage.kind(MaterialKind::DarkMetal);
    let red = stage.tinted(MaterialKind::PaintedMetal, stage.skin.accent, 0.85);
    let mut rng = stage.rng("piles");
    let mut pen = Pen::new(wood);
    pen.crease(60.0);
    for k in 0..12 {
        let at = jetty.at(rng.range(-12.0, 14.0), rng.range(7.0, 40.0));
        if jetty.holds(at.x, at.y) || !stage.may_stand(at, 0.6, 2.0) || stage.ground.at(at.x, at.y) > WATERLINE {
            continue;
        }
        if k % 3 == 2 {
            pen.mat(red).add(&cylinder(0.42, 0.4, 14, 0.06).at(at.x, WATERLINE - 0.15, at.y));
            pen.add(&cone(0.26, 0.08, 0.9, 10).at(at.x, WATERLINE + 0.25, at.y));
        } else {
            let high = rng.range(1.1, 1.9);
            for i in 0..3 {
                let q = Vec2::from_angle(TAU * i as f32 / 3.0) * 0.17;
                let foot = Vec3::new(at.x + 2.4 * q.x, BED_M, at.y + 2.4 * q.y);
                let top = Vec3::new(at.x + q.x, high - 0.12 * i as f32, at.y + q.y);
                pen.mat(wood).add(&gesamt_mesh::shapes2::rod(foot, top, 0.14, 8));
            }
            pen.mat(iron).add(&cylinder(0.37, 0.09, 14, 0.01).at(at.x, high - 0.62, at.y));
        }
        stage.taken.take(at, 0.6);
    }
    stage.add(pen);
}
