//! Bridge spans that snap at their ends.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes2::extrude;
use gesamt_world::MaterialKind;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use super::walls::is_masonry;
use crate::style::{Dialect, Part};

/// Height of the deck at the ends of a span, in metres.
const DECK: f32 = 1.2;

/// The span runs along x; both ends meet the bank at deck height.
pub(crate) fn bridge(p: &mut Pen) {
    let (l, w) = (p.snapped("length", 4.0, 8.0, 1.0), p.snapped("width", 1.5, 2.5, 0.5));
    let wood = matches!(p.slot.material, MaterialKind::WoodPlank | MaterialKind::WoodBeam);
    match p.dialect() {
        Dialect::Organic => super::organs::bridge(p, l, w, DECK, &|x| hump(l, x)),
        Dialect::Japan => humped(p, l, w, Part::Lacquer),
        Dialect::Neon | Dialect::Metal | Dialect::Sleek if !is_masonry(p.slot.material) => girder(p, l, w),
        _ if wood => trestle(p, l, w),
        _ => stone(p, l, w),
    }
    let n = 4;
    let arched = matches!(p.dialect(), Dialect::Japan | Dialect::Organic);
    for k in 0..n {
        let x = |i: usize| l * (i as f32 / n as f32 - 0.5);
        let rise = |x: f32| if arched { hump(l, x) } else { 0.0 };
        let (a, b) = (x(k), x(k + 1));
        let deep = if arched || wood { 0.3 } else { 0.55 };
        let mut points = Vec::new();
        for (x, y) in [(a, DECK + rise(a)), (b, DECK + rise(b))] {
            for z in [-0.5 * w, 0.5 * w] {
                points.extend([v(x, y, z), v(x, y - deep, z)]);
            }
        }
        p.hull(Hull { points });
    }
    p.socket("Snap_L", v(-0.5 * l, DECK, 0.0), -0.5 * PI);
    p.socket("Snap_R", v(0.5 * l, DECK, 0.0), 0.5 * PI);
    // Under an arch a straight row of vines would hang in the air.
    if !arched {
        p.overgrow_edge(l - 1.0, DECK - 0.1, 0.5 * w - 0.02);
    }
}

/// Rise of an arched deck above its ends.
fn hump(l: f32, x: f32) -> f32 {
    0.16 * l * (1.0 - (2.0 * x / l).powi(2)).max(0.0)
}

fn stone(p: &mut Pen, l: f32, w: f32) {
    let (pier, n) = (0.7, 11);
    let r = 0.5 * l - pier;
    let flat = ((DECK - 0.4) / r).min(1.0);
    let point = |u: f32, q: f32| -> Vec2 {
        let a = PI * u;
        v2(q * a.cos(), 0.1 + (q - r) + r * flat * a.sin())
    };
    for i in 0..n {
        let (u0, u1) = (i as f32 / n as f32 + 0.003, (i as f32 + 1.0) / n as f32 - 0.003);
        let outline = [point(u0, r), point(u0, r + 0.26), point(u1, r + 0.26), point(u1, r)];
        p.put(Part::Stone, &extrude(&outline, w + 0.06 * (i % 2) as f32, 0.02));
    }
    let under: Vec<Vec2> = (0..=18).map(|k| point(k as f32 / 18.0, r + 0.2)).collect();
    let mut outline = vec![v2(0.5 * l, 0.0), v2(0.5 * l, DECK - 0.06), v2(-0.5 * l, DECK - 0.06), v2(-0.5 * l, 0.0)];
    outline.push(v2(under[18].x.max(-0.5 * l + 0.02), 0.0));
    outline.extend(under.iter().rev().copied().filter(|q| q.y > 0.02));
    outline.push(v2(under[0].x.min(0.5 * l - 0.02), 0.0));
    p.put(Part::Main, &extrude(&outline, w - 0.1, 0.01));
    for s in [-1.0, 1.0] {
        p.hull(Hull::cuboid(
            v(s * 0.5 * l - if s > 0.0 { pier } else { 0.0 }, 0.0, -0.5 * w),
            v(s * 0.5 * l + if s > 0.0 { 0.0 } else { pier }, DECK - 0.4, 0.5 * w),
        ));
    }
    let slabs = (l / 0.5).round() as usize;
    for k in 0..slabs {
        let x = (k as f32 + 0.5) * l / slabs as f32 - 0.5 * l;
        for j in 0..3 {
            let z = (j as f32 - 1.0) * w / 3.0;
            let lift = 0.006 * p.rng.unit();
            p.bxb(Part::Main, v(x, DECK - 0.07 - lift, z), v(l / slabs as f32 - 0.01, 0.07, w / 3.0 - 0.01), 0.012);
        }
    }
    for s in [-1.0, 1.0] {
        let z = s * (0.5 * w - 0.12);
        let blocks = (l / 0.8).round() as usize;
        for k in 0..blocks {
            if k > 0 && k + 1 < blocks && p.broken(0.3) {
                continue;
            }
            let (x, step) = ((k as f32 + 0.5) * l / blocks as f32 - 0.5 * l, l / blocks as f32);
            p.bxb(Part::Main, v(x, DECK - 0.02, z), v(step - 0.01, 0.62, 0.22), 0.02);
            p.bxb(Part::Stone, v(x, DECK + 0.6, z), v(step - 0.012, 0.1, 0.3), 0.025);
        }
        for e in [-1.0, 1.0] {
            p.bxb(Part::Stone, v(e * (0.5 * l - 0.2), DECK - 0.02, z), v(0.36, 0.9, 0.34), 0.03);
            p.finial(v(e * (0.5 * l - 0.2), DECK + 0.88, z), 0.09);
        }
        p.hull(Hull::cuboid(v(-0.5 * l, DECK, z - 0.13), v(0.5 * l, DECK + 0.7, z + 0.13)));
    }
}

