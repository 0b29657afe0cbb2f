//! Passes for compositors: scene-linear light and geometry as OpenEXR.

use gesamt_finish::Exposure;
use gesamt_media::exr::{Attribute, Channel, Precision, encode_exr};
use gesamt_scene::Frame;

use crate::error::PipelineError;

/// What a file of passes holds beside the light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pass {
    /// Metres along the optical axis, channel `Z`; the sky is at 10¹⁰.
    Depth,
    /// World-space unit normals, +Y up, channels `normal.X`, `normal.Y`, `normal.Z`; 0 in the sky.
    Normal,
    /// Base colour, linear sRGB, channels `albedo.R`, `albedo.G`, `albedo.B`; 0 in the sky.
    Albedo,
}

impl Pass {
    /// Every pass with its name.
    pub const ALL: [(Pass, &'static str); 3] =
        [(Pass::Depth, "depth"), (Pass::Normal, "normal"), (Pass::Albedo, "albedo")];

    /// The name on the command line and in the recipe.
    #[must_use]
    pub fn label(self) -> &'static str {
        Self::ALL.iter().find(|(pass, _)| *pass == self).map_or("depth", |(_, label)| label)
    }
}

/// Depth of the sky: finite, as compositors blur and key with it.
const SKY_M: f32 = 1e10;

/// A frame as one multi-layer OpenEXR file: `R`, `G`, `B` in scene light before weather, bloom and grade, and the passes.
///
/// # Errors
/// When the frame is empty.
pub fn encode(frame: &Frame, passes: &[Pass], exposure: Exposure, fps: Option<u32>) -> Result<Vec<u8>, PipelineError> {
    let part = |plane: &'static str, c: usize| {
        move |i: usize| match plane {
            "color" => frame.color[i][c],
            "normal" => frame.normal[i][c],
            _ => frame.albedo[i][c],
        }
    };
    let depth = |i: usize| if frame.depth[i].is_finite() { frame.depth[i] } else { SKY_M };
    let planes: Vec<_> = [("color", ["R", "G", "B"]), ("normal", NORMAL), ("albedo", ALBEDO)]
        .into_iter()
        .filter(|(plane, _)| match *plane {
            "normal" => passes.contains(&Pass::Normal),
            "albedo" => passes.contains(&Pass::Albedo),
            _ => true,
        })
        .flat_map(|(plane, names)| (0..3).map(move |c| (names[c], part(plane, c))))
        .collect();
    let mut channels: Vec<Channel> = planes
        .iter()
        .map(|(name, value)| Channel {
            name,
            precision: Precision::Half,
            value: value as &(dyn Fn(usize) -> f32 + Sync),
        })
        .collect();
    if passes.contains(&Pass::Depth) {
        channels.push(Channel { name: "Z", precision: Precision::Float, value: &depth });
    }
    let mut attributes = vec![
        ("software", Attribute::Text(concat!("gesamt ", env!("CARGO_PKG_VERSION")).into())),
        ("gesamt.exposureGain", Attribute::Float(exposure.gain)),
        ("gesamt.exposureVeil", Attribute::Float(exposure.veil)),
        ("gesamt.exposurePivot", Attribute::Float(exposure.pivot)),
        ("gesamt.exposureContrast", Attribute::Float(exposure.contrast)),
    ];
    attributes.extend(fps.map(|fps| ("framesPerSecond", Attribute::Rational(fps as i32, 1))));
    Ok(encode_exr(frame.width, frame.height, &channels, &attributes)?)
}

const NORMAL: [&str; 3] = ["normal.X", "normal.Y", "normal.Z"];
const ALBEDO: [&str; 3] = ["albedo.R", "albedo.G", "albedo.B"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_names_exactly_the_layers_that_were_asked_for() {
        let mut frame = Frame::new(20, 18);
        frame.color.fill([0.5, 1.0, 2.0]);
        let names = |passes: &[Pass]| {
            let file = encode(&frame, passes, Exposure::plain(2.0), Some(24)).expect("encodes");
            // In the header a name stands between the zero bytes of its neighbours.
            let has = |name: &str| {
                let bytes: Vec<u8> = [b"\0", name.as_bytes(), b"\0"].concat();
                file.windows(bytes.len()).any(|w| w == bytes)
            };
            ["R", "Z", "normal.Y", "albedo.G"].map(has)
        };
        assert_eq!(names(&[]), [true, false, false, false]);
        assert_eq!(names(&[Pass::Depth, Pass::Albedo]), [true, true, false, true]);
        assert_eq!(names(&[Pass::Normal]), [true, false, true, false]);
    }
}
