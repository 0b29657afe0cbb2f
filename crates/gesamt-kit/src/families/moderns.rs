//! Carved and cast figures of the machine ages: statesman, worker, wanderer, android, astronaut and inventor.
//!
//! Every function draws in the units of a figure (see [`super::bodies`]).

use std::f32::consts::PI;

use gesamt_mesh::shapes::{blob, cylinder, lathe, sphere};
use gesamt_mesh::shapes2::{extrude, hoop, oriented, ring, rounded_box, torus};
use glam::{Quat, Vec3};

use super::bodies::{ROBE, Ring, TORSO};
use super::heads;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

impl Pen<'_> {
    /// A coat over the torso, open in front, its hem at `hem`.
    pub fn coat(&mut self, hem: f32) {
        let at = |t: f32| hem + (0.57 - hem) * t;
        let skirt: [Ring; 6] = [
            [at(0.0), 0.15, 0.125, -0.004, 0.13],
            [at(0.3), 0.138, 0.112, -0.004, 0.11],
            [at(0.65), 0.12, 0.095, -0.002, 0.06],
            [at(1.0), 0.106, 0.08, 0.0, 0.02],
            [0.62, 0.101, 0.076, 0.004, 0.0],
            [0.66, 0.104, 0.076, 0.006, 0.0],
        ];
        self.rings(Part::Main, &skirt, 6.0);
        for s in [-1.0, 1.0] {
            // Lapels and the edge of the opening.
            let lapel =
                [v2(0.012, 0.62), v2(0.05, 0.76), v2(0.075, 0.755), v2(0.06, 0.8), v2(0.045, 0.825), v2(0.024, 0.8)];
            let lapel = lapel.map(|q| v2(s * q.x, q.y));
            self.turned(v(0.0, 0.62, 0.082), Quat::from_rotation_x(0.05), |p| {
                p.put_at(Part::Main, &extrude(&lapel, 0.02, 0.005), v(0.0, -0.62, 0.006));
            });
            let edge = [v(0.02 * s, hem + 0.015, 0.125), v(0.014 * s, 0.45, 0.098), v(0.01 * s, 0.64, 0.088)];
            self.flesh(Part::Main, &edge, &[0.011, 0.011, 0.009]);
        }
    }
}

/// A statesman in a long coat, a book in his hand.
pub(crate) fn statesman(p: &mut Pen) {
    p.legs(Part::Main, Part::Main, 0.06);
    p.rings(Part::Main, &TORSO, 1.0);
    p.coat(0.24);
    p.at_head(0.0, |p| {
        heads::head(p, Part::Main);
        heads::hair(p, Part::Main, 0.2);
        heads::moustache(p, Part::Main, 0.4);
    });
    let collar = [v2(0.045, 0.82), v2(0.062, 0.82), v2(0.055, 0.868), v2(0.045, 0.87)];
    p.put(Part::Main, &oriented(ring(&collar, 18)));
    p.put_at(Part::Main, &blob(2, |_| 1.0).mapped(|q| v(0.03 * q.x, 0.014 * q.y, 0.014 * q.z)), v(0.0, 0.835, 0.055));
    p.arm(Part::Main, 1.0, v(0.18, 0.62, -0.01), v(0.165, 0.53, 0.115), Vec3::Z);
    p.turned(v(0.158, 0.5, 0.13), Quat::from_rotation_z(0.12), |p| {
        p.bxb(Part::Main, Vec3::ZERO, v(0.035, 0.09, 0.12), 0.004);
        p.bxb(Part::Trim, v(-0.004, -0.005, -0.004), v(0.05, 0.1, 0.02), 0.004);
    });
    p.arm(Part::Main, -1.0, v(-0.19, 0.64, 0.0), v(-0.055, 0.7, 0.108), Vec3::Y);
}

