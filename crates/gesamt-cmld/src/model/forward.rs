//! The forward pass on our own kernels.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::clock::{Clock, N_TIMES};
use super::config::{Config, TIME_FEATURES};
use super::heads::HeadLayout;
use super::params::Params;
use crate::codec::{Entries, GAIN, Schema};
use crate::kernels::*;
use crate::text::{CUE_GROUPS, TextCondition};

/// One sample of a batch.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The context tokens of its condition, from [`Network::context`].
    pub context: &'a [f32],
    /// The noisy latent.
    pub latent: &'a [f32],
    /// What the lists of the latent may hold, from [`crate::codec::Codec::entries`].
    pub entries: &'a [f32],
    /// The timesteps.
    pub clock: Clock,
}

/// The network: a configuration with its parameters.
#[derive(Clone, Debug)]
pub struct Network {
    /// The configuration.
    pub config: Config,
    /// The parameters.
    pub params: Params,
    groups: Vec<usize>,
    /// Matrices of the blocks in the order of the tile unit; empty in single precision.
    packed: BTreeMap<String, Packed>,
}

impl Network {
    /// A network.
    #[must_use]
    pub fn new(config: Config, params: Params) -> Network {
        Network { config, params, groups: super::config::token_groups(), packed: BTreeMap::new() }
    }

    /// The network with the products of its blocks in half precision, where the processor is made for it; elsewhere the same.
    /// Worlds then depend on the kind of processor, which is why nothing uses it unasked.
    #[must_use]
    pub fn halved(mut self) -> Network {
        if has_tiles() {
            let matrices = self.config.params().into_iter().filter(|spec| {
                spec.name.starts_with("blocks.")
                    && ["qkv", "out", "up", "down"].iter().any(|end| spec.name.ends_with(end))
            });
            self.packed = matrices
                .map(|spec| {
                    let packed = Packed::new(Matrix::new(self.params.get(&spec.name), spec.shape[0], spec.shape[1]));
                    (spec.name, packed)
                })
                .collect();
        }
        self
    }

    /// `out = x · w` for a matrix of the blocks by name.
    fn product(&self, x: &[f32], name: &str, [n_in, n_out]: [usize; 2], out: &mut [f32]) {
        let x = Matrix::new(x, x.len() / n_in, n_in);
        match self.packed.get(name) {
            Some(packed) => tiled(x, packed, out, n_out, false),
            None => matmul(x, Matrix::new(self.params.get(name), n_in, n_out), out, n_out, false),
        }
    }

    /// The context tokens of a condition: gathered words, cues and registers.
    ///
    /// # Shapes
    /// `n_context × width`.
    #[must_use]
    pub fn context(&self, condition: &TextCondition) -> Vec<f32> {
        let (p, d) = (&self.params, self.config.width);
        let mut context = self.words(condition);
        let (weight, bias) = (p.get("cue.weight"), p.get("cue.bias"));
        let mut first = 0;
        for (group, (_, n)) in CUE_GROUPS.iter().enumerate() {
            let mut token = bias[group * d..(group + 1) * d].to_vec();
            for (cue, value) in condition.cues.iter().enumerate().skip(first).take(*n).filter(|(_, v)| **v != 0.0) {
                let row = &weight[cue * d..(cue + 1) * d];
                token.iter_mut().zip(row).for_each(|(t, w)| *t += value * w);
            }
            context.extend(token);
            first += n;
        }
        context.extend(p.get("registers"));
        context
    }

    /// The words gathered into a few tokens.
    fn words(&self, condition: &TextCondition) -> Vec<f32> {
        let (p, text) = (&self.params, &self.config.text);
        let (width, n) = (text.width, condition.words.len() + 1);
        let table = p.get("text.table");
        let mut rows = vec![0.0; n * text.row_dims];
        for (row, ids) in rows.chunks_exact_mut(text.row_dims).skip(1).zip(&condition.words) {
            for id in ids {
                let entry = &table[*id as usize * text.row_dims..][..text.row_dims];
                row.iter_mut().zip(entry).for_each(|(r, e)| *r += e);
            }
        }
        let mut x = vec![0.0; n * width];
        matmul(
            Matrix::new(&rows, n, text.row_dims),
            Matrix::new(p.get("text.in"), text.row_dims, width),
            &mut x,
            width,
            false,
        );
        x[..width].iter_mut().zip(p.get("text.mark")).for_each(|(v, m)| *v += m);
        x.iter_mut().zip(p.get("text.position")).for_each(|(v, position)| *v += position);
        for layer in 0..text.layers {
            self.text_block(layer, n, &mut x);
        }
        let mut normed = vec![0.0; x.len()];
        rms_norm(&x, p.get("text.norm"), &mut normed);
        self.gather(&normed, n)
    }

