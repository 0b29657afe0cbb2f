//! Machines: antennas and generators.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{blob, cone, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{hoop, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::market::vent_box;
use super::panels::Field;
use super::pen::{Pen, v, v2};
use super::plant::gauge;
use crate::style::{Dialect, Part};

pub(crate) fn antenna(p: &mut Pen) {
    let h = p.size("height", 4.5, 7.5);
    let b = 0.3;
    p.hull(Hull::cuboid(v(-b - 0.1, 0.0, -b - 0.1), v(b + 0.1, 0.9 * h, b + 0.1)));
    p.bxb(Part::Stone, Vec3::ZERO, v(2.0 * b + 0.5, 0.2, 2.0 * b + 0.5), 0.03);
    match p.dialect() {
        Dialect::Organic => super::moorings::listener(p, h),
        Dialect::Sleek => super::masts::mast(p, h),
        Dialect::Timber | Dialect::Japan => super::beacons::beacon(p, h),
        dialect => {
            let taper = |y: f32| b * (1.0 - 0.72 * y / h);
            let n = (h / 0.85) as usize;
            let corner = |k: usize, y: f32| {
                let (sx, sz) = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)][k % 4];
                v(sx * taper(y), y, sz * taper(y))
            };
            let top = 0.86 * h;
            for k in 0..4 {
                p.put(Part::Frame, &tube(&[corner(k, 0.1), corner(k, top)], &[0.038, 0.028], 6));
                for i in 0..n {
                    let (y0, y1) =
                        (0.2 + (top - 0.2) * i as f32 / n as f32, 0.2 + (top - 0.2) * (i as f32 + 1.0) / n as f32);
                    let flip = (i + k) % 2;
                    p.put(Part::Frame, &tube(&[corner(k + flip, y0), corner(k + 1 - flip, y1)], &[0.017, 0.017], 4));
                    p.put(Part::Frame, &tube(&[corner(k, y1), corner(k + 1, y1)], &[0.017, 0.017], 4));
                }
            }
            p.rod(Part::Trim, v(0.0, top - 0.3, 0.0), v(0.0, h, 0.0), 0.025);
            p.put_at(Part::Glow2, &sphere(0.06, 5, 8), v(0.0, h, 0.0));
            if dialect == Dialect::Steam {
                for k in 0..3 {
                    p.put_at(
                        Part::Trim,
                        &torus(0.36 - 0.09 * k as f32, 0.03, 20, 6),
                        v(0.0, top + 0.1 + 0.24 * k as f32, 0.0),
                    );
                }
                p.put_at(Part::Accent, &sphere(0.16, 6, 12), v(0.0, h - 0.05, 0.0));
                p.at(v(0.0, 0.62 * h, 0.2), 0.0, |p| p.gear(Part::Accent, 0.34, 0.06));
            } else {
                for (k, (y, yaw, r)) in [(0.78, 0.5, 0.5), (0.62, -1.9, 0.36)].into_iter().enumerate() {
                    p.at(v(0.0, y * h, 0.0), yaw, |p| dish(p, r, k == 0));
                }
                for k in 0..3 {
                    let a = TAU * k as f32 / 3.0;
                    p.at(v(0.22 * a.sin(), top - 0.45, 0.22 * a.cos()), a, |p| {
                        p.bx(Part::Panel, Vec3::ZERO, v(0.14, 0.7, 0.07));
                    });
                }
                p.at(v(0.0, 0.82, b + 0.04), 0.0, |p| vent_box(p, 0.4, 0.5, 0.22));
                p.cable(Part::Rubber, corner(0, 0.8 * h), corner(0, 0.3), 0.0, 0.02);
            }
            let r = 0.75;
            p.hull(Hull::cuboid(v(-r, 0.55 * h, -r), v(r, 0.85 * h, r)));
        }
    }
    let bounds = p.bounds();
    p.hull(Hull::cuboid(v(-0.1, 0.8 * h, -0.1), v(0.1, bounds.max.y, 0.1)));
    p.overgrow_foot(0.9, 0.9);
}

