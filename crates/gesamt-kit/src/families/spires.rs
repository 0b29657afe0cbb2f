//! Grown landmarks: a lighthouse that is one stalk with an eye, a gate of crossed tusks, a well, a buoy and a mooring stump.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::ring;
use gesamt_mesh::{Hull, Shape};
use glam::{Vec2, Vec3};

use super::gates;
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// A body of revolution whose girth waves `lobes` times about its axis by a share of `deep`.
fn lobed(profile: &[Vec2], sides: u32, lobes: f32, deep: f32) -> Shape {
    waved(lathe(profile, sides), lobes, deep)
}

fn waved(shape: Shape, lobes: f32, deep: f32) -> Shape {
    shape.mapped(|q| {
        let wave = 1.0 + deep * (lobes * q.z.atan2(q.x)).cos();
        v(q.x * wave, q.y, q.z * wave)
    })
}

/// A point `q` metres out and `y` up in the direction of turn `a`.
fn out(a: f32, q: f32, y: f32) -> Vec3 {
    v(q * a.cos(), y, q * a.sin())
}

/// A light of radius `r` about (0, `y`, 0) in the grip of `claws` claws that rise from a circle of `from` metres at `low`.
fn held_light(p: &mut Pen, [r, y]: [f32; 2], [from, low]: [f32; 2], claws: usize, thick: f32) {
    p.skin(Part::Lamp, &sphere(r, 12, 20).mapped(|q| v(q.x, 1.12 * q.y, q.z)).at(0.0, y, 0.0));
    for k in 0..claws {
        let a = TAU * k as f32 / claws as f32;
        let claw = [
            out(a, from, low),
            out(a, 1.25 * r, y - 0.45 * r),
            out(a, 1.2 * r, y + 0.35 * r),
            out(a, 0.62 * r, y + 1.12 * r),
            out(a, 0.3 * r, y + 1.5 * r),
        ];
        p.tendril(Part::Frame, &claw, 12, thick, 0.2 * thick);
    }
}

/// The tower of a lighthouse `h` metres high: a twisted stalk, a hooded door at its foot and an eye held by claws.
pub(crate) fn lighthouse(p: &mut Pen, h: f32) {
    let (shaft, r) = (0.74 * h, 0.105 * h);
    gates::column(p, shaft, r);
    for k in 0..9 {
        let t = 0.2 + 0.065 * k as f32;
        let a = 2.1 * k as f32;
        let pore = sphere(0.14 * r, 6, 10).mapped(|q| v(q.x, 1.5 * q.y, q.z));
        p.skin(Part::Glow, &pore.at(0.72 * r * a.cos(), t * shaft, 0.72 * r * a.sin()));
    }
    p.at(v(0.0, 0.0, 1.16 * r), 0.0, |p| gates::door(p, 1.1, 2.3));
    let dish = [v2(0.9, 0.0), v2(1.5, 0.3), v2(1.66, 0.55), v2(1.56, 0.6), v2(1.2, 0.36), v2(0.0, 0.25)];
    let dish = dish.map(|q| v2(q.x * r, shaft - 0.06 * r + q.y * r));
    p.skin(Part::Roof, &lobed(&dish, 28, 7.0, 0.06));
    held_light(p, [0.72 * r, shaft + 1.0 * r], [1.2 * r, shaft + 0.25 * r], 7, 0.15 * r);
    p.lamp_light(v(0.0, shaft + r, 1.0 * r), 9.0);
    p.hull(Hull::drum(Vec3::ZERO, 1.2 * r, 0.2 * shaft, 12));
    p.hull(Hull::drum(v(0.0, 0.2 * shaft, 0.0), 0.8 * r, 0.7 * shaft, 12));
    p.hull(Hull::drum(v(0.0, 0.9 * shaft, 0.0), 1.5 * r, h - 0.9 * shaft, 12));
}

