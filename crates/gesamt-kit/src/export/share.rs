//! Leaves that share texels: of thousands that are alike in shape, a few dozen have texels, and the others borrow theirs.
//!
//! A crown of leaves that each have their own texels leaves a handful of texels to each. Here leaves are matched by their shape, then
//! by how they look and how open they lie; the one in the middle of each group lends its texels to the group. Where there are so many
//! leaves, whatever else is there often (stems, joints of canes, the dark hearts of clumps) is matched in the same way.

use std::collections::HashMap;

use gesamt_material::{Material, SurfacePoint};
use gesamt_mesh::Model;
use glam::{Vec3, Vec4};
use rayon::prelude::*;

use super::ao::Occluder;

/// Leaves and what is matched like them have at most this many triangles.
const MOST_TRIANGLES: usize = 100;
/// A model has foliage when there are at least this many of one kind …
const MANY: usize = 96;
/// … and they cover at least this share of its surface.
const MUCH: f32 = 0.1;
/// What else of such a model is worth matching.
const LEAST_MEMBERS: usize = 40;
/// The share of the surface that it covers at least.
const LEAST_AREA: f32 = 0.01;
/// How much surface, in square metres, an atlas of 1024 texels holds at 256 texels per metre; no more is shared than it takes.
const PAGE_M2: f32 = 9.9;
/// What the gap around a chart costs there, in metres of its outline.
const GAP_M: f32 = 0.012;
/// Where the rest of the model fills the page, leaves get texels for this share of its surface in addition.
const FOLIAGE_SHARE: f32 = 0.25;
/// Where leaves share at all, at most this share of them keeps texels of its own.
const MOST_KEPT: f32 = 0.5;
/// How many leaves of a kind have texels of their own, at least.
const VARIANTS: usize = 32;
/// The same where a kind is not the foliage itself.
const FEW_VARIANTS: usize = 12;
/// Sides of leaves of one shape differ by this factor, in the root mean square.
const ALIKE: f32 = 1.2;
/// The same for things of more than [`SIMPLE`] triangles, which are never quite alike.
const ROUGHLY_ALIKE: f32 = 1.35;
/// A leaf has no more triangles than this.
const SIMPLE: usize = 16;
/// Rays that tell how open a leaf lies.
const RAYS: u32 = 8;
/// What openness weighs beside colour when leaves are grouped.
const OPENNESS_WEIGHT: f32 = 0.35;
/// Detail of a leaf finer than this does not tell it from others, in metres.
const FOOTPRINT_M: f32 = 0.02;

/// Which triangles borrow their texels, and from which.
#[derive(Clone, Debug, Default)]
pub struct Sharing {
    /// The lender of each triangle of the model that lends or borrows.
    lenders: Vec<Option<u32>>,
}

impl Sharing {
    /// True when nothing is shared.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lenders.is_empty()
    }

    /// The triangle whose texels a triangle of the model shows; its own where it borrows none.
    #[must_use]
    pub fn lender(&self, triangle: u32) -> u32 {
        self.lenders.get(triangle as usize).copied().flatten().unwrap_or(triangle)
    }

    /// True for a triangle that lends or borrows.
    #[must_use]
    pub fn is_lent(&self, triangle: u32) -> bool {
        self.lenders.get(triangle as usize).is_some_and(Option::is_some)
    }
}

/// A small solid of one material.
#[derive(Clone, Debug)]
struct Leaf {
    triangles: Vec<u32>,
    /// Logarithms of the lengths of the sides.
    sides: Vec<f32>,
    area: f32,
}

impl Leaf {
    /// What texels of its own cost with the gap around them, in square metres.
    fn cost(&self) -> f32 {
        // Every other side of its triangles is about as much as lies on the outlines of its charts.
        let sides: f32 = self.sides.iter().map(|side| side.exp()).sum();
        self.area + GAP_M * 0.5 * sides
    }
}

/// The material of a leaf and the corners of each of its triangles, numbered in the order in which they appear.
type Kind = (u16, Vec<[u8; 3]>);

