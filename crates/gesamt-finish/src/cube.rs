//! The grade as a look-up table for other programs.

use std::fmt::Write;

use gesamt_world::color::linear_from_srgb;
use glam::Vec3;

use crate::tone::Tone;

/// A `.cube` table from sRGB signal to graded sRGB signal.
///
/// # Source
/// Adobe, "Cube LUT Specification 1.0".
pub(crate) fn cube(tone: &Tone, size: usize) -> String {
    let size = size.clamp(2, 128);
    let mut text =
        format!("TITLE \"gesamt grade\"\nLUT_3D_SIZE {size}\nDOMAIN_MIN 0.0 0.0 0.0\nDOMAIN_MAX 1.0 1.0 1.0\n");
    let signal = |i: usize| linear_from_srgb(i as f32 / (size - 1) as f32);
    for blue in 0..size {
        for green in 0..size {
            for red in 0..size {
                let scene = Vec3::new(signal(red), signal(green), signal(blue));
                let out = tone.signal(tone.display(scene));
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{:.6} {:.6} {:.6}", out.x, out.y, out.z);
            }
        }
    }
    text
}
