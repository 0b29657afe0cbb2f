//! The space station: a ribbed corridor with a viewport, a hangar open to space, and a round observation hub.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use gesamt_mesh::LightGroup;
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{cylinder, sheet, sphere, standing_box};
use gesamt_mesh::shapes2::{arc_band, beam, extrude, rod};
use gesamt_world::{AssetFamily, MaterialKind};
use glam::{Vec2, Vec3};

use super::super::choice::choose;
use super::super::common::hero_is;
use super::super::lead;
use super::super::{Plan, Scatter, Spot};
use super::shared::{Hall, Manner, edge, girder, hall_plan, railing, turn};
use super::station_parts::{Hull, console, grown_rib, holo_table, hull, part, planet, plate, services, shuttle};
use crate::ground::Ground;
use crate::pen::Pen;
use crate::stage::{Stage, facing};

/// A part of a space station.
pub(in super::super) fn space_station(stage: &mut Stage) -> Plan {
    use AssetFamily::{Container, Crane, Vehicle};
    let is_bay = hero_is(stage, &[Container, Crane, Vehicle]);
    let build: fn(&mut Stage) -> Plan =
        choose(stage, "plan", &[(corridor, 1.0), (hangar, if is_bay { 3.0 } else { 1.0 }), (hub, 1.0)]);
    let plan = build(stage);
    warm_key(stage);
    plan
}

/// A warm light on the subject against the cool of the strips.
fn warm_key(stage: &mut Stage) {
    let (s, p) = (turn(stage), stage.subject());
    let cool = !matches!(Manner::of(stage), Manner::Brass | Manner::Old);
    let color = if cool { [1.0, 0.62, 0.34] } else { [0.55, 0.75, 1.0] };
    stage.lamp(p + Vec3::new(-1.9 * s, 1.2, 1.3), 0.3, color, 5.0, LightGroup::Steady);
    stage.lamp(p + Vec3::new(2.4 * s, 1.4, -2.2), 0.3, color, 6.0, LightGroup::Steady);
}

/// The octagonal section of a corridor, counter-clockwise from the right end of the floor.
fn section(w: f32, high: f32) -> [Vec2; 8] {
    let right = [(0.8 * w, 0.0), (w, 0.2 * high), (w, 0.68 * high), (0.6 * w, high)].map(|(x, y)| Vec2::new(x, y));
    let m = |i: usize| Vec2::new(-right[i].x, right[i].y);
    [right[0], right[1], right[2], right[3], m(3), m(2), m(1), m(0)]
}

fn corridor(stage: &mut Stage) -> Plan {
    let grow = 0.9 + 0.3 * stage.world.layout.scale;
    let hall = Hall { half: 3.5 * grow, high: 3.9 * grow, far: 31.0 };
    let s = turn(stage);
    stage.aim(0.16 * hall.half * s, 0.72);
    stage.set_ground(Ground::level(0, 0.0));
    let h = hull(stage);
    let mut pen = Pen::new(h.deck);
    pen.block(Vec3::new(-hall.half, -0.3, 7.0), Vec3::new(hall.half, 0.0, -hall.far), 0.0);
    stage.add(pen);
    if h.manner == Manner::Organic {
        grown_shell(stage, &h, hall)
    } else {
        corridor_shell(stage, &h, hall)
    }
    corridor_end(stage, &h, hall);
    let rich = matches!(h.manner, Manner::Dark | Manner::Wreck | Manner::Brass);
    services(stage, &h, s * 0.42 * hall.half, hall.high - 0.28, 6.0, -hall.far, rich);
    planet(stage, Vec3::new(-0.52 * s, 0.04, -1.0), 0.17, Vec3::new(-0.6 * s, 0.45, 1.0));
    let mut plan = hall_plan(stage, hall, 0.9);
    plan.structures.retain(|p| p.at.x * s > 0.0);
    plan.lines.retain(|p| p.at.x * s > 0.0);
    plan.move_room = 0.5;
    plan
}

