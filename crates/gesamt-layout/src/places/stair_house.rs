//! The house at the head of a stair on a roof, and the parapet about the roof.

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cone, cylinder};
use gesamt_mesh::shapes2::rod;
use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3};
use std::f32::consts::FRAC_PI_2;

use crate::nature;
use crate::pen::Pen;
use crate::stage::Stage;

/// Half the width of the house along the edge of the roof, its depth and height, in metres.
const HALF_M: f32 = 2.1;
const DEEP_M: f32 = 2.5;
const HIGH_M: f32 = 2.75;
/// Height and thickness of the parapet, and height of the rail on it, in metres.
const PARAPET_M: f32 = 0.95;
const THICK_M: f32 = 0.35;
const RAIL_M: f32 = 0.22;
/// How far below the roof the walls of the building are drawn, in metres.
const DROP_M: f32 = -40.0;

/// Walls up to a parapet about a roof between ±`half` as far as `far` metres ahead, with a coping and a rail.
pub(super) fn parapet(stage: &mut Stage, half: f32, far: f32) {
    let wall = stage.kind(stage.world.materials.primary);
    let coping = stage.kind(stage.world.materials.secondary);
    let metal = stage.kind(MaterialKind::PaintedMetal);
    let mut pen = Pen::new(wall);
    let (out, end) = (half + THICK_M, -far - THICK_M);
    let edges = [
        (Vec2::new(-out, 6.0), Vec2::new(-half, end)),
        (Vec2::new(half, 6.0), Vec2::new(out, end)),
        (Vec2::new(-half, -far), Vec2::new(half, end)),
    ];
    for (a, b) in edges {
        pen.mat(wall).block(Vec3::new(a.x, DROP_M, a.y), Vec3::new(b.x, PARAPET_M, b.y), 0.0);
        let (low, high) = (a.min(b) - Vec2::splat(0.09), a.max(b) + Vec2::splat(0.09));
        pen.mat(coping).block(Vec3::new(low.x, PARAPET_M, low.y), Vec3::new(high.x, PARAPET_M + 0.11, high.y), 0.02);
        let middle = |t: f32| {
            let p = if (b.x - a.x).abs() < (b.y - a.y).abs() {
                Vec2::new(0.5 * (a.x + b.x), a.y + (b.y - a.y) * t)
            } else {
                Vec2::new(a.x + (b.x - a.x) * t, 0.5 * (a.y + b.y))
            };
            Vec3::new(p.x, PARAPET_M + 0.1, p.y)
        };
        pen.mat(metal);
        for k in 0..=8 {
            let foot = middle(k as f32 / 8.0);
            pen.add(&rod(foot, foot + Vec3::Y * RAIL_M, 0.02, 5));
        }
        pen.add(&rod(middle(0.0) + Vec3::Y * RAIL_M, middle(1.0) + Vec3::Y * RAIL_M, 0.028, 6));
    }
    stage.add(pen);
}

/// The house: a plinth, a recessed door under a canopy, a window, a cornice, pipes on its roof, and climbing plants where
/// they grow. It stands at the parapet on the `side` (±1) of a roof of half the width `half`, `depth` metres ahead.
pub(super) fn stair_house(stage: &mut Stage, side: f32, half: f32, depth: f32) {
    let z = stage.view.eye().y - depth;
    let foot = Vec3::new(side * (half - DEEP_M), 0.0, z);
    let mats = [
        stage.kind(stage.world.materials.primary),
        stage.kind(stage.world.materials.secondary),
        stage.tinted(MaterialKind::PaintedMetal, stage.skin.accent, 0.55),
        stage.kind(MaterialKind::DarkMetal),
    ];
    let dark = stage.kind(MaterialKind::LitWindow);
    let color = stage.skin.lamp_color();
    let glow = stage.glow(MaterialKind::Emissive, color, 0.6 + 6.0 * stage.skin.lit, LightGroup::Steady);
    let mut pen = Pen::new(mats[0]);
    // Its front is turned to the middle of the roof.
    let yaw = -side * FRAC_PI_2;
    pen.placed(foot, yaw, |p| {
        body(p, mats);
        door(p, mats, glow);
        window(p, mats, dark);
        roof_kit(p, mats);
    });
    if stage.world.condition.overgrowth > 0.25 {
        let spec = stage.skin.leaves(0.35);
        let leaf = stage.mat(spec);
        let mut rng = stage.rng("stair house");
        pen.mat(leaf);
        pen.placed(foot, yaw, |p| {
            nature::ivy(p, Vec3::new(1.5, 1.45, 0.04), Vec2::new(0.6, 1.3), true, &mut rng);
            nature::ivy(p, Vec3::new(-1.9, 2.3, 0.04), Vec2::new(0.5, 0.5), true, &mut rng);
        });
    }
    stage.add(pen);
    if stage.skin.lit > 0.5 {
        let out = Vec3::new(-side * 0.55, 2.2, 0.5);
        stage.lamp(foot + out, 0.1, color, 3.0 * stage.skin.lit, LightGroup::Steady);
    }
    let far = Vec2::new(side * half, z - HALF_M - 0.2);
    stage.taken.take_box(Vec2::new(foot.x - side * 0.9, z + HALF_M + 0.2), far);
}

