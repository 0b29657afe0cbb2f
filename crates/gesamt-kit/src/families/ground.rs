//! Nature close to the ground: rocks, mushrooms and logs.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{blob, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{loft, oriented};
use gesamt_mesh::{Shape, noise};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::Part;

/// A boulder with cleavage planes, joints and strata, resting flat, about `size` metres.
pub(crate) fn boulder(size: Vec3, planes: usize, detail: u32, seed: u32) -> Shape {
    /// Exponent of the norm that joins the planes: their edges are worn, not cut.
    const SHARPNESS: f32 = 19.0;
    let unit = |k: u32| noise::hash_unit(glam::IVec3::new(k as i32, 7, 3), seed) * 2.0 - 1.0;
    let cuts: Vec<(Vec3, f32)> = (0..planes as u32)
        .map(|k| {
            // Spread over the sphere, so that every direction meets a plane.
            let y = 1.0 - 2.0 * (k as f32 + 0.5) / planes as f32;
            let e = Vec2::from_angle(2.4 * k as f32 + 3.0 * unit(77)) * (1.0 - y * y).sqrt();
            let wild = v(unit(3 * k), unit(3 * k + 1), unit(3 * k + 2));
            ((v(e.x, y, e.y) + 0.4 * wild).normalize_or(Vec3::Y), 0.76 + 0.17 * unit(k + 91))
        })
        .collect();
    let joints =
        [0, 1].map(|k| (v(unit(61 + k), unit(63 + k), unit(65 + k)).normalize_or(Vec3::X), 0.4 * unit(67 + k)));
    let tilt = v(0.25 * unit(51), 1.0, 0.25 * unit(52)).normalize();
    blob(detail, |d| {
        let pull: f32 = cuts.iter().map(|(n, c)| (d.dot(*n).max(0.0) / c).powf(SHARPNESS)).sum();
        let mut r = pull.max(1e-3).powf(-1.0 / SHARPNESS).min(1.25) * (1.0 + 0.08 * noise::fbm(d * 1.5, 2, seed));
        for (n, at) in &joints {
            // What lies beyond a joint has slipped.
            let beyond = (d * r).dot(*n) - at;
            r *= 1.0 - 0.08 / (1.0 + (-beyond * 40.0).exp()) - 0.03 * (-(beyond * 22.0).powi(2)).exp();
        }
        // Ledges along the bedding and a fine roughness.
        let bed = (d * r).dot(tilt) * 4.0 + 0.6 * noise::gradient(d * 2.0, seed ^ 9);
        let ledge = (bed - bed.floor()).powi(4);
        r * (1.0 - 0.085 * ledge + 0.042 * noise::fbm(d * 5.0, 3, seed ^ 77))
    })
    .mapped(|q| {
        let y = q.y.max(-0.42 + 0.04 * q.x);
        v(q.x * size.x, (y + 0.4) * size.y, q.z * size.z) * 0.72
    })
}

pub(crate) fn rock(p: &mut Pen) {
    let s = p.size("size", 1.2, 2.4);
    let tall = p.rng.range(0.75, 1.35);
    p.crease(34.0);
    let main = boulder(v(s, s * tall, 0.85 * s), 12, 3, p.rng.seed());
    p.solid(|p| {
        p.put(Part::Main, &main);
    });
    // A second block leans on the first.
    let (a, q) = (TAU * p.rng.unit(), s * p.rng.range(0.5, 0.72));
    let second = boulder(v(q, 0.8 * q, 0.8 * q), 10, 3, p.rng.seed());
    p.solid(|p| {
        p.turned(
            v(0.5 * s * a.cos(), -0.03 * s, 0.44 * s * a.sin()),
            Quat::from_rotation_y(a) * Quat::from_rotation_z(0.22),
            |p| {
                p.put(Part::Main, &second);
            },
        );
    });
    for i in 0..3 {
        let a = a + TAU * (i as f32 + 0.8 + 0.4 * p.rng.unit()) / 4.0;
        let r = s * p.rng.range(0.12, 0.3);
        let shape = boulder(v(r, r * p.rng.range(0.7, 1.1), r), 7, 2, p.rng.seed());
        let at = v(0.58 * s * a.cos(), -0.02, 0.52 * s * a.sin());
        p.solid(|p| {
            p.at(at, a, |p| {
                p.put(Part::Main, &shape);
            });
        });
    }
    p.crease(50.0);
    let n = ((8.0 * p.overgrowth()) as usize).min(p.left() / 120);
    p.tufts(n, 0.5 * s, 0.72 * s, 0.9);
}

