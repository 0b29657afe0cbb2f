//! World → scene: terrain, set, assets as instances, lights, camera, air and weather.
//!
//! [`compose`] makes several *takes* of a world and keeps the best composed one. A take runs the phases in order: *ground →
//! set → hero → props → scatter → lights → air → camera → particles → people*. A stage collects meshes, materials, instances and
//! lamps; each place builds its set on it and leaves a plan of spots, which the dressing phase fills with the models of
//! the world's asset slots.
//!
//! The people come last, into the take that is kept: as many as the world's population, hour and weather ask for, dressed for
//! its genre, where the finished scene has room for them. Nothing else changes for them. Then sun or moon is turned to where it
//! lights this view best.

mod air;
mod arch;
mod backdrop;
mod cast;
mod composition;
mod dress;
mod ground;
mod key;
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

use std::sync::{Mutex, PoisonError};

use cast::Cast;
use composition::{Composition, Sight};
use places::Plan;
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
    let cast = Cast::new(world, models);
    // The best so far with its score; of two as good the earlier one. One take per thread is alive beside it.
    let best: Mutex<Option<(f32, Take)>> = Mutex::new(None);
    (0..N_TAKES).into_par_iter().for_each(|index| {
        let take = Take::new(world, &cast, index);
        let score = take.score();
        let mut best = best.lock().unwrap_or_else(PoisonError::into_inner);
        let is_better =
            best.as_ref().is_none_or(|(most, other)| score.total_cmp(most).then(other.index.cmp(&index)).is_gt());
        if is_better {
            *best = Some((score, take));
        }
    });
    let best = best.into_inner().unwrap_or_else(PoisonError::into_inner);
    best.map_or_else(|| Take::new(world, &cast, 0), |(_, take)| take).finish()
}

/// One arrangement, without what no composition depends on.
struct Take<'w> {
    index: u64,
    stage: Stage<'w>,
    plan: Plan,
}

impl<'w> Take<'w> {
    fn new(world: &'w World, cast: &Cast, index: u64) -> Self {
        let mut stage = Stage::new(world, cast, index);
        let plan = places::build(&mut stage);
        dress::dress(&mut stage, &plan);
        Self { index, stage, plan }
    }

    /// The asset that is the subject.
    fn hero(&self) -> Option<u32> {
        self.stage.hero_slot().map(|slot| self.stage.slots[slot].index)
    }

    /// How well its view is composed.
    fn score(&self) -> f32 {
        let stage = &self.stage;
        let sight = Sight {
            meshes: &stage.meshes,
            instances: &stage.instances,
            camera: stage.view.camera,
            motion: view::motion(stage, &self.plan),
            subject: stage.subject(),
        };
        Composition::of(&sight, self.hero()).score() + composition::lamplight(&sight, &stage.lamps, stage.skin.lit)
    }

    /// The scene with everything that is in it.
    fn finish(self) -> Scene {
        let hero = self.hero();
        let Self { mut stage, plan, .. } = self;
        backdrop::raise_skylines(&mut stage);
        nature::grow_sward(&mut stage);
        let precipitation = air::precipitation(&stage, plan.is_interior);
        let mut scene = Scene {
            sky: light::sky(&stage),
            fog: air::fog(&stage),
            camera: stage.view.camera,
            motion: view::motion(&stage, &plan),
            breeze: air::breeze(stage.world, precipitation.wind),
            precipitation,
            particles: air::particles(&stage, &plan),
            subject: stage.subject(),
            is_interior: plan.is_interior,
            flashes: light::flashes(stage.world),
            meshes: std::mem::take(&mut stage.meshes),
            materials: std::mem::take(&mut stage.materials),
            instances: std::mem::take(&mut stage.instances),
            lamps: std::mem::take(&mut stage.lamps),
        };
        let crowd = people::Crowd {
            world: stage.world,
            skin: &stage.skin,
            ground: &stage.ground,
            taken: &stage.taken,
            plan: &plan,
            walls: &stage.walls,
            seed: stage.seed,
            hero,
        };
        people::populate(&mut scene, &crowd);
        key::aim(&mut scene, crowd.world);
        scene
    }
}
