//! Gates of honour.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{lathe, tube};
use gesamt_mesh::shapes2::{hoop, loft, oriented};
use gesamt_world::{Genre, MaterialKind};
use glam::{Quat, Vec3};

use super::ground::boulder;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn torii(p: &mut Pen) {
    let h = p.size("height", 3.8, 5.8);
    if p.dialect() == Dialect::Organic {
        return super::spires::torii(p, h);
    }
    let span = 0.8 * h;
    let tech = matches!(p.dialect(), Dialect::Neon | Dialect::Sleek);
    let r = 0.038 * h;
    let stone = p.style.genre != Genre::FeudalJapan && !tech && p.dialect() == Dialect::Timber;
    let wooden =
        matches!(p.slot.material, MaterialKind::WoodBeam | MaterialKind::WoodPlank | MaterialKind::PaintedMetal);
    let part = match (stone, wooden && !tech) {
        (true, _) => Part::Stone,
        (_, true) => Part::Lacquer,
        _ => Part::Main,
    };
    for s in [-1.0, 1.0] {
        p.solid(|p| {
            let (a, b) = (v(s * 0.5 * span, 0.0, 0.0), v(s * 0.46 * span, 0.93 * h, 0.0));
            if tech {
                p.beam(part, a, b, 1.9 * r, 1.9 * r);
                p.rod(Part::Glow, a + v(-s * 1.0 * r, 0.5, 0.6 * r), b + v(-s * 1.0 * r, -0.3, 0.6 * r), 0.02);
            } else {
                p.crease(80.0).put(part, &tube(&[a, a.lerp(b, 0.5), b], &[1.1 * r, r, 0.94 * r], 16)).crease(50.0);
            }
            p.put(
                Part::Stone,
                &lathe(&[v2(1.9 * r, 0.0), v2(1.9 * r, 0.16), v2(1.4 * r, 0.28)], 16).at(s * 0.5 * span, 0.0, 0.0),
            );
            p.put_at(Part::Trim, &hoop(1.06 * r, 0.03, 0.3, 16), v(s * 0.498 * span, 0.2, 0.0));
        });
    }
    let lintel = |y: f32, wide: f32, tall: f32, deep: f32, curve: f32| {
        let n = 12;
        let sections: Vec<Vec<Vec3>> = (0..=n)
            .map(|i| {
                let u = 2.0 * i as f32 / n as f32 - 1.0;
                let yy = y + curve * u.abs().powf(2.4);
                let x = u * wide;
                let lean = 0.12 * tall * u * u.abs().powi(6);
                [
                    v(x - lean, yy, -deep),
                    v(x - lean, yy, deep),
                    v(x + lean, yy + tall, deep * 1.12),
                    v(x + lean, yy + tall, -deep * 1.12),
                ]
                .to_vec()
            })
            .collect();
        oriented(loft(&sections))
    };
    let curve = if tech { 0.0 } else { 0.055 * h };
    p.solid(|p| {
        p.put(part, &lintel(0.92 * h, 0.64 * span, 0.045 * h, 0.9 * r, curve));
        p.put(
            if stone { Part::Stone } else { Part::Roof },
            &lintel(0.962 * h, 0.68 * span, 0.03 * h, 1.5 * r, curve * 1.06),
        );
    });
    p.solid(|p| {
        p.bx(part, v(0.0, 0.74 * h, 0.0), v(1.14 * span, 0.05 * h, 1.2 * r));
    });
    for s in [-1.0, 1.0] {
        for e in [-1.3, 1.3] {
            p.bx(part, v(s * 0.472 * span + e * r, 0.755 * h, 0.0), v(0.5 * r, 0.022 * h, 1.5 * r));
        }
    }
    p.bx(part, v(0.0, 0.78 * h, 0.0), v(0.09 * h, 0.15 * h, 0.05 * h));
    p.at(v(0.0, 0.86 * h, 0.03 * h), 0.0, |p| {
        p.bx(Part::Trim, v(0.0, -0.06 * h, 0.0), v(0.1 * h, 0.12 * h, 0.03));
        if tech {
            p.letters_glow(0.06 * h, 0.1 * h, 0.016);
        } else {
            p.letters(0.06 * h, 0.1 * h, 0.016);
        }
    });
    if tech {
        for z in [-1.0, 1.0] {
            p.rod(Part::Glow, v(-0.6 * span, 0.915 * h, z * 0.8 * r), v(0.6 * span, 0.915 * h, z * 0.8 * r), 0.022);
        }
        p.cable(Part::Rubber, v(-0.46 * span, 0.7 * h, 0.1), v(0.46 * span, 0.72 * h, 0.1), 0.25, 0.014);
    } else {
        shimenawa(p, 0.46 * span, 0.7 * h, r);
    }
    let rock = boulder(v(0.3, 0.25, 0.3), 6, 1, p.rng.seed());
    p.put_at(Part::Stone, &rock, v(0.5 * span + 3.0 * r, 0.0, 0.3));
    p.overgrow_edge(span, 0.74 * h, 0.05);
    p.at(v(0.5 * span, 0.0, 0.0), 0.0, |p| {
        p.overgrow_foot(0.6, 0.6);
    });
}

/// A twisted straw rope with folded paper streamers between the posts.
fn shimenawa(p: &mut Pen, half: f32, y: f32, r: f32) {
    for k in 0..2 {
        let path: Vec<Vec3> = (0..=32)
            .map(|i| {
                let t = i as f32 / 32.0;
                let a = TAU * 7.0 * t + PI * k as f32;
                let fat = 0.05 * (0.5 + (PI * t).sin());
                v(half * (2.0 * t - 1.0), y - 0.9 * t * (1.0 - t) + fat * a.cos(), fat * a.sin() + 1.0 * r)
            })
            .collect();
        let radius: Vec<f32> = (0..=32).map(|i| 0.03 + 0.045 * (PI * i as f32 / 32.0).sin()).collect();
        p.put(Part::Rope, &tube(&path, &radius, 6));
    }
    for t in [0.22f32, 0.41, 0.59, 0.78] {
        let at = v(half * (2.0 * t - 1.0), y - 0.9 * t * (1.0 - t), r);
        for k in 0..3 {
            let shift = if k % 2 == 0 { 0.0 } else { 0.07 };
            p.turned(
                at + v(shift, -0.16 * (k as f32 + 1.0), 0.0),
                Quat::from_rotation_z(0.3 * if k % 2 == 0 { 1.0 } else { -1.0 }),
                |p| {
                    p.chip(Part::Cloth2, Vec3::ZERO, v(0.1, 0.17, 0.01));
                },
            );
        }
    }
}
