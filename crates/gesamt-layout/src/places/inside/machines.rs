//! Machines of the factory, each drawn about the origin with its front toward +Z.

use std::f32::consts::{FRAC_PI_2, TAU};

use gesamt_mesh::LightGroup;
use gesamt_mesh::shapes::{cone, cylinder, sphere, standing_box};
use gesamt_mesh::shapes2::{beam, hoop, rod, torus};
use gesamt_world::MaterialKind;
use glam::{Affine3A, Quat, Vec2, Vec3};

use super::shared::{Manner, gear, ladder, pipe};
use crate::pen::Pen;
use crate::skin::mix;
use crate::stage::Stage;

/// Scene materials of the works.
#[derive(Clone, Copy, Debug)]
pub(super) struct Works {
    pub manner: Manner,
    pub body: u32,
    pub second: u32,
    pub trim: u32,
    pub dark: u32,
    pub belt: u32,
    pub fire: u32,
    pub light: u32,
    pub accent: u32,
    pub screen: u32,
}

/// The works' materials in the stage's manner.
pub(super) fn works(stage: &mut Stage) -> Works {
    use MaterialKind as M;
    let manner = Manner::of(stage);
    let skin = stage.skin.clone();
    let (body, second, trim) = match manner {
        Manner::Brass | Manner::Old => (
            stage.kind(M::Copper),
            stage.tinted(M::PaintedMetal, mix([0.03, 0.08, 0.06], skin.shadow, 0.3), 0.8),
            stage.kind(M::Brass),
        ),
        Manner::Sleek | Manner::Dark => {
            let base = if manner == Manner::Sleek { [0.6, 0.61, 0.62] } else { [0.08, 0.085, 0.1] };
            (
                stage.tinted(M::PaintedMetal, base, 0.8),
                stage.tinted(M::PaintedMetal, mix([0.75, 0.35, 0.04], skin.accent, 0.5), 0.85),
                stage.kind(M::BrushedMetal),
            )
        }
        Manner::Wreck => (
            stage.kind(M::RustedMetal),
            stage.tinted(M::PaintedMetal, mix([0.18, 0.2, 0.17], skin.accent, 0.2), 0.7),
            stage.kind(M::RustedMetal),
        ),
        _ => {
            let green = stage.tinted(M::PaintedMetal, mix([0.07, 0.14, 0.12], skin.ambient, 0.3), 0.8);
            (
                green,
                stage.tinted(M::PaintedMetal, mix([0.5, 0.3, 0.05], skin.accent, 0.4), 0.8),
                stage.kind(M::BrushedMetal),
            )
        }
    };
    Works {
        manner,
        body,
        second,
        trim,
        dark: stage.kind(M::DarkMetal),
        belt: stage.kind(if manner == Manner::Brass { M::Leather } else { M::Rubber }),
        fire: stage.glow(M::Flame, [1.0, 0.42, 0.1], 16.0, LightGroup::Fire),
        light: stage.glow(M::Emissive, stage.skin.lamp_color(), 12.0, LightGroup::Steady),
        accent: stage.glow(M::Emissive, stage.skin.emissive, 9.0, LightGroup::Steady),
        screen: stage.glow(M::Screen, stage.skin.emissive, 3.0, LightGroup::Steady),
    }
}

fn lying(a: Vec3, b: Vec3, radius: f32, sides: u32) -> gesamt_mesh::Shape {
    rod(a, b, radius, sides)
}

/// A dial on a wall at `at`, facing +Z.
fn dial(pen: &mut Pen, w: &Works, at: Vec3, r: f32) {
    let turn = Affine3A::from_rotation_translation(Quat::from_rotation_x(FRAC_PI_2), at);
    pen.mat(w.trim).crease(60.0).add(&hoop(r, 0.25 * r, 0.08, 18).transformed(turn));
    pen.mat(w.light).add(&cylinder(r, 0.02, 16, 0.0).transformed(turn)).crease(45.0);
    pen.mat(w.dark).add(&beam(
        at + Vec3::Z * 0.05,
        at + Vec3::new(0.5 * r, 0.6 * r, 0.05),
        Vec2::new(0.12 * r, 0.02),
        0.0,
    ));
}

