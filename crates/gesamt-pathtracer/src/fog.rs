//! Air: extinction along rays and the light it scatters toward the eye.

use gesamt_scene::{Camera, Fog};
use glam::{Mat3, Vec2, Vec3, Vec4};
use rayon::prelude::*;

use crate::bvh::Ray;
use crate::light::{FLASH, Grouped, N_GROUPS, clamp_radiance, lum};
use crate::lights::LightPoint;
use crate::math::cone;
use crate::prepared::Prepared;
use crate::sampler::Sampler;
use crate::shade::FAR;
use crate::still::optical_cosine;

/// Extinction of water per channel against the nominal density: red dies first.
const WATER: Vec3 = Vec3::new(2.6, 0.95, 0.75);

/// Columns, rows and slices of the volume, and of that of a sketch.
pub(crate) const FOG: [usize; 3] = [112, 64, 32];
pub(crate) const ROUGH_FOG: [usize; 3] = [40, 24, 16];
/// Nearest slice in metres.
const NEAR: f32 = 0.6;
const SAMPLES: u32 = 1;
/// Greatest light of one sample, in light units.
const CLAMP: f32 = 6.0;

/// Light scattered toward the still's eye per unit of optical depth, in a frustum that holds all views of the clip.
pub(crate) struct FogVolume {
    dims: [usize; 3],
    camera: Camera,
    /// Tangents of the left, right, lower and upper side.
    sides: [f32; 4],
    far: f32,
    cells: Vec<Grouped>,
}

/// Light scattered between the eye and each depth of one view, ready to be laid over a picture.
pub(crate) struct FogView {
    width: usize,
    height: usize,
    n_slices: usize,
    far: f32,
    /// Running sums over the slices, column by column.
    cumulative: Vec<Vec3>,
    /// Light per unit of optical depth beyond the last slice.
    beyond: Vec<Vec3>,
}

impl FogVolume {
    pub fn empty() -> Self {
        let camera = Camera::looking_at(Vec3::ZERO, Vec3::NEG_Z, 30.0);
        Self { dims: FOG, camera, sides: [-1.0, 1.0, -1.0, 1.0], far: 10.0, cells: Vec::new() }
    }

    /// Gathers the light in the air in so many columns, rows and slices.
    pub fn fill(scene: &Prepared, dims: [usize; 3]) -> Self {
        if scene.scene.fog.density <= 0.0 {
            return Self::empty();
        }
        let mut volume = Self { dims, ..Self::around(scene) };
        let [nx, ny, nz] = dims;
        volume.cells = (0..nx * ny * nz)
            .into_par_iter()
            .map(|i| volume.scatter(scene, [i % nx, i / nx % ny, i / (nx * ny)]))
            .collect();
        // Cells of a sketch are large as they are.
        let n_blurs = if dims == FOG { 2 } else { 1 };
        for axis in (0..n_blurs).flat_map(|_| 0..3) {
            volume.blur(axis);
        }
        volume
    }

    /// The frustum: the still's, drawn back and widened by the move.
    fn around(scene: &Prepared) -> Self {
        let motion = &scene.scene.motion;
        let mut camera = scene.scene.camera;
        let axes = camera.world_from_camera();
        let views = [camera, motion.at(0.0), motion.at(0.25), motion.at(0.75), motion.at(1.0)];
        let back = views.iter().map(|v| (v.position - camera.position).dot(axes.z_axis)).fold(0.0, f32::max);
        camera.position += axes.z_axis * back;
        let mut sides = [f32::INFINITY, f32::NEG_INFINITY, f32::INFINITY, f32::NEG_INFINITY];
        for view in views {
            for corner in 0..4 {
                let frame = glam::Vec2::new((corner & 1) as f32, (corner >> 1) as f32);
                let far = view.position + view.direction(frame, 16.0 / 9.0) * 8.0;
                let l = axes.transpose() * (far - camera.position);
                let (x, y) = (l.x / -l.z, l.y / -l.z);
                sides = [sides[0].min(x), sides[1].max(x), sides[2].min(y), sides[3].max(y)];
            }
        }
        let sides = [sides[0] - 0.06, sides[1] + 0.06, sides[2] - 0.06, sides[3] + 0.06];
        let far = (5.0 / scene.scene.fog.density.max(1e-4)).clamp(25.0, 140.0);
        Self { dims: FOG, camera, sides, far, cells: Vec::new() }
    }

    fn depth_of(&self, slice: f32) -> f32 {
        NEAR * (self.far / NEAR).powf(slice / self.dims[2] as f32)
    }

