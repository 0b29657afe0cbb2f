//! Modular architecture that snaps to the grid: fences, walls, arches and stairs.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::noise;
use gesamt_mesh::shapes::{cone, slab, tube};
use gesamt_mesh::shapes2::{extrude, oriented, rod};
use gesamt_world::{Genre, MaterialKind};
use glam::{Quat, Vec2, Vec3};

use super::build::rough;
use super::market::vent_box;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn fence(p: &mut Pen) {
    let (w, h) = (p.snapped("width", 1.5, 2.5, 0.5), p.size("height", 1.0, 1.5));
    let iron = matches!(p.style.genre, Genre::GothicHorror | Genre::Noir | Genre::Steampunk);
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.08), v(0.5 * w, h + 0.05, 0.08)));
    let x = 0.5 * w;
    match p.dialect() {
        _ if iron => iron_fence(p, w, h),
        Dialect::Organic => {
            for i in 0..7 {
                let t = (i as f32 + 0.5) / 7.0;
                let px = -x + t * w;
                let tall = h * (0.75 + 0.35 * p.rng.unit());
                let out = 0.07 * p.rng.signed();
                let path = [
                    v(px, 0.0, 0.0),
                    v(px + 0.02, 0.35 * tall, out),
                    v(px - 0.03, 0.75 * tall, out),
                    v(px + 0.06 * p.rng.signed(), tall, -0.5 * out),
                ];
                p.put(Part::Frame, &tube(&path, &[0.065, 0.05, 0.04, 0.0], 7));
            }
            for y in [0.3 * h, 0.62 * h] {
                let path: Vec<Vec3> =
                    (0..=10).map(|k| v(-x + w * k as f32 / 10.0, y + 0.05 * (k as f32 * 1.9).sin(), 0.0)).collect();
                p.put(Part::Panel, &tube(&path, &[0.03; 11], 6));
            }
        }
        Dialect::Japan => bamboo_fence(p, w, h),
        Dialect::Sleek => {
            for s in [-1.0, 1.0] {
                p.bxb(Part::Frame, v(s * (x - 0.05), 0.0, 0.0), v(0.1, h, 0.12), 0.03);
                p.bx(Part::Glow, v(s * (x - 0.05), 0.86 * h, 0.055), v(0.03, 0.08, 0.02));
            }
            p.bxb(Part::Glass, v(0.0, 0.16, 0.0), v(w - 0.2, h - 0.36, 0.03), 0.008);
            p.bxb(Part::Frame, v(0.0, h - 0.14, 0.0), v(w - 0.08, 0.08, 0.09), 0.03);
            p.bxb(Part::Frame, v(0.0, 0.08, 0.0), v(w - 0.08, 0.07, 0.07), 0.02);
        }
        Dialect::Neon | Dialect::Metal => mesh_fence(p, w, h),
        _ if p.style.genre == Genre::Nautical => {
            for i in 0..3 {
                let px = -x + 0.08 + (w - 0.16) * i as f32 / 2.0;
                p.rod(Part::Frame, v(px, 0.0, 0.0), v(px + 0.02 * p.rng.signed(), h, 0.0), 0.075);
                p.put_at(Part::Trim, &cone(0.085, 0.06, 0.05, 10), v(px, h - 0.03, 0.0));
            }
            for y in [0.42 * h, 0.8 * h] {
                for i in 0..2 {
                    let a = -x + 0.08 + (w - 0.16) * i as f32 / 2.0;
                    p.cable(Part::Rope, v(a, y, 0.0), v(a + 0.5 * (w - 0.16), y, 0.0), 0.12, 0.03);
                }
            }
        }
        _ => plank_fence(p, w, h),
    }
    p.overgrow_foot(w - 0.2, 0.1);
    p.overgrow_edge(w - 0.3, h, 0.05);
}

