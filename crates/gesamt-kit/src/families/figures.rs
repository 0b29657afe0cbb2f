//! Carved figures of the old cultures: king, jackal god, mourner, victory, pioneer and whaler.
//!
//! Every function draws in the units of a figure (see [`super::bodies`]).

use std::f32::consts::PI;

use gesamt_mesh::shapes::{blob, lathe, slab, sphere};
use gesamt_mesh::shapes2::{extrude, hoop, loft, oriented, torus};
use glam::{Quat, Vec3};

use super::bodies::{ROBE, Ring, TORSO};
use super::heads;
use super::pen::{Pen, v, v2};
use super::wings::{Pose, wings};
use crate::style::Part;

/// A kilt that stands off in front.
const KILT: [Ring; 5] = [
    [0.3, 0.125, 0.115, 0.03, 0.03],
    [0.36, 0.122, 0.108, 0.024, 0.03],
    [0.46, 0.112, 0.092, 0.012, 0.02],
    [0.56, 0.108, 0.082, 0.0, 0.0],
    [0.6, 0.098, 0.072, 0.002, 0.0],
];

/// A crowned king in robe and cloak with sceptre and orb.
pub(crate) fn king(p: &mut Pen) {
    p.rings(Part::Main, &ROBE, 7.0);
    p.cloak(Part::Main, 0.012, 0.25);
    let ermine = [v2(0.105, 0.735), v2(0.16, 0.72), v2(0.172, 0.745), v2(0.135, 0.8), v2(0.075, 0.845), v2(0.06, 0.85)];
    p.creased(70.0, |p| {
        p.put(Part::Main, &lathe(&ermine, 28).mapped(|q| v(q.x, q.y, 0.72 * q.z)));
    });
    p.at_head(0.03, |p| {
        heads::head(p, Part::Main);
        heads::hair(p, Part::Main, 0.5);
        heads::beard(p, Part::Main, 0.55);
        heads::crown(p, Part::Trim);
    });
    p.put_at(
        Part::Trim,
        &hoop(0.093, 0.014, 0.035, 24).mapped(|q| v(1.06 * q.x, q.y, 0.84 * q.z)),
        v(0.0, 0.565, 0.005),
    );
    let hand = v(0.165, 0.58, 0.12);
    p.arm(Part::Main, 1.0, v(0.185, 0.64, 0.0), hand, Vec3::Y);
    p.rod(Part::Trim, v(0.165, 0.02, 0.135), v(0.165, 0.86, 0.135), 0.011);
    p.put_at(Part::Trim, &sphere(0.03, 7, 12), v(0.165, 0.88, 0.135));
    p.put_at(Part::Trim, &gesamt_mesh::shapes::cone(0.016, 0.0, 0.06, 6), v(0.165, 0.905, 0.135));
    p.arm(Part::Main, -1.0, v(-0.18, 0.63, 0.02), v(-0.06, 0.64, 0.13), Vec3::X);
    p.creased(80.0, |p| {
        p.put_at(Part::Trim, &sphere(0.042, 8, 14), v(-0.06, 0.695, 0.145));
    });
    p.put_at(Part::Trim, &hoop(0.041, 0.007, 0.012, 18), v(-0.06, 0.689, 0.145));
}