    /// World position of a place in the volume, in cells.
    fn position(&self, at: Vec3) -> Vec3 {
        let depth = self.depth_of(at.z);
        let [l, r, d, u] = self.sides;
        let x = l + (r - l) * at.x / self.dims[0] as f32;
        let y = u + (d - u) * at.y / self.dims[1] as f32;
        self.camera.position + self.camera.world_from_camera() * (Vec3::new(x, y, -1.0) * depth)
    }

    /// Light scattered at a cell.
    fn scatter(&self, scene: &Prepared, cell: [usize; 3]) -> Grouped {
        let fog = &scene.scene.fog;
        let stream = (cell[0] + self.dims[0] * (cell[1] + self.dims[1] * cell[2])) as u32;
        let mut sum = Grouped::ZERO;
        for i in 0..SAMPLES {
            let mut s = Sampler::new(91, stream, i);
            let (a, b) = (s.pair(), s.one());
            let at = Vec3::new(cell[0] as f32 + a.x, cell[1] as f32 + a.y, cell[2] as f32 + b);
            let p = self.position(at);
            let view = (p - scene.scene.camera.position).normalize_or(Vec3::NEG_Z);
            // Lamps are blurred over the size of a cell.
            let size = self.depth_of(at.z) * (self.sides[1] - self.sides[0]) / self.dims[0] as f32;
            sum.add(&lamps_in_air(scene, p, view, size, fog.anisotropy, &mut s));
            sum.0[0] += sun_in_air(scene, p, view, fog.anisotropy, s.pair());
        }
        // Water takes more than it scatters.
        let albedo = Vec3::from(fog.albedo) * if fog.is_water { 0.8 / WATER } else { Vec3::ONE };
        let mut sum = sum.times(albedo / SAMPLES as f32);
        sum.0[0] += albedo * Vec3::from(fog.ambient);
        if !scene.scene.flashes.is_empty() {
            sum.0[FLASH] += albedo * Vec3::new(0.20, 0.23, 0.29);
        }
        sum
    }

    fn blur(&mut self, axis: usize) {
        let stride = [1, self.dims[0], self.dims[0] * self.dims[1]][axis];
        let old = &self.cells;
        self.cells = (0..old.len())
            .into_par_iter()
            .map(|i| {
                let at = i / stride % self.dims[axis];
                let before = if at > 0 { i - stride } else { i };
                let after = if at + 1 < self.dims[axis] { i + stride } else { i };
                let mut sum = old[i].times(Vec3::splat(0.5));
                sum.add_scaled(&old[before], Vec3::splat(0.25));
                sum.add_scaled(&old[after], Vec3::splat(0.25));
                sum
            })
            .collect();
    }

    /// The cells around a world position, and where it lies among them.
    #[inline]
    fn place(&self, p: Vec3, axes: &Mat3) -> (usize, Vec3) {
        let l = axes.transpose() * (p - self.camera.position);
        let depth = (-l.z).max(NEAR);
        let [left, right, down, up] = self.sides;
        let q = Vec3::new(
            (l.x / depth - left) / (right - left) * self.dims[0] as f32 - 0.5,
            (l.y / depth - up) / (down - up) * self.dims[1] as f32 - 0.5,
            (depth / NEAR).ln() / (self.far / NEAR).ln() * self.dims[2] as f32 - 0.5,
        );
        let most = Vec3::new(self.dims[0] as f32, self.dims[1] as f32, self.dims[2] as f32) - 1.001;
        let q = q.clamp(Vec3::ZERO, most);
        let base = q.floor();
        (base.x as usize + self.dims[0] * (base.y as usize + self.dims[1] * base.z as usize), q - base)
    }

    /// Trilinear look-up at a world position.
    fn at(&self, p: Vec3, axes: &Mat3) -> Grouped {
        let (first, f) = self.place(p, axes);
        let mut sum = Grouped::ZERO;
        for (cell, weight) in corners(self.dims, first, f) {
            sum.add_scaled(&self.cells[cell], Vec3::splat(weight));
        }
        sum
    }

