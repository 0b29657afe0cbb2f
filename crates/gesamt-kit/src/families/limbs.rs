//! Limbs of grown things: struts on flared pads with rounded tips, skins with soft lips and lines that follow them.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Shape;
use gesamt_mesh::shapes::{lathe, slab, tube};
use gesamt_mesh::shapes2::loft;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v2};
use crate::style::Part;

/// Body sections of a limb between its ends.
const BODY: usize = 7;
/// The rings of a pad: height and radius, in radii of the limb.
const PAD: [(f32, f32); 3] = [(0.0, 1.75), (0.22, 1.66), (0.75, 1.46)];
/// The crease angle of grown skin, in degrees.
const SKIN: f32 = 80.0;
/// How near to y = 0 the end of a limb counts as standing on the ground, in metres.
const GROUND: f32 = 0.02;

/// One ring of a limb: its middle, radius and the way it faces.
struct Ring {
    at: Vec3,
    radius: f32,
    facing: Vec3,
}

/// The solid through a row of rings; rings without radius are tips.
fn skinned(rings: &[Ring], sides: usize) -> Shape {
    let Some(first) = rings.first() else { return Shape::default() };
    let (mut facing, mut across) = (first.facing, first.facing.any_orthonormal_vector());
    let mut sections = Vec::with_capacity(rings.len());
    for ring in rings {
        across = Quat::from_rotation_arc(facing, ring.facing) * across;
        facing = ring.facing;
        if ring.radius <= 0.0 {
            sections.push(vec![ring.at]);
            continue;
        }
        let up = facing.cross(across).normalize_or(Vec3::X);
        let point = |i: usize| {
            let e = Vec2::from_angle(TAU * i as f32 / sides as f32);
            ring.at + ring.radius * (e.x * across + e.y * up)
        };
        sections.push((0..sides).map(point).collect());
    }
    loft(&sections)
}

/// The thickness of a limb at `t`: it swells toward its ends and at its knuckles.
fn thickness(ra: f32, rb: f32, t: f32) -> f32 {
    let knuckle = 1.0 + 0.4 * (1.0 - (3.0 * t - (3.0 * t).round()).abs() * 4.0).max(0.0);
    let ends = 1.0 + 0.35 * (1.0 - 3.0 * t).max(0.0) + 0.25 * (3.0 * t - 2.0).max(0.0);
    (ra + (rb - ra) * t) * (0.8 + 0.2 * knuckle) * ends
}

/// The rounded end of a limb whose last ring faces `out`: a shoulder and a tip that ends a third of a radius past `at`.
fn dome(at: Vec3, out: Vec3, radius: f32) -> [(Vec3, f32); 2] {
    [(at - 0.08 * radius * out, 0.78 * radius), (at + 0.3 * radius * out, 0.0)]
}

/// A grown strut from `a` to `b`, bowed by `bend`: its ends are rounded, and where `stands`, `a` is a flat flared pad.
pub(crate) fn limb(a: Vec3, b: Vec3, bend: Vec3, ra: f32, rb: f32, stands: bool) -> Shape {
    let long = a.distance(b).max(1e-3);
    let at = |t: f32| a.lerp(b, t) + bend * (PI * t).sin();
    let facing = |t: f32| (b - a + bend * PI * (PI * t).cos()).normalize_or(Vec3::Y);
    let reach = |r: f32, factor: f32| (factor * r / long).min(0.2);
    let (from, to) = (if stands { reach(ra, 1.5) } else { reach(ra, 0.6) }, 1.0 - reach(rb, 0.6));
    let mut rings = Vec::with_capacity(BODY + 6);
    if stands {
        rings.extend(PAD.map(|(y, q)| Ring { at: a + Vec3::Y * y * ra, radius: q * ra, facing: Vec3::Y }));
    } else {
        let radius = thickness(ra, rb, 0.0);
        let ends = dome(a, -facing(0.0), radius);
        rings.extend(ends.into_iter().rev().map(|(at, radius)| Ring { at, radius, facing: facing(0.0) }));
    }
    for i in 0..=BODY {
        let t = from + (to - from) * i as f32 / BODY as f32;
        let upright = if stands && i == 0 { Vec3::Y } else { Vec3::ZERO };
        rings.push(Ring {
            at: at(t),
            radius: thickness(ra, rb, t),
            facing: (facing(t) + upright).normalize_or(Vec3::Y),
        });
    }
    let ends = dome(b, facing(1.0), thickness(ra, rb, 1.0));
    rings.extend(ends.map(|(at, radius)| Ring { at, radius, facing: facing(1.0) }));
    skinned(&rings, 8)
}

