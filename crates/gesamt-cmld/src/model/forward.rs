//! The forward pass on our own kernels.

use std::cell::Cell;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::clock::Clock;
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

impl Input<'_> {
    /// True for the same sample, not for one that is equal by chance.
    fn is(&self, other: &Self) -> bool {
        let is_same = |a: &[f32], b: &[f32]| std::ptr::eq(a, b);
        is_same(self.context, other.context)
            && is_same(self.latent, other.latent)
            && is_same(self.entries, other.entries)
            && self.clock == other.clock
    }
}

/// The network: a configuration with its parameters.
#[derive(Clone, Debug)]
pub struct Network {
    /// The configuration.
    pub config: Config,
    /// The parameters.
    pub params: Params,
    groups: Vec<usize>,
    /// Matrices of the blocks as products read them.
    factors: BTreeMap<String, Factor>,
}

impl Network {
    /// A network.
    #[must_use]
    pub fn new(config: Config, params: Params) -> Network {
        let factor = |name: &str, [rows, cols]: [usize; 2]| Factor::Single(Panels::new(params.get(name), rows, cols));
        let factors = factors_of(&config, factor);
        Network { config, params, groups: super::config::token_groups(), factors }
    }

    /// The network with the products of its blocks in half precision, where the processor is made for it; elsewhere the same.
    /// Worlds then depend on the kind of processor, which is why nothing uses it unasked.
    #[must_use]
    pub fn halved(mut self) -> Network {
        if has_tiles() {
            let params = &self.params;
            self.factors = factors_of(&self.config, |name, [rows, cols]| {
                Factor::Half(Packed::new(Matrix::new(params.get(name), rows, cols)))
            });
        }
        self
    }

    /// The weights of a block by the beginning of their names.
    fn weights(&self, block: &str, up: &str, down: &str) -> Weights<'_> {
        let get = |name: &str| self.params.get(&format!("{block}.{name}"));
        let factor = |name: &str| &self.factors[&format!("{block}.{name}")];
        Weights {
            qkv: factor("qkv"),
            out: factor("out"),
            up: factor(up),
            down: factor(down),
            q_norm: get("q_norm"),
            k_norm: get("k_norm"),
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
        let mut scratch = Scratch::new(n, width, text.hidden);
        for layer in 0..text.layers {
            self.text_block(layer, &mut x, &mut scratch);
        }
        let mut normed = vec![0.0; x.len()];
        rms_norm(&x, p.get("text.norm"), &mut normed);
        self.gather(&normed, n)
    }

