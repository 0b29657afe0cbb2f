//! What grows on the sea bed: reefs of coral and stands of kelp, each on a rock whose surface is known.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{blob, lathe, slab, tube};
use gesamt_mesh::shapes2::{loft, oriented};
use gesamt_mesh::{Hull, Shape, noise};
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::Part;

/// How much of a colony's height is sunk into the rock it grows on.
const SUNK: f32 = 0.15;
/// Triangles of a blade with its bladder.
const BLADE_TRIANGLES: usize = 52;

/// A rock with a flat underside, whose height is known everywhere.
struct Mound {
    /// Half its size in x and z, and its height.
    half: Vec2,
    height: f32,
    /// 1 for a cone-like rise, more for a broad top with steep sides.
    breadth: f32,
    seed: u32,
}

impl Mound {
    /// How far its foot reaches in a direction, against a plain ellipse.
    fn reach(&self, e: Vec2) -> f32 {
        1.0 + 0.14 * noise::gradient(v(1.7 * e.x, 1.7 * e.y, 0.5), self.seed)
    }

    /// Its height over a point given as a part of its foot's reach.
    fn rise(&self, e: Vec2) -> f32 {
        let lumps = 1.0 + 0.45 * noise::fbm(v(1.9 * e.x, 3.7, 1.9 * e.y), 2, self.seed);
        self.height * (1.0 - e.length_squared().powf(self.breadth)).max(0.0) * lumps
    }

    /// The point of the surface at a part `t` of the way to the foot in the direction `a`.
    fn at(&self, a: f32, t: f32) -> Vec3 {
        let e = Vec2::from_angle(a);
        let out = e * t * self.half * self.reach(e);
        v(out.x, self.rise(e * t), out.y)
    }

    /// The direction in which the surface faces there.
    fn normal(&self, a: f32, t: f32) -> Vec3 {
        let step = 0.12;
        let along = self.at(a, t + step) - self.at(a, (t - step).max(0.0));
        let across = self.at(a + step, t.max(0.1)) - self.at(a - step, t.max(0.1));
        let n = along.cross(across).normalize_or(Vec3::Y);
        if n.y < 0.0 { -n } else { n }
    }

    fn shape(&self, segments: u32) -> Shape {
        let rows = [1.0, 0.95, 0.84, 0.68, 0.48, 0.26, 0.0];
        let profile: Vec<Vec2> = rows.iter().enumerate().map(|(k, t)| v2(*t, k as f32)).collect();
        lathe(&profile, segments).mapped(|q| {
            let flat = v2(q.x, q.z);
            let e = flat.normalize_or(Vec2::X);
            let out = flat * self.half * self.reach(e);
            let is_foot = q.y < 0.5;
            v(out.x, if is_foot { 0.0 } else { self.rise(flat).max(0.012) }, out.y)
        })
    }
}

pub(crate) fn coral(p: &mut Pen) {
    let s = p.size("height", 0.7, 1.5) / 1.1;
    let mound = Mound { half: v2(0.6, 0.45) * s, height: 0.35 * s, breadth: 2.2, seed: p.rng.seed() };
    p.crease(45.0).put(Part::Rock, &mound.shape(20)).crease(80.0);
    let turn = TAU * p.rng.unit();
    brain(p, &mound, [turn, 0.5], 0.23 * s, 18);
    brain(p, &mound, [turn + 2.5, 0.62], 0.17 * s, 16);
    brain(p, &mound, [turn + 4.3, 0.8], 0.15 * s, 14);
    fan(p, &mound, turn + 3.4, 0.5 * s);
    for k in 0..2 {
        staghorn(p, &mound, [turn + 1.25 + 3.9 * k as f32, 0.3 + 0.3 * k as f32], 0.42 * s * p.about(0.15));
    }
    for (a, n) in [(turn + 0.9, 7), (turn + 3.0, 5)] {
        tubes(p, &mound, [a, 0.58], n, s);
    }
    for k in 0..9 {
        let (a, t) = (2.4 * k as f32 + turn, p.rng.range(0.2, 0.9));
        button(p, &mound, [a, t], 0.045 * s * p.about(0.35));
    }
    p.crease(50.0);
    let b = p.bounds();
    p.hull(Hull::cuboid(v(b.min.x, 0.0, b.min.z), v(b.max.x, 0.9 * b.max.y, b.max.z)));
}

