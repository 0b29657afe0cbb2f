//! How many people there are and where they stand.

use std::sync::Arc;

use gesamt_scene::{Camera, Instance, Lamp, Scene, Stir};
use gesamt_world::{Place, Rng, Seed, TimeOfDay, WeatherKind, World};
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::figure::LIFT;
use super::floor::Floor;
use super::wardrobe::Who;
use super::{Stance, cast};
use crate::ground::{Ground, smooth};
use crate::places::Plan;
use crate::raster::{Raster, Reach, Solids};
use crate::skin::Skin;
use crate::stage::{Occupancy, facing};
use crate::view::ASPECT;

/// Most people in a scene.
pub(super) const MOST: usize = 14;
/// Nobody is nearer to the still's camera, or to the camera anywhere on its path, in metres.
pub(super) const NEAR_STILL: f32 = 6.0;
pub(super) const NEAR_PATH: f32 = 4.0;
/// Nobody is farther: there they would be specks.
const FAR: f32 = 34.0;
/// Radius and height that a place must have room for; with an umbrella, the radius is larger.
const ROOM: f32 = 0.34;
const UMBRELLA_ROOM: f32 = 0.55;
const TALL: f32 = 1.9;
/// A figure takes at most this share of the frame's height, and at least that.
const LARGEST: f32 = 0.46;
const SMALLEST: f32 = 0.045;
const N_CANDIDATES: usize = 900;
const RASTER: [usize; 2] = [320, 180];

/// What the crowd knows of the set.
pub(crate) struct Crowd<'a> {
    pub world: &'a World,
    pub skin: &'a Skin,
    pub ground: &'a Ground,
    pub taken: &'a Occupancy,
    pub plan: &'a Plan,
    /// Places against facades.
    pub walls: &'a [crate::places::Spot],
    pub seed: Seed,
    /// The asset that is the subject.
    pub hero: Option<u32>,
}

/// Number of people in a world.
pub(super) fn head_count(world: &World) -> usize {
    let p = world.condition.population;
    if p < 0.12 {
        return 0;
    }
    let table = [(0.12, 0.7), (0.3, 1.8), (0.6, 6.0), (1.0, MOST as f32)];
    let pair = table.windows(2).find(|w| p <= w[1].0).unwrap_or(&table[2..]);
    let ([a, b], p) = ([pair[0], pair[1]], p.min(1.0));
    let crowd = a.1 + (b.1 - a.1) * (p - a.0) / (b.0 - a.0);
    let sheltered = world.is_sheltered();
    let night = world.sky.time_of_day == TimeOfDay::Night && !sheltered;
    let weather = match world.weather.kind {
        _ if sheltered => 1.0,
        WeatherKind::Storm => 0.4,
        WeatherKind::Dust => 0.7,
        WeatherKind::Rain | WeatherKind::Snow => 0.8,
        _ => 1.0,
    };
    let n = crowd * if night { 0.65 } else { 1.0 } * weather;
    let (share, most) = habitation(world.setting.place, night);
    ((n * share).round() as usize).clamp(1, most)
}

/// Share of a busy street's people that a place has, and the most of them.
fn habitation(place: Place, night: bool) -> (f32, usize) {
    use Place::*;
    match place {
        Desert | Tundra | Cave | Canyon | Mountain | Swamp | Jungle => (0.2, 1),
        Forest | Graveyard => (0.3, if night { 1 } else { 2 }),
        Underwater => (0.35, 3),
        Coast | Farmland | Rooftop => (0.45, 4),
        Ruins | Garden => (0.55, 5),
        Alley | Library | Tunnel | Castle => (0.65, 7),
        SpaceStation | Factory | Temple | Arena => (0.75, 9),
        Marketplace | Street | Plaza | Village | Harbor => (1.0, MOST),
    }
}

/// A place that was found for someone.
#[derive(Clone, Copy, Debug)]
struct Berth {
    at: Vec3,
    /// Extent in the frame: left, right.
    frame: [f32; 2],
    depth: f32,
    score: f32,
}