fn dish(p: &mut Pen, r: f32, big: bool) {
    p.rod(Part::Frame, Vec3::ZERO, v(0.0, 0.0, 0.3), 0.03);
    p.turned(v(0.0, 0.0, 0.32), Quat::from_rotation_x(PI * 0.5 - 0.35), |p| {
        let profile = [
            v2(0.06, -0.03),
            v2(0.55 * r, 0.06 * r),
            v2(r, 0.3 * r),
            v2(1.02 * r, 0.33 * r),
            v2(0.97 * r, 0.33 * r),
            v2(0.5 * r, 0.1 * r),
        ];
        p.crease(60.0).put(Part::Panel, &lathe(&profile, 24)).crease(50.0);
        p.put_at(Part::Trim, &cone(0.05, 0.03, 0.1, 8), v(0.0, 0.62 * r, 0.0));
        for k in 0..3 {
            let e = Vec2::from_angle(TAU * k as f32 / 3.0) * 0.95 * r;
            p.rod(Part::Trim, v(e.x, 0.32 * r, e.y), v(0.0, 0.68 * r, 0.0), 0.01);
        }
        if big {
            p.put_at(Part::Frame, &cylinder(0.09, 0.14, 10, 0.01), v(0.0, -0.14, 0.0));
        }
    });
}

pub(crate) fn generator(p: &mut Pen) {
    let s = p.size("size", 0.8, 1.25);
    let (w, h, d) = (1.9 * s, 1.35 * s, 1.1 * s);
    match p.dialect() {
        Dialect::Steam => boiler(p, w, h, d),
        Dialect::Timber | Dialect::Japan => mill(p, w, h, d),
        Dialect::Organic => super::organs::heart(p, w, h),
        _ => genset(p, w, h, d),
    }
    let b = p.bounds();
    p.hull(Hull::cuboid(v(0.96 * b.min.x, 0.0, 0.9 * b.min.z), v(0.96 * b.max.x, 0.86 * h, 0.9 * b.max.z)));
    p.hull(Hull::cuboid(v(-0.36 * w, 0.6 * h, -0.3 * d), v(0.36 * w, b.max.y, 0.3 * d)));
    p.overgrow_foot(w, d);
}

fn genset(p: &mut Pen, w: f32, h: f32, d: f32) {
    let sleek = p.dialect() == Dialect::Sleek;
    for z in [-0.36, 0.36] {
        p.bx(Part::Frame, v(0.0, 0.0, z * d), v(1.04 * w, 0.16, 0.12));
    }
    p.bxb(Part::Main, v(0.0, 0.14, 0.0), v(w, h - 0.14, d), if sleek { 0.1 } else { 0.035 });
    for x in [-0.32f32, 0.0, 0.32] {
        if x > 0.1 {
            for k in 0..9 {
                p.turned(v(x * w, 0.3 + 0.075 * h * k as f32, 0.5 * d), Quat::from_rotation_x(-0.5), |p| {
                    p.chip(Part::Frame, Vec3::ZERO, v(0.26 * w, 0.012, 0.07));
                });
            }
            p.bx(Part::Rubber, v(x * w, 0.26, 0.5 * d - 0.012), v(0.28 * w, 0.66 * h, 0.02));
        } else {
            p.bxb(Part::Main, v(x * w, 0.26, 0.5 * d - 0.01), v(0.28 * w, 0.62 * h, 0.035), 0.012);
            p.rod(
                Part::Trim,
                v(x * w + 0.1 * w, 0.5 * h, 0.5 * d + 0.05),
                v(x * w + 0.1 * w, 0.62 * h, 0.5 * d + 0.05),
                0.013,
            );
            p.bolts(
                Part::Trim,
                v(x * w - 0.12 * w, 0.32, 0.5 * d + 0.026),
                v(x * w - 0.12 * w, 0.3 + 0.54 * h, 0.5 * d + 0.026),
                3,
                0.012,
            );
        }
    }
    genset_back(p, w, h, d);
    p.bx(Part::Screen, v(-0.32 * w, 0.72 * h, 0.5 * d + 0.026), v(0.16 * w, 0.12 * h, 0.02));
    for k in 0..3 {
        p.bx(
            if k == 0 { Part::Glow } else { Part::Glow2 },
            v(-0.4 * w + 0.07 * k as f32, 0.64 * h, 0.5 * d + 0.026),
            v(0.03, 0.03, 0.02),
        );
    }
    if sleek {
        for x in [-0.25, 0.25] {
            p.put_at(Part::Frame, &cylinder(0.22 * d, 0.1, 20, 0.02), v(x * w, h - 0.02, 0.0));
            p.put_at(Part::Glow, &torus(0.18 * d, 0.025, 24, 6), v(x * w, h + 0.08, 0.0));
        }
        p.put_at(Part::Glow, &hoop(0.0 + 0.1, 0.03, 0.3, 16), v(0.0, h - 0.02, 0.0));
    } else {
        p.turned(v(-0.28 * w, h, 0.0), Quat::IDENTITY, |p| {
            p.put(Part::Frame, &cylinder(0.34 * d, 0.06, 20, 0.01));
            for k in 1..4 {
                p.put_at(Part::Trim, &torus(0.34 * d * k as f32 / 3.4, 0.011, 20, 4), v(0.0, 0.08, 0.0));
            }
            for k in 0..4 {
                let e = Vec2::from_angle(PI * k as f32 / 4.0) * 0.32 * d;
                p.rod(Part::Trim, v(-e.x, 0.08, -e.y), v(e.x, 0.08, e.y), 0.009);
            }
        });
        let x = 0.34 * w;
        p.pipe(
            Part::Trim,
            &[v(x, h - 0.02, -0.1), v(x, h + 0.42, -0.1), v(x, h + 0.5, -0.06), v(x, h + 0.54, 0.06)],
            0.065,
        );
        p.put_at(Part::Frame, &cylinder(0.11, 0.28, 14, 0.03), v(x, h + 0.06, -0.1));
    }
    for (x, z) in [(-0.5, 0.2), (-0.5, -0.1)] {
        let a = v(x * w, 0.4, z * d);
        p.put(
            Part::Rubber,
            &tube(
                &[
                    a,
                    a + v(-0.16, -0.06, 0.02),
                    a + v(-0.2, -0.28, 0.05),
                    a + v(-0.24, -0.37, 0.16),
                    a + v(-0.2, -0.37, 0.4),
                ],
                &[0.03; 5],
                7,
            ),
        );
    }
}

