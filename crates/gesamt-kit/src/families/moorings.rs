//! Grown things of the shore: a pier of plates, a web that catches, a mast with a fin and a stalk that listens.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{sphere, tube};
use gesamt_mesh::shapes2::oriented;
use glam::{Quat, Vec2, Vec3};

use super::chambers::lure;
use super::limbs::{lipped, through};
use super::pen::{Pen, v};
use crate::style::Part;

/// A section of pier `w` × `l` metres whose top lies at `deck`: overlapping scutes on ribs and limbs.
pub(crate) fn dock(p: &mut Pen, w: f32, l: f32, deck: f32) {
    let half = 0.5 * w;
    scutes(p, w, l, deck);
    for s in [-1.0, 1.0] {
        let x = s * (half - 0.1);
        let spine: Vec<Vec3> = (0..=6).map(|i| v(x, deck - 0.17, (i as f32 / 6.0 - 0.5) * (l - 0.2))).collect();
        p.tendril(Part::Frame, &spine, 12, 0.085, 0.085);
        for k in 0..3 {
            let z = (k as f32 - 1.0) * (0.5 * l - 0.3);
            let foot = v(s * (half - 0.2), 0.0, z);
            p.bone(foot, v(x, deck - 0.14, z), v(-0.08 * s, 0.0, 0.0), 0.1, 0.085);
            p.hull(Hull::cuboid(foot - v(0.14, 0.0, 0.14), foot + v(0.14, deck - 0.2, 0.14)));
            if k != 1 {
                horn(p, v(x, deck - 0.2, z), s, z.signum());
            }
        }
    }
    let ribs = 7;
    for k in 0..ribs {
        let z = (k as f32 / (ribs - 1) as f32 - 0.5) * (l - 0.4);
        let at = |x: f32, y: f32| v(x * half, deck + y, z);
        let rib = [at(-0.9, -0.16), at(-0.4, -0.24), at(0.0, -0.26), at(0.4, -0.24), at(0.9, -0.16)];
        p.tendril(Part::Frame, &rib, 8, 0.05, 0.05);
    }
    lure(p, v(-half + 0.16, deck - 0.05, 0.5 * l - 0.75), 0.45);
    p.hull(Hull::cuboid(v(-half, deck - 0.25, -0.5 * l), v(half, deck, 0.5 * l)));
}

/// Rows of scutes: each overlaps the next and ends in a soft lip.
fn scutes(p: &mut Pen, w: f32, l: f32, deck: f32) {
    const ROWS: usize = 9;
    let long = l / ROWS as f32;
    for k in 0..ROWS {
        let gone = k > 0 && k + 1 < ROWS && p.broken(0.25);
        if gone {
            continue;
        }
        let z0 = -0.5 * l + k as f32 * long;
        let reach = if k + 1 == ROWS { long } else { 1.22 * long };
        let plate = lipped([14, 4], 0.07, |x, y| {
            let u = 2.0 * x - 1.0;
            let curve = if k == 0 { 0.0 } else { 0.1 * long * (1.0 - u * u) * (1.0 - y) };
            let hump = 0.02 * (1.0 - u * u) - 0.02 * (1.0 - y) + 0.006 * (4.0 * PI * x).cos();
            v(0.5 * w * u, deck - 0.05 + hump, z0 + reach * y - curve)
        });
        p.skin(Part::Main, &oriented(plate));
        if k % 3 == 1 {
            for s in [-1.0, 1.0] {
                let pearl = sphere(0.045, 5, 9).mapped(|q| v(q.x, 0.6 * q.y, q.z));
                p.skin(Part::Glow, &pearl.at(s * (0.5 * w - 0.16), deck - 0.005, z0 + 0.5 * long));
            }
        }
    }
}

/// A horn to moor at: it leaves the edge, curls in and is worn thin by ropes.
fn horn(p: &mut Pen, root: Vec3, s: f32, e: f32) {
    let path = [
        root,
        root + v(-0.02 * s, 0.25, 0.0),
        root + v(-0.02 * s, 0.48, -0.02 * e),
        root + v(-0.1 * s, 0.66, -0.1 * e),
        root + v(-0.24 * s, 0.68, -0.16 * e),
    ];
    p.tendril(Part::Frame, &path, 10, 0.085, 0.03);
    let ring = [0.36f32, 0.41, 0.46].map(|t| through(&path, t));
    for (k, at) in ring.into_iter().enumerate() {
        let coil = gesamt_mesh::shapes2::torus(0.085 - 0.004 * k as f32, 0.02, 12, 5);
        p.skin(Part::Rope, &coil.at(at.x, at.y, at.z));
    }
}

