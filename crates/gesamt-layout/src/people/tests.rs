//! Laws of the people.

use std::collections::BTreeMap;

use gesamt_mesh::Mesh;
use gesamt_scene::{Instance, Scene, Stir};
use gesamt_world::{Genre, Place, Seed, TimeOfDay, WeatherKind, World};
use glam::{Vec2, Vec3};

use super::acting::{self, Course};
use super::crowd::{MOST, NEAR_PATH, NEAR_STILL, head_count};
use super::figure::LIFT;
use super::survey::Way;
use super::wardrobe::Who;
use super::{Stance, cast};
use crate::cast::Cast;
use crate::skin::Skin;
use crate::view::ASPECT;
use crate::{Take, fixture};

/// Triangles that a figure may have.
const BUDGET: usize = 3000;

fn world(place: Place, genre: Genre, seed: u64, population: f32) -> World {
    let time = TimeOfDay::ALL[seed as usize % TimeOfDay::ALL.len()];
    let mut world = fixture::world(place, genre, time, (seed % 2) as u32, seed);
    world.condition.population = population;
    world
}

/// The scenes of lively worlds with the people in them and the same scenes without.
fn crowds() -> impl Iterator<Item = (World, Scene, Scene)> {
    let places = [Place::Marketplace, Place::Street, Place::Harbor, Place::Plaza, Place::Temple, Place::SpaceStation];
    places.into_iter().enumerate().map(|(i, place)| {
        let full = world(place, Genre::ALL[(i * 5 + 1) % Genre::ALL.len()], i as u64 + 2, 0.95);
        let empty = World { condition: gesamt_world::Condition { population: 0.0, ..full.condition }, ..full.clone() };
        let [a, b] = [&full, &empty].map(|w| Take::new(w, &Cast::new(w, &fixture::boxes(w)), 1).finish());
        (full, a, b)
    })
}

/// The people of a scene: they are put in last, and drawn above their origin.
fn people(scene: &Scene) -> &[Instance] {
    let is_person = |i: &&Instance| i.asset.is_none() && scene.meshes[i.mesh as usize].bounds().min.y > LIFT - 0.1;
    let n = scene.instances.iter().rev().take_while(is_person).count();
    &scene.instances[scene.instances.len() - n..]
}

fn feet(i: &Instance) -> Vec3 {
    Vec3::from(i.transform.translation) + Vec3::Y * LIFT
}

fn casts() -> impl Iterator<Item = (World, Who, Mesh)> {
    let weathers = [WeatherKind::Clear, WeatherKind::Rain, WeatherKind::Snow];
    Genre::ALL.iter().chain([&Genre::Ancient]).enumerate().flat_map(move |(g, genre)| {
        let place = if g == Genre::ALL.len() { Place::Underwater } else { Place::Street };
        (0..12usize).map(move |index| {
            let mut w = world(place, *genre, index as u64 + 1, 0.8);
            w.weather.kind = weathers[index % 3];
            let who = Who { index, is_woman: index % 4 > 1, is_child: index == 11, is_accent: false, has_room: true };
            let stance =
                [Stance::Walk, Stance::Stand, Stance::Talk, Stance::Lean, Stance::Trade, Stance::Led(1.0, true)];
            let person = cast(&w, who, stance[index / 2 % 6], Seed(index as u64 * 77 + g as u64)).draw(&Skin::new(&w));
            (w, who, person.mesh)
        })
    })
}

#[test]
fn every_figure_is_of_human_size_and_keeps_its_budget() {
    let mut worst = 0;
    for (world, who, mesh) in casts() {
        let bounds = mesh.bounds();
        let name = format!("{} {who:?} {}", world.setting.genre, world.weather.kind);
        worst = worst.max(mesh.triangles.len());
        assert!(mesh.triangles.len() <= BUDGET, "{name}: {} triangles", mesh.triangles.len());
        let height = bounds.max.y - LIFT;
        let shortest = if who.is_child { 1.05 } else { 1.5 };
        assert!((shortest..2.7).contains(&height), "{name}: {height} m");
        let ground = bounds.min.y - LIFT;
        assert!((-0.03..0.03).contains(&ground), "{name}: soles at {ground} m");
        let size = bounds.size();
        assert!(size.x.max(size.z) < 1.6 && size.x.min(size.z) > 0.25, "{name}: {size}");
        assert!(mesh.positions.iter().chain(&mesh.normals).all(|v| v.is_finite()), "{name}");
    }
    assert!(worst > BUDGET / 2, "{worst} triangles");
}

