//! Crystals: prisms with terminations that radiate from the rock in which they grew.

use std::f32::consts::TAU;

use gesamt_mesh::shapes2::{loft, oriented};
use gesamt_mesh::{Hull, Shape, noise};
use glam::{Quat, Vec2, Vec3};

use super::ground::boulder;
use super::pen::{Pen, v};
use crate::style::Part;

/// Triangles of a prism.
const PRISM: usize = 42;
/// Light that a cluster sends out, in candelas at the full level of lamps.
const LIGHT_CD: f32 = 1.6;

/// Where a crystal stands in its cluster, against the cluster's height.
struct Seat {
    /// Distance from the middle and direction.
    out: f32,
    angle: f32,
    /// Lean outward in radians.
    lean: f32,
    tall: f32,
    /// Radius against height.
    stout: f32,
}

pub(crate) fn crystal(p: &mut Pen) {
    let h = p.size("height", 1.0, 2.6);
    let matrix = boulder(v(0.62, 0.26, 0.56) * h, 9, 3, p.rng.seed());
    p.crease(30.0).put(Part::Rock, &matrix);
    for k in 0..3 {
        let a = TAU * (k as f32 + 0.3 * p.rng.signed()) / 3.0;
        let r = h * p.rng.range(0.1, 0.2);
        let chunk = boulder(v(r, 0.8 * r, r), 7, 1, p.rng.seed());
        p.put_at(Part::Rock, &chunk, v(0.42 * h * a.cos(), -0.01, 0.4 * h * a.sin()));
    }
    let turn = TAU * p.rng.unit();
    let great = (3.0 * p.size("density", 0.8, 1.7)).round() as usize;
    for k in 0..great {
        let lean = if k == 0 { 0.1 } else { p.rng.range(0.25, 0.55) };
        let tall = if k == 0 { 1.0 } else { p.rng.range(0.6, 0.85) };
        let stout = p.rng.range(0.105, 0.15);
        stand(p, h, Seat { out: 0.09 * k.min(1) as f32, angle: turn + 2.3 * k as f32, lean, tall, stout });
    }
    let middling = (7.0 * p.size("density", 0.7, 1.6)) as usize;
    for k in 0..middling {
        let (lean, tall) = (p.rng.range(0.4, 0.95), p.rng.range(0.3, 0.58));
        let (out, stout) = (p.rng.range(0.12, 0.22), p.rng.range(0.09, 0.14));
        stand(p, h, Seat { out, angle: turn + 1.1 + 2.4 * k as f32, lean, tall, stout });
    }
    while p.left() > PRISM + 60 {
        // Small ones crowd about the foot, in the gaps.
        let (out, lean) = (0.14 + 0.24 * p.rng.unit().sqrt(), p.rng.range(0.3, 1.15));
        let (tall, stout) = (p.rng.range(0.06, 0.22) * (1.35 - 1.6 * out), p.rng.range(0.12, 0.2));
        stand(p, h, Seat { out, angle: TAU * p.rng.unit(), lean, tall, stout });
    }
    p.crease(50.0);
    let light = LIGHT_CD * p.style.lit;
    p.light(v(0.0, 0.45 * h, 0.0), 0.1, p.style.colors[4], light, gesamt_mesh::LightGroup::Steady);
    let b = p.bounds();
    p.hull(Hull::cuboid(v(0.95 * b.min.x, 0.0, 0.95 * b.min.z), v(0.95 * b.max.x, 0.45 * h, 0.95 * b.max.z)));
    p.hull(Hull::cuboid(v(0.5 * b.min.x, 0.3 * h, 0.5 * b.min.z), v(0.5 * b.max.x, b.max.y, 0.5 * b.max.z)));
}

/// Puts down one crystal.
fn stand(p: &mut Pen, h: f32, seat: Seat) {
    let Seat { out, angle, lean, tall, stout } = seat;
    let (sin, cos) = angle.sin_cos();
    let at = v(out * cos, 0.16 - 0.34 * out, out * sin) * h;
    let turn = Quat::from_axis_angle(v(sin, 0.0, -cos), lean);
    let (long, roll) = (tall * h * p.about(0.06), TAU * p.rng.unit());
    let shape = prism(long, stout * long, p.rng.seed());
    p.turned(at, turn * Quat::from_rotation_y(roll), |p| {
        p.crease(8.0).put(Part::Crystal, &shape);
    });
}

/// A six-sided prism of a height and a radius, narrow and broad faces in turn, growth steps on its sides, with a
/// termination of three great and three small faces.
fn prism(h: f32, r: f32, seed: u32) -> Shape {
    let unit = |k: i32| noise::hash_unit(glam::IVec3::new(k, 1, 2), seed);
    // Corners in pairs: one face broad, the next narrow.
    let squeeze = 0.12 + 0.1 * unit(3);
    let corner = |k: usize| {
        let side = if k.is_multiple_of(2) { squeeze } else { -squeeze };
        Vec2::from_angle(TAU * k as f32 / 6.0 + side) * r * (0.94 + 0.12 * unit(k as i32 + 9))
    };
    let ring = |y: &dyn Fn(usize) -> f32, s: f32| -> Vec<Vec3> {
        (0..6).map(|k| corner(k) * s).enumerate().map(|(k, e)| v(e.x, y(k), e.y)).collect()
    };
    // The shoulder stands higher on every other pair of corners, so that the point is made of great and small faces.
    let point = (1.5 + 0.7 * unit(5)) * r;
    let shoulder = h - point;
    let step = shoulder * (0.35 + 0.3 * unit(6));
    let tip = v(0.3 * r * (unit(40) - 0.5), h, 0.3 * r * (unit(41) - 0.5));
    let high = |k: usize| {
        shoulder + point * if (k / 2).is_multiple_of(2) { 0.3 } else { 0.02 } * (0.6 + 0.8 * unit(50 + k as i32))
    };
    oriented(loft(&[
        ring(&|_| -0.12 * h, 0.86),
        ring(&|k| step + 0.08 * r * unit(30 + k as i32), 1.0),
        ring(&high, 0.93),
        vec![tip],
    ]))
}
