//! Exposure, metered like a photographer would: for the subject, with an eye on the highlights, and night stays night.

use gesamt_scene::Scene;
use gesamt_world::{Place, TimeOfDay, WeatherKind, World, color::luminance};
use glam::{Vec2, Vec3};

use crate::image::Image;

/// How scene light is developed: the gain that brings it to the scale on which 0.18 is middle grey, and the veil of haze
/// that is taken off its shadows, as a printer sets the black point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exposure {
    /// Factor on the light.
    pub gain: f32,
    /// Light of the veil, on the scale of exposed light; 0 leaves the shadows as they are.
    pub veil: f32,
    /// Exposed light that keeps its value when the veil is taken off and contrast is given.
    pub pivot: f32,
    /// Exponent of the light around the pivot: how much harder the picture is printed than it was lit.
    pub contrast: f32,
}

impl Exposure {
    /// A plain gain.
    #[must_use]
    pub const fn plain(gain: f32) -> Self {
        Self { gain, veil: 0.0, pivot: 0.18, contrast: 1.0 }
    }

    /// Exposed light of scene light, at a share of the gain.
    #[must_use]
    pub fn develop(&self, scene: Vec3, share: f32) -> Vec3 {
        let exposed = scene * self.gain;
        exposed * (share * self.factor(luminance(exposed.to_array())))
    }

    /// What veil and contrast make of exposed light of this luminance, as a factor.
    pub(crate) fn factor(&self, light: f32) -> f32 {
        let light = light.max(1e-9);
        let clear = if self.veil > 0.0 { (1.0 + self.veil / self.pivot) * light / (light + self.veil) } else { 1.0 };
        if self.contrast == 1.0 { clear } else { clear * (light * clear / self.pivot).powf(self.contrast - 1.0) }
    }
}

/// Stops by which highlights may pull the exposure down, and shadows push it up.
const PROTECT_STOPS: f32 = 1.2;

