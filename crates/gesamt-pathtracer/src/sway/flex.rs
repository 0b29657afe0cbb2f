//! Which vertices of a mesh give way to the wind, and how freely.

use std::collections::HashMap;

use gesamt_mesh::{Aabb, Mesh, solids};
use gesamt_world::MaterialKind;
use glam::{Mat3, Vec3};

/// What a part of a mesh does in moving air.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Give {
    /// Stands still.
    #[default]
    Rigid,
    /// Bends as a whole with the plant that it belongs to.
    Stem,
    /// Bends with its plant and flutters.
    Leaf,
    /// Billows and flutters, the more the farther from where it is held.
    Cloth,
    /// Wavers and licks upward.
    Flame,
}

impl Give {
    const ALL: [Self; 5] = [Self::Rigid, Self::Stem, Self::Leaf, Self::Cloth, Self::Flame];
}

/// How freely a vertex moves.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flex {
    pub give: Give,
    /// Metres (of the mesh) from where it is held: the height above the root of a plant or the foot of a flame, the way from
    /// the nearest seam of a cloth.
    pub free: f32,
    /// The direction across a cloth, in the mesh's frame.
    pub across: Vec3,
}

/// The flexibility of each vertex and the height of the plant that the mesh is, if it is one.
#[derive(Debug, Default)]
pub(crate) struct FlexMesh {
    /// Empty for a rigid mesh.
    pub vertices: Vec<Flex>,
    /// Metres; 0 for anything but a plant.
    pub plant_height: f32,
    /// A bit for each thing that its parts do.
    kinds: u8,
}

/// Share of a plant that may be of something else (fruit, blossoms, fungi).
const FOREIGN: f32 = 0.1;
/// What is only of bark is a trunk when it stands, and a log when it lies.
const TRUNK_M: f32 = 1.5;
/// A mesh whose lowest point lies higher does not stand on its pivot.
const ROOTED_M: f32 = 0.3;
/// Cloth thicker than this is a sack or a cushion.
const THICKEST_M: f32 = 0.04;
/// What is nearer than this to a cloth holds it.
const SEAM_M: f32 = 0.04;
/// A loose cloth hangs by the part of its height at its top.
const HUNG_SHARE: f32 = 0.06;
/// Pairs of corners and faces that are compared at most to find the seams of one cloth.
const MOST_PAIRS: usize = 3_000_000;

fn give_of(kind: MaterialKind) -> Give {
    match kind {
        MaterialKind::Leaves => Give::Leaf,
        MaterialKind::Bark => Give::Stem,
        MaterialKind::Fabric => Give::Cloth,
        MaterialKind::Flame => Give::Flame,
        _ => Give::Rigid,
    }
}

impl FlexMesh {
    /// What its parts do.
    pub fn gives(&self) -> impl Iterator<Item = Give> + '_ {
        Give::ALL.into_iter().filter(|give| self.kinds >> *give as u8 & 1 == 1)
    }

    /// Judges a mesh by the material of each of its slots.
    pub fn new(mesh: &Mesh, kinds: &[MaterialKind]) -> Self {
        let gives: Vec<Give> =
            mesh.slots.iter().map(|slot| kinds.get(usize::from(*slot)).map_or(Give::Rigid, |k| give_of(*k))).collect();
        if gives.iter().all(|g| *g == Give::Rigid) {
            return Self::default();
        }
        let mut areas = [0.0f32; 5];
        for (t, give) in gives.iter().enumerate() {
            let [a, b, c] = mesh.corners(t);
            areas[*give as usize] += (b - a).cross(c - a).length();
        }
        let total: f32 = areas.iter().sum::<f32>().max(1e-9);
        let share = |give: Give| areas[give as usize] / total;
        let bounds = mesh.bounds();
        let stands = bounds.size().y > TRUNK_M.max(bounds.size().x).max(bounds.size().z);
        let grows = share(Give::Leaf) + share(Give::Stem) > 1.0 - FOREIGN && (share(Give::Leaf) > 0.03 || stands);
        let flex = if grows { Self::plant(mesh, &gives, bounds) } else { Self::fitted(mesh, &gives) };
        let kinds = flex.vertices.iter().fold(0, |kinds, v| kinds | 1 << v.give as u8);
        Self { kinds, ..flex }
    }

    fn plant(mesh: &Mesh, gives: &[Give], bounds: Aabb) -> Self {
        let root = if bounds.min.y < ROOTED_M { bounds.min.y.max(0.0) } else { bounds.min.y };
        let free = |p: Vec3| (p.y - root).max(0.0);
        let mut vertices: Vec<Flex> =
            mesh.positions.iter().map(|p| Flex { give: Give::Stem, free: free(*p), across: Vec3::ZERO }).collect();
        for (triangle, give) in mesh.triangles.iter().zip(gives).filter(|(_, give)| **give == Give::Leaf) {
            triangle.iter().for_each(|i| vertices[*i as usize].give = *give);
        }
        Self { vertices, plant_height: bounds.max.y - root, kinds: 0 }
    }

    /// Leaves, cloth and flames on something that stands still.
    fn fitted(mesh: &Mesh, gives: &[Give]) -> Self {
        let mut vertices = vec![Flex::default(); mesh.positions.len()];
        let of_vertex = solids::solids(&mesh.positions, &mesh.triangles);
        let mut parts: HashMap<usize, Part> = HashMap::new();
        let mut hard = Vec::new();
        for (t, give) in gives.iter().enumerate() {
            match give {
                Give::Rigid | Give::Stem => hard.push(mesh.corners(t)),
                Give::Leaf => {
                    for i in mesh.triangles[t] {
                        vertices[i as usize] = Flex { give: *give, free: 0.0, across: Vec3::ZERO };
                    }
                }
                Give::Cloth | Give::Flame => {
                    let part =
                        parts.entry(of_vertex[mesh.triangles[t][0] as usize]).or_insert_with(|| Part::new(*give));
                    part.triangles.push(mesh.triangles[t]);
                }
            }
        }
        for part in parts.values() {
            part.set(&mesh.positions, &hard, &mut vertices);
        }
        let any = vertices.iter().any(|v| v.give != Give::Rigid);
        Self { vertices: if any { vertices } else { Vec::new() }, plant_height: 0.0, kinds: 0 }
    }
}

