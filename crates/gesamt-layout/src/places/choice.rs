//! Draws that give worlds of one seed different plans.

use gesamt_world::{Rng, World};

use crate::stage::Stage;

/// Steps per unit in which sizes of the layout enter the draw.
const STEPS: f32 = 1000.0;

/// A generator for a named choice. It depends on the seed, the place, its genre and the world's layout facet: worlds of one
/// seed differ, and a world keeps its choice when its hour or its weather is changed.
pub(crate) fn draw(world: &World, name: &str) -> Rng {
    let layout = &world.layout;
    let step = |v: f32| (v * STEPS).round() as u64;
    let seed = world.root_seed().child(name).child(world.setting.place.label()).child(world.setting.genre.label());
    seed.index(u64::from(layout.variant)).index(step(layout.scale)).index(step(layout.density)).rng()
}

/// Draws one of the plans of a place by weight, under the name of the choice.
pub(super) fn choose<T: Copy>(stage: &Stage, name: &str, plans: &[(T, f32)]) -> T {
    let weights: Vec<f32> = plans.iter().map(|(_, weight)| *weight).collect();
    plans[draw(stage.world, name).weighted(&weights).min(plans.len() - 1)].0
}
