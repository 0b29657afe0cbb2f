//! Rocks: bodies of one formation, broken and worn as their place has it, with talus and pebbles at their foot.

use std::f32::consts::TAU;

use gesamt_mesh::noise::{cells, fbm, gradient, hash_unit};
use gesamt_mesh::shapes::blob;
use gesamt_mesh::{MaterialSpec, Shape};
use gesamt_world::{LinearRgb, MaterialKind, Place, Rng};
use glam::{Affine3A, IVec3, Quat, Vec3};

use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage};

/// From so many times its size on, a formation is cut more coarsely.
const MID_FROM: f32 = 6.5;
/// And from so many on again.
const FAR_FROM: f32 = 17.0;
/// A rock that is joined more sharply is broken, not worn.
const BROKEN: f32 = 15.0;
/// Snow that covers so much of what looks up also lies in drifts against rocks.
const DRIFTING: f32 = 0.5;

/// The colour of sandstone, linear.
const SANDSTONE: LinearRgb = [0.5, 0.34, 0.19];

/// How a rock breaks and wears.
#[derive(Clone, Copy, Debug)]
struct Habit {
    /// Cleavage planes that bound it.
    planes: u32,
    /// Exponent of the norm that joins them: 6 is a pebble, 30 a splinter.
    sharpness: f32,
    /// Depth of its beds against its radius.
    strata: f32,
    /// Beds per radius.
    layers: f32,
    /// Steps along joints that have opened, against its radius.
    joints: f32,
    /// Roughness of its skin.
    rough: f32,
    /// Height against width.
    tall: f32,
}

impl Habit {
    fn of(kind: MaterialKind, place: Place) -> Self {
        use MaterialKind as M;
        use Place as P;
        let broken =
            Self { planes: 12, sharpness: 21.0, strata: 0.03, layers: 3.0, joints: 0.07, rough: 1.2, tall: 1.0 };
        match (kind, place) {
            (M::Ice, _) => {
                Self { planes: 9, sharpness: 24.0, strata: 0.0, joints: 0.07, rough: 0.4, tall: 1.1, ..broken }
            }
            (M::Obsidian | M::Crystal, _) => {
                Self { planes: 13, sharpness: 28.0, strata: 0.0, joints: 0.1, rough: 0.5, ..broken }
            }
            (M::Sandstone, _) | (_, P::Desert | P::Canyon) => {
                Self { planes: 8, sharpness: 8.5, strata: 0.11, layers: 4.6, joints: 0.05, rough: 0.8, tall: 0.9 }
            }
            (_, P::Garden | P::Underwater | P::Swamp | P::Farmland | P::Jungle | P::Forest) => {
                Self { planes: 8, sharpness: 7.5, strata: 0.02, joints: 0.05, rough: 0.9, tall: 0.85, ..broken }
            }
            (_, P::Coast | P::Harbor) => Self { sharpness: 11.0, joints: 0.07, tall: 0.9, ..broken },
            _ => broken,
        }
    }
}

/// One body of rock about the origin, with a radius of about 1 before its stretch.
struct Body {
    habit: Habit,
    cuts: Vec<(Vec3, f32)>,
    joints: Vec<(Vec3, f32)>,
    bedding: Vec3,
    noise: u32,
}

impl Body {
    fn new(habit: Habit, bedding: Vec3, rng: &mut Rng) -> Self {
        let wild = |rng: &mut Rng| Vec3::new(rng.signed(), rng.signed(), rng.signed());
        let n = habit.planes;
        let turn = rng.range(0.0, TAU);
        let cuts = (0..n)
            .map(|k| {
                // Spread over the sphere, so that every direction meets a plane.
                let y = 1.0 - 2.0 * (k as f32 + 0.5) / n as f32;
                let (s, a) = ((1.0 - y * y).sqrt(), turn + 2.4 * k as f32);
                let normal = (Vec3::new(s * a.cos(), y, s * a.sin()) + 0.42 * wild(rng)).normalize_or(Vec3::Y);
                (normal, rng.range(0.66, 1.0))
            })
            .collect();
        let joints = (0..3).map(|_| (wild(rng).normalize_or(Vec3::X), rng.range(-0.45, 0.45))).collect();
        Self { habit, cuts, joints, bedding, noise: rng.next_u64() as u32 }
    }