/// A lying boiler with a firebox: 2.6 m wide, 4 m long along Z, its fire door in front.
pub(super) fn boiler(pen: &mut Pen, w: &Works) {
    let (r, y) = (1.15, 1.75);
    pen.mat(w.body).crease(60.0).add(&lying(Vec3::new(0.0, y, -3.2), Vec3::new(0.0, y, 0.4), r, 28));
    let dome = sphere(r, 10, 28).mapped(|p| Vec3::new(p.x, y + p.y, 0.4 + 0.3 * p.z));
    pen.add(&dome);
    pen.mat(w.trim);
    for z in [-3.0, -2.0, -1.0, 0.2] {
        pen.add(&lying(Vec3::new(0.0, y, z - 0.07), Vec3::new(0.0, y, z + 0.07), 1.03 * r, 28));
        for k in 0..18 {
            let q = Vec2::from_angle(TAU * k as f32 / 18.0) * 1.045 * r;
            pen.add(&sphere(0.032, 3, 5).at(q.x, y + q.y, z));
        }
    }
    pen.add(&cylinder(0.42, 0.7, 20, 0.08).at(0.0, y + 0.9 * r, -1.4));
    pen.add(&sphere(0.42, 8, 20).mapped(|p| p * Vec3::new(1.0, 0.6, 1.0)).at(0.0, y + 0.9 * r + 0.7, -1.4))
        .crease(45.0);
    pen.mat(w.dark);
    for z in [-2.8, -0.4] {
        pen.block(Vec3::new(-1.0, 0.0, z - 0.25), Vec3::new(1.0, 1.0, z + 0.25), 0.04);
    }
    // The fire door, ajar.
    pen.block(Vec3::new(-0.5, 1.2, 0.6), Vec3::new(0.5, 2.1, 0.78), 0.05);
    pen.mat(w.fire).block(Vec3::new(-0.36, 1.34, 0.7), Vec3::new(0.36, 1.84, 0.8), 0.0);
    pen.mat(w.dark);
    for k in 0..5 {
        let x = -0.3 + 0.15 * k as f32;
        pen.block(Vec3::new(x - 0.02, 1.34, 0.78), Vec3::new(x + 0.02, 1.84, 0.83), 0.0);
    }
    dial(pen, w, Vec3::new(-0.55, 2.5, 0.66), 0.2);
    dial(pen, w, Vec3::new(0.1, 2.62, 0.64), 0.15);
    pen.mat(w.trim);
    pipe(
        pen,
        &[Vec3::new(0.0, 3.4, -1.4), Vec3::new(0.0, 4.6, -1.4), Vec3::new(0.0, 5.2, -2.0), Vec3::new(0.0, 5.2, -3.4)],
        0.2,
    );
}

/// An engine: flywheel with a belt up to a line shaft, cylinder and crank.
pub(super) fn engine(pen: &mut Pen, w: &Works, shaft: f32) {
    let (r, y) = (1.9, 1.75);
    pen.mat(w.dark).add(&standing_box(Vec3::new(3.0, 0.5, 2.4), 0.05));
    pen.mat(w.body);
    gear(pen, Vec3::new(0.0, y, 0.3), 0.0, 0.92 * r, 0.22, 0.2);
    pen.mat(w.trim).crease(60.0);
    let wheel = torus(r, 0.12, 40, 8)
        .transformed(Affine3A::from_rotation_translation(Quat::from_rotation_x(FRAC_PI_2), Vec3::new(0.0, y, 0.3)));
    pen.add(&wheel).crease(45.0);
    pen.mat(w.belt);
    for s in [-1.0f32, 1.0] {
        pen.add(&beam(Vec3::new(s * r, y, 0.62), Vec3::new(s * 0.4, shaft, 0.62), Vec2::new(0.26, 0.02), 0.0));
    }
    pen.mat(w.second);
    pen.block(Vec3::new(-1.4, 0.5, -1.0), Vec3::new(-0.6, 1.6, -0.2), 0.08);
    pen.crease(60.0).add(&lying(Vec3::new(0.4, 1.2, -0.7), Vec3::new(1.6, 1.2, -0.7), 0.5, 22)).crease(45.0);
    pen.mat(w.trim).add(&rod(Vec3::new(-0.6, 1.2, -0.7), Vec3::new(0.4, 1.2, -0.7), 0.08, 10));
    pen.add(&beam(Vec3::new(-0.6, 1.2, -0.5), Vec3::new(0.0, y + 0.6, 0.0), Vec2::splat(0.16), 0.02));
    dial(pen, w, Vec3::new(1.0, 1.9, -0.2), 0.16);
}

