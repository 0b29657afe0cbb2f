//! Planters: open troughs, bowls and grown cups with soil and a dense bed of plants.

use std::f32::consts::TAU;

use gesamt_mesh::shapes::{blob, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{leaf, oriented, ring, torus};
use gesamt_mesh::{Hull, noise};
use gesamt_world::Genre;
use glam::{Vec2, Vec3};

use super::panels::Field;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// Thickness of the walls, width of the rim and depth of the soil below it, in metres.
const WALL: f32 = 0.05;
const RIM: f32 = 0.08;
const SUNK: f32 = 0.05;

pub(crate) fn planter(p: &mut Pen) {
    let (w, h) = (p.size("width", 0.7, 1.6), p.size("height", 0.4, 0.65));
    let d = 0.5;
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * d), v(0.5 * w, h, 0.5 * d)));
    let round = matches!(p.dialect(), Dialect::Sleek | Dialect::Organic);
    match p.dialect() {
        Dialect::Sleek => bowl(p, w, d, h),
        Dialect::Organic => cup(p, w, d, h),
        Dialect::Timber | Dialect::Japan if !matches!(p.style.genre, Genre::Ancient | Genre::GothicHorror) => {
            boarded(p, w, d, h);
        }
        Dialect::Neon | Dialect::Metal | Dialect::Steam => folded(p, w, d, h),
        _ => hewn(p, w, d, h),
    }
    soil(p, w, d, h - SUNK, round);
    if !(p.style.is_bare_season() && p.decay() > 0.8) {
        bed(p, v2(w, d), h - SUNK, round);
    }
    p.overgrow_foot(w, d);
}

/// Four walls from height `y0` to `y1`, `t` thick, flush with a `w` × `d` footprint.
fn walls(p: &mut Pen, part: Part, [w, d]: [f32; 2], [y0, y1]: [f32; 2], t: f32) {
    for s in [-1.0, 1.0] {
        p.bxb(part, v(0.0, y0, s * 0.5 * (d - t)), v(w, y1 - y0, t), 0.006);
        p.bxb(part, v(s * 0.5 * (w - t), y0, 0.0), v(t, y1 - y0, d - 1.6 * t), 0.006);
    }
}

/// A box of boards between corner posts, with a rim to sit on.
fn boarded(p: &mut Pen, w: f32, d: f32, h: f32) {
    let (foot, top) = (0.05, h - 0.035);
    let n = 3;
    let step = (top - foot) / n as f32;
    for k in 0..n {
        let y = foot + step * k as f32;
        let gap = 0.004 + 0.006 * p.decay() * p.rng.unit();
        walls(p, Part::Panel, [w - 0.04, d - 0.04], [y, y + step - gap], WALL);
    }
    for (x, z) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        p.bx(Part::Frame, v(x * (0.5 * w - 0.04), 0.0, z * (0.5 * d - 0.04)), v(0.08, h - 0.01, 0.08));
        let nail = v(x * (0.5 * w - 0.04), foot, z * 0.5 * d - z * 0.002);
        p.bolts(Part::Trim, nail + v(0.0, 0.07, 0.0), nail + v(0.0, top - 0.12, 0.0), n, 0.008);
    }
    walls(p, Part::Frame, [w + 0.04, d + 0.04], [h - 0.035, h], RIM);
    if w > 0.9 {
        for s in [-1.0, 1.0] {
            p.bx(Part::Frame, v(0.0, 0.02, s * (0.5 * d - 0.015)), v(0.07, h - 0.05, 0.05));
        }
    }
}

