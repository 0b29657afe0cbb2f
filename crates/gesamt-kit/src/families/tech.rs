//! Rooms and decks: consoles, containers, pods, shelves and tables.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{blob, cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{extrude, hoop, loft, oriented, rounded_box, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::industrial::gauge;
use super::market::crate_box;
use super::pen::{Pen, v, v2};
use super::sacred::candle;
use crate::style::{Dialect, Part};

pub(crate) fn console(p: &mut Pen) {
    let w = p.size("width", 1.2, 2.0);
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.4), v(0.5 * w, 1.0, 0.4)));
    match p.dialect() {
        Dialect::Neon | Dialect::Sleek | Dialect::Metal => desk(p, w),
        Dialect::Steam => steam_desk(p, w),
        Dialect::Organic => grown_desk(p, w),
        Dialect::Japan => writing_desk(p, w),
        _ => lectern(p, w),
    }
    let b = p.bounds();
    p.hull(Hull::cuboid(v(-0.45 * w, 0.9, b.min.z), v(0.45 * w, b.max.y, 0.1)));
    p.overgrow_foot(w, 0.7);
}

fn desk(p: &mut Pen, w: f32) {
    let side = [
        v2(-0.36, 0.0),
        v2(0.3, 0.0),
        v2(0.34, 0.08),
        v2(0.22, 0.14),
        v2(0.2, 0.62),
        v2(0.4, 0.76),
        v2(0.4, 0.83),
        v2(0.02, 0.97),
        v2(-0.14, 1.42),
        v2(-0.3, 1.42),
        v2(-0.36, 1.3),
    ];
    let turn = Quat::from_rotation_y(-PI * 0.5);
    p.turned(Vec3::ZERO, turn, |p| {
        p.put(Part::Main, &extrude(&side, w - 0.12, 0.01));
    });
    for s in [-1.0, 1.0] {
        p.turned(v(s * (0.5 * w - 0.04), 0.0, 0.0), turn, |p| {
            p.put(Part::Frame, &extrude(&side.map(|q| q * 1.03 - v2(0.0, 0.0)), 0.08, 0.015));
        });
    }
    // Back panel with displays.
    p.turned(v(0.0, 1.0, -0.005), Quat::from_rotation_x(-0.34), |p| {
        let n = if w > 1.5 { 3 } else { 2 };
        for i in 0..n {
            let x = (i as f32 + 0.5 - 0.5 * n as f32) * (w - 0.2) / n as f32;
            let wide = (w - 0.3) / n as f32;
            p.bxb(Part::Rubber, v(x, 0.06, 0.0), v(wide, 0.34, 0.05), 0.01);
            if !p.broken(0.4) {
                p.bxb(Part::Screen, v(x, 0.085, 0.02), v(wide - 0.05, 0.29, 0.02), 0.006);
            }
        }
    });
    // Sloped board with keys, sliders and lamps.
    p.turned(v(0.0, 0.9, 0.21), Quat::from_rotation_x(0.35), |p| {
        p.bxb(Part::Rubber, v(-0.16 * w, -0.004, 0.02), v(0.44 * w, 0.016, 0.24), 0.004);
        for row in 0..4 {
            for col in 0..9 {
                let glow = p.rng.chance(0.12);
                let at = v(-0.16 * w + (col as f32 - 4.0) * 0.046 * w, 0.008, (row as f32 - 1.1) * 0.055);
                p.chip(if glow { Part::Glow } else { Part::Trim }, at, v(0.036 * w, 0.016, 0.042));
            }
        }
        for k in 0..4 {
            let x = 0.18 * w + 0.06 * w * k as f32;
            p.bx(Part::Rubber, v(x, -0.004, 0.0), v(0.012, 0.016, 0.22));
            p.chip(Part::Trim, v(x, 0.005, 0.08 * p.rng.signed()), v(0.04, 0.03, 0.022));
            p.put_at(
                if k % 2 == 0 { Part::Glow } else { Part::Glow2 },
                &cylinder(0.014, 0.018, 8, 0.003),
                v(x, 0.0, -0.14),
            );
        }
    });
    p.bx(Part::Glow, v(0.0, 0.66, 0.245), v(w - 0.3, 0.018, 0.02));
    p.bxb(Part::Panel, v(-0.24 * w, 0.18, 0.2), v(0.36 * w, 0.4, 0.03), 0.01);
    p.bxb(Part::Panel, v(0.24 * w, 0.18, 0.2), v(0.36 * w, 0.4, 0.03), 0.01);
    for k in 0..6 {
        p.chip(Part::Rubber, v(0.24 * w, 0.24 + 0.045 * k as f32, 0.206), v(0.26 * w, 0.016, 0.024));
    }
    for x in [-0.3, -0.24, 0.1] {
        p.put(
            Part::Rubber,
            &tube(
                &[v(x * w, 0.5, -0.34), v(x * w, 0.3, -0.42), v(x * w + 0.05, 0.04, -0.42), v(x * w + 0.1, 0.02, -0.6)],
                &[0.022; 4],
                6,
            ),
        );
    }
}

