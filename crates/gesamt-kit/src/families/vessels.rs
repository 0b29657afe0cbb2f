//! Wells and their buckets.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe, tube};
use gesamt_mesh::shapes2::{extrude, torus};
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn well(p: &mut Pen) {
    let r = 0.72;
    let h = p.size("height", 2.3, 2.9);
    p.hull(Hull::drum(Vec3::ZERO, r + 0.22, 0.85, 12));
    if p.dialect() == Dialect::Organic {
        return super::spires::well(p, r, h);
    }
    match p.dialect() {
        Dialect::Neon | Dialect::Sleek => {
            super::pumps::water_point(p, h);
            p.overgrow_foot(1.9, 1.9);
            return;
        }
        Dialect::Metal => {
            super::pumps::hand_pump(p, h);
            p.overgrow_foot(1.9, 1.9);
            return;
        }
        _ => {}
    }
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
