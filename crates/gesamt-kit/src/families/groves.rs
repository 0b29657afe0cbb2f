//! Palms, bamboo and tall grasses.

use std::f32::consts::TAU;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{sphere, tube};
use gesamt_mesh::shapes2::{leaf, torus};
use gesamt_world::Genre;
use glam::Vec3;

use super::ground::boulder;
use super::pen::{Pen, v};
use crate::style::{Dialect, Part};

pub(crate) fn palm(p: &mut Pen) {
    let h = p.size("height", 4.5, 8.5);
    super::trees::palm(p, h);
    if matches!(p.dialect(), Dialect::Sleek | Dialect::Neon) {
        // Planted in a lit collar.
        p.put(Part::Frame, &gesamt_mesh::shapes2::hoop(0.42, 0.14, 0.35, 20));
        p.put_at(Part::Glow, &torus(0.5, 0.02, 20, 5), v(0.0, 0.36, 0.0));
        p.drum(Part::Soil, Vec3::ZERO, 0.44, 0.28);
    } else if p.overgrowth() > 0.1 {
        p.tufts(((10.0 * p.overgrowth()) as usize).min(p.left() / 150), 0.25, 0.8, 1.0);
    }
}

pub(crate) fn bamboo(p: &mut Pen) {
    let h = p.size("height", 3.0, 6.5);
    let spread = 0.35 + 0.5 * p.param("spread", 0.5);
    let n = (6.0 * p.size("density", 0.6, 1.5)).round() as usize;
    let alien = p.dialect() == Dialect::Organic;
    for k in 0..n {
        let a = 2.4 * k as f32 + 0.6 * p.rng.unit();
        let out = spread * ((k as f32 + 0.4) / n as f32).sqrt();
        let (tall, r) = (h * p.rng.range(0.62, 1.0), p.rng.range(0.028, 0.05));
        let lean = v(a.cos(), 0.0, a.sin()) * tall * p.rng.range(0.02, 0.12);
        cane(p, v(out * a.cos(), -0.02, out * a.sin()), tall, r, lean, alien);
    }
    if !p.style.is_bare_season() {
        p.tufts((4.0 + 6.0 * p.overgrowth()) as usize, 0.2, spread + 0.2, 1.0);
    }
    let b = p.bounds();
    p.hull(Hull::drum(Vec3::ZERO, spread + 0.1, 0.5 * h, 8));
    p.hull(Hull::cuboid(v(0.85 * b.min.x, 0.5 * h, 0.85 * b.min.z), v(0.85 * b.max.x, 0.97 * b.max.y, 0.85 * b.max.z)));
}

/// One stalk: jointed, with branches of narrow leaves in its upper half.
fn cane(p: &mut Pen, root: Vec3, h: f32, r: f32, lean: Vec3, alien: bool) {
    let joints = (h / 0.42).round().clamp(5.0, 12.0) as usize;
    let at = |t: f32| root + v(0.0, h * t, 0.0) + lean * t * t;
    let part = if alien { Part::Frame } else { Part::Plant };
    for k in 0..joints {
        let (a, b) = (k as f32 / joints as f32, (k as f32 + 1.0) / joints as f32);
        let thin = |t: f32| r * (1.0 - 0.55 * t);
        let swell = if alien { 1.9 } else { 1.25 };
        let path = [at(a), at(a + 0.06 * (b - a)), at(b - 0.06 * (b - a)), at(b)];
        let girth = [thin(a) * swell, thin(a), thin(b), thin(b) * swell];
        if p.left() < 700 {
            return;
        }
        p.crease(50.0).put(part, &tube(&path, &girth, 7));
        if alien && k % 3 == 2 {
            p.put_at(Part::Glow, &sphere(1.5 * r, 4, 7), at(b));
        }
    }
    if p.style.is_bare_season() {
        return;
    }
    for k in joints / 3..=joints {
        let t = k as f32 / joints as f32;
        for s in 0..2 {
            let a = 2.4 * k as f32 + std::f32::consts::PI * s as f32 + 0.5 * p.rng.signed();
            let long = h * 0.1 * p.rng.range(0.7, 1.2);
            let out = v(a.cos(), 0.5, a.sin()).normalize() * long;
            if p.left() < 300 {
                return;
            }
            p.put(part, &tube(&[at(t), at(t) + out], &[0.007, 0.003], 3));
            for j in 0..5 {
                let q = 0.35 + 0.16 * j as f32;
                let spin = TAU * p.rng.unit();
                let blade = v(a.cos() + 0.8 * spin.cos(), -0.55, a.sin() + 0.8 * spin.sin()).normalize();
                let size = p.rng.range(0.2, 0.34);
                let side = blade.cross(Vec3::Y).normalize_or(Vec3::X);
                p.put(Part::Plant, &leaf(at(t) + out * q, blade * size, side, 0.16 * size, 0.03 * size));
            }
        }
    }
}

