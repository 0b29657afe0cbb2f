//! Glare: light of bright things spread by the lens, without making any.

use gesamt_world::color::luminance;
use rayon::prelude::*;

use crate::image::Image;

/// Share of the spread light per octave of radius, from half a thousandth of the width up; sums to 1.
const OCTAVES: [f32; 7] = [0.26, 0.21, 0.17, 0.13, 0.10, 0.08, 0.05];

/// How the lens spreads light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Glare {
    /// Greatest share of a bright pixel's light that is spread.
    pub share: f32,
    /// Share of the spread light that goes into horizontal streaks.
    pub streak: f32,
}

impl Glare {
    /// Spreads light; `exposure` tells which pixels are bright.
    pub(crate) fn apply(self, image: &mut Image, exposure: f32) {
        if self.share <= 0.0 || image.width < 16 || image.height < 16 {
            return;
        }
        let mut levels = vec![self.source(image, exposure)];
        while levels.len() < OCTAVES.len() {
            match levels.last() {
                Some(last) if last.width >= 8 && last.height >= 8 => levels.push(last.halved()),
                _ => break,
            }
        }
        let streaks = (self.streak > 0.0).then(|| streaks(&levels[levels.len().min(3) - 1]));
        let total: f32 = OCTAVES[..levels.len()].iter().sum();
        let mut spread = levels.pop().unwrap_or_default();
        let weight = OCTAVES[levels.len()] / total;
        spread.data.iter_mut().flatten().for_each(|v| *v *= weight);
        while let Some(mut level) = levels.pop() {
            let own = OCTAVES[levels.len()] / total;
            level.add_enlarged(&spread, |_| own, 1.0);
            spread = level;
        }
        if let Some(streaks) = streaks {
            spread.add_enlarged(&streaks, |_| 1.0 - self.streak, self.streak);
        }
        image.add_enlarged(&spread, |pixel| 1.0 - self.leaving(pixel, exposure), 1.0);
    }

    /// The share of its light that leaves a pixel.
    fn leaving(self, pixel: [f32; 3], exposure: f32) -> f32 {
        let bright = luminance(pixel) * exposure;
        self.share * bright / (bright + 0.9)
    }

    /// The light that leaves its pixel, at half the size.
    fn source(self, image: &Image, exposure: f32) -> Image {
        image.halved_of(|pixel| {
            let share = self.leaving(pixel, exposure);
            pixel.map(|v| v * share)
        })
    }
}

/// Long horizontal streaks, as an anamorphic lens draws them: three one-sided exponentials of growing reach.
fn streaks(level: &Image) -> Image {
    let mut out = level.clone();
    out.data.par_chunks_mut(level.width).for_each(|row| {
        let keep = 1.0 - 14.0 / row.len().max(28) as f32;
        let original = row.to_vec();
        let (mut forward, mut backward) = (vec![[0.0f32; 3]; row.len()], vec![[0.0f32; 3]; row.len()]);
        let mut state = original.first().copied().unwrap_or_default();
        for (out, pixel) in forward.iter_mut().zip(&original) {
            for i in 0..3 {
                state[i] = keep * state[i] + (1.0 - keep) * pixel[i];
            }
            *out = state;
        }
        let mut state = original.last().copied().unwrap_or_default();
        for (out, pixel) in backward.iter_mut().zip(&original).rev() {
            for i in 0..3 {
                state[i] = keep * state[i] + (1.0 - keep) * pixel[i];
            }
            *out = state;
        }
        for (x, pixel) in row.iter_mut().enumerate() {
            for i in 0..3 {
                pixel[i] = 0.5 * (forward[x][i] + backward[x][i]);
            }
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glare_moves_light_and_makes_none() {
        let mut image = Image::new(256, 160);
        for (x, y) in [(128, 80), (129, 80), (100, 60)] {
            image.data[y * 256 + x] = [20.0, 9.0, 30.0];
        }
        let before: f64 = image.data.iter().map(|p| f64::from(p[1])).sum();
        for streak in [0.0, 0.3] {
            let mut spread = image.clone();
            Glare { share: 0.4, streak }.apply(&mut spread, 1.0);
            let after: f64 = spread.data.iter().map(|p| f64::from(p[1])).sum();
            assert!((after / before - 1.0).abs() < 0.02, "{before} {after}");
            assert!(spread.data[80 * 256 + 128][0] < 20.0 && spread.data[80 * 256 + 140][0] > 0.0);
        }
    }
}
