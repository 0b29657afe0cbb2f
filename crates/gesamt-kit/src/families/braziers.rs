//! Braziers: iron baskets, drums and bowls in which logs and coals burn.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{blob, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{beam, hoop, loft, oriented, torus};
use gesamt_mesh::{Hull, noise};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::build::{rough, smooth, smooth_radii};
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// The basket: radius of its rim and of its bottom, and its depth, in metres.
const RIM: f32 = 0.275;
const BOTTOM: f32 = 0.15;
const DEPTH: f32 = 0.28;
/// How tall the highest tongue of flame is, in metres.
const FLAME: f32 = 0.45;

pub(crate) fn brazier(p: &mut Pen) {
    let h = p.size("height", 0.7, 1.15);
    p.hull(Hull::drum(Vec3::ZERO, 0.36, h + 0.2, 10));
    match p.dialect() {
        Dialect::Metal | Dialect::Neon => drum(p),
        Dialect::Sleek => pedestal(p, h),
        Dialect::Organic => cup(p, h),
        Dialect::Timber if p.style.genre == Genre::Ancient => stone_bowl(p, h),
        _ => basket(p, h),
    }
    p.overgrow_foot(0.5, 0.5);
}

/// A basket of flat bars and hoops on three forged legs.
fn basket(p: &mut Pen, h: f32) {
    let low = h - DEPTH;
    let girth = |t: f32| BOTTOM + (RIM - BOTTOM) * t.powf(0.8);
    let bars = 16;
    for k in 0..bars {
        let e = Vec2::from_angle(TAU * k as f32 / bars as f32);
        let at = |t: f32| v(e.x * girth(t), low + DEPTH * t, e.y * girth(t));
        p.put(Part::Frame, &beam(at(-0.0), at(0.4), v2(0.026, 0.007), 0.0));
        p.put(Part::Frame, &beam(at(0.36), at(1.0), v2(0.026, 0.007), 0.0));
        // Every other bar ends in a point above the rim.
        if k % 2 == 0 {
            let tip = at(1.0) + v(0.03 * e.x, 0.085, 0.03 * e.y);
            p.put(Part::Frame, &tube(&[at(0.97), tip], &[0.011, 0.0], 4));
        }
    }
    for (t, tall) in [(0.0, 0.022), (0.45, 0.022), (0.94, 0.034)] {
        p.put_at(Part::Frame, &hoop(girth(t) - 0.002, 0.008, tall, 24), v(0.0, low + DEPTH * t - 0.005, 0.0));
    }
    p.put_at(Part::Frame, &cylinder(BOTTOM + 0.004, 0.014, 16, 0.003), v(0.0, low - 0.004, 0.0));
    for k in 0..3 {
        forged_leg(p, TAU * k as f32 / 3.0 + 0.3, h);
    }
    p.put_at(Part::Frame, &torus(0.2, 0.012, 20, 6), v(0.0, 0.38 * low, 0.0));
    heap(p, low + 0.01, DEPTH - 0.03, [BOTTOM, 0.92 * RIM]);
    // Embers show between the bars.
    for k in 0..12 {
        let (e, t) = (Vec2::from_angle(2.4 * k as f32), 0.25 + 0.5 * (k as f32 / 12.0));
        let at = v(e.x, 0.0, e.y) * (girth(t) - 0.035) + v(0.0, low + DEPTH * t, 0.0);
        p.crease(20.0).put_at(if k % 3 == 2 { Part::Soil } else { Part::Flame }, &blob(0, |_| 0.028), at).crease(50.0);
    }
}

/// A leg with a curled foot that runs up the basket and ends in a ball above the rim.
fn forged_leg(p: &mut Pen, a: f32, h: f32) {
    let e = Vec2::from_angle(a);
    let at = |rad: f32, y: f32| v(e.x * rad, y, e.y * rad);
    let low = h - DEPTH;
    let path = [
        at(0.37, 0.075),
        at(0.41, 0.06),
        at(0.4, 0.022),
        at(0.35, 0.014),
        at(0.27, 0.12 * h),
        at(0.2, 0.38 * low),
        at(0.158, low - 0.02),
        at(0.168, low + 0.03),
        at(0.245, low + 0.45 * DEPTH),
        at(RIM + 0.014, h + 0.02),
        at(RIM + 0.03, h + 0.1),
    ];
    let radius = [0.009, 0.012, 0.015, 0.016, 0.016, 0.015, 0.015, 0.014, 0.013, 0.012, 0.008];
    p.crease(70.0).put(Part::Frame, &tube(&smooth(&path, 2), &smooth_radii(&radius, 2), 6));
    p.put_at(Part::Frame, &sphere(0.022, 5, 8), at(RIM + 0.03, h + 0.11)).crease(50.0);
}

/// An oil drum with holes punched into its side.
fn drum(p: &mut Pen) {
    let top = 0.88;
    let profile = [
        v2(0.29, 0.0),
        v2(0.3, 0.28),
        v2(0.31, 0.3),
        v2(0.3, 0.32),
        v2(0.3, 0.58),
        v2(0.31, 0.6),
        v2(0.3, 0.62),
        v2(0.3, top),
        v2(0.285, top),
        v2(0.28, top - 0.22),
    ];
    let seed = p.rng.seed();
    p.crease(35.0).put(Part::Main, &rough(lathe(&profile, 20), 0.02, 5.0, seed)).crease(50.0);
    p.put_at(Part::Main, &torus(0.295, 0.012, 20, 6), v(0.0, top, 0.0));
    for k in 0..9 {
        let a = TAU * k as f32 / 9.0;
        let at = v(0.295 * a.cos(), 0.2 + 0.14 * (k % 3) as f32, 0.295 * a.sin());
        p.turned(at, Quat::from_rotation_y(-a), |p| {
            p.chip(Part::Flame, Vec3::ZERO, v(0.03, 0.07, 0.05));
        });
    }
    heap(p, top - 0.24, 0.2, [0.25, 0.25]);
}

