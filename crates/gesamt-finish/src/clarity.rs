//! Local contrast: forms stand out from what is around them without harder lights and shadows of the whole.

use gesamt_world::color::luminance;
use rayon::prelude::*;

use crate::Exposure;
use crate::image::Image;

/// Width of the coarse picture on which forms are told from their surroundings; grain and noise are smaller.
const COARSE_PX: usize = 320;
/// Radius of the surroundings as a share of the width.
const REACH: f32 = 1.0 / 22.0;
/// Variance in stops² above which a step is an edge and keeps its height.
const EDGE: f32 = 0.6;
/// Share by which the difference from the surroundings grows, in a finished picture.
pub(crate) const STRENGTH: f32 = 0.45;
/// Stops around middle grey within which light counts: lamps are not made brighter, nor black blacker.
const RANGE: (f32, f32) = (-7.0, 3.0);

/// Factors on light, slowly varying over the picture.
pub(crate) struct Clarity {
    gains: Image,
    scale: [f32; 2],
}

impl Clarity {
    /// Looks at the light of a frame as it is developed.
    ///
    /// # Source
    /// He, Sun, Tang, "Guided image filtering" (2010), with the picture as its own guide.
    pub(crate) fn new(light: &Image, exposure: Exposure, strength: f32) -> Self {
        let mut stops = light.shrunk((light.width / COARSE_PX).max(1));
        stops.data.par_iter_mut().for_each(|p| {
            let exposed = luminance(*p) * exposure.gain;
            let l = (exposed * exposure.factor(exposed) / 0.18).max(1e-6).log2().clamp(RANGE.0, RANGE.1);
            *p = [l, l * l, 0.0];
        });
        let radius = ((stops.width as f32 * REACH) as usize).max(1);
        let mut lines = stops.clone().blurred(radius, 1);
        lines.data.par_iter_mut().for_each(|p| {
            let [mean, square, _] = *p;
            let variance = (square - mean * mean).max(0.0);
            let slope = variance / (variance + EDGE);
            *p = [slope, mean * (1.0 - slope), 0.0];
        });
        let lines = lines.blurred(radius, 1);
        let mut gains = stops;
        gains.data.par_iter_mut().zip(&lines.data).for_each(|(p, line)| {
            let around = line[0] * p[0] + line[1];
            *p = [(strength * (p[0] - around)).exp2(); 3];
        });
        let scale = [gains.width as f32 / light.width as f32, gains.height as f32 / light.height as f32];
        Self { gains, scale }
    }

    /// The factor at a pixel.
    pub(crate) fn at(&self, x: usize, y: usize) -> f32 {
        self.gains.bilinear((x as f32 + 0.5) * self.scale[0], (y as f32 + 0.5) * self.scale[1])[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(value: impl Fn(usize, usize) -> f32 + Sync) -> Image {
        let (width, height) = (320, 180);
        Image::from_rows(width, height, |y, row| row.iter_mut().enumerate().for_each(|(x, p)| *p = [value(x, y); 3]))
    }

    #[test]
    fn even_light_stays_as_it_is_and_faint_forms_come_out() {
        let flat = Clarity::new(&image(|_, _| 0.2), Exposure::plain(1.0), STRENGTH);
        assert!((0..320).all(|x| (flat.at(x, 90) - 1.0).abs() < 1e-4));
        let faint = Clarity::new(
            &image(|x, y| if (150..160).contains(&x) && y > 60 { 0.16 } else { 0.2 }),
            Exposure::plain(1.0),
            STRENGTH,
        );
        assert!(faint.at(155, 100) < 0.95 && faint.at(20, 100) > 0.999, "{}", faint.at(155, 100));
    }

    #[test]
    fn a_high_edge_grows_no_halo() {
        let edge = Clarity::new(&image(|x, _| if x < 160 { 0.01 } else { 1.0 }), Exposure::plain(1.0), STRENGTH);
        assert!((0..320).all(|x| (0.8..1.2).contains(&edge.at(x, 90))), "{} {}", edge.at(158, 90), edge.at(161, 90));
    }
}
