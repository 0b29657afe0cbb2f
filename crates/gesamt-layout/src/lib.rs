//! World → scene: terrain, set, assets as instances, lights, camera, air and weather.
//!
//! [`compose`] makes several *takes* of a world and keeps the best composed one. A take runs the phases in order: *ground →
//! set → hero → props → scatter → lights → air → camera → particles → people*. A stage collects meshes, materials, instances and
//! lamps; each place builds its set on it and leaves a plan of spots, which the dressing phase fills with the models of
//! the world's asset slots.
//!
//! The people come last, into the take that is kept: as many as the world's population, hour and weather ask for, dressed for
//! its genre, where the finished scene has room for them. Nothing else changes for them.

mod air;
mod arch;
mod backdrop;
mod composition;
mod dress;
mod ground;
mod light;
mod nature;
mod pen;
mod people;
mod places;
mod raster;
mod skin;
mod stage;
mod view;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use people::people_sheet;

use gesamt_mesh::Model;
use gesamt_scene::Scene;
use gesamt_world::World;

use composition::Composition;
use rayon::prelude::*;
use stage::Stage;

/// The models of one asset slot: `variants` of the same family (index-aligned with the world's assets).
#[derive(Clone, Debug, Default)]
pub struct SlotModels {
    /// Models of the same family that differ in details.
    pub variants: Vec<Model>,
}

/// Takes that are compared.
const N_TAKES: u64 = 8;

/// Composes the scene of a world around the models of its asset slots: of several arrangements, the one whose view is
/// composed best. Never fails on a valid world; slots without models are left out.
///
/// # Determinism
/// The scene depends on the arguments alone.
#[must_use]
pub fn compose(world: &World, models: &[SlotModels]) -> Scene {
    let scores: Vec<f32> = (0..N_TAKES).into_par_iter().map(|take| judge(world, models, take)).collect();
    let best = (0..scores.len()).rev().max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
    // Made again rather than kept: eight scenes at once would be the peak of memory.
    arrange(world, models, best as u64, true).0
}

fn judge(world: &World, models: &[SlotModels], take: u64) -> f32 {
    let (scene, hero) = arrange(world, models, take, false);
    Composition::of(&scene, hero).score()
}

/// One take, and the asset that is its subject. What no composition depends on is there in the final one alone.
fn arrange(world: &World, models: &[SlotModels], take: u64, is_final: bool) -> (Scene, Option<u32>) {
    let mut stage = Stage::new(world, models, take);
    let plan = places::build(&mut stage);
    dress::dress(&mut stage, &plan);
    if is_final {
        nature::grow_sward(&mut stage);
    }
    let sky = light::sky(&stage);
    let fog = air::fog(&stage);
    let motion = view::motion(&stage, &plan);
    let particles = air::particles(&stage, &plan);
    let is_interior = plan.is_interior;
    let subject = stage.subject();
    let camera = stage.view.camera;
    let flashes = light::flashes(world);
    let precipitation = air::precipitation(&stage, is_interior);
    let breeze = air::breeze(world, precipitation.wind);
    let hero = stage.hero_slot().map(|slot| stage.slots[slot].index);
    let mut scene = Scene {
        meshes: stage.meshes,
        materials: stage.materials,
        instances: stage.instances,
        lamps: stage.lamps,
        sky,
        fog,
        camera,
        motion,
        precipitation,
        breeze,
        particles,
        subject,
        is_interior,
        flashes,
    };
    if is_final {
        people::populate(
            &mut scene,
            &people::Crowd {
                world,
                skin: &stage.skin,
                ground: &stage.ground,
                taken: &stage.taken,
                plan: &plan,
                walls: &stage.walls,
                seed: stage.seed,
                hero,
            },
        );
    }
    (scene, hero)
}
