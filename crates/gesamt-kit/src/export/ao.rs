//! Ambient occlusion of an asset against itself and the ground it stands on.

use gesamt_mesh::Mesh;
use glam::{Vec3, Vec3A};
use obvhs::BvhBuildParams;
use obvhs::bvh2::Bvh2;
use obvhs::bvh2::builder::build_bvh2_from_tris;
use obvhs::ray::Ray;
use obvhs::triangle::Triangle;

/// Answers how open a point of a mesh is.
pub struct Occluder {
    bvh: Bvh2,
    triangles: Vec<Triangle>,
    reach: f32,
    directions: Vec<Vec3>,
}

impl Occluder {
    /// Prepares a mesh; `n_rays` directions per query.
    #[must_use]
    pub fn new(mesh: &Mesh, n_rays: u32) -> Self {
        let triangles: Vec<Triangle> = (0..mesh.triangles.len())
            .map(|t| {
                let [v0, v1, v2] = mesh.corners(t).map(Vec3A::from);
                Triangle { v0, v1, v2 }
            })
            .collect();
        let bvh = build_bvh2_from_tris(&triangles, BvhBuildParams::fast_build(), &mut std::time::Duration::default());
        let reach = (0.35 * mesh.bounds().size().length()).clamp(0.25, 2.0);
        Self { bvh, triangles, reach, directions: cosine_directions(n_rays.max(1)) }
    }

    /// The share of the cosine-weighted hemisphere that is open, 0–1, near hits counting more than far ones.
    #[must_use]
    pub fn openness(&self, point: Vec3, normal: Vec3, turn: f32) -> f32 {
        let across = normal.any_orthonormal_vector();
        let along = normal.cross(across);
        let (sin, cos) = (turn * std::f32::consts::TAU).sin_cos();
        let (u, v) = (across * cos + along * sin, along * cos - across * sin);
        let origin = Vec3A::from(point + normal * 2e-3);
        let mut blocked = 0.0;
        for d in &self.directions {
            let direction = Vec3A::from(u * d.x + v * d.y + normal * d.z);
            let mut nearest = self.reach;
            let ray = Ray::new(origin, direction, 0.0, self.reach);
            self.bvh.ray_traverse_anyhit(ray, |ray, id| {
                let t = self.triangles[self.bvh.primitive_indices[id] as usize].intersect(ray);
                nearest = nearest.min(t);
            });
            // The ground is half a blocker: it is not part of the asset but every asset stands on some.
            let ground =
                if direction.y < -1e-3 { (point.y.max(0.0) / -direction.y).min(self.reach) } else { self.reach };
            blocked += (1.0 - nearest / self.reach).max(0.5 * (1.0 - ground / self.reach));
        }
        1.0 - blocked / self.directions.len() as f32
    }
}

/// Cosine-distributed unit directions about +Z from a Fibonacci spiral.
fn cosine_directions(n: u32) -> Vec<Vec3> {
    (0..n)
        .map(|i| {
            let radius = ((i as f32 + 0.5) / n as f32).sqrt();
            let (sin, cos) = (i as f32 * 2.399_963).sin_cos();
            Vec3::new(radius * cos, radius * sin, (1.0 - radius * radius).max(0.0).sqrt())
        })
        .collect()
}
