//! Columns and piers.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{hoop, loft, oriented, torus};
use gesamt_mesh::{Hull, noise};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::build::rough;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn column(p: &mut Pen) {
    let h = p.size("height", 3.0, 6.0);
    let r = 0.075 * h + 0.04;
    let broken = p.rng.chance((1.6 * (p.decay() - 0.45)).clamp(0.0, 0.85));
    let tall = if broken { h * p.rng.range(0.4, 0.75) } else { h };
    p.hull(Hull::drum(Vec3::ZERO, 1.35 * r, tall, 10));
    match p.dialect() {
        Dialect::Timber if p.style.genre == Genre::GothicHorror => clustered(p, tall, r, broken),
        Dialect::Timber => fluted(p, tall, r, broken),
        Dialect::Japan => bracketed(p, h, r),
        Dialect::Neon => service_pillar(p, h, r),
        Dialect::Sleek => light_pillar(p, h, r),
        Dialect::Metal => girder(p, h, r),
        Dialect::Steam => cast_iron(p, h, r),
        Dialect::Organic => super::gates::column(p, h, r),
    }
    if broken && p.dialect() == Dialect::Timber {
        let at = v(1.9 * r, r, 1.4 * r);
        p.turned(at, Quat::from_rotation_y(0.5) * Quat::from_rotation_z(PI * 0.5), |p| {
            let seed = p.rng.seed();
            let drum = rough(flutes([0.95 * r, 0.93 * r], 0.0, 1.6 * r, 16), 0.04, 3.0, seed);
            p.solid(|p| {
                p.put(Part::Main, &drum);
            });
        });
    }
    p.overgrow_foot(2.2 * r, 2.2 * r);
    if p.overgrowth() > 0.35 {
        let turns = p.rng.range(1.0, 1.8);
        let path: Vec<Vec3> = (0..=14)
            .map(|i| {
                let t = i as f32 / 14.0;
                let a = TAU * turns * t;
                v(1.08 * r * a.cos(), 0.7 * tall * t, 1.08 * r * a.sin())
            })
            .collect();
        if p.left() > 1400 {
            p.vine(&path, 0.16);
        }
    }
}

fn flutes([r0, r1]: [f32; 2], y0: f32, h: f32, n: usize) -> gesamt_mesh::Shape {
    let section = |y: f32, s: f32| -> Vec<Vec3> {
        let r = r0 + (r1 - r0) * y / h;
        (0..2 * n)
            .map(|k| {
                let e = Vec2::from_angle(PI * k as f32 / n as f32) * r * s * if k % 2 == 0 { 1.0 } else { 0.93 };
                v(e.x, y0 + y, e.y)
            })
            .collect()
    };
    oriented(loft(&[
        section(0.0, 0.97),
        section(0.03 * h, 1.0),
        section(0.6 * h, 1.0),
        section(0.97 * h, 1.0),
        section(h, 0.97),
    ]))
}

