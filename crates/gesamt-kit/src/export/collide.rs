//! Convex collision from the construction.
//!
//! What stops a body is told by the regions that a family marks ([`Model::collision`]). A region that is full, or whose hollows no
//! body can reach (a crate), is a hull itself; of any other the solids that stand in it are wrapped one by one, and joined where
//! that adds next to nothing. Hollow and bent solids (arches, boats, rings) are cut until their pieces are about convex.

use std::collections::HashMap;

use gesamt_mesh::{Aabb, Model};
use gesamt_world::MaterialKind;
use glam::Vec3;

use super::convex::{ConvexMesh, convex_hull};

/// Most hulls of an asset; the shortest beyond it are left out.
const MAX_HULLS: usize = 32;
/// Solids smaller than this in every direction are no obstacles, in metres.
const SMALLEST_M: f32 = 0.15;
/// A cut must save this share of a piece's volume.
const WORTH_A_CUT: f32 = 0.15;
const MAX_CUTS: u32 = 4;
/// A solid that fills less of its hull than this is hollow or bent.
const HOLLOW: f32 = 0.7;
/// Hulls may hold this share of their volume in air.
const AIR: f32 = 0.035;
/// Air nearer than this to a solid is none: no body fits in.
const NEAR_M: f32 = 0.05;

/// A convex piece with what it was wrapped around.
#[derive(Clone)]
struct Piece {
    hull: ConvexMesh,
    volume: f32,
    /// The part of the volume that is no air.
    filled: f32,
    bounds: Aabb,
}

/// The collision of an asset, and how much of it is air.
pub struct Collision {
    /// The hulls.
    pub hulls: Vec<ConvexMesh>,
    /// Share of their volume that lies neither in the convex pieces of the asset's solids, nor within 5 cm of them, nor in hollows
    /// that they enclose, 0–1.
    pub outside: f32,
}

/// Wraps the solids of a model.
#[must_use]
pub fn collision(model: &Model) -> Collision {
    let regions: Vec<Piece> = model.collision.iter().filter_map(|region| Piece::around(&region.points)).collect();
    let solids: Vec<Piece> = solids(model).iter().flat_map(|triangles| pieces_of(triangles)).collect();
    let holds = |region: &Piece, piece: &Piece| depth_below(&region.hull, piece.bounds.center()) > -0.03;
    let (mut hulls, airy): (Vec<Piece>, Vec<Piece>) =
        regions.iter().cloned().partition(|region| air(std::slice::from_ref(region), &solids, 500) <= AIR);
    let is_left = |piece: &&Piece| !hulls.iter().any(|r| holds(r, piece)) && airy.iter().any(|r| holds(r, piece));
    let mut pieces: Vec<Piece> = solids.iter().filter(is_left).cloned().collect();
    join(&mut pieces);
    hulls.append(&mut pieces);
    simplify(&mut hulls, &solids);
    if hulls.is_empty() {
        // Nothing of a thing of leaves and wires is large enough by itself: its regions are all there is.
        hulls = regions;
    }
    let length = |piece: &Piece| piece.bounds.size().max_element();
    hulls.sort_by(|a, b| length(b).total_cmp(&length(a)));
    hulls.truncate(MAX_HULLS);
    let outside = air(&hulls, &solids, 3000);
    Collision { hulls: hulls.into_iter().map(|piece| piece.hull).collect(), outside }
}

impl Piece {
    fn around(points: &[Vec3]) -> Option<Self> {
        let hull = convex_hull(&support(points))?;
        let volume = volume(&hull);
        let bounds = Aabb::around(hull.positions.iter().copied());
        (volume > 1e-6).then_some(Self { hull, volume, filled: volume, bounds })
    }

    /// True in the piece or at its surface.
    fn holds(&self, p: Vec3) -> bool {
        let near = p.cmpge(self.bounds.min - NEAR_M).all() && p.cmple(self.bounds.max + NEAR_M).all();
        near && depth_below(&self.hull, p) >= -NEAR_M
    }

    /// True when the line from a point in a direction meets the piece.
    fn is_ahead(&self, from: Vec3, direction: Vec3) -> bool {
        let (low, high) = ((self.bounds.min - from) / direction, (self.bounds.max - from) / direction);
        if low.min(high).max_element() > low.max(high).min_element().max(0.0) || low.max(high).min_element() < 0.0 {
            return false;
        }
        let (mut enter, mut leave) = (0.0f32, f32::INFINITY);
        for t in &self.hull.triangles {
            let [a, b, c] = t.map(|i| self.hull.positions[i as usize]);
            let normal = (b - a).cross(c - a);
            let (rise, height) = (normal.dot(direction), normal.dot(a - from));
            if rise.abs() < 1e-12 {
                if height < 0.0 {
                    return false;
                }
            } else if rise < 0.0 {
                enter = enter.max(height / rise);
            } else {
                leave = leave.min(height / rise);
            }
        }
        enter <= leave
    }
}

