//! The network on our own kernels, there and back: every gradient written out by hand.
//!
//! It needs no tensor stack and builds in seconds; Burn is its second opinion (`train/burn`).

mod ops;
mod text;

use anyhow::Result;
use gesamt_cmld::codec::{Entries, GAIN, Schema};
use gesamt_cmld::kernels::{Matrix, Precision, matmul};
use gesamt_cmld::model::{
    Clock, Config, HeadLayout, N_TIMES, Params, TIME_FEATURES, details_of, n_details, pairs_of, time_features,
    token_groups,
};
use gesamt_cmld::text::CUE_GROUPS;
use rayon::prelude::*;

use crate::data::Batch;
use crate::optim::Gradients;
use crate::stack::Stack;
use ops::*;

/// Our kernels.
#[derive(Clone, Debug)]
pub struct OwnStack {
    config: Config,
    precision: Precision,
}

impl OwnStack {
    /// The stack for a configuration; products with weights are computed in the given precision.
    #[must_use]
    pub fn new(config: Config, precision: Precision) -> OwnStack {
        OwnStack { config, precision }
    }
}

impl Stack for OwnStack {
    fn outputs(&self, params: &Params, batch: &Batch) -> Result<Vec<f32>> {
        Ok(Pass::forward(&self.config, self.precision, params, batch).outputs)
    }

    fn gradients(
        &self,
        params: &Params,
        batch: &Batch,
        upstream: &mut dyn FnMut(&[f32]) -> Vec<f32>,
    ) -> Result<Gradients> {
        let parts = batch.parts(PART);
        let forward = |part: &Batch| Pass::forward(&self.config, self.precision, params, part);
        let passes: Vec<Pass> = parts.par_iter().map(forward).collect();
        let outputs: Vec<f32> = passes.iter().flat_map(|pass| pass.outputs.iter().copied()).collect();
        let d_outputs = upstream(&outputs);
        let d_parts = d_outputs.par_chunks(PART * HeadLayout::get().n_outputs());
        let backward = |((pass, part), d_outputs): ((Pass, &Batch), &[f32])| {
            let mut grads = Grads::new(&self.config);
            pass.backward(part, d_outputs, &mut grads);
            grads.0
        };
        let sums: Vec<Gradients> = passes.into_par_iter().zip(&parts).zip(d_parts).map(backward).collect();
        Ok(total(sums))
    }
}

/// Samples that one task takes there and back; fixed, so that the sums do not depend on the number of threads.
const PART: usize = 16;

/// The sum of the parts' gradients.
fn total(parts: Vec<Gradients>) -> Gradients {
    let mut parts = parts.into_iter();
    let mut sums = parts.next().unwrap_or_default();
    let rest: Vec<Gradients> = parts.collect();
    sums.par_iter_mut().for_each(|(name, sum)| rest.iter().filter_map(|part| part.get(name)).for_each(|g| add(sum, g)));
    sums
}

/// Gradients under way.
pub struct Grads(Gradients);

impl Grads {
    fn new(config: &Config) -> Grads {
        let zeros = |spec: gesamt_cmld::model::ParamSpec| {
            let n = spec.n_params() as usize;
            (spec.name, vec![0.0; n])
        };
        Grads(config.params().into_iter().map(zeros).collect())
    }

    fn of(&mut self, name: &str) -> &mut [f32] {
        self.0.entry(name.to_owned()).or_default()
    }

    fn take(&mut self, name: &str) -> Vec<f32> {
        std::mem::take(self.0.entry(name.to_owned()).or_default())
    }

    fn put(&mut self, name: &str, gradient: Vec<f32>) {
        self.0.insert(name.to_owned(), gradient);
    }
}

/// What is kept of a block.
struct Block {
    modulation: Vec<f32>,
    norm_1: Normed,
    modulated_1: Vec<f32>,
    attended: Attended,
    out_1: Vec<f32>,
    norm_2: Normed,
    modulated_2: Vec<f32>,
    both: Vec<f32>,
    gated: Vec<f32>,
    out_2: Vec<f32>,
}

