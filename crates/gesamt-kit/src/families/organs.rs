//! Organs: the bladders of a grown tank, the heart of a grown generator and the spine of a grown bridge.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{blob, lathe, sphere, tube};
use gesamt_mesh::shapes2::{oriented, torus};
use gesamt_mesh::{Hull, Shape};
use glam::{Quat, Vec2, Vec3};

use super::limbs::{limb, lipped};
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// Half outline of a bladder that hangs from its neck: (radius, height) in parts of its girth and length.
const GOURD: [[f32; 2]; 13] = [
    [0.16, 0.0],
    [0.2, 0.03],
    [0.38, 0.08],
    [0.72, 0.17],
    [0.94, 0.29],
    [1.0, 0.41],
    [0.93, 0.53],
    [0.72, 0.65],
    [0.46, 0.75],
    [0.31, 0.84],
    [0.25, 0.92],
    [0.26, 0.97],
    [0.2, 1.0],
];

/// Girth of a bladder at `t` of its length.
fn girth(t: f32) -> f32 {
    let pair = GOURD.windows(2).find(|pair| t <= pair[1][1]);
    pair.map_or(GOURD[12][0], |pair| {
        let f = ((t - pair[0][1]) / (pair[1][1] - pair[0][1])).clamp(0.0, 1.0);
        pair[0][0] + f * (pair[1][0] - pair[0][0])
    })
}

/// A bladder of radius `r` and height `h` that stands on its mouth at the origin, lobed like a gourd.
fn bladder(r: f32, h: f32, lobes: f32, sides: u32) -> Shape {
    let profile = GOURD.map(|[q, y]| v2(q * r, y * h));
    lathe(&profile, sides).mapped(|q| {
        let lobe = 1.0 + 0.06 * (lobes * q.z.atan2(q.x)).cos() * girth(q.y / h).powi(2);
        v(q.x * lobe, q.y, q.z * lobe)
    })
}

/// A tank: a great bladder and two small ones hang from a tripod of limbs; a spout drips into a basin of roots.
pub(crate) fn tank(p: &mut Pen, h: f32, r: f32) {
    let crown = v(0.0, 0.95 * h, 0.0);
    for k in 0..3 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.25) / 3.0);
        let out = v(e.x, 0.0, e.y);
        p.bone(1.02 * r * out, crown + 0.04 * r * out, (0.3 * out + v(0.0, 0.1, 0.0)) * r, 0.14 * r, 0.085 * r);
    }
    p.skin(Part::Frame, &blob(2, |_| 0.2 * r).at(0.0, 0.95 * h, 0.0));
    let (low, tall, wide) = (0.22 * h, 0.72 * h, 0.68 * r);
    p.skin(Part::Main, &bladder(wide, tall, 6.0, 24).at(0.0, low, 0.0));
    for k in 0..6 {
        let a = TAU * (k as f32 + 0.5) / 6.0;
        vein(p, v(0.0, low, 0.0), wide, tall, a);
    }
    for k in 0..2 {
        // Between two limbs each.
        let a = TAU * (k as f32 + 1.75) / 3.0;
        side_bladder(p, crown, v(a.cos(), 0.0, a.sin()), h, r);
    }
    level(p, low, tall, wide);
    spout(p, low, r);
    basin(p, r);
}

/// A raised vein that winds down the skin of a bladder whose mouth is at `at`.
fn vein(p: &mut Pen, at: Vec3, wide: f32, tall: f32, angle: f32) {
    let n = 12;
    let path: Vec<Vec3> = (0..=n)
        .map(|i| {
            let t = 0.97 - 0.92 * i as f32 / n as f32;
            let (e, q) = (Vec2::from_angle(angle + 0.16 * (9.0 * t).sin()), 0.95 * wide * girth(t));
            at + v(e.x * q, t * tall, e.y * q)
        })
        .collect();
    p.tendril(Part::Frame, &path, n, 0.05 * wide, 0.026 * wide);
}

/// A small bladder on a stalk from the crown that leans on the great one.
fn side_bladder(p: &mut Pen, crown: Vec3, out: Vec3, h: f32, r: f32) {
    let (tall, wide) = (0.3 * h, 0.25 * r);
    let mouth = v(0.0, 0.5 * h, 0.0) + 0.72 * r * out;
    let neck = mouth + v(0.0, tall, 0.0);
    p.tendril(
        Part::Frame,
        &[crown, crown + 0.4 * r * out + v(0.0, 0.03 * h, 0.0), neck - v(0.0, 0.03, 0.0)],
        8,
        0.075 * r,
        0.05 * r,
    );
    p.skin(Part::Panel, &bladder(wide, tall, 5.0, 14).transformed(glam::Affine3A::from_translation(mouth)));
    // What is drawn from it runs into the great bladder.
    let into = v(0.0, 0.36 * h, 0.0) + 0.45 * r * out;
    p.tendril(
        Part::Frame,
        &[mouth + v(0.0, 0.05, 0.0), mouth - v(0.0, 0.07 * h, 0.0) + 0.05 * r * out, into],
        8,
        0.05 * r,
        0.06 * r,
    );
}

