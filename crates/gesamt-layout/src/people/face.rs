//! Heads: a skull with brow, eyes, nose, mouth, chin and ears. Shapes are in heads, in the frame of the head: its middle at the
//! origin, +z the face.

use std::f32::consts::PI;

use gesamt_mesh::Shape;
use gesamt_mesh::shapes::block;
use gesamt_mesh::shapes2::loft;
use glam::{Quat, Vec3};

use super::body::SIDES;
use crate::ground::smooth;

/// What tells one face from another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Face {
    /// Strength of the brow and length of the nose against the mean.
    pub brow: f32,
    pub nose: f32,
    /// Width of the jaw against the mean.
    pub jaw: f32,
    /// How much longer than a human's the skull is, backward and up.
    pub stretch: f32,
}

impl Face {
    /// The face of a person by a number of their own.
    pub fn of(seed: u32, is_soft: bool, stretch: f32) -> Self {
        let part = |shift: u32| (seed.rotate_right(shift) & 0xff) as f32 / 255.0;
        Self {
            brow: if is_soft { 0.5 } else { 0.9 + 0.5 * part(0) },
            nose: 0.8 + 0.5 * part(9),
            jaw: if is_soft { 0.9 } else { 0.97 } + 0.14 * part(17),
            stretch,
        }
    }
}

/// Angles of the columns from the front to the back of one side: the face is drawn finer.
const COLUMNS: [f32; 8] = [0.0, 0.17, 0.36, 0.6, 0.95, 1.45, 2.2, PI];
/// Heights of the rows from chin to crown.
const ROWS: [f32; 16] =
    [-0.5, -0.46, -0.41, -0.31, -0.28, -0.25, -0.2, -0.165, -0.11, -0.045, 0.015, 0.075, 0.16, 0.29, 0.42, 0.495];
/// Where the eyes are: aside of the middle and high.
const EYE: [f32; 2] = [0.125, 0.012];
const MOUTH: f32 = -0.28;
/// A hat covers what is higher.
const CROWN: f32 = 0.2;
/// Height, half width, reach to the front and to the back of the skull.
const SKULL: [[f32; 4]; 12] = [
    [-0.5, 0.085, 0.285, -0.12],
    [-0.47, 0.135, 0.325, -0.06],
    [-0.42, 0.18, 0.335, 0.02],
    [-0.34, 0.22, 0.325, 0.11],
    [-0.24, 0.255, 0.33, 0.22],
    [-0.12, 0.285, 0.33, 0.31],
    [0.02, 0.31, 0.325, 0.375],
    [0.12, 0.325, 0.35, 0.405],
    [0.27, 0.325, 0.34, 0.415],
    [0.38, 0.27, 0.27, 0.36],
    [0.455, 0.17, 0.17, 0.24],
    [0.5, 0.05, 0.05, 0.09],
];

/// All columns around, from the front to the left and back.
fn angles() -> Vec<f32> {
    let back = COLUMNS.iter().skip(1).rev().skip(1).map(|a| -a);
    COLUMNS.iter().copied().chain(back).collect()
}

/// The bare skull at a height.
fn skull(y: f32) -> [f32; 3] {
    let k = SKULL.windows(2).position(|w| y <= w[1][0]).unwrap_or(SKULL.len() - 2);
    let (a, b) = (SKULL[k], SKULL[k + 1]);
    let t = ((y - a[0]) / (b[0] - a[0])).clamp(0.0, 1.0);
    [1, 2, 3].map(|i| a[i] + (b[i] - a[i]) * t)
}

/// A soft hump of height 1.
fn hump(d: f32, width: f32) -> f32 {
    (-(d / width) * (d / width)).exp()
}