    /// The radius in a direction.
    fn radius(&self, d: Vec3) -> f32 {
        let Habit { sharpness, strata, layers, joints, rough, .. } = self.habit;
        let pull: f32 = self.cuts.iter().map(|(n, c)| (d.dot(*n).max(0.0) / c).powf(sharpness)).sum();
        let mut r = pull.max(1e-3).powf(-1.0 / sharpness).min(1.35);
        r *= 1.0 + 0.09 * rough * fbm(d * 1.6, 2, self.noise);
        for (normal, at) in &self.joints {
            // What lies beyond a joint has slipped, and the joint itself has washed out.
            let beyond = (d * r).dot(*normal) - at + 0.05 * gradient(d * 3.0, self.noise ^ 3);
            let slip = 1.0 / (1.0 + (-beyond * 45.0).exp());
            r *= 1.0 - joints * slip - 0.45 * joints * (-(beyond * 26.0).powi(2)).exp();
        }
        if strata > 0.0 {
            let bed = (d * r).dot(self.bedding) * layers + 0.3 * gradient(d * 1.4, self.noise ^ 9);
            let (layer, f) = (bed.floor(), bed - bed.floor());
            let hard = |k: f32| hash_unit(IVec3::new(k as i32, 5, 1), self.noise);
            let edge = ((f - 0.86) / 0.14).clamp(0.0, 1.0);
            let bulge = hard(layer) + (hard(layer + 1.0) - hard(layer)) * edge * edge * (3.0 - 2.0 * edge);
            let seam = (-((f - 0.93) * 16.0).powi(2)).exp();
            let side = 1.0 - d.dot(self.bedding).powi(2);
            r *= 1.0 + strata * side * (bulge - 0.5 - 0.5 * seam);
        }
        // Plates have sprung off to different depths, and the skin is rough.
        let (first, second, plate) = cells(d * 2.9 + Vec3::splat(9.0), self.noise ^ 21);
        let depth = (plate >> 8) as f32 / (1u32 << 24) as f32 - 0.5;
        let flake = 0.085 * rough * depth * ((second - first) / 0.07).min(1.0);
        r * (1.0 + flake + 0.024 * rough * fbm(d * 5.5, 3, self.noise ^ 77))
    }

    /// The body as a closed shape, cut `detail` times.
    fn shape(&self, detail: u32) -> Shape {
        blob(detail, |d| self.radius(d))
    }
}

/// How finely a formation is cut.
#[derive(Clone, Copy, PartialEq)]
enum Grain {
    Near,
    Mid,
    Far,
}

/// A boulder of about a size with what has come off it, half sunk; `detail` above 3 is for what is seen from near.
pub(crate) fn boulder(stage: &mut Stage, kind: MaterialKind, size: f32, detail: u32, seed: u64) -> Piece {
    let [near, mid, far] =
        [Grain::Near, Grain::Mid, Grain::Far].map(|grain| formation(stage, kind, size, detail, grain, seed));
    near.with_far(MID_FROM * size, mid.with_far(FAR_FROM * size, far))
}

/// The material of a rock: nobody lays a boulder in courses.
fn stone(stage: &mut Stage, kind: MaterialKind) -> u32 {
    if stage.skin.snow > DRIFTING {
        // What thaws runs off under the snow: the rock is dry, and all that looks up is white.
        let spec = stage.skin.of(if kind == MaterialKind::Sandstone { MaterialKind::Rock } else { kind });
        return stage.mat(MaterialSpec { snow: 1.0, wetness: 0.0, dirt: 0.0, ..spec });
    }
    if kind != MaterialKind::Sandstone {
        return stage.kind(kind);
    }
    let color = mix(SANDSTONE, stage.skin.key, 0.2);
    stage.tinted(MaterialKind::Rock, color, 0.75)
}

