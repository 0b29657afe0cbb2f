//! What stands on boats: sails, wheelhouses, deck gear and carved stems.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{arc_band, extrude, oriented, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::build::smooth;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// Size of the boat a rig stands in: length, beam and depth, in metres.
#[derive(Clone, Copy)]
pub(crate) struct Boat {
    pub l: f32,
    pub w: f32,
    pub deep: f32,
}

/// A mast with the sail of the culture, its stays, a pennant and a rudder.
pub(crate) fn sailing(p: &mut Pen, b: Boat) {
    let tall = 0.68 * b.l + 0.4;
    let z = 0.08 * b.l;
    p.put(Part::Frame, &tube(&[v(0.0, 0.1, z), v(0.01, 0.6 * tall, z), v(0.02, tall, z)], &[0.075, 0.062, 0.04], 9));
    p.put_at(Part::Trim, &torus(0.066, 0.02, 12, 5), v(0.01, 0.62 * tall, z));
    for (x, zz) in [(-0.46 * b.w, -0.06 * b.l), (0.46 * b.w, -0.06 * b.l), (0.0, 0.5 * b.l), (0.0, -0.5 * b.l)] {
        let foot = v(x, b.deep + if x == 0.0 { 0.28 } else { 0.04 }, zz);
        p.cable(Part::Rope, v(0.015, 0.95 * tall, z), foot, 0.05, 0.011);
    }
    if p.decay() < 0.85 {
        if matches!(p.style.genre, Genre::Nautical | Genre::Western) {
            gaff_sail(p, b, tall, z);
        } else {
            square_sail(p, b, tall, z);
        }
    }
    pennant(p, v(0.02, tall, z));
    rudder(p, b);
    p.hull(Hull::cuboid(v(-0.1, b.deep, z - 0.1), v(0.1, tall, z + 0.1)));
}

/// A square sail in broad stripes, full of wind, on a yard.
fn square_sail(p: &mut Pen, b: Boat, tall: f32, z: f32) {
    let (wide, top, low) = (1.5 * b.w, 0.9 * tall, b.deep + 0.42);
    let yard = smooth(&[v(-0.56 * wide, top, z + 0.09), v(0.0, top + 0.03, z + 0.1), v(0.56 * wide, top, z + 0.09)], 3);
    let girth: Vec<f32> = (0..yard.len()).map(|i| 0.045 - 0.02 * (i as f32 / 3.0 - 1.0).abs()).collect();
    p.put(Part::Frame, &tube(&yard, &girth, 8));
    const STRIPES: usize = 5;
    for k in 0..STRIPES {
        let part = if k % 2 == 0 { Part::Cloth2 } else { Part::Cloth };
        let cloth = slab([5, 12], 0.016, |x, y| {
            let u = (k as f32 + x) / STRIPES as f32 * 2.0 - 1.0;
            let belly = 0.42 * (1.0 - u * u) * (PI * (0.08 + 0.9 * y)).sin() + 0.1 * (1.0 - u * u);
            let hem =
                0.12 * (1.0 - u * u) * (1.0 - y) + 0.3 * p.style.condition.decay * (1.0 - y) * (9.0 * u).sin().max(0.0);
            v(0.5 * wide * u * (0.92 + 0.08 * y), low + hem + (top - low - hem) * y, z + 0.1 + belly)
        });
        p.creased(70.0, |p| {
            p.put(part, &oriented(cloth));
        });
    }
    for s in [-1.0, 1.0] {
        p.cable(
            Part::Rope,
            v(0.45 * s * wide, low + 0.02, z + 0.1),
            v(0.42 * s * b.w, b.deep + 0.03, -0.28 * b.l),
            0.08,
            0.01,
        );
        p.cable(Part::Rope, v(0.54 * s * wide, top, z + 0.09), v(0.02, 0.97 * tall, z), 0.03, 0.009);
    }
    for k in 0..7 {
        let x = (k as f32 - 3.0) / 3.2 * 0.5 * wide;
        p.turned(v(x, top, z + 0.095), Quat::from_rotation_z(0.5 * PI), |p| {
            p.put(Part::Rope, &torus(0.045, 0.011, 9, 4));
        });
    }
}

