//! Plant: pipe racks, tanks, valves, gauges and ladders.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{hoop, torus};
use glam::{Quat, Vec2, Vec3};

use super::build::rough;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// A valve on a pipe that runs along `along` through `at`: a body with two flanges, its hand wheel toward +Z.
fn valve(p: &mut Pen, at: Vec3, r: f32, along: Vec3) {
    p.at(at, 0.0, |p| {
        p.put(Part::Trim, &sphere(0.7 * r, 6, 10));
        p.turned(Vec3::ZERO, Quat::from_rotation_arc(Vec3::Y, along), |p| {
            for s in [-1.0, 1.0] {
                p.put_at(Part::Trim, &cylinder(0.8 * r, 0.03, 12, 0.0), v(0.0, s * 0.75 * r - 0.015, 0.0));
            }
        });
        p.turned(Vec3::ZERO, Quat::from_rotation_x(PI * 0.5), |p| {
            p.put_at(Part::Accent, &torus(r, 0.13 * r, 16, 5), v(0.0, r + 0.06, 0.0));
            for k in 0..2 {
                let e = Vec2::from_angle(PI * k as f32 / 2.0) * r;
                p.rod(Part::Accent, v(-e.x, r + 0.06, -e.y), v(e.x, r + 0.06, e.y), 0.1 * r);
            }
            p.put(Part::Trim, &cylinder(0.42 * r, r, 10, 0.0));
            p.put(Part::Trim, &cylinder(0.16 * r, r + 0.09, 8, 0.0));
        });
    });
}

/// A round gauge facing +Z.
pub(crate) fn gauge(p: &mut Pen, at: Vec3, r: f32) {
    p.turned(at, Quat::from_rotation_x(PI * 0.5), |p| {
        p.put(Part::Trim, &cylinder(r, 0.05, 16, 0.01));
        p.put(Part::Ceramic, &cylinder(0.84 * r, 0.056, 16, 0.0));
        p.turned(v(0.0, 0.056, 0.0), Quat::from_rotation_y(p.rng.range(-1.0, 1.0)), |p| {
            p.chip(Part::Rubber, v(0.0, -0.002, -0.3 * r), v(0.07 * r, 0.008, 0.9 * r));
        });
    });
}

