//! Bodies of statues and effigies: torso, limbs, hands, robes, skirts and cloaks.
//!
//! Every function draws in the units of a figure: soles at y = 0, crown at y = 1, looking along +Z.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::noise;
use gesamt_mesh::shapes::{blob, slab, tube};
use gesamt_mesh::shapes2::{loft, oriented};
use glam::{Affine3A, Quat, Vec3};

use super::build::{smooth, smooth_radii};
use super::pen::{Pen, v};
use crate::style::Part;

/// Height of the middle of the skull.
const HEAD_Y: f32 = 0.935;
/// Half the height of a head: a figure is seven heads tall, as the foot of a pedestal asks for.
const HEAD: f32 = 0.071;

/// How deep the folds of rings are cut: stone needs more than cloth to read.
const FOLD_DEPTH: f32 = 1.9;

/// A ring of a body: height, half width, half depth, forward, and depth of its folds.
pub(crate) type Ring = [f32; 5];

/// A naked or tightly clothed torso from hip to neck.
pub(crate) const TORSO: [Ring; 11] = [
    [0.45, 0.075, 0.062, 0.0, 0.0],
    [0.5, 0.105, 0.08, -0.004, 0.0],
    [0.55, 0.104, 0.079, -0.002, 0.0],
    [0.61, 0.09, 0.066, 0.004, 0.0],
    [0.67, 0.106, 0.075, 0.008, 0.0],
    [0.735, 0.128, 0.085, 0.01, 0.0],
    [0.785, 0.128, 0.073, 0.002, 0.0],
    [0.815, 0.088, 0.056, -0.004, 0.0],
    [0.835, 0.046, 0.045, -0.002, 0.0],
    [0.86, 0.038, 0.04, 0.004, 0.0],
    [0.89, 0.037, 0.04, 0.01, 0.0],
];

/// A long robe from the ground to the neck.
pub(crate) const ROBE: [Ring; 12] = [
    [0.0, 0.19, 0.165, 0.0, 0.17],
    [0.05, 0.182, 0.158, 0.0, 0.17],
    [0.2, 0.15, 0.132, 0.005, 0.15],
    [0.38, 0.127, 0.108, 0.01, 0.1],
    [0.5, 0.12, 0.095, 0.008, 0.06],
    [0.58, 0.1, 0.078, 0.005, 0.03],
    [0.66, 0.112, 0.082, 0.01, 0.03],
    [0.735, 0.13, 0.09, 0.01, 0.02],
    [0.785, 0.128, 0.076, 0.0, 0.01],
    [0.815, 0.085, 0.058, -0.004, 0.0],
    [0.84, 0.044, 0.045, 0.0, 0.0],
    [0.885, 0.037, 0.04, 0.01, 0.0],
];

