//! Modules that assemble into buildings with the plain wall: walls with an opening and corners; `decks` has floors and roofs.
//!
//! One profile for the whole set: walls are [`THICK`] thick and stand on the line between their snap points; corners fill the
//! square where two wall lines meet; floors lie with their top at y = 0; roofs rest with their plate on the wall tops.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_world::{Genre, MaterialKind};
use glam::{Quat, Vec3};

use super::pen::{Pen, v};
use super::walls::{is_masonry, masonry};
use crate::style::{Dialect, Part};

/// Thickness of the set's walls and edge of its corners, in metres.
pub(crate) const THICK: f32 = 0.5;

/// A rectangle of wall face: from `x0` to `x1` and from `y0` to `y1`.
#[derive(Clone, Copy)]
struct Field {
    x0: f32,
    x1: f32,
    y0: f32,
    y1: f32,
}

/// True where a wall of this slot is built of timber and infill.
fn is_framed(p: &Pen) -> bool {
    use MaterialKind as M;
    p.dialect() == Dialect::Timber && matches!(p.slot.material, M::Plaster | M::WoodPlank | M::WoodBeam)
}

/// Fills a field of wall in the dialect's construction.
fn fill(p: &mut Pen, f: Field) {
    let (w, h) = (f.x1 - f.x0, f.y1 - f.y0);
    let base = v(0.5 * (f.x0 + f.x1), f.y0, 0.0);
    if w < 0.05 || h < 0.05 {
        return;
    }
    match p.dialect() {
        Dialect::Neon | Dialect::Metal if !is_masonry(p.slot.material) => {
            p.bxb(Part::Main, base, v(w, h, 0.8 * THICK), 0.012);
            for (sx, sy) in [(-0.32, 0.25), (0.32, 0.25), (-0.32, 0.75), (0.32, 0.75)] {
                let tie = v(base.x + sx * w, f.y0 + sy * h, 0.4 * THICK - 0.004);
                p.turned(tie, Quat::from_rotation_x(PI * 0.5), |p| {
                    p.put(Part::Trim, &gesamt_mesh::shapes::cone(0.028, 0.024, 0.012, 8));
                });
            }
        }
        Dialect::Sleek => {
            p.bxb(Part::Main, base, v(w, h, 0.7 * THICK), 0.02);
            if w > 0.4 && h > 0.4 {
                for s in [-1.0, 1.0] {
                    let plate = base + v(0.0, 0.1, s * 0.35 * THICK);
                    p.bxb(Part::Panel, plate, v(w - 0.16, h - 0.2, 0.07), 0.025);
                }
            }
        }
        Dialect::Japan => {
            p.bxb(Part::Main, base, v(w, h, 0.6 * THICK), 0.01);
        }
        _ if is_framed(p) => {
            p.bxb(Part::Main, base, v(w, h, 0.62 * THICK), 0.01);
        }
        _ if p.slot.material == MaterialKind::Brick => {
            p.bxb(Part::Main, base, v(w, h, 0.8 * THICK), 0.008);
        }
        _ => {
            p.at(v(f.x0, f.y0, 0.0), 0.0, |p| masonry(p, Part::Main, w, h, THICK, |_, _| true));
            p.bxb(Part::Soil, base, v(w - 0.02, h, THICK - 0.1), 0.0);
        }
    }
}

/// The trim that all walls of the set share: plinth and coping, in runs that leave an opening of the plinth free.
fn trim(p: &mut Pen, w: f32, h: f32, plinth_runs: &[(f32, f32)]) {
    let stone = match p.dialect() {
        Dialect::Neon | Dialect::Metal | Dialect::Sleek => Part::Frame,
        _ => Part::Stone,
    };
    for &(a, b) in plinth_runs {
        p.bxb(stone, v(0.5 * (a + b), 0.0, 0.0), v(b - a, 0.22, THICK), 0.02);
    }
    let cap = if is_framed(p) || p.dialect() == Dialect::Japan { Part::Frame } else { stone };
    p.bxb(cap, v(0.0, h - 0.16, 0.0), v(w, 0.16, THICK), 0.02);
    if p.dialect() == Dialect::Sleek {
        for s in [-1.0, 1.0] {
            p.bx(Part::Glow, v(0.0, h - 0.2, s * 0.35 * THICK), v(w - 0.1, 0.025, 0.05));
        }
    }
}

/// Uprights at both ends of a framed wall and beside its opening.
fn uprights(p: &mut Pen, at: &[f32], h: f32) {
    let deep = match p.dialect() {
        Dialect::Japan => 0.6 * THICK + 0.06,
        _ if is_framed(p) => 0.62 * THICK + 0.08,
        Dialect::Steam => 0.9 * THICK,
        Dialect::Sleek => THICK,
        _ => return,
    };
    for x in at {
        p.bx(Part::Frame, v(*x, 0.2, 0.0), v(0.14, h - 0.36, deep));
    }
}

