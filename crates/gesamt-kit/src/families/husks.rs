//! Grown husks that hold things: the chrysalis chest and the seed cask.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Shape;
use gesamt_mesh::shapes::{blob, lathe, sphere};
use gesamt_mesh::shapes2::{loft, torus};
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::Part;

/// Height of a chest's seam, as a part of its height.
const SEAM: f32 = 0.54;
/// How far the lid reaches over the lower shell, as a part of the height.
const LIP: f32 = 0.05;
/// Where the hoops of a chest lie along it, as parts of the half length.
const HOOPS: [f32; 4] = [-0.66, -0.22, 0.22, 0.66];

/// A ribbed chrysalis of `size` metres that stands on four stub feet: a lower shell, a lid that overlaps it, hoops and a
/// latch of petals.
pub(crate) fn chest(p: &mut Pen, size: Vec3) {
    let thick = 0.025 * size.min_element();
    p.skin(Part::Main, &half_shell(size, 0.0, false));
    p.skin(Part::Panel, &half_shell(size, thick, true));
    for u in HOOPS {
        let n = if is_small(size) { 15 } else { 30 };
        let r = 0.034 * size.min_element();
        // A hoop rides on the lid, clings to the lower shell and ends inside it.
        let hoop = (0..=n).map(|i| {
            let a = PI * (-0.3 + 1.6 * i as f32 / n as f32);
            let out = if i == 0 || i == n {
                -r
            } else if a.sin() > -0.05 {
                thick
            } else {
                0.2 * thick
            };
            on_shell(size, out, u, a)
        });
        p.tendril(Part::Frame, &hoop.collect::<Vec<_>>(), n, r, r);
    }
    for (sx, sz) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        let r = 0.075 * size.min_element();
        let foot = lathe(&[v2(1.5 * r, 0.0), v2(1.45 * r, 0.25 * r), v2(r, 1.2 * r), v2(0.9 * r, 0.3 * size.y)], 9);
        p.skin(Part::Frame, &foot.at(sx * 0.33 * size.x, 0.0, sz * 0.28 * size.z));
    }
    // The petals end short of the hoops.
    latch(p, on_shell(size, thick, 0.0, 0.0), (0.125 * size.min_element()).min(0.31 * HOOPS[2] * size.x));
}

/// Crates are drawn with fewer sections than chests.
fn is_small(size: Vec3) -> bool {
    size.min_element() < 0.85
}

/// How full the chest is at `u` of its half length: blunt ends, and it bulges between the hoops.
fn fullness(u: f32) -> f32 {
    (1.0 - u.abs().powf(3.4)).max(0.0).powf(0.4) * (0.98 - 0.022 * (TAU * (u - HOOPS[2]) / (HOOPS[3] - HOOPS[2])).cos())
}

/// A point of the chest's skin `out` metres outside: `u` along it, `angle` about it from the front (+Z) over the top.
fn on_shell(size: Vec3, out: f32, u: f32, angle: f32) -> Vec3 {
    let (full, e) = (fullness(u), Vec2::from_angle(angle));
    let round = |c: f32, power: f32| c.signum() * c.abs().powf(power);
    let (seam, foot) = (SEAM * size.y, 0.06 * size.y);
    let tall = if e.y < 0.0 { seam - foot } else { size.y - seam };
    let (z, y) = (0.47 * size.z * full + out, tall * full.powf(0.8) + out);
    v(0.5 * size.x * u, seam + y * round(e.y, 0.75), z * round(e.x, 0.6))
}

