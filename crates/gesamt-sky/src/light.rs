//! How bright each hour is in scene light units, and the colours of its lights.
//!
//! Real skies span nine decades between noon and a moonless night; one exposure range has to serve them all, so the
//! brightness of an hour comes from a photographic curve and only its colours and distribution from physics.

use gesamt_scene::SkyParams;
use gesamt_world::TimeOfDay;
use gesamt_world::color::luminance;
use glam::Vec3;

use crate::atmosphere::{Atmosphere, smoothstep};

/// The lights of one hour.
pub(crate) struct Hour {
    /// Unit vector toward the sun.
    pub sun_direction: Vec3,
    /// Unit vector toward its disc.
    pub disc_direction: Vec3,
    /// Irradiance of a clear dome on the ground (luminance), without the night sky.
    pub dome: f32,
    /// Irradiance of an overcast dome on the ground.
    pub overcast: f32,
    /// Irradiance of the unclouded sun on a surface that faces it.
    pub sun: Vec3,
    /// Sun light at the height of the clouds, which see the sun for longer.
    pub sun_on_clouds: Vec3,
    /// The same for the highest, thinnest clouds.
    pub sun_on_streaks: Vec3,
    /// 1 at night, 0 by day.
    pub night: f32,
    /// Irradiance of the unclouded moon.
    pub moon: Vec3,
}

/// Irradiance of the clear dome by sun elevation.
const DOME: [(f32, f32); 12] = [
    (-18.0, 0.0),
    (-14.0, 0.045),
    (-11.0, 0.14),
    (-8.0, 0.34),
    (-6.0, 0.56),
    (-4.0, 0.8),
    (-2.0, 1.08),
    (0.0, 1.36),
    (4.0, 1.75),
    (10.0, 2.15),
    (25.0, 2.7),
    (50.0, 3.0),
];
/// Irradiance of the sun by elevation.
const SUN: [(f32, f32); 9] =
    [(-0.9, 0.0), (0.0, 1.5), (2.0, 2.6), (4.0, 3.3), (8.0, 4.8), (15.0, 6.6), (30.0, 8.6), (45.0, 9.6), (60.0, 10.0)];
/// Share of its lift by which a sun looks as if it stood higher.
const LIFTED_SHARE: f32 = 0.15;
/// The same at the height of the clouds.
const SUN_ON_CLOUDS: [(f32, f32); 7] =
    [(-6.0, 0.0), (-4.0, 0.5), (-2.0, 1.3), (0.0, 2.4), (4.0, 3.6), (15.0, 6.6), (45.0, 10.0)];

impl Hour {
    pub(crate) fn new(params: &SkyParams, air: &Atmosphere) -> Self {
        let sun_direction = params.sun_direction.normalize_or(Vec3::Y);
        let elevation_deg = sun_direction.y.clamp(-1.0, 1.0).asin().to_degrees();
        let disc_direction = lifted(sun_direction, params.sun_lift_deg);
        let strength = params.intensity;
        let dome = curve(&DOME, elevation_deg);
        let cloudy = 0.72 + 0.61 * smoothstep(-2.0, 25.0, elevation_deg);
        let night = smoothstep(-4.0, -13.0, elevation_deg);
        let moon_up = smoothstep(0.0, 0.12, params.moon_direction.normalize_or(Vec3::Y).y);
        // The air is clean in the morning, and full of the day's dust and smoke in the evening: its colours are pale and deep.
        let (keep, rose) = match params.time_of_day {
            TimeOfDay::Dawn => (0.6, Vec3::new(1.0, 0.66, 0.78)),
            TimeOfDay::Dusk => (1.25, Vec3::ONE),
            TimeOfDay::Day | TimeOfDay::Night => (1.0, Vec3::ONE),
        };
        let color = |height_km: f32, mu: f32, soft: f32| {
            light_color(light_color(air.transmittance(height_km, mu), soft * keep) * rose, 1.0)
        };
        // A lifted sun is somewhat more golden and stronger than that on the horizon.
        let golden = elevation_deg + LIFTED_SHARE * params.sun_lift_deg;
        let sun_color = color(0.0, golden.to_radians().sin().max(0.004), 0.62);
        let cloud_sun_color = color(3.5, sun_direction.y.max(-0.028), 0.72);
        let high_color = color(9.0, sun_direction.y.max(-0.045), 0.7);
        Self {
            sun_direction,
            disc_direction,
            dome: dome * strength,
            overcast: dome * cloudy * strength,
            sun: sun_color * curve(&SUN, golden) * strength,
            sun_on_clouds: cloud_sun_color * curve(&SUN_ON_CLOUDS, elevation_deg) * strength,
            sun_on_streaks: high_color * curve(&SUN_ON_CLOUDS, elevation_deg + 1.2) * strength,
            night,
            moon: light_color(Vec3::new(0.72, 0.88, 1.16), 1.0) * 0.13 * params.moon * moon_up * night * strength,
        }
    }
}

/// A direction raised by an angle.
fn lifted(direction: Vec3, degrees: f32) -> Vec3 {
    if degrees == 0.0 {
        return direction;
    }
    let level = Vec3::new(direction.x, 0.0, direction.z);
    let angle = direction.y.atan2(level.length()) + degrees.to_radians();
    level.normalize_or(Vec3::NEG_Z) * angle.cos() + Vec3::Y * angle.sin()
}

/// The hue of a transmittance at luminance 1; `keep` < 1 softens the saturation.
fn light_color(transmittance: Vec3, keep: f32) -> Vec3 {
    let soft = transmittance.max(Vec3::splat(1e-4)).powf(keep);
    soft / luminance(soft.to_array()).max(1e-6)
}

/// Piecewise linear interpolation, constant outside.
pub(crate) fn curve(points: &[(f32, f32)], x: f32) -> f32 {
    let Some(after) = points.iter().position(|p| p.0 > x) else { return points.last().map_or(0.0, |p| p.1) };
    if after == 0 {
        return points[0].1;
    }
    let ((x0, y0), (x1, y1)) = (points[after - 1], points[after]);
    y0 + (y1 - y0) * (x - x0) / (x1 - x0)
}