/// Bays of panels between ribs; a viewport over several bays on the side away from the subject.
fn corridor_shell(stage: &mut Stage, h: &Hull, hall: Hall) {
    let s = turn(stage);
    let sec = section(hall.half, hall.high);
    let bay = 2.6;
    let n = ((hall.far + 6.0) / bay) as i32;
    let mut rng = stage.rng("bays");
    let decay = stage.world.condition.decay;
    let mut pen = Pen::new(h.wall);
    let window_side = if s > 0.0 { 5 } else { 1 };
    let mut lamps = Vec::new();
    for k in 0..n {
        let z = [6.0 - bay * k as f32, 6.0 - bay * (k + 1) as f32];
        rib(&mut pen, h, &sec, z[0]);
        let view = (3..=6).contains(&k) || (9..=10).contains(&k);
        for i in 0..7 {
            let (a, b) = (sec[i], sec[i + 1]);
            if i == window_side && view {
                viewport(&mut pen, h, a, b, z);
                continue;
            }
            pen.mat(h.wall);
            plate(&mut pen, a, b, z, [-0.2, 0.0], 0.0);
            let missing = decay > 0.45 && rng.chance(0.5 * decay);
            if missing && i != 3 {
                pen.mat(h.dark);
                let (p, q) = part(a, b, 0.15, 0.85);
                plate(&mut pen, p, q, [z[0] - 0.4, z[1] + 0.4], [0.0, 0.02], 0.0);
                let wire = p.lerp(q, 0.5);
                pen.add(&gesamt_mesh::shapes2::cable(
                    wire.extend(z[0] - 0.5),
                    (wire * 0.9).extend(z[1] + 0.5),
                    0.35,
                    0.02,
                    8,
                ));
                continue;
            }
            bay_details(&mut pen, h, i, (a, b), z, &mut rng);
        }
        let dead = rng.chance(0.55 * decay);
        if !dead {
            let faulty = rng.chance(0.5 * decay);
            strips(&mut pen, h, &sec, z, faulty);
            lamps.push((0.5 * (z[0] + z[1]), if faulty { LightGroup::Flicker } else { LightGroup::Steady }));
        }
    }
    pen.mat(h.wall).block(
        Vec3::new(-hall.half - 0.3, -0.3, 6.2),
        Vec3::new(hall.half + 0.3, hall.high + 0.3, 6.6),
        0.0,
    );
    stage.add(pen);
    for (z, group) in lamps.into_iter().step_by(2) {
        stage.lamp(Vec3::new(0.0, hall.high - 0.7, z), 0.3, h.color, 1.6, group);
    }
    side_consoles(stage, h, hall);
}

fn rib(pen: &mut Pen, h: &Hull, sec: &[Vec2; 8], z: f32) {
    pen.mat(h.trim);
    for pair in sec.windows(2) {
        let d = (pair[1] - pair[0]).normalize_or_zero() * 0.06;
        let (a, b) = (pair[0] - d, pair[1] + d);
        plate(pen, a, b, [z + 0.2, z - 0.2], [-0.1, 0.2], 0.04);
    }
    pen.mat(h.dark);
    for pair in [(sec[1], sec[2]), (sec[5], sec[6])] {
        let (a, b) = part(pair.0, pair.1, 0.1, 0.9);
        plate(pen, a, b, [z + 0.07, z - 0.07], [0.2, 0.24], 0.01);
    }
}

/// Raised panels, grilles and screens of one bay.
fn bay_details(pen: &mut Pen, h: &Hull, i: usize, (a, b): (Vec2, Vec2), z: [f32; 2], rng: &mut gesamt_world::Rng) {
    let inner = [z[0] - 0.3, z[1] + 0.3];
    match i {
        1 | 5 => {
            let kind = rng.below(4);
            let (p, q) = part(a, b, 0.06, 0.94);
            pen.mat(h.panel);
            if kind == 0 {
                plate(pen, p, q, inner, [0.0, 0.07], 0.03);
            } else {
                let (p1, q1) = part(a, b, 0.06, 0.4);
                let (p2, q2) = part(a, b, 0.46, 0.94);
                plate(pen, p1, q1, inner, [0.0, 0.07], 0.03);
                plate(pen, p2, q2, inner, [0.0, 0.07], 0.03);
            }
            if kind == 2 {
                let (p, q) = part(a, b, 0.52, 0.86);
                pen.mat(h.screen);
                plate(pen, p, q, [inner[0] - 0.5, inner[1] + 0.5], [0.07, 0.085], 0.0);
            }
            if kind == 3 {
                pen.mat(h.dark);
                for k in 0..5 {
                    let (p, q) = part(a, b, 0.52 + 0.07 * k as f32, 0.555 + 0.07 * k as f32);
                    plate(pen, p, q, [inner[0] - 0.3, inner[1] + 0.3], [0.07, 0.1], 0.0);
                }
            }
        }
        3 => {
            let (p, q) = part(a, b, 0.36, 0.64);
            pen.mat(h.dark);
            plate(pen, p, q, [z[0], z[1]], [0.0, 0.1], 0.03);
        }
        _ => {
            let (p, q) = part(a, b, 0.14, 0.86);
            pen.mat(h.panel);
            plate(pen, p, q, inner, [0.0, 0.05], 0.02);
        }
    }
}