/// A row of half sunk lights up the front of the great bladder that tells how full it is.
fn level(p: &mut Pen, low: f32, tall: f32, wide: f32) {
    for k in 0..6 {
        let t = 0.2 + 0.085 * k as f32;
        let full = k < 4;
        let q = wide * girth(t) * 0.97;
        let part = if full { Part::Glow } else { Part::Rubber };
        p.skin(part, &sphere((0.085 - 0.006 * k as f32) * wide, 6, 10).at(0.0, low + t * tall, q));
        p.skin(
            Part::Frame,
            &torus(0.095 * wide, 0.022 * wide, 12, 5).mapped(|q| v(q.x, -q.z, q.y)).at(0.0, low + t * tall, q),
        );
    }
}

/// The mouth of the great bladder: a ringed throat that bends forward over the basin.
fn spout(p: &mut Pen, low: f32, r: f32) {
    let path = [
        v(0.0, low + 0.06, 0.0),
        v(0.0, low - 0.06 * r, 0.03 * r),
        v(0.0, low - 0.14 * r, 0.2 * r),
        v(0.0, low - 0.28 * r, 0.33 * r),
    ];
    p.tendril(Part::Main, &path, 10, 0.15 * r, 0.1 * r);
    for (i, q) in [(1, 0.155), (2, 0.14)] {
        let along = (path[i + 1] - path[i - 1]).normalize_or(Vec3::Y);
        p.turned(path[i], Quat::from_rotation_arc(Vec3::Y, along), |p| {
            p.skin(Part::Frame, &torus(q * r, 0.035 * r, 14, 6));
        });
    }
    let lip = [v2(0.08 * r, 0.0), v2(0.11 * r, 0.0), v2(0.16 * r, -0.07 * r), v2(0.13 * r, -0.07 * r)];
    p.turned(path[3], Quat::from_rotation_x(-0.35), |p| {
        p.skin(Part::Frame, &gesamt_mesh::shapes2::ring(&lip, 16));
        p.skin(Part::Glow, &blob(1, |_| 0.07 * r).mapped(|q| v(q.x, 1.3 * q.y - 0.05 * r, q.z)));
    });
}

/// A basin grown from roots under the spout, half full.
fn basin(p: &mut Pen, r: f32) {
    let bowl =
        [v2(0.3, 0.0), v2(0.34, 0.03), v2(0.42, 0.12), v2(0.5, 0.22), v2(0.47, 0.24), v2(0.4, 0.16), v2(0.0, 0.1)];
    let front = 0.22 * r;
    p.skin(Part::Frame, &lathe(&bowl.map(|q| q * r), 20).at(0.0, 0.0, front));
    p.skin(Part::Glow, &lathe(&[v2(0.38 * r, 0.12 * r), v2(0.42 * r, 0.17 * r)], 20).at(0.0, 0.0, front));
    for k in 0..7 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 7.0);
        let out = |q: f32, y: f32| v(e.x * q * r, y * r, e.y * q * r + front);
        p.tendril(
            Part::Frame,
            &[out(0.36, 0.14), out(0.46, 0.1), out(0.56, 0.045), out(0.7, 0.025)],
            5,
            0.06 * r,
            0.022 * r,
        );
    }
}

/// A generator: a gland with two chambers beats on a root plate; tubes carry its flow over the shoulders into the plate.
pub(crate) fn heart(p: &mut Pen, w: f32, h: f32) {
    root_plate(p, w, h);
    let seed = p.rng.seed();
    let middle = v(0.0, 0.56 * h, 0.0);
    let muscle = blob(3, |d| 1.0 + 0.04 * gesamt_mesh::noise::fbm(d * 2.5, 2, seed));
    let body = muscle.mapped(|q| gland(q, w, h));
    p.skin(Part::Main, &body.transformed(glam::Affine3A::from_translation(middle)));
    for s in [-1.0, 1.0] {
        // The great arteries.
        let artery = [
            v(s * 0.12 * w, 0.8 * h, 0.0),
            v(s * 0.17 * w, 1.04 * h, -0.02 * w),
            v(s * 0.3 * w, 1.06 * h, -0.04 * w),
            v(s * 0.4 * w, 0.8 * h, -0.05 * w),
            v(s * 0.4 * w, 0.4 * h, -0.03 * w),
            v(s * 0.33 * w, 0.03 * h, 0.0),
        ];
        p.tendril(Part::Panel, &artery, 18, 0.065 * w, 0.045 * w);
        for (i, q) in [(3, 0.06), (4, 0.054)] {
            let along = (artery[i + 1] - artery[i - 1]).normalize_or(Vec3::Y);
            p.turned(artery[i], Quat::from_rotation_arc(Vec3::Y, along), |p| {
                p.skin(Part::Frame, &torus(q * w, 0.016 * w, 14, 6));
            });
        }
        // Veins drink from the plate before and behind and run out over the skin.
        for side in [1.0, -1.0] {
            let skin = |x: f32, y: f32| middle + gland(v(s * x, y, side * (1.0 - x * x - y * y).max(0.0).sqrt()), w, h);
            let path = [
                v(s * 0.2 * w, 0.04 * h, side * 0.21 * w),
                v(s * 0.19 * w, 0.2 * h, side * 0.2 * w),
                skin(0.5, -0.3) + v(s * 0.02 * w, 0.0, side * 0.01 * w),
                skin(0.5, 0.0),
                skin(0.4, 0.3),
                skin(0.45, 0.58),
            ];
            p.tendril(Part::Frame, &path, 14, 0.034 * w, 0.01 * w);
        }
        stoma(p, v(s * 0.06 * w, 0.9 * h, 0.02 * w), s, w);
    }
    pulse(p, w, h, middle);
}

