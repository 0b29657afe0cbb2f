//! The quay: nets and bollards.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cone, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{hoop, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn net(p: &mut Pen) {
    let (w, h) = (p.size("width", 2.0, 3.4), p.size("height", 1.5, 2.1));
    if p.dialect() == Dialect::Organic {
        return super::moorings::net(p, w, h);
    }
    for s in [-1.0, 1.0] {
        p.solid(|p| p.post(v(s * (0.5 * w - 0.05), 0.0, 0.0), h, 0.09));
        p.solid(|p| p.rail(v(s * (0.5 * w - 0.05), 0.5 * h, 0.0), v(s * (0.5 * w - 0.05), 0.02, -0.5), 0.05));
    }
    p.solid(|p| p.rail(v(-0.5 * w - 0.1, h - 0.06, 0.0), v(0.5 * w + 0.1, h - 0.06, 0.0), 0.07));
    // Meshes are knotted cords; torn where things decay.
    let cord = if p.dialect().is_electric() { Part::Cloth } else { Part::Rope };
    let (nx, ny) = (12usize, 7usize);
    let hang = |x: f32, y: f32| {
        let belly = 0.32 * (PI * x).sin() * (1.0 - y).powf(0.6);
        v((x - 0.5) * (w - 0.3), 0.1 + (h - 0.24) * y - 0.16 * (PI * x).sin() * y, 0.05 + belly * (1.0 - 0.4 * y))
    };
    let knot = |i: usize, k: usize| {
        let shift = 0.5 * (k % 2) as f32;
        hang(((i as f32 + shift) / nx as f32).min(1.0), k as f32 / ny as f32)
    };
    net_ropes(p, w, h, &hang);
    // What stops a body is the rack and the basket: a net gives way.
    p.solid(|p| p.basket(v(-0.3 * w, 0.0, 0.42), 0.22, 0.24));
    for k in 0..3 {
        let coil = torus(0.17 - 0.02 * k as f32, 0.025, 12, 4);
        p.put_at(Part::Rope, &coil, v(0.32 * w, 0.025 + 0.045 * k as f32, 0.42));
    }
    for k in 0..ny {
        for i in 0..nx {
            let other = if k % 2 == 0 { [i, i.wrapping_sub(1)] } else { [i, i + 1] };
            for j in other {
                if p.broken(0.18) || j > nx || p.left() < 40 {
                    continue;
                }
                let (a, b) = (knot(i, k), knot(j, k + 1));
                if a.distance(b) > 0.03 {
                    p.put(cord, &tube(&[a, b], &[0.009, 0.009], 3));
                }
            }
        }
    }
}

/// The head rope with its floats, lashed to the beam, and the foot rope with its leads; both end on the posts.
fn net_ropes(p: &mut Pen, w: f32, h: f32, hang: &impl Fn(f32, f32) -> Vec3) {
    let n = 8;
    for y in [1.0, 0.0] {
        let post = |s: f32| v(s * (0.5 * w - 0.05), hang(0.0, y).y, 0.0);
        let line = (0..=n).map(|i| hang(i as f32 / n as f32, y));
        let path: Vec<Vec3> = std::iter::once(post(-1.0)).chain(line).chain([post(1.0)]).collect();
        p.crease(80.0).put(Part::Rope, &tube(&path, &vec![0.015; path.len()], 4)).crease(50.0);
        for s in [-1.0, 1.0] {
            p.put_at(Part::Rope, &torus(0.07, 0.016, 6, 3), post(s));
        }
    }
    // A grown beam is bowed.
    let (beam, bow) = (h - 0.06, if p.dialect() == Dialect::Organic { 0.06 * (w + 0.2) } else { 0.0 });
    for k in 0..7 {
        let t = (k as f32 + 0.5) / 7.0;
        let at = hang(t, 1.0);
        let beam = beam + bow * (PI * (at.x / (w + 0.2) + 0.5)).sin();
        p.rod(Part::Rope, at, v(at.x, beam - 0.02, 0.0), 0.008);
        p.turned(v(at.x, beam, 0.0), Quat::from_rotation_z(PI * 0.5), |p| {
            p.put(Part::Rope, &torus(0.048, 0.01, 6, 3));
        });
        if k < 6 {
            // Floats are threaded on the head rope, leads on the foot rope.
            p.put_at(Part::Goods, &sphere(0.055, 4, 6), hang((k as f32 + 1.0) / 7.0, 1.0));
            let lead = hang((k as f32 + 1.0) / 7.0, 0.0);
            p.chip(Part::Trim, lead - v(0.0, 0.025, 0.0), v(0.08, 0.045, 0.045));
        }
    }
}

