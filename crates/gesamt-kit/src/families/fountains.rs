//! Fountains of every dialect.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{extrude, torus};
use gesamt_world::Genre;
use glam::{Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn fountain(p: &mut Pen) {
    let (r, h) = (p.size("width", 1.2, 2.2), p.size("height", 1.6, 3.0));
    let rim = 0.5;
    let sides = match p.dialect() {
        Dialect::Neon | Dialect::Metal => 8,
        Dialect::Japan => 6,
        _ => 32,
    };
    // The basin has a floor and a wall.
    p.put(Part::Stone, &lathe(&[v2(1.12 * r, 0.0), v2(1.12 * r, 0.1), v2(1.06 * r, 0.12)], sides));
    let wall = [
        v2(0.86 * r, 0.1),
        v2(1.0 * r, 0.1),
        v2(0.96 * r, 0.5 * rim),
        v2(1.04 * r, rim - 0.08),
        v2(1.04 * r, rim),
        v2(0.88 * r, rim),
        v2(0.84 * r, rim - 0.06),
    ];
    p.crease(35.0).put(Part::Main, &gesamt_mesh::shapes2::ring(&wall, sides)).crease(50.0);
    let dry = p.decay() > 0.75;
    let fill = if dry { Part::Soil } else { Part::Water };
    p.put_at(fill, &lathe(&[v2(0.87 * r, 0.0), v2(0.87 * r, 0.26)], sides), v(0.0, 0.1, 0.0));
    p.hull(Hull::drum(Vec3::ZERO, 1.06 * r, rim, 12));
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon => blade_fountain(p, r, h, dry),
        Dialect::Organic => grown_fountain(p, r, h, dry),
        Dialect::Japan => spout_fountain(p, r, h, dry),
        _ => tiered_fountain(p, r, h, dry),
    }
    p.hull(Hull::drum(v(0.0, rim, 0.0), 0.42 * r, h - rim, 10));
    p.tufts((12.0 * (p.overgrowth() - 0.15).max(0.0)) as usize, 1.12 * r, 1.25 * r, 1.0);
}

/// Streams falling from a rim into the basin.
fn streams(p: &mut Pen, n: usize, r0: f32, y0: f32, r1: f32, y1: f32) {
    for k in 0..n {
        let d = Vec2::from_angle(TAU * (k as f32 + 0.5) / n as f32);
        let path: Vec<Vec3> = (0..=6)
            .map(|i| {
                let t = i as f32 / 6.0;
                let out = r0 + (r1 - r0) * t;
                v(d.x * out, y0 + 0.06 * (PI * t).sin() + (y1 - y0) * t * t, d.y * out)
            })
            .collect();
        p.crease(80.0).put(Part::Water, &tube(&path, &[0.016, 0.018, 0.018, 0.02, 0.022, 0.026, 0.03], 5)).crease(50.0);
    }
}

fn tiered_fountain(p: &mut Pen, r: f32, h: f32, dry: bool) {
    let (low, high) = (0.62 * h, 0.86 * h);
    let stem = [
        v2(0.3 * r, 0.1),
        v2(0.3 * r, 0.3),
        v2(0.2 * r, 0.36),
        v2(0.13 * r, 0.5 * low),
        v2(0.18 * r, 0.8 * low),
        v2(0.14 * r, low),
        v2(0.1 * r, low + 0.1),
        v2(0.07 * r, high),
        v2(0.09 * r, high + 0.05),
    ];
    p.crease(60.0).put(Part::Main, &lathe(&stem, 20));
    for (q, y) in [(0.5 * r, low), (0.26 * r, high)] {
        let bowl = [v2(0.3 * q, -0.24 * q), v2(0.8 * q, -0.1 * q), v2(q, 0.06), v2(0.97 * q, 0.09), v2(0.9 * q, 0.05)];
        p.put_at(Part::Stone, &lathe(&bowl, 28), v(0.0, y, 0.0));
        if !dry {
            p.put_at(Part::Water, &cylinder(0.88 * q, 0.02, 24, 0.0), v(0.0, y + 0.055, 0.0));
        }
    }
    p.crease(50.0);
    if !dry {
        streams(p, 10, 0.48 * r, low + 0.07, 0.62 * r, 0.34);
        streams(p, 6, 0.25 * r, high + 0.07, 0.34 * r, low + 0.06);
        streams(p, 4, 0.01, h, 0.14 * r, high + 0.06);
    }
    match p.dialect() {
        Dialect::Steam => {
            p.at(v(0.0, high + 0.22, 0.0), 0.0, |p| p.gear(Part::Accent, 0.16 * r, 0.06));
        }
        _ if p.style.genre == Genre::Nautical => {
            p.put_at(Part::Accent, &sphere(0.1 * r, 8, 12), v(0.0, high + 0.14, 0.0));
        }
        _ => p.finial(v(0.0, high + 0.05, 0.0), 0.075 * r),
    }
}

