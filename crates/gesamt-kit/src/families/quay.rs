//! The quay: lighthouses, nets, bollards and cranes.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cone, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{hoop, rounded_box, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::ground::boulder;
use super::pen::{Pen, v, v2};
use super::plant::ladder;
use crate::style::{Dialect, Part};

pub(crate) fn lighthouse(p: &mut Pen) {
    let h = p.size("height", 8.0, 14.0);
    let (foot, head) = (0.17 * h, 0.1 * h);
    for k in 0..6 {
        let (a, s) = (TAU * k as f32 / 6.0 + p.rng.unit(), p.rng.range(0.9, 1.7));
        let rock = boulder(v(s, 0.6 * s, s), 8, 2, p.rng.seed());
        let at = v(1.15 * foot * a.cos(), -0.05, 1.15 * foot * a.sin());
        p.crease(24.0).put_at(Part::Rock, &rock, at).crease(50.0);
    }
    let shaft = 0.72 * h;
    shaft_of(p, foot, head, shaft);
    p.hull(Hull::drum(Vec3::ZERO, foot, 0.5 * shaft, 12));
    p.hull(Hull::drum(v(0.0, 0.5 * shaft, 0.0), 0.5 * (foot + head), 0.5 * shaft, 12));
    lighthouse_door(p, foot, shaft);
    // The gallery.
    let deck = 1.55 * head;
    let corbel = [v2(head, shaft - 0.5), v2(1.1 * head, shaft - 0.45), v2(deck, shaft - 0.05), v2(deck, shaft + 0.08)];
    p.put(Part::Stone, &lathe(&corbel, 24));
    let n = 16;
    for k in 0..n {
        let e = Vec2::from_angle(TAU * k as f32 / n as f32) * (deck - 0.06);
        p.rod(Part::Trim, v(e.x, shaft + 0.06, e.y), v(e.x, shaft + 1.0, e.y), 0.022);
    }
    for y in [0.55, 1.0] {
        p.put_at(Part::Trim, &torus(deck - 0.06, 0.024, 24, 5), v(0.0, shaft + y, 0.0));
    }
    lantern_room(p, v(0.0, shaft + 0.08, 0.0), 0.85 * head, 0.16 * h);
    p.hull(Hull::drum(v(0.0, shaft - 0.4, 0.0), deck, 1.4, 12));
    p.hull(Hull::drum(v(0.0, shaft + 1.0, 0.0), 0.9 * head, 0.26 * h - 1.0, 10));
    p.tufts(((8.0 * p.overgrowth()) as usize).min(p.left() / 150), 1.2 * foot, 1.7 * foot, 1.0);
}

/// The tower, banded in two colours or plated, by dialect.
fn shaft_of(p: &mut Pen, foot: f32, head: f32, shaft: f32) {
    let girth = |t: f32| head + (foot - head) * (1.0 - t).powf(1.5);
    let bands = 6;
    for k in 0..bands {
        let rows: Vec<Vec2> = (0..=3)
            .map(|i| {
                let t = (k as f32 + i as f32 / 3.0) / bands as f32;
                // A band ends inside the next one.
                v2(girth(t), shaft * t + if i == 3 { 0.04 } else { 0.0 })
            })
            .collect();
        let part = match p.dialect() {
            Dialect::Metal | Dialect::Neon | Dialect::Sleek | Dialect::Steam if k % 2 == 1 => Part::Panel,
            Dialect::Timber if p.style.genre == Genre::Nautical && k % 2 == 1 => Part::Lacquer,
            Dialect::Timber if p.style.genre == Genre::FairyTale && k % 2 == 1 => Part::Lacquer,
            _ => Part::Main,
        };
        p.crease(30.0).put(part, &lathe(&rows, 24)).crease(50.0);
        let t = k as f32 / bands as f32;
        let joint = if p.dialect().is_electric() { Part::Trim } else { Part::Stone };
        p.put_at(joint, &hoop(girth(t) - 0.05, 0.1, 0.12, 24), v(0.0, shaft * t, 0.0));
        if p.dialect() == Dialect::Steam || p.dialect() == Dialect::Metal {
            for b in 0..12 {
                let e = Vec2::from_angle(TAU * b as f32 / 12.0) * (girth(t) + 0.05);
                p.chip(Part::Trim, v(e.x, shaft * t + 0.03, e.y), Vec3::splat(0.06));
            }
        }
        if k > 0 && k % 2 == 0 {
            let r = girth(t + 0.06);
            p.at(v(0.0, shaft * (t + 0.02), 0.0), 0.9 * k as f32, |p| {
                p.bx(Part::Frame, v(0.0, 0.0, r - 0.08), v(0.6, 0.95, 0.26));
                p.bx(Part::Glass, v(0.0, 0.1, r - 0.04), v(0.42, 0.75, 0.22));
                p.chip(Part::Frame, v(0.0, 0.1, r - 0.03), v(0.05, 0.75, 0.22));
            });
        }
    }
}

