//! Sacred and old things: statues, altars, tombstones, rubble, wells and urns.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{blob, cone, cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{extrude, loft, oriented, torus};
use gesamt_mesh::{Hull, noise};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::build::rough;
use super::ground::boulder;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn statue(p: &mut Pen) {
    let h = p.size("height", 2.8, 4.6);
    let (base, figure_h) = (0.3 * h, 0.7 * h);
    let wide = 0.42 * h;
    p.solid(|p| pedestal(p, wide, base));
    p.at(v(0.0, base, 0.0), 0.0, |p| {
        p.solid(|p| match p.dialect() {
            Dialect::Sleek => ring_sculpture(p, figure_h),
            Dialect::Organic => idol(p, figure_h),
            Dialect::Japan => seated(p, figure_h * 0.92),
            _ => figure(p, figure_h),
        });
    });
    p.overgrow_foot(wide, wide);
    p.overgrow_edge(0.9 * wide, base, 0.48 * wide);
}

fn pedestal(p: &mut Pen, w: f32, h: f32) {
    p.bxb(Part::Stone, Vec3::ZERO, v(w, 0.16 * h, w), 0.025);
    p.bxb(Part::Stone, v(0.0, 0.16 * h, 0.0), v(0.9 * w, 0.12 * h, 0.9 * w), 0.03);
    p.bxb(Part::Stone, v(0.0, 0.27 * h, 0.0), v(0.78 * w, 0.6 * h, 0.78 * w), 0.02);
    p.bxb(Part::Stone, v(0.0, 0.84 * h, 0.0), v(0.9 * w, 0.09 * h, 0.9 * w), 0.03);
    p.bxb(Part::Stone, v(0.0, 0.92 * h, 0.0), v(0.82 * w, 0.09 * h, 0.82 * w), 0.02);
    p.bxb(Part::Trim, v(0.0, 0.4 * h, 0.39 * w - 0.01), v(0.5 * w, 0.3 * h, 0.03), 0.008);
    p.at(v(0.0, 0.55 * h, 0.39 * w), 0.0, |p| {
        if p.dialect().is_electric() {
            p.letters_glow(0.4 * w, 0.2 * h, 0.01)
        } else {
            p.letters(0.4 * w, 0.2 * h, 0.008)
        }
    });
}