/// Runs `f` in a frame that stands on the mound and faces as its surface does, `sink` metres deep.
fn rooted(p: &mut Pen, mound: &Mound, [a, t]: [f32; 2], upright: f32, sink: f32, f: impl FnOnce(&mut Pen)) {
    let up = mound.normal(a, t).lerp(Vec3::Y, upright).normalize_or(Vec3::Y);
    p.turned(mound.at(a, t) - up * sink, Quat::from_rotation_arc(Vec3::Y, up), f);
}

/// Half a ball of winding ridges.
fn brain(p: &mut Pen, mound: &Mound, place: [f32; 2], r: f32, segments: u32) {
    let seed = p.rng.seed();
    let rows = segments / 2;
    let dome = (0..=rows).map(|k| {
        let a = 0.5 * PI * k as f32 / rows as f32;
        v2(if k == rows { 0.0 } else { r * a.cos() }, 0.82 * r * a.sin())
    });
    // A skirt reaches into the rock where it falls away.
    let profile: Vec<Vec2> = std::iter::once(v2(0.6 * r, -0.7 * r)).chain(dome).collect();
    let shape = lathe(&profile, segments).mapped(|q| {
        let d = q / r;
        let ridge = (13.0 * d.x + 6.0 * noise::gradient(d * 2.4, seed)).sin();
        q * (1.0 + 0.05 * ridge + 0.08 * noise::gradient(d * 1.3, seed ^ 5))
    });
    rooted(p, mound, place, 0.35, SUNK * r + 0.03, |p| {
        p.put(Part::Bloom, &shape);
    });
}

/// A bunch of tubes, each standing on the surface where it is.
fn tubes(p: &mut Pen, mound: &Mound, [a, t]: [f32; 2], n: usize, s: f32) {
    for k in 0..n {
        let ring = Vec2::from_angle(2.4 * k as f32) * 0.17 * (k as f32 / n as f32).sqrt();
        let (r, tall) = (0.036 * s * p.about(0.25), s * p.rng.range(0.16, 0.36) * (1.15 - ring.length() * 2.5));
        let sponge = lathe(
            &[
                v2(0.7 * r, -0.1 * s),
                v2(r, 0.35 * tall),
                v2(1.35 * r, tall),
                v2(1.15 * r, 1.03 * tall),
                v2(0.75 * r, 0.8 * tall),
            ],
            7,
        );
        rooted(p, mound, [a + 1.6 * ring.x, (t + ring.y).min(0.72)], 0.75, SUNK * tall, |p| {
            p.put(Part::Cloth, &sponge);
        });
    }
}

/// A small round colony.
fn button(p: &mut Pen, mound: &Mound, place: [f32; 2], r: f32) {
    let shape = lathe(&[v2(0.9 * r, -0.3 * r), v2(r, 0.1 * r), v2(0.65 * r, 0.55 * r), v2(0.0, 0.45 * r)], 7);
    rooted(p, mound, place, 0.0, 0.0, |p| {
        p.put(Part::Cloth2, &shape);
    });
}

/// A thicket of forked branches.
fn staghorn(p: &mut Pen, mound: &Mound, place: [f32; 2], h: f32) {
    let mut branches = Vec::new();
    let mut todo = vec![(Vec3::ZERO, v(0.12 * p.rng.signed(), 1.0, 0.1).normalize(), 0.42 * h, 0.07 * h, 0)];
    while let Some((at, dir, long, r, level)) = todo.pop() {
        let end = at + dir * long;
        let mid = at + dir * 0.5 * long + v(p.rng.signed(), 0.3, p.rng.signed()) * 0.07 * long;
        branches.push(tube(&[at, mid, end, end + dir * r], &[r, 0.85 * r, 0.72 * r, 0.3 * r], 5));
        let forks = [3, 2, 0][level];
        for k in 0..forks {
            let turn = Quat::from_axis_angle(dir, TAU * k as f32 / forks as f32 + p.rng.unit());
            let aim = (dir * 0.7 + turn * dir.any_orthonormal_vector() * 0.75 + Vec3::Y * 0.35).normalize();
            todo.push((end - dir * 0.12 * long, aim, long * p.rng.range(0.6, 0.85), 0.75 * r, level + 1));
        }
    }
    rooted(p, mound, place, 0.6, SUNK * h, |p| {
        for branch in &branches {
            p.put(Part::Main, branch);
        }
    });
}

