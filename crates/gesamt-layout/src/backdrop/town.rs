//! Far towns: chimneys, castles, spires, lighthouses.

use crate::arch::{Paint, dialect};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;
use gesamt_mesh::noise::fbm;
use gesamt_mesh::shapes::{cone, cylinder};
use gesamt_mesh::shapes2::{rod, torus};
use gesamt_world::{AssetFamily, MaterialKind, WeatherKind};
use glam::{Vec2, Vec3};

/// Factories with tall chimneys.
pub(super) fn chimneys(stage: &mut Stage, distance: f32) {
    super::skyline(stage, distance * 1.2, 14.0, 34.0, 12);
    let mut rng = stage.rng("chimneys");
    let brick = stage.kind(MaterialKind::Brick);
    let metal = stage.kind(MaterialKind::DarkMetal);
    let mut pen = Pen::new(brick);
    for i in 0..6 {
        let at = stage.view.point(-1.1 + 0.44 * i as f32 + 0.2 * rng.signed(), distance * rng.range(0.9, 1.4));
        let h = rng.range(34.0, 62.0);
        pen.mat(brick).crease(70.0).add(&cone(3.0, 1.7, h, 16).at(at.x, -2.0, at.y)).crease(45.0);
        pen.mat(metal).add(&cylinder(2.1, 1.4, 16, 0.1).at(at.x, h - 3.0, at.y));
        for k in 1..4 {
            pen.add(&torus(3.05 - 0.36 * k as f32, 0.12, 20, 5).at(at.x, h * k as f32 * 0.24, at.y));
        }
    }
    stage.add(pen);
}

/// A round tower with a pointed cap.
fn cap_tower(pen: &mut Pen, wall: u32, roof: u32, at: Vec3, r: f32, h: f32) {
    pen.mat(wall).crease(70.0).add(&cylinder(r, h, 16, 0.0).at(at.x, at.y, at.z));
    pen.add(&cylinder(1.18 * r, 0.12 * h, 16, 0.0).at(at.x, at.y + 0.86 * h, at.z));
    pen.mat(roof).add(&cone(1.35 * r, 0.0, 2.6 * r, 16).at(at.x, at.y + 0.97 * h, at.z)).crease(45.0);
}

/// A castle on a hill, far away, with some lit windows.
pub(crate) fn castle_far(stage: &mut Stage, distance: f32) {
    // In thick air its hill fades first and the castle hangs in the sky.
    if matches!(stage.world.weather.kind, WeatherKind::Snow | WeatherKind::Fog | WeatherKind::Dust | WeatherKind::Storm)
    {
        return;
    }
    let mut rng = stage.rng("castle far");
    let skin = stage.skin.clone();
    let wall = stage.tinted(MaterialKind::StoneBlock, mix(skin.ambient, [0.5, 0.48, 0.45], 0.6), 0.4);
    let roof = stage.tinted(MaterialKind::Shingle, mix(skin.accent, [0.12, 0.13, 0.2], 0.55), 0.5);
    let grass = stage.tinted(MaterialKind::Grass, mix(skin.ambient, [0.08, 0.11, 0.05], 0.5), 0.4);
    let side = -0.32 * stage.world.camera.subject_x.signum();
    let at = stage.view.point(side, distance);
    let s = distance / 100.0;
    let mut pen = Pen::new(grass);
    let seed = rng.next_u64() as u32;
    let hill = cone(1.0, 0.5, 1.0, 24)
        .mapped(|p| p * Vec3::new(60.0 * s, 20.0 * s, 46.0 * s) * (1.0 + 0.18 * fbm(p * 3.0, 2, seed)));
    pen.crease(80.0).add(&hill.at(at.x, -3.0, at.y)).crease(45.0);
    let base = Vec3::new(at.x, 14.0 * s, at.y);
    let mut box_at = |x: f32, z: f32, size: Vec3| {
        let p = base + Vec3::new(x, 0.0, z) * s;
        let half = 0.5 * size * s;
        pen.mat(wall).block(p - Vec3::new(half.x, 3.0, half.z), p + Vec3::new(half.x, size.y * s, half.z), 0.0);
    };
    box_at(0.0, 6.0, Vec3::new(40.0, 8.0, 3.0));
    box_at(0.0, -4.0, Vec3::new(16.0, 20.0, 14.0));
    box_at(-10.0, -4.0, Vec3::new(8.0, 13.0, 12.0));
    box_at(11.0, -6.0, Vec3::new(8.0, 15.0, 10.0));
    for (x, z, r, h) in [
        (-20.0, 6.0, 3.0, 14.0),
        (20.0, 6.0, 3.0, 13.0),
        (-7.0, 6.0, 2.4, 12.0),
        (5.0, 6.0, 2.4, 12.0),
        (-6.0, -8.0, 2.6, 30.0),
        (6.0, -4.0, 3.2, 36.0),
        (13.0, -8.0, 2.0, 24.0),
        (-13.0, -6.0, 1.8, 21.0),
    ] {
        cap_tower(&mut pen, wall, roof, base + Vec3::new(x, -2.0, z) * s, r * s, h * s);
    }
    let panes = plain_paint(stage).lit;
    if skin.lit > 0.5 && stage.world.condition.population > 0.15 {
        for _ in 0..26 {
            let Some(&pane) = rng.pick(&panes) else { continue };
            let p = base + Vec3::new(rng.signed() * 12.0, rng.range(2.0, 18.0), 3.2) * s;
            let (w, h) = (0.5 * s, 0.9 * s);
            pen.mat(pane).quad([p, p + Vec3::X * w, p + Vec3::new(w, h, 0.0), p + Vec3::Y * h]);
        }
    }
    stage.add(pen);
}