pub(crate) fn mushroom(p: &mut Pen) {
    let h = p.size("height", 0.5, 1.6);
    let n = 3 + p.rng.below(2);
    let giant = matches!(p.style.genre, Genre::FairyTale | Genre::Alien | Genre::MedievalFantasy);
    for i in 0..n {
        if p.left() < 1100 {
            break;
        }
        let scale = if i == 0 { 1.0 } else { p.rng.range(0.3, 0.65) };
        let a = TAU * i as f32 / n as f32 + p.rng.unit();
        let out = if i == 0 { 0.0 } else { h * p.rng.range(0.25, 0.42) };
        let at = v(out * a.cos(), 0.0, out * a.sin());
        let tall = h * scale;
        let cap = tall * p.rng.range(0.3, 0.42) * (0.8 + 0.5 * p.param("spread", 0.5)) * if giant { 1.15 } else { 1.0 };
        p.solid(|p| {
            p.at(at, 6.0 * p.rng.unit(), |p| one_mushroom(p, tall, cap, i == 0));
        });
    }
    p.tufts(3, 0.2 * h, 0.5 * h, 1.0);
}

fn one_mushroom(p: &mut Pen, h: f32, cap: f32, main: bool) {
    let lean = v(0.12 * p.rng.signed(), 0.0, 0.12 * p.rng.signed()) * h;
    let r = 0.26 * cap;
    let stem: Vec<Vec3> =
        (0..=6).map(|i| v(0.0, 0.82 * h * i as f32 / 6.0 - 0.02, 0.0) + lean * (i as f32 / 6.0).powi(2)).collect();
    p.crease(80.0)
        .put(Part::Ceramic, &tube(&stem, &[1.35 * r, 1.1 * r, 0.9 * r, 0.82 * r, 0.8 * r, 0.78 * r, 0.85 * r], 10));
    let top = stem[6];
    let ring: Vec<Vec2> =
        vec![v2(0.8 * r, -0.3 * cap), v2(1.7 * r, -0.42 * cap), v2(1.6 * r, -0.36 * cap), v2(0.8 * r, -0.2 * cap)];
    p.at(top, 0.0, |p| {
        p.put(Part::Ceramic, &lathe(&ring, 12));
        let dome = p.rng.range(0.55, 0.85) * cap;
        let mut profile = vec![v2(0.3 * cap, 0.02 * cap), v2(0.93 * cap, -0.1 * cap), v2(cap, -0.09 * cap)];
        for k in 0..=6 {
            let a = 0.5 * PI * k as f32 / 6.0;
            profile.push(v2(if k == 6 { 0.0 } else { 0.99 * cap * a.cos() }, -0.04 * cap + dome * a.sin()));
        }
        let seed = p.rng.seed();
        let segments = if main { 22 } else { 14 };
        let shape = lathe(&profile, segments).mapped(|q| q * (1.0 + 0.06 * noise::gradient(q / cap * 1.8, seed)));
        p.put(Part::Bloom, &shape);
        // Gills.
        let gills = if main { 16 } else { 10 };
        for k in 0..gills {
            let a = TAU * k as f32 / gills as f32;
            p.turned(Vec3::ZERO, Quat::from_rotation_y(a), |p| {
                p.chip(Part::Ceramic, v(0.55 * cap, -0.12 * cap, 0.0), v(0.62 * cap, 0.1 * cap, 0.012 * cap));
            });
        }
        let dots = if main { 11 } else { 5 };
        for _ in 0..dots {
            let (a, e) = (TAU * p.rng.unit(), p.rng.range(0.25, 1.35));
            let at =
                v(0.97 * cap * e.cos() * a.cos(), -0.04 * cap + 0.985 * dome * e.sin(), 0.97 * cap * e.cos() * a.sin());
            let s = cap * p.rng.range(0.05, 0.1);
            p.turned(at, Quat::from_rotation_arc(Vec3::Y, v(at.x, at.y.max(0.1), at.z).normalize()), |p| {
                p.put(Part::Ceramic, &sphere(s, 4, 6).mapped(|q| v(q.x, 0.4 * q.y, q.z)));
            });
        }
    });
    p.crease(50.0);
}

