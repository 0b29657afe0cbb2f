//! Grown roofs and floors: rows of overlapping shell plates on ribs, and scutes that tile the ground.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{block, prism, slab, sphere, tube};
use gesamt_mesh::shapes2::oriented;
use glam::{Quat, Vec2, Vec3};

use super::ogives::pillow;
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// How far a roof reaches over the wall's face, in metres.
const EAVES: f32 = 0.35;
/// Rows of plates from the eaves to the ridge.
const ROWS: usize = 5;
/// Height of the plates over the ribs at the eaves.
const LIFT: f32 = 0.1;

/// Height of a roof at `q` of the way from the ridge to the eaves, as a part of its rise: a keel that flares at the eaves.
fn keel(q: f32) -> f32 {
    0.5 * (1.0 - q) + 0.25 * (1.0 + (PI * q.clamp(0.0, 1.0)).cos())
}

/// A roof over `span` metres, `w` metres along its ridge: ribs, plates that overlap like those of an armadillo, a spine of
/// vertebrae and veined skins in the gables.
pub(crate) fn roof(p: &mut Pen, w: f32, span: f32) {
    let reach = 0.5 * span + EAVES;
    let rise = 0.78 * reach;
    let high = |z: f32| LIFT + rise * keel(z.abs() / reach);
    for s in [-1.0, 1.0] {
        plate(p, w, s * (0.5 * span - 0.25), high(0.5 * span - 0.4));
        for row in 0..ROWS {
            p.skin(if row % 2 == 0 { Part::Roof } else { Part::Panel }, &scales(w, s * reach, row, &high));
        }
        p.hull(Hull {
            points: [-0.5 * w, 0.5 * w]
                .into_iter()
                .flat_map(|x| [v(x, 0.0, 0.0), v(x, 0.0, s * reach), v(x, rise + 0.1, 0.0), v(x, 0.12, s * reach)])
                .collect(),
        });
    }
    let n = w.round() as usize;
    for k in 0..=n {
        rib(p, (k as f32 / n as f32 - 0.5) * (w - 0.17), reach, &high);
    }
    for s in [-1.0, 1.0] {
        p.at(v(s * (0.5 * w - 0.22), 0.0, 0.0), 0.5 * PI * s, |p| gable(p, 0.5 * span, &high));
    }
    spine(p, w, high(0.0));
    p.socket("Snap_L", v(-0.5 * w, 0.0, 0.0), -0.5 * PI);
    p.socket("Snap_R", v(0.5 * w, 0.0, 0.0), 0.5 * PI);
    p.socket("Snap_Ridge", v(0.0, rise, 0.0), 0.0);
}

/// The bone along a wall's top on which the roof rests, closed to the plates above it.
fn plate(p: &mut Pen, w: f32, z: f32, high: f32) {
    let n = (2.0 * w).round() as usize;
    let path: Vec<Vec3> = (0..=n).map(|i| v((i as f32 / n as f32 - 0.5) * w, 0.0, 0.0)).collect();
    let radius: Vec<f32> = (0..=n).map(|i| if i % 2 == 1 { 1.0 } else { 0.9 }).collect();
    let bone = tube(&path, &radius, 10).mapped(|q| v(q.x, 0.5 * high * (1.0 + 1.08 * q.y).max(0.0), z + 0.21 * q.z));
    p.skin(Part::Frame, &bone);
}

/// A row of plates along the whole roof on the side of `reach`; their lower edges are scalloped and lie on the row below.
fn scales(w: f32, reach: f32, row: usize, high: &dyn Fn(f32) -> f32) -> gesamt_mesh::Shape {
    let each = 1.0 / ROWS as f32;
    let sheet = slab([6 * w.round() as u32, 2], 0.05, |x, y| {
        let px = (x - 0.5) * w;
        let arc = (PI * (px + 0.5 * (row % 2) as f32 + 0.5 * (w % 2.0))).sin().abs();
        let low = 1.0 - each * (row as f32 + 0.42 * (1.0 - arc.powf(0.7)) * f32::from(u8::from(row > 0)));
        let up = (1.0 - each * (row as f32 + 1.6)).max(0.0);
        let q = low + (up - low) * y;
        let swell = 0.05 * arc * (PI * (0.15 + 0.7 * y)).sin();
        v(px, high(q * reach) + 0.09 * (1.0 - y) - 0.01 + swell, q * reach)
    });
    oriented(sheet)
}

/// A rib across the roof under its plates.
fn rib(p: &mut Pen, x: f32, reach: f32, high: &dyn Fn(f32) -> f32) {
    const N: usize = 12;
    let at = |i: usize| {
        let z = (i as f32 / N as f32 * 2.0 - 1.0) * (reach - 0.12);
        v(x, high(z) - 0.06, z)
    };
    let radius: Vec<f32> = (0..=N).map(|i| 0.085 - 0.02 * (i as f32 / N as f32 * 2.0 - 1.0).powi(2)).collect();
    p.skin(Part::Frame, &tube(&(0..=N).map(at).collect::<Vec<_>>(), &radius, 6));
}

