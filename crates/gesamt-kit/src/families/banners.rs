//! Banners of their own cultures: a standard of the legion, a nobori with its crest, signal flags and a rag on scrap.

use std::f32::consts::PI;

use gesamt_mesh::shapes::{cone, cylinder, lathe, slab, sphere};
use gesamt_mesh::shapes2::{extrude, oriented, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec3};

use super::pen::{Pen, v, v2};
use crate::style::Part;

/// Draws the banner of a culture that has one of its own, `h` metres high; false where it has none.
pub(crate) fn own_banner(p: &mut Pen, h: f32) -> bool {
    match p.style.genre {
        Genre::Ancient => standard(p, h),
        Genre::FeudalJapan => nobori(p, h),
        Genre::Nautical => signals(p, h),
        Genre::PostApocalyptic => rag(p, h),
        _ => return false,
    }
    p.overgrow_foot(0.4, 0.4);
    true
}

/// A cloth under a crossbar on a staff with discs, a wreath and spread wings on top.
fn standard(p: &mut Pen, h: f32) {
    p.put(Part::Stone, &cone(0.3, 0.2, 0.16, 10));
    p.solid(|p| {
        p.drum(Part::Frame, Vec3::ZERO, 0.035, h - 0.2);
    });
    let bar = h - 0.55;
    p.rod(Part::Frame, v(-0.52, bar, 0.05), v(0.52, bar, 0.05), 0.024);
    for s in [-0.52, 0.52] {
        p.put_at(Part::Accent, &sphere(0.045, 6, 9), v(s, bar, 0.05));
        p.cable(Part::Rope, v(s * 0.96, bar, 0.05), v(s * 0.9, bar - 0.55, 0.07), 0.0, 0.009);
        p.put_at(Part::Accent, &cone(0.04, 0.015, 0.12, 8), v(s * 0.9, bar - 0.65, 0.07));
    }
    let tall = 0.24 * h;
    p.solid(|p| {
        p.at(v(0.0, bar - 0.01, 0.06), 0.0, |p| {
            p.drape(Part::Cloth, 0.86, tall, 0.0);
            for k in 0..9 {
                let x = (k as f32 - 4.0) * 0.095;
                p.put_at(Part::Accent, &cone(0.022, 0.01, 0.1, 6), v(x, -tall - 0.07, 0.02));
            }
        });
    });
    p.turned(v(0.0, bar - 0.48 * tall, 0.09), Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Accent, &torus(0.17, 0.022, 22, 6));
        p.put(Part::Accent, &cylinder(0.075, 0.03, 14, 0.008).at(0.0, -0.02, 0.0));
    });
    for k in 0..3 {
        let y = bar - tall - 0.42 - 0.34 * k as f32;
        p.turned(v(0.0, y, 0.02), Quat::from_rotation_x(0.5 * PI), |p| {
            let disc = [v2(0.13, 0.0), v2(0.12, 0.04), v2(0.09, 0.045), v2(0.05, 0.075), v2(0.0, 0.08)];
            p.put(Part::Accent, &lathe(&disc, 18));
        });
    }
    eagle(p, v(0.0, h - 0.3, 0.0));
}

/// An eagle with raised wings on a small block.
fn eagle(p: &mut Pen, at: Vec3) {
    p.at(at, 0.0, |p| {
        p.bxb(Part::Accent, v(0.0, 0.0, 0.0), v(0.16, 0.06, 0.12), 0.012);
        p.creased(80.0, |p| {
            p.put_at(
                Part::Accent,
                &sphere(1.0, 8, 10).mapped(|q| v(0.06 * q.x, 0.11 * q.y, 0.075 * q.z)),
                v(0.0, 0.15, 0.0),
            );
            p.put_at(Part::Accent, &sphere(0.045, 7, 9), v(0.0, 0.28, 0.03));
            p.turned(v(0.0, 0.275, 0.06), Quat::from_rotation_x(0.5 * PI + 0.4), |p| {
                p.put(Part::Accent, &cone(0.022, 0.0, 0.06, 6));
            });
        });
        for s in [-1.0, 1.0] {
            for k in 0..5 {
                let long = 0.36 - 0.045 * k as f32;
                let feather =
                    [v2(-0.022, 0.0), v2(0.022, 0.0), v2(0.026, 0.8 * long), v2(0.0, long), v2(-0.026, 0.8 * long)];
                let turn = Quat::from_rotation_z(-s * (0.42 + 0.26 * k as f32));
                p.turned(v(0.035 * s, 0.2 - 0.016 * k as f32, -0.012 * k as f32), turn, |p| {
                    p.put(Part::Accent, &extrude(&feather, 0.022, 0.004));
                });
            }
        }
    });
}