/// A press: two columns, a bed, a ram with a wheel on top.
pub(super) fn press(pen: &mut Pen, w: &Works) {
    pen.mat(w.body);
    for s in [-1.0f32, 1.0] {
        pen.block(Vec3::new(s * 0.75, 0.0, -0.7), Vec3::new(s * 1.2, 3.6, 0.5), 0.07);
    }
    pen.block(Vec3::new(-1.2, 0.0, -0.8), Vec3::new(1.2, 0.95, 0.7), 0.07);
    pen.block(Vec3::new(-1.35, 3.2, -0.8), Vec3::new(1.35, 4.2, 0.6), 0.1);
    pen.mat(w.second).block(Vec3::new(-0.7, 1.9, -0.55), Vec3::new(0.7, 2.7, 0.4), 0.06);
    pen.mat(w.trim);
    for x in [-0.4, 0.4] {
        pen.add(&rod(Vec3::new(x, 2.6, -0.1), Vec3::new(x, 3.3, -0.1), 0.13, 14));
    }
    gear(pen, Vec3::new(0.0, 3.75, 0.75), 0.0, 0.75, 0.16, 0.0);
    pen.mat(w.dark).block(Vec3::new(-0.65, 0.95, -0.5), Vec3::new(0.65, 1.08, 0.45), 0.02);
    pen.mat(w.light).block(Vec3::new(-0.6, 1.08, -0.2), Vec3::new(0.6, 1.13, 0.1), 0.0);
    dial(pen, w, Vec3::new(0.98, 2.2, 0.52), 0.14);
}

/// An upright tank with hoops, a manhole, a ladder and a leg frame.
pub(super) fn tank(pen: &mut Pen, w: &Works, high: f32) {
    let r = 1.3;
    pen.mat(w.dark);
    for k in 0..6 {
        let q = Vec2::from_angle(TAU * (k as f32 + 0.5) / 6.0) * 0.95 * r;
        pen.add(&rod(Vec3::new(q.x, 0.0, q.y), Vec3::new(q.x, 1.0, q.y), 0.1, 8));
    }
    pen.mat(w.body).crease(50.0).add(&cone(0.5, r, 0.6, 30).at(0.0, 0.5, 0.0));
    pen.add(&cylinder(r, high, 30, 0.0).at(0.0, 1.1, 0.0));
    pen.add(&sphere(r, 12, 30).mapped(|p| p * Vec3::new(1.0, 0.4, 1.0)).at(0.0, 1.1 + high, 0.0));
    pen.mat(w.trim);
    for k in 0..4 {
        pen.add(&cylinder(1.03 * r, 0.12, 30, 0.02).at(0.0, 1.2 + (high - 0.3) * k as f32 / 3.0, 0.0));
    }
    let turn = Affine3A::from_rotation_translation(Quat::from_rotation_x(FRAC_PI_2), Vec3::new(-0.35, 2.0, 0.9 * r));
    pen.add(&cylinder(0.42, 0.3, 20, 0.04).transformed(turn)).crease(45.0);
    pen.mat(w.dark);
    ladder(pen, Vec3::new(0.62, 0.0, 1.25), Vec3::new(0.62, high + 1.9, 1.25), Vec3::X);
    dial(pen, w, Vec3::new(0.1, 2.75, 1.01 * r), 0.16);
    pen.mat(w.trim);
    pipe(
        pen,
        &[Vec3::new(0.0, high + 1.4, 0.0), Vec3::new(0.0, high + 2.4, 0.0), Vec3::new(0.0, high + 2.4, -2.4)],
        0.16,
    );
}

/// A robot arm on a plinth that reaches toward +Z.
pub(super) fn robot(pen: &mut Pen, w: &Works, bend: f32) {
    pen.mat(w.dark).add(&standing_box(Vec3::new(1.3, 0.35, 1.3), 0.05));
    pen.mat(w.second).crease(60.0).add(&cone(0.55, 0.4, 0.7, 24).at(0.0, 0.35, 0.0));
    let shoulder = Vec3::new(0.0, 1.35, 0.0);
    let elbow = shoulder + Vec3::new(0.0, 1.55 - 0.4 * bend, -0.35 + 0.9 * bend);
    let wrist = elbow + Vec3::new(0.0, -0.1 - 0.7 * bend, 1.5);
    for (p, r) in [(shoulder, 0.42), (elbow, 0.33), (wrist, 0.2)] {
        pen.mat(w.dark).add(&lying(p - Vec3::X * (r + 0.06), p + Vec3::X * (r + 0.06), r, 20));
    }
    pen.mat(w.second);
    pen.add(&beam(shoulder - Vec3::X * 0.02, elbow, Vec2::new(0.36, 0.42), 0.08));
    pen.add(&beam(elbow, wrist, Vec2::new(0.28, 0.3), 0.07)).crease(45.0);
    let tip = wrist - Vec3::Y * 0.5;
    pen.mat(w.trim).add(&rod(wrist, tip, 0.1, 10));
    for s in [-1.0f32, 1.0] {
        pen.mat(w.dark).add(&beam(
            tip + Vec3::X * 0.14 * s,
            tip + Vec3::new(0.06 * s, -0.35, 0.0),
            Vec2::splat(0.07),
            0.01,
        ));
    }
    pen.mat(w.accent).add(
        &torus(0.34, 0.03, 24, 5).transformed(Affine3A::from_rotation_translation(
            Quat::from_rotation_z(FRAC_PI_2),
            shoulder + Vec3::X * 0.5,
        )),
    );
    pen.mat(w.belt).add(&gesamt_mesh::shapes2::cable(
        shoulder + Vec3::new(0.25, 0.2, -0.2),
        elbow + Vec3::new(0.2, 0.2, -0.1),
        0.2,
        0.035,
        10,
    ));
}

