//! The key light: of the directions that hour and weather allow, sun or moon takes the one that models the picture best.
//!
//! As a cinematographer waits for the light: the subject is to be lit, from the side, and the picture to have both light and
//! shadow. What stands between is known from a coarse grid of how much surface there is in each cubic metre.

use gesamt_mesh::Mesh;
use gesamt_scene::{Camera, Instance, Scene};
use gesamt_world::{Place, TimeOfDay, World};
use glam::{IVec3, Vec2, Vec3};
use rayon::prelude::*;

use crate::ground::smooth;
use crate::raster::{Raster, Reach, Solids};
use crate::view::{ASPECT, axes, direction};

/// Size of the picture whose points are lit.
const SIZE: [usize; 2] = [80, 45];
/// Pixels from one point to the next.
const STRIDE: usize = 3;
/// Points farther than this count for nothing, in metres.
const FAR_M: f32 = 70.0;
/// Under a thicker cover there is no key to turn.
const MOST_CLOUD: f32 = 0.75;
/// Degrees by which the light may be turned, to either side of straight ahead.
const AZIMUTHS: [f32; 7] = [14.0, 30.0, 45.0, 60.0, 78.0, 98.0, 120.0];

/// A direction that the light may come from, in degrees clockwise from straight ahead and above the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stand {
    azimuth: f32,
    elevation: f32,
}

