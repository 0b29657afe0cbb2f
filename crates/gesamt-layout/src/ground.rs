//! The shape of the ground.

use std::collections::HashMap;
use std::sync::Arc;

use gesamt_mesh::noise::{fbm, ridged};
use gesamt_mesh::shapes::sheet;
use gesamt_mesh::{MaterialSpec, Mesh};
use gesamt_world::{MaterialKind, Terrain, World};
use glam::{Vec2, Vec3};

use crate::stage::Stage;

/// Height of the ground over the plan.
#[derive(Clone)]
pub(crate) struct Ground(Arc<dyn Fn(f32, f32) -> f32 + Send + Sync>);

impl Ground {
    /// A ground of a height function.
    pub fn new(height: impl Fn(f32, f32) -> f32 + Send + Sync + 'static) -> Self {
        Self(Arc::new(height))
    }

    /// Level ground with a little unevenness.
    pub fn level(seed: u32, unevenness: f32) -> Self {
        Self::new(move |x, z| unevenness * fbm(Vec3::new(x * 0.35, 0.0, z * 0.35), 2, seed))
    }

    /// Natural ground after the world's terrain, flattened along the line from the camera to the subject.
    pub fn natural(world: &World, scale: f32, eye: Vec2, hero: Vec2) -> Self {
        let seed = world.root_seed().child("terrain").0 as u32;
        let terrain = world.layout.terrain;
        let amplitude = scale
            * match terrain {
                Terrain::Flat => 0.25,
                Terrain::Rolling => 1.3,
                Terrain::Terraced => 1.5,
                Terrain::Rugged => 2.2,
                Terrain::Shore => 0.5,
                Terrain::Seabed => 0.9,
            };
        Self::new(move |x, z| {
            let p = Vec2::new(x, z);
            let t = ((p - eye).dot(hero - eye) / (hero - eye).length_squared().max(1.0)).clamp(-0.3, 1.1);
            let away = smooth(2.5, 22.0, p.distance(eye.lerp(hero, t)));
            let q = Vec3::new(x, 0.0, z);
            let mut hill = fbm(q * 0.035, 3, seed) * 1.4 + 0.25 * fbm(q * 0.16, 2, seed ^ 7);
            if terrain == Terrain::Rugged {
                hill += 0.8 * (ridged(q * 0.05, 3, seed ^ 9) - 0.5);
            }
            if terrain == Terrain::Terraced {
                let step = 0.45;
                let level = (hill / step).floor();
                hill = step * (level + smooth(0.75, 1.0, hill / step - level));
            }
            amplitude * hill * (0.12 + 0.88 * away) + 0.03 * fbm(q * 0.6, 2, seed ^ 3)
        })
    }

    /// The ground with something added.
    pub fn plus(&self, more: impl Fn(f32, f32) -> f32 + Send + Sync + 'static) -> Self {
        let base = self.clone();
        Self::new(move |x, z| base.at(x, z) + more(x, z))
    }

    /// The height at a point of the plan.
    pub fn at(&self, x: f32, z: f32) -> f32 {
        (self.0)(x, z)
    }
}

/// A smooth step from 0 at `low` to 1 at `high`.
pub(crate) fn smooth(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// How a ground mesh is cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroundMesh {
    /// Half the width in metres.
    pub half_width: f32,
    /// Reach ahead of the camera in metres.
    pub ahead: f32,
    /// Reach behind the camera in metres.
    pub behind: f32,
    /// Cells across and along.
    pub cells: [u32; 2],
}

impl GroundMesh {
    /// A mesh that reaches to the horizon.
    pub const WIDE: Self = Self { half_width: 160.0, ahead: 260.0, behind: 14.0, cells: [150, 170] };
    /// A mesh for streets and halls, whose ground is nearly level.
    pub const NEAR: Self = Self { half_width: 60.0, ahead: 130.0, behind: 14.0, cells: [90, 110] };
}

/// How grass grows on a ground.
enum Cover {
    Meadow,
    /// Here and there.
    Patchy,
    None,
}

/// One place in so many bears grass where it is patchy.
const PATCHY: usize = 3;
/// Soft ground with so much moss is green.
const GREEN: f32 = 0.3;

fn cover(spec: &MaterialSpec) -> Cover {
    use MaterialKind as M;
    match spec.kind {
        M::Grass => Cover::Meadow,
        M::Moss => Cover::Patchy,
        M::Dirt | M::Mud | M::Gravel if spec.moss > GREEN => Cover::Patchy,
        _ => Cover::None,
    }
}

