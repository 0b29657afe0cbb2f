//! What leads into a picture along the ground: ruts, rails, gutters, painted lines, cracks and what collects beside walls.

use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{blob, cylinder, sheet};
use gesamt_world::{Genre, MaterialKind, Rng};
use glam::{Vec2, Vec3};

use super::urban::Street;
use crate::ground::smooth;
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::{Piece, Stage, pose};

/// Length of a step along a line, in metres.
const STEP_M: f32 = 0.7;
/// How high the flat parts of lines lie over the ground, in metres.
const LIFT_M: f32 = 0.022;

/// Half the gauge of a tramway and of a trolley's track, in metres.
const TRAM_HALF_GAUGE_M: f32 = 0.72;
pub(super) const TROLLEY_HALF_GAUGE_M: f32 = 0.4;

/// A line over the ground: a point of the plan for each part of its length, 0–1.
pub(super) struct Line<'a> {
    pub at: &'a dyn Fn(f32) -> Vec2,
    pub length_m: f32,
}

impl Line<'_> {
    /// A point beside the line, `aside` metres to its right.
    fn beside(&self, t: f32, aside: f32) -> Vec2 {
        let (a, b) = ((self.at)(t - 0.004), (self.at)(t + 0.004));
        let along = (b - a).normalize_or(Vec2::NEG_Y);
        (self.at)(t) + Vec2::new(-along.y, along.x) * aside
    }
}

/// A band along a line between two distances beside it; `lift` is its height over the ground across its width, 0–1.
fn band(stage: &Stage, pen: &mut Pen, line: &Line, [left, right]: [f32; 2], columns: u32, lift: &dyn Fn(f32) -> f32) {
    let rows = (line.length_m / STEP_M).ceil().max(2.0) as u32;
    pen.add(&sheet([columns, rows], |u, v| {
        let p = line.beside(v, left + (right - left) * u);
        Vec3::new(p.x, stage.ground.at(p.x, p.y) + lift(u), p.y)
    }));
}

/// Wheel ruts: two hollows of trodden mud between the ridges that they pushed up.
pub(super) fn ruts(stage: &mut Stage, line: &Line, kind: MaterialKind) {
    /// Half the distance between the wheels of a cart, in metres.
    const HALF_GAUGE_M: f32 = 0.72;
    let seed = stage.next_seed();
    let skin = stage.skin.clone();
    let dark = mix(skin.shadow, [0.1, 0.075, 0.05], 0.7);
    let bed = {
        let mut spec = stage.skin.tinted(kind, dark, 0.65);
        spec.wetness = (spec.wetness + 0.15).min(1.0);
        stage.mat(spec)
    };
    let ridge = stage.kind(kind);
    let mut pen = Pen::new(bed);
    pen.crease(80.0);
    for side in [-1.0f32, 1.0] {
        let wander = |t: f32| {
            let x = t * line.length_m;
            line.beside(t, side * HALF_GAUGE_M + 0.16 * fbm(Vec3::new(0.3 * x, side, 0.0), 2, seed))
        };
        let rut = Line { at: &wander, length_m: line.length_m };
        pen.mat(bed);
        band(stage, &mut pen, &rut, [-0.19, 0.19], 2, &|u| LIFT_M - 0.012 * (1.0 - (2.0 * u - 1.0).abs()));
        pen.mat(ridge);
        for s in [-1.0f32, 1.0] {
            let (a, b) = if s < 0.0 { (-0.42, -0.17) } else { (0.17, 0.42) };
            band(stage, &mut pen, &rut, [a, b], 4, &|u| {
                let inner = if s < 0.0 { u } else { 1.0 - u };
                -0.03 + 0.085 * (std::f32::consts::PI * (0.18 + 0.74 * inner)).sin()
            });
        }
    }
    stage.add(pen);
}

/// Rails flush with the floor in a bed of a material, half a gauge on either side of the line.
pub(super) fn rails(stage: &mut Stage, line: &Line, half_gauge: f32, bed: MaterialKind) {
    let steel = stage.kind(MaterialKind::DarkMetal);
    let bed = stage.trodden(bed);
    let mut pen = Pen::new(bed);
    band(stage, &mut pen, line, [-half_gauge - 0.3, half_gauge + 0.3], 4, &|_| LIFT_M - 0.006);
    pen.mat(steel);
    for x in [-half_gauge, half_gauge] {
        band(stage, &mut pen, line, [x - 0.055, x + 0.055], 2, &|_| LIFT_M + 0.006);
    }
    stage.add(pen);
}

