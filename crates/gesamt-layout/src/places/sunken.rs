//! What lies on the sea bed: a drowned street with its gate, and a wreck on a reef.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::LightGroup;
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{cone, sphere, tube};
use gesamt_mesh::shapes2::{beam, loft, rod};
use gesamt_world::{LinearRgb, MaterialKind};
use glam::{Affine3A, EulerRot, Quat, Vec2, Vec3};

use crate::arch::dialect;
use crate::nature::{self, Reach, strew};
use crate::pen::Pen;
use crate::stage::{Stage, pose};

/// Half the width of a drowned street.
const STREET_M: f32 = 5.6;

/// Houses along a street that the sea has taken, sunk to their sills, and the gate at its end.
pub(super) fn street(stage: &mut Stage) {
    // Nobody burns a lamp down here.
    (stage.skin.lit, stage.skin.lit_share) = (0.0, 0.0);
    let mut d = dialect(stage.world);
    d.floors = [d.floors[0].clamp(1, 3), d.floors[1].clamp(2, 4)];
    let (eye, mut rng) = (stage.view.eye(), stage.rng("drowned"));
    let mut z = 2.0f32;
    for k in 0..12u64 {
        let side = if k % 2 == 0 { -1.0f32 } else { 1.0 };
        let at = eye + Vec2::new(side * (STREET_M + rng.range(0.0, 1.6)), -z - 4.0);
        if !rng.chance(0.16) {
            let toward = Vec2::new(eye.x, at.y + rng.range(-0.6, 0.6));
            let floors = d.floors[0] + rng.below((d.floors[1] - d.floors[0] + 1) as usize) as u32;
            super::settlement::house(stage, &d, at, toward, 2, floors, stage.seed.child("drowned").index(k));
        }
        z += if side > 0.0 { 2.0 * d.bay + rng.range(0.4, 2.6) } else { 0.0 };
    }
    let stone = stage.kind(sound_stone(stage));
    let far = stage.view.point(-0.12 * stage.world.camera.subject_x.signum(), stage.hero_depth() + 12.0);
    let base = stage.on_ground(far) - Vec3::Y * 0.5;
    let mut pen = Pen::new(stone);
    super::fortress::gate_wall(&mut pen, base, 0.06, 9.0, 8.2, 3.8, 2.2);
    for s in [-1.0f32, 1.0] {
        let at = base + Vec3::new(s * 5.4, 0.0, 0.0);
        let h = if s > 0.0 { 11.0 } else { 7.4 };
        pen.crease(60.0).add(&cone(2.3, 2.0, h, 20).at(at.x, at.y, at.z)).crease(45.0);
        for k in 0..9 {
            let e = Vec2::from_angle(TAU * k as f32 / 9.0) * 2.0;
            if (k * 5) % 9 > 2 {
                let q = at + Vec3::new(e.x, h, e.y);
                pen.block(q - Vec3::new(0.4, 0.1, 0.4), q + Vec3::new(0.4, 0.8, 0.4), 0.05);
            }
        }
    }
    stage.add(pen);
    stage.taken.take(far, 6.0);
}

/// The stone of the place; corals do not build houses.
fn sound_stone(stage: &Stage) -> MaterialKind {
    match stage.world.materials.primary {
        MaterialKind::Coral | MaterialKind::Rock => MaterialKind::StoneBlock,
        kind => kind,
    }
}

/// Height of the reef that a wreck lies on.
pub(super) const REEF_M: f32 = 1.6;

/// The middle of the wreck in the plan.
pub(super) fn berth(stage: &Stage) -> Vec2 {
    stage.view.point(-0.3 * stage.world.camera.subject_x.signum(), (stage.hero_depth() + 15.0).max(21.0))
}

