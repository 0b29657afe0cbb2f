//! Signs of their own cultures: road signs, warnings, marquees, scrap and gear boards; see also [`super::fingerposts`].

use std::f32::consts::{PI, TAU};

use gesamt_mesh::shapes::{cylinder, lathe, sphere, tube};
use gesamt_mesh::shapes2::{extrude, helix, torus};
use gesamt_world::Genre;
use glam::{Quat, Vec2, Vec3};

use super::build::smooth;
use super::fingerposts;
use super::pen::{Pen, v, v2};
use crate::style::Part;

/// Draws the sign of a culture that has one of its own; false where it has none.
pub(crate) fn guidepost(p: &mut Pen) -> bool {
    let size = v2(p.size("width", 0.7, 1.5), p.size("height", 0.5, 0.95));
    match p.style.genre {
        Genre::Modern => road_signs(p, size),
        Genre::Industrial => warning(p, size),
        Genre::Noir => marquee(p, size),
        Genre::PostApocalyptic => scrap(p, size),
        Genre::Steampunk => gear_board(p, size),
        Genre::Western => fingerposts::ranch(p, size),
        Genre::FairyTale => fingerposts::finger_post(p, size),
        Genre::Ancient => fingerposts::stele(p, size),
        Genre::GothicHorror => fingerposts::wrought(p, size),
        _ => return false,
    }
    p.overgrow_foot(0.5, 0.3);
    true
}

/// The outline of a board `w` × `h` about the origin that points to the side of `s`.
pub(crate) fn arrow(w: f32, h: f32, s: f32) -> Vec<Vec2> {
    let tip = 0.45 * h;
    let points = [
        [-0.5 * w, -0.5 * h],
        [0.5 * w - tip, -0.5 * h],
        [0.5 * w, 0.0],
        [0.5 * w - tip, 0.5 * h],
        [-0.5 * w, 0.5 * h],
        [-0.5 * w + 0.3 * tip, 0.0],
    ];
    points.map(|[x, y]| v2(s * x, y)).to_vec()
}

/// A round pole with street blades, a disc and an arrow plate.
fn road_signs(p: &mut Pen, size: Vec2) {
    p.solid(|p| {
        p.drum(Part::Trim, Vec3::ZERO, 0.04, 2.95);
        p.put(Part::Trim, &lathe(&[v2(0.14, 0.0), v2(0.13, 0.03), v2(0.06, 0.05), v2(0.055, 0.14)], 14));
    });
    p.bolts(Part::Frame, v(-0.1, 0.045, 0.07), v(0.1, 0.045, 0.07), 2, 0.014);
    for (yaw, y) in [(0.0, 2.66), (0.5 * PI, 2.84)] {
        p.at(v(0.0, y, 0.0), yaw, |p| {
            p.bxb(Part::Lacquer, v(0.0, -0.08, 0.0), v(size.x, 0.16, 0.022), 0.006);
            p.tube_frame(Part::Trim, size.x, 0.16, 0.0);
            p.letters(0.8 * size.x, 0.1, 0.006);
            p.at(Vec3::ZERO, PI, |p| p.letters(0.8 * size.x, 0.1, 0.006));
        });
    }
    let r = 0.36 * size.y;
    p.solid(|p| {
        p.turned(v(0.0, 2.5 - r, 0.04), Quat::from_rotation_x(0.5 * PI), |p| {
            p.put(Part::Lacquer, &cylinder(r, 0.022, 28, 0.004));
            p.put_at(Part::Cloth2, &cylinder(0.78 * r, 0.03, 28, 0.002), Vec3::ZERO);
            p.put_at(Part::Rubber, &torus(0.985 * r, 0.012, 28, 5), v(0.0, 0.011, 0.0));
        });
    });
    p.bxb(Part::Rubber, v(0.0, 2.5 - 1.36 * r, 0.062), v(0.2 * r, 0.72 * r, 0.022), 0.003);
    p.turned(v(0.0, 2.36 - 2.0 * r, 0.045), Quat::IDENTITY, |p| {
        p.put_at(Part::Panel, &extrude(&arrow(0.8 * size.x, 0.2, 1.0), 0.022, 0.004), Vec3::ZERO);
        p.letters(0.4 * size.x, 0.1, 0.01);
    });
}

