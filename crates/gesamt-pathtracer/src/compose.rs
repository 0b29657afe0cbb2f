//! From samples to a picture: filtering and putting the layers together.

use gesamt_scene::{Camera, Frame};
use glam::{Vec2, Vec3};
use rayon::prelude::*;

use crate::denoise::{Guides, Settings, Signal, denoise, despeckle, guides, rescue};
use crate::fog::{FogView, optical_depth, transmittance};
use crate::light::{Grouped, N_GROUPS, STILL, lum};
use crate::math::smoothstep;
use crate::pixel::{Layer, Pixel};
use crate::prepared::Prepared;
use crate::still::{Samples, optical_cosine};

/// Light on visible surfaces in image space: what a clip reuses of a still.
pub struct LightCache {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) camera: Camera,
    /// Irradiance / π per group that shines in the scene.
    pub(crate) light: Vec<Option<Vec<Vec3>>>,
    /// Depth along the optical axis; infinite where there is no surface.
    pub(crate) depth: Vec<f32>,
    pub(crate) normal: Vec<Vec3>,
    /// Reflected radiance per specular reflectance.
    pub(crate) reflection: Vec<Vec3>,
}

/// Vectors of the rays of unit depth: corner, step per pixel to the right, and down.
pub(crate) fn ray_frame(camera: &Camera, width: usize, height: usize) -> [Vec3; 3] {
    let aspect = width as f32 / height as f32;
    let at = |x: f32, y: f32| {
        let d = camera.direction(Vec2::new(x / width as f32, y / height as f32), aspect);
        d / optical_cosine(camera, d)
    };
    let corner = at(0.5, 0.5);
    // Pinhole rays of unit depth are linear over the frame; a long base keeps precision.
    let (right, down) = (width as f32, height as f32);
    [corner, (at(0.5 + right, 0.5) - corner) / right, (at(0.5, 0.5 + down) - corner) / down]
}

/// Camera rays without trigonometry.
#[derive(Clone, Copy)]
pub(crate) struct Rays([Vec3; 3]);

impl Rays {
    pub fn new(camera: &Camera, width: usize, height: usize) -> Self {
        Self(ray_frame(camera, width, height))
    }

    /// The unit direction through a place in pixels, and its cosine against the optical axis.
    #[inline]
    pub fn at(&self, x: f32, y: f32) -> (Vec3, f32) {
        let ray = self.0[0] + self.0[1] * (x - 0.5) + self.0[2] * (y - 0.5);
        let k = 1.0 / ray.length();
        (ray * k, k)
    }
}

/// Filters samples and puts the picture together.
pub(crate) fn compose(prepared: &Prepared, samples: Samples) -> (Frame, LightCache) {
    let guides = main_guides(&samples);
    let groups = groups_in_use(&samples);
    let light = filtered_light(&guides, &samples, &groups);
    let reflection = filtered_reflection(guides, &samples);
    let frame = assemble(prepared, &samples, &light, &reflection);
    let depth = samples.pixels.iter().map(|p| mean_depth(&p.layers[0])).collect();
    let normal = samples.pixels.iter().map(|p| p.layers[0].normal.normalize_or_zero()).collect();
    let (width, height, camera) = (samples.width, samples.height, samples.camera);
    (frame, LightCache { width, height, camera, light, depth, normal, reflection })
}

fn mean_depth(layer: &Layer) -> f32 {
    if layer.n > 0.0 { layer.depth / layer.n } else { f32::INFINITY }
}

fn groups_in_use(samples: &Samples) -> [bool; N_GROUPS] {
    let any = samples
        .pixels
        .par_chunks(4096)
        .map(|chunk| {
            let mut used = [false; N_GROUPS];
            for p in chunk {
                for (u, l) in used.iter_mut().zip(&p.layers[0].light.0) {
                    *u |= *l != Vec3::ZERO;
                }
            }
            used
        })
        .reduce(|| [false; N_GROUPS], |a, b| std::array::from_fn(|i| a[i] | b[i]));
    std::array::from_fn(|i| any[i] || i == 0)
}

/// Geometry of the main surfaces.
fn main_guides(samples: &Samples) -> Guides {
    guides(&samples.camera, samples.width, samples.height, |i| {
        let layer = &samples.pixels[i].layers[0];
        (mean_depth(layer), layer.normal.normalize_or_zero())
    })
}