#[test]
fn every_figure_is_made_of_closed_surfaces() {
    for (world, who, mesh) in casts() {
        // Vertices are split at creases: edges are compared by place.
        let key = |i: u32| (mesh.positions[i as usize] * 1e6).round().as_i64vec3().to_array();
        let mut edges: BTreeMap<([i64; 3], [i64; 3]), i32> = BTreeMap::new();
        for t in &mesh.triangles {
            for k in 0..3 {
                let (a, b) = (key(t[k]), key(t[(k + 1) % 3]));
                *edges.entry((a.min(b), a.max(b))).or_default() += if a < b { 1 } else { -1 };
            }
        }
        let open = edges.iter().filter(|((a, b), n)| a != b && **n != 0).count();
        assert_eq!(open, 0, "{} {who:?}", world.setting.genre);
    }
}

#[test]
fn the_number_follows_population_hour_weather_and_place() {
    let count = |p: f32, place: Place, time: TimeOfDay, weather: WeatherKind| {
        let mut w = world(place, Genre::Modern, 1, p);
        (w.sky.time_of_day, w.weather.kind) = (time, weather);
        head_count(&w)
    };
    let street = |p: f32| count(p, Place::Street, TimeOfDay::Day, WeatherKind::Clear);
    assert_eq!([0.0, 0.11, 0.3, 0.6, 1.0].map(street), [0, 0, 2, 6, MOST]);
    assert!((1..40).all(|k| street(k as f32 * 0.025) >= street((k - 1) as f32 * 0.025)));
    let night = count(0.9, Place::Street, TimeOfDay::Night, WeatherKind::Clear);
    let storm = count(0.9, Place::Street, TimeOfDay::Day, WeatherKind::Storm);
    assert!(night < street(0.9) && storm < night, "{night} {storm}");
    assert_eq!(count(1.0, Place::Desert, TimeOfDay::Day, WeatherKind::Clear), 1);
    assert_eq!(count(1.0, Place::Graveyard, TimeOfDay::Night, WeatherKind::Clear), 1);
}

#[test]
fn people_stand_on_the_ground_in_the_frame_and_not_before_the_subject() {
    let mut total = 0;
    for (world, full, empty) in crowds() {
        let crowd = people(&full);
        total += crowd.len();
        let eye = full.camera.position;
        for person in crowd {
            let name = format!("{} {} at {}", world.setting.genre, world.setting.place, feet(person));
            let at = feet(person);
            let floor = below(&empty, at).unwrap_or(f32::NEG_INFINITY);
            assert!((at.y - floor).abs() < 0.07, "{name}: {} over the floor", at.y - floor);
            let away = |p: Vec3| Vec2::new(p.x - at.x, p.z - at.z).length();
            assert!(away(eye) >= NEAR_STILL, "{name}");
            assert!((0..=20).all(|k| away(full.motion.at(k as f32 / 20.0).position) >= NEAR_PATH), "{name}");
            let (head, depth) = full.camera.project(at + Vec3::Y * 1.75, ASPECT).expect("in front of the camera");
            assert!((0.0..1.0).contains(&head.x) && (0.0..1.0).contains(&head.y), "{name}: {head}");
            let (subject, subject_depth) = full.camera.project(full.subject, ASPECT).expect("in front of the camera");
            let is_far_side = depth > subject_depth - 1.5;
            assert!(is_far_side || (head.x - subject.x).abs() > 0.02, "{name}: {head} before {subject}");
        }
        for (i, a) in crowd.iter().enumerate() {
            assert!(crowd[..i].iter().all(|b| feet(a).distance(feet(b)) > 0.45), "{}", world.setting.place);
        }
    }
    assert!(total > 25, "{total} people in six lively places");
}