/// A worker in cap and apron with a sledgehammer over the shoulder.
pub(crate) fn worker(p: &mut Pen) {
    p.legs(Part::Main, Part::Main, 0.08);
    p.rings(Part::Main, &TORSO, 1.0);
    let apron: [Ring; 5] = [
        [0.27, 0.118, 0.112, 0.012, 0.1],
        [0.36, 0.115, 0.104, 0.01, 0.08],
        [0.48, 0.112, 0.09, 0.006, 0.04],
        [0.58, 0.1, 0.076, 0.004, 0.0],
        [0.61, 0.096, 0.071, 0.004, 0.0],
    ];
    p.rings(Part::Main, &apron, 5.0);
    let bib = [v2(-0.075, 0.59), v2(0.075, 0.59), v2(0.055, 0.745), v2(-0.055, 0.745)];
    p.turned(v(0.0, 0.59, 0.07), Quat::from_rotation_x(0.12), |p| {
        p.put_at(Part::Main, &extrude(&bib, 0.018, 0.004), v(0.0, -0.59, 0.004));
    });
    for s in [-1.0, 1.0] {
        p.flesh(
            Part::Main,
            &[v(0.05 * s, 0.735, 0.09), v(0.06 * s, 0.805, 0.055), v(0.055 * s, 0.82, -0.04)],
            &[0.01; 3],
        );
    }
    p.put_at(Part::Trim, &hoop(0.094, 0.012, 0.03, 24).mapped(|q| v(1.06 * q.x, q.y, 0.84 * q.z)), v(0.0, 0.58, 0.004));
    p.at_head(-0.05, |p| {
        heads::head(p, Part::Main);
        heads::hair(p, Part::Main, 0.05);
        let cap = [[0.0, 0.4], [0.74, 0.42], [0.78, 0.55], [1.0, 0.8], [0.92, 0.95], [0.3, 1.1], [0.0, 1.12]];
        p.turned(v(0.0, 0.0, -0.06), Quat::from_rotation_x(-0.1), |p| heads::hat(p, Part::Main, &cap, 0.0));
        let peak = blob(2, |_| 1.0).mapped(|q| v(0.55 * q.x, 0.05 * q.y, 0.4 * q.z));
        p.turned(v(0.0, 0.52, 0.78), Quat::from_rotation_x(0.28), |p| {
            p.put(Part::Main, &peak);
        });
    });
    p.arm(Part::Main, 1.0, v(0.205, 0.66, 0.05), v(0.135, 0.735, 0.14), v(0.1, 0.35, -0.3));
    let (low, high) = (v(0.115, 0.66, 0.21), v(0.185, 0.935, -0.11));
    p.rod(Part::Trim, low, high, 0.013);
    p.turned(high, Quat::from_rotation_arc(Vec3::Y, (high - low).normalize()), |p| {
        p.bxb(Part::Trim, v(0.0, -0.035, 0.0), v(0.07, 0.07, 0.16), 0.012);
    });
    p.arm(Part::Main, -1.0, v(-0.225, 0.65, -0.03), v(-0.12, 0.555, 0.045), v(1.0, 0.2, 0.0));
}