fn fluted(p: &mut Pen, h: f32, r: f32, broken: bool) {
    p.bxb(Part::Stone, Vec3::ZERO, v(2.8 * r, 0.3 * r, 2.8 * r), 0.03);
    let base = [
        v2(1.35 * r, 0.3 * r),
        v2(1.4 * r, 0.42 * r),
        v2(1.3 * r, 0.55 * r),
        v2(1.12 * r, 0.6 * r),
        v2(1.2 * r, 0.72 * r),
        v2(1.06 * r, 0.82 * r),
    ];
    p.put(Part::Stone, &lathe(&base, 24));
    let top = h - if broken { 0.0 } else { 1.1 * r };
    // Drums with fine joints.
    let drums = ((top - 0.8 * r) / 1.1).ceil() as usize;
    let each = (top - 0.8 * r) / drums as f32;
    for k in 0..drums {
        let girth = |y: f32| r * (1.0 - 0.15 * (y / h).powf(1.6));
        let y = 0.8 * r + each * k as f32;
        let shape = flutes([girth(y), girth(y + each)], y, each, 16);
        let last = broken && k + 1 == drums;
        let seed = p.rng.seed();
        let shape = if last {
            shape.mapped(|q| {
                if q.y > 0.8 * r + each * (k as f32 + 0.6) {
                    q - Vec3::Y * each * 0.8 * (0.5 + 0.5 * noise::gradient(q * 3.0, seed)).clamp(0.0, 0.9)
                } else {
                    q
                }
            })
        } else {
            shape
        };
        p.at(Vec3::ZERO, 0.02 * p.rng.signed() * p.decay(), |p| {
            p.put(Part::Main, &shape);
        });
    }
    if broken {
        return;
    }
    let cap = [
        v2(0.9 * r, top),
        v2(0.98 * r, top + 0.06 * r),
        v2(0.9 * r, top + 0.14 * r),
        v2(1.3 * r, top + 0.7 * r),
        v2(1.35 * r, top + 0.76 * r),
    ];
    p.put(Part::Stone, &lathe(&cap, 24));
    p.bxb(Part::Stone, v(0.0, top + 0.72 * r, 0.0), v(2.75 * r, 0.38 * r, 2.75 * r), 0.03);
    if matches!(p.style.genre, Genre::MedievalFantasy | Genre::FairyTale) {
        for k in 0..8 {
            let a = TAU * k as f32 / 8.0;
            let out = v(a.cos(), 0.0, a.sin());
            let base = out * 0.92 * r + Vec3::Y * (top + 0.08 * r);
            let path = [
                base,
                base + out * 0.22 * r + Vec3::Y * 0.38 * r,
                base + out * 0.52 * r + Vec3::Y * 0.5 * r,
                base + out * 0.5 * r + Vec3::Y * 0.34 * r,
            ];
            p.put(Part::Stone, &tube(&path, &[0.2 * r, 0.17 * r, 0.1 * r, 0.05 * r], 6));
        }
    }
}

fn clustered(p: &mut Pen, h: f32, r: f32, broken: bool) {
    p.put(
        Part::Stone,
        &lathe(
            &[
                v2(1.5 * r, 0.0),
                v2(1.5 * r, 0.35 * r),
                v2(1.3 * r, 0.6 * r),
                v2(1.35 * r, 0.75 * r),
                v2(1.1 * r, 0.9 * r),
            ],
            8,
        ),
    );
    let top = h - if broken { 0.0 } else { 1.2 * r };
    p.drum(Part::Main, v(0.0, 0.5 * r, 0.0), 0.72 * r, top - 0.5 * r);
    for k in 0..8 {
        let e = Vec2::from_angle(TAU * k as f32 / 8.0) * 0.78 * r;
        let cut = if broken { p.rng.range(0.6, 1.0) } else { 1.0 };
        p.put_at(Part::Main, &cylinder(0.26 * r, (top - 0.5 * r) * cut, 8, 0.01), v(e.x, 0.5 * r, e.y));
        p.put_at(Part::Stone, &torus(0.27 * r, 0.07 * r, 8, 5), v(e.x, 0.95 * r, e.y));
        if !broken {
            p.put_at(Part::Stone, &torus(0.27 * r, 0.06 * r, 8, 5), v(e.x, 0.5 * top, e.y));
        }
    }
    if !broken {
        p.put(
            Part::Stone,
            &lathe(
                &[
                    v2(1.0 * r, top - 0.1 * r),
                    v2(1.1 * r, top),
                    v2(1.05 * r, top + 0.1 * r),
                    v2(1.45 * r, top + 0.9 * r),
                    v2(1.5 * r, top + 1.2 * r),
                ],
                8,
            ),
        );
        for k in 0..8 {
            let e = Vec2::from_angle(TAU * k as f32 / 8.0) * 1.25 * r;
            p.put_at(Part::Stone, &sphere(0.17 * r, 4, 6), v(e.x, top + 0.6 * r, e.y));
        }
    }
}

