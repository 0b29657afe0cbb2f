//! Cacti: ribbed columns with arms, and the clustered horns of other worlds.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Shape;
use gesamt_mesh::shapes::{lathe, sphere, tube};
use gesamt_mesh::shapes2::{leaf, loft, oriented};
use glam::{Quat, Vec2, Vec3};

use super::ground::boulder;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// How deep the furrows between the ribs of the trunk are, in metres.
const FURROW: f32 = 0.03;
/// How high the pale crests stand on the ribs.
const CREST: f32 = 0.009;

pub(crate) fn cactus(p: &mut Pen) {
    let h = p.size("height", 1.6, 3.6);
    if p.dialect() == Dialect::Organic {
        horns(p, h);
    } else {
        saguaro(p, h);
    }
    let stone = boulder(v(0.25, 0.18, 0.22), 6, 1, p.rng.seed());
    let r = 0.06 * h + 0.08;
    p.put_at(Part::Rock, &stone, v(1.25 * r, 0.0, 0.7 * r));
}

/// A ribbed limb: where it runs, how thick it is there, and its ribs.
struct Limb {
    path: Vec<Vec3>,
    radius: Vec<f32>,
    ribs: usize,
    furrow: f32,
    /// Turns of the ribs about the limb over its length.
    twist: f32,
}

impl Limb {
    /// The middle, the way along and the two ways across at each joint.
    fn frames(&self) -> Vec<[Vec3; 4]> {
        let n = self.path.len();
        let tangent = |i: usize| (self.path[(i + 1).min(n - 1)] - self.path[i.saturating_sub(1)]).normalize_or(Vec3::Y);
        let mut across = tangent(0).any_orthonormal_vector();
        (0..n)
            .map(|i| {
                if i > 0 {
                    across = Quat::from_rotation_arc(tangent(i - 1), tangent(i)) * across;
                }
                [self.path[i], tangent(i), across, tangent(i).cross(across)]
            })
            .collect()
    }

    /// The direction of a part of a turn about the limb at joint `i`.
    fn around(&self, frame: &[Vec3; 4], i: usize, part: f32) -> Vec3 {
        let e = Vec2::from_angle(TAU * (part + self.twist * i as f32 / self.path.len() as f32));
        frame[2] * e.x + frame[3] * e.y
    }

    fn body(&self) -> Shape {
        let n = 2 * self.ribs;
        let sections: Vec<Vec<Vec3>> = (self.frames().iter().enumerate())
            .map(|(i, frame)| {
                if i + 1 == self.path.len() {
                    return vec![frame[0]];
                }
                let deep = self.furrow * (self.radius[i] / self.radius[1]).min(1.0);
                (0..n)
                    .map(|k| {
                        let r = self.radius[i] - if k % 2 == 0 { 0.0 } else { deep };
                        frame[0] + self.around(frame, i, k as f32 / n as f32) * r
                    })
                    .collect()
            })
            .collect();
        oriented(loft(&sections))
    }

    /// Puts the body, its pale crests and `rows` of spines along every rib.
    fn grow(&self, p: &mut Pen, rows: usize) {
        p.crease(34.0).put(Part::Main, &self.body());
        let frames = self.frames();
        let last = self.path.len() - 2;
        for rib in 0..self.ribs {
            let part = rib as f32 / self.ribs as f32;
            let crest: Vec<Vec3> = (0..=last)
                .map(|i| frames[i][0] + self.around(&frames[i], i, part) * (self.radius[i] - 0.3 * CREST))
                .collect();
            if p.left() < 60 + 6 * crest.len() {
                continue;
            }
            p.put(Part::Panel, &tube(&crest, &vec![CREST; crest.len()], 3));
            for row in 0..rows {
                let t = (row as f32 + 0.9 + 0.3 * (rib % 2) as f32) / (rows as f32 + 0.5) * last as f32;
                let (i, f) = ((t as usize).min(last - 1), t.fract());
                let (at, out) = (crest[i].lerp(crest[i + 1], f), self.around(&frames[i], i, part));
                areole(p, at, out, frames[i][1]);
            }
        }
        p.crease(50.0);
    }
}

/// A cushion with a pair of spines that spread.
fn areole(p: &mut Pen, at: Vec3, out: Vec3, along: Vec3) {
    const LONG: f32 = 0.065;
    let side = out.cross(along);
    for s in [-1.0, 1.0] {
        if p.left() < 250 {
            return;
        }
        let dir = (out + side * s * 0.7 * p.about(0.4) + along * (0.25 - 0.45 * s * p.rng.unit())).normalize_or(out);
        p.put(Part::Ceramic, &tube(&[at - out * 0.006, at + dir * LONG * p.about(0.25)], &[0.006, 0.0], 3));
    }
}

