//! Where a surface wears: near its convex edges.

use std::collections::HashMap;

use glam::Vec3;

use super::unwrap::Atlas;

/// Convex edges wear within this distance, in metres.
const EDGE_WEAR_M: f32 = 0.025;
/// But at most within this share of the face's width: a slat is not all edge.
const EDGE_SHARE: f32 = 0.22;

/// The convex edges near a triangle and how far from them it wears.
pub struct WornEdges {
    segments: Vec<[Vec3; 2]>,
    reach_m: f32,
}

/// For each triangle the convex edges nearby: its own and those of coplanar neighbours.
#[must_use]
pub fn worn_edges(atlas: &Atlas) -> Vec<WornEdges> {
    let quantised = |p: Vec3| (p * 4096.0).round().as_ivec3();
    let normals: Vec<Vec3> = atlas
        .triangles
        .iter()
        .map(|t| {
            let [a, b, c] = t.map(|i| atlas.vertices[i as usize].position);
            (b - a).cross(c - a).normalize_or_zero()
        })
        .collect();
    let mut by_edge: HashMap<_, Vec<u32>> = HashMap::new();
    let edges_of = |t: usize| {
        let [a, b, c] = atlas.triangles[t].map(|i| atlas.vertices[i as usize].position);
        [[a, b], [b, c], [c, a]]
    };
    let key = |[a, b]: [Vec3; 2]| {
        let (a, b) = (quantised(a), quantised(b));
        if a.to_array() < b.to_array() { (a, b) } else { (b, a) }
    };
    for t in 0..atlas.triangles.len() {
        for edge in edges_of(t) {
            by_edge.entry(key(edge)).or_default().push(t as u32);
        }
    }
    let mut own: Vec<Vec<[Vec3; 2]>> = vec![Vec::new(); atlas.triangles.len()];
    let mut flat_neighbours: Vec<Vec<u32>> = vec![Vec::new(); atlas.triangles.len()];
    for t in 0..atlas.triangles.len() {
        let middle = edges_of(t).iter().map(|e| e[0]).sum::<Vec3>() / 3.0;
        for edge in edges_of(t) {
            for &other in by_edge[&key(edge)].iter().filter(|&&o| o as usize != t) {
                let cos = normals[t].dot(normals[other as usize]);
                let is_convex = normals[other as usize].dot(middle - edge[0]) < -1e-5;
                if cos < 0.9 && is_convex {
                    own[t].push(edge);
                } else if cos > 0.999 {
                    flat_neighbours[t].push(other);
                }
            }
        }
    }
    let widths = face_widths(atlas, &flat_neighbours);
    (0..own.len())
        .map(|t| {
            let flat = flat_neighbours[t].iter().flat_map(|n| &own[*n as usize]);
            WornEdges {
                segments: own[t].iter().chain(flat).copied().collect(),
                reach_m: (EDGE_SHARE * widths[t]).min(EDGE_WEAR_M),
            }
        })
        .collect()
}

/// For each triangle the width of the flat face that it is part of: its area over its length, in metres.
fn face_widths(atlas: &Atlas, flat_neighbours: &[Vec<u32>]) -> Vec<f32> {
    let mut widths = vec![0.0; flat_neighbours.len()];
    let mut is_seen = vec![false; flat_neighbours.len()];
    for first in 0..flat_neighbours.len() {
        let (mut face, mut next) = (Vec::new(), vec![first]);
        while let Some(t) = next.pop() {
            if !std::mem::replace(&mut is_seen[t], true) {
                face.push(t);
                next.extend(flat_neighbours[t].iter().map(|n| *n as usize));
            }
        }
        let corners = |t: usize| atlas.triangles[t].map(|i| atlas.vertices[i as usize].position);
        let area: f32 = face.iter().map(|t| corners(*t)).map(|[a, b, c]| 0.5 * (b - a).cross(c - a).length()).sum();
        let bounds = gesamt_mesh::Aabb::around(face.iter().flat_map(|t| corners(*t)));
        let width = area / bounds.size().length().max(1e-6);
        face.iter().for_each(|t| widths[*t] = width);
    }
    widths
}

impl WornEdges {
    /// 1 on an edge, 0 out of reach.
    #[must_use]
    pub fn factor(&self, point: Vec3) -> f32 {
        let nearest = self.segments.iter().fold(f32::MAX, |nearest, &[a, b]| {
            let along = b - a;
            let t = ((point - a).dot(along) / along.length_squared().max(1e-12)).clamp(0.0, 1.0);
            nearest.min(point.distance_squared(a + along * t))
        });
        let x = 1.0 - (nearest.sqrt() / self.reach_m.max(1e-6)).min(1.0);
        x * x * (3.0 - 2.0 * x)
    }
}
