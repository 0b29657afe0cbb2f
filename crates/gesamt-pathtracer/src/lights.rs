//! Emissive triangles and lamps, and how to pick the ones that matter at a place.
//!
//! # Source
//! Talbot, Cline and Egbert, "Importance resampling for global illumination" (2005) for the candidates; the choice among
//! near lights is a grid of short lists over clusters of emitters.

use gesamt_scene::Scene;
use gesamt_sky::Sky;
use glam::{Vec2, Vec3};
use rayon::prelude::*;

use crate::light::{group_index, lum};
use crate::prepared::{Compiled, Placed, TriangleRef, corners};
use crate::sampler::Sampler;

/// Greatest number of clusters that a cell of the grid lists, and of those that are looked at before some are found hidden.
const LIST: usize = 24;
const CONSIDERED: usize = 40;
/// Greatest number of cells, and of those of a sketch.
pub(crate) const CELLS: usize = 20_000;
pub(crate) const FEW_CELLS: usize = 2_500;
/// Points of a cell from which lights are looked for.
const PROBES: usize = 8;
/// Largest extent of a cluster in metres and of its number of triangles.
const CLUSTER_SIZE: f32 = 1.2;
const CLUSTER_TRIANGLES: usize = 48;
/// Share of candidates from the list of the cell; the rest comes from the power of all.
pub(crate) const NEAR_SHARE: f32 = 0.75;

struct Emitter {
    triangle: u32,
    a: Vec3,
    e1: Vec3,
    e2: Vec3,
    normal: Vec3,
    area: f32,
    /// Area of the cluster up to and with this one.
    area_until: f32,
    radiance: Vec3,
    cluster: u32,
}

struct Cluster {
    /// Range of emitters, or a lamp.
    first: u32,
    count: u32,
    /// Index of the lamp, or `u32::MAX`.
    lamp: u32,
    center: Vec3,
    radius: f32,
    area: f32,
    power: f32,
    group: u8,
}

struct Lamp {
    position: Vec3,
    radius: f32,
    intensity: Vec3,
}

/// A light at infinity.
#[derive(Clone, Copy)]
pub(crate) struct Distant {
    pub direction: Vec3,
    pub cos_half_angle: f32,
    pub irradiance: Vec3,
}

/// A point on a light.
#[derive(Clone, Copy)]
pub(crate) struct LightPoint {
    /// Unit direction toward it.
    pub direction: Vec3,
    pub distance: f32,
    /// Radiance × solid angle measure over density: the estimate of the light's irradiance before the cosine is
    /// `power / pdf`.
    pub power: Vec3,
    /// Density with respect to the same measure as `power`.
    pub pdf: f32,
    /// Density in solid angle; 0 for lamps, which rays cannot hit.
    pub pdf_solid: f32,
    pub group: usize,
    /// Angular size, to widen highlights of lamps.
    pub widen: f32,
    /// Share of this light that is usually seen from here.
    pub seen: f32,
}

/// All lights of a scene.
#[derive(Default)]
pub(crate) struct Lights {
    emitters: Vec<Emitter>,
    clusters: Vec<Cluster>,
    lamps: Vec<Lamp>,
    /// Running sums of power, ending in 1.
    cdf: Vec<f32>,
    grid: Grid,
    /// Emitter of each triangle, where there is one; sorted by triangle.
    by_triangle: Vec<(u32, u32)>,
    /// Sun and moon.
    pub distant: Vec<Distant>,
}

#[derive(Default)]
struct Grid {
    min: Vec3,
    cell: f32,
    dims: [usize; 3],
    offsets: Vec<u32>,
    entries: Vec<Entry>,
    /// What is expected of lights that a cell does not list.
    rest: Vec<f32>,
}

/// A cluster in the list of a cell.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    pub cluster: u32,
    /// Probability, and the running sum with it.
    pub chance: f32,
    until: f32,
    /// Share of its light that reaches the cell's surfaces.
    pub seen: f32,
}

