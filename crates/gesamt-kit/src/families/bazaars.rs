//! Where grown things are traded: a stall under a mantle and a booth in a gourd.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{blob, lathe, slab, sphere};
use gesamt_mesh::shapes2::{loft, oriented, torus};
use gesamt_mesh::{Hull, Shape};
use glam::{Quat, Vec2, Vec3};

use super::chambers::lure;
use super::limbs::lipped;
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// The section of a counter that is trough and foot in one: (outward, height), in metres.
const TROUGH: [[f32; 2]; 12] = [
    [0.11, 0.0],
    [0.13, 0.24],
    [0.1, 0.5],
    [0.2, 0.74],
    [0.33, 0.88],
    [0.3, 0.95],
    [0.17, 0.89],
    [-0.17, 0.89],
    [-0.3, 0.95],
    [-0.31, 0.86],
    [-0.08, 0.5],
    [-0.12, 0.0],
];
/// Half the angle a counter runs around its keeper, in radians.
const COUNTER_TURN: f32 = 1.15;

/// A point of a counter of a stall `w` wide: angle from the front, outward and height of its section.
fn counter_at(w: f32, a: f32, out: f32, y: f32) -> Vec3 {
    v((0.44 * w + out) * a.sin(), y, -0.42 + (1.12 + out) * a.cos())
}

/// The mantle over a stall: `u` from side to side, `t` from the spine to the front.
fn mantle_at(w: f32, h: f32, u: f32, t: f32) -> Vec3 {
    let wide = 0.64 * w * (0.3 + 0.7 * (PI * (0.1 + 0.44 * t)).sin());
    let dome = 0.46 * (PI * (0.12 + 0.78 * t)).sin() - 0.36 * u * u * (0.4 + 0.6 * t);
    // Between five ribs the skin hangs through.
    let hang = -0.05 * (TAU * 2.0 * u).cos().abs().min(0.9) * t;
    v(wide * u, h + dome + hang, -0.86 + (2.2 - 0.42 * u * u) * t)
}

/// A stall: a spine unfolds into a ribbed mantle over a crescent counter whose cups hold eggs and fruit.
pub(crate) fn stall(p: &mut Pen) {
    let (w, h) = (p.size("width", 2.4, 3.6), 2.12);
    spine(p, w, h);
    let mantle = lipped([30, 14], 0.07, |x, y| mantle_at(w, h, 2.0 * x - 1.0, 1.0 - y));
    p.skin(Part::Roof, &oriented(mantle));
    for k in 0..5 {
        let u = 0.48 * (k as f32 - 2.0);
        let rib: Vec<Vec3> =
            (0..=8).map(|i| mantle_at(w, h, u, 0.02 + 0.125 * i as f32) - v(0.0, 0.035, 0.0)).collect();
        p.tendril(Part::Frame, &rib, 12, 0.06, 0.03);
    }
    for s in [-1.0, 1.0] {
        // Two tusks carry the mantle before the counter's horns.
        let head = mantle_at(w, h, 0.82 * s, 0.62) - v(0.0, 0.05, 0.0);
        let foot = v(s * 0.54 * w, 0.0, 0.28);
        p.bone(foot, head, v(0.1 * s, 0.0, 0.1), 0.085, 0.06);
        p.hull(Hull::cuboid(foot - v(0.14, 0.0, 0.14), foot + v(0.14, h - 0.2, 0.14)));
        lure(p, mantle_at(w, h, 0.48 * s, 0.9) - v(0.0, 0.06, 0.0), 0.3);
    }
    counter(p, w);
    shelves(p, w);
    p.overgrow_foot(w, 1.7);
}

/// The spine behind a stall on its roots, and the leaf that closes its back.
fn spine(p: &mut Pen, w: f32, h: f32) {
    let path = [v(0.0, 0.03, -0.96), v(0.0, 0.8, -1.02), v(0.0, 1.7, -0.98), mantle_at(w, h, 0.0, 0.05)];
    p.tendril(Part::Frame, &path, 12, 0.17, 0.11);
    for k in 0..6 {
        let e = Vec2::from_angle(PI + PI * (k as f32 - 0.5) / 4.0);
        let out = |q: f32, y: f32| v(e.x * q, y, -0.96 + e.y * q);
        p.tendril(Part::Frame, &[out(0.05, 0.34), out(0.24, 0.12), out(0.46, 0.03)], 6, 0.075, 0.025);
    }
    let leaf = lipped([14, 12], 0.07, |x, y| {
        let u = 2.0 * x - 1.0;
        let wide = 0.46 * w * (0.72 + 0.28 * (PI * y).sin());
        v(wide * u, 0.05 + 1.95 * y - 0.18 * u * u * y, -0.9 + 0.34 * u * u + 0.02 * (14.0 * u).cos())
    });
    p.skin(Part::Panel, &oriented(leaf));
    for s in [-1.0, 1.0] {
        for (y, rise) in [(0.35, 0.42), (0.85, 0.42), (1.35, 0.36)] {
            let at = |u: f32, y: f32| v(s * 0.45 * w * u, y, -0.87 + 0.34 * u * u);
            p.tendril(Part::Frame, &[at(0.02, y), at(0.45, y + 0.5 * rise), at(0.93, y + rise)], 7, 0.05, 0.022);
        }
    }
    p.hull(Hull::cuboid(v(-0.45 * w, 0.0, -1.1), v(0.45 * w, 1.95, -0.7)));
}

