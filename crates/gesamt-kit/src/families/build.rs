//! Construction parts in every dialect: posts, rails, boards, sheets, roofs.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Shape;
use gesamt_mesh::shapes::{cone, cylinder, lathe, slab, sphere};
use gesamt_mesh::shapes2::{loft, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

impl Pen<'_> {
    /// An upright post of about `w` metres section, from `base` up `h` metres.
    pub fn post(&mut self, base: Vec3, h: f32, w: f32) {
        match self.dialect() {
            Dialect::Neon | Dialect::Metal => {
                self.bx(Part::Frame, base, v(w, h, w));
                self.bx(Part::Frame, base, v(2.0 * w, 0.02, 2.0 * w));
                for (x, z) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                    self.chip(Part::Trim, base + v(0.75 * w * x, 0.018, 0.75 * w * z), v(0.022, 0.018, 0.022));
                }
            }
            Dialect::Sleek => {
                let section = |y: f32, s: f32| -> Vec<Vec3> {
                    (0..10)
                        .map(|i| Vec2::from_angle(TAU * i as f32 / 10.0))
                        .map(|d| base + v(d.x * s * 0.7, y, d.y * s))
                        .collect()
                };
                let shape = loft(&[
                    section(0.0, 0.9 * w),
                    section(0.12 * h, 0.6 * w),
                    section(0.9 * h, 0.5 * w),
                    section(h, 0.6 * w),
                ]);
                self.put(Part::Frame, &shape);
            }
            Dialect::Steam => {
                let r = 0.5 * w;
                self.drum(Part::Frame, base, r, h);
                for y in [0.0, 0.33 * h, h - 0.05] {
                    self.put_at(Part::Trim, &cylinder(1.45 * r, 0.05, 12, 0.012), base + v(0.0, y, 0.0));
                }
            }
            Dialect::Timber => {
                let lean = v(0.01 * self.rng.signed(), 0.0, 0.01 * self.rng.signed()) * h;
                self.beam(Part::Frame, base, base + v(0.0, h, 0.0) + lean, w, w);
                self.bx(Part::Trim, base + v(0.0, 0.12, 0.0), v(w * 1.12, 0.05, w * 1.12));
            }
            Dialect::Japan => {
                self.bx(Part::Frame, base + v(0.0, 0.06, 0.0), v(w, h - 0.06, w));
                let foot = lathe(&[v2(0.9 * w, 0.0), v2(0.95 * w, 0.05), v2(0.7 * w, 0.1)], 10);
                self.put_at(Part::Stone, &foot, base);
            }
            Dialect::Organic => {
                let bend = v(self.rng.signed(), 0.0, self.rng.signed()) * 0.05 * h;
                self.bone(base, base + v(0.0, h, 0.0), bend, 0.62 * w, 0.4 * w);
            }
        }
    }

    /// A rail or lintel between two points.
    pub fn rail(&mut self, a: Vec3, b: Vec3, w: f32) {
        match self.dialect() {
            Dialect::Steam => {
                self.rod(Part::Frame, a, b, 0.5 * w);
            }
            Dialect::Organic => {
                let bend = v(0.0, 0.06 * a.distance(b), 0.0);
                self.bone(a, b, bend, 0.5 * w, 0.5 * w);
            }
            _ => {
                self.beam(Part::Frame, a, b, w, w);
            }
        }
    }

    /// A wall of boards, sheets or panels in the xy-plane: `w` × `h` from the lower left corner at the origin, facing +Z.
    pub fn boards(&mut self, part: Part, w: f32, h: f32, upright: bool) {
        match self.dialect() {
            Dialect::Neon | Dialect::Metal if matches!(part, Part::Roof) => self.corrugated(part, w, h),
            Dialect::Neon | Dialect::Metal | Dialect::Sleek => self.plates(part, w, h),
            Dialect::Steam if part != Part::Frame => {
                self.planks(part, w, h, upright);
                for y in [0.08 * h, 0.92 * h] {
                    self.bx(Part::Trim, v(0.5 * w, y - 0.02, 0.012), v(w, 0.04, 0.03));
                    self.bolts(Part::Trim, v(0.06, y, 0.03), v(w - 0.06, y, 0.03), 6, 0.011);
                }
            }
            Dialect::Organic => {
                let bulge = 0.06 * w.min(h);
                let shape = slab([8, 6], 0.04, |x, y| {
                    let b = (PI * x).sin() * (PI * y).sin();
                    v(x * w, y * h, bulge * b + 0.012 * (9.0 * x).sin() * (7.0 * y).cos())
                });
                self.put(part, &shape);
            }
            _ => self.planks(part, w, h, upright),
        }
    }

    /// Planks with gaps, uneven ends and, with decay, missing and slipped ones.
    pub fn planks(&mut self, part: Part, w: f32, h: f32, upright: bool) {
        self.planking(part, v2(w, h), upright, false);
    }

    /// Planks that are all there, for what carries lettering.
    pub fn whole_planks(&mut self, part: Part, w: f32, h: f32, upright: bool) {
        self.planking(part, v2(w, h), upright, true);
    }

    fn planking(&mut self, part: Part, size: Vec2, upright: bool, whole: bool) {
        let (w, h) = (size.x, size.y);
        let (span, length) = if upright { (w, h) } else { (h, w) };
        let n = (span / 0.16).round().clamp(2.0, 24.0);
        let step = span / n;
        for i in 0..n as usize {
            let gone = i > 0 && i + 1 < n as usize && self.broken(0.3);
            if gone && !whole {
                continue;
            }
            let (mut short, mut slip, mut depth) = (length, 0.0, 0.026);
            if !gone {
                let cut = 0.02 * self.rng.unit() + if self.broken(0.35) { 0.35 * self.rng.unit() } else { 0.0 };
                short = length * (1.0 - if whole { 0.0 } else { cut });
                slip = 0.05 * self.decay() * self.rng.signed() * if whole { 0.0 } else { 1.0 };
                depth = 0.024 + 0.006 * self.rng.unit();
            }
            let c = (i as f32 + 0.5) * step;
            let (base, size) = if upright {
                (v(c, 0.0, 0.0), v(step * 0.95, short, depth))
            } else {
                (v(0.5 * short, c - 0.475 * step, 0.0), v(short, step * 0.95, depth))
            };
            let roll = Quat::from_rotation_z(slip);
            self.turned(base, roll, |p| {
                p.bxb(part, Vec3::ZERO, size, 0.004);
            });
        }
    }

    /// Metal or hull plates with rims and bolts.
    fn plates(&mut self, part: Part, w: f32, h: f32) {
        let n = (w / 0.9).round().clamp(1.0, 6.0);
        let step = w / n;
        for i in 0..n as usize {
            let c = (i as f32 + 0.5) * step;
            let tilt = Quat::from_rotation_x(0.05 * self.decay() * self.rng.signed());
            self.turned(v(c, 0.0, 0.0), tilt, |p| {
                p.bxb(part, Vec3::ZERO, v(step * 0.985, h, 0.03), 0.008);
                p.bxb(part, v(0.0, 0.1 * h, 0.015), v(step * 0.8, 0.8 * h, 0.02), 0.008);
                if p.dialect() != Dialect::Sleek {
                    for x in [-0.45, 0.45] {
                        p.bolts(Part::Trim, v(x * step, 0.05 * h, 0.016), v(x * step, 0.95 * h, 0.016), 4, 0.009);
                    }
                }
            });
        }
    }

    /// A corrugated sheet in the xy-plane, waves along x.
    pub fn corrugated(&mut self, part: Part, w: f32, h: f32) {
        let sheets = (w / 0.85).ceil().max(1.0);
        let step = w / sheets;
        for i in 0..sheets as usize {
            let waves = (step / 0.105).round().max(3.0);
            let (short, lift) = (h * (1.0 - 0.06 * self.rng.unit()), 0.004 + 0.01 * self.rng.unit());
            let curl = if self.broken(0.5) { 0.12 * self.rng.unit() } else { 0.0 };
            let x0 = i as f32 * step;
            let shape = slab([waves as u32 * 4, 2], 0.006, |x, y| {
                let bend = curl * (x * x) * (1.0 - y);
                v(
                    x0 - 0.02 + x * (step + 0.04),
                    y * short,
                    0.018 * (TAU * waves * x).sin() + lift * (i % 2) as f32 + bend,
                )
            });
            self.crease(70.0).put(part, &shape).crease(50.0);
        }
    }

    /// A pitched or flat roof surface over a `w` × `d` rectangle about the origin at height 0, rising to `rise` at the back.
    pub fn lean_roof(&mut self, w: f32, d: f32, rise: f32) {
        let length = (d * d + rise * rise).sqrt();
        let slope = -(PI * 0.5 - (rise / d).atan());
        let place = Quat::from_rotation_x(slope);
        let corner = v(-0.5 * w, 0.0, 0.5 * d);
        match self.dialect() {
            Dialect::Neon | Dialect::Metal => {
                self.turned(corner, place, |p| p.corrugated(Part::Roof, w, length));
            }
            Dialect::Organic => {
                let shape = slab([12, 8], 0.05, |x, y| {
                    let ribs = 0.05 * (TAU * 3.0 * x).cos();
                    v(
                        (x - 0.5) * w * (1.0 + 0.1 * (PI * y).sin()),
                        rise * y + 0.22 * (PI * x).sin() + ribs,
                        (0.5 - y) * d,
                    )
                });
                self.put(Part::Roof, &shape);
            }
            Dialect::Sleek => {
                let shape =
                    slab([10, 6], 0.06, |x, y| v((x - 0.5) * w, rise * y + 0.14 * (PI * x).sin(), (0.5 - y) * d));
                self.put(Part::Roof, &shape);
            }
            Dialect::Japan => {
                self.turned(corner, place, |p| p.tiles(w, length));
            }
            _ => {
                self.turned(corner, place, |p| p.shingles(w, length));
            }
        }
    }

    /// Overlapping rows of shingles in the xy-plane.
    pub fn shingles(&mut self, w: f32, h: f32) {
        self.bx(Part::Panel, v(0.5 * w, 0.0, -0.03), v(w, h, 0.02));
        let rows = (h / 0.24).ceil().clamp(2.0, 14.0);
        for row in 0..rows as usize {
            let y = h * row as f32 / rows;
            let n = (w / 0.3).ceil().clamp(2.0, 24.0);
            let shift = if row % 2 == 0 { 0.0 } else { 0.5 };
            for i in 0..n as usize {
                if self.broken(0.25) {
                    continue;
                }
                let x0 = ((i as f32 + shift) / n * w).min(w);
                let x1 = ((i as f32 + 1.0 + shift) / n * w).min(w);
                if x1 - x0 < 0.05 {
                    continue;
                }
                let lean = Quat::from_rotation_x(0.06 + 0.03 * self.rng.signed());
                let long = 1.25 * h / rows * self.about(0.1);
                self.turned(v(0.5 * (x0 + x1), y - 0.03, 0.02), lean, |p| {
                    p.chip(Part::Roof, Vec3::ZERO, v((x1 - x0) * 0.96, long, 0.025));
                });
            }
        }
    }

    /// Rows of half-round tiles running down the slope in the xy-plane.
    pub fn tiles(&mut self, w: f32, h: f32) {
        self.bx(Part::Frame, v(0.5 * w, 0.0, -0.04), v(w, h, 0.03));
        let n = (w / 0.24).round().clamp(2.0, 24.0);
        let shape = slab([n as u32 * 4, (h / 0.9).ceil() as u32], 0.03, |x, y| {
            let wave = (TAU * n * x).cos().max(-0.35);
            v(x * w, y * h, 0.032 + 0.035 * wave)
        });
        self.crease(60.0).put(Part::Roof, &shape).crease(50.0);
        for i in 0..n as usize {
            let x = w * i as f32 / n;
            self.turned(v(x.max(0.05), -0.015, 0.035), Quat::from_rotation_x(PI * 0.5), |p| {
                p.put(Part::Roof, &cylinder(0.055, 0.03, 8, 0.0));
            });
        }
    }

    /// A finial for the top of posts and roofs, in the genre's taste.
    pub fn finial(&mut self, at: Vec3, r: f32) {
        match (self.dialect(), self.style.genre) {
            (_, Genre::GothicHorror) => {
                self.put_at(Part::Trim, &cone(0.6 * r, 0.0, 4.0 * r, 6), at);
                self.put_at(Part::Trim, &torus(0.6 * r, 0.2 * r, 8, 5), at + v(0.0, 0.8 * r, 0.0));
            }
            (Dialect::Steam, _) => {
                self.put_at(Part::Trim, &sphere(r, 6, 10), at + v(0.0, 0.8 * r, 0.0));
                self.put_at(Part::Trim, &cone(0.3 * r, 0.0, 1.6 * r, 6), at + v(0.0, 1.6 * r, 0.0));
            }
            (Dialect::Japan, _) => {
                let drop = lathe(&[v2(0.7 * r, 0.0), v2(r, 0.6 * r), v2(0.7 * r, 1.3 * r), v2(0.0, 2.2 * r)], 8);
                self.put_at(Part::Trim, &drop, at);
            }
            (Dialect::Timber, _) => {
                self.put_at(Part::Frame, &sphere(r, 5, 8), at + v(0.0, 0.7 * r, 0.0));
            }
            _ => {
                self.put_at(Part::Trim, &cylinder(r, 0.6 * r, 8, 0.1 * r), at);
            }
        }
    }
}

