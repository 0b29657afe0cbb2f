//! The horizontal modules: floors, whose top is level with their snap points, and gabled roofs that rest on walls.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes2::extrude;
use gesamt_world::{Genre, MaterialKind};
use glam::{Quat, Vec3};

use super::pen::{Pen, v, v2};
use super::walls::is_masonry;
use crate::style::{Dialect, Part};

/// A floor section with its top at y = 0 before it is lifted to stand on its underside.
pub(crate) fn floor(p: &mut Pen) {
    let (w, d) = (p.snapped("width", 2.0, 4.0, 1.0), p.snapped("depth", 2.0, 4.0, 1.0));
    let t = 0.25;
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * d), v(0.5 * w, t, 0.5 * d)));
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon | Dialect::Metal if !is_masonry(p.slot.material) => {
            p.bxb(Part::Frame, Vec3::ZERO, v(w, t - 0.03, d), 0.01);
            let (nx, nz) = ((w / 1.0).round() as usize, (d / 1.0).round() as usize);
            for (i, k) in (0..nx).flat_map(|i| (0..nz).map(move |k| (i, k))) {
                let (sx, sz) = (w / nx as f32, d / nz as f32);
                let at = v((i as f32 + 0.5) * sx - 0.5 * w, t - 0.05, (k as f32 + 0.5) * sz - 0.5 * d);
                p.bxb(Part::Main, at, v(sx - 0.012, 0.05, sz - 0.012), 0.008);
                for (bx, bz) in [(-0.42, -0.42), (0.42, -0.42), (0.42, 0.42), (-0.42, 0.42)] {
                    p.chip(Part::Trim, at + v(bx * sx, 0.048, bz * sz), v(0.03, 0.004, 0.03));
                }
            }
            if p.dialect() == Dialect::Sleek {
                p.bx(Part::Glow, v(0.0, t - 0.012, 0.0), v(w - 0.1, 0.014, 0.02));
            }
        }
        Dialect::Organic => super::carapace::floor(p, w, d, t),
        _ if matches!(p.slot.material, MaterialKind::WoodPlank | MaterialKind::WoodBeam)
            || p.dialect() == Dialect::Japan =>
        {
            let joists = (w / 0.5).round() as usize;
            for k in 0..joists {
                let x = (k as f32 + 0.5) * w / joists as f32 - 0.5 * w;
                p.bx(Part::Frame, v(x, 0.0, 0.0), v(0.12, t - 0.04, d));
            }
            let n = (d / 0.18).round() as usize;
            for k in 0..n {
                let z = (k as f32 + 0.5) * d / n as f32 - 0.5 * d;
                let short = if p.broken(0.2) { 0.7 } else { 1.0 };
                p.bx(Part::Main, v(-0.5 * w * (1.0 - short), t - 0.045, z), v(w * short, 0.045, d / n as f32 - 0.006));
            }
        }
        _ => {
            p.bxb(Part::Soil, Vec3::ZERO, v(w, t - 0.05, d), 0.0);
            let (nx, nz) = ((w / 0.5).round() as usize, (d / 0.5).round() as usize);
            for (i, k) in (0..nx).flat_map(|i| (0..nz).map(move |k| (i, k))) {
                let (sx, sz) = (w / nx as f32, d / nz as f32);
                let sunk = if p.broken(0.3) { 0.02 } else { 0.004 * p.rng.unit() };
                let at = v((i as f32 + 0.5) * sx - 0.5 * w, 0.05 - sunk, (k as f32 + 0.5) * sz - 0.5 * d);
                p.bxb(Part::Main, at, v(sx - 0.008, t - 0.05, sz - 0.008), 0.012);
            }
        }
    }
    let (x, z) = (0.5 * w, 0.5 * d);
    for (name, at, yaw) in [
        ("Snap_L", v(-x, t, 0.0), -0.5 * PI),
        ("Snap_R", v(x, t, 0.0), 0.5 * PI),
        ("Snap_Front", v(0.0, t, z), 0.0),
        ("Snap_Back", v(0.0, t, -z), PI),
    ] {
        p.socket(name, at, yaw);
    }
}

