//! The factory: a nave of machines under trusses, or a foundry under a sawtooth roof.

use std::f32::consts::FRAC_PI_2;

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::cylinder;
use gesamt_mesh::shapes2::{beam, extrude, rod};
use gesamt_world::MaterialKind;
use glam::{Vec2, Vec3};

use super::super::{Plan, lead};
use super::machines::{Works, boiler, conveyor, engine, furnace, press, robot, tank, works};
use super::shared::{
    Daylight, Hall, Manner, arch_outline, daylight, edge, far_light, gear, girder, glazing_bars, hall_plan, pendant,
    pierced_bay, pipe, railing, turn,
};
use crate::ground::{Ground, GroundMesh, add_ground};
use crate::pen::Pen;
use crate::stage::Stage;

/// A hall of machines.
pub(in super::super) fn factory(stage: &mut Stage) -> Plan {
    let grow = 0.9 + 0.4 * stage.world.layout.scale;
    let foundry = stage.world.layout.variant % 2 == 1;
    let hall = if foundry {
        Hall { half: 11.5 * grow, high: 7.5 * grow, far: 40.0 }
    } else {
        Hall { half: 9.0 * grow, high: 9.5 * grow, far: 44.0 }
    };
    let s = turn(stage);
    stage.aim(0.1 * hall.half * s, 0.72);
    let seed = stage.seed.child("hall").0 as u32;
    stage.set_ground(Ground::level(seed, 0.012));
    let floor = stage.trodden(match stage.world.materials.ground {
        kind @ (MaterialKind::Flagstone | MaterialKind::WoodPlank | MaterialKind::HullPanel) => kind,
        _ => MaterialKind::Concrete,
    });
    let cut = GroundMesh { half_width: hall.half + 2.0, ahead: hall.far + 3.0, ..GroundMesh::NEAR };
    add_ground(stage, cut, move |_, _| floor);
    let w = works(stage);
    let day = daylight(stage);
    if foundry {
        sawtooth(stage, &w, hall)
    } else {
        nave(stage, &w, hall)
    }
    end_wall(stage, &w, hall, day);
    machines(stage, &w, hall, foundry);
    gantry(stage, &w, hall);
    lamps(stage, &w, hall);
    frame(stage, &w, hall);
    floor_lines(stage, hall);
    let target = Vec3::new(stage.hero.x, 1.0, stage.hero.y);
    let from = if foundry { Vec3::new(-0.75 * s, 0.62, -0.38) } else { Vec3::new(-0.72 * s, 0.62, -0.62) };
    far_light(stage, target, from, day.color, 0.8 * day.sun);
    let mut plan = hall_plan(stage, hall, 2.2);
    plan.has_fire = true;
    plan
}

/// The track of a trolley down the hall, past the subject, and where there is electricity the lines of a walk.
fn floor_lines(stage: &mut Stage, hall: Hall) {
    let s = turn(stage);
    let (eye, hero) = (stage.view.eye(), stage.hero);
    let x = hero.x - s * 2.3;
    let at = |t: f32| Vec2::new(x, eye.y + 1.0 - (hall.far - 2.0) * t);
    let line = lead::Line { at: &at, length_m: hall.far - 2.0 };
    lead::rails(stage, &line, lead::TROLLEY_HALF_GAUGE_M, MaterialKind::Concrete);
    if stage.skin.is_electric {
        for aside in [-1.3f32, 1.3] {
            lead::paint_line(stage, &line, aside, 0.05, [0.7, 0.5, 0.1], None);
        }
    }
}

fn wall_kind(stage: &mut Stage) -> u32 {
    let kind = match stage.world.materials.primary {
        kind @ (MaterialKind::Brick
        | MaterialKind::Concrete
        | MaterialKind::CorrugatedMetal
        | MaterialKind::StoneBlock
        | MaterialKind::HullPanel) => kind,
        _ if matches!(Manner::of(stage), Manner::Sleek) => MaterialKind::HullPanel,
        _ => MaterialKind::Brick,
    };
    stage.kind(kind)
}

