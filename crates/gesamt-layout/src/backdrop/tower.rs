//! Far towers: a core of glass behind floors and piers, in tiers, with what stands on the roof. Cheap relief that reads as a
//! house of many storeys from sixty metres on.

use gesamt_mesh::shapes::{blob, cone, cylinder, sphere};
use gesamt_mesh::shapes2::{beam, rod};
use gesamt_world::Rng;
use glam::{Vec2, Vec3};

use super::odd_tower::{ringed, works, wrecked};
use crate::pen::Pen;

/// Height of a storey, in metres.
pub(super) const STOREY_M: f32 = 3.8;
/// How far a tower reaches below its foot, for cities that lie below the eye.
const ROOT_M: f32 = 40.0;
/// How far the glass lies behind the face of the floors.
const RECESS_M: f32 = 0.45;

/// How a tower is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// Bands of glass between floors.
    Banded,
    /// Windows between piers and floors.
    Gridded,
    /// Piers that run up into a stepped crown.
    Piered,
    /// Ring over ring, with gardens where there is green.
    Ringed,
    /// Terraces that step back under gardens.
    Planted,
    /// Burnt out: floors, columns and what is left of the front.
    Wrecked,
    /// A works: halls with saw-toothed roofs, stacks and tanks.
    Works,
}

/// What a tower is drawn with.
#[derive(Clone, Debug)]
pub(super) struct Coat {
    pub wall: u32,
    pub trim: u32,
    pub glass: u32,
    pub green: Option<u32>,
    pub metal: u32,
    pub signs: Vec<u32>,
    pub lit: Vec<u32>,
    /// Light on the top after dark.
    pub beacon: Option<u32>,
    /// Share of windows that are lit.
    pub lit_share: f32,
}

/// A part of a tower between two heights over a rectangle about its axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tier {
    pub low: f32,
    pub high: f32,
    pub half: Vec2,
}

impl Tier {
    /// Number of storeys.
    pub fn floors(&self) -> u32 {
        ((self.high - self.low) / STOREY_M).round().max(1.0) as u32
    }

    /// Height of a floor.
    pub fn level(&self, floor: u32) -> f32 {
        self.low + (self.high - self.low) * floor as f32 / self.floors() as f32
    }
}

/// Draws a tower about the origin: `size` is its width, height and depth in metres.
pub(super) fn tower(pen: &mut Pen, coat: &Coat, habit: Habit, size: Vec3, rng: &mut Rng) {
    let half = Vec2::new(0.5 * size.x, 0.5 * size.z);
    slab(pen, coat.wall, -ROOT_M, 0.3, half);
    match habit {
        Habit::Ringed => ringed(pen, coat, size, rng),
        Habit::Wrecked => wrecked(pen, coat, Tier { low: 0.0, high: size.y, half }, rng),
        Habit::Works => works(pen, coat, size, rng),
        _ => tiered(pen, coat, habit, size.y, half, rng),
    }
}

/// Shares of the height and of the width of the tiers.
fn steps(habit: Habit, rng: &mut Rng) -> &'static [(f32, f32)] {
    const PLAIN: [&[(f32, f32)]; 3] = [&[(1.0, 1.0)], &[(0.14, 1.25), (0.86, 0.95)], &[(0.66, 1.0), (0.34, 0.72)]];
    match habit {
        Habit::Piered => &[(0.58, 1.0), (0.2, 0.78), (0.13, 0.56), (0.09, 0.36)],
        Habit::Planted => &[(0.36, 1.0), (0.26, 0.82), (0.22, 0.64), (0.16, 0.46)],
        _ => PLAIN[rng.below(PLAIN.len())],
    }
}

fn tiered(pen: &mut Pen, coat: &Coat, habit: Habit, height: f32, half: Vec2, rng: &mut Rng) {
    let mut low = 0.0;
    let mut top = Tier { low, high: low, half };
    for &(share, width) in steps(habit, rng) {
        top = Tier { low, high: low + share * height, half: half * width };
        storeys(pen, coat, habit, top, rng);
        if habit == Habit::Planted {
            garden(pen, coat, top, rng);
        }
        low = top.high;
    }
    crown(pen, coat, habit, top, height, rng);
    if !coat.signs.is_empty() {
        advertise(pen, coat, Tier { low: 0.0, high: height, half }, rng);
    }
}

/// A box about the axis between two heights.
pub(super) fn slab(pen: &mut Pen, material: u32, low: f32, high: f32, half: Vec2) {
    pen.mat(material).block(Vec3::new(-half.x, low, -half.y), Vec3::new(half.x, high, half.y), 0.0);
}