fn railing(p: &mut Pen, l: f32, w: f32, rise: &dyn Fn(f32) -> f32, part: Part) {
    let n = (l / 1.0).round() as usize;
    for s in [-1.0, 1.0] {
        let z = s * (0.5 * w - 0.06);
        let at = |k: usize| {
            let x = (k as f32 / n as f32 - 0.5) * (l - 0.12);
            v(x, DECK + rise(x), z)
        };
        for k in 0..=n {
            p.bx(part, at(k) - v(0.0, 0.1, 0.0), v(0.09, 1.05, 0.09));
            p.finial(at(k) + v(0.0, 0.95, 0.0), 0.05);
            if k < n {
                for (y, r) in [(0.9, 0.035), (0.5, 0.025)] {
                    if y > 0.6 || !p.broken(0.5) {
                        p.rod(part, at(k) + v(0.0, y, 0.0), at(k + 1) + v(0.0, y, 0.0), r);
                    }
                }
            }
        }
        let top = rise(0.0);
        p.hull(Hull::cuboid(v(-0.5 * l, DECK, z - 0.06), v(0.5 * l, DECK + 1.0 + 0.6 * top, z + 0.06)));
    }
}

fn humped(p: &mut Pen, l: f32, w: f32, part: Part) {
    let rise = |x: f32| hump(l, x);
    for s in [-1.0, 1.0] {
        let n = 14;
        let mut outline: Vec<Vec2> =
            (0..=n).map(|k| (k as f32 / n as f32 - 0.5) * l).map(|x| v2(x, DECK + rise(x) - 0.06)).collect();
        outline.extend(
            (0..=n).rev().map(|k| (k as f32 / n as f32 - 0.5) * l).map(|x| v2(x, DECK + 0.92 * rise(x) - 0.36)),
        );
        p.put_at(part, &extrude(&outline, 0.16, 0.02), v(0.0, 0.0, s * (0.5 * w - 0.16)));
    }
    let boards = (l / 0.2).round() as usize;
    for k in 0..boards {
        let x = (k as f32 + 0.5) * l / boards as f32 - 0.5 * l;
        let tilt = (rise(x + 0.05) - rise(x - 0.05)).atan2(0.1);
        if k > 0 && k + 1 < boards && p.broken(0.25) {
            continue;
        }
        p.turned(v(x, DECK + rise(x) - 0.06, 0.0), Quat::from_rotation_z(tilt), |p| {
            p.bx(Part::Main, Vec3::ZERO, v(l / boards as f32 * 0.97, 0.06, w));
        });
    }
    for x in [-0.3 * l, 0.3 * l] {
        for s in [-1.0, 1.0] {
            p.rod(part, v(x, 0.0, s * (0.5 * w - 0.16)), v(x, DECK + rise(x) - 0.2, s * (0.5 * w - 0.16)), 0.09);
        }
        p.rod(part, v(x, 0.6, -0.5 * w), v(x, 0.6, 0.5 * w), 0.05);
    }
    railing(p, l, w, &rise, part);
}

