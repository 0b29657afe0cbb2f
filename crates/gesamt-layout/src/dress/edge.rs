//! The edge of the frame: what is looked at stands wholly inside it, what frames the view may run out of it.

use gesamt_world::AssetFamily;
use glam::{Vec2, Vec3};

use crate::places::Spot;
use crate::stage::{Slot, Stage};
use crate::view::ASPECT;

/// Things farther than this are small where the frame cuts them, in metres.
const NEAR_M: f32 = 11.0;
/// Margin inside the frame, as a share of it.
const MARGIN: f32 = 0.012;

/// How the frame holds a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    Inside,
    /// Inside but for its top.
    Topped,
    Cut,
    Outside,
}

/// True for what frames a view when its edge runs through it: walls, stalls, trees, stones.
fn may_be_cut(family: AssetFamily) -> bool {
    use AssetFamily::*;
    matches!(
        family,
        MarketStall
            | Kiosk
            | Wall
            | Fence
            | Container
            | Shelf
            | PipeRack
            | Dock
            | Boat
            | Column
            | Arch
            | Torii
            | Doorway
            | Door
            | Window
            | Corner
            | Roof
            | Floor
            | Bridge
            | Crane
            | Lighthouse
            | Antenna
            | Tree
            | Conifer
            | Palm
            | Bamboo
            | Bush
            | Rock
            | Mushroom
            | Crystal
            | Cactus
            | Coral
            | Kelp
            | Grass
    )
}

/// True where the edge of the frame would cut through something near that is to be looked at whole.
pub(super) fn is_cut(stage: &Stage, slot: usize, at: Vec2, lift: f32) -> bool {
    let slot = &stage.slots[slot];
    if may_be_cut(slot.family) || stage.view.local(at).0 - slot.radius() > NEAR_M {
        return false;
    }
    match hold(stage, slot, at, lift) {
        Hold::Inside | Hold::Outside => false,
        // Posts may be taller than the frame where they are far enough to lead on.
        Hold::Topped => stage.view.local(at).0 < 0.7 * NEAR_M,
        Hold::Cut => true,
    }
}

fn hold(stage: &Stage, slot: &Slot, at: Vec2, lift: f32) -> Hold {
    let (radius, height) = (0.9 * slot.radius(), slot.height());
    let (depth, side) = stage.view.local(at);
    if side.abs() - radius > (depth + radius).max(0.0) * stage.view.half_width || depth + radius < 0.0 {
        return Hold::Outside;
    }
    let (_, right) = stage.view.axes();
    let foot = stage.on_ground(at) + Vec3::Y * lift;
    let (mut low, mut high) = (Vec2::splat(f32::MAX), Vec2::splat(f32::MIN));
    for across in [-radius, radius] {
        for up in [0.0, height] {
            let p = foot + Vec3::new(right.x * across, up, right.y * across);
            let Some((q, _)) = stage.view.camera.project(p, ASPECT) else { return Hold::Cut };
            (low, high) = (low.min(q), high.max(q));
        }
    }
    let is_out = high.x < 0.0 || low.x > 1.0 || low.y > 1.0;
    let is_wide = low.x > MARGIN && high.x < 1.0 - MARGIN && high.y < 1.0 - MARGIN;
    match (is_out, is_wide) {
        (true, _) => Hold::Outside,
        (_, false) => Hold::Cut,
        _ if low.y < 0.0 => Hold::Topped,
        _ => Hold::Inside,
    }
}

/// Where a thing meant for a spot stands: there, or where the frame cuts through it a step or two away, wholly inside.
pub(super) fn settle(stage: &Stage, slot: usize, spot: &Spot) -> Option<Vec2> {
    /// Steps aside and back that are tried.
    const STEPS: [(f32, f32); 11] = [
        (0.0, 0.0),
        (0.35, 0.0),
        (0.7, 0.0),
        (0.0, 0.6),
        (0.4, 0.6),
        (0.8, 0.6),
        (0.4, 1.3),
        (0.9, 1.3),
        (0.3, 2.2),
        (0.6, 3.2),
        (0.9, 4.2),
    ];
    let (ahead, right) = stage.view.axes();
    let inward = -right * stage.view.local(spot.at).1.signum();
    STEPS.iter().map(|(aside, back)| spot.at + inward * *aside + ahead * *back).enumerate().find_map(|(k, at)| {
        // The first place is the plan's own.
        let is_free = k == 0 || !stage.taken.in_box(at);
        (is_free && !is_cut(stage, slot, at, spot.lift)).then_some(at)
    })
}
