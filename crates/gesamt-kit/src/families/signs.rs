//! Signs and invented lettering.

use std::f32::consts::PI;

use gesamt_mesh::Shape;
use gesamt_mesh::shapes::{blob, cone, sphere};
use gesamt_mesh::shapes2::{extrude, star, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

impl Pen<'_> {
    /// A sign board in the xy-plane, centred, facing +Z (and −Z when `both`): frame, lettering, and a tube where neon is at home.
    pub fn sign_board(&mut self, w: f32, h: f32, both: bool) {
        let base = v(0.0, -0.5 * h, 0.0);
        match self.dialect() {
            Dialect::Neon => {
                self.bx(Part::Frame, base, v(w, h, 0.12));
                self.face(Part::Glyphs, w - 0.1, h - 0.1, 0.065, both);
                self.tube_frame(Part::Glow, w - 0.03, h - 0.03, 0.075);
                self.bx(Part::Trim, v(0.0, 0.5 * h, 0.0), v(w + 0.06, 0.035, 0.18));
            }
            Dialect::Sleek => {
                self.bxb(Part::Panel, base, v(w, h, 0.07), 0.03);
                self.face(Part::Screen, w - 0.08, h - 0.08, 0.036, both);
            }
            Dialect::Metal => {
                self.bx(Part::Panel, base, v(w, h, 0.05));
                self.bxb(Part::Frame, v(0.0, -0.5 * h - 0.03, 0.0), v(w + 0.06, 0.04, 0.08), 0.008);
                self.bxb(Part::Frame, v(0.0, 0.5 * h - 0.01, 0.0), v(w + 0.06, 0.04, 0.08), 0.008);
                self.letters(w - 0.12, h - 0.1, 0.03);
                self.bolts(Part::Trim, v(-0.45 * w, 0.42 * h, 0.03), v(0.45 * w, 0.42 * h, 0.03), 2, 0.012);
            }
            Dialect::Organic => {
                let shape = blob(3, |d| 0.5 * (1.0 + 0.06 * (6.0 * d.y.atan2(d.x)).cos()))
                    .mapped(|p| v(p.x * w * 1.1, p.y * h * 1.1, p.z * 0.18));
                self.put(Part::Panel, &shape);
                self.letters_glow(w * 0.6, h * 0.6, 0.085);
            }
            Dialect::Steam => {
                self.bx(Part::Panel, base, v(w, h, 0.05));
                self.tube_frame(Part::Trim, w, h, 0.02);
                self.letters(w - 0.2, h - 0.18, 0.03);
                for x in [-0.5, 0.5] {
                    self.put_at(Part::Trim, &sphere(0.035, 5, 8), v(x * w, 0.5 * h, 0.02));
                }
            }
            Dialect::Timber | Dialect::Japan => {
                self.at(v(-0.5 * w, -0.5 * h, 0.0), 0.0, |p| {
                    p.whole_planks(Part::Panel, w, h, p.dialect() == Dialect::Japan && h > w)
                });
                self.board_frame(w, h);
                self.letters(w * 0.62, h * 0.6, 0.018);
            }
        }
    }

    /// Four mouldings around a board of `w` × `h` centred in the xy-plane; they clasp its edges.
    fn board_frame(&mut self, w: f32, h: f32) {
        let (thick, deep) = (0.045, 0.06);
        for s in [-1.0, 1.0] {
            self.chip(Part::Frame, v(s * 0.5 * w, -0.5 * (h + thick), 0.0), v(thick, h + thick, deep));
            self.chip(Part::Frame, v(0.0, s * 0.5 * h - 0.5 * thick, 0.0), v(w + 1.6 * thick, thick, 0.92 * deep));
        }
    }

    fn face(&mut self, part: Part, w: f32, h: f32, z: f32, both: bool) {
        self.bxb(part, v(0.0, -0.5 * h, z - 0.01), v(w, h, 0.02), 0.004);
        if both {
            self.bxb(part, v(0.0, -0.5 * h, 0.01 - z), v(w, h, 0.02), 0.004);
        }
    }

    /// A tube around a rectangle.
    pub fn tube_frame(&mut self, part: Part, w: f32, h: f32, z: f32) {
        let (x, y) = (0.5 * w, 0.5 * h);
        let corners = [v(-x, -y, z), v(x, -y, z), v(x, y, z), v(-x, y, z)];
        for i in 0..4 {
            self.rod(part, corners[i], corners[(i + 1) % 4], 0.014);
        }
    }

    /// A trim bead around a rectangle centred at a point.
    pub fn tube_frame_at(&mut self, center: Vec3, w: f32, h: f32) {
        self.at(center, 0.0, |p| p.tube_frame(Part::Trim, w, h, 0.0));
    }

    /// Raised invented lettering: strokes on a grid.
    pub fn letters(&mut self, w: f32, h: f32, z: f32) {
        self.strokes(Part::Accent, w, h, z);
    }

    /// Lettering that glows.
    pub fn letters_glow(&mut self, w: f32, h: f32, z: f32) {
        self.strokes(Part::Glow, w, h, z);
    }

    fn strokes(&mut self, part: Part, w: f32, h: f32, z: f32) {
        let tall = h > w;
        let n = if tall { (h / w).round().clamp(1.0, 4.0) } else { (w / h).round().clamp(1.0, 5.0) };
        let cell = if tall { v2(w, h / n) } else { v2(w / n, h) };
        let s = 0.36 * cell.min_element();
        for i in 0..n as usize {
            let c = if tall {
                v2(0.0, 0.5 * h - (i as f32 + 0.5) * cell.y)
            } else {
                v2((i as f32 + 0.5) * cell.x - 0.5 * w, 0.0)
            };
            let thick = 0.28 * s;
            for k in 0..3 {
                let y = c.y + s * (k as f32 - 1.0) * 0.9;
                if self.rng.chance(0.72) {
                    let long = s * self.rng.range(1.0, 1.9);
                    self.chip(part, v(c.x, y - 0.5 * thick, z), v(long, thick, 0.024));
                }
            }
            let x = c.x + s * 0.7 * self.rng.signed();
            self.chip(part, v(x, c.y - 0.95 * s, z + 0.002), v(thick, 1.9 * s, 0.026));
            if self.rng.chance(0.5) {
                let x = c.x + s * 0.8 * self.rng.signed();
                self.chip(part, v(x, c.y - 0.9 * s, z + 0.001), v(thick, s, 0.025));
            }
        }
    }
}