/// Glass, floors, piers and lit windows of a tier.
pub(super) fn storeys(pen: &mut Pen, coat: &Coat, habit: Habit, tier: Tier, rng: &mut Rng) {
    slab(pen, coat.glass, tier.low, tier.high, tier.half - Vec2::splat(RECESS_M));
    // Thickness of a floor with its parapet, and how far it stands back behind the piers.
    let (thick, back) = match habit {
        Habit::Banded => (1.7, 0.0),
        Habit::Piered => (1.3, 0.3),
        Habit::Planted => (0.7, -0.5),
        _ => (1.0, 0.12),
    };
    for floor in 0..=tier.floors() {
        let y = tier.level(floor);
        slab(pen, coat.wall, y - 0.5 * thick, y + 0.5 * thick, tier.half - Vec2::splat(back));
    }
    slab(pen, coat.trim, tier.high - 0.2, tier.high + 1.0, tier.half + Vec2::splat(0.25));
    let every = match habit {
        Habit::Banded => 8.0,
        Habit::Piered => 2.6,
        Habit::Planted => 6.0,
        _ => 3.3,
    };
    piers(pen, coat.wall, tier, every);
    if habit == Habit::Gridded {
        stacks(pen, coat, tier, every, rng);
    }
    windows(pen, coat, tier, every.min(4.0), rng);
}

/// Columns of the front that are closed by a wall or carry balconies over one another.
fn stacks(pen: &mut Pen, coat: &Coat, tier: Tier, every: f32, rng: &mut Rng) {
    let n = (2.0 * tier.half.x / every).round().max(1.0) as u32;
    for column in 0..n {
        let x = |t: f32| -tier.half.x + 2.0 * tier.half.x * (column as f32 + t) / n as f32;
        let roll = rng.unit();
        if roll < 0.16 {
            let front = tier.half.y - 0.05;
            let (low, high) = (Vec3::new(x(0.0), tier.low, front - 0.5), Vec3::new(x(1.0), tier.high, front));
            pen.mat(coat.wall).block(low, high, 0.0);
        } else if roll < 0.5 {
            for floor in 1..tier.floors() {
                let (y, deep) = (tier.level(floor), tier.half.y + 1.3);
                pen.mat(coat.trim).block(
                    Vec3::new(x(0.04), y - 0.35, tier.half.y - 0.3),
                    Vec3::new(x(0.96), y - 0.1, deep),
                    0.0,
                );
                pen.mat(coat.wall).block(
                    Vec3::new(x(0.04), y - 0.1, deep - 0.16),
                    Vec3::new(x(0.96), y + 0.95, deep),
                    0.0,
                );
            }
        }
    }
}

/// Upright piers on the front and the sides of a tier.
fn piers(pen: &mut Pen, material: u32, tier: Tier, every: f32) {
    let r = 0.32;
    pen.mat(material);
    let mut pier = |x: f32, z: f32| {
        pen.block(Vec3::new(x - r, tier.low, z - r), Vec3::new(x + r, tier.high + 0.6, z + r), 0.0);
    };
    let n = (2.0 * tier.half.x / every).round().max(1.0) as u32;
    for i in 0..=n {
        pier(-tier.half.x + 2.0 * tier.half.x * i as f32 / n as f32, tier.half.y);
    }
    let n = (2.0 * tier.half.y / every).round().max(1.0) as u32;
    for i in 0..n {
        let z = -tier.half.y + 2.0 * tier.half.y * i as f32 / n as f32;
        pier(-tier.half.x, z);
        pier(tier.half.x, z);
    }
}

/// Lit windows on the front and the sides.
fn windows(pen: &mut Pen, coat: &Coat, tier: Tier, every: f32, rng: &mut Rng) {
    /// Share of the windows of a lived-in tower that a far light is worth.
    const DRAWN: f32 = 0.8;
    if coat.lit.is_empty() || coat.lit_share < 0.01 {
        return;
    }
    let glass = tier.half - Vec2::splat(RECESS_M - 0.06);
    let columns = (2.0 * tier.half.x / every).round().max(1.0) as u32;
    for floor in 0..tier.floors() {
        let (y0, y1) = (tier.level(floor) + 0.8, tier.level(floor + 1) - 0.8);
        for column in 0..columns {
            if !rng.chance(DRAWN * coat.lit_share) {
                continue;
            }
            let Some(&pane) = rng.pick(&coat.lit) else { continue };
            let x0 = -tier.half.x + 2.0 * tier.half.x * column as f32 / columns as f32 + 0.4;
            let x1 = x0 + 2.0 * tier.half.x / columns as f32 - 0.8;
            pen.mat(pane).quad([
                Vec3::new(x0, y0, glass.y),
                Vec3::new(x1, y0, glass.y),
                Vec3::new(x1, y1, glass.y),
                Vec3::new(x0, y1, glass.y),
            ]);
            if rng.chance(0.5) {
                let side = if rng.chance(0.5) { 1.0f32 } else { -1.0 };
                let (f, depth) = (side * glass.x, tier.half.y / tier.half.x);
                let (za, zb) = if side > 0.0 { (x1, x0) } else { (x0, x1) };
                let at = |y: f32, z: f32| Vec3::new(f, y, depth * z);
                pen.quad([at(y0, za), at(y0, zb), at(y1, zb), at(y1, za)]);
            }
        }
    }
}

