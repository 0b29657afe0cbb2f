//! Bare places: desert, canyon, mountain, coast, tundra.

use gesamt_mesh::noise::{fbm, ridged};
use gesamt_mesh::shapes::sheet;
use gesamt_world::{AssetFamily, Genre, MaterialKind};
use glam::{Vec2, Vec3};

use super::Plan;
use super::common::{self, Trail, floor, hero_is, open_plan, undergrowth, water, wood};
use crate::backdrop;
use crate::ground::{Ground, smooth};
use crate::nature::{self, Reach, TreeKind, strew};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;

/// Ground of dunes whose crests run across the wind, level near the line of sight.
pub(super) fn dunes(stage: &mut Stage, size: f32) {
    let seed = stage.seed.child("dunes").0 as u32;
    let (eye, hero) = (stage.view.eye(), stage.hero);
    let angle = stage.rng("dunes").range(0.5, 1.0);
    stage.set_ground(Ground::new(move |x, z| {
        let p = Vec2::new(x, z);
        let t = ((p - eye).dot(hero - eye) / (hero - eye).length_squared()).clamp(-0.3, 1.2);
        let away = smooth(3.0, 34.0, p.distance(eye.lerp(hero, t)));
        let along = x * angle.cos() + z * angle.sin();
        let bend = 9.0 * fbm(Vec3::new(x, 0.0, z) * 0.02, 2, seed);
        let u = (along + bend) / 26.0;
        let saw = u - u.floor();
        // A long windward slope and a short slip face.
        let crest = if saw < 0.72 { smooth(0.0, 0.72, saw) } else { 1.0 - smooth(0.72, 1.0, saw) };
        let tall = 3.4 * size * (0.6 + 0.6 * fbm(Vec3::new(x, 4.0, z) * 0.013, 2, seed));
        tall * crest * (0.06 + 0.94 * away) + 0.05 * (2.6 * along + bend).sin() * 0.25
    }));
}

/// Dunes, stones and what stands on the horizon.
pub(super) fn desert(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let genre = stage.world.setting.genre;
    let is_alien = matches!(genre, Genre::Alien | Genre::ScienceFiction);
    let dunes_first = is_alien || stage.world.layout.variant.is_multiple_of(2);
    let kind = match stage.world.materials.ground {
        MaterialKind::Sand => MaterialKind::Sand,
        _ if is_alien => MaterialKind::Sand,
        kind => kind,
    };
    let trail = Trail::of(stage, 1.5);
    if dunes_first && kind != MaterialKind::Rock {
        dunes(stage, 1.3);
        common::paint_floor(stage, kind, None);
    } else {
        floor(stage, 1.2, kind, Some((trail, MaterialKind::Dirt)));
    }
    match genre {
        Genre::Western => backdrop::mesas(stage, 150.0),
        Genre::Ancient | Genre::MedievalFantasy | Genre::GothicHorror => {
            backdrop::pyramid(stage, 150.0);
            backdrop::hills(stage, 300.0, 30.0, false);
        }
        Genre::Alien | Genre::ScienceFiction => {
            backdrop::dune_sea(stage, 70.0);
            backdrop::shells(stage, 210.0);
        }
        Genre::PostApocalyptic | Genre::Cyberpunk | Genre::Modern => {
            backdrop::skyline(stage, 170.0, 20.0, 70.0, 10);
            wreck_road(stage, trail);
        }
        _ => {
            backdrop::mesas(stage, 190.0);
            backdrop::hills(stage, 320.0, 34.0, true);
        }
    }
    let stones = nature::boulders(
        stage,
        if genre == Genre::Western { MaterialKind::Sandstone } else { MaterialKind::Rock },
        1.3,
        4,
    );
    let keep = move |s: &Stage, p: Vec2| trail.distance(p) > 1.6 && p.distance(s.hero) > 1.4;
    strew(stage, "stones", &stones, 26, Reach { scale: [0.25, 2.0], ..Reach::solid(3.2, 60.0, 26.0, 0.6, 0.9) }, keep);
    if !is_alien {
        framing_rock(stage, MaterialKind::Sandstone);
    }
    if matches!(genre, Genre::Western | Genre::Modern | Genre::PostApocalyptic) || !dunes_first {
        let cacti: Vec<_> = (0..3).map(|i| nature::cactus(stage, 2.6, i)).collect();
        strew(stage, "cacti", &cacti, 26, Reach { scale: [0.5, 1.4], ..Reach::solid(6.0, 70.0, 30.0, 0.5, 2.6) }, keep);
        undergrowth(stage, 0.22, 0.24, 0.95, Some(trail));
    } else {
        if !is_alien {
            let palms: Vec<_> = (0..2).map(|i| nature::tree(stage, TreeKind::Palm, 6.5, true, i)).collect();
            strew(stage, "palms", &palms, 4, Reach::solid(12.0, 30.0, 12.0, 0.6, 6.5), keep);
        }
        undergrowth(stage, 0.08, 0.3, 0.9, Some(trail));
    }
    let mut plan = open_plan(stage, Some(trail), 9.0, 1.0);
    plan.move_room = 1.4;
    plan.scatter = plan.scatter.map(|scatter| super::Scatter { near: 0.6 * stage.hero_depth(), ..scatter });
    leave_empty(stage, &mut plan);
    plan
}

