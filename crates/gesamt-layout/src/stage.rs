//! The stage: everything that is being put into a scene.

use std::sync::Arc;

use gesamt_mesh::{Aabb, LightGroup, MaterialSpec, Mesh, ModelLight};
use gesamt_scene::{Instance, Lamp, Stir};
use gesamt_world::{AssetFamily, AssetRole, LinearRgb, MaterialKind, Place, Rng, Seed, World};
use glam::{Affine3A, Quat, Vec2, Vec3};

use crate::cast::{Actor, Cast};
use crate::ground::Ground;
use crate::pen::Pen;
use crate::skin::Skin;
use crate::view::{Held, View};

/// Triangles of the whole scene that scattering keeps below.
pub(crate) const TRIANGLE_BUDGET: usize = 1_050_000;

/// How far posts lean that have fallen, and how high their feet lie then.
const FALLEN_RAD: f32 = 1.42;
const FALLEN_LIFT_M: f32 = 0.12;
/// How far boats lie over that have sunk, and how high their keels are then, as a share of the beam.
const CAPSIZED_RAD: f32 = 1.15;
const CAPSIZED_LIFT: f32 = 0.22;

/// Height of the subject's middle, as a share of its own.
const MIDDLE_OF_SUBJECT: f32 = 0.55;

/// The subject fills at most this share of the frame's height.
const LARGEST_SUBJECT: f32 = 0.66;

/// One take of so many sees the subject from a step farther back: by this factor.
const STEPS_BACK: u64 = 4;
const STEP_BACK: f32 = 1.22;

/// Part of a crystal's height that stands in the ground.
const ROOTED: f32 = 0.15;

/// One model of a slot, registered with the scene.
#[derive(Clone, Debug)]
pub(crate) struct SlotVariant {
    pub mesh: u32,
    pub materials: Vec<u32>,
    pub lights: Vec<ModelLight>,
    pub bounds: Aabb,
    pub n_triangles: usize,
}

/// One asset slot of the world.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub index: u32,
    pub family: AssetFamily,
    pub role: AssetRole,
    pub variants: Vec<SlotVariant>,
}

impl Slot {
    /// Radius of the footprint of the first variant.
    pub fn radius(&self) -> f32 {
        self.variants.first().map_or(0.5, |v| {
            let size = v.bounds.size();
            0.5 * size.x.max(size.z)
        })
    }

    /// Height of the first variant.
    pub fn height(&self) -> f32 {
        self.variants.first().map_or(1.0, |v| v.bounds.max.y)
    }

    /// How far it reaches back from its pivot, in metres.
    pub fn behind(&self) -> f32 {
        self.variants.first().map_or(0.5, |v| -v.bounds.min.z)
    }
}

/// A mesh of the layout's own that is placed many times.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub mesh: u32,
    pub materials: Vec<u32>,
    pub n_triangles: usize,
    /// What stands in for it from so many metres on, for a piece at scale 1.
    pub far: Option<(f32, Arc<Piece>)>,
}

impl Piece {
    /// The piece with a coarser twin that stands in for it from `from_m` metres on.
    pub fn with_far(self, from_m: f32, far: Self) -> Self {
        Self { far: Some((from_m, Arc::new(far))), ..self }
    }

    /// The piece, or its twin for what is so many metres away.
    fn at_distance(&self, distance_m: f32) -> &Self {
        match &self.far {
            Some((from_m, far)) if distance_m >= *from_m => far.at_distance(distance_m),
            _ => self,
        }
    }
}

/// Discs and boxes of the plan that are taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Occupancy {
    discs: Vec<(Vec2, f32)>,
    boxes: Vec<(Vec2, Vec2)>,
}

impl Occupancy {
    /// Takes a disc.
    pub fn take(&mut self, center: Vec2, radius: f32) {
        self.discs.push((center, radius));
    }

    /// Takes an axis-aligned box.
    pub fn take_box(&mut self, a: Vec2, b: Vec2) {
        self.boxes.push((a.min(b), a.max(b)));
    }