/// A great church with spires.
pub(super) fn cathedral(stage: &mut Stage, distance: f32) {
    let skin = stage.skin.clone();
    let wall = stage.tinted(MaterialKind::StoneBlock, mix(skin.ambient, [0.3, 0.3, 0.32], 0.5), 0.4);
    let roof = stage.tinted(MaterialKind::Shingle, [0.06, 0.07, 0.09], 0.5);
    let glow = stage.glow(
        MaterialKind::LitWindow,
        mix(skin.emissive, [1.0, 0.5, 0.2], 0.5),
        1.6 * skin.lit,
        gesamt_mesh::LightGroup::Steady,
    );
    let at = stage.view.point(-0.28 * stage.world.camera.subject_x.signum(), distance);
    let s = distance / 70.0;
    let base = Vec3::new(at.x, -1.0, at.y);
    let mut pen = Pen::new(wall);
    pen.block(base + Vec3::new(-8.0, 0.0, -30.0) * s, base + Vec3::new(8.0, 20.0, 0.0) * s, 0.0);
    pen.mat(roof).placed(base + Vec3::Y * 20.0 * s, 0.0, |p| {
        let gable = [Vec2::new(-8.6, 0.0), Vec2::new(8.6, 0.0), Vec2::new(0.0, 11.0)].map(|q| q * s);
        p.add(&gesamt_mesh::shapes2::extrude(&gable, 30.0 * s, 0.0).at(0.0, 0.0, -15.0 * s));
    });
    for x in [-9.5f32, 9.5] {
        pen.mat(wall).block(base + Vec3::new(x - 3.2, 0.0, -5.0) * s, base + Vec3::new(x + 3.2, 34.0, 1.5) * s, 0.0);
        pen.mat(roof).add(&cone(4.4 * s, 0.0, 24.0 * s, 8).at(base.x + x * s, 34.0 * s - 1.0, base.z - 1.7 * s));
        for (dx, dz) in [(-2.8, 1.2), (2.8, 1.2), (-2.8, -4.6), (2.8, -4.6)] {
            pen.add(&cone(0.8 * s, 0.0, 7.0 * s, 6).at(base.x + (x + dx) * s, 33.5 * s, base.z + dz * s));
        }
        pen.mat(glow).quad([
            base + Vec3::new(x - 0.8, 22.0, 1.6) * s,
            base + Vec3::new(x + 0.8, 22.0, 1.6) * s,
            base + Vec3::new(x + 0.8, 27.0, 1.6) * s,
            base + Vec3::new(x - 0.8, 27.0, 1.6) * s,
        ]);
    }
    pen.mat(glow);
    pen.add(&cylinder(3.0 * s, 0.2, 20, 0.0).transformed(glam::Affine3A::from_rotation_translation(
        glam::Quat::from_rotation_x(std::f32::consts::FRAC_PI_2),
        base + Vec3::new(0.0, 15.0, 0.05) * s,
    )));
    stage.add(pen);
}

/// A tiered tower with curved roofs.
pub(crate) fn pagoda(stage: &mut Stage, distance: f32) {
    let at = stage.view.point(-0.36 * stage.world.camera.subject_x.signum(), distance);
    let s = (distance / 55.0).max(0.8);
    let base = Vec3::new(at.x, stage.ground.at(at.x, at.y).min(2.0) - 0.5, at.y);
    pagoda_at(stage, base, s, 5);
}

