//! Goods and what carries them: crates, barrels and carts.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe};
use gesamt_mesh::shapes2::{hoop, torus};
use glam::{Quat, Vec3};

use super::panels::Field;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn crates(p: &mut Pen) {
    let s = p.size("size", 0.5, 0.95);
    p.solid(|p| crate_box(p, v(s, 0.8 * s, s)));
    if p.rng.chance(0.55) {
        let (s2, yaw) = (s * p.rng.range(0.6, 0.85), 0.5 * p.rng.signed());
        // The feet of a grown crate sink into the rounded lid below.
        let sunk = if p.dialect() == Dialect::Organic { 0.1 * s } else { 0.0 };
        p.at(v(0.06 * s, 0.8 * s - sunk, -0.04 * s), yaw, |p| {
            p.solid(|p| crate_box(p, v(s2, 0.8 * s2, s2)));
        });
    }
    p.overgrow_foot(s, s);
}

/// A crate of the dialect, `size` in metres, standing at the origin.
pub(crate) fn crate_box(p: &mut Pen, size: Vec3) {
    let (x, y, z) = (0.5 * size.x, size.y, 0.5 * size.z);
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon | Dialect::Metal => {
            let bevel = if p.dialect() == Dialect::Sleek { 0.05 } else { 0.02 };
            p.bxb(Part::Main, v(0.0, 0.02, 0.0), size - v(0.06, 0.02, 0.06), bevel);
            for (sx, sz) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                p.bxb(Part::Frame, v(sx * (x - 0.05), 0.0, sz * (z - 0.05)), v(0.1, y, 0.1), 0.02);
            }
            for k in 0..4 {
                let q = Quat::from_rotation_y(PI * 0.5 * k as f32);
                let (half, wide) = if k % 2 == 0 { (z, x) } else { (x, z) };
                p.turned(Vec3::ZERO, q, |p| {
                    p.bx(Part::Frame, v(0.0, 0.0, half - 0.03), v(1.8 * wide, 0.07, 0.05));
                    p.bx(Part::Frame, v(0.0, y - 0.07, half - 0.03), v(1.8 * wide, 0.07, 0.05));
                    if p.dialect() == Dialect::Neon {
                        let field = Field { columns: 2, vent: k == 2, plate: k == 0, glow: false };
                        p.at(v(0.0, 0.5 * y, half - 0.03), 0.0, |p| {
                            p.panelled(v2(2.0 * wide - 0.2, y - 0.16), &field);
                        });
                    } else {
                        p.bx(Part::Main, v(0.0, 0.28 * y, half - 0.03), v(1.1 * wide, 0.4 * y, 0.03));
                    }
                    if k % 2 == 0 {
                        p.rod(
                            Part::Trim,
                            v(-0.25 * wide, 0.62 * y, half + 0.03),
                            v(0.25 * wide, 0.62 * y, half + 0.03),
                            0.013,
                        );
                        for sx in [-0.25, 0.25] {
                            p.rod(
                                Part::Trim,
                                v(sx * wide, 0.62 * y, half - 0.03),
                                v(sx * wide, 0.62 * y, half + 0.035),
                                0.013,
                            );
                        }
                    }
                });
            }
            if p.dialect() == Dialect::Neon {
                // The lid: a sunk field with corner bolts.
                p.turned(v(0.0, y - 0.002, 0.0), Quat::from_rotation_x(-PI * 0.5), |p| {
                    let field = Field { columns: 2, vent: false, plate: false, glow: false };
                    p.panelled(v2(size.x - 0.22, size.z - 0.22), &field);
                });
            }
            if p.dialect() != Dialect::Metal {
                p.bx(Part::Glow, v(0.3 * x, 0.82 * y, z - 0.028), v(0.25 * x, 0.025, 0.02));
            }
        }
        Dialect::Organic => super::husks::chest(p, size),
        _ => {
            for k in 0..4 {
                let q = Quat::from_rotation_y(PI * 0.5 * k as f32);
                let (half, wide) = if k % 2 == 0 { (z, x) } else { (x, z) };
                p.turned(Vec3::ZERO, q, |p| {
                    p.at(v(-wide + 0.02, 0.02, half - 0.03), 0.0, |p| {
                        p.planks(Part::Main, 2.0 * wide - 0.04, y - 0.04, false)
                    });
                    for sx in [-1.0, 1.0] {
                        p.bx(Part::Frame, v(sx * (wide - 0.04), 0.0, half), v(0.08, y, 0.03));
                    }
                    p.bx(Part::Frame, v(0.0, 0.0, half), v(2.0 * wide - 0.16, 0.08, 0.028));
                    p.bx(Part::Frame, v(0.0, y - 0.08, half), v(2.0 * wide - 0.16, 0.08, 0.028));
                    p.beam(
                        Part::Frame,
                        v(-wide + 0.1, 0.09, half + 0.002),
                        v(wide - 0.1, y - 0.09, half + 0.002),
                        0.022,
                        0.07,
                    );
                    p.bolts(
                        Part::Trim,
                        v(-wide + 0.04, 0.04, half + 0.016),
                        v(-wide + 0.04, y - 0.04, half + 0.016),
                        3,
                        0.008,
                    );
                });
            }
            p.turned(v(-x, y - 0.02, z), Quat::from_rotation_x(-PI * 0.5), |p| {
                p.planks(Part::Main, 2.0 * x, 2.0 * z, true)
            });
        }
    }
}

