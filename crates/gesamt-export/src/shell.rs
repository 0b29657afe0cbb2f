//! Meshes with the place of every corner in the pattern of its material.

use std::collections::HashMap;

use gesamt_material::{Facing, Lie};
use gesamt_mesh::Mesh;
use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3, Vec4};

/// A class of surfaces that share a texture: which way they look, and whether they are sawn timber.
pub type LieClass = (Facing, bool);

/// Triangles of one slot on which the pattern lies alike.
#[derive(Clone, Debug)]
pub struct LaidPart {
    /// The slot of the mesh.
    pub slot: u16,
    /// How they lie.
    pub lie: LieClass,
    /// Their indices.
    pub triangles: Vec<u32>,
    /// Their surface in object space, in square metres.
    pub area: f32,
}

/// A mesh divided by how patterns lie on it.
#[derive(Clone, Debug)]
pub struct Laid {
    /// The parts, by slot and lie.
    pub parts: Vec<LaidPart>,
    /// For each triangle how its pattern lies and which board it is of; empty without patterns.
    lies: Vec<(Lie, f32)>,
}

/// The grain of the triangles that are of timber.
pub fn grain_of(mesh: &Mesh, kinds: &[MaterialKind]) -> Vec<Vec4> {
    let is_wooden = |t: usize| {
        let kind = mesh.slots.get(t).and_then(|slot| kinds.get(usize::from(*slot)));
        matches!(kind, Some(MaterialKind::WoodPlank | MaterialKind::WoodBeam))
    };
    if (0..mesh.triangles.len()).any(is_wooden) {
        gesamt_mesh::solids::grain(&mesh.positions, &mesh.triangles, is_wooden)
    } else {
        Vec::new()
    }
}

/// Divides a mesh; without patterns only by slot.
pub fn laid(mesh: &Mesh, kinds: &[MaterialKind], grain: &[Vec4], with_patterns: bool) -> Laid {
    let mut parts: Vec<LaidPart> = Vec::new();
    let mut lies = Vec::with_capacity(if with_patterns { mesh.triangles.len() } else { 0 });
    for t in 0..mesh.triangles.len() {
        let slot = mesh.slots.get(t).copied().unwrap_or(0);
        let [a, b, c] = mesh.corners(t);
        let cross = (b - a).cross(c - a);
        let mut lie = (Facing::Side, false);
        if with_patterns {
            let board = grain.get(t).copied().unwrap_or(Vec4::ZERO);
            let found = Lie::of(kinds[usize::from(slot)], cross.normalize_or(Vec3::Y), board.truncate());
            lie = (found.facing, found.is_sawn);
            lies.push((found, board.w));
        }
        let area = 0.5 * cross.length();
        match parts.iter_mut().find(|part| part.slot == slot && part.lie == lie) {
            Some(part) => {
                part.triangles.push(t as u32);
                part.area += area;
            }
            None => parts.push(LaidPart { slot, lie, triangles: vec![t as u32], area }),
        }
    }
    parts.sort_by_key(|part| (part.slot, part.lie));
    Laid { parts, lies }
}

/// What decides whether two prototypes can share a shell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShellKey(u32, Vec<(u16, LieClass, Option<[u32; 2]>)>);

impl ShellKey {
    /// Of a mesh whose parts have textures of these edges in metres.
    pub fn new(mesh: u32, laid: &Laid, edges: &[Option<Vec2>]) -> Self {
        let bits = |edge: &Option<Vec2>| edge.map(|e| [e.x.to_bits(), e.y.to_bits()]);
        Self(mesh, laid.parts.iter().zip(edges).map(|(part, edge)| (part.slot, part.lie, bits(edge))).collect())
    }
}

/// A mesh as it is written: vertices are parted where the pattern breaks.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Positions in metres.
    pub positions: Vec<Vec3>,
    /// Unit normals.
    pub normals: Vec<Vec3>,
    /// Texture coordinates, the second upward; empty where no part has a texture.
    pub uvs: Vec<Vec2>,
    /// Unit directions in which the first coordinate grows, at right angles to the normals; as many as coordinates. The second grows to
    /// the left of them, as seen from outside.
    pub tangents: Vec<Vec3>,
    /// The triangles of each part.
    pub parts: Vec<Vec<[u32; 3]>>,
}

