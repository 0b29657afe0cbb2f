//! A pen for set pieces: shapes in a nested frame, each in a scene material.

use gesamt_mesh::shapes::block;
use gesamt_mesh::{Mesh, Shape};
use glam::{Affine3A, Quat, Vec3};

/// Collects shapes into one mesh whose slots are scene materials.
#[derive(Clone, Debug)]
pub(crate) struct Pen {
    mesh: Mesh,
    materials: Vec<u32>,
    stack: Vec<Affine3A>,
    slot: u16,
    crease_deg: f32,
}

impl Pen {
    /// An empty pen with a scene material in hand.
    pub fn new(material: u32) -> Self {
        Self {
            mesh: Mesh::default(),
            materials: vec![material],
            stack: vec![Affine3A::IDENTITY],
            slot: 0,
            crease_deg: 45.0,
        }
    }

    /// The scene material of the shapes that follow.
    pub fn mat(&mut self, material: u32) -> &mut Self {
        let known = self.materials.iter().position(|m| *m == material);
        let slot = known.unwrap_or_else(|| {
            self.materials.push(material);
            self.materials.len() - 1
        });
        self.slot = slot as u16;
        self
    }

    /// The crease angle of the shapes that follow.
    pub fn crease(&mut self, degrees: f32) -> &mut Self {
        self.crease_deg = degrees;
        self
    }

    /// Adds a shape in the current frame.
    pub fn add(&mut self, shape: &Shape) -> &mut Self {
        let shaded = shape.shade(self.slot, self.crease_deg);
        self.mesh.append(&shaded, self.frame(), 0);
        self
    }

    /// Adds a box between two corners given in any order.
    pub fn block(&mut self, a: Vec3, b: Vec3, bevel: f32) -> &mut Self {
        let (min, max) = (a.min(b), a.max(b));
        if (max - min).min_element() > 1e-4 {
            self.add(&block(min, max, bevel));
        }
        self
    }

    /// Adds a flat two-sided quad a, b, c, d (counter-clockwise from its front).
    pub fn quad(&mut self, corners: [Vec3; 4]) -> &mut Self {
        let mut shape = Shape::default();
        let ids = corners.map(|p| shape.vertex(p));
        shape.quad(ids);
        self.add(&shape)
    }

    /// Adds raw triangles with given normals in the current frame and material.
    pub fn mesh(&mut self, mesh: &Mesh) -> &mut Self {
        let start = self.mesh.slots.len();
        self.mesh.append(mesh, self.frame(), 0);
        let slot = self.slot;
        self.mesh.slots[start..].iter_mut().for_each(|s| *s = slot);
        self
    }

    /// Runs `f` in a nested frame.
    pub fn with(&mut self, transform: Affine3A, f: impl FnOnce(&mut Self)) -> &mut Self {
        self.stack.push(self.frame() * transform);
        f(self);
        self.stack.pop();
        self
    }

    /// Runs `f` in a frame moved by `offset` and turned by `yaw_rad`.
    pub fn placed(&mut self, offset: Vec3, yaw_rad: f32, f: impl FnOnce(&mut Self)) -> &mut Self {
        self.with(Affine3A::from_rotation_translation(Quat::from_rotation_y(yaw_rad), offset), f)
    }

    /// The current frame.
    pub fn frame(&self) -> Affine3A {
        self.stack.last().copied().unwrap_or(Affine3A::IDENTITY)
    }

    /// A point of the current frame in the outermost one.
    pub fn to_world(&self, point: Vec3) -> Vec3 {
        self.frame().transform_point3(point)
    }

    /// Moves every vertex drawn so far (gently: normals are kept).
    pub fn bend(&mut self, f: impl Fn(Vec3) -> Vec3) {
        self.mesh.positions.iter_mut().for_each(|p| *p = f(*p));
    }

    /// The mesh and the scene material of each slot.
    pub fn finish(self) -> (Mesh, Vec<u32>) {
        (self.mesh, self.materials)
    }
}
