//! What moves in the wind of a clip: plants bend and flutter, cloth billows, flames waver, kelp
//! streams, mills turn, people walk, talk or shift their weight.
//!
//! Vertices leave their places by a displacement that is a function of their place and of time; the hierarchy is refitted
//! from frame to frame. Light, materials and what the frame before knew are looked up at the place at rest, so that they move
//! along. The wind blows in gusts, which the soundtrack shares, and repeats with a loop.

mod flex;
mod people;
mod shadow;
mod wind;

use std::f32::consts::TAU;
use std::sync::Arc;

use gesamt_mesh::Mesh;
use gesamt_scene::{Act, Camera, Instance, Scene, Stir};
use gesamt_world::MaterialKind;
use glam::{Affine3A, Quat, Vec3};
use rayon::prelude::*;

use crate::bvh::{Bvh, Moving, RayHit};
use crate::gain::Time;
use crate::prepared::{Prepared, TriangleRef, corners};
use crate::sampler::{hash, unit};

use flex::{Flex, FlexMesh, Give};
use people::Stride;
pub(crate) use shadow::Shadow;
use wind::{Swing, Wind};

/// Movements smaller than this share of a pixel are left out.
const LEAST_PX: f32 = 0.5;
/// Radians beyond the corners of the frame within which things still move.
const BESIDE: f32 = 0.12;
/// A body is about this high.
const BODY_M: f32 = 1.7;

/// An instance that moves.
struct Mover {
    /// Height of the plant in metres of the world, or 0.
    height: f32,
    /// The plant's root, or the instance's pivot.
    root: Vec3,
    /// Sets neighbours apart, 0–1.
    phase: f32,
    /// What it does of its own.
    stir: Stir,
    /// What it turns about.
    axis: Vec3,
    /// Height of its lowest point.
    foot: f32,
    transform: Affine3A,
}

/// The moving part of a scene.
pub(crate) struct Sway {
    wind: Wind,
    meshes: Vec<FlexMesh>,
    movers: Vec<Option<Mover>>,
    moving: Moving,
    /// When the still is taken, in seconds.
    still_secs: f32,
    pub now: Arc<Pose>,
}

/// All movers at one moment.
#[derive(Clone, Default)]
pub(crate) struct Pose {
    /// How far each vertex of an instance is from its place at rest, in the world; empty for what stands still.
    moved: Vec<Vec<Vec3>>,
    /// What keeps light from the ground because it walks.
    pub shadows: Vec<Shadow>,
}

/// What one instance does at one moment.
#[derive(Clone, Copy)]
struct Motion {
    swing: Swing,
    own: Own,
}

/// What it does of its own.
#[derive(Clone, Copy)]
enum Own {
    Nothing,
    Turned(Quat),
    /// How far the head is aside, and the turn of the shoulders in radians.
    Stands(Vec3, f32),
    /// The same, and how far each beat of the act is taken.
    Acts(Vec3, f32, [f32; 3]),
    Walks(Stride),
}

impl Motion {
    /// How far a point is from its place at rest, by its flexibility in metres of the world.
    fn displacement(&self, wind: &Wind, mover: &Mover, flex: &Flex, rest: Vec3) -> Vec3 {
        let from_root = rest - mover.root;
        match self.own {
            Own::Nothing => wind.displacement(&self.swing, flex, rest, mover.height),
            Own::Turned(turned) => turned * from_root - from_root,
            Own::Walks(_) => Vec3::ZERO,
            Own::Stands(aside, twist) | Own::Acts(aside, twist, _) => {
                let high = ((rest.y - mover.foot) / BODY_M).clamp(0.0, 1.3);
                let across = Vec3::new(from_root.z, 0.0, -from_root.x);
                aside * (high * high.sqrt()) + across * (twist * high)
            }
        }
    }