/// Four fields of wall around an opening, with its hulls.
fn around(p: &mut Pen, w: f32, h: f32, hole: Field) {
    let (left, right) = (-0.5 * w, 0.5 * w);
    let top = h - 0.16;
    let fields = [
        Field { x0: left, x1: hole.x0, y0: 0.2, y1: top },
        Field { x0: hole.x1, x1: right, y0: 0.2, y1: top },
        Field { x0: hole.x0, x1: hole.x1, y0: 0.2, y1: hole.y0 },
        Field { x0: hole.x0, x1: hole.x1, y0: hole.y1, y1: top },
    ];
    for f in fields {
        fill(p, f);
        if f.y1 - f.y0 > 0.05 && f.x1 - f.x0 > 0.05 {
            let (y0, y1) = (if f.y0 < 0.3 { 0.0 } else { f.y0 }, if f.y1 > top - 0.01 { h } else { f.y1 });
            p.hull(Hull::cuboid(v(f.x0, y0, -0.5 * THICK), v(f.x1, y1, 0.5 * THICK)));
        }
    }
    uprights(p, &[left + 0.09, right - 0.09, hole.x0 - 0.08, hole.x1 + 0.08], h);
}

fn wall_size(p: &Pen) -> (f32, f32) {
    (p.snapped("width", 3.0, 5.0, 1.0), p.snapped("height", 2.0, 4.0, 0.5))
}

pub(crate) fn snap_ends(p: &mut Pen, w: f32, h: f32) {
    snap_sides(p, w);
    p.socket("Snap_Top", v(0.0, h, 0.0), 0.0);
}

/// Where lengths of a run meet, on the ground.
pub(crate) fn snap_sides(p: &mut Pen, w: f32) {
    p.socket("Snap_L", v(-0.5 * w, 0.0, 0.0), -0.5 * PI);
    p.socket("Snap_R", v(0.5 * w, 0.0, 0.0), 0.5 * PI);
}

pub(crate) fn window(p: &mut Pen) {
    let (w, h) = wall_size(p);
    let wide = (w - 1.4) * (0.55 + 0.45 * p.param("opening", 0.5));
    if p.dialect() == Dialect::Organic {
        return super::chambers::window(p, w, h, wide);
    }
    let hole = Field { x0: -0.5 * wide, x1: 0.5 * wide, y0: 0.9, y1: h - 0.55 };
    around(p, w, h, hole);
    trim(p, w, h, &[(-0.5 * w, 0.5 * w)]);
    let tall = hole.y1 - hole.y0;
    let sill = if p.dialect().is_electric() { Part::Frame } else { Part::Stone };
    p.bxb(sill, v(0.0, hole.y0 - 0.06, 0.04), v(wide + 0.24, 0.08, THICK + 0.12), 0.015);
    p.bxb(Part::Frame, v(0.0, hole.y1, 0.0), v(wide + 0.3, 0.16, THICK + 0.04), 0.02);
    for s in [-1.0, 1.0] {
        p.bx(Part::Frame, v(s * (0.5 * wide - 0.035), hole.y0, 0.0), v(0.07, tall, 0.16));
    }
    for y in [hole.y0, hole.y1 - 0.07] {
        p.bx(Part::Frame, v(0.0, y, 0.0), v(wide, 0.07, 0.16));
    }
    panes(p, wide - 0.1, hole.y0 + 0.05, tall - 0.1);
    match p.dialect() {
        Dialect::Timber if p.style.genre != Genre::Ancient && p.style.genre != Genre::GothicHorror => {
            shutters(p, wide, hole.y0, tall)
        }
        Dialect::Neon => {
            p.at(v(0.0, hole.y1 + 0.2, 0.5 * THICK), 0.0, |p| p.awning(wide + 0.3, 0.7, 0.25));
        }
        Dialect::Steam => {
            p.at(v(0.0, hole.y1 + 0.2, 0.5 * THICK), 0.0, |p| p.gear(Part::Accent, 0.2, 0.05));
        }
        _ => {}
    }
    snap_ends(p, w, h);
    p.overgrow_foot(w - 0.3, THICK);
    p.overgrow_edge(w - 0.4, h - 0.1, 0.5 * THICK);
}

