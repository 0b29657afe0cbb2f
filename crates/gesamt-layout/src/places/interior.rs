//! Halls: factory, space station, library.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cylinder, standing_box, tube};
use gesamt_mesh::shapes2::{arc_band, beam, cable, extrude, gear_outline, rod};
use gesamt_world::{Genre, MaterialKind, TimeOfDay};
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::{Plan, Scatter, Spot};
use crate::backdrop;
use crate::ground::{Ground, GroundMesh, add_ground};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;

/// Radiance and colour of windows that look out to the sky.
fn window_light(stage: &Stage) -> ([f32; 3], f32) {
    match stage.world.sky.time_of_day {
        TimeOfDay::Day => (mix([0.9, 0.95, 1.0], stage.skin.key, 0.3), 4.5),
        TimeOfDay::Dawn | TimeOfDay::Dusk => (mix([1.0, 0.5, 0.22], stage.skin.key, 0.4), 3.2),
        TimeOfDay::Night => (mix([0.25, 0.4, 0.8], stage.skin.ambient, 0.4), 0.5),
    }
}

/// Spots along both sides of a hall.
fn hall_plan(stage: &Stage, half: f32, far: f32) -> Plan {
    let mut plan = Plan::new(0.9, half.min(7.0));
    let mut rng = stage.rng("hall spots");
    let eye = stage.view.eye();
    for k in 0..10 {
        let z = eye.y - 3.6 - 2.9 * k as f32;
        if z < -far + 3.0 {
            break;
        }
        for side in [-1.0f32, 1.0] {
            plan.structures.push(Spot::new(Vec2::new(side * (half - 1.7), z), -side * FRAC_PI_2 + rng.signed() * 0.08));
            plan.props.push(Spot::new(Vec2::new(side * (half - 2.9 - rng.unit()), z - 1.4), -side * FRAC_PI_2 + rng.signed() * 0.5));
            plan.lights.push(Spot::new(Vec2::new(side * (half - 3.4), z - 0.7), -side * FRAC_PI_2));
            plan.rows.push(Spot::new(Vec2::new(side * (half - 3.2), z - 0.2), -side * FRAC_PI_2));
        }
    }
    plan.gates = vec![Spot::new(Vec2::new(0.0, -0.7 * far), 0.0)];
    plan.scatter = Some(Scatter { half_width: half - 1.0, near: 2.6, far: far - 3.0, lane: 1.0, axis_x: 0.0 });
    plan.is_paved = true;
    plan.is_interior = true;
    plan
}

/// A hall of machines under a trussed roof.
pub(super) fn factory(stage: &mut Stage) -> Plan {
    let grow = 0.85 + 0.45 * stage.world.layout.scale;
    let (half, high, far) = (8.5 * grow, 9.5 * grow, 46.0);
    stage.aim(-0.12 * half * stage.world.camera.subject_x.signum(), 0.7);
    let seed = stage.seed.child("hall").0 as u32;
    stage.set_ground(Ground::level(seed, 0.012));
    let floor = stage.kind(match stage.world.materials.ground {
        MaterialKind::Cobblestone | MaterialKind::Dirt | MaterialKind::Grass => MaterialKind::Concrete,
        kind => kind,
    });
    add_ground(stage, GroundMesh { half_width: half + 2.0, ahead: far + 3.0, ..GroundMesh::NEAR }, move |_, _| floor);
    hall_shell(stage, half, high, far);
    trusses(stage, half, high, far);
    if stage.world.setting.genre == Genre::Steampunk {
        gears(stage, half, high, far);
    }
    machines(stage, half, high, far);
    let mut plan = hall_plan(stage, half, far);
    plan.has_fire = true;
    hanging_lamps(stage, half, high, far, 5);
    plan
}

