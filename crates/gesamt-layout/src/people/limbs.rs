//! Legs, boots, sleeves, collars and necks.

use std::f32::consts::TAU;

use gesamt_mesh::Shape;
use gesamt_mesh::noise::gradient;
use gesamt_mesh::shapes2::loft;
use glam::{Affine3A, Vec2, Vec3};

use super::body::{SIDES, Skeleton};
use crate::ground::smooth;

/// A trouser leg from hip to ankle without the stations that are covered; `ease` is its room in metres.
pub(super) fn leg(s: &Skeleton, i: usize, ease: f32, covered: usize, seed: u32) -> Shape {
    let h = s.build.height;
    let girth = s.build.girth.sqrt() * h;
    let (hip, knee, ankle) = (s.hip[i], s.knee[i], s.foot[i].ankle);
    let bent = bend_of(hip, knee, ankle);
    let stations = [
        (hip + Vec3::Y * 0.03 * h, 0.05 * girth),
        (hip.lerp(knee, 0.1), 0.056 * girth),
        (hip.lerp(knee, 0.5), 0.048 * girth),
        (hip.lerp(knee, 0.84), 0.04 * girth + 0.006 * bent),
        (knee.lerp(ankle, 0.02), 0.039 * girth - 0.004 * bent),
        (knee.lerp(ankle, 0.14), 0.038 * girth + 0.005 * bent),
        (knee.lerp(ankle, 0.4), 0.037 * girth),
        (knee.lerp(ankle, 0.8), 0.028 * girth + 0.3 * ease.max(0.0)),
        (knee.lerp(ankle, 0.98), 0.028 * girth - 0.1 * ease.max(0.0)),
    ];
    let path: Vec<(Vec3, f32)> = stations.iter().skip(covered).map(|(p, r)| (*p, r + ease)).collect();
    sleeve_of(&path, 0.0, seed, if ease > 0.0 { 0.13 } else { 0.0 })
}

/// How far a joint is bent: 0 for a straight limb, 1 at a right angle.
fn bend_of(a: Vec3, joint: Vec3, b: Vec3) -> f32 {
    (1.0 - (joint - a).normalize_or_zero().dot((b - joint).normalize_or_zero())).clamp(0.0, 1.0)
}

/// A sleeve: `cuff` is its radius at the wrist in metres, `drop` how far it hangs below the forearm.
pub(super) fn sleeve(s: &Skeleton, i: usize, ease: f32, cuff: f32, drop: f32, seed: u32) -> Shape {
    let h = s.build.height;
    let (shoulder, elbow, wrist) = (s.shoulder[i], s.elbow[i], s.wrist[i]);
    let inward = s.trunk_turn * Vec3::new(-SIDES[i] * 0.03, -0.024, 0.0) * h;
    let bent = 0.012 * bend_of(shoulder, elbow, wrist);
    let stations = [
        (shoulder + inward, 0.026 * h),
        (shoulder.lerp(elbow, 0.12), 0.035 * h),
        (shoulder.lerp(elbow, 0.5), 0.034 * h),
        (shoulder.lerp(elbow, 0.8), 0.032 * h + bent),
        (elbow, 0.032 * h - 0.5 * bent),
        (elbow.lerp(wrist, 0.16), 0.03 * h + bent),
        (elbow.lerp(wrist, 0.55), 0.5 * (0.026 * h + cuff)),
        (elbow.lerp(wrist, 0.96), cuff),
    ];
    let path: Vec<(Vec3, f32)> = stations
        .iter()
        .enumerate()
        .map(|(k, (p, r))| (*p, r + if k + 1 < stations.len() { ease } else { 0.0 }))
        .collect();
    sleeve_of(&path, drop, seed, 0.12)
}

