//! Self-contained binary glTF 2.0 files.
//!
//! # Source
//! Khronos, *glTF 2.0 Specification*, and the extension `KHR_materials_emissive_strength`.

use gesamt_media::MediaError;
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

const FLOAT: u32 = 5126;
const UNSIGNED_SHORT: u32 = 5123;
const UNSIGNED_INT: u32 = 5125;
const ARRAY_BUFFER: u32 = 34962;
const ELEMENT_ARRAY_BUFFER: u32 = 34963;

/// A glTF document under construction.
#[derive(Default)]
struct Document {
    binary: Vec<u8>,
    views: Vec<Value>,
    accessors: Vec<Value>,
}

impl Document {
    /// Appends bytes as a buffer view, aligned to four bytes.
    fn view(&mut self, bytes: &[u8], target: Option<u32>) -> usize {
        self.binary.resize(self.binary.len().next_multiple_of(4), 0);
        let mut view = json!({ "buffer": 0, "byteOffset": self.binary.len(), "byteLength": bytes.len() });
        if let Some(target) = target {
            view["target"] = json!(target);
        }
        self.binary.extend_from_slice(bytes);
        self.views.push(view);
        self.views.len() - 1
    }

    fn floats<const N: usize>(&mut self, values: &[[f32; N]], with_bounds: bool) -> usize {
        let bytes: Vec<u8> = values.iter().flatten().flat_map(|v| v.to_le_bytes()).collect();
        let view = self.view(&bytes, Some(ARRAY_BUFFER));
        let kind = ["SCALAR", "VEC2", "VEC3", "VEC4"][N - 1];
        let mut accessor = json!({ "bufferView": view, "componentType": FLOAT, "count": values.len(), "type": kind });
        if with_bounds {
            let fold = |f: fn(f32, f32) -> f32| {
                (0..N).map(|c| values.iter().map(|v| v[c]).reduce(f).unwrap_or(0.0)).collect::<Vec<f32>>()
            };
            accessor["min"] = json!(fold(f32::min));
            accessor["max"] = json!(fold(f32::max));
        }
        self.accessors.push(accessor);
        self.accessors.len() - 1
    }

    fn indices(&mut self, triangles: &[[u32; 3]], n_vertices: usize) -> usize {
        let is_short = n_vertices < 65_535;
        let flat = triangles.iter().flatten();
        let bytes: Vec<u8> = if is_short {
            flat.flat_map(|&i| (i as u16).to_le_bytes()).collect()
        } else {
            flat.flat_map(|i| i.to_le_bytes()).collect()
        };
        let view = self.view(&bytes, Some(ELEMENT_ARRAY_BUFFER));
        let component = if is_short { UNSIGNED_SHORT } else { UNSIGNED_INT };
        self.accessors.push(json!({
            "bufferView": view, "componentType": component, "count": triangles.len() * 3, "type": "SCALAR",
        }));
        self.accessors.len() - 1
    }

    /// The finished GLB; `root` holds the objects that are not about buffers.
    fn finish(mut self, mut root: Value) -> Vec<u8> {
        self.binary.resize(self.binary.len().next_multiple_of(4), 0);
        root["asset"] = json!({ "version": "2.0", "generator": concat!("gesamt ", env!("CARGO_PKG_VERSION")) });
        root["scene"] = json!(0);
        root["accessors"] = Value::Array(self.accessors);
        root["bufferViews"] = Value::Array(self.views);
        root["buffers"] = json!([{ "byteLength": self.binary.len() }]);
        let mut text = root.to_string().into_bytes();
        text.resize(text.len().next_multiple_of(4), b' ');
        let total = 12 + 8 + text.len() + 8 + self.binary.len();
        let mut glb = Vec::with_capacity(total);
        glb.extend(b"glTF");
        for word in [2, total as u32, text.len() as u32, 0x4e4f_534a] {
            glb.extend(word.to_le_bytes());
        }
        glb.extend(text);
        glb.extend((self.binary.len() as u32).to_le_bytes());
        glb.extend(0x004e_4942u32.to_le_bytes());
        glb.extend(self.binary);
        glb
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
    let indices = document.indices(&triangles, used.len());
    let images: Vec<Value> = textures
        .iter()
        .map(|t| {
            let view = document.view(&t.png, None);
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
                "attributes": { "POSITION": position, "NORMAL": normal, "TANGENT": tangent, "TEXCOORD_0": uv },
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
