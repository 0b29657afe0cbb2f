//! Signs of the old cultures: ranch gates, finger posts, steles and wrought brackets.

use std::f32::consts::PI;

use gesamt_mesh::Hull;
use gesamt_mesh::shapes::{cone, cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{extrude, torus};
use glam::{Quat, Vec2, Vec3};

use super::build::smooth;
use super::guideposts::arrow;
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// A board on chains under a log beam, a longhorn's skull over it and a wagon wheel at the post.
pub(crate) fn ranch(p: &mut Pen, size: Vec2) {
    let (x, tall) = (0.5 * size.x + 0.22, 2.75);
    for s in [-1.0, 1.0] {
        p.solid(|p| {
            let lean = v(0.02 * p.rng.signed(), 0.0, 0.0);
            p.put(
                Part::Frame,
                &tube(&[v(s * x, 0.0, 0.0), v(s * x, 1.4, 0.0) + lean, v(s * x, tall, 0.0)], &[0.1, 0.088, 0.08], 9),
            );
        });
        p.put_at(Part::Rope, &torus(0.09, 0.022, 12, 5), v(s * x, tall - 0.12, 0.0));
        p.put_at(Part::Rope, &torus(0.09, 0.022, 12, 5), v(s * x, tall - 0.16, 0.0));
        for k in 0..4 {
            let y = tall - 0.15 - 0.055 * k as f32;
            let turn = if k % 2 == 0 { Quat::from_rotation_x(0.5 * PI) } else { Quat::from_rotation_z(0.5 * PI) };
            p.turned(v(0.36 * s * size.x, y, 0.0), turn, |p| {
                p.put(Part::Trim, &torus(0.03, 0.009, 9, 4));
            });
        }
    }
    let beam = [v(-x - 0.28, tall - 0.03, 0.0), v(0.0, tall - 0.07, 0.0), v(x + 0.28, tall - 0.03, 0.0)];
    p.put(Part::Frame, &tube(&beam, &[0.085, 0.09, 0.08], 9));
    p.solid(|p| {
        p.turned(v(0.0, tall - 0.34, 0.0), Quat::from_rotation_x(0.04 * p.rng.signed()), |p| {
            p.at(v(-0.5 * size.x, -size.y, 0.0), 0.0, |p| p.whole_planks(Part::Panel, size.x, size.y, false));
            for s in [-0.36, 0.36] {
                p.bx(Part::Trim, v(s * size.x, -size.y - 0.01, 0.0), v(0.05, size.y + 0.04, 0.055));
            }
            p.at(v(0.0, -0.5 * size.y, 0.0), 0.0, |p| p.letters(0.62 * size.x, 0.62 * size.y, 0.018));
        });
    });
    skull(p, v(0.0, tall + 0.02, 0.07));
    p.turned(v(x - 0.06, 0.4, 0.15), Quat::from_rotation_x(-0.28) * Quat::from_rotation_y(0.5 * PI), |p| {
        p.wheel(0.42, 0.07)
    });
    p.hull(Hull::cuboid(v(-x - 0.1, 0.0, -0.1), v(-x + 0.1, tall, 0.1)));
}

/// The skull of a longhorn.
fn skull(p: &mut Pen, at: Vec3) {
    p.turned(at, Quat::from_rotation_x(0.25), |p| {
        let bone = sphere(1.0, 7, 10).mapped(|q| v(q.x * (0.085 + 0.035 * q.y), 0.15 * q.y, 0.06 * q.z));
        p.creased(80.0, |p| {
            p.put(Part::Cloth2, &bone);
        });
        for s in [-1.0, 1.0] {
            let horn = smooth(
                &[v(0.06 * s, 0.09, 0.0), v(0.25 * s, 0.1, 0.0), v(0.4 * s, 0.18, 0.0), v(0.44 * s, 0.34, -0.02)],
                3,
            );
            let n = horn.len() as f32;
            let girth: Vec<f32> = (0..horn.len()).map(|i| 0.04 * (1.0 - 0.85 * i as f32 / n)).collect();
            p.put(Part::Cloth2, &tube(&horn, &girth, 7));
            p.put_at(Part::Rubber, &sphere(0.03, 4, 7), v(0.062 * s, 0.03, 0.045));
        }
    });
}

/// A crooked post with arrows to everywhere under a pointed hat of shingles, a lantern at its side.
pub(crate) fn finger_post(p: &mut Pen, size: Vec2) {
    let tall = 2.5;
    let post = smooth(&[v(0.0, 0.0, 0.0), v(0.05, 0.8, 0.0), v(-0.05, 1.7, 0.02), v(0.0, tall, 0.0)], 4);
    let n = post.len() as f32;
    let girth: Vec<f32> = (0..post.len()).map(|i| 0.11 - 0.045 * i as f32 / n).collect();
    p.solid(|p| {
        p.creased(80.0, |p| {
            p.put(Part::Frame, &tube(&post, &girth, 9));
        });
    });
    for (k, yaw) in [0.15f32, 2.4, -0.7, 3.4].into_iter().enumerate() {
        let y = tall - 0.3 - 0.31 * k as f32;
        let part = if k % 2 == 0 { Part::Lacquer } else { Part::Panel };
        p.at(v(0.0, y, 0.0), yaw, |p| {
            p.turned(v(0.36 * size.x, 0.0, 0.075), Quat::from_rotation_z(0.1 * p.rng.signed()), |p| {
                p.put(part, &extrude(&arrow(size.x, 0.26 * size.y + 0.06, 1.0), 0.04, 0.008));
                p.letters(0.5 * size.x, 0.12, 0.012);
                p.bolts(Part::Trim, v(-0.38 * size.x, 0.03, 0.02), v(-0.38 * size.x, -0.03, 0.02), 2, 0.012);
            });
        });
    }
    for k in 0..4 {
        let (r, y) = (0.3 - 0.062 * k as f32, tall - 0.06 + 0.13 * k as f32);
        let row = cone(r, 0.35 * r, 0.26, 11).mapped(|q| q + v(0.02 * k as f32 * q.y, 0.0, 0.0));
        p.put_at(Part::Roof, &row, v(0.012 * (k * k) as f32, y, 0.0));
    }
    p.put_at(Part::Accent, &sphere(0.05, 6, 9), v(0.13, tall + 0.6, 0.0));
    p.rail(v(0.0, 1.12, 0.0), v(-0.36, 1.2, 0.12), 0.05);
    p.at(v(-0.34, 1.2, 0.11), 0.0, |p| p.hanging_lantern(0.4, true));
}

/// An inscribed stone with a round head on two steps, a sun with wings over the lines.
pub(crate) fn stele(p: &mut Pen, size: Vec2) {
    let (w, tall) = (0.85 * size.x, 1.2 + size.y);
    p.bxb(Part::Stone, Vec3::ZERO, v(w + 0.5, 0.16, 0.7), 0.02);
    p.bxb(Part::Stone, v(0.0, 0.15, 0.0), v(w + 0.26, 0.14, 0.5), 0.02);
    let slab = |inset: f32| -> Vec<Vec2> {
        let r = 0.5 * w - inset;
        let mut outline = vec![v2(-r * 1.06, inset), v2(r * 1.06, inset)];
        outline.extend(
            (0..=12).map(|k| Vec2::from_angle(PI * k as f32 / 12.0)).map(|e| v2(r * e.x, tall - 0.5 * w + r * e.y)),
        );
        outline
    };
    p.solid(|p| {
        p.put_at(Part::Stone, &extrude(&slab(0.0), 0.26, 0.03), v(0.0, 0.27, 0.0));
    });
    for side in [0.0, PI] {
        p.at(Vec3::ZERO, side, |p| {
            p.put_at(Part::Stone, &extrude(&slab(0.07), 0.05, 0.008), v(0.0, 0.27, 0.122));
            let sun = v(0.0, 0.27 + tall - 0.46 * w, 0.14);
            p.turned(sun, Quat::from_rotation_x(0.5 * PI), |p| {
                p.put(Part::Accent, &cylinder(0.09 * w + 0.03, 0.04, 18, 0.012));
            });
            for s in [-1.0, 1.0] {
                for k in 0..4 {
                    let (long, y) = ((0.3 - 0.045 * k as f32) * w, -0.05 * w * k as f32);
                    let feather =
                        [v2(0.0, 0.0), v2(s * long, 0.03 * w), v2(s * long * 1.06, -0.012 * w), v2(0.0, -0.045 * w)];
                    p.put_at(Part::Accent, &extrude(&feather, 0.03, 0.004), sun + v(0.09 * w * s, y + 0.04, 0.012));
                }
            }
            for k in 0..4 {
                p.at(v(0.0, 0.62 + 0.2 * k as f32 * size.y, 0.0), 0.0, |p| p.letters(0.7 * w, 0.15 * size.y, 0.152));
            }
        });
    }
}

/// A fluted iron post whose bracket of scrolls holds a pointed board; a spear on top.
pub(crate) fn wrought(p: &mut Pen, size: Vec2) {
    let (w, h) = (0.62 * size.x, 0.9 * size.y);
    let (x, tall) = (-0.5 * w - 0.22, 2.7);
    p.solid(|p| {
        let foot = [
            v2(0.17, 0.0),
            v2(0.16, 0.06),
            v2(0.1, 0.12),
            v2(0.11, 0.3),
            v2(0.06, 0.36),
            v2(0.045, 0.5),
            v2(0.04, tall),
        ];
        p.put(Part::Trim, &lathe(&foot, 12).at(x, 0.0, 0.0));
    });
    p.at(v(x, tall, 0.0), 0.0, |p| p.finial(Vec3::ZERO, 0.06));
    for y in [0.55, 1.5, tall - 0.3] {
        p.put_at(Part::Trim, &torus(0.05, 0.018, 12, 6), v(x, y, 0.0));
    }
    let y = tall - 0.3;
    p.rod(Part::Trim, v(x, y, 0.0), v(0.5 * w + 0.12, y, 0.0), 0.02);
    let spiral = |at: Vec3, r: f32, from: f32, turn: f32| -> Vec<Vec3> {
        (0..=18)
            .map(|k| k as f32 / 18.0)
            .map(|t| {
                let e = Vec2::from_angle(from + turn * t) * r * (1.0 - 0.82 * t);
                at + v(e.x, e.y, 0.0)
            })
            .collect()
    };
    for (at, r, from, turn) in [
        (v(x + 0.19, y - 0.2, 0.0), 0.19, PI, -5.0),
        (v(x + 0.16, y + 0.125, 0.0), 0.13, -0.5 * PI, 5.5),
        (v(0.5 * w + 0.12, y - 0.09, 0.0), 0.09, 0.5 * PI, -5.5),
        (v(0.1 * w, y + 0.09, 0.0), 0.085, -0.5 * PI, 5.0),
    ] {
        let path = spiral(at, r, from, turn);
        p.put(Part::Trim, &tube(&path, &vec![0.015; path.len()], 5));
    }
    for s in [-0.3, 0.3] {
        for k in 0..3 {
            let turn = if k % 2 == 0 { Quat::from_rotation_x(0.5 * PI) } else { Quat::from_rotation_z(0.5 * PI) };
            p.turned(v(s * w, y - 0.025 - 0.045 * k as f32, 0.0), turn, |p| {
                p.put(Part::Trim, &torus(0.026, 0.008, 9, 4));
            });
        }
    }
    let outline = [[-0.5, 0.0], [-0.5, -0.66], [0.0, -1.0], [0.5, -0.66], [0.5, 0.0], [0.16, 0.06], [-0.16, 0.06]];
    p.solid(|p| {
        p.turned(v(0.0, y - 0.16, 0.0), Quat::from_rotation_x(0.05 * p.rng.signed()), |p| {
            let board = |q: f32| outline.map(|[a, b]| v2(a * w * q, (b + 0.4) * h * q - 0.4 * h)).to_vec();
            p.put(Part::Trim, &extrude(&board(1.0), 0.05, 0.008));
            p.put(Part::Lacquer, &extrude(&board(0.88), 0.07, 0.006));
            for side in [0.0, PI] {
                p.at(v(0.0, -0.36 * h, 0.0), side, |p| p.letters(0.6 * w, 0.34 * h, 0.03));
            }
        });
    });
    p.at(v(x + 0.02, 1.5, 0.0), 0.0, |p| {
        p.rod(Part::Trim, Vec3::ZERO, v(0.0, 0.06, 0.26), 0.014);
        p.at(v(0.0, 0.06, 0.25), 0.0, |p| p.hanging_lantern(0.36, true));
    });
}