/// Turns the sun, or at night the moon, of a finished scene.
pub(crate) fn aim(scene: &mut Scene, world: &World) {
    let sheltered = matches!(world.setting.place, Place::Underwater | Place::SpaceStation);
    if scene.is_interior || sheltered || scene.sky.cloud_cover > MOST_CLOUD {
        return;
    }
    let by_moon = world.sky.time_of_day == TimeOfDay::Night;
    let now = if by_moon { scene.sky.moon_direction } else { scene.sky.sun_direction };
    // In the blue hour the sky alone is the key.
    if (by_moon && scene.sky.moon <= 0.0) || now.y < 0.005 {
        return;
    }
    let points = seen_points(scene);
    if points.is_empty() {
        return;
    }
    let thicket = Thicket::of(&scene.meshes, &scene.instances, middle(scene));
    let start = Stand::of(now, &scene.camera);
    let judge = |stand: &Stand| {
        let effect = Effect::of(&points, &thicket, stand.direction(&scene.camera));
        effect.score(world.sky.time_of_day, *stand) - stand.cost(start)
    };
    let all: Vec<Stand> = stands(start, world.sky.time_of_day).collect();
    let scores: Vec<f32> = all.par_iter().map(judge).collect();
    let best = (0..all.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    let Some(stand) = best.map(|i| all[i]) else { return };
    if by_moon {
        scene.sky.moon_direction = stand.direction(&scene.camera);
    } else {
        // By day the sky follows; a low sun keeps its colours.
        let lift = if world.sky.time_of_day == TimeOfDay::Day { 0.0 } else { stand.elevation - start.elevation };
        scene.sky.sun_direction = Stand { elevation: stand.elevation - lift, ..stand }.direction(&scene.camera);
        scene.sky.sun_lift_deg = lift;
    }
}

/// The directions that are tried; the world's own comes last, which wins a draw.
fn stands(start: Stand, hour: TimeOfDay) -> impl Iterator<Item = Stand> {
    let higher: &[f32] = match hour {
        // A sun on the horizon lights no street; a painter lets its light come from higher.
        TimeOfDay::Dusk => &[5.5, 9.0, 15.0, 24.0],
        TimeOfDay::Dawn => &[5.5, 9.0],
        TimeOfDay::Day => &[0.0, 48.0],
        TimeOfDay::Night => &[0.0],
    };
    let elevations = higher.iter().map(move |least| start.elevation.max(*least));
    let turned = elevations.flat_map(|elevation| {
        AZIMUTHS.iter().flat_map(move |a| [*a, -*a]).map(move |azimuth| Stand { azimuth, elevation })
    });
    turned.chain(std::iter::once(start))
}

impl Stand {
    fn of(direction: Vec3, camera: &Camera) -> Self {
        let (ahead, right) = axes(camera);
        let flat = Vec2::new(direction.x, direction.z);
        Self {
            azimuth: flat.dot(right).atan2(flat.dot(ahead)).to_degrees(),
            elevation: direction.y.asin().to_degrees(),
        }
    }

    fn direction(self, camera: &Camera) -> Vec3 {
        direction(camera, self.azimuth, self.elevation)
    }

    /// What turning the light away from where the world has it costs.
    fn cost(self, from: Self) -> f32 {
        let turn = ((self.azimuth - from.azimuth + 540.0).rem_euclid(360.0) - 180.0).abs();
        0.22 * turn / 60.0 + 0.02 * (self.elevation - from.elevation).abs()
    }
}

/// Between the camera and what it looks at.
fn middle(scene: &Scene) -> Vec3 {
    scene.camera.position.lerp(scene.subject, 0.7)
}

/// A point of the picture.
struct Seen {
    place: Vec3,
    normal: Vec3,
    /// How much it belongs to the subject, 0–1.
    subject: f32,
}

fn seen_points(scene: &Scene) -> Vec<Seen> {
    let raster = Raster::draw(&Solids::from(scene), &scene.camera, SIZE, Reach::Within(FAR_M));
    let axis = -scene.camera.world_from_camera().z_axis;
    let subject = scene.camera.project(scene.subject, ASPECT).map_or(Vec2::splat(0.5), |(p, _)| p);
    let place = |i: usize| {
        let direction = scene.camera.direction(raster.frame(i), ASPECT);
        scene.camera.position + direction * (raster.depth(i) / direction.dot(axis))
    };
    let mut points = Vec::new();
    for y in (0..raster.height - 1).step_by(STRIDE) {
        for x in (0..raster.width - 1).step_by(STRIDE) {
            let i = y * raster.width + x;
            let corners = [i, i + 1, i + raster.width];
            if corners.iter().any(|i| raster.depth(*i) > FAR_M) {
                continue;
            }
            let [a, b, c] = corners.map(place);
            let normal = (c - a).cross(b - a).normalize_or_zero();
            let normal = if normal.dot(scene.camera.position - a) < 0.0 { -normal } else { normal };
            let apart = (raster.frame(i) - subject) * Vec2::new(ASPECT, 1.0);
            points.push(Seen { place: a, normal, subject: (-apart.length_squared() / (2.0 * 0.17 * 0.17)).exp() });
        }
    }
    points
}

/// What a light does to the picture.
#[derive(Clone, Copy, Debug, Default)]
struct Effect {
    /// Share of the subject that is lit.
    subject: f32,
    /// How unevenly it is lit.
    shape: f32,
    /// Share of the picture that is lit.
    all: f32,
}

impl Effect {
    fn of(points: &[Seen], thicket: &Thicket, direction: Vec3) -> Self {
        let lit: Vec<f32> = points
            .iter()
            .map(|p| {
                let facing = smooth(0.0, 0.3, p.normal.dot(direction));
                if facing > 0.0 { facing * thicket.through(p.place + p.normal * CELL_M, direction) } else { 0.0 }
            })
            .collect();
        let weight: f32 = points.iter().map(|p| p.subject).sum::<f32>().max(1e-6);
        let mean =
            |f: &dyn Fn(f32) -> f32| points.iter().zip(&lit).map(|(p, l)| p.subject * f(*l)).sum::<f32>() / weight;
        let subject = mean(&|l| l);
        Self { subject, shape: mean(&|l| (l - subject).powi(2)), all: lit.iter().sum::<f32>() / lit.len() as f32 }
    }

    fn score(self, hour: TimeOfDay, stand: Stand) -> f32 {
        let band = smooth(0.04, 0.25, self.all) * (1.0 - smooth(0.7, 0.95, self.all));
        let glow = match hour {
            // A low sun, or its glow, belongs into the picture.
            TimeOfDay::Dawn | TimeOfDay::Dusk => 0.35 * (1.0 - smooth(35.0, 65.0, stand.azimuth.abs())),
            TimeOfDay::Day | TimeOfDay::Night => 0.0,
        };
        1.2 * smooth(0.05, 0.4, self.subject) + 0.9 * band + smooth(0.02, 0.14, self.shape) + glow
    }
}

/// Edge of a cell in metres, and how many there are to the sides and upward.
const CELL_M: f32 = 1.0;
const GRID: IVec3 = IVec3::new(240, 48, 240);
/// Surfaces that look up steeper than this are ground and roofs; what holds light off has sides as well.
const LEVEL: f32 = 0.8;
/// Optical depth of a metre in which there is a square metre of surface.
const DENSITY: f32 = 5.0;

/// How much surface there is in each cell around the subject, in square metres.
struct Thicket {
    origin: Vec3,
    /// Height of the highest of it.
    top: f32,
    surface: Vec<f32>,
}

impl Thicket {
    fn of(meshes: &[std::sync::Arc<Mesh>], instances: &[Instance], middle: Vec3) -> Self {
        let size = GRID.as_vec3() * CELL_M;
        let origin = Vec3::new(middle.x - 0.5 * size.x, middle.y - 6.0, middle.z - 0.5 * size.z);
        let n = (GRID.x * GRID.y * GRID.z) as usize;
        let mut thicket = Self { origin, top: origin.y, surface: vec![0.0; n] };
        for instance in instances {
            let mesh = &meshes[instance.mesh as usize];
            let corners: Vec<Vec3> = mesh.positions.iter().map(|p| instance.transform.transform_point3(*p)).collect();
            for t in &mesh.triangles {
                thicket.add(t.map(|i| corners[i as usize]));
            }
        }
        thicket
    }

    /// Spreads the area of a triangle over the cells that it crosses.
    fn add(&mut self, [a, b, c]: [Vec3; 3]) {
        let normal = (b - a).cross(c - a);
        let twice = normal.length();
        if normal.y > LEVEL * twice || twice <= 0.0 {
            return;
        }
        let (low, high) = (a.min(b).min(c), a.max(b).max(c));
        if low.cmpgt(self.origin + GRID.as_vec3() * CELL_M).any() || high.cmplt(self.origin).any() {
            return;
        }
        self.top = self.top.max(high.y);
        let parts = |edge: Vec3| ((edge.length() / (0.8 * CELL_M)) as usize + 1).min(120);
        let [along, across] = [b - a, c - a].map(parts);
        let share = 0.5 * twice / (along * across) as f32;
        for i in 0..along {
            for j in 0..across {
                // The middle of each small parallelogram; those beyond the far edge are turned back into the triangle.
                let (u, v) = ((i as f32 + 0.5) / along as f32, (j as f32 + 0.5) / across as f32);
                let (u, v) = if u + v > 1.0 { (1.0 - u, 1.0 - v) } else { (u, v) };
                if let Some(index) = self.cell(a + (b - a) * u + (c - a) * v) {
                    self.surface[index] += share;
                }
            }
        }
    }

    fn cell(&self, p: Vec3) -> Option<usize> {
        let c = ((p - self.origin) / CELL_M).floor().as_ivec3();
        let inside = c.cmpge(IVec3::ZERO).all() && c.cmplt(GRID).all();
        inside.then(|| ((c.y * GRID.z + c.z) * GRID.x + c.x) as usize)
    }

    /// Share of the light from a direction that reaches a point.
    fn through(&self, from: Vec3, direction: Vec3) -> f32 {
        let (mut at, mut depth, mut step) = (from, 0.0, 0.8 * CELL_M);
        while at.y < self.top
            && let Some(index) = self.cell(at)
        {
            depth += DENSITY * self.surface[index] * step;
            if depth > 5.0 {
                return 0.0;
            }
            at += direction * step;
            // What is far need not be met as exactly.
            step += 0.015 * CELL_M;
        }
        (-depth).exp()
    }
}

#[cfg(test)]
mod tests {
    use gesamt_world::Genre;

    use super::*;
    use crate::{compose, fixture};

    #[test]
    fn a_direction_and_its_angles_agree() {
        let world = fixture::world(Place::Plaza, Genre::Modern, TimeOfDay::Day, 0, 3);
        let camera = compose(&world, &fixture::boxes(&world)).camera;
        for azimuth in [-120.0, -20.0, 0.0, 75.0] {
            let stand = Stand { azimuth, elevation: 22.0 };
            let back = Stand::of(stand.direction(&camera), &camera);
            assert!((back.azimuth - azimuth).abs() < 1e-2 && (back.elevation - 22.0).abs() < 1e-2, "{back:?}");
        }
    }

    #[test]
    fn a_wall_holds_light_off_and_a_wire_hardly() {
        let empty =
            || Thicket { origin: Vec3::ZERO, top: 0.0, surface: vec![0.0; (GRID.x * GRID.y * GRID.z) as usize] };
        let wall = |x: f32, high: f32| {
            [
                [Vec3::new(x, 0.0, 90.0), Vec3::new(x, high, 90.0), Vec3::new(x, 0.0, 150.0)],
                [Vec3::new(x, high, 150.0), Vec3::new(x, 0.0, 150.0), Vec3::new(x, high, 90.0)],
            ]
        };
        let from = Vec3::new(100.0, 2.0, 120.0);
        let toward = |rise: f32| Vec3::new(1.0, rise, 0.0).normalize();
        let mut walled = empty();
        wall(110.5, 12.0).into_iter().for_each(|t| walled.add(t));
        assert!(
            walled.through(from, toward(0.3)) < 0.15 && walled.through(from, toward(2.0)) > 0.99,
            "{} {}",
            walled.through(from, toward(0.3)),
            walled.through(from, toward(2.0))
        );
        let mut wired = empty();
        wired.add([Vec3::new(110.5, 5.0, 90.0), Vec3::new(110.5, 5.02, 90.0), Vec3::new(110.5, 5.0, 150.0)]);
        assert!(wired.through(from, toward(0.3)) > 0.9);
    }

    #[test]
    fn the_sun_of_a_street_is_turned_to_where_it_lights_the_subject_and_noon_stays_high() {
        for seed in 1..5 {
            let mut world = fixture::world(Place::Street, Genre::Western, TimeOfDay::Day, 0, seed);
            world.sky.cloud_cover = 0.1;
            world.sky.sun_elevation_deg = 66.0;
            let scene = compose(&world, &fixture::boxes(&world));
            assert!(scene.sky.sun_direction.y.asin().to_degrees() > 65.0);
            let points = seen_points(&scene);
            let thicket = Thicket::of(&scene.meshes, &scene.instances, middle(&scene));
            let lit = |s: Stand| Effect::of(&points, &thicket, s.direction(&scene.camera)).score(TimeOfDay::Day, s);
            let chosen = Stand::of(scene.sky.sun_direction, &scene.camera);
            let own = Stand { azimuth: world.sky.sun_azimuth_deg, elevation: 66.0 };
            assert!(lit(chosen) >= lit(own) - 1e-3, "seed {seed}: {chosen:?}");
        }
    }
}
