//! Feathered wings of carved angels and victories.

use gesamt_mesh::Shape;
use gesamt_mesh::shapes::tube;
use gesamt_mesh::shapes2::loft;
use glam::{Affine3A, Mat3, Vec3};

use super::build::smooth;
use super::pen::{Pen, v};
use crate::style::Part;

/// How a pair of wings is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pose {
    /// Laid along the back, the tips low.
    Folded,
    /// Raised and spread.
    Spread,
}

/// A row of feathers: how many, how long, how wide, and how far in front of the row behind.
type Row = (usize, f32, f32, f32);
/// Long quills behind, coverts over them, and small feathers along the arm.
const ROWS: [Row; 3] = [(13, 1.0, 0.036, 0.0), (11, 0.52, 0.034, 0.012), (9, 0.27, 0.032, 0.022)];

/// One feather of length 1 along +Y with a quill: a curved blade that tapers to a round tip.
fn feather() -> Shape {
    const STEPS: usize = 6;
    let section = |i: usize| -> Vec<Vec3> {
        let t = i as f32 / STEPS as f32;
        let wide = [0.5, 0.85, 1.0, 1.0, 0.95, 0.75, 0.25][i];
        let z = 0.1 * t * t;
        [v(-wide, t, z - 0.3), v(0.0, t, z + 0.34), v(wide, t, z - 0.3), v(0.0, t, z - 0.12)].to_vec()
    };
    loft(&(0..=STEPS).map(section).collect::<Vec<_>>())
}

/// Both wings on the shoulder blades of a figure of height 1.
pub(crate) fn wings(p: &mut Pen, pose: Pose) {
    for s in [-1.0, 1.0] {
        wing(p, pose, s);
    }
}

fn wing(p: &mut Pen, pose: Pose, s: f32) {
    let arm: [Vec3; 4] = match pose {
        Pose::Folded => [v(0.04, 0.7, -0.06), v(0.13, 0.86, -0.12), v(0.2, 0.97, -0.13), v(0.26, 0.9, -0.12)],
        Pose::Spread => [v(0.04, 0.7, -0.06), v(0.17, 0.86, -0.13), v(0.31, 1.0, -0.15), v(0.45, 1.03, -0.14)],
    };
    let arm = arm.map(|q| v(s * q.x, q.y, q.z));
    let path = smooth(&arm, 5);
    let girth: Vec<f32> = (0..path.len()).map(|i| 0.032 - 0.018 * i as f32 / path.len() as f32).collect();
    p.creased(80.0, |p| {
        p.put(Part::Main, &tube(&path, &girth, 9));
    });
    let along = |t: f32| path[((path.len() - 1) as f32 * t).round() as usize];
    let blade = feather();
    for (row, (n, length, wide, ahead)) in ROWS.into_iter().enumerate() {
        for k in 0..n {
            let t = (k as f32 + 0.4 * (row % 2) as f32) / n as f32;
            if row == 0 && p.broken(0.2) {
                continue;
            }
            let (dir, long) = quill(pose, s, t);
            let root = along(t.min(1.0)) + v(0.0, 0.012, ahead - 0.0016 * k as f32);
            let across = Vec3::Z.cross(dir).normalize_or(Vec3::X);
            let face = across.cross(dir).normalize_or(Vec3::Z);
            let size = Mat3::from_cols(across * wide, dir * (long * length), face * 0.02);
            p.within(Affine3A::from_mat3_translation(size, root), |p| {
                p.creased(40.0, |p| {
                    p.put(Part::Main, &blade);
                });
            });
        }
    }
}

/// Direction and length of the quill at `t` of the arm, from shoulder to tip.
fn quill(pose: Pose, s: f32, t: f32) -> (Vec3, f32) {
    match pose {
        Pose::Folded => (v(s * (0.02 + 0.16 * t), -1.0, -0.12 + 0.1 * t).normalize(), 0.38 + 0.34 * t),
        Pose::Spread => {
            let turn = 0.1 + 1.35 * t.powf(1.4);
            (v(s * turn.sin(), -turn.cos(), -0.1).normalize(), 0.3 + 0.16 * (3.0 * t).sin().abs())
        }
    }
}
