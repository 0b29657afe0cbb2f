//! Halls and squares: chandeliers, chairs and fountains.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{blob, cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{extrude, hoop, oriented, rounded_box, torus};
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

pub(crate) fn chair(p: &mut Pen) {
    let (w, seat) = (p.size("width", 0.42, 0.56), 0.45);
    let back = seat + p.size("height", 0.42, 0.85);
    let d = 0.46;
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon => {
            let base = [v2(0.26, 0.0), v2(0.25, 0.03), v2(0.06, 0.06), v2(0.045, seat - 0.08), v2(0.14, seat - 0.03)];
            p.put(Part::Frame, &lathe(&base, 18));
            let shell = slab([10, 12], 0.04, |x, y| {
                let t = 1.0 - y;
                let (up, deep) = if t < 0.5 { (0.0, 0.5 - t) } else { ((t - 0.5) * 2.0, 0.0) };
                let curl = 0.08 * (2.0 * x - 1.0).powi(2);
                v((x - 0.5) * w * 1.1, seat + up * (back - seat) + curl, (deep - 0.25) * 2.0 * 0.46 - 0.1 * up + curl)
            });
            p.crease(80.0).put(Part::Main, &oriented(shell)).crease(50.0);
            p.put_at(Part::Cloth, &rounded_box(v(0.8 * w, 0.06, 0.36), 0.028, 2), v(0.0, seat + 0.03, 0.03));
            p.bx(Part::Glow, v(0.0, back - 0.06, -0.36), v(0.5 * w, 0.02, 0.03));
        }
        Dialect::Organic => {
            let cup = blob(3, |q| 1.0 + 0.05 * (6.0 * q.y).sin()).mapped(|q| {
                let high = (q.y * 0.5 + 0.5) * if q.z < 0.0 { -q.z } else { 0.0 };
                v(0.62 * w * q.x, seat + 0.12 * q.y + high * (back - seat), 0.5 * d * q.z)
            });
            p.crease(80.0).put(Part::Main, &cup).crease(50.0);
            for k in 0..4 {
                let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 4.0);
                let foot = v(0.62 * w * e.x, 0.0, 0.6 * d * e.y);
                p.bone(foot, v(0.3 * w * e.x, seat, 0.3 * d * e.y), v(e.x, 0.0, e.y) * 0.06, 0.045, 0.05);
            }
        }
        Dialect::Japan => {
            // A legless seat on the floor: zaisu with its cushion.
            p.put_at(Part::Cloth, &rounded_box(v(w + 0.1, 0.09, 0.52), 0.04, 2), v(0.0, 0.085, 0.06));
            p.bx(Part::Main, Vec3::ZERO, v(w, 0.04, 0.5));
            p.turned(v(0.0, 0.02, -0.23), Quat::from_rotation_x(-0.22), |p| {
                let tall = back - seat;
                for s in [-1.0, 1.0] {
                    p.bx(Part::Frame, v(s * (0.5 * w - 0.03), 0.0, 0.0), v(0.05, tall, 0.035));
                }
                p.bx(Part::Frame, v(0.0, tall - 0.06, 0.0), v(w, 0.08, 0.04));
                for k in 0..5 {
                    let x = (k as f32 - 2.0) * (w - 0.12) / 5.0;
                    p.chip(Part::Main, v(x, 0.02, 0.0), v(0.035, tall - 0.06, 0.018));
                }
            });
        }
        _ => joiner_chair(p, w, d, seat, back),
    }
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * d), v(0.5 * w, seat, 0.5 * d)));
    let b = p.bounds();
    p.hull(Hull::cuboid(v(-0.5 * w, seat, b.min.z), v(0.5 * w, b.max.y, -0.3 * d)));
    p.socket("Seat", v(0.0, seat + 0.03, 0.0), 0.0);
}

/// Height of the stretchers between the legs of a chair.
const STRETCHER: f32 = 0.18;

