//! Stills: sample, filter, compose.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use gesamt_scene::{Camera, Frame};
use glam::{Vec2, Vec3};
use rayon::prelude::*;

use crate::bsdf::Bsdf;
use crate::bvh::Ray;
use crate::compose::{LightCache, Rays, compose};
use crate::gain::Time;
use crate::light::{Grouped, N_GROUPS, STILL, clamp_radiance, lum};
use crate::math::cosine;
use crate::pixel::{Pixel, Shaded};
use crate::prepared::{Prepared, Vertex};
use crate::sampler::Sampler;
use crate::shade::{CLAMP_DIFFUSE, CLAMP_SPECULAR, Emission, FAR, facing, offset};

/// How a still is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StillOptions {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Samples per pixel.
    pub samples: u32,
    /// Seed of the noise.
    pub seed: u32,
}

impl Default for StillOptions {
    fn default() -> Self {
        Self { width: 1920, height: 1080, samples: 8, seed: 1 }
    }
}

/// The caller asked to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rendering was cancelled")]
pub struct Cancelled;

/// A finished still with what a clip may reuse.
pub struct StillOutput {
    /// The picture and its buffers.
    pub frame: Frame,
    /// Light on the surfaces that it shows.
    pub light: LightCache,
}

/// Told how far a job is (0–1); may stop it.
pub type Progress<'a> = &'a (dyn Fn(f32) -> ControlFlow<()> + Sync);

/// Rendered pixels of one view.
pub(crate) struct Samples {
    pub width: usize,
    pub height: usize,
    pub camera: Camera,
    pub pixels: Vec<Pixel>,
}

/// Renders the scene's still.
///
/// # Errors
/// [`Cancelled`] when `progress` breaks.
///
/// # Determinism
/// The same options give the same bytes for any number of threads.
pub fn render_still(prepared: &Prepared, options: &StillOptions, progress: Progress) -> Result<StillOutput, Cancelled> {
    let samples = sample(prepared, &prepared.scene.camera, options, &|p| progress(p * 0.9))?;
    let (frame, light) = compose(prepared, samples);
    if progress(1.0).is_break() {
        return Err(Cancelled);
    }
    Ok(StillOutput { frame, light })
}

/// Tells the sequence of the light from that of the places in the pixel.
const LIGHT: u32 = 0x6c69_6768;
/// Edge of a tile in pixels.
const TILE: usize = 16;

