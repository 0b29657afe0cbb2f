//! Market stalls in two rows: trestles under striped awnings, tents, parasols over baskets, cloth on lines; with goods in
//! heaps and a lamp under each roof.

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{blob, cone, cylinder, slab, standing_box};
use gesamt_mesh::shapes2::rod;
use gesamt_world::{LinearRgb, MaterialKind, Rng};
use glam::{Vec2, Vec3};
use std::f32::consts::TAU;

use super::Plan;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage, pose};

/// Half the width of a stall, half its depth, and the heights of its table, eaves and ridge, in metres.
const HALF_M: f32 = 1.15;
const DEEP_M: f32 = 0.7;
const TABLE_M: f32 = 0.82;
const EAVES_M: f32 = 2.05;
const RIDGE_M: f32 = 2.7;
/// Every so many-th spot is left to the world's own stalls.
const OWN_EVERY: usize = 3;
/// Stalls nearer than this would stand at the lens, in metres.
const NEAREST_M: f32 = 4.2;
/// Lamps that light their surroundings; the others only glow.
const N_LAMPS: usize = 8;
const STRIPES: u32 = 7;

/// What a stall is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Awning,
    Tent,
    Parasol,
    Cloths,
}

const KINDS: [Kind; 4] = [Kind::Awning, Kind::Tent, Kind::Parasol, Kind::Cloths];

/// Materials of one stall.
#[derive(Clone, Copy, Debug)]
struct Stuff {
    frame: u32,
    wood: u32,
    cloths: [u32; 2],
    goods: [u32; 4],
    glow: u32,
}

/// Puts stalls on most of the plan's spots for structures and leaves the rest to the slots.
pub(super) fn stalls(stage: &mut Stage, plan: &mut Plan) {
    let pieces: Vec<Piece> = (0..2 * KINDS.len()).map(|k| stall(stage, KINDS[k % KINDS.len()], k)).collect();
    let color = stage.skin.lamp_color();
    let group = if stage.skin.is_electric { LightGroup::Steady } else { LightGroup::Fire };
    let mut rng = stage.rng("stalls");
    let first = rng.below(pieces.len());
    let (mut placed, mut lamps) = (0, 0);
    let mut left = Vec::new();
    for (k, spot) in plan.structures.clone().into_iter().enumerate() {
        // Spots come in pairs on both sides; the pattern runs on along each side.
        let is_kits = (k / 2 + k % 2) % OWN_EVERY == 0;
        let near = stage.view.local(spot.at).0 < NEAREST_M;
        if is_kits || near || !stage.may_stand(spot.at, HALF_M, RIDGE_M) {
            left.push(spot);
            continue;
        }
        let foot = stage.on_ground(spot.at) + Vec3::Y * spot.lift;
        let piece = &pieces[(first + 3 * placed) % pieces.len()];
        stage.put(piece, pose(foot, spot.yaw, rng.range(0.94, 1.08)));
        stage.taken.take(spot.at, HALF_M);
        if stage.skin.lit > 0.5 && lamps < N_LAMPS {
            let out = Vec3::new(spot.yaw.sin(), 0.0, spot.yaw.cos()) * (0.3 * DEEP_M);
            stage.lamp(foot + out + Vec3::Y * (EAVES_M - 0.22), 0.08, color, 2.2 * stage.skin.lit, group);
            lamps += 1;
        }
        placed += 1;
    }
    plan.structures = left;
}

fn stuff(stage: &mut Stage, index: usize, rng: &mut Rng) -> Stuff {
    let skin = stage.skin.clone();
    let pale: LinearRgb = [0.66, 0.6, 0.48];
    let dyes = [
        skin.accent,
        mix(skin.accent, [0.32, 0.1, 0.05], 0.6),
        mix(skin.key, [0.1, 0.22, 0.16], 0.7),
        mix(skin.emissive, [0.09, 0.13, 0.3], 0.7),
    ];
    let dye = dyes[(index + rng.below(2)) % dyes.len()];
    let fruit: [LinearRgb; 6] = [
        [0.62, 0.2, 0.04],
        [0.5, 0.04, 0.03],
        [0.24, 0.36, 0.06],
        [0.66, 0.46, 0.08],
        [0.2, 0.06, 0.12],
        [0.5, 0.36, 0.2],
    ];
    let start = rng.below(fruit.len());
    let goods = [0, 1, 2, 3].map(|k| stage.tinted(MaterialKind::Plaster, fruit[(start + k) % fruit.len()], 0.92));
    let cloths = [dye, pale].map(|c| stage.tinted(MaterialKind::Fabric, c, 0.85));
    let frame = stage.kind(if skin.is_electric { MaterialKind::PaintedMetal } else { MaterialKind::WoodBeam });
    let wood = stage.kind(MaterialKind::WoodPlank);
    let group = if skin.is_electric { LightGroup::Steady } else { LightGroup::Fire };
    let glow = stage.glow(MaterialKind::Emissive, skin.lamp_color(), 1.0 + 7.0 * skin.lit, group);
    Stuff { frame, wood, cloths, goods, glow }
}