/// A fan of lace: a scalloped sheet, ribs that fork over it, and a stem; wider than high.
fn fan(p: &mut Pen, mound: &Mound, a: f32, w: f32) {
    let h = 0.8 * w;
    let wave = TAU * p.rng.unit();
    let bend = |x: f32, y: f32| 0.025 * w * (4.0 * x / w + wave).sin() * y / h;
    let sheet = slab([20, 4], 0.012, |x, y| {
        let e = Vec2::from_angle(PI * (0.93 - 0.86 * x));
        let rim = 1.0 - 0.07 * (TAU * 3.5 * x + wave).cos().abs() - 0.1 * (2.0 * x - 1.0).abs();
        let out = 0.06 + 0.94 * y * rim;
        let (fx, fy) = (0.52 * w * e.x * out, 0.16 * h + 0.8 * h * e.y * out);
        v(fx, fy, bend(fx, fy))
    });
    let mut ribs = vec![tube(&[v(0.0, 0.0, 0.0), v(0.0, 0.2 * h, bend(0.0, 0.2 * h))], &[0.045 * w, 0.032 * w], 6)];
    let mut todo: Vec<(Vec2, f32, f32, f32, usize)> =
        [2.5, 1.95, 1.45, 0.95, 0.55].map(|a| (v2(0.0, 0.18 * h), a, 0.33 * h, 0.034 * w, 0)).to_vec();
    while let Some((from, angle, long, r, level)) = todo.pop() {
        let to = from + Vec2::from_angle(angle) * long;
        let ends = [from, 0.5 * (from + to) + v2(0.0, 0.04 * long), to].map(|q| v(q.x, q.y, bend(q.x, q.y)));
        ribs.push(tube(&ends, &[r, 0.9 * r, 0.7 * r], 3));
        if level < 2 {
            let spread = 0.24 * p.about(0.3);
            for side in [-spread, spread] {
                todo.push((to - (to - from) * 0.06, angle + side, 0.62 * long, 0.72 * r, level + 1));
            }
        }
    }
    let up = mound.at(a, 0.45) - v(0.0, SUNK * h, 0.0);
    p.at(up, -a + 0.5 * PI, |p| {
        p.put(Part::Accent, &oriented(sheet));
        ribs.iter().for_each(|rib| {
            p.put(Part::Cloth2, rib);
        });
    });
}

pub(crate) fn kelp(p: &mut Pen) {
    let h = p.size("height", 2.0, 3.5);
    let n = p.size("density", 5.0, 7.9) as usize;
    let rock = Mound { half: v2(0.27, 0.24), height: 0.24, breadth: 1.5, seed: p.rng.seed() };
    p.crease(35.0).put(Part::Rock, &rock.shape(12)).crease(80.0);
    holdfast(p, &rock);
    let current = v(0.9, 0.0, 0.35 * p.rng.signed()).normalize();
    let stipes: Vec<Stipe> = (0..n).map(|k| Stipe::grown(p, current, k, n, h)).collect();
    for stipe in &stipes {
        let path: Vec<Vec3> = (0..=12).map(|i| stipe.at(i as f32 / 12.0)).collect();
        let radius: Vec<f32> = (0..=12).map(|i| 0.02 - 0.001 * i as f32).collect();
        p.put(Part::Bark, &tube(&path, &radius, 4));
    }
    let each = p.left() / BLADE_TRIANGLES / n;
    for stipe in &stipes {
        for i in 0..each {
            stipe.blade(p, current, i, each);
        }
    }
    p.crease(50.0);
    let b = p.bounds();
    p.hull(Hull::cuboid(v(0.9 * b.min.x, 0.0, 0.9 * b.min.z), v(0.9 * b.max.x, 0.95 * b.max.y, 0.9 * b.max.z)));
}

/// Roots that grip the rock and the crown from which the stipes rise.
fn holdfast(p: &mut Pen, rock: &Mound) {
    let top = rock.at(0.0, 0.0);
    for k in 0..8 {
        let a = TAU * k as f32 / 8.0 + 0.3 * p.rng.signed();
        let long = p.rng.range(0.75, 1.0);
        let path: Vec<Vec3> = [0.08, 0.35, 0.65, 0.9, 1.03]
            .iter()
            .map(|t| {
                let q = rock.at(a + 0.35 * (4.0 * t + k as f32).sin() * t, (t * long).min(0.99));
                v(q.x, (q.y + 0.016 - 0.02 * t).max(0.012) + if *t < 0.1 { 0.03 } else { 0.0 }, q.z)
            })
            .collect();
        p.put(Part::Bark, &tube(&path, &[0.036, 0.031, 0.025, 0.018, 0.006], 4));
    }
    let crown = blob(1, |d| 0.1 * (1.0 + 0.25 * noise::gradient(d * 3.0, rock.seed)));
    p.put_at(Part::Bark, &crown.mapped(|q| v(q.x, 0.6 * q.y, q.z)), top + v(0.0, 0.02, 0.0));
}

