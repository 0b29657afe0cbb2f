//! The street: signs, benches, lanterns and banners.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{blob, cone, cylinder, lathe, tube};
use gesamt_mesh::shapes2::{extrude, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::build::rough;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn sign(p: &mut Pen) {
    if super::guideposts::guidepost(p) {
        return;
    }
    if matches!(p.dialect(), Dialect::Timber | Dialect::Japan) {
        return super::signs::timber_sign(p);
    }
    let (w, h) = (p.size("width", 0.7, 1.5), p.size("height", 0.5, 0.95));
    let top = 2.55;
    if p.rng.chance(0.45) || p.dialect() == Dialect::Sleek {
        for s in [-1.0, 1.0] {
            p.solid(|p| p.post(v(s * (0.5 * w - 0.05), 0.0, 0.0), top - 0.1, 0.08));
        }
        p.solid(|p| {
            p.at(v(0.0, top - 0.3, 0.06), 0.0, |p| p.sign_board(w, h, false));
        });
        if p.dialect() != Dialect::Organic {
            for y in [-0.3, 0.3] {
                let at = |s: f32| v(s * (0.5 * w - 0.05), top - 0.3 + y * h, 0.005);
                p.rail(at(-1.0), at(1.0), 0.05);
            }
        }
        p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.1), v(0.5 * w, top, 0.1)));
    } else {
        p.solid(|p| p.post(v(-0.5 * w - 0.1, 0.0, 0.0), top + 0.35, 0.1));
        p.finial(v(-0.5 * w - 0.1, top + 0.35, 0.0), 0.05);
        p.rail(v(-0.5 * w - 0.2, top + 0.2, 0.0), v(0.5 * w + 0.12, top + 0.2, 0.0), 0.05);
        p.rod(Part::Trim, v(-0.5 * w - 0.1, top - 0.12, 0.0), v(-0.1 * w, top + 0.18, 0.0), 0.016);
        let swing = Quat::from_rotation_x(0.06 * p.rng.signed())
            * Quat::from_rotation_z(if p.broken(0.5) { 0.22 } else { 0.0 });
        for s in [-0.4, 0.4] {
            p.rod(Part::Trim, v(s * w, top + 0.19, 0.0), v(s * w, top - 0.02, 0.0), 0.009);
        }
        p.solid(|p| {
            p.turned(v(0.0, top - 0.5 * h, 0.0), swing, |p| p.sign_board(w, h, true));
        });
    }
    if p.dialect() == Dialect::Neon {
        p.cable(Part::Rubber, v(0.4 * w, top, -0.08), v(-0.5 * w, 1.0, -0.05), 0.2, 0.01);
        if p.rng.chance(0.6) {
            p.at(v(0.0, top - h - 0.28, 0.04), 0.0, |p| p.sign_board(0.7 * w, 0.3, false));
            p.rod(Part::Frame, v(0.0, top - h - 0.2, -0.02), v(0.0, top - 0.4, -0.02), 0.03);
        }
    }
    p.overgrow_foot(w, 0.2);
    p.overgrow_edge(w, top, 0.06);
}

