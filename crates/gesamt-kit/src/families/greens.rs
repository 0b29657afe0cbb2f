//! Grass, vines and leaves that take things back.

use std::f32::consts::TAU;

use gesamt_mesh::shapes::{cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::leaf;
use gesamt_world::Genre;
use glam::{Quat, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

impl Pen<'_> {
    /// `n` grass tufts where the thing meets the ground, the further out the nearer to the second of two radii.
    pub fn tufts(&mut self, n: usize, r0: f32, r1: f32, squash: f32) {
        let feet = self.feet();
        for _ in 0..n {
            let (a, r) = (self.rng.unit(), self.rng.range(r0, r1));
            let h = 0.16 + 0.22 * self.rng.unit();
            let out = 0.02 + 0.03 * squash * (r - r0) / (r1 - r0).max(1e-3);
            if let Some(at) = foot(&feet, a, out) {
                self.tuft(at, h);
            }
        }
    }

    /// One tuft of grass blades.
    pub fn tuft(&mut self, at: Vec3, h: f32) {
        for _ in 0..7 {
            let a = TAU * self.rng.unit();
            let out = v(a.cos(), 0.0, a.sin());
            let tall = h * self.rng.range(0.6, 1.1);
            let lean = out * tall * self.rng.range(0.25, 0.7);
            let path = [
                at + out * 0.02,
                at + out * 0.03 + v(0.0, 0.6 * tall, 0.0) + 0.35 * lean,
                at + v(0.0, tall, 0.0) + lean,
            ];
            self.put(Part::Plant, &tube(&path, &[0.012, 0.009, 0.0], 3));
        }
    }

    /// Tufts where a thing of a `w` × `d` footprint meets the ground, as many as the overgrowth asks for.
    pub fn overgrow_foot(&mut self, w: f32, d: f32) {
        let n = ((w + d) * 4.0 * (self.overgrowth() - 0.15).max(0.0)) as usize;
        let feet = if n > 0 { self.feet() } else { Vec::new() };
        for _ in 0..n.min(24) {
            if self.left() < 400 {
                break;
            }
            let (along, near, far) = (self.rng.unit(), self.rng.unit(), self.rng.unit());
            let h = 0.14 + 0.25 * self.rng.unit();
            if let Some(at) = foot(&feet, along, 0.02 + 0.015 * (near + far)) {
                self.tuft(at, h);
            }
        }
    }

    /// A leafy vine hanging along a path.
    pub fn vine(&mut self, path: &[Vec3], leaf_size: f32) {
        if path.len() < 2 {
            return;
        }
        let radius: Vec<f32> = (0..path.len()).map(|i| 0.014 - 0.009 * i as f32 / path.len() as f32).collect();
        self.put(Part::Plant, &tube(path, &radius, 4));
        for pair in path.windows(2) {
            let n = (pair[0].distance(pair[1]) / (0.42 * leaf_size)).ceil().min(26.0) as usize;
            for k in 0..n {
                let at = pair[0].lerp(pair[1], (k as f32 + self.rng.unit()) / n as f32);
                self.leaf_at(at, leaf_size);
            }
        }
    }

    /// A vine that drops `length` metres from `at`, wandering.
    pub fn hanging_vine(&mut self, at: Vec3, length: f32) {
        let n = (length / 0.25).ceil().max(2.0) as usize;
        let mut path = vec![at];
        for i in 1..=n {
            let last = path[i - 1];
            let step = v(0.06 * self.rng.signed(), -length / n as f32, 0.06 * self.rng.signed());
            path.push(last + step);
        }
        self.vine(&path, 0.125);
    }

    /// One folded leaf in a random direction, hanging a little.
    pub fn leaf_at(&mut self, at: Vec3, size: f32) {
        let a = TAU * self.rng.unit();
        let along = v(a.cos(), self.rng.range(-1.3, 0.15), a.sin()).normalize() * size * self.rng.range(0.7, 1.2);
        let side = along.cross(Vec3::Y).normalize_or(Vec3::X);
        self.put(Part::Plant, &leaf(at, along, side, 0.72 * size, 0.14 * size));
    }

    /// What grows on wild things in the genre, about `size` metres each: lights of alien flesh, toadstools of
    /// fairy tales, nothing elsewhere.
    pub fn settle(&mut self, n: usize, size: f32) {
        for _ in 0..n {
            let (at, normal) = self.spot();
            if self.left() < 120 || normal.y < -0.3 {
                continue;
            }
            let turn = Quat::from_rotation_arc(Vec3::Y, normal);
            let s = size * self.rng.range(0.6, 1.3);
            match (self.dialect(), self.style.genre) {
                (Dialect::Organic, _) => {
                    self.put_at(Part::Glow, &sphere(0.5 * s, 5, 8), at + normal * 0.2 * s);
                }
                (_, Genre::FairyTale) => {
                    self.turned(at - normal * 0.1 * s, turn, |p| {
                        p.put(Part::Ceramic, &cylinder(0.16 * s, 0.8 * s, 6, 0.0));
                        let cap =
                            [v2(0.3 * s, 0.7 * s), v2(0.6 * s, 0.75 * s), v2(0.45 * s, 1.05 * s), v2(0.0, 1.2 * s)];
                        p.put(Part::Bloom, &lathe(&cap, 8));
                    });
                }
                _ => {}
            }
        }
    }

    /// Vines over the upper edge of a front of width `w` at height `y`, in the plane z, as the overgrowth asks.
    pub fn overgrow_edge(&mut self, w: f32, y: f32, z: f32) {
        let n = (w * 3.5 * (self.overgrowth() - 0.25).max(0.0)) as usize;
        for _ in 0..n.min(12) {
            if self.left() < 600 {
                break;
            }
            let x = 0.48 * w * self.rng.signed();
            let long = y * self.rng.range(0.15, 0.55);
            self.hanging_vine(v(x, y, z + 0.03), long);
        }
    }
}

/// The place `share` of the way along all edges, moved `out` metres outward.
fn foot(edges: &[[Vec3; 3]], share: f32, out: f32) -> Option<Vec3> {
    let total: f32 = edges.iter().map(|[a, b, _]| a.distance(*b)).sum();
    let mut left = share * total;
    for [a, b, outward] in edges {
        let long = a.distance(*b);
        if left <= long {
            let at = a.lerp(*b, left / long) + *outward * out;
            return Some(v(at.x, -0.01, at.z));
        }
        left -= long;
    }
    None
}
