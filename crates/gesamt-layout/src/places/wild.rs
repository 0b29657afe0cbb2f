//! Green places: forest, jungle, garden.

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cylinder, standing_box};
use gesamt_mesh::shapes2::{beam, rod};
use gesamt_world::{Genre, MaterialKind, TimeOfDay};
use glam::{Vec2, Vec3};

use super::common::{self, Trail, floor, open_plan, undergrowth, wood};
use super::{Plan, Spot};
use crate::backdrop;
use crate::ground::Ground;
use crate::nature::{self, Reach, TreeKind, strew};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;

/// True where plants glow.
pub(super) fn is_enchanted(stage: &Stage) -> bool {
    let dark = matches!(stage.world.sky.time_of_day, TimeOfDay::Night | TimeOfDay::Dusk);
    let magic = matches!(stage.world.setting.genre, Genre::FairyTale | Genre::Alien | Genre::MedievalFantasy);
    magic && (dark || stage.world.mood.wonder > 0.5) || stage.world.setting.genre == Genre::Alien
}

/// Glowing toadstools and their light, along the trail.
pub(super) fn glowing_growth(stage: &mut Stage, trail: Trail, count: usize) {
    let caps: Vec<_> = (0..4).map(|i| nature::mushroom(stage, 0.36 + 0.22 * i as f32, 3.0, i)).collect();
    let near = move |s: &Stage, p: Vec2| {
        let d = trail.distance(p);
        d > trail.width * 0.8 && d < trail.width + 3.5 && p.distance(s.hero) > 0.9 && s.is_dry(p)
    };
    let before = stage.instances.len();
    strew(stage, "caps", &caps, count, Reach { scale: [0.5, 1.4], ..Reach::solid(2.6, 24.0, 9.0, 0.3, 0.5) }, near);
    let spots: Vec<Vec3> = stage.instances[before..].iter().map(|i| Vec3::from(i.transform.translation)).collect();
    let color = stage.skin.emissive;
    for p in spots.into_iter().step_by(3).take(14) {
        stage.lamp(p + Vec3::Y * 0.75, 0.12, color, 0.45, LightGroup::Steady);
    }
}

/// A path between trunks, or a clearing.
pub(super) fn forest(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let clearing = stage.world.layout.variant % 2 == 1;
    let trail = Trail::of(stage, if clearing { 1.4 } else { 1.1 });
    let snow = stage.skin.snow > 0.4;
    let cover = if snow { MaterialKind::Snow } else { stage.world.materials.ground };
    floor(stage, 0.9, cover, Some((trail, if snow { MaterialKind::Snow } else { MaterialKind::Dirt })));
    let kinds = match stage.world.setting.genre {
        _ if snow => [TreeKind::Conifer, TreeKind::Conifer, TreeKind::Bare],
        Genre::FeudalJapan => [TreeKind::Broad, TreeKind::Cushion, TreeKind::Conifer],
        Genre::GothicHorror | Genre::PostApocalyptic => [TreeKind::Bare, TreeKind::Bare, TreeKind::Conifer],
        Genre::FairyTale | Genre::Alien => [TreeKind::Giant, TreeKind::Broad, TreeKind::Giant],
        _ if stage.world.setting.genre == Genre::MedievalFantasy => {
            [TreeKind::Giant, TreeKind::Broad, TreeKind::Conifer]
        }
        _ => [TreeKind::Broad, TreeKind::Conifer, TreeKind::Broad],
    };
    frame_trunk(stage, kinds[0]);
    let room = Trail { width: if clearing { 5.0 } else { 1.5 }, ..trail };
    wood(stage, &kinds, 13.0, 4.5, 80.0, 130, Some(room));
    if !snow {
        let ferns: Vec<_> = (0..3).map(|i| nature::fern(stage, 0.7, i)).collect();
        strew(stage, "ferns", &ferns, 130, Reach { scale: [0.5, 1.4], ..Reach::low(1.9, 30.0, 16.0) }, move |s, p| {
            trail.distance(p) > trail.width && p.distance(s.hero) > 1.2
        });
    }
    undergrowth(stage, 0.45, 0.22, 0.3, Some(trail));
    logs(stage, trail);
    let kind = MaterialKind::Rock;
    let stones = nature::boulders(stage, kind, 0.9, 3);
    strew(
        stage,
        "stones",
        &stones,
        22,
        Reach { scale: [0.3, 1.5], ..Reach::solid(3.0, 40.0, 18.0, 0.45, 0.6) },
        move |_, p| trail.distance(p) > trail.width + 0.3,
    );
    if is_enchanted(stage) {
        glowing_growth(stage, trail, 34);
    }
    let plan = open_plan(stage, Some(trail), 8.0, 1.2);
    common::own_lamps(stage, &plan.lights.clone(), if is_enchanted(stage) { 0 } else { 3 }, 1.3);
    plan
}

