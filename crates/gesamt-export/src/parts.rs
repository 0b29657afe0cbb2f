//! The parts of a scene: what occurs, once each, and where it stands.

use std::collections::BTreeMap;

use gesamt_mesh::Mesh;
use gesamt_scene::{Camera, Lamp, Scene};
use gesamt_sky::{Disc, Sky};
use gesamt_world::World;
use glam::Affine3A;

use crate::mean::{Mean, mean_of};

/// A mesh with the materials of its slots.
#[derive(Clone, Debug)]
pub struct Prototype<'a> {
    /// Its name, unique and made of letters, digits and underscores.
    pub name: String,
    /// Index of the mesh in the scene.
    pub mesh_idx: u32,
    /// The mesh.
    pub mesh: &'a Mesh,
    /// For each slot that occurs the slot and the index of its material.
    pub slots: Vec<(u16, usize)>,
}

/// A prototype in its place.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// Index of the prototype.
    pub prototype: usize,
    /// Object to world.
    pub transform: Affine3A,
}

/// Everything that is written of a scene.
pub struct Parts<'a> {
    /// The means of the scene's materials, by their index, with a name each.
    pub materials: Vec<(String, Mean)>,
    /// What occurs.
    pub prototypes: Vec<Prototype<'a>>,
    /// Where.
    pub placed: Vec<Placed>,
    /// Lamps.
    pub lamps: Vec<Lamp>,
    /// Sun and moon, those that shine.
    pub discs: Vec<(&'static str, Disc)>,
    /// The dome.
    pub sky: Sky,
    /// True where sun and sky come in through openings at most.
    pub is_interior: bool,
    /// The view of the still.
    pub camera: Camera,
    /// The width of the picture over its height.
    pub aspect: f32,
}

impl<'a> Parts<'a> {
    /// The parts of a scene, in its order.
    #[must_use]
    pub fn of(world: &World, scene: &'a Scene, aspect: f32) -> Parts<'a> {
        let mut materials = Vec::new();
        let mut of_scene: BTreeMap<usize, usize> = BTreeMap::new();
        let mut used = |index: usize| {
            *of_scene.entry(index).or_insert_with(|| {
                let spec = &scene.materials[index];
                materials.push((format!("M_{}_{index:03}", camel(spec.kind.label())), mean_of(spec)));
                materials.len() - 1
            })
        };
        let mut known: BTreeMap<(u32, &[u32]), usize> = BTreeMap::new();
        let (mut prototypes, mut placed) = (Vec::new(), Vec::new());
        for instance in &scene.instances {
            let mesh: &Mesh = &scene.meshes[instance.mesh as usize];
            let is_whole = !mesh.triangles.is_empty() && mesh.positions.iter().all(|p| p.is_finite());
            // A slot beyond the instance's materials has its first, as in the path tracer.
            let material = |slot: u16| instance.materials.get(usize::from(slot)).or(instance.materials.first());
            if !is_whole || scene.materials.is_empty() || instance.materials.is_empty() {
                continue;
            }
            let prototype = *known.entry((instance.mesh, &instance.materials)).or_insert_with(|| {
                let what = match instance.asset.and_then(|asset| world.assets.get(asset as usize)) {
                    Some(slot) => format!("SM_{}_{}", camel(slot.family.label()), slot.name),
                    None => "Set".to_owned(),
                };
                let mut slots: Vec<u16> = mesh.slots.iter().take(mesh.triangles.len()).copied().collect();
                slots.sort_unstable();
                slots.dedup();
                let mut of_slot = |slot: u16| {
                    let index = material(slot).map_or(0, |m| *m as usize);
                    used(index.min(scene.materials.len() - 1))
                };
                prototypes.push(Prototype {
                    name: format!("{what}_{:03}", prototypes.len()),
                    mesh_idx: instance.mesh,
                    mesh,
                    slots: slots.iter().map(|slot| (*slot, of_slot(*slot))).collect(),
                });
                prototypes.len() - 1
            });
            placed.push(Placed { prototype, transform: instance.transform });
        }
        let sky = Sky::new(&scene.sky);
        let both = [("Sun", sky.sun()), ("Moon", sky.moon())];
        let discs = both.into_iter().filter_map(|(name, disc)| Some((name, disc?))).collect();
        let is_finite = |lamp: &&Lamp| lamp.position.is_finite() && lamp.intensity.iter().all(|v| v.is_finite());
        let lamps = scene.lamps.iter().filter(is_finite).copied().collect();
        let (is_interior, camera) = (scene.is_interior, scene.camera);
        Parts { materials, prototypes, placed, lamps, discs, sky, is_interior, camera, aspect }
    }

    /// The vertical field of view in radians.
    #[must_use]
    pub fn yfov_rad(&self) -> f32 {
        2.0 * (18.0 / self.camera.focal_length_mm / self.aspect).atan()
    }
}

impl Prototype<'_> {
    /// The triangles of a slot.
    #[must_use]
    pub fn triangles(&self, slot: u16) -> Vec<[u32; 3]> {
        let both = self.mesh.triangles.iter().zip(&self.mesh.slots);
        both.filter(|(_, found)| **found == slot).map(|(triangle, _)| *triangle).collect()
    }
}

