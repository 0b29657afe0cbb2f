//! A trestle aqueduct: the pipe rack of timber builders, with a bored log and an open trough on A-frames.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe, tube};
use gesamt_mesh::shapes2::hoop;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::Part;

/// Distance of the frames and section of their posts, in metres.
const SPACING: f32 = 2.0;
const POST: f32 = 0.14;
/// Radius of the bored log, and where log and trough lie across the frames.
const LOG: f32 = 0.125;
const LOG_Z: f32 = 0.2;
const TROUGH_Z: f32 = -0.2;
/// Half the span of the legs at the ground and below the cap.
const FOOT: f32 = 0.43;
const HEAD: f32 = 0.24;

/// The aqueduct, `w` metres long (on the modular grid) and `h` high.
pub(crate) fn aqueduct(p: &mut Pen, w: f32, h: f32) {
    // Two frames carry up to four metres, three carry five.
    let n = if w > 4.5 { 3 } else { 2 };
    let cap = h - 0.26;
    let frame_x = |i: usize| (i as f32 - 0.5 * (n - 1) as f32) * SPACING;
    for i in 0..n {
        p.at(v(frame_x(i), 0.0, 0.0), 0.0, |p| a_frame(p, cap));
    }
    braces(p, n, cap);
    p.solid(|p| log_main(p, w, n, cap + 0.07 + LOG));
    p.solid(|p| trough(p, w, cap + 0.1));
    tap(p, frame_x(n - 1) - 0.62 * SPACING, cap);
    p.overgrow_foot(w - 0.4, 1.0);
    p.overgrow_edge(w - 0.6, cap + 0.1, 0.3);
}

/// Where a leg stands across the frame at height `y`.
fn leg_z(y: f32, cap: f32) -> f32 {
    FOOT + (HEAD - FOOT) * y / cap
}

/// Two raking legs under a cap with saddles, tied halfway.
fn a_frame(p: &mut Pen, cap: f32) {
    for s in [-1.0, 1.0] {
        p.solid(|p| {
            p.beam(Part::Frame, v(0.0, 0.0, s * FOOT), v(0.0, cap, s * HEAD), POST, POST);
        });
        p.bx(Part::Stone, v(0.0, 0.0, s * FOOT), v(0.26, 0.07, 0.26));
    }
    let y = 0.42 * cap;
    p.beam(Part::Frame, v(0.0, y, -leg_z(y, cap) - 0.12), v(0.0, y, leg_z(y, cap) + 0.12), 0.08, 0.12);
    p.beam(Part::Frame, v(0.045, 0.08, -FOOT + 0.02), v(0.045, y - 0.02, leg_z(y, cap)), 0.05, 0.09);
    for s in [-1.0, 1.0] {
        p.chip(Part::Trim, v(0.055, y - 0.02, s * leg_z(y, cap)), v(0.04, 0.04, 0.04));
    }
    p.solid(|p| {
        p.beam(Part::Frame, v(0.0, cap, -0.48), v(0.0, cap, 0.48), POST, POST);
    });
    // Saddles: two wedges beside the log, two cheeks beside the trough.
    for s in [-1.0, 1.0] {
        let lean = Quat::from_rotation_x(s * 0.5);
        p.turned(v(0.0, cap + 0.05, LOG_Z + s * 0.105), lean, |p| {
            p.bx(Part::Frame, Vec3::ZERO, v(0.13, 0.09, 0.06));
        });
        p.bx(Part::Frame, v(0.0, cap + 0.05, TROUGH_Z + s * 0.17), v(0.1, 0.24, 0.045));
    }
    p.bx(Part::Frame, v(0.0, cap + 0.05, TROUGH_Z), v(0.13, 0.06, 0.38));
}

/// Girts and diagonals from frame to frame on both sides.
fn braces(p: &mut Pen, n: usize, cap: f32) {
    let half = 0.5 * (n - 1) as f32 * SPACING;
    let y = 0.42 * cap;
    for s in [-1.0, 1.0] {
        let z = |y: f32| s * leg_z(y, cap);
        let girt = y + 0.11;
        p.beam(Part::Frame, v(-half - 0.16, girt, z(girt)), v(half + 0.16, girt, z(girt)), 0.07, 0.1);
        for bay in 0..n - 1 {
            if p.broken(0.25) {
                continue;
            }
            let (a, b) = (bay as f32 * SPACING - half, (bay + 1) as f32 * SPACING - half);
            let (a, b) = if (bay % 2 == 0) == (s > 0.0) { (a, b) } else { (b, a) };
            let (low, high) = (girt + 0.02, cap - 0.1);
            p.beam(Part::Frame, v(a, low, z(low)), v(b, high, z(high)), 0.05, 0.09);
        }
    }
}

