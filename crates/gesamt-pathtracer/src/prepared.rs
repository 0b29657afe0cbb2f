//! A scene made ready for tracing.

use std::sync::Arc;

use gesamt_material::{Material, Surface, SurfacePoint};
use gesamt_mesh::{LightGroup, Mesh};
use gesamt_scene::Scene;
use gesamt_sky::Sky;
use gesamt_world::{MaterialKind, WeatherKind};
use glam::{Affine3A, Mat3, Vec2, Vec3, Vec4};
use rayon::prelude::*;

use crate::bvh::{Bvh, Ray, RayHit};
use crate::cache::{Cache, Effort};
use crate::edges::edge_nearness;
use crate::facet::{Facet, facets, find_edges, paint};
use crate::fog::{FOG, FogVolume, ROUGH_FOG};
use crate::gain::Time;
use crate::lights::{CELLS, FEW_CELLS, Lights};
use crate::math::smoothstep;
use crate::ripples::{rain_slope, tilt, water_slope};
use crate::sway::Sway;

/// Looks of one material that instances choose among by their seed.
const N_VARIANTS: u32 = 4;

/// Where a triangle of the hierarchy comes from.
#[derive(Clone, Copy)]
pub(crate) struct TriangleRef {
    pub instance: u32,
    pub triangle: u32,
}

/// An instance with what shading needs.
pub(crate) struct Placed {
    pub mesh: u32,
    pub world_from_object: Affine3A,
    /// For directions.
    pub object_from_world: Mat3,
    /// For normals.
    pub normal_to_world: Mat3,
    pub scale: f32,
    pub is_mirrored: bool,
    /// Compiled material of each slot.
    pub materials: Vec<u32>,
}

impl Placed {
    /// The compiled material of a triangle of its mesh.
    pub fn material(&self, mesh: &Mesh, triangle: usize) -> u32 {
        self.materials.get(usize::from(mesh.slots[triangle])).or(self.materials.first()).copied().unwrap_or(0)
    }
}

/// A compiled material with the facts that light transport asks for.
pub(crate) struct Compiled {
    pub material: Material,
    pub group: LightGroup,
    pub is_emissive: bool,
    pub is_water: bool,
    /// Shadow rays pass.
    pub is_clear: bool,
}

/// Everything that does not depend on the view's resolution: geometry, materials, lights, cached indirect light and air.
pub struct Prepared {
    pub(crate) scene: Scene,
    pub(crate) bvh: Bvh,
    pub(crate) triangles: Vec<TriangleRef>,
    pub(crate) placed: Vec<Placed>,
    pub(crate) materials: Vec<Compiled>,
    pub(crate) facets: Vec<Facet>,
    /// Surfaces are the means of their materials.
    pub(crate) is_plain: bool,
    /// For meshes with timber the grain of each triangle.
    pub(crate) grain: Vec<Vec<Vec4>>,
    pub(crate) sky: Sky,
    pub(crate) lights: Lights,
    pub(crate) cache: Cache,
    pub(crate) fog: FogVolume,
    /// What the wind moves, while a clip is rendered.
    pub(crate) sway: Option<Sway>,
    /// The light in it is known only roughly; wear of edges and grain are not known, and materials have one variant.
    is_sketch: bool,
}

/// A point on a surface.
#[derive(Clone, Copy)]
pub(crate) struct Vertex {
    pub position: Vec3,
    /// Where it is when no wind blows: what is known of it is known there.
    pub rest: Vec3,
    /// Geometric normal on the side of the ray.
    pub ng: Vec3,
    /// Smooth normal on the side of the ray, without relief.
    pub ns: Vec3,
    pub t: f32,
    pub u: f32,
    pub v: f32,
    pub triangle: u32,
    pub material: u32,
    pub instance: u32,
    /// The ray came from behind.
    pub is_back: bool,
}

/// The grain of the meshes that are of timber somewhere.
fn grain(scene: &Scene) -> Vec<Vec<Vec4>> {
    let mut wooden: Vec<Vec<bool>> = vec![Vec::new(); scene.meshes.len()];
    for instance in &scene.instances {
        let slots = &mut wooden[instance.mesh as usize];
        slots.resize(slots.len().max(instance.materials.len()), false);
        for (slot, material) in slots.iter_mut().zip(&instance.materials) {
            let kind = scene.materials.get(*material as usize).map(|spec| spec.kind);
            *slot |= matches!(kind, Some(MaterialKind::WoodPlank | MaterialKind::WoodBeam));
        }
    }
    let of_mesh = |(mesh, slots): (&Arc<Mesh>, &Vec<bool>)| {
        let is_wooden = |t: usize| slots.get(usize::from(mesh.slots[t])).is_some_and(|wooden| *wooden);
        let any = (0..mesh.triangles.len()).any(is_wooden);
        if any { gesamt_mesh::solids::grain(&mesh.positions, &mesh.triangles, is_wooden) } else { Vec::new() }
    };
    scene.meshes.par_iter().zip(&wooden).map(of_mesh).collect()
}

