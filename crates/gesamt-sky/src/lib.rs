//! Sky radiance for every hour: physical day sky, dusk, stars, moon and clouds.
//!
//! [`Sky::new`] integrates the atmosphere for the given sun into tables once; [`Sky::radiance`] is a cheap look-up for
//! light transport (no discs), [`Sky::background`] is what the camera sees (finer clouds, discs, crisp stars).
//! The discs of sun and moon are lights of their own: [`Sky::sun`], [`Sky::moon`].
//!
//! # Units
//! Scene light units as in `gesamt_scene`; linear sRGB.

mod atmosphere;
mod clouds;
mod heaps;
mod light;
mod night;
mod noise;
mod table;

use gesamt_scene::SkyParams;
use gesamt_world::color::luminance;
use glam::Vec3;

use atmosphere::{Atmosphere, smoothstep};
use clouds::Clouds;
use light::Hour;
use table::Table;

/// Irradiance of the moonless dome.
const NIGHT_DOME: f32 = 0.045;
/// Angular radii in radians; both discs are drawn about twice life size, as the eye remembers them.
const SUN_RADIUS: f32 = 0.0085;
const MOON_RADIUS: f32 = 0.0125;
/// The sun is drawn at most this bright, which is enough for bloom and kind to antialiasing.
const SUN_RADIANCE_MAX: f32 = 90.0;

/// A light at infinity with a small round shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Disc {
    /// Unit vector toward the middle.
    pub direction: Vec3,
    /// Cosine of the angular radius.
    pub cos_half_angle: f32,
    /// Irradiance on a surface that faces it, linear sRGB.
    pub irradiance: Vec3,
}

/// The sky of one hour and weather.
pub struct Sky {
    params: SkyParams,
    hour: Hour,
    clouds: Clouds,
    clear: Table,
    full: Table,
    ground: Vec3,
    irradiance: Vec3,
    sun: Option<Disc>,
    moon: Option<Disc>,
}

impl Sky {
    /// Integrates the sky; takes some tens of milliseconds.
    #[must_use]
    pub fn new(params: &SkyParams) -> Self {
        let air = Atmosphere::new(params.turbidity.clamp(1.5, 12.0));
        let hour = Hour::new(params, &air);
        let clear = clear_table(params, &hour, &air);
        let clear_irradiance = irradiance(&clear);
        let clouds = make_clouds(params, &hour, &clear, clear_irradiance);
        let mut sky = Self {
            params: *params,
            clouds,
            clear,
            full: Table::new(2, 2, |_| Vec3::ZERO),
            ground: Vec3::ZERO,
            irradiance: clear_irradiance,
            sun: None,
            moon: None,
            hour,
        };
        sky.full = Table::new(448, 128, |dir| sky.dome(dir));
        sky.irradiance = irradiance(&sky.full);
        sky.ground = sky.irradiance * Vec3::new(0.16, 0.15, 0.14) / std::f32::consts::PI;
        sky.sun = sky.make_sun();
        sky.moon = sky.make_moon();
        sky
    }

    /// Radiance of the dome with clouds, glow and the mean of the stars, without the discs of sun and moon; below the
    /// horizon it falls to that of a dark ground.
    #[must_use]
    pub fn radiance(&self, dir: Vec3) -> Vec3 {
        self.below(dir, self.full.at(dir))
    }

    /// What a camera sees: finer clouds, single stars, and the discs with their halos. Costs about half a microsecond under
    /// broken cloud, ten times a look-up of [`Sky::radiance`]: meant for camera rays alone.
    #[must_use]
    pub fn background(&self, dir: Vec3) -> Vec3 {
        if dir.y <= 0.0 {
            return self.radiance(dir);
        }
        let behind = self.clear.at(dir) + self.stars(dir) + self.discs(dir);
        self.clouds.shade(dir, behind, true) + self.halos(dir)
    }

    /// The sun as a light; `None` below the horizon or behind closed cloud.
    #[must_use]
    pub fn sun(&self) -> Option<Disc> {
        self.sun
    }

    /// The moon as a light; `None` when it is down, dark or outshone by the day.
    #[must_use]
    pub fn moon(&self) -> Option<Disc> {
        self.moon
    }

    /// Irradiance of the whole dome on level ground, without the discs.
    #[must_use]
    pub fn irradiance(&self) -> Vec3 {
        self.irradiance
    }