pub(crate) fn bench(p: &mut Pen) {
    let w = p.size("width", 1.5, 2.1);
    let seat = 0.45;
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.26), v(0.5 * w, seat + 0.03, 0.28)));
    match p.dialect() {
        Dialect::Organic => super::grown::bench(p, w, seat),
        Dialect::Japan => {
            p.at(v(-0.5 * w, seat - 0.04, 0.24), 0.0, |p| {
                p.turned(Vec3::ZERO, Quat::from_rotation_x(-PI * 0.5), |p| p.planks(Part::Main, w, 0.48, false));
            });
            for sx in [-0.36, 0.36] {
                for sz in [-0.17, 0.17] {
                    p.beam(Part::Frame, v(sx * w * 1.08, 0.0, sz * 1.15), v(sx * w, seat - 0.03, sz), 0.07, 0.07);
                }
                p.beam(Part::Frame, v(sx * w * 1.03, 0.16, -0.18), v(sx * w * 1.03, 0.16, 0.18), 0.04, 0.05);
            }
            p.beam(Part::Frame, v(-0.37 * w, 0.16, 0.0), v(0.37 * w, 0.16, 0.0), 0.04, 0.05);
            p.put_at(
                Part::Cloth,
                &gesamt_mesh::shapes2::rounded_box(v(0.42, 0.07, 0.4), 0.034, 2),
                v(-0.2 * w, seat + 0.03, 0.0),
            );
        }
        dialect => {
            let slats = 4;
            for i in 0..slats {
                if p.broken(0.25) {
                    continue;
                }
                let z = -0.2 + 0.13 * i as f32;
                p.bx(
                    Part::Main,
                    v(0.0, seat - 0.035 - 0.012 * i as f32 * 0.3, z),
                    v(w * (1.0 - 0.01 * p.rng.unit()), 0.06, 0.115),
                );
            }
            for i in 0..3 {
                if p.broken(0.3) {
                    continue;
                }
                let y = seat + 0.1 + 0.13 * i as f32;
                p.turned(v(0.0, y, -0.27 - 0.035 * i as f32), Quat::from_rotation_x(-0.2), |p| {
                    p.bx(Part::Main, Vec3::ZERO, v(w, 0.105, 0.035));
                });
            }
            for s in [-1.0, 1.0] {
                let x = s * (0.5 * w - 0.14);
                bench_side(p, x, seat, dialect);
            }
            // The stretcher meets the sides where they are at this height.
            let z = match dialect {
                Dialect::Steam => -0.24,
                Dialect::Timber | Dialect::Metal => -0.27,
                _ => -0.05,
            };
            p.rod(Part::Trim, v(-0.5 * w + 0.14, 0.18, z), v(0.5 * w - 0.14, 0.18, z), 0.016);
            p.hull(Hull::cuboid(v(-0.5 * w, seat, -0.42), v(0.5 * w, seat + 0.5, -0.22)));
        }
    }
    p.overgrow_foot(w, 0.5);
}

fn bench_side(p: &mut Pen, x: f32, seat: f32, dialect: Dialect) {
    match dialect {
        Dialect::Sleek | Dialect::Neon => {
            let outline = [
                v2(-0.3, 0.0),
                v2(0.26, 0.0),
                v2(0.22, 0.08),
                v2(0.1, 0.12),
                v2(0.12, seat - 0.1),
                v2(0.24, seat - 0.03),
                v2(-0.2, seat - 0.03),
                v2(-0.32, seat + 0.46),
                v2(-0.38, seat + 0.46),
                v2(-0.28, 0.2),
            ];
            p.turned(v(x, 0.0, 0.0), Quat::from_rotation_y(-PI * 0.5), |p| {
                p.put(Part::Frame, &extrude(&outline, 0.06, 0.012));
            });
            p.bx(Part::Glow, v(x, seat - 0.06, 0.24), v(0.03, 0.02, 0.02));
        }
        _ if p.style.genre == Genre::Ancient || p.style.genre == Genre::GothicHorror => {
            p.bx(Part::Stone, v(x, 0.0, -0.02), v(0.16, seat - 0.03, 0.46));
            p.beam(Part::Stone, v(x, seat - 0.05, -0.24), v(x, seat + 0.46, -0.35), 0.14, 0.08);
        }
        Dialect::Steam => {
            let scroll = |turns: f32, r: f32, at: Vec3, flip: f32| -> Vec<Vec3> {
                (0..=14)
                    .map(|k| {
                        let t = k as f32 / 14.0;
                        let (a, q) = (TAU * turns * t, r * (1.0 - 0.7 * t));
                        at + v(0.0, q * a.cos(), flip * q * a.sin())
                    })
                    .collect()
            };
            p.put(
                Part::Frame,
                &tube(
                    &[v(x, 0.0, 0.25), v(x, 0.12, 0.17), v(x, 0.3, 0.23), v(x, seat - 0.02, 0.2)],
                    &[0.03, 0.026, 0.026, 0.03],
                    8,
                ),
            );
            p.put(
                Part::Frame,
                &tube(
                    &[v(x, 0.0, -0.36), v(x, 0.14, -0.24), v(x, seat - 0.04, -0.24), v(x, seat + 0.46, -0.38)],
                    &[0.03, 0.027, 0.03, 0.022],
                    8,
                ),
            );
            p.put(Part::Frame, &tube(&scroll(1.1, 0.12, v(x, 0.24, -0.02), 1.0), &[0.016; 15], 6));
            p.put(Part::Trim, &tube(&scroll(1.2, 0.09, v(x, seat + 0.16, 0.14), -1.0), &[0.018; 15], 6));
            p.rod(Part::Frame, v(x, seat + 0.24, 0.13), v(x, seat + 0.22, -0.3), 0.02);
            p.rod(Part::Frame, v(x, seat - 0.05, -0.26), v(x, seat - 0.05, 0.22), 0.024);
            p.rod(Part::Frame, v(x, 0.18, -0.25), v(x, 0.18, 0.2), 0.018);
            p.at(v(x, 0.3, -0.02), PI * 0.5, |p| p.gear(Part::Accent, 0.06, 0.03));
        }
        _ => {
            let section = 0.06;
            p.beam(Part::Frame, v(x, 0.0, 0.22), v(x, seat + 0.2, 0.2), section, section);
            p.beam(Part::Frame, v(x, 0.0, -0.3), v(x, seat, -0.24), section, section);
            p.beam(Part::Frame, v(x, seat - 0.04, -0.24), v(x, seat + 0.46, -0.37), section, section);
            p.beam(Part::Frame, v(x, seat - 0.05, -0.26), v(x, seat - 0.05, 0.24), section, section);
            p.beam(Part::Frame, v(x, 0.18, -0.275), v(x, 0.18, 0.215), 0.04, 0.05);
            p.beam(Part::Frame, v(x, seat + 0.2, -0.28), v(x, seat + 0.22, 0.27), section * 1.2, 0.035);
            p.put_at(Part::Trim, &cone(0.05, 0.035, 0.03, 8), v(x, 0.0, 0.22));
            p.put_at(Part::Trim, &cone(0.05, 0.035, 0.03, 8), v(x, 0.0, -0.3));
        }
    }
}

