//! Shelves and tables with their load.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{blob, cylinder, lathe, slab};
use gesamt_mesh::shapes2::oriented;
use gesamt_world::Genre;
use glam::{Quat, Vec3};

use super::altars::candle;
use super::panels::Field;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn shelf(p: &mut Pen) {
    let (w, h, d) = (p.size("width", 0.9, 1.5), p.size("height", 1.7, 2.3), 0.38);
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * d), v(0.5 * w, h, 0.5 * d)));
    let open = matches!(p.dialect(), Dialect::Neon | Dialect::Metal | Dialect::Sleek);
    if open {
        for (sx, sz) in [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)] {
            p.bx(Part::Frame, v(sx * (0.5 * w - 0.025), 0.0, sz * (0.5 * d - 0.025)), v(0.05, h, 0.05));
        }
        p.beam(
            Part::Frame,
            v(-0.5 * w + 0.03, 0.1, -0.5 * d + 0.02),
            v(0.5 * w - 0.03, h - 0.1, -0.5 * d + 0.02),
            0.02,
            0.03,
        );
        p.beam(
            Part::Frame,
            v(0.5 * w - 0.03, 0.1, -0.5 * d + 0.012),
            v(-0.5 * w + 0.03, h - 0.1, -0.5 * d + 0.012),
            0.02,
            0.03,
        );
    } else if p.dialect() == Dialect::Organic {
        for s in [-1.0, 1.0] {
            for z in [-0.14, 0.14] {
                p.bone(v(s * 0.46 * w, 0.0, z), v(s * 0.42 * w, h, z * 0.6), v(s * 0.07, 0.0, 0.0), 0.06, 0.04);
            }
        }
    } else {
        for s in [-1.0, 1.0] {
            p.bx(Part::Frame, v(s * (0.5 * w - 0.025), 0.0, 0.0), v(0.05, h, d));
            p.finial(v(s * (0.5 * w - 0.03), h, 0.5 * d - 0.05), 0.03);
        }
        p.at(v(-0.5 * w + 0.04, 0.08, -0.5 * d + 0.02), 0.0, |p| p.planks(Part::Panel, w - 0.08, h - 0.14, true));
        p.bx(Part::Frame, v(0.0, h - 0.06, 0.0), v(w + 0.08, 0.06, d + 0.06));
        p.bx(Part::Frame, v(0.0, 0.0, 0.02), v(w, 0.1, d));
    }
    let levels = 5;
    for k in 0..levels {
        let y = 0.12 + (h - 0.2) * k as f32 / levels as f32;
        let slip = if p.broken(0.25) { Quat::from_rotation_z(0.1 * p.rng.signed()) } else { Quat::IDENTITY };
        p.turned(v(0.0, y, 0.0), slip, |p| {
            p.bx(Part::Main, Vec3::ZERO, v(w - 0.06, 0.03, d - 0.04));
            if open {
                p.bx(Part::Trim, v(0.0, 0.0, 0.5 * d - 0.02), v(w - 0.06, 0.05, 0.015));
            }
            shelf_row(p, w - 0.16, (h - 0.2) / levels as f32 - 0.06, d);
        });
    }
    if p.dialect() == Dialect::Neon || p.dialect() == Dialect::Sleek {
        p.bx(Part::Glow, v(0.0, h - 0.05, 0.5 * d - 0.03), v(w - 0.14, 0.02, 0.025));
    }
    p.overgrow_edge(w, h, 0.5 * d);
}

/// Things on a shelf board: books, jars, boxes, bottles.
fn shelf_row(p: &mut Pen, w: f32, h: f32, d: f32) {
    let books = !p.dialect().is_electric() || p.style.genre == Genre::Noir;
    let mut x = -0.5 * w;
    let full = 0.45 + 0.5 * p.life();
    while x < 0.5 * w - 0.08 && p.left() > 700 {
        let run = p.rng.range(0.14, 0.4).min(0.5 * w - x);
        if !p.rng.chance(full) {
            x += 0.6 * run;
            continue;
        }
        match p.rng.below(4) {
            0 | 1 if books => {
                let mut bx = x;
                while bx < x + run - 0.03 {
                    let (t, tall) = (p.rng.range(0.025, 0.055), h * p.rng.range(0.55, 0.92));
                    let lean = if p.rng.chance(0.15) { 0.16 } else { 0.0 };
                    let part = [Part::Cloth, Part::Pages, Part::Rope, Part::Cloth2][p.rng.below(4)];
                    p.turned(v(bx + 0.5 * t, 0.03, -0.02), Quat::from_rotation_z(lean), |p| {
                        p.bxb(part, Vec3::ZERO, v(t * 0.94, tall, 0.62 * d), 0.004);
                    });
                    bx += t + 0.3 * lean * tall;
                }
            }
            0 | 1 => {
                let tall = h * p.rng.range(0.4, 0.85);
                p.bxb(Part::Panel, v(x + 0.5 * run, 0.03, 0.0), v(run * 0.9, tall, 0.7 * d), 0.015);
                p.bx(Part::Trim, v(x + 0.5 * run, 0.03 + 0.55 * tall, 0.35 * d), v(0.3 * run, 0.02, 0.02));
                if p.rng.chance(0.4) {
                    p.chip(Part::Glow, v(x + 0.5 * run, 0.03 + 0.3 * tall, 0.35 * d), v(0.03, 0.02, 0.012));
                }
            }
            2 => p.jar(Part::Ceramic, v(x + 0.5 * run, 0.03, 0.0), (0.8 * h).min(0.26)),
            _ => {
                for k in 0..2 {
                    p.bottle(
                        if k == 0 { Part::Glass } else { Part::Goods },
                        v(x + 0.06 + 0.09 * k as f32, 0.03, 0.04 * p.rng.signed()),
                        (0.85 * h).min(0.27),
                    );
                }
            }
        }
        x += run + 0.03;
    }
}