impl Lights {
    pub fn new(
        scene: &Scene,
        placed: &[Placed],
        materials: &[Compiled],
        triangles: &[TriangleRef],
        sky: &Sky,
        max_cells: usize,
    ) -> Self {
        let found = emitters(scene, placed, materials, triangles);
        let (emitters, mut clusters) = cluster(found);
        let mut lamps = Vec::new();
        for lamp in &scene.lamps {
            let intensity = Vec3::from(lamp.intensity);
            let power = lum(intensity) * 4.0 * std::f32::consts::PI;
            if power > 0.0 && lamp.position.is_finite() {
                clusters.push(Cluster {
                    first: 0,
                    count: 0,
                    lamp: lamps.len() as u32,
                    center: lamp.position,
                    radius: lamp.radius.max(0.01),
                    area: 0.0,
                    power,
                    group: group_index(lamp.group) as u8,
                });
                lamps.push(Lamp { position: lamp.position, radius: lamp.radius.max(0.01), intensity });
            }
        }
        let total: f32 = clusters.iter().map(|c| c.power).sum();
        let mut sum = 0.0;
        let cdf = clusters
            .iter()
            .map(|c| {
                sum += c.power / total.max(1e-20);
                sum
            })
            .collect();
        let mut by_triangle: Vec<_> = emitters.iter().enumerate().map(|(i, e)| (e.triangle, i as u32)).collect();
        by_triangle.sort_unstable();
        let distant = [sky.sun(), sky.moon()]
            .into_iter()
            .flatten()
            .map(|d| Distant { direction: d.direction, cos_half_angle: d.cos_half_angle, irradiance: d.irradiance })
            .collect();
        let mut lights = Self { emitters, clusters, lamps, cdf, grid: Grid::default(), by_triangle, distant };
        lights.grid = lights.make_grid(scene, placed, max_cells);
        lights
    }

    /// Number of clusters and lamps.
    pub fn len(&self) -> usize {
        self.clusters.len()
    }

    fn make_grid(&self, scene: &Scene, placed: &[Placed], max_cells: usize) -> Grid {
        if self.clusters.is_empty() {
            return Grid::default();
        }
        let (mut lo, mut hi) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
        for p in placed {
            let b = scene.meshes[p.mesh as usize].bounds();
            for k in 0..8 {
                let c = Vec3::select(glam::BVec3::new(k & 1 > 0, k & 2 > 0, k & 4 > 0), b.min, b.max);
                let c = p.world_from_object.transform_point3(c);
                lo = lo.min(c);
                hi = hi.max(c);
            }
        }
        let eye = scene.camera.position;
        let lo = lo.max(eye - Vec3::new(55.0, 20.0, 55.0));
        let hi = hi.min(eye + Vec3::new(55.0, 40.0, 55.0)).max(lo + 1.0);
        let size = hi - lo;
        let mut cell = 1.6f32;
        let dims = |cell: f32| (size / cell).ceil().max(Vec3::ONE).to_array().map(|v| v as usize);
        while dims(cell).iter().product::<usize>() > max_cells {
            cell *= 1.15;
        }
        let dims = dims(cell);
        let lists: Vec<Vec<Entry>> = (0..dims.iter().product())
            .into_par_iter()
            .map(|i| {
                let at =
                    Vec3::new((i % dims[0]) as f32, (i / dims[0] % dims[1]) as f32, (i / dims[0] / dims[1]) as f32);
                entries(self.strongest(lo + (at + 0.5) * cell, cell, LIST).into_iter().map(|(w, c)| (w, c, 1.0)))
            })
            .collect();
        Grid::new(lo, cell, dims, lists)
    }

