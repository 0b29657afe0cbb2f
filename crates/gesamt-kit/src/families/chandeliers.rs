//! Chandeliers of every dialect.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{blob, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{hoop, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::altars::candle;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// A chandelier on its chain; the hook is the socket `Snap_Ceiling` at the top.
pub(crate) fn chandelier(p: &mut Pen) {
    let (r, chain) = (p.size("width", 0.45, 0.85), p.size("height", 0.7, 1.5));
    let body = 0.75 * r + 0.2;
    let top = body + chain;
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon => light_rings(p, r, body, top),
        Dialect::Organic => hanging_pods(p, r, body, top),
        Dialect::Japan => lantern_tree(p, r, body, top),
        Dialect::Metal => work_light(p, r, body, top),
        Dialect::Steam => globes(p, r, body, top),
        _ if matches!(p.style.genre, Genre::MedievalFantasy | Genre::Western | Genre::Nautical | Genre::Ancient) => {
            wheel_chandelier(p, r, body, top)
        }
        _ => armed_chandelier(p, r, body, top),
    }
    p.drum(Part::Trim, v(0.0, top - 0.04, 0.0), 0.09, 0.05);
    p.hull(Hull::drum(v(0.0, 0.0, 0.0), r, body, 12));
    p.hull(Hull::drum(v(0.0, body, 0.0), 0.05, chain, 6));
    p.socket("Snap_Ceiling", v(0.0, top, 0.0), 0.0);
}

/// A chain of round links from `y0` up to `y1`.
fn links(p: &mut Pen, y0: f32, y1: f32) {
    let n = ((y1 - y0) / 0.09).round().clamp(3.0, 18.0) as usize;
    let step = (y1 - y0) / n as f32;
    for k in 0..n {
        let y = y0 + (k as f32 + 0.5) * step;
        p.turned(
            v(0.0, y, 0.0),
            Quat::from_rotation_y(if k % 2 == 0 { 0.0 } else { PI * 0.5 }) * Quat::from_rotation_x(PI * 0.5),
            |p| {
                p.put(Part::Trim, &torus(0.4 * step, 0.11 * step, 8, 4).mapped(|q| v(0.8 * q.x, q.y, 1.45 * q.z)));
            },
        );
    }
}

fn wheel_chandelier(p: &mut Pen, r: f32, body: f32, top: f32) {
    let y = 0.24;
    p.put_at(Part::Frame, &hoop(r - 0.05, 0.09, 0.09, 24), v(0.0, y, 0.0));
    p.put_at(Part::Trim, &hoop(r + 0.035, 0.012, 0.05, 24), v(0.0, y + 0.02, 0.0));
    for k in 0..2 {
        p.turned(v(0.0, y + 0.02, 0.0), Quat::from_rotation_y(PI * 0.5 * k as f32), |p| {
            p.beam(Part::Frame, v(-r, 0.025, 0.0), v(r, 0.025, 0.0), 0.06, 0.05);
        });
    }
    p.put_at(Part::Trim, &lathe(&[v2(0.03, -0.2), v2(0.07, -0.1), v2(0.06, 0.1), v2(0.02, 0.14)], 10), v(0.0, y, 0.0));
    for k in 0..4 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 4.0) * r;
        p.rod(Part::Trim, v(e.x, y + 0.08, e.y), v(0.0, body, 0.0), 0.012);
    }
    for k in 0..8 {
        let e = Vec2::from_angle(TAU * k as f32 / 8.0) * r;
        p.put_at(Part::Trim, &lathe(&[v2(0.03, 0.0), v2(0.065, 0.05), v2(0.05, 0.05)], 8), v(e.x, y + 0.09, e.y));
        if !p.broken(0.5) {
            candle(p, v(e.x, y + 0.12, e.y), 0.13);
        }
    }
    links(p, body, top - 0.03);
}

fn armed_chandelier(p: &mut Pen, r: f32, body: f32, top: f32) {
    let stem = [
        v2(0.0, 0.0),
        v2(0.05, 0.08),
        v2(0.025, 0.14),
        v2(0.09, 0.24),
        v2(0.03, 0.34),
        v2(0.025, 0.7 * body),
        v2(0.06, 0.8 * body),
        v2(0.02, body),
    ];
    p.crease(60.0).put(Part::Accent, &lathe(&stem, 14)).crease(50.0);
    let n = 8;
    for k in 0..n {
        p.at(Vec3::ZERO, TAU * k as f32 / n as f32, |p| {
            let path: Vec<Vec3> = (0..=8)
                .map(|i| {
                    let t = i as f32 / 8.0;
                    v(t * r, 0.28 - 0.22 * (PI * t).sin() + 0.2 * t * t, 0.0)
                })
                .collect();
            p.crease(80.0).put(Part::Accent, &tube(&path, &[0.02; 9], 6)).crease(50.0);
            let cup = lathe(&[v2(0.02, 0.0), v2(0.07, 0.05), v2(0.05, 0.05)], 8);
            p.put_at(Part::Accent, &cup, v(r, 0.48, 0.0));
            if !p.broken(0.4) {
                candle(p, v(r, 0.5, 0.0), 0.13);
            }
            let drop = lathe(&[v2(0.0, 0.0), v2(0.022, 0.03), v2(0.0, 0.11)], 6);
            p.put_at(Part::Crystal, &drop, v(r, 0.37, 0.0));
            p.put_at(Part::Crystal, &drop, v(0.5 * r, 0.0, 0.0));
            p.rod(Part::Trim, v(0.5 * r, 0.1, 0.0), v(0.5 * r, 0.13, 0.0), 0.006);
        });
    }
    links(p, body, top - 0.03);
}