fn joiner_chair(p: &mut Pen, w: f32, d: f32, seat: f32, back: f32) {
    let metal = matches!(p.dialect(), Dialect::Metal | Dialect::Steam);
    let rake = v(0.0, 0.0, -0.1);
    for s in [-1.0, 1.0] {
        let (x, zf, zb) = (s * (0.5 * w - 0.03), 0.5 * d - 0.04, -0.5 * d + 0.04);
        if metal {
            p.rod(Part::Frame, v(x, 0.0, zf), v(x, seat, zf), 0.02);
            p.rod(Part::Frame, v(x, 0.0, zb - 0.03), v(x, back, zb - 0.1), 0.02);
        } else {
            p.beam(Part::Frame, v(x, 0.0, zf), v(x, seat, zf), 0.05, 0.05);
            p.beam(Part::Frame, v(x, 0.0, zb), v(x, back, zb) + rake, 0.05, 0.05);
            p.finial(v(x, back, zb) + rake, 0.028);
        }
        // The back legs lean away from the seat: the stretcher ends inside them.
        let lean = if metal { 0.043 } else { 0.1 * STRETCHER / back };
        p.rail(v(x, STRETCHER, zf), v(x, STRETCHER, zb - lean), 0.03);
        p.bx(Part::Frame, v(x, seat - 0.07, 0.0), v(0.035, 0.07, d - 0.08));
    }
    let tenon = 0.5 * w - 0.03 - 0.015 + 0.02;
    p.rail(v(-tenon, STRETCHER, 0.0), v(tenon, STRETCHER, 0.0), 0.026);
    p.bxb(Part::Main, v(0.0, seat - 0.01, 0.01), v(w + 0.02, 0.04, d), 0.015);
    if p.style.genre == Genre::GothicHorror || p.style.genre == Genre::FairyTale || p.style.genre == Genre::Noir {
        p.put_at(Part::Cloth, &rounded_box(v(w - 0.05, 0.08, d - 0.06), 0.036, 2), v(0.0, seat + 0.05, 0.01));
    }
    let at = |y: f32| v(0.0, y, -0.5 * d + 0.04 - 0.1 * (y - seat) / (back - seat) - 0.015);
    match p.style.genre {
        Genre::GothicHorror => {
            let arch = [
                v2(-0.5 * w + 0.05, 0.0),
                v2(0.5 * w - 0.05, 0.0),
                v2(0.5 * w - 0.05, 0.7 * (back - seat)),
                v2(0.0, 1.15 * (back - seat)),
                v2(-0.5 * w + 0.05, 0.7 * (back - seat)),
            ];
            p.turned(at(seat + 0.1), Quat::from_rotation_x(-0.14), |p| {
                p.put(Part::Main, &extrude(&arch, 0.03, 0.006));
                p.bx(Part::Cloth, v(0.0, 0.08, 0.016), v(w - 0.2, 0.5 * (back - seat), 0.02));
            });
        }
        Genre::Western | Genre::Ancient | Genre::Nautical => {
            for k in 0..3 {
                let y = seat + (back - seat) * (0.3 + 0.28 * k as f32);
                p.bx(Part::Main, at(y), v(w - 0.07, 0.07, 0.02));
            }
        }
        _ => {
            let n = if metal { 3 } else { 5 };
            for k in 0..n {
                let x = ((k as f32 + 0.5) / n as f32 - 0.5) * (w - 0.12);
                if !p.broken(0.3) {
                    p.rod(Part::Main, at(seat) + v(x, 0.0, 0.0), at(back - 0.06) + v(x, 0.0, 0.0), 0.012);
                }
            }
            p.bx(Part::Frame, at(back - 0.1), v(w - 0.04, 0.1, 0.03));
        }
    }
}