    /// The clusters that would shine strongest at a place if nothing stood between, with their strength.
    fn strongest(&self, center: Vec3, cell: f32, n: usize) -> Vec<(f32, u32)> {
        let mut all: Vec<(f32, u32)> = self
            .clusters
            .iter()
            .enumerate()
            .map(|(i, c)| {
                let d2 = c.center.distance_squared(center).max((0.5 * cell).powi(2)).max(c.radius * c.radius);
                (c.power / d2, i as u32)
            })
            .collect();
        let k = n.min(all.len());
        if all.len() > k {
            all.select_nth_unstable_by(k - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            all.truncate(k);
        }
        all.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        all
    }

    /// Learns from points on surfaces (with their normals) which lights reach which cells, so that few candidates are
    /// spent on hidden ones. Estimates stay unbiased: what is listed keeps a chance, and so does everything else.
    pub fn learn(&mut self, surfaces: &[(Vec3, Vec3)], is_visible: impl Fn(Vec3, Vec3) -> bool + Sync) {
        if self.clusters.is_empty() {
            return;
        }
        let mut order: Vec<(u32, u32)> =
            surfaces.iter().enumerate().map(|(i, s)| (self.grid.cell_of(s.0) as u32, i as u32)).collect();
        order.sort_unstable();
        let lists: Vec<(u32, Vec<Entry>, f32)> = order
            .par_chunk_by(|a, b| a.0 == b.0)
            .map(|group| {
                let (list, rest) = self.seen_from(group, surfaces, &is_visible);
                (group[0].0, list, rest)
            })
            .collect();
        let grid = &self.grid;
        let n = grid.offsets.len() - 1;
        let mut all: Vec<Vec<Entry>> = (0..n).map(|c| grid.list(c).to_vec()).collect();
        let mut rest = vec![1.0; n];
        for (cell, list, unlisted) in lists {
            all[cell as usize] = list;
            rest[cell as usize] = unlisted;
        }
        self.grid = Grid { rest, ..Grid::new(grid.min, grid.cell, grid.dims, all) };
    }

    /// The list of a cell by what reaches the points in it, and the mean share seen of what was looked at.
    fn seen_from(
        &self,
        group: &[(u32, u32)],
        surfaces: &[(Vec3, Vec3)],
        is_visible: &(impl Fn(Vec3, Vec3) -> bool + Sync),
    ) -> (Vec<Entry>, f32) {
        let center = self.grid.center(group[0].0 as usize);
        let considered = self.strongest(center, self.grid.cell, CONSIDERED);
        let n_points = group.len().min(PROBES);
        let (mut hits, mut tries) = (0.0, 0.0);
        let mut found: Vec<(f32, u32, f32)> = considered
            .iter()
            .enumerate()
            .map(|(k, &(strength, cluster))| {
                let (mut n, mut seen) = (0.0f32, 0.0f32);
                for i in 0..n_points {
                    let (p, normal) = surfaces[group[i * group.len() / n_points].1 as usize];
                    let u = Sampler::new(83, group[0].0.wrapping_mul(64).wrapping_add(k as u32), i as u32).pair();
                    let to = self.point_on(cluster, u);
                    let start = p + normal * 2e-3;
                    // Lights behind the surface tell nothing about what stands between.
                    if (to - start).dot(normal) > 0.0 {
                        n += 1.0;
                        seen += f32::from(u8::from(is_visible(start, to)));
                    }
                }
                (hits, tries) = (hits + seen, tries + n);
                // Few tries prove little; facing away is no light either.
                let share = (seen + 0.3) / (n + 0.6);
                let facing = 0.15 + 0.85 * n / n_points as f32;
                (strength * (share * facing).max(0.03), cluster, share)
            })
            .collect();
        found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(LIST);
        (entries(found.into_iter()), (hits + 0.5) / (tries + 1.0))
    }

    /// A point of a cluster.
    fn point_on(&self, cluster: u32, u: Vec2) -> Vec3 {
        let c = &self.clusters[cluster as usize];
        if c.lamp != u32::MAX {
            return self.lamps[c.lamp as usize].position;
        }
        let range = &self.emitters[c.first as usize..(c.first + c.count) as usize];
        let e = &range[range.partition_point(|e| e.area_until <= u.x * c.area).min(range.len() - 1)];
        let (a, b) = (0.5 * u.y, 0.5 - 0.25 * u.y);
        e.a + e.e1 * a + e.e2 * b + e.normal * 2e-3
    }

    fn near(&self, at: Vec3) -> (&[Entry], f32) {
        let cell = self.grid.cell_of(at);
        (self.grid.list(cell), self.grid.rest[cell])
    }

    fn global(&self, cluster: usize) -> f32 {
        let before = if cluster == 0 { 0.0 } else { self.cdf[cluster - 1] };
        self.cdf[cluster] - before
    }

    /// Probability of a cluster under the mixture, and the share of it that is expected to be seen.
    fn chance(&self, (near, rest): (&[Entry], f32), cluster: u32) -> (f32, f32) {
        let (listed, seen) = near.iter().find(|e| e.cluster == cluster).map_or((0.0, rest), |e| (e.chance, e.seen));
        (NEAR_SHARE * listed + (1.0 - NEAR_SHARE) * self.global(cluster as usize), seen)
    }

    /// A point on a light, seen from `at`: `pick` chooses the light, `from_near` the list to choose from.
    pub fn sample(&self, at: Vec3, from_near: bool, pick: f32, u: Vec2) -> Option<LightPoint> {
        if self.clusters.is_empty() {
            return None;
        }
        let (near, rest) = self.near(at);
        let (cluster, (chance, seen), left) = if from_near {
            let e = near[near.partition_point(|e| e.until <= pick).min(near.len() - 1)];
            let chance = NEAR_SHARE * e.chance + (1.0 - NEAR_SHARE) * self.global(e.cluster as usize);
            (e.cluster, (chance, e.seen), (pick - (e.until - e.chance)) / e.chance.max(1e-12))
        } else {
            let i = self.cdf.partition_point(|c| *c <= pick).min(self.cdf.len() - 1);
            let left = (pick - (self.cdf[i] - self.global(i))) / self.global(i).max(1e-12);
            (i as u32, self.chance((near, rest), i as u32), left)
        };
        let c = &self.clusters[cluster as usize];
        let point = if c.lamp != u32::MAX {
            self.lamp_point(at, c, chance, u)
        } else {
            self.emitter_point(at, c, chance, left.clamp(0.0, 0.999_999), u)
        };
        point.map(|p| LightPoint { seen, ..p })
    }

    fn lamp_point(&self, at: Vec3, c: &Cluster, chance: f32, u: Vec2) -> Option<LightPoint> {
        let lamp = &self.lamps[c.lamp as usize];
        let to = lamp.position - at;
        let d2 = to.length_squared();
        // A point of the lamp's disc, so that shadows are soft; the irradiance is that of its centre.
        let reach = lamp.radius.min(0.5 * d2.sqrt());
        let axis = to.normalize_or(Vec3::Y);
        let (t, b) = crate::math::basis(axis);
        let d = crate::math::disc(u) * reach;
        let to = to + t * d.x + b * d.y;
        let distance = to.length();
        let power = lamp.intensity / d2.max(lamp.radius * lamp.radius);
        let group = c.group as usize;
        let widen = (lamp.radius / distance.max(1e-3)).min(1.0) * 0.5;
        Some(LightPoint {
            direction: to / distance.max(1e-6),
            distance,
            power,
            pdf: chance,
            pdf_solid: 0.0,
            group,
            widen,
            seen: 1.0,
        })
    }

    fn emitter_point(&self, at: Vec3, c: &Cluster, chance: f32, left: f32, u: Vec2) -> Option<LightPoint> {
        // Triangles of a cluster by area: within one cluster the radiance hardly varies.
        let range = &self.emitters[c.first as usize..(c.first + c.count) as usize];
        let chosen = range.partition_point(|e| e.area_until <= left * c.area).min(range.len() - 1);
        let e = &range[chosen];
        let root = u.x.sqrt();
        let p = e.a + e.e1 * (root * (1.0 - u.y)) + e.e2 * (root * u.y);
        let to = p - at;
        let d2 = to.length_squared();
        let distance = d2.sqrt();
        let direction = to / distance.max(1e-6);
        let cos = -direction.dot(e.normal);
        if cos <= 1e-4 || d2 < 1e-8 {
            return None;
        }
        let pdf = chance / c.area;
        let power = e.radiance * (cos / d2);
        let group = c.group as usize;
        Some(LightPoint { direction, distance, power, pdf, pdf_solid: pdf * d2 / cos, group, widen: 0.0, seen: 1.0 })
    }

    /// Density in solid angle with which [`Self::sample`] picks the point where a ray from `at` hit a triangle; 0 when the
    /// triangle is no light.
    pub fn pdf_solid(&self, at: Vec3, triangle: u32, direction: Vec3, distance: f32) -> f32 {
        let Ok(i) = self.by_triangle.binary_search_by_key(&triangle, |e| e.0) else { return 0.0 };
        let e = &self.emitters[self.by_triangle[i].1 as usize];
        let cos = -direction.dot(e.normal);
        if cos <= 1e-4 {
            return 0.0;
        }
        let c = &self.clusters[e.cluster as usize];
        self.chance(self.near(at), e.cluster).0 / c.area * distance * distance / cos
    }

    /// Every lamp with its group, for light in air.
    #[cfg(test)]
    pub fn irradiance_of_all(&self, at: Vec3, n: Vec3) -> Vec3 {
        let mut sum = Vec3::ZERO;
        for l in &self.lamps {
            let to = l.position - at;
            sum += l.intensity * to.normalize().dot(n).max(0.0) / to.length_squared();
        }
        for e in &self.emitters {
            // Sixteen points of each triangle.
            for k in 0..16 {
                let u = Vec2::new((k as f32 + 0.5) / 16.0, (k as f32 * 0.618_034).fract());
                let root = u.x.sqrt();
                let to = e.a + e.e1 * (root * (1.0 - u.y)) + e.e2 * (root * u.y) - at;
                let d = to.normalize();
                let cos = (-d.dot(e.normal)).max(0.0) * d.dot(n).max(0.0);
                sum += e.radiance * (cos / to.length_squared() * e.area / 16.0);
            }
        }
        sum
    }
}

impl Grid {
    fn new(min: Vec3, cell: f32, dims: [usize; 3], lists: Vec<Vec<Entry>>) -> Self {
        let mut grid = Self { min, cell, dims, offsets: vec![0], entries: Vec::new(), rest: vec![1.0; lists.len()] };
        for list in lists {
            grid.entries.extend(list);
            grid.offsets.push(grid.entries.len() as u32);
        }
        grid
    }

