//! Lighthouses: a banded tower with its door, gallery and lantern room.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cylinder, lathe, sphere};
use gesamt_mesh::shapes2::{hoop, torus};
use gesamt_world::Genre;
use glam::{Vec2, Vec3};

use super::ground::boulder;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn lighthouse(p: &mut Pen) {
    let h = p.size("height", 8.0, 14.0);
    let (foot, head) = (0.17 * h, 0.1 * h);
    for k in 0..6 {
        let (a, s) = (TAU * k as f32 / 6.0 + p.rng.unit(), p.rng.range(0.9, 1.7));
        let a = beside_door(a);
        let rock = boulder(v(s, 0.6 * s, s), 8, 2, p.rng.seed());
        let at = v(1.15 * foot * a.cos(), -0.05, 1.15 * foot * a.sin());
        p.crease(24.0).put_at(Part::Rock, &rock, at).crease(50.0);
    }
    if p.dialect() == Dialect::Organic {
        return super::spires::lighthouse(p, h);
    }
    let shaft = 0.72 * h;
    shaft_of(p, foot, head, shaft);
    p.hull(Hull::drum(Vec3::ZERO, foot, 0.5 * shaft, 12));
    p.hull(Hull::drum(v(0.0, 0.5 * shaft, 0.0), 0.5 * (foot + head), 0.5 * shaft, 12));
    lighthouse_door(p, |y| girth(foot, head, y / shaft));
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

/// Radius of the tower at `t` of its height.
fn girth(foot: f32, head: f32, t: f32) -> f32 {
    head + (foot - head) * (1.0 - t).powf(1.5)
}

/// The tower, banded in two colours or plated, by dialect.
fn shaft_of(p: &mut Pen, foot: f32, head: f32, shaft: f32) {
    let girth = |t: f32| girth(foot, head, t);
    let bands = 6;
    for k in 0..bands {
        // The bands that the door cuts are built finely.
        let (steps, sides) = if shaft * (k as f32) < DOOR.y * bands as f32 { (12, 84) } else { (3, 24) };
        let rows: Vec<Vec2> = (0..=steps)
            .map(|i| {
                let t = (k as f32 + i as f32 / steps as f32) / bands as f32;
                // A band ends inside the next one.
                v2(girth(t), shaft * t + if i == steps { 0.04 } else { 0.0 })
            })
            .collect();
        let part = match p.dialect() {
            Dialect::Metal | Dialect::Neon | Dialect::Sleek | Dialect::Steam if k % 2 == 1 => Part::Panel,
            Dialect::Timber if p.style.genre == Genre::Nautical && k % 2 == 1 => Part::Lacquer,
            Dialect::Timber if p.style.genre == Genre::FairyTale && k % 2 == 1 => Part::Lacquer,
            _ => Part::Main,
        };
        p.crease(30.0).put(part, &lathe(&rows, sides).mapped(opened)).crease(50.0);
        let t = k as f32 / bands as f32;
        let joint = if p.dialect().is_electric() { Part::Trim } else { Part::Stone };
        let band = hoop(girth(t) - 0.05, 0.1, 0.12, sides);
        p.put(joint, &band.mapped(|q| opened(q + Vec3::Y * shaft * t)));
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

/// The angle of a stone moved out of the way to the door, which faces +Z.
fn beside_door(a: f32) -> f32 {
    const FREE: f32 = 1.0;
    let off = (a - 0.5 * PI + PI).rem_euclid(TAU) - PI;
    0.5 * PI + if off.abs() < FREE { FREE.copysign(off) + 0.25 * off } else { off }
}

/// Half width and height of the opening, and how far the wall steps back in it.
const DOOR: Vec2 = Vec2::new(0.56, 2.18);
const REVEAL: f32 = 0.6;

/// Presses the wall of the tower back where the door is.
fn opened(q: Vec3) -> Vec3 {
    if q.z > 0.0 && q.x.abs() < DOOR.x && q.y < DOOR.y { q - Vec3::Z * REVEAL } else { q }
}

/// The door, upright in its reveal, flush with the wall at its head; the surround follows the slope of the wall.
fn lighthouse_door(p: &mut Pen, girth: impl Fn(f32) -> f32) {
    let wall = |y: f32| girth(y) - 0.02;
    let leaf = wall(DOOR.y) - 0.12;
    let x = DOOR.x - 0.01;
    for s in [-1.0, 1.0] {
        let foot = v(s * x, 0.0, wall(0.0) - 0.13);
        p.beam(Part::Stone, foot, v(s * x, DOOR.y + 0.02, wall(DOOR.y) - 0.13), 0.2, 0.36);
    }
    p.bxb(Part::Stone, v(0.0, DOOR.y - 0.06, wall(DOOR.y) - 0.12), v(2.0 * x + 0.34, 0.24, 0.4), 0.03);
    p.bx(Part::Frame, v(0.0, 0.18, leaf - 0.12), v(2.0 * x - 0.1, DOOR.y - 0.2, 0.16));
    p.at(v(-x + 0.12, 0.2, leaf - 0.02), 0.0, |p| p.whole_planks(Part::Panel, 2.0 * x - 0.24, DOOR.y - 0.26, true));
    for y in [0.5, 1.65] {
        p.bx(Part::Trim, v(-0.06, y, leaf), v(2.0 * x - 0.36, 0.07, 0.03));
    }
    p.put_at(Part::Trim, &sphere(0.045, 5, 8), v(0.3, 1.05, leaf + 0.02));
    // A threshold reaches into the reveal, two steps lead up to it.
    for k in 0..2 {
        let (top, deep) = (0.1 * (k + 1) as f32, 0.75 - 0.34 * k as f32);
        let back = leaf - 0.2;
        let front = wall(0.0) + deep - 0.1;
        let wide = if k == 1 { 2.0 * x + 0.1 } else { 1.7 };
        p.bxb(Part::Stone, v(0.0, top - 0.1, 0.5 * (back + front)), v(wide, 0.11, front - back), 0.015);
    }
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