/// Roughens a shape: every vertex moves along noise by up to `amount` metres; shared vertices stay shared.
pub(crate) fn rough(shape: Shape, amount: f32, frequency: f32, seed: u32) -> Shape {
    use gesamt_mesh::noise::gradient;
    shape.mapped(|p| {
        let q = p * frequency;
        let n = v(gradient(q, seed), gradient(q, seed ^ 0x55), gradient(q, seed ^ 0xaa));
        p + n * amount
    })
}

/// A smooth path through the points, `steps` to each stretch.
pub(crate) fn smooth(points: &[Vec3], steps: usize) -> Vec<Vec3> {
    let last = points.len().saturating_sub(1);
    let at = |i: usize| points[i.min(last)];
    let mut path: Vec<Vec3> = Vec::with_capacity(last * steps + 1);
    for i in 0..last {
        let (a, b, c, d) = (at(i.saturating_sub(1)), at(i), at(i + 1), at(i + 2));
        for k in 0..steps {
            let t = k as f32 / steps as f32;
            let (t2, t3) = (t * t, t * t * t);
            let bent = (c - a) * t + (2.0 * a - 5.0 * b + 4.0 * c - d) * t2 + (3.0 * b - a - 3.0 * c + d) * t3;
            path.push(b + 0.5 * bent);
        }
    }
    path.extend(points.last());
    path
}

/// Numbers along a path made by [`smooth`] with as many steps.
pub(crate) fn smooth_radii(radii: &[f32], steps: usize) -> Vec<f32> {
    let points: Vec<Vec3> = radii.iter().map(|r| Vec3::splat(*r)).collect();
    smooth(&points, steps).iter().map(|q| q.x.max(0.0)).collect()
}
