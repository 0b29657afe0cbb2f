//! Clips: the still scene under a moving camera and wavering lights.
//!
//! Light on surfaces is computed once, in key views at the start, the middle and the end of the move, and looked up from
//! then on; each frame traces camera rays, evaluates materials and follows sharp reflections. Exact reprojection of the
//! scene averages jittered frames, which removes the remaining steps and noise.
//!
//! # Source
//! Karis, "High quality temporal supersampling" (2014) for the history clamped by its neighbourhood.

use gesamt_scene::{Camera, Frame};
use glam::{Vec2, Vec3};
use rayon::prelude::*;

use crate::bsdf::Bsdf;
use crate::bvh::{Ray, RayHit};
use crate::compose::{LightCache, Rays, compose, ray_frame, through_fog};
use crate::denoise::{Settings, Signal, denoise, despeckle, guides};
use crate::fog::FogView;
use crate::gain::{Time, gains};
use crate::history::{History, Reprojection, squeeze, stretch};
use crate::keys::{Found, Key, fill_gaps, look_up};
use crate::light::{FLASH, Grouped, N_GROUPS, clamp_radiance, lum};
use crate::math::smoothstep;
use crate::pixel::Shaded;
use crate::prepared::{Prepared, Vertex};
use crate::sampler::{Sampler, hash};
use crate::seen::{EMPTY, Seen, nearest_color, nearest_seen, neighbourhood};
use crate::shade::{CLAMP_SPECULAR, Emission, FAR, flash_sky, offset};
use crate::still::{Cancelled, Progress, StillOptions, look, sample};
use crate::sway::Pose;

/// Width of the key views in pixels.
const KEY_WIDTH: usize = 960;
const SIDE_WIDTH: u32 = 640;
const KEY_SAMPLES: u32 = 6;
/// Share of a new sample in the running average of calm and of lively pixels.
const FRESH_CALM: f32 = 0.3;
const FRESH_LIVELY: f32 = 0.4;
/// And of what moves, which softens each time that it is taken from the frame before.
const FRESH_MOVED: f32 = 0.55;
/// Calm pixels are shaded anew every so many frames, lively ones every fourth, and what moves every second.
const CALM_PERIOD: u32 = 8;
/// What moves by more than this share of a pixel from frame to frame is lively.
const LIVELY_PX: f32 = 0.2;
/// Frames of a loop's end that are rendered before its beginning.
const LEAD_IN: u32 = 6;
/// Frames of fewer pixels are shaded in full: they are cheap, and turns of few pixels show as dots along edges.
const SHADED_IN_FULL: usize = 130_000;
/// Jittered passes of a frame without history.
const FIRST_PASSES: u32 = 4;
/// Reflections rougher than this (alpha) come from the key views.
const TRACED_ALPHA: f32 = 0.09;
/// So do those of surfaces that reflect less than this.
const TRACED_GLOSS: f32 = 0.05;

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
    history: Option<History>,
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
        for (i, time) in motion.extremes().into_iter().enumerate() {
            if progress(0.7 + 0.15 * i as f32).is_break() {
                return Err(Cancelled);
            }
            let camera = motion.at(time);
            let samples = fill_gaps(prepared, &camera, &keys[..1], &view(SIDE_WIDTH, KEY_SAMPLES));
            keys.push(Key::new(&compose(prepared, samples).1, time, loops, KEY_WIDTH));
        }
        if progress(1.0).is_break() {
            return Err(Cancelled);
        }
        prepared.begin_sway(prepared.scene.camera.pixel_angle(options.width.max(1)));
        Ok(Self { prepared, options: *options, keys, history: None })
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
        let mut frame = Frame::new(w as u32, h as u32);
        for pass in 0..passes {
            let shot = Shot {
                prepared: self.prepared,
                before: history.as_ref().map(|h| &h.pose),
                keys: &self.keys,
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
            let seen = shot.trace(history.as_ref().filter(|_| passes == 1));
            let fresh = (passes > 1).then(|| 1.0 / (pass + 1) as f32);
            let color = shot.accumulate(&seen, &shot.finish(&seen), history.as_ref(), fresh);
            if pass + 1 == passes {
                for (i, s) in seen.iter().enumerate() {
                    frame.color[i] = color[i].to_array();
                    frame.depth[i] = s.depth;
                    frame.normal[i] = s.normal.to_array();
                    frame.albedo[i] = s.base_color.to_array();
                }
            }
            let pose = self.prepared.sway.as_ref().map(|sway| sway.now.clone()).unwrap_or_default();
            let depth = seen.par_iter().map(|s| s.depth).collect();
            let normal = seen.par_iter().map(|s| s.normal).collect();
            let base_color = seen.par_iter().map(|s| s.base_color).collect();
            let is_lively = seen.par_iter().map(|s| s.is_lively).collect();
            history =
                Some(History { next_idx: frame_idx + 1, pose, camera, color, depth, normal, base_color, is_lively });
        }
        self.history = history;
        frame
    }
}

