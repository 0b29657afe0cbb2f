//! Mills: what turns in the wind over a farm depends on who built it.

use std::f32::consts::FRAC_PI_2;

use gesamt_mesh::shapes::{cone, cylinder, lathe, standing_box};
use gesamt_mesh::shapes2::{beam, extrude, rod};
use gesamt_world::{Genre, MaterialKind};
use glam::{Vec2, Vec3};

use super::choice::choose;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;

/// Height of a turbine's hub, reach of its blades and distance of the nearest, in metres.
const TURBINE_HUB_M: f32 = 22.0;
const BLADE_M: f32 = 9.6;
const TURBINE_FROM_M: f32 = 78.0;

/// A kind of mill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mill {
    /// A round tower of masonry under a cap.
    Tower,
    /// A boarded house that turns on a post.
    Post,
    /// Eight boarded sides over a gallery.
    Smock,
    /// A wheel of vanes on a lattice mast, which pumps water.
    Pump,
    /// Slender masts with three blades.
    Turbine,
}

/// Sails: how many, how long, and how fast they turn against the sails of a tower mill.
struct Sails {
    n: u32,
    reach: f32,
    pace: f32,
}

/// Puts up the mill of the world's genre at a point of the plan.
pub(super) fn mill(stage: &mut Stage, at: Vec2) {
    use Genre::*;
    let kinds: &[(Mill, f32)] = match stage.world.setting.genre {
        Western => &[(Mill::Pump, 1.0)],
        PostApocalyptic | Industrial => &[(Mill::Pump, 2.0), (Mill::Turbine, 0.7)],
        Modern | Noir => &[(Mill::Pump, 1.0), (Mill::Turbine, 0.8), (Mill::Tower, 0.4)],
        ScienceFiction | Cyberpunk | Solarpunk => &[(Mill::Turbine, 1.0)],
        Nautical | Steampunk => &[(Mill::Smock, 2.0), (Mill::Tower, 0.7)],
        Ancient => &[(Mill::Tower, 1.0)],
        _ => &[(Mill::Post, 1.2), (Mill::Tower, 1.0), (Mill::Smock, 1.0)],
    };
    match choose(stage, "mill", kinds) {
        Mill::Tower => tower(stage, at),
        Mill::Post => post(stage, at),
        Mill::Smock => smock(stage, at),
        Mill::Pump => pump(stage, at),
        Mill::Turbine => {
            // A row that leads away, far enough to be seen whole.
            let across = stage.view.local(at);
            let side = (across.1 / across.0 / stage.view.half_width).clamp(-0.6, 0.6);
            for (k, x) in [0.0f32, -0.24, 0.2, -0.42].into_iter().enumerate() {
                turbine(stage, stage.view.point(side + x, TURBINE_FROM_M + 22.0 * k as f32), TURBINE_HUB_M);
            }
        }
    }
}

fn tower(stage: &mut Stage, at: Vec2) {
    let wall = stage.kind(MaterialKind::Plaster);
    let wood = stage.kind(MaterialKind::WoodBeam);
    let base = stage.on_ground(at);
    let mut pen = Pen::new(wall);
    pen.crease(70.0).add(&cone(3.6, 2.3, 11.0, 20).at(base.x, base.y - 0.5, base.z));
    pen.mat(wood).add(&cone(2.7, 0.3, 3.0, 20).at(base.x, base.y + 10.4, base.z));
    pen.crease(45.0);
    openings(&mut pen, wood, base, &[(0.9, 3.4), (4.6, 3.0), (7.6, 2.7)]);
    let hub = base + Vec3::new(0.0, 11.2, 2.9);
    pen.add(&rod(hub - Vec3::Z * 2.5, hub + Vec3::Z * 0.2, 0.22, 8));
    stage.add(pen);
    sails(stage, hub, &Sails { n: 4, reach: 8.2, pace: 1.0 });
}

/// A door and windows up the front of a mill: heights and distances from its axis.
fn openings(pen: &mut Pen, frame: u32, base: Vec3, places: &[(f32, f32)]) {
    pen.mat(frame);
    for (k, &(y, z)) in places.iter().enumerate() {
        let (w, h) = if k == 0 { (0.6, 2.1) } else { (0.36, 0.9) };
        let low = base + Vec3::new(-w, y - 0.9, z - 0.7);
        pen.block(low, low + Vec3::new(2.0 * w, h, 0.85), 0.02);
    }
}

