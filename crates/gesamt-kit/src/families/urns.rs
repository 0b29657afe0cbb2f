//! Urns: vases with lids, tied jars, samovars, planters and grown gourds.

use std::f32::consts::TAU;

use gesamt_mesh::shapes::{lathe, sphere, tube};
use gesamt_mesh::shapes2::{extrude, hoop, torus};
use gesamt_mesh::{Hull, Shape, noise};
use glam::{Quat, Vec2, Vec3};

use super::build::{smooth, smooth_radii};
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// How deep the ends of handles are sunk into the wall, in metres.
const SUNK_M: f32 = 0.02;

/// A profile as parts of the radius and the height, from the foot to the lip and into the mouth.
type Profile = &'static [(f32, f32)];

const VASES: [Profile; 3] = [
    &[
        (0.46, 0.0),
        (0.5, 0.025),
        (0.46, 0.05),
        (0.36, 0.09),
        (0.42, 0.13),
        (0.66, 0.22),
        (0.88, 0.35),
        (1.0, 0.5),
        (1.0, 0.58),
        (0.9, 0.69),
        (0.7, 0.78),
        (0.52, 0.84),
        (0.46, 0.89),
        (0.5, 0.94),
        (0.58, 0.97),
        (0.4, 0.96),
        (0.36, 0.86),
    ],
    &[
        (0.52, 0.0),
        (0.6, 0.02),
        (0.62, 0.05),
        (0.82, 0.18),
        (0.96, 0.34),
        (1.0, 0.48),
        (0.95, 0.62),
        (0.8, 0.75),
        (0.6, 0.84),
        (0.5, 0.89),
        (0.52, 0.94),
        (0.58, 0.97),
        (0.42, 0.96),
        (0.36, 0.86),
    ],
    &[
        (0.4, 0.0),
        (0.44, 0.02),
        (0.4, 0.05),
        (0.34, 0.07),
        (0.44, 0.16),
        (0.66, 0.36),
        (0.88, 0.56),
        (1.0, 0.7),
        (0.97, 0.78),
        (0.8, 0.85),
        (0.56, 0.89),
        (0.5, 0.93),
        (0.58, 0.97),
        (0.42, 0.96),
        (0.36, 0.86),
    ],
];

pub(crate) fn urn(p: &mut Pen) {
    let h = p.size("height", 0.7, 1.3);
    let r = 0.36 * h;
    p.hull(Hull::drum(Vec3::ZERO, 1.02 * r, h, 12));
    p.crease(48.0);
    match p.dialect() {
        Dialect::Timber => vase(p, h, r),
        Dialect::Japan => tied_jar(p, h, r),
        Dialect::Steam => samovar(p, h, r),
        Dialect::Organic => gourd(p, h, r),
        _ => planter(p, h, r),
    }
    p.crease(50.0);
    p.overgrow_foot(1.6 * r, 1.6 * r);
}

fn turned(profile: &[(f32, f32)], r: f32, h: f32, n: u32) -> Shape {
    lathe(&profile.iter().map(|(a, b)| v2(a * r, b * h)).collect::<Vec<_>>(), n)
}

/// The radius of the wall at a height, both in metres.
fn wall_at(profile: Profile, r: f32, h: f32, y: f32) -> f32 {
    let outside = profile.windows(2).take_while(|pair| pair[1].1 > pair[0].1);
    let part = y / h;
    let found = outside.filter(|pair| pair[0].1 <= part && part <= pair[1].1).last();
    found.map_or(r, |pair| {
        let t = (part - pair[0].1) / (pair[1].1 - pair[0].1);
        r * (pair[0].0 + (pair[1].0 - pair[0].0) * t)
    })
}