/// A trough of folded sheet on two skids: welded seams, rivets or a line of light by dialect.
fn folded(p: &mut Pen, w: f32, d: f32, h: f32) {
    for s in [-1.0, 1.0] {
        p.bx(Part::Frame, v(s * (0.5 * w - 0.14), 0.0, 0.0), v(0.1, 0.07, d - 0.04));
    }
    walls(p, Part::Main, [w - 0.04, d - 0.04], [0.06, h - 0.02], WALL);
    p.chip(Part::Frame, v(0.0, 0.05, 0.0), v(w - 0.08, 0.04, d - 0.08));
    walls(p, Part::Frame, [w, d], [h - 0.035, h], RIM);
    walls(p, Part::Frame, [w - 0.02, d - 0.02], [0.06, 0.1], 0.06);
    let n = (w / 0.36).round().max(2.0) as usize;
    for side in [0.0, 0.5 * TAU] {
        p.at(Vec3::ZERO, side, |p| {
            let z = 0.5 * d - 0.02;
            let step = (w - 0.08) / n as f32;
            for k in 0..=n {
                // The seams are dark.
                let x = (k as f32 - 0.5 * n as f32) * step;
                p.chip(Part::Frame, v(x, 0.12, z - 0.009), v(0.03, h - 0.18, 0.02));
            }
            for k in 0..n {
                let x = (k as f32 + 0.5 - 0.5 * n as f32) * step;
                p.bxb(Part::Main, v(x, 0.13, z - 0.006), v(step - 0.02, h - 0.21, 0.012), 0.003);
                let (a, b) = (x - 0.5 * step + 0.035, x + 0.5 * step - 0.035);
                for y in [0.16, h - 0.11] {
                    p.bolts(Part::Trim, v(a, y, z + 0.006), v(b, y, z + 0.006), 2, 0.009);
                }
            }
            fittings(p, w, h, z);
        });
        if p.dialect() == Dialect::Neon {
            p.at(Vec3::ZERO, side + 0.25 * TAU, |p| {
                let field = Field { columns: 1, vent: false, plate: false, glow: false };
                p.at(v(0.0, 0.5 * h + 0.02, 0.5 * w - 0.02), 0.0, |p| p.panelled(v2(d - 0.12, h - 0.21), &field));
            });
        }
    }
}

/// What the dialect fastens to the long side of a metal trough.
fn fittings(p: &mut Pen, w: f32, h: f32, z: f32) {
    match p.dialect() {
        Dialect::Neon => {
            p.chip(Part::Glow, v(0.0, h - 0.062, z - 0.005), v(w - 0.1, 0.016, 0.02));
            // A drain slot in its frame, and a plate that says whose it is.
            p.bx(Part::Trim, v(0.28 * w, 0.14, z + 0.004), v(0.17, 0.06, 0.016));
            p.chip(Part::Frame, v(0.28 * w, 0.158, z + 0.008), v(0.13, 0.024, 0.012));
            p.bx(Part::Trim, v(-0.3 * w, 0.5 * h, z + 0.004), v(0.15, 0.08, 0.014));
            p.at(v(-0.3 * w, 0.5 * h + 0.04, z), 0.0, |p| p.letters_glow(0.12, 0.05, 0.008));
        }
        Dialect::Steam => {
            for s in [-1.0, 1.0] {
                p.bx(Part::Trim, v(s * 0.36 * w, 0.08, z), v(0.06, h - 0.11, 0.03));
                p.bolts(Part::Accent, v(s * 0.36 * w, 0.13, z + 0.015), v(s * 0.36 * w, h - 0.08, z + 0.015), 4, 0.011);
            }
        }
        _ => {
            p.chip(Part::Frame, v(0.28 * w, 0.14, z + 0.004), v(0.13, 0.024, 0.012));
        }
    }
}

/// A trough hewn from stone: plinth, walls with a row of carved fields, a heavy rim.
fn hewn(p: &mut Pen, w: f32, d: f32, h: f32) {
    use gesamt_world::MaterialKind as M;
    // Nobody hews a trough from wood.
    let wooden = matches!(p.slot.material, M::WoodPlank | M::WoodBeam | M::Thatch);
    let body = if wooden { Part::Stone } else { Part::Main };
    p.bxb(Part::Stone, Vec3::ZERO, v(w, 0.09, d), 0.02);
    walls(p, body, [w - 0.06, d - 0.06], [0.07, h - 0.05], WALL + 0.02);
    walls(p, Part::Stone, [w, d], [h - 0.07, h], RIM + 0.02);
    let n = (w / 0.26) as usize;
    for side in [0.0, 0.5 * TAU] {
        p.at(Vec3::ZERO, side, |p| {
            for k in 0..n {
                let x = (k as f32 + 0.5 - 0.5 * n as f32) * 0.26;
                p.bx(Part::Stone, v(x, 0.13, 0.5 * d - 0.035), v(0.2, h - 0.25, 0.03));
                let boss = sphere(0.05, 5, 10).mapped(|q| v(q.x, q.y, 0.4 * q.z));
                p.put_at(Part::Accent, &boss, v(x, 0.5 * h + 0.01, 0.5 * d - 0.02));
            }
        });
    }
}

