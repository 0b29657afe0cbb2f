//! Vehicles that drive or hover: hover cars, sedans and trucks.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe, slab, sphere};
use gesamt_mesh::shapes2::{extrude, loft, oriented, rounded_box, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec3};

use super::build::rough;
use super::carriages::palanquin;
use super::carriages::steam_carriage;
use super::carriages::strider;
use super::carriages::wagon;
use super::goods::crate_box;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn vehicle(p: &mut Pen) {
    let s = p.size("size", 0.88, 1.12);
    match p.dialect() {
        Dialect::Neon | Dialect::Sleek => hover_car(p, s),
        Dialect::Metal if matches!(p.style.genre, Genre::Noir | Genre::Modern) => sedan(p, s),
        Dialect::Metal => truck(p, s),
        Dialect::Steam => steam_carriage(p, s),
        Dialect::Timber => wagon(p, s),
        Dialect::Japan => palanquin(p, s),
        Dialect::Organic => strider(p, s),
    }
    p.overgrow_foot(1.8 * s, 3.6 * s);
}

/// A section across the car: half-profile points (x, y) mirrored, at `z`.
fn section(z: f32, half: &[(f32, f32)], s: f32) -> Vec<Vec3> {
    let right = half.iter().map(|(x, y)| v(x * s, y * s, z * s));
    let left = half.iter().rev().filter(|(x, _)| *x > 1e-4).map(|(x, y)| v(-x * s, y * s, z * s));
    right.chain(left).collect()
}

