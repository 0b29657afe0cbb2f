//! Parts of the space station: hull sections, the planet outside, lights, consoles and the shuttle.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cone, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{arc_band, extrude, hoop, rod, torus};
use gesamt_world::MaterialKind;
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::shared::{Manner, turn};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;

/// Scene materials of the hull.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hull {
    pub manner: Manner,
    pub wall: u32,
    pub panel: u32,
    pub trim: u32,
    pub dark: u32,
    pub deck: u32,
    /// White or warm light, coloured light, warnings and screens.
    pub light: u32,
    pub accent: u32,
    pub warn: u32,
    pub screen: u32,
    /// Linear colour of the main light.
    pub color: [f32; 3],
}

/// The hull's materials in the stage's manner.
pub(super) fn hull(stage: &mut Stage) -> Hull {
    use MaterialKind as M;
    let manner = Manner::of(stage);
    let skin = stage.skin.clone();
    let gray = |v: f32, t: f32| mix([v, 1.02 * v, 1.05 * v], skin.ambient, t);
    let (wall, panel, trim, deck) = match manner {
        Manner::Sleek | Manner::Plain => {
            let deck = stage.tinted(M::Rubber, gray(0.16, 0.15), 0.7);
            (
                stage.tinted(M::HullPanel, gray(0.62, 0.06), 0.75),
                stage.tinted(M::Plastic, gray(0.7, 0.05), 0.85),
                stage.tinted(M::BrushedMetal, gray(0.45, 0.1), 0.5),
                deck,
            )
        }
        Manner::Dark => {
            let deck = stage.kind(M::DarkMetal);
            (
                stage.tinted(M::HullPanel, gray(0.14, 0.25), 0.8),
                stage.tinted(M::PaintedMetal, mix([0.1, 0.11, 0.12], skin.accent, 0.25), 0.8),
                stage.kind(M::DarkMetal),
                deck,
            )
        }
        Manner::Wreck => {
            let deck = stage.kind(M::DarkMetal);
            (
                stage.tinted(M::HullPanel, gray(0.3, 0.1), 0.6),
                stage.tinted(M::PaintedMetal, mix([0.36, 0.35, 0.32], skin.key, 0.2), 0.6),
                stage.kind(M::RustedMetal),
                deck,
            )
        }
        Manner::Organic => {
            let wall = stage.tinted(M::Bioskin, mix(skin.shadow, skin.accent, 0.3), 0.5);
            (wall, stage.kind(M::Bioskin), stage.tinted(M::Bone, mix([0.6, 0.55, 0.45], skin.ambient, 0.4), 0.5), wall)
        }
        Manner::Brass | Manner::Old => {
            let deck = stage.kind(M::WoodPlank);
            (
                stage.tinted(M::PaintedMetal, mix([0.07, 0.1, 0.09], skin.shadow, 0.3), 0.8),
                stage.kind(M::Copper),
                stage.kind(M::Brass),
                deck,
            )
        }
    };
    let warm = matches!(manner, Manner::Brass | Manner::Old);
    let color = if warm {
        [1.0, 0.7, 0.4]
    } else {
        mix(skin.emissive, [0.95, 0.97, 1.0], if manner == Manner::Dark { 0.45 } else { 0.78 })
    };
    Hull {
        manner,
        wall,
        panel,
        trim,
        dark: stage.kind(M::DarkMetal),
        deck,
        light: stage.glow(M::Emissive, color, 6.0, LightGroup::Steady),
        accent: stage.glow(M::Emissive, skin.emissive, 9.0, LightGroup::Steady),
        warn: stage.glow(M::Emissive, mix(skin.accent, [1.0, 0.25, 0.08], 0.5), 9.0, LightGroup::Flicker),
        screen: stage.glow(M::Screen, mix(skin.emissive, [0.6, 0.8, 0.9], 0.3), 3.2, LightGroup::Steady),
        color,
    }
}

/// A slab along Z over the line `a`–`b` of a section; its thickness lies right of the line when negative.
pub(super) fn plate(pen: &mut Pen, a: Vec2, b: Vec2, z: [f32; 2], y: [f32; 2], bevel: f32) {
    let d = b - a;
    let frame = Affine3A::from_rotation_translation(Quat::from_rotation_z(d.y.atan2(d.x)), a.extend(0.0));
    pen.with(frame, |p| {
        p.block(Vec3::new(0.0, y[0], z[0]), Vec3::new(d.length(), y[1], z[1]), bevel);
    });
}