pub(crate) fn table(p: &mut Pen) {
    let (w, d, h) = (p.size("width", 1.2, 2.0), 0.85, 0.76);
    let low = p.dialect() == Dialect::Japan;
    let h = if low { 0.4 } else { h };
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * d), v(0.5 * w, h, 0.5 * d)));
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon => {
            p.put(
                Part::Frame,
                &lathe(&[v2(0.34, 0.0), v2(0.33, 0.03), v2(0.1, 0.08), v2(0.08, h - 0.1), v2(0.24, h - 0.03)], 20),
            );
            p.bxb(Part::Main, v(0.0, h - 0.06, 0.0), v(w, 0.06, d), 0.028);
            p.bx(Part::Glow, v(0.0, h - 0.07, 0.0), v(w - 0.16, 0.015, d - 0.16));
            if p.dialect() == Dialect::Neon {
                neon_table(p, w, d, h);
            }
        }
        Dialect::Organic => {
            let top = blob(3, |d| 1.0 + 0.08 * (5.0 * d.z.atan2(d.x)).cos())
                .mapped(|q| v(0.5 * w * q.x, (0.06 * q.y).min(0.04), 0.5 * d * q.z));
            p.crease(60.0).put_at(Part::Main, &top, v(0.0, h - 0.04, 0.0)).crease(50.0);
            for k in 0..4 {
                let a = TAU * (k as f32 + 0.5) / 4.0;
                p.bone(
                    v(0.36 * w * a.cos(), 0.0, 0.36 * d * a.sin()),
                    v(0.2 * w * a.cos(), h - 0.05, 0.2 * d * a.sin()),
                    v(a.cos(), 0.0, a.sin()) * 0.1,
                    0.06,
                    0.07,
                );
            }
        }
        _ => {
            p.turned(v(-0.5 * w, h - 0.05, 0.5 * d), Quat::from_rotation_x(-PI * 0.5), |p| {
                p.planks(Part::Main, w, d, false)
            });
            p.bx(Part::Main, v(0.0, h - 0.05, 0.0), v(w - 0.04, 0.03, d - 0.04));
            for (sx, sz) in [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)] {
                p.beam(
                    Part::Frame,
                    v(sx * (0.5 * w - 0.08), 0.0, sz * (0.5 * d - 0.08)),
                    v(sx * (0.5 * w - 0.12), h - 0.03, sz * (0.5 * d - 0.12)),
                    0.08,
                    0.08,
                );
            }
            for s in [-1.0, 1.0] {
                p.bx(Part::Frame, v(0.0, h - 0.16, s * (0.5 * d - 0.11)), v(w - 0.26, 0.1, 0.035));
                p.bx(Part::Frame, v(s * (0.5 * w - 0.11), h - 0.16, 0.0), v(0.035, 0.1, d - 0.26));
                for z in [-1.0, 1.0] {
                    p.bx(Part::Trim, v(s * (0.5 * w - 0.082), 0.0, z * (0.5 * d - 0.082)), v(0.1, 0.05, 0.1));
                }
            }
            if !low {
                table_stretchers(p, w, d, h);
            }
        }
    }
    p.at(v(0.0, h, 0.0), 0.0, |p| table_top(p, w, d));
    let b = p.bounds();
    p.hull(Hull::cuboid(v(-0.4 * w, h, -0.36 * d), v(0.4 * w, b.max.y, 0.36 * d)));
    p.overgrow_foot(w, d);
}