/// A hooded wanderer behind a gas mask, leaning on a spear.
pub(crate) fn wanderer(p: &mut Pen) {
    p.legs(Part::Main, Part::Main, 0.06);
    p.rings(Part::Main, &TORSO, 1.0);
    p.coat(0.3);
    p.hood(Part::Main);
    p.cloak(Part::Main, 0.2, 0.2);
    p.at_head(0.08, |p| {
        p.creased(80.0, |p| {
            p.put(Part::Main, &blob(3, |_| 1.0).mapped(|q| v(0.68 * q.x, 0.98 * q.y, 0.84 * q.z)));
            let snout = lathe(&[v2(0.46, 0.0), v2(0.42, 0.35), v2(0.3, 0.5), v2(0.28, 0.55)], 16);
            p.turned(v(0.0, -0.35, 0.45), Quat::from_rotation_x(0.5 * PI + 0.25), |p| {
                p.put(Part::Main, &snout);
                p.put_at(Part::Trim, &cylinder(0.3, 0.2, 16, 0.04), v(0.0, 0.5, 0.0));
            });
            for s in [-1.0, 1.0] {
                p.turned(
                    v(0.3 * s, 0.12, 0.62),
                    Quat::from_rotation_y(0.35 * s) * Quat::from_rotation_x(0.5 * PI),
                    |p| {
                        p.put(Part::Trim, &torus(0.21, 0.06, 16, 6).at(0.0, 0.14, 0.0));
                        p.put(Part::Glass, &cylinder(0.2, 0.16, 14, 0.03));
                    },
                );
                p.turned(v(0.36 * s, -0.52, 0.55), Quat::from_rotation_z(-1.2 * s) * Quat::from_rotation_x(0.6), |p| {
                    p.put(Part::Trim, &cylinder(0.2, 0.42, 14, 0.04));
                });
            }
        });
    });
    p.arm(Part::Main, 1.0, v(0.2, 0.66, 0.0), v(0.19, 0.67, 0.14), Vec3::Y);
    p.rod(Part::Trim, v(0.19, 0.006, 0.157), v(0.19, 1.0, 0.157), 0.01);
    let tip = [v2(0.0, 0.16), v2(0.026, 0.05), v2(0.012, 0.0), v2(-0.012, 0.0), v2(-0.026, 0.05)];
    p.put_at(Part::Trim, &extrude(&tip, 0.014, 0.005), v(0.19, 0.98, 0.157));
    p.put_at(Part::Trim, &cylinder(0.019, 0.05, 8, 0.004), v(0.19, 0.93, 0.157));
    p.arm(Part::Main, -1.0, v(-0.18, 0.62, -0.02), v(-0.14, 0.51, 0.09), Vec3::Z);
    p.put_at(
        Part::Trim,
        &hoop(0.096, 0.012, 0.03, 24).mapped(|q| v(1.06 * q.x, q.y, 0.84 * q.z)),
        v(0.0, 0.575, 0.004),
    );
    for s in [-0.6, 0.6] {
        p.bxb(Part::Trim, v(0.1 * s, 0.545, 0.09), v(0.045, 0.06, 0.035), 0.006);
    }
}

/// An android of plates and joints with a visor that glows, a halo behind its head.
pub(crate) fn android(p: &mut Pen) {
    for s in [-1.0, 1.0] {
        limb(p, &[v(0.055 * s, 0.5, 0.0), v(0.065 * s, 0.28, 0.014), v(0.07 * s, 0.06, 0.0)], 0.05);
        p.bxb(Part::Trim, v(0.072 * s, 0.0, 0.025), v(0.075, 0.06, 0.16), 0.018);
        limb(p, &[v(0.15 * s, 0.79, 0.0), v(0.19 * s, 0.63, 0.02), v(0.17 * s, 0.5, 0.13)], 0.038);
        p.creased(60.0, |p| {
            let shoulder = blob(2, |_| 1.0).mapped(|q| v(0.06 * q.x, 0.062 * q.y, 0.066 * q.z));
            p.put_at(Part::Main, &shoulder, v(0.145 * s, 0.79, 0.0));
        });
        p.bxb(Part::Trim, v(0.17 * s, 0.485, 0.15), v(0.05, 0.03, 0.07), 0.01);
        for k in 0..4 {
            let x = 0.17 * s + 0.013 * (k as f32 - 1.5);
            p.rod(Part::Trim, v(x, 0.5, 0.175), v(x, 0.515, 0.23), 0.0065);
        }
    }
    p.put_at(Part::Main, &rounded_box(v(0.19, 0.1, 0.14), 0.03, 3), v(0.0, 0.5, 0.0));
    for k in 0..3 {
        p.put_at(
            Part::Trim,
            &cylinder(0.062 + 0.004 * k as f32, 0.028, 18, 0.006),
            v(0.0, 0.545 + 0.032 * k as f32, 0.0),
        );
    }
    p.creased(55.0, |p| {
        let chest = lathe(&[v2(0.075, 0.63), v2(0.112, 0.68), v2(0.14, 0.76), v2(0.125, 0.82), v2(0.06, 0.845)], 10);
        p.put(Part::Main, &chest.mapped(|q| v(q.x, q.y, 0.7 * q.z)));
    });
    p.turned(v(0.0, 0.745, 0.075), Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Trim, &torus(0.042, 0.011, 20, 6).at(0.0, 0.016, 0.0));
        p.put(Part::Glow, &cylinder(0.034, 0.022, 18, 0.006));
    });
    p.rod(Part::Trim, v(0.0, 0.83, 0.0), v(0.0, 0.9, 0.005), 0.032);
    p.at_head(0.0, |p| {
        p.creased(60.0, |p| {
            p.put(Part::Main, &blob(3, |_| 1.0).mapped(|q| v(0.7 * q.x * (1.0 + 0.12 * q.y), q.y, 0.86 * q.z)));
        });
        let visor = gesamt_mesh::shapes::slab([14, 4], 0.1, |x, y| {
            let a = PI * (0.1 + 0.8 * x);
            v(0.71 * a.cos(), 0.26 * (y - 0.3), 0.87 * a.sin())
        });
        p.put(Part::Glow, &oriented(visor));
        for s in [-1.0, 1.0] {
            p.turned(v(0.6 * s, 0.05, 0.0), Quat::from_rotation_z(-0.5 * PI * s), |p| {
                p.put(Part::Trim, &cylinder(0.24, 0.2, 14, 0.05));
            });
        }
        p.bxb(Part::Trim, v(0.0, -0.72, 0.5), v(0.5, 0.2, 0.34), 0.06);
    });
    halo(p);
}

