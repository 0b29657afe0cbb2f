//! Chairs of every dialect.

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{lathe, slab};
use gesamt_mesh::shapes2::{extrude, oriented, rounded_box};
use gesamt_world::Genre;
use glam::{Quat, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn chair(p: &mut Pen) {
    let (w, seat) = (p.size("width", 0.42, 0.56), 0.45);
    let back = seat + p.size("height", 0.42, 0.85);
    let d = 0.46;
    match p.dialect() {
        Dialect::Sleek | Dialect::Neon => {
            let base = [v2(0.26, 0.0), v2(0.25, 0.03), v2(0.06, 0.06), v2(0.045, seat - 0.08), v2(0.14, seat - 0.03)];
            p.put(Part::Frame, &lathe(&base, 18));
            let shell = slab([10, 12], 0.04, |x, y| {
                let t = 1.0 - y;
                let (up, deep) = if t < 0.5 { (0.0, 0.5 - t) } else { ((t - 0.5) * 2.0, 0.0) };
                let curl = 0.08 * (2.0 * x - 1.0).powi(2);
                v((x - 0.5) * w * 1.1, seat + up * (back - seat) + curl, (deep - 0.25) * 2.0 * 0.46 - 0.1 * up + curl)
            });
            p.crease(80.0).put(Part::Main, &oriented(shell)).crease(50.0);
            p.put_at(Part::Cloth, &rounded_box(v(0.8 * w, 0.06, 0.36), 0.028, 2), v(0.0, seat + 0.03, 0.03));
            p.bx(Part::Glow, v(0.0, back - 0.06, -0.36), v(0.5 * w, 0.02, 0.03));
        }
        Dialect::Organic => super::grown::bench(p, w + 0.1, seat),
        Dialect::Japan => {
            // A legless seat on the floor: zaisu with its cushion.
            p.put_at(Part::Cloth, &rounded_box(v(w + 0.1, 0.09, 0.52), 0.04, 2), v(0.0, 0.085, 0.06));
            p.bx(Part::Main, Vec3::ZERO, v(w, 0.04, 0.5));
            p.turned(v(0.0, 0.02, -0.23), Quat::from_rotation_x(-0.22), |p| {
                let tall = back - seat;
                for s in [-1.0, 1.0] {
                    p.bx(Part::Frame, v(s * (0.5 * w - 0.03), 0.0, 0.0), v(0.05, tall, 0.035));
                }
                p.bx(Part::Frame, v(0.0, tall - 0.06, 0.0), v(w, 0.08, 0.04));
                for k in 0..5 {
                    let x = (k as f32 - 2.0) * (w - 0.12) / 5.0;
                    p.chip(Part::Main, v(x, 0.02, 0.0), v(0.035, tall - 0.06, 0.018));
                }
            });
        }
        _ => joiner_chair(p, w, d, seat, back),
    }
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * d), v(0.5 * w, seat, 0.5 * d)));
    let b = p.bounds();
    p.hull(Hull::cuboid(v(-0.5 * w, seat, b.min.z), v(0.5 * w, b.max.y, -0.3 * d)));
    p.socket("Seat", v(0.0, seat + 0.03, 0.0), 0.0);
}

/// Height of the stretchers between the legs of a chair.
const STRETCHER: f32 = 0.18;

fn joiner_chair(p: &mut Pen, w: f32, d: f32, seat: f32, back: f32) {
    let metal = matches!(p.dialect(), Dialect::Metal | Dialect::Steam);
    let rake = v(0.0, 0.0, -0.1);
    for s in [-1.0, 1.0] {
        let (x, zf, zb) = (s * (0.5 * w - 0.03), 0.5 * d - 0.04, -0.5 * d + 0.04);
        if metal {
            p.rod(Part::Frame, v(x, 0.0, zf), v(x, seat, zf), 0.02);
            p.rod(Part::Frame, v(x, 0.0, zb - 0.03), v(x, back, zb - 0.1), 0.02);
        } else {
            p.beam(Part::Frame, v(x, 0.0, zf), v(x, seat, zf), 0.05, 0.05);
            p.beam(Part::Frame, v(x, 0.0, zb), v(x, back, zb) + rake, 0.05, 0.05);
            p.finial(v(x, back, zb) + rake, 0.028);
        }
        // The back legs lean away from the seat: the stretcher ends inside them.
        let lean = if metal { 0.043 } else { 0.1 * STRETCHER / back };
        p.rail(v(x, STRETCHER, zf), v(x, STRETCHER, zb - lean), 0.03);
        p.bx(Part::Frame, v(x, seat - 0.07, 0.0), v(0.035, 0.07, d - 0.08));
    }
    let tenon = 0.5 * w - 0.03 - 0.015 + 0.02;
    p.rail(v(-tenon, STRETCHER, 0.0), v(tenon, STRETCHER, 0.0), 0.026);
    p.bxb(Part::Main, v(0.0, seat - 0.01, 0.01), v(w + 0.02, 0.04, d), 0.015);
    if p.style.genre == Genre::GothicHorror || p.style.genre == Genre::FairyTale || p.style.genre == Genre::Noir {
        p.put_at(Part::Cloth, &rounded_box(v(w - 0.05, 0.08, d - 0.06), 0.036, 2), v(0.0, seat + 0.05, 0.01));
    }
    let at = |y: f32| v(0.0, y, -0.5 * d + 0.04 - 0.1 * (y - seat) / (back - seat) - 0.015);
    match p.style.genre {
        Genre::GothicHorror => {
            let arch = [
                v2(-0.5 * w + 0.05, 0.0),
                v2(0.5 * w - 0.05, 0.0),
                v2(0.5 * w - 0.05, 0.7 * (back - seat)),
                v2(0.0, 1.15 * (back - seat)),
                v2(-0.5 * w + 0.05, 0.7 * (back - seat)),
            ];
            p.turned(at(seat + 0.1), Quat::from_rotation_x(-0.14), |p| {
                p.put(Part::Main, &extrude(&arch, 0.03, 0.006));
                p.bx(Part::Cloth, v(0.0, 0.08, 0.016), v(w - 0.2, 0.5 * (back - seat), 0.02));
            });
        }
        Genre::Western | Genre::Ancient | Genre::Nautical => {
            for k in 0..3 {
                let y = seat + (back - seat) * (0.3 + 0.28 * k as f32);
                p.bx(Part::Main, at(y), v(w - 0.07, 0.07, 0.02));
            }
        }
        _ => {
            let n = if metal { 3 } else { 5 };
            for k in 0..n {
                let x = ((k as f32 + 0.5) / n as f32 - 0.5) * (w - 0.12);
                if !p.broken(0.3) {
                    p.rod(Part::Main, at(seat) + v(x, 0.0, 0.0), at(back - 0.06) + v(x, 0.0, 0.0), 0.012);
                }
            }
            p.bx(Part::Frame, at(back - 0.1), v(w - 0.04, 0.1, 0.03));
        }
    }
}