/// The skin that closes a gable, facing +Z, with veins that run to its eye.
fn gable(p: &mut Pen, half: f32, high: &dyn Fn(f32) -> f32) {
    let skin = pillow([12, 4], |x, y| {
        let c = 2.0 * x - 1.0;
        let z = c * (half - 0.12);
        let full = (1.0 - c * c) * (PI * y).sin();
        v(z, 0.02 + y * (high(z) - 0.06), 0.045 + 0.06 * full)
    });
    p.skin(Part::Cloth, &skin);
    let eye = v(0.0, 0.42 * high(0.0), 0.1);
    p.skin(Part::Glow, &sphere(0.14, 6, 12).mapped(|q| v(q.x, 1.35 * q.y, 0.5 * q.z)).at(eye.x, eye.y, eye.z));
    for c in [-0.8f32, -0.42, 0.0, 0.42, 0.8] {
        let z = c * (half - 0.12);
        let end = v(z, high(z) - 0.09, 0.04);
        let root = eye + v(0.16 * c, 0.05 * (1.0 - c.abs()), -0.02);
        let mid = root.lerp(end, 0.5) + v(0.0, 0.1 * c.abs() * half * 0.5, 0.025);
        p.tendril(Part::Frame, &[root, mid, end], 5, 0.028, 0.05 - 0.021);
    }
}

/// The spine along the ridge: swollen vertebrae, each with a thorn.
fn spine(p: &mut Pen, w: f32, y: f32) {
    let n = (4.0 * w).round() as usize;
    let path: Vec<Vec3> = (0..=n).map(|i| v((i as f32 / n as f32 - 0.5) * w, y + 0.08, 0.0)).collect();
    let radius: Vec<f32> = (0..=n).map(|i| if i % 2 == 1 { 0.155 } else { 0.1 }).collect();
    p.skin(Part::Frame, &tube(&path, &radius, 8));
    for i in (1..n).step_by(2) {
        let at = path[i] + v(0.0, 0.08, 0.0);
        let thorn = tube(&[at, at + v(0.03, 0.14, 0.0), at + v(0.12, 0.3, 0.0)], &[0.085, 0.05, 0.0], 6);
        p.skin(Part::Frame, &thorn);
    }
}

/// Width of a scute across its corners, in metres.
const SCUTE: f32 = 0.66;

/// A floor of `w` × `d` metres and `t` thick: scutes on a base over ribs.
pub(crate) fn floor(p: &mut Pen, w: f32, d: f32, t: f32) {
    p.put(Part::Main, &block(v(-0.5 * w, 0.05, -0.5 * d), v(0.5 * w, t - 0.05, 0.5 * d), 0.008));
    let ribs = (2.0 * w).round() as usize;
    for k in 0..ribs {
        let x = (k as f32 + 0.5) * w / ribs as f32 - 0.5 * w;
        let path = [-0.5, -0.25, 0.0, 0.25, 0.5].map(|z| v(x, 0.06, z * d));
        p.skin(Part::Frame, &tube(&path, &[0.06, 0.05, 0.06, 0.05, 0.06], 8));
    }
    let (dx, dz) = (0.75 * SCUTE, 0.866 * SCUTE);
    let (nx, nz) = ((0.5 * w / dx).ceil() as i32 + 1, (0.5 * d / dz).ceil() as i32 + 1);
    for (i, k) in (-nx..=nx).flat_map(|i| (-nz..=nz).map(move |k| (i, k))) {
        let at = v2(i as f32 * dx, (k as f32 + 0.5 * (i & 1) as f32) * dz);
        scute(p, at, v2(0.5 * w, 0.5 * d), t);
    }
}

/// One scute about `at`, cut at the edges of the floor.
fn scute(p: &mut Pen, at: Vec2, half: Vec2, t: f32) {
    /// Half the groove between two scutes, in metres.
    const GROOVE: f32 = 0.012;
    /// The least area worth a scute, in square metres.
    const LEAST: f32 = 0.006;
    let six = (0..6).map(|k| at + Vec2::from_angle(TAU * k as f32 / 6.0) * (0.5 * SCUTE - GROOVE));
    let outline = clipped(six.collect(), half);
    let area: f32 =
        (0..outline.len()).map(|i| outline[i].perp_dot(outline[(i + 1) % outline.len()])).sum::<f32>() * 0.5;
    if outline.len() < 3 || area.abs() < LEAST {
        return;
    }
    let (base, sunk) = (t - 0.11, 0.006 * p.rng.unit());
    let kind = p.rng.unit();
    let part = if kind < 0.16 { Part::Panel } else { Part::Roof };
    p.put_at(part, &prism(&outline, 0.11 - sunk, 0.016), v(0.0, base, 0.0));
    let inside = half - at.abs();
    if kind > 0.87 && inside.min_element() > 0.3 {
        let bud = sphere(0.06, 5, 10).mapped(|q| v(q.x, 0.35 * q.y, q.z));
        p.skin(Part::Glow, &bud.at(at.x, t - sunk - 0.004, at.y));
    }
}