/// The back and the ends of a generator: doors, louvres, a plate and, where things glow, a line of light.
fn genset_back(p: &mut Pen, w: f32, h: f32, d: f32) {
    let glow = matches!(p.dialect(), Dialect::Neon | Dialect::Sleek);
    for (yaw, wide, deep) in [(PI, w, 0.5 * d), (0.5 * PI, d, 0.5 * w), (-0.5 * PI, d, 0.5 * w)] {
        let back = yaw == PI;
        let field = Field { columns: if back { 3 } else { 2 }, vent: true, plate: back, glow: glow && back };
        p.at(v(0.0, 0.5 * (h + 0.14), 0.0), yaw, |p| {
            p.at(v(0.0, 0.0, deep), 0.0, |p| p.panelled(v2(wide - 0.12, h - 0.3), &field));
        });
    }
}

fn boiler(p: &mut Pen, w: f32, h: f32, d: f32) {
    for s in [-0.34, 0.34] {
        p.bxb(Part::Frame, v(s * w, 0.0, 0.0), v(0.2, 0.4 * h, 0.86 * d), 0.03);
    }
    let r = 0.36 * h;
    p.turned(v(-0.5 * w, 0.3 * h + r * 0.8, 0.0), Quat::from_rotation_z(-PI * 0.5), |p| {
        p.put(
            Part::Main,
            &lathe(
                &[
                    v2(0.5 * r, 0.0),
                    v2(0.9 * r, 0.06 * w),
                    v2(r, 0.12 * w),
                    v2(r, 0.88 * w),
                    v2(0.9 * r, 0.94 * w),
                    v2(0.5 * r, w),
                ],
                26,
            ),
        );
        for k in 0..4 {
            let y = w * (0.13 + 0.24 * k as f32);
            p.put_at(Part::Trim, &hoop(r - 0.005, 0.03, 0.07, 26), v(0.0, y, 0.0));
            for i in 0..12 {
                let e = Vec2::from_angle(TAU * i as f32 / 12.0) * (r + 0.026);
                p.chip(Part::Accent, v(e.x, y + 0.022, e.y), Vec3::splat(0.028));
            }
        }
    });
    let y = 0.3 * h + 0.8 * r;
    p.put_at(
        Part::Frame,
        &lathe(&[v2(0.17, 0.0), v2(0.13, 0.12), v2(0.11, 0.75), v2(0.16, 0.82), v2(0.17, 0.92), v2(0.12, 0.92)], 16),
        v(-0.3 * w, y + 0.8 * r, 0.0),
    );
    p.put_at(
        Part::Accent,
        &lathe(&[v2(0.2, 0.0), v2(0.2, 0.12), v2(0.13, 0.24), v2(0.0, 0.3)], 16),
        v(0.06 * w, y + 0.92 * r, 0.0),
    );
    p.at(v(0.36 * w, 0.55 * h, 0.5 * d + 0.06), 0.0, |p| p.gear(Part::Accent, 0.3, 0.07));
    p.at(v(0.14 * w, 0.36 * h, 0.5 * d + 0.06), 0.15, |p| p.gear(Part::Trim, 0.18, 0.06));
    p.bx(Part::Frame, v(0.27 * w, 0.0, 0.42 * d), v(0.3 * w, 0.34 * h, 0.1));
    p.rod(Part::Trim, v(0.36 * w, 0.55 * h, 0.25 * d), v(0.36 * w, 0.55 * h, 0.5 * d + 0.1), 0.04);
    for k in 0..3 {
        gauge(p, v(-0.32 * w + 0.2 * k as f32, y + 0.1, r * 0.93), 0.08);
    }
    p.pipe(
        Part::Trim,
        &[
            v(0.1 * w, y + 1.1 * r, 0.1),
            v(0.1 * w, y + 1.35 * r, 0.2),
            v(0.3 * w, y + 1.35 * r, 0.34),
            v(0.42 * w, y + 1.1 * r, 0.4),
            v(0.42 * w, 0.2, 0.42),
        ],
        0.045,
    );
    p.turned(v(-0.5 * w - 0.02, y, 0.0), Quat::from_rotation_z(PI * 0.5), |p| {
        p.put(Part::Frame, &cylinder(0.5 * r, 0.06, 16, 0.012));
        p.put(Part::Flame, &cylinder(0.24 * r, 0.075, 12, 0.0));
    });
    p.light(v(-0.5 * w - 0.2, y, 0.0), 0.1, [1.0, 0.45, 0.15], 3.0, gesamt_mesh::LightGroup::Fire);
}

