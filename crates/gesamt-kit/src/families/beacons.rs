//! What stands where other worlds raise antennas: beacon masts, semaphores and fire bells of timber.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe};
use gesamt_mesh::shapes2::{hoop, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// Height of the stone base under the mast, in metres.
const BASE: f32 = 0.2;

/// A timber mast `h` metres high that carries a fire, two arms or a bell.
pub(crate) fn beacon(p: &mut Pen, h: f32) {
    match (p.dialect(), p.style.genre) {
        (Dialect::Japan, _) => fire_bell(p, h),
        (_, Genre::Western | Genre::Nautical) => semaphore(p, h),
        _ => fire_mast(p, h),
    }
}

/// The mast up to height `top`: a tapering post on four struts, climbed on pegs.
fn mast(p: &mut Pen, top: f32) {
    let (w, knee) = (0.2, 0.4 * top);
    p.solid(|p| {
        p.beam(Part::Frame, v(0.0, BASE - 0.05, 0.0), v(0.0, 0.6 * top, 0.0), w, w);
    });
    p.beam(Part::Frame, v(0.0, 0.55 * top, 0.0), v(0.0, top, 0.0), 0.8 * w, 0.8 * w);
    p.bx(Part::Trim, v(0.0, 0.57 * top, 0.0), v(w + 0.03, 0.08, w + 0.03));
    for k in 0..4 {
        let e = [v(1.0, 0.0, 0.0), v(0.0, 0.0, 1.0), v(-1.0, 0.0, 0.0), v(0.0, 0.0, -1.0)][k];
        p.beam(Part::Frame, 0.46 * e + v(0.0, BASE - 0.02, 0.0), 0.06 * e + v(0.0, knee, 0.0), 0.1, 0.1);
        p.bx(Part::Frame, 0.27 * e + v(0.0, BASE - 0.01, 0.0), v(0.1 + 0.4 * e.x.abs(), 0.1, 0.1 + 0.4 * e.z.abs()));
    }
    p.bx(Part::Trim, v(0.0, knee - 0.09, 0.0), v(w + 0.12, 0.06, w + 0.12));
    let pegs = ((top - knee - 0.5) / 0.32) as usize;
    for k in 0..pegs {
        let y = knee + 0.2 + 0.32 * k as f32;
        let s = if k % 2 == 0 { 1.0 } else { -1.0 };
        if !p.broken(0.25) {
            p.rod(Part::Frame, v(-0.04 * s, y, 0.0), v(0.27 * s, y + 0.02, 0.0), 0.02);
        }
    }
}

/// A fire basket above a small platform.
fn fire_mast(p: &mut Pen, h: f32) {
    let (cup, deck) = (h - 0.75, h - 1.55);
    mast(p, cup + 0.05);
    platform(p, deck);
    // The basket: floor, bars that flare outward, three rings.
    p.put_at(Part::Trim, &lathe(&[v2(0.1, -0.1), v2(0.24, 0.0), v2(0.24, 0.04)], 10), v(0.0, cup, 0.0));
    let bars = 10;
    for k in 0..bars {
        let e = Vec2::from_angle(TAU * k as f32 / bars as f32);
        let at = |r: f32, y: f32| v(r * e.x, cup + y, r * e.y);
        p.beam(Part::Trim, at(0.22, 0.0), at(0.36, 0.46), 0.022, 0.03);
    }
    for (r, y) in [(0.275, 0.16), (0.325, 0.32), (0.355, 0.44)] {
        p.put_at(Part::Trim, &hoop(r - 0.015, 0.025, 0.035, 16), v(0.0, cup + y, 0.0));
    }
    for k in 0..6 {
        let (a, b) = (Vec2::from_angle(1.3 * k as f32) * 0.2, Vec2::from_angle(1.3 * k as f32 + 2.5) * 0.22);
        let y = cup + 0.05 + 0.04 * k as f32;
        p.rod(Part::Bark, v(a.x, y, a.y), v(b.x, y + 0.1, b.y), 0.042);
    }
    p.at(v(0.0, cup + 0.16, 0.0), 0.0, |p| p.flame(0.62));
    p.hull(Hull::drum(v(0.0, cup - 0.05, 0.0), 0.37, 0.5, 10));
}

/// A platform of planks around the mast at height `y`, on four brackets, with a rail.
fn platform(p: &mut Pen, y: f32) {
    let half = 0.55;
    for s in [-1.0, 1.0] {
        p.beam(Part::Frame, v(s * 0.13, y, -half), v(s * 0.13, y, half), 0.08, 0.1);
        for z in [-1.0, 1.0] {
            p.beam(Part::Frame, v(s * 0.1, y - 0.5, 0.06 * z), v(s * 0.13, y - 0.02, z * (half - 0.1)), 0.06, 0.07);
            p.beam(
                Part::Frame,
                v(s * (half - 0.05), y, z * (half - 0.05)),
                v(s * (half - 0.05), y + 0.75, z * (half - 0.05)),
                0.06,
                0.06,
            );
        }
        p.beam(Part::Frame, v(s * (half - 0.05), y + 0.72, -half), v(s * (half - 0.05), y + 0.72, half), 0.045, 0.06);
    }
    p.beam(Part::Frame, v(-half, y + 0.69, -half + 0.05), v(half, y + 0.69, -half + 0.05), 0.045, 0.06);
    let boards = 7;
    for k in 0..boards {
        let z = (k as f32 + 0.5) / boards as f32 * 2.0 * half - half;
        p.bxb(Part::Panel, v(0.0, y + 0.045, z), v(2.0 * half, 0.035, 2.0 * half / boards as f32 - 0.008), 0.004);
    }
    p.hull(Hull::cuboid(v(-half, y, -half), v(half, y + 0.08, half)));
}

/// A telegraph of two louvred arms at the ends of a beam, worked by cords from the foot.
fn semaphore(p: &mut Pen, h: f32) {
    let pivot = h - 0.75;
    mast(p, h - 0.2);
    p.finial(v(0.0, h - 0.2, 0.0), 0.08);
    let tilt = 0.3 * if p.rng.chance(0.5) { 1.0 } else { -1.0 };
    let long = 0.95;
    p.turned(v(0.0, pivot, 0.15), Quat::from_rotation_z(tilt), |p| {
        p.beam(Part::Frame, v(-long, 0.0, 0.0), v(long, 0.0, 0.0), 0.09, 0.16);
        p.turned(v(0.0, 0.0, -0.2), Quat::from_rotation_x(0.5 * PI), |p| {
            p.drum(Part::Trim, Vec3::ZERO, 0.07, 0.28);
        });
        for s in [-1.0, 1.0] {
            let swing = [0.9, -0.5][usize::from(s > 0.0)] - tilt;
            p.turned(v(s * (long - 0.06), 0.0, 0.08), Quat::from_rotation_z(swing), arm);
        }
    });
    // Cords run from the ends of the beam to a winch on the mast.
    let end = |s: f32| v(s * long * tilt.cos(), pivot + s * long * tilt.sin(), 0.1);
    for s in [-1.0, 1.0] {
        p.rod(Part::Rope, end(s), v(s * 0.16, 1.25, 0.14), 0.009);
    }
    p.bx(Part::Frame, v(0.0, 1.12, 0.12), v(0.46, 0.16, 0.12));
    p.turned(v(-0.3, 1.24, 0.16), Quat::from_rotation_z(-0.5 * PI), |p| {
        p.put(Part::Frame, &cylinder(0.07, 0.6, 12, 0.01));
        p.put_at(Part::Trim, &cylinder(0.085, 0.03, 12, 0.004), v(0.0, 0.57, 0.0));
    });
    p.beam(Part::Trim, v(0.31, 1.24, 0.16), v(0.31, 1.42, 0.22), 0.025, 0.04);
    p.rod(Part::Frame, v(0.3, 1.42, 0.22), v(0.46, 1.42, 0.22), 0.022);
    p.hull(Hull::cuboid(v(-long, pivot - 0.5, 0.0), v(long, pivot + 0.5, 0.3)));
}

/// One louvred arm that hangs from its pivot at the origin toward −Y, with its counterweight above.
fn arm(p: &mut Pen) {
    let (w, long) = (0.28, 0.95);
    p.turned(v(0.0, 0.0, -0.1), Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Trim, &cylinder(0.05, 0.17, 10, 0.006));
    });
    for s in [-1.0, 1.0] {
        p.bx(Part::Frame, v(s * 0.5 * w, -long, 0.0), v(0.045, long + 0.1, 0.05));
    }
    for y in [-long, -0.02] {
        p.bx(Part::Frame, v(0.0, y, 0.0), v(w, 0.08, 0.05));
    }
    let slats = 8;
    for k in 0..slats {
        let y = -long + 0.1 + (long - 0.15) * k as f32 / slats as f32;
        if p.broken(0.3) {
            continue;
        }
        p.turned(v(0.0, y, -0.015), Quat::from_rotation_x(0.5), |p| {
            p.chip(Part::Lacquer, Vec3::ZERO, v(w + 0.01, 0.085, 0.018));
        });
    }
    p.rod(Part::Trim, v(0.0, 0.02, 0.0), v(0.0, 0.36, 0.0), 0.018);
    p.bx(Part::Trim, v(0.0, 0.32, 0.0), v(0.12, 0.12, 0.09));
}

