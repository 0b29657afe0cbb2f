//! Grown furniture: the console with its eye and the bench of one shell.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{lathe, slab, sphere};
use gesamt_mesh::shapes2::{oriented, torus};
use gesamt_mesh::{Hull, Shape};
use glam::{Quat, Vec2, Vec3};

use super::limbs::{lipped, through};
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// Height of the middle of the console's dish.
const DISH: f32 = 0.92;
/// Tilt of the dish toward the reader, in radians.
const TILT: f32 = 0.436;

/// A stalk with toes carries a dish of half sunk keys; a lidded eye looks over its far rim.
pub(crate) fn console(p: &mut Pen, w: f32) {
    let sx = w / 1.6;
    stalk(p, sx);
    p.turned(v(0.0, DISH, 0.0), Quat::from_rotation_x(TILT), |p| dish(p, sx));
    eye(p, sx);
}

/// The point of the stalk's rest shape, leaning with the dish above the waist.
fn leaning(q: Vec3) -> Vec3 {
    let s = ((q.y - 0.4) / 0.45).clamp(0.0, 1.0);
    q - Vec3::Y * q.z * TILT.tan() * s * s * (3.0 - 2.0 * s)
}

fn stalk(p: &mut Pen, sx: f32) {
    let profile = [
        v2(0.225, 0.0),
        v2(0.225, 0.05),
        v2(0.185, 0.14),
        v2(0.15, 0.28),
        v2(0.14, 0.44),
        v2(0.155, 0.58),
        v2(0.2, 0.7),
        v2(0.265, 0.81),
        v2(0.3, DISH - 0.03),
    ];
    let flutes = lathe(&profile, 20).mapped(|q| {
        let wide = ((q.y - 0.5) / 0.4).clamp(0.0, 1.0);
        let flute = 1.0 + 0.07 * (6.0 * q.z.atan2(q.x)).cos() * (1.0 - wide);
        leaning(v(q.x * flute * (1.0 + 0.17 * wide * sx), q.y, q.z * flute * (1.0 - 0.25 * wide)))
    });
    p.skin(Part::Frame, &flutes);
    p.skin(Part::Frame, &torus(0.22, 0.055, 16, 6).at(0.0, 0.05, 0.0));
    for k in 0..6 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 6.0);
        let out = |r: f32, y: f32| v(e.x * r, y, e.y * r);
        p.tendril(Part::Frame, &[out(0.17, 0.13), out(0.27, 0.085), out(0.36, 0.05), out(0.43, 0.03)], 4, 0.07, 0.028);
        // A rib climbs from the waist to the rim of the dish.
        let rim = v(0.46 * sx * e.x, DISH - 0.03, 0.25 * e.y);
        let rib = [out(0.13, 0.42), out(0.17, 0.6), v(0.3 * sx * e.x, 0.8, 0.2 * e.y), rim].map(leaning);
        p.tendril(Part::Frame, &rib, 6, 0.026, 0.02);
    }
}

/// The dish in its own tilted frame, with keys in two arcs and a groove of light along the rim.
fn dish(p: &mut Pen, sx: f32) {
    let (rx, rz) = (0.55 * sx, 0.3);
    let profile = [
        v2(0.0, -0.1),
        v2(0.4, -0.09),
        v2(0.75, -0.06),
        v2(0.96, 0.0),
        v2(1.0, 0.03),
        v2(0.97, 0.055),
        v2(0.9, 0.045),
        v2(0.72, 0.01),
        v2(0.4, 0.0),
        v2(0.0, 0.0),
    ];
    let oval = |q: Vec3| v(rx * q.x, q.y, rz * q.z);
    p.skin(Part::Main, &lathe(&profile, 24).mapped(oval));
    p.skin(Part::Trim, &torus(1.0, 0.02, 24, 4).mapped(|q| v(rx * q.x, 0.045 + q.y, rz * q.z)));
    for (row, n, z) in [(0usize, 7, 0.34f32), (1, 6, 0.0)] {
        for k in 0..n {
            let u = (k as f32 + 0.5) / n as f32 * 2.0 - 1.0;
            let (x, zz) = (0.66 * u, z - 0.22 * u * u);
            let part = if (k + 3 * row) % 4 == 1 { Part::Glow2 } else { Part::Glow };
            let key = sphere(0.036 + 0.008 * (k % 2) as f32, 4, 8).mapped(|q| v(q.x, 0.7 * q.y, q.z));
            p.skin(part, &key.at(x * rx, 0.006, zz * rz));
        }
    }
}