/// A gabled roof over a span along z, its ridge along x; sections join at their ends. The plate rests on the wall tops.
pub(crate) fn roof(p: &mut Pen) {
    let (w, span) = (p.snapped("width", 3.0, 5.0, 1.0), p.snapped("span", 4.0, 6.0, 1.0));
    if p.dialect() == Dialect::Organic {
        return super::carapace::roof(p, w, span);
    }
    let slope = match p.dialect() {
        Dialect::Sleek | Dialect::Neon | Dialect::Metal => 0.36,
        Dialect::Japan => 0.55,
        _ if p.style.genre == Genre::GothicHorror => 1.25,
        _ => 0.8,
    };
    let eaves = 0.35;
    let plate = slope * eaves + 0.05;
    let reach = 0.5 * span + eaves;
    let rise = slope * reach;
    for s in [-1.0, 1.0] {
        p.bxb(Part::Frame, v(0.0, 0.0, s * (0.5 * span - 0.25)), v(w, plate, 0.3), 0.015);
        p.turned(Vec3::ZERO, Quat::from_rotation_y(if s > 0.0 { 0.0 } else { PI }), |p| {
            p.at(v(0.0, 0.06, 0.5 * reach), 0.0, |p| p.lean_roof(w, reach, rise));
            let n = (w / 1.0).round() as usize;
            for k in 0..=n {
                let x = (k as f32 / n as f32 - 0.5) * (w - 0.14);
                p.beam(Part::Frame, v(x, plate - 0.08, 0.5 * span), v(x, rise - 0.1, 0.04), 0.09, 0.12);
            }
        });
        p.hull(Hull {
            points: [-0.5 * w, 0.5 * w]
                .into_iter()
                .flat_map(|x| [v(x, 0.0, 0.0), v(x, 0.0, s * reach), v(x, rise + 0.1, 0.0), v(x, 0.12, s * reach)])
                .collect(),
        });
    }
    let gable = [
        v2(-0.5 * span, 0.02),
        v2(0.5 * span, 0.02),
        v2(0.5 * span, plate - 0.06),
        v2(0.0, rise - 0.14),
        v2(-0.5 * span, plate - 0.06),
    ];
    for s in [-1.0, 1.0] {
        p.turned(v(s * (0.5 * w - 0.16), 0.0, 0.0), Quat::from_rotation_y(0.5 * PI), |p| {
            p.put(Part::Main, &extrude(&gable, 0.2, 0.01));
        });
    }
    ridge(p, w, rise);
    p.socket("Snap_L", v(-0.5 * w, 0.0, 0.0), -0.5 * PI);
    p.socket("Snap_R", v(0.5 * w, 0.0, 0.0), 0.5 * PI);
    p.socket("Snap_Ridge", v(0.0, rise, 0.0), 0.0);
}

fn ridge(p: &mut Pen, w: f32, rise: f32) {
    let y = rise + 0.04;
    match p.dialect() {
        Dialect::Japan => {
            p.bxb(Part::Roof, v(0.0, y - 0.06, 0.0), v(w, 0.2, 0.26), 0.04);
            for s in [-1.0, 1.0] {
                p.bxb(Part::Roof, v(s * (0.5 * w - 0.08), y, 0.0), v(0.16, 0.34, 0.34), 0.05);
            }
        }
        Dialect::Sleek | Dialect::Neon | Dialect::Metal => {
            p.bxb(Part::Trim, v(0.0, y - 0.04, 0.0), v(w, 0.1, 0.3), 0.02);
            p.drum(Part::Trim, v(0.25 * w, y - 0.05, 0.0), 0.14, 0.35);
        }
        _ => {
            p.bxb(Part::Roof, v(0.0, y - 0.06, 0.0), v(w, 0.12, 0.22), 0.03);
            if p.style.genre == Genre::GothicHorror || p.dialect() == Dialect::Steam {
                let n = (w / 0.5).round() as usize;
                for k in 0..n {
                    let x = (k as f32 + 0.5) * w / n as f32 - 0.5 * w;
                    p.finial(v(x, y + 0.05, 0.0), 0.045);
                }
            }
        }
    }
}
