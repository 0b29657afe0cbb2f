//! Wells, buckets and large vessels.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{extrude, torus};
use gesamt_mesh::{Hull, noise};
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn well(p: &mut Pen) {
    let r = 0.72;
    let h = p.size("height", 2.3, 2.9);
    p.hull(Hull::drum(Vec3::ZERO, r + 0.22, 0.85, 12));
    let rows = 4;
    for row in 0..rows {
        let n = 13;
        for k in 0..n {
            if row + 1 == rows && p.broken(0.25) {
                continue;
            }
            let a = TAU * (k as f32 + 0.5 * (row % 2) as f32) / n as f32;
            let turn = Quat::from_rotation_y(-a);
            let deep = 0.24 + 0.02 * p.rng.signed();
            p.turned(v((r + 0.06) * a.cos(), 0.2 * row as f32, (r + 0.06) * a.sin()), turn, |p| {
                p.bxb(Part::Main, Vec3::ZERO, v(deep, 0.195, 0.365 + 0.02 * p.rng.signed()), 0.02);
            });
        }
    }
    p.put(Part::Soil, &gesamt_mesh::shapes2::hoop(r - 0.02, 0.12, 0.74, 24));
    for k in 0..10 {
        let (a, b) = (TAU * k as f32 / 10.0 + 0.01, TAU * (k as f32 + 1.0) / 10.0 - 0.01);
        let outline = gesamt_mesh::shapes2::arc_band(r - 0.1, r + 0.24, a, b, 3);
        p.turned(v(0.0, 0.84, 0.0), Quat::from_rotation_x(-PI * 0.5), |p| {
            p.put(Part::Stone, &extrude(&outline, 0.12, 0.02));
        });
    }
    p.put_at(Part::Water, &cylinder(r + 0.02, 0.02, 24, 0.0), v(0.0, 0.42, 0.0));
    p.put_at(Part::Stone, &cylinder(r + 0.03, 0.3, 24, 0.0), v(0.0, 0.0, 0.0));
    for s in [-1.0, 1.0] {
        p.post(v(s * (r + 0.08), 0.6, 0.0), h - 0.6, 0.12);
        p.rail(v(s * (r + 0.08), h - 0.5, 0.0), v(s * (r - 0.25), h - 0.08, 0.0), 0.06);
    }
    p.rail(v(-r - 0.3, h - 0.04, 0.0), v(r + 0.3, h - 0.04, 0.0), 0.11);
    p.rod(Part::Frame, v(-r - 0.1, 1.45, 0.0), v(r + 0.34, 1.45, 0.0), 0.035);
    for k in 0..5 {
        p.turned(v(0.07 * k as f32 - 0.14, 1.45, 0.0), Quat::from_rotation_z(PI * 0.5), |p| {
            p.put(Part::Rope, &torus(0.075, 0.03, 12, 5));
        });
    }
    p.turned(v(-0.2, 1.45, 0.0), Quat::from_rotation_z(-PI * 0.5), |p| {
        p.put(Part::Frame, &cylinder(0.07, 0.4, 12, 0.01));
    });
    p.rod(Part::Trim, v(r + 0.32, 1.45, 0.0), v(r + 0.32, 1.2, 0.12), 0.018);
    p.rod(Part::Trim, v(r + 0.32, 1.2, 0.12), v(r + 0.5, 1.2, 0.12), 0.022);
    p.rod(Part::Rope, v(0.05, 1.4, 0.06), v(0.05, 1.1, 0.06), 0.012);
    p.at(v(0.05, 0.78, 0.06), 0.0, bucket);
    if p.dialect() == Dialect::Japan {
        p.at(v(0.0, h, 0.0), 0.0, |p| gable(p, r, 0.42));
    } else if p.dialect() != Dialect::Neon || p.decay() < 0.9 {
        p.at(v(0.0, h, 0.0), 0.0, |p| gable(p, r, 0.55));
    }
    p.hull(Hull::cuboid(v(-r - 0.3, h - 0.1, -0.9), v(r + 0.3, h + 0.5, 0.9)));
    p.overgrow_foot(1.9, 1.9);
    p.overgrow_edge(1.2, 0.85, 0.9);
}

