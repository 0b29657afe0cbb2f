//! What a recipe sees of a point, and what it gives back.

use glam::{Vec2, Vec3, vec2};

use crate::dual::Dual;
use crate::layout::Dice;
use crate::noise::{Noise, noise_at};
use crate::palette::N_COLORS;
use crate::surface::SurfacePoint;

/// How a recipe's plane is laid over a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mapping {
    /// `v` is up on walls; on floors `u` is X and `v` is −Z.
    Wall,
    /// The floor's plane wherever the surface does not stand upright.
    Ground,
    /// `v` runs up the slope.
    Roof,
    /// Only the position in space matters.
    Solid,
}

/// The axes of a pattern in object space.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Frame {
    /// Along the wall.
    pub u: Vec3,
    /// Up.
    pub v: Vec3,
}

impl Frame {
    /// The frame of a surface with the normal; constant over each flat face and over sectors of a curved one.
    pub fn new(mapping: Mapping, n: Vec3) -> Self {
        let flat = match mapping {
            Mapping::Ground => 0.45,
            Mapping::Roof => 0.985,
            Mapping::Wall | Mapping::Solid => 0.8,
        };
        if n.y.abs() > flat {
            return Self { u: Vec3::X, v: Vec3::new(0.0, 0.0, -n.y.signum()) };
        }
        let (x, z) = (n.x.abs(), n.z.abs());
        let diagonal = x.min(z) > 0.5 * x.max(z);
        let r = std::f32::consts::FRAC_1_SQRT_2;
        let facing = match (diagonal, x > z) {
            (true, _) => Vec3::new(r * n.x.signum(), 0.0, r * n.z.signum()),
            (false, true) => Vec3::new(n.x.signum(), 0.0, 0.0),
            (false, false) => Vec3::new(0.0, 0.0, n.z.signum()),
        };
        let v = if mapping == Mapping::Roof { (Vec3::Y - n * n.y).normalize_or(Vec3::Y) } else { Vec3::Y };
        Self { u: Vec3::Y.cross(facing), v }
    }

    /// The frame of timber sawn along `grain`, which `u` follows; `None` on its ends.
    pub fn along(grain: Vec3, n: Vec3) -> Option<Self> {
        let side = if grain.y.abs() < 0.9 { Vec3::Y } else { Vec3::Z };
        let a = (side - grain * side.dot(grain)).normalize();
        let b = grain.cross(a);
        let (of_a, of_b, end) = (n.dot(a), n.dot(b), n.dot(grain));
        if end.abs() > of_a.abs().max(of_b.abs()) {
            return None;
        }
        let facing = if of_a.abs() > of_b.abs() { a * of_a.signum() } else { b * of_b.signum() };
        Some(Self { u: grain, v: facing.cross(grain) })
    }
}

/// A point as the recipes see it. Lengths are divided by the scale of the material.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    /// The colours, tinted.
    pub colors: &'a [Vec3; N_COLORS],
    /// Position in object space, shifted by the seed.
    pub p: Vec3,
    /// Unit shading normal.
    pub n: Vec3,
    /// Position in the pattern's plane; `u` is shifted by the seed.
    pub uv: Vec2,
    /// Position in the pattern's plane without the shift.
    pub own_uv: Vec2,
    /// Axes of the plane.
    pub frame: Frame,
    /// The plane's `u` follows the grain.
    pub is_sawn: bool,
    /// Tells one board from another, 0–1.
    pub board: f32,
    /// Metres per sample.
    pub footprint: f32,
    /// Variation over about two metres.
    pub large: Noise,
    /// Variation over about 0.2 m.
    pub medium: Noise,
    /// Variation over about 0.02 m, filtered.
    pub fine: Noise,
    /// Openness, 0–1.
    pub occlusion: f32,
    /// Convexity, 0–1.
    pub edge: f32,
    /// Alignment with world up, −1…1.
    pub up: f32,
    /// Position in the world.
    pub world: Vec3,
    /// Wear of the specification.
    pub wear: f32,
    /// Wetness of the specification.
    pub wetness: f32,
    /// Seed of the pattern.
    pub seed: u32,
    /// Mean height of the relief on floors: water stands against it.
    pub level: f32,
    /// Only the large variation is wanted.
    pub coarse: bool,
}

