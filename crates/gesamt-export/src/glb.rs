//! One glTF file.
//!
//! # Source
//! Khronos, *glTF 2.0 Specification*; extensions `KHR_lights_punctual`, `KHR_materials_emissive_strength`.

use gesamt_media::gltf::Document;
use glam::{Mat4, Quat, Vec3};
use serde_json::{Value, json};

use crate::finish::{Finish, Image};
use crate::parts::{Parts, Prototype};
use crate::shell::Shell;

/// Lumens of a watt, as glTF's readers count it.
const LM_PER_W: f32 = 683.0;

/// The scene as a self-contained file: each mesh once, a node for every place.
///
/// The sky has no place in glTF; its mean radiance stands in the extras of the scene. The lens shift of the still becomes a tilt.
#[must_use]
pub fn glb(parts: &Parts, title: &str) -> Vec<u8> {
    let mut document = Document::default();
    let shells: Vec<Shelled> = parts.shells.iter().map(|shell| shelled(&mut document, shell)).collect();
    let meshes: Vec<Value> = parts.prototypes.iter().map(|prototype| mesh(&shells, prototype)).collect();
    let mut nodes: Vec<Value> = parts
        .placed
        .iter()
        .map(|placed| {
            let name = &parts.prototypes[placed.prototype].name;
            let mut node = json!({ "name": name, "mesh": placed.prototype });
            let place = Mat4::from(placed.transform);
            if place != Mat4::IDENTITY {
                node["matrix"] = json!(place.to_cols_array());
            }
            node
        })
        .collect();
    let mut lights = Vec::new();
    for (index, lamp) in parts.lamps.iter().enumerate() {
        let (color, strength) = split(Vec3::from(lamp.intensity));
        let light = json!({ "type": "point", "name": format!("Lamp_{index:03}"), "color": color, "intensity": strength * LM_PER_W });
        nodes.push(json!({
            "name": light["name"], "translation": lamp.position.to_array(),
            "extensions": { "KHR_lights_punctual": { "light": lights.len() } },
        }));
        lights.push(light);
    }
    // Viewers without shadows would let the sun through the roof.
    for (name, disc) in parts.discs.iter().filter(|_| !parts.is_interior) {
        let (color, strength) = split(disc.irradiance);
        // Lights shine along −Z.
        let turn = Quat::from_rotation_arc(Vec3::NEG_Z, -disc.direction);
        nodes.push(json!({
            "name": name, "rotation": turn.normalize().to_array(),
            "extensions": { "KHR_lights_punctual": { "light": lights.len() } },
        }));
        lights.push(json!({ "type": "directional", "name": name, "color": color, "intensity": strength * LM_PER_W }));
    }
    nodes.push(camera(parts));
    let materials: Vec<Value> = parts.finishes.iter().map(material).collect();
    let all: Vec<usize> = (0..nodes.len()).collect();
    let radiance = (parts.sky.irradiance() / std::f32::consts::PI).to_array();
    let extras = json!({ "title": title, "sky_radiance_w_per_m2_sr": radiance });
    let mut used = Vec::new();
    let mut root = json!({
        "scenes": [{ "name": "Scene", "nodes": all, "extras": extras }],
        "nodes": nodes,
        "meshes": meshes,
        "materials": materials,
        "cameras": [{ "type": "perspective", "name": "Still", "perspective": {
            "aspectRatio": parts.aspect, "yfov": parts.yfov_rad(), "znear": 0.05, "zfar": 2000.0,
        } }],
    });
    if !parts.images.is_empty() {
        root["samplers"] = json!([{ "magFilter": 9729, "minFilter": 9987, "wrapS": 10497, "wrapT": 10497 }]);
        let image = |image: &Image| {
            let view = document.bytes(&image.png);
            json!({ "bufferView": view, "mimeType": "image/png", "name": image.name })
        };
        root["images"] = parts.images.iter().map(image).collect();
        root["textures"] = (0..parts.images.len()).map(|i| json!({ "sampler": 0, "source": i })).collect();
    }
    if !lights.is_empty() {
        used.push("KHR_lights_punctual");
        root["extensions"] = json!({ "KHR_lights_punctual": { "lights": lights } });
    }
    if parts.finishes.iter().any(|finish| finish.mean.emission.max_element() > 1.0) {
        used.push("KHR_materials_emissive_strength");
    }
    if !used.is_empty() {
        root["extensionsUsed"] = json!(used);
    }
    document.finish(root)
}

/// The accessors of a shell: those of its vertices, and of the triangles of each part.
struct Shelled {
    attributes: Value,
    indices: Vec<usize>,
}

fn shelled(document: &mut Document, shell: &Shell) -> Shelled {
    let position = document.floats(&shell.positions.iter().map(Vec3::to_array).collect::<Vec<_>>(), true);
    let normal = document.floats(&shell.normals.iter().map(Vec3::to_array).collect::<Vec<_>>(), false);
    let mut attributes = json!({ "POSITION": position, "NORMAL": normal });
    if !shell.uvs.is_empty() {
        // Pictures begin at the top here.
        let uvs: Vec<[f32; 2]> = shell.uvs.iter().map(|uv| [uv.x, 1.0 - uv.y]).collect();
        attributes["TEXCOORD_0"] = json!(document.floats(&uvs, false));
        let tangents: Vec<[f32; 4]> = shell.tangents.iter().map(|t| t.extend(1.0).to_array()).collect();
        attributes["TANGENT"] = json!(document.floats(&tangents, false));
    }
    let n = shell.positions.len();
    Shelled { attributes, indices: shell.parts.iter().map(|part| document.indices(part, n)).collect() }
}

