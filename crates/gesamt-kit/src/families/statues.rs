//! Statues: a figure of its own culture on a pedestal, seated sages and idols.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::noise;
use gesamt_mesh::shapes::{blob, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{loft, oriented, torus};
use gesamt_world::Genre;
use glam::{Affine3A, Quat, Vec3};

use super::pen::{Pen, v, v2};
use super::{figures, heads, moderns, warriors};
use crate::style::Part;

pub(crate) fn statue(p: &mut Pen) {
    let h = p.size("height", 2.8, 4.6);
    let (base, figure_h) = (0.3 * h, 0.7 * h);
    let wide = 0.42 * h;
    p.solid(|p| pedestal(p, wide, base));
    p.at(v(0.0, base, 0.0), 0.0, |p| {
        p.solid(|p| match p.style.genre {
            Genre::Alien => idol(p, figure_h),
            Genre::FeudalJapan if p.rng.chance(0.4) => seated(p, figure_h * 0.92),
            _ => {
                p.within(Affine3A::from_scale(Vec3::splat(figure_h)), person);
            }
        });
    });
    p.overgrow_foot(wide, wide);
    p.overgrow_edge(0.9 * wide, base, 0.48 * wide);
}

/// The figure that a genre puts on its squares.
fn person(p: &mut Pen) {
    match p.style.genre {
        Genre::Cyberpunk => moderns::android(p),
        Genre::ScienceFiction => moderns::astronaut(p),
        Genre::Solarpunk => moderns::sun_bearer(p),
        Genre::PostApocalyptic => moderns::wanderer(p),
        Genre::Industrial => moderns::worker(p),
        Genre::Modern => moderns::statesman(p),
        Genre::Steampunk => moderns::inventor(p),
        Genre::MedievalFantasy => warriors::knight(p),
        Genre::FairyTale => figures::king(p),
        Genre::GothicHorror => figures::mourner(p),
        Genre::Noir => figures::victory(p),
        Genre::Ancient => figures::jackal_god(p),
        Genre::Western => figures::pioneer(p),
        Genre::Nautical => figures::whaler(p),
        Genre::FeudalJapan | Genre::Alien => warriors::samurai(p),
    }
}

fn pedestal(p: &mut Pen, w: f32, h: f32) {
    p.bxb(Part::Stone, Vec3::ZERO, v(w, 0.16 * h, w), 0.025);
    p.bxb(Part::Stone, v(0.0, 0.16 * h, 0.0), v(0.9 * w, 0.12 * h, 0.9 * w), 0.03);
    p.bxb(Part::Stone, v(0.0, 0.27 * h, 0.0), v(0.78 * w, 0.6 * h, 0.78 * w), 0.02);
    p.bxb(Part::Stone, v(0.0, 0.84 * h, 0.0), v(0.9 * w, 0.09 * h, 0.9 * w), 0.03);
    p.bxb(Part::Stone, v(0.0, 0.92 * h, 0.0), v(0.82 * w, 0.09 * h, 0.82 * w), 0.02);
    p.bxb(Part::Trim, v(0.0, 0.4 * h, 0.39 * w - 0.01), v(0.5 * w, 0.3 * h, 0.03), 0.008);
    p.at(v(0.0, 0.55 * h, 0.39 * w), 0.0, |p| {
        if p.dialect().is_electric() {
            p.letters_glow(0.4 * w, 0.2 * h, 0.01)
        } else {
            p.letters(0.4 * w, 0.2 * h, 0.008)
        }
    });
}

fn seated(p: &mut Pen, h: f32) {
    let row = |y: f32, a: f32, b: f32, z: f32, square: f32| -> Vec<Vec3> {
        (0..24)
            .map(|k| {
                let t = TAU * k as f32 / 24.0;
                let q = 1.0 + square * (2.0 * t).sin().powi(2) * 0.12;
                v(h * a * q * t.cos(), h * y, h * (z + b * q * t.sin()))
            })
            .collect()
    };
    p.crease(75.0);
    for k in 0..14 {
        let a = TAU * k as f32 / 14.0;
        let petal = blob(1, |_| 0.11 * h).mapped(|q| v(q.x * 0.55, q.y * 0.75, q.z * 0.8));
        p.turned(
            v(0.36 * h * a.sin(), 0.075 * h, 0.3 * h * a.cos()),
            Quat::from_rotation_y(a) * Quat::from_rotation_x(-0.5),
            |p| {
                p.put(Part::Stone, &petal);
            },
        );
    }
    p.put(Part::Stone, &lathe(&[v2(0.34, 0.0), v2(0.38, 0.06), v2(0.36, 0.13)].map(|q| q * h), 24));
    p.put(
        Part::Main,
        &oriented(loft(&[
            row(0.11, 0.34, 0.25, 0.02, 1.0),
            row(0.18, 0.35, 0.26, 0.03, 1.0),
            row(0.27, 0.27, 0.2, 0.02, 0.5),
            row(0.36, 0.17, 0.13, -0.02, 0.0),
            row(0.5, 0.19, 0.14, -0.03, 0.0),
            row(0.62, 0.22, 0.13, -0.04, 0.0),
            row(0.68, 0.18, 0.11, -0.04, 0.0),
            row(0.71, 0.075, 0.07, -0.02, 0.0),
            row(0.75, 0.065, 0.065, -0.01, 0.0),
        ])),
    );
    let head = Affine3A::from_scale_rotation_translation(
        Vec3::splat(0.125 * h),
        Quat::from_rotation_x(0.08),
        v(0.0, 0.85 * h, 0.0),
    );
    p.within(head, |p| {
        heads::head(p, Part::Main);
        heads::curls(p, Part::Main);
    });
    for s in [-1.0, 1.0] {
        p.put_at(Part::Main, &sphere(0.074 * h, 8, 12), v(s * 0.195, 0.63, -0.04) * h);
        let hand = blob(2, |_| 0.045 * h).mapped(|q| v(1.3 * q.x, 0.7 * q.y, q.z));
        p.put_at(Part::Main, &hand, v(s * 0.025, 0.3, 0.215) * h);
        p.put(
            Part::Main,
            &tube(
                &[
                    v(s * 0.2, 0.63, -0.04) * h,
                    v(s * 0.27, 0.42, 0.03) * h,
                    v(s * 0.16, 0.31, 0.18) * h,
                    v(s * 0.03, 0.3, 0.21) * h,
                ],
                &[0.07 * h, 0.065 * h, 0.055 * h, 0.04 * h],
                10,
            ),
        );
        p.put_at(
            Part::Main,
            &blob(1, |_| 0.03 * h).mapped(|q| v(0.5 * q.x, 1.5 * q.y, q.z)),
            v(s * 0.105, 0.84, -0.005) * h,
        );
    }
    p.crease(50.0);
    p.turned(v(0.0, 0.86 * h, -0.13 * h), Quat::from_rotation_x(PI * 0.5), |p| {
        p.put(Part::Trim, &torus(0.2 * h, 0.014 * h, 28, 6));
    });
    p.rod(Part::Trim, v(0.0, 0.3 * h, -0.13 * h), v(0.0, 0.68 * h, -0.13 * h), 0.014 * h);
    let bib = slab([10, 5], 0.016 * h, |x, y| {
        let a = PI * (0.16 + 0.68 * x);
        let r = 0.1 + 0.1 * (1.0 - y);
        v(1.15 * r * a.cos(), 0.7 - 0.2 * (1.0 - y) * a.sin(), 0.03 + 0.8 * r * a.sin() - 0.06 * (1.0 - y) * (1.0 - y))
            * h
    });
    p.put(Part::Cloth, &oriented(bib));
}

fn idol(p: &mut Pen, h: f32) {
    let seed = p.rng.seed();
    p.crease(80.0);
    let body = blob(4, |d| {
        let ridge = 1.0 + 0.1 * (8.0 * d.z.atan2(d.x)).cos() * (1.0 - d.y * d.y);
        0.26 * h * ridge * (1.0 + 0.12 * noise::fbm(d * 2.0, 2, seed))
    });
    p.put_at(Part::Main, &body.mapped(|q| v(q.x, 1.35 * q.y, 0.9 * q.z)), v(0.0, 0.62 * h, 0.0));
    for k in 0..9 {
        let a = TAU * k as f32 / 9.0;
        let (c, s) = (a.cos(), a.sin());
        let path = [
            v(0.1 * c, 0.5, 0.1 * s),
            v(0.22 * c, 0.3, 0.22 * s),
            v(0.2 * c, 0.12, 0.2 * s),
            v(0.3 * c, 0.015, 0.3 * s),
            v(0.4 * c, 0.05, 0.4 * s),
        ]
        .map(|q| q * h);
        p.put(Part::Main, &tube(&path, &[0.07 * h, 0.06 * h, 0.05 * h, 0.035 * h, 0.0], 9));
    }
    for k in 0..7 {
        let a = PI * (k as f32 - 3.0) / 7.0;
        let path = [
            v(0.2 * a.sin(), 0.82, -0.05),
            v(0.33 * a.sin(), 0.95, -0.1),
            v(0.36 * a.sin(), 1.02 - 0.02 * (k as f32 - 3.0).abs(), -0.02),
        ]
        .map(|q| q * h);
        p.put(Part::Frame, &tube(&path, &[0.04 * h, 0.03 * h, 0.0], 7));
    }
    for (x, y, r) in
        [(0.0, 0.68, 0.055), (0.11, 0.62, 0.036), (-0.11, 0.62, 0.036), (0.07, 0.74, 0.028), (-0.07, 0.74, 0.028)]
    {
        p.put_at(Part::Glow, &sphere(r * h, 6, 10), v(x, y, 0.245 - 0.6 * x * x / 0.1 * 0.1) * h);
    }
    p.crease(50.0);
}
