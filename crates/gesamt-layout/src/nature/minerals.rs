//! Heaps of broken masonry.

use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{blob, block};
use gesamt_world::MaterialKind;
use glam::{Affine3A, Quat, Vec3};

use crate::pen::Pen;
use crate::stage::{Piece, Stage};

/// A heap of broken masonry.
pub(crate) fn rubble_heap(stage: &mut Stage, kind: MaterialKind, size: f32, seed: u64) -> Piece {
    let mut rng = stage.seed.child("rubble").index(seed).rng();
    let (material, dust) = (stage.kind(kind), stage.kind(MaterialKind::Gravel));
    let mut pen = Pen::new(dust);
    let noise = rng.next_u64() as u32;
    pen.crease(70.0)
        .add(&blob(2, |d| size * (0.75 + 0.25 * fbm(d * 2.0, 2, noise))).mapped(|p| p * Vec3::new(1.0, 0.3, 0.9)));
    pen.mat(material).crease(40.0);
    for _ in 0..26 {
        let (angle, r) = (rng.range(0.0, std::f32::consts::TAU), rng.unit().sqrt() * 1.1);
        let at = Vec3::new(angle.cos() * r * size, 0.24 * size * (1.0 - r * r).max(0.0), angle.sin() * r * size);
        let half = Vec3::new(rng.range(0.1, 0.3), rng.range(0.06, 0.18), rng.range(0.1, 0.26)) * (0.35 + 0.4 * size);
        let turn = Quat::from_euler(glam::EulerRot::YXZ, rng.range(0.0, 6.3), rng.signed() * 0.6, rng.signed() * 0.6);
        let chunk = block(-half, half, 0.12 * half.y).mapped(|p| p * (1.0 + 0.25 * fbm(p * 4.0 + at, 2, noise)));
        pen.add(&chunk.transformed(Affine3A::from_rotation_translation(turn, at)));
    }
    stage.piece(pen)
}