fn post(stage: &mut Stage, at: Vec2) {
    let boards = stage.kind(MaterialKind::WoodPlank);
    let wood = stage.kind(MaterialKind::WoodBeam);
    let roof = stage.kind(MaterialKind::Shingle);
    let base = stage.on_ground(at);
    let mut pen = Pen::new(wood);
    pen.placed(base, 0.0, |p| {
        p.add(&rod(Vec3::Y * -0.3, Vec3::Y * 4.2, 0.4, 10));
        for k in 0..4 {
            let e = Vec2::from_angle(0.78 + k as f32 * FRAC_PI_2) * 2.6;
            let foot = Vec3::new(e.x, 0.1, e.y);
            p.add(&beam(foot, Vec3::Y * 3.4, Vec2::new(0.28, 0.28), 0.03));
            p.add(&beam(foot - Vec3::new(e.x, 0.0, e.y), foot, Vec2::new(0.34, 0.3), 0.03));
        }
        p.mat(boards).block(Vec3::new(-1.9, 4.0, -2.6), Vec3::new(1.9, 9.4, 2.2), 0.04);
        p.mat(roof);
        let gable = [Vec2::new(-2.2, 9.3), Vec2::new(2.2, 9.3), Vec2::new(0.9, 11.4), Vec2::new(-0.9, 11.4)];
        p.add(&extrude(&gable, 5.3, 0.0).at(0.0, 0.0, -0.2));
        // A stair and the pole by which it is turned.
        p.mat(wood).add(&beam(Vec3::new(0.0, 4.0, -2.6), Vec3::new(0.0, 0.6, -8.4), Vec2::new(0.22, 0.22), 0.02));
        for s in [-1.5f32, 1.5] {
            p.add(&beam(Vec3::new(s, 4.1, -2.6), Vec3::new(s, 0.1, -5.6), Vec2::new(0.1, 0.24), 0.02));
        }
        for k in 0..9 {
            let t = (k as f32 + 0.5) / 9.0;
            let step = Vec3::new(0.0, 4.0 - 3.9 * t, -2.7 - 2.8 * t);
            p.block(step - Vec3::new(1.5, 0.04, 0.13), step + Vec3::new(1.5, 0.02, 0.13), 0.0);
        }
        for x in [-1.9f32, -0.7, 0.7, 1.9] {
            p.block(Vec3::new(x - 0.09, 4.0, 2.15), Vec3::new(x + 0.09, 9.3, 2.28), 0.01);
        }
        p.block(Vec3::new(-0.35, 5.6, 2.15), Vec3::new(0.35, 6.5, 2.3), 0.02);
    });
    let hub = base + Vec3::new(0.0, 8.6, 2.9);
    pen.add(&rod(hub - Vec3::Z * 1.5, hub + Vec3::Z * 0.2, 0.24, 8));
    stage.add(pen);
    sails(stage, hub, &Sails { n: 4, reach: 7.4, pace: 1.0 });
}

