//! Light cached in the world: cells by position and facing, filled once with direct light and several bounces.
//!
//! # Source
//! Ward, Rubinstein and Clear, "A ray tracing solution for diffuse interreflection" (1988) for the idea; Binder, Fricke
//! and Keller, "Massively parallel path space filtering" (2019) for hashed cells whose size follows the distance.

use gesamt_scene::Camera;
use gesamt_world::seed::mix64;
use glam::{Vec2, Vec3};
use rayon::prelude::*;

use crate::bvh::Ray;
use crate::light::Grouped;
use crate::math::{basis, cosine};
use crate::prepared::Prepared;
use crate::sampler::{Sampler, hash};
use crate::shade::{FAR, offset};

/// Edge of the smallest cells in metres, and how it grows with the distance to the eye.
const CELL: f32 = 0.21;
const GROWTH: f32 = 0.021;
const MAX_LEVEL: i32 = 9;
/// Coarser levels that stand in where no cell is.
const PARENTS: usize = 3;
/// Points that represent a cell.
const POINTS: usize = 4;
const BOUNCES: usize = 4;
const NONE: u32 = u32::MAX;

/// How much is spent on the cache.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Columns of rays through the still's view and through the ends of the clip's move.
    columns: [u32; 3],
    /// Samples of the light that comes straight to a cell.
    direct: u32,
    /// Rays from a cell to those that light it.
    bounces: u32,
}

impl Effort {
    /// For pictures and clips.
    pub const FULL: Self = Self { columns: [256, 160, 160], direct: 5, bounces: 14 };
    /// For a first look at the still.
    pub const ROUGH: Self = Self { columns: [80, 0, 0], direct: 3, bounces: 8 };
}

/// Irradiance / π of a cell.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cell {
    /// Everything that arrives.
    pub light: Grouped,
    /// The part straight from sun and moon.
    pub sun: Vec3,
}

pub(crate) struct Cache {
    eye: Vec3,
    slots: Table,
    cells: Vec<Cell>,
    average: Cell,
}

/// An open-addressed table from keys to cells: one memory access per look-up.
#[derive(Default)]
struct Table {
    slots: Vec<(u64, u32)>,
    len: usize,
}

impl Table {
    #[inline]
    fn get(&self, key: u64) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut at = mix64(key) as usize & mask;
        loop {
            let (found, value) = self.slots[at];
            if value == NONE {
                return None;
            }
            if found == key {
                return Some(value);
            }
            at = (at + 1) & mask;
        }
    }

    /// The value of a key, after adding it as `value` if it is new.
    fn get_or_insert(&mut self, key: u64, value: u32) -> u32 {
        if (self.len + 1) * 2 > self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, NONE); (old.len() * 2).max(1024)];
            self.len = 0;
            for (k, v) in old.into_iter().filter(|s| s.1 != NONE) {
                self.get_or_insert(k, v);
            }
        }
        if let Some(found) = self.get(key) {
            return found;
        }
        let mask = self.slots.len() - 1;
        let mut at = mix64(key) as usize & mask;
        while self.slots[at].1 != NONE {
            at = (at + 1) & mask;
        }
        self.slots[at] = (key, value);
        self.len += 1;
        value
    }
}

/// A point on a surface that the views or their light see.
pub(crate) struct Point {
    key: u64,
    pub position: Vec3,
    pub normal: Vec3,
}

/// Where the bounce rays of a cell ended.
struct Links {
    /// Cell and reflectance.
    to: Vec<(u32, [u8; 3])>,
    sky: Grouped,
}

impl Cache {
    pub fn empty() -> Self {
        Self { eye: Vec3::ZERO, slots: Table::default(), cells: Vec::new(), average: Cell::default() }
    }

    fn level(&self, p: Vec3) -> i32 {
        ((p.distance(self.eye) * GROWTH / CELL).max(1.0).log2() as i32).min(MAX_LEVEL)
    }

    fn size(level: i32) -> f32 {
        CELL * (1 << level) as f32
    }

    fn key(p: Vec3, n: Vec3, level: i32) -> u64 {
        let q = (p / Self::size(level)).floor();
        let part = |v: f32| (v as i64 as u64) & 0x3_ffff;
        let axis = n.abs().max_position();
        let side = (axis as u64) * 2 + u64::from(n[axis] < 0.0);
        part(q.x) | part(q.y) << 18 | part(q.z) << 36 | (level as u64) << 54 | side << 59
    }

