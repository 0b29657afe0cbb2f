//! Clips: the still scene under a moving camera and wavering lights.
//!
//! Light on surfaces is computed once, in key views at the start, the middle and the end of the move, and looked up from
//! then on; each frame traces camera rays, evaluates materials and follows sharp reflections. Exact reprojection of the
//! scene averages jittered frames, which removes the remaining steps and noise.
//!
//! # Source
//! Karis, "High quality temporal supersampling" (2014) for the history clamped by its neighbourhood.

use gesamt_scene::Frame;

use crate::compose::{LightCache, compose, ray_frame};
use crate::gain::{Time, gains};
use crate::history::{History, View};
use crate::keys::{Around, Key, fill_gaps, fill_walkers};
use crate::prepared::Prepared;
use crate::sampler::hash;
use crate::shot::{Shot, jitter};
use crate::still::{Cancelled, Progress, StillOptions, sample};
use crate::sway::Shadow;

/// Width of the key views in pixels.
const KEY_WIDTH: usize = 960;
const SIDE_WIDTH: u32 = 640;
const KEY_SAMPLES: u32 = 6;
/// Frames of a loop's end that are rendered before its beginning.
const LEAD_IN: u32 = 6;
/// Jittered passes of a frame without history.
const FIRST_PASSES: u32 = 4;

/// How a clip is rendered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClipOptions {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Frames per second.
    pub fps: f32,
    /// Number of frames of the whole move.
    pub n_frames: u32,
    /// Seed of the noise.
    pub seed: u32,
    /// Passes of every frame, each shading every pixel; 0 shades part of the pixels once and takes the rest from the
    /// frame before, which is the usual way. For references to measure against.
    pub full_passes: u32,
}

impl Default for ClipOptions {
    fn default() -> Self {
        Self { width: 1280, height: 720, fps: 24.0, n_frames: 120, seed: 1, full_passes: 0 }
    }
}

/// Renders the frames of a clip in order. What sways is back in its place when it is dropped.
pub struct ClipRenderer<'a> {
    prepared: &'a mut Prepared,
    options: ClipOptions,
    keys: Vec<Key>,
    /// The light around each who walks.
    around: Vec<(u32, Around)>,
    history: Option<History>,
    /// Buffers of an earlier frame, to be filled again.
    spare: View,
}

impl<'a> ClipRenderer<'a> {
    /// Computes the key views; the middle one is taken from the still when there is one.
    ///
    /// # Errors
    /// [`Cancelled`] when `progress` breaks.
    pub fn new(
        prepared: &'a mut Prepared,
        still: Option<&LightCache>,
        options: &ClipOptions,
        progress: Progress,
    ) -> Result<Self, Cancelled> {
        let aspect = options.width.max(1) as f32 / options.height.max(1) as f32;
        let view = |width: u32, samples: u32| StillOptions {
            width: width.min(options.width.max(64)),
            height: ((width.min(options.width.max(64)) as f32 / aspect) as u32).max(1),
            samples: samples * options.full_passes.max(1),
            seed: options.seed ^ 0x6b65,
        };
        let motion = prepared.scene.motion;
        let loops = motion.loops();
        let mut keys = Vec::new();
        match still {
            Some(still) => keys.push(Key::new(still, 0.5, loops, KEY_WIDTH)),
            None => {
                let options = view(KEY_WIDTH as u32, KEY_SAMPLES + 2);
                let samples = sample(prepared, &prepared.scene.camera, &options, &|p| progress(p * 0.7))?;
                keys.push(Key::new(&compose(prepared, samples).1, 0.5, loops, KEY_WIDTH));
            }
        }
        // Nobody who walks is in the light of what stands: what they take of it is found frame by frame.
        let walkers = Shadow::at_rest(&prepared.scene);
        let (mut hidden, mut around) = (None, Vec::new());
        if !walkers.is_empty() {
            let eye = motion.still.position;
            keys[0].forget(|p, n| prepared.is_changed_by(&walkers, eye, p, n));
            around.extend(walkers.iter().map(|w| (w.instance, keys[0].around(|p| w.holds(p)))));
            hidden = prepared.hide_walkers();
            let samples = fill_gaps(prepared, &motion.still, &keys, &view(KEY_WIDTH as u32, KEY_SAMPLES));
            keys.push(Key::new(&compose(prepared, samples).1, 0.5, loops, KEY_WIDTH));
        }
        let n_middle = keys.len();
        let (mut sides, mut is_cancelled) = (Vec::new(), false);
        for (i, time) in motion.extremes().into_iter().enumerate() {
            is_cancelled |= progress(0.7 + 0.15 * i as f32).is_break();
            if is_cancelled {
                break;
            }
            let camera = motion.at(time);
            let samples = fill_gaps(prepared, &camera, &keys[..n_middle], &view(SIDE_WIDTH, KEY_SAMPLES));
            sides.push((time, camera, samples));
        }
        if let Some(hidden) = hidden {
            prepared.show_walkers(&hidden);
            for (_, camera, samples) in &mut sides {
                fill_walkers(prepared, camera, &keys[..1], &view(SIDE_WIDTH, KEY_SAMPLES), samples);
            }
        }
        for (time, _, samples) in sides {
            keys.push(Key::new(&compose(prepared, samples).1, time, loops, KEY_WIDTH));
        }
        if is_cancelled || progress(1.0).is_break() {
            return Err(Cancelled);
        }
        let still_secs = 0.5 * options.n_frames.saturating_sub(1) as f32 / options.fps.max(1.0);
        prepared.begin_sway(prepared.scene.camera.pixel_angle(options.width.max(1)), still_secs);
        Ok(Self { prepared, options: *options, keys, around, history: None, spare: View::default() })
    }