/// A gate of honour `h` metres high: two tusks that cross over the way, a spine hung between them and its lights.
pub(crate) fn torii(p: &mut Pen, h: f32) {
    let half = 0.4 * h;
    for s in [-1.0, 1.0] {
        let z = s * 0.045 * h;
        let path = [
            v(s * half, 0.1 * h, 0.0),
            v(s * 1.12 * half, 0.34 * h, 0.1 * z),
            v(s * 0.98 * half, 0.64 * h, 0.6 * z),
            v(s * 0.45 * half, 0.87 * h, z),
            v(-s * 0.12 * half, 0.95 * h, z),
            v(-s * 0.72 * half, 0.99 * h, z),
        ];
        p.solid(|p| {
            let foot = [v2(0.1, 0.0), v2(0.085, 0.03), v2(0.07, 0.09), v2(0.045, 0.17)].map(|q| q * h);
            p.skin(Part::Frame, &lobed(&foot, 18, 6.0, 0.07).at(s * half, 0.0, 0.0));
        });
        p.tendril(Part::Frame, &path, 20, 0.066 * h, 0.014 * h);
        p.hull(Hull::cuboid(v(s * half - 0.09 * h, 0.1 * h, -0.08 * h), v(s * half + 0.11 * h, 0.7 * h, 0.08 * h)));
        for k in 0..6 {
            let a = TAU * (k as f32 + 0.5) / 6.0;
            let root = [out(a, 0.05 * h, 0.11 * h), out(a, 0.1 * h, 0.045 * h), out(a, 0.17 * h, 0.012 * h)];
            p.at(v(s * half, 0.0, 0.0), 0.0, |p| {
                p.tendril(Part::Frame, &root, 5, 0.026 * h, 0.01 * h);
            });
        }
        for (t, long) in [(0.42, 0.1), (0.56, 0.12), (0.7, 0.1)] {
            let at = super::limbs::through(&path, t * 0.72);
            let side = v(s, 0.35, 0.0).normalize_or(Vec3::X);
            let thorn = [at, at + 0.6 * long * h * side, at + long * h * (side + v(0.0, 0.5, 0.0))];
            p.skin(Part::Roof, &tube(&thorn, &[0.045 * h, 0.03 * h, 0.0], 7));
        }
    }
    spine(p, h, half);
}

/// The spine between the tusks of a gate, its vertebrae and what hangs from it.
fn spine(p: &mut Pen, h: f32, half: f32) {
    let n = 24;
    let at = |u: f32| v(0.99 * half * u, h * (0.62 + 0.07 * u * u), 0.0);
    let path: Vec<Vec3> = (0..=n).map(|i| at(2.0 * i as f32 / n as f32 - 1.0)).collect();
    let radius: Vec<f32> = (0..=n).map(|i| h * if i % 2 == 1 { 0.026 } else { 0.015 }).collect();
    p.skin(Part::Panel, &tube(&path, &radius, 8));
    for k in 0..5 {
        let root = at(0.36 * (k as f32 - 2.0));
        let low = root - v(0.0, h * (0.07 + 0.02 * (k % 2) as f32), 0.0);
        p.tendril(Part::Frame, &[root, root.lerp(low, 0.5) + v(0.0, 0.0, 0.02), low], 4, 0.011 * h, 0.008 * h);
        let pod = sphere(0.022 * h, 7, 10).mapped(|q| v(q.x, 1.5 * q.y, q.z));
        p.skin(if k % 2 == 0 { Part::Glow } else { Part::Glow2 }, &pod.at(low.x, low.y - 0.022 * h, 0.0));
    }
}

/// A well about a shaft of radius `r` under a hood at `h` metres: a lip of roots, three limbs, a calyx on a stalk.
pub(crate) fn well(p: &mut Pen, r: f32, h: f32) {
    let lip = [
        v2(r, 0.0),
        v2(r + 0.3, 0.0),
        v2(r + 0.26, 0.18),
        v2(r + 0.15, 0.48),
        v2(r + 0.25, 0.76),
        v2(r + 0.2, 0.87),
        v2(r + 0.06, 0.86),
        v2(r - 0.02, 0.7),
    ];
    p.skin(Part::Main, &waved(ring(&lip, 36), 9.0, 0.035));
    p.put(Part::Water, &cylinder(r + 0.03, 0.44, 28, 0.0));
    for k in 0..9 {
        let a = TAU * k as f32 / 9.0;
        let rib = [
            out(a, r + 0.42, 0.03),
            out(a, r + 0.3, 0.12),
            out(a, r + 0.2, 0.45),
            out(a, r + 0.3, 0.74),
            out(a, r + 0.1, 0.92),
        ];
        p.tendril(Part::Frame, &rib, 8, 0.065, 0.04);
        p.skin(Part::Glow, &sphere(0.035, 5, 8).at((r + 0.21) * (a + 0.35).cos(), 0.62, (r + 0.21) * (a + 0.35).sin()));
    }
    for k in 0..3 {
        let a = TAU * (k as f32 + 0.25) / 3.0;
        let limb = [
            out(a, r + 0.22, 0.55),
            out(a, r + 0.38, 1.1),
            out(a, r + 0.2, 1.75),
            out(a, 0.3, h - 0.42),
            out(a, 0.0, h - 0.26),
        ];
        p.tendril(Part::Frame, &limb, 12, 0.1, 0.07);
    }
    let hood = [
        v2(0.0, h - 0.38),
        v2(0.7, h - 0.5),
        v2(1.02, h - 0.56),
        v2(0.98, h - 0.46),
        v2(0.6, h - 0.16),
        v2(0.2, h - 0.02),
        v2(0.0, h),
    ];
    p.skin(Part::Panel, &lobed(&hood, 32, 6.0, 0.08));
    p.tendril(Part::Frame, &[v(0.0, h - 0.35, 0.0), v(0.05, 1.9, 0.03), v(0.0, 1.42, 0.0)], 7, 0.035, 0.03);
    let calyx = [v2(0.03, 1.45), v2(0.12, 1.36), v2(0.2, 1.2), v2(0.16, 1.02), v2(0.05, 0.94)];
    let calyx: Vec<Vec2> = calyx.into_iter().rev().collect();
    p.skin(Part::Main, &lobed(&calyx, 18, 5.0, 0.08));
    p.skin(Part::Lamp, &sphere(0.08, 6, 10).at(0.0, 0.93, 0.0));
    p.lamp_light(v(0.0, 0.85, 0.0), 2.0);
}

