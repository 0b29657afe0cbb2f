//! The forms grown walls are made of: pointed openings, shells about a surface with two faces, closed lips.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Shape;
use gesamt_mesh::shapes::slab;
use gesamt_mesh::shapes2::oriented;
use glam::{Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::Part;

/// The least half width of a skin at the tip of an opening, in metres: a row of corners must not fall into one point.
const TIP: f32 = 0.02;

/// Half width of an opening that stands on the ground at `t` of its height, as a part of its widest: it ends in a point.
pub(crate) fn ogive(t: f32) -> f32 {
    let t = t.clamp(0.0, 1.0);
    (1.0 - t.powf(2.3)).max(0.0).powf(0.75) * (0.9 + 0.12 * (PI * t).sin())
}

/// Half width of an opening in the middle of a wall at `t` from its lower (-1) to its upper tip (1), as a part of its widest.
pub(crate) fn oval(t: f32) -> f32 {
    (1.0 - t.abs().min(1.0).powf(1.9)).max(0.0).powf(0.78)
}

/// A step from 0 at `a` to 1 at `b` that starts and ends gently.
pub(crate) fn ease(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A shell with a face to the front and its twin to the back: `face(u, v)` is a point of the middle plane and, as z, half
/// the thickness there.
pub(crate) fn pillow(cells: [u32; 2], face: impl Fn(f32, f32) -> Vec3) -> Shape {
    let mut shape = slab(cells, 1.0, |x, y| {
        let q = face(x, y);
        v(q.x, q.y, 0.0)
    });
    let (row, half) = (cells[0] as usize + 1, shape.positions.len() / 2);
    for i in 0..half {
        let q = face((i % row) as f32 / cells[0] as f32, (i / row) as f32 / cells[1] as f32);
        shape.positions[i] = q;
        shape.positions[i + half] = v(q.x, q.y, -q.z);
    }
    oriented(shape)
}

/// The solid through sections that close into a ring; every section has the same number of points in the same order.
pub(crate) fn garland(sections: &[Vec<Vec3>]) -> Shape {
    let (count, n) = (sections.len() as u32, sections.first().map_or(0, Vec::len) as u32);
    let mut shape = Shape::default();
    for point in sections.iter().flatten() {
        shape.vertex(*point);
    }
    for s in 0..count {
        let (here, next) = (s * n, (s + 1) % count * n);
        for i in 0..n {
            let j = (i + 1) % n;
            shape.quad([here + i, next + i, next + j, here + j]);
        }
    }
    oriented(shape)
}

/// A skin with two faces about an opening: `face(i, s)` is a point of the middle plane and half the thickness there, at
/// station `i` about the opening and `s` from its lip (0) to the outer edge (1).
pub(crate) fn wreath(stations: usize, rungs: &[f32], face: impl Fn(usize, f32) -> Vec3) -> Shape {
    let section = |i: usize| -> Vec<Vec3> {
        let front = rungs.iter().map(|s| face(i, *s));
        let back = rungs.iter().rev().map(|s| face(i, *s) * v(1.0, 1.0, -1.0));
        front.chain(back).collect()
    };
    garland(&(0..stations).map(section).collect::<Vec<_>>())
}

/// A round lip of radius `r` about an oval opening of half width `size.x` and half height `size.y`; it stands out to both
/// faces by `deep`.
pub(crate) fn lip(size: Vec2, r: f32, deep: f32, stations: usize) -> Shape {
    const ABOUT: usize = 8;
    let section = |i: usize| -> Vec<Vec3> {
        let e = Vec2::from_angle(TAU * i as f32 / stations as f32);
        let middle = v2(size.x * oval(e.y) * e.x.signum(), size.y * e.y);
        let out = (e + middle / size.max_element()).normalize_or(Vec2::Y);
        let point = |k: usize| {
            let c = Vec2::from_angle(TAU * k as f32 / ABOUT as f32);
            let q = middle + r * c.x * out;
            v(q.x, q.y, deep * c.y)
        };
        (0..ABOUT).map(point).collect()
    };
    garland(&(0..stations).map(section).collect::<Vec<_>>())
}

impl Pen<'_> {
    /// Two wing cases that close a pointed opening of half width `a` and height `tall`, with growth lines and a seam of light;
    /// with decay one stands ajar.
    pub fn wing_cases(&mut self, a: f32, tall: f32) {
        let ajar = if self.broken(0.7) { 0.3 } else { 0.0 };
        for s in [-1.0, 1.0] {
            let turn = glam::Quat::from_rotation_y(if s > 0.0 { ajar } else { 0.0 });
            self.turned(v(s * 0.9 * a, 0.0, 0.0), turn, |p| {
                let case = pillow([5, 12], |x, t| {
                    let wide = (a * ogive(t)).max(TIP);
                    let lines = 0.008 * (TAU * 7.0 * t + 2.0 * x).cos();
                    let full = (PI * (0.06 + 0.88 * x)).sin() * (1.0 - 0.5 * t * t);
                    v(
                        s * (wide * (1.0 - x) - 0.9 * a + 0.008 * x),
                        0.03 + (tall - 0.02) * t,
                        0.025 + 0.075 * full + lines * full,
                    )
                });
                p.skin(Part::Panel, &case);
                for side in [-1.0, 1.0] {
                    let at =
                        |x: f32, t: f32, z: f32| v(s * (a * ogive(t) * (1.0 - x) - 0.9 * a), 0.03 + tall * t, side * z);
                    let ridge = [at(0.5, 0.02, 0.07), at(0.42, 0.3, 0.11), at(0.45, 0.6, 0.095), at(0.6, 0.86, 0.05)];
                    p.tendril(Part::Roof, &ridge, 8, 0.028, 0.012);
                }
            });
        }
        self.tendril(
            Part::Glow,
            &[v(0.0, 0.05, 0.0), v(0.0, 0.5 * tall, 0.0), v(0.0, 0.93 * tall, 0.0)],
            4,
            0.03,
            0.02,
        );
    }

    /// A clear skin in an oval opening of half width `size.x` and half height `size.y`, held by veins.
    pub fn veined_pane(&mut self, size: Vec2) {
        if !self.broken(0.4) {
            let pane = pillow([6, 12], |x, y| {
                let (c, t) = (2.0 * x - 1.0, 2.0 * y - 1.0);
                let full = (1.0 - c * c) * (1.0 - t * t);
                v(c * (size.x * oval(t) + TIP), t * size.y, 0.01 + 0.012 * full)
            });
            self.skin(Part::Glass, &pane);
        }
        let at = |c: f32, t: f32| v(c * size.x * oval(t), t * size.y, 0.0);
        let (root, top) = (at(0.0, -0.99), at(0.0, 0.97));
        self.tendril(Part::Frame, &[root, v(0.05 * size.x, 0.0, 0.0), top], 8, 0.055, 0.028);
        for s in [-1.0, 1.0] {
            for (t, rise) in [(-0.62, 0.42), (-0.22, 0.5), (0.22, 0.42)] {
                let path = [at(0.03, t), at(0.5 * s, t + 0.28 * rise), at(1.02 * s, t + rise)];
                self.tendril(Part::Frame, &path, 5, 0.04, 0.026);
            }
        }
    }
}
