//! Grown walls: bays of pointed arches with skins between them, walls about an oval window or a pointed doorway, corners.
//!
//! Their ends are the flat ends of every set: [`THICK`] thick from the ground to the top of the wall.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{block, lathe, sphere, tube};
use glam::{Vec2, Vec3};

use super::modules::{THICK, snap_ends};
use super::ogives::{ease, lip, ogive, oval, pillow, wreath};
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// Half the thickness of the mating faces.
const HALF: f32 = 0.5 * THICK;
/// Where the rungs of a skin lie between the lip of its opening (0) and its outer edge (1).
const RUNGS: [f32; 11] = [0.0, 0.04, 0.09, 0.15, 0.24, 0.37, 0.52, 0.68, 0.82, 0.92, 1.0];

/// Half the thickness of a skin about an opening, `s` of the way from its lip to the outer edge, in the fold `fold` (-1 to 1).
fn swell(s: f32, fold: f32) -> f32 {
    let lip = (-((s - 0.09) / 0.09).powi(2)).exp() * ease(-0.06, 0.08, s);
    let body = 0.155 + 0.025 * fold * (PI * s).sin() + 0.11 * lip;
    body + (HALF - body) * ease(0.7, 1.0, s)
}

/// The coping: a spine along each face that runs on into the next wall.
fn coping(p: &mut Pen, w: f32, h: f32) {
    for z in [-0.2, 0.2] {
        let n = (4.0 * w).round() as usize;
        let at = |i: usize| v((i as f32 / n as f32 - 0.5) * w, h - 0.09, z);
        let radius: Vec<f32> = (0..=n).map(|i| if i % 2 == 1 { 0.1 } else { 0.078 }).collect();
        p.skin(Part::Frame, &tube(&(0..=n).map(at).collect::<Vec<_>>(), &radius, 8));
    }
}

/// Roots that run from a wall's face at `x` out over the ground.
fn roots(p: &mut Pen, x: f32, spread: f32) {
    for side in [-1.0, 1.0] {
        for lean in [-1.0, 1.0] {
            let path = [
                v(x, 0.42, side * 0.17),
                v(x + 0.3 * lean * spread, 0.17, side * 0.25),
                v(x + 0.75 * lean * spread, 0.06, side * 0.33),
                v(x + lean * spread, 0.02, side * 0.41),
            ];
            p.tendril(Part::Frame, &path, 3, 0.055, 0.024);
        }
    }
}

/// A plain wall of `w` × `h` metres: in every metre a pointed arch of two ribs holds a skin.
pub(crate) fn wall(p: &mut Pen, w: f32, h: f32) {
    let bays = w.round().max(1.0);
    let (low, tall) = (0.12, h - 0.42);
    let arch = |x: f32, y: f32| {
        let c = (2.0 * ((x + 0.5 * w) * bays / w).fract() - 1.0).abs();
        let t = (y - low) / tall;
        if (0.0..1.0).contains(&t) { 1.0 - c / (0.9 * ogive(t)).max(0.05) } else { -1.0 }
    };
    let body = pillow([6 * bays as u32, 10], |x, y| {
        let (px, py) = ((x - 0.5) * w, y * h);
        let sunk = 0.2 - 0.06 * ease(-0.05, 0.3, arch(px, py)) + 0.05 * ease(0.35, 0.0, py);
        let mid = sunk + (HALF - sunk) * ease(h - 0.4, h - 0.15, py);
        v(px, py, mid + (HALF - mid) * ease(0.5 * w - 0.16, 0.5 * w - 0.02, px.abs()))
    });
    p.skin(Part::Main, &body);
    let step = w / bays;
    for k in 0..bays as usize {
        let x = (k as f32 + 0.5) * step - 0.5 * w;
        p.at(v(x, 0.0, 0.0), 0.0, |p| bay(p, step, low, tall));
    }
    for k in 1..bays as usize {
        let x = k as f32 * step - 0.5 * w;
        for z in [-0.2, 0.2] {
            let pore = sphere(0.055, 4, 8).mapped(|q| v(q.x, 1.5 * q.y, 0.6 * q.z));
            p.skin(if k % 2 == 0 { Part::Glow2 } else { Part::Glow }, &pore.at(x, 0.86 * h, z));
        }
        roots(p, x, 0.3 * p.about(0.2));
    }
    coping(p, w, h);
}