fn filtered_light(guides: &Guides, samples: &Samples, groups: &[bool; N_GROUPS]) -> Vec<Option<Vec<Vec3>>> {
    let used: Vec<usize> = (0..N_GROUPS).filter(|g| groups[*g]).collect();
    let n = samples.pixels.len();
    let mut signal =
        Signal { channels: vec![vec![0.0; n]; used.len() * 3], luminance: vec![0.0; n], variance: vec![0.0; n] };
    for (i, p) in samples.pixels.iter().enumerate() {
        let layer = &p.layers[0];
        if layer.n > 0.0 {
            let e = layer.demodulated_light();
            for (k, g) in used.iter().enumerate() {
                for c in 0..3 {
                    signal.channels[k * 3 + c][i] = e.0[*g][c];
                }
            }
            signal.luminance[i] = lum(e.still());
            signal.variance[i] = layer.light_variance();
        }
    }
    rescue(guides, &mut signal);
    despeckle(&mut signal, samples.width, samples.height, 1, |_| true);
    denoise(guides, &mut signal, Settings { iterations: 5, sigma_luminance: 3.0, sigma_depth: 0.008 });
    (0..N_GROUPS)
        .map(|g| {
            let k = used.iter().position(|u| *u == g)? * 3;
            let [r, g, b] = [0, 1, 2].map(|c| &signal.channels[k + c]);
            Some((0..n).map(|i| Vec3::new(r[i], g[i], b[i])).collect())
        })
        .collect()
}

fn filtered_reflection(mut guides: Guides, samples: &Samples) -> Vec<Vec3> {
    let n = samples.pixels.len();
    let mut signal = Signal { channels: vec![vec![0.0; n]; 3], luminance: vec![0.0; n], variance: vec![0.0; n] };
    let mut strength = vec![0.0; n];
    for (i, p) in samples.pixels.iter().enumerate() {
        let layer = &p.layers[0];
        if layer.n > 0.0 {
            let r = layer.demodulated_reflection();
            for c in 0..3 {
                signal.channels[c][i] = r[c];
            }
            signal.luminance[i] = lum(r);
            signal.variance[i] = layer.reflection_variance();
            strength[i] = 0.3 + 0.7 * smoothstep(0.0, 0.08, layer.alpha / layer.n);
        }
    }
    rescue(&guides, &mut signal);
    despeckle(&mut signal, samples.width, samples.height, 1, |_| true);
    guides.strength = Some(strength);
    denoise(&guides, &mut signal, Settings { iterations: 4, sigma_luminance: 2.5, sigma_depth: 0.008 });
    (0..n).map(|i| Vec3::new(signal.channels[0][i], signal.channels[1][i], signal.channels[2][i])).collect()
}

fn assemble(prepared: &Prepared, samples: &Samples, light: &[Option<Vec<Vec3>>], reflection: &[Vec3]) -> Frame {
    let (w, h) = (samples.width, samples.height);
    let mut frame = Frame::new(w as u32, h as u32);
    let fog = prepared.fog.view(&prepared.scene.fog, &samples.camera, w as f32 / h as f32, &STILL);
    let layers = Layers { prepared, samples, light, reflection, fog, rays: ray_frame(&samples.camera, w, h) };
    let white = layers.typical_luminance();
    let colors: Vec<[f32; 3]> = (0..w * h).into_par_iter().map(|i| layers.color(i, white).to_array()).collect();
    frame.color = colors;
    for (i, p) in samples.pixels.iter().enumerate() {
        let layer = &p.layers[0];
        if layer.n > 0.0 && layer.n >= p.n_sky {
            frame.depth[i] = layer.depth / layer.n;
            frame.normal[i] = layer.normal.normalize_or_zero().to_array();
            frame.albedo[i] = (layer.base_color / layer.n).to_array();
        }
    }
    frame
}

/// Everything that a pixel is put together from.
struct Layers<'a> {
    prepared: &'a Prepared,
    samples: &'a Samples,
    light: &'a [Option<Vec<Vec3>>],
    reflection: &'a [Vec3],
    fog: Option<FogView>,
    rays: [Vec3; 3],
}

