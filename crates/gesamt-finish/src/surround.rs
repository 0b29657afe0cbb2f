//! The light that falls on small things in the air, taken from the frame itself.

use glam::{Vec2, Vec3};

use crate::image::Image;

/// Side of a block of pixels in the coarse picture, for a frame 1280 wide.
const BLOCK: usize = 16;

/// A coarse, blurred copy of a frame.
pub(crate) struct Surround {
    coarse: Image,
    scale: Vec2,
    /// Mean radiance of the brighter parts.
    pub mean: Vec3,
}

impl Surround {
    pub(crate) fn new(frame: &Image) -> Self {
        let block = (BLOCK * frame.width / 1280).max(4);
        let coarse = frame.shrunk(block).blurred(2, 2);
        let sum = coarse.data.iter().fold(Vec3::ZERO, |sum, p| sum + Vec3::from(*p).min(Vec3::splat(8.0)));
        let mean = sum / coarse.data.len().max(1) as f32;
        let scale = Vec2::new(coarse.width as f32 / frame.width as f32, coarse.height as f32 / frame.height as f32);
        Self { coarse, scale, mean }
    }

    /// Blurred radiance around a pixel.
    pub(crate) fn at(&self, pixel: Vec2) -> Vec3 {
        Vec3::from(self.coarse.bilinear(pixel.x * self.scale.x, pixel.y * self.scale.y))
    }
}