/// A connected piece of cloth or flame.
struct Part {
    give: Give,
    triangles: Vec<[u32; 3]>,
}

impl Part {
    fn new(give: Give) -> Self {
        Self { give, triangles: Vec::new() }
    }

    fn set(&self, positions: &[Vec3], hard: &[[Vec3; 3]], vertices: &mut [Flex]) {
        let mut corners: Vec<u32> = self.triangles.iter().flatten().copied().collect();
        corners.sort_unstable();
        corners.dedup();
        let at = |i: u32| positions[i as usize];
        let bounds = Aabb::around(corners.iter().map(|i| at(*i)));
        if self.give == Give::Flame {
            for i in corners {
                vertices[i as usize] = Flex { give: Give::Flame, free: at(i).y - bounds.min.y, across: Vec3::ZERO };
            }
            return;
        }
        let (thickness, across) = self.shape(positions, bounds.center());
        if thickness > THICKEST_M {
            return;
        }
        let Some(seams) = seams(&corners, positions, hard, bounds) else { return };
        for &i in &corners {
            let free = seams.iter().map(|s| s.distance(at(i))).fold(f32::INFINITY, f32::min);
            vertices[i as usize] = Flex { give: Give::Cloth, free, across };
        }
    }

    /// The mean thickness, and the direction that the faces look in on the whole, forth or back.
    fn shape(&self, positions: &[Vec3], center: Vec3) -> (f32, Vec3) {
        let (mut area, mut volume, mut facing) = (0.0, 0.0, Mat3::ZERO);
        for t in &self.triangles {
            let [a, b, c] = t.map(|i| positions[i as usize] - center);
            let n = (b - a).cross(c - a);
            area += 0.5 * n.length();
            volume += a.dot(b.cross(c)) / 6.0;
            let n = n * n.length().max(1e-12).sqrt().recip();
            facing += Mat3::from_cols(n * n.x, n * n.y, n * n.z);
        }
        let mut axis = Vec3::new(0.31, 0.53, 0.79);
        for _ in 0..16 {
            axis = (facing * axis).normalize_or(axis);
        }
        (2.0 * volume.abs() / area.max(1e-9), axis)
    }
}

/// Corners of a cloth that are held; `None` where finding them would take too long.
fn seams(corners: &[u32], positions: &[Vec3], hard: &[[Vec3; 3]], bounds: Aabb) -> Option<Vec<Vec3>> {
    let (lo, hi) = (bounds.min - SEAM_M, bounds.max + SEAM_M);
    let near: Vec<&[Vec3; 3]> = hard
        .iter()
        .filter(|t| {
            let b = Aabb::around(t.iter().copied());
            b.min.cmple(hi).all() && b.max.cmpge(lo).all()
        })
        .collect();
    if near.len() * corners.len() > MOST_PAIRS {
        return None;
    }
    let all = || corners.iter().map(|i| positions[*i as usize]);
    let held: Vec<Vec3> =
        all().filter(|p| near.iter().any(|t| nearest_on(t, *p).distance_squared(*p) < SEAM_M * SEAM_M)).collect();
    if !held.is_empty() {
        return Some(held);
    }
    let least = bounds.max.y - (HUNG_SHARE * bounds.size().y).max(0.02);
    Some(all().filter(|p| p.y >= least).collect())
}

