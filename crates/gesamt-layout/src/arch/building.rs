//! Whole buildings.

use gesamt_mesh::shapes2::{beam, extrude};
use gesamt_world::{Rng, Seed};
use glam::{Vec2, Vec3};

use super::dialect::{Dialect, Roof, WindowStyle};
use super::facade::Facade;
use super::ornament;
use super::paint::Paint;
use super::roof;
use super::window::{Bay, WALL, bay};
use crate::pen::Pen;
use crate::stage::Stage;

/// Where a building stands. Its front lies on local z = 0, from x = 0 to `width`, and faces +Z before the turn by `yaw`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plot {
    /// The left front corner as seen from the street, at ground level.
    pub at: Vec3,
    pub yaw: f32,
    pub width: f32,
    pub depth: f32,
    pub floors: u32,
    pub seed: Seed,
    /// Whether the ground floor opens to the street.
    pub shop: bool,
}

/// What the parts of a building share.
pub(crate) struct Body<'a> {
    pub d: &'a Dialect,
    pub paint: &'a Paint,
    pub plot: Plot,
    pub facade: Facade,
    /// Left edges of the bays and the right edge of the last.
    pub bays: Vec<f32>,
    /// Number of standing storeys of each bay (fewer where it has collapsed).
    pub standing: Vec<u32>,
    pub decay: f32,
    pub population: f32,
}

impl Body<'_> {
    /// Height of the floor of a storey.
    pub fn floor(&self, storey: u32) -> f32 {
        // The first floor may be higher than those above it.
        let more = if storey > 1 { self.facade.first_floor } else { 0.0 };
        if storey == 0 { 0.0 } else { self.d.ground_storey + ((storey - 1) as f32 + more) * self.d.storey }
    }

    /// Height of the eaves.
    pub fn top(&self) -> f32 {
        self.floor(self.plot.floors)
    }

    /// Plane of the facade at a storey: jetties come forward.
    pub fn plane(&self, storey: u32) -> f32 {
        self.d.jetty * storey.min(2) as f32
    }

    /// True when no part of the building has fallen.
    pub fn is_whole(&self) -> bool {
        self.standing.iter().all(|s| *s == self.plot.floors)
    }
}

/// Builds a house of the dialect.
pub(crate) fn building(stage: &mut Stage, d: &Dialect, plot: Plot) {
    let paint = Paint::new(stage, d, plot.seed);
    let mut rng = plot.seed.child("house").rng();
    let mut own = *d;
    if let Some(window) = d.second_window.filter(|_| rng.chance(0.3)) {
        own.window = window;
    }
    let d = &own;
    let n = ((plot.width / d.bay).round() as usize).max(1);
    let bays = (0..=n).map(|i| plot.width * i as f32 / n as f32).collect();
    let decay = stage.world.condition.decay;
    let standing = collapse(n, plot.floors, decay, &mut rng);
    let population = stage.world.condition.population;
    let facade = Facade::new(d, plot.floors, decay, population, plot.seed);
    let body = Body { d, paint: &paint, plot, facade, bays, standing, decay, population };
    let mut pen = Pen::new(paint.wall);
    pen.placed(plot.at, plot.yaw, |pen| {
        shell(pen, &body);
        for storey in 0..plot.floors {
            row(pen, &body, storey, &mut rng);
        }
        if d.timber {
            half_timber(pen, &body, &mut rng);
        }
        body.facade.orders(pen, &body);
        roof::roof(pen, &body, &mut rng);
        ornament::ornaments(pen, &body, &mut rng);
    });
    let beside = 0.14 + if d.porch > 0.5 { 0.02 } else { 0.0 };
    let spot = pen_point(&plot, glam::Vec3::new(0.5 * plot.width / n as f32, 0.0, beside));
    let lift = (plot.at.y - stage.ground.at(spot.x, spot.z)).max(0.0);
    stage.walls.push(crate::places::Spot { at: Vec2::new(spot.x, spot.z), yaw: plot.yaw, lift });
    crook(&mut pen, d.crooked, plot);
    stage.add(pen);
    ornament::lamps(stage, d, &plot, &mut rng);
}

/// A point of a plot's frame in the world.
fn pen_point(plot: &Plot, local: Vec3) -> Vec3 {
    plot.at + glam::Quat::from_rotation_y(plot.yaw) * local
}

