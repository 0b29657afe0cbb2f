//! What light arrives at a point: lamps, emitters, sun, sky and what other surfaces send.

use glam::{Vec2, Vec3};

use crate::bsdf::Bsdf;
use crate::bvh::Ray;
use crate::light::{FLASH, Grouped, clamp_radiance, lum};
use crate::lights::LightPoint;
use crate::math::cone;
use crate::prepared::{Prepared, Vertex};
use crate::sampler::Sampler;

/// Candidates of one choice among lights.
pub(crate) const N_CANDIDATES: usize = 8;
/// Distance that counts as infinite.
pub(crate) const FAR: f32 = 1e5;
/// Greatest diffuse irradiance / π and specular radiance of one sample, in light units.
pub(crate) const CLAMP_DIFFUSE: f32 = 24.0;
pub(crate) const CLAMP_SPECULAR: f32 = 40.0;

/// Light from lights: irradiance / π for the diffuse part and reflected radiance for the specular part.
#[derive(Clone, Copy, Default)]
pub(crate) struct Direct {
    pub diffuse: Grouped,
    pub specular: Vec3,
}

/// What a ray does with emitters that it hits.
#[derive(Clone, Copy)]
pub(crate) enum Emission {
    /// Counts them fully.
    All,
    /// Counts them in balance with light sampling: the ray was chosen with this density.
    Balanced(f32),
}

/// A start off the surface, on the side of `direction`.
#[inline]
pub(crate) fn offset(p: Vec3, ng: Vec3, direction: Vec3) -> Vec3 {
    let eps = 2e-4 + 2e-5 * p.abs().max_element();
    p + ng * if ng.dot(direction) >= 0.0 { eps } else { -eps }
}

/// The share of a sample of the light that balances against reflection sampling.
#[inline]
fn light_share(pdf_light: f32, pdf_bsdf: f32) -> f32 {
    // The candidates sharpen light sampling, hence the factor.
    let l = 4.0 * pdf_light;
    l / (l + pdf_bsdf).max(1e-12)
}

impl Prepared {
    /// One light out of several candidates in proportion to `target`, with the weight of its estimate.
    #[inline]
    pub(crate) fn pick_light(
        &self,
        at: Vec3,
        n_candidates: usize,
        sampler: &mut Sampler,
        target: impl Fn(&LightPoint) -> f32,
    ) -> Option<(LightPoint, f32)> {
        let n_near = (n_candidates * 3).div_ceil(4);
        let start = sampler.pair();
        let mut choose = sampler.one();
        let (mut total, mut chosen) = (0.0f32, None);
        for i in 0..n_candidates {
            let from_near = i < n_near;
            let (k, n) = if from_near { (i, n_near) } else { (i - n_near, n_candidates - n_near) };
            let pick = ((k as f32 + start.x) / n as f32).min(0.999_999);
            let u = Vec2::new((start.y + 0.754_877_7 * i as f32).fract(), (start.x + 0.569_840_3 * i as f32).fract());
            let Some(point) = self.lights.sample(at, from_near, pick, u) else { continue };
            let goal = target(&point) * point.seen;
            let weight = goal / (point.pdf * n_candidates as f32);
            if weight > 0.0 && weight.is_finite() {
                total += weight;
                let chance = weight / total;
                if choose < chance {
                    choose /= chance;
                    chosen = Some((point, goal));
                } else {
                    choose = (choose - chance) / (1.0 - chance).max(1e-9);
                }
            }
        }
        chosen.map(|(point, goal)| (point, total / goal))
    }