/// Walls of tall windows between piers, a gabled roof with an open ridge.
fn nave(stage: &mut Stage, w: &Works, hall: Hall) {
    let Hall { half, high, far } = hall;
    let wall = wall_kind(stage);
    let roof = stage.kind(MaterialKind::CorrugatedMetal);
    let modern = matches!(w.manner, Manner::Sleek | Manner::Dark | Manner::Plain);
    let mut pen = Pen::new(wall);
    let bay = 5.2;
    let n = ((far + 8.0) / bay).ceil() as i32;
    let (w_half, sill) = (1.6, 2.9);
    let spring = high - sill - w_half - 0.7;
    for side in [-1.0f32, 1.0] {
        for k in 0..n {
            let z = 8.0 - bay * (k as f32 + 0.5);
            pen.placed(Vec3::new(side * (half + 0.3), 0.0, z), FRAC_PI_2, |p| {
                p.mat(wall);
                pierced_bay(p, bay, high + 0.6, 0.6, w_half, sill, spring, false);
                p.mat(w.dark);
                glazing_bars(
                    p,
                    w_half,
                    sill,
                    spring,
                    false,
                    if modern { 3 } else { 4 },
                    if modern { 1.3 } else { 0.8 },
                    0.03,
                );
                p.mat(wall).block(
                    Vec3::new(-w_half - 0.15, sill - 0.16, -0.42),
                    Vec3::new(w_half + 0.15, sill, 0.42),
                    0.02,
                );
            });
            let z0 = z + 0.5 * bay;
            pen.mat(w.dark).block(
                Vec3::new(side * (half - 0.4), 0.0, z0 - 0.22),
                Vec3::new(side * half, high, z0 + 0.22),
                0.03,
            );
            pen.block(Vec3::new(side * (half - 0.55), 0.0, z0 - 0.35), Vec3::new(side * half, 0.6, z0 + 0.35), 0.04);
        }
    }
    pen.mat(roof);
    let ridge = 1.4;
    for side in [-1.0f32, 1.0] {
        let (a, b, c) = (
            Vec3::new(side * (half + 0.6), high, 9.0),
            Vec3::new(side * ridge, high + 3.8, 9.0),
            Vec3::Z * -(far + 10.0),
        );
        if side < 0.0 {
            pen.quad([a, b, b + c, a + c])
        } else {
            pen.quad([b, a, a + c, b + c])
        };
    }
    // The lantern over the ridge, open at its sides.
    pen.block(Vec3::new(-ridge - 0.4, high + 5.0, 9.0), Vec3::new(ridge + 0.4, high + 5.15, -far), 0.0);
    pen.mat(w.dark);
    let mut z = 8.0;
    while z > -far {
        for side in [-ridge, ridge] {
            pen.add(&beam(Vec3::new(side, high + 3.7, z), Vec3::new(side, high + 5.1, z), Vec2::splat(0.1), 0.0));
        }
        let (l, r, top) = (Vec3::new(-half, high, z), Vec3::new(half, high, z), Vec3::new(0.0, high + 4.2, z));
        for (a, b) in [(l, r), (l, top), (top, r)] {
            pen.add(&beam(a, b, Vec2::new(0.2, 0.24), 0.02));
        }
        for i in 1..8 {
            let t = i as f32 / 8.0;
            let (low, next) = (l.lerp(r, t), l.lerp(r, (i + 1) as f32 / 8.0));
            let up = if t < 0.5 { l.lerp(top, 2.0 * t) } else { top.lerp(r, 2.0 * t - 1.0) };
            pen.add(&beam(low, up, Vec2::splat(0.1), 0.0));
            pen.add(&beam(up, next, Vec2::splat(0.07), 0.0));
        }
        z -= 5.2;
    }
    stage.add(pen);
}