/// A trunk at the edge of the frame away from the subject. The flared foot of a giant stands farther off, or it would be a wall.
fn frame_trunk(stage: &mut Stage, kind: TreeKind) {
    let side = -stage.world.camera.subject_x.signum();
    let mut rng = stage.rng("frame trunk");
    let (depth, edge) = if kind == TreeKind::Giant { (9.5, 1.08) } else { (4.8, 1.0) };
    let tree = nature::tree(stage, kind, 15.0, true, 91);
    let at = stage.view.point(edge * rng.range(0.94, 1.06) * side, depth * rng.range(0.85, 1.3));
    stage.put_at(&tree, at, rng.range(0.0, std::f32::consts::TAU), rng.range(0.8, 1.1));
    stage.taken.take(at, 1.2);
}

fn logs(stage: &mut Stage, trail: Trail) {
    let mut spec = stage.skin.of(MaterialKind::Bark);
    spec.moss = (spec.moss + 0.5).min(1.0);
    let bark = stage.mat(spec);
    let mut pen = Pen::new(bark);
    let path: Vec<Vec3> = (0..7)
        .map(|i| Vec3::new(i as f32 * 0.8 - 2.4, 0.24 + 0.05 * (i as f32).sin(), 0.12 * (1.7 * i as f32).sin()))
        .collect();
    pen.crease(70.0).add(&gesamt_mesh::shapes::tube(&path, &[0.36, 0.33, 0.31, 0.3, 0.28, 0.26, 0.22], 12));
    for k in 0..4 {
        let from = Vec3::new(-1.6 + 1.1 * k as f32, 0.35, 0.0);
        pen.add(&rod(from, from + Vec3::new(0.2, 0.5, if k % 2 == 0 { 0.5 } else { -0.4 }), 0.06, 6));
    }
    let log = stage.piece(pen);
    strew(
        stage,
        "logs",
        &[log],
        5,
        Reach { scale: [0.7, 1.1], ..Reach::solid(4.0, 26.0, 12.0, 1.6, 0.8) },
        move |_, p| trail.distance(p) > trail.width + 1.5,
    );
}

/// Layers of growth about a muddy path: fans and ferns below, bananas and tree ferns over them, palms and giants above.
pub(super) fn jungle(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.6);
    let trail = Trail::of(stage, 1.0);
    floor(stage, 1.0, stage.world.materials.ground, Some((trail, MaterialKind::Mud)));
    frame_palm(stage);
    if stage.world.layout.variant.is_multiple_of(2) {
        super::ruins::broken_walls(stage, 0.85);
    }
    understory(stage, trail);
    let room = Trail { width: 1.9, ..trail };
    wood(stage, &[TreeKind::Giant, TreeKind::Broad, TreeKind::Palm], 13.0, 9.0, 75.0, 56, Some(room));
    palms(stage, room);
    nature::hang_lianas(stage, 6);
    undergrowth(stage, 0.3, 0.3, 0.05, Some(trail));
    backdrop::hills(stage, 150.0, 36.0, false);
    if is_enchanted(stage) {
        glowing_growth(stage, trail, 18);
    }
    let plan = open_plan(stage, Some(trail), 8.0, 1.2);
    common::own_lamps(stage, &plan.lights.clone(), 3, 1.2);
    plan
}

