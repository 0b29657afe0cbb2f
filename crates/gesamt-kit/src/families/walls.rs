//! Lengths of wall that snap at their ends.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::noise;
use gesamt_mesh::shapes::{cone, tube};
use gesamt_mesh::shapes2::extrude;
use gesamt_world::{Genre, MaterialKind};
use glam::{Quat, Vec2, Vec3};

use super::market::vent_box;
use super::modules::snap_ends;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// True for materials that are laid in courses.
pub(crate) fn is_masonry(kind: MaterialKind) -> bool {
    use MaterialKind as M;
    matches!(
        kind,
        M::StoneBlock | M::Sandstone | M::Rock | M::Marble | M::Cobblestone | M::Flagstone | M::Obsidian | M::Moss
    )
}

/// Courses of blocks filling `w` × `h` × `t`, the lower left corner of the middle plane at the origin; a block stands only
/// where `keep(x, y)` holds at its middle.
pub(crate) fn masonry(p: &mut Pen, part: Part, w: f32, h: f32, t: f32, keep: impl Fn(f32, f32) -> bool) {
    let rows = (h / 0.38).round().max(1.0);
    let dy = h / rows;
    for row in 0..rows as usize {
        let mut cuts = vec![0.0];
        let mut x = if row % 2 == 0 { 0.62 } else { 0.34 } + 0.1 * p.rng.signed();
        while x < w - 0.25 {
            cuts.push(x);
            x += p.rng.range(0.48, 0.82);
        }
        cuts.push(w);
        for pair in cuts.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let y = row as f32 * dy;
            if !keep(0.5 * (a + b), y + 0.5 * dy) {
                continue;
            }
            let edge = a <= 0.0 || b >= w;
            let push = if edge { 0.0 } else { 0.018 * p.rng.signed() };
            let deep = t * if edge { 1.0 } else { 1.0 - 0.05 * p.rng.unit() };
            let bevel = 0.014 + 0.02 * p.rng.unit() * p.decay();
            p.bxb(part, v(0.5 * (a + b), y + 0.004, push), v(b - a - 0.008, dy - 0.008, deep), bevel);
        }
    }
}

pub(crate) fn wall(p: &mut Pen) {
    let (w, h) = (p.snapped("width", 3.0, 5.0, 1.0), p.snapped("height", 2.0, 4.0, 0.5));
    let t = 0.5;
    snap_ends(p, w, h);
    let seed = p.rng.seed();
    let ruin = ((p.decay() - 0.35) / 0.65).clamp(0.0, 1.0);
    let top = move |x: f32| h - ruin * h * (0.25 + 0.9 * noise::fbm(v(x * 0.55, 0.0, 0.0), 3, seed)).clamp(0.0, 0.8);
    match p.dialect() {
        Dialect::Neon | Dialect::Metal if !is_masonry(p.slot.material) => concrete_wall(p, w, h, t, &top),
        Dialect::Sleek => hull_wall(p, w, h, t),
        Dialect::Organic => super::chambers::wall(p, w, h),
        Dialect::Japan => plaster_wall(p, w, h, t),
        Dialect::Timber
            if matches!(p.slot.material, MaterialKind::Plaster | MaterialKind::WoodPlank | MaterialKind::WoodBeam) =>
        {
            half_timbered(p, w, h, t);
        }
        _ if p.slot.material == MaterialKind::Brick => brick_wall(p, w, h, t, &top),
        _ => {
            p.at(v(-0.5 * w, 0.0, 0.0), 0.0, |p| masonry(p, Part::Main, w, h - 0.14, t, |x, y| y < top(x)));
            let n = (w / 0.25) as usize;
            for i in 0..n {
                let x = (i as f32 + 0.5) * w / n as f32;
                let core = (top(x).min(h) - 0.3).max(0.2);
                p.bxb(Part::Soil, v(x - 0.5 * w, 0.0, 0.0), v(w / n as f32 * 0.99, core, t - 0.09), 0.0);
            }
            let caps = (w / 0.8).round() as usize;
            for i in 0..caps {
                let x = (i as f32 + 0.5) * w / caps as f32;
                if top(x) > h - 0.25 {
                    p.bxb(
                        Part::Stone,
                        v(x - 0.5 * w, h - 0.145, 0.0),
                        v(w / caps as f32 - 0.012, 0.145, t + 0.1),
                        0.03,
                    );
                }
            }
            if p.dialect() == Dialect::Steam {
                steam_pilasters(p, w, h, t);
            }
        }
    }
    let low = (0..5).map(|i| top(w * (i as f32 + 0.5) / 5.0)).fold(0.0, f32::max);
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * t), v(0.5 * w, low.min(h), 0.5 * t)));
    p.overgrow_foot(w - 0.3, t);
    p.overgrow_edge(w - 0.4, low.min(h) - 0.1, 0.5 * t);
}

