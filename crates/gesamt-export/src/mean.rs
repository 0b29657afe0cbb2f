//! Means of procedural materials.

use gesamt_material::{Material, SurfacePoint};
use gesamt_mesh::MaterialSpec;
use glam::Vec3;

/// What is left of a material when its place does not matter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// Linear base colour.
    pub base_color: Vec3,
    /// Perceptual roughness, 0–1.
    pub roughness: f32,
    /// 0 dielectric to 1 metal.
    pub metallic: f32,
    /// Emitted radiance.
    pub emission: Vec3,
    /// Share of light that does not pass through, 0–1.
    pub opacity: f32,
}

/// Points on each edge of the lattice that is looked at.
const N: usize = 5;
/// The lattice's spacing in metres: no multiple of a brick or plank.
const STEP_M: f32 = 0.437;

/// The mean of a material over a lattice of points that face up and sideways.
#[must_use]
pub fn mean_of(spec: &MaterialSpec) -> Mean {
    let material = Material::new(spec);
    let mut sum = Mean { base_color: Vec3::ZERO, roughness: 0.0, metallic: 0.0, emission: Vec3::ZERO, opacity: 0.0 };
    for i in 0..N * N * N {
        let place = Vec3::new((i % N) as f32, (i / N % N) as f32, (i / N / N) as f32) * STEP_M;
        // Walls show more often than floors.
        let normal = [Vec3::Z, Vec3::Y, Vec3::X][i % 3];
        let point = SurfacePoint { footprint: 0.1, ..SurfacePoint::new(place, normal) };
        let surface = material.surface(&point);
        sum.base_color += surface.base_color;
        sum.roughness += surface.roughness;
        sum.metallic += surface.metallic;
        sum.opacity += 1.0 - surface.transmission;
    }
    let n = (N * N * N) as f32;
    Mean {
        base_color: (sum.base_color / n).clamp(Vec3::ZERO, Vec3::ONE),
        roughness: (sum.roughness / n).clamp(0.0, 1.0),
        metallic: (sum.metallic / n).clamp(0.0, 1.0),
        emission: material.mean_emission(),
        opacity: (sum.opacity / n).clamp(0.05, 1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_world::MaterialKind;

    #[test]
    fn means_tell_metal_from_stone_and_glass_from_both() {
        let [brass, brick, glass] = [MaterialKind::Brass, MaterialKind::Brick, MaterialKind::Glass]
            .map(|kind| mean_of(&MaterialSpec::new(kind)));
        assert!(brass.metallic > 0.6 && brick.metallic < 0.05, "{brass:?} {brick:?}");
        assert!(glass.opacity < 0.6 && brick.opacity == 1.0, "{glass:?}");
        assert!(brick.base_color.x > brick.base_color.z, "bricks are red: {brick:?}");
    }

    #[test]
    fn what_glows_keeps_its_glow() {
        let mut spec = MaterialSpec::new(MaterialKind::Emissive);
        spec.emission = [4.0, 2.0, 1.0];
        assert!(mean_of(&spec).emission.max_element() > 1.0, "{:?}", mean_of(&spec));
    }
}