/// Strips of light: along the ceiling's corners, at the foot of the walls, and a panel overhead.
fn strips(pen: &mut Pen, h: &Hull, sec: &[Vec2; 8], z: [f32; 2], faulty: bool) {
    let inner = [z[0] - 0.22, z[1] + 0.22];
    for (i, t0, t1, material) in
        [(2, 0.42, 0.56, h.light), (4, 0.44, 0.58, h.light), (0, 0.42, 0.56, h.accent), (6, 0.44, 0.58, h.accent)]
    {
        let (p, q) = part(sec[i], sec[i + 1], t0, t1);
        pen.mat(if faulty && i == 2 { h.warn } else { material });
        plate(pen, p, q, inner, [0.05, 0.07], 0.0);
    }
}

/// The frame of a viewport: sill, head, one slender mullion at the rib.
fn viewport(pen: &mut Pen, h: &Hull, a: Vec2, b: Vec2, z: [f32; 2]) {
    let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
    let up = Vec2::Y * 0.16;
    pen.mat(h.panel);
    for (p, q) in [(low, low + up), (high - up, high)] {
        let x = [p.x - 0.22, p.x + 0.22];
        pen.block(Vec3::new(x[0], p.y, z[0]), Vec3::new(x[1], q.y, z[1]), 0.04);
    }
    pen.mat(h.accent).block(
        Vec3::new(low.x - 0.02, low.y + 0.165, z[0] - 0.3),
        Vec3::new(low.x + 0.02, low.y + 0.19, z[1] + 0.3),
        0.0,
    );
    if matches!(h.manner, Manner::Brass | Manner::Old) {
        porthole_frame(pen, h, low, high, z);
    }
}

/// Closes a bay to a round window with a bolted ring.
fn porthole_frame(pen: &mut Pen, h: &Hull, low: Vec2, high: Vec2, z: [f32; 2]) {
    let (half_z, half_y) = (0.5 * (z[0] - z[1]), 0.5 * (high.y - low.y));
    let r = 0.86 * half_z.min(half_y);
    let center = Vec3::new(low.x, 0.5 * (low.y + high.y), 0.5 * (z[0] + z[1]));
    pen.placed(center, FRAC_PI_2, |p| {
        p.mat(h.wall);
        for k in 0..4 {
            let (c, t) =
                ([Vec2::ONE, Vec2::new(-1.0, 1.0), Vec2::NEG_ONE, Vec2::new(1.0, -1.0)][k], FRAC_PI_2 * k as f32);
            let corner = c * Vec2::new(half_z, half_y);
            let mut outline: Vec<Vec2> =
                (0..=8).map(|i| Vec2::from_angle(t + FRAC_PI_2 * i as f32 / 8.0) * r).collect();
            let (first, last) = (outline[0], outline[8]);
            let reach =
                |q: Vec2| if q.x.abs() > q.y.abs() { Vec2::new(corner.x, 0.0) } else { Vec2::new(0.0, corner.y) };
            outline.extend([reach(last), corner, reach(first)]);
            p.add(&extrude(&outline, 0.2, 0.0));
        }
        p.mat(h.trim);
        for k in 0..4 {
            let t = FRAC_PI_2 * k as f32;
            p.add(&extrude(&arc_band(0.94 * r, 1.14 * r, t, t + FRAC_PI_2, 8), 0.36, 0.04));
        }
        for k in 0..12 {
            let q = Vec2::from_angle(TAU * k as f32 / 12.0) * 1.04 * r;
            for side in [-1.0, 1.0] {
                p.add(&sphere(0.045, 4, 6).at(q.x, q.y, 0.19 * side));
            }
        }
    });
}

/// Consoles on the subject's side and one that frames the view.
fn side_consoles(stage: &mut Stage, h: &Hull, hall: Hall) {
    let s = turn(stage);
    let mut pen = Pen::new(h.panel);
    for (k, z) in [-9.4f32, -14.6, -19.8].into_iter().enumerate() {
        let at = Vec2::new(s * (hall.half - 0.42), z);
        if stage.may_stand(at, 0.6, 1.5) {
            pen.placed(Vec3::new(at.x, 0.0, at.y), -s * FRAC_PI_2, |p| console(p, h, 1.8 - 0.3 * (k % 2) as f32));
            stage.taken.take(at, 1.0);
        }
    }
    stage.add(pen);
}

