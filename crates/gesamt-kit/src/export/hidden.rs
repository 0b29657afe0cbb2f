//! Faces that nobody can see: those that lie wholly inside another closed solid, such as the top of a leg in a table top.

use std::collections::HashMap;

use gesamt_mesh::{Aabb, Mesh, Model};
use gesamt_world::MaterialKind;
use glam::Vec3;
use rayon::prelude::*;

/// A face is seen from this far in front of it, in metres.
const OUTWARD_M: f32 = 1e-3;
/// What touches counts as crossing, as a share of the lengths that are compared.
const TOUCH: f32 = 1e-3;
/// Three directions along nothing that is built; they must agree.
const DIRECTIONS: [Vec3; 3] = [
    Vec3::new(0.577_1, 0.713_9, 0.396_7),
    Vec3::new(-0.823_3, 0.219_7, 0.523_3),
    Vec3::new(0.118_3, -0.647_3, 0.752_9),
];

/// The part of a model's surface that is delivered.
#[derive(Clone, Debug, Default)]
pub struct Skin {
    /// The surface; its first vertices are those of the model, used or not.
    pub mesh: Mesh,
    /// The triangle of the model that each triangle is, or is cut from.
    pub sources: Vec<u32>,
}

impl Skin {
    /// All of a model.
    #[must_use]
    pub fn whole(model: &Model) -> Self {
        Self { mesh: model.mesh.clone(), sources: (0..model.mesh.triangles.len() as u32).collect() }
    }

    /// Those triangles whose source is wanted.
    #[must_use]
    pub fn filtered(&self, is_wanted: impl Fn(u32) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.sources.len()).filter(|t| is_wanted(self.sources[*t])).collect();
        let mesh = Mesh {
            triangles: kept.iter().map(|t| self.mesh.triangles[*t]).collect(),
            slots: kept.iter().map(|t| self.mesh.slots[*t]).collect(),
            ..self.mesh.clone()
        };
        Self { mesh, sources: kept.iter().map(|t| self.sources[*t]).collect() }
    }
}

/// The surface of a model without its hidden faces.
#[must_use]
pub fn skin(model: &Model) -> Skin {
    let hidden = hidden(model);
    Skin::whole(model).filtered(|t| !hidden[t as usize])
}

/// True for each triangle all of which lies inside one closed solid that can not be looked through.
///
/// A face that a solid only covers in part is not hidden, nor is one that several cover together.
#[must_use]
pub fn hidden(model: &Model) -> Vec<bool> {
    let mesh = &model.mesh;
    let solid_of = gesamt_mesh::solids::solids(&mesh.positions, &mesh.triangles);
    let blocks = blocks(model, &solid_of);
    (0..mesh.triangles.len())
        .into_par_iter()
        .map(|t| {
            let [a, b, c] = mesh.corners(t);
            let Some(normal) = (b - a).cross(c - a).try_normalize() else { return false };
            let face = [a, b, c].map(|p| p + normal * OUTWARD_M);
            let bounds = Aabb::around(face);
            let own = solid_of[mesh.triangles[t][0] as usize];
            blocks.iter().any(|block| block.solid != own && block.holds(&face, bounds))
        })
        .collect()
}

/// A closed solid that hides what is in it.
struct Block {
    solid: usize,
    bounds: Aabb,
    faces: Vec<([Vec3; 3], Aabb)>,
}

/// The solids that hide what is in them: closed, and of a material that is neither clear nor soft.
fn blocks(model: &Model, solid_of: &[usize]) -> Vec<Block> {
    let mesh = &model.mesh;
    let mut index: HashMap<usize, usize> = HashMap::new();
    let mut found: Vec<(Block, bool)> = Vec::new();
    for (t, triangle) in mesh.triangles.iter().enumerate() {
        let solid = solid_of[triangle[0] as usize];
        let corners = mesh.corners(t);
        let bounds = Aabb::around(corners);
        let at = *index.entry(solid).or_insert_with(|| {
            found.push((Block { solid, bounds, faces: Vec::new() }, true));
            found.len() - 1
        });
        let (block, is_opaque) = &mut found[at];
        block.bounds = block.bounds.union(bounds);
        block.faces.push((corners, bounds));
        *is_opaque &= model.materials.get(usize::from(mesh.slots[t])).is_some_and(|m| hides(m.kind));
    }
    found.into_iter().filter(|(_, is_opaque)| *is_opaque).map(|(block, _)| block).collect()
}

/// False for what is clear, and for leaves and cloth, which engines may show as sheets that move.
fn hides(kind: MaterialKind) -> bool {
    use MaterialKind as K;
    !matches!(kind, K::Glass | K::Water | K::Ice | K::Crystal | K::Flame | K::Leaves | K::Fabric | K::Paper | K::Thatch)
}

impl Block {
    /// True when all of a face lies inside.
    fn holds(&self, face: &[Vec3; 3], bounds: Aabb) -> bool {
        let is_within = bounds.min.cmpgt(self.bounds.min).all() && bounds.max.cmplt(self.bounds.max).all();
        is_within && samples(face).iter().all(|p| self.is_inside(*p)) && !self.is_crossed_by(face, bounds)
    }

    /// True when a point has the solid around it, seen along each direction.
    fn is_inside(&self, p: Vec3) -> bool {
        DIRECTIONS.iter().all(|d| {
            let turns: i32 = self.faces.iter().map(|(face, _)| crossing(p, *d, face, 0.0, f32::INFINITY)).sum();
            turns > 0
        })
    }

