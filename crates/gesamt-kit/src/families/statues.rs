//! Statues: robed figures, seated sages, armillary rings and idols.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::noise;
use gesamt_mesh::shapes::{blob, cone, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{extrude, loft, oriented, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec3};

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

/// A ring of points around the head.
fn crown(p: &mut Pen, h: f32) {
    p.put_at(Part::Main, &torus(0.056 * h, 0.013 * h, 16, 6), v(0.0, 0.965 * h, 0.0));
    for k in 0..7 {
        let a = TAU * k as f32 / 7.0;
        p.put_at(Part::Main, &cone(0.013 * h, 0.0, 0.04 * h, 4), v(0.056 * h * a.cos(), 0.97 * h, 0.056 * h * a.sin()));
    }
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
            // A crown falls with its head.
            if !lost {
                crown(p, h);
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
                // Two struts carry the halo from the shoulder blades.
                for s in [-1.0, 1.0] {
                    let (root, rim) = (v(0.075 * s, -0.155, 0.07) * h, v(0.13 * s, -0.052, 0.0) * h);
                    p.rod(Part::Trim, root, rim, 0.011 * h);
                    p.put_at(Part::Trim, &sphere(0.02 * h, 5, 8), root);
                    p.put_at(Part::Trim, &sphere(0.019 * h, 5, 8), rim);
                }
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