fn bracketed(p: &mut Pen, h: f32, r: f32) {
    let r = 0.8 * r;
    p.put(Part::Stone, &lathe(&[v2(1.7 * r, 0.0), v2(1.7 * r, 0.3 * r), v2(1.3 * r, 0.6 * r)], 12));
    p.put_at(
        Part::Frame,
        &lathe(&[v2(r, 0.0), v2(1.02 * r, 0.4 * h), v2(0.9 * r, 0.86 * h)], 16),
        v(0.0, 0.55 * r, 0.0),
    );
    p.put_at(Part::Trim, &hoop(0.98 * r, 0.02, 0.5 * r, 16), v(0.0, 0.62 * r, 0.0));
    let y = 0.86 * h + 0.3 * r;
    for (k, s) in [1.5, 2.6, 3.6].into_iter().enumerate() {
        let yy = y + 0.55 * r * k as f32;
        for yaw in [0.0, PI * 0.5] {
            p.at(v(0.0, yy, 0.0), yaw, |p| {
                p.bx(Part::Frame, Vec3::ZERO, v(2.0 * s * 0.75 * r, 0.32 * r, 0.5 * r));
                for e in [-1.0, 1.0] {
                    p.bx(Part::Main, v(e * (0.75 * s - 0.28) * r, 0.28 * r, 0.0), v(0.6 * r, 0.3 * r, 0.6 * r));
                }
            });
        }
    }
    p.bx(Part::Frame, v(0.0, y + 1.7 * r, 0.0), v(5.6 * r, 0.4 * r, 0.7 * r));
}

fn service_pillar(p: &mut Pen, h: f32, r: f32) {
    p.bxb(Part::Main, Vec3::ZERO, v(2.0 * r, h, 2.0 * r), 0.08);
    p.bxb(Part::Frame, Vec3::ZERO, v(2.4 * r, 0.4, 2.4 * r), 0.05);
    p.bxb(Part::Frame, v(0.0, h - 0.35, 0.0), v(2.5 * r, 0.35, 2.5 * r), 0.05);
    for (k, y) in [0.62, 0.66, 0.7].into_iter().enumerate() {
        let part = if k == 1 { Part::Glow2 } else { Part::Glow };
        let s = r + 0.012;
        let c = [v(-s, y * h, -s), v(s, y * h, -s), v(s, y * h, s), v(-s, y * h, s)];
        for i in 0..4 {
            p.rod(part, c[i], c[(i + 1) % 4], 0.014);
        }
    }
    p.at(v(0.0, 0.42 * h, r + 0.05), 0.0, |p| p.sign_board(1.3 * r, 0.34 * h, false));
    for (x, z, rr) in [(-1.0, 0.55, 0.05), (-1.0, 0.2, 0.035), (1.0, -0.3, 0.06)] {
        let x = x * (r + rr);
        p.rod(Part::Trim, v(x, 0.0, z * r), v(x, h - 0.1, z * r), rr);
        for y in [0.25, 0.55, 0.85] {
            p.bx(Part::Frame, v(x, y * h, z * r), v(2.6 * rr, 0.05, 2.6 * rr));
        }
    }
    p.cable(Part::Rubber, v(r, 0.9 * h, r), v(-r, 0.55 * h, r + 0.03), 0.2, 0.014);
}

fn light_pillar(p: &mut Pen, h: f32, r: f32) {
    let hex = |y: f32, s: f32, twist: f32| -> Vec<Vec3> {
        (0..12)
            .map(|k| {
                let a = TAU * k as f32 / 12.0 + twist;
                let q = if k % 2 == 0 { 1.0 } else { 0.93 };
                v(r * s * q * a.cos(), y, r * s * q * a.sin())
            })
            .collect()
    };
    p.put(
        Part::Main,
        &oriented(loft(&[
            hex(0.0, 1.5, 0.0),
            hex(0.08 * h, 1.15, 0.0),
            hex(0.4 * h, 0.82, 0.0),
            hex(0.75 * h, 0.9, 0.0),
            hex(h, 1.6, 0.0),
        ])),
    );
    for k in 0..6 {
        let e = Vec2::from_angle(TAU * k as f32 / 6.0 + TAU / 12.0);
        let at = |s: f32, y: f32| v(s * r * e.x, y, s * r * e.y);
        p.put(
            Part::Glow,
            &tube(&[at(1.1, 0.09 * h), at(0.79, 0.4 * h), at(0.86, 0.74 * h), at(1.35, 0.93 * h)], &[0.02; 4], 5),
        );
    }
    p.put_at(Part::Trim, &hoop(0.84 * r, 0.05, 0.12, 24), v(0.0, 0.45 * h, 0.0));
}