    /// True when a disc touches nothing that is taken.
    pub fn is_free(&self, center: Vec2, radius: f32) -> bool {
        self.discs.iter().all(|(c, r)| c.distance(center) > r + radius)
            && self.boxes.iter().all(|(min, max)| center.clamp(*min, *max).distance(center) > radius)
    }

    /// Points along the edges of all that is taken, about `step_m` apart.
    pub fn rims(&self, step_m: f32) -> Vec<Vec2> {
        let rings = self.discs.iter().flat_map(|(center, radius)| {
            let n = (std::f32::consts::TAU * radius / step_m).ceil().max(3.0) as u32;
            (0..n).map(move |k| *center + Vec2::from_angle(std::f32::consts::TAU * k as f32 / n as f32) * *radius)
        });
        let frames = self.boxes.iter().flat_map(|(min, max)| {
            let corners = [*min, Vec2::new(max.x, min.y), *max, Vec2::new(min.x, max.y)];
            (0..4).flat_map(move |k| {
                let (a, b) = (corners[k], corners[(k + 1) % 4]);
                let out = (0.5 * (a + b) - 0.5 * (*min + *max)).normalize_or(Vec2::X) * 0.06;
                let n = (a.distance(b) / step_m).ceil() as u32;
                (0..n).map(move |i| a.lerp(b, (i as f32 + 0.5) / n as f32) + out)
            })
        });
        rings.chain(frames).collect()
    }

    /// True when the point lies in a taken box.
    pub fn in_box(&self, p: Vec2) -> bool {
        self.boxes.iter().any(|(min, max)| p.cmpge(*min).all() && p.cmple(*max).all())
    }
}

/// Collects the scene.
pub(crate) struct Stage<'w> {
    pub world: &'w World,
    pub seed: Seed,
    pub skin: Skin,
    pub meshes: Vec<Arc<Mesh>>,
    pub materials: Vec<MaterialSpec>,
    pub instances: Vec<Instance>,
    pub lamps: Vec<Lamp>,
    pub slots: Vec<Slot>,
    pub ground: Ground,
    pub view: View,
    /// Where the focal subject stands, in the plan.
    pub hero: Vec2,
    /// Height of the focal subject above its ground.
    pub hero_height: f32,
    /// Size of the subject as it fills the frame.
    pub hero_extent: f32,
    /// Height of the subject's base above the ground, for subjects that float.
    pub hero_lift: f32,
    /// The top of what crowns the set, which the frame holds where it can.
    pub crown: Option<Vec3>,
    /// How much farther off the subject is than the world asks for, in this take.
    step_back: f32,
    pub taken: Occupancy,
    /// Places against facades, for doors and what leans on walls.
    pub walls: Vec<crate::places::Spot>,
    /// Height of a sheet of water under which the ground is a bed on which nothing but boats and docks is put.
    pub water_level: Option<f32>,
    /// Points of the plan near the camera where the ground is grass.
    pub grass: Vec<Vec2>,
    /// Towers of the far layer that are still to be built.
    pub skylines: Vec<crate::backdrop::Skyline>,
    n_triangles: usize,
    serial: u32,
}

impl<'w> Stage<'w> {
    /// An empty stage with the slots' models registered; takes differ in the seed of the arrangement.
    pub fn new(world: &'w World, cast: &Cast, take: u64) -> Self {
        let seed = world.root_seed().child("layout");
        let mut stage = Self {
            world,
            seed: if take == 0 { seed } else { seed.child("take").index(take) },
            skin: cast.skin.clone(),
            meshes: Vec::new(),
            materials: Vec::new(),
            instances: Vec::new(),
            lamps: Vec::new(),
            slots: Vec::new(),
            ground: Ground::level(0, 0.0),
            view: View::new(world, 0.0, 0.8),
            hero: Vec2::ZERO,
            hero_height: 2.0,
            hero_extent: 2.0,
            hero_lift: 0.0,
            crown: None,
            step_back: if take % STEPS_BACK == STEPS_BACK - 1 { STEP_BACK } else { 1.0 },
            taken: Occupancy::default(),
            walls: Vec::new(),
            water_level: None,
            grass: Vec::new(),
            skylines: Vec::new(),
            n_triangles: 0,
            serial: 0,
        };
        for (index, asset) in world.assets.iter().enumerate() {
            let variants = cast.actors.get(index).map_or(&[][..], Vec::as_slice);
            let variants = variants.iter().map(|m| stage.register(m)).collect();
            stage.slots.push(Slot { index: index as u32, family: asset.family, role: asset.role, variants });
        }
        if let Some(hero) = stage.hero_slot() {
            stage.hero_height = stage.slots[hero].height().clamp(0.4, 14.0);
            stage.hero_extent = stage.hero_height.max((1.1 * stage.slots[hero].radius()).min(5.0));
        }
        stage.aim(0.0, 0.8);
        stage
    }

