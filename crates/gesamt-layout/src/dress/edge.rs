//! The edge of the frame: what is looked at stands wholly inside it, what frames the view may run out of it.

use gesamt_world::AssetFamily;
use glam::{Vec2, Vec3};

use super::fit::is_landmark;
use crate::places::Spot;
use crate::stage::{Slot, Stage};
use crate::view::ASPECT;

/// Things farther than this are small where the frame cuts them, in metres.
const NEAR_M: f32 = 11.0;
/// Margin inside the frame, as a share of it.
const MARGIN: f32 = 0.012;

/// Walls from this height on stand like architecture, in metres.
const TALL_M: f32 = 1.7;

/// Reach of the corners and of the larger variants of a slot against half its width.
const GIRTH: f32 = 1.15;

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
fn may_be_cut(slot: &Slot) -> bool {
    use AssetFamily::*;
    // A low piece of wall or fence is furniture.
    if matches!(slot.family, Wall | Fence) && slot.height() < TALL_M {
        return false;
    }
    matches!(
        slot.family,
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
    if may_be_cut(slot) || stage.view.local(at).0 - slot.radius() > NEAR_M {
        return false;
    }
    match hold(stage, slot, at, lift) {
        Hold::Inside | Hold::Outside => false,
        // Posts may be taller than the frame where they are far enough to lead on.
        Hold::Topped => is_landmark(slot.family) || stage.view.local(at).0 < 0.7 * NEAR_M,
        Hold::Cut => true,
    }
}

fn hold(stage: &Stage, slot: &Slot, at: Vec2, lift: f32) -> Hold {
    let (radius, height) = (GIRTH * slot.radius(), slot.height());
    let (depth, side) = stage.view.local(at);
    if side.abs() - radius > (depth + radius).max(0.0) * stage.view.half_width || depth + radius < 0.0 {
        return Hold::Outside;
    }
    let (ahead, right) = stage.view.axes();
    let foot = stage.on_ground(at) + Vec3::Y * lift;
    let (mut low, mut high) = (Vec2::splat(f32::MAX), Vec2::splat(f32::MIN));
    for off in [right * radius, -right * radius, ahead * radius, -ahead * radius] {
        for up in [0.0, height] {
            let p = foot + Vec3::new(off.x, up, off.y);
            // What reaches past the lens is below the frame there.
            let Some((q, _)) = stage.view.camera.project(p, ASPECT) else {
                high.y = f32::MAX;
                continue;
            };
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

#[cfg(test)]
mod tests {
    use gesamt_world::{Genre, Place, TimeOfDay};

    use super::*;
    use crate::cast::Cast;
    use crate::{Take, fixture};

    #[test]
    fn the_frame_cuts_hardly_anything_small_that_is_near() {
        let (mut near, mut cut) = (0, 0);
        for (k, place) in
            [Place::Plaza, Place::Street, Place::Village, Place::Harbor, Place::Arena].into_iter().enumerate()
        {
            let world = fixture::world(place, Genre::ALL[3 * k], TimeOfDay::Day, (k % 2) as u32, k as u64);
            let take = Take::new(&world, &Cast::new(&world, &fixture::boxes(&world)), 1);
            let stage = &take.stage;
            for instance in stage.instances.iter().filter(|i| i.asset.is_some()) {
                let Some(slot) = stage.slots.iter().position(|s| Some(s.index) == instance.asset) else { continue };
                let at = Vec2::new(instance.transform.translation.x, instance.transform.translation.z);
                let lift = instance.transform.translation.y - stage.ground.at(at.x, at.y);
                let distance = stage.view.local(at).0;
                if Some(slot) != stage.hero_slot() && (0.0..8.0).contains(&distance) {
                    near += 1;
                    cut += usize::from(is_cut(stage, slot, at, lift.max(0.0)));
                }
            }
        }
        assert!(near > 10 && cut * 12 <= near, "{cut} of {near}");
    }
}