/// How far the face stands out before the skull.
fn relief(face: &Face, x: f32, y: f32) -> f32 {
    let a = x.abs();
    let ridge = {
        let down = smooth(0.05, -0.16, y);
        (0.022 + 0.085 * face.nose * down) * smooth(-0.215, -0.175, y) * smooth(0.1, 0.02, y)
    };
    let nose = ridge * hump(x, 0.042 + 0.03 * smooth(-0.08, -0.16, y));
    let brow = 0.022 * face.brow * hump(y - 0.085, 0.04) * smooth(0.3, 0.2, a);
    let socket = -0.05 * hump(a - EYE[0], 0.075) * hump(y - EYE[1], 0.05);
    let cheek =
        0.018 * hump(a - 0.2, 0.08) * hump(y + 0.075, 0.06) - 0.022 * hump(a - 0.2, 0.06) * hump(y + 0.26, 0.08);
    let lips =
        hump(x, 0.11) * (0.02 * hump(y + 0.25, 0.022) + 0.02 * hump(y + 0.31, 0.025) - 0.008 * hump(y - MOUTH, 0.014));
    let chin = 0.024 * hump(x, 0.1) * hump(y + 0.43, 0.05) - 0.016 * hump(x, 0.1) * hump(y + 0.365, 0.025);
    nose + brow + socket + cheek + lips + chin
}

/// A point of the skin at a height and an angle from the front.
fn skin(face: &Face, y: f32, angle: f32) -> Vec3 {
    let [half, front, back] = skull(y);
    let below = smooth(-0.05, -0.3, y);
    let half = half * (1.0 + (face.jaw - 1.0) * below);
    // Under the ears the section lies before the middle of the head.
    let middle = 0.5 * (front - back) * below;
    let (sin, cos) = angle.sin_cos();
    let reach = if cos > 0.0 { front - middle } else { back + middle };
    // The face is flatter than an ellipse.
    let flat = cos.abs().powf(if cos > 0.0 { 0.8 } else { 1.0 }) * cos.signum();
    let x = half * sin.abs().powf(0.9) * sin.signum();
    let p = Vec3::new(x, y, middle + reach * flat + relief(face, x, y) * smooth(0.1, 0.5, cos));
    let long = face.stretch * smooth(0.0, 1.0, p.normalize_or_zero().dot(Vec3::new(0.0, 0.75, -0.66)));
    p * (1.0 + long)
}

/// The head without hair.
///
/// Of a head that is wrapped, the sides and the back are not drawn in full; under a hat, neither is the crown.
pub(super) fn head(face: &Face, is_wrapped: bool, is_crowned: bool) -> Shape {
    const SIDE: f32 = 1.2;
    let angles = angles().into_iter().filter(|a| !is_wrapped || a.abs() < SIDE || *a == PI);
    let angles: Vec<f32> = angles.collect();
    let rows = ROWS.iter().filter(|y| !is_crowned || **y < CROWN || **y > 0.45);
    let rows: Vec<Vec<Vec3>> = rows.map(|y| angles.iter().map(|a| skin(face, *y, *a)).collect()).collect();
    loft(&rows)
}

/// The two ears.
pub(super) fn ears() -> [Shape; 2] {
    SIDES.map(|side| {
        let ring = |grow: f32, out: f32| -> Vec<Vec3> {
            [(0.07, 0.02), (0.105, -0.05), (0.03, -0.1), (-0.09, -0.05), (-0.115, 0.0), (-0.03, 0.035)]
                .iter()
                .map(|(y, z)| Vec3::new(side * (0.3 + out), y * grow - 0.06, z * grow - 0.05))
                .collect()
        };
        loft(&[ring(0.75, 0.0), ring(1.0, 0.055), ring(0.6, 0.04)])
    })
}

/// The eyes: dark between the lids.
pub(super) fn eyes(face: &Face) -> [Shape; 2] {
    SIDES.map(|side| {
        let at = skin(face, EYE[1], 0.39 * side).with_x(side * EYE[0]);
        let half = Vec3::new(0.05, 0.021, 0.02);
        let turn = Quat::from_rotation_y(0.3 * side);
        block(-half, half, 0.0)
            .mapped(|p| at + turn * Vec3::new(p.x, p.y * (1.0 - 8.0 * p.x * side).clamp(0.6, 1.2), p.z - 0.006))
    })
}

