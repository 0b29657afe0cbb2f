//! The set as the crowd sees it: where somebody can stand, sit, lean and walk, and be seen.

use gesamt_scene::{Camera, Instance, Scene};
use gesamt_world::{AssetFamily, Rng};
use glam::{Vec2, Vec3};

use super::crowd::{Crowd, NEAR_PATH, NEAR_STILL, head_count};
use super::floor::Floor;
use crate::ground::smooth;
use crate::raster::{Raster, Reach, Solids};
use crate::view::ASPECT;

/// Nobody is farther: there they would be specks.
const FAR: f32 = 34.0;
/// Radius and height that a place must have room for.
const ROOM: f32 = 0.34;
const TALL: f32 = 1.9;
/// Somebody who walks needs less to the sides, and a way of at least this length before and behind, in metres.
const WALKING_ROOM: f32 = 0.28;
const LEAST_WAY: f32 = 1.1;
/// Ways are looked at so far, in metres, in steps of this length.
pub(super) const LONGEST_WAY: f32 = 5.6;
const WAY_STEP: f32 = 0.28;
/// Nobody walks nearer to the camera anywhere on its path, in metres.
const NEAR_WAY: f32 = 3.2;
/// The floor may rise by this much over a step of a way.
const WAY_RISE: f32 = 0.05;
/// A figure takes at most this share of the frame's height, and at least that.
const LARGEST: f32 = 0.46;
const SMALLEST: f32 = 0.045;
const RASTER: [usize; 2] = [320, 180];
/// What it is worth to stand out against what is behind, and to so few people or fewer, who would be lost otherwise.
const CONTRAST: f32 = 0.7;
const LONELY_CONTRAST: f32 = 1.6;
const FEW: usize = 3;
/// The edge of a seat lies so far behind the place of who sits on it, and the wall behind who leans, in metres.
const SEAT_EDGE: f32 = 0.1;
const WALL_BEHIND: f32 = 0.27;

/// A place that was found for someone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Berth {
    pub at: Vec3,
    /// Extent in the frame: left, right.
    pub frame: [f32; 2],
    pub depth: f32,
    pub score: f32,
}

impl Berth {
    pub fn plan(&self) -> Vec2 {
        plan(self.at)
    }
}

/// A straight way through a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Way {
    pub yaw: f32,
    /// Metres that are clear before and behind.
    pub ahead: f32,
    pub behind: f32,
}

impl Way {
    /// True when it is worth setting out.
    pub fn is_long(&self) -> bool {
        self.ahead >= LEAST_WAY && self.behind >= 0.7 * LEAST_WAY
    }
}

/// A stall with someone behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stall {
    pub seller: Vec2,
    pub yaw: f32,
    /// Middle of its front, and half its width.
    pub front: Vec2,
    pub half: f32,
}

/// The set as the crowd sees it.
pub(super) struct Survey<'a> {
    pub crowd: &'a Crowd<'a>,
    camera: Camera,
    path: Vec<Camera>,
    pub floor: Floor,
    raster: Raster,
    pub subject: Vec3,
    /// Height of the subject's top.
    pub subject_top: f32,
    pub stalls: Vec<Stall>,
    /// Left, right and depth of the subject in the frame.
    subject_frame: [f32; 3],
    lamps: Vec<(Vec3, f32)>,
    /// What people come for: stalls, doors, posts.
    pub anchors: Vec<Vec2>,
    contrast_weight: f32,
}

impl<'a> Survey<'a> {
    pub fn new(scene: &Scene, crowd: &'a Crowd<'a>) -> Self {
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
        let (subject_frame, subject_top) = subject_frame(scene, crowd.hero);
        Self {
            crowd,
            camera,
            path,
            subject_top,
            stalls: stalls(scene, crowd),
            floor: Floor::of(scene, crowd.ground, low, high),
            raster: Raster::draw(&Solids::from(scene), &camera, RASTER, Reach::All),
            subject: scene.subject,
            subject_frame,
            lamps,
            anchors,
            contrast_weight: if head_count(crowd.world) <= FEW { LONELY_CONTRAST } else { CONTRAST },
        }
    }

