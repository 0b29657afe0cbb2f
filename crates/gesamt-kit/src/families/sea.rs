//! On the water: boats and docks.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{loft, oriented, rounded_box, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use super::rigs::Boat;
use crate::style::{Dialect, Part};

pub(crate) fn boat(p: &mut Pen) {
    let (l, w) = (p.size("height", 4.0, 6.0), p.size("width", 1.4, 2.1));
    let deep = 0.75;
    if matches!(p.dialect(), Dialect::Neon | Dialect::Sleek) {
        return launch(p, l, w, deep);
    }
    hull_shell(p, l, w, deep);
    let rig = Boat { l, w, deep };
    let works = matches!(p.dialect(), Dialect::Metal | Dialect::Steam);
    if works {
        super::rigs::working(p, rig);
    } else {
        thwarts(p, rig);
    }
    match p.style.genre {
        Genre::FeudalJapan => {
            p.at(v(0.0, deep, -0.12 * l), 0.0, |p| {
                for (sx, sz) in [(-1.0, -0.6), (1.0, -0.6), (-1.0, 0.6), (1.0, 0.6)] {
                    p.rod(Part::Frame, v(sx * 0.36 * w, -0.1, sz), v(sx * 0.36 * w, 1.1, sz), 0.03);
                }
                let canopy =
                    slab([8, 3], 0.05, |x, y| v((x - 0.5) * 0.95 * w, 1.02 + 0.28 * (PI * x).sin(), 1.6 * (0.5 - y)));
                p.put(Part::Rope, &oriented(canopy));
                p.at(v(0.0, 1.25, 0.82), 0.0, |p| p.hanging_lantern(0.42, true));
            });
        }
        Genre::Alien => {
            for k in 0..5 {
                let z = (k as f32 - 2.0) * 0.15 * l;
                let wide = w * (1.0 - (2.2 * z / l).powi(2)) * 0.46;
                let rib: Vec<Vec3> = (0..=10)
                    .map(|i| {
                        let e = Vec2::from_angle(PI * i as f32 / 10.0);
                        v(wide * e.x, deep + 0.85 * e.y, z - 0.25 * e.y)
                    })
                    .collect();
                p.put(Part::Frame, &tube(&rib, &[0.04; 11], 6));
            }
            let skin = slab([12, 10], 0.03, |x, y| {
                let (a, z) = (PI * (0.16 + 0.68 * x), (y - 0.5) * 0.52 * l);
                let wide = w * (1.0 - (2.2 * z / l).powi(2)) * 0.45;
                v(wide * a.cos(), deep + 0.84 * a.sin(), z - 0.25 * a.sin())
            });
            p.crease(80.0).put(Part::Panel, &oriented(skin)).crease(50.0);
            for s in [-1.0, 1.0] {
                p.put_at(Part::Glow, &sphere(0.09, 6, 10), v(s * 0.18 * w, deep + 0.3, 0.46 * l));
            }
        }
        _ if works => {}
        _ => {
            super::rigs::sailing(p, rig);
            super::rigs::ornaments(p, rig);
        }
    }
    p.at(v(0.0, 0.3 * deep, -0.34 * l), 0.0, |p| {
        for k in 0..3 {
            p.put_at(Part::Rope, &torus(0.17 - 0.02 * k as f32, 0.025, 14, 5), v(0.0, 0.03 + 0.045 * k as f32, 0.0));
        }
    });
}

/// Seats, bottom boards and a pair of oars.
fn thwarts(p: &mut Pen, boat: Boat) {
    let Boat { l, w, deep } = boat;
    let seats = 3;
    for i in 0..seats {
        if p.broken(0.4) {
            continue;
        }
        let z = l * (0.26 * i as f32 - 0.26);
        let wide = w * (1.0 - (2.0 * z / l).abs().powf(2.2)) * 0.9;
        p.bx(Part::Panel, v(0.0, 0.66 * deep, z), v(wide, 0.045, 0.26));
    }
    p.turned(v(-0.24 * w, 0.2 * deep, 0.4 * l), Quat::from_rotation_x(-PI * 0.5), |p| {
        p.planks(Part::Panel, 0.48 * w, 0.72 * l, true)
    });
    for s in [-1.0, 1.0] {
        let at = v(s * 0.47 * w, deep + 0.03, 0.05 * l);
        p.put_at(Part::Trim, &cylinder(0.03, 0.07, 8, 0.0), at);
        p.rod(Part::Frame, at + v(-s * 0.7, 0.1, 0.9), at + v(s * 0.5, -0.12, -0.8), 0.022);
        p.turned(at + v(s * 0.5, -0.12, -0.8), Quat::from_rotation_y(-s * 0.55) * Quat::from_rotation_x(0.15), |p| {
            p.bx(Part::Frame, v(0.0, -0.02, -0.22), v(0.15, 0.03, 0.5));
        });
    }
}

