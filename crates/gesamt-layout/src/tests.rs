//! Laws that every composed scene obeys.

use gesamt_scene::Scene;
use gesamt_world::{AssetFamily, Genre, Place, TimeOfDay, World};
use glam::{Vec2, Vec3};

use crate::cast::Cast;
use crate::composition::{Composition, Sight};
use crate::stage::Stage;
use crate::view::ASPECT;
use crate::{N_TAKES, Take, compose, dress, fixture, places};

/// Two arrangements of every place, over genres and hours, and more of the places whose plan is drawn.
fn worlds() -> impl Iterator<Item = World> {
    arrangements().chain(plans())
}

/// Worlds that differ in what the plan of a place is drawn from.
fn plans() -> impl Iterator<Item = World> {
    use Place::{Arena, Castle, Harbor, Library, SpaceStation, Underwater};
    const EACH: usize = 4;
    let places = [Harbor, Castle, Arena, Underwater, Library, SpaceStation];
    (0..places.len() * EACH).map(move |i| {
        let (genre, time) = (Genre::ALL[(i * 5 + 1) % Genre::ALL.len()], TimeOfDay::ALL[i % TimeOfDay::ALL.len()]);
        let mut world = fixture::world(places[i / EACH], genre, time, (i % 2) as u32, i as u64 + 100);
        world.layout.density = 0.4 + 0.1 * (i % EACH) as f32;
        world
    })
}

fn arrangements() -> impl Iterator<Item = World> {
    (0..Place::ALL.len() * 2).map(|i| {
        let (place, variant) = (Place::ALL[i / 2], (i % 2) as u32);
        let genre = Genre::ALL[(i * 7 + 3) % Genre::ALL.len()];
        let time = TimeOfDay::ALL[i % TimeOfDay::ALL.len()];
        fixture::world(place, genre, time, variant, i as u64 + 1)
    })
}

/// One take of a world, a different one for each: the laws hold for all of them, whichever is kept.
fn take(world: &World, models: &[crate::SlotModels]) -> Scene {
    Take::new(world, &Cast::new(world, models), world.seed % N_TAKES).finish()
}

fn name(world: &World) -> String {
    format!("{} {} v{}", world.setting.genre, world.setting.place, world.layout.variant)
}

#[test]
fn every_scene_has_valid_indices_finite_poses_and_keeps_its_budget() {
    for world in worlds() {
        let scene = take(&world, &fixture::boxes(&world));
        assert!(scene.n_triangles() < 1_200_000, "{}: {}", name(&world), scene.n_triangles());
        for instance in &scene.instances {
            let mesh = &scene.meshes[instance.mesh as usize];
            let slots = mesh.slots.iter().copied().max().map_or(0, usize::from);
            assert!(slots < instance.materials.len(), "{}: slot {slots}", name(&world));
            assert!(instance.materials.iter().all(|m| (*m as usize) < scene.materials.len()));
            assert!(instance.transform.is_finite() && instance.transform.matrix3.determinant().abs() > 1e-6);
            assert!(instance.asset.is_none_or(|a| (a as usize) < world.assets.len()));
            assert!(mesh.positions.iter().chain(&mesh.normals).all(|v| v.is_finite()), "{}", name(&world));
        }
        let lamps_are_sane = scene.lamps.iter().all(|l| l.radius > 0.0 && l.position.is_finite());
        assert!(lamps_are_sane && scene.lamps.len() < 256, "{}: {} lamps", name(&world), scene.lamps.len());
    }
}

#[test]
fn the_subject_and_the_delivered_assets_are_where_they_are_seen() {
    for world in worlds() {
        let scene = take(&world, &fixture::boxes(&world));
        let (frame, depth) = scene.camera.project(scene.subject, ASPECT).expect("in front of the camera");
        let x = 2.0 * frame.x - 1.0;
        assert!((x - world.camera.subject_x).abs() < 0.25, "{}: at {x}", name(&world));
        assert!((0.2..0.85).contains(&frame.y) && depth > 2.0, "{}: {frame} at {depth}", name(&world));
        for asset in 0..5u32 {
            let seen = scene.instances.iter().filter(|i| i.asset == Some(asset)).any(|i| {
                let middle = i.transform.transform_point3(scene.meshes[i.mesh as usize].bounds().center());
                let near = middle.distance(scene.camera.position) < 40.0;
                let inside = |p: Vec2| (0.0..1.0).contains(&p.x) && (0.0..1.0).contains(&p.y);
                near && scene.camera.project(middle, ASPECT).is_some_and(|(p, _)| inside(p))
            });
            assert!(seen, "{}: asset {asset} {}", name(&world), world.assets[asset as usize].family);
        }
    }
}