/// Finds the leaves of a model that may share texels. Those that are wholly hidden take no part.
#[must_use]
pub fn sharing(model: &Model, hidden: &[bool]) -> Sharing {
    let mesh = &model.mesh;
    let total = mesh.area();
    let kinds = kinds(model, hidden);
    let has = |leaves: &[Leaf], n: usize, share: f32| {
        leaves.len() >= n && leaves.iter().map(|l| l.area).sum::<f32>() > share * total
    };
    if !kinds.iter().any(|leaves| has(leaves, MANY, MUCH)) {
        return Sharing::default();
    }
    let kinds: Vec<Vec<Leaf>> = kinds.into_iter().filter(|leaves| has(leaves, LEAST_MEMBERS, LEAST_AREA)).collect();
    let matched: f32 = kinds.iter().flatten().map(|leaf| leaf.area).sum();
    let cost: f32 = kinds.iter().flatten().map(Leaf::cost).sum();
    let rest = total - matched;
    // The share of the leaves that may keep texels of their own.
    let kept = (PAGE_M2 - rest).max(FOLIAGE_SHARE * rest) / cost;
    if kept >= 1.0 {
        return Sharing::default();
    }
    let kept = kept.min(MOST_KEPT);
    let judge = Judge::new(model);
    let mut lenders = vec![None; mesh.triangles.len()];
    for leaves in kinds {
        let least = if has(&leaves, MANY, MUCH) { VARIANTS } else { FEW_VARIANTS };
        let n_leaves = leaves.len();
        let n_kept = least.max((kept * n_leaves as f32) as usize);
        for alike in shapes(leaves) {
            let n_variants = (n_kept * alike.len()).div_ceil(n_leaves);
            let looks: Vec<Vec<f32>> = alike.par_iter().map(|leaf| judge.look(leaf)).collect();
            for group in groups(&looks, n_variants) {
                let lender = &alike[middle(&looks, &group)];
                for leaf in &group {
                    for (t, from) in alike[*leaf].triangles.iter().zip(&lender.triangles) {
                        lenders[*t as usize] = Some(*from);
                    }
                }
            }
        }
    }
    Sharing { lenders }
}

/// The leaves of each kind, in the order in which they were built.
fn kinds(model: &Model, hidden: &[bool]) -> Vec<Vec<Leaf>> {
    let mesh = &model.mesh;
    let mut place: HashMap<Kind, usize> = HashMap::new();
    let mut kinds: Vec<Vec<Leaf>> = Vec::new();
    for triangles in shells(model) {
        let is_seen = triangles.iter().any(|t| !hidden[*t as usize]);
        let slot = mesh.slots[triangles[0] as usize];
        let is_one = triangles.iter().all(|t| mesh.slots[*t as usize] == slot);
        if triangles.len() > MOST_TRIANGLES || !is_seen || !is_one {
            continue;
        }
        let corners: Vec<[Vec3; 3]> = triangles.iter().map(|t| mesh.corners(*t as usize)).collect();
        let at = *place.entry((slot, numbered(&corners))).or_insert_with(|| {
            kinds.push(Vec::new());
            kinds.len() - 1
        });
        let sides = corners.iter().flat_map(|c| [0, 1, 2].map(|k| c[k].distance(c[(k + 1) % 3]).max(1e-6).ln()));
        kinds[at].push(Leaf { sides: sides.collect(), area: corners.iter().map(|c| area(*c)).sum(), triangles });
    }
    kinds
}

/// The triangles of each surface that hangs together by its edges: two leaves at one point of a stem are two.
fn shells(model: &Model) -> Vec<Vec<u32>> {
    let mesh = &model.mesh;
    let mut owner: Vec<u32> = (0..mesh.triangles.len() as u32).collect();
    let mut at_edge: HashMap<[[u32; 3]; 2], u32> = HashMap::with_capacity(3 * owner.len() / 2);
    for t in 0..mesh.triangles.len() {
        let corners = mesh.corners(t).map(|p| p.to_array().map(|v| (v + 0.0).to_bits()));
        for k in 0..3 {
            let mut edge = [corners[k], corners[(k + 1) % 3]];
            edge.sort_unstable();
            let other = *at_edge.entry(edge).or_insert(t as u32);
            let (a, b) = (root(&mut owner, t as u32), root(&mut owner, other));
            // The first triangle of a shell stands for it.
            owner[a.max(b) as usize] = a.min(b);
        }
    }
    let mut shells: Vec<Vec<u32>> = vec![Vec::new(); owner.len()];
    for t in 0..owner.len() as u32 {
        shells[root(&mut owner, t) as usize].push(t);
    }
    shells.retain(|shell| !shell.is_empty());
    shells
}

