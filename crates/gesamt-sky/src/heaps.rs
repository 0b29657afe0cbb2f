//! Heaped clouds that stand above the horizon in three ranks, as a matte painter would set them.

use glam::{Vec2, Vec3};

use crate::atmosphere::smoothstep;
use crate::clouds::Clouds;
use crate::noise::{billow_around, gradient_around};
use crate::table::fast_atan2;

struct Rank {
    /// Pattern cells around the horizon.
    cells: i32,
    /// Height of the flat bases and greatest height above them, in radians.
    base: f32,
    height: f32,
    /// What remains of the colour after the air in between.
    clearness: f32,
}

const RANKS: [Rank; 3] = [
    Rank { cells: 34, base: 0.004, height: 0.075, clearness: 0.42 },
    Rank { cells: 22, base: 0.030, height: 0.125, clearness: 0.66 },
    Rank { cells: 13, base: 0.085, height: 0.200, clearness: 0.86 },
];

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
        let seed = clouds.seed.wrapping_mul(31).wrapping_add(index * 977);
        let cell = std::f32::consts::TAU / self.cells as f32;
        let x = (azimuth / std::f32::consts::TAU + 0.5) * self.cells as f32;
        let above = dir.y - self.base;
        let crowd = gradient_around(Vec2::new(x * 0.5, 0.5), self.cells / 2, seed ^ 0x1)
            + 0.5 * gradient_around(Vec2::new(x, 3.5), self.cells, seed ^ 0x2);
        let threshold = 0.40 - 1.05 * clouds.cover.min(0.75);
        let top = self.height * smoothstep(threshold, threshold + 0.75, crowd);
        if top <= 0.0 || above > top * 1.5 || above < -0.02 {
            return behind;
        }
        let octaves = if fine { 5 } else { 3 };
        let place = Vec2::new(x, above / cell);
        let field = |p: Vec2, octaves: u32| {
            let rise = p.y * cell;
            (top - rise) / self.height + 0.95 * (billow_around(p * 2.0, self.cells * 2, octaves, seed) - 0.62)
        };
        let here = field(place, octaves);
        // Flat bases, frayed a little.
        let foot = smoothstep(-0.010, 0.012, above + 0.006 * crowd);
        let alpha = smoothstep(0.0, 0.20, here) * foot;
        if alpha <= 0.0 {
            return behind;
        }
        let light = clouds.light_direction;
        let lift = (light.y - dir.y).clamp(-0.2, 1.0);
        let toward = Vec2::new(turn.clamp(-1.0, 1.0), lift + 0.25).normalize_or(Vec2::Y) * 0.10;
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