/// The bored main: lengths of log in iron sleeves, closed by a sleeve and a plug at both ends.
fn log_main(p: &mut Pen, w: f32, n: usize, y: f32) {
    let half = 0.5 * w;
    let across = |x: f32| v(x, y, LOG_Z);
    let path: Vec<Vec3> = (0..=8).map(|i| across((i as f32 / 8.0 - 0.5) * (w - 0.06))).collect();
    let girth: Vec<f32> = (0..=8).map(|_| LOG * p.rng.range(0.95, 1.03)).collect();
    p.crease(60.0).put(Part::Panel, &tube(&path, &girth, 14)).crease(50.0);
    let mut sleeve = |x: f32, long: f32| {
        p.turned(across(x), Quat::from_rotation_z(-0.5 * PI), |p| {
            p.put(Part::Trim, &hoop(LOG - 0.02, 0.04, long, 16));
        });
    };
    sleeve(-half, 0.12);
    sleeve(half - 0.12, 0.12);
    for i in 0..n {
        let x = (i as f32 - 0.5 * (n - 1) as f32) * SPACING;
        sleeve(x + 0.12, 0.07);
        sleeve(x - 0.19, 0.07);
    }
    for s in [-1.0, 1.0] {
        p.turned(across(s * (half - 0.05)), Quat::from_rotation_z(-s * 0.5 * PI), |p| {
            p.put(Part::Frame, &cylinder(0.55 * LOG, 0.045, 12, 0.008));
        });
    }
}

/// An open plank trough with water in it; boards at its ends hold the water up to their notch.
fn trough(p: &mut Pen, w: f32, y: f32) {
    let (wide, tall, thick) = (0.3, 0.2, 0.035);
    let y = y + 0.005;
    p.bxb(Part::Panel, v(0.0, y, TROUGH_Z), v(w, thick, wide), 0.004);
    for s in [-1.0, 1.0] {
        p.bxb(Part::Panel, v(0.0, y + 0.01, TROUGH_Z + 0.5 * s * (wide - thick)), v(w, tall - 0.01, thick), 0.004);
        p.bx(Part::Panel, v(s * (0.5 * w - 0.03), y + 0.01, TROUGH_Z), v(0.035, 0.13, wide - 0.04));
    }
    p.bx(Part::Water, v(0.0, y + 0.02, TROUGH_Z), v(w - 0.07, 0.1, wide - 0.05));
    let ties = (w / 0.8).round() as usize;
    for k in 0..ties {
        let x = (k as f32 + 0.5 - 0.5 * ties as f32) * w / ties as f32;
        p.bx(Part::Frame, v(x, y + tall - 0.015, TROUGH_Z), v(0.06, 0.03, wide + 0.03));
    }
}

/// A down-pipe from the log to a wooden tap above a tub.
fn tap(p: &mut Pen, x: f32, cap: f32) {
    let (top, low) = (cap + 0.07 + LOG, 0.86);
    let at = |y: f32, z: f32| v(x, y, z);
    p.rod(Part::Panel, at(top, LOG_Z), at(low, LOG_Z), 0.055);
    p.turned(at(top, LOG_Z), Quat::from_rotation_z(0.5 * PI), |p| {
        p.put_at(Part::Trim, &hoop(LOG - 0.02, 0.035, 0.16, 16), v(0.0, -0.08, 0.0));
    });
    p.put_at(Part::Trim, &cylinder(0.07, 0.05, 12, 0.006), at(top - LOG - 0.05, LOG_Z));
    // The girt carries the pipe in a clasp.
    let girt = 0.42 * cap + 0.11;
    p.bx(
        Part::Frame,
        at(girt - 0.05, 0.5 * (LOG_Z + leg_z(girt, cap))),
        v(0.14, 0.1, (leg_z(girt, cap) - LOG_Z).abs() + 0.1),
    );
    // Body, spout and cross handle of the tap.
    p.bxb(Part::Frame, at(low - 0.12, LOG_Z), v(0.15, 0.17, 0.15), 0.02);
    p.turned(at(low - 0.06, LOG_Z + 0.05), Quat::from_rotation_x(0.5 * PI + 0.25), |p| {
        p.put(Part::Frame, &lathe(&[v2(0.045, 0.0), v2(0.034, 0.14), v2(0.042, 0.18)], 10));
    });
    p.rod(Part::Frame, at(low + 0.03, LOG_Z + 0.13), at(low - 0.12, LOG_Z + 0.13), 0.02);
    p.rod(
        Part::Frame,
        at(low + 0.03, LOG_Z + 0.13) - Vec3::X * 0.07,
        at(low + 0.03, LOG_Z + 0.13) + Vec3::X * 0.07,
        0.018,
    );
    tub(p, at(0.0, LOG_Z + 0.16), low - 0.12);
}

/// A coopered tub of water, fed by a thin stream from height `y`.
fn tub(p: &mut Pen, at: Vec3, y: f32) {
    let (r, h) = (0.28, 0.4);
    p.hull(Hull::drum(at, r, h, 10));
    p.at(at, 0.0, |p| {
        let n = 16;
        for k in 0..n {
            let e = Vec2::from_angle(TAU * k as f32 / n as f32) * (r - 0.02);
            p.turned(v(e.x, 0.0, e.y), Quat::from_rotation_y(-TAU * k as f32 / n as f32), |p| {
                p.chip(Part::Panel, Vec3::ZERO, v(0.035, h + 0.012 * (k % 3) as f32, TAU * r / n as f32 * 0.97));
            });
        }
        for t in [0.06, 0.29] {
            p.put_at(Part::Trim, &hoop(r - 0.012, 0.02, 0.04, 16), v(0.0, t, 0.0));
        }
        p.put_at(Part::Water, &cylinder(r - 0.025, 0.27, 16, 0.0), v(0.0, 0.04, 0.0));
        let stream = [v(0.0, y, 0.03), v(0.0, 0.6 * y + 0.1, 0.035), v(0.0, 0.3, 0.035)];
        p.put(Part::Water, &tube(&stream, &[0.014, 0.011, 0.016], 6));
    });
}