    /// How far a vertex is taken from its place in the mesh by what it does of its own.
    fn shaped(&self, mover: &Mover, (vertex, rest): (usize, Vec3)) -> Vec3 {
        match (self.own, &mover.stir) {
            (Own::Walks(stride), Stir::Walks(walk)) => stride.displacement(walk, mover.transform, vertex, rest),
            (Own::Acts(_, _, weights), Stir::Acts(act)) => people::acted(act, &weights, mover.transform, vertex, rest),
            _ => Vec3::ZERO,
        }
    }
}

impl Sway {
    /// What moves enough to be seen in a frame whose pixels are `pixel_angle` wide; `None` when nothing does.
    fn new(scene: &Scene, bvh: &Bvh, triangles: &[TriangleRef], pixel_angle: f32, still_secs: f32) -> Option<Self> {
        let wind = Wind::new(scene);
        let meshes = flexible(scene);
        let movers: Vec<Option<Mover>> = scene
            .instances
            .iter()
            .map(|instance| {
                let flex = &meshes[instance.mesh as usize];
                let mesh = &scene.meshes[instance.mesh as usize];
                let mover = Mover::new(flex, mesh, instance);
                let far = distance(scene, mesh, instance.transform);
                let reach = if mover.stir == Stir::Rests { flex.reach(&wind, mover.height) } else { mover.reach() };
                (reach > LEAST_PX * pixel_angle * far).then_some(mover)
            })
            .collect();
        let is_free = |i: usize| {
            let r = triangles[i];
            let mesh = scene.instances[r.instance as usize].mesh as usize;
            let Some(mover) = &movers[r.instance as usize] else { return false };
            let corners = scene.meshes[mesh].triangles[r.triangle as usize];
            mover.stir != Stir::Rests || corners.iter().any(|v| meshes[mesh].vertices[*v as usize].give != Give::Rigid)
        };
        let moving = bvh.moving(is_free)?;
        Some(Self { wind, meshes, movers, moving, still_secs, now: Arc::default() })
    }

    /// Everything at a moment.
    pub fn pose(&self, scene: &Scene, time: Time) -> Pose {
        let gusts = self.wind.gusts(time);
        let swing = |m: &Option<Mover>| {
            let own = |m: &Mover| m.own(time, time.secs - self.still_secs);
            m.as_ref().map(|m| Motion { swing: self.wind.swing(m.root, m.height, m.phase, &gusts), own: own(m) })
        };
        let motions: Vec<Option<Motion>> = self.movers.par_iter().map(swing).collect();
        let shadow = |(i, (motion, mover)): (usize, (&Option<Motion>, &Option<Mover>))| {
            let (Some(Motion { own: Own::Walks(stride), .. }), Some(mover)) = (motion, mover) else { return None };
            let Stir::Walks(walk) = &mover.stir else { return None };
            Shadow::new(i as u32, stride.body(walk, mover.transform))
        };
        let shadows = motions.iter().zip(&self.movers).enumerate().filter_map(shadow).collect();
        let moved = motions.par_iter().enumerate().map(|(i, motion)| {
            let (Some(motion), Some(mover)) = (motion, &self.movers[i]) else { return Vec::new() };
            self.moved(&scene.instances[i], scene, motion, mover)
        });
        Pose { moved: moved.collect(), shadows }
    }

    /// How far each vertex of an instance is from its place at rest.
    fn moved(&self, instance: &Instance, scene: &Scene, motion: &Motion, mover: &Mover) -> Vec<Vec3> {
        let transform = instance.transform;
        let scale = scale(transform);
        let flexes = &self.meshes[instance.mesh as usize].vertices;
        let vertex = |(i, p): (usize, &Vec3)| {
            let flex = flexes.get(i).copied().unwrap_or_default();
            if mover.stir == Stir::Rests && flex.give == Give::Rigid {
                return Vec3::ZERO;
            }
            let across = if flex.across == Vec3::ZERO {
                Vec3::ZERO
            } else {
                transform.transform_vector3(flex.across).normalize_or_zero()
            };
            let flex = Flex { free: flex.free * scale, across, ..flex };
            motion.displacement(&self.wind, mover, &flex, transform.transform_point3(*p))
                + motion.shaped(mover, (i, *p))
        };
        scene.meshes[instance.mesh as usize].positions.par_iter().enumerate().with_min_len(4096).map(vertex).collect()
    }