    /// Lamps, emitters, sun and moon at a surface.
    pub(crate) fn direct(&self, p: Vec3, ng: Vec3, bsdf: &Bsdf, sampler: &mut Sampler) -> Direct {
        let mut out = Direct::default();
        // Sharp lobes meet emitters by reflection alone.
        let is_glossy = bsdf.sharpest_alpha() > 0.02;
        let both = |l: &LightPoint| {
            let diffuse = bsdf.eval_diffuse(l.direction);
            let mut specular = Vec3::ZERO;
            if is_glossy || l.pdf_solid == 0.0 {
                let (value, pdf) = bsdf.eval_specular(l.direction, l.widen);
                let share = if l.pdf_solid > 0.0 { light_share(l.pdf_solid, pdf) } else { 1.0 };
                specular = value * share;
            }
            (diffuse, specular)
        };
        let tint = bsdf.diffuse;
        let picked = self.pick_light(p, N_CANDIDATES, sampler, |l| {
            let (diffuse, specular) = both(l);
            lum(l.power * (tint * diffuse + specular))
        });
        if let Some((light, weight)) = picked {
            let start = offset(p, ng, light.direction);
            if self.visible(start, start + light.direction * light.distance) {
                let (diffuse, specular) = both(&light);
                let power = light.power * weight;
                out.diffuse.0[light.group] += clamp_radiance(power * diffuse, CLAMP_DIFFUSE);
                out.specular += clamp_radiance(power * specular, CLAMP_SPECULAR);
            }
        }
        let u = sampler.pair();
        for light in &self.lights.distant {
            let l = cone(light.direction, light.cos_half_angle, u);
            let diffuse = bsdf.eval_diffuse(l);
            let (specular, _) = bsdf.eval_specular(light.direction, 0.012);
            if diffuse <= 0.0 && specular == Vec3::ZERO {
                continue;
            }
            let ray = Ray { origin: offset(p, ng, l), direction: l, t_min: 0.0, t_max: FAR };
            if !self.bvh.occluded(&ray) {
                let irradiance = light.irradiance * self.sun_through_water(p, l);
                out.diffuse.0[0] += irradiance * diffuse;
                out.specular += clamp_radiance(irradiance * specular, CLAMP_SPECULAR);
            }
        }
        out
    }

    /// Irradiance / π at a point by lamps and emitters, by group, and by sun and moon.
    pub(crate) fn direct_irradiance(&self, p: Vec3, n: Vec3, sampler: &mut Sampler) -> (Grouped, Vec3) {
        let mut lamps = Grouped::ZERO;
        let cosine = |l: &LightPoint| l.direction.dot(n).max(0.0) * std::f32::consts::FRAC_1_PI;
        if let Some((light, weight)) = self.pick_light(p, N_CANDIDATES, sampler, |l| lum(l.power) * cosine(l)) {
            let start = offset(p, n, light.direction);
            if self.visible(start, start + light.direction * light.distance) {
                lamps.0[light.group] += clamp_radiance(light.power * (weight * cosine(&light)), CLAMP_DIFFUSE);
            }
        }
        (lamps, self.sun_irradiance(p, n, sampler.pair()))
    }

    /// Irradiance / π by sun and moon.
    pub(crate) fn sun_irradiance(&self, p: Vec3, n: Vec3, u: Vec2) -> Vec3 {
        let mut sum = Vec3::ZERO;
        for light in &self.lights.distant {
            let l = cone(light.direction, light.cos_half_angle, u);
            let cos = n.dot(l);
            let ray = Ray { origin: offset(p, n, l), direction: l, t_min: 0.0, t_max: FAR };
            if cos > 0.0 && !self.bvh.occluded(&ray) {
                sum += light.irradiance * self.sun_through_water(p, l) * (cos * std::f32::consts::FRAC_1_PI);
            }
        }
        sum
    }

    /// The sky in a direction, with the flash of lightning in its own group.
    #[inline]
    pub(crate) fn sky_light(&self, direction: Vec3) -> Grouped {
        let mut g = Grouped::single(0, self.sky.radiance(direction));
        if !self.scene.flashes.is_empty() {
            g.0[FLASH] = flash_sky(direction);
        }
        g
    }

    /// Light that a diffuse bounce brings back: the cached light of what it hits, or the sky.
    pub(crate) fn incoming_diffuse(&self, mut ray: Ray, jitter: Vec2) -> (Grouped, f32) {
        let (mut through, mut length) = (1.0, 0.0);
        for _ in 0..3 {
            let Some(x) = self.trace(&ray) else {
                return (self.sky_light(ray.direction).times(Vec3::splat(through)), FAR);
            };
            length += x.t;
            if self.materials[x.material as usize].is_clear {
                through *= 0.85;
                ray.origin = offset(x.position, x.ng, ray.direction);
                continue;
            }
            let s = self.coarse(&x, x.t * 0.2);
            let albedo = s.base_color * (1.0 - s.transmission) * through;
            let cell = self.cache.light(x.rest, x.ns, jitter);
            return (cell.light.times(albedo).clamped(CLAMP_DIFFUSE), length);
        }
        (Grouped::ZERO, length)
    }

