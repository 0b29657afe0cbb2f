//! The tunnel: a lined metro or service tunnel, a timbered mine, or a vaulted sewer with its channel.

use std::f32::consts::{FRAC_PI_2, PI};

use gesamt_mesh::LightGroup;
use gesamt_mesh::noise::{fbm, ridged};
use gesamt_mesh::shapes::{blob, cylinder, sheet, sphere, standing_box, tube};
use gesamt_mesh::shapes2::{beam, cable, rod};
use gesamt_world::{Genre, MaterialKind};
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::super::{Plan, Scatter, Spot};
use super::shared::{Manner, daylight, edge, pipe, turn};
use crate::ground::{Ground, GroundMesh, add_ground, smooth};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;

/// What the tunnel is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Metro,
    Mine,
    Sewer,
}

/// The bore: half width, height of the springing, rise of the vault, reach, drift of the axis.
#[derive(Clone, Copy, Debug)]
struct Bore {
    kind: Use,
    half: f32,
    spring: f32,
    rise: f32,
    far: f32,
    side: f32,
    seed: u32,
}

impl Bore {
    fn axis(&self, z: f32) -> f32 {
        let d = (-z - 6.0).max(0.0);
        -self.side * if self.kind == Use::Mine { 0.0022 * d * d + 0.5 * (0.12 * d).sin() } else { 0.0013 * d * d }
    }

    /// The lining from the right foot (0) over the crown to the left foot (1), before roughness.
    fn lining(&self, t: f32) -> Vec2 {
        let wall = 0.22;
        if t < wall {
            Vec2::new(self.half, self.spring * t / wall)
        } else if t > 1.0 - wall {
            Vec2::new(-self.half, self.spring * (1.0 - t) / wall)
        } else {
            let a = PI * (t - wall) / (1.0 - 2.0 * wall);
            Vec2::new(self.half * a.cos(), self.spring + self.rise * a.sin())
        }
    }

    fn at(&self, t: f32, z: f32) -> Vec3 {
        let p = self.lining(t);
        Vec3::new(self.axis(z) + p.x, p.y, z)
    }
}

/// A tunnel.
pub(in super::super) fn tunnel(stage: &mut Stage) -> Plan {
    use Genre::*;
    let odd = stage.world.layout.variant % 2 == 1;
    let kind = match stage.world.setting.genre {
        Western => Use::Mine,
        MedievalFantasy | FairyTale | FeudalJapan | Alien => {
            if odd {
                Use::Sewer
            } else {
                Use::Mine
            }
        }
        GothicHorror | Ancient | Nautical => {
            if odd {
                Use::Mine
            } else {
                Use::Sewer
            }
        }
        Steampunk => {
            if odd {
                Use::Sewer
            } else {
                Use::Metro
            }
        }
        PostApocalyptic | Industrial | Noir => {
            if stage.world.layout.variant % 3 == 2 {
                Use::Sewer
            } else {
                Use::Metro
            }
        }
        _ => Use::Metro,
    };
    let grow = 0.9 + 0.35 * stage.world.layout.scale;
    let (half, spring, rise) = match kind {
        Use::Metro => (4.3, 2.3, 2.9),
        Use::Mine => (2.9, 1.9, 1.35),
        Use::Sewer => (4.0, 1.9, 3.1),
    };
    let side = turn(stage);
    let seed = stage.seed.child("bore").0 as u32;
    let bore = Bore { kind, half: half * grow, spring: spring * grow, rise: rise * grow, far: 62.0, side, seed };
    let lean = if kind == Use::Mine { 0.85 } else { 0.7 };
    stage.aim(
        match kind {
            Use::Metro => 0.34,
            Use::Sewer => 0.42,
            Use::Mine => 0.06,
        } * bore.half
            * side,
        lean,
    );
    floor(stage, bore);
    match kind {
        Use::Metro => metro(stage, bore),
        Use::Mine => mine(stage, bore),
        Use::Sewer => sewer(stage, bore),
    }
    end(stage, bore);
    plan(stage, bore)
}

/// Height of the walk beside tracks or channel, and the inner edge of it.
fn walk(bore: Bore) -> (f32, f32) {
    match bore.kind {
        Use::Metro => (0.0, -0.10 * bore.half),
        Use::Sewer => (0.0, 0.02 * bore.half),
        Use::Mine => (0.0, -bore.half),
    }
}

