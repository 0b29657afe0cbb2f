//! Joint self-attention of short sequences: every token sees every token.

use super::matmul::{Matrix, matmul};
use super::rows::softmax_rows;

/// The shape of an attention.
#[derive(Clone, Copy, Debug)]
pub struct Heads {
    /// Tokens of a sample.
    pub n_tokens: usize,
    /// Heads.
    pub n_heads: usize,
    /// Numbers of a head.
    pub dims: usize,
}

/// The attention of a sample from its `first` token on: rows of `out` before it are left alone. `qkv` holds queries, keys and values
/// of each token in a row; `out` is as wide as one of them.
///
/// # Shapes
/// `scores` has room for `n_tokens × n_tokens`.
///
/// # Source
/// Vaswani et al., "Attention is all you need" (2017), equation 1.
pub fn attention(qkv: &[f32], heads: Heads, first: usize, scores: &mut [f32], out: &mut [f32]) {
    let Heads { n_tokens, n_heads, dims } = heads;
    let (width, row, n) = (n_heads * dims, 3 * n_heads * dims, n_tokens - first);
    let scale = 1.0 / (dims as f32).sqrt();
    let scores = &mut scores[..n * n_tokens];
    for head in 0..n_heads {
        let part = |which: usize, token: usize| {
            Matrix::strided(&qkv[token * row + which * width + head * dims..], n_tokens - token, dims, row)
        };
        matmul(part(0, first), part(1, 0).t(), scores, n_tokens, false);
        softmax_rows(scores, n_tokens, scale);
        let shares = Matrix::new(scores, n, n_tokens);
        matmul(shares, part(2, 0), &mut out[first * width + head * dims..], width, false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_world::Seed;

    #[test]
    fn attention_agrees_with_the_definition() {
        let heads = Heads { n_tokens: 7, n_heads: 3, dims: 8 };
        let mut rng = Seed(1).rng();
        let qkv: Vec<f32> = (0..2 * 7 * 72).map(|_| rng.normal()).collect();
        let mut out = vec![0.0; 2 * 7 * 24];
        let mut scores = [0.0; 49];
        for (qkv, out) in qkv.chunks_exact(7 * 72).zip(out.chunks_exact_mut(7 * 24)) {
            attention(qkv, heads, 0, &mut scores, out);
        }
        let mut last = vec![0.0; 7 * 24];
        attention(&qkv[..7 * 72], heads, 5, &mut scores, &mut last);
        assert!(last[..5 * 24].iter().all(|v| *v == 0.0));
        assert!(last[5 * 24..].iter().zip(&out[5 * 24..]).all(|(a, b)| (a - b).abs() < 1e-6));
        for sample in 0..2 {
            let at = |token: usize, which: usize, i: usize| qkv[(sample * 7 + token) * 72 + which * 24 + i];
            for (head, token) in (0..3).flat_map(|h| (0..7).map(move |t| (h, t))) {
                let score = |other: usize| -> f32 {
                    (0..8).map(|i| at(token, 0, head * 8 + i) * at(other, 1, head * 8 + i)).sum::<f32>() / 8f32.sqrt()
                };
                let weights: Vec<f32> = (0..7).map(|other| score(other).exp()).collect();
                let total: f32 = weights.iter().sum();
                for i in 0..8 {
                    let exact: f32 = (0..7).map(|o| weights[o] / total * at(o, 2, head * 8 + i)).sum();
                    assert!((out[(sample * 7 + token) * 24 + head * 8 + i] - exact).abs() < 1e-5);
                }
            }
        }
    }
}