    fn text_block(&self, layer: usize, n: usize, x: &mut [f32]) {
        let text = &self.config.text;
        let (width, hidden) = (text.width, text.hidden);
        let get = |name: &str| self.params.get(&format!("text.{layer}.{name}"));
        let mut normed = vec![0.0; x.len()];
        rms_norm(x, get("norm_1"), &mut normed);
        let at = |name: &str| format!("text.{layer}.{name}");
        let mixed = self.mix(&normed, n, width, text.heads, &at("qkv"), (get("q_norm"), get("k_norm")));
        matmul(Matrix::new(&mixed, n, width), Matrix::new(get("out"), width, width), x, width, true);
        rms_norm(x, get("norm_2"), &mut normed);
        let gated = self.expand(&normed, width, hidden, &at("up"));
        matmul(Matrix::new(&gated, n, hidden), Matrix::new(get("down"), hidden, width), x, width, true);
    }

    /// Queries that attend to the words, projected to the width of the backbone.
    fn gather(&self, x: &[f32], n: usize) -> Vec<f32> {
        let (p, text, d) = (&self.params, &self.config.text, self.config.width);
        let width = text.width;
        let project = |name: &str| {
            let mut out = vec![0.0; n * width];
            matmul(Matrix::new(x, n, width), Matrix::new(p.get(name), width, width), &mut out, width, false);
            out
        };
        let (keys, values) = (project("text.key"), project("text.value"));
        let mut scores = vec![0.0; text.pool * n];
        let queries = Matrix::new(p.get("text.queries"), text.pool, width);
        matmul(queries, Matrix::new(&keys, n, width).t(), &mut scores, n, false);
        softmax_rows(&mut scores, n, 1.0 / (width as f32).sqrt());
        let mut gathered = vec![0.0; text.pool * width];
        matmul(Matrix::new(&scores, text.pool, n), Matrix::new(&values, n, width), &mut gathered, width, false);
        let mut out = vec![0.0; text.pool * d];
        let weight = Matrix::new(p.get("text.project"), width, d);
        matmul(Matrix::new(&gathered, text.pool, width), weight, &mut out, d, false);
        out
    }

    /// The outputs of all heads for each sample.
    ///
    /// # Shapes
    /// `batch × n_outputs`.
    #[must_use]
    pub fn outputs(&self, batch: &[Input]) -> Vec<f32> {
        let (n, d) = (self.config.n_tokens(), self.config.width);
        let mut x = self.embed(batch);
        let times = Timed { rows: self.times(batch), of_token: self.time_rows(batch) };
        let mut scratch = vec![0.0; batch.len() * n * d];
        for layer in 0..self.config.layers {
            self.block(layer, &times, &mut x, &mut scratch);
        }
        self.heads(batch, &times, &x)
    }

    fn embed(&self, batch: &[Input]) -> Vec<f32> {
        let (p, config) = (&self.params, &self.config);
        let (n, d, n_context) = (config.n_tokens(), config.width, config.n_context());
        let mut x = vec![0.0; batch.len() * n * d];
        let (weight, bias) = (p.get("in.weight"), p.get("in.bias"));
        for (x, sample) in x.chunks_exact_mut(n * d).zip(batch) {
            x[..n_context * d].copy_from_slice(sample.context);
            x[n_context * d..].copy_from_slice(bias);
        }
        let n_dims = Schema::get().n_dims();
        let latents: Vec<f32> = batch.iter().flat_map(|sample| sample.latent.iter().copied()).collect();
        for (index, token) in Schema::get().tokens.iter().enumerate() {
            let numbers = Matrix::strided(&latents[token.dims.start..], batch.len(), token.dims.len(), n_dims);
            let weight = Matrix::new(&weight[token.dims.start * d..token.dims.end * d], token.dims.len(), d);
            matmul(numbers, weight, &mut x[(n_context + index) * d..], n * d, true);
        }
        let entries = Entries::get();
        let chances: Vec<f32> = batch.iter().flat_map(|sample| sample.entries.iter().copied()).collect();
        for entry in &entries.all {
            let here = Matrix::strided(&chances[entry.start..], batch.len(), entry.n, entries.n_chances);
            let table = Matrix::new(&p.get("entries")[entry.row * d..(entry.row + entry.n) * d], entry.n, d);
            matmul(here, table, &mut x[(n_context + entry.token) * d..], n * d, true);
        }
        x
    }

