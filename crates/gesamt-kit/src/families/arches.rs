//! Gateways and flights of steps that snap to the grid.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes2::extrude;
use gesamt_world::{Genre, MaterialKind};
use glam::{Quat, Vec2};

use super::build::rough;
use super::modules::snap_ends;
use super::pen::{Pen, v, v2};
use super::walls::is_masonry;
use super::walls::masonry;
use crate::style::{Dialect, Part};

pub(crate) fn arch(p: &mut Pen) {
    let (w, h) = (p.snapped("width", 3.0, 5.0, 1.0), p.snapped("height", 3.5, 5.5, 0.5));
    let t = 0.8;
    let pier = 0.7;
    snap_ends(p, w, h);
    let r = 0.5 * w - pier;
    let pointed = if p.style.genre == Genre::GothicHorror { 0.42 * r } else { 0.0 };
    let spring = (h - r - 0.75 - pointed).max(0.8);
    for s in [-1.0, 1.0] {
        let (a, b) = if s < 0.0 { (-0.5 * w, -0.5 * w + pier) } else { (0.5 * w - pier, 0.5 * w) };
        p.hull(Hull::cuboid(v(a, 0.0, -0.5 * t), v(b, h, 0.5 * t)));
    }
    p.hull(Hull::cuboid(v(-0.5 * w, spring + 0.8 * r, -0.5 * t), v(0.5 * w, h, 0.5 * t)));
    match p.dialect() {
        Dialect::Organic => super::gates::arch(p, w, h),
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

pub(crate) fn stairs(p: &mut Pen) {
    let (w, h) = (p.snapped("width", 1.0, 3.0, 0.5), p.snapped("height", 1.0, 2.0, 0.5));
    let n = (h / 0.1875).round().max(3.0) as usize;
    let depth = ((n as f32 * 0.3) / 0.5).ceil() * 0.5;
    let (rise, run) = (h / n as f32, depth / n as f32);
    let open = matches!(p.dialect(), Dialect::Neon | Dialect::Metal | Dialect::Steam)
        && !is_masonry(p.slot.material)
        && p.slot.material != MaterialKind::Concrete;
    let wood = matches!(p.slot.material, MaterialKind::WoodPlank | MaterialKind::WoodBeam);
    let grown = p.dialect() == Dialect::Organic;
    for i in 0..n {
        let (y, z) = ((i + 1) as f32 * rise, 0.5 * depth - (i as f32 + 0.5) * run);
        p.hull(Hull::cuboid(v(-0.5 * w, 0.0, z - 0.5 * run), v(0.5 * w, y, z + 0.5 * run)));
        if grown {
            continue;
        }
        if open || wood {
            p.bx(Part::Main, v(0.0, y - 0.05, z), v(w - 0.1, 0.05, run + 0.02));
            if !open {
                p.bx(Part::Panel, v(0.0, y - rise, z - 0.5 * run + 0.02), v(w - 0.1, rise, 0.025));
            }
        } else {
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
    if grown {
        super::carapace::stairs(p, w, h, depth, n);
        p.overgrow_foot(w, depth - 0.2);
        return;
    }
    let (a, b) = (v(0.0, 0.0, 0.5 * depth), v(0.0, h, -0.5 * depth));
    for s in [-1.0, 1.0] {
        let x = v(s * (0.5 * w - 0.045), 0.0, 0.0);
        if open || wood {
            p.beam(Part::Frame, a + x + v(0.0, 0.1, -0.08), b + x + v(0.0, -0.12, 0.03), 0.07, 0.22);
            p.bx(Part::Frame, b + x + v(0.0, -h, 0.06), v(0.08, h - 0.1, 0.08));
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