/// The lower shell or the lid as a solid, its flat side at the seam; the lid hangs over by the lip.
fn half_shell(size: Vec3, out: f32, lid: bool) -> Shape {
    let (about, along) = if is_small(size) { (10, 14) } else { (16, 26) };
    let lip = if lid { -LIP * size.y } else { 0.0 };
    let section = |i: usize| -> Vec<Vec3> {
        let u = (PI * (i as f32 / along as f32 - 0.5)).sin();
        if i == 0 || i == along {
            return vec![v((0.5 * size.x + out) * u.signum(), SEAM * size.y, 0.0)];
        }
        let arc = (0..=about).map(|k| {
            let turn = PI * k as f32 / about as f32;
            on_shell(size, out, u, if lid { turn } else { -turn })
        });
        let mut points: Vec<Vec3> = arc.collect();
        if lid {
            let ends = [points[about], points[0]].map(|q| q + Vec3::Y * lip);
            points.extend(ends);
        }
        points
    };
    loft(&(0..=along).map(section).collect::<Vec<_>>())
}

/// A round latch of six petals about a bud, facing +Z at `at`.
fn latch(p: &mut Pen, at: Vec3, r: f32) {
    p.turned(at, Quat::from_rotation_x(PI * 0.5), |p| {
        p.skin(Part::Trim, &lathe(&[v2(0.62 * r, -0.3 * r), v2(0.62 * r, 0.12 * r), v2(0.4 * r, 0.26 * r)], 12));
        p.skin(Part::Glow, &blob(1, |_| 1.0).mapped(|q| v(0.36 * r * q.x, (0.25 + 0.3 * q.y) * r, 0.36 * r * q.z)));
        for k in 0..6 {
            p.at(Vec3::ZERO, TAU * k as f32 / 6.0, |p| {
                let petal = lathe(&[v2(0.0, 0.0), v2(0.3, 0.25), v2(0.42, 0.6), v2(0.0, 1.0)], 6);
                p.turned(v(0.35 * r, 0.1 * r, 0.0), Quat::from_rotation_z(-PI * 0.5 + 0.12), |p| {
                    p.skin(Part::Frame, &petal.mapped(|q| v(0.3 * r * q.x, 0.85 * r * q.y, 0.75 * r * q.z)));
                });
            });
        }
    });
}

/// A cask of `h` metres and radius `r`: a stack of swollen segments on a ring of toes, closed by a puckered lid; a bud of
/// petals is its tap.
pub(crate) fn cask(p: &mut Pen, h: f32, r: f32) {
    const SEGMENTS: f32 = 4.0;
    const STEPS: usize = 24;
    let profile = (0..=STEPS).map(|i| {
        let t = i as f32 / STEPS as f32;
        let swell = (PI * SEGMENTS * t).sin().abs().powf(0.6);
        v2(r * (0.66 + 0.2 * (PI * t).sin() + 0.12 * swell), h * (0.04 + 0.88 * t))
    });
    p.skin(Part::Main, &lathe(&profile.collect::<Vec<_>>(), 20));
    for k in 0..=SEGMENTS as usize {
        let t = k as f32 / SEGMENTS;
        let q = r * (0.67 + 0.2 * (PI * t).sin());
        p.skin(Part::Frame, &torus(q, 0.055 * r, 20, 5).at(0.0, h * (0.04 + 0.88 * t), 0.0));
    }
    let folds = |q: Vec3| v(q.x, q.y + 0.03 * h * (9.0 * q.z.atan2(q.x)).cos() * (q.x.hypot(q.z) / r).min(0.5), q.z);
    let lid = [v2(0.6, 0.88), v2(0.64, 0.94), v2(0.5, 0.985), v2(0.25, 0.99), v2(0.1, 0.95), v2(0.0, 0.94)];
    p.skin(Part::Panel, &lathe(&lid.map(|q| v2(q.x * r, q.y * h)), 18).mapped(folds));
    p.skin(Part::Glow, &sphere(0.09 * r, 5, 8).at(0.0, 0.965 * h, 0.0));
    for k in 0..6 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 6.0);
        let out = |q: f32, y: f32| v(e.x * q * r, y * h, e.y * q * r);
        p.tendril(Part::Frame, &[out(0.66, 0.16), out(0.82, 0.09), out(0.98, 0.03)], 5, 0.1 * r, 0.07 * r);
    }
    latch(p, v(0.0, 0.37 * h, 0.93 * r), 0.2 * r);
}