/// The crescent counter with ribs down its front and cups of goods.
fn counter(p: &mut Pen, w: f32) {
    const STATIONS: usize = 26;
    let section = |i: usize| -> Vec<Vec3> {
        let t = 2.0 * i as f32 / STATIONS as f32 - 1.0;
        let lift = 0.16 * t.powi(4);
        let slim = 1.0 - 0.45 * t.powi(6);
        TROUGH.map(|[out, y]| counter_at(w, COUNTER_TURN * t, slim * out, y * (1.0 + lift))).to_vec()
    };
    p.skin(Part::Main, &oriented(loft(&(0..=STATIONS).map(section).collect::<Vec<_>>())));
    for k in 0..7 {
        let a = 0.3 * (k as f32 - 3.0);
        let rib = [(0.22, 0.02), (0.15, 0.24), (0.12, 0.5), (0.21, 0.73), (0.34, 0.88)];
        let path: Vec<Vec3> = rib.iter().map(|(out, y)| counter_at(w, a, *out, *y)).collect();
        p.tendril(Part::Frame, &path, 8, 0.06, 0.032);
        if k < 6 {
            p.skin(
                Part::Glow,
                &sphere(0.045, 5, 9).at(0.0, 0.0, 0.0).mapped(|q| q + counter_at(w, a + 0.15, 0.16, 0.66)),
            );
        }
    }
    let goods = p.param("goods", 0.35 + 0.65 * p.life());
    for k in 0..6 {
        let a = 0.33 * (k as f32 - 2.5);
        p.at(counter_at(w, a, 0.0, 0.88), a, |p| cup(p, k, goods));
    }
    p.hull(Hull::cuboid(v(-0.48 * w, 0.0, 0.2), v(0.48 * w, 0.95, 1.0)));
}

/// A cup on a counter; what lies in it depends on its number and on how full the stall is.
fn cup(p: &mut Pen, k: usize, goods: f32) {
    let bowl = [v2(0.08, -0.01), v2(0.16, 0.05), v2(0.19, 0.12), v2(0.165, 0.125), v2(0.12, 0.06), v2(0.0, 0.05)];
    p.skin(Part::Panel, &lathe(&bowl, 14));
    if !p.rng.chance(0.3 + 0.7 * goods) {
        return;
    }
    match k % 3 {
        0 => {
            for i in 0..4 {
                let e = Vec2::from_angle(TAU * i as f32 / 3.0) * if i == 3 { 0.0 } else { 0.07 };
                let egg = sphere(0.062, 6, 9).mapped(|q| v(q.x, 1.3 * q.y, q.z));
                p.skin(Part::Goods, &egg.at(e.x, 0.12 + if i == 3 { 0.07 } else { 0.0 }, e.y));
            }
        }
        1 => {
            p.skin(Part::Bloom, &blob(2, |d| 0.12 * (1.0 + 0.1 * (6.0 * d.z.atan2(d.x)).cos())).at(0.0, 0.13, 0.0));
            p.tendril(Part::Bark, &[v(0.0, 0.22, 0.0), v(0.02, 0.3, 0.0), v(0.07, 0.34, 0.02)], 4, 0.022, 0.008);
        }
        _ => {
            for i in 0..3 {
                let e = Vec2::from_angle(TAU * i as f32 / 3.0 + 0.4) * 0.06;
                let top = v(2.2 * e.x, 0.3, 2.2 * e.y);
                p.tendril(Part::Bark, &[v(e.x, 0.04, e.y), v(1.3 * e.x, 0.18, 1.3 * e.y), top], 4, 0.02, 0.012);
                p.skin(Part::Glow, &sphere(0.04, 5, 8).at(top.x, top.y, top.z));
            }
        }
    }
}

