//! Vehicles that are drawn or walk: steam carriages, wagons, palanquins and striders.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::noise;
use gesamt_mesh::shapes::{blob, cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{hoop, oriented, rounded_box, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::Part;

pub(crate) fn steam_carriage(p: &mut Pen, s: f32) {
    for x in [-0.5, 0.5] {
        p.beam(Part::Frame, v(x, 0.62, -1.9) * s, v(x, 0.62, 1.9) * s, 0.1 * s, 0.14 * s);
    }
    // Boiler in front.
    p.solid(|p| {
        p.turned(v(0.0, 1.02, 0.35) * s, Quat::from_rotation_x(PI * 0.5), |p| {
            let b = [v2(0.42, 0.0), v2(0.45, 0.04), v2(0.45, 1.3), v2(0.42, 1.36), v2(0.24, 1.44), v2(0.1, 1.46)]
                .map(|q| q * s);
            p.put(Part::Main, &lathe(&b, 26));
            for k in 0..4 {
                p.put_at(
                    Part::Trim,
                    &hoop(0.445 * s, 0.03 * s, 0.07 * s, 26),
                    v(0.0, (0.08 + 0.38 * k as f32) * s, 0.0),
                );
            }
            p.put_at(Part::Accent, &torus(0.2 * s, 0.03 * s, 20, 6), v(0.0, 1.45 * s, 0.0));
        });
        let stack = [v2(0.12, 0.0), v2(0.12, 0.5), v2(0.2, 0.66), v2(0.22, 0.8), v2(0.14, 0.8)].map(|q| q * s);
        p.put_at(Part::Frame, &lathe(&stack, 16), v(0.0, 1.38, 1.45) * s);
        p.put_at(
            Part::Accent,
            &lathe(&[v2(0.16, 0.0), v2(0.16, 0.14), v2(0.1, 0.22), v2(0.0, 0.27)].map(|q| q * s), 14),
            v(0.0, 1.42, 0.8) * s,
        );
    });
    // Cabin.
    p.solid(|p| {
        p.bxb(Part::Panel, v(0.0, 0.66, -0.85) * s, v(1.4, 0.72, 1.9) * s, 0.05 * s);
        p.bxb(Part::Trim, v(0.0, 1.36, -0.85) * s, v(1.46, 0.05, 1.96) * s, 0.015);
        for (x, z) in [(-0.64, 0.0), (0.64, 0.0), (-0.64, -0.85), (0.64, -0.85), (-0.64, -1.72), (0.64, -1.72)] {
            p.bx(Part::Frame, v(x, 1.38, z) * s, v(0.08, 0.78, 0.08) * s);
        }
        for x in [-0.62, 0.62] {
            for z in [-0.42, -1.28] {
                p.bx(Part::Glass, v(x, 1.42, z) * s, v(0.03, 0.66, 0.74) * s);
            }
        }
        p.bx(Part::Glass, v(0.0, 1.42, -1.7) * s, v(1.2, 0.66, 0.03) * s);
        let roof = slab([10, 8], 0.06 * s, |x, y| {
            v(1.62 * (x - 0.5), 2.16 + 0.16 * (PI * x).sin(), -0.85 + 2.15 * (0.5 - y)) * s
        });
        p.put(Part::Roof, &oriented(roof));
    });
    for side in [-1.0, 1.0] {
        p.put_at(Part::Trim, &rounded_box(v(0.05, 0.5, 0.7) * s, 0.02, 1), v(side * 0.71, 1.02, -0.85) * s);
        p.at(v(side * 0.7, 1.95, 0.1) * s, 0.0, |p| p.hanging_lantern(0.4 * s, side > 0.0));
        p.rod(Part::Trim, v(side * 0.64, 1.96, 0.0) * s, v(side * 0.74, 1.96, 0.12) * s, 0.014 * s);
        // Cylinder and connecting rod.
        p.turned(v(side * 0.62, 0.72, 0.95) * s, Quat::from_rotation_x(PI * 0.5), |p| {
            p.put(Part::Accent, &cylinder(0.13 * s, 0.5 * s, 14, 0.02));
        });
        p.rod(Part::Trim, v(side * 0.68, 0.72, 0.95) * s, v(side * 0.9, 0.75, -0.95) * s, 0.025 * s);
        p.at(v(side * 0.86, 0.66, -1.15) * s, 0.0, |p| p.wheel(0.66 * s, 0.1 * s));
        p.at(v(side * 0.8, 0.46, 1.3) * s, 0.0, |p| p.wheel(0.46 * s, 0.09 * s));
        p.pipe(
            Part::Trim,
            &[
                v(side * 0.3, 1.35, 0.8) * s,
                v(side * 0.5, 1.4, 0.7) * s,
                v(side * 0.56, 1.2, 0.75) * s,
                v(side * 0.6, 0.8, 0.9) * s,
            ],
            0.035 * s,
        );
        p.put_at(Part::Lamp, &sphere(0.1 * s, 6, 10), v(side * 0.4, 1.02, 1.9) * s);
        p.put(
            Part::Trim,
            &hoop(0.1 * s, 0.025 * s, 0.12 * s, 16).transformed(glam::Affine3A::from_rotation_x(PI * 0.5)).at(
                side * 0.4 * s,
                1.02 * s,
                1.84 * s,
            ),
        );
        p.rod(Part::Trim, v(side * 0.3, 1.0, 1.7) * s, v(side * 0.4, 1.0, 1.86) * s, 0.02 * s);
    }
    for z in [-1.15, 1.3] {
        p.rod(
            Part::Frame,
            v(-0.84, if z < 0.0 { 0.66 } else { 0.46 }, z) * s,
            v(0.84, if z < 0.0 { 0.66 } else { 0.46 }, z) * s,
            0.045 * s,
        );
        p.bx(Part::Frame, v(0.0, 0.44, z) * s, v(1.1, 0.2, 0.1) * s);
    }
    p.at(v(0.0, 1.02, 1.82) * s, 0.0, |p| p.gear(Part::Accent, 0.2 * s, 0.05 * s));
    p.bxb(Part::Frame, v(0.0, 0.44, 2.0) * s, v(1.2, 0.12, 0.1) * s, 0.02);
    let b = p.bounds();
    p.hull(Hull::cuboid(v(b.min.x, 0.0, b.min.z), v(b.max.x, 0.9 * s, b.max.z)));
}

pub(crate) fn wagon(p: &mut Pen, s: f32) {
    let (w, l, deck) = (1.15 * s, 2.7 * s, 0.92 * s);
    p.solid(|p| {
        p.turned(v(-0.5 * w, deck, 0.5 * l), Quat::from_rotation_x(-PI * 0.5), |p| p.planks(Part::Main, w, l, true));
        for side in [-1.0, 1.0] {
            p.turned(v(side * 0.5 * w, deck, 0.5 * l), Quat::from_rotation_y(PI * 0.5), |p| {
                p.planks(Part::Main, l, 0.6 * s, false)
            });
            for k in 0..5 {
                p.bx(
                    Part::Frame,
                    v(side * (0.5 * w + 0.03), deck - 0.08, (k as f32 / 4.0 - 0.5) * (l - 0.1)),
                    v(0.06, 0.75 * s, 0.08),
                );
            }
        }
        for z in [-0.5, 0.5] {
            p.at(v(-0.5 * w, deck, z * l), 0.0, |p| p.planks(Part::Main, w, 0.62 * s, false));
        }
        for x in [-0.32, 0.32] {
            p.beam(Part::Frame, v(x * w, deck - 0.08, -0.55 * l), v(x * w, deck - 0.08, 0.55 * l), 0.1, 0.12);
        }
    });
    if p.style.genre != Genre::Ancient {
        // Hoops and the canvas tilt.
        let top = |a: f32, z: f32| {
            let spread = 1.0 + 0.06 * (2.0 * z / l).powi(2);
            v(0.56 * w * spread * a.cos(), deck + 0.58 * s + 0.95 * s * a.sin().max(0.0).powf(0.8), z)
        };
        let torn = p.decay();
        let seed = p.rng.seed();
        let tilt = slab([14, 20], 0.02, |x, y| {
            let z = (y - 0.5) * 1.12 * l;
            let ragged = 1.0 - 0.35 * torn * (0.5 + noise::gradient(v(5.0 * y, 0.0, 3.0), seed)).clamp(0.0, 1.0);
            let a = 0.02 + (PI - 0.04) * if torn > 0.5 { x * ragged + 0.0 } else { x };
            let q = top(a, z);
            let sag = 0.05 * s * (5.0 * PI * y).sin().abs() * (PI * x).sin();
            q - v(0.0, 0.05 * s - sag, 0.0)
        });
        p.crease(70.0);
        p.solid(|p| {
            p.put(Part::Cloth2, &oriented(tilt));
        });
        for k in 0..6 {
            let z = (k as f32 / 5.0 - 0.5) * 1.1 * l;
            let path: Vec<Vec3> = (0..=14).map(|i| top(PI * i as f32 / 14.0, z)).collect();
            p.put(Part::Frame, &tube(&path, &[0.028; 15], 6));
        }
        p.crease(50.0);
    } else {
        for k in 0..4 {
            p.at(
                v(0.2 * w * if k % 2 == 0 { 1.0 } else { -1.0 }, deck + 0.03, (k as f32 - 1.5) * 0.22 * l),
                0.0,
                |p| p.jar(Part::Ceramic, Vec3::ZERO, 0.75 * s),
            );
        }
    }
    for (z, r) in [(-0.36 * l, 0.68 * s), (0.36 * l, 0.52 * s)] {
        for side in [-1.0, 1.0] {
            p.at(v(side * (0.5 * w + 0.2), r, z), 0.0, |p| p.wheel(r, 0.09));
        }
        p.rod(Part::Trim, v(-0.5 * w - 0.26, r, z), v(0.5 * w + 0.26, r, z), 0.04);
        p.bx(Part::Frame, v(0.0, r - 0.04, z), v(0.9 * w, deck - r, 0.16));
    }
    for side in [-1.0, 1.0] {
        p.beam(
            Part::Frame,
            v(side * 0.3 * w, 0.52 * s, 0.4 * l),
            v(side * 0.34 * w, 0.3 * s, 0.5 * l + 1.3 * s),
            0.07,
            0.07,
        );
    }
    p.beam(
        Part::Frame,
        v(-0.34 * w, 0.36 * s, 0.5 * l + 0.95 * s),
        v(0.34 * w, 0.36 * s, 0.5 * l + 0.95 * s),
        0.06,
        0.06,
    );
    p.bx(Part::Panel, v(0.0, deck + 0.42 * s, 0.5 * l + 0.1), v(0.94 * w, 0.05, 0.34));
    p.at(v(0.5 * w + 0.1, deck + 0.75 * s, 0.54 * l), 0.0, |p| p.hanging_lantern(0.42, true));
    p.rod(Part::Trim, v(0.5 * w - 0.05, deck + 0.78 * s, 0.5 * l), v(0.5 * w + 0.12, deck + 0.76 * s, 0.55 * l), 0.014);
    p.put(
        Part::Frame,
        &lathe(&[v2(0.15, 0.0), v2(0.19, 0.2), v2(0.15, 0.4), v2(0.12, 0.4)], 14)
            .transformed(glam::Affine3A::from_rotation_z(PI * 0.5))
            .at(-0.5 * w - 0.1, deck - 0.02, 0.0),
    );
    let b = p.bounds();
    p.hull(Hull::cuboid(v(b.min.x, 0.0, b.min.z), v(b.max.x, deck, b.max.z)));
}

pub(crate) fn palanquin(p: &mut Pen, s: f32) {
    let (w, l, deck, wall) = (1.1 * s, 1.6 * s, 0.82 * s, 1.15 * s);
    for side in [-1.0, 1.0] {
        p.at(v(side * (0.5 * w + 0.24), 0.72 * s, 0.0), 0.0, |p| p.wheel(0.72 * s, 0.09));
        p.beam(
            Part::Frame,
            v(side * 0.42 * w, deck - 0.06, -0.75 * l),
            v(side * 0.38 * w, deck - 0.06, 0.75 * l + 1.2 * s),
            0.09,
            0.1,
        );
    }
    p.rod(Part::Trim, v(-0.5 * w - 0.3, 0.72 * s, 0.0), v(0.5 * w + 0.3, 0.72 * s, 0.0), 0.045);
    p.bx(Part::Frame, v(0.0, deck - 0.04, 0.5 * 0.0), v(w + 0.16, 0.09, l + 0.3));
    p.beam(
        Part::Frame,
        v(-0.4 * w, deck - 0.06, 0.75 * l + 1.1 * s),
        v(0.4 * w, deck - 0.06, 0.75 * l + 1.1 * s),
        0.08,
        0.08,
    );
    p.solid(|p| {
        for (x, z) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
            p.bx(Part::Frame, v(x * 0.5 * w, deck + 0.04, z * 0.5 * l), v(0.09, wall, 0.09));
        }
        for k in 0..4 {
            let (half, wide) = if k % 2 == 0 { (0.5 * l, w) } else { (0.5 * w, l) };
            p.turned(Vec3::ZERO, Quat::from_rotation_y(PI * 0.5 * k as f32), |p| {
                p.bx(Part::Main, v(0.0, deck + 0.05, half - 0.03), v(wide - 0.06, 0.42 * wall, 0.04));
                p.bx(Part::Frame, v(0.0, deck + 0.43 * wall, half - 0.02), v(wide, 0.06, 0.08));
                p.bx(Part::Frame, v(0.0, deck + wall - 0.06, half - 0.02), v(wide, 0.08, 0.08));
                if k != 0 {
                    p.bx(Part::Paper, v(0.0, deck + 0.47 * wall, half - 0.04), v(wide - 0.08, 0.48 * wall, 0.012));
                    for q in 1..5 {
                        p.chip(
                            Part::Frame,
                            v((q as f32 / 5.0 - 0.5) * wide, deck + 0.47 * wall, half - 0.04),
                            v(0.016, 0.48 * wall, 0.03),
                        );
                    }
                } else {
                    p.at(v(0.0, deck + wall - 0.05, half), 0.0, |p| {
                        p.drape(Part::Cloth, 0.86 * wide, 0.42 * wall, 0.0)
                    });
                }
                p.bolts(
                    Part::Trim,
                    v(-0.4 * wide, deck + 0.1, half - 0.005),
                    v(0.4 * wide, deck + 0.1, half - 0.005),
                    4,
                    0.016,
                );
            });
        }
    });
    // Curved roof.
    let roof = slab([14, 12], 0.07, |x, y| {
        let (u, q) = (2.0 * x - 1.0, 2.0 * y - 1.0);
        let edge = u.abs().max(q.abs());
        v(0.78 * w * u, deck + wall + 0.42 * s * (1.0 - edge).powf(0.75) + 0.1 * s * (u * q).powi(2), -0.76 * l * q)
    });
    p.solid(|p| {
        p.crease(40.0).put(Part::Roof, &oriented(roof)).crease(50.0);
    });
    p.finial(v(0.0, deck + wall + 0.4 * s, 0.0), 0.1);
    for (x, z) in [(-1.0, 1.0), (1.0, 1.0)] {
        p.at(v(x * 0.66 * w, deck + wall - 0.02, z * 0.66 * l), 0.0, |p| p.hanging_lantern(0.42, x > 0.0));
    }
    p.rod(Part::Frame, v(-0.2 * w, deck, 0.75 * l + 0.6 * s), v(-0.2 * w, 0.0, 0.75 * l + 0.7 * s), 0.03);
    p.rod(Part::Frame, v(0.2 * w, deck, 0.75 * l + 0.6 * s), v(0.2 * w, 0.0, 0.75 * l + 0.7 * s), 0.03);
    let b = p.bounds();
    p.hull(Hull::cuboid(v(b.min.x, 0.0, b.min.z), v(b.max.x, deck, b.max.z)));
}

pub(crate) fn strider(p: &mut Pen, s: f32) {
    let seed = p.rng.seed();
    p.crease(80.0);
    let body = blob(4, |d| 1.0 + 0.08 * (10.0 * d.z).sin() * (1.0 - d.y.abs()) + 0.08 * noise::fbm(d * 2.5, 2, seed));
    p.solid(|p| {
        p.put_at(
            Part::Main,
            &body.mapped(|q| v(0.8 * q.x, 0.5 * q.y + 0.12 * q.z * q.z, 1.75 * q.z) * s),
            v(0.0, 1.35, 0.0) * s,
        );
    });
    let canopy = blob(3, |_| 1.0).mapped(|q| v(0.52 * q.x, 0.36 * q.y, 0.8 * q.z) * s);
    p.put_at(Part::Glass, &canopy, v(0.0, 1.78, 0.55) * s);
    for k in 0..6 {
        let z = -1.2 + 0.42 * k as f32;
        let path: Vec<Vec3> = (0..=10)
            .map(|i| {
                let e = Vec2::from_angle(PI * i as f32 / 10.0);
                v(0.84 * e.x, 1.3 + 0.58 * e.y, z) * s
            })
            .collect();
        if !(3..=4).contains(&k) {
            p.put(Part::Frame, &tube(&path, &[0.05 * s; 11], 6));
        }
    }
    for (i, (side, z)) in
        [(-1.0, 1.0), (1.0, 1.0), (-1.0, 0.0), (1.0, 0.0), (-1.0, -1.0), (1.0, -1.0)].into_iter().enumerate()
    {
        let reach = 1.35 + 0.1 * (i % 2) as f32;
        let path = [
            v(side * 0.6, 1.3, 0.9 * z),
            v(side * 1.05, 1.75, 1.1 * z),
            v(side * reach, 0.9, 1.4 * z),
            v(side * (reach + 0.1), 0.02, 1.55 * z),
        ]
        .map(|q| q * s);
        p.put(Part::Frame, &tube(&path, &[0.16 * s, 0.12 * s, 0.09 * s, 0.03 * s], 8));
        p.put_at(Part::Panel, &sphere(0.16 * s, 5, 9), path[1]);
        p.put_at(Part::Panel, &sphere(0.11 * s, 5, 9), path[2]);
    }
    for (x, y, r) in [(0.3, 1.28, 0.11), (-0.3, 1.28, 0.11), (0.14, 1.08, 0.07), (-0.14, 1.08, 0.07)] {
        p.put_at(Part::Glow, &sphere(r * s, 6, 10), v(x, y + 0.16, 1.62) * s);
    }
    let tail: Vec<Vec3> = (0..=8)
        .map(|i| {
            let t = i as f32 / 8.0;
            v(0.15 * (5.0 * t).sin() * t, 1.4 + 0.9 * t * t, -1.5 - 0.9 * t) * s
        })
        .collect();
    p.put(Part::Main, &tube(&tail, &[0.28, 0.24, 0.2, 0.17, 0.14, 0.11, 0.08, 0.05, 0.0].map(|r| r * s), 9))
        .crease(50.0);
    let b = p.bounds();
    p.hull(Hull::cuboid(v(b.min.x, 0.0, 0.9 * b.min.z), v(b.max.x, 1.3 * s, b.max.z)));
    p.hull(Hull::cuboid(v(-0.4 * s, 1.2 * s, b.min.z), v(0.4 * s, b.max.y, 0.0)));
}