/// A standing robed figure: lofted robe with folds, arms, head, and what the genre puts in its hands.
fn figure(p: &mut Pen, h: f32) {
    let seed = p.rng.seed();
    let gothic = matches!(p.style.genre, Genre::GothicHorror | Genre::Noir);
    let machine = matches!(p.dialect(), Dialect::Neon | Dialect::Steam);
    // (height, half width, half depth, forward, fold depth)
    let rows = [
        (0.0, 0.2, 0.17, 0.0, 0.16),
        (0.05, 0.19, 0.165, 0.0, 0.16),
        (0.2, 0.155, 0.135, 0.005, 0.13),
        (0.38, 0.13, 0.11, 0.01, 0.08),
        (0.5, 0.125, 0.1, 0.008, 0.05),
        (0.56, 0.105, 0.085, 0.005, 0.03),
        (0.64, 0.12, 0.09, 0.008, 0.02),
        (0.72, 0.14, 0.095, 0.004, 0.01),
        (0.78, 0.135, 0.085, -0.005, 0.0),
        (0.815, 0.07, 0.06, -0.005, 0.0),
        (0.84, 0.042, 0.044, 0.0, 0.0),
        (0.87, 0.04, 0.042, 0.005, 0.0),
    ];
    let sections: Vec<Vec<Vec3>> = rows
        .iter()
        .map(|(y, a, b, z, fold)| {
            (0..28)
                .map(|k| {
                    let t = TAU * k as f32 / 28.0;
                    let ripple = 1.0 + fold * (7.0 * t + 1.3 * noise::gradient(v(t, 4.0 * y, 0.0), seed)).sin();
                    v(h * a * ripple * t.cos(), h * y, h * (z + b * ripple * t.sin()))
                })
                .collect()
        })
        .collect();
    p.crease(70.0).put(Part::Main, &oriented(loft(&sections)));
    let head = blob(3, |d| h * 0.058 * (1.0 + 0.08 * (-d.y).max(0.0) * d.z - 0.05 * d.x * d.x))
        .mapped(|q| v(0.9 * q.x, 1.22 * q.y, q.z));
    let lost = p.decay() > 0.7 && p.rng.chance(0.5);
    if !lost {
        p.put_at(Part::Main, &head, v(0.0, 0.925 * h, 0.012 * h));
        p.put_at(
            Part::Main,
            &tube(&[v(0.0, 0.01, 0.06) * h, v(0.0, -0.02, 0.07) * h], &[0.006 * h, 0.011 * h], 5),
            v(0.0, 0.925 * h, 0.006 * h),
        );
    }
    arms(p, h, gothic);
    p.crease(50.0);
    match p.style.genre {
        Genre::GothicHorror | Genre::Noir => {
            hood(p, h, seed);
            for s in [-1.0, 1.0] {
                wing(p, h, s);
            }
        }
        Genre::MedievalFantasy | Genre::FairyTale | Genre::Ancient | Genre::Western => {
            p.put_at(Part::Main, &torus(0.056 * h, 0.013 * h, 16, 6), v(0.0, 0.965 * h, 0.0));
            for k in 0..7 {
                let a = TAU * k as f32 / 7.0;
                p.put_at(
                    Part::Main,
                    &cone(0.013 * h, 0.0, 0.04 * h, 4),
                    v(0.056 * h * a.cos(), 0.97 * h, 0.056 * h * a.sin()),
                );
            }
            sword(p, h);
        }
        _ if machine => {
            p.put_at(Part::Glow, &sphere(0.016 * h, 5, 8), v(0.02 * h, 0.935 * h, 0.066 * h));
            p.put_at(Part::Glow, &sphere(0.016 * h, 5, 8), v(-0.02 * h, 0.935 * h, 0.066 * h));
            p.at(v(0.0, 0.7 * h, 0.085 * h), 0.0, |p| p.gear(Part::Trim, 0.06 * h, 0.03 * h));
            p.at(v(0.0, 0.9 * h, -0.12 * h), 0.0, |p| {
                p.turned(Vec3::ZERO, Quat::from_rotation_x(PI * 0.5), |p| {
                    p.put(
                        if p.dialect() == Dialect::Neon { Part::Glow } else { Part::Trim },
                        &torus(0.14 * h, 0.012 * h, 28, 6),
                    );
                });
                p.rod(Part::Trim, v(0.0, -0.14 * h, 0.0), v(0.0, -0.22 * h, 0.06 * h), 0.014 * h);
            });
            for s in [-1.0, 1.0] {
                let path = [
                    v(0.1 * s, 0.75, -0.06) * h,
                    v(0.16 * s, 0.6, -0.12) * h,
                    v(0.12 * s, 0.3, -0.14) * h,
                    v(0.1 * s, 0.02, -0.12) * h,
                ];
                p.put(Part::Trim, &tube(&path, &[0.018 * h; 4], 6));
            }
        }
        _ => sword(p, h),
    }
}

fn arms(p: &mut Pen, h: f32, folded: bool) {
    for s in [-1.0, 1.0] {
        let missing = p.decay() > 0.55 && p.rng.chance(0.35);
        let (shoulder, elbow, hand) = if folded {
            (v(s * 0.125, 0.75, 0.0), v(s * 0.15, 0.6, 0.06), v(s * 0.015, 0.66, 0.13))
        } else {
            (v(s * 0.125, 0.755, 0.0), v(s * 0.165, 0.61, 0.02), v(s * 0.03, 0.53, 0.13))
        };
        let end = if missing { shoulder.lerp(elbow, 0.8) } else { hand };
        let path = if missing {
            vec![shoulder * h, end * h]
        } else {
            vec![shoulder * h, shoulder.lerp(elbow, 0.6) * h, elbow * h, elbow.lerp(hand, 0.55) * h, hand * h]
        };
        let radius: Vec<f32> = if missing {
            vec![0.045 * h, 0.036 * h]
        } else {
            [0.048, 0.042, 0.042, 0.046, 0.036].map(|r| r * h).to_vec()
        };
        p.put(Part::Main, &tube(&path, &radius, 9));
        if !missing {
            p.put_at(Part::Main, &sphere(0.026 * h, 5, 8), hand * h + v(-0.005 * s, -0.004, 0.012) * h);
        }
        p.put_at(Part::Main, &sphere(0.052 * h, 6, 10), v(s * 0.122, 0.752, 0.0) * h);
    }
}

