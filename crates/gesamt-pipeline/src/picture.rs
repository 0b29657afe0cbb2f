//! The concept picture.

use std::ops::ControlFlow;

use gesamt_finish::{Exposure, Finisher, Moment};
use gesamt_media::png::{Pixels, PngEffort, PngOptions, encode_png};
use gesamt_pathtracer::{Prepared, StillOptions, StillOutput, render_still};
use gesamt_scene::Scene;
use gesamt_world::World;

use crate::error::PipelineError;

/// A finished picture with what the clip takes over from it.
pub struct Picture {
    /// The PNG.
    pub png: Vec<u8>,
    /// The grade as a `.cube` table.
    pub lut: String,
    /// Exposure, shared with the clip.
    pub exposure: Exposure,
    /// The rendered still.
    pub still: StillOutput,
}

/// Entries of the grade's table per axis.
const LUT_SIZE: usize = 33;

/// The moment of the still: well into the weather, so that rain and snow are falling, and that of a stroke of lightning.
#[must_use]
pub fn still_moment() -> Moment {
    Moment { time_secs: 2.0, awaits_lightning: true, ..Moment::default() }
}

/// Renders and finishes the still of a scene.
///
/// # Errors
/// When the run is cancelled or the picture cannot be encoded.
pub fn picture(
    world: &World,
    scene: &Scene,
    prepared: &Prepared,
    [width, height]: [u32; 2],
    samples: u32,
    title: &str,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<Picture, PipelineError> {
    let (still, exposure, rgb) = render(world, scene, prepared, [width, height], samples, progress)?;
    let options = PngOptions {
        effort: PngEffort::Balanced,
        texts: vec![
            ("Title".into(), title.into()),
            ("Software".into(), concat!("gesamt ", env!("CARGO_PKG_VERSION")).into()),
        ],
        ..PngOptions::default()
    };
    let png = encode_png(width, height, Pixels::Rgb8(&rgb), &options)?;
    let lut = Finisher::new(world, scene).lut(LUT_SIZE, exposure);
    Ok(Picture { png, lut, exposure, still })
}

/// The finished still of a scene as 8-bit sRGB, row by row.
///
/// # Errors
/// When the run is cancelled.
pub fn picture_rgb(
    world: &World,
    scene: &Scene,
    prepared: &Prepared,
    size: [u32; 2],
    samples: u32,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<Vec<u8>, PipelineError> {
    render(world, scene, prepared, size, samples, progress).map(|(_, _, rgb)| rgb)
}

fn render(
    world: &World,
    scene: &Scene,
    prepared: &Prepared,
    [width, height]: [u32; 2],
    samples: u32,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<(StillOutput, Exposure, Vec<u8>), PipelineError> {
    let options = StillOptions { width, height, samples, seed: world.root_seed().child("still").0 as u32 };
    let still = render_still(prepared, &options, progress).map_err(|_| PipelineError::cancelled())?;
    let finisher = Finisher::new(world, scene);
    let exposure = finisher.exposure(&still.frame);
    let rgb = finisher.finish(&still.frame, &scene.camera, exposure, &still_moment());
    Ok((still, exposure, rgb))
}
