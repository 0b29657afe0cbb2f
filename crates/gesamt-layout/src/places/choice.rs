//! Draws that give worlds of one seed different plans.

use crate::stage::Stage;

/// Draws one of the plans of a place by weight, under the name of the choice.
pub(super) fn choose<T: Copy>(stage: &Stage, name: &str, plans: &[(T, f32)]) -> T {
    let weights: Vec<f32> = plans.iter().map(|(_, weight)| *weight).collect();
    plans[stage.world.choice(name).weighted(&weights).min(plans.len() - 1)].0
}