fn root(owner: &mut [u32], mut t: u32) -> u32 {
    while owner[t as usize] != t {
        owner[t as usize] = owner[owner[t as usize] as usize];
        t = owner[t as usize];
    }
    t
}

/// The corners of triangles as numbers in the order in which they appear.
fn numbered(triangles: &[[Vec3; 3]]) -> Vec<[u8; 3]> {
    let mut known: Vec<Vec3> = Vec::new();
    let number = |p: Vec3, known: &mut Vec<Vec3>| {
        known.iter().position(|q| *q == p).unwrap_or_else(|| {
            known.push(p);
            known.len() - 1
        }) as u8
    };
    triangles.iter().map(|corners| corners.map(|p| number(p, &mut known))).collect()
}

/// Leaves sorted into those of about one shape, the smallest first.
fn shapes(mut leaves: Vec<Leaf>) -> Vec<Vec<Leaf>> {
    leaves.sort_by(|a, b| a.area.total_cmp(&b.area));
    let mut bins: Vec<Vec<Leaf>> = Vec::new();
    for leaf in leaves {
        let is_like = |bin: &Vec<Leaf>| {
            let squares: f32 = bin[0].sides.iter().zip(&leaf.sides).map(|(a, b)| (a - b).powi(2)).sum();
            let alike = if leaf.triangles.len() > SIMPLE { ROUGHLY_ALIKE } else { ALIKE };
            squares <= alike.ln().powi(2) * leaf.sides.len() as f32
        };
        match bins.iter().position(is_like) {
            Some(bin) => bins[bin].push(leaf),
            None => bins.push(vec![leaf]),
        }
    }
    bins
}

/// Tells how leaves look.
struct Judge<'a> {
    model: &'a Model,
    materials: Vec<Material>,
    occluder: Occluder,
    grain: Vec<Vec4>,
}

impl<'a> Judge<'a> {
    fn new(model: &'a Model) -> Self {
        Self {
            model,
            materials: model.materials.iter().map(Material::new).collect(),
            occluder: Occluder::new(&model.mesh, RAYS),
            grain: gesamt_mesh::solids::grain(&model.mesh.positions, &model.mesh.triangles, |_| true),
        }
    }

    /// The mean colour of each triangle, roughly as the eye spaces colours, and how open each lies.
    fn look(&self, leaf: &Leaf) -> Vec<f32> {
        // The middle and a point towards each corner.
        const POINTS: [[f32; 3]; 4] =
            [[0.334, 0.333, 0.333], [0.66, 0.17, 0.17], [0.17, 0.66, 0.17], [0.17, 0.17, 0.66]];
        let mesh = &self.model.mesh;
        let mut look = Vec::with_capacity(4 * leaf.triangles.len());
        for t in leaf.triangles.iter().map(|t| *t as usize) {
            let corners = mesh.corners(t);
            let normals = mesh.triangles[t].map(|i| mesh.normals[i as usize]);
            let at = |of: [Vec3; 3], [a, b, c]: [f32; 3]| of[0] * a + of[1] * b + of[2] * c;
            let openness =
                self.occluder.openness(at(corners, POINTS[0]), at(normals, POINTS[0]).normalize_or(Vec3::Y), 0.0);
            let mut color = Vec3::ZERO;
            for weights in POINTS {
                let point = SurfacePoint {
                    occlusion: openness,
                    grain: self.grain[t],
                    footprint: FOOTPRINT_M,
                    ..SurfacePoint::new(at(corners, weights), at(normals, weights).normalize_or(Vec3::Y))
                };
                let material = self.materials.get(usize::from(mesh.slots[t]));
                color += material.map_or(Vec3::ZERO, |m| m.surface(&point).base_color) / POINTS.len() as f32;
            }
            look.extend(color.max(Vec3::ZERO).powf(1.0 / 3.0).to_array());
            look.push(OPENNESS_WEIGHT * openness);
        }
        look
    }
}