/// Teeth of roof along the hall: upright glass toward the light, sloping backs, on rows of columns.
fn sawtooth(stage: &mut Stage, w: &Works, hall: Hall) {
    let Hall { half, high, far } = hall;
    let s = turn(stage);
    let wall = wall_kind(stage);
    let roof = stage.kind(MaterialKind::CorrugatedMetal);
    let mut pen = Pen::new(wall);
    for side in [-1.0f32, 1.0] {
        pen.mat(wall).block(Vec3::new(side * half, -0.3, 9.0), Vec3::new(side * (half + 0.5), high + 3.4, -far), 0.0);
        let mut z = 6.0;
        while z > -far {
            pen.mat(wall).block(
                Vec3::new(side * (half - 0.35), 0.0, z - 0.4),
                Vec3::new(side * half, high, z + 0.4),
                0.03,
            );
            z -= 5.0;
        }
        pen.mat(w.dark).block(Vec3::new(side * (half - 0.1), 1.5, 9.0), Vec3::new(side * half, 1.7, -far), 0.0);
    }
    let teeth = 4;
    let width = 2.0 * half / teeth as f32;
    let rise = 2.9;
    for k in 0..teeth {
        // The glazed side of each tooth faces the light: −s.
        let glass = -s * half + s * width * k as f32;
        let low = glass + s * width;
        let (a, b) = (Vec3::new(glass, high + rise, 9.0), Vec3::new(low, high + 0.15, 9.0));
        let back = Vec3::Z * -(far + 9.2);
        pen.mat(roof);
        if s > 0.0 {
            pen.quad([a, b, b + back, a + back])
        } else {
            pen.quad([b, a, a + back, b + back])
        };
        pen.block(Vec3::new(glass - 0.12, high - 0.5, 9.0), Vec3::new(glass + 0.12, high + 0.2, -far), 0.0);
        pen.mat(w.dark);
        pen.block(
            Vec3::new(glass - 0.08, high + rise - 0.1, 9.0),
            Vec3::new(glass + 0.08, high + rise + 0.1, -far),
            0.0,
        );
        let mut z = 8.6;
        while z > -far {
            pen.add(&beam(Vec3::new(glass, high, z), Vec3::new(glass, high + rise, z), Vec2::splat(0.06), 0.0));
            z -= 1.25;
        }
        pen.block(
            Vec3::new(glass - 0.03, high + 0.5 * rise - 0.03, 9.0),
            Vec3::new(glass + 0.03, high + 0.5 * rise + 0.03, -far),
            0.0,
        );
        let mut z = 5.0;
        while z > -far {
            girder(&mut pen, Vec3::new(glass, high + 0.1, z), Vec3::new(low, high + 0.1, z), 0.7, 5);
            if k > 0 && (k != teeth / 2 || z < -24.0) {
                let at = Vec2::new(glass, z);
                if stage.may_stand(at, 0.3, high) {
                    pen.add(&beam(Vec3::new(glass, 0.0, z), Vec3::new(glass, high, z), Vec2::splat(0.32), 0.03));
                    stage.taken.take(at, 0.4);
                }
            }
            z -= 7.5;
        }
    }
    stage.add(pen);
}

/// The wall at the end: a great window, open to the sky, and the wall behind the camera.
fn end_wall(stage: &mut Stage, w: &Works, hall: Hall, day: Daylight) {
    let Hall { half, high, far } = hall;
    let wall = wall_kind(stage);
    let pane = stage.glow(MaterialKind::Emissive, day.color, day.pane, LightGroup::Steady);
    let mut pen = Pen::new(wall);
    pen.block(Vec3::new(-half - 0.6, -0.3, 8.6), Vec3::new(half + 0.6, high + 5.4, 9.2), 0.0);
    let (w_half, sill) = (0.42 * half, 3.4);
    let spring = (high + 1.4 - sill - w_half).max(1.0);
    pen.placed(Vec3::new(0.0, 0.0, -far - 0.3), 0.0, |p| {
        pierced_bay(p, 2.0 * half + 1.2, high + 5.4, 0.6, w_half, sill, spring, false);
        p.mat(w.dark);
        glazing_bars(p, w_half, sill, spring, false, 7, 0.95, 0.05);
        // Milky glass: light of its own, so that the far end never goes dead.
        p.mat(pane).add(&extrude(&arch_outline(w_half, spring, false), 0.02, 0.0).at(0.0, sill, -0.25));
    });
    pen.mat(w.dark);
    for side in [-1.0f32, 1.0] {
        pen.block(Vec3::new(side * 0.4, 0.0, -far), Vec3::new(side * 2.3, 2.9, -far + 0.14), 0.03);
    }
    if matches!(w.manner, Manner::Brass | Manner::Old) {
        let c = Vec3::new(0.0, sill + spring, -far + 0.5);
        let wheels = [
            (w.trim, Vec3::ZERO, 0.62, 0.35, 0.3),
            (w.body, Vec3::new(1.04, -0.75, 0.1 / w_half), 0.5, 0.3, 0.1),
            (w.body, Vec3::new(-1.0, -0.9, 0.1 / w_half), 0.42, 0.3, 0.0),
        ];
        for (i, (material, off, radius, deep, phase)) in wheels.into_iter().enumerate() {
            let mut wheel = Pen::new(material);
            gear(&mut wheel, Vec3::ZERO, 0.0, radius * w_half, deep, phase);
            // Wheels that mesh run against each other, the smaller the faster.
            let hz = if i == 0 { 0.04 } else { -0.04 * 0.62 / radius };
            stage.add_turning(wheel, c + off * w_half, hz);
        }
    }
    stage.add(pen);
}

