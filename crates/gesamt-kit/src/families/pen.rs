//! A pen that knows the style: parts in, shaded mesh with material slots, lights and collision out.

use std::cell::RefCell;

use gesamt_mesh::{Aabb, Hull, MaterialSpec, Model, Shape};
use gesamt_world::{AssetFamily as F, AssetSlot, MaterialKind, Rng, Seed};
use glam::{Affine3A, Quat, Vec2, Vec3};

use crate::style::{Dialect, KitStyle, Part};

/// The most material slots of one asset.
pub(crate) const MAX_SLOTS: usize = 8;

/// Short for `Vec3::new`.
pub(crate) fn v(x: f32, y: f32, z: f32) -> Vec3 {
    Vec3::new(x, y, z)
}

/// Short for `Vec2::new`.
pub(crate) fn v2(x: f32, y: f32) -> Vec2 {
    Vec2::new(x, y)
}

/// A generator that can be drawn from through a shared reference, so that arguments of pen calls may draw.
pub(crate) struct Dice(RefCell<Rng>);

impl Dice {
    pub fn next_u64(&self) -> u64 {
        self.0.borrow_mut().next_u64()
    }

    /// A number in `[0, 1)`.
    pub fn unit(&self) -> f32 {
        self.0.borrow_mut().unit()
    }

    /// A number in `[-1, 1)`.
    pub fn signed(&self) -> f32 {
        self.0.borrow_mut().signed()
    }

    /// A number in `[low, high)`.
    pub fn range(&self, low: f32, high: f32) -> f32 {
        self.0.borrow_mut().range(low, high)
    }

    /// An index below `n`.
    pub fn below(&self, n: usize) -> usize {
        self.0.borrow_mut().below(n)
    }

    /// True with the given probability.
    pub fn chance(&self, probability: f32) -> bool {
        self.0.borrow_mut().chance(probability)
    }

    /// A seed for noise.
    pub fn seed(&self) -> u32 {
        self.next_u64() as u32
    }
}

/// The pen of one model.
pub(crate) struct Pen<'a> {
    pub style: &'a KitStyle,
    pub slot: &'a AssetSlot,
    pub rng: Dice,
    pub seed: Seed,
    pub(super) model: Model,
    parts: Vec<(Part, u16)>,
    pub(super) frame: Affine3A,
    crease: f32,
    budget: usize,
    /// Index of the first vertex of each shell.
    pub(super) shells: Vec<usize>,
}

impl<'a> Pen<'a> {
    pub fn new(slot: &'a AssetSlot, style: &'a KitStyle, seed: Seed, budget: usize) -> Self {
        Self {
            style,
            slot,
            rng: Dice(RefCell::new(seed.rng())),
            seed,
            model: Model::default(),
            parts: Vec::new(),
            frame: Affine3A::IDENTITY,
            crease: 50.0,
            budget,
            shells: Vec::new(),
        }
    }

    pub fn dialect(&self) -> Dialect {
        self.style.dialect
    }

    pub fn decay(&self) -> f32 {
        self.style.condition.decay
    }

    pub fn overgrowth(&self) -> f32 {
        self.style.condition.overgrowth
    }

    pub fn life(&self) -> f32 {
        self.style.condition.population
    }

    /// A parameter of the slot, 0–1.
    pub fn param(&self, name: &str, default: f32) -> f32 {
        self.slot.params.get(name).copied().unwrap_or(default).clamp(0.0, 1.0)
    }

    /// A parameter mapped to a range.
    pub fn size(&self, name: &str, low: f32, high: f32) -> f32 {
        low + (high - low) * self.param(name, 0.5)
    }

    /// A dimension mapped to a range and snapped to the modular grid.
    pub fn snapped(&self, name: &str, low: f32, high: f32, grid: f32) -> f32 {
        (self.size(name, low, high) / grid).round().max(1.0) * grid
    }

    /// Triangles that may still be spent.
    pub fn left(&self) -> usize {
        self.budget.saturating_sub(self.model.mesh.triangles.len())
    }

    /// True with the probability given by `chance` times the decay.
    pub fn broken(&self, chance: f32) -> bool {
        self.rng.chance(chance * self.decay())
    }

    /// A small random number about 1, wider with decay.
    pub fn about(&self, spread: f32) -> f32 {
        1.0 + spread * self.rng.signed()
    }

    /// The crease angle of the shapes that follow, in degrees.
    pub fn crease(&mut self, degrees: f32) -> &mut Self {
        self.crease = degrees;
        self
    }

    /// Runs `f` with a crease angle of its own.
    pub fn creased(&mut self, degrees: f32, f: impl FnOnce(&mut Self)) -> &mut Self {
        let outer = std::mem::replace(&mut self.crease, degrees);
        f(self);
        self.crease = outer;
        self
    }