/// A gaff sail on a boom behind the mast and a jib before it.
fn gaff_sail(p: &mut Pen, b: Boat, tall: f32, z: f32) {
    let boom = v(0.0, b.deep + 0.42, z - 0.06);
    let clew = v(0.16, b.deep + 0.5, -0.52 * b.l);
    let throat = v(0.0, 0.72 * tall, z - 0.06);
    let peak = v(0.1, 0.98 * tall, -0.24 * b.l);
    p.rod(Part::Frame, boom, clew, 0.036);
    p.rod(Part::Frame, throat, peak, 0.03);
    let sail = |x: f32, y: f32| {
        let (low, high) = (boom.lerp(clew, 0.02 + 0.94 * x), throat.lerp(peak, 0.02 + 0.94 * x));
        let belly = 0.24 * (PI * x).sin() * (PI * (0.1 + 0.8 * y)).sin();
        let seam = 0.006 * (16.0 * PI * x).cos();
        low.lerp(high, 0.02 + 0.95 * y) + v(belly + seam, 0.0, 0.0)
    };
    p.creased(70.0, |p| {
        p.put(Part::Cloth2, &oriented(slab([18, 12], 0.014, sail)));
    });
    let (tack, head, sheet) =
        (v(0.0, b.deep + 0.3, 0.52 * b.l), v(0.01, 0.86 * tall, z + 0.07), v(0.14, b.deep + 0.28, z + 0.25));
    let jib = slab([8, 12], 0.012, |x, y| {
        let wide = 1.0 - 0.97 * y;
        let luff = tack.lerp(head, 0.03 + 0.95 * y);
        let leech = sheet.lerp(head, 0.03 + 0.95 * y);
        luff.lerp(leech, x * wide.clamp(0.05, 1.0)) + v(0.18 * (PI * x).sin() * (PI * y).sin(), 0.0, 0.0)
    });
    p.creased(70.0, |p| {
        p.put(Part::Cloth, &oriented(jib));
    });
    for k in 0..6 {
        let y = boom.y + 0.16 + (throat.y - boom.y - 0.2) * k as f32 / 5.0;
        p.put_at(Part::Rope, &torus(0.085, 0.012, 10, 4), v(0.01, y, z - 0.02));
    }
    p.cable(Part::Rope, clew, v(0.0, b.deep + 0.2, -0.46 * b.l), 0.02, 0.01);
}

/// A forked pennant at the masthead.
fn pennant(p: &mut Pen, top: Vec3) {
    let flag = slab([10, 2], 0.01, |x, y| {
        let fork = 0.18 * (1.0 - (2.0 * y - 1.0).abs()) * x;
        v(0.04 * (7.0 * x).sin() * x, (y - 0.5) * 0.26 * (1.0 - 0.55 * x) - 0.18, -(0.02 + 0.75 * x - fork))
    });
    p.creased(70.0, |p| {
        p.put_at(Part::Cloth, &oriented(flag), top + v(0.0, 0.02, 0.0));
    });
    p.put_at(Part::Accent, &sphere(0.05, 6, 9), top + v(0.0, 0.03, 0.0));
}

/// A rudder hung on the stern and its tiller.
fn rudder(p: &mut Pen, b: Boat) {
    let z = -0.5 * b.l;
    let blade = [
        v2(-0.02, 0.06),
        v2(0.26, 0.0),
        v2(0.3, 0.34),
        v2(0.12, 0.6),
        v2(0.08, b.deep + 0.42),
        v2(-0.02, b.deep + 0.42),
    ];
    p.turned(v(0.0, 0.02, z - 0.02), Quat::from_rotation_y(0.5 * PI), |p| {
        p.put(Part::Frame, &extrude(&blade, 0.05, 0.012));
    });
    let tiller =
        smooth(&[v(0.0, b.deep + 0.38, z - 0.06), v(0.03, b.deep + 0.42, z + 0.3), v(0.1, b.deep + 0.32, z + 0.75)], 3);
    p.put(Part::Frame, &tube(&tiller, &vec![0.026; tiller.len()], 7));
}

