//! Roofs.

use gesamt_mesh::shapes::{blob, cylinder, slab, standing_box};
use gesamt_mesh::shapes2::beam;
use gesamt_world::Rng;
use glam::{Vec2, Vec3};

use super::building::{Body, gable_wall};
use super::dialect::Roof;
use super::window::WALL;
use crate::pen::Pen;

/// Height of a gable over a span.
pub(crate) fn rise(body: &Body, span: f32) -> f32 {
    (0.5 * span * body.d.pitch).min(7.5)
}

/// Covers a house; collapsed houses have lost most of theirs.
pub(crate) fn roof(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    if !body.is_whole() {
        return;
    }
    let kind = if rng.chance(0.3) { body.d.second_roof } else { body.d.roof };
    match kind {
        Roof::Flat => flat(pen, body, rng),
        Roof::Gable => gable(pen, body, rng),
        Roof::GableFront => gable_front(pen, body, rng),
        Roof::Crenellated => crenellated(pen, body),
        Roof::Eaves => eaves(pen, body),
        Roof::Dome => dome(pen, body),
        Roof::Sawtooth => sawtooth(pen, body),
        Roof::FalseFront => false_front(pen, body, rng),
        Roof::Terrace => terrace(pen, body, rng),
        Roof::Shell => shell(pen, body, rng),
        Roof::Mansard => mansard(pen, body, rng),
    }
    if rng.chance(body.d.chimneys) {
        chimney(pen, body, kind, rng);
    }
}

fn front(body: &Body) -> f32 {
    body.plane(body.plot.floors - 1)
}

fn parapet(pen: &mut Pen, body: &Body, height: f32) {
    let (w, y, z) = (body.plot.width, body.top(), front(body));
    pen.mat(body.paint.wall);
    pen.block(Vec3::new(0.0, y, z - WALL), Vec3::new(w, y + height, z), 0.0);
    pen.block(Vec3::new(0.0, y, -body.plot.depth), Vec3::new(WALL, y + height, z), 0.0);
    pen.block(Vec3::new(w - WALL, y, -body.plot.depth), Vec3::new(w, y + height, z), 0.0);
    pen.mat(body.paint.trim);
    let deep = 0.05 + 0.3 * body.d.cornice;
    pen.block(
        Vec3::new(-0.05, y + height - 0.04, z - 0.4),
        Vec3::new(w + 0.05, y + height + 0.12, z + 0.5 * deep),
        0.025,
    );
    pen.block(Vec3::new(-0.02, y - 0.3, z - 0.2), Vec3::new(w + 0.02, y, z + deep), 0.03);
    if body.d.cornice > 0.7 {
        let n = (w / 0.7) as u32;
        for i in 0..=n {
            let x = w * i as f32 / n.max(1) as f32;
            pen.block(Vec3::new(x - 0.08, y - 0.55, z - 0.05), Vec3::new(x + 0.08, y - 0.28, z + 0.8 * deep), 0.0);
        }
    }
}

/// A storey that stands back from the eaves over a part of the front.
fn attic(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    let (w, y, z, h) = (body.plot.width, body.top(), front(body) - rng.range(1.1, 1.8), rng.range(2.5, 3.1));
    let reach = rng.range(0.5, 0.85) * w;
    let x0 = if rng.chance(0.5) { 0.4 } else { w - reach - 0.4 };
    pen.mat(body.paint.base).block(Vec3::new(x0, y - 0.1, 0.8 - body.plot.depth), Vec3::new(x0 + reach, y + h, z), 0.0);
    pen.mat(body.paint.trim);
    pen.block(
        Vec3::new(x0 - 0.3, y + h, 0.5 - body.plot.depth),
        Vec3::new(x0 + reach + 0.3, y + h + 0.18, z + 0.4),
        0.02,
    );
    let n = (reach / 1.6) as u32;
    for k in 0..n {
        let x = x0 + reach * (k as f32 + 0.5) / n as f32;
        pen.mat(body.paint.trim);
        pen.block(Vec3::new(x - 0.58, y + 0.7, z - 0.1), Vec3::new(x + 0.58, y + h - 0.25, z + 0.03), 0.0);
        let (low, high, f) = (Vec2::new(x - 0.5, y + 0.78), Vec2::new(x + 0.5, y + h - 0.33), z + 0.036);
        pen.mat(body.paint.pane(rng)).quad([
            Vec3::new(low.x, low.y, f),
            Vec3::new(high.x, low.y, f),
            Vec3::new(high.x, high.y, f),
            Vec3::new(low.x, high.y, f),
        ]);
    }
}

