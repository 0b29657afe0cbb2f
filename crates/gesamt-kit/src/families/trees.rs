//! Trees: broadleaf, conifers and shrubs, branched recursively, with leaves as folded four-triangle solids.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{blob, lathe, tube};
use gesamt_mesh::shapes2::leaf;
use gesamt_mesh::{Hull, noise};
use gesamt_world::{Genre, Place};
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// How a tree branches.
struct Habit {
    /// Levels of branching.
    levels: u32,
    /// Children of each branch.
    children: usize,
    /// Angle from the parent's direction, in radians.
    angle: f32,
    /// Length of a child against its parent.
    ratio: f32,
    /// Pull upward of the tips; negative weeps.
    lift: f32,
    /// Random bending.
    wander: f32,
}

pub(crate) fn tree(p: &mut Pen) {
    let h = p.size("height", 5.0, 9.0);
    let bare = p.style.is_bare_season();
    if matches!(p.style.place, Place::Desert | Place::Coast) || p.slot.name.to_ascii_lowercase().contains("palm") {
        return palm(p, h);
    }
    let habit = match p.style.genre {
        Genre::GothicHorror | Genre::PostApocalyptic => {
            Habit { levels: 3, children: 3, angle: 0.85, ratio: 0.7, lift: 0.05, wander: 0.5 }
        }
        Genre::FeudalJapan => Habit { levels: 3, children: 3, angle: 0.95, ratio: 0.66, lift: 0.12, wander: 0.4 },
        Genre::Alien => Habit { levels: 3, children: 3, angle: 0.6, ratio: 0.72, lift: 0.3, wander: 0.7 },
        _ => Habit { levels: 3, children: 3, angle: 0.72, ratio: 0.7, lift: 0.16, wander: 0.3 },
    };
    let r = 0.034 * h;
    let mut tips = Vec::new();
    let lean = v(0.08 * p.rng.signed(), 1.0, 0.08 * p.rng.signed()).normalize();
    roots(p, r);
    branch(p, Vec3::ZERO - Vec3::Y * 0.05, lean, 0.36 * h, r, &habit, 0, &mut tips);
    p.hull(Hull::drum(Vec3::ZERO, 1.3 * r, 0.4 * h, 8));
    let b = p.bounds();
    if bare {
        twigs(p, &tips);
    } else {
        crown(p, &tips, h);
    }
    let full = p.bounds();
    let low = (0.34 * h).min(b.max.y);
    p.hull(Hull::cuboid(
        v(0.84 * full.min.x, low, 0.84 * full.min.z),
        v(0.84 * full.max.x, 0.97 * full.max.y, 0.84 * full.max.z),
    ));
    let tufts = (10.0 * p.overgrowth()) as usize;
    if p.left() > tufts * 140 {
        p.tufts(tufts, r, 3.5 * r, 1.0);
    }
}

fn roots(p: &mut Pen, r: f32) {
    let n = 5;
    for i in 0..n {
        let a = TAU * (i as f32 + 0.6 * p.rng.unit()) / n as f32;
        let out = v(a.cos(), 0.0, a.sin());
        let long = r * p.rng.range(2.2, 3.6);
        let path = [
            v(0.0, 2.6 * r, 0.0) + out * 0.3 * r,
            v(0.0, 0.9 * r, 0.0) + out * 0.95 * r,
            v(0.0, 0.2 * r, 0.0) + out * 0.6 * long,
            v(0.0, -0.3 * r, 0.0) + out * long,
        ];
        p.crease(80.0).put(Part::Main, &tube(&path, &[0.5 * r, 0.6 * r, 0.42 * r, 0.12 * r], 7)).crease(50.0);
    }
}