fn sword(p: &mut Pen, h: f32) {
    let z = 0.15 * h;
    let blade = [v2(-0.018, 0.56), v2(-0.018, 0.1), v2(0.0, 0.02), v2(0.018, 0.1), v2(0.018, 0.56)].map(|q| q * h);
    p.put_at(Part::Trim, &extrude(&blade, 0.014 * h, 0.004 * h), v(0.0, 0.0, z));
    p.bx(Part::Trim, v(0.0, 0.545 * h, z), v(0.17 * h, 0.022 * h, 0.03 * h));
    p.rod(Part::Trim, v(0.0, 0.56 * h, z), v(0.0, 0.66 * h, z), 0.013 * h);
    p.put_at(Part::Trim, &sphere(0.022 * h, 5, 8), v(0.0, 0.67 * h, z));
}

fn hood(p: &mut Pen, h: f32, seed: u32) {
    let shape = slab([12, 8], 0.014 * h, |x, y| {
        let a = PI * (0.06 + 0.88 * x) + PI;
        let t = y;
        let (r, yy) = (0.078 + 0.05 * (1.0 - t) * (1.0 - t), 0.79 + 0.2 * t);
        let pinch = (1.0 - t * t * t).max(0.05);
        let w = 1.0 + 0.04 * noise::gradient(v(8.0 * x, 5.0 * y, 0.0), seed);
        v(h * r * pinch.sqrt() * w * a.cos(), h * yy, h * (0.02 + r * w * a.sin() * pinch.sqrt()))
    });
    p.crease(80.0).put(Part::Main, &oriented(shape)).crease(50.0);
}

fn wing(p: &mut Pen, h: f32, s: f32) {
    let root = v(0.05 * s, 0.72, -0.09) * h;
    let bone = [
        root,
        root + v(0.12 * s, 0.14, -0.05) * h,
        root + v(0.2 * s, 0.24, -0.06) * h,
        root + v(0.26 * s, 0.2, -0.06) * h,
    ];
    p.put(Part::Main, &tube(&bone, &[0.035 * h, 0.03 * h, 0.024 * h, 0.012 * h], 7));
    for k in 0..9 {
        let t = k as f32 / 8.0;
        let at = bone[0].lerp(bone[1], (2.0 * t).min(1.0)).lerp(bone[3], (2.0 * t - 1.0).max(0.0));
        let dir = v(s * (0.05 + 0.14 * t), -0.95, -0.12).normalize();
        let long = h * (0.3 + 0.28 * (PI * (0.2 + 0.6 * t)).sin());
        if p.broken(0.25) {
            continue;
        }
        let outline = [
            v2(-0.026 * h, 0.0),
            v2(0.026 * h, 0.0),
            v2(0.032 * h, 0.7 * long),
            v2(0.0, long),
            v2(-0.032 * h, 0.7 * long),
        ];
        p.turned(at + v(0.0, 0.02 * h, -0.004 * h * k as f32), Quat::from_rotation_arc(Vec3::Y, dir), |p| {
            p.put(Part::Main, &extrude(&outline, 0.018 * h, 0.004 * h));
        });
    }
}