/// The triangles of each hard solid that is large enough to run into, as corners.
fn solids(model: &Model) -> Vec<Vec<[Vec3; 3]>> {
    let mesh = &model.mesh;
    let is_soft = |t: usize| model.materials[mesh.slots[t] as usize].kind == MaterialKind::Leaves;
    let is_all_soft = (0..mesh.triangles.len()).all(is_soft);
    let mut by_solid: HashMap<usize, Vec<[Vec3; 3]>> = HashMap::new();
    let mut order = Vec::new();
    let root = gesamt_mesh::solids::solids(&mesh.positions, &mesh.triangles);
    for t in (0..mesh.triangles.len()).filter(|t| is_all_soft || !is_soft(*t)) {
        let id = root[mesh.triangles[t][0] as usize];
        by_solid.entry(id).or_insert_with(|| {
            order.push(id);
            Vec::new()
        });
        if let Some(triangles) = by_solid.get_mut(&id) {
            triangles.push(mesh.corners(t));
        }
    }
    let mut found: Vec<Vec<[Vec3; 3]>> = order.into_iter().filter_map(|id| by_solid.remove(&id)).collect();
    found.retain(|triangles| Aabb::around(triangles.iter().flatten().copied()).size().max_element() >= SMALLEST_M);
    found
}

/// The convex pieces of a solid. One that is mostly hollow (a ring) gains nothing by its first cuts, so they are made at once.
fn pieces_of(triangles: &[[Vec3; 3]]) -> Vec<Piece> {
    let Some(whole) = Piece::around(triangles.as_flattened()) else { return Vec::new() };
    let solid: f32 = triangles.iter().map(|[a, b, c]| a.dot(b.cross(*c)) / 6.0).sum();
    let size = whole.bounds.size();
    if solid > HOLLOW * whole.volume || size.max_element() < 2.0 * SMALLEST_M {
        return cut(triangles, MAX_CUTS);
    }
    let middle = whole.bounds.center();
    let thin = size.min_position();
    let (first, second) = ((thin + 1) % 3, (thin + 2) % 3);
    let mut pieces = Vec::new();
    for side in [-1.0, 1.0] {
        let halved = half(triangles, first, middle[first], side);
        for side in [-1.0, 1.0] {
            let quarter = half(halved.as_chunks().0, second, middle[second], side);
            pieces.extend(cut(quarter.as_chunks().0, MAX_CUTS));
        }
    }
    pieces
}

/// The pieces of a solid: cut across where that saves most, until nothing is worth a cut.
fn cut(triangles: &[[Vec3; 3]], left: u32) -> Vec<Piece> {
    let Some(whole) = Piece::around(triangles.as_flattened()) else { return Vec::new() };
    let size = whole.bounds.size();
    if left == 0 || size.max_element() < 2.0 * SMALLEST_M {
        return vec![whole];
    }
    let best = (0..3)
        .flat_map(|axis| [0.25, 0.5, 0.75].map(|share| (axis, whole.bounds.min[axis] + share * size[axis])))
        .map(|(axis, at)| {
            let halves = [-1.0, 1.0].map(|side| half(triangles, axis, at, side));
            let volume: f32 = halves.iter().map(|h| Piece::around(h).map_or(0.0, |piece| piece.volume)).sum();
            (axis, at, volume)
        })
        .min_by(|a, b| a.2.total_cmp(&b.2));
    match best {
        Some((axis, at, volume)) if volume < (1.0 - WORTH_A_CUT) * whole.volume => [-1.0, 1.0]
            .into_iter()
            .flat_map(|side| cut(half(triangles, axis, at, side).as_chunks().0, left - 1))
            .collect(),
        _ => vec![whole],
    }
}

/// The part of triangles on one side of a plane across an axis, as corners of triangles.
fn half(triangles: &[[Vec3; 3]], axis: usize, at: f32, side: f32) -> Vec<Vec3> {
    let mut out = Vec::with_capacity(triangles.len() * 2);
    for corners in triangles {
        let mut polygon: Vec<Vec3> = Vec::with_capacity(4);
        for k in 0..3 {
            let (a, b) = (corners[k], corners[(k + 1) % 3]);
            let (da, db) = (side * (a[axis] - at), side * (b[axis] - at));
            if da >= 0.0 {
                polygon.push(a);
            }
            if (da > 0.0 && db < 0.0) || (da < 0.0 && db > 0.0) {
                polygon.push(a.lerp(b, da / (da - db)));
            }
        }
        for k in 2..polygon.len() {
            out.extend([polygon[0], polygon[k - 1], polygon[k]]);
        }
    }
    out
}

