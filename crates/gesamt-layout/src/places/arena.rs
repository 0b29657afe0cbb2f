//! The arena: its floor with the tiers around it, the floor seen from high in the tiers, or the gate through which one enters.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::LightGroup;
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{cone, sheet, standing_box};
use gesamt_mesh::shapes2::{loft, rod};
use gesamt_world::{MaterialKind, Rng};
use glam::{Vec2, Vec3};

use super::choice::choose;
use super::common::{self, open_plan};
use super::fortress::gate_wall;
use super::{Plan, Spot};
use crate::ground::{Ground, GroundMesh, add_ground};
use crate::pen::Pen;
use crate::stage::{Stage, facing};

/// Depth of a tier and its rise over the one before.
const TIER_M: f32 = 0.95;
const RISE_M: f32 = 0.62;
/// Height of the wall about the floor.
const WALL_M: f32 = 2.2;
const N_TIERS: usize = 12;
/// Half the width of the gate and the height at which its vault springs.
const GATE_M: f32 = 2.4;
const SPRING_M: f32 = 2.3;
/// Height of the eye of one who stands in the tiers above a sitting one's.
const STANDING_M: f32 = 0.7;

/// Thickness of the arcade on the last tier.
const ARCADE_M: f32 = 1.5;
/// Where the noise of decay is above this the tiers have fallen, and so far below it the arcade is broken.
const FALLEN: f32 = 0.25;
const CRUMBLING: f32 = 0.14;

/// From where the arena is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Seen {
    Floor,
    Tiers,
    Gate,
}

/// The bowl: the middle of its floor and the floor's half axes.
#[derive(Clone, Copy, Debug)]
struct Bowl {
    center: Vec2,
    rx: f32,
    rz: f32,
}

impl Bowl {
    /// The point `r` metres outside the floor's edge at an angle.
    fn spot(&self, a: f32, r: f32, y: f32) -> Vec3 {
        Vec3::new(self.center.x + (self.rx + r) * a.cos(), y, self.center.y + (self.rz + r) * a.sin())
    }

    /// About how far outside the floor's edge a point of the plan lies.
    fn outside(&self, p: Vec2) -> f32 {
        let d = p - self.center;
        let k = (d / Vec2::new(self.rx, self.rz)).length();
        d.length() * (1.0 - 1.0 / k.max(1e-3))
    }
}

/// A ring of tiers about a floor of sand.
pub(super) fn arena(stage: &mut Stage) -> Plan {
    let seen = choose(stage, "site", &[(Seen::Floor, 0.8), (Seen::Tiers, 1.0), (Seen::Gate, 1.0)]);
    stage.aim(0.0, 0.5);
    let depth = stage.hero_depth();
    let back = match seen {
        Seen::Floor => -9.0,
        Seen::Tiers => (0.42 * depth).clamp(2.5 * TIER_M, 6.6 * TIER_M),
        Seen::Gate => (0.36 * depth).clamp(3.4, 5.6),
    };
    let (rx, rz) = (21.0, 24.0);
    let bowl = Bowl { center: stage.view.eye() + Vec2::new(0.0, -rz - back), rx, rz };
    floor(stage, bowl, seen);
    // What lies behind this depth is not built.
    let cut = match seen {
        Seen::Floor => 6.0,
        Seen::Tiers => 7.0,
        Seen::Gate => -back - 0.3,
    };
    tiers(stage, bowl, cut);
    portcullis(stage, bowl);
    match seen {
        Seen::Floor => {}
        Seen::Tiers => poles(stage, bowl),
        Seen::Gate => gate(stage, back),
    }
    let mut plan = open_plan(stage, None, 12.0, 1.0);
    along_the_wall(stage, bowl, &mut plan);
    for list in [&mut plan.props, &mut plan.structures, &mut plan.rows] {
        list.retain(|s| seen == Seen::Floor || bowl.outside(s.at) < -1.2);
    }
    // From above, what stands right below would be all that one sees; in the gate it would close the view.
    let depth = stage.hero_depth();
    for list in [&mut plan.rows, &mut plan.structures, &mut plan.lines] {
        list.retain(|s| seen == Seen::Floor || stage.view.local(s.at).0 > 1.1 * depth);
    }
    for k in 0..10 {
        let a = -PI / 2.0 + (k as f32 - 4.5) * 0.27;
        let p = bowl.spot(a, -1.2, 0.0);
        let at = Vec2::new(p.x, p.z);
        plan.lights.insert(0, Spot::new(at, facing(at, bowl.center)));
    }
    if let (Some(area), true) = (plan.scatter.as_mut(), seen != Seen::Floor) {
        area.near = back + 2.0;
    }
    plan.has_fire = true;
    common::own_lamps(stage, &plan.lights.clone(), 8, 2.0);
    plan
}

