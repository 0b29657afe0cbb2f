//! The parts of a scene: what occurs, once each, and where it stands.

use std::collections::BTreeMap;

use gesamt_mesh::Mesh;
use gesamt_scene::{Camera, Lamp, Scene};
use gesamt_sky::{Disc, Sky};
use gesamt_world::World;
use glam::Affine3A;

use crate::finish::{Finish, Finishes, Image};
use crate::shell::{Laid, Shell, ShellKey, grain_of, laid};

/// A mesh with the materials of its slots.
#[derive(Clone, Debug)]
pub struct Prototype {
    /// Its name, unique and made of letters, digits and underscores.
    pub name: String,
    /// Index of its shell.
    pub shell: usize,
    /// For each part of the shell the index of its finish.
    pub finishes: Vec<usize>,
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
pub struct Parts {
    /// How surfaces look, with a name each.
    pub finishes: Vec<Finish>,
    /// The textures of the finishes.
    pub images: Vec<Image>,
    /// The meshes, each once for each way that patterns lie on it.
    pub shells: Vec<Shell>,
    /// What occurs.
    pub prototypes: Vec<Prototype>,
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

/// A prototype before its finishes are known.
pub(crate) struct Sketch {
    name: String,
    mesh: u32,
    /// The scene's material of each slot.
    pub materials: Vec<usize>,
    /// How patterns lie on it.
    pub laid: Laid,
}

impl Parts {
    /// The parts of a scene, in its order, with textures of `texture_px` texels along each edge, or without any where it is zero.
    ///
    /// # Errors
    /// What the encoder of pictures refuses.
    pub fn of(world: &World, scene: &Scene, aspect: f32, texture_px: usize) -> Result<Self, gesamt_media::MediaError> {
        let (sketches, placed) = sketch(world, scene, texture_px > 0);
        let mut finishes = Finishes::of_scene(&scene.materials, texture_px, &sketches, &placed);
        finishes.settle();
        let mut known: BTreeMap<ShellKey, usize> = BTreeMap::new();
        let (mut shells, mut prototypes) = (Vec::new(), Vec::new());
        for sketch in sketches {
            let of_part: Vec<usize> = sketch
                .laid
                .parts
                .iter()
                .map(|part| finishes.of(sketch.materials[usize::from(part.slot)], part.lie))
                .collect();
            let edges = of_part.iter().map(|finish| finishes.edge_m(*finish)).collect::<Vec<_>>();
            let key = ShellKey::new(sketch.mesh, &sketch.laid, &edges);
            let shell = *known.entry(key).or_insert_with(|| {
                shells.push(Shell::new(&scene.meshes[sketch.mesh as usize], &sketch.laid, &edges));
                shells.len() - 1
            });
            prototypes.push(Prototype { name: sketch.name, shell, finishes: of_part });
        }
        let (finishes, images) = finishes.finished()?;
        let sky = Sky::new(&scene.sky);
        let both = [("Sun", sky.sun()), ("Moon", sky.moon())];
        let discs = both.into_iter().filter_map(|(name, disc)| Some((name, disc?))).collect();
        let is_finite = |lamp: &&Lamp| lamp.position.is_finite() && lamp.intensity.iter().all(|v| v.is_finite());
        let lamps = scene.lamps.iter().filter(is_finite).copied().collect();
        let (is_interior, camera) = (scene.is_interior, scene.camera);
        Ok(Self { finishes, images, shells, prototypes, placed, lamps, discs, sky, is_interior, camera, aspect })
    }

    /// The vertical field of view in radians.
    #[must_use]
    pub fn yfov_rad(&self) -> f32 {
        2.0 * (18.0 / self.camera.focal_length_mm / self.aspect).atan()
    }