fn branch(
    p: &mut Pen,
    from: Vec3,
    dir: Vec3,
    length: f32,
    r: f32,
    habit: &Habit,
    level: u32,
    tips: &mut Vec<(Vec3, Vec3, f32)>,
) {
    let n = if level == 0 { 7 } else { 5 };
    let (mut at, mut heading) = (from, dir);
    let mut path = vec![at];
    let mut radius = vec![r * if level == 0 { 1.35 } else { 1.0 }];
    let end = if level == habit.levels { 0.25 } else { 0.62 };
    for i in 1..=n {
        let t = i as f32 / n as f32;
        let jitter = v(p.rng.signed(), p.rng.signed() * 0.5, p.rng.signed()) * habit.wander * 0.35;
        heading = (heading + jitter + Vec3::Y * habit.lift * (level as f32 * 0.25)).normalize();
        at += heading * length / n as f32;
        path.push(at);
        let lump = 1.0 + 0.08 * p.rng.signed();
        radius.push(r * (1.0 + (end - 1.0) * t) * lump);
    }
    let sides = [10, 7, 5, 4][level.min(3) as usize];
    p.crease(85.0).put(Part::Main, &tube(&path, &radius, sides)).crease(50.0);
    let tip_r = r * end;
    if level == habit.levels {
        tips.push((at, heading, length));
        return;
    }
    let twist = TAU * p.rng.unit();
    let total = habit.children + usize::from(level == 0) * 2;
    for k in 0..total {
        let leader = k == 0;
        let share = if leader { 1.0 } else { p.rng.range(0.5, 1.0) };
        let index = ((share * n as f32).round() as usize).clamp(1, n);
        let side = heading.any_orthonormal_vector();
        let spin = Quat::from_axis_angle(heading, twist + 2.4 * k as f32 + 0.4 * p.rng.signed());
        let angle = if leader { 0.25 * habit.angle } else { habit.angle * p.rng.range(0.75, 1.2) };
        let aim = (heading * angle.cos() + (spin * side) * angle.sin()).normalize();
        let long = length * habit.ratio * p.rng.range(0.8, 1.1) * if level == 0 && !leader { 0.95 } else { 1.0 };
        let thick = if leader { 0.95 * tip_r } else { 0.75 * tip_r };
        branch(p, path[index] - aim * thick * 0.4, aim, long, thick, habit, level + 1, tips);
    }
    if level >= 1 {
        tips.push((at, heading, 0.8 * length));
    }
}

fn twigs(p: &mut Pen, tips: &[(Vec3, Vec3, f32)]) {
    for (at, dir, length) in tips {
        if p.left() < 400 {
            return;
        }
        for _ in 0..4 {
            let aim = (*dir + v(p.rng.signed(), 0.6 * p.rng.signed(), p.rng.signed()) * 0.9).normalize();
            let start = *at - *dir * length * 0.3 * p.rng.unit();
            let long = length * p.rng.range(0.35, 0.7);
            let bend = v(p.rng.signed(), p.rng.signed(), p.rng.signed()) * 0.12 * long;
            p.put(
                Part::Main,
                &tube(&[start, start + aim * 0.5 * long + bend, start + aim * long], &[0.011, 0.008, 0.0], 3),
            );
        }
    }
}

/// Clumps of foliage at the tips: a dark displaced heart and many folded leaves around it.
fn crown(p: &mut Pen, tips: &[(Vec3, Vec3, f32)], h: f32) {
    let part = match p.style.genre {
        Genre::FeudalJapan | Genre::FairyTale | Genre::Alien => Part::Bloom,
        _ => Part::Plant,
    };
    let density = p.size("density", 0.74, 1.0);
    let clumps = tips.len().max(1);
    let each = p.left().saturating_sub(1400) / clumps;
    let leaves = (each.saturating_sub(80) as f32 / 4.0 * density) as usize;
    // Small enough that the crown is no pile of cards, large enough that it is one.
    let size = 0.034 * h * (60.0 / leaves.max(1) as f32).sqrt().clamp(0.8, 1.5);
    for (i, (at, dir, _)) in tips.iter().enumerate() {
        let seed = p.rng.seed();
        let r = h * p.rng.range(0.075, 0.115) * (0.75 + 0.5 * p.param("spread", 0.5));
        let flat = if p.style.genre == Genre::FeudalJapan { 0.5 } else { 0.78 };
        let heart =
            blob(1, |d| r * 0.34 * (1.0 + 0.3 * noise::gradient(d * 1.7, seed))).mapped(|q| v(q.x, flat * q.y, q.z));
        let kind = if part == Part::Bloom && i % 3 == 0 && p.style.genre != Genre::Alien { Part::Plant } else { part };
        let center = *at + *dir * 0.2 * r;
        p.crease(85.0).put_at(kind, &heart, center).crease(50.0);
        for k in 0..leaves {
            // Even directions, most leaves near the skin of the clump.
            let z = 1.0 - 2.0 * (k as f32 + 0.5) / leaves as f32;
            let a = 2.4 * k as f32 + 0.5 * p.rng.signed();
            let d = v((1.0 - z * z).sqrt() * a.cos(), z, (1.0 - z * z).sqrt() * a.sin());
            let lump = 1.0 + 0.35 * noise::gradient(d * 1.9, seed ^ 5);
            let reach = r * lump * (0.3 + 0.68 * p.rng.unit().sqrt());
            let base = center + v(d.x, d.y * flat, d.z) * reach;
            let along =
                (d * 0.7 + v(p.rng.signed(), -0.5 + 0.5 * p.rng.signed(), p.rng.signed()) * 0.8).normalize_or(Vec3::X);
            let long = size * p.rng.range(0.7, 1.25);
            let side = along.cross(v(p.rng.signed(), 1.2, p.rng.signed())).normalize_or(Vec3::X);
            p.put(kind, &leaf(base, along * long, side, 0.56 * long, 0.12 * long));
        }
    }
}