/// Samples all pixels of a view.
pub(crate) fn sample(
    prepared: &Prepared,
    camera: &Camera,
    options: &StillOptions,
    progress: Progress,
) -> Result<Samples, Cancelled> {
    let (w, h) = (options.width.max(1) as usize, options.height.max(1) as usize);
    let (columns, rows) = (w.div_ceil(TILE), h.div_ceil(TILE));
    let rays = Rays::new(camera, w, h);
    let (done, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let bands: Vec<Vec<Pixel>> = (0..rows)
        .into_par_iter()
        .map(|row| {
            let y0 = row * TILE;
            let y1 = (y0 + TILE).min(h);
            let mut band = vec![Pixel::default(); w * (y1 - y0)];
            for column in 0..columns {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                for y in y0..y1 {
                    for x in column * TILE..((column + 1) * TILE).min(w) {
                        band[(y - y0) * w + x] = pixel(prepared, camera, &rays, options, x, y);
                    }
                }
                let n = done.fetch_add(1, Ordering::Relaxed) + 1;
                if n % 16 == 0 && progress(n as f32 / (columns * rows) as f32).is_break() {
                    stop.store(true, Ordering::Relaxed);
                }
            }
            band
        })
        .collect();
    if stop.into_inner() {
        return Err(Cancelled);
    }
    Ok(Samples { width: w, height: h, camera: *camera, pixels: bands.concat() })
}

pub(crate) fn pixel(
    prepared: &Prepared,
    camera: &Camera,
    rays: &Rays,
    options: &StillOptions,
    x: usize,
    y: usize,
) -> Pixel {
    let mut pixel = Pixel::default();
    for i in 0..options.samples.max(1) {
        // Pixels without an edge need no more samples of it.
        if i >= 4 && (pixel.n_sky == pixel.n || (i % 2 == 1 && pixel.is_one_surface())) {
            continue;
        }
        let place = Sampler::pixel(options.seed, x, y, i, options.samples).pair();
        let at = Vec2::new(x as f32, y as f32) + filtered(place);
        let (direction, axial) = rays.at(at.x, at.y);
        let ray = Ray { origin: camera.position, direction, t_min: 1e-3, t_max: FAR };
        match prepared.trace(&ray) {
            Some(vertex) => {
                let angle = camera.pixel_angle(options.width) * 0.6;
                let depth = vertex.t * axial;
                // Every other sample refines edges and textures only; light is smooth and filtered.
                let mut shaded = look(prepared, &ray, &vertex, angle, depth, Time::STILL);
                if i % 2 == 0 || pixel.is_dark(&shaded.0) {
                    let n_lit = options.samples.div_ceil(2);
                    let mut sampler = Sampler::pixel(options.seed ^ LIGHT, x, y, pixel.n_lit(), n_lit);
                    light_up(prepared, &ray, &vertex, angle, &mut sampler, &mut shaded);
                }
                pixel.add(&shaded.0);
            }
            None => pixel.add_sky(prepared.sky.background(direction)),
        }
    }
    pixel.sort();
    pixel
}

/// A place in the pixel's filter: a tent somewhat wider than the pixel, which is sharp and free of steps.
fn filtered(u: Vec2) -> Vec2 {
    let tent = |u: f32| if u < 0.5 { (2.0 * u).sqrt() - 1.0 } else { 1.0 - (2.0 - 2.0 * u).sqrt() };
    Vec2::new(0.5 + 0.75 * tent(u.x), 0.5 + 0.75 * tent(u.y))
}

/// The surface at the first hit of a camera ray, not yet lit.
pub(crate) fn look(
    prepared: &Prepared,
    ray: &Ray,
    x: &Vertex,
    pixel_angle: f32,
    depth: f32,
    time: Time,
) -> (Shaded, Bsdf) {
    let v = -ray.direction;
    let footprint = x.t * pixel_angle / x.ng.dot(v).max(0.08).sqrt();
    let (s, n) = prepared.surface(x, footprint);
    let n = prepared.moved_by_water(x, &s, n, footprint, time);
    let bsdf = Bsdf::new(&s, facing(n, x.ng, v), v);
    let material = &prepared.materials[x.material as usize];
    let shaded = Shaded {
        depth,
        normal: x.ns,
        base_color: s.base_color,
        diffuse: bsdf.diffuse,
        light: Grouped::ZERO,
        specular: bsdf.specular + bsdf.transmission,
        reflected: Vec3::ZERO,
        alpha: bsdf.sharpest_alpha(),
        emission: Grouped::single(crate::light::group_index(material.group), s.emission),
        is_lit: false,
    };
    (shaded, bsdf)
}

/// Lights a surface.
pub(crate) fn light_up(
    prepared: &Prepared,
    ray: &Ray,
    x: &Vertex,
    pixel_angle: f32,
    sampler: &mut Sampler,
    (shaded, bsdf): &mut (Shaded, Bsdf),
) {
    let direct = prepared.direct(x.position, x.ng, bsdf, sampler);
    shaded.is_lit = true;
    shaded.light = direct.diffuse;
    let mut reflected = direct.specular;
    if lum(bsdf.diffuse) > 0.002 {
        shaded.light.add(&bounce(prepared, x, bsdf, sampler));
    }
    reflected += reflect(prepared, x, bsdf, pixel_angle, sampler);
    if lum(bsdf.transmission) > 0.02 {
        reflected += transmit(prepared, x, bsdf, ray, pixel_angle, sampler, &STILL);
    }
    shaded.reflected = clamp_radiance(reflected, CLAMP_SPECULAR);
}

/// Cosine between a direction and the optical axis.
pub(crate) fn optical_cosine(camera: &Camera, direction: Vec3) -> f32 {
    -(camera.world_from_camera().z_axis.dot(direction))
}

/// One diffuse bounce.
fn bounce(prepared: &Prepared, x: &Vertex, bsdf: &Bsdf, sampler: &mut Sampler) -> Grouped {
    let (u, jitter, side) = (sampler.pair(), sampler.pair(), sampler.one());
    let n = if side < bsdf.translucency { -bsdf.n } else { bsdf.n };
    let mut direction = cosine(n, u);
    // Directions below the true surface are mirrored back above it.
    let wanted = n.dot(bsdf.n);
    let below = direction.dot(x.ng) * wanted;
    if below <= 0.0 {
        direction = (direction - 2.0 * direction.dot(x.ng) * x.ng).normalize_or(n);
    }
    let ray = Ray { origin: offset(x.position, x.ng, direction), direction, t_min: 0.0, t_max: FAR };
    prepared.incoming_diffuse(ray, jitter).0.clamped(CLAMP_DIFFUSE)
}

/// One specular bounce, taken less often where little reflects.
fn reflect(prepared: &Prepared, x: &Vertex, bsdf: &Bsdf, pixel_angle: f32, sampler: &mut Sampler) -> Vec3 {
    let (u, pick, roulette) = (sampler.pair(), sampler.one(), sampler.one());
    let chance = (lum(bsdf.specular) * 5.0).clamp(0.25, 1.0);
    if roulette >= chance {
        return Vec3::ZERO;
    }
    let Some((mut l, weight, pdf)) = bsdf.sample_specular(u, pick) else { return Vec3::ZERO };
    if l.dot(x.ng) <= 0.0 {
        l = (l - 2.0 * l.dot(x.ng) * x.ng).normalize_or(bsdf.n);
    }
    let ray = Ray { origin: offset(x.position, x.ng, l), direction: l, t_min: 0.0, t_max: FAR };
    let emission = if bsdf.sharpest_alpha() > 0.02 { Emission::Balanced(pdf) } else { Emission::All };
    let spread = pixel_angle + 0.7 * bsdf.mean_alpha();
    let (light, _) = prepared.incoming(ray, spread, emission, sampler, 1);
    clamp_radiance(light.still() * weight, CLAMP_SPECULAR) / chance
}

/// Light from behind glass or water.
pub(crate) fn transmit(
    prepared: &Prepared,
    x: &Vertex,
    bsdf: &Bsdf,
    ray: &Ray,
    pixel_angle: f32,
    sampler: &mut Sampler,
    gains: &[f32; N_GROUPS],
) -> Vec3 {
    let is_water = prepared.materials[x.material as usize].is_water;
    let eta = if x.is_back { 1.33 } else { 1.0 / 1.33 };
    let direction = if is_water { refract(ray.direction, bsdf.n, eta) } else { ray.direction };
    let next = Ray { origin: offset(x.position, x.ng, direction), direction, t_min: 0.0, t_max: FAR };
    let (light, length) = prepared.incoming(next, pixel_angle, Emission::All, sampler, 1);
    let mut light = light.under(gains);
    if is_water && !x.is_back {
        let clear = (Vec3::new(-0.55, -0.22, -0.17) * length.min(50.0)).exp();
        let glow = prepared.cache.light(x.position, x.ns, sampler.pair()).light.under(gains);
        light = light * clear + glow * bsdf.transmission * (Vec3::ONE - clear) * Vec3::new(0.05, 0.16, 0.18);
    }
    light * bsdf.transmission
}

fn refract(d: Vec3, n: Vec3, eta: f32) -> Vec3 {
    let cos = -d.dot(n);
    let k = 1.0 - eta * eta * (1.0 - cos * cos);
    if k < 0.0 { d + 2.0 * cos * n } else { (d * eta + n * (eta * cos - k.sqrt())).normalize_or(d) }
}