impl Layers<'_> {
    /// Light and reflection after filtering.
    fn filtered(&self, i: usize) -> (Grouped, Vec3) {
        let e = Grouped(std::array::from_fn(|g| self.light[g].as_ref().map_or(Vec3::ZERO, |l| l[i])));
        (e, self.reflection[i])
    }

    fn surface(&self, i: usize, k: usize) -> Vec3 {
        let layer = &self.samples.pixels[i].layers[k];
        let (e, r) = if k == 0 {
            self.filtered(i)
        } else {
            neighbour(self.samples, layer, i).map_or_else(|| own(layer), |q| self.filtered(q))
        };
        layer.emission.still() / layer.n + e.still() * layer.diffuse_mean() + r * layer.specular_mean()
    }

    /// A luminance in the middle of the picture's range, from a sparse grid.
    fn typical_luminance(&self) -> f32 {
        let all: Vec<f32> = (0..self.samples.pixels.len())
            .step_by(97)
            .filter(|i| self.samples.pixels[*i].layers[0].n > 0.0)
            .map(|i| (lum(self.surface(i, 0)) + 1e-3).ln())
            .collect();
        if all.is_empty() { 1.0 } else { (all.iter().sum::<f32>() / all.len() as f32).exp() }
    }

    /// The pixel. Where bright and dark surfaces share it, the bright one is held back, so that edges stay smooth after
    /// tone mapping.
    fn color(&self, i: usize, typical: f32) -> Vec3 {
        let (w, h) = (self.samples.width, self.samples.height);
        let (x, y) = ((i % w) as f32, (i / w) as f32);
        let ray = self.rays[0] + self.rays[1] * x + self.rays[2] * y;
        let frame = Vec2::new((x + 0.5) / w as f32, (y + 0.5) / h as f32);
        let p = &self.samples.pixels[i];
        let fogged = |depth: f32, radiance: Vec3| {
            through_fog(self.prepared, &self.samples.camera, self.fog.as_ref(), frame, ray, depth, radiance)
        };
        let (mut sum, mut total) = (Vec3::ZERO, 0.0);
        let mut mix = |color: Vec3, share: f32| {
            let weight = share / (1.0 + lum(color) / (8.0 * typical));
            sum += color * weight;
            total += weight;
        };
        for (k, layer) in p.layers.iter().enumerate() {
            if layer.n > 0.0 {
                mix(fogged(layer.depth / layer.n, self.surface(i, k)), layer.n / p.n);
            }
        }
        if p.n_sky > 0.0 {
            mix(fogged(f32::INFINITY, p.sky / p.n_sky), p.n_sky / p.n);
        }
        sum / total.max(1e-9)
    }
}

fn own(layer: &Layer) -> (Grouped, Vec3) {
    (layer.demodulated_light(), layer.demodulated_reflection())
}

/// A neighbour whose main surface is the one that shows through here.
fn neighbour(samples: &Samples, layer: &Layer, i: usize) -> Option<usize> {
    let (w, h) = (samples.width as i64, samples.height as i64);
    let (x, y) = (i as i64 % w, i as i64 / w);
    let (n, depth) = (layer.normal.normalize_or_zero(), layer.depth / layer.n);
    let mut best = (0.75f32, None);
    for dy in -2..=2i64 {
        for dx in -2..=2i64 {
            let (qx, qy) = (x + dx, y + dy);
            if qx < 0 || qy < 0 || qx >= w || qy >= h {
                continue;
            }
            let q = (qy * w + qx) as usize;
            let other: &Pixel = &samples.pixels[q];
            let main = &other.layers[0];
            if main.n == 0.0 {
                continue;
            }
            let apart = (main.depth / main.n - depth).abs() / depth;
            let pure = main.n / other.n;
            let facing = main.normal.normalize_or_zero().dot(n);
            let score = facing * (1.0 - 8.0 * apart) * (0.9 + 0.1 * pure) - 0.01 * (dx * dx + dy * dy) as f32;
            if score > best.0 {
                best = (score, Some(q));
            }
        }
    }
    best.1
}

/// Radiance of a surface at a depth as it reaches the eye. `ray` has unit depth, `frame` is its place (0–1).
pub(crate) fn through_fog(
    prepared: &Prepared,
    camera: &Camera,
    view: Option<&FogView>,
    frame: Vec2,
    ray: Vec3,
    depth: f32,
    radiance: Vec3,
) -> Vec3 {
    let Some(view) = view else { return radiance };
    let fog = &prepared.scene.fog;
    let length = ray.length();
    let direction = ray / length;
    let through = |depth: f32| transmittance(fog, optical_depth(fog, camera.position, direction, depth * length));
    let all = through(depth.min(crate::shade::FAR));
    let scattered = view.at(frame, depth, || (through(view.far()) - all).max(Vec3::ZERO));
    radiance * all + scattered
}
