//! Buoys: coopered casks with a bell on a yoke, and floats with a cage about a central rod.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use gesamt_mesh::shapes::{cone, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{hoop, torus};
use gesamt_mesh::{Hull, Shape};
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn buoy(p: &mut Pen) {
    let s = p.size("size", 0.75, 1.3);
    match p.dialect() {
        Dialect::Timber | Dialect::Japan => cask_buoy(p, s),
        Dialect::Organic => super::spires::buoy(p, s),
        _ => float_buoy(p, s),
    }
}

/// A cask of staves bound with iron; a mast stands on it, and a yoke that carries the bell and the light.
fn cask_buoy(p: &mut Pen, s: f32) {
    let (r, tall) = (0.6 * s, 1.0 * s);
    let belly = |t: f32| r * (0.74 + 0.26 * (PI * t).sin().max(0.0).powf(0.8));
    staves(p, tall, belly);
    for t in [0.06, 0.28, 0.66, 0.88] {
        let y = tall * t;
        let band = hoop(belly(t + 0.03) - 0.012, 0.024, 0.065 * s, 24);
        p.put_at(Part::Trim, &band, v(0.0, y, 0.0));
    }
    barnacles(p, s, |a, y| Vec2::from_angle(a) * (belly(y / tall) + 0.005));
    eyes(p, v(0.55 * r, tall, 0.0), s);
    let (foot, top) = (0.9 * tall, 1.45 * s);
    p.rod(Part::Frame, v(0.0, foot, 0.0), v(0.0, top + 0.02, 0.0), 0.055 * s);
    p.put_at(Part::Trim, &cylinder(0.13 * s, 0.05 * s, 12, 0.008), v(0.0, 0.985 * tall - 0.02, 0.0));
    for k in 0..4 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 4.0);
        let (low, high) = (v(e.x * 0.62 * r, 0.93 * tall, e.y * 0.62 * r), v(e.x * 0.03 * s, 1.3 * s, e.y * 0.03 * s));
        p.rod(Part::Frame, low, high, 0.028 * s);
    }
    yoke(p, s, top);
    p.hull(Hull::drum(Vec3::ZERO, r, tall, 12));
    p.hull(Hull::cuboid(v(-0.3 * s, tall, -0.12 * s), v(0.3 * s, 2.3 * s, 0.12 * s)));
}

/// Staves with seams between them, and sunk heads.
fn staves(p: &mut Pen, tall: f32, belly: impl Fn(f32) -> f32) {
    let n = 16;
    let step = TAU / n as f32;
    for k in 0..n {
        let a = step * k as f32;
        let gap = 0.03 * step;
        let rows: Vec<Vec<Vec3>> = (0..=6)
            .map(|i| {
                let t = i as f32 / 6.0;
                let at = |a: f32, r: f32| v(r * a.cos(), tall * t, r * a.sin());
                let (out, inn) = (belly(t), belly(t) - 0.07);
                vec![at(a + gap, inn), at(a + gap, out), at(a + step - gap, out), at(a + step - gap, inn)]
            })
            .collect();
        p.crease(25.0).put(Part::Main, &gesamt_mesh::shapes2::loft(&rows));
    }
    p.crease(50.0);
    for y in [0.04 * tall, 0.92 * tall] {
        p.put_at(Part::Panel, &cylinder(belly(0.0) - 0.05, 0.035 * tall, 16, 0.0), v(0.0, y, 0.0));
    }
}