/// Hedges along the edge of a terrace, and along every other floor below it.
fn garden(pen: &mut Pen, coat: &Coat, tier: Tier, rng: &mut Rng) {
    let Some(green) = coat.green else { return };
    pen.mat(green).crease(80.0);
    let mut floor = tier.floors();
    loop {
        let y = tier.level(floor) + 0.9;
        for k in 0..12 {
            let t = (k as f32 + rng.unit()) / 12.0;
            let at = match k % 4 {
                0 | 2 => Vec3::new(tier.half.x * (2.0 * t - 1.0), y, tier.half.y),
                1 => Vec3::new(tier.half.x, y, tier.half.y * (2.0 * t - 1.0)),
                _ => Vec3::new(-tier.half.x, y, tier.half.y * (2.0 * t - 1.0)),
            };
            bush(pen, at, Vec3::new(rng.range(1.2, 2.4), rng.range(0.8, 1.9), 1.1));
        }
        if floor < 3 {
            break;
        }
        floor -= 2;
    }
    pen.crease(45.0);
}

/// A cushion of far foliage.
pub(super) fn bush(pen: &mut Pen, at: Vec3, half: Vec3) {
    pen.add(&blob(0, |_| 1.0).mapped(|p| p * half).at(at.x, at.y, at.z));
}

/// What stands on the roof.
pub(super) fn crown(pen: &mut Pen, coat: &Coat, habit: Habit, tier: Tier, height: f32, rng: &mut Rng) {
    let y = tier.high + 0.8;
    let half = tier.half;
    match habit {
        Habit::Piered => {
            pen.mat(coat.metal).add(&cone(0.7 * half.min_element(), 0.15, 0.1 * height, 8).at(0.0, y, 0.0));
            mast(pen, coat, Vec3::new(0.0, y + 0.08 * height, 0.0), 0.08 * height);
            return;
        }
        Habit::Planted => {
            if let Some(green) = coat.green {
                pen.mat(green).crease(80.0);
                for _ in 0..4 {
                    let at = Vec3::new(rng.signed() * half.x * 0.7, y + 1.6, rng.signed() * half.y * 0.7);
                    bush(pen, at, Vec3::splat(rng.range(1.5, 2.6)));
                }
                pen.crease(45.0);
            }
            turbine(pen, coat, Vec3::new(0.4 * half.x, y, 0.0), 9.0);
            return;
        }
        _ => {}
    }
    // The lift house, the plant, a tank and masts.
    let house = Vec2::new(rng.range(0.35, 0.6) * half.x, rng.range(0.35, 0.6) * half.y);
    let rise = rng.range(3.0, 6.5);
    pen.mat(coat.wall).placed(Vec3::new(rng.signed() * 0.3 * half.x, y, 0.0), 0.0, |p| {
        p.block(Vec3::new(-house.x, -1.0, -house.y), Vec3::new(house.x, rise, house.y), 0.0);
        p.mat(coat.trim).block(
            Vec3::new(-house.x - 0.3, rise - 0.4, -house.y - 0.3),
            Vec3::new(house.x + 0.3, rise, house.y + 0.3),
            0.0,
        );
    });
    pen.mat(coat.metal);
    for _ in 0..3 {
        let (x, z, s) = (rng.signed() * 0.75 * half.x, rng.signed() * 0.75 * half.y, rng.range(0.8, 1.8));
        pen.block(Vec3::new(x - s, y - 1.0, z - s), Vec3::new(x + s, y + 1.4 * s, z + s), 0.0);
    }
    if rng.chance(0.45) {
        let at = Vec3::new(rng.signed() * 0.5 * half.x, y, 0.5 * half.y);
        pen.add(&cylinder(1.7, 3.4, 12, 0.0).at(at.x, at.y + 2.0, at.z));
        pen.add(&cone(1.9, 0.1, 1.3, 12).at(at.x, at.y + 5.4, at.z));
        for (dx, dz) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
            pen.add(&rod(at + Vec3::new(dx, -1.0, dz), at + Vec3::new(dx, 2.1, dz), 0.14, 4));
        }
    }
    for _ in 0..rng.below(3) {
        let at = Vec3::new(rng.signed() * 0.5 * half.x, y + rise - 1.0, rng.signed() * 0.3 * half.y);
        mast(pen, coat, at, rng.range(0.08, 0.2) * height);
    }
}

