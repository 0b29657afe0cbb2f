//! The light that people keep from what is around them while they walk.
//!
//! Light on surfaces is known from key views in which nobody walks. What walkers take away of it is found anew in every
//! frame: sun and moon by a ray where one may be blocked, all other light by the balls of the body.
//!
//! # Source
//! Quílez, "Sphere ambient occlusion" (2006) for the share of a hemisphere that a ball covers.

use gesamt_scene::{Scene, Stir, Walk};
use glam::{Affine3A, Vec2, Vec3};

use crate::bvh::Ray;
use crate::keys::Found;
use crate::light::lum;
use crate::math::smoothstep;
use crate::prepared::{Prepared, Vertex};
use crate::shade::{FAR, offset};

/// A body darkens what is nearer than this, in metres of the plan.
const REACH_M: f32 = 1.5;
/// All of a body, its umbrella included, is within this of its axis, in metres, and so much over its head.
const WIDE_M: f32 = 0.62;
const HAT_M: f32 = 0.5;
/// What leaves more light than this darkens nothing.
const LEAST_DARK: f32 = 0.995;
/// A ball covers at most this share of what a point sees.
const MOST_COVERED: f32 = 0.8;
/// Lamps nearer than this throw shadows that are looked for, in metres.
const LAMP_M: f32 = 9.0;
/// Mirror images of who is nearer are looked for, in metres.
const MIRRORED_M: f32 = 14.0;

/// Somebody who walks, as a shadow.
#[derive(Clone)]
pub(crate) struct Shadow {
    pub instance: u32,
    body: Vec<(Vec3, f32)>,
    axis: Vec2,
    low: f32,
    high: f32,
}

impl Shadow {
    /// The shadow of a body; `None` where there is nothing of it.
    pub fn new(instance: u32, body: Vec<(Vec3, f32)>) -> Option<Self> {
        let n = body.len() as f32;
        let (mut axis, mut low, mut high) = (Vec2::ZERO, f32::INFINITY, f32::NEG_INFINITY);
        for (p, r) in &body {
            axis += Vec2::new(p.x, p.z) / n;
            (low, high) = (low.min(p.y - r), high.max(p.y + r));
        }
        (!body.is_empty()).then_some(Self { instance, body, axis, low, high: high + HAT_M })
    }

    /// All who walk, where they are in the still.
    pub fn at_rest(scene: &Scene) -> Vec<Self> {
        let body = |walk: &Walk, t: Affine3A| {
            walk.steps.first().map(|s| s.body.iter().map(|(p, r)| (t.transform_point3(*p), *r)).collect())
        };
        let shadow = |(i, instance): (usize, &gesamt_scene::Instance)| match &instance.stir {
            Stir::Walks(walk) => Self::new(i as u32, body(walk, instance.transform)?),
            _ => None,
        };
        scene.instances.iter().enumerate().filter_map(shadow).collect()
    }

    /// True for a point that belongs to the body, or is beside it.
    pub fn holds(&self, p: Vec3) -> bool {
        let is_beside = Vec2::new(p.x, p.z).distance_squared(self.axis) < WIDE_M * WIDE_M;
        is_beside && p.y > self.low && p.y < self.high
    }

    /// True when the body may darken a point.
    pub fn is_near(&self, p: Vec3) -> bool {
        Vec2::new(p.x, p.z).distance_squared(self.axis) < REACH_M * REACH_M
            && p.y > self.low - 0.5
            && p.y < self.high + 0.5
    }

    /// True when a ray may meet the body within a distance.
    pub fn crosses(&self, from: Vec3, direction: Vec3, most: f32) -> bool {
        let (p, d) = (Vec2::new(from.x, from.z) - self.axis, Vec2::new(direction.x, direction.z));
        let (a, b, c) = (d.length_squared(), p.dot(d), p.length_squared() - WIDE_M * WIDE_M);
        let (t0, t1) = if a < 1e-8 {
            if c > 0.0 {
                return false;
            }
            (0.0, most)
        } else {
            let under = b * b - a * c;
            if under <= 0.0 {
                return false;
            }
            let root = under.sqrt();
            (((-b - root) / a).max(0.0), ((-b + root) / a).min(most))
        };
        let (y0, y1) = (from.y + direction.y * t0, from.y + direction.y * t1);
        t0 < t1 && y0.min(y1) < self.high && y0.max(y1) > self.low - 0.1
    }

    /// The share of the light from everywhere that the body leaves to a point.
    fn open(&self, p: Vec3, n: Vec3) -> f32 {
        if !self.is_near(p) {
            return 1.0;
        }
        let covered = |(at, r): &(Vec3, f32)| {
            let to = at - p;
            let d = to.length().max(1e-3);
            let cos = to.dot(n) / d;
            (cos.max(0.0) * (r / d).powi(2)).min(MOST_COVERED)
        };
        let open: f32 = self.body.iter().map(|ball| 1.0 - covered(ball)).product();
        let far = Vec2::new(p.x, p.z).distance(self.axis) / REACH_M;
        open + (1.0 - open) * smoothstep(0.6, 1.0, far)
    }
}

impl Prepared {
    /// True when those who walk change what is seen of a surface: its light, or what it mirrors.
    pub(crate) fn is_changed_by(&self, walkers: &[Shadow], eye: Vec3, p: Vec3, n: Vec3) -> bool {
        let way = (p - eye).normalize_or_zero();
        let mirrored = way - 2.0 * way.dot(n) * n;
        let by = |s: &Shadow| {
            let lamps = || self.scene.lamps.iter().filter(|l| l.position.distance_squared(p) < LAMP_M * LAMP_M);
            s.is_near(p)
                || self.lights.distant.iter().any(|l| l.direction.dot(n) > 0.0 && s.crosses(p, l.direction, FAR))
                || s.crosses(p, mirrored, MIRRORED_M)
                || lamps().any(|l| {
                    let to = l.position - p;
                    to.dot(n) > 0.0 && s.crosses(p, to.normalize_or_zero(), to.length())
                })
        };
        if !walkers.iter().any(by) {
            return false;
        }
        // They themselves are as they were.
        let ray = Ray { origin: eye, direction: way, t_min: 1e-3, t_max: FAR };
        let hit = self.bvh.intersect(&ray);
        !hit.is_some_and(|hit| {
            self.walks(self.triangles[hit.triangle as usize].instance) && hit.t > 0.97 * p.distance(eye)
        })
    }