/// Carved stems, round shields or painted eyes, by culture.
pub(crate) fn ornaments(p: &mut Pen, b: Boat) {
    match p.style.genre {
        Genre::MedievalFantasy | Genre::FairyTale | Genre::GothicHorror => {
            dragon(p, b);
            for s in [-1.0, 1.0] {
                for k in 0..4 {
                    let z = (k as f32 - 1.6) * 0.135 * b.l;
                    let x = s * (0.5 * b.w * (1.0 - (2.0 * z / b.l).abs().powf(2.3)).powf(0.75) + 0.055);
                    p.turned(v(x, b.deep - 0.02, z), Quat::from_rotation_z(-s * 0.5 * PI), |p| round_shield(p, k));
                }
            }
        }
        Genre::Ancient => {
            for s in [-1.0, 1.0] {
                let at = v(s * 0.29 * b.w, 0.74 * b.deep, 0.4 * b.l);
                p.turned(at, Quat::from_rotation_y(s * 1.02), |p| {
                    let eye = sphere(1.0, 6, 14).mapped(|q| v(0.17 * q.x, 0.1 * q.y, 0.035 * q.z));
                    p.put(Part::Cloth2, &eye);
                    p.put_at(
                        Part::Rubber,
                        &sphere(1.0, 5, 10).mapped(|q| v(0.055 * q.x, 0.065 * q.y, 0.03 * q.z)),
                        v(0.0, 0.0, 0.02),
                    );
                });
            }
            // The stern curls over into a fan of plumes.
            for k in 0..3 {
                let up = 0.9 - 0.16 * k as f32;
                let plume = smooth(
                    &[
                        v(0.0, b.deep + 0.15, -0.5 * b.l),
                        v(0.0, b.deep + 0.55 * up, -0.56 * b.l),
                        v(0.0, b.deep + up, -0.47 * b.l),
                        v(0.0, b.deep + up - 0.02, -0.36 * b.l),
                    ],
                    4,
                );
                let girth: Vec<f32> = (0..plume.len()).map(|i| 0.05 - 0.032 * i as f32 / plume.len() as f32).collect();
                p.put(Part::Frame, &tube(&plume, &girth, 7));
            }
        }
        _ => {}
    }
}

/// A dragon's head on the stem that looks ahead.
fn dragon(p: &mut Pen, b: Boat) {
    let root = v(0.0, b.deep + 0.16, 0.52 * b.l);
    let neck = smooth(
        &[root, root + v(0.0, 0.3, 0.06), root + v(0.0, 0.6, 0.02), root + v(0.0, 0.8, 0.1), root + v(0.0, 0.82, 0.26)],
        4,
    );
    let girth: Vec<f32> = (0..neck.len()).map(|i| 0.075 - 0.012 * i as f32 / neck.len() as f32).collect();
    p.creased(80.0, |p| {
        p.put(Part::Frame, &tube(&neck, &girth, 9));
        let head = root + v(0.0, 0.81, 0.3);
        p.put_at(Part::Frame, &sphere(1.0, 8, 12).mapped(|q| v(0.085 * q.x, 0.085 * q.y, 0.14 * q.z)), head);
        for (y, tilt) in [(0.02, -0.12), (-0.055, 0.28)] {
            let jaw = sphere(1.0, 6, 10).mapped(|q| v(0.058 * q.x, 0.032 * q.y, 0.15 * q.z));
            p.turned(head + v(0.0, y, 0.16), Quat::from_rotation_x(tilt), |p| {
                p.put(Part::Frame, &jaw);
            });
        }
        for s in [-1.0, 1.0] {
            p.put_at(Part::Accent, &sphere(0.026, 5, 8), head + v(0.062 * s, 0.05, 0.06));
            let horn =
                [head + v(0.05 * s, 0.05, -0.04), head + v(0.08 * s, 0.16, -0.1), head + v(0.07 * s, 0.22, -0.22)];
            p.put(Part::Frame, &tube(&horn, &[0.028, 0.02, 0.0], 6));
        }
    });
    for at in neck.iter().skip(2).take(neck.len() - 5) {
        p.chip(Part::Frame, *at + v(0.0, 0.02, -0.08), v(0.02, 0.07, 0.07));
    }
}