pub(crate) fn lantern(p: &mut Pen) {
    match p.dialect() {
        Dialect::Japan => stone_lantern(p),
        Dialect::Organic => {
            let h = p.size("height", 1.5, 2.0);
            super::moorings::lantern(p, h);
        }
        Dialect::Sleek | Dialect::Neon => {
            let h = p.size("height", 0.8, 1.4);
            p.hull(Hull::drum(Vec3::ZERO, 0.18, h, 8));
            p.put(Part::Frame, &cylinder(0.18, 0.07, 16, 0.015));
            p.put_at(Part::Frame, &cylinder(0.11, h * 0.55, 12, 0.01), v(0.0, 0.06, 0.0));
            p.put_at(Part::Glow, &cylinder(0.095, h * 0.3, 12, 0.01), v(0.0, 0.05 + h * 0.55, 0.0));
            for i in 0..4 {
                let e = Vec2::from_angle(TAU * (i as f32 + 0.5) / 4.0) * 0.125;
                p.rod(Part::Trim, v(e.x, 0.1, e.y), v(e.x, h * 0.95, e.y), 0.014);
            }
            p.put_at(Part::Frame, &cone(0.17, 0.1, 0.1 * h, 12), v(0.0, 0.89 * h, 0.0));
            p.put_at(Part::Trim, &torus(0.12, 0.012, 14, 5), v(0.0, 0.6 * h, 0.0));
            p.lamp_light(v(0.0, 0.7 * h, 0.0), 4.0);
        }
        _ => {
            let h = p.size("height", 1.5, 2.0);
            p.solid(|p| p.post(Vec3::ZERO, h, 0.09));
            p.rail(v(0.0, h - 0.08, 0.0), v(0.0, h - 0.08, 0.42), 0.05);
            p.rail(v(0.0, h - 0.36, 0.02), v(0.0, h - 0.1, 0.24), 0.035);
            p.finial(v(0.0, h, 0.0), 0.045);
            p.solid(|p| {
                p.at(v(0.0, h - 0.1, 0.36), 0.0, |p| p.hanging_lantern(0.5, true));
            });
            for k in 0..4 {
                let e = Vec2::from_angle(TAU * k as f32 / 4.0 + 0.6) * 0.13;
                let seed = p.rng.next_u64() as u32;
                p.put_at(Part::Stone, &rough(blob(1, |_| 0.1), 0.05, 6.0, seed), v(e.x, 0.02, e.y));
            }
        }
    }
    p.overgrow_foot(0.4, 0.4);
}