/// Fungus shelves on the leaf behind the keeper, with flasks.
fn shelves(p: &mut Pen, w: f32) {
    for (x, y) in [(-0.27, 1.0), (0.27, 1.0), (-0.23, 1.48), (0.23, 1.48)] {
        let back = -0.84 + 0.34 * (x / 0.45f32).powi(2);
        let shelf = blob(2, |_| 1.0).mapped(|q| v(0.16 * w * q.x, 0.055 * q.y.min(0.6), 0.2 * q.z));
        p.skin(Part::Frame, &shelf.at(x * w, y, back + 0.16));
        for k in 0..3 {
            if p.rng.chance(0.25 + 0.7 * p.life()) {
                let at = v(x * w + 0.1 * (k as f32 - 1.0), y + 0.028, back + 0.2);
                if k == 1 { p.jar(Part::Ceramic, at, 0.2) } else { p.bottle(Part::Glass, at, 0.24) }
            }
        }
    }
}

/// The outline of a booth's gourd: (height, girth) in parts of height and half width.
const GOURD: [[f32; 2]; 9] = [
    [0.0, 0.86],
    [0.1, 0.93],
    [0.28, 1.0],
    [0.45, 0.98],
    [0.62, 0.9],
    [0.76, 0.82],
    [0.88, 0.66],
    [0.96, 0.44],
    [1.0, 0.26],
];
/// Half the angle of a booth's opening, in radians, and its lower and upper edge in parts of the height.
const OPENING: (f32, f32, f32) = (0.82, 0.4, 0.8);

/// Girth of a gourd at `t` of its height.
fn girth(t: f32) -> f32 {
    let pair = GOURD.windows(2).find(|pair| t <= pair[1][0]);
    pair.map_or(GOURD[8][1], |pair| {
        let f = super::ogives::ease(pair[0][0], pair[1][0], t);
        pair[0][1] + f * (pair[1][1] - pair[0][1])
    })
}

/// A booth of half width `x`, half depth `z` and height `h`.
struct Gourd {
    x: f32,
    z: f32,
    h: f32,
}

impl Gourd {
    /// A point `out` metres outside the skin at an angle from the front and a part of the height.
    fn at(&self, a: f32, t: f32, out: f32) -> Vec3 {
        let lobe = 1.0 + 0.025 * (9.0 * a).cos();
        let q = girth(t) * lobe;
        v((self.x * q + out) * a.sin(), 0.06 + self.h * t, (self.z * q + out) * a.cos())
    }

    /// A part of the shell between two angles and two heights.
    fn shell(&self, cells: [u32; 2], [a0, a1]: [f32; 2], [t0, t1]: [f32; 2]) -> Shape {
        oriented(slab(cells, 0.07, |x, y| self.at(a0 + (a1 - a0) * x, t0 + (t1 - t0) * y, 0.0)))
    }
}

/// A booth in a ribbed gourd with a mouth toward the street, under a cap.
pub(crate) fn kiosk(p: &mut Pen) {
    let (w, h) = (p.size("width", 1.8, 2.6), p.size("height", 2.3, 2.7));
    let g = Gourd { x: 0.5 * w - 0.04, z: 0.78, h: h - 0.06 };
    let (turn, low, high) = OPENING;
    p.solid(|p| {
        p.skin(Part::Main, &g.shell([30, 16], [turn, TAU - turn], [0.0, 1.0]));
        p.skin(Part::Main, &g.shell([12, 7], [-turn - 0.02, turn + 0.02], [0.0, low]));
        p.skin(Part::Main, &g.shell([12, 5], [-turn - 0.02, turn + 0.02], [high, 1.0]));
    });
    mouth(p, &g);
    for k in 0..8 {
        let a = TAU * (k as f32 + 0.5) / 8.0;
        let top = if (1.0..TAU - 1.0).contains(&a) { 0.9 } else { 0.34 };
        let path: Vec<Vec3> = (0..=5).map(|i| g.at(a, 0.04 + (top - 0.04) * i as f32 / 5.0, 0.02)).collect();
        let root = [g.at(a, 0.0, 0.3) - v(0.0, 0.03, 0.0), g.at(a, 0.02, 0.14)];
        let rib: Vec<Vec3> = root.into_iter().chain(path).collect();
        p.tendril(Part::Frame, &rib, 14, 0.075, 0.035);
    }
    cap(p, &g);
    booth_goods(p, &g);
    p.overgrow_foot(w, 1.7);
}

/// The lips around the opening and the tongue that is its counter.
fn mouth(p: &mut Pen, g: &Gourd) {
    let (turn, low, high) = OPENING;
    let around: Vec<Vec3> = (0..=32)
        .map(|i| {
            let e = Vec2::from_angle(TAU * i as f32 / 32.0);
            let square = |c: f32| c.signum() * c.abs().powf(0.55);
            let t = 0.5 * (low + high) + 0.5 * (high - low) * square(e.y);
            g.at(turn * square(e.x), t, 0.015)
        })
        .collect();
    for half in [&around[..17], &around[16..]] {
        p.tendril(Part::Frame, half, 22, 0.075, 0.075);
    }
    let tongue = lipped([16, 6], 0.08, |x, y| {
        let a = turn * 0.95 * (2.0 * x - 1.0);
        let out = -0.2 + 0.52 * (1.0 - y);
        g.at(a, low + 0.005, out) + v(0.0, 0.035 * (1.0 - y) * (1.0 - y), 0.0)
    });
    p.solid(|p| {
        p.skin(Part::Panel, &oriented(tongue));
    });
    for s in [-1.0, 1.0] {
        p.bone(g.at(0.5 * s, 0.08, 0.02), g.at(0.5 * s, low, 0.2), v(0.0, -0.06, 0.06), 0.05, 0.04);
    }
}

