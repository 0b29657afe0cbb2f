//! Cranes of the quay: mast, jib, counterweight, winch and a load in its sling.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, sphere};
use gesamt_mesh::shapes2::torus;
use glam::{Quat, Vec3};

use super::pen::{Pen, v};
use super::plant::ladder;
use crate::style::{Dialect, Part};

pub(crate) fn crane(p: &mut Pen) {
    let h = p.size("height", 5.0, 8.0);
    let reach = 0.62 * h * (0.8 + 0.4 * p.param("reach", 0.5));
    if p.dialect() == Dialect::Organic {
        return super::bearers::neck(p, h, reach);
    }
    let (mast, foot) = (0.72 * h, 0.85);
    p.bxb(Part::Stone, Vec3::ZERO, v(2.2 * foot, 0.3, 2.2 * foot), 0.05);
    p.hull(Hull::cuboid(v(-1.1 * foot, 0.0, -1.1 * foot), v(1.1 * foot, 0.3, 1.1 * foot)));
    p.put_at(Part::Trim, &cylinder(0.8 * foot, 0.16, 20, 0.02), v(0.0, 0.3, 0.0));
    let lattice = matches!(p.dialect(), Dialect::Neon | Dialect::Metal | Dialect::Steam | Dialect::Sleek);
    if lattice {
        lattice_mast(p, 0.42, 0.46, mast);
    } else {
        p.post(v(0.0, 0.4, 0.0), mast - 0.2, 0.34);
        for s in [-1.0, 1.0] {
            p.rail(v(s * 0.75, 0.46, 0.0), v(s * 0.1, 0.45 * mast, 0.0), 0.14);
            p.rail(v(0.0, 0.46, s * 0.75), v(0.0, 0.45 * mast, s * 0.1), 0.14);
        }
    }
    p.hull(Hull::cuboid(v(-0.3, 0.3, -0.3), v(0.3, mast, 0.3)));
    // The jib leans out over the water, held by stays.
    let (root, tip) = (v(0.0, mast - 0.1, 0.15), v(0.0, h, reach));
    for s in [-1.0, 1.0] {
        p.rail(root + v(s * 0.16, 0.0, 0.0), tip + v(s * 0.09, 0.0, 0.0), 0.13);
    }
    let n = 6;
    for k in 0..n {
        let (a, b) = (root.lerp(tip, k as f32 / n as f32), root.lerp(tip, (k as f32 + 1.0) / n as f32));
        let s = if k % 2 == 0 { 0.15 } else { -0.15 };
        p.rod(Part::Trim, a + v(s, 0.0, 0.0), b - v(s, 0.0, 0.0), 0.025);
    }
    p.hull(Hull::cuboid(v(-0.25, mast - 0.25, 0.0), v(0.25, h + 0.1, reach)));
    counterweight(p, mast, 0.46 * reach, tip);
    p.turned(tip, Quat::from_rotation_z(PI * 0.5), |p| {
        p.put_at(Part::Trim, &cylinder(0.2, 0.1, 14, 0.02), v(0.0, -0.05, 0.0));
    });
    let hook = v(0.0, 0.42 * h, reach + 0.19);
    p.rod(Part::Rope, v(0.0, h, reach + 0.19), hook, 0.018);
    load(p, hook);
    winch(p);
    if lattice {
        ladder(p, v(0.0, 0.46, -0.24), mast - 0.8);
    }
}