/// An open clinker hull: strakes lofted as closed slabs, keel, stems, ribs and gunwales.
fn hull_shell(p: &mut Pen, l: f32, w: f32, deep: f32) {
    let point = |u: f32, s: f32| -> Vec3 {
        // u along the keel −1…1, s from keel 0 to gunwale 1.
        let taper = (1.0 - u.abs().powf(2.3)).max(0.0);
        let flare = (0.5 * PI * s).sin().powf(0.75);
        let sheer = 0.28 * deep * u * u * u.abs();
        let rocker = 0.16 * deep * u.abs().powi(4);
        v(
            0.5 * w * taper.powf(0.75) * flare,
            0.06 + rocker + (deep + sheer - rocker - 0.06) * (0.12 * s + 0.88 * s * s).min(1.0),
            0.5 * l * u * (0.93 + 0.07 * s),
        )
    };
    mark_planking(p, &point);
    let strakes = 6;
    for side in [-1.0, 1.0] {
        for k in 0..strakes {
            let (s0, s1) = (k as f32 / strakes as f32, (k as f32 + 1.12) / strakes as f32);
            let lap = 0.014 * (k as f32);
            if k > 1 && k < 5 && p.broken(0.22) {
                continue;
            }
            let shape = slab([14, 1], 0.028, |x, y| {
                let q = point(2.0 * x - 1.0, s0 + (s1.min(1.0) - s0) * y);
                v(side * (q.x + lap * 0.4 + if y < 0.5 { 0.012 } else { 0.0 }), q.y, q.z)
            });
            p.put(Part::Main, &oriented(shape));
        }
        let rail: Vec<Vec3> = (0..=14)
            .map(|i| {
                let q = point(i as f32 / 7.0 - 1.0, 1.0);
                v(side * (q.x + 0.02), q.y + 0.02, q.z)
            })
            .collect();
        p.put(Part::Frame, &tube(&rail, &[0.04; 15], 6));
        for i in 0..7 {
            let u = (i as f32 - 3.0) * 0.26;
            let rib: Vec<Vec3> = (0..=5)
                .map(|k| {
                    let q = point(u, k as f32 / 5.0);
                    v(side * (q.x - 0.025).max(0.0), q.y + 0.02, q.z)
                })
                .collect();
            p.put(Part::Frame, &tube(&rib, &[0.03; 6], 5));
        }
    }
    let keel: Vec<Vec3> = (0..=12)
        .map(|i| {
            let u = i as f32 / 6.0 - 1.0;
            let q = point(u, 0.0);
            v(0.0, q.y - 0.02 + 0.03 * u.abs(), q.z * 1.01)
        })
        .collect();
    p.put(Part::Frame, &tube(&keel, &[0.05; 13], 6));
    for s in [-1.0, 1.0] {
        let (a, b) = (point(s, 0.0), point(s, 1.0));
        let stem = [
            v(0.0, a.y - 0.02, a.z * 0.99),
            v(0.0, 0.5 * (a.y + b.y), b.z * 1.0),
            v(0.0, b.y + 0.22, b.z * 1.05),
            v(0.0, b.y + 0.3, b.z * 1.02),
        ];
        p.put(Part::Frame, &tube(&stem, &[0.055, 0.055, 0.05, 0.035], 6));
    }
}