/// The floor: a walk on the subject's side, a lower bed on the other.
fn floor(stage: &mut Stage, bore: Bore) {
    let (_, lip) = walk(bore);
    let depth = match bore.kind {
        Use::Metro => 0.95,
        Use::Sewer => 0.7,
        Use::Mine => 0.0,
    };
    let seed = bore.seed;
    let mine = bore.kind == Use::Mine;
    stage.set_ground(Ground::new(move |x, z| {
        let across = (x - bore.axis(z)) * bore.side;
        let rough = fbm(Vec3::new(x, 0.0, z) * 0.9, 3, seed);
        if mine {
            return 0.06 * rough + 0.35 * smooth(0.6 * bore.half, 1.05 * bore.half, across.abs());
        }
        if across < lip { -depth + 0.03 * rough } else { 0.008 * rough }
    }));
    use MaterialKind as M;
    let bed = stage.kind(match bore.kind {
        Use::Metro => M::Gravel,
        Use::Sewer => M::Mud,
        Use::Mine => M::Dirt,
    });
    let top = stage.kind(match (bore.kind, stage.world.materials.ground) {
        (Use::Metro, M::Gravel | M::Dirt | M::Mud) => M::Concrete,
        (Use::Sewer, _) => M::Flagstone,
        (_, kind) => kind,
    });
    if mine {
        let cut = GroundMesh { half_width: 6.0, ahead: bore.far + 6.0, ..GroundMesh::NEAR };
        add_ground(stage, cut, move |_, _| bed);
        return;
    }
    // Drawn as strips that follow the bend: walk, edge, bed.
    let s = bore.side;
    let strip = |a: f32, ya: f32, b: f32, yb: f32| {
        let (a, ya, b, yb) = if s > 0.0 { (a, ya, b, yb) } else { (b, yb, a, ya) };
        sheet([1, 60], move |u, v| {
            let z = 9.0 - (bore.far + 12.0) * v;
            Vec3::new(bore.axis(z) + s * (a + (b - a) * u), ya + (yb - ya) * u, z)
        })
    };
    let curb = stage.kind(if bore.kind == Use::Metro { M::Concrete } else { M::StoneBlock });
    let mut pen = Pen::new(top);
    pen.add(&strip(lip + 0.35, 0.0, bore.half + 0.4, 0.0));
    pen.mat(curb).add(&strip(lip, 0.0, lip + 0.35, 0.0)).add(&strip(lip, -depth, lip, 0.0));
    pen.mat(bed).add(&strip(-bore.half - 0.4, -depth, lip, -depth));
    if bore.kind == Use::Metro {
        let paint = stage.tinted(M::PaintedMetal, [0.72, 0.55, 0.1], 0.85);
        pen.mat(paint).add(&strip(lip + 0.42, 0.006, lip + 0.58, 0.006));
    } else {
        let mut spec = stage.skin.of(M::Water);
        (spec.moss, spec.dirt, spec.snow) = (0.0, 0.0, 0.0);
        let water = stage.mat(spec);
        pen.mat(water).add(&strip(-bore.half - 0.4, -0.3, lip, -0.3));
        // A quay on the far side too.
        pen.mat(curb).add(&strip(-bore.half - 0.4, 0.02, -0.72 * bore.half, 0.02)).add(&strip(
            -0.72 * bore.half,
            0.02,
            -0.72 * bore.half,
            -depth,
        ));
    }
    stage.add(pen);
}

fn old(stage: &Stage) -> bool {
    matches!(Manner::of(stage), Manner::Old | Manner::Organic | Manner::Brass)
}