/// Spots round the floor before its wall, as seen over the sand: what is built inside an arena leans on its wall, columns
/// stand at even distances, and a gate is where fighters come in.
fn along_the_wall(stage: &Stage, bowl: Bowl, plan: &mut Plan) {
    let spot = |turn: f32, clear: f32| {
        let p = bowl.spot(turn - PI / 2.0, -clear, 0.0);
        let at = Vec2::new(p.x, p.z);
        Spot::new(at, facing(at, bowl.center))
    };
    let side = -stage.world.camera.subject_x.signum();
    // From the middle outward, the side away from the subject first.
    let turn = |k: usize| side * if k.is_multiple_of(2) { 1.0 } else { -1.0 } * (0.3 + 0.17 * (k / 2) as f32);
    plan.lines = (0..12).map(|k| spot(turn(k), 0.7)).collect();
    plan.lines_are_walls = true;
    plan.structures = (0..12).map(|k| spot(turn(k) + 0.08, 1.6)).collect();
    plan.gates = vec![spot(0.12 * side, 0.5), spot(-0.5 * side, 0.5)];
    plan.rows =
        (0..14).map(|k| spot((if k % 2 == 0 { 1.0 } else { -1.0 }) * (0.2 + 0.19 * (k / 2) as f32), 2.4)).collect();
    plan.rows_are_axis = true;
}

/// The sand, and the steps of the tiers where one stands on them.
fn floor(stage: &mut Stage, bowl: Bowl, seen: Seen) {
    let kind = match stage.world.materials.ground {
        MaterialKind::Cobblestone | MaterialKind::Asphalt | MaterialKind::Flagstone => MaterialKind::Sand,
        kind => kind,
    };
    let seed = stage.seed.child("arena").0 as u32;
    stage.set_ground(Ground::level(seed, 0.06));
    let sand = stage.kind(kind);
    add_ground(stage, GroundMesh::NEAR, move |_, _| sand);
    if seen != Seen::Tiers {
        return;
    }
    let level = Ground::level(seed, 0.06);
    stage.set_ground(Ground::new(move |x, z| {
        let r = bowl.outside(Vec2::new(x, z));
        let tier = (r / TIER_M).floor().clamp(0.0, N_TIERS as f32);
        if r < 0.0 { level.at(x, z) } else { WALL_M + RISE_M * tier }
    }));
    stage.view.camera.position.y += STANDING_M;
}