/// Walls with tall windows, and a roof with skylights.
fn hall_shell(stage: &mut Stage, half: f32, high: f32, far: f32) {
    let wall = stage.kind(stage.world.materials.primary);
    let trim = stage.kind(stage.world.materials.secondary);
    let roof = stage.kind(MaterialKind::CorrugatedMetal);
    let (color, radiance) = window_light(stage);
    let mut spec = stage.skin.glow(MaterialKind::LitWindow, color, radiance, LightGroup::Steady);
    spec.dirt = 0.5;
    let pane = stage.mat(spec);
    let mut pen = Pen::new(wall);
    let bay = 5.0;
    let n = ((far + 8.0) / bay) as i32;
    for side in [-1.0f32, 1.0] {
        for k in 0..n {
            let z = 8.0 - bay * k as f32;
            let (x0, x1) = (side * half, side * (half + 0.6));
            let (low, head, w) = (2.6, 0.72 * high, 1.55);
            let c = z - 0.5 * bay;
            pen.mat(wall);
            pen.block(Vec3::new(x0, -0.3, z), Vec3::new(x1, low, z - bay), 0.0);
            pen.block(Vec3::new(x0, head + w * 0.9, z), Vec3::new(x1, high + 0.5, z - bay), 0.0);
            pen.block(Vec3::new(x0, low, z), Vec3::new(x1, head + w * 0.9, c + w), 0.0);
            pen.block(Vec3::new(x0, low, c - w), Vec3::new(x1, head + w * 0.9, z - bay), 0.0);
            // The arched head of the window.
            pen.placed(Vec3::new(side * (half + 0.3), head, c), FRAC_PI_2, |p| {
                let quarter = |s: f32| -> Vec<Vec2> {
                    (0..=5)
                        .map(|i| FRAC_PI_2 * i as f32 / 5.0)
                        .map(|a| Vec2::new(s * w * a.cos(), 0.9 * w * a.sin()))
                        .chain([Vec2::new(s * w, 0.9 * w)])
                        .collect()
                };
                p.add(&extrude(&quarter(1.0), 0.6, 0.0));
                p.add(&extrude(&quarter(-1.0), 0.6, 0.0));
            });
            let x = side * (half + 0.32);
            pen.mat(pane);
            let (za, zb) = if side < 0.0 { (c + w, c - w) } else { (c - w, c + w) };
            pen.quad([
                Vec3::new(x, low, za),
                Vec3::new(x, low, zb),
                Vec3::new(x, head + 0.9 * w, zb),
                Vec3::new(x, head + 0.9 * w, za),
            ]);
            pen.mat(trim);
            for i in 1..4 {
                let zz = c - w + 2.0 * w * i as f32 / 4.0;
                pen.block(Vec3::new(x - 0.05, low, zz - 0.035), Vec3::new(x + 0.05, head + 0.9 * w, zz + 0.035), 0.0);
            }
            let mut y = low;
            while y < head + 0.8 * w {
                pen.block(Vec3::new(x - 0.05, y - 0.03, c - w), Vec3::new(x + 0.05, y + 0.03, c + w), 0.0);
                y += 0.75;
            }
            pen.block(Vec3::new(side * (half - 0.35), 0.0, z - 0.3), Vec3::new(x0, high, z + 0.3), 0.03);
        }
    }
    pen.mat(wall).block(Vec3::new(-half - 0.6, -0.3, -far), Vec3::new(half + 0.6, high + 5.0, -far - 0.6), 0.0);
    pen.block(Vec3::new(-half - 0.6, -0.3, 8.0), Vec3::new(half + 0.6, high + 5.0, 8.6), 0.0);
    pen.mat(pane);
    let (w, z) = (0.42 * half, -far + 0.05);
    pen.quad([Vec3::new(-w, 3.0, z), Vec3::new(w, 3.0, z), Vec3::new(w, high, z), Vec3::new(-w, high, z)]);
    pen.mat(trim);
    for i in 0..=8 {
        let x = -w + 2.0 * w * i as f32 / 8.0;
        pen.block(Vec3::new(x - 0.06, 3.0, z), Vec3::new(x + 0.06, high, z + 0.1), 0.0);
    }
    for i in 0..=6 {
        let y = 3.0 + (high - 3.0) * i as f32 / 6.0;
        pen.block(Vec3::new(-w, y - 0.05, z), Vec3::new(w, y + 0.05, z + 0.1), 0.0);
    }
    pen.mat(roof);
    for side in [-1.0f32, 1.0] {
        let (a, b, c) = (Vec3::new(side * (half + 0.6), high, 9.0), Vec3::new(side * 1.2, high + 3.6, 9.0), Vec3::Z * -(far + 10.0));
        if side < 0.0 { pen.quad([a, b, b + c, a + c]) } else { pen.quad([b, a, a + c, b + c]) };
    }
    pen.mat(pane).quad([
        Vec3::new(-1.2, high + 3.6, 9.0),
        Vec3::new(1.2, high + 3.6, 9.0),
        Vec3::new(1.2, high + 3.6, -far),
        Vec3::new(-1.2, high + 3.6, -far),
    ]);
    stage.add(pen);
}