fn iron_fence(p: &mut Pen, w: f32, h: f32) {
    let x = 0.5 * w;
    let bar = if p.dialect() == Dialect::Steam { Part::Frame } else { Part::Trim };
    p.bx(Part::Stone, Vec3::ZERO, v(w, 0.14, 0.2));
    for s in [-1.0, 1.0] {
        p.bx(bar, v(s * (x - 0.035), 0.1, 0.0), v(0.07, h - 0.08, 0.07));
        p.finial(v(s * (x - 0.035), h, 0.0), 0.045);
    }
    for y in [0.26, h - 0.24] {
        p.bx(bar, v(0.0, y, 0.0), v(w - 0.04, 0.03, 0.045));
    }
    let n = ((w - 0.2) / 0.13) as usize;
    for i in 0..n {
        if p.broken(0.16) {
            continue;
        }
        let px = -x + 0.14 + (w - 0.28) * i as f32 / (n - 1) as f32;
        let bend =
            v(if p.broken(0.3) { 0.08 * p.rng.signed() } else { 0.0 }, 0.0, if p.broken(0.3) { 0.07 } else { 0.0 });
        let tall = h - if i % 2 == 0 { 0.0 } else { 0.07 };
        p.put(
            bar,
            &tube(&[v(px, 0.1, 0.0), v(px, 0.6 * h, 0.0) + bend, v(px, tall - 0.06, 0.0) + bend * 0.6], &[0.012; 3], 5),
        );
        p.put_at(Part::Trim, &cone(0.028, 0.0, 0.11, 4), v(px, tall - 0.07, 0.0) + bend * 0.6);
    }
}

fn bamboo_fence(p: &mut Pen, w: f32, h: f32) {
    let x = 0.5 * w;
    for s in [-1.0, 1.0] {
        p.rod(Part::Frame, v(s * (x - 0.06), 0.0, 0.0), v(s * (x - 0.06), h, 0.0), 0.055);
    }
    for (k, y) in [0.2, 0.5, 0.8].into_iter().enumerate() {
        let z = if k % 2 == 0 { 0.035 } else { -0.035 };
        p.rod(Part::Main, v(-x + 0.02, y * h, z), v(x - 0.02, y * h, z), 0.026);
    }
    let n = ((w - 0.24) / 0.085) as usize;
    for i in 0..n {
        if p.broken(0.2) {
            continue;
        }
        let px = -x + 0.15 + (w - 0.3) * i as f32 / (n - 1) as f32;
        let tall = h * (0.94 + 0.05 * p.rng.unit());
        let nodes: Vec<Vec3> = [0.0, 0.32, 0.34, 0.36, 0.66, 0.68, 0.7, 1.0].map(|t| v(px, t * tall, 0.0)).to_vec();
        p.put(Part::Main, &tube(&nodes, &[0.026, 0.025, 0.031, 0.025, 0.024, 0.03, 0.024, 0.023], 7));
        if i % 3 == 0 {
            p.chip(Part::Rope, v(px, 0.5 * h - 0.03, 0.0), v(0.07, 0.06, 0.1));
        }
    }
}

fn mesh_fence(p: &mut Pen, w: f32, h: f32) {
    let x = 0.5 * w;
    for s in [-1.0, 1.0] {
        p.rod(Part::Frame, v(s * (x - 0.04), 0.0, 0.0), v(s * (x - 0.04), h + 0.05, 0.0), 0.035);
        p.rod(Part::Frame, v(s * (x - 0.04), h + 0.03, 0.0), v(s * (x - 0.06), h + 0.2, 0.12), 0.022);
    }
    p.rod(Part::Frame, v(-x + 0.02, h, 0.0), v(x - 0.02, h, 0.0), 0.026);
    p.rod(Part::Frame, v(-x + 0.02, 0.1, 0.0), v(x - 0.02, 0.1, 0.0), 0.02);
    for k in 0..3 {
        let t = k as f32 / 2.0;
        p.cable(
            Part::Trim,
            v(-x + 0.05, h + 0.06 + 0.13 * t, 0.11 * t),
            v(x - 0.05, h + 0.06 + 0.13 * t, 0.11 * t),
            0.02,
            0.006,
        );
    }
    // Chain link as crossing wires.
    let cell = 0.11;
    let (inner, tall) = (w - 0.16, h - 0.12);
    let n = ((inner + tall) / cell) as usize;
    for i in 1..n {
        for s in [-1.0, 1.0] {
            if p.broken(0.12) {
                continue;
            }
            let c = i as f32 * cell;
            let (u0, y0) = if c < inner { (c, 0.0) } else { (inner, c - inner) };
            let (u1, y1) = if c < tall { (0.0, c) } else { (c - tall, tall) };
            let at = |u: f32, y: f32| v(s * (u - 0.5 * inner), 0.11 + y, 0.004 * s);
            p.put(Part::Trim, &rod(at(u0, y0), at(u1, y1), 0.005, 3));
        }
    }
    if p.style.genre == Genre::PostApocalyptic {
        p.turned(v(-0.4 * w, 0.02, 0.04), Quat::from_rotation_z(0.03), |p| p.corrugated(Part::Roof, 0.45 * w, 0.7 * h));
    }
}

