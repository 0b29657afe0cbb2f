//! The text encoder there and back. Samples have as many rows as words, and one for the mark before them.

use gesamt_cmld::kernels::{Matrix, matmul, softmax_rows};
use gesamt_cmld::model::Params;
use gesamt_cmld::text::TextCondition;

use super::Grads;
use super::ops::*;
use gesamt_cmld::model::Config;

struct TextBlock {
    norm_1: Normed,
    weighted_1: Vec<f32>,
    attended: Attended,
    norm_2: Normed,
    weighted_2: Vec<f32>,
    both: Vec<f32>,
    gated: Vec<f32>,
}

/// What is kept for the way back.
pub struct TextPass {
    spans: Vec<(usize, usize)>,
    sums: Vec<f32>,
    blocks: Vec<TextBlock>,
    last: Normed,
    weighted: Vec<f32>,
    keys: Vec<f32>,
    values: Vec<f32>,
    chances: Vec<Vec<f32>>,
    gathered: Vec<f32>,
    /// The tokens of each sample: `pool × width` of the backbone.
    pub tokens: Vec<f32>,
}

fn times_weight(normed: &Normed, weight: &[f32]) -> Vec<f32> {
    normed.rows.iter().zip(weight.iter().cycle()).map(|(x, w)| x * w).collect()
}

/// The gradient by the rows before the norm; that by its weight is added.
fn weighted_norm_back(mut d: Vec<f32>, normed: &Normed, weight: &[f32], d_weight: &mut [f32]) -> Vec<f32> {
    for (d, x) in d.chunks_exact_mut(weight.len()).zip(normed.rows.chunks_exact(weight.len())) {
        for i in 0..weight.len() {
            d_weight[i] += d[i] * x[i];
            d[i] *= weight[i];
        }
    }
    norm_back(&mut d, normed, weight.len());
    d
}

fn add(x: &mut [f32], y: &[f32]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}

/// Runs the encoder.
pub fn forward(ops: Ops, config: &Config, p: &Params, conditions: &[TextCondition]) -> TextPass {
    let text = &config.text;
    let (width, hidden) = (text.width, text.hidden);
    let mut spans = Vec::new();
    let mut n_rows = 0;
    for condition in conditions {
        spans.push((n_rows, condition.words.len() + 1));
        n_rows += condition.words.len() + 1;
    }
    let (table, mut sums) = (p.get("text.table"), vec![0.0; n_rows * text.row_dims]);
    for ((first, _), condition) in spans.iter().zip(conditions) {
        for (i, ids) in condition.words.iter().enumerate() {
            let row = &mut sums[(first + 1 + i) * text.row_dims..][..text.row_dims];
            ids.iter().for_each(|id| add(row, &table[*id as usize * text.row_dims..][..text.row_dims]));
        }
    }
    let mut x = ops.linear(&sums, p.get("text.in"), text.row_dims, width);
    for (first, n) in &spans {
        let rows = &mut x[first * width..(first + n) * width];
        add(rows, p.get("text.position"));
        add(&mut rows[..width], p.get("text.mark"));
    }
    let mut blocks = Vec::new();
    for layer in 0..text.layers {
        let get = |name: &str| p.get(&format!("text.{layer}.{name}"));
        let norm_1 = norm(&x, width);
        let weighted_1 = times_weight(&norm_1, get("norm_1"));
        let raw = ops.linear(&weighted_1, get("qkv"), width, 3 * width);
        let attended = attend(raw, &spans, text.heads, get("q_norm"), get("k_norm"));
        add(&mut x, &ops.linear(&attended.mixed, get("out"), width, width));
        let norm_2 = norm(&x, width);
        let weighted_2 = times_weight(&norm_2, get("norm_2"));
        let both = ops.linear(&weighted_2, get("up"), width, 2 * hidden);
        let gated = swiglu(&both, hidden);
        add(&mut x, &ops.linear(&gated, get("down"), hidden, width));
        blocks.push(TextBlock { norm_1, weighted_1, attended, norm_2, weighted_2, both, gated });
    }
    let last = norm(&x, width);
    let weighted = times_weight(&last, p.get("text.norm"));
    let (keys, values) = (
        ops.linear(&weighted, p.get("text.key"), width, width),
        ops.linear(&weighted, p.get("text.value"), width, width),
    );
    let (mut gathered, mut chances) = (vec![0.0; spans.len() * text.pool * width], Vec::new());
    let queries = Matrix::new(p.get("text.queries"), text.pool, width);
    for ((first, n), gathered) in spans.iter().zip(gathered.chunks_exact_mut(text.pool * width)) {
        let part = |x| Matrix::new(x, *n, width);
        let mut chance = vec![0.0; text.pool * n];
        matmul(queries, part(&keys[first * width..]).t(), &mut chance, *n, false);
        softmax_rows(&mut chance, *n, 1.0 / (width as f32).sqrt());
        matmul(Matrix::new(&chance, text.pool, *n), part(&values[first * width..]), gathered, width, false);
        chances.push(chance);
    }
    let tokens = ops.linear(&gathered, p.get("text.project"), width, config.width);
    TextPass { spans, sums, blocks, last, weighted, keys, values, chances, gathered, tokens }
}

