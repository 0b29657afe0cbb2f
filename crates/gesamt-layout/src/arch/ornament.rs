//! What breaks the silhouette of a facade: shops, doors, signs, awnings, pipes, balconies, vines.

use gesamt_mesh::noise::gradient;
use gesamt_mesh::shapes::{blob, cylinder, slab, standing_box, tube};
use gesamt_mesh::shapes2::{beam, rod};
use gesamt_world::Rng;
use glam::{Vec2, Vec3};

use super::building::{Body, Plot};
use super::dialect::{Dialect, WindowStyle};
use super::window::{Bay, WALL};
use crate::pen::Pen;
use crate::stage::Stage;

/// A bay of the ground floor that opens to the street: glazing or shutter, stall riser, lintel, awning and board.
pub(crate) fn shop_front(pen: &mut Pen, body: &Body, rect: Bay, is_door: bool, rng: &mut Rng) {
    let (x0, x1, y1, z) = (rect.x[0], rect.x[1], rect.y[1], rect.z);
    let head = 0.72 * y1;
    pen.mat(body.paint.base);
    pen.block(Vec3::new(x0, 0.0, z - WALL), Vec3::new(x0 + 0.22, y1, z), 0.0);
    pen.block(Vec3::new(x1 - 0.22, 0.0, z - WALL), Vec3::new(x1, y1, z), 0.0);
    pen.block(Vec3::new(x0 + 0.22, head, z - WALL), Vec3::new(x1 - 0.22, y1, z), 0.0);
    let closed = rng.chance(0.75 - body.population);
    let (a, b, deep) = (x0 + 0.22, x1 - 0.22, z - 0.28);
    let riser = if is_door { 0.02 } else { 0.5 };
    pen.mat(body.paint.trim);
    pen.block(Vec3::new(a, 0.0, deep - 0.04), Vec3::new(b, riser, z - 0.1), 0.0);
    if closed {
        // A roller shutter or board doors.
        pen.mat(if body.d.timber { body.paint.timber } else { body.paint.metal });
        let n = 9;
        for i in 0..n {
            let (lo, hi) =
                (riser + (head - riser) * i as f32 / n as f32, riser + (head - riser) * (i + 1) as f32 / n as f32);
            pen.block(Vec3::new(a, lo, deep), Vec3::new(b, hi - 0.015, deep + 0.06), 0.02);
        }
    } else {
        let pane = body.paint.lit[rng.below(body.paint.lit.len())];
        let lit = body.paint.lit_share > 0.02 && rng.chance(0.35 + 0.6 * body.population);
        pen.mat(if lit { pane } else { body.paint.dark });
        let y = [riser, head];
        pen.quad([
            Vec3::new(a, y[0], deep),
            Vec3::new(b, y[0], deep),
            Vec3::new(b, y[1], deep),
            Vec3::new(a, y[1], deep),
        ]);
        pen.mat(body.paint.trim);
        for t in [0.0, 0.5, 1.0] {
            let x = a + (b - a) * t;
            pen.block(Vec3::new(x - 0.035, y[0], deep), Vec3::new(x + 0.035, y[1], deep + 0.07), 0.0);
        }
        pen.block(Vec3::new(a, head - 0.5, deep), Vec3::new(b, head - 0.44, deep + 0.06), 0.0);
        if !is_door && lit {
            goods(pen, body, [a, b], riser, z - 0.2, rng);
        }
    }
    if rng.chance(body.d.awnings) {
        awning(pen, body, [x0 + 0.05, x1 - 0.05], head + 0.25, z, rng);
    } else if rng.chance(body.d.signs) {
        let sign = body.paint.signs[rng.below(body.paint.signs.len())];
        pen.mat(body.paint.trim);
        pen.block(Vec3::new(x0 + 0.15, head + 0.12, z - 0.02), Vec3::new(x1 - 0.15, y1 - 0.12, z + 0.1), 0.02);
        pen.mat(sign);
        let f = z + 0.106;
        pen.quad([
            Vec3::new(x0 + 0.22, head + 0.2, f),
            Vec3::new(x1 - 0.22, head + 0.2, f),
            Vec3::new(x1 - 0.22, y1 - 0.2, f),
            Vec3::new(x0 + 0.22, y1 - 0.2, f),
        ]);
    }
}

