//! How many people there are, and how they come into the scene.

use std::sync::Arc;

use gesamt_scene::{Instance, Lamp, Scene};
use gesamt_world::{Place, Seed, TimeOfDay, WeatherKind, World};
use glam::{Affine3A, Quat, Vec3};

use super::acting::{self, Course, N_RISES};
use super::cast;
use super::figure::LIFT;
use super::survey::Survey;
use super::troupe::{Part, Troupe};
use super::wardrobe::Who;
use crate::ground::Ground;
use crate::places::Plan;
use crate::skin::Skin;
use crate::stage::Occupancy;

/// Most people in a scene.
pub(super) const MOST: usize = 14;
/// Nobody is nearer to the still's camera, or to the camera anywhere on its path, in metres.
pub(super) const NEAR_STILL: f32 = 6.0;
pub(super) const NEAR_PATH: f32 = 4.0;
/// Radius that an umbrella needs.
const UMBRELLA_ROOM: f32 = 0.55;

/// What the crowd knows of the set.
pub(crate) struct Crowd<'a> {
    pub world: &'a World,
    pub skin: &'a Skin,
    pub ground: &'a Ground,
    pub taken: &'a Occupancy,
    pub plan: &'a Plan,
    /// Places against facades.
    pub walls: &'a [crate::places::Spot],
    pub seed: Seed,
    /// The asset that is the subject.
    pub hero: Option<u32>,
}

/// Number of people in a world.
pub(super) fn head_count(world: &World) -> usize {
    let p = world.condition.population;
    if p < 0.12 {
        return 0;
    }
    let table = [(0.12, 0.7), (0.3, 1.8), (0.6, 6.0), (1.0, MOST as f32)];
    let pair = table.windows(2).find(|w| p <= w[1].0).unwrap_or(&table[2..]);
    let ([a, b], p) = ([pair[0], pair[1]], p.min(1.0));
    let crowd = a.1 + (b.1 - a.1) * (p - a.0) / (b.0 - a.0);
    let sheltered = world.is_sheltered();
    let night = world.sky.time_of_day == TimeOfDay::Night && !sheltered;
    let weather = match world.weather.kind {
        _ if sheltered => 1.0,
        WeatherKind::Storm => 0.4,
        WeatherKind::Dust => 0.7,
        WeatherKind::Rain | WeatherKind::Snow => 0.8,
        _ => 1.0,
    };
    let n = crowd * if night { 0.65 } else { 1.0 } * weather;
    let (share, most) = habitation(world.setting.place, night);
    ((n * share).round() as usize).clamp(1, most)
}

/// Share of a busy street's people that a place has, and the most of them.
fn habitation(place: Place, night: bool) -> (f32, usize) {
    use Place::*;
    match place {
        Desert | Tundra | Cave | Canyon | Mountain | Swamp | Jungle => (0.2, 1),
        Forest | Graveyard => (0.3, if night { 1 } else { 2 }),
        Underwater => (0.35, 3),
        Coast | Farmland | Rooftop => (0.45, 4),
        Ruins | Garden => (0.55, 5),
        Alley | Library | Tunnel | Castle => (0.65, 7),
        SpaceStation | Factory | Temple | Arena => (0.75, 9),
        Marketplace | Street | Plaza | Village | Harbor => (1.0, MOST),
    }
}

/// Puts the people of the world into a finished scene.
pub(crate) fn populate(scene: &mut Scene, crowd: &Crowd) {
    let count = head_count(crowd.world);
    if count == 0 {
        return;
    }
    let seed = crowd.seed.child("people");
    let survey = Survey::new(scene, crowd);
    let parts = Troupe::gather(&survey, count, seed);
    // Who is near is dressed first: the one in the accent is seen but not the nearest.
    let accent = parts.len() / 2;
    for (index, part) in parts.iter().enumerate() {
        let mut dice = seed.child("who").index(index as u64).rng();
        let who = Who {
            index,
            is_woman: dice.chance(0.48),
            is_child: part.is_child,
            is_accent: parts.len() > 1 && index == accent,
            has_room: part.has_room && survey.floor.stand(part.berth.plan(), UMBRELLA_ROOM).is_some(),
        };
        // In a loop nobody could come back to where they began.
        let way = part.way.filter(|_| !scene.motion.loops());
        let course = way.map(|way| Course { way, rises: survey.rises(&part.berth, &way, N_RISES) });
        add(scene, crowd, who, (part, course), seed.child("person").index(index as u64));
    }
}

fn add(scene: &mut Scene, crowd: &Crowd, who: Who, (part, course): (&Part, Option<Course>), seed: Seed) {
    let cast = cast(crowd.world, who, part.stance, seed);
    let person = cast.draw(crowd.skin);
    let stir = acting::stir(&cast, &person.mesh, crowd.skin, course);
    let materials = person.materials.iter().map(|m| {
        let known = scene.materials.iter().position(|k| k == m);
        known.unwrap_or_else(|| {
            scene.materials.push(m.clone());
            scene.materials.len() - 1
        }) as u32
    });
    let materials = materials.collect();
    let (rotation, at) = (Quat::from_rotation_y(part.yaw), part.berth.at);
    scene.meshes.push(Arc::new(person.mesh));
    scene.instances.push(Instance {
        mesh: scene.meshes.len() as u32 - 1,
        transform: Affine3A::from_rotation_translation(rotation, at - Vec3::Y * LIFT),
        materials,
        asset: None,
        seed: 0,
        stir,
    });
    if let Some((lamp, color, group)) = person.lamp {
        let strength = 0.5 * crowd.skin.lit;
        let intensity = crate::skin::normalized(color).map(|v| v * strength);
        scene.lamps.push(Lamp { position: at + rotation * lamp, radius: 0.05, intensity, group });
    }
}