fn stall(stage: &mut Stage, kind: Kind, index: usize) -> Piece {
    let mut rng = stage.seed.child("stall").index(index as u64).rng();
    let s = stuff(stage, index, &mut rng);
    let mut pen = Pen::new(s.frame);
    let p = &mut pen;
    match kind {
        Kind::Awning => {
            posts(p, &s, [EAVES_M, RIDGE_M]);
            cover(p, &s, [Vec2::new(DEEP_M + 0.45, EAVES_M), Vec2::new(-DEEP_M, RIDGE_M)]);
            valance(p, &s, DEEP_M + 0.45);
            counter(p, &s, true);
            crates_of_goods(p, &s, TABLE_M, &mut rng);
        }
        Kind::Tent => {
            posts(p, &s, [EAVES_M, EAVES_M]);
            cover(p, &s, [Vec2::new(DEEP_M + 0.15, EAVES_M), Vec2::new(0.0, RIDGE_M)]);
            cover(p, &s, [Vec2::new(-DEEP_M - 0.15, EAVES_M), Vec2::new(0.0, RIDGE_M)]);
            valance(p, &s, DEEP_M + 0.15);
            counter(p, &s, false);
            sacks(p, &s, &mut rng);
        }
        Kind::Parasol => {
            p.mat(s.frame).add(&rod(Vec3::new(0.0, 0.0, -0.2), Vec3::new(0.0, RIDGE_M, -0.2), 0.035, 7));
            for k in 0..8 {
                let turn = |i: u32| Vec2::from_angle(TAU * i as f32 / 8.0) * 1.35;
                let (a, b) = (turn(k), turn(k + 1));
                let (tip, low) = (Vec3::new(0.0, RIDGE_M, -0.2), EAVES_M);
                let [a, b] = [a, b].map(|e| Vec3::new(e.x, low, e.y - 0.2));
                p.mat(s.cloths[k as usize % 2]).add(&slab([1, 2], 0.02, |u, v| a.lerp(b, u).lerp(tip, v)));
            }
            counter(p, &s, false);
            baskets(p, &s, &mut rng);
        }
        Kind::Cloths => {
            posts(p, &s, [EAVES_M + 0.2, EAVES_M + 0.2]);
            cloths(p, &s, &mut rng);
            counter(p, &s, false);
            bolts(p, &s, &mut rng);
        }
    }
    lamp(p, &s, EAVES_M - 0.1);
    stage.piece(pen)
}

/// Four posts, as high before and behind, with a beam between those of each pair.
fn posts(p: &mut Pen, s: &Stuff, [front, back]: [f32; 2]) {
    p.mat(s.frame);
    for (z, high) in [(DEEP_M, front), (-DEEP_M, back)] {
        for x in [-HALF_M, HALF_M] {
            p.add(&rod(Vec3::new(x, 0.0, z), Vec3::new(x, high, z), 0.045, 6));
        }
        p.add(&rod(Vec3::new(-HALF_M, high, z), Vec3::new(HALF_M, high, z), 0.035, 6));
    }
}

/// A striped cloth between a front and a back edge, each given as (z, y); it sags between.
fn cover(p: &mut Pen, s: &Stuff, [front, back]: [Vec2; 2]) {
    let reach = HALF_M + 0.16;
    for k in 0..STRIPES {
        let x = |u: f32| reach * (2.0 * (k as f32 + u) / STRIPES as f32 - 1.0);
        p.mat(s.cloths[k as usize % 2]).add(&slab([1, 3], 0.02, |u, v| {
            let edge = front.lerp(back, v);
            Vec3::new(x(u), edge.y - 0.1 * (1.0 - (2.0 * v - 1.0).powi(2)), edge.x)
        }));
    }
}