fn goods(pen: &mut Pen, body: &Body, x: [f32; 2], y: f32, z: f32, rng: &mut Rng) {
    for _ in 0..5 {
        pen.mat(if rng.chance(0.5) { body.paint.cloth } else { body.paint.timber });
        let size = Vec3::new(rng.range(0.15, 0.4), rng.range(0.15, 0.45), 0.14);
        let at = rng.range(x[0] + 0.25, (x[1] - 0.25).max(x[0] + 0.26));
        pen.add(&standing_box(size, 0.02).at(at, y, z));
    }
}

fn awning(pen: &mut Pen, body: &Body, x: [f32; 2], y: f32, z: f32, rng: &mut Rng) {
    let deep = rng.range(0.9, 1.5);
    let torn = body.decay * rng.unit() > 0.45;
    let stripes = 6;
    for s in 0..stripes {
        if torn && rng.chance(0.4) {
            continue;
        }
        pen.mat(if s % 2 == 0 { body.paint.cloth } else { body.paint.cloth2 });
        let (a, b) = (x[0] + (x[1] - x[0]) * s as f32 / 6.0, x[0] + (x[1] - x[0]) * (s + 1) as f32 / 6.0);
        pen.add(&slab([1, 4], 0.012, |u, v| {
            let hang = (1.0 - v) * (1.0 - v);
            let drop = if v < 0.01 { 0.16 } else { 0.0 };
            Vec3::new(a + (b - a) * u, y - 0.42 * hang - 0.05 * (1.0 - v) - drop, z + deep * (1.0 - v).powf(0.9))
        }));
    }
    pen.mat(body.paint.metal);
    for end in x {
        pen.add(&rod(Vec3::new(end, y, z), Vec3::new(end, y - 0.45, z + deep), 0.018, 5));
    }
}

/// A bay with a door.
pub(crate) fn door(pen: &mut Pen, body: &Body, rect: Bay, rng: &mut Rng) {
    let (x0, x1, y1, z) = (rect.x[0], rect.x[1], rect.y[1], rect.z);
    let middle = 0.5 * (x0 + x1);
    let half = 0.55f32.min(0.36 * (x1 - x0));
    let head = 2.25f32.min(0.85 * y1);
    let back = z - WALL;
    pen.mat(body.paint.base);
    pen.block(Vec3::new(x0, 0.0, back), Vec3::new(middle - half, y1, z), 0.0);
    pen.block(Vec3::new(middle + half, 0.0, back), Vec3::new(x1, y1, z), 0.0);
    pen.block(Vec3::new(middle - half, head, back), Vec3::new(middle + half, y1, z), 0.0);
    pen.mat(body.paint.timber);
    let ajar = if rng.chance(0.25 + 0.4 * body.decay) { rng.range(0.2, 0.9) } else { 0.0 };
    pen.placed(Vec3::new(middle - half, 0.0, z - 0.22), ajar, |p| {
        for i in 0..5 {
            let (a, b) = (2.0 * half * i as f32 / 5.0, 2.0 * half * (i + 1) as f32 / 5.0);
            p.block(Vec3::new(a, 0.06, 0.0), Vec3::new(b - 0.012, head, 0.06), 0.012);
        }
    });
    pen.mat(body.paint.trim);
    pen.block(Vec3::new(middle - half - 0.16, 0.0, z - 0.2), Vec3::new(middle - half, head + 0.16, z + 0.06), 0.02);
    pen.block(Vec3::new(middle + half, 0.0, z - 0.2), Vec3::new(middle + half + 0.16, head + 0.16, z + 0.06), 0.02);
    pen.block(
        Vec3::new(middle - half - 0.2, head, z - 0.2),
        Vec3::new(middle + half + 0.2, head + 0.2, z + 0.09),
        0.02,
    );
    pen.mat(body.paint.base);
    pen.block(Vec3::new(middle - half - 0.35, -0.3, z - 0.1), Vec3::new(middle + half + 0.35, 0.14, z + 0.5), 0.03);
}

