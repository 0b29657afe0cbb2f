//! Nets: surfaces unfolded face by face, as a model of paper is, so that a beam is one strip and not four.
//!
//! Every triangle keeps its shape; charts grow across the longest edges first, which are those that cost the most empty texels as
//! seams. Surfaces that are curved both ways fall into slivers here and are better flattened by an unwrapper.

use std::collections::HashMap;

use glam::{Vec2, Vec3};

/// The most triangles of one net: what is compared with what grows with their product.
const MOST_TRIANGLES: usize = 400;
/// What counts as touching, as a share of the mesh's size.
const TOUCH: f32 = 1e-5;

/// Triangles with less than half this area, in square metres, are left to themselves: their shape is that of rounding.
const LEAST_AREA: f32 = 1e-8;

/// What nets are to be like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    /// Length in metres that no net exceeds where no triangle is longer.
    pub longest: f32,
    /// The share of its box that a net fills at least, so that nets lie well beside each other.
    pub fill: f32,
    /// Metres between parts that do not touch.
    pub gap: f32,
}

/// A triangle on the plane.
#[derive(Clone, Copy, Debug)]
struct Flat {
    corners: [Vec2; 3],
    low: Vec2,
    high: Vec2,
}

impl Flat {
    fn new(corners: [Vec2; 3]) -> Self {
        let [a, b, c] = corners;
        Self { corners, low: a.min(b).min(c), high: a.max(b).max(c) }
    }

    fn area(&self) -> f32 {
        let [a, b, c] = self.corners;
        0.5 * (b - a).perp_dot(c - a).abs()
    }

    fn moved(&self, turn: Vec2, shift: Vec2) -> Self {
        Self::new(self.corners.map(|p| turn.rotate(p) + shift))
    }

    /// True where the two come nearer than `gap`, or overlap by more than `-gap` where that is negative.
    fn is_near(&self, other: &Flat, gap: f32) -> bool {
        let apart = (self.low - other.high).max(other.low - self.high).max_element();
        apart < gap && !separated(&self.corners, &other.corners, gap) && !separated(&other.corners, &self.corners, gap)
    }
}

/// True where an edge of the first triangle has all of the second at least `gap` outside.
fn separated(a: &[Vec2; 3], b: &[Vec2; 3], gap: f32) -> bool {
    let turn = if (a[1] - a[0]).perp_dot(a[2] - a[0]) < 0.0 { 1.0 } else { -1.0 };
    (0..3).any(|k| {
        let (from, to) = (a[k], a[(k + 1) % 3]);
        let outward = (to - from).perp() * (turn / (to - from).length().max(1e-12));
        b.iter().all(|p| outward.dot(*p - from) >= gap)
    })
}

/// A chart as it grows.
#[derive(Clone, Debug, Default)]
struct Net {
    triangles: Vec<u32>,
    low: Vec2,
    high: Vec2,
    area: f32,
}

