//! Carved warriors: a knight and a samurai.
//!
//! Every function draws in the units of a figure (see [`super::bodies`]).

use std::f32::consts::PI;

use gesamt_mesh::shapes::{blob, cylinder, lathe, slab, sphere};
use gesamt_mesh::shapes2::{extrude, hoop, oriented, torus};
use glam::{Affine3A, Quat, Vec3};

use super::bodies::{Ring, TORSO};
use super::heads;
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// The skirt of a surcoat from the waist to below the knee.
const SURCOAT: [Ring; 6] = [
    [0.24, 0.148, 0.112, 0.0, 0.13],
    [0.32, 0.14, 0.106, 0.0, 0.12],
    [0.42, 0.126, 0.096, 0.002, 0.09],
    [0.52, 0.116, 0.092, 0.0, 0.06],
    [0.6, 0.098, 0.074, 0.004, 0.02],
    [0.63, 0.094, 0.07, 0.004, 0.0],
];

/// A sword with its point at the feet, its grip at `z` in front.
fn sword(p: &mut Pen, z: f32) {
    let blade = [v2(-0.017, 0.53), v2(-0.015, 0.08), v2(0.0, 0.012), v2(0.015, 0.08), v2(0.017, 0.53)];
    p.put_at(Part::Trim, &extrude(&blade, 0.014, 0.005), v(0.0, 0.0, z));
    p.bxb(Part::Trim, v(0.0, 0.52, z), v(0.16, 0.022, 0.026), 0.006);
    for s in [-1.0, 1.0] {
        p.put_at(Part::Trim, &sphere(0.017, 5, 8), v(0.08 * s, 0.531, z));
    }
    p.rod(Part::Trim, v(0.0, 0.53, z), v(0.0, 0.665, z), 0.011);
    p.put_at(Part::Trim, &sphere(0.021, 6, 10), v(0.0, 0.67, z));
}

/// A knight in plate and surcoat behind sword and shield.
pub(crate) fn knight(p: &mut Pen) {
    p.legs(Part::Main, Part::Main, 0.03);
    p.rings(Part::Main, &TORSO, 1.0);
    p.rings(Part::Main, &SURCOAT, 6.0);
    p.put_at(
        Part::Trim,
        &hoop(0.088, 0.012, 0.03, 24).mapped(|q| v(1.06 * q.x, q.y, 0.84 * q.z)),
        v(0.0, 0.595, 0.004),
    );
    for s in [-1.0, 1.0] {
        let (elbow, hand) = (v(0.175 * s, 0.63, 0.01), v(0.012 * s, 0.585 + 0.025 * s, 0.118));
        p.arm(Part::Main, s, elbow, hand, Vec3::Y);
        p.creased(80.0, |p| {
            for k in 0..3 {
                let plate = blob(2, |_| 1.0).mapped(|q| v(0.062 * q.x, 0.036 * q.y, 0.062 * q.z));
                let drop = 0.03 * k as f32;
                p.turned(v((0.128 + 0.3 * drop) * s, 0.795 - drop, 0.0), Quat::from_rotation_z(-0.5 * s), |p| {
                    p.put(Part::Main, &plate);
                });
            }
            p.put_at(Part::Main, &sphere(0.043, 6, 10), elbow);
            let knee = blob(2, |_| 1.0).mapped(|q| v(0.046 * q.x, 0.05 * q.y, 0.05 * q.z));
            p.put_at(Part::Main, &knee, v(0.064 * s, 0.275, 0.02 + 0.013 * s));
        });
    }
    sword(p, 0.142);
    mail(p);
    p.at_head(0.06, bascinet);
    p.cloak(Part::Main, 0.05, 0.2);
    p.turned(v(-0.19, 0.0, 0.075), Quat::from_rotation_y(-0.55) * Quat::from_rotation_x(-0.1), shield);
}