pub(crate) fn pipe_rack(p: &mut Pen) {
    let (w, h, d) = (p.snapped("width", 3.0, 5.0, 1.0), p.snapped("height", 2.0, 4.0, 0.5), 1.0);
    if p.dialect() == Dialect::Organic {
        return vessels(p, w, h);
    }
    if matches!(p.dialect(), Dialect::Timber | Dialect::Japan) {
        return super::aqueducts::aqueduct(p, w, h);
    }
    let x = 0.5 * w;
    let levels = if h > 2.4 { 2 } else { 1 };
    for s in [-1.0, 1.0] {
        for z in [-0.4, 0.4] {
            p.solid(|p| p.post(v(s * (x - 0.12), 0.0, z), h, 0.1));
        }
        for k in 0..=levels {
            let y = h - 0.06 - 0.85 * k as f32;
            p.rail(v(s * (x - 0.12), y, -0.46), v(s * (x - 0.12), y, 0.46), 0.09);
        }
        p.beam(Part::Frame, v(s * (x - 0.12), 0.15, -0.4), v(s * (x - 0.12), h - 1.0, 0.4), 0.03, 0.06);
    }
    let mut slots = 0;
    let mut valved = Vec3::ZERO;
    for k in 0..=levels {
        let y = h - 0.85 * k as f32;
        for (i, z) in [-0.3f32, -0.08, 0.14, 0.32].into_iter().enumerate() {
            // The front pipe of the second level carries the valves.
            let carries = k == 1 && i == 3;
            if p.rng.chance(0.18) && !carries {
                continue;
            }
            let r = [0.1, 0.065, 0.05, 0.08][(i + k) % 4] * p.rng.range(0.85, 1.1);
            let part = [Part::Main, Part::Trim, Part::Panel, Part::Accent][(i + 2 * k) % 4];
            let yy = y + r - 0.015;
            slots += 1;
            if carries {
                valved = v(0.0, yy, z);
            }
            if p.broken(0.25) && !carries {
                let cut = 0.2 * w * p.rng.signed();
                p.pipe(part, &[v(-x, yy, z), v(cut - 0.2, yy, z), v(cut - 0.05, yy - 0.06, z + 0.02)], r);
                p.pipe(part, &[v(cut + 0.5, yy - 0.12, z), v(x, yy, z)], r);
                continue;
            }
            if slots % 3 == 0 && !carries {
                let turn = 0.18 * w * p.rng.signed();
                let corner = |a: f32| (v(turn + 1.6 * r * a.sin() - 1.6 * r, yy - 1.6 * r * (1.0 - a.cos()), z), a);
                let mut path = vec![v(-x, yy, z)];
                path.extend((0..=4).map(|q| corner(0.5 * PI * q as f32 / 4.0).0));
                path.push(v(turn, 0.01, z));
                p.pipe(part, &path, r);
                p.put_at(Part::Trim, &cylinder(2.2 * r, 0.05, 12, 0.0), v(turn, 0.0, z));
            } else {
                p.pipe(part, &[v(-x, yy, z), v(x, yy, z)], r);
            }
            for f in [-0.2, 0.24] {
                p.turned(v(f * w, yy, z), Quat::from_rotation_z(PI * 0.5), |p| {
                    p.put_at(Part::Trim, &cylinder(1.4 * r, 0.05, 12, 0.0), v(0.0, -0.03, 0.0));
                });
            }
        }
    }
    for k in 0..2 {
        valve(p, valved + v((k as f32 - 0.4) * 0.3 * w, 0.0, 0.0), 0.12, Vec3::X);
    }
    p.cable(Part::Rubber, v(-x + 0.15, h - 0.2, 0.46), v(x - 0.15, h - 0.35, 0.46), 0.3, 0.018);
    if p.dialect() == Dialect::Neon || p.dialect() == Dialect::Sleek {
        p.rod(Part::Glow, v(-x + 0.2, h - 0.92, 0.48), v(x - 0.2, h - 0.92, 0.48), 0.015);
    }
    p.hull(Hull::cuboid(v(-x, h - 0.95 * levels as f32, -0.5 * d), v(x, h + 0.15, 0.5 * d)));
    p.overgrow_foot(w - 0.4, d);
    p.overgrow_edge(w - 0.4, h, 0.45);
    // The last material gets no slot where there are too many: green matters more than the face of a gauge.
    gauge(p, v(-0.25 * w, h - 0.5, 0.42), 0.09);
    p.rod(Part::Trim, v(-0.25 * w, h - 0.5, 0.42), v(-0.25 * w, h - 0.84, 0.36), 0.014);
}

