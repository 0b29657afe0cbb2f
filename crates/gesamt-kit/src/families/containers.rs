//! Containers, chests and pods.

use std::f32::consts::{PI, TAU};

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{blob, cylinder, lathe, slab, sphere, tube};
use gesamt_mesh::shapes2::{extrude, hoop, oriented, rounded_box, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

pub(crate) fn container(p: &mut Pen) {
    let (w, h, d) = (p.size("width", 2.2, 2.8), p.size("height", 2.2, 2.8), 2.4);
    let (size, edge) = match p.dialect() {
        Dialect::Timber | Dialect::Japan | Dialect::Steam => {
            let size = v(0.62 * w, 0.42 * h, 0.4 * d);
            chest(p, size.x, size.y, size.z);
            (size, 0.62)
        }
        Dialect::Organic => {
            let size = v(0.72 * w, 0.48 * h, 0.5 * d);
            p.solid(|p| super::husks::chest(p, size));
            (size, 0.66)
        }
        _ => {
            shipping(p, w, h, d);
            (v(w, h, d), 1.0)
        }
    };
    // What hangs over a chest hangs from the seam of its lid.
    p.overgrow_foot(size.x, size.z);
    let inward = if edge < 1.0 { 0.045 } else { 0.0 };
    p.overgrow_edge(size.x * edge, size.y * edge, 0.5 * size.z - inward);
}

fn shipping(p: &mut Pen, w: f32, h: f32, d: f32) {
    let (x, z) = (0.5 * w, 0.5 * d);
    let post = 0.14;
    p.solid(|p| {
        for (sx, sz) in [(-1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)] {
            p.bxb(Part::Frame, v(sx * (x - 0.5 * post), 0.0, sz * (z - 0.5 * post)), v(post, h, post), 0.02);
            for y in [0.0, h - 0.15] {
                p.bxb(Part::Frame, v(sx * (x - 0.08), y, sz * (z - 0.08)), v(0.19, 0.15, 0.19), 0.025);
            }
        }
        for y in [0.04, h - 0.14] {
            for s in [-1.0, 1.0] {
                p.bx(Part::Frame, v(0.0, y, s * (z - 0.06)), v(w - 0.1, 0.1, 0.1));
                p.bx(Part::Frame, v(s * (x - 0.06), y, 0.0), v(0.1, 0.1, d - 0.1));
            }
        }
        p.bx(Part::Main, v(0.0, 0.1, 0.0), v(w - 0.22, h - 0.2, d - 0.22));
        let waves = |wide: f32| (wide / 0.24).round() as usize;
        for s in [-1.0, 1.0] {
            for k in 0..waves(d - 0.3) {
                let zz = (k as f32 + 0.5) * (d - 0.3) / waves(d - 0.3) as f32 - 0.5 * (d - 0.3);
                p.bxb(Part::Main, v(s * (x - 0.11), 0.13, zz), v(0.09, h - 0.26, 0.13), 0.03);
            }
        }
        for k in 0..waves(w - 0.3) {
            let xx = (k as f32 + 0.5) * (w - 0.3) / waves(w - 0.3) as f32 - 0.5 * (w - 0.3);
            p.bxb(Part::Main, v(xx, 0.13, -z + 0.11), v(0.13, h - 0.26, 0.09), 0.03);
            p.bxb(Part::Main, v(xx, h - 0.12, 0.0), v(0.13, 0.09, d - 0.3), 0.03);
        }
    });
    // Doors with locking bars.
    for s in [-1.0, 1.0] {
        let ajar = if p.broken(0.5) { s * 0.5 } else { 0.0 };
        p.turned(v(s * (x - 0.14), 0.12, z - 0.08), Quat::from_rotation_y(ajar), |p| {
            let wide = x - 0.15;
            p.bxb(Part::Panel, v(-s * 0.5 * wide, 0.0, 0.0), v(wide - 0.01, h - 0.26, 0.07), 0.012);
            for k in 0..3 {
                p.bxb(
                    Part::Panel,
                    v(-s * 0.5 * wide, 0.1 + (h - 0.4) * k as f32 / 3.0, 0.03),
                    v(wide - 0.18, (h - 0.5) / 3.4, 0.035),
                    0.012,
                );
            }
            for f in [0.35, 0.72] {
                let xx = -s * f * wide;
                p.rod(Part::Trim, v(xx, 0.02, 0.085), v(xx, h - 0.28, 0.085), 0.019);
                for y in [0.1, 0.35, 0.6, 0.85] {
                    p.bx(Part::Trim, v(xx, y * (h - 0.3), 0.06), v(0.08, 0.06, 0.06));
                }
                p.beam(Part::Trim, v(xx, 0.42 * h, 0.105), v(xx - s * 0.24, 0.4 * h, 0.105), 0.02, 0.04);
            }
            for y in [0.12, 0.5, 0.88] {
                p.rod(Part::Trim, v(0.0, y * (h - 0.3) - 0.06, 0.03), v(0.0, y * (h - 0.3) + 0.06, 0.03), 0.024);
            }
        });
    }
    match p.dialect() {
        Dialect::Neon => {
            p.at(v(0.0, h + 0.2, 0.2), 0.0, |p| p.sign_board(0.6 * w, 0.36, false));
            p.bx(Part::Glow, v(0.0, h - 0.2, z - 0.03), v(0.7 * w, 0.03, 0.03));
            p.cable(Part::Rubber, v(-x, h, z), v(x, h - 0.2, z), 0.25, 0.016);
        }
        Dialect::Sleek => {
            for s in [-1.0, 1.0] {
                p.bx(Part::Glow, v(s * (x - 0.07), 0.2, z - 0.01), v(0.03, h - 0.4, 0.03));
            }
        }
        _ => {}
    }
}

fn chest(p: &mut Pen, w: f32, h: f32, d: f32) {
    let body = 0.62 * h;
    let r = 0.5 * d;
    p.hull(Hull::cuboid(v(-0.5 * w, 0.0, -0.5 * d), v(0.5 * w, h, 0.5 * d)));
    for k in 0..4 {
        let (half, wide) = if k % 2 == 0 { (0.5 * d, w) } else { (0.5 * w, d) };
        p.turned(Vec3::ZERO, Quat::from_rotation_y(PI * 0.5 * k as f32), |p| {
            p.at(v(-0.5 * wide, 0.06, half - 0.03), 0.0, |p| p.planks(Part::Main, wide, body - 0.06, false));
        });
    }
    p.bx(Part::Frame, Vec3::ZERO, v(w + 0.06, 0.09, d + 0.06));
    p.bx(Part::Soil, v(0.0, 0.05, 0.0), v(w - 0.08, body - 0.1, d - 0.08));
    let open = if p.decay() > 0.55 && p.rng.chance(0.5) { 0.7 } else { 0.0 };
    let flat = p.dialect() == Dialect::Japan;
    p.turned(v(0.0, body, -r), Quat::from_rotation_x(-open), |p| {
        let arc = |q: f32, x: f32| -> Vec<Vec2> {
            let rise = if flat { 0.35 } else { 0.8 };
            [v2(-q, 0.0)]
                .into_iter()
                .chain((1..10).map(|k| {
                    let e = Vec2::from_angle(PI * (1.0 - k as f32 / 10.0));
                    v2(e.x * q, e.y * q * rise)
                }))
                .chain([v2(q, 0.0)])
                .map(|c| c + v2(x, 0.0))
                .collect()
        };
        let turn = Quat::from_rotation_y(-PI * 0.5);
        p.turned(v(0.0, 0.01, r), turn, |p| {
            p.put(Part::Main, &extrude(&arc(r, 0.0), w, 0.012));
        });
        for x in [-0.44, -0.15, 0.15, 0.44] {
            p.turned(v(x * w, 0.0, r), turn, |p| {
                p.put(Part::Trim, &extrude(&arc(r + 0.025, 0.0), 0.08, 0.01));
            });
        }
        p.bx(Part::Trim, v(0.0, -0.12, 2.0 * r), v(0.16, 0.24, 0.05));
    });
    for x in [-0.44, -0.15, 0.15, 0.44] {
        p.bx(Part::Trim, v(x * w, 0.0, r), v(0.08, body, 0.04));
        p.bolts(Part::Trim, v(x * w, 0.08, r + 0.02), v(x * w, body - 0.05, r + 0.02), 4, 0.014);
    }
    p.put_at(
        Part::Accent,
        &cylinder(0.05, 0.05, 12, 0.01).transformed(glam::Affine3A::from_rotation_x(PI * 0.5)),
        v(0.0, body - 0.1, r + 0.03),
    );
    for s in [-1.0, 1.0] {
        p.turned(v(s * (0.5 * w + 0.03), 0.55 * body, 0.0), Quat::from_rotation_z(PI * 0.5), |p| {
            p.put(Part::Trim, &torus(0.09, 0.016, 14, 5));
        });
    }
}

pub(crate) fn pod(p: &mut Pen) {
    let s = p.size("size", 0.85, 1.2);
    let (h, r) = (2.35 * s, 0.68 * s);
    p.hull(Hull::drum(Vec3::ZERO, 1.05 * r, h, 12));
    match p.dialect() {
        _ if p.style.genre == Genre::Nautical => bathysphere(p, h, r),
        Dialect::Organic | Dialect::Timber | Dialect::Japan => cocoon(p, h, r),
        Dialect::Steam => bathysphere(p, h, r),
        Dialect::Metal if matches!(p.style.genre, Genre::Modern | Genre::Noir) => {
            super::booths::telephone_box(p, h + 0.1, 0.74 * r);
        }
        _ => capsule(p, h, r),
    }
    p.overgrow_foot(2.0 * r, 2.0 * r);
}

fn capsule(p: &mut Pen, h: f32, r: f32) {
    p.put(
        Part::Frame,
        &lathe(&[v2(1.05 * r, 0.0), v2(1.1 * r, 0.08), v2(1.1 * r, 0.2), v2(0.95 * r, 0.3), v2(0.8 * r, 0.34)], 28),
    );
    // The shell: a band of the body behind, the canopy in front.
    let profile = |y: f32| r * (1.0 - (2.0 * y - 1.0).abs().powf(3.2)).max(0.0).powf(0.42);
    let band = |from: f32, to: f32, out: f32, thick: f32, n: u32| {
        slab([n, 16], thick, move |x, y| {
            let a = from + (to - from) * x;
            let t = 0.06 + 0.88 * y;
            let q = profile(t) + out;
            v(q * a.sin(), 0.22 + (h - 0.3) * t, q * a.cos())
        })
    };
    p.crease(60.0).put(Part::Main, &oriented(band(0.85, TAU - 0.85, 0.0, 0.07, 26)));
    p.put(Part::Glass, &oriented(band(-0.85, 0.85, -0.02, 0.03, 12))).crease(50.0);
    for s in [-1.0, 1.0] {
        let rim: Vec<Vec3> = (0..=16)
            .map(|i| {
                let t = 0.06 + 0.88 * i as f32 / 16.0;
                let q = profile(t) + 0.015;
                v(s * q * 0.85f32.sin(), 0.22 + (h - 0.3) * t, q * 0.85f32.cos())
            })
            .collect();
        p.put(Part::Frame, &tube(&rim, &[0.045; 17], 7));
        let glow: Vec<Vec3> = rim.iter().map(|q| v(q.x * 0.96, q.y, q.z + 0.05)).collect();
        p.put(Part::Glow, &tube(&glow, &[0.013; 17], 5));
    }
    let cap = profile(0.94) + 0.02;
    p.put(Part::Frame, &lathe(&[v2(cap, h - 0.16), v2(cap * 0.95, h - 0.06), v2(0.5 * cap, h)], 24));
    p.put_at(Part::Glow, &torus(0.55 * r, 0.02, 24, 5), v(0.0, 0.32, 0.0));
    // The bed inside.
    p.turned(v(0.0, 0.32, -0.3 * r), Quat::from_rotation_x(-0.08), |p| {
        p.put_at(Part::Cloth, &rounded_box(v(0.9 * r, 0.74 * h, 0.18), 0.07, 2), v(0.0, 0.38 * h, 0.0));
        p.put_at(Part::Cloth2, &rounded_box(v(0.55 * r, 0.14 * h, 0.12), 0.05, 2), v(0.0, 0.66 * h, 0.12));
    });
    p.bxb(Part::Panel, v(0.0, 0.3, 1.02 * r), v(0.5 * r, 0.34, 0.12), 0.03);
    p.bx(Part::Screen, v(0.0, 0.42, 1.07 * r), v(0.36 * r, 0.14, 0.03));
    for s in [-1.0, 1.0] {
        p.pipe(
            Part::Trim,
            &[
                v(s * 0.5 * r, h - 0.2, -0.6 * r),
                v(s * 0.7 * r, h - 0.05, -0.8 * r),
                v(s * 0.8 * r, 0.8 * h, -0.98 * r),
                v(s * 0.8 * r, 0.1, -r),
            ],
            0.05,
        );
        for k in 0..4 {
            p.bxb(Part::Frame, v(s * 1.0 * r, 0.5 + 0.2 * h * k as f32 * 0.8, -0.1), v(0.1, 0.16, 0.3), 0.02);
        }
    }
    p.light(v(0.0, 0.75 * h, 0.1), 0.08, p.style.colors[4], 1.5 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

fn cocoon(p: &mut Pen, h: f32, r: f32) {
    let seed = p.rng.seed();
    let alien = p.dialect() == Dialect::Organic;
    let swell = |d: Vec3| {
        1.0 + 0.05 * (7.0 * d.z.atan2(d.x) + 3.0 * d.y).cos() * (1.0 - d.y * d.y)
            + 0.05 * gesamt_mesh::noise::fbm(d * 3.0, 2, seed)
    };
    let body = blob(4, swell);
    p.crease(80.0).put_at(
        if alien { Part::Main } else { Part::Rope },
        &body.mapped(|q| v(0.92 * r * q.x, 0.46 * h * q.y, 0.92 * r * q.z)),
        v(0.0, 0.52 * h, 0.0),
    );
    let window = blob(3, |_| 1.0).mapped(|q| v(0.5 * r * q.x, 0.28 * h * q.y, 0.3 * r * q.z));
    p.put_at(if alien { Part::Glow } else { Part::Paper }, &window, v(0.0, 0.54 * h, 0.74 * r));
    let ring: Vec<Vec3> = (0..=24)
        .map(|i| {
            let e = Vec2::from_angle(TAU * i as f32 / 24.0);
            let (x, y) = (0.54 * e.x, 0.04 + 0.63 * e.y);
            let d = v(x, y, (1.0 - x * x - y * y).max(0.0).sqrt());
            let q = d * (swell(d) + 0.02);
            v(0.92 * r * q.x, 0.52 * h + 0.46 * h * q.y, 0.92 * r * q.z)
        })
        .collect();
    p.put(Part::Frame, &tube(&ring, &[0.07; 25], 7));
    for k in 0..8 {
        let a = TAU * (k as f32 + 0.5) / 8.0;
        let (c, s) = (a.sin(), a.cos());
        let path: Vec<Vec3> = (0..=10)
            .map(|i| {
                let t = i as f32 / 10.0;
                let q = r * (0.2 + 1.15 * (PI * (0.08 + 0.84 * t)).sin().powf(0.7)) * if t < 0.1 { 1.1 } else { 0.78 };
                // The tips close in under the knob.
                let q = q * (1.0 - 2.6 * (t - 0.8).max(0.0));
                let twist = 0.35 * t;
                v(q * (c * twist.cos() + s * twist.sin()), h * t, q * (s * twist.cos() - c * twist.sin()))
            })
            .collect();
        let radius: Vec<f32> = (0..=10).map(|i| 0.085 - 0.006 * i as f32).collect();
        p.pad(path[0], 0.09);
        p.put(Part::Frame, &tube(&path, &radius, 7));
    }
    p.put_at(Part::Frame, &blob(2, |_| 0.34 * r), v(0.0, 0.97 * h, 0.0)).crease(50.0);
    if !alien {
        for k in 0..12 {
            let a = TAU * k as f32 / 12.0;
            if p.left() > 500 {
                p.hanging_vine(v(0.75 * r * a.cos(), 0.86 * h, 0.75 * r * a.sin()), 0.3 * h);
            }
        }
    }
    p.light(v(0.0, 0.54 * h, 1.1 * r), 0.1, p.style.lamp_color(), 2.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}

fn bathysphere(p: &mut Pen, h: f32, r: f32) {
    let y = 0.5 * h;
    let rr = 1.0 * r;
    p.crease(40.0).put_at(Part::Main, &sphere(rr, 18, 32), v(0.0, y, 0.0)).crease(50.0);
    for k in 0..3 {
        let turn = [Quat::IDENTITY, Quat::from_rotation_x(PI * 0.5), Quat::from_rotation_z(PI * 0.5)][k];
        p.turned(v(0.0, y, 0.0), turn, |p| {
            p.put_at(Part::Trim, &hoop(rr - 0.02, 0.05, 0.12, 36), v(0.0, -0.06, 0.0));
            for i in 0..24 {
                let e = Vec2::from_angle(TAU * (i as f32 + 0.5) / 24.0) * (rr + 0.03);
                p.chip(Part::Accent, v(e.x, -0.018, e.y), Vec3::splat(0.035));
            }
        });
    }
    for (yaw, q) in [(0.0, 0.42), (1.3, 0.26), (-1.3, 0.26)] {
        p.turned(v(0.0, y, 0.0), Quat::from_rotation_y(yaw) * Quat::from_rotation_x(PI * 0.5), |p| {
            p.put_at(Part::Frame, &cylinder(q * r + 0.09, 0.16, 24, 0.03), v(0.0, rr - 0.06, 0.0));
            p.put_at(Part::Lamp, &cylinder(q * r, 0.02, 24, 0.0), v(0.0, rr + 0.09, 0.0));
            p.put_at(Part::Trim, &torus(q * r + 0.03, 0.035, 26, 6), v(0.0, rr + 0.1, 0.0));
            for i in 0..2 {
                let e = Vec2::from_angle(PI * 0.5 * i as f32) * q * r;
                p.rod(Part::Trim, v(-e.x, rr + 0.115, -e.y), v(e.x, rr + 0.115, e.y), 0.014);
            }
        });
    }
    p.put_at(
        Part::Frame,
        &lathe(&[v2(0.42 * r, 0.0), v2(0.42 * r, 0.16), v2(0.5 * r, 0.18), v2(0.5 * r, 0.26), v2(0.2 * r, 0.34)], 20),
        v(0.0, y + 0.88 * rr, 0.0),
    );
    p.put_at(Part::Trim, &torus(0.22 * r, 0.025, 18, 6), v(0.0, y + 0.88 * rr + 0.36, 0.0));
    for k in 0..4 {
        let a = TAU * (k as f32 + 0.5) / 4.0;
        let (c, s) = (a.cos(), a.sin());
        p.put(
            Part::Frame,
            &tube(
                &[
                    v(0.7 * rr * c, 0.55 * y, 0.7 * rr * s),
                    v(0.9 * rr * c, 0.25 * y, 0.9 * rr * s),
                    v(0.95 * rr * c, 0.0, 0.95 * rr * s),
                ],
                &[0.07, 0.06, 0.06],
                8,
            ),
        );
        p.put_at(Part::Trim, &cylinder(0.14, 0.05, 12, 0.012), v(0.95 * rr * c, 0.0, 0.95 * rr * s));
    }
    p.pipe(
        Part::Accent,
        &[
            v(0.7 * rr, y + 0.6 * rr, -0.2),
            v(0.9 * rr, y + 0.9 * rr, -0.3),
            v(0.5 * rr, y + 1.15 * rr, -0.3),
            v(0.2 * rr, y + 1.1 * rr, -0.1),
        ],
        0.05,
    );
    p.light(v(0.0, y, 1.4 * rr), 0.1, p.style.lamp_color(), 3.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
    let b = p.bounds();
    p.hull(Hull::cuboid(v(-rr, 0.0, -rr), v(rr, b.max.y, rr)));
}