/// Section of the posts of timber signs, in metres.
const POST: f32 = 0.14;

/// A timber sign: a painted board on the arm of a post, or a lettered board let in between two posts.
pub(crate) fn timber_sign(p: &mut Pen) {
    if p.rng.chance(0.5) { hanging_sign(p) } else { post_sign(p) }
}

/// The sign of a house: a framed board with an emblem hangs from the arm on two pairs of rings.
fn hanging_sign(p: &mut Pen) {
    let (w, h) = (p.size("width", 0.5, 0.75), p.size("height", 0.4, 0.55));
    let (tall, arm) = (2.8, w + 0.3);
    let (x, y) = (-0.5 * arm - 0.05, 2.5);
    p.solid(|p| {
        p.bx(Part::Frame, v(x, 0.0, 0.0), v(POST, tall, POST));
    });
    p.put_at(Part::Frame, &square_cap(0.5 * POST + 0.02, 0.12), v(x, tall - 0.01, 0.0));
    p.bx(Part::Trim, v(x, 0.1, 0.0), v(POST + 0.02, 0.05, POST + 0.02));
    // The arm passes through the post, where a wedge holds it, and stands on a brace at 45 degrees.
    p.bx(Part::Frame, v(x + 0.5 * arm - 0.06, y, 0.0), v(arm + 0.28, 0.11, 0.09));
    p.chip(Part::Trim, v(x - 0.1, y - 0.03, 0.0), v(0.03, 0.17, 0.04));
    p.beam(Part::Frame, v(x + 0.03, y - 0.3, 0.0), v(x + 0.37, y + 0.04, 0.0), 0.07, 0.07);
    let middle = x + 0.5 * POST + arm - 0.5 * w - 0.06;
    for s in [-1.0, 1.0] {
        let at = v(middle + s * 0.36 * w, y, 0.0);
        p.chip(Part::Trim, at - v(0.0, 0.012, 0.0), v(0.035, 0.135, 0.105));
        let ring = torus(0.034, 0.008, 10, 5);
        p.turned(at - v(0.0, 0.036, 0.0), Quat::from_rotation_x(0.5 * PI), |p| {
            p.put(Part::Trim, &ring);
        });
        p.turned(at - v(0.0, 0.1, 0.0), Quat::from_rotation_z(0.5 * PI), |p| {
            p.put(Part::Trim, &ring);
        });
    }
    let swing = Quat::from_rotation_x(0.05 * p.rng.signed());
    p.turned(v(middle, y - 0.125, 0.0), swing, |p| {
        p.solid(|p| {
            p.at(v(0.0, -0.5 * h, 0.0), 0.0, |p| emblem_board(p, w, h));
        });
    });
    p.overgrow_foot(0.5, 0.2);
}

