//! Water in the machine ages: a hand pump under a shelter and a point of light that pours.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cone, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{hoop, torus};
use glam::{Quat, Vec2, Vec3};

use super::build::smooth;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// A cast pump with its lever on a plinth, a trough before it, a bent roof `h` metres high over both.
pub(crate) fn hand_pump(p: &mut Pen, h: f32) {
    let plinth = [v2(0.98, 0.0), v2(0.98, 0.12), v2(0.94, 0.16), v2(0.0, 0.165)];
    p.turned(Vec3::ZERO, Quat::from_rotation_y(PI / 8.0), |p| {
        p.put(Part::Stone, &lathe(&plinth, 8));
    });
    pump_body(p);
    trough(p);
    for s in [-1.0, 1.0] {
        p.solid(|p| p.post(v(0.78 * s, 0.12, -0.5), h - 0.12, 0.08));
        p.rail(v(0.78 * s, h - 0.5, -0.46), v(0.78 * s, h + 0.05, 0.35), 0.05);
        p.rail(v(0.78 * s, h - 0.03, -0.62), v(0.78 * s, h + 0.2, 0.82), 0.06);
    }
    p.rail(v(-0.86, h - 0.03, -0.5), v(0.86, h - 0.03, -0.5), 0.06);
    p.rail(v(-0.86, h + 0.17, 0.7), v(0.86, h + 0.17, 0.7), 0.06);
    p.solid(|p| {
        // The sheet falls to the back, away from who pumps.
        p.turned(v(-1.0, h + 0.01, -0.75), Quat::from_rotation_x(0.5 * PI - 0.157), |p| {
            p.corrugated(Part::Roof, 2.0, 1.7)
        });
    });
    p.at(v(0.0, 1.5, -0.5), 0.0, |p| {
        p.rail(v(-0.78, 0.0, 0.0), v(0.78, 0.0, 0.0), 0.05);
        p.at(v(0.0, 0.14, 0.03), 0.0, |p| p.sign_board(0.7, 0.34, false));
    });
    p.at(v(0.55, h + 0.06, 0.45), 0.0, |p| p.hanging_lantern(0.4, true));
    p.rod(Part::Frame, v(0.55, h + 0.06, 0.45), v(0.55, h + 0.18, 0.45), 0.012);
    p.hull(Hull::cuboid(v(-0.9, 0.0, -0.9), v(0.9, 0.17, 0.9)));
}

/// The column with spout, lever and cap.
fn pump_body(p: &mut Pen) {
    let body = [
        v2(0.2, 0.15),
        v2(0.19, 0.2),
        v2(0.1, 0.24),
        v2(0.085, 0.6),
        v2(0.11, 0.63),
        v2(0.11, 0.68),
        v2(0.12, 0.7),
        v2(0.12, 1.18),
        v2(0.15, 1.2),
        v2(0.15, 1.25),
        v2(0.1, 1.32),
        v2(0.03, 1.36),
    ];
    p.solid(|p| {
        p.creased(40.0, |p| {
            p.put(Part::Main, &lathe(&body, 16).at(0.0, 0.0, -0.12));
        });
    });
    p.rod(Part::Trim, v(0.0, 1.3, -0.12), v(0.0, 1.62, -0.12), 0.018);
    let spout = smooth(&[v(0.0, 1.0, -0.04), v(0.0, 1.04, 0.18), v(0.0, 1.0, 0.3), v(0.0, 0.9, 0.33)], 4);
    let girth: Vec<f32> = (0..spout.len()).map(|i| 0.062 - 0.02 * i as f32 / spout.len() as f32).collect();
    p.put(Part::Main, &tube(&spout, &girth, 10));
    p.put_at(Part::Trim, &torus(0.048, 0.014, 12, 6), v(0.0, 0.9, 0.33));
    // The lever swings about a fork behind the cap.
    p.rod(Part::Main, v(0.0, 1.22, -0.24), v(0.0, 1.5, -0.32), 0.028);
    let lever = smooth(&[v(0.0, 1.6, -0.1), v(0.0, 1.52, -0.32), v(0.14, 1.3, -0.56), v(0.24, 0.95, -0.66)], 4);
    p.put(Part::Trim, &tube(&lever, &vec![0.022; lever.len()], 7));
    p.put_at(Part::Trim, &sphere(0.04, 6, 9), v(0.24, 0.93, -0.66));
    for k in 0..6 {
        let e = Vec2::from_angle(TAU * k as f32 / 6.0) * 0.155;
        p.chip(Part::Trim, v(e.x, 0.19, e.y - 0.12), v(0.028, 0.03, 0.028));
    }
    // A pail hangs from the spout.
    let rim = v(0.0, 0.62, 0.34);
    p.put_at(Part::Panel, &lathe(&[v2(0.1, -0.2), v2(0.14, 0.0), v2(0.125, 0.0), v2(0.09, -0.18)], 14), rim);
    let handle: Vec<Vec3> =
        (0..=8).map(|k| Vec2::from_angle(PI * k as f32 / 8.0)).map(|e| rim + v(0.135 * e.x, 0.27 * e.y, 0.0)).collect();
    p.put(Part::Trim, &tube(&handle, &[0.008; 9], 5));
}