/// A warning triangle over a striped plate, under a caged lamp.
fn warning(p: &mut Pen, size: Vec2) {
    let w = 0.8 * size.x.min(1.2);
    p.solid(|p| {
        for x in [-0.04, 0.04] {
            p.bxb(Part::Frame, v(x, 0.0, 0.0), v(0.025, 2.5, 0.1), 0.004);
        }
        p.bxb(Part::Frame, Vec3::ZERO, v(0.07, 2.5, 0.03), 0.003);
        p.bxb(Part::Frame, Vec3::ZERO, v(0.3, 0.03, 0.3), 0.006);
    });
    for x in [-0.11, 0.11] {
        p.bolts(Part::Trim, v(x, 0.035, -0.11), v(x, 0.035, 0.11), 2, 0.018);
    }
    let at = v(0.0, 1.62, 0.065);
    p.solid(|p| {
        p.at(at, 0.0, |p| {
            let tall = 0.87 * w;
            let triangle = [v2(-0.5 * w, 0.0), v2(0.5 * w, 0.0), v2(0.0, tall)];
            p.put(Part::Frame, &extrude(&triangle, 0.03, 0.006));
            let field = triangle.map(|q| 0.8 * (q - v2(0.0, 0.33 * tall)) + v2(0.0, 0.33 * tall));
            p.put_at(Part::Lacquer, &extrude(&field, 0.03, 0.004), v(0.0, 0.0, 0.01));
            let mark = [v2(-0.03, 0.22 * tall), v2(0.03, 0.22 * tall), v2(0.05, 0.58 * tall), v2(-0.05, 0.58 * tall)];
            p.put_at(Part::Rubber, &extrude(&mark, 0.03, 0.003), v(0.0, 0.0, 0.016));
            p.bxb(Part::Rubber, v(0.0, 0.11 * tall, 0.016), v(0.07, 0.07, 0.03), 0.01);
        });
    });
    p.at(v(0.0, 1.52 - 0.5 * size.y, 0.065), 0.0, |p| {
        let (pw, ph) = (0.9 * w, 0.7 * size.y);
        p.bxb(Part::Lacquer, v(0.0, -0.5 * ph, 0.0), v(pw, ph, 0.026), 0.006);
        for k in 0..5 {
            let x = (k as f32 - 2.0) * 0.19 * pw;
            let bar = [
                v2(x - 0.1 * pw, 0.3 * ph),
                v2(x, 0.3 * ph),
                v2(x + 0.05 * pw, 0.46 * ph),
                v2(x - 0.05 * pw, 0.46 * ph),
            ];
            p.put_at(Part::Rubber, &extrude(&bar, 0.026, 0.002), v(0.0, 0.0, 0.006));
        }
        p.at(v(0.0, -0.12 * ph, 0.0), 0.0, |p| p.letters(0.8 * pw, 0.4 * ph, 0.012));
        p.bolts(Part::Trim, v(-0.44 * pw, -0.42 * ph, 0.016), v(0.44 * pw, -0.42 * ph, 0.016), 2, 0.012);
    });
    p.put_at(Part::Trim, &cylinder(0.07, 0.06, 14, 0.01), v(0.0, 2.49, 0.0));
    p.put_at(Part::Lamp, &lathe(&[v2(0.05, 0.0), v2(0.055, 0.1), v2(0.0, 0.15)], 12), v(0.0, 2.54, 0.0));
    for k in 0..4 {
        let e = Vec2::from_angle(TAU * k as f32 / 4.0) * 0.066;
        let cage = [v(e.x, 2.54, e.y), v(e.x, 2.66, e.y), v(0.0, 2.73, 0.0)];
        p.put(Part::Trim, &tube(&cage, &[0.007; 3], 4));
    }
    p.lamp_light(v(0.0, 2.62, 0.12), 1.5);
}

