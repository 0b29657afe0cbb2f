//! One jittered pass over one frame of a clip: which pixels are shaded anew, and how.

use gesamt_scene::Camera;
use glam::{Vec2, Vec3};
use rayon::prelude::*;

use crate::bsdf::Bsdf;
use crate::bvh::{Grid, Ray, RayHit, TILE};
use crate::fog::FogView;
use crate::gain::Time;
use crate::history::{History, Reprojection, View};
use crate::keys::{Around, Found, Key, look_up, mirror_image};
use crate::light::{FLASH, Grouped, N_GROUPS, clamp_radiance, lum};
use crate::lights::LightPoint;
use crate::math::smoothstep;
use crate::pixel::Shaded;
use crate::prepared::{Prepared, Vertex};
use crate::sampler::{Sampler, hash};
use crate::seen::{EMPTY, Seen};
use crate::shade::{CLAMP_SPECULAR, Emission, FAR, flash_sky, offset};
use crate::still::look;
use crate::sway::Pose;

/// Calm pixels are shaded anew every so many frames, lively ones twice as often, and where people walk four times.
const CALM_PERIOD: u32 = 8;
/// What moves by more than this share of a pixel from frame to frame is lively.
const LIVELY_PX: f32 = 0.2;
/// Where something else showed a moment ago, so many frames are shaded each time: in turns, edges would show as dots.
const UNSETTLED: u8 = 2;
/// Frames of fewer pixels are shaded in full: they are cheap, and turns of few pixels show as dots along edges.
const SHADED_IN_FULL: usize = 130_000;
/// Reflections rougher than this (alpha) come from the key views, where they are clean.
const TRACED_ALPHA: f32 = 0.03;
/// So do those of surfaces that reflect less than this.
const TRACED_GLOSS: f32 = 0.075;
/// Surfaces rougher than this, or that reflect less, mirror nothing that could be seen to move.
const MIRRORING_ALPHA: f32 = 0.25;
const MIRRORING_GLOSS: f32 = 0.02;
/// Detail with which mirrored people are seen, in metres.
const MIRRORED_FOOTPRINT: f32 = 0.05;
/// What goes farther than this from frame to frame moves on, in metres.
const LEAST_MOVE_M: f32 = 0.012;
/// What key views know of somebody who walks with less weight than this, they do not know.
const FAINT: f32 = 0.002;
/// Candidates of the choice among lamps, which reflected rays cannot hit.
const LAMP_CANDIDATES: usize = 4;

/// One jittered pass over one frame.
pub(crate) struct Shot<'a> {
    pub prepared: &'a Prepared,
    /// Where everything was in the frame before.
    pub before: Option<&'a Pose>,
    pub keys: &'a [Key],
    /// The light around each who walks.
    pub around: &'a [(u32, Around)],
    pub camera: Camera,
    pub fog: Option<&'a FogView>,
    pub gains: [f32; N_GROUPS],
    pub t: f32,
    pub time: Time,
    pub width: usize,
    pub height: usize,
    pub jitter: Vec2,
    pub seed: u32,
    /// Turns the pattern of shaded pixels.
    pub phase: u32,
    pub rays: [Vec3; 3],
}