impl Prepared {
    /// The scene with every surface the mean of its material, as other programs are given it: for comparisons of renderers.
    #[must_use]
    pub fn plain(scene: &Scene) -> Self {
        Self { is_plain: true, ..Self::new(scene) }
    }

    /// Flattens the scene, builds the hierarchy, compiles materials, gathers lights and fills the caches of light.
    #[must_use]
    pub fn new(scene: &Scene) -> Self {
        let mut prepared = Self::bare(scene, N_VARIANTS, CELLS);
        prepared.light_up();
        prepared
    }

    /// The same with the light in corners and air known only roughly, and surfaces without worn edges, grain and variants, in a
    /// fraction of the time: for a first look at the still.
    #[must_use]
    pub fn sketch(scene: &Scene) -> Self {
        let mut prepared = Self::bare(scene, 1, FEW_CELLS);
        let cache = || Cache::fill(&prepared, Cache::gather(&prepared, Effort::ROUGH), Effort::ROUGH);
        (prepared.cache, prepared.fog) = rayon::join(cache, || FogVolume::fill(&prepared, ROUGH_FOG));
        prepared.is_sketch = true;
        prepared
    }

    /// Makes of a sketch what [`Self::new`] makes; does nothing to anything else.
    pub fn complete(&mut self) {
        if std::mem::take(&mut self.is_sketch) {
            (self.cache, self.fog) = (Cache::empty(), FogVolume::empty());
            (self.materials, self.placed) = place(&self.scene, N_VARIANTS);
            paint(&self.scene, &self.placed, &mut self.facets);
            let (facets, materials) = (&self.facets, &self.materials);
            self.bvh.mark_clear(|i| materials[facets[i].material as usize].is_clear);
            self.lights = Lights::new(&self.scene, &self.placed, materials, &self.triangles, &self.sky, CELLS);
            self.light_up();
        }
    }

    /// The geometry with so many variants of its materials, and the lights in a grid of at most so many cells.
    fn bare(scene: &Scene, n_variants: u32, max_cells: usize) -> Self {
        let (materials, placed) = place(scene, n_variants);
        let mut triangles = Vec::with_capacity(scene.n_triangles());
        for (i, instance) in scene.instances.iter().enumerate() {
            let n = scene.meshes[instance.mesh as usize].triangles.len() as u32;
            triangles.extend((0..n).map(|triangle| TriangleRef { instance: i as u32, triangle }));
        }
        let facets = facets(scene, &placed, &triangles);
        let is_clear = |i: usize| materials.get(facets[i].material as usize).is_some_and(|m| m.is_clear);
        let sky = Sky::new(&scene.sky);
        // Parts of the one run on one thread: the other fills the gaps.
        let (bvh, lights) = rayon::join(
            || Bvh::with_clear(facets.len(), |i| facets[i].corners, is_clear),
            || Lights::new(scene, &placed, &materials, &triangles, &sky, max_cells),
        );
        Self {
            scene: scene.clone(),
            bvh,
            triangles,
            placed,
            materials,
            facets,
            is_plain: false,
            grain: vec![Vec::new(); scene.meshes.len()],
            sky,
            lights,
            cache: Cache::empty(),
            fog: FogVolume::empty(),
            sway: None,
            is_sketch: false,
        }
    }

    /// Finds edges and grain, learns which lights are seen and fills the caches of light.
    fn light_up(&mut self) {
        find_edges(&self.scene, &self.placed, &mut self.facets);
        self.grain = grain(&self.scene);
        let points = Cache::gather(self, Effort::FULL);
        let surfaces: Vec<(Vec3, Vec3)> = points.iter().map(|p| (p.position, p.normal)).collect();
        let mut lights = std::mem::take(&mut self.lights);
        lights.learn(&surfaces, |from, to| self.visible(from, to));
        self.lights = lights;
        let cache = || Cache::fill(self, points, Effort::FULL);
        (self.cache, self.fog) = rayon::join(cache, || FogVolume::fill(self, FOG));
    }