/// Roof trusses, a crane bridge and a catwalk.
fn trusses(stage: &mut Stage, half: f32, high: f32, far: f32) {
    let steel = stage.kind(if stage.world.setting.genre == Genre::Steampunk { MaterialKind::DarkMetal } else { MaterialKind::PaintedMetal });
    let side = -stage.world.camera.subject_x.signum();
    let mut pen = Pen::new(steel);
    let mut z = 3.0;
    while z > -far {
        let (l, r, top) = (Vec3::new(-half, high - 0.1, z), Vec3::new(half, high - 0.1, z), Vec3::new(0.0, high + 3.5, z));
        for (a, b) in [(l, r), (l, top), (top, r)] {
            pen.add(&beam(a, b, Vec2::new(0.22, 0.26), 0.02));
        }
        for i in 1..6 {
            let t = i as f32 / 6.0;
            let low = l.lerp(r, t);
            let up = if t < 0.5 { l.lerp(top, 2.0 * t) } else { top.lerp(r, 2.0 * t - 1.0) };
            pen.add(&rod(low, up, 0.06, 5));
            let next = l.lerp(r, (i + 1) as f32 / 6.0);
            pen.add(&rod(up, next, 0.05, 5));
        }
        z -= 5.0;
    }
    // A travelling crane with its hook.
    let zc = stage.hero.y - 5.0;
    for dz in [-0.7, 0.7] {
        pen.add(&beam(Vec3::new(-half, high - 1.3, zc + dz), Vec3::new(half, high - 1.3, zc + dz), Vec2::new(0.35, 0.7), 0.03));
    }
    let hook = Vec3::new(0.25 * half * side, high - 1.4, zc);
    pen.block(hook + Vec3::new(-0.8, -0.2, -0.9), hook + Vec3::new(0.8, 0.6, 0.9), 0.05);
    pen.add(&rod(hook, hook - Vec3::Y * 0.45 * high, 0.035, 5));
    pen.add(&cylinder(0.26, 0.5, 10, 0.04).at(hook.x, hook.y - 0.45 * high - 0.4, hook.z));
    // A catwalk on one side.
    let (y, x) = (4.4, side * (half - 1.3));
    pen.block(Vec3::new(x - 1.0, y - 0.12, 6.0), Vec3::new(x + 1.0, y, -far + 1.0), 0.02);
    let mut z = 5.0;
    while z > -far + 1.0 {
        let edge = x - side * 1.0;
        pen.add(&rod(Vec3::new(edge, y, z), Vec3::new(edge, y + 1.05, z), 0.03, 5));
        pen.add(&beam(Vec3::new(edge, y - 0.1, z), Vec3::new(side * half, y - 1.1, z), Vec2::splat(0.12), 0.01));
        z -= 2.0;
    }
    for h in [0.55, 1.05] {
        let edge = x - side * 1.0;
        pen.add(&rod(Vec3::new(edge, y + h, 5.0), Vec3::new(edge, y + h, -far + 1.0), 0.028, 5));
    }
    stage.add(pen);
}

/// A gear whose axis is +Z.
fn gear(pen: &mut Pen, at: Vec3, yaw: f32, radius: f32, deep: f32, turn: f32) {
    pen.placed(at, yaw, |p| {
        p.with(Affine3A::from_rotation_z(turn), |p| {
            let teeth = (radius * 12.0) as u32 + 10;
            let outline = gear_outline(teeth, radius, 0.09 + 0.03 * radius);
            let hub: Vec<Vec2> = (0..24).map(|i| Vec2::from_angle(TAU * i as f32 / 24.0) * 0.2 * radius).collect();
            for k in 0..4 {
                // The rim in four parts around the spokes' windows.
                let (a, b) = (TAU * k as f32 / 4.0, TAU * (k + 1) as f32 / 4.0);
                p.add(&extrude(&arc_band(0.74 * radius, 0.99 * radius, a, b, 10), deep, 0.02));
            }
            let n = outline.len();
            for chunk in 0..n / 4 {
                let tooth = [outline[chunk * 4], outline[chunk * 4 + 1], outline[chunk * 4 + 2], outline[chunk * 4 + 3]];
                p.add(&extrude(&tooth, deep, 0.0));
            }
            p.add(&extrude(&hub, 1.5 * deep, 0.03));
            for k in 0..6 {
                let dir = Vec2::from_angle(TAU * k as f32 / 6.0).extend(0.0);
                p.add(&beam(dir * 0.15 * radius, dir * 0.8 * radius, Vec2::new(0.6 * deep, 0.14 * radius), 0.02));
            }
        });
    });
}

/// Great meshing gears on the walls and a clock at the end.
fn gears(stage: &mut Stage, half: f32, high: f32, far: f32) {
    let brass = stage.kind(MaterialKind::Brass);
    let copper = stage.kind(MaterialKind::Copper);
    let iron = stage.kind(MaterialKind::DarkMetal);
    let side = stage.world.camera.subject_x.signum();
    let mut pen = Pen::new(brass);
    let z = stage.hero.y - 7.0;
    let yaw = -side * FRAC_PI_2;
    let x = side * (half - 0.9);
    for (dz, y, r, m) in [(0.0, 4.3, 2.6, brass), (4.0, 5.6, 1.45, copper), (-3.9, 3.0, 1.3, iron), (-3.2, 6.4, 1.6, copper), (7.2, 4.0, 1.9, iron)] {
        pen.mat(m);
        gear(&mut pen, Vec3::new(x, y, z + dz), yaw, r, 0.34, 0.13 * y);
        pen.mat(iron).add(&rod(Vec3::new(x + side * 1.2, y, z + dz), Vec3::new(x - side * 0.3, y, z + dz), 0.14, 10));
    }
    let end = Vec3::new(0.0, 0.62 * high + 1.0, -far + 0.9);
    pen.mat(copper);
    gear(&mut pen, end, 0.0, 3.2, 0.5, 0.3);
    pen.mat(brass);
    gear(&mut pen, end + Vec3::new(-4.6, -2.4, 0.2), 0.0, 2.0, 0.4, 0.1);
    gear(&mut pen, end + Vec3::new(4.4, -2.8, 0.2), 0.0, 1.8, 0.4, 0.6);
    stage.add(pen);
}