/// Rows of machines along both walls.
fn machines(stage: &mut Stage, w: &Works, hall: Hall, foundry: bool) {
    let Hall { half, high, far } = hall;
    let s = turn(stage);
    let robots = matches!(w.manner, Manner::Sleek | Manner::Dark);
    let steam = matches!(w.manner, Manner::Brass | Manner::Old);
    if foundry || !robots {
        let at = Vec3::new(-s * (half - 3.6), 0.0, if foundry { -15.0 } else { -21.0 });
        furnace(stage, w, at, s * 1.0, high);
    }
    let mut rng = stage.rng("machines");
    let mut pen = Pen::new(w.body);
    let mut fires = Vec::new();
    let shaft = 0.62 * high;
    for k in 0..14 {
        let side = if k % 2 == 0 { -s } else { s };
        let z = -6.5 - 3.0 * k as f32;
        let at = Vec2::new(side * (half - 2.3), z);
        if z < 4.0 - far || !stage.may_stand(at, 1.7, 4.0) {
            continue;
        }
        let yaw = -side * FRAC_PI_2;
        let kind = (k as usize + rng.below(2)) % 4;
        let base = Vec3::new(at.x, 0.0, at.y);
        let back = Vec3::new(side * (half - 1.4), 0.0, z);
        pen.placed(if kind == 0 && !robots { back } else { base }, yaw, |p| match (kind, robots) {
            (0, false) => boiler(p, w),
            (1, false) if steam => engine(p, w, shaft),
            (1 | 2, false) => press(p, w),
            (0 | 2, true) => robot(p, w, rng.unit()),
            (1, true) => press(p, w),
            _ => tank(p, w, 2.6 + 0.2 * high * rng.unit()),
        });
        if kind == 0 && !robots {
            fires.push(Vec3::new(at.x - side * 1.2, 1.6, z));
        }
        stage.taken.take(at, 1.7);
    }
    if robots {
        conveyor(stage, &mut pen, w, -s * 0.38 * half, -5.5, 4.0 - far);
        stage.taken.take_box(Vec2::new(-s * 0.38 * half - 0.9, -5.0), Vec2::new(-s * 0.38 * half + 0.9, 4.0 - far));
        for k in 0..5 {
            let z = -8.0 - 5.5 * k as f32;
            let at = Vec2::new(-s * (0.38 * half + 2.0), z);
            pen.placed(Vec3::new(at.x, 0.0, at.y), s * FRAC_PI_2, |p| robot(p, w, 0.3 + 0.6 * (k % 2) as f32));
            stage.taken.take(at, 1.0);
        }
    }
    if steam {
        pen.mat(w.trim).add(&rod(
            Vec3::new(-s * (half - 1.7), shaft, 4.0),
            Vec3::new(-s * (half - 1.7), shaft, 2.0 - far),
            0.07,
            8,
        ));
        for k in 0..9 {
            let z = -3.0 - 4.2 * k as f32;
            pen.mat(w.dark).add(&rod(
                Vec3::new(-s * (half - 1.7), shaft, z),
                Vec3::new(-s * (half - 1.7), shaft, z - 0.3),
                0.42,
                18,
            ));
        }
    }
    stage.add(pen);
    for p in fires {
        stage.lamp(p, 0.25, [1.0, 0.45, 0.13], 5.0, LightGroup::Fire);
    }
}

