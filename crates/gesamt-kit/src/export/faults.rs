//! Faults of a mesh as a modelling tool counts them: on the welded surface.

use std::collections::HashMap;

use gesamt_mesh::Mesh;

/// What is wrong with a mesh; all zero is what every family must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeshFaults {
    /// Triangles without area or with a corner twice.
    pub degenerate: usize,
    /// Triangles that stand on the same three points as another.
    pub duplicate: usize,
    /// Edges where the surface ends or whose sides do not face the same way.
    pub open: usize,
    /// Edges that one closed shell uses more than twice.
    pub non_manifold: usize,
}

/// Counts the faults of a mesh, its vertices welded where their positions are equal within each shell.
#[must_use]
pub fn mesh_faults(mesh: &Mesh) -> MeshFaults {
    let mut known: HashMap<[u32; 3], u32> = HashMap::new();
    let welded: Vec<u32> = mesh
        .positions
        .iter()
        .map(|p| {
            let next = known.len() as u32;
            // Adding zero makes the two zeros one.
            *known.entry(p.to_array().map(|v| (v + 0.0).to_bits())).or_insert(next)
        })
        .collect();
    let mut faults = MeshFaults::default();
    let mut faces: HashMap<[u32; 3], usize> = HashMap::new();
    let mut edges: HashMap<(u32, u32), [usize; 2]> = HashMap::new();
    for (t, triangle) in mesh.triangles.iter().enumerate() {
        let [a, b, c] = mesh.corners(t);
        let [i, j, k] = triangle.map(|v| welded[v as usize]);
        if i == j || j == k || k == i || (b - a).cross(c - a).length() < 2e-10 {
            faults.degenerate += 1;
            continue;
        }
        let mut key = [i, j, k];
        key.sort_unstable();
        *faces.entry(key).or_default() += 1;
        for (from, to) in [(i, j), (j, k), (k, i)] {
            edges.entry((from.min(to), from.max(to))).or_default()[usize::from(from > to)] += 1;
        }
    }
    faults.duplicate = faces.values().filter(|n| **n > 1).count();
    faults.open = edges.values().filter(|[there, back]| there != back).count();
    faults.non_manifold = edges.values().filter(|[there, back]| there == back && *there > 1).count();
    faults
}

#[cfg(test)]
mod tests {
    use gesamt_mesh::{MeshBuilder, shapes};
    use glam::Vec3;

    use super::*;

    #[test]
    fn a_box_has_no_faults_and_each_kind_of_damage_is_counted() {
        let mut pen = MeshBuilder::new();
        pen.add(&shapes::block(Vec3::ZERO, Vec3::ONE, 0.1));
        let whole = pen.finish();
        assert_eq!(mesh_faults(&whole), MeshFaults::default());
        let mut open = whole.clone();
        open.triangles.pop();
        assert_eq!(mesh_faults(&open).open, 3);
        let mut twice = whole.clone();
        twice.triangles.push(whole.triangles[0]);
        assert_eq!(mesh_faults(&twice).duplicate, 1);
        let mut flat = whole.clone();
        let [a, b, _] = whole.triangles[0];
        flat.triangles.push([a, b, b]);
        assert_eq!(mesh_faults(&flat).degenerate, 1);
    }

    #[test]
    fn two_boxes_that_share_an_edge_are_not_one_manifold() {
        let mut pen = MeshBuilder::new();
        pen.add(&shapes::block(Vec3::ZERO, Vec3::ONE, 0.0));
        pen.add(&shapes::block(Vec3::new(1.0, 1.0, 0.0), Vec3::new(2.0, 2.0, 1.0), 0.0));
        assert_eq!(mesh_faults(&pen.finish()).non_manifold, 1);
    }
}