fn trestle(p: &mut Pen, l: f32, w: f32) {
    for s in [-1.0, 1.0] {
        p.beam(
            Part::Frame,
            v(-0.5 * l, DECK - 0.2, s * (0.5 * w - 0.2)),
            v(0.5 * l, DECK - 0.2, s * (0.5 * w - 0.2)),
            0.18,
            0.26,
        );
        for x in [-0.32 * l, 0.32 * l] {
            p.beam(Part::Frame, v(x, 0.0, s * 0.5 * w), v(x, DECK - 0.3, s * (0.5 * w - 0.2)), 0.2, 0.2);
        }
    }
    for x in [-0.32 * l, 0.32 * l] {
        p.beam(Part::Frame, v(x, 0.2, -0.45 * w), v(x, DECK - 0.4, 0.4 * w), 0.07, 0.14);
        p.beam(Part::Frame, v(x, DECK - 0.32, -0.5 * w), v(x, DECK - 0.32, 0.5 * w), 0.18, 0.18);
    }
    let boards = (l / 0.2).round() as usize;
    for k in 0..boards {
        if k > 0 && k + 1 < boards && p.broken(0.25) {
            continue;
        }
        let x = (k as f32 + 0.5) * l / boards as f32 - 0.5 * l;
        let short = 0.03 * p.rng.unit();
        p.bx(Part::Main, v(x, DECK - 0.07, 0.0), v(l / boards as f32 * 0.96, 0.065, w - short));
    }
    railing(p, l, w, &|_| 0.0, Part::Frame);
}

fn girder(p: &mut Pen, l: f32, w: f32) {
    let sleek = p.dialect() == Dialect::Sleek;
    p.bxb(Part::Main, v(0.0, DECK - 0.14, 0.0), v(l, 0.14, w - 0.1), 0.02);
    let plates = (l / 1.0).round() as usize;
    for k in 0..plates {
        let x = (k as f32 + 0.5) * l / plates as f32 - 0.5 * l;
        p.bxb(Part::Panel, v(x, DECK - 0.01, 0.0), v(l / plates as f32 - 0.02, 0.03, w - 0.4), 0.008);
    }
    for s in [-1.0, 1.0] {
        let z = s * (0.5 * w - 0.05);
        p.bx(Part::Frame, v(0.0, DECK - 0.55, z), v(l, 0.08, 0.16));
        p.bx(Part::Frame, v(0.0, DECK - 0.1, z), v(l, 0.14, 0.16));
        let n = (l / 0.8).round() as usize;
        for k in 0..n {
            let (a, b) = ((k as f32 / n as f32 - 0.5) * l, ((k as f32 + 1.0) / n as f32 - 0.5) * l);
            let (ya, yb) = if k % 2 == 0 { (DECK - 0.5, DECK - 0.1) } else { (DECK - 0.1, DECK - 0.5) };
            p.beam(Part::Frame, v(a + 0.04, ya, z), v(b - 0.04, yb, z), 0.06, 0.08);
        }
        for x in [-0.5 * l + 0.3, 0.5 * l - 0.3] {
            p.solid(|p| {
                p.bx(Part::Frame, v(x, 0.0, z), v(0.24, DECK - 0.5, 0.24));
                p.bxb(Part::Stone, v(x, 0.0, z), v(0.5, 0.18, 0.5), 0.03);
            });
        }
        if sleek {
            p.bx(Part::Glass, v(0.0, DECK + 0.06, z), v(l - 0.1, 0.85, 0.03));
            p.bx(Part::Trim, v(0.0, DECK + 0.9, z), v(l, 0.06, 0.08));
            p.bx(Part::Glow, v(0.0, DECK - 0.02, z + s * 0.085), v(l - 0.1, 0.03, 0.015));
            p.hull(Hull::cuboid(v(-0.5 * l, DECK, z - 0.06), v(0.5 * l, DECK + 0.96, z + 0.06)));
        }
    }
    if !sleek {
        railing(p, l, w, &|_| 0.0, Part::Trim);
    }
}
