//! One bay of a storey: the wall around an opening, and the window in it.

use gesamt_mesh::shapes2::extrude;
use gesamt_world::Rng;
use glam::{Vec2, Vec3};

use super::dialect::WindowStyle;
use super::paint::Paint;
use crate::pen::Pen;

/// The rectangle of a bay in the facade's plane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bay {
    pub x: [f32; 2],
    pub y: [f32; 2],
    /// The plane of the facade.
    pub z: f32,
}

/// Thickness of the front wall.
pub(crate) const WALL: f32 = 0.32;

/// Draws a bay with a window; `wall` is the material around it. Returns the corners of the opening.
pub(crate) fn bay(
    pen: &mut Pen,
    paint: &Paint,
    bay: Bay,
    style: WindowStyle,
    opening: f32,
    wall: u32,
    rng: &mut Rng,
) -> [Vec2; 2] {
    let width = bay.x[1] - bay.x[0];
    let height = bay.y[1] - bay.y[0];
    let (sill, head) = match style {
        WindowStyle::Strip => (0.34, 0.88),
        WindowStyle::Lattice => (0.06, 0.82),
        WindowStyle::Lancet | WindowStyle::Arched => (0.24, 0.88),
        WindowStyle::Porthole | WindowStyle::Hex => (0.25, 0.85),
        _ => (0.30, 0.84),
    };
    let mut half = Vec2::new(0.5 * opening * width, 0.5 * (head - sill) * height);
    if matches!(style, WindowStyle::Porthole | WindowStyle::Hex) {
        half = Vec2::splat(half.min_element());
    }
    let center = Vec2::new(0.5 * (bay.x[0] + bay.x[1]), bay.y[0] + 0.5 * (sill + head) * height);
    let (low, high) = (center - half, center + half);
    let (back, front) = (bay.z - WALL, bay.z);
    pen.mat(wall);
    let mut wall_box = |x0: f32, x1: f32, y0: f32, y1: f32| {
        pen.block(Vec3::new(x0, y0, back), Vec3::new(x1, y1, front), 0.0);
    };
    wall_box(bay.x[0], bay.x[1], bay.y[0], low.y);
    wall_box(bay.x[0], bay.x[1], high.y, bay.y[1]);
    wall_box(bay.x[0], low.x, low.y, high.y);
    wall_box(high.x, bay.x[1], low.y, high.y);
    spandrels(pen, style, center, half, bay.z);
    let pane_z = bay.z - 0.2;
    pen.mat(paint.pane(rng));
    pen.quad([
        Vec3::new(low.x, low.y, pane_z),
        Vec3::new(high.x, low.y, pane_z),
        Vec3::new(high.x, high.y, pane_z),
        Vec3::new(low.x, high.y, pane_z),
    ]);
    frame(pen, paint, style, low, high, bay.z, rng);
    [low, high]
}

/// Fills the corners between a rectangle and a curved opening.
fn spandrels(pen: &mut Pen, style: WindowStyle, center: Vec2, half: Vec2, z: f32) {
    // The right half of the opening's edge, from its side up to its crown.
    let curve: Vec<Vec2> = match style {
        WindowStyle::Arched => {
            let rise = half.x.min(half.y);
            quarter().map(|p| Vec2::new(p.x * half.x, half.y - rise + p.y * rise)).collect()
        }
        WindowStyle::Lancet => {
            let rise = (1.5 * half.x).min(1.6 * half.y);
            (0..=4).map(|i| 1.0 - i as f32 / 4.0).map(|s| Vec2::new(half.x * s, half.y - rise * s.powf(1.7))).collect()
        }
        WindowStyle::Porthole => quarter().map(|p| p * half.x).collect(),
        WindowStyle::Hex => vec![Vec2::new(half.x, 0.0), Vec2::new(0.5 * half.x, half.y)],
        _ => return,
    };
    let polygon: Vec<Vec2> = curve.into_iter().chain([half]).collect();
    let both_ways = matches!(style, WindowStyle::Porthole | WindowStyle::Hex);
    for (mx, my) in [(1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)] {
        if my > 0.0 || both_ways {
            let mirrored: Vec<Vec2> = polygon.iter().map(|p| Vec2::new(p.x * mx, p.y * my)).collect();
            pen.add(&extrude(&mirrored, WALL, 0.0).at(center.x, center.y, z - 0.5 * WALL));
        }
    }
}