/// The bulkhead with the door at the end.
fn corridor_end(stage: &mut Stage, h: &Hull, hall: Hall) {
    let z = -hall.far;
    let (w, high) = (hall.half, hall.high);
    let mut pen = Pen::new(h.wall);
    pen.block(Vec3::new(-w - 0.3, -0.3, z), Vec3::new(w + 0.3, high + 0.3, z - 0.5), 0.0);
    pen.mat(h.trim);
    for side in [-1.0f32, 1.0] {
        pen.block(Vec3::new(side * 1.15, 0.0, z), Vec3::new(side * 1.5, 2.9, z + 0.35), 0.06);
        pen.add(&beam(
            Vec3::new(side * 1.35, 2.8, z + 0.17),
            Vec3::new(side * 0.7, 3.3, z + 0.17),
            Vec2::new(0.35, 0.35),
            0.05,
        ));
        pen.mat(h.panel).block(Vec3::new(side * 0.02, 0.0, z), Vec3::new(side * 1.15, 2.9, z + 0.14), 0.03);
        pen.mat(h.dark).block(Vec3::new(side * 0.2, 0.9, z + 0.14), Vec3::new(side * 0.95, 1.0, z + 0.18), 0.01);
        pen.mat(h.accent).block(Vec3::new(side * 1.54, 0.1, z), Vec3::new(side * 1.62, 2.8, z + 0.08), 0.0);
        pen.mat(h.trim);
    }
    pen.mat(h.trim).block(Vec3::new(-0.75, 3.15, z), Vec3::new(0.75, 3.45, z + 0.35), 0.05);
    pen.mat(h.light).block(Vec3::new(-0.55, 3.0, z), Vec3::new(0.55, 3.12, z + 0.2), 0.0);
    stage.add(pen);
    stage.lamp(Vec3::new(0.0, 2.6, z + 1.2), 0.3, h.color, 3.0, LightGroup::Steady);
}

/// A grown shell with ribs of bone, nodes of light and membranes open to space.
fn grown_shell(stage: &mut Stage, h: &Hull, hall: Hall) {
    let seed = stage.seed.child("shell").0 as u32;
    let s = turn(stage);
    let (w, high) = (hall.half, hall.high);
    let mut shape = sheet([72, 150], |u, v| {
        let a = PI * (1.16 * (1.0 - u) - 0.08);
        let z = 6.5 - (hall.far + 6.5) * v;
        let n = 1.0 + 0.08 * fbm(Vec3::new(a * 2.0, 0.0, z * 0.6), 3, seed) + 0.03 * (TAU * z / 2.6).cos();
        Vec3::new(w * a.cos() * n, high * (0.36 + 0.64 * a.sin() * n), z)
    });
    let positions = shape.positions.clone();
    shape.triangles.retain(|t| {
        let c = t.iter().map(|i| positions[*i as usize]).sum::<Vec3>() / 3.0;
        let hole = [-5.5f32, -10.7, -18.5]
            .iter()
            .any(|z| ((c.z - z) / 2.05).powi(2) + ((c.y - 0.55 * high) / (0.30 * high)).powi(2) < 1.0);
        !(hole && c.x * s < 0.0)
    });
    let mut pen = Pen::new(h.wall);
    pen.crease(80.0).add(&shape).crease(45.0);
    let mut z = 5.5;
    while z > -hall.far {
        pen.mat(h.trim);
        grown_rib(&mut pen, w, high, z, 0.17);
        pen.mat(h.accent);
        for side in [-1.0f32, 1.0] {
            for (t, r) in [(0.3f32, 0.12), (1.05, 0.18)] {
                let p = Vec3::new(side * 0.93 * w * t.cos(), high * (0.36 + 0.6 * t.sin()), z - 1.3);
                pen.add(&sphere(r, 8, 12).at(p.x, p.y, p.z));
            }
        }
        z -= 2.6;
    }
    pen.mat(h.wall).block(Vec3::new(-w - 0.5, -0.3, 6.4), Vec3::new(w + 0.5, high + 0.5, 6.8), 0.0);
    stage.add(pen);
    let color = stage.skin.emissive;
    for k in 0..7 {
        stage.lamp(Vec3::new(0.0, 0.8 * high, 1.0 - 4.6 * k as f32), 0.4, color, 1.8, LightGroup::Steady);
    }
}