/// Unfolds a welded surface: the corners of each triangle on the plane of its net, in metres, and the number of each triangle's net.
///
/// Nets do not cross from one group to another.
///
/// # Shapes
/// `groups` and both results have one entry per triangle.
pub(super) fn unfold(
    positions: &[[f32; 3]],
    triangles: &[[u32; 3]],
    groups: &[u32],
    &Kind { longest, fill, gap }: &Kind,
) -> (Vec<[Vec2; 3]>, Vec<u32>) {
    let at = |i: u32| Vec3::from_array(positions[i as usize]);
    let size = positions.iter().fold(0.0f32, |m, p| m.max(Vec3::from_array(*p).abs().max_element()));
    let touch = -TOUCH * size.max(1e-3);
    let mut flats: Vec<Flat> = triangles.iter().map(|t| Flat::new(laid_flat(t.map(at)))).collect();
    let mut nets: Vec<Net> = flats
        .iter()
        .enumerate()
        .map(|(i, flat)| Net { triangles: vec![i as u32], low: flat.low, high: flat.high, area: flat.area() })
        .collect();
    let mut owner: Vec<u32> = (0..triangles.len() as u32).collect();
    for Edge { ends: edge, sides: [one, other], is_flat } in edges(triangles, groups, &at) {
        let (mut a, mut b) = (owner[one as usize] as usize, owner[other as usize] as usize);
        let (mut one, mut other) = (one, other);
        if a == b || nets[a].triangles.len() + nets[b].triangles.len() > MOST_TRIANGLES {
            continue;
        }
        if nets[a].triangles.len() < nets[b].triangles.len() {
            std::mem::swap(&mut a, &mut b);
            std::mem::swap(&mut one, &mut other);
        }
        // The smaller net is turned and moved so that the edge lies on that of the larger.
        let on = |triangle: u32| edge.map(|v| corner(&triangles[triangle as usize], v));
        let [p, q] = on(one).map(|k| flats[one as usize].corners[k]);
        let [r, s] = on(other).map(|k| flats[other as usize].corners[k]);
        let Some(turn) = turn(s - r, q - p) else { continue };
        let shift = p - turn.rotate(r);
        let moved: Vec<Flat> = nets[b].triangles.iter().map(|t| flats[*t as usize].moved(turn, shift)).collect();
        let (mut low, mut high) = (nets[a].low, nets[a].high);
        for flat in &moved {
            (low, high) = (low.min(flat.low), high.max(flat.high));
        }
        // The two halves of a long face stay together.
        let is_long = |net: &Net| (net.high - net.low).max_element() > longest;
        let is_too_long = (high - low).max_element() > longest && !(is_flat && is_long(&nets[a]) && is_long(&nets[b]));
        let extent = high - low;
        let is_sparse = !is_flat && nets[a].area + nets[b].area < fill * extent.x * extent.y;
        let meets = |i: usize| {
            let mine = &triangles[nets[b].triangles[i] as usize];
            nets[a].triangles.iter().any(|t| {
                let theirs = &triangles[*t as usize];
                let is_neighbour = mine.iter().any(|v| theirs.contains(v));
                moved[i].is_near(&flats[*t as usize], if is_neighbour { touch } else { gap })
            })
        };
        if is_too_long || is_sparse || (0..moved.len()).any(meets) {
            continue;
        }
        let Net { triangles: joined, area, .. } = std::mem::take(&mut nets[b]);
        nets[a].area += area;
        for (triangle, flat) in joined.iter().zip(moved) {
            flats[*triangle as usize] = flat;
            owner[*triangle as usize] = a as u32;
        }
        nets[a].triangles.extend(joined);
        (nets[a].low, nets[a].high) = (low, high);
    }
    (flats.iter().map(|flat| flat.corners).collect(), owner)
}

/// A triangle on the plane, upright: an edge of the corner that is nearest to a right angle lies along x.
fn laid_flat([a, b, c]: [Vec3; 3]) -> [Vec2; 3] {
    let along = (b - a).normalize_or_zero();
    let x = (c - a).dot(along);
    let flat = [Vec2::ZERO, Vec2::new((b - a).length(), 0.0), Vec2::new(x, (c - a - along * x).length())];
    let edge = |k: usize, to: usize| (flat[to % 3] - flat[k]).normalize_or_zero();
    let squareness = |k: &usize| edge(*k, k + 1).dot(edge(*k, k + 2)).abs();
    let corner = (0..3).min_by(|j, k| squareness(j).total_cmp(&squareness(k))).unwrap_or(0);
    let Some(turn) = turn(edge(corner, corner + 1), Vec2::X) else { return flat };
    flat.map(|p| turn.rotate(p))
}

/// Which corner of the triangle a vertex is.
fn corner(triangle: &[u32; 3], vertex: u32) -> usize {
    triangle.iter().position(|v| *v == vertex).unwrap_or(0)
}

/// The rotation that turns one direction into the other.
fn turn(from: Vec2, to: Vec2) -> Option<Vec2> {
    let (from, to) = (from.try_normalize()?, to.try_normalize()?);
    Some(Vec2::new(from.dot(to), from.perp_dot(to)))
}

/// An edge between two triangles.
#[derive(Clone, Copy, Debug)]
struct Edge {
    ends: [u32; 2],
    sides: [u32; 2],
    is_flat: bool,
}