    /// The shell of a prototype.
    #[must_use]
    pub fn shell(&self, prototype: &Prototype) -> &Shell {
        &self.shells[prototype.shell]
    }
}

/// What occurs and where.
pub(crate) fn sketch(world: &World, scene: &Scene, with_patterns: bool) -> (Vec<Sketch>, Vec<Placed>) {
    let mut known: BTreeMap<(u32, &[u32]), usize> = BTreeMap::new();
    let (mut sketches, mut placed): (Vec<Sketch>, Vec<Placed>) = (Vec::new(), Vec::new());
    for instance in &scene.instances {
        let mesh: &Mesh = &scene.meshes[instance.mesh as usize];
        let is_whole = !mesh.triangles.is_empty() && mesh.positions.iter().all(|p| p.is_finite());
        if !is_whole || scene.materials.is_empty() || instance.materials.is_empty() {
            continue;
        }
        let prototype = *known.entry((instance.mesh, &instance.materials)).or_insert_with(|| {
            let what = match instance.asset.and_then(|asset| world.assets.get(asset as usize)) {
                Some(slot) => format!("SM_{}_{}", camel(slot.family.label()), slot.name),
                None => "Set".to_owned(),
            };
            // A slot beyond the instance's materials has its first, as in the path tracer.
            let material = |slot: usize| *instance.materials.get(slot).unwrap_or(&instance.materials[0]);
            let n_slots = mesh.slots.iter().max().map_or(1, |most| usize::from(*most) + 1);
            let materials: Vec<usize> =
                (0..n_slots).map(|slot| (material(slot) as usize).min(scene.materials.len() - 1)).collect();
            let kinds: Vec<_> = materials.iter().map(|material| scene.materials[*material].kind).collect();
            let grain = if with_patterns { grain_of(mesh, &kinds) } else { Vec::new() };
            let laid = laid(mesh, &kinds, &grain, with_patterns);
            sketches.push(Sketch {
                name: format!("{what}_{:03}", sketches.len()),
                mesh: instance.mesh,
                materials,
                laid,
            });
            sketches.len() - 1
        });
        placed.push(Placed { prototype, transform: instance.transform });
    }
    (sketches, placed)
}

/// A label as names of files have it: `street_lamp` as `StreetLamp`.
#[must_use]
pub fn camel(label: &str) -> String {
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
        let parts = Parts::of(&world, &scene, 16.0 / 9.0, 0).unwrap();
        assert_eq!(
            parts.placed.len(),
            scene.instances.iter().filter(|i| !scene.meshes[i.mesh as usize].triangles.is_empty()).count()
        );
        assert!(parts.prototypes.len() < parts.placed.len(), "{} of {}", parts.prototypes.len(), parts.placed.len());
        let n: usize = parts.placed.iter().map(|p| parts.shell(&parts.prototypes[p.prototype]).n_triangles()).sum();
        assert_eq!(n, scene.n_triangles());
        for prototype in &parts.prototypes {
            assert_eq!(parts.shell(prototype).parts.len(), prototype.finishes.len());
            assert!(prototype.finishes.iter().all(|finish| *finish < parts.finishes.len()));
        }
        assert_eq!(parts.discs.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["Sun"]);
        let used: Vec<usize> = parts.prototypes.iter().flat_map(|p| p.finishes.clone()).collect();
        assert!((0..parts.finishes.len()).all(|finish| used.contains(&finish)), "a finish that nothing has");
    }

    #[test]
    fn there_is_light_under_water_and_under_ground() {
        for prompt in ["an underwater ruin at noon", "a cave with glowing mushrooms", "a library at night"] {
            let (world, scene) = staged(prompt);
            let parts = Parts::of(&world, &scene, 1.5, 0).unwrap();
            let glows = parts.finishes.iter().any(|finish| finish.mean.emission.max_element() > 0.0);
            assert!(glows || !parts.lamps.is_empty() || !parts.discs.is_empty(), "{prompt}");
            assert!(parts.sky.irradiance().max_element() > 0.0, "{prompt}");
        }
    }
}
