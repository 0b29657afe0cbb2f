//! The few operations that the network is made of, each with its way back.

use gesamt_cmld::kernels::{Matrix, Precision, matmul, softmax_rows};
use rayon::prelude::*;

/// The products with weights, where most of the time goes, in a precision of choice.
#[derive(Clone, Copy, Debug)]
pub struct Ops(pub Precision);

impl Ops {
    /// `x · w`.
    pub fn linear(self, x: &[f32], w: &[f32], n_in: usize, n_out: usize) -> Vec<f32> {
        let rows = x.len() / n_in;
        let mut out = vec![0.0; rows * n_out];
        self.0.matmul(Matrix::new(x, rows, n_in), Matrix::new(w, n_in, n_out), &mut out, n_out, false);
        out
    }

    /// The gradient by `x`; that by `w` is added to `dw`.
    pub fn linear_back(self, x: &[f32], w: &[f32], dy: &[f32], n_in: usize, n_out: usize, dw: &mut [f32]) -> Vec<f32> {
        let rows = x.len() / n_in;
        self.weight_back(x, dy, n_in, n_out, dw);
        let mut dx = vec![0.0; rows * n_in];
        self.0.matmul(Matrix::new(dy, rows, n_out), Matrix::new(w, n_in, n_out).t(), &mut dx, n_in, false);
        dx
    }

    /// Adds the gradient by `w` of `x · w` to `dw`.
    pub fn weight_back(self, x: &[f32], dy: &[f32], n_in: usize, n_out: usize, dw: &mut [f32]) {
        let rows = x.len() / n_in;
        self.0.matmul(Matrix::new(x, rows, n_in).t(), Matrix::new(dy, rows, n_out), dw, n_out, true);
    }
}

/// Adds the sum of the rows of `dy` to `out`.
pub fn add_rows(dy: &[f32], out: &mut [f32]) {
    for row in dy.chunks_exact(out.len()) {
        out.iter_mut().zip(row).for_each(|(o, v)| *o += v);
    }
}

/// Rows divided by their root mean square, with one over it.
pub struct Normed {
    pub rows: Vec<f32>,
    pub scales: Vec<f32>,
}

/// The root mean square is kept above the root of this, as in the kernels.
const NORM_FLOOR: f32 = 1e-6;

/// Normalises each row of `width` numbers.
pub fn norm(x: &[f32], width: usize) -> Normed {
    let mut rows = vec![0.0; x.len()];
    let mut scales = vec![0.0; x.len() / width];
    let work = rows.par_chunks_exact_mut(width).zip(x.par_chunks_exact(width)).zip(&mut scales);
    work.with_min_len(64).for_each(|((out, row), scale)| {
        *scale = 1.0 / (row.iter().map(|v| v * v).sum::<f32>() / width as f32 + NORM_FLOOR).sqrt();
        out.iter_mut().zip(row).for_each(|(o, v)| *o = v * *scale);
    });
    Normed { rows, scales }
}

