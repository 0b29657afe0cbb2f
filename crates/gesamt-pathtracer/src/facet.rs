//! Triangles as shading needs them: everything about one in one line of the cache.
//!
//! # Source
//! Cigolle et al., "A survey of efficient representations for independent unit vectors" (JCGT 2014) for the octahedral map.

use gesamt_scene::Scene;
use glam::{Vec2, Vec3};
use rayon::prelude::*;

use crate::edges::Edges;
use crate::prepared::{Placed, TriangleRef};

/// One triangle of the hierarchy, at rest in the world.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Facet {
    pub corners: [Vec3; 3],
    /// Smooth normals at the corners.
    normals: [Octahedral; 3],
    pub instance: u32,
    /// Index in its mesh.
    pub triangle: u32,
    pub material: u32,
    /// Convexity of the edge opposite to each corner, 0–255.
    pub convex: [u8; 3],
}

impl Facet {
    /// The smooth normal at barycentric weights of the second and third corner; not of unit length.
    #[inline]
    pub fn normal(&self, u: f32, v: f32) -> Vec3 {
        let [a, b, c] = self.normals.map(Octahedral::unit);
        a * (1.0 - u - v) + b * u + c * v
    }
}

/// All triangles in the order of the hierarchy, their edges not yet known.
pub(crate) fn facets(scene: &Scene, placed: &[Placed], triangles: &[TriangleRef]) -> Vec<Facet> {
    let facet = |r: &TriangleRef| {
        let at = &placed[r.instance as usize];
        let mesh = &scene.meshes[at.mesh as usize];
        let t = r.triangle as usize;
        let normal = |i: u32| Octahedral::new((at.normal_to_world * mesh.normals[i as usize]).normalize_or(Vec3::Y));
        Facet {
            corners: mesh.corners(t).map(|p| at.world_from_object.transform_point3(p)),
            normals: mesh.triangles[t].map(normal),
            instance: r.instance,
            triangle: r.triangle,
            material: at.material(mesh, t),
            convex: [0; 3],
        }
    };
    triangles.par_iter().map(facet).collect()
}

/// Gives facets the materials of what was placed anew.
pub(crate) fn paint(scene: &Scene, placed: &[Placed], facets: &mut [Facet]) {
    facets.par_iter_mut().for_each(|facet| {
        let at = &placed[facet.instance as usize];
        facet.material = at.material(&scene.meshes[at.mesh as usize], facet.triangle as usize);
    });
}

/// Finds out which edges are convex.
pub(crate) fn find_edges(scene: &Scene, placed: &[Placed], facets: &mut [Facet]) {
    let edges: Vec<Edges> = scene.meshes.par_iter().map(|m| Edges::new(m)).collect();
    let edges_of = |facet: &Facet| edges[placed[facet.instance as usize].mesh as usize].convex(facet.triangle as usize);
    facets.par_iter_mut().for_each(|facet| facet.convex = edges_of(facet));
}

/// A unit vector in 32 bits, exact along the axes and to about 4e-5 elsewhere.
#[derive(Clone, Copy)]
struct Octahedral([i16; 2]);

impl Octahedral {
    fn new(n: Vec3) -> Self {
        let p = n.truncate() / (n.x.abs() + n.y.abs() + n.z.abs()).max(1e-9);
        let p = if n.z < 0.0 { folded(p) } else { p };
        Self((p * f32::from(i16::MAX)).round().to_array().map(|v| v as i16))
    }

    #[inline]
    fn unit(self) -> Vec3 {
        let p = Vec2::from(self.0.map(f32::from)) * (1.0 / f32::from(i16::MAX));
        let z = 1.0 - p.x.abs() - p.y.abs();
        let p = if z < 0.0 { folded(p) } else { p };
        p.extend(z).normalize()
    }
}

/// The lower half of the octahedron folded over the upper one, and back.
#[inline]
fn folded(p: Vec2) -> Vec2 {
    (Vec2::ONE - Vec2::new(p.y, p.x).abs()) * Vec2::ONE.copysign(p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::cosine;
    use crate::sampler::Sampler;

    #[test]
    fn a_facet_fills_one_line_of_the_cache() {
        assert_eq!(size_of::<Facet>(), 64);
    }

    #[test]
    fn unit_vectors_come_back_and_axes_exactly() {
        for axis in [Vec3::X, Vec3::Y, Vec3::Z, Vec3::NEG_X, Vec3::NEG_Y, Vec3::NEG_Z] {
            assert_eq!(Octahedral::new(axis).unit(), axis);
            for i in 0..500 {
                let n = cosine(axis, Sampler::new(1, 2, i).pair());
                assert!(Octahedral::new(n).unit().distance(n) < 6e-5, "{n}");
            }
        }
    }
}