/// Big-leaved plants in three heights, the low ones next to the path.
fn understory(stage: &mut Stage, trail: Trail) {
    let off = move |clear: f32, height: f32| {
        move |s: &Stage, p: Vec2| {
            trail.distance(p) > trail.width + clear && p.distance(s.hero) > 1.6 && !s.hides_subject(p, 0.8, height)
        }
    };
    let wheels: Vec<_> = (0..3).map(|i| nature::tree_fern(stage, [1.8, 2.9, 4.2][i as usize], i)).collect();
    let reach = Reach { bias: 0.9, ..Reach::solid(6.0, 36.0, 18.0, 0.7, 3.4) };
    strew(stage, "tree ferns", &wheels, 34, reach, off(1.3, 3.4));
    let bananas: Vec<_> = (0..3).map(|i| nature::banana(stage, 2.1 + 0.5 * i as f32, i)).collect();
    let reach = Reach { bias: 1.0, ..Reach::solid(5.2, 34.0, 17.0, 0.7, 2.2) };
    strew(stage, "bananas", &bananas, 54, reach, off(1.2, 2.2));
    let fans: Vec<_> = (0..3).map(|i| nature::fan_leaf(stage, 1.0 + 0.2 * i as f32, i)).collect();
    let reach = Reach { scale: [0.6, 1.4], ..Reach::low(2.4, 26.0, 15.0) };
    strew(stage, "fans", &fans, 110, reach, off(0.35, 1.2));
    let ferns: Vec<_> = (0..3).map(|i| nature::fern(stage, 1.1, i)).collect();
    let reach = Reach { scale: [0.5, 1.5], ..Reach::low(2.2, 30.0, 17.0) };
    strew(stage, "ferns", &ferns, 90, reach, off(0.3, 1.2));
}

/// Palms of several heights, whose crowns are seen.
fn palms(stage: &mut Stage, room: Trail) {
    let palms: Vec<_> = [3.4f32, 5.0, 7.5]
        .into_iter()
        .enumerate()
        .map(|(i, height)| nature::tree(stage, TreeKind::Palm, height, true, 50 + i as u64))
        .collect();
    let reach = Reach { bias: 1.0, ..Reach::solid(7.0, 46.0, 24.0, 0.5, 5.0) };
    strew(stage, "palms", &palms, 44, reach, move |s, p| {
        room.distance(p) > room.width && p.distance(s.hero) > 2.4 && !s.taken.in_box(p)
    });
}

/// A banana and a palm at the edge of the frame away from the subject.
fn frame_palm(stage: &mut Stage) {
    let side = -stage.world.camera.subject_x.signum();
    let mut rng = stage.rng("frame palm");
    let palm = nature::tree(stage, TreeKind::Palm, 7.0, true, 91);
    let banana = nature::banana(stage, 2.4, 90);
    for (piece, x, depth) in [(&palm, 0.86, 7.5), (&banana, 1.06, 5.2)] {
        let at = stage.view.point(x * side, depth * rng.range(0.92, 1.1));
        stage.put_at(piece, at, rng.range(0.0, std::f32::consts::TAU), rng.range(0.85, 1.05));
        stage.taken.take(at, 0.6);
    }
}

