//! Street lamps of every dialect.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{blob, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{extrude, hoop};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::build::rough;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn street_lamp(p: &mut Pen) {
    let lean = Quat::from_rotation_z(0.05 * p.decay() * p.rng.signed());
    p.turned(Vec3::ZERO, lean, |p| match p.dialect() {
        Dialect::Neon => neon_lamp(p),
        Dialect::Sleek => blade_lamp(p),
        Dialect::Metal if p.style.genre != Genre::Noir => arm_lamp(p),
        Dialect::Metal | Dialect::Steam => gas_lamp(p),
        Dialect::Timber if p.style.genre == Genre::GothicHorror => gas_lamp(p),
        Dialect::Timber | Dialect::Japan => bracket_post(p),
        Dialect::Organic => stalk_lamp(p),
    });
    p.overgrow_foot(0.4, 0.4);
}

fn base_plinth(p: &mut Pen, r: f32) {
    p.put(Part::Stone, &cylinder(1.9 * r, 0.16, 14, 0.03));
    for i in 0..4 {
        let e = Vec2::from_angle(TAU * (i as f32 + 0.5) / 4.0) * 1.45 * r;
        p.put_at(Part::Trim, &cylinder(0.02, 0.05, 6, 0.0), v(e.x, 0.15, e.y));
    }
}

fn neon_lamp(p: &mut Pen) {
    let h = p.size("height", 3.4, 5.2);
    base_plinth(p, 0.12);
    p.hull(Hull::drum(Vec3::ZERO, 0.2, h, 8));
    p.put(Part::Frame, &lathe(&[v2(0.11, 0.1), v2(0.11, 0.9), v2(0.075, 1.0), v2(0.06, h)], 8));
    p.bx(Part::Panel, v(0.0, 0.5, 0.1), v(0.14, 0.34, 0.08));
    let arm = 1.25;
    p.beam(Part::Frame, v(-0.2, h - 0.1, 0.0), v(arm, h + 0.12, 0.0), 0.09, 0.07);
    p.rod(Part::Trim, v(0.0, h - 0.75, 0.0), v(0.62, h - 0.02, 0.0), 0.018);
    p.turned(v(0.2, h - 0.02, 0.0), Quat::from_rotation_z(0.15), |p| {
        p.bx(Part::Frame, v(0.55, -0.03, 0.0), v(1.0, 0.06, 0.16));
        p.bx(Part::Glow, v(0.55, -0.06, 0.0), v(0.94, 0.035, 0.07));
    });
    p.put_at(Part::Glow2, &hoop(0.062, 0.02, 0.05, 14), v(0.0, h - 1.1, 0.0));
    p.put_at(Part::Glow2, &hoop(0.062, 0.02, 0.05, 14), v(0.0, h - 1.25, 0.0));
    p.at(v(-0.2, h - 1.5, 0.0), 0.0, |p| {
        p.sign_board(0.3, 0.95, true);
        p.rod(Part::Trim, v(0.2, 0.3, 0.0), v(0.0, 0.3, 0.0), 0.015);
    });
    p.cable(Part::Rubber, v(-0.04, h, 0.0), v(0.06, 1.2, 0.06), 0.0, 0.012);
    p.cable(Part::Rubber, v(arm, h + 0.1, 0.02), v(0.0, h - 0.5, 0.05), 0.35, 0.009);
    p.lamp_light(v(0.75, h - 0.25, 0.0), 13.0);
    p.hull(Hull::cuboid(v(-0.36, h - 2.0, -0.08), v(arm, h + 0.2, 0.08)));
}

fn blade_lamp(p: &mut Pen) {
    let h = p.size("height", 3.2, 5.0);
    base_plinth(p, 0.1);
    let path: Vec<Vec3> = (0..=14)
        .map(|i| {
            let t = i as f32 / 14.0;
            v(1.1 * (t * t * t), h * (1.0 - 0.06 * t * t * t) * (0.02 + 0.98 * (1.0 - (1.0 - t).powf(1.35))), 0.0)
        })
        .collect();
    let radius: Vec<f32> = (0..=14).map(|i| 0.12 - 0.075 * i as f32 / 14.0).collect();
    p.solid(|p| {
        p.crease(70.0).put(Part::Frame, &tube(&path, &radius, 10)).crease(50.0);
    });
    let end = path[14];
    p.turned(end, Quat::from_rotation_z(-0.12), |p| {
        let blade = gesamt_mesh::shapes2::rounded_box(v(0.9, 0.06, 0.22), 0.03, 2);
        p.put_at(Part::Frame, &blade, v(0.1, 0.02, 0.0));
        p.bxb(Part::Lamp, v(0.1, -0.03, 0.0), v(0.76, 0.025, 0.13), 0.01);
    });
    p.put_at(Part::Glow, &hoop(0.105, 0.012, 0.02, 16), v(0.0, 0.75, 0.0));
    p.lamp_light(end + v(0.1, -0.2, 0.0), 13.0);
}

