//! What lies on open ground before the feet: pebbles, fallen leaves, twigs.

use std::f32::consts::TAU;

use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{blob, tube};
use gesamt_world::{Genre, MaterialKind, Place};
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::Leaves;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage};

/// Dead leaves, linear.
const WITHERED: [f32; 3] = [0.2, 0.115, 0.045];
/// One point in so many near the camera bears stones, or leaves.
const STONY: usize = 7;
const LEAFY: usize = 4;
/// Stones and leaves gather where a slow noise is higher.
const GATHERS: f32 = -0.12;

/// Lays stones and leaves at points near the camera, on ground of the kind that goes with each.
pub(crate) fn lay_litter(stage: &mut Stage, points: &[(Vec2, MaterialKind)]) {
    if points.is_empty() || stage.skin.snow > 0.3 {
        return;
    }
    let stones: Vec<Piece> = (0..3).map(|i| pebbles(stage, i)).collect();
    let is_leafy = sheds_leaves(stage);
    let leaves: Vec<Piece> = if is_leafy { (0..3).map(|i| fallen(stage, i)).collect() } else { Vec::new() };
    let drift = stage.seed.child("litter").0 as u32;
    let mut rng = stage.rng("litter");
    for (k, (at, kind)) in points.iter().enumerate() {
        let (pick, yaw, scale) = (rng.below(3), rng.range(0.0, TAU), rng.range(0.6, 1.3));
        let heap = fbm(Vec3::new(at.x, 0.0, at.y) * 0.7, 2, drift);
        let is_bare = !matches!(kind, MaterialKind::Grass | MaterialKind::Moss);
        if k % STONY == 0 && is_bare && heap > GATHERS {
            stage.put_at(&stones[pick], *at, yaw, scale);
        } else if k % LEAFY == 1 && is_leafy && heap < -GATHERS {
            stage.put_at(&leaves[pick], *at, yaw, scale);
        }
    }
}

/// True where trees stand over the ground.
fn sheds_leaves(stage: &Stage) -> bool {
    use Place::{Castle, Farmland, Forest, Garden, Graveyard, Jungle, Ruins, Swamp, Village};
    let is_wooded = matches!(
        stage.world.setting.place,
        Forest | Jungle | Garden | Graveyard | Swamp | Village | Castle | Farmland | Ruins
    );
    is_wooded && stage.world.setting.genre != Genre::Western
}

/// Pebbles about the origin, half sunk, a hand's breadth at most.
fn pebbles(stage: &mut Stage, seed: u64) -> Piece {
    let mut rng = stage.seed.child("pebbles").index(seed).rng();
    let material = stage.kind(MaterialKind::Rock);
    let mut pen = Pen::new(material);
    pen.crease(70.0);
    for k in 0..9u32 {
        let r = 0.012 + 0.05 * rng.unit().powi(3);
        let noise = rng.next_u64() as u32;
        let stone = blob(u32::from(k == 0), |d| 1.0 + 0.25 * fbm(d * 1.4, 2, noise));
        let half = r * Vec3::new(1.0, rng.range(0.45, 0.75), rng.range(0.65, 1.0));
        let at = Vec3::new(rng.normal() * 0.22, 0.02 + 0.2 * half.y, rng.normal() * 0.22);
        let turn = Quat::from_rotation_y(rng.range(0.0, TAU));
        pen.add(&stone.transformed(Affine3A::from_scale_rotation_translation(half, turn, at)));
    }
    stage.piece(pen)
}

/// Fallen leaves and twigs about the origin.
fn fallen(stage: &mut Stage, seed: u64) -> Piece {
    let mut rng = stage.seed.child("fallen").index(seed).rng();
    let color = mix(WITHERED, stage.skin.leaves(rng.unit()).tint, rng.range(0.1, 0.5));
    let leaf = stage.tinted(MaterialKind::Leaves, color, 0.85);
    let bark = stage.kind(MaterialKind::Bark);
    let mut pen = Pen::new(leaf);
    let mut leaves = Leaves::default();
    for _ in 0..16 {
        let at = Vec3::new(rng.normal() * 0.26, 0.022 + 0.012 * rng.unit(), rng.normal() * 0.26);
        let a = rng.range(0.0, TAU);
        let along = Vec3::new(a.cos(), 0.16 * rng.signed(), a.sin()) * rng.range(0.04, 0.09);
        leaves.ovate(at, along, along.cross(Vec3::Y + 0.3 * Vec3::X * rng.signed()), 0.6 * along.length());
    }
    pen.mesh(&leaves.finish());
    for _ in 0..2 {
        let (at, a) = (Vec3::new(rng.normal() * 0.2, 0.028, rng.normal() * 0.2), rng.range(0.0, TAU));
        let way = Vec3::new(a.cos(), 0.03, a.sin()) * rng.range(0.15, 0.4);
        let knee = at + 0.5 * way + Vec3::new(0.02 * rng.signed(), 0.012, 0.02 * rng.signed());
        pen.mat(bark).add(&tube(&[at, knee, at + way], &[0.007, 0.006, 0.003], 4));
    }
    stage.piece(pen)
}
