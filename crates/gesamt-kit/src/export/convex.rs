//! Convex hulls of small point sets.

use glam::Vec3;

/// A closed convex triangle mesh.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvexMesh {
    /// Corner positions in metres.
    pub positions: Vec<Vec3>,
    /// Outward triangles.
    pub triangles: Vec<[u32; 3]>,
}

/// The convex hull of the points, or `None` when they span no volume.
///
/// # Source
/// The incremental algorithm of de Berg et al., *Computational Geometry*, chapter 11, without the conflict graph (n is small).
#[must_use]
pub fn convex_hull(points: &[Vec3]) -> Option<ConvexMesh> {
    let mut faces = first_tetrahedron(points)?;
    let extent = points.iter().fold(0.0f32, |m, p| m.max(p.abs().max_element())).max(1e-3);
    let epsilon = 1e-5 * extent;
    for (index, &point) in points.iter().enumerate() {
        let sees = |f: &[usize; 3]| {
            let [a, b, c] = f.map(|i| points[i]);
            (b - a).cross(c - a).normalize_or_zero().dot(point - a) > epsilon
        };
        let (visible, hidden): (Vec<_>, Vec<_>) = faces.iter().copied().partition(sees);
        if visible.is_empty() {
            continue;
        }
        let edges: Vec<(usize, usize)> = visible.iter().flat_map(|&[a, b, c]| [(a, b), (b, c), (c, a)]).collect();
        faces = hidden;
        // The horizon: edges of the visible patch whose twin is not in the patch.
        faces.extend(edges.iter().filter(|(a, b)| !edges.contains(&(*b, *a))).map(|&(a, b)| [a, b, index]));
    }
    let mut used: Vec<usize> = faces.iter().flatten().copied().collect();
    used.sort_unstable();
    used.dedup();
    let triangles = faces.iter().map(|f| f.map(|i| used.partition_point(|&u| u < i) as u32)).collect();
    Some(ConvexMesh { positions: used.iter().map(|&i| points[i]).collect(), triangles })
}

fn first_tetrahedron(points: &[Vec3]) -> Option<Vec<[usize; 3]>> {
    let farthest = |distance: &dyn Fn(Vec3) -> f32| {
        (0..points.len()).max_by(|&i, &j| distance(points[i]).total_cmp(&distance(points[j])))
    };
    let a = farthest(&|p| -p.x)?;
    let b = farthest(&|p| p.distance_squared(points[a]))?;
    let line = (points[b] - points[a]).normalize_or_zero();
    let c = farthest(&|p| (p - points[a]).cross(line).length_squared())?;
    let normal = (points[b] - points[a]).cross(points[c] - points[a]).normalize_or_zero();
    let d = farthest(&|p| normal.dot(p - points[a]).abs())?;
    let height = normal.dot(points[d] - points[a]);
    if height.abs() < 1e-4 {
        return None;
    }
    let (b, c) = if height > 0.0 { (c, b) } else { (b, c) };
    Some(vec![[a, b, c], [a, c, d], [c, b, d], [b, a, d]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_mesh::{Hull, Shape};

    fn volume(mesh: &ConvexMesh) -> f32 {
        let shape = Shape { positions: mesh.positions.clone(), triangles: mesh.triangles.clone() };
        assert!(shape.is_closed_manifold());
        shape.volume()
    }

    #[test]
    fn the_hull_of_a_cuboid_has_its_volume() {
        let hull =
            convex_hull(&Hull::cuboid(Vec3::new(-1.0, 0.0, -2.0), Vec3::new(1.0, 3.0, 2.0)).points).expect("a volume");
        assert_eq!(hull.positions.len(), 8);
        assert!((volume(&hull) - 24.0).abs() < 1e-3);
    }

    #[test]
    fn the_hull_of_a_drum_is_closed_and_points_inside_are_dropped() {
        let mut points = Hull::drum(Vec3::ZERO, 1.0, 2.0, 10).points;
        points.push(Vec3::new(0.1, 1.0, 0.2));
        let hull = convex_hull(&points).expect("a volume");
        assert_eq!(hull.positions.len(), 20);
        let expected = 2.0 * 10.0 * 0.5 * (std::f32::consts::TAU / 10.0).sin();
        assert!((volume(&hull) - expected).abs() < 1e-3);
    }

    #[test]
    fn flat_and_tiny_point_sets_have_no_hull() {
        assert_eq!(convex_hull(&[]), None);
        assert_eq!(convex_hull(&[Vec3::ZERO, Vec3::X, Vec3::Z, Vec3::ONE * 0.0]), None);
    }
}