/// Everything that is hung on a facade.
pub(crate) fn ornaments(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    let d = body.d;
    if d.signs > 0.2 {
        signs(pen, body, rng);
    }
    if rng.chance(d.pipes) {
        pipes(pen, body, rng);
    }
    if d.boxes > 0.0 {
        boxes(pen, body, rng);
    }
    if d.balconies > 0.0 {
        balconies(pen, body, rng);
    }
    if rng.chance(d.columns) {
        colonnade(pen, body);
    }
    if rng.chance(d.porch) {
        porch(pen, body);
    }
    if rng.chance(d.buttresses) {
        buttresses(pen, body);
    }
    if rng.chance(d.vines) {
        vines(pen, body, rng);
    }
}

fn signs(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    let neon = body.d.cables > 0.9;
    let n = if neon { 1 + rng.below(3) } else { usize::from(rng.chance(body.d.signs)) };
    for _ in 0..n {
        let x = rng.range(0.3, (body.plot.width - 0.3).max(0.4));
        let sign = body.paint.signs[rng.below(body.paint.signs.len())];
        let z = body.plane(1);
        let (w, h) =
            if neon { (rng.range(0.5, 1.0), rng.range(1.6, 4.5)) } else { (rng.range(0.6, 0.9), rng.range(0.45, 0.8)) };
        let y = if neon { rng.range(3.2, (body.top() - h).max(3.3)) } else { body.floor(1) - 0.9 };
        let out = z + 0.18;
        // A blade across the street: readable from along it.
        pen.mat(body.paint.metal);
        pen.block(Vec3::new(x - 0.07, y, out), Vec3::new(x + 0.07, y + h, out + w), 0.02);
        for level in [y + 0.12, y + h - 0.12] {
            pen.add(&rod(Vec3::new(x, level, z - 0.05), Vec3::new(x, level, out + 0.1), 0.02, 5));
        }
        pen.mat(sign);
        for side in [-1.0, 1.0f32] {
            let f = x + side * 0.075;
            let (za, zb) = if side > 0.0 { (out + w - 0.05, out + 0.05) } else { (out + 0.05, out + w - 0.05) };
            pen.quad([
                Vec3::new(f, y + 0.05, za),
                Vec3::new(f, y + 0.05, zb),
                Vec3::new(f, y + h - 0.05, zb),
                Vec3::new(f, y + h - 0.05, za),
            ]);
        }
    }
    if neon && rng.chance(0.5) && body.is_whole() {
        // A band of light along a storey.
        pen.mat(body.paint.signs[rng.below(body.paint.signs.len())]);
        let (y, z) = (body.floor(1 + rng.below(2) as u32) - 0.06, body.plane(0) + 0.12);
        pen.add(&rod(Vec3::new(0.2, y, z), Vec3::new(body.plot.width - 0.2, y, z), 0.03, 6));
    }
}

fn pipes(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    pen.mat(body.paint.metal);
    for _ in 0..1 + rng.below(3) {
        let x = if rng.chance(0.6) { rng.range(0.05, 0.3) } else { body.plot.width - rng.range(0.05, 0.3) };
        let (r, z) = (rng.range(0.04, 0.11), body.plane(body.plot.floors) + 0.13);
        let top = body.top() * rng.range(0.6, 1.0);
        let bend = Vec3::new(x, 0.25, z + 0.25);
        let path = [bend, Vec3::new(x, 0.5, z), Vec3::new(x, 0.6 * top, z), Vec3::new(x, top, z)];
        pen.crease(60.0).add(&tube(&path, &[r; 4], 8)).crease(45.0);
        let mut y = 1.2;
        while y < top {
            pen.add(&cylinder(r * 1.35, 0.1, 8, 0.01).at(x, y, z));
            y += 2.4;
        }
    }
    if rng.chance(0.6) {
        let (y, z, r) = (body.floor(1) + rng.range(-0.5, 0.2), body.plane(0) + 0.16, rng.range(0.05, 0.1));
        pen.add(&rod(Vec3::new(0.1, y, z), Vec3::new(body.plot.width - 0.1, y, z), r, 8));
    }
}

