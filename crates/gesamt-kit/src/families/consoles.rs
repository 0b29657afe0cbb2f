//! Control desks, lecterns and writing desks.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{extrude, loft, oriented, rounded_box};
use glam::{Quat, Vec2, Vec3};

use super::altars::candle;
use super::panels::Field;
use super::pen::{Pen, v, v2};
use super::plant::gauge;
use crate::style::{Dialect, Part};

pub(crate) fn console(p: &mut Pen) {
    let w = p.size("width", 1.2, 2.0);
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.4), v(0.5 * w, 1.0, 0.4)));
    match p.dialect() {
        Dialect::Neon | Dialect::Sleek | Dialect::Metal => desk(p, w),
        Dialect::Steam => steam_desk(p, w),
        Dialect::Organic => super::grown::console(p, w),
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
    p.at(v(0.0, 0.68, -0.361), PI, |p| {
        p.panelled(v2(w - 0.24, 1.08), &Field { columns: 3, vent: true, plate: true, glow: false });
    });
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
