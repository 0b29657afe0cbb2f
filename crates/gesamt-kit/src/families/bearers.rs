//! Things that carry: a grown sledge, a grown neck that lifts a pod, and a porter that rolls by itself.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{lathe, sphere, tube};
use glam::Vec3;

use super::limbs::{lipped, through};
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// A sledge `w` wide and `l` long in place of a cart, its load lying at `deck` metres; `goods` from 0 to 1 says how full.
pub(crate) fn sledge(p: &mut Pen, w: f32, l: f32, deck: f32, goods: f32) {
    let at = |u: f32, t: f32, sunk: f32| {
        let wall = 1.0 - (1.0 - u.powi(4)) * (1.0 - t.abs().powi(5));
        v((0.56 * w - sunk) * u * (1.0 - 0.22 * t * t), deck - 0.1 + 0.36 * wall - sunk, 0.56 * l * t)
    };
    p.solid(|p| {
        p.skin(Part::Main, &lipped([16, 14], 0.07, |x, y| at(2.0 * x - 1.0, 1.0 - 2.0 * y, 0.0)));
    });
    for t in [-0.62f32, -0.2, 0.2, 0.62] {
        let rib: Vec<Vec3> = (0..=8).map(|i| at(0.25 * i as f32 - 1.0, t, 0.035)).collect();
        p.tendril(Part::Frame, &rib, 12, 0.035, 0.035);
    }
    for s in [-1.0, 1.0] {
        let x = s * 0.46 * w;
        let runner =
            [v(x, 0.3, 0.72 * l), v(x, 0.075, 0.5 * l), v(x, 0.05, 0.0), v(x, 0.06, -0.42 * l), v(x, 0.24, -0.64 * l)];
        p.tendril(Part::Frame, &runner, 14, 0.052, 0.04);
        for z in [-0.3, 0.3] {
            p.bone(v(x, 0.06, z * l), v(0.72 * x, deck - 0.06, 0.85 * z * l), v(s * 0.05, 0.0, 0.0), 0.05, 0.055);
        }
        let tusk =
            [v(0.6 * x, deck - 0.02, 0.4 * l), v(0.66 * x, deck + 0.02, 0.75 * l), v(0.5 * x, deck + 0.3, 1.02 * l)];
        p.tendril(Part::Frame, &tusk, 8, 0.06, 0.018);
    }
    let eggs = (8.0 * goods) as usize;
    for k in 0..eggs {
        let (x, z) = (0.2 * w * if k % 2 == 0 { 1.0 } else { -1.0 }, l * (0.1 * k as f32 - 0.36));
        let r = p.rng.range(0.12, 0.17);
        let egg = sphere(r, 8, 12).mapped(|q| v(q.x, 1.25 * q.y, q.z));
        p.skin(if k % 3 == 1 { Part::Glow2 } else { Part::Goods }, &egg.at(x, deck - 0.08 + 1.1 * r, z));
    }
    p.overgrow_foot(w, l);
}

/// A neck `h` metres high that reaches `reach` metres out and holds a pod in its claws.
pub(crate) fn neck(p: &mut Pen, h: f32, reach: f32) {
    let bend = [
        v(0.0, 0.02, 0.0),
        v(0.0, 0.3 * h, -0.1 * h),
        v(0.0, 0.62 * h, -0.09 * h),
        v(0.0, 0.88 * h, 0.3 * reach),
        v(0.0, 0.96 * h, 0.7 * reach),
        v(0.0, 0.93 * h, reach),
    ];
    let n = 30;
    let path: Vec<Vec3> = (0..=n).map(|i| through(&bend, i as f32 / n as f32)).collect();
    let radius: Vec<f32> =
        (0..=n).map(|i| h * (0.062 - 0.036 * i as f32 / n as f32) * if i % 2 == 1 { 1.1 } else { 0.94 }).collect();
    p.skin(Part::Frame, &tube(&path, &radius, 12));
    for i in (3..n).step_by(2) {
        let (at, along) = (path[i], (path[i + 1] - path[i - 1]).normalize_or(Vec3::Y));
        let back = v(0.0, along.z, -along.y);
        let thorn = [at, at + 1.35 * radius[i] * back, at + 2.2 * radius[i] * back - 0.8 * radius[i] * along];
        p.skin(Part::Panel, &tube(&thorn, &[0.8 * radius[i], 0.5 * radius[i], 0.0], 7));
    }
    foot(p, h);
    let tip = v(0.0, 0.93 * h, reach);
    let hook = v(0.0, 0.46 * h, reach + 0.02);
    p.tendril(Part::Bark, &[tip, tip.lerp(hook, 0.5) + v(0.03, 0.0, 0.02), hook], 10, 0.05, 0.035);
    claws(p, hook);
    p.hull(Hull::drum(Vec3::ZERO, 0.13 * h, 0.1 * h, 10));
    p.hull(Hull::cuboid(v(-0.07 * h, 0.1 * h, -0.17 * h), v(0.07 * h, 0.75 * h, 0.05 * h)));
    p.hull(Hull::cuboid(v(-0.05 * h, 0.75 * h, -0.1 * h), v(0.05 * h, h, reach)));
}