/// The ribs and the skin of one bay `step` metres wide, on both faces.
fn bay(p: &mut Pen, step: f32, low: f32, tall: f32) {
    let at = |c: f32, t: f32, z: f32| v(0.5 * step * c * (0.9 * ogive(t)).max(0.03), low + tall * t, z);
    if !p.broken(0.45) {
        let skin = pillow([5, 8], |x, t| {
            let c = 2.0 * x - 1.0;
            let full = (1.0 - c * c) * (PI * (0.08 + 0.86 * t)).sin().max(0.0);
            let q = at(c, t, 0.0);
            v(q.x, q.y, 0.115 + 0.1 * full)
        });
        p.skin(Part::Cloth, &skin);
        for side in [-1.0, 1.0] {
            let vein = [
                at(0.0, 0.04, side * 0.14),
                at(0.12, 0.35, side * 0.2),
                at(0.0, 0.65, side * 0.2),
                at(0.0, 0.9, side * 0.15),
            ];
            p.tendril(Part::Roof, &vein, 4, 0.028, 0.016);
        }
    }
    let reach = (0.5 * step - 0.07) / (0.45 * step);
    for side in [-1.0, 1.0] {
        for s in [-1.0, 1.0] {
            let z = side * 0.2;
            let mut rib = vec![v(s * (0.5 * step - 0.075), 0.035, side * 0.27)];
            rib.extend([0.12f32, 0.36, 0.58, 0.78, 0.92].map(|t| at(s * reach, t, z)));
            rib.push(v(0.0, low + tall + 0.02, side * 0.19));
            p.tendril(Part::Frame, &rib, 7, 0.07, 0.05);
        }
    }
}

/// The points of the edge of a wall from its lower left corner over the top to the lower right one, `n` to a side.
fn over(w: f32, h: f32, n: [usize; 2]) -> Vec<Vec2> {
    let half = 0.5 * w;
    let left = (0..n[1]).map(|i| v2(-half, h * i as f32 / n[1] as f32));
    let top = (0..n[0]).map(|i| v2(-half + w * i as f32 / n[0] as f32, h));
    let right = (0..=n[1]).map(|i| v2(half, h * (1.0 - i as f32 / n[1] as f32)));
    left.chain(top).chain(right).collect()
}

/// `n` ribs that run over both faces of a skin with `count` stations from the lip of its opening to the edge, spread evenly
/// from `from` radians over `sweep`.
fn rays(p: &mut Pen, count: usize, [from, sweep]: [f32; 2], n: usize, face: &dyn Fn(usize, f32) -> Vec3) {
    let angle = |i: usize| {
        let d = face(i, 1.0) - face(i, 0.0);
        d.y.atan2(d.x)
    };
    for k in 0..n {
        let want = from + sweep * (k as f32 + 0.5) / n as f32;
        let off = |i: &usize| 1.0 - (angle(*i) - want).cos();
        let Some(i) = (0..count).min_by(|a, b| off(a).total_cmp(&off(b))) else { continue };
        for side in [-1.0, 1.0] {
            let on = |s: f32| face(i, s) * v(1.0, 1.0, side);
            let path = [0.08, 0.3, 0.55, 0.78, 0.92].map(on);
            p.tendril(Part::Frame, &path, 5, 0.062, 0.03);
        }
    }
}

/// Bones up both faces of a wall near its ends, on roots.
fn stems(p: &mut Pen, x: f32, h: f32) {
    for s in [-1.0, 1.0] {
        roots(p, s * x, 0.26);
        for side in [-1.0, 1.0] {
            let path = [
                v(s * x, 0.078, side * 0.34),
                v(s * x, 0.3, side * 0.24),
                v(s * x, 0.6 * h, side * 0.21),
                v(s * x, h - 0.1, side * 0.2),
            ];
            p.tendril(Part::Frame, &path, 7, 0.09, 0.06);
        }
    }
}

