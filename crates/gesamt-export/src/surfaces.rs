//! The surfaces of a scene as textures on their own, for what is built beside the delivered assets.

use gesamt_material::{Facing, Tile};
use gesamt_media::MediaError;
use gesamt_media::gltf::Document;
use gesamt_mesh::MaterialSpec;
use gesamt_scene::Scene;
use gesamt_world::{MaterialKind, World};
use glam::{Vec2, Vec3, vec2};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::finish::{Finish, Finishes, Look, Maps, draw};
use crate::mean::Mean;
use crate::parts::{camel, sketch};

/// A texture that repeats.
#[derive(Clone, Debug)]
pub struct Surface {
    /// Its name: letters, digits and underscores.
    pub name: String,
    /// The label of its material.
    pub kind: String,
    /// What it is made for: `wall`, `up` (what looks up under weather), `ground` or `trim`.
    pub usage: &'static str,
    /// Its edges along `u` and `v`, in metres.
    pub edge_m: Vec2,
    /// Its maps: base colour, normal, ORM and glow.
    pub look: Look,
}

impl Surface {
    /// A surface of a tile.
    ///
    /// # Errors
    /// What the encoder of pictures refuses.
    pub fn new(name: String, kind: &str, usage: &'static str, tile: &Tile) -> Result<Self, MediaError> {
        Ok(Self { name, kind: kind.to_owned(), usage, edge_m: tile.edge_m, look: draw(tile, 1.0)? })
    }

    /// A material as it is on walls.
    ///
    /// # Errors
    /// What the encoder of pictures refuses.
    pub fn wall(spec: &MaterialSpec, texture_px: usize) -> Result<Self, MediaError> {
        let is_sawn = spec.kind == MaterialKind::WoodBeam;
        let tile = gesamt_material::tile(spec, Facing::Side, is_sawn, texture_px);
        Self::new(camel(spec.kind.label()), spec.kind.label(), "wall", &tile)
    }

    /// The files of its maps, by their names.
    pub fn files(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.look.maps().map(|(suffix, png)| (format!("T_{}_{suffix}.png", self.name), png))
    }
}

/// The `n` surfaces that cover most of a scene, of different kinds, with `texture_px` texels along each edge.
///
/// # Errors
/// What the encoder of pictures refuses.
///
/// # Determinism
/// The same scene gives the same surfaces, for any number of threads.
pub fn surfaces(world: &World, scene: &Scene, n: usize, texture_px: usize) -> Result<Vec<Surface>, MediaError> {
    let (sketches, placed) = sketch(world, scene, true);
    let finishes = Finishes::of_scene(&scene.materials, texture_px, &sketches, &placed);
    let chosen = finishes.largest(n);
    let make = |&(material, (facing, is_sawn)): &(usize, (Facing, bool))| {
        let spec = &scene.materials[material];
        let usage = match facing {
            Facing::Side => "wall",
            Facing::Slope => "up",
            Facing::Top => "ground",
        };
        let tile = gesamt_material::tile(spec, facing, is_sawn, texture_px);
        Surface::new(camel(spec.kind.label()), spec.kind.label(), usage, &tile)
    };
    chosen.par_iter().map(make).collect()
}

/// All surfaces on a quad each, side by side, with their materials: what imports it has them ready.
#[must_use]
pub fn surfaces_glb(surfaces: &[Surface], title: &str) -> Vec<u8> {
    /// Space between the quads in metres.
    const GAP_M: f32 = 0.25;
    let mut document = Document::default();
    let (mut nodes, mut meshes, mut materials, mut images) = (Vec::new(), Vec::new(), Vec::new(), Vec::<Value>::new());
    let mut x = 0.0;
    for (index, surface) in surfaces.iter().enumerate() {
        let edge = surface.edge_m;
        let corners = [vec2(0.0, 0.0), vec2(1.0, 0.0), vec2(1.0, 1.0), vec2(0.0, 1.0)];
        let positions = corners.map(|c| [c.x * edge.x, c.y * edge.y, 0.0]);
        let attributes = json!({
            "POSITION": document.floats(&positions, true),
            "NORMAL": document.floats(&[Vec3::Z.to_array(); 4], false),
            "TANGENT": document.floats(&[Vec3::X.extend(1.0).to_array(); 4], false),
            "TEXCOORD_0": document.floats(&corners.map(|c| [c.x, 1.0 - c.y]), false),
        });
        let indices = document.indices(&[[0, 1, 2], [0, 2, 3]], 4);
        meshes.push(json!({
            "name": surface.name, "primitives": [{ "attributes": attributes, "indices": indices, "material": index }],
        }));
        nodes.push(json!({ "name": surface.name, "mesh": index, "translation": [x, 0.0, 0.0] }));
        x += edge.x + GAP_M;
        let first = images.len();
        for (suffix, png) in surface.look.maps() {
            let view = document.bytes(png);
            let name = format!("T_{}_{suffix}", surface.name);
            images.push(json!({ "bufferView": view, "mimeType": "image/png", "name": name }));
        }
        materials.push(material(surface, first));
    }
    let all: Vec<usize> = (0..nodes.len()).collect();
    let textures: Vec<Value> = (0..images.len()).map(|i| json!({ "sampler": 0, "source": i })).collect();
    let mut root = json!({
        "scenes": [{ "name": "Materials", "nodes": all, "extras": { "title": title } }],
        "nodes": nodes, "meshes": meshes, "materials": materials, "images": images, "textures": textures,
        "samplers": [{ "magFilter": 9729, "minFilter": 9987, "wrapS": 10497, "wrapT": 10497 }],
    });
    if surfaces.iter().any(|surface| surface.look.peak > 1.0) {
        root["extensionsUsed"] = json!(["KHR_materials_emissive_strength"]);
    }
    document.finish(root)
}

/// A material whose maps begin at an index.
fn material(surface: &Surface, first: usize) -> Value {
    let peak = surface.look.peak;
    let emission = (peak > 0.0).then_some(first + 3);
    let mut material = crate::glb::material(&Finish {
        name: format!("M_{}", surface.name),
        mean: Mean { base_color: Vec3::ONE, roughness: 1.0, metallic: 1.0, emission: Vec3::splat(peak), opacity: 1.0 },
        maps: Some(Maps { base_color: first, normal: first + 1, orm: first + 2, emission }),
    });
    material["extras"] = json!({ "usage": surface.usage, "edge_m": surface.edge_m.to_array() });
    material
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::tests::staged;

    #[test]
    fn the_largest_surfaces_come_first_and_differ() {
        let (world, scene) = staged("a medieval market at noon");
        let found = surfaces(&world, &scene, 4, 32).unwrap();
        assert_eq!(found.len(), 4);
        let mut names: Vec<&str> = found.iter().map(|surface| surface.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 4, "{names:?}");
        assert!(found.iter().any(|surface| surface.usage == "ground"), "no ground");
        for surface in &found {
            assert!(surface.edge_m.min_element() > 0.5 && surface.files().count() >= 3);
        }
        let file = surfaces_glb(&found, "a market");
        let n = u32::from_le_bytes(file[12..16].try_into().unwrap()) as usize;
        let root: Value = serde_json::from_slice(&file[20..20 + n]).unwrap();
        assert_eq!(root["materials"].as_array().unwrap().len(), 4);
    }
}