/// A thrown vase: two handles, a rolled lip, a band and a lid with a knob; where things decay, a broken one.
fn vase(p: &mut Pen, h: f32, r: f32) {
    let seed = p.rng.seed();
    let profile = VASES[p.rng.below(3)];
    let broken = p.decay() > 0.55 && p.rng.chance(0.6);
    let body = turned(profile, r, h, 28);
    let body = if broken {
        body.mapped(|q| {
            let cut = 0.66 * h + 0.2 * h * noise::gradient(q / h * 2.5, seed);
            if q.y > cut { v(q.x, cut + 0.05 * (q.y - cut), q.z) } else { q }
        })
    } else {
        body
    };
    p.put(Part::Main, &body);
    let y = if broken { 0.34 } else { 0.6 } * h;
    band(p, profile, [r, h, y]);
    if broken {
        shards(p, h, r);
    } else {
        p.put_at(Part::Main, &torus(0.57 * r, 0.022 * h, 26, 8), v(0.0, 0.968 * h, 0.0));
        for s in [-1.0, 1.0] {
            handle(p, profile, [r, h], s);
        }
        lid(p, h, r);
    }
    if broken && p.overgrowth() > 0.4 {
        for _ in 0..6 {
            let at = v(0.25 * r * p.rng.signed(), 0.55 * h, 0.25 * r * p.rng.signed());
            let tall = p.rng.range(0.25, 0.45);
            p.tuft(at, tall);
        }
    }
}

/// A band of relief about the belly that follows the wall.
fn band(p: &mut Pen, profile: Profile, [r, h, y]: [f32; 3]) {
    let half = 0.022 * h;
    let rows: Vec<Vec2> = [-1.0, -0.9, 0.9, 1.0]
        .iter()
        .map(|t| {
            let at = y + t * half;
            v2(wall_at(profile, r, h, at) + if t.abs() < 0.95 { 0.007 } else { -0.004 }, at)
        })
        .collect();
    let inner = rows.iter().rev().map(|q| v2(q.x - 0.02, q.y));
    let outline: Vec<Vec2> = rows.iter().copied().chain(inner).collect();
    p.put(Part::Accent, &gesamt_mesh::shapes2::ring(&outline, 28));
}

/// A handle from the shoulder to the neck whose ends are sunk into the wall.
fn handle(p: &mut Pen, profile: Profile, [r, h]: [f32; 2], side: f32) {
    let (low, high) = (0.66 * h, 0.92 * h);
    let a = v2(wall_at(profile, r, h, low) - SUNK_M, low);
    let d = v2(wall_at(profile, r, h, high) - SUNK_M, high);
    let (b, c) = (v2(1.32 * r, low + 0.05 * h), v2(1.05 * r, high + 0.1 * h));
    let n = 10;
    let path: Vec<Vec3> = (0..=n)
        .map(|k| {
            let t = k as f32 / n as f32;
            let q = a.lerp(b, t).lerp(b.lerp(c, t), t).lerp(b.lerp(c, t).lerp(c.lerp(d, t), t), t);
            v(side * q.x, q.y, 0.0)
        })
        .collect();
    let radius: Vec<f32> = (0..=n).map(|k| h * (0.021 + 0.011 * (2.0 * k as f32 / n as f32 - 1.0).powi(2))).collect();
    p.crease(80.0).put(Part::Main, &tube(&path, &radius, 8)).crease(48.0);
}

fn lid(p: &mut Pen, h: f32, r: f32) {
    let dome = [(0.44, 0.94), (0.56, 0.97), (0.57, 0.985), (0.46, 1.01), (0.28, 1.035), (0.12, 1.045), (0.07, 1.055)];
    p.put(Part::Main, &turned(&dome, r, h, 24));
    let knob = [(0.07, 1.04), (0.08, 1.06), (0.15, 1.085), (0.16, 1.1), (0.1, 1.125), (0.0, 1.13)];
    p.put(Part::Accent, &turned(&knob, r, h, 12));
}

/// Shards about the foot of a broken vase.
fn shards(p: &mut Pen, h: f32, r: f32) {
    for k in 0..5 {
        let a = TAU * p.rng.unit();
        let size = 0.09 * h * p.rng.range(0.7, 1.3);
        let outline: Vec<Vec2> =
            (0..5).map(|i| Vec2::from_angle(TAU * i as f32 / 5.0) * size * p.rng.range(0.6, 1.1)).collect();
        let lie = Quat::from_rotation_x(0.5 * std::f32::consts::PI + 0.1 * k as f32);
        p.turned(v(1.2 * r * a.cos(), 0.015, 1.2 * r * a.sin()), lie, |p| {
            p.put(Part::Main, &extrude(&outline, 0.025, 0.004));
        });
    }
}