/// A striding god with the head of a jackal, sceptre and ankh in his hands.
pub(crate) fn jackal_god(p: &mut Pen) {
    p.legs(Part::Main, Part::Main, 0.12);
    p.rings(Part::Main, &TORSO, 1.0);
    p.rings(Part::Main, &KILT, 14.0);
    let apron = [v2(-0.03, 0.585), v2(-0.055, 0.3), v2(0.055, 0.3), v2(0.03, 0.585)];
    p.turned(v(0.0, 0.0, 0.13), Quat::from_rotation_x(-0.12), |p| {
        p.put_at(Part::Trim, &extrude(&apron, 0.02, 0.004), v(0.0, 0.0, 0.045));
    });
    p.put_at(Part::Trim, &hoop(0.092, 0.012, 0.028, 24).mapped(|q| v(1.06 * q.x, q.y, 0.8 * q.z)), v(0.0, 0.58, 0.002));
    for (r, y) in [(0.135, 0.735), (0.117, 0.765), (0.096, 0.795)] {
        let collar = [v2(0.05, y + 0.02), v2(r, y), v2(r + 0.004, y + 0.014), v2(0.05, y + 0.045)];
        let ring = gesamt_mesh::shapes2::ring(&collar, 28).mapped(|q| v(q.x, q.y, 0.68 * q.z + 0.004));
        p.put(if r == 0.117 { Part::Trim } else { Part::Main }, &oriented(ring));
    }
    p.at_head(0.0, jackal);
    p.arm(Part::Main, 1.0, v(0.175, 0.63, 0.0), v(0.165, 0.56, 0.14), Vec3::Y);
    p.rod(Part::Trim, v(0.165, 0.005, 0.158), v(0.165, 0.85, 0.158), 0.011);
    p.rod(Part::Trim, v(0.165, 0.84, 0.158), v(0.165, 0.9, 0.2), 0.011);
    p.rod(Part::Trim, v(0.165, 0.88, 0.19), v(0.165, 0.83, 0.23), 0.009);
    p.arm(Part::Main, -1.0, v(-0.168, 0.62, -0.01), v(-0.165, 0.475, 0.03), Vec3::Z);
    p.at(v(-0.165, 0.36, 0.045), 0.5 * PI, |p| {
        p.turned(v(0.0, 0.1, 0.0), Quat::from_rotation_x(0.5 * PI), |p| {
            p.put(Part::Trim, &torus(0.022, 0.008, 14, 6).mapped(|q| v(q.x, q.y, 1.3 * q.z)));
        });
        p.bx(Part::Trim, Vec3::ZERO, v(0.018, 0.078, 0.014));
        p.bx(Part::Trim, v(0.0, 0.048, 0.0), v(0.075, 0.018, 0.014));
    });
}

/// The head of a jackal under a striped headcloth.
fn jackal(p: &mut Pen) {
    let ring = |z: f32, y: f32, a: f32, b: f32| -> Vec<Vec3> {
        (0..14).map(|k| PI * k as f32 / 7.0).map(|t| v(a * t.cos(), y + b * t.sin(), z)).collect()
    };
    p.creased(75.0, |p| {
        let muzzle = loft(&[
            ring(-0.75, 0.15, 0.3, 0.4),
            ring(-0.3, 0.15, 0.66, 0.75),
            ring(0.3, 0.12, 0.62, 0.68),
            ring(0.75, 0.02, 0.42, 0.46),
            ring(1.2, -0.1, 0.27, 0.3),
            ring(1.75, -0.2, 0.2, 0.21),
            ring(1.98, -0.21, 0.14, 0.15),
        ]);
        p.put(Part::Main, &muzzle);
        p.put_at(Part::Trim, &sphere(0.12, 6, 8), v(0.0, -0.1, 1.96));
        for s in [-1.0, 1.0] {
            let eye = blob(2, |_| 1.0).mapped(|q| v(0.07 * q.x, 0.09 * q.y, 0.17 * q.z));
            p.turned(v(0.45 * s, 0.25, 0.62), Quat::from_rotation_y(0.4 * s), |p| {
                p.put(Part::Trim, &eye);
            });
            let ear = loft(&[
                ear_ring(0.0, 0.24, 0.16),
                ear_ring(0.55, 0.28, 0.15),
                ear_ring(1.0, 0.2, 0.1),
                vec![v(0.0, 1.45, 0.0)],
            ]);
            p.turned(v(0.36 * s, 0.62, -0.15), Quat::from_rotation_z(-0.1 * s), |p| {
                p.put(Part::Main, &ear);
            });
        }
        heads::nemes(p, Part::Main, 0.8);
    });
}

fn ear_ring(y: f32, a: f32, b: f32) -> Vec<Vec3> {
    (0..8).map(|k| PI * k as f32 / 4.0).map(|t| v(a * t.cos(), y, b * t.sin() - 0.08 * t.sin().max(0.0))).collect()
}