    fn find(&self, p: Vec3, n: Vec3) -> Option<u32> {
        let level = self.level(p);
        (0..=PARENTS as i32).find_map(|up| self.slots.get(Self::key(p, n, level + up)))
    }

    /// The cell near a point; `jitter` in `[0, 1)²` moves the look-up within a cell, so that borders dissolve in noise.
    #[inline]
    pub fn light(&self, p: Vec3, n: Vec3, jitter: Vec2) -> Cell {
        let reach = Self::size(self.level(p)) * 0.8;
        let (t, b) = basis(n);
        let moved = p + n * 0.004 + t * ((jitter.x - 0.5) * reach) + b * ((jitter.y - 0.5) * reach);
        self.find(moved, n).map_or(self.average, |i| self.cells[i as usize])
    }

    /// Fills the cells of the points that [`Self::gather`] found.
    pub fn fill(scene: &Prepared, mut points: Vec<Point>, effort: Effort) -> Self {
        let mut cache = Self { eye: scene.scene.camera.position, ..Self::empty() };
        points.sort_by_key(|p| p.key);
        let groups: Vec<&[Point]> = points.chunk_by(|a, b| a.key == b.key).collect();
        for (i, g) in groups.iter().enumerate() {
            cache.slots.get_or_insert(g[0].key, i as u32);
        }
        let parents = cache.add_parents(&groups);
        let n_leaves = groups.len();
        let sources: Vec<(Grouped, Vec3)> =
            groups.par_iter().enumerate().map(|(i, g)| direct(scene, i as u32, g, effort.direct)).collect();
        let links = |(i, g): (usize, &&[Point])| cache.links(scene, i as u32, g, effort.bounces);
        let links: Vec<Links> = groups.par_iter().enumerate().map(links).collect();
        cache.solve(n_leaves, &parents, &sources, &links, effort.bounces);
        cache
    }

    /// Points that the cameras and two bounces see.
    pub fn gather(scene: &Prepared, effort: Effort) -> Vec<Point> {
        let cache = Self { eye: scene.scene.camera.position, ..Self::empty() };
        let motion = &scene.scene.motion;
        let [start, end] = motion.extremes();
        let views = [scene.scene.camera, motion.at(start), motion.at(end)];
        let mut all = Vec::new();
        for (view, (camera, width)) in views.into_iter().zip(effort.columns).enumerate() {
            let rows: Vec<Vec<Point>> = (0..width * 9 / 16)
                .into_par_iter()
                .map(|row| cache.gather_row(scene, &camera, view, width, row))
                .collect();
            all.extend(rows.into_iter().flatten());
        }
        all
    }

    fn gather_row(&self, scene: &Prepared, camera: &Camera, view: usize, width: u32, row: u32) -> Vec<Point> {
        let mut points = Vec::new();
        let height = width * 9 / 16;
        for column in 0..width {
            let mut s = Sampler::new(77 + view as u32, row * width + column, 0);
            let u = s.pair();
            let at = Vec2::new((column as f32 + u.x) / width as f32, (row as f32 + u.y) / height as f32);
            let mut ray =
                Ray { origin: camera.position, direction: camera.direction(at, 16.0 / 9.0), t_min: 1e-3, t_max: FAR };
            for _ in 0..3 {
                let Some(x) = scene.trace(&ray) else { break };
                if scene.materials[x.material as usize].is_clear {
                    ray.origin = offset(x.position, x.ng, ray.direction);
                    continue;
                }
                let level = self.level(x.position);
                points.push(Point {
                    key: Self::key(x.position + x.ns * 0.004, x.ns, level),
                    position: x.position,
                    normal: x.ns,
                });
                let direction = cosine(x.ns, s.pair());
                ray = Ray { origin: offset(x.position, x.ng, direction), direction, t_min: 0.0, t_max: FAR };
            }
        }
        points
    }

    /// Adds coarser cells; returns the parents of each leaf.
    fn add_parents(&mut self, groups: &[&[Point]]) -> Vec<[u32; PARENTS]> {
        let mut next = groups.len() as u32;
        groups
            .iter()
            .map(|g| {
                let p = &g[0];
                let level = self.level(p.position);
                std::array::from_fn(|up| {
                    let key = Self::key(p.position + p.normal * 0.004, p.normal, level + 1 + up as i32);
                    let found = self.slots.get_or_insert(key, next);
                    next += u32::from(found == next);
                    found
                })
            })
            .collect()
    }