    /// True for what moves.
    #[inline]
    pub fn moves(&self, instance: u32) -> bool {
        self.movers[instance as usize].is_some()
    }

    /// True for plants that sway.
    pub fn is_plant(&self, instance: u32) -> bool {
        self.movers[instance as usize].as_ref().is_some_and(|m| m.height > 0.0)
    }

    /// The place of a hit, if it moves.
    pub fn place(&self, triangles: &[TriangleRef], hit: &RayHit) -> Option<Place> {
        let TriangleRef { instance, triangle } = triangles[hit.triangle as usize];
        if !self.moves(instance) {
            return None;
        }
        Some(Place { instance, triangle, u: hit.u, v: hit.v })
    }

    /// How far a point of a triangle is from its place at rest.
    pub fn displacement(&self, pose: &Pose, scene: &Scene, at: &Place) -> Vec3 {
        let Some(moved) = pose.moved.get(at.instance as usize).filter(|m| !m.is_empty()) else { return Vec3::ZERO };
        let mesh = &scene.meshes[scene.instances[at.instance as usize].mesh as usize];
        let [a, b, c] = mesh.triangles[at.triangle as usize].map(|i| moved[i as usize]);
        a * (1.0 - at.u - at.v) + b * at.u + c * at.v
    }

    fn corners(&self, scene: &Scene, pose: &Pose, r: TriangleRef) -> [Vec3; 3] {
        let instance = &scene.instances[r.instance as usize];
        let mesh = &scene.meshes[instance.mesh as usize];
        let moved = &pose.moved[r.instance as usize];
        mesh.triangles[r.triangle as usize].map(|i| {
            let rest = instance.transform.transform_point3(mesh.positions[i as usize]);
            moved.get(i as usize).map_or(rest, |by| rest + *by)
        })
    }
}

/// A point on a triangle of an instance.
pub(crate) struct Place {
    pub instance: u32,
    pub triangle: u32,
    pub u: f32,
    pub v: f32,
}

impl Mover {
    fn new(flex: &FlexMesh, mesh: &Mesh, instance: &Instance) -> Self {
        let transform = instance.transform;
        let root = Vec3::from(transform.translation);
        let dice = hash(instance.seed ^ hash(root.x.to_bits() ^ root.z.to_bits().rotate_left(7)));
        let axis = transform.transform_vector3(Vec3::Z).normalize_or(Vec3::Z);
        let foot = root.y + mesh.bounds().min.y * scale(transform);
        let height = flex.plant_height * scale(transform);
        Self { height, root, phase: unit(dice), stir: instance.stir.clone(), axis, foot, transform }
    }

    /// The farthest that it goes of its own, in metres.
    fn reach(&self) -> f32 {
        match self.stir {
            Stir::Rests => 0.0,
            Stir::Turns(_) => f32::INFINITY,
            Stir::Lives => 0.04,
            Stir::Acts(_) => 0.1,
            Stir::Walks(_) => f32::INFINITY,
        }
    }

    /// What it does of its own, so many seconds after the moment of the still.
    fn own(&self, time: Time, since_still: f32) -> Own {
        match &self.stir {
            Stir::Rests => Own::Nothing,
            Stir::Turns(hz) => Own::Turned(Quat::from_axis_angle(self.axis, TAU * time.turns(*hz))),
            Stir::Lives => {
                let (aside, twist) = self.weight_shifted(time);
                Own::Stands(aside, twist)
            }
            Stir::Acts(act) => {
                let (aside, twist) = self.weight_shifted(time);
                Own::Acts(aside, twist, self.beats(act, time))
            }
            Stir::Walks(walk) => Own::Walks(Stride::at(walk, since_still)),
        }
    }