pub(crate) fn barrel(p: &mut Pen) {
    let h = p.size("size", 0.75, 1.05);
    let r = 0.34 * h;
    p.hull(Hull::drum(Vec3::ZERO, 1.08 * r, h, 12));
    match p.dialect() {
        Dialect::Timber | Dialect::Japan | Dialect::Steam => {
            let staves = 16;
            let bulge = |t: f32| r * (0.84 + 0.2 * (PI * t).sin());
            for i in 0..staves {
                if p.broken(0.1) {
                    continue;
                }
                let a = TAU * i as f32 / staves as f32;
                let width = 0.97 * TAU / staves as f32;
                let cut = if p.broken(0.2) { 0.85 } else { 1.0 };
                let sections: Vec<Vec<Vec3>> = (0..=6)
                    .map(|k| {
                        let t = cut * k as f32 / 6.0;
                        let ro = bulge(t) + 0.006 * (i % 3) as f32;
                        let at = |rad: f32, da: f32| v(rad * (a + da).cos(), h * t, rad * (a + da).sin());
                        vec![
                            at(ro - 0.03, -0.5 * width),
                            at(ro, -0.5 * width),
                            at(ro, 0.5 * width),
                            at(ro - 0.03, 0.5 * width),
                        ]
                    })
                    .collect();
                p.put(Part::Main, &gesamt_mesh::shapes2::loft(&sections));
            }
            for t in [0.04, 0.24, 0.7, 0.9] {
                let band = hoop(bulge(t + 0.02) - 0.004, 0.018, 0.055, 24);
                p.put_at(Part::Trim, &band, v(0.0, t * h, 0.0));
            }
            for y in [0.03, h - 0.06] {
                p.put_at(Part::Main, &cylinder(0.82 * r, 0.03, 18, 0.004), v(0.0, y, 0.0));
            }
            if p.dialect() == Dialect::Steam {
                p.turned(v(0.0, 0.25 * h, r), Quat::from_rotation_x(PI * 0.5), |p| {
                    p.put(Part::Trim, &cylinder(0.03, 0.12, 8, 0.006));
                });
            }
        }
        Dialect::Organic => super::husks::cask(p, h, r),
        dialect => {
            let dent = 0.05 * p.decay();
            let seed = p.rng.next_u64() as u32;
            let mut profile = vec![v2(0.97 * r, 0.0), v2(r, 0.015)];
            for t in [0.32, 0.66] {
                profile.extend([v2(r, (t - 0.02) * h), v2(1.05 * r, t * h), v2(r, (t + 0.02) * h)]);
            }
            profile.extend([v2(r, h - 0.015), v2(0.97 * r, h), v2(0.92 * r, h), v2(0.9 * r, h - 0.03)]);
            let body = super::build::rough(lathe(&profile, 24), dent, 5.0, seed);
            p.crease(35.0).put(Part::Main, &body).crease(50.0);
            for y in [0.0, h - 0.02] {
                p.put_at(Part::Trim, &torus(0.985 * r, 0.014, 24, 5), v(0.0, y + 0.012, 0.0));
            }
            p.put_at(Part::Trim, &cylinder(0.05, 0.03, 10, 0.006), v(0.5 * r, h - 0.03, 0.2 * r));
            p.put_at(Part::Trim, &cylinder(0.03, 0.025, 8, 0.004), v(-0.6 * r, h - 0.03, 0.1 * r));
            if dialect == Dialect::Sleek {
                p.put_at(Part::Glow, &hoop(r - 0.005, 0.012, 0.03, 24), v(0.0, 0.5 * h, 0.0));
            } else if dialect == Dialect::Neon {
                p.put_at(Part::Cloth, &hoop(r - 0.006, 0.009, 0.16, 24), v(0.0, 0.42 * h, 0.0));
            }
        }
    }
    p.overgrow_foot(1.8 * r, 1.8 * r);
}