/// A round shield on its back: rim, boss and painted quarters.
fn round_shield(p: &mut Pen, k: usize) {
    p.put(if k.is_multiple_of(2) { Part::Lacquer } else { Part::Panel }, &cylinder(0.21, 0.026, 18, 0.006));
    p.put_at(Part::Trim, &torus(0.208, 0.014, 18, 5), v(0.0, 0.014, 0.0));
    p.put_at(
        Part::Trim,
        &lathe(&[v2(0.075, 0.0), v2(0.065, 0.03), v2(0.03, 0.055), v2(0.0, 0.06)], 12),
        v(0.0, 0.02, 0.0),
    );
}

/// The gear of a working boat: wheelhouse, derrick, drum, fenders of tyres, rails and a lamp.
pub(crate) fn working(p: &mut Pen, b: Boat) {
    let deck = 0.62 * b.deep;
    fenders(p, b);
    p.turned(v(-0.3 * b.w, deck - 0.04, -0.42 * b.l), Quat::from_rotation_x(0.5 * PI), |p| {
        p.planks(Part::Panel, 0.6 * b.w, 0.8 * b.l, true);
    });
    p.at(v(0.0, deck - 0.02, -0.08 * b.l), 0.0, |p| wheelhouse(p, 0.6 * b.w, 0.27 * b.l));
    derrick(p, b, deck);
    for s in [-1.0, 1.0] {
        let rail = |z: f32, up: f32| {
            let wide = 0.5 * b.w * (1.0 - (2.0 * z / b.l).abs().powf(2.3)).max(0.0).powf(0.75) - 0.02;
            v(s * wide, b.deep + up + 0.2 * b.deep * (2.0 * z / b.l).abs().powi(3), z)
        };
        let path: Vec<Vec3> = (0..=8).map(|i| rail((0.06 + 0.05 * i as f32) * b.l, 0.42)).collect();
        p.put(Part::Trim, &tube(&path, &[0.018; 9], 6));
        for i in [0, 3, 6, 8] {
            p.rod(Part::Trim, rail((0.06 + 0.05 * i as f32) * b.l, -0.04), path[i], 0.014);
        }
    }
    // An anchor hangs at the bow.
    p.turned(v(0.0, b.deep + 0.02, 0.53 * b.l), Quat::from_rotation_x(0.12), |p| {
        p.rod(Part::Trim, v(0.0, -0.3, 0.03), v(0.0, 0.18, 0.03), 0.02);
        let arms = arc_band(0.15, 0.19, 1.1 * PI, 1.9 * PI, 10);
        p.put_at(Part::Trim, &extrude(&arms, 0.035, 0.006), v(0.0, -0.14, 0.03));
        p.rod(Part::Trim, v(-0.13, 0.12, 0.03), v(0.13, 0.12, 0.03), 0.014);
    });
    rudder(p, b);
}

/// Tyres along both sides; drawn first, so that they keep a material of their own.
fn fenders(p: &mut Pen, b: Boat) {
    for s in [-1.0, 1.0] {
        for k in 0..3 {
            let z = (k as f32 - 1.1) * 0.2 * b.l;
            let x = s * (0.5 * b.w * (1.0 - (2.0 * z / b.l).abs().powf(2.3)).powf(0.75) + 0.05);
            p.turned(v(x, b.deep - 0.22, z), Quat::from_rotation_z(0.5 * PI), |p| {
                p.put(Part::Rubber, &torus(0.16, 0.062, 16, 7));
            });
            p.rod(Part::Rope, v(x, b.deep - 0.08, z), v(x - 0.05 * s, b.deep + 0.05, z), 0.011);
        }
    }
}