/// An oval bowl with a thin wall.
fn bowl(p: &mut Pen, w: f32, d: f32, h: f32) {
    let oval = |q: Vec3| v(q.x * w, q.y, q.z * d);
    let wall = [
        v2(0.36, 0.02),
        v2(0.41, 0.06),
        v2(0.49, h - 0.02),
        v2(0.5, h),
        v2(0.43, h),
        v2(0.42, h - 0.03),
        v2(0.33, 0.08),
    ];
    p.crease(60.0).put(Part::Main, &ring(&wall, 28).mapped(oval));
    p.put(Part::Frame, &lathe(&[v2(0.34, 0.0), v2(0.37, 0.02), v2(0.37, 0.06)], 24).mapped(oval)).crease(50.0);
    p.put_at(Part::Glow, &torus(0.395, 0.012, 28, 4).mapped(oval), v(0.0, 0.055, 0.0));
    p.put_at(Part::Trim, &torus(0.475, 0.01, 28, 4).mapped(oval), v(0.0, 0.72 * h, 0.0));
}

/// A cup that grew: a lobed wall that curls outward, carried by ribs.
fn cup(p: &mut Pen, w: f32, d: f32, h: f32) {
    let wall = [
        v2(0.28, 0.0),
        v2(0.4, 0.08),
        v2(0.43, 0.5 * h),
        v2(0.45, 0.85 * h),
        v2(0.52, h),
        v2(0.49, h + 0.02),
        v2(0.4, 0.88 * h),
        v2(0.36, 0.3 * h),
    ];
    let grown = |q: Vec3| {
        let (a, t) = (q.z.atan2(q.x), q.y / h);
        let lobe = 1.0 + 0.05 * (7.0 * a).cos() * t;
        v(q.x * w * lobe, q.y + 0.05 * (7.0 * a).cos() * t.powi(4), q.z * d * lobe)
    };
    p.crease(80.0).put(Part::Main, &oriented(lathe(&wall, 42).mapped(grown))).crease(50.0);
    for k in 0..7 {
        let e = Vec2::from_angle(TAU * k as f32 / 7.0);
        let foot = v(0.37 * w * e.x, 0.0, 0.37 * d * e.y);
        p.bone(foot, v(0.485 * w * e.x, 0.96 * h, 0.485 * d * e.y), v(-e.x, 0.0, -e.y) * 0.01, 0.045, 0.022);
        if k % 2 == 0 {
            p.put_at(Part::Glow, &sphere(0.028, 5, 8), v(0.5 * w * e.x, 0.7 * h, 0.5 * d * e.y));
        }
    }
}

/// A bumpy sheet of earth at height `y`.
fn soil(p: &mut Pen, w: f32, d: f32, y: f32, round: bool) {
    let seed = p.rng.seed();
    let bump = |x: f32, z: f32| 0.022 * noise::fbm(v(9.0 * x, 0.0, 9.0 * z), 2, seed);
    p.crease(70.0);
    if round {
        let disc = [v2(0.415, -0.06), v2(0.415, -0.01), v2(0.28, 0.005), v2(0.14, 0.012), v2(0.0, 0.014)];
        let disc =
            lathe(&disc, 20).mapped(|q| v(q.x * w, y + q.y + if q.y > -0.05 { bump(q.x, q.z) } else { 0.0 }, q.z * d));
        p.put(Part::Soil, &disc);
    } else {
        let (l, b) = (w - 0.06, d - 0.06);
        let sheet = slab([12, 5], 0.06, |a, c| {
            let (x, z) = ((a - 0.5) * l, (0.5 - c) * b);
            v(x, y - 0.03 + bump(x, z), z)
        });
        p.put(Part::Soil, &sheet);
    }
    p.crease(50.0);
}

