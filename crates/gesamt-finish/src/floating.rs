//! Particle fields of the scene: embers, fireflies, motes, bubbles, petals, marine snow and spores.

use gesamt_scene::{ParticleField, ParticleKind};
use gesamt_world::Seed;
use glam::{Vec2, Vec3};

use crate::drift::dice;
use crate::falling::Air;
use crate::sprite::{Profile, Sprite};

/// Appends the particles of a field that are in view.
pub(crate) fn sprites(field: &ParticleField, air: &Air, out: &mut Vec<Sprite>) {
    let seed = Seed(u64::from(field.seed)).child("particles");
    for index in 0..field.count.min(20_000) {
        let first = dice(seed, index);
        let second = dice(seed.index(1), index);
        out.extend(particle(field, air, first, second));
    }
}

/// Speed of a kind in metres per second, and the reach of its wandering in metres.
fn motion(kind: ParticleKind, dice: [f32; 4]) -> (Vec3, f32) {
    let (rise, reach) = match kind {
        ParticleKind::Motes => (0.012, 0.12),
        ParticleKind::Embers => (0.5 + 0.9 * dice[0], 0.18),
        ParticleKind::Fireflies => (0.0, 0.55),
        ParticleKind::Bubbles => (0.25 + 0.3 * dice[0], 0.05),
        ParticleKind::Petals => (-(0.45 + 0.35 * dice[0]), 0.35),
        ParticleKind::MarineSnow => (-(0.02 + 0.03 * dice[0]), 0.06),
        ParticleKind::Spores => (0.05 + 0.06 * dice[0], 0.22),
    };
    let side = (dice[1] - 0.5) * rise.abs() * 0.6;
    (Vec3::new(side, rise, (dice[2] - 0.5) * rise.abs() * 0.6), reach)
}

/// Where a particle is, and how far it has faded in at the faces of the field.
fn place(field: &ParticleField, air: &Air, first: [f32; 4], second: [f32; 4]) -> (Vec3, f32) {
    let size = (field.max - field.min).max(Vec3::splat(0.01));
    let (velocity, reach) = motion(field.kind, second);
    let mut unit = Vec3::new(first[0], first[1], first[2]);
    for axis in 0..3 {
        unit[axis] = (unit[axis] + air.clock.way(velocity[axis], size[axis]) / size[axis]).rem_euclid(1.0);
    }
    let edge = (unit - 0.5).abs().max_element();
    let hz = 0.07 + 0.12 * second[3];
    let (a, b) = (air.clock.phase(hz) + 44.0 * first[3], air.clock.phase(2.0 * hz) + 71.0 * first[3]);
    let wander = Vec3::new(a.sin() + 0.4 * (b + 1.0).sin(), 0.5 * (b + 0.4).sin(), (a + 2.1).sin() + 0.4 * b.cos());
    (field.min + unit * size + wander * reach, ((0.5 - edge) / 0.07).clamp(0.0, 1.0))
}

fn particle(field: &ParticleField, air: &Air, first: [f32; 4], second: [f32; 4]) -> Option<Sprite> {
    let (point, fade) = place(field, air, first, second);
    let (at, depth) = air.view.project(point)?;
    let margin = 60.0 * air.view.unit();
    let inside = at.x > -margin
        && at.y > -margin
        && at.x < air.view.width as f32 + margin
        && at.y < air.view.height as f32 + margin;
    if !inside || depth < 0.3 {
        return None;
    }
    let mut sprite = shape(field, air, first, second, at, depth);
    sprite.alpha *= fade;
    let (velocity, _) = motion(field.kind, second);
    if let (ParticleKind::Embers | ParticleKind::Bubbles, Some((from, _))) =
        (field.kind, air.view.project(point - velocity * air.shutter_secs))
    {
        sprite.from = from;
    }
    Some(sprite.defocused(&air.view, air.focus_m))
}

fn shape(field: &ParticleField, air: &Air, first: [f32; 4], second: [f32; 4], at: Vec2, depth: f32) -> Sprite {
    let own = Vec3::from(field.color);
    let light = air.surround.at(at) + air.surround.mean * 0.4;
    let scale = air.view.scale(depth);
    let glow = |radius: f32, strength: f32| {
        let sprite = Sprite::dot(at, radius * scale, own * strength, 1.0, depth);
        // A glow keeps its energy when it shrinks below a pixel, so that distant sparks stay visible.
        Sprite { glows: true, radius: sprite.radius.max(0.9 * air.view.unit()), ..sprite }
    };
    match field.kind {
        ParticleKind::Motes => {
            let twinkle = 0.6 + 0.4 * (air.clock.phase(0.3) + 60.0 * first[3]).sin();
            let radius = (0.0014 + 0.002 * second[0] * second[0]) * scale;
            let color = light * Vec3::from(field.color) * 1.6;
            Sprite { glows: true, ..Sprite::dot(at, radius, color, 0.55 * twinkle, depth) }
        }
        ParticleKind::Embers => {
            let flicker = 0.65 + 0.35 * (air.clock.phase(3.0 + (4.0 * second[3]).floor()) + 50.0 * first[3]).sin();
            glow(0.004 + 0.006 * second[0] * second[0], flicker)
        }
        ParticleKind::Fireflies => {
            let beat = (air.clock.phase(0.25 + 0.2 * second[0]) + 60.0 * first[3]).sin();
            let on = ((beat - 0.1) / 0.5).clamp(0.0, 1.0);
            glow(0.012, 0.04 + 0.96 * on * on)
        }
        ParticleKind::Bubbles => {
            let radius = (0.006 + 0.02 * second[0] * second[0]) * scale;
            let color = light * 1.7;
            Sprite { profile: Profile::Ring, ..Sprite::dot(at, radius, color, 0.6, depth) }
        }
        ParticleKind::Petals => {
            let spin = air.clock.phase(0.35 + 0.4 * second[0]) + 50.0 * first[3];
            let radius = (0.012 + 0.010 * second[1]) * scale;
            let turn = Vec2::from_angle(0.7 * spin) * radius * 0.55;
            let color = light * own * (1.5 + 0.6 * spin.sin());
            let petal = Sprite { profile: Profile::Disc, ..Sprite::dot(at, radius * 0.6, color, 0.95, depth) };
            Sprite { from: at - turn, to: at + turn, squash: 0.35 + 0.65 * (1.3 * spin).cos().abs(), ..petal }
        }
        ParticleKind::MarineSnow => {
            let radius = (0.0018 + 0.004 * second[0] * second[0]) * scale;
            Sprite::dot(at, radius, light * own * 2.2, 0.5, depth)
        }
        ParticleKind::Spores => {
            let pulse = 0.7 + 0.3 * (air.clock.phase(0.2 + 0.2 * second[0]) + 60.0 * first[3]).sin();
            glow(0.005 + 0.009 * second[1] * second[1], pulse)
        }
    }
}