fn steam_desk(p: &mut Pen, w: f32) {
    p.bxb(Part::Panel, Vec3::ZERO, v(w, 0.1, 0.74), 0.02);
    for s in [-1.0, 1.0] {
        p.bxb(Part::Panel, v(s * 0.36 * w, 0.1, 0.0), v(0.24 * w, 0.66, 0.64), 0.02);
        for k in 0..3 {
            p.bx(Part::Panel, v(s * 0.36 * w, 0.14 + 0.2 * k as f32, 0.315), v(0.2 * w, 0.17, 0.03));
            p.put_at(Part::Trim, &sphere(0.02, 5, 8), v(s * 0.36 * w, 0.225 + 0.2 * k as f32, 0.345));
        }
    }
    p.bxb(Part::Main, v(0.0, 0.75, 0.02), v(1.04 * w, 0.06, 0.8), 0.015);
    p.bxb(Part::Panel, v(0.0, 0.8, -0.27), v(0.98 * w, 0.6, 0.2), 0.02);
    p.tube_frame_at(v(0.0, 1.1, -0.165), 0.96 * w, 0.58);
    for (x, y, r) in
        [(-0.32, 1.14, 0.14), (0.0, 1.18, 0.17), (0.32, 1.14, 0.14), (-0.16, 0.95, 0.07), (0.17, 0.95, 0.07)]
    {
        gauge(p, v(x * w, y, -0.175), r);
    }
    for k in 0..5 {
        let x = (k as f32 - 2.0) * 0.14 * w;
        let throw = Quat::from_rotation_x(0.5 * p.rng.signed());
        p.bx(Part::Trim, v(x, 0.8, 0.12), v(0.03, 0.02, 0.24));
        p.turned(v(x, 0.81, 0.12), throw, |p| {
            p.rod(Part::Trim, Vec3::ZERO, v(0.0, 0.22, 0.0), 0.011);
            p.put_at(Part::Accent, &sphere(0.028, 5, 8), v(0.0, 0.23, 0.0));
        });
    }
    for s in [-1.0, 1.0] {
        p.pipe(
            Part::Trim,
            &[
                v(s * 0.44 * w, 1.38, -0.27),
                v(s * 0.44 * w, 1.56, -0.27),
                v(s * 0.4 * w, 1.62, -0.27),
                v(s * 0.1 * w, 1.64, -0.27),
            ],
            0.035,
        );
        p.put_at(
            Part::Lamp,
            &lathe(&[v2(0.03, 0.0), v2(0.055, 0.06), v2(0.05, 0.13), v2(0.0, 0.17)], 12),
            v(s * 0.5 * w - s * 0.04, 0.81, 0.3),
        );
    }
    p.at(v(0.0, 1.64, -0.25), 0.0, |p| p.gear(Part::Accent, 0.15, 0.05));
}

fn grown_desk(p: &mut Pen, w: f32) {
    let shape = slab([16, 10], 0.12, |x, y| {
        let u = 2.0 * x - 1.0;
        v(0.5 * w * u, 0.78 + 0.55 * y * y * y + 0.1 * u * u, 0.42 - 0.75 * y - 0.12 * u * u)
    });
    p.crease(80.0).put(Part::Main, &oriented(shape));
    p.put(Part::Frame, &tube(&[v(0.0, 0.0, -0.05), v(0.05, 0.35, 0.08), v(0.0, 0.82, 0.0)], &[0.32, 0.16, 0.24], 10));
    for k in 0..5 {
        let a = PI * (k as f32 + 0.5) / 5.0;
        p.put(
            Part::Frame,
            &tube(
                &[
                    v(0.1 * a.cos(), 0.18, 0.0),
                    v(0.3 * a.cos(), 0.06, 0.3 * a.sin() - 0.1),
                    v(0.46 * a.cos(), 0.0, 0.42 * a.sin() - 0.12),
                ],
                &[0.1, 0.06, 0.02],
                7,
            ),
        );
    }
    for k in 0..7 {
        let u = (k as f32 - 3.0) / 3.4;
        p.put_at(
            Part::Glow,
            &sphere(0.05 + 0.015 * (k % 2) as f32, 6, 10),
            v(0.42 * w * u, 0.9 + 0.08 * u * u, 0.18 - 0.1 * u * u),
        );
    }
    let eye = blob(3, |_| 0.19).mapped(|q| v(1.4 * q.x, q.y, 0.5 * q.z));
    p.put_at(Part::Screen, &eye, v(0.0, 1.3, -0.24)).crease(50.0);
    for s in [-1.0, 1.0] {
        p.bone(v(s * 0.4 * w, 1.0, -0.25), v(s * 0.12 * w, 1.6, -0.3), v(s * 0.16, 0.0, 0.0), 0.07, 0.03);
    }
}

/// A low desk with scrolls, ink and a standing lamp, before a folding screen.
fn writing_desk(p: &mut Pen, w: f32) {
    p.bxb(Part::Panel, Vec3::ZERO, v(w, 0.08, 1.0), 0.015);
    p.bx(Part::Main, v(0.0, 0.46, 0.1), v(0.8 * w, 0.045, 0.46));
    for s in [-1.0, 1.0] {
        p.bx(Part::Frame, v(s * 0.36 * w, 0.08, 0.1), v(0.04, 0.39, 0.4));
        p.bx(Part::Frame, v(s * 0.4 * w, 0.505, 0.1), v(0.035, 0.035, 0.46));
    }
    p.bx(Part::Panel, v(0.2 * w, 0.3, 0.1), v(0.28 * w, 0.16, 0.38));
    p.put_at(Part::Trim, &sphere(0.018, 4, 8), v(0.2 * w, 0.38, 0.3));
    let sheet = slab([10, 2], 0.008, |x, y| {
        v(0.5 * w * (x - 0.5), 0.512 + 0.03 * (2.0 * x - 1.0).powi(6), 0.1 + 0.26 * (0.5 - y))
    });
    p.put(Part::Pages, &oriented(sheet));
    for k in 0..3 {
        let x = -0.34 * w + 0.035 * k as f32;
        p.rod(Part::Pages, v(x, 0.53, -0.08), v(x + 0.02, 0.53, 0.2), 0.022);
    }
    p.bx(Part::Rubber, v(0.3 * w, 0.505, 0.06), v(0.1, 0.025, 0.16));
    p.put_at(Part::Ceramic, &cylinder(0.035, 0.1, 10, 0.005), v(0.33 * w, 0.505, 0.2));
    for k in 0..3 {
        p.rod(
            Part::Frame,
            v(0.33 * w, 0.52, 0.2),
            v(0.33 * w + 0.03 * (k as f32 - 1.0), 0.74, 0.19 + 0.01 * k as f32),
            0.006,
        );
    }
    for k in 0..4 {
        let (x, yaw) = ((k as f32 - 1.5) * 0.25 * w, if k % 2 == 0 { 0.3 } else { -0.3 });
        p.at(v(x, 0.08, -0.3), yaw, |p| {
            p.bx(Part::Paper, v(0.0, 0.04, 0.0), v(0.24 * w, 1.16, 0.016));
            for s in [-1.0, 1.0] {
                p.bx(Part::Frame, v(s * 0.122 * w, 0.0, 0.0), v(0.025, 1.24, 0.03));
            }
            p.bx(Part::Frame, v(0.0, 1.19, 0.0), v(0.25 * w, 0.035, 0.03));
            p.bx(Part::Frame, v(0.0, 0.02, 0.0), v(0.25 * w, 0.035, 0.03));
        });
    }
    p.put_at(Part::Cloth, &rounded_box(v(0.5, 0.1, 0.44), 0.05, 2), v(0.0, 0.12, 0.42));
    p.lamp_light(v(0.0, 0.8, -0.1), 1.2);
}

