//! A telephone box: glazed on three sides, a crown with lit letters, the telephone on its back wall.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, slab, sphere, tube};
use gesamt_mesh::shapes2::{oriented, rounded_box, torus};
use glam::{Quat, Vec3};

use super::build::smooth;
use super::pen::{Pen, v};
use crate::style::Part;

/// A box `h` metres high whose walls stand `half` metres from its middle.
pub(crate) fn telephone_box(p: &mut Pen, h: f32, half: f32) {
    let (low, top) = (0.12, h - 0.34);
    p.bxb(Part::Stone, Vec3::ZERO, v(2.2 * half, 0.1, 2.2 * half), 0.015);
    p.bxb(Part::Lacquer, v(0.0, 0.09, 0.0), v(2.06 * half, 0.06, 2.06 * half), 0.012);
    for (x, z) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        p.bxb(Part::Lacquer, v(x * (half - 0.05), low, z * (half - 0.05)), v(0.11, top - low, 0.11), 0.02);
    }
    p.bxb(Part::Lacquer, v(0.0, low, -half + 0.04), v(2.0 * half - 0.1, top - low, 0.05), 0.01);
    for k in 0..3 {
        // The door (in front) stands ajar where things fall apart.
        let ajar = if k == 1 && p.broken(0.5) { 0.5 } else { 0.0 };
        p.at(Vec3::ZERO, 0.5 * PI * (k as f32 - 1.0), |p| {
            p.at(v(-half + 0.1, 0.0, half - 0.04), -ajar, |p| glazing(p, 2.0 * half - 0.2, low, top, k == 1));
        });
    }
    crown(p, top, half);
    telephone(p, half);
    p.hull(Hull::cuboid(v(-half, 0.0, -half), v(half, h - 0.05, half)));
}

/// A frame with panes from its hinge at the origin `w` to the right; the door has a handle.
fn glazing(p: &mut Pen, w: f32, low: f32, top: f32, door: bool) {
    let (sill, head) = (low + 0.3, top - 0.06);
    p.bxb(Part::Lacquer, v(0.5 * w, low, 0.0), v(w, 0.3, 0.05), 0.01);
    p.bxb(Part::Lacquer, v(0.5 * w, head - 0.02, 0.0), v(w, 0.1, 0.05), 0.01);
    for x in [0.03, w - 0.03] {
        p.bxb(Part::Lacquer, v(x, sill - 0.02, 0.0), v(0.06, head - sill + 0.04, 0.05), 0.01);
    }
    p.chip(Part::Glass, v(0.5 * w, sill - 0.01, 0.0), v(w - 0.08, head - sill + 0.02, 0.014));
    for k in 1..7 {
        let y = sill + (head - sill) * k as f32 / 7.0;
        p.chip(Part::Lacquer, v(0.5 * w, y - 0.012, 0.0), v(w - 0.08, 0.024, 0.034));
    }
    for x in [0.22, 0.78] {
        p.chip(Part::Lacquer, v(x * w, sill - 0.01, 0.0), v(0.024, head - sill + 0.02, 0.036));
    }
    if door {
        p.bxb(Part::Trim, v(w - 0.05, 0.98, 0.045), v(0.035, 0.24, 0.035), 0.01);
        for y in [0.99, 1.19] {
            p.chip(Part::Trim, v(w - 0.05, y, 0.028), v(0.03, 0.03, 0.03));
        }
    }
}

/// The cornice with a lit sign on each side and a domed roof.
fn crown(p: &mut Pen, top: f32, half: f32) {
    p.bxb(Part::Lacquer, v(0.0, top - 0.02, 0.0), v(2.08 * half, 0.2, 2.08 * half), 0.02);
    for k in 0..4 {
        p.at(Vec3::ZERO, 0.5 * PI * k as f32, |p| {
            p.bxb(Part::Lamp, v(0.0, top + 0.02, 1.04 * half), v(1.5 * half, 0.12, 0.02), 0.004);
            p.at(v(0.0, top + 0.08, 1.04 * half + 0.008), 0.0, |p| letter_bars(p, 1.2 * half));
            // An arched gable over each sign.
            let gable = slab([14, 2], 0.05, |x, y| {
                let u = 2.0 * x - 1.0;
                v(1.02 * half * u, top + 0.17 + y * 0.14 * (1.0 - u * u).max(0.02), 0.99 * half)
            });
            p.put(Part::Lacquer, &oriented(gable));
        });
    }
    let dome = slab([12, 12], 0.05, |x, y| {
        let (a, b) = (2.0 * x - 1.0, 2.0 * y - 1.0);
        v(0.98 * half * a, top + 0.18 + 0.12 * (1.0 - a * a) + 0.12 * (1.0 - b * b), -0.98 * half * b)
    });
    p.creased(80.0, |p| {
        p.put(Part::Lacquer, &oriented(dome));
    });
    p.lamp_light(v(0.0, top - 0.15, 0.0), 3.0);
    p.put_at(Part::Lamp, &cylinder(0.1, 0.04, 14, 0.01), v(0.0, top - 0.06, 0.0));
}

/// Dark strokes of lettering on a lit sign.
fn letter_bars(p: &mut Pen, w: f32) {
    for k in 0..6 {
        let x = (k as f32 / 5.0 - 0.5) * w;
        p.chip(Part::Rubber, v(x, -0.035, 0.0), v(0.016, 0.07, 0.012));
        let y = if p.rng.chance(0.5) { 0.02 } else { -0.03 };
        p.chip(Part::Rubber, v(x + 0.016, y, 0.0), v(0.03, 0.014, 0.012));
    }
}

/// The telephone: a case with dial and handset, its cord, a shelf with the book.
fn telephone(p: &mut Pen, half: f32) {
    let z = -half + 0.06;
    p.put_at(Part::Frame, &rounded_box(v(0.3, 0.46, 0.18), 0.03, 2), v(-0.06, 1.34, z + 0.07));
    p.turned(v(-0.03, 1.38, z + 0.16), Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Trim, &cylinder(0.075, 0.025, 18, 0.006));
        p.put_at(Part::Rubber, &torus(0.055, 0.011, 16, 5), v(0.0, 0.026, 0.0));
    });
    let handset = smooth(&[v(-0.25, 1.5, z + 0.15), v(-0.27, 1.37, z + 0.18), v(-0.25, 1.22, z + 0.15)], 3);
    p.put(Part::Rubber, &tube(&handset, &vec![0.026; handset.len()], 7));
    for y in [1.5, 1.22] {
        p.put_at(Part::Rubber, &sphere(0.048, 6, 9), v(-0.25, y, z + 0.15));
        p.rod(Part::Trim, v(-0.26, y, z + 0.1), v(-0.1, y, z + 0.1), 0.014);
    }
    let cord = smooth(
        &[v(-0.25, 1.2, z + 0.14), v(-0.22, 0.92, z + 0.2), v(-0.06, 0.9, z + 0.14), v(-0.04, 1.14, z + 0.06)],
        4,
    );
    p.put(Part::Rubber, &tube(&cord, &vec![0.01; cord.len()], 5));
    p.bxb(Part::Trim, v(0.02, 0.92, z + 0.1), v(1.4 * half, 0.03, 0.24), 0.006);
    p.bxb(Part::Pages, v(0.2, 0.95, z + 0.11), v(0.2, 0.07, 0.17), 0.01);
    p.bxb(Part::Rubber, v(0.2, 0.945, z + 0.11), v(0.21, 0.012, 0.18), 0.002);
}
