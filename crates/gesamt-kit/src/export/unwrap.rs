//! Texture coordinates: one chart atlas without overlaps, uniform in texel density.

use std::collections::HashMap;

use gesamt_mesh::Mesh;
use glam::{Vec2, Vec3, Vec4};

/// A vertex of the unwrapped mesh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtlasVertex {
    /// Position in metres.
    pub position: Vec3,
    /// Unit normal.
    pub normal: Vec3,
    /// Texture coordinate, 0–1, v down the image.
    pub uv: Vec2,
    /// Unit tangent along +u and the sign of the bitangent; zero until tangents are made.
    pub tangent: Vec4,
}

/// A mesh with texture coordinates.
#[derive(Clone, Debug, Default)]
pub struct Atlas {
    /// Vertices, split at seams.
    pub vertices: Vec<AtlasVertex>,
    /// Vertex indices.
    pub triangles: Vec<[u32; 3]>,
    /// Material slot of each triangle.
    pub slots: Vec<u16>,
    /// Texels per metre at the size that was asked for.
    pub texels_per_m: f32,
    /// Empty texels around each chart.
    pub padding_px: u32,
}

/// Charts are kept this many texels from the next at the widest, per 1024 texels of the atlas: enough for three mip levels.
const WIDE_PADDING: u32 = 4;
/// Narrower padding is taken when the gaps would leave less than this share of the atlas to the surface.
const LEAST_USE: f32 = 0.55;

/// Unwraps a mesh onto a square atlas of `size` texels. Triangles too thin for texture space are dropped.
///
/// The unwrapper sees the welded surface, so that shading creases (which bevels soften anyway) do not become seams.
///
/// # Errors
/// What the unwrapper could not digest.
pub fn unwrap(mesh: &Mesh, size: u32) -> Result<Atlas, String> {
    let (positions, welded) = weld(mesh);
    let indices: Vec<u32> = mesh.triangles.iter().flatten().map(|i| welded[*i as usize]).collect();
    let slots: Vec<u32> = mesh.slots.iter().map(|s| u32::from(*s)).collect();
    let input = uvunwrap::MeshInput { face_materials: Some(&slots), ..uvunwrap::MeshInput::new(&positions, &indices) };
    let options = |padding| uvunwrap::Options {
        max_chart_angle: 85.0,
        density: uvunwrap::Density::Auto { page_size: size },
        padding,
        ..uvunwrap::Options::default()
    };
    let generate = |padding| uvunwrap::generate(&[input], &options(padding)).map_err(|error| error.to_string());
    // Many thin charts lose more to their gaps than they gain from mips: they get half the padding.
    let mut padding = (WIDE_PADDING * size / 1024).max(1);
    let mut atlas = generate(padding)?;
    if padding > 1 && (atlas.page_count > 1 || atlas.utilization < LEAST_USE) {
        padding = padding.div_ceil(2);
        atlas = generate(padding)?;
    }
    // The unwrapper crops the page to its rows; texels stay square on the whole one.
    let page = Vec2::new(atlas.width as f32, atlas.height as f32) / size as f32;
    let output = atlas.meshes.first().ok_or("the unwrapper returned no mesh")?;
    let mut unwrapped = Atlas { texels_per_m: atlas.texels_per_unit, padding_px: padding, ..Atlas::default() };
    let mut known: HashMap<(u32, u32), u32> = HashMap::new();
    for (index, corners) in output.indices.chunks_exact(3).enumerate() {
        if corners.iter().any(|&c| output.vertices[c as usize].chart.is_none()) {
            continue;
        }
        let triangle = [0, 1, 2].map(|corner| {
            let (source, target) = (mesh.triangles[index][corner], corners[corner]);
            *known.entry((source, target)).or_insert_with(|| {
                unwrapped.vertices.push(AtlasVertex {
                    position: mesh.positions[source as usize],
                    normal: mesh.normals[source as usize],
                    uv: Vec2::from_array(output.vertices[target as usize].uv) * page,
                    tangent: Vec4::ZERO,
                });
                unwrapped.vertices.len() as u32 - 1
            })
        });
        unwrapped.triangles.push(triangle);
        unwrapped.slots.push(mesh.slots[index]);
    }
    Ok(unwrapped)
}

/// Distinct positions, and the index of each vertex's position among them.
fn weld(mesh: &Mesh) -> (Vec<[f32; 3]>, Vec<u32>) {
    let mut known: HashMap<[i32; 3], u32> = HashMap::new();
    let mut positions = Vec::new();
    let welded = mesh
        .positions
        .iter()
        .map(|p| {
            *known.entry((*p * 20_000.0).round().as_ivec3().to_array()).or_insert_with(|| {
                positions.push(p.to_array());
                positions.len() as u32 - 1
            })
        })
        .collect();
    (positions, welded)
}