/// The part from `t0` to `t1` of the line `a`–`b`.
pub(super) fn part(a: Vec2, b: Vec2, t0: f32, t1: f32) -> (Vec2, Vec2) {
    (a.lerp(b, t0), a.lerp(b, t1))
}

/// A planet in direction `toward` (about the camera) and the lamp that lights it from the direction `sun` and falls in at
/// the windows. It stands near, so that the air of the set does not swallow it.
pub(super) fn planet(stage: &mut Stage, toward: Vec3, angular: f32, sun: Vec3) {
    let skin = stage.skin.clone();
    let eye = stage.view.camera.position;
    let distance = 75.0;
    let (center, radius) = (eye + toward.normalize_or(Vec3::NEG_Z) * distance, angular * distance);
    let mut rng = stage.rng("planet");
    let kind = [MaterialKind::Marble, MaterialKind::Rock, MaterialKind::Ice][rng.below(3)];
    let mut spec = skin.of(kind).tinted(mix(skin.ambient, [0.12, 0.25, 0.5], 0.6), 0.6).seeded(rng.next_u64() as u32);
    (spec.moss, spec.snow, spec.wetness, spec.dirt, spec.wear) = (0.0, 0.0, 0.0, 0.0, 0.0);
    spec.scale = 0.45 * radius;
    let ground = stage.mat(spec);
    let sun = sun.normalize_or(Vec3::Y);
    let to_eye = (eye - center).normalize_or(Vec3::Z);
    let air = mix([0.35, 0.6, 1.0], skin.emissive, 0.3);
    let mut pen = Pen::new(ground);
    pen.crease(80.0).add(&sphere(radius, 64, 96).at(center.x, center.y, center.z));
    stage.add(pen);
    let reach = 4.0 * radius;
    stage.lamp(center + sun * reach, 0.8, [1.0, 0.95, 0.88], 2.6 * reach * reach, LightGroup::Steady);
    limb(stage, center, radius, to_eye, sun, air);
    stars(stage, eye);
}

/// Points of light on a far shell, where the air of the set would swallow those of the sky.
fn stars(stage: &mut Stage, eye: Vec3) {
    let mut rng = stage.rng("stars");
    let shades = [[2.6, 2.8, 3.2], [1.1, 1.2, 1.3], [3.2, 2.4, 1.6]].map(|c| painted(stage, c));
    let mut pen = Pen::new(shades[0]);
    for _ in 0..420 {
        let dir = Vec3::new(1.6 * rng.signed(), rng.range(-0.25, 1.0), -1.0).normalize_or(Vec3::NEG_Z);
        let (p, size) = (eye + dir * 125.0, 0.07 + 0.15 * rng.unit().powi(4));
        let right = dir.cross(Vec3::Y).normalize_or(Vec3::X) * size;
        let up = right.cross(dir);
        pen.mat(shades[rng.below(3)]).quad([p - up, p + right, p + up, p - right]);
    }
    stage.add(pen);
}

/// A surface that shows exactly a radiance.
fn painted(stage: &mut Stage, radiance: [f32; 3]) -> u32 {
    let mut spec = gesamt_mesh::MaterialSpec::new(MaterialKind::Emissive)
        .tinted([0.01; 3], 1.0)
        .glowing(radiance, LightGroup::Steady);
    (spec.dirt, spec.wear) = (0.0, 0.0);
    stage.mat(spec)
}

/// Thin bands of air around the lit side of a planet.
fn limb(stage: &mut Stage, center: Vec3, radius: f32, to_eye: Vec3, sun: Vec3, air: [f32; 3]) {
    let turn = Quat::from_rotation_arc(Vec3::Z, to_eye);
    let flat = turn.inverse() * sun;
    let middle = flat.y.atan2(flat.x);
    let mut pen = Pen::new(painted(stage, air.map(|v| 1.6 * v)));
    let haze = painted(stage, air.map(|v| 0.16 * v));
    let distance = radius * radius / 75.0;
    pen.with(Affine3A::from_rotation_translation(turn, center + to_eye * distance), |p| {
        let edge = 0.985 * radius;
        for spread in [1.25, 0.8] {
            p.add(&extrude(&arc_band(edge, edge * 1.012, middle - spread, middle + spread, 64), 0.02, 0.0));
        }
        p.mat(haze).add(&extrude(&arc_band(edge * 1.012, edge * 1.04, middle - 1.0, middle + 1.0, 64), 0.02, 0.0));
    });
    stage.add(pen);
}