pub(crate) fn palm(p: &mut Pen, h: f32) {
    let tall = 0.8 * h;
    let n = 16;
    let lean = v(p.rng.signed(), 0.0, p.rng.signed()) * 0.16 * h;
    let path: Vec<Vec3> = (0..=n)
        .map(|i| {
            let t = i as f32 / n as f32;
            v(0.0, tall * t - 0.05, 0.0) + lean * t * t
        })
        .collect();
    let radius: Vec<f32> =
        (0..=n).map(|i| (0.2 - 0.09 * i as f32 / n as f32) * if i % 2 == 0 { 1.0 } else { 0.88 }).collect();
    p.crease(40.0).put(Part::Main, &tube(&path, &radius, 10)).crease(50.0);
    p.hull(Hull::drum(Vec3::ZERO, 0.25, tall, 8));
    let top = path[n];
    for i in 0..13 {
        let a = TAU * i as f32 / 13.0 + 0.2 * p.rng.signed();
        let up = p.rng.range(0.05, 0.9);
        let out = v(a.cos(), 0.0, a.sin());
        let long = p.rng.range(1.8, 2.5);
        let spine: Vec<Vec3> = (0..=9)
            .map(|k| {
                let t = k as f32 / 9.0;
                top + out * long * (t - 0.18 * t * t) + Vec3::Y * long * (up * t - (0.55 + 0.6 * up) * t * t)
            })
            .collect();
        p.put(Part::Plant, &tube(&spine, &[0.03, 0.028, 0.025, 0.022, 0.02, 0.018, 0.015, 0.012, 0.009, 0.0], 4));
        for k in 1..18 {
            let t = k as f32 / 18.0 * 8.9;
            let (seg, f) = (t as usize, t.fract());
            let at = spine[seg].lerp(spine[seg + 1], f);
            let along = (spine[seg + 1] - spine[seg]).normalize();
            let side = along.cross(Vec3::Y).normalize_or(Vec3::X);
            let reach = 0.62 * (PI * (0.12 + 0.85 * k as f32 / 18.0)).sin();
            for s in [-1.0, 1.0] {
                let dir = (side * s + along * 0.7 - Vec3::Y * 0.5).normalize() * reach;
                p.put(Part::Plant, &leaf(at, dir, along, 0.07, 0.02));
            }
        }
    }
    for i in 0..5 {
        let a = TAU * i as f32 / 5.0;
        p.put_at(Part::Bark, &gesamt_mesh::shapes::sphere(0.1, 5, 8), top + v(0.14 * a.cos(), -0.12, 0.14 * a.sin()));
    }
    let b = p.bounds();
    p.hull(Hull::cuboid(v(0.9 * b.min.x, 0.7 * tall, 0.9 * b.min.z), v(0.9 * b.max.x, b.max.y, 0.9 * b.max.z)));
}

