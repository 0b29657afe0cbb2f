//! What is left: tombstones and rubble.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{blob, tube};
use gesamt_mesh::shapes2::{extrude, torus};
use gesamt_mesh::{Hull, noise};
use glam::{Quat, Vec2, Vec3};

use super::altars::candle;
use super::build::rough;
use super::ground::boulder;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn tombstone(p: &mut Pen) {
    let h = p.size("height", 0.85, 1.4);
    let w = 0.62 * h.min(1.1);
    let lean = Quat::from_rotation_z(0.12 * p.decay() * p.rng.signed())
        * Quat::from_rotation_x(-0.1 * p.decay() * p.rng.unit());
    p.solid(|p| {
        p.bxb(Part::Stone, Vec3::ZERO, v(w + 0.22, 0.16, 0.42), 0.03);
    });
    if p.dialect() == Dialect::Japan {
        p.bxb(Part::Stone, v(0.0, 0.15, 0.0), v(0.36, 0.14, 0.36), 0.02);
        p.solid(|p| {
            p.bxb(Part::Main, v(0.0, 0.28, 0.0), v(0.24, h - 0.3, 0.24), 0.03);
        });
        p.at(v(0.0, 0.28 + 0.5 * (h - 0.3), 0.12), 0.0, |p| p.letters(0.14, 0.6 * h, 0.0));
        p.bottle(Part::Ceramic, v(0.22, 0.15, 0.14), 0.16);
        p.overgrow_foot(0.7, 0.5);
        return;
    }
    if !super::graves::headstone(p, h, w) {
        carved_stone(p, h, w, lean);
    }
    mound(p, w);
}

/// The grave: a low mound with stones, a candle and grass.
fn mound(p: &mut Pen, w: f32) {
    let seed = p.rng.seed();
    let mound = blob(2, |d| 0.5 * (1.0 + 0.12 * noise::fbm(d * 3.0, 2, seed)))
        .mapped(|q| v(q.x * 0.9 * w * 1.3, (q.y * 0.3).max(-0.02), q.z * 1.7 + 0.95));
    p.crease(70.0).put(Part::Soil, &mound).crease(50.0);
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, 0.2), v(0.5 * w, 0.14, 1.75)));
    for s in [-1.0, 1.0] {
        for k in 0..4 {
            let stone = boulder(Vec3::splat(p.rng.range(0.14, 0.22)), 5, 1, p.rng.seed());
            p.crease(30.0).put_at(Part::Rock, &stone, v(s * 0.56 * w, -0.01, 0.35 + 0.42 * k as f32)).crease(50.0);
        }
    }
    if p.life() > 0.4 && !p.dialect().is_electric() {
        candle(p, v(0.3 * w, 0.15, 0.15), 0.1);
    }
    let n = (3.0 + 8.0 * p.overgrowth()) as usize;
    for _ in 0..n {
        let at = v(0.7 * w * p.rng.signed(), -0.01, p.rng.range(-0.2, 1.6));
        let tall = p.rng.range(0.12, 0.3);
        p.tuft(at, tall);
    }
}