/// Standing storeys of each bay: in decayed places a corner may have come down.
fn collapse(n: usize, floors: u32, decay: f32, rng: &mut Rng) -> Vec<u32> {
    let mut standing = vec![floors; n];
    if floors > 1 && rng.chance((decay - 0.35) * 1.1) {
        let from_left = rng.chance(0.5);
        let depth = 1 + rng.below(floors as usize - 1) as u32;
        let reach = (n as f32 * rng.range(0.3, 0.75)).ceil() as usize;
        for i in 0..reach.min(n) {
            let index = if from_left { i } else { n - 1 - i };
            let lost = (depth as f32 * (1.0 - i as f32 / reach as f32)).ceil() as u32;
            standing[index] = floors.saturating_sub(lost).max(1);
        }
    }
    standing
}

/// The mass behind the facade, one block per bay.
fn shell(pen: &mut Pen, body: &Body) {
    pen.mat(body.paint.wall);
    for (index, pair) in body.bays.windows(2).enumerate() {
        let storeys = body.standing[index];
        for storey in 0..storeys {
            if body.d.jetty == 0.0 && storey > 0 {
                break;
            }
            let top = if body.d.jetty == 0.0 { body.floor(storeys) } else { body.floor(storey + 1) };
            let front = body.plane(storey) - WALL + 0.01;
            pen.block(Vec3::new(pair[0], body.floor(storey), -body.plot.depth), Vec3::new(pair[1], top, front), 0.0);
        }
        if storeys < body.plot.floors {
            broken_edge(pen, body, index);
        }
    }
    // A plinth and the ends of the front wall.
    pen.mat(body.paint.base);
    let w = body.plot.width;
    pen.block(Vec3::new(-0.06, -0.6, -body.plot.depth - 0.06), Vec3::new(w + 0.06, 0.35, 0.07), 0.02);
}

/// Stumps of wall where a bay has come down.
fn broken_edge(pen: &mut Pen, body: &Body, index: usize) {
    let (x0, x1) = (body.bays[index], body.bays[index + 1]);
    let y = body.floor(body.standing[index]);
    let mut rng = body.plot.seed.child("broken").index(index as u64).rng();
    let n = 5;
    pen.mat(body.paint.wall);
    for i in 0..n {
        let (a, b) = (x0 + (x1 - x0) * i as f32 / n as f32, x0 + (x1 - x0) * (i + 1) as f32 / n as f32);
        let h = rng.range(0.1, 0.8 * body.d.storey);
        let z = body.plane(body.standing[index].saturating_sub(1));
        pen.block(Vec3::new(a, y - 0.05, z - WALL), Vec3::new(b, y + h, z), 0.0);
    }
}

/// One storey of the facade.
fn row(pen: &mut Pen, body: &Body, storey: u32, rng: &mut Rng) {
    let (y0, y1) = (body.floor(storey), body.floor(storey + 1));
    let z = body.plane(storey);
    let door = body.bays.len().saturating_sub(1) / 2;
    for index in 0..body.bays.len() - 1 {
        if storey >= body.standing[index] {
            continue;
        }
        let rect = Bay { x: [body.bays[index], body.bays[index + 1]], y: [y0, y1], z };
        let wall = if storey == 0 { body.paint.base } else { body.paint.wall };
        if storey == 0 && body.plot.shop {
            ornament::shop_front(pen, body, rect, index == door, rng);
        } else if storey == 0 && index == door {
            ornament::door(pen, body, rect, rng);
        } else {
            let style =
                if storey == 0 && body.d.window == WindowStyle::Strip { WindowStyle::Square } else { body.d.window };
            let hole = rng.chance(0.25 * (body.decay - 0.3));
            if !hole {
                let opening = body.d.opening * body.facade.share(index, body.bays.len() - 1);
                let hole = bay(pen, body.paint, rect, style, opening, wall, rng);
                if matches!(
                    style,
                    WindowStyle::Square | WindowStyle::Strip | WindowStyle::Shuttered | WindowStyle::Arched
                ) {
                    body.facade.dress(pen, body, rect, storey, hole, rng);
                }
            } else {
                boarded(pen, body, rect, rng);
            }
        }
    }
    if storey > 0 && body.is_whole() && body.d.cornice > 0.15 {
        pen.mat(body.paint.trim);
        let deep = if storey == 1 { 0.16 } else { 0.08 } * (0.5 + body.d.cornice);
        pen.block(Vec3::new(-0.03, y0 - 0.12, z - 0.1), Vec3::new(body.plot.width + 0.03, y0 + 0.06, z + deep), 0.02);
    }
}