/// A ship on its side on a reef: planked abaft, bare ribs forward, its masts broken.
pub(super) fn wreck(stage: &mut Stage) {
    let hull = stage.kind(MaterialKind::WoodPlank);
    let bone = stage.kind(MaterialKind::WoodBeam);
    let rope = stage.tinted(MaterialKind::Fabric, [0.12, 0.12, 0.09], 0.7);
    let side = stage.world.camera.subject_x.signum();
    let at = berth(stage);
    let (s, mut rng) = (1.5, stage.rng("wreck"));
    let lie = Quat::from_euler(EulerRot::YXZ, side * 0.95 + PI, -0.1, -side * 0.42);
    let base = stage.on_ground(at) + Vec3::Y * 0.5;
    let mut pen = Pen::new(hull);
    pen.with(Affine3A::from_rotation_translation(lie, base), |p| {
        let sections: Vec<Vec<Vec3>> = (0..=9).map(|i| section(s, 0.55 + 0.45 * i as f32 / 9.0)).collect();
        p.crease(60.0).add(&loft(&sections)).crease(45.0);
        p.mat(bone);
        for i in 0..14 {
            let path = section(s * 1.01, 0.03 + 0.045 * i as f32);
            let keep = if rng.chance(0.3) { path.len() - 2 } else { path.len() };
            p.add(&tube(&path[..keep], &vec![0.1 * s; keep], 6));
        }
        p.add(&beam(Vec3::new(0.0, -s, -6.6 * s), Vec3::new(0.0, -s, 6.4 * s), Vec2::splat(0.26 * s), 0.02));
        p.add(&rod(Vec3::new(0.0, -s, -6.5 * s), Vec3::new(0.0, 2.6 * s, -7.2 * s), 0.15 * s, 8));
        p.add(&rod(Vec3::new(0.0, 2.2, -6.4) * s, Vec3::new(0.0, 3.6, -9.6) * s, 0.1 * s, 7));
        // Strakes that hold some of the ribs together.
        for v in [1usize, 2, 5, 6] {
            let path: Vec<Vec3> = (0..10).map(|i| section(s * 1.03, 0.06 + 0.042 * i as f32)[v]).collect();
            for pair in path.windows(2) {
                if rng.chance(0.75) {
                    p.add(&beam(pair[0], pair[1], Vec2::new(0.07, 0.24) * s, 0.0));
                }
            }
        }
        p.mat(hull).block(Vec3::new(-1.5, 1.25, 2.4) * s, Vec3::new(1.5, 2.7, 5.8) * s, 0.08);
        for x in [-1.0f32, -0.3, 0.4, 1.1] {
            p.mat(bone).block(Vec3::new(x - 0.22, 1.6, 2.34) * s, Vec3::new(x + 0.22, 2.2, 2.42) * s, 0.02);
        }
        p.add(&cone(0.2 * s, 0.13 * s, 6.4 * s, 9).at(0.0, 0.0, 1.6 * s));
        p.add(&rod(Vec3::new(-2.3, 4.9, 1.6) * s, Vec3::new(2.3, 5.2, 1.6) * s, 0.07 * s, 6));
        p.mat(rope);
        for x in [-1.8f32, 1.8] {
            for dz in [-0.7, 0.6] {
                p.add(&rod(Vec3::new(0.0, 6.2, 1.6) * s, Vec3::new(x, 1.5, 1.6 + dz) * s, 0.025, 4));
            }
        }
    });
    // The other mast lies over the reef.
    let foot = stage.on_ground(at + Vec2::new(-side * 4.0, 3.0)) + Vec3::Y * 0.35;
    let head = stage.on_ground(at + Vec2::new(side * 4.5, 6.5)) + Vec3::Y * 0.2;
    pen.mat(bone).add(&rod(foot, head, 0.24, 9));
    stage.add(pen);
    stage.taken.take(at, 7.0);
}

/// The outline of a hull of a size across its length at 0 (bow) to 1 (stern), from rail to rail.
fn section(s: f32, t: f32) -> Vec<Vec3> {
    let z = (t - 0.5) * 13.0 * s;
    let full = (1.0 - (2.0 * t - 1.0).abs().powf(2.6)).max(0.06).powf(0.6) * 1.9 * s;
    let sheer = 1.5 * s + 1.1 * s * (2.0 * t - 1.0).powi(2);
    [(-1.0, 1.0), (-0.97, 0.45), (-0.62, -0.55), (0.0, -1.0), (0.62, -0.55), (0.97, 0.45), (1.0, 1.0)]
        .iter()
        .map(|(u, v)| Vec3::new(u * full, if *v > 0.0 { v * sheer } else { v * s }, z))
        .collect()
}

