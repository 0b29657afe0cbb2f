//! Trade: stalls and kiosks.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe};
use gesamt_mesh::shapes2::torus;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn market_stall(p: &mut Pen) {
    if p.dialect() == Dialect::Organic {
        return super::bazaars::stall(p);
    }
    let w = p.size("width", 2.4, 3.6);
    let (d, h) = (1.7, 2.25);
    let (x, z) = (0.5 * w - 0.08, 0.5 * d - 0.08);
    for (sx, sz, tall) in [(-1.0, 1.0, h), (1.0, 1.0, h), (-1.0, -1.0, h + 0.35), (1.0, -1.0, h + 0.35)] {
        p.solid(|p| p.post(v(sx * x, 0.0, sz * z), tall, 0.09));
    }
    for (zz, y) in [(z, h - 0.06), (-z, h + 0.29)] {
        p.rail(v(-x - 0.12, y, zz), v(x + 0.12, y, zz), 0.075);
    }
    for sx in [-x, x] {
        p.rail(v(sx, h - 0.02, z + 0.06), v(sx, h + 0.36, -z - 0.06), 0.06);
        p.rail(v(sx, 0.88, -z), v(sx, 0.88, z), 0.05);
    }
    if p.dialect() == Dialect::Timber {
        for sx in [-1.0, 1.0] {
            p.rail(v(sx * x, h - 0.5, z), v(sx * (x - 0.42), h - 0.09, z), 0.05);
        }
    }
    p.solid(|p| stall_counter(p, w, z));
    p.at(v(-0.5 * w + 0.1, 0.25, -z), 0.0, |p| {
        p.boards(Part::Panel, w - 0.2, 1.65, true);
    });
    p.solid(|p| {
        p.at(v(0.0, h + 0.02, 0.0), 0.0, |p| stall_roof(p, w, d));
    });
    stall_back_shelf(p, w, z);
    stall_front(p, w, h, z);
    p.overgrow_foot(w, d);
    p.overgrow_edge(w, h, z + 0.1);
}

fn stall_roof(p: &mut Pen, w: f32, d: f32) {
    match p.dialect() {
        Dialect::Timber | Dialect::Steam => {
            let lift = v(0.0, 0.36, -0.5 * d - 0.05);
            p.at(lift, 0.0, |p| p.awning(w + 0.3, d + 0.6, 0.62));
        }
        Dialect::Japan => {
            p.lean_roof(w + 0.5, d + 0.5, 0.42);
            p.at(v(0.0, -0.06, 0.5 * d), 0.0, |p| {
                let n = 4;
                let step = (w - 0.2) / n as f32;
                for i in 0..n {
                    let at = v((i as f32 + 0.5) * step - 0.5 * (w - 0.2), 0.0, 0.0);
                    let part = if i % 2 == 0 { Part::Cloth } else { Part::Cloth2 };
                    p.at(at, 0.0, |p| {
                        p.drape(part, step * 0.94, 0.52, 0.0);
                    });
                }
                p.rod(Part::Frame, v(-0.5 * w, 0.01, 0.0), v(0.5 * w, 0.01, 0.0), 0.018);
            });
        }
        Dialect::Neon | Dialect::Metal => {
            p.lean_roof(w + 0.5, d + 0.6, 0.42);
            if p.dialect() == Dialect::Neon {
                p.at(v(0.0, -0.08, 0.5 * d + 0.3), 0.0, |p| p.awning(w * 0.96, 0.5, 0.2));
            }
            p.rod(Part::Trim, v(-0.5 * w - 0.2, -0.02, 0.5 * d + 0.32), v(0.5 * w + 0.2, -0.02, 0.5 * d + 0.32), 0.045);
            p.rod(Part::Trim, v(0.5 * w + 0.1, -0.02, 0.5 * d + 0.3), v(0.5 * w + 0.1, -2.1, 0.5 * d + 0.02), 0.03);
        }
        _ => {
            p.lean_roof(w + 0.4, d + 0.5, 0.35);
        }
    }
}