/// The root of a neck.
fn foot(p: &mut Pen, h: f32) {
    let mound = [v2(0.15, 0.0), v2(0.12, 0.025), v2(0.085, 0.07), v2(0.066, 0.13), v2(0.045, 0.17)].map(|q| q * h);
    let lobed = lathe(&mound, 24).mapped(|q| {
        let wave = 1.0 + 0.08 * (7.0 * q.z.atan2(q.x)).cos();
        v(q.x * wave, q.y, q.z * wave)
    });
    p.skin(Part::Frame, &lobed);
    for k in 0..7 {
        let a = TAU * k as f32 / 7.0;
        let out = |q: f32, y: f32| v(q * h * a.cos(), y * h, q * h * a.sin());
        p.tendril(
            Part::Frame,
            &[out(0.07, 0.13), out(0.11, 0.06), out(0.16, 0.022), out(0.21, 0.012)],
            6,
            0.024 * h,
            0.01 * h,
        );
    }
}

/// Four claws about a pod that hangs under `hook`.
fn claws(p: &mut Pen, hook: Vec3) {
    let r = 0.42;
    let middle = hook - v(0.0, 1.2 * r, 0.0);
    p.solid(|p| {
        let pod = sphere(r, 12, 20).mapped(|q| {
            let wave = 1.0 + 0.05 * (6.0 * q.z.atan2(q.x)).cos();
            v(q.x * wave, 1.15 * q.y, q.z * wave)
        });
        p.skin(Part::Main, &pod.at(middle.x, middle.y, middle.z));
    });
    for k in 0..4 {
        let a = TAU * (k as f32 + 0.5) / 4.0;
        let out = |q: f32, y: f32| middle + v(q * r * a.cos(), y * r, q * r * a.sin());
        let claw = [hook, out(0.75, 0.98), out(1.1, 0.2), out(0.9, -0.7), out(0.45, -1.1)];
        p.tendril(Part::Frame, &claw, 10, 0.06, 0.014);
        let a = a + 0.25 * PI;
        let eye = middle + v(r * a.cos(), 0.1 * r, r * a.sin());
        p.skin(Part::Glow, &sphere(0.06, 5, 10).at(eye.x, eye.y, eye.z));
    }
}