/// Heads of coral as large as a man, in slopes to both sides of the way.
pub(super) fn heads(stage: &mut Stage, colors: [LinearRgb; 4], count: usize) {
    let mut pieces = Vec::new();
    for (k, color) in colors.into_iter().enumerate() {
        let material = stage.tinted(MaterialKind::Coral, color, 0.75);
        let seed = stage.seed.child("heads").index(k as u64).0 as u32;
        let mut pen = Pen::new(material);
        pen.crease(70.0);
        if k % 2 == 0 {
            // A family of small domes rather than a single great one.
            for i in 0..5u32 {
                let lump = gesamt_mesh::shapes::blob(3, |d| 1.0 + 0.2 * fbm(d * 1.6, 2, seed ^ i));
                let size = [0.62, 0.44, 0.36, 0.3, 0.22][i as usize];
                let off = Vec2::from_angle(2.4 * i as f32) * if i == 0 { 0.0 } else { 0.75 };
                pen.add(
                    &lump.mapped(|p| p * Vec3::new(1.1, 0.75, 1.0) * size + Vec3::Y * 0.3 * size).at(off.x, 0.0, off.y),
                );
            }
        } else {
            // Tables, one above the other.
            for i in 0..4 {
                let (r, y) = (1.25 - 0.22 * i as f32, 0.35 + 0.42 * i as f32);
                let off = Vec2::from_angle(2.4 * i as f32) * 0.28;
                let disc = gesamt_mesh::shapes::cylinder(r, 0.07, 26, 0.02)
                    .mapped(|p| p + Vec3::Y * (0.1 * p.length_squared() + 0.12 * fbm(p * 1.5, 2, seed)));
                pen.add(&disc.at(off.x, y, off.y));
                pen.add(&cone(0.3, 0.2, y + 0.2, 9).at(off.x, -0.1, off.y));
            }
        }
        pieces.push(stage.piece(pen));
    }
    strew(
        stage,
        "heads",
        &pieces,
        count,
        Reach { scale: [0.5, 1.9], bias: 1.1, ..Reach::solid(5.0, 30.0, 17.0, 0.9, 1.4) },
        |s, p| p.distance(s.hero) > 1.8,
    );
}

/// Polyps that glow a little among the corals.
pub(super) fn polyps(stage: &mut Stage, count: usize) {
    let color = stage.skin.emissive;
    let glow = stage.glow(MaterialKind::Emissive, color, 0.45, LightGroup::Steady);
    let mut pen = Pen::new(glow);
    pen.crease(70.0);
    for k in 0..9 {
        let e = Vec2::from_angle(TAU * k as f32 / 9.0) * 0.13;
        let path =
            [Vec3::new(0.4 * e.x, 0.0, 0.4 * e.y), Vec3::new(e.x, 0.16, e.y), Vec3::new(1.5 * e.x, 0.3, 1.5 * e.y)];
        pen.add(&tube(&path, &[0.022, 0.016, 0.008], 5));
        pen.add(&sphere(0.024, 4, 6).at(1.5 * e.x, 0.31, 1.5 * e.y));
    }
    let piece = stage.piece(pen);
    let mut rng = stage.rng("polyps");
    for _ in 0..count {
        let at = stage.view.point(rng.signed() * 0.9, rng.range(4.0, 15.0));
        if stage.may_stand(at, 0.25, 0.4) {
            let foot = stage.on_ground(at);
            stage.put(&piece, pose(foot, rng.range(0.0, PI), rng.range(0.35, 0.75)));
            stage.lamp(foot + Vec3::Y * 0.5, 0.1, color, 0.5, LightGroup::Steady);
            stage.taken.take(at, 0.25);
        }
    }
}

/// Kelp that stands in a grove on both sides.
pub(super) fn grove(stage: &mut Stage, count: usize) {
    let weed: Vec<_> = (0..3).map(|i| nature::kelp(stage, 7.0, 20 + i)).collect();
    let reach = Reach { scale: [0.6, 1.2], bias: 0.9, ..Reach::solid(9.0, 34.0, 18.0, 0.5, 6.0) };
    strew(stage, "grove", &weed, count, reach, |s, p| {
        let (depth, side) = s.view.local(p);
        side.abs() > 0.6 * depth * s.view.half_width && p.distance(s.hero) > 2.0 && !s.taken.in_box(p)
    });
}