fn seated(p: &mut Pen, h: f32) {
    let row = |y: f32, a: f32, b: f32, z: f32, square: f32| -> Vec<Vec3> {
        (0..24)
            .map(|k| {
                let t = TAU * k as f32 / 24.0;
                let q = 1.0 + square * (2.0 * t).sin().powi(2) * 0.12;
                v(h * a * q * t.cos(), h * y, h * (z + b * q * t.sin()))
            })
            .collect()
    };
    p.crease(75.0);
    for k in 0..14 {
        let a = TAU * k as f32 / 14.0;
        let petal = blob(1, |_| 0.11 * h).mapped(|q| v(q.x * 0.55, q.y * 0.75, q.z * 0.8));
        p.turned(
            v(0.36 * h * a.sin(), 0.075 * h, 0.3 * h * a.cos()),
            Quat::from_rotation_y(a) * Quat::from_rotation_x(-0.5),
            |p| {
                p.put(Part::Stone, &petal);
            },
        );
    }
    p.put(Part::Stone, &lathe(&[v2(0.34, 0.0), v2(0.38, 0.06), v2(0.36, 0.13)].map(|q| q * h), 24));
    p.put(
        Part::Main,
        &oriented(loft(&[
            row(0.11, 0.34, 0.25, 0.02, 1.0),
            row(0.18, 0.35, 0.26, 0.03, 1.0),
            row(0.27, 0.27, 0.2, 0.02, 0.5),
            row(0.36, 0.17, 0.13, -0.02, 0.0),
            row(0.5, 0.19, 0.14, -0.03, 0.0),
            row(0.62, 0.22, 0.13, -0.04, 0.0),
            row(0.68, 0.18, 0.11, -0.04, 0.0),
            row(0.71, 0.075, 0.07, -0.02, 0.0),
            row(0.75, 0.065, 0.065, -0.01, 0.0),
        ])),
    );
    let head = blob(3, |d| 0.115 * h * (1.0 - 0.06 * d.x * d.x + 0.05 * d.z * (-d.y).max(0.0)))
        .mapped(|q| v(0.9 * q.x, 1.12 * q.y, q.z));
    p.put_at(Part::Main, &head, v(0.0, 0.85 * h, 0.0));
    p.put_at(Part::Main, &sphere(0.045 * h, 6, 10), v(0.0, 0.98 * h, -0.01 * h));
    for s in [-1.0, 1.0] {
        p.put(
            Part::Main,
            &tube(
                &[
                    v(s * 0.2, 0.63, -0.04) * h,
                    v(s * 0.27, 0.42, 0.03) * h,
                    v(s * 0.16, 0.31, 0.18) * h,
                    v(s * 0.03, 0.3, 0.21) * h,
                ],
                &[0.07 * h, 0.065 * h, 0.055 * h, 0.04 * h],
                10,
            ),
        );
        p.put_at(
            Part::Main,
            &blob(1, |_| 0.03 * h).mapped(|q| v(0.5 * q.x, 1.5 * q.y, q.z)),
            v(s * 0.105, 0.84, -0.005) * h,
        );
    }
    p.crease(50.0);
    p.turned(v(0.0, 0.86 * h, -0.13 * h), Quat::from_rotation_x(PI * 0.5), |p| {
        p.put(Part::Trim, &torus(0.2 * h, 0.014 * h, 28, 6));
    });
    p.rod(Part::Trim, v(0.0, 0.3 * h, -0.13 * h), v(0.0, 0.68 * h, -0.13 * h), 0.014 * h);
    let bib = slab([10, 5], 0.016 * h, |x, y| {
        let a = PI * (0.16 + 0.68 * x);
        let r = 0.1 + 0.1 * (1.0 - y);
        v(1.15 * r * a.cos(), 0.7 - 0.2 * (1.0 - y) * a.sin(), 0.03 + 0.8 * r * a.sin() - 0.06 * (1.0 - y) * (1.0 - y))
            * h
    });
    p.put(Part::Cloth, &oriented(bib));
}

