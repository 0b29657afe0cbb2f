//! What goes into an evaluation and what comes out of it.

use glam::{Vec3, Vec4};

/// Where a surface is evaluated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurfacePoint {
    /// Position in object space, in metres.
    pub position: Vec3,
    /// Unit shading normal in object space.
    pub normal: Vec3,
    /// World up in object space, unit.
    pub up: Vec3,
    /// Position in world space, for puddles and large-scale variation; equal to `position` when baking.
    pub world_position: Vec3,
    /// How open the point is: 1 open … 0 buried.
    pub occlusion: f32,
    /// How convex the point is: 0 flat … 1 on a convex edge.
    pub edge: f32,
    /// Unit direction in object space along which timber was sawn, zero where there is none; `w` tells one board from another, 0–1.
    pub grain: Vec4,
    /// Metres covered by one sample; finer detail than this is filtered out. At grazing angles the shorter side of the
    /// sample serves better than the longer one: its neighbours average along the other.
    pub footprint: f32,
}

impl SurfacePoint {
    /// A point in the open, away from edges, in an object that stands at the origin of the world.
    #[must_use]
    pub fn new(position: Vec3, normal: Vec3) -> Self {
        Self {
            position,
            normal,
            up: Vec3::Y,
            world_position: position,
            occlusion: 1.0,
            edge: 0.0,
            grain: Vec4::ZERO,
            footprint: 0.0,
        }
    }
}

/// What is found there.
///
/// # Units
/// Colours are linear sRGB, emission is radiance in scene light units, heights are metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surface {
    /// Diffuse albedo of a dielectric, reflectance at normal incidence of a metal.
    pub base_color: Vec3,
    /// Perceptual roughness, 0–1.
    pub roughness: f32,
    /// 0 dielectric … 1 metal.
    pub metallic: f32,
    /// Unit normal with the fine relief, in object space.
    pub normal: Vec3,
    /// Emitted radiance.
    pub emission: Vec3,
    /// Water film, glaze or lacquer: weight of a dielectric clear coat, 0–1.
    pub coat: f32,
    /// Perceptual roughness of the coat, 0–1.
    pub coat_roughness: f32,
    /// Share of light that passes through: glass, water, ice, crystal.
    pub transmission: f32,
    /// Share of diffuse light that leaves on the other side: thin foliage, paper, fabric.
    pub translucency: f32,
    /// Relief above the geometric surface, for baking.
    pub height: f32,
}