/// Marks the planking as a few thick plates: the bottom in three lengths, each side in four lengths of two bands.
fn mark_planking(p: &mut Pen, point: &impl Fn(f32, f32) -> Vec3) {
    /// How far plates reach out of and into the hull, in metres.
    const SKIN: (f32, f32) = (0.03, 0.01);
    let plate = |us: [f32; 3], ss: [f32; 3], sides: &[f32]| -> Vec<Vec3> {
        let rows = us.into_iter().flat_map(|u| ss.map(|s| point(u, s)));
        rows.flat_map(|q| [q + v(SKIN.0, 0.0, 0.0), v((q.x - SKIN.1).max(0.0), q.y, q.z)])
            .flat_map(|q| sides.iter().map(move |side| v(side * q.x, q.y, q.z)))
            .collect()
    };
    for us in [[-0.9, -0.62, -0.36], [-0.36, 0.0, 0.36], [0.36, 0.62, 0.9]] {
        p.hull(Hull { points: plate(us, [0.0, 0.2, 0.42], &[-1.0, 1.0]) });
    }
    for side in [-1.0, 1.0] {
        for us in [[-0.95, -0.77, -0.58], [-0.58, -0.29, 0.0], [0.0, 0.29, 0.58], [0.58, 0.77, 0.95]] {
            for ss in [[0.42, 0.57, 0.72], [0.72, 0.86, 1.0]] {
                p.hull(Hull { points: plate(us, ss, &[side]) });
            }
        }
    }
}

fn launch(p: &mut Pen, l: f32, w: f32, deep: f32) {
    let section = |z: f32, s: f32, lift: f32| -> Vec<Vec3> {
        [
            (0.0, 0.02),
            (0.32, 0.1),
            (0.47, 0.42),
            (0.5, 0.82),
            (0.44, 1.0),
            (0.0, 1.04),
            (-0.44, 1.0),
            (-0.5, 0.82),
            (-0.47, 0.42),
            (-0.32, 0.1),
        ]
        .map(|(x, y)| v(x * w * s, lift + (deep - lift) * y, z))
        .to_vec()
    };
    let shape = loft(&[
        section(-0.5 * l, 0.86, 0.05),
        section(-0.4 * l, 0.98, 0.0),
        section(0.0, 1.0, 0.0),
        section(0.25 * l, 0.85, 0.04),
        section(0.42 * l, 0.42, 0.2),
        vec![v(0.0, 0.92 * deep, 0.5 * l)],
    ]);
    p.crease(35.0).put(Part::Main, &oriented(shape)).crease(50.0);
    p.bxb(Part::Rubber, v(0.0, 0.86 * deep, -0.14 * l), v(0.66 * w, 0.22, 0.4 * l), 0.08);
    for z in [-0.24, -0.06] {
        p.put_at(Part::Cloth, &rounded_box(v(0.56 * w, 0.2, 0.4), 0.08, 2), v(0.0, deep + 0.2, z * l));
        p.put_at(Part::Cloth, &rounded_box(v(0.56 * w, 0.45, 0.13), 0.06, 2), v(0.0, deep + 0.38, z * l - 0.22));
    }
    let screen = |x: f32, y: f32| {
        v((x - 0.5) * 0.8 * w, deep + 0.02 + 0.42 * y, 0.14 * l - 0.32 * y - 0.2 * (2.0 * x - 1.0).powi(2))
    };
    p.put(Part::Glass, &oriented(slab([10, 3], 0.024, screen)));
    for y in [0.0, 1.0] {
        let edge: Vec<Vec3> = (0..=10).map(|k| screen(0.1 * k as f32, y)).collect();
        p.put(Part::Trim, &tube(&edge, &[0.024; 11], 6));
    }
    for x in [0.0, 0.32, 0.68, 1.0] {
        p.rod(Part::Trim, screen(x, 0.0), screen(x, 1.0), 0.02);
    }
    launch_deck(p, l, w, deep);
    for s in [-1.0, 1.0] {
        p.rod(Part::Glow, v(s * 0.505 * w, 0.62 * deep, -0.42 * l), v(s * 0.505 * w, 0.62 * deep, 0.12 * l), 0.018);
        p.rod(Part::Trim, v(s * 0.44 * w, deep + 0.02, -0.45 * l), v(s * 0.44 * w, deep + 0.02, 0.1 * l), 0.025);
        p.at(v(s * 0.22 * w, 0.55 * deep, -0.52 * l), 0.0, |p| {
            p.turned(Vec3::ZERO, Quat::from_rotation_x(PI * 0.5), |p| {
                p.put(Part::Frame, &lathe(&[v2(0.14, -0.18), v2(0.2, -0.1), v2(0.2, 0.2), v2(0.13, 0.28)], 14));
                p.put(Part::Glow, &cylinder(0.1, 0.04, 12, 0.0).at(0.0, -0.2, 0.0));
            });
        });
    }
    p.rod(Part::Trim, v(0.0, deep + 0.2, -0.42 * l), v(0.0, deep + 1.1, -0.46 * l), 0.02);
    p.put_at(Part::Lamp, &sphere(0.05, 5, 8), v(0.0, deep + 1.12, -0.46 * l));
    p.put_at(Part::Trim, &rounded_box(v(0.36, 0.22, 0.2), 0.06, 1), v(0.0, deep + 0.1, 0.06 * l));
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.55 * l), v(0.5 * w, deep + 0.4, 0.46 * l)));
    let b = p.bounds();
    p.hull(Hull::cuboid(v(-0.1, deep, b.min.z), v(0.1, b.max.y, -0.4 * l)));
}

