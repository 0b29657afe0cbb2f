//! What moves in the wind of a clip: plants bend and flutter, cloth billows, flames waver, kelp
//! streams, mills turn, people shift their weight.
//!
//! Vertices leave their places by a displacement that is a function of their place and of time; the hierarchy is refitted
//! from frame to frame. Light, materials and what the frame before knew are looked up at the place at rest, so that they move
//! along. The wind blows in gusts, which the soundtrack shares, and repeats with a loop.

mod flex;
mod wind;

use std::f32::consts::TAU;

use gesamt_mesh::Mesh;
use gesamt_scene::{Instance, Scene, Stir};
use gesamt_world::MaterialKind;
use glam::{Affine3A, Quat, Vec3};
use rayon::prelude::*;

use crate::bvh::{Bvh, Moving, RayHit};
use crate::gain::Time;
use crate::prepared::{Prepared, TriangleRef, corners};
use crate::sampler::{hash, unit};

use flex::{Flex, FlexMesh, Give};
use wind::{Swing, Wind};

/// Movements smaller than this share of a pixel are left out.
const LEAST_PX: f32 = 0.25;
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
}

/// The moving part of a scene.
pub(crate) struct Sway {
    wind: Wind,
    meshes: Vec<FlexMesh>,
    movers: Vec<Option<Mover>>,
    moving: Moving,
    pub now: Pose,
}

/// All movers at one moment.
#[derive(Clone, Default)]
pub(crate) struct Pose {
    motions: Vec<Option<Motion>>,
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
}

impl Motion {
    /// How far a point is from its place at rest, by its flexibility in metres of the world.
    fn displacement(&self, wind: &Wind, mover: &Mover, flex: &Flex, rest: Vec3) -> Vec3 {
        let from_root = rest - mover.root;
        match self.own {
            Own::Nothing => wind.displacement(&self.swing, flex, rest, mover.height),
            Own::Turned(turned) => turned * from_root - from_root,
            Own::Stands(aside, twist) => {
                let high = ((rest.y - mover.foot) / BODY_M).clamp(0.0, 1.3);
                let across = Vec3::new(from_root.z, 0.0, -from_root.x);
                aside * (high * high.sqrt()) + across * (twist * high)
            }
        }
    }
}

impl Sway {
    /// What moves enough to be seen in a frame whose pixels are `pixel_angle` wide; `None` when nothing does.
    fn new(scene: &Scene, bvh: &Bvh, triangles: &[TriangleRef], pixel_angle: f32) -> Option<Self> {
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
        Some(Self { wind, meshes, movers, moving, now: Pose::default() })
    }

    /// Everything at a moment.
    pub fn pose(&self, time: Time) -> Pose {
        let gusts = self.wind.gusts(time);
        let swing = |m: &Option<Mover>| {
            m.as_ref().map(|m| Motion { swing: self.wind.swing(m.root, m.height, m.phase, &gusts), own: m.own(time) })
        };
        Pose { motions: self.movers.par_iter().map(swing).collect() }
    }

    /// True for what moves.
    #[inline]
    pub fn moves(&self, instance: u32) -> bool {
        self.movers[instance as usize].is_some()
    }

    /// The place of a hit, if it moves.
    pub fn place(&self, scene: &Scene, triangles: &[TriangleRef], hit: &RayHit) -> Option<Place> {
        let TriangleRef { instance, triangle } = triangles[hit.triangle as usize];
        if !self.moves(instance) {
            return None;
        }
        let placed = &scene.instances[instance as usize];
        let [a, b, c] = scene.meshes[placed.mesh as usize].corners(triangle as usize);
        let rest = placed.transform.transform_point3(a + (b - a) * hit.u + (c - a) * hit.v);
        Some(Place { instance, triangle, u: hit.u, v: hit.v, rest })
    }

    /// How far a point of a triangle is from its place at rest.
    pub fn displacement(&self, pose: &Pose, scene: &Scene, at: &Place) -> Vec3 {
        let (Some(Some(motion)), Some(mover)) =
            (pose.motions.get(at.instance as usize), &self.movers[at.instance as usize])
        else {
            return Vec3::ZERO;
        };
        let instance = &scene.instances[at.instance as usize];
        let corners = scene.meshes[instance.mesh as usize].triangles[at.triangle as usize];
        let [a, b, c] = corners.map(|i| self.flex(instance, i));
        let free = a.free * (1.0 - at.u - at.v) + b.free * at.u + c.free * at.v;
        motion.displacement(&self.wind, mover, &Flex { free, ..a }, at.rest)
    }

    /// The flexibility of a vertex in metres and directions of the world.
    fn flex(&self, instance: &Instance, vertex: u32) -> Flex {
        let flex = self.meshes[instance.mesh as usize].vertices.get(vertex as usize).copied().unwrap_or_default();
        let across = instance.transform.transform_vector3(flex.across).normalize_or_zero();
        Flex { free: flex.free * scale(instance.transform), across, ..flex }
    }