    /// A random place where someone could be seen standing.
    pub fn candidate(&self, rng: &mut Rng) -> Option<Berth> {
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
            + self.contrast_weight * self.contrast(&berth)
            + 0.5 * smooth(26.0, 12.0, berth.depth)
            - 0.5 * smooth(9.0, 6.0, berth.depth)
            - 0.3 * smooth(0.3, 0.6, (berth.depth / subject_depth - 1.0).abs());
        Some(berth)
    }

    /// How much of somebody at a place stands before what is far behind: there the air is light and the figure dark.
    fn contrast(&self, berth: &Berth) -> f32 {
        const HEIGHTS: [f32; 4] = [1.7, 1.4, 1.1, 0.8];
        let behind = |y: f32| {
            let Some((p, depth)) = self.camera.project(berth.at + Vec3::Y * y, ASPECT) else { return 0.0 };
            let [px, py] = [0, 1].map(|i| ((p[i] * RASTER[i] as f32) as usize).min(RASTER[i] - 1));
            smooth(1.2, 2.2, self.raster.depth(py * RASTER[0] + px) / depth)
        };
        HEIGHTS.into_iter().map(behind).sum::<f32>() / HEIGHTS.len() as f32
    }

    /// The place at a point of the plan, when someone may stand there.
    pub fn berth(&self, at: Vec2) -> Option<Berth> {
        if self.crowd.taken.in_box(at) || !self.crowd.taken.is_free(at, 0.1) {
            return None;
        }
        let y = self.floor.stand(at, ROOM)?;
        self.framed(Vec3::new(at.x, y, at.y), &UPRIGHT)
    }

