//! Unsplit geometry while it is being built.

use std::collections::BTreeMap;

use glam::{Affine3A, Vec3};

use crate::mesh::Mesh;

/// Triangles that share vertices wherever they touch; closed shapes are manifold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// Vertex positions in metres.
    pub positions: Vec<Vec3>,
    /// Vertex indices, counter-clockwise seen from outside.
    pub triangles: Vec<[u32; 3]>,
}

impl Shape {
    /// Adds a vertex and returns its index.
    pub fn vertex(&mut self, position: Vec3) -> u32 {
        self.positions.push(position);
        self.positions.len() as u32 - 1
    }

    /// Adds a quad as two triangles, split along the shorter diagonal.
    pub fn quad(&mut self, [a, b, c, d]: [u32; 4]) {
        let at = |i: u32| self.positions[i as usize];
        if at(a).distance_squared(at(c)) <= at(b).distance_squared(at(d)) {
            self.triangles.extend([[a, b, c], [a, c, d]]);
        } else {
            self.triangles.extend([[a, b, d], [b, c, d]]);
        }
    }

    /// Adds a convex polygon as a fan.
    pub fn fan(&mut self, corners: &[u32]) {
        for pair in corners.windows(2).skip(1) {
            self.triangles.push([corners[0], pair[0], pair[1]]);
        }
    }

    /// Moves every vertex.
    #[must_use]
    pub fn mapped(mut self, f: impl Fn(Vec3) -> Vec3) -> Self {
        for position in &mut self.positions {
            *position = f(*position);
        }
        self
    }

    /// The shape under an affine transform; mirrored transforms keep faces outward.
    #[must_use]
    pub fn transformed(self, transform: Affine3A) -> Self {
        let flipped = transform.matrix3.determinant() < 0.0;
        let mut shape = self.mapped(|p| transform.transform_point3(p));
        if flipped {
            shape.triangles.iter_mut().for_each(|t| t.swap(1, 2));
        }
        shape
    }

    /// The shape moved by an offset.
    #[must_use]
    pub fn at(self, x: f32, y: f32, z: f32) -> Self {
        self.mapped(|p| p + Vec3::new(x, y, z))
    }

    /// True when every edge is shared by exactly two triangles in opposite directions.
    #[must_use]
    pub fn is_closed_manifold(&self) -> bool {
        let mut edges: BTreeMap<(u32, u32), i32> = BTreeMap::new();
        for &[a, b, c] in &self.triangles {
            for (from, to) in [(a, b), (b, c), (c, a)] {
                *edges.entry((from, to)).or_default() += 1;
            }
        }
        edges.iter().all(|(&(from, to), &n)| n == 1 && edges.get(&(to, from)) == Some(&1))
    }

    /// The enclosed volume in cubic metres (positive when faces point outward).
    #[must_use]
    pub fn volume(&self) -> f32 {
        let at = |i: u32| self.positions[i as usize];
        self.triangles.iter().map(|&[a, b, c]| at(a).dot(at(b).cross(at(c))) / 6.0).sum()
    }

    /// Area-weighted normals, split where neighbouring faces differ by more than `crease_deg`; degenerate triangles are dropped.
    #[must_use]
    pub fn shade(&self, slot: u16, crease_deg: f32) -> Mesh {
        let face: Vec<Vec3> = self.triangles.iter().map(|t| self.area_normal(t)).collect();
        let mut around: Vec<Vec<u32>> = vec![Vec::new(); self.positions.len()];
        for (index, triangle) in self.triangles.iter().enumerate() {
            for &vertex in triangle {
                around[vertex as usize].push(index as u32);
            }
        }
        let cos_crease = crease_deg.to_radians().cos();
        let mut mesh = Mesh::default();
        let mut split: Vec<Vec<(Vec3, u32)>> = vec![Vec::new(); self.positions.len()];
        for (index, triangle) in self.triangles.iter().enumerate() {
            let own = face[index].normalize_or_zero();
            if own == Vec3::ZERO {
                continue;
            }
            let corners = triangle.map(|vertex| {
                let sum: Vec3 = around[vertex as usize]
                    .iter()
                    .map(|&f| face[f as usize])
                    .filter(|n| n.normalize_or_zero().dot(own) >= cos_crease)
                    .sum();
                let normal = sum.normalize_or(own);
                let known = split[vertex as usize].iter().find(|(n, _)| n.distance_squared(normal) < 1e-8);
                known.map(|(_, index)| *index).unwrap_or_else(|| {
                    let index = mesh.positions.len() as u32;
                    mesh.positions.push(self.positions[vertex as usize]);
                    mesh.normals.push(normal);
                    split[vertex as usize].push((normal, index));
                    index
                })
            });
            mesh.triangles.push(corners);
            mesh.slots.push(slot);
        }
        mesh
    }

    fn area_normal(&self, triangle: &[u32; 3]) -> Vec3 {
        let [a, b, c] = triangle.map(|i| self.positions[i as usize]);
        let normal = (b - a).cross(c - a);
        if normal.length_squared() < 1e-16 { Vec3::ZERO } else { normal }
    }
}