fn pedestal(p: &mut Pen, h: f32) {
    let profile = [
        v2(0.3, 0.0),
        v2(0.26, 0.1),
        v2(0.2, 0.4),
        v2(0.33, h),
        v2(0.35, h + 0.03),
        v2(0.31, h + 0.03),
        v2(0.24, h - 0.12),
    ];
    p.put(Part::Main, &lathe(&profile, 24));
    p.put_at(Part::Glow, &torus(0.33, 0.014, 24, 5), v(0.0, h + 0.03, 0.0));
    heap(p, h - 0.14, 0.14, [0.2, 0.27]);
}

fn stone_bowl(p: &mut Pen, h: f32) {
    let profile = [
        v2(0.3, 0.0),
        v2(0.3, 0.08),
        v2(0.15, 0.16),
        v2(0.12, h - 0.3),
        v2(0.2, h - 0.22),
        v2(0.4, h),
        v2(0.42, h + 0.02),
        v2(0.41, h + 0.06),
        v2(0.35, h + 0.06),
        v2(0.24, h - 0.1),
    ];
    p.put(Part::Stone, &lathe(&profile, 22));
    heap(p, h - 0.12, 0.16, [0.2, 0.31]);
}

/// A grown cup on bowed legs.
fn cup(p: &mut Pen, h: f32) {
    let profile = [
        v2(0.1, h - 0.36),
        v2(0.24, h - 0.26),
        v2(0.31, h - 0.1),
        v2(0.29, h + 0.02),
        v2(0.33, h + 0.06),
        v2(0.27, h + 0.03),
        v2(0.24, h - 0.14),
    ];
    let shape = lathe(&profile, 24).mapped(|q| {
        let a = q.z.atan2(q.x);
        let lobes = 1.0 + 0.07 * (6.0 * a).cos();
        v(q.x * lobes, q.y + 0.025 * (6.0 * a).cos() * f32::from(u8::from(q.y > h)), q.z * lobes)
    });
    p.crease(70.0).put(Part::Main, &shape).crease(50.0);
    for k in 0..3 {
        let e = Vec2::from_angle(TAU * k as f32 / 3.0 + 0.3);
        let at = |rad: f32, y: f32| v(e.x * rad, y, e.y * rad);
        let leg = [
            at(0.42, 0.0),
            at(0.32, 0.06),
            at(0.25, 0.3 * h),
            at(0.34, h - 0.2),
            at(0.33, h + 0.02),
            at(0.42, h + 0.16),
        ];
        let radius = [0.055, 0.034, 0.024, 0.038, 0.026, 0.0];
        p.crease(80.0).put(Part::Frame, &tube(&smooth(&leg, 3), &smooth_radii(&radius, 3), 7)).crease(50.0);
    }
    heap(p, h - 0.16, 0.16, [0.2, 0.24]);
}

/// What burns: coals over a glowing bed that fill a bowl from `y` up by `deep`, `[low, high]` metres wide; logs and flames.
fn heap(p: &mut Pen, y: f32, deep: f32, [low, high]: [f32; 2]) {
    let bed = lathe(
        &[v2(0.94 * low, y), v2(0.9 * high, y + 0.86 * deep), v2(0.55 * high, y + deep), v2(0.0, y + 1.06 * deep)],
        12,
    );
    p.put(Part::Soil, &bed);
    for k in 0..26 {
        let t = (k as f32 + 0.5) / 26.0;
        let e = Vec2::from_angle(2.4 * k as f32) * high * 0.8 * t.sqrt();
        let at = v(e.x, y + deep * (1.06 - 0.2 * t), e.y);
        let (r, seed) = (0.04 * p.about(0.3), p.rng.seed());
        // Embers glow where the heap is thickest.
        let part = if k % 3 == 1 { Part::Flame } else { Part::Soil };
        let coal = blob(0, |d| r * (1.0 + 0.5 * noise::gradient(d * 1.7, seed)));
        p.crease(20.0).put_at(part, &coal, at);
    }
    logs(p, y + deep, high);
    p.at(v(0.0, y + deep, 0.0), 0.0, |p| p.flame(FLAME));
}

/// Split logs that lean together: bark on the round side, pale wood on the split one.
fn logs(p: &mut Pen, y: f32, r: f32) {
    const HALF: f32 = 0.036;
    for k in 0..4 {
        let a = TAU * (k as f32 + 0.3 * p.rng.unit()) / 4.0;
        let (e, f) = (Vec2::from_angle(a) * 0.98 * r, Vec2::from_angle(a + 2.5) * 0.35 * r);
        let (from, to) = (v(e.x, y - 0.015, e.y), v(f.x, y + 0.14 + 0.025 * k as f32, f.y));
        let along = (to - from).normalize_or(Vec3::Y);
        let side = along.cross(Vec3::Y).normalize_or(Vec3::X);
        let up = side.cross(along) * if k % 2 == 0 { 1.0 } else { -1.0 };
        let half_round = |at: Vec3, q: f32| -> Vec<Vec3> {
            (0..=5).map(|i| Vec2::from_angle(PI * i as f32 / 5.0) * q).map(|d| at + side * d.x - up * d.y).collect()
        };
        p.crease(40.0).put(Part::Bark, &oriented(loft(&[half_round(from, HALF), half_round(to, 0.9 * HALF)])));
        let inset = along * 0.008 + up * 0.001;
        p.put(Part::Pages, &beam(from + inset, to - along * 0.008 + up * 0.001, v2(1.75 * HALF, 0.012), 0.0));
    }
    p.crease(50.0);
}
