//! What is worn on the head. Shapes are in the frame of the head (its middle at the origin, +z the face) and in heads.

use gesamt_mesh::Shape;
use gesamt_mesh::noise::gradient;
use gesamt_mesh::shapes::{blob, lathe, sphere};
use glam::{Affine3A, Quat, Vec2, Vec3};

use crate::ground::smooth;

/// Coverings of the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hat {
    /// Short hair.
    Short,
    /// Long hair.
    Long,
    /// Hair in a bun.
    Bun,
    Hood,
    /// A scarf around head and neck.
    Scarf,
    Fedora,
    Bowler,
    Top,
    Flat,
    Wide,
    Straw,
    Pointed,
    Hard,
    SouWester,
    Helmet,
    DiverHelmet,
    /// The bare long skull of an alien.
    Bare,
}

fn v(points: &[(f32, f32)]) -> Vec<Vec2> {
    points.iter().map(|(x, y)| Vec2::new(*x, *y)).collect()
}

/// Height of the edge of a hat over the middle of the head.
const BAND: f32 = 0.2;

impl Hat {
    /// The solid of the hat.
    pub fn shape(self, seed: u32) -> Option<Shape> {
        let hat = |profile: &[(f32, f32)], n: u32| lathe(&v(profile), n).at(0.0, BAND, -0.03);
        let tip = |shape: Shape, pitch: f32| shape.transformed(Affine3A::from_rotation_x(pitch));
        Some(match self {
            Self::Short => hair(0.0, 10, seed),
            Self::Long => hair(0.75, 10, seed),
            Self::Bun => hair(0.12, 10, seed),
            Self::Hood => hood(seed),
            Self::Scarf => scarf(seed),
            Self::Fedora => {
                let crown = [
                    (0.0, 0.02),
                    (0.36, 0.0),
                    (0.7, 0.0),
                    (0.73, 0.03),
                    (0.7, 0.05),
                    (0.43, 0.06),
                    (0.41, 0.3),
                    (0.36, 0.52),
                    (0.25, 0.58),
                    (0.0, 0.5),
                ];
                let pinch = |p: Vec3| {
                    let high = smooth(0.45, 0.75, p.y);
                    let brim = smooth(0.5, 0.8, Vec2::new(p.x, p.z).length());
                    let dip = -0.12 * brim * smooth(0.0, 0.8, p.z) + 0.07 * brim * smooth(0.2, -0.8, p.z);
                    Vec3::new(p.x * (1.0 - 0.25 * high * smooth(-0.2, 0.4, p.z)), p.y + dip, 1.08 * p.z)
                };
                tip(hat(&crown, 12).mapped(pinch), 0.06)
            }
            Self::Bowler => tip(
                hat(
                    &[
                        (0.0, 0.02),
                        (0.36, 0.0),
                        (0.6, 0.0),
                        (0.66, 0.06),
                        (0.6, 0.05),
                        (0.43, 0.06),
                        (0.43, 0.26),
                        (0.36, 0.44),
                        (0.2, 0.54),
                        (0.0, 0.56),
                    ],
                    12,
                ),
                0.08,
            ),
            Self::Top => tip(
                hat(
                    &[
                        (0.0, 0.02),
                        (0.36, 0.0),
                        (0.62, 0.0),
                        (0.68, 0.05),
                        (0.6, 0.04),
                        (0.41, 0.05),
                        (0.37, 0.4),
                        (0.42, 0.86),
                        (0.4, 0.9),
                        (0.0, 0.9),
                    ],
                    12,
                ),
                0.1,
            ),
            Self::Flat => hat(&[(0.0, -0.02), (0.4, -0.04), (0.56, 0.07), (0.56, 0.17), (0.38, 0.29), (0.0, 0.31)], 12)
                .mapped(|p| Vec3::new(p.x, p.y - 0.12 * smooth(0.1, 0.6, p.z), p.z * 1.1 + 0.06)),
            Self::Wide => {
                let crown = [
                    (0.0, 0.02),
                    (0.36, 0.0),
                    (0.9, 0.02),
                    (1.04, 0.02),
                    (1.06, 0.05),
                    (0.9, 0.06),
                    (0.44, 0.07),
                    (0.42, 0.3),
                    (0.35, 0.5),
                    (0.2, 0.56),
                    (0.0, 0.5),
                ];
                let curl = move |p: Vec3| {
                    let r = Vec2::new(p.x, p.z).length();
                    let brim = smooth(0.5, 1.04, r);
                    let wave = 0.05 * brim * gradient(p * 1.3, seed);
                    Vec3::new(p.x, p.y + brim * (0.2 * (p.x / r.max(0.1)).powi(2) - 0.07) + wave, p.z)
                };
                tip(hat(&crown, 12).mapped(curl), 0.03)
            }
            Self::Straw => tip(
                hat(
                    &[(0.0, 0.2), (0.9, -0.2), (1.36, -0.28), (1.38, -0.25), (0.8, 0.06), (0.25, 0.42), (0.0, 0.54)],
                    18,
                ),
                0.07,
            ),
            Self::Pointed => {
                let cone = [
                    (0.0, 0.02),
                    (0.36, -0.02),
                    (0.95, -0.1),
                    (0.98, -0.06),
                    (0.46, 0.06),
                    (0.36, 0.45),
                    (0.22, 0.95),
                    (0.1, 1.4),
                    (0.0, 1.62),
                ];
                let droop = |p: Vec3| p + Vec3::new(0.1, -0.06, -0.34) * smooth(0.5, 1.9, p.y).powi(2);
                hat(&cone, 16).mapped(droop)
            }
            Self::Hard => hat(
                &[
                    (0.0, 0.0),
                    (0.44, -0.04),
                    (0.5, -0.03),
                    (0.5, 0.0),
                    (0.46, 0.04),
                    (0.44, 0.24),
                    (0.32, 0.42),
                    (0.12, 0.5),
                    (0.0, 0.51),
                ],
                14,
            )
            .mapped(|p| p + Vec3::Z * 0.16 * smooth(0.44, 0.5, p.z) * smooth(0.24, 0.16, p.y)),
            Self::SouWester => {
                let dome = [
                    (0.0, 0.02),
                    (0.38, -0.02),
                    (0.72, -0.1),
                    (0.76, -0.08),
                    (0.45, 0.05),
                    (0.44, 0.22),
                    (0.3, 0.42),
                    (0.0, 0.48),
                ];
                let back = |p: Vec3| {
                    let brim = smooth(0.45, 0.76, Vec2::new(p.x, p.z).length());
                    p + Vec3::new(0.0, -0.26, -0.26) * brim * smooth(0.1, -0.7, p.z)
                        + Vec3::Y * 0.1 * brim * smooth(0.2, 0.7, p.z)
                };
                hat(&dome, 18).mapped(back)
            }
            Self::Helmet => visor_ball(0.6, [0.85, std::f32::consts::PI]),
            Self::DiverHelmet => sphere(0.7, 9, 14).at(0.0, -0.03, 0.02),
            Self::Bare => return None,
        })
    }