fn boxes(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    for storey in 1..body.plot.floors {
        for index in 0..body.bays.len() - 1 {
            if storey >= body.standing[index] || !rng.chance(0.3 * body.d.boxes) {
                continue;
            }
            let (x, y, z) = (body.bays[index] + 0.45, body.floor(storey) + 0.15, body.plane(storey));
            pen.mat(body.paint.metal);
            pen.block(Vec3::new(x - 0.4, y, z + 0.04), Vec3::new(x + 0.4, y + 0.58, z + 0.42), 0.03);
            pen.add(&cylinder(0.2, 0.03, 12, 0.0).transformed(glam::Affine3A::from_rotation_translation(
                glam::Quat::from_rotation_x(std::f32::consts::FRAC_PI_2),
                Vec3::new(x, y + 0.29, z + 0.42),
            )));
            pen.block(Vec3::new(x - 0.3, y - 0.2, z - 0.02), Vec3::new(x - 0.26, y, z + 0.4), 0.0);
            pen.block(Vec3::new(x + 0.26, y - 0.2, z - 0.02), Vec3::new(x + 0.3, y, z + 0.4), 0.0);
        }
    }
}

fn balconies(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    let planted = body.d.vines > 0.6;
    for storey in 1..body.plot.floors {
        if !rng.chance(0.6 * body.d.balconies) {
            continue;
        }
        let n = body.bays.len() - 1;
        let (i, j) = if planted {
            (0, n)
        } else {
            let k = rng.below(n);
            (k, k + 1)
        };
        if (i..j).any(|k| storey >= body.standing[k]) {
            continue;
        }
        let (x0, x1) = (body.bays[i] + 0.08, body.bays[j] - 0.08);
        let (y, z, deep) = (body.floor(storey), body.plane(storey), rng.range(0.8, 1.3));
        pen.mat(body.paint.trim);
        pen.block(Vec3::new(x0, y - 0.06, z - 0.05), Vec3::new(x1, y + 0.07, z + deep), 0.02);
        pen.mat(body.paint.metal);
        pen.add(&rod(Vec3::new(x0, y + 1.0, z + deep - 0.05), Vec3::new(x1, y + 1.0, z + deep - 0.05), 0.025, 6));
        let bars = ((x1 - x0) / 0.16) as u32;
        for k in 0..=bars {
            let x = x0 + (x1 - x0) * k as f32 / bars.max(1) as f32;
            let r = if k % 6 == 0 || k == bars { 0.025 } else { 0.01 };
            pen.block(
                Vec3::new(x - r, y + 0.07, z + deep - 0.05 - r),
                Vec3::new(x + r, y + 1.0, z + deep - 0.05 + r),
                0.0,
            );
        }
        for x in [x0, x1] {
            pen.add(&rod(Vec3::new(x, y + 1.0, z), Vec3::new(x, y + 1.0, z + deep - 0.05), 0.02, 5));
        }
        if planted {
            pen.mat(body.paint.leaves);
            let mut x = x0 + 0.2;
            while x < x1 {
                let at = Vec3::new(x, y + 0.9 - rng.range(0.0, 0.3), z + deep - 0.03);
                leafy(pen, at, Vec3::splat(rng.range(0.22, 0.42)), rng);
                x += rng.range(0.3, 0.6);
            }
        } else if rng.chance(0.5 * body.population) {
            pen.mat(if rng.chance(0.5) { body.paint.cloth } else { body.paint.cloth2 });
            let (a, b) = (x0 + 0.3, x0 + 0.3 + 0.8f32.min(x1 - x0 - 0.4));
            pen.add(&slab([4, 5], 0.015, |u, v| {
                Vec3::new(
                    a + (b - a) * u,
                    y + 1.0 - 0.95 * (1.0 - v),
                    z + deep + 0.02 + 0.03 * (9.0 * u).sin() * (1.0 - v),
                )
            }));
        }
        belongings(pen, body, [x0, x1], y + 0.07, [z, z + deep], rng);
        // A ladder between balconies, as on fire escapes.
        if body.d.cornice > 0.9 && storey + 1 < body.plot.floors {
            let x = 0.5 * (x0 + x1);
            for dx in [-0.2, 0.2] {
                let a = Vec3::new(x + dx, y, z + 0.5);
                pen.add(&rod(a, Vec3::new(x + dx + 0.5, y + body.d.storey, z + 0.5), 0.025, 5));
            }
            for s in 1..10 {
                let t = s as f32 / 10.0;
                let p = Vec3::new(x + 0.5 * t, y + body.d.storey * t, z + 0.5);
                pen.add(&rod(p - Vec3::X * 0.2, p + Vec3::X * 0.2, 0.016, 4));
            }
        }
    }
}