/// Boilers, pipes and conveyors along the walls.
fn machines(stage: &mut Stage, half: f32, high: f32, far: f32) {
    let steam = stage.world.setting.genre == Genre::Steampunk;
    let (body, trim) = if steam { (MaterialKind::Copper, MaterialKind::Brass) } else { (MaterialKind::PaintedMetal, MaterialKind::BrushedMetal) };
    let (body, trim) = (stage.kind(body), stage.kind(trim));
    let dark = stage.kind(MaterialKind::DarkMetal);
    let fire = stage.glow(MaterialKind::Flame, [1.0, 0.42, 0.1], 16.0, LightGroup::Fire);
    let dial = stage.glow(MaterialKind::Emissive, stage.skin.lamp_color(), 3.0, LightGroup::Steady);
    let subject = stage.world.camera.subject_x.signum();
    let mut rng = stage.rng("machines");
    let mut pen = Pen::new(body);
    let mut lights = Vec::new();
    for k in 0..5 {
        let side = if k % 2 == 0 { -subject } else { subject };
        let z = -8.0 - 6.5 * k as f32;
        let at = Vec2::new(side * (half - 2.2), z);
        if !stage.may_stand(at, 1.6, 4.0) {
            continue;
        }
        stage.taken.take(at, 1.9);
        let (r, h) = (rng.range(1.1, 1.5), rng.range(3.2, 4.6));
        pen.mat(body).crease(60.0).add(&cylinder(r, h, 26, 0.12).at(at.x, 0.35, at.y));
        let dome = gesamt_mesh::shapes::sphere(r * 0.97, 10, 26).mapped(|p| p * Vec3::new(1.0, 0.45, 1.0));
        pen.add(&dome.at(at.x, 0.35 + h, at.y)).crease(45.0);
        pen.mat(trim);
        for t in [0.12, 0.5, 0.88] {
            pen.add(&cylinder(r * 1.04, 0.16, 26, 0.03).at(at.x, 0.3 + h * t, at.y));
            for b in 0..20 {
                let a = TAU * b as f32 / 20.0;
                pen.add(&gesamt_mesh::shapes::sphere(0.035, 3, 5).at(at.x + a.cos() * r * 1.05, 0.38 + h * t, at.y + a.sin() * r * 1.05));
            }
        }
        pen.mat(dark).add(&standing_box(Vec3::new(2.4 * r, 0.4, 2.4 * r), 0.04).at(at.x, 0.0, at.y));
        let front = Vec3::new(at.x - side * (r + 0.02), 1.1, at.y);
        pen.block(front + Vec3::new(-0.12, -0.5, -0.55), front + Vec3::new(0.12, 0.5, 0.55), 0.04);
        pen.mat(fire).block(front + Vec3::new(-0.14, -0.3, -0.35), front + Vec3::new(0.14, 0.22, 0.35), 0.0);
        lights.push(front - Vec3::X * side * 0.5);
        pen.mat(dial).add(&cylinder(0.17, 0.06, 14, 0.01).transformed(Affine3A::from_rotation_translation(
            Quat::from_rotation_z(FRAC_PI_2),
            front + Vec3::new(0.03, 1.3, 0.0),
        )));
        pen.mat(trim).crease(60.0);
        let top = Vec3::new(at.x, 0.4 + h * 1.1, at.y);
        let path = [top, top + Vec3::Y * 1.4, top + Vec3::new(side * 0.9, 1.9, 0.0), Vec3::new(side * (half - 0.4), top.y + 2.0, at.y), Vec3::new(side * (half - 0.4), high, at.y)];
        pen.add(&tube(&path, &[0.22; 5], 12)).crease(45.0);
    }
    pen.mat(trim);
    for (y, r) in [(3.4, 0.16), (3.8, 0.1), (0.72 * high, 0.24)] {
        for side in [-1.0f32, 1.0] {
            pen.add(&rod(Vec3::new(side * (half - 0.5), y, 6.0), Vec3::new(side * (half - 0.5), y, -far + 0.5), r, 10));
        }
    }
    stage.add(pen);
    for p in lights {
        stage.lamp(p, 0.2, [1.0, 0.45, 0.13], 4.0, LightGroup::Fire);
    }
}

/// Shaded lamps on cables over the middle.
fn hanging_lamps(stage: &mut Stage, half: f32, high: f32, far: f32, count: u32) {
    let color = stage.skin.lamp_color();
    let metal = stage.kind(MaterialKind::DarkMetal);
    let glow = stage.glow(MaterialKind::Emissive, color, 12.0, LightGroup::Steady);
    let mut pen = Pen::new(metal);
    let mut spots = Vec::new();
    for k in 0..count {
        let z = -4.0 - (far - 8.0) * k as f32 / count as f32;
        for x in [-0.35 * half, 0.35 * half] {
            let y = 0.58 * high;
            pen.mat(metal).add(&rod(Vec3::new(x, y + 0.3, z), Vec3::new(x, high, z), 0.015, 4));
            pen.add(&gesamt_mesh::shapes::cone(0.42, 0.1, 0.3, 16).at(x, y, z));
            pen.mat(glow).add(&gesamt_mesh::shapes::sphere(0.12, 6, 10).at(x, y, z));
            spots.push(Vec3::new(x, y - 0.25, z));
        }
    }
    stage.add(pen);
    for p in spots {
        stage.lamp(p, 0.12, color, 7.0, LightGroup::Steady);
    }
}