/// Glass or paper behind glazing bars.
fn panes(p: &mut Pen, w: f32, y: f32, h: f32) {
    let part = if p.dialect() == Dialect::Japan { Part::Paper } else { Part::Glass };
    let (nx, ny) = match p.dialect() {
        Dialect::Sleek => (1, 1),
        Dialect::Neon | Dialect::Metal => ((w / 0.9).round().max(1.0) as usize, 2),
        _ => ((w / 0.4).round().clamp(2.0, 6.0) as usize, (h / 0.42).round().clamp(2.0, 5.0) as usize),
    };
    let (dx, dy) = (w / nx as f32, h / ny as f32);
    for i in 0..nx {
        for k in 0..ny {
            if !p.broken(0.45) {
                let at = v((i as f32 + 0.5) * dx - 0.5 * w, y + k as f32 * dy, 0.0);
                p.chip(part, at, v(dx, dy, 0.016));
            }
        }
    }
    for i in 1..nx {
        p.chip(Part::Frame, v(i as f32 * dx - 0.5 * w, y, 0.0), v(0.035, h, 0.05));
    }
    for k in 1..ny {
        p.chip(Part::Frame, v(0.0, y + k as f32 * dy - 0.017, 0.0), v(w, 0.035, 0.045));
    }
}

fn shutters(p: &mut Pen, wide: f32, y: f32, h: f32) {
    let half = (0.5 * wide).min(0.6);
    for s in [-1.0, 1.0] {
        let tilt = if p.broken(0.5) { 0.1 * s } else { 0.0 };
        let hinge = v(s * (0.5 * wide + 0.04), y, 0.5 * THICK + 0.03);
        p.turned(hinge, Quat::from_rotation_z(tilt), |p| {
            p.at(v(if s > 0.0 { 0.0 } else { -half }, 0.0, 0.0), 0.0, |p| p.planks(Part::Panel, half, h, true));
            for t in [0.14, 0.8] {
                p.bx(Part::Trim, v(s * 0.5 * half, t * h, 0.025), v(half, 0.06, 0.03));
            }
        });
    }
}

pub(crate) fn doorway(p: &mut Pen) {
    let (w, h) = wall_size(p);
    let wide = 1.0 + 0.5 * p.param("opening", 0.5);
    let tall = (h - 0.4).min(2.3);
    if p.dialect() == Dialect::Organic {
        return super::chambers::doorway(p, w, h, wide, tall);
    }
    let hole = Field { x0: -0.5 * wide, x1: 0.5 * wide, y0: 0.0, y1: tall };
    around(p, w, h, hole);
    trim(p, w, h, &[(-0.5 * w, hole.x0), (hole.x1, 0.5 * w)]);
    let sill = if p.dialect().is_electric() { Part::Frame } else { Part::Stone };
    p.bxb(sill, Vec3::ZERO, v(wide + 0.1, 0.05, THICK + 0.2), 0.012);
    for s in [-1.0, 1.0] {
        p.bxb(Part::Frame, v(s * (0.5 * wide + 0.02), 0.0, 0.0), v(0.14, tall + 0.1, THICK + 0.08), 0.02);
    }
    p.bxb(Part::Frame, v(0.0, tall, 0.0), v(wide + 0.4, 0.18, THICK + 0.1), 0.025);
    leaf(p, wide - 0.1, tall);
    let lamp = v(0.5 * wide + 0.3, tall - 0.1, 0.5 * THICK + 0.18);
    if p.dialect().is_electric() {
        p.bx(Part::Lamp, v(0.0, tall + 0.2, 0.5 * THICK + 0.02), v(0.5 * wide, 0.05, 0.05));
        p.lamp_light(v(0.0, tall, 0.5 * THICK + 0.3), 2.5);
    } else if wide + 1.0 < w {
        p.at(lamp, 0.0, |p| {
            p.rod(Part::Trim, v(0.0, 0.02, -0.2), v(0.0, 0.02, 0.0), 0.014);
            p.hanging_lantern(0.36, true);
        });
    }
    snap_ends(p, w, h);
    p.overgrow_edge(w - 0.4, h - 0.1, 0.5 * THICK);
}

/// A door leaf in the opening, ajar where things are broken.
fn leaf(p: &mut Pen, w: f32, h: f32) {
    let ajar = if p.broken(0.8) { 0.5 } else { 0.0 };
    p.turned(v(-0.5 * w, 0.05, 0.04), Quat::from_rotation_y(-ajar), |p| {
        match p.dialect() {
            Dialect::Timber | Dialect::Steam | Dialect::Japan => p.planks(Part::Panel, w, h - 0.06, true),
            _ => p.boards(Part::Panel, w, h - 0.06, true),
        }
        for y in [0.25, h - 0.45] {
            p.bx(Part::Trim, v(0.5 * w, y, 0.025), v(w - 0.06, 0.08, 0.03));
            p.bolts(Part::Trim, v(0.1, y + 0.04, 0.045), v(w - 0.1, y + 0.04, 0.045), 4, 0.012);
        }
        p.rod(Part::Trim, v(0.85 * w, 0.42 * h, 0.03), v(0.85 * w, 0.42 * h, 0.09), 0.016);
        p.bx(Part::Trim, v(0.85 * w, 0.4 * h, 0.085), v(0.04, 0.14, 0.03));
    });
}

