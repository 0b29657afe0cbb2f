//! Stones and heaps.

use gesamt_mesh::noise::{cells, fbm};
use gesamt_mesh::shapes::{blob, block};
use gesamt_world::{MaterialKind, Rng};
use glam::{Affine3A, Quat, Vec3};

use crate::pen::Pen;
use crate::stage::{Piece, Stage};

fn rng_of(stage: &Stage, name: &str, seed: u64) -> Rng {
    stage.seed.child(name).index(seed).rng()
}

/// A boulder of about a size, half sunk.
pub(crate) fn boulder(stage: &mut Stage, kind: MaterialKind, size: f32, detail: u32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "boulder", seed);
    let material = stage.kind(kind);
    let noise = rng.next_u64() as u32;
    let half = 0.5 * size * Vec3::new(rng.range(0.8, 1.2), rng.range(0.6, 0.95), rng.range(0.7, 1.1));
    let shape = blob(detail, |d| {
        // Facets from the nearest cell give planes and edges; a little noise roughens them.
        let (first, second, _) = cells(d * 1.3 + Vec3::splat(5.0), noise);
        0.82 + 0.30 * (second - first).min(0.6) + 0.16 * fbm(d * 3.2, 3, noise)
    });
    let mut pen = Pen::new(material);
    pen.crease(38.0).add(&shape.mapped(|p| p * half).at(0.0, 0.55 * half.y, 0.0));
    stage.piece(pen)
}

/// A few boulders of different sizes.
pub(crate) fn boulders(stage: &mut Stage, kind: MaterialKind, size: f32, n: u64) -> Vec<Piece> {
    (0..n).map(|i| boulder(stage, kind, size * (0.6 + 0.5 * i as f32 / n as f32), 3, i)).collect()
}

/// A heap of broken masonry.
pub(crate) fn rubble_heap(stage: &mut Stage, kind: MaterialKind, size: f32, seed: u64) -> Piece {
    let mut rng = rng_of(stage, "rubble", seed);
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