fn steam_pilasters(p: &mut Pen, w: f32, h: f32, t: f32) {
    for s in [-1.0, 1.0] {
        let x = s * (0.5 * w - 0.14);
        p.bx(Part::Frame, v(x, 0.0, 0.5 * t + 0.03), v(0.24, h - 0.15, 0.1));
        p.bolts(Part::Trim, v(x - 0.08, 0.15, 0.5 * t + 0.085), v(x - 0.08, h - 0.3, 0.5 * t + 0.085), 8, 0.014);
        p.bolts(Part::Trim, v(x + 0.08, 0.15, 0.5 * t + 0.085), v(x + 0.08, h - 0.3, 0.5 * t + 0.085), 8, 0.014);
    }
    let y = 0.72 * h;
    let path = [
        v(-0.5 * w, y, 0.5 * t + 0.14),
        v(0.1 * w, y, 0.5 * t + 0.14),
        v(0.16 * w, y - 0.08, 0.5 * t + 0.14),
        v(0.18 * w, y - 0.3, 0.5 * t + 0.14),
        v(0.18 * w, 0.0, 0.5 * t + 0.14),
    ];
    p.pipe(Part::Trim, &path, 0.06);
    p.at(v(-0.2 * w, 0.45 * h, 0.5 * t + 0.04), 0.0, |p| p.gear(Part::Accent, 0.3, 0.05));
}

fn concrete_wall(p: &mut Pen, w: f32, h: f32, t: f32, top: &dyn Fn(f32) -> f32) {
    let n = (w / 1.0).round() as usize;
    for i in 0..n {
        let step = w / n as f32;
        let (x0, x1) = (i as f32 * step - 0.5 * w, (i as f32 + 1.0) * step - 0.5 * w);
        let outline: Vec<Vec2> = [v2(x0 + 0.006, 0.0), v2(x1 - 0.006, 0.0)]
            .into_iter()
            .chain((0..=6).rev().map(|k| {
                let x = x0 + 0.006 + (step - 0.012) * k as f32 / 6.0;
                v2(x, top(x + 0.5 * w).clamp(0.4, h) - if p.decay() > 0.4 { 0.05 * p.rng.unit() } else { 0.0 })
            }))
            .collect();
        p.put(Part::Main, &extrude(&outline, 0.8 * t, 0.02));
        if p.decay() > 0.45 {
            for k in 0..3 {
                let x = x0 + step * (k as f32 + 0.5) / 3.0;
                let y = top(x + 0.5 * w).clamp(0.4, h) - 0.08;
                let bend = v(0.08 * p.rng.signed(), 0.28 * p.rng.unit() + 0.05, 0.12 * p.rng.signed());
                p.put(
                    Part::Trim,
                    &tube(&[v(x, y - 0.1, 0.0), v(x, y + 0.08, 0.0), v(x, y, 0.0) + bend], &[0.009; 3], 5),
                );
            }
        }
        for (sx, sy) in [(0.22, 0.25), (0.78, 0.25), (0.22, 0.7), (0.78, 0.7)] {
            p.turned(v(x0 + step * sx, sy * h * 0.8, 0.4 * t - 0.004), Quat::from_rotation_x(PI * 0.5), |p| {
                p.put(Part::Trim, &cone(0.028, 0.024, 0.012, 8));
            });
        }
    }
    p.bx(Part::Main, Vec3::ZERO, v(w, 0.22, t));
    if p.dialect() == Dialect::Neon || p.style.genre == Genre::Industrial {
        let z = 0.4 * t + 0.07;
        for (k, y) in [0.62, 0.7, 0.76].into_iter().enumerate() {
            let r = 0.05 - 0.012 * k as f32;
            p.rod(Part::Frame, v(-0.5 * w, y * h, z), v(0.5 * w, y * h, z), r);
        }
        for i in 0..3 {
            let x = -0.4 * w + 0.4 * w * i as f32;
            p.bx(Part::Trim, v(x, 0.58 * h, 0.4 * t + 0.03), v(0.05, 0.24 * h, 0.08));
        }
        if p.dialect() == Dialect::Neon {
            p.rod(Part::Glow, v(-0.42 * w, 0.9 * h, 0.4 * t + 0.02), v(0.42 * w, 0.9 * h, 0.4 * t + 0.02), 0.02);
            p.at(v(0.24 * w, 0.22 * h, 0.4 * t + 0.14), 0.0, |p| vent_box(p, 0.8, 0.55, 0.3));
            p.at(v(-0.24 * w, 0.36 * h, 0.4 * t + 0.05), 0.0, |p| p.sign_board(0.9, 0.5, false));
        }
        p.cable(Part::Rubber, v(-0.45 * w, 0.85 * h, z), v(0.3 * w, 0.8 * h, z), 0.22, 0.016);
    }
}