fn lectern(p: &mut Pen, w: f32) {
    p.bxb(Part::Stone, Vec3::ZERO, v(w, 0.1, 0.8), 0.02);
    for s in [-1.0, 1.0] {
        let foot = [
            v2(-0.3, 0.0),
            v2(0.3, 0.0),
            v2(0.26, 0.1),
            v2(0.12, 0.2),
            v2(0.1, 0.62),
            v2(0.24, 0.72),
            v2(-0.24, 0.86),
            v2(-0.12, 0.62),
            v2(-0.12, 0.2),
            v2(-0.26, 0.1),
        ];
        p.turned(v(s * 0.34 * w, 0.09, 0.0), Quat::from_rotation_y(-PI * 0.5), |p| {
            p.put(Part::Frame, &extrude(&foot, 0.1, 0.015));
        });
    }
    p.rail(v(-0.34 * w, 0.4, 0.0), v(0.34 * w, 0.4, 0.0), 0.07);
    p.turned(v(0.0, 0.9, 0.0), Quat::from_rotation_x(0.25), |p| {
        p.bxb(Part::Main, v(0.0, -0.03, 0.0), v(w, 0.06, 0.66), 0.012);
        p.bx(Part::Frame, v(0.0, 0.0, 0.32), v(w, 0.06, 0.04));
        // An open book or scroll.
        for s in [-1.0, 1.0] {
            let page =
                slab([6, 2], 0.035, |x, y| v(s * (0.02 + 0.23 * x), 0.055 + 0.03 * (PI * x).sin(), 0.32 * (0.5 - y)));
            p.put(Part::Pages, &oriented(page));
        }
        p.bx(Part::Cloth, v(0.0, 0.025, 0.0), v(0.54, 0.02, 0.37));
        p.chip(Part::Cloth, v(0.03, 0.08, 0.14), v(0.03, 0.012, 0.2));
    });
    candle(p, v(-0.4 * w, 1.0, -0.12), 0.2);
    candle(p, v(-0.32 * w, 0.99, -0.18), 0.12);
    p.crease(10.0);
    let gem = oriented(loft(&[
        vec![v(0.0, -0.12, 0.0)],
        (0..6)
            .map(|k| {
                let e = Vec2::from_angle(TAU * k as f32 / 6.0) * 0.07;
                v(e.x, 0.02, e.y)
            })
            .collect(),
        vec![v(0.0, 0.14, 0.0)],
    ]));
    p.put_at(Part::Crystal, &gem, v(0.38 * w, 1.2, -0.15)).crease(50.0);
    p.put_at(
        Part::Trim,
        &lathe(&[v2(0.08, 0.0), v2(0.07, 0.02), v2(0.02, 0.05), v2(0.02, 0.1), v2(0.06, 0.15)], 12),
        v(0.38 * w, 0.98, -0.15),
    );
    p.bottle(Part::Glass, v(0.26 * w, 0.98, -0.18), 0.2);
    p.lamp_light(v(-0.36 * w, 1.3, -0.1), 1.6);
}

pub(crate) fn container(p: &mut Pen) {
    let (w, h, d) = (p.size("width", 2.2, 2.8), p.size("height", 2.2, 2.8), 2.4);
    match p.dialect() {
        Dialect::Timber | Dialect::Japan | Dialect::Steam => chest(p, 0.62 * w, 0.42 * h, 0.4 * d),
        Dialect::Organic => {
            p.solid(|p| crate_box(p, v(w, 0.9 * h, d)));
            for k in 0..5 {
                p.put_at(Part::Glow, &sphere(0.12, 6, 10), v((k as f32 - 2.0) * 0.15 * w, 0.45 * h, 0.48 * d));
            }
        }
        _ => shipping(p, w, h, d),
    }
    p.overgrow_foot(w, d);
    p.overgrow_edge(w, h, 0.5 * d);
}