impl Context<'_> {
    /// How much of a feature of this size survives the footprint, 0–1.
    pub fn keep(&self, size: f32) -> f32 {
        let t = (self.footprint / size - 0.15) * 2.0;
        1.0 - t.clamp(0.0, 1.0)
    }

    /// Noise with features of the given size per axis, in object space.
    pub fn noise(&self, size: Vec3) -> Noise {
        noise_at(self.p, size.recip())
    }

    /// Round noise with features of the given size, filtered.
    pub fn round_noise(&self, size: f32) -> Noise {
        let keep = self.keep(size);
        if keep <= 0.0 { Noise::default() } else { noise_at(self.p, Vec3::splat(1.0 / size)).scaled(keep) }
    }

    /// Noise stretched along the axes of the pattern, filtered by its smaller size.
    pub fn along(&self, u_size: f32, v_size: f32, shift: f32) -> Noise {
        let keep = self.keep(u_size.min(v_size) * 2.0);
        if keep <= 0.0 {
            return Noise::default();
        }
        let q = Vec3::new(self.uv.x / u_size, self.uv.y / v_size, shift);
        let n = crate::noise::noise(q);
        Noise { v: n.v * keep, g: (self.frame.u * (n.g.x / u_size) + self.frame.v * (n.g.y / v_size)) * keep }
    }

    /// A slope in the pattern's plane as a slope in object space.
    pub fn lift(&self, d: Dual) -> Vec3 {
        self.frame.u * d.g.x + self.frame.v * d.g.y
    }

    /// A noise as a height in the pattern's plane.
    pub fn flat_noise(&self, n: Noise) -> Dual {
        Dual::new(n.v, vec2(n.g.dot(self.frame.u), n.g.dot(self.frame.v)))
    }

    /// Width over which an edge is softened.
    pub fn soft(&self, width: f32) -> f32 {
        width.max(self.footprint * 0.7)
    }

    /// Random numbers of the whole material.
    pub fn dice(&self) -> Dice {
        Dice::at(self.seed as i32, 3, 0x7e57)
    }
}

/// A dry, clean surface, before the weather.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Base {
    /// Albedo, or reflectance of a metal.
    pub color: Vec3,
    /// Roughness.
    pub roughness: f32,
    /// Metalness.
    pub metallic: f32,
    /// Slope of the relief in object space, metres per metre.
    pub relief: Vec3,
    /// Height of the relief in metres, over the scale.
    pub height: f32,
    /// Joints and pits: 0 open … 1 deep; dirt, moss and water collect there.
    pub cavity: f32,
    /// How much water darkens it, 0–1.
    pub porosity: f32,
    /// Clear coat.
    pub coat: f32,
    /// Roughness of the coat.
    pub coat_roughness: f32,
    /// Transmission.
    pub transmission: f32,
    /// Translucency.
    pub translucency: f32,
    /// Factor on the emission of the specification.
    pub glow: Vec3,
}

impl Base {
    /// A dielectric without relief.
    pub fn new(color: Vec3, roughness: f32) -> Self {
        Self {
            color,
            roughness,
            metallic: 0.0,
            relief: Vec3::ZERO,
            height: 0.0,
            cavity: 0.0,
            porosity: 0.0,
            coat: 0.0,
            coat_roughness: 0.1,
            transmission: 0.0,
            translucency: 0.0,
            glow: Vec3::ONE,
        }
    }

    /// The surface with pores.
    pub fn porous(mut self, porosity: f32) -> Self {
        self.porosity = porosity;
        self
    }

    /// The surface as a metal.
    pub fn metal(mut self) -> Self {
        self.metallic = 1.0;
        self
    }

    /// Adds the relief of a noise with an amplitude in metres.
    pub fn bump(&mut self, n: Noise, amplitude: f32) {
        self.relief += n.g * amplitude;
        self.height += n.v * amplitude;
    }

    /// Adds the relief of the pattern with an amplitude in metres.
    pub fn raise(&mut self, c: &Context, d: Dual, amplitude: f32) {
        self.relief += c.lift(d) * amplitude;
        self.height += d.v * amplitude;
    }

    /// The mixture of both: 0 is this one.
    pub fn mix(&self, o: &Self, t: f32) -> Self {
        let f = |a: f32, b: f32| a + (b - a) * t;
        Self {
            color: self.color.lerp(o.color, t),
            roughness: f(self.roughness, o.roughness),
            metallic: f(self.metallic, o.metallic),
            relief: self.relief.lerp(o.relief, t),
            height: f(self.height, o.height),
            cavity: f(self.cavity, o.cavity),
            porosity: f(self.porosity, o.porosity),
            coat: f(self.coat, o.coat),
            coat_roughness: f(self.coat_roughness, o.coat_roughness),
            transmission: f(self.transmission, o.transmission),
            translucency: f(self.translucency, o.translucency),
            glow: self.glow.lerp(o.glow, t),
        }
    }
}

/// A smooth step from 0 at `low` to 1 at `high`.
pub(crate) fn smooth(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// A smooth bump: 1 where `x` is zero, 0 beyond `width`.
pub(crate) fn line(x: f32, width: f32) -> f32 {
    1.0 - smooth(0.0, width, x.abs())
}

/// How far the surface looks up: 1 up … −1 down.
pub(crate) fn alignment(p: &SurfacePoint) -> f32 {
    p.normal.dot(p.up).clamp(-1.0, 1.0)
}