pub(crate) fn conifer(p: &mut Pen) {
    let h = p.size("height", 7.0, 12.0);
    let spread = h * p.size("spread", 0.15, 0.25);
    let r = 0.02 * h;
    let lean = v(0.02 * p.rng.signed(), 0.0, 0.02 * p.rng.signed()) * h;
    let path: Vec<Vec3> =
        (0..=10).map(|i| v(0.0, h * i as f32 / 10.0 - 0.05, 0.0) + lean * (i as f32 / 10.0).powi(2)).collect();
    let radius: Vec<f32> = (0..=10).map(|i| r * (1.25 - 1.2 * i as f32 / 10.0)).collect();
    p.crease(85.0).put(Part::Main, &tube(&path, &radius, 10)).crease(50.0);
    roots(p, 0.8 * r);
    let dead = p.decay() > 0.8 && p.overgrowth() < 0.3;
    let whorls = (h * 2.9) as usize;
    let reach_of = |t: f32| spread * (1.0 - t).powf(0.8) + 0.1;
    if !dead {
        // A dark heart, so that no sky shows through the middle.
        let rows = [(0.0, 0.1), (0.42, 0.16), (0.4, 0.5), (0.34, 0.8), (0.0, 0.97)];
        let profile: Vec<Vec2> = rows.iter().map(|(share, t)| v2(share * reach_of(*t), h * t)).collect();
        let heart = lathe(&profile, 9).mapped(|q| q + lean * (q.y / h) * (q.y / h));
        p.crease(60.0).put(Part::Plant, &heart).crease(50.0);
    }
    let density = p.size("density", 0.75, 1.25);
    let boughs = |t: f32| ((9.6 - 3.6 * t) * density) as usize;
    let total: f32 =
        (0..whorls).map(|k| (k as f32 + 0.5) / whorls as f32).map(|t| boughs(t) as f32 * reach_of(t)).sum();
    let per_metre = p.left().saturating_sub(1500) as f32 / total.max(1.0);
    for k in 0..whorls {
        let t = (k as f32 + 0.5) / whorls as f32;
        let y = h * (0.12 + 0.87 * t);
        let reach = reach_of(t) * p.rng.range(0.8, 1.15) + 0.06;
        let n = boughs(t);
        let twist = 1.7 * k as f32;
        for i in 0..n {
            if p.left() < 120 || (dead && p.rng.chance(0.35)) {
                continue;
            }
            let a = twist + TAU * (i as f32 + 0.35 * p.rng.signed()) / n as f32;
            let y = y + 0.5 * h / whorls as f32 * p.rng.signed();
            let at = v(0.0, y, 0.0) + lean * (y / h) * (y / h);
            let reach = reach * p.rng.range(0.78, 1.1);
            bough(p, at, a, reach, t, (0.86 * per_metre * reach) as usize, dead);
        }
    }
    p.hull(Hull::drum(Vec3::ZERO, 1.3 * r, 0.2 * h, 8));
    let b = p.bounds();
    let mut points = Vec::new();
    for i in 0..8 {
        let a = TAU * i as f32 / 8.0;
        points.push(v(1.08 * b.max.x.min(-b.min.x) * a.cos(), 0.14 * h, 1.08 * b.max.z.min(-b.min.z) * a.sin()));
    }
    points.push(v(lean.x, b.max.y, lean.z));
    p.hull(Hull { points });
    p.put(Part::Plant, &tube(&[v(lean.x, 0.9 * h, lean.z), v(lean.x, 1.02 * h, lean.z)], &[0.05, 0.0], 5));
    let tufts = (8.0 * p.overgrowth()) as usize;
    if p.left() > tufts * 140 {
        p.tufts(tufts, r, 5.0 * r, 1.0);
    }
}

/// One drooping bough of so many triangles: a stem with sprays of needles in a herringbone on both sides, its tip turned up.
fn bough(p: &mut Pen, at: Vec3, a: f32, reach: f32, t: f32, triangles: usize, dead: bool) {
    let out = v(a.cos(), 0.0, a.sin());
    let droop = 0.56 - 0.8 * t + 0.1 * p.rng.signed();
    let point = |s: f32| at + out * reach * s + Vec3::Y * reach * (0.14 * s - droop * s * s + 0.24 * s * s * s);
    p.put(Part::Main, &tube(&[at, point(0.5), point(1.0)], &[0.025 + 0.01 * reach, 0.016, 0.0], 3));
    if dead {
        return;
    }
    let n = (triangles.saturating_sub(14) / 8).clamp(2, 8);
    let side = v(-out.z, 0.0, out.x);
    for k in 0..n {
        let s = 0.14 + 0.84 * (k as f32 + 0.2 + 0.6 * p.rng.unit()) / n as f32;
        let base = point(s);
        let along = (point((s + 0.1).min(1.0)) - point(s - 0.1)).normalize_or(out);
        let long = reach * (0.56 - 0.3 * s) + 0.16;
        for sign in [-1.0, 1.0] {
            let dir = (side * sign * 0.9 + along * p.rng.range(0.5, 1.0) - Vec3::Y * p.rng.range(0.1, 0.5)).normalize()
                * long
                * p.rng.range(0.75, 1.2);
            p.put(Part::Plant, &leaf(base, dir, along, 0.3 * long + 0.04, 0.035));
        }
    }
    let tip = point(0.82);
    p.put(Part::Plant, &leaf(tip, (point(1.0) - tip) * 1.8, side, 0.1 + 0.06 * reach, 0.03));
}

