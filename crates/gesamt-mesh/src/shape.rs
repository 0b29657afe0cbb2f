//! Unsplit geometry while it is being built.

use std::collections::BTreeMap;

use glam::{Affine3A, Vec3};

use crate::mesh::Mesh;

/// No vertex.
const NONE: u32 = u32::MAX;

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
        let unit: Vec<Vec3> = face.iter().map(|n| n.normalize_or_zero()).collect();
        let (first, around) = self.around();
        let cos_crease = crease_deg.to_radians().cos();
        let n = self.triangles.len();
        let mut mesh = Mesh::default();
        mesh.positions.reserve(self.positions.len());
        mesh.normals.reserve(self.positions.len());
        mesh.triangles.reserve(n);
        mesh.slots.reserve(n);
        // The last new vertex in the place of each old one, and of each new vertex the one before it in its place.
        let (mut last, mut before) = (vec![NONE; self.positions.len()], Vec::new());
        for (own, triangle) in unit.iter().zip(&self.triangles).filter(|(own, _)| **own != Vec3::ZERO) {
            let corners = triangle.map(|vertex| {
                let vertex = vertex as usize;
                let faces = &around[first[vertex] as usize..first[vertex + 1] as usize];
                let near = faces.iter().filter(|f| unit[**f as usize].dot(*own) >= cos_crease);
                let normal = near.map(|f| face[*f as usize]).sum::<Vec3>().normalize_or(*own);
                let here = std::iter::successors(Some(last[vertex]), |index| before.get(*index as usize).copied());
                // The oldest that is as good.
                let is_alike = |index: &u32| mesh.normals[*index as usize].distance_squared(normal) < 1e-8;
                let known = here.take_while(|index| *index != NONE).filter(is_alike).last();
                known.unwrap_or_else(|| {
                    let index = mesh.positions.len() as u32;
                    mesh.positions.push(self.positions[vertex]);
                    mesh.normals.push(normal);
                    before.push(std::mem::replace(&mut last[vertex], index));
                    index
                })
            });
            mesh.triangles.push(corners);
            mesh.slots.push(slot);
        }
        mesh
    }

    /// The triangles around each vertex, one vertex after the other, and where those of each begin.
    fn around(&self) -> (Vec<u32>, Vec<u32>) {
        let mut first = vec![0u32; self.positions.len() + 1];
        self.triangles.iter().flatten().for_each(|vertex| first[*vertex as usize + 1] += 1);
        for vertex in 1..first.len() {
            first[vertex] += first[vertex - 1];
        }
        let (mut next, mut around) = (first.clone(), vec![0; self.triangles.len() * 3]);
        for (index, triangle) in self.triangles.iter().enumerate() {
            for vertex in triangle {
                let at = &mut next[*vertex as usize];
                around[*at as usize] = index as u32;
                *at += 1;
            }
        }
        (first, around)
    }

    fn area_normal(&self, triangle: &[u32; 3]) -> Vec3 {
        let [a, b, c] = triangle.map(|i| self.positions[i as usize]);
        let normal = (b - a).cross(c - a);
        if normal.length_squared() < 1e-16 { Vec3::ZERO } else { normal }
    }
}