    fn wave(&self, time: Time, hz: f32, from: f32) -> f32 {
        (TAU * (time.turns(hz) + from + self.phase)).sin()
    }

    /// How far the head is aside, and the turn of the shoulders in radians.
    fn weight_shifted(&self, time: Time) -> (Vec3, f32) {
        let wave = |hz: f32, from: f32| self.wave(time, hz, from);
        let aside = self.axis.cross(Vec3::Y) * (0.015 * wave(0.19, 0.0)) + self.axis * (0.009 * wave(0.31, 0.4));
        (aside, 0.06 * wave(0.13, 0.7) + 0.02 * wave(0.43, 0.1))
    }

    fn beats(&self, act: &Act, time: Time) -> [f32; 3] {
        std::array::from_fn(|k| {
            act.poses.get(k).map_or(0.0, |(beat, _)| people::weight(*beat, |hz, from| self.wave(time, hz, from)))
        })
    }
}

impl FlexMesh {
    /// The farthest that any part goes, in metres.
    fn reach(&self, wind: &Wind, height: f32) -> f32 {
        self.gives().map(|give| wind.reach(give, height)).fold(0.0, f32::max)
    }
}

fn scale(transform: Affine3A) -> f32 {
    transform.matrix3.determinant().abs().cbrt()
}

/// The flexibility of all meshes by the materials that their instances wear.
fn flexible(scene: &Scene) -> Vec<FlexMesh> {
    let mut kinds: Vec<Vec<MaterialKind>> = vec![Vec::new(); scene.meshes.len()];
    for instance in &scene.instances {
        let slots = &mut kinds[instance.mesh as usize];
        if slots.is_empty() {
            let kind = |m: &u32| scene.materials.get(*m as usize).map_or(MaterialKind::Concrete, |spec| spec.kind);
            slots.extend(instance.materials.iter().map(kind));
        }
    }
    scene.meshes.par_iter().zip(&kinds).map(|(mesh, kinds)| FlexMesh::new(mesh, kinds)).collect()
}

/// The least distance between a mesh in place and the camera on its way; infinite for what it never sees.
fn distance(scene: &Scene, mesh: &Mesh, transform: Affine3A) -> f32 {
    let bounds = mesh.bounds();
    let center = transform.transform_point3(bounds.center());
    let radius = 0.5 * bounds.size().length() * scale(transform);
    let [start, end] = scene.motion.extremes();
    [scene.camera, scene.motion.at(start), scene.motion.at(end)]
        .iter()
        .filter(|camera| sees(camera, center, radius))
        .map(|camera| camera.position.distance(center) - radius)
        .fold(f32::INFINITY, f32::min)
        .max(0.3)
}

/// Whether a ball may be in the frame or a little beside it.
fn sees(camera: &Camera, center: Vec3, radius: f32) -> bool {
    let to = center - camera.position;
    let far = to.length();
    if far <= radius {
        return true;
    }
    let half_width = 18.0 / camera.focal_length_mm;
    let half_height = (1.0 + 2.0 * camera.shift_y.abs()) * half_width * 9.0 / 16.0;
    let corner = half_width.hypot(half_height).atan();
    let axis = -camera.world_from_camera().z_axis;
    (axis.dot(to) / far).clamp(-1.0, 1.0).acos() < corner + (radius / far).asin() + BESIDE
}

impl Prepared {
    /// Sets the wind blowing for frames whose pixels are `pixel_angle` wide, in a clip that shows the still after so many
    /// seconds.
    pub(crate) fn begin_sway(&mut self, pixel_angle: f32, still_secs: f32) {
        self.sway = Sway::new(&self.scene, &self.bvh, &self.triangles, pixel_angle, still_secs);
    }