    fn dome(&self, dir: Vec3) -> Vec3 {
        self.clouds.shade(dir, self.clear.at(dir), false) + self.halos(dir)
    }

    fn below(&self, dir: Vec3, above: Vec3) -> Vec3 {
        if dir.y >= 0.0 { above } else { self.ground.lerp(above, smoothstep(-0.22, 0.0, dir.y)) }
    }

    fn stars(&self, dir: Vec3) -> Vec3 {
        let visible = self.params.stars * self.hour.night * smoothstep(0.0, 0.25, dir.y);
        if visible <= 0.0 {
            return Vec3::ZERO;
        }
        night::stars(dir, self.params.seed) * visible * 0.9
    }

    fn make_sun(&self) -> Option<Disc> {
        let irradiance = self.hour.sun * Clouds::sun_share(&self.params);
        let visible = luminance(irradiance.to_array()) > 0.02;
        visible.then_some(Disc { direction: self.hour.disc_direction, cos_half_angle: SUN_RADIUS.cos(), irradiance })
    }

    fn make_moon(&self) -> Option<Disc> {
        let irradiance = self.hour.moon * (0.15 + 0.85 * Clouds::sun_share(&self.params));
        let direction = self.params.moon_direction.normalize_or(Vec3::Y);
        let visible = luminance(irradiance.to_array()) > 1e-4;
        visible.then_some(Disc { direction, cos_half_angle: MOON_RADIUS.cos(), irradiance })
    }

    /// The discs themselves, which clouds may hide.
    fn discs(&self, dir: Vec3) -> Vec3 {
        let mut sum = Vec3::ZERO;
        if let Some(sun) = self.sun {
            let angle = angle_between(dir, sun.direction);
            let share = smoothstep(SUN_RADIUS * 1.06, SUN_RADIUS * 0.94, angle);
            let color = self.hour.sun / luminance(self.hour.sun.to_array()).max(1e-6);
            sum += color * SUN_RADIANCE_MAX * (luminance(sun.irradiance.to_array()) / 10.0).min(1.0).sqrt() * share;
        }
        if let Some(moon) = self.moon {
            sum += self.moon_disc(dir, &moon);
        }
        sum
    }

    fn moon_disc(&self, dir: Vec3, moon: &Disc) -> Vec3 {
        let right = moon.direction.cross(Vec3::Y).normalize_or(Vec3::X);
        let up = right.cross(moon.direction);
        let (x, y) = (dir.dot(right) / MOON_RADIUS, dir.dot(up) / MOON_RADIUS);
        if dir.dot(moon.direction) < 0.0 || x * x + y * y > 1.2 {
            return Vec3::ZERO;
        }
        let (face, cover) = night::moon_face(x, y);
        Vec3::new(1.0, 0.97, 0.90) * (face * cover * (0.35 + 1.5 * self.params.moon) * self.params.intensity)
    }

    /// The light around the discs, scattered by haze and thin cloud in front.
    fn halos(&self, dir: Vec3) -> Vec3 {
        let haze = (self.params.turbidity - 1.0).clamp(0.5, 9.0) / 2.0;
        let lobe = |light: &Disc, near: f32, wide: f32| {
            let angle = angle_between(dir, light.direction);
            light.irradiance * (near * (-angle / 0.022).exp() + wide * haze * (-angle / 0.11).exp())
        };
        let sun = self.sun.map_or(Vec3::ZERO, |sun| lobe(&sun, 0.9, 0.12));
        let moon = self.moon.map_or(Vec3::ZERO, |moon| lobe(&moon, 1.3, 0.25));
        (sun + moon) * (1.0 - 0.85 * self.clouds.closed())
    }
}