fn mill(p: &mut Pen, w: f32, h: f32, d: f32) {
    for s in [-1.0, 1.0] {
        for z in [-0.4, 0.4] {
            p.beam(Part::Frame, v(s * 0.46 * w, 0.0, z * d), v(s * 0.4 * w, h, z * d * 0.8), 0.13, 0.13);
        }
        p.rail(v(s * 0.43 * w, 0.55 * h, -0.4 * d), v(s * 0.43 * w, 0.55 * h, 0.4 * d), 0.11);
        p.rail(v(s * 0.41 * w, h - 0.05, -0.4 * d), v(s * 0.41 * w, h - 0.05, 0.4 * d), 0.1);
    }
    for z in [-0.34, 0.34] {
        p.rail(v(-0.46 * w, h - 0.02, z * d), v(0.46 * w, h - 0.02, z * d), 0.1);
        p.rail(v(-0.48 * w, 0.12, z * d), v(0.48 * w, 0.12, z * d), 0.1);
    }
    p.rod(Part::Frame, v(-0.56 * w, 0.58 * h, 0.0), v(0.56 * w, 0.58 * h, 0.0), 0.07);
    p.at(v(-0.2 * w, 0.58 * h, 0.0), 0.0, |p| p.wheel(0.52 * h, 0.16));
    p.turned(v(0.22 * w, 0.58 * h, 0.0), Quat::from_rotation_y(PI * 0.5), |p| p.gear(Part::Main, 0.3 * h, 0.1));
    let stone = lathe(&[v2(0.3, 0.0), v2(0.32, 0.03), v2(0.32, 0.17), v2(0.28, 0.2)], 20);
    p.put_at(Part::Stone, &stone, v(0.2 * w, 0.12, 0.0));
    p.put_at(Part::Stone, &stone, v(0.2 * w, 0.3, 0.0));
    p.rod(Part::Frame, v(0.2 * w, 0.3, 0.0), v(0.2 * w, 0.62 * h, 0.0), 0.05);
    p.put_at(
        Part::Panel,
        &lathe(&[v2(0.1, 0.0), v2(0.3, 0.34), v2(0.27, 0.34), v2(0.08, 0.05)], 4),
        v(0.38 * w, h - 0.1, 0.0),
    );
    p.sack(v(-0.36 * w, 0.0, 0.5 * d), 0.2);
    if p.style.genre == Genre::MedievalFantasy || p.style.genre == Genre::FairyTale {
        p.crease(10.0).put_at(Part::Crystal, &blob(0, |_| 0.16), v(0.22 * w, h + 0.16, 0.0)).crease(50.0);
        p.put_at(Part::Trim, &torus(0.2, 0.02, 18, 5), v(0.22 * w, h + 0.12, 0.0));
        p.rod(Part::Trim, v(0.22 * w, h - 0.1, -0.2), v(0.22 * w, h + 0.12, -0.2), 0.02);
        p.rail(v(0.22 * w, h - 0.05, -0.4 * d), v(0.22 * w, h - 0.05, 0.4 * d), 0.09);
    }
}