/// Turns the gradient by the normalised rows into that by the rows, in place.
pub fn norm_back(d: &mut [f32], normed: &Normed, width: usize) {
    let work = d.par_chunks_exact_mut(width).zip(normed.rows.par_chunks_exact(width)).zip(&normed.scales);
    work.with_min_len(64).for_each(|((d, row), scale)| {
        let along = d.iter().zip(row).map(|(d, x)| d * x).sum::<f32>() / width as f32;
        d.iter_mut().zip(row).for_each(|(d, x)| *d = scale * (*d - x * along));
    });
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// `silu(a) · b` of rows that hold both.
pub fn swiglu(both: &[f32], hidden: usize) -> Vec<f32> {
    let mut out = vec![0.0; both.len() / 2];
    let work = out.par_chunks_mut(32 * hidden).zip(both.par_chunks(64 * hidden));
    work.for_each(|(out, both)| gesamt_cmld::kernels::swiglu(both, hidden, out));
    out
}

/// The gradient by both halves.
pub fn swiglu_back(both: &[f32], d: &[f32], hidden: usize) -> Vec<f32> {
    let mut out = vec![0.0; both.len()];
    let work =
        out.par_chunks_exact_mut(2 * hidden).zip(both.par_chunks_exact(2 * hidden)).zip(d.par_chunks_exact(hidden));
    work.with_min_len(32).for_each(|((out, both), d)| {
        let ((a, b), (da, db)) = (both.split_at(hidden), out.split_at_mut(hidden));
        // silu in one vectorised call; its derivative follows from it: s + x·s·(1 − s) with x·s known.
        let mut gate = a.to_vec();
        gesamt_cmld::kernels::silu(&mut gate);
        for i in 0..hidden {
            let share = if a[i].abs() < 1e-4 { sigmoid(a[i]) } else { gate[i] / a[i] };
            da[i] = d[i] * b[i] * (share + gate[i] * (1.0 - share));
            db[i] = d[i] * gate[i];
        }
    });
    out
}

/// `silu` of everything.
pub fn silu(x: &[f32]) -> Vec<f32> {
    let mut out = x.to_vec();
    gesamt_cmld::kernels::silu(&mut out);
    out
}

/// The gradient by `x` of `silu(x)`, in place.
pub fn silu_back(x: &[f32], d: &mut [f32]) {
    for (d, x) in d.iter_mut().zip(x) {
        let share = sigmoid(*x);
        *d *= share * (1.0 + x * (1.0 - share));
    }
}

/// Where the tokens of each sample stand: first row and number.
pub type Spans = [(usize, usize)];

/// What is kept of an attention for the way back.
pub struct Attended {
    /// Queries and keys normalised, values as they are.
    pub qkv: Vec<f32>,
    q: Normed,
    k: Normed,
    chances: Vec<Vec<f32>>,
    /// The mixed values.
    pub mixed: Vec<f32>,
}

/// Attention with normalised queries and keys.
pub fn attend(raw: Vec<f32>, spans: &Spans, n_heads: usize, q_norm: &[f32], k_norm: &[f32]) -> Attended {
    let dims = q_norm.len();
    let (width, row) = (n_heads * dims, 3 * n_heads * dims);
    let (q, k) = (norm(&columns(&raw, row, 0, width), dims), norm(&columns(&raw, row, width, width), dims));
    let mut qkv = raw;
    let weighted = |out: &mut [f32], rows: &[f32], weight: &[f32]| {
        out.iter_mut().zip(rows).zip(weight.iter().cycle()).for_each(|((o, x), w)| *o = x * w);
    };
    let work = qkv.par_chunks_exact_mut(row).zip(q.rows.par_chunks_exact(width)).zip(k.rows.par_chunks_exact(width));
    work.with_min_len(64).for_each(|((out, q), k)| {
        weighted(&mut out[..width], q, q_norm);
        weighted(&mut out[width..2 * width], k, k_norm);
    });
    let scale = 1.0 / (dims as f32).sqrt();
    let samples: Vec<(Vec<f32>, Vec<f32>)> = spans
        .par_iter()
        .map(|(first, n)| {
            let (mut mixed, mut chances) = (vec![0.0; n * width], vec![0.0; n_heads * n * n]);
            for (head, chances) in chances.chunks_exact_mut(n * n).enumerate() {
                let part =
                    |which: usize| Matrix::strided(&qkv[first * row + which * width + head * dims..], *n, dims, row);
                matmul(part(0), part(1).t(), chances, *n, false);
                softmax_rows(chances, *n, scale);
                matmul(Matrix::new(chances, *n, *n), part(2), &mut mixed[head * dims..], width, false);
            }
            (mixed, chances)
        })
        .collect();
    let (mixed, chances): (Vec<Vec<f32>>, Vec<Vec<f32>>) = samples.into_iter().unzip();
    Attended { qkv, q, k, chances, mixed: mixed.concat() }
}

/// The gradient by the raw queries, keys and values; those by the norms' weights are added.
pub fn attend_back(
    kept: &Attended,
    d_mixed: &[f32],
    spans: &Spans,
    n_heads: usize,
    (q_norm, dq_norm): (&[f32], &mut [f32]),
    (k_norm, dk_norm): (&[f32], &mut [f32]),
) -> Vec<f32> {
    let dims = q_norm.len();
    let (width, row) = (n_heads * dims, 3 * n_heads * dims);
    let scale = 1.0 / (dims as f32).sqrt();
    let samples: Vec<Vec<f32>> = spans
        .par_iter()
        .zip(&kept.chances)
        .map(|((first, n), chances)| {
            let n = *n;
            let (mut out, mut d_chances) = (vec![0.0; n * row], vec![0.0; n * n]);
            for (head, chances) in chances.chunks_exact(n * n).enumerate() {
                let part = |which: usize| {
                    Matrix::strided(&kept.qkv[first * row + which * width + head * dims..], n, dims, row)
                };
                let d_out = Matrix::strided(&d_mixed[first * width + head * dims..], n, dims, width);
                let chance = Matrix::new(chances, n, n);
                matmul(chance.t(), d_out, &mut out[2 * width + head * dims..], row, false);
                matmul(d_out, part(2).t(), &mut d_chances, n, false);
                for (d, p) in d_chances.chunks_exact_mut(n).zip(chances.chunks_exact(n)) {
                    let along: f32 = d.iter().zip(p).map(|(d, p)| d * p).sum();
                    d.iter_mut().zip(p).for_each(|(d, p)| *d = scale * p * (*d - along));
                }
                let d_score = Matrix::new(&d_chances, n, n);
                matmul(d_score, part(1), &mut out[head * dims..], row, false);
                matmul(d_score.t(), part(0), &mut out[width + head * dims..], row, false);
            }
            out
        })
        .collect();
    let mut d_qkv = samples.concat();
    head_norm_back(&mut d_qkv, row, 0, &kept.q, q_norm, dq_norm);
    head_norm_back(&mut d_qkv, row, width, &kept.k, k_norm, dk_norm);
    d_qkv
}

/// Goes back through the norm of the heads that begin at column `start` of each row.
fn head_norm_back(d: &mut [f32], row: usize, start: usize, normed: &Normed, weight: &[f32], d_weight: &mut [f32]) {
    let (dims, width) = (weight.len(), row / 3);
    let mut part = columns(d, row, start, width);
    for (d, x) in part.chunks_exact_mut(dims).zip(normed.rows.chunks_exact(dims)) {
        for i in 0..dims {
            d_weight[i] += d[i] * x[i];
            d[i] *= weight[i];
        }
    }
    norm_back(&mut part, normed, dims);
    for (d, part) in d.chunks_exact_mut(row).zip(part.chunks_exact(width)) {
        d[start..start + width].copy_from_slice(part);
    }
}

/// Some columns of a matrix, row by row.
pub fn columns(x: &[f32], row: usize, start: usize, n: usize) -> Vec<f32> {
    x.chunks_exact(row).flat_map(|row| &row[start..start + n]).copied().collect()
}
