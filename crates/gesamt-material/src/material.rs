//! Materials compiled from their specification.

use std::sync::Arc;

use gesamt_mesh::model::MaterialSpec;
use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3};

use crate::context::{Base, Context, Frame, alignment, smooth};
use crate::layout::Dice;
use crate::noise::{Noise, noise, noise_at};
use crate::palette::{N_COLORS, tinted};
use crate::recipes::{Recipe, recipe};
use crate::surface::{Surface, SurfacePoint};
use crate::weather::weather;

/// Feature sizes of the three noises that every recipe shares, in metres.
const LARGE_M: f32 = 1.7;
const MEDIUM_M: f32 = 0.19;
const FINE_M: f32 = 0.021;

/// A compiled material: cheap to clone, shared between threads.
///
/// # Determinism
/// The same specification and point give the same surface, bit for bit.
#[derive(Clone, Debug)]
pub struct Material(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    spec: MaterialSpec,
    recipe: Recipe,
    colors: [Vec3; N_COLORS],
    /// Shift of the solid noise.
    shift: Vec3,
    /// Shift of the pattern along the wall.
    slide: f32,
    /// The dry, clean surface averaged over floors and over walls.
    mean_floor: Base,
    mean_wall: Base,
    mean_emission: Vec3,
}

impl Material {
    /// Compiles a specification.
    #[must_use]
    pub fn new(spec: &MaterialSpec) -> Self {
        let recipe = recipe(spec.kind);
        let dice = Dice::at(spec.seed as i32, 17, 0xfeed);
        let mut compiled = Compiled {
            colors: tinted(recipe.swatches, spec, recipe.ceiling),
            shift: Vec3::new(dice.unit(0), dice.unit(1), dice.unit(2)) * 37.0,
            slide: (dice.unit(3) * 64.0).floor() * 1.2,
            recipe,
            spec: spec.clone(),
            mean_floor: Base::new(Vec3::ZERO, 0.0),
            mean_wall: Base::new(Vec3::ZERO, 0.0),
            mean_emission: Vec3::ZERO,
        };
        compiled.mean_floor = compiled.mean_base(Vec3::Y);
        compiled.mean_wall = compiled.mean_base(Vec3::Z);
        if spec.is_emissive() {
            compiled.mean_emission = compiled.average_emission();
        }
        Self(Arc::new(compiled))
    }

    /// The surface at a point, with all detail.
    #[must_use]
    pub fn surface(&self, p: &SurfacePoint) -> Surface {
        let m = &*self.0;
        let c = m.context(p);
        let blur = smooth(0.6, 2.5, c.footprint / m.recipe.feature);
        let mut base = match blur {
            0.0 => (m.recipe.eval)(&c),
            1.0 => m.mean_at(&c),
            _ => (m.recipe.eval)(&c).mix(&m.mean_at(&c), blur),
        };
        weather(&c, &m.spec, &m.recipe, &mut base);
        m.finished(p, &c, &base)
    }

    /// The surface at a point without fine detail: for secondary hits.
    #[must_use]
    pub fn coarse(&self, p: &SurfacePoint) -> Surface {
        let m = &*self.0;
        let c = m.coarse_context(p);
        let mut base = m.mean_at(&c);
        weather(&c, &m.spec, &m.recipe, &mut base);
        base.relief = Vec3::ZERO;
        m.finished(p, &c, &base)
    }

    /// The average radiance over the surface, for light sampling.
    #[must_use]
    pub fn mean_emission(&self) -> Vec3 {
        self.0.mean_emission
    }

    /// True when it emits light.
    #[must_use]
    pub fn is_emissive(&self) -> bool {
        self.0.spec.is_emissive()
    }
}