/// A lined tunnel with segments, tracks, cable racks, tubes of light and an edge to stand on.
fn metro(stage: &mut Stage, bore: Bore) {
    let wall = stage.kind(match stage.world.materials.primary {
        kind @ (MaterialKind::Brick | MaterialKind::Concrete | MaterialKind::HullPanel | MaterialKind::StoneBlock) => {
            kind
        }
        _ => MaterialKind::Concrete,
    });
    let trim = stage.kind(stage.world.materials.secondary);
    let dark = stage.kind(MaterialKind::DarkMetal);
    let rubber = stage.kind(MaterialKind::Rubber);
    let low = -0.95;
    let mut pen = Pen::new(wall);
    let shape = sheet([44, 80], |u, v| {
        let z = 9.0 - (bore.far + 12.0) * v;
        let p = bore.at(1.0 - u, z);
        if p.y < 0.01 { Vec3::new(p.x, low, z) } else { p }
    });
    pen.crease(40.0).add(&shape).crease(45.0);
    // Tiles or panels to shoulder height, and a band of colour.
    let band = stage.tinted(MaterialKind::Ceramic, mix(stage.skin.accent, [0.5, 0.5, 0.48], 0.25), 0.7);
    let tile = stage.tinted(MaterialKind::Ceramic, mix([0.6, 0.6, 0.55], stage.skin.key, 0.2), 0.6);
    let mut z = 7.0;
    while z > -bore.far {
        let (za, zb) = (z - 0.16, z - 2.84);
        for s in [-1.0f32, 1.0] {
            let x = |z: f32| bore.axis(z) + s * (bore.half - 0.05);
            for (y0, y1, m) in [
                (if s == bore.side { 0.1 } else { low + 0.4 }, 1.35, tile),
                (1.35, 1.6, band),
                (1.6, bore.spring, tile),
            ] {
                pen.mat(m);
                let c = [
                    Vec3::new(x(za), y0, za),
                    Vec3::new(x(zb), y0, zb),
                    Vec3::new(x(zb), y1, zb),
                    Vec3::new(x(za), y1, za),
                ];
                if s < 0.0 {
                    pen.quad(c)
                } else {
                    pen.quad([c[1], c[0], c[3], c[2]])
                };
            }
        }
        // A rib of the lining.
        let path: Vec<Vec3> =
            (0..=22).map(|i| bore.at(0.02 + 0.96 * i as f32 / 22.0, z) * Vec3::new(1.0, 1.0, 1.0)).collect();
        pen.mat(trim).add(&tube(&path, &vec![0.15; path.len()], 5));
        z -= 3.0;
    }
    stage.add(pen);
    tracks(stage, bore, -0.52 * bore.side * bore.half, low);
    let mut pen = Pen::new(dark);
    // Cable racks on the far wall, pipes on the near one.
    let mut z = 6.0f32;
    while z > -bore.far {
        let x = |z: f32| bore.axis(z) - bore.side * (bore.half - 0.12);
        pen.mat(dark);
        for y in [1.75, 2.0, 2.25] {
            pen.block(Vec3::new(x(z), y - 0.03, z - 0.04), Vec3::new(x(z) + bore.side * 0.4, y, z + 0.04), 0.0);
        }
        pen.mat(rubber);
        for (k, y) in [1.78f32, 1.80, 2.03, 2.05, 2.28].into_iter().enumerate() {
            let off = bore.side * (0.1 + 0.13 * (k % 2) as f32 + 0.05 * (k / 2) as f32);
            pen.add(&cable(Vec3::new(x(z) + off, y, z), Vec3::new(x(z - 3.0) + off, y, z - 3.02), 0.05, 0.032, 4));
        }
        z -= 3.0;
    }
    pen.mat(trim);
    let along: Vec<Vec3> = (0..=16)
        .map(|i| 6.0 - (bore.far + 6.0) * i as f32 / 16.0)
        .map(|z| bore.at(0.30, z) + Vec3::new(-0.25 * bore.side, 0.0, 0.0))
        .collect();
    let along: Vec<Vec3> = along
        .into_iter()
        .map(|p| if bore.side > 0.0 { p } else { Vec3::new(2.0 * bore.axis(p.z) - p.x, p.y, p.z) })
        .collect();
    pipe(&mut pen, &along, 0.14);
    stage.add(pen);
    tubes(stage, bore);
    frame_post(stage, dark, bore);
}

/// Rails on sleepers about `x` (from the axis) at height `y`.
fn tracks(stage: &mut Stage, bore: Bore, x: f32, y: f32) {
    let steel = stage.kind(MaterialKind::BrushedMetal);
    let sleeper =
        stage.kind(if bore.kind == Use::Mine || old(stage) { MaterialKind::WoodBeam } else { MaterialKind::Concrete });
    let gauge = if bore.kind == Use::Mine { 0.42 } else { 0.72 };
    let mut pen = Pen::new(sleeper);
    let mut z = 6.0f32;
    while z > -bore.far {
        let (c, d) = (bore.axis(z) + x, bore.axis(z - 0.8) + x);
        pen.mat(sleeper).block(
            Vec3::new(c - 1.6 * gauge, y - 0.08, z - 0.12),
            Vec3::new(c + 1.6 * gauge, y + 0.06, z + 0.12),
            0.015,
        );
        pen.mat(steel);
        for g in [-gauge, gauge] {
            pen.add(&beam(
                Vec3::new(c + g, y + 0.12, z),
                Vec3::new(d + g, y + 0.12, z - 0.81),
                Vec2::new(0.07, 0.13),
                0.01,
            ));
        }
        z -= 0.8;
    }
    stage.add(pen);
}