fn shipping(p: &mut Pen, w: f32, h: f32, d: f32) {
    let (x, z) = (0.5 * w, 0.5 * d);
    let post = 0.14;
    p.solid(|p| {
        for (sx, sz) in [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)] {
            p.bxb(Part::Frame, v(sx * (x - 0.5 * post), 0.0, sz * (z - 0.5 * post)), v(post, h, post), 0.02);
            for y in [0.0, h - 0.15] {
                p.bxb(Part::Frame, v(sx * (x - 0.08), y, sz * (z - 0.08)), v(0.19, 0.15, 0.19), 0.025);
            }
        }
        for y in [0.04, h - 0.14] {
            for s in [-1.0, 1.0] {
                p.bx(Part::Frame, v(0.0, y, s * (z - 0.06)), v(w - 0.1, 0.1, 0.1));
                p.bx(Part::Frame, v(s * (x - 0.06), y, 0.0), v(0.1, 0.1, d - 0.1));
            }
        }
        p.bx(Part::Main, v(0.0, 0.1, 0.0), v(w - 0.22, h - 0.2, d - 0.22));
        let waves = |wide: f32| (wide / 0.24).round() as usize;
        for s in [-1.0, 1.0] {
            for k in 0..waves(d - 0.3) {
                let zz = (k as f32 + 0.5) * (d - 0.3) / waves(d - 0.3) as f32 - 0.5 * (d - 0.3);
                p.bxb(Part::Main, v(s * (x - 0.11), 0.13, zz), v(0.09, h - 0.26, 0.13), 0.03);
            }
        }
        for k in 0..waves(w - 0.3) {
            let xx = (k as f32 + 0.5) * (w - 0.3) / waves(w - 0.3) as f32 - 0.5 * (w - 0.3);
            p.bxb(Part::Main, v(xx, 0.13, -z + 0.11), v(0.13, h - 0.26, 0.09), 0.03);
            p.bxb(Part::Main, v(xx, h - 0.12, 0.0), v(0.13, 0.09, d - 0.3), 0.03);
        }
    });
    // Doors with locking bars.
    for s in [-1.0, 1.0] {
        let ajar = if p.broken(0.5) { s * 0.5 } else { 0.0 };
        p.turned(v(s * (x - 0.14), 0.12, z - 0.08), Quat::from_rotation_y(ajar), |p| {
            let wide = x - 0.15;
            p.bxb(Part::Panel, v(-s * 0.5 * wide, 0.0, 0.0), v(wide - 0.01, h - 0.26, 0.07), 0.012);
            for k in 0..3 {
                p.bxb(
                    Part::Panel,
                    v(-s * 0.5 * wide, 0.1 + (h - 0.4) * k as f32 / 3.0, 0.03),
                    v(wide - 0.18, (h - 0.5) / 3.4, 0.035),
                    0.012,
                );
            }
            for f in [0.35, 0.72] {
                let xx = -s * f * wide;
                p.rod(Part::Trim, v(xx, 0.02, 0.085), v(xx, h - 0.28, 0.085), 0.019);
                for y in [0.1, 0.35, 0.6, 0.85] {
                    p.bx(Part::Trim, v(xx, y * (h - 0.3), 0.06), v(0.08, 0.06, 0.06));
                }
                p.beam(Part::Trim, v(xx, 0.42 * h, 0.105), v(xx - s * 0.24, 0.4 * h, 0.105), 0.02, 0.04);
            }
            for y in [0.12, 0.5, 0.88] {
                p.rod(Part::Trim, v(0.0, y * (h - 0.3) - 0.06, 0.03), v(0.0, y * (h - 0.3) + 0.06, 0.03), 0.024);
            }
        });
    }
    match p.dialect() {
        Dialect::Neon => {
            p.at(v(0.0, h + 0.2, 0.2), 0.0, |p| p.sign_board(0.6 * w, 0.36, false));
            p.bx(Part::Glow, v(0.0, h - 0.2, z - 0.03), v(0.7 * w, 0.03, 0.03));
            p.cable(Part::Rubber, v(-x, h, z), v(x, h - 0.2, z), 0.25, 0.016);
        }
        Dialect::Sleek => {
            for s in [-1.0, 1.0] {
                p.bx(Part::Glow, v(s * (x - 0.07), 0.2, z - 0.01), v(0.03, h - 0.4, 0.03));
            }
        }
        _ => {}
    }
}

fn chest(p: &mut Pen, w: f32, h: f32, d: f32) {
    let body = 0.62 * h;
    let r = 0.5 * d;
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * d), v(0.5 * w, h, 0.5 * d)));
    for k in 0..4 {
        let (half, wide) = if k % 2 == 0 { (0.5 * d, w) } else { (0.5 * w, d) };
        p.turned(Vec3::ZERO, Quat::from_rotation_y(PI * 0.5 * k as f32), |p| {
            p.at(v(-0.5 * wide, 0.06, half - 0.03), 0.0, |p| p.planks(Part::Main, wide, body - 0.06, false));
        });
    }
    p.bx(Part::Frame, Vec3::ZERO, v(w + 0.06, 0.09, d + 0.06));
    p.bx(Part::Soil, v(0.0, 0.05, 0.0), v(w - 0.08, body - 0.1, d - 0.08));
    let open = if p.decay() > 0.55 && p.rng.chance(0.5) { 0.7 } else { 0.0 };
    let flat = p.dialect() == Dialect::Japan;
    p.turned(v(0.0, body, -r), Quat::from_rotation_x(-open), |p| {
        let arc = |q: f32, x: f32| -> Vec<Vec2> {
            let rise = if flat { 0.35 } else { 0.8 };
            [v2(-q, 0.0)]
                .into_iter()
                .chain((1..10).map(|k| {
                    let e = Vec2::from_angle(PI * (1.0 - k as f32 / 10.0));
                    v2(e.x * q, e.y * q * rise)
                }))
                .chain([v2(q, 0.0)])
                .map(|c| c + v2(x, 0.0))
                .collect()
        };
        let turn = Quat::from_rotation_y(-PI * 0.5);
        p.turned(v(0.0, 0.01, r), turn, |p| {
            p.put(Part::Main, &extrude(&arc(r, 0.0), w, 0.012));
        });
        for x in [-0.44, -0.15, 0.15, 0.44] {
            p.turned(v(x * w, 0.0, r), turn, |p| {
                p.put(Part::Trim, &extrude(&arc(r + 0.025, 0.0), 0.08, 0.01));
            });
        }
        p.bx(Part::Trim, v(0.0, -0.12, 2.0 * r), v(0.16, 0.24, 0.05));
    });
    for x in [-0.44, -0.15, 0.15, 0.44] {
        p.bx(Part::Trim, v(x * w, 0.0, r), v(0.08, body, 0.04));
        p.bolts(Part::Trim, v(x * w, 0.08, r + 0.02), v(x * w, body - 0.05, r + 0.02), 4, 0.014);
    }
    p.put_at(
        Part::Accent,
        &cylinder(0.05, 0.05, 12, 0.01).transformed(glam::Affine3A::from_rotation_x(PI * 0.5)),
        v(0.0, body - 0.1, r + 0.03),
    );
    for s in [-1.0, 1.0] {
        p.turned(v(s * (0.5 * w + 0.03), 0.55 * body, 0.0), Quat::from_rotation_z(PI * 0.5), |p| {
            p.put(Part::Trim, &torus(0.09, 0.016, 14, 5));
        });
    }
}