    fn register(&mut self, model: &Actor) -> SlotVariant {
        let materials = model.materials.iter().map(|m| self.mat(m.clone())).collect::<Vec<_>>();
        let materials = if materials.is_empty() { vec![self.kind(MaterialKind::Concrete)] } else { materials };
        self.meshes.push(Arc::clone(&model.mesh));
        SlotVariant {
            mesh: self.meshes.len() as u32 - 1,
            materials,
            lights: model.lights.clone(),
            bounds: model.bounds,
            n_triangles: model.mesh.triangles.len(),
        }
    }

    /// The slot of the focal subject: the first hero, else the first slot that has models. Where what is named for it says little
    /// (one more shelf among walls of books, a tank in a street), a draw decides between it and what could be looked at as well.
    pub fn hero_slot(&self) -> Option<usize> {
        let usable = |s: &Slot| !s.variants.is_empty();
        let named = self.slots.iter().position(|s| usable(s) && s.role == AssetRole::Hero);
        let rivals = named.map_or(&[][..], |s| self.rivals(self.slots[s].family));
        let pool: Vec<usize> = (0..self.slots.len())
            .filter(|s| usable(&self.slots[*s]) && rivals.contains(&self.slots[*s].family))
            .collect();
        if pool.is_empty() {
            return named.or_else(|| self.slots.iter().position(usable));
        }
        Some(pool[self.world.choice("subject").below(pool.len())])
    }