/// A round screen in a lidded socket on a neck that grows from the far rim of the dish.
fn eye(p: &mut Pen, sx: f32) {
    let at = v(0.0, 1.34, -0.3);
    p.bone(v(0.0, DISH + 0.02, -0.2), at - v(0.0, 0.02, 0.12), v(0.0, -0.02, -0.09), 0.062, 0.075);
    for s in [-1.0, 1.0] {
        let root = v(s * 0.3 * sx, DISH + 0.08, -0.2);
        let mid = v(s * 0.26 * sx, 1.12, -0.36);
        p.tendril(Part::Frame, &[root, mid, at + v(s * 0.16, -0.06, -0.06)], 6, 0.029, 0.024);
    }
    p.turned(at, Quat::from_rotation_x(PI * 0.5 - 0.12), |p| {
        // In this frame the eye looks along +Y; -Z is its upper side.
        let socket = [
            v2(0.0, -0.2),
            v2(0.12, -0.17),
            v2(0.21, -0.08),
            v2(0.25, 0.0),
            v2(0.245, 0.04),
            v2(0.2, 0.045),
            v2(0.17, 0.0),
        ];
        p.skin(Part::Main, &lathe(&socket, 18));
        p.skin(Part::Screen, &sphere(0.2, 8, 14).mapped(|q| v(q.x, 0.45 * q.y + 0.02, q.z)));
        p.skin(Part::Rubber, &sphere(1.0, 4, 8).mapped(|q| v(0.03 * q.x, 0.105 + 0.014 * q.y, 0.12 * q.z)));
        for (side, open) in [(-1.0, 0.62), (1.0, 0.82)] {
            p.skin(Part::Main, &oriented(lid_of(side, open)));
        }
    });
}

/// A lid over an eye that looks along +Y: a strip of its globe from the socket's rim on the side of `side` inward.
fn lid_of(side: f32, open: f32) -> Shape {
    slab([10, 3], 0.026, |x, y| {
        let a = PI * (0.04 + 0.92 * x);
        let (cos, sin) = (a.cos(), a.sin());
        let low = sin * (open + (1.0 - open) * y);
        let high = (1.02 - cos * cos - low * low).max(0.0).sqrt();
        v(0.228 * cos, 0.025 + 0.12 * high, side * 0.228 * low)
    })
}

/// The side view of the bench's shell from the front lip over the seat up the back: (height over the seat, z).
const BENCH: [[f32; 2]; 7] =
    [[-0.05, 0.29], [0.0, 0.22], [-0.02, 0.02], [0.015, -0.15], [0.12, -0.235], [0.28, -0.28], [0.44, -0.315]];

/// A shell that is seat and back in one, on four limbs; ribs run from the rear limbs up the back.
pub(crate) fn bench(p: &mut Pen, w: f32, seat: f32) {
    let side = BENCH.map(|[y, z]| v(0.0, seat + y, z));
    let shell = lipped([18, 14], 0.09, |x, y| {
        let (u, q) = (2.0 * x - 1.0, through(&side, y));
        let back = ((q.y - seat) / 0.44).clamp(0.0, 1.0);
        let lift = 0.07 * u.powi(4) * (1.0 - back) - 0.06 * u * u * back + 0.02 * (3.0 * PI * x).cos() * back;
        v(0.5 * w * u * (1.0 - 0.1 * back), q.y + lift, q.z)
    });
    p.skin(Part::Main, &shell);
    for sx in [-1.0, 1.0] {
        let x = sx * 0.36 * w;
        p.bone(v(1.04 * x, 0.0, 0.18), v(x, seat + 0.005, 0.17), v(0.0, 0.0, 0.025), 0.05, 0.045);
        p.bone(v(1.04 * x, 0.0, -0.2), v(x, seat + 0.02, -0.17), v(0.0, 0.0, -0.03), 0.05, 0.045);
        let rib = [
            v(x, seat - 0.1, -0.19),
            v(x, seat + 0.06, -0.25),
            v(0.99 * x, seat + 0.2, -0.3),
            v(0.96 * x, seat + 0.32, -0.335),
            v(0.94 * x, seat + 0.4, -0.345),
        ];
        p.tendril(Part::Frame, &rib, 10, 0.045, 0.022);
    }
    let brace = [v(-0.37 * w, 0.17, -0.2), v(-0.15 * w, 0.2, -0.13), v(0.15 * w, 0.2, -0.13), v(0.37 * w, 0.17, -0.2)];
    p.tendril(Part::Frame, &brace, 10, 0.026, 0.026);
    p.hull(Hull::cuboid(v(-0.5 * w, seat, -0.36), v(0.5 * w, seat + 0.5, -0.2)));
}
