//! What several places share: natural floors, water, undergrowth, paths and posts.

use gesamt_mesh::LightGroup;
use gesamt_mesh::noise::fbm;
use gesamt_world::{AssetFamily, MaterialKind};
use glam::{Vec2, Vec3};

use super::{Plan, Scatter, Spot};
use crate::ground::{Ground, GroundMesh, add_ground};
use crate::nature::{self, Reach, TreeKind, strew};
use crate::pen::Pen;
use crate::stage::{Piece, Stage, facing};

/// The line from the camera past the subject, a little bowed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trail {
    pub from: Vec2,
    pub to: Vec2,
    pub bow: f32,
    pub width: f32,
}

impl Trail {
    /// The trail of the stage.
    pub fn of(stage: &Stage, width: f32) -> Self {
        let (ahead, _) = stage.view.axes();
        let bow = -1.6 * stage.world.camera.subject_x.signum();
        let to = stage.hero + (stage.hero - stage.view.eye()).normalize_or(ahead) * 14.0;
        Self { from: stage.view.eye() - ahead * 4.0, to, bow, width }
    }

    /// The middle of the trail at 0–1.
    pub fn at(&self, t: f32) -> Vec2 {
        let side = (self.to - self.from).perp().normalize_or_zero();
        self.from.lerp(self.to, t) + side * self.bow * (std::f32::consts::PI * t * 1.3).sin()
    }

    /// Distance of a point from the middle of the trail.
    pub fn distance(&self, p: Vec2) -> f32 {
        let d = self.to - self.from;
        let t = ((p - self.from).dot(d) / d.length_squared()).clamp(0.0, 1.0);
        p.distance(self.at(t))
    }
}

/// Natural ground with a trail of another material through it.
pub(super) fn floor(stage: &mut Stage, relief: f32, cover: MaterialKind, trail: Option<(Trail, MaterialKind)>) {
    let ground = Ground::natural(stage.world, relief, stage.view.eye(), stage.hero);
    stage.set_ground(ground);
    paint_floor(stage, cover, trail);
}

/// The mesh of the present ground.
pub(super) fn paint_floor(stage: &mut Stage, cover: MaterialKind, trail: Option<(Trail, MaterialKind)>) {
    let base = stage.kind(cover);
    let seed = stage.next_seed();
    let lane = trail.map(|(t, kind)| (t, stage.kind(kind)));
    add_ground(stage, GroundMesh::WIDE, move |x, z| match lane {
        Some((t, material))
            if t.distance(Vec2::new(x, z)) < t.width * (1.0 + 0.5 * fbm(Vec3::new(x, 0.0, z) * 0.9, 2, seed)) =>
        {
            material
        }
        _ => base,
    });
}

/// A sheet of water at a height over the whole view.
pub(super) fn water(stage: &mut Stage, level: f32, half: f32) {
    let water = stage.mat({
        let mut spec = stage.skin.of(MaterialKind::Water);
        (spec.snow, spec.moss, spec.dirt) = (0.0, 0.0, 0.0);
        spec
    });
    let eye = stage.view.eye();
    let mut pen = Pen::new(water);
    pen.quad([
        Vec3::new(eye.x - half, level, eye.y + 30.0),
        Vec3::new(eye.x + half, level, eye.y + 30.0),
        Vec3::new(eye.x + half, level, eye.y - 2.0 * half),
        Vec3::new(eye.x - half, level, eye.y - 2.0 * half),
    ]);
    stage.add(pen);
}

/// Grass or other low growth over the ground, away from the trail.
pub(super) fn undergrowth(stage: &mut Stage, amount: f32, height: f32, dry: f32, trail: Option<Trail>) {
    if stage.skin.snow > 0.6 && amount < 0.9 {
        return;
    }
    let tufts: Vec<Piece> = (0..4).map(|i| nature::tuft(stage, height, dry, i)).collect();
    let clear = |t: Option<Trail>| {
        move |s: &Stage, p: Vec2| t.is_none_or(|t| t.distance(p) > t.width * 0.9) && !s.taken.in_box(p)
    };
    strew(stage, "tufts", &tufts, (amount * 900.0) as usize, Reach::low(1.6, 26.0, 16.0), clear(trail));
    strew(
        stage,
        "far tufts",
        &tufts,
        (amount * 350.0) as usize,
        Reach { bias: 1.0, ..Reach::low(20.0, 60.0, 40.0) },
        clear(trail),
    );
}

/// A wood: fine trees near, coarse ones far.
pub(super) fn wood(
    stage: &mut Stage,
    kinds: &[TreeKind],
    height: f32,
    near: f32,
    far: f32,
    count: usize,
    trail: Option<Trail>,
) {
    let fine: Vec<Piece> = kinds
        .iter()
        .enumerate()
        .map(|(i, k)| nature::tree(stage, *k, height * (0.9 + 0.2 * (i % 2) as f32), true, i as u64))
        .collect();
    let coarse: Vec<Piece> =
        kinds.iter().enumerate().map(|(i, k)| nature::tree(stage, *k, height, false, 40 + i as u64)).collect();
    let lane = move |s: &Stage, p: Vec2| {
        let hero_room = p.distance(s.hero) > 2.0 + 0.5 * s.hero_height;
        hero_room && trail.is_none_or(|t| t.distance(p) > t.width + 0.9) && !s.taken.in_box(p)
    };
    let foot = 0.05 * height + 0.25;
    let split = (near + 16.0).min(far);
    let reach = Reach { bias: 1.0, scale: [0.75, 1.2], ..Reach::solid(near, split, 22.0, foot, height) };
    strew(stage, "wood near", &fine, count / 4, reach, lane);
    let reach = Reach { near: split, far, half_width: 60.0, bias: 1.0, scale: [0.8, 1.3], footprint: foot, height };
    strew(stage, "wood far", &coarse, count - count / 4, reach, lane);
}

