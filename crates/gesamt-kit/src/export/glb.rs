//! Self-contained binary glTF 2.0 files.
//!
//! # Source
//! Khronos, *glTF 2.0 Specification*, and the extension `KHR_materials_emissive_strength`.

use gesamt_media::MediaError;
use gesamt_media::gltf::Document;
use gesamt_media::png::{Pixels, PngEffort, PngOptions, encode_png};
use gesamt_mesh::Socket;
use glam::Vec3;
use serde_json::{Value, json};

use super::bake::Map;
use super::convex::ConvexMesh;
use super::unwrap::Atlas;
use super::usd::compact;

/// A map as a PNG file.
pub struct EncodedTexture {
    /// File name suffix: BC, N, ORM or E.
    pub suffix: &'static str,
    /// The PNG.
    pub png: Vec<u8>,
}

impl EncodedTexture {
    /// Encodes a square map.
    ///
    /// # Errors
    /// What the PNG encoder refuses.
    pub fn new(map: Map<'_>, size: u32) -> Result<Self, MediaError> {
        let options = PngOptions { is_data: !map.is_color, effort: PngEffort::Fast, texts: Vec::new() };
        let png = encode_png(size, size, Pixels::Rgb8(map.pixels.as_flattened()), &options)?;
        Ok(Self { suffix: map.suffix, png })
    }
}

/// One LOD with its textures.
pub fn render_mesh(
    name: &str,
    lod: usize,
    atlas: &Atlas,
    triangles: &[[u32; 3]],
    sockets: &[Socket],
    textures: &[EncodedTexture],
    emission_peak: f32,
) -> Vec<u8> {
    let (used, triangles) = compact(atlas, triangles);
    let mut document = Document::default();
    let position = document.floats(&used.iter().map(|v| v.position.to_array()).collect::<Vec<_>>(), true);
    let normal = document.floats(&used.iter().map(|v| unit(v.normal)).collect::<Vec<_>>(), false);
    let tangent = document.floats(&used.iter().map(|v| v.tangent.to_array()).collect::<Vec<_>>(), false);
    let uv = document.floats(&used.iter().map(|v| v.uv.to_array()).collect::<Vec<_>>(), false);
    let mut attributes = json!({ "POSITION": position, "NORMAL": normal, "TANGENT": tangent, "TEXCOORD_0": uv });
    if atlas.is_shared() {
        let light = used.iter().map(|v| v.light_uv.to_array()).collect::<Vec<_>>();
        attributes["TEXCOORD_1"] = json!(document.floats(&light, false));
    }
    let indices = document.indices(&triangles, used.len());
    let images: Vec<Value> = textures
        .iter()
        .map(|t| {
            let view = document.bytes(&t.png);
            json!({ "bufferView": view, "mimeType": "image/png", "name": format!("T{}_{}", &name[2..], t.suffix) })
        })
        .collect();
    let texture_refs: Vec<Value> = (0..images.len()).map(|i| json!({ "sampler": 0, "source": i })).collect();
    let mut root = json!({
        "scenes": [{ "name": name, "nodes": [0] }],
        "nodes": nodes(name, lod, sockets),
        "meshes": [{
            "name": format!("{name}_LOD{lod}"),
            "primitives": [{
                "attributes": attributes,
                "indices": indices,
                "material": 0,
            }],
            "extras": { "lod": lod, "texels_per_m": atlas.texels_per_m },
        }],
        "materials": [material(name, emission_peak)],
        "samplers": [{ "magFilter": 9729, "minFilter": 9987, "wrapS": 33071, "wrapT": 33071 }],
        "images": images,
        "textures": texture_refs,
    });
    if emission_peak > 1.0 {
        root["extensionsUsed"] = json!(["KHR_materials_emissive_strength"]);
    }
    document.finish(root)
}

/// The mesh node and one child per socket, named as Unreal's importer wants them (`SOCKET_<name>`).
fn nodes(name: &str, lod: usize, sockets: &[Socket]) -> Vec<Value> {
    let mut root = json!({ "name": format!("{name}_LOD{lod}"), "mesh": 0 });
    if !sockets.is_empty() {
        root["children"] = json!((1..=sockets.len()).collect::<Vec<_>>());
    }
    let socket = |s: &Socket| {
        let (sin, cos) = (0.5 * s.yaw_rad).sin_cos();
        json!({
            "name": format!("SOCKET_{}", s.name), "translation": s.position.to_array(), "rotation": [0.0, sin, 0.0, cos],
            "extras": { "socket": s.name },
        })
    };
    std::iter::once(root).chain(sockets.iter().map(socket)).collect()
}

fn material(name: &str, emission_peak: f32) -> Value {
    let mut material = json!({
        "name": format!("M{}", &name[2..]),
        "pbrMetallicRoughness": {
            "baseColorTexture": { "index": 0 },
            "metallicRoughnessTexture": { "index": 2 },
        },
        "normalTexture": { "index": 1 },
        "occlusionTexture": { "index": 2 },
    });
    if emission_peak > 0.0 {
        material["emissiveTexture"] = json!({ "index": 3 });
        material["emissiveFactor"] = json!([emission_peak.min(1.0), emission_peak.min(1.0), emission_peak.min(1.0)]);
    }
    if emission_peak > 1.0 {
        material["extensions"] = json!({ "KHR_materials_emissive_strength": { "emissiveStrength": emission_peak } });
    }
    material
}

/// The collision hulls, one node each, named as Unreal's importer wants them (`UCX_<mesh>_<nn>`).
pub fn collision(name: &str, hulls: &[ConvexMesh]) -> Vec<u8> {
    let mut document = Document::default();
    let meshes: Vec<Value> = hulls
        .iter()
        .enumerate()
        .map(|(index, hull)| {
            let position = document.floats(&hull.positions.iter().map(Vec3::to_array).collect::<Vec<_>>(), true);
            let indices = document.indices(&hull.triangles, hull.positions.len());
            let primitive = json!({ "attributes": { "POSITION": position }, "indices": indices });
            json!({ "name": format!("UCX_{name}_{index:02}"), "primitives": [primitive] })
        })
        .collect();
    let nodes: Vec<Value> =
        (0..hulls.len()).map(|i| json!({ "name": format!("UCX_{name}_{i:02}"), "mesh": i })).collect();
    let roots: Vec<usize> = (0..hulls.len()).collect();
    document.finish(json!({
        "scenes": [{ "name": format!("{name}_collision"), "nodes": roots }],
        "nodes": nodes,
        "meshes": meshes,
    }))
}

fn unit(normal: Vec3) -> [f32; 3] {
    normal.normalize_or(Vec3::Y).to_array()
}
