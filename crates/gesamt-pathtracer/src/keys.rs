//! Key views: clean light on surfaces in image space, looked up from the world.

use gesamt_scene::Camera;
use glam::{Mat3, Vec3};
use rayon::prelude::*;

use crate::bvh::Ray;
use crate::compose::{LightCache, Rays, ray_frame};
use crate::light::{Grouped, N_GROUPS};
use crate::math::smoothstep;
use crate::pixel::{Pixel, Shaded};
use crate::prepared::{Prepared, Vertex};
use crate::shade::{FAR, offset};
use crate::still::{Samples, StillOptions, pixel};

/// What is farther away is mirrored as if it were here, in metres.
const FARTHEST_MIRRORED: f32 = 400.0;

#[derive(Clone, Copy)]
struct Texel {
    depth: f32,
    normal: Vec3,
    reflection: Vec3,
}

/// One key view.
pub(crate) struct Key {
    /// Time of its pose in the clip, 0–1.
    time: f32,
    /// True when the clip's end is its beginning.
    loops: bool,
    width: usize,
    height: usize,
    position: Vec3,
    camera_from_world: Mat3,
    /// Pixel from the ray of unit depth: x = ray.x · scale + offset.
    scale: [f32; 2],
    offset: [f32; 2],
    rays: [Vec3; 3],
    texels: Vec<Texel>,
    /// Slot of each group in `light`, if it shines.
    slots: [Option<usize>; N_GROUPS],
    n_slots: usize,
    light: Vec<Vec3>,
}

/// What a look-up found.
#[derive(Clone, Copy, Default)]
pub(crate) struct Found {
    pub weight: f32,
    pub light: Grouped,
    pub reflection: Vec3,
}

/// The light around a thing, by direction: toward ±x, ±y and ±z.
///
/// # Source
/// McTaggart, "Half-Life 2 / Valve Source shading" (2004): the ambient cube.
#[derive(Clone, Copy, Default)]
pub(crate) struct Around {
    sides: [(Grouped, f32); 6],
}

impl Around {
    /// The shares of a direction in the sides.
    fn shares(n: Vec3) -> [f32; 6] {
        let square = n * n;
        std::array::from_fn(|k| if (n[k / 2] < 0.0) == (k % 2 == 1) { square[k / 2] } else { 0.0 })
    }

    fn add(&mut self, n: Vec3, light: &Grouped) {
        for (side, share) in self.sides.iter_mut().zip(Self::shares(n)) {
            side.0.add_scaled(light, Vec3::splat(share));
            side.1 += share;
        }
    }

    /// The light on a surface that faces a direction; `None` where nothing is known at all.
    pub fn light(&self, n: Vec3) -> Option<Grouped> {
        let known = |side: &(Grouped, f32)| side.1 > 1.0;
        let n_known = self.sides.iter().filter(|s| known(s)).count();
        let mut mean = Grouped::ZERO;
        let sides = || self.sides.iter().filter(|s| known(s));
        sides().for_each(|(light, weight)| mean.add_scaled(light, Vec3::splat(1.0 / (weight * n_known as f32))));
        let mut sum = Grouped::ZERO;
        for (side, share) in self.sides.iter().zip(Self::shares(n)) {
            match known(side) {
                true => sum.add_scaled(&side.0, Vec3::splat(share / side.1)),
                false => sum.add_scaled(&mean, Vec3::splat(share)),
            }
        }
        (n_known > 0).then_some(sum)
    }
}

impl Key {
    /// Takes over a cache of light; wide ones are thinned to about `width` columns.
    pub fn new(cache: &LightCache, time: f32, loops: bool, width: usize) -> Self {
        let stride = (cache.width / width.max(1)).max(1);
        let (w, h) = (cache.width / stride, cache.height / stride);
        let [corner, right, down] = ray_frame(&cache.camera, cache.width, cache.height);
        let rays = [corner + (right + down) * ((stride / 2) as f32), right * stride as f32, down * stride as f32];
        let camera_from_world = cache.camera.world_from_camera().transpose();
        let local = rays.map(|r| camera_from_world * r);
        let scale = [1.0 / local[1].x, 1.0 / local[2].y];
        let offset = [-local[0].x * scale[0], -local[0].y * scale[1]];
        let used: Vec<usize> = (0..N_GROUPS).filter(|g| cache.light[*g].is_some()).collect();
        let mut slots = [None; N_GROUPS];
        for (slot, group) in used.iter().enumerate() {
            slots[*group] = Some(slot);
        }
        let (mut texels, mut light) = (Vec::with_capacity(w * h), Vec::with_capacity(w * h * used.len()));
        for y in 0..h {
            for x in 0..w {
                let i = (y * stride + stride / 2) * cache.width + x * stride + stride / 2;
                let (depth, normal) = (cache.depth[i], cache.normal[i]);
                texels.push(Texel { depth, normal, reflection: cache.reflection[i] });
                light.extend(used.iter().filter_map(|g| cache.light[*g].as_ref()).map(|l| l[i]));
            }
        }
        Self {
            time,
            loops,
            width: w,
            height: h,
            position: cache.camera.position,
            camera_from_world,
            scale,
            offset,
            rays,
            texels,
            slots,
            n_slots: used.len(),
            light,
        }
    }