/// A gutter: a wet channel between two rows of stone.
fn gutter(stage: &mut Stage, line: &Line) {
    let stone = stage.tinted(MaterialKind::StoneBlock, mix(stage.skin.key, [0.4, 0.38, 0.35], 0.6), 0.5);
    let wet = {
        let mut spec = stage.skin.tinted(MaterialKind::Mud, mix(stage.skin.shadow, [0.03, 0.03, 0.03], 0.6), 0.8);
        spec.wetness = spec.wetness.max(0.85);
        stage.mat(spec)
    };
    let mut pen = Pen::new(stone);
    for [a, b] in [[-0.42, -0.13], [0.13, 0.42]] {
        band(stage, &mut pen, line, [a, b], 1, &|_| LIFT_M + 0.004);
    }
    pen.mat(wet);
    band(stage, &mut pen, line, [-0.14, 0.14], 2, &|_| LIFT_M - 0.006);
    stage.add(pen);
}

/// A painted line, whole or in dashes of some metres.
pub(super) fn paint_line(stage: &mut Stage, line: &Line, aside: f32, half: f32, color: [f32; 3], dash_m: Option<f32>) {
    let paint = stage.tinted(MaterialKind::PaintedMetal, color, 0.85);
    let mut pen = Pen::new(paint);
    let Some(dash) = dash_m else {
        band(stage, &mut pen, line, [aside - half, aside + half], 1, &|_| LIFT_M);
        return stage.add(pen);
    };
    let n = (line.length_m / (2.2 * dash)) as u32;
    for k in 0..n {
        let start = k as f32 / n as f32;
        let at = |t: f32| (line.at)(start + t * dash / line.length_m);
        let part = Line { at: &at, length_m: dash };
        band(stage, &mut pen, &part, [aside - half, aside + half], 1, &|_| LIFT_M);
    }
    stage.add(pen);
}

/// Seams between the plates of a deck: a grid of dark lines between two depths.
pub(super) fn plates(stage: &mut Stage, half: f32, [from, to]: [f32; 2], plate_m: f32) {
    let seam = stage.tinted(MaterialKind::Rubber, [0.02; 3], 0.7);
    let mut pen = Pen::new(seam);
    let mut line = |low: Vec2, high: Vec2| {
        let y = stage.ground.at(low.x, low.y) + 0.5 * LIFT_M;
        let corner = |x: f32, z: f32| Vec3::new(x, y, z);
        pen.quad([corner(low.x, high.y), corner(high.x, high.y), corner(high.x, low.y), corner(low.x, low.y)]);
    };
    let n = (half / plate_m) as i32;
    for k in -n..=n {
        let x = plate_m * k as f32;
        line(Vec2::new(x - 0.018, to), Vec2::new(x + 0.018, from));
    }
    let mut z = from;
    while z > to {
        line(Vec2::new(-half, z - 0.018), Vec2::new(half, z + 0.018));
        z -= 1.5 * plate_m;
    }
    stage.add(pen);
}

/// Cracks and seams of tar that wander along a road.
pub(super) fn cracks(stage: &mut Stage, line: &Line, half: f32, count: u32) {
    let tar = stage.tinted(MaterialKind::Rubber, [0.015; 3], 0.8);
    let seed = stage.next_seed();
    let mut rng = stage.rng("cracks");
    let mut pen = Pen::new(tar);
    for k in 0..count {
        let (aside, start, reach) = (rng.signed() * half, rng.unit() * 0.5, rng.range(0.15, 0.45));
        let width = rng.range(0.012, 0.035);
        let at = |t: f32| {
            let t = start + t * reach;
            let x = t * line.length_m;
            line.beside(t, aside + 1.1 * fbm(Vec3::new(0.35 * x, k as f32 * 7.0, 0.0), 4, seed))
        };
        let crack = Line { at: &at, length_m: reach * line.length_m };
        band(stage, &mut pen, &crack, [-width, width], 1, &|_| LIFT_M);
    }
    stage.add(pen);
}