fn stall_counter(p: &mut Pen, w: f32, z: f32) {
    let front = z + 0.12;
    p.at(v(-0.5 * w + 0.06, 0.06, front - 0.14), 0.0, |p| {
        p.boards(Part::Panel, w - 0.12, 0.78, p.dialect() != Dialect::Timber)
    });
    let planks = 3;
    for i in 0..planks {
        let zz = front - 0.46 + i as f32 * 0.22;
        p.bx(Part::Main, v(0.015 * p.rng.signed(), 0.86, zz), v(w - 0.02, 0.045, 0.212));
    }
    if p.dialect() == Dialect::Neon {
        p.rod(Part::Glow2, v(-0.5 * w + 0.1, 0.83, front - 0.03), v(0.5 * w - 0.1, 0.83, front - 0.03), 0.014);
    }
    if p.dialect() == Dialect::Sleek {
        p.bx(Part::Glow, v(0.0, 0.78, front - 0.08), v(w - 0.3, 0.02, 0.02));
    }
    if p.dialect() == Dialect::Steam {
        for sx in [-1.0, 1.0] {
            p.at(v(sx * (0.5 * w - 0.35), 0.45, front - 0.05), 0.0, |p| p.gear(Part::Trim, 0.2, 0.04));
        }
        p.at(v(0.15, 0.4, front - 0.06), 0.1, |p| p.gear(Part::Accent, 0.12, 0.04));
    }
}

fn stall_back_shelf(p: &mut Pen, w: f32, z: f32) {
    for y in [1.05, 1.5] {
        p.bx(Part::Frame, v(0.0, y, -z + 0.18), v(w - 0.3, 0.03, 0.26));
        let mut x = -0.5 * w + 0.25;
        while x < 0.5 * w - 0.25 {
            let full = 0.25 + 0.75 * p.life();
            if p.rng.chance(full) && p.left() > 6000 {
                let at = v(x, y + 0.03, -z + 0.18);
                match p.rng.below(4) {
                    0 => {
                        p.jar(Part::Ceramic, at, 0.2);
                    }
                    1 => p.bottle(Part::Glass, at, 0.27),
                    2 => p.bottle(Part::Goods, at, 0.24),
                    _ => {
                        let tall = p.rng.range(0.1, 0.24);
                        p.bx(Part::Cloth2, at, v(0.16, tall, 0.16));
                    }
                }
            }
            x += 0.2 + 0.06 * p.rng.unit();
        }
    }
}

fn stall_front(p: &mut Pen, w: f32, h: f32, z: f32) {
    let goods = p.param("goods", 0.35 + 0.65 * p.life());
    let n = ((w - 0.2) / 0.52) as usize;
    for i in 0..n {
        let at = v((i as f32 + 0.5) * (w - 0.2) / n as f32 - 0.5 * (w - 0.2), 0.905, z - 0.1);
        if !p.rng.chance(0.3 + 0.7 * goods) || p.left() < 5000 {
            continue;
        }
        let kind = p.rng.below(4);
        p.at(at, 0.1 * p.rng.signed(), |p| match kind {
            0 | 1 => tray(p, 0.44, 0.4),
            2 if matches!(p.dialect(), Dialect::Neon | Dialect::Japan) => {
                for k in 0..5 {
                    let y = 0.05 * (k % 3) as f32;
                    p.bowl(Part::Ceramic, v(-0.12 + 0.22 * (k / 3) as f32, y, 0.05), 0.085);
                }
            }
            2 => {
                p.basket(Vec3::ZERO, 0.19, 0.16);
                p.at(v(0.0, 0.1, 0.0), 0.0, |p| p.fruit(0.3, 0.3, 0.045));
            }
            _ => {
                for k in 0..3 {
                    p.bottle(Part::Glass, v(0.11 * (k as f32 - 1.0), 0.0, 0.04 * p.rng.signed()), 0.28);
                }
            }
        });
    }
    match p.dialect() {
        Dialect::Neon => {
            for sx in [-0.8, 0.0, 0.8] {
                stool(p, v(sx * w * 0.42, 0.0, z + 0.62));
            }
            p.at(v(0.0, h + 0.62, z + 0.2), 0.0, |p| p.sign_board(w * 0.62, 0.52, false));
            for sx in [-0.24, 0.24] {
                p.rod(Part::Frame, v(sx * w, h + 0.05, z), v(sx * w, h + 0.7, z + 0.16), 0.02);
            }
            p.at(v(0.5 * w + 0.2, h - 0.35, z - 0.1), 0.0, |p| {
                p.turned(Vec3::ZERO, Quat::from_rotation_y(PI * 0.5), |p| p.sign_board(0.34, 1.15, true));
                p.rod(Part::Trim, v(-0.25, 0.3, 0.0), v(0.0, 0.3, 0.0), 0.014);
                p.rod(Part::Trim, v(-0.25, -0.3, 0.0), v(0.0, -0.3, 0.0), 0.014);
            });
            for k in 0..4 {
                let a = v(p.rng.signed() * 0.45 * w, h + 0.3, -z);
                let b = v(p.rng.signed() * 0.45 * w, h + 0.05, z);
                let sag = 0.06 + 0.05 * k as f32;
                p.cable(Part::Rubber, a, b, sag, 0.009);
            }
        }
        _ => {
            p.at(v(0.0, h - 0.28, z + 0.14), 0.0, |p| {
                if p.dialect() == Dialect::Organic || p.dialect() == Dialect::Japan {
                    return;
                }
                p.at(v(0.0, 0.02, 0.0), 0.0, |p| p.sign_board(w * 0.42, 0.32, false));
                for sx in [-0.18, 0.18] {
                    p.rod(Part::Trim, v(sx * w, 0.15, 0.0), v(sx * w, 0.26, -0.14), 0.008);
                }
            });
            let at = v(-0.5 * w - 0.1, 0.0, z + 0.5);
            if p.dialect() == Dialect::Sleek {
                stool(p, v(0.3, 0.0, z + 0.6));
            } else if p.rng.chance(0.4 + 0.6 * p.life()) {
                p.at(at + v(0.4, 0.0, 0.0), 0.3, |p| {
                    p.sack(v(0.0, 0.0, 0.0), 0.23);
                    p.basket(v(0.55, 0.0, 0.08), 0.24, 0.26);
                    p.at(v(0.55, 0.2, 0.08), 0.0, |p| p.fruit(0.34, 0.34, 0.06));
                });
            }
        }
    }
    let lanterns = [-0.36, 0.36];
    for sx in lanterns {
        p.at(v(sx * w, h - 0.1, z + 0.05), 0.0, |p| p.hanging_lantern(0.42, true));
    }
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, z), v(0.5 * w, 0.9, z + 0.4)));
}