/// A desert is empty: it keeps few spots, and none of them far from the subject.
fn leave_empty(stage: &Stage, plan: &mut Plan) {
    const N_STRUCTURES: usize = 3;
    const N_OTHERS: usize = 4;
    let depth = stage.hero_depth();
    let is_near = |spot: &super::Spot| (0.7 * depth..1.7 * depth).contains(&stage.view.local(spot.at).0);
    for (list, most) in [
        (&mut plan.structures, N_STRUCTURES),
        (&mut plan.props, N_OTHERS),
        (&mut plan.lights, N_OTHERS),
        (&mut plan.rows, N_OTHERS),
    ] {
        list.retain(is_near);
        list.truncate(most);
    }
}

/// A boulder at the edge of the frame away from the subject.
fn framing_rock(stage: &mut Stage, kind: MaterialKind) {
    let rock = nature::boulder(stage, kind, 3.2, 3, 55);
    let side = -stage.world.camera.subject_x.signum();
    let at = stage.view.point(1.05 * side, 5.0);
    stage.put_at(&rock, at, 0.9, 1.0);
    stage.taken.take(at, 1.6);
}

/// A cracked road with posts and cables toward the horizon.
fn wreck_road(stage: &mut Stage, trail: Trail) {
    let wood = stage.kind(MaterialKind::WoodBeam);
    let wire = stage.tinted(MaterialKind::Rubber, [0.02; 3], 0.8);
    let mut pen = Pen::new(wood);
    let mut last: Option<Vec3> = None;
    let side = -stage.world.camera.subject_x.signum();
    for k in 0..9 {
        let depth = 7.0 + 9.0 * k as f32;
        let at = stage.view.point(0.0, depth) + Vec2::X * side * (4.2 + 0.03 * depth) + Vec2::X * trail.bow * 0.2;
        let base = stage.on_ground(at);
        let lean = if k % 3 == 1 { 0.12 } else { 0.02 };
        let top = base + Vec3::new(lean * 6.5, 6.5, 0.0);
        pen.mat(wood).add(&gesamt_mesh::shapes2::rod(base - Vec3::Y * 0.3, top, 0.12, 7));
        pen.add(&gesamt_mesh::shapes2::beam(
            top + Vec3::new(-1.1, -0.5, 0.0),
            top + Vec3::new(1.1, -0.5, 0.0),
            Vec2::splat(0.12),
            0.01,
        ));
        if let Some(before) = last {
            for dx in [-1.0, 0.0, 1.0] {
                if k % 4 != 3 || dx > 0.0 {
                    let off = Vec3::new(dx, -0.4, 0.0);
                    pen.mat(wire).add(&gesamt_mesh::shapes2::cable(before + off, top + off, 0.5, 0.02, 10));
                }
            }
        }
        last = Some(top);
        stage.taken.take(at, 0.4);
    }
    stage.add(pen);
}

