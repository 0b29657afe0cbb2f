//! Firs and pines: whorls of drooping boughs with sprays of needles, and the snow that lies on them.

use std::f32::consts::TAU;

use gesamt_mesh::shapes::{lathe, tube};
use gesamt_world::Rng;
use glam::{Vec2, Vec3};

use super::Leaves;
use super::trees::{Grain, Paint, trunk};
use crate::pen::Pen;

/// Height of the lowest boughs against the tree's.
const SKIRT: f32 = 0.1;
/// Reach of the longest bough against the tree's height.
const REACH: f32 = 0.235;

/// Tiers of the dark heart.
const TIERS: u32 = 7;

/// What a tree of a grain is made of.
struct Plan {
    whorls: u32,
    boughs: u32,
    /// Twigs on each side of the longest bough.
    twigs: u32,
    /// Pairs of sprays on a twig.
    sprays: u32,
    /// Reach of the dark heart against that of the boughs.
    heart: f32,
    /// Width of a twig without its sprays against its length.
    stout: f32,
}

impl Plan {
    fn of(grain: Grain) -> Self {
        match grain {
            Grain::Near => Self { whorls: 22, boughs: 9, twigs: 9, sprays: 4, heart: 0.3, stout: 0.09 },
            Grain::Mid => Self { whorls: 17, boughs: 8, twigs: 7, sprays: 1, heart: 0.36, stout: 0.3 },
            Grain::Far => Self { whorls: 11, boughs: 7, twigs: 5, sprays: 0, heart: 0.6, stout: 0.42 },
        }
    }
}

/// The reach of a bough at a part `t` of the way from the skirt to the top, against the longest.
fn profile(t: f32) -> f32 {
    (1.0 - t).powf(0.88) * (1.0 - 0.22 * (1.0 - t).powi(7)) + 0.025
}

/// Draws a conifer.
pub(super) fn conifer(pen: &mut Pen, paint: &Paint, height: f32, grain: Grain, rng: &mut Rng) {
    let plan = Plan::of(grain);
    pen.mat(paint.bark);
    trunk(pen, 0.97 * height, 0.017 * height + 0.04, 0.04, if grain == Grain::Far { 5 } else { 8 }, rng);
    heart(pen, paint, height, plan.heart);
    let mut needles = Leaves::default();
    let mut loads = Vec::new();
    for whorl in 0..plan.whorls {
        let t = (whorl as f32 + 0.5 * rng.unit()) / plan.whorls as f32;
        let t = t.powf(0.92);
        let turn = 2.4 * whorl as f32;
        for b in 0..plan.boughs {
            let bough = Bough::grown(t, turn + TAU * b as f32 / plan.boughs as f32, height, paint.snow.is_some(), rng);
            bough.needles(&plan, height, &mut needles, rng);
            let share = if grain == Grain::Far { 0.4 } else { 0.72 };
            if paint.snow.is_some() && rng.chance(share) {
                loads.push(bough);
            }
        }
    }
    let top = Vec3::Y * 0.95 * height;
    for k in 0..5 {
        let side = Vec3::new((1.3 * k as f32).cos(), 0.0, (1.3 * k as f32).sin());
        needles.spike(top, Vec3::Y * 0.075 * height + side * 0.012 * height, side, 0.022 * height);
    }
    pen.mat(paint.leaves).mesh(&needles.finish());
    if let Some(snow) = paint.snow {
        pen.mat(snow).crease(180.0);
        loads.iter().for_each(|bough| bough.load(pen, grain, rng));
    }
}

/// The dark inside of the crown, so that no sky shows through its middle.
fn heart(pen: &mut Pen, paint: &Paint, height: f32, share: f32) {
    // Tier over tier, each flaring and drawn in again under the next.
    let mut rows = vec![Vec2::new(0.0, height * (SKIRT + 0.04))];
    for k in 0..TIERS {
        let at = |t: f32| (REACH * height * profile(t), height * (SKIRT + (0.95 - SKIRT) * t));
        let (t, next) = (k as f32 / TIERS as f32, (k as f32 + 0.8) / TIERS as f32);
        let ((r, y), (above, high)) = (at(t), at(next));
        rows.extend([Vec2::new(share * r, y), Vec2::new(0.66 * share * above, high)]);
    }
    rows.push(Vec2::new(0.0, 0.97 * height));
    // Ragged around, so that no tier is a plate.
    let shape = lathe(&rows, 11).mapped(|p| {
        let a = p.z.atan2(p.x);
        let ragged = 1.0 + 0.2 * (5.0 * a + 3.0 * p.y).sin() + 0.12 * (3.0 * a - 5.0 * p.y).sin();
        Vec3::new(p.x * ragged, p.y, p.z * ragged)
    });
    pen.mat(paint.heart).crease(60.0).add(&shape).crease(80.0);
}