/// Pots, a box and a seat on a balcony that is lived on.
fn belongings(pen: &mut Pen, body: &Body, x: [f32; 2], y: f32, z: [f32; 2], rng: &mut Rng) {
    if !rng.chance(0.25 + 0.7 * body.population) {
        return;
    }
    for _ in 0..2 + rng.below(2) {
        let at = Vec3::new(rng.range(x[0] + 0.2, x[1] - 0.2), y, rng.range(z[0] + 0.2, z[1] - 0.25));
        if rng.chance(0.6) {
            let r = rng.range(0.14, 0.3);
            pen.mat(body.paint.roof).add(&cylinder(0.13, 0.28, 10, 0.02).at(at.x, at.y, at.z));
            pen.mat(body.paint.leaves).crease(80.0);
            pen.add(&blob(1, |d| 1.0 + 0.35 * gradient(d * 3.0, 7)).mapped(|p| p * r).at(
                at.x,
                at.y + 0.35 + 0.5 * r,
                at.z,
            ));
            pen.crease(45.0);
        } else {
            pen.mat(body.paint.timber);
            pen.add(&standing_box(Vec3::new(0.42, rng.range(0.3, 0.5), 0.4), 0.02).at(at.x, at.y, at.z));
            pen.block(at + Vec3::new(-0.21, 0.3, -0.21), at + Vec3::new(0.21, 0.85, -0.16), 0.01);
        }
    }
}

fn colonnade(pen: &mut Pen, body: &Body) {
    let (w, top, deep) = (body.plot.width, body.floor(1), 1.6);
    let n = ((w / 2.4).round() as u32).max(2);
    pen.mat(body.paint.trim).crease(40.0);
    for i in 0..=n {
        let x = 0.35 + (w - 0.7) * i as f32 / n as f32;
        column(pen, Vec3::new(x, 0.0, deep - 0.3), 0.27, top - 0.35);
    }
    pen.crease(45.0).block(Vec3::new(0.0, top - 0.36, -0.1), Vec3::new(w, top + 0.1, deep), 0.03);
    pen.block(Vec3::new(-0.1, top + 0.1, -0.1), Vec3::new(w + 0.1, top + 0.28, deep + 0.12), 0.04);
    pen.mat(body.paint.base);
    pen.block(Vec3::new(-0.1, -0.4, 0.0), Vec3::new(w + 0.1, 0.16, deep + 0.2), 0.03);
}