    /// True when somebody who walks may change the light of a point now.
    pub(crate) fn is_walked_at(&self, p: Vec3) -> bool {
        let Some(sway) = &self.sway else { return false };
        let reaches = |s: &Shadow| s.is_near(p) || self.lights.distant.iter().any(|l| s.crosses(p, l.direction, FAR));
        sway.now.shadows.iter().any(reaches)
    }

    /// Takes away what those who walk keep from a point now; true when that is anything.
    pub(crate) fn darken(&self, v: &Vertex, found: &mut Found) -> bool {
        let Some(sway) = &self.sway else { return false };
        let others = || sway.now.shadows.iter().filter(|s| s.instance != v.instance);
        let open: f32 = others().map(|s| s.open(v.position, v.ns)).product();
        let (mut sun, mut lost) = (Vec3::ZERO, Vec3::ZERO);
        for light in &self.lights.distant {
            let cos = light.direction.dot(v.ns);
            if cos <= 0.0 || !others().any(|s| s.crosses(v.position, light.direction, FAR) || s.is_near(v.position)) {
                continue;
            }
            let full = light.irradiance * (cos * std::f32::consts::FRAC_1_PI);
            // Where there is less light than the sun alone gives, something that stands is in its way.
            let shines = smoothstep(0.75, 1.0, lum(found.light.0[0]) / lum(full).max(1e-6));
            sun += full * shines;
            let ray = Ray {
                origin: offset(v.position, v.ng, light.direction),
                direction: light.direction,
                t_min: 0.0,
                t_max: FAR,
            };
            let may = shines > 0.0 && others().any(|s| s.crosses(v.position, light.direction, FAR));
            // What stands in the way has been known before.
            if may && self.first_is_walker(&ray) {
                lost += full * shines;
            }
        }
        if open > LEAST_DARK && lost == Vec3::ZERO {
            return false;
        }
        let steady = found.light.0[0];
        let sun = sun.min(steady);
        for light in &mut found.light.0 {
            *light *= open;
        }
        found.light.0[0] = (steady - sun) * open + (sun - lost).max(Vec3::ZERO);
        found.reflection *= 0.4 + 0.6 * open;
        true
    }

    /// True when any walk.
    pub(crate) fn has_walkers(&self) -> bool {
        self.sway.as_ref().is_some_and(|sway| !sway.now.shadows.is_empty())
    }

    fn first_is_walker(&self, ray: &Ray) -> bool {
        self.bvh.intersect(ray).is_some_and(|hit| self.walks(self.triangles[hit.triangle as usize].instance))
    }

    /// What is mirrored of those who walk, in the direction in which a smooth surface mirrors: the point of them.
    pub(crate) fn mirrored_walker(&self, ray: &Ray, v: &Vertex) -> Option<Vertex> {
        let sway = self.sway.as_ref().filter(|sway| !sway.now.shadows.is_empty())?;
        let direction = ray.direction - 2.0 * ray.direction.dot(v.ns) * v.ns;
        let start = offset(v.position, v.ng, direction);
        if !sway.now.shadows.iter().any(|s| s.instance != v.instance && s.crosses(start, direction, MIRRORED_M)) {
            return None;
        }
        let hit = self.trace(&Ray { origin: start, direction, t_min: 0.0, t_max: MIRRORED_M })?;
        self.walks(hit.instance).then_some(hit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shadow() -> Shadow {
        let body =
            vec![(Vec3::new(2.0, 0.07, 0.0), 0.08), (Vec3::new(2.0, 0.9, 0.0), 0.2), (Vec3::new(2.0, 1.6, 0.0), 0.12)];
        Shadow::new(3, body).expect("a body")
    }

    #[test]
    fn the_ground_is_darkest_under_the_feet_and_untouched_far_away() {
        let open = |x: f32| shadow().open(Vec3::new(2.0 + x, 0.0, 0.0), Vec3::Y);
        assert!(open(0.0) < 0.35, "{}", open(0.0));
        assert!((0..15).all(|k| open(0.1 * k as f32) <= open(0.1 * (k + 1) as f32) + 1e-4));
        assert_eq!(open(1.6), 1.0);
        assert_eq!(shadow().open(Vec3::new(2.0, 0.0, 0.2), Vec3::NEG_Y), 1.0);
    }

    #[test]
    fn rays_cross_a_body_or_pass_it() {
        let s = shadow();
        assert!(
            s.crosses(Vec3::new(0.0, 1.0, 0.0), Vec3::X, 10.0) && !s.crosses(Vec3::new(0.0, 1.0, 0.0), Vec3::X, 1.0)
        );
        assert!(
            !s.crosses(Vec3::new(0.0, 1.0, 0.0), Vec3::Z, 10.0) && !s.crosses(Vec3::new(0.0, 3.0, 0.0), Vec3::X, 10.0)
        );
        assert!(s.crosses(Vec3::new(2.0, 0.0, 0.0), Vec3::Y, 10.0));
        assert!(s.crosses(Vec3::new(5.0, 0.0, 0.0), Vec3::new(-1.0, 0.4, 0.0).normalize(), 100.0));
    }
}