/// A grown vessel: a gourd of two pinched bellies with winding lobes, a bent neck, a frilled mouth with a light, on roots.
fn gourd(p: &mut Pen, h: f32, r: f32) {
    let profile = [
        (0.5, 0.0),
        (0.78, 0.07),
        (0.96, 0.22),
        (1.0, 0.32),
        (0.86, 0.43),
        (0.52, 0.52),
        (0.44, 0.57),
        (0.56, 0.64),
        (0.6, 0.7),
        (0.46, 0.78),
        (0.27, 0.84),
        (0.25, 0.89),
        (0.42, 0.95),
        (0.64, 0.985),
        (0.6, 1.0),
        (0.34, 0.955),
        (0.16, 0.88),
    ];
    let bend = |y: f32| v(0.3 * r * (4.2 * y / h - 1.2).sin(), 0.0, 0.16 * r * (3.1 * y / h).cos());
    let lobed = turned(&profile, r, h, 30).mapped(|q| {
        let t = q.y / h;
        let a = q.z.atan2(q.x);
        let frill = if t > 0.94 { 0.16 * (9.0 * a).cos() * (t - 0.94) / 0.06 } else { 0.0 };
        let lobes = 1.0 + 0.09 * (6.0 * a + 4.0 * t).cos() * (1.0 - t).max(0.2) + 0.7 * frill;
        v(q.x * lobes, q.y + 0.25 * r * frill, q.z * lobes) + bend(q.y)
    });
    p.crease(70.0).put(Part::Main, &lobed);
    for k in 0..5 {
        let a = TAU * k as f32 / 5.0 + 0.3 * p.rng.signed();
        let (e, side) = (v(a.cos(), 0.0, a.sin()), v(-a.sin(), 0.0, a.cos()) * 0.2 * r * p.rng.signed());
        let foot = bend(0.2 * h);
        let path = [
            e * 0.6 * r + foot + v(0.0, 0.4 * h, 0.0),
            e * 0.98 * r + foot + v(0.0, 0.28 * h, 0.0),
            e * 1.05 * r + foot + v(0.0, 0.14 * h, 0.0) + side,
            e * 1.12 * r + v(0.0, 0.04 * h, 0.0) + side,
            e * 1.4 * r + v(0.0, 0.015 * h, 0.0) - side,
        ];
        let radius = [0.03, 0.1, 0.12, 0.09, 0.0].map(|q| q * r);
        p.crease(80.0).put(Part::Frame, &tube(&smooth(&path, 3), &smooth_radii(&radius, 3), 7));
    }
    p.put_at(Part::Glow, &sphere(0.22 * r, 6, 10), bend(0.9 * h) + v(0.0, 0.915 * h, 0.0));
    // Beads of light along the waist.
    for k in 0..6 {
        let a = TAU * k as f32 / 6.0;
        p.put_at(
            Part::Glow,
            &sphere(0.06 * r, 4, 6),
            bend(0.565 * h) + v(0.45 * r * a.cos(), 0.565 * h, 0.45 * r * a.sin()),
        );
    }
}