/// The arm behind the mast with its weights, and the stays that run from its end over the head to the jib's `tip`.
fn counterweight(p: &mut Pen, mast: f32, long: f32, tip: Vec3) {
    let y = mast + 0.02;
    let (root, end, head) = (v(0.0, y - 0.02, 0.2), v(0.0, y + 0.1, -long), v(0.0, mast + 0.95, 0.0));
    for s in [-1.0, 1.0] {
        let side = v(s * 0.2, 0.0, 0.0);
        p.rail(root + side, end + side, 0.14);
        p.beam(Part::Frame, v(s * 0.2, mast - 0.25, 0.0), head + 0.3 * side, 0.11, 0.13);
        p.rod(Part::Trim, head + 0.3 * side, tip + v(s * 0.06, 0.0, -0.1), 0.018);
        p.rod(Part::Trim, head + 0.3 * side, end + side + v(0.0, 0.05, 0.1), 0.018);
    }
    p.bx(Part::Frame, head - v(0.0, 0.1, 0.0), v(0.24, 0.16, 0.16));
    for t in [0.3, 0.62] {
        let at = root.lerp(end, t);
        p.bx(Part::Frame, at - v(0.0, 0.05, 0.0), v(0.42, 0.1, 0.09));
    }
    // Three slabs stand in a cradle; two straps hold them on the arm.
    let slab = 0.25;
    for k in 0..3 {
        let z = -long + 0.05 + (k as f32 + 0.5) * (slab + 0.012);
        let tall = 0.62 + 0.04 * (k % 2) as f32;
        p.bxb(Part::Stone, v(0.0, y - 0.48, z), v(0.66, tall, slab), 0.03);
    }
    let cradle = 3.0 * (slab + 0.012) + 0.06;
    p.bx(Part::Frame, v(0.0, y - 0.55, -long + 0.02 + 0.5 * cradle), v(0.72, 0.09, cradle));
    for z in [-long + 0.02, -long + 0.02 + cradle] {
        for s in [-1.0, 1.0] {
            p.bx(Part::Trim, v(s * 0.3, y - 0.55, z), v(0.06, 0.68, 0.04));
        }
        p.bx(Part::Frame, v(0.0, y + 0.04, z), v(0.72, 0.11, 0.1));
    }
    p.hull(Hull::cuboid(v(-0.36, y - 0.55, -long), v(0.36, y + 0.2, -long + cradle)));
    p.hull(Hull::cuboid(v(-0.28, y - 0.1, -long), v(0.28, y + 0.15, 0.2)));
}

fn lattice_mast(p: &mut Pen, w: f32, y0: f32, y1: f32) {
    for (x, z) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        p.bx(Part::Frame, v(0.5 * w * x, y0, 0.5 * w * z), v(0.08, y1 - y0, 0.08));
    }
    let n = ((y1 - y0) / 0.7).round() as usize;
    let step = (y1 - y0) / n as f32;
    for k in 0..n {
        let (a, b) = (y0 + k as f32 * step, y0 + (k as f32 + 1.0) * step);
        let s = if k % 2 == 0 { 0.5 * w } else { -0.5 * w };
        for z in [-0.5 * w, 0.5 * w] {
            p.rod(Part::Frame, v(-s, a, z), v(s, b, z), 0.022);
            p.rod(Part::Frame, v(z, a, -s), v(z, b, s), 0.022);
        }
    }
    p.bxb(Part::Panel, v(0.0, y1 - 0.1, 0.0), v(1.5 * w, 0.16, 1.5 * w), 0.02);
}

/// What hangs on the hook: a crate in a sling.
fn load(p: &mut Pen, hook: Vec3) {
    p.put_at(Part::Trim, &sphere(0.09, 6, 10), hook);
    p.turned(hook - v(0.0, 0.16, 0.0), Quat::from_rotation_x(PI * 0.5), |p| {
        p.put(Part::Trim, &torus(0.08, 0.022, 12, 5));
    });
    let (size, at) = (0.75, hook - v(0.0, 1.35, 0.0));
    let yaw = 0.4 * p.rng.signed();
    p.at(at, yaw, |p| {
        // The sling runs under the load and meets in the hook.
        let half = 0.5 * size + 0.012;
        for s in [-1.0, 1.0] {
            let x = 0.24 * size * s;
            for z in [-1.0, 1.0] {
                p.rod(Part::Rope, v(0.0, 1.15, 0.0), v(x, size + 0.012, z * half), 0.014);
                p.rod(Part::Rope, v(x, size + 0.02, z * half), v(x, -0.012, z * half), 0.014);
            }
            p.rod(Part::Rope, v(x, -0.006, -half - 0.01), v(x, -0.006, half + 0.01), 0.014);
        }
        p.solid(|p| super::goods::crate_box(p, Vec3::splat(size)));
    });
}

/// The winding drum at the foot of the mast.
fn winch(p: &mut Pen) {
    for s in [-1.0, 1.0] {
        p.bx(Part::Frame, v(s * 0.34, 0.46, 0.62), v(0.08, 0.5, 0.34));
    }
    p.turned(v(-0.32, 0.78, 0.62), Quat::from_rotation_z(-PI * 0.5), |p| {
        p.put(Part::Rope, &cylinder(0.17, 0.64, 16, 0.02));
        p.put_at(Part::Trim, &cylinder(0.05, 0.95, 8, 0.0), v(0.0, -0.15, 0.0));
    });
    p.turned(v(0.5, 0.78, 0.62), Quat::from_rotation_y(PI * 0.5), |p| p.gear(Part::Accent, 0.26, 0.06));
    p.hull(Hull::cuboid(v(-0.5, 0.3, 0.4), v(0.56, 1.05, 0.85)));
}