/// A limb of two plated tubes between round joints.
fn limb(p: &mut Pen, joints: &[Vec3; 3], r: f32) {
    p.creased(60.0, |p| {
        for (k, pair) in joints.windows(2).enumerate() {
            let q = r * (1.0 - 0.18 * k as f32);
            let (a, b) = (pair[0], pair[1]);
            let plate = [a.lerp(b, 0.12), a.lerp(b, 0.2), a.lerp(b, 0.5), a.lerp(b, 0.8), a.lerp(b, 0.86)];
            p.put(Part::Main, &gesamt_mesh::shapes::tube(&plate, &[0.8, 1.0, 0.95, 0.7, 0.6].map(|t| t * q), 10));
            p.rod(Part::Trim, a, b, 0.45 * q);
        }
        for (k, at) in joints.iter().enumerate() {
            p.put_at(Part::Trim, &sphere(r * (0.85 - 0.15 * k as f32), 6, 10), *at);
        }
    });
}

/// A ring of light behind a head on two struts from the shoulder blades.
fn halo(p: &mut Pen) {
    let at = v(0.0, 0.93, -0.11);
    let part = if p.dialect() == Dialect::Neon { Part::Glow } else { Part::Trim };
    p.turned(at, Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(part, &torus(0.15, 0.01, 32, 6));
        p.put(Part::Trim, &hoop(0.158, 0.012, 0.02, 32).at(0.0, -0.01, 0.0));
    });
    for s in [-1.0, 1.0] {
        let rim = at + v(0.1 * s, -0.115, 0.0);
        p.rod(Part::Trim, v(0.07 * s, 0.76, -0.04), rim, 0.011);
        p.put_at(Part::Trim, &sphere(0.018, 5, 8), rim);
    }
}

/// A limb of a pressure suit: wide, with rings of folds at its joints.
fn padded(p: &mut Pen, joints: &[Vec3; 3], r: f32) {
    let path = super::build::smooth(joints, 9);
    let n = path.len() as f32 - 1.0;
    let girth: Vec<f32> = (0..path.len())
        .map(|i| {
            let t = i as f32 / n;
            let joint = (-((t - 0.5) / 0.16).powi(2)).exp() + (-((t - 0.95) / 0.08).powi(2)).exp();
            r * (1.0 - 0.2 * t) * (1.0 - 0.1 * joint * (i % 2) as f32)
        })
        .collect();
    p.creased(60.0, |p| {
        p.put(Part::Main, &gesamt_mesh::shapes::tube(&path, &girth, 14));
    });
}