fn tray(p: &mut Pen, w: f32, d: f32) {
    let t = 0.018;
    p.turned(v(0.0, 0.03, 0.0), Quat::from_rotation_x(0.2), |p| {
        p.bx(Part::Frame, Vec3::ZERO, v(w, t, d));
        for s in [-1.0, 1.0] {
            p.bx(Part::Frame, v(s * 0.5 * w, 0.0, 0.0), v(t, 0.09, d));
            p.bx(Part::Frame, v(0.0, 0.0, s * 0.5 * d), v(w, 0.09, t));
        }
        let r = p.rng.range(0.036, 0.055);
        p.at(v(0.0, t, 0.0), 0.0, |p| p.fruit(w - 0.04, d - 0.04, r));
    });
}

/// A stool.
pub(crate) fn stool(p: &mut Pen, at: Vec3) {
    let (r, h) = (0.17, 0.62);
    p.at(at, p.rng.unit() * TAU, |p| {
        p.put_at(Part::Cloth, &cylinder(r, 0.07, 16, 0.025), v(0.0, h, 0.0));
        p.put_at(Part::Trim, &cylinder(1.03 * r, 0.02, 16, 0.004), v(0.0, h - 0.015, 0.0));
        p.rod(Part::Frame, v(0.0, 0.02, 0.0), v(0.0, h, 0.0), 0.028);
        p.put(Part::Frame, &lathe(&[v2(0.17, 0.0), v2(0.16, 0.02), v2(0.04, 0.045)], 14));
        p.put_at(Part::Trim, &torus(0.14, 0.011, 14, 5), v(0.0, 0.22, 0.0));
        for i in 0..3 {
            let e = Vec2::from_angle(TAU * i as f32 / 3.0) * 0.14;
            p.rod(Part::Trim, v(0.0, 0.22, 0.0), v(e.x, 0.22, e.y), 0.009);
        }
    });
}