    /// The nearest hit of a ray.
    #[must_use]
    pub fn intersect(&self, ray: &Ray) -> Option<RayHit> {
        self.bvh.intersect(ray)
    }

    /// Whether anything blocks a ray.
    #[must_use]
    pub fn occluded(&self, ray: &Ray) -> bool {
        self.bvh.occluded(ray)
    }

    /// Sizes in one line, for reports.
    #[must_use]
    pub fn summary(&self) -> String {
        format!(
            "{} materials, {} lights, {} cells, {} MB of hierarchy",
            self.materials.len(),
            self.lights.len(),
            self.cache.n_cells(),
            self.bvh.memory() >> 20
        )
    }

    /// True when nothing lies between two points, with a margin at both ends.
    pub(crate) fn visible(&self, from: Vec3, to: Vec3) -> bool {
        let d = to - from;
        let length = d.length();
        let ray = Ray { origin: from, direction: d / length.max(1e-9), t_min: 0.0, t_max: length * 0.999 - 1e-3 };
        length < 2e-3 || !self.bvh.occluded(&ray)
    }

    /// The surface that a ray meets.
    #[inline]
    pub(crate) fn trace(&self, ray: &Ray) -> Option<Vertex> {
        self.bvh.intersect(ray).map(|hit| self.vertex(ray, &hit))
    }

    pub(crate) fn vertex(&self, ray: &Ray, hit: &RayHit) -> Vertex {
        let facet = &self.facets[hit.triangle as usize];
        let placed = &self.placed[facet.instance as usize];
        let [a, b, c] = facet.corners;
        let mut ng = (b - a).cross(c - a).normalize_or(Vec3::Y);
        if placed.is_mirrored {
            ng = -ng;
        }
        let mut ns = facet.normal(hit.u, hit.v).normalize_or(ng);
        let is_back = ng.dot(ray.direction) > 0.0;
        if is_back {
            ng = -ng;
        }
        if ns.dot(ng) < 0.0 {
            ns = -ns;
        }
        let rest = a + (b - a) * hit.u + (c - a) * hit.v;
        let moves = self.sway.as_ref().is_some_and(|sway| sway.moves(facet.instance));
        let position = if moves { ray.origin + ray.direction * hit.t } else { rest };
        Vertex {
            position,
            rest,
            ng,
            ns,
            t: hit.t,
            u: hit.u,
            v: hit.v,
            triangle: hit.triangle,
            material: facet.material,
            instance: facet.instance,
            is_back,
        }
    }

    /// The material at a vertex with all detail, and its shading normal in the world. `footprint` in metres.
    pub(crate) fn surface(&self, x: &Vertex, footprint: f32) -> (Surface, Vec3) {
        if self.is_plain {
            return (self.coarse(x, footprint), x.ns);
        }
        let facet = &self.facets[x.triangle as usize];
        let placed = &self.placed[x.instance as usize];
        let corners =
            facet.corners.map(|p| placed.object_from_world * (p - Vec3::from(placed.world_from_object.translation)));
        let position = corners[0] + (corners[1] - corners[0]) * x.u + (corners[2] - corners[0]) * x.v;
        let footprint = footprint / placed.scale;
        let width = 0.014f32.max(footprint * 0.75);
        let reach = (0.03 / width).min(1.0);
        let grain = self.grain[placed.mesh as usize].get(facet.triangle as usize).copied().unwrap_or(Vec4::ZERO);
        let edge = edge_nearness(facet.convex, &corners, x.u, x.v, width) * reach;
        let mut s = self.materials[x.material as usize].material.surface(&SurfacePoint {
            edge,
            grain,
            ..self.point(x, placed, position, footprint)
        });
        (self.normal(x, placed, &mut s)).map_or((s, x.ns), |n| (s, n))
    }

    /// A normal with the waves of open water and the rings of rain in puddles.
    pub(crate) fn moved_by_water(&self, x: &Vertex, s: &Surface, n: Vec3, footprint: f32, time: Time) -> Vec3 {
        if x.ns.y < 0.8 {
            return n;
        }
        let material = &self.materials[x.material as usize];
        let rain = &self.scene.precipitation;
        let rains = matches!(rain.kind, WeatherKind::Rain | WeatherKind::Storm) && !self.scene.is_interior;
        let at = Vec2::new(x.position.x, x.position.z);
        let mut slope = Vec2::ZERO;
        if material.is_water {
            slope += time.repeated(|secs| water_slope(at, secs, footprint));
        }
        let film = if material.is_water { 1.0 } else { s.coat * smoothstep(0.35, 0.1, s.coat_roughness) };
        if rains && film > 0.05 {
            slope += time.repeated(|secs| rain_slope(at, secs, rain.intensity, footprint)) * film;
        }
        if slope == Vec2::ZERO { n } else { tilt(n, slope) }
    }