/// Seams, bolts, a hatch and a stripe on the bare shaft of an electric bollard.
fn bollard_fittings(p: &mut Pen, r: f32, h: f32) {
    for y in [0.13, 0.56 * h, 0.74 * h] {
        p.put_at(Part::Frame, &hoop(r - 0.01, 0.016, 0.014, 18), v(0.0, y, 0.0));
    }
    p.put_at(Part::Accent, &hoop(r - 0.01, 0.018, 0.07 * h, 18), v(0.0, 0.62 * h, 0.0));
    for k in 0..6 {
        p.at(Vec3::ZERO, TAU * (k as f32 + 0.5) / 6.0, |p| {
            p.chip(Part::Trim, v(0.0, 0.055, 1.1 * r), v(0.028, 0.03, 0.028));
            p.chip(Part::Trim, v(0.0, 0.9 * h, r - 0.004), v(0.018, 0.018, 0.014));
        });
        if k % 2 == 0 {
            p.at(Vec3::ZERO, TAU * k as f32 / 6.0, |p| {
                p.chip(Part::Frame, v(0.0, 0.14, r), v(0.012, 0.42 * h - 0.02, 0.014));
            });
        }
    }
    // The hatch of the wiring faces the street.
    p.at(Vec3::ZERO, PI / 6.0, |p| {
        p.bx(Part::Trim, v(0.0, 0.24 * h, r - 0.006), v(0.9 * r, 0.2 * h, 0.03));
        p.chip(Part::Frame, v(0.0, 0.26 * h, r), v(0.6 * r, 0.012, 0.024));
        p.chip(Part::Frame, v(0.0, 0.3 * h, r), v(0.6 * r, 0.012, 0.024));
        p.chip(Part::Glow, v(0.0, 0.39 * h, r), v(0.25 * r, 0.012, 0.026));
    });
}

pub(crate) fn bollard(p: &mut Pen) {
    let h = p.size("height", 0.6, 1.1);
    let r = 0.16 * h + 0.02;
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon => {
            p.put(Part::Main, &lathe(&[v2(1.3 * r, 0.0), v2(1.2 * r, 0.05), v2(r, 0.1), v2(r, 0.78 * h)], 18));
            p.put_at(Part::Glow, &cylinder(0.92 * r, 0.07 * h, 18, 0.0), v(0.0, 0.78 * h, 0.0));
            p.put_at(Part::Main, &cylinder(r, 0.15 * h, 18, 0.03), v(0.0, 0.85 * h, 0.0));
            if p.dialect() == Dialect::Neon {
                bollard_fittings(p, r, h);
            }
            p.light(
                v(0.0, 0.82 * h, 2.0 * r),
                0.04,
                p.style.colors[4],
                1.2 * p.style.lit,
                gesamt_mesh::LightGroup::Steady,
            );
        }
        Dialect::Organic => super::spires::bollard(p, r, h),
        Dialect::Timber | Dialect::Japan if p.style.genre != Genre::GothicHorror => {
            let lean = v(p.rng.signed(), 0.0, p.rng.signed()) * 0.03;
            let path = [Vec3::ZERO, v(0.0, 0.5 * h, 0.0) + lean, v(0.0, h, 0.0)];
            p.put(Part::Frame, &tube(&path, &[1.25 * r, 1.1 * r, 1.05 * r], 12));
            p.put_at(Part::Trim, &cone(1.12 * r, 0.7 * r, 0.06, 12), v(0.0, h - 0.02, 0.0));
            for k in 0..4 {
                let band = torus(1.2 * r, 0.024, 16, 5);
                p.put_at(Part::Rope, &band, v(0.0, 0.42 * h + 0.045 * k as f32, 0.0));
            }
            p.cable(Part::Rope, v(1.2 * r, 0.42 * h, 0.0), v(1.9 * r, 0.02, 0.3), 0.08, 0.02);
        }
        _ => {
            let body = [
                v2(1.6 * r, 0.0),
                v2(1.55 * r, 0.05),
                v2(1.05 * r, 0.1),
                v2(0.85 * r, 0.3 * h),
                v2(0.85 * r, 0.62 * h),
                v2(1.35 * r, 0.78 * h),
                v2(1.45 * r, 0.84 * h),
                v2(1.2 * r, 0.94 * h),
                v2(0.0, h),
            ];
            p.crease(60.0).put(Part::Main, &lathe(&body, 18)).crease(50.0);
            for k in 0..6 {
                let e = Vec2::from_angle(TAU * k as f32 / 6.0) * 1.35 * r;
                p.chip(Part::Trim, v(e.x, 0.05, e.y), v(0.03, 0.025, 0.03));
            }
            if p.dialect() == Dialect::Metal {
                p.put_at(Part::Accent, &hoop(0.84 * r, 0.012, 0.1 * h, 18), v(0.0, 0.42 * h, 0.0));
            } else {
                p.turned(v(0.0, 0.7 * h, 1.0 * r), Quat::from_rotation_x(0.4), |p| {
                    p.put(Part::Trim, &torus(0.07, 0.014, 10, 5));
                });
                p.finial(v(0.0, 0.98 * h, 0.0), 0.04);
            }
        }
    }
    p.hull(Hull::drum(Vec3::ZERO, 1.3 * r, h, 10));
    p.overgrow_foot(2.0 * r, 2.0 * r);
}
