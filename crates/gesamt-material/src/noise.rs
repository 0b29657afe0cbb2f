//! Gradient noise from one small shared table: two octaves with their gradient in a single trilinear fetch.
//!
//! The table repeats, but it is read through a generic rotation, so that no plane of a model meets the lattice in a
//! visible period.
//!
//! # Source
//! Ken Perlin, "Improving Noise", SIGGRAPH 2002 (fade curve).

use std::sync::OnceLock;

use glam::{IVec3, Mat3, Vec3, Vec4};

/// Texels along an edge of the table.
const SIZE: usize = 32;
/// Lattice cells of the coarse octave along an edge of the table; the fine octave has twice as many.
const CELLS: i32 = 4;
const TEXELS_PER_CELL: f32 = SIZE as f32 / CELLS as f32;
/// Range of the stored value and of the stored slope.
const VALUE_RANGE: f32 = 1.6;
const SLOPE_RANGE: f32 = 12.0;

/// A noise value in about −1…1 (standard deviation one third) and its gradient.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Noise {
    /// The value.
    pub v: f32,
    /// Its gradient over the position that was asked for.
    pub g: Vec3,
}

impl Noise {
    /// The noise multiplied by a number.
    pub fn scaled(self, k: f32) -> Self {
        Self { v: self.v * k, g: self.g * k }
    }
}

/// Texels in a row of the table: the first is repeated at the end, so that neighbours lie side by side.
const ROW: usize = SIZE + 1;
/// The table: value and gradient per texel, as fixed-point numbers.
type Table = Vec<i16>;

/// Noise with features of size one.
#[inline]
pub(crate) fn noise(p: Vec3) -> Noise {
    static TABLE: OnceLock<Table> = OnceLock::new();
    fetch(TABLE.get_or_init(build), p)
}

/// Noise with features of the size `1 / frequency` per axis; the gradient is over `p`.
pub(crate) fn noise_at(p: Vec3, frequency: Vec3) -> Noise {
    let n = noise(p * frequency);
    Noise { v: n.v, g: n.g * frequency }
}

/// A rotation without simple ratios between its entries.
const TURN: Mat3 = Mat3::from_cols(
    Vec3::new(0.732_913_4, 0.577_092_3, -0.360_345_8),
    Vec3::new(-0.265_146_7, 0.729_873_6, 0.630_062_6),
    Vec3::new(0.626_614_8, -0.366_235_3, 0.687_950_7),
);

#[inline]
fn fetch(table: &[i16], p: Vec3) -> Noise {
    const T: f32 = TEXELS_PER_CELL;
    let column = |v: Vec3, k: f32| Vec4::new(v.x * k, v.y * k, v.z * k, 0.0);
    let (tx, ty, tz) = const { (TURN.x_axis, TURN.y_axis, TURN.z_axis) };
    let q = column(tx, T) * p.x + column(ty, T) * p.y + column(tz, T) * p.z;
    let (cell, f) = split(q);
    let mask = SIZE as i32 - 1;
    let [x, y, z, _] = cell.map(|i| i & mask);
    let (y1, z1) = ((y + 1) & mask, (z + 1) & mask);
    let row = |y: i32, z: i32| {
        let start = (((z * SIZE as i32 + y) * ROW as i32 + x) * 4) as usize;
        row_at(&table[start..start + 8], f.x)
    };
    let (a, b) = (row(y, z), row(y, z1));
    let a = a + (row(y1, z) - a) * f.y;
    let b = b + (row(y1, z1) - b) * f.y;
    let sum = a + (b - a) * f.z;
    // The transpose turns the slope back; the value rides along in the last lane.
    let (s, v) = (SLOPE_RANGE / 32767.0, VALUE_RANGE / 32767.0);
    let out = Vec4::new(tx.x * s, ty.x * s, tz.x * s, 0.0) * sum.y
        + Vec4::new(tx.y * s, ty.y * s, tz.y * s, 0.0) * sum.z
        + Vec4::new(tx.z * s, ty.z * s, tz.z * s, 0.0) * sum.w
        + Vec4::new(0.0, 0.0, 0.0, v) * sum.x;
    Noise { v: out.w, g: out.truncate() }
}

/// The integer cell of each coordinate and the position in it.
#[cfg(target_arch = "x86_64")]
#[inline]
fn split(q: Vec4) -> ([i32; 4], Vec4) {
    use std::arch::x86_64::{
        __m128i, _mm_add_epi32, _mm_castps_si128, _mm_cmpgt_ps, _mm_cvtepi32_ps, _mm_cvttps_epi32, _mm_sub_ps,
    };
    // SAFETY: SSE2 is part of x86-64; a 128-bit integer vector and four 32-bit integers have the same layout.
    unsafe {
        let q = q.into();
        let i = _mm_cvttps_epi32(q);
        // Truncation is one too high below zero; the comparison yields minus one there.
        let i = _mm_add_epi32(i, _mm_castps_si128(_mm_cmpgt_ps(_mm_cvtepi32_ps(i), q)));
        let f = _mm_sub_ps(q, _mm_cvtepi32_ps(i));
        (std::mem::transmute::<__m128i, [i32; 4]>(i), f.into())
    }
}

/// The integer cell of each coordinate and the position in it.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn split(q: Vec4) -> ([i32; 4], Vec4) {
    let base = q.to_array().map(crate::math::floor);
    (base.map(|v| v as i32), q - Vec4::from(base))
}

