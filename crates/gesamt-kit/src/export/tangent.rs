//! MikkTSpace tangents, the frame every engine reconstructs normal maps in.

use std::collections::HashMap;

use bevy_mikktspace::{Geometry, TangentSpace, generate_tangents};
use glam::{Vec3, Vec4};

use super::unwrap::{Atlas, AtlasVertex};

struct Corners<'a> {
    atlas: &'a Atlas,
    tangents: Vec<[Vec4; 3]>,
}

impl Corners<'_> {
    fn vertex(&self, face: usize, corner: usize) -> &AtlasVertex {
        &self.atlas.vertices[self.atlas.triangles[face][corner] as usize]
    }
}

impl Geometry for Corners<'_> {
    fn num_faces(&self) -> usize {
        self.atlas.triangles.len()
    }
    fn num_vertices_of_face(&self, _face: usize) -> usize {
        3
    }
    fn position(&self, face: usize, corner: usize) -> [f32; 3] {
        self.vertex(face, corner).position.to_array()
    }
    fn normal(&self, face: usize, corner: usize) -> [f32; 3] {
        self.vertex(face, corner).normal.to_array()
    }
    fn tex_coord(&self, face: usize, corner: usize) -> [f32; 2] {
        let uv = self.vertex(face, corner).uv;
        // glTF counts v downward; the tangent space of the standard has it upward.
        [uv.x, 1.0 - uv.y]
    }
    fn set_tangent(&mut self, tangent_space: Option<TangentSpace>, face: usize, corner: usize) {
        if let Some(space) = tangent_space {
            self.tangents[face][corner] = Vec4::from_array(space.tangent_encoded());
        }
    }
}

/// The atlas with a tangent at each vertex; vertices are split where tangents differ and unused ones dropped.
#[must_use]
pub fn with_tangents(atlas: Atlas) -> Atlas {
    let mut corners = Corners { tangents: vec![[Vec4::ZERO; 3]; atlas.triangles.len()], atlas: &atlas };
    // The only failure is a mesh without faces, which has no tangents to make.
    let _ = generate_tangents(&mut corners);
    let tangents = corners.tangents;
    let mut vertices: Vec<AtlasVertex> = Vec::with_capacity(atlas.vertices.len());
    let mut known: HashMap<(u32, [u32; 4]), u32> = HashMap::new();
    let mut triangles = Vec::with_capacity(atlas.triangles.len());
    for (face, triangle) in atlas.triangles.iter().enumerate() {
        triangles.push([0, 1, 2].map(|corner| {
            let source = triangle[corner];
            let vertex = atlas.vertices[source as usize];
            let tangent = orthogonal(tangents[face][corner], vertex.normal);
            let key = (source, tangent.to_array().map(|v| ((v * 512.0).round() as i32) as u32));
            *known.entry(key).or_insert_with(|| {
                vertices.push(AtlasVertex { tangent, ..vertex });
                vertices.len() as u32 - 1
            })
        }));
    }
    Atlas { vertices, triangles, ..atlas }
}

/// A unit tangent at right angles to the normal with a sign of exactly ±1, as glTF demands.
fn orthogonal(tangent: Vec4, normal: Vec3) -> Vec4 {
    let along = tangent.truncate();
    let flat = (along - normal * normal.dot(along)).normalize_or(normal.any_orthonormal_vector());
    flat.extend(if tangent.w < 0.0 { -1.0 } else { 1.0 })
}