pub(crate) fn fountain(p: &mut Pen) {
    let (r, h) = (p.size("width", 1.2, 2.2), p.size("height", 1.6, 3.0));
    let rim = 0.5;
    let sides = match p.dialect() {
        Dialect::Neon | Dialect::Metal => 8,
        Dialect::Japan => 6,
        _ => 32,
    };
    // The basin has a floor and a wall.
    p.put(Part::Stone, &lathe(&[v2(1.12 * r, 0.0), v2(1.12 * r, 0.1), v2(1.06 * r, 0.12)], sides));
    let wall = [
        v2(0.86 * r, 0.1),
        v2(1.0 * r, 0.1),
        v2(0.96 * r, 0.5 * rim),
        v2(1.04 * r, rim - 0.08),
        v2(1.04 * r, rim),
        v2(0.88 * r, rim),
        v2(0.84 * r, rim - 0.06),
    ];
    p.crease(35.0).put(Part::Main, &gesamt_mesh::shapes2::ring(&wall, sides)).crease(50.0);
    let dry = p.decay() > 0.75;
    let fill = if dry { Part::Soil } else { Part::Water };
    p.put_at(fill, &lathe(&[v2(0.87 * r, 0.0), v2(0.87 * r, 0.26)], sides), v(0.0, 0.1, 0.0));
    p.hull(Hull::drum(Vec3::ZERO, 1.06 * r, rim, 12));
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon => blade_fountain(p, r, h, dry),
        Dialect::Organic => grown_fountain(p, r, h, dry),
        Dialect::Japan => spout_fountain(p, r, h, dry),
        _ => tiered_fountain(p, r, h, dry),
    }
    p.hull(Hull::drum(v(0.0, rim, 0.0), 0.42 * r, h - rim, 10));
    p.tufts((12.0 * (p.overgrowth() - 0.15).max(0.0)) as usize, 1.12 * r, 1.25 * r, 1.0);
}

/// Streams falling from a rim into the basin.
fn streams(p: &mut Pen, n: usize, r0: f32, y0: f32, r1: f32, y1: f32) {
    for k in 0..n {
        let d = Vec2::from_angle(TAU * (k as f32 + 0.5) / n as f32);
        let path: Vec<Vec3> = (0..=6)
            .map(|i| {
                let t = i as f32 / 6.0;
                let out = r0 + (r1 - r0) * t;
                v(d.x * out, y0 + 0.06 * (PI * t).sin() + (y1 - y0) * t * t, d.y * out)
            })
            .collect();
        p.crease(80.0).put(Part::Water, &tube(&path, &[0.016, 0.018, 0.018, 0.02, 0.022, 0.026, 0.03], 5)).crease(50.0);
    }
}

fn tiered_fountain(p: &mut Pen, r: f32, h: f32, dry: bool) {
    let (low, high) = (0.62 * h, 0.86 * h);
    let stem = [
        v2(0.3 * r, 0.1),
        v2(0.3 * r, 0.3),
        v2(0.2 * r, 0.36),
        v2(0.13 * r, 0.5 * low),
        v2(0.18 * r, 0.8 * low),
        v2(0.14 * r, low),
        v2(0.1 * r, low + 0.1),
        v2(0.07 * r, high),
        v2(0.09 * r, high + 0.05),
    ];
    p.crease(60.0).put(Part::Main, &lathe(&stem, 20));
    for (q, y) in [(0.5 * r, low), (0.26 * r, high)] {
        let bowl = [v2(0.3 * q, -0.24 * q), v2(0.8 * q, -0.1 * q), v2(q, 0.06), v2(0.97 * q, 0.09), v2(0.9 * q, 0.05)];
        p.put_at(Part::Stone, &lathe(&bowl, 28), v(0.0, y, 0.0));
        if !dry {
            p.put_at(Part::Water, &cylinder(0.88 * q, 0.02, 24, 0.0), v(0.0, y + 0.055, 0.0));
        }
    }
    p.crease(50.0);
    if !dry {
        streams(p, 10, 0.48 * r, low + 0.07, 0.62 * r, 0.34);
        streams(p, 6, 0.25 * r, high + 0.07, 0.34 * r, low + 0.06);
        streams(p, 4, 0.01, h, 0.14 * r, high + 0.06);
    }
    match p.dialect() {
        Dialect::Steam => {
            p.at(v(0.0, high + 0.22, 0.0), 0.0, |p| p.gear(Part::Accent, 0.16 * r, 0.06));
        }
        _ if p.style.genre == Genre::Nautical => {
            p.put_at(Part::Accent, &sphere(0.1 * r, 8, 12), v(0.0, high + 0.14, 0.0));
        }
        _ => p.finial(v(0.0, high + 0.05, 0.0), 0.075 * r),
    }
}

