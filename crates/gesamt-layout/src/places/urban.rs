//! Streets: marketplace, street, alley, plaza.

use std::f32::consts::FRAC_PI_2;

use gesamt_mesh::shapes2::cable;
use gesamt_world::{Genre, MaterialKind, TimeOfDay, WeatherKind};
use glam::{Vec2, Vec3};

use super::choice::choose;
use super::lead;
use super::{Plan, Scatter, Spot};
use crate::arch::{Dialect, Plot, building, dialect};
use crate::backdrop;
use crate::ground::{Ground, GroundMesh, add_ground};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;

/// A street along −Z.
#[derive(Clone, Copy, Debug)]
pub(super) struct Street {
    /// Half the width between facades.
    pub half: f32,
    /// Where the rows of houses begin and end (z, falling).
    pub from: f32,
    pub to: f32,
    /// Width of the pavements; 0 for none.
    pub pavement: f32,
    pub shops: bool,
    /// Drift of the axis to the side over the length, which closes the view.
    pub bend: f32,
}

impl Street {
    /// The axis of the street at a depth.
    pub fn axis(&self, z: f32) -> f32 {
        let t = ((self.from - z) / (self.from - self.to)).clamp(0.0, 1.0);
        self.bend * t * t
    }
}

/// Rows of houses on both sides.
pub(super) fn rows(stage: &mut Stage, d: &Dialect, street: Street) {
    for side in [-1.0f32, 1.0] {
        let name = if side < 0.0 { "left" } else { "right" };
        let mut rng = stage.rng(name);
        let mut z = street.from + rng.range(0.0, 4.0);
        let mut index = 0;
        while z > street.to {
            let width = d.bay * (2 + rng.below(3)) as f32;
            let floors = d.floors[0] + rng.below((d.floors[1] - d.floors[0] + 1) as usize) as u32;
            let set_back = rng.range(0.0, 0.7);
            let seed = stage.seed.child(name).index(index);
            let x = street.axis(z) + side * (street.half + set_back);
            let (at, yaw) =
                if side < 0.0 { (Vec3::new(x, 0.0, z), FRAC_PI_2) } else { (Vec3::new(x, 0.0, z - width), -FRAC_PI_2) };
            let ground = stage.ground.at(x, z - 0.5 * width);
            let plot = Plot {
                at: at + Vec3::Y * ground,
                yaw,
                width,
                depth: 9.0,
                floors,
                seed,
                shop: street.shops && rng.chance(0.8),
            };
            building(stage, d, plot);
            stage.taken.take_box(Vec2::new(x, z), Vec2::new(x + side * 9.0, z - width));
            z -= width + if rng.chance(d.gaps) { rng.range(0.8, 3.5) } else { 0.0 };
            index += 1;
        }
    }
}

/// A house across the end of the street.
pub(super) fn close(stage: &mut Stage, d: &Dialect, street: Street, floors_more: u32) {
    let width = 2.0 * street.half + 8.0;
    let n = (width / (d.bay * 3.0)).ceil().max(1.0);
    // At dawn and dusk the end stays low: the light of the hour comes down the street.
    let is_low = matches!(stage.world.sky.time_of_day, TimeOfDay::Dawn | TimeOfDay::Dusk);
    let tallest = if is_low { d.floors[0].clamp(1, 3) } else { d.floors[1] };
    let mut rng = stage.rng("end");
    for i in 0..n as u64 {
        let w = width / n;
        let x = street.axis(street.to) - 0.5 * width + w * i as f32;
        let seed = stage.seed.child("end").index(i);
        // Roofs of several heights make a skyline: the middle is low, its neighbours are drawn.
        let lower = if 2 * i + 1 == n as u64 { 2 } else { rng.below(3) as u32 };
        let floors = (tallest + floors_more).saturating_sub(lower).max(d.floors[0].min(tallest)).max(1);
        let at = Vec3::new(x, stage.ground.at(x, street.to), street.to - 3.0 - (i % 2) as f32);
        building(stage, d, Plot { at, yaw: 0.0, width: w, depth: 8.0, floors, seed, shop: street.shops });
    }
}

