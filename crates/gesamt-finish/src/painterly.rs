//! Brush strokes: a filter that smooths along structures and keeps the edges between them.
//!
//! # Source
//! Jan Eric Kyprianidis, Henry Kang, Jürgen Döllner, "Image and Video Abstraction by Anisotropic Kuwahara Filtering",
//! Pacific Graphics 2009; sector weights as polynomials after Kyprianidis et al., "Anisotropic Kuwahara Filtering with
//! Polynomial Weighting Functions", TPCG 2010.

use gesamt_world::color::luminance;
use glam::{Mat2, Vec2, Vec3};

use crate::image::Image;

/// Half the mean length of a stroke in pixels of a frame 1280 wide.
const RADIUS: f32 = 4.6;
/// How decided the choice of the calmest sector is.
const SHARPNESS: i32 = 4;

/// Paints a display-referred picture (0–1, signal values).
pub(crate) fn paint(picture: &Image) -> Image {
    let radius = (RADIUS * picture.width as f32 / 1280.0).max(2.0);
    let tensor = structure(picture).blurred(2, 2);
    Image::from_rows(picture.width, picture.height, |y, row| {
        for (x, out) in row.iter_mut().enumerate() {
            *out = stroke(picture, tensor.data[y * picture.width + x], x, y, radius);
        }
    })
}

/// Products of the derivatives of brightness: xx, xy, yy.
fn structure(picture: &Image) -> Image {
    let (w, h) = (picture.width, picture.height);
    let grey = |x: usize, y: usize| luminance(picture.data[y.min(h - 1) * w + x.min(w - 1)]);
    Image::from_rows(w, h, |y, row| {
        for (x, out) in row.iter_mut().enumerate() {
            let (left, right) = (x.saturating_sub(1), x + 1);
            let (above, below) = (y.saturating_sub(1), y + 1);
            let dx = grey(right, y) - grey(left, y) + 0.5 * (grey(right, below) - grey(left, below));
            let dy = grey(x, below) - grey(x, above) + 0.5 * (grey(right, below) - grey(right, above));
            *out = [dx * dx, dx * dy, dy * dy];
        }
    })
}

fn stroke(picture: &Image, [xx, xy, yy]: [f32; 3], x: usize, y: usize, radius: f32) -> [f32; 3] {
    let root = ((xx - yy) * (xx - yy) + 4.0 * xy * xy).sqrt();
    let (major, minor) = (0.5 * (xx + yy + root), 0.5 * (xx + yy - root));
    let stretch = if major + minor > 1e-7 { (major - minor) / (major + minor) } else { 0.0 };
    // The eigenvector of the smaller eigenvalue runs along the edge.
    let along = Vec2::new(major - xx, -xy).normalize_or(Vec2::X);
    let (long, short) = (radius * (1.0 + 0.9 * stretch), radius / (1.0 + 0.9 * stretch));
    let to_unit =
        Mat2::from_cols(Vec2::new(along.x / long, -along.y / short), Vec2::new(along.y / long, along.x / short));
    let reach = (long * along.x.abs() + short * along.y.abs(), long * along.y.abs() + short * along.x.abs());
    let mut sectors = [Sector::default(); 8];
    let (width, height) = (picture.width as isize, picture.height as isize);
    let (rx, ry) = (reach.0.ceil() as isize, reach.1.ceil() as isize);
    for dy in -ry..=ry {
        let yy = (y as isize + dy).clamp(0, height - 1);
        for dx in -rx..=rx {
            let v = to_unit * Vec2::new(dx as f32, dy as f32);
            let r2 = v.length_squared();
            if r2 > 1.0 {
                continue;
            }
            let xx = (x as isize + dx).clamp(0, width - 1);
            let color = Vec3::from(picture.data[(yy * width + xx) as usize]);
            add_to_sectors(&mut sectors, v, (-3.0 * r2).exp(), color);
        }
    }
    let (mut sum, mut total) = (Vec3::ZERO, 0.0);
    for sector in sectors {
        let (mean, spread) = sector.mean_and_spread();
        let weight = 1.0 / (1.0 + (spread * 28.0).powi(SHARPNESS));
        sum += mean * weight;
        total += weight;
    }
    (sum / total).to_array()
}

#[derive(Clone, Copy, Default)]
struct Sector {
    weight: f32,
    sum: Vec3,
    squares: Vec3,
}

impl Sector {
    fn add(&mut self, weight: f32, color: Vec3) {
        self.weight += weight;
        self.sum += color * weight;
        self.squares += color * color * weight;
    }

    fn mean_and_spread(self) -> (Vec3, f32) {
        let mean = self.sum / self.weight.max(1e-6);
        let variance = (self.squares / self.weight.max(1e-6) - mean * mean).max(Vec3::ZERO);
        (mean, variance.element_sum().sqrt())
    }
}

/// Spreads a sample over the sectors whose parabola reaches it.
fn add_to_sectors(sectors: &mut [Sector; 8], v: Vec2, falloff: f32, color: Vec3) {
    const OFFSET: f32 = 0.30;
    const CURVE: f32 = 0.80;
    let diagonal = Vec2::new(v.x - v.y, v.x + v.y) * std::f32::consts::FRAC_1_SQRT_2;
    let mut weights = [0.0f32; 8];
    let mut total = 0.0;
    for (turn, p) in [(0, v), (1, diagonal)] {
        let (a, b) = (OFFSET - CURVE * p.x * p.x, OFFSET - CURVE * p.y * p.y);
        for (index, z) in [(0, a + p.y), (2, b - p.x), (4, a - p.y), (6, b + p.x)] {
            let z = z.max(0.0);
            weights[index + turn] = z * z;
            total += z * z;
        }
    }
    let scale = falloff / total.max(1e-6);
    for (sector, weight) in sectors.iter_mut().zip(weights) {
        if weight > 0.0 {
            sector.add(weight * scale, color);
        }
    }
}
