//! A pen for models: shapes in, one shaded mesh out.

use glam::{Affine3A, Quat, Vec3};

use crate::mesh::Mesh;
use crate::shape::Shape;

/// Collects shapes under a stack of transforms into one mesh.
#[derive(Clone, Debug)]
pub struct MeshBuilder {
    mesh: Mesh,
    stack: Vec<Affine3A>,
    slot: u16,
    crease_deg: f32,
}

impl Default for MeshBuilder {
    fn default() -> Self {
        Self { mesh: Mesh::default(), stack: vec![Affine3A::IDENTITY], slot: 0, crease_deg: 50.0 }
    }
}

impl MeshBuilder {
    /// An empty builder: slot 0, crease angle 50°.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Material slot of the shapes that follow.
    pub fn slot(&mut self, slot: u16) -> &mut Self {
        self.slot = slot;
        self
    }

    /// Crease angle in degrees of the shapes that follow; edges sharper than this are hard.
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

    /// Adds a shape moved by an offset.
    pub fn add_at(&mut self, shape: &Shape, x: f32, y: f32, z: f32) -> &mut Self {
        self.with(Affine3A::from_translation(Vec3::new(x, y, z)), |b| {
            b.add(shape);
        })
    }

    /// Adds a finished mesh in the current frame, keeping its own slots.
    pub fn add_mesh(&mut self, mesh: &Mesh) -> &mut Self {
        self.mesh.append(mesh, self.frame(), 0);
        self
    }

    /// Runs `f` in a nested frame.
    pub fn with(&mut self, transform: Affine3A, f: impl FnOnce(&mut Self)) -> &mut Self {
        self.stack.push(self.frame() * transform);
        f(self);
        self.stack.pop();
        self
    }

    /// Runs `f` in a frame moved by `offset` and turned by `yaw_rad` about +Y.
    pub fn placed(&mut self, offset: Vec3, yaw_rad: f32, f: impl FnOnce(&mut Self)) -> &mut Self {
        self.with(Affine3A::from_rotation_translation(Quat::from_rotation_y(yaw_rad), offset), f)
    }

    /// The current frame.
    #[must_use]
    pub fn frame(&self) -> Affine3A {
        self.stack.last().copied().unwrap_or(Affine3A::IDENTITY)
    }

    /// Number of triangles so far.
    #[must_use]
    pub fn n_triangles(&self) -> usize {
        self.mesh.triangles.len()
    }

    /// The finished mesh.
    #[must_use]
    pub fn finish(self) -> Mesh {
        self.mesh
    }
}
