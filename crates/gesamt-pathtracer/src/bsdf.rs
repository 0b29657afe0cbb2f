//! Reflection: diffuse with thin translucency below a rough specular interface below a clear coat.
//!
//! # Source
//! Walter et al., "Microfacet models for refraction" (2007) for GGX; Heitz, "Sampling the GGX distribution of visible
//! normals" (JCGT 2018); Turquin, "Practical multiple scattering compensation" (2019); Karis, "Real shading in Unreal
//! Engine 4" (2013) for the split of the directional albedo into F0 and a rest.

use std::sync::LazyLock;

use gesamt_material::Surface;
use glam::{Vec2, Vec3};

use crate::light::lum;
use crate::math::basis;

/// Reflectance at normal incidence of dielectrics and of the coat.
const F0_DIELECTRIC: f32 = 0.04;
const F0_COAT: f32 = 0.03;
const TABLE: usize = 24;

/// Directional albedo of GGX over (roughness, cosine): the factor of F0 and the rest.
static ALBEDO: LazyLock<Vec<[f32; 2]>> = LazyLock::new(|| {
    let mut table = vec![[0.0; 2]; TABLE * TABLE];
    for (i, cell) in table.iter_mut().enumerate() {
        let alpha = ((i / TABLE) as f32 / (TABLE - 1) as f32).powi(2).max(1e-3);
        let cos = ((i % TABLE) as f32 / (TABLE - 1) as f32).max(0.02);
        let v = Vec3::new((1.0 - cos * cos).sqrt(), 0.0, cos);
        let n = 128;
        let (mut a, mut b) = (0.0, 0.0);
        for k in 0..n {
            let u = Vec2::new((k as f32 + 0.5) / n as f32, (k as f32 * 0.618_034 + 0.31).fract());
            let h = visible_normal(v, alpha, u);
            let l = 2.0 * v.dot(h) * h - v;
            if l.z > 0.0 {
                let g = g2_over_g1(l.z, v.z, alpha);
                let fc = schlick(v.dot(h));
                a += (1.0 - fc) * g;
                b += fc * g;
            }
        }
        *cell = [a / n as f32, b / n as f32];
    }
    table
});

/// Looks up the split directional albedo.
fn split_albedo(alpha: f32, cos: f32) -> [f32; 2] {
    let t = &*ALBEDO;
    let x = alpha.sqrt().clamp(0.0, 1.0) * (TABLE - 1) as f32;
    let y = cos.clamp(0.0, 1.0) * (TABLE - 1) as f32;
    let (i, j) = ((x as usize).min(TABLE - 2), (y as usize).min(TABLE - 2));
    let (fx, fy) = (x - i as f32, y - j as f32);
    let at = |c: usize| {
        let row = |i: usize| t[i * TABLE + j][c] * (1.0 - fy) + t[i * TABLE + j + 1][c] * fy;
        row(i) * (1.0 - fx) + row(i + 1) * fx
    };
    [at(0), at(1)]
}

#[inline]
fn schlick(cos: f32) -> f32 {
    let m = (1.0 - cos).clamp(0.0, 1.0);
    let m2 = m * m;
    m2 * m2 * m
}

/// A microfacet normal visible from `v` in the frame of the surface.
#[inline]
fn visible_normal(v: Vec3, alpha: f32, u: Vec2) -> Vec3 {
    let vh = Vec3::new(alpha * v.x, alpha * v.y, v.z).normalize();
    let len = vh.x * vh.x + vh.y * vh.y;
    let t1 = if len > 0.0 { Vec3::new(-vh.y, vh.x, 0.0) / len.sqrt() } else { Vec3::X };
    let t2 = vh.cross(t1);
    let r = u.x.sqrt();
    let (sin, cos) = (std::f32::consts::TAU * u.y).sin_cos();
    let (p1, mut p2) = (r * cos, r * sin);
    let s = 0.5 * (1.0 + vh.z);
    p2 = (1.0 - s) * (1.0 - p1 * p1).max(0.0).sqrt() + s * p2;
    let n = t1 * p1 + t2 * p2 + vh * (1.0 - p1 * p1 - p2 * p2).max(0.0).sqrt();
    Vec3::new(alpha * n.x, alpha * n.y, n.z.max(1e-6)).normalize()
}