/// Puts the people of the world into a finished scene.
pub(crate) fn populate(scene: &mut Scene, crowd: &Crowd) {
    let count = head_count(crowd.world);
    if count == 0 {
        return;
    }
    let seed = crowd.seed.child("people");
    let ground = Survey::new(scene, crowd);
    let mut rng = seed.child("places").rng();
    let mut free: Vec<Berth> = (0..N_CANDIDATES).filter_map(|_| ground.candidate(&mut rng)).collect();
    free.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut placed: Vec<Berth> = Vec::new();
    let mut jobs: Vec<(Berth, Stance, f32)> = Vec::new();
    while placed.len() < count {
        let Some(next) = free.iter().position(|b| placed.iter().all(|o| apart(o, b, 1.0))) else { break };
        let berth = free.remove(next);
        placed.push(berth);
        let talks = rng.chance(0.4) && placed.len() < count;
        let companion = talks.then(|| ground.companion(&berth, &placed, &mut rng)).flatten();
        if let Some(other) = companion {
            let turn = |a: &Berth, b: &Berth| facing(plan(a.at), plan(b.at));
            jobs.push((berth, Stance::Talk, turn(&berth, &other)));
            jobs.push((other, Stance::Stand, turn(&other, &berth)));
            placed.push(other);
        } else {
            let (stance, yaw) = ground.errand(&berth, &mut rng);
            jobs.push((berth, stance, yaw));
        }
    }
    // Who is near is dressed first: the one in the accent is seen but not the nearest.
    let accent = jobs.len() / 2;
    let roomy: Vec<bool> = jobs.iter().map(|(b, ..)| ground.floor.stand(plan(b.at), UMBRELLA_ROOM).is_some()).collect();
    for (index, (berth, stance, yaw)) in jobs.iter().enumerate() {
        let mut dice = seed.child("who").index(index as u64).rng();
        let is_lively = count > 4 && crowd.world.setting.place != Place::Underwater;
        let who = Who {
            index,
            is_woman: dice.chance(0.48),
            is_child: is_lively && index % 5 == 4 && dice.chance(0.4),
            is_accent: jobs.len() > 1 && index == accent,
            has_room: roomy[index],
        };
        add(scene, crowd, who, (*berth, *stance, *yaw), seed.child("person").index(index as u64));
    }
}

fn add(scene: &mut Scene, crowd: &Crowd, who: Who, (berth, stance, yaw): (Berth, Stance, f32), seed: Seed) {
    let person = cast(crowd.world, crowd.skin, who, stance, seed);
    let materials = person.materials.iter().map(|m| {
        let known = scene.materials.iter().position(|k| k == m);
        known.unwrap_or_else(|| {
            scene.materials.push(m.clone());
            scene.materials.len() - 1
        }) as u32
    });
    let materials = materials.collect();
    let rotation = Quat::from_rotation_y(yaw);
    scene.meshes.push(Arc::new(person.mesh));
    scene.instances.push(Instance {
        mesh: scene.meshes.len() as u32 - 1,
        transform: Affine3A::from_rotation_translation(rotation, berth.at - Vec3::Y * LIFT),
        materials,
        asset: None,
        seed: 0,
        stir: Stir::Lives,
    });
    if let Some((at, color, group)) = person.lamp {
        let strength = 0.5 * crowd.skin.lit;
        let intensity = crate::skin::normalized(color).map(|v| v * strength);
        scene.lamps.push(Lamp { position: berth.at + rotation * at, radius: 0.05, intensity, group });
    }
}

fn plan(p: Vec3) -> Vec2 {
    Vec2::new(p.x, p.z)
}

/// True when two people neither touch nor hide each other.
fn apart(a: &Berth, b: &Berth, room: f32) -> bool {
    let distance = plan(a.at).distance(plan(b.at));
    let overlap = a.frame[1].min(b.frame[1]) - a.frame[0].max(b.frame[0]);
    let width = (a.frame[1] - a.frame[0]).min(b.frame[1] - b.frame[0]);
    distance > 0.9 + room && overlap < 0.35 * width
}