/// The plate of roots a gland stands on.
fn root_plate(p: &mut Pen, w: f32, h: f32) {
    let mound = [v2(0.47, 0.0), v2(0.46, 0.03), v2(0.38, 0.07), v2(0.24, 0.1), v2(0.14, 0.17), v2(0.1, 0.24)];
    let plate = lathe(&mound.map(|q| v2(q.x * w, q.y * h)), 28).mapped(|q| {
        let wave = 1.0 + 0.07 * (7.0 * q.z.atan2(q.x)).cos();
        v(q.x * wave, q.y, 0.68 * q.z * wave)
    });
    p.skin(Part::Frame, &plate);
    for k in 0..9 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 9.0);
        let out = |q: f32, y: f32| v(e.x * q * w, y * h, 0.7 * e.y * q * w);
        p.tendril(
            Part::Frame,
            &[out(0.18, 0.13), out(0.32, 0.09), out(0.44, 0.05), out(0.54, 0.022)],
            6,
            0.04 * w,
            0.016 * w,
        );
    }
}

/// A short throat with a lip that breathes light, leaning to the side of `s`.
fn stoma(p: &mut Pen, at: Vec3, s: f32, w: f32) {
    p.turned(at, Quat::from_rotation_z(-0.18 * s) * Quat::from_rotation_x(0.12 * s), |p| {
        let throat =
            [v2(0.05, -0.08), v2(0.04, 0.0), v2(0.036, 0.07), v2(0.052, 0.12), v2(0.045, 0.125), v2(0.03, 0.09)];
        p.skin(Part::Panel, &lathe(&throat.map(|q| q * w), 12));
        p.skin(Part::Glow, &sphere(0.034 * w, 5, 10).at(0.0, 0.105 * w, 0.0));
    });
}

/// Gills on both chambers, before and behind: crescents of light, each under the edge of a fold of skin.
fn pulse(p: &mut Pen, w: f32, h: f32, middle: Vec3) {
    const N: usize = 10;
    for (side, s) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
        for k in 0..3 {
            let long = 0.34 - 0.05 * k as f32;
            let along = |x0: f32, deep: f32| -> Vec<Vec3> {
                let at = |i: usize| {
                    let t = 2.0 * i as f32 / N as f32 - 1.0;
                    let (x, y) = (x0 + 0.1 * (1.0 - t * t), 0.02 + long * t);
                    let z = (1.0 - x * x - y * y).max(0.0).sqrt();
                    middle + deep * gland(v(s * x, y, side * z), w, h)
                };
                (0..=N).map(at).collect()
            };
            let x = 0.1 + 0.15 * k as f32;
            let crescent = |r: f32| -> Vec<f32> {
                (0..=N).map(|i| r * (1.0 - (2.0 * i as f32 / N as f32 - 1.0).powi(2)).max(0.0).sqrt() * w).collect()
            };
            p.skin(Part::Glow, &tube(&along(x, 0.985), &crescent(0.014), 6));
            p.skin(Part::Panel, &tube(&along(x + 0.048, 0.985), &crescent(0.016), 7));
        }
    }
}

/// The gland's form from a unit sphere: broad shoulders with a cleft between two chambers, drawn out to a point below.
fn gland(q: Vec3, w: f32, h: f32) -> Vec3 {
    let high = (q.y * 0.5 + 0.5).max(0.0);
    let cleft = 0.16 * (-7.0 * q.x * q.x).exp() * q.y.max(0.0);
    let wide = 0.3 + 0.7 * high.powf(0.7);
    v(0.29 * w * q.x * wide, (0.42 - cleft) * h * q.y, 0.22 * w * q.z * wide * (1.0 - 0.5 * cleft))
}

