//! Doors in their frames.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, sphere};
use gesamt_mesh::shapes2::{extrude, torus};
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn door(p: &mut Pen) {
    let (w, h) = (p.size("width", 1.0, 1.3), p.size("height", 2.1, 2.6));
    let t = 0.3;
    p.hull(Hull::cuboid(v(-0.5 * w - 0.16, 0.0, -0.5 * t), v(0.5 * w + 0.16, h + 0.3, 0.5 * t)));
    match p.dialect() {
        Dialect::Organic => return super::gates::door(p, w, h),
        Dialect::Timber => stone_doorway(p, w, h, t),
        _ => {
            for s in [-1.0, 1.0] {
                p.bxb(Part::Frame, v(s * (0.5 * w + 0.08), 0.0, 0.0), v(0.16, h + 0.02, t), 0.025);
            }
            p.bxb(Part::Frame, v(0.0, h, 0.0), v(w + 0.32, 0.24, t), 0.03);
            p.bxb(Part::Stone, Vec3::ZERO, v(w + 0.3, 0.05, t + 0.1), 0.012);
        }
    }
    match p.dialect() {
        Dialect::Neon | Dialect::Sleek => sliding_leaf(p, w, h, t),
        Dialect::Metal => steel_leaf(p, w, h),
        Dialect::Steam => riveted_leaf(p, w, h),
        Dialect::Japan => shoji(p, w, h),
        _ => {}
    }
    p.overgrow_foot(w + 0.3, t);
    p.overgrow_edge(w + 0.3, h + 0.2, 0.5 * t);
}

fn stone_doorway(p: &mut Pen, w: f32, h: f32, t: f32) {
    let r = 0.5 * w;
    let spring = h - 0.72 * r;
    for s in [-1.0, 1.0] {
        let n = (spring / 0.4).ceil();
        for k in 0..n as usize {
            let long = if k % 2 == 0 { 0.2 } else { 0.27 };
            p.bxb(
                Part::Stone,
                v(s * (r + 0.5 * long - 0.02), k as f32 * spring / n, 0.0),
                v(long, spring / n - 0.008, t),
                0.02,
            );
        }
    }
    let at = |a: f32, q: f32| v2(q * a.cos(), spring + 0.72 * q * a.sin());
    for i in 0..9 {
        let (a, b) = (PI * i as f32 / 9.0 + 0.006, PI * (i as f32 + 1.0) / 9.0 - 0.006);
        let out = r + if i == 4 { 0.34 } else { 0.25 };
        p.put(
            Part::Stone,
            &extrude(
                &[at(a, r - 0.02), at(a, out), at(b, out), at(b, r - 0.02)],
                t + if i == 4 { 0.08 } else { 0.0 },
                0.02,
            ),
        );
    }
    p.bxb(Part::Stone, Vec3::ZERO, v(w + 0.5, 0.08, t + 0.24), 0.02);
    // The leaf: planks cut to the arch.
    let ajar = if p.broken(0.7) { 0.35 } else { 0.0 };
    p.turned(v(-r, 0.0, -0.05), Quat::from_rotation_y(-ajar), |p| {
        let n = 6;
        for i in 0..n {
            if i > 0 && p.broken(0.12) {
                continue;
            }
            let (x0, x1) = (w * i as f32 / n as f32 + 0.004, w * (i as f32 + 1.0) / n as f32 - 0.004);
            let top = |x: f32| spring + 0.72 * (r * r - (x - r) * (x - r)).max(0.0).sqrt() - 0.01;
            let outline = [
                v2(x0, 0.06),
                v2(x1, 0.06),
                v2(x1, top(x1).max(0.5)),
                v2(0.5 * (x0 + x1), top(0.5 * (x0 + x1))),
                v2(x0, top(x0).max(0.5)),
            ];
            p.put_at(Part::Main, &extrude(&outline, 0.06, 0.008), v(0.0, 0.0, 0.004 * (i % 2) as f32));
        }
        for y in [0.38, 0.72 * spring] {
            let strap = [
                v2(0.0, -0.035),
                v2(0.66 * w, -0.028),
                v2(0.74 * w, -0.06),
                v2(0.84 * w, 0.0),
                v2(0.74 * w, 0.06),
                v2(0.66 * w, 0.028),
                v2(0.0, 0.035),
            ];
            p.put_at(Part::Trim, &extrude(&strap, 0.03, 0.005), v(0.02, y, 0.035));
            p.bolts(Part::Trim, v(0.1, y, 0.055), v(0.6 * w, y, 0.055), 5, 0.016);
            p.rod(Part::Trim, v(0.0, y - 0.08, 0.03), v(0.0, y + 0.08, 0.03), 0.03);
        }
        p.turned(v(0.85 * w, 0.46 * h, 0.06), Quat::from_rotation_x(PI * 0.5), |p| {
            p.put(Part::Trim, &torus(0.075, 0.013, 14, 5));
        });
        p.put_at(Part::Trim, &sphere(0.03, 4, 8), v(0.85 * w, 0.46 * h + 0.07, 0.05));
    });
    p.at(v(0.5 * w + 0.34, h - 0.25, 0.24), 0.0, |p| {
        p.rod(Part::Trim, v(-0.06, 0.02, -0.12), v(0.0, 0.02, 0.0), 0.014);
        p.hanging_lantern(0.36, true);
    });
}