pub(crate) fn cart(p: &mut Pen) {
    let (w, l) = (p.size("width", 0.85, 1.15), 1.5);
    let (r, deck) = (0.42, 0.58);
    if p.dialect() == Dialect::Organic {
        let goods = p.param("goods", 0.3 + 0.7 * p.life());
        return super::bearers::sledge(p, w, l, deck, goods);
    }
    if p.dialect() == Dialect::Sleek {
        let goods = p.param("goods", 0.3 + 0.7 * p.life());
        return super::bearers::porter(p, w, l, goods);
    }
    for sx in [-1.0, 1.0] {
        p.solid(|p| {
            p.at(v(sx * (0.5 * w + 0.09), r, -0.08), 0.0, |p| p.wheel(r, 0.07));
        });
    }
    p.rod(Part::Trim, v(-0.5 * w - 0.16, r, -0.08), v(0.5 * w + 0.16, r, -0.08), 0.028);
    p.solid(|p| {
        for sx in [-1.0, 1.0] {
            p.rail(v(sx * 0.38 * w, deck - 0.06, -0.5 * l), v(sx * 0.34 * w, deck + 0.1, 0.5 * l + 0.75), 0.06);
            p.bx(Part::Frame, v(sx * 0.36 * w, r - 0.02, -0.08), v(0.07, deck - r, 0.16));
        }
        p.turned(v(-0.5 * w, deck, 0.5 * l), Quat::from_rotation_x(-PI * 0.5), |p| p.planks(Part::Main, w, l, true));
        for sx in [-1.0, 1.0] {
            p.turned(v(sx * 0.5 * w, deck, 0.5 * l), Quat::from_rotation_y(PI * 0.5), |p| {
                p.turned(Vec3::ZERO, Quat::from_rotation_x(0.12 * sx), |p| p.boards(Part::Panel, l, 0.3, false));
            });
        }
        p.at(v(-0.5 * w, deck, -0.5 * l), 0.0, |p| p.boards(Part::Panel, w, 0.34, false));
    });
    p.rod(Part::Frame, v(-0.34 * w, deck + 0.1, 0.5 * l + 0.7), v(0.34 * w, deck + 0.1, 0.5 * l + 0.7), 0.022);
    p.rod(Part::Frame, v(0.2 * w, deck, 0.5 * l + 0.1), v(0.2 * w, 0.0, 0.5 * l + 0.16), 0.024);
    p.rod(Part::Frame, v(-0.2 * w, deck, 0.5 * l + 0.1), v(-0.2 * w, 0.0, 0.5 * l + 0.16), 0.024);
    let goods = p.param("goods", 0.3 + 0.7 * p.life());
    if goods > 0.3 {
        p.at(v(-0.2 * w, deck + 0.03, -0.4), 0.2, |p| crate_box(p, v(0.42, 0.34, 0.42)));
        if p.dialect().is_electric() {
            p.at(v(0.2 * w, deck + 0.03, 0.0), -0.1, |p| crate_box(p, v(0.4, 0.5, 0.4)));
        } else {
            p.sack(v(0.22 * w, deck + 0.03, -0.35), 0.2);
            p.basket(v(0.18 * w, deck + 0.03, 0.2), 0.2, 0.24);
            p.at(v(0.18 * w, deck + 0.2, 0.2), 0.0, |p| p.fruit(0.28, 0.28, 0.05));
        }
    }
    if goods > 0.55 && p.left() > 2500 {
        p.sack(v(-0.2 * w, deck + 0.03, 0.25), 0.19);
    }
    if p.dialect() == Dialect::Neon || p.dialect() == Dialect::Japan {
        for sx in [-1.0, 1.0] {
            p.rod(Part::Frame, v(sx * 0.46 * w, deck, -0.6), v(sx * 0.46 * w, deck + 1.2, -0.6), 0.016);
            p.rod(Part::Frame, v(sx * 0.46 * w, deck, 0.55), v(sx * 0.46 * w, deck + 1.1, 0.55), 0.016);
        }
        p.at(v(0.0, deck + 1.2, -0.7), 0.0, |p| p.awning(w + 0.2, 1.4, 0.12));
        p.at(v(0.0, deck + 1.02, 0.6), 0.0, |p| p.hanging_lantern(0.3, false));
    }
    p.overgrow_foot(w, l);
}