/// A web of sticky threads between two crossed tusks, with what it has caught; the tusks are `h` high and `w` apart.
pub(crate) fn net(p: &mut Pen, w: f32, h: f32) {
    let arch = |s: f32| {
        [
            v(s * 0.5 * w, 0.0, 0.0),
            v(s * 0.52 * w, 0.45 * h, -0.06),
            v(s * 0.3 * w, 0.86 * h, -0.04),
            v(-s * 0.1 * w, 1.04 * h, 0.05 * s),
        ]
    };
    for s in [-1.0, 1.0] {
        p.tendril(Part::Frame, &arch(s), 14, 0.085, 0.028);
        p.pad(v(s * 0.5 * w, 0.0, 0.0), 0.085);
        p.bone(v(s * 0.46 * w, 0.0, -0.45), v(s * 0.5 * w, 0.5 * h, -0.05), v(0.0, 0.05, -0.05), 0.045, 0.04);
        p.hull(Hull::cuboid(v(s * 0.5 * w - 0.12, 0.0, -0.5), v(s * 0.5 * w + 0.12, 0.9 * h, 0.12)));
    }
    // Anchors: up one tusk, over the crossing and down the other, then along the ground.
    let rim = |k: usize| -> Vec3 {
        match k {
            0..=4 => through(&arch(-1.0), 0.04 + 0.21 * k as f32),
            5..=9 => through(&arch(1.0), 0.88 - 0.21 * (k - 5) as f32),
            _ => v((0.3 - 0.3 * (k - 10) as f32) * w, 0.03, 0.18),
        }
    };
    let hub = v(0.02 * w, 0.5 * h, 0.2);
    const SPOKES: usize = 13;
    const TURNS: usize = 6;
    let on = |k: usize, t: f32| hub.lerp(rim(k % SPOKES), t) + v(0.0, -0.03 * t * (1.0 - t), 0.18 * (1.0 - t) * t);
    for k in 0..SPOKES {
        let path: Vec<Vec3> = (0..=4).map(|i| on(k, 0.25 * i as f32)).collect();
        p.put(Part::Rope, &tube(&path, &[0.011, 0.01, 0.009, 0.01, 0.016], 3));
        for turn in 0..TURNS {
            if p.broken(0.3) {
                continue;
            }
            let t = 0.16 + 0.135 * turn as f32;
            let (a, b) = (on(k, t), on(k + 1, t + 0.01));
            let sag = 0.5 * (a + b).lerp(hub * 2.0, 0.05);
            p.put(Part::Rope, &tube(&[a, sag, b], &[0.008; 3], 3));
        }
    }
    for (k, t, r) in [(1, 0.55, 0.1), (7, 0.7, 0.08), (11, 0.5, 0.12), (4, 0.8, 0.07)] {
        let at = on(k, t);
        let part = if k == 11 { Part::Main } else { Part::Glow };
        // What stops a body is the tusks and what hangs in the web: its threads give way.
        p.solid(|p| {
            p.skin(part, &sphere(r, 6, 9).mapped(|q| v(q.x, 1.35 * q.y, q.z) + at));
        });
    }
    p.skin(Part::Panel, &sphere(0.12, 6, 10).mapped(|q| v(q.x, q.y, 0.6 * q.z) + hub));
}

