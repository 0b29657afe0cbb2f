//! Small vector helpers.

use glam::{Vec2, Vec3};

/// Two tangents of a unit normal.
///
/// # Source
/// Duff et al., "Building an orthonormal basis, revisited" (JCGT 2017).
#[inline]
pub(crate) fn basis(n: Vec3) -> (Vec3, Vec3) {
    let sign = 1f32.copysign(n.z);
    let a = -1.0 / (sign + n.z);
    let b = n.x * n.y * a;
    (Vec3::new(1.0 + sign * n.x * n.x * a, sign * b, -sign * n.x), Vec3::new(b, sign + n.y * n.y * a, -n.y))
}

/// A point of the unit disc (concentric map).
#[inline]
pub(crate) fn disc(u: Vec2) -> Vec2 {
    let p = 2.0 * u - Vec2::ONE;
    if p.x == 0.0 && p.y == 0.0 {
        return Vec2::ZERO;
    }
    let (r, phi) = if p.x.abs() > p.y.abs() {
        (p.x, std::f32::consts::FRAC_PI_4 * (p.y / p.x))
    } else {
        (p.y, std::f32::consts::FRAC_PI_2 - std::f32::consts::FRAC_PI_4 * (p.x / p.y))
    };
    let (sin, cos) = phi.sin_cos();
    Vec2::new(r * cos, r * sin)
}

/// A direction about `n` with density cosθ / π.
#[inline]
pub(crate) fn cosine(n: Vec3, u: Vec2) -> Vec3 {
    let d = disc(u);
    let (t, b) = basis(n);
    (t * d.x + b * d.y + n * (1.0 - d.length_squared()).max(0.0).sqrt()).normalize_or(n)
}

/// A direction within a cone about `axis`, uniform in solid angle.
#[inline]
pub(crate) fn cone(axis: Vec3, cos_half_angle: f32, u: Vec2) -> Vec3 {
    let cos = 1.0 - u.x * (1.0 - cos_half_angle);
    let sin = (1.0 - cos * cos).max(0.0).sqrt();
    let (s, c) = (std::f32::consts::TAU * u.y).sin_cos();
    let (t, b) = basis(axis);
    t * (sin * c) + b * (sin * s) + axis * cos
}

/// Hermite step.
#[inline]
pub(crate) fn smoothstep(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