fn sliding_leaf(p: &mut Pen, w: f32, h: f32, t: f32) {
    for s in [-1.0, 1.0] {
        p.bxb(Part::Main, v(s * 0.252 * w, 0.03, 0.0), v(0.494 * w, h - 0.03, 0.09), 0.015);
        for (y, hh) in [(0.2, 0.3 * h), (0.2 + 0.34 * h, 0.46 * h)] {
            p.bxb(Part::Panel, v(s * 0.25 * w, y, 0.0), v(0.38 * w, hh, 0.13), 0.025);
        }
        p.bx(Part::Glow, v(s * (0.5 * w + 0.06), 0.3, 0.5 * t), v(0.025, h - 0.6, 0.02));
        p.rod(Part::Trim, v(s * 0.06, 0.9, 0.07), v(s * 0.06, 1.3, 0.07), 0.016);
    }
    p.bx(Part::Screen, v(0.5 * w + 0.09, 1.15, 0.5 * t), v(0.1, 0.17, 0.03));
    p.bx(Part::Lamp, v(0.0, h + 0.06, 0.5 * t), v(0.55 * w, 0.06, 0.03));
    if p.dialect() == Dialect::Neon {
        p.at(v(0.0, h + 0.42, 0.06), 0.0, |p| p.sign_board(w, 0.34, false));
        p.rod(Part::Frame, v(-0.3 * w, h + 0.2, 0.0), v(-0.3 * w, h + 0.4, 0.03), 0.02);
        p.rod(Part::Frame, v(0.3 * w, h + 0.2, 0.0), v(0.3 * w, h + 0.4, 0.03), 0.02);
        p.rod(Part::Rubber, v(-0.5 * w - 0.12, 0.0, 0.16), v(-0.5 * w - 0.12, h + 0.2, 0.16), 0.022);
    }
}

fn steel_leaf(p: &mut Pen, w: f32, h: f32) {
    let ajar = if p.broken(0.6) { -0.4 } else { 0.0 };
    p.turned(v(-0.5 * w, 0.03, 0.05), Quat::from_rotation_y(ajar), |p| {
        p.bx(Part::Main, v(0.5 * w, 0.0, 0.0), v(w - 0.02, h - 0.04, 0.06));
        for z in [1.0, -1.0] {
            for (y, hh) in [(0.15, 0.3 * h), (0.2 + 0.3 * h, 0.16 * h)] {
                p.bxb(Part::Main, v(0.5 * w, y, 0.02 * z), v(0.76 * w, hh, 0.04), 0.012);
            }
            p.bx(Part::Trim, v(0.5 * w, 0.64 * h, 0.02 * z), v(0.5 * w, 0.24 * h, 0.04));
            p.bx(Part::Glass, v(0.5 * w, 0.66 * h, 0.028 * z), v(0.44 * w, 0.2 * h, 0.04));
            p.rod(Part::Trim, v(0.15 * w, 0.45 * h, 0.09 * z), v(0.88 * w, 0.45 * h, 0.09 * z), 0.018);
            for x in [0.15, 0.88] {
                p.rod(Part::Trim, v(x * w, 0.45 * h, 0.02 * z), v(x * w, 0.45 * h, 0.09 * z), 0.018);
            }
        }
        for y in [0.14, 0.5, 0.86] {
            p.rod(Part::Trim, v(0.0, y * h - 0.05, 0.03), v(0.0, y * h + 0.05, 0.03), 0.018);
        }
        p.bx(Part::Trim, v(0.5 * w, 0.0, 0.032), v(0.9 * w, 0.2, 0.012));
    });
    p.bx(Part::Frame, v(0.0, h + 0.28, 0.08), v(0.3, 0.12, 0.24));
    p.bx(Part::Lamp, v(0.0, h + 0.255, 0.1), v(0.22, 0.03, 0.16));
    p.lamp_light(v(0.0, h + 0.1, 0.3), 3.0);
    p.bx(Part::Frame, v(0.0, h + 0.2, 0.0), v(0.1, 0.14, 0.1));
}