fn girder(p: &mut Pen, h: f32, r: f32) {
    p.bxb(Part::Stone, Vec3::ZERO, v(3.0 * r, 0.35, 3.0 * r), 0.04);
    p.bx(Part::Frame, v(0.0, 0.33, 0.0), v(2.3 * r, 0.05, 2.3 * r));
    for s in [-1.0, 1.0] {
        p.bx(Part::Panel, v(0.0, 0.36, s * 0.85 * r), v(1.8 * r, h - 0.36, 0.07));
        for e in [-1.0, 1.0] {
            p.bolts(Part::Trim, v(e * 0.7 * r, 0.5, s * 0.92 * r), v(e * 0.7 * r, h - 0.2, s * 0.92 * r), 14, 0.016);
            p.put_at(Part::Trim, &cylinder(0.03, 0.08, 6, 0.0), v(e * 0.95 * r, 0.37, s * 0.95 * r));
        }
    }
    p.bx(Part::Panel, v(0.0, 0.36, 0.0), v(0.06, h - 0.36, 1.7 * r));
    let n = (h / 0.55) as usize;
    for i in 0..n {
        let (y0, y1) = (0.4 + (h - 0.5) * i as f32 / n as f32, 0.4 + (h - 0.5) * (i as f32 + 1.0) / n as f32);
        for s in [-1.0, 1.0] {
            let flip = if i % 2 == 0 { 1.0 } else { -1.0 };
            p.beam(
                Part::Frame,
                v(s * 0.85 * r, y0, -flip * 0.75 * r),
                v(s * 0.85 * r, y1, flip * 0.75 * r),
                0.035,
                0.06,
            );
        }
    }
    p.bx(Part::Frame, v(0.0, h - 0.05, 0.0), v(2.4 * r, 0.05, 2.2 * r));
}

fn cast_iron(p: &mut Pen, h: f32, r: f32) {
    let r = 0.75 * r;
    p.bxb(Part::Stone, Vec3::ZERO, v(3.4 * r, 0.3, 3.4 * r), 0.04);
    let profile = [
        v2(1.5 * r, 0.28),
        v2(1.5 * r, 0.4),
        v2(1.1 * r, 0.55),
        v2(1.15 * r, 0.9),
        v2(0.9 * r, 1.0),
        v2(0.85 * r, 0.5 * h),
        v2(1.0 * r, 0.52 * h),
        v2(0.85 * r, 0.54 * h),
        v2(0.75 * r, 0.84 * h),
        v2(0.95 * r, 0.86 * h),
        v2(0.8 * r, 0.88 * h),
        v2(1.7 * r, h - 0.12),
        v2(1.75 * r, h),
    ];
    p.put(Part::Frame, &lathe(&profile, 20));
    for y in [0.52 * h, 0.86 * h, 0.42] {
        p.put_at(Part::Trim, &torus(1.02 * r, 0.03, 20, 6), v(0.0, y, 0.0));
    }
    for k in 0..12 {
        let e = Vec2::from_angle(TAU * k as f32 / 12.0) * 1.12 * r;
        p.chip(Part::Trim, v(e.x, 0.7, e.y), Vec3::splat(0.035));
    }
    for k in 0..4 {
        let a = TAU * k as f32 / 4.0;
        let out = v(a.cos(), 0.0, a.sin());
        let scroll: Vec<Vec3> = (0..=10)
            .map(|i| {
                let b = PI * 0.5 * i as f32 / 10.0;
                out * (0.8 * r + 2.6 * r * (1.0 - b.cos())) + Vec3::Y * (0.8 * h + (0.2 * h - 0.05) * b.sin())
            })
            .collect();
        p.put(Part::Trim, &tube(&scroll, &[0.035; 11], 6));
    }
    let path: Vec<Vec3> = (0..=12).map(|i| v(0.9 * r, 0.4 + (0.4 * h) * i as f32 / 12.0, 0.4 * r)).collect();
    p.pipe(Part::Accent, &path, 0.035);
    p.put_at(Part::Trim, &sphere(0.075, 6, 10), v(0.95 * r, 0.42 + 0.4 * h, 0.4 * r));
}