/// The brows: a dark line over each eye.
pub(super) fn brows(face: &Face) -> [Shape; 2] {
    SIDES.map(|side| {
        let at = skin(face, 0.085, 0.36 * side).with_x(side * 0.13);
        let half = Vec3::new(0.07, 0.014 + 0.006 * face.brow, 0.016);
        let turn = Quat::from_rotation_y(0.3 * side) * Quat::from_rotation_z(-0.1 * side);
        block(-half, half, 0.0).mapped(|p| at + turn * p)
    })
}

/// The line of the mouth.
pub(super) fn mouth(face: &Face) -> Shape {
    let at = skin(face, MOUTH, 0.0);
    let half = Vec3::new(0.082, 0.013, 0.02);
    block(-half, half, 0.0).mapped(|p| at + Vec3::new(p.x, p.y - 0.3 * p.x * p.x, p.z - 0.012 - 2.2 * p.x * p.x))
}

/// A beard about the jaw; `length` is how far it hangs below the chin.
pub(super) fn beard(face: &Face, length: f32) -> Shape {
    let rows = [-0.5, -0.44, -0.36, -0.28, -0.21, -0.14];
    let sections: Vec<Vec<Vec3>> = rows
        .iter()
        .enumerate()
        .map(|(k, y)| {
            let ring = angles().into_iter().filter(|a| a.abs() < 2.0 || *a == PI).map(|angle| {
                let p = skin(face, *y, angle);
                // Outside along the jaw, under the skin at the nape and above the lip.
                let beside = smooth(1.75, 1.3, angle.abs());
                let lip = smooth(-0.27, -0.23, *y) * smooth(0.75, 0.5, angle.abs());
                let edge = smooth(-0.13, -0.2, *y);
                let grow = 1.0 + 0.13 * beside * (1.0 - lip) * edge - 0.22 * (1.0 - beside * edge).max(lip);
                let hang = length * smooth(-0.36, -0.5, *y) * if k == 0 { 1.0 } else { 0.8 };
                Vec3::new(p.x * grow, p.y - hang - 0.03 * smooth(-0.4, -0.5, *y), p.z * grow + 0.15 * hang)
            });
            ring.collect()
        })
        .collect();
    loft(&sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_as_high_as_its_unit_and_all_its_parts_are_closed() {
        for seed in [0, 0x9e37_79b9, u32::MAX] {
            let face = Face::of(seed, seed == 0, 0.0);
            let head = head(&face, seed == 0, seed == u32::MAX);
            assert!(head.is_closed_manifold() && head.volume() > 0.12, "{}", head.volume());
            let [low, high] =
                [f32::min, f32::max].map(|pick| head.positions.iter().map(|p| p.y).fold(head.positions[0].y, pick));
            assert!((low + 0.5).abs() < 0.01 && (high - 0.5).abs() < 0.01, "{low} {high}");
            let parts =
                ears().into_iter().chain(eyes(&face)).chain(brows(&face)).chain([mouth(&face), beard(&face, 0.1)]);
            assert!(parts.into_iter().all(|part| part.is_closed_manifold()));
        }
    }

    #[test]
    fn the_nose_is_the_foremost_and_the_eyes_lie_deep() {
        let face = Face::of(7, false, 0.0);
        let depth = |y: f32, angle: f32| skin(&face, y, angle).z;
        let nose = depth(-0.165, 0.0);
        assert!(ROWS.iter().all(|y| depth(*y, 0.0) <= nose + 1e-6));
        assert!(depth(EYE[1], 0.36) < depth(0.085, 0.36) && depth(EYE[1], 0.36) < depth(-0.08, 0.36));
    }
}