/// The collar of mail between helmet and shoulders.
fn mail(p: &mut Pen) {
    let collar = [v2(0.105, 0.78), v2(0.112, 0.8), v2(0.078, 0.845), v2(0.068, 0.89), v2(0.06, 0.9)];
    p.creased(80.0, |p| {
        p.put(Part::Main, &lathe(&collar, 24).mapped(|q| v(q.x, q.y, 0.86 * q.z - 0.008)));
    });
}

/// A pointed helmet with a raised visor around a face.
fn bascinet(p: &mut Pen) {
    heads::head(p, Part::Main);
    p.creased(70.0, |p| {
        let shell = blob(3, |_| 1.0).mapped(|d| {
            let tip = 0.35 * d.y.max(0.0).powi(6);
            v(0.86 * d.x, 0.12 + (1.02 * d.y).max(-0.75) + tip, 0.93 * d.z - 0.26)
        });
        p.put(Part::Main, &shell);
        let visor = slab([14, 5], 0.09, |x, y| {
            let a = PI * (0.08 + 0.84 * x);
            let beak = 0.32 * (PI * x).sin().powi(3) * (1.0 - (2.0 * y - 1.0).powi(2));
            v(0.82 * a.cos(), 0.74 + 0.3 * y, (0.58 + 0.8 * beak) * a.sin() + 0.06 - 0.16 * y)
        });
        p.put(Part::Main, &oriented(visor));
    });
    for s in [-1.0, 1.0] {
        p.turned(v(0.8 * s, 0.55, 0.02), Quat::from_rotation_z(-0.5 * PI * s), |p| {
            p.put(Part::Trim, &cylinder(0.14, 0.12, 12, 0.03));
        });
    }
}

/// A kite shield that stands on its tip, facing +Z.
fn shield(p: &mut Pen) {
    let outline = [
        [0.0, 0.0],
        [0.075, 0.1],
        [0.115, 0.25],
        [0.11, 0.36],
        [0.0, 0.385],
        [-0.11, 0.36],
        [-0.115, 0.25],
        [-0.075, 0.1],
    ];
    let points = outline.map(|[x, y]| v2(x, y + 0.004));
    p.put(Part::Main, &extrude(&points, 0.026, 0.008));
    let field = outline.map(|[x, y]| v2(0.86 * x, 0.86 * y + 0.034));
    p.put_at(Part::Main, &extrude(&field, 0.02, 0.006), v(0.0, 0.0, 0.01));
    p.bxb(Part::Trim, v(0.0, 0.07, 0.022), v(0.03, 0.27, 0.012), 0.003);
    p.bxb(Part::Trim, v(0.0, 0.235, 0.022), v(0.15, 0.03, 0.012), 0.003);
}

/// A samurai in lacquered plates, both hands on the pommel of a grounded sword.
pub(crate) fn samurai(p: &mut Pen) {
    p.legs(Part::Main, Part::Main, 0.02);
    p.rings(Part::Main, &TORSO, 1.0);
    p.rings(Part::Main, &SURCOAT, 8.0);
    lamellae(p);
    for s in [-1.0, 1.0] {
        p.arm(Part::Main, s, v(0.185 * s, 0.63, 0.02), v(0.015 * s, 0.575 + 0.02 * s, 0.135), Vec3::Y);
        // Shoulder boards of five laced rows.
        for k in 0..5 {
            let drop = 0.038 * k as f32;
            p.turned(v((0.15 + 0.4 * drop) * s, 0.8 - drop, 0.0), Quat::from_rotation_z(0.32 * s), |p| {
                p.bxb(Part::Main, v(0.0, -0.04, 0.0), v(0.024, 0.046, 0.125), 0.005);
            });
        }
    }
    p.at_head(0.04, kabuto);
    let blade = slab([2, 10], 0.014, |x, y| v((x - 0.5) * 0.03, 0.005 + 0.5 * y, 0.02 * (1.0 - y) * (1.0 - y)));
    p.put_at(Part::Trim, &oriented(blade), v(0.0, 0.0, 0.155));
    p.rod(Part::Trim, v(0.0, 0.5, 0.155), v(0.0, 0.63, 0.15), 0.013);
    p.put_at(Part::Trim, &cylinder(0.036, 0.012, 16, 0.003), v(0.0, 0.5, 0.155));
}

