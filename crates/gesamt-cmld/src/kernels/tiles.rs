//! Matrix products of numbers rounded to bfloat16, summed in single precision, on the tile unit of recent processors
//! (AMX). On others the same calls compute in single precision throughout.
//!
//! # Source
//! Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1, chapter 18 (tiles: 16 rows of 64 bytes; a product
//! takes pairs along the inner size).

use std::sync::OnceLock;

use rayon::prelude::*;

use super::matmul::{Matrix, matmul};

/// How exactly products are computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// Single precision throughout.
    #[default]
    Single,
    /// Factors rounded to bfloat16 where the processor is made for it, sums in single precision.
    Half,
}

impl Precision {
    /// The product as [`matmul`] has it, in this precision.
    pub fn matmul(self, a: Matrix, b: Matrix, out: &mut [f32], out_stride: usize, accumulate: bool) {
        if self == Precision::Half && has_tiles() && a.rows * a.cols * b.cols >= MIN_WORK {
            tiled(a, &Packed::new(b), out, out_stride, accumulate);
        } else {
            matmul(a, b, out, out_stride, accumulate);
        }
    }
}

/// Products of fewer multiplications are not worth the packing.
const MIN_WORK: usize = 1 << 18;

/// Side of a block of the product in numbers: two tiles.
const BLOCK: usize = 32;
/// Inner size of a tile.
const DEPTH: usize = 32;
/// Numbers of a tile of factors.
const TILE: usize = 16 * DEPTH;
/// Rows of the product that one task computes; fixed, so that the sums do not depend on the number of threads.
const TASK_ROWS: usize = 128;

/// True when the processor has tiles and the system lets this process use them.
#[must_use]
pub fn has_tiles() -> bool {
    static HAS: OnceLock<bool> = OnceLock::new();
    *HAS.get_or_init(imp::has_tiles)
}

/// A right-hand factor in the order that tiles are read in.
#[derive(Clone, Debug)]
pub struct Packed {
    rows: usize,
    cols: usize,
    /// For each 32 columns, for each 32 rows, two tiles of 16 pairs of rows × 16 columns.
    data: Vec<u16>,
}

impl Packed {
    /// Rounds and packs a matrix. Call it only where [`has_tiles`] is true.
    ///
    /// # Panics
    /// Without tiles.
    #[must_use]
    pub fn new(b: Matrix) -> Packed {
        assert!(has_tiles(), "packing is for processors with tiles");
        let n_deep = b.rows.div_ceil(DEPTH);
        let mut data = vec![0u16; b.cols.div_ceil(BLOCK) * n_deep * 2 * TILE];
        data.par_chunks_exact_mut((n_deep * 2 * TILE).max(1)).enumerate().for_each(|(block, data)| {
            for (index, tile) in data.chunks_exact_mut(TILE).enumerate() {
                imp::pack_right(b, index / 2 * DEPTH, block * BLOCK + index % 2 * 16, tile);
            }
        });
        Packed { rows: b.rows, cols: b.cols, data }
    }
}

/// `out = a · b`, or `out += a · b`, on tiles.
///
/// # Panics
/// When sizes do not fit.
pub fn tiled(a: Matrix, b: &Packed, out: &mut [f32], out_stride: usize, accumulate: bool) {
    assert_eq!(a.cols, b.rows, "the inner sizes of a product");
    assert!(a.is_inside() && out_stride >= b.cols, "matrices inside slices");
    if a.rows == 0 || b.cols == 0 {
        return;
    }
    assert!(out.len() >= (a.rows - 1) * out_stride + b.cols, "a slice that holds the product");
    let n_deep = a.cols.div_ceil(DEPTH);
    out.par_chunks_mut(TASK_ROWS * out_stride).enumerate().take(a.rows.div_ceil(TASK_ROWS)).for_each(|(task, out)| {
        let first = task * TASK_ROWS;
        let rows = TASK_ROWS.min(a.rows - first);
        let mut left = vec![0u16; rows.div_ceil(BLOCK) * n_deep * 2 * TILE];
        for (index, tile) in left.chunks_exact_mut(TILE).enumerate() {
            let (block, inside) = (index / (2 * n_deep), index % (2 * n_deep));
            imp::pack_left(a, first + block * BLOCK + inside % 2 * 16, inside / 2 * DEPTH, first + rows, tile);
        }
        imp::with_tiles(|| {
            for (column, right) in b.data.chunks_exact(n_deep * 2 * TILE).enumerate() {
                for (row, left) in left.chunks_exact(n_deep * 2 * TILE).enumerate() {
                    let (i, j) = (row * BLOCK, column * BLOCK);
                    let (height, width) = (BLOCK.min(rows - i), BLOCK.min(b.cols - j));
                    let out = &mut out[i * out_stride + j..];
                    block(left, right, n_deep, out, out_stride, (height, width), accumulate);
                }
            }
        });
    });
}