/// Tubes of light along the crown, some dead, some faulty.
fn tubes(stage: &mut Stage, bore: Bore) {
    let decay = stage.world.condition.decay;
    let color = match Manner::of(stage) {
        Manner::Plain | Manner::Wreck => mix([0.85, 1.0, 0.82], stage.skin.lamp_color(), 0.35),
        Manner::Brass | Manner::Old => [1.0, 0.62, 0.3],
        _ => stage.skin.lamp_color(),
    };
    let dark = stage.kind(MaterialKind::DarkMetal);
    let steady = stage.glow(MaterialKind::Emissive, color, 14.0, LightGroup::Steady);
    let faulty = stage.glow(MaterialKind::Emissive, color, 9.0, LightGroup::Flicker);
    let red =
        stage.glow(MaterialKind::Emissive, mix([1.0, 0.12, 0.05], stage.skin.accent, 0.2), 8.0, LightGroup::Steady);
    let mut rng = stage.rng("tubes");
    let mut pen = Pen::new(dark);
    let mut lamps = Vec::new();
    let mut k = 0;
    let mut z = -1.5;
    while z > 4.0 - bore.far {
        let t = 0.5 - 0.13 * bore.side;
        let p = bore.at(t, z) - Vec3::Y * 0.22;
        pen.mat(dark).block(p + Vec3::new(-0.16, 0.02, -0.95), p + Vec3::new(0.16, 0.16, 0.95), 0.02);
        // The lamps near the subject always burn.
        let keep = (z - stage.hero.y).abs() < 4.0;
        let roll = rng.unit();
        if keep || roll > 0.62 * decay {
            let bad = !keep && roll < 0.62 * decay + 0.2;
            pen.mat(if bad { faulty } else { steady });
            for x in [-0.07, 0.07] {
                pen.add(&rod(p + Vec3::new(x, -0.03, -0.85), p + Vec3::new(x, -0.03, 0.85), 0.034, 8));
            }
            lamps.push((p - Vec3::Y * 0.35, if bad { LightGroup::Flicker } else { LightGroup::Steady }));
        } else if roll > 0.3 * decay {
            // One end has come loose.
            pen.mat(dark).add(&beam(
                p + Vec3::new(0.0, 0.0, 0.8),
                p + Vec3::new(0.1, -0.9, -0.6),
                Vec2::new(0.2, 0.08),
                0.01,
            ));
        }
        if k % 3 == 1 {
            let q = bore.at(if bore.side > 0.0 { 0.19 } else { 0.81 }, z - 2.0);
            pen.mat(red).add(&sphere(0.09, 6, 10).at(q.x - 0.1 * bore.side, q.y, q.z));
        }
        k += 1;
        z -= 5.0;
    }
    stage.add(pen);
    for (p, group) in lamps {
        stage.lamp(p, 0.25, color, 4.2, group);
    }
}

/// A near pillar at the frame's edge.
fn frame_post(stage: &mut Stage, material: u32, bore: Bore) {
    let at = edge(stage, 1.0, 4.4);
    if (at.x - bore.axis(at.y)).abs() > bore.half - 0.2 {
        return;
    }
    let base = stage.ground.at(at.x, at.y);
    let top = bore.spring + bore.rise;
    let mut pen = Pen::new(material);
    pen.block(Vec3::new(at.x - 0.16, base - 0.1, at.y - 0.16), Vec3::new(at.x + 0.16, top, at.y + 0.16), 0.03);
    pen.block(Vec3::new(at.x - 0.26, base - 0.1, at.y - 0.26), Vec3::new(at.x + 0.26, base + 0.35, at.y + 0.26), 0.03);
    for y in [1.0, 1.9, 2.8] {
        pen.block(Vec3::new(at.x - 0.2, y, at.y - 0.2), Vec3::new(at.x + 0.2, y + 0.08, at.y + 0.2), 0.02);
    }
    stage.taken.take(at, 0.5);
    stage.add(pen);
}