/// The cuirass and the skirt plates, in rows.
fn lamellae(p: &mut Pen) {
    for k in 0..5 {
        let y = 0.6 + 0.037 * k as f32;
        let (a, b) = (0.112 + 0.005 * k as f32, 0.084 + 0.003 * k as f32);
        let row = hoop(0.96, 0.07, 0.042, 28).mapped(|q| v(a * q.x, q.y + y, b * q.z + 0.006));
        p.put(Part::Main, &row);
    }
    for k in 0..6 {
        let turn = PI * (k as f32 + 0.5) / 3.0;
        for row in 0..3 {
            let (y, out) = (0.55 - 0.055 * row as f32, 0.108 + 0.014 * row as f32);
            p.at(v(1.12 * out * turn.sin(), y - 0.03, 0.9 * out * turn.cos()), turn, |p| {
                p.turned(Vec3::ZERO, Quat::from_rotation_x(-0.2), |p| {
                    p.bxb(Part::Main, Vec3::ZERO, v(0.1, 0.062, 0.018), 0.004);
                });
            });
        }
    }
    p.put_at(Part::Trim, &torus(0.108, 0.013, 28, 6).mapped(|q| v(q.x, q.y, 0.8 * q.z)), v(0.0, 0.6, 0.004));
}

/// A helmet with neck guard, crest and a fierce mask.
fn kabuto(p: &mut Pen) {
    heads::head(p, Part::Main);
    heads::moustache(p, Part::Main, 0.5);
    p.creased(60.0, |p| {
        let bowl =
            lathe(&[v2(0.92, 0.36), v2(0.95, 0.42), v2(0.86, 0.85), v2(0.55, 1.2), v2(0.16, 1.34), v2(0.14, 1.4)], 24);
        p.put(Part::Main, &bowl.mapped(|q| v(0.94 * q.x, q.y, 1.06 * q.z - 0.08)));
        for k in 0..4 {
            let (r, y) = (0.94 + 0.16 * k as f32, 0.36 - 0.24 * k as f32);
            let guard = slab([16, 3], 0.07, |x, t| {
                let a = PI * (0.9 + 1.2 * x);
                let out = r + 0.17 * (1.0 - t);
                v(out * a.cos(), y + 0.26 * (t - 1.0) + 0.1, out * a.sin() - 0.06)
            });
            p.put(Part::Main, &oriented(guard));
        }
        let peak = slab([10, 3], 0.08, |x, t| {
            let a = PI * (0.18 + 0.64 * x);
            let out = 0.88 + 0.26 * (1.0 - t);
            v(out * a.cos(), 0.36 + 0.14 * t, out * a.sin() - 0.04)
        });
        p.put(Part::Main, &oriented(peak));
    });
    for s in [-1.0, 1.0] {
        let horn = [v(0.12 * s, 0.6, 0.86), v(0.55 * s, 1.0, 0.95), v(0.85 * s, 1.6, 0.9), v(0.82 * s, 2.1, 0.8)];
        let path = super::build::smooth(&horn, 4);
        let girth: Vec<f32> = (0..path.len()).map(|i| 0.09 * (1.0 - 0.85 * i as f32 / path.len() as f32)).collect();
        p.put(Part::Accent, &gesamt_mesh::shapes::tube(&path, &girth, 6).mapped(|q| v(q.x, q.y, q.z)));
    }
    let disc = Affine3A::from_rotation_translation(Quat::from_rotation_x(0.5 * PI), v(0.0, 0.66, 0.8));
    p.within(disc, |p| {
        p.put(Part::Accent, &cylinder(0.19, 0.12, 16, 0.03));
    });
}