    /// Integrates along the rays of a view under the gains of the light groups; `None` without fog.
    pub fn view(&self, fog: &Fog, camera: &Camera, aspect: f32, gains: &[f32; N_GROUPS]) -> Option<FogView> {
        if self.cells.is_empty() {
            return None;
        }
        let (width, height, nz) = (160usize, 90usize, self.dims[2]);
        let axes = self.camera.world_from_camera();
        let lit: Vec<Vec4> = self.cells.par_iter().map(|c| c.under(gains).extend(0.0)).collect();
        let ends: Vec<f32> = (1..=nz).map(|slice| self.depth_of(slice as f32)).collect();
        let middles: Vec<f32> =
            (0..nz).map(|slice| self.depth_of(slice as f32 + if slice == 0 { 0.2 } else { 0.5 })).collect();
        let mut view = FogView {
            width,
            height,
            n_slices: nz,
            far: self.far,
            cumulative: vec![Vec3::ZERO; width * height * (nz + 1)],
            beyond: vec![Vec3::ZERO; width * height],
        };
        view.cumulative.par_chunks_mut(nz + 1).zip(&mut view.beyond).enumerate().for_each(|(i, (column, beyond))| {
            let frame = Vec2::new((i % width) as f32 / (width - 1) as f32, (i / width) as f32 / (height - 1) as f32);
            let direction = camera.direction(frame, aspect);
            let slant = 1.0 / optical_cosine(camera, direction);
            let (mut light, mut before) = (Vec3::ZERO, Vec3::ONE);
            for slice in 0..nz {
                let after = transmittance(fog, optical_depth(fog, camera.position, direction, ends[slice] * slant));
                let (first, f) = self.place(camera.position + direction * (middles[slice] * slant), &axes);
                let source: Vec4 = corners(self.dims, first, f).map(|(cell, weight)| lit[cell] * weight).sum();
                let source = source.truncate();
                light += source * (before - after);
                before = after;
                column[slice + 1] = light;
                *beyond = source;
            }
        });
        Some(view)
    }
}

impl FogView {
    /// Light scattered in front of a depth at a place of the frame (0–1); `rest` is the transmittance between the last
    /// slice and that depth, times that up to the last slice, taken from the transmittance up to the last slice.
    pub fn at(&self, frame: Vec2, depth: f32, tail: impl Fn() -> Vec3) -> Vec3 {
        let nz = self.n_slices;
        let slices = (depth.max(NEAR) / NEAR).ln() / (self.far / NEAR).ln() * nz as f32;
        let near_share = if depth < self.depth_first() { depth / self.depth_first() } else { 1.0 };
        let q = if depth < self.depth_first() { near_share } else { slices.min(nz as f32 - 1e-3) };
        let (k, f) = (q as usize, q.fract());
        let x = (frame.x.clamp(0.0, 1.0) * (self.width - 1) as f32).min(self.width as f32 - 1.001);
        let y = (frame.y.clamp(0.0, 1.0) * (self.height - 1) as f32).min(self.height as f32 - 1.001);
        let (i, j, fx, fy) = (x as usize, y as usize, x.fract(), y.fract());
        let mut sum = Vec3::ZERO;
        let mut beyond = Vec3::ZERO;
        for (di, dj, w) in
            [(0, 0, (1.0 - fx) * (1.0 - fy)), (1, 0, fx * (1.0 - fy)), (0, 1, (1.0 - fx) * fy), (1, 1, fx * fy)]
        {
            let column = i + di + (j + dj) * self.width;
            let c = &self.cumulative[column * (nz + 1)..];
            sum += (c[k] * (1.0 - f) + c[k + 1] * f) * w;
            beyond += self.beyond[column] * w;
        }
        if depth > self.far { sum + beyond * tail() } else { sum }
    }

    /// End of the first slice.
    fn depth_first(&self) -> f32 {
        NEAR * (self.far / NEAR).powf(1.0 / self.n_slices as f32)
    }

    pub fn far(&self) -> f32 {
        self.far
    }
}

/// The eight cells from `first` on with their weights.
#[inline]
fn corners([nx, ny, _]: [usize; 3], first: usize, f: Vec3) -> impl Iterator<Item = (usize, f32)> {
    let weight = |f: f32, on: usize| if on == 1 { f } else { 1.0 - f };
    (0..8).map(move |corner| {
        let (i, j, k) = (corner & 1, corner >> 1 & 1, corner >> 2);
        (first + i + nx * (j + ny * k), weight(f.x, i) * weight(f.y, j) * weight(f.z, k))
    })
}

/// Henyey–Greenstein.
fn phase(cos: f32, g: f32) -> f32 {
    let g = g.clamp(-0.75, 0.75);
    let d = (1.0 + g * g - 2.0 * g * cos).max(1e-4);
    (1.0 - g * g) / (4.0 * std::f32::consts::PI * d * d.sqrt())
}