/// A stem that sways in an S.
struct Stipe {
    root: Vec3,
    tall: f32,
    lean: Vec3,
    sway: f32,
    phase: f32,
}

impl Stipe {
    fn grown(p: &Pen, current: Vec3, k: usize, n: usize, h: f32) -> Self {
        let a = TAU * k as f32 / n as f32 + 0.4 * p.rng.signed();
        let out = v(a.cos(), 0.0, a.sin());
        let tall = h * if k == 0 { 1.0 } else { p.rng.range(0.6, 0.95) };
        Self {
            root: v(0.0, 0.22, 0.0) + out * 0.05,
            tall: tall - 0.22,
            lean: current * 0.2 * tall * p.about(0.4) + out * 0.13 * tall,
            sway: 0.085 * tall * p.about(0.3),
            phase: k as f32 * 0.9 + p.rng.unit(),
        }
    }

    /// The point at a part `t` of its length.
    fn at(&self, t: f32) -> Vec3 {
        let wave = TAU * 0.95 * t + self.phase;
        let grown = (2.0 * t).min(1.0);
        let s = self.sway * grown * grown * (3.0 - 2.0 * grown);
        self.root
            + self.lean * t.powf(1.3)
            + v(
                s * (wave.sin() - self.phase.sin()),
                self.tall * t,
                1.2 * s * ((1.1 * wave).cos() - (1.1 * self.phase).cos()),
            )
    }

    /// Blade `i` of `n`: a rippled ribbon with a bladder at its base, drooping with the current.
    fn blade(&self, p: &mut Pen, current: Vec3, i: usize, n: usize) {
        let t = 1.0 - 0.86 * (i as f32 + 0.5 * p.rng.unit() * f32::from(u8::from(i > 0))) / n as f32;
        let at = self.at(t);
        let turn = 2.4 * i as f32 + self.phase;
        let out = (v(turn.cos(), 0.0, turn.sin()) * 0.75 + current).normalize_or(current);
        let long = p.rng.range(0.62, 0.85) * (1.05 - 0.12 * t);
        let fall = p.rng.range(0.2, 1.0);
        let root = at + out * 0.055 + v(0.0, 0.03, 0.0);
        p.put(Part::Goods, &tube(&[at - out * 0.004, at.lerp(root, 0.62), root + out * 0.01], &[0.007, 0.019, 0.0], 3));
        let drift = v(-current.z, 0.0, current.x) * 0.3;
        let shape = ribbon(root - out * 0.012, long, turn, |t| {
            let swing = drift * (4.0 * t + turn).sin();
            (out * (0.9 - 0.6 * t) + current * 1.1 * t + swing + Vec3::Y * (0.4 - 2.3 * fall * t)).normalize_or(current)
        });
        p.put(Part::Main, &shape);
    }
}

/// A ribbon of a blade: `long` metres from `base` in a direction that changes with the part of its length; its edges ripple.
fn ribbon(base: Vec3, long: f32, phase: f32, heading: impl Fn(f32) -> Vec3) -> Shape {
    const STEPS: usize = 8;
    const HALF_WIDTH: f32 = 0.037;
    // Blades hang aslant, so that they are seen from the side as well as from above.
    let roll = if phase.sin() > 0.0 { 0.95 } else { -0.95 };
    let mut sections = vec![vec![base]];
    let mut at = base;
    for k in 1..=STEPS {
        let t = k as f32 / STEPS as f32;
        let dir = heading(t - 0.5 / STEPS as f32);
        at += dir * long / STEPS as f32;
        if k == STEPS {
            sections.push(vec![at]);
            break;
        }
        let flat = dir.cross(Vec3::Y).normalize_or(Vec3::Z);
        let side = Quat::from_axis_angle(dir, roll + 0.5 * (phase + 2.2 * t).sin()) * flat;
        let up = side.cross(dir);
        let half = HALF_WIDTH * (2.4 * t + 0.2).min(1.0) * (1.0 - t.powi(4));
        let ripple = |shift: f32| up * 0.017 * (2.5 * k as f32 + phase + shift).sin();
        let scallop = |shift: f32| half * (1.0 + 0.22 * (2.9 * k as f32 + phase + shift).sin());
        let (left, right) = (side * scallop(0.0), side * scallop(2.2));
        sections.push(vec![at - left + ripple(0.0), at + up * 0.005, at + right + ripple(1.8)]);
    }
    oriented(loft(&sections))
}
