//! Drops that hit the ground: a ring that widens and a crown of droplets, at places fixed in the world.

use std::collections::BTreeMap;

use gesamt_scene::Frame;
use gesamt_world::Seed;
use glam::{IVec3, Vec2, Vec3};

use crate::falling::Air;
use crate::sprite::{Profile, Sprite};

/// Side of the cells of which each holds one splash at a time.
const CELL_M: f32 = 0.32;
/// Seconds from one splash of a cell to its next.
const PERIOD_SECS: f32 = 0.36;
const REACH_M: f32 = 16.0;

/// Appends the splashes on level ground that is seen.
pub(crate) fn sprites(frame: &Frame, intensity: f32, air: &Air, seed: Seed, out: &mut Vec<Sprite>) {
    let width = air.view.width;
    let step = (width / 426).max(2);
    let mut sites: BTreeMap<(i32, i32, i32), (f32, Vec3)> = BTreeMap::new();
    for y in (step / 2..air.view.height).step_by(step) {
        for x in (step / 2..width).step_by(step) {
            let depth = frame.depth[y * width + x];
            if depth > REACH_M || frame.normal[y * width + x][1] < 0.8 {
                continue;
            }
            let pixel = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
            let point = air.view.point(pixel, depth);
            let cell = (point / CELL_M).floor().as_ivec3();
            let center = site(cell, seed, air).0;
            let apart = Vec2::new(center.x - point.x, center.z - point.z).length();
            let nearest = sites.entry((cell.x, cell.y, cell.z)).or_insert((f32::MAX, Vec3::ZERO));
            if apart < nearest.0 {
                *nearest = (apart, Vec3::new(center.x, point.y, center.z));
            }
        }
    }
    for ((x, y, z), (apart, center)) in sites {
        let (_, age, dice) = site(IVec3::new(x, y, z), seed, air);
        // A site whose ground is hidden is left out; a heavy rain leaves few cells empty.
        if apart < 0.5 * CELL_M && dice < 0.15 + 0.75 * intensity {
            splash(center, age, dice, air, out);
        }
    }
}

/// The place, the age in 0–1 and a random number of the present splash of a cell.
fn site(cell: IVec3, seed: Seed, air: &Air) -> (Vec3, f32, f32) {
    let key = (cell.x as u32 as u64) | (cell.z as u32 as u64) << 32;
    let offset = seed.index(key).rng().unit();
    let turns = air.clock.way(1.0 / PERIOD_SECS, 1.0) + offset;
    let cycle = match air.clock.loop_secs {
        Some(length) if length > 0.0 => turns.floor().rem_euclid((length / PERIOD_SECS).round().max(1.0)),
        _ => turns.floor(),
    };
    let mut rng = seed.index(key).index(cycle as u64).rng();
    let place = Vec3::new(rng.range(0.1, 0.9), 0.0, rng.range(0.1, 0.9));
    let center = (Vec3::new(cell.x as f32, 0.0, cell.z as f32) + place) * CELL_M;
    (center, turns - turns.floor(), rng.unit())
}

fn splash(center: Vec3, age: f32, dice: f32, air: &Air, out: &mut Vec<Sprite>) {
    let Some((at, depth)) = air.view.project(center) else { return };
    let Some((above, _)) = air.view.project(center + Vec3::Y * 0.1) else { return };
    let scale = air.view.scale(depth);
    let light =
        air.surround.at(at) * 0.9 + air.surround.at(above - Vec2::new(0.0, 60.0)) * 0.5 + air.surround.mean * 0.5;
    let down = ((air.view.eye.y - center.y) / (air.view.eye - center).length().max(0.1)).clamp(0.08, 1.0);
    let near = ((REACH_M - depth) / 6.0).clamp(0.0, 1.0);
    let ring = Sprite {
        radius: (0.012 + 0.075 * age) * scale,
        squash: down,
        profile: Profile::Ring,
        color: light * 1.2,
        alpha: 0.5 * (1.0 - age) * near,
        depth: depth - 0.04,
        ..Sprite::dot(at, 1.0, light, 0.0, depth)
    };
    out.push(ring);
    // The crown lives for the first half only.
    let flight = age * 2.0;
    if flight < 1.0 {
        for k in 0..4 {
            let angle = dice * 40.0 + k as f32 * 1.7;
            let out_m = 0.035 * flight * (0.6 + 0.5 * (dice * 9.0 + k as f32).sin().abs());
            let up_m = (0.055 + 0.05 * dice)
                * 4.0
                * flight
                * (1.0 - flight)
                * (0.6 + 0.4 * (k as f32 * 2.3 + dice * 20.0).cos());
            let droplet = center + Vec3::new(out_m * angle.cos(), up_m.max(0.0), out_m * angle.sin());
            if let Some((tip, depth)) = air.view.project(droplet) {
                let radius = (0.0030 * scale).min(1.6 * air.view.unit());
                out.push(Sprite::dot(tip, radius, light * 1.4, 0.55 * near * (1.0 - 0.5 * flight), depth - 0.04));
            }
        }
    }
}