/// What lies on the deck of a launch: cowlings, vents, fins, a yoke, cleats and spray rails.
fn launch_deck(p: &mut Pen, l: f32, w: f32, deep: f32) {
    for s in [-1.0, 1.0] {
        let cowl = lathe(&[v2(0.1, -0.4), v2(0.17, -0.32), v2(0.18, 0.1), v2(0.12, 0.34), v2(0.0, 0.42)], 16);
        p.turned(v(s * 0.22 * w, deep + 0.05, -0.42 * l), Quat::from_rotation_x(PI * 0.5), |p| {
            p.crease(60.0).put(Part::Main, &cowl).crease(50.0);
        });
        for k in 0..4 {
            let z = -0.45 * l + 0.09 * k as f32;
            p.chip(Part::Rubber, v(s * 0.22 * w, deep + 0.2, z), v(0.16, 0.04, 0.03));
        }
        let fin = [v2(0.0, 0.0), v2(0.55, 0.0), v2(0.1, 0.5), v2(-0.14, 0.54)];
        p.turned(
            v(s * 0.4 * w, deep - 0.02, -0.46 * l),
            Quat::from_rotation_z(-0.25 * s) * Quat::from_rotation_y(-PI * 0.5),
            |p| {
                p.put(Part::Panel, &gesamt_mesh::shapes2::extrude(&fin, 0.05, 0.015));
            },
        );
        let spray: Vec<Vec3> = [-0.48, -0.2, 0.05, 0.26, 0.42]
            .into_iter()
            .zip([0.485, 0.505, 0.5, 0.42, 0.22])
            .map(|(z, x): (f32, f32)| v(s * x * w, deep * (0.5 + 0.25 * (z + 0.48) * (z + 0.48)), z * l))
            .collect();
        p.put(Part::Trim, &tube(&spray, &[0.03; 5], 6));
        for z in [-0.38, 0.3] {
            let wide = if z > 0.0 { 0.26 } else { 0.4 };
            p.bxb(Part::Trim, v(s * wide * w, deep - 0.01, z * l), v(0.05, 0.07, 0.2), 0.02);
        }
        let rail: Vec<Vec3> = (0..=8)
            .map(|k| 0.18 + 0.035 * k as f32)
            .map(|z: f32| v(s * w * (0.36 - 2.6 * (z - 0.18) * (z - 0.18) - 0.3 * (z - 0.18)), deep + 0.22, z * l))
            .collect();
        p.put(Part::Trim, &tube(&rail, &[0.018; 9], 6));
        for k in [0, 3, 6, 8] {
            p.rod(Part::Trim, rail[k] - v(0.0, 0.3, 0.0), rail[k], 0.014);
        }
    }
    p.rod(Part::Trim, v(0.0, deep + 0.26, 0.04 * l), v(0.0, deep + 0.34, -0.02 * l), 0.02);
    p.turned(v(0.0, deep + 0.35, -0.025 * l), Quat::from_rotation_x(0.5 * PI - 0.5), |p| {
        p.put(Part::Rubber, &torus(0.14, 0.018, 18, 6));
        p.rod(Part::Trim, v(-0.13, 0.0, 0.0), v(0.13, 0.0, 0.0), 0.014);
    });
    p.bxb(Part::Screen, v(0.0, deep + 0.14, 0.035 * l), v(0.26, 0.1, 0.02), 0.004);
}