fn lighthouse_door(p: &mut Pen, foot: f32, shaft: f32) {
    let z = foot - 0.05 * shaft * 0.2 - 0.12;
    p.at(v(0.0, 0.0, z), 0.0, |p| {
        p.bxb(Part::Stone, Vec3::ZERO, v(1.5, 2.5, 0.5), 0.04);
        p.at(v(-0.45, 0.18, 0.26), 0.0, |p| p.planks(Part::Panel, 0.9, 2.0, true));
        for y in [0.5, 1.7] {
            p.bx(Part::Trim, v(0.0, y, 0.28), v(0.86, 0.07, 0.03));
        }
        for k in 0..3 {
            let deep = 0.9 - 0.3 * k as f32;
            p.bxb(Part::Stone, v(0.0, 0.18 * k as f32 - 0.36, 0.25 + 0.5 * deep), v(1.6, 0.18, deep), 0.02);
        }
    });
}

/// Glazing, lamp and dome on top.
fn lantern_room(p: &mut Pen, at: Vec3, r: f32, h: f32) {
    p.at(at, 0.0, |p| {
        p.put(Part::Frame, &cylinder(r, 0.2 * h, 16, 0.02));
        let n = 8;
        for k in 0..n {
            let e = Vec2::from_angle(TAU * k as f32 / n as f32) * (r - 0.04);
            p.rod(Part::Frame, v(e.x, 0.15 * h, e.y), v(e.x, 0.82 * h, e.y), 0.035);
        }
        p.put_at(Part::Glass, &hoop(r - 0.09, 0.02, 0.6 * h, 16), v(0.0, 0.2 * h, 0.0));
        p.put_at(Part::Lamp, &sphere(0.36 * r, 8, 14), v(0.0, 0.48 * h, 0.0));
        p.drum(Part::Trim, v(0.0, 0.18 * h, 0.0), 0.16 * r, 0.2 * h);
        let dome = match p.dialect() {
            Dialect::Timber if p.style.genre == Genre::GothicHorror => {
                vec![v2(1.15 * r, 0.8 * h), v2(0.9 * r, 0.95 * h), v2(0.0, 1.7 * h)]
            }
            Dialect::Sleek => {
                vec![v2(1.1 * r, 0.8 * h), v2(1.1 * r, 0.86 * h), v2(0.7 * r, 0.98 * h), v2(0.0, 1.02 * h)]
            }
            _ => vec![
                v2(1.15 * r, 0.8 * h),
                v2(1.16 * r, 0.84 * h),
                v2(0.95 * r, 1.0 * h),
                v2(0.5 * r, 1.14 * h),
                v2(0.0, 1.2 * h),
            ],
        };
        p.put(Part::Roof, &lathe(&dome, 16));
        p.finial(v(0.0, if dome.len() == 3 { 1.62 * h } else { 1.14 * h }, 0.0), 0.09);
        p.light(v(0.0, 0.48 * h, 0.0), 0.2, p.style.lamp_color(), 40.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
    });
}

pub(crate) fn net(p: &mut Pen) {
    let (w, h) = (p.size("width", 2.0, 3.4), p.size("height", 1.5, 2.1));
    for s in [-1.0, 1.0] {
        p.solid(|p| p.post(v(s * (0.5 * w - 0.05), 0.0, 0.0), h, 0.09));
        p.rail(v(s * (0.5 * w - 0.05), 0.5 * h, 0.0), v(s * (0.5 * w - 0.05), 0.02, -0.5), 0.05);
    }
    p.rail(v(-0.5 * w - 0.1, h - 0.06, 0.0), v(0.5 * w + 0.1, h - 0.06, 0.0), 0.07);
    // Meshes are knotted cords; torn where things decay.
    let cord = if p.dialect().is_electric() { Part::Cloth } else { Part::Rope };
    let (nx, ny) = (13usize, 8usize);
    let hang = |x: f32, y: f32| {
        let belly = 0.32 * (PI * x).sin() * (1.0 - y).powf(0.6);
        v((x - 0.5) * (w - 0.3), 0.1 + (h - 0.24) * y - 0.16 * (PI * x).sin() * y, 0.05 + belly * (1.0 - 0.4 * y))
    };
    let knot = |i: usize, k: usize| {
        let shift = 0.5 * (k % 2) as f32;
        hang(((i as f32 + shift) / nx as f32).min(1.0), k as f32 / ny as f32)
    };
    let floats = 8;
    for k in 0..floats {
        let at = hang((k as f32 + 0.5) / floats as f32, 1.0);
        p.put_at(Part::Goods, &sphere(0.065, 5, 8), at + v(0.0, 0.02, 0.05));
    }
    p.basket(v(-0.3 * w, 0.0, 0.42), 0.22, 0.24);
    for k in 0..3 {
        let coil = torus(0.17 - 0.02 * k as f32, 0.025, 14, 5);
        p.put_at(Part::Rope, &coil, v(0.32 * w, 0.025 + 0.045 * k as f32, 0.42));
    }
    for k in 0..ny {
        for i in 0..nx {
            let other = if k % 2 == 0 { [i, i.wrapping_sub(1)] } else { [i, i + 1] };
            for j in other {
                if p.broken(0.18) || j > nx || p.left() < 40 {
                    continue;
                }
                let (a, b) = (knot(i, k), knot(j, k + 1));
                if a.distance(b) > 0.03 {
                    p.put(cord, &tube(&[a, b], &[0.009, 0.009], 3));
                }
            }
        }
    }
    p.hull(Hull::cuboid(v(-0.5 * w, 0.05, -0.04), v(0.5 * w, h, 0.34)));
}

pub(crate) fn bollard(p: &mut Pen) {
    let h = p.size("height", 0.6, 1.1);
    let r = 0.16 * h + 0.02;
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon => {
            p.put(Part::Main, &lathe(&[v2(1.3 * r, 0.0), v2(1.2 * r, 0.05), v2(r, 0.1), v2(r, 0.78 * h)], 18));
            p.put_at(Part::Glow, &cylinder(0.92 * r, 0.07 * h, 18, 0.0), v(0.0, 0.78 * h, 0.0));
            p.put_at(Part::Main, &cylinder(r, 0.15 * h, 18, 0.03), v(0.0, 0.85 * h, 0.0));
            p.light(
                v(0.0, 0.82 * h, 2.0 * r),
                0.04,
                p.style.colors[4],
                1.2 * p.style.lit,
                gesamt_mesh::LightGroup::Steady,
            );
        }
        Dialect::Timber | Dialect::Japan | Dialect::Organic if p.style.genre != Genre::GothicHorror => {
            let lean = v(p.rng.signed(), 0.0, p.rng.signed()) * 0.03;
            let path = [Vec3::ZERO, v(0.0, 0.5 * h, 0.0) + lean, v(0.0, h, 0.0)];
            p.put(Part::Frame, &tube(&path, &[1.25 * r, 1.1 * r, 1.05 * r], 12));
            p.put_at(Part::Trim, &cone(1.12 * r, 0.7 * r, 0.06, 12), v(0.0, h - 0.02, 0.0));
            for k in 0..4 {
                let band = torus(1.2 * r, 0.024, 16, 5);
                p.put_at(Part::Rope, &band, v(0.0, 0.42 * h + 0.045 * k as f32, 0.0));
            }
            p.cable(Part::Rope, v(1.2 * r, 0.42 * h, 0.0), v(1.9 * r, 0.02, 0.3), 0.08, 0.02);
        }
        _ => {
            let body = [
                v2(1.6 * r, 0.0),
                v2(1.55 * r, 0.05),
                v2(1.05 * r, 0.1),
                v2(0.85 * r, 0.3 * h),
                v2(0.85 * r, 0.62 * h),
                v2(1.35 * r, 0.78 * h),
                v2(1.45 * r, 0.84 * h),
                v2(1.2 * r, 0.94 * h),
                v2(0.0, h),
            ];
            p.crease(60.0).put(Part::Main, &lathe(&body, 18)).crease(50.0);
            for k in 0..6 {
                let e = Vec2::from_angle(TAU * k as f32 / 6.0) * 1.35 * r;
                p.chip(Part::Trim, v(e.x, 0.05, e.y), v(0.03, 0.025, 0.03));
            }
            if p.dialect() == Dialect::Metal {
                p.put_at(Part::Accent, &hoop(0.84 * r, 0.012, 0.1 * h, 18), v(0.0, 0.42 * h, 0.0));
            } else {
                p.turned(v(0.0, 0.7 * h, 1.0 * r), Quat::from_rotation_x(0.4), |p| {
                    p.put(Part::Trim, &torus(0.07, 0.014, 10, 5));
                });
                p.finial(v(0.0, 0.98 * h, 0.0), 0.04);
            }
        }
    }
    p.hull(Hull::drum(Vec3::ZERO, 1.3 * r, h, 10));
    p.overgrow_foot(2.0 * r, 2.0 * r);
}

