//! Models: a mesh with its materials, practical lights and collision, ready to be placed in a scene or delivered as an asset.

use gesamt_world::{LinearRgb, MaterialKind};
use glam::Vec3;

use crate::mesh::Mesh;

/// How a light behaves in the clip. Lights of one group are scaled together from frame to frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LightGroup {
    /// Constant.
    #[default]
    Steady,
    /// Faulty tubes and signs.
    Flicker,
    /// Flames: slow, warm wavering.
    Fire,
}

/// A procedural surface: one of the library's materials with its state.
///
/// # Units
/// `emission` is radiance in scene light units (see the scene crate); colours are linear sRGB.
#[derive(Clone, Debug, PartialEq)]
pub struct MaterialSpec {
    /// The material of the library.
    pub kind: MaterialKind,
    /// The colour it is pulled toward.
    pub tint: LinearRgb,
    /// How far it is pulled: 0 keeps the library's colour, 1 recolours fully (variation is kept).
    pub tint_strength: f32,
    /// Size of the pattern against its real-world default.
    pub scale: f32,
    /// Wear of edges and paint, 0–1.
    pub wear: f32,
    /// Dirt in cavities and streaks, 0–1.
    pub dirt: f32,
    /// Wetness, 0–1: darker, smoother, puddles on flat ground.
    pub wetness: f32,
    /// Moss and plants on faces that look up, 0–1.
    pub moss: f32,
    /// Snow on faces that look up, 0–1.
    pub snow: f32,
    /// Radiance of the emitting parts; zero does not emit.
    pub emission: LinearRgb,
    /// How the emission behaves in the clip.
    pub group: LightGroup,
    /// Seed of the pattern: shifts it in space and picks glyphs, lit windows and tints.
    pub seed: u32,
}

impl MaterialSpec {
    /// A clean, dry, untinted material.
    #[must_use]
    pub fn new(kind: MaterialKind) -> Self {
        Self {
            kind,
            tint: [0.5; 3],
            tint_strength: 0.0,
            scale: 1.0,
            wear: 0.2,
            dirt: 0.1,
            wetness: 0.0,
            moss: 0.0,
            snow: 0.0,
            emission: [0.0; 3],
            group: LightGroup::Steady,
            seed: 0,
        }
    }

    /// The material pulled toward a colour.
    #[must_use]
    pub fn tinted(mut self, tint: LinearRgb, strength: f32) -> Self {
        self.tint = tint;
        self.tint_strength = strength;
        self
    }

    /// The material glowing with a radiance.
    #[must_use]
    pub fn glowing(mut self, emission: LinearRgb, group: LightGroup) -> Self {
        self.emission = emission;
        self.group = group;
        self
    }

    /// The material with another pattern seed.
    #[must_use]
    pub fn seeded(mut self, seed: u32) -> Self {
        self.seed = seed;
        self
    }

    /// True when it emits light.
    #[must_use]
    pub fn is_emissive(&self) -> bool {
        self.emission.iter().any(|v| *v > 0.0)
    }
}

/// A small spherical lamp that belongs to a model (a bulb, a flame); not visible itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModelLight {
    /// Centre in the model's frame, in metres.
    pub position: Vec3,
    /// Radius in metres; never zero.
    pub radius: f32,
    /// Radiant intensity per channel in scene light units × m².
    pub intensity: LinearRgb,
    /// How it behaves in the clip.
    pub group: LightGroup,
}

/// A convex hull or region of collision given by its corner points.
#[derive(Clone, Debug, PartialEq)]
pub struct Hull {
    /// Corners in the model's frame, in metres.
    pub points: Vec<Vec3>,
}

impl Hull {
    /// The eight corners of a box.
    #[must_use]
    pub fn cuboid(min: Vec3, max: Vec3) -> Self {
        let pick = |bits: usize, axis: usize| if bits >> axis & 1 == 1 { max[axis] } else { min[axis] };
        Self { points: (0..8).map(|bits| Vec3::new(pick(bits, 0), pick(bits, 1), pick(bits, 2))).collect() }
    }

    /// An upright n-sided drum around a vertical axis.
    #[must_use]
    pub fn drum(base: Vec3, radius: f32, height: f32, sides: u32) -> Self {
        let ring = |y: f32| {
            (0..sides).map(move |s| {
                let (sin, cos) = (std::f32::consts::TAU * s as f32 / sides as f32).sin_cos();
                base + Vec3::new(radius * cos, y, radius * sin)
            })
        };
        Self { points: ring(0.0).chain(ring(height)).collect() }
    }
}

/// A named place on a model where another thing snaps or attaches: an edge of a module, a seat, a lamp.
#[derive(Clone, Debug, PartialEq)]
pub struct Socket {
    /// Name without prefix, such as `Snap_L` or `Light_00`.
    pub name: String,
    /// Where, in the model's frame, in metres.
    pub position: Vec3,
    /// Turn about +Y in radians; at 0 the socket looks along +Z.
    pub yaw_rad: f32,
}

/// A placeable thing. The pivot is at the base; −Z is its back and +Z its front.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The render mesh.
    pub mesh: Mesh,
    /// The material of each slot of the mesh.
    pub materials: Vec<MaterialSpec>,
    /// Practical lights.
    pub lights: Vec<ModelLight>,
    /// Convex regions in which the model stops a body; exporters wrap the solids in them.
    pub collision: Vec<Hull>,
    /// Where things snap and attach.
    pub sockets: Vec<Socket>,
}
