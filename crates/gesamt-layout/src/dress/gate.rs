//! Arches and torii span a way or stand against a wall: alone in the open they lead nowhere.

use glam::Vec2;

use super::company::is_welcome;
use crate::places::{Plan, Spot};
use crate::stage::{Stage, facing};

/// Distances behind the subject's back at which an arch that frames it is tried, in metres.
const BEHIND_M: [f32; 4] = [2.4, 3.6, 5.2, 7.5];
/// An arch stands so far before the wall that it leans on, in metres.
const CLEAR_M: f32 = 0.25;
/// Room that a gate needs about it, against its radius.
const ROOM: f32 = 0.8;

/// Gates over the ways of the plan; without a way one stands behind the subject and frames it.
pub(super) fn gates(stage: &mut Stage, plan: &Plan, slots: &[usize]) {
    let Some(&first) = slots.first() else { return };
    let mut placed = 0;
    for spot in &plan.gates {
        let slot = slots[placed % slots.len()];
        placed += usize::from(put(stage, slot, spot));
    }
    if placed == 0 && !plan.is_interior {
        over_the_way(stage, first);
    }
}

/// Puts a gate on the line of sight behind the subject, where the way goes on, or else against a facade.
pub(super) fn over_the_way(stage: &mut Stage, slot: usize) -> bool {
    behind_subject(stage).iter().any(|spot| put(stage, slot, spot)) || against_wall(stage, slot)
}

fn put(stage: &mut Stage, slot: usize, spot: &Spot) -> bool {
    let (radius, height) = (ROOM * stage.slots[slot].radius(), stage.slots[slot].height());
    let stands = stage.is_dry(spot.at) && is_welcome(stage, slot, spot.at) && stage.may_stand(spot.at, radius, height);
    if stands {
        stage.place(slot, spot.at, spot.yaw, 1.0, spot.lift);
    }
    stands
}

fn against_wall(stage: &mut Stage, slot: usize) -> bool {
    let out =
        |wall: &Spot| wall.at + Vec2::new(wall.yaw.sin(), wall.yaw.cos()) * (CLEAR_M + stage.slots[slot].behind());
    let radius = stage.slots[slot].radius();
    let walls = super::seen_walls(stage);
    let free = walls.iter().map(|w| Spot { at: out(w), ..*w }).find(|s| {
        !stage.hides_subject(s.at, radius, stage.slots[slot].height()) && !super::edge::is_cut(stage, slot, s.at, 0.0)
    });
    let Some(spot) = free else { return false };
    stage.place(slot, spot.at, spot.yaw, 1.0, spot.lift);
    true
}

/// The spots on the line of sight behind the subject.
fn behind_subject(stage: &Stage) -> Vec<Spot> {
    let eye = stage.view.eye();
    let away = (stage.hero - eye).normalize_or(Vec2::NEG_Y);
    let body = stage.hero_slot().map_or(1.0, |s| stage.slots[s].radius());
    let spot = |back: f32| {
        let at = stage.hero + away * (body + back);
        Spot::new(at, facing(at, eye))
    };
    BEHIND_M.map(spot).to_vec()
}