fn formation(stage: &mut Stage, kind: MaterialKind, size: f32, detail: u32, grain: Grain, seed: u64) -> Piece {
    let mut rng = stage.seed.child("boulder").index(seed).rng();
    let material = stone(stage, kind);
    let habit = Habit::of(kind, stage.world.setting.place);
    let bedding = Vec3::new(0.3 * rng.signed(), 1.0, 0.3 * rng.signed()).normalize();
    let base = detail.saturating_sub(3) + if size >= 2.4 { 5 } else { 3 + u32::from(size >= 1.0) };
    let cut = match grain {
        Grain::Near => base,
        Grain::Mid => base.saturating_sub(1),
        Grain::Far => base.saturating_sub(2).min(3),
    };
    let half = 0.56 * size * Vec3::new(rng.range(0.85, 1.2), habit.tall * rng.range(0.62, 0.9), rng.range(0.75, 1.1));
    let mut pen = Pen::new(material);
    // Edges of what has broken are sharp, those of what has worn are round.
    pen.crease(if habit.sharpness > BROKEN { 42.0 } else { 70.0 });
    let tilt = Quat::from_euler(glam::EulerRot::YXZ, rng.range(0.0, TAU), 0.16 * rng.signed(), 0.16 * rng.signed());
    let main = Body::new(habit, bedding, &mut rng);
    let pose = Affine3A::from_scale_rotation_translation(half, tilt, Vec3::Y * 0.42 * half.y);
    pen.add(&main.shape(cut).transformed(pose));
    let lee = rng.range(0.0, TAU);
    companions(&mut pen, habit, bedding, size, lee, cut.saturating_sub(1), &mut rng);
    if grain != Grain::Far {
        talus(&mut pen, habit, size, lee, u32::from(grain == Grain::Near), &mut rng);
    }
    if stage.skin.snow > DRIFTING && grain != Grain::Far {
        let snow = stage.kind(MaterialKind::Snow);
        drift(pen.mat(snow), size, lee + 2.6, &mut rng);
    }
    stage.piece(pen)
}

/// Smaller bodies of the same bed that have parted from the first and lean on it.
fn companions(pen: &mut Pen, habit: Habit, bedding: Vec3, size: f32, lee: f32, cut: u32, rng: &mut Rng) {
    let n = if size < 0.95 { 1 } else { 3 };
    for k in 0..n {
        let (angle, share) =
            (lee + 2.2 * k as f32 + 0.5 * rng.signed(), rng.range(0.24, 0.5) / (1.0 + 0.25 * k as f32));
        let half = 0.56 * size * share * Vec3::new(1.0, habit.tall * rng.range(0.6, 0.95), rng.range(0.7, 1.1));
        let out = size * rng.range(0.5, 0.62);
        let turn = Quat::from_euler(glam::EulerRot::YXZ, rng.range(0.0, TAU), 0.4 * rng.signed(), 0.4 * rng.signed());
        let at = Vec3::new(angle.cos() * out, 0.3 * half.y, angle.sin() * out);
        let body = Body::new(habit, bedding, rng);
        pen.add(&body.shape(cut).transformed(Affine3A::from_scale_rotation_translation(half, turn, at)));
    }
}

/// Chips and pebbles at the foot, most of them on one side.
fn talus(pen: &mut Pen, habit: Habit, size: f32, lee: f32, cut: u32, rng: &mut Rng) {
    let n = if size < 0.95 { 5 } else { 14 };
    let chip = Habit { planes: 7, strata: 0.0, joints: 0.0, ..habit };
    for _ in 0..n {
        let angle = lee + 0.9 * rng.normal();
        let out = size * rng.range(0.42, 0.86);
        let r = size * (0.025 + 0.085 * rng.unit().powi(2)) * (1.3 - 0.6 * out / size);
        let half = r * Vec3::new(1.0, rng.range(0.45, 0.8), rng.range(0.6, 1.0));
        let turn = Quat::from_euler(glam::EulerRot::YXZ, rng.range(0.0, TAU), 0.5 * rng.signed(), 0.5 * rng.signed());
        let at = Vec3::new(angle.cos() * out, 0.25 * half.y, angle.sin() * out);
        let body = Body::new(chip, Vec3::Y, rng);
        pen.add(&body.shape(cut).transformed(Affine3A::from_scale_rotation_translation(half, turn, at)));
    }
}

/// Snow that the wind has laid against a rock.
fn drift(pen: &mut Pen, size: f32, windward: f32, rng: &mut Rng) {
    let seed = rng.next_u64() as u32;
    for (k, turn) in [0.0, 1.3].into_iter().enumerate() {
        let a = windward + turn + 0.3 * rng.signed();
        let half = size * Vec3::new(0.62 - 0.16 * k as f32, 0.13, 0.46);
        let at = Vec3::new(a.cos(), -0.02 / size, a.sin()) * size * 0.36;
        let turn = Quat::from_rotation_y(-a + 1.57);
        let mound = blob(3, |d| 1.0 + 0.12 * fbm(d * 1.8, 2, seed ^ k as u32));
        pen.crease(80.0).add(&mound.transformed(Affine3A::from_scale_rotation_translation(half, turn, at)));
    }
}

/// A few boulders of different sizes.
pub(crate) fn boulders(stage: &mut Stage, kind: MaterialKind, size: f32, n: u64) -> Vec<Piece> {
    (0..n).map(|i| boulder(stage, kind, size * (0.6 + 0.5 * i as f32 / n as f32), 3, i)).collect()
}