/// Height-correlated Smith visibility divided by the masking of the view.
#[inline]
fn g2_over_g1(nl: f32, nv: f32, alpha: f32) -> f32 {
    let a2 = alpha * alpha;
    let lambda = |c: f32| (a2 + (1.0 - a2) * c * c).sqrt();
    nl * (nv + lambda(nv)) / (nl * lambda(nv) + nv * lambda(nl)).max(1e-9)
}

/// One GGX lobe.
#[derive(Clone, Copy, Debug)]
struct Lobe {
    alpha: f32,
}

impl Lobe {
    /// Distribution × visibility × cosine, without Fresnel, with the density of sampling.
    #[inline]
    fn eval(self, n: Vec3, v: Vec3, l: Vec3) -> (f32, f32, f32) {
        let h = (v + l).normalize_or(n);
        let (nl, nv, nh, vh) = (n.dot(l), n.dot(v).max(1e-3), n.dot(h), v.dot(h).max(0.0));
        if nl <= 0.0 {
            return (0.0, 0.0, vh);
        }
        let a2 = self.alpha * self.alpha;
        // 1 − nh² from the cross product keeps precision at small roughness.
        let sin2 = n.cross(h).length_squared();
        let d = nh * nh * a2 + sin2;
        let d = a2 / (std::f32::consts::PI * d * d).max(1e-12);
        let lambda = |c: f32| (a2 + (1.0 - a2) * c * c).sqrt();
        let vis = 0.5 / (nl * lambda(nv) + nv * lambda(nl)).max(1e-9);
        let pdf = d * 0.5 / (nv + lambda(nv));
        (d * vis * nl, pdf, vh)
    }
}

/// A surface ready to be lit, seen from one direction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bsdf {
    /// Shading normal on the side of the viewer.
    pub n: Vec3,
    /// Unit direction to the viewer.
    pub v: Vec3,
    /// Diffuse reflectance that is left below the interfaces.
    pub diffuse: Vec3,
    /// Share of diffuse light that leaves on the other side.
    pub translucency: f32,
    /// Directional albedo of all specular reflection.
    pub specular: Vec3,
    /// Straight transmission.
    pub transmission: Vec3,
    f0: Vec3,
    base: Lobe,
    coat: Lobe,
    /// Weight of the base lobe: what the coat lets pass, with multiple scattering.
    base_weight: Vec3,
    coat_weight: f32,
    /// Probability of sampling the coat among the specular lobes.
    coat_chance: f32,
}

impl Bsdf {
    /// The reflection of a surface with world-space normal `n` (facing `v`).
    pub fn new(s: &Surface, n: Vec3, v: Vec3) -> Self {
        let nv = n.dot(v).clamp(0.02, 1.0);
        let base = Lobe { alpha: (s.roughness * s.roughness).clamp(0.0012, 1.0) };
        let coat = Lobe { alpha: (s.coat_roughness * s.coat_roughness).clamp(0.0008, 1.0) };
        let f0 = Vec3::splat(F0_DIELECTRIC).lerp(s.base_color, s.metallic);
        let [ca, cb] = split_albedo(coat.alpha, nv);
        let coat_albedo = s.coat * (F0_COAT * ca + cb);
        let [a, b] = split_albedo(base.alpha, nv);
        // A mixture reflects as much as its parts do, multiple scattering included.
        let rest = 1.0 / (a + b).max(0.05) - 1.0;
        let alone = |f0: Vec3| (f0 * a + b) * (Vec3::ONE + f0 * rest);
        let dielectric = alone(Vec3::splat(F0_DIELECTRIC));
        let scattering = dielectric.lerp(alone(s.base_color), s.metallic) / (f0 * a + b).max(Vec3::splat(1e-4));
        let through = 1.0 - coat_albedo;
        let base_weight = scattering * through;
        let base_albedo = (f0 * a + b) * base_weight;
        // The dielectric share of the base lets the rest of the light down to the diffuse body.
        let dielectric = dielectric.x;
        let below = Vec3::splat((through * (1.0 - dielectric)).max(0.0) * (1.0 - s.metallic));
        let total = coat_albedo + lum(base_albedo);
        Self {
            n,
            v,
            diffuse: s.base_color * below * (1.0 - s.transmission),
            translucency: s.translucency,
            specular: base_albedo + coat_albedo,
            transmission: below * s.transmission * s.base_color.max(Vec3::splat(0.02)).powf(0.5),
            f0,
            base,
            coat,
            base_weight,
            coat_weight: s.coat,
            coat_chance: if total > 0.0 { coat_albedo / total } else { 0.0 },
        }
    }

