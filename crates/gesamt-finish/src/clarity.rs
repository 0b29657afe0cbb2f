//! Local contrast: forms stand out from what is around them without harder lights and shadows of the whole.

use gesamt_world::color::luminance;
use rayon::prelude::*;

use crate::Exposure;
use crate::image::{Between, Image};

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
    width: usize,
    height: usize,
    gains: Vec<f32>,
    /// Of the picture.
    height_of_picture: usize,
    /// Where its columns lie.
    columns: Vec<Between>,
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
        let gains = stops.data.par_iter().zip(&lines.data).map(|(p, line)| {
            let around = line[0] * p[0] + line[1];
            (strength * (p[0] - around)).exp2()
        });
        let columns = (0..light.width).map(|x| Between::new(x, light.width, stops.width)).collect();
        let (width, height) = (stops.width, stops.height);
        Self { width, height, gains: gains.collect(), height_of_picture: light.height, columns }
    }

    /// The factors of a row of the picture.
    pub(crate) fn row(&self, y: usize) -> Vec<f32> {
        let Between { first, second, part } = Between::new(y, self.height_of_picture, self.height);
        let line = |j: usize| &self.gains[j * self.width..(j + 1) * self.width];
        let coarse: Vec<f32> = line(first).iter().zip(line(second)).map(|(a, b)| a + (b - a) * part).collect();
        let at = |c: &Between| coarse[c.first] + (coarse[c.second] - coarse[c.first]) * c.part;
        self.columns.iter().map(at).collect()
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
        assert!(flat.row(90).iter().all(|gain| (gain - 1.0).abs() < 1e-4));
        let faint = Clarity::new(
            &image(|x, y| if (150..160).contains(&x) && y > 60 { 0.16 } else { 0.2 }),
            Exposure::plain(1.0),
            STRENGTH,
        );
        assert!(faint.row(100)[155] < 0.95 && faint.row(100)[20] > 0.999, "{}", faint.row(100)[155]);
    }

    #[test]
    fn a_high_edge_grows_no_halo() {
        let edge = Clarity::new(&image(|x, _| if x < 160 { 0.01 } else { 1.0 }), Exposure::plain(1.0), STRENGTH);
        assert!(edge.row(90).iter().all(|gain| (0.8..1.2).contains(gain)), "{:?}", &edge.row(90)[150..170]);
    }
}