pub(crate) fn crane(p: &mut Pen) {
    let h = p.size("height", 5.0, 8.0);
    let reach = 0.62 * h * (0.8 + 0.4 * p.param("reach", 0.5));
    let (mast, foot) = (0.72 * h, 0.85);
    p.bxb(Part::Stone, Vec3::ZERO, v(2.2 * foot, 0.3, 2.2 * foot), 0.05);
    p.hull(Hull::cuboid(v(-1.1 * foot, 0.0, -1.1 * foot), v(1.1 * foot, 0.3, 1.1 * foot)));
    p.put_at(Part::Trim, &cylinder(0.8 * foot, 0.16, 20, 0.02), v(0.0, 0.3, 0.0));
    let lattice = matches!(p.dialect(), Dialect::Neon | Dialect::Metal | Dialect::Steam | Dialect::Sleek);
    if lattice {
        lattice_mast(p, 0.42, 0.46, mast);
    } else {
        p.post(v(0.0, 0.4, 0.0), mast - 0.2, 0.34);
        for s in [-1.0, 1.0] {
            p.rail(v(s * 0.75, 0.46, 0.0), v(s * 0.1, 0.45 * mast, 0.0), 0.14);
            p.rail(v(0.0, 0.46, s * 0.75), v(0.0, 0.45 * mast, s * 0.1), 0.14);
        }
    }
    p.hull(Hull::cuboid(v(-0.3, 0.3, -0.3), v(0.3, mast, 0.3)));
    // The jib leans out over the water, held by stays.
    let (root, tip) = (v(0.0, mast - 0.1, 0.15), v(0.0, h, reach));
    for s in [-1.0, 1.0] {
        p.rail(root + v(s * 0.16, 0.0, 0.0), tip + v(s * 0.09, 0.0, 0.0), 0.13);
    }
    let n = 6;
    for k in 0..n {
        let (a, b) = (root.lerp(tip, k as f32 / n as f32), root.lerp(tip, (k as f32 + 1.0) / n as f32));
        let s = if k % 2 == 0 { 0.15 } else { -0.15 };
        p.rod(Part::Trim, a + v(s, 0.0, 0.0), b - v(s, 0.0, 0.0), 0.025);
    }
    p.hull(Hull::cuboid(v(-0.25, mast - 0.25, 0.0), v(0.25, h + 0.1, reach)));
    let back = v(0.0, mast + 0.2, -0.3 * reach);
    p.rail(root, back, 0.14);
    p.bxb(Part::Stone, back - v(0.0, 0.5, 0.1), v(0.7, 0.6, 0.55), 0.05);
    p.hull(Hull::cuboid(back - v(0.4, 0.5, 0.4), back + v(0.4, 0.15, 0.5)));
    for s in [-1.0, 1.0] {
        let head = v(0.0, mast + 0.5, 0.0);
        p.rod(Part::Trim, head + v(s * 0.1, 0.0, 0.0), tip + v(s * 0.06, 0.0, -0.1), 0.016);
        p.rod(Part::Trim, head + v(s * 0.1, 0.0, 0.0), back + v(s * 0.1, 0.0, 0.0), 0.016);
        p.bx(Part::Frame, v(s * 0.14, mast - 0.15, 0.0), v(0.1, 0.7, 0.12));
    }
    p.turned(tip, Quat::from_rotation_z(PI * 0.5), |p| {
        p.put_at(Part::Trim, &cylinder(0.2, 0.1, 14, 0.02), v(0.0, -0.05, 0.0));
    });
    let hook = v(0.0, 0.42 * h, reach + 0.19);
    p.rod(Part::Rope, v(0.0, h, reach + 0.19), hook, 0.018);
    load(p, hook);
    winch(p);
    if lattice {
        ladder(p, v(0.0, 0.46, -0.24), mast - 0.8);
    }
}

