//! Materials compiled from their specification.

use std::sync::Arc;

use gesamt_mesh::model::MaterialSpec;
use gesamt_mesh::noise::fbm;
use glam::Vec3;

use crate::surface::{Surface, SurfacePoint};

/// A compiled material: cheap to clone, shared between threads.
#[derive(Clone, Debug)]
pub struct Material(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    spec: MaterialSpec,
}

impl Material {
    /// Compiles a specification.
    #[must_use]
    pub fn new(spec: &MaterialSpec) -> Self {
        Self(Arc::new(Compiled { spec: spec.clone() }))
    }

    /// The surface at a point, with all detail.
    #[must_use]
    pub fn surface(&self, p: &SurfacePoint) -> Surface {
        let mut s = self.coarse(p);
        s.base_color *= 1.0 + 0.3 * fbm(p.position * 5.0, 3, self.0.spec.seed);
        s
    }

    /// The surface at a point without fine detail: for secondary hits.
    #[must_use]
    pub fn coarse(&self, p: &SurfacePoint) -> Surface {
        let spec = &self.0.spec;
        Surface {
            base_color: Vec3::splat(0.35).lerp(Vec3::from(spec.tint), spec.tint_strength),
            roughness: 0.7 - 0.4 * spec.wetness,
            metallic: 0.0,
            normal: p.normal,
            emission: Vec3::from(spec.emission),
            coat: spec.wetness,
            coat_roughness: 0.05,
            transmission: 0.0,
            translucency: 0.0,
            height: 0.0,
        }
    }

    /// The average radiance over the surface, for light sampling.
    #[must_use]
    pub fn mean_emission(&self) -> Vec3 {
        Vec3::from(self.0.spec.emission)
    }

    /// True when it emits light.
    #[must_use]
    pub fn is_emissive(&self) -> bool {
        self.0.spec.is_emissive()
    }
}