fn vessels(p: &mut Pen, w: f32, h: f32) {
    for k in 0..7 {
        let z = 0.36 * p.rng.signed();
        let y = h * p.rng.range(0.3, 0.92);
        let r = p.rng.range(0.05, 0.12);
        let path: Vec<Vec3> = (0..=14)
            .map(|i| {
                let t = i as f32 / 14.0;
                let ends = (PI * t).sin();
                v((t - 0.5) * w, y + 0.2 * ends * (7.0 * t + k as f32).sin(), z * (0.4 + 0.6 * ends))
            })
            .collect();
        let radius: Vec<f32> = (0..=14).map(|i| r * (1.0 + 0.25 * f32::from(u8::from(i % 3 == 0)))).collect();
        p.crease(80.0).put(if k % 3 == 0 { Part::Panel } else { Part::Main }, &tube(&path, &radius, 8)).crease(50.0);
        // A rib under it ties the legs of each frame together, so that the vessel lies on something.
        for s in [-1.0, 1.0] {
            let t = 0.5 + s * (0.5 - 0.2 / w);
            let low = y + 0.2 * (PI * t).sin() * (7.0 * t + k as f32).sin() - 0.85 * r;
            let leg = 0.3 * (1.0 - low / h) + 0.2 * (PI * low / h).sin();
            p.rod(Part::Frame, v(s * (0.5 * w - 0.2), low, -leg), v(s * (0.5 * w - 0.2), low, leg), 0.035);
        }
        // Each vessel ends in a closed sphincter.
        for (end, s) in [(path[0], -1.0), (path[14], 1.0)] {
            p.turned(end, Quat::from_rotation_z(-s * PI * 0.5), |p| {
                p.put_at(Part::Frame, &torus(1.05 * r, 0.35 * r, 10, 5), v(0.0, -0.4 * r, 0.0));
            });
        }
    }
    for s in [-1.0, 1.0] {
        p.bone(v(s * (0.5 * w - 0.2), 0.0, 0.3), v(s * (0.5 * w - 0.2), h, 0.0), v(0.0, 0.0, 0.2), 0.13, 0.08);
        p.bone(v(s * (0.5 * w - 0.2), 0.0, -0.3), v(s * (0.5 * w - 0.2), h, 0.0), v(0.0, 0.0, -0.2), 0.13, 0.08);
    }
    for k in 0..5 {
        p.put_at(Part::Glow, &sphere(0.07, 5, 8), v((k as f32 - 2.0) * 0.18 * w, h * 0.6, 0.3));
        p.rod(
            Part::Frame,
            v((k as f32 - 2.0) * 0.18 * w, h * 0.6, 0.3),
            v((k as f32 - 2.0) * 0.18 * w, h * 0.62, 0.0),
            0.02,
        );
    }
    let b = p.bounds();
    p.hull(Hull::cuboid(v(b.min.x, 0.0, 0.9 * b.min.z), v(b.max.x, b.max.y, 0.9 * b.max.z)));
}