/// Trees, cushions and stones of a tended garden; shared with castles and temples of Japan.
pub(super) fn garden_growth(stage: &mut Stage, trail: Trail) {
    let maples: Vec<_> = (0..3).map(|i| nature::tree(stage, TreeKind::Broad, 6.0, true, 60 + i)).collect();
    let cushions: Vec<_> = (0..2).map(|i| nature::tree(stage, TreeKind::Cushion, 4.6, true, 70 + i)).collect();
    let keep = move |s: &Stage, p: Vec2| {
        trail.distance(p) > trail.width + 0.8 && p.distance(s.hero) > 2.0 && !s.taken.in_box(p)
    };
    strew(stage, "maples", &maples, 12, Reach { bias: 0.8, ..Reach::solid(8.0, 34.0, 18.0, 0.8, 6.0) }, keep);
    strew(stage, "cushions", &cushions, 12, Reach::solid(5.0, 30.0, 14.0, 0.9, 4.0), keep);
    let far = nature::tree(stage, TreeKind::Broad, 8.0, false, 80);
    strew(stage, "far wood", &[far], 70, Reach { bias: 0.8, ..Reach::solid(32.0, 110.0, 70.0, 1.0, 8.0) }, keep);
    let bushes: Vec<_> = (0..3).map(|i| nature::bush(stage, 0.8, i)).collect();
    strew(
        stage,
        "bushes",
        &bushes,
        24,
        Reach { scale: [0.5, 1.2], bias: 0.9, ..Reach::solid(4.5, 30.0, 12.0, 0.5, 0.8) },
        keep,
    );
    let stones = nature::boulders(stage, MaterialKind::Rock, 0.9, 3);
    strew(stage, "stones", &stones, 16, Reach { scale: [0.4, 1.4], ..Reach::solid(3.0, 20.0, 9.0, 0.45, 0.6) }, keep);
    undergrowth(stage, 0.5, 0.13, 0.15, Some(trail));
    litter(stage, trail);
}

/// Fallen leaves on the ground.
fn litter(stage: &mut Stage, trail: Trail) {
    if stage.skin.snow > 0.5 {
        return;
    }
    let spec = stage.skin.leaves(0.8);
    let material = stage.mat(spec);
    let mut rng = stage.rng("litter");
    let mut leaves = nature::Leaves::default();
    for _ in 0..60 {
        let at = Vec3::new(rng.signed(), 0.03 + 0.02 * rng.unit(), rng.signed()) * Vec3::new(0.9, 1.0, 0.9);
        let along = Vec3::new(rng.signed(), 0.15 * rng.signed(), rng.signed()).normalize_or(Vec3::X) * 0.11;
        leaves.leaf(at, along, Vec3::Y.cross(along), 0.08);
    }
    let mut pen = Pen::new(material);
    pen.mesh(&leaves.finish());
    let patch = stage.piece(pen);
    strew(stage, "patches", &[patch], 90, Reach { scale: [0.7, 1.3], ..Reach::low(1.8, 16.0, 9.0) }, move |_, p| {
        trail.distance(p) < trail.width + 4.0
    });
}

/// A garden with a pond, a bridge, hedges and flowers.
pub(super) fn garden(stage: &mut Stage) -> Plan {
    stage.aim(0.0, 0.7);
    let trail = Trail::of(stage, 1.3);
    let side = -stage.world.camera.subject_x.signum();
    let depth = stage.hero_depth();
    let middle = stage.view.point(0.55 * side, depth * 0.85 + 1.5);
    let (rx, rz) = (4.6, 3.4);
    let base = Ground::natural(stage.world, 0.4, stage.view.eye(), stage.hero);
    stage.set_ground(base.plus(move |x, z| {
        let d = ((x - middle.x) / rx).hypot((z - middle.y) / rz);
        -0.6 * (1.0 - crate::ground::smooth(0.75, 1.08, d))
    }));
    let snow = stage.skin.snow > 0.4;
    let cover = if snow { MaterialKind::Snow } else { MaterialKind::Grass };
    common::paint_floor(stage, cover, Some((trail, MaterialKind::Gravel)));
    let level = stage.ground.at(middle.x, middle.y) + 0.38;
    pond(stage, middle, level, Vec2::new(rx, rz));
    stage.taken.take(middle, rx.max(rz) * 0.9);
    let japan = stage.world.setting.genre == Genre::FeudalJapan;
    if japan {
        bridge(stage, middle, level, side);
        super::castle::tenshu(stage, 0.42 * side, depth + 62.0, 1.35);
        backdrop::peak(stage, 340.0);
    } else {
        hedges(stage, trail);
        backdrop::behind(stage, 110.0);
        pergola(stage, side);
    }
    garden_growth(stage, trail);
    flowers(stage, trail);
    let mut plan = open_plan(stage, Some(trail), 8.0, 1.3);
    plan.gates.insert(0, Spot::new(trail.at(0.8), 0.0));
    common::own_lamps(stage, &plan.lights.clone(), 5, 1.4);
    plan
}