fn flat(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    parapet(pen, body, rng.range(0.5, 1.3));
    let (w, y, depth) = (body.plot.width, body.top(), body.plot.depth);
    if body.plot.floors >= 4 && w > 5.0 && rng.chance(0.45) {
        attic(pen, body, rng);
    }
    pen.mat(body.paint.metal);
    for _ in 0..2 + rng.below(3) {
        let size = Vec3::new(rng.range(0.8, 2.2), rng.range(0.8, 2.0), rng.range(0.8, 1.8));
        let x = rng.range(0.8, (w - 0.8).max(0.9));
        let z = -rng.range(1.2, (depth - 1.0).max(1.3));
        pen.add(&standing_box(size, 0.05).at(x, y, z));
    }
    if body.d.cables > 0.4 {
        for _ in 0..1 + rng.below(3) {
            let (x, z, h) = (rng.range(0.5, w.max(0.6)), -rng.range(0.8, 3.0), rng.range(2.5, 6.5));
            pen.add(&cylinder(0.035, h, 5, 0.0).at(x, y, z));
            for k in 0..3 {
                let level = y + h * (0.6 + 0.15 * k as f32);
                let half = 0.6 - 0.13 * k as f32;
                pen.block(Vec3::new(x - half, level, z - 0.02), Vec3::new(x + half, level + 0.03, z + 0.02), 0.0);
            }
        }
    }
    if body.plot.floors >= 3 && rng.chance(0.3) {
        pen.mat(body.paint.timber);
        let (x, z) = (0.3 * w + 0.4 * w * rng.unit(), -2.5);
        for (dx, dz) in [(-0.8, -0.8), (0.8, -0.8), (-0.8, 0.8), (0.8, 0.8)] {
            pen.add(&cylinder(0.07, 2.0, 5, 0.0).at(x + dx, y, z + dz));
        }
        pen.add(&cylinder(1.3, 2.4, 16, 0.06).at(x, y + 2.0, z));
        pen.mat(body.paint.roof);
        pen.add(&gesamt_mesh::shapes::cone(1.45, 0.0, 0.9, 16).at(x, y + 4.4, z));
    }
}

/// Two slopes whose ridge runs along x at `z` between `x0` and `x1`.
fn slopes(pen: &mut Pen, x: [f32; 2], y: f32, z: [f32; 2], rise: f32, over: f32, thick: f32) {
    let middle = 0.5 * (z[0] + z[1]);
    let half = 0.5 * (z[1] - z[0]).abs();
    let drop = rise / half * over;
    for side in [-1.0, 1.0] {
        let eave = middle + side * (half + over);
        pen.add(&slab([8, 6], thick, |u, v| {
            let x = x[0] + (x[1] - x[0]) * u;
            let t = if side > 0.0 { v } else { 1.0 - v };
            let sag = -0.10 * (std::f32::consts::PI * u).sin() * t;
            Vec3::new(x, y - drop + (rise + drop) * t + sag, eave + (middle - eave) * t)
        }));
    }
}

fn thickness(body: &Body) -> f32 {
    if body.d.roof_kind == gesamt_world::MaterialKind::Thatch { 0.38 } else { 0.14 }
}

fn gable(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    let (w, y, z) = (body.plot.width, body.top(), front(body));
    let span = z + body.plot.depth;
    let h = rise(body, span.min(8.0));
    pen.mat(body.paint.wall);
    for (x, yaw) in [(0.0, -std::f32::consts::FRAC_PI_2), (w, std::f32::consts::FRAC_PI_2)] {
        pen.placed(Vec3::new(x, 0.0, 0.0), yaw, |p| {
            let ends = if yaw > 0.0 { [-z, body.plot.depth] } else { [-body.plot.depth, z] };
            gable_wall(p, ends, y, h, 0.0);
        });
    }
    pen.mat(body.paint.roof);
    slopes(pen, [-0.35, w + 0.35], y, [-body.plot.depth, z], h, 0.5, thickness(body));
    if w > 4.0 {
        for _ in 0..rng.below(3) {
            dormer(pen, body, rng.range(1.2, w - 1.2), h, rng);
        }
    }
}