/// A marquee: an upright board on a post, edged with bulbs, an arrow that bends over it to the door.
fn marquee(p: &mut Pen, size: Vec2) {
    let (w, h) = (0.62 * size.x, 1.9 * size.y);
    let (x, low) = (-0.5 * w - 0.09, 1.15);
    p.solid(|p| {
        p.drum(Part::Frame, v(x, 0.0, 0.0), 0.055, low + h + 0.2);
        p.put(Part::Frame, &lathe(&[v2(0.18, 0.0), v2(0.17, 0.04), v2(0.09, 0.12), v2(0.07, 0.3)], 16).at(x, 0.0, 0.0));
        p.put_at(Part::Trim, &sphere(0.085, 7, 12), v(x, low + h + 0.24, 0.0));
    });
    for y in [low + 0.12, low + h - 0.12] {
        p.rod(Part::Frame, v(x, y, 0.0), v(0.0, y, 0.0), 0.024);
    }
    p.solid(|p| {
        p.bxb(Part::Frame, v(0.0, low, 0.0), v(w, h, 0.16), 0.02);
        for side in [0.0, PI] {
            p.at(v(0.0, low + 0.5 * h, 0.0), side, |p| {
                p.bxb(Part::Lacquer, v(0.0, -0.5 * h + 0.06, 0.07), v(w - 0.12, h - 0.12, 0.03), 0.006);
                p.letters_glow(w - 0.24, h - 0.3, 0.09);
                bulbs(p, w - 0.05, h - 0.05, 0.085);
            });
        }
    });
    let (y, z) = (low + h, 0.0);
    let path =
        smooth(&[v(x, y + 0.05, z), v(0.1 * w, y + 0.3, z), v(0.75 * w, y + 0.16, z), v(0.8 * w, y - 0.2, z)], 5);
    p.put(Part::Trim, &tube(&path, &vec![0.045; path.len()], 8));
    for at in path.iter().skip(1).step_by(3) {
        p.put_at(Part::Lamp, &sphere(0.03, 4, 7), *at + v(0.0, 0.01, 0.05));
    }
    let head = [v2(-0.15, 0.0), v2(0.15, 0.0), v2(0.0, -0.24)];
    p.put_at(Part::Lacquer, &extrude(&head, 0.1, 0.02), v(0.8 * w, y - 0.17, z));
    p.put_at(Part::Lamp, &sphere(0.035, 5, 8), v(0.8 * w, y - 0.24, 0.05));
    p.lamp_light(v(0.0, low + 0.5 * h, 0.4), 2.5);
}

/// Bulbs along a rectangle.
fn bulbs(p: &mut Pen, w: f32, h: f32, z: f32) {
    let (nx, ny) = (3, (h / 0.2) as usize);
    let bulb = sphere(0.022, 3, 6);
    for s in [-0.5, 0.5] {
        for k in 0..=nx {
            p.put_at(Part::Lamp, &bulb, v((k as f32 / nx as f32 - 0.5) * w, s * h, z));
        }
        for k in 1..ny {
            p.put_at(Part::Lamp, &bulb, v(s * w, (k as f32 / ny as f32 - 0.5) * h, z));
        }
    }
}

/// Scrap nailed to a leaning pipe: a sheet with lettering, arrows, a tyre at the foot and barbed wire.
fn scrap(p: &mut Pen, size: Vec2) {
    let lean = Quat::from_rotation_z(0.04 * p.rng.signed()) * Quat::from_rotation_x(-0.03);
    p.put_at(Part::Rubber, &torus(0.27, 0.1, 22, 9), v(0.0, 0.09, 0.0));
    p.turned(Vec3::ZERO, lean, |p| {
        p.solid(|p| {
            p.drum(Part::Frame, Vec3::ZERO, 0.05, 2.75);
        });
        p.solid(|p| {
            p.turned(v(0.02, 2.2, 0.06), Quat::from_rotation_z(0.06 * p.rng.signed()), |p| {
                p.at(v(-0.5 * size.x, -0.5 * size.y, 0.0), 0.0, |p| p.corrugated(Part::Roof, size.x, size.y));
                for (a, b) in [(-0.42, 0.42), (-0.42, -0.36)] {
                    let y = b * size.y;
                    p.beam(Part::Bark, v(a * size.x, y, 0.03), v(-a * size.x, y + 0.02, 0.03), 0.035, 0.07);
                }
                p.letters(0.8 * size.x, 0.6 * size.y, 0.026);
            });
        });
        for (k, s) in [1.0f32, -1.0, 1.0].into_iter().enumerate() {
            let y = 2.06 - 0.5 * size.y - 0.26 * k as f32;
            let turn = Quat::from_rotation_y(0.25 * p.rng.signed()) * Quat::from_rotation_z(0.12 * p.rng.signed());
            p.turned(v(0.14 * s, y, 0.055), turn, |p| {
                let part = if k == 1 { Part::Panel } else { Part::Lacquer };
                p.put(part, &extrude(&arrow(0.72 * size.x, 0.19, s), 0.03, 0.004));
                p.bolts(Part::Trim, v(-0.16 * s, 0.02, 0.018), v(-0.12 * s, -0.03, 0.018), 2, 0.013);
                p.at(v(0.06 * s, 0.0, 0.0), 0.0, |p| p.letters(0.34 * size.x, 0.1, 0.012));
            });
        }
        let wire = helix(0.075, 0.5, 5.0, 50);
        p.put_at(Part::Trim, &tube(&wire, &vec![0.007; wire.len()], 4), v(0.0, 0.5, 0.0));
        for at in wire.iter().step_by(5) {
            p.chip(Part::Trim, *at + v(0.0, 0.47, 0.0), v(0.012, 0.06, 0.012));
        }
    });
}