    /// The embedded timesteps, [`N_TIMES`] rows a sample.
    fn times(&self, batch: &[Input]) -> Vec<f32> {
        let (p, d) = (&self.params, self.config.width);
        let rows = batch.len() * N_TIMES;
        let features: Vec<f32> = batch.iter().flat_map(|sample| sample.clock.rows()).flat_map(time_features).collect();
        let mut hidden: Vec<f32> = p.get("time.bias_1").repeat(rows);
        let weight = Matrix::new(p.get("time.weight_1"), TIME_FEATURES, d);
        matmul(Matrix::new(&features, rows, TIME_FEATURES), weight, &mut hidden, d, true);
        silu(&mut hidden);
        let mut out: Vec<f32> = p.get("time.bias_2").repeat(rows);
        matmul(Matrix::new(&hidden, rows, d), Matrix::new(p.get("time.weight_2"), d, d), &mut out, d, true);
        silu(&mut out);
        out
    }

    /// Shifts, gains and gates: `parts · d` numbers for each row of the times.
    fn modulation(&self, times: &[f32], weight: &str, table: &[f32]) -> Vec<f32> {
        let (d, parts) = (self.config.width, table.len());
        let rows = times.len() / d;
        let mut out = table.repeat(rows);
        matmul(Matrix::new(times, rows, d), Matrix::new(self.params.get(weight), d, parts), &mut out, parts, true);
        out
    }

    /// The row of the times that each token goes by.
    fn time_rows(&self, batch: &[Input]) -> Vec<usize> {
        let of_sample = |(i, sample): (usize, &Input)| {
            let rows = sample.clock.all_rows(self.config.n_context(), &self.groups);
            rows.into_iter().map(move |row| i * N_TIMES + row)
        };
        batch.iter().enumerate().flat_map(of_sample).collect()
    }

    fn block(&self, layer: usize, times: &Timed, x: &mut [f32], scratch: &mut [f32]) {
        let config = &self.config;
        let d = config.width;
        let get = |name: &str| self.params.get(&format!("blocks.{layer}.{name}"));
        let table = &self.params.get("mod.table")[layer * 6 * d..(layer + 1) * 6 * d];
        let modulation = self.modulation(&times.rows, "mod.weight", table);
        let part = |token: usize, which: usize| {
            let start = times.of_token[token] * 6 * d + which * d;
            &modulation[start..start + d]
        };
        let norm = |x: &[f32], first: usize, out: &mut [f32]| {
            out.par_chunks_exact_mut(d).zip(x.par_chunks_exact(d)).enumerate().for_each(|(token, (out, row))| {
                rms_norm_modulated(row, part(token, first), part(token, first + 1), out);
            });
        };
        let add = |x: &mut [f32], gate: usize, y: &[f32]| {
            x.par_chunks_exact_mut(d).zip(y.par_chunks_exact(d)).enumerate().for_each(|(token, (row, y))| {
                add_gated(row, part(token, gate), y);
            });
        };
        norm(x, 0, scratch);
        let at = |name: &str| format!("blocks.{layer}.{name}");
        let norms = (get("q_norm"), get("k_norm"));
        let mixed = self.mix(scratch, config.n_tokens(), d, config.heads, &at("qkv"), norms);
        self.product(&mixed, &at("out"), [d, d], scratch);
        add(x, 2, scratch);
        norm(x, 3, scratch);
        let hidden = config.experts[0].hidden;
        let gated = self.expand(scratch, d, hidden, &at("symbols.up"));
        self.product(&gated, &at("symbols.down"), [hidden, d], scratch);
        add(x, 5, scratch);
    }