/// The point of a triangle that is nearest to `p`.
///
/// # Source
/// Ericson, "Real-time collision detection" (2004), section 5.1.5.
fn nearest_on(&[a, b, c]: &[Vec3; 3], p: Vec3) -> Vec3 {
    let (ab, ac, ap) = (b - a, c - a, p - a);
    let (d1, d2) = (ab.dot(ap), ac.dot(ap));
    if d1 <= 0.0 && d2 <= 0.0 {
        return a;
    }
    let bp = p - b;
    let (d3, d4) = (ab.dot(bp), ac.dot(bp));
    if d3 >= 0.0 && d4 <= d3 {
        return b;
    }
    let vc = d1 * d4 - d3 * d2;
    if vc <= 0.0 && d1 >= 0.0 && d3 <= 0.0 {
        return a + ab * (d1 / (d1 - d3));
    }
    let cp = p - c;
    let (d5, d6) = (ab.dot(cp), ac.dot(cp));
    if d6 >= 0.0 && d5 <= d6 {
        return c;
    }
    let vb = d5 * d2 - d1 * d6;
    if vb <= 0.0 && d2 >= 0.0 && d6 <= 0.0 {
        return a + ac * (d2 / (d2 - d6));
    }
    let va = d3 * d6 - d5 * d4;
    if va <= 0.0 && d4 - d3 >= 0.0 && d5 - d6 >= 0.0 {
        return b + (c - b) * ((d4 - d3) / ((d4 - d3) + (d5 - d6)));
    }
    let k = 1.0 / (va + vb + vc);
    a + ab * (vb * k) + ac * (vc * k)
}

#[cfg(test)]
mod tests {
    use gesamt_mesh::{MeshBuilder, shapes};

    use super::*;

    fn mesh(boxes: &[(Vec3, Vec3)]) -> Mesh {
        let mut whole = Mesh::default();
        for (slot, (size, at)) in boxes.iter().enumerate() {
            let mut b = MeshBuilder::new();
            b.add_at(&shapes::standing_box(*size, 0.0), at.x, at.y, at.z);
            whole.append(&b.finish(), glam::Affine3A::IDENTITY, slot as u16);
        }
        whole
    }

    #[test]
    fn a_banner_is_held_by_its_rod_and_free_below() {
        let rod = (Vec3::new(1.2, 0.05, 0.05), Vec3::new(0.0, 3.0, 0.0));
        let cloth = (Vec3::new(1.0, 2.0, 0.01), Vec3::new(0.0, 1.01, 0.0));
        let m = mesh(&[rod, cloth]);
        let flex = FlexMesh::new(&m, &[MaterialKind::DarkMetal, MaterialKind::Fabric]);
        for (p, v) in m.positions.iter().zip(&flex.vertices) {
            let is_cloth = p.y < 2.99;
            let hangs = p.y < 1.5;
            assert_eq!(v.give == Give::Cloth, is_cloth || v.give == Give::Cloth, "{p}");
            if hangs {
                assert!((1.9..2.1).contains(&v.free) && v.across.z.abs() > 0.99, "{p} {v:?}");
            } else {
                assert!(v.free < 0.05, "{p} {v:?}");
            }
        }
    }

    #[test]
    fn a_tree_is_held_by_its_root_and_a_log_a_sack_and_a_house_stand_still() {
        let trunk = (Vec3::new(0.3, 4.0, 0.3), Vec3::ZERO);
        let crown = (Vec3::splat(2.0), Vec3::new(0.0, 3.0, 0.0));
        let tree = mesh(&[trunk, crown]);
        let flex = FlexMesh::new(&tree, &[MaterialKind::Bark, MaterialKind::Leaves]);
        assert!((flex.plant_height - 5.0).abs() < 1e-4);
        assert!(tree.positions.iter().zip(&flex.vertices).all(|(p, v)| (v.free - p.y).abs() < 1e-4));
        let log = mesh(&[(Vec3::new(3.0, 0.4, 0.4), Vec3::ZERO)]);
        let sack = mesh(&[(Vec3::splat(0.5), Vec3::ZERO)]);
        assert!(FlexMesh::new(&log, &[MaterialKind::Bark]).vertices.is_empty());
        assert!(FlexMesh::new(&sack, &[MaterialKind::Fabric]).vertices.is_empty());
        assert!(FlexMesh::new(&sack, &[MaterialKind::Brick]).vertices.is_empty());
    }

    #[test]
    fn the_nearest_point_of_a_triangle_is_inside_it_or_on_its_border() {
        let t = [Vec3::ZERO, Vec3::X, Vec3::Z];
        for (p, expected) in [
            (Vec3::new(0.2, 1.0, 0.2), Vec3::new(0.2, 0.0, 0.2)),
            (Vec3::new(-1.0, 0.5, -1.0), Vec3::ZERO),
            (Vec3::new(1.0, 0.0, 1.0), Vec3::new(0.5, 0.0, 0.5)),
            (Vec3::new(0.5, 0.0, -2.0), Vec3::new(0.5, 0.0, 0.0)),
        ] {
            assert!(nearest_on(&t, p).distance(expected) < 1e-6, "{p}");
        }
    }
}