fn touches(a: &Aabb, b: &Aabb) -> bool {
    (a.min - b.max).max_element() < 0.05 && (b.min - a.max).max_element() < 0.05
}

/// The common hull of two pieces, and the share of it that neither fills.
fn joined(a: &Piece, b: &Piece) -> Option<(Piece, f32)> {
    let points: Vec<Vec3> = a.hull.positions.iter().chain(&b.hull.positions).copied().collect();
    let both = Piece::around(&points)?;
    // What overlaps counts once: of two boxes the shared box, which no hull of theirs exceeds.
    let shared = (a.bounds.max.min(b.bounds.max) - a.bounds.min.max(b.bounds.min)).max(Vec3::ZERO).element_product();
    let filled = (a.filled + b.filled - shared.min(a.filled).min(b.filled)).min(both.volume);
    let waste = 1.0 - filled / both.volume;
    Some((Piece { filled, ..both }, waste))
}

/// Joins neighbours as long as their common hull is hardly larger than they are.
fn join(pieces: &mut Vec<Piece>) {
    let mut first = 0;
    while first < pieces.len() {
        let mut second = first + 1;
        let mut has_grown = false;
        while second < pieces.len() {
            let common = touches(&pieces[first].bounds, &pieces[second].bounds)
                .then(|| joined(&pieces[first], &pieces[second]))
                .flatten();
            match common {
                Some((both, waste)) if waste <= AIR => {
                    pieces[first] = both;
                    pieces.swap_remove(second);
                    has_grown = true;
                }
                _ => second += 1,
            }
        }
        first += usize::from(!has_grown);
    }
}

/// Joins on, best first, where what a common hull adds is hollow that no body can reach or a gap too narrow for a foot.
fn simplify(pieces: &mut Vec<Piece>, solids: &[Piece]) {
    const TRIES: usize = 600;
    let mut pairs: Vec<(f32, usize, usize, Piece)> = Vec::new();
    let mut alive: Vec<bool> = vec![true; pieces.len()];
    let pair = |pieces: &[Piece], i: usize, j: usize| {
        let near = touches(&pieces[i].bounds, &pieces[j].bounds);
        near.then(|| joined(&pieces[i], &pieces[j])).flatten().map(|(both, waste)| (waste, i, j, both))
    };
    for i in 0..pieces.len() {
        pairs.extend((0..i).filter_map(|j| pair(pieces, i, j)));
    }
    for _ in 0..TRIES {
        let Some(best) = (0..pairs.len()).min_by(|a, b| pairs[*a].0.total_cmp(&pairs[*b].0)) else { break };
        let (_, i, j, both) = pairs.swap_remove(best);
        if !(alive[i] && alive[j]) || air(std::slice::from_ref(&both), solids, 300) > AIR {
            continue;
        }
        (alive[i], alive[j]) = (false, false);
        pieces.push(both);
        alive.push(true);
        let new = pieces.len() - 1;
        pairs.extend((0..new).filter(|k| alive[*k]).filter_map(|k| pair(pieces, new, k)));
    }
    let mut keep = alive.iter();
    pieces.retain(|_| *keep.next().unwrap_or(&false));
}

/// The share of hulls that is air which a body could reach, from points at random places.
fn air(hulls: &[Piece], solids: &[Piece], n_points: u32) -> f32 {
    let total: f32 = hulls.iter().map(|hull| hull.volume).sum();
    let mut rng = gesamt_world::Seed(1).child("collision").rng();
    let directions: Vec<Vec3> = directions(26).collect();
    let is_enclosed = |p: Vec3| directions.iter().all(|d| solids.iter().any(|piece| piece.is_ahead(p, *d)));
    let (mut inside, mut lost) = (0u32, 0u32);
    for hull in hulls {
        let wanted = (n_points as f32 * hull.volume / total).ceil() as u32;
        let (mut found, size) = (0, hull.bounds.size());
        for _ in 0..wanted * 40 {
            if found == wanted {
                break;
            }
            let p = hull.bounds.min + size * Vec3::new(rng.unit(), rng.unit(), rng.unit());
            if depth_below(&hull.hull, p) >= 0.0 {
                found += 1;
                lost += u32::from(!solids.iter().any(|piece| piece.holds(p)) && !is_enclosed(p));
            }
        }
        inside += found;
    }
    lost as f32 / inside.max(1) as f32
}