/// A tall cloth held on two sides by pole and arm, with a crest and a column of lettering.
fn nobori(p: &mut Pen, h: f32) {
    let (w, long) = (0.72, 0.74 * h);
    let x = -0.5 * w - 0.06;
    p.put(Part::Stone, &cone(0.26, 0.18, 0.16, 8).at(x, 0.0, 0.0));
    p.solid(|p| {
        p.drum(Part::Frame, v(x, 0.0, 0.0), 0.036, h);
    });
    p.at(v(x, h, 0.0), 0.0, |p| p.finial(Vec3::ZERO, 0.055));
    let top = h - 0.16;
    p.rod(Part::Frame, v(x - 0.08, top, 0.0), v(0.5 * w + 0.06, top, 0.0), 0.02);
    let cloth = |a: f32, b: f32| {
        let fold = 0.016 * (9.0 * a + 3.0 * b).sin() * (PI * a).sin() + 0.03 * (1.0 - b) * (2.0 * a).sin();
        v((a - 0.5) * w, top - 0.02 - long * (1.0 - b), fold)
    };
    p.solid(|p| {
        p.creased(70.0, |p| {
            p.put(Part::Cloth, &oriented(slab([10, 24], 0.012, cloth)));
            for (low, high) in [(0.93, 0.99), (0.02, 0.07)] {
                let band = slab([10, 2], 0.024, |a, b| cloth(a, low + (high - low) * b));
                p.put(Part::Cloth2, &oriented(band));
            }
        });
    });
    for k in 0..8 {
        let y = top - 0.08 - (long - 0.16) * k as f32 / 7.0;
        p.put_at(Part::Rope, &torus(0.045, 0.01, 9, 4), v(x, y, 0.0));
        p.chip(Part::Rope, v(x + 0.055, y - 0.012, 0.0), v(0.06, 0.024, 0.02));
    }
    let crest = v(0.0, top - 0.2 * long, 0.0);
    for side in [0.0, PI] {
        p.at(crest, side, |p| {
            p.turned(v(0.0, 0.0, 0.02), Quat::from_rotation_x(0.5 * PI), |p| {
                p.put(Part::Cloth2, &torus(0.22, 0.03, 24, 4).mapped(|q| v(q.x, 0.5 * q.y, q.z)));
            });
            for k in 0..3 {
                let turn = Quat::from_rotation_z(2.0 * PI * k as f32 / 3.0);
                let leaf =
                    [v2(0.0, 0.03), v2(0.07, 0.09), v2(0.045, 0.16), v2(0.0, 0.175), v2(-0.045, 0.16), v2(-0.07, 0.09)];
                p.turned(v(0.0, 0.0, 0.022), turn, |p| {
                    p.put(Part::Cloth2, &extrude(&leaf, 0.026, 0.003));
                });
            }
        });
        p.at(v(0.0, top - 0.6 * long, 0.0), side, |p| p.letters(0.34, 0.5 * long, 0.012));
    }
}

/// A mast with a yard and two hoists of signal flags.
fn signals(p: &mut Pen, h: f32) {
    p.put(Part::Stone, &cone(0.3, 0.2, 0.16, 10));
    p.solid(|p| {
        p.drum(Part::Frame, Vec3::ZERO, 0.045, h);
    });
    p.put_at(Part::Accent, &sphere(0.07, 7, 10), v(0.0, h + 0.03, 0.0));
    let yard = 0.84 * h;
    p.rod(Part::Frame, v(-0.72, yard, 0.03), v(0.72, yard, 0.03), 0.026);
    for s in [-1.0, 1.0] {
        p.rod(Part::Rope, v(0.68 * s, yard, 0.03), v(0.0, h - 0.1, 0.0), 0.008);
        let (top, foot) = (v(0.68 * s, yard - 0.02, 0.03), v(0.06 * s, 0.75, 0.02));
        p.rod(Part::Rope, top, foot, 0.009);
        p.put_at(Part::Trim, &cylinder(0.03, 0.02, 8, 0.004), foot);
        for k in 0..3 {
            let a = top.lerp(foot, 0.04 + 0.21 * k as f32);
            let b = top.lerp(foot, 0.2 + 0.21 * k as f32);
            let swallow = (k + usize::from(s > 0.0)) % 3 == 2;
            flag(p, [a, b], s, k, swallow);
        }
    }
    p.at(v(0.0, 1.1, 0.05), 0.0, |p| {
        p.rod(Part::Trim, v(-0.07, 0.0, 0.0), v(0.07, 0.0, 0.0), 0.016);
        for k in 0..2 {
            let coil = torus(0.1 - 0.02 * k as f32, 0.015, 12, 5).mapped(|q| v(q.x, -q.z, 0.8 * q.y));
            p.put_at(Part::Rope, &coil, v(0.0, -0.08, 0.01));
        }
    });
}