/// One bough.
struct Bough {
    base: Vec3,
    out: Vec3,
    reach: f32,
    /// Its rise at the trunk and its sag along its length.
    rise: f32,
    sag: f32,
}

impl Bough {
    fn grown(t: f32, angle: f32, height: f32, laden: bool, rng: &mut Rng) -> Self {
        let angle = angle + 0.24 * rng.signed();
        let y = height * (SKIRT + (0.97 - SKIRT) * t + 0.014 * rng.signed());
        let weight = if laden { 0.16 } else { 0.0 };
        Self {
            base: Vec3::Y * y,
            out: Vec3::new(angle.cos(), 0.0, angle.sin()),
            reach: REACH * height * profile(t) * rng.range(0.74, 1.14),
            rise: 0.12 + 0.62 * t * t + 0.1 * rng.signed(),
            sag: 0.78 - 0.42 * t + weight + 0.1 * rng.signed(),
        }
    }

    /// The point at a part `s` of its length: it sags and its tip turns up.
    fn at(&self, s: f32) -> Vec3 {
        self.base
            + self.out * (self.reach * s)
            + Vec3::Y * (self.reach * (self.rise * s - self.sag * s * s + 0.26 * s * s * s))
    }

    fn needles(&self, plan: &Plan, height: f32, needles: &mut Leaves, rng: &mut Rng) {
        let across = Vec3::Y.cross(self.out);
        let share = (self.reach / (REACH * height)).clamp(0.0, 1.0);
        let n = 2 + ((plan.twigs - 2) as f32 * share).round() as u32;
        let lit = (self.out + 0.9 * Vec3::Y).normalize();
        for k in 0..n {
            let s = 0.16 + 0.84 * (k as f32 + 0.3 + 0.5 * rng.unit()) / n as f32;
            let along = (self.at((s + 0.05).min(1.0)) - self.at(s - 0.05)).normalize_or(self.out);
            let long = self.reach * (0.46 - 0.3 * s) + 0.018 * height;
            for sign in [-1.0f32, 1.0] {
                let fall = rng.range(0.12, 0.5);
                let way = across * sign * 0.85 + along * rng.range(0.55, 0.9) - Vec3::Y * fall;
                let twig = way.normalize_or(along) * long * rng.range(0.78, 1.15);
                let from = self.at(s);
                needles.spike(from, twig, along, plan.stout * long);
                needles.lean_normals(lit);
                for j in 0..plan.sprays {
                    let q = 0.2 + 0.72 * j as f32 / plan.sprays as f32;
                    let size = 0.5 * long * (1.05 - q);
                    for turn in [-1.0f32, 1.0] {
                        let spray = twig * (0.75 / long) + along * (turn * 0.8) - Vec3::Y * rng.range(0.05, 0.45);
                        needles.spike(from + twig * q, spray.normalize_or(along) * size, twig, 0.27 * size);
                        needles.lean_normals(lit);
                    }
                }
            }
        }
        let tip = self.at(0.86);
        needles.spike(tip, (self.at(1.0) - tip) * 1.9, across, plan.stout * self.reach + 0.01);
        needles.lean_normals(lit);
    }

    /// The snow on it: a pad that is thickest in the middle and hangs over the sprays.
    fn load(&self, pen: &mut Pen, grain: Grain, rng: &mut Rng) {
        let (from, to) = (rng.range(0.22, 0.4), rng.range(0.8, 1.0));
        let wide = self.reach * rng.range(0.13, 0.2) + 0.012;
        let at = |s: f32| self.at(s) + Vec3::Y * 0.012;
        let along = |parts: &[f32]| parts.iter().map(|s| at(from + (to - from) * s)).collect::<Vec<_>>();
        let (path, radii, sides) = match grain {
            Grain::Far => (along(&[0.0, 0.6, 1.0]), vec![0.0, wide, 0.0], 4),
            Grain::Mid => (along(&[0.0, 0.34, 0.7, 1.0]), vec![0.0, wide, 0.72 * wide, 0.0], 6),
            Grain::Near => {
                // In lumps, as it has slid together.
                let lumps = [0.0, 0.7, 1.0, 0.55, 0.8, 0.0].map(|r| r * wide * rng.range(0.75, 1.15));
                (along(&[0.0, 0.13, 0.36, 0.58, 0.8, 1.0]), lumps.to_vec(), 7)
            }
        };
        // A flat lens: the height over its axis is halved.
        let axis = |p: Vec3| {
            let s = ((p - self.base).dot(self.out) / self.reach).clamp(0.0, 1.0);
            at(s).y
        };
        let pad = tube(&path, &radii, sides).mapped(|p| {
            let y = axis(p);
            Vec3::new(p.x, y + 0.42 * (p.y - y), p.z)
        });
        pen.add(&pad);
    }
}