    /// The least roughness (alpha) among the lobes that matter.
    pub fn sharpest_alpha(&self) -> f32 {
        if self.coat_chance > 0.1 { self.coat.alpha.min(self.base.alpha) } else { self.base.alpha }
    }

    /// The roughness (alpha) weighted by the share of the lobes.
    pub fn mean_alpha(&self) -> f32 {
        self.coat.alpha * self.coat_chance + self.base.alpha * (1.0 - self.coat_chance)
    }

    /// Specular reflectance × cosine toward `l` and the density with which [`Self::sample_specular`] picks it. `widen` is
    /// added to the roughness, for lights that have a size but no surface.
    #[inline]
    pub fn eval_specular(&self, l: Vec3, widen: f32) -> (Vec3, f32) {
        let (mut value, mut pdf) = (Vec3::ZERO, 0.0);
        if self.coat_chance < 1.0 {
            let lobe = Lobe { alpha: (self.base.alpha + widen).min(1.0) };
            let (e, p, vh) = lobe.eval(self.n, self.v, l);
            value += self.base_weight * (self.f0 + (Vec3::ONE - self.f0) * schlick(vh)) * e;
            pdf += p * (1.0 - self.coat_chance);
        }
        if self.coat_chance > 0.0 {
            let lobe = Lobe { alpha: (self.coat.alpha + widen).min(1.0) };
            let (e, p, vh) = lobe.eval(self.n, self.v, l);
            value += self.coat_weight * (F0_COAT + (1.0 - F0_COAT) * schlick(vh)) * e;
            pdf += p * self.coat_chance;
        }
        (value, pdf)
    }

    /// A specular direction with its weight (value / density) and density; `None` below the surface.
    #[inline]
    pub fn sample_specular(&self, u: Vec2, pick: f32) -> Option<(Vec3, Vec3, f32)> {
        let lobe = if pick < self.coat_chance { self.coat } else { self.base };
        let (t, b) = basis(self.n);
        let local = Vec3::new(self.v.dot(t), self.v.dot(b), self.v.dot(self.n).max(1e-3)).normalize();
        let h = visible_normal(local, lobe.alpha, u);
        let l = 2.0 * local.dot(h) * h - local;
        if l.z <= 0.0 {
            return None;
        }
        let l = (t * l.x + b * l.y + self.n * l.z).normalize();
        let (value, pdf) = self.eval_specular(l, 0.0);
        (pdf > 0.0).then(|| (l, value / pdf, pdf))
    }