/// How far a point lies under the nearest face; negative outside.
fn depth_below(hull: &ConvexMesh, p: Vec3) -> f32 {
    hull.triangles.iter().fold(f32::INFINITY, |least, t| {
        let [a, b, c] = t.map(|i| hull.positions[i as usize]);
        least.min((b - a).cross(c - a).normalize_or_zero().dot(a - p))
    })
}

fn volume(hull: &ConvexMesh) -> f32 {
    hull.triangles.iter().map(|t| t.map(|i| hull.positions[i as usize])).map(|[a, b, c]| a.dot(b.cross(c)) / 6.0).sum()
}

/// The points that are farthest out in some direction: an engine's hull has few corners.
fn support(points: &[Vec3]) -> Vec<Vec3> {
    const DIRECTIONS: usize = 58;
    let mut kept: Vec<usize> = directions(DIRECTIONS)
        .filter_map(|d| (0..points.len()).max_by(|a, b| points[*a].dot(d).total_cmp(&points[*b].dot(d))))
        .collect();
    kept.sort_unstable();
    kept.dedup();
    kept.into_iter().map(|i| points[i]).collect()
}

/// Directions to all corners, edges and faces of a cube, a little off so that no two points of a box tie, and a spiral.
fn directions(n: usize) -> impl Iterator<Item = Vec3> {
    // With 26 there is no spiral.
    let cube = (0..27u8).filter(|i| *i != 13).map(|i| {
        let [x, y, z] = [i % 3, i / 3 % 3, i / 9].map(|v| f32::from(v) - 1.0);
        Vec3::new(x + 0.011 * z, y + 0.013 * x, z + 0.017 * y).normalize()
    });
    let spiral = (0..n - 26).map(move |i| {
        let y = 1.0 - 2.0 * (i as f32 + 0.5) / (n - 26) as f32;
        let (sin, cos) = (2.399_963 * i as f32).sin_cos();
        let r = (1.0 - y * y).sqrt();
        Vec3::new(r * cos, y, r * sin)
    });
    cube.chain(spiral)
}

#[cfg(test)]
mod tests {
    use gesamt_mesh::{Hull, MaterialSpec, MeshBuilder, shapes};

    use super::*;

    fn model(add: impl FnOnce(&mut MeshBuilder)) -> Model {
        let mut builder = MeshBuilder::new();
        add(&mut builder);
        let mesh = builder.finish();
        let bounds = mesh.bounds();
        Model {
            mesh,
            materials: vec![MaterialSpec::new(MaterialKind::WoodPlank)],
            lights: vec![],
            collision: vec![Hull::cuboid(bounds.min, bounds.max)],
            sockets: vec![],
        }
    }

    #[test]
    fn a_table_is_a_top_and_four_legs_and_no_air_below_it() {
        let table = model(|builder| {
            builder.add(&shapes::standing_box(Vec3::new(2.0, 0.1, 1.0), 0.0).at(0.0, 0.9, 0.0));
            for (x, z) in [(-0.9, -0.4), (0.9, -0.4), (-0.9, 0.4), (0.9, 0.4)] {
                builder.add(&shapes::standing_box(Vec3::new(0.1, 0.9, 0.1), 0.0).at(x, 0.0, z));
            }
        });
        let found = collision(&table);
        assert_eq!(found.hulls.len(), 5);
        assert!(found.outside < 0.01, "{}", found.outside);
        assert!(found.hulls.iter().all(|hull| depth_below(hull, Vec3::new(0.0, 0.5, 0.0)) < 0.0));
    }

    #[test]
    fn a_ring_is_cut_and_its_hole_stays_open() {
        let ring = model(|builder| {
            builder.add(&gesamt_mesh::shapes2::torus(1.0, 0.15, 32, 10));
        });
        let found = collision(&ring);
        assert!((6..=MAX_HULLS).contains(&found.hulls.len()), "{}", found.hulls.len());
        assert!(found.hulls.iter().all(|hull| depth_below(hull, Vec3::ZERO) < 0.0));
        let volume: f32 = found.hulls.iter().map(volume).sum();
        let solid = 2.0 * std::f32::consts::PI.powi(2) * 0.15 * 0.15;
        assert!((0.8..1.5).contains(&(volume / solid)), "{volume} of {solid}");
    }

    #[test]
    fn stacked_boxes_join_into_one() {
        let stack = model(|builder| {
            for k in 0..4 {
                builder.add(&shapes::standing_box(Vec3::new(1.0, 0.25, 1.0), 0.0).at(0.0, 0.25 * k as f32, 0.0));
            }
        });
        let found = collision(&stack);
        assert_eq!(found.hulls.len(), 1);
        assert!((volume(&found.hulls[0]) - 1.0).abs() < 1e-3);
    }
}