    /// Forgets the surfaces, by place and normal, that are not to be known.
    pub fn forget(&mut self, is_forgotten: impl Fn(Vec3, Vec3) -> bool + Sync) {
        let (width, rays, position) = (self.width, self.rays, self.position);
        self.texels.par_iter_mut().enumerate().filter(|(_, t)| t.depth.is_finite()).for_each(|(i, texel)| {
            let (x, y) = ((i % width) as f32, (i / width) as f32);
            let at = position + (rays[0] + rays[1] * x + rays[2] * y) * texel.depth;
            if is_forgotten(at, texel.normal) {
                texel.depth = f32::INFINITY;
            }
        });
    }

    /// The mean light of the surfaces at some places, by the way that they face.
    pub fn around(&self, is_meant: impl Fn(Vec3) -> bool) -> Around {
        let mut around = Around::default();
        for (i, texel) in self.texels.iter().enumerate().filter(|(_, t)| t.depth.is_finite()) {
            let (x, y) = ((i % self.width) as f32, (i / self.width) as f32);
            let at = self.position + (self.rays[0] + self.rays[1] * x + self.rays[2] * y) * texel.depth;
            if is_meant(at) {
                let mut found = Found::default();
                self.take(i, 1.0, &mut found);
                around.add(texel.normal, &found.light);
            }
        }
        around
    }

    /// How far a time is from that of the view, 0–1.
    fn apart(&self, time: f32) -> f32 {
        let apart = (self.time - time).abs();
        if self.loops { apart.min(1.0 - apart) } else { apart }
    }

    /// Adds the light at a surface point, weighted by how well the view knows it. What is mirrored there is what the view
    /// saw mirrored in the same plane on its own way to the mirror image.
    pub fn look_up(&self, p: Vec3, n: Vec3, image: Option<Vec3>, factor: f32, found: &mut Found) {
        let (mut weight, mut reflection) = (0.0, Vec3::ZERO);
        self.gather(p, n, |texel, share| {
            weight += share;
            reflection += self.texels[texel].reflection * share;
            self.take(texel, share * factor, found);
        });
        if weight <= 0.0 {
            return;
        }
        if let Some(q) = image.and_then(|image| self.mirror(p, n, image)) {
            let (mut there, mut mirrored) = (0.0, Vec3::ZERO);
            self.gather(q, n, |texel, share| {
                there += share;
                mirrored += self.texels[texel].reflection * share;
            });
            // Where the view does not know the mirror well, its light stays where it was.
            let trust = smoothstep(0.1, 0.5, there);
            if trust > 0.0 {
                reflection = reflection.lerp(mirrored * (weight / there), trust);
            }
        }
        found.weight += weight * factor;
        found.reflection += reflection * factor;
    }

    /// Where the view sees a mirror image in the plane through `p`.
    fn mirror(&self, p: Vec3, n: Vec3, image: Vec3) -> Option<Vec3> {
        let way = image - self.position;
        let share = (p - self.position).dot(n) / way.dot(n);
        (share > 0.0 && share < 1.0).then(|| self.position + way * share)
    }

    /// The texels that show a surface point, with how well.
    fn gather(&self, p: Vec3, n: Vec3, mut take: impl FnMut(usize, f32)) {
        let local = self.camera_from_world * (p - self.position);
        let depth = -local.z;
        if depth < 0.05 {
            return;
        }
        let x = local.x / depth * self.scale[0] + self.offset[0];
        let y = local.y / depth * self.scale[1] + self.offset[1];
        if !(x > -0.5 && y > -0.5 && x < self.width as f32 - 0.5 && y < self.height as f32 - 0.5) {
            return;
        }
        // The border of the view fades, so that its edge does not show.
        let edge = (x.min(self.width as f32 - 1.0 - x)).min(y.min(self.height as f32 - 1.0 - y));
        let factor = ((edge + 1.0) / 12.0).clamp(0.02, 1.0);
        let (x0, y0) = (x.floor(), y.floor());
        let (fx, fy) = (x - x0, y - y0);
        let tolerance = 1.0 / (0.006 * depth + 0.012);
        for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let (i, j) = (x0 as i64 + dx, y0 as i64 + dy);
            if i < 0 || j < 0 || i >= self.width as i64 || j >= self.height as i64 {
                continue;
            }
            let texel = i as usize + j as usize * self.width;
            let t = &self.texels[texel];
            let facing = (t.normal.dot(n) - 0.75) * 4.0;
            if facing <= 0.0 || !t.depth.is_finite() {
                continue;
            }
            let at = self.position + (self.rays[0] + self.rays[1] * i as f32 + self.rays[2] * j as f32) * t.depth;
            let apart = 1.0 - (at - p).dot(n).abs() * tolerance;
            if apart <= 0.0 {
                continue;
            }
            let share = (if dx == 1 { fx } else { 1.0 - fx }) * (if dy == 1 { fy } else { 1.0 - fy });
            take(texel, (share + 1e-4) * facing.min(1.0) * apart * factor);
        }
    }

    fn take(&self, texel: usize, weight: f32, found: &mut Found) {
        let light = &self.light[texel * self.n_slots..];
        for (group, slot) in self.slots.iter().enumerate() {
            if let Some(slot) = slot {
                found.light.0[group] += light[*slot] * weight;
            }
        }
    }
}

