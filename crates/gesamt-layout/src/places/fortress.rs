//! Walls, gate, towers and keep of a castle.

use crate::arch::lit_panes;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Stage, facing};
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{cone, cylinder};
use gesamt_mesh::shapes2::{extrude, rod};
use gesamt_world::{Genre, MaterialKind};
use glam::{Vec2, Vec3};
use std::f32::consts::{PI, TAU};

/// Height of the tallest tower against that of the front wall, the share of it that remains where the frame is low, and
/// height of a tower's roof against its radius.
const KEEP: f32 = 4.2;
const LOWEST_KEEP: f32 = 0.66;
const CAP: f32 = 2.7;

/// Where a castle stands and how large it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site {
    /// The middle of its gate in the plan.
    pub middle: Vec2,
    /// Half the length of the front wall in metres.
    pub half: f32,
    /// Height of the front wall in metres.
    pub h: f32,
    /// Thickness of the towers over the usual.
    pub grow: f32,
    /// Whether its walls come around the camera.
    pub is_court: bool,
}

impl Site {
    /// A site whose gate is `far` metres ahead and at `x` in the frame.
    pub fn new(stage: &Stage, x: f32, far: f32) -> Self {
        let grow = 0.8 + 0.5 * stage.world.layout.scale;
        Self { middle: stage.view.point(x, far), half: 22.0, h: 5.6 * grow, grow, is_court: false }
    }
}

/// Builds a castle: a front wall with its gate and towers, and the keep behind.
pub(super) fn fortress(stage: &mut Stage, site: Site) {
    let Site { middle, half, h, grow, is_court } = site;
    let skin = stage.skin.clone();
    let wall_kind = stage.world.materials.primary;
    let wall = stage.kind(wall_kind);
    let roof_color = mix(skin.accent, [0.1, 0.11, 0.16], 0.6);
    let roof = stage.tinted(MaterialKind::Shingle, roof_color, 0.5);
    let (panes, dark) = (lit_panes(stage), stage.kind(MaterialKind::LitWindow));
    let decay = stage.world.condition.decay;
    let mut pen = Pen::new(wall);
    let base = stage.on_ground(middle);
    let left = middle + Vec2::new(-half, 2.0);
    let right = middle + Vec2::new(half, -1.0);
    rampart(&mut pen, stage, left, middle + Vec2::new(-4.4, 0.0), h, decay, 3);
    rampart(&mut pen, stage, middle + Vec2::new(4.4, 0.0), right, h, decay, 4);
    if is_court {
        rampart(&mut pen, stage, stage.view.eye() + Vec2::new(-10.5, 5.0), left, h, decay, 5);
        rampart(&mut pen, stage, right, stage.view.eye() + Vec2::new(12.5, 5.0), h, decay, 6);
        stage.taken.take_box(stage.view.eye() + Vec2::new(-13.0, 5.0), left + Vec2::new(1.4, 0.0));
        stage.taken.take_box(stage.view.eye() + Vec2::new(11.0, 5.0), right + Vec2::new(2.0, 0.0));
    }
    pen.mat(wall);
    gate_wall(&mut pen, base + Vec3::Y * -0.2, 0.0, 9.0, h + 2.6, 3.2, 3.4);
    let iron = stage.kind(MaterialKind::DarkMetal);
    pen.mat(iron);
    for k in 0..7 {
        let x = base.x - 1.5 + 0.5 * k as f32;
        pen.add(&rod(Vec3::new(x, base.y + 1.9, base.z), Vec3::new(x, base.y + 4.6, base.z), 0.05, 5));
    }
    let caps = !matches!(stage.world.setting.genre, Genre::Ancient | Genre::Western) && decay < 0.75;
    let tallest = middle + Vec2::new(3.0, -20.0);
    let tip = |share: f32| share * KEEP * h + 0.9 + if caps { CAP * 2.8 * grow.sqrt() } else { 1.4 };
    // The keep is as high as the frame is.
    let room = (stage.headroom(tallest) - base.y) / tip(1.0);
    let share = room.clamp(LOWEST_KEEP, 1.0);
    stage.crown_at(Vec3::new(tallest.x, base.y + tip(share), tallest.y));
    let towers = [
        (middle + Vec2::new(-5.6, 0.6), 2.3, h + 4.5),
        (middle + Vec2::new(5.6, 0.6), 2.3, h + 4.0),
        (left, 3.0, h + 5.5),
        (right, 3.2, h + 2.5),
        (middle + Vec2::new(-9.0, -17.0), 3.4, 3.1 * share * h),
        (tallest, 2.8, KEEP * share * h),
        (middle + Vec2::new(11.0, -15.0), 2.6, 2.7 * share * h),
    ];
    for (k, (at, r, top)) in towers.into_iter().enumerate() {
        let lost = if decay > 0.5 && k % 3 == 1 { 0.6 } else { 1.0 };
        let foot = Vec3::new(at.x, base.y - 0.4, at.y);
        let cap = (caps && (k > 3 || k % 2 == 0)).then_some(roof);
        round_tower(&mut pen, foot, r * grow.sqrt(), top * lost, wall, cap.filter(|_| lost > 0.9));
        slits(&mut pen, stage, foot, r * grow.sqrt(), top * lost, &panes, dark, k as u64);
        stage.taken.take(at, r * 1.3);
    }
    // The great hall of the keep.
    let hall = Vec3::new(base.x - 1.5, base.y - 0.5, base.z - 22.0);
    pen.mat(wall).block(hall + Vec3::new(-9.0, 0.0, -6.0), hall + Vec3::new(9.0, 2.1 * h, 6.0), 0.05);
    let gable = [Vec2::new(-6.5, 0.0), Vec2::new(6.5, 0.0), Vec2::new(0.0, 7.5)];
    pen.mat(roof).placed(hall + Vec3::Y * 2.1 * h, PI / 2.0, |p| {
        p.add(&extrude(&gable, 18.5, 0.0));
    });
    for k in 0..5 {
        for row in 0..2 {
            let p = hall + Vec3::new(-7.2 + 3.3 * k as f32, 1.05 * h + 4.2 * row as f32, 6.03);
            let lit = (k + 2 * row) % 3 != 0 && stage.skin.lit_share > 0.15;
            pen.mat(if lit { panes[(k + row) % panes.len()] } else { dark });
            pen.quad([p, p + Vec3::X * 1.0, p + Vec3::new(1.0, 2.2, 0.0), p + Vec3::Y * 2.2]);
        }
    }
    stage.add(pen);
    flags(stage, base, h);
}