/// Road, kerbs and pavements.
pub(super) fn paving(stage: &mut Stage, street: Street) {
    let ground = stage.world.materials.ground;
    let road = stage.trodden(ground);
    let side_kind = match ground {
        MaterialKind::Asphalt | MaterialKind::Concrete => MaterialKind::Concrete,
        MaterialKind::Dirt | MaterialKind::Sand | MaterialKind::Mud | MaterialKind::Snow => ground,
        _ => MaterialKind::Flagstone,
    };
    let side = stage.trodden(side_kind);
    let walk = street.half - street.pavement;
    add_ground(stage, GroundMesh::NEAR, move |x, z| if (x - street.axis(z)).abs() < walk { road } else { side });
    if street.pavement < 0.4 {
        return;
    }
    let kerb =
        stage.kind(if side_kind == MaterialKind::Concrete { MaterialKind::Concrete } else { MaterialKind::StoneBlock });
    let mut pen = Pen::new(kerb);
    for sign in [-1.0f32, 1.0] {
        let mut z = street.from;
        while z > street.to {
            let (a, b) = (street.axis(z) + sign * walk, street.axis(z) + sign * (street.half + 1.0));
            let y = stage.ground.at(a, z);
            // Nothing and nobody stands across the kerb.
            stage.taken.take_box(Vec2::new(a, z), Vec2::new(a + sign * 0.22, z - 2.0));
            pen.mat(kerb).block(Vec3::new(a, y - 0.3, z), Vec3::new(a + sign * 0.22, y + 0.15, z - 1.98), 0.02);
            pen.mat(side).block(Vec3::new(a + sign * 0.22, y - 0.3, z), Vec3::new(b, y + 0.14, z - 2.0), 0.0);
            z -= 2.0;
        }
    }
    stage.add(pen);
}

/// Height of the pavement above the ground at a point, for things that stand on it.
fn kerb_lift(street: Street, at: Vec2) -> f32 {
    let off = (at.x - street.axis(at.y)).abs();
    if street.pavement >= 0.4 && off > street.half - street.pavement { 0.14 } else { 0.0 }
}

/// Cables, bunting or washing across the street.
pub(super) fn overhead(stage: &mut Stage, d: &Dialect, street: Street, count: u32) {
    let wire = stage.tinted(MaterialKind::Rubber, [0.02; 3], 0.8);
    let (accent, key) = (stage.skin.accent, stage.skin.key);
    let flags: [u32; 2] =
        [accent, mix(key, [0.8, 0.75, 0.65], 0.4)].map(|c| stage.tinted(MaterialKind::Fabric, c, 0.85));
    let lively = stage.world.condition.population > 0.4 && d.cables < 0.6;
    let mut rng = stage.rng("overhead");
    let mut pen = Pen::new(wire);
    for i in 0..count {
        let z = street.from - 3.0 - (street.from - street.to - 6.0) * (i as f32 + rng.unit()) / count as f32;
        if z > stage.view.eye().y - 2.5 {
            continue;
        }
        let x = street.axis(z);
        let high = d.ground_storey + rng.range(0.8, 1.0 + d.storey * (d.floors[0] as f32 - 1.0).max(0.6));
        let a = Vec3::new(x - street.half - 0.3, high, z + rng.signed() * 1.5);
        let b = Vec3::new(x + street.half + 0.3, high + rng.signed() * 0.9, z + rng.signed() * 1.5);
        let sag = rng.range(0.25, 0.9);
        if d.cables > 0.3 || lively {
            pen.mat(wire).add(&cable(a, b, sag, 0.015 + 0.012 * rng.unit(), 14));
        }
        if lively {
            let n = 18;
            for k in 1..n {
                let t = k as f32 / n as f32;
                let p = a.lerp(b, t) - Vec3::Y * (4.0 * sag * t * (1.0 - t));
                let along = (b - a).normalize_or(Vec3::X) * 0.13;
                pen.mat(flags[k % 2]).quad([p - along, p - Vec3::Y * 0.34, p + along, p]);
            }
        }
    }
    stage.add(pen);
}

/// What runs along the houses of a street stands so far before them, in metres.
const WALL_CLEAR_M: f32 = 0.6;