/// The part of a convex polygon within a rectangle about the origin of the given half size.
fn clipped(mut polygon: Vec<Vec2>, half: Vec2) -> Vec<Vec2> {
    for (normal, limit) in [(Vec2::X, half.x), (Vec2::NEG_X, half.x), (Vec2::Y, half.y), (Vec2::NEG_Y, half.y)] {
        let inside = |q: Vec2| limit - q.dot(normal);
        let n = polygon.len();
        let mut kept = Vec::with_capacity(n + 1);
        for i in 0..n {
            let (a, b) = (polygon[i], polygon[(i + 1) % n]);
            let (da, db) = (inside(a), inside(b));
            if da >= 0.0 {
                kept.push(a);
            }
            if da * db < 0.0 {
                kept.push(a.lerp(b, da / (da - db)));
            }
        }
        kept.dedup_by(|a, b| a.distance(*b) < 1e-3);
        polygon = kept;
    }
    polygon
}

/// A flight of steps that are the bands of one shell: each curls down over the one below; ribs carry the spines at its sides.
pub(crate) fn stairs(p: &mut Pen, w: f32, h: f32, depth: f32, steps: usize) {
    let (rise, run) = (h / steps as f32, depth / steps as f32);
    let half = 0.5 * depth;
    let body = [v2(-half, 0.0), v2(half - 0.06, 0.0), v2(-half + run, h - 1.25 * rise), v2(-half, h - 0.4 * rise)];
    p.turned(Vec3::ZERO, Quat::from_rotation_y(-0.5 * PI), |p| {
        p.put(Part::Main, &gesamt_mesh::shapes2::extrude(&body, w - 0.3, 0.02));
    });
    for i in 0..steps {
        p.skin(
            if i % 2 == 0 { Part::Roof } else { Part::Panel },
            &band(w - 0.1, half - run * i as f32, i, [rise, run], half),
        );
    }
    for s in [-1.0, 1.0] {
        let x = s * (0.5 * w - 0.11);
        flank(p, x, h, half);
    }
}

/// One step: from its foot on the band below up over the nosing and back under the next.
fn band(w: f32, front: f32, i: usize, [rise, run]: [f32; 2], half: f32) -> gesamt_mesh::Shape {
    let low = (i as f32 * rise - 0.02).max(0.025);
    let top = (i + 1) as f32 * rise - 0.025;
    let back = (front - run - 0.04).max(-half + 0.03);
    let side = [
        v(0.0, low, front - 0.02),
        v(0.0, low + 0.55 * (top - low), front + 0.005),
        v(0.0, top - 0.012, front - 0.035),
        v(0.0, top, front - 0.1),
        v(0.0, top, back),
    ];
    oriented(slab([8, 4], 0.05, |x, y| {
        let u = 2.0 * x - 1.0;
        let q = side[(4.0 * y).round() as usize];
        let bow = if i == 0 { 0.0 } else { 0.07 * (1.0 - u * u) * (1.0 - 0.25 * (4.0 * y).round()).max(0.0) };
        v(0.5 * w * u, q.y - 0.02 * u.powi(6) * y.min(0.5), q.z + bow - if i == 0 { 0.03 } else { 0.045 })
    }))
}

/// The spine along one side of a flight, its ribs to the ground and its horns.
fn flank(p: &mut Pen, x: f32, h: f32, half: f32) {
    let s = x.signum();
    let top = |z: f32| 0.1 + h * (half - z) / (2.0 * half);
    let n = (4.0 * half / 0.5).round() as usize;
    let path: Vec<Vec3> =
        (0..=n).map(|i| half - 0.1 - (2.0 * half - 0.2) * i as f32 / n as f32).map(|z| v(x, top(z), z)).collect();
    let radius: Vec<f32> = (0..=n).map(|i| if i % 2 == 1 { 0.105 } else { 0.08 }).collect();
    p.skin(Part::Frame, &tube(&path, &radius, 8));
    // The spine ends in a curl on the ground.
    let (z, y) = (half - 0.08, top(half - 0.1));
    let curl = [v(x, y, z - 0.06), v(x, y - 0.01, z + 0.02), v(x, 0.08, z + 0.04), v(x, 0.055, z - 0.05)];
    p.tendril(Part::Frame, &curl, 6, 0.085, 0.05);
    for i in (1..=n).step_by(2) {
        let at = path[i];
        if at.y > 0.25 && (n - i) % 4 <= 1 {
            p.bone(v(x, 0.0, at.z), at, v(0.0, 0.0, 0.05), 0.06, 0.06);
        }
        let horn = [at, at + v(0.03 * s, 0.32, -0.02), at + v(0.06 * s, 0.6, 0.06), at + v(0.05 * s, 0.82, 0.2)];
        p.tendril(Part::Frame, &horn, 7, 0.062, 0.012);
        if i % 4 == 1 {
            p.skin(Part::Glow, &sphere(0.045, 5, 10).at(x - 0.09 * s, at.y + 0.05, at.z));
        }
    }
    p.hull(Hull::cuboid(v(x - 0.1, h, -half), v(x + 0.1, h + 0.8, 0.0)));
}
