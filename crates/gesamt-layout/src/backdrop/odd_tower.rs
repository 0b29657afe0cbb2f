//! Towers that are no stack of boxes: round ones, burnt-out ones, works.

use gesamt_mesh::shapes::{cone, cylinder, lathe};
use gesamt_mesh::shapes2::rod;
use gesamt_world::Rng;
use glam::{Vec2, Vec3};

use super::tower::{Coat, Habit, STOREY_M, Tier, bush, crown, mast, slab, storeys};
use crate::pen::Pen;

/// Sides of what is round.
const SIDES: u32 = 20;

/// A round tower: rings about a core that narrows upward.
pub(super) fn ringed(pen: &mut Pen, coat: &Coat, size: Vec3, rng: &mut Rng) {
    let (half, height) = (0.5 * size.x, size.y);
    let (taper, waist) = (rng.range(0.25, 0.5), rng.range(-0.14, 0.14));
    let radius = |t: f32| half * (1.0 - taper * t * t + waist * (std::f32::consts::PI * t).sin());
    let profile: Vec<Vec2> = (0..=8)
        .map(|i| i as f32 / 8.0)
        .map(|t| Vec2::new(if t == 1.0 { 0.0 } else { radius(t) - 0.8 }, height * t))
        .collect();
    pen.mat(coat.glass).crease(60.0).add(&lathe(&profile, SIDES));
    let every = if coat.green.is_some() { 1 } else { 2 };
    let n = ((height / STOREY_M) as u32).max(2);
    for floor in (0..=n).step_by(every) {
        let t = floor as f32 / n as f32;
        let (y, r) = (height * t, radius(t));
        pen.mat(coat.wall).add(&cylinder(r, 1.0, SIDES, 0.0).at(0.0, y - 0.5, 0.0));
        let Some(green) = coat.green.filter(|_| floor % 3 == 1) else { continue };
        pen.mat(green).crease(80.0);
        for k in 0..14 {
            let e = Vec2::from_angle((k as f32 + 0.6 * rng.unit()) * std::f32::consts::TAU / 14.0) * r;
            let s = rng.range(0.8, 1.5);
            bush(pen, Vec3::new(e.x, y + 0.9, e.y), Vec3::new(1.3 * s, s, 1.3 * s));
        }
        pen.crease(60.0);
    }
    // Ribs, a deck wider than the shaft, and lines of light.
    let deck = rng.range(0.62, 0.8);
    let r = 1.5 * radius(deck);
    pen.mat(coat.trim).add(&cone(0.7 * r, r, 2.6, SIDES).at(0.0, height * deck, 0.0));
    pen.add(&cylinder(r, 1.6, SIDES, 0.0).at(0.0, height * deck + 2.6, 0.0));
    if let Some(&pane) = rng.pick(&coat.lit).filter(|_| coat.lit_share > 0.01) {
        pen.mat(pane).add(&cylinder(r + 0.1, 0.5, SIDES, 0.0).at(0.0, height * deck + 3.0, 0.0));
    }
    pen.mat(coat.trim);
    for k in 0..6 {
        let e = Vec2::from_angle(k as f32 * std::f32::consts::TAU / 6.0);
        for i in 0..6 {
            let (a, b) = (i as f32 / 6.0, (i + 1) as f32 / 6.0);
            let at = |t: f32| Vec3::new(e.x * radius(t), height * t, e.y * radius(t));
            pen.add(&rod(at(a), at(b), 0.35, 4));
        }
    }
    pen.crease(45.0);
    let top = Tier { low: 0.0, high: height, half: Vec2::splat(radius(1.0)) };
    if coat.green.is_some() {
        crown(pen, coat, Habit::Planted, top, height, rng);
    } else {
        mast(pen, coat, Vec3::Y * height, 0.22 * height);
    }
}