/// Twelve to twenty plants of three kinds that hide most of the soil at height `y`.
fn bed(p: &mut Pen, size: Vec2, y: f32, round: bool) {
    let n = ((size.x / 0.07) as usize).clamp(12, 20);
    let rows = 2;
    let columns = n.div_ceil(rows);
    let inner = size - Vec2::splat(2.0 * RIM + 0.1);
    for k in 0..n {
        let (i, j) = (k / rows, k % rows);
        let across = (i as f32 + 0.25 + 0.5 * j as f32) / columns as f32 - 0.5;
        let along = if j == 0 { -0.3 } else { 0.3 };
        let mut at = v(across * inner.x, y, along * inner.y);
        at += v(0.03 * p.rng.signed(), -0.01, 0.03 * p.rng.signed());
        if round {
            at.z *= (1.0 - (at.x / (0.46 * size.x)).powi(2)).max(0.05).sqrt();
        }
        // Tall things stand in the middle and behind, what hangs over stands at the rim.
        match (k + j) % 3 {
            0 => flower(p, at, p.rng.range(0.2, 0.36)),
            1 => spike(p, at, p.rng.range(0.26, 0.42)),
            _ => cushion(p, at),
        }
    }
}

/// Leaves around a root, `long` metres each.
fn rosette(p: &mut Pen, at: Vec3, n: usize, long: f32, rise: f32) {
    let start = TAU * p.rng.unit();
    for k in 0..n {
        let e = Vec2::from_angle(start + TAU * k as f32 / n as f32 + 0.3 * p.rng.signed());
        let along = v(e.x, rise * p.rng.range(0.5, 1.4), e.y) * long * p.rng.range(0.8, 1.15);
        p.put(Part::Plant, &leaf(at, along, v(-e.y, 0.0, e.x), 0.62 * long, 0.12 * long));
    }
}

/// A flower on its stem above broad leaves.
fn flower(p: &mut Pen, at: Vec3, h: f32) {
    if p.left() < 200 {
        return;
    }
    rosette(p, at, 7, 0.15, 0.35);
    let head = at + v(0.15 * h * p.rng.signed(), h, 0.15 * h * p.rng.signed());
    p.put(Part::Plant, &tube(&[at, at.lerp(head, 0.6) + v(0.01, 0.0, 0.0), head], &[0.009, 0.008, 0.006], 3));
    p.leaf_at(at.lerp(head, 0.5), 0.1);
    for k in 0..6 {
        let e = Vec2::from_angle(TAU * k as f32 / 6.0);
        p.put(Part::Bloom, &leaf(head, v(e.x, 0.3, e.y) * 0.075, v(-e.y, 0.0, e.x), 0.065, 0.012));
    }
    p.put_at(Part::Goods, &sphere(0.02, 3, 6), head + v(0.0, 0.008, 0.0));
}

/// A spike of blossoms above narrow leaves.
fn spike(p: &mut Pen, at: Vec3, h: f32) {
    if p.left() < 200 {
        return;
    }
    rosette(p, at, 8, 0.17, 0.9);
    let top = at + v(0.12 * h * p.rng.signed(), h, 0.12 * h * p.rng.signed());
    let path = [at, at.lerp(top, 0.45), at.lerp(top, 0.5), at.lerp(top, 0.75), top];
    p.put(Part::Plant, &tube(&path[..2], &[0.008, 0.007], 3));
    p.crease(30.0).put(Part::Bloom, &tube(&path[1..], &[0.008, 0.026, 0.02, 0.0], 5)).crease(50.0);
}

/// A low cushion that swells over the rim.
fn cushion(p: &mut Pen, at: Vec3) {
    if p.left() < 200 {
        return;
    }
    let seed = p.rng.seed();
    let r = p.rng.range(0.075, 0.1);
    let mound = blob(1, |q| r * (1.0 + 0.25 * noise::gradient(q * 2.0, seed))).mapped(|q| v(q.x, 0.7 * q.y, q.z));
    p.crease(70.0).put_at(Part::Plant, &mound, at + v(0.0, 0.03, 0.0)).crease(50.0);
    rosette(p, at + v(0.0, 0.05, 0.0), 8, 0.13, 0.2);
}