/// Water with a rim of stones.
fn pond(stage: &mut Stage, middle: Vec2, level: f32, r: Vec2) {
    let mut spec = stage.skin.of(if stage.skin.snow > 0.6 { MaterialKind::Ice } else { MaterialKind::Water });
    (spec.snow, spec.moss, spec.dirt) = (0.0, 0.0, 0.0);
    let water = stage.mat(spec);
    let mut pen = Pen::new(water);
    let disc = cylinder(1.0, 0.02, 48, 0.0).mapped(|p| Vec3::new(p.x * r.x * 1.1, p.y, p.z * r.y * 1.1));
    pen.add(&disc.at(middle.x, level - 0.02, middle.y));
    stage.add(pen);
    let stones = nature::boulders(stage, MaterialKind::Rock, 0.7, 4);
    let mut rng = stage.rng("rim");
    for k in 0..34 {
        let a = std::f32::consts::TAU * k as f32 / 34.0 + rng.signed() * 0.08;
        let at = middle + Vec2::new(a.cos() * r.x, a.sin() * r.y) * rng.range(1.0, 1.1);
        let pick = rng.below(4);
        stage.put_at(&stones[pick], at, rng.range(0.0, 6.0), rng.range(0.5, 1.15));
    }
}

/// An arched bridge over the pond.
fn bridge(stage: &mut Stage, middle: Vec2, level: f32, side: f32) {
    let red = stage.tinted(MaterialKind::WoodBeam, mix(stage.skin.accent, [0.45, 0.06, 0.03], 0.6), 0.8);
    let deck = stage.kind(MaterialKind::WoodPlank);
    let mut pen = Pen::new(deck);
    pen.placed(Vec3::new(middle.x, level, middle.y), 0.25 * side, |p| {
        let at = |t: f32| Vec3::new((2.0 * t - 1.0) * 5.0, 0.35 + 1.15 * (1.0 - (2.0 * t - 1.0).powi(2)), 0.0);
        for k in 0..34 {
            let q = at(k as f32 / 33.0);
            p.mat(deck).block(q + Vec3::new(-0.13, -0.05, -0.9), q + Vec3::new(0.13, 0.03, 0.9), 0.01);
        }
        p.mat(red);
        for z in [-0.9f32, 0.9] {
            for k in 0..10 {
                let (a, b) = (at(k as f32 / 10.0), at((k + 1) as f32 / 10.0));
                let off = Vec3::new(0.0, 0.0, z);
                p.add(&beam(a + off + Vec3::Y * 0.85, b + off + Vec3::Y * 0.85, Vec2::splat(0.1), 0.015));
                p.add(&beam(a + off + Vec3::Y * 0.45, b + off + Vec3::Y * 0.45, Vec2::splat(0.06), 0.01));
                p.add(&beam(a + off - Vec3::Y * 0.12, b + off - Vec3::Y * 0.12, Vec2::new(0.12, 0.22), 0.015));
                if k % 2 == 0 {
                    p.add(&standing_box(Vec3::new(0.12, 1.0, 0.12), 0.02).at(a.x, a.y, z));
                }
            }
        }
    });
    stage.add(pen);
}

/// Clipped hedges along the trail.
fn hedges(stage: &mut Stage, trail: Trail) {
    let spec = stage.skin.leaves(0.3);
    let green = stage.mat(spec);
    let mut rng = stage.rng("hedges");
    let mut pen = Pen::new(green);
    let mut loose = nature::Leaves::default();
    for k in 0..20 {
        for side in [-1.0f32, 1.0] {
            let s = 0.3 + 0.03 * k as f32;
            let (a, b) = (trail.at(s), trail.at(s + 0.03));
            let off = (b - a).perp().normalize_or(Vec2::X) * side * (trail.width + 0.55);
            let at = a + off;
            if !stage.may_stand(at, 0.4, 0.8) {
                continue;
            }
            let (p, q) = (stage.on_ground(at), stage.on_ground(b + off));
            let h = 0.75 + 0.05 * rng.signed();
            pen.add(&beam(p + Vec3::Y * 0.5 * h, q + Vec3::Y * 0.5 * h, Vec2::new(0.55, h), 0.08));
            for _ in 0..70 {
                let face =
                    p.lerp(q, rng.unit()) + Vec3::new(0.3 * rng.signed(), h * rng.unit().sqrt(), 0.3 * rng.signed());
                loose.outward(face, p + Vec3::Y * 0.4, 0.07, &mut rng);
            }
        }
    }
    pen.mesh(&loose.finish());
    stage.add(pen);
}

