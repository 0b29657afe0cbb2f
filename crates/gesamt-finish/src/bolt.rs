//! Bolts of lightning in the sky, far behind everything.
//!
//! # Source
//! Reed and Wyvill, "Visual simulation of lightning" (1994) for channels that bend by small angles and branches that fork off.

use gesamt_scene::Camera;
use gesamt_world::{Rng, Seed};
use glam::{Vec2, Vec3};

use crate::sprite::{Profile, Sprite};
use crate::view::View;

/// How far away bolts strike, in metres.
const DISTANCE_M: f32 = 1400.0;
/// Where they come from, above the eye, in metres.
const CLOUD_M: f32 = 950.0;
/// And where they end.
const GROUND_M: f32 = -80.0;
/// Halvings of a channel, and of the branches of branches at least.
const HALVINGS: u32 = 6;
/// Places in the frame that are compared.
const PLACES: usize = 31;
/// Sky that is wanted to either side, as a share of the frame.
const ROOM: f32 = 0.025;
/// Sixteenths of the frame's height that must be sky.
const LEAST_SKY: f32 = 3.5;
/// Exposed light of a full stroke; white is about 1.
const EXPOSED: f32 = 9.0;
const COLOR: Vec3 = Vec3::new(0.86, 0.9, 1.1);

/// One stroke as it is seen in one frame.
pub(crate) struct Stroke<'a> {
    pub camera: &'a Camera,
    pub view: &'a View,
    pub depth: &'a [f32],
    /// The picture's exposure.
    pub gain: f32,
    /// 0–1.
    pub strength: f32,
    pub seed: Seed,
}

impl Stroke<'_> {
    /// Adds the channel, its branches and the glow around them; nothing where hardly any sky is seen.
    pub fn draw(&self, sprites: &mut Vec<Sprite>) {
        let mut rng = self.seed.rng();
        let Some(aside) = self.free_place(&mut rng) else { return };
        let axes = self.camera.world_from_camera();
        let ahead = -axes.z_axis.with_y(0.0).normalize_or(Vec3::Z);
        let foot = self.camera.position + ahead * DISTANCE_M + axes.x_axis * aside;
        let from = foot + Vec3::Y * CLOUD_M + axes.x_axis * (rng.signed() * 45.0);
        let to = foot + Vec3::Y * GROUND_M;
        self.channel(from, to, 1.0, HALVINGS, &mut rng, sprites);
        self.clouds(from, sprites);
    }

    /// The clouds around its upper end, lit from inside.
    fn clouds(&self, from: Vec3, sprites: &mut Vec<Sprite>) {
        let Some((at, depth)) = self.view.project(from - Vec3::Y * (0.35 * CLOUD_M)) else { return };
        let color = COLOR * (EXPOSED * self.strength / self.gain.max(1e-6));
        for (radius, alpha) in [(230.0, 0.022), (520.0, 0.016)] {
            let glow = Sprite::dot(at, radius * self.view.unit(), color, alpha, depth);
            sprites.push(Sprite { squash: 0.7, glows: true, ..glow });
        }
    }

    /// Metres aside of the middle where most sky is seen.
    fn free_place(&self, rng: &mut Rng) -> Option<f32> {
        let (w, h) = (self.view.width, self.view.height);
        let column = |place: f32| ((place * w as f32) as usize).min(w - 1);
        let open = |x: usize| (0..16).filter(|k| self.depth[k * h / 16 * w + x].is_infinite()).count();
        let sky = |place: f32| [-ROOM, 0.0, ROOM].map(|d| open(column((place + d).max(0.0)))).into_iter().min();
        let best = (0..PLACES)
            .map(|k| {
                let place = (k as f32 + 2.0) / (PLACES + 3) as f32;
                (sky(place).unwrap_or(0) as f32 + 2.0 * rng.unit(), place)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0))?;
        let half_width = 0.5 * w as f32 / self.view.scale(DISTANCE_M);
        (best.0 >= LEAST_SKY).then_some((2.0 * best.1 - 1.0) * half_width)
    }

    fn channel(&self, from: Vec3, to: Vec3, share: f32, halvings: u32, rng: &mut Rng, sprites: &mut Vec<Sprite>) {
        let right = self.camera.world_from_camera().x_axis;
        let mut path = vec![from, to];
        for _ in 0..halvings {
            let mut finer = Vec::with_capacity(path.len() * 2);
            for pair in path.windows(2) {
                let length = pair[0].distance(pair[1]);
                finer.push(pair[0]);
                finer.push(
                    0.5 * (pair[0] + pair[1])
                        + (right * rng.signed() + Vec3::Y * (0.5 * rng.signed())) * (0.13 * length),
                );
            }
            finer.push(to);
            path = finer;
        }
        for (i, pair) in path.windows(2).enumerate() {
            let along = i as f32 / path.len() as f32;
            // Branches die out, the main channel does not.
            let share = if share < 1.0 { share * (1.0 - 0.8 * along) } else { share };
            self.segment(pair[0], pair[1], share, sprites);
            let forks = halvings > 3 && along > 0.12 && along < 0.8 && rng.chance(3.2 / path.len() as f32);
            if forks {
                let left = from.distance(to) * (1.0 - along) * rng.range(0.3, 0.6);
                let side = if rng.chance(0.5) { 1.0 } else { -1.0 };
                let way = (to - from).normalize_or(Vec3::NEG_Y) + right * (side * rng.range(0.5, 1.0));
                let end = pair[1] + way.normalize_or(Vec3::NEG_Y) * left;
                self.channel(pair[1], end, 0.42 * share, halvings - 1, rng, sprites);
            }
        }
    }

    fn segment(&self, from: Vec3, to: Vec3, share: f32, sprites: &mut Vec<Sprite>) {
        let (Some((a, depth)), Some((b, _))) = (self.view.project(from), self.view.project(to)) else { return };
        let unit = self.view.unit();
        let color = COLOR * (EXPOSED * self.strength / self.gain.max(1e-6));
        let line = |radius: f32, alpha: f32, from: Vec2, to: Vec2| Sprite {
            from,
            to,
            radius: radius * unit,
            squash: 1.0,
            profile: Profile::Soft,
            color,
            alpha,
            glows: true,
            depth,
        };
        sprites.push(line(0.8 + 1.7 * share, (1.2 * share).min(1.0), a, b));
        // The air around it is lit; overlapping ends would be beads.
        let middle = 0.5 * (a + b);
        sprites.push(line(46.0 * share.sqrt(), 0.006 * share, middle, middle));
    }
}