/// Rock walls held by timber sets, a cart track and lanterns.
fn mine(stage: &mut Stage, bore: Bore) {
    let rock = stage.kind(MaterialKind::Rock);
    let timber = stage.kind(MaterialKind::WoodBeam);
    let plank = stage.kind(MaterialKind::WoodPlank);
    let seed = bore.seed;
    let mut pen = Pen::new(rock);
    let shape = sheet([80, 190], |u, v| {
        let z = 9.0 - (bore.far + 12.0) * v;
        let p = bore.at(1.0 - u, z);
        let c = Vec3::new(bore.axis(z), 0.55 * bore.spring, z);
        let n = 1.14 + 0.17 * fbm(p * 0.75, 4, seed) + 0.16 * (ridged(p * 0.6, 3, seed ^ 3) - 0.5);
        c + (p - c) * Vec3::new(n, n, 1.0) - Vec3::Y * 0.3
    });
    pen.crease(60.0).add(&shape).crease(45.0);
    stage.add(pen);
    let mut rng = stage.rng("timber");
    let mut pen = Pen::new(timber);
    let cap = bore.spring + 0.55 * bore.rise;
    let mut lamps = Vec::new();
    let mut k = 0;
    let mut z = 1.6;
    while z > -bore.far {
        let x = bore.axis(z);
        let w = bore.half - 0.3;
        for s in [-1.0f32, 1.0] {
            let (a, b) = (
                Vec3::new(x + s * (w + 0.12), -0.2, z + 0.1 * rng.signed()),
                Vec3::new(x + s * (w - 0.12), cap, z + 0.06 * rng.signed()),
            );
            pen.add(&beam(a, b, Vec2::splat(rng.range(0.24, 0.31)), 0.04));
            pen.add(&beam(b - Vec3::new(0.0, 0.75, 0.0), b - Vec3::new(s * 0.7, 0.05, 0.0), Vec2::splat(0.15), 0.02));
        }
        let sag = 0.07 * rng.signed();
        pen.add(&beam(
            Vec3::new(x - w - 0.35, cap + 0.14 + sag, z),
            Vec3::new(x + w + 0.35, cap + 0.14 - sag, z),
            Vec2::new(0.3, 0.32),
            0.04,
        ));
        // Lagging boards between the sets.
        pen.mat(plank);
        for _ in 0..5 {
            let px = x + rng.signed() * 0.85 * w;
            pen.add(&beam(
                Vec3::new(px, cap + 0.33, z + 0.1),
                Vec3::new(px + 0.1 * rng.signed() + bore.axis(z - 2.6) - x, cap + 0.33, z - 2.7),
                Vec2::new(0.22, 0.04),
                0.005,
            ));
        }
        for s in [-1.0f32, 1.0] {
            for _ in 0..2 {
                let y = rng.range(0.4, cap - 0.4);
                pen.add(&beam(
                    Vec3::new(x + s * (w + 0.22), y, z),
                    Vec3::new(bore.axis(z - 2.6) + s * (w + 0.22), y + 0.1 * rng.signed(), z - 2.6),
                    Vec2::new(0.04, 0.2),
                    0.005,
                ));
            }
        }
        pen.mat(timber);
        if k % 2 == 1 {
            let s = if k % 4 == 1 { -bore.side } else { bore.side };
            lamps.push(Vec3::new(x + s * (w - 0.75), cap - 0.45, z - 0.1));
        }
        k += 1;
        z -= 2.6;
    }
    stage.add(pen);
    tracks(stage, bore, -0.18 * bore.side * bore.half, 0.0);
    lanterns(stage, &lamps, 6.0);
    cart(stage, bore);
    let stones = blob(2, |d| 1.0 + 0.35 * fbm(d * 1.7, 2, seed));
    let mut pen = Pen::new(rock);
    pen.crease(50.0);
    for _ in 0..90 {
        let z = -1.5 - 30.0 * rng.unit();
        let at = Vec2::new(bore.axis(z) + bore.half * rng.range(0.62, 0.95) * rng.signed().signum(), z);
        if at.distance(stage.view.eye()) > 1.6 {
            let r = rng.range(0.06, 0.3);
            let p = stage.on_ground(at);
            let turn = Quat::from_rotation_y(6.0 * rng.unit());
            pen.add(&stones.clone().transformed(Affine3A::from_scale_rotation_translation(
                Vec3::new(r, 0.7 * r, r),
                turn,
                p,
            )));
        }
    }
    stage.add(pen);
}

