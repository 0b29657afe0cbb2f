//! What all takes of a world share: its skin, and the models of its slots as they stand in it.

use std::sync::Arc;

use gesamt_mesh::{Aabb, MaterialSpec, Mesh, Model, ModelLight};
use gesamt_world::{MaterialKind, Place, TimeOfDay, World};

use crate::SlotModels;
use crate::skin::Skin;

/// The models of a world, ready for any number of takes.
#[derive(Debug)]
pub(crate) struct Cast {
    pub skin: Skin,
    /// Variants of each slot that have something to show.
    pub actors: Vec<Vec<Actor>>,
}

/// One model as it stands in the world.
#[derive(Debug)]
pub(crate) struct Actor {
    pub mesh: Arc<Mesh>,
    pub materials: Vec<MaterialSpec>,
    pub lights: Vec<ModelLight>,
    pub bounds: Aabb,
}

impl Cast {
    /// Makes the models ready.
    pub fn new(world: &World, models: &[SlotModels]) -> Self {
        let skin = Skin::new(world);
        let actor = |model: &Model| {
            let doused = is_out(world, &skin, model).then(|| douse(model));
            let model = doused.as_ref().unwrap_or(model);
            Actor {
                mesh: Arc::new(model.mesh.clone()),
                materials: model.materials.clone(),
                lights: model.lights.clone(),
                bounds: model.mesh.bounds(),
            }
        };
        let is_there = |model: &&Model| !model.mesh.triangles.is_empty();
        let of_slot = |slot: &SlotModels| slot.variants.iter().filter(is_there).map(actor).collect();
        Self { actors: models.iter().map(of_slot).collect(), skin }
    }
}

/// True where what burns in a model is out: under water all of it that is not electric, and what stands open by day.
fn is_out(world: &World, skin: &Skin, model: &Model) -> bool {
    if world.setting.place == Place::Underwater {
        return !skin.is_electric;
    }
    let is_day = world.sky.time_of_day == TimeOfDay::Day && !world.is_sheltered();
    is_day && model.materials.iter().any(|m| m.kind == MaterialKind::Flame)
}

/// A model whose flames are gone and whose lights are out.
fn douse(model: &Model) -> Model {
    let mut out = model.clone();
    let is_flame = |slot: u16| model.materials.get(usize::from(slot)).is_some_and(|m| m.kind == MaterialKind::Flame);
    let kept: Vec<usize> = (0..out.mesh.triangles.len()).filter(|t| !is_flame(out.mesh.slots[*t])).collect();
    if !kept.is_empty() {
        out.mesh.triangles = kept.iter().map(|t| model.mesh.triangles[*t]).collect();
        out.mesh.slots = kept.iter().map(|t| model.mesh.slots[*t]).collect();
    }
    out.lights.clear();
    for material in &mut out.materials {
        material.emission = [0.0; 3];
    }
    out
}