    /// Self-attention before its last projection.
    fn mix(
        &self,
        x: &[f32],
        n_tokens: usize,
        width: usize,
        n_heads: usize,
        qkv: &str,
        (q_norm, k_norm): (&[f32], &[f32]),
    ) -> Vec<f32> {
        let rows = x.len() / width;
        let mut projected = vec![0.0; rows * 3 * width];
        self.product(x, qkv, [width, 3 * width], &mut projected);
        projected.par_chunks_exact_mut(3 * width).for_each(|row| {
            let (q, rest) = row.split_at_mut(width);
            norm_heads(q, q_norm, n_heads, width);
            norm_heads(&mut rest[..width], k_norm, n_heads, width);
        });
        let mut out = vec![0.0; rows * width];
        attention(&projected, Heads { n_tokens, n_heads, dims: width / n_heads }, &mut out);
        out
    }

    /// The gated hidden layer.
    fn expand(&self, x: &[f32], width: usize, hidden: usize, up: &str) -> Vec<f32> {
        let rows = x.len() / width;
        let mut both = vec![0.0; rows * 2 * hidden];
        self.product(x, up, [width, 2 * hidden], &mut both);
        let mut gated = vec![0.0; rows * hidden];
        let chunks = gated.par_chunks_mut(32 * hidden).zip(both.par_chunks(64 * hidden));
        chunks.for_each(|(gated, both)| swiglu(both, hidden, gated));
        gated
    }

    fn heads(&self, batch: &[Input], times: &Timed, x: &[f32]) -> Vec<f32> {
        let n_samples = batch.len();
        let (p, config, layout) = (&self.params, &self.config, HeadLayout::get());
        let (n, d, n_context, n_outputs) = (config.n_tokens(), config.width, config.n_context(), layout.n_outputs());
        let modulation = self.modulation(&times.rows, "final.weight", p.get("final.table"));
        let mut normed = vec![0.0; x.len()];
        normed.par_chunks_exact_mut(d).zip(x.par_chunks_exact(d)).enumerate().for_each(|(token, (out, row))| {
            let (shift, gain) = modulation[times.of_token[token] * 2 * d..][..2 * d].split_at(d);
            rms_norm_modulated(row, shift, gain, out);
        });
        let (weight, bias) = (p.get("heads.weight"), p.get("heads.bias"));
        let mut out = bias.repeat(n_samples);
        for (index, range) in layout.tokens.iter().enumerate() {
            let tokens = Matrix::strided(&normed[(n_context + index) * d..], n_samples, d, n * d);
            let weight = Matrix::new(&weight[range.start * d..range.end * d], range.len(), d).t();
            matmul(tokens, weight, &mut out[range.start..], n_outputs, true);
        }
        let entries = Entries::get();
        let own: Vec<f32> = batch.iter().flat_map(|sample| sample.entries.iter().map(|chance| GAIN * chance)).collect();
        let others: Vec<f32> = batch.iter().flat_map(|sample| entries.others(sample.entries)).collect();
        for list in &entries.lists {
            let pairs = Matrix::new(p.get(&super::config::pairs_of(list)), list.n, list.n);
            for entry in &entries.all[list.entries.clone()] {
                let here = Matrix::strided(&others[entry.start..], n_samples, entry.n, entries.n_chances);
                matmul(here, pairs, &mut out[layout.fields[entry.field].start..], n_outputs, true);
            }
            let details = super::config::n_details(list);
            let weight = Matrix::new(p.get(&super::config::details_of(list)), list.n, details);
            for entry in &entries.all[list.entries.clone()] {
                let here = Matrix::strided(&own[entry.start..], n_samples, entry.n, entries.n_chances);
                matmul(here, weight, &mut out[entry.details().start..], n_outputs, true);
            }
        }
        out
    }
}

/// Embedded times, and the row that each token of the batch goes by.
struct Timed {
    rows: Vec<f32>,
    of_token: Vec<usize>,
}

/// Cosines and sines of a timestep at frequencies from 1 down to 1/10 000 per thousandth.
#[must_use]
pub fn time_features(t: f32) -> [f32; TIME_FEATURES] {
    let mut features = [0.0; TIME_FEATURES];
    let half = TIME_FEATURES / 2;
    for i in 0..half {
        let frequency = (-(10_000f32.ln()) * i as f32 / half as f32).exp();
        let (sin, cos) = (1000.0 * t * frequency).sin_cos();
        (features[i], features[half + i]) = (cos, sin);
    }
    features
}