/// A console against a wall: plinth, sloped desk, hood with screens. Its front is +Z.
pub(super) fn console(pen: &mut Pen, h: &Hull, width: f32) {
    let w = 0.5 * width;
    pen.mat(h.panel).block(Vec3::new(-w, 0.0, -0.35), Vec3::new(w, 0.72, 0.1), 0.03);
    let desk = [
        Vec2::new(0.28, 0.72),
        Vec2::new(-0.3, 1.02),
        Vec2::new(-0.38, 1.0),
        Vec2::new(-0.38, 0.7),
        Vec2::new(0.2, 0.66),
    ];
    pen.mat(h.trim).with(Affine3A::from_rotation_y(-FRAC_PI_2), |p| {
        p.add(&extrude(&desk, width, 0.02));
    });
    let n = (width / 0.55) as i32;
    for i in 0..n {
        let x = -w + width * (i as f32 + 0.5) / n as f32;
        let material = if i % 3 == 1 { h.accent } else { h.screen };
        pen.mat(h.dark).block(Vec3::new(x - 0.25, 1.12, -0.36), Vec3::new(x + 0.25, 1.58, -0.28), 0.01);
        let z = -0.272;
        pen.mat(if i % 3 == 1 { h.screen } else { material }).quad([
            Vec3::new(x - 0.22, 1.15, z),
            Vec3::new(x + 0.22, 1.15, z),
            Vec3::new(x + 0.22, 1.55, z),
            Vec3::new(x - 0.22, 1.55, z),
        ]);
        for k in 0..5 {
            let (lx, ly) = (x - 0.16 + 0.08 * k as f32, 0.86);
            pen.mat(if (i + k) % 4 == 0 { h.warn } else { h.accent });
            pen.block(Vec3::new(lx - 0.02, ly - 0.01, 0.0), Vec3::new(lx + 0.02, ly + 0.03, 0.04), 0.0);
        }
    }
}

/// A small shuttle about the origin: fuselage along Z with its nose toward +Z, wings, engines and legs; 7 m long.
pub(super) fn shuttle(pen: &mut Pen, h: &Hull, glass: u32) {
    let profile: Vec<Vec2> = [(0.0, -3.6), (0.75, -3.5), (1.1, -2.2), (1.15, 0.4), (0.9, 2.0), (0.5, 3.1), (0.0, 3.6)]
        .map(|(r, y)| Vec2::new(r, y))
        .to_vec();
    let body = lathe(&profile, 20).transformed(Affine3A::from_quat(Quat::from_rotation_x(FRAC_PI_2)));
    pen.mat(h.panel).crease(50.0).add(&body.mapped(|p| Vec3::new(1.15 * p.x, 1.75 + 0.85 * p.y, p.z)));
    let canopy = sphere(0.72, 10, 16).mapped(|p| p * Vec3::new(0.9, 0.62, 1.5) + Vec3::new(0.0, 2.35, 1.35));
    pen.mat(glass).add(&canopy).crease(45.0);
    for s in [-1.0f32, 1.0] {
        let wing =
            [Vec2::new(0.6 * s, 1.2), Vec2::new(3.4 * s, -2.0), Vec2::new(3.5 * s, -3.0), Vec2::new(0.6 * s, -2.8)];
        let flat = extrude(&wing, 0.16, 0.03).transformed(Affine3A::from_rotation_x(FRAC_PI_2));
        pen.mat(h.wall).add(&flat.at(0.0, 1.55, 0.0));
        pen.mat(h.trim).crease(60.0).add(&cone(0.42, 0.55, 1.6, 16).transformed(Affine3A::from_rotation_translation(
            Quat::from_rotation_x(FRAC_PI_2),
            Vec3::new(1.25 * s, 1.9, -4.0),
        )));
        pen.mat(h.accent)
            .add(&cylinder(0.36, 0.05, 14, 0.0).transformed(Affine3A::from_rotation_translation(
                Quat::from_rotation_x(FRAC_PI_2),
                Vec3::new(1.25 * s, 1.9, -4.06),
            )))
            .crease(45.0);
        pen.mat(h.dark);
        for z in [-2.0, 1.6] {
            pen.add(&rod(Vec3::new(0.5 * s, 1.2, z), Vec3::new(0.95 * s, 0.06, z), 0.07, 6));
            pen.add(&cylinder(0.22, 0.07, 12, 0.02).at(0.95 * s, 0.0, z));
        }
        pen.mat(h.warn).add(&sphere(0.07, 5, 8).at(3.45 * s, 1.55, -2.3));
    }
    pen.mat(h.wall).block(Vec3::new(-0.07, 2.3, -3.5), Vec3::new(0.07, 3.5, -2.5), 0.03);
}

