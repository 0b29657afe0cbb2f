//! Fields of sheet metal: plates with seams between them, bolts, vents, plates and lines of light.

use glam::Vec2;

use super::pen::{Pen, v, v2};
use crate::style::Part;

/// Thickness of a plate above the wall it covers, and width of the seams, in metres.
const PROUD: f32 = 0.008;
const SEAM: f32 = 0.016;

/// What a field of plates carries.
pub(crate) struct Field {
    /// Plates side by side.
    pub columns: usize,
    /// A vent in the last plate.
    pub vent: bool,
    /// A label plate on the first one.
    pub plate: bool,
    /// A line of light above.
    pub glow: bool,
}

impl Pen<'_> {
    /// Covers a `size` rectangle of a wall in the xy-plane, centred at the origin and facing +Z.
    pub fn panelled(&mut self, size: Vec2, field: &Field) {
        let n = field.columns.max(1);
        let step = size.x / n as f32;
        let (low, bolt) = (-0.5 * size.y, (0.02 * size.y).clamp(0.006, 0.012));
        for k in 0..=n {
            let x = (k as f32 - 0.5 * n as f32) * step;
            self.chip(Part::Frame, v(x, low, -0.009), v(2.0 * SEAM, size.y, 0.02));
        }
        for k in 0..n {
            let x = (k as f32 + 0.5 - 0.5 * n as f32) * step;
            let (w, h) = (step - SEAM, size.y - SEAM);
            self.chip(Part::Main, v(x, low + 0.5 * SEAM, 0.0), v(w, h, 2.0 * PROUD));
            for y in [low + 0.1 * size.y, low + 0.9 * size.y] {
                let (a, b) = (x - 0.42 * w, x + 0.42 * w);
                self.bolts(Part::Trim, v(a, y, PROUD), v(b, y, PROUD), 2, bolt);
            }
            if field.vent && k + 1 == n {
                self.louvres(v2(x, -0.16 * size.y), v2(0.6 * w, 0.36 * size.y));
            }
            if field.plate && k == 0 {
                let plate = v2((0.5 * w).min(0.3), (0.2 * size.y).min(0.16));
                self.chip(Part::Trim, v(x, -0.3 * size.y, PROUD), v(plate.x, plate.y, 0.012));
                for (i, long) in [0.8, 0.55].into_iter().enumerate() {
                    let y = -0.3 * size.y + plate.y * (0.6 - 0.36 * i as f32);
                    self.chip(Part::Frame, v(x, y, PROUD + 0.002), v(long * plate.x, 0.16 * plate.y, 0.012));
                }
            }
        }
        if field.glow {
            self.chip(Part::Glow, v(0.0, low + 0.8 * size.y, PROUD), v(0.7 * step, 0.018, 0.016));
        }
    }

    /// A vent of slats around `at` in the xy-plane.
    fn louvres(&mut self, at: Vec2, size: Vec2) {
        self.chip(Part::Frame, v(at.x, at.y - 0.5 * size.y, PROUD), v(size.x, size.y, 0.008));
        let n = 4;
        for k in 0..n {
            let y = at.y - 0.5 * size.y + size.y * (k as f32 + 0.3) / n as f32;
            self.chip(Part::Main, v(at.x, y, PROUD + 0.004), v(0.9 * size.x, 0.45 * size.y / n as f32, 0.012));
        }
    }
}
