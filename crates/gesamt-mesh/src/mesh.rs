//! Render-ready indexed triangle meshes.

use glam::{Affine3A, Vec3};

/// An axis-aligned box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aabb {
    /// Least corner.
    pub min: Vec3,
    /// Greatest corner.
    pub max: Vec3,
}

impl Aabb {
    /// The box that holds nothing.
    pub const EMPTY: Aabb = Aabb { min: Vec3::INFINITY, max: Vec3::NEG_INFINITY };

    /// The smallest box around the points.
    #[must_use]
    pub fn around(points: impl IntoIterator<Item = Vec3>) -> Self {
        points.into_iter().fold(Self::EMPTY, |b, p| Self { min: b.min.min(p), max: b.max.max(p) })
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Aabb) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// Edge lengths.
    #[must_use]
    pub fn size(self) -> Vec3 {
        self.max - self.min
    }

    /// The middle.
    #[must_use]
    pub fn center(self) -> Vec3 {
        0.5 * (self.min + self.max)
    }
}

/// Triangles with smooth normals inside creases and a material slot each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// Vertex positions in metres.
    pub positions: Vec<Vec3>,
    /// Unit vertex normals; as many as positions.
    pub normals: Vec<Vec3>,
    /// Vertex indices, counter-clockwise.
    pub triangles: Vec<[u32; 3]>,
    /// Material slot of each triangle; as many as triangles.
    pub slots: Vec<u16>,
}

impl Mesh {
    /// The corners of a triangle.
    #[must_use]
    pub fn corners(&self, triangle: usize) -> [Vec3; 3] {
        self.triangles[triangle].map(|i| self.positions[i as usize])
    }

    /// The bounding box.
    #[must_use]
    pub fn bounds(&self) -> Aabb {
        Aabb::around(self.positions.iter().copied())
    }

    /// Adds another mesh under an affine transform; its slots are shifted by `slot_offset`.
    pub fn append(&mut self, other: &Mesh, transform: Affine3A, slot_offset: u16) {
        let base = self.positions.len() as u32;
        let normal_matrix = transform.matrix3.inverse().transpose();
        let flipped = transform.matrix3.determinant() < 0.0;
        self.positions.extend(other.positions.iter().map(|p| transform.transform_point3(*p)));
        self.normals.extend(other.normals.iter().map(|n| (normal_matrix * *n).normalize_or(Vec3::Y)));
        self.triangles.extend(other.triangles.iter().map(|&[a, b, c]| {
            let [a, b, c] = [a + base, b + base, c + base];
            if flipped { [a, c, b] } else { [a, b, c] }
        }));
        self.slots.extend(other.slots.iter().map(|s| s + slot_offset));
    }

    /// The surface area in square metres.
    #[must_use]
    pub fn area(&self) -> f32 {
        (0..self.triangles.len())
            .map(|t| {
                let [a, b, c] = self.corners(t);
                0.5 * (b - a).cross(c - a).length()
            })
            .sum()
    }
}
