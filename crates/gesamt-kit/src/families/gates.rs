//! Grown gates, doors and pillars: pointed shells with nested ribs, thorns and roots.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{lathe, sphere, tube};
use glam::{Vec2, Vec3};

use super::chambers::{jambs, lure};
use super::ogives::{ease, ogive, pillow};
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// Where the rungs of a shell lie between its opening (0) and its back (1).
const RUNGS: [f32; 9] = [0.0, 0.06, 0.16, 0.3, 0.46, 0.62, 0.78, 0.91, 1.0];

/// A shell that stands on the ground about a pointed opening: `inner` and `outer` are points at a direction, `thick` half its
/// thickness at a rung.
fn shell(
    stations: u32,
    inner: &dyn Fn(Vec2) -> Vec2,
    outer: &dyn Fn(Vec2) -> Vec2,
    thick: &dyn Fn(f32, Vec2) -> f32,
) -> gesamt_mesh::Shape {
    let last = RUNGS.len() - 1;
    pillow([stations, last as u32], |x, y| {
        let e = Vec2::from_angle(PI * (1.0 - x)).max(v2(-1.0, 0.0));
        let s = RUNGS[(y * last as f32).round() as usize];
        let q = inner(e).lerp(outer(e), s);
        v(q.x, q.y, thick(s, e))
    })
}

/// The point of an ogive of half width `a` and height `tall` in the direction `e`.
fn on_ogive(e: Vec2, a: f32, tall: f32) -> Vec2 {
    v2(a * ogive(e.y) * e.x.signum(), tall * e.y)
}

/// A gateway `w` wide and `h` high that snaps at its ends: a pointed shell, ribs nested in its jambs, thorns over the way and
/// a crest along its back.
pub(crate) fn arch(p: &mut Pen, w: f32, h: f32) {
    let half = 0.5 * w;
    let (a, tall) = (half - 0.68, h - 0.85);
    // The ends stay upright as far as a wall reaches.
    let outer = |e: Vec2| {
        let x = (1.0 - e.y.powf(3.4)).max(0.0).powf(0.72);
        v2(half * x * e.x.signum(), (h - 0.22) * e.y)
    };
    let thick = |s: f32, e: Vec2| {
        let fold = 0.03 * (12.0 * e.y.atan2(e.x)).cos() * (PI * s).sin();
        0.2 + 0.16 * (PI * s.powf(0.7)).sin().max(0.0) + fold + 0.05 * s
    };
    p.skin(Part::Main, &shell(40, &|e| on_ogive(e, a, tall), &outer, &thick));
    jambs(p, a - 0.02, tall, 0.2, 0.1);
    jambs(p, a + 0.16, tall + 0.14, 0.32, 0.085);
    for side in [-1.0, 1.0] {
        for s in [-1.0, 1.0] {
            let back = |t: f32| outer(Vec2::from_angle(0.5 * PI * t)) - v2(0.11, 0.06 * t);
            let path: Vec<Vec3> = [0.0f32, 0.16, 0.34, 0.52, 0.7, 0.86, 0.97]
                .iter()
                .map(|t| back(*t))
                .map(|q| v(s * q.x, q.y, side * 0.24))
                .collect();
            p.tendril(Part::Frame, &path, 14, 0.1, 0.05);
            let foot = half - 0.36;
            for (dx, z) in [(-0.16, 0.52), (0.16, 0.52)] {
                let root = [
                    v(s * foot, 0.6, side * 0.3),
                    v(s * (foot + 0.6 * dx), 0.2, side * 0.38),
                    v(s * (foot + dx), 0.03, side * z),
                ];
                p.tendril(Part::Roof, &root, 6, 0.08, 0.04);
            }
        }
    }
    thorns(p, a, tall);
    for k in 0..9 {
        let e = Vec2::from_angle(PI * (0.24 + 0.52 * k as f32 / 8.0));
        let (at, out) = (outer(e), (e * v2(1.0, 1.3)).normalize_or(Vec2::Y));
        let long = 0.2 + 0.18 * (1.0 - (k as f32 / 4.0 - 1.0).abs());
        let along = |q: f32| v(at.x + out.x * q, (at.y + out.y * q).min(h), 0.0);
        p.skin(Part::Frame, &tube(&[along(-0.1), along(0.3 * long), along(long)], &[0.12, 0.085, 0.0], 7));
    }
    for side in [1.0, -1.0] {
        p.at(Vec3::ZERO, if side > 0.0 { 0.0 } else { PI }, |p| {
            p.at(v(0.0, tall + 0.3, 0.3), 0.0, |p| eye(p, 0.13));
        });
    }
    lure(p, v(0.0, tall - 0.04, 0.0), 0.3);
}

/// A lidded light that looks along +Z.
fn eye(p: &mut Pen, r: f32) {
    p.skin(Part::Glow, &sphere(r, 6, 12).mapped(|q| v(0.8 * q.x, 1.2 * q.y, 0.5 * q.z)));
    for s in [-1.0, 1.0] {
        let lid = [
            v(0.0, 1.5 * r, 0.0),
            v(s * 0.75 * r, 0.8 * r, 0.3 * r),
            v(s * 0.95 * r, 0.0, 0.35 * r),
            v(s * 0.75 * r, -0.8 * r, 0.3 * r),
            v(0.0, -1.5 * r, 0.0),
        ];
        p.tendril(Part::Roof, &lid, 8, 0.4 * r, 0.3 * r);
    }
}