fn hangar(stage: &mut Stage) -> Plan {
    let grow = 0.85 + 0.4 * stage.world.layout.scale;
    let hall = Hall { half: 12.0 * grow, high: 9.5 * grow, far: 36.0 };
    let s = turn(stage);
    stage.aim(0.08 * hall.half * s, 0.7);
    stage.set_ground(Ground::level(0, 0.0));
    let h = hull(stage);
    hangar_shell(stage, &h, hall);
    hangar_deck(stage, &h, hall);
    hangar_steel(stage, &h, hall);
    planet(stage, Vec3::new(-0.12 * s, 0.13, -1.0), 0.19, Vec3::new(-0.8 * s, 0.5, 0.7));
    let mut plan = hall_plan(stage, hall, 2.4);
    plan.move_room = 1.2;
    plan
}

fn hangar_shell(stage: &mut Stage, h: &Hull, hall: Hall) {
    let Hall { half, high, far } = hall;
    let mut pen = Pen::new(h.wall);
    let bay = 4.5;
    let n = ((far + 6.0) / bay) as i32;
    let cut = 0.2 * high;
    let mut lamps = Vec::new();
    for k in 0..n {
        let (z0, z1) = (6.0 - bay * k as f32, 6.0 - bay * (k + 1) as f32);
        let c = 0.5 * (z0 + z1);
        pen.mat(h.wall).block(Vec3::new(-half, high, z0), Vec3::new(half, high + 0.3, z1), 0.0);
        for side in [-1.0f32, 1.0] {
            let x = side * half;
            pen.mat(h.wall).block(Vec3::new(x, 0.0, z0), Vec3::new(x + side * 0.4, high, z1), 0.0);
            pen.mat(h.trim).block(Vec3::new(x - side * 0.7, 0.0, z0 + 0.3), Vec3::new(x, high - cut, z0 - 0.3), 0.08);
            let (p, q) =
                (Vec3::new(x - side * 0.3, high - cut - 0.2, z0), Vec3::new(x - side * (cut + 0.3), high - 0.1, z0));
            pen.add(&beam(p, q, Vec2::new(0.6, 0.6), 0.06));
            pen.mat(h.panel).block(Vec3::new(x - side * 0.16, 0.5, z0 - 0.7), Vec3::new(x, 2.6, z1 + 0.7), 0.06);
            pen.block(Vec3::new(x - side * 0.12, 5.2, z0 - 0.7), Vec3::new(x, high - cut - 0.4, z1 + 0.7), 0.06);
            pen.mat(h.accent).block(
                Vec3::new(x - side * 0.2, 2.85, z0 - 0.5),
                Vec3::new(x - side * 0.1, 2.95, z1 + 0.5),
                0.0,
            );
            // A light panel in the upper wall.
            if k % 2 == 0 {
                pen.mat(h.light).block(
                    Vec3::new(x - side * 0.2, 0.72 * high - 0.3, z0 - 1.2),
                    Vec3::new(x - side * 0.12, 0.72 * high + 0.3, z1 + 1.2),
                    0.0,
                );
            }
        }
        pen.mat(h.trim).block(Vec3::new(-half, high - 0.55, z0 + 0.3), Vec3::new(half, high, z0 - 0.3), 0.05);
        for x in [-0.45 * half, 0.45 * half] {
            pen.mat(h.dark).block(Vec3::new(x - 0.7, high - 0.3, z0 - 0.9), Vec3::new(x + 0.7, high, z1 + 0.9), 0.04);
            pen.mat(h.light).block(
                Vec3::new(x - 0.5, high - 0.34, z0 - 1.1),
                Vec3::new(x + 0.5, high - 0.29, z1 + 1.1),
                0.0,
            );
            if k % 2 == 1 {
                lamps.push(Vec3::new(x, high - 1.2, c));
            }
        }
    }
    // The mouth with its frame, and a sill with lights.
    pen.mat(h.trim);
    for side in [-1.0f32, 1.0] {
        pen.block(Vec3::new(side * 0.84 * half, 0.0, -far + 0.4), Vec3::new(side * half, high, -far - 0.9), 0.12);
        pen.add(&beam(
            Vec3::new(side * 0.86 * half, 0.66 * high, -far),
            Vec3::new(side * 0.6 * half, 0.9 * high, -far),
            Vec2::new(1.1, 0.8),
            0.1,
        ));
        pen.mat(h.accent).block(
            Vec3::new(side * 0.82 * half, 0.4, -far + 0.42),
            Vec3::new(side * 0.835 * half, 0.64 * high, -far + 0.5),
            0.0,
        );
        pen.mat(h.trim);
    }
    pen.block(Vec3::new(-half, 0.86 * high, -far + 0.4), Vec3::new(half, high + 0.3, -far - 0.9), 0.12);
    pen.mat(h.wall).block(Vec3::new(-half, -0.3, 6.2), Vec3::new(half, high + 0.3, 6.6), 0.0);
    stage.add(pen);
    for p in lamps {
        stage.lamp(p, 0.5, h.color, 11.0, LightGroup::Steady);
    }
}

