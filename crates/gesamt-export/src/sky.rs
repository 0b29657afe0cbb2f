//! The sky as a picture of all directions.

use gesamt_media::MediaError;
use gesamt_media::exr::{Channel, Precision, encode_exr};
use gesamt_sky::Sky;
use glam::Vec3;
use rayon::prelude::*;

/// Pixels from left to right; half as many from top to bottom.
const WIDTH: usize = 1024;

/// The dome in latitude and longitude, as USD's dome light reads it: the middle looks along +Z, a quarter from the left along +X.
/// Sun and moon are lights of their own and not in it.
///
/// # Errors
/// What the encoder refuses.
pub fn sky_exr(sky: &Sky) -> Result<Vec<u8>, MediaError> {
    let height = WIDTH / 2;
    let pixels: Vec<Vec3> = (0..WIDTH * height)
        .into_par_iter()
        .map(|i| sky.radiance(direction((i % WIDTH) as f32 + 0.5, (i / WIDTH) as f32 + 0.5)))
        .collect();
    let red = |i: usize| pixels[i].x;
    let green = |i: usize| pixels[i].y;
    let blue = |i: usize| pixels[i].z;
    let channels = [
        Channel { name: "R", precision: Precision::Half, value: &red },
        Channel { name: "G", precision: Precision::Half, value: &green },
        Channel { name: "B", precision: Precision::Half, value: &blue },
    ];
    encode_exr(WIDTH as u32, height as u32, &channels, &[])
}

/// The direction of a place in the picture.
///
/// # Source
/// OpenUSD documentation of `UsdLuxDomeLight`: latlong, Y up, the centre facing +Z.
fn direction(x: f32, y: f32) -> Vec3 {
    let (longitude, latitude) =
        ((0.5 - x / WIDTH as f32) * std::f32::consts::TAU, (0.5 - 2.0 * y / WIDTH as f32) * std::f32::consts::PI);
    let (sin, cos) = longitude.sin_cos();
    Vec3::new(sin * latitude.cos(), latitude.sin(), cos * latitude.cos())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_looks_along_z_and_the_top_up() {
        let (w, h) = (WIDTH as f32, WIDTH as f32 / 2.0);
        assert!((direction(0.5 * w, 0.5 * h) - Vec3::Z).length() < 1e-5);
        assert!((direction(0.25 * w, 0.5 * h) - Vec3::X).length() < 1e-5);
        assert!((direction(0.3 * w, 0.0) - Vec3::Y).length() < 1e-5);
    }
}