    /// True when the surface of the solid goes through a face or touches it.
    fn is_crossed_by(&self, face: &[Vec3; 3], bounds: Aabb) -> bool {
        self.faces.iter().any(|(wall, around)| {
            let is_near =
                around.min.cmple(bounds.max + OUTWARD_M).all() && around.max.cmpge(bounds.min - OUTWARD_M).all();
            is_near && (pierces(face, wall) || pierces(wall, face))
        })
    }
}

/// Corners, middles of the edges and the middle of a face.
fn samples([a, b, c]: &[Vec3; 3]) -> [Vec3; 7] {
    [*a, *b, *c, (*a + *b) * 0.5, (*b + *c) * 0.5, (*c + *a) * 0.5, (*a + *b + *c) / 3.0]
}

/// True when an edge of the one triangle goes through the other.
fn pierces(one: &[Vec3; 3], other: &[Vec3; 3]) -> bool {
    (0..3).any(|k| {
        let (from, to) = (one[k], one[(k + 1) % 3]);
        crossing(from, to - from, other, TOUCH, 1.0 + TOUCH) != 0
    })
}

/// 1 when a ray leaves a solid through a face, -1 when it enters, 0 when it misses; `slack` widens the face and starts the ray
/// earlier, as shares of their lengths.
fn crossing(from: Vec3, along: Vec3, [a, b, c]: &[Vec3; 3], slack: f32, until: f32) -> i32 {
    let (e, f) = (*b - *a, *c - *a);
    let p = along.cross(f);
    let det = e.dot(p);
    if det.abs() < 1e-12 {
        return 0;
    }
    let s = from - *a;
    let u = s.dot(p) / det;
    let q = s.cross(e);
    let v = along.dot(q) / det;
    let t = f.dot(q) / det;
    if u < -slack || v < -slack || u + v > 1.0 + slack || t < -slack || t > until {
        return 0;
    }
    // The determinant is minus the direction along the normal.
    if det < 0.0 { 1 } else { -1 }
}

#[cfg(test)]
mod tests {
    use gesamt_mesh::{MaterialSpec, MeshBuilder, shapes};

    use super::*;

    fn model(kind: MaterialKind, build: impl FnOnce(&mut MeshBuilder)) -> Model {
        let mut pen = MeshBuilder::new();
        build(&mut pen);
        Model { mesh: pen.finish(), materials: vec![MaterialSpec::new(kind); 2], ..Model::default() }
    }

    fn table(pen: &mut MeshBuilder) {
        pen.add(&shapes::block(Vec3::new(-0.5, 0.7, -0.5), Vec3::new(0.5, 0.78, 0.5), 0.0));
        pen.add(&shapes::block(Vec3::new(0.3, 0.0, 0.3), Vec3::new(0.36, 0.73, 0.36), 0.0));
    }

    fn n_hidden(model: &Model) -> usize {
        hidden(model).iter().filter(|h| **h).count()
    }

    #[test]
    fn a_leg_loses_its_top_and_nothing_else() {
        let model = model(MaterialKind::WoodPlank, table);
        let hidden = hidden(&model);
        for (t, is_hidden) in hidden.iter().enumerate() {
            let is_top = model.mesh.corners(t).iter().all(|p| (p.y - 0.73).abs() < 1e-5);
            assert_eq!(*is_hidden, is_top, "{:?}", model.mesh.corners(t));
        }
        assert_eq!(skin(&model).mesh.triangles.len(), 22);
    }

    #[test]
    fn nothing_is_hidden_by_glass_by_leaves_or_by_two_solids_together() {
        assert_eq!(n_hidden(&model(MaterialKind::Glass, table)), 0);
        assert_eq!(n_hidden(&model(MaterialKind::Leaves, table)), 0);
        let two = model(MaterialKind::Concrete, |pen| {
            pen.add(&shapes::block(Vec3::new(-1.0, -1.0, -1.0), Vec3::new(0.0, 1.0, 1.0), 0.0));
            pen.add(&shapes::block(Vec3::new(0.0, -1.0, -1.0), Vec3::new(1.0, 1.0, 1.0), 0.0));
            pen.add(&shapes::block(Vec3::new(-0.5, -0.1, -0.1), Vec3::new(0.5, 0.1, 0.1), 0.0));
        });
        // The ends of the bar; the walls between the two reach to their edges.
        assert_eq!(n_hidden(&two), 4);
    }

    #[test]
    fn what_stands_in_the_hole_of_a_ring_or_crosses_it_is_seen() {
        let ring = |pen: &mut MeshBuilder| {
            pen.add(&gesamt_mesh::shapes2::torus(1.0, 0.2, 24, 8));
        };
        let inside = model(MaterialKind::Concrete, |pen| {
            ring(pen);
            pen.add(&shapes::block(Vec3::splat(-0.1), Vec3::splat(0.1), 0.0));
        });
        assert_eq!(n_hidden(&inside), 0);
        // A bar from one side of the ring to the other: its ends are in it, its sides are not.
        let across = model(MaterialKind::Concrete, |pen| {
            ring(pen);
            pen.add(&shapes::block(Vec3::new(-1.0, -0.05, -0.05), Vec3::new(1.0, 0.05, 0.05), 0.0));
        });
        assert_eq!(n_hidden(&across), 4);
    }
}
