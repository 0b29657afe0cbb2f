//! Legs, boots, sleeves, hands and heads.

use std::f32::consts::TAU;

use gesamt_mesh::Shape;
use gesamt_mesh::noise::gradient;
use gesamt_mesh::shapes::{blob, sphere};
use gesamt_mesh::shapes2::loft;
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::body::{SIDES, Skeleton};
use crate::ground::smooth;

/// A trouser leg from hip to ankle, or from above the knee under a long skirt; `ease` is its room in metres.
pub(super) fn leg(s: &Skeleton, i: usize, ease: f32, is_lower: bool, seed: u32) -> Shape {
    let h = s.build.height;
    let girth = s.build.girth.sqrt() * h;
    let (hip, knee, ankle) = (s.hip[i], s.knee[i], s.foot[i].ankle);
    let stations = [
        (hip + Vec3::Y * 0.03 * h, 0.05 * girth),
        (hip.lerp(knee, 0.1), 0.055 * girth),
        (hip.lerp(knee, 0.5), 0.048 * girth),
        (hip.lerp(knee, 0.86), 0.039 * girth),
        (knee.lerp(ankle, 0.06), 0.037 * girth),
        (knee.lerp(ankle, 0.35), 0.037 * girth),
        (knee.lerp(ankle, 0.75), 0.028 * girth),
        (knee.lerp(ankle, 0.98), 0.028 * girth),
    ];
    let path: Vec<(Vec3, f32)> =
        stations.iter().skip(if is_lower { 3 } else { 0 }).map(|(p, r)| (*p, r + ease)).collect();
    sleeve_of(&path, 0.0, seed, 0.1)
}

/// A sleeve: `cuff` is its radius at the wrist in metres, `drop` how far it hangs below the forearm.
pub(super) fn sleeve(s: &Skeleton, i: usize, ease: f32, cuff: f32, drop: f32, seed: u32) -> Shape {
    let h = s.build.height;
    let (shoulder, elbow, wrist) = (s.shoulder[i], s.elbow[i], s.wrist[i]);
    let inward = s.trunk_turn * Vec3::new(-SIDES[i] * 0.032, -0.016, 0.0) * h;
    let stations = [
        (shoulder + inward, 0.026 * h),
        (shoulder.lerp(elbow, 0.1), 0.036 * h),
        (shoulder.lerp(elbow, 0.45), 0.036 * h),
        (shoulder.lerp(elbow, 0.88), 0.031 * h),
        (elbow.lerp(wrist, 0.1), 0.03 * h),
        (elbow.lerp(wrist, 0.5), 0.5 * (0.026 * h + cuff)),
        (elbow.lerp(wrist, 0.96), cuff),
    ];
    let path: Vec<(Vec3, f32)> = stations
        .iter()
        .enumerate()
        .map(|(k, (p, r))| (*p, r + if k + 1 < stations.len() { ease } else { 0.0 }))
        .collect();
    sleeve_of(&path, drop, seed, 0.09)
}

/// A tube of cloth with creases; its end is drawn in so that the limb comes out of a dark opening.
fn sleeve_of(path: &[(Vec3, f32)], drop: f32, seed: u32, crease: f32) -> Shape {
    const SIDES_OF_TUBE: usize = 7;
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
            let wrinkle = 1.0 + crease * gradient(d * 1.7 + at * 9.0, seed);
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
            [(1.0, 0.0), (1.05, 0.3), (0.8, 0.75), (0.0, 1.0), (-0.8, 0.75), (-1.05, 0.3), (-1.0, 0.0)]
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

/// A hand as a mitt: thumb and palm are told apart by its shape.
pub(super) fn mitt(s: &Skeleton, i: usize, bulk: f32) -> Shape {
    let h = s.build.height;
    let along = (s.wrist[i] - s.elbow[i]).normalize_or(Vec3::NEG_Y);
    let turn = Quat::from_rotation_arc(Vec3::NEG_Y, along);
    let side = SIDES[i];
    let shape = blob(1, |d| {
        let thumb = 0.35 * smooth(0.6, 1.0, d.dot(Vec3::new(-0.3 * side, 0.1, 0.95)));
        1.0 + thumb
    });
    let size = Vec3::new(0.012, 0.038, 0.019) * h * (1.0 + bulk);
    let at = s.wrist[i] + along * 0.032 * h;
    shape.mapped(|p| p * size).transformed(Affine3A::from_rotation_translation(turn, at))
}

/// Head and neck: an egg with chin, brow and nose. `stretch` lengthens the skull backward and up.
pub(super) fn head(s: &Skeleton, stretch: f32) -> Shape {
    let size = s.head_size();
    let egg = sphere(1.0, 9, 12).mapped(|d| {
        let axes = Vec3::new(0.345, 0.5, 0.415) * size;
        let mut radius = (d / axes).length().recip();
        let below = smooth(0.0, -0.9, d.y);
        radius *= 1.0 - 0.14 * below * d.x.abs();
        radius *= 1.0 - 0.2 * smooth(0.1, 0.8, -d.z) * below;
        radius *= 1.0 + 0.2 * smooth(0.9, 0.985, d.dot(Vec3::new(0.0, -0.15, 0.989)));
        for side in SIDES {
            radius *= 1.0 - 0.1 * smooth(0.9, 0.98, d.dot(Vec3::new(side * 0.36, 0.08, 0.93)));
        }
        d * radius * (1.0 + stretch * smooth(0.0, 1.0, d.dot(Vec3::new(0.0, 0.75, -0.66))))
    });
    egg.transformed(frame(s))
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