/// Pointed tongues that hang from the front edge.
fn valance(p: &mut Pen, s: &Stuff, z: f32) {
    let reach = HALF_M + 0.16;
    for k in 0..STRIPES {
        let x = |u: f32| reach * (2.0 * (k as f32 + u) / STRIPES as f32 - 1.0);
        let drop = |u: f32| 0.16 + 0.1 * (1.0 - (2.0 * u - 1.0).abs());
        p.mat(s.cloths[k as usize % 2])
            .add(&slab([2, 1], 0.015, |u, v| Vec3::new(x(u), EAVES_M - drop(u) * (1.0 - v), z)));
    }
}

/// The table; a boarded front hides its legs or a cloth hangs over it.
fn counter(p: &mut Pen, s: &Stuff, boarded: bool) {
    let (half, deep) = (HALF_M - 0.06, 0.42);
    p.mat(s.wood).block(Vec3::new(-half, TABLE_M - 0.06, 0.1 - deep), Vec3::new(half, TABLE_M, 0.1 + deep), 0.01);
    for x in [-half + 0.08, half - 0.08] {
        for z in [-0.24, 0.44] {
            p.block(Vec3::new(x - 0.04, 0.0, z - 0.04), Vec3::new(x + 0.04, TABLE_M - 0.05, z + 0.04), 0.0);
        }
    }
    if boarded {
        for k in 0..6 {
            let x = -half + 2.0 * half * k as f32 / 6.0;
            p.block(Vec3::new(x + 0.01, 0.08, 0.46), Vec3::new(x + 2.0 * half / 6.0 - 0.01, TABLE_M - 0.04, 0.49), 0.0);
        }
    } else {
        p.mat(s.cloths[0]).add(&slab([8, 3], 0.015, |u, v| {
            let fold = 0.03 * (21.0 * u).sin() * (1.0 - v);
            Vec3::new(half * (2.0 * u - 1.0), TABLE_M * v + 0.12 * (1.0 - v), 0.54 + fold)
        }));
    }
}

/// Round goods in a heap over a rectangle about `at`.
fn heap(p: &mut Pen, material: u32, at: Vec3, half: Vec2, size: f32, rng: &mut Rng) {
    p.mat(material).crease(70.0);
    for layer in 0..2 {
        let shrink = 1.0 - 0.4 * layer as f32;
        let (nx, nz) = ((half.x * shrink / size) as i32, (half.y * shrink / size) as i32);
        for i in -nx..=nx {
            for j in -nz..=nz {
                let off =
                    Vec3::new(1.9 * size * i as f32 * 0.5, 1.3 * size * layer as f32, 1.9 * size * j as f32 * 0.5);
                let jitter = Vec3::new(0.2 * rng.signed(), 0.15 * rng.unit(), 0.2 * rng.signed()) * size;
                let c = at + off + jitter;
                p.add(&blob(0, |_| size).at(c.x, c.y + 0.6 * size, c.z));
            }
        }
    }
    p.crease(45.0);
}

/// Three shallow boxes, tipped toward the buyer.
fn crates_of_goods(p: &mut Pen, s: &Stuff, y: f32, rng: &mut Rng) {
    for k in 0..3 {
        let x = 0.7 * (k as f32 - 1.0);
        let tip =
            glam::Affine3A::from_rotation_translation(glam::Quat::from_rotation_x(0.22), Vec3::new(x, y + 0.06, 0.1));
        p.with(tip, |p| {
            p.mat(s.wood).block(Vec3::new(-0.31, -0.02, -0.34), Vec3::new(0.31, 0.02, 0.34), 0.0);
            for side in [-1.0f32, 1.0] {
                p.block(Vec3::new(side * 0.31, 0.0, -0.34), Vec3::new(side * 0.29, 0.13, 0.34), 0.0);
                p.block(Vec3::new(-0.31, 0.0, side * 0.34), Vec3::new(0.31, 0.13, side * 0.32), 0.0);
            }
            heap(p, s.goods[k % 4], Vec3::Y * 0.05, Vec2::new(0.22, 0.26), 0.07, rng);
        });
    }
}