/// Lanterns that hang at the points.
fn lanterns(stage: &mut Stage, points: &[Vec3], power: f32) {
    let metal = stage.kind(MaterialKind::DarkMetal);
    let color = if stage.skin.is_electric { stage.skin.lamp_color() } else { [1.0, 0.55, 0.2] };
    let group = if stage.skin.is_electric { LightGroup::Steady } else { LightGroup::Fire };
    let glow = stage.glow(MaterialKind::Flame, color, 14.0, group);
    let mut pen = Pen::new(metal);
    for p in points {
        pen.mat(metal).add(&rod(*p + Vec3::Y * 0.2, *p + Vec3::Y * 0.55, 0.01, 4));
        pen.add(&gesamt_mesh::shapes::cone(0.13, 0.03, 0.12, 8).at(p.x, p.y + 0.12, p.z));
        pen.add(&cylinder(0.12, 0.04, 8, 0.0).at(p.x, p.y - 0.18, p.z));
        for k in 0..4 {
            let q = Vec2::from_angle(FRAC_PI_2 * k as f32) * 0.105;
            pen.add(&rod(*p + Vec3::new(q.x, -0.15, q.y), *p + Vec3::new(q.x, 0.13, q.y), 0.01, 4));
        }
        pen.mat(glow).add(&cylinder(0.07, 0.2, 8, 0.03).at(p.x, p.y - 0.13, p.z));
    }
    stage.add(pen);
    for p in points {
        stage.lamp(*p + Vec3::Z * 0.25, 0.12, color, power, group);
    }
}

/// A mine cart full of ore on the track.
fn cart(stage: &mut Stage, bore: Bore) {
    let z = stage.hero.y - 4.5;
    let at = Vec2::new(bore.axis(z) - 0.18 * bore.side * bore.half, z);
    if !stage.may_stand(at, 0.7, 1.2) {
        return;
    }
    let iron = stage.kind(MaterialKind::RustedMetal);
    let wood = stage.kind(MaterialKind::WoodPlank);
    let ore = stage.glow(MaterialKind::Crystal, stage.skin.emissive, 0.5, LightGroup::Steady);
    let base = stage.on_ground(at);
    let mut pen = Pen::new(wood);
    pen.block(base + Vec3::new(-0.55, 0.42, -0.85), base + Vec3::new(0.55, 1.05, 0.85), 0.03);
    pen.mat(iron);
    for s in [-1.0f32, 1.0] {
        for dz in [-0.88, 0.0, 0.88] {
            pen.block(base + Vec3::new(s * 0.57, 0.36, dz - 0.05), base + Vec3::new(s * 0.52, 1.1, dz + 0.05), 0.01);
        }
        for dz in [-0.5, 0.5] {
            pen.add(&rod(base + Vec3::new(s * 0.40, 0.30, dz), base + Vec3::new(s * 0.47, 0.30, dz), 0.2, 16));
        }
        pen.block(base + Vec3::new(-0.6, 1.0, s * 0.84), base + Vec3::new(0.6, 1.1, s * 0.9), 0.01);
    }
    pen.mat(ore).crease(25.0);
    let lump = blob(1, |d| 1.0 + 0.3 * fbm(d * 2.0, 2, bore.seed));
    for k in 0..12 {
        let a = 2.4 * k as f32;
        let p = base
            + Vec3::new(0.35 * a.cos() * (k as f32 / 12.0).sqrt(), 1.05, 0.62 * a.sin() * (k as f32 / 12.0).sqrt());
        let size = 0.16 + 0.02 * (k % 4) as f32;
        pen.add(&lump.clone().transformed(Affine3A::from_scale_rotation_translation(
            Vec3::splat(size),
            Quat::from_rotation_y(a),
            p,
        )));
    }
    stage.taken.take(at, 1.0);
    stage.add(pen);
}