fn stone_lantern(p: &mut Pen) {
    let h = p.size("height", 1.1, 1.7);
    let s = h / 1.5;
    p.hull(Hull::drum(Vec3::ZERO, 0.36 * s, h, 6));
    p.put(Part::Stone, &lathe(&[v2(0.34, 0.0), v2(0.34, 0.1), v2(0.22, 0.2), v2(0.13, 0.26)].map(|q| q * s), 6));
    p.put(
        Part::Stone,
        &lathe(&[v2(0.12, 0.2), v2(0.12, 0.42), v2(0.14, 0.45), v2(0.12, 0.48), v2(0.12, 0.74)].map(|q| q * s), 12),
    );
    p.put(Part::Stone, &lathe(&[v2(0.13, 0.7), v2(0.27, 0.82), v2(0.29, 0.88), v2(0.22, 0.9)].map(|q| q * s), 6));
    for i in 0..6 {
        let e = Vec2::from_angle(TAU * i as f32 / 6.0) * 0.185 * s;
        p.bx(Part::Stone, v(e.x, 0.88 * s, e.y), v(0.06, 0.24, 0.06) * s);
    }
    p.put_at(Part::Paper, &cylinder(0.155 * s, 0.22 * s, 6, 0.0), v(0.0, 0.89 * s, 0.0));
    p.put(
        Part::Stone,
        &lathe(&[v2(0.3, 1.1), v2(0.42, 1.08), v2(0.44, 1.14), v2(0.26, 1.24), v2(0.1, 1.32)].map(|q| q * s), 6),
    );
    p.put(Part::Stone, &lathe(&[v2(0.07, 1.3), v2(0.1, 1.36), v2(0.09, 1.41), v2(0.0, 1.52)].map(|q| q * s), 8));
    p.lamp_light(v(0.0, 1.0 * s, 0.0), 3.5);
}

pub(crate) fn banner(p: &mut Pen) {
    let h = p.size("height", 3.2, 4.8);
    if p.dialect() == Dialect::Organic {
        return super::moorings::banner(p, h);
    }
    if super::banners::own_banner(p, h) {
        return;
    }
    let w = 0.85;
    p.solid(|p| p.post(v(-0.5 * w, 0.0, 0.0), h, 0.075));
    p.finial(v(-0.5 * w, h, 0.0), 0.06);
    p.rail(v(-0.5 * w - 0.15, h - 0.16, 0.03), v(0.5 * w + 0.12, h - 0.16, 0.03), 0.04);
    let long = 0.62 * h;
    p.solid(|p| {
        p.at(v(0.04, h - 0.18, 0.035), 0.0, |p| match p.dialect() {
            Dialect::Sleek | Dialect::Neon => {
                p.bx(Part::Frame, v(0.0, -long, 0.0), v(w, long, 0.035));
                let part = if p.dialect() == Dialect::Neon { Part::Glyphs } else { Part::Screen };
                p.bx(part, v(0.0, -long + 0.04, 0.016), v(w - 0.08, long - 0.08, 0.016));
            }
            _ => {
                p.drape(Part::Cloth, w, long, if p.dialect() == Dialect::Japan { 0.0 } else { 0.16 });
                p.at(v(0.0, -0.02, 0.035), 0.0, |p| p.drape(Part::Cloth2, 0.34 * w, 0.8 * long, 0.25));
            }
        });
    });
    for i in 0..5 {
        let x = -0.4 * w + 0.22 * i as f32 * w;
        p.turned(v(x, h - 0.16, 0.03), Quat::from_rotation_z(PI * 0.5), |p| {
            p.put(Part::Rope, &torus(0.034, 0.008, 10, 4));
        });
    }
    p.put(Part::Stone, &cone(0.24, 0.16, 0.14, 8).at(-0.5 * w, 0.0, 0.0));
    p.rod(Part::Rope, v(0.5 * w + 0.1, h - 0.16, 0.03), v(-0.5 * w, 0.55 * h, 0.02), 0.007);
    p.overgrow_foot(0.4, 0.4);
}
