//! What the people of the still do in the clip: their figures in other poses.

use std::sync::Arc;

use gesamt_mesh::Mesh;
use gesamt_scene::{Act, Beat, Step, Stir, Walk};
use glam::Vec3;

use super::body::{Hand, Legs, Pose, SIDES, Skeleton};
use super::carry::Carry;
use super::figure::{self, LIFT};
use super::gait::Gait;
use super::survey::Way;
use super::{Person, Stance};
use crate::skin::Skin;

/// Moments of a cycle.
const N_STEPS: usize = 12;
/// Samples of the floor along a way.
pub(super) const N_RISES: usize = 24;
/// Seconds that a cycle takes of somebody whose height is a metre; it goes with the root of the height.
const CYCLE_SECS: f32 = 0.86;
/// The same of those who go hand in hand.
const HAND_IN_HAND_SECS: f32 = 1.02;
/// Room that is left at the ends of a way, in metres.
const MARGIN: f32 = 0.25;

/// The clear way of somebody and the heights of the floor along it.
pub(super) struct Course {
    pub way: Way,
    pub rises: Vec<f32>,
}

/// What a person does in the clip whose figure in the still is `rest`.
pub(super) fn stir(person: &Person, rest: &Mesh, skin: &Skin, course: Option<Course>) -> Stir {
    let walk = match (person.pose.legs, course) {
        (Legs::Walk(gait), Some(course)) => walk(person, rest, skin, gait, course),
        // Who is caught in a stride cannot do anything else.
        (Legs::Walk(_), None) => return Stir::Lives,
        _ => None,
    };
    match walk {
        Some(walk) => Stir::Walks(Arc::new(walk)),
        None => Stir::Acts(Arc::new(act(person, rest, skin))),
    }
}

fn walk(person: &Person, rest: &Mesh, skin: &Skin, gait: Gait, course: Course) -> Option<Walk> {
    let h = person.build.height;
    let step = |legs: Legs, hands: [Hand; 2]| {
        let pose = Pose { legs, hands, ..person.pose };
        let figure = figure::draw(skin, person.build, &pose, &person.costume, person.folds);
        let vertices = matched(rest, &figure.mesh)?;
        Some(Step { vertices, body: body(&Skeleton::new(person.build, &pose)) })
    };
    let at = |k: usize| {
        let phase = gait.phase + k as f32 / N_STEPS as f32;
        step(Legs::Walk(Gait { phase, ..gait }), person.pose.hands)
    };
    Some(Walk {
        steps: (0..N_STEPS).map(at).collect::<Option<_>>()?,
        stand: step(Legs::Stand, person.pose.hands)?,
        cycle_m: gait.cycle() * h,
        cycle_secs: if person.stance.is_led() { HAND_IN_HAND_SECS } else { CYCLE_SECS * h.sqrt() },
        passing: (0.31 - gait.phase).rem_euclid(0.5),
        ahead_m: (course.way.ahead - MARGIN).max(0.0),
        behind_m: (course.way.behind - MARGIN).max(0.0),
        rises: course.rises,
    })
}

/// The balls that keep light from the ground.
fn body(s: &Skeleton) -> Vec<(Vec3, f32)> {
    let h = s.build.height;
    let mut balls: Vec<(Vec3, f32)> = Vec::new();
    for i in 0..SIDES.len() {
        let ankle = s.foot[i].ankle;
        balls.push((ankle + s.foot[i].turn * Vec3::new(0.0, -0.012, 0.03) * h, 0.048 * h));
        balls.push((ankle.lerp(s.knee[i], 0.6), 0.045 * h));
        balls.push((s.knee[i].lerp(s.hip[i], 0.6), 0.06 * h));
    }
    balls.extend([(s.pelvis, 0.105 * h), (s.chest, 0.12 * h), (s.head, 0.065 * h)]);
    balls.into_iter().map(|(p, r)| (p + Vec3::Y * LIFT, r)).collect()
}

fn act(person: &Person, rest: &Mesh, skin: &Skin) -> Act {
    let pose = person.pose;
    let side = if pose.head_yaw_rad > 0.0 { -1.0 } else { 1.0 };
    let breath = Pose { lean_rad: pose.lean_rad - 0.014, head_pitch_rad: pose.head_pitch_rad + 0.01, ..pose };
    let turn = if matches!(person.stance, Stance::Talk | Stance::Trade) { 0.25 } else { 0.55 };
    let glance = Pose {
        head_yaw_rad: pose.head_yaw_rad + side * turn,
        head_pitch_rad: pose.head_pitch_rad - 0.03,
        twist_rad: pose.twist_rad + 0.1 * side * turn,
        ..pose
    };
    let gesture = Pose { hands: pose.hands.map(lifted), lean_rad: pose.lean_rad + 0.03, ..pose };
    let mut poses = vec![(Beat::Breath, breath), (Beat::Glance, glance)];
    let talks = pose.hands.contains(&Hand::Talk) && !person.costume.carry.contains(&Carry::Bundle);
    if talks {
        poses.push((Beat::Gesture, gesture));
    }
    let drawn = poses.into_iter().filter_map(|(beat, pose)| {
        let figure = figure::draw(skin, person.build, &pose, &person.costume, person.folds);
        Some((beat, matched(rest, &figure.mesh)?))
    });
    Act { poses: drawn.collect() }
}

/// A talking hand at the height of its gesture.
fn lifted(hand: Hand) -> Hand {
    if hand == Hand::Talk { Hand::At(Vec3::new(0.2, 0.76, 0.19)) } else { hand }
}

/// The places of the vertices of a mesh in another one of the same triangles, whose vertices may be split otherwise.
fn matched(rest: &Mesh, other: &Mesh) -> Option<Vec<Vec3>> {
    if rest.triangles.len() != other.triangles.len() || rest.slots != other.slots {
        return None;
    }
    let mut vertices = rest.positions.clone();
    for (a, b) in rest.triangles.iter().zip(&other.triangles) {
        for (i, j) in a.iter().zip(b) {
            vertices[*i as usize] = other.positions[*j as usize];
        }
    }
    Some(vertices)
}