    /// A point of the current frame and the frame's upward direction, in the model.
    pub fn in_model(&self, at: Vec3) -> (Vec3, Vec3) {
        (self.frame.transform_point3(at), self.frame.transform_vector3(Vec3::Y))
    }

    fn slot_of(&mut self, part: Part) -> u16 {
        if let Some((_, slot)) = self.parts.iter().find(|(p, _)| *p == part) {
            return *slot;
        }
        let mut spec = self.style.material(part, self.slot.material, self.seed.index(self.parts.len() as u64));
        super::skins::suit(&mut spec, part, self.slot.family, self.style);
        unjoint(&mut spec, self.slot.family);
        let known = self.model.materials.iter().position(|m| {
            m.kind == spec.kind
                && m.tint == spec.tint
                && m.tint_strength == spec.tint_strength
                && m.emission == spec.emission
        });
        let kept = spec.is_emissive() || spec.kind == MaterialKind::Leaves;
        let slot = match known {
            Some(slot) => slot as u16,
            // The last slot is kept for something that shines or grows.
            None if self.model.materials.len() < MAX_SLOTS - usize::from(!kept) => {
                self.model.materials.push(spec);
                self.model.materials.len() as u16 - 1
            }
            None => self.nearest_slot(&spec),
        };
        self.parts.push((part, slot));
        slot
    }

    /// The slot that looks most like a material for which there is no room.
    fn nearest_slot(&self, spec: &MaterialSpec) -> u16 {
        let distance = |m: &MaterialSpec| {
            let glow = f32::from(u8::from(m.is_emissive() != spec.is_emissive()));
            let kind = f32::from(u8::from(m.kind != spec.kind));
            let tint: f32 = (0..3).map(|i| (m.tint[i] - spec.tint[i]).abs()).sum();
            100.0 * glow + 2.0 * kind + tint
        };
        let best = self.model.materials.iter().map(distance).enumerate();
        best.fold((0, f32::MAX), |m, (i, d)| if d < m.1 { (i, d) } else { m }).0 as u16
    }

    /// Adds a shape.
    pub fn put(&mut self, part: Part, shape: &Shape) -> &mut Self {
        #[cfg(test)]
        {
            assert!(shape.is_closed_manifold(), "{}: open shape for {part:?}", self.slot.family);
            assert!(shape.volume() > 0.0, "{}: inside-out shape for {part:?}: {}", self.slot.family, shape.volume());
        }
        // A last resort for extreme parameters: what no longer fits is left out.
        #[cfg(test)]
        assert!(shape.triangles.len() <= self.left(), "{}: over budget at {part:?}", self.slot.family);
        if shape.triangles.len() > self.left() {
            return self;
        }
        let slot = self.slot_of(part);
        let shaded = shape.shade(slot, self.crease);
        self.shells.push(self.model.mesh.positions.len());
        self.model.mesh.append(&shaded, self.frame, 0);
        self
    }

    /// Adds a shape moved by an offset.
    pub fn put_at(&mut self, part: Part, shape: &Shape, offset: Vec3) -> &mut Self {
        self.at(offset, 0.0, |p| {
            p.put(part, shape);
        })
    }

    /// Runs `f` in a frame moved and turned about +Y.
    pub fn at(&mut self, offset: Vec3, yaw: f32, f: impl FnOnce(&mut Self)) -> &mut Self {
        self.within(Affine3A::from_rotation_translation(Quat::from_rotation_y(yaw), offset), f)
    }

    /// Runs `f` in a frame moved and turned.
    pub fn turned(&mut self, offset: Vec3, rotation: Quat, f: impl FnOnce(&mut Self)) -> &mut Self {
        self.within(Affine3A::from_rotation_translation(rotation, offset), f)
    }

    /// Runs `f` in a nested frame.
    pub fn within(&mut self, transform: Affine3A, f: impl FnOnce(&mut Self)) -> &mut Self {
        let outer = self.frame;
        self.frame = outer * transform;
        f(self);
        self.frame = outer;
        self
    }

    /// Runs `f` and marks the box around what it adds (in the current frame) as stopping a body; the hulls follow its solids.
    pub fn solid(&mut self, f: impl FnOnce(&mut Self)) -> &mut Self {
        let start = self.model.mesh.positions.len();
        f(self);
        let inverse = self.frame.inverse();
        let added = &self.model.mesh.positions[start..];
        let bounds = Aabb::around(added.iter().map(|p| inverse.transform_point3(*p)));
        if bounds.min.is_finite() && bounds.max.is_finite() {
            self.hull(Hull::cuboid(bounds.min, bounds.max));
        }
        self
    }

    /// Marks a region given in the current frame as stopping a body.
    pub fn hull(&mut self, hull: Hull) -> &mut Self {
        let points = hull.points.iter().map(|p| self.frame.transform_point3(*p)).collect();
        self.model.collision.push(Hull { points });
        self
    }