pub(crate) fn pod(p: &mut Pen) {
    let s = p.size("size", 0.85, 1.2);
    let (h, r) = (2.35 * s, 0.68 * s);
    p.hull(Hull::drum(Vec3::ZERO, 1.05 * r, h, 12));
    match p.dialect() {
        Dialect::Organic | Dialect::Timber | Dialect::Japan => cocoon(p, h, r),
        Dialect::Steam => bathysphere(p, h, r),
        _ => capsule(p, h, r),
    }
    p.overgrow_foot(2.0 * r, 2.0 * r);
}

fn capsule(p: &mut Pen, h: f32, r: f32) {
    p.put(
        Part::Frame,
        &lathe(&[v2(1.05 * r, 0.0), v2(1.1 * r, 0.08), v2(1.1 * r, 0.2), v2(0.95 * r, 0.3), v2(0.8 * r, 0.34)], 28),
    );
    // The shell: a band of the body behind, the canopy in front.
    let profile = |y: f32| r * (1.0 - (2.0 * y - 1.0).abs().powf(3.2)).max(0.0).powf(0.42);
    let band = |from: f32, to: f32, out: f32, thick: f32, n: u32| {
        slab([n, 16], thick, move |x, y| {
            let a = from + (to - from) * x;
            let t = 0.06 + 0.88 * y;
            let q = profile(t) + out;
            v(q * a.sin(), 0.22 + (h - 0.3) * t, q * a.cos())
        })
    };
    p.crease(60.0).put(Part::Main, &oriented(band(0.85, TAU - 0.85, 0.0, 0.07, 26)));
    p.put(Part::Glass, &oriented(band(-0.85, 0.85, -0.02, 0.03, 12))).crease(50.0);
    for s in [-1.0, 1.0] {
        let rim: Vec<Vec3> = (0..=16)
            .map(|i| {
                let t = 0.06 + 0.88 * i as f32 / 16.0;
                let q = profile(t) + 0.015;
                v(s * q * 0.85f32.sin(), 0.22 + (h - 0.3) * t, q * 0.85f32.cos())
            })
            .collect();
        p.put(Part::Frame, &tube(&rim, &[0.045; 17], 7));
        let glow: Vec<Vec3> = rim.iter().map(|q| v(q.x * 0.96, q.y, q.z + 0.05)).collect();
        p.put(Part::Glow, &tube(&glow, &[0.013; 17], 5));
    }
    let cap = profile(0.94) + 0.02;
    p.put(Part::Frame, &lathe(&[v2(cap, h - 0.16), v2(cap * 0.95, h - 0.06), v2(0.5 * cap, h)], 24));
    p.put_at(Part::Glow, &torus(0.55 * r, 0.02, 24, 5), v(0.0, 0.32, 0.0));
    // The bed inside.
    p.turned(v(0.0, 0.32, -0.3 * r), Quat::from_rotation_x(-0.08), |p| {
        p.put_at(Part::Cloth, &rounded_box(v(0.9 * r, 0.74 * h, 0.18), 0.07, 2), v(0.0, 0.38 * h, 0.0));
        p.put_at(Part::Cloth2, &rounded_box(v(0.55 * r, 0.14 * h, 0.12), 0.05, 2), v(0.0, 0.66 * h, 0.12));
    });
    p.bxb(Part::Panel, v(0.0, 0.3, 1.02 * r), v(0.5 * r, 0.34, 0.12), 0.03);
    p.bx(Part::Screen, v(0.0, 0.42, 1.07 * r), v(0.36 * r, 0.14, 0.03));
    for s in [-1.0, 1.0] {
        p.pipe(
            Part::Trim,
            &[
                v(s * 0.5 * r, h - 0.2, -0.6 * r),
                v(s * 0.7 * r, h - 0.05, -0.8 * r),
                v(s * 0.8 * r, 0.8 * h, -0.98 * r),
                v(s * 0.8 * r, 0.1, -1.0 * r),
            ],
            0.05,
        );
        for k in 0..4 {
            p.bxb(Part::Frame, v(s * 1.0 * r, 0.5 + 0.2 * h * k as f32 * 0.8, -0.1), v(0.1, 0.16, 0.3), 0.02);
        }
    }
    p.light(v(0.0, 0.75 * h, 0.1), 0.08, p.style.colors[4], 1.5 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

fn cocoon(p: &mut Pen, h: f32, r: f32) {
    let seed = p.rng.seed();
    let alien = p.dialect() == Dialect::Organic;
    let body = blob(4, |d| {
        1.0 + 0.05 * (7.0 * d.z.atan2(d.x) + 3.0 * d.y).cos() * (1.0 - d.y * d.y)
            + 0.05 * gesamt_mesh::noise::fbm(d * 3.0, 2, seed)
    });
    p.crease(80.0).put_at(
        if alien { Part::Main } else { Part::Rope },
        &body.mapped(|q| v(0.92 * r * q.x, 0.46 * h * q.y, 0.92 * r * q.z)),
        v(0.0, 0.52 * h, 0.0),
    );
    let window = blob(3, |_| 1.0).mapped(|q| v(0.5 * r * q.x, 0.28 * h * q.y, 0.3 * r * q.z));
    p.put_at(if alien { Part::Glow } else { Part::Paper }, &window, v(0.0, 0.54 * h, 0.68 * r));
    let ring: Vec<Vec3> = (0..=24)
        .map(|i| {
            let e = Vec2::from_angle(TAU * i as f32 / 24.0);
            v(0.5 * r * e.x, 0.54 * h + 0.29 * h * e.y, 0.78 * r - 0.12 * r * e.y.abs())
        })
        .collect();
    p.put(Part::Frame, &tube(&ring, &[0.07; 25], 7));
    for k in 0..8 {
        let a = TAU * (k as f32 + 0.5) / 8.0;
        let (c, s) = (a.sin(), a.cos());
        let path: Vec<Vec3> = (0..=10)
            .map(|i| {
                let t = i as f32 / 10.0;
                let q = r * (0.2 + 1.15 * (PI * (0.08 + 0.84 * t)).sin().powf(0.7)) * if t < 0.1 { 1.1 } else { 0.78 };
                let twist = 0.35 * t;
                v(q * (c * twist.cos() + s * twist.sin()), h * t, q * (s * twist.cos() - c * twist.sin()))
            })
            .collect();
        let radius: Vec<f32> = (0..=10).map(|i| 0.085 - 0.006 * i as f32).collect();
        p.put(Part::Frame, &tube(&path, &radius, 7));
    }
    p.put_at(Part::Frame, &blob(2, |_| 0.34 * r), v(0.0, 0.97 * h, 0.0)).crease(50.0);
    if !alien {
        for k in 0..12 {
            let a = TAU * k as f32 / 12.0;
            if p.left() > 500 {
                p.hanging_vine(v(0.75 * r * a.cos(), 0.86 * h, 0.75 * r * a.sin()), 0.3 * h);
            }
        }
    }
    p.light(v(0.0, 0.54 * h, 1.1 * r), 0.1, p.style.lamp_color(), 2.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

fn bathysphere(p: &mut Pen, h: f32, r: f32) {
    let y = 0.5 * h;
    let rr = 1.0 * r;
    p.crease(40.0).put_at(Part::Main, &sphere(rr, 18, 32), v(0.0, y, 0.0)).crease(50.0);
    for k in 0..3 {
        let turn = [Quat::IDENTITY, Quat::from_rotation_x(PI * 0.5), Quat::from_rotation_z(PI * 0.5)][k];
        p.turned(v(0.0, y, 0.0), turn, |p| {
            p.put_at(Part::Trim, &hoop(rr - 0.02, 0.05, 0.12, 36), v(0.0, -0.06, 0.0));
            for i in 0..24 {
                let e = Vec2::from_angle(TAU * (i as f32 + 0.5) / 24.0) * (rr + 0.03);
                p.chip(Part::Accent, v(e.x, -0.018, e.y), Vec3::splat(0.035));
            }
        });
    }
    for (yaw, q) in [(0.0, 0.42), (1.3, 0.26), (-1.3, 0.26)] {
        p.turned(v(0.0, y, 0.0), Quat::from_rotation_y(yaw) * Quat::from_rotation_x(PI * 0.5), |p| {
            p.put_at(Part::Frame, &cylinder(q * r + 0.09, 0.16, 24, 0.03), v(0.0, rr - 0.06, 0.0));
            p.put_at(Part::Lamp, &cylinder(q * r, 0.02, 24, 0.0), v(0.0, rr + 0.09, 0.0));
            p.put_at(Part::Trim, &torus(q * r + 0.03, 0.035, 26, 6), v(0.0, rr + 0.1, 0.0));
            for i in 0..2 {
                let e = Vec2::from_angle(PI * 0.5 * i as f32) * q * r;
                p.rod(Part::Trim, v(-e.x, rr + 0.115, -e.y), v(e.x, rr + 0.115, e.y), 0.014);
            }
        });
    }
    p.put_at(
        Part::Frame,
        &lathe(&[v2(0.42 * r, 0.0), v2(0.42 * r, 0.16), v2(0.5 * r, 0.18), v2(0.5 * r, 0.26), v2(0.2 * r, 0.34)], 20),
        v(0.0, y + 0.88 * rr, 0.0),
    );
    p.put_at(Part::Trim, &torus(0.22 * r, 0.025, 18, 6), v(0.0, y + 0.88 * rr + 0.36, 0.0));
    for k in 0..4 {
        let a = TAU * (k as f32 + 0.5) / 4.0;
        let (c, s) = (a.cos(), a.sin());
        p.put(
            Part::Frame,
            &tube(
                &[
                    v(0.7 * rr * c, 0.55 * y, 0.7 * rr * s),
                    v(0.9 * rr * c, 0.25 * y, 0.9 * rr * s),
                    v(0.95 * rr * c, 0.0, 0.95 * rr * s),
                ],
                &[0.07, 0.06, 0.06],
                8,
            ),
        );
        p.put_at(Part::Trim, &cylinder(0.14, 0.05, 12, 0.012), v(0.95 * rr * c, 0.0, 0.95 * rr * s));
    }
    p.pipe(
        Part::Accent,
        &[
            v(0.7 * rr, y + 0.6 * rr, -0.2),
            v(0.9 * rr, y + 0.9 * rr, -0.3),
            v(0.5 * rr, y + 1.15 * rr, -0.3),
            v(0.2 * rr, y + 1.1 * rr, -0.1),
        ],
        0.05,
    );
    p.light(v(0.0, y, 1.4 * rr), 0.1, p.style.lamp_color(), 3.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
    let b = p.bounds();
    p.hull(Hull::cuboid(v(-rr, 0.0, -rr), v(rr, b.max.y, rr)));
}

pub(crate) fn shelf(p: &mut Pen) {
    let (w, h, d) = (p.size("width", 0.9, 1.5), p.size("height", 1.7, 2.3), 0.38);
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * d), v(0.5 * w, h, 0.5 * d)));
    let open = matches!(p.dialect(), Dialect::Neon | Dialect::Metal | Dialect::Sleek);
    if open {
        for (sx, sz) in [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)] {
            p.bx(Part::Frame, v(sx * (0.5 * w - 0.025), 0.0, sz * (0.5 * d - 0.025)), v(0.05, h, 0.05));
        }
        p.beam(
            Part::Frame,
            v(-0.5 * w + 0.03, 0.1, -0.5 * d + 0.02),
            v(0.5 * w - 0.03, h - 0.1, -0.5 * d + 0.02),
            0.02,
            0.03,
        );
        p.beam(
            Part::Frame,
            v(0.5 * w - 0.03, 0.1, -0.5 * d + 0.012),
            v(-0.5 * w + 0.03, h - 0.1, -0.5 * d + 0.012),
            0.02,
            0.03,
        );
    } else if p.dialect() == Dialect::Organic {
        for s in [-1.0, 1.0] {
            for z in [-0.14, 0.14] {
                p.bone(v(s * 0.46 * w, 0.0, z), v(s * 0.42 * w, h, z * 0.6), v(s * 0.07, 0.0, 0.0), 0.06, 0.04);
            }
        }
    } else {
        for s in [-1.0, 1.0] {
            p.bx(Part::Frame, v(s * (0.5 * w - 0.025), 0.0, 0.0), v(0.05, h, d));
            p.finial(v(s * (0.5 * w - 0.03), h, 0.5 * d - 0.05), 0.03);
        }
        p.at(v(-0.5 * w + 0.04, 0.08, -0.5 * d + 0.02), 0.0, |p| p.planks(Part::Panel, w - 0.08, h - 0.14, true));
        p.bx(Part::Frame, v(0.0, h - 0.06, 0.0), v(w + 0.08, 0.06, d + 0.06));
        p.bx(Part::Frame, v(0.0, 0.0, 0.02), v(w, 0.1, d));
    }
    let levels = 5;
    for k in 0..levels {
        let y = 0.12 + (h - 0.2) * k as f32 / levels as f32;
        let slip = if p.broken(0.25) { Quat::from_rotation_z(0.1 * p.rng.signed()) } else { Quat::IDENTITY };
        p.turned(v(0.0, y, 0.0), slip, |p| {
            p.bx(Part::Main, Vec3::ZERO, v(w - 0.06, 0.03, d - 0.04));
            if open {
                p.bx(Part::Trim, v(0.0, 0.0, 0.5 * d - 0.02), v(w - 0.06, 0.05, 0.015));
            }
            shelf_row(p, w - 0.16, (h - 0.2) / levels as f32 - 0.06, d);
        });
    }
    if p.dialect() == Dialect::Neon || p.dialect() == Dialect::Sleek {
        p.bx(Part::Glow, v(0.0, h - 0.05, 0.5 * d - 0.03), v(w - 0.14, 0.02, 0.025));
    }
    p.overgrow_edge(w, h, 0.5 * d);
}

/// Things on a shelf board: books, jars, boxes, bottles.
fn shelf_row(p: &mut Pen, w: f32, h: f32, d: f32) {
    let books = !p.dialect().is_electric() || p.style.genre == Genre::Noir;
    let mut x = -0.5 * w;
    let full = 0.45 + 0.5 * p.life();
    while x < 0.5 * w - 0.08 && p.left() > 700 {
        let run = p.rng.range(0.14, 0.4).min(0.5 * w - x);
        if !p.rng.chance(full) {
            x += 0.6 * run;
            continue;
        }
        match p.rng.below(4) {
            0 | 1 if books => {
                let mut bx = x;
                while bx < x + run - 0.03 {
                    let (t, tall) = (p.rng.range(0.025, 0.055), h * p.rng.range(0.55, 0.92));
                    let lean = if p.rng.chance(0.15) { 0.16 } else { 0.0 };
                    let part = [Part::Cloth, Part::Pages, Part::Rope, Part::Cloth2][p.rng.below(4)];
                    p.turned(v(bx + 0.5 * t, 0.03, -0.02), Quat::from_rotation_z(lean), |p| {
                        p.bxb(part, Vec3::ZERO, v(t * 0.94, tall, 0.62 * d), 0.004);
                    });
                    bx += t + 0.3 * lean * tall;
                }
            }
            0 | 1 => {
                let tall = h * p.rng.range(0.4, 0.85);
                p.bxb(Part::Panel, v(x + 0.5 * run, 0.03, 0.0), v(run * 0.9, tall, 0.7 * d), 0.015);
                p.bx(Part::Trim, v(x + 0.5 * run, 0.03 + 0.55 * tall, 0.35 * d), v(0.3 * run, 0.02, 0.02));
                if p.rng.chance(0.4) {
                    p.chip(Part::Glow, v(x + 0.5 * run, 0.03 + 0.3 * tall, 0.35 * d), v(0.03, 0.02, 0.012));
                }
            }
            2 => p.jar(Part::Ceramic, v(x + 0.5 * run, 0.03, 0.0), (0.8 * h).min(0.26)),
            _ => {
                for k in 0..2 {
                    p.bottle(
                        if k == 0 { Part::Glass } else { Part::Goods },
                        v(x + 0.06 + 0.09 * k as f32, 0.03, 0.04 * p.rng.signed()),
                        (0.85 * h).min(0.27),
                    );
                }
            }
        }
        x += run + 0.03;
    }
}

pub(crate) fn table(p: &mut Pen) {
    let (w, d, h) = (p.size("width", 1.2, 2.0), 0.85, 0.76);
    let low = p.dialect() == Dialect::Japan;
    let h = if low { 0.4 } else { h };
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * d), v(0.5 * w, h, 0.5 * d)));
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon => {
            p.put(
                Part::Frame,
                &lathe(&[v2(0.34, 0.0), v2(0.33, 0.03), v2(0.1, 0.08), v2(0.08, h - 0.1), v2(0.24, h - 0.03)], 20),
            );
            p.bxb(Part::Main, v(0.0, h - 0.06, 0.0), v(w, 0.06, d), 0.028);
            p.bx(Part::Glow, v(0.0, h - 0.07, 0.0), v(w - 0.16, 0.015, d - 0.16));
        }
        Dialect::Organic => {
            let top = blob(3, |d| 1.0 + 0.08 * (5.0 * d.z.atan2(d.x)).cos())
                .mapped(|q| v(0.5 * w * q.x, (0.06 * q.y).min(0.04), 0.5 * d * q.z));
            p.crease(60.0).put_at(Part::Main, &top, v(0.0, h - 0.04, 0.0)).crease(50.0);
            for k in 0..4 {
                let a = TAU * (k as f32 + 0.5) / 4.0;
                p.bone(
                    v(0.36 * w * a.cos(), 0.0, 0.36 * d * a.sin()),
                    v(0.2 * w * a.cos(), h - 0.05, 0.2 * d * a.sin()),
                    v(a.cos(), 0.0, a.sin()) * 0.1,
                    0.06,
                    0.07,
                );
            }
        }
        _ => {
            p.turned(v(-0.5 * w, h - 0.05, 0.5 * d), Quat::from_rotation_x(-PI * 0.5), |p| {
                p.planks(Part::Main, w, d, false)
            });
            p.bx(Part::Main, v(0.0, h - 0.05, 0.0), v(w - 0.04, 0.03, d - 0.04));
            for (sx, sz) in [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)] {
                let broken = sx > 0.0 && sz > 0.0 && p.broken(0.3);
                if broken {
                    continue;
                }
                p.beam(
                    Part::Frame,
                    v(sx * (0.5 * w - 0.08), 0.0, sz * (0.5 * d - 0.08)),
                    v(sx * (0.5 * w - 0.12), h - 0.03, sz * (0.5 * d - 0.12)),
                    0.08,
                    0.08,
                );
            }
            for s in [-1.0, 1.0] {
                p.bx(Part::Frame, v(0.0, h - 0.16, s * (0.5 * d - 0.11)), v(w - 0.26, 0.1, 0.035));
                p.bx(Part::Frame, v(s * (0.5 * w - 0.11), h - 0.16, 0.0), v(0.035, 0.1, d - 0.26));
                p.bx(Part::Trim, v(s * (0.5 * w - 0.1), 0.0, 0.5 * d - 0.09), v(0.1, 0.05, 0.1));
            }
            if !low {
                p.rail(v(-0.5 * w + 0.11, 0.16, 0.0), v(0.5 * w - 0.11, 0.16, 0.0), 0.06);
            }
        }
    }
    p.at(v(0.0, h, 0.0), 0.0, |p| table_top(p, w, d));
    let b = p.bounds();
    p.hull(Hull::cuboid(v(-0.4 * w, h, -0.36 * d), v(0.4 * w, b.max.y, 0.36 * d)));
    p.overgrow_foot(w, d);
}