/// An astronaut who points to the sky.
pub(crate) fn astronaut(p: &mut Pen) {
    for s in [-1.0, 1.0] {
        padded(p, &[v(0.065 * s, 0.53, 0.0), v(0.08 * s, 0.3, 0.014 + 0.02 * s), v(0.085 * s, 0.09, 0.03 * s)], 0.078);
        let boot = blob(2, |_| 1.0).mapped(|q| v(0.056 * q.x, (0.075 * q.y).max(-0.03) + 0.03, 0.095 * q.z));
        p.put_at(Part::Trim, &boot, v(0.088 * s, 0.0, 0.02 + 0.03 * s));
        p.put_at(Part::Trim, &torus(0.062, 0.012, 18, 6), v(0.085 * s, 0.115, 0.03 * s));
        p.creased(80.0, |p| {
            p.put_at(Part::Main, &sphere(0.074, 8, 14), v(0.14 * s, 0.78, 0.0));
        });
    }
    let suit: [Ring; 8] = [
        [0.45, 0.1, 0.09, 0.0, 0.0],
        [0.5, 0.135, 0.11, 0.0, 0.0],
        [0.57, 0.13, 0.105, 0.0, 0.0],
        [0.62, 0.118, 0.095, 0.004, 0.0],
        [0.68, 0.14, 0.108, 0.006, 0.0],
        [0.76, 0.152, 0.11, 0.004, 0.0],
        [0.82, 0.125, 0.09, 0.0, 0.0],
        [0.85, 0.085, 0.075, 0.0, 0.0],
    ];
    p.rings(Part::Main, &suit, 1.0);
    padded(p, &[v(0.14, 0.78, 0.0), v(0.23, 0.87, 0.05), v(0.24, 1.03, 0.08)], 0.058);
    padded(p, &[v(-0.14, 0.78, 0.0), v(-0.205, 0.64, 0.02), v(-0.185, 0.51, 0.09)], 0.058);
    for (at, s) in [(v(0.24, 1.05, 0.082), 1.0), (v(-0.185, 0.49, 0.1), -1.0)] {
        p.creased(80.0, |p| {
            p.put_at(Part::Trim, &blob(2, |_| 1.0).mapped(|q| v(0.036 * q.x, 0.045 * q.y, 0.034 * q.z)), at);
        });
        if s > 0.0 {
            p.flesh(Part::Trim, &[at, at + v(0.005, 0.06, 0.0), at + v(0.008, 0.1, 0.004)], &[0.017, 0.015, 0.008]);
        }
    }
    helmet(p);
    p.put_at(Part::Main, &rounded_box(v(0.22, 0.3, 0.12), 0.03, 3), v(0.0, 0.72, -0.135));
    p.put_at(Part::Main, &rounded_box(v(0.12, 0.08, 0.07), 0.015, 2), v(0.0, 0.7, 0.115));
    for k in 0..3 {
        let part = if k == 1 { Part::Glow } else { Part::Trim };
        p.bxb(part, v(0.034 * (k as f32 - 1.0), 0.705, 0.152), v(0.02, 0.016, 0.012), 0.003);
    }
    for s in [-1.0, 1.0] {
        let hose = [v(0.05 * s, 0.69, 0.13), v(0.11 * s, 0.63, 0.13), v(0.135 * s, 0.68, 0.03), v(0.1 * s, 0.7, -0.1)];
        p.flesh(Part::Trim, &hose, &[0.013; 4]);
    }
}

/// A round helmet with a visor.
fn helmet(p: &mut Pen) {
    p.put_at(Part::Trim, &torus(0.085, 0.018, 26, 8), v(0.0, 0.85, 0.0));
    p.creased(80.0, |p| {
        p.put_at(Part::Main, &blob(3, |_| 0.105).mapped(|q| v(q.x, 1.02 * q.y, q.z)), v(0.0, 0.935, 0.0));
        let visor = blob(3, |_| 1.0).mapped(|q| v(0.088 * q.x, 0.074 * q.y, 0.07 * q.z));
        p.put_at(Part::Accent, &visor, v(0.0, 0.938, 0.052));
        p.turned(v(0.0, 0.938, 0.07), Quat::from_rotation_x(0.5 * PI), |p| {
            p.put(
                Part::Trim,
                &torus(0.084, 0.011, 28, 6).mapped(|q| v(q.x, q.y - 0.28 * q.x.abs() + 0.014, 0.84 * q.z)),
            );
        });
        for s in [-1.0, 1.0] {
            p.turned(v(0.09 * s, 0.935, 0.0), Quat::from_rotation_z(-0.5 * PI * s), |p| {
                p.put(Part::Trim, &cylinder(0.03, 0.024, 14, 0.006));
            });
        }
    });
}

