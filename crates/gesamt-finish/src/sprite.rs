//! Small soft shapes drawn into the light of a frame behind its depth.

use glam::{Vec2, Vec3};
use rayon::prelude::*;

use crate::image::Image;
use crate::view::View;

const BAND: usize = 16;
/// Shapes thinner than this many pixels are drawn this wide and fainter.
const LEAST_RADIUS: f32 = 0.62;

/// How opacity falls from the middle of a shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Profile {
    /// A soft dot or a soft line.
    Soft,
    /// An even disc with a narrow edge: a lens-blurred point.
    Disc,
    /// A thin circle with a faint inside.
    Ring,
    /// A line that fades toward its end: a falling drop.
    Streak,
}

/// One shape: a segment with a radius, in pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sprite {
    pub from: Vec2,
    pub to: Vec2,
    pub radius: f32,
    /// Height of the shape over its width; 1 is round.
    pub squash: f32,
    pub profile: Profile,
    /// Radiance.
    pub color: Vec3,
    pub alpha: f32,
    /// Adds its light instead of covering what is behind.
    pub glows: bool,
    /// Depth along the optical axis in metres.
    pub depth: f32,
}

impl Sprite {
    /// A round soft dot.
    pub(crate) fn dot(at: Vec2, radius: f32, color: Vec3, alpha: f32, depth: f32) -> Self {
        Self { from: at, to: at, radius, squash: 1.0, profile: Profile::Soft, color, alpha, glows: false, depth }
    }

    /// The shape out of focus: wider and fainter by the circle of confusion.
    pub(crate) fn defocused(mut self, view: &View, focus_m: f32) -> Self {
        // An aperture of 9 mm.
        let confusion = 0.5 * 0.009 * (1.0 / self.depth - 1.0 / focus_m).abs() * view.scale(1.0);
        if confusion > 0.35 * self.radius.max(LEAST_RADIUS) {
            let wide = (self.radius * self.radius + confusion * confusion).sqrt();
            let share = self.radius.max(0.25 * LEAST_RADIUS) / wide;
            self.alpha *= if self.from == self.to { share.powf(1.4) } else { share };
            self.radius = wide;
            if self.from == self.to && confusion > 1.5 * LEAST_RADIUS && self.profile == Profile::Soft {
                self.profile = Profile::Disc;
            }
        }
        self
    }

    fn visible(mut self) -> Self {
        if self.radius < LEAST_RADIUS {
            let share = self.radius / LEAST_RADIUS;
            // Many faint lines make the depth of rain; drawn true to their width the far ones would vanish.
            self.alpha *= match self.profile {
                Profile::Streak => share.sqrt(),
                _ if self.from.distance(self.to) < 1.0 => share.powf(1.3),
                _ => share,
            };
            self.radius = LEAST_RADIUS;
        }
        self
    }

    fn rows(&self) -> (f32, f32) {
        let reach = self.radius + 1.0;
        (self.from.y.min(self.to.y) - reach, self.from.y.max(self.to.y) + reach)
    }

    /// Opacity at a pixel centre.
    fn cover(&self, pixel: Vec2) -> f32 {
        let along = self.to - self.from;
        let offset = pixel - self.from;
        let length2 = along.length_squared();
        let s = if length2 > 1e-6 { (offset.dot(along) / length2).clamp(0.0, 1.0) } else { 0.0 };
        let mut apart = offset - along * s;
        apart.y /= self.squash;
        let d = apart.length() / self.radius;
        if d >= 1.0 + 1.0 / self.radius {
            return 0.0;
        }
        let edge = |d: f32| ((1.0 - d) * self.radius + 0.5).clamp(0.0, 1.0);
        let soft = |d: f32| {
            let k = (1.0 - d * d).max(0.0);
            k * k
        };
        match self.profile {
            Profile::Soft => soft(d),
            Profile::Disc => edge(d) * (0.82 + 0.18 * d * d),
            Profile::Ring => {
                let width = (1.3 / self.radius).max(0.22);
                let line = (1.0 - ((d - 1.0 + width) / width).abs()).max(0.0);
                line + 0.12 * edge(d)
            }
            Profile::Streak => soft(d) * (1.0 - 0.75 * s),
        }
    }
}

/// Draws the sprites, far ones first, wherever the frame is not nearer than they are.
pub(crate) fn draw(image: &mut Image, depth: &[f32], mut sprites: Vec<Sprite>) {
    sprites.iter_mut().for_each(|s| *s = s.visible());
    sprites.retain(|s| s.alpha > 1.5e-3 && s.rows().1 >= 0.0 && s.rows().0 < image.height as f32);
    sprites.sort_by(|a, b| b.depth.total_cmp(&a.depth));
    let mut bands: Vec<Vec<u32>> = vec![Vec::new(); image.height.div_ceil(BAND)];
    for (index, sprite) in sprites.iter().enumerate() {
        let (low, high) = sprite.rows();
        let first = (low.max(0.0) as usize / BAND).min(bands.len() - 1);
        let last = (high.max(0.0) as usize / BAND).min(bands.len() - 1);
        bands[first..=last].iter_mut().for_each(|band| band.push(index as u32));
    }
    let width = image.width;
    image.data.par_chunks_mut(width * BAND).zip(depth.par_chunks(width * BAND)).zip(&bands).enumerate().for_each(
        |(band, ((pixels, depth), indices))| {
            for &index in indices {
                draw_in_band(&sprites[index as usize], band * BAND, width, pixels, depth);
            }
        },
    );
}

fn draw_in_band(sprite: &Sprite, top: usize, width: usize, pixels: &mut [[f32; 3]], depth: &[f32]) {
    let rows = pixels.len() / width;
    let (low, high) = sprite.rows();
    let reach = sprite.radius + 1.0;
    let first = (low - top as f32).max(0.0) as usize;
    let last = ((high - top as f32).max(0.0) as usize).min(rows.saturating_sub(1));
    let along = sprite.to - sprite.from;
    for y in first..=last {
        let middle = (top + y) as f32 + 0.5;
        // The part of a slanted segment that is near this row.
        let (mut a, mut b) = (0.0f32, 1.0f32);
        if along.y.abs() > 1e-3 {
            let s = [(middle - reach - sprite.from.y) / along.y, (middle + reach - sprite.from.y) / along.y];
            (a, b) = (s[0].min(s[1]).clamp(0.0, 1.0), s[0].max(s[1]).clamp(0.0, 1.0));
        }
        let (xa, xb) = (sprite.from.x + along.x * a, sprite.from.x + along.x * b);
        let left = (xa.min(xb) - reach).max(0.0) as usize;
        let right = (xa.max(xb) + reach).clamp(0.0, width as f32) as usize;
        for x in left..right {
            let at = y * width + x;
            // Shapes vanish softly into what they touch.
            let free = ((depth[at] - sprite.depth) / (0.02 * sprite.depth + 0.02)).clamp(0.0, 1.0);
            if free <= 0.0 {
                continue;
            }
            let alpha = sprite.alpha * free * sprite.cover(Vec2::new(x as f32 + 0.5, middle));
            if alpha > 0.0 {
                blend(&mut pixels[at], sprite, alpha);
            }
        }
    }
}

fn blend(pixel: &mut [f32; 3], sprite: &Sprite, alpha: f32) {
    let color = sprite.color.to_array();
    let alpha = alpha.min(1.0);
    for i in 0..3 {
        pixel[i] = if sprite.glows { pixel[i] + color[i] * alpha } else { pixel[i] + (color[i] - pixel[i]) * alpha };
    }
}