fn dormer(pen: &mut Pen, body: &Body, x: f32, h: f32, rng: &mut Rng) {
    let (y, z) = (body.top() + 0.25 * h, front(body) - 0.35);
    pen.mat(body.paint.wall);
    pen.block(Vec3::new(x - 0.6, y - 0.4, z - 2.2), Vec3::new(x + 0.6, y + 1.1, z), 0.0);
    gable_wall(pen, [x - 0.6, x + 0.6], y + 1.1, 0.7, z);
    pen.mat(body.paint.pane(rng));
    let (a, b, f) = (x - 0.36, x + 0.36, z + 0.012);
    pen.quad([
        Vec3::new(a, y + 0.15, f),
        Vec3::new(b, y + 0.15, f),
        Vec3::new(b, y + 1.0, f),
        Vec3::new(a, y + 1.0, f),
    ]);
    pen.mat(body.paint.timber);
    for (p, q) in
        [((-0.4, 0.1), (-0.4, 1.05)), ((0.4, 0.1), (0.4, 1.05)), ((-0.4, 0.1), (0.4, 0.1)), ((0.0, 0.1), (0.0, 1.05))]
    {
        pen.add(&beam(
            Vec3::new(x + p.0, y + p.1, f + 0.02),
            Vec3::new(x + q.0, y + q.1, f + 0.02),
            Vec2::splat(0.07),
            0.0,
        ));
    }
    pen.mat(body.paint.roof);
    for side in [-1.0, 1.0f32] {
        let a = Vec3::new(x + side * 0.85, y + 0.86, z + 0.2);
        let b = Vec3::new(x, y + 1.86, z + 0.2);
        let back = Vec3::new(0.0, 0.0, -2.4);
        pen.add(&slab([1, 1], 0.09, |u, v| {
            let t = if side > 0.0 { u } else { 1.0 - u };
            b.lerp(a, t) + back * v
        }));
    }
}

fn gable_front(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    let (w, y, z) = (body.plot.width, body.top(), front(body));
    let h = rise(body, w);
    pen.mat(body.paint.wall);
    gable_wall(pen, [0.0, w], y, h, z);
    gable_wall(pen, [0.0, w], y, h, -body.plot.depth + WALL);
    if h > 1.6 {
        pen.mat(body.paint.pane(rng));
        let (c, half, base) = (0.5 * w, (0.13 * w).min(0.5), y + 0.22 * h);
        let top = base + (0.36 * h).min(1.3);
        let f = z + 0.012;
        pen.quad([
            Vec3::new(c - half, base, f),
            Vec3::new(c + half, base, f),
            Vec3::new(c + half, top, f),
            Vec3::new(c - half, top, f),
        ]);
        pen.mat(body.paint.timber);
        for x in [c - half, c, c + half] {
            pen.block(Vec3::new(x - 0.04, base - 0.04, f - 0.01), Vec3::new(x + 0.04, top + 0.04, f + 0.05), 0.0);
        }
        for level in [base, top] {
            pen.block(Vec3::new(c - half, level - 0.05, f - 0.01), Vec3::new(c + half, level + 0.05, f + 0.06), 0.0);
        }
    }
    pen.mat(body.paint.roof);
    // The same slopes, turned so that the ridge runs away from the street.
    pen.placed(Vec3::new(0.5 * w, 0.0, 0.0), std::f32::consts::FRAC_PI_2, |p| {
        slopes(p, [-z - 0.55, body.plot.depth + 0.3], y, [-0.5 * w, 0.5 * w], h, 0.45, thickness(body));
    });
    pen.mat(body.paint.timber);
    for side in [-1.0, 1.0f32] {
        let drop = h / (0.5 * w) * 0.45;
        let a = Vec3::new(0.5 * w + side * (0.5 * w + 0.45), y - drop, z + 0.56);
        let b = Vec3::new(0.5 * w, y + h, z + 0.56);
        pen.add(&beam(a, b, Vec2::new(0.07, 0.26), 0.01));
    }
}