pub(crate) fn tank(p: &mut Pen) {
    let h = p.size("height", 2.6, 4.2);
    let r = 0.3 * h;
    p.hull(Hull::drum(Vec3::ZERO, 1.02 * r, h, 14));
    let foot = 0.4;
    let seed = p.rng.seed();
    if p.dialect() == Dialect::Organic {
        super::organs::tank(p, h, r);
        return;
    }
    let wood = matches!(p.dialect(), Dialect::Timber | Dialect::Japan);
    for k in 0..4 {
        let a = TAU * (k as f32 + 0.5) / 4.0;
        let at = v(0.72 * r * a.cos(), 0.0, 0.72 * r * a.sin());
        p.post(at, foot + 0.12, 0.13);
    }
    if wood {
        p.bx(Part::Frame, v(0.0, foot - 0.04, 0.0), v(1.7 * r, 0.1, 1.7 * r));
        let n = 24;
        for i in 0..n {
            let a = TAU * i as f32 / n as f32;
            p.turned(v(0.93 * r * a.cos(), foot + 0.05, 0.93 * r * a.sin()), Quat::from_rotation_y(-a), |p| {
                p.bxb(
                    Part::Main,
                    Vec3::ZERO,
                    v(0.05, h * 0.72 + 0.02 * p.rng.signed(), TAU * 0.93 * r / n as f32 * 0.985),
                    0.008,
                );
            });
        }
        for k in 0..4 {
            p.put_at(
                Part::Trim,
                &hoop(0.93 * r + 0.022, 0.018, 0.07, 28),
                v(0.0, foot + 0.15 + 0.19 * h * k as f32, 0.0),
            );
        }
        p.put_at(Part::Soil, &cylinder(0.92 * r, 0.6 * h, 24, 0.0), v(0.0, foot, 0.0));
        p.put_at(
            Part::Roof,
            &lathe(&[v2(1.08 * r, 0.0), v2(1.1 * r, 0.04), v2(0.0, 0.62 * r)], 16),
            v(0.0, foot + 0.05 + 0.71 * h, 0.0),
        );
        p.finial(v(0.0, foot + 0.05 + 0.71 * h + 0.58 * r, 0.0), 0.07);
    } else {
        let top = h - 0.18 * r;
        let mut profile = vec![v2(0.3 * r, foot - 0.1), v2(0.8 * r, foot - 0.02), v2(0.97 * r, foot + 0.14)];
        for k in 0..3 {
            let y = foot + 0.14 + (top - foot - 0.3) * (k as f32 + 1.0) / 3.0;
            profile.extend([v2(0.97 * r, y - 0.03), v2(r, y - 0.02), v2(r, y + 0.02), v2(0.97 * r, y + 0.03)]);
        }
        profile.extend([v2(0.8 * r, top), v2(0.3 * r, h)]);
        let body = rough(lathe(&profile, 30), 0.05 * p.decay(), 2.0, seed);
        p.crease(32.0).put(Part::Main, &body).crease(50.0);
        for k in 0..2 {
            let y = foot + 0.3 + (top - foot - 0.4) * k as f32 * 0.66;
            for i in 0..20 {
                let e = Vec2::from_angle(TAU * i as f32 / 20.0) * r * 0.98;
                p.chip(Part::Trim, v(e.x, y, e.y), Vec3::splat(0.035));
            }
        }
        p.put_at(Part::Trim, &cylinder(0.26 * r, 0.09, 16, 0.015), v(0.0, h - 0.05, 0.0));
        if p.dialect() == Dialect::Neon || p.dialect() == Dialect::Sleek {
            p.put_at(Part::Glow, &hoop(0.97 * r, 0.025, 0.05, 30), v(0.0, 0.62 * h, 0.0));
            p.at(v(0.0, 0.46 * h, 0.965 * r), 0.0, |p| p.letters_glow(0.7, 0.3, 0.0));
        }
        rails(p, h - 0.05, 0.72 * r);
    }
    ladder(p, v(0.4 * r, 0.0, 1.02 * r), h * 0.9);
    let path = [
        v(-0.85 * r, 0.7 * h, 0.5 * r),
        v(-1.12 * r, 0.68 * h, 0.66 * r),
        v(-1.15 * r, 0.6 * h, 0.68 * r),
        v(-1.15 * r, 0.12, 0.68 * r),
        v(-1.3 * r, 0.06, 0.78 * r),
    ];
    p.pipe(Part::Trim, &path, 0.055);
    valve(p, v(-1.15 * r, 0.32 * h, 0.68 * r), 0.13, Vec3::Y);
    gauge(p, v(-0.25 * r, 0.42 * h, 0.96 * r), 0.1);
    p.hull(Hull::cuboid(v(-1.3 * r, 0.0, 0.4 * r), v(-0.8 * r, 0.7 * h, 0.85 * r)));
    p.hull(Hull::cuboid(v(0.2 * r, 0.0, 0.9 * r), v(0.65 * r, 0.9 * h, 1.2 * r)));
    p.overgrow_foot(2.0 * r, 2.0 * r);
    p.overgrow_edge(r, 0.75 * h, r);
}

fn rails(p: &mut Pen, y: f32, r: f32) {
    let n = 8;
    for k in 0..n {
        let e = Vec2::from_angle(TAU * k as f32 / n as f32) * r;
        if !p.broken(0.3) {
            p.rod(Part::Frame, v(e.x, y - 0.16, e.y), v(e.x, y + 0.55, e.y), 0.018);
        }
    }
    for dy in [0.3, 0.55] {
        p.put_at(Part::Frame, &torus(r, 0.016, 24, 5), v(0.0, y + dy, 0.0));
    }
}

/// A ladder against a wall behind it, standing at `at`.
pub(crate) fn ladder(p: &mut Pen, at: Vec3, h: f32) {
    p.at(at, 0.0, |p| {
        for s in [-0.2, 0.2] {
            p.beam(Part::Frame, v(s, 0.0, 0.06), v(s, h, 0.06), 0.035, 0.05);
            for k in 1..4 {
                p.rod(Part::Frame, v(s, h * k as f32 / 4.0, 0.06), v(s, h * k as f32 / 4.0, -0.12), 0.014);
            }
        }
        let n = (h / 0.3) as usize;
        for k in 1..n {
            if !p.broken(0.2) {
                p.rod(
                    Part::Frame,
                    v(-0.2, h * k as f32 / n as f32, 0.06),
                    v(0.2, h * k as f32 / n as f32, 0.06),
                    0.014,
                );
            }
        }
    });
}