pub(crate) fn kiosk(p: &mut Pen) {
    if p.dialect() == Dialect::Organic {
        return super::bazaars::kiosk(p);
    }
    let (w, h, d) = (p.size("width", 1.8, 2.6), p.size("height", 2.3, 2.7), 1.6);
    p.bx(Part::Stone, Vec3::ZERO, v(w + 0.2, 0.14, d + 0.2));
    let (x, z) = (0.5 * w - 0.05, 0.5 * d - 0.05);
    for (sx, sz) in [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)] {
        p.post(v(sx * x, 0.12, sz * z), h - 0.12, 0.1);
    }
    p.solid(|p| {
        p.at(v(-x, 0.14, z - 0.03), 0.0, |p| p.boards(Part::Panel, 2.0 * x, 0.86, true));
        p.at(v(x, 0.14, -z), PI, |p| p.boards(Part::Panel, 2.0 * x, h - 0.3, true));
        p.at(v(x - 0.02, 0.14, z), PI * 0.5, |p| p.boards(Part::Panel, 2.0 * z, h - 0.3, true));
        p.at(v(-x + 0.02, 0.14, -z), -PI * 0.5, |p| p.boards(Part::Panel, 2.0 * z, h - 0.3, true));
        p.bx(Part::Main, v(0.0, 1.0, z + 0.1), v(w + 0.1, 0.05, 0.46));
        p.rail(v(-x, h - 0.42, z), v(x, h - 0.42, z), 0.07);
        p.at(v(-x, h - 0.4, z - 0.02), 0.0, |p| p.boards(Part::Panel, 2.0 * x, 0.36, true));
    });
    p.bx(Part::Lamp, v(0.0, h - 0.48, 0.1), v(0.7 * w, 0.04, 0.12));
    p.lamp_light(v(0.0, h - 0.6, 0.2), 4.0);
    p.bx(Part::Frame, v(0.0, 1.38, -z + 0.16), v(w - 0.3, 0.03, 0.26));
    let mut gx = -0.5 * w + 0.25;
    while gx < 0.5 * w - 0.2 {
        let at = v(gx, 1.41, -z + 0.16);
        if p.rng.chance(0.35 + 0.6 * p.life()) {
            if p.rng.chance(0.5) { p.bottle(Part::Glass, at, 0.26) } else { p.bottle(Part::Goods, at, 0.22) }
        }
        gx += 0.15;
    }
    p.at(v(0.0, 1.05, z + 0.12), 0.0, |p| {
        if p.life() > 0.2 {
            p.at(v(-0.3 * w, 0.0, 0.0), 0.0, |p| tray(p, 0.4, 0.3));
            p.jar(Part::Ceramic, v(0.3 * w, 0.0, 0.0), 0.22);
        }
    });
    p.solid(|p| {
        p.at(v(0.0, h + 0.02, 0.05), 0.0, |p| p.lean_roof(w + 0.5, d + 0.6, 0.3));
    });
    if p.dialect() == Dialect::Japan || p.dialect() == Dialect::Timber || p.dialect() == Dialect::Steam {
        p.at(v(0.0, h - 0.1, z + 0.1), 0.0, |p| p.awning(w, 0.55, 0.18));
    }
    p.at(v(0.0, h + 0.22, z + 0.3), 0.0, |p| p.sign_board(0.8 * w, 0.4, false));
    for sx in [-0.42, 0.42] {
        p.at(v(sx * w, h - 0.06, z + 0.22), 0.0, |p| p.hanging_lantern(0.36, false));
    }
    if p.dialect() == Dialect::Neon || p.dialect() == Dialect::Metal {
        p.at(v(0.5 * w + 0.12, 1.2, -0.2), PI * 0.5, |p| vent_box(p, 0.7, 0.5, 0.3));
    }
    p.overgrow_foot(w + 0.2, d + 0.2);
    p.overgrow_edge(w, h, z + 0.3);
}

/// An air conditioner: a box with a fan grille facing +Z.
pub(crate) fn vent_box(p: &mut Pen, w: f32, h: f32, d: f32) {
    p.bx(Part::Panel, v(0.0, 0.0, 0.0), v(w, h, d));
    p.turned(v(0.0, 0.5 * h, 0.5 * d), Quat::from_rotation_x(PI * 0.5), |p| {
        let r = 0.4 * h;
        p.put(Part::Rubber, &cylinder(r, 0.008, 18, 0.0));
        for k in 1..4 {
            p.put_at(Part::Trim, &torus(r * k as f32 / 3.0, 0.008, 18, 4), v(0.0, 0.02, 0.0));
        }
        for k in 0..4 {
            let e = Vec2::from_angle(TAU * k as f32 / 8.0) * r;
            p.rod(Part::Trim, v(-e.x, 0.02, -e.y), v(e.x, 0.02, e.y), 0.006);
        }
    });
    p.rod(Part::Rubber, v(-0.4 * w, 0.1, 0.0), v(-0.4 * w, -0.6, -0.3 * d), 0.018);
}