fn gable(p: &mut Pen, r: f32, rise: f32) {
    for yaw in [0.0, PI] {
        p.at(Vec3::ZERO, yaw, |p| {
            let length = (0.85f32 * 0.85 + rise * rise).sqrt();
            let turn = Quat::from_rotation_x(-(PI * 0.5 - (rise / 0.85).atan()));
            p.turned(v(-r - 0.35, -0.02, 0.85), turn, |p| match p.dialect() {
                Dialect::Japan => p.tiles(2.0 * r + 0.7, length),
                Dialect::Neon | Dialect::Metal => p.corrugated(Part::Roof, 2.0 * r + 0.7, length),
                Dialect::Sleek | Dialect::Organic => {
                    p.bxb(Part::Roof, v(r + 0.35, 0.0, 0.0), v(2.0 * r + 0.7, length, 0.05), 0.02);
                }
                _ => p.shingles(2.0 * r + 0.7, length),
            });
            for s in [-1.0, 1.0] {
                p.beam(Part::Frame, v(s * (r + 0.08), 0.0, 0.8), v(s * (r + 0.08), rise - 0.02, 0.0), 0.07, 0.07);
            }
        });
    }
    p.rail(v(-r - 0.36, rise + 0.03, 0.0), v(r + 0.36, rise + 0.03, 0.0), 0.1);
    for s in [-1.0, 1.0] {
        p.beam(Part::Frame, v(s * (r + 0.08), -0.04, 0.0), v(s * (r + 0.08), rise, 0.0), 0.09, 0.09);
    }
}

fn bucket(p: &mut Pen) {
    p.put(Part::Panel, &lathe(&[v2(0.11, 0.0), v2(0.145, 0.24), v2(0.125, 0.24), v2(0.1, 0.04)], 14));
    for y in [0.03, 0.17] {
        p.put_at(Part::Trim, &torus(0.118 + 0.12 * y, 0.009, 14, 4), v(0.0, y, 0.0));
    }
    let handle: Vec<Vec3> = (0..=8)
        .map(|k| {
            let e = Vec2::from_angle(PI * k as f32 / 8.0);
            v(0.14 * e.x, 0.22 + 0.14 * e.y, 0.0)
        })
        .collect();
    p.put(Part::Trim, &tube(&handle, &[0.009; 9], 5));
}

pub(crate) fn urn(p: &mut Pen) {
    let h = p.size("height", 0.7, 1.3);
    let r = 0.36 * h;
    p.hull(Hull::drum(Vec3::ZERO, 1.02 * r, h, 12));
    match p.dialect() {
        Dialect::Timber => amphora(p, h, r),
        _ => vessel(p, h, r),
    }
    p.overgrow_foot(1.6 * r, 1.6 * r);
}