/// The cloudless sky with glow and star band.
fn clear_table(params: &SkyParams, hour: &Hour, air: &Atmosphere) -> Table {
    let sun = hour.sun_direction;
    let mu_sun = sun.y;
    let physical = Table::new(96, 44, |dir| air.radiance(dir.y, dir.dot(sun), mu_sun, 16));
    // Twilight crowds into a narrow arc far brighter than the rest; film and eye compress it.
    let knee = 2.2 * luminance(irradiance(&physical).to_array());
    let physical = physical.map(|color| color / (1.0 + luminance(color.to_array()) / knee.max(1e-20)));
    let raw = luminance(irradiance(&physical).to_array());
    let scale = if raw > 1e-12 { hour.dome / raw } else { 0.0 };
    let night = NIGHT_DOME * hour.night * params.intensity;
    let moonlight = luminance(hour.moon.to_array());
    let moon = params.moon_direction.normalize_or(Vec3::Y);
    let tint = Vec3::from(params.tint);
    let glow = Vec3::from(params.horizon_glow);
    // The glow of a low sun belongs to its side of the sky, that of a city at night to all sides.
    let twilight = (1.0 - hour.night) * smoothstep(0.25, 0.08, mu_sun);
    let level = Vec3::new(sun.x, 0.0, sun.z).normalize_or(Vec3::NEG_Z);
    Table::new(256, 96, |dir| {
        let mut color = physical.at(dir) * scale;
        let toward_moon = 0.5 + 0.5 * dir.dot(moon);
        color += night::dome(dir) * (night + 0.35 * moonlight * (0.35 + toward_moon.powi(4)));
        let starlight = params.stars * hour.night * smoothstep(0.02, 0.35, dir.y);
        if starlight > 0.0 {
            color += Vec3::new(0.62, 0.72, 1.0) * (0.03 * starlight * night::star_band(dir, params.seed));
        }
        let side = 0.22 + 0.78 * (0.5 + 0.5 * dir.dot(level)).powi(3);
        let pulled = tint * luminance(color.to_array());
        color.lerp(pulled, params.tint_strength.clamp(0.0, 1.0))
            + glow * ((-dir.y / (0.13 + 0.2 * twilight)).exp() * (1.0 + twilight * (side - 1.0)))
    })
}

fn make_clouds(params: &SkyParams, hour: &Hour, clear: &Table, clear_irradiance: Vec3) -> Clouds {
    let mean = clear_irradiance / std::f32::consts::PI;
    let grey = Vec3::splat(luminance(mean.to_array()));
    let by_sun = luminance(hour.sun_on_clouds.to_array()) > luminance(hour.moon.to_array());
    let storm = params.cloud_cover * smoothstep(0.85, 0.45, params.intensity);
    let warm = clear.at(Vec3::new(hour.sun_direction.x, 0.05, hour.sun_direction.z).normalize());
    let overcast_hue = grey.lerp(mean, 0.35).lerp(warm * grey.x / luminance(warm.to_array()).max(1e-6), 0.12);
    let overcast_light = hour.overcast + 0.6 * luminance(hour.moon.to_array()) + NIGHT_DOME * 0.8 * hour.night;
    let zenith = overcast_light * 9.0 / (7.0 * std::f32::consts::PI) / luminance(overcast_hue.to_array()).max(1e-6);
    Clouds {
        cover: params.cloud_cover.clamp(0.0, 1.0),
        light_direction: if by_sun { hour.sun_direction } else { params.moon_direction.normalize_or(Vec3::Y) },
        light: if by_sun { hour.sun_on_clouds } else { hour.moon },
        high_light: if by_sun { hour.sun_on_streaks } else { hour.moon },
        ambient: mean.lerp(grey, 0.45) * 0.85,
        glow: Vec3::from(params.horizon_glow) * 0.6,
        overcast: overcast_hue * zenith,
        storm,
        seed: params.seed,
        noise: noise::Noise::new(params.seed),
        skyline: heaps::Skyline::new(params.cloud_cover.clamp(0.0, 1.0), params.seed),
    }
}

/// Irradiance of a dome on level ground.
fn irradiance(table: &Table) -> Vec3 {
    const ROWS: usize = 32;
    const COLUMNS: usize = 64;
    let mut sum = Vec3::ZERO;
    for row in 0..ROWS {
        // Rows of equal projected solid angle: sin² of the height is uniform.
        let y = (row as f32 + 0.5).sqrt() / (ROWS as f32).sqrt();
        let flat = (1.0 - y * y).sqrt();
        for column in 0..COLUMNS {
            let azimuth = (column as f32 + 0.5) / COLUMNS as f32 * std::f32::consts::TAU;
            sum += table.at(Vec3::new(flat * azimuth.cos(), y, flat * azimuth.sin()));
        }
    }
    sum * std::f32::consts::PI / (ROWS * COLUMNS) as f32
}

/// The angle between unit vectors, precise for small angles.
fn angle_between(a: Vec3, b: Vec3) -> f32 {
    2.0 * (0.5 * a.distance(b)).min(1.0).asin()
}

#[cfg(test)]
mod tests;