    /// The scene as it is in the frame that was rendered last.
    #[cfg(test)]
    pub(crate) fn prepared(&self) -> &Prepared {
        self.prepared
    }

    /// Renders a frame. Frames in order share their history; any other order costs a few passes more.
    ///
    /// The first frame of a loop takes its history from the last ones, which are rendered before it.
    pub fn render(&mut self, frame_idx: u32) -> Frame {
        let is_usual = self.options.full_passes == 0;
        if frame_idx == 0 && is_usual && self.prepared.scene.motion.loops() {
            let n = self.options.n_frames;
            (n.saturating_sub(LEAD_IN)..n).for_each(|i| drop(self.render_next(i)));
            if let Some(history) = &mut self.history {
                history.next_idx = 0;
            }
        }
        self.render_next(frame_idx)
    }

    fn render_next(&mut self, frame_idx: u32) -> Frame {
        let (w, h) = (self.options.width.max(1) as usize, self.options.height.max(1) as usize);
        let motion = self.prepared.scene.motion;
        let t = motion.time_of_frame(frame_idx, self.options.n_frames);
        let fps = self.options.fps.max(1.0);
        let loop_secs = motion.loops().then(|| self.options.n_frames as f32 / fps);
        let time = Time { secs: frame_idx as f32 / fps, loop_secs };
        self.prepared.sway_to(time);
        let camera = motion.at(t);
        let is_usual = self.options.full_passes == 0;
        let mut history = self.history.take().filter(|h| is_usual && h.next_idx == frame_idx);
        let first_passes = if is_usual { FIRST_PASSES } else { self.options.full_passes };
        let passes = if history.is_some() { 1 } else { first_passes };
        let gains = gains(&self.prepared.scene.flashes, time);
        let fog = self.prepared.fog.view(&self.prepared.scene.fog, &camera, w as f32 / h as f32, &gains);
        for pass in 0..passes {
            let shot = Shot {
                prepared: self.prepared,
                before: history.as_ref().map(|h| &*h.pose),
                keys: &self.keys,
                around: &self.around,
                camera,
                fog: fog.as_ref(),
                gains,
                t,
                time,
                width: w,
                height: h,
                jitter: jitter(if passes > 1 {
                    frame_idx.wrapping_mul(passes).wrapping_add(pass)
                } else {
                    frame_idx / 4
                }),
                seed: hash(self.options.seed ^ frame_idx.wrapping_mul(0x9e37_79b1) ^ pass << 24),
                phase: frame_idx,
                rays: ray_frame(&camera, w, h),
            };
            let mut view = std::mem::take(&mut self.spare);
            shot.trace(history.as_ref().filter(|_| passes == 1), &mut view);
            let fresh = (passes > 1).then(|| 1.0 / (pass + 1) as f32);
            view.color = shot.accumulate(&view, &shot.finish(&view), history.as_ref(), fresh);
            let pose = self.prepared.sway.as_ref().map(|sway| sway.now.clone()).unwrap_or_default();
            let next = History { next_idx: frame_idx + 1, pose, camera, view };
            self.spare = history.replace(next).map(|old| old.view).unwrap_or_default();
        }
        let frame = history.as_ref().map(|history| history.view.frame(w, h)).unwrap_or_default();
        self.history = history;
        frame
    }
}

impl Drop for ClipRenderer<'_> {
    fn drop(&mut self) {
        self.prepared.end_sway();
    }
}
