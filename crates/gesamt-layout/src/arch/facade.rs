//! What tells one facade from its neighbour: the height of the storeys, the rhythm of the bays, what frames the windows and
//! what hangs in them.

use gesamt_mesh::shapes::blob;
use gesamt_world::{Rng, Seed};
use glam::{Vec2, Vec3};

use super::building::Body;
use super::dialect::{Dialect, WindowStyle};
use super::paint::Paint;
use super::window::{Bay, WALL};
use crate::pen::Pen;

/// How the bays of a front follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rhythm {
    Even,
    /// Every other window is narrow.
    Alternating,
    /// The windows of the outer bays are narrow.
    Framed,
}

/// What hangs over a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hood {
    None,
    Lintel,
    /// A lintel on two brackets with a ledge.
    Ledge,
}

/// The manner of one front.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facade {
    rhythm: Rhythm,
    hood: Hood,
    has_pilasters: bool,
    has_quoins: bool,
    /// Whether the windows of the first floor reach down to a rail.
    has_rails: bool,
    /// How much higher the first floor is than the others.
    pub first_floor: f32,
    /// Share of windows with curtains or blinds.
    curtains: f32,
    /// Share of windows with a box of flowers.
    flowers: f32,
}

impl Facade {
    /// Draws the manner of a house.
    pub fn new(d: &Dialect, floors: u32, decay: f32, population: f32, seed: Seed) -> Self {
        let mut rng = seed.child("facade").rng();
        let is_masonry = !d.timber && d.window != WindowStyle::Hex && d.porch < 0.5;
        let rhythm = match rng.below(4) {
            0 => Rhythm::Alternating,
            1 => Rhythm::Framed,
            _ => Rhythm::Even,
        };
        let takes_hood = is_masonry && d.window != WindowStyle::Strip;
        let hood = match rng.below(3) {
            _ if !takes_hood => Hood::None,
            0 => Hood::Ledge,
            _ => Hood::Lintel,
        };
        let is_grand = is_masonry && floors >= 3 && d.cornice >= 0.4;
        Self {
            rhythm: if is_masonry { rhythm } else { Rhythm::Even },
            hood,
            has_pilasters: is_grand && rng.chance(0.45),
            has_quoins: is_masonry && d.cornice >= 0.4 && rng.chance(0.4),
            has_rails: is_grand && rng.chance(0.5),
            first_floor: if is_grand && d.jetty == 0.0 { rng.range(0.06, 0.24) } else { 0.0 },
            curtains: (0.3 + 0.4 * population) * (1.0 - 0.7 * decay),
            flowers: if d.window == WindowStyle::Strip { 0.0 } else { 0.3 * population * (1.0 - decay) },
        }
    }

    /// Width of a bay's opening against the others.
    pub fn share(&self, bay: usize, n: usize) -> f32 {
        let is_narrow = match self.rhythm {
            Rhythm::Even => false,
            Rhythm::Alternating => bay % 2 == 1,
            Rhythm::Framed => n > 2 && (bay == 0 || bay + 1 == n),
        };
        if is_narrow { 0.62 } else { 1.0 }
    }

    /// What belongs to a window besides its frame; `low` and `high` are the corners of the opening.
    pub fn dress(&self, pen: &mut Pen, body: &Body, rect: Bay, storey: u32, opening: [Vec2; 2], rng: &mut Rng) {
        let [low, high] = opening;
        if rng.chance(self.curtains) {
            curtains(pen, body.paint, low, high, rect.z, rng);
        }
        self.hood(pen, body.paint, low, high, rect.z);
        if storey == 1 && self.has_rails {
            rail(pen, body.paint, low, high, rect.z);
        } else if rng.chance(self.flowers) {
            flowers(pen, body.paint, low, high, rect.z, rng);
        }
    }

    fn hood(&self, pen: &mut Pen, paint: &Paint, low: Vec2, high: Vec2, z: f32) {
        if self.hood == Hood::None {
            return;
        }
        pen.mat(paint.trim);
        pen.block(Vec3::new(low.x - 0.14, high.y, z - 0.05), Vec3::new(high.x + 0.14, high.y + 0.2, z + 0.045), 0.0);
        if self.hood == Hood::Ledge {
            pen.block(
                Vec3::new(low.x - 0.24, high.y + 0.2, z - 0.05),
                Vec3::new(high.x + 0.24, high.y + 0.31, z + 0.22),
                0.02,
            );
            for x in [low.x - 0.12, high.x + 0.02] {
                pen.block(Vec3::new(x, high.y - 0.06, z - 0.05), Vec3::new(x + 0.1, high.y + 0.2, z + 0.16), 0.0);
            }
        }
    }