/// One wall of rock in strata: a sheet that follows the line x(z) and rises to `height`.
fn cliff(stage: &mut Stage, material: u32, side: f32, x_at: impl Fn(f32) -> f32, height: f32, far: f32, seed: u32) {
    let eye = stage.view.eye();
    let shape = sheet([110, 34], |u, v| {
        let t = if side < 0.0 { u } else { 1.0 - u };
        let z = eye.y + 9.0 - (far + 9.0) * t.powf(1.4);
        let y = height * v;
        let strata = {
            let layer = y / 1.9 + 0.6 * fbm(Vec3::new(0.0, y * 0.2, z * 0.02), 2, seed);
            let step = layer - layer.floor();
            0.55 * smooth(0.35, 0.62, step) - 0.3 * step
        };
        let bulge = 2.6 * fbm(Vec3::new(side * 3.0, y * 0.05, z * 0.07), 3, seed)
            + 1.1 * (ridged(Vec3::new(1.0, y * 0.03, z * 0.16), 3, seed ^ 5) - 0.5);
        let fine = 0.25 * fbm(Vec3::new(2.0, y * 0.6, z * 0.5), 3, seed ^ 9);
        let batter = 0.20 * y + 1.4 * (y / height).powi(4);
        Vec3::new(x_at(z) + side * (batter + strata + bulge * (0.35 + 0.65 * v) + fine), y - 1.0, z)
    });
    let mut pen = Pen::new(material);
    pen.crease(42.0).add(&shape);
    stage.add(pen);
}

/// A winding gorge.
pub(super) fn canyon(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let trail = Trail::of(stage, 1.5);
    floor(stage, 0.5, stage.world.materials.ground, Some((trail, MaterialKind::Dirt)));
    // Nobody has laid a canyon in courses: sandstone as grown, not as built.
    let kind = match stage.world.materials.primary.rocky() {
        MaterialKind::Sandstone => MaterialKind::Rock,
        kind => kind,
    };
    let rock = stage.tinted(kind, mix(stage.skin.key, [0.42, 0.2, 0.1], 0.5), 0.5);
    let turn = stage.world.camera.subject_x.signum();
    let wide = 6.5 + 3.0 * stage.world.layout.scale + 1.5 * (stage.world.layout.variant % 2) as f32;
    let line = move |z: f32| {
        let d = (-z - 6.0).max(0.0);
        turn * (0.0009 * d * d * 5.0).min(16.0) * 0.8
    };
    let height = 22.0 + 12.0 * stage.world.layout.scale;
    for side in [-1.0f32, 1.0] {
        let seed = stage.next_seed();
        cliff(
            stage,
            rock,
            side,
            move |z| line(z) + side * (wide + 1.2 * (z * 0.11 + side).sin()),
            height * if side * turn > 0.0 { 1.0 } else { 0.8 },
            110.0,
            seed,
        );
        let x = side * (wide + 1.4);
        stage.taken.take_box(Vec2::new(x, 9.0), Vec2::new(x + side * 30.0, -24.0));
    }
    if stage.world.layout.variant.is_multiple_of(2) {
        arch(stage, rock, wide, line(-40.0), -(stage.hero_depth() + 20.0));
    }
    let stones = nature::boulders(stage, stage.world.materials.primary.rocky(), 1.5, 4);
    strew(
        stage,
        "stones",
        &stones,
        44,
        Reach { scale: [0.25, 1.9], ..Reach::solid(3.2, 60.0, 0.95 * wide, 0.65, 1.0) },
        move |s, p| trail.distance(p) > 1.5 && p.distance(s.hero) > 1.6,
    );
    undergrowth(stage, 0.25, 0.26, 0.8, Some(trail));
    backdrop::mesas(stage, 190.0);
    let mut plan = open_plan(stage, Some(trail), wide - 1.5, 1.2);
    for list in [&mut plan.props, &mut plan.structures, &mut plan.rows, &mut plan.lights] {
        list.retain(|s| (s.at.x - line(s.at.y)).abs() < wide - 1.0);
    }
    common::own_lamps(stage, &plan.lights.clone(), 4, 1.4);
    plan
}

/// A natural bridge across a gorge.
fn arch(stage: &mut Stage, material: u32, wide: f32, x: f32, z: f32) {
    let seed = stage.next_seed();
    let path: Vec<Vec3> = (0..=16)
        .map(|i| i as f32 / 16.0 * 2.0 - 1.0)
        .map(|s| Vec3::new(x + s * (wide + 5.0), 12.5 - 7.0 * s.abs().powf(2.6), z - 2.0 * s))
        .collect();
    let radii: Vec<f32> = (0..=16).map(|i| i as f32 / 8.0 - 1.0).map(|s| 1.9 + 2.2 * s * s).collect();
    let rough = gesamt_mesh::shapes::tube(&path, &radii, 18).mapped(|p| p + Vec3::splat(0.7) * fbm(p * 0.45, 3, seed));
    let mut pen = Pen::new(material);
    pen.crease(42.0).add(&rough);
    stage.add(pen);
}