/// `street_lamp` as `StreetLamp`.
fn camel(label: &str) -> String {
    let upper = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    label.split('_').map(upper).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A small scene of a real world.
    pub(crate) fn staged(prompt: &str) -> (World, Scene) {
        let world = gesamt_grammar::sample(prompt, 3).unwrap().world;
        let style = gesamt_kit::KitStyle::from_world(&world);
        let models: Vec<gesamt_layout::SlotModels> = world
            .assets
            .iter()
            .map(|slot| gesamt_layout::SlotModels {
                variants: vec![gesamt_kit::build(slot, &style, world.root_seed().child(&slot.name), 0)],
            })
            .collect();
        let scene = gesamt_layout::compose(&world, &models);
        (world, scene)
    }

    #[test]
    fn everything_is_placed_and_nothing_is_stored_twice() {
        let (world, scene) = staged("a market at noon");
        let parts = Parts::of(&world, &scene, 16.0 / 9.0);
        assert_eq!(
            parts.placed.len(),
            scene.instances.iter().filter(|i| !scene.meshes[i.mesh as usize].triangles.is_empty()).count()
        );
        assert!(parts.prototypes.len() < parts.placed.len(), "{} of {}", parts.prototypes.len(), parts.placed.len());
        let n: usize = parts.placed.iter().map(|p| parts.prototypes[p.prototype].mesh.triangles.len()).sum();
        assert_eq!(n, scene.n_triangles());
        for prototype in &parts.prototypes {
            let of_slots: usize = prototype.slots.iter().map(|(slot, _)| prototype.triangles(*slot).len()).sum();
            assert_eq!(of_slots, prototype.mesh.triangles.len());
            assert!(prototype.slots.iter().all(|(_, material)| *material < parts.materials.len()));
        }
        assert_eq!(parts.discs.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["Sun"]);
        let used: Vec<usize> = parts.prototypes.iter().flat_map(|p| p.slots.iter().map(|(_, m)| *m)).collect();
        assert!((0..parts.materials.len()).all(|material| used.contains(&material)), "a material that nothing has");
    }

    #[test]
    fn there_is_light_under_water_and_under_ground() {
        for prompt in ["an underwater ruin at noon", "a cave with glowing mushrooms", "a library at night"] {
            let (world, scene) = staged(prompt);
            let parts = Parts::of(&world, &scene, 1.5);
            let glows = parts.materials.iter().any(|(_, mean)| mean.emission.max_element() > 0.0);
            assert!(glows || !parts.lamps.is_empty() || !parts.discs.is_empty(), "{prompt}");
            assert!(parts.sky.irradiance().max_element() > 0.0, "{prompt}");
        }
    }
}
