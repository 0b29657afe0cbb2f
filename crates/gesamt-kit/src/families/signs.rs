//! Signs and invented lettering.

use gesamt_mesh::shapes::{blob, sphere};
use glam::Vec3;

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
                    p.planks(Part::Panel, w, h, p.dialect() == Dialect::Japan && h > w)
                });
                for x in [-0.38, 0.38] {
                    self.bx(Part::Trim, v(x * w, -0.48 * h, 0.005), v(0.045, 0.96 * h, 0.045));
                }
                self.letters(w * 0.62, h * 0.6, 0.018);
            }
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
