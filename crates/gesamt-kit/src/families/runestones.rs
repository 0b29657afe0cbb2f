//! Rune stones: a four-sided tapering shaft on two steps, its signs set into sunk panels that follow the slope of the faces.

use std::f32::consts::TAU;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes2::loft;
use gesamt_world::Genre;
use glam::{Quat, Vec3};

use super::build::rough;
use super::pen::{Pen, v};
use crate::style::Part;

/// The height of the whole stone for which the measures below are given, in metres.
const WHOLE: f32 = 5.3;
/// Half widths of the shaft at its foot and below its tip, its height, and the heights of the tip and of a step.
const FOOT: f32 = 0.45;
const NECK: f32 = 0.3;
const SHAFT: f32 = 4.2;
const TIP: f32 = 0.6;
const STEP: f32 = 0.25;
/// Half width and depth of the sunk panels, and where on the shaft they begin and end.
const PANEL: f32 = 0.175;
const SUNK: f32 = 0.03;
const FROM: f32 = 0.35;
const TO: f32 = 3.85;

/// A rune stone about `h` metres high.
pub(crate) fn rune_stone(p: &mut Pen, h: f32) {
    let k = h / WHOLE;
    for (i, wide) in [1.6, 1.3].into_iter().enumerate() {
        let seed = p.rng.seed();
        let (half, y) = (0.5 * wide * k, STEP * k * i as f32);
        let step = gesamt_mesh::shapes::block(v(-half, y, -half), v(half, y + STEP * k + 0.01, half), 0.035);
        p.put(Part::Stone, &rough(step, 0.012, 1.6, seed));
    }
    let seed = p.rng.seed();
    p.at(v(0.0, 2.0 * STEP * k, 0.0), 0.0, |p| {
        let shaft = rough(shaft().mapped(|q| q * k), 0.006, 3.0, seed);
        p.crease(26.0).put(Part::Main, &shaft).crease(50.0);
        for face in 0..4 {
            p.turned(Vec3::ZERO, Quat::from_rotation_y(TAU * face as f32 / 4.0), |p| runes(p, k));
        }
    });
    let (half, top) = (0.8 * k, 2.0 * STEP * k);
    p.hull(Hull::cuboid(v(-half, 0.0, -half), v(half, top, half)));
    let ring = |y: f32, s: f32| [(-s, -s), (s, -s), (s, s), (-s, s)].map(|(x, z)| v(x * k, top + y * k, z * k));
    let points = ring(0.0, FOOT).into_iter().chain(ring(SHAFT, NECK)).chain([v(0.0, top + (SHAFT + TIP) * k, 0.0)]);
    p.hull(Hull { points: points.collect() });
    p.overgrow_foot(2.0 * half, 2.0 * half);
}

/// Half width of the shaft at height `y`.
fn half_width(y: f32) -> f32 {
    FOOT + (NECK - FOOT) * y / SHAFT
}

/// The shaft at full size: four faces with a sunk panel each, closed by a pyramid.
fn shaft() -> gesamt_mesh::Shape {
    let rows = [
        (0.0, 0.0),
        (FROM, 0.0),
        (FROM + 0.025, SUNK),
        (0.5 * (FROM + TO), SUNK),
        (TO - 0.025, SUNK),
        (TO, 0.0),
        (SHAFT, 0.0),
    ];
    let mut sections: Vec<Vec<Vec3>> = rows.iter().map(|(y, sunk)| section(*y, half_width(*y), *sunk)).collect();
    // A narrow ledge, then the tip.
    sections.push(section(SHAFT + 0.02, NECK - 0.035, 0.0));
    sections.push(vec![v(0.0, SHAFT + TIP, 0.0)]);
    loft(&sections)
}

/// A square section with cut corners; the middle of each side lies `sunk` deep.
fn section(y: f32, s: f32, sunk: f32) -> Vec<Vec3> {
    let cut = s - 0.03;
    let side = [(-cut, 0.0), (-PANEL, 0.0), (-PANEL + 0.02, sunk), (PANEL - 0.02, sunk), (PANEL, 0.0), (cut, 0.0)];
    (0..4)
        .flat_map(|face| {
            let turn = Quat::from_rotation_y(TAU * face as f32 / 4.0);
            side.map(|(x, deep)| turn * v(x, y, s - deep))
        })
        .collect()
}

/// A column of runes in the panel of the face toward +Z, lying on its floor.
fn runes(p: &mut Pen, k: f32) {
    let part = match p.style.genre {
        Genre::FairyTale => Part::Glow,
        Genre::Nautical => Part::Accent,
        _ => Part::Trim,
    };
    let slope = Quat::from_rotation_x(-((FOOT - NECK) / SHAFT).atan());
    let (pitch, tall) = (0.36, 0.24);
    let n = ((TO - FROM - 0.2) / pitch) as usize;
    for i in 0..n {
        let y = FROM + 0.16 + pitch * i as f32;
        let floor = half_width(y) - SUNK;
        if p.broken(0.25) {
            continue;
        }
        p.turned(v(0.0, y * k, floor * k), slope, |p| rune(p, part, tall * k));
    }
}

/// One rune `tall` metres high: a stave with one to three twigs.
fn rune(p: &mut Pen, part: Part, tall: f32) {
    let (line, thick) = (0.13 * tall, 0.03);
    let staves = 1 + p.rng.below(2);
    for s in 0..staves {
        let x = if staves == 1 { 0.0 } else { (s as f32 - 0.5) * 0.5 * tall };
        p.chip(part, v(x, 0.0, 0.0), v(line, tall, thick));
    }
    for _ in 0..1 + p.rng.below(2) {
        let y = tall * p.rng.range(0.35, 0.85);
        let side = if p.rng.chance(0.5) { 1.0 } else { -1.0 };
        let tilt = Quat::from_rotation_z(side * p.rng.range(0.6, 0.95));
        p.turned(v(0.0, y, 0.001), tilt, |p| {
            p.chip(part, v(0.0, -0.3 * tall, 0.0), v(line, 0.55 * tall, thick - 0.002));
        });
    }
}