/// A riveted board between two pipes that end in scrolls, under a gear and two shaded lamps.
fn gear_board(p: &mut Pen, size: Vec2) {
    let (w, h, y) = (size.x, size.y, 1.75);
    for s in [-1.0, 1.0] {
        let x = s * (0.5 * w + 0.05);
        p.solid(|p| {
            let curl = |t: f32| Vec2::from_angle(0.5 * PI + s * (0.5 * PI - 4.4 * t)) * 0.13 * (1.0 - 0.6 * t);
            let mut pipe = vec![v(x, 0.02, 0.0), v(x, 1.2, 0.0), v(x, y + h + 0.1, 0.0)];
            pipe.extend((1..=9).map(|k| {
                let e = curl(k as f32 / 9.0) - curl(0.0);
                v(x + e.x, y + h + 0.1 + e.y, 0.0)
            }));
            p.put(Part::Frame, &tube(&pipe, &vec![0.036; pipe.len()], 9));
            p.put(
                Part::Trim,
                &lathe(&[v2(0.13, 0.0), v2(0.12, 0.05), v2(0.07, 0.1), v2(0.06, 0.2)], 14).at(x, 0.0, 0.0),
            );
        });
        for yy in [y + 0.06, y + h - 0.08] {
            p.put_at(Part::Trim, &cylinder(0.055, 0.05, 12, 0.01), v(x, yy, 0.0));
        }
        // A lamp leans over the board on a swan's neck.
        let neck = [v(0.3 * s * w, y + h, 0.0), v(0.3 * s * w, y + h + 0.22, 0.08), v(0.3 * s * w, y + h + 0.2, 0.26)];
        let path = smooth(&neck, 4);
        p.put(Part::Trim, &tube(&path, &vec![0.014; path.len()], 6));
        p.turned(v(0.3 * s * w, y + h + 0.2, 0.27), Quat::from_rotation_x(0.6), |p| {
            p.put(Part::Trim, &lathe(&[v2(0.11, -0.1), v2(0.1, -0.06), v2(0.03, 0.02), v2(0.0, 0.03)], 14));
            p.put_at(Part::Lamp, &sphere(0.05, 5, 9), v(0.0, -0.09, 0.0));
        });
    }
    p.solid(|p| {
        p.bxb(Part::Panel, v(0.0, y, 0.0), v(w + 0.06, h, 0.05), 0.008);
        p.tube_frame_at(v(0.0, y + 0.5 * h, 0.03), w, h - 0.04);
        p.at(v(0.0, y + 0.48 * h, 0.0), 0.0, |p| p.letters(w - 0.2, h - 0.2, 0.028));
    });
    for yy in [y + 0.03, y + h - 0.03] {
        p.bolts(Part::Trim, v(-0.46 * w, yy, 0.026), v(0.46 * w, yy, 0.026), 9, 0.01);
    }
    p.at(v(0.0, y + h + 0.02, 0.0), 0.0, |p| p.gear(Part::Trim, 0.17, 0.05));
    p.at(v(0.19, y + h + 0.03, 0.0), 0.16, |p| p.gear(Part::Accent, 0.1, 0.04));
    p.pipe(Part::Trim, &[v(-0.5 * w - 0.05, 0.8, 0.02), v(0.5 * w + 0.05, 0.8, 0.02)], 0.02);
    p.put_at(Part::Trim, &sphere(0.05, 6, 10), v(0.0, 0.8, 0.02));
    p.lamp_light(v(0.0, y + h + 0.05, 0.4), 2.0);
}
