//! What the enclosed places share: manners of building, daylight through openings, spots along a hall, and ironwork.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cone, cylinder, sphere, tube};
use gesamt_mesh::shapes2::{arc_band, beam, extrude, rod};
use gesamt_world::{Genre, LinearRgb, MaterialKind, TimeOfDay, WeatherKind};
use glam::{Vec2, Vec3};

use super::super::{Plan, Scatter, Spot};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;

/// The manner in which a genre builds its halls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// White panels and strips of light.
    Sleek,
    /// Dark metal, cables, coloured tubes.
    Dark,
    /// Plain steel, brick and concrete.
    Plain,
    /// Grown shells and ribs.
    Organic,
    /// Brass, copper, rivets.
    Brass,
    /// Torn panels and faulty lamps.
    Wreck,
    /// Stone, timber and candles.
    Old,
}

impl Manner {
    /// The manner of the stage's genre.
    pub fn of(stage: &Stage) -> Self {
        use Genre::*;
        match stage.world.setting.genre {
            ScienceFiction | Cyberpunk | Modern | Industrial if stage.world.condition.decay > 0.6 => Self::Wreck,
            ScienceFiction | Solarpunk => Self::Sleek,
            Cyberpunk => Self::Dark,
            Modern | Industrial | Noir => Self::Plain,
            Alien => Self::Organic,
            Steampunk | Nautical => Self::Brass,
            PostApocalyptic => Self::Wreck,
            _ => Self::Old,
        }
    }
}

/// +1 when the subject stands right of the middle, −1 when left.
pub(super) fn turn(stage: &Stage) -> f32 {
    if stage.world.camera.subject_x < 0.0 { -1.0 } else { 1.0 }
}

/// Colour and strength of what falls in from outside.
#[derive(Clone, Copy, Debug)]
pub(super) struct Daylight {
    pub color: LinearRgb,
    /// Irradiance of the direct light.
    pub sun: f32,
    /// Radiance of a bright opening.
    pub pane: f32,
}

/// The light outside at the stage's hour, as the weather lets it through. It is daylight or moonlight: the palette tints it, but a
/// magenta sun would be a fault.
pub(super) fn daylight(stage: &Stage) -> Daylight {
    let skin = &stage.skin;
    let light = match stage.world.sky.time_of_day {
        TimeOfDay::Day => Daylight { color: mix([1.0, 0.93, 0.8], skin.key, 0.1), sun: 7.5, pane: 5.0 },
        TimeOfDay::Dawn => Daylight { color: mix([1.0, 0.8, 0.78], skin.key, 0.1), sun: 5.0, pane: 3.2 },
        TimeOfDay::Dusk => Daylight { color: mix([1.0, 0.36, 0.12], skin.key, 0.15), sun: 4.6, pane: 2.2 },
        TimeOfDay::Night => Daylight { color: mix([0.5, 0.68, 1.0], skin.ambient, 0.1), sun: 1.3, pane: 0.6 },
    };
    let (sun, pane) = match stage.world.weather.kind {
        WeatherKind::Clear => (1.0, 1.0),
        WeatherKind::Dust => (0.8, 0.9),
        WeatherKind::Snow => (0.3, 0.9),
        WeatherKind::Fog | WeatherKind::Overcast | WeatherKind::Rain => (0.2, 0.7),
        WeatherKind::Storm => (0.12, 0.45),
    };
    Daylight { sun: light.sun * sun, pane: light.pane * pane, ..light }
}

/// A far lamp in direction `from` that lights `target` like a low sun: nearly parallel shafts through every opening.
pub(super) fn far_light(stage: &mut Stage, target: Vec3, from: Vec3, color: LinearRgb, irradiance: f32) {
    let distance = 75.0;
    let position = target + from.normalize_or(Vec3::Y) * distance;
    stage.lamp(position, 0.9, color, irradiance * distance * distance, LightGroup::Steady);
}

/// Half the width, the height and the reach ahead of a hall along −Z about the set's axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hall {
    pub half: f32,
    pub high: f32,
    pub far: f32,
}