pub(crate) fn log(p: &mut Pen) {
    let (l, r) = (p.size("size", 2.0, 3.6), 0.24);
    let seed = p.rng.seed();
    let n = 10;
    let bark = |x: f32| r * (1.1 - 0.25 * (x / l + 0.5)) * (1.0 + 0.05 * noise::gradient(v(2.0 * x, 0.0, 0.0), seed));
    let sections: Vec<Vec<Vec3>> = (0..=n)
        .map(|i| {
            let x = l * (i as f32 / n as f32 - 0.5);
            let bend = 0.06 * (2.0 * x + 1.0).sin();
            (0..16)
                .map(|k| {
                    let e = Vec2::from_angle(TAU * k as f32 / 16.0);
                    let rr = bark(x) * (1.0 + 0.1 * noise::gradient(v(1.2 * x, 3.0 * e.x, 3.0 * e.y), seed));
                    let tear =
                        if i == 0 || i == n { 0.1 * noise::gradient(v(4.0 * e.x, 4.0 * e.y, 1.0), seed) } else { 0.0 };
                    v(x + tear, r + bend * 0.3 + rr * e.y, bend + rr * e.x)
                })
                .collect()
        })
        .collect();
    p.solid(|p| {
        p.crease(60.0).put(Part::Main, &oriented(loft(&sections))).crease(50.0);
    });
    for s in [-1.0, 1.0] {
        p.turned(v(s * (0.5 * l - 0.03), r, 0.06 * (s * l + 1.0).sin()), Quat::from_rotation_z(-s * PI * 0.5), |p| {
            p.put(Part::Cloth2, &cylinder(0.78 * bark(s * 0.5 * l), 0.06, 14, 0.012));
            p.put(Part::Main, &cylinder(0.3 * bark(s * 0.5 * l), 0.075, 10, 0.01));
        });
    }
    for _ in 0..4 {
        let (x, a) = (0.38 * l * p.rng.signed(), p.rng.range(0.3, 2.8));
        let dir = v(0.35 * p.rng.signed(), a.sin(), a.cos()).normalize();
        let at = v(x, r, 0.0) + dir * 0.8 * r;
        let long = p.rng.range(0.15, 0.4);
        p.put(Part::Main, &tube(&[at - dir * 0.05, at + dir * 0.5 * long, at + dir * long], &[0.065, 0.05, 0.035], 7));
    }
    let fungi = (3.0 + 6.0 * p.overgrowth()) as usize;
    for _ in 0..fungi {
        let x = 0.42 * l * p.rng.signed();
        let (s, y) = (p.rng.range(0.06, 0.13), p.rng.range(0.16, 0.4));
        let z = r * (1.0 - ((y - r) / r).powi(2)).max(0.1).sqrt();
        let shelf = lathe(&[v2(0.5 * s, -0.2 * s), v2(s, 0.0), v2(0.8 * s, 0.12 * s), v2(0.0, 0.25 * s)], 10);
        p.put_at(Part::Bloom, &shelf, v(x, y, z));
    }
    let n = (4.0 + 10.0 * p.overgrowth()) as usize;
    for _ in 0..n.min(10) {
        if p.left() > 300 {
            let at = v(0.5 * l * p.rng.signed(), -0.01, if p.rng.chance(0.5) { 0.3 } else { -0.3 });
            let tall = p.rng.range(0.15, 0.32);
            p.tuft(at, tall);
        }
    }
}