/// A rail between the legs of each end and a bar tenoned into both.
fn table_stretchers(p: &mut Pen, w: f32, d: f32, h: f32) {
    let (y, wide) = (0.18, 0.05);
    // The legs lean inward by 0.04 m over their height.
    let lean = 0.08 + 0.04 * y / (h - 0.03);
    let (x, z) = (0.5 * w - lean, 0.5 * d - lean);
    for s in [-1.0, 1.0] {
        p.rail(v(s * x, y, -z), v(s * x, y, z), wide);
    }
    let tenon = x - 0.5 * wide + 0.02;
    p.rail(v(-tenon, y, 0.0), v(tenon, y, 0.0), 0.9 * wide);
}

/// What makes a slab a made table: plates with seams, a steel edge with bolts, a cable duct and arms under the top.
fn neon_table(p: &mut Pen, w: f32, d: f32, h: f32) {
    p.turned(v(0.0, h - 0.004, 0.0), Quat::from_rotation_x(-PI * 0.5), |p| {
        let field = Field { columns: 3, vent: false, plate: false, glow: false };
        p.panelled(v2(w - 0.14, d - 0.14), &field);
    });
    for s in [-1.0, 1.0] {
        let z = s * (0.5 * d - 0.012);
        p.bx(Part::Frame, v(0.0, h - 0.052, z), v(w - 0.03, 0.044, 0.034));
        p.bx(Part::Frame, v(s * (0.5 * w - 0.012), h - 0.052, 0.0), v(0.034, 0.044, d - 0.03));
        p.bolts(Part::Trim, v(-0.42 * w, h - 0.03, z + s * 0.014), v(0.42 * w, h - 0.03, z + s * 0.014), 6, 0.008);
        p.beam(Part::Frame, v(0.0, 0.5 * h, 0.0), v(s * 0.34 * w, h - 0.07, 0.0), 0.05, 0.05);
    }
    p.bx(Part::Trim, v(0.0, 0.36 * h, 0.085), v(0.09, 0.2, 0.03));
    p.bx(Part::Glow, v(0.0, 0.36 * h + 0.16, 0.1), v(0.05, 0.014, 0.012));
    p.bolts(Part::Trim, v(-0.2, 0.032, 0.2), v(0.2, 0.032, 0.2), 3, 0.012);
}

fn table_top(p: &mut Pen, w: f32, d: f32) {
    if p.dialect().is_electric() {
        p.turned(v(-0.2 * w, 0.0, -0.1), Quat::from_rotation_y(0.25), |p| {
            p.bx(Part::Rubber, Vec3::ZERO, v(0.36, 0.022, 0.25));
            p.turned(v(0.0, 0.02, -0.12), Quat::from_rotation_x(-0.3), |p| {
                p.bx(Part::Rubber, Vec3::ZERO, v(0.36, 0.24, 0.015));
                p.bx(Part::Screen, v(0.0, 0.015, 0.008), v(0.33, 0.21, 0.008));
            });
        });
        p.bowl(Part::Ceramic, v(0.2 * w, 0.0, 0.12), 0.09);
        p.bottle(Part::Glass, v(0.3 * w, 0.0, -0.15), 0.26);
        p.put_at(Part::Ceramic, &cylinder(0.04, 0.1, 12, 0.006), v(0.02, 0.0, 0.2));
        return;
    }
    let runner = slab([4, 10], 0.012, |x, y| {
        let q = 1.36 * y - 0.18;
        let over = (-q).max(q - 1.0).max(0.0);
        v(
            (q.clamp(0.0, 1.0) - 0.5) * (w + 0.02),
            0.014 - over * 0.9 * w * 0.5,
            0.34 * (x - 0.5) + 0.012 * (9.0 * y).sin(),
        )
    });
    p.put(Part::Cloth, &oriented(runner));
    for k in 0..3 {
        let at = v((k as f32 - 1.0) * 0.3 * w, 0.02, 0.3 * d * if k % 2 == 0 { 1.0 } else { -1.0 });
        p.bowl(Part::Ceramic, at, 0.1);
    }
    p.jar(Part::Ceramic, v(0.26 * w, 0.02, -0.08), 0.24);
    p.bottle(Part::Glass, v(0.1 * w, 0.02, 0.06), 0.28);
    candle(p, v(-0.06 * w, 0.02, -0.04), 0.16);
    p.bx(Part::Pages, v(-0.32 * w, 0.02, -0.12), v(0.26, 0.05, 0.2));
    p.turned(v(-0.31 * w, 0.07, -0.11), Quat::from_rotation_y(0.35), |p| {
        p.bx(Part::Cloth2, Vec3::ZERO, v(0.22, 0.045, 0.17));
    });
    if p.life() > 0.3 {
        p.at(v(-0.3 * w, 0.055, 0.3 * d), 0.0, |p| p.fruit(0.14, 0.14, 0.034));
    }
}