fn blade_fountain(p: &mut Pen, r: f32, h: f32, dry: bool) {
    for k in 0..3 {
        p.at(Vec3::ZERO, TAU * k as f32 / 3.0, |p| {
            let blade = [v2(0.1, 0.1), v2(0.5 * r, 0.1), v2(0.34 * r, 0.6 * h), v2(0.2, h), v2(0.1, h)];
            p.put(Part::Frame, &extrude(&blade, 0.12, 0.03));
            p.bx(Part::Glow, v(0.42 * r, 0.3, 0.0), v(0.03, 0.3 * h, 0.14));
        });
    }
    p.put_at(Part::Glow, &torus(0.9 * r, 0.02, 28, 5), v(0.0, 0.38, 0.0));
    if !dry {
        streams(p, 9, 0.1, h, 0.55 * r, 0.34);
    }
    p.light(v(0.0, 0.7, 0.0), 0.08, p.style.colors[4], 3.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

fn grown_fountain(p: &mut Pen, r: f32, h: f32, dry: bool) {
    for k in 0..5 {
        let e = Vec2::from_angle(TAU * k as f32 / 5.0);
        p.bone(v(0.42 * r * e.x, 0.1, 0.42 * r * e.y), v(0.0, 0.8 * h, 0.0), v(e.x, 0.4, e.y) * 0.16, 0.12, 0.07);
    }
    let cup = [v2(0.1, -0.25), v2(0.3 * r, -0.05), v2(0.36 * r, 0.12), v2(0.28 * r, 0.02)];
    p.crease(80.0).put_at(Part::Main, &lathe(&cup, 20), v(0.0, 0.88 * h, 0.0)).crease(50.0);
    p.put_at(Part::Glow, &sphere(0.14, 6, 10), v(0.0, 0.92 * h, 0.0));
    if !dry {
        streams(p, 7, 0.33 * r, 0.97 * h, 0.55 * r, 0.34);
    }
}

fn spout_fountain(p: &mut Pen, r: f32, h: f32, dry: bool) {
    for (x, s, tall) in [(-0.25, 0.5, 0.7), (0.2, 0.36, 0.5), (0.0, 0.3, 0.36)] {
        let stone = super::ground::boulder(v(s * r, tall * h * 0.8, s * r), 6, 2, p.rng.seed());
        p.crease(26.0).put_at(Part::Rock, &stone, v(x * r, 0.1, -0.2 * r + 0.3 * x)).crease(50.0);
    }
    let (a, b) = (v(-0.1 * r, 0.72 * h, -0.35 * r), v(0.05 * r, 0.55 * h, 0.4 * r));
    for s in [-1.0, 1.0] {
        p.rod(Part::Frame, v(s * 0.12, 0.1, -0.1 * r), v(-s * 0.04, 0.72 * h, -0.1 * r), 0.03);
    }
    p.rod(Part::Bark, a, b, 0.055);
    p.put_at(Part::Lacquer, &torus(0.058, 0.014, 10, 5), b);
    if !dry {
        let path: Vec<Vec3> =
            (0..=5).map(|i| i as f32 / 5.0).map(|t| b + v(0.0, -t * t * (b.y - 0.34), 0.22 * t)).collect();
        p.put(Part::Water, &tube(&path, &[0.025, 0.025, 0.026, 0.028, 0.03, 0.034], 6));
    }
    p.at(v(0.7 * r, 0.5, 0.0), 0.0, |p| p.bowl(Part::Ceramic, Vec3::ZERO, 0.1));
}