/// A porter that rolls by itself: a shell on six wheels under fenders, a rail around its deck, cases and a face of light.
pub(crate) fn porter(p: &mut Pen, w: f32, l: f32, goods: f32) {
    let (r, deck) = (0.17, 0.46);
    for s in [-1.0, 1.0] {
        for k in 0..3 {
            let z = (k as f32 - 1.0) * 0.36 * l;
            p.at(v(s * (0.5 * w - 0.04), r, z), 0.0, |p| p.wheel(r, 0.13));
            let arch = gesamt_mesh::shapes2::arc_band(r + 0.02, r + 0.065, 0.12, PI - 0.12, 10);
            p.turned(v(s * (0.5 * w - 0.02), r, z), glam::Quat::from_rotation_y(0.5 * PI), |p| {
                p.put(Part::Frame, &gesamt_mesh::shapes2::extrude(&arch, 0.16, 0.02));
            });
        }
        p.rod(
            Part::Trim,
            v(s * (0.5 * w - 0.06), deck + 0.22, -0.5 * l),
            v(s * (0.5 * w - 0.06), deck + 0.22, 0.4 * l),
            0.02,
        );
        for k in 0..4 {
            let z = -0.5 * l + 0.3 * l * k as f32;
            p.rod(Part::Trim, v(s * (0.5 * w - 0.06), deck - 0.02, z), v(s * (0.5 * w - 0.06), deck + 0.22, z), 0.015);
        }
        p.bxb(Part::Glow, v(s * (0.5 * w + 0.002), deck - 0.07, 0.0), v(0.02, 0.022, 0.86 * l), 0.005);
    }
    p.rod(Part::Trim, v(-0.5 * w + 0.06, deck + 0.22, -0.5 * l), v(0.5 * w - 0.06, deck + 0.22, -0.5 * l), 0.02);
    p.solid(|p| {
        let hull = gesamt_mesh::shapes2::rounded_box(v(w, 0.3, 1.18 * l), 0.09, 2);
        p.put_at(Part::Main, &hull, v(0.0, deck - 0.15, 0.04 * l));
        p.bxb(Part::Rubber, v(0.0, deck - 0.02, -0.03 * l), v(0.86 * w, 0.035, 0.96 * l), 0.01);
    });
    porter_face(p, w, l, deck);
    let low = deck + 0.012;
    if goods > 0.3 {
        p.at(v(-0.2 * w, low, -0.3 * l), 0.1, |p| super::goods::crate_box(p, v(0.4, 0.34, 0.42)));
        p.at(v(0.22 * w, low, -0.26 * l), -0.06, |p| super::goods::crate_box(p, v(0.36, 0.48, 0.36)));
    }
    if goods > 0.55 {
        p.at(v(-0.2 * w, low, 0.1 * l), 0.0, |p| {
            let flask = [v2(0.14, 0.0), v2(0.15, 0.03), v2(0.15, 0.4), v2(0.11, 0.46), v2(0.05, 0.48), v2(0.05, 0.53)];
            p.put(Part::Ceramic, &lathe(&flask, 18));
            p.put_at(Part::Glow, &gesamt_mesh::shapes2::hoop(0.146, 0.012, 0.03, 18), v(0.0, 0.3, 0.0));
        });
        p.put_at(
            Part::Cloth,
            &gesamt_mesh::shapes2::rounded_box(v(0.36, 0.22, 0.4), 0.07, 2),
            v(0.2 * w, low + 0.1, 0.12 * l),
        );
    }
    p.overgrow_foot(w, l);
}

/// The front of a porter: a leaning mast with a screen, a handle and two lamps.
fn porter_face(p: &mut Pen, w: f32, l: f32, deck: f32) {
    let z = 0.52 * l;
    for s in [-1.0, 1.0] {
        let mast = [
            v(s * 0.3 * w, deck - 0.05, z - 0.03),
            v(s * 0.3 * w, deck + 0.34, z),
            v(s * 0.26 * w, deck + 0.56, z + 0.09),
        ];
        p.tendril(Part::Frame, &mast, 6, 0.034, 0.028);
        p.put_at(
            Part::Lamp,
            &sphere(0.055, 6, 10).mapped(|q| v(q.x, q.y, 0.5 * q.z)),
            v(s * 0.34 * w, deck - 0.14, 0.63 * l),
        );
    }
    p.rod(Part::Rubber, v(-0.28 * w, deck + 0.56, z + 0.09), v(0.28 * w, deck + 0.56, z + 0.09), 0.026);
    p.turned(v(0.0, deck + 0.3, z + 0.01), glam::Quat::from_rotation_x(0.2), |p| {
        p.bxb(Part::Frame, v(0.0, 0.0, 0.0), v(0.62 * w, 0.22, 0.05), 0.016);
        p.bxb(Part::Screen, v(0.0, 0.025, 0.022), v(0.52 * w, 0.17, 0.014), 0.004);
    });
}
