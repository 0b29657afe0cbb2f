//! Delivered pieces put together: one GLB that holds each once, and a USD layer that refers to theirs.

use std::collections::BTreeMap;
use std::fmt::Write;

use glam::{Affine3A, Mat4};
use serde_json::{Map, Value, json};

/// A file under construction from the parts of others.
#[derive(Default)]
struct Merged {
    lists: BTreeMap<&'static str, Vec<Value>>,
    extensions: Vec<Value>,
    binary: Vec<u8>,
}

/// The lists of a glTF file that refer to each other, and which of their fields do, to what.
const LISTS: [&str; 8] = ["bufferViews", "accessors", "images", "samplers", "textures", "materials", "meshes", "nodes"];

/// The list that a field's index is of, inside a list.
fn referred(list: &str, field: &str) -> Option<&'static str> {
    Some(match (list, field) {
        ("accessors" | "images", "bufferView") => "bufferViews",
        ("textures", "sampler") => "samplers",
        ("textures", "source") => "images",
        ("materials", "index") => "textures",
        ("meshes", "material") => "materials",
        ("meshes", "indices" | "POSITION" | "NORMAL" | "TANGENT" | "TEXCOORD_0" | "TEXCOORD_1") => "accessors",
        ("nodes", "mesh") => "meshes",
        ("nodes", "children") => "nodes",
        _ => return None,
    })
}

/// Moves every index in a value by where its list begins.
fn shifted(list: &str, field: &str, value: &Value, begins: &BTreeMap<&str, usize>) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(k, v)| (k.clone(), shifted(list, k, v, begins))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(|v| shifted(list, field, v, begins)).collect(),
        Value::Number(n) => match (referred(list, field), n.as_u64()) {
            (Some(of), Some(index)) => json!(index as usize + begins[of]),
            _ => value.clone(),
        },
        _ => value.clone(),
    }
}

impl Merged {
    /// Adds a file; the index of its root node, if it is one of ours.
    fn add(&mut self, glb: &[u8]) -> Option<usize> {
        let word = |at: usize| Some(u32::from_le_bytes(glb.get(at..at + 4)?.try_into().ok()?) as usize);
        let text = glb.get(20..20 + word(12)?)?;
        let binary = glb.get(28 + text.len()..)?;
        let root: Value = serde_json::from_slice(text).ok()?;
        self.binary.resize(self.binary.len().next_multiple_of(4), 0);
        let start = self.binary.len();
        self.binary.extend_from_slice(binary);
        let begins: BTreeMap<&str, usize> =
            LISTS.iter().map(|list| (*list, self.lists.get(list).map_or(0, Vec::len))).collect();
        for list in LISTS {
            for item in root[list].as_array().into_iter().flatten() {
                let mut item = shifted(list, "", item, &begins);
                if list == "bufferViews" {
                    item["byteOffset"] = json!(item["byteOffset"].as_u64().unwrap_or(0) as usize + start);
                }
                self.lists.entry(list).or_default().push(item);
            }
        }
        for used in root["extensionsUsed"].as_array().into_iter().flatten() {
            if !self.extensions.contains(used) {
                self.extensions.push(used.clone());
            }
        }
        Some(begins["nodes"] + root["scenes"][0]["nodes"][0].as_u64()? as usize)
    }

    fn finish(mut self, name: &str, roots: &[usize]) -> Vec<u8> {
        self.binary.resize(self.binary.len().next_multiple_of(4), 0);
        let mut root = json!({
            "asset": { "version": "2.0", "generator": concat!("gesamt ", env!("CARGO_PKG_VERSION")) },
            "scene": 0, "scenes": [{ "name": name, "nodes": roots }],
            "buffers": [{ "byteLength": self.binary.len() }],
        });
        for (list, items) in self.lists {
            root[list] = Value::Array(items);
        }
        if !self.extensions.is_empty() {
            root["extensionsUsed"] = Value::Array(self.extensions);
        }
        gesamt_media::gltf::container(&root, &self.binary)
    }
}

/// The pieces (GLB files of ours) in their places, each stored once.
#[must_use]
pub fn assembled_glb(name: &str, pieces: &[&[u8]], places: &[(usize, Affine3A)]) -> Vec<u8> {
    let mut merged = Merged::default();
    let is_placed = |piece: usize| places.iter().any(|(placed, _)| *placed == piece);
    let add = |(piece, glb): (usize, &&[u8])| if is_placed(piece) { merged.add(glb) } else { None };
    let roots: Vec<Option<usize>> = pieces.iter().enumerate().map(add).collect();
    let nodes = merged.lists.entry("nodes").or_default();
    let mut tops = Vec::new();
    for (piece, transform) in places {
        let Some(root) = roots.get(*piece).copied().flatten() else { continue };
        // A node has one parent: every further place is a node of its own with the same mesh.
        let mut node = nodes[root].clone();
        node["matrix"] = json!(Mat4::from(*transform).to_cols_array());
        if let Some(fields) = node.as_object_mut() {
            fields.remove("children");
        }
        tops.push(nodes.len());
        nodes.push(node);
    }
    // What the pieces brought as roots and sockets stays out.
    let first = nodes.len() - tops.len();
    nodes.drain(..first);
    let tops: Vec<usize> = tops.iter().map(|top| top - first).collect();
    merged.finish(name, &tops)
}

/// A layer that refers to the layers of the pieces (by the names of their files) in their places.
#[must_use]
pub fn assembled_usda(name: &str, pieces: &[String], places: &[(usize, Affine3A)]) -> String {
    let mut out = format!(
        "#usda 1.0\n(\n    defaultPrim = \"{name}\"\n    metersPerUnit = 1\n    upAxis = \"Y\"\n)\n\ndef Xform \"{name}\" (\n    kind = \"assembly\"\n)\n{{\n"
    );
    for (index, (piece, transform)) in places.iter().enumerate() {
        let rows = Mat4::from(*transform).to_cols_array_2d();
        let rows: Vec<String> = rows.iter().map(|r| format!("({}, {}, {}, {})", r[0], r[1], r[2], r[3])).collect();
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "    def \"Piece_{index:02}\" (\n        instanceable = true\n        prepend references = @./{}@\n    )\n    {{\n        matrix4d xformOp:transform = ( {} )\n        uniform token[] xformOpOrder = [\"xformOp:transform\"]\n    }}\n\n",
            pieces[*piece],
            rows.join(", ")
        );
    }
    out.push_str("}\n");
    out
}