fn riveted_leaf(p: &mut Pen, w: f32, h: f32) {
    p.bx(Part::Main, v(0.0, 0.03, 0.0), v(w - 0.01, h - 0.03, 0.08));
    for yaw in [0.0, PI] {
        p.at(Vec3::ZERO, yaw, |p| {
            for y in [0.06, 0.5 * h, h - 0.16] {
                p.bx(Part::Frame, v(0.0, y, 0.03), v(w - 0.02, 0.11, 0.06));
                p.bolts(Part::Trim, v(-0.44 * w, y + 0.055, 0.065), v(0.44 * w, y + 0.055, 0.065), 8, 0.014);
            }
            for s in [-1.0, 1.0] {
                let x = s * (0.5 * w + 0.08);
                p.bx(Part::Frame, v(s * 0.46 * w, 0.06, 0.03), v(0.08, h - 0.14, 0.055));
                p.bolts(Part::Trim, v(x, 0.2, 0.15), v(x, h - 0.1, 0.15), 10, 0.016);
            }
            p.turned(v(0.0, 0.76 * h, 0.04), Quat::from_rotation_x(PI * 0.5), |p| {
                p.put(Part::Glass, &cylinder(0.17, 0.03, 20, 0.005));
                p.put_at(Part::Trim, &torus(0.18, 0.03, 24, 6), v(0.0, 0.02, 0.0));
            });
        });
    }
    p.turned(v(0.0, 0.32 * h, 0.1), Quat::from_rotation_x(PI * 0.5), |p| {
        p.put(Part::Trim, &torus(0.17, 0.018, 20, 6));
        for k in 0..3 {
            let e = Vec2::from_angle(PI * k as f32 / 3.0) * 0.17;
            p.rod(Part::Trim, v(-e.x, 0.0, -e.y), v(e.x, 0.0, e.y), 0.013);
        }
        p.put_at(Part::Trim, &cylinder(0.04, 0.12, 10, 0.01), v(0.0, -0.08, 0.0));
    });
    p.at(v(0.0, h + 0.3, 0.05), 0.0, |p| p.gear(Part::Accent, 0.2, 0.05));
}

fn shoji(p: &mut Pen, w: f32, h: f32) {
    for (s, z) in [(-1.0, 0.03), (1.0, -0.03)] {
        let x = s * 0.25 * w;
        let open = if s > 0.0 && p.rng.chance(0.5) { 0.3 * w } else { 0.0 };
        p.at(v(x - open, 0.05, z), 0.0, |p| {
            let wide = 0.52 * w;
            p.bx(Part::Paper, v(0.0, 0.3, 0.0), v(wide - 0.06, h - 0.4, 0.012));
            for e in [-1.0, 1.0] {
                p.bx(Part::Frame, v(e * (0.5 * wide - 0.02), 0.0, 0.0), v(0.045, h - 0.05, 0.035));
            }
            p.bx(Part::Panel, Vec3::ZERO, v(wide - 0.05, 0.32, 0.025));
            p.bx(Part::Frame, v(0.0, h - 0.12, 0.0), v(wide, 0.06, 0.035));
            for k in 1..4 {
                p.chip(Part::Frame, v((k as f32 / 4.0 - 0.5) * wide, 0.3, 0.0), v(0.014, h - 0.4, 0.024));
            }
            for k in 0..7 {
                p.chip(Part::Frame, v(0.0, 0.31 + (h - 0.45) * k as f32 / 6.0, 0.0), v(wide - 0.05, 0.014, 0.022));
            }
        });
    }
    p.at(v(-0.5 * w - 0.5, h + 0.2, -0.2), 0.0, |p| {
        p.turned(v(0.0, 0.0, 0.75), Quat::from_rotation_x(-1.15), |p| p.tiles(w + 1.0, 0.8));
    });
    for s in [-1.0, 1.0] {
        p.beam(Part::Frame, v(s * (0.5 * w + 0.08), h - 0.2, 0.1), v(s * (0.5 * w + 0.08), h + 0.18, 0.5), 0.06, 0.08);
    }
}