/// The vessels of the other dialects: planter, samovar, tied jar, ribbed egg.
fn vessel(p: &mut Pen, h: f32, r: f32) {
    let turn =
        |profile: &[(f32, f32)], n: u32| lathe(&profile.iter().map(|(a, b)| v2(a * r, b * h)).collect::<Vec<_>>(), n);
    p.crease(48.0);
    match p.dialect() {
        Dialect::Japan => {
            p.put(
                Part::Ceramic,
                &turn(
                    &[
                        (0.5, 0.0),
                        (0.62, 0.03),
                        (0.88, 0.3),
                        (1.0, 0.58),
                        (0.9, 0.76),
                        (0.6, 0.88),
                        (0.56, 0.94),
                        (0.5, 0.95),
                    ],
                    26,
                ),
            );
            p.put(
                Part::Cloth,
                &turn(&[(0.74, 0.84), (0.78, 0.86), (0.64, 0.91), (0.66, 0.95), (0.5, 0.99), (0.0, 1.0)], 18),
            );
            for (k, y) in [0.895, 0.915].into_iter().enumerate() {
                p.put_at(Part::Rope, &torus(0.67 * r - 0.01 * k as f32, 0.016 * h, 20, 5), v(0.0, y * h, 0.0));
            }
            p.at(v(0.0, 0.52 * h, 0.985 * r), 0.0, |p| p.letters(0.5 * r, 0.26 * h, -0.004));
            p.put(
                Part::Rope,
                &tube(
                    &[
                        v(0.1, 0.9, 0.0) * h + v(0.0, 0.0, 0.62 * r),
                        v(0.12, 0.78, 0.0) * h + v(0.0, 0.0, 0.9 * r),
                        v(0.1, 0.66, 0.0) * h + v(0.0, 0.0, 0.98 * r),
                    ],
                    &[0.012 * h; 3],
                    5,
                ),
            );
        }
        Dialect::Steam => {
            p.put(
                Part::Main,
                &turn(
                    &[
                        (0.7, 0.1),
                        (0.5, 0.14),
                        (0.6, 0.2),
                        (0.98, 0.36),
                        (1.0, 0.6),
                        (0.9, 0.68),
                        (0.55, 0.76),
                        (0.55, 0.8),
                        (0.72, 0.82),
                        (0.5, 0.88),
                        (0.2, 0.92),
                    ],
                    26,
                ),
            );
            p.put(Part::Trim, &turn(&[(0.2, 0.9), (0.3, 0.93), (0.26, 0.97), (0.0, 1.0)], 14));
            p.put(Part::Frame, &turn(&[(0.95, 0.03), (0.95, 0.08), (0.7, 0.12)], 20));
            for k in 0..4 {
                let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 4.0) * 0.8 * r;
                p.put_at(Part::Trim, &sphere(0.05 * h, 5, 8), v(e.x, 0.035 * h, e.y));
            }
            for k in 0..14 {
                let e = Vec2::from_angle(TAU * k as f32 / 14.0) * 0.99 * r;
                p.chip(Part::Trim, v(e.x, 0.46 * h, e.y), Vec3::splat(0.022 * h));
            }
            p.rod(Part::Trim, v(0.0, 0.28 * h, 0.7 * r), v(0.0, 0.27 * h, 1.3 * r), 0.022 * h);
            p.rod(Part::Trim, v(0.0, 0.27 * h, 1.26 * r), v(0.0, 0.18 * h, 1.3 * r), 0.018 * h);
            p.rod(Part::Accent, v(-0.06 * h, 0.33 * h, 1.1 * r), v(0.06 * h, 0.33 * h, 1.1 * r), 0.014 * h);
            super::plant::gauge(p, v(0.0, 0.58 * h, 0.96 * r), 0.07 * h);
        }
        Dialect::Organic => super::husks::pitcher(p, h, r),
        _ => {
            p.put(Part::Main, &turn(&[(0.78, 0.0), (0.84, 0.03), (1.0, 0.7), (1.0, 0.8), (0.9, 0.8), (0.86, 0.72)], 6));
            p.put(Part::Frame, &turn(&[(1.0, 0.66), (1.05, 0.68), (1.05, 0.8), (0.92, 0.82), (0.9, 0.74)], 6));
            p.put(Part::Soil, &turn(&[(0.86, 0.6), (0.9, 0.72), (0.0, 0.76)], 12));
            if p.dialect().is_electric() && p.dialect() != Dialect::Metal {
                p.put_at(Part::Glow, &gesamt_mesh::shapes2::hoop(0.93 * r, 0.02, 0.02 * h, 6), v(0.0, 0.5 * h, 0.0));
            }
            for _ in 0..9 {
                let at = v(0.5 * r * p.rng.signed(), 0.74 * h, 0.5 * r * p.rng.signed());
                let tall = h * p.rng.range(0.25, 0.5);
                p.tuft(at, tall);
            }
        }
    }
    p.crease(50.0);
}