    /// Takes those who walk out of the scene; what comes back brings them in again.
    pub(crate) fn hide_walkers(&mut self) -> Option<Moving> {
        let Self { bvh, scene, triangles, .. } = self;
        let is_walker = |i: usize| people::walks(&scene.instances[triangles[i].instance as usize]);
        let hidden = bvh.moving(is_walker)?;
        // Triangles without an area are never met.
        bvh.refit(&hidden, |i| [Vec3::from(scene.instances[triangles[i].instance as usize].transform.translation); 3]);
        Some(hidden)
    }

    /// True for an instance that walks.
    pub(crate) fn walks(&self, instance: u32) -> bool {
        people::walks(&self.scene.instances[instance as usize])
    }

    /// Puts those who walk where they are in the still.
    pub(crate) fn show_walkers(&mut self, hidden: &Moving) {
        let Self { bvh, scene, triangles, placed, .. } = self;
        bvh.refit(hidden, |i| corners(scene, placed, triangles[i]));
    }

    /// Moves everything to where it is at a moment.
    pub(crate) fn sway_to(&mut self, time: Time) {
        let Some(mut sway) = self.sway.take() else { return };
        let Self { bvh, scene, triangles, .. } = self;
        sway.now = Arc::new(sway.pose(scene, time));
        bvh.refit(&sway.moving, |i| sway.corners(scene, &sway.now, triangles[i]));
        self.sway = Some(sway);
    }

    /// Puts everything back to its place.
    pub(crate) fn end_sway(&mut self) {
        let Some(sway) = self.sway.take() else { return };
        let Self { bvh, scene, triangles, placed, .. } = self;
        bvh.refit(&sway.moving, |i| corners(scene, placed, triangles[i]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mover(stir: Stir) -> Mover {
        let transform = Affine3A::IDENTITY;
        Mover { height: 0.0, root: Vec3::new(2.0, -0.1, 1.0), phase: 0.3, stir, axis: Vec3::Z, foot: 0.0, transform }
    }

    #[test]
    fn who_stands_keeps_the_feet_and_moves_the_head_a_little_and_a_loop_closes() {
        let m = mover(Stir::Lives);
        let wind = Wind::new(&crate::tests::empty());
        let at = |secs: f32, p: Vec3| {
            let time = Time { secs, loop_secs: Some(6.0) };
            let swing = wind.swing(m.root, m.height, m.phase, &wind.gusts(time));
            Motion { swing, own: m.own(time, 0.0) }.displacement(&wind, &m, &Flex::default(), p)
        };
        let (foot, head) = (Vec3::new(2.1, 0.0, 1.0), Vec3::new(2.0, 1.7, 1.1));
        let most = (0..144).map(|i| at(i as f32 / 24.0, head).length()).fold(0.0, f32::max);
        assert!(most > 0.01 && most < m.reach(), "{most}");
        assert!((0..144).all(|i| at(i as f32 / 24.0, foot) == Vec3::ZERO));
        assert!(at(0.0, head).distance(at(6.0, head)) < 1e-4);
    }

    #[test]
    fn wheels_turn_about_their_axis_whole_turns_in_a_loop() {
        let m = mover(Stir::Turns(-0.3));
        let turn = |secs: f32| match m.own(Time { secs, loop_secs: Some(5.0) }, 0.0) {
            Own::Turned(q) => q * Vec3::X,
            _ => Vec3::ZERO,
        };
        assert!(turn(0.0).distance(turn(5.0)) < 1e-3);
        // One and a half turns are made two: a tenth of a loop is a fifth of a turn, clockwise.
        let (sin, cos) = (-0.4 * std::f32::consts::PI).sin_cos();
        assert!(turn(0.5).distance(Vec3::new(cos, sin, 0.0)) < 1e-4, "{}", turn(0.5));
    }
}
