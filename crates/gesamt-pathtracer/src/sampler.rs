//! Low-discrepancy numbers: Owen-scrambled (0,2)-sequences, one per pair of dimensions. The pixels of a picture share one
//! sequence along a Z-order curve, so that neighbours complete each other and the filter finds even noise.
//!
//! # Source
//! Burley, "Practical hash-based Owen scrambling" (JCGT 2020); Ahmed and Wonka, "Screen-space blue-noise diffusion of
//! Monte Carlo sampling error via hierarchical ordering of pixels" (2020); Ahmed, "An implementation algorithm of 2D Sobol
//! sequence" (2024) for the Pascal matrix by shifts.

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

    /// The `index`-th of about `n` samples of a pixel, in a sequence that all pixels share.
    #[inline]
    pub fn pixel(seed: u32, x: usize, y: usize, index: u32, n: u32) -> Self {
        let bits = n.max(1).next_power_of_two().trailing_zeros();
        let round = index >> bits;
        let place = (spread(x as u32) | spread(y as u32) << 1) << bits | (index & ((1 << bits) - 1));
        Self { seed: hash(seed ^ round.wrapping_mul(0x85eb_ca6b)), index: place, dimension: 0 }
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

/// The low 16 bits with a zero before each.
#[inline]
fn spread(mut v: u32) -> u32 {
    v &= 0xffff;
    v = (v | v << 8) & 0x00ff_00ff;
    v = (v | v << 4) & 0x0f0f_0f0f;
    v = (v | v << 2) & 0x3333_3333;
    (v | v << 1) & 0x5555_5555
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

    #[test]
    fn a_block_of_pixels_fills_every_elementary_grid_together() {
        let mut seen = vec![vec![0; 64]; 4];
        for (y, x, i) in (8..12).flat_map(|y| (4..8).flat_map(move |x| (0..4).map(move |i| (y, x, i)))) {
            let mut sampler = Sampler::pixel(3, x, y, i, 4);
            for counts in &mut seen {
                let p = sampler.pair();
                counts[(p.x * 8.0) as usize + 8 * (p.y * 8.0) as usize] += 1;
            }
        }
        assert!(seen.iter().flatten().all(|n| *n == 1), "{seen:?}");
    }

    #[test]
    fn samples_beyond_the_planned_number_are_new() {
        let draw = |i| Sampler::pixel(3, 5, 9, i, 4).pair();
        let all: Vec<Vec2> = (0..12).map(draw).collect();
        assert!((0..12).all(|i| (0..i).all(|k| all[i] != all[k])));
    }
}