    /// The place of someone with feet at a point who fills points of the body, when they can be seen.
    fn framed(&self, feet: Vec3, body: &Body) -> Option<Berth> {
        let at = plan(feet);
        let distance = |c: &Camera| plan(c.position).distance(at);
        if distance(&self.camera) < NEAR_STILL + 0.4 || self.path.iter().any(|c| distance(c) < NEAR_PATH + 0.4) {
            return None;
        }
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
        if body.hides && before && frame[1] > left && frame[0] < right {
            return None;
        }
        self.is_seen(feet, body).then_some(Berth { at: feet, frame, depth, score: 0.0 })
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
    fn is_seen(&self, feet: Vec3, body: &Body) -> bool {
        let right = self.camera.world_from_camera().x_axis;
        let sees = |y: f32, x: f32| {
            let Some((p, depth)) = self.camera.project(feet + Vec3::Y * y + right * x, ASPECT) else { return false };
            let (px, py) = ((p.x * RASTER[0] as f32) as usize, (p.y * RASTER[1] as f32) as usize);
            px < RASTER[0] && py < RASTER[1] && self.raster.depth(py * RASTER[0] + px) > depth - 0.25
        };
        let n = body.points.iter().filter(|(y, x)| sees(*y, *x)).count();
        body.head.iter().all(|y| sees(*y, 0.0)) && n >= body.least
    }

    /// How a direction of the plan is seen from a point: 1 comes toward us, −1 goes away.
    pub fn toward_us(&self, at: Vec2, yaw: f32) -> f32 {
        (plan(self.camera.position) - at).normalize_or_zero().dot(heading(yaw))
    }

    /// The yaw from a point to the camera.
    pub fn yaw_to_us(&self, at: Vec2) -> f32 {
        crate::stage::facing(at, plan(self.camera.position))
    }

    /// The best way through a place: long, and one that shows the walker from the front and the side.
    pub fn way(&self, berth: &Berth, turn: f32) -> Option<(Way, f32)> {
        const N: usize = 16;
        let runs: Vec<f32> = (0..N).map(|k| self.run(berth, heading(angle(k, N, turn)))).collect();
        let ways = (0..N).filter_map(|k| {
            let (ahead, behind) = (runs[k], runs[(k + N / 2) % N]);
            let way = Way { yaw: angle(k, N, turn), ahead, behind };
            let seen = self.toward_us(berth.plan(), way.yaw);
            // Three quarters from the front best, straight at us or away worse.
            let view = smooth(-0.75, 0.1, seen) - 0.5 * smooth(0.8, 1.0, seen);
            let score = 0.09 * (ahead + behind).min(8.0) + 0.05 * ahead.min(behind) + 0.75 * view;
            way.is_long().then_some((way, score))
        });
        ways.max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// How far one can walk in a direction.
    fn run(&self, berth: &Berth, direction: Vec2) -> f32 {
        let (mut far, mut height) = (0.0, berth.at.y);
        while far < LONGEST_WAY {
            let next = far + WAY_STEP;
            let p = berth.plan() + direction * next;
            let Some(y) = self.floor.stand(p, WALKING_ROOM) else { break };
            let is_near = self.path.iter().any(|c| plan(c.position).distance(p) < NEAR_WAY);
            if (y - height).abs() > WAY_RISE || is_near || self.crowd.taken.in_box(p) {
                break;
            }
            (far, height) = (next, y);
        }
        far
    }

    /// Heights of the floor along a way, over its middle, from behind to ahead.
    pub fn rises(&self, berth: &Berth, way: &Way, n: usize) -> Vec<f32> {
        let at = |k: usize| {
            let far = -way.behind + (way.behind + way.ahead) * k as f32 / (n - 1) as f32;
            let p = berth.plan() + heading(way.yaw) * far;
            self.floor.stand(p, WALKING_ROOM).map_or(0.0, |y| y - berth.at.y)
        };
        (0..n).map(at).collect()
    }

    /// A place on a seat that faces us more or less: the place, the yaw and the height of the seat.
    pub fn seat(&self, rng: &mut Rng) -> Option<(Berth, f32, f32)> {
        let cells = self.floor.ledges();
        if cells.is_empty() {
            return None;
        }
        (0..240).find_map(|_| {
            let at = cells[rng.below(cells.len())];
            let yaw = self.yaw_to_us(at) + 1.5 * rng.signed();
            let (seat, edge) = self.floor.seat(at, heading(yaw))?;
            let feet = edge + heading(yaw) * SEAT_EDGE;
            let y = self.floor.stand(feet + heading(yaw) * 0.3, 0.24)?;
            let high = seat - y;
            let berth = (0.38..0.6).contains(&high).then(|| self.framed(Vec3::new(feet.x, y, feet.y), &SEATED))??;
            Some((berth, yaw, high))
        })
    }

    /// A place with the back against a wall: the place and the yaw.
    pub fn wall(&self, free: &[Berth], rng: &mut Rng) -> Option<(Berth, f32)> {
        (0..120).find_map(|_| {
            let near = free.get(rng.below(free.len().max(1)))?;
            let yaw = self.yaw_to_us(near.plan()) + 1.3 * rng.signed();
            let d = heading(yaw);
            let distance = self.floor.wall_behind(near.at, d, 2.6)?;
            let at = near.plan() - d * (distance - WALL_BEHIND);
            let y = self.floor.stand(at + d * 0.2, 0.2)?;
            let berth = self.framed(Vec3::new(at.x, y, at.y), &UPRIGHT)?;
            self.floor.wall_behind(berth.at, d, 0.5).map(|_| (berth, yaw))
        })
    }

    /// The place of a seller, when head and chest are seen over the counter.
    pub fn behind(&self, stall: &Stall) -> Option<Berth> {
        let y = self.floor.stand(stall.seller, 0.12)?;
        self.framed(Vec3::new(stall.seller.x, y, stall.seller.y), &AT_COUNTER)
    }
}

/// Points of a body (height, aside) of which so many must be seen, and of the head, which must.
struct Body {
    points: &'static [(f32, f32)],
    least: usize,
    head: [f32; 2],
    /// Whether it would stand before the subject, rather than belong to it.
    hides: bool,
}

const UPRIGHT: Body = Body {
    points: &[(1.3, -0.2), (1.3, 0.2), (1.0, -0.15), (1.0, 0.15), (0.6, 0.0), (0.3, 0.0)],
    least: 4,
    head: [1.62, 1.72],
    hides: true,
};
const SEATED: Body =
    Body { points: &[(0.95, -0.15), (0.95, 0.15), (0.7, 0.0), (0.35, 0.0)], least: 3, head: [1.15, 1.25], hides: true };
const AT_COUNTER: Body =
    Body { points: &[(1.3, -0.15), (1.3, 0.15), (1.1, 0.0)], least: 2, head: [1.5, 1.62], hides: false };

/// The direction of a yaw in the plan.
pub(super) fn heading(yaw: f32) -> Vec2 {
    Vec2::new(yaw.sin(), yaw.cos())
}

fn angle(k: usize, n: usize, turn: f32) -> f32 {
    std::f32::consts::TAU * (k as f32 + turn) / n as f32
}

pub(super) fn plan(p: Vec3) -> Vec2 {
    Vec2::new(p.x, p.z)
}

/// The stalls of a scene.
fn stalls(scene: &Scene, crowd: &Crowd) -> Vec<Stall> {
    let is_stall = |i: &&Instance| {
        i.asset.and_then(|a| crowd.world.assets.get(a as usize)).is_some_and(|a| a.family == AssetFamily::MarketStall)
    };
    let stall = |i: &Instance| {
        let bounds = scene.meshes[i.mesh as usize].bounds();
        let point = |x: f32, z: f32| plan(i.transform.transform_point3(Vec3::new(x, 0.0, z)));
        let aside = 0.12 * bounds.size().x * if i.seed.is_multiple_of(2) { 1.0 } else { -1.0 };
        let seller = point(aside, SELLER_Z);
        let front = point(0.0, COUNTER_Z);
        Stall { seller, yaw: crate::stage::facing(point(0.0, 0.0), front), front, half: 0.4 * bounds.size().x }
    };
    scene.instances.iter().filter(is_stall).map(stall).collect()
}

/// Where a seller stands behind the counter of a stall, and where the counter ends, along its depth in metres.
const SELLER_Z: f32 = 0.0;
const COUNTER_Z: f32 = 0.95;

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

/// Left and right of what must stay free in the frame for the subject to be seen, its depth, and the height of its top.
fn subject_frame(scene: &Scene, hero: Option<u32>) -> ([f32; 3], f32) {
    let (middle, depth) = scene.camera.project(scene.subject, ASPECT).unwrap_or((Vec2::splat(0.5), 10.0));
    let distance = |i: &&Instance| plan(Vec3::from(i.transform.translation)).distance(plan(scene.subject));
    let subject = scene
        .instances
        .iter()
        .filter(|i| hero.is_some() && i.asset == hero)
        .min_by(|a, b| distance(a).total_cmp(&distance(b)));
    let (mut left, mut right) = (middle.x - 0.035, middle.x + 0.035);
    let mut top = scene.subject.y;
    if let Some(instance) = subject {
        let bounds = scene.meshes[instance.mesh as usize].bounds();
        let (mut a, mut b) = (1.0f32, 0.0f32);
        for k in 0..8 {
            let pick = glam::BVec3::new(k & 1 > 0, k & 2 > 0, k & 4 > 0);
            let corner = instance.transform.transform_point3(Vec3::select(pick, bounds.min, bounds.max));
            top = top.max(corner.y);
            if let Some((p, _)) = scene.camera.project(corner, ASPECT) {
                (a, b) = (a.min(p.x), b.max(p.x));
            }
        }
        // The middle of a large subject stays free; at its ends people may stand.
        let share = if b - a > 0.4 { 0.7 } else { 0.95 };
        let (m, half) = (0.5 * (a + b), 0.5 * share * (b - a));
        (left, right) = (left.min(m - half), right.max(m + half));
    }
    ([left, right, depth], top)
}