impl Compiled {
    /// The point without noises or pattern coordinates.
    fn bare(&self, p: &SurfacePoint) -> Context<'_> {
        let scale = self.spec.scale.max(0.01);
        Context {
            colors: &self.colors,
            p: p.position / scale + self.shift,
            n: p.normal,
            uv: Vec2::ZERO,
            own_uv: Vec2::ZERO,
            frame: Frame::default(),
            is_sawn: false,
            board: 0.0,
            footprint: p.footprint.max(0.0) / scale,
            large: Noise::default(),
            medium: Noise::default(),
            fine: Noise::default(),
            occlusion: p.occlusion.clamp(0.0, 1.0),
            edge: p.edge.clamp(0.0, 1.0),
            up: alignment(p),
            world: p.world_position,
            wear: self.spec.wear,
            wetness: self.spec.wetness,
            seed: self.spec.seed,
            level: self.mean_floor.height,
            coarse: false,
        }
    }

    fn coarse_context(&self, p: &SurfacePoint) -> Context<'_> {
        let mut c = self.bare(p);
        c.coarse = true;
        c.large = noise(c.p * (1.0 / LARGE_M));
        c
    }

    fn context(&self, p: &SurfacePoint) -> Context<'_> {
        let mut c = self.bare(p);
        let is_wood = matches!(self.spec.kind, MaterialKind::WoodPlank | MaterialKind::WoodBeam);
        let grain = p.grain.truncate();
        let sawn = (is_wood && grain != Vec3::ZERO).then(|| Frame::along(grain, p.normal)).flatten();
        c.is_sawn = sawn.is_some();
        c.frame = sawn.unwrap_or_else(|| Frame::new(self.recipe.mapping, p.normal));
        let q = p.position / self.spec.scale.max(0.01);
        c.own_uv = Vec2::new(q.dot(c.frame.u), q.dot(c.frame.v));
        c.uv = c.own_uv + Vec2::new(self.slide, 0.0);
        if c.is_sawn {
            c.board = p.grain.w;
            c.uv += Vec2::new(23.0, 1.7) * c.board;
        }
        let band = |size: f32| {
            let keep = c.keep(size);
            if keep <= 0.0 { Noise::default() } else { noise_at(c.p, Vec3::splat(1.0 / size)).scaled(keep) }
        };
        let (large, medium, fine) = (band(LARGE_M), band(MEDIUM_M), band(FINE_M));
        (c.large, c.medium, c.fine) = (large, medium, fine);
        c
    }

    /// The mean surface with the large variation.
    fn mean_at(&self, c: &Context) -> Base {
        let floor = smooth(0.4, 0.8, c.n.y.abs());
        let mut base = match floor {
            0.0 => self.mean_wall,
            1.0 => self.mean_floor,
            _ => self.mean_wall.mix(&self.mean_floor, floor),
        };
        base.color *= 1.0 + 0.12 * c.large.v;
        base
    }

    /// The dry, clean surface averaged over a plane.
    fn mean_base(&self, normal: Vec3) -> Base {
        const N: u32 = 24;
        let (extent, mut sum) = (23.0 * self.spec.scale.max(0.01), Base::new(Vec3::ZERO, 0.0));
        sum.glow = Vec3::ZERO;
        for i in 0..N * N {
            // A rank-1 lattice over the plane.
            let s = (i as f32 + 0.5) / (N * N) as f32 * extent;
            let t = (i as f32 * 0.618_034).fract() * extent;
            let position = if normal.y > 0.5 { Vec3::new(s, 0.0, t) } else { Vec3::new(s, t, 0.0) };
            let c =
                self.context(&SurfacePoint { world_position: Vec3::Y * 9.0, ..SurfacePoint::new(position, normal) });
            sum = sum.mix(&(self.recipe.eval)(&c), 1.0 / (i + 1) as f32);
        }
        sum.relief = Vec3::ZERO;
        sum
    }

    /// The emission averaged over a large wall in its state.
    fn average_emission(&self) -> Vec3 {
        const N: u32 = 40 * 40;
        let extent = 20.0 * self.spec.scale.max(0.01);
        let sum = (0..N).fold(Vec3::ZERO, |sum, i| {
            let s = (i as f32 + 0.5) / N as f32 * extent;
            let t = (i as f32 * 0.618_034).fract() * extent;
            let p = SurfacePoint::new(Vec3::new(s, t, 0.0), Vec3::Z);
            let c = self.context(&p);
            let mut base = (self.recipe.eval)(&c);
            weather(&c, &self.spec, &self.recipe, &mut base);
            sum + self.emitted(&base)
        });
        sum / N as f32
    }

    fn emitted(&self, b: &Base) -> Vec3 {
        Vec3::from(self.spec.emission) * b.glow.max(Vec3::ZERO)
    }

    /// Clamps into physical ranges and tilts the normal by the relief.
    fn finished(&self, p: &SurfacePoint, c: &Context, b: &Base) -> Surface {
        let ceiling = 0.9 + 0.1 * b.metallic.clamp(0.0, 1.0);
        let slope = b.relief - c.n * b.relief.dot(c.n);
        let steep = slope.length_squared();
        let slope = if steep > 1.2 { slope * (1.2 / steep).sqrt() } else { slope };
        Surface {
            base_color: b.color.clamp(Vec3::splat(0.02), Vec3::splat(ceiling)),
            roughness: b.roughness.clamp(0.02, 1.0),
            metallic: b.metallic.clamp(0.0, 1.0),
            normal: (p.normal - slope).normalize_or(p.normal),
            emission: self.emitted(b),
            coat: b.coat.clamp(0.0, 1.0),
            coat_roughness: b.coat_roughness.clamp(0.0, 1.0),
            transmission: b.transmission.clamp(0.0, 1.0),
            translucency: b.translucency.clamp(0.0, 1.0),
            height: b.height * self.spec.scale,
        }
    }
}