/// A pergola over the far end of the trail.
fn pergola(stage: &mut Stage, side: f32) {
    let wood = stage.kind(MaterialKind::WoodBeam);
    let spec = stage.skin.leaves(0.6);
    let green = stage.mat(spec);
    let at = stage.view.point(0.2 * side, stage.hero_depth() + 9.0);
    let base = stage.on_ground(at);
    let mut rng = stage.rng("pergola");
    let mut pen = Pen::new(wood);
    let mut loose = nature::Leaves::default();
    for k in 0..4 {
        for x in [-1.6f32, 1.6] {
            pen.add(&standing_box(Vec3::new(0.16, 2.9, 0.16), 0.02).at(
                base.x + x,
                base.y - 0.2,
                base.z - 1.9 * k as f32,
            ));
        }
    }
    for k in 0..11 {
        let z = base.z + 0.4 - 0.65 * k as f32;
        pen.block(
            Vec3::new(base.x - 2.2, base.y + 2.72, z - 0.05),
            Vec3::new(base.x + 2.2, base.y + 2.88, z + 0.05),
            0.01,
        );
    }
    for _ in 0..900 {
        let p = base
            + Vec3::new(
                rng.range(-2.3, 2.3),
                2.9 + 0.15 * rng.normal() - 0.5 * rng.unit().powi(4),
                rng.range(-6.5, 0.6),
            );
        loose.outward(p, p - Vec3::Y, 0.14, &mut rng);
    }
    pen.mat(green).mesh(&loose.finish());
    stage.add(pen);
    stage.taken.take_box(at - Vec2::new(2.0, 6.5), at + Vec2::new(2.0, 0.5));
}

/// Beds of flowers in the accent colour.
fn flowers(stage: &mut Stage, trail: Trail) {
    if stage.skin.snow > 0.5 {
        return;
    }
    let skin = stage.skin.clone();
    for (index, color) in
        [skin.accent, mix(skin.key, [0.9, 0.8, 0.7], 0.5), mix(skin.emissive, skin.accent, 0.5)].into_iter().enumerate()
    {
        let bloom = stage.tinted(MaterialKind::Leaves, color, 0.95);
        let stem = stage.tinted(MaterialKind::Leaves, [0.06, 0.13, 0.03], 0.9);
        let mut rng = stage.seed.child("flower").index(index as u64).rng();
        let (mut petals, mut stems) = (nature::Leaves::default(), nature::Leaves::default());
        for _ in 0..14 {
            let base = Vec3::new(rng.signed(), 0.0, rng.signed()) * 0.3;
            let top = base + Vec3::new(0.1 * rng.signed(), rng.range(0.25, 0.5), 0.1 * rng.signed());
            stems.leaf(base, top - base, Vec3::X, 0.02);
            for k in 0..6 {
                let a = k as f32 * 1.047;
                let out = Vec3::new(a.cos(), 0.35, a.sin()) * 0.07;
                petals.leaf(top, out, Vec3::Y.cross(out), 0.06);
            }
        }
        let mut pen = Pen::new(stem);
        pen.mesh(&stems.finish());
        pen.mat(bloom).mesh(&petals.finish());
        let bed = stage.piece(pen);
        strew(
            stage,
            "flowers",
            &[bed],
            46,
            Reach { scale: [0.7, 1.3], ..Reach::low(1.9 + 0.3 * index as f32, 16.0, 8.0) },
            move |s, p| {
                let d = trail.distance(p);
                d > trail.width + 0.1 && d < trail.width + 2.6 && p.distance(s.hero) > 1.2
            },
        );
    }
}