/// Where a smooth surface shows what it mirrors, seen along a ray: as far behind it as the mirrored thing is before it.
pub(crate) fn mirror_image(prepared: &Prepared, ray: &Ray, v: &Vertex) -> Vec3 {
    let direction = ray.direction - 2.0 * ray.direction.dot(v.ns) * v.ns;
    let start = offset(v.position, v.ng, direction);
    let hit = prepared.intersect(&Ray { origin: start, direction, t_min: 0.0, t_max: FARTHEST_MIRRORED });
    v.rest + ray.direction * hit.map_or(FARTHEST_MIRRORED, |hit| hit.t)
}

/// Light at a point from the views nearest in time, blended smoothly over the clip. `image` is that of what it mirrors.
pub(crate) fn look_up(keys: &[Key], time: f32, p: Vec3, n: Vec3, image: Option<Vec3>) -> Found {
    let mut found = Found::default();
    let mut is_far = false;
    for key in keys {
        let near = (1.0 - key.apart(time) * 2.0).max(0.0);
        if near > 0.0 {
            key.look_up(p, n, image, near * near, &mut found);
        } else {
            is_far = true;
        }
    }
    if is_far && found.weight < 0.02 {
        for key in keys.iter().filter(|k| k.apart(time) >= 0.5) {
            key.look_up(p, n, image, 0.004, &mut found);
        }
    }
    if found.weight > 0.0 {
        let k = 1.0 / found.weight;
        found.light = found.light.times(Vec3::splat(k));
        found.reflection *= k;
    }
    found
}

/// Samples only what the other key views do not know.
pub(crate) fn fill_gaps(prepared: &Prepared, camera: &Camera, keys: &[Key], options: &StillOptions) -> Samples {
    let (w, h) = (options.width as usize, options.height as usize);
    let rays = Rays::new(camera, w, h);
    let pixels: Vec<Pixel> = (0..w * h)
        .into_par_iter()
        .map(|i| {
            let (x, y) = (i % w, i / w);
            let (direction, axial) = rays.at(x as f32 + 0.5, y as f32 + 0.5);
            let ray = Ray { origin: camera.position, direction, t_min: 1e-3, t_max: FAR };
            let Some(v) = prepared.trace(&ray) else { return Pixel { n: 1.0, n_sky: 1.0, ..Pixel::default() } };
            let found = look_up(keys, 0.5, v.rest, v.ns, Some(mirror_image(prepared, &ray, &v)));
            if found.weight < 0.25 {
                return pixel(prepared, camera, &rays, options, x, y);
            }
            let depth = v.t * axial;
            let mut known = Pixel::default();
            let s = known_light(&found, depth, v.ns);
            // Four equal samples have no variance.
            (0..4).for_each(|_| known.add(&s));
            known
        })
        .collect();
    Samples { width: w, height: h, camera: *camera, pixels }
}

/// Samples what the key views do not know of those who walk, over what lies behind them.
pub(crate) fn fill_walkers(
    prepared: &Prepared,
    camera: &Camera,
    keys: &[Key],
    options: &StillOptions,
    samples: &mut Samples,
) {
    let (w, h) = (options.width as usize, options.height as usize);
    let rays = Rays::new(camera, w, h);
    samples.pixels.par_iter_mut().enumerate().for_each(|(i, known)| {
        let (x, y) = (i % w, i / w);
        let (direction, _) = rays.at(x as f32 + 0.5, y as f32 + 0.5);
        let ray = Ray { origin: camera.position, direction, t_min: 1e-3, t_max: FAR };
        let Some(v) = prepared.trace(&ray).filter(|v| prepared.walks(v.instance)) else { return };
        if look_up(keys, 0.5, v.rest, v.ns, None).weight < 0.25 {
            *known = pixel(prepared, camera, &rays, options, x, y);
        }
    });
}

fn known_light(found: &Found, depth: f32, normal: Vec3) -> Shaded {
    Shaded {
        depth,
        normal,
        base_color: Vec3::ONE,
        diffuse: Vec3::ONE,
        light: found.light,
        specular: Vec3::ONE,
        reflected: found.reflection,
        alpha: 1.0,
        emission: Grouped::ZERO,
        is_lit: true,
    }
}
