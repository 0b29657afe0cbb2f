//! From prompt to scene.

use gesamt_grammar::describe;
use gesamt_kit::{KitStyle, build};
use gesamt_layout::{SlotModels, compose};
use gesamt_scene::Scene;
use gesamt_world::{Look, World};
use rayon::prelude::*;

use crate::clay::model_in_clay;
use crate::error::PipelineError;
use crate::request::Request;

/// Variants of each asset family in the scene; the first is the one that is delivered.
const N_VARIANTS: u32 = 3;

/// The world of a request and its title.
///
/// # Errors
/// When the prompt cannot be read or a wish is impossible.
pub fn imagine(request: &Request) -> Result<(World, String), PipelineError> {
    let world = match &request.world {
        Some(world) => world.clone(),
        None => gesamt_prior::imagine(&request.wish())?.world,
    };
    let mut world = request.music.applied(world);
    if let Some(look) = request.look {
        world.grade.look = look;
    }
    let title = describe(&world);
    Ok((world, title))
}

/// The models of every asset slot.
#[must_use]
pub fn models(world: &World) -> Vec<SlotModels> {
    let style = KitStyle::from_world(world);
    let seed = world.root_seed().child("kit");
    world
        .assets
        .par_iter()
        .map(|slot| SlotModels {
            variants: (0..N_VARIANTS).map(|v| build(slot, &style, seed.child(&slot.name), v)).collect(),
        })
        .collect()
}

/// The scene of a world.
#[must_use]
pub fn stage(world: &World, models: &[SlotModels]) -> Scene {
    let mut scene = compose(world, models);
    if world.grade.look == Look::Clay {
        model_in_clay(&mut scene);
    }
    scene
}