/// The set as the crowd sees it.
struct Survey<'a> {
    crowd: &'a Crowd<'a>,
    camera: Camera,
    path: Vec<Camera>,
    floor: Floor,
    raster: Raster,
    subject: Vec3,
    /// Left, right and depth of the subject in the frame.
    subject_frame: [f32; 3],
    lamps: Vec<(Vec3, f32)>,
    /// What people come for: stalls, doors, posts.
    anchors: Vec<Vec2>,
}

impl<'a> Survey<'a> {
    fn new(scene: &Scene, crowd: &'a Crowd<'a>) -> Self {
        let camera = scene.camera;
        let eye = plan(camera.position);
        let (mut low, mut high) = (eye, eye);
        for (x, depth) in [(-1.0, 1.0), (1.0, 1.0), (-1.0, FAR), (1.0, FAR)] {
            let p = point(&camera, x, depth);
            (low, high) = (low.min(p), high.max(p));
        }
        let path = (0..=12).map(|k| scene.motion.at(k as f32 / 12.0)).collect();
        let mut lamps: Vec<(Vec3, f32)> =
            scene.lamps.iter().map(|l| (l.position, l.intensity.iter().sum::<f32>() / 3.0)).collect();
        lamps.extend(scene.instances.iter().filter(|i| i.asset.is_some()).filter_map(|i| glow_of(scene, i)));
        let spots = crowd.plan.structures.iter().chain(&crowd.plan.lights).chain(crowd.walls);
        let mut anchors: Vec<Vec2> = spots.map(|s| s.at).collect();
        let things = scene.instances.iter().filter(|i| i.asset.is_some());
        anchors.extend(things.map(|i| Vec2::new(i.transform.translation.x, i.transform.translation.z)));
        Self {
            crowd,
            camera,
            path,
            floor: Floor::of(scene, crowd.ground, low, high),
            raster: Raster::draw(&Solids::from(scene), &camera, RASTER, Reach::All),
            subject: scene.subject,
            subject_frame: subject_frame(scene, crowd.hero),
            lamps,
            anchors,
        }
    }

    /// A random place where someone could be seen standing.
    fn candidate(&self, rng: &mut Rng) -> Option<Berth> {
        let subject_depth = self.subject_frame[2];
        let (pick, x, depth, noise) = (rng.unit(), 0.96 * rng.signed(), rng.unit(), rng.unit());
        let turn = std::f32::consts::TAU * rng.unit();
        let at = match pick {
            p if p < 0.2 => plan(self.subject) + Vec2::from_angle(turn) * (1.2 + 3.8 * depth),
            p if p < 0.5 && !self.anchors.is_empty() => {
                let anchor = self.anchors[((p - 0.2) / 0.3 * self.anchors.len() as f32) as usize % self.anchors.len()];
                anchor + Vec2::from_angle(turn) * (0.8 + 1.4 * depth)
            }
            _ => point(&self.camera, x, NEAR_STILL + (FAR - NEAR_STILL) * depth.powf(1.5)),
        };
        let mut berth = self.berth(at)?;
        let by_thing = self.anchors.iter().map(|a| a.distance(at)).fold(f32::INFINITY, f32::min);
        let light: f32 = self.lamps.iter().map(|(p, i)| i / (p.distance_squared(berth.at + Vec3::Y) + 1.0)).sum();
        let beside = plan(self.subject).distance(at);
        berth.score = 0.9 * noise
            + 0.5 * smooth(2.6, 1.0, by_thing)
            + 0.5 * smooth(6.0, 2.0, beside)
            + 1.1 * smooth(0.0, 0.8, light) * self.crowd.skin.lit
            + 0.5 * smooth(26.0, 12.0, berth.depth)
            - 0.5 * smooth(9.0, 6.0, berth.depth)
            - 0.3 * smooth(0.3, 0.6, (berth.depth / subject_depth - 1.0).abs());
        Some(berth)
    }