/// A grown span of `l` × `w` metres whose deck is `deck` high at its ends and rises by `rise(x)`: two splayed limbs at each
/// end, spines under the edges, ribs across, a rail through the tips of the posts and lamps on stalks.
pub(crate) fn bridge(p: &mut Pen, l: f32, w: f32, deck: f32, rise: &dyn Fn(f32) -> f32) {
    let top = |x: f32| deck + rise(x);
    let planks = lipped([18, 6], 0.16, |x, y| {
        let px = (x - 0.5) * l;
        v(px, top(px) - 0.08 + 0.015 * (9.0 * x * l).sin() * (PI * y).sin(), (0.5 - y) * w)
    });
    p.skin(Part::Main, &oriented(planks));
    for s in [-1.0, 1.0] {
        let z = s * (0.5 * w - 0.11);
        let n = 14;
        let spine: Vec<Vec3> = (0..=n)
            .map(|i| (i as f32 / n as f32 - 0.5) * (l - 0.2))
            .map(|x| v(x, top(x) - 0.24 - 0.05 * (2.0 * x / l).powi(2), z))
            .collect();
        p.tendril(Part::Frame, &spine, n, 0.125, 0.125);
        for e in [-1.0, 1.0] {
            let x = 0.34 * l;
            let foot = v(e * (x + 0.26), 0.0, s * (0.5 * w + 0.24));
            let into = v(e * x, top(x) - 0.2, z - s * 0.05);
            p.skin(Part::Frame, &limb(foot, into, v(e * 0.08, 0.0, s * 0.1), 0.22, 0.16, true));
            p.hull(Hull::cuboid(foot - v(0.25, 0.0, 0.25), foot + v(0.25, 0.8, 0.25)));
        }
        posts(p, l, w, s, &top);
    }
    ribs(p, l, w, &top);
}

/// The ribs of one side: they bulge out from the edge, curl in over the way and are bound by a tendril at their widest.
fn posts(p: &mut Pen, l: f32, w: f32, s: f32, top: &dyn Fn(f32) -> f32) {
    let n = (l / 0.9).round() as usize;
    let x_of = |t: f32| (t - 0.5) * (l - 0.3);
    let at = |t: f32, out: f32, up: f32| v(x_of(t), top(x_of(t)) + up, s * (0.5 * w + out));
    for k in 0..=n {
        let t = k as f32 / n as f32;
        let tall = 1.12 + 0.16 * (PI * t).sin();
        let rib = [at(t, -0.12, -0.22), at(t, 0.1, 0.06), at(t, 0.2, 0.5), at(t, 0.1, 0.86), at(t, -0.16, tall)];
        p.tendril(Part::Frame, &rib, 6, 0.068, 0.014);
    }
    for (up, out, r) in [(0.5, 0.2, 0.029), (0.84, 0.11, 0.029)] {
        let bound: Vec<Vec3> =
            (0..=2 * n).map(|k| at(0.5 * k as f32 / n as f32, out, up - 0.04 * (k % 2) as f32)).collect();
        p.tendril(if up > 0.6 { Part::Frame } else { Part::Panel }, &bound, 2 * n, r, r);
    }
    let high = top(0.0);
    p.hull(Hull::cuboid(v(-0.5 * l, top(0.5 * l), s * 0.5 * w - 0.08), v(0.5 * l, high + 0.95, s * 0.5 * w + 0.08)));
}

/// Ribs across under the deck every half metre; every fourth carries lamps on stalks at its ends.
fn ribs(p: &mut Pen, l: f32, w: f32, top: &dyn Fn(f32) -> f32) {
    let n = (l / 0.5).round() as usize - 1;
    for k in 0..n {
        let x = (k as f32 - 0.5 * (n as f32 - 1.0)) * 0.5;
        let y = top(x) - 0.2;
        let half = 0.5 * w;
        let rib = [
            v(x, y + 0.08, -half),
            v(x, y - 0.03, -0.7 * half),
            v(x, y - 0.08, 0.0),
            v(x, y - 0.03, 0.7 * half),
            v(x, y + 0.08, half),
        ];
        p.tendril(Part::Frame, &rib, 6, 0.045, 0.045);
        if k % 4 != 1 {
            continue;
        }
        for s in [-1.0, 1.0] {
            let root = v(x, y + 0.07, s * (half - 0.04));
            let lamp = root + v(0.0, 0.1, s * 0.3);
            p.tendril(Part::Frame, &[root, root + v(0.0, -0.07, s * 0.15), lamp], 5, 0.026, 0.02);
            p.skin(Part::Glow, &sphere(0.08, 5, 8).at(lamp.x, lamp.y + 0.05, lamp.z));
        }
    }
}