fn plank_fence(p: &mut Pen, w: f32, h: f32) {
    let x = 0.5 * w;
    let rails = matches!(p.style.genre, Genre::Western | Genre::Ancient);
    for s in [-1.0, 1.0] {
        p.beam(Part::Frame, v(s * (x - 0.06), 0.0, 0.0), v(s * (x - 0.06), h, 0.0), 0.12, 0.12);
        p.put_at(Part::Frame, &cone(0.085, 0.0, 0.09, 4), v(s * (x - 0.06), h - 0.01, 0.0));
    }
    if rails {
        for (k, y) in [0.3, 0.58, 0.86].into_iter().enumerate() {
            let drop = if p.broken(0.5) { 0.3 * h } else { 0.0 };
            let z = 0.05 * (k as f32 - 1.0);
            p.beam(Part::Main, v(-x + 0.02, y * h - drop, z), v(x - 0.02, y * h, -z), 0.07, 0.1);
        }
        return;
    }
    for y in [0.28 * h, 0.72 * h] {
        p.beam(Part::Frame, v(-x + 0.03, y, -0.035), v(x - 0.03, y, -0.035), 0.045, 0.08);
    }
    let n = ((w - 0.26) / 0.145) as usize;
    for i in 0..n {
        if p.broken(0.22) {
            continue;
        }
        let px = -x + 0.2 + (w - 0.4) * i as f32 / (n - 1) as f32;
        let tall = h * (0.9 + 0.08 * p.rng.unit());
        let tip = if p.style.genre == Genre::FairyTale { 0.12 } else { 0.06 };
        let outline = [v2(-0.055, 0.0), v2(0.055, 0.0), v2(0.057, tall - tip), v2(0.0, tall), v2(-0.057, tall - tip)];
        let tilt = Quat::from_rotation_z(0.03 * p.rng.signed() + if p.broken(0.25) { 0.15 } else { 0.0 });
        p.turned(v(px, 0.04, 0.004 * p.rng.signed()), tilt, |p| {
            p.put(Part::Main, &extrude(&outline, 0.026, 0.005));
        });
        p.bolts(Part::Trim, v(px, 0.28 * h, 0.014), v(px, 0.72 * h, 0.014), 2, 0.007);
    }
}