    /// A point of the surface with its normal, drawn by lot, in the model's frame.
    pub fn spot(&self) -> (Vec3, Vec3) {
        let mesh = &self.model.mesh;
        let index = self.rng.below(mesh.positions.len().max(1));
        let at = mesh.positions.get(index).copied().unwrap_or_default();
        (at, mesh.normals.get(index).copied().unwrap_or(Vec3::Y))
    }

    /// The edges along which what stands so far meets the ground, in the current frame: ends, and the way outward.
    pub fn feet(&self) -> Vec<[Vec3; 3]> {
        /// What lies lower than this meets the ground.
        const GROUND: f32 = 0.06;
        let (mesh, inverse) = (&self.model.mesh, self.frame.inverse());
        let plant = is_plant(self.slot.family);
        let leaves = |t: usize| self.model.materials[mesh.slots[t] as usize].kind == MaterialKind::Leaves;
        let soft = |t: usize| !plant && leaves(t);
        let mut edges = Vec::new();
        for t in (0..mesh.triangles.len()).filter(|t| !soft(*t)) {
            let [a, b, c] = mesh.corners(t);
            let out = ((b - a).cross(c - a)).normalize_or_zero();
            let flat = v(out.x, 0.0, out.z);
            if flat.length() < 0.5 {
                continue;
            }
            for [p, q] in [[a, b], [b, c], [c, a]] {
                if p.y < GROUND && q.y < GROUND && p.distance(q) > 1e-3 {
                    let place = |p: Vec3| inverse.transform_point3(p);
                    edges.push([place(p), place(q), inverse.transform_vector3(flat.normalize())]);
                }
            }
        }
        outermost(edges)
    }

    /// The bounds of everything so far.
    pub fn bounds(&self) -> Aabb {
        self.model.mesh.bounds()
    }
}

/// The edges that nothing hides: they look away from the middle and no other edge lies far outside of them.
fn outermost(edges: Vec<[Vec3; 3]>) -> Vec<[Vec3; 3]> {
    const SECTORS: usize = 24;
    let bounds = Aabb::around(edges.iter().flat_map(|[a, b, _]| [*a, *b]));
    let from_middle = |edge: &[Vec3; 3]| 0.5 * (edge[0] + edge[1]) - bounds.center();
    let sector = |d: Vec3| ((d.z.atan2(d.x) / std::f32::consts::TAU + 0.5) * SECTORS as f32) as usize % SECTORS;
    let mut far = [0f32; SECTORS];
    for edge in &edges {
        let d = from_middle(edge);
        far[sector(d)] = far[sector(d)].max(v2(d.x, d.z).length());
    }
    let seen = |edge: &[Vec3; 3]| {
        let d = from_middle(edge);
        d.dot(edge[2]) > 0.0 && v2(d.x, d.z).length() > 0.75 * far[sector(d)]
    };
    edges.into_iter().filter(seen).collect()
}

/// Plants are their leaves: what covers other things softly is their body.
pub(crate) fn is_plant(family: F) -> bool {
    matches!(
        family,
        F::Tree | F::Conifer | F::Bush | F::Kelp | F::Cactus | F::Coral | F::Mushroom | F::Palm | F::Bamboo | F::Grass
    )
}

/// Takes the pattern of joints out of materials whose blocks, boards and waves are modelled here one by one.
fn unjoint(spec: &mut MaterialSpec, family: F) {
    use MaterialKind as M;
    let carved = matches!(
        family,
        F::Statue
            | F::Column
            | F::Tombstone
            | F::Altar
            | F::Urn
            | F::Torii
            | F::Lantern
            | F::Obelisk
            | F::Sarcophagus
            | F::Fountain
            | F::Planter
    );
    match spec.kind {
        M::StoneBlock | M::Flagstone | M::Cobblestone if carved => {
            spec.kind = M::Marble;
            spec.tint = [0.3, 0.285, 0.26];
            spec.tint_strength = 0.65;
        }
        M::Brick | M::HullPanel if carved => {
            spec.tint = if spec.kind == M::Brick { [0.2, 0.17, 0.15] } else { [0.5, 0.5, 0.5] };
            spec.kind = if spec.kind == M::Brick { M::Marble } else { M::Plastic };
            spec.tint_strength = 0.7;
        }
        M::Sandstone => {
            spec.kind = if carved { M::Marble } else { M::Rock };
            spec.tint = [0.52, 0.38, 0.22];
            spec.tint_strength = 0.75;
        }
        M::StoneBlock | M::Flagstone | M::Cobblestone => spec.kind = M::Rock,
        M::WoodPlank => spec.kind = M::WoodBeam,
        M::CorrugatedMetal => spec.kind = if spec.wear > 0.45 { M::RustedMetal } else { M::BrushedMetal },
        _ => {}
    }
}