fn lamps_in_air(scene: &Prepared, p: Vec3, view: Vec3, size: f32, g: f32, s: &mut Sampler) -> Grouped {
    let soften = |l: &LightPoint| (l.distance * l.distance) / (l.distance * l.distance + 0.3 * size * size);
    let value = |l: &LightPoint| phase(l.direction.dot(view), g) * soften(l);
    let mut sum = Grouped::ZERO;
    if let Some((light, weight)) = scene.pick_light(p, 6, s, |l| lum(l.power) * value(l))
        && scene.visible(p, p + light.direction * (light.distance - 0.02).max(0.0))
    {
        sum.0[light.group] = clamp_radiance(light.power * (weight * value(&light)), CLAMP);
    }
    sum
}

fn sun_in_air(scene: &Prepared, p: Vec3, view: Vec3, g: f32, u: Vec2) -> Vec3 {
    let mut sum = Vec3::ZERO;
    for light in &scene.lights.distant {
        let l = cone(light.direction, light.cos_half_angle, u);
        if !scene.occluded(&Ray { origin: p, direction: l, t_min: 0.0, t_max: FAR }) {
            sum += light.irradiance * scene.sun_through_water(p, l) * phase(l.dot(view), g);
        }
    }
    sum
}

/// Optical depth of a stretch of exponential height fog, per unit of colour.
#[inline]
pub(crate) fn optical_depth(fog: &Fog, origin: Vec3, direction: Vec3, t: f32) -> f32 {
    if fog.density <= 0.0 {
        return 0.0;
    }
    if fog.is_water {
        return fog.density * t;
    }
    let falloff = fog.falloff_m.max(0.1);
    let start = ((fog.base_height_m - origin.y) / falloff).min(1.5).exp();
    let k = direction.y / falloff;
    let length = if (k * t).abs() < 1e-3 { t } else { (1.0 - (-(k * t).max(-20.0)).exp()) / k };
    fog.density * start * length.min(FAR_AIR)
}

const FAR_AIR: f32 = 4000.0;

/// Share of light that crosses an optical depth.
#[inline]
pub(crate) fn transmittance(fog: &Fog, depth: f32) -> Vec3 {
    if fog.is_water {
        let d = WATER * depth;
        Vec3::new((-d.x).exp(), (-d.y).exp(), (-d.z).exp())
    } else {
        Vec3::splat((-depth).exp())
    }
}

impl Prepared {
    /// Light from a distance through the lit air: for reflections.
    #[inline]
    pub(crate) fn through_air(&self, light: Grouped, origin: Vec3, direction: Vec3, t: f32, n_steps: usize) -> Grouped {
        let fog = &self.scene.fog;
        if fog.density <= 0.0 {
            return light;
        }
        let through = transmittance(fog, optical_depth(fog, origin, direction, t));
        let mut out = light.times(through);
        if through.min_element() > 0.985 || self.fog.cells.is_empty() {
            return out;
        }
        // A few steps, dense near the start.
        let axes = self.fog.camera.world_from_camera();
        let (mut before, length) = (Vec3::ONE, t.min(self.fog.far));
        for step in 0..n_steps {
            let at = |s: f32| length * (s / n_steps as f32).powi(2);
            let end = if step + 1 == n_steps { t } else { at(step as f32 + 1.0) };
            let after = transmittance(fog, optical_depth(fog, origin, direction, end));
            out.add_scaled(&self.fog.at(origin + direction * at(step as f32 + 0.6), &axes), before - after);
            before = after;
        }
        out
    }

    /// The sun under water: focused by waves into moving-looking lines. One in air.
    #[inline]
    pub(crate) fn sun_through_water(&self, p: Vec3, l: Vec3) -> Vec3 {
        if !self.scene.fog.is_water {
            return Vec3::ONE;
        }
        // Where the ray left a surface eight metres up.
        let rise = (8.0 - p.y).max(1.0);
        let q = Vec2::new(p.x, p.z) + Vec2::new(l.x, l.z) * (rise / l.y.max(0.2));
        Vec3::new(0.5, 0.88, 0.97) * (0.3 + 1.4 * caustics(q))
    }
}

/// Bright lines where wave fronts focus: mean about one half.
fn caustics(q: Vec2) -> f32 {
    let mut p = q * 1.9;
    let mut sum = 0.0;
    for i in 0..3 {
        let k = i as f32;
        p += Vec2::new((p.y * 1.3 + 1.7 * k).sin(), (p.x * 1.1 + 2.3 * k).cos()) * 0.7;
        sum += 1.0 - (p.x + p.y * 0.6 + k).sin().abs();
        p *= 1.3;
    }
    let v = (sum / 3.0).clamp(0.0, 1.0);
    (v * v * v * 4.0).min(2.5)
}