/// A bay whose window is gone: wall, a dark hole and boards across it.
fn boarded(pen: &mut Pen, body: &Body, rect: Bay, rng: &mut Rng) {
    let mut silent = body.paint.clone();
    silent.lit_share = 0.0;
    bay(pen, &silent, rect, WindowStyle::Square, body.d.opening, body.paint.wall, rng);
    pen.mat(body.paint.timber);
    let (w, h) = (rect.x[1] - rect.x[0], rect.y[1] - rect.y[0]);
    let middle = Vec2::new(0.5 * (rect.x[0] + rect.x[1]), rect.y[0] + 0.56 * h);
    for _ in 0..3 {
        let (dy, tilt) = (rng.signed() * 0.22 * h, rng.signed() * 0.25);
        let half = 0.5 * (body.d.opening + 0.15) * w;
        let a = Vec3::new(middle.x - half, middle.y + dy - tilt * half, rect.z + 0.02);
        let b = Vec3::new(middle.x + half, middle.y + dy + tilt * half, rect.z + 0.02);
        pen.add(&beam(a, b, Vec2::new(0.16, 0.03), 0.004));
    }
}

/// Posts, rails and braces over the plaster of the upper storeys.
fn half_timber(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    pen.mat(body.paint.timber);
    let first = if body.d.window == WindowStyle::Lattice { 0 } else { 1 };
    let t = 0.17;
    for storey in first..body.plot.floors {
        let (y0, y1, z) = (body.floor(storey), body.floor(storey + 1), body.plane(storey));
        let (back, front) = (z - 0.06, z + 0.045);
        let (left, right) = (-0.02, body.plot.width + 0.02);
        if body.is_whole() {
            pen.block(Vec3::new(left, y0 - 0.03, back), Vec3::new(right, y0 + 0.19, front + 0.04), 0.015);
            pen.block(Vec3::new(left, y1 - 0.17, back), Vec3::new(right, y1, front), 0.015);
        }
        for (index, &x) in body.bays.iter().enumerate() {
            let standing = body.standing[index.min(body.standing.len() - 1)];
            if storey < standing {
                let half = 0.5 * t;
                pen.block(Vec3::new(x - half, y0, back), Vec3::new(x + half, y1, front), 0.015);
            }
        }
        for pair in body.bays.windows(2) {
            let rail = y0 + 0.27 * (y1 - y0);
            pen.block(Vec3::new(pair[0], rail - 0.07, back), Vec3::new(pair[1], rail + 0.06, front - 0.01), 0.01);
            if body.d.window != WindowStyle::Lattice && rng.chance(0.55) {
                let flip = rng.chance(0.5);
                let (xa, xb) = if flip { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
                let a = Vec3::new(xa, y0 + 0.1, z + 0.0);
                let b = Vec3::new(xb, rail, z + 0.0);
                pen.add(&beam(a, b, Vec2::new(0.07, 0.13), 0.01));
            }
        }
        if body.d.jetty > 0.0 && storey > 0 {
            for &x in &body.bays {
                let a = Vec3::new(x, y0 - 0.55, body.plane(storey - 1));
                let b = Vec3::new(x, y0 - 0.05, z);
                pen.add(&beam(a, b, Vec2::new(0.13, 0.13), 0.01));
            }
        }
    }
    if body.is_whole() && body.d.roof == Roof::GableFront {
        let z = body.plane(body.plot.floors - 1) + 0.03;
        let (w, top) = (body.plot.width, body.top());
        let apex = top + roof::rise(body, w);
        for (a, b) in [(0.5, 0.5), (0.25, 0.25), (0.75, 0.75)] {
            let reach = 1.0 - 2.0 * f32::abs(a - 0.5);
            let from = Vec3::new(w * a, top, z);
            let to = Vec3::new(w * b, top + (apex - top) * reach - 0.15, z);
            pen.add(&beam(from, to, Vec2::new(0.14, 0.07), 0.01));
        }
    }
}

/// A gable of wall from the eaves to the ridge; `z` is its front.
pub(crate) fn gable_wall(pen: &mut Pen, x: [f32; 2], base: f32, rise: f32, z: f32) {
    let middle = 0.5 * (x[0] + x[1]);
    let triangle = [Vec2::new(x[0], base), Vec2::new(x[1], base), Vec2::new(middle, base + rise)];
    pen.add(&extrude(&triangle, WALL, 0.0).at(0.0, 0.0, z - 0.5 * WALL));
}

/// Leans and bulges a house.
fn crook(pen: &mut Pen, amount: f32, plot: Plot) {
    if amount <= 0.0 {
        return;
    }
    let mut rng = plot.seed.child("crook").rng();
    let lean = Vec2::new(rng.signed(), 0.5 * rng.signed()) * 0.035 * amount;
    let (bulge, phase) = (rng.range(0.3, 1.0) * 0.09 * amount, rng.range(0.0, 6.3));
    pen.bend(|p| {
        let h = (p.y - plot.at.y).max(0.0);
        let wave = bulge * ((0.55 * h + phase).sin() - phase.sin());
        let push = lean * h + Vec2::splat(wave * 0.7);
        Vec3::new(p.x + push.x, p.y, p.z + push.y)
    });
}