fn table_top(p: &mut Pen, w: f32, d: f32) {
    if p.dialect().is_electric() {
        p.turned(v(-0.2 * w, 0.0, -0.1), Quat::from_rotation_y(0.25), |p| {
            p.bx(Part::Rubber, Vec3::ZERO, v(0.36, 0.022, 0.25));
            p.turned(v(0.0, 0.02, -0.12), Quat::from_rotation_x(-0.3), |p| {
                p.bx(Part::Rubber, Vec3::ZERO, v(0.36, 0.24, 0.015));
                p.bx(Part::Screen, v(0.0, 0.015, 0.008), v(0.33, 0.21, 0.008));
            });
        });
        p.bowl(Part::Ceramic, v(0.2 * w, 0.0, 0.12), 0.09);
        p.bottle(Part::Glass, v(0.3 * w, 0.0, -0.15), 0.26);
        p.put_at(Part::Ceramic, &cylinder(0.04, 0.1, 12, 0.006), v(0.02, 0.0, 0.2));
        return;
    }
    let runner = slab([4, 10], 0.012, |x, y| {
        let q = 1.36 * y - 0.18;
        let over = (-q).max(q - 1.0).max(0.0);
        v(
            (q.clamp(0.0, 1.0) - 0.5) * (w + 0.02),
            0.014 - over * 0.9 * w * 0.5,
            0.34 * (x - 0.5) + 0.012 * (9.0 * y).sin(),
        )
    });
    p.put(Part::Cloth, &oriented(runner));
    for k in 0..3 {
        let at = v((k as f32 - 1.0) * 0.3 * w, 0.02, 0.3 * d * if k % 2 == 0 { 1.0 } else { -1.0 });
        p.bowl(Part::Ceramic, at, 0.1);
    }
    p.jar(Part::Ceramic, v(0.26 * w, 0.02, -0.08), 0.24);
    p.bottle(Part::Glass, v(0.1 * w, 0.02, 0.06), 0.28);
    candle(p, v(-0.06 * w, 0.02, -0.04), 0.16);
    p.bx(Part::Pages, v(-0.32 * w, 0.02, -0.12), v(0.26, 0.05, 0.2));
    p.turned(v(-0.31 * w, 0.07, -0.11), Quat::from_rotation_y(0.35), |p| {
        p.bx(Part::Cloth2, Vec3::ZERO, v(0.22, 0.045, 0.17));
    });
    if p.life() > 0.3 {
        p.at(v(-0.3 * w, 0.055, 0.3 * d), 0.0, |p| p.fruit(0.14, 0.14, 0.034));
    }
}