impl Pen<'_> {
    /// Runs `f` in the units of the head of a figure, tilted by `nod` radians.
    pub fn at_head(&mut self, nod: f32, f: impl FnOnce(&mut Self)) {
        let place = Affine3A::from_scale_rotation_translation(
            Vec3::splat(HEAD),
            Quat::from_rotation_x(nod),
            v(0.0, HEAD_Y, 0.014),
        );
        self.within(place, f);
    }

    /// A body or garment lofted through rings, its folds wandering.
    pub fn rings(&mut self, part: Part, rows: &[Ring], folds: f32) {
        let seed = self.rng.seed();
        const SIDES: usize = 44;
        let section = |[y, a, b, z, fold]: &Ring| -> Vec<Vec3> {
            (0..SIDES)
                .map(|k| {
                    let t = TAU * k as f32 / SIDES as f32;
                    let wander = 1.4 * noise::gradient(v(2.0 * t.cos(), 3.0 * y, 2.0 * t.sin()), seed);
                    // Folds are sharp in their valleys and round on their backs.
                    let wave = (0.5 * folds * t + wander).sin().abs().sqrt() - 0.6;
                    let q = 1.0 + FOLD_DEPTH * fold * wave;
                    v(a * q * t.cos(), *y, z + b * q * t.sin())
                })
                .collect()
        };
        let sections: Vec<_> = rows.iter().map(section).collect();
        self.creased(70.0, |p| {
            p.put(part, &oriented(loft(&sections)));
        });
    }

    /// A limb through joints with a girth at each.
    pub fn flesh(&mut self, part: Part, joints: &[Vec3], girth: &[f32]) {
        let shape = tube(&smooth(joints, 4), &smooth_radii(girth, 4), 12);
        self.creased(80.0, |p| {
            p.put(part, &shape);
        });
    }

    /// Two legs, the left one a step of `stride` ahead, with boots.
    pub fn legs(&mut self, part: Part, boots: Part, stride: f32) {
        for s in [-1.0, 1.0] {
            let z = 0.5 * stride * s;
            let joints = [
                v(0.052 * s, 0.52, 0.0),
                v(0.06 * s, 0.4, 0.012 + 0.5 * z),
                v(0.064 * s, 0.28, 0.014 + 0.85 * z),
                v(0.066 * s, 0.2, -0.006 + z),
                v(0.068 * s, 0.04, -0.004 + z),
            ];
            self.flesh(part, &joints, &[0.066, 0.058, 0.042, 0.043, 0.028]);
            self.flesh(boots, &[v(0.067 * s, 0.2, z - 0.006), v(0.068 * s, 0.03, z - 0.004)], &[0.047, 0.036]);
            let foot = blob(2, |_| 1.0).mapped(|q| {
                let toe = 1.0 - 0.35 * q.z.max(0.0);
                v(0.036 * q.x, (0.036 * q.y * toe).max(-0.02) + 0.02, 0.078 * q.z)
            });
            self.at(v(0.07 * s, 0.0, z + 0.028), 0.12 * s, |p| {
                p.put(boots, &foot);
            });
        }
    }

    /// An arm of side `s` to an elbow and a hand, and a fist that lies along `grip`.
    pub fn arm(&mut self, part: Part, s: f32, elbow: Vec3, hand: Vec3, grip: Vec3) {
        let shoulder = v(0.127 * s, 0.768, 0.0);
        let blade = v(0.075 * s, 0.782, -0.004);
        let joints = [blade, shoulder, shoulder.lerp(elbow, 0.5), elbow, elbow.lerp(hand, 0.45), hand];
        self.flesh(part, &joints, &[0.03, 0.046, 0.042, 0.034, 0.035, 0.023]);
        self.fist(Part::Main, s, hand, hand - elbow, grip);
    }

    /// A fist at the end of a forearm that comes along `reach`, closed about something that lies along `grip`.
    fn fist(&mut self, part: Part, s: f32, at: Vec3, reach: Vec3, grip: Vec3) {
        let along = grip.normalize_or(Vec3::Y);
        let out = (reach - along * reach.dot(along)).normalize_or(along.any_orthonormal_vector());
        let frame =
            Affine3A::from_mat3_translation(glam::Mat3::from_cols(out.cross(along), along, out), at + 0.012 * out);
        self.within(frame, |p| {
            p.creased(80.0, |p| {
                p.put(part, &blob(2, |_| 1.0).mapped(|q| v(0.021 * q.x, 0.033 * q.y, 0.028 * q.z)));
                for k in 0..4 {
                    let finger = blob(1, |_| 1.0).mapped(|q| v(0.013 * q.x, 0.0085 * q.y, 0.012 * q.z));
                    p.put_at(part, &finger, v(-0.008 * s, 0.024 - 0.016 * k as f32, 0.025));
                }
                let thumb = blob(1, |_| 1.0).mapped(|q| v(0.01 * q.x, 0.011 * q.y, 0.024 * q.z));
                p.put_at(part, &thumb, v(0.012 * s, 0.03, 0.012));
            });
        });
    }

    /// A cloak from the shoulders to `hem` above the ground, flaring to `wide` behind.
    pub fn cloak(&mut self, part: Part, hem: f32, wide: f32) {
        let seed = self.rng.seed();
        let shape = slab([22, 14], 0.014, |x, y| {
            let a = PI * (1.02 + 0.96 * x);
            let t = 1.0 - y;
            let fold = 0.025 * t * (8.0 * PI * x + 1.5 * noise::gradient(v(3.0 * x, 2.0 * y, 0.0), seed)).sin();
            let (rx, rz) = (0.1 + 0.05 * t.sqrt() + (wide - 0.13) * t, 0.066 + 0.03 * t.sqrt() + 0.1 * t);
            let slope = 0.06 * (1.0 - (2.0 * x - 1.0).powi(2));
            v((rx + fold) * a.cos(), hem + (0.795 - hem) * y + slope * y, (rz + fold) * a.sin() - 0.004)
        });
        self.creased(75.0, |p| {
            p.put(part, &oriented(shape));
        });
    }

    /// A hood around a face, falling on the shoulders.
    pub fn hood(&mut self, part: Part) {
        let seed = self.rng.seed();
        let shape = slab([20, 14], 0.012, |x, y| {
            // From one edge beside the face around the back of the head to the other; upward it closes over the crown.
            let a = PI * (0.27 + 1.46 * x);
            let dome = (1.0 - ((y - 0.5).max(0.0) / 0.5).powi(2)).max(0.0).sqrt();
            let flare = 0.05 * (1.0 - y / 0.35).max(0.0);
            let wrinkle = 1.0 + 0.03 * noise::gradient(v(5.0 * x, 4.0 * y, 0.3), seed);
            let (rx, rz) =
                ((0.064 * dome.max(0.06) + flare) * wrinkle, (0.078 * dome.max(0.06) + 0.6 * flare) * wrinkle);
            let high = 0.79 + 0.13 * (y / 0.5).min(1.0) + 0.1 * ((y - 0.5).max(0.0) / 0.5);
            v(rx * a.sin(), high, 0.012 + rz * a.cos())
        });
        self.creased(80.0, |p| {
            p.put(part, &oriented(shape));
        });
    }
}
