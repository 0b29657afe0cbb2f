//! How well a view is composed, judged from depth and silhouettes: the subject is seen, of a good size and stands out;
//! something frames it in front and on the other side; there is a middle and a distance; nothing sits on the lens.

use std::sync::Arc;

use gesamt_mesh::Mesh;
use gesamt_scene::{Camera, CameraMotion, Instance, Lamp, Scene};
use glam::{Vec2, Vec3};

use crate::ground::smooth;
use crate::raster::{Raster, Reach, Solids};
use crate::view::ASPECT;

const SIZE: [usize; 2] = [112, 63];
const MOVE_SIZE: [usize; 2] = [64, 36];
/// What is lower than this over the subject's foot belongs to the ground, in metres.
const LOW_M: f32 = 0.8;
/// Near things frame a view up to this share of it; beyond, they are a mass that stands in it.
const NEAR_MASS: f32 = 0.12;

/// What a composition is judged by: the solid things of a scene, and the camera.
pub(crate) struct Sight<'a> {
    pub meshes: &'a [Arc<Mesh>],
    pub instances: &'a [Instance],
    pub camera: Camera,
    pub motion: CameraMotion,
    pub subject: Vec3,
}

impl<'a> From<&'a Scene> for Sight<'a> {
    fn from(scene: &'a Scene) -> Self {
        let Scene { meshes, instances, camera, motion, subject, .. } = scene;
        Self { meshes, instances, camera: *camera, motion: *motion, subject: *subject }
    }
}

/// The figures that a composition is judged by; shares are of the frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Composition {
    /// Share of the subject that nothing hides.
    pub subject_seen: f32,
    /// Height of the subject.
    pub subject_height: f32,
    /// How much of its width the upper edge of the frame cuts.
    pub beheaded: f32,
    /// Share of the subject's outline behind which there is distance.
    pub outline: f32,
    /// Things that stand near, and those of them in the middle of the frame.
    pub near: f32,
    pub near_middle: f32,
    /// Whether what is near weighs on the side away from the subject, −1…1.
    pub balance: f32,
    /// Things about as far as the subject.
    pub middle: f32,
    /// Distance and sky.
    pub far: f32,
    /// Most of the frame that is covered by things at the lens during the camera's move.
    pub clipped: f32,
}

impl Composition {
    /// Judges the view of a scene whose subject is an instance of `hero`.
    pub fn of(scene: &Sight, hero: Option<u32>) -> Self {
        let solids = Solids::new(scene.meshes, scene.instances);
        let raster = Raster::draw(&solids, &scene.camera, SIZE, Reach::All);
        let mut c = Self { subject_seen: 0.5, subject_height: 0.4, outline: 0.5, ..Self::default() };
        let subject = subject_instance(scene, hero);
        let subject_depth = scene.camera.project(scene.subject, ASPECT).map_or(8.0, |(_, depth)| depth);
        let subject_x = scene.camera.project(scene.subject, ASPECT).map_or(0.0, |(p, _)| 2.0 * p.x - 1.0);
        if let Some(subject) = subject {
            c.judge_subject(&solids, scene, &raster, subject);
        }
        c.judge_layers(scene, &raster, subject, subject_depth, subject_x);
        c.clipped =
            scene.motion.extremes().map(|t| at_the_lens(&solids, &scene.motion.at(t))).into_iter().fold(0.0, f32::max);
        c
    }

    fn judge_subject(&mut self, solids: &Solids, scene: &Sight, raster: &Raster, subject: usize) {
        let alone = Raster::draw(solids, &scene.camera, SIZE, Reach::Only(subject));
        let (w, h) = (raster.width, raster.height);
        let covers = |r: &Raster, i: usize| r.inverse[i] > 0.0 && r.owner[i] as usize == subject;
        let all: Vec<usize> = (0..w * h).filter(|i| covers(&alone, *i)).collect();
        let (Some(first), Some(last)) = (all.first(), all.last()) else {
            self.subject_seen = 0.0;
            return;
        };
        let seen: Vec<usize> = all.iter().copied().filter(|i| covers(raster, *i)).collect();
        self.subject_seen = seen.len() as f32 / all.len() as f32;
        self.subject_height = (last / w - first / w + 1) as f32 / h as f32;
        let widest = (0..h).map(|y| all.iter().filter(|i| *i / w == y).count()).max().unwrap_or(1);
        self.beheaded = all.iter().filter(|i| *i / w == 0).count() as f32 / widest.max(1) as f32;
        let (mut outline, mut open) = (0.0f32, 0.0f32);
        for &i in &seen {
            for (dx, dy) in [(-1i64, 0i64), (1, 0), (0, -1)] {
                let (x, y) = ((i % w) as i64 + dx, (i / w) as i64 + dy);
                if x < 0 || y < 0 || x >= w as i64 || y >= h as i64 {
                    continue;
                }
                let q = y as usize * w + x as usize;
                if !covers(raster, q) {
                    outline += 1.0;
                    open += f32::from(u8::from(raster.depth(q) > 1.35 * raster.depth(i)));
                }
            }
        }
        self.outline = open / outline.max(1.0);
    }

