//! Which edges of a mesh are convex, for wear.

use gesamt_mesh::Mesh;
use glam::Vec3;

/// Convexity of the edge opposite to each corner of each triangle, 0–255.
pub(crate) struct Edges(Vec<[u8; 3]>);

impl Edges {
    /// Finds neighbours by welded positions.
    pub fn new(mesh: &Mesh) -> Self {
        let ids = weld(&mesh.positions);
        let normal = |t: usize| {
            let [a, b, c] = mesh.corners(t);
            (b - a).cross(c - a).normalize_or_zero()
        };
        // (least id, greatest id, triangle, corner opposite to the edge)
        let mut sides: Vec<(u32, u32, u32, u8)> = Vec::with_capacity(mesh.triangles.len() * 3);
        for (t, corners) in mesh.triangles.iter().enumerate() {
            for k in 0..3 {
                let (a, b) = (ids[corners[(k + 1) % 3] as usize], ids[corners[(k + 2) % 3] as usize]);
                sides.push((a.min(b), a.max(b), t as u32, k as u8));
            }
        }
        sides.sort_unstable();
        let mut convex = vec![[0u8; 3]; mesh.triangles.len()];
        for pair in sides.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            if let [(_, _, s, i), (_, _, t, j)] = *pair {
                let (ns, nt) = (normal(s as usize), normal(t as usize));
                let from = mesh.corners(s as usize)[i as usize];
                let to = mesh.corners(t as usize)[j as usize];
                // Convex when the far corner of one lies below the plane of the other.
                let below = (to - from).dot(ns) < 0.0;
                let angle = ns.dot(nt).clamp(-1.0, 1.0).acos().to_degrees();
                let amount = if below { ((angle - 32.0) / 30.0).clamp(0.0, 1.0) } else { 0.0 };
                let amount = (amount * 255.0) as u8;
                convex[s as usize][i as usize] = amount;
                convex[t as usize][j as usize] = amount;
            }
        }
        Self(convex)
    }

    /// Convexity of the edges of a triangle.
    pub fn convex(&self, triangle: usize) -> [u8; 3] {
        self.0[triangle]
    }
}

/// How near a point (barycentric `u`, `v`) of a triangle is to a convex edge, 0–1, when wear reaches `width` metres.
pub(crate) fn edge_nearness(convex: [u8; 3], corners: &[Vec3; 3], u: f32, v: f32, width: f32) -> f32 {
    if convex == [0; 3] {
        return 0.0;
    }
    let weights = [1.0 - u - v, u, v];
    let double_area = (corners[1] - corners[0]).cross(corners[2] - corners[0]).length();
    let mut most = 0f32;
    for k in 0..3 {
        if convex[k] > 0 {
            let side = (corners[(k + 2) % 3] - corners[(k + 1) % 3]).length().max(1e-6);
            let distance = weights[k] * double_area / side;
            most = most.max(f32::from(convex[k]) / 255.0 * (1.0 - distance / width).max(0.0));
        }
    }
    most
}

/// The same number for vertices in the same place (to a hundredth of a millimetre).
fn weld(positions: &[Vec3]) -> Vec<u32> {
    let key = |p: Vec3| (p * 1e5).round().as_i64vec3().to_array();
    let mut order: Vec<u32> = (0..positions.len() as u32).collect();
    order.sort_unstable_by_key(|i| (key(positions[*i as usize]), *i));
    let mut ids = vec![0; positions.len()];
    for group in order.chunk_by(|a, b| key(positions[*a as usize]) == key(positions[*b as usize])) {
        for i in group {
            ids[*i as usize] = group[0];
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use gesamt_mesh::{MeshBuilder, shapes};

    use super::*;

    #[test]
    fn a_box_is_worn_at_its_edges_and_not_in_the_middle_of_its_faces() {
        let mut builder = MeshBuilder::new();
        builder.add(&shapes::standing_box(Vec3::ONE, 0.0));
        let mesh = builder.finish();
        let edges = Edges::new(&mesh);
        for t in 0..mesh.triangles.len() {
            let corners = mesh.corners(t);
            let at = |u, v| edge_nearness(edges.convex(t), &corners, u, v, 0.05);
            let near = at(0.5, 0.01).max(at(0.01, 0.5));
            assert!(near > 0.5, "{near}");
            assert!(at(0.33, 0.33) < 0.01);
        }
    }
}