/// Crane, catwalk and pipes.
fn gantry(stage: &mut Stage, w: &Works, hall: Hall) {
    let Hall { half, high, far } = hall;
    let s = turn(stage);
    let mut pen = Pen::new(w.second);
    let zc = stage.hero.y - 6.0;
    for side in [-1.0f32, 1.0] {
        pen.mat(w.dark).block(
            Vec3::new(side * (half - 0.75), high - 1.75, 8.0),
            Vec3::new(side * (half - 0.3), high - 1.3, -far),
            0.02,
        );
    }
    pen.mat(w.second);
    for dz in [-0.75, 0.75] {
        pen.add(&beam(
            Vec3::new(-half + 0.4, high - 1.0, zc + dz),
            Vec3::new(half - 0.4, high - 1.0, zc + dz),
            Vec2::new(0.34, 0.62),
            0.03,
        ));
    }
    let hook = Vec3::new(-s * 0.12 * half, high - 1.2, zc);
    pen.block(hook + Vec3::new(-0.8, 0.0, -0.95), hook + Vec3::new(0.8, 0.75, 0.95), 0.06);
    pen.mat(w.dark);
    for dx in [-0.1, 0.1] {
        pen.add(&rod(hook + Vec3::X * dx, hook + Vec3::new(dx, -0.34 * high, 0.0), 0.025, 5));
    }
    pen.add(&cylinder(0.26, 0.5, 12, 0.05).at(hook.x, hook.y - 0.34 * high - 0.4, hook.z));
    // The catwalk over the machines on the subject's side.
    let (y, inner) = (4.3, s * (half - 2.1));
    pen.block(Vec3::new(inner, y - 0.1, 7.0), Vec3::new(s * half, y, -far + 0.6), 0.02);
    pen.mat(w.trim);
    railing(&mut pen, Vec3::new(inner, y, 6.0), Vec3::new(inner, y, -far + 0.6), 1.6);
    let mut z = 4.0;
    while z > -far {
        pen.add(&beam(Vec3::new(inner, y - 0.1, z), Vec3::new(s * half, y - 1.4, z), Vec2::splat(0.12), 0.0));
        z -= 5.2;
    }
    pen.mat(w.body);
    for (x, y, r) in [(half - 0.5, 3.3, 0.2), (half - 0.35, 3.75, 0.11), (half - 0.45, 2.75, 0.09)] {
        pipe(&mut pen, &[Vec3::new(-s * x, y, 7.0), Vec3::new(-s * x, y, -far + 0.4)], r);
    }
    let drop = -s * (half - 0.5);
    for k in 0..4 {
        let z = -7.0 - 9.0 * k as f32;
        pipe(
            &mut pen,
            &[Vec3::new(drop, 0.0, z), Vec3::new(drop, high - 0.6, z), Vec3::new(drop + s * 2.5, high - 0.2, z)],
            0.16,
        );
    }
    stage.add(pen);
}

fn lamps(stage: &mut Stage, w: &Works, hall: Hall) {
    let faulty = stage.world.condition.decay;
    let mut rng = stage.rng("lamps");
    let mut pen = Pen::new(w.dark);
    let mut z = -5.0;
    while z > 4.0 - hall.far {
        for x in [-0.45 * hall.half, 0.45 * hall.half] {
            if !rng.chance(0.5 * faulty) {
                pendant(stage, &mut pen, w.dark, w.light, Vec3::new(x, 0.56 * hall.high, z), hall.high, 0.5);
            }
        }
        z -= 8.5;
    }
    stage.add(pen);
}

/// A near column with pipes and a valve at the frame's edge.
fn frame(stage: &mut Stage, w: &Works, hall: Hall) {
    let at = edge(stage, 1.02, 5.0);
    let s = turn(stage);
    let p = Vec3::new(at.x, 0.0, at.y);
    let mut pen = Pen::new(w.dark);
    pen.block(p + Vec3::new(-0.2, 0.0, -0.2), p + Vec3::new(0.2, hall.high, 0.2), 0.03);
    pen.block(p + Vec3::new(-0.34, 0.0, -0.34), p + Vec3::new(0.34, 0.5, 0.34), 0.05);
    pen.mat(w.body);
    let q = p + Vec3::new(s * 0.36, 0.0, 0.0);
    pipe(&mut pen, &[q, q + Vec3::Y * 2.7, q + Vec3::new(s * 0.35, 3.1, 0.0), q + Vec3::new(s * 2.6, 3.1, -0.4)], 0.11);
    pen.mat(w.second);
    gear(&mut pen, q + Vec3::new(0.1 * s, 1.35, 0.2), 0.0, 0.22, 0.05, 0.0);
    stage.taken.take(at, 0.7);
    stage.add(pen);
}