struct Pass<'a> {
    config: &'a Config,
    ops: Ops,
    p: &'a Params,
    n_samples: usize,
    spans: Vec<(usize, usize)>,
    /// The row of the times of each token.
    time_rows: Vec<usize>,
    text: text::TextPass,
    features: Vec<f32>,
    hidden: [Vec<f32>; 2],
    times: [Vec<f32>; 2],
    blocks: Vec<Block>,
    last: Normed,
    last_modulation: Vec<f32>,
    modulated: Vec<f32>,
    /// What stands in each entry, and in the others of its list.
    own: Vec<f32>,
    others: Vec<f32>,
    outputs: Vec<f32>,
}

impl<'a> Pass<'a> {
    fn forward(config: &'a Config, precision: Precision, p: &'a Params, batch: &Batch) -> Pass<'a> {
        let ops = Ops(precision);
        let (n_samples, n_tokens, d) = (batch.clocks.len(), config.n_tokens(), config.width);
        let groups = token_groups();
        let of_sample = |(i, clock): (usize, &Clock)| {
            clock.all_rows(config.n_context(), &groups).into_iter().map(move |row| i * N_TIMES + row)
        };
        let time_rows = batch.clocks.iter().enumerate().flat_map(of_sample).collect();
        let features: Vec<f32> = batch.clocks.iter().flat_map(|clock| clock.rows()).flat_map(time_features).collect();
        let affine = |x: &[f32], n_in: usize, which: usize| {
            let mut out = ops.linear(x, p.get(&format!("time.weight_{which}")), n_in, d);
            out.chunks_exact_mut(d).for_each(|row| add(row, p.get(&format!("time.bias_{which}"))));
            out
        };
        let hidden_1 = affine(&features, TIME_FEATURES, 1);
        let times_1 = silu(&hidden_1);
        let hidden_2 = affine(&times_1, d, 2);
        let times_2 = silu(&hidden_2);
        let mut pass = Pass {
            config,
            ops,
            p,
            n_samples,
            spans: (0..n_samples).map(|i| (i * n_tokens, n_tokens)).collect(),
            time_rows,
            text: text::forward(ops, config, p, &batch.conditions),
            features,
            hidden: [hidden_1, hidden_2],
            times: [times_1, times_2],
            blocks: Vec::new(),
            last: Normed { rows: Vec::new(), scales: Vec::new() },
            last_modulation: Vec::new(),
            modulated: Vec::new(),
            own: Vec::new(),
            others: Vec::new(),
            outputs: Vec::new(),
        };
        let mut x = pass.embed(batch);
        let shared = ops.linear(&pass.times[1], p.get("mod.weight"), d, 6 * d);
        for layer in 0..config.layers {
            let block = pass.block(layer, &shared, &mut x);
            pass.blocks.push(block);
        }
        pass.heads(batch, &x);
        pass
    }

    fn embed(&self, batch: &Batch) -> Vec<f32> {
        let (config, p, schema) = (self.config, self.p, Schema::get());
        let (n, d, n_context) = (config.n_tokens(), config.width, config.n_context());
        let pool = config.text.pool;
        let mut x = vec![0.0; self.n_samples * n * d];
        for ((i, x), tokens) in x.chunks_exact_mut(n * d).enumerate().zip(self.text.tokens.chunks_exact(pool * d)) {
            x[..pool * d].copy_from_slice(tokens);
            let mut first = 0;
            for (group, (_, size)) in CUE_GROUPS.iter().enumerate() {
                let token = &mut x[(pool + group) * d..(pool + group + 1) * d];
                token.copy_from_slice(&p.get("cue.bias")[group * d..(group + 1) * d]);
                for (cue, value) in cues(batch, i, first, *size) {
                    let row = &p.get("cue.weight")[cue * d..(cue + 1) * d];
                    token.iter_mut().zip(row).for_each(|(t, w)| *t += value * w);
                }
                first += size;
            }
            x[(n_context - config.registers) * d..n_context * d].copy_from_slice(p.get("registers"));
            x[n_context * d..].copy_from_slice(p.get("in.bias"));
        }
        let n_dims = schema.n_dims();
        for (index, token) in schema.tokens.iter().enumerate() {
            let numbers = Matrix::strided(&batch.latents[token.dims.start..], self.n_samples, token.dims.len(), n_dims);
            let weight = &p.get("in.weight")[token.dims.start * d..token.dims.end * d];
            let weight = Matrix::new(weight, token.dims.len(), d);
            matmul(numbers, weight, &mut x[(n_context + index) * d..], n * d, true);
        }
        let entries = Entries::get();
        for entry in &entries.all {
            let here = Matrix::strided(&batch.entries[entry.start..], self.n_samples, entry.n, entries.n_chances);
            let table = Matrix::new(&p.get("entries")[entry.row * d..(entry.row + entry.n) * d], entry.n, d);
            matmul(here, table, &mut x[(n_context + entry.token) * d..], n * d, true);
        }
        x
    }

    fn block(&self, layer: usize, shared: &[f32], x: &mut [f32]) -> Block {
        let (config, d) = (self.config, self.config.width);
        let get = |name: &str| self.p.get(&format!("blocks.{layer}.{name}"));
        let table = &self.p.get("mod.table")[layer * 6 * d..(layer + 1) * 6 * d];
        let mut modulation = shared.to_vec();
        modulation.chunks_exact_mut(6 * d).for_each(|row| add(row, table));
        let norm_1 = norm(x, d);
        let modulated_1 = self.modulate(&norm_1, &modulation, 6, 0);
        let raw = self.ops.linear(&modulated_1, get("qkv"), d, 3 * d);
        let attended = attend(raw, &self.spans, config.heads, get("q_norm"), get("k_norm"));
        let out_1 = self.ops.linear(&attended.mixed, get("out"), d, d);
        self.add_gated(x, &modulation, 2, &out_1);
        let norm_2 = norm(x, d);
        let modulated_2 = self.modulate(&norm_2, &modulation, 6, 3);
        let hidden = config.experts[0].hidden;
        let both = self.ops.linear(&modulated_2, get("symbols.up"), d, 2 * hidden);
        let gated = swiglu(&both, hidden);
        let out_2 = self.ops.linear(&gated, get("symbols.down"), hidden, d);
        self.add_gated(x, &modulation, 5, &out_2);
        Block { modulation, norm_1, modulated_1, attended, out_1, norm_2, modulated_2, both, gated, out_2 }
    }

    /// `x · (1 + gain) + shift`, shift and gain being parts `first` and `first + 1` of the token's modulation.
    fn modulate(&self, normed: &Normed, modulation: &[f32], parts: usize, first: usize) -> Vec<f32> {
        let d = self.config.width;
        let mut out = normed.rows.clone();
        out.par_chunks_exact_mut(d).zip(&self.time_rows).with_min_len(64).for_each(|(row, time)| {
            let (shift, gain) = modulation[(time * parts + first) * d..][..2 * d].split_at(d);
            row.iter_mut().zip(shift).zip(gain).for_each(|((v, s), g)| *v = *v * (1.0 + g) + s);
        });
        out
    }

    fn add_gated(&self, x: &mut [f32], modulation: &[f32], part: usize, y: &[f32]) {
        let d = self.config.width;
        let work = x.par_chunks_exact_mut(d).zip(y.par_chunks_exact(d)).zip(&self.time_rows).with_min_len(64);
        work.for_each(|((row, y), time)| {
            let gate = &modulation[(time * 6 + part) * d..][..d];
            row.iter_mut().zip(y).zip(gate).for_each(|((v, y), g)| *v += g * y);
        });
    }

    fn heads(&mut self, batch: &Batch, x: &[f32]) {
        let (config, p, layout) = (self.config, self.p, HeadLayout::get());
        let (n, d, n_context, n_outputs) = (config.n_tokens(), config.width, config.n_context(), layout.n_outputs());
        self.last = norm(x, d);
        self.last_modulation = self.ops.linear(&self.times[1], p.get("final.weight"), d, 2 * d);
        self.last_modulation.chunks_exact_mut(2 * d).for_each(|row| add(row, p.get("final.table")));
        self.modulated = self.modulate(&self.last, &self.last_modulation, 2, 0);
        self.outputs = p.get("heads.bias").repeat(self.n_samples);
        for (index, range) in layout.tokens.iter().enumerate() {
            let tokens = Matrix::strided(&self.modulated[(n_context + index) * d..], self.n_samples, d, n * d);
            let weight = Matrix::new(&p.get("heads.weight")[range.start * d..range.end * d], range.len(), d).t();
            matmul(tokens, weight, &mut self.outputs[range.start..], n_outputs, true);
        }
        let entries = Entries::get();
        self.own = batch.entries.iter().map(|chance| GAIN * chance).collect();
        self.others = batch.entries.par_chunks_exact(entries.n_chances).flat_map_iter(|c| entries.others(c)).collect();
        for list in &entries.lists {
            let pairs = Matrix::new(p.get(&pairs_of(list)), list.n, list.n);
            for entry in &entries.all[list.entries.clone()] {
                let here = Matrix::strided(&self.others[entry.start..], self.n_samples, entry.n, entries.n_chances);
                matmul(here, pairs, &mut self.outputs[layout.fields[entry.field].start..], n_outputs, true);
            }
            let weight = Matrix::new(p.get(&details_of(list)), list.n, n_details(list));
            for entry in &entries.all[list.entries.clone()] {
                let here = Matrix::strided(&self.own[entry.start..], self.n_samples, entry.n, entries.n_chances);
                matmul(here, weight, &mut self.outputs[entry.details().start..], n_outputs, true);
            }
        }
    }

    fn backward(&self, batch: &Batch, d_outputs: &[f32], grads: &mut Grads) {
        let (config, p, d) = (self.config, self.p, self.config.width);
        let d_modulated = self.heads_back(d_outputs, grads);
        let mut d_last = vec![0.0; self.last_modulation.len()];
        let mut dx = self.modulate_back(d_modulated, &self.last, &self.last_modulation, &mut d_last, 2, 0);
        add_rows(&d_last, grads.of("final.table"));
        let mut d_times =
            self.ops.linear_back(&self.times[1], p.get("final.weight"), &d_last, d, 2 * d, grads.of("final.weight"));
        let mut d_shared = vec![0.0; self.times[1].len() * 6];
        for layer in (0..config.layers).rev() {
            let mut d_modulation = vec![0.0; d_shared.len()];
            self.block_back(layer, &mut dx, &mut d_modulation, grads);
            add_rows(&d_modulation, &mut grads.of("mod.table")[layer * 6 * d..(layer + 1) * 6 * d]);
            add(&mut d_shared, &d_modulation);
        }
        add(
            &mut d_times,
            &self.ops.linear_back(&self.times[1], p.get("mod.weight"), &d_shared, d, 6 * d, grads.of("mod.weight")),
        );
        self.times_back(d_times, grads);
        self.embed_back(batch, &dx, grads);
    }

    fn heads_back(&self, d_outputs: &[f32], grads: &mut Grads) -> Vec<f32> {
        let (config, layout) = (self.config, HeadLayout::get());
        let (n, d, n_context, n_outputs) = (config.n_tokens(), config.width, config.n_context(), layout.n_outputs());
        let mut d_modulated = vec![0.0; self.modulated.len()];
        for (index, range) in layout.tokens.iter().enumerate() {
            let d_out = Matrix::strided(&d_outputs[range.start..], self.n_samples, range.len(), n_outputs);
            let tokens = Matrix::strided(&self.modulated[(n_context + index) * d..], self.n_samples, d, n * d);
            let rows = range.start * d..range.end * d;
            matmul(d_out.t(), tokens, &mut grads.of("heads.weight")[rows.clone()], d, true);
            let weight = Matrix::new(&self.p.get("heads.weight")[rows], range.len(), d);
            matmul(d_out, weight, &mut d_modulated[(n_context + index) * d..], n * d, false);
        }
        add_rows(d_outputs, grads.of("heads.bias"));
        let entries = Entries::get();
        for list in &entries.lists {
            let pairs = grads.of(&pairs_of(list));
            for entry in &entries.all[list.entries.clone()] {
                let here = Matrix::strided(&self.others[entry.start..], self.n_samples, entry.n, entries.n_chances);
                let first = layout.fields[entry.field].start;
                let d_out = Matrix::strided(&d_outputs[first..], self.n_samples, entry.n, n_outputs);
                matmul(here.t(), d_out, pairs, entry.n, true);
            }
            let (n_details, weight) = (n_details(list), grads.of(&details_of(list)));
            for entry in &entries.all[list.entries.clone()] {
                let here = Matrix::strided(&self.own[entry.start..], self.n_samples, entry.n, entries.n_chances);
                let first = entry.details().start;
                let d_out = Matrix::strided(&d_outputs[first..], self.n_samples, n_details, n_outputs);
                matmul(here.t(), d_out, weight, n_details, true);
            }
        }
        d_modulated
    }

    /// Back through modulation and norm; the gradients by shift and gain are added to those of the tokens' times.
    fn modulate_back(
        &self,
        mut dy: Vec<f32>,
        normed: &Normed,
        modulation: &[f32],
        d_modulation: &mut [f32],
        parts: usize,
        first: usize,
    ) -> Vec<f32> {
        let d = self.config.width;
        self.by_sample(&mut dy, d_modulation, parts, |token, row, d_parts, time| {
            let (d_shift, d_gain) = d_parts[first * d..(first + 2) * d].split_at_mut(d);
            let gain = &modulation[(time * parts + first + 1) * d..][..d];
            let x = &normed.rows[token * d..(token + 1) * d];
            for i in 0..d {
                d_shift[i] += row[i];
                d_gain[i] += row[i] * x[i];
                row[i] *= 1.0 + gain[i];
            }
        });
        norm_back(&mut dy, normed, d);
        dy
    }

    /// The gradient by `y` of `x + gate · y`; that by the gate is added.
    fn gate_back(&self, dx: &[f32], y: &[f32], modulation: &[f32], d_modulation: &mut [f32], part: usize) -> Vec<f32> {
        let d = self.config.width;
        let mut dy = dx.to_vec();
        self.by_sample(&mut dy, d_modulation, 6, |token, row, d_parts, time| {
            let d_gate = &mut d_parts[part * d..(part + 1) * d];
            let (gate, y) = (&modulation[(time * 6 + part) * d..][..d], &y[token * d..(token + 1) * d]);
            for i in 0..d {
                d_gate[i] += row[i] * y[i];
                row[i] *= gate[i];
            }
        });
        dy
    }

    /// Visits the rows of all tokens, sample by sample, so that sums into the sample's times have a fixed order.
    fn by_sample(
        &self,
        rows: &mut [f32],
        d_modulation: &mut [f32],
        parts: usize,
        visit: impl Fn(usize, &mut [f32], &mut [f32], usize) + Sync,
    ) {
        let (n, d) = (self.config.n_tokens(), self.config.width);
        let of_times = N_TIMES * parts * d;
        let work = rows.par_chunks_exact_mut(n * d).zip(d_modulation.par_chunks_exact_mut(of_times)).enumerate();
        work.for_each(|(sample, (rows, d_times))| {
            for (i, row) in rows.chunks_exact_mut(d).enumerate() {
                let token = sample * n + i;
                let time = self.time_rows[token];
                let local = time - sample * N_TIMES;
                visit(token, row, &mut d_times[local * parts * d..(local + 1) * parts * d], time);
            }
        });
    }

    fn block_back(&self, layer: usize, dx: &mut [f32], d_modulation: &mut [f32], grads: &mut Grads) {
        let (config, block, d) = (self.config, &self.blocks[layer], self.config.width);
        let at = |name: &str| format!("blocks.{layer}.{name}");
        let get = |name: &str| self.p.get(&at(name));
        let hidden = config.experts[0].hidden;
        let d_out = self.gate_back(dx, &block.out_2, &block.modulation, d_modulation, 5);
        let d_gated =
            self.ops.linear_back(&block.gated, get("symbols.down"), &d_out, hidden, d, grads.of(&at("symbols.down")));
        let d_both = swiglu_back(&block.both, &d_gated, hidden);
        let dy = self.ops.linear_back(
            &block.modulated_2,
            get("symbols.up"),
            &d_both,
            d,
            2 * hidden,
            grads.of(&at("symbols.up")),
        );
        add_par(dx, &self.modulate_back(dy, &block.norm_2, &block.modulation, d_modulation, 6, 3));
        let d_out = self.gate_back(dx, &block.out_1, &block.modulation, d_modulation, 2);
        let d_mixed = self.ops.linear_back(&block.attended.mixed, get("out"), &d_out, d, d, grads.of(&at("out")));
        let (mut dq, mut dk) = (grads.take(&at("q_norm")), grads.take(&at("k_norm")));
        let ends = ((get("q_norm"), dq.as_mut_slice()), (get("k_norm"), dk.as_mut_slice()));
        let d_qkv = attend_back(&block.attended, &d_mixed, &self.spans, config.heads, ends.0, ends.1);
        grads.put(&at("q_norm"), dq);
        grads.put(&at("k_norm"), dk);
        let dy = self.ops.linear_back(&block.modulated_1, get("qkv"), &d_qkv, d, 3 * d, grads.of(&at("qkv")));
        add_par(dx, &self.modulate_back(dy, &block.norm_1, &block.modulation, d_modulation, 6, 0));
    }

    fn times_back(&self, mut d_times: Vec<f32>, grads: &mut Grads) {
        let (p, d) = (self.p, self.config.width);
        silu_back(&self.hidden[1], &mut d_times);
        add_rows(&d_times, grads.of("time.bias_2"));
        let mut d_first =
            self.ops.linear_back(&self.times[0], p.get("time.weight_2"), &d_times, d, d, grads.of("time.weight_2"));
        silu_back(&self.hidden[0], &mut d_first);
        add_rows(&d_first, grads.of("time.bias_1"));
        self.ops.weight_back(&self.features, &d_first, TIME_FEATURES, d, grads.of("time.weight_1"));
    }

    fn embed_back(&self, batch: &Batch, dx: &[f32], grads: &mut Grads) {
        let (config, schema) = (self.config, Schema::get());
        let (n, d, n_context, pool) = (config.n_tokens(), config.width, config.n_context(), config.text.pool);
        let n_dims = schema.n_dims();
        for (index, token) in schema.tokens.iter().enumerate() {
            let numbers = Matrix::strided(&batch.latents[token.dims.start..], self.n_samples, token.dims.len(), n_dims);
            let d_token = Matrix::strided(&dx[(n_context + index) * d..], self.n_samples, d, n * d);
            let weight = &mut grads.of("in.weight")[token.dims.start * d..token.dims.end * d];
            matmul(numbers.t(), d_token, weight, d, true);
        }
        let entries = Entries::get();
        for entry in &entries.all {
            let here = Matrix::strided(&batch.entries[entry.start..], self.n_samples, entry.n, entries.n_chances);
            let d_token = Matrix::strided(&dx[(n_context + entry.token) * d..], self.n_samples, d, n * d);
            let rows = &mut grads.of("entries")[entry.row * d..(entry.row + entry.n) * d];
            matmul(here.t(), d_token, rows, d, true);
        }
        let mut d_tokens = Vec::with_capacity(self.n_samples * pool * d);
        for (i, dx) in dx.chunks_exact(n * d).enumerate() {
            d_tokens.extend_from_slice(&dx[..pool * d]);
            add(grads.of("cue.bias"), &dx[pool * d..(pool + CUE_GROUPS.len()) * d]);
            add(grads.of("registers"), &dx[(n_context - config.registers) * d..n_context * d]);
            add(grads.of("in.bias"), &dx[n_context * d..]);
            let mut first = 0;
            let d_weight = grads.of("cue.weight");
            for (group, (_, size)) in CUE_GROUPS.iter().enumerate() {
                let d_token = &dx[(pool + group) * d..(pool + group + 1) * d];
                for (cue, value) in cues(batch, i, first, *size) {
                    let row = &mut d_weight[cue * d..(cue + 1) * d];
                    row.iter_mut().zip(d_token).for_each(|(w, g)| *w += value * g);
                }
                first += size;
            }
        }
        text::backward(self.ops, config, self.p, &self.text, &batch.conditions, &d_tokens, grads);
    }
}

/// The cues of a group that a sample has, with their numbers.
fn cues(batch: &Batch, sample: usize, first: usize, n: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
    let all = batch.conditions[sample].cues.iter().copied().enumerate();
    all.skip(first).take(n).filter(|(_, value)| *value != 0.0)
}

fn add(x: &mut [f32], y: &[f32]) {
    x.iter_mut().zip(y).for_each(|(x, y)| *x += y);
}

fn add_par(x: &mut [f32], y: &[f32]) {
    x.par_iter_mut().zip(y).with_min_len(1 << 14).for_each(|(x, y)| *x += y);
}

#[cfg(test)]
mod tests;