/// A mast behind the house with a boom, a hook and a winch drum.
fn derrick(p: &mut Pen, b: Boat, deck: f32) {
    let z = -0.26 * b.l;
    let top = deck + 2.3;
    p.rod(Part::Frame, v(0.0, deck - 0.3, z), v(0.0, top, z), 0.05);
    let tip = v(0.0, top - 0.25, -0.52 * b.l);
    p.rod(Part::Frame, v(0.0, deck + 1.1, z), tip, 0.034);
    p.cable(Part::Rubber, v(0.0, top - 0.05, z), tip, 0.03, 0.01);
    p.rod(Part::Rubber, tip, tip - v(0.0, 0.8, 0.0), 0.009);
    p.turned(tip - v(0.0, 0.86, 0.0), Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Trim, &torus(0.06, 0.016, 12, 5));
    });
    p.put_at(Part::Lamp, &sphere(0.055, 6, 9), v(0.0, top + 0.03, z));
    p.turned(v(-0.22, deck + 0.22, -0.36 * b.l), Quat::from_rotation_z(-0.5 * PI), |p| {
        p.put(Part::Rope, &cylinder(0.13, 0.44, 16, 0.01));
        for y in [-0.02, 0.42] {
            p.put_at(Part::Trim, &cylinder(0.19, 0.03, 18, 0.006), v(0.0, y, 0.0));
        }
    });
    for s in [-1.0, 1.0] {
        p.bx(Part::Frame, v(0.25 * s, deck - 0.1, -0.36 * b.l), v(0.05, 0.36, 0.14));
    }
}

/// A wheelhouse with raked windows all around, a visor, door, funnel, life ring and rails on its roof.
fn wheelhouse(p: &mut Pen, w: f32, l: f32) {
    let (h, sill) = (1.45, 0.78);
    p.bxb(Part::Panel, Vec3::ZERO, v(w, sill, l), 0.04);
    p.bxb(Part::Trim, v(0.0, sill - 0.03, 0.0), v(w + 0.04, 0.05, l + 0.04), 0.012);
    p.bxb(Part::Glass, v(0.0, sill, -0.01), v(w - 0.07, h - sill, l - 0.08), 0.02);
    p.bxb(Part::Panel, v(0.0, h - 0.02, 0.05), v(w + 0.16, 0.09, l + 0.28), 0.03);
    for yaw in 0..4 {
        let (half, wide) = if yaw % 2 == 0 { (0.5 * l, w) } else { (0.5 * w, l) };
        p.at(Vec3::ZERO, 0.5 * PI * yaw as f32, |p| {
            for s in [-0.5, 0.0, 0.5] {
                let x = s * (wide - 0.06);
                p.beam(Part::Panel, v(x, sill - 0.02, half - 0.03), v(x, h, half - 0.03), 0.06, 0.06);
            }
        });
    }
    p.bxb(Part::Frame, v(0.1 * w, 0.04, -0.5 * l), v(0.42 * w, sill + 0.4, 0.03), 0.01);
    p.put_at(Part::Trim, &sphere(0.025, 5, 8), v(0.24 * w, 0.6, -0.5 * l - 0.02));
    p.turned(v(0.5 * w + 0.02, 0.42, 0.0), Quat::from_rotation_z(0.5 * PI), |p| {
        p.put(Part::Lacquer, &torus(0.19, 0.05, 20, 7));
    });
    let steam = p.dialect() == Dialect::Steam;
    let (fr, fh) = if steam { (0.13, 0.95) } else { (0.1, 0.5) };
    let funnel = [
        v2(1.2 * fr, 0.0),
        v2(fr, 0.08),
        v2(fr, fh),
        v2(1.35 * fr, fh + 0.06),
        v2(1.3 * fr, fh + 0.1),
        v2(0.8 * fr, fh + 0.05),
    ];
    p.creased(40.0, |p| {
        p.put_at(Part::Trim, &lathe(&funnel, 16), v(-0.22 * w, h + 0.05, -0.22 * l));
    });
    p.put_at(Part::Lacquer, &cylinder(1.06 * fr, 0.12, 16, 0.006), v(-0.22 * w, h + 0.3, -0.22 * l));
    p.turned(v(0.2 * w, h + 0.15, 0.4 * l), Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Trim, &cylinder(0.1, 0.14, 14, 0.02).at(0.0, -0.08, 0.0));
        p.put(Part::Lamp, &cylinder(0.08, 0.02, 14, 0.004).at(0.0, 0.06, 0.0));
    });
    p.rod(Part::Trim, v(0.2 * w, h, 0.4 * l), v(0.2 * w, h + 0.12, 0.4 * l), 0.02);
    for k in 0..4 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 4.0);
        p.chip(Part::Trim, v(0.4 * w * e.x, h + 0.06, 0.4 * l * e.y), v(0.03, 0.05, 0.03));
    }
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * l), v(0.5 * w, h, 0.5 * l)));
}