/// A frame about the bell on top of the mast, with the light above.
fn yoke(p: &mut Pen, s: f32, y: f32) {
    let (half, tall) = (0.26 * s, 0.56 * s);
    let u: Vec<Vec3> = (0..=12)
        .map(|k| {
            let e = Vec2::from_angle(PI + PI * k as f32 / 12.0);
            v(half * e.x, y + 0.2 * s + 0.2 * s * e.y, 0.0)
        })
        .collect();
    let mut path = vec![v(-half, y + tall, 0.0)];
    path.extend(u);
    path.push(v(half, y + tall, 0.0));
    p.crease(70.0).put(Part::Trim, &tube(&path, &vec![0.028 * s; path.len()], 7)).crease(50.0);
    p.beam(Part::Frame, v(-1.25 * half, y + tall, 0.0), v(1.25 * half, y + tall, 0.0), 0.075 * s, 0.075 * s);
    bell(p, v(0.0, y + tall - 0.34 * s, 0.0), s);
    p.rod(Part::Trim, v(0.0, y + tall - 0.09 * s, 0.0), v(0.0, y + tall + 0.01, 0.0), 0.02 * s);
    light(p, v(0.0, y + tall + 0.035 * s, 0.0), s);
}

/// A bell with its clapper; its crown is 0.28 of the scale above `at`.
fn bell(p: &mut Pen, at: Vec3, s: f32) {
    let profile = [
        v2(0.17, 0.0),
        v2(0.172, 0.02),
        v2(0.13, 0.09),
        v2(0.105, 0.18),
        v2(0.085, 0.235),
        v2(0.03, 0.265),
        v2(0.026, 0.29),
    ]
    .map(|q| q * s);
    p.crease(60.0).put_at(Part::Accent, &lathe(&profile, 16), at).crease(50.0);
    p.rod(Part::Trim, at + v(0.0, 0.03 * s, 0.0), at - v(0.0, 0.05 * s, 0.0), 0.013 * s);
    p.put_at(Part::Trim, &sphere(0.034 * s, 5, 8), at - v(0.0, 0.06 * s, 0.0));
}

/// The lantern that stands at `at`.
fn light(p: &mut Pen, at: Vec3, s: f32) {
    p.at(at, 0.0, |p| {
        p.put_at(Part::Trim, &cylinder(0.12 * s, 0.04 * s, 12, 0.006), v(0.0, -0.005, 0.0));
        p.put_at(Part::Lamp, &cylinder(0.085 * s, 0.15 * s, 12, 0.01), v(0.0, 0.025 * s, 0.0));
        for k in 0..4 {
            let e = Vec2::from_angle(TAU * k as f32 / 4.0) * 0.1 * s;
            p.rod(Part::Trim, v(e.x, 0.02 * s, e.y), v(e.x, 0.19 * s, e.y), 0.009 * s);
        }
        p.put_at(Part::Trim, &cone(0.13 * s, 0.02 * s, 0.08 * s, 12), v(0.0, 0.165 * s, 0.0));
        p.lamp_light(v(0.0, 0.34 * s, 0.0), 2.0);
    });
}

/// A float with a fender and a cage about a central rod.
fn float_buoy(p: &mut Pen, s: f32) {
    let (r, base) = (0.75 * s, 0.5 * s);
    let profile =
        [v2(0.8 * r, 0.0), v2(r, 0.12 * base), v2(r, 0.85 * base), v2(0.92 * r, base), v2(0.5 * r, 1.08 * base)];
    p.put(Part::Main, &lathe(&profile, 20));
    p.put_at(Part::Rubber, &torus(r, 0.07 * s, 20, 6), v(0.0, 0.5 * base, 0.0));
    barnacles(p, s, |a, _| Vec2::from_angle(a) * 0.93 * r);
    eyes(p, v(0.8 * r, base, 0.0), s);
    let top = 2.05 * s;
    if p.dialect() == Dialect::Sleek {
        let mast = [v2(0.35 * r, 1.02 * base), v2(0.14 * r, 1.5 * s), v2(0.12 * r, top)];
        p.put(Part::Panel, &lathe(&mast, 14));
        p.put_at(Part::Glow, &torus(0.135 * r, 0.03 * s, 16, 6), v(0.0, 1.6 * s, 0.0));
    } else {
        cage(p, s, [1.02 * base, top]);
    }
    light(p, v(0.0, top + 0.02 * s, 0.0), s);
    p.hull(Hull::drum(Vec3::ZERO, r, base, 12));
    p.hull(Hull::drum(v(0.0, base, 0.0), 0.5 * r, 1.8 * s, 8));
}