/// A path on a mountain side toward a great peak.
pub(super) fn mountain(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let trail = Trail::of(stage, 1.2);
    let side = stage.world.camera.subject_x.signum();
    let seed = stage.seed.child("mountain").0 as u32;
    let base = Ground::natural(stage.world, 1.2, stage.view.eye(), stage.hero);
    let shelf = stage.hero_depth() + 7.0;
    let eye = stage.view.eye();
    stage.set_ground(base.plus(move |x, z| {
        let p = Vec2::new(x, z);
        let beyond = smooth(shelf, shelf + 30.0, eye.y - z);
        let off = trail.distance(p);
        // The slope rises on the subject's side and falls away on the other.
        let slope = (x - eye.x) * side * 0.45 * smooth(3.0, 9.0, off);
        slope.clamp(-22.0, 14.0) + 2.4 * smooth(4.0, 14.0, off) * (ridged(Vec3::new(x, 0.0, z) * 0.06, 3, seed) - 0.5)
            - 26.0 * beyond
    }));
    let snow = stage.skin.snow > 0.6;
    common::paint_floor(
        stage,
        if snow { MaterialKind::Snow } else { stage.world.materials.ground },
        Some((trail, MaterialKind::Gravel)),
    );
    if stage.world.layout.variant.is_multiple_of(2) {
        backdrop::peak(stage, 260.0);
    }
    backdrop::hills(stage, 330.0, 110.0, true);
    backdrop::hills(stage, 170.0, 34.0, true);
    let stones = nature::boulders(stage, MaterialKind::Rock, 1.5, 4);
    let keep = move |s: &Stage, p: Vec2| trail.distance(p) > 1.4 && p.distance(s.hero) > 1.6;
    strew(stage, "stones", &stones, 60, Reach { scale: [0.2, 1.7], ..Reach::solid(2.8, 50.0, 22.0, 0.6, 1.0) }, keep);
    framing_rock(stage, MaterialKind::Rock);
    wood(
        stage,
        &[TreeKind::Conifer, TreeKind::Conifer, TreeKind::Bare],
        8.0,
        8.0,
        46.0,
        50,
        Some(Trail { width: 3.0, ..trail }),
    );
    undergrowth(stage, 0.3, 0.2, 0.6, Some(trail));
    let mut plan = open_plan(stage, Some(trail), 5.0, 1.0);
    plan.rows.truncate(10);
    common::own_lamps(stage, &plan.lights.clone(), 4, 1.4);
    plan
}

/// A beach below cliffs, and the sea.
pub(super) fn coast(stage: &mut Stage) -> Plan {
    let side = -stage.world.camera.subject_x.signum();
    stage.aim(0.0, 0.5);
    let afloat = hero_is(stage, &[AssetFamily::Dock]);
    let base = Ground::natural(stage.world, 0.6, stage.view.eye(), stage.hero);
    let hero = stage.hero;
    let shore = 5.0 + 0.25 * stage.hero_depth();
    stage.set_ground(base.plus(move |x, z| {
        // The water lies on the side away from the subject, and beyond it.
        let toward = side * x - shore + 0.10 * z;
        let beyond = -z - (-hero.y + 11.0);
        let sea = smooth(0.0, 7.0, toward.max(beyond));
        -2.4 * sea + 0.12 * smooth(0.0, 10.0, -toward)
    }));
    common::paint_floor(stage, stage.world.materials.ground, None);
    let level = stage.ground.at(hero.x, hero.y) - 0.55;
    water(stage, level, 500.0);
    let rock = stage.kind(MaterialKind::Rock);
    let seed = stage.next_seed();
    let height = 13.0 + 9.0 * stage.world.layout.scale;
    if stage.world.layout.variant.is_multiple_of(2) || afloat {
        cliff(
            stage,
            rock,
            -side,
            move |z| -side * (9.0 + 0.10 * z.min(0.0).abs() * -0.4 + 1.5 * (0.14 * z).sin()),
            height,
            60.0,
            seed,
        );
        stage.taken.take_box(Vec2::new(-side * 9.5, 9.0), Vec2::new(-side * 40.0, -60.0));
    } else {
        backdrop::hills(stage, 120.0, 20.0, false);
    }
    if stage.world.setting.genre == Genre::Alien {
        backdrop::shells(stage, 160.0)
    } else {
        backdrop::lighthouse(stage, 90.0)
    }
    stacks(stage, side, level);
    let stones = nature::boulders(stage, MaterialKind::Rock, 1.2, 4);
    strew(
        stage,
        "stones",
        &stones,
        46,
        Reach { scale: [0.2, 1.6], ..Reach::solid(2.8, 40.0, 16.0, 0.5, 0.8) },
        |s, p| p.distance(s.hero) > 1.8 && !s.taken.in_box(p),
    );
    let palms: Vec<_> = (0..2).map(|i| nature::tree(stage, TreeKind::Palm, 6.5, true, i)).collect();
    if stage.skin.snow < 0.3 && matches!(stage.world.setting.genre, Genre::Nautical | Genre::Ancient | Genre::Solarpunk)
    {
        strew(stage, "palms", &palms, 6, Reach::solid(7.0, 26.0, 12.0, 0.6, 6.5), move |s, p| {
            side * p.x < shore - 3.0 && !s.taken.in_box(p)
        });
    }
    undergrowth(stage, 0.2, 0.35, 0.6, None);
    let mut plan = open_plan(stage, None, 6.0, 0.8);
    for k in 0..5 {
        let at = Vec2::new(side * (shore + 6.0 + k as f32), stage.view.eye().y - 9.0 - 5.0 * k as f32);
        plan.berths.push(super::Spot { at, yaw: 0.4, lift: (level - stage.ground.at(at.x, at.y) - 0.25).max(0.0) });
    }
    super::ships::ship(stage, Vec3::new(side * 46.0, level, -105.0), 0.9, 1.6, 1);
    common::own_lamps(stage, &plan.lights.clone(), 3, 1.6);
    plan
}