/// The deck with a landing pad, guide lights and markings, a shuttle and containers.
fn hangar_deck(stage: &mut Stage, h: &Hull, hall: Hall) {
    let Hall { half, far, .. } = hall;
    let s = turn(stage);
    let paint = stage.tinted(MaterialKind::PaintedMetal, [0.75, 0.5, 0.08], 0.85);
    let glass = stage.kind(MaterialKind::Obsidian);
    let mut pen = Pen::new(h.deck);
    pen.block(Vec3::new(-half, -0.4, 7.0), Vec3::new(half, 0.0, -far - 1.6), 0.0);
    let pad = Vec3::new(-s * 0.28 * half, 0.0, -18.0);
    for k in 0..12 {
        let (a, b) = (TAU * k as f32 / 12.0, TAU * (k as f32 + 0.7) / 12.0);
        let band = extrude(&arc_band(5.0, 5.35, a, b, 6), 0.012, 0.0);
        let flat =
            glam::Affine3A::from_rotation_translation(glam::Quat::from_rotation_x(-FRAC_PI_2), pad + Vec3::Y * 0.008);
        pen.mat(paint).add(&band.transformed(flat));
        let p = pad + Vec3::new(5.7 * a.cos(), 0.0, 5.7 * a.sin());
        pen.mat(h.accent).add(&cylinder(0.12, 0.06, 10, 0.02).at(p.x, 0.0, p.z));
    }
    for k in 0..14 {
        let z = 2.0 - 2.7 * k as f32;
        for x in [-0.82 * half, 0.82 * half] {
            pen.mat(h.accent).block(Vec3::new(x - 0.06, 0.0, z), Vec3::new(x + 0.06, 0.03, z - 1.1), 0.0);
        }
    }
    pen.placed(pad, -0.65 * s, |p| shuttle(p, h, glass));
    deck_lines(stage, hall, Vec2::new(pad.x, pad.z));
    stage.taken.take(Vec2::new(pad.x, pad.z), 3.4);
    let mut rng = stage.rng("containers");
    let tints = [stage.skin.accent, stage.skin.ambient, [0.3, 0.31, 0.32]];
    for k in 0..9 {
        let side = if k % 3 == 0 { -s } else { s };
        let at = Vec2::new(side * (half - 2.4 - 0.3 * rng.unit()), -8.0 - 3.1 * k as f32);
        if !stage.may_stand(at, 1.4, 2.4) || at.y < 2.5 - far {
            continue;
        }
        let body = stage.tinted(MaterialKind::PaintedMetal, tints[rng.below(3)], 0.75);
        let levels = 1 + rng.below(2);
        pen.placed(Vec3::new(at.x, 0.0, at.y), 0.06 * rng.signed(), |p| {
            for level in 0..levels {
                let y = 1.32 * level as f32;
                p.mat(body).add(&standing_box(Vec3::new(2.0, 1.3, 2.7), 0.06).at(0.0, y, 0.0));
                p.mat(h.dark);
                for z in [-1.0, 0.0, 1.0] {
                    p.block(Vec3::new(-1.03, y + 0.08, z - 0.06), Vec3::new(1.03, y + 1.24, z + 0.06), 0.02);
                }
            }
        });
        stage.taken.take(at, 1.6);
    }
    stage.add(pen);
}

/// Seams of the deck, and the line along which a ship is brought to its pad.
fn deck_lines(stage: &mut Stage, hall: Hall, pad: Vec2) {
    lead::plates(stage, hall.half, [5.0, -hall.far], 2.4);
    let (ahead, _) = stage.view.axes();
    let from = stage.view.eye() + ahead * 0.6;
    let knee = Vec2::new(from.x + 0.15 * (pad.x - from.x), pad.y + 8.0);
    // A curve that leaves the camera straight ahead and comes to the pad.
    let way = |t: f32| from.lerp(knee, t).lerp(knee.lerp(pad, t), t);
    let line = lead::Line { at: &way, length_m: 0.72 * (from.distance(knee) + knee.distance(pad)) };
    lead::paint_line(stage, &line, 0.0, 0.045, [0.75, 0.5, 0.08], None);
}