/// Edges between two triangles of a group, which go round them in opposite ways: flat ones first, then the longest.
fn edges(triangles: &[[u32; 3]], groups: &[u32], at: &dyn Fn(u32) -> Vec3) -> Vec<Edge> {
    let normal = |t: &[u32; 3]| {
        let [a, b, c] = t.map(at);
        (b - a).cross(c - a)
    };
    let mut half: HashMap<[u32; 2], Option<u32>> = HashMap::new();
    for (i, t) in triangles.iter().enumerate() {
        for k in 0..3 {
            // An edge that three triangles share is a seam.
            half.entry([t[k], t[(k + 1) % 3]]).and_modify(|e| *e = None).or_insert(Some(i as u32));
        }
    }
    let mut out: Vec<(f32, Edge)> = Vec::new();
    for (i, t) in triangles.iter().enumerate() {
        for k in 0..3 {
            let ends = [t[k], t[(k + 1) % 3]];
            let Some(Some(other)) = half.get(&[ends[1], ends[0]]) else { continue };
            let is_alone = half.get(&ends) == Some(&Some(i as u32));
            if !is_alone || ends[0] > ends[1] || groups[i] != groups[*other as usize] {
                continue;
            }
            let (one, two) = (normal(t), normal(&triangles[*other as usize]));
            if one.length().min(two.length()) < LEAST_AREA {
                continue;
            }
            let is_flat = one.normalize().dot(two.normalize()) > 0.9999;
            out.push((at(ends[0]).distance(at(ends[1])), Edge { ends, sides: [i as u32, *other], is_flat }));
        }
    }
    out.sort_by(|(m, a), (n, b)| b.is_flat.cmp(&a.is_flat).then(n.total_cmp(m)).then(a.ends.cmp(&b.ends)));
    out.into_iter().map(|(_, edge)| edge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cuboid's corners and outward triangles.
    fn cuboid(size: Vec3) -> (Vec<[f32; 3]>, Vec<[u32; 3]>) {
        let positions =
            (0..8).map(|i| [(i & 1) as f32 * size.x, (i >> 1 & 1) as f32 * size.y, (i >> 2) as f32 * size.z]).collect();
        let quads = [[0, 4, 6, 2], [1, 3, 7, 5], [0, 1, 5, 4], [2, 6, 7, 3], [0, 2, 3, 1], [4, 5, 7, 6]];
        let triangles = quads.iter().flat_map(|&[a, b, c, d]| [[a, b, c], [a, c, d]]).collect();
        (positions, triangles)
    }

    fn kind(longest: f32) -> Kind {
        Kind { longest, fill: 0.6, gap: 0.0 }
    }

    fn n_nets(owner: &[u32]) -> usize {
        let mut owners = owner.to_vec();
        owners.sort_unstable();
        owners.dedup();
        owners.len()
    }

    #[test]
    fn a_beam_unfolds_into_one_net_with_every_triangle_in_its_shape() {
        let (positions, triangles) = cuboid(Vec3::new(4.0, 0.3, 0.2));
        let (flats, owner) = unfold(&positions, &triangles, &[0; 12], &kind(10.0));
        assert_eq!(n_nets(&owner), 1);
        for (triangle, flat) in triangles.iter().zip(&flats) {
            let solid = triangle.map(|i| Vec3::from_array(positions[i as usize]));
            for k in 0..3 {
                let (on_plane, in_space) = (flat[k].distance(flat[(k + 1) % 3]), solid[k].distance(solid[(k + 1) % 3]));
                assert!((on_plane - in_space).abs() < 1e-5);
            }
            assert!((flat[1] - flat[0]).perp_dot(flat[2] - flat[0]) > 0.0, "none is turned over");
        }
        for (i, a) in flats.iter().enumerate() {
            assert!(flats[..i].iter().all(|b| !Flat::new(*a).is_near(&Flat::new(*b), -1e-4)), "{i} overlaps");
        }
    }

    #[test]
    fn nets_end_at_groups_and_at_their_length() {
        let (positions, triangles) = cuboid(Vec3::new(1.0, 1.0, 1.0));
        let groups: Vec<u32> = (0..12).map(|i| u32::from(i >= 6)).collect();
        assert!(n_nets(&unfold(&positions, &triangles, &groups, &kind(10.0)).1) >= 2);
        assert_eq!(n_nets(&unfold(&positions, &triangles, &[0; 12], &kind(1.2)).1), 6);
        assert_eq!(
            n_nets(&unfold(&positions, &triangles, &[0; 12], &kind(0.9)).1),
            6,
            "halves of a face stay together"
        );
    }

    #[test]
    fn triangles_apart_are_told_from_those_that_touch_or_overlap() {
        let one = Flat::new([Vec2::ZERO, Vec2::X, Vec2::Y]);
        let beside = Flat::new([Vec2::new(1.1, 0.0), Vec2::new(2.0, 0.0), Vec2::new(2.0, 1.0)]);
        let touching = Flat::new([Vec2::X, Vec2::ONE, Vec2::Y]);
        assert!(!one.is_near(&beside, 0.05) && one.is_near(&beside, 0.2));
        assert!(!one.is_near(&touching, -1e-5) && one.is_near(&touching, 1e-3));
        assert!(one.is_near(&one.moved(Vec2::X, Vec2::splat(0.1)), -1e-5));
    }
}