/// Thorns that hang from the edge of a pointed opening into it.
fn thorns(p: &mut Pen, a: f32, tall: f32) {
    for s in [-1.0, 1.0] {
        for (t, long) in [(0.6, 0.18), (0.74, 0.26), (0.86, 0.32)] {
            let q = v2(s * (a * ogive(t) + 0.04), tall * t);
            let at = |out: f32, drop: f32| v(q.x - s * out, q.y - drop, 0.0);
            p.skin(
                Part::Frame,
                &tube(
                    &[at(0.0, -0.05), at(0.45 * long, 0.12 * long), at(0.8 * long, 0.9 * long)],
                    &[0.085, 0.055, 0.0],
                    7,
                ),
            );
        }
    }
}

/// A door that stands by itself, `w` × `h` metres clear: a ribbed hood about two wing cases.
pub(crate) fn door(p: &mut Pen, w: f32, h: f32) {
    let a = 0.5 * w;
    let outer = |e: Vec2| on_ogive(e, a + 0.24, h + 0.3);
    let thick = |s: f32, e: Vec2| {
        let fold = 0.012 * (16.0 * e.y.atan2(e.x)).cos() * (PI * s).sin();
        0.1 + 0.06 * (PI * s).sin() + fold - 0.04 * ease(0.6, 1.0, s)
    };
    p.skin(Part::Main, &shell(34, &|e| on_ogive(e, a, h), &outer, &thick));
    jambs(p, a, h, 0.11, 0.075);
    p.wing_cases(a, h);
    let sill = lathe(&[v2(1.0, 0.0), v2(1.02, 0.02), v2(0.9, 0.05), v2(0.8, 0.06)], 24);
    p.skin(Part::Frame, &sill.mapped(|q| v((a + 0.2) * q.x, q.y, 0.25 * q.z)));
    for s in [-1.0, 1.0] {
        for side in [-1.0, 1.0] {
            for reach in [0.1, 0.24] {
                let root = [
                    v(s * (a + 0.1), 0.5, side * 0.1),
                    v(s * (a + 0.14 + 0.3 * reach), 0.16, side * 0.17),
                    v(s * (a + 0.14 + reach), 0.025, side * (0.42 - reach)),
                ];
                p.tendril(Part::Frame, &root, 6, 0.055, 0.028);
            }
        }
        for t in [0.3f32, 0.5, 0.7] {
            let q = on_ogive(v2(s, t), a + 0.13, h + 0.13);
            for z in [-0.14, 0.14] {
                p.skin(Part::Glow, &sphere(0.035, 5, 10).at(q.x, q.y, z));
            }
        }
        let tip = v(s * 0.02, h + 0.24, 0.0);
        let horn = [tip, tip + v(s * 0.07, 0.1, 0.0), tip + v(s * 0.2, 0.17, 0.0), tip + v(s * 0.3, 0.3, 0.0)];
        p.tendril(Part::Frame, &horn, 7, 0.06, 0.01);
    }
}

/// Lobes of a grown pillar.
const LOBES: usize = 7;
/// Turns of its lobes from foot to crown.
const TWIST: f32 = 0.32;

/// A pillar `h` metres high about a radius of `r`: a twisted, lobed trunk on roots; its ribs fan out under a cap.
pub(crate) fn column(p: &mut Pen, h: f32, r: f32) {
    let girth = [
        [0.0, 1.2],
        [0.05, 1.05],
        [0.14, 0.84],
        [0.3, 0.7],
        [0.5, 0.64],
        [0.68, 0.67],
        [0.82, 0.8],
        [0.91, 1.02],
        [0.965, 1.36],
        [0.985, 1.45],
        [1.0, 1.3],
    ];
    let wide = |t: f32| {
        let pair = girth.windows(2).find(|pair| t <= pair[1][0]);
        pair.map_or(1.3, |q| q[0][1] + (q[1][1] - q[0][1]) * ((t - q[0][0]) / (q[1][0] - q[0][0])).clamp(0.0, 1.0))
    };
    let profile: Vec<Vec2> = girth.iter().map(|[t, q]| v2(q * r, t * h)).collect();
    let trunk = lathe(&profile, 28).mapped(|q| {
        let (t, a) = (q.y / h, q.z.atan2(q.x));
        let lobe = 1.0 + 0.09 * (LOBES as f32 * (a - TAU * TWIST * t)).cos();
        v(q.x * lobe, q.y, q.z * lobe)
    });
    p.skin(Part::Main, &trunk);
    for k in 0..LOBES {
        let a = TAU * k as f32 / LOBES as f32;
        let on = |t: f32, out: f32| {
            let e = Vec2::from_angle(a + TAU * TWIST * t);
            let q = r * (wide(t) * 1.06 + out);
            v(e.x * q, t * h, e.y * q)
        };
        let rib: Vec<Vec3> = [0.05, 0.14, 0.3, 0.45, 0.6, 0.74, 0.84, 0.91, 0.96].iter().map(|t| on(*t, 0.0)).collect();
        p.tendril(Part::Frame, &rib, 12, 0.14 * r, 0.19 * r);
        let foot = Vec2::from_angle(a);
        let out = |q: f32, y: f32| v(foot.x * q * r, y * r, foot.y * q * r);
        p.tendril(
            Part::Frame,
            &[out(0.95, 0.75), out(1.2, 0.32), out(1.5, 0.11), out(1.75, 0.06)],
            6,
            0.2 * r,
            0.09 * r,
        );
        let e = Vec2::from_angle(a + TAU * (TWIST * 0.78 + 0.5 / LOBES as f32));
        let q = 0.7 * r;
        let bead = sphere(0.11 * r, 5, 8).mapped(|q| v(q.x, 1.6 * q.y, q.z));
        p.skin(Part::Glow, &bead.at(e.x * q, 0.78 * h, e.y * q));
    }
    p.skin(Part::Roof, &lathe(&[v2(1.25 * r, 0.975 * h), v2(1.5 * r, 0.985 * h), v2(1.42 * r, h)], 28));
}
