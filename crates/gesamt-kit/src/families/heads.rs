//! Heads with faces for statues and effigies: a sculpted skull, hair, beards and hats.
//!
//! Every function draws in the units of a head: the middle of the skull is the origin, chin and crown lie at y = −1 and 1, the
//! face looks along +Z.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Shape;
use gesamt_mesh::shapes::{blob, lathe, slab, sphere};
use gesamt_mesh::shapes2::{oriented, torus};
use glam::{Quat, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::Part;

/// How far the vertices of a head are drawn toward its face, where the detail is.
const TOWARD_FACE: f32 = 0.5;

/// A bell about (`cx`, `cy`) of half widths `sx`, `sy`.
fn bell(x: f32, y: f32, [cx, cy, sx, sy]: [f32; 4]) -> f32 {
    (-((x - cx) / sx).powi(2) - ((y - cy) / sy).powi(2)).exp()
}

/// How far the nose stands out at a direction.
fn nose(x: f32, y: f32) -> f32 {
    let t = ((0.2 - y) / 0.45).clamp(0.0, 1.0);
    let (over, under) = ((y - 0.2).max(0.0) / 0.1, (-0.25 - y).max(0.0) / 0.055);
    (0.06 + 0.23 * t) * (-(x / (0.1 + 0.05 * t)).powi(2) - over * over - under * under).exp()
}

/// How far the features of the face stand out at a direction (x is its distance from the middle).
fn relief(x: f32, y: f32) -> f32 {
    const BELLS: [([f32; 4], f32); 9] = [
        ([0.34, 0.07, 0.17, 0.11], -0.13),
        ([0.3, 0.26, 0.26, 0.08], 0.05),
        ([0.14, -0.22, 0.07, 0.06], 0.05),
        ([0.0, -0.47, 0.26, 0.03], -0.06),
        ([0.0, -0.41, 0.19, 0.04], 0.05),
        ([0.0, -0.54, 0.17, 0.05], 0.06),
        ([0.0, -0.66, 0.2, 0.05], -0.03),
        ([0.0, -0.84, 0.25, 0.12], 0.08),
        ([0.52, -0.06, 0.16, 0.14], 0.05),
    ];
    nose(x, y) + BELLS.iter().map(|(at, high)| high * bell(x, y, *at)).sum::<f32>()
}

/// The skull with its face.
fn skull() -> Shape {
    blob(4, |_| 1.0).mapped(|d| {
        let d = (d + TOWARD_FACE * Vec3::Z).normalize();
        let jaw = (-d.y).max(0.0);
        let back = if d.z < 0.0 { 1.0 - 0.4 * jaw } else { 1.0 };
        let front = ((d.z - 0.15) / 0.4).clamp(0.0, 1.0);
        let out = 0.84 * d.z * back + 0.36 * jaw * jaw + front * relief(d.x.abs(), d.y);
        v(0.7 * d.x * (1.0 - 0.3 * jaw * jaw), d.y, out)
    })
}

/// A head with ears and eyes.
pub(crate) fn head(p: &mut Pen, part: Part) {
    p.creased(80.0, |p| {
        p.put(part, &skull());
        for s in [-1.0, 1.0] {
            p.put_at(part, &sphere(0.125, 5, 9), v(0.245 * s, 0.07, 0.69));
            let ear = blob(1, |_| 1.0).mapped(|q| v(0.07 * q.x, 0.2 * q.y, 0.13 * q.z));
            p.turned(v(0.68 * s, 0.0, -0.05), Quat::from_rotation_y(-0.45 * s), |p| {
                p.put(part, &ear);
            });
        }
    });
}

/// Hair that covers crown and back and ends `low` below the middle behind.
pub(crate) fn hair(p: &mut Pen, part: Part, low: f32) {
    let locks = blob(3, |_| 1.0).mapped(|d| {
        let strand = (7.0 * d.x.atan2(d.z) + 4.0 * d.y).sin().abs().sqrt() - 0.6;
        let wave = 1.0 + 0.075 * strand * (1.0 - d.y * d.y).max(0.0).sqrt();
        let fall = if d.y < 0.0 { 0.55 + low } else { 0.98 };
        v(0.84 * d.x * wave, 0.17 + fall * d.y, -0.2 + 0.88 * d.z * wave)
    });
    p.creased(80.0, |p| {
        p.put(part, &locks);
    });
}

/// Tight curls in rows over the skull, and a knot on the crown.
pub(crate) fn curls(p: &mut Pen, part: Part) {
    let cap = blob(4, |_| 1.0).mapped(|d| {
        let curl = 1.0 + 0.05 * (13.0 * d.y.asin()).sin().abs() * (9.0 * d.x.atan2(d.z)).cos().abs();
        v(0.76 * d.x * curl, 0.2 + if d.y < 0.0 { 0.62 } else { 0.88 } * d.y * curl, -0.15 + 0.84 * d.z * curl)
    });
    p.creased(80.0, |p| {
        p.put(part, &cap);
        p.put_at(part, &blob(2, |_| 0.36).mapped(|q| v(q.x, 0.9 * q.y, q.z)), v(0.0, 1.08, -0.15));
    });
}

/// A striped headcloth with two lappets that fall on the chest, `forward` of where they leave the face.
pub(crate) fn nemes(p: &mut Pen, part: Part, forward: f32) {
    p.creased(75.0, |p| {
        let cloth = blob(3, |_| 1.0).mapped(|d| {
            let wide = if d.y < 0.0 { 1.0 + 0.55 * d.y * d.y } else { 1.0 };
            let stripe = 1.0 + 0.02 * (24.0 * d.y).sin();
            let tall = if d.y < 0.0 { 1.6 } else { 0.9 };
            v(0.85 * d.x * wide * stripe, 0.15 + tall * d.y, -0.35 + 0.84 * d.z * stripe)
        });
        p.put(part, &cloth);
        for s in [-1.0, 1.0] {
            let lappet = slab([5, 14], 0.13, |x, y| {
                let stripe = 0.03 * (22.0 * PI * y).sin();
                let side = 0.66 + 0.14 * (1.0 - y);
                v(s * side + 0.6 * (x - 0.5), 0.5 - 3.0 * (1.0 - y), 0.32 + forward * (1.0 - y) + stripe)
            });
            p.put(part, &oriented(lappet));
        }
    });
}

/// A full beard that hangs `long` below the chin, and a moustache.
pub(crate) fn beard(p: &mut Pen, part: Part, long: f32) {
    let body = blob(3, |_| 1.0).mapped(|d| {
        let curl = 1.0 + 0.07 * (11.0 * d.x + 2.0 * d.y).sin();
        let taper = if d.y < 0.0 { 1.0 - 0.45 * d.y * d.y } else { 1.0 };
        let tall = if d.y < 0.0 { 0.3 + long } else { 0.34 };
        v(0.56 * d.x * taper * curl, -0.83 + tall * d.y, 0.5 + 0.32 * d.z * taper * curl)
    });
    p.creased(80.0, |p| {
        p.put(part, &body);
    });
    moustache(p, part, 0.36);
}

/// A moustache of `wide` to each side.
pub(crate) fn moustache(p: &mut Pen, part: Part, wide: f32) {
    for s in [-1.0, 1.0] {
        let lock = blob(2, |_| 1.0).mapped(|q| v(0.55 * wide * q.x, 0.075 * q.y, 0.09 * q.z));
        p.turned(
            v(0.48 * wide * s, -0.4, 0.84),
            Quat::from_rotation_y(0.5 * s) * Quat::from_rotation_z(-0.35 * s),
            |p| {
                p.put(part, &lock);
            },
        );
    }
}

/// A hat turned about its axis from (radius, height) points; the brim's sides are curled up by `curl`.
pub(crate) fn hat(p: &mut Pen, part: Part, profile: &[[f32; 2]], curl: f32) {
    let points: Vec<_> = profile.iter().map(|[r, y]| v2(*r, *y)).collect();
    let felt = lathe(&points, 28).mapped(|q| {
        let r = v2(q.x, q.z).length();
        let side = q.x * q.x / (r * r).max(1e-4);
        v(q.x, q.y + curl * side * (r - 0.85).max(0.0).powi(2), 1.08 * q.z)
    });
    p.creased(55.0, |p| {
        p.put(part, &oriented(felt));
    });
}

/// A crown of seven points around the brow.
pub(crate) fn crown(p: &mut Pen, part: Part) {
    p.put_at(part, &gesamt_mesh::shapes2::hoop(0.72, 0.08, 0.26, 28), v(0.0, 0.5, -0.05));
    for k in 0..7 {
        let a = TAU * (k as f32 + 0.75) / 7.0;
        let at = v(0.76 * a.cos(), 0.74, 0.76 * a.sin() - 0.05);
        p.put_at(part, &gesamt_mesh::shapes::cone(0.15, 0.0, 0.42, 5), at);
        p.put_at(part, &sphere(0.06, 4, 6), at + v(0.0, 0.42, 0.0));
    }
}

/// A wreath of leaves over the ears, open above the brow.
pub(crate) fn laurel(p: &mut Pen, part: Part) {
    p.put_at(part, &torus(0.75, 0.06, 24, 5), v(0.0, 0.5, -0.08));
    for k in 0..9 {
        for s in [-1.0, 1.0] {
            let a = PI * (0.5 + s * (0.06 + 0.1 * k as f32));
            let leaf = blob(1, |_| 1.0).mapped(|q| v(0.06 * q.x, 0.08 * q.y, 0.2 * q.z));
            let at = v(0.79 * a.cos(), 0.5 + 0.05 * (k % 2) as f32, 0.79 * a.sin() - 0.08);
            p.turned(at, Quat::from_rotation_y(-a - 0.35 * s) * Quat::from_rotation_x(0.4), |p| {
                p.put(part, &leaf);
            });
        }
    }
}

/// Goggles over the eyes on a strap.
pub(crate) fn goggles(p: &mut Pen, frame: Part, lens: Part) {
    p.put_at(frame, &torus(0.72, 0.05, 24, 5).mapped(|q| v(q.x, 1.6 * q.y, 1.08 * q.z)), v(0.0, 0.1, 0.0));
    for s in [-1.0, 1.0] {
        p.turned(v(0.27 * s, 0.1, 0.7), Quat::from_rotation_x(0.5 * PI), |p| {
            p.put(frame, &gesamt_mesh::shapes::cylinder(0.23, 0.24, 14, 0.03));
            p.put_at(lens, &gesamt_mesh::shapes::cylinder(0.17, 0.27, 14, 0.04), Vec3::ZERO);
        });
    }
}