impl Shot<'_> {
    /// Sees every pixel; what `view` held before is overwritten.
    pub fn trace(&self, old: Option<&History>, view: &mut View) {
        let (w, h) = (self.width, self.height);
        let known = old.map(|o| (o, Reprojection::new(&o.camera, w, h)));
        let [corner, right, down] = self.rays;
        // Frame rays go through the middles of pixels, those of a pass where it looks into them.
        let corner = corner + right * (self.jitter.x - 0.5) + down * (self.jitter.y - 0.5);
        let grid = Grid { eye: self.camera.position, corner, right, down, near: 1e-3, far: FAR };
        view.seen.resize(w * h, EMPTY);
        view.depth.resize(w * h, f32::INFINITY);
        let [tile_width, tile_height] = TILE;
        let bands = view.seen.par_chunks_mut(w * tile_height).zip(view.depth.par_chunks_mut(w * tile_height));
        bands.enumerate().for_each(|(band, (rows, depths))| {
            let y0 = band * tile_height;
            for x0 in (0..w).step_by(tile_width) {
                let tile = self.prepared.bvh.look(&grid, x0, y0);
                for y in 0..rows.len() / w {
                    for x in x0..(x0 + tile_width).min(w) {
                        let (ray, length) = grid.ray(x, y0 + y);
                        let hit = self.prepared.bvh.hit(&tile, x - x0, y, &ray);
                        let seen = self.see(x, y0 + y, &ray, hit.map(|hit| (hit, hit.t / length)), known.as_ref());
                        depths[y * w + x] = seen.depth;
                        rows[y * w + x] = seen;
                    }
                }
            }
        });
    }

    /// What a pixel's ray meets, with its depth.
    fn see(
        &self,
        x: usize,
        y: usize,
        ray: &Ray,
        hit: Option<(RayHit, f32)>,
        known: Option<&(&History, Reprojection)>,
    ) -> Seen {
        let Some((hit, depth)) = hit else {
            // Between strokes of lightning the sky stays as it is.
            if self.prepared.scene.flashes.is_empty()
                && known.is_some_and(|(old, reprojection)| reprojection.was_sky(old, ray.direction))
                && !self.is_due(x, y, false, false)
            {
                return Seen { is_shaded: false, ..EMPTY };
            }
            let flash = flash_sky(ray.direction) * (0.5 * self.gains[FLASH]);
            return Seen { color: self.prepared.sky.background(ray.direction) + flash, ..EMPTY };
        };
        let shift = self.shift(&hit);
        let point = ray.origin + ray.direction * hit.t;
        let instance = self.prepared.triangles[hit.triangle as usize].instance;
        // Among leaves a pixel shows now this one and now that; the one beside it may have shown it.
        let is_plant = self.prepared.sway.as_ref().is_some_and(|sway| sway.is_plant(instance));
        let is_walked_at = self.prepared.is_walked_at(point);
        let has_walkers = self.prepared.has_walkers();
        let is_walker = has_walkers && self.prepared.walks(instance);
        let is_revealed = has_walkers
            && shift.length_squared() < LEAST_MOVE_M * LEAST_MOVE_M
            && known.is_some_and(|(old, reprojection)| reprojection.was_behind_mover(old, point, LEAST_MOVE_M));
        let material = self.prepared.facets[hit.triangle as usize].material;
        let mut n_unsettled = 0;
        if let Some((old, reprojection)) = known
            && !is_revealed
        {
            let before = reprojection
                .pixel_of(old, point + shift, is_plant)
                .map(|i| &old.view.seen[i])
                .filter(|before| is_plant || !self.is_other_light(before.material, material));
            n_unsettled = match before {
                Some(before) => before.n_unsettled.saturating_sub(1),
                None if is_plant => 0,
                None => UNSETTLED,
            };
            if let Some(before) = before
                && n_unsettled == 0
                && !is_walker
                && !self.is_due(x, y, before.is_lively || self.is_moved(shift, depth), is_walked_at)
            {
                let Seen { normal, base_color, is_lively, .. } = *before;
                return Seen { depth, shift, normal, base_color, material, is_shaded: false, is_lively, ..EMPTY };
            }
        }
        let v = self.prepared.vertex(ray, &hit);
        let angle = self.camera.pixel_angle(self.width as u32) * 0.8;
        let (s, bsdf) = look(self.prepared, ray, &v, angle, depth, self.time);
        let gloss = lum(bsdf.specular);
        let is_clear = lum(bsdf.transmission) > 0.02;
        // Faint and rough reflections come from the key views; near the limits the two ways blend.
        let sharp = smoothstep(TRACED_ALPHA, 0.7 * TRACED_ALPHA, bsdf.sharpest_alpha());
        let share = if is_clear { 1.0 } else { sharp * smoothstep(TRACED_GLOSS, 1.6 * TRACED_GLOSS, gloss) };
        let mirrors = share < 1.0 && gloss > MIRRORING_GLOSS && bsdf.sharpest_alpha() < MIRRORING_ALPHA;
        let image = mirrors.then(|| mirror_image(self.prepared, ray, &v));
        let mut found = look_up(self.keys, self.t, v.rest, v.ns, image);
        if found.weight < FAINT
            && let Some(light) = self.light_around(&v)
        {
            // Folds and limbs that no key view knows have no corners of their own to gather dark in.
            let known = smoothstep(0.2 * FAINT, FAINT, found.weight);
            found.light = found.light.times(Vec3::splat(known));
            found.light.add_scaled(&light, Vec3::splat(1.0 - known));
            found.reflection = found.reflection.lerp(light.under(&self.gains), 1.0 - known);
        } else if found.weight < 1e-4 {
            let stream = hash(x as u32) ^ (y as u32).wrapping_mul(0x9e37_79b1);
            let jitter = Sampler::new(self.seed, stream, 3).pair();
            found.light = self.prepared.cache.light(v.rest, v.ns, jitter).light;
            found.reflection = found.light.under(&self.gains);
        }
        if let Some(walker) = mirrors.then(|| self.prepared.mirrored_walker(ray, &v)).flatten() {
            let light = look_up(self.keys, self.t, walker.rest, walker.ns, None).light.under(&self.gains);
            found.reflection = self.prepared.coarse(&walker, MIRRORED_FOOTPRINT).base_color * light;
        }
        let is_darkened = is_walked_at && self.prepared.darken(&v, &mut found);
        let color = s.emission.under(&self.gains) + s.diffuse * found.light.under(&self.gains);
        let mut seen = Seen {
            color,
            specular: s.specular,
            reflection: found.reflection,
            alpha: 1.0,
            depth,
            normal: v.ns,
            base_color: s.base_color,
            material,
            shift,
            is_shaded: true,
            n_unsettled,
            is_revealed,
            is_lively: is_revealed || is_darkened || self.wavers(&s, &found) || self.is_moved(shift, depth),
        };
        if share > 0.0 {
            let traced = self.reflect(x, y, &v, ray, &bsdf, angle);
            seen.reflection = found.reflection.lerp(traced, share);
            seen.alpha = bsdf.sharpest_alpha();
            seen.is_lively |= gloss * share > 0.06 || is_clear;
        }
        seen
    }

    /// The light around somebody who walks, on a side that faces as a surface of theirs does.
    fn light_around(&self, v: &Vertex) -> Option<Grouped> {
        self.around.iter().find(|(instance, _)| *instance == v.instance).and_then(|(_, around)| around.light(v.ns))
    }

    /// From where the point of a hit is to where it was in the frame before.
    fn shift(&self, hit: &RayHit) -> Vec3 {
        let (Some(sway), Some(before)) = (&self.prepared.sway, self.before) else { return Vec3::ZERO };
        let scene = &self.prepared.scene;
        sway.place(&self.prepared.triangles, hit)
            .map_or(Vec3::ZERO, |at| sway.displacement(before, scene, &at) - sway.displacement(&sway.now, scene, &at))
    }

    /// True when one of two materials shines and they are not the same.
    fn is_other_light(&self, a: u32, b: u32) -> bool {
        let shines = |m: u32| self.prepared.materials.get(m as usize).is_some_and(|m| m.is_emissive);
        a != b && (shines(a) || shines(b))
    }

    pub fn is_moved(&self, shift: Vec3, depth: f32) -> bool {
        shift.length() > LIVELY_PX * self.camera.pixel_angle(self.width as u32) * depth
    }

    /// Whether a pixel is to be shaded anew, or may keep what the previous frame saw.
    fn is_due(&self, x: usize, y: usize, is_lively: bool, is_walked_at: bool) -> bool {
        if self.width * self.height < SHADED_IN_FULL {
            return true;
        }
        let (x, y) = (x as u32, y as u32);
        // The four places of each 2 × 2 block take turns on the diagonal; calm blocks rest every other round.
        let turn = [0, 2, 3, 1][((x & 1) + 2 * (y & 1)) as usize];
        let rest = 4 * (((x >> 1) + (y >> 1)) & 1);
        if is_walked_at {
            (turn + self.phase).is_multiple_of(CALM_PERIOD / 4)
        } else if is_lively {
            (turn + self.phase).is_multiple_of(CALM_PERIOD / 2)
        } else {
            (turn + rest + self.phase).is_multiple_of(CALM_PERIOD)
        }
    }

    /// True when flickering light matters here.
    fn wavers(&self, s: &Shaded, found: &Found) -> bool {
        let share = |g: &Grouped| lum(g.0[1] + g.0[2] + g.0[FLASH]) > 0.16 * lum(g.0[0]);
        share(&found.light) || (s.emission != Grouped::ZERO && share(&s.emission))
    }

    /// Traces the sharp reflection and what lies behind glass, per specular reflectance.
    fn reflect(&self, x: usize, y: usize, v: &Vertex, ray: &Ray, bsdf: &Bsdf, angle: f32) -> Vec3 {
        let stream = hash(x as u32) ^ (y as u32).wrapping_mul(0x9e37_79b1);
        let mut sampler = Sampler::new(self.seed, stream, 0);
        let mut sum = Vec3::ZERO;
        let (u, pick) = (sampler.pair(), sampler.one());
        if let Some((mut l, weight, _)) = bsdf.sample_specular(u, pick) {
            if l.dot(v.ng) <= 0.0 {
                l = (l - 2.0 * l.dot(v.ng) * v.ng).normalize_or(bsdf.n);
            }
            let next = Ray { origin: offset(v.position, v.ng, l), direction: l, t_min: 0.0, t_max: FAR };
            let spread = angle + 0.7 * bsdf.mean_alpha();
            let (light, _) = self.prepared.incoming(next, spread, Emission::All, &mut sampler, 2);
            sum += clamp_radiance(light.under(&self.gains), CLAMP_SPECULAR) * weight;
        }
        sum += self.lamps(v, bsdf, &mut sampler);
        for light in &self.prepared.lights.distant {
            let (value, _) = bsdf.eval_specular(light.direction, 0.012);
            if lum(value) > 0.01 {
                let start = offset(v.position, v.ng, light.direction);
                let shadow = Ray { origin: start, direction: light.direction, t_min: 0.0, t_max: FAR };
                if !self.prepared.occluded(&shadow) {
                    sum += clamp_radiance(light.irradiance * value, 6.0);
                }
            }
        }
        if lum(bsdf.transmission) > 0.02 {
            sum += crate::still::transmit(self.prepared, v, bsdf, ray, angle, &mut sampler, &self.gains);
        }
        sum / (bsdf.specular + bsdf.transmission + 2e-3)
    }

    /// Highlights of lamps.
    fn lamps(&self, v: &Vertex, bsdf: &Bsdf, sampler: &mut Sampler) -> Vec3 {
        let value = |l: &LightPoint| {
            let is_lamp = l.pdf_solid == 0.0;
            if is_lamp { l.power * bsdf.eval_specular(l.direction, l.widen).0 } else { Vec3::ZERO }
        };
        let picked = self.prepared.pick_light(v.position, LAMP_CANDIDATES, sampler, |l| lum(value(l)));
        let Some((light, weight)) = picked else { return Vec3::ZERO };
        let start = offset(v.position, v.ng, light.direction);
        if !self.prepared.visible(start, start + light.direction * light.distance) {
            return Vec3::ZERO;
        }
        clamp_radiance(value(&light) * (weight * self.gains[light.group]), CLAMP_SPECULAR)
    }
}