/// A closed skin about a parametric sheet, as thick as `thickness` inside and drawn thin toward a soft lip all around.
pub(crate) fn lipped(cells: [u32; 2], thickness: f32, point: impl Fn(f32, f32) -> Vec3) -> Shape {
    let mut shape = slab(cells, thickness, point);
    let (row, half) = (cells[0] as usize + 1, shape.positions.len() / 2);
    let edge = |i: usize, n: u32| (2.0 * i as f32 / n as f32 - 1.0).abs().powi(6);
    for i in 0..half {
        let thin = 1.0 - 0.6 * edge(i % row, cells[0]).max(edge(i / row, cells[1]));
        let middle = 0.5 * (shape.positions[i] + shape.positions[i + half]);
        for k in [i, i + half] {
            shape.positions[k] = middle + thin * (shape.positions[k] - middle);
        }
    }
    gesamt_mesh::shapes2::oriented(shape)
}

/// The smooth curve through a row of points at `t` from 0 to 1 (Catmull and Rom).
pub(crate) fn through(points: &[Vec3], t: f32) -> Vec3 {
    let last = points.len().saturating_sub(1);
    let s = t.clamp(0.0, 1.0) * last as f32;
    let i = (s as usize).min(last.saturating_sub(1));
    let f = s - i as f32;
    let at = |k: isize| points.get((i as isize + k).clamp(0, last as isize) as usize).copied().unwrap_or_default();
    let (a, b, c, d) = (at(-1), at(0), at(1), at(2));
    let (first, second, third) = (c - a, 2.0 * a - 5.0 * b + 4.0 * c - d, 3.0 * b - a - 3.0 * c + d);
    b + 0.5 * f * (first + f * (second + f * third))
}

impl Pen<'_> {
    /// A grown strut with knuckles from `a` to `b`, bowed by `bend`: an end on the ground is a flared pad that stands flat, a
    /// free end is rounded.
    pub fn bone(&mut self, a: Vec3, b: Vec3, bend: Vec3, ra: f32, rb: f32) {
        let shape = match (self.grounded(a), self.grounded(b)) {
            (false, true) => limb(b, a, bend, rb, ra, true),
            (stands, _) => limb(a, b, bend, ra, rb, stands),
        };
        self.skin(Part::Frame, &shape);
    }

    /// The flared pad under a limb of radius `r` that stands at `at`.
    pub fn pad(&mut self, at: Vec3, r: f32) {
        let top = v2(0.85 * r, 1.7 * r);
        let profile: Vec<Vec2> = PAD.iter().map(|(y, q)| v2(q * r, y * r)).chain([top]).collect();
        self.skin(Part::Frame, &lathe(&profile, 9).at(at.x, at.y, at.z));
    }

    /// Whether a point lies on the ground of the model and the frame is upright.
    fn grounded(&self, at: Vec3) -> bool {
        let (at, up) = self.in_model(at);
        at.y.abs() < GROUND && up.y > 0.999
    }

    /// Adds a shape shaded softly all over.
    pub fn skin(&mut self, part: Part, shape: &Shape) -> &mut Self {
        self.creased(SKIN, |p| {
            p.put(part, shape);
        })
    }

    /// A soft tube through a row of points in `n` steps, tapering from `ra` to `rb`, its ends rounded.
    pub fn tendril(&mut self, part: Part, points: &[Vec3], n: usize, ra: f32, rb: f32) -> &mut Self {
        let mut path: Vec<Vec3> = (0..=n).map(|i| through(points, i as f32 / n as f32)).collect();
        let mut radius: Vec<f32> = (0..=n).map(|i| ra + (rb.max(0.004) - ra) * i as f32 / n as f32).collect();
        let out = (path[0] - path[1]).normalize_or(Vec3::Y);
        path.insert(0, path[0] + 0.45 * ra * out);
        radius.insert(0, 0.0);
        let out = (path[n + 1] - path[n]).normalize_or(Vec3::Y);
        path.push(path[n + 1] + 0.45 * rb.max(0.004) * out);
        radius.push(0.0);
        let sides = if ra.max(rb) < 0.03 { 5 } else { 7 };
        self.skin(part, &tube(&path, &radius, sides))
    }
}