/// A corridor with ribs and viewports, or a hangar open to the stars.
pub(super) fn space_station(stage: &mut Stage) -> Plan {
    let hangar = stage.world.layout.variant % 2 == 1;
    let grow = 0.85 + 0.4 * stage.world.layout.scale;
    let (half, high, far) = if hangar { (11.0 * grow, 9.0 * grow, 34.0) } else { (4.2 * grow, 4.3 * grow, 34.0) };
    stage.aim(-0.1 * half * stage.world.camera.subject_x.signum(), 0.75);
    stage.set_ground(Ground::level(0, 0.0));
    let deck = stage.kind(match stage.world.materials.ground {
        kind @ (MaterialKind::HullPanel | MaterialKind::DarkMetal | MaterialKind::BrushedMetal | MaterialKind::PaintedMetal | MaterialKind::Rubber) => kind,
        _ => MaterialKind::DarkMetal,
    });
    let mut pen = Pen::new(deck);
    pen.block(Vec3::new(-half, -0.3, 7.0), Vec3::new(half, 0.0, -far), 0.0);
    stage.add(pen);
    station_shell(stage, half, high, far, hangar);
    station_lights(stage, half, high, far, hangar);
    let side = -stage.world.camera.subject_x.signum();
    backdrop::planet(stage, 700.0, if hangar { 0.28 * side } else { 0.95 * side }, if hangar { 0.07 } else { 0.02 });
    hall_plan(stage, half, far)
}

/// Hull: ribs with chamfered corners, panels between them, viewports.
fn station_shell(stage: &mut Stage, half: f32, high: f32, far: f32, hangar: bool) {
    let hull = stage.kind(MaterialKind::HullPanel);
    let trim = stage.kind(stage.world.materials.secondary);
    let dark = stage.kind(MaterialKind::DarkMetal);
    let side = -stage.world.camera.subject_x.signum();
    let mut pen = Pen::new(hull);
    let bay = 3.4;
    let n = ((far + 6.0) / bay) as i32;
    let cut = 0.24 * high;
    for k in 0..n {
        let (z, c) = (6.0 - bay * k as f32, 6.0 - bay * (k as f32 + 0.5));
        // A rib all around.
        pen.mat(trim);
        let ring = [
            Vec3::new(half, 0.0, z),
            Vec3::new(half, high - cut, z),
            Vec3::new(half - cut, high, z),
            Vec3::new(cut - half, high, z),
            Vec3::new(-half, high - cut, z),
            Vec3::new(-half, 0.0, z),
        ];
        for pair in ring.windows(2) {
            pen.add(&beam(pair[0], pair[1], Vec2::new(0.34, 0.5), 0.06));
        }
        pen.mat(hull);
        pen.block(Vec3::new(cut - half, high, z), Vec3::new(half - cut, high + 0.2, z - bay), 0.0);
        for s in [-1.0f32, 1.0] {
            let (a, b) = (Vec3::new(s * half, high - cut, z), Vec3::new(s * (half - cut), high, z));
            let back = Vec3::Z * -bay;
            if s > 0.0 { pen.quad([a, b, b + back, a + back]) } else { pen.quad([b, a, a + back, b + back]) };
            let view = s == side && !hangar && k % 2 == 1 && k > 1;
            let (x0, x1) = (s * half, s * (half + 0.3));
            if view {
                // A viewport: sill, lintel and jambs around an opening.
                pen.block(Vec3::new(x0, 0.0, z), Vec3::new(x1, 0.85, z - bay), 0.03);
                pen.block(Vec3::new(x0, high - cut - 0.35, z), Vec3::new(x1, high - cut, z - bay), 0.03);
                pen.mat(dark).block(Vec3::new(x0 - s * 0.1, 0.82, z - 0.2), Vec3::new(x1, 0.98, z - bay + 0.2), 0.02);
                pen.mat(hull);
            } else {
                pen.block(Vec3::new(x0, 0.0, z), Vec3::new(x1, high - cut, z - bay), 0.0);
                pen.mat(dark).block(Vec3::new(x0 - s * 0.12, 0.35, z - 0.35), Vec3::new(x0, 0.62, z - bay + 0.35), 0.03);
                pen.mat(trim).block(Vec3::new(x0 - s * 0.07, 0.95, z - 0.45), Vec3::new(x0, high - cut - 0.4, z - bay + 0.45), 0.05);
                if k % 3 == 0 {
                    pen.mat(dark).block(Vec3::new(x0 - s * 0.1, 1.3, c - 0.5), Vec3::new(x0, 2.1, c + 0.5), 0.03);
                }
                pen.mat(hull);
            }
        }
    }
    if hangar {
        // A mouth open to space, with a frame.
        pen.mat(trim);
        pen.block(Vec3::new(-half, 0.0, -far), Vec3::new(-0.82 * half, high, -far - 0.8), 0.1);
        pen.block(Vec3::new(0.82 * half, 0.0, -far), Vec3::new(half, high, -far - 0.8), 0.1);
        pen.block(Vec3::new(-half, 0.86 * high, -far), Vec3::new(half, high + 0.2, -far - 0.8), 0.1);
        pen.mat(dark).block(Vec3::new(-half, -0.3, -far), Vec3::new(half, 0.22, -far - 1.4), 0.05);
    } else {
        station_door(&mut pen, trim, dark, hull, half, high, far);
    }
    pen.mat(hull).block(Vec3::new(-half, 0.0, 6.2), Vec3::new(half, high, 6.6), 0.0);
    pen.mat(dark).crease(60.0);
    for (x, y, r) in [(-0.5, 0.30, 0.1), (-0.42, 0.24, 0.06), (0.46, 0.28, 0.08)] {
        let p = Vec3::new(x * half, high - y, 0.0);
        pen.add(&rod(p + Vec3::Z * 6.0, p - Vec3::Z * far, r, 8));
    }
    stage.add(pen);
}