#[test]
fn the_lens_is_clear() {
    for world in worlds().step_by(5) {
        let scene = take(&world, &fixture::boxes(&world));
        let (columns, rows) = (12, 7);
        let mut near = 0;
        for k in 0..columns * rows {
            let frame = Vec2::new((k % columns) as f32 + 0.5, (k / columns) as f32 + 0.5)
                / Vec2::new(columns as f32, rows as f32);
            let distance = cast(&scene, scene.camera.position, scene.camera.direction(frame, ASPECT), 1.2);
            near += usize::from(distance < 1.2);
        }
        assert!(near * 100 <= 15 * columns * rows, "{}: {near} of {}", name(&world), columns * rows);
    }
}

/// Distance to the first triangle along a ray, at most `limit` (brute force over instances whose box is near).
fn cast(scene: &Scene, origin: Vec3, direction: Vec3, limit: f32) -> f32 {
    let mut best = limit;
    for instance in &scene.instances {
        let mesh = &scene.meshes[instance.mesh as usize];
        for index in 0..mesh.triangles.len() {
            let [a, b, c] = mesh.corners(index).map(|p| instance.transform.transform_point3(p) - origin);
            let closest = a.min(b).min(c).max(-a.max(b).max(c)).max_element();
            if closest > best {
                continue;
            }
            let (u, v) = (b - a, c - a);
            let p = direction.cross(v);
            let det = u.dot(p);
            if det.abs() < 1e-9 {
                continue;
            }
            let s = -a.dot(p) / det;
            let q = (-a).cross(u);
            let t = direction.dot(q) / det;
            let distance = v.dot(q) / det;
            if s >= 0.0 && t >= 0.0 && s + t <= 1.0 && distance > 1e-3 {
                best = best.min(distance);
            }
        }
    }
    best
}

#[test]
fn grounded_assets_rest_on_the_ground() {
    for world in worlds() {
        let models = fixture::boxes(&world);
        let mut stage = Stage::new(&world, &Cast::new(&world, &models), 0);
        let plan = places::build(&mut stage);
        dress::dress(&mut stage, &plan);
        for instance in &stage.instances {
            let Some(asset) = instance.asset else { continue };
            if matches!(world.assets[asset as usize].family, AssetFamily::Boat | AssetFamily::Dock) {
                continue;
            }
            let base = instance.transform.translation;
            let gap = base.y - stage.ground.at(base.x, base.z);
            // Crystals grow out of it.
            let is_rooted = world.assets[asset as usize].family == AssetFamily::Crystal;
            // Pavements are laid over the ground.
            assert!((-0.05..0.2).contains(&gap) || is_rooted && gap < 0.0, "{}: {gap}", name(&world));
        }
    }
}

#[test]
fn posts_that_people_put_up_lie_on_the_bed_of_the_sea() {
    let mut world = fixture::world(Place::Underwater, Genre::Ancient, TimeOfDay::Day, 0, 4);
    world.assets[3].family = AssetFamily::Lantern;
    world.assets[3].role = gesamt_world::AssetRole::Light;
    let scene = take(&world, &fixture::boxes(&world));
    let posts: Vec<_> = scene.instances.iter().filter(|i| i.asset == Some(3)).collect();
    assert!((1..4).contains(&posts.len()), "{}", posts.len());
    assert!(posts.iter().all(|i| i.transform.matrix3.y_axis.normalize().y < 0.3));
}

#[test]
fn the_same_world_composes_the_same_scene() {
    for world in worlds().step_by(11) {
        let [a, b] = [0, 1].map(|_| compose(&world, &fixture::boxes(&world)));
        assert_eq!(a.instances.len(), b.instances.len());
        assert!(
            a.instances.iter().zip(&b.instances).all(|(p, q)| p.transform == q.transform && p.materials == q.materials)
        );
        assert!(
            a.meshes.iter().zip(&b.meshes).all(|(p, q)| p == q) && a.materials == b.materials && a.lamps == b.lamps
        );
    }
}

#[test]
fn the_take_that_is_kept_is_the_best() {
    for mut world in worlds().step_by(13) {
        // People come into the picture when it is chosen.
        world.condition.population = 0.0;
        let models = fixture::boxes(&world);
        let scores: Vec<f32> = (0..crate::N_TAKES)
            .map(|take| crate::Take::new(&world, &Cast::new(&world, &models), take).score())
            .collect();
        let hero = Stage::new(&world, &Cast::new(&world, &models), 0).hero_slot().map(|s| s as u32);
        let scene = compose(&world, &models);
        let sight = Sight::from(&scene);
        let lit = crate::skin::Skin::new(&world).lit;
        let kept = Composition::of(&sight, hero).score() + crate::composition::lamplight(&sight, &scene.lamps, lit);
        assert!(scores.iter().all(|s| *s <= kept), "{}: {kept} of {scores:?}", name(&world));
    }
}

#[test]
fn a_world_without_models_still_composes() {
    for world in worlds().step_by(7) {
        let scene = take(&world, &[]);
        assert!(scene.n_triangles() > 1000 && scene.instances.iter().all(|i| i.asset.is_none()), "{}", name(&world));
    }
}
