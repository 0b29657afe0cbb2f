//! Altars with what stands on them.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::noise;
use gesamt_mesh::shapes::{blob, cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{extrude, loft, oriented, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn altar(p: &mut Pen) {
    let w = 2.2;
    p.solid(|p| {
        p.bxb(Part::Stone, Vec3::ZERO, v(w + 0.6, 0.16, 1.7), 0.03);
        p.bxb(Part::Stone, v(0.0, 0.14, -0.1), v(w + 0.2, 0.16, 1.35), 0.03);
    });
    p.at(v(0.0, 0.29, -0.15), 0.0, |p| {
        p.solid(|p| altar_block(p, w));
        altar_top(p, w);
    });
    for s in [-1.0, 1.0] {
        p.at(v(s * (0.5 * w + 0.02), 0.15, 0.35), 0.0, |p| offering_light(p));
    }
    p.overgrow_foot(w + 0.6, 1.7);
    p.overgrow_edge(w, 1.2, 0.34);
}

fn altar_block(p: &mut Pen, w: f32) {
    match p.dialect() {
        Dialect::Organic => {
            let seed = p.rng.seed();
            let shape = blob(3, |d| 0.5 * (1.0 + 0.1 * noise::fbm(d * 2.0, 2, seed)))
                .mapped(|q| v(q.x * w, (q.y * 1.1 + 0.42).clamp(0.0, 0.86), q.z * 1.1));
            p.crease(60.0).put(Part::Main, &shape).crease(50.0);
            for s in [-1.0, 1.0] {
                for k in 0..3 {
                    let x = s * (0.2 + 0.32 * k as f32);
                    p.bone(v(x, 0.0, 0.5), v(x * 0.92, 0.86, 0.4), v(0.0, 0.0, 0.14), 0.08, 0.05);
                }
            }
        }
        Dialect::Sleek | Dialect::Neon => {
            p.bxb(Part::Main, Vec3::ZERO, v(0.72 * w, 0.75, 0.6), 0.06);
            p.bxb(Part::Frame, v(0.0, 0.74, 0.0), v(w, 0.12, 0.95), 0.045);
            p.bx(Part::Glow, v(0.0, 0.7, 0.3), v(0.7 * w, 0.03, 0.03));
            p.at(v(0.0, 0.38, 0.31), 0.0, |p| p.letters_glow(0.5 * w, 0.34, 0.0));
        }
        _ => {
            p.bxb(Part::Stone, Vec3::ZERO, v(0.9 * w, 0.12, 0.78), 0.03);
            p.bxb(Part::Main, v(0.0, 0.1, 0.0), v(0.82 * w, 0.68, 0.66), 0.02);
            for i in 0..5 {
                let x = (i as f32 - 2.0) * 0.19 * w;
                p.bxb(Part::Stone, v(x, 0.12, 0.33), v(0.09, 0.62, 0.07), 0.02);
                if i < 4 {
                    let mid = x + 0.095 * w;
                    let outline: Vec<Vec2> = [v2(-0.13, -0.22), v2(0.13, -0.22)]
                        .into_iter()
                        .chain((0..=8).map(|k| Vec2::from_angle(PI * k as f32 / 8.0) * v2(0.13, 0.17) + v2(0.0, 0.08)))
                        .collect();
                    p.put_at(Part::Stone, &extrude(&outline, 0.05, 0.012), v(mid, 0.4, 0.33));
                }
            }
            let cracked = p.decay() > 0.6;
            p.bxb(
                Part::Stone,
                v(if cracked { -0.27 * w } else { 0.0 }, 0.77, 0.0),
                v(if cracked { 0.46 * w } else { w }, 0.14, 0.92),
                0.03,
            );
            if cracked {
                p.turned(v(0.25 * w, 0.75, 0.03), Quat::from_rotation_z(-0.06) * Quat::from_rotation_y(0.05), |p| {
                    p.bxb(Part::Stone, Vec3::ZERO, v(0.5 * w, 0.14, 0.9), 0.03);
                });
            }
        }
    }
}

fn altar_top(p: &mut Pen, w: f32) {
    let y = 0.9;
    if !matches!(p.dialect(), Dialect::Sleek | Dialect::Organic) {
        let runner = slab([4, 14], 0.014, |x, t| {
            let q = 1.5 * t - 0.25;
            let (z, yy) = if q < 0.0 {
                (-0.47, y + 1.4 * q)
            } else if q > 1.0 {
                (0.475, y - 1.4 * (q - 1.0))
            } else {
                (0.95 * (q - 0.5), y + 0.018)
            };
            v(0.5 * (x - 0.5), yy + 0.004 * (9.0 * x).sin(), z + 0.008 * (8.0 * x).sin())
        });
        p.put(Part::Cloth, &oriented(runner));
    }
    p.at(v(0.0, y + 0.02, 0.0), 0.0, |p| match p.dialect() {
        Dialect::Sleek | Dialect::Neon => {
            p.put(
                Part::Frame,
                &lathe(&[v2(0.26, 0.0), v2(0.2, 0.06), v2(0.06, 0.12), v2(0.05, 0.3), v2(0.12, 0.36)], 20),
            );
            let gem = oriented(loft(&[
                vec![v(0.0, 0.4, 0.0)],
                (0..6)
                    .map(|k| {
                        let e = Vec2::from_angle(TAU * k as f32 / 6.0) * 0.15;
                        v(e.x, 0.66, e.y)
                    })
                    .collect(),
                vec![v(0.0, 1.05, 0.0)],
            ]));
            p.crease(10.0).put(Part::Glow, &gem).crease(50.0);
            p.put_at(Part::Trim, &torus(0.24, 0.012, 24, 5), v(0.0, 0.68, 0.0));
            for k in 0..3 {
                let e = Vec2::from_angle(TAU * k as f32 / 3.0);
                p.put(
                    Part::Trim,
                    &tube(
                        &[v(0.1 * e.x, 0.32, 0.1 * e.y), v(0.2 * e.x, 0.5, 0.2 * e.y), v(0.24 * e.x, 0.68, 0.24 * e.y)],
                        &[0.014; 3],
                        5,
                    ),
                );
            }
        }
        Dialect::Japan => {
            p.bx(Part::Frame, v(0.0, 0.0, -0.12), v(0.8, 0.06, 0.42));
            for s in [-1.0, 1.0] {
                p.bx(Part::Frame, v(s * 0.32, 0.05, -0.12), v(0.06, 0.5, 0.3));
                p.bottle(Part::Ceramic, v(s * 0.52, 0.0, 0.12), 0.28);
                p.put_at(Part::Plant, &sphere(0.1, 4, 6), v(s * 0.52, 0.34, 0.12));
            }
            p.bx(Part::Panel, v(0.0, 0.05, -0.22), v(0.6, 0.48, 0.06));
            p.turned(v(0.0, 0.28, -0.14), Quat::from_rotation_x(PI * 0.5), |p| {
                p.put(Part::Trim, &cylinder(0.14, 0.03, 24, 0.008));
            });
            p.at(v(0.0, 0.52, -0.1), 0.0, |p| p.lean_roof(1.0, 0.6, 0.16));
            p.bowl(Part::Ceramic, v(0.0, 0.0, 0.25), 0.11);
        }
        Dialect::Organic => {
            let egg = blob(3, |d| 0.2 * (1.0 + 0.08 * (5.0 * d.z.atan2(d.x)).cos()));
            p.crease(80.0).put_at(Part::Glow, &egg.mapped(|q| v(q.x, 1.4 * q.y, q.z)), v(0.0, 0.24, 0.0)).crease(50.0);
            for k in 0..6 {
                let e = Vec2::from_angle(TAU * k as f32 / 6.0);
                p.put(
                    Part::Frame,
                    &tube(
                        &[
                            v(0.28 * e.x, -0.05, 0.28 * e.y),
                            v(0.3 * e.x, 0.25, 0.3 * e.y),
                            v(0.16 * e.x, 0.55, 0.16 * e.y),
                        ],
                        &[0.05, 0.035, 0.0],
                        6,
                    ),
                );
            }
        }
        _ => {
            let gothic = p.style.genre == Genre::GothicHorror;
            if gothic {
                p.at(v(0.0, 0.0, 0.12), 0.0, |p| skull(p, 0.1));
            } else {
                p.put(
                    Part::Accent,
                    &lathe(
                        &[
                            v2(0.1, 0.0),
                            v2(0.09, 0.02),
                            v2(0.025, 0.05),
                            v2(0.025, 0.16),
                            v2(0.11, 0.24),
                            v2(0.12, 0.34),
                            v2(0.1, 0.33),
                            v2(0.05, 0.25),
                        ],
                        16,
                    ),
                );
            }
            p.bx(Part::Frame, v(-0.55, 0.0, 0.05), v(0.34, 0.05, 0.26));
            p.turned(v(-0.55, 0.09, 0.05), Quat::from_rotation_y(0.2), |p| {
                p.bx(Part::Pages, v(0.0, -0.035, 0.0), v(0.3, 0.06, 0.22));
            });
            for (x, z, tall) in [(-0.86, -0.2, 0.3), (0.86, -0.2, 0.3), (0.66, 0.1, 0.2), (-0.72, -0.25, 0.18)] {
                candle(p, v(x * w / 2.2, 0.0, z), tall);
            }
        }
    });
    p.lamp_light(v(0.0, y + 0.5, 0.2), 3.0);
}

/// A skull of radius `r` facing +Z, resting on its jaw.
fn skull(p: &mut Pen, r: f32) {
    let cranium = blob(3, |d| r * (1.0 - 0.12 * d.x * d.x)).mapped(|q| v(q.x, q.y, 1.15 * q.z));
    p.crease(80.0).put_at(Part::Ceramic, &cranium, v(0.0, 1.25 * r, -0.1 * r));
    p.put_at(Part::Ceramic, &blob(1, |_| 0.55 * r).mapped(|q| v(q.x, 0.9 * q.y, q.z)), v(0.0, 0.5 * r, 0.5 * r));
    for s in [-1.0, 1.0] {
        p.put_at(Part::Rubber, &sphere(0.26 * r, 5, 8), v(s * 0.38 * r, 1.05 * r, 0.82 * r));
    }
    p.crease(50.0);
}

/// A candle with a small flame.
pub(crate) fn candle(p: &mut Pen, at: Vec3, h: f32) {
    p.put_at(Part::Trim, &lathe(&[v2(0.07, 0.0), v2(0.06, 0.015), v2(0.02, 0.03)], 10), at);
    p.put_at(Part::Cloth2, &cylinder(0.028, h, 10, 0.006), at + v(0.0, 0.015, 0.0));
    let top = at + v(0.0, h + 0.015, 0.0);
    p.put(Part::Flame, &tube(&[top, top + v(0.0, 0.025, 0.0), top + v(0.004, 0.08, 0.0)], &[0.008, 0.014, 0.0], 6));
}

fn offering_light(p: &mut Pen) {
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon | Dialect::Organic => {
            p.post(Vec3::ZERO, 1.0, 0.09);
            p.put_at(Part::Glow, &sphere(0.11, 6, 12), v(0.0, 1.1, 0.0));
        }
        Dialect::Japan => {
            p.post(Vec3::ZERO, 0.9, 0.07);
            p.rail(v(0.0, 0.9, -0.1), v(0.0, 0.9, 0.2), 0.04);
            p.at(v(0.0, 0.9, 0.14), 0.0, |p| p.hanging_lantern(0.4, false));
        }
        _ => {
            p.put(
                Part::Trim,
                &lathe(
                    &[
                        v2(0.16, 0.0),
                        v2(0.14, 0.03),
                        v2(0.03, 0.1),
                        v2(0.025, 0.5),
                        v2(0.045, 0.54),
                        v2(0.025, 0.58),
                        v2(0.022, 1.0),
                        v2(0.11, 1.06),
                        v2(0.09, 1.07),
                    ],
                    14,
                ),
            );
            for (x, z) in [(0.0, 0.0), (0.055, 0.02), (-0.04, 0.045)] {
                let tall = p.rng.range(0.1, 0.24);
                candle(p, v(x, 1.05, z), tall);
            }
        }
    }
}