    fn corners(&self, scene: &Scene, pose: &Pose, r: TriangleRef) -> [Vec3; 3] {
        let instance = &scene.instances[r.instance as usize];
        let mesh = &scene.meshes[instance.mesh as usize];
        let rest = mesh.corners(r.triangle as usize).map(|p| instance.transform.transform_point3(p));
        let (Some(Some(motion)), Some(mover)) =
            (pose.motions.get(r.instance as usize), &self.movers[r.instance as usize])
        else {
            return rest;
        };
        let corners = mesh.triangles[r.triangle as usize];
        std::array::from_fn(|k| {
            rest[k] + motion.displacement(&self.wind, mover, &self.flex(instance, corners[k]), rest[k])
        })
    }
}

/// A point on a triangle of an instance.
pub(crate) struct Place {
    pub instance: u32,
    pub triangle: u32,
    pub u: f32,
    pub v: f32,
    /// Where it is when no wind blows.
    pub rest: Vec3,
}

impl Mover {
    fn new(flex: &FlexMesh, mesh: &Mesh, instance: &Instance) -> Self {
        let transform = instance.transform;
        let root = Vec3::from(transform.translation);
        let dice = hash(instance.seed ^ hash(root.x.to_bits() ^ root.z.to_bits().rotate_left(7)));
        let axis = transform.transform_vector3(Vec3::Z).normalize_or(Vec3::Z);
        let foot = root.y + mesh.bounds().min.y * scale(transform);
        let height = flex.plant_height * scale(transform);
        Self { height, root, phase: unit(dice), stir: instance.stir, axis, foot }
    }

    /// The farthest that it goes of its own, in metres.
    fn reach(&self) -> f32 {
        match self.stir {
            Stir::Rests => 0.0,
            Stir::Turns(_) => f32::INFINITY,
            Stir::Lives => 0.04,
        }
    }

    fn own(&self, time: Time) -> Own {
        let wave = |hz: f32, from: f32| (TAU * (time.turns(hz) + from + self.phase)).sin();
        match self.stir {
            Stir::Rests => Own::Nothing,
            Stir::Turns(hz) => Own::Turned(Quat::from_axis_angle(self.axis, TAU * time.turns(hz))),
            Stir::Lives => {
                let aside =
                    self.axis.cross(Vec3::Y) * (0.015 * wave(0.19, 0.0)) + self.axis * (0.009 * wave(0.31, 0.4));
                Own::Stands(aside, 0.06 * wave(0.13, 0.7) + 0.02 * wave(0.43, 0.1))
            }
        }
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

/// The least distance between a mesh in place and the camera on its way.
fn distance(scene: &Scene, mesh: &Mesh, transform: Affine3A) -> f32 {
    let bounds = mesh.bounds();
    let center = transform.transform_point3(bounds.center());
    let radius = 0.5 * bounds.size().length() * scale(transform);
    let [start, end] = scene.motion.extremes();
    [scene.camera, scene.motion.at(start), scene.motion.at(end)]
        .iter()
        .map(|camera| camera.position.distance(center) - radius)
        .fold(f32::INFINITY, f32::min)
        .max(0.3)
}

impl Prepared {
    /// Sets the wind blowing for frames whose pixels are `pixel_angle` wide.
    pub(crate) fn begin_sway(&mut self, pixel_angle: f32) {
        self.sway = Sway::new(&self.scene, &self.bvh, &self.triangles, pixel_angle);
    }

    /// Moves everything to where it is at a moment.
    pub(crate) fn sway_to(&mut self, time: Time) {
        let Some(mut sway) = self.sway.take() else { return };
        sway.now = sway.pose(time);
        let Self { bvh, scene, triangles, .. } = self;
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
        Mover { height: 0.0, root: Vec3::new(2.0, -0.1, 1.0), phase: 0.3, stir, axis: Vec3::Z, foot: 0.0 }
    }

    #[test]
    fn who_stands_keeps_the_feet_and_moves_the_head_a_little_and_a_loop_closes() {
        let m = mover(Stir::Lives);
        let wind = Wind::new(&crate::tests::empty());
        let at = |secs: f32, p: Vec3| {
            let time = Time { secs, loop_secs: Some(6.0) };
            let swing = wind.swing(m.root, m.height, m.phase, &wind.gusts(time));
            Motion { swing, own: m.own(time) }.displacement(&wind, &m, &Flex::default(), p)
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
        let turn = |secs: f32| match m.own(Time { secs, loop_secs: Some(5.0) }) {
            Own::Turned(q) => q * Vec3::X,
            _ => Vec3::ZERO,
        };
        assert!(turn(0.0).distance(turn(5.0)) < 1e-3);
        // One and a half turns are made two: a tenth of a loop is a fifth of a turn, clockwise.
        let (sin, cos) = (-0.4 * std::f32::consts::PI).sin_cos();
        assert!(turn(0.5).distance(Vec3::new(cos, sin, 0.0)) < 1e-4, "{}", turn(0.5));
    }
}