    /// What is added in a second colour: visors, bands, a bun.
    pub fn trim(self) -> Option<Shape> {
        let band = |r: f32, y: f32| {
            lathe(&v(&[(r, 0.0), (r + 0.03, 0.02), (r + 0.015, 0.12), (r - 0.03, 0.13)]), 12).at(0.0, BAND + y, -0.03)
        };
        Some(match self {
            Self::Fedora => band(0.415, 0.05)
                .mapped(|p| Vec3::new(p.x, p.y, p.z * 1.08))
                .transformed(Affine3A::from_rotation_x(0.06)),
            Self::Top => band(0.4, 0.04).transformed(Affine3A::from_rotation_x(0.1)),
            Self::Bowler => band(0.43, 0.04).transformed(Affine3A::from_rotation_x(0.08)),
            Self::Wide => band(0.43, 0.05).transformed(Affine3A::from_rotation_x(0.03)),
            Self::Bun => sphere(0.2, 6, 9).at(0.0, 0.36, -0.44),
            Self::Helmet => visor_ball(0.57, [0.0, 0.95]),
            Self::DiverHelmet => {
                let port = lathe(&v(&[(0.3, 0.0), (0.34, 0.04), (0.3, 0.14), (0.22, 0.1)]), 14);
                let face = Affine3A::from_rotation_translation(Quat::from_rotation_x(1.57), Vec3::new(0.0, -0.02, 0.6));
                port.transformed(face)
            }
            _ => return None,
        })
    }

    /// Hair that is seen under the hat.
    pub fn under(self, seed: u32) -> Option<Shape> {
        self.shows_hair().then(|| hair(0.1, 5, seed))
    }

    /// True when hair is seen under the rim.
    pub fn shows_hair(self) -> bool {
        use Hat::{Bowler, Fedora, Flat, Hard, Pointed, Straw, Top, Wide};
        matches!(self, Fedora | Bowler | Top | Flat | Wide | Straw | Pointed | Hard)
    }

    /// True when only the face is seen.
    pub fn wraps(self) -> bool {
        matches!(self, Self::Hood | Self::Scarf)
    }