/// A mast `h` metres high that curls at its tip and spreads a fin of rays and skin.
pub(crate) fn banner(p: &mut Pen, h: f32) {
    let mast = [
        v(0.0, 0.02, 0.0),
        v(-0.06, 0.3 * h, 0.0),
        v(0.0, 0.65 * h, 0.0),
        v(0.02, 0.9 * h, 0.0),
        v(0.2, 1.0 * h, 0.0),
        v(0.38, 0.93 * h, 0.0),
        v(0.32, 0.87 * h, 0.0),
    ];
    p.solid(|p| {
        p.tendril(Part::Frame, &mast, 26, 0.075, 0.02);
        p.pad(Vec3::ZERO, 0.1);
    });
    for k in 0..5 {
        let e = Vec2::from_angle(TAU * k as f32 / 5.0);
        let out = |q: f32, y: f32| v(e.x * q, y, e.y * q);
        p.tendril(Part::Frame, &[out(0.03, 0.26), out(0.15, 0.1), out(0.3, 0.025)], 5, 0.05, 0.018);
    }
    // The fin: from its root along the mast out to a scalloped edge.
    let fin = |t: f32, out: f32| {
        let root = through(&mast, 0.28 + 0.34 * t);
        let reach = 0.34 + 0.62 * (PI * (0.12 + 0.8 * t)).sin();
        let scallop = 1.0 - 0.16 * (PI * 4.0 * t).sin().abs() * out;
        root + v(
            reach * out * scallop,
            (0.1 - 0.62 * (1.0 - t)) * out * reach,
            0.1 * (PI * out).sin() * (5.0 * t).cos(),
        )
    };
    let skin = lipped([12, 24], 0.035, |x, y| fin(y, x));
    p.skin(Part::Cloth, &oriented(skin));
    for k in 0..5 {
        let t = 0.25 * k as f32;
        let ray: Vec<Vec3> = (0..=5).map(|i| fin(t, 0.21 * i as f32)).collect();
        p.tendril(Part::Frame, &ray, 10, 0.032, 0.012);
        let tip = fin(t, 1.06);
        p.skin(Part::Glow, &sphere(0.035, 5, 8).mapped(|q| q + tip));
    }
    for (t, out) in [(0.13, 0.5), (0.38, 0.55), (0.62, 0.5), (0.87, 0.5)] {
        let at = fin(t, out);
        p.turned(at, Quat::from_rotation_y(0.2), |p| {
            p.skin(Part::Glow2, &sphere(0.07, 6, 10).mapped(|q| v(0.8 * q.x, q.y, 0.42 * q.z)));
        });
    }
}

/// A lantern `h` metres high: a stalk that leaves a knot of roots, bends over and holds a lit pod between two sepals.
pub(crate) fn lantern(p: &mut Pen, h: f32) {
    let stalk = [
        v(0.0, 0.02, -0.06),
        v(0.0, 0.45 * h, -0.16),
        v(0.0, 0.86 * h, -0.06),
        v(0.0, h, 0.16),
        v(0.0, 0.93 * h, 0.34),
        v(0.0, 0.84 * h, 0.36),
    ];
    p.solid(|p| {
        p.tendril(Part::Frame, &stalk, 18, 0.085, 0.03);
    });
    for k in 0..6 {
        let e = Vec2::from_angle(TAU * k as f32 / 6.0);
        let out = |q: f32, y: f32| v(e.x * q, y, e.y * q - 0.06);
        p.tendril(Part::Frame, &[out(0.03, 0.24), out(0.14, 0.1), out(0.26, 0.025)], 5, 0.055, 0.02);
    }
    let pod = v(0.0, 0.84 * h - 0.2, 0.36);
    p.skin(Part::Lamp, &sphere(0.13, 9, 14).mapped(|q| v(q.x, 1.4 * q.y, q.z) + pod));
    for k in 0..4 {
        let e = Vec2::from_angle(TAU * (k as f32 + 0.5) / 4.0);
        let side = |q: f32, y: f32| pod + v(e.x * q, y, e.y * q);
        let sepal = [side(0.0, 0.2), side(0.1, 0.13), side(0.145, -0.02), side(0.1, -0.17), side(0.05, -0.26)];
        p.tendril(Part::Panel, &sepal, 8, 0.034, 0.012);
    }
    for k in 0..3 {
        let at = through(&stalk, 0.25 + 0.16 * k as f32);
        p.tendril(Part::Panel, &[at, at + v(0.0, 0.06, -0.12), at + v(0.0, 0.16, -0.17)], 4, 0.04, 0.012);
    }
    p.lamp_light(pod + v(0.0, 0.0, 0.16), 3.5);
}