/// A wall of `w` × `h` metres about an oval window `wide` metres wide.
pub(crate) fn window(p: &mut Pen, w: f32, h: f32, wide: f32) {
    let tall = 0.5 * (h - 1.15);
    let size = v2((0.5 * wide).min(0.78 * tall), tall);
    let mid = 0.62 + size.y;
    let [nx, ny] = [(4.0 * w) as usize, 12];
    let mut edge = over(w, h, [nx, ny]);
    let half = 0.5 * w;
    edge.extend((1..nx).map(|i| v2(half - w * i as f32 / nx as f32, 0.0)));
    let turn = |q: Vec2| (q.y - mid).signum() * ((q.y - mid).abs() / if q.y > mid { h - mid } else { mid });
    let face = |i: usize, s: f32| {
        let outer = edge[i % edge.len()];
        let e = v2(outer.x / half, turn(outer)).normalize_or(Vec2::Y);
        let inner = v2(size.x * oval(e.y) * e.x.signum(), mid + size.y * e.y);
        let q = inner.lerp(outer, s);
        v(q.x, q.y, swell(s, (9.0 * e.y.atan2(e.x)).cos()))
    };
    p.skin(Part::Main, &wreath(edge.len(), &RUNGS, face));
    p.skin(Part::Frame, &lip(size * 1.05, 0.085, 0.3, 36).at(0.0, mid, 0.0));
    rays(p, edge.len(), [0.0, TAU], 8, &face);
    p.at(v(0.0, mid, 0.0), 0.0, |p| p.veined_pane(size));
    stems(p, half - 0.32, h);
    for s in [-1.0, 1.0] {
        let x = s * (0.5 * (half - 0.32) + 0.5 * size.x);
        for z in [-0.17, 0.17] {
            p.skin(Part::Glow, &sphere(0.05, 4, 8).mapped(|q| v(q.x, q.y, 0.7 * q.z)).at(x, 0.82 * h, z));
        }
    }
    coping(p, w, h);
    let (x, y) = (0.7 * size.x, 0.75 * size.y);
    for (a, b) in [
        (v(-half, 0.0, -HALF), v(-x, h, HALF)),
        (v(x, 0.0, -HALF), v(half, h, HALF)),
        (v(-x, 0.0, -HALF), v(x, mid - y, HALF)),
        (v(-x, mid + y, -HALF), v(x, h, HALF)),
    ] {
        p.hull(Hull::cuboid(a, b));
    }
    snap_ends(p, w, h);
    p.overgrow_foot(w - 0.3, THICK);
}

/// A wall of `w` × `h` metres about a pointed doorway `wide` × `tall` metres, closed by two wing cases.
pub(crate) fn doorway(p: &mut Pen, w: f32, h: f32, wide: f32, tall: f32) {
    let (half, a) = (0.5 * w, 0.5 * wide);
    let edge = over(w, h, [(4.0 * w) as usize, 12]);
    let face = |i: usize, s: f32| {
        let outer = edge[i.min(edge.len() - 1)];
        let e = v2(outer.x / half, outer.y / h).normalize_or(Vec2::Y);
        let q = v2(a * ogive(e.y) * e.x.signum(), tall * e.y).lerp(outer, s);
        v(q.x, q.y, swell(s, (11.0 * e.y.atan2(e.x)).cos()))
    };
    let last = edge.len() - 1;
    let rungs = RUNGS.len() - 1;
    let skin = pillow([last as u32, rungs as u32], |x, y| {
        face((x * last as f32).round() as usize, RUNGS[(y * rungs as f32).round() as usize])
    });
    p.skin(Part::Main, &skin);
    jambs(p, a, tall, 0.2, 0.085);
    rays(p, edge.len(), [0.1 * PI, 0.8 * PI], 6, &face);
    p.wing_cases(a, tall);
    stems(p, half - 0.32, h);
    lure(p, v(0.0, tall + 0.06, 0.2), 0.55);
    coping(p, w, h);
    let (x, y) = (0.8 * a, tall - 0.35);
    p.hull(Hull::cuboid(v(-half, 0.0, -HALF), v(-x, h, HALF)));
    p.hull(Hull::cuboid(v(x, 0.0, -HALF), v(half, h, HALF)));
    p.hull(Hull::cuboid(v(-x, y, -HALF), v(x, h, HALF)));
    snap_ends(p, w, h);
}