    fn text_block(&self, layer: usize, x: &mut [f32], scratch: &mut Scratch) {
        let text = &self.config.text;
        let block = format!("text.{layer}");
        let weights = self.weights(&block, "up", "down");
        let get = |name: &str| self.params.get(&format!("{block}.{name}"));
        rms_norm(x, get("norm_1"), &mut scratch.normed);
        scratch.mix(&weights, text.heads, 0);
        add(x, &scratch.normed);
        rms_norm(x, get("norm_2"), &mut scratch.normed);
        scratch.expand(&weights, 0);
        add(x, &scratch.normed);
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
    /// Each sample goes through all blocks on one thread, so that what it is made of stays near the processor and its neighbours
    /// make no difference to it. Where there are fewer samples than threads, the products are shared among them; the sums are the
    /// same.
    ///
    /// # Shapes
    /// `batch × n_outputs`.
    #[must_use]
    pub fn outputs(&self, batch: &[Input]) -> Vec<f32> {
        let (config, p) = (&self.config, &self.params);
        let (n, d, n_context) = (config.n_tokens(), config.width, config.n_context());
        let hidden = config.experts[0].hidden;
        let times = self.times(batch);
        let blocks: Vec<(Weights, Vec<f32>)> = self
            .modulations(&times.rows, "mod.weight", p.get("mod.table"), 6 * d)
            .into_iter()
            .enumerate()
            .map(|(layer, numbers)| (self.weights(&format!("blocks.{layer}"), "symbols.up", "symbols.down"), numbers))
            .collect();
        let last = self.modulations(&times.rows, "final.weight", p.get("final.table"), 2 * d).concat();
        // A sample that stands there twice, which makes its sums those of a larger batch, goes once.
        let is_pair = matches!(batch, [a, b] if a.is(b));
        let n_samples = if is_pair { 1 } else { batch.len() };
        let is_shared = n_samples < rayon::current_num_threads();
        let mut x = self.embed(batch);
        x[..n_samples * n * d].par_chunks_exact_mut(n * d).zip(times.of_token.par_chunks_exact(n)).for_each(
            |(x, rows)| {
                Scratch::with(n, d, hidden, |scratch| {
                    scratch.is_shared = is_shared;
                    for (layer, (weights, numbers)) in blocks.iter().enumerate() {
                        // Nobody reads what the last block makes of the context.
                        let first = if layer + 1 == blocks.len() { n_context } else { 0 };
                        scratch.block(weights, &Modulation { numbers, parts: 6, rows }, config.heads, first, x);
                    }
                    Modulation { numbers: &last, parts: 2, rows }.norm(x, 0, n_context, &mut scratch.normed);
                    x[n_context * d..].copy_from_slice(&scratch.normed[n_context * d..]);
                });
            },
        );
        if is_pair {
            x.copy_within(..n * d, n * d);
        }
        self.heads(batch, &x)
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

    /// The embedded timesteps: each different one once, however many tokens go by it.
    fn times(&self, batch: &[Input]) -> Timed {
        let (p, d) = (&self.params, self.config.width);
        // Never one alone, as the product of a single row is summed in another order.
        let mut distinct = vec![0.0f32, 1.0];
        let mut row_of = |t: f32| {
            distinct.iter().position(|other| other.to_bits() == t.to_bits()).unwrap_or_else(|| {
                distinct.push(t);
                distinct.len() - 1
            })
        };
        let mut of_token = Vec::with_capacity(batch.len() * self.config.n_tokens());
        for sample in batch {
            let here = sample.clock.rows().map(&mut row_of);
            let rows = sample.clock.all_rows(self.config.n_context(), &self.groups);
            of_token.extend(rows.into_iter().map(|row| here[row]));
        }
        let rows = distinct.len();
        let features: Vec<f32> = distinct.into_iter().flat_map(time_features).collect();
        let mut hidden: Vec<f32> = p.get("time.bias_1").repeat(rows);
        let weight = Matrix::new(p.get("time.weight_1"), TIME_FEATURES, d);
        matmul(Matrix::new(&features, rows, TIME_FEATURES), weight, &mut hidden, d, true);
        silu(&mut hidden);
        let mut out: Vec<f32> = p.get("time.bias_2").repeat(rows);
        matmul(Matrix::new(&hidden, rows, d), Matrix::new(p.get("time.weight_2"), d, d), &mut out, d, true);
        silu(&mut out);
        Timed { rows: out, of_token }
    }

    /// Shifts, gains and gates, of `parts` numbers for each row of the times, once for each row of the table: all blocks share
    /// the product and add numbers of their own.
    fn modulations(&self, times: &[f32], weight: &str, table: &[f32], parts: usize) -> Vec<Vec<f32>> {
        let d = self.config.width;
        let rows = times.len() / d;
        let mut shared = vec![0.0; rows * parts];
        let weight = Matrix::new(self.params.get(weight), d, parts);
        matmul(Matrix::new(times, rows, d), weight, &mut shared, parts, false);
        let of_block = |own: &[f32]| shared.iter().zip(own.iter().cycle()).map(|(s, o)| s + o).collect();
        table.chunks_exact(parts).map(of_block).collect()
    }

    /// The outputs for tokens that are normalised.
    fn heads(&self, batch: &[Input], x: &[f32]) -> Vec<f32> {
        let n_samples = batch.len();
        let (p, config, layout) = (&self.params, &self.config, HeadLayout::get());
        let (n, d, n_context, n_outputs) = (config.n_tokens(), config.width, config.n_context(), layout.n_outputs());
        let (weight, bias) = (p.get("heads.weight"), p.get("heads.bias"));
        let mut out = bias.repeat(n_samples);
        for (index, range) in layout.tokens.iter().enumerate() {
            let tokens = Matrix::strided(&x[(n_context + index) * d..], n_samples, d, n * d);
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

/// The right-hand factor of a product.
#[derive(Clone, Debug)]
enum Factor {
    Single(Panels),
    Half(Packed),
}

impl Factor {
    /// `out = x · w` for rows of `n_in` numbers.
    fn product(&self, x: &[f32], [n_in, n_out]: [usize; 2], out: &mut [f32], is_shared: bool) {
        match self {
            Factor::Half(packed) => tiled(Matrix::new(x, x.len() / n_in, n_in), packed, out, n_out, false),
            Factor::Single(panels) => panels.product(x, out, is_shared),
        }
    }
}

/// The matrices of all blocks, made by name and shape.
fn factors_of(config: &Config, make: impl Fn(&str, [usize; 2]) -> Factor + Sync) -> BTreeMap<String, Factor> {
    let is_factor = |name: &str| {
        (name.starts_with("blocks.") || name.starts_with("text."))
            && [".qkv", ".out", ".up", ".down"].iter().any(|end| name.ends_with(end))
    };
    let matrices = config.params().into_par_iter().filter(|spec| is_factor(&spec.name));
    matrices.map(|spec| (spec.name.clone(), make(&spec.name, [spec.shape[0], spec.shape[1]]))).collect()
}

/// The weights of a block.
struct Weights<'a> {
    qkv: &'a Factor,
    out: &'a Factor,
    up: &'a Factor,
    down: &'a Factor,
    q_norm: &'a [f32],
    k_norm: &'a [f32],
}

/// What the time does to each token of a sample: `parts` vectors for each row of the times.
struct Modulation<'a> {
    numbers: &'a [f32],
    parts: usize,
    rows: &'a [usize],
}

impl Modulation<'_> {
    fn part(&self, token: usize, which: usize, d: usize) -> &[f32] {
        &self.numbers[(self.rows[token] * self.parts + which) * d..][..d]
    }

    /// Tokens from the first one on, normalised, shifted and scaled.
    fn norm(&self, x: &[f32], shift: usize, first: usize, out: &mut [f32]) {
        let d = x.len() / self.rows.len();
        let tokens = x.chunks_exact(d).zip(out.chunks_exact_mut(d)).enumerate().skip(first);
        for (token, (row, out)) in tokens {
            rms_norm_modulated(row, self.part(token, shift, d), self.part(token, shift + 1, d), out);
        }
    }

    /// `x += gate · y` for tokens from the first one on.
    fn add(&self, x: &mut [f32], gate: usize, first: usize, y: &[f32]) {
        let d = x.len() / self.rows.len();
        let tokens = x.chunks_exact_mut(d).zip(y.chunks_exact(d)).enumerate().skip(first);
        for (token, (row, y)) in tokens {
            add_gated(row, self.part(token, gate, d), y);
        }
    }
}

fn add(x: &mut [f32], y: &[f32]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}

/// Room for what a block makes of one sample on its way.
#[derive(Default)]
struct Scratch {
    width: usize,
    hidden: usize,
    /// Products are shared among threads.
    is_shared: bool,
    /// What goes into the halves of a block, and what comes out.
    normed: Vec<f32>,
    projected: Vec<f32>,
    scores: Vec<f32>,
    mixed: Vec<f32>,
    both: Vec<f32>,
    gated: Vec<f32>,
}

thread_local! {
    static SCRATCH: Cell<Option<Scratch>> = const { Cell::new(None) };
}

impl Scratch {
    fn new(n: usize, width: usize, hidden: usize) -> Scratch {
        Scratch {
            width,
            hidden,
            is_shared: false,
            normed: vec![0.0; n * width],
            projected: vec![0.0; n * 3 * width],
            scores: vec![0.0; n * n],
            mixed: vec![0.0; n * width],
            both: vec![0.0; n * 2 * hidden],
            gated: vec![0.0; n * hidden],
        }
    }

    /// Works with the room that this thread keeps.
    fn with(n: usize, width: usize, hidden: usize, work: impl FnOnce(&mut Scratch)) {
        let kept =
            SCRATCH.take().filter(|kept| (kept.normed.len(), kept.width, kept.hidden) == (n * width, width, hidden));
        let mut scratch = kept.unwrap_or_else(|| Scratch::new(n, width, hidden));
        work(&mut scratch);
        SCRATCH.set(Some(scratch));
    }

    /// One block; of tokens before the first one only keys and values count.
    fn block(&mut self, weights: &Weights, modulation: &Modulation, n_heads: usize, first: usize, x: &mut [f32]) {
        modulation.norm(x, 0, 0, &mut self.normed);
        self.mix(weights, n_heads, first);
        modulation.add(x, 2, first, &self.normed);
        modulation.norm(x, 3, first, &mut self.normed);
        self.expand(weights, first);
        modulation.add(x, 5, first, &self.normed);
    }

    /// Self-attention with its last projection, from `normed` to `normed`.
    fn mix(&mut self, weights: &Weights, n_heads: usize, first: usize) {
        let d = self.width;
        weights.qkv.product(&self.normed, [d, 3 * d], &mut self.projected, self.is_shared);
        norm_heads(&mut self.projected, weights.q_norm, n_heads, 3 * d);
        norm_heads(&mut self.projected[d..], weights.k_norm, n_heads, 3 * d);
        let heads = Heads { n_tokens: self.normed.len() / d, n_heads, dims: d / n_heads };
        attention(&self.projected, heads, first, &mut self.scores, &mut self.mixed);
        weights.out.product(&self.mixed[first * d..], [d, d], &mut self.normed[first * d..], self.is_shared);
    }

    /// The gated hidden layer there and back, from `normed` to `normed`.
    fn expand(&mut self, weights: &Weights, first: usize) {
        let (d, hidden) = (self.width, self.hidden);
        let (both, gated) = (&mut self.both[first * 2 * hidden..], &mut self.gated[first * hidden..]);
        weights.up.product(&self.normed[first * d..], [d, 2 * hidden], both, self.is_shared);
        swiglu(both, hidden, gated);
        weights.down.product(gated, [hidden, d], &mut self.normed[first * d..], self.is_shared);
    }
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