/// Spots along both sides of a hall, `wall` metres clear of its walls.
pub(super) fn hall_plan(stage: &Stage, hall: Hall, wall: f32) -> Plan {
    let half = hall.half - wall;
    let mut plan = Plan::new(0.8, half.min(7.0));
    let mut rng = stage.rng("hall spots");
    let eye = stage.view.eye();
    let mut z = eye.y - 3.8;
    while z > 2.0 - hall.far {
        for side in [-1.0f32, 1.0] {
            let yaw = -side * FRAC_PI_2;
            plan.structures.push(Spot::new(Vec2::new(side * (half - 0.9), z), yaw + rng.signed() * 0.08));
            plan.lines.push(Spot::new(Vec2::new(side * (half - 0.3), z), yaw));
            let x = side * (half - 1.1 - 0.25 * half * rng.unit());
            plan.props.push(Spot::new(Vec2::new(x, z - 1.5), yaw + rng.signed() * 0.6));
            plan.lights.push(Spot::new(Vec2::new(side * (half - 0.4), z - 0.8), yaw));
            plan.rows.push(Spot::new(Vec2::new(side * (half - 0.8), z - 0.2), yaw));
        }
        z -= 3.1;
    }
    // Portals stand against the side walls: in the middle of a hall they would lead nowhere.
    let portal = |side: f32, z: f32| Spot::new(Vec2::new(side * (half - 0.3), z), -side * FRAC_PI_2);
    plan.gates = vec![portal(-turn(stage), eye.y - 1.3 * stage.hero_depth()), portal(turn(stage), -0.7 * hall.far)];
    plan.scatter = Some(Scatter { half_width: half - 0.3, near: 2.6, far: hall.far - 3.0, lane: 0.8, axis_x: -eye.x });
    plan.is_interior = true;
    plan
}

/// A point of the plan at the frame's edge, away from the subject, for things that frame the view.
pub(super) fn edge(stage: &Stage, x: f32, depth: f32) -> Vec2 {
    stage.view.point(-turn(stage) * x, depth)
}

/// A rail with posts and two bars from `a` to `b` (points on the floor).
pub(super) fn railing(pen: &mut Pen, a: Vec3, b: Vec3, every: f32) {
    let n = ((b - a).length() / every).ceil().max(1.0) as i32;
    for i in 0..=n {
        let p = a.lerp(b, i as f32 / n as f32);
        pen.add(&rod(p, p + Vec3::Y * 1.05, 0.026, 5));
    }
    for h in [0.52, 1.05] {
        pen.add(&rod(a + Vec3::Y * h, b + Vec3::Y * h, 0.024, 5));
    }
}

/// Turned balusters under a hand rail from `a` to `b`.
pub(super) fn balustrade(pen: &mut Pen, a: Vec3, b: Vec3) {
    let n = ((b - a).length() / 0.34).ceil().max(1.0) as i32;
    let profile =
        [(0.045, 0.0), (0.03, 0.16), (0.06, 0.34), (0.028, 0.62), (0.045, 0.84)].map(|(r, y)| Vec2::new(r, y));
    pen.crease(60.0);
    for i in 0..=n {
        let p = a.lerp(b, i as f32 / n as f32);
        pen.add(&gesamt_mesh::shapes::lathe(&profile, 6).at(p.x, p.y + 0.06, p.z));
    }
    pen.crease(45.0);
    pen.add(&beam(a + Vec3::Y * 0.94, b + Vec3::Y * 0.94, Vec2::new(0.13, 0.09), 0.02));
    pen.add(&beam(a + Vec3::Y * 0.04, b + Vec3::Y * 0.04, Vec2::new(0.16, 0.1), 0.01));
}

/// A ladder from `foot` up by `high`, its rungs across `across`.
pub(super) fn ladder(pen: &mut Pen, foot: Vec3, top: Vec3, across: Vec3) {
    let half = across * 0.22;
    for s in [-1.0, 1.0] {
        pen.add(&rod(foot + half * s, top + half * s, 0.028, 5));
    }
    let n = ((top - foot).length() / 0.3) as i32;
    for i in 1..n {
        let p = foot.lerp(top, i as f32 / n as f32);
        pen.add(&rod(p - half, p + half, 0.018, 4));
    }
}

/// A lattice girder from `a` to `b`, `deep` metres deep (downward).
pub(super) fn girder(pen: &mut Pen, a: Vec3, b: Vec3, deep: f32, panels: u32) {
    let down = Vec3::Y * -deep;
    pen.add(&beam(a, b, Vec2::new(0.2, 0.16), 0.015));
    pen.add(&beam(a + down, b + down, Vec2::new(0.2, 0.16), 0.015));
    for i in 0..panels {
        let (p, q) = (a.lerp(b, i as f32 / panels as f32), a.lerp(b, (i + 1) as f32 / panels as f32));
        let middle = p.lerp(q, 0.5);
        pen.add(&beam(p + down, middle, Vec2::splat(0.08), 0.0));
        pen.add(&beam(middle, q + down, Vec2::splat(0.08), 0.0));
    }
}