/// Covers and grates in the road.
fn covers(stage: &mut Stage, line: &Line, count: u32) {
    let iron = stage.kind(MaterialKind::DarkMetal);
    let rim = stage.trodden(MaterialKind::Concrete);
    let mut rng = stage.rng("covers");
    let mut pen = Pen::new(iron);
    for k in 0..count {
        let p = line.beside((0.12 + 0.2 * k as f32 + 0.05 * rng.unit()).min(0.95), rng.signed() * 0.8);
        let y = stage.ground.at(p.x, p.y);
        pen.mat(rim).add(&cylinder(0.46, 0.05, 24, 0.0).at(p.x, y - 0.03, p.y));
        pen.mat(iron).add(&cylinder(0.36, 0.05, 24, 0.0).at(p.x, y - 0.022, p.y));
        for i in -2..=2 {
            let z = 0.11 * i as f32;
            let half = (0.3f32 * 0.3 - z * z).max(0.01).sqrt();
            pen.block(Vec3::new(p.x - half, y, p.y + z - 0.02), Vec3::new(p.x + half, y + 0.036, p.y + z + 0.02), 0.0);
        }
    }
    stage.add(pen);
}

/// What wind and feet sweep against walls and kerbs: stones, straw, paper.
pub(super) fn sweepings(stage: &mut Stage, line: &Line, asides: &[f32], amount: f32) {
    let pieces: Vec<Piece> = (0..3).map(|k| heap(stage, k)).collect();
    let mut rng = stage.rng("sweepings");
    let n = (line.length_m * amount) as u32;
    for k in 0..n {
        // Nearer, more is seen of it.
        let t = ((k as f32 + rng.unit()) / n as f32).powf(1.5);
        for &aside in asides {
            let p = line.beside(t, aside + 0.16 * rng.normal());
            let foot = stage.on_ground(p);
            if rng.chance(0.6) && !stage.taken.in_box(p) {
                let piece = &pieces[rng.below(pieces.len())];
                stage.put(piece, pose(foot, rng.range(0.0, std::f32::consts::TAU), rng.range(0.6, 1.3)));
            }
        }
    }
}

/// A handful of what lies about in a genre.
fn heap(stage: &mut Stage, index: u64) -> Piece {
    let genre = stage.world.setting.genre;
    let stone = stage.kind(MaterialKind::Rock);
    let loose = match genre {
        Genre::Cyberpunk | Genre::Modern | Genre::Noir | Genre::Industrial | Genre::ScienceFiction => {
            stage.tinted(MaterialKind::Paper, [0.5, 0.48, 0.42], 0.6)
        }
        Genre::Solarpunk | Genre::FeudalJapan => {
            let spec = stage.skin.leaves(0.6);
            stage.mat(spec)
        }
        _ => stage.tinted(MaterialKind::Thatch, [0.36, 0.27, 0.12], 0.4),
    };
    let is_flat = stage.materials[loose as usize].kind != MaterialKind::Thatch;
    let mut rng: Rng = stage.seed.child("heap").index(index).rng();
    let mut pen = Pen::new(stone);
    for _ in 0..4 {
        let (x, z, r) = (0.28 * rng.normal(), 0.28 * rng.normal(), rng.range(0.012, 0.05));
        pen.add(&blob(0, |_| 1.0).mapped(|p| p * Vec3::new(1.3 * r, 0.8 * r, r)).at(x, 0.5 * r, z));
    }
    pen.mat(loose);
    for _ in 0..if is_flat { 3 } else { 9 } {
        let c = Vec3::new(0.3 * rng.normal(), 0.02 + 0.03 * rng.unit(), 0.3 * rng.normal());
        let turn = Vec2::from_angle(rng.range(0.0, std::f32::consts::TAU));
        let (long, wide) = if is_flat { (rng.range(0.03, 0.09), rng.range(0.03, 0.06)) } else { (0.14, 0.006) };
        let (u, v) = (Vec3::new(turn.x, 0.2 * rng.signed(), turn.y) * long, Vec3::new(-turn.y, 0.0, turn.x) * wide);
        pen.quad([c - u - v, c - u + v, c + u + v, c + u - v]);
    }
    stage.piece(pen)
}