fn hover_car(p: &mut Pen, s: f32) {
    let body = |w: f32, low: f32, belt: f32, top: f32| {
        [
            (0.0, low),
            (0.7 * w, low),
            (0.96 * w, low + 0.1),
            (w, 0.5 * (low + belt)),
            (0.97 * w, belt),
            (0.8 * w, top),
            (0.0, top + 0.02),
        ]
    };
    let rows = [
        (-2.05, body(0.72, 0.55, 0.85, 0.92)),
        (-1.9, body(0.86, 0.42, 0.9, 0.98)),
        (-1.2, body(0.95, 0.34, 0.92, 1.0)),
        (-0.4, body(0.93, 0.33, 0.9, 0.98)),
        (0.5, body(0.94, 0.33, 0.84, 0.9)),
        (1.3, body(0.92, 0.34, 0.76, 0.8)),
        (1.85, body(0.8, 0.4, 0.66, 0.7)),
        (2.1, body(0.58, 0.48, 0.58, 0.62)),
    ];
    let sections: Vec<Vec<Vec3>> = rows.iter().map(|(z, half)| section(*z, half, s)).collect();
    p.solid(|p| {
        p.crease(38.0).put(Part::Main, &oriented(loft(&sections)));
        let cab = |w: f32, y: f32, top: f32| {
            [(0.0, y), (w, y), (0.96 * w, y + 0.5 * (top - y)), (0.72 * w, top), (0.0, top + 0.02)]
        };
        let glass: Vec<Vec<Vec3>> = [
            (-1.35, cab(0.7, 0.9, 0.97)),
            (-0.95, cab(0.74, 0.88, 1.28)),
            (-0.3, cab(0.75, 0.86, 1.4)),
            (0.3, cab(0.72, 0.82, 1.3)),
            (0.95, cab(0.64, 0.74, 0.86)),
        ]
        .iter()
        .map(|(z, half)| section(*z, half, s))
        .collect();
        p.put(Part::Glass, &oriented(loft(&glass)));
        p.crease(50.0);
        let roof = slab([8, 8], 0.04 * s, |x, y| {
            v(
                0.56 * (2.0 * x - 1.0),
                1.42 - 0.08 * (2.0 * x - 1.0).powi(2) - 0.2 * (y - 0.42).powi(2) * 3.0,
                -0.95 + 1.15 * y,
            ) * s
        });
        p.put(Part::Main, &oriented(roof));
    });
    for side in [-1.0, 1.0] {
        for z in [-0.95, -0.28, 0.38] {
            p.rod(Part::Frame, v(side * 0.74, 0.88, z) * s, v(side * 0.53, 1.37, z * 0.86 - 0.06) * s, 0.026 * s);
        }
        p.bxb(Part::Frame, v(side * 0.93, 0.36, -0.1) * s, v(0.1, 0.13, 2.3) * s, 0.04 * s);
        p.rod(Part::Glow, v(side * 0.965, 0.37, -1.2) * s, v(side * 0.965, 0.37, 1.0) * s, 0.016 * s);
        for z in [-1.38, 1.28] {
            p.at(v(side * 0.86, 0.32, z) * s, 0.0, |p| {
                p.put(
                    Part::Frame,
                    &lathe(
                        &[v2(0.22, -0.22), v2(0.3, -0.16), v2(0.33, 0.0), v2(0.3, 0.16), v2(0.2, 0.22)].map(|q| q * s),
                        20,
                    ),
                );
                p.put_at(Part::Glow, &torus(0.24 * s, 0.03 * s, 22, 6), v(0.0, -0.21 * s, 0.0));
                p.put_at(Part::Rubber, &cylinder(0.2 * s, 0.03 * s, 18, 0.0), v(0.0, -0.24 * s, 0.0));
                p.drum(Part::Frame, v(0.0, -0.32 * s, 0.0), 0.06 * s, 0.12 * s);
            });
        }
        p.bxb(Part::Lamp, v(side * 0.52, 0.56, 1.93) * s, v(0.34, 0.045, 0.16) * s, 0.012 * s);
        p.bxb(Part::Glow2, v(side * 0.5, 0.78, -2.04) * s, v(0.42, 0.05, 0.06) * s, 0.012 * s);
        p.bxb(Part::Trim, v(side * 0.94, 0.74, -0.1) * s, v(0.04, 0.03, 0.2) * s, 0.01 * s);
        p.bxb(Part::Main, v(side * 0.9, 0.94, 0.52) * s, v(0.2, 0.1, 0.12) * s, 0.03 * s);
        let fin = [v2(-2.15, 0.8), v2(-1.2, 0.94), v2(-1.75, 1.24), v2(-2.2, 1.26)].map(|q| q * s);
        p.turned(v(side * 0.74 * s, 0.0, 0.0), Quat::from_rotation_y(-PI * 0.5), |p| {
            p.put(Part::Main, &extrude(&fin, 0.06 * s, 0.012));
        });
        p.turned(v(side * 0.36, 0.7, -2.0) * s, Quat::from_rotation_x(-PI * 0.5), |p| {
            p.put(
                Part::Frame,
                &lathe(
                    &[v2(0.17, -0.1), v2(0.2, 0.0), v2(0.17, 0.16), v2(0.13, 0.16), v2(0.1, 0.02)].map(|q| q * s),
                    18,
                ),
            );
            p.put(Part::Glow, &cylinder(0.1 * s, 0.05 * s, 14, 0.0));
        });
    }
    p.bxb(Part::Frame, v(0.0, 0.36, 2.0) * s, v(1.0, 0.14, 0.2) * s, 0.05 * s);
    for k in 0..5 {
        p.bx(Part::Rubber, v(0.0, 0.82 - 0.012 * k as f32, 1.15 + 0.1 * k as f32) * s, v(0.56, 0.02, 0.03) * s);
    }
    p.light(v(0.0, 0.55, 2.4) * s, 0.08, [0.9, 0.95, 1.0], 4.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

fn car_wheels(p: &mut Pen, places: &[(f32, f32)], r: f32, width: f32) {
    for (i, (x, z)) in places.iter().enumerate() {
        if i == 1 && p.broken(0.4) {
            p.turned(v(x * 1.35, 0.09, *z), Quat::from_rotation_z(PI * 0.5), |p| p.wheel(r, width));
            continue;
        }
        p.at(v(*x, r, *z), 0.0, |p| p.wheel(r, width));
    }
}

fn sedan(p: &mut Pen, s: f32) {
    let noir = p.style.genre == Genre::Noir;
    let hood = if noir { 1.02 } else { 0.9 };
    let body = |w: f32, low: f32, belt: f32, top: f32| {
        [
            (0.0, low),
            (0.8 * w, low),
            (w, low + 0.1),
            (w, belt - 0.08),
            (0.93 * w, belt),
            (0.6 * w, top),
            (0.0, top + 0.02),
        ]
    };
    let rows = [
        (-2.2, body(0.66, 0.42, 0.72, 0.78)),
        (-2.05, body(0.82, 0.34, 0.84, 0.92)),
        (-1.3, body(0.88, 0.3, 0.9, 0.98)),
        (0.6, body(0.88, 0.3, 0.9, 0.98)),
        (1.2, body(0.84, 0.3, 0.86, hood)),
        (1.95, body(0.7, 0.34, 0.78, hood - 0.06)),
        (2.15, body(0.5, 0.42, 0.7, hood - 0.16)),
    ];
    let seed = p.rng.seed();
    let shell = oriented(loft(&rows.iter().map(|(z, h)| section(*z, h, s)).collect::<Vec<_>>()));
    p.solid(|p| {
        let shell = rough(shell, 0.03 * p.decay(), 2.5, seed);
        p.crease(36.0).put(Part::Main, &shell);
        let cab =
            |w: f32, y: f32, top: f32| [(0.0, y), (w, y), (0.92 * w, top - 0.1), (0.74 * w, top), (0.0, top + 0.03)];
        let rows = [
            (-1.75, cab(0.6, 0.88, 1.0)),
            (-1.25, cab(0.74, 0.9, 1.45)),
            (-0.5, cab(0.76, 0.92, 1.56)),
            (0.2, cab(0.75, 0.92, 1.5)),
            (0.75, cab(0.7, 0.9, 1.0)),
        ];
        p.put(Part::Glass, &oriented(loft(&rows.iter().map(|(z, h)| section(*z, h, s)).collect::<Vec<_>>())));
        p.crease(50.0);
        let roof = rounded_box(v(1.14, 0.1, 1.45) * s, 0.05 * s, 2);
        p.put_at(Part::Main, &roof, v(0.0, 1.57, -0.5) * s);
    });
    for side in [-1.0, 1.0] {
        for (z0, z1, wide) in [(0.72, 0.2, 0.05), (-0.52, -0.5, 0.07), (-1.6, -1.2, 0.06)] {
            p.beam(Part::Main, v(side * 0.72, 0.9, z0) * s, v(side * 0.58, 1.55, z1) * s, wide * s, wide * s);
        }
        for z in [-1.4, 1.4] {
            let arch = gesamt_mesh::shapes2::arc_band(0.37 * s, 0.48 * s, -0.25, PI + 0.25, 12);
            p.turned(v(side * 0.83 * s, 0.34 * s, z * s), Quat::from_rotation_y(PI * 0.5), |p| {
                p.put(Part::Main, &extrude(&arch, 0.24 * s, 0.04 * s));
            });
        }
        p.turned(v(side * 0.6, 0.72, 2.02) * s, Quat::from_rotation_x(PI * 0.5), |p| {
            p.put(Part::Trim, &lathe(&[v2(0.06, -0.2), v2(0.13, 0.0), v2(0.14, 0.08)].map(|q| q * s), 16));
            p.put_at(Part::Lamp, &cylinder(0.115 * s, 0.03 * s, 16, 0.01), v(0.0, 0.07 * s, 0.0));
        });
        p.put_at(Part::Glow2, &sphere(0.07 * s, 5, 8), v(side * 0.62, 0.72, -2.14) * s);
        for z in [-0.9, 0.05] {
            p.bxb(Part::Trim, v(side * 0.885, 0.78, z) * s, v(0.03, 0.03, 0.16) * s, 0.008 * s);
        }
        p.bxb(Part::Frame, v(side * 0.86, 0.28, 0.0) * s, v(0.2, 0.06, 1.9) * s, 0.02 * s);
        p.rod(Part::Trim, v(side * 0.89, 0.66, -2.0) * s, v(side * 0.89, 0.66, 1.2) * s, 0.014 * s);
    }
    for k in 0..9 {
        let x = (k as f32 - 4.0) * 0.075;
        p.bx(Part::Trim, v(x, 0.5, 2.14 - 0.02 * x.abs()) * s, v(0.03, 0.3, 0.05) * s);
    }
    for z in [2.3, -2.32] {
        p.bxb(Part::Trim, v(0.0, 0.38, z) * s, v(1.6, 0.13, 0.1) * s, 0.035 * s);
        for x in [-0.5, 0.5] {
            p.beam(Part::Frame, v(x, 0.44, z * 0.9) * s, v(x, 0.44, z) * s, 0.05 * s, 0.05 * s);
        }
    }
    car_wheels(
        p,
        &[(-0.82 * s, 1.4 * s), (0.82 * s, 1.4 * s), (-0.82 * s, -1.4 * s), (0.82 * s, -1.4 * s)],
        0.35 * s,
        0.22 * s,
    );
    p.bxb(Part::Rubber, v(0.0, 0.3, 0.0) * s, v(1.5, 0.1, 3.9) * s, 0.02);
    p.light(v(0.0, 0.72, 2.5) * s, 0.08, [1.0, 0.85, 0.6], 4.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
    let b = p.bounds();
    p.hull(Hull::cuboid(v(b.min.x, 0.0, b.min.z), v(b.max.x, 0.8 * s, b.max.z)));
}

fn truck(p: &mut Pen, s: f32) {
    let seed = p.rng.seed();
    let r = 0.42 * s;
    // First, so that tyres keep a material of their own.
    car_wheels(
        p,
        &[(-0.86 * s, 1.35 * s), (0.86 * s, 1.35 * s), (-0.86 * s, -1.35 * s), (0.86 * s, -1.35 * s)],
        r,
        0.28 * s,
    );
    for x in [-0.42, 0.42] {
        p.bx(Part::Frame, v(x, 0.5, -0.1) * s, v(0.12, 0.16, 4.2) * s);
    }
    p.solid(|p| {
        // Cab.
        let half = |w: f32, y0: f32, y1: f32| {
            [(0.0, y0), (0.95 * w, y0), (w, y0 + 0.06), (w, y1 - 0.1), (0.9 * w, y1), (0.0, y1 + 0.03)]
        };
        let cab = [
            (-0.15, half(0.86, 0.62, 1.98)),
            (0.25, half(0.86, 0.62, 2.0)),
            (0.65, half(0.86, 0.62, 1.9)),
            (0.95, half(0.86, 0.62, 1.36)),
            (1.75, half(0.8, 0.62, 1.28)),
            (1.95, half(0.74, 0.66, 1.2)),
        ];
        let shell = oriented(loft(&cab.iter().map(|(z, h)| section(*z, h, s)).collect::<Vec<_>>()));
        let shell = rough(shell, 0.045 * p.decay(), 2.2, seed);
        p.crease(36.0).put(Part::Main, &shell).crease(50.0);
        p.turned(v(0.0, 1.4, 0.9) * s, Quat::from_rotation_x(-0.5), |p| {
            p.bxb(Part::Glass, v(0.0, 0.0, 0.0), v(1.4, 0.5, 0.06) * s, 0.01);
            p.bx(Part::Frame, v(0.0, -0.01, 0.02) * s, v(0.04, 0.52, 0.07) * s);
        });
    });
    for side in [-1.0, 1.0] {
        p.bxb(Part::Glass, v(side * 0.85, 1.34, 0.28) * s, v(0.05, 0.46, 0.56) * s, 0.01);
        p.bxb(Part::Panel, v(side * 0.87, 0.72, 0.25) * s, v(0.03, 0.6, 0.72) * s, 0.01);
        p.bx(Part::Trim, v(side * 0.89, 1.2, 0.02) * s, v(0.03, 0.03, 0.14) * s);
        p.rod(Part::Frame, v(side * 0.88, 1.5, 0.7) * s, v(side * 1.06, 1.52, 0.74) * s, 0.014 * s);
        p.bx(Part::Frame, v(side * 1.08, 1.36, 0.74) * s, v(0.05, 0.3, 0.16) * s);
        let arch = gesamt_mesh::shapes2::arc_band(0.46 * s, 0.56 * s, 0.0, PI, 10);
        p.turned(v(side * 0.84 * s, r, 1.35 * s), Quat::from_rotation_y(PI * 0.5), |p| {
            p.put(Part::Panel, &extrude(&arch, 0.36 * s, 0.03));
        });
        p.bx(Part::Frame, v(side * 0.86, 0.5, 0.25) * s, v(0.3, 0.05, 0.8) * s);
        p.turned(v(side * 0.62, 1.02, 1.92) * s, Quat::from_rotation_x(PI * 0.5), |p| {
            p.put(Part::Trim, &cylinder(0.13 * s, 0.09 * s, 16, 0.015));
            if side < 0.0 || p.decay() < 0.5 {
                p.put_at(Part::Lamp, &cylinder(0.1 * s, 0.1 * s, 14, 0.01), v(0.0, 0.0, 0.0));
            }
        });
    }
    for k in 0..6 {
        p.bx(Part::Trim, v(0.0, 0.74 + 0.085 * k as f32, 1.95) * s, v(0.84, 0.045, 0.06) * s);
    }
    p.bxb(Part::Frame, v(0.0, 0.46, 2.08) * s, v(1.8, 0.2, 0.14) * s, 0.03);
    for x in [-0.4, 0.4] {
        p.beam(Part::Frame, v(x, 0.56, 1.6) * s, v(x, 0.56, 2.08) * s, 0.1 * s, 0.1 * s);
    }
    // Bed with stake sides and a load.
    p.solid(|p| {
        p.bx(Part::Panel, v(0.0, 0.68, -1.2) * s, v(1.9, 0.09, 2.1) * s);
        for side in [-1.0, 1.0] {
            p.turned(v(side * 0.93, 0.76, -0.18) * s, Quat::from_rotation_y(PI * 0.5), |p| {
                p.planks(Part::Cloth2, 2.05 * s, 0.55 * s, false)
            });
            for k in 0..4 {
                p.bx(Part::Frame, v(side * 0.97, 0.66, -0.25 - 0.63 * k as f32) * s, v(0.05, 0.7, 0.07) * s);
            }
        }
        p.at(v(-0.92, 0.76, -2.22) * s, 0.0, |p| p.planks(Part::Cloth2, 1.84 * s, 0.5 * s, false));
    });
    p.at(v(-0.35, 0.77, -0.8) * s, 0.2, |p| crate_box(p, v(0.7, 0.55, 0.7) * s));
    p.at(v(0.45, 0.77, -0.75) * s, 0.0, |p| {
        p.put(
            Part::Main,
            &lathe(
                &[
                    v2(0.28, 0.0),
                    v2(0.29, 0.28),
                    v2(0.3, 0.3),
                    v2(0.29, 0.32),
                    v2(0.29, 0.56),
                    v2(0.3, 0.58),
                    v2(0.28, 0.85),
                    v2(0.26, 0.85),
                ]
                .map(|q| q * s),
                18,
            ),
        );
    });
    p.at(v(0.1, 0.77, -1.7) * s, -0.2, |p| p.sack(Vec3::ZERO, 0.3 * s));
    p.pipe(
        Part::Trim,
        &[v(0.72, 0.6, -0.2) * s, v(0.8, 0.8, -0.24) * s, v(0.8, 2.2, -0.24) * s, v(0.8, 2.3, -0.32) * s],
        0.055 * s,
    );
    if p.style.genre == Genre::PostApocalyptic {
        for k in 0..6 {
            let x = (k as f32 - 2.5) * 0.3;
            p.put(
                Part::Frame,
                &gesamt_mesh::shapes::cone(0.05 * s, 0.0, 0.35 * s, 6)
                    .transformed(glam::Affine3A::from_rotation_x(PI * 0.5))
                    .at(x * s, 0.58 * s, 2.14 * s),
            );
        }
        p.turned(v(-0.7, 1.36, 0.96) * s, Quat::from_rotation_x(-0.45), |p| p.corrugated(Part::Roof, 0.6 * s, 0.4 * s));
        p.bx(Part::Frame, v(0.0, 2.02, 0.2) * s, v(1.5, 0.05, 0.08) * s);
        for x in [-0.5, 0.0, 0.5] {
            p.put_at(Part::Lamp, &sphere(0.09 * s, 5, 10), v(x, 2.12, 0.26) * s);
        }
    }
    for z in [1.35, -1.35] {
        p.rod(Part::Frame, v(-0.8, 0.42, z) * s, v(0.8, 0.42, z) * s, 0.06 * s);
    }
    p.light(v(0.0, 1.0, 2.3) * s, 0.08, [1.0, 0.8, 0.5], 3.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
    let b = p.bounds();
    p.hull(Hull::cuboid(v(b.min.x, 0.0, b.min.z), v(b.max.x, 0.7 * s, b.max.z)));
}