/// A trough of water before the pump, on two blocks.
fn trough(p: &mut Pen) {
    p.solid(|p| {
        p.bxb(Part::Main, v(0.0, 0.22, 0.52), v(1.1, 0.05, 0.4), 0.01);
        for s in [-1.0, 1.0] {
            p.bxb(Part::Main, v(0.0, 0.22, 0.52 + 0.19 * s), v(1.14, 0.24, 0.04), 0.01);
            p.bxb(Part::Main, v(0.55 * s, 0.22, 0.52), v(0.04, 0.24, 0.4), 0.01);
            p.bxb(Part::Stone, v(0.36 * s, 0.14, 0.52), v(0.16, 0.1, 0.36), 0.01);
            p.rod(Part::Trim, v(-0.56, 0.455, 0.52 + 0.2 * s), v(0.56, 0.455, 0.52 + 0.2 * s), 0.018);
        }
    });
    p.bx(Part::Water, v(0.0, 0.36, 0.52), v(1.06, 0.02, 0.36));
}

/// A basin around a column of clear tanks that pours from three lips, under a dish `h` metres high that gathers rain.
pub(crate) fn water_point(p: &mut Pen, h: f32) {
    let basin = [
        v2(0.98, 0.0),
        v2(1.0, 0.1),
        v2(0.92, 0.42),
        v2(0.98, 0.5),
        v2(0.95, 0.55),
        v2(0.84, 0.54),
        v2(0.78, 0.4),
        v2(0.0, 0.36),
    ];
    p.creased(35.0, |p| {
        p.put(Part::Main, &lathe(&basin, 32));
    });
    p.put_at(Part::Water, &cylinder(0.82, 0.02, 32, 0.0), v(0.0, 0.44, 0.0));
    p.put_at(Part::Glow, &hoop(0.925, 0.02, 0.025, 32), v(0.0, 0.3, 0.0));
    let top = h - 0.25;
    p.solid(|p| {
        let column = [v2(0.34, 0.34), v2(0.24, 0.62), v2(0.2, 0.9), v2(0.19, 1.0)];
        p.creased(60.0, |p| {
            p.put(Part::Frame, &lathe(&column, 20));
        });
        p.put_at(Part::Glass, &cylinder(0.17, top - 1.0, 20, 0.02), v(0.0, 0.98, 0.0));
        p.put_at(Part::Frame, &cylinder(0.2, 0.1, 20, 0.02), v(0.0, top - 0.06, 0.0));
    });
    for k in 0..3 {
        let y = 1.0 + (top - 1.1) * k as f32 / 2.0;
        p.put_at(Part::Trim, &hoop(0.165, 0.03, 0.05, 20), v(0.0, y, 0.0));
    }
    for k in 0..3 {
        p.at(Vec3::ZERO, TAU * (k as f32 + 0.25) / 3.0, lip);
    }
    let dish =
        [v2(0.12, -0.02), v2(0.5, 0.1), v2(0.95, 0.26), v2(0.98, 0.3), v2(0.9, 0.31), v2(0.45, 0.17), v2(0.0, 0.1)];
    p.solid(|p| {
        p.creased(60.0, |p| {
            p.put(Part::Roof, &lathe(&dish, 32).at(0.0, top, 0.0));
        });
    });
    p.put_at(Part::Glow, &torus(0.955, 0.016, 36, 5), v(0.0, top + 0.255, 0.0));
    for k in 0..6 {
        let e = Vec2::from_angle(TAU * k as f32 / 6.0);
        p.rod(Part::Trim, v(0.18 * e.x, top - 0.03, 0.18 * e.y), v(0.8 * e.x, top + 0.2, 0.8 * e.y), 0.022);
    }
    if p.dialect() == Dialect::Neon {
        p.at(v(0.0, 0.78, 0.25), 0.0, |p| p.sign_board(0.36, 0.3, false));
        p.cable(Part::Rubber, v(0.2, 1.1, -0.15), v(0.7, top + 0.15, -0.3), 0.2, 0.016);
    } else {
        p.put_at(Part::Plant, &cone(0.3, 0.1, 0.16, 9), v(0.0, top + 0.14, 0.0));
    }
    p.light(v(0.0, 1.4, 0.3), 0.08, p.style.colors[4], 2.5 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

/// One lip of a water point: an arm with a tap, a lit key and the water that falls from it.
fn lip(p: &mut Pen) {
    let arm = smooth(&[v(0.0, 1.06, 0.14), v(0.0, 1.12, 0.32), v(0.0, 1.08, 0.46), v(0.0, 0.99, 0.5)], 4);
    p.put(Part::Trim, &tube(&arm, &vec![0.036; arm.len()], 9));
    p.put_at(Part::Frame, &cylinder(0.045, 0.06, 12, 0.01), v(0.0, 0.95, 0.5));
    p.put_at(Part::Water, &cylinder(0.014, 0.54, 6, 0.0), v(0.0, 0.44, 0.5));
    p.bxb(Part::Frame, v(0.0, 0.68, 0.2), v(0.13, 0.16, 0.08), 0.015);
    p.bxb(Part::Glow, v(0.0, 0.72, 0.238), v(0.07, 0.05, 0.012), 0.003);
}