    /// The place at a point of the plan, when someone may stand there.
    fn berth(&self, at: Vec2) -> Option<Berth> {
        let distance = |c: &Camera| plan(c.position).distance(at);
        if distance(&self.camera) < NEAR_STILL + 0.4 || self.path.iter().any(|c| distance(c) < NEAR_PATH + 0.4) {
            return None;
        }
        if self.crowd.taken.in_box(at) || !self.crowd.taken.is_free(at, 0.1) {
            return None;
        }
        let y = self.floor.stand(at, ROOM)?;
        let feet = Vec3::new(at.x, y, at.y);
        let (head, depth) = self.camera.project(feet + Vec3::Y * TALL, ASPECT)?;
        let (foot, _) = self.camera.project(feet, ASPECT)?;
        let tall = foot.y - head.y;
        let half = 0.22 * tall / ASPECT;
        let frame = [head.x.min(foot.x) - half, head.x.max(foot.x) + half];
        let is_whole = frame[0] > 0.012 && frame[1] < 0.988 && head.y > 0.03 && foot.y < 0.985;
        if !is_whole || !(SMALLEST..LARGEST).contains(&tall) || depth > FAR || self.is_cut_in_clip(feet) {
            return None;
        }
        let [left, right, subject_depth] = self.subject_frame;
        let before = depth < subject_depth + 0.5;
        if before && frame[1] > left && frame[0] < right {
            return None;
        }
        self.is_seen(feet).then_some(Berth { at: feet, frame, depth, score: 0.0 })
    }

    /// True when the edge of the frame goes through the head somewhere on the camera's path.
    fn is_cut_in_clip(&self, feet: Vec3) -> bool {
        self.path.iter().any(|c| {
            let ends = [1.45, TALL].map(|y| c.project(feet + Vec3::Y * y, ASPECT));
            let [Some((chin, _)), Some((crown, _))] = ends else { return false };
            let half = 0.6 * (chin.y - crown.y) / ASPECT;
            let cuts = |low: f32, high: f32| low < 0.0 && high > 0.0 || low < 1.0 && high > 1.0;
            cuts(crown.y, chin.y) || cuts(crown.x - half, crown.x + half)
        })
    }

    /// True when most of a figure is seen, its head included.
    fn is_seen(&self, feet: Vec3) -> bool {
        let right = self.camera.world_from_camera().x_axis;
        let sees = |y: f32, x: f32| {
            let Some((p, depth)) = self.camera.project(feet + Vec3::Y * y + right * x, ASPECT) else { return false };
            let (px, py) = ((p.x * RASTER[0] as f32) as usize, (p.y * RASTER[1] as f32) as usize);
            px < RASTER[0] && py < RASTER[1] && self.raster.depth(py * RASTER[0] + px) > depth - 0.25
        };
        let body = [(1.3, -0.2), (1.3, 0.2), (1.0, -0.15), (1.0, 0.15), (0.6, 0.0), (0.3, 0.0)];
        let n = body.iter().filter(|(y, x)| sees(*y, *x)).count();
        sees(1.62, 0.0) && sees(1.72, 0.0) && n >= 4
    }

    /// A place in arm's reach for the other one of a talk.
    fn companion(&self, first: &Berth, placed: &[Berth], rng: &mut Rng) -> Option<Berth> {
        let start = rng.unit();
        (0..10).find_map(|k| {
            let angle = std::f32::consts::TAU * (start + 0.1 * k as f32);
            let at = plan(first.at) + Vec2::from_angle(angle) * (0.92 + 0.12 * rng.unit());
            let other = self.berth(at)?;
            let overlap = first.frame[1].min(other.frame[1]) - first.frame[0].max(other.frame[0]);
            let side_by_side = overlap < 0.55 * (first.frame[1] - first.frame[0]);
            let free = placed
                .iter()
                .all(|p| std::ptr::eq(p, first) || plan(p.at).distance(plan(first.at)) < 0.01 || apart(p, &other, 0.3));
            (side_by_side && free).then_some(other)
        })
    }

