//! Low-discrepancy numbers: Owen-scrambled (0,2)-sequences, one per pixel and pair of dimensions.
//!
//! # Source
//! Burley, "Practical hash-based Owen scrambling" (JCGT 2020); Ahmed, "An implementation algorithm of 2D Sobol sequence"
//! (2024) for the Pascal matrix by shifts.

use glam::Vec2;

/// The numbers of one sample of one pixel.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sampler {
    seed: u32,
    index: u32,
    dimension: u32,
}

impl Sampler {
    /// The `index`-th sample of a pixel (or whatever `stream` stands for).
    #[inline]
    pub fn new(seed: u32, stream: u32, index: u32) -> Self {
        Self { seed: hash(seed ^ hash(stream.wrapping_add(0x9e37_79b9))), index, dimension: 0 }
    }

    /// The next pair in `[0, 1)²`.
    #[inline]
    pub fn pair(&mut self) -> Vec2 {
        self.dimension += 1;
        let s = hash(self.seed.wrapping_add(self.dimension.wrapping_mul(0x9e37_79b9)));
        let i = owen(self.index.reverse_bits(), s).reverse_bits();
        let x = owen(i, s.wrapping_mul(0x85eb_ca6b) ^ 0x1b56_c4e9).reverse_bits();
        let y = owen(pascal(i), s.wrapping_mul(0xc2b2_ae35) ^ 0x7ed5_5d16).reverse_bits();
        Vec2::new(unit(x), unit(y))
    }

    /// The next single number in `[0, 1)`.
    #[inline]
    pub fn one(&mut self) -> f32 {
        self.dimension += 1;
        let s = hash(self.seed.wrapping_add(self.dimension.wrapping_mul(0x9e37_79b9)));
        let i = owen(self.index.reverse_bits(), s).reverse_bits();
        unit(owen(i, s.wrapping_mul(0x85eb_ca6b) ^ 0x1b56_c4e9).reverse_bits())
    }
}

/// 24 random bits as a number in `[0, 1)`.
#[inline]
pub(crate) fn unit(bits: u32) -> f32 {
    (bits >> 8) as f32 * (1.0 / 16_777_216.0)
}

/// A bijective mix of 32 bits (a "lowbias32" hash).
#[inline]
pub(crate) fn hash(mut x: u32) -> u32 {
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

/// Laine–Karras permutation: an Owen scramble of the reversed bits.
#[inline]
fn owen(mut x: u32, seed: u32) -> u32 {
    x = x.wrapping_add(seed);
    x ^= x.wrapping_mul(0x6c50_b47c);
    x ^= x.wrapping_mul(0xb82f_1e52);
    x ^= x.wrapping_mul(0xc7af_e638);
    x ^ x.wrapping_mul(0x8d22_f6e6)
}

/// Multiplies by Pascal's triangle modulo 2: the generator of the second Sobol dimension.
#[inline]
fn pascal(mut v: u32) -> u32 {
    v ^= (v >> 16) & 0x0000_ffff;
    v ^= (v >> 8) & 0x00ff_00ff;
    v ^= (v >> 4) & 0x0f0f_0f0f;
    v ^= (v >> 2) & 0x3333_3333;
    v ^ ((v >> 1) & 0x5555_5555)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_points_fall_into_sixteen_cells_of_every_elementary_grid() {
        for stream in 0..20 {
            for (columns, rows) in [(1, 16), (2, 8), (4, 4), (8, 2), (16, 1)] {
                let mut seen = vec![0; 16];
                for i in 0..16 {
                    let p = Sampler::new(3, stream, i).pair();
                    seen[(p.x * columns as f32) as usize + columns * (p.y * rows as f32) as usize] += 1;
                }
                assert!(seen.iter().all(|n| *n == 1), "{columns}x{rows}: {seen:?}");
            }
        }
    }
}
