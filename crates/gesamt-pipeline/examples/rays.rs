//! How many incoherent rays a second the ray accelerator follows, beside Embree's (`validators/embree.py`).
//!
//! `cargo run --release -p gesamt-pipeline --example rays -- OUT_DIR ["prompt"]` arranges the prompt's scene, prints our rates on one
//! thread, and writes `triangles.f32` (nine numbers each), `rays.f32` (origin and unit direction) and `hits.f32` (distances;
//! infinity where nothing is hit), all little-endian. Rays begin where camera rays end and go anywhere into the half space above.

#![expect(clippy::print_stdout, reason = "a development tool reports what it measures")]

use std::path::PathBuf;
use std::time::Instant;

use gesamt_pathtracer::bvh::{Bvh, Ray};
use gesamt_pipeline::{Request, imagine, models, stage};
use gesamt_scene::Scene;
use gesamt_world::{Rng, Seed};
use glam::Vec3;

const N_RAYS: usize = 1_000_000;
const DEFAULT: &str = "abandoned cyberpunk marketplace at dusk with rain";

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let out = PathBuf::from(args.next().expect("an output directory"));
    let prompt = args.next().unwrap_or_else(|| DEFAULT.into());
    std::fs::create_dir_all(&out)?;
    let (world, _) = imagine(&Request::new(&prompt, "")).expect("a prompt");
    let scene = stage(&world, &models(&world));
    let triangles = triangles(&scene);
    let started = Instant::now();
    let bvh = Bvh::new(triangles.len(), |i| triangles[i]);
    let built = started.elapsed().as_secs_f64();
    let rays = rays(&scene, &bvh, &triangles);
    let mut hits = vec![f32::INFINITY; rays.len()];
    let nearest = best(|| {
        for (hit, ray) in hits.iter_mut().zip(&rays) {
            *hit = bvh.intersect(ray).map_or(f32::INFINITY, |hit| hit.t);
        }
    });
    let mut n_hidden = 0;
    let any = best(|| n_hidden = rays.iter().filter(|ray| bvh.occluded(ray)).count());
    let rate = |secs: f64| rays.len() as f64 / secs / 1e6;
    println!("{} triangles, built in {built:.2} s on all threads, {} MB", triangles.len(), bvh.memory() / 1_000_000);
    println!(
        "{} rays, {:.0} % hit something: nearest {:.2} M/s, any {:.2} M/s on one thread",
        rays.len(),
        100.0 * n_hidden as f64 / rays.len() as f64,
        rate(nearest),
        rate(any)
    );
    let bytes = |values: &mut dyn Iterator<Item = f32>| values.flat_map(f32::to_le_bytes).collect::<Vec<u8>>();
    let corners = &mut triangles.iter().flatten().flat_map(|p| p.to_array());
    std::fs::write(out.join("triangles.f32"), bytes(corners))?;
    let lines = &mut rays.iter().flat_map(|ray| [ray.origin.to_array(), ray.direction.to_array()]).flatten();
    std::fs::write(out.join("rays.f32"), bytes(lines))?;
    std::fs::write(out.join("hits.f32"), bytes(&mut hits.into_iter()))
}

/// The corners of all triangles in the world.
fn triangles(scene: &Scene) -> Vec<[Vec3; 3]> {
    let of_instance = |instance: &gesamt_scene::Instance| {
        let (mesh, transform) = (scene.meshes[instance.mesh as usize].clone(), instance.transform);
        (0..mesh.triangles.len())
            .map(move |i| mesh.corners(i).map(|p| transform.transform_point3(p)))
            .collect::<Vec<_>>()
    };
    scene.instances.iter().flat_map(of_instance).collect()
}

/// Rays from what the camera sees into the half space above it.
fn rays(scene: &Scene, bvh: &Bvh, triangles: &[[Vec3; 3]]) -> Vec<Ray> {
    let mut rng = Seed(1).rng();
    let camera = &scene.camera;
    let forward = (scene.subject - camera.position).normalize();
    let mut rays = Vec::with_capacity(N_RAYS);
    while rays.len() < N_RAYS {
        let direction = (forward + 0.5 * sphere(&mut rng)).normalize();
        let ray = Ray { origin: camera.position, direction, t_min: 1e-3, t_max: f32::INFINITY };
        let Some(hit) = bvh.intersect(&ray) else { continue };
        let [a, b, c] = triangles[hit.triangle as usize];
        let normal = (b - a).cross(c - a).normalize_or_zero();
        let normal = if normal.dot(direction) > 0.0 { -normal } else { normal };
        let direction = (normal + sphere(&mut rng)).normalize_or(normal);
        let origin = ray.origin + ray.direction * hit.t + normal * 1e-3;
        rays.push(Ray { origin, direction, t_min: 1e-4, t_max: f32::INFINITY });
    }
    rays
}

/// A point on the unit sphere.
fn sphere(rng: &mut Rng) -> Vec3 {
    Vec3::new(rng.normal(), rng.normal(), rng.normal()).normalize_or(Vec3::Y)
}

/// The shortest of five runs, in seconds.
fn best(mut run: impl FnMut()) -> f64 {
    let mut once = || {
        let started = Instant::now();
        run();
        started.elapsed().as_secs_f64()
    };
    (0..5).map(|_| once()).fold(f64::INFINITY, f64::min)
}