/// A stalk `h` metres high whose ears turn to all sides: a ringed trunk on roots, trumpets on curled necks, a lit bud.
pub(crate) fn listener(p: &mut Pen, h: f32) {
    let bend = [
        v(0.0, 0.05, 0.0),
        v(-0.12, 0.28 * h, 0.05),
        v(0.1, 0.55 * h, -0.06),
        v(-0.02, 0.8 * h, 0.02),
        v(0.0, 0.93 * h, 0.0),
    ];
    const STEPS: usize = 34;
    let path: Vec<Vec3> = (0..=STEPS).map(|i| through(&bend, i as f32 / STEPS as f32)).collect();
    let radius: Vec<f32> = (0..=STEPS)
        .map(|i| {
            let t = i as f32 / STEPS as f32;
            (0.26 - 0.19 * t.sqrt()) * if i % 3 == 1 { 1.16 } else { 0.96 }
        })
        .collect();
    p.skin(Part::Frame, &tube(&path, &radius, 12));
    for k in 0..7 {
        let e = Vec2::from_angle(TAU * k as f32 / 7.0);
        let out = |q: f32, y: f32| v(e.x * q, y, e.y * q);
        p.tendril(Part::Frame, &[out(0.1, 0.6), out(0.24, 0.34), out(0.42, 0.18)], 6, 0.085, 0.03);
    }
    for (k, (t, yaw, r)) in
        [(0.5, 0.5, 0.3), (0.63, 2.5, 0.42), (0.76, 4.5, 0.34), (0.86, 0.2, 0.26)].into_iter().enumerate()
    {
        let root = through(&bend, t);
        p.at(root, yaw, |p| ear(p, r, k));
    }
    let top = through(&bend, 1.0);
    p.skin(Part::Glow, &sphere(0.11, 7, 12).mapped(|q| v(q.x, 1.5 * q.y, q.z) + top + v(0.0, 0.16, 0.0)));
    for k in 0..5 {
        let e = Vec2::from_angle(TAU * k as f32 / 5.0);
        let sepal = [top, top + v(0.15 * e.x, 0.12, 0.15 * e.y), top + v(0.13 * e.x, 0.07 * h * 0.6 + 0.2, 0.13 * e.y)];
        p.tendril(Part::Panel, &sepal, 6, 0.045, 0.012);
    }
}

/// A trumpet of skin on a curled neck that leaves the trunk along +Z.
fn ear(p: &mut Pen, r: f32, k: usize) {
    let neck = [v(0.0, -0.1, 0.0), v(0.0, -0.16, 0.28), v(0.0, 0.02, 0.5), v(0.0, 0.2, 0.52)];
    p.tendril(Part::Frame, &neck, 9, 0.075, 0.06);
    p.turned(v(0.0, 0.16, 0.5), Quat::from_rotation_x(0.95), |p| {
        let bell = [
            glam::Vec2::new(0.16, 0.0),
            glam::Vec2::new(0.24, 0.25),
            glam::Vec2::new(0.55, 0.62),
            glam::Vec2::new(1.0, 0.86),
            glam::Vec2::new(1.04, 0.9),
            glam::Vec2::new(0.94, 0.9),
            glam::Vec2::new(0.48, 0.66),
            glam::Vec2::new(0.1, 0.3),
        ];
        let lobes = 5.0 + (k % 3) as f32;
        let skin = gesamt_mesh::shapes::lathe(&bell.map(|q| q * r), 28).mapped(|q| {
            let far = (Vec2::new(q.x, q.z).length() / r).powi(2);
            let wave = (lobes * q.z.atan2(q.x)).cos();
            v(q.x * (1.0 + 0.1 * far * wave), q.y + 0.1 * r * far * wave, q.z * (1.0 + 0.1 * far * wave))
        });
        p.skin(Part::Main, &skin);
        p.tendril(
            Part::Panel,
            &[v(0.0, 0.25 * r, 0.0), v(0.03, 0.7 * r, 0.0), v(0.0, 1.1 * r, 0.0)],
            5,
            0.05 * r,
            0.03 * r,
        );
        p.skin(Part::Glow, &sphere(0.1 * r + 0.02, 6, 9).at(0.0, 1.14 * r, 0.0));
    });
}