    /// The share of diffuse light taken from direction `l`, × |cosine| / π: multiply with [`Self::diffuse`].
    #[inline]
    pub fn eval_diffuse(&self, l: Vec3) -> f32 {
        let cos = self.n.dot(l);
        let side = if cos > 0.0 { 1.0 - self.translucency } else { self.translucency };
        side * cos.abs() * std::f32::consts::FRAC_1_PI
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::cosine;
    use crate::sampler::Sampler;

    fn surface(roughness: f32, metallic: f32, coat: f32) -> Surface {
        Surface {
            base_color: Vec3::ONE,
            roughness,
            metallic,
            normal: Vec3::Y,
            emission: Vec3::ZERO,
            coat,
            coat_roughness: 0.3,
            transmission: 0.0,
            translucency: 0.0,
            height: 0.0,
        }
    }

    fn view(cos: f32) -> Vec3 {
        Vec3::new((1.0 - cos * cos).sqrt(), cos, 0.0)
    }

    #[test]
    fn a_white_surface_in_a_white_furnace_reflects_everything_and_never_more() {
        for roughness in [0.1, 0.35, 0.7, 1.0] {
            for (metallic, coat) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.5, 0.5)] {
                for cos in [0.25, 0.6, 0.95] {
                    let bsdf = Bsdf::new(&surface(roughness, metallic, coat), Vec3::Y, view(cos));
                    let n = 4096;
                    let mut sum = Vec3::ZERO;
                    for i in 0..n {
                        let mut s = Sampler::new(1, 2, i);
                        let (u, pick) = (s.pair(), s.one());
                        sum += bsdf.sample_specular(u, pick).map_or(Vec3::ZERO, |(_, w, _)| w);
                    }
                    let albedo = sum / n as f32 + bsdf.diffuse;
                    assert!(albedo.max_element() < 1.03, "{roughness} {metallic} {coat} {cos}: {albedo}");
                    assert!(albedo.min_element() > 0.9, "{roughness} {metallic} {coat} {cos}: {albedo}");
                }
            }
        }
    }

    #[test]
    fn the_specular_lobes_are_reciprocal_without_their_energy_terms() {
        let lobe = Lobe { alpha: 0.3 };
        for i in 0..200 {
            let mut s = Sampler::new(5, 1, i);
            let (a, b) = (cosine(Vec3::Y, s.pair()), cosine(Vec3::Y, s.pair()));
            let (forth, back) = (lobe.eval(Vec3::Y, a, b).0 / b.y, lobe.eval(Vec3::Y, b, a).0 / a.y);
            assert!((forth - back).abs() < 1e-3 * forth.max(1e-3), "{a} {b}: {forth} {back}");
        }
    }

    #[test]
    fn the_density_of_specular_sampling_matches_its_histogram() {
        // χ² over 8 × 16 cells of the hemisphere, expected counts from the density by quadrature.
        let bsdf = Bsdf::new(&surface(0.6, 0.5, 0.5), Vec3::Y, view(0.7));
        let cell = |l: Vec3| {
            let phi = (l.z.atan2(l.x) / std::f32::consts::TAU + 0.5).clamp(0.0, 0.999);
            (l.y.clamp(0.0, 0.9999) * 8.0) as usize * 16 + (phi * 16.0) as usize
        };
        let n = 200_000u32;
        let mut counts = [0f64; 128];
        for i in 0..n {
            let mut s = Sampler::new(9, i, 0);
            let (u, pick) = (s.pair(), s.one());
            if let Some((l, ..)) = bsdf.sample_specular(u, pick) {
                counts[cell(l)] += 1.0;
            }
        }
        let mut expected = [0f64; 128];
        let (rows, columns) = (512, 1024);
        for i in 0..rows * columns {
            let y = ((i / columns) as f32 + 0.5) / rows as f32;
            let (s, c) = (((i % columns) as f32 + 0.5) / columns as f32 * std::f32::consts::TAU).sin_cos();
            let r = (1.0 - y * y).sqrt();
            let l = Vec3::new(r * c, y, r * s);
            let weight = std::f64::consts::TAU / (rows * columns) as f64;
            expected[cell(l)] += f64::from(bsdf.eval_specular(l, 0.0).1) * weight * f64::from(n);
        }
        let (chi, cells) = counts
            .iter()
            .zip(&expected)
            .filter(|(_, e)| **e > 20.0)
            .fold((0.0, 0), |(chi, k), (c, e)| (chi + (c - e).powi(2) / e, k + 1));
        assert!(cells > 60 && chi < f64::from(cells) + 5.0 * (2.0 * f64::from(cells)).sqrt(), "χ² {chi} of {cells}");
    }
}
