//! Hands: palm, thumb and fingers in a relaxed curl or around what is held.

use gesamt_mesh::Shape;
use gesamt_mesh::shapes2::loft;
use glam::{Affine3A, Mat3A, Vec2, Vec3, Vec3A};

use super::body::{SIDES, Skeleton};

/// A station of a finger: place, half thickness across the palm and along it.
type Knuckle = (Vec3, Vec2);

/// The hand at the end of an arm, in the frame of the figure; `bulk` thickens it (gloves), `grip` closes it (0–1).
pub(super) fn hand(s: &Skeleton, i: usize, bulk: f32, grip: f32) -> [Shape; 4] {
    let h = s.build.height;
    let inward = -SIDES[i];
    let thick = 1.0 + bulk;
    let curl = |far: f32| Vec3::new(inward * (0.004 + (0.009 + 0.016 * grip) * far), 0.03 * grip * far * far, 0.0);
    // Along −y from the wrist, +z toward the thumb, ±x the back of the hand.
    let palm: Vec<Knuckle> = vec![
        (Vec3::new(0.0, 0.008, 0.0), Vec2::new(0.0125, 0.0165)),
        (Vec3::new(0.0, -0.014, 0.002), Vec2::new(0.012, 0.0195)),
        (Vec3::new(inward * 0.002, -0.038, 0.002), Vec2::new(0.0125, 0.0245)),
        (Vec3::new(inward * 0.004, -0.056, 0.0), Vec2::new(0.0105, 0.024)),
    ];
    let finger = |z: f32, half: f32, long: f32| -> Vec<Knuckle> {
        [(0.0, -0.052), (0.55, -0.076), (1.0, -0.052 - 0.046 * long)]
            .iter()
            .map(|(far, y)| {
                let slim = 1.0 - 0.3 * far;
                (Vec3::new(0.0, *y, z * (1.0 - 0.1 * far)) + curl(*far), Vec2::new(0.0085 * slim, half * slim))
            })
            .collect()
    };
    let thumb: Vec<Knuckle> = [(0.0, 0.008), (0.5, 0.0085), (1.0, 0.006)]
        .iter()
        .map(|(far, half)| {
            let along = Vec3::new(
                inward * (0.006 + 0.014 * far),
                -0.02 - 0.036 * far,
                0.019 + 0.012 * far - 0.012 * grip * far,
            );
            (along, Vec2::splat(*half))
        })
        .collect();
    let place = frame(s, i);
    [(palm, 6), (finger(0.0145, 0.008, 0.97), 4), (finger(-0.0055, 0.0145, 0.96), 4), (thumb, 4)].map(
        |(path, sides)| {
            let sections: Vec<Vec<Vec3>> = path
                .iter()
                .map(|(at, half)| {
                    let ring = (0..sides).map(|k| {
                        let (sin, cos) = (std::f32::consts::TAU * (k as f32 + 0.5) / sides as f32).sin_cos();
                        place.transform_point3((*at + Vec3::new(half.x * sin, 0.0, half.y * cos) * 1.15 * thick) * h)
                    });
                    ring.collect()
                })
                .collect();
            loft(&sections)
        },
    )
}

/// The frame of a hand: −y along the forearm, +z toward the front of the figure.
fn frame(s: &Skeleton, i: usize) -> Affine3A {
    let down = (s.wrist[i] - s.elbow[i]).normalize_or(Vec3::NEG_Y);
    // Thumbs point ahead; of a forearm that points ahead itself, up.
    let ahead = s.trunk_turn * Vec3::Z + Vec3::Y * (0.8 * down.z.max(0.0));
    let ahead = (ahead - down * ahead.dot(down)).normalize_or(Vec3::Y);
    let up = -down;
    let aside = up.cross(ahead);
    let matrix3 = Mat3A::from_cols(Vec3A::from(aside), Vec3A::from(up), Vec3A::from(ahead));
    Affine3A { matrix3, translation: Vec3A::from(s.wrist[i]) }
}