/// One block of the product: straight into `out` where it is whole, else by way of a buffer.
fn block(
    left: &[u16],
    right: &[u16],
    n_deep: usize,
    out: &mut [f32],
    out_stride: usize,
    (height, width): (usize, usize),
    accumulate: bool,
) {
    if (height, width) == (BLOCK, BLOCK) {
        imp::product(left, right, n_deep, out, out_stride, accumulate);
        return;
    }
    let mut whole = [0.0; BLOCK * BLOCK];
    imp::product(left, right, n_deep, &mut whole, BLOCK, false);
    for (out, row) in out.chunks_mut(out_stride).zip(whole.chunks_exact(BLOCK)).take(height) {
        for (o, v) in out[..width].iter_mut().zip(row) {
            *o = if accumulate { *o + v } else { *v };
        }
    }
}

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
mod imp {
    use std::arch::asm;
    use std::arch::x86_64::*;

    use super::{BLOCK, Matrix, TILE};

    pub(super) fn has_tiles() -> bool {
        let has = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512bf16");
        // Bits 22 (bf16 products) and 24 (tiles) of EDX of leaf 7.
        #[allow(unused_unsafe, reason = "the function is safe in later versions of the language's library")]
        // SAFETY: every processor with AVX-512 has the instruction.
        let tiles = has && unsafe { __cpuid_count(7, 0) }.edx & (1 << 22 | 1 << 24) == (1 << 22 | 1 << 24);
        has && tiles && permitted()
    }

    /// Asks the system for the registers, which are large and saved on demand.
    fn permitted() -> bool {
        const ARCH_PRCTL: i64 = 158;
        const REQUEST_PERMISSION: i64 = 0x1023;
        const TILE_DATA: i64 = 18;
        let result: i64;
        // SAFETY: a system call without pointers; a kernel that does not know it says so.
        unsafe {
            asm!(
                "syscall",
                inlateout("rax") ARCH_PRCTL => result,
                in("rdi") REQUEST_PERMISSION,
                in("rsi") TILE_DATA,
                out("rcx") _,
                out("r11") _,
                options(nostack)
            );
        }
        result == 0
    }

    /// Runs `work` with eight tiles of 16 rows of 64 bytes.
    pub(super) fn with_tiles(work: impl FnOnce()) {
        #[repr(C, align(64))]
        struct Configuration([u8; 64]);
        let mut configuration = Configuration([0; 64]);
        configuration.0[0] = 1;
        for tile in 0..8 {
            configuration.0[16 + 2 * tile] = 64;
            configuration.0[48 + tile] = 16;
        }
        // SAFETY: called only where `has_tiles` is true; the configuration is 64 bytes of palette 1.
        unsafe { asm!("ldtilecfg [{}]", in(reg) &raw const configuration, options(nostack, readonly)) };
        work();
        // SAFETY: as above.
        unsafe { asm!("tilerelease", options(nostack, nomem)) };
    }