/// The tiers with their stairs, doors and the arcade that crowns them; nothing beyond `cut` metres behind the camera.
fn tiers(stage: &mut Stage, bowl: Bowl, cut: f32) {
    let wall = stage.kind(stage.world.materials.primary);
    let seat = stage.kind(stage.world.materials.secondary);
    let lip_stone = {
        let mut spec = stage.skin.of(stage.world.materials.secondary);
        spec.tint = [0.85, 0.8, 0.72];
        spec.tint_strength = 0.55;
        spec.dirt *= 0.5;
        stage.mat(spec)
    };
    let dark = stage.kind(MaterialKind::DarkMetal);
    let decay = stage.world.condition.decay;
    let seed = stage.seed.child("arena").0 as u32;
    let mut rng = stage.rng("arena");
    let mut pen = Pen::new(wall);
    let n = 64;
    let spot = |a: f32, r: f32, y: f32| bowl.spot(a, r, y);
    for k in 0..n {
        let (a, b) = (TAU * k as f32 / n as f32, TAU * (k + 1) as f32 / n as f32);
        let toward = spot(0.5 * (a + b), 0.0, 0.0) - Vec3::new(stage.view.eye().x, 0.0, stage.view.eye().y);
        if toward.z > cut {
            continue;
        }
        let ruin = fbm(Vec3::new(a.cos() * 1.5, a.sin() * 1.5, 0.0), 2, seed);
        let fallen = decay > 0.45 && ruin > FALLEN;
        let crumbling = decay > 0.45 && !fallen && ruin > FALLEN - CRUMBLING;
        let tiers = if fallen { 3 + rng.below(4) } else { N_TIERS };
        // Stairs part the seats into wedges; the crowd comes and goes through doors below them.
        let is_stair = k % 8 == 3;
        for t in 0..=tiers {
            let (r0, r1, y) = (TIER_M * t as f32, TIER_M * (t + 1) as f32 + 0.1, WALL_M + RISE_M * t as f32);
            if is_stair && t > 0 {
                pen.mat(wall);
                steps(&mut pen, [spot(a, r0, y), spot(b, r0, y)], [spot(a, r1, y), spot(b, r1, y)]);
                continue;
            }
            pen.mat(if t == 0 { wall } else { seat });
            let low = if t == 0 { -0.5 } else { y - 1.2 };
            let (inner, outer) = ([spot(a, r0, low), spot(b, r0, low)], [spot(a, r1, low), spot(b, r1, low)]);
            let up = Vec3::Y * (y - low);
            let bottom = vec![inner[0], inner[1], outer[1], outer[0]];
            let top: Vec<Vec3> = bottom.iter().map(|p| *p + up).collect();
            pen.add(&loft(&[bottom, top]));
            // The lip of the seat throws the line of shadow by which tiers are told from a wall.
            let lip = |r: f32, y: f32| [spot(a, r, y), spot(b, r, y)];
            let [front, back] = [lip(r0 - 0.17, y - 0.13), lip(r0 + 0.35, y - 0.13)];
            let under = vec![front[0], front[1], back[1], back[0]];
            let over = under.iter().map(|p| *p + Vec3::Y * 0.19).collect();
            pen.mat(if t == 0 { seat } else { lip_stone }).add(&loft(&[under, over]));
        }
        if is_stair && !fallen {
            door(&mut pen, [spot(a, 3.6, 4.0), spot(b, 3.6, 4.0)], [wall, dark]);
        }
        if !fallen {
            // An arcade crowns the last tier.
            pen.mat(wall);
            let p = spot(0.5 * (a + b), 12.6, 0.0);
            let yaw = facing(Vec2::new(p.x, p.z), bowl.center);
            gate_wall(
                &mut pen,
                Vec3::new(p.x, 9.2, p.z),
                yaw,
                spot(a, 12.6, 0.0).distance(spot(b, 12.6, 0.0)) + 0.05,
                if crumbling { rng.range(2.9, 4.6) } else { 6.2 },
                1.9,
                ARCADE_M,
            );
        }
        if crumbling {
            broken_top(&mut pen, spot(0.5 * (a + b), 12.6, 0.0), &mut rng);
        }
    }
    stage.add(pen);
}

/// Single stones that are left of a broken arcade's upper courses.
fn broken_top(pen: &mut Pen, at: Vec3, rng: &mut Rng) {
    for _ in 0..5 {
        let size = Vec3::new(rng.range(0.5, 1.1), rng.range(0.4, 1.3), rng.range(0.6, ARCADE_M));
        let x = 0.9 * rng.signed();
        pen.placed(Vec3::new(at.x, 11.6, at.z), rng.range(0.0, TAU), |p| {
            p.add(&standing_box(size, 0.06).at(x, 0.0, 0.2 * rng.signed()));
        });
    }
}