    fn judge_layers(
        &mut self,
        scene: &Sight,
        raster: &Raster,
        subject: Option<usize>,
        subject_depth: f32,
        subject_x: f32,
    ) {
        let camera = &scene.camera;
        let axis = -camera.world_from_camera().z_axis;
        let n = raster.inverse.len() as f32;
        // Over this height a thing stands; what is lower is ground and what grows on it.
        let foot = subject.map(|i| scene.instances[i].transform.translation.y + LOW_M);
        let floor = foot.unwrap_or(scene.subject.y.min(camera.position.y) - 1.0).min(camera.position.y - 0.9);
        let mut weight_x = 0.0;
        for i in 0..raster.inverse.len() {
            let depth = raster.depth(i);
            if depth > 2.2 * subject_depth {
                self.far += 1.0 / n;
                continue;
            }
            let frame = raster.frame(i);
            let direction = camera.direction(frame, ASPECT);
            let point: Vec3 = camera.position + direction * (depth / direction.dot(axis));
            // The ground leads through all layers and belongs to none.
            if point.y <= floor || subject == Some(raster.owner[i] as usize) {
                continue;
            }
            if depth < 0.5 * subject_depth {
                self.near += 1.0 / n;
                weight_x += (2.0 * frame.x - 1.0) / n;
                let off = (frame - Vec2::new(0.5 + 0.2 * subject_x, 0.5)).abs();
                if off.x < 0.24 && off.y < 0.32 {
                    self.near_middle += 1.0 / n;
                }
            } else if depth > 0.6 * subject_depth {
                self.middle += 1.0 / n;
            }
        }
        self.balance = (-weight_x * subject_x.signum() / self.near.max(0.02)).clamp(-1.0, 1.0);
    }

    /// The higher the better.
    pub fn score(&self) -> f32 {
        let band = |v: f32, [a, b, c, d]: [f32; 4]| smooth(a, b, v) * (1.0 - smooth(c, d, v));
        4.0 * smooth(0.3, 0.92, self.subject_seen)
            + 1.5 * band(self.subject_height, [0.08, 0.26, 0.7, 1.0])
            + 1.5 * smooth(0.1, 0.7, self.outline)
            + 1.4 * band(self.near, [-0.06, 0.04, 0.11, 0.26])
            + 0.5 * self.balance * smooth(0.01, 0.06, self.near)
            + 1.0 * band(self.middle, [0.0, 0.16, 0.6, 0.85])
            + 1.2 * band(self.far, [0.02, 0.18, 0.6, 0.85])
            - 4.0 * smooth(0.0, 0.2, self.beheaded)
            - 2.5 * smooth(NEAR_MASS, 2.5 * NEAR_MASS, self.near)
            - 3.0 * smooth(0.01, 0.14, self.near_middle)
            - 3.0 * smooth(0.01, 0.08, self.clipped)
    }
}

/// What the lamps that are seen add to a picture after dark: those about the subject most. Zero by day.
pub(crate) fn lamplight(scene: &Sight, lamps: &[Lamp], lit: f32) -> f32 {
    /// Lamps are seen as such up to this distance, and light the subject within the other, in metres.
    const SEEN_M: f32 = 24.0;
    const LIGHTS_M: f32 = 7.0;
    if lit < 0.5 {
        return 0.0;
    }
    let (mut seen, mut near) = (0.0f32, 0.0f32);
    for lamp in lamps {
        let inside = |p: Vec2| (0.03..0.97).contains(&p.x) && (0.03..0.9).contains(&p.y);
        let Some((frame, depth)) = scene.camera.project(lamp.position, ASPECT) else { continue };
        if inside(frame) && depth < SEEN_M {
            seen += 1.0;
            near += f32::from(u8::from(lamp.position.distance(scene.subject) < LIGHTS_M));
        }
    }
    0.7 * smooth(0.0, 3.0, seen) + 0.7 * smooth(0.0, 2.0, near)
}

/// The instance that is the subject: of the hero's asset, the one next to the point of interest.
fn subject_instance(scene: &Sight, hero: Option<u32>) -> Option<usize> {
    let distance = |i: &usize| {
        let at = Vec3::from(scene.instances[*i].transform.translation);
        Vec2::new(at.x - scene.subject.x, at.z - scene.subject.z).length()
    };
    (0..scene.instances.len())
        .filter(|i| hero.is_some() && scene.instances[*i].asset == hero)
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// Share of a view that is covered by things less than a metre away.
fn at_the_lens(solids: &Solids, camera: &Camera) -> f32 {
    // What is farther is never looked at; a little more, as depths are interpolated.
    let raster = Raster::draw(solids, camera, MOVE_SIZE, Reach::Within(1.05));
    let n = raster.inverse.iter().filter(|v| **v > 1.0).count();
    n as f32 / raster.inverse.len() as f32
}

#[cfg(test)]
mod tests {
    use gesamt_world::{Genre, Place, TimeOfDay};
    use glam::Affine3A;

    use super::*;
    use crate::{compose, fixture};

    fn scene() -> Scene {
        let world = fixture::world(Place::Plaza, Genre::Modern, TimeOfDay::Day, 0, 3);
        compose(&world, &fixture::boxes(&world))
    }

    #[test]
    fn a_thing_before_the_subject_or_at_the_lens_costs_more_than_anything_gains() {
        let scene = scene();
        let clear = Composition::of(&Sight::from(&scene), Some(0));
        for distance in [0.6, 2.0] {
            let mut blocked = scene.clone();
            let subject = subject_instance(&Sight::from(&scene), Some(0)).expect("a subject");
            let mut screen = blocked.instances[subject].clone();
            let to = (scene.subject - scene.camera.position).normalize();
            let at = scene.camera.position + to * distance - Vec3::Y * 0.8;
            screen.transform = Affine3A::from_scale_rotation_translation(Vec3::splat(0.9), glam::Quat::IDENTITY, at);
            screen.asset = None;
            blocked.instances.push(screen);
            let hidden = Composition::of(&Sight::from(&blocked), Some(0));
            assert!(hidden.score() < clear.score() - 1.0, "{clear:?} {hidden:?}");
        }
    }

    #[test]
    fn without_a_subject_the_layers_still_count() {
        let c = Composition::of(&Sight::from(&scene()), None);
        assert!(c.score().is_finite() && c.far > 0.0 && c.far + c.near + c.middle <= 1.001, "{c:?}");
    }
}
