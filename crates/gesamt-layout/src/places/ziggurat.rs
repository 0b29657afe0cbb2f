//! The stepped pyramid: tiers, a flight of steps between side walls, and a shrine on top.

use std::f32::consts::FRAC_PI_2;

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes2::extrude;
use gesamt_world::MaterialKind;
use glam::{Affine3A, Quat, Vec2, Vec3};

use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;

const N_TIERS: usize = 6;
/// Half the width of the lowest tier, how much narrower each is than the one below, and its height, at scale 1, in metres.
const LOWEST_M: f32 = 14.0;
const INSET_M: f32 = 2.1;
const TIER_M: f32 = 2.3;
/// How far the middle of the pyramid is behind its front, at scale 1.
const BACK_M: f32 = 12.0;
/// Height of the shrine with its roof, in metres.
const SHRINE_M: f32 = 4.9;
/// Half the width of the flight, width and height of its side walls, and rise of a step, in metres.
const FLIGHT_M: f32 = 2.4;
const CHEEK_M: f32 = 0.8;
const CHEEK_HIGH_M: f32 = 0.75;
const RISE_M: f32 = 0.46;
/// How far a tread reaches over its riser: the shadow below it is what tells steps from a ramp.
const NOSING_M: f32 = 0.14;
/// The pyramid is made lower down to this share of its height so that the frame does not cut its shrine.
const LOWEST_SHARE: f32 = 0.55;

/// Sizes of a pyramid.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// Scale of its plan.
    grow: f32,
    /// Height of a tier in metres.
    tier: f32,
}

impl Form {
    /// The height of the topmost terrace.
    fn top(&self) -> f32 {
        N_TIERS as f32 * self.tier
    }

    /// How far before the pyramid's middle the flight is at a height.
    fn flight_z(&self, y: f32) -> f32 {
        self.grow * (LOWEST_M + INSET_M - INSET_M * y / self.tier) + 0.3
    }
}

/// A stepped pyramid with a stair and a shrine; the front of its lowest tier is near `base`.
pub(super) fn ziggurat(stage: &mut Stage, base: Vec3) {
    let grow = 0.85 + 0.4 * stage.world.layout.scale;
    let middle = base - Vec3::Z * BACK_M * grow;
    let wanted = N_TIERS as f32 * TIER_M * grow;
    let room = stage.headroom(Vec2::new(middle.x, middle.z + 3.0)) - base.y - SHRINE_M;
    let form = Form { grow, tier: TIER_M * grow * (room / wanted).clamp(LOWEST_SHARE, 1.0) };
    let stone = stage.kind(stage.world.materials.primary);
    let trim = stage.kind(stage.world.materials.secondary);
    let tread = stage.trodden(stage.world.materials.primary);
    let riser = stage.tinted(stage.world.materials.primary, mix(stage.skin.shadow, [0.12, 0.1, 0.08], 0.7), 0.55);
    let mut pen = Pen::new(stone);
    pen.placed(middle, 0.0, |p| {
        for k in 0..N_TIERS {
            let (r, y) = ((LOWEST_M - INSET_M * k as f32) * grow, form.tier * k as f32);
            p.mat(stone).block(Vec3::new(-r, y - 0.5, -r), Vec3::new(r, y + form.tier, r), 0.08);
            let lip = r + 0.15;
            let high = y + form.tier;
            p.mat(trim).block(Vec3::new(-lip, high - 0.4, -lip), Vec3::new(lip, high - 0.1, lip), 0.04);
        }
    });
    pen.placed(middle, 0.0, |p| flight(p, form, [tread, riser, stone, trim]));
    let dark = stage.tinted(MaterialKind::Obsidian, [0.01; 3], 0.9);
    let fire = stage.glow(MaterialKind::LitWindow, [1.0, 0.5, 0.18], 1.4 * stage.skin.lit, LightGroup::Fire);
    let opening = if stage.skin.lit > 0.3 { fire } else { dark };
    pen.placed(middle + Vec3::Y * form.top(), 0.0, |p| shrine(p, grow, [stone, trim, opening]));
    stage.add(pen);
    let shrine_front = middle + Vec3::new(0.0, form.top(), 2.0 * grow);
    stage.crown_at(shrine_front + Vec3::Y * SHRINE_M);
    if stage.skin.lit > 0.5 {
        stage.lamp(shrine_front + Vec3::new(0.0, 1.6, 1.2), 0.2, [1.0, 0.5, 0.18], 9.0, LightGroup::Fire);
    }
    let foot = form.flight_z(0.0) + 0.5;
    let half = FLIGHT_M + CHEEK_M;
    stage.taken.take_box(Vec2::new(middle.x - half, middle.z), Vec2::new(middle.x + half, middle.z + foot));
}