impl Drop for ClipRenderer<'_> {
    fn drop(&mut self) {
        self.prepared.end_sway();
    }
}

/// The `i`-th place within the pixel, from the Halton sequence in bases 3 and 5.
///
/// A pixel is shaded every fourth or eighth frame. In base 2 those frames would always see the same part of it, its
/// neighbours another, and edges would be dotted. Frames of one round share a place; from round to round, and also from
/// every second round to the next, these bases spread them well.
fn jitter(i: u32) -> Vec2 {
    let radical = |base: u32| {
        let (mut n, mut f, mut sum) = (i % 225 + 1, 1.0, 0.0);
        while n > 0 {
            f /= base as f32;
            sum += f * (n % base) as f32;
            n /= base;
        }
        sum
    };
    Vec2::new(radical(3), radical(5))
}

/// One jittered pass over one frame.
struct Shot<'a> {
    prepared: &'a Prepared,
    /// Where everything was in the frame before.
    before: Option<&'a Pose>,
    keys: &'a [Key],
    camera: Camera,
    fog: Option<&'a FogView>,
    gains: [f32; N_GROUPS],
    t: f32,
    time: Time,
    width: usize,
    height: usize,
    jitter: Vec2,
    seed: u32,
    /// Turns the pattern of shaded pixels.
    phase: u32,
    rays: [Vec3; 3],
}