/// Four legs with straight braces between them; the daymark and the bell sit on the rod in the middle.
fn cage(p: &mut Pen, s: f32, [low, top]: [f32; 2]) {
    let leg = |k: usize, t: f32| {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 4.0) * s * (0.5 - 0.34 * t);
        v(e.x, low - 0.02 * s + (top - low + 0.03 * s) * t, e.y)
    };
    for k in 0..4 {
        p.rod(Part::Frame, leg(k, 0.0), leg(k, 1.0), 0.03 * s);
        p.put_at(Part::Frame, &cylinder(0.065 * s, 0.03 * s, 8, 0.0), leg(k, 0.0) + v(0.0, 0.008 * s, 0.0));
        for t in [0.3, 0.62] {
            p.rod(Part::Frame, leg(k, t), leg((k + 1) % 4, t), 0.02 * s);
        }
        p.rod(Part::Frame, leg(k, 0.02), leg((k + 1) % 4, 0.29), 0.013 * s);
    }
    p.put_at(Part::Trim, &cylinder(0.21 * s, 0.05 * s, 12, 0.01), v(0.0, top - 0.02 * s, 0.0));
    p.rod(Part::Trim, v(0.0, low - 0.02 * s, 0.0), v(0.0, top, 0.0), 0.024 * s);
    // Struts carry the rod at the braces.
    for k in 0..4 {
        p.rod(Part::Frame, leg(k, 0.3), v(0.0, leg(k, 0.3).y, 0.0), 0.014 * s);
    }
    let mark = leg(0, 0.3).y;
    let cone = double_cone(0.2 * s, 0.34 * s);
    p.crease(30.0).put_at(Part::Lacquer, &cone, v(0.0, mark, 0.0)).crease(50.0);
    bell(p, v(0.0, top - 0.42 * s, 0.0), s);
    // Hammers hang from the plate about the bell.
    for k in 0..4 {
        let e = Vec2::from_angle(FRAC_PI_2 * k as f32);
        let (hang, ball) = (v(0.14 * s * e.x, top, 0.14 * s * e.y), v(0.2 * s * e.x, top - 0.4 * s, 0.2 * s * e.y));
        p.rod(Part::Trim, hang, ball, 0.009 * s);
        p.put_at(Part::Trim, &sphere(0.03 * s, 4, 6), ball);
    }
}

/// A cone that stands on its point's mirror image, from y = 0 up.
fn double_cone(r: f32, h: f32) -> Shape {
    lathe(&[v2(0.25 * r, 0.0), v2(r, 0.16 * h), v2(r, 0.2 * h), v2(0.15 * r, h)], 14)
}

/// Barnacles grow below the water line; `wall` tells where the wall is in a direction at a height.
fn barnacles(p: &mut Pen, s: f32, wall: impl Fn(f32, f32) -> Vec2) {
    for _ in 0..3 + (5.0 * p.decay()) as usize {
        let (a, q) = (TAU * p.rng.unit(), s * p.rng.range(0.04, 0.07));
        let y = s * (0.06 + 0.12 * p.rng.unit());
        let e = wall(a, y);
        let shell = [v2(q, -0.4 * q), v2(0.75 * q, 0.5 * q), v2(0.5 * q, 0.8 * q), v2(0.3 * q, 0.5 * q)];
        let out = Quat::from_rotation_arc(Vec3::Y, v(a.cos(), 0.25, a.sin()).normalize());
        p.turned(v(e.x, y, e.y), out, |p| {
            p.put(Part::Ceramic, &lathe(&shell, 7));
        });
    }
}

/// Two mooring eyes on the deck.
fn eyes(p: &mut Pen, at: Vec3, s: f32) {
    for side in [-1.0, 1.0] {
        p.turned(v(side * at.x, at.y + 0.035 * s, at.z), Quat::from_rotation_x(FRAC_PI_2), |p| {
            p.put(Part::Trim, &torus(0.08 * s, 0.02 * s, 10, 5));
        });
    }
}