/// Pillars of rock in the surf.
fn stacks(stage: &mut Stage, side: f32, level: f32) {
    let rock = stage.kind(MaterialKind::Rock);
    let mut rng = stage.rng("stacks");
    let mut pen = Pen::new(rock);
    pen.crease(42.0);
    for k in 0..5 {
        let at = Vec2::new(side * rng.range(14.0, 60.0), -(24.0 + 15.0 * k as f32));
        let (r, h, seed) = (rng.range(2.0, 5.0), rng.range(5.0, 17.0), rng.next_u64() as u32);
        let shape =
            gesamt_mesh::shapes::blob(3, |d| 1.0 + 0.35 * fbm(d * 2.2, 3, seed)).mapped(|p| p * Vec3::new(r, h, r));
        pen.add(&shape.at(at.x, level - 0.2 * h, at.y));
    }
    stage.add(pen);
}

/// Snow, ice blocks, a few firs and mountains.
pub(super) fn tundra(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let trail = Trail::of(stage, 1.0);
    floor(
        stage,
        1.0,
        MaterialKind::Snow,
        (stage.world.layout.variant.is_multiple_of(2)).then_some((trail, MaterialKind::Gravel)),
    );
    backdrop::hills(stage, 300.0, 85.0, true);
    backdrop::hills(stage, 140.0, 14.0, false);
    let keep = move |s: &Stage, p: Vec2| trail.distance(p) > 1.3 && p.distance(s.hero) > 1.6;
    let ice: Vec<_> = (0..4)
        .map(|i| nature::boulder(stage, if i < 2 { MaterialKind::Ice } else { MaterialKind::Rock }, 1.6, 3, i))
        .collect();
    strew(stage, "ice", &ice, 30, Reach { scale: [0.25, 2.2], ..Reach::solid(3.0, 70.0, 26.0, 0.7, 1.2) }, keep);
    framing_rock(stage, MaterialKind::Rock);
    wood(
        stage,
        &[TreeKind::Conifer, TreeKind::Conifer, TreeKind::Bare],
        6.0,
        8.0,
        110.0,
        60,
        Some(Trail { width: 3.0, ..trail }),
    );
    undergrowth(stage, 0.1, 0.25, 0.9, Some(trail));
    super::settlement::drifts(stage, 26);
    let plan = open_plan(stage, Some(trail), 9.0, 1.0);
    common::own_lamps(stage, &plan.lights.clone(), 4, 1.4);
    plan
}

/// A kind that reads as rock.
trait Rocky {
    fn rocky(self) -> MaterialKind;
}

impl Rocky for MaterialKind {
    fn rocky(self) -> MaterialKind {
        match self {
            MaterialKind::Sandstone
            | MaterialKind::Rock
            | MaterialKind::Obsidian
            | MaterialKind::Ice
            | MaterialKind::Crystal => self,
            _ => MaterialKind::Sandstone,
        }
    }
}
