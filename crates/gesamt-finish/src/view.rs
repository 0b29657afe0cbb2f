//! Projection between the world and pixels, prepared once per frame.

use gesamt_scene::Camera;
use glam::{Mat3, Vec2, Vec3};

/// The camera of one frame with its pixel grid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    pub eye: Vec3,
    pub width: usize,
    pub height: usize,
    camera_from_world: Mat3,
    world_from_camera: Mat3,
    /// Pixels per unit of tangent.
    focal_px: f32,
    middle: Vec2,
}

impl View {
    pub(crate) fn new(camera: &Camera, width: usize, height: usize) -> Self {
        let world_from_camera = camera.world_from_camera();
        let focal_px = camera.focal_length_mm / 36.0 * width as f32;
        Self {
            eye: camera.position,
            width,
            height,
            camera_from_world: world_from_camera.transpose(),
            world_from_camera,
            focal_px,
            middle: Vec2::new(0.5 * width as f32, (0.5 + camera.shift_y) * height as f32),
        }
    }

    /// Pixel position and depth along the axis; `None` nearer than 5 cm or behind.
    pub(crate) fn project(&self, point: Vec3) -> Option<(Vec2, f32)> {
        let local = self.camera_from_world * (point - self.eye);
        let depth = -local.z;
        (depth > 0.05).then(|| (self.middle + Vec2::new(local.x, -local.y) * (self.focal_px / depth), depth))
    }

    /// The world point seen at a pixel position at a depth along the axis.
    pub(crate) fn point(&self, pixel: Vec2, depth: f32) -> Vec3 {
        let offset = (pixel - self.middle) / self.focal_px;
        self.eye + self.world_from_camera * (Vec3::new(offset.x, -offset.y, -1.0) * depth)
    }

    /// Pixels per metre at a depth.
    pub(crate) fn scale(&self, depth: f32) -> f32 {
        self.focal_px / depth
    }

    /// Unit vector along the optical axis.
    pub(crate) fn forward(&self) -> Vec3 {
        -self.world_from_camera.z_axis
    }

    /// Pixels relative to a frame 1280 wide, to keep widths on screen the same at any size.
    pub(crate) fn unit(&self) -> f32 {
        self.width as f32 / 1280.0
    }
}