fn lattice_mast(p: &mut Pen, w: f32, y0: f32, y1: f32) {
    for (x, z) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        p.bx(Part::Frame, v(0.5 * w * x, y0, 0.5 * w * z), v(0.08, y1 - y0, 0.08));
    }
    let n = ((y1 - y0) / 0.7).round() as usize;
    let step = (y1 - y0) / n as f32;
    for k in 0..n {
        let (a, b) = (y0 + k as f32 * step, y0 + (k as f32 + 1.0) * step);
        let s = if k % 2 == 0 { 0.5 * w } else { -0.5 * w };
        for z in [-0.5 * w, 0.5 * w] {
            p.rod(Part::Frame, v(-s, a, z), v(s, b, z), 0.022);
            p.rod(Part::Frame, v(z, a, -s), v(z, b, s), 0.022);
        }
    }
    p.bxb(Part::Panel, v(0.0, y1 - 0.1, 0.0), v(1.5 * w, 0.16, 1.5 * w), 0.02);
}

/// What hangs on the hook: a crate in a sling.
fn load(p: &mut Pen, hook: Vec3) {
    p.put_at(Part::Trim, &sphere(0.09, 6, 10), hook);
    p.turned(hook - v(0.0, 0.16, 0.0), Quat::from_rotation_x(PI * 0.5), |p| {
        p.put(Part::Trim, &torus(0.08, 0.022, 12, 5));
    });
    let (size, at) = (0.75, hook - v(0.0, 1.35, 0.0));
    for (x, z) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
        let corner = at + v(0.48 * size * x, size, 0.48 * size * z);
        p.rod(Part::Rope, hook - v(0.0, 0.2, 0.0), corner, 0.012);
    }
    p.solid(|p| {
        p.at(at, 0.4 * p.rng.signed(), |p| match p.dialect() {
            Dialect::Organic => {
                p.put(Part::Panel, &rounded_box(Vec3::splat(size), 0.2, 2).at(0.0, 0.5 * size, 0.0));
            }
            _ => super::goods::crate_box(p, Vec3::splat(size)),
        });
    });
}

/// The winding drum at the foot of the mast.
fn winch(p: &mut Pen) {
    for s in [-1.0, 1.0] {
        p.bx(Part::Frame, v(s * 0.34, 0.46, 0.62), v(0.08, 0.5, 0.34));
    }
    p.turned(v(-0.32, 0.78, 0.62), Quat::from_rotation_z(-PI * 0.5), |p| {
        p.put(Part::Rope, &cylinder(0.17, 0.64, 16, 0.02));
        p.put_at(Part::Trim, &cylinder(0.05, 0.95, 8, 0.0), v(0.0, -0.15, 0.0));
    });
    p.turned(v(0.5, 0.78, 0.62), Quat::from_rotation_y(PI * 0.5), |p| p.gear(Part::Accent, 0.26, 0.06));
    p.hull(Hull::cuboid(v(-0.5, 0.3, 0.4), v(0.56, 1.05, 0.85)));
}