/// Height of what lies under a point, from 0.6 m above it.
fn below(scene: &Scene, at: Vec3) -> Option<f32> {
    let q = Vec2::new(at.x, at.z);
    let mut best: Option<f32> = None;
    for instance in &scene.instances {
        let mesh = &scene.meshes[instance.mesh as usize];
        for index in 0..mesh.triangles.len() {
            let t = mesh.corners(index).map(|p| instance.transform.transform_point3(p));
            let [a, b, c] = t.map(|p| Vec2::new(p.x, p.z));
            if a.min(b).min(c).cmpgt(q).any() || a.max(b).max(c).cmplt(q).any() {
                continue;
            }
            let area = (b - a).perp_dot(c - a);
            let (u, v) = ((q - a).perp_dot(c - a) / area, (b - a).perp_dot(q - a) / area);
            let y = t[0].y + u * (t[1].y - t[0].y) + v * (t[2].y - t[0].y);
            if u >= 0.0 && v >= 0.0 && u + v <= 1.0 && y < at.y + 0.6 {
                best = Some(best.map_or(y, |o| o.max(y)));
            }
        }
    }
    best
}

#[test]
fn an_abandoned_world_has_nobody_and_people_change_nothing_else() {
    for (_, full, empty) in crowds() {
        assert!(people(&empty).is_empty());
        let n = people(&full).len();
        assert!(n <= MOST);
        // The set itself depends on the population; the part before the people is still whole.
        assert!(full.instances[..full.instances.len() - n].iter().any(|i| i.asset.is_some()));
    }
}

#[test]
fn who_walks_has_a_step_for_each_moment_of_the_cycle_that_begins_with_the_still() {
    for (g, genre) in Genre::ALL.iter().enumerate() {
        for index in 0..6 {
            let w = world(Place::Street, *genre, index as u64 + 1, 0.8);
            let who = Who { index, is_woman: index % 2 > 0, is_child: index == 5, is_accent: false, has_room: true };
            let stance = if index == 5 { Stance::Led(-1.0, true) } else { Stance::Walk };
            let (person, skin) = (cast(&w, who, stance, Seed(index as u64 * 31 + g as u64)), Skin::new(&w));
            let mesh = person.draw(&skin).mesh;
            let way = Way { yaw: 0.0, ahead: 3.0, behind: 2.0 };
            let stir = acting::stir(&person, &mesh, &skin, Some(Course { way, rises: vec![0.0; 2] }));
            let name = format!("{genre} {who:?}");
            let walk = match stir {
                Stir::Walks(walk) => walk,
                Stir::Acts(act) if person.costume.carry.contains(&super::Carry::Lantern) => {
                    assert!(act.poses.len() > 1, "{name}");
                    continue;
                }
                other => panic!("{name}: {other:?}"),
            };
            assert!(walk.steps[0].vertices == mesh.positions, "{name}");
            assert!((0.6..1.6).contains(&(walk.cycle_m / walk.cycle_secs)), "{name}: {} m", walk.cycle_m);
            for (a, b) in walk.steps.iter().zip(walk.steps.iter().cycle().skip(1)) {
                assert_eq!(a.vertices.len(), mesh.positions.len());
                let far = a.vertices.iter().zip(&b.vertices).map(|(p, q)| p.distance(*q)).fold(0.0, f32::max);
                assert!(far < 0.35, "{name}: {far} m in a twelfth of a cycle");
            }
        }
    }
}

#[test]
fn those_who_walk_keep_away_from_the_camera_and_nobody_walks_in_a_loop() {
    let mut walkers = 0;
    for (world, full, _) in crowds() {
        for person in people(&full) {
            let Stir::Walks(walk) = &person.stir else { continue };
            walkers += 1;
            assert!(!full.motion.loops(), "{}", world.setting.place);
            let ahead = person.transform.transform_vector3(Vec3::Z);
            for k in 0..=20 {
                let p = feet(person) + ahead * (-walk.behind_m + (walk.behind_m + walk.ahead_m) * k as f32 / 20.0);
                let away = |c: Vec3| Vec2::new(p.x - c.x, p.z - c.z).length();
                assert!((0..=20).all(|k| away(full.motion.at(k as f32 / 20.0).position) > 2.9), "{p}");
            }
        }
    }
    assert!(walkers > 5, "{walkers}");
}
