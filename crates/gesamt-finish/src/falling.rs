//! Rain, snow and blown sand: boxes of particles around the camera.

use gesamt_scene::Precipitation;
use gesamt_world::{Seed, WeatherKind, color::luminance};
use glam::{Vec2, Vec3};

use crate::drift::{Clock, dice, fade, wrapped};
use crate::sprite::{Profile, Sprite};
use crate::surround::Surround;
use crate::view::View;

/// What sprites need to know about the frame they are drawn into.
pub(crate) struct Air<'a> {
    pub view: View,
    pub surround: &'a Surround,
    pub clock: Clock,
    /// Seconds that the shutter is open.
    pub shutter_secs: f32,
    /// Distance of sharp focus.
    pub focus_m: f32,
}

/// Side of a box in metres and particles in it at full intensity.
type Box3 = (f32, f32);
const RAIN: [Box3; 3] = [(5.0, 420.0), (15.0, 5200.0), (40.0, 15000.0)];
const SNOW: [Box3; 3] = [(4.0, 420.0), (12.0, 9000.0), (30.0, 34000.0)];
/// Flakes are seen as dots, not as streaks, so the shutter is short for them.
const SNOW_SHUTTER: f32 = 0.25;
const SAND: [Box3; 3] = [(4.0, 500.0), (12.0, 3200.0), (30.0, 5000.0)];

/// Appends the particles of the weather that are in view.
pub(crate) fn sprites(fall: &Precipitation, air: &Air, seed: Seed, out: &mut Vec<Sprite>) {
    let boxes = match fall.kind {
        WeatherKind::Rain | WeatherKind::Storm => RAIN,
        WeatherKind::Snow => SNOW,
        WeatherKind::Dust => SAND,
        _ => return,
    };
    let intensity = fall.intensity.clamp(0.0, 1.0);
    for (rank, (size, count)) in boxes.into_iter().enumerate() {
        let seed = seed.index(rank as u64);
        // Thin weather is fewer, not fainter, particles; the box is pushed ahead of the camera, where it is seen.
        let count = (count * (0.10 + 0.90 * intensity) * intensity.sqrt()) as u32;
        let middle = air.view.eye + air.view.forward() * (0.42 * size);
        for index in 0..count {
            let dice = dice(seed, index);
            let sprite = match fall.kind {
                WeatherKind::Snow => flake(fall, air, size, middle, dice),
                WeatherKind::Dust => grain(fall, air, size, middle, dice),
                _ => drop(fall, air, size, middle, dice),
            };
            out.extend(sprite);
        }
    }
}

/// Where a particle is that started at `dice` in its box and moves with `velocity`.
pub(crate) fn place(dice: [f32; 4], velocity: Vec3, size: f32, middle: Vec3, clock: Clock) -> Vec3 {
    let start = Vec3::new(dice[0], dice[1], dice[2]) * size;
    let way = Vec3::new(clock.way(velocity.x, size), clock.way(velocity.y, size), clock.way(velocity.z, size));
    wrapped(start + way, middle, size)
}

fn drop(fall: &Precipitation, air: &Air, size: f32, middle: Vec3, dice: [f32; 4]) -> Option<Sprite> {
    let speed = 7.0 + 2.5 * dice[3];
    let velocity = Vec3::new(fall.wind.x, -speed, fall.wind.z) * Vec3::new(0.75, 1.0, 0.75);
    let head = place(dice, velocity, size, middle, air.clock);
    let (to, depth) = air.view.project(head)?;
    let (from, _) = air.view.project(head - velocity * air.shutter_secs)?;
    if outside(&air.view, to) && outside(&air.view, from) || depth < 0.5 {
        return None;
    }
    // A drop at the lens is a bar across the frame: out of focus and gone in a moment, it is not missed.
    let near = ((depth - 0.5) / 1.9).clamp(0.0, 1.0);
    // A drop shows a wide piece of the scene upside down: mostly what is bright around and above it.
    let around = air.surround.at(0.5 * (from + to)) * 1.25
        + air.surround.at(to - Vec2::new(0.0, 0.18 * air.view.height as f32)) * 0.45;
    let color = around + air.surround.mean * 0.45;
    let heavy = 0.8 + 0.5 * dice[3];
    let sprite = Sprite {
        from: to,
        to: from,
        radius: 0.0016 * heavy * air.view.scale(depth),
        squash: 1.0,
        profile: Profile::Streak,
        color,
        alpha: 0.5 * near * near * fade(head, middle, size),
        glows: false,
        depth,
    };
    Some(sprite.defocused(&air.view, air.focus_m))
}

fn flake(fall: &Precipitation, air: &Air, size: f32, middle: Vec3, dice: [f32; 4]) -> Option<Sprite> {
    let swing = air.clock.phase(0.25 + 0.5 * dice[3]) + 40.0 * dice[0];
    let velocity = Vec3::new(fall.wind.x, -(0.9 + 0.7 * dice[3]), fall.wind.z);
    let wobble = Vec3::new(swing.sin(), 0.3 * (1.7 * swing).sin(), (swing + 1.3).cos()) * (0.10 + 0.12 * dice[1]);
    let wobble = if air.clock.loop_secs.is_some() { Vec3::new(wobble.x, 0.0, wobble.z) } else { wobble };
    let head = place(dice, velocity, size, middle, air.clock) + wobble;
    let (to, depth) = air.view.project(head)?;
    let (from, _) = air.view.project(head - velocity * (air.shutter_secs * SNOW_SHUTTER))?;
    if outside(&air.view, to) || depth < 0.45 {
        return None;
    }
    let color = air.surround.at(to) * 0.95 + air.surround.mean * 0.75;
    let radius = (0.0046 + 0.0060 * dice[3] * dice[3]) * air.view.scale(depth);
    // A flake that the wind draws out spreads its light along its way.
    let drawn_out = (2.0 * radius / (2.0 * radius + from.distance(to))).sqrt();
    let sprite = Sprite {
        from,
        to,
        radius: radius * (0.55 + 0.45 * drawn_out),
        squash: 1.0,
        profile: Profile::Soft,
        color: color * 1.15,
        alpha: 0.92 * drawn_out * fade(head, middle, size),
        glows: false,
        depth,
    };
    Some(sprite.defocused(&air.view, air.focus_m))
}

fn grain(fall: &Precipitation, air: &Air, size: f32, middle: Vec3, dice: [f32; 4]) -> Option<Sprite> {
    let gust = 0.7 + 0.6 * dice[3];
    let velocity = Vec3::new(fall.wind.x * gust, -0.25, fall.wind.z * gust);
    let head = place(dice, velocity, size, middle, air.clock);
    let (to, depth) = air.view.project(head)?;
    let (from, _) = air.view.project(head - velocity * air.shutter_secs)?;
    if outside(&air.view, to) || depth < 0.4 {
        return None;
    }
    let light = air.surround.at(to) * 1.1 + air.surround.mean * 0.5;
    let color = Vec3::new(1.3, 0.97, 0.62) * luminance(light.to_array());
    let sprite = Sprite {
        from,
        to,
        radius: (0.0012 + 0.002 * dice[3] * dice[3]) * air.view.scale(depth),
        squash: 1.0,
        profile: Profile::Soft,
        color,
        alpha: 0.3 * fade(head, middle, size),
        glows: false,
        depth,
    };
    Some(sprite.defocused(&air.view, air.focus_m))
}

fn outside(view: &View, p: Vec2) -> bool {
    let margin = 30.0 * view.unit();
    p.x < -margin || p.y < -margin || p.x > view.width as f32 + margin || p.y > view.height as f32 + margin
}