/// True for ground as it has grown, on which stones and leaves lie.
fn is_earth(kind: MaterialKind) -> bool {
    use MaterialKind as M;
    matches!(kind, M::Dirt | M::Mud | M::Gravel | M::Sand | M::Grass | M::Moss)
}

/// Adds the ground as a mesh with small cells near the camera; `material` names the scene material at each point.
pub(crate) fn add_ground(stage: &mut Stage, cut: GroundMesh, material: impl Fn(f32, f32) -> u32) {
    let ground = stage.ground.clone();
    stage.grass = crate::nature::near_points(stage)
        .enumerate()
        .filter(|(k, p)| match cover(&stage.materials[material(p.x, p.y) as usize]) {
            Cover::Meadow => true,
            Cover::Patchy => k % PATCHY == 0,
            Cover::None => false,
        })
        .map(|(_, p)| p)
        .collect();
    let open: Vec<(Vec2, MaterialKind)> = crate::nature::near_points(stage)
        .map(|p| (p, stage.materials[material(p.x, p.y) as usize].kind))
        .filter(|(_, kind)| is_earth(*kind))
        .collect();
    crate::nature::lay_litter(stage, &open);
    let eye = stage.view.eye();
    let shape = sheet(cut.cells, |u, v| {
        let s = 2.0 * u - 1.0;
        let x = eye.x + s.signum() * cut.half_width * (0.12 * s.abs() + 0.88 * s.abs().powi(3));
        let z = eye.y + cut.behind - (cut.ahead + cut.behind) * (0.14 * v + 0.86 * v.powf(2.6));
        Vec3::new(x, ground.at(x, z), z)
    });
    let mut mesh = shape.shade(0, 80.0);
    refine_borders(&mut mesh, |p| material(p.x, p.z), Vec3::new(eye.x, 0.0, eye.y));
    let mut materials: Vec<u32> = Vec::new();
    for index in 0..mesh.triangles.len() {
        let middle = mesh.corners(index).iter().sum::<Vec3>() / 3.0;
        let wanted = material(middle.x, middle.z);
        let slot = materials.iter().position(|m| *m == wanted).unwrap_or_else(|| {
            materials.push(wanted);
            materials.len() - 1
        });
        mesh.slots[index] = slot as u16;
    }
    stage.add_mesh(mesh, materials);
}

/// Cuts the triangles in which two materials meet into ever smaller ones, so that paths end in a line and not in teeth. What is
/// far shows no teeth.
fn refine_borders(mesh: &mut Mesh, material: impl Fn(Vec3) -> u32, eye: Vec3) {
    const ROUNDS: usize = 3;
    const FAR_M: f32 = 45.0;
    let mut open = 0..mesh.triangles.len();
    for _ in 0..ROUNDS {
        let mut halves: HashMap<[u32; 2], u32> = HashMap::new();
        let end = mesh.triangles.len();
        for t in open {
            let corners = mesh.corners(t);
            let [a, b, c] = corners.map(&material);
            if (a == b && b == c) || corners[0].distance(eye) > FAR_M {
                continue;
            }
            let [i, j, k] = mesh.triangles[t];
            let [ij, jk, ki] = [[i, j], [j, k], [k, i]].map(|edge| half(mesh, &mut halves, edge));
            mesh.triangles.extend([[i, ij, ki], [ij, j, jk], [ki, jk, k], [ij, jk, ki]]);
            mesh.slots.extend([0; 4]);
            mesh.triangles[t] = [i; 3];
        }
        open = end..mesh.triangles.len();
    }
    let is_whole = |t: &[u32; 3]| t[0] != t[1];
    mesh.triangles.retain(is_whole);
    mesh.slots.truncate(mesh.triangles.len());
}

/// The vertex in the middle of an edge.
fn half(mesh: &mut Mesh, halves: &mut HashMap<[u32; 2], u32>, [a, b]: [u32; 2]) -> u32 {
    *halves.entry([a.min(b), a.max(b)]).or_insert_with(|| {
        let (a, b) = (a as usize, b as usize);
        mesh.positions.push(0.5 * (mesh.positions[a] + mesh.positions[b]));
        mesh.normals.push((mesh.normals[a] + mesh.normals[b]).normalize_or(Vec3::Y));
        mesh.positions.len() as u32 - 1
    })
}
