//! Gravestones of their own cultures: a false door, a cross of boards and an anchor.

use std::f32::consts::PI;

use gesamt_mesh::shapes::{cylinder, tube};
use gesamt_mesh::shapes2::{arc_band, extrude, loft, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec3};

use super::build::rough;
use super::ground::boulder;
use super::heads;
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// Draws the headstone of a culture that has one of its own, `h` metres high and `w` wide; false where it has none.
pub(crate) fn headstone(p: &mut Pen, h: f32, w: f32) -> bool {
    let lean = Quat::from_rotation_z(0.12 * p.decay() * p.rng.signed());
    match p.style.genre {
        Genre::Ancient => p.turned(v(0.0, 0.14, 0.0), lean, |p| false_door(p, h - 0.14, 1.15 * w)),
        Genre::Western => p.turned(Vec3::ZERO, lean, |p| board_cross(p, h, w)),
        Genre::Nautical => p.turned(Vec3::ZERO, lean, |p| anchor(p, h, w)),
        _ => return false,
    };
    true
}

/// A false door: battered jambs around a niche with lines, a roll and a flaring cornice over a disc.
fn false_door(p: &mut Pen, h: f32, w: f32) {
    let seed = p.rng.seed();
    let row = |y: f32, s: f32| -> Vec<Vec3> {
        [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(x, z)| v(x * w * s, y * h, z * 0.24 * s)).to_vec()
    };
    p.solid(|p| {
        p.put(Part::Main, &rough(loft(&[row(0.0, 1.0), row(0.4, 0.96), row(0.8, 0.92)]), 0.012 * p.decay(), 4.0, seed));
        p.put(Part::Main, &loft(&[row(0.83, 0.94), row(0.86, 0.95), row(0.92, 1.02), row(0.97, 1.16), row(1.0, 1.18)]));
    });
    p.turned(v(-0.49 * w, 0.815 * h, 0.0), Quat::from_rotation_z(-0.5 * PI), |p| {
        p.put(Part::Main, &cylinder(0.125, 0.98 * w, 14, 0.01).mapped(|q| v(0.3 * q.x, q.y, q.z)));
    });
    for s in [-1.0, 1.0] {
        for (x, wide, deep) in [(0.36, 0.16, 0.13), (0.22, 0.1, 0.115)] {
            p.bxb(Part::Main, v(s * x * w, 0.0, 0.5 * deep), v(wide * w, 0.78 * h, deep), 0.012);
        }
    }
    p.bxb(Part::Main, v(0.0, 0.62 * h, 0.05), v(0.52 * w, 0.16 * h, 0.15), 0.012);
    p.turned(v(0.0, 0.7 * h, 0.12), Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Accent, &cylinder(0.06 * h, 0.03, 16, 0.008));
    });
    for k in 0..3 {
        p.at(v(0.0, (0.16 + 0.17 * k as f32) * h, 0.0), 0.0, |p| p.letters(0.3 * w, 0.12 * h, 0.112));
    }
}

/// Two weathered boards lashed to a cross, a hat on top.
fn board_cross(p: &mut Pen, h: f32, w: f32) {
    let y = 0.68 * h;
    p.solid(|p| {
        p.beam(Part::Frame, v(0.0, 0.0, 0.0), v(0.02, h, 0.0), 0.14, 0.045);
    });
    p.turned(v(0.0, y, 0.045), Quat::from_rotation_z(0.06 * p.rng.signed()), |p| {
        p.bx(Part::Frame, v(0.0, -0.08, 0.0), v(1.05 * w, 0.16, 0.042));
        p.letters(0.72 * w, 0.1, 0.012);
    });
    for s in [-1.0, 1.0] {
        p.turned(v(0.01, y, 0.02), Quat::from_rotation_z(0.25 * PI * s) * Quat::from_rotation_x(0.5 * PI), |p| {
            for k in 0..2 {
                let lash = torus(0.115, 0.014, 14, 5).mapped(|q| v(0.75 * q.x, 2.4 * q.y, 0.55 * q.z));
                p.turned(v(0.0, 0.0, 0.03 * k as f32 - 0.015), Quat::from_rotation_z(0.5 * PI), |p| {
                    p.put(Part::Rope, &lash);
                });
            }
        });
    }
    let hat = [[0.0, 0.42], [1.45, 0.44], [1.5, 0.5], [0.84, 0.56], [0.8, 0.7], [0.7, 1.15], [0.45, 1.2], [0.0, 1.1]];
    let place = glam::Affine3A::from_scale_rotation_translation(
        Vec3::splat(0.13),
        Quat::from_rotation_z(0.3),
        v(0.03, h - 0.12, 0.0),
    );
    p.within(place, |p| heads::hat(p, Part::Rubber, &hat, 0.9));
    for (x, z) in [(-0.12, 0.08), (0.12, 0.09), (0.02, -0.12)] {
        let stone = boulder(Vec3::splat(p.rng.range(0.16, 0.24)), 6, 1, p.rng.seed());
        p.crease(30.0).put_at(Part::Rock, &stone, v(x, 0.12, z)).crease(50.0);
    }
}

/// An anchor that leans on a rough stone, a rope about its shank.
fn anchor(p: &mut Pen, h: f32, w: f32) {
    let stone = boulder(v(1.3 * w, 0.85 * h, 0.4), 9, 2, p.rng.seed());
    p.solid(|p| {
        p.crease(30.0).put_at(Part::Main, &stone, v(0.0, 0.31 * h, -0.02)).crease(50.0);
    });
    p.turned(v(0.03, 0.12, 0.36), Quat::from_rotation_x(-0.22) * Quat::from_rotation_z(0.14), |p| {
        let flukes = arc_band(0.36 * w + 0.05, 0.44 * w + 0.05, 1.1 * PI, 1.9 * PI, 14);
        p.put_at(Part::Trim, &extrude(&flukes, 0.06, 0.012), v(0.0, 0.42 * w + 0.05, 0.0));
        for s in [-1.0, 1.0] {
            let palm = [v2(-0.09, -0.02), v2(0.09, -0.02), v2(0.0, 0.15)];
            p.turned(v(s * 0.375 * w, 0.31 * w, 0.0), Quat::from_rotation_z(-0.25 * s), |p| {
                p.put(Part::Trim, &extrude(&palm, 0.07, 0.01));
            });
        }
        p.beam(Part::Trim, v(0.0, 0.02, 0.0), v(0.0, 0.92 * h, 0.0), 0.07, 0.06);
        p.rod(Part::Trim, v(-0.42 * w, 0.78 * h, 0.0), v(0.42 * w, 0.78 * h, 0.0), 0.03);
        for s in [-0.42, 0.42] {
            p.put_at(Part::Trim, &gesamt_mesh::shapes::sphere(0.045, 6, 9), v(s * w, 0.78 * h, 0.0));
        }
        p.turned(v(0.0, 0.97 * h, 0.0), Quat::from_rotation_x(0.5 * PI), |p| {
            p.put(Part::Trim, &torus(0.08, 0.02, 14, 6));
        });
        let wind: Vec<Vec3> = (0..=40)
            .map(|i| i as f32 / 40.0)
            .map(|t| v(0.065 * (26.0 * t).cos(), (0.3 + 0.4 * t) * h, 0.06 * (26.0 * t).sin()))
            .collect();
        p.put(Part::Rope, &tube(&wind, &vec![0.017; wind.len()], 5));
    });
}