    /// Radiance along a reflected or transmitted ray whose cone opens by `spread`.
    pub(crate) fn incoming(
        &self,
        ray: Ray,
        spread: f32,
        emission: Emission,
        sampler: &mut Sampler,
        depth: u32,
    ) -> (Grouped, f32) {
        let n_steps = if spread < 0.08 && depth < 2 { 4 } else { 1 };
        let Some(x) = self.trace(&ray) else {
            let sky = if spread < 0.02 {
                self.sky.background(ray.direction).min(Vec3::splat(20.0))
            } else {
                self.sky.radiance(ray.direction)
            };
            let mut light = self.sky_light(ray.direction);
            light.0[0] = sky;
            return (self.through_air(light, ray.origin, ray.direction, FAR, n_steps), FAR);
        };
        let footprint = x.t * spread;
        let (s, n) = if spread < 0.12 { self.surface(&x, footprint) } else { (self.coarse(&x, footprint), x.ns) };
        let material = &self.materials[x.material as usize];
        let bsdf = Bsdf::new(&s, facing(n, x.ng, -ray.direction), -ray.direction);
        let mut light = Grouped::ZERO;
        if material.is_emissive {
            let share = match emission {
                Emission::All => 1.0,
                Emission::Balanced(pdf) => {
                    1.0 - light_share(self.lights.pdf_solid(ray.origin, x.triangle, ray.direction, x.t), pdf)
                }
            };
            light.0[crate::light::group_index(material.group)] += s.emission * share;
        }
        let jitter = sampler.pair();
        let cell = self.cache.light(x.rest, x.ns, jitter);
        let mut e = cell.light;
        if spread < 0.15 && !self.lights.distant.is_empty() {
            // Shadows of the sun stay sharp in reflections.
            e.0[0] = (e.0[0] - cell.sun).max(Vec3::ZERO) + self.sun_irradiance(x.position, n, jitter);
        }
        light.add(&e.times(bsdf.diffuse));
        light.add(&self.further(&x, &bsdf, &ray, spread, e, sampler, depth));
        (self.through_air(light, ray.origin, ray.direction, x.t, n_steps), x.t)
    }

    /// The specular and transmitted part at the far end of a reflected ray.
    fn further(
        &self,
        x: &Vertex,
        bsdf: &Bsdf,
        ray: &Ray,
        spread: f32,
        e: Grouped,
        sampler: &mut Sampler,
        depth: u32,
    ) -> Grouped {
        let mut light = Grouped::ZERO;
        if lum(bsdf.transmission) > 0.05 {
            if depth < 4 {
                let next = Ray { origin: offset(x.position, x.ng, ray.direction), ..*ray };
                light.add(&self.incoming(next, spread, Emission::All, sampler, depth + 1).0.times(bsdf.transmission));
            } else {
                light.add(&e.times(bsdf.transmission));
            }
        }
        if depth < 3 && bsdf.sharpest_alpha() < 0.09 && lum(bsdf.specular) > 0.08 && spread < 0.15 {
            let (u, pick) = (sampler.pair(), sampler.one());
            if let Some((l, weight, _)) = bsdf.sample_specular(u, pick) {
                let next = Ray { origin: offset(x.position, x.ng, l), direction: l, t_min: 0.0, t_max: FAR };
                let spread = spread + bsdf.mean_alpha();
                let (more, _) = self.incoming(next, spread, Emission::All, sampler, depth + 1);
                light.add(&more.times(weight).clamped(CLAMP_SPECULAR));
            }
        } else {
            light.add(&e.times(bsdf.specular));
        }
        light
    }
}

/// The dome under a lightning flash of strength 1.
#[inline]
pub(crate) fn flash_sky(direction: Vec3) -> Vec3 {
    Vec3::new(0.78, 0.88, 1.1) * (0.35 + 0.9 * direction.y.max(0.0))
}

/// A shading normal bent until it faces the viewer.
#[inline]
pub(crate) fn facing(n: Vec3, ng: Vec3, v: Vec3) -> Vec3 {
    let c = n.dot(v);
    if c > 0.03 {
        return n;
    }
    let bent = n + v * (0.03 - c);
    let bent = bent.normalize_or(ng);
    if bent.dot(v) > 0.0 { bent } else { ng }
}