/// A mesh with one primitive for each part; meshes that differ in their materials alone share their vertices.
fn mesh(shells: &[Shelled], prototype: &Prototype) -> Value {
    let shell = &shells[prototype.shell];
    let both = shell.indices.iter().zip(&prototype.finishes);
    let primitive =
        |(indices, material)| json!({ "attributes": shell.attributes, "indices": indices, "material": material });
    json!({ "name": prototype.name, "primitives": both.map(primitive).collect::<Vec<Value>>() })
}

/// A material of a finish whose maps are textures of the same indices.
pub(crate) fn material(finish: &Finish) -> Value {
    let mean = &finish.mean;
    let [r, g, b] = mean.base_color.to_array();
    let mut surface = json!({ "baseColorFactor": [r, g, b, mean.opacity] });
    // Rock shells, leaves and sheets are seen from both sides.
    let mut material = json!({ "name": finish.name, "doubleSided": true });
    match finish.maps {
        Some(maps) => {
            surface["baseColorTexture"] = json!({ "index": maps.base_color });
            surface["metallicRoughnessTexture"] = json!({ "index": maps.orm });
            material["normalTexture"] = json!({ "index": maps.normal });
            material["occlusionTexture"] = json!({ "index": maps.orm });
            if let Some(emission) = maps.emission {
                material["emissiveTexture"] = json!({ "index": emission });
            }
        }
        None => {
            surface["metallicFactor"] = json!(mean.metallic);
            surface["roughnessFactor"] = json!(mean.roughness);
        }
    }
    material["pbrMetallicRoughness"] = surface;
    if mean.opacity < 1.0 {
        material["alphaMode"] = json!("BLEND");
    }
    let peak = mean.emission.max_element();
    if peak > 0.0 {
        material["emissiveFactor"] = json!((mean.emission / peak.max(1.0)).clamp(Vec3::ZERO, Vec3::ONE).to_array());
    }
    if peak > 1.0 {
        material["extensions"] = json!({ "KHR_materials_emissive_strength": { "emissiveStrength": peak } });
    }
    material
}

fn camera(parts: &Parts) -> Value {
    let camera = &parts.camera;
    let tilt = (camera.shift_y * 2.0 * (0.5 * parts.yfov_rad()).tan()).atan();
    let turn = Quat::from_mat3(&camera.world_from_camera()) * Quat::from_rotation_x(tilt);
    json!({
        "name": "Still", "camera": 0, "translation": camera.position.to_array(), "rotation": turn.normalize().to_array(),
        "extras": { "focal_length_mm": camera.focal_length_mm, "shift_y": camera.shift_y },
    })
}

/// A colour of greatest part 1, and how strong it is.
fn split(light: Vec3) -> ([f32; 3], f32) {
    let peak = light.max_element().max(1e-6);
    ((light / peak).clamp(Vec3::ZERO, Vec3::ONE).to_array(), peak)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::tests::staged;

    #[test]
    fn the_file_holds_every_place_lamp_and_the_camera() {
        let (world, scene) = staged("a market at night with lanterns");
        let parts = Parts::of(&world, &scene, 16.0 / 9.0, 32).unwrap();
        let file = glb(&parts, "a market");
        assert_eq!(&file[..4], b"glTF");
        assert_eq!(u32::from_le_bytes(file[8..12].try_into().unwrap()) as usize, file.len());
        let n = u32::from_le_bytes(file[12..16].try_into().unwrap()) as usize;
        let root: Value = serde_json::from_slice(&file[20..20 + n]).unwrap();
        let nodes = root["nodes"].as_array().unwrap();
        assert_eq!(nodes.len(), parts.placed.len() + parts.lamps.len() + parts.discs.len() + 1);
        assert_eq!(root["meshes"].as_array().unwrap().len(), parts.prototypes.len());
        let lights = root["extensions"]["KHR_lights_punctual"]["lights"].as_array().unwrap();
        assert_eq!(lights.len(), parts.lamps.len() + parts.discs.len());
        assert!(lights.iter().all(|light| light["intensity"].as_f64().unwrap() > 0.0));
        let images = root["images"].as_array().unwrap();
        assert_eq!(images.len(), parts.images.len());
        let textured = |material: &&Value| {
            material["normalTexture"]["index"].as_u64().is_some_and(|i| (i as usize) < images.len())
        };
        let materials = root["materials"].as_array().unwrap();
        assert!(materials.iter().filter(textured).count() > materials.len() / 3, "of {}", materials.len());
    }

    #[test]
    fn the_sun_shines_along_its_direction_and_the_camera_looks_where_the_still_does() {
        let (world, scene) = staged("a village at noon, clear sky");
        let parts = Parts::of(&world, &scene, 1.5, 0).unwrap();
        let file = glb(&parts, "a village");
        let n = u32::from_le_bytes(file[12..16].try_into().unwrap()) as usize;
        let root: Value = serde_json::from_slice(&file[20..20 + n]).unwrap();
        let node = |name: &str| {
            let nodes = root["nodes"].as_array().unwrap().iter();
            nodes.clone().find(|node| node["name"] == name).unwrap().clone()
        };
        let forward = |name: &str| {
            let turn: [f32; 4] = serde_json::from_value(node(name)["rotation"].clone()).unwrap();
            Quat::from_array(turn) * Vec3::NEG_Z
        };
        assert!((forward("Sun") + parts.discs[0].1.direction).length() < 1e-4);
        // The middle of the frame, lens shift included.
        let middle = parts.camera.direction(glam::Vec2::splat(0.5), 1.5);
        assert!((forward("Still") - middle).length() < 1e-3, "{} {middle}", forward("Still"));
        assert_eq!(root["cameras"][0]["perspective"]["aspectRatio"], 1.5);
    }
}