/// A table of light with a globe of thin rings over it.
pub(super) fn holo_table(stage: &mut Stage, h: &Hull, at: Vec3) {
    let glow = stage.glow(MaterialKind::Emissive, stage.skin.emissive, 7.0, LightGroup::Steady);
    let mut pen = Pen::new(h.panel);
    pen.crease(60.0).add(&cylinder(1.5, 0.1, 40, 0.03).at(at.x, at.y, at.z));
    pen.add(&cone(0.75, 1.25, 0.8, 40).at(at.x, at.y + 0.1, at.z));
    pen.mat(h.trim).add(&hoop(1.2, 0.22, 0.12, 40).at(at.x, at.y + 0.84, at.z));
    pen.mat(glow).add(&cylinder(1.18, 0.03, 36, 0.0).at(at.x, at.y + 0.87, at.z));
    let c = at + Vec3::Y * 1.75;
    for k in 0..7 {
        let lat = -1.2 + 0.4 * k as f32;
        let r = 0.66 * lat.cos();
        pen.add(&torus(r.max(0.05), 0.008, 36, 4).at(c.x, c.y + 0.66 * lat.sin(), c.z));
    }
    for k in 0..4 {
        let turn = Quat::from_rotation_y(PI * k as f32 / 4.0) * Quat::from_rotation_x(FRAC_PI_2);
        pen.add(&torus(0.66, 0.008, 36, 4).transformed(Affine3A::from_rotation_translation(turn, c)));
    }
    pen.add(
        &torus(0.98, 0.012, 40, 4).transformed(Affine3A::from_rotation_translation(Quat::from_rotation_z(0.35), c)),
    );
    pen.add(&sphere(0.06, 6, 8).at(c.x + 0.94, c.y + 0.32, c.z));
    pen.crease(45.0);
    stage.add(pen);
    let color = stage.skin.emissive;
    stage.lamp(c, 0.5, color, 5.0, LightGroup::Steady);
}

/// Bundles of pipes and cables under a ceiling along −Z, between two depths.
pub(super) fn services(stage: &mut Stage, h: &Hull, x: f32, y: f32, from: f32, to: f32, rich: bool) {
    let mut rng = stage.rng("services");
    let rubber = stage.kind(MaterialKind::Rubber);
    let mut pen = Pen::new(h.trim);
    pen.crease(60.0);
    for (k, r) in [0.11f32, 0.07, 0.05].into_iter().enumerate() {
        let p = Vec3::new(x + turn(stage) * 0.24 * k as f32, y, 0.0);
        pen.mat(if k == 1 { h.dark } else { h.trim });
        pen.add(&rod(p + Vec3::Z * from, p + Vec3::Z * to, r, 9));
    }
    if rich {
        pen.mat(rubber);
        let mut z = from - 1.0;
        while z > to + 3.0 {
            for _ in 0..3 {
                let (a, b) = (
                    Vec3::new(x + 0.5 * rng.signed(), y, z),
                    Vec3::new(x + 0.8 * rng.signed(), y, z - rng.range(1.6, 3.4)),
                );
                pen.add(&gesamt_mesh::shapes2::cable(a, b, rng.range(0.1, 0.6), 0.018, 8));
            }
            z -= 1.7;
        }
    }
    pen.crease(45.0);
    stage.add(pen);
}

/// A rib that follows a rounded section of half width `w` and height `high`, swollen at the shoulders.
pub(super) fn grown_rib(pen: &mut Pen, w: f32, high: f32, z: f32, thick: f32) {
    let n = 26;
    let at = |i: i32| {
        let a = PI * (i as f32 / n as f32 * 1.16 - 0.08);
        Vec3::new(w * a.cos() * 0.98, high * (0.36 + 0.64 * a.sin()), z + 0.25 * (2.0 * a).sin().abs())
    };
    let path: Vec<Vec3> = (0..=n).map(at).collect();
    let radius: Vec<f32> =
        (0..=n).map(|i| thick * (0.8 + 0.45 * (TAU * i as f32 / n as f32 * 2.0).cos().abs())).collect();
    pen.crease(80.0).add(&tube(&path, &radius, 10)).crease(45.0);
}