/// A bell under a small roof, with the mallet that sounds the alarm.
fn fire_bell(p: &mut Pen, h: f32) {
    let eave = h - 0.62;
    mast(p, eave + 0.3);
    platform(p, h - 2.2);
    p.beam(Part::Frame, v(-0.75, eave, 0.0), v(0.75, eave, 0.0), 0.1, 0.12);
    for s in [-1.0, 1.0] {
        p.beam(Part::Frame, v(0.0, eave - 0.45, 0.0), v(s * 0.45, eave - 0.02, 0.0), 0.07, 0.07);
        let slope = Quat::from_rotation_x(s * 0.62);
        p.turned(v(0.0, eave + 0.22, s * 0.24), slope, |p| {
            p.bx(Part::Roof, v(0.0, 0.0, 0.0), v(1.9, 0.05, 0.68));
            for x in [-0.6, 0.0, 0.6] {
                p.bx(Part::Frame, v(x, -0.06, 0.0), v(0.06, 0.07, 0.62));
            }
        });
        p.beam(Part::Frame, v(s * 0.6, eave, 0.0), v(s * 0.6, eave + 0.4, 0.0), 0.07, 0.07);
    }
    p.beam(Part::Frame, v(-1.0, eave + 0.42, 0.0), v(1.0, eave + 0.42, 0.0), 0.1, 0.1);
    let hang = v(0.6, eave - 0.04, 0.0);
    p.turned(hang - v(0.0, 0.06, 0.0), Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Trim, &torus(0.05, 0.014, 10, 5));
    });
    let bell = [v2(0.17, 0.0), v2(0.18, 0.03), v2(0.15, 0.08), v2(0.14, 0.3), v2(0.09, 0.4), v2(0.03, 0.44)];
    p.crease(60.0).put_at(Part::Accent, &lathe(&bell, 16), hang - v(0.0, 0.54, 0.0)).crease(50.0);
    p.rod(Part::Rope, v(-0.55, eave, 0.0), v(-0.55, eave - 0.6, 0.0), 0.012);
    p.rod(Part::Frame, v(-0.55, eave - 0.55, 0.0), v(-0.55, eave - 0.85, 0.0), 0.045);
    p.hull(Hull::cuboid(v(-0.9, eave - 0.1, -0.5), v(0.9, eave + 0.45, 0.5)));
}