/// Banners over a gate.
fn flags(stage: &mut Stage, base: Vec3, h: f32) {
    if stage.world.condition.population < 0.15 && stage.world.condition.decay > 0.5 {
        return;
    }
    let cloth = stage.tinted(MaterialKind::Fabric, stage.skin.accent, 0.9);
    let torn = stage.world.condition.decay > 0.5;
    let mut pen = Pen::new(cloth);
    for x in [-3.1f32, 3.1] {
        let top = base + Vec3::new(x, h + 1.2, 1.86);
        let (w, drop) = (0.7, if torn { 2.6 } else { 4.2 });
        pen.add(&gesamt_mesh::shapes::slab([4, 8], 0.02, |u, v| {
            let y = -drop * (1.0 - v) - if v < 0.01 { 0.5 * (1.0 - (2.0 * u - 1.0).abs()) } else { 0.0 };
            top + Vec3::new((2.0 * u - 1.0) * w, y, 0.05 * (6.0 * v + 3.0 * u).sin() * (1.0 - v))
        }));
    }
    stage.add(pen);
}

/// A wall with a walk and merlons from `a` to `b` in the plan; broken where it has decayed.
pub(super) fn rampart(pen: &mut Pen, stage: &Stage, a: Vec2, b: Vec2, height: f32, decay: f32, seed: u32) {
    let length = a.distance(b);
    let yaw = facing(a, b) - PI / 2.0;
    let base = stage.ground.at(a.x, a.y).min(stage.ground.at(b.x, b.y)) - 0.3;
    pen.placed(Vec3::new(a.x, base, a.y), yaw, |p| {
        let n = (length / 1.5).ceil() as u32;
        for i in 0..n {
            let (x0, x1) = (length * i as f32 / n as f32, length * (i + 1) as f32 / n as f32);
            let ruin = (0.5 + 0.9 * fbm(Vec3::new(i as f32 * 0.35, 0.0, 0.0), 2, seed)).clamp(0.0, 1.0);
            let lost = if decay > 0.3 { (decay - 0.2) * ruin } else { 0.0 };
            let h = height * (1.0 - 0.75 * lost);
            p.block(Vec3::new(x0, 0.0, -0.9), Vec3::new(x1, h, 0.9), 0.0);
            p.block(Vec3::new(x0, 0.0, 0.8), Vec3::new(x1, 0.16 * height, 1.15), 0.04);
            if lost < 0.1 {
                p.block(Vec3::new(x0, h, 0.55), Vec3::new(x1, h + 0.7, 0.95), 0.0);
                p.block(
                    Vec3::new(x0 + 0.1, h + 0.7, 0.55),
                    Vec3::new(x0 + 0.8 * (x1 - x0) * 0.75, h + 1.35, 0.95),
                    0.03,
                );
                p.block(Vec3::new(x0, h - 0.35, 0.85), Vec3::new(x1, h - 0.1, 1.12), 0.02);
            }
        }
    });
}