/// The bulkhead at the end of a corridor with an iris door.
fn station_door(pen: &mut Pen, trim: u32, dark: u32, hull: u32, half: f32, high: f32, far: f32) {
    pen.mat(hull).block(Vec3::new(-half, 0.0, -far), Vec3::new(half, high, -far - 0.5), 0.0);
    let r = 0.36 * high;
    let c = Vec3::new(0.0, 0.47 * high, -far + 0.05);
    pen.mat(trim);
    for k in 0..8 {
        let (a, b) = (TAU * k as f32 / 8.0, TAU * (k + 1) as f32 / 8.0);
        pen.add(&extrude(&arc_band(r, 1.25 * r, a, b, 4), 0.5, 0.04).at(c.x, c.y, c.z));
    }
    pen.mat(dark);
    for k in 0..6 {
        let a = TAU * k as f32 / 6.0;
        let blade = [Vec2::ZERO, Vec2::from_angle(a) * r, Vec2::from_angle(a + TAU / 6.0) * r];
        pen.add(&extrude(&blade, 0.12 + 0.03 * (k % 2) as f32, 0.02).at(c.x, c.y, c.z));
    }
}

/// Strips of light along ribs and deck.
fn station_lights(stage: &mut Stage, half: f32, high: f32, far: f32, hangar: bool) {
    let skin = stage.skin.clone();
    let white = mix(skin.emissive, [0.95, 0.97, 1.0], 0.7);
    let alive = 0.35 + 0.65 * stage.world.condition.population.max(0.3);
    let cool = stage.glow(MaterialKind::Emissive, white, 9.0 * alive, LightGroup::Steady);
    let accent = stage.glow(MaterialKind::Emissive, skin.emissive, 11.0 * alive, LightGroup::Steady);
    let warn = stage.glow(MaterialKind::Emissive, skin.accent, 8.0, LightGroup::Flicker);
    let screen = stage.glow(MaterialKind::Screen, mix(skin.emissive, [0.6, 0.8, 0.9], 0.3), 3.0, LightGroup::Steady);
    let mut rng = stage.rng("station lights");
    let mut pen = Pen::new(cool);
    let cut = 0.24 * high;
    let bay = 3.4;
    let n = ((far + 4.0) / bay) as i32;
    let mut lamps = Vec::new();
    for k in 0..n {
        let c = 6.0 - bay * (k as f32 + 0.5);
        let off = stage.world.condition.decay > 0.4 && rng.chance(0.5);
        if !off {
            for s in [-1.0f32, 1.0] {
                let a = Vec3::new(s * (half - 0.45 * cut), high - 0.55 * cut - 0.06, c);
                pen.mat(cool).block(a + Vec3::new(-0.06, -0.06, -1.1), a + Vec3::new(0.06, 0.06, 1.1), 0.0);
                pen.mat(accent).block(Vec3::new(s * (half - 0.12), 0.06, c - 1.3), Vec3::new(s * (half - 0.05), 0.12, c + 1.3), 0.0);
            }
            if hangar || k % 2 == 0 {
                lamps.push(Vec3::new(0.0, high - 0.8, c));
            }
        }
        if k % 3 == 0 {
            for s in [-1.0f32, 1.0] {
                let x = s * (half - 0.105);
                let (za, zb) = if s < 0.0 { (c + 0.42, c - 0.42) } else { (c - 0.42, c + 0.42) };
                pen.mat(if rng.chance(0.75) { screen } else { warn });
                pen.quad([Vec3::new(x, 1.4, za), Vec3::new(x, 1.4, zb), Vec3::new(x, 2.0, zb), Vec3::new(x, 2.0, za)]);
            }
        }
    }
    pen.mat(warn).block(Vec3::new(-0.8, 0.9 * high, -far + 0.35), Vec3::new(0.8, 0.9 * high + 0.08, -far + 0.42), 0.0);
    stage.add(pen);
    for p in lamps {
        stage.lamp(p, 0.25, white, if hangar { 9.0 } else { 2.6 } * alive, LightGroup::Steady);
    }
}