/// A slab with a round or gabled head, a cross or the cut of the genre, lettered.
fn carved_stone(p: &mut Pen, h: f32, w: f32, lean: Quat) {
    let kind = p.rng.below(3);
    let y0 = 0.1;
    let top = h - y0;
    let outline: Vec<Vec2> = match (kind, p.dialect()) {
        (_, Dialect::Organic) => vec![
            v2(-0.42 * w, 0.0),
            v2(0.42 * w, 0.0),
            v2(0.5 * w, 0.35 * top),
            v2(0.32 * w, 0.8 * top),
            v2(0.1 * w, top),
            v2(-0.04 * w, 0.84 * top),
            v2(-0.34 * w, 0.9 * top),
            v2(-0.5 * w, 0.5 * top),
        ],
        (_, Dialect::Sleek | Dialect::Neon) => {
            vec![v2(-0.5 * w, 0.0), v2(0.5 * w, 0.0), v2(0.5 * w, 0.8 * top), v2(0.2 * w, top), v2(-0.5 * w, top)]
        }
        (0, _) => [v2(-0.5 * w, 0.0), v2(0.5 * w, 0.0)]
            .into_iter()
            .chain((0..=10).map(|k| Vec2::from_angle(PI * k as f32 / 10.0) * 0.5 * w + v2(0.0, top - 0.5 * w)))
            .collect(),
        (1, _) => {
            let (a, b) = (0.13 * w, 0.5 * w);
            vec![
                v2(-a, 0.0),
                v2(a, 0.0),
                v2(1.1 * a, 0.52 * top),
                v2(b, 0.55 * top),
                v2(b, 0.55 * top + 2.0 * a),
                v2(a, 0.55 * top + 2.0 * a),
                v2(a, top),
                v2(-a, top),
                v2(-a, 0.55 * top + 2.0 * a),
                v2(-b, 0.55 * top + 2.0 * a),
                v2(-b, 0.55 * top),
                v2(-1.1 * a, 0.52 * top),
            ]
        }
        _ => vec![
            v2(-0.5 * w, 0.0),
            v2(0.5 * w, 0.0),
            v2(0.5 * w, 0.68 * top),
            v2(0.4 * w, 0.76 * top),
            v2(0.4 * w, 0.82 * top),
            v2(0.0, top),
            v2(-0.4 * w, 0.82 * top),
            v2(-0.4 * w, 0.76 * top),
            v2(-0.5 * w, 0.68 * top),
        ],
    };
    p.turned(v(0.0, y0, 0.0), lean, |p| {
        let deep = 0.17;
        let seed = p.rng.seed();
        let worn = rough(extrude(&outline, deep, 0.025), 0.02 * p.decay(), 4.0, seed);
        p.solid(|p| {
            p.put(Part::Main, &worn);
        });
        if kind != 1 || matches!(p.dialect(), Dialect::Sleek | Dialect::Neon | Dialect::Organic) {
            p.at(v(0.0, 0.45 * top, 0.5 * deep), 0.0, |p| {
                if p.dialect().is_electric() {
                    p.letters_glow(0.6 * w, 0.3 * top, 0.006)
                } else {
                    p.letters(0.6 * w, 0.3 * top, -0.012)
                }
            });
            p.turned(v(0.0, 0.78 * top, 0.5 * deep), Quat::from_rotation_x(PI * 0.5), |p| {
                p.put(Part::Stone, &torus(0.11 * w, 0.018, 16, 5));
            });
        } else {
            p.turned(v(0.0, 0.55 * top + 0.13 * w, 0.0), Quat::from_rotation_x(PI * 0.5), |p| {
                p.put(Part::Main, &torus(0.3 * w, 0.035, 20, 6));
            });
        }
    });
}