    fn links(&self, scene: &Prepared, index: u32, points: &[Point], n_rays: u32) -> Links {
        let mut links = Links { to: Vec::new(), sky: Grouped::ZERO };
        let k = 1.0 / n_rays as f32;
        for i in 0..n_rays {
            let p = &points[(i as usize * 7) % points.len().min(POINTS * 4)];
            let mut s = Sampler::new(78, index, i);
            let direction = cosine(p.normal, s.pair());
            let mut ray = Ray { origin: offset(p.position, p.normal, direction), direction, t_min: 0.0, t_max: FAR };
            for _ in 0..3 {
                let Some(x) = scene.trace(&ray) else {
                    links.sky.add_scaled(&scene.sky_light(direction), Vec3::splat(k));
                    break;
                };
                if scene.materials[x.material as usize].is_clear {
                    ray.origin = offset(x.position, x.ng, direction);
                    continue;
                }
                let m = scene.coarse(&x, x.t * 0.2);
                let albedo = m.base_color * (1.0 - m.transmission);
                let cell = self.find(x.position + x.ns * 0.004, x.ns).unwrap_or(NONE);
                links.to.push((cell, (albedo * 255.0).round().to_array().map(|v| v as u8)));
                break;
            }
        }
        links
    }

    /// Lets the light bounce.
    fn solve(
        &mut self,
        n_leaves: usize,
        parents: &[[u32; PARENTS]],
        sources: &[(Grouped, Vec3)],
        links: &[Links],
        n_rays: u32,
    ) {
        let n = parents.iter().flatten().fold(n_leaves, |n, p| n.max(*p as usize + 1));
        let mut cells = vec![Cell::default(); n];
        for bounce in 0..=BOUNCES {
            let previous = std::mem::take(&mut cells);
            let mut next: Vec<Cell> = (0..n_leaves)
                .into_par_iter()
                .map(|i| {
                    let (lamps, sun) = sources[i];
                    let mut light = lamps;
                    light.0[0] += sun;
                    light.add(&links[i].sky);
                    if bounce > 0 {
                        for (to, albedo) in &links[i].to {
                            let from = previous.get(*to as usize).unwrap_or(&self.average);
                            let k = Vec3::from(albedo.map(f32::from)) * (1.0 / 255.0 / n_rays as f32);
                            light.add_scaled(&from.light, k);
                        }
                    }
                    Cell { light, sun }
                })
                .collect();
            next.resize(n, Cell::default());
            average_parents(&mut next, parents, n_leaves);
            self.average = mean(&next[..n_leaves]);
            cells = next;
        }
        self.cells = cells;
    }

    /// Number of cells, for reports.
    pub fn n_cells(&self) -> usize {
        self.cells.len()
    }
}

fn direct(scene: &Prepared, index: u32, points: &[Point], n_samples: u32) -> (Grouped, Vec3) {
    let (mut lamps, mut sun) = (Grouped::ZERO, Vec3::ZERO);
    let k = Vec3::splat(1.0 / n_samples as f32);
    for i in 0..n_samples {
        let p = &points[i as usize % points.len().min(POINTS * 2)];
        let (l, s) = scene.direct_irradiance(p.position, p.normal, &mut Sampler::new(79, hash(index), i));
        lamps.add_scaled(&l, k);
        sun += s * k;
    }
    (lamps, sun)
}

fn average_parents(cells: &mut [Cell], parents: &[[u32; PARENTS]], n_leaves: usize) {
    let mut counts = vec![0u32; cells.len()];
    for (i, row) in parents.iter().enumerate() {
        let leaf = cells[i];
        for &p in row {
            if (p as usize) < n_leaves {
                continue;
            }
            let c = &mut cells[p as usize];
            c.light.add(&leaf.light);
            c.sun += leaf.sun;
            counts[p as usize] += 1;
        }
    }
    for (c, n) in cells.iter_mut().zip(&counts).skip(n_leaves) {
        let k = 1.0 / (*n).max(1) as f32;
        *c = Cell { light: c.light.times(Vec3::splat(k)), sun: c.sun * k };
    }
}

fn mean(cells: &[Cell]) -> Cell {
    let mut sum = Cell::default();
    let k = Vec3::splat(1.0 / cells.len().max(1) as f32);
    for c in cells {
        sum.light.add_scaled(&c.light, k);
        sum.sun += c.sun * k;
    }
    sum
}