/// An aerial with cross bars and a light.
pub(super) fn mast(pen: &mut Pen, coat: &Coat, foot: Vec3, length: f32) {
    let top = foot + Vec3::Y * length;
    pen.mat(coat.metal).add(&rod(foot, top, 0.2, 5));
    for t in [0.45f32, 0.65, 0.82] {
        let (p, arm) = (foot.lerp(top, t), Vec3::X * (1.5 * (1.05 - t)));
        pen.add(&rod(p - arm, p + arm, 0.1, 4));
    }
    if let Some(beacon) = coat.beacon {
        pen.mat(beacon).add(&sphere(0.4, 4, 6).at(top.x, top.y, top.z));
    }
}

/// A wind turbine with three blades.
fn turbine(pen: &mut Pen, coat: &Coat, foot: Vec3, height: f32) {
    let hub = foot + Vec3::new(0.0, height, 0.4);
    pen.mat(coat.trim).add(&rod(foot, hub, 0.22, 6));
    for k in 0..3 {
        let a = 0.5 + k as f32 * std::f32::consts::TAU / 3.0;
        pen.add(&beam(hub, hub + Vec3::new(a.cos(), a.sin(), 0.0) * 0.55 * height, Vec2::new(0.4, 0.1), 0.0));
    }
}

/// Boards and lines of light on the front of a tower.
fn advertise(pen: &mut Pen, coat: &Coat, tier: Tier, rng: &mut Rng) {
    let front = tier.half.y + 0.5;
    let pick = |rng: &mut Rng| coat.signs[rng.below(coat.signs.len())];
    for _ in 0..1 + rng.below(3) {
        let upright = rng.chance(0.6);
        let w = if upright { rng.range(1.3, 2.2) } else { rng.range(3.0, 0.7 * tier.half.x + 3.0) };
        let h = if upright { rng.range(8.0, 20.0) } else { rng.range(2.0, 5.0) };
        let x = rng.signed() * (tier.half.x - w).max(0.0);
        let y = rng.range(0.18, 0.8) * (tier.high - h);
        pen.mat(coat.metal).block(
            Vec3::new(x - w - 0.3, y - 0.3, front - 0.6),
            Vec3::new(x + w + 0.3, y + h + 0.3, front + 0.3),
            0.0,
        );
        let f = front + 0.36;
        pen.mat(pick(rng)).quad([
            Vec3::new(x - w, y, f),
            Vec3::new(x + w, y, f),
            Vec3::new(x + w, y + h, f),
            Vec3::new(x - w, y + h, f),
        ]);
    }
    // Plant that grew out of the front.
    pen.mat(coat.metal);
    for _ in 0..9 {
        let side = if rng.chance(0.5) { 1.0f32 } else { -1.0 };
        let (x, y, s) =
            (side * tier.half.x * rng.range(0.5, 1.0), rng.range(0.1, 0.9) * tier.high, rng.range(0.7, 1.9));
        pen.block(Vec3::new(x - s, y, front - 1.6), Vec3::new(x + s, y + 1.5 * s, front + 0.6 * s), 0.0);
    }
}

#[cfg(test)]
mod tests {
    use gesamt_world::Seed;

    use super::*;

    #[test]
    fn every_tower_is_cheap_and_stands_as_high_as_asked() {
        const ALL: [Habit; 7] =
            [Habit::Banded, Habit::Gridded, Habit::Piered, Habit::Ringed, Habit::Planted, Habit::Wrecked, Habit::Works];
        let coat = Coat {
            wall: 0,
            trim: 1,
            glass: 2,
            green: Some(3),
            metal: 4,
            signs: vec![5],
            lit: vec![6],
            beacon: Some(7),
            lit_share: 0.5,
        };
        for (k, habit) in ALL.into_iter().enumerate() {
            let mut pen = Pen::new(0);
            tower(&mut pen, &coat, habit, Vec3::new(20.0, 90.0, 18.0), &mut Seed(3).index(k as u64).rng());
            let (mesh, _) = pen.finish();
            let bounds = mesh.bounds();
            assert!(mesh.triangles.len() < 9000, "{habit:?}: {} triangles", mesh.triangles.len());
            assert!(bounds.max.y > 60.0 && bounds.max.y < 140.0, "{habit:?}: {}", bounds.max.y);
            assert!(bounds.min.y < 0.0 && mesh.positions.iter().all(|p| p.is_finite()), "{habit:?}");
        }
    }
}