pub(crate) fn bush(p: &mut Pen) {
    let (h, spread) = (p.size("height", 0.7, 1.5), p.size("spread", 0.5, 1.1));
    let bare = p.style.is_bare_season();
    let stems = 9;
    let mut tips = Vec::new();
    for i in 0..stems {
        let a = TAU * (i as f32 + 0.5 * p.rng.signed()) / stems as f32;
        let out = v(a.cos(), 0.0, a.sin());
        let tall = h * p.rng.range(0.6, 1.0);
        let lean = spread * p.rng.range(0.35, 0.85) * if i % 3 == 0 { 0.35 } else { 1.0 };
        let tip = out * lean + v(0.0, tall, 0.0);
        let path = [out * 0.04 - v(0.0, 0.02, 0.0), out * 0.35 * lean + v(0.0, 0.5 * tall, 0.0), tip];
        p.put(Part::Bark, &tube(&path, &[0.022, 0.016, 0.005], 4));
        tips.push(tip);
        tips.push(path[1] + v(0.1 * p.rng.signed(), 0.1, 0.1 * p.rng.signed()));
        if bare {
            for _ in 0..5 {
                let s = path[1].lerp(tip, p.rng.unit());
                let e = s + v(p.rng.signed(), 0.6 + p.rng.unit(), p.rng.signed()) * 0.22 * h;
                p.put(Part::Bark, &tube(&[s, e], &[0.009, 0.0], 3));
            }
        }
    }
    let alien = p.dialect() == Dialect::Organic;
    if !bare {
        let each = (p.left().saturating_sub(300) / tips.len() / 4).min(52);
        let flowers = p.rng.chance(0.5) || p.style.genre == Genre::FairyTale;
        for tip in &tips {
            for _ in 0..each {
                let d = v(p.rng.signed(), p.rng.signed(), p.rng.signed()).normalize_or(Vec3::Y);
                let base = (*tip + d * 0.3 * h * p.rng.unit().sqrt()).max(v(-9.0, 0.05, -9.0));
                let long = h * p.rng.range(0.075, 0.13);
                let along = (d * 0.8 + v(0.5 * p.rng.signed(), 0.25, 0.5 * p.rng.signed()) + out_of(base) * 0.35)
                    .normalize_or(Vec3::Y);
                let side = along.cross(v(p.rng.signed(), 1.0, p.rng.signed())).normalize_or(Vec3::X);
                p.put(
                    if alien { Part::Bloom } else { Part::Plant },
                    &leaf(base, along * long, side, 0.56 * long, 0.12 * long),
                );
            }
            if flowers && p.left() > 200 {
                let at = *tip + v(0.1 * p.rng.signed(), 0.16 * h, 0.1 * p.rng.signed());
                for k in 0..5 {
                    let a = TAU * k as f32 / 5.0;
                    let dir = v(a.cos(), 0.35, a.sin()) * 0.055;
                    p.put(Part::Bloom, &leaf(at, dir, v(-a.sin(), 0.0, a.cos()), 0.05, 0.01));
                }
            }
        }
    }
    let b = p.bounds();
    p.hull(Hull::cuboid(v(0.9 * b.min.x, 0.0, 0.9 * b.min.z), v(0.9 * b.max.x, 0.95 * b.max.y, 0.9 * b.max.z)));
}

fn out_of(at: Vec3) -> Vec3 {
    v(at.x, 0.0, at.z).normalize_or_zero()
}
