//! Clouds in three storeys: thin streaks high up, a broken or closed deck, and heaps along the horizon.
//!
//! All are sheets without volume; what looks like volume comes from shading: each sheet is lit through its own shadow
//! toward the sun or the moon, brightens at its thin edges against the light and fades into the air with distance.

use gesamt_scene::SkyParams;
use glam::{Vec2, Vec3};

use crate::atmosphere::smoothstep;
use crate::heaps;
use crate::noise::Noise;

const EARTH_KM: f32 = 6360.0;
const DECK_KM: f32 = 1.7;
const STREAKS_KM: f32 = 7.5;
/// Size of a large cloud of the deck.
const FEATURE_KM: f32 = 3.4;

/// The clouds of one hour.
pub(crate) struct Clouds {
    pub cover: f32,
    /// Unit vector toward the light and its irradiance.
    pub light_direction: Vec3,
    pub light: Vec3,
    /// Light on the highest clouds.
    pub high_light: Vec3,
    /// Radiance of the sky around the clouds.
    pub ambient: Vec3,
    /// Radiance from below: a city.
    pub glow: Vec3,
    /// Zenith radiance of the closed deck.
    pub overcast: Vec3,
    /// 1 for a thunderstorm.
    pub storm: f32,
    pub seed: u32,
    pub noise: Noise,
    pub skyline: heaps::Skyline,
}

impl Clouds {
    /// Share of the sun that gets through on average.
    pub(crate) fn sun_share(params: &SkyParams) -> f32 {
        1.0 - smoothstep(0.45, 0.92, params.cloud_cover)
    }

    /// 1 where nothing but cloud is left.
    pub(crate) fn closed(&self) -> f32 {
        smoothstep(0.74, 0.97, self.cover)
    }

    /// The sky radiance `behind` as seen through and beside the clouds. `fine` adds the last octaves.
    pub(crate) fn shade(&self, dir: Vec3, behind: Vec3, fine: bool) -> Vec3 {
        if self.cover < 0.015 {
            return behind;
        }
        let closed = self.closed();
        let mut color = behind;
        if closed < 1.0 {
            color = self.streaks(dir, color, fine);
            color = self.deck(dir, color, fine);
            color = heaps::over(self, dir, color, fine);
        }
        if closed > 0.0 {
            color = color.lerp(self.overcast_radiance(dir, fine), closed);
        }
        color
    }

    fn offset(&self) -> Vec2 {
        Vec2::new((self.seed & 0xfff) as f32 * 0.37, (self.seed >> 12 & 0xfff) as f32 * 0.53)
    }

    /// Light scattered toward the eye by a thin edge, by the cosine between view and light.
    pub(crate) fn silver(cos_light: f32) -> f32 {
        let forward = (0.5 + 0.5 * cos_light).max(0.0);
        2.4 * forward.powi(40) + 0.55 * forward.powi(8) + 0.12
    }

    fn streaks(&self, dir: Vec3, behind: Vec3, fine: bool) -> Vec3 {
        if dir.y < 0.01 {
            return behind;
        }
        let distance = shell_distance(dir.y, STREAKS_KM);
        let turn = (self.seed % 628) as f32 * 0.01;
        let along = Vec2::from_angle(turn).rotate(Vec2::new(dir.x, dir.z) * distance);
        let p = Vec2::new(along.x / 26.0, along.y / 6.5) + self.offset();
        let bend = self.noise.value(p * Vec2::new(0.9, 0.35), 71);
        let q = Vec2::new(p.x, p.y + 1.1 * bend);
        let field = self.noise.fbm(q, if fine { 5 } else { 3 }, 23)
            + 0.25 * self.noise.fbm(q * Vec2::new(1.0, 5.0), if fine { 3 } else { 1 }, 131);
        let share = smoothstep(0.02, 0.5, self.cover);
        let thickness = smoothstep(0.32 - 0.42 * share, 0.95 - 0.2 * share, field + 0.18);
        if thickness <= 0.0 {
            return behind;
        }
        let cos_light = dir.dot(self.light_direction);
        let color = self.high_light * (0.20 + 0.16 * Self::silver(cos_light)) + self.ambient * 0.55;
        let air = (-distance / 110.0).exp();
        behind.lerp(behind.lerp(color, air), 0.72 * thickness * smoothstep(0.01, 0.06, dir.y))
    }