fn crenellated(pen: &mut Pen, body: &Body) {
    parapet(pen, body, 0.7);
    let (w, y, z) = (body.plot.width, body.top() + 0.7, front(body));
    pen.mat(body.paint.wall);
    let n = ((w / 1.4) as u32).max(2);
    for i in 0..n {
        let x = w * (i as f32 + 0.25) / n as f32;
        pen.block(Vec3::new(x, y, z - WALL), Vec3::new(x + 0.5 * w / n as f32, y + 0.8, z), 0.03);
    }
}

/// A hipped roof whose slopes swing up at the corners.
pub(crate) fn curved_hip(pen: &mut Pen, min: Vec2, max: Vec2, y: f32, rise: f32, over: f32) {
    let (lo, hi) = (min - Vec2::splat(over), max + Vec2::splat(over));
    let size = hi - lo;
    let ridge = 0.5 * size.min_element();
    let height = |x: f32, z: f32| {
        let inset = (x - lo.x).min(hi.x - x).min(z - lo.y).min(hi.y - z).max(0.0) / ridge;
        let corner = {
            let (cx, cz) = ((2.0 * (x - lo.x) / size.x - 1.0).abs(), (2.0 * (z - lo.y) / size.y - 1.0).abs());
            (cx * cz).powi(6)
        };
        y - 0.35 * over + rise * (0.55 * inset + 0.45 * inset * inset) + 0.45 * over * corner
    };
    pen.crease(35.0);
    pen.add(&slab([20, 20], 0.14, |u, v| {
        let (x, z) = (lo.x + size.x * u, hi.y - size.y * v);
        Vec3::new(x, height(x, z), z)
    }));
    pen.crease(45.0);
    let long_x = size.x >= size.y;
    let (a, b) = if long_x {
        (Vec3::new(lo.x + ridge, 0.0, 0.5 * (lo.y + hi.y)), Vec3::new(hi.x - ridge, 0.0, 0.5 * (lo.y + hi.y)))
    } else {
        (Vec3::new(0.5 * (lo.x + hi.x), 0.0, lo.y + ridge), Vec3::new(0.5 * (lo.x + hi.x), 0.0, hi.y - ridge))
    };
    let top = y - 0.35 * over + rise + 0.1;
    let lift = Vec3::Y * top;
    let along = (b - a).normalize_or(Vec3::X) * 0.5;
    pen.add(&beam(a - along + lift, b + along + lift, Vec2::new(0.3, 0.36), 0.05));
}

fn eaves(pen: &mut Pen, body: &Body) {
    let (w, y, z) = (body.plot.width, body.top(), front(body));
    let span = (z + body.plot.depth).min(w);
    let h = rise(body, span).max(1.2);
    pen.mat(body.paint.roof);
    curved_hip(pen, Vec2::new(0.0, -body.plot.depth), Vec2::new(w, z), y, h, 0.95);
    if body.plot.floors > 1 {
        // A lean-to roof over the ground floor.
        let (base, deep) = (body.floor(1) - 0.1, 1.1);
        pen.add(&slab([14, 5], 0.11, |u, v| {
            let curve = 0.55 * v + 0.2 * v * v + 0.12 * (2.0 * u - 1.0).powi(6) * (1.0 - v);
            Vec3::new(-0.5 + (w + 1.0) * u, base - 0.25 + curve, z + deep * (1.0 - v))
        }));
    }
    pen.mat(body.paint.timber);
    let n = (w / 0.6) as u32;
    for i in 0..=n {
        let x = w * i as f32 / n.max(1) as f32;
        pen.block(Vec3::new(x - 0.04, y - 0.32, z - 0.3), Vec3::new(x + 0.04, y - 0.2, z + 0.75), 0.0);
    }
}