/// The bars of the gate opposite.
fn portcullis(stage: &mut Stage, bowl: Bowl) {
    let iron = stage.kind(MaterialKind::DarkMetal);
    let far = bowl.spot(-PI / 2.0 + 0.35, -0.1, 0.0);
    let mut pen = Pen::new(iron);
    for k in 0..9 {
        let x = far.x - 1.6 + 0.4 * k as f32;
        pen.add(&rod(Vec3::new(x, 0.0, far.z + 0.3), Vec3::new(x, 2.5, far.z + 0.3), 0.045, 5));
    }
    stage.add(pen);
}

/// Tall poles with pennants on the rim of the floor, for the view from above.
fn poles(stage: &mut Stage, bowl: Bowl) {
    let wood = stage.kind(MaterialKind::WoodBeam);
    let cloths = [stage.skin.accent, [0.62, 0.55, 0.4]].map(|c| stage.tinted(MaterialKind::Fabric, c, 0.85));
    let mut rng = stage.rng("poles");
    let mut pen = Pen::new(wood);
    for k in 0..22 {
        let a = TAU * (k as f32 + 0.5) / 22.0;
        let foot = bowl.spot(a, 0.45, WALL_M);
        let (depth, side) = stage.view.local(Vec2::new(foot.x, foot.z));
        // None before the eye.
        if depth < 9.0 && side.abs() < 7.0 {
            continue;
        }
        pen.mat(wood).add(&cone(0.07, 0.04, 5.2, 8).at(foot.x, foot.y - 0.1, foot.z));
        let top = foot + Vec3::Y * 5.0;
        let drop = rng.range(1.5, 2.1);
        let along = Vec3::new(-a.sin(), 0.0, a.cos());
        pen.mat(cloths[k % 2]).add(&gesamt_mesh::shapes::slab([3, 6], 0.02, |u, v| {
            let narrow = 1.0 - 0.75 * (1.0 - v);
            top + along * (0.06 + 0.75 * u) * (0.5 + 0.5 * narrow) - Vec3::Y * drop * (1.0 - v)
                + Vec3::new(a.cos(), 0.0, a.sin()) * 0.06 * (5.0 * v + 3.0 * u).sin()
        }));
    }
    stage.add(pen);
}