/// A tiered tower of a given size.
pub(crate) fn pagoda_at(stage: &mut Stage, base: Vec3, s: f32, tiers: u32) {
    let skin = stage.skin.clone();
    let wall = stage.tinted(MaterialKind::Plaster, mix(skin.key, [0.75, 0.7, 0.62], 0.6), 0.5);
    let beam = stage.tinted(MaterialKind::WoodBeam, mix(skin.accent, [0.3, 0.07, 0.03], 0.6), 0.6);
    let tile = stage.tinted(MaterialKind::RoofTile, [0.07, 0.08, 0.1], 0.5);
    let panes = plain_paint(stage);
    let mut rng = stage.rng("pagoda");
    let mut pen = Pen::new(wall);
    pen.placed(base, 0.0, |p| {
        let mut y = 0.0;
        for tier in 0..tiers {
            let half = (5.2 - 0.72 * tier as f32) * s;
            let h = (3.6 - 0.25 * tier as f32) * s;
            p.mat(wall).block(Vec3::new(-half, y, -half), Vec3::new(half, y + h, half), 0.0);
            p.mat(beam);
            for i in 0..=4 {
                let x = -half + 0.5 * half * i as f32;
                p.block(Vec3::new(x - 0.14 * s, y, half - 0.1), Vec3::new(x + 0.14 * s, y + h, half + 0.12 * s), 0.0);
                p.block(Vec3::new(-half - 0.12 * s, y, x - 0.14 * s), Vec3::new(-half + 0.1, y + h, x + 0.14 * s), 0.0);
                p.block(Vec3::new(half - 0.1, y, x - 0.14 * s), Vec3::new(half + 0.12 * s, y + h, x + 0.14 * s), 0.0);
            }
            for i in 0..4 {
                let (a, b) = (-half + 0.5 * half * i as f32 + 0.25 * s, -half + 0.5 * half * (i + 1) as f32 - 0.25 * s);
                let f = half + 0.03;
                p.mat(panes.pane(&mut rng)).quad([
                    Vec3::new(a, y + 0.25 * h, f),
                    Vec3::new(b, y + 0.25 * h, f),
                    Vec3::new(b, y + 0.8 * h, f),
                    Vec3::new(a, y + 0.8 * h, f),
                ]);
            }
            p.mat(tile);
            let plan = Vec2::splat(half);
            let mut roof = Pen::new(tile);
            crate::arch::curved_hip(&mut roof, -plan, plan, y + h, 0.62 * half + 0.6 * s, 1.5 * s);
            let (mesh, _) = roof.finish();
            p.mesh(&mesh);
            y += h + 0.42 * s + 0.1 * half;
        }
        p.mat(beam).add(&rod(Vec3::new(0.0, y, 0.0), Vec3::new(0.0, y + 4.5 * s, 0.0), 0.14 * s, 6));
        for k in 0..5 {
            p.add(&torus(0.5 * s, 0.08 * s, 12, 5).at(0.0, y + (1.4 + 0.45 * k as f32) * s, 0.0));
        }
    });
    stage.add(pen);
}

/// A lighthouse that shines after dark.
pub(crate) fn lighthouse(stage: &mut Stage, distance: f32) {
    // One is a landmark, two are none.
    if stage.slots.iter().any(|s| s.family == AssetFamily::Lighthouse && !s.variants.is_empty()) {
        return;
    }
    let skin = stage.skin.clone();
    let white = stage.tinted(MaterialKind::Plaster, [0.75, 0.74, 0.7], 0.7);
    let red = stage.tinted(MaterialKind::PaintedMetal, mix(skin.accent, [0.5, 0.06, 0.04], 0.6), 0.8);
    let rock = stage.kind(MaterialKind::Rock);
    let lamp =
        stage.glow(MaterialKind::Emissive, [1.0, 0.8, 0.5], 6.0 + 10.0 * skin.lit, gesamt_mesh::LightGroup::Steady);
    let at = stage.view.point(-0.4 * stage.world.camera.subject_x.signum(), distance);
    let s = distance / 85.0;
    let base = Vec3::new(at.x, -1.0, at.y);
    let mut pen = Pen::new(rock);
    let islet = gesamt_mesh::shapes::blob(3, |d| 1.0 + 0.3 * fbm(d * 2.3, 3, 5));
    pen.crease(40.0).add(&islet.mapped(|p| p * Vec3::new(14.0, 5.0, 11.0) * s).at(base.x, base.y, base.z));
    pen.crease(70.0);
    for i in 0..5 {
        let (a, b) = (2.9 - 0.3 * i as f32, 2.9 - 0.3 * (i + 1) as f32);
        pen.mat(if i % 2 == 0 { white } else { red });
        pen.add(&cone(a * s, b * s, 4.4 * s, 20).at(base.x, base.y + (3.5 + 4.4 * i as f32) * s, base.z));
    }
    let top = base + Vec3::Y * 25.5 * s;
    pen.mat(red).add(&cylinder(2.2 * s, 0.4 * s, 20, 0.05).at(top.x, top.y, top.z));
    pen.mat(lamp).add(&cylinder(0.9 * s, 1.8 * s, 12, 0.0).at(top.x, top.y + 0.4 * s, top.z));
    pen.mat(red).add(&cone(1.6 * s, 0.0, 1.6 * s, 16).at(top.x, top.y + 2.3 * s, top.z));
    stage.add(pen);
}

/// The paint of far windows.
fn plain_paint(stage: &mut Stage) -> Paint {
    let (d, seed) = (dialect(stage.world), stage.seed);
    Paint::new(stage, &d, seed)
}