/// A classical column with base, swelling shaft and capital.
pub(crate) fn column(pen: &mut Pen, at: Vec3, radius: f32, height: f32) {
    let (r, h) = (radius, height);
    let profile = [
        (1.35, 0.0),
        (1.4, 0.03),
        (1.35, 0.06),
        (1.1, 0.075),
        (1.0, 0.1),
        (1.01, 0.4),
        (0.94, 0.7),
        (0.84, 0.9),
        (0.95, 0.92),
        (1.2, 0.955),
        (1.25, 0.97),
    ];
    let profile: Vec<Vec2> = profile.iter().map(|(k, t)| Vec2::new(k * r, t * h)).collect();
    pen.add(&gesamt_mesh::shapes::lathe(&profile, 16).at(at.x, at.y, at.z));
    pen.block(at + Vec3::new(-1.4 * r, 0.97 * h, -1.4 * r), at + Vec3::new(1.4 * r, h, 1.4 * r), 0.02);
    pen.block(at + Vec3::new(-1.5 * r, -0.02, -1.5 * r), at + Vec3::new(1.5 * r, 0.02 * h, 1.5 * r), 0.02);
}

fn porch(pen: &mut Pen, body: &Body) {
    let (w, top, deep) = (body.plot.width, body.d.ground_storey - 0.35, 2.0);
    pen.mat(body.paint.timber);
    pen.block(Vec3::new(0.0, -0.2, 0.0), Vec3::new(w, 0.28, deep + 0.1), 0.01);
    let boards = (w / 0.24) as u32;
    for i in 0..boards {
        let x = 0.24 * i as f32;
        pen.block(Vec3::new(x, 0.28, 0.0), Vec3::new(x + 0.225, 0.315, deep + 0.15), 0.008);
    }
    let n = ((w / 2.4).round() as u32).max(1);
    for i in 0..=n {
        let x = 0.12 + (w - 0.24) * i as f32 / n as f32;
        pen.block(Vec3::new(x - 0.08, 0.28, deep - 0.1), Vec3::new(x + 0.08, top, deep + 0.06), 0.015);
        for side in [-1.0, 1.0] {
            if (i > 0 || side > 0.0) && (i < n || side < 0.0) {
                let a = Vec3::new(x, top - 0.55, deep - 0.02);
                let b = Vec3::new(x + side * 0.5, top - 0.04, deep - 0.02);
                pen.add(&beam(a, b, Vec2::new(0.07, 0.09), 0.008));
            }
        }
        if i < n && i != n / 2 && body.d.window != WindowStyle::Lattice {
            let next = 0.12 + (w - 0.24) * (i + 1) as f32 / n as f32;
            for y in [0.75, 1.15] {
                pen.add(&beam(Vec3::new(x, y, deep), Vec3::new(next, y, deep), Vec2::new(0.05, 0.07), 0.006));
            }
        }
    }
    pen.block(Vec3::new(-0.05, top - 0.05, deep - 0.12), Vec3::new(w + 0.05, top + 0.17, deep + 0.08), 0.015);
    pen.mat(body.paint.roof);
    pen.add(&slab([6, 3], 0.09, |u, v| {
        Vec3::new(-0.15 + (w + 0.3) * u, top + 0.1 + 0.55 * v, deep + 0.45 - (deep + 0.45) * v)
    }));
}

fn buttresses(pen: &mut Pen, body: &Body) {
    let z = body.plane(0);
    pen.mat(body.paint.base);
    for &x in &body.bays {
        let h = 0.85 * body.top();
        for (k, deep) in [(0.0, 0.85), (0.45, 0.55), (0.75, 0.3)] {
            let y = h * k;
            let top = h * match k {
                k if k < 0.1 => 0.45,
                k if k < 0.5 => 0.75,
                _ => 1.0,
            };
            pen.block(Vec3::new(x - 0.24, y, z - 0.1), Vec3::new(x + 0.24, top, z + deep), 0.04);
        }
    }
}