fn blade_fountain(p: &mut Pen, r: f32, h: f32, dry: bool) {
    for k in 0..3 {
        p.at(Vec3::ZERO, TAU * k as f32 / 3.0, |p| {
            let blade = [v2(0.1, 0.1), v2(0.5 * r, 0.1), v2(0.34 * r, 0.6 * h), v2(0.2, h), v2(0.1, h)];
            p.put(Part::Frame, &extrude(&blade, 0.12, 0.03));
            p.bx(Part::Glow, v(0.42 * r, 0.3, 0.0), v(0.03, 0.3 * h, 0.14));
        });
    }
    p.put_at(Part::Glow, &torus(0.9 * r, 0.02, 28, 5), v(0.0, 0.38, 0.0));
    if !dry {
        streams(p, 9, 0.1, h, 0.55 * r, 0.34);
    }
    p.light(v(0.0, 0.7, 0.0), 0.08, p.style.colors[4], 3.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

fn grown_fountain(p: &mut Pen, r: f32, h: f32, dry: bool) {
    for k in 0..5 {
        let e = Vec2::from_angle(TAU * k as f32 / 5.0);
        p.bone(v(0.42 * r * e.x, 0.1, 0.42 * r * e.y), v(0.0, 0.8 * h, 0.0), v(e.x, 0.4, e.y) * 0.16, 0.12, 0.07);
    }
    let cup = [v2(0.1, -0.25), v2(0.3 * r, -0.05), v2(0.36 * r, 0.12), v2(0.28 * r, 0.02)];
    p.crease(80.0).put_at(Part::Main, &lathe(&cup, 20), v(0.0, 0.88 * h, 0.0)).crease(50.0);
    p.put_at(Part::Glow, &sphere(0.14, 6, 10), v(0.0, 0.92 * h, 0.0));
    if !dry {
        streams(p, 7, 0.33 * r, 0.97 * h, 0.55 * r, 0.34);
    }
}

fn spout_fountain(p: &mut Pen, r: f32, h: f32, dry: bool) {
    for (x, s, tall) in [(-0.25, 0.5, 0.7), (0.2, 0.36, 0.5), (0.0, 0.3, 0.36)] {
        let stone = super::ground::boulder(v(s * r, tall * h * 0.8, s * r), 6, 2, p.rng.seed());
        p.crease(26.0).put_at(Part::Rock, &stone, v(x * r, 0.1, -0.2 * r + 0.3 * x)).crease(50.0);
    }
    let (a, b) = (v(-0.1 * r, 0.72 * h, -0.35 * r), v(0.05 * r, 0.55 * h, 0.4 * r));
    for s in [-1.0, 1.0] {
        p.rod(Part::Frame, v(s * 0.12, 0.1, -0.1 * r), v(-s * 0.04, 0.72 * h, -0.1 * r), 0.03);
    }
    p.rod(Part::Bark, a, b, 0.055);
    p.put_at(Part::Lacquer, &torus(0.058, 0.014, 10, 5), b);
    if !dry {
        let path: Vec<Vec3> =
            (0..=5).map(|i| i as f32 / 5.0).map(|t| b + v(0.0, -t * t * (b.y - 0.34), 0.22 * t)).collect();
        p.put(Part::Water, &tube(&path, &[0.025, 0.025, 0.026, 0.028, 0.03, 0.034], 6));
    }
    p.at(v(0.7 * r, 0.5, 0.0), 0.0, |p| p.bowl(Part::Ceramic, Vec3::ZERO, 0.1));
}