    /// True when the ears cannot be seen.
    pub fn covers_ears(self) -> bool {
        self.wraps() || matches!(self, Self::Long | Self::Bun | Self::Bare)
    }

    /// True when the face cannot be seen behind it, so that no head is needed.
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Helmet | Self::DiverHelmet)
    }
}

/// The part of a ball between two angles from its front, for helmets and their visors.
fn visor_ball(radius: f32, [from, to]: [f32; 2]) -> Shape {
    const STEPS: usize = 7;
    let profile: Vec<Vec2> = (0..=STEPS)
        .rev()
        .map(|k| from + (to - from) * k as f32 / STEPS as f32)
        .map(|angle| Vec2::new((radius * angle.sin()).max(0.0), radius * angle.cos()))
        .collect();
    let to_front = Affine3A::from_rotation_x(std::f32::consts::FRAC_PI_2);
    lathe(&profile, 16).transformed(to_front).mapped(|p| p * Vec3::new(0.94, 1.0, 1.02) + Vec3::Y * 0.02)
}

/// Hair: a cap that leaves the face free and falls behind.
fn hair(length: f32, fineness: u32, seed: u32) -> Shape {
    sphere(1.0, fineness, fineness + 2)
        .mapped(move |d| {
            let axes = Vec3::new(0.4, 0.56, 0.5);
            let radius = (d / axes).length().recip() * (1.0 + 0.08 * gradient(d * 3.4, seed));
            // Inside of the head where the face is.
            let part = 0.12 * if seed.is_multiple_of(2) { d.x } else { -d.x };
            let line = 0.36 + part - 0.5 * smooth(0.5, -0.5, d.z);
            let is_face = smooth(line + 0.12, line - 0.12, d.y) * smooth(-0.15, 0.25, d.z);
            // Short hair leaves the neck and what is before the ears free.
            let is_short = 1.0 - smooth(0.0, 0.2, length);
            let nape = smooth(-0.2, -0.55, d.y + 0.25 * d.z.abs()) * is_short;
            d * radius * (1.0 - 0.5 * is_face.max(nape))
        })
        .mapped(move |p| {
            let down = smooth(0.05, -0.45, p.y) * smooth(0.2, -0.2, p.z);
            Vec3::new(p.x * (1.0 + 0.2 * length * down), p.y - length * down, p.z - 0.1 * length * down)
        })
}

/// A hood with a hollow in front of the face.
fn hood(seed: u32) -> Shape {
    // The poles lie in front and behind, so that the rim of the hollow is a ring.
    let turn = Quat::from_rotation_x(std::f32::consts::FRAC_PI_2);
    sphere(1.0, 10, 12)
        .mapped(move |p| {
            let d = turn * p;
            let axes = Vec3::new(0.5, 0.62, 0.56);
            let mut radius = (d / axes).length().recip();
            radius *= 1.0 + 0.05 * gradient(d * 2.6 + Vec3::new(0.0, 3.0 * d.y, 0.0), seed);
            // The peak over the brow and the point behind.
            radius *= 1.0 + 0.14 * smooth(0.6, 0.95, d.dot(Vec3::new(0.0, 0.72, 0.69)));
            radius *= 1.0 + 0.12 * smooth(0.72, 1.0, d.dot(Vec3::new(0.0, 0.62, -0.78)));
            let mouth = d.dot(Vec3::new(0.0, -0.12, 0.993)) - 0.3 * d.x * d.x;
            d * radius * (1.0 - 0.62 * smooth(0.74, 0.86, mouth))
        })
        .mapped(|p| {
            // It falls onto the shoulders.
            let low = smooth(-0.2, -0.62, p.y);
            Vec3::new(p.x * (1.0 + 0.35 * low), p.y - 0.16 * low, p.z * (1.0 + 0.15 * low) - 0.03)
        })
}

/// A scarf around head and neck.
fn scarf(seed: u32) -> Shape {
    blob(2, move |d| {
        let axes = Vec3::new(0.42, 0.6, 0.47);
        let radius = (d / axes).length().recip() * (1.0 + 0.06 * gradient(d * 3.0 + Vec3::Y * d.y * 4.0, seed));
        let slot = smooth(0.83, 0.93, d.dot(Vec3::new(0.0, 0.06, 0.998)) - 0.1 * d.y.abs());
        radius * (1.0 - 0.45 * slot)
    })
    .mapped(|p| {
        let low = smooth(-0.25, -0.6, p.y);
        Vec3::new(p.x * (1.0 + 0.4 * low), p.y - 0.08 * low, p.z * (1.0 + 0.25 * low))
    })
}
