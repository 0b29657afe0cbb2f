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
const RADIUS: f32 = 4.8;
/// How decided the choice of the calmest sector is.
const SHARPNESS: i32 = 2;
/// Variance of signal values at which a sector counts half.
const VARIANCE_SCALE: f32 = 1.0 / (0.03 * 0.03);

/// Length of a bristle's mark in pixels of a frame 1280 wide.
const BRISTLE: f32 = 13.0;

/// Paints a display-referred picture (0–1, signal values).
pub(crate) fn paint(picture: &Image) -> Image {
    let unit = picture.width as f32 / 1280.0;
    let radius = (RADIUS * unit).max(2.0);
    let tensor = structure(picture).blurred((3.0 * unit).ceil() as usize, 2);
    let canvas = Canvas::new();
    Image::from_rows(picture.width, picture.height, |y, row| paint_row(picture, &tensor, &canvas, y, radius, unit, row))
}

fn paint_row(picture: &Image, tensor: &Image, canvas: &Canvas, y: usize, radius: f32, unit: f32, row: &mut [[f32; 3]]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has been asked for the feature.
        unsafe { paint_row_avx2(picture, tensor, canvas, y, radius, unit, row) };
        return;
    }
    paint_row_any(picture, tensor, canvas, y, radius, unit, row);
}

/// The same code compiled for wider vectors; no operation is fused, so the result is the same.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn paint_row_avx2(
    picture: &Image,
    tensor: &Image,
    canvas: &Canvas,
    y: usize,
    radius: f32,
    unit: f32,
    row: &mut [[f32; 3]],
) {
    paint_row_any(picture, tensor, canvas, y, radius, unit, row);
}

#[inline(always)]
fn paint_row_any(
    picture: &Image,
    tensor: &Image,
    canvas: &Canvas,
    y: usize,
    radius: f32,
    unit: f32,
    row: &mut [[f32; 3]],
) {
    for (x, out) in row.iter_mut().enumerate() {
        let (along, stretch) = direction(tensor.data[y * picture.width + x]);
        let color = stroke(picture, along, stretch, x, y, radius);
        let relief = canvas.relief(x as f32 / unit, y as f32 / unit, along);
        *out = color.map(|v| v * (1.0 + relief) + 0.10 * relief);
    }
}

/// The direction along the strokes and how decided it is, from a smoothed structure tensor.
#[inline(always)]
fn direction([xx, xy, yy]: [f32; 3]) -> (Vec2, f32) {
    let root = ((xx - yy) * (xx - yy) + 4.0 * xy * xy).sqrt();
    let (major, minor) = (0.5 * (xx + yy + root), 0.5 * (xx + yy - root));
    let stretch = if major + minor > 1e-7 { (major - minor) / (major + minor) } else { 0.0 };
    // The eigenvector of the smaller eigenvalue runs along the edge; flat places are brushed at a slant.
    let edge = Vec2::new(major - xx, -xy).normalize_or(Vec2::X);
    let edge = if edge.x < 0.0 { -edge } else { edge };
    let sure = (major * 4000.0).min(1.0);
    (edge.lerp(Vec2::new(0.86, -0.5), 1.0 - sure).normalize_or(Vec2::X), stretch * sure)
}

/// The marks of bristles: noise drawn out along the strokes.
struct Canvas {
    tile: Vec<f32>,
}

impl Canvas {
    const SIZE: usize = 256;

    fn new() -> Self {
        let mut rng = gesamt_world::Seed(11).rng();
        Self { tile: (0..Self::SIZE * Self::SIZE).map(|_| rng.signed()).collect() }
    }