pub(crate) fn grass(p: &mut Pen) {
    let h = p.size("height", 0.5, 1.4);
    let spread = 0.2 + 0.5 * p.param("spread", 0.5);
    let blades = (64.0 * p.size("density", 0.6, 1.5)) as usize;
    let reeds = matches!(p.style.place, gesamt_world::Place::Swamp | gesamt_world::Place::Harbor)
        || p.style.genre == Genre::Nautical;
    let alien = p.dialect() == Dialect::Organic;
    for k in 0..blades {
        if p.left() < 220 {
            break;
        }
        let a = 2.4 * k as f32;
        let out = spread * ((k as f32 + 0.5) / blades as f32).sqrt();
        let root = v(out * a.cos(), -0.01, out * a.sin());
        let tall = h * p.rng.range(0.5, 1.0) * (1.15 - 0.5 * out / spread);
        let drift = p.rng.range(0.1, 0.55) * tall;
        let heading = a + 0.9 * p.rng.signed();
        let away = v(heading.cos(), 0.0, heading.sin());
        let side = v(-heading.sin(), 0.0, heading.cos());
        // A blade is a folded strip, stiff below and bending above.
        let (foot, mid) = (root, root + v(0.0, 0.62 * tall, 0.0) + away * 0.28 * drift);
        let tip = root + v(0.0, tall - 0.35 * drift, 0.0) + away * drift;
        let wide = if reeds { 0.022 } else { 0.03 } * (0.6 + 0.5 * h);
        p.put(Part::Plant, &blade(foot, mid, tip, side, away, wide));
        let borne = (reeds && k % 9 == 0) || (alien && k % 6 == 0);
        if borne {
            p.put(
                Part::Plant,
                &tube(&[foot, foot.lerp(tip, 0.5) + v(0.0, 0.12 * tall, 0.0), tip], &[0.008, 0.007, 0.006], 4),
            );
        }
        if reeds && k % 9 == 0 {
            let head = [tip, tip + v(0.0, 0.1, 0.0), tip + v(0.0, 0.2, 0.0)];
            p.put(Part::Bark, &tube(&head, &[0.012, 0.024, 0.012], 6));
        } else if alien && k % 6 == 0 {
            p.put_at(Part::Glow, &sphere(0.028, 4, 6), tip);
        } else if k % 7 == 0 && p.style.condition.overgrowth > 0.3 {
            ear(p, tip, away);
        }
    }
    if p.left() > 200 {
        let stone = boulder(v(0.22, 0.14, 0.2), 6, 1, p.rng.seed());
        p.crease(26.0).put_at(Part::Rock, &stone, v(0.6 * spread, -0.01, 0.3 * spread)).crease(50.0);
    }
    let b = p.bounds();
    p.hull(Hull::cuboid(v(0.8 * b.min.x, 0.0, 0.8 * b.min.z), v(0.8 * b.max.x, 0.9 * b.max.y, 0.8 * b.max.z)));
}

/// A three-sided blade from `foot` over `mid` to a point at `tip`.
fn blade(foot: Vec3, mid: Vec3, tip: Vec3, side: Vec3, away: Vec3, w: f32) -> gesamt_mesh::Shape {
    let section = |c: Vec3, w: f32| vec![c - side * 0.5 * w, c + side * 0.5 * w, c - away * 0.22 * w];
    gesamt_mesh::shapes2::loft(&[section(foot, w), section(mid, 0.8 * w), vec![tip]])
}

/// A seed head.
fn ear(p: &mut Pen, tip: Vec3, away: Vec3) {
    let path = [tip, tip + v(0.0, 0.05, 0.0) + away * 0.02, tip + v(0.0, 0.1, 0.0) + away * 0.05];
    p.put(Part::Rope, &tube(&path, &[0.006, 0.014, 0.0], 5));
}