    /// Families from which the subject is drawn where a family is named for it; none for one that stays it.
    fn rivals(&self, named: AssetFamily) -> &'static [AssetFamily] {
        use AssetFamily::{
            Cart, Fountain, Generator, Kiosk, PipeRack, Shelf, Statue, Table, Tank, Tombstone, Vehicle, Well,
        };
        match (self.world.setting.place, named) {
            (Place::Library, Shelf) => &[Statue, Table],
            // One stone among many is no subject where an angel stands.
            (Place::Graveyard, Tombstone) => &[Statue],
            // Where nobody is left, nobody has driven up.
            (Place::Street | Place::Village | Place::Canyon | Place::Farmland, Tank) if self.is_deserted() => {
                &[Tank, Well, Fountain, Statue]
            }
            (Place::Street | Place::Village | Place::Canyon | Place::Marketplace | Place::Farmland, Tank) => {
                &[Tank, Cart, Vehicle, Well, Fountain, Statue]
            }
            // A rack stands along the wall.
            (Place::Tunnel, PipeRack) => &[Kiosk, Generator],
            _ => &[],
        }
    }

    fn is_deserted(&self) -> bool {
        self.world.condition.population < 0.35
    }

    /// Stands the camera at `x` with its −Z vanishing point at `lean` times the subject's place in the frame, and puts the
    /// subject where it is large enough in the frame.
    pub fn aim(&mut self, x: f32, lean: f32) {
        self.view = View::new(self.world, x, lean);
        let height = self.view.frame_height();
        let near = (self.hero_height / (LARGEST_SUBJECT * height)).max(3.4);
        let far = (self.hero_extent / (0.31 * height)).max(near + 0.5);
        let depth = (self.step_back * self.world.camera.distance_m).clamp(near, far);
        self.hero = self.view.point(self.world.camera.subject_x.clamp(-0.6, 0.6), depth);
    }

    /// Sets the ground and stands the camera on it.
    pub fn set_ground(&mut self, ground: Ground) {
        let eye = self.view.eye();
        self.view.camera.position.y = ground.at(eye.x, eye.y) + self.world.camera.height_m;
        self.ground = ground;
        let radius = self.hero_slot().map_or(1.0, |s| self.slots[s].radius());
        self.taken.take(self.hero, 0.9 * radius);
        self.taken.take(eye, 1.0);
    }

    /// The middle of the focal subject.
    pub fn subject(&self) -> Vec3 {
        let y = self.ground.at(self.hero.x, self.hero.y) + self.hero_lift + MIDDLE_OF_SUBJECT * self.hero_height;
        Vec3::new(self.hero.x, y, self.hero.y)
    }

    /// What the frame holds of the subject and of the set.
    pub fn held(&self) -> Held {
        let middle = self.subject();
        let up = |share: f32| middle + Vec3::Y * (share - MIDDLE_OF_SUBJECT) * self.hero_height;
        Held { foot: up(0.0), middle, head: up(1.0), crown: self.crown }
    }

    /// How high what stands at a point of the plan may be to be seen whole (y of the world, in metres).
    pub fn headroom(&self, at: Vec2) -> f32 {
        self.view.headroom(&self.held(), at)
    }

    /// Names the top of what crowns the set: the frame holds the one that rises highest in it.
    pub fn crown_at(&mut self, top: Vec3) {
        let eye = self.view.camera.position;
        let rise = |p: Vec3| (p.y - eye.y) / self.view.local(Vec2::new(p.x, p.z)).0.max(1.0);
        if self.crown.is_none_or(|other| rise(top) > rise(other)) {
            self.crown = Some(top);
        }
    }

    /// Distance of the subject along the optical axis.
    pub fn hero_depth(&self) -> f32 {
        self.view.local(self.hero).0
    }

    /// A generator for a named part of the set.
    pub fn rng(&self, name: &str) -> Rng {
        self.seed.child(name).rng()
    }

    /// A different 32-bit seed for each call.
    pub fn next_seed(&mut self) -> u32 {
        self.serial += 1;
        self.seed.index(u64::from(self.serial)).0 as u32
    }

    /// The index of a material, added when it is new.
    pub fn mat(&mut self, spec: MaterialSpec) -> u32 {
        let known = self.materials.iter().position(|m| *m == spec);
        known.unwrap_or_else(|| {
            self.materials.push(spec);
            self.materials.len() - 1
        }) as u32
    }

    /// A library material as it looks in this world.
    pub fn kind(&mut self, kind: MaterialKind) -> u32 {
        let spec = self.skin.of(kind);
        self.mat(spec)
    }

    /// A library material on which feet and wheels go: hard ground keeps its face under them, green stays in its cracks.
    pub fn trodden(&mut self, kind: MaterialKind) -> u32 {
        /// Share of the moss that is left on hard ground.
        const SPARED: f32 = 0.55;
        let mut spec = self.skin.of(kind);
        if !matches!(kind, MaterialKind::Grass | MaterialKind::Moss | MaterialKind::Dirt | MaterialKind::Mud) {
            spec.moss *= SPARED;
        }
        self.mat(spec)
    }

    /// A library material pulled to a colour.
    pub fn tinted(&mut self, kind: MaterialKind, color: LinearRgb, strength: f32) -> u32 {
        let spec = self.skin.tinted(kind, color, strength);
        self.mat(spec)
    }

    /// A glowing surface.
    pub fn glow(&mut self, kind: MaterialKind, color: LinearRgb, radiance: f32, group: LightGroup) -> u32 {
        let spec = self.skin.glow(kind, color, radiance, group);
        self.mat(spec)
    }

    /// Adds a mesh that stands in world space.
    pub fn add_mesh(&mut self, mesh: Mesh, materials: Vec<u32>) {
        if mesh.triangles.is_empty() {
            return;
        }
        self.n_triangles += mesh.triangles.len();
        self.meshes.push(Arc::new(mesh));
        let (mesh, seed) = (self.meshes.len() as u32 - 1, 0);
        self.instances.push(Instance {
            mesh,
            transform: Affine3A::IDENTITY,
            materials,
            asset: None,
            seed,
            stir: Stir::Rests,
        });
    }

    /// Adds what a pen has drawn about the Z axis, turning there.
    pub fn add_turning(&mut self, pen: Pen, at: Vec3, turn_hz: f32) {
        let piece = self.piece(pen);
        let transform = Affine3A::from_translation(at);
        self.n_triangles += piece.n_triangles;
        let Piece { mesh, materials, .. } = piece;
        self.instances.push(Instance { mesh, transform, materials, asset: None, seed: 0, stir: Stir::Turns(turn_hz) });
    }

    /// Adds what a pen has drawn in world space.
    pub fn add(&mut self, pen: Pen) {
        let (mesh, materials) = pen.finish();
        self.add_mesh(mesh, materials);
    }

    /// Registers what a pen has drawn about the origin, to be placed many times.
    pub fn piece(&mut self, pen: Pen) -> Piece {
        let (mesh, materials) = pen.finish();
        let n_triangles = mesh.triangles.len();
        self.meshes.push(Arc::new(mesh));
        Piece { mesh: self.meshes.len() as u32 - 1, materials, n_triangles, far: None }
    }

    /// Places a piece, or the twin that its distance calls for.
    pub fn put(&mut self, piece: &Piece, transform: Affine3A) {
        let at = Vec3::from(transform.translation);
        let scale = transform.matrix3.x_axis.length().max(1e-3);
        let piece = piece.at_distance(Vec2::new(at.x, at.z).distance(self.view.eye()) / scale);
        if piece.n_triangles == 0 || self.n_triangles + piece.n_triangles > TRIANGLE_BUDGET {
            return;
        }
        self.n_triangles += piece.n_triangles;
        let (materials, seed) = (piece.materials.clone(), self.next_seed());
        self.instances.push(Instance { mesh: piece.mesh, transform, materials, asset: None, seed, stir: Stir::Rests });
    }

    /// Places a piece on the ground at a point of the plan.
    pub fn put_at(&mut self, piece: &Piece, at: Vec2, yaw: f32, scale: f32) {
        let position = Vec3::new(at.x, self.ground.at(at.x, at.y) - 0.02, at.y);
        self.put(piece, pose(position, yaw, scale));
    }

    /// Places a variant of a slot on the ground (or `lift` above it) and takes its footprint.
    pub fn place(&mut self, slot: usize, at: Vec2, yaw: f32, scale: f32, lift: f32) {
        let count = self.instances.iter().filter(|i| i.asset == Some(self.slots[slot].index)).count();
        let n = self.slots[slot].variants.len();
        if n == 0 {
            return;
        }
        let variant = self.slots[slot].variants[count % n].clone();
        if count > 0 && self.n_triangles + variant.n_triangles > TRIANGLE_BUDGET {
            return;
        }
        let is_rooted = self.slots[slot].family == AssetFamily::Crystal;
        let sink = match lift {
            lift if lift > 0.0 => 0.0,
            // The stone that crystals grow on lies in the ground.
            _ if is_rooted => ROOTED * variant.bounds.max.y * scale,
            _ => 0.01,
        };
        let position = Vec3::new(at.x, self.ground.at(at.x, at.y) + lift - sink, at.y);
        let transform = match self.as_it_fell(slot, variant.bounds.size()) {
            Some((over, lift)) => pose(position + Vec3::Y * (lift * scale), yaw + 1.1, scale) * over,
            None => pose(position, yaw, scale),
        };
        self.n_triangles += variant.n_triangles;
        for light in &variant.lights {
            self.lamps.push(Lamp {
                position: transform.transform_point3(light.position),
                radius: (light.radius * scale).max(0.005),
                intensity: light.intensity.map(|v| v * scale * scale),
                group: light.group,
            });
        }
        let (asset, seed) = (Some(self.slots[slot].index), self.next_seed());
        self.instances.push(Instance {
            mesh: variant.mesh,
            transform,
            materials: variant.materials,
            asset,
            seed,
            stir: Stir::Rests,
        });
        let size = variant.bounds.size();
        self.taken.take(at, 0.46 * size.x.max(size.z) * scale);
    }

    /// How posts and boats lie on the bed of the sea, and how far their middle is above it for a scale of 1; none for all else.
    fn as_it_fell(&self, slot: usize, size: Vec3) -> Option<(Affine3A, f32)> {
        if self.world.setting.place != Place::Underwater {
            return None;
        }
        match self.slots[slot].family {
            AssetFamily::Lantern | AssetFamily::StreetLamp | AssetFamily::Brazier if !self.skin.is_electric => {
                Some((Affine3A::from_rotation_x(FALLEN_RAD) * Affine3A::from_rotation_y(0.6), FALLEN_LIFT_M))
            }
            AssetFamily::Boat => {
                let (keel, beam) = if size.x > size.z { (Vec3::X, size.z) } else { (Vec3::Z, size.x) };
                Some((Affine3A::from_axis_angle(keel, CAPSIZED_RAD), CAPSIZED_LIFT * beam))
            }
            _ => None,
        }
    }

    /// Adds a small lamp.
    pub fn lamp(&mut self, position: Vec3, radius: f32, color: LinearRgb, intensity: f32, group: LightGroup) {
        let peak = crate::skin::normalized(color);
        self.lamps.push(Lamp { position, radius, intensity: peak.map(|v| v * intensity), group });
    }

    /// A point of the plan on the ground.
    pub fn on_ground(&self, at: Vec2) -> Vec3 {
        Vec3::new(at.x, self.ground.at(at.x, at.y), at.y)
    }

    /// True where the ground is above the water.
    pub fn is_dry(&self, at: Vec2) -> bool {
        self.water_level.is_none_or(|level| self.ground.at(at.x, at.y) > level)
    }

    /// True when a thing of this radius and height may stand here: the place is free, the lens has room and the subject
    /// stays in view.
    pub fn may_stand(&self, at: Vec2, radius: f32, height: f32) -> bool {
        self.taken.is_free(at, radius)
            && !self.hides_subject(at, radius, height)
            && self.clears_lens(at, radius, height)
    }

    /// True when a thing here would stand between the camera and the subject.
    pub fn hides_subject(&self, at: Vec2, radius: f32, height: f32) -> bool {
        let (depth, side) = self.view.local(at);
        let (hero_depth, hero_side) = self.view.local(self.hero);
        if depth < 0.2 || depth > hero_depth - 0.3 {
            return false;
        }
        let line = hero_side * depth / hero_depth;
        let hero_width = 0.4 * self.hero_height.min(3.0) * depth / hero_depth;
        let eye = self.view.camera.position.y;
        let base = self.ground.at(self.hero.x, self.hero.y) + self.hero_lift + 0.15 * self.hero_height;
        let sight = eye + (base - eye) * depth / hero_depth;
        (side - line).abs() < radius + hero_width && self.ground.at(at.x, at.y) + height > sight
    }

    fn clears_lens(&self, at: Vec2, radius: f32, height: f32) -> bool {
        let (depth, side) = self.view.local(at);
        let near = at.distance(self.view.eye()) - radius;
        if near < 1.3 {
            return false;
        }
        // Seen from near, a thing may cover at most a part of the frame.
        let low = self.ground.at(at.x, at.y) + height < self.view.camera.position.y - 0.25 * depth;
        let inside = depth > 0.0 && side.abs() - radius < 0.55 * depth * self.view.half_width;
        let share = 2.0 * radius / (2.0 * depth.max(0.5) * self.view.half_width);
        // At the edge of the frame it may be larger, but not a wall.
        let most = if inside { 0.22 } else { 0.3 };
        let is_seen = depth > 0.0 && side.abs() - radius < depth * self.view.half_width;
        low || !is_seen || share < most || depth > 0.7 * self.hero_depth()
    }
}

/// A rigid pose with a scale.
pub(crate) fn pose(position: Vec3, yaw: f32, scale: f32) -> Affine3A {
    Affine3A::from_scale_rotation_translation(Vec3::splat(scale), Quat::from_rotation_y(yaw), position)
}

/// The yaw that turns the front (+Z) of a thing at `from` toward `to`.
pub(crate) fn facing(from: Vec2, to: Vec2) -> f32 {
    let d = to - from;
    d.x.atan2(d.y)
}