pub(crate) fn dock(p: &mut Pen) {
    let (w, l, deck) = (p.snapped("width", 1.5, 2.5, 0.5), 4.0, 1.0);
    if p.dialect() == Dialect::Organic {
        return super::moorings::dock(p, w, l, deck);
    }
    let metal = matches!(p.dialect(), Dialect::Neon | Dialect::Metal | Dialect::Sleek);
    p.hull(Hull::cuboid(v(-0.5 * w, deck - 0.25, -0.5 * l), v(0.5 * w, deck, 0.5 * l)));
    for s in [-1.0, 1.0] {
        for k in 0..3 {
            let z = (k as f32 - 1.0) * (0.5 * l - 0.16);
            let tall = deck + if k == 1 { -0.04 } else { 0.25 + 0.1 * p.rng.unit() };
            let x = s * (0.5 * w - 0.12);
            p.solid(|p| {
                if metal {
                    p.drum(Part::Frame, v(x, 0.0, z), 0.1, tall);
                } else {
                    p.put(
                        Part::Frame,
                        &tube(
                            &[v(x + 0.02 * p.rng.signed(), 0.0, z), v(x, 0.5 * tall, z), v(x, tall, z)],
                            &[0.12, 0.115, 0.11],
                            10,
                        ),
                    );
                }
            });
            if k != 1 {
                p.put_at(if metal { Part::Glow } else { Part::Rope }, &torus(0.115, 0.022, 14, 5), v(x, deck + 0.1, z));
            }
        }
        p.rail(v(s * (0.5 * w - 0.22), deck - 0.14, -0.5 * l), v(s * (0.5 * w - 0.22), deck - 0.14, 0.5 * l), 0.14);
        p.rail(v(s * (0.5 * w - 0.12), 0.25, -0.5 * l + 0.16), v(s * (0.5 * w - 0.12), deck - 0.25, 0.0), 0.06);
    }
    for k in 0..3 {
        let z = (k as f32 - 1.0) * (0.5 * l - 0.16);
        p.rail(v(-0.5 * w + 0.02, deck - 0.22, z), v(0.5 * w - 0.02, deck - 0.22, z), 0.12);
    }
    let n = (l / 0.18) as usize;
    for i in 0..n {
        if i > 0 && i + 1 < n && p.broken(0.24) {
            continue;
        }
        let z = (i as f32 + 0.5) * l / n as f32 - 0.5 * l;
        let deep = l / n as f32 * if i == 0 || i + 1 == n { 1.0 } else { 0.93 };
        let over = if p.rng.chance(0.5) { 0.0 } else { 0.02 };
        let yaw = if i == 0 || i + 1 == n { 0.0 } else { 0.012 * p.rng.signed() };
        p.at(v(0.0, deck - 0.06, z), yaw, |p| {
            p.bx(Part::Main, Vec3::ZERO, v(w - over, 0.055, deep));
            p.bolts(Part::Trim, v(-0.5 * w + 0.22, 0.056, 0.0), v(0.5 * w - 0.22, 0.056, 0.0), 2, 0.009);
        });
    }
    let bollard = v(0.5 * w - 0.3, deck, 0.3 * l);
    p.put_at(
        Part::Trim,
        &lathe(&[v2(0.13, -0.01), v2(0.09, 0.06), v2(0.08, 0.2), v2(0.14, 0.26), v2(0.12, 0.32), v2(0.0, 0.34)], 12),
        bollard,
    );
    for k in 0..3 {
        p.put_at(
            Part::Rope,
            &torus(0.2 - 0.025 * k as f32, 0.026, 16, 5),
            v(-0.5 * w + 0.36, deck + 0.022 + 0.042 * k as f32, -0.2 * l),
        );
    }
    p.at(v(-0.5 * w + 0.12, deck + 0.2, 0.5 * l - 0.16), 0.0, |p| {
        p.rod(Part::Frame, Vec3::ZERO, v(0.0, 1.05, 0.0), 0.035);
        p.at(v(0.12, 1.02, 0.0), 0.0, |p| p.hanging_lantern(0.42, true));
        p.rod(Part::Frame, v(-0.03, 1.0, 0.0), v(0.16, 1.02, 0.0), 0.02);
    });
    p.hull(Hull::cuboid(v(-0.5 * w, deck, 0.5 * l - 0.3), v(-0.5 * w + 0.3, deck + 1.25, 0.5 * l)));
}