/// A framed board with the same emblem in relief on both its faces.
fn emblem_board(p: &mut Pen, w: f32, h: f32) {
    p.at(v(-0.5 * w, -0.5 * h, 0.0), 0.0, |p| p.whole_planks(Part::Lacquer, w, h, true));
    p.board_frame(w, h);
    for (part, shape) in emblem(p) {
        let size = 0.42 * h;
        p.crease(40.0).put(part, &shape.mapped(|q| v(q.x * size, q.y * size, q.z))).crease(50.0);
    }
}

/// The parts of an emblem about the origin, two units high and 0.06 m thick.
fn emblem(p: &Pen) -> Vec<(Part, Shape)> {
    let flat = |outline: &[Vec2]| extrude(outline, 0.06, 0.008);
    let ring = |r: f32, t: f32, at: Vec2| {
        let upright = torus(r, t, 14, 6).mapped(|q| v(q.x + at.x, q.z + at.y, 0.4 * q.y.clamp(-t, t)));
        (Part::Accent, gesamt_mesh::shapes2::oriented(upright))
    };
    let choice = if p.style.genre == Genre::Nautical { 1 } else { p.rng.below(4) };
    match choice {
        0 => {
            let cup = [v2(-0.42, -0.75), v2(0.42, -0.75), v2(0.5, 0.45), v2(-0.5, 0.45)];
            let foam = [v2(-0.56, 0.4), v2(0.56, 0.4), v2(0.5, 0.72), v2(0.2, 0.85), v2(-0.2, 0.76), v2(-0.5, 0.8)];
            vec![(Part::Accent, flat(&cup)), (Part::Cloth2, flat(&foam)), ring(0.32, 0.09, v2(0.62, -0.12))]
        }
        1 => {
            let shank = [v2(-0.08, -0.7), v2(0.08, -0.7), v2(0.08, 0.6), v2(-0.08, 0.6)];
            let stock = [v2(-0.4, 0.32), v2(0.4, 0.32), v2(0.4, 0.44), v2(-0.4, 0.44)];
            let flukes = gesamt_mesh::shapes2::arc_band(0.52, 0.7, 1.06 * PI, 1.94 * PI, 10);
            let flukes: Vec<Vec2> = flukes.into_iter().map(|q| q - v2(0.0, 0.12)).collect();
            let iron = [&shank[..], &stock[..], &flukes[..]].map(|o| (Part::Accent, flat(o)));
            iron.into_iter().chain([ring(0.16, 0.06, v2(0.0, 0.72))]).collect()
        }
        2 => vec![(Part::Accent, flat(&star(8, 0.85, 0.38))), ring(0.3, 0.07, Vec2::ZERO)],
        _ => {
            let shaft = [v2(-0.08, -0.85), v2(0.08, -0.85), v2(0.08, 0.3), v2(-0.08, 0.3)];
            let bit = [
                v2(0.0, -0.8),
                v2(0.42, -0.8),
                v2(0.42, -0.62),
                v2(0.24, -0.55),
                v2(0.42, -0.48),
                v2(0.42, -0.3),
                v2(0.0, -0.3),
            ];
            vec![(Part::Accent, flat(&shaft)), (Part::Accent, flat(&bit)), ring(0.32, 0.1, v2(0.0, 0.52))]
        }
    }
}