/// True for materials that are laid in courses.
fn is_masonry(kind: MaterialKind) -> bool {
    use MaterialKind as M;
    matches!(
        kind,
        M::StoneBlock
            | M::Sandstone
            | M::Brick
            | M::Rock
            | M::Marble
            | M::Cobblestone
            | M::Flagstone
            | M::Obsidian
            | M::Moss
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
    let seed = p.rng.seed();
    let ruin = ((p.decay() - 0.35) / 0.65).clamp(0.0, 1.0);
    let top = move |x: f32| h - ruin * h * (0.25 + 0.9 * noise::fbm(v(x * 0.55, 0.0, 0.0), 3, seed)).clamp(0.0, 0.8);
    match p.dialect() {
        Dialect::Neon | Dialect::Metal if !is_masonry(p.slot.material) => concrete_wall(p, w, h, t, &top),
        Dialect::Sleek => hull_wall(p, w, h, t),
        Dialect::Organic => grown_wall(p, w, h, t),
        Dialect::Japan => plaster_wall(p, w, h, t),
        Dialect::Timber
            if matches!(p.slot.material, MaterialKind::Plaster | MaterialKind::WoodPlank | MaterialKind::WoodBeam) =>
        {
            half_timbered(p, w, h, t);
        }
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

fn grown_wall(p: &mut Pen, w: f32, h: f32, t: f32) {
    let seed = p.rng.seed();
    let skin = slab([28, 18], 0.6 * t, |x, y| {
        let bulge = 0.1
            * t
            * (noise::fbm(v(3.0 * x * w * 0.4, 3.0 * y * h * 0.4, 0.0), 3, seed))
            * (PI * x).sin().max(0.0).sqrt();
        v((x - 0.5) * w * 0.985, y * h * (0.93 + 0.05 * (11.0 * x).sin()), bulge)
    });
    p.crease(80.0).put(Part::Main, &oriented(skin)).crease(50.0);
    let n = (w / 0.8).round() as usize;
    for i in 0..=n {
        let x = (i as f32 / n as f32 - 0.5) * (w - 0.36);
        let tall = h * (0.97 + 0.03 * (i % 2) as f32);
        p.bone(v(x, 0.0, 0.16), v(x * 0.98, tall, 0.02), v(0.0, 0.0, 0.1), 0.1, 0.06);
    }
    for k in 0..5 {
        let at = v((p.rng.unit() - 0.5) * 0.8 * w, h * p.rng.range(0.3, 0.8), 0.3 * t);
        let r = p.rng.range(0.06, 0.12);
        p.put_at(
            if k < 3 { Part::Glow } else { Part::Panel },
            &gesamt_mesh::shapes::sphere(r, 6, 10).mapped(|q| v(q.x, q.y, 0.45 * q.z)),
            at,
        );
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

pub(crate) fn arch(p: &mut Pen) {
    let (w, h) = (p.snapped("width", 3.0, 5.0, 1.0), p.snapped("height", 3.5, 5.5, 0.5));
    let t = 0.8;
    let pier = 0.7;
    let r = 0.5 * w - pier;
    let pointed = if p.style.genre == Genre::GothicHorror { 0.42 * r } else { 0.0 };
    let spring = (h - r - 0.75 - pointed).max(0.8);
    for s in [-1.0, 1.0] {
        let (a, b) = if s < 0.0 { (-0.5 * w, -0.5 * w + pier) } else { (0.5 * w - pier, 0.5 * w) };
        p.hull(Hull::cuboid(v(a, 0.0, -0.5 * t), v(b, h, 0.5 * t)));
    }
    p.hull(Hull::cuboid(v(-0.5 * w, spring + 0.8 * r, -0.5 * t), v(0.5 * w, h, 0.5 * t)));
    match p.dialect() {
        Dialect::Organic => grown_arch(p, w, h),
        Dialect::Sleek | Dialect::Neon | Dialect::Metal if !is_masonry(p.slot.material) => portal(p, w, h, t, pier),
        _ => masonry_arch(p, [w, h, t], pier, spring, r),
    }
    p.overgrow_foot(w - 0.3, t);
    p.overgrow_edge(w - 0.5, h - 0.1, 0.5 * t);
}

fn masonry_arch(p: &mut Pen, [w, h, t]: [f32; 3], pier: f32, spring: f32, r: f32) {
    let gothic = p.style.genre == Genre::GothicHorror;
    let ruin = p.decay() > 0.7;
    for s in [-1.0, 1.0] {
        let x = s * 0.5 * (w - pier);
        p.at(v(x - 0.5 * pier, 0.0, 0.0), 0.0, |p| masonry(p, Part::Main, pier, spring, t, |_, _| true));
        p.bxb(Part::Soil, v(x, 0.0, 0.0), v(pier - 0.06, spring, t - 0.06), 0.0);
        p.bxb(Part::Stone, v(x, 0.0, 0.0), v(pier, 0.22, t + 0.2), 0.04);
        p.bxb(Part::Stone, v(x, spring - 0.12, 0.0), v(pier, 0.2, t + 0.14), 0.04);
    }
    // A pointed arch is two arcs struck from beyond the middle.
    let n = 13;
    let point = |u: f32, radius: f32| -> Vec2 {
        if gothic {
            let e = 0.45 * r;
            let side = if u < 0.5 { 1.0 } else { -1.0 };
            let top = ((e) / (r + e)).acos();
            let a = if u < 0.5 { u * 2.0 * top } else { (1.0 - u) * 2.0 * top };
            v2(side * ((radius + e) * a.cos() - e), spring + (radius + e) * a.sin())
        } else {
            v2(radius * (PI * u).cos(), spring + radius * (PI * u).sin())
        }
    };
    for i in 0..n {
        if ruin && (4..8).contains(&i) {
            continue;
        }
        let key = i == n / 2 && !gothic;
        let (u0, u1) = (i as f32 / n as f32 + 0.002, (i as f32 + 1.0) / n as f32 - 0.002);
        let out = r + if key { 0.5 } else { 0.4 };
        let um = 0.5 * (u0 + u1);
        let outline = [point(u0, r), point(u0, out), point(um, out), point(u1, out), point(u1, r), point(um, r)];
        p.put(
            Part::Stone,
            &extrude(&outline, t + if key { 0.2 } else { 0.1 } * if i % 2 == 0 { 1.0 } else { 0.85 }, 0.02),
        );
    }
    let (rise, crown) = (point(0.5, r + 0.2).y, h - 0.18);
    let half = 0.5 * w;
    let under: Vec<Vec2> = (0..=20).map(|k| point(k as f32 / 20.0, r + 0.2)).collect();
    if !ruin && rise < crown {
        let outline: Vec<Vec2> =
            [v2(half - 0.02, spring), v2(half - 0.02, crown), v2(-half + 0.02, crown), v2(-half + 0.02, spring)]
                .into_iter()
                .chain(under.iter().rev().copied())
                .collect();
        p.put(Part::Main, &extrude(&outline, t - 0.08, 0.01));
        for i in 0..(w / 0.8).round() as usize {
            let step = w / (w / 0.8).round();
            p.bxb(
                Part::Stone,
                v((i as f32 + 0.5) * step - half, crown - 0.02, 0.0),
                v(step - 0.012, 0.2, t + 0.2),
                0.035,
            );
        }
    } else {
        for s in [-1.0, 1.0] {
            p.bxb(Part::Main, v(s * (half - 0.25), spring, 0.0), v(0.5, 0.55 * r, t - 0.1), 0.04);
        }
    }
    if p.dialect() == Dialect::Steam {
        p.at(v(0.0, spring + r + 0.2, 0.5 * t + 0.1), 0.0, |p| p.gear(Part::Trim, 0.42, 0.08));
    } else if !ruin && p.life() > 0.2 {
        p.at(v(0.0, spring + r, 0.0), 0.0, |p| p.hanging_lantern(0.6, true));
    }
}

fn portal(p: &mut Pen, w: f32, h: f32, t: f32, pier: f32) {
    let sleek = p.dialect() == Dialect::Sleek;
    let bevel = if sleek { 0.35 } else { 0.12 };
    let (x, y) = (0.5 * w, h);
    let (ix, iy) = (x - pier * 0.8, h - 0.7);
    let outline = [
        v2(-x, 0.0),
        v2(-ix, 0.0),
        v2(-ix, iy - bevel),
        v2(-ix + bevel, iy),
        v2(ix - bevel, iy),
        v2(ix, iy - bevel),
        v2(ix, 0.0),
        v2(x, 0.0),
        v2(x, y - 1.4 * bevel),
        v2(x - 1.4 * bevel, y),
        v2(-x + 1.4 * bevel, y),
        v2(-x, y - 1.4 * bevel),
    ];
    p.put(Part::Main, &extrude(&outline, t - 0.14, 0.03));
    for s in [-1.0, 1.0] {
        p.bxb(Part::Frame, v(s * (x - 0.32), 0.0, 0.0), v(0.62, 0.35, t), 0.04);
        p.bxb(Part::Frame, v(s * (x - 0.28), 0.9, 0.0), v(0.4, 1.5, t), 0.05);
        p.bolts(Part::Trim, v(s * (x - 0.42), 1.0, 0.5 * t), v(s * (x - 0.42), 2.3, 0.5 * t), 5, 0.018);
        for z in [-1.0, 1.0] {
            p.bx(Part::Glow, v(s * (ix + 0.06), 0.4, z * (0.5 * t - 0.075)), v(0.035, iy - bevel - 0.4, 0.03));
        }
        p.rod(Part::Rubber, v(s * (x - 0.08), 0.0, 0.3 * t), v(s * (x - 0.08), h - 0.8, 0.3 * t), 0.035);
    }
    p.bxb(Part::Frame, v(0.0, iy + 0.14, 0.0), v(w - 1.4, 0.36, t), 0.05);
    p.bx(Part::Glow, v(0.0, iy - 0.015, 0.5 * t - 0.12), v(2.0 * (ix - bevel), 0.03, 0.04));
    p.at(v(0.0, iy + 0.32, 0.5 * t + 0.03), 0.0, |p| p.sign_board(1.3, 0.34, false));
}

fn grown_arch(p: &mut Pen, w: f32, h: f32) {
    let seed = p.rng.seed();
    for (k, z) in [-0.28f32, 0.0, 0.28].into_iter().enumerate() {
        let n = 22;
        let wide = 0.5 * w - 0.26 - 0.03 * (k % 2) as f32;
        let path: Vec<Vec3> = (0..=n)
            .map(|i| {
                let a = PI * i as f32 / n as f32;
                let lump = 0.06 * noise::gradient(v(i as f32 * 0.5, z, 0.0), seed);
                v(
                    wide * a.cos().signum() * a.cos().abs().powf(0.7) + lump * (a.sin()),
                    (h - 0.24) * a.sin().max(0.0).powf(0.75),
                    z * (0.5 + 0.5 * a.sin()) + lump,
                )
            })
            .collect();
        let radius: Vec<f32> = (0..=n)
            .map(|i| 0.13 + 0.11 * ((i as f32 / n as f32 - 0.5).abs() * 2.0).powi(2) + 0.02 * (i % 3) as f32)
            .collect();
        p.crease(80.0).put(if k == 1 { Part::Main } else { Part::Frame }, &tube(&path, &radius, 10)).crease(50.0);
    }
    for i in 0..7 {
        let a = PI * (i as f32 + 1.0) / 8.0;
        let at = v(
            (0.5 * w - 0.26) * a.cos().signum() * a.cos().abs().powf(0.7),
            (h - 0.24) * a.sin().max(0.0).powf(0.75),
            0.0,
        );
        let thorn = [at, at + v(-0.2 * a.cos(), -0.12, 0.0), at + v(-0.32 * a.cos(), -0.42, 0.0)];
        p.put(Part::Frame, &tube(&thorn, &[0.1, 0.06, 0.0], 6));
        p.put_at(Part::Glow, &gesamt_mesh::shapes::sphere(0.07, 5, 8), at + v(0.0, 0.05, 0.2));
    }
}

pub(crate) fn stairs(p: &mut Pen) {
    let (w, h) = (p.snapped("width", 1.0, 3.0, 0.5), p.snapped("height", 1.0, 2.0, 0.5));
    let n = (h / 0.1875).round().max(3.0) as usize;
    let depth = ((n as f32 * 0.3) / 0.5).ceil() * 0.5;
    let (rise, run) = (h / n as f32, depth / n as f32);
    let open = matches!(p.dialect(), Dialect::Neon | Dialect::Metal | Dialect::Steam)
        && !is_masonry(p.slot.material)
        && p.slot.material != MaterialKind::Concrete;
    let wood = matches!(p.slot.material, MaterialKind::WoodPlank | MaterialKind::WoodBeam);
    for i in 0..n {
        let (y, z) = ((i + 1) as f32 * rise, 0.5 * depth - (i as f32 + 0.5) * run);
        p.hull(Hull::cuboid(v(-0.5 * w, 0.0, z - 0.5 * run), v(0.5 * w, y, z + 0.5 * run)));
        if open || wood {
            p.bx(Part::Main, v(0.0, y - 0.05, z), v(w - 0.1, 0.05, run + 0.02));
            if !open {
                p.bx(Part::Panel, v(0.0, y - rise, z - 0.5 * run + 0.02), v(w - 0.1, rise, 0.025));
            }
        } else {
            if p.dialect() == Dialect::Organic {
                let step = gesamt_mesh::shapes2::rounded_box(
                    v(w * p.rng.range(0.94, 0.99), 2.4 * rise, 2.0 * run),
                    0.4 * run,
                    2,
                );
                p.crease(80.0)
                    .put_at(Part::Main, &rough(step, 0.02, 3.0, i as u32), v(0.0, y - 1.2 * rise, z - 0.3 * run))
                    .crease(50.0);
                if i > 1 {
                    p.bxb(Part::Main, v(0.0, 0.0, z), v(w - 0.16, y - 0.8 * rise, run), 0.0);
                }
                continue;
            }
            let blocks = if p.dialect() == Dialect::Sleek { 1 } else { (w / 0.9).round().max(1.0) as usize };
            for k in 0..blocks {
                let bw = w / blocks as f32;
                let x = (k as f32 + 0.5) * bw - 0.5 * w;
                let chip = if p.broken(0.3) { 0.03 } else { 0.0 };
                p.bxb(
                    Part::Main,
                    v(x, (y - 2.0 * rise).max(0.0), z - 0.5 * (0.04)),
                    v(bw - 0.004, y.min(2.0 * rise) - chip, run + 0.04),
                    0.018,
                );
            }
            if i > 1 {
                p.bxb(Part::Main, v(0.0, 0.0, z), v(w - 0.06, y - 1.5 * rise, run), 0.0);
            }
            if matches!(p.dialect(), Dialect::Sleek | Dialect::Neon) {
                p.bx(Part::Glow, v(0.0, y - 0.05, z + 0.5 * run - 0.012), v(w - 0.3, 0.014, 0.02));
            }
        }
    }
    let (a, b) = (v(0.0, 0.0, 0.5 * depth), v(0.0, h, -0.5 * depth));
    for s in [-1.0, 1.0] {
        let x = v(s * (0.5 * w - 0.045), 0.0, 0.0);
        if open || wood {
            p.beam(Part::Frame, a + x + v(0.0, 0.1, -0.08), b + x + v(0.0, -0.12, 0.03), 0.07, 0.22);
            p.bx(Part::Frame, b + x + v(0.0, -h, 0.06), v(0.08, h - 0.1, 0.08));
        } else if p.dialect() == Dialect::Organic {
            p.bone(a + x + v(0.0, 0.05, 0.0), b + x + v(0.0, 0.05, 0.0), v(0.0, 0.14, 0.0), 0.1, 0.08);
            p.bone(b + x + v(0.0, -h, 0.1), b + x + v(0.0, 0.5, 0.06), v(0.0, 0.0, 0.05), 0.1, 0.05);
        } else if !matches!(p.dialect(), Dialect::Sleek) {
            newels(p, s * (0.5 * w - 0.11), h, depth);
            let cheek = [
                v2(-0.5 * depth, 0.0),
                v2(0.5 * depth, 0.0),
                v2(0.5 * depth, 0.22),
                v2(-0.5 * depth + 0.02, h + 0.16),
                v2(-0.5 * depth, h + 0.16),
            ];
            p.turned(v(s * (0.5 * w - 0.11), 0.0, 0.0), Quat::from_rotation_y(-PI * 0.5), |p| {
                p.put(Part::Stone, &extrude(&cheek, 0.22, 0.03));
            });
        }
        if open || wood || p.dialect() == Dialect::Sleek {
            let posts = 3;
            for k in 0..posts {
                let t = (k as f32 + 0.15) / (posts as f32 - 0.7);
                let foot = a.lerp(b, t.min(0.97)) + x;
                p.rod(Part::Frame, foot, foot + v(0.0, 0.92, 0.0), 0.024);
            }
            let up = v(0.0, 0.9, 0.0);
            p.rod(Part::Trim, a.lerp(b, 0.04) + x + up, a.lerp(b, 0.98) + x + up, 0.032);
            p.rod(Part::Trim, a.lerp(b, 0.08) + x + up * 0.5, a.lerp(b, 0.97) + x + up * 0.5, 0.018);
            p.hull(Hull::cuboid(v(s * (0.5 * w - 0.08), h, -0.5 * depth), v(s * 0.5 * w, h + 0.9, 0.0)));
        }
    }
    if p.decay() > 0.4 && !open {
        for _ in 0..5 {
            let (s, seed) = (p.rng.range(0.05, 0.12), p.rng.seed());
            let at = v(0.4 * w * p.rng.signed(), 0.02, 0.5 * depth - 0.1 * p.rng.unit());
            p.put_at(Part::Stone, &rough(gesamt_mesh::shapes::blob(1, |_| s), 0.04, 6.0, seed), at);
        }
    }
    p.overgrow_foot(w, depth - 0.2);
}

/// What stands on the cheeks of stone stairs: newel posts, rails, lamps.
fn newels(p: &mut Pen, x: f32, h: f32, depth: f32) {
    let ends = [v(x, 0.2, 0.5 * depth - 0.12), v(x, h + 0.15, -0.5 * depth + 0.12)];
    match p.dialect() {
        Dialect::Japan => {
            for end in ends {
                p.rod(Part::Lacquer, end - v(0.0, 0.15, 0.0), end + v(0.0, 0.8, 0.0), 0.055);
                p.finial(end + v(0.0, 0.8, 0.0), 0.055);
            }
            for y in [0.35, 0.7] {
                p.rod(Part::Lacquer, ends[0] + v(0.0, y, 0.0), ends[1] + v(0.0, y, 0.0), 0.03);
            }
        }
        Dialect::Neon | Dialect::Metal => {
            for end in ends {
                p.rod(Part::Frame, end - v(0.0, 0.1, 0.0), end + v(0.0, 0.85, 0.0), 0.025);
            }
            p.rod(Part::Frame, ends[0] + v(0.0, 0.85, 0.0), ends[1] + v(0.0, 0.85, 0.0), 0.028);
            p.rod(Part::Frame, ends[0] + v(0.0, 0.45, 0.0), ends[1] + v(0.0, 0.45, 0.0), 0.018);
        }
        _ if matches!(p.style.genre, Genre::GothicHorror | Genre::Steampunk | Genre::Noir) => {
            let n = 9;
            for k in 0..=n {
                let at = ends[0].lerp(ends[1], k as f32 / n as f32);
                if !p.broken(0.25) {
                    p.rod(Part::Trim, at - v(0.0, 0.2, 0.0), at + v(0.0, 0.75, 0.0), 0.013);
                }
            }
            p.rod(Part::Trim, ends[0] + v(0.0, 0.75, 0.0), ends[1] + v(0.0, 0.75, 0.0), 0.024);
            for end in ends {
                p.bx(Part::Stone, end - v(0.0, 0.2, 0.0), v(0.22, 0.9, 0.22));
                p.finial(end + v(0.0, 0.7, 0.0), 0.07);
            }
        }
        _ => {
            for end in ends {
                p.bx(Part::Stone, end - v(0.0, 0.2, 0.0), v(0.22, 0.55, 0.22));
                p.bx(Part::Stone, end + v(0.0, 0.34, 0.0), v(0.22, 0.07, 0.24));
                p.put_at(Part::Stone, &gesamt_mesh::shapes::sphere(0.1, 6, 10), end + v(0.0, 0.48, 0.0));
            }
        }
    }
    p.hull(Hull::cuboid(ends[1] - v(0.11, 0.1, 0.11), ends[1] + v(0.11, 0.8, 0.11)));
}