/// Spots for lights along a trail and for props in the open.
pub(super) fn open_plan(stage: &Stage, trail: Option<Trail>, half_width: f32, lane: f32) -> Plan {
    let mut plan = Plan::new(1.0, half_width.min(8.0));
    let mut rng = stage.rng("open plan");
    let eye = stage.view.eye();
    if let Some(t) = trail {
        for k in 0..9 {
            let s = 0.28 + 0.08 * k as f32;
            let (a, b) = (t.at(s), t.at(s + 0.02));
            let side = (b - a).perp().normalize_or(Vec2::X) * if k % 2 == 0 { 1.0 } else { -1.0 };
            let at = a + side * (t.width + 0.8);
            plan.lights.push(Spot::new(at, facing(at, a)));
            let along = (b - a).normalize_or(Vec2::NEG_Y);
            plan.lines.push(Spot::new(a + side * (t.width + 1.5), (-along.y).atan2(along.x)));
            let at = a + side * (t.width + 1.9 + rng.unit());
            plan.structures.push(Spot::new(at, facing(at, a) + rng.signed() * 0.2));
        }
        let (g0, g1) = (t.at(0.62), t.at(0.95));
        plan.gates = vec![Spot::new(g0, facing(g0, t.at(0.5))), Spot::new(g1, facing(g1, t.at(0.8)))];
    }
    let depth = stage.hero_depth();
    for k in 0..16 {
        let x = rng.signed() * 0.95;
        let at = stage.view.point(x, depth * rng.range(0.5, 2.2));
        let spot = Spot::new(at, facing(at, eye) + rng.signed());
        if k % 2 == 0 { plan.props.push(spot) } else { plan.structures.push(spot) }
    }
    if plan.lights.is_empty() {
        plan.lights = (0..6)
            .map(|k| stage.view.point(if k % 2 == 0 { -0.5 } else { 0.62 }, depth * (0.75 + 0.3 * k as f32)))
            .map(|at| Spot::new(at, facing(at, eye)))
            .collect();
    }
    for k in 0..40 {
        let at = stage.view.point(-0.9 + 0.2 * (k % 10) as f32, depth * (0.7 + 0.45 * (k / 10) as f32));
        plan.rows.push(Spot::new(at, facing(at, eye) + rng.signed() * 0.2));
    }
    plan.scatter = Some(Scatter { half_width, near: 2.4, far: 34.0, lane, axis_x: 0.0 });
    plan
}

/// A lamp on a post, for places whose slots bring no light.
pub(super) fn own_lamps(stage: &mut Stage, spots: &[Spot], count: usize, height: f32) {
    let lit = stage.skin.lit;
    let has_lights = stage.slots.iter().any(|s| {
        !s.variants.is_empty()
            && matches!(s.family, AssetFamily::StreetLamp | AssetFamily::Lantern | AssetFamily::Brazier)
    });
    if has_lights || lit < 0.5 {
        return;
    }
    let group = if stage.skin.is_electric { LightGroup::Steady } else { LightGroup::Fire };
    let color = stage.skin.lamp_color();
    let glow = stage.glow(MaterialKind::Emissive, color, 9.0, group);
    let post = stage.kind(if stage.skin.is_electric { MaterialKind::DarkMetal } else { MaterialKind::WoodBeam });
    for spot in spots.iter().take(count) {
        let base = stage.on_ground(spot.at);
        if !stage.may_stand(spot.at, 0.2, height) {
            continue;
        }
        let mut pen = Pen::new(post);
        pen.add(&gesamt_mesh::shapes::cone(0.07, 0.045, height, 8).at(base.x, base.y - 0.05, base.z));
        pen.add(&gesamt_mesh::shapes::cone(0.2, 0.04, 0.16, 8).at(base.x, base.y + height + 0.2, base.z));
        pen.mat(glow).add(&gesamt_mesh::shapes::cylinder(0.11, 0.24, 8, 0.02).at(
            base.x,
            base.y + height - 0.04,
            base.z,
        ));
        stage.add(pen);
        stage.lamp(base + Vec3::Y * (height + 0.08), 0.12, color, 2.4 * lit, group);
        stage.taken.take(spot.at, 0.3);
    }
}

/// True when the hero is of one of the families.
pub(super) fn hero_is(stage: &Stage, families: &[AssetFamily]) -> bool {
    stage.hero_slot().is_some_and(|s| families.contains(&stage.slots[s].family))
}

/// Dead or living trees that fit the season and the genre of a settled place.
pub(super) fn town_tree(stage: &Stage) -> TreeKind {
    use gesamt_world::Genre::*;
    let dead = stage.skin.snow > 0.3 || stage.world.condition.decay > 0.7;
    match stage.world.setting.genre {
        _ if stage.skin.snow > 0.3 => TreeKind::Conifer,
        GothicHorror | PostApocalyptic => TreeKind::Bare,
        FeudalJapan => TreeKind::Cushion,
        Ancient | Nautical if !dead => TreeKind::Palm,
        Western => TreeKind::Bare,
        _ if dead => TreeKind::Bare,
        _ => TreeKind::Broad,
    }
}
