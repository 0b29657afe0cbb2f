//! Fences and walls stand in runs: a piece alone shuts nothing off.

use gesamt_world::AssetFamily;
use glam::Vec2;

use super::company::bars_view;
use super::edge::is_cut;
use super::fit::suits;
use crate::places::Spot;
use crate::stage::Stage;

/// Pieces of the longest run and of the shortest that is worth it.
const LONGEST: usize = 5;
const SHORTEST: usize = 2;
/// Runs nearer than this would bar the way into the picture, in metres: low ones, and those taller than the eye.
const NEAREST_M: f32 = 6.0;
const NEAREST_TALL_M: f32 = 10.0;

/// The slots of a list that stand in runs, taken out of it.
pub(super) fn split(stage: &Stage, slots: &mut Vec<usize>) -> Vec<usize> {
    let runs = |s: &usize| matches!(stage.slots[*s].family, AssetFamily::Fence | AssetFamily::Wall);
    let lines = slots.iter().copied().filter(runs).collect();
    slots.retain(|s| !runs(s));
    lines
}

/// Puts up to `limit` runs along the spots of structures: each goes on from its spot, away from the viewer.
pub(super) fn runs(stage: &mut Stage, spots: &[Spot], slots: &[usize], limit: usize) {
    let mut placed = 0;
    for spot in spots {
        if placed >= limit || slots.is_empty() {
            break;
        }
        let slot = slots[placed % slots.len()];
        let pieces = run(stage, slot, spot);
        if pieces.len() < SHORTEST {
            continue;
        }
        for at in pieces {
            stage.place(slot, at, spot.yaw, 1.0, spot.lift);
        }
        placed += 1;
    }
}

/// Where the pieces of a run stand; they touch.
fn run(stage: &Stage, slot: usize, spot: &Spot) -> Vec<Vec2> {
    let Some(width) = stage.slots[slot].variants.first().map(|v| v.bounds.size().x) else { return Vec::new() };
    let (ahead, _) = stage.view.axes();
    let along = Vec2::new(spot.yaw.cos(), -spot.yaw.sin());
    let along = if along.dot(ahead) < 0.0 { -along } else { along };
    let (half, height) = (0.5 * width, stage.slots[slot].height());
    let nearest = if height < stage.world.camera.height_m { NEAREST_M } else { NEAREST_TALL_M };
    let stands = |at: &Vec2| {
        // Pieces that lie along the view take little room across it.
        let room = 0.5 * half;
        stage.view.local(*at).0 > nearest
            && stage.taken.is_free(*at, room)
            && !stage.hides_subject(*at, half, height)
            && !bars_view(stage, slot, *at, spot.yaw)
            && !stage.taken.in_box(*at)
            && suits(stage, slot, *at)
            && !is_cut(stage, slot, *at, spot.lift)
    };
    (0..LONGEST).map(|k| spot.at + along * (0.97 * width * k as f32)).take_while(stands).collect()
}
