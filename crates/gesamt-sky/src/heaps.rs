//! Heaped clouds that stand above the horizon in three ranks, as a matte painter would set them.

use glam::{Vec2, Vec3};

use crate::atmosphere::smoothstep;
use crate::clouds::Clouds;
use crate::noise::{PERIOD, gradient_around};
use crate::table::fast_atan2;

struct Rank {
    /// Heaps around the horizon.
    cells: i32,
    /// Puffs around the horizon, in periods of the noise.
    periods: i32,
    /// Height of the flat bases and greatest height above them, in radians.
    base: f32,
    height: f32,
    /// What remains of the colour after the air in between.
    clearness: f32,
}

const RANKS: [Rank; 3] = [
    Rank { cells: 34, periods: 3, base: 0.004, height: 0.075, clearness: 0.42 },
    Rank { cells: 22, periods: 2, base: 0.030, height: 0.125, clearness: 0.66 },
    Rank { cells: 14, periods: 1, base: 0.085, height: 0.200, clearness: 0.86 },
];

/// Height of the heaps of each rank around the horizon.
pub(crate) struct Skyline {
    tops: [Vec<f32>; 3],
}

/// Samples of the skyline.
const SAMPLES: usize = 1024;

impl Skyline {
    pub(crate) fn new(cover: f32, seed: u32) -> Self {
        let top = |index: usize, i: usize| {
            let rank = &RANKS[index];
            let seed = seed.wrapping_mul(31).wrapping_add(index as u32 * 977);
            let x = i as f32 / SAMPLES as f32 * rank.cells as f32;
            let crowd = gradient_around(Vec2::new(x * 0.5, 0.5), rank.cells / 2, seed ^ 0x1)
                + 0.5 * gradient_around(Vec2::new(x, 3.5), rank.cells, seed ^ 0x2);
            let threshold = 0.40 - 1.05 * cover.min(0.75);
            rank.height * smoothstep(threshold, threshold + 0.75, crowd)
        };
        Self { tops: std::array::from_fn(|index| (0..SAMPLES).map(|i| top(index, i)).collect()) }
    }

    fn top(&self, index: usize, azimuth: f32) -> f32 {
        let x = (azimuth / std::f32::consts::TAU + 0.5) * SAMPLES as f32;
        let i = x as usize;
        let (a, b) = (self.tops[index][i % SAMPLES], self.tops[index][(i + 1) % SAMPLES]);
        a + (b - a) * (x - i as f32)
    }
}

/// The colour `behind` with the heaps in front.
pub(crate) fn over(clouds: &Clouds, dir: Vec3, behind: Vec3, fine: bool) -> Vec3 {
    if dir.y <= 0.0 || dir.y > 0.36 {
        return behind;
    }
    let azimuth = fast_atan2(dir.z, dir.x);
    let light = clouds.light_direction;
    let mut turn = fast_atan2(light.z, light.x) - azimuth;
    if turn > std::f32::consts::PI {
        turn -= std::f32::consts::TAU;
    } else if turn < -std::f32::consts::PI {
        turn += std::f32::consts::TAU;
    }
    let mut color = behind;
    for (index, rank) in RANKS.iter().enumerate() {
        color = rank.over(clouds, dir, azimuth, turn, color, index as u32, fine);
    }
    color
}

impl Rank {
    fn over(&self, clouds: &Clouds, dir: Vec3, azimuth: f32, turn: f32, behind: Vec3, index: u32, fine: bool) -> Vec3 {
        let layer = 100 * index;
        let above = dir.y - self.base;
        let top = clouds.skyline.top(index as usize, azimuth);
        if top <= 0.0 || above > top * 1.5 || above < -0.02 {
            return behind;
        }
        let octaves = if fine { 5 } else { 3 };
        let puff = std::f32::consts::TAU / (self.periods * PERIOD as i32) as f32;
        let place = Vec2::new(azimuth, above) / puff;
        let field = |p: Vec2, octaves: u32| {
            (top - p.y * puff) / self.height + 0.9 * clouds.noise.puffs_around(p, octaves, layer)
        };
        let here = field(place, octaves);
        // Flat bases, frayed a little.
        let foot = smoothstep(-0.010, 0.012, above + 0.03 * top);
        let alpha = smoothstep(0.0, 0.20, here) * foot;
        if alpha <= 0.0 {
            return behind;
        }
        let light = clouds.light_direction;
        let lift = (light.y - dir.y).clamp(-0.2, 1.0);
        let toward = Vec2::new(turn.clamp(-1.0, 1.0), lift + 0.25).normalize_or(Vec2::Y) * 0.2;
        let relief = here - field(place + toward, octaves.min(4));
        let facing = 0.5 - 0.5 * turn.cos() * (1.0 - light.y.max(0.0));
        let rise = (above / top.max(0.01)).clamp(0.0, 1.0);
        let lit = (0.30 + 1.7 * relief + 0.35 * rise).clamp(0.04, 1.0) * (0.35 + 0.65 * facing.max(light.y.max(0.0)));
        let silver = Clouds::silver(dir.dot(light)) * (-7.0 * here.max(0.0)).exp();
        let sunlit = clouds.light * (0.32 * lit + 0.22 * silver);
        let shade = clouds.ambient * (0.62 + 0.38 * rise) * (1.0 - 0.3 * clouds.storm);
        let color = sunlit + shade + clouds.glow * (0.8 - 0.5 * rise);
        behind.lerp(behind.lerp(color, self.clearness), alpha)
    }
}