fn light_rings(p: &mut Pen, r: f32, body: f32, top: f32) {
    for (k, (q, y)) in [(1.0, 0.05), (0.68, 0.32), (0.4, 0.56)].into_iter().enumerate() {
        let tilt = Quat::from_rotation_z(0.12 * (k as f32 - 1.0));
        p.turned(v(0.0, y * body + 0.06, 0.0), tilt, |p| {
            p.put(Part::Trim, &hoop(q * r - 0.03, 0.035, 0.07, 28));
            p.put_at(Part::Glow, &hoop(q * r - 0.025, 0.025, 0.02, 28), v(0.0, -0.018, 0.0));
        });
        for j in 0..3 {
            let e = Vec2::from_angle(TAU * j as f32 / 3.0 + 0.4 * k as f32) * (q * r - 0.02);
            p.rod(Part::Rubber, v(e.x, y * body + 0.1, e.y), v(0.0, top - 0.03, 0.0), 0.006);
        }
    }
    p.light(v(0.0, 0.3 * body, 0.0), 0.08, p.style.lamp_color(), 5.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

fn hanging_pods(p: &mut Pen, r: f32, body: f32, top: f32) {
    let root = v(0.0, top - 0.03, 0.0);
    for k in 0..6 {
        let a = TAU * k as f32 / 6.0 + 0.3 * p.rng.signed();
        let low = v(0.8 * r * a.cos(), body * p.rng.range(0.3, 0.75), 0.8 * r * a.sin());
        let mid = v(0.5 * low.x, 0.5 * (body + top), 0.5 * low.z);
        p.crease(80.0).put(Part::Bark, &tube(&[root, mid, low], &[0.035, 0.028, 0.04], 6));
        let pod = blob(2, |d| 0.17 * (1.0 + 0.1 * (5.0 * d.z.atan2(d.x)).cos())).mapped(|q| v(q.x, 1.5 * q.y, q.z));
        p.put_at(if k % 3 == 2 { Part::Panel } else { Part::Lamp }, &pod, low - v(0.0, 0.2, 0.0)).crease(50.0);
    }
    p.bone(v(0.0, 0.05, 0.0), root, v(0.05, 0.0, 0.0), 0.06, 0.05);
    p.lamp_light(v(0.0, 0.1, 0.0), 4.0);
}

fn lantern_tree(p: &mut Pen, r: f32, body: f32, top: f32) {
    p.rod(Part::Rope, v(0.0, body - 0.1, 0.0), v(0.0, top - 0.03, 0.0), 0.014);
    for k in 0..2 {
        p.turned(v(0.0, body - 0.1, 0.0), Quat::from_rotation_y(PI * 0.5 * k as f32), |p| {
            p.beam(Part::Lacquer, v(-r, 0.0, 0.0), v(r, 0.0, 0.0), 0.05, 0.06);
            for s in [-1.0, 1.0] {
                p.bx(Part::Trim, v(s * (r - 0.02), -0.04, 0.0), v(0.05, 0.09, 0.07));
                p.at(v(s * (r - 0.07), -0.03, 0.0), 0.0, |p| p.hanging_lantern(0.4, true));
            }
        });
    }
    p.at(v(0.0, body - 0.12, 0.0), 0.0, |p| p.hanging_lantern((body - 0.18).min(0.6), true));
}

fn work_light(p: &mut Pen, r: f32, body: f32, top: f32) {
    let shade = [v2(r, 0.1), v2(0.98 * r, 0.14), v2(0.55 * r, 0.42 * body), v2(0.16, 0.62 * body), v2(0.1, body)];
    p.put(Part::Main, &lathe(&shade, 24));
    p.put_at(Part::Trim, &torus(r, 0.018, 24, 5), v(0.0, 0.11, 0.0));
    p.put_at(Part::Lamp, &sphere(0.17, 6, 12), v(0.0, 0.1, 0.0));
    for k in 0..4 {
        let e = Vec2::from_angle(PI * k as f32 / 4.0) * 0.95 * r;
        p.rod(Part::Trim, v(-e.x, 0.06, -e.y), v(e.x, 0.06, e.y), 0.008);
    }
    p.rod(Part::Rubber, v(0.0, body, 0.0), v(0.0, top - 0.03, 0.0), 0.02);
    p.lamp_light(v(0.0, -0.05, 0.0), 5.0);
}

fn globes(p: &mut Pen, r: f32, body: f32, top: f32) {
    p.pipe(Part::Trim, &[v(0.0, 0.2, 0.0), v(0.0, top - 0.03, 0.0)], 0.035);
    p.at(v(0.0, 0.62 * body, 0.0), 0.0, |p| {
        p.turned(Vec3::ZERO, Quat::from_rotation_x(PI * 0.5), |p| p.gear(Part::Accent, 0.55 * r, 0.05));
    });
    for k in 0..6 {
        p.at(Vec3::ZERO, TAU * k as f32 / 6.0, |p| {
            let elbow =
                [v(0.0, 0.62 * body, 0.0), v(0.8 * r, 0.62 * body, 0.0), v(r, 0.5 * body, 0.0), v(r, 0.36 * body, 0.0)];
            p.pipe(Part::Trim, &elbow, 0.022);
            p.put_at(Part::Lamp, &sphere(0.085, 6, 10), v(r, 0.22 * body, 0.0));
            p.put_at(Part::Trim, &cylinder(0.06, 0.06, 10, 0.01), v(r, 0.3 * body, 0.0));
        });
    }
    p.put_at(Part::Accent, &lathe(&[v2(0.0, 0.0), v2(0.09, 0.1), v2(0.04, 0.24)], 12), v(0.0, 0.02, 0.0));
    p.lamp_light(v(0.0, 0.1, 0.0), 4.0);
}
