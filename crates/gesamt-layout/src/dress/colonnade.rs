//! Columns line the way to the subject and leave it free.

use glam::Vec2;

use crate::stage::{Stage, facing};

/// Pairs of columns that are put up at most.
const N_PAIRS: usize = 6;

/// Puts columns in pairs on both sides of the line of sight, from before the subject to beyond it; decay takes some.
pub(super) fn colonnade(stage: &mut Stage, slots: &[usize], limit: usize) {
    let Some(&first) = slots.first() else { return };
    let mut rng = stage.rng("colonnade");
    let (eye, depth) = (stage.view.eye(), stage.hero_depth());
    let ahead = (stage.hero - eye).normalize_or(Vec2::NEG_Y);
    let right = Vec2::new(-ahead.y, ahead.x);
    let radius = stage.slots[first].radius();
    let body = stage.hero_slot().map_or(1.0, |s| stage.slots[s].radius());
    let aside = (body + radius + 1.5).max(0.26 * depth);
    let every = (3.2 + radius).max(2.0 * aside / 2.2);
    let decay = stage.world.condition.decay;
    let mut placed = 0;
    for k in 0..N_PAIRS {
        for side in [-1.0f32, 1.0] {
            if placed >= limit || rng.chance(0.35 * decay) {
                continue;
            }
            let slot = slots[k % slots.len()];
            let at = eye + ahead * (0.7 * depth + every * k as f32) + right * side * aside;
            let is_there = stage.is_dry(at) && stage.may_stand(at, 0.8 * radius, stage.slots[slot].height());
            if is_there && !stage.taken.in_box(at) {
                stage.place(slot, at, facing(at, stage.hero), rng.range(0.97, 1.03), 0.0);
                placed += 1;
            }
        }
    }
}