/// Cuts a set at the median of what differs most until there are `n` groups.
fn groups(looks: &[Vec<f32>], n: usize) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = vec![(0..looks.len()).collect()];
    while groups.len() < n {
        let widest = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.len() > 1)
            .map(|(i, group)| (widest(looks, group), i))
            .max_by(|((a, _), i), ((b, _), j)| a.total_cmp(b).then(j.cmp(i)));
        let Some(((_, dimension), i)) = widest else { break };
        let mut group = std::mem::take(&mut groups[i]);
        group.sort_by(|a, b| looks[*a][dimension].total_cmp(&looks[*b][dimension]).then(a.cmp(b)));
        groups[i] = group.split_off(group.len() / 2);
        groups.push(group);
    }
    groups
}

/// The greatest sum of squares about the mean of any dimension, and which it is.
fn widest(looks: &[Vec<f32>], group: &[usize]) -> (f32, usize) {
    let mean = mean(looks, group);
    (0..mean.len())
        .map(|d| (group.iter().map(|i| (looks[*i][d] - mean[d]).powi(2)).sum::<f32>(), d))
        .fold((-1.0, 0), |best, next| if next.0 > best.0 { next } else { best })
}

/// The member of a group that is nearest to its mean.
fn middle(looks: &[Vec<f32>], group: &[usize]) -> usize {
    let mean = mean(looks, group);
    let away = |i: usize| looks[i].iter().zip(&mean).map(|(a, b)| (a - b).powi(2)).sum::<f32>();
    group.iter().copied().min_by(|a, b| away(*a).total_cmp(&away(*b)).then(a.cmp(b))).unwrap_or(0)
}

fn mean(looks: &[Vec<f32>], group: &[usize]) -> Vec<f32> {
    let n = group.len().max(1) as f32;
    (0..looks[0].len()).map(|d| group.iter().map(|i| looks[*i][d]).sum::<f32>() / n).collect()
}

fn area([a, b, c]: [Vec3; 3]) -> f32 {
    0.5 * (b - a).cross(c - a).length()
}

#[cfg(test)]
mod tests {
    use gesamt_mesh::{MaterialSpec, MeshBuilder, shapes2::leaf};
    use gesamt_world::MaterialKind;

    use super::*;

    /// A spiral of `n` leaves; every second one is half as long as the others.
    fn spiral(n: usize) -> Model {
        let mut pen = MeshBuilder::new();
        for i in 0..n {
            let a = 2.4 * i as f32;
            let along = Vec3::new(a.cos(), 0.3, a.sin()).normalize() * if i % 2 == 0 { 2.0 } else { 1.0 };
            let side = along.cross(Vec3::Y).normalize();
            pen.add(&leaf(
                Vec3::new(0.0, 0.05 * i as f32, 0.0),
                along,
                side,
                0.6 * along.length(),
                0.1 * along.length(),
            ));
        }
        let materials = vec![MaterialSpec::new(MaterialKind::Leaves)];
        Model { mesh: pen.finish(), materials, ..Model::default() }
    }

    #[test]
    fn leaves_borrow_from_leaves_of_their_shape_corner_by_corner() {
        let model = spiral(200);
        let n = model.mesh.triangles.len();
        let sharing = sharing(&model, &vec![false; n]);
        let mut lenders: Vec<u32> = (0..n as u32).map(|t| sharing.lender(t)).collect();
        for (t, lender) in lenders.iter().enumerate() {
            assert_eq!(sharing.lender(*lender), *lender, "who lends does not borrow");
            let [one, other] = [t, *lender as usize].map(|t| model.mesh.corners(t));
            for k in 0..3 {
                let [a, b] = [one, other].map(|c| c[k].distance(c[(k + 1) % 3]));
                assert!(a < 1.3 * b && b < 1.3 * a, "{a} m shows the texels of {b} m");
            }
        }
        lenders.sort_unstable();
        lenders.dedup();
        assert!((4 * VARIANTS..4 * 100).contains(&lenders.len()), "{} lend", lenders.len());
    }

    #[test]
    fn leaves_that_fit_keep_their_own_texels() {
        let mut model = spiral(200);
        model.mesh.positions.iter_mut().for_each(|p| *p *= 0.1);
        assert!(sharing(&model, &vec![false; model.mesh.triangles.len()]).is_empty());
    }

    #[test]
    fn few_leaves_keep_their_own_texels() {
        let model = spiral(20);
        assert!(sharing(&model, &vec![false; model.mesh.triangles.len()]).is_empty());
    }
}
