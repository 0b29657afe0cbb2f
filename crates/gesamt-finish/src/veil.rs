//! Sheets of drifting haze between the camera and the scene: blown dust, storm rain, driven snow, fog that moves.

use gesamt_mesh::noise;
use gesamt_scene::{Fog, Precipitation};
use gesamt_world::{WeatherKind, color::luminance};
use glam::{Vec2, Vec3};
use rayon::prelude::*;

use crate::falling::Air;
use crate::image::Image;

/// Depths of the sheets in metres, and the size of their wisps.
const SHEETS: [(f32, f32); 4] = [(3.5, 2.2), (8.0, 4.0), (18.0, 8.0), (40.0, 16.0)];
/// Pixels per sample of the noise.
const BLOCK: usize = 8;

/// What a weather hangs in the air.
struct Haze {
    /// Opacity of one sheet where it is thickest.
    opacity: f32,
    /// How much brighter or darker than the surroundings, per channel.
    color: Vec3,
    /// How far the colour of the surroundings gives way to that of the particles.
    own: f32,
    /// Wisps are this much longer than high.
    stretch: f32,
    /// How much more of it hangs in a far sheet than in the nearest: near things keep their dark.
    depth: f32,
    /// Height over the ground in metres at which the haze has thinned to a third.
    ceiling_m: f32,
}

fn haze(fall: &Precipitation, fog: &Fog) -> Option<Haze> {
    let i = fall.intensity.clamp(0.0, 1.0);
    let hue = Vec3::from(fog.albedo) / luminance(fog.albedo).max(1e-3);
    let neutral = Vec3::splat(1.0).lerp(hue, 0.5);
    let own = if fall.kind == WeatherKind::Dust { 0.8 } else { 0.15 };
    let depth = if fall.kind == WeatherKind::Dust { 1.1 } else { 0.3 };
    let made = |opacity: f32, color: Vec3, stretch: f32, ceiling_m: f32| {
        Some(Haze { opacity, color, own, stretch, depth, ceiling_m })
    };
    match fall.kind {
        WeatherKind::Dust => made(0.05 + 0.11 * i, Vec3::new(1.08, 0.72, 0.38).lerp(hue, 0.3), 3.5, 10.0),
        WeatherKind::Storm => made(0.05 + 0.08 * i, neutral * 0.95, 1.0, 40.0),
        WeatherKind::Rain => made(0.015 + 0.05 * i, neutral, 1.0, 40.0),
        WeatherKind::Snow => made(0.02 + 0.10 * i * i, Vec3::splat(1.08), 2.5, 20.0),
        WeatherKind::Fog => made(0.05 + 0.10 * i, neutral, 2.2, 4.0),
        _ => None,
    }
}

/// Lays the sheets over the frame, each in front of what is farther.
pub(crate) fn apply(image: &mut Image, depth: &[f32], fall: &Precipitation, fog: &Fog, air: &Air, seed: u32) {
    let Some(haze) = haze(fall, fog).filter(|_| !fog.is_water) else { return };
    let (width, height) = (image.width, image.height);
    let block = (BLOCK * width / 1280).max(4);
    let amounts = coarse(width.div_ceil(block), height.div_ceil(block), block, &haze, fall, air, seed);
    let colors = air.surround;
    let fogged = colors.mean * 0.75;
    let to_coarse = 1.0 / block as f32;
    image.data.par_chunks_mut(width).enumerate().for_each(|(y, row)| {
        for (x, pixel) in row.iter_mut().enumerate() {
            let far = depth[y * width + x];
            let sheets = amounts.at(x as f32 * to_coarse, y as f32 * to_coarse);
            let mut through = 1.0;
            for (index, (distance, _)) in SHEETS.iter().enumerate() {
                let free = ((far - distance) / (0.35 * distance)).clamp(0.0, 1.0);
                through *= 1.0 - sheets[index] * free;
            }
            if through < 0.999 {
                let around = colors.at(Vec2::new(x as f32, y as f32));
                let light = around * 0.55 + fogged;
                let color = light.lerp(Vec3::splat(luminance(light.to_array())), haze.own) * haze.color;
                for i in 0..3 {
                    pixel[i] = pixel[i] * through + color[i] * (1.0 - through);
                }
            }
        }
    });
}

/// Opacity of the sheets on a coarse grid.
struct Sheets {
    width: usize,
    height: usize,
    data: Vec<[f32; 4]>,
}

impl Sheets {
    fn at(&self, x: f32, y: f32) -> [f32; 4] {
        let x = (x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) = ((x0 + 1).min(self.width - 1), (y0 + 1).min(self.height - 1));
        let (fx, fy) = (x - x0 as f32, y - y0 as f32);
        let at = |x: usize, y: usize| self.data[y * self.width + x];
        let (a, b, c, d) = (at(x0, y0), at(x1, y0), at(x0, y1), at(x1, y1));
        std::array::from_fn(|i| {
            let top = a[i] + (b[i] - a[i]) * fx;
            top + (c[i] + (d[i] - c[i]) * fx - top) * fy
        })
    }
}

fn coarse(
    width: usize,
    height: usize,
    block: usize,
    haze: &Haze,
    fall: &Precipitation,
    air: &Air,
    seed: u32,
) -> Sheets {
    let mut data = vec![[0.0; 4]; width * height];
    let wind = if fall.wind.length() > 0.3 { fall.wind } else { Vec3::new(0.35, 0.0, 0.12) };
    let level = Vec3::new(wind.x, 0.0, wind.z).normalize_or(Vec3::X);
    data.par_chunks_mut(width).enumerate().for_each(|(y, row)| {
        for (x, out) in row.iter_mut().enumerate() {
            let pixel = Vec2::new((x as f32 + 0.5) * block as f32, (y as f32 + 0.5) * block as f32);
            for (index, (distance, size)) in SHEETS.iter().enumerate() {
                let point = air.view.point(pixel, *distance);
                let along = point.dot(level);
                let folded = point - level * (along * (1.0 - 1.0 / haze.stretch));
                let thick = wisps(folded, level * wind.length() / haze.stretch, *size, air, seed + index as u32);
                let low = (-(point.y.max(0.0) / haze.ceiling_m)).exp();
                out[index] = (haze.opacity * (1.0 + haze.depth * index as f32) * thick * low).min(0.9);
            }
        }
    });
    Sheets { width, height, data }
}

/// Noise that drifts with the wind; with a loop, two drifts are cross-faded so that the end meets the start.
fn wisps(point: Vec3, wind: Vec3, size: f32, air: &Air, seed: u32) -> f32 {
    let at = |secs: f32| {
        let p = (point - wind * secs) / size + Vec3::Y * (secs * 0.05);
        let n = 0.5 + 0.85 * noise::fbm(p, 3, seed);
        let n = n.clamp(0.0, 1.0);
        0.25 + 0.75 * n * n
    };
    match air.clock.loop_secs {
        Some(length) if length > 0.0 => {
            let secs = air.clock.secs.rem_euclid(length);
            let share = secs / length;
            at(secs) * (1.0 - share) + at(secs - length) * share
        }
        _ => at(air.clock.secs),
    }
}