/// Aisles of books under a vault with tall windows.
pub(super) fn library(stage: &mut Stage) -> Plan {
    let grow = 0.85 + 0.4 * stage.world.layout.scale;
    let (half, high, far) = (6.5 * grow, 8.5 * grow, 36.0);
    stage.aim(-0.1 * half * stage.world.camera.subject_x.signum(), 0.7);
    stage.set_ground(Ground::level(0, 0.0));
    let floor = stage.kind(match stage.world.materials.ground {
        kind @ (MaterialKind::WoodPlank | MaterialKind::Marble | MaterialKind::Flagstone | MaterialKind::HullPanel | MaterialKind::Concrete) => kind,
        _ => MaterialKind::WoodPlank,
    });
    let carpet = stage.tinted(MaterialKind::Fabric, mix(stage.skin.accent, stage.skin.shadow, 0.35), 0.85);
    let mut pen = Pen::new(floor);
    pen.block(Vec3::new(-half, -0.3, 7.0), Vec3::new(half, 0.0, -far), 0.0);
    pen.mat(carpet).block(Vec3::new(-1.3, 0.0, 5.0), Vec3::new(1.3, 0.012, -far + 4.0), 0.004);
    stage.add(pen);
    library_shell(stage, half, high, far);
    shelves(stage, half, high, far);
    chandeliers(stage, high, far);
    hall_plan(stage, half - 1.2, far)
}

/// Walls, a ribbed vault and the great window at the end.
fn library_shell(stage: &mut Stage, half: f32, high: f32, far: f32) {
    let wall = stage.kind(match stage.world.materials.primary {
        MaterialKind::WoodPlank => MaterialKind::Plaster,
        kind => kind,
    });
    let trim = stage.kind(MaterialKind::WoodBeam);
    let (color, radiance) = window_light(stage);
    let pane = stage.glow(MaterialKind::LitWindow, color, radiance, LightGroup::Steady);
    let mut pen = Pen::new(wall);
    for side in [-1.0f32, 1.0] {
        pen.block(Vec3::new(side * half, 0.0, 7.0), Vec3::new(side * (half + 0.5), high, -far), 0.0);
        // High windows over the shelves.
        for k in 0..8 {
            let c = 3.0 - 4.6 * k as f32;
            let x = side * (half - 0.02);
            let (za, zb) = if side < 0.0 { (c + 0.8, c - 0.8) } else { (c - 0.8, c + 0.8) };
            pen.mat(pane).quad([Vec3::new(x, 0.66 * high, za), Vec3::new(x, 0.66 * high, zb), Vec3::new(x, 0.97 * high, zb), Vec3::new(x, 0.97 * high, za)]);
            pen.mat(trim);
            for z in [c - 0.8, c, c + 0.8] {
                pen.block(Vec3::new(x - 0.06, 0.65 * high, z - 0.05), Vec3::new(x + 0.06, 0.98 * high, z + 0.05), 0.0);
            }
            pen.block(Vec3::new(x - 0.08, 0.64 * high, c - 0.9), Vec3::new(x + 0.08, 0.66 * high, c + 0.9), 0.0);
            pen.mat(wall);
        }
    }
    let vault = gesamt_mesh::shapes::sheet([24, 2], |u, v| {
        let a = PI * (1.0 - u);
        Vec3::new(half * 1.02 * a.cos(), high - 0.05 + 0.55 * half * a.sin(), 7.0 - (far + 7.0) * v)
    });
    pen.mat(wall).crease(70.0).add(&vault).crease(45.0);
    pen.mat(trim);
    let mut z = 5.3;
    while z > -far {
        let arc: Vec<Vec3> = (0..=16).map(|i| PI * i as f32 / 16.0).map(|a| Vec3::new(half * a.cos(), high - 0.1 + 0.54 * half * a.sin(), z)).collect();
        pen.add(&tube(&arc, &[0.16; 17], 6));
        z -= 4.6;
    }
    pen.mat(wall).block(Vec3::new(-half, 0.0, -far), Vec3::new(half, high + 0.6 * half, -far - 0.5), 0.0);
    pen.block(Vec3::new(-half, 0.0, 7.0), Vec3::new(half, high + 0.6 * half, 7.5), 0.0);
    let w = 0.4 * half;
    let top = (0..=12).map(|i| PI * i as f32 / 12.0).map(|a| Vec2::new(w * a.cos(), 0.8 * high + w * a.sin()));
    let window: Vec<Vec2> = [Vec2::new(-w, 2.2), Vec2::new(w, 2.2)].into_iter().chain(top).collect();
    pen.mat(pane).add(&extrude(&window, 0.1, 0.0).at(0.0, 0.0, -far + 0.05));
    pen.mat(trim);
    for i in 0..=4 {
        let x = -w + 2.0 * w * i as f32 / 4.0;
        pen.block(Vec3::new(x - 0.07, 2.2, -far + 0.1), Vec3::new(x + 0.07, 0.8 * high + (w * w - x * x).max(0.0).sqrt(), -far + 0.2), 0.0);
    }
    for i in 0..=5 {
        let y = 2.2 + (0.8 * high - 2.2) * i as f32 / 5.0;
        pen.block(Vec3::new(-w, y - 0.05, -far + 0.1), Vec3::new(w, y + 0.05, -far + 0.2), 0.0);
    }
    stage.add(pen);
}

