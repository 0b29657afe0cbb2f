//! Texture coordinates: one chart atlas without overlaps, uniform in texel density.

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
    /// Share of the atlas that is covered.
    pub utilization: f32,
}

/// Padding between charts in texels: wide enough for two mip levels below the smallest delivered atlas.
fn padding(size: u32) -> u32 {
    (size / 170).clamp(2, 8)
}

/// Unwraps a mesh onto a square atlas of `size` texels. Triangles too thin for texture space are dropped.
///
/// # Errors
/// What the unwrapper could not digest.
pub fn unwrap(mesh: &Mesh, size: u32) -> Result<Atlas, String> {
    let positions: Vec<[f32; 3]> = mesh.positions.iter().map(|p| p.to_array()).collect();
    let indices: Vec<u32> = mesh.triangles.iter().flatten().copied().collect();
    let slots: Vec<u32> = mesh.slots.iter().map(|s| u32::from(*s)).collect();
    let input = uvunwrap::MeshInput { face_materials: Some(&slots), ..uvunwrap::MeshInput::new(&positions, &indices) };
    let options = uvunwrap::Options {
        density: uvunwrap::Density::Auto { page_size: size },
        padding: padding(size),
        packing: uvunwrap::Packing::Fast,
        ..uvunwrap::Options::default()
    };
    let atlas = uvunwrap::generate(&[input], &options).map_err(|error| error.to_string())?;
    let output = atlas.meshes.first().ok_or("the unwrapper returned no mesh")?;
    let vertices: Vec<AtlasVertex> = output
        .vertices
        .iter()
        .map(|v| AtlasVertex {
            position: mesh.positions[v.xref as usize],
            normal: mesh.normals[v.xref as usize],
            uv: Vec2::from_array(v.uv),
            tangent: Vec4::ZERO,
        })
        .collect();
    let mut unwrapped =
        Atlas { vertices, texels_per_m: atlas.texels_per_unit, utilization: atlas.utilization, ..Atlas::default() };
    for (index, corners) in output.indices.chunks_exact(3).enumerate() {
        let triangle = [corners[0], corners[1], corners[2]];
        if triangle.iter().all(|&c| output.vertices[c as usize].chart.is_some()) {
            unwrapped.triangles.push(triangle);
            unwrapped.slots.push(mesh.slots[index]);
        }
    }
    Ok(unwrapped)
}