/// A conveyor along Z from `from` to `to` with things on it.
pub(super) fn conveyor(stage: &mut Stage, pen: &mut Pen, w: &Works, x: f32, from: f32, to: f32) {
    let mut rng = stage.rng("conveyor");
    let y = 0.95;
    pen.mat(w.body);
    for s in [-0.62f32, 0.62] {
        pen.block(Vec3::new(x + s - 0.05, y - 0.16, from), Vec3::new(x + s + 0.05, y + 0.08, to), 0.02);
    }
    pen.mat(w.belt).block(Vec3::new(x - 0.56, y - 0.03, from), Vec3::new(x + 0.56, y + 0.02, to), 0.01);
    pen.mat(w.dark);
    let mut z = from - 0.3;
    while z > to {
        for s in [-0.6f32, 0.6] {
            pen.add(&beam(Vec3::new(x + s, 0.0, z), Vec3::new(x + s, y - 0.1, z), Vec2::splat(0.09), 0.0));
        }
        pen.add(&rod(Vec3::new(x - 0.66, y - 0.08, z), Vec3::new(x + 0.66, y - 0.08, z), 0.06, 8));
        z -= 1.5;
    }
    let mut z = from - 0.8;
    while z > to + 0.5 {
        let size = Vec3::new(rng.range(0.4, 0.7), rng.range(0.3, 0.6), rng.range(0.4, 0.7));
        pen.mat(if rng.chance(0.5) { w.trim } else { w.second });
        pen.add(&standing_box(size, 0.03).at(x + 0.1 * rng.signed(), y + 0.02, z));
        if rng.chance(0.4) {
            pen.mat(w.accent).add(&standing_box(Vec3::new(0.5 * size.x, 0.03, 0.5 * size.z), 0.0).at(
                x,
                y + size.y + 0.02,
                z,
            ));
        }
        z -= rng.range(1.0, 1.9);
    }
    pen.mat(w.screen).block(Vec3::new(x + 0.7, 1.1, from - 1.2), Vec3::new(x + 0.74, 1.5, from - 1.8), 0.0);
}

/// A furnace: a banded mass with a glowing mouth, a hood and a flue.
pub(super) fn furnace(stage: &mut Stage, w: &Works, at: Vec3, yaw: f32, flue: f32) {
    let brick = stage.kind(MaterialKind::Brick);
    let molten = stage.glow(MaterialKind::Flame, [1.0, 0.4, 0.09], 12.0, LightGroup::Fire);
    let mut pen = Pen::new(brick);
    pen.placed(at, yaw, |p| {
        p.crease(50.0).add(&cone(2.3, 1.8, 3.4, 24)).add(&cone(1.8, 0.9, 1.4, 24).at(0.0, 3.4, 0.0));
        p.mat(w.dark);
        for (y, r) in [(0.3, 2.32), (1.5, 2.16), (2.7, 1.98), (3.4, 1.88)] {
            p.add(&cylinder(r, 0.16, 24, 0.03).at(0.0, y, 0.0));
        }
        p.add(&cylinder(0.85, flue - 4.6, 20, 0.0).at(0.0, 4.6, 0.0)).crease(45.0);
        p.block(Vec3::new(-1.0, 0.3, 1.6), Vec3::new(-0.72, 2.2, 2.5), 0.05);
        p.block(Vec3::new(0.72, 0.3, 1.6), Vec3::new(1.0, 2.2, 2.5), 0.05);
        p.block(Vec3::new(-1.1, 2.1, 1.5), Vec3::new(1.1, 2.5, 2.6), 0.06);
        p.mat(molten).block(Vec3::new(-0.72, 0.5, 1.9), Vec3::new(0.72, 2.1, 2.3), 0.0);
        // Molten metal in its runner.
        p.mat(w.dark).block(Vec3::new(-0.3, 0.0, 2.3), Vec3::new(0.3, 0.42, 4.6), 0.03);
        p.mat(molten).block(Vec3::new(-0.17, 0.4, 2.3), Vec3::new(0.17, 0.44, 4.6), 0.0);
    });
    let front = pen.frame() * Affine3A::from_rotation_translation(Quat::from_rotation_y(yaw), at);
    stage.lamp(front.transform_point3(Vec3::new(0.0, 1.5, 3.2)), 0.5, [1.0, 0.45, 0.13], 16.0, LightGroup::Fire);
    stage.taken.take(Vec2::new(at.x, at.z), 2.6);
    stage.add(pen);
}