/// Gantry, cranes and a hose boom; a pylon frames the view.
fn hangar_steel(stage: &mut Stage, h: &Hull, hall: Hall) {
    let Hall { half, high, far } = hall;
    let s = turn(stage);
    let mut pen = Pen::new(h.dark);
    let y = 3.6;
    for side in [-1.0f32, 1.0] {
        let inner = side * (half - 2.2);
        pen.mat(h.dark).block(Vec3::new(inner, y - 0.16, 6.0), Vec3::new(side * half, y, -far + 1.0), 0.02);
        pen.mat(h.trim);
        railing(&mut pen, Vec3::new(inner, y, 5.0), Vec3::new(inner, y, -far + 1.0), 1.5);
        let mut z = 3.75;
        while z > -far {
            pen.add(&beam(
                Vec3::new(inner, y - 0.12, z),
                Vec3::new(side * (half - 0.3), y - 1.5, z),
                Vec2::splat(0.14),
                0.01,
            ));
            z -= 4.5;
        }
    }
    let zc = -15.0;
    for dz in [-0.8, 0.8] {
        girder(&mut pen, Vec3::new(-half, high - 1.0, zc + dz), Vec3::new(half, high - 1.0, zc + dz), 0.9, 14);
    }
    let hook = Vec3::new(s * 0.4 * half, high - 2.0, zc);
    pen.mat(h.panel).block(hook + Vec3::new(-0.9, 0.0, -1.0), hook + Vec3::new(0.9, 0.8, 1.0), 0.06);
    pen.mat(h.dark).add(&rod(hook, hook - Vec3::Y * 0.36 * high, 0.04, 6));
    pen.add(&cylinder(0.3, 0.55, 12, 0.05).at(hook.x, hook.y - 0.36 * high - 0.5, hook.z));
    // The pylon in the foreground.
    let at = edge(stage, 0.99, 6.2);
    pen.mat(h.trim).block(Vec3::new(at.x - 0.3, 0.0, at.y - 0.3), Vec3::new(at.x + 0.3, high, at.y + 0.3), 0.06);
    for k in 0..5 {
        pen.mat(h.dark).block(
            Vec3::new(at.x - 0.34, 0.6 + 1.3 * k as f32, at.y - 0.34),
            Vec3::new(at.x + 0.34, 0.8 + 1.3 * k as f32, at.y + 0.34),
            0.03,
        );
    }
    pen.mat(h.warn).block(Vec3::new(at.x - 0.33, 1.5, at.y - 0.1), Vec3::new(at.x + 0.33, 1.56, at.y + 0.1), 0.0);
    stage.taken.take(at, 0.7);
    stage.add(pen);
}

fn hub(stage: &mut Stage) -> Plan {
    let s = turn(stage);
    stage.aim(0.0, 0.6);
    stage.set_ground(Ground::level(0, 0.0));
    let h = hull(stage);
    let radius = 10.0 + 2.5 * stage.world.layout.scale;
    let middle = stage.view.point(-0.2 * s, radius - 2.6);
    let c = Vec3::new(middle.x, 0.0, middle.y);
    hub_shell(stage, &h, c, radius);
    let table = stage.view.point(-0.30 * s, stage.hero_depth().max(5.2) + 1.6);
    holo_table(stage, &h, Vec3::new(table.x, 0.0, table.y));
    stage.taken.take(table, 1.7);
    planet(stage, Vec3::new(-0.26 * s, 0.16, -1.0), 0.20, Vec3::new(-0.6 * s, 0.45, 1.0));
    let mut plan = Plan::new(0.8, 6.0);
    let eye = stage.view.eye();
    let mut rng = stage.rng("hub spots");
    for k in 0..20 {
        let a = TAU * k as f32 / 20.0 + 0.1;
        let ring = |r: f32| middle + Vec2::from_angle(a) * r;
        if ring(radius - 2.0).y > eye.y - 2.2 {
            continue;
        }
        plan.structures.push(Spot::new(ring(radius - 2.0), facing(ring(radius), middle)));
        plan.lines.push(Spot::new(ring(radius - 1.2), facing(ring(radius), middle)));
        plan.props.push(Spot::new(ring(radius - 3.4), facing(ring(radius), middle) + rng.signed() * 0.5));
        plan.lights.push(Spot::new(ring(radius - 1.3), facing(ring(radius), middle)));
        plan.rows.push(Spot::new(ring(radius - 1.6), facing(ring(radius), middle)));
    }
    plan.scatter = Some(Scatter { half_width: 0.6 * radius, near: 3.0, far: 1.4 * radius, lane: 0.8, axis_x: -eye.x });
    plan.is_interior = true;
    plan
}