fn vines(pen: &mut Pen, body: &Body, rng: &mut Rng) {
    /// Up to this height the single leaves of ivy can be told apart.
    const IVY_NEAR_M: f32 = 5.0;
    pen.mat(body.paint.leaves);
    let n = (body.plot.width * body.d.vines * 9.0) as u32;
    let anchor = rng.range(0.1, 0.9) * body.plot.width;
    for _ in 0..n {
        let spread = rng.normal() * 0.3 * body.plot.width;
        let x = (anchor + spread).clamp(0.0, body.plot.width);
        let near = 1.0 - (x - anchor).abs() / body.plot.width;
        let storeys =
            body.standing[((x / body.plot.width * body.standing.len() as f32) as usize).min(body.standing.len() - 1)];
        let y = rng.unit().powf(1.3) * near * body.floor(storeys);
        let storey = if y < body.d.ground_storey { 0 } else { 1 + ((y - body.d.ground_storey) / body.d.storey) as u32 };
        let half = rng.range(0.16, 0.5) * Vec2::new(1.2, 1.3);
        crate::nature::ivy(pen, Vec3::new(x, y, body.plane(storey) + 0.02), half, y < IVY_NEAR_M, rng);
    }
}

/// A cushion of foliage with loose leaves around it, in the material at hand.
pub(crate) fn leafy(pen: &mut Pen, at: Vec3, half: Vec3, rng: &mut Rng) {
    let seed = rng.next_u64() as u32;
    pen.add(&blob(1, |d| 0.6 * (1.0 + 0.4 * gradient(d * 3.0, seed))).mapped(|p| p * half).at(at.x, at.y, at.z));
    let mut loose = crate::nature::Leaves::default();
    let size = (0.22 * half.max_element() + 0.045).min(0.16);
    for k in 0..34 {
        let d = Vec3::new(rng.normal(), rng.normal(), rng.normal().abs()).normalize_or(Vec3::Y);
        // Some shoots hang over the edge.
        let fall = if k % 5 == 0 { Vec3::Y * half.y * rng.range(0.2, 1.3) } else { Vec3::ZERO };
        loose.outward(at + d * half * rng.range(0.7, 1.05) - fall, at, size, rng);
    }
    pen.mesh(&loose.finish());
}

/// Lamps beside doors and under awnings of lived-in houses after dark.
pub(crate) fn lamps(stage: &mut Stage, d: &Dialect, plot: &Plot, rng: &mut Rng) {
    let world = stage.world;
    if stage.skin.lit < 0.5 || !rng.chance(0.25 + 0.6 * world.condition.population) {
        return;
    }
    let group = if stage.skin.is_electric { gesamt_mesh::LightGroup::Steady } else { gesamt_mesh::LightGroup::Fire };
    let color = stage.skin.lamp_color();
    let bulb = stage.glow(gesamt_world::MaterialKind::Emissive, color, 9.0, group);
    let iron = stage.kind(gesamt_world::MaterialKind::DarkMetal);
    let x = plot.width * rng.range(0.25, 0.75);
    let z = 0.32;
    let y = 2.35 + 0.25 * rng.unit();
    let mut pen = Pen::new(iron);
    let mut position = Vec3::ZERO;
    pen.placed(plot.at, plot.yaw, |p| {
        p.add(&rod(Vec3::new(x, y + 0.3, 0.0), Vec3::new(x, y + 0.3, z), 0.018, 5));
        p.add(&rod(Vec3::new(x, y + 0.3, z), Vec3::new(x, y + 0.18, z), 0.012, 5));
        p.add(&gesamt_mesh::shapes::cone(0.16, 0.05, 0.1, 8).at(x, y + 0.1, z));
        p.mat(bulb);
        p.add(&gesamt_mesh::shapes::sphere(0.075, 6, 8).at(x, y + 0.03, z));
        position = p.to_world(Vec3::new(x, y - 0.12, z + 0.06));
    });
    stage.add(pen);
    if d.porch < 0.9 || rng.chance(0.5) {
        stage.lamp(position, 0.06, color, 1.9 * stage.skin.lit, group);
    }
}
