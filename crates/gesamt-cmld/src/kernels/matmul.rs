//! Matrix products on the `gemm` crate.

use std::sync::Once;

use gemm::Parallelism;
use rayon::prelude::*;

/// A view of a matrix inside a slice.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    /// The numbers.
    pub data: &'a [f32],
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub cols: usize,
    /// Distance between rows.
    pub row_stride: usize,
    /// Distance between columns.
    pub col_stride: usize,
}

impl<'a> Matrix<'a> {
    /// A row-major matrix that fills its slice.
    #[must_use]
    pub fn new(data: &'a [f32], rows: usize, cols: usize) -> Matrix<'a> {
        Matrix { data, rows, cols, row_stride: cols, col_stride: 1 }
    }

    /// A row-major matrix whose rows lie `row_stride` apart.
    #[must_use]
    pub fn strided(data: &'a [f32], rows: usize, cols: usize, row_stride: usize) -> Matrix<'a> {
        Matrix { data, rows, cols, row_stride, col_stride: 1 }
    }

    /// The transpose.
    #[must_use]
    pub fn t(self) -> Matrix<'a> {
        Matrix {
            data: self.data,
            rows: self.cols,
            cols: self.rows,
            row_stride: self.col_stride,
            col_stride: self.row_stride,
        }
    }

    /// True when every element lies inside the slice.
    pub(super) fn is_inside(&self) -> bool {
        self.data.len() >= self.reach()
    }

    fn reach(&self) -> usize {
        if self.rows == 0 || self.cols == 0 {
            return 0;
        }
        (self.rows - 1) * self.row_stride + (self.cols - 1) * self.col_stride + 1
    }
}

/// Rows of the product that one task computes; fixed, so that the sums do not depend on the number of threads.
const TASK_ROWS: usize = 96;

/// `out = a · b`, or `out += a · b`; the rows of `out` lie `out_stride` apart.
///
/// # Panics
/// When the inner sizes differ or a slice is too short for its matrix.
pub fn matmul(a: Matrix, b: Matrix, out: &mut [f32], out_stride: usize, accumulate: bool) {
    assert_eq!(a.cols, b.rows, "the inner sizes of a product");
    assert!(a.is_inside() && b.is_inside() && out_stride >= b.cols, "matrices inside slices");
    if a.rows == 0 || b.cols == 0 {
        return;
    }
    assert!(out.len() >= (a.rows - 1) * out_stride + b.cols, "a slice that holds the product");
    out.par_chunks_mut(TASK_ROWS * out_stride).enumerate().take(a.rows.div_ceil(TASK_ROWS)).for_each(|(task, out)| {
        let first = task * TASK_ROWS;
        let rows = TASK_ROWS.min(a.rows - first);
        product(a, first, rows, b, out, out_stride, accumulate);
    });
}

fn product(a: Matrix, first: usize, rows: usize, b: Matrix, out: &mut [f32], out_stride: usize, accumulate: bool) {
    let a_data = &a.data[first * a.row_stride..];
    // SAFETY: `matmul` has checked that every element addressed through these strides lies inside its slice, and `out`
    // is borrowed exclusively.
    unsafe {
        gemm::gemm(
            rows,
            b.cols,
            a.cols,
            out.as_mut_ptr(),
            1,
            out_stride as isize,
            accumulate,
            a_data.as_ptr(),
            a.col_stride as isize,
            a.row_stride as isize,
            b.data.as_ptr(),
            b.col_stride as isize,
            b.row_stride as isize,
            1.0,
            1.0,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

/// Columns of a panel: what one step of the product takes side by side on the widest processors.
const PANEL: usize = 64;
/// Rows of panels from which on `gemm` would copy them once more.
const NEVER_COPIED: usize = 1 << 20;

/// A right-hand factor whose columns lie in panels, as products read them: nothing is copied for each product.
#[derive(Clone, Debug)]
pub struct Panels {
    rows: usize,
    cols: usize,
    data: Vec<f32>,
}

impl Panels {
    /// Lays a row-major matrix out in panels.
    #[must_use]
    pub fn new(data: &[f32], rows: usize, cols: usize) -> Panels {
        let mut panels = Vec::with_capacity(rows * cols);
        for first in (0..cols).step_by(PANEL) {
            let width = PANEL.min(cols - first);
            data.chunks_exact(cols).take(rows).for_each(|row| panels.extend_from_slice(&row[first..first + width]));
        }
        Panels { rows, cols, data: panels }
    }

    /// `out = a · self` for rows of `a` one after the other: on this thread, or with the panels shared among all, with the same
    /// result.
    ///
    /// # Panics
    /// When sizes do not fit.
    pub fn product(&self, a: &[f32], out: &mut [f32], is_shared: bool) {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| gemm::set_lhs_packing_threshold_single_thread(NEVER_COPIED));
        let n = a.len() / self.rows.max(1);
        assert!(n * self.rows == a.len() && out.len() == n * self.cols, "rows of the inner and of the outer size");
        let a = Matrix::new(a, n, self.rows);
        let starts = (0..self.cols).step_by(PANEL);
        if !is_shared {
            starts.for_each(|first| self.strip(a, first, &mut out[first..], self.cols));
            return;
        }
        // Strips of columns lie between each other's rows: they are made apart and then laid side by side.
        let width = |first: usize| PANEL.min(self.cols - first);
        let strips: Vec<(usize, Vec<f32>)> = starts
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|first| {
                let mut strip = vec![0.0; n * width(first)];
                self.strip(a, first, &mut strip, width(first));
                (first, strip)
            })
            .collect();
        for (first, strip) in strips {
            let rows = out.chunks_exact_mut(self.cols).zip(strip.chunks_exact(width(first)));
            rows.for_each(|(out, strip)| out[first..first + strip.len()].copy_from_slice(strip));
        }
    }

    /// The columns of the product from `first` on, as many as a panel has.
    fn strip(&self, a: Matrix, first: usize, out: &mut [f32], out_stride: usize) {
        let width = PANEL.min(self.cols - first);
        let panel = Matrix::new(&self.data[first * self.rows..][..width * self.rows], self.rows, width);
        product(a, 0, a.rows, panel, out, out_stride, false);
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

    #[test]
    fn panels_give_the_same_product() {
        for (m, k, n) in [(3, 8, 5), (66, 40, 200), (61, 320, 640), (1, 16, 64), (0, 4, 4)] {
            let (a, b) = (random(m * k, 1), random(k * n, 2));
            let (mut plain, mut panelled) = (vec![0.0; m * n], vec![0.0; m * n]);
            matmul(Matrix::new(&a, m, k), Matrix::new(&b, k, n), &mut plain, n, false);
            Panels::new(&b, k, n).product(&a, &mut panelled, false);
            let mut shared = vec![0.0; m * n];
            Panels::new(&b, k, n).product(&a, &mut shared, true);
            assert_eq!(panelled, shared, "{m} {k} {n}");
            assert!(plain.iter().zip(&panelled).all(|(p, q)| (p - q).abs() < 1e-4), "{m} {k} {n}");
        }
    }

    #[test]
    fn products_agree_with_the_definition() {
        for (m, k, n) in [(1, 1, 1), (3, 5, 7), (200, 64, 33), (97, 1, 16)] {
            let (a, b, c) = (random(m * k, 1), random(n * k, 2), random(m * (n + 3), 3));
            for accumulate in [false, true] {
                let mut out = c.clone();
                // b is given transposed, and the rows of the product lie further apart than they are long.
                matmul(Matrix::new(&a, m, k), Matrix::new(&b, n, k).t(), &mut out, n + 3, accumulate);
                for i in 0..m {
                    for j in 0..n + 3 {
                        let sum: f64 = (0..k.min(if j < n { k } else { 0 }))
                            .map(|l| f64::from(a[i * k + l]) * f64::from(b[j * k + l]))
                            .sum();
                        let kept = if accumulate || j >= n { f64::from(c[i * (n + 3) + j]) } else { 0.0 };
                        assert!((f64::from(out[i * (n + 3) + j]) - sum - kept).abs() < 1e-4, "{m} {k} {n}: {i} {j}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_number_of_threads_does_not_matter() {
        let (a, b) = (random(700 * 64, 1), random(64 * 48, 2));
        let run = |threads| {
            let mut out = vec![0.0; 700 * 48];
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| matmul(Matrix::new(&a, 700, 64), Matrix::new(&b, 64, 48), &mut out, 48, false));
            out
        };
        assert_eq!(run(1), run(5));
    }
}