/// Spots along both sides of a street.
fn plan_of(stage: &Stage, street: Street, every: f32, stall_row: f32) -> Plan {
    let mut plan = Plan::new(0.35 * street.half, street.half);
    let eye = stage.view.eye();
    let mut rng = stage.rng("spots");
    let lifted = |at: Vec2, yaw: f32| Spot { at, yaw, lift: kerb_lift(street, at) };
    let mut z = eye.y - 4.5;
    let mut flip = 1.0;
    while z > street.to + 3.0 {
        let x = street.axis(z);
        let post = street.half - 0.55 * street.pavement.max(1.0);
        plan.lights.push(lifted(Vec2::new(x + flip * post, z), -flip * FRAC_PI_2));
        plan.lights.push(lifted(Vec2::new(x - flip * post, z - 0.5 * every), flip * FRAC_PI_2));
        z -= every;
        flip = -flip;
    }
    let mut z = eye.y - 3.2;
    while z > street.to + 2.0 {
        for side in [-1.0f32, 1.0] {
            let x = street.axis(z);
            let at = Vec2::new(x + side * (street.half - stall_row), z + rng.signed() * 0.5);
            plan.structures.push(lifted(at, -side * FRAC_PI_2 + rng.signed() * 0.12));
            let at = Vec2::new(x + side * (street.half - WALL_CLEAR_M), z);
            plan.lines.push(lifted(at, -side * FRAC_PI_2));
            let at = Vec2::new(x + side * (street.half - rng.range(0.45, 1.0)), z - 1.3);
            plan.props.push(lifted(at, -side * FRAC_PI_2 + rng.signed() * 0.6));
        }
        z -= rng.range(2.6, 3.6);
    }
    let z = stage.hero.y;
    plan.gates =
        vec![Spot::new(Vec2::new(street.axis(z), z), 0.0), Spot::new(Vec2::new(street.axis(z - 14.0), z - 14.0), 0.0)];
    plan.is_paved = true;
    plan.scatter = Some(Scatter { half_width: street.half - 0.4, near: 2.6, far: 26.0, lane: 0.9, axis_x: 0.0 });
    plan
}

/// A street of shops and stalls.
pub(super) fn marketplace(stage: &mut Stage) -> Plan {
    let d = dialect(stage.world);
    let wide = stage.world.layout.variant % 2 == 1;
    let half = if wide { 7.6 } else { 5.0 } + 1.2 * stage.world.layout.scale;
    stage.aim(-0.14 * half * stage.world.camera.subject_x.signum(), 0.75);
    let street = Street {
        half,
        from: 7.0,
        to: if wide { -44.0 } else { -58.0 },
        pavement: 0.0,
        shops: true,
        bend: if wide { 0.0 } else { 3.5 * turn(stage) },
    };
    lay(stage, &d, street);
    overhead(stage, &d, street, 6 + (d.cables * 12.0) as u32);
    let mut plan = plan_of(stage, street, 7.5, 1.7);
    super::stalls::stalls(stage, &mut plan);
    plan.at_least = 12;
    plan.has_fire = true;
    plan
}

/// A street with pavements.
pub(super) fn street(stage: &mut Stage) -> Plan {
    if stage.world.setting.genre == Genre::PostApocalyptic {
        return highway(stage);
    }
    let d = dialect(stage.world);
    let broad = stage.world.setting.genre == Genre::Western || stage.world.layout.variant % 2 == 1;
    let half = if broad { 8.0 } else { 5.8 } + 2.0 * stage.world.layout.scale;
    stage.aim(-0.2 * half * stage.world.camera.subject_x.signum(), 0.75);
    let natural = matches!(stage.world.materials.ground, MaterialKind::Dirt | MaterialKind::Sand | MaterialKind::Mud);
    let pavement = if natural { 0.0 } else { 2.0 };
    let bend = if broad { 0.0 } else { 4.5 * turn(stage) };
    let street = Street { half, from: 8.0, to: -70.0, pavement, shops: true, bend };
    lay(stage, &d, street);
    overhead(stage, &d, street, 3 + (d.cables * 8.0) as u32);
    plan_of(stage, street, 9.0, 0.9)
}