/// A lettered board whose rails are let into two posts at top and bottom.
fn post_sign(p: &mut Pen) {
    let (w, h) = (p.size("width", 0.7, 1.5), p.size("height", 0.5, 0.95));
    let (low, x) = (1.15, 0.5 * w + 0.04);
    let tall = low + h + 0.42;
    for s in [-1.0, 1.0] {
        p.solid(|p| {
            p.bx(Part::Frame, v(s * x, 0.0, 0.0), v(0.12, tall, 0.12));
        });
        p.put_at(Part::Frame, &square_cap(0.075, 0.09), v(s * x, tall - 0.01, 0.0));
        p.bx(Part::Trim, v(s * x, 0.1, 0.0), v(0.14, 0.05, 0.14));
        for y in [low, low + h + 0.1] {
            // The tenon shows outside the post; pegs hold it.
            p.chip(Part::Frame, v(s * (x + 0.055), y + 0.015, 0.0), v(0.06, 0.07, 0.035));
            p.chip(Part::Trim, v(s * x, y + 0.035, 0.055), v(0.025, 0.025, 0.025));
        }
    }
    for y in [low, low + h + 0.1] {
        p.bx(Part::Frame, v(0.0, y, 0.0), v(2.0 * x - 0.06, 0.1, 0.06));
    }
    p.solid(|p| {
        p.at(v(0.0, low + 0.1 + 0.5 * h, 0.0), 0.0, |p| {
            let (bw, bh) = (2.0 * x - 0.08, h + 0.04);
            p.at(v(-0.5 * bw, -0.5 * bh, 0.0), 0.0, |p| p.whole_planks(Part::Panel, bw, bh, false));
            p.letters(0.74 * w, 0.62 * h, 0.018);
        });
    });
    if p.dialect() == Dialect::Japan {
        for s in [-1.0, 1.0] {
            let slope = Quat::from_rotation_x(s * 0.5);
            p.turned(v(0.0, tall + 0.02, 0.1 * s), slope, |p| {
                p.bx(Part::Roof, Vec3::ZERO, v(w + 0.5, 0.035, 0.3));
            });
        }
        p.beam(Part::Frame, v(-0.5 * w - 0.22, tall + 0.1, 0.0), v(0.5 * w + 0.22, tall + 0.1, 0.0), 0.07, 0.07);
    } else {
        for s in [-1.0, 1.0] {
            p.beam(Part::Frame, v(s * x, 0.02, -0.42), v(s * x, 0.85, -0.02), 0.07, 0.08);
        }
    }
    p.overgrow_foot(w, 0.2);
    p.overgrow_edge(w, low + h + 0.2, 0.06);
}

/// A four-sided cap of half width `s` and height `h`.
fn square_cap(s: f32, h: f32) -> Shape {
    let diagonal = s * std::f32::consts::SQRT_2;
    let turn = Quat::from_rotation_y(0.25 * PI);
    cone(diagonal, 0.25 * diagonal, h, 4).mapped(|q| turn * q)
}