    fn list(&self, cell: usize) -> &[Entry] {
        &self.entries[self.offsets[cell] as usize..self.offsets[cell + 1] as usize]
    }

    /// The cell of a place; the nearest one of places outside.
    #[inline]
    fn cell_of(&self, at: Vec3) -> usize {
        let q = ((at - self.min) / self.cell).max(Vec3::ZERO).to_array();
        let i = [0, 1, 2].map(|k| (q[k] as usize).min(self.dims[k] - 1));
        i[0] + self.dims[0] * (i[1] + self.dims[1] * i[2])
    }

    fn center(&self, cell: usize) -> Vec3 {
        let [nx, ny, _] = self.dims;
        let at = Vec3::new((cell % nx) as f32, (cell / nx % ny) as f32, (cell / nx / ny) as f32);
        self.min + (at + 0.5) * self.cell
    }
}

/// A list from strengths, clusters and the share seen of them.
fn entries(found: impl Iterator<Item = (f32, u32, f32)> + Clone) -> Vec<Entry> {
    let total: f32 = found.clone().map(|f| f.0).sum::<f32>().max(1e-20);
    let mut until = 0.0;
    found
        .map(|(strength, cluster, seen)| {
            let chance = strength / total;
            until += chance;
            Entry { cluster, chance, until, seen }
        })
        .collect()
}

/// Emissive triangles with their group, in order.
fn emitters(
    scene: &Scene,
    placed: &[Placed],
    materials: &[Compiled],
    triangles: &[TriangleRef],
) -> Vec<(Emitter, u8, u32)> {
    let mut found = Vec::new();
    for (index, r) in triangles.iter().enumerate() {
        let p = &placed[r.instance as usize];
        let slot = scene.meshes[p.mesh as usize].slots[r.triangle as usize] as usize;
        let Some(&m) = p.materials.get(slot) else { continue };
        let material = &materials[m as usize];
        if !material.is_emissive {
            continue;
        }
        let [a, b, c] = corners(scene, placed, *r);
        let (e1, e2) = (b - a, c - a);
        let mut normal = e1.cross(e2);
        let area = 0.5 * normal.length();
        let radiance = material.material.mean_emission();
        if area < 1e-9 || lum(radiance) <= 0.0 || !area.is_finite() {
            continue;
        }
        normal = normal.normalize_or(Vec3::Y) * if p.is_mirrored { -1.0 } else { 1.0 };
        let emitter =
            Emitter { triangle: index as u32, a, e1, e2, normal, area, area_until: 0.0, radiance, cluster: 0 };
        found.push((emitter, group_index(material.group) as u8, m));
    }
    found
}

/// Splits emitters of the same instance and material into clusters of limited size.
fn cluster(found: Vec<(Emitter, u8, u32)>) -> (Vec<Emitter>, Vec<Cluster>) {
    let mut all: Vec<Option<(Emitter, u8, u32)>> = found.into_iter().map(Some).collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    let key = |all: &[Option<(Emitter, u8, u32)>], i: usize| all[i].as_ref().map_or((0, 0), |e| (e.2, u32::from(e.1)));
    order.sort_by_key(|&i| key(&all, i));
    let middle = |all: &[Option<(Emitter, u8, u32)>], i: usize| {
        all[i].as_ref().map_or(Vec3::ZERO, |(e, ..)| e.a + (e.e1 + e.e2) / 3.0)
    };
    let mut ranges: Vec<Vec<usize>> = Vec::new();
    let mut stack: Vec<Vec<usize>> = order.chunk_by(|&a, &b| key(&all, a) == key(&all, b)).map(<[_]>::to_vec).collect();
    stack.reverse();
    while let Some(mut range) = stack.pop() {
        let (lo, hi) = range.iter().fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(lo, hi), &i| {
            let p = middle(&all, i);
            (lo.min(p), hi.max(p))
        });
        let size = hi - lo;
        if range.len() == 1 || (range.len() <= CLUSTER_TRIANGLES && size.max_element() <= CLUSTER_SIZE) {
            ranges.push(range);
            continue;
        }
        let axis = size.max_position();
        range.sort_by(|&a, &b| middle(&all, a)[axis].total_cmp(&middle(&all, b)[axis]).then(a.cmp(&b)));
        let right = range.split_off(range.len() / 2);
        stack.push(right);
        stack.push(range);
    }
    let mut emitters: Vec<Emitter> = Vec::with_capacity(all.len());
    let mut clusters = Vec::with_capacity(ranges.len());
    for range in ranges {
        let first = emitters.len() as u32;
        let (mut power, mut center, mut weight, mut group) = (0.0, Vec3::ZERO, 0.0, 0);
        for i in range {
            let c = middle(&all, i);
            if let Some((mut e, g, _)) = all[i].take() {
                e.cluster = clusters.len() as u32;
                group = g;
                power += lum(e.radiance) * e.area * std::f32::consts::PI;
                center += c * e.area;
                weight += e.area;
                emitters.push(e);
            }
        }
        let count = emitters.len() as u32 - first;
        let center = center / weight.max(1e-12);
        let mut sum = 0.0;
        for e in &mut emitters[first as usize..] {
            sum += e.area;
            e.area_until = sum;
        }
        let radius = emitters[first as usize..].iter().map(|e| e.a.distance(center)).fold(0.02, f32::max);
        clusters.push(Cluster { first, count, lamp: u32::MAX, center, radius, area: sum, power, group });
    }
    (emitters, clusters)
}