fn ring_sculpture(p: &mut Pen, h: f32) {
    for (k, (r, tilt)) in [(0.42f32, 0.2f32), (0.33, 1.1), (0.24, 2.0)].into_iter().enumerate() {
        let turn = Quat::from_rotation_y(0.9 * k as f32) * Quat::from_rotation_x(PI * 0.5 - tilt);
        p.turned(v(0.0, 0.54 * h, 0.0), turn, |p| {
            let band = gesamt_mesh::shapes2::ring(
                &[
                    v2(r * h, -0.035 * h),
                    v2((r + 0.02) * h, -0.03 * h),
                    v2((r + 0.02) * h, 0.03 * h),
                    v2(r * h, 0.035 * h),
                    v2((r - 0.012) * h, 0.0),
                ],
                48,
            );
            p.put(if k == 1 { Part::Trim } else { Part::Main }, &band);
        });
    }
    p.put_at(Part::Glow, &blob(3, |_| 0.1 * h), v(0.0, 0.54 * h, 0.0));
    p.light(v(0.0, 0.54 * h, 0.0), 0.12 * h, p.style.colors[4], 5.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
    p.put(Part::Frame, &lathe(&[v2(0.2, 0.0), v2(0.1, 0.03), v2(0.045, 0.09), v2(0.05, 0.14)].map(|q| q * h), 20));
    let spine = [v(0.0, 0.1, 0.0) * h, v(0.0, 0.13, 0.0) * h];
    p.put(Part::Frame, &tube(&spine, &[0.05 * h, 0.06 * h], 10));
}

fn idol(p: &mut Pen, h: f32) {
    let seed = p.rng.seed();
    p.crease(80.0);
    let body = blob(4, |d| {
        let ridge = 1.0 + 0.1 * (8.0 * d.z.atan2(d.x)).cos() * (1.0 - d.y * d.y);
        0.26 * h * ridge * (1.0 + 0.12 * noise::fbm(d * 2.0, 2, seed))
    });
    p.put_at(Part::Main, &body.mapped(|q| v(q.x, 1.35 * q.y, 0.9 * q.z)), v(0.0, 0.62 * h, 0.0));
    for k in 0..9 {
        let a = TAU * k as f32 / 9.0;
        let (c, s) = (a.cos(), a.sin());
        let path = [
            v(0.1 * c, 0.5, 0.1 * s),
            v(0.22 * c, 0.3, 0.22 * s),
            v(0.2 * c, 0.12, 0.2 * s),
            v(0.3 * c, 0.015, 0.3 * s),
            v(0.4 * c, 0.05, 0.4 * s),
        ]
        .map(|q| q * h);
        p.put(Part::Main, &tube(&path, &[0.07 * h, 0.06 * h, 0.05 * h, 0.035 * h, 0.0], 9));
    }
    for k in 0..7 {
        let a = PI * (k as f32 - 3.0) / 7.0;
        let path = [
            v(0.2 * a.sin(), 0.82, -0.05),
            v(0.33 * a.sin(), 0.95, -0.1),
            v(0.36 * a.sin(), 1.02 - 0.02 * (k as f32 - 3.0).abs(), -0.02),
        ]
        .map(|q| q * h);
        p.put(Part::Frame, &tube(&path, &[0.04 * h, 0.03 * h, 0.0], 7));
    }
    for (x, y, r) in
        [(0.0, 0.68, 0.055), (0.11, 0.62, 0.036), (-0.11, 0.62, 0.036), (0.07, 0.74, 0.028), (-0.07, 0.74, 0.028)]
    {
        p.put_at(Part::Glow, &sphere(r * h, 6, 10), v(x, y, 0.245 - 0.6 * x * x / 0.1 * 0.1) * h);
    }
    p.crease(50.0);
}

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

pub(crate) fn tombstone(p: &mut Pen) {
    let h = p.size("height", 0.85, 1.4);
    let w = 0.62 * h.min(1.1);
    let lean = Quat::from_rotation_z(0.12 * p.decay() * p.rng.signed())
        * Quat::from_rotation_x(-0.1 * p.decay() * p.rng.unit());
    p.solid(|p| {
        p.bxb(Part::Stone, Vec3::ZERO, v(w + 0.22, 0.16, 0.42), 0.03);
    });
    if p.dialect() == Dialect::Japan {
        p.bxb(Part::Stone, v(0.0, 0.15, 0.0), v(0.36, 0.14, 0.36), 0.02);
        p.solid(|p| {
            p.bxb(Part::Main, v(0.0, 0.28, 0.0), v(0.24, h - 0.3, 0.24), 0.03);
        });
        p.at(v(0.0, 0.28 + 0.5 * (h - 0.3), 0.12), 0.0, |p| p.letters(0.14, 0.6 * h, 0.0));
        p.bottle(Part::Ceramic, v(0.22, 0.15, 0.14), 0.16);
        p.overgrow_foot(0.7, 0.5);
        return;
    }
    let kind = p.rng.below(3);
    let y0 = 0.1;
    let top = h - y0;
    let outline: Vec<Vec2> = match (kind, p.dialect()) {
        (_, Dialect::Organic) => vec![
            v2(-0.42 * w, 0.0),
            v2(0.42 * w, 0.0),
            v2(0.5 * w, 0.35 * top),
            v2(0.32 * w, 0.8 * top),
            v2(0.1 * w, top),
            v2(-0.04 * w, 0.84 * top),
            v2(-0.34 * w, 0.9 * top),
            v2(-0.5 * w, 0.5 * top),
        ],
        (_, Dialect::Sleek | Dialect::Neon) => {
            vec![v2(-0.5 * w, 0.0), v2(0.5 * w, 0.0), v2(0.5 * w, 0.8 * top), v2(0.2 * w, top), v2(-0.5 * w, top)]
        }
        (0, _) => [v2(-0.5 * w, 0.0), v2(0.5 * w, 0.0)]
            .into_iter()
            .chain((0..=10).map(|k| Vec2::from_angle(PI * k as f32 / 10.0) * 0.5 * w + v2(0.0, top - 0.5 * w)))
            .collect(),
        (1, _) => {
            let (a, b) = (0.13 * w, 0.5 * w);
            vec![
                v2(-a, 0.0),
                v2(a, 0.0),
                v2(1.1 * a, 0.52 * top),
                v2(b, 0.55 * top),
                v2(b, 0.55 * top + 2.0 * a),
                v2(a, 0.55 * top + 2.0 * a),
                v2(a, top),
                v2(-a, top),
                v2(-a, 0.55 * top + 2.0 * a),
                v2(-b, 0.55 * top + 2.0 * a),
                v2(-b, 0.55 * top),
                v2(-1.1 * a, 0.52 * top),
            ]
        }
        _ => vec![
            v2(-0.5 * w, 0.0),
            v2(0.5 * w, 0.0),
            v2(0.5 * w, 0.68 * top),
            v2(0.4 * w, 0.76 * top),
            v2(0.4 * w, 0.82 * top),
            v2(0.0, top),
            v2(-0.4 * w, 0.82 * top),
            v2(-0.4 * w, 0.76 * top),
            v2(-0.5 * w, 0.68 * top),
        ],
    };
    p.turned(v(0.0, y0, 0.0), lean, |p| {
        let deep = 0.17;
        let seed = p.rng.seed();
        let worn = rough(extrude(&outline, deep, 0.025), 0.02 * p.decay(), 4.0, seed);
        p.solid(|p| {
            p.put(Part::Main, &worn);
        });
        if kind != 1 || matches!(p.dialect(), Dialect::Sleek | Dialect::Neon | Dialect::Organic) {
            p.at(v(0.0, 0.45 * top, 0.5 * deep), 0.0, |p| {
                if p.dialect().is_electric() {
                    p.letters_glow(0.6 * w, 0.3 * top, 0.006)
                } else {
                    p.letters(0.6 * w, 0.3 * top, -0.012)
                }
            });
            p.turned(v(0.0, 0.78 * top, 0.5 * deep), Quat::from_rotation_x(PI * 0.5), |p| {
                p.put(Part::Stone, &torus(0.11 * w, 0.018, 16, 5));
            });
        } else {
            p.turned(v(0.0, 0.55 * top + 0.13 * w, 0.0), Quat::from_rotation_x(PI * 0.5), |p| {
                p.put(Part::Main, &torus(0.3 * w, 0.035, 20, 6));
            });
        }
    });
    // The grave: a low mound with stones.
    let seed = p.rng.seed();
    let mound = blob(2, |d| 0.5 * (1.0 + 0.12 * noise::fbm(d * 3.0, 2, seed)))
        .mapped(|q| v(q.x * 0.9 * w * 1.3, (q.y * 0.3).max(-0.02), q.z * 1.7 + 0.95));
    p.crease(70.0).put(Part::Soil, &mound).crease(50.0);
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, 0.2), v(0.5 * w, 0.14, 1.75)));
    for s in [-1.0, 1.0] {
        for k in 0..4 {
            let stone = boulder(Vec3::splat(p.rng.range(0.14, 0.22)), 5, 1, p.rng.seed());
            p.crease(30.0).put_at(Part::Rock, &stone, v(s * 0.56 * w, -0.01, 0.35 + 0.42 * k as f32)).crease(50.0);
        }
    }
    if p.life() > 0.4 && !p.dialect().is_electric() {
        candle(p, v(0.3 * w, 0.15, 0.15), 0.1);
    }
    let n = (3.0 + 8.0 * p.overgrowth()) as usize;
    for _ in 0..n {
        let at = v(0.7 * w * p.rng.signed(), -0.01, p.rng.range(-0.2, 1.6));
        let tall = p.rng.range(0.12, 0.3);
        p.tuft(at, tall);
    }
}