/// Adds the gradients of the encoder, given that by its tokens.
pub fn backward(
    ops: Ops,
    config: &Config,
    p: &Params,
    pass: &TextPass,
    conditions: &[TextCondition],
    d_tokens: &[f32],
    grads: &mut Grads,
) {
    let text = &config.text;
    let (width, hidden) = (text.width, text.hidden);
    let d_gathered =
        ops.linear_back(&pass.gathered, p.get("text.project"), d_tokens, width, config.width, grads.of("text.project"));
    let (d_keys, d_values) = gather_back(config, p, pass, &d_gathered, grads);
    let mut d = ops.linear_back(&pass.weighted, p.get("text.key"), &d_keys, width, width, grads.of("text.key"));
    add(&mut d, &ops.linear_back(&pass.weighted, p.get("text.value"), &d_values, width, width, grads.of("text.value")));
    let mut dx = weighted_norm_back(d, &pass.last, p.get("text.norm"), grads.of("text.norm"));
    for (layer, block) in pass.blocks.iter().enumerate().rev() {
        let at = |name: &str| format!("text.{layer}.{name}");
        let get = |name: &str| p.get(&at(name));
        let d_gated = ops.linear_back(&block.gated, get("down"), &dx, hidden, width, grads.of(&at("down")));
        let d_both = swiglu_back(&block.both, &d_gated, hidden);
        let d = ops.linear_back(&block.weighted_2, get("up"), &d_both, width, 2 * hidden, grads.of(&at("up")));
        add(&mut dx, &weighted_norm_back(d, &block.norm_2, get("norm_2"), grads.of(&at("norm_2"))));
        let d_mixed = ops.linear_back(&block.attended.mixed, get("out"), &dx, width, width, grads.of(&at("out")));
        let (mut dq, mut dk) = (grads.take(&at("q_norm")), grads.take(&at("k_norm")));
        let ends = ((get("q_norm"), dq.as_mut_slice()), (get("k_norm"), dk.as_mut_slice()));
        let d_qkv = attend_back(&block.attended, &d_mixed, &pass.spans, text.heads, ends.0, ends.1);
        grads.put(&at("q_norm"), dq);
        grads.put(&at("k_norm"), dk);
        let d = ops.linear_back(&block.weighted_1, get("qkv"), &d_qkv, width, 3 * width, grads.of(&at("qkv")));
        add(&mut dx, &weighted_norm_back(d, &block.norm_1, get("norm_1"), grads.of(&at("norm_1"))));
    }
    for (first, n) in &pass.spans {
        let rows = &dx[first * width..(first + n) * width];
        add(&mut grads.of("text.position")[..n * width], rows);
        add(grads.of("text.mark"), &rows[..width]);
    }
    let d_sums = ops.linear_back(&pass.sums, p.get("text.in"), &dx, text.row_dims, width, grads.of("text.in"));
    let d_table = grads.of("text.table");
    for ((first, _), condition) in pass.spans.iter().zip(conditions) {
        for (i, ids) in condition.words.iter().enumerate() {
            let row = &d_sums[(first + 1 + i) * text.row_dims..][..text.row_dims];
            ids.iter().for_each(|id| add(&mut d_table[*id as usize * text.row_dims..][..text.row_dims], row));
        }
    }
}

fn gather_back(config: &Config, p: &Params, pass: &TextPass, d: &[f32], grads: &mut Grads) -> (Vec<f32>, Vec<f32>) {
    let (pool, width) = (config.text.pool, config.text.width);
    let scale = 1.0 / (width as f32).sqrt();
    let (mut d_keys, mut d_values) = (vec![0.0; pass.keys.len()], vec![0.0; pass.values.len()]);
    for (((first, n), chance), d) in pass.spans.iter().zip(&pass.chances).zip(d.chunks_exact(pool * width)) {
        let (n, from) = (*n, first * width);
        let (d, chances) = (Matrix::new(d, pool, width), Matrix::new(chance, pool, n));
        matmul(chances.t(), d, &mut d_values[from..], width, true);
        let mut d_chance = vec![0.0; pool * n];
        matmul(d, Matrix::new(&pass.values[from..], n, width).t(), &mut d_chance, n, false);
        for (d, p) in d_chance.chunks_exact_mut(n).zip(chance.chunks_exact(n)) {
            let along: f32 = d.iter().zip(p).map(|(d, p)| d * p).sum();
            d.iter_mut().zip(p).for_each(|(d, p)| *d = scale * p * (*d - along));
        }
        let d_score = Matrix::new(&d_chance, pool, n);
        matmul(d_score.t(), Matrix::new(p.get("text.queries"), pool, width), &mut d_keys[from..], width, true);
        matmul(d_score, Matrix::new(&pass.keys[from..], n, width), grads.of("text.queries"), width, true);
    }
    (d_keys, d_values)
}