    /// 32 × 32 numbers of the product; called inside `with_tiles`.
    pub(super) fn product(left: &[u16], right: &[u16], n: usize, out: &mut [f32], stride: usize, accumulate: bool) {
        assert!(left.len() >= n * 2 * TILE && right.len() >= n * 2 * TILE && n > 0);
        assert!(out.len() >= (BLOCK - 1) * stride + BLOCK);
        let bytes = stride * size_of::<f32>();
        let upper = out.as_mut_ptr();
        // SAFETY: 16 rows further the slice still has 16 rows.
        let lower = unsafe { upper.add(16 * stride) };
        // SAFETY: every tile addressed lies inside the slices just checked, and the tiles are configured.
        unsafe {
            asm!(
                "test {accumulate}, {accumulate}",
                "jz 2f",
                "tileloadd tmm0, [{upper} + {bytes}*1]",
                "tileloadd tmm1, [{upper} + {bytes}*1 + 64]",
                "tileloadd tmm2, [{lower} + {bytes}*1]",
                "tileloadd tmm3, [{lower} + {bytes}*1 + 64]",
                "jmp 3f",
                "2:",
                "tilezero tmm0",
                "tilezero tmm1",
                "tilezero tmm2",
                "tilezero tmm3",
                "3:",
                "tileloadd tmm4, [{left} + {row}*1]",
                "tileloadd tmm6, [{right} + {row}*1]",
                "tileloadd tmm5, [{left} + {row}*1 + 1024]",
                "tileloadd tmm7, [{right} + {row}*1 + 1024]",
                "tdpbf16ps tmm0, tmm4, tmm6",
                "tdpbf16ps tmm1, tmm4, tmm7",
                "tdpbf16ps tmm2, tmm5, tmm6",
                "tdpbf16ps tmm3, tmm5, tmm7",
                "add {left}, 2048",
                "add {right}, 2048",
                "dec {n}",
                "jnz 3b",
                "tilestored [{upper} + {bytes}*1], tmm0",
                "tilestored [{upper} + {bytes}*1 + 64], tmm1",
                "tilestored [{lower} + {bytes}*1], tmm2",
                "tilestored [{lower} + {bytes}*1 + 64], tmm3",
                accumulate = in(reg) u64::from(accumulate),
                upper = in(reg) upper,
                lower = in(reg) lower,
                bytes = in(reg) bytes,
                row = in(reg) 64usize,
                left = inout(reg) left.as_ptr() => _,
                right = inout(reg) right.as_ptr() => _,
                n = inout(reg) n => _,
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack)
            );
        }
    }

    /// A tile of the left factor: 16 rows from `i`, 32 columns from `k`; rows from `end` on are zero.
    pub(super) fn pack_left(a: Matrix, i: usize, k: usize, end: usize, tile: &mut [u16]) {
        let shape = Shape { along: a.cols.saturating_sub(k).min(32), lines: end.saturating_sub(i).min(16) };
        let source = Source { data: a.data, from: i * a.row_stride + k * a.col_stride };
        if a.col_stride == 1 {
            // SAFETY: called only where `has_tiles` is true.
            unsafe { lines(source, a.row_stride, shape, tile) };
        } else if a.row_stride == 1 {
            // SAFETY: as above.
            unsafe { pairs(source, a.col_stride, shape, true, tile) };
        } else {
            gather(shape, tile, |line, along| a.data[source.from + line * a.row_stride + along * a.col_stride]);
        }
    }

    /// A tile of the right factor: 32 rows from `k` as 16 pairs, 16 columns from `j`.
    pub(super) fn pack_right(b: Matrix, k: usize, j: usize, tile: &mut [u16]) {
        let shape = Shape { along: b.rows.saturating_sub(k).min(32), lines: b.cols.saturating_sub(j).min(16) };
        let source = Source { data: b.data, from: k * b.row_stride + j * b.col_stride };
        if b.col_stride == 1 {
            // SAFETY: called only where `has_tiles` is true.
            unsafe { pairs(source, b.row_stride, shape, false, tile) };
            return;
        }
        if b.row_stride == 1 {
            // SAFETY: as above.
            unsafe { lines(source, b.col_stride, shape, tile) };
        } else {
            gather(shape, tile, |line, along| b.data[source.from + along * b.row_stride + line * b.col_stride]);
        }
        // SAFETY: as above.
        unsafe { transpose(tile) };
    }

    /// How much of a tile there is: numbers along the inner size, and lines across it.
    #[derive(Clone, Copy)]
    struct Shape {
        along: usize,
        lines: usize,
    }

    #[derive(Clone, Copy)]
    struct Source<'a> {
        data: &'a [f32],
        from: usize,
    }

    impl Source<'_> {
        /// Up to 16 numbers from an offset on; zeros after them.
        #[target_feature(enable = "avx512f")]
        fn load(self, offset: usize, n: usize) -> __m512 {
            if n == 0 {
                return _mm512_setzero_ps();
            }
            let part = &self.data[self.from + offset..][..n.min(16)];
            let mask = if n >= 16 { 0xffff } else { (1u16 << n) - 1 };
            // SAFETY: the mask covers the slice and nothing else is read.
            unsafe { _mm512_maskz_loadu_ps(mask, part.as_ptr()) }
        }
    }

    /// Lines that lie along the inner size: each becomes a row of the tile.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512bf16")]
    fn lines(source: Source, stride: usize, shape: Shape, tile: &mut [u16]) {
        for (line, out) in tile.chunks_exact_mut(32).enumerate() {
            if line >= shape.lines {
                out.fill(0);
                continue;
            }
            let low = source.load(line * stride, shape.along.min(16));
            let high = source.load(line * stride + 16, shape.along.saturating_sub(16));
            let rounded: __m512i = bits(_mm512_cvtne2ps_pbh(high, low));
            // SAFETY: `out` has 32 numbers of 16 bits.
            unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), rounded) };
        }
    }

    /// Lines that lie across: two neighbours along the inner size become pairs, in the order of the right factor, or turned
    /// over into that of the left one.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512bf16")]
    fn pairs(source: Source, stride: usize, shape: Shape, is_left: bool, tile: &mut [u16]) {
        for (pair, out) in tile.chunks_exact_mut(32).enumerate() {
            let line = |along: usize| source.load(along * stride, if along < shape.along { shape.lines } else { 0 });
            let (even, odd) = (half(line(2 * pair)), half(line(2 * pair + 1)));
            let both =
                _mm512_or_si512(_mm512_cvtepu16_epi32(even), _mm512_slli_epi32::<16>(_mm512_cvtepu16_epi32(odd)));
            // SAFETY: `out` has 16 numbers of 32 bits.
            unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), both) };
        }
        if is_left {
            transpose(tile);
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512bf16")]
    fn half(x: __m512) -> __m256i {
        // SAFETY: both are 256 bits.
        unsafe { std::mem::transmute(_mm512_cvtneps_pbh(x)) }
    }

    #[target_feature(enable = "avx512f,avx512bf16")]
    fn bits(x: __m512bh) -> __m512i {
        // SAFETY: both are 512 bits.
        unsafe { std::mem::transmute(x) }
    }

    /// Any strides, one number at a time.
    fn gather(shape: Shape, tile: &mut [u16], at: impl Fn(usize, usize) -> f32) {
        tile.fill(0);
        for line in 0..shape.lines {
            for along in 0..shape.along {
                tile[line * 32 + along] = round(at(line, along));
            }
        }
    }

    /// To bfloat16, to the nearest, of equals the even one.
    pub(super) fn round(x: f32) -> u16 {
        let bits = x.to_bits();
        ((bits + 0x7fff + (bits >> 16 & 1)) >> 16) as u16
    }

    /// Turns a tile over as 16 × 16 numbers of 32 bits.
    #[target_feature(enable = "avx512f")]
    fn transpose(tile: &mut [u16]) {
        assert!(tile.len() >= TILE);
        let at: *mut __m512i = tile.as_mut_ptr().cast();
        let mut r = [_mm512_setzero_si512(); 16];
        for (i, row) in r.iter_mut().enumerate() {
            // SAFETY: the tile has 16 rows of 512 bits.
            *row = unsafe { _mm512_loadu_si512(at.add(i)) };
        }
        let mut s = r;
        for i in (0..16).step_by(2) {
            s[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
            s[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
        }
        for i in (0..16).step_by(4) {
            r[i] = _mm512_unpacklo_epi64(s[i], s[i + 2]);
            r[i + 1] = _mm512_unpackhi_epi64(s[i], s[i + 2]);
            r[i + 2] = _mm512_unpacklo_epi64(s[i + 1], s[i + 3]);
            r[i + 3] = _mm512_unpackhi_epi64(s[i + 1], s[i + 3]);
        }
        // Lane l of r[4g + c] holds column 4l + c of the rows 4g … 4g + 3.
        for c in 0..4 {
            let low = _mm512_shuffle_i32x4::<0x88>(r[c], r[c + 4]);
            let low_odd = _mm512_shuffle_i32x4::<0xdd>(r[c], r[c + 4]);
            let high = _mm512_shuffle_i32x4::<0x88>(r[c + 8], r[c + 12]);
            let high_odd = _mm512_shuffle_i32x4::<0xdd>(r[c + 8], r[c + 12]);
            s[c] = _mm512_shuffle_i32x4::<0x88>(low, high);
            s[c + 8] = _mm512_shuffle_i32x4::<0xdd>(low, high);
            s[c + 4] = _mm512_shuffle_i32x4::<0x88>(low_odd, high_odd);
            s[c + 12] = _mm512_shuffle_i32x4::<0xdd>(low_odd, high_odd);
        }
        for (i, row) in s.iter().enumerate() {
            // SAFETY: as above.
            unsafe { _mm512_storeu_si512(at.add(i), *row) };
        }
    }
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
mod imp {
    use super::Matrix;

    pub(super) fn has_tiles() -> bool {
        false
    }

    pub(super) fn with_tiles(_work: impl FnOnce()) {
        unreachable!("no tiles on this machine");
    }

    pub(super) fn product(_: &[u16], _: &[u16], _: usize, _: &mut [f32], _: usize, _: bool) {
        unreachable!("no tiles on this machine");
    }

    pub(super) fn pack_left(_: Matrix, _: usize, _: usize, _: usize, _: &mut [u16]) {
        unreachable!("no tiles on this machine");
    }

    pub(super) fn pack_right(_: Matrix, _: usize, _: usize, _: &mut [u16]) {
        unreachable!("no tiles on this machine");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_world::Seed;

    fn random(n: usize, seed: u64) -> Vec<f32> {
        let mut rng = Seed(seed).rng();
        (0..n).map(|_| rng.normal()).collect()
    }

    /// Every combination of orders and ragged sizes, against single precision of factors that were rounded before.
    #[test]
    fn products_agree_with_those_of_rounded_factors() {
        let rounded = |x: Vec<f32>| -> Vec<f32> {
            x.into_iter()
                .map(|x| f32::from_bits((x.to_bits() + 0x7fff + (x.to_bits() >> 16 & 1)) & 0xffff_0000))
                .collect()
        };
        for (m, k, n) in [(64, 64, 64), (1, 300, 900), (200, 64, 33), (97, 1, 5000), (131, 257, 70), (40, 4000, 48)] {
            let (a, b, c) = (rounded(random(m * k, 1)), rounded(random(n * k, 2)), random(m * (n + 3), 3));
            let lefts = [Matrix::new(&a, m, k), Matrix::new(&a, k, m).t()];
            let rights = [Matrix::new(&b, k, n), Matrix::new(&b, n, k).t()];
            for (left, right, accumulate) in
                lefts.into_iter().flat_map(|l| rights.map(|r| (l, r))).flat_map(|(l, r)| [(l, r, false), (l, r, true)])
            {
                let (mut exact, mut found) = (c.clone(), c.clone());
                matmul(left, right, &mut exact, n + 3, accumulate);
                Precision::Half.matmul(left, right, &mut found, n + 3, accumulate);
                let worst = exact.iter().zip(&found).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                assert!(worst < 2e-5 * (k as f32).sqrt() * 8.0, "{m} {k} {n}: {worst}");
            }
        }
    }

    #[test]
    fn rounding_costs_less_than_a_hundredth() {
        let (a, b) = (random(128 * 256, 1), random(256 * 96, 2));
        let (mut exact, mut found) = (vec![0.0; 128 * 96], vec![0.0; 128 * 96]);
        matmul(Matrix::new(&a, 128, 256), Matrix::new(&b, 256, 96), &mut exact, 96, false);
        Precision::Half.matmul(Matrix::new(&a, 128, 256), Matrix::new(&b, 256, 96), &mut found, 96, false);
        let (mut gap, mut size) = (0.0, 0.0);
        for (a, b) in exact.iter().zip(&found) {
            gap += (a - b).powi(2);
            size += a * a;
        }
        assert!((gap / size).sqrt() < 0.01, "{}", (gap / size).sqrt());
    }

    #[test]
    fn the_number_of_threads_does_not_matter() {
        let (a, b) = (random(700 * 64, 1), random(64 * 48, 2));
        let run = |threads| {
            let mut out = vec![0.0; 700 * 48];
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                Precision::Half.matmul(Matrix::new(&a, 700, 64), Matrix::new(&b, 64, 48), &mut out, 48, false);
            });
            out
        };
        assert_eq!(run(1), run(5));
    }
}