pub(crate) fn rubble(p: &mut Pen) {
    let s = p.size("size", 1.4, 2.8);
    let seed = p.rng.seed();
    let heap = |x: f32, z: f32| 0.26 * s * (1.0 - (x * x + z * z) / (0.27 * s * s)).max(0.0);
    let mound = blob(2, |d| 0.5 * (1.0 + 0.22 * noise::fbm(d * 2.0, 2, seed)))
        .mapped(|q| v(q.x * 0.9 * s, (q.y * 0.44 * s).max(-0.03), q.z * 0.76 * s));
    p.crease(24.0).put(Part::Main, &mound).crease(50.0);
    // What still stands: the jagged stump of a wall.
    let (w, h) = (0.85 * s, 0.52 * s);
    let broken = move |x: f32| h * (0.25 + 0.75 * (x / w) + 0.5 * noise::gradient(v(3.0 * x / w, 0.5, 0.0), seed));
    p.at(v(-0.5 * s, 0.0, -0.22 * s), 0.12, |p| {
        if p.dialect().is_electric() || p.dialect() == Dialect::Organic {
            let outline: Vec<Vec2> = [v2(0.0, 0.0), v2(w, 0.0)]
                .into_iter()
                .chain((0..=9).rev().map(|k| {
                    v2(w * k as f32 / 9.0, broken(w * k as f32 / 9.0).max(0.12 * h) + 0.06 * h * p.rng.signed())
                }))
                .collect();
            p.put(Part::Main, &extrude(&outline, 0.16 * s, 0.02));
            for k in 0..4 {
                let x = w * (k as f32 + 0.7) / 4.5;
                let top = broken(x).max(0.1 * h);
                p.put(
                    Part::Trim,
                    &tube(
                        &[
                            v(x, top - 0.15, 0.0),
                            v(x, top + 0.05, 0.01),
                            v(x + 0.1 * p.rng.signed(), top + 0.25 * s * p.rng.range(0.3, 0.8), 0.12 * p.rng.signed()),
                        ],
                        &[0.011; 3],
                        5,
                    ),
                );
            }
        } else {
            super::walls::masonry(p, Part::Main, w, 1.5 * h, 0.2 * s, |x, y| y < broken(x));
        }
    });
    for i in 0..26 {
        let (a, r) = (TAU * p.rng.unit(), 0.56 * s * p.rng.unit().sqrt());
        let (x, z) = (r * a.cos(), 0.8 * r * a.sin());
        let size = s
            * if i < 7 { p.rng.range(0.15, 0.24) } else { p.rng.range(0.06, 0.13) }
            * if r > 0.42 * s { 0.75 } else { 1.0 };
        let turn = Quat::from_rotation_y(TAU * p.rng.unit())
            * Quat::from_rotation_x(0.5 * p.rng.signed())
            * Quat::from_rotation_z(0.5 * p.rng.signed());
        let part = if p.rng.chance(0.3) { Part::Stone } else { Part::Main };
        p.turned(v(x, (0.85 * heap(x, z)).max(0.22 * size), z), turn, |p| match i % 3 {
            0 => {
                let outline: Vec<Vec2> =
                    (0..6).map(|k| Vec2::from_angle(TAU * k as f32 / 6.0) * size * p.rng.range(0.55, 1.1)).collect();
                p.turned(Vec3::ZERO, Quat::from_rotation_x(PI * 0.5), |p| {
                    p.put(part, &extrude(&outline, 0.34 * size, 0.05 * size));
                });
            }
            1 => {
                p.bxb(part, v(0.0, -0.35 * size, 0.0), v(1.5 * size, 0.7 * size, size), 0.1 * size);
            }
            _ => {
                let shape = boulder(Vec3::splat(1.4 * size), 7, 1, p.rng.seed());
                p.crease(24.0).put_at(part, &shape, v(0.0, -0.4 * size, 0.0)).crease(50.0);
            }
        });
    }
    for k in 0..3 {
        let a = TAU * p.rng.unit();
        let (low, high) = (
            v(0.46 * s * a.cos(), 0.06, 0.4 * s * a.sin()),
            v(-0.2 * s * a.cos(), 0.3 * s + 0.12 * s * k as f32 * 0.6, -0.2 * s * a.sin()),
        );
        let wide = 0.05 * s;
        match p.dialect() {
            Dialect::Neon | Dialect::Metal | Dialect::Steam | Dialect::Sleek => {
                p.rod(Part::Frame, low, high, 0.4 * wide);
                for _ in 0..2 {
                    let b = high + v(p.rng.signed(), 0.4, p.rng.signed()) * 0.2 * s;
                    p.put(Part::Trim, &tube(&[high.lerp(low, 0.4), high, b], &[0.012; 3], 5));
                }
            }
            Dialect::Organic => p.bone(low, high, v(0.0, 0.1 * s, 0.0), wide, 0.5 * wide),
            _ => {
                p.beam(Part::Frame, low, high, wide, 1.2 * wide);
            }
        }
    }
    for _ in 0..14 {
        let (a, r) = (TAU * p.rng.unit(), s * p.rng.range(0.48, 0.66));
        let size = s * p.rng.range(0.02, 0.05);
        p.at(v(r * a.cos(), -0.005, 0.85 * r * a.sin()), a, |p| {
            p.chip(Part::Main, Vec3::ZERO, v(1.5 * size, size, 1.2 * size));
        });
    }
    p.hull(Hull::cuboid(v(-0.58 * s, 0.0, -0.5 * s), v(0.58 * s, 0.22 * s, 0.5 * s)));
    p.hull(Hull::cuboid(v(-0.3 * s, 0.1 * s, -0.26 * s), v(0.3 * s, p.bounds().max.y * 0.95, 0.26 * s)));
    let n = (9.0 * p.overgrowth()) as usize;
    if p.left() > 160 * n {
        p.tufts(n, 0.3 * s, 0.6 * s, 0.85);
    }
}

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
            super::industrial::gauge(p, v(0.0, 0.58 * h, 0.96 * r), 0.07 * h);
        }
        Dialect::Organic => {
            let shape = blob(3, |d| 1.0 + 0.07 * (9.0 * d.z.atan2(d.x)).cos() * (1.0 - d.y * d.y))
                .mapped(|q| v(0.92 * r * q.x, 0.42 * h * q.y, 0.92 * r * q.z));
            p.crease(80.0).put_at(Part::Main, &shape, v(0.0, 0.46 * h, 0.0));
            for k in 0..5 {
                let e = Vec2::from_angle(TAU * k as f32 / 5.0);
                let path = [
                    v(1.1 * e.x, 0.0, 1.1 * e.y),
                    v(1.02 * e.x, 0.45, 1.02 * e.y),
                    v(0.7 * e.x, 0.85, 0.7 * e.y),
                    v(0.5 * e.x, 1.0, 0.5 * e.y),
                ]
                .map(|q| v(q.x * r, q.y * h, q.z * r));
                p.put(Part::Frame, &tube(&path, &[0.09 * r, 0.1 * r, 0.07 * r, 0.0], 7));
            }
            p.put_at(Part::Glow, &sphere(0.3 * r, 6, 10), v(0.0, 0.86 * h, 0.0));
        }
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