    /// The material at a vertex without fine detail.
    pub(crate) fn coarse(&self, x: &Vertex, footprint: f32) -> Surface {
        let placed = &self.placed[x.instance as usize];
        let position = placed.object_from_world * (x.rest - Vec3::from(placed.world_from_object.translation));
        let p = self.point(x, placed, position, footprint / placed.scale);
        self.materials[x.material as usize].material.coarse(&p)
    }

    fn point(&self, x: &Vertex, placed: &Placed, position: Vec3, footprint: f32) -> SurfacePoint {
        let side = if x.is_back { -1.0 } else { 1.0 };
        let inverse = &placed.object_from_world;
        SurfacePoint {
            position,
            normal: (inverse * x.ns).normalize_or(Vec3::Y) * side,
            up: (inverse * Vec3::Y).normalize_or(Vec3::Y),
            world_position: x.rest,
            occlusion: 1.0,
            edge: 0.0,
            grain: Vec4::ZERO,
            footprint,
        }
    }

    /// The relief's normal in the world, on the side of the viewer.
    fn normal(&self, x: &Vertex, placed: &Placed, s: &mut Surface) -> Option<Vec3> {
        let side = if x.is_back { -1.0 } else { 1.0 };
        let n = (placed.normal_to_world * s.normal * side).normalize_or(x.ns);
        (n.dot(x.ng) > 0.05).then_some(n)
    }
}

/// World-space corners.
pub(crate) fn corners(scene: &Scene, placed: &[Placed], r: TriangleRef) -> [Vec3; 3] {
    let p = &placed[r.instance as usize];
    scene.meshes[p.mesh as usize].corners(r.triangle as usize).map(|v| p.world_from_object.transform_point3(v))
}

/// Compiles the variants of materials that are used and resolves the slots of the instances.
fn place(scene: &Scene, n_variants: u32) -> (Vec<Compiled>, Vec<Placed>) {
    let variant = |seed: u32| crate::sampler::hash(seed) % n_variants;
    let n = scene.materials.len();
    let mut is_used = vec![false; n * n_variants as usize];
    for instance in &scene.instances {
        for m in &instance.materials {
            if (*m as usize) < n {
                is_used[(variant(instance.seed) as usize) * n + *m as usize] = true;
            }
        }
    }
    let wanted: Vec<usize> = (0..is_used.len()).filter(|i| is_used[*i]).collect();
    let mut index = vec![0u32; is_used.len()];
    for (at, i) in wanted.iter().enumerate() {
        index[*i] = at as u32;
    }
    let mut materials: Vec<Compiled> = wanted.par_iter().map(|&i| compile(scene, i % n, (i / n) as u32)).collect();
    if materials.is_empty() {
        materials.push(compiled(&gesamt_mesh::MaterialSpec::new(MaterialKind::Concrete)));
    }
    let placed = scene
        .instances
        .iter()
        .map(|instance| {
            let m = Mat3::from(instance.transform.matrix3);
            let inverse = m.inverse();
            let row = variant(instance.seed) as usize * n;
            Placed {
                mesh: instance.mesh,
                world_from_object: instance.transform,
                object_from_world: inverse,
                normal_to_world: inverse.transpose(),
                scale: m.determinant().abs().cbrt().max(1e-6),
                is_mirrored: m.determinant() < 0.0,
                materials: instance
                    .materials
                    .iter()
                    .map(|m| index.get(row + *m as usize).copied().unwrap_or(0))
                    .collect(),
            }
        })
        .collect();
    (materials, placed)
}

fn compile(scene: &Scene, index: usize, variant: u32) -> Compiled {
    let mut spec = scene.materials[index].clone();
    spec.seed = spec.seed.wrapping_add(variant.wrapping_mul(7919));
    compiled(&spec)
}

fn compiled(spec: &gesamt_mesh::MaterialSpec) -> Compiled {
    let material = Material::new(spec);
    let is_clear = material.coarse(&SurfacePoint::new(Vec3::ONE, Vec3::Z)).transmission > 0.35;
    Compiled {
        material,
        is_clear,
        group: spec.group,
        is_emissive: spec.is_emissive(),
        is_water: spec.kind == MaterialKind::Water,
    }
}
