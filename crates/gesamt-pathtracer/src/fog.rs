//! Air: extinction along rays and the light it scatters toward the eye.

use gesamt_scene::Fog;
use glam::Vec3;

use crate::light::Grouped;
use crate::prepared::Prepared;

/// Extinction of water per channel against the nominal density: red dies first.
const WATER: Vec3 = Vec3::new(2.6, 0.95, 0.75);

/// In-scattered light in a volume in front of the cameras.
pub(crate) struct FogVolume {}

impl FogVolume {
    pub fn empty() -> Self {
        Self {}
    }

    pub fn fill(_scene: &Prepared) -> Self {
        Self {}
    }
}

/// Optical depth of a stretch of exponential height fog, per unit of colour.
#[inline]
pub(crate) fn optical_depth(fog: &Fog, origin: Vec3, direction: Vec3, t: f32) -> f32 {
    if fog.density <= 0.0 {
        return 0.0;
    }
    if fog.is_water {
        return fog.density * t;
    }
    let falloff = fog.falloff_m.max(0.1);
    let start = ((fog.base_height_m - origin.y) / falloff).min(1.5).exp();
    let k = direction.y / falloff;
    let length = if (k * t).abs() < 1e-3 { t } else { (1.0 - (-(k * t).max(-20.0)).exp()) / k };
    fog.density * start * length.min(FAR_AIR)
}

const FAR_AIR: f32 = 4000.0;

/// Share of light that crosses an optical depth.
#[inline]
pub(crate) fn transmittance(fog: &Fog, depth: f32) -> Vec3 {
    if fog.is_water {
        let d = WATER * depth;
        Vec3::new((-d.x).exp(), (-d.y).exp(), (-d.z).exp())
    } else {
        Vec3::splat((-depth).exp())
    }
}

impl Prepared {
    /// Light from a distance through air with ambient scattering only: for reflections.
    #[inline]
    pub(crate) fn through_air(&self, light: Grouped, origin: Vec3, direction: Vec3, t: f32) -> Grouped {
        let fog = &self.scene.fog;
        if fog.density <= 0.0 {
            return light;
        }
        let through = transmittance(fog, optical_depth(fog, origin, direction, t));
        let mut out = light.times(through);
        out.0[0] += (Vec3::ONE - through) * Vec3::from(fog.albedo) * Vec3::from(fog.ambient);
        out
    }

    /// How much of the sun is left under water.
    #[inline]
    pub(crate) fn sun_through_water(&self, _p: Vec3, _l: Vec3) -> Vec3 {
        Vec3::ONE
    }
}