/// Walls with a plinth, corner piers and a cornice.
fn body(p: &mut Pen, [wall, trim, ..]: [u32; 4]) {
    p.mat(wall).block(Vec3::new(-HALF_M, 0.0, -DEEP_M), Vec3::new(HALF_M, HIGH_M, 0.0), 0.03);
    p.mat(trim).block(Vec3::new(-HALF_M - 0.06, 0.0, -DEEP_M), Vec3::new(HALF_M + 0.06, 0.34, 0.06), 0.02);
    for x in [-HALF_M + 0.12, HALF_M - 0.12] {
        p.block(Vec3::new(x - 0.18, 0.3, -0.3), Vec3::new(x + 0.18, HIGH_M, 0.05), 0.02);
    }
    for (up, out) in [(-0.14, 0.1), (0.04, 0.22)] {
        let (low, high) = (HIGH_M + up, HIGH_M + up + 0.18);
        p.block(Vec3::new(-HALF_M - out, low, -DEEP_M), Vec3::new(HALF_M + out, high, out), 0.03);
    }
    p.mat(wall).block(Vec3::new(-HALF_M, HIGH_M + 0.2, -0.2), Vec3::new(HALF_M, HIGH_M + 0.55, 0.0), 0.02);
}

/// A door in a frame, a step before it, a canopy on stays over it and a lamp beside it.
fn door(p: &mut Pen, [_, trim, paint, iron]: [u32; 4], glow: u32) {
    let (x, half, high) = (-0.75, 0.46, 2.05);
    p.mat(iron).block(Vec3::new(x - half, 0.1, -0.1), Vec3::new(x + half, high, 0.012), 0.0);
    p.mat(trim);
    for side in [-1.0f32, 1.0] {
        let at = x + side * (half + 0.06);
        p.block(Vec3::new(at - 0.07, 0.0, -0.05), Vec3::new(at + 0.07, high + 0.1, 0.09), 0.01);
    }
    p.block(Vec3::new(x - half - 0.13, high, -0.05), Vec3::new(x + half + 0.13, high + 0.13, 0.1), 0.01);
    p.block(Vec3::new(x - 0.7, 0.0, 0.0), Vec3::new(x + 0.7, 0.13, 0.75), 0.02);
    p.mat(paint);
    for (low, top) in [(0.2, 0.95), (1.05, 1.95)] {
        p.block(Vec3::new(x - half + 0.06, low, 0.0), Vec3::new(x + half - 0.06, top, 0.035), 0.01);
    }
    p.mat(iron).block(Vec3::new(x + 0.3, 1.0, 0.03), Vec3::new(x + 0.36, 1.14, 0.08), 0.01);
    p.block(Vec3::new(x - 0.75, high + 0.22, 0.0), Vec3::new(x + 0.75, high + 0.28, 0.85), 0.01);
    for side in [-0.7f32, 0.7] {
        p.add(&rod(Vec3::new(x + side, high + 0.6, 0.0), Vec3::new(x + side, high + 0.27, 0.8), 0.014, 4));
    }
    p.mat(glow).add(&cylinder(0.07, 0.16, 8, 0.02).at(x + 0.78, 1.8, 0.1));
}

/// A window of four panes with a sill and a vent with slats beside it.
fn window(p: &mut Pen, [_, trim, _, iron]: [u32; 4], dark: u32) {
    let (x, half, low, high) = (0.75, 0.5, 1.0, 1.95);
    p.mat(dark).block(Vec3::new(x - half, low, -0.05), Vec3::new(x + half, high, 0.01), 0.0);
    p.mat(trim).block(Vec3::new(x - half - 0.12, low - 0.12, 0.0), Vec3::new(x + half + 0.12, low, 0.14), 0.01);
    p.block(Vec3::new(x - half - 0.08, high, 0.0), Vec3::new(x + half + 0.08, high + 0.1, 0.1), 0.01);
    for at in [x - half - 0.03, x, x + half + 0.03] {
        p.block(Vec3::new(at - 0.03, low, 0.0), Vec3::new(at + 0.03, high, 0.05), 0.0);
    }
    p.block(Vec3::new(x - half, 1.5, 0.0), Vec3::new(x + half, 1.55, 0.045), 0.0);
    p.mat(iron);
    for k in 0..6 {
        let y = 0.42 + 0.08 * k as f32;
        p.block(Vec3::new(x - 0.4, y, 0.0), Vec3::new(x + 0.4, y + 0.05, 0.05), 0.0);
    }
    p.add(&rod(Vec3::new(HALF_M - 0.45, 0.1, 0.08), Vec3::new(HALF_M - 0.45, HIGH_M, 0.08), 0.045, 8));
}

/// Vents and pipes on its roof.
fn roof_kit(p: &mut Pen, [_, trim, _, iron]: [u32; 4]) {
    let top = HIGH_M + 0.2;
    p.mat(trim).block(Vec3::new(0.4, top, -1.9), Vec3::new(1.5, top + 0.75, -0.9), 0.03);
    p.mat(iron);
    for (x, z, high) in [(-1.4, -0.9, 1.1), (-0.9, -1.4, 0.8)] {
        p.add(&rod(Vec3::new(x, top, z), Vec3::new(x, top + high, z), 0.08, 8));
        p.add(&cone(0.17, 0.03, 0.14, 10).at(x, top + high + 0.06, z));
    }
    p.add(&rod(Vec3::new(1.8, top, -0.6), Vec3::new(1.8, top + 2.1, -0.6), 0.02, 5));
    p.add(&rod(Vec3::new(1.5, top + 1.8, -0.6), Vec3::new(2.1, top + 1.8, -0.6), 0.014, 4));
}