/// A vault of brick or stone over a channel, with arches, side mouths and lamps.
fn sewer(stage: &mut Stage, bore: Bore) {
    use MaterialKind as M;
    let wall = stage.kind(match stage.world.materials.primary {
        kind @ (M::Brick | M::StoneBlock | M::Sandstone | M::Bioskin) => kind,
        _ => M::Brick,
    });
    let trim = stage.kind(if stage.world.materials.primary == M::StoneBlock { M::Brick } else { M::StoneBlock });
    let iron = stage.kind(M::RustedMetal);
    let hollow = stage.tinted(M::Obsidian, [0.01, 0.01, 0.012], 0.9);
    let seed = bore.seed;
    let mut pen = Pen::new(wall);
    let shape = sheet([60, 90], |u, v| {
        let z = 9.0 - (bore.far + 12.0) * v;
        let p = bore.at(1.0 - u, z);
        let n = 1.0 + 0.012 * fbm(p * 0.8, 2, seed);
        let y = if p.y < 0.01 { -0.8 } else { p.y };
        Vec3::new(bore.axis(z) + (p.x - bore.axis(z)) * n, y * n, z)
    });
    pen.crease(50.0).add(&shape).crease(45.0);
    let mut lamps = Vec::new();
    let mut k = 0;
    let mut z = 3.0;
    while z > -bore.far {
        // A transverse arch on piers.
        pen.mat(trim);
        let x = bore.axis(z);
        let n = 17;
        for i in 0..n {
            let (t0, t1) = (0.22 + 0.56 * i as f32 / n as f32, 0.22 + 0.56 * (i as f32 + 0.94) / n as f32);
            let (a, b) = (bore.at(t0, z), bore.at(t1, z));
            let inset = |p: Vec3| Vec3::new(x + (p.x - x) * 0.955, bore.spring + (p.y - bore.spring) * 0.955, z);
            pen.add(&beam(inset(a), inset(b), Vec2::new(0.75, 0.34), 0.03));
        }
        for s in [-1.0f32, 1.0] {
            let px = x + s * (bore.half - 0.12);
            pen.block(Vec3::new(px - 0.26, -0.7, z - 0.42), Vec3::new(px + 0.26, bore.spring - 0.1, z + 0.42), 0.04);
            pen.block(
                Vec3::new(px - 0.34, bore.spring - 0.22, z - 0.5),
                Vec3::new(px + 0.34, bore.spring + 0.04, z + 0.5),
                0.04,
            );
        }
        // A pipe mouth between the arches, dripping into the channel.
        let q = Vec3::new(bore.axis(z - 2.6) - bore.side * (bore.half - 0.02), 0.75, z - 2.6);
        if k % 2 == 0 {
            pen.mat(iron).crease(60.0).add(&rod(q, q + Vec3::X * bore.side * 0.4, 0.42, 20));
            pen.mat(hollow).add(&rod(q, q + Vec3::X * bore.side * 0.41, 0.34, 20)).crease(45.0);
        }
        if k % 2 == 0 {
            let s = if k % 4 == 0 { bore.side } else { -bore.side };
            lamps.push(Vec3::new(x + s * (bore.half - 0.72), bore.spring - 0.35, z));
        }
        k += 1;
        z -= 5.2;
    }
    pen.mat(iron);
    for (t, r) in [(0.245, 0.12), (0.275, 0.07)] {
        let path: Vec<Vec3> = (0..=14)
            .map(|i| {
                bore.at(if bore.side > 0.0 { t } else { 1.0 - t }, 6.0 - (bore.far + 6.0) * i as f32 / 14.0)
                    - Vec3::X * bore.side * 0.22
            })
            .collect();
        pipe(&mut pen, &path, r);
    }
    stage.add(pen);
    lanterns(stage, &lamps, 8.0);
    grating(stage, bore, iron);
    frame_post(stage, trim, bore);
}

/// A shaft in the vault with a grating and the light that falls through it near the subject.
fn grating(stage: &mut Stage, bore: Bore, iron: u32) {
    let day = daylight(stage);
    let z = stage.hero.y - 1.5;
    let p = bore.at(0.5, z);
    let pane = stage.glow(MaterialKind::Emissive, day.color, 3.0 * day.pane, LightGroup::Steady);
    let mut pen = Pen::new(pane);
    pen.block(p + Vec3::new(-0.8, -0.06, -0.8), p + Vec3::new(0.8, 0.0, 0.8), 0.0);
    pen.mat(iron);
    for k in 0..=6 {
        let x = -0.8 + 1.6 * k as f32 / 6.0;
        pen.block(p + Vec3::new(x - 0.03, -0.14, -0.85), p + Vec3::new(x + 0.03, -0.06, 0.85), 0.0);
    }
    for dz in [-0.85, 0.85] {
        pen.block(p + Vec3::new(-0.9, -0.16, dz - 0.06), p + Vec3::new(0.9, 0.0, dz + 0.06), 0.01);
    }
    stage.add(pen);
    stage.lamp(p - Vec3::Y * 0.5, 0.4, day.color, 7.0 * day.pane.max(1.0), LightGroup::Steady);
}