/// A tube of cloth with creases; its end is drawn in so that the limb comes out of a dark opening.
fn sleeve_of(path: &[(Vec3, f32)], drop: f32, seed: u32, crease: f32) -> Shape {
    const SIDES_OF_TUBE: usize = 6;
    let n = path.len();
    let mut across = Vec3::X;
    let mut sections: Vec<Vec<Vec3>> = Vec::with_capacity(n + 1);
    for k in 0..n {
        let (at, radius) = path[k];
        let axis = (path[(k + 1).min(n - 1)].0 - path[k.saturating_sub(1)].0).normalize_or(Vec3::NEG_Y);
        across = (across - axis * across.dot(axis)).normalize_or(axis.any_orthonormal_vector());
        let up = axis.cross(across);
        let hang = drop * smooth(0.3, 1.0, k as f32 / (n - 1) as f32);
        let ring = (0..SIDES_OF_TUBE).map(|c| {
            let (sin, cos) = (TAU * c as f32 / SIDES_OF_TUBE as f32).sin_cos();
            let d = across * cos + up * sin;
            // Folds run aslant around the limb, as cloth is drawn across a joint.
            let wrinkle = 1.0 + crease * gradient(d * 1.7 + Vec3::Y * (2.3 * k as f32), seed);
            let p = at + d * radius * wrinkle;
            p - Vec3::Y * hang * smooth(0.1, -0.7, d.y)
        });
        sections.push(ring.collect());
    }
    let (end, _) = path[n - 1];
    let back = (path[n - 2].0 - end).normalize_or(Vec3::Y);
    let lip = sections[n - 1].iter().map(|p| p.lerp(end, 0.35) + back * 0.03).collect();
    sections.push(lip);
    loft(&sections)
}

/// A shoe, or a boot whose shaft ends at a height above the ankle (in metres); `bulk` thickens it.
pub(super) fn shoe(s: &Skeleton, i: usize, bulk: f32) -> Shape {
    let h = s.build.height;
    // Station along the foot, half width, height of its top; the sole is flat.
    let outline = [
        (-0.036, 0.016, 0.05),
        (-0.03, 0.021, 0.062),
        (0.0, 0.023, 0.066),
        (0.035, 0.024, 0.052),
        (0.07, 0.028, 0.036),
        (0.098, 0.025, 0.027),
        (0.112, 0.013, 0.018),
    ];
    let sections: Vec<Vec<Vec3>> = outline
        .iter()
        .map(|(z, half, top)| {
            let (half, top) = (half * (1.0 + bulk), top * (1.0 + 0.5 * bulk));
            [(1.0, 0.0), (1.05, 0.35), (0.55, 0.95), (-0.55, 0.95), (-1.05, 0.35), (-1.0, 0.0)]
                .iter()
                .map(|(x, y)| Vec3::new(x * half, y * top - 0.045, *z) * h)
                .collect()
        })
        .collect();
    let place = Affine3A::from_rotation_translation(s.foot[i].turn, s.foot[i].ankle);
    // The toes bend where the heel is lifted.
    loft(&sections).transformed(place).mapped(|p| p.with_y(p.y.max(0.0)))
}

/// The shaft of a boot up to a share of the shin.
pub(super) fn shaft(s: &Skeleton, i: usize, share: f32, ease: f32) -> Shape {
    let h = s.build.height;
    let (knee, ankle) = (s.knee[i], s.foot[i].ankle);
    let path = [
        (ankle - Vec3::Y * 0.012 * h, 0.03 * h + ease),
        (ankle.lerp(knee, 0.3 * share), 0.031 * h + ease),
        (ankle.lerp(knee, 0.75 * share), 0.037 * h + ease),
        (ankle.lerp(knee, share), 0.041 * h + ease),
    ];
    sleeve_of(&path, 0.0, 7, 0.05)
}

/// The neck.
pub(super) fn neck(s: &Skeleton) -> Shape {
    let h = s.build.height;
    let low = s.neck - Vec3::Y * 0.02 * h;
    let high = s.head - s.head_turn * Vec3::new(0.0, 0.15, 0.1) * s.head_size();
    gesamt_mesh::shapes::tube(&[low, high], &[0.036 * h, 0.03 * h], 8)
}

/// A collar that stands around the neck.
pub(super) fn collar(s: &Skeleton, height: f32, flare: f32) -> Shape {
    let h = s.build.height;
    let profile = [(0.036, 0.0), (0.052, 0.0), (0.05 + flare, height), (0.044 + flare, height + 0.002), (0.036, 0.01)];
    let profile: Vec<Vec2> = profile.iter().map(|(x, y)| Vec2::new(x * h, y * h)).collect();
    let at = s.neck - Vec3::Y * 0.016 * h;
    // It stands lower in front.
    gesamt_mesh::shapes2::ring(&profile, 10)
        .mapped(|p| p - Vec3::Y * 0.014 * h * smooth(-0.02, 0.05, p.z / h))
        .transformed(Affine3A::from_rotation_translation(s.trunk_turn, at))
}

/// The frame of the head: its middle, +z the face.
pub(super) fn frame(s: &Skeleton) -> Affine3A {
    Affine3A::from_rotation_translation(s.head_turn, s.head)
}