fn amphora(p: &mut Pen, h: f32, r: f32) {
    let seed = p.rng.seed();
    let profiles: [&[(f32, f32)]; 3] = [
        &[
            (0.42, 0.0),
            (0.5, 0.04),
            (0.34, 0.1),
            (0.4, 0.14),
            (0.8, 0.32),
            (1.0, 0.55),
            (0.94, 0.7),
            (0.6, 0.84),
            (0.48, 0.88),
            (0.5, 0.92),
            (0.72, 0.98),
            (0.74, 1.0),
            (0.62, 1.0),
            (0.42, 0.9),
        ],
        &[
            (0.5, 0.0),
            (0.6, 0.03),
            (0.92, 0.3),
            (1.0, 0.5),
            (0.85, 0.74),
            (0.52, 0.88),
            (0.46, 0.93),
            (0.62, 0.99),
            (0.62, 1.0),
            (0.5, 1.0),
            (0.38, 0.92),
        ],
        &[
            (0.36, 0.0),
            (0.4, 0.03),
            (0.3, 0.07),
            (0.62, 0.4),
            (0.98, 0.72),
            (0.9, 0.84),
            (0.5, 0.92),
            (0.6, 0.98),
            (0.6, 1.0),
            (0.48, 1.0),
            (0.38, 0.93),
        ],
    ];
    let chosen = profiles[p.rng.below(3)];
    let fine: Vec<Vec2> = chosen
        .windows(2)
        .flat_map(|pair| {
            [
                pair[0],
                (
                    0.5 * (pair[0].0 + pair[1].0) + 0.02 * f32::from(u8::from((pair[1].1 - pair[0].1) > 0.1)),
                    0.5 * (pair[0].1 + pair[1].1),
                ),
            ]
        })
        .chain(chosen.last().copied())
        .map(|(a, b)| v2(a * r, b * h))
        .collect();
    let broken = p.decay() > 0.55 && p.rng.chance(0.6);
    let body = lathe(&fine, 26);
    let body = if broken {
        body.mapped(|q| {
            let cut = 0.66 * h + 0.2 * h * noise::gradient(q / h * 2.5, seed);
            if q.y > cut { v(q.x, cut + 0.05 * (q.y - cut), q.z) } else { q }
        })
    } else {
        body
    };
    p.crease(48.0).put(Part::Main, &body).crease(50.0);
    for (t, part) in [(0.36, Part::Accent), (0.62, Part::Accent)] {
        let at = fine
            .iter()
            .min_by(|a, b| (a.y / h - t).abs().total_cmp(&(b.y / h - t).abs()))
            .copied()
            .unwrap_or(v2(r, 0.5 * h));
        p.put_at(part, &torus(at.x, 0.014 * h, 26, 5), v(0.0, at.y, 0.0));
    }
    if !broken {
        for s in [-1.0, 1.0] {
            let handle: Vec<Vec3> = (0..=9)
                .map(|k| {
                    let e = Vec2::from_angle(2.0 - 3.1 * k as f32 / 9.0);
                    v(s * r * (0.72 + 0.4 * e.x), h * (0.78 + 0.12 * e.y), 0.0)
                })
                .collect();
            p.crease(80.0).put(Part::Main, &tube(&handle, &[0.027 * h; 10], 8)).crease(50.0);
        }
    } else {
        for k in 0..5 {
            let a = TAU * p.rng.unit();
            let size = 0.09 * h * p.rng.range(0.7, 1.3);
            let outline: Vec<Vec2> =
                (0..5).map(|i| Vec2::from_angle(TAU * i as f32 / 5.0) * size * p.rng.range(0.6, 1.1)).collect();
            p.turned(
                v(1.2 * r * a.cos(), 0.015, 1.2 * r * a.sin()),
                Quat::from_rotation_x(PI * 0.5 + 0.1 * k as f32),
                |p| {
                    p.put(Part::Main, &extrude(&outline, 0.025, 0.004));
                },
            );
        }
    }
    if p.overgrowth() > 0.4 {
        for _ in 0..6 {
            let at = v(0.25 * r * p.rng.signed(), if broken { 0.55 * h } else { 0.9 * h }, 0.25 * r * p.rng.signed());
            let tall = p.rng.range(0.25, 0.45);
            p.tuft(at, tall);
        }
    }
}