/// A narrow alley.
pub(super) fn alley(stage: &mut Stage) -> Plan {
    let mut d = dialect(stage.world);
    d.floors = d.floors.map(|f| f.max(3));
    d.jetty = d.jetty.min(0.22);
    d.porch = 0.0;
    d.columns = 0.0;
    let half = 2.3 + 0.7 * stage.world.layout.scale;
    stage.aim(-0.25 * half * stage.world.camera.subject_x.signum(), 0.6);
    let bend = if stage.world.layout.variant % 2 == 1 { 5.0 } else { 1.5 } * turn(stage);
    let street = Street { half, from: 6.0, to: -36.0, pavement: 0.0, shops: false, bend };
    lay(stage, &d, street);
    overhead(stage, &d, street, 5 + (d.cables * 8.0) as u32);
    plan_of(stage, street, 6.5, 0.9)
}

fn turn(stage: &Stage) -> f32 {
    stage.world.camera.subject_x.signum()
}

fn lay(stage: &mut Stage, d: &Dialect, street: Street) {
    let seed = stage.seed.child("paving").0 as u32;
    stage.set_ground(Ground::level(seed, 0.03));
    paving(stage, street);
    rows(stage, d, street);
    close(stage, d, street, 0);
    if stage.world.setting.place != gesamt_world::Place::Plaza {
        lead::along_street(stage, street);
    }
    backdrop::behind(stage, 60.0 - street.to);
}

/// What the subject of a square stands on.
#[derive(Clone, Copy, Debug)]
enum Middle {
    Steps,
    Basin,
}

/// Storeys of the lowest and the tallest houses about a square.
const LOW_FLOORS: [u32; 2] = [2, 4];

/// An open square with a ring of houses and a landmark.
pub(super) fn plaza(stage: &mut Stage) -> Plan {
    let mut d = dialect(stage.world);
    // Sky over the roofs: a square is open.
    d.floors = [d.floors[0].min(LOW_FLOORS[0]), d.floors[1].min(LOW_FLOORS[1])];
    let half = 13.0 + 6.0 * stage.world.layout.scale;
    stage.aim(0.0, 0.5);
    let street = Street { half, from: 6.0, to: -2.0 * half - 6.0, pavement: 0.0, shops: true, bend: 0.0 };
    lay(stage, &d, street);
    let is_dry = stage.world.weather.kind == WeatherKind::Dust || stage.world.setting.genre == Genre::PostApocalyptic;
    match choose(stage, "which plan", &[(Middle::Steps, 1.0), (Middle::Basin, if is_dry { 0.0 } else { 1.4 })]) {
        Middle::Steps => steps(stage, 2.4, 3),
        Middle::Basin => super::square::basin(stage),
    }
    super::square::tower(stage, &d, -2.0 * half - 6.0);
    super::square::avenue(stage);
    let mut plan = plan_of(stage, Street { half: half - 4.0, ..street }, 8.0, 1.5);
    plan.move_room = 1.6;
    plan.particle_half_width = 8.0;
    plan
}

/// A round stepped base under the subject.
pub(super) fn steps(stage: &mut Stage, radius: f32, n: u32) {
    let stone = stage.kind(MaterialKind::StoneBlock);
    let hero = stage.on_ground(stage.hero);
    let mut pen = Pen::new(stone);
    let radius = radius.max(0.7 * stage.hero_height);
    for i in 0..n {
        let r = radius + 0.4 * (n - i) as f32;
        pen.add(&gesamt_mesh::shapes::cylinder(r, 0.16, 40, 0.03).at(hero.x, hero.y + 0.16 * i as f32 - 0.01, hero.z));
    }
    stage.add(pen);
    let lift = 0.16 * n as f32 - 0.01;
    let at = stage.hero;
    let reach = radius + 0.3;
    let ground = stage.ground.plus(move |x, z| if Vec2::new(x, z).distance(at) < reach { lift } else { 0.0 });
    stage.ground = ground;
}