/// Floors and columns of a burnt-out house, with parts of its front left and its top broken off.
pub(super) fn wrecked(pen: &mut Pen, coat: &Coat, tier: Tier, rng: &mut Rng) {
    let half = tier.half;
    let bays = (2.0 * half.x / 4.2).round().max(2.0) as u32;
    let n = tier.floors();
    let lean = if rng.chance(0.5) { 1.0f32 } else { -1.0 };
    let broken = (0.22 * n as f32 + 1.0) * rng.range(0.6, 1.4);
    // How many floors stand at a place across the front: a ragged slope from one corner to the other.
    let notches: Vec<f32> = (0..bays).map(|_| rng.range(-1.2, 1.2)).collect();
    let standing = |bay: u32| {
        let x = (bay as f32 + 0.5) / bays as f32 - 0.5;
        (n as f32 - broken * (0.5 + lean * x) + notches[bay as usize]).clamp(1.0, n as f32)
    };
    let x_of = |bay: u32| -half.x + 2.0 * half.x * bay as f32 / bays as f32;
    slab(pen, coat.metal, 0.0, 0.7 * tier.high, half * 0.55);
    for bay in 0..bays {
        let (x0, x1) = (x_of(bay), x_of(bay + 1));
        let top = standing(bay);
        for floor in 0..=(top as u32) {
            let y = tier.level(floor);
            pen.mat(coat.trim).block(Vec3::new(x0, y - 0.3, -half.y), Vec3::new(x1, y + 0.3, half.y - 0.4), 0.0);
            if floor < top as u32 && rng.chance(0.62) {
                let (a, b) = (if rng.chance(0.3) { 0.3 } else { 0.0 }, if rng.chance(0.35) { 0.55 } else { 0.92 });
                let rise = |t: f32| y + 0.2 + STOREY_M * t;
                pen.mat(coat.wall);
                pen.block(Vec3::new(x0, rise(0.0), half.y - 0.5), Vec3::new(x1, rise(0.38 * b), half.y), 0.0);
                pen.block(Vec3::new(x0 + a, rise(0.0), half.y - 0.45), Vec3::new(x0 + a + 1.0, rise(b), half.y), 0.0);
            }
        }
        pen.mat(coat.wall);
        let reach = tier.level(top as u32) + (top.fract() * STOREY_M);
        for (x, z) in [(x0, half.y - 0.3), (x0, -half.y + 0.4)] {
            pen.block(Vec3::new(x - 0.4, 0.0, z - 0.4), Vec3::new(x + 0.4, reach, z + 0.4), 0.0);
        }
        pen.mat(coat.metal);
        for _ in 0..2 {
            let foot = Vec3::new(rng.range(x0, x1), tier.level(top as u32), half.y - rng.range(0.5, 3.0));
            pen.add(&rod(foot, foot + Vec3::new(rng.signed() * 1.2, rng.range(1.0, 4.5), 0.3), 0.09, 4));
        }
    }
    // What is left of the side walls.
    pen.mat(coat.wall);
    for side in [-1.0f32, 1.0] {
        let top = standing(if side < 0.0 { 0 } else { bays - 1 }) as u32;
        for floor in 0..top {
            if rng.chance(0.7) {
                let (y, x) = (tier.level(floor), side * (half.x - 0.2));
                let z = half.y * rng.range(-0.9, 0.6);
                pen.block(Vec3::new(x - 0.2, y, -half.y), Vec3::new(x + 0.2, y + 0.9 * STOREY_M, z), 0.0);
            }
        }
    }
}

/// Halls with saw-toothed roofs, stacks and tanks.
pub(super) fn works(pen: &mut Pen, coat: &Coat, size: Vec3, rng: &mut Rng) {
    let half = Vec2::new(0.5 * size.x, 0.5 * size.z);
    let eaves = 0.45 * size.y;
    storeys(pen, coat, Habit::Gridded, Tier { low: 0.0, high: eaves, half }, rng);
    let teeth = (size.x / 7.0).round().max(2.0) as u32;
    for i in 0..teeth {
        let (a, b) = (size.x * i as f32 / teeth as f32 - half.x, size.x * (i + 1) as f32 / teeth as f32 - half.x);
        let tooth = [Vec2::new(a, eaves + 0.9), Vec2::new(b, eaves + 0.9), Vec2::new(a, eaves + 5.0)];
        pen.mat(coat.metal).add(&gesamt_mesh::shapes2::extrude(&tooth, size.z, 0.0));
    }
    pen.crease(60.0);
    for k in 0..1 + rng.below(3) {
        let (x, r) = (half.x * (0.7 - 0.6 * k as f32), rng.range(1.2, 1.9));
        let h = size.y * rng.range(0.9, 1.35);
        pen.mat(coat.wall).add(&cone(1.35 * r, r, h, 14).at(x, 0.0, -0.5 * half.y));
        for t in [0.55, 0.78, 0.97] {
            let girth = 1.06 * r * (1.35 - 0.35 * t);
            pen.mat(coat.trim).add(&cylinder(girth, 0.03 * h, 14, 0.0).at(x, t * h, -0.5 * half.y));
        }
    }
    pen.mat(coat.metal);
    for k in 0..2 + rng.below(2) {
        let (r, h) = (rng.range(3.0, 4.5), rng.range(8.0, 14.0));
        let x = -half.x - 5.0 - 9.5 * k as f32;
        pen.add(&cylinder(r, h, 18, 0.0).at(x, -1.0, 0.0)).add(&cone(r, 0.3, 0.3 * r, 18).at(x, h - 1.0, 0.0));
        pen.add(&rod(Vec3::new(x, h, 0.0), Vec3::new(x + 9.5, 0.6 * h, 0.0), 0.35, 6));
    }
    pen.crease(45.0);
}
