use gesamt_scene::Scene;
use gesamt_world::{Genre, Place, TimeOfDay, World};
use glam::Vec3;

use crate::{compose, fixture};

const PLACES: [Place; 5] = [Place::Factory, Place::SpaceStation, Place::Cave, Place::Library, Place::Tunnel];
const GENRES: [Genre; 6] = [
    Genre::ScienceFiction,
    Genre::Steampunk,
    Genre::GothicHorror,
    Genre::PostApocalyptic,
    Genre::Alien,
    Genre::Western,
];

fn worlds() -> Vec<World> {
    let times = [TimeOfDay::Day, TimeOfDay::Night, TimeOfDay::Dusk];
    let world = |p: usize, g: usize| {
        fixture::world(PLACES[p], GENRES[g], times[(p + g) % 3], g as u32 + u32::from(p.is_multiple_of(2)), g as u64)
    };
    (0..PLACES.len()).flat_map(|p| (0..GENRES.len()).map(move |g| (p, g))).map(|(p, g)| world(p, g)).collect()
}

fn triangles(scene: &Scene, mut each: impl FnMut(&gesamt_scene::Instance, [Vec3; 3])) {
    for instance in &scene.instances {
        let mesh = &scene.meshes[instance.mesh as usize];
        for t in 0..mesh.triangles.len() {
            each(instance, mesh.corners(t).map(|p| instance.transform.transform_point3(p)));
        }
    }
}

#[test]
fn every_enclosed_place_is_a_valid_lit_interior_within_its_budget() {
    for world in worlds() {
        let name = format!("{} {} {}", world.setting.genre, world.setting.place, world.layout.variant);
        let scene = compose(&world, &fixture::boxes(&world));
        assert!(scene.is_interior, "{name}");
        assert!(scene.n_triangles() < 500_000, "{name}: {} triangles", scene.n_triangles());
        assert!(scene.n_triangles() > 20_000, "{name}: {} triangles", scene.n_triangles());
        assert!(scene.lamps.len() >= 2, "{name}: {} lamps", scene.lamps.len());
        assert!(scene.lamps.iter().all(|l| l.position.is_finite() && l.radius > 0.0), "{name}");
        for mesh in &scene.meshes {
            assert!(mesh.positions.iter().all(|p| p.is_finite()), "{name}");
            assert!(mesh.triangles.iter().flatten().all(|i| (*i as usize) < mesh.positions.len()), "{name}");
        }
        for instance in &scene.instances {
            let top = scene.meshes[instance.mesh as usize].slots.iter().max().map_or(0, |s| *s as usize);
            assert!(top < instance.materials.len(), "{name}");
            assert!(instance.materials.iter().all(|m| (*m as usize) < scene.materials.len()), "{name}");
        }
    }
}

#[test]
fn nothing_stands_at_the_lens_or_in_the_way_of_the_camera() {
    for world in worlds() {
        let name = format!("{} {} {}", world.setting.genre, world.setting.place, world.layout.variant);
        let scene = compose(&world, &fixture::boxes(&world));
        let path = [0.0, 0.25, 0.5, 0.75, 1.0].map(|t| scene.motion.at(t).position);
        triangles(&scene, |_, corners| {
            let eye = path[2];
            for p in corners {
                assert!(p.distance(eye) > 1.2, "{name}: {p} is too near to the lens {eye}");
            }
            let middle = corners.iter().sum::<Vec3>() / 3.0;
            assert!(path.iter().all(|p| p.distance(middle) > 0.3), "{name}: {middle} is in the way");
        });
    }
}

#[test]
fn the_shell_closes_behind_the_camera() {
    for world in worlds() {
        let name = format!("{} {} {}", world.setting.genre, world.setting.place, world.layout.variant);
        let scene = compose(&world, &fixture::boxes(&world));
        let eye = scene.camera.position;
        for toward in [Vec3::new(0.05, 0.02, 1.0), Vec3::new(0.21, -0.13, 1.0)] {
            let mut hit = false;
            triangles(&scene, |_, [a, b, c]| hit |= crosses(eye, toward.normalize(), a, b, c));
            assert!(hit, "{name}: open toward {toward}");
        }
    }
}

/// True when the ray meets the triangle (Möller and Trumbore, 1997).
fn crosses(from: Vec3, along: Vec3, a: Vec3, b: Vec3, c: Vec3) -> bool {
    let (e1, e2) = (b - a, c - a);
    let p = along.cross(e2);
    let det = e1.dot(p);
    if det.abs() < 1e-9 {
        return false;
    }
    let s = from - a;
    let (u, q) = (s.dot(p) / det, s.cross(e1));
    let v = along.dot(q) / det;
    u >= 0.0 && v >= 0.0 && u + v <= 1.0 && e2.dot(q) / det > 1e-4
}