impl Shell {
    /// The mesh with texture coordinates for textures of these edges in metres.
    pub fn new(mesh: &Mesh, laid: &Laid, edges: &[Option<Vec2>]) -> Self {
        let unit = |i: u32| mesh.normals[i as usize].normalize_or(Vec3::Y);
        let mut shell = Self {
            positions: Vec::new(),
            normals: Vec::new(),
            uvs: Vec::new(),
            tangents: Vec::new(),
            parts: Vec::new(),
        };
        let is_textured = edges.iter().any(Option::is_some);
        let mut known: HashMap<(u32, [u32; 5]), u32> = HashMap::with_capacity(mesh.positions.len());
        for (part, edge) in laid.parts.iter().zip(edges) {
            let mut triangles = Vec::with_capacity(part.triangles.len());
            for &t in &part.triangles {
                let corners = mesh.triangles[t as usize];
                let place = |i: u32| match (laid.lies.get(t as usize), edge) {
                    (Some((lie, board)), Some(edge)) => (lie.place(mesh.positions[i as usize], *board) / *edge, lie.u),
                    _ => (Vec2::ZERO, Vec3::X),
                };
                triangles.push(corners.map(|i| {
                    let (uv, u) = place(i);
                    *known.entry((i, [uv.x, uv.y, u.x, u.y, u.z].map(f32::to_bits))).or_insert_with(|| {
                        shell.positions.push(mesh.positions[i as usize]);
                        shell.normals.push(unit(i));
                        if is_textured {
                            shell.uvs.push(uv);
                            shell.tangents.push(beside(u, unit(i)));
                        }
                        shell.positions.len() as u32 - 1
                    })
                }));
            }
            shell.parts.push(triangles);
        }
        shell
    }

    /// The number of triangles.
    #[must_use]
    pub fn n_triangles(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }
}

/// The direction at right angles to the normal that is nearest to `u`.
fn beside(u: Vec3, normal: Vec3) -> Vec3 {
    (u - normal * normal.dot(u)).try_normalize().unwrap_or_else(|| normal.any_orthonormal_vector())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_mesh::{MeshBuilder, shapes};

    #[test]
    fn patterns_lie_over_a_box_without_stretch_and_upright() {
        let mut builder = MeshBuilder::new();
        builder.add(&shapes::standing_box(Vec3::new(3.0, 2.0, 1.0), 0.02));
        let mesh = builder.finish();
        let kinds = [MaterialKind::Brick];
        let laid = laid(&mesh, &kinds, &[], true);
        let edge = Vec2::new(2.025, 1.95);
        let shell = Shell::new(&mesh, &laid, &vec![Some(edge); laid.parts.len()]);
        assert_eq!(shell.n_triangles(), mesh.triangles.len());
        for [a, b, c] in shell.parts.iter().flatten().map(|t| t.map(|i| i as usize)) {
            let (p, q) = (|i: usize| shell.positions[i], |i: usize| shell.uvs[i] * edge);
            let normal = (p(b) - p(a)).cross(p(c) - p(a)).normalize();
            // Bevels lie aslant to every pattern.
            if normal.abs().max_element() < 0.99 {
                continue;
            }
            assert!(((q(b) - q(a)).length() - (p(b) - p(a)).length()).abs() < 1e-3);
            assert!((q(b) - q(a)).perp_dot(q(c) - q(a)) > 0.0, "mirrored");
            if normal.y.abs() < 0.1 {
                assert!(((q(c) - q(a)).y - (p(c) - p(a)).y).abs() < 1e-3, "courses are level");
            }
        }
        let upright =
            shell.tangents.iter().zip(&shell.normals).all(|(t, n)| t.dot(*n).abs() < 1e-4 && t.is_normalized());
        assert!(upright && shell.tangents.len() == shell.uvs.len());
    }
}