/// Piers and windows all round under a ribbed dome with a ring of light.
fn hub_shell(stage: &mut Stage, h: &Hull, c: Vec3, radius: f32) {
    let n = 20;
    let (sill, head, top) = (0.7, 4.2, 6.8);
    let mut pen = Pen::new(h.deck);
    pen.crease(60.0).add(&cylinder(radius + 0.4, 0.3, 60, 0.0).at(c.x, -0.3, c.z)).crease(45.0);
    let at = |a: f32, r: f32, y: f32| c + Vec3::new(r * a.cos(), y, r * a.sin());
    for k in 0..n {
        let (a, b) = (TAU * k as f32 / n as f32, TAU * (k + 1) as f32 / n as f32);
        let m = 0.5 * (a + b);
        let yaw = FRAC_PI_2 - m;
        let w = radius * (0.5 * (b - a)).tan() * 1.02;
        let behind = at(m, radius, 0.0).z > stage.view.eye().y - 0.5;
        pen.placed(at(m, radius, 0.0), yaw, |p| {
            p.mat(h.wall).block(Vec3::new(-w, 0.0, -0.2), Vec3::new(w, if behind { head } else { sill }, 0.25), 0.02);
            p.mat(h.panel).block(Vec3::new(-w + 0.2, 0.12, -0.28), Vec3::new(w - 0.2, sill - 0.12, -0.2), 0.03);
            p.mat(h.accent).block(Vec3::new(-w + 0.1, sill + 0.0, -0.24), Vec3::new(w - 0.1, sill + 0.04, -0.2), 0.0);
            p.mat(h.wall).block(Vec3::new(-w, head, -0.2), Vec3::new(w, head + 0.6, 0.25), 0.02);
            p.mat(h.light).block(Vec3::new(-w + 0.15, head + 0.1, -0.24), Vec3::new(w - 0.15, head + 0.34, -0.2), 0.0);
        });
        pen.mat(h.trim).add(&beam(
            at(a, radius - 0.15, 0.0),
            at(a, radius - 0.15, head + 0.3),
            Vec2::new(0.42, 0.5),
            0.06,
        ));
        let rib = [(radius - 0.2, head + 0.4), (0.86 * radius, 5.6), (0.6 * radius, 6.4), (0.3 * radius, top)];
        for pair in rib.windows(2) {
            pen.add(&beam(at(a, pair[0].0, pair[0].1), at(a, pair[1].0, pair[1].1), Vec2::new(0.3, 0.36), 0.03));
        }
    }
    let dome: Vec<Vec2> =
        [(radius + 0.3, head + 0.5), (0.87 * radius, 5.75), (0.6 * radius, 6.55), (0.3 * radius, top + 0.1)]
            .map(|(r, y)| Vec2::new(r, y))
            .to_vec();
    let shape = sheet([80, 12], |u, v| {
        let t = v * 3.0;
        let i = (t as usize).min(2);
        let q = dome[i].lerp(dome[i + 1], t - i as f32);
        at(TAU * u, q.x, q.y)
    });
    pen.mat(h.wall).crease(60.0).add(&shape);
    pen.add(&cylinder(0.32 * radius, 0.3, 40, 0.0).at(c.x, top + 0.1, c.z));
    pen.mat(h.light).add(&gesamt_mesh::shapes2::hoop(0.22 * radius, 0.06 * radius, 0.12, 48).at(c.x, top - 0.2, c.z));
    pen.mat(h.accent).add(&gesamt_mesh::shapes2::hoop(0.60 * radius, 0.08, 0.08, 60).at(c.x, 6.2, c.z));
    pen.mat(h.dark).add(&gesamt_mesh::shapes2::hoop(0.5 * radius, 0.12, 0.012, 60).at(c.x, 0.0, c.z)).crease(45.0);
    stage.add(pen);
    stage.lamp(c + Vec3::Y * (top - 1.0), 0.8, h.color, 16.0, LightGroup::Steady);
}