fn smock(stage: &mut Stage, at: Vec2) {
    let brick = stage.kind(MaterialKind::Brick);
    let boards = stage.tinted(MaterialKind::WoodPlank, mix(stage.skin.shadow, [0.16, 0.14, 0.12], 0.6), 0.6);
    let white = stage.tinted(MaterialKind::WoodBeam, [0.7, 0.68, 0.62], 0.7);
    let cap = stage.kind(MaterialKind::Shingle);
    let base = stage.on_ground(at);
    let mut pen = Pen::new(brick);
    pen.placed(base, 0.39, |p| {
        p.add(&cone(3.5, 3.3, 3.8, 8).at(0.0, -0.4, 0.0));
        p.mat(boards).add(&cone(3.3, 1.9, 8.2, 8).at(0.0, 3.4, 0.0));
        p.mat(white).add(&cylinder(4.9, 0.16, 8, 0.03).at(0.0, 3.4, 0.0));
        for k in 0..16 {
            let e = Vec2::from_angle(k as f32 * FRAC_PI_2 / 4.0) * 4.6;
            p.add(&rod(Vec3::new(e.x, 3.5, e.y), Vec3::new(e.x, 4.5, e.y), 0.06, 5));
            if k % 2 == 0 {
                let foot = Vec3::new(0.74 * e.x, 1.9, 0.74 * e.y);
                p.add(&beam(foot, Vec3::new(0.98 * e.x, 3.4, 0.98 * e.y), Vec2::new(0.14, 0.14), 0.01));
            }
        }
        p.add(&gesamt_mesh::shapes2::torus(4.6, 0.06, 16, 5).at(0.0, 4.5, 0.0));
        for k in 0..8 {
            let e = Vec2::from_angle(k as f32 * FRAC_PI_2 / 2.0);
            let (a, b) = (Vec3::new(3.3 * e.x, 3.6, 3.3 * e.y), Vec3::new(1.92 * e.x, 11.6, 1.92 * e.y));
            p.add(&rod(a, b, 0.12, 5));
        }
        p.mat(cap).crease(70.0);
        let dome = [(2.3, 0.0), (2.25, 0.7), (1.7, 1.7), (0.8, 2.4), (0.0, 2.6)].map(|(r, y)| Vec2::new(r, y));
        p.add(&lathe(&dome, 16).at(0.0, 11.5, 0.0)).crease(45.0);
    });
    openings(&mut pen, white, base, &[(0.9, 3.5), (6.4, 2.75), (9.0, 2.35)]);
    let hub = base + Vec3::new(0.0, 12.2, 2.7);
    pen.mat(white).add(&rod(hub - Vec3::Z * 2.2, hub + Vec3::Z * 0.2, 0.24, 8));
    // The fantail that keeps it in the wind.
    pen.add(&rod(hub - Vec3::Z * 2.2, hub + Vec3::new(0.0, 0.8, -5.6), 0.12, 6));
    stage.add(pen);
    sails(stage, hub, &Sails { n: 4, reach: 8.0, pace: 1.0 });
}

/// Latticed sails with cloth about a hub.
fn sails(stage: &mut Stage, hub: Vec3, sails: &Sails) {
    let wood = stage.kind(MaterialKind::WoodBeam);
    let cloth = stage.tinted(MaterialKind::Fabric, [0.7, 0.66, 0.56], 0.7);
    let mut pen = Pen::new(wood);
    for k in 0..sails.n {
        let a = 0.35 + k as f32 * 2.0 * std::f32::consts::PI / sails.n as f32;
        let (dir, side) = (Vec3::new(a.cos(), a.sin(), 0.0), Vec3::new(-a.sin(), a.cos(), 0.0));
        pen.mat(wood).add(&beam(Vec3::ZERO, dir * sails.reach, Vec2::new(0.2, 0.2), 0.02));
        let n = (sails.reach / 0.8) as u32 - 1;
        for r in 0..n {
            let p = dir * (1.6 + (sails.reach - 1.8) * r as f32 / n as f32);
            pen.add(&rod(p, p + side * 1.7, 0.04, 4));
        }
        pen.add(&rod(dir * 1.6 + side * 1.7, dir * sails.reach + side * 1.7, 0.05, 4));
        let (a, b) = (dir * 2.2, dir * (sails.reach - 0.2));
        pen.mat(cloth).quad([a, b, b + side * 1.6, a + side * 1.6]);
    }
    stage.add_turning(pen, hub, sails.pace * turns(stage));
}

/// Turns a second of a tower mill in the world's wind.
fn turns(stage: &Stage) -> f32 {
    (0.03 + 0.012 * stage.world.weather.wind_mps).min(0.22)
}