/// The `i`-th place within the pixel, from the Halton sequence in bases 3 and 5.
///
/// A pixel is shaded every fourth or eighth frame. In base 2 those frames would always see the same part of it, its
/// neighbours another, and edges would be dotted. Frames of one round share a place; from round to round, and also from
/// every second round to the next, these bases spread them well.
pub(crate) fn jitter(i: u32) -> Vec2 {
    let radical = |base: u32| {
        let (mut n, mut f, mut sum) = (i % 225 + 1, 1.0, 0.0);
        while n > 0 {
            f /= base as f32;
            sum += f * (n % base) as f32;
            n /= base;
        }
        sum
    };
    Vec2::new(radical(3), radical(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_sees_all_parts_of_itself_however_seldom_it_is_shaded() {
        for period in [4, CALM_PERIOD] {
            for phase in 0..period {
                let places: Vec<Vec2> = (0..9).map(|k| jitter((phase + k * period) / 4)).collect();
                let mean = places.iter().sum::<Vec2>() / 9.0;
                assert!((mean - 0.5).abs().max_element() < 0.12, "{period} {phase}: {mean}");
                for axis in 0..2 {
                    let in_third = |k: usize| places.iter().filter(|p| (p[axis] * 3.0) as usize == k).count();
                    assert!((0..3).all(|k| in_third(k) >= 2), "{period} {phase}: {places:?}");
                }
            }
        }
    }
}
