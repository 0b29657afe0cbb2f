//! Runs of fence that snap at their ends.

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cone, tube};
use gesamt_mesh::shapes2::{extrude, rod};
use gesamt_world::Genre;
use glam::{Quat, Vec3};

use super::modules::snap_sides;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn fence(p: &mut Pen) {
    let (w, h) = (p.snapped("width", 1.5, 2.5, 0.5), p.size("height", 1.0, 1.5));
    snap_sides(p, w);
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
                    v(px, 0.03, 0.0),
                    v(px + 0.02, 0.35 * tall, out),
                    v(px - 0.03, 0.75 * tall, out),
                    v(px + 0.06 * p.rng.signed(), tall, -0.5 * out),
                ];
                p.tendril(Part::Frame, &path, 9, 0.06, 0.0);
                p.pad(v(px, 0.0, 0.0), 0.055);
            }
            for y in [0.3 * h, 0.62 * h] {
                let path: Vec<Vec3> =
                    (0..=10).map(|k| v(-x + w * k as f32 / 10.0, y + 0.05 * (k as f32 * 1.9).sin(), 0.0)).collect();
                p.tendril(Part::Panel, &path, 30, 0.032, 0.032);
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