fn dome(pen: &mut Pen, body: &Body) {
    parapet(pen, body, 0.6);
    let (w, y) = (body.plot.width, body.top());
    let r = 0.36 * w.min(body.plot.depth);
    let center = Vec3::new(0.5 * w, y, -0.4 * body.plot.depth);
    pen.mat(body.paint.wall);
    pen.add(&cylinder(1.05 * r, 0.8, 28, 0.04).at(center.x, center.y, center.z));
    pen.mat(body.paint.roof);
    let profile: Vec<Vec2> = (0..=10)
        .map(|i| Vec2::from_angle(std::f32::consts::FRAC_PI_2 * i as f32 / 10.0))
        .map(|p| Vec2::new(p.x.max(0.0) * r, p.y * r))
        .collect();
    let mut profile = profile;
    if let Some(last) = profile.last_mut() {
        last.x = 0.0;
    }
    pen.add(&gesamt_mesh::shapes::lathe(&profile, 28).at(center.x, center.y + 0.8, center.z));
    pen.mat(body.paint.trim);
    pen.add(&cylinder(0.09 * r, 0.5 * r, 8, 0.01).at(center.x, center.y + 0.8 + 0.98 * r, center.z));
}

fn sawtooth(pen: &mut Pen, body: &Body) {
    parapet(pen, body, 0.5);
    let (w, y, depth) = (body.plot.width, body.top(), body.plot.depth);
    let n = ((w / 4.0).round() as u32).max(1);
    for i in 0..n {
        let (a, b) = (w * i as f32 / n as f32, w * (i + 1) as f32 / n as f32);
        let tooth = [Vec2::new(a, y), Vec2::new(b, y), Vec2::new(a, y + 2.2)];
        pen.mat(body.paint.roof);
        pen.add(&gesamt_mesh::shapes2::extrude(&tooth, depth - 0.5, 0.0).at(0.0, 0.0, -0.5 * depth));
        pen.mat(body.paint.dark);
        pen.quad([
            Vec3::new(a - 0.02, y + 0.4, -depth + 0.5),
            Vec3::new(a - 0.02, y + 0.4, -0.6),
            Vec3::new(a - 0.02, y + 2.0, -0.6),
            Vec3::new(a - 0.02, y + 2.0, -depth + 0.5),
        ]);
    }
}

fn false_front(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    let (w, y, z) = (body.plot.width, body.top(), front(body));
    let h = rng.range(1.2, 2.2);
    pen.mat(body.paint.wall);
    let outline = match rng.below(3) {
        0 => vec![Vec2::new(0.0, y), Vec2::new(w, y), Vec2::new(w, y + h), Vec2::new(0.0, y + h)],
        1 => vec![
            Vec2::new(0.0, y),
            Vec2::new(w, y),
            Vec2::new(w, y + 0.6 * h),
            Vec2::new(0.75 * w, y + 0.6 * h),
            Vec2::new(0.75 * w, y + 1.1 * h),
            Vec2::new(0.25 * w, y + 1.1 * h),
            Vec2::new(0.25 * w, y + 0.6 * h),
            Vec2::new(0.0, y + 0.6 * h),
        ],
        _ => vec![
            Vec2::new(0.0, y),
            Vec2::new(w, y),
            Vec2::new(w, y + 0.7 * h),
            Vec2::new(0.5 * w, y + 1.3 * h),
            Vec2::new(0.0, y + 0.7 * h),
        ],
    };
    pen.add(&gesamt_mesh::shapes2::extrude(&outline, 0.2, 0.0).at(0.0, 0.0, z - 0.1));
    pen.mat(body.paint.trim);
    for pair in outline.windows(2).skip(1) {
        let (a, b) = (pair[0].extend(z + 0.03), pair[1].extend(z + 0.03));
        pen.add(&beam(a, b, Vec2::new(0.34, 0.13), 0.02));
    }
    if body.population > 0.1 || rng.chance(0.6) {
        let sign = body.paint.signs[rng.below(body.paint.signs.len())];
        pen.mat(sign);
        pen.block(Vec3::new(0.15 * w, y - 0.05, z - 0.02), Vec3::new(0.85 * w, y + 0.55 * h, z + 0.06), 0.01);
    }
    pen.mat(body.paint.roof);
    pen.placed(Vec3::new(0.5 * w, 0.0, 0.0), std::f32::consts::FRAC_PI_2, |p| {
        slopes(p, [-z + 0.25, body.plot.depth], y, [-0.5 * w, 0.5 * w], 1.3, 0.25, 0.1);
    });
}