fn arm_lamp(p: &mut Pen) {
    let h = p.size("height", 4.0, 5.6);
    base_plinth(p, 0.13);
    p.hull(Hull::drum(Vec3::ZERO, 0.22, h, 8));
    p.put(Part::Frame, &lathe(&[v2(0.12, 0.1), v2(0.12, 1.0), v2(0.09, 1.05), v2(0.06, h)], 10));
    p.bx(Part::Panel, v(0.0, 0.45, 0.11), v(0.12, 0.32, 0.03));
    let path: Vec<Vec3> = (0..=8)
        .map(|i| {
            let e = Vec2::from_angle(PI * 0.5 * i as f32 / 8.0);
            v(1.1 - 1.1 * e.x, h - 0.05 + 0.4 * e.y, 0.0)
        })
        .collect();
    p.put(Part::Frame, &tube(&path, &[0.04; 9], 8));
    p.rod(Part::Trim, v(0.0, h - 0.6, 0.0), v(0.45, h + 0.26, 0.0), 0.014);
    let droop = if p.broken(0.6) { -0.7 } else { 0.06 };
    p.turned(v(1.05, h + 0.36, 0.0), Quat::from_rotation_z(droop), |p| {
        let head = [v2(-0.1, 0.06), v2(0.55, 0.03), v2(0.62, -0.03), v2(0.5, -0.07), v2(0.0, -0.06), v2(-0.1, -0.02)];
        p.put(Part::Panel, &extrude(&head, 0.2, 0.03));
        p.bxb(Part::Lamp, v(0.28, -0.1, 0.0), v(0.4, 0.05, 0.13), 0.02);
    });
    p.hull(Hull::cuboid(v(0.0, h - 0.1, -0.1), v(1.65, h + 0.45, 0.1)));
    if droop > -0.5 {
        p.lamp_light(v(1.3, h + 0.15, 0.0), 13.0);
    }
}

fn gas_lamp(p: &mut Pen) {
    let h = p.size("height", 2.9, 3.9);
    let steam = p.dialect() == Dialect::Steam;
    p.hull(Hull::drum(Vec3::ZERO, 0.24, h + 0.9, 8));
    let profile = [
        v2(0.24, 0.0),
        v2(0.24, 0.08),
        v2(0.19, 0.14),
        v2(0.17, 0.5),
        v2(0.2, 0.56),
        v2(0.14, 0.64),
        v2(0.09, 0.9),
        v2(0.1, 0.94),
        v2(0.06, 1.02),
        v2(0.05, h - 0.3),
        v2(0.085, h - 0.24),
        v2(0.05, h - 0.16),
        v2(0.05, h),
    ];
    p.put(Part::Frame, &lathe(&profile, 12));
    for k in 0..8 {
        let e = Vec2::from_angle(TAU * k as f32 / 8.0) * 0.175;
        p.rod(Part::Trim, v(e.x, 0.14, e.y), v(e.x, 0.5, e.y), 0.012);
    }
    p.rod(Part::Trim, v(-0.34, h - 0.22, 0.0), v(0.34, h - 0.22, 0.0), 0.016);
    for s in [-1.0, 1.0] {
        p.put_at(Part::Trim, &sphere(0.03, 5, 8), v(0.34 * s, h - 0.22, 0.0));
        let scroll: Vec<Vec3> = (0..=10)
            .map(|i| {
                let a = 1.4 * PI * i as f32 / 10.0;
                let r = 0.13 * (1.0 - 0.06 * i as f32);
                v(s * (0.06 + r * (1.0 - a.cos()) * 0.7), h - 0.36 + r * a.sin(), 0.0)
            })
            .collect();
        p.put(Part::Trim, &tube(&scroll, &[0.012; 11], 5));
    }
    lamp_house(p, v(0.0, h, 0.0), 0.24);
    if steam {
        let path = [v(0.09, 0.2, 0.0), v(0.16, 0.4, 0.0), v(0.13, 1.0, 0.0), v(0.085, 1.6, 0.0), v(0.08, h - 0.3, 0.0)];
        p.pipe(Part::Accent, &path, 0.018);
        p.at(v(0.0, 1.3, 0.07), 0.0, |p| p.gear(Part::Trim, 0.11, 0.03));
    }
}