/// A buoy of scale `s`: a lobed float with side bladders and a frill, a neck and a light held by claws.
pub(crate) fn buoy(p: &mut Pen, s: f32) {
    let float = [
        v2(0.3, 0.0),
        v2(0.5, 0.06),
        v2(0.64, 0.24),
        v2(0.6, 0.44),
        v2(0.4, 0.64),
        v2(0.2, 0.86),
        v2(0.13, 1.2),
        v2(0.16, 1.48),
        v2(0.26, 1.62),
    ];
    p.skin(Part::Main, &lobed(&float.map(|q| q * s), 28, 6.0, 0.06));
    let frill = [v2(0.56, 0.3), v2(0.74, 0.26), v2(0.76, 0.31), v2(0.56, 0.37)].map(|q| q * s);
    p.skin(Part::Panel, &waved(ring(&frill, 36), 12.0, 0.05));
    for k in 0..6 {
        let a = TAU * (k as f32 + 0.5) / 6.0;
        let rib = [out(a, 0.62, 0.12), out(a, 0.66, 0.3), out(a, 0.5, 0.58), out(a, 0.22, 0.88), out(a, 0.15, 1.3)];
        p.tendril(Part::Frame, &rib.map(|q| q * s), 9, 0.045 * s, 0.026 * s);
        if k % 2 == 0 {
            let bladder = sphere(0.15 * s, 8, 14).mapped(|q| v(q.x, 1.2 * q.y, q.z));
            let at = out(a + PI / 6.0, 0.35 * s, 0.68 * s);
            p.skin(Part::Main, &bladder.at(at.x, at.y, at.z));
        }
    }
    held_light(p, [0.19 * s, 1.82 * s], [0.2 * s, 1.58 * s], 5, 0.04 * s);
    p.lamp_light(v(0.0, 1.82 * s, 0.25 * s), 2.5);
    p.hull(Hull::drum(Vec3::ZERO, 0.66 * s, 0.6 * s, 12));
    p.hull(Hull::drum(v(0.0, 0.6 * s, 0.0), 0.28 * s, 1.5 * s, 10));
}

/// A stump to moor at: a knuckle of bone on roots with a tendril wound about its waist.
pub(crate) fn bollard(p: &mut Pen, r: f32, h: f32) {
    let stump = [
        v2(1.5 * r, 0.0),
        v2(1.2 * r, 0.1 * h),
        v2(0.86 * r, 0.34 * h),
        v2(0.84 * r, 0.6 * h),
        v2(1.2 * r, 0.8 * h),
        v2(1.26 * r, 0.9 * h),
        v2(0.8 * r, h),
    ];
    p.skin(Part::Frame, &lobed(&stump, 22, 5.0, 0.07));
    for k in 0..5 {
        let a = TAU * k as f32 / 5.0;
        p.tendril(
            Part::Frame,
            &[out(a, r, 0.16 * h), out(a, 1.7 * r, 0.05 * h), out(a, 2.2 * r, 0.02)],
            5,
            0.3 * r,
            0.12 * r,
        );
        let a = a + PI / 5.0;
        let at = out(a, 1.12 * r, 0.82 * h);
        p.skin(Part::Glow, &sphere(0.14 * r, 5, 8).at(at.x, at.y, at.z));
    }
    let coil: Vec<Vec3> = (0..=26)
        .map(|i| {
            let t = i as f32 / 26.0;
            let q = r * (0.98 + 1.1 * (1.0 - t * 5.0).max(0.0));
            out(TAU * 3.0 * t, q, h * (0.3 + 0.26 * t) * (t * 7.0).min(1.0) + 0.03)
        })
        .collect();
    p.tendril(Part::Panel, &coil, 44, 0.17 * r, 0.13 * r);
}