/// The far end and the wall behind the camera; light at the end of some.
fn end(stage: &mut Stage, bore: Bore) {
    let genre = stage.world.setting.genre;
    let day = daylight(stage);
    let bright = matches!(
        genre,
        Genre::Western | Genre::MedievalFantasy | Genre::Ancient | Genre::FairyTale | Genre::Nautical | Genre::Modern
    );
    let color = if bright { day.color } else { mix(stage.skin.lamp_color(), stage.skin.emissive, 0.3) };
    let radiance = if bright { 1.4 * day.pane } else { 1.2 };
    let glow = stage.glow(MaterialKind::Emissive, color, radiance, LightGroup::Steady);
    let wall = stage.kind(stage.world.materials.primary);
    let (z, w, top) = (-bore.far, 1.3 * bore.half, bore.spring + bore.rise + 1.0);
    let x = bore.axis(z);
    let mut pen = Pen::new(glow);
    pen.quad([
        Vec3::new(x - w, -1.0, z),
        Vec3::new(x + w, -1.0, z),
        Vec3::new(x + w, top, z),
        Vec3::new(x - w, top, z),
    ]);
    pen.mat(wall).add(&standing_box(Vec3::new(3.0 * bore.half, top + 2.0, 0.4), 0.0).at(0.0, -1.2, 7.5));
    stage.add(pen);
    if bright {
        stage.lamp(Vec3::new(x, 0.6 * top, z + 4.0), 0.8, color, 60.0 * day.pane.min(3.0), LightGroup::Steady);
    }
}

/// What runs along the wall across the track stands so far before it, in metres.
const LINE_CLEAR_M: f32 = 0.55;

fn plan(stage: &Stage, bore: Bore) -> Plan {
    let (_, lip) = walk(bore);
    let s = bore.side;
    let mut plan = Plan::new(0.5, bore.half - 0.4);
    let mut rng = stage.rng("tunnel spots");
    let eye = stage.view.eye();
    for k in 0..16 {
        let z = eye.y - 3.0 - 2.7 * k as f32;
        let x = bore.axis(z);
        let near = |clear: f32, dz: f32| Vec2::new(x + s * (bore.half - clear), z + dz);
        plan.props.push(Spot::new(near(0.75, rng.signed()), -s * FRAC_PI_2 + rng.signed() * 0.5));
        plan.lights.push(Spot::new(near(0.5, -1.3), -s * FRAC_PI_2));
        plan.structures.push(Spot::new(near(0.9, 0.6), -s * FRAC_PI_2));
        plan.rows.push(Spot::new(near(0.7, 0.2), -s * FRAC_PI_2));
        // Racks of pipes run along the wall across the track: on the walk they would bar it.
        plan.lines.push(Spot::new(Vec2::new(x - s * (bore.half - LINE_CLEAR_M), z), s * FRAC_PI_2));
        if bore.kind == Use::Mine {
            let at = Vec2::new(x - s * (bore.half - 0.7), z - 1.0);
            plan.props.push(Spot::new(at, s * FRAC_PI_2 + rng.signed() * 0.5));
        }
    }
    plan.gates = vec![Spot::new(Vec2::new(bore.axis(-18.0), -18.0), 0.0)];
    let middle = if bore.kind == Use::Mine { 0.0 } else { 0.5 * s * (lip + bore.half) };
    let half_width = if bore.kind == Use::Mine { bore.half - 0.5 } else { 0.5 * (bore.half - lip) - 0.4 };
    plan.scatter = Some(Scatter {
        half_width,
        near: 2.4,
        far: 22.0,
        lane: if bore.kind == Use::Mine { 0.7 } else { 0.0 },
        axis_x: middle - eye.x,
    });
    plan.is_interior = true;
    plan.has_fire = old(stage);
    plan
}
