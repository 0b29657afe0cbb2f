//! Geometry, lights, air and weather of a scene.

use std::sync::Arc;

use gesamt_mesh::{LightGroup, MaterialSpec, Mesh};
use gesamt_world::{LinearRgb, TimeOfDay, WeatherKind};
use glam::{Affine3A, Vec3};

use crate::acting::{Act, Walk};
use crate::camera::{Camera, CameraMotion};

/// Everything a renderer needs.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Geometry in object space, shared by instances.
    pub meshes: Vec<Arc<Mesh>>,
    /// Surfaces, referred to by index.
    pub materials: Vec<MaterialSpec>,
    /// What stands where.
    pub instances: Vec<Instance>,
    /// Small practical lamps; emissive surfaces light the scene on their own and are not repeated here.
    pub lamps: Vec<Lamp>,
    /// The dome; ignored for what it lights when `is_interior` and geometry closes the view.
    pub sky: SkyParams,
    /// The air.
    pub fog: Fog,
    /// The view of the still.
    pub camera: Camera,
    /// The camera of the clip.
    pub motion: CameraMotion,
    /// What falls.
    pub precipitation: Precipitation,
    /// What plants and cloth sway in.
    pub breeze: Breeze,
    /// What floats.
    pub particles: Vec<ParticleField>,
    /// The point of interest, for metering, composition and focus.
    pub subject: Vec3,
    /// True where the sky is not seen.
    pub is_interior: bool,
    /// Flashes of lightning: (seconds from the start of the clip, strength 0–1).
    pub flashes: Vec<(f32, f32)>,
}

/// A mesh in place.
#[derive(Clone, Debug)]
pub struct Instance {
    /// Index of the mesh.
    pub mesh: u32,
    /// Object to world; rigid with uniform scale, possibly mirrored.
    pub transform: Affine3A,
    /// Scene material of each slot of the mesh.
    pub materials: Vec<u32>,
    /// Index into the world's `assets` when this is one of them.
    pub asset: Option<u32>,
    /// Varies the look of neighbours: shifts the material pattern.
    pub seed: u32,
    /// What it does of its own in the clip.
    pub stir: Stir,
}

/// What an instance does in the clip, beside what the wind does to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stir {
    /// Nothing.
    #[default]
    Rests,
    /// Turns so many times a second about its own Z axis: sails of a mill, wheels of a works.
    Turns(f32),
    /// Shifts its weight and looks about, as people do who stand.
    Lives,
    /// The same, and talks, breathes and turns the head.
    Acts(Arc<Act>),
    /// Walks through where it is in the still.
    Walks(Arc<Walk>),
}

/// A spherical lamp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lamp {
    /// Centre in metres.
    pub position: Vec3,
    /// Radius in metres; positive.
    pub radius: f32,
    /// Radiant intensity per channel in light units × m²: irradiance at distance d is intensity / d².
    pub intensity: LinearRgb,
    /// Behaviour in the clip.
    pub group: LightGroup,
}

/// The sky.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SkyParams {
    /// The part of the day.
    pub time_of_day: TimeOfDay,
    /// Unit vector toward the sun (may point below the horizon).
    pub sun_direction: Vec3,
    /// Degrees by which the disc stands and shines above that, while air and clouds keep the colours of the true sun.
    pub sun_lift_deg: f32,
    /// Haze: 2 clear, 10 thick.
    pub turbidity: f32,
    /// Share of the sky under cloud.
    pub cloud_cover: f32,
    /// Visibility of stars, 0–1.
    pub stars: f32,
    /// Brightness of the moon, 0–1.
    pub moon: f32,
    /// Unit vector toward the moon.
    pub moon_direction: Vec3,
    /// Multiplies the light of sun and dome.
    pub intensity: f32,
    /// A colour the dome is pulled toward (palette ambient), linear sRGB of luminance about 1.
    pub tint: LinearRgb,
    /// How far it is pulled, 0–1.
    pub tint_strength: f32,
    /// Artificial glow at the horizon (a city), radiance.
    pub horizon_glow: LinearRgb,
    /// Pattern seed of clouds and stars.
    pub seed: u32,
}

/// Air that scatters: exponential in height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fog {
    /// Extinction at `base_height_m`, per metre.
    pub density: f32,
    /// Height at which the density applies, in metres.
    pub base_height_m: f32,
    /// Density falls by e over this height, in metres.
    pub falloff_m: f32,
    /// Single-scattering albedo and colour.
    pub albedo: LinearRgb,
    /// Henyey–Greenstein asymmetry, −1–1.
    pub anisotropy: f32,
    /// Light that reaches the fog from everywhere (multiple scattering, sky), as radiance; multiplies `albedo`.
    pub ambient: LinearRgb,
    /// True under water: the fog fills everything and absorbs red.
    pub is_water: bool,
}

/// What falls from the sky.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precipitation {
    /// Rain, storm, snow and dust fall or blow; the others do not.
    pub kind: WeatherKind,
    /// How strongly, 0–1.
    pub intensity: f32,
    /// Wind in metres per second.
    pub wind: Vec3,
}

/// Moving air, or water.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Breeze {
    /// In metres per second; level.
    pub velocity: Vec3,
    /// Gusts: (seconds from the start of the clip, strength 0–1).
    pub gusts: Vec<(f32, f32)>,
}

/// Kinds of floating particles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParticleKind {
    /// Lit dust in a beam.
    Motes,
    /// Glowing sparks that rise.
    Embers,
    /// Blinking insects.
    Fireflies,
    /// Rising bubbles.
    Bubbles,
    /// Falling leaves or petals.
    Petals,
    /// Sinking flecks under water.
    MarineSnow,
    /// Drifting spores and magic lights.
    Spores,
}

/// A box full of particles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParticleField {
    /// What floats.
    pub kind: ParticleKind,
    /// Least corner in metres.
    pub min: Vec3,
    /// Greatest corner in metres.
    pub max: Vec3,
    /// How many.
    pub count: u32,
    /// Colour, or radiance for the glowing kinds.
    pub color: LinearRgb,
    /// Pattern seed.
    pub seed: u32,
}

impl Scene {
    /// Number of triangles over all instances.
    #[must_use]
    pub fn n_triangles(&self) -> usize {
        self.instances.iter().map(|i| self.meshes[i.mesh as usize].triangles.len()).sum()
    }
}

/// The light of lightning at a time, for strikes given as (seconds, strength 0–1): a sharp stroke and two echoes.
#[must_use]
pub fn flash_gain(flashes: &[(f32, f32)], time_secs: f32) -> f32 {
    flashes
        .iter()
        .map(|(at, strength)| {
            let t = time_secs - at;
            let stroke = |from: f32, decay: f32| if t < from { 0.0 } else { (-(t - from) / decay).exp() };
            strength * (stroke(0.0, 0.06) + 0.7 * stroke(0.13, 0.05) + 0.35 * stroke(0.24, 0.12))
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lightning_strikes_at_its_time_and_fades() {
        let flashes = [(1.0, 0.8)];
        assert_eq!(flash_gain(&flashes, 0.99), 0.0);
        assert!((flash_gain(&flashes, 1.0) - 0.8).abs() < 1e-6);
        assert!(flash_gain(&flashes, 2.5) < 1e-3);
    }
}