/// Two tiers of bookcases with a gallery, ladders and books.
fn shelves(stage: &mut Stage, half: f32, high: f32, far: f32) {
    let wood = stage.tinted(MaterialKind::WoodBeam, [0.12, 0.06, 0.03], 0.5);
    let rail = stage.kind(MaterialKind::Brass);
    let skin = stage.skin.clone();
    let tints = [[0.25, 0.05, 0.03], [0.06, 0.10, 0.07], [0.05, 0.06, 0.13], [0.28, 0.17, 0.07], skin.accent, [0.4, 0.34, 0.24]];
    let books: Vec<u32> = tints.iter().map(|c| stage.tinted(MaterialKind::Leather, mix(*c, skin.shadow, 0.15), 0.85)).collect();
    let mut rng = stage.rng("books");
    let mut pen = Pen::new(wood);
    let gallery = 3.6;
    for side in [-1.0f32, 1.0] {
        let face = side * (half - 0.55);
        for (base, rows) in [(0.0f32, 7), (gallery, 4)] {
            let mut z = 4.0;
            while z > -far + 3.0 {
                let length = 2.1;
                pen.mat(wood).block(Vec3::new(face, base, z - 0.05), Vec3::new(side * half, base + 0.45 * rows as f32 + 0.25, z + 0.05), 0.01);
                for r in 0..=rows {
                    let y = base + 0.12 + 0.45 * r as f32;
                    pen.mat(wood).block(Vec3::new(face, y - 0.03, z), Vec3::new(side * half, y, z - length), 0.0);
                    if r == rows {
                        break;
                    }
                    let mut s = 0.08;
                    while s < length - 0.1 {
                        let run = rng.range(0.1, 0.4).min(length - 0.06 - s);
                        let (h, deep) = (rng.range(0.26, 0.4), rng.range(0.02, 0.1));
                        if rng.chance(0.9) {
                            pen.mat(books[rng.below(books.len())]);
                            pen.block(Vec3::new(face + side * deep, y, z - s), Vec3::new(side * half, y + h, z - s - run + 0.012), 0.0);
                        }
                        s += run;
                    }
                }
                z -= length;
            }
        }
        pen.mat(wood).block(Vec3::new(side * (half - 1.7), gallery - 0.14, 6.0), Vec3::new(side * half, gallery, -far + 2.0), 0.02);
        let edge = side * (half - 1.65);
        pen.mat(rail).add(&rod(Vec3::new(edge, gallery + 1.0, 6.0), Vec3::new(edge, gallery + 1.0, -far + 2.0), 0.03, 6));
        let mut z = 5.0;
        while z > -far + 2.0 {
            pen.add(&rod(Vec3::new(edge, gallery, z), Vec3::new(edge, gallery + 1.0, z), 0.018, 5));
            z -= 0.5;
        }
        let mut z = 3.0;
        while z > -far + 2.0 {
            pen.mat(wood).add(&cylinder(0.13, gallery - 0.1, 10, 0.02).at(edge, 0.0, z));
            z -= 4.6;
        }
        let lz = -9.0 - 4.0 * side;
        for dz in [-0.24, 0.24] {
            pen.mat(wood).add(&beam(Vec3::new(side * (half - 1.5), 0.0, lz + dz), Vec3::new(side * (half - 0.7), gallery - 0.2, lz + dz), Vec2::splat(0.06), 0.01));
        }
        for s in 1..10 {
            let t = s as f32 / 10.0;
            let p = Vec3::new(side * (half - 1.5 + 0.8 * t), (gallery - 0.2) * t, lz);
            pen.add(&rod(p - Vec3::Z * 0.24, p + Vec3::Z * 0.24, 0.02, 5));
        }
        stage.taken.take_box(Vec2::new(side * (half - 0.8), 7.0), Vec2::new(side * half, -far));
    }
    stage.add(pen);
    let _ = high;
}

/// Rings of candles or globes over the aisle.
fn chandeliers(stage: &mut Stage, high: f32, far: f32) {
    let color = stage.skin.lamp_color();
    let group = if stage.skin.is_electric { LightGroup::Steady } else { LightGroup::Fire };
    let brass = stage.kind(MaterialKind::Brass);
    let glow = stage.glow(MaterialKind::Emissive, color, 12.0, group);
    let mut pen = Pen::new(brass);
    let mut lamps = Vec::new();
    for k in 0..4 {
        let c = Vec3::new(0.0, 0.62 * high, -5.0 - 8.5 * k as f32);
        if c.z < -far + 2.0 {
            break;
        }
        pen.mat(brass).crease(60.0).add(&gesamt_mesh::shapes2::torus(0.95, 0.04, 28, 6).at(c.x, c.y, c.z)).crease(45.0);
        pen.add(&rod(c + Vec3::Y * 1.2, Vec3::new(c.x, high + 2.6, c.z), 0.02, 5));
        for i in 0..8 {
            let a = TAU * i as f32 / 8.0;
            let p = c + Vec3::new(0.95 * a.cos(), 0.0, 0.95 * a.sin());
            pen.mat(brass).add(&cable(p, c + Vec3::Y * 1.2, 0.05, 0.012, 4));
            pen.add(&cylinder(0.05, 0.12, 8, 0.0).at(p.x, p.y, p.z));
            pen.mat(glow).add(&gesamt_mesh::shapes::sphere(0.055, 5, 7).at(p.x, p.y + 0.19, p.z));
        }
        lamps.push(c + Vec3::Y * 0.1);
    }
    stage.add(pen);
    for p in lamps {
        stage.lamp(p, 0.5, color, 9.0, group);
    }
}
