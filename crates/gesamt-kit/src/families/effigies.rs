//! Lids of tombs: lying figures with folded hands, and the gilded mask of a mummy.

use std::f32::consts::PI;

use gesamt_mesh::shapes::{blob, slab, sphere};
use gesamt_mesh::shapes2::{extrude, loft, oriented, rounded_box};
use gesamt_world::Genre;
use glam::{Affine3A, Mat3, Quat, Vec2, Vec3};

use super::bodies::ROBE;
use super::heads;
use super::pen::{Pen, v, v2};
use crate::style::{Dialect, Part};

/// The frame of something that stands (up along +Y, looking along +Z) when it lies on its back, its head toward −X.
fn lying(scale: f32, at: Vec3) -> Affine3A {
    Affine3A::from_mat3_translation(Mat3::from_cols(Vec3::NEG_Z, Vec3::NEG_X, Vec3::Y) * scale, at)
}

/// A figure on its back on a lid `l` metres long whose top lies at `y`.
pub(crate) fn effigy(p: &mut Pen, l: f32, y: f32) {
    let s = 0.86 * l;
    p.creased(70.0, |p| {
        for turn in [0.12, -0.08] {
            let pillow = rounded_box(v(0.42, 0.13, 0.6), 0.06, 3);
            p.turned(v(-0.41 * l, y + 0.05 - 0.2 * turn, 0.0), Quat::from_rotation_y(turn), |p| {
                p.put(Part::Main, &pillow);
            });
        }
    });
    p.within(lying(s, v(0.44 * l, y + 0.07, 0.0)), |p| {
        // On its back a figure is flatter than it stands.
        let rows = ROBE.map(|[h, a, b, z, fold]| [h + 0.02, 0.86 * a, 0.74 * b, z, 0.8 * fold]);
        p.rings(Part::Main, &rows, 7.0);
        for s in [-1.0, 1.0] {
            let toe = blob(2, |_| 1.0).mapped(|q| v(0.036 * q.x, 0.035 * q.y, 0.075 * q.z));
            p.put_at(Part::Main, &toe, v(0.06 * s, 0.0, 0.045));
            p.arm(Part::Main, s, v(0.155 * s, 0.61, 0.03), v(0.013 * s, 0.69, 0.112), v(0.1 * s, 1.0, 0.25));
        }
        dress(p);
    });
    // A hound sleeps at the feet.
    p.creased(80.0, |p| {
        let at = v(0.465 * l, y + 0.06, 0.0);
        p.put_at(Part::Main, &blob(2, |_| 1.0).mapped(|q| v(0.085 * q.x, 0.1 * q.y, 0.22 * q.z)), at);
        p.put_at(
            Part::Main,
            &blob(2, |_| 1.0).mapped(|q| v(0.07 * q.x, 0.065 * q.y, 0.09 * q.z)),
            at + v(0.0, 0.07, 0.2),
        );
        p.put_at(Part::Main, &sphere(0.035, 5, 8), at + v(0.0, 0.045, 0.29));
    });
}

/// Head, hair and what marks the rank of a figure.
fn dress(p: &mut Pen) {
    match p.style.genre {
        Genre::GothicHorror | Genre::Noir => {
            p.at_head(0.0, |p| heads::head(p, Part::Main));
            p.hood(Part::Main);
        }
        Genre::FairyTale => p.at_head(0.0, |p| {
            heads::head(p, Part::Main);
            heads::hair(p, Part::Main, 0.4);
            heads::beard(p, Part::Main, 0.4);
            heads::crown(p, Part::Accent);
        }),
        _ if p.dialect() == Dialect::Japan => p.at_head(0.0, |p| {
            heads::head(p, Part::Main);
            heads::hair(p, Part::Main, 0.1);
        }),
        _ => {
            p.at_head(0.0, |p| {
                heads::head(p, Part::Main);
                heads::hair(p, Part::Main, 0.3);
                heads::beard(p, Part::Main, 0.25);
            });
            let blade = [v2(-0.016, 0.56), v2(-0.014, 0.14), v2(0.0, 0.08), v2(0.014, 0.14), v2(0.016, 0.56)];
            p.put_at(Part::Trim, &extrude(&blade, 0.016, 0.005), v(0.0, 0.0, 0.1));
            p.bxb(Part::Trim, v(0.0, 0.55, 0.1), v(0.15, 0.022, 0.026), 0.006);
            p.rod(Part::Trim, v(0.0, 0.56, 0.1), v(0.0, 0.66, 0.118), 0.011);
        }
    }
}

/// The lid of a mummy's case, `l` × `w` metres: a swelling body with a face, a striped headcloth and crossed arms.
pub(crate) fn mummy(p: &mut Pen, l: f32, w: f32) {
    let outline = [
        (-0.49, 0.17),
        (-0.42, 0.3),
        (-0.3, 0.36),
        (-0.22, 0.43),
        (0.0, 0.41),
        (0.25, 0.31),
        (0.42, 0.24),
        (0.46, 0.26),
        (0.49, 0.22),
    ];
    let body: Vec<Vec<Vec3>> = outline
        .into_iter()
        .map(|(t, r)| {
            let up = if t > 0.4 { 0.42 } else { 0.8 * r };
            (0..15)
                .map(|j| Vec2::from_angle(PI * j as f32 / 14.0))
                .map(|e| v(t * l, 0.02 + up * e.y.max(0.0).powf(0.8), r * w * e.x))
                .collect()
        })
        .collect();
    p.crease(60.0).put(Part::Main, &oriented(loft(&body))).crease(50.0);
    // Bands of gold across the wrappings.
    for k in 0..4 {
        let t = 0.085 * k as f32;
        let r = 0.41 - 0.38 * t;
        let band = slab([14, 1], 0.03, |x, y| {
            let e = Vec2::from_angle(PI * (0.02 + 0.96 * x));
            v((t + 0.022 * y) * l, 0.026 + 0.8 * r * e.y.max(0.0).powf(0.8), (r * w + 0.008) * e.x)
        });
        p.crease(60.0).put(Part::Accent, &oriented(band)).crease(50.0);
    }
    let size = 0.2;
    p.within(lying(size, v(-0.345 * l, 0.31, 0.0)), |p| {
        heads::head(p, Part::Accent);
        heads::nemes(p, Part::Accent, 0.12);
        p.flesh(Part::Trim, &[v(0.0, -0.95, 0.66), v(0.0, -1.35, 0.72), v(0.0, -1.75, 0.82)], &[0.13, 0.11, 0.14]);
    });
    for s in [-1.0, 1.0] {
        let (elbow, hand) = (v(-0.06 * l, 0.3, 0.3 * s * w), v(-0.17 * l, 0.37, -0.1 * s));
        let arm = [v(-0.2 * l, 0.25, 0.36 * s * w), elbow, elbow.lerp(hand, 0.5) + v(0.0, 0.05, 0.0), hand];
        p.flesh(Part::Accent, &arm, &[0.07, 0.075, 0.065, 0.05]);
        p.put_at(Part::Accent, &sphere(0.06, 6, 10), hand);
        let staff = [v(-0.02 * l, 0.4, -0.02 * s), hand + v(0.0, 0.045, 0.0), v(-0.27 * l, 0.38, -0.2 * s)];
        p.flesh(Part::Trim, &staff, &[0.022; 3]);
    }
}
