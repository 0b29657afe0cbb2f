//! Binary glTF 2.0 files: the container, the buffer and its accessors.
//!
//! # Source
//! Khronos, *glTF 2.0 Specification*, sections 3.6 and 4.

use serde_json::{Value, json};

const FLOAT: u32 = 5126;
const UNSIGNED_SHORT: u32 = 5123;
const UNSIGNED_INT: u32 = 5125;
const ARRAY_BUFFER: u32 = 34962;
const ELEMENT_ARRAY_BUFFER: u32 = 34963;

/// A document under construction: its buffer, views and accessors. All else is JSON of the caller.
#[derive(Debug, Default)]
pub struct Document {
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

    /// Appends bytes that are no accessor, such as a picture, and returns their buffer view.
    pub fn bytes(&mut self, bytes: &[u8]) -> usize {
        self.view(bytes, None)
    }

    /// Appends vertex attributes of one to four numbers as an accessor; positions need bounds.
    pub fn floats<const N: usize>(&mut self, values: &[[f32; N]], with_bounds: bool) -> usize {
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

    /// Appends triangles as an accessor of short indices where those suffice.
    pub fn indices(&mut self, triangles: &[[u32; 3]], n_vertices: usize) -> usize {
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

    /// The finished file; `root` holds the objects that are not about buffers.
    #[must_use]
    pub fn finish(mut self, mut root: Value) -> Vec<u8> {
        self.binary.resize(self.binary.len().next_multiple_of(4), 0);
        root["asset"] = json!({ "version": "2.0", "generator": concat!("gesamt ", env!("CARGO_PKG_VERSION")) });
        root["scene"] = json!(0);
        root["accessors"] = Value::Array(self.accessors);
        root["bufferViews"] = Value::Array(self.views);
        root["buffers"] = json!([{ "byteLength": self.binary.len() }]);
        container(&root, &self.binary)
    }
}

/// The container of a document and its buffer, whose length is a multiple of four.
#[must_use]
pub fn container(root: &Value, binary: &[u8]) -> Vec<u8> {
    let mut text = root.to_string().into_bytes();
    text.resize(text.len().next_multiple_of(4), b' ');
    let total = 12 + 8 + text.len() + 8 + binary.len();
    let mut glb = Vec::with_capacity(total);
    glb.extend(b"glTF");
    for word in [2, total as u32, text.len() as u32, 0x4e4f_534a] {
        glb.extend(word.to_le_bytes());
    }
    glb.extend(text);
    glb.extend((binary.len() as u32).to_le_bytes());
    glb.extend(0x004e_4942u32.to_le_bytes());
    glb.extend(binary);
    glb
}