/// A flag between two points of its halyard that blows to the side of `s`, in two colours.
fn flag(p: &mut Pen, [a, b]: [Vec3; 2], s: f32, k: usize, swallow: bool) {
    let long = 0.62;
    let at = |x: f32, y: f32| {
        let notch = if swallow { 0.3 * x * (1.0 - (2.0 * y - 1.0).abs()) } else { 0.0 };
        let wave = 0.045 * (7.0 * x + 2.0 * k as f32 + y).sin() * x;
        a.lerp(b, 1.0 - y) + v(s * long * (x - notch * x), -0.06 * x * x, wave)
    };
    let halves = [[0.0, 0.5], [0.5, 1.0]];
    for (i, [x0, x1]) in halves.into_iter().enumerate() {
        let part = if (i + k).is_multiple_of(2) { Part::Cloth } else { Part::Cloth2 };
        p.creased(70.0, |p| {
            p.put(part, &oriented(slab([5, 4], 0.012, |x, y| at(x0 + (x1 - x0) * x, y))));
        });
    }
}

/// A torn cloth on a welded pipe, crowned with a wheel rim and spikes, bones on strings.
fn rag(p: &mut Pen, h: f32) {
    let x = -0.36;
    p.put_at(Part::Rubber, &torus(0.27, 0.1, 20, 8), v(x, 0.09, 0.0));
    p.put(Part::Stone, &cylinder(0.2, 0.16, 12, 0.01).at(x, 0.0, 0.0));
    p.solid(|p| {
        p.drum(Part::Frame, v(x, 0.0, 0.0), 0.042, h - 0.3);
    });
    for y in [0.35 * h, 0.62 * h] {
        p.put_at(Part::Trim, &torus(0.048, 0.018, 12, 5), v(x, y, 0.0));
    }
    let bar = h - 0.62;
    p.rod(Part::Frame, v(x - 0.16, bar, 0.04), v(x + 0.98, bar + 0.04, 0.04), 0.024);
    p.rod(Part::Frame, v(x, bar - 0.4, 0.02), v(x + 0.5, bar + 0.01, 0.04), 0.016);
    p.solid(|p| {
        p.at(v(x + 0.52, bar + 0.01, 0.05), 0.0, |p| p.drape(Part::Cloth, 0.84, 0.5 * h, 0.3));
        p.at(v(x + 0.5, bar, 0.085), 0.0, |p| p.drape(Part::Cloth2, 0.3, 0.34 * h, 0.35));
    });
    p.turned(v(x, h - 0.18, 0.0), Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Trim, &torus(0.2, 0.035, 20, 6));
        for k in 0..8 {
            let turn = Quat::from_rotation_y(0.25 * PI * k as f32) * Quat::from_rotation_z(-0.5 * PI);
            p.turned(Vec3::ZERO, turn, |p| {
                p.put(Part::Frame, &cone(0.022, 0.0, 0.38, 6));
            });
        }
        p.put(Part::Trim, &cylinder(0.07, 0.06, 12, 0.012).at(0.0, -0.03, 0.0));
    });
    for k in 0..3 {
        let at = v(x - 0.14 + 0.44 * k as f32, bar, 0.04);
        let low = at - v(0.0, 0.2 + 0.07 * k as f32, -0.06);
        p.rod(Part::Rope, at, low, 0.007);
        p.put_at(Part::Trim, &cylinder(0.05, 0.09, 10, 0.008), low - v(0.0, 0.09, 0.0));
    }
}