/// Steps with overhanging treads between side walls, with a block at the foot of each; `mats` are of the treads, the
/// risers, the side walls and their copings.
fn flight(p: &mut Pen, form: Form, mats: [u32; 4]) {
    let [tread, riser, wall, coping] = mats;
    let n = (form.top() / RISE_M).round().max(1.0);
    let rise = form.top() / n;
    for k in 0..n as u32 {
        let (low, high) = (rise * k as f32, rise * (k + 1) as f32);
        let z = form.flight_z(low);
        let back = form.flight_z(high) - 0.3;
        p.mat(riser).block(
            Vec3::new(-FLIGHT_M, low - 0.4, back - 1.0),
            Vec3::new(FLIGHT_M, high - 0.1, z - NOSING_M),
            0.0,
        );
        p.mat(tread).block(Vec3::new(-FLIGHT_M, high - 0.16, back), Vec3::new(FLIGHT_M, high, z), 0.02);
    }
    let (front, back) = (form.flight_z(0.0) + 0.3, form.flight_z(form.top()) - 0.8);
    let top = form.top() + CHEEK_HIGH_M;
    let slope = |out: f32, up: f32| {
        [
            Vec2::new(front + out, -0.5),
            Vec2::new(front + out, CHEEK_HIGH_M + up),
            Vec2::new(back + 0.8 + out, top + up),
            Vec2::new(back, top + up),
            Vec2::new(back, -0.5),
        ]
    };
    // The outline is drawn in (z, y) and pushed out along x.
    let turned = |x: f32| Affine3A::from_rotation_translation(Quat::from_rotation_y(-FRAC_PI_2), Vec3::X * x);
    for side in [-1.0f32, 1.0] {
        let x = side * (FLIGHT_M + 0.5 * CHEEK_M);
        p.mat(wall).add(&extrude(&slope(0.0, 0.0), CHEEK_M, 0.04).transformed(turned(x)));
        p.mat(coping).add(
            &extrude(
                &slope(0.08, 0.16)[1..4]
                    .iter()
                    .copied()
                    .chain([Vec2::new(back, top), Vec2::new(back + 0.8, top), Vec2::new(front, CHEEK_HIGH_M)])
                    .collect::<Vec<_>>(),
                CHEEK_M + 0.16,
                0.02,
            )
            .transformed(turned(x)),
        );
        let foot = Vec3::new(x, 0.0, front + 0.1);
        p.mat(wall).block(foot + Vec3::new(-0.62, -0.5, -0.7), foot + Vec3::new(0.62, 1.25, 0.6), 0.05);
        p.mat(coping).block(foot + Vec3::new(-0.7, 1.25, -0.78), foot + Vec3::new(0.7, 1.45, 0.68), 0.04);
    }
}

/// A small house with an open door between pilasters and a heavy cornice; `mats` are of its walls, its trim and the dark
/// of its door.
fn shrine(p: &mut Pen, grow: f32, mats: [u32; 3]) {
    let [stone, trim, opening] = mats;
    let (half, front) = (3.0 * grow, 2.0 * grow);
    let wall = SHRINE_M - 1.3;
    p.mat(stone).block(Vec3::new(-half, 0.0, -half), Vec3::new(half, wall, front), 0.05);
    p.mat(opening).block(Vec3::new(-0.9, 0.0, front - 0.2), Vec3::new(0.9, 2.5, front + 0.03), 0.0);
    p.mat(trim);
    for x in [-2.3f32, -1.25, 1.25, 2.3] {
        let x = x * if x.abs() > 2.0 { grow } else { 1.0 };
        p.block(Vec3::new(x - 0.28, 0.0, front), Vec3::new(x + 0.28, wall, front + 0.3), 0.04);
    }
    p.block(Vec3::new(-1.55, 2.5, front), Vec3::new(1.55, 2.95, front + 0.36), 0.04);
    for (up, out) in [(0.0, 0.25), (0.45, 0.5)] {
        let r = half + out;
        p.block(Vec3::new(-r, wall + up, -r), Vec3::new(r, wall + up + 0.5, front + out + 0.3), 0.06);
    }
    p.mat(stone).block(Vec3::new(-half, wall + 0.95, -half), Vec3::new(half, wall + 1.3, front), 0.05);
}