/// A glazed lamp house standing at `at`, `r` its half width.
fn lamp_house(p: &mut Pen, at: Vec3, r: f32) {
    p.at(at, 0.0, |p| {
        let sides = 6;
        p.put(Part::Trim, &lathe(&[v2(0.05, 0.0), v2(0.5 * r, 0.03), v2(0.6 * r, 0.07)], sides));
        p.put_at(Part::Lamp, &lathe(&[v2(0.5 * r, 0.0), v2(0.86 * r, 1.7 * r)], sides), v(0.0, 0.07, 0.0));
        for i in 0..sides {
            let e = Vec2::from_angle(TAU * i as f32 / sides as f32);
            let (a, b) = (e * 0.56 * r, e * 0.95 * r);
            p.rod(Part::Trim, v(a.x, 0.05, a.y), v(b.x, 0.09 + 1.7 * r, b.y), 0.013);
        }
        let roof = [
            v2(1.12 * r, 0.0),
            v2(1.15 * r, 0.03),
            v2(0.5 * r, 0.5 * r),
            v2(0.42 * r, 0.75 * r),
            v2(0.5 * r, 0.8 * r),
            v2(0.0, 1.2 * r),
        ];
        p.put_at(Part::Trim, &lathe(&roof, sides), v(0.0, 0.07 + 1.7 * r, 0.0));
        p.at(v(0.0, 0.04 + 2.85 * r, 0.0), 0.0, |p| p.finial(Vec3::ZERO, 0.035));
        p.lamp_light(v(0.0, 0.07 + 0.8 * r, 0.0), 10.0);
    });
}

fn bracket_post(p: &mut Pen) {
    let h = p.size("height", 2.5, 3.4);
    p.solid(|p| p.post(Vec3::ZERO, h, 0.15));
    if p.dialect() == Dialect::Timber {
        for k in 0..5 {
            let e = Vec2::from_angle(TAU * k as f32 / 5.0 + p.rng.unit()) * 0.16;
            let r = p.rng.range(0.09, 0.15);
            let seed = p.rng.next_u64() as u32;
            p.put_at(Part::Stone, &rough(blob(1, |_| r), 0.05, 5.0, seed), v(e.x, 0.03, e.y));
        }
    }
    p.finial(v(0.0, h, 0.0), 0.07);
    let reach = 0.72;
    p.rail(v(-0.14, h - 0.28, 0.0), v(reach, h - 0.22, 0.0), 0.075);
    p.rail(v(0.02, h - 0.75, 0.0), v(0.42, h - 0.27, 0.0), 0.055);
    p.solid(|p| {
        p.at(v(reach - 0.1, h - 0.26, 0.0), 0.0, |p| p.hanging_lantern(0.62, false));
    });
    p.lamp_light(v(reach - 0.1, h - 0.68, 0.0), 9.0);
    if p.rng.chance(0.4) {
        p.at(v(-0.1, h - 0.55, 0.0), 0.0, |p| p.hanging_lantern(0.4, false));
        p.rail(v(-0.22, h - 0.53, 0.0), v(0.0, h - 0.53, 0.0), 0.05);
    }
    p.overgrow_edge(0.3, h - 0.3, 0.05);
}

fn stalk_lamp(p: &mut Pen) {
    let h = p.size("height", 2.8, 4.4);
    let path: Vec<Vec3> = (0..=16)
        .map(|i| {
            let t = i as f32 / 16.0;
            let hook = (t - 0.72).max(0.0) / 0.28;
            v(
                0.1 * (4.0 * t).sin() + 0.9 * hook * hook,
                h * (t.min(0.86) / 0.86) - 0.55 * hook * hook * hook,
                0.08 * (5.0 * t).cos(),
            )
        })
        .collect();
    let radius: Vec<f32> =
        (0..=16).map(|i| 0.17 * (1.0 - 0.78 * i as f32 / 16.0) * (1.0 + 0.12 * (i % 3) as f32)).collect();
    p.crease(80.0).put(Part::Frame, &tube(&path, &radius, 9)).crease(50.0);
    for k in 0..6 {
        let e = Vec2::from_angle(TAU * k as f32 / 6.0);
        let root = [v(0.0, 0.35, 0.0), v(0.22 * e.x, 0.14, 0.22 * e.y), v(0.5 * e.x, 0.01, 0.5 * e.y)];
        p.put(Part::Frame, &tube(&root, &[0.08, 0.06, 0.015], 6));
    }
    let end = path[16];
    let bulb = blob(2, |d| 0.27 * (1.0 + 0.1 * (6.0 * d.z.atan2(d.x)).cos())).mapped(|q| v(q.x, 1.35 * q.y, q.z));
    p.crease(80.0).put_at(Part::Lamp, &bulb, end - v(0.0, 0.3, 0.0)).crease(50.0);
    for k in 0..6 {
        let e = Vec2::from_angle(TAU * k as f32 / 6.0);
        let sepal = [
            end,
            end + v(0.2 * e.x, -0.08, 0.2 * e.y),
            end + v(0.31 * e.x, -0.35, 0.31 * e.y),
            end + v(0.36 * e.x, -0.55, 0.36 * e.y),
        ];
        p.put(Part::Panel, &tube(&sepal, &[0.04, 0.045, 0.03, 0.0], 5));
    }
    p.lamp_light(end - v(0.0, 0.3, 0.0), 12.0);
    p.hull(Hull::drum(Vec3::ZERO, 0.3, h, 8));
    let b = p.bounds();
    p.hull(Hull::cuboid(v(0.2, 0.6 * h, -0.3), v(b.max.x, b.max.y, 0.3)));
}