/// Sacks with rolled rims before the table and small heaps on it.
fn sacks(p: &mut Pen, s: &Stuff, rng: &mut Rng) {
    for k in 0..3 {
        let at = Vec3::new(0.66 * (k as f32 - 1.0) + 0.1 * rng.signed(), 0.0, DEEP_M + 0.18);
        let high = rng.range(0.42, 0.58);
        p.mat(s.cloths[1]).crease(70.0).add(&cone(0.2, 0.25, high, 12).at(at.x, at.y, at.z));
        p.add(&cylinder(0.27, 0.06, 12, 0.02).at(at.x, at.y + high - 0.04, at.z));
        p.mat(s.goods[k % 4]).add(&cone(0.23, 0.02, 0.15, 12).at(at.x, at.y + high, at.z)).crease(45.0);
    }
    for k in 0..2 {
        let at = Vec3::new(0.5 * (2.0 * k as f32 - 1.0), TABLE_M, 0.05);
        heap(p, s.goods[(k + 2) % 4], at, Vec2::new(0.3, 0.2), 0.08, rng);
    }
}

/// Round baskets on the table and on the ground.
fn baskets(p: &mut Pen, s: &Stuff, rng: &mut Rng) {
    for k in 0..4 {
        let on_table = k < 2;
        let x = if on_table { 0.55 * (2.0 * k as f32 - 1.0) } else { 0.5 * (2.0 * k as f32 - 5.0) };
        let at = Vec3::new(x, if on_table { TABLE_M } else { 0.0 }, if on_table { 0.1 } else { DEEP_M + 0.2 });
        p.mat(s.wood).crease(60.0).add(&cone(0.2, 0.29, 0.24, 14).at(at.x, at.y, at.z)).crease(45.0);
        heap(p, s.goods[k % 4], at + Vec3::Y * 0.17, Vec2::new(0.17, 0.17), 0.075, rng);
    }
}

/// Cloths over the lines between the posts.
fn cloths(p: &mut Pen, s: &Stuff, rng: &mut Rng) {
    for (k, z) in [(0usize, -DEEP_M), (1, -DEEP_M), (2, -DEEP_M)] {
        let x = 0.74 * (k as f32 - 1.0);
        let (half, drop) = (rng.range(0.28, 0.34), rng.range(1.0, 1.5));
        let top = EAVES_M + 0.22;
        let material = if k == 1 { s.cloths[1] } else { s.goods[k] };
        p.mat(if k == 0 { s.cloths[0] } else { material }).add(&slab([6, 6], 0.012, |u, v| {
            let fold = 0.035 * (17.0 * u + k as f32).sin() * (1.0 - v);
            Vec3::new(x + half * (2.0 * u - 1.0), top - drop * (1.0 - v), z + 0.05 + fold)
        }));
    }
}

/// Rolls of cloth in a stack on the table.
fn bolts(p: &mut Pen, s: &Stuff, rng: &mut Rng) {
    for k in 0..7 {
        let (row, column) = (k / 4, (k % 4) as f32);
        let x = 0.24 * (column - 1.5 + 0.5 * row as f32) * 1.9;
        let y = TABLE_M + 0.1 + 0.17 * row as f32;
        let material = if k % 3 == 0 { s.cloths[0] } else { s.goods[k % 4] };
        let long = rng.range(0.3, 0.38);
        p.mat(material)
            .crease(60.0)
            .add(&rod(Vec3::new(x, y, 0.1 - long), Vec3::new(x, y, 0.1 + long), 0.095, 10))
            .crease(45.0);
    }
}

/// A lantern that hangs under the roof.
fn lamp(p: &mut Pen, s: &Stuff, y: f32) {
    p.mat(s.frame).add(&rod(Vec3::new(0.0, y + 0.25, 0.3), Vec3::new(0.0, y, 0.3), 0.01, 4));
    p.add(&cone(0.11, 0.02, 0.07, 8).at(0.0, y, 0.3));
    p.mat(s.glow).add(&standing_box(Vec3::new(0.13, 0.18, 0.13), 0.03).at(0.0, y - 0.18, 0.3));
}