fn saguaro(p: &mut Pen, h: f32) {
    let r = 0.05 * h + 0.05;
    let trunk = Limb {
        path: [-0.01f32, 0.1, 0.4, 0.7, 0.9, 0.955, 0.985, 1.0]
            .iter()
            .map(|t| v(0.012 * (7.0 * t).sin(), h * t, 0.0))
            .collect(),
        radius: [0.84, 0.94, 1.04, 1.0, 0.9, 0.7, 0.4, 0.0].map(|t| t * r).to_vec(),
        ribs: 14,
        furrow: FURROW,
        twist: 0.0,
    };
    p.solid(|p| trunk.grow(p, 6));
    let turn = TAU * p.rng.unit();
    let high = p.rng.below(2);
    for k in 0..2 {
        let a = turn + PI * k as f32 + 0.6 * p.rng.signed();
        let low = h * if k == high { p.rng.range(0.46, 0.54) } else { p.rng.range(0.3, 0.4) };
        let up = h * p.rng.range(0.2, 0.34);
        p.solid(|p| arm(r, a, low, up).grow(p, 3));
    }
    foot(p, r);
    crown(p, v(0.012 * 7f32.sin(), h, 0.0), 0.55 * r);
}

/// An arm that leaves the trunk through a waist, rounds its elbow and rises.
fn arm(r: f32, a: f32, low: f32, up: f32) -> Limb {
    let (e, q) = (v(a.cos(), 0.0, a.sin()), 0.66 * r);
    let reach = 2.5 * r + 0.06;
    let at = |x: f32, y: f32| v(0.0, low, 0.0) + e * x + Vec3::Y * y;
    let top = 0.9 * q + up;
    Limb {
        path: vec![
            at(0.7 * r, -0.01),
            at(1.1 * r, 0.0),
            at(0.62 * reach, 0.02 * reach),
            at(0.84 * reach, 0.1 * reach),
            at(0.96 * reach, 0.26 * reach),
            at(reach, 0.5 * reach),
            at(reach, 0.5 * reach + 0.55 * top),
            at(reach, 0.5 * reach + top),
            at(reach, 0.5 * reach + top + 0.5 * q),
            at(reach, 0.5 * reach + top + 0.72 * q),
        ],
        radius: [0.6, 0.56, 0.92, 1.03, 1.06, 1.04, 1.0, 0.9, 0.5, 0.0].map(|t| t * q).to_vec(),
        ribs: 8,
        furrow: 0.7 * FURROW,
        twist: 0.0,
    }
}

/// Cork that has overgrown the ribs at the ground.
fn foot(p: &mut Pen, r: f32) {
    let profile = [v2(1.12 * r, -0.04), v2(1.06 * r, 0.08), v2(0.99 * r, 0.2), v2(0.8 * r, 0.27)];
    let shape = lathe(&profile, 12).mapped(|q| {
        let a = q.z.atan2(q.x);
        v(q.x, q.y + if q.y > 0.1 { 0.035 * (5.0 * a).sin() } else { 0.0 }, q.z)
            * v(1.0 + 0.04 * (3.0 * a).cos(), 1.0, 1.0)
    });
    p.crease(30.0).put(Part::Bark, &shape).crease(50.0);
}

/// A wreath of flowers about the top.
fn crown(p: &mut Pen, top: Vec3, r: f32) {
    for k in 0..5 {
        let e = Vec2::from_angle(TAU * k as f32 / 5.0 + 0.4) * r;
        let at = top + v(e.x, -0.3 * r, e.y);
        let lean = Quat::from_rotation_arc(Vec3::Y, v(e.x / r, 1.6, e.y / r).normalize());
        p.turned(at, lean, |p| {
            p.put(Part::Panel, &tube(&[v(0.0, -0.02, 0.0), v(0.0, 0.045, 0.0)], &[0.014, 0.022], 5));
            for petal in 0..6 {
                let d = Vec2::from_angle(TAU * petal as f32 / 6.0);
                p.put(
                    Part::Bloom,
                    &leaf(v(0.0, 0.036, 0.0), v(0.055 * d.x, 0.03, 0.055 * d.y), v(-d.y, 0.0, d.x), 0.04, 0.008),
                );
            }
        });
    }
}

/// The body plan of another world: horns with winding ribs that lean out of one swollen foot, each with a bright eye.
fn horns(p: &mut Pen, h: f32) {
    let n = 4;
    let turn = TAU * p.rng.unit();
    for k in 0..n {
        let a = turn + TAU * k as f32 / n as f32;
        let out = v(a.cos(), 0.0, a.sin());
        let tall = h * [1.0, 0.5, 0.72, 0.38][k];
        let lean = out * tall * 0.34;
        let r = 0.05 * tall + 0.1;
        let steps = 8;
        let at = |t: f32| out * 0.07 * h + lean * (1.4 * t - 0.75 * t * t * t) + v(0.0, tall * t + 0.01, 0.0);
        let horn = Limb {
            path: (0..=steps).map(|i| at(i as f32 / steps as f32)).collect(),
            radius: [0.7, 1.0, 0.9, 0.62, 0.5, 0.52, 0.72, 0.8, 0.0].map(|t| t * r).to_vec(),
            ribs: 7,
            furrow: 0.3 * r,
            twist: 0.6,
        };
        p.solid(|p| horn.grow(p, 2));
        let eye = sphere(0.5 * r, 5, 8);
        p.put_at(Part::Glow, &eye, at(0.98));
    }
    let swollen = lathe(&[v2(0.2 * h, -0.02), v2(0.22 * h, 0.04 * h), v2(0.15 * h, 0.12 * h), v2(0.0, 0.16 * h)], 14)
        .mapped(|q| q * v(1.0 + 0.08 * (4.0 * q.z.atan2(q.x)).cos(), 1.0, 1.0));
    p.crease(80.0).put(Part::Bark, &swollen).crease(50.0);
}