/// The ribs along both edges of a pointed opening, on both faces at `z`; they cross above it.
pub(crate) fn jambs(p: &mut Pen, a: f32, tall: f32, z: f32, r: f32) {
    for side in [-1.0, 1.0] {
        for s in [-1.0, 1.0] {
            let at = |t: f32| v(s * (a * ogive(t) + 0.05), tall * t, side * z);
            let mut path = vec![v(s * (a + 0.12), 0.075, side * (z + 0.06))];
            path.extend([0.1, 0.28, 0.46, 0.64, 0.8, 0.92].map(at));
            path.push(v(-s * 0.03, tall + 0.06, side * z));
            path.push(v(-s * 0.13, tall + 0.22, side * (z + 0.02)));
            p.tendril(Part::Frame, &path, 14, r, 0.4 * r);
        }
    }
}

/// A light that hangs forward from a stalk rooted at `root`, `reach` metres out.
pub(crate) fn lure(p: &mut Pen, root: Vec3, reach: f32) {
    let tip = root + v(0.0, -0.06, reach);
    let path = [root, root + v(0.0, 0.2, 0.4 * reach), root + v(0.0, 0.16, 0.85 * reach), tip];
    p.tendril(Part::Frame, &path, 8, 0.05, 0.022);
    p.skin(Part::Lamp, &sphere(0.085, 7, 12).mapped(|q| v(q.x, 1.25 * q.y, q.z)).at(tip.x, tip.y - 0.08, tip.z));
    p.lamp_light(tip - v(0.0, 0.1, 0.0), 2.5);
}

/// The pier where two walls meet: a core that fills the square, a bone on roots at each edge, knots up its faces.
pub(crate) fn corner(p: &mut Pen, h: f32) {
    p.skin(Part::Main, &block(v(-HALF, 0.0, -HALF), v(HALF, h, HALF), 0.06));
    for k in 0..4 {
        p.at(Vec3::ZERO, TAU * k as f32 / 4.0, |p| edge_bone(p, h));
    }
    let knots = ((h - 0.9) / 0.34) as usize;
    for k in 0..4 {
        p.at(Vec3::ZERO, TAU * k as f32 / 4.0, |p| {
            for i in 0..knots {
                let t = i as f32 / knots as f32;
                let scale = 1.0 - 0.45 * t;
                let scute =
                    sphere(1.0, 5, 10).mapped(|q| v(0.15 * scale * q.x, 0.2 * q.y, 0.075 * q.z * (1.0 - 0.5 * q.y)));
                p.skin(Part::Roof, &scute.at(0.0, 0.5 + 0.34 * i as f32, HALF - 0.005));
            }
            p.skin(Part::Glow, &sphere(0.05, 5, 10).at(0.0, h - 0.32, HALF - 0.005));
        });
    }
    let cap = [v2(0.26, h - 0.2), v2(0.33, h - 0.15), v2(0.34, h - 0.09), v2(0.28, h - 0.02), v2(0.1, h)];
    let four = |q: Vec3| {
        let a = q.z.atan2(q.x);
        let wide = 1.0 + 0.1 * (4.0 * a + PI).cos();
        v(q.x * wide, q.y, q.z * wide)
    };
    p.skin(Part::Frame, &lathe(&cap, 24).mapped(four));
}

/// The bone along one edge of a pier and its roots.
fn edge_bone(p: &mut Pen, h: f32) {
    let q = HALF - 0.02;
    let path = [
        v(q + 0.13, 0.1, q + 0.13),
        v(q + 0.03, 0.22, q + 0.03),
        v(q, 0.6, q),
        v(q - 0.015, 0.55 * h, q - 0.015),
        v(q, h - 0.12, q),
    ];
    p.tendril(Part::Frame, &path, 14, 0.12, 0.08);
    for (x, z) in [(0.5, 0.17), (0.17, 0.5)] {
        let root = [v(q, 0.36, q), v(q + 0.5 * x, 0.12, q + 0.5 * z), v(q + 0.75 * x, 0.025, q + 0.75 * z)];
        p.tendril(Part::Frame, &root, 6, 0.07, 0.03);
    }
}
