//! The grade as a look-up table for other programs.

use std::fmt::Write;

use glam::Vec3;

use crate::Exposure;
use crate::tone::Tone;

/// A `.cube` table from exposed scene light (linear sRGB primaries under the ACEScct curve) to graded sRGB signal.
///
/// # Source
/// Adobe, "Cube LUT Specification 1.0"; Academy S-2016-001 for the curve.
pub(crate) fn cube(tone: &Tone, exposure: Exposure, size: usize) -> String {
    let size = size.clamp(2, 128);
    let Exposure { gain, veil, pivot, contrast } = exposure;
    let mut text = format!(
        "# In: scene light, exposed, linear sRGB primaries, encoded with the ACEScct curve. Out: sRGB for display.
# Exposed light of this picture is light x {gain:.6}; with L its luminance, the veil of haze is then taken off by the
# factor v = (1 + {veil:.6} / {pivot:.6}) x L / (L + {veil:.6}), and contrast given by the factor
# (v x L / {pivot:.6}) ^ ({contrast:.6} - 1). Local contrast, bloom, vignette, weather, grain and painted looks are no
# part of the table.
TITLE \"gesamt grade\"\nLUT_3D_SIZE {size}\nDOMAIN_MIN 0.0 0.0 0.0\nDOMAIN_MAX 1.0 1.0 1.0\n"
    );
    let light = |i: usize| decode(i as f32 / (size - 1) as f32);
    for blue in 0..size {
        for green in 0..size {
            for red in 0..size {
                let out = tone.signal(tone.display(Vec3::new(light(red), light(green), light(blue))));
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{:.6} {:.6} {:.6}", out.x, out.y, out.z);
            }
        }
    }
    text
}

/// Light of an ACEScct value.
fn decode(value: f32) -> f32 {
    if value <= 0.155_251_14 { (value - 0.072_905_53) / 10.540_237 } else { (value * 17.52 - 9.72).exp2() }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The ACEScct value of light.
    pub(crate) fn encode(light: f32) -> f32 {
        if light <= 0.007_812_5 { 10.540_237 * light + 0.072_905_53 } else { (light.log2() + 9.72) / 17.52 }
    }

    /// A table as other programs read it, with interpolation between eight neighbours.
    pub(crate) struct Table {
        size: usize,
        entries: Vec<Vec3>,
    }

    impl Table {
        pub(crate) fn parse(text: &str) -> Self {
            let number = |line: &str| line.split(' ').map(|v| v.parse().expect("a number")).collect::<Vec<f32>>();
            let size = text.lines().find_map(|l| l.strip_prefix("LUT_3D_SIZE ")).expect("a size");
            let entries = text.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit()));
            Self {
                size: size.parse().expect("a size"),
                entries: entries.map(|l| Vec3::from_slice(&number(l))).collect(),
            }
        }

        pub(crate) fn len(&self) -> usize {
            self.entries.len()
        }

        pub(crate) fn at(&self, color: Vec3) -> Vec3 {
            let at = color.clamp(Vec3::ZERO, Vec3::ONE) * (self.size - 1) as f32;
            let base = at.floor().min(Vec3::splat((self.size - 2) as f32));
            let f = at - base;
            let entry = |corner: usize| {
                let c = [0, 1, 2].map(|k| base[k] as usize + (corner >> k & 1));
                self.entries[(c[2] * self.size + c[1]) * self.size + c[0]]
            };
            (0..8)
                .map(|corner| {
                    let share = |k: usize| if corner >> k & 1 == 1 { f[k] } else { 1.0 - f[k] };
                    entry(corner) * (share(0) * share(1) * share(2))
                })
                .sum()
        }
    }

    #[test]
    fn the_curve_and_its_inverse_agree() {
        for i in 0..=1000 {
            let value = 0.0729056 + i as f32 * 0.000_927;
            assert!((encode(decode(value)) - value).abs() < 1e-5, "{value}");
        }
        assert!((decode(0.413_588_4) - 0.18).abs() < 1e-5, "middle grey after the standard");
    }
}