    /// What someone alone does, and the way the figure faces.
    fn errand(&self, berth: &Berth, rng: &mut Rng) -> (Stance, f32) {
        let at = plan(berth.at);
        let thing = self.anchors.iter().copied().min_by(|a, b| a.distance(at).total_cmp(&b.distance(at)));
        let near = berth.depth < 8.5;
        let (chance, turn, sign) = (rng.unit(), rng.signed(), if rng.chance(0.62) { 1.0 } else { -1.0 });
        if let Some(thing) = thing.filter(|t| t.distance(at) < 2.4 && chance < 0.62) {
            return (Stance::Stand, facing(at, thing) + 0.35 * turn);
        }
        if plan(self.subject).distance(at) < 6.0 && chance < 0.5 {
            return (Stance::Stand, facing(at, plan(self.subject)) + 0.4 * turn);
        }
        // Ways lead past the subject, into the picture more often than out of it.
        let ahead = plan(self.subject) - plan(self.camera.position);
        let yaw = facing(Vec2::ZERO, ahead * sign) + 0.75 * turn;
        let clear = |k: f32| self.floor.stand(at + Vec2::new(yaw.sin(), yaw.cos()) * k, ROOM).is_some();
        let is_moving = !near || chance > 0.75;
        (if is_moving && clear(0.6) { Stance::Walk } else { Stance::Stand }, yaw)
    }
}

/// The middle and the intensity of what glows on an instance: signs, screens, windows of kiosks.
fn glow_of(scene: &Scene, instance: &Instance) -> Option<(Vec3, f32)> {
    let mesh = &scene.meshes[instance.mesh as usize];
    let power: Vec<f32> =
        instance.materials.iter().map(|m| scene.materials[*m as usize].emission.iter().sum::<f32>() / 3.0).collect();
    if power.iter().all(|p| *p <= 0.0) {
        return None;
    }
    let (mut middle, mut sum) = (Vec3::ZERO, 0.0);
    for (index, slot) in mesh.slots.iter().enumerate() {
        let [a, b, c] = mesh.corners(index);
        let weight = power.get(usize::from(*slot)).copied().unwrap_or(0.0) * 0.5 * (b - a).cross(c - a).length();
        middle += weight * (a + b + c) / 3.0;
        sum += weight;
    }
    // Half of it shines to the other side, and cosines halve the rest.
    (sum > 0.0).then(|| (instance.transform.transform_point3(middle / sum), 0.25 * sum))
}

/// A point of the plan at a place in the frame (−1 left … 1 right) and a depth.
fn point(camera: &Camera, x: f32, depth: f32) -> Vec2 {
    let (sin, cos) = camera.yaw_rad.sin_cos();
    let half = 18.0 / camera.focal_length_mm;
    plan(camera.position) + Vec2::new(-sin, -cos) * depth + Vec2::new(cos, -sin) * (x * depth * half)
}

/// Left and right of what must stay free in the frame for the subject to be seen, and its depth.
fn subject_frame(scene: &Scene, hero: Option<u32>) -> [f32; 3] {
    let (middle, depth) = scene.camera.project(scene.subject, ASPECT).unwrap_or((Vec2::splat(0.5), 10.0));
    let distance = |i: &&Instance| plan(Vec3::from(i.transform.translation)).distance(plan(scene.subject));
    let subject = scene
        .instances
        .iter()
        .filter(|i| hero.is_some() && i.asset == hero)
        .min_by(|a, b| distance(a).total_cmp(&distance(b)));
    let (mut left, mut right) = (middle.x - 0.035, middle.x + 0.035);
    if let Some(instance) = subject {
        let bounds = scene.meshes[instance.mesh as usize].bounds();
        let (mut a, mut b) = (1.0f32, 0.0f32);
        for k in 0..8 {
            let pick = glam::BVec3::new(k & 1 > 0, k & 2 > 0, k & 4 > 0);
            let corner = instance.transform.transform_point3(Vec3::select(pick, bounds.min, bounds.max));
            if let Some((p, _)) = scene.camera.project(corner, ASPECT) {
                (a, b) = (a.min(p.x), b.max(p.x));
            }
        }
        // The middle of a large subject stays free; at its ends people may stand.
        let share = if b - a > 0.4 { 0.7 } else { 0.95 };
        let (m, half) = (0.5 * (a + b), 0.5 * share * (b - a));
        (left, right) = (left.min(m - half), right.max(m + half));
    }
    [left, right, depth]
}