    /// Brightness of the paint's relief at a point.
    #[inline(always)]
    fn relief(&self, x: f32, y: f32, along: Vec2) -> f32 {
        const TAPS: i32 = 6;
        let mut sum = 0.0;
        for tap in -TAPS..=TAPS {
            let s = tap as f32 * BRISTLE / TAPS as f32;
            let px = (x + along.x * s) as i32 as usize & (Self::SIZE - 1);
            let py = (y + along.y * s) as i32 as usize & (Self::SIZE - 1);
            sum += self.tile[py * Self::SIZE + px] * (1.0 - (tap.abs() as f32) / (TAPS + 1) as f32);
        }
        0.045 * sum / 2.0
    }
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

#[inline(always)]
fn stroke(picture: &Image, along: Vec2, stretch: f32, x: usize, y: usize, radius: f32) -> [f32; 3] {
    let (long, short) = (radius * (1.0 + 0.9 * stretch), radius / (1.0 + 0.9 * stretch));
    let to_unit =
        Mat2::from_cols(Vec2::new(along.x / long, -along.y / short), Vec2::new(along.y / long, along.x / short));
    let reach = (long * along.x.abs() + short * along.y.abs(), long * along.y.abs() + short * along.x.abs());
    let mut sectors = Sectors::default();
    let (width, height) = (picture.width as isize, picture.height as isize);
    let (rx, ry) = (reach.0.ceil() as isize, reach.1.ceil() as isize);
    for dy in -ry..=ry {
        let line = (y as isize + dy).clamp(0, height - 1) * width;
        // Every other pixel in a quincunx is enough for means.
        let first = if (dy + rx) & 1 == 0 { -rx } else { 1 - rx };
        for dx in (first..=rx).step_by(2) {
            let v = to_unit * Vec2::new(dx as f32, dy as f32);
            let r2 = v.length_squared();
            if r2 < 1.0 {
                let column = (x as isize + dx).clamp(0, width - 1);
                sectors.add(v, (1.0 - r2) * (1.0 - 0.5 * r2), picture.data[(line + column) as usize]);
            }
        }
    }
    sectors.calmest()
}

/// Weighted sums over eight overlapping sectors, laid out for vector units.
#[derive(Default)]
struct Sectors {
    weight: [f32; 8],
    red: [f32; 8],
    green: [f32; 8],
    blue: [f32; 8],
    squares: [f32; 8],
}

impl Sectors {
    /// Spreads a sample over the sectors whose parabola reaches it.
    #[inline(always)]
    fn add(&mut self, v: Vec2, falloff: f32, [r, g, b]: [f32; 3]) {
        const OFFSET: f32 = 0.30;
        const CURVE: f32 = 0.80;
        let diagonal = Vec2::new(v.x - v.y, v.x + v.y) * std::f32::consts::FRAC_1_SQRT_2;
        let half = |p: Vec2| {
            let (a, b) = (OFFSET - CURVE * p.x * p.x, OFFSET - CURVE * p.y * p.y);
            [a + p.y, b - p.x, a - p.y, b + p.x]
        };
        let (even, odd) = (half(v), half(diagonal));
        let mut weights = [even[0], odd[0], even[1], odd[1], even[2], odd[2], even[3], odd[3]];
        let mut total = 1e-6;
        for w in &mut weights {
            *w = w.max(0.0) * w.max(0.0);
            total += *w;
        }
        let scale = falloff / total;
        let square = r * r + g * g + b * b;
        for (i, weight) in weights.into_iter().enumerate() {
            let w = weight * scale;
            self.weight[i] += w;
            self.red[i] += w * r;
            self.green[i] += w * g;
            self.blue[i] += w * b;
            self.squares[i] += w * square;
        }
    }

    /// The mean of the sectors, weighted by how even they are.
    #[inline(always)]
    fn calmest(&self) -> [f32; 3] {
        let (mut sum, mut total) = (Vec3::ZERO, 0.0);
        for i in 0..8 {
            let mean = Vec3::new(self.red[i], self.green[i], self.blue[i]) / self.weight[i].max(1e-6);
            let variance = (self.squares[i] / self.weight[i].max(1e-6) - mean.length_squared()).max(0.0);
            let weight = 1.0 / (1.0 + (variance * VARIANCE_SCALE).powi(SHARPNESS));
            sum += mean * weight;
            total += weight;
        }
        (sum / total).to_array()
    }
}