/// An inventor in top hat and tailcoat who lifts a great gear.
pub(crate) fn inventor(p: &mut Pen) {
    p.legs(Part::Main, Part::Main, 0.06);
    p.rings(Part::Main, &TORSO, 1.0);
    p.coat(0.2);
    p.at_head(-0.03, |p| {
        heads::head(p, Part::Main);
        heads::hair(p, Part::Main, 0.15);
        heads::moustache(p, Part::Main, 0.55);
        heads::goggles(p, Part::Trim, Part::Glow);
        let crown = [
            [0.0, 0.5],
            [1.12, 0.5],
            [1.16, 0.55],
            [0.8, 0.6],
            [0.76, 0.7],
            [0.7, 1.2],
            [0.82, 1.72],
            [0.78, 1.78],
            [0.0, 1.78],
        ];
        heads::hat(p, Part::Main, &crown, 1.2);
        p.put_at(Part::Trim, &hoop(0.73, 0.08, 0.2, 24).mapped(|q| v(q.x, q.y, 1.08 * q.z)), v(0.0, 0.62, 0.0));
    });
    let hand = v(0.2, 0.94, 0.12);
    p.arm(Part::Main, 1.0, v(0.22, 0.79, 0.06), hand, Vec3::X);
    p.at(hand + v(0.0, 0.1, 0.02), 0.0, |p| p.gear(Part::Trim, 0.085, 0.03));
    p.arm(Part::Main, -1.0, v(-0.19, 0.63, 0.0), v(-0.175, 0.52, 0.12), Vec3::Y);
    p.rod(Part::Trim, v(-0.175, 0.006, 0.137), v(-0.175, 0.56, 0.137), 0.01);
    p.put_at(Part::Trim, &sphere(0.02, 6, 10), v(-0.175, 0.57, 0.137));
    for k in 0..4 {
        p.put_at(Part::Trim, &sphere(0.009, 4, 8), v(0.0, 0.6 + 0.04 * k as f32, 0.09));
    }
}

/// A robed figure that carries a sun before its breast, its face lifted to the light.
pub(crate) fn sun_bearer(p: &mut Pen) {
    p.rings(Part::Main, &ROBE, 8.0);
    p.at_head(-0.12, |p| {
        heads::head(p, Part::Main);
        heads::hair(p, Part::Main, 0.4);
        heads::laurel(p, Part::Plant);
    });
    for s in [-1.0, 1.0] {
        p.arm(Part::Main, s, v(0.185 * s, 0.63, 0.05), v(0.088 * s, 0.65, 0.165), v(0.4 * s, 1.0, 0.0));
    }
    let sun = v(0.0, 0.665, 0.185);
    p.turned(sun, Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Trim, &hoop(0.083, 0.012, 0.026, 32).at(0.0, -0.013, 0.0));
        for k in 0..12 {
            p.at(Vec3::ZERO, PI * k as f32 / 6.0, |p| {
                let ray = [v2(-0.012, 0.088), v2(0.012, 0.088), v2(0.0, 0.088 + if k % 2 == 0 { 0.07 } else { 0.04 })];
                p.turned(Vec3::ZERO, Quat::from_rotation_x(0.5 * PI), |p| {
                    p.put(Part::Trim, &extrude(&ray, 0.014, 0.003));
                });
            });
        }
    });
    p.put_at(Part::Glow, &blob(3, |_| 0.072).mapped(|q| v(q.x, q.y, 0.5 * q.z)), sun);
    p.rod(Part::Trim, sun - v(0.09, 0.0, 0.0), sun + v(0.09, 0.0, 0.0), 0.008);
    p.light(sun, 0.06, p.style.colors[4], 5.0 * p.style.lit, gesamt_mesh::LightGroup::Steady);
}