/// A jar whose mouth is tied with cloth.
fn tied_jar(p: &mut Pen, h: f32, r: f32) {
    p.put(
        Part::Ceramic,
        &turned(
            &[(0.5, 0.0), (0.62, 0.03), (0.88, 0.3), (1.0, 0.58), (0.9, 0.76), (0.6, 0.88), (0.56, 0.94), (0.5, 0.95)],
            r,
            h,
            26,
        ),
    );
    p.put(
        Part::Cloth,
        &turned(&[(0.74, 0.84), (0.78, 0.86), (0.64, 0.91), (0.66, 0.95), (0.5, 0.99), (0.0, 1.0)], r, h, 18),
    );
    for (k, y) in [0.895, 0.915].into_iter().enumerate() {
        p.put_at(Part::Rope, &torus(0.67 * r - 0.01 * k as f32, 0.016 * h, 20, 5), v(0.0, y * h, 0.0));
    }
    p.at(v(0.0, 0.52 * h, 0.985 * r), 0.0, |p| p.letters(0.5 * r, 0.26 * h, -0.004));
    p.put(
        Part::Rope,
        &tube(
            &[
                v(0.1, 0.9, 0.0) * h + v(0.0, 0.0, 0.62 * r),
                v(0.12, 0.78, 0.0) * h + v(0.0, 0.0, 0.9 * r),
                v(0.1, 0.66, 0.0) * h + v(0.0, 0.0, 0.98 * r),
            ],
            &[0.012 * h; 3],
            5,
        ),
    );
}

/// A kettle for tea with its tap and gauge.
fn samovar(p: &mut Pen, h: f32, r: f32) {
    p.put(
        Part::Main,
        &turned(
            &[
                (0.7, 0.1),
                (0.5, 0.14),
                (0.6, 0.2),
                (0.98, 0.36),
                (1.0, 0.6),
                (0.9, 0.68),
                (0.55, 0.76),
                (0.55, 0.8),
                (0.72, 0.82),
                (0.5, 0.88),
                (0.2, 0.92),
            ],
            r,
            h,
            26,
        ),
    );
    p.put(Part::Trim, &turned(&[(0.2, 0.9), (0.3, 0.93), (0.26, 0.97), (0.0, 1.0)], r, h, 14));
    p.put(Part::Frame, &turned(&[(0.95, 0.03), (0.95, 0.08), (0.7, 0.12)], r, h, 20));
    for k in 0..4 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 4.0) * 0.8 * r;
        p.put_at(Part::Trim, &sphere(0.05 * h, 5, 8), v(e.x, 0.035 * h, e.y));
    }
    for k in 0..14 {
        let e = Vec2::from_angle(TAU * k as f32 / 14.0) * 0.99 * r;
        p.chip(Part::Trim, v(e.x, 0.46 * h, e.y), Vec3::splat(0.022 * h));
    }
    p.rod(Part::Trim, v(0.0, 0.28 * h, 0.7 * r), v(0.0, 0.27 * h, 1.3 * r), 0.022 * h);
    p.rod(Part::Trim, v(0.0, 0.27 * h, 1.26 * r), v(0.0, 0.18 * h, 1.3 * r), 0.018 * h);
    p.rod(Part::Accent, v(-0.06 * h, 0.33 * h, 1.1 * r), v(0.06 * h, 0.33 * h, 1.1 * r), 0.014 * h);
    super::plant::gauge(p, v(0.0, 0.58 * h, 0.96 * r), 0.07 * h);
}

/// A six-sided planter with grass.
fn planter(p: &mut Pen, h: f32, r: f32) {
    p.put(Part::Main, &turned(&[(0.78, 0.0), (0.84, 0.03), (1.0, 0.7), (1.0, 0.8), (0.9, 0.8), (0.86, 0.72)], r, h, 6));
    p.put(Part::Frame, &turned(&[(1.0, 0.66), (1.05, 0.68), (1.05, 0.8), (0.92, 0.82), (0.9, 0.74)], r, h, 6));
    p.put(Part::Soil, &turned(&[(0.86, 0.6), (0.9, 0.72), (0.0, 0.76)], r, h, 12));
    if p.dialect().is_electric() && p.dialect() != Dialect::Metal {
        p.put_at(Part::Glow, &hoop(0.93 * r, 0.02, 0.02 * h, 6), v(0.0, 0.5 * h, 0.0));
    }
    for _ in 0..9 {
        let at = v(0.5 * r * p.rng.signed(), 0.74 * h, 0.5 * r * p.rng.signed());
        let tall = h * p.rng.range(0.25, 0.5);
        p.tuft(at, tall);
    }
}
