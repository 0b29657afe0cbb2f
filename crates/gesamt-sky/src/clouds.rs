//! A deck of clouds on a curved shell, lit by the sun or the moon through its own shadow.

use gesamt_scene::SkyParams;
use glam::{Vec2, Vec3};

use crate::atmosphere::smoothstep;
use crate::noise::{billow, fbm};

const EARTH_KM: f32 = 6360.0;
const DECK_KM: f32 = 1.7;
/// Size of a large cloud.
const FEATURE_KM: f32 = 3.4;

/// The clouds of one hour.
pub(crate) struct Clouds {
    pub cover: f32,
    /// Unit vector toward the light and its irradiance.
    pub light_direction: Vec3,
    pub light: Vec3,
    /// Radiance of the sky around the clouds.
    pub ambient: Vec3,
    /// Radiance from below: a city.
    pub glow: Vec3,
    /// Zenith radiance of the closed deck.
    pub overcast: Vec3,
    /// 1 for a thunderstorm.
    pub storm: f32,
    pub seed: u32,
}

impl Clouds {
    /// Colour and opacity of the clouds in a direction, over the sky radiance `behind`.
    pub(crate) fn shade(&self, dir: Vec3, behind: Vec3) -> Vec3 {
        if self.cover < 0.02 || dir.y <= 0.0 {
            return behind;
        }
        let distance = shell_distance(dir.y);
        let p = Vec2::new(dir.x, dir.z) * distance / FEATURE_KM + self.offset();
        // Detail that falls below a few thousandths of a radian is left out.
        let octaves = if distance > 60.0 {
            3
        } else if distance > 25.0 {
            4
        } else {
            6
        };
        let density = self.density(p, octaves);
        let closed = smoothstep(0.72, 0.97, self.cover);
        let deck = self.overcast_radiance(dir, p, distance);
        let (color, alpha) = self.lit(dir, p, density);
        let air = (-distance / 55.0).exp();
        let color = color.lerp(deck, closed);
        let alpha = (alpha + (1.0 - alpha) * closed) * smoothstep(0.0, 0.012, dir.y);
        let hazy = behind.lerp(deck, 0.6 * closed).lerp(color, air.max(0.55 * closed));
        behind.lerp(hazy, alpha)
    }

    /// Share of the sun that gets through on average.
    pub(crate) fn sun_share(params: &SkyParams) -> f32 {
        1.0 - smoothstep(0.45, 0.92, params.cloud_cover)
    }

    fn offset(&self) -> Vec2 {
        Vec2::new((self.seed & 0xfff) as f32 * 0.37, (self.seed >> 12 & 0xfff) as f32 * 0.53)
    }

    fn density(&self, p: Vec2, octaves: u32) -> f32 {
        let warp = fbm(p * 0.45, 2, self.seed ^ 0x9d);
        let base = fbm(p * 0.55 + Vec2::new(warp, -warp) * 0.5, octaves, self.seed);
        let heaps = billow(p * 1.9, octaves.min(4), self.seed ^ 0x2f) - 0.55;
        let field = base + 0.30 * heaps;
        // The threshold that leaves about `cover` of a bell-shaped field above it.
        let cover = self.cover.clamp(0.02, 0.98);
        let threshold = 0.14 * ((1.0 - cover) / cover).ln() + 0.03;
        ((field - threshold) / 0.32).clamp(0.0, 1.0)
    }

    fn lit(&self, dir: Vec3, p: Vec2, density: f32) -> (Vec3, f32) {
        if density <= 0.0 {
            return (Vec3::ZERO, 0.0);
        }
        let sun = self.light_direction;
        let flat = Vec2::new(sun.x, sun.z);
        let slope = flat.length() / sun.y.max(0.12);
        let toward = flat.normalize_or(Vec2::X) * slope.min(3.0) * 0.09;
        let mut depth = 0.55 * density;
        for (step, weight) in [(0.6, 0.5), (1.6, 0.6), (3.2, 0.7)] {
            depth += weight * self.density(p + toward * step, 3);
        }
        let cos_sun = dir.dot(sun);
        let lit = 0.75 * (-2.6 * depth).exp() + 0.25 * (-0.7 * depth).exp();
        let forward = 0.5 + 0.5 * cos_sun;
        let silver = 2.6 * forward.powi(24) * (-5.0 * density).exp() + 0.5 * forward.powi(6) * (-2.5 * density).exp();
        let sunlit = self.light * (0.34 * lit + 0.30 * silver);
        let shade = self.ambient * (0.95 - 0.35 * density) * (1.0 - 0.3 * self.storm);
        let below = self.glow * (0.35 + 0.4 * density);
        (sunlit + shade + below, 1.0 - (-4.2 * density).exp())
    }

    /// The closed deck: brighter toward the zenith, with soft folds.
    fn overcast_radiance(&self, dir: Vec3, p: Vec2, distance: f32) -> Vec3 {
        let folds = fbm(p * 0.8, 4, self.seed ^ 0x5b) + 0.4 * billow(p * 0.9, 3, self.seed ^ 0x3c) - 0.2;
        let depth = (0.10 + 0.30 * self.storm) * (-distance / 60.0).exp().max(0.25);
        let gradient = (1.0 + 2.0 * dir.y) / 3.0;
        let toward = 0.5 + 0.5 * dir.dot(self.light_direction);
        let sun_side = self.light * 0.035 * toward.powi(8) * (1.0 - self.storm);
        let glow = self.glow * (0.25 + 0.75 * (-dir.y / 0.35).exp());
        self.overcast * gradient * (1.0 + 2.2 * depth * folds).max(0.25) * (1.0 - 0.35 * self.storm) + sun_side + glow
    }
}

/// Distance in km from the ground to the deck along a ray with the given height.
fn shell_distance(y: f32) -> f32 {
    let b = EARTH_KM * y;
    -b + (b * b + 2.0 * EARTH_KM * DECK_KM + DECK_KM * DECK_KM).sqrt()
}