    fn deck(&self, dir: Vec3, behind: Vec3, fine: bool) -> Vec3 {
        if dir.y < 0.012 {
            return behind;
        }
        let distance = shell_distance(dir.y, DECK_KM);
        let p = Vec2::new(dir.x, dir.z) * distance / FEATURE_KM + self.offset();
        // Detail that falls below a few thousandths of a radian is left out.
        let octaves = if distance > 40.0 || !fine { 4 } else { 5 };
        let warp = self.noise.fbm(p * 0.45, 2, 211);
        let density = self.density(p, warp, octaves);
        if density <= 0.0 {
            return behind;
        }
        let (color, alpha) = self.lit(dir, p, warp, density);
        let air = (-distance / 50.0).exp();
        behind.lerp(behind.lerp(color, air), alpha * smoothstep(0.012, 0.05, dir.y))
    }

    fn density(&self, p: Vec2, warp: f32, octaves: u32) -> f32 {
        let base = self.noise.fbm(p * 0.55 + Vec2::new(warp, -warp) * 0.5, octaves, 0);
        let heaps = if octaves > 3 { self.noise.puffs(p * 1.9, octaves - 2, 307) } else { 0.0 };
        // The threshold that leaves about `cover` of a bell-shaped field above it.
        let cover = (self.cover * 0.92).clamp(0.02, 0.98);
        let threshold = 0.14 * ((1.0 - cover) / cover).ln() + 0.03;
        let field = base + 0.34 * heaps - threshold;
        if field <= 0.0 { 0.0 } else { 1.0 - (-field / 0.22).exp() }
    }

    fn lit(&self, dir: Vec3, p: Vec2, warp: f32, density: f32) -> (Vec3, f32) {
        let sun = self.light_direction;
        let flat = Vec2::new(sun.x, sun.z);
        let slope = flat.length() / sun.y.max(0.12);
        let toward = flat.normalize_or(Vec2::X) * slope.clamp(0.5, 3.0) * 0.10;
        let mut depth = 0.35 * density;
        for (step, weight) in [(0.7, 0.55), (1.8, 0.55), (3.6, 0.6)] {
            depth += weight * self.density(p + toward * step, warp, 2);
        }
        let lit = 0.8 * (-2.4 * depth).exp() + 0.2 * (-0.6 * depth).exp();
        let silver = Self::silver(dir.dot(sun)) * (-3.2 * density).exp();
        let sunlit = self.light * (0.30 * lit + 0.26 * silver);
        let shade = self.ambient * (1.0 - 0.45 * density) * (1.0 - 0.3 * self.storm);
        let below = self.glow * (0.3 + 0.4 * density);
        (sunlit + shade + below, 1.0 - (-3.6 * density * density - 0.6 * density).exp())
    }

    /// The closed deck: brighter toward the zenith, with soft folds.
    fn overcast_radiance(&self, dir: Vec3, fine: bool) -> Vec3 {
        let y = dir.y.max(0.0);
        let distance = shell_distance(y, DECK_KM * 0.8);
        let p = Vec2::new(dir.x, dir.z) * distance / (FEATURE_KM * 1.2) + self.offset();
        let octaves = if fine { 5 } else { 3 };
        let warp = self.noise.fbm(p * 0.5, 2, 401);
        let q = p * 0.7 + Vec2::new(warp, -warp) * 0.6;
        let clear = 0.8 * (-distance / 22.0).exp() + 0.2 * (-distance / 60.0).exp();
        let folds = self.noise.fbm(q, octaves, 43) - 0.55 * self.noise.puffs(q * 1.3, octaves - 1, 503);
        let folds = folds * clear;
        let depth = 0.24 + 0.42 * self.storm;
        let gradient = (1.0 + 2.0 * y) / 3.0 * (1.0 - 0.25 * self.storm * smoothstep(0.0, 0.5, y));
        let toward = 0.5 + 0.5 * dir.dot(self.light_direction);
        let sun_side = self.light * (0.05 * toward.powi(10) * (1.0 - self.storm) * (1.0 + folds).max(0.3));
        let glow = self.glow * ((0.3 + 0.7 * (-y / 0.3).exp()) * (1.0 + 0.8 * folds).max(0.3));
        self.overcast * (gradient * (1.0 + 2.6 * depth * folds).max(0.22) * (1.0 - 0.3 * self.storm)) + sun_side + glow
    }
}

/// Distance in km from the ground to a shell along a ray with the given height.
fn shell_distance(y: f32, height_km: f32) -> f32 {
    let b = EARTH_KM * y;
    -b + (b * b + 2.0 * EARTH_KM * height_km + height_km * height_km).sqrt()
}
