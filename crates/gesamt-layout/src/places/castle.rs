//! Castles: a courtyard before a keep, an approach to the walls, a castle on its hill or across the water, or a keep of tiers
//! above a garden.

use super::Plan;
use super::choice::choose;
use super::common::{self, Trail, floor, open_plan, town_tree, undergrowth, wood};
use super::fortress::{Site, fortress};
use super::stronghold::{hilltop, moat};
use crate::backdrop;
use crate::nature::TreeKind;
use crate::pen::Pen;
use crate::stage::{Stage, facing};
use gesamt_mesh::shapes2::extrude;
use gesamt_world::{Genre, MaterialKind, Terrain};
use glam::{Vec2, Vec3};
use std::f32::consts::PI;

/// A courtyard before a keep, the approach to the walls, a castle on its hill, or one across the water.
pub(super) fn castle(stage: &mut Stage) -> Plan {
    if stage.world.setting.genre == Genre::FeudalJapan {
        return keep_of_tiers(stage);
    }
    let is_hilly = stage.world.layout.terrain == Terrain::Rugged;
    let build: fn(&mut Stage) -> Plan = choose(
        stage,
        "site",
        &[(court, 0.8), (approach, 0.4), (hilltop, if is_hilly { 1.3 } else { 0.6 }), (moat, 1.0)],
    );
    build(stage)
}

/// A courtyard before a keep.
fn court(stage: &mut Stage) -> Plan {
    before_the_walls(stage, false)
}

/// A castle seen along its approach.
fn approach(stage: &mut Stage) -> Plan {
    before_the_walls(stage, true)
}

fn before_the_walls(stage: &mut Stage, outside: bool) -> Plan {
    stage.aim(0.0, 0.6);
    let trail = Trail::of(stage, 2.0);
    let kind = stage.world.materials.ground;
    let cover = if stage.skin.snow > 0.4 {
        MaterialKind::Snow
    } else if outside {
        MaterialKind::Grass
    } else {
        kind
    };
    floor(
        stage,
        if outside { 1.0 } else { 0.25 },
        cover,
        Some((trail, if kind == MaterialKind::Grass { MaterialKind::Cobblestone } else { kind })),
    );
    let site = Site::new(
        stage,
        0.12 * stage.world.camera.subject_x.signum(),
        stage.hero_depth() + if outside { 34.0 } else { 21.0 },
    );
    fortress(stage, Site { half: if outside { 22.0 } else { 17.0 }, is_court: !outside, ..site });
    backdrop::hills(stage, 190.0, 34.0, true);
    if outside {
        wood(stage, &[town_tree(stage), TreeKind::Conifer], 8.0, 8.0, 80.0, 50, Some(trail));
        undergrowth(stage, 0.7, 0.24, 0.3, Some(trail));
    } else {
        undergrowth(stage, 0.1 + 0.5 * stage.world.condition.overgrowth, 0.2, 0.4, Some(trail));
    }
    let mut plan = open_plan(stage, Some(trail), 8.5, 1.6);
    plan.has_fire = true;
    common::own_lamps(stage, &plan.lights.clone(), 8, 2.2);
    plan
}

/// A Japanese keep on a battered stone base, behind a garden.
fn keep_of_tiers(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.7);
    let trail = Trail::of(stage, 1.7);
    let cover = if stage.skin.snow > 0.4 { MaterialKind::Snow } else { MaterialKind::Grass };
    floor(stage, 0.5, cover, Some((trail, MaterialKind::Gravel)));
    tenshu(stage, -0.34 * stage.world.camera.subject_x.signum(), stage.hero_depth() + 52.0, 1.5);
    white_walls(stage);
    backdrop::peak(stage, 320.0);
    super::wild::garden_growth(stage, trail);
    let plan = open_plan(stage, Some(trail), 8.0, 1.5);
    common::own_lamps(stage, &plan.lights.clone(), 6, 1.5);
    plan
}

/// Height of a keep of tiers with its base and finial, at scale 1, in metres.
const TENSHU_M: f32 = 31.0;

/// The stone base and tiers of a Japanese castle.
pub(super) fn tenshu(stage: &mut Stage, x: f32, depth: f32, s: f32) {
    let stone = stage.kind(MaterialKind::StoneBlock);
    let at = stage.view.point(x, depth);
    let base = stage.on_ground(at) - Vec3::Y * 0.5;
    let mut pen = Pen::new(stone);
    let square = |r: f32, y: f32| [(-r, -r), (-r, r), (r, r), (r, -r)].map(|(a, b)| Vec3::new(a, y, b)).to_vec();
    let (low, high) = (11.0 * s, 6.6 * s);
    let sections: Vec<Vec<Vec3>> = (0..=6)
        .map(|i| i as f32 / 6.0)
        .map(|t| square(high + (low - high) * (1.0 - t).powf(1.8), 5.5 * s * t))
        .collect();
    pen.placed(base, 0.0, |p| {
        p.crease(30.0).add(&gesamt_mesh::shapes2::loft(&sections));
    });
    stage.add(pen);
    backdrop::pagoda_at(stage, base + Vec3::Y * 5.4 * s, s * 1.15, 4);
    stage.crown_at(base + Vec3::Y * TENSHU_M * s);
    stage.taken.take(at, low + 1.0);
}

/// Low white garden walls with tile caps.
fn white_walls(stage: &mut Stage) {
    let wall = stage.tinted(MaterialKind::Plaster, [0.74, 0.7, 0.62], 0.6);
    let tile = stage.tinted(MaterialKind::RoofTile, [0.07, 0.08, 0.1], 0.5);
    let depth = stage.hero_depth() + 9.0;
    let mut pen = Pen::new(wall);
    for (a, b) in [(-1.5, -0.2), (0.28, 1.5)] {
        let (p, q) = (stage.view.point(a, depth), stage.view.point(b, depth + 3.0));
        let base = stage.on_ground(p) - Vec3::Y * 0.4;
        let length = p.distance(q);
        pen.placed(base, facing(p, q) - PI / 2.0, |pen| {
            pen.mat(wall).block(Vec3::new(0.0, 0.0, -0.25), Vec3::new(length, 2.2, 0.25), 0.02);
            let cap = [Vec2::new(-0.55, 0.0), Vec2::new(0.55, 0.0), Vec2::new(0.08, 0.45), Vec2::new(-0.08, 0.45)];
            pen.mat(tile).placed(Vec3::new(0.5 * length, 2.2, 0.0), PI / 2.0, |p| {
                p.add(&extrude(&cap, length + 0.2, 0.02));
            });
        });
        stage.taken.take_box(p - Vec2::splat(0.6), q + Vec2::splat(0.6));
    }
    stage.add(pen);
}