/// A hooded mourner with folded wings, hands joined before the breast.
pub(crate) fn mourner(p: &mut Pen) {
    p.rings(Part::Main, &ROBE, 7.0);
    p.at_head(0.35, |p| heads::head(p, Part::Main));
    p.hood(Part::Main);
    for s in [-1.0, 1.0] {
        p.arm(Part::Main, s, v(0.165 * s, 0.6, 0.05), v(0.014 * s, 0.68, 0.125), v(0.15 * s, 1.0, 0.1));
        sleeve(p, s, v(0.165 * s, 0.6, 0.05), v(0.03 * s, 0.67, 0.115));
    }
    wings(p, Pose::Folded);
}

/// A wide sleeve that hangs from the forearm.
fn sleeve(p: &mut Pen, s: f32, elbow: Vec3, wrist: Vec3) {
    let mid = elbow.lerp(wrist, 0.55);
    let hang = v(0.02 * s, -0.1, 0.0);
    p.flesh(Part::Main, &[elbow + v(0.0, 0.03, 0.0), mid + 0.25 * hang, wrist], &[0.046, 0.05, 0.036]);
    p.flesh(Part::Main, &[mid, mid + 0.6 * hang, mid + 1.35 * hang], &[0.04, 0.034, 0.008]);
}

/// A winged victory who lifts a wreath.
pub(crate) fn victory(p: &mut Pen) {
    p.rings(Part::Main, &ROBE, 9.0);
    p.put_at(Part::Main, &torus(0.098, 0.012, 28, 6).mapped(|q| v(1.05 * q.x, q.y, 0.82 * q.z)), v(0.0, 0.66, 0.008));
    p.at_head(-0.05, |p| {
        heads::head(p, Part::Main);
        heads::hair(p, Part::Main, 0.25);
        p.put_at(Part::Main, &sphere(0.3, 7, 10), v(0.0, 0.25, -0.98));
        heads::laurel(p, Part::Trim);
    });
    let hand = v(0.2, 1.02, 0.1);
    p.arm(Part::Main, 1.0, v(0.21, 0.86, 0.06), hand, Vec3::X);
    p.turned(hand + v(0.0, 0.075, 0.02), Quat::from_rotation_x(0.5 * PI), |p| {
        p.put(Part::Trim, &torus(0.065, 0.013, 24, 7));
    });
    p.arm(Part::Main, -1.0, v(-0.17, 0.62, -0.02), v(-0.175, 0.48, 0.06), v(0.2, 1.0, 0.3));
    let palm = slab([4, 8], 0.012, |x, y| v((x - 0.5) * 0.07 * (PI * (0.1 + 0.85 * y)).sin(), 0.5 * y, 0.06 * y * y));
    p.turned(v(-0.165, 0.4, 0.07), Quat::from_rotation_z(0.12), |p| {
        p.put(Part::Trim, &oriented(palm));
    });
    wings(p, Pose::Spread);
}