fn terrace(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    parapet(pen, body, 0.5);
    let (w, y, depth) = (body.plot.width, body.top(), body.plot.depth);
    pen.mat(body.paint.leaves);
    for i in 0..(w * 2.2) as u32 {
        let at = Vec3::new(i as f32 / 2.2, y + 0.45, front(body) - rng.range(0.0, 0.7));
        super::ornament::leafy(pen, at, Vec3::splat(rng.range(0.3, 0.7)), rng);
    }
    // Solar panels tilted to the sky.
    pen.mat(body.paint.dark);
    let n = (w / 2.2) as u32;
    for i in 0..n {
        let x = 0.4 + i as f32 * 2.2;
        let (a, b) = (Vec3::new(x + 0.9, y + 0.8, -0.25 * depth), Vec3::new(x + 0.9, y + 2.0, -0.5 * depth));
        pen.add(&beam(a, b, Vec2::new(1.9, 0.06), 0.01));
    }
}

fn shell(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    let (w, y, depth) = (body.plot.width, body.top(), body.plot.depth);
    let (h, seed) = (rng.range(0.5, 1.1) * w.min(8.0), rng.next_u64() as u32);
    pen.mat(body.paint.roof).crease(80.0);
    let half = Vec3::new(0.62 * w, h, 0.62 * depth);
    let skin = blob(3, |d| 1.0 + 0.12 * gesamt_mesh::noise::fbm(d * 2.2, 2, seed)).mapped(|p| p * half);
    pen.add(&skin.at(0.5 * w, y - 0.1 * h, -0.5 * depth));
    pen.crease(45.0);
}

fn mansard(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    let (w, y, z, depth) = (body.plot.width, body.top(), front(body), body.plot.depth);
    parapet(pen, body, 0.25);
    pen.mat(body.paint.roof);
    let (h, inset) = (2.8, 0.9);
    let low = [
        Vec3::new(0.05, y, z - 0.1),
        Vec3::new(w - 0.05, y, z - 0.1),
        Vec3::new(w - 0.05, y, -depth),
        Vec3::new(0.05, y, -depth),
    ];
    let high = [
        Vec3::new(inset, y + h, z - inset),
        Vec3::new(w - inset, y + h, z - inset),
        Vec3::new(w - inset, y + h, inset - depth),
        Vec3::new(inset, y + h, inset - depth),
    ];
    pen.add(&gesamt_mesh::shapes2::loft(&[low.to_vec(), high.to_vec()]));
    pen.mat(body.paint.trim);
    pen.block(
        Vec3::new(inset - 0.1, y + h - 0.02, inset - depth - 0.1),
        Vec3::new(w - inset + 0.1, y + h + 0.15, z - inset + 0.1),
        0.03,
    );
    let n = ((w / 2.7).round() as u32).max(1);
    for i in 0..n {
        let x = w * (i as f32 + 0.5) / n as f32;
        pen.mat(body.paint.trim);
        pen.block(Vec3::new(x - 0.6, y + 0.35, z - 1.3), Vec3::new(x + 0.6, y + 1.9, z - 0.15), 0.03);
        pen.mat(body.paint.pane(rng));
        let f = z - 0.14;
        pen.quad([
            Vec3::new(x - 0.4, y + 0.5, f),
            Vec3::new(x + 0.4, y + 0.5, f),
            Vec3::new(x + 0.4, y + 1.7, f),
            Vec3::new(x - 0.4, y + 1.7, f),
        ]);
    }
}

fn chimney(pen: &mut Pen, body: &Body, kind: Roof, rng: &mut Rng) {
    let (w, y) = (body.plot.width, body.top());
    let tall = match kind {
        Roof::Gable | Roof::GableFront => rise(body, w.min(body.plot.depth)) + 0.9,
        Roof::Mansard => 4.6,
        _ => 3.2,
    };
    let x = if rng.chance(0.5) { 0.2 * w } else { 0.8 * w };
    let z = -body.plot.depth * rng.range(0.25, 0.6);
    pen.mat(body.paint.base);
    pen.add(&standing_box(Vec3::new(0.85, tall, 0.7), 0.03).at(x, y - 0.1, z));
    pen.add(&standing_box(Vec3::new(1.0, 0.22, 0.85), 0.04).at(x, y + tall - 0.35, z));
    pen.mat(body.paint.roof);
    for dx in [-0.2, 0.2] {
        pen.add(&cylinder(0.13, 0.45, 10, 0.02).at(x + dx, y + tall - 0.1, z));
    }
}
