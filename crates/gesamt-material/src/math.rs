//! Rounding without library calls: the baseline target has no rounding instruction.

use glam::Vec2;

/// The greatest integer not above `x`, for the magnitudes that occur as positions.
#[inline]
pub(crate) fn floor(x: f32) -> f32 {
    let t = truncated(x) as f32;
    if t > x { t - 1.0 } else { t }
}

/// The integer part, without the range checks of a cast.
#[cfg(target_arch = "x86_64")]
#[inline]
fn truncated(x: f32) -> i32 {
    use std::arch::x86_64::{_mm_cvttss_si32, _mm_set_ss};
    // SAFETY: SSE is part of x86-64; the conversion is defined for every input.
    unsafe { _mm_cvttss_si32(_mm_set_ss(x)) }
}

/// The integer part.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn truncated(x: f32) -> i32 {
    x as i32
}

/// [`floor`] of both coordinates.
#[inline]
pub(crate) fn floor2(v: Vec2) -> Vec2 {
    Vec2::new(floor(v.x), floor(v.y))
}

/// What is left of `x` after whole periods, in `[0, period)`.
#[inline]
pub(crate) fn wrap(x: f32, period: f32) -> f32 {
    x - floor(x / period) * period
}

/// `e^-x` for `x` of zero or more, to within half a percent of one.
#[inline]
pub(crate) fn fade_out(x: f32) -> f32 {
    // (1 - x/16)^16 is too low at first; the quadratic term mends it.
    let t = (1.0 - x * (1.0 / 16.0) + x * x * (1.0 / 512.0)).max(0.0);
    if x > 12.0 {
        0.0
    } else {
        let t2 = t * t;
        let t4 = t2 * t2;
        let t8 = t4 * t4;
        t8 * t8
    }
}

/// The sine, to within 0.0012.
#[inline]
pub(crate) fn sin(x: f32) -> f32 {
    // A parabola through the zeros and crests, then pulled to the sine's shape.
    let t = x * std::f32::consts::FRAC_1_PI;
    let t = t - 2.0 * floor(0.5 * t + 0.5);
    let y = 4.0 * t * (1.0 - t.abs());
    y * (0.775 + 0.225 * y.abs())
}

/// The cosine, as [`sin`].
#[inline]
pub(crate) fn cos(x: f32) -> f32 {
    sin(x + std::f32::consts::FRAC_PI_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fast_functions_stay_close_to_the_exact_ones() {
        for i in -4000..4000 {
            let x = i as f32 * 0.0173;
            assert_eq!(floor(x), x.floor());
            assert!((sin(x) - x.sin()).abs() < 1.3e-3 && (cos(x) - x.cos()).abs() < 1.3e-3, "{x}");
            assert!((fade_out(x.abs()) - (-x.abs()).exp()).abs() < 5e-3, "{x}");
            assert!(
                (wrap(x, 0.7) - x.rem_euclid(0.7)).abs() < 1e-4 || (wrap(x, 0.7) - x.rem_euclid(0.7)).abs() > 0.699
            );
        }
    }
}
