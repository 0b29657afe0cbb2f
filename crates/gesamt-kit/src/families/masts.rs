//! A mast without a lattice: a tapering blade with vanes, rings and a phased dish.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{cylinder, lathe, sphere};
use gesamt_mesh::shapes2::{extrude, hoop, loft, rounded_box, torus};
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::Part;

/// A mast `h` metres high on three fins: a blade of lenticular section, collars that glow, panels, a dish and a needle.
pub(crate) fn mast(p: &mut Pen, h: f32) {
    let section = |y: f32, a: f32, b: f32| -> Vec<Vec3> {
        (0..16).map(|k| Vec2::from_angle(TAU * k as f32 / 16.0)).map(|e| v(a * e.x, y, b * e.y)).collect()
    };
    p.creased(60.0, |p| {
        let rows = [
            (0.15, 0.36, 0.3),
            (0.5, 0.26, 0.2),
            (0.3 * h, 0.2, 0.14),
            (0.6 * h, 0.16, 0.11),
            (0.84 * h, 0.1, 0.08),
            (0.87 * h, 0.05, 0.05),
        ];
        p.put(Part::Main, &loft(&rows.map(|(y, a, b)| section(y, a, b))));
    });
    for k in 0..3 {
        p.at(Vec3::ZERO, TAU * (k as f32 + 0.25) / 3.0, |p| {
            let fin = [v2(0.0, 0.16), v2(0.42, 0.16), v2(0.38, 0.3), v2(0.2, 0.62), v2(0.1, 1.3), v2(0.0, 1.5)];
            p.put(Part::Frame, &extrude(&fin, 0.06, 0.018));
        });
    }
    for (t, r) in [(0.34f32, 0.26), (0.62, 0.22)] {
        p.put_at(Part::Frame, &hoop(r - 0.06, 0.07, 0.14, 24), v(0.0, t * h, 0.0));
        p.put_at(Part::Glow, &torus(r + 0.005, 0.014, 24, 5), v(0.0, t * h + 0.07, 0.0));
    }
    for k in 0..3 {
        p.at(v(0.0, 0.73 * h, 0.0), TAU * k as f32 / 3.0 + 0.5, |p| {
            p.rod(Part::Trim, v(0.0, 0.1, 0.06), v(0.0, 0.1, 0.3), 0.025);
            p.put_at(Part::Panel, &rounded_box(v(0.22, 0.78, 0.09), 0.04, 2), v(0.0, 0.1, 0.32));
            p.bxb(Part::Trim, v(0.0, -0.2, 0.36), v(0.03, 0.56, 0.014), 0.004);
        });
    }
    dish(p, v(0.0, 0.48 * h, 0.0), 0.46, 0.4);
    dish(p, v(0.0, 0.36 * h + 0.25, 0.0), 0.3, 3.4);
    p.rod(Part::Trim, v(0.0, 0.85 * h, 0.0), v(0.0, h, 0.0), 0.022);
    for k in 0..3 {
        let y = 0.89 * h + 0.028 * h * k as f32;
        p.put_at(Part::Trim, &cylinder(0.09 - 0.02 * k as f32, 0.02, 14, 0.005), v(0.0, y, 0.0));
    }
    p.put_at(Part::Glow2, &sphere(0.06, 6, 9), v(0.0, h, 0.0));
    // The hatch of the foot, with its lamp.
    p.at(v(0.0, 0.24, 0.22), 0.0, |p| {
        p.turned(Vec3::ZERO, Quat::from_rotation_x(-0.2), |p| {
            p.put_at(Part::Panel, &rounded_box(v(0.24, 0.46, 0.1), 0.035, 2), v(0.0, 0.24, 0.0));
            p.bxb(Part::Glow, v(0.0, 0.36, 0.046), v(0.1, 0.03, 0.012), 0.003);
        });
    });
}

/// A shallow dish on an arm, its feed on three struts.
fn dish(p: &mut Pen, at: Vec3, r: f32, yaw: f32) {
    p.at(at, yaw, |p| {
        p.rod(Part::Frame, v(0.0, 0.0, 0.05), v(0.0, 0.0, 0.34), 0.045);
        p.turned(v(0.0, 0.0, 0.34), Quat::from_rotation_x(0.5 * PI - 0.3), |p| {
            let bowl = [
                v2(0.0, -0.06),
                v2(0.12, -0.05),
                v2(0.6 * r, 0.04 * r),
                v2(r, 0.2 * r),
                v2(1.03 * r, 0.24 * r),
                v2(0.96 * r, 0.25 * r),
                v2(0.5 * r, 0.09 * r),
                v2(0.0, 0.03 * r),
            ];
            p.creased(60.0, |p| {
                p.put(Part::Panel, &lathe(&bowl, 28));
            });
            p.put_at(Part::Glow, &torus(0.99 * r, 0.01, 28, 5), v(0.0, 0.25 * r, 0.0));
            for k in 0..3 {
                let e = Vec2::from_angle(TAU * k as f32 / 3.0) * 0.9 * r;
                p.rod(Part::Trim, v(e.x, 0.22 * r, e.y), v(0.0, 0.62 * r, 0.0), 0.012);
            }
            p.put_at(Part::Trim, &cylinder(0.05, 0.1, 10, 0.012), v(0.0, 0.57 * r, 0.0));
        });
    });
}