/// A pipe along a path with flanges at its bends.
pub(super) fn pipe(pen: &mut Pen, path: &[Vec3], radius: f32) {
    pen.crease(60.0).add(&tube(path, &vec![radius; path.len()], 10));
    for pair in path.windows(2) {
        let along = (pair[1] - pair[0]).normalize_or(Vec3::Y);
        let n = ((pair[1] - pair[0]).length() / 3.5).ceil() as i32;
        for i in 0..n {
            let p = pair[0].lerp(pair[1], (i as f32 + 0.5) / n as f32);
            pen.add(&rod(p - along * 0.05, p + along * 0.05, radius * 1.4, 10));
        }
    }
    pen.crease(45.0);
}

/// A gear about +Z.
pub(super) fn gear(pen: &mut Pen, at: Vec3, yaw: f32, radius: f32, deep: f32, phase: f32) {
    let teeth = (radius * 13.0) as u32 + 9;
    pen.placed(at, yaw, |p| {
        for k in 0..4 {
            let (a, b) = (TAU * k as f32 / 4.0, TAU * (k + 1) as f32 / 4.0);
            p.add(&extrude(&arc_band(0.76 * radius, radius, a, b, 10), deep, 0.02));
        }
        for k in 0..teeth {
            let dir = Vec2::from_angle(phase + TAU * k as f32 / teeth as f32).extend(0.0);
            let width = 0.5 * TAU * radius / teeth as f32;
            p.add(&beam(dir * 0.98 * radius, dir * (1.07 * radius + 0.06), Vec2::new(width, 0.9 * deep), 0.0));
        }
        for k in 0..6 {
            let dir = Vec2::from_angle(phase + TAU * k as f32 / 6.0).extend(0.0);
            p.add(&beam(dir * 0.1 * radius, dir * 0.8 * radius, Vec2::new(0.13 * radius, 0.5 * deep), 0.02));
        }
        p.add(&rod(Vec3::Z * -0.8 * deep, Vec3::Z * 0.8 * deep, 0.2 * radius, 20));
    });
}

/// A shaded lamp that hangs from `top` by a rod; the shade ends at `y`.
pub(super) fn pendant(stage: &mut Stage, pen: &mut Pen, metal: u32, glow: u32, at: Vec3, top: f32, size: f32) {
    pen.mat(metal).add(&rod(at + Vec3::Y * 0.2, Vec3::new(at.x, top, at.z), 0.014, 4));
    pen.crease(60.0).add(&cone(size, 0.24 * size, 0.62 * size, 18).at(at.x, at.y, at.z)).crease(45.0);
    pen.mat(glow).add(&cylinder(0.55 * size, 0.04, 14, 0.0).at(at.x, at.y - 0.045, at.z));
    let color = stage.skin.lamp_color();
    stage.lamp(at - Vec3::Y * 0.3, 0.15, color, 12.0, LightGroup::Steady);
}

/// Candles (or a bowl of light) on a ring: wheel chandelier of the older manners, tubes of light in the newer.
pub(super) fn chandelier(stage: &mut Stage, pen: &mut Pen, at: Vec3, top: f32, radius: f32) {
    let manner = Manner::of(stage);
    let color = stage.skin.lamp_color();
    let metal = stage.kind(if manner == Manner::Brass { MaterialKind::Brass } else { MaterialKind::DarkMetal });
    let modern = matches!(manner, Manner::Sleek | Manner::Dark | Manner::Plain);
    let group = if modern { LightGroup::Steady } else { LightGroup::Fire };
    let glow = stage.glow(if modern { MaterialKind::Emissive } else { MaterialKind::Flame }, color, 14.0, group);
    pen.mat(metal).add(&rod(at + Vec3::Y * 0.9, Vec3::new(at.x, top, at.z), 0.02, 5));
    for k in 0..4 {
        let dir = Vec2::from_angle(TAU * (k as f32 + 0.5) / 4.0) * radius;
        pen.add(&rod(at + Vec3::new(dir.x, 0.0, dir.y), at + Vec3::Y * 0.9, 0.012, 4));
    }
    pen.crease(60.0).add(&gesamt_mesh::shapes2::hoop(radius - 0.04, 0.08, 0.1, 28).at(at.x, at.y - 0.05, at.z));
    if modern {
        pen.mat(glow).add(&gesamt_mesh::shapes2::torus(radius, 0.035, 28, 6).at(at.x, at.y - 0.08, at.z)).crease(45.0);
    } else {
        let paper = stage.kind(MaterialKind::Paper);
        for k in 0..10 {
            let dir = Vec2::from_angle(TAU * k as f32 / 10.0) * radius;
            let p = at + Vec3::new(dir.x, 0.05, dir.y);
            pen.mat(metal).add(&cylinder(0.06, 0.03, 8, 0.0).at(p.x, p.y, p.z));
            pen.mat(paper).add(&cylinder(0.025, 0.16, 6, 0.0).at(p.x, p.y + 0.02, p.z));
            let flame = sphere(0.035, 5, 6).mapped(|q| q * Vec3::new(0.7, 1.7, 0.7));
            pen.mat(glow).add(&flame.at(p.x, p.y + 0.24, p.z));
        }
        pen.crease(45.0);
    }
    stage.lamp(at + Vec3::Y * 0.35, 0.5 * radius, color, 9.0, group);
}