/// An open road: broken asphalt, guard rails, an overpass, pylons and the ruins of a city on the horizon.
pub(super) fn highway(stage: &mut Stage) -> Plan {
    let d = dialect(stage.world);
    let half = 6.5;
    stage.aim(-0.2 * half * stage.world.camera.subject_x.signum(), 0.8);
    let seed = stage.seed.child("road").0 as u32;
    stage.set_ground(Ground::new(move |x, z| {
        let off = crate::ground::smooth(half + 1.0, half + 9.0, x.abs());
        0.03 * gesamt_mesh::noise::fbm(Vec3::new(x, 0.0, z) * 0.35, 2, seed)
            + off * (0.9 * gesamt_mesh::noise::fbm(Vec3::new(x, 0.0, z) * 0.05, 3, seed ^ 5) - 0.25)
    }));
    let road = stage.trodden(MaterialKind::Asphalt);
    let dust = stage.kind(match stage.world.materials.ground {
        MaterialKind::Asphalt | MaterialKind::Concrete => MaterialKind::Dirt,
        kind => kind,
    });
    add_ground(stage, GroundMesh::WIDE, move |x, z| {
        let edge = half - 0.6 + 0.9 * gesamt_mesh::noise::fbm(Vec3::new(x, 0.0, z) * 0.5, 2, seed ^ 3);
        let drift = gesamt_mesh::noise::fbm(Vec3::new(x, 7.0, z) * 0.22, 3, seed) > 0.34;
        if x.abs() < edge && !drift { road } else { dust }
    });
    let paint = stage.tinted(MaterialKind::Plaster, [0.62, 0.56, 0.4], 0.7);
    let steel = stage.kind(MaterialKind::RustedMetal);
    let mut rng = stage.rng("road");
    let mut pen = Pen::new(paint);
    for k in 0..26 {
        let z = 2.0 - 5.0 * k as f32;
        if rng.chance(0.75) {
            pen.mat(paint);
            pen.quad([
                Vec3::new(-0.09, 0.04, z),
                Vec3::new(0.09, 0.04, z),
                Vec3::new(0.09, 0.04, z - 2.4),
                Vec3::new(-0.09, 0.04, z - 2.4),
            ]);
        }
        for side in [-1.0f32, 1.0] {
            if rng.chance(0.2) {
                continue;
            }
            let x = side * (half + 0.1);
            let sag = if rng.chance(0.2) { -0.3 } else { 0.0 };
            pen.mat(steel);
            pen.block(Vec3::new(x - 0.06, -0.3, z - 0.06), Vec3::new(x + 0.06, 0.75, z + 0.06), 0.01);
            for y in [0.5, 0.68] {
                let (a, b) = (Vec3::new(x - side * 0.08, y, z), Vec3::new(x - side * 0.08, y + sag, z - 5.0));
                pen.add(&gesamt_mesh::shapes2::beam(a, b, Vec2::new(0.06, 0.12), 0.02));
            }
        }
    }
    road_lines(stage, half);
    stage.add(pen);
    super::overpass::overpass(stage, -(stage.hero_depth() + 22.0));
    let side = -stage.world.camera.subject_x.signum();
    for k in 0..5u64 {
        let s = if k % 2 == 0 { side } else { -side };
        let at = Vec2::new(s * (19.0 + 4.0 * k as f32), -22.0 - 15.0 * k as f32);
        super::settlement::house(
            stage,
            &d,
            at,
            Vec2::new(0.0, at.y + 4.0),
            4,
            d.floors[0].max(2) + (k % 3) as u32,
            stage.seed.child("roadside").index(k),
        );
    }
    backdrop::behind(stage, 150.0);
    super::common::undergrowth(stage, 0.2, 0.26, 0.9, None);
    let street = Street { half, from: 8.0, to: -60.0, pavement: 0.0, shops: false, bend: 0.0 };
    let mut plan = plan_of(stage, street, 9.0, 1.4);
    plan.move_room = 1.6;
    plan.particle_half_width = 9.0;
    plan
}

/// Lines along the edges of the road, cracks, and what has been swept against its rails.
fn road_lines(stage: &mut Stage, half: f32) {
    let from = stage.view.eye().y + 1.0;
    let at = |t: f32| Vec2::new(0.0, from - 60.0 * t);
    let line = lead::Line { at: &at, length_m: 60.0 };
    for side in [-1.0f32, 1.0] {
        lead::paint_line(stage, &line, side * (half - 1.5), 0.06, [0.6, 0.56, 0.44], Some(6.0));
    }
    lead::cracks(stage, &line, half - 1.0, 14);
    lead::sweepings(stage, &line, &[0.3 - half, half - 0.3], 2.0);
}