/// Meters light as the still camera sees it.
pub(crate) fn exposure(world: &World, scene: &Scene, light: &Image, depth: &[f32]) -> Exposure {
    let (width, height) = (light.width, light.height);
    let aspect = width as f32 / height.max(1) as f32;
    let subject = scene.camera.project(scene.subject, aspect).map_or(Vec2::splat(0.5), |(p, _)| p);
    let subject = subject.clamp(Vec2::new(0.15, 0.2), Vec2::new(0.85, 0.85));
    let step = (width / 320).max(1);
    let (mut sum, mut total) = (0.0f64, 0.0f64);
    let mut levels: Vec<f32> = light.data.iter().step_by(step * step).map(|p| luminance(*p).max(1e-5)).collect();
    levels.sort_by(f32::total_cmp);
    // A lamp or a sign counts as no more than a bright wall.
    let wall = 5.0 * percentile(&levels, 0.5);
    for y in (0..height).step_by(step) {
        for x in (0..width).step_by(step) {
            let at = y * width + x;
            let light = luminance(light.data[at]).max(1e-5);
            let place = Vec2::new((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32);
            let apart = (place - subject) * Vec2::new(aspect, 1.0);
            let mut weight = 0.25 + (-apart.length_squared() / (2.0 * 0.24 * 0.24)).exp();
            if depth[at].is_infinite() {
                weight *= 0.35;
            }
            sum += f64::from(weight) * f64::from(light.min(wall).log2());
            total += f64::from(weight);
        }
    }
    if total <= 0.0 {
        return Exposure::plain(1.0);
    }
    let mean = ((sum / total) as f32).exp2();
    let target = target(world);
    let wanted = (target / mean).log2();
    let high = percentile(&levels, 0.93);
    // The 93rd percentile belongs at most `headroom` over middle grey, and at least at `lights`. Where lamps and signs
    // carry the picture they may burn; a hazy day still needs its lights.
    let (lights, headroom) = match world.sky.time_of_day {
        TimeOfDay::Day => (0.44, 5.6),
        TimeOfDay::Dawn | TimeOfDay::Dusk => (0.22, 6.5),
        TimeOfDay::Night => (target, 16.0),
    };
    let ceiling = (0.18 * headroom / high).log2();
    let floor = (lights / high).log2();
    let mut stops = wanted;
    if stops > ceiling {
        stops -= (stops - ceiling).min(PROTECT_STOPS);
    }
    if stops < floor {
        stops += (floor - stops).min(PROTECT_STOPS);
    }
    let (least, most) = range(world, scene.is_interior);
    let gain = (stops.clamp(least, most) + world.grade.exposure_ev).exp2();
    let pivot = (gain * mean).clamp(0.05, 0.3);
    let veil = veil(world, gain * percentile(&levels, 0.01), gain * percentile(&levels, 0.3));
    let clear = Exposure { gain, veil, pivot, contrast: 1.0 };
    let printed = |share: f32| {
        let light = gain * percentile(&levels, share);
        light * clear.factor(light)
    };
    Exposure { contrast: contrast(world, (printed(0.97) / printed(0.02)).log2()), ..clear }
}

/// Greatest contrast that a print is given.
const MOST_CONTRAST: f32 = 1.5;

/// The contrast that a picture whose light spans so many stops is printed with. What air has made flat is printed harder,
/// but stays softer than clear air.
fn contrast(world: &World, range_stops: f32) -> f32 {
    let wanted = match world.weather.kind {
        _ if world.setting.place == Place::Underwater => 5.0,
        WeatherKind::Fog => 4.2,
        WeatherKind::Dust => 5.2,
        WeatherKind::Snow => 5.4,
        WeatherKind::Rain | WeatherKind::Storm | WeatherKind::Overcast => 6.2,
        WeatherKind::Clear => 7.0,
    };
    // What lamps do not reach at night is dark enough.
    let most = if world.sky.time_of_day == TimeOfDay::Night { 1.2 } else { MOST_CONTRAST };
    (wanted / range_stops.max(0.1)).clamp(1.0, most)
}

/// The veil over the shadows. Clear air leaves none; in fog, dust and snow the picture lives on it, so more stays.
fn veil(world: &World, darkest: f32, dark: f32) -> f32 {
    let keep = match world.weather.kind {
        _ if world.setting.place == Place::Underwater => 0.014,
        WeatherKind::Fog => 0.014,
        WeatherKind::Dust => 0.011,
        WeatherKind::Snow => 0.011,
        _ => 0.007,
    };
    // The light of which this share is left once a veil v is taken off: d² / (d + v) = keep.
    (darkest * darkest / keep - darkest).clamp(0.0, 0.8 * dark)
}

/// The value that the subject's surroundings should have.
fn target(world: &World) -> f32 {
    let hour = match world.sky.time_of_day {
        TimeOfDay::Day => 0.175,
        TimeOfDay::Dawn => 0.185,
        TimeOfDay::Dusk => 0.1,
        TimeOfDay::Night => 0.085,
    };
    // Thick air glows; shown as dark as what it hides it would be mud.
    let air = match world.weather.kind {
        WeatherKind::Dust => 1.4,
        WeatherKind::Fog => 1.15,
        _ => 1.0,
    };
    let mood = 1.0 + 0.14 * world.mood.valence - 0.10 * world.mood.tension;
    hour * air * mood
}

/// Least and greatest stops.
fn range(world: &World, is_interior: bool) -> (f32, f32) {
    let most: f32 = match world.sky.time_of_day {
        TimeOfDay::Day => 1.0,
        TimeOfDay::Dawn | TimeOfDay::Dusk => 1.9,
        TimeOfDay::Night => 2.9,
    };
    (-5.0, if is_interior { most.max(3.0) } else { most })
}

fn percentile(sorted: &[f32], share: f32) -> f32 {
    let index = ((sorted.len() as f32 - 1.0) * share) as usize;
    sorted.get(index).copied().unwrap_or(1.0)
}