/// The outline of an arched opening from its sill: `half` wide to each side, straight up to `spring`, then a round or
/// pointed head. Counter-clockwise.
pub(super) fn arch_outline(half: f32, spring: f32, pointed: bool) -> Vec<Vec2> {
    let n = 10;
    let mut points = vec![Vec2::new(-half, 0.0), Vec2::new(half, 0.0)];
    if pointed {
        // Two arcs of radius 2·half about the opposite springs.
        for i in 0..=n {
            let a = i as f32 / n as f32 * PI / 3.0;
            points.push(Vec2::new(-half + 2.0 * half * a.cos(), spring + 2.0 * half * a.sin()));
        }
        for i in (0..n).rev() {
            let a = i as f32 / n as f32 * PI / 3.0;
            points.push(Vec2::new(half - 2.0 * half * a.cos(), spring + 2.0 * half * a.sin()));
        }
    } else {
        for i in 0..=2 * n {
            let a = PI * i as f32 / (2 * n) as f32;
            points.push(Vec2::new(half * a.cos(), spring + half * a.sin()));
        }
    }
    points
}

/// Height of the head of an arched opening over its sill at `x` from its middle.
pub(super) fn arch_height(half: f32, spring: f32, pointed: bool, x: f32) -> f32 {
    let x = x.abs().min(half);
    if pointed {
        spring + (4.0 * half * half - (x + half).powi(2)).max(0.0).sqrt()
    } else {
        spring + (half * half - x * x).sqrt()
    }
}

/// A wall in the local xy-plane (`thick` deep about z = 0) of one bay: `width` wide and `high` tall with an arched
/// opening whose sill is at `sill`. Built of columns of stone so that it stays exact for any outline.
pub(super) fn pierced_bay(
    pen: &mut Pen,
    width: f32,
    high: f32,
    thick: f32,
    half: f32,
    sill: f32,
    spring: f32,
    pointed: bool,
) {
    let (w, t) = (0.5 * width, 0.5 * thick);
    pen.block(Vec3::new(-w, 0.0, -t), Vec3::new(w, sill, t), 0.0);
    pen.block(Vec3::new(-w, sill, -t), Vec3::new(-half, high, t), 0.0);
    pen.block(Vec3::new(half, sill, -t), Vec3::new(w, high, t), 0.0);
    let n = 14;
    for s in [-1.0f32, 1.0] {
        let mut outline: Vec<Vec2> = (0..=n)
            .map(|i| s * half * i as f32 / n as f32)
            .map(|x| Vec2::new(x, sill + arch_height(half, spring, pointed, x)))
            .collect();
        outline.push(Vec2::new(s * half, high));
        outline.push(Vec2::new(0.0, high));
        pen.add(&extrude(&outline, thick, 0.0));
    }
}

/// Bars of an arched window in the local xy-plane.
pub(super) fn glazing_bars(
    pen: &mut Pen,
    half: f32,
    sill: f32,
    spring: f32,
    pointed: bool,
    columns: u32,
    every: f32,
    bar: f32,
) {
    for i in 1..columns {
        let x = -half + 2.0 * half * i as f32 / columns as f32;
        let top = sill + arch_height(half, spring, pointed, x);
        pen.block(Vec3::new(x - bar, sill, -bar), Vec3::new(x + bar, top, bar), 0.0);
    }
    let mut y = sill + every;
    let crown = sill + arch_height(half, spring, pointed, 0.0);
    while y < crown - 0.3 {
        let mut w = half;
        while w > 0.1 && sill + arch_height(half, spring, pointed, w) < y {
            w -= 0.04;
        }
        pen.block(Vec3::new(-w, y - 0.8 * bar, -0.8 * bar), Vec3::new(w, y + 0.8 * bar, 0.8 * bar), 0.0);
        y += every;
    }
}