/// Lines along a street that fit its road and its genre.
pub(super) fn along_street(stage: &mut Stage, street: Street) {
    use Genre::*;
    let (from, to) = (stage.view.eye().y + 1.5, street.to + 1.0);
    let hero_off = stage.hero.x - street.axis(stage.hero.y);
    // The lane passes beside what stands in the middle.
    let walk = street.half - street.pavement;
    let lane =
        if hero_off.abs() < 2.6 { (hero_off - 2.4 * hero_off.signum()).clamp(-0.5 * walk, 0.5 * walk) } else { 0.0 };
    let axis = |t: f32| {
        let z = from + (to - from) * t;
        Vec2::new(street.axis(z), z)
    };
    let middle = Line { at: &axis, length_m: from - to };
    // It begins before the feet of the viewer and has drawn aside when it comes to the subject.
    let eye = stage.view.eye();
    let near = (from - stage.hero.y) / (from - to);
    let beside = |t: f32| {
        let p = middle.beside(t, lane);
        p.lerp(Vec2::new(eye.x, p.y), 1.0 - smooth(0.0, near, t))
    };
    let way = Line { at: &beside, length_m: from - to };
    let is_soft = matches!(
        stage.world.materials.ground,
        MaterialKind::Dirt | MaterialKind::Sand | MaterialKind::Mud | MaterialKind::Snow
    );
    let ground = stage.world.materials.ground;
    match stage.world.setting.genre {
        _ if is_soft || stage.skin.snow > 0.5 => ruts(stage, &way, if is_soft { ground } else { MaterialKind::Snow }),
        Alien => {}
        Noir | Steampunk | Industrial if street.pavement > 0.4 => {
            rails(stage, &way, TRAM_HALF_GAUGE_M, MaterialKind::Cobblestone);
        }
        Modern | ScienceFiction | Solarpunk | Cyberpunk | PostApocalyptic if street.pavement > 0.4 => {
            paint_line(stage, &middle, 0.0, 0.06, [0.62, 0.6, 0.52], Some(2.4));
            for s in [-1.0f32, 1.0] {
                paint_line(stage, &middle, s * (walk - 0.55), 0.05, [0.6, 0.58, 0.52], None);
            }
            covers(stage, &way, 4);
        }
        Modern | ScienceFiction | Solarpunk | Cyberpunk | PostApocalyptic | Noir | Industrial => {
            gutter(stage, &way);
            covers(stage, &way, 3);
        }
        _ => gutter(stage, &way),
    }
    let edge = if street.pavement > 0.4 { walk - 0.14 } else { street.half - 0.35 };
    let amount = 0.6 + 1.6 * stage.world.condition.dirt + 0.8 * stage.world.condition.decay;
    sweepings(stage, &middle, &[-edge, edge], amount);
}

#[cfg(test)]
mod tests {
    use gesamt_world::{Place, TimeOfDay};

    use super::*;
    use crate::cast::Cast;
    use crate::fixture;
    use crate::ground::Ground;

    #[test]
    fn lines_lie_on_the_ground_and_face_up() {
        let world = fixture::world(Place::Village, Genre::Western, TimeOfDay::Day, 0, 3);
        let mut stage = Stage::new(&world, &Cast::new(&world, &[]), 0);
        stage.set_ground(Ground::natural(&world, 0.8, stage.view.eye(), stage.hero));
        let at = |t: f32| Vec2::new(2.0 * t * t, 1.0 - 30.0 * t);
        let line = Line { at: &at, length_m: 30.0 };
        ruts(&mut stage, &line, MaterialKind::Dirt);
        cracks(&mut stage, &line, 3.0, 4);
        paint_line(&mut stage, &line, 1.0, 0.1, [0.5; 3], Some(2.0));
        for mesh in &stage.meshes {
            assert!(!mesh.triangles.is_empty());
            for (p, n) in mesh.positions.iter().zip(&mesh.normals) {
                assert!((p.y - stage.ground.at(p.x, p.z)).abs() < 0.13 && n.y > 0.3, "{p} {n}");
            }
        }
    }
}