/// A pioneer in hat and long coat, his rifle grounded.
pub(crate) fn pioneer(p: &mut Pen) {
    p.legs(Part::Main, Part::Main, 0.05);
    p.rings(Part::Main, &TORSO, 1.0);
    p.coat(0.17);
    p.at_head(0.0, |p| {
        heads::head(p, Part::Main);
        heads::hair(p, Part::Main, 0.15);
        heads::moustache(p, Part::Main, 0.5);
        let crown =
            [[0.0, 0.42], [1.45, 0.44], [1.5, 0.5], [0.84, 0.56], [0.8, 0.7], [0.7, 1.25], [0.45, 1.3], [0.0, 1.18]];
        heads::hat(p, Part::Main, &crown, 0.9);
        p.put_at(Part::Trim, &hoop(0.76, 0.09, 0.14, 24).mapped(|q| v(q.x, q.y, 1.08 * q.z)), v(0.0, 0.56, 0.0));
    });
    let scarf = [v2(0.045, 0.81), v2(0.085, 0.815), v2(0.08, 0.85), v2(0.045, 0.865)];
    p.put(Part::Main, &lathe(&scarf, 18).mapped(|q| v(q.x, q.y, q.z + 0.004)));
    p.turned(v(0.0, 0.825, 0.06), Quat::from_rotation_x(-0.25), |p| {
        p.put(Part::Main, &extrude(&[v2(-0.07, 0.0), v2(0.0, -0.11), v2(0.07, 0.0)], 0.016, 0.004));
    });
    p.arm(Part::Main, 1.0, v(0.185, 0.635, 0.0), v(0.2, 0.55, 0.13), Vec3::Y);
    p.rod(Part::Trim, v(0.2, 0.16, 0.147), v(0.2, 0.68, 0.147), 0.01);
    let stock =
        [v2(-0.034, 0.002), v2(0.03, 0.002), v2(0.018, 0.2), v2(0.012, 0.38), v2(-0.012, 0.38), v2(-0.018, 0.2)];
    p.at(v(0.2, 0.0, 0.147), 0.5 * PI, |p| {
        p.put(Part::Main, &extrude(&stock, 0.026, 0.006));
    });
    p.arm(Part::Main, -1.0, v(-0.2, 0.64, -0.03), v(-0.105, 0.565, 0.07), Vec3::X);
    p.put_at(
        Part::Trim,
        &hoop(0.094, 0.012, 0.03, 24).mapped(|q| v(1.06 * q.x, q.y, 0.84 * q.z)),
        v(0.0, 0.575, 0.004),
    );
    p.bx(Part::Trim, v(0.0, 0.57, 0.086), v(0.045, 0.038, 0.014));
}

/// A whaler in oilskins with a harpoon, a coil of rope at his feet.
pub(crate) fn whaler(p: &mut Pen) {
    p.legs(Part::Main, Part::Main, 0.06);
    p.rings(Part::Main, &TORSO, 1.0);
    p.coat(0.26);
    p.at_head(0.0, |p| {
        heads::head(p, Part::Main);
        heads::beard(p, Part::Main, 0.35);
        heads::hair(p, Part::Main, 0.15);
        let crown = [[0.0, 0.35], [1.05, 0.26], [1.15, 0.3], [0.86, 0.5], [0.78, 0.8], [0.5, 1.12], [0.0, 1.18]];
        // The brim of a sou'wester is longest behind.
        p.turned(v(0.0, 0.0, -0.12), Quat::from_rotation_x(-0.16), |p| heads::hat(p, Part::Main, &crown, 0.0));
    });
    let collar = [v2(0.05, 0.8), v2(0.1, 0.8), v2(0.082, 0.85), v2(0.06, 0.872), v2(0.045, 0.86)];
    p.put(Part::Main, &lathe(&collar, 20).mapped(|q| v(q.x, q.y, 0.85 * q.z)));
    for k in 0..5 {
        p.put_at(Part::Trim, &sphere(0.011, 4, 8), v(0.0, 0.5 + 0.055 * k as f32, 0.088 + 0.006 * (k as f32 - 1.0)));
    }
    p.arm(Part::Main, 1.0, v(0.2, 0.67, 0.0), v(0.19, 0.7, 0.15), v(0.05, 1.0, 0.0));
    p.rod(Part::Trim, v(0.155, 0.01, 0.166), v(0.21, 1.02, 0.166), 0.011);
    let barb = [
        v2(0.0, 0.12),
        v2(0.03, 0.03),
        v2(0.012, 0.04),
        v2(0.012, 0.0),
        v2(-0.012, 0.0),
        v2(-0.012, 0.04),
        v2(-0.03, 0.03),
    ];
    p.put_at(Part::Trim, &extrude(&barb, 0.014, 0.004), v(0.21, 1.0, 0.166));
    p.arm(Part::Main, -1.0, v(-0.18, 0.62, -0.02), v(-0.155, 0.5, 0.08), Vec3::Z);
    for k in 0..4 {
        let r = 0.058 - 0.003 * k as f32;
        p.put_at(Part::Trim, &torus(r, 0.013, 20, 6), v(-0.13, 0.012 + 0.02 * k as f32, 0.13));
    }
    p.flesh(Part::Trim, &[v(-0.155, 0.5, 0.08), v(-0.18, 0.3, 0.13), v(-0.185, 0.06, 0.13)], &[0.011, 0.011, 0.011]);
}