fn hull_wall(p: &mut Pen, w: f32, h: f32, t: f32) {
    p.bxb(Part::Main, v(0.0, 0.0, 0.0), v(w, h, 0.7 * t), 0.02);
    let n = (w / 1.0).round() as usize;
    for i in 0..n {
        let step = w / n as f32;
        let x = (i as f32 + 0.5) * step - 0.5 * w;
        for s in [-1.0, 1.0] {
            let z = s * 0.35 * t;
            p.bxb(Part::Panel, v(x, 0.32, z), v(step - 0.08, 0.36 * h, 0.06), 0.025);
            p.bxb(Part::Panel, v(x, 0.36 * h + 0.42, z), v(step - 0.08, 0.5 * h - 0.5, 0.09), 0.03);
        }
        p.bx(Part::Trim, v(x - 0.2, 0.5 * h, 0.35 * t + 0.04), v(0.16, 0.1, 0.02));
    }
    for i in 0..=n {
        let x = (i as f32 * w / n as f32 - 0.5 * w).clamp(-0.5 * w + 0.06, 0.5 * w - 0.06);
        p.bxb(Part::Frame, v(x, 0.0, 0.0), v(0.12, h, t), 0.03);
    }
    p.bxb(Part::Frame, v(0.0, 0.0, 0.0), v(w, 0.24, t), 0.04);
    p.bxb(Part::Frame, v(0.0, h - 0.2, 0.0), v(w, 0.2, t), 0.04);
    for s in [-1.0, 1.0] {
        p.bx(Part::Glow, v(0.0, h - 0.25, s * 0.35 * t), v(w - 0.1, 0.03, 0.05));
        p.bx(Part::Glow, v(0.0, 0.25, s * 0.35 * t), v(w - 0.1, 0.02, 0.04));
    }
}

fn plaster_wall(p: &mut Pen, w: f32, h: f32, t: f32) {
    p.at(v(-0.5 * w, 0.0, 0.0), 0.0, |p| masonry(p, Part::Stone, w, 0.5, t, |_, _| true));
    p.bxb(Part::Stone, Vec3::ZERO, v(w - 0.02, 0.45, t - 0.08), 0.0);
    p.bxb(Part::Main, v(0.0, 0.46, 0.0), v(w, h - 0.8, 0.6 * t), 0.01);
    let n = (w / 1.0).round() as usize;
    for i in 0..=n {
        let x = (i as f32 * w / n as f32 - 0.5 * w).clamp(-0.5 * w + 0.06, 0.5 * w - 0.06);
        p.bx(Part::Frame, v(x, 0.44, 0.0), v(0.12, h - 0.76, 0.6 * t + 0.05));
    }
    for y in [0.46, h - 0.46] {
        p.bx(Part::Frame, v(0.0, y, 0.0), v(w, 0.1, 0.6 * t + 0.03));
    }
    let deep = 0.5 * t + 0.16;
    for yaw in [0.0, PI] {
        p.turned(Vec3::ZERO, Quat::from_rotation_y(yaw), |p| {
            p.turned(v(-0.5 * w, h - 0.34, deep), Quat::from_rotation_x(-(PI * 0.5 - 0.5)), |p| {
                p.tiles(w, deep / 0.5f32.cos())
            });
        });
    }
    p.turned(v(-0.5 * w, h - 0.06, 0.0), Quat::from_rotation_z(-PI * 0.5), |p| {
        p.put(Part::Roof, &gesamt_mesh::shapes::cylinder(0.085, w, 10, 0.01));
    });
}