pub(crate) fn corner(p: &mut Pen) {
    let h = p.snapped("height", 2.0, 4.0, 0.5);
    let half = 0.5 * THICK;
    p.hull(Hull::cuboid(v(-half, 0.0, -half), v(half, h, half)));
    match p.dialect() {
        Dialect::Organic => super::chambers::corner(p, h),
        Dialect::Sleek => {
            p.bxb(Part::Main, Vec3::ZERO, v(THICK, h, THICK), 0.06);
            p.bxb(Part::Frame, Vec3::ZERO, v(THICK + 0.04, 0.3, THICK + 0.04), 0.04);
            p.bxb(Part::Frame, v(0.0, h - 0.3, 0.0), v(THICK + 0.04, 0.3, THICK + 0.04), 0.04);
            p.bx(Part::Glow, v(half - 0.03, 0.4, half - 0.03), v(0.07, h - 0.8, 0.07));
        }
        Dialect::Neon | Dialect::Metal if !is_masonry(p.slot.material) => {
            p.bxb(Part::Main, Vec3::ZERO, v(THICK, h, THICK), 0.03);
            for (x, z) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                p.bx(Part::Frame, v(x * (half - 0.04), 0.0, z * (half - 0.04)), v(0.1, 0.9, 0.1));
            }
            p.rod(Part::Trim, v(half + 0.05, 0.0, half - 0.1), v(half + 0.05, h - 0.2, half - 0.1), 0.045);
        }
        Dialect::Japan => {
            p.bxb(Part::Main, v(0.0, 0.2, 0.0), v(THICK - 0.1, h - 0.2, THICK - 0.1), 0.01);
            for (x, z) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                p.bx(Part::Frame, v(x * (half - 0.08), 0.0, z * (half - 0.08)), v(0.16, h, 0.16));
            }
            p.bxb(Part::Stone, Vec3::ZERO, v(THICK, 0.3, THICK), 0.03);
            p.bxb(Part::Frame, v(0.0, h - 0.16, 0.0), v(THICK, 0.16, THICK), 0.02);
        }
        _ if is_framed(p) => {
            p.bxb(Part::Frame, v(0.0, 0.2, 0.0), v(THICK - 0.06, h - 0.2, THICK - 0.06), 0.03);
            p.bxb(Part::Stone, Vec3::ZERO, v(THICK, 0.5, THICK), 0.03);
            p.bxb(Part::Frame, v(0.0, h - 0.2, 0.0), v(THICK, 0.2, THICK), 0.025);
            p.bolts(Part::Trim, v(0.0, 0.8, half - 0.025), v(0.0, h - 0.5, half - 0.025), 4, 0.018);
        }
        _ => quoins(p, h),
    }
    p.socket("Snap_X", v(half, 0.0, 0.0), 0.5 * PI);
    p.socket("Snap_NX", v(-half, 0.0, 0.0), -0.5 * PI);
    p.socket("Snap_Z", v(0.0, 0.0, half), 0.0);
    p.socket("Snap_NZ", v(0.0, 0.0, -half), PI);
    p.socket("Snap_Top", v(0.0, h, 0.0), 0.0);
    p.overgrow_foot(THICK, THICK);
}

/// Alternating long and short corner stones around a core.
fn quoins(p: &mut Pen, h: f32) {
    p.bxb(Part::Main, Vec3::ZERO, v(THICK - 0.04, h - 0.16, THICK - 0.04), 0.0);
    let n = ((h - 0.36) / 0.38).round();
    let step = (h - 0.38) / n;
    for k in 0..n as usize {
        let y = 0.22 + k as f32 * step;
        let (wx, wz) = if k % 2 == 0 { (THICK, THICK - 0.03) } else { (THICK - 0.03, THICK) };
        let bevel = 0.018 + 0.02 * p.rng.unit() * p.decay();
        p.bxb(Part::Stone, v(0.0, y + 0.004, 0.0), v(wx, step - 0.008, wz), bevel);
    }
    p.bxb(Part::Stone, Vec3::ZERO, v(THICK + 0.08, 0.22, THICK + 0.08), 0.03);
    p.bxb(Part::Stone, v(0.0, h - 0.16, 0.0), v(THICK + 0.08, 0.16, THICK + 0.08), 0.03);
    if p.dialect() == Dialect::Steam {
        p.bolts(Part::Trim, v(0.0, 0.5, 0.25), v(0.0, h - 0.4, 0.25), 6, 0.016);
    }
}
