//! The clip: a camera move through the scene of the still, with its sound.

use std::ops::ControlFlow;

use gesamt_finish::{Finisher, Moment};
use gesamt_media::aac::AacConfig;
use gesamt_media::h264::{VideoConfig, VideoQuality};
use gesamt_media::mp4::Mp4Clip;
use gesamt_pathtracer::{ClipOptions, ClipRenderer, Prepared};
use gesamt_scene::{Frame, Scene};
use gesamt_world::World;

use crate::error::PipelineError;
use crate::picture::Picture;
use crate::request::Quality;
use crate::upscale::{traced_size, upscale};

/// Frames per second of every clip.
pub const FPS: u32 = 24;

/// Number of frames of a clip of about `secs`: whole bars, at least one.
#[must_use]
pub fn n_frames(world: &World, secs: f64) -> u32 {
    (f64::from(world.bars_near(secs)) * world.bar_secs() * f64::from(FPS)).round().max(2.0) as u32
}

/// Renders and encodes the clip. The picture lends its light cache and its exposure; `mix` is the soundtrack from its first
/// bar, 48 kHz. `on_frame` sees every frame in scene light before it is finished.
///
/// # Errors
/// When the run is cancelled or the clip cannot be encoded.
#[expect(clippy::too_many_arguments, reason = "the clip is where picture, sound and camera meet")]
pub fn clip(
    world: &World,
    scene: &Scene,
    prepared: &mut Prepared,
    picture: &Picture,
    mix: &[[f32; 2]],
    [width, height]: [u32; 2],
    secs: f64,
    quality: Quality,
    title: &str,
    on_frame: &mut dyn FnMut(u32, &Frame) -> Result<(), PipelineError>,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<Vec<u8>, PipelineError> {
    let cancelled = |_| PipelineError::cancelled();
    let n_frames = n_frames(world, secs);
    let [traced_width, traced_height] = traced_size([width, height]);
    let options = ClipOptions {
        width: traced_width,
        height: traced_height,
        fps: FPS as f32,
        n_frames,
        seed: world.root_seed().child("clip").0 as u32,
        full_passes: 0,
    };
    // Preparing the light caches is about a fifth of the work.
    let prepare_share = 0.2;
    let mut renderer =
        ClipRenderer::new(prepared, Some(&picture.still.light), &options, &|f| progress(f * prepare_share))
            .map_err(cancelled)?;
    let finisher = Finisher::new(world, scene);
    let quality = match quality {
        Quality::Draft => VideoQuality::Draft,
        Quality::Standard => VideoQuality::Standard,
        Quality::Final => VideoQuality::High,
    };
    let video = VideoConfig { width, height, fps_num: FPS, fps_den: 1, quality };
    let mut mp4 = Mp4Clip::new(video, AacConfig::default())?.with_title(title);
    let loop_secs = scene.motion.loops().then(|| n_frames as f32 / FPS as f32);
    for index in 0..n_frames {
        if progress(prepare_share + (1.0 - prepare_share) * index as f32 / n_frames as f32).is_break() {
            return Err(PipelineError::cancelled());
        }
        let time = scene.motion.time_of_frame(index, n_frames);
        let frame = upscale(&renderer.render(index), [width, height]);
        on_frame(index, &frame)?;
        let moment = Moment { time_secs: index as f32 / FPS as f32, frame_idx: index, loop_secs, ..Moment::default() };
        let rgb = finisher.finish(&frame, &scene.motion.at(time), picture.exposure, &moment);
        mp4.push_frame(&rgb)?;
    }
    let n_samples = mp4.n_audio_samples();
    Ok(mp4.finish(&excerpt(mix, n_samples))?)
}

/// The first `n` samples of a loop, wrapped around, with short fades at both ends.
fn excerpt(mix: &[[f32; 2]], n: usize) -> Vec<[f32; 2]> {
    const FADE_IN: usize = 240;
    const FADE_OUT: usize = 4800;
    let gain = |i: usize| {
        let rise = (i as f32 / FADE_IN as f32).min(1.0);
        let fall = ((n - i) as f32 / FADE_OUT as f32).min(1.0);
        rise * fall
    };
    mix.iter().cycle().take(n).enumerate().map(|(i, s)| s.map(|v| v * gain(i))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_wraps_and_fades_to_silence() {
        let mix = vec![[0.5, -0.5]; 1000];
        let sound = excerpt(&mix, 24_000);
        assert_eq!(sound.len(), 24_000);
        assert_eq!(sound[0], [0.0, 0.0]);
        assert_eq!(sound[12_000], [0.5, -0.5]);
        assert!(sound[23_999][0].abs() < 1e-3);
    }
}