/// The cap on the gourd with its drooping edge, and the sign on it.
fn cap(p: &mut Pen, g: &Gourd) {
    let profile = [
        v2(0.2, 0.9),
        v2(0.8, 0.885),
        v2(1.2, 0.83),
        v2(1.28, 0.84),
        v2(1.22, 0.9),
        v2(0.95, 1.0),
        v2(0.55, 1.07),
        v2(0.2, 1.11),
        v2(0.0, 1.12),
    ];
    let hat = lathe(&profile, 36).mapped(|q| {
        let a = q.z.atan2(q.x);
        let edge = (v2(q.x, q.z).length() - 0.6).max(0.0);
        v(
            g.x * q.x * (1.0 + 0.05 * edge * (9.0 * a).cos()),
            g.h * (q.y - 0.05 * edge * (9.0 * a).cos()) + 0.06,
            g.z * q.z,
        )
    });
    p.solid(|p| {
        p.skin(Part::Roof, &hat);
    });
    for k in 0..9 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 9.0);
        let spot = sphere(0.07, 5, 9).mapped(|q| v(q.x, 0.5 * q.y, q.z));
        p.skin(Part::Glow2, &spot.at(0.75 * g.x * e.x, 1.035 * g.h + 0.06, 0.75 * g.z * e.y));
    }
    // A disc of glyphs grows from the brow over the mouth.
    p.turned(g.at(0.0, 0.87, 0.0) + v(0.0, 0.02, 0.2), Quat::from_rotation_x(-0.1), |p| {
        let disc =
            blob(3, |d| 1.0 + 0.05 * (7.0 * d.y.atan2(d.x)).cos()).mapped(|q| v(0.42 * q.x, 0.19 * q.y, 0.07 * q.z));
        p.skin(Part::Panel, &disc);
        p.letters_glow(0.5, 0.2, 0.058);
        p.skin(Part::Frame, &torus(1.0, 0.06, 24, 6).mapped(|q| v(0.43 * q.x, -0.2 * q.z, 0.5 * q.y)));
    });
    p.tendril(Part::Frame, &[g.at(0.0, 0.8, 0.0), g.at(0.0, 0.84, 0.09), g.at(0.0, 0.88, 0.2)], 5, 0.06, 0.05);
}

/// A light inside, shelves on the back wall and goods on the tongue.
fn booth_goods(p: &mut Pen, g: &Gourd) {
    let top = v(0.0, 0.06 + 0.97 * g.h, 0.0);
    let lamp = v(0.0, 0.74 * g.h, 0.1);
    p.tendril(Part::Bark, &[top, top.lerp(lamp, 0.5), lamp], 5, 0.035, 0.02);
    p.skin(Part::Lamp, &sphere(0.12, 7, 12).mapped(|q| v(q.x, 1.3 * q.y, q.z)).at(lamp.x, lamp.y - 0.1, lamp.z));
    p.lamp_light(lamp - v(0.0, 0.15, 0.0), 4.0);
    for (a, t) in [(PI - 0.42, 0.46), (PI + 0.42, 0.46), (PI - 0.36, 0.64), (PI + 0.36, 0.64)] {
        let at = g.at(a, t, -0.2);
        let shelf = blob(2, |_| 1.0).mapped(|q| v(0.3 * q.x, 0.045 * q.y.min(0.6), 0.15 * q.z));
        p.skin(Part::Frame, &shelf.at(at.x, at.y, at.z));
        for k in 0..3 {
            if p.rng.chance(0.3 + 0.6 * p.life()) {
                let spot = at + v(0.15 * (k as f32 - 1.0), 0.022, 0.03);
                if k == 1 { p.jar(Part::Ceramic, spot, 0.19) } else { p.bottle(Part::Glass, spot, 0.23) }
            }
        }
    }
    if p.life() > 0.2 {
        for s in [-1.0, 1.0] {
            let at = g.at(0.42 * s, OPENING.1, 0.1) + v(0.0, 0.05, 0.0);
            p.at(at, 0.0, |p| cup(p, if s > 0.0 { 0 } else { 2 }, 1.0));
        }
    }
}