/// A round tower with a crown of merlons and perhaps a pointed roof.
fn round_tower(pen: &mut Pen, at: Vec3, r: f32, h: f32, wall: u32, roof: Option<u32>) {
    pen.mat(wall).crease(60.0);
    pen.add(&cone(1.12 * r, r, h, 24).at(at.x, at.y - 0.5, at.z));
    pen.add(&cylinder(1.16 * r, 1.5, 24, 0.08).at(at.x, at.y + h - 0.6, at.z)).crease(45.0);
    for k in 0..12 {
        let a = TAU * k as f32 / 12.0;
        let corbel = Vec3::new(a.cos(), 0.0, a.sin()) * 1.1 * r;
        pen.placed(at + corbel + Vec3::Y * (h - 1.1), -a, |p| {
            p.block(Vec3::new(-0.25, 0.0, -0.16), Vec3::new(0.14, 0.6, 0.16), 0.03);
        });
        if k % 2 == 0 {
            pen.placed(at + corbel + Vec3::Y * (h + 0.8), -a, |p| {
                p.block(Vec3::new(-0.22, 0.0, -0.3 * r), Vec3::new(0.2, 0.85, 0.3 * r), 0.03);
            });
        }
    }
    if let Some(roof) = roof {
        pen.mat(roof).crease(60.0).add(&cone(1.08 * r, 0.0, CAP * r, 24).at(at.x, at.y + h + 0.9, at.z)).crease(45.0);
    }
    pen.mat(wall);
}

/// A slit or a lit window on a tower toward the camera.
fn slits(pen: &mut Pen, stage: &Stage, at: Vec3, r: f32, h: f32, panes: &[u32], dark: u32, seed: u64) {
    let mut rng = stage.seed.child("slits").index(seed).rng();
    let eye = stage.view.eye();
    for k in 0..((h / 3.2) as u32) {
        let yaw = facing(Vec2::new(at.x, at.z), eye) + rng.signed() * 0.6;
        let y = at.y + 2.6 + 3.0 * k as f32;
        let lit = rng.chance(stage.skin.lit_share * 0.9);
        pen.mat(if lit { panes[rng.below(panes.len())] } else { dark });
        pen.placed(Vec3::new(at.x, y, at.z), yaw, |p| {
            let z = r * 1.1 + 0.02;
            let (w, t) = (0.2, 1.15);
            p.quad([Vec3::new(-w, 0.0, z), Vec3::new(w, 0.0, z), Vec3::new(w, t, z), Vec3::new(-w, t, z)]);
        });
    }
}

/// A wall with a pointed or round gateway facing the camera.
pub(super) fn gate_wall(pen: &mut Pen, at: Vec3, yaw: f32, width: f32, height: f32, gate: f32, deep: f32) {
    pen.placed(at, yaw, |p| {
        let (w, g) = (0.5 * width, 0.5 * gate);
        let spring = 0.9 * gate;
        let mut outline = vec![Vec2::new(-w, -0.5), Vec2::new(-g, -0.5)];
        outline
            .extend((0..=10).map(|i| PI - PI * i as f32 / 10.0).map(|a| Vec2::new(g * a.cos(), spring + g * a.sin())));
        outline.extend([Vec2::new(g, -0.5), Vec2::new(w, -0.5), Vec2::new(w, height), Vec2::new(-w, height)]);
        p.add(&extrude(&outline, deep, 0.0));
        for i in 0..11 {
            let a = PI * (i as f32 + 0.5) / 11.0;
            let c = Vec3::new(a.cos() * (g + 0.25), spring + a.sin() * (g + 0.25), 0.5 * deep + 0.02);
            p.with(glam::Affine3A::from_rotation_translation(glam::Quat::from_rotation_z(a), c), |p| {
                p.block(Vec3::new(-0.26, -0.2, -0.1), Vec3::new(0.26, 0.2, 0.09), 0.02);
            });
        }
    });
}