    /// Pilasters and quoins over the whole front.
    pub fn orders(&self, pen: &mut Pen, body: &Body) {
        let (base, top, z) = (body.floor(1), body.top(), body.plane(1));
        if !body.is_whole() || body.plot.floors < 2 {
            return;
        }
        pen.mat(body.paint.trim);
        if self.has_pilasters {
            for &x in &body.bays {
                let half = 0.17;
                pen.block(Vec3::new(x - half, base, z - 0.05), Vec3::new(x + half, top - 0.3, z + 0.1), 0.015);
                pen.block(
                    Vec3::new(x - half - 0.07, top - 0.55, z - 0.05),
                    Vec3::new(x + half + 0.07, top - 0.3, z + 0.17),
                    0.02,
                );
                pen.block(
                    Vec3::new(x - half - 0.05, base + 0.06, z - 0.05),
                    Vec3::new(x + half + 0.05, base + 0.4, z + 0.14),
                    0.02,
                );
            }
        } else if self.has_quoins {
            let n = (top / 0.44) as u32;
            for k in 0..n {
                let (y, reach) = (top * k as f32 / n as f32, if k % 2 == 0 { 0.5 } else { 0.3 });
                for (a, b) in [(-0.03, reach), (body.plot.width - reach, body.plot.width + 0.03)] {
                    pen.block(Vec3::new(a, y + 0.02, z - 0.1), Vec3::new(b, y + 0.41, z + 0.05), 0.0);
                }
            }
        }
    }
}

/// Curtains drawn to the sides, or a blind let down.
fn curtains(pen: &mut Pen, paint: &Paint, low: Vec2, high: Vec2, z: f32, rng: &mut Rng) {
    let (size, f) = (high - low, z - 0.19);
    pen.mat(if rng.chance(0.75) { paint.cloth2 } else { paint.cloth });
    let mut sheet = |a: Vec2, b: Vec2| {
        pen.quad([Vec3::new(a.x, a.y, f), Vec3::new(b.x, a.y, f), Vec3::new(b.x, b.y, f), Vec3::new(a.x, b.y, f)]);
    };
    if rng.chance(0.45) {
        let drop = rng.range(0.2, 0.75);
        return sheet(Vec2::new(low.x, high.y - drop * size.y), high);
    }
    let (left, right) = (rng.range(0.14, 0.42), rng.range(0.14, 0.42));
    sheet(low, Vec2::new(low.x + left * size.x, high.y));
    sheet(Vec2::new(high.x - right * size.x, low.y), high);
}

/// A rail before a window.
fn rail(pen: &mut Pen, paint: &Paint, low: Vec2, high: Vec2, z: f32) {
    pen.mat(paint.metal);
    let (x0, x1, y) = (low.x - 0.08, high.x + 0.08, low.y - 0.02);
    for h in [0.08, 0.82] {
        pen.block(Vec3::new(x0, y + h, z + 0.12), Vec3::new(x1, y + h + 0.04, z + 0.16), 0.0);
    }
    let n = ((x1 - x0) / 0.14) as u32;
    for k in 0..=n {
        let x = x0 + (x1 - x0) * k as f32 / n.max(1) as f32;
        pen.block(Vec3::new(x - 0.011, y + 0.08, z + 0.13), Vec3::new(x + 0.011, y + 0.84, z + 0.152), 0.0);
    }
    for x in [x0, x1] {
        pen.block(Vec3::new(x - 0.02, y + 0.78, z - WALL), Vec3::new(x + 0.02, y + 0.82, z + 0.16), 0.0);
    }
}

/// A box of flowers under a window.
fn flowers(pen: &mut Pen, paint: &Paint, low: Vec2, high: Vec2, z: f32, rng: &mut Rng) {
    pen.mat(paint.timber).block(
        Vec3::new(low.x, low.y - 0.06, z + 0.02),
        Vec3::new(high.x, low.y + 0.14, z + 0.24),
        0.01,
    );
    pen.mat(paint.leaves).crease(80.0);
    let n = ((high.x - low.x) / 0.22) as u32;
    for k in 0..n {
        let x = low.x + (k as f32 + 0.5) * (high.x - low.x) / n as f32;
        let r = rng.range(0.1, 0.2);
        pen.add(&blob(0, |_| 1.0).mapped(|p| p * Vec3::new(1.2 * r, r, 0.8 * r)).at(x, low.y + 0.16, z + 0.14));
    }
    pen.crease(45.0);
}
