//! Trees, bushes, tufts and stones of the set's own: a few meshes each, placed many times.

mod broadleaf;
mod conifers;
mod corals;
mod grasses;
mod leaves;
mod litter;
mod minerals;
mod plants;
mod rocks;
mod trees;
mod tropics;
mod vines;
mod wetland;

pub(crate) use corals::{coral_fan, kelp};
pub(crate) use grasses::{crop, grow_sward, near_points, reeds, tuft};
pub(crate) use leaves::Leaves;
pub(crate) use litter::lay_litter;
pub(crate) use minerals::rubble_heap;
pub(crate) use plants::{bush, cactus, fern, mushroom};
pub(crate) use rocks::{boulder, boulders};
pub(crate) use trees::{TreeKind, tree};
pub(crate) use tropics::{banana, fan_leaf, hang_lianas, tree_fern};
pub(crate) use vines::ivy;
pub(crate) use wetland::{duckweed, lily_pads};

use glam::Vec2;

use crate::stage::{Piece, Stage};

/// Scatters pieces over a band of depths; `keep` says whether a point of the plan may hold one.
pub(crate) fn strew(
    stage: &mut Stage,
    name: &str,
    pieces: &[Piece],
    count: usize,
    reach: Reach,
    keep: impl Fn(&Stage, Vec2) -> bool,
) {
    if pieces.is_empty() {
        return;
    }
    let mut rng = stage.rng(name);
    let mut placed = 0;
    for _ in 0..count * 4 {
        if placed >= count {
            break;
        }
        let depth = reach.near + (reach.far - reach.near) * rng.unit().powf(reach.bias);
        let spread = (depth * stage.view.half_width * 1.25 + 3.0).min(reach.half_width);
        let (ahead, right) = stage.view.axes();
        let at = stage.view.eye() + ahead * depth + right * rng.signed() * spread;
        let pick = rng.below(pieces.len());
        let (scale, yaw) = (rng.range(reach.scale[0], reach.scale[1]), rng.range(0.0, std::f32::consts::TAU));
        let radius = reach.footprint * scale;
        if !keep(stage, at) || (radius > 0.0 && !stage.may_stand(at, radius, reach.height * scale)) {
            continue;
        }
        stage.put_at(&pieces[pick], at, yaw, scale);
        if radius > 0.0 {
            stage.taken.take(at, radius);
        }
        placed += 1;
    }
}

/// Where and how large strewn things are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    pub near: f32,
    pub far: f32,
    pub half_width: f32,
    /// More than 1 crowds them toward the camera.
    pub bias: f32,
    pub scale: [f32; 2],
    /// Radius that no other thing may enter at scale 1; 0 for things that may overlap.
    pub footprint: f32,
    /// Height at scale 1, for lines of sight.
    pub height: f32,
}

impl Reach {
    /// Small plants that may overlap.
    pub fn low(near: f32, far: f32, half_width: f32) -> Self {
        Self { near, far, half_width, bias: 1.7, scale: [0.7, 1.3], footprint: 0.0, height: 0.3 }
    }

    /// Things with a footprint.
    pub fn solid(near: f32, far: f32, half_width: f32, footprint: f32, height: f32) -> Self {
        Self { near, far, half_width, bias: 1.2, scale: [0.75, 1.3], footprint, height }
    }
}