pub(crate) fn rubble(p: &mut Pen) {
    let s = p.size("size", 1.4, 2.8);
    let seed = p.rng.seed();
    let heap = |x: f32, z: f32| 0.26 * s * (1.0 - (x * x + z * z) / (0.27 * s * s)).max(0.0);
    let mound = blob(2, |d| 0.5 * (1.0 + 0.22 * noise::fbm(d * 2.0, 2, seed)))
        .mapped(|q| v(q.x * 0.9 * s, (q.y * 0.44 * s).max(-0.03), q.z * 0.76 * s));
    p.crease(24.0).put(Part::Main, &mound).crease(50.0);
    // What still stands: the jagged stump of a wall.
    let (w, h) = (0.85 * s, 0.52 * s);
    let broken = move |x: f32| h * (0.25 + 0.75 * (x / w) + 0.5 * noise::gradient(v(3.0 * x / w, 0.5, 0.0), seed));
    p.at(v(-0.5 * s, 0.0, -0.22 * s), 0.12, |p| {
        if p.dialect().is_electric() || p.dialect() == Dialect::Organic {
            let outline: Vec<Vec2> = [v2(0.0, 0.0), v2(w, 0.0)]
                .into_iter()
                .chain((0..=9).rev().map(|k| {
                    v2(w * k as f32 / 9.0, broken(w * k as f32 / 9.0).max(0.12 * h) + 0.06 * h * p.rng.signed())
                }))
                .collect();
            p.put(Part::Main, &extrude(&outline, 0.16 * s, 0.02));
            for k in 0..4 {
                let x = w * (k as f32 + 0.7) / 4.5;
                let top = broken(x).max(0.1 * h);
                p.put(
                    Part::Trim,
                    &tube(
                        &[
                            v(x, top - 0.15, 0.0),
                            v(x, top + 0.05, 0.01),
                            v(x + 0.1 * p.rng.signed(), top + 0.25 * s * p.rng.range(0.3, 0.8), 0.12 * p.rng.signed()),
                        ],
                        &[0.011; 3],
                        5,
                    ),
                );
            }
        } else {
            super::walls::masonry(p, Part::Main, w, 1.5 * h, 0.2 * s, |x, y| y < broken(x));
        }
    });
    for i in 0..26 {
        let (a, r) = (TAU * p.rng.unit(), 0.56 * s * p.rng.unit().sqrt());
        let (x, z) = (r * a.cos(), 0.8 * r * a.sin());
        let size = s
            * if i < 7 { p.rng.range(0.15, 0.24) } else { p.rng.range(0.06, 0.13) }
            * if r > 0.42 * s { 0.75 } else { 1.0 };
        let turn = Quat::from_rotation_y(TAU * p.rng.unit())
            * Quat::from_rotation_x(0.5 * p.rng.signed())
            * Quat::from_rotation_z(0.5 * p.rng.signed());
        let part = if p.rng.chance(0.3) { Part::Stone } else { Part::Main };
        p.turned(v(x, (0.85 * heap(x, z)).max(0.22 * size), z), turn, |p| match i % 3 {
            0 => {
                let outline: Vec<Vec2> =
                    (0..6).map(|k| Vec2::from_angle(TAU * k as f32 / 6.0) * size * p.rng.range(0.55, 1.1)).collect();
                p.turned(Vec3::ZERO, Quat::from_rotation_x(PI * 0.5), |p| {
                    p.put(part, &extrude(&outline, 0.34 * size, 0.05 * size));
                });
            }
            1 => {
                p.bxb(part, v(0.0, -0.35 * size, 0.0), v(1.5 * size, 0.7 * size, size), 0.1 * size);
            }
            _ => {
                let shape = boulder(Vec3::splat(1.4 * size), 7, 1, p.rng.seed());
                p.crease(24.0).put_at(part, &shape, v(0.0, -0.4 * size, 0.0)).crease(50.0);
            }
        });
    }
    for k in 0..3 {
        let a = TAU * p.rng.unit();
        let (low, high) = (
            v(0.46 * s * a.cos(), 0.06, 0.4 * s * a.sin()),
            v(-0.2 * s * a.cos(), 0.3 * s + 0.12 * s * k as f32 * 0.6, -0.2 * s * a.sin()),
        );
        let wide = 0.05 * s;
        match p.dialect() {
            Dialect::Neon | Dialect::Metal | Dialect::Steam | Dialect::Sleek => {
                p.rod(Part::Frame, low, high, 0.4 * wide);
                for _ in 0..2 {
                    let b = high + v(p.rng.signed(), 0.4, p.rng.signed()) * 0.2 * s;
                    p.put(Part::Trim, &tube(&[high.lerp(low, 0.4), high, b], &[0.012; 3], 5));
                }
            }
            Dialect::Organic => p.bone(low, high, v(0.0, 0.1 * s, 0.0), wide, 0.5 * wide),
            _ => {
                p.beam(Part::Frame, low, high, wide, 1.2 * wide);
            }
        }
    }
    for _ in 0..14 {
        let (a, r) = (TAU * p.rng.unit(), s * p.rng.range(0.48, 0.66));
        let size = s * p.rng.range(0.02, 0.05);
        p.at(v(r * a.cos(), -0.005, 0.85 * r * a.sin()), a, |p| {
            p.chip(Part::Main, Vec3::ZERO, v(1.5 * size, size, 1.2 * size));
        });
    }
    p.hull(Hull::cuboid(v(-0.58 * s, 0.0, -0.5 * s), v(0.58 * s, 0.22 * s, 0.5 * s)));
    p.hull(Hull::cuboid(v(-0.3 * s, 0.1 * s, -0.26 * s), v(0.3 * s, p.bounds().max.y * 0.95, 0.26 * s)));
    let n = (9.0 * p.overgrowth()) as usize;
    if p.left() > 160 * n {
        p.tufts(n, 0.3 * s, 0.6 * s, 0.85);
    }
}