impl Shot<'_> {
    fn trace(&self, old: Option<&History>) -> Vec<Seen> {
        let (w, h) = (self.width, self.height);
        let known = old.map(|o| (o, Reprojection::new(&o.camera, w, h)));
        let rays = Rays::new(&self.camera, w, h);
        let mut seen = vec![EMPTY; w * h];
        // Tiles of rows keep neighbouring rays together in the caches.
        seen.par_chunks_mut(w * 4).enumerate().for_each(|(band, rows)| {
            let n_rows = rows.len() / w;
            for x0 in (0..w).step_by(8) {
                for y in 0..n_rows {
                    for x in x0..(x0 + 8).min(w) {
                        rows[y * w + x] = self.see(&rays, x, band * 4 + y, known.as_ref());
                    }
                }
            }
        });
        seen
    }

    fn see(&self, rays: &Rays, x: usize, y: usize, known: Option<&(&History, Reprojection)>) -> Seen {
        let (direction, axial) = rays.at(x as f32 + self.jitter.x, y as f32 + self.jitter.y);
        let ray = Ray { origin: self.camera.position, direction, t_min: 1e-3, t_max: FAR };
        let Some(hit) = self.prepared.bvh.intersect(&ray) else {
            let flash = flash_sky(direction) * (0.5 * self.gains[FLASH]);
            return Seen { color: self.prepared.sky.background(direction) + flash, ..EMPTY };
        };
        let depth = hit.t * axial;
        let shift = self.shift(&hit);
        if let Some((old, reprojection)) = known
            && let Some(i) = reprojection.pixel_of(old, ray.origin + direction * hit.t + shift)
            && !self.is_due(x, y, old.is_lively[i], self.is_moved(shift, depth))
        {
            return Seen {
                depth,
                shift,
                normal: old.normal[i],
                base_color: old.base_color[i],
                is_shaded: false,
                is_lively: old.is_lively[i],
                ..EMPTY
            };
        }
        let v = self.prepared.vertex(&ray, &hit);
        let angle = self.camera.pixel_angle(self.width as u32) * 0.8;
        let (s, bsdf) = look(self.prepared, &ray, &v, angle, depth, self.time);
        let mut found = look_up(self.keys, self.t, v.rest, v.ns);
        if found.weight < 1e-4 {
            let stream = hash(x as u32) ^ (y as u32).wrapping_mul(0x9e37_79b1);
            let jitter = Sampler::new(self.seed, stream, 3).pair();
            found.light = self.prepared.cache.light(v.rest, v.ns, jitter).light;
            found.reflection = found.light.under(&self.gains);
        }
        let color = s.emission.under(&self.gains) + s.diffuse * found.light.under(&self.gains);
        let mut seen = Seen {
            color,
            specular: s.specular,
            reflection: found.reflection,
            alpha: 1.0,
            depth,
            normal: v.ns,
            base_color: s.base_color,
            shift,
            is_shaded: true,
            is_lively: self.wavers(&s, &found) || self.is_moved(shift, depth),
        };
        let gloss = lum(bsdf.specular);
        let is_clear = lum(bsdf.transmission) > 0.02;
        // Faint and rough reflections come from the key views; near the limits the two ways blend.
        let sharp = smoothstep(TRACED_ALPHA, 0.7 * TRACED_ALPHA, bsdf.sharpest_alpha());
        let share = if is_clear { 1.0 } else { sharp * smoothstep(TRACED_GLOSS, 1.6 * TRACED_GLOSS, gloss) };
        if share > 0.0 {
            let traced = self.reflect(x, y, &v, &ray, &bsdf, angle);
            seen.reflection = found.reflection.lerp(traced, share);
            seen.alpha = bsdf.sharpest_alpha();
            seen.is_lively |= gloss * share > 0.04 || is_clear;
        }
        seen
    }

    /// From where the point of a hit is to where it was in the frame before.
    fn shift(&self, hit: &RayHit) -> Vec3 {
        let (Some(sway), Some(before)) = (&self.prepared.sway, self.before) else { return Vec3::ZERO };
        let scene = &self.prepared.scene;
        sway.place(scene, &self.prepared.triangles, hit)
            .map_or(Vec3::ZERO, |at| sway.displacement(before, scene, &at) - sway.displacement(&sway.now, scene, &at))
    }

    fn is_moved(&self, shift: Vec3, depth: f32) -> bool {
        shift.length() > LIVELY_PX * self.camera.pixel_angle(self.width as u32) * depth
    }

    /// Whether a pixel is to be shaded anew, or may keep what the previous frame saw.
    fn is_due(&self, x: usize, y: usize, is_lively: bool, is_moved: bool) -> bool {
        if self.width * self.height < SHADED_IN_FULL {
            return true;
        }
        let (x, y) = (x as u32, y as u32);
        // The four places of each 2 × 2 block take turns on the diagonal; calm blocks rest every other round.
        let turn = [0, 2, 3, 1][((x & 1) + 2 * (y & 1)) as usize];
        let rest = 4 * (((x >> 1) + (y >> 1)) & 1);
        if is_moved {
            (turn + self.phase).is_multiple_of(2)
        } else if is_lively {
            (turn + self.phase).is_multiple_of(4)
        } else {
            (turn + rest + self.phase).is_multiple_of(CALM_PERIOD)
        }
    }

    /// True when flickering light matters here.
    fn wavers(&self, s: &Shaded, found: &Found) -> bool {
        let share = |g: &Grouped| lum(g.0[1] + g.0[2] + g.0[FLASH]) > 0.08 * lum(g.0[0]);
        share(&found.light) || (s.emission != Grouped::ZERO && share(&s.emission))
    }

    /// Traces the sharp reflection and what lies behind glass, per specular reflectance.
    fn reflect(&self, x: usize, y: usize, v: &Vertex, ray: &Ray, bsdf: &Bsdf, angle: f32) -> Vec3 {
        let stream = hash(x as u32) ^ (y as u32).wrapping_mul(0x9e37_79b1);
        let mut sampler = Sampler::new(self.seed, stream, 0);
        let mut sum = Vec3::ZERO;
        let (u, pick) = (sampler.pair(), sampler.one());
        // The lobe is narrowed toward its axis; what is lost in width the filter gives back.
        let u = Vec2::new(u.x * 0.55, u.y);
        if let Some((mut l, weight, _)) = bsdf.sample_specular(u, pick) {
            if l.dot(v.ng) <= 0.0 {
                l = (l - 2.0 * l.dot(v.ng) * v.ng).normalize_or(bsdf.n);
            }
            let next = Ray { origin: offset(v.position, v.ng, l), direction: l, t_min: 0.0, t_max: FAR };
            let spread = angle + 0.7 * bsdf.mean_alpha();
            let (light, _) = self.prepared.incoming(next, spread, Emission::All, &mut sampler, 2);
            sum += clamp_radiance(light.under(&self.gains), CLAMP_SPECULAR) * weight;
        }
        for light in &self.prepared.lights.distant {
            let (value, _) = bsdf.eval_specular(light.direction, 0.012);
            if lum(value) > 0.01 {
                let start = offset(v.position, v.ng, light.direction);
                let shadow = Ray { origin: start, direction: light.direction, t_min: 0.0, t_max: FAR };
                if !self.prepared.occluded(&shadow) {
                    sum += clamp_radiance(light.irradiance * value, 6.0);
                }
            }
        }
        if lum(bsdf.transmission) > 0.02 {
            sum += crate::still::transmit(self.prepared, v, bsdf, ray, angle, &mut sampler, &self.gains);
        }
        sum / (bsdf.specular + bsdf.transmission + 2e-3)
    }

    /// Filters the reflections and lays the air over the picture.
    fn finish(&self, seen: &[Seen]) -> Vec<Vec3> {
        let reflection = self.filtered_reflection(seen);
        let (w, h) = (self.width, self.height);
        let rays = self.rays;
        let shift = self.jitter - 0.5;
        seen.par_iter()
            .enumerate()
            .map(|(i, s)| {
                if !s.is_shaded {
                    return Vec3::ZERO;
                }
                let (x, y) = ((i % w) as f32 + shift.x, (i / w) as f32 + shift.y);
                let ray = rays[0] + rays[1] * x + rays[2] * y;
                let frame = Vec2::new((x + 0.5) / w as f32, (y + 0.5) / h as f32);
                let color = s.color + reflection[i] * s.specular;
                through_fog(self.prepared, &self.camera, self.fog, frame, ray, s.depth, color)
            })
            .collect()
    }

    fn filtered_reflection(&self, seen: &[Seen]) -> Vec<Vec3> {
        if seen.par_iter().all(|s| s.alpha >= 1.0) {
            return seen.iter().map(|s| s.reflection).collect();
        }
        let (w, h) = (self.width, self.height);
        let mut guides = guides(&self.camera, w, h, |i| (seen[i].depth, seen[i].normal));
        let plane = |f: &(dyn Fn(&Seen) -> f32 + Sync)| seen.par_iter().map(f).collect::<Vec<f32>>();
        guides.strength = Some(plane(&|s| if s.is_shaded { smoothstep(0.004, 0.05, s.alpha) } else { 0.0 }));
        let mut signal = Signal {
            channels: vec![plane(&|s| s.reflection.x), plane(&|s| s.reflection.y), plane(&|s| s.reflection.z)],
            luminance: plane(&|s| lum(s.reflection)),
            variance: plane(&|s| if s.alpha < 1.0 { (lum(s.reflection) * 0.5).powi(2) } else { 1e-8 }),
        };
        let is_sparse = seen.par_iter().any(|s| !s.is_shaded);
        despeckle(&mut signal, w, h, if is_sparse { 4 } else { 2 }, |i| seen[i].is_shaded);
        denoise(&guides, &mut signal, Settings { iterations: 2, sigma_luminance: 2.0, sigma_depth: 0.008 });
        (0..w * h).map(|i| Vec3::new(signal.channels[0][i], signal.channels[1][i], signal.channels[2][i])).collect()
    }

    /// Blends a pass with what the previous frame knew of the same surfaces.
    fn accumulate(&self, seen: &[Seen], color: &[Vec3], old: Option<&History>, fresh: Option<f32>) -> Vec<Vec3> {
        let Some(old) = old else { return color.to_vec() };
        let (w, h) = (self.width, self.height);
        let rays = self.rays;
        let reprojection = Reprojection::new(&old.camera, w, h);
        let is_same_view = fresh.is_some();
        (0..w * h)
            .into_par_iter()
            .map(|i| {
                let (x, y) = (i % w, i / w);
                let ray = rays[0] + rays[1] * x as f32 + rays[2] * y as f32;
                // What is not shaded keeps the colour of its own surface; edges of what is move with what is in front.
                let nearest = if seen[i].is_shaded { nearest_seen(seen, w, h, x, y) } else { &seen[i] };
                let eye = self.camera.position + if is_same_view { Vec3::ZERO } else { nearest.shift };
                let previous = reprojection.fetch(old, eye, ray, nearest.depth, is_same_view);
                let fallback = || if seen[i].is_shaded { color[i] } else { nearest_color(seen, color, w, h, x, y) };
                let Some(previous) = previous else { return fallback() };
                if !seen[i].is_shaded && !seen[i].is_lively {
                    return previous;
                }
                let mut kept = squeeze(previous);
                if !is_same_view {
                    let (low, high) = neighbourhood(seen, color, w, h, x, y);
                    kept = kept.clamp(low, high);
                }
                if !seen[i].is_shaded {
                    return stretch(kept);
                }
                let usual = match seen[i] {
                    s if self.is_moved(s.shift, s.depth) => FRESH_MOVED,
                    s if s.is_lively => FRESH_LIVELY,
                    _ => FRESH_CALM,
                };
                stretch(kept.lerp(squeeze(color[i]), fresh.unwrap_or(usual)))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_sees_all_parts_of_itself_however_seldom_it_is_shaded() {
        for period in [4, CALM_PERIOD] {
            for phase in 0..period {
                let places: Vec<Vec2> = (0..9).map(|k| jitter((phase + k * period) / 4)).collect();
                let mean = places.iter().sum::<Vec2>() / 9.0;
                assert!((mean - 0.5).abs().max_element() < 0.12, "{period} {phase}: {mean}");
                for axis in 0..2 {
                    let in_third = |k: usize| places.iter().filter(|p| (p[axis] * 3.0) as usize == k).count();
                    assert!((0..3).all(|k| in_third(k) >= 2), "{period} {phase}: {places:?}");
                }
            }
        }
    }
}
