//! Tall stones and tombs: obelisks and sarcophagi.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe, sphere};
use gesamt_mesh::shapes2::{extrude, loft, oriented, rounded_box, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::build::rough;
use super::panels::Field;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// A square section of half width `s` at height `y`, its corners cut by `cut`.
fn square(y: f32, s: f32, cut: f32) -> Vec<Vec3> {
    let c = cut.min(0.45 * s);
    [(s, -s + c), (s, s - c), (s - c, s), (-s + c, s), (-s, s - c), (-s, -s + c), (-s + c, -s), (s - c, -s)]
        .into_iter()
        .map(|(x, z)| v(x, y, z))
        .collect()
}

pub(crate) fn obelisk(p: &mut Pen) {
    let h = p.size("height", 3.5, 7.0);
    let s = 0.065 * h + 0.06;
    match p.dialect() {
        Dialect::Japan => pagoda(p, h, s),
        Dialect::Sleek | Dialect::Neon => monolith(p, h, s),
        Dialect::Organic => spire(p, h, s),
        Dialect::Timber if matches!(p.style.genre, Genre::MedievalFantasy | Genre::FairyTale | Genre::Nautical) => {
            return super::runestones::rune_stone(p, h);
        }
        _ => needle(p, h, s),
    }
    let b = p.bounds();
    p.hull(Hull::cuboid(v(1.02 * b.min.x, 0.0, 1.02 * b.min.z), v(1.02 * b.max.x, 0.12 * h, 1.02 * b.max.z)));
    p.hull(Hull {
        points: square(0.12 * h, 1.25 * s, 0.0)
            .into_iter()
            .chain(square(b.max.y - 0.08 * h, 0.85 * s, 0.0))
            .chain([v(0.0, b.max.y, 0.0)])
            .collect(),
    });
    p.overgrow_foot(3.2 * s, 3.2 * s);
}

fn needle(p: &mut Pen, h: f32, s: f32) {
    for k in 0..3 {
        let wide = 2.0 * s * (2.0 - 0.32 * k as f32);
        p.bxb(Part::Stone, v(0.0, 0.05 * h * k as f32, 0.0), v(wide, 0.05 * h, wide), 0.03);
    }
    let (foot, top) = (0.15 * h, 0.9 * h);
    let broken = p.decay() > 0.8;
    let head = if broken { 0.62 * h } else { top };
    let shaft =
        loft(&[square(foot, s, 0.03), square(0.5 * (foot + head), 0.88 * s, 0.03), square(head, 0.75 * s, 0.03)]);
    let seed = p.rng.seed();
    let shaft = if broken {
        shaft.mapped(|q| if q.y > head - 0.01 { q - Vec3::Y * 0.8 * s * (1.0 + (9.0 * q.x).sin()) } else { q })
    } else {
        shaft
    };
    p.put(Part::Main, &rough(oriented(shaft), 0.012, 2.0, seed));
    if !broken {
        let cap = loft(&[square(top, 0.75 * s, 0.02), square(top + 0.02, 0.75 * s, 0.02), vec![v(0.0, h, 0.0)]]);
        let gilt = if p.style.genre == Genre::Ancient { Part::Accent } else { Part::Stone };
        p.put(gilt, &oriented(cap));
    }
    // Carved panels: a column of signs on each face.
    for face in 0..4 {
        p.turned(Vec3::ZERO, Quat::from_rotation_y(TAU * face as f32 / 4.0), |p| {
            let n = ((head - foot) / 0.34) as usize;
            for k in 0..n.saturating_sub(1) {
                let y = foot + 0.3 + 0.34 * k as f32;
                let z = s * (1.0 - 0.25 * (y - foot) / (head - foot));
                let size = v(0.6 * s * p.rng.range(0.5, 1.0), 0.05, 0.04);
                let (at, slope) = (v(0.0, y, z), Quat::from_rotation_x(-(0.25 * s / (head - foot)).atan()));
                p.turned(at, slope, |p| carving(p, s, size));
            }
        });
    }
    if p.dialect() == Dialect::Steam || p.dialect() == Dialect::Metal {
        p.bolts(Part::Trim, v(-1.5 * s, 0.12 * h, 1.3 * s), v(1.5 * s, 0.12 * h, 1.3 * s), 5, 0.022);
    }
}

/// A carved sign about 0.2 m high on the surface z = 0 above the origin.
fn carving(p: &mut Pen, s: f32, size: Vec3) {
    match p.rng.below(4) {
        0 => {
            p.chip(Part::Stone, Vec3::ZERO, size);
            p.chip(Part::Stone, v(0.0, 0.1, 0.0), size * v(0.6, 1.0, 0.9));
        }
        1 => {
            p.turned(v(0.0, 0.08, 0.0), Quat::from_rotation_x(PI * 0.5), |p| {
                p.put(Part::Stone, &torus(0.24 * s, 0.022, 10, 4));
            });
        }
        2 => {
            for x in [-0.2, 0.2] {
                p.chip(Part::Stone, v(x * s, 0.0, 0.0), v(0.05, 0.2, 0.04));
            }
        }
        _ => {
            let boss = sphere(0.16 * s, 4, 8).mapped(|q| v(q.x, q.y, 0.4 * q.z));
            p.put_at(Part::Stone, &boss, v(0.0, 0.08, 0.0));
        }
    }
}

fn monolith(p: &mut Pen, h: f32, s: f32) {
    p.bxb(Part::Stone, Vec3::ZERO, v(5.0 * s, 0.08 * h, 3.4 * s), 0.04);
    let slab = [v2(-1.1 * s, 0.08 * h), v2(1.1 * s, 0.08 * h), v2(1.0 * s, h), v2(-0.6 * s, 0.97 * h)];
    p.put(Part::Main, &extrude(&slab, 1.1 * s, 0.03));
    for side in [0.0, PI] {
        p.turned(Vec3::ZERO, Quat::from_rotation_y(side), |p| {
            let z = 0.55 * s;
            p.bx(Part::Glow, v(0.55 * s, 0.14 * h, z - 0.012), v(0.03, 0.72 * h, 0.03));
            for k in 0..9 {
                let y = 0.16 * h + 0.07 * h * k as f32;
                let w = s * p.rng.range(0.3, 1.0);
                let part = if p.rng.chance(0.4) { Part::Glow2 } else { Part::Panel };
                p.bx(part, v(-0.5 * s + 0.3 * w - 0.1 * s, y, z - 0.01), v(0.6 * w, 0.018 * h, 0.03));
            }
        });
    }
    if p.dialect() == Dialect::Neon {
        p.cable(Part::Rubber, v(1.0 * s, 0.6 * h, 0.0), v(2.2 * s, 0.05, 0.4), 0.3, 0.03);
    }
    p.light(v(0.0, 0.5 * h, 1.6 * s), 0.08, p.style.colors[4], 3.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

fn pagoda(p: &mut Pen, h: f32, s: f32) {
    p.bxb(Part::Stone, Vec3::ZERO, v(3.6 * s, 0.07 * h, 3.6 * s), 0.03);
    let tiers = 5;
    for k in 0..tiers {
        let t = k as f32 / tiers as f32;
        let (y, q) = (0.07 * h + 0.155 * h * k as f32, s * (1.25 - 0.5 * t));
        p.bxb(Part::Main, v(0.0, y, 0.0), v(1.3 * q, 0.1 * h, 1.3 * q), 0.015);
        let eave = loft(&[
            square(y + 0.095 * h, 1.05 * q, 0.02),
            square(y + 0.115 * h, 1.5 * q, 0.02),
            square(y + 0.13 * h, 1.46 * q, 0.02),
            square(y + 0.165 * h, 0.75 * q, 0.02),
        ]);
        let lifted = oriented(eave).mapped(|v| {
            let out = (v.x.abs().min(v.z.abs()) / (1.5 * q)).powi(3);
            v + Vec3::Y * 0.05 * h * out
        });
        p.put(Part::Stone, &lifted);
    }
    for k in 0..5 {
        let y = 0.85 * h + 0.025 * h * k as f32;
        p.put_at(Part::Stone, &torus(0.3 * s * (1.0 - 0.12 * k as f32), 0.06 * s, 12, 5), v(0.0, y, 0.0));
    }
    p.rod(Part::Stone, v(0.0, 0.8 * h, 0.0), v(0.0, 0.98 * h, 0.0), 0.1 * s);
    p.put_at(
        Part::Stone,
        &lathe(&[v2(0.12 * s, -0.03 * h), v2(0.2 * s, 0.0), v2(0.0, 0.05 * h)], 10),
        v(0.0, 0.97 * h, 0.0),
    );
    p.turned(v(0.0, 0.1 * h, 0.7 * s), Quat::IDENTITY, |p| {
        p.bx(Part::Paper, v(0.0, 0.0, 0.1 * s), v(0.5 * s, 0.05 * h, 0.04));
    });
}

fn spire(p: &mut Pen, h: f32, s: f32) {
    let n = 10;
    for k in 0..3 {
        let turn = TAU * k as f32 / 3.0;
        let rows: Vec<Vec<Vec3>> = (0..=n)
            .map(|i| {
                let t = i as f32 / n as f32;
                let a = turn + 2.4 * t;
                let mid =
                    v(0.7 * s * (1.0 - t) * a.cos(), h * t * (0.86 + 0.07 * k as f32), 0.7 * s * (1.0 - t) * a.sin());
                let r = 0.75 * s * (1.0 - 0.86 * t) * (1.0 + 0.12 * (i % 2) as f32);
                (0..7).map(|j| Vec2::from_angle(TAU * j as f32 / 7.0) * r).map(|e| mid + v(e.x, 0.0, e.y)).collect()
            })
            .collect();
        p.crease(70.0).put(if k == 0 { Part::Main } else { Part::Frame }, &oriented(loft(&rows))).crease(50.0);
    }
    // Lights sit on the strands, half sunk.
    for k in 0..8 {
        let (t, strand) = (0.1 + 0.09 * k as f32, k % 3);
        let e = Vec2::from_angle(TAU * strand as f32 / 3.0 + 2.4 * t);
        let out = 0.7 * s * (1.0 - t) + 0.75 * s * (1.0 - 0.86 * t);
        let y = h * t * (0.86 + 0.07 * strand as f32);
        p.put_at(Part::Glow, &sphere(0.16 * s * (1.2 - t), 5, 8), v(e.x * out, y, e.y * out));
    }
    p.light(v(0.0, 0.5 * h, 1.5 * s), 0.06, p.style.colors[4], 2.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

pub(crate) fn sarcophagus(p: &mut Pen) {
    let (l, w) = (p.size("size", 2.0, 2.6), 1.0);
    let h = 0.8;
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon => return casket(p, l, w, h),
        Dialect::Organic => return cocoon(p, l, w, h),
        _ => {}
    }
    p.hull(Hull::cuboid(v(-0.5 * l, 0.0, -0.5 * w), v(0.5 * l, h + 0.1, 0.5 * w)));
    p.bxb(Part::Stone, Vec3::ZERO, v(l, 0.14, w), 0.03);
    p.bxb(Part::Main, v(0.0, 0.12, 0.0), v(l - 0.14, h - 0.2, w - 0.14), 0.02);
    p.bxb(Part::Stone, v(0.0, h - 0.1, 0.0), v(l - 0.06, 0.1, w - 0.06), 0.025);
    for side in [0.0, PI] {
        p.turned(Vec3::ZERO, Quat::from_rotation_y(side), |p| {
            let n = (l / 0.42) as usize;
            for k in 0..=n {
                let x = (k as f32 / n as f32 - 0.5) * (l - 0.3);
                p.bx(Part::Stone, v(x, 0.14, 0.5 * w - 0.08), v(0.08, h - 0.24, 0.07));
                if k < n {
                    let mid = x + 0.5 * (l - 0.3) / n as f32;
                    niche(p, v(mid, 0.2, 0.5 * w - 0.07), h - 0.4);
                }
            }
        });
    }
    // The lid lies askew where the tomb was opened.
    let askew = p.broken(0.9);
    let turn = if askew { Quat::from_rotation_y(0.22) * Quat::from_rotation_x(0.03) } else { Quat::IDENTITY };
    p.turned(v(0.0, h, if askew { 0.18 } else { 0.0 }), turn, |p| {
        p.solid(|p| lid(p, l, w));
    });
    if askew {
        p.bx(Part::Rubber, v(0.0, h - 0.03, 0.0), v(l - 0.4, 0.04, w - 0.4));
    }
    p.overgrow_foot(l, w);
}

fn niche(p: &mut Pen, at: Vec3, h: f32) {
    let w = 0.24;
    let mut outline = vec![v2(-0.5 * w, 0.0), v2(0.5 * w, 0.0)];
    let pointed = p.style.genre == Genre::GothicHorror;
    outline.extend((0..=6).map(|k| {
        let a = PI * k as f32 / 6.0;
        let up = if pointed { 1.6 } else { 1.0 };
        v2(0.5 * w * a.cos(), h - 0.5 * w * up + 0.5 * w * up * a.sin())
    }));
    p.put_at(Part::Main, &extrude(&outline, 0.05, 0.012), at);
    p.put_at(Part::Stone, &sphere(0.06, 5, 8).mapped(|q| v(q.x, 1.3 * q.y, 0.5 * q.z)), at + v(0.0, 0.6 * h, 0.03));
}

fn lid(p: &mut Pen, l: f32, w: f32) {
    match p.style.genre {
        Genre::Ancient => super::effigies::mummy(p, l, w),
        _ => {
            p.bxb(Part::Stone, Vec3::ZERO, v(l + 0.04, 0.12, w + 0.04), 0.03);
            let ridge = [v2(-0.42 * w, 0.1), v2(0.42 * w, 0.1), v2(0.3 * w, 0.2), v2(-0.3 * w, 0.2)];
            p.turned(Vec3::ZERO, Quat::from_rotation_y(PI * 0.5), |p| {
                p.put(Part::Main, &extrude(&ridge, l - 0.2, 0.02));
            });
            super::effigies::effigy(p, l, 0.19);
        }
    }
}

fn casket(p: &mut Pen, l: f32, w: f32, h: f32) {
    p.hull(Hull::cuboid(v(-0.5 * l, 0.0, -0.5 * w), v(0.5 * l, h + 0.25, 0.5 * w)));
    p.bxb(Part::Frame, Vec3::ZERO, v(0.9 * l, 0.22, 0.8 * w), 0.06);
    p.put_at(Part::Main, &rounded_box(v(l, 0.55, w), 0.16, 3), v(0.0, 0.46, 0.0));
    let dome: Vec<Vec<Vec3>> = [(-0.38, 0.16), (-0.3, 0.3), (0.0, 0.34), (0.26, 0.3), (0.34, 0.16)]
        .into_iter()
        .map(|(t, r)| {
            (0..11)
                .map(|j| Vec2::from_angle(PI * j as f32 / 10.0))
                .map(|e| v(t * l, 0.7 + 0.9 * r * e.y, 1.15 * r * w * e.x))
                .collect()
        })
        .collect();
    p.crease(70.0).put(Part::Glass, &oriented(loft(&dome))).crease(50.0);
    for s in [-1.0, 1.0] {
        p.bx(Part::Glow, v(0.0, 0.3, s * 0.5 * w), v(0.7 * l, 0.03, 0.02));
        p.bx(Part::Trim, v(0.0, 0.68, s * 0.4 * w), v(0.8 * l, 0.05, 0.06));
        p.rod(Part::Rubber, v(-0.45 * l, 0.1, s * 0.3), v(-0.5 * l, 0.5, s * 0.3), 0.04);
    }
    if p.dialect() == Dialect::Neon {
        for yaw in [0.0, PI] {
            p.at(Vec3::ZERO, yaw, |p| {
                let field = Field { columns: 4, vent: true, plate: true, glow: true };
                p.at(v(0.0, 0.5, 0.5 * w - 0.004), 0.0, |p| p.panelled(v2(l - 0.5, 0.2), &field));
                p.bolts(Part::Trim, v(-0.4 * l, 0.11, 0.4 * w), v(0.4 * l, 0.11, 0.4 * w), 7, 0.016);
            });
        }
        for yaw in [0.5 * PI, -0.5 * PI] {
            p.at(Vec3::ZERO, yaw, |p| {
                let field = Field { columns: 2, vent: true, plate: true, glow: false };
                p.at(v(0.0, 0.47, 0.5 * l - 0.004), 0.0, |p| p.panelled(v2(w - 0.36, 0.22), &field));
            });
        }
        // Two hoops clasp the shell.
        for x in [-0.36, 0.36] {
            p.bxb(Part::Frame, v(x * l, 0.16, 0.0), v(0.07, 0.575, w + 0.03), 0.025);
        }
    }
    p.bx(Part::Screen, v(0.44 * l, 0.5, 0.0), v(0.14, 0.2, 0.4));
    p.put_at(Part::Cloth2, &rounded_box(v(0.6 * l, 0.12, 0.5 * w), 0.05, 2), v(0.0, 0.76, 0.0));
    p.light(v(0.0, 0.85, 0.0), 0.06, p.style.colors[4], 1.5 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

fn cocoon(p: &mut Pen, l: f32, w: f32, h: f32) {
    p.hull(Hull::cuboid(v(-0.46 * l, 0.0, -0.46 * w), v(0.46 * l, h + 0.1, 0.46 * w)));
    let n = 12;
    let rows: Vec<Vec<Vec3>> = (0..=n)
        .map(|i| {
            let t = i as f32 / n as f32;
            let r = (PI * t).sin().max(0.06).powf(0.6) * (1.0 + 0.08 * (i % 2) as f32);
            (0..14)
                .map(|j| Vec2::from_angle(TAU * j as f32 / 14.0))
                .map(|e| v((t - 0.5) * l, 0.5 * h + 0.02 + 0.5 * h * r * e.y, 0.46 * w * r * e.x))
                .collect()
        })
        .collect();
    p.crease(75.0).put(Part::Main, &oriented(loft(&rows))).crease(50.0);
    for k in 0..5 {
        let x = (k as f32 / 4.0 - 0.5) * 0.7 * l;
        for s in [-1.0, 1.0] {
            p.bone(v(x, 0.0, s * 0.48 * w), v(0.9 * x, 0.95 * h, s * 0.08), v(0.0, 0.0, s * 0.16), 0.06, 0.035);
        }
        p.put_at(Part::Glow, &sphere(0.06, 5, 8), v(x, 0.97 * h, 0.0));
    }
    p.put_at(Part::Panel, &cylinder(0.3, 0.05, 14, 0.01).mapped(|q| v(q.x, q.y, 0.7 * q.z)), v(0.0, h - 0.04, 0.0));
}