/// Points of a quarter circle from +X to +Y.
fn quarter() -> impl Iterator<Item = Vec2> {
    (0..=5).map(|i| Vec2::from_angle(std::f32::consts::FRAC_PI_2 * i as f32 / 5.0))
}

/// Frame, bars, sill and shutters.
fn frame(pen: &mut Pen, paint: &Paint, style: WindowStyle, low: Vec2, high: Vec2, z: f32, rng: &mut Rng) {
    let size = high - low;
    let (z0, z1) = (z - 0.21, z - 0.13);
    let dark_frame = matches!(style, WindowStyle::Lattice | WindowStyle::Mullioned);
    pen.mat(if dark_frame { paint.timber } else { paint.trim });
    let mut bar = |a: Vec2, b: Vec2, t: f32| {
        let grow = Vec2::splat(0.5 * t);
        let (a, b) = (a.min(b) - grow, a.max(b) + grow);
        pen.block(a.extend(z0), b.extend(z1), 0.0);
    };
    let t = 0.06;
    if !matches!(style, WindowStyle::Porthole | WindowStyle::Hex) {
        bar(low, Vec2::new(low.x, high.y), t);
        bar(Vec2::new(high.x, low.y), high, t);
        bar(low, Vec2::new(high.x, low.y), t);
        bar(Vec2::new(low.x, high.y), high, t);
    }
    let at = |u: f32, v: f32| low + size * Vec2::new(u, v);
    let (columns, rows): (u32, u32) = match style {
        WindowStyle::Square => (1, 0),
        WindowStyle::Strip => (2, 0),
        WindowStyle::Mullioned => (2, 3),
        WindowStyle::Lancet => (1, 1),
        WindowStyle::Arched => (2, 2),
        WindowStyle::Porthole => (1, 1),
        WindowStyle::Lattice => (3, 5),
        WindowStyle::Hex => (0, 0),
        WindowStyle::Shuttered => (1, 1),
    };
    for c in 1..=columns {
        let u = c as f32 / (columns + 1) as f32;
        bar(at(u, 0.0), at(u, 1.0), 0.035);
    }
    for r in 1..=rows {
        let v = r as f32 / (rows + 1) as f32;
        bar(at(0.0, v), at(1.0, v), 0.035);
    }
    if !matches!(style, WindowStyle::Porthole | WindowStyle::Hex | WindowStyle::Strip | WindowStyle::Lattice) {
        pen.mat(paint.trim);
        let sill = Vec3::new(low.x - 0.1, low.y - 0.09, z - 0.2);
        pen.block(sill, Vec3::new(high.x + 0.1, low.y - 0.01, z + 0.1), 0.015);
    }
    if style == WindowStyle::Shuttered {
        shutters(pen, paint, low, high, z, rng);
    }
}

fn shutters(pen: &mut Pen, paint: &Paint, low: Vec2, high: Vec2, z: f32, rng: &mut Rng) {
    let width = 0.42 * (high.x - low.x);
    if rng.chance(0.35) {
        return;
    }
    pen.mat(paint.timber);
    for (x, side) in [(low.x - 0.04, -1.0), (high.x + 0.04, 1.0)] {
        if rng.chance(0.12) {
            continue;
        }
        let yaw = -side * rng.range(0.05, 0.3);
        pen.placed(Vec3::new(x, 0.0, z + 0.02), yaw, |p| {
            p.block(Vec3::new(0.0, low.y, 0.0), Vec3::new(side * width, high.y, 0.045), 0.01);
        });
    }
}