/// The vaulted way in, `back` metres long before the camera, with an arch and a raised portcullis at its mouth.
fn gate(stage: &mut Stage, back: f32) {
    let wall = stage.kind(stage.world.materials.primary);
    // Nobody turns an arch of beams.
    let trim = stage.kind(match stage.world.materials.secondary {
        MaterialKind::WoodBeam | MaterialKind::WoodPlank => stage.world.materials.primary,
        kind => kind,
    });
    let iron = stage.kind(MaterialKind::DarkMetal);
    let eye = stage.view.eye();
    let (near, mouth) = (eye.y + 5.0, eye.y - back);
    let point = |u: f32, inset: f32| {
        // Up the left wall, over the vault, down the right wall.
        let half = GATE_M - inset;
        match u {
            u if u < 0.25 => Vec2::new(-half, -0.3 + (SPRING_M + 0.3) * u / 0.25),
            u if u > 0.75 => Vec2::new(half, -0.3 + (SPRING_M + 0.3) * (1.0 - u) / 0.25),
            u => {
                let a = PI * (0.75 - u) / 0.5;
                Vec2::new(half * a.cos(), SPRING_M + half * a.sin())
            }
        }
    };
    let mut pen = Pen::new(wall);
    pen.crease(40.0).add(&sheet([40, 8], |u, v| {
        let p = point(u, 0.0);
        Vec3::new(eye.x + p.x, p.y, near + (mouth - near) * v)
    }));
    pen.crease(45.0);
    let high = SPRING_M + GATE_M;
    pen.block(
        Vec3::new(eye.x - GATE_M - 0.3, -0.3, near),
        Vec3::new(eye.x + GATE_M + 0.3, high + 0.5, near + 0.4),
        0.0,
    );
    for z in [mouth + 0.1, mouth + 2.2, mouth + 4.3] {
        pen.mat(trim);
        for k in 0..16 {
            let [a, b] = [k, k + 1].map(|i| point(0.2 + 0.6 * i as f32 / 16.0, 0.12));
            let at = |p: Vec2| Vec3::new(eye.x + p.x, p.y, z);
            pen.add(&gesamt_mesh::shapes2::beam(at(a), at(b), Vec2::new(0.62, 0.4), 0.03));
        }
        for s in [-1.0f32, 1.0] {
            let x = eye.x + s * (GATE_M - 0.08);
            pen.block(Vec3::new(x - 0.22, -0.3, z - 0.33), Vec3::new(x + 0.22, SPRING_M - 0.5, z + 0.33), 0.04);
        }
    }
    pen.mat(iron);
    for k in -5..=5 {
        let x = eye.x + 0.42 * k as f32;
        let y = SPRING_M + 0.62;
        pen.add(&rod(Vec3::new(x, y, mouth + 0.5), Vec3::new(x, high, mouth + 0.5), 0.045, 6));
        pen.add(&cone(0.0, 0.06, 0.22, 6).at(x, y - 0.2, mouth + 0.5));
    }
    for y in [SPRING_M + 1.0, SPRING_M + 1.6] {
        pen.block(Vec3::new(eye.x - GATE_M, y, mouth + 0.46), Vec3::new(eye.x + GATE_M, y + 0.09, mouth + 0.54), 0.0);
    }
    stage.add(pen);
    for s in [-1.0f32, 1.0] {
        stage.taken.take_box(Vec2::new(eye.x + s * (GATE_M - 0.3), near), Vec2::new(eye.x + s * 14.0, mouth - 0.4));
    }
    if stage.skin.lit > 0.5 {
        let color = stage.skin.lamp_color();
        stage.lamp(Vec3::new(eye.x, SPRING_M + 1.2, mouth + 3.0), 0.2, color, 5.0, LightGroup::Fire);
    }
}

/// Two steps up between the inner and the outer corners of a tier.
fn steps(pen: &mut Pen, inner: [Vec3; 2], outer: [Vec3; 2]) {
    for (k, rise) in [(0.0f32, -0.31f32), (0.5, 0.0)] {
        let near = [inner[0].lerp(outer[0], k), inner[1].lerp(outer[1], k)];
        let top: Vec<Vec3> = [near[0], near[1], outer[1], outer[0]].into_iter().map(|p| p + Vec3::Y * rise).collect();
        let bottom = top.iter().map(|p| *p - Vec3::Y * 1.2).collect();
        pen.add(&loft(&[bottom, top]));
    }
}

/// The door from which a stair begins: a dark opening between two jambs and a lintel of `materials[0]`.
fn door(pen: &mut Pen, [left, right]: [Vec3; 2], materials: [u32; 2]) {
    let (along, middle) = ((right - left).normalize_or(Vec3::X), 0.5 * (left + right));
    let (half, high) = (0.36 * left.distance(right), 2.2);
    let yaw = (-along.z).atan2(along.x);
    pen.placed(middle, yaw, |p| {
        p.mat(materials[1]).block(Vec3::new(-half, -1.4, -0.6), Vec3::new(half, high, 0.6), 0.0);
        p.mat(materials[0]);
        for side in [-1.0f32, 1.0] {
            let x = side * (half + 0.18);
            p.block(Vec3::new(x - 0.2, -1.4, -0.75), Vec3::new(x + 0.2, high, 0.75), 0.02);
        }
        p.block(Vec3::new(-half - 0.45, high, -0.8), Vec3::new(half + 0.45, high + 0.35, 0.8), 0.02);
    });
}