/// The mixture of two neighbouring texels.
#[cfg(target_arch = "x86_64")]
#[inline]
fn row_at(pair: &[i16], t: f32) -> Vec4 {
    use std::arch::x86_64::{_mm_cvtepi32_ps, _mm_loadu_si128, _mm_srai_epi32, _mm_unpackhi_epi16, _mm_unpacklo_epi16};
    let pair: &[i16; 8] = match pair.try_into() {
        Ok(pair) => pair,
        Err(_) => return Vec4::ZERO,
    };
    // SAFETY: SSE2 is part of x86-64, and the array holds the sixteen bytes that are read.
    let (a, b) = unsafe {
        let both = _mm_loadu_si128(pair.as_ptr().cast());
        let widen = |v| _mm_cvtepi32_ps(_mm_srai_epi32::<16>(v));
        (Vec4::from(widen(_mm_unpacklo_epi16(both, both))), Vec4::from(widen(_mm_unpackhi_epi16(both, both))))
    };
    a + (b - a) * t
}

/// The mixture of two neighbouring texels.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn row_at(pair: &[i16], t: f32) -> Vec4 {
    let texel = |k: usize| {
        Vec4::new(f32::from(pair[k]), f32::from(pair[k + 1]), f32::from(pair[k + 2]), f32::from(pair[k + 3]))
    };
    texel(0) + (texel(4) - texel(0)) * t
}

fn build() -> Table {
    let mut table = Vec::with_capacity(ROW * SIZE * SIZE * 4);
    for z in 0..SIZE {
        for y in 0..SIZE {
            for x in 0..ROW {
                let p = Vec3::new((x % SIZE) as f32, y as f32, z as f32) / TEXELS_PER_CELL;
                // Half a texel off the lattice, where gradient noise is always zero.
                let p = p + Vec3::splat(0.063);
                let coarse = lattice(p, CELLS, 0x51a7);
                let fine = lattice(p * 2.0, CELLS * 2, 0xbe11);
                let value = 1.5 * (coarse.v + 0.5 * fine.v);
                let slope = 1.5 * (coarse.g + fine.g);
                let fixed = |v: f32, range: f32| (v / range * 32767.0).clamp(-32767.0, 32767.0) as i16;
                table.extend([
                    fixed(value, VALUE_RANGE),
                    fixed(slope.x, SLOPE_RANGE),
                    fixed(slope.y, SLOPE_RANGE),
                    fixed(slope.z, SLOPE_RANGE),
                ]);
            }
        }
    }
    table
}

/// One octave of gradient noise that repeats after `period` cells, with its analytic gradient.
fn lattice(p: Vec3, period: i32, seed: u32) -> Noise {
    let base = p.floor();
    let f = p - base;
    let cell = base.as_ivec3();
    let fade = f * f * f * (f * (f * 6.0 - 15.0) + 10.0);
    let slope = 30.0 * f * f * (f * (f - 2.0) + 1.0);
    let mut out = Noise::default();
    for corner in 0..8 {
        let o = IVec3::new(corner & 1, corner >> 1 & 1, corner >> 2 & 1);
        let c = IVec3::new(
            (cell.x + o.x).rem_euclid(period),
            (cell.y + o.y).rem_euclid(period),
            (cell.z + o.z).rem_euclid(period),
        );
        let direction = unit_vector(gesamt_mesh::noise::hash3(c, seed));
        let d = f - o.as_vec3();
        let pick =
            |axis: usize| if o[axis] == 1 { (fade[axis], slope[axis]) } else { (1.0 - fade[axis], -slope[axis]) };
        let ((wx, sx), (wy, sy), (wz, sz)) = (pick(0), pick(1), pick(2));
        let dot = direction.dot(d);
        out.v += wx * wy * wz * dot;
        out.g += wx * wy * wz * direction + dot * Vec3::new(sx * wy * wz, wx * sy * wz, wx * wy * sz);
    }
    // A sum of unit gradients has a standard deviation of about 0.27.
    Noise { v: out.v, g: out.g }
}

/// A direction spread evenly over the sphere.
fn unit_vector(hash: u32) -> Vec3 {
    let z = (hash & 0xffff) as f32 / 32767.5 - 1.0;
    let (sin, cos) = ((hash >> 16) as f32 / 65536.0 * std::f32::consts::TAU).sin_cos();
    let r = (1.0 - z * z).max(0.0).sqrt();
    Vec3::new(r * cos, r * sin, z)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_centred_and_has_a_spread_of_one_third() {
        let (mut sum, mut squares, n) = (0.0f64, 0.0f64, 40_000);
        for i in 0..n {
            let i = i as f32;
            let v = f64::from(noise(Vec3::new(i * 0.371, i * 0.113, -i * 0.217)).v);
            assert!(v.abs() < 1.6);
            sum += v;
            squares += v * v;
        }
        let (mean, spread) = (sum / f64::from(n), (squares / f64::from(n)).sqrt());
        assert!(mean.abs() < 0.03 && (0.25..0.42).contains(&spread), "{mean} {spread}");
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_value() {
        let (mut error, mut size) = (0.0f64, 0.0f64);
        for i in 0..2000 {
            let i = i as f32;
            let p = Vec3::new(i * 0.371, i * 0.113, -i * 0.217);
            let h = 0.06;
            let central = (noise(p + Vec3::X * h).v - noise(p - Vec3::X * h).v) / (2.0 * h);
            error += f64::from((central - noise(p).g.x).powi(2));
            size += f64::from(central * central);
        }
        assert!(error < 0.05 * size, "{}", error / size);
    }
}