fn half_timbered(p: &mut Pen, w: f32, h: f32, t: f32) {
    p.at(v(-0.5 * w, 0.0, 0.0), 0.0, |p| masonry(p, Part::Stone, w, 0.55, t, |_, _| true));
    p.bxb(Part::Stone, Vec3::ZERO, v(w - 0.02, 0.5, t - 0.1), 0.0);
    p.bxb(Part::Main, v(0.0, 0.5, 0.0), v(w - 0.01, h - 0.52, 0.62 * t), 0.01);
    let z = 0.62 * t + 0.07;
    let n = (w / 1.0).round() as usize;
    for i in 0..=n {
        let x = (i as f32 * w / n as f32 - 0.5 * w).clamp(-0.5 * w + 0.09, 0.5 * w - 0.09);
        p.bx(Part::Frame, v(x, 0.52, 0.0), v(0.18, h - 0.54, z));
    }
    for y in [0.52, 0.55 * h, h - 0.2] {
        p.bx(Part::Frame, v(0.0, y, 0.0), v(w, 0.2, z + 0.02));
    }
    for i in 0..n {
        let step = w / n as f32;
        let x0 = i as f32 * step - 0.5 * w;
        let (a, b) = if i % 2 == 0 { (0.1, 0.9) } else { (0.9, 0.1) };
        for s in [-1.0, 1.0] {
            let zz = s * (0.31 * t + 0.005);
            p.beam(Part::Frame, v(x0 + a * step, 0.66, zz), v(x0 + b * step, 0.56 * h, zz), 0.05, 0.14);
        }
    }
    p.bolts(
        Part::Trim,
        v(-0.5 * w + 0.09, 0.62, 0.5 * z + 0.01),
        v(0.5 * w - 0.09, 0.62, 0.5 * z + 0.01),
        n + 1,
        0.018,
    );
}

/// A wall whose bricks come with the material: a ragged body between piers, on a plinth, under a coping.
fn brick_wall(p: &mut Pen, w: f32, h: f32, t: f32, top: &dyn Fn(f32) -> f32) {
    let n = 24;
    let crest = |i: usize| (top(w * i as f32 / n as f32).clamp(0.4, h - 0.12) / 0.075).floor() * 0.075;
    let mut outline = vec![v2(-0.5 * w, 0.0), v2(0.5 * w, 0.0)];
    for i in (0..n).rev() {
        // The edge steps down brick by brick.
        let (x0, x1) = (w * i as f32 / n as f32 - 0.5 * w, w * (i as f32 + 1.0) / n as f32 - 0.5 * w);
        outline.push(v2(x1 - 0.001, crest(i)));
        outline.push(v2(x0 + 0.001, crest(i)));
    }
    p.put(Part::Main, &extrude(&outline, 0.72 * t, 0.0));
    p.bxb(Part::Stone, Vec3::ZERO, v(w, 0.2, t), 0.03);
    for s in [-1.0, 1.0] {
        let tall = crest(if s < 0.0 { 0 } else { n - 1 }) + 0.06;
        p.bxb(Part::Main, v(s * (0.5 * w - 0.22), 0.0, 0.0), v(0.44, tall, t), 0.012);
        p.bxb(Part::Stone, v(s * (0.5 * w - 0.24), tall - 0.01, 0.0), v(0.48, 0.1, t + 0.06), 0.025);
    }
    let caps = (w / 0.6).round() as usize;
    for i in 0..caps {
        let x = (i as f32 + 0.5) * w / caps as f32;
        if top(x) > h - 0.2 {
            p.bxb(Part::Stone, v(x - 0.5 * w, h - 0.135, 0.0), v(w / caps as f32 - 0.01, 0.12, 0.86 * t), 0.025);
        }
    }
    if p.dialect() == Dialect::Steam {
        steam_pilasters(p, w, h, t);
    }
}