fn pump(stage: &mut Stage, at: Vec2) {
    let steel = stage.kind(MaterialKind::RustedMetal);
    let vane = stage.tinted(MaterialKind::PaintedMetal, mix(stage.skin.accent, [0.5, 0.46, 0.4], 0.65), 0.6);
    let wood = stage.kind(MaterialKind::WoodPlank);
    let base = stage.on_ground(at);
    let (height, foot, head) = (11.5, 1.7, 0.22);
    let mut pen = Pen::new(steel);
    pen.placed(base, 0.3, |p| {
        let corner = |k: usize, t: f32| {
            let r = foot + (head - foot) * t;
            let (sx, sz) = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)][k % 4];
            Vec3::new(sx * r, height * t, sz * r)
        };
        for k in 0..4 {
            p.add(&rod(corner(k, 0.0) - Vec3::Y * 0.3, corner(k, 1.0), 0.075, 6));
            for i in 0..6 {
                let (a, b) = (i as f32 / 6.0, (i + 1) as f32 / 6.0);
                p.add(&rod(corner(k, b), corner(k + 1, b), 0.04, 4));
                p.add(&rod(corner(k, a), corner(k + 1, b), 0.028, 4));
                p.add(&rod(corner(k + 1, a), corner(k, b), 0.028, 4));
            }
        }
        p.add(&rod(Vec3::ZERO, Vec3::Y * height, 0.05, 5));
        p.mat(wood).block(Vec3::new(-0.8, height - 1.3, -0.8), Vec3::new(0.8, height - 1.2, 0.8), 0.01);
        // The trough that it fills.
        p.placed(Vec3::new(2.9, 0.0, 1.2), 0.5, |p| {
            p.add(&standing_box(Vec3::new(2.6, 0.7, 1.1), 0.03));
        });
    });
    let hub = base + Vec3::new(0.0, height + 0.5, 0.9);
    pen.mat(steel).add(&rod(hub - Vec3::Z * 3.2, hub, 0.09, 6));
    let tail = hub - Vec3::Z * 3.2;
    pen.mat(vane).add(&gesamt_mesh::shapes2::beam(tail - Vec3::Z * 1.5, tail, Vec2::new(0.05, 1.5), 0.0));
    stage.add(pen);
    let mut pen = Pen::new(vane);
    for k in 0..18 {
        let a = k as f32 * std::f32::consts::TAU / 18.0;
        let (dir, side) = (Vec3::new(a.cos(), a.sin(), 0.0), Vec3::new(-a.sin(), a.cos(), 0.0));
        let twist = |r: f32, s: f32| dir * r + side * s * 0.16 * r + Vec3::Z * s * 0.1 * r;
        pen.quad([twist(0.7, -0.9), twist(2.2, -0.9), twist(2.2, 0.9), twist(0.7, 0.9)]);
    }
    pen.mat(steel).add(&cylinder(0.3, 0.3, 10, 0.02).transformed(glam::Affine3A::from_rotation_x(FRAC_PI_2)));
    stage.add_turning(pen, hub, 2.5 * turns(stage));
}

fn turbine(stage: &mut Stage, at: Vec2, height: f32) {
    let white = stage.tinted(MaterialKind::PaintedMetal, [0.74, 0.75, 0.76], 0.85);
    let base = stage.on_ground(at);
    let mut pen = Pen::new(white);
    pen.crease(70.0).add(&cone(1.0, 0.5, height + 0.6, 18).at(base.x, base.y - 0.6, base.z)).crease(45.0);
    let top = base + Vec3::Y * height;
    pen.block(top + Vec3::new(-0.6, -0.4, -2.4), top + Vec3::new(0.6, 0.8, 1.1), 0.2);
    stage.add(pen);
    let hub = top + Vec3::new(0.0, 0.2, 1.5);
    let mut pen = Pen::new(white);
    let turn = at.x * 0.7;
    for k in 0..3 {
        let a = turn + k as f32 * std::f32::consts::TAU / 3.0;
        let dir = Vec3::new(a.cos(), a.sin(), 0.0);
        for (t0, t1, w) in [(0.0, 0.3, 0.8), (0.3, 0.66, 0.6), (0.66, 1.0, 0.36)] {
            let (r0, r1) = (t0 * BLADE_M, t1 * BLADE_M);
            pen.add(&beam(dir * r0, dir * (r1 + 0.05), Vec2::new(0.16, w), 0.02));
        }
    }
    pen.crease(70.0).add(&gesamt_mesh::shapes::sphere(0.75, 8, 12)).crease(45.0);
    stage.add_turning(pen, hub, 0.8 * turns(stage));
}
