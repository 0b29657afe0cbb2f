//! The network on Burn: the same arithmetic as `gesamt-cmld`'s forward pass, with gradients, as a second opinion.
//!
//! `cargo test --release --manifest-path train/burn/Cargo.toml` compares; building it takes seven CPU minutes once.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use burn::tensor::activation::{silu, softmax};
use burn::tensor::{Device, Int, Tensor, TensorData};
use gesamt_cmld::codec::{Entries, GAIN, Schema};
use gesamt_cmld::model::{Clock, Config, HeadLayout, N_TIMES, Params, TIME_FEATURES, details_of, n_details, pairs_of, time_features, token_groups};
use gesamt_cmld::text::{CUE_GROUPS, N_HASHES, n_cues};

use gesamt_train::data::Batch;
use gesamt_train::optim::Gradients;
use gesamt_train::stack::Stack;

/// The root mean square is kept above the root of this, as in the kernels.
const NORM_FLOOR: f64 = 1e-6;
/// What is added to the score of a word that is not there.
const ABSENT: f32 = -1e9;

/// Burn on the CPU.
#[derive(Clone, Debug)]
pub struct BurnStack {
    config: Config,
    device: Device,
}

impl BurnStack {
    /// The stack for a configuration.
    #[must_use]
    pub fn new(config: Config) -> BurnStack {
        BurnStack { config, device: Device::flex() }
    }

    fn graph(&self, params: &Params, has_gradients: bool) -> Graph<'_> {
        let device = if has_gradients { self.device.clone().autodiff() } else { self.device.clone() };
        let leaf = |spec: gesamt_cmld::model::ParamSpec| {
            let shape = match spec.shape[..] {
                [n] => [1, n],
                _ => [spec.shape[0], spec.shape[1]],
            };
            let data = TensorData::new(params.get(&spec.name).to_vec(), shape);
            let tensor = Tensor::<2>::from_data(data, &device);
            (spec.name, if has_gradients { tensor.require_grad() } else { tensor })
        };
        Graph { leaves: self.config.params().into_iter().map(leaf).collect(), config: &self.config, device }
    }
}

impl Stack for BurnStack {
    fn outputs(&self, params: &Params, batch: &Batch) -> Result<Vec<f32>> {
        numbers(self.graph(params, false).forward(batch)?)
    }

    fn gradients(
        &self,
        params: &Params,
        batch: &Batch,
        upstream: &mut dyn FnMut(&[f32]) -> Vec<f32>,
    ) -> Result<Gradients> {
        let graph = self.graph(params, true);
        let outputs = graph.forward(batch)?;
        let shape = outputs.dims();
        let gradient = upstream(&numbers(outputs.clone().detach())?);
        // The sum of outputs times a constant has that constant as its gradient by the outputs.
        let constant = Tensor::<2>::from_data(TensorData::new(gradient, shape), &graph.device);
        let mut found = (outputs * constant).sum().backward();
        let mut gradients = Gradients::new();
        for (name, leaf) in &graph.leaves {
            if let Some(gradient) = leaf.grad_remove(&mut found) {
                gradients.insert(name.clone(), numbers(gradient)?);
            }
        }
        Ok(gradients)
    }
}

fn numbers<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>> {
    tensor.try_into_vec_as::<f32>().map_err(|error| anyhow!("a tensor could not be read: {error:?}"))
}

struct Graph<'a> {
    leaves: BTreeMap<String, Tensor<2>>,
    config: &'a Config,
    device: Device,
}

impl Graph<'_> {
    fn get(&self, name: &str) -> Result<Tensor<2>> {
        self.leaves.get(name).cloned().with_context(|| format!("the model has no tensor `{name}`"))
    }

    fn constant<const D: usize>(&self, data: Vec<f32>, shape: [usize; D]) -> Tensor<D> {
        Tensor::from_data(TensorData::new(data, shape), &self.device)
    }

    fn indices(&self, data: Vec<i32>) -> Tensor<1, Int> {
        let n = data.len();
        Tensor::from_data(TensorData::new(data, [n]), &self.device)
    }

    /// The outputs of the heads.
    ///
    /// # Shapes
    /// `batch × n_outputs`.
    fn forward(&self, batch: &Batch) -> Result<Tensor<2>> {
        let times = self.times(batch)?;
        let mut x = self.embed(batch)?;
        let rows = self.time_rows(batch);
        let d = self.config.width;
        let modulation = times.clone().matmul(self.get("mod.weight")?).select(0, rows.clone());
        let modulation = modulation.reshape([batch.clocks.len(), self.config.n_tokens(), 6 * d]);
        for layer in 0..self.config.layers {
            x = self.block(layer, &modulation, x)?;
        }
        let last = times.matmul(self.get("final.weight")?).select(0, rows);
        let last = last.reshape([batch.clocks.len(), self.config.n_tokens(), 2 * d]);
        self.heads(batch, x, last)
    }

    /// The embedded times of each sample.
    fn times(&self, batch: &Batch) -> Result<Tensor<2>> {
        let rows = batch.clocks.len() * N_TIMES;
        let features: Vec<f32> = batch.clocks.iter().flat_map(|clock| clock.rows()).flat_map(time_features).collect();
        let features = self.constant(features, [rows, TIME_FEATURES]);
        let hidden = silu(features.matmul(self.get("time.weight_1")?) + self.get("time.bias_1")?);
        Ok(silu(hidden.matmul(self.get("time.weight_2")?) + self.get("time.bias_2")?))
    }

    /// The row of the times for each token of each sample.
    fn time_rows(&self, batch: &Batch) -> Tensor<1, Int> {
        let groups = token_groups();
        let of_sample = |(i, clock): (usize, &Clock)| {
            let rows = clock.all_rows(self.config.n_context(), &groups);
            rows.into_iter().map(move |row| (i * N_TIMES + row) as i32)
        };
        self.indices(batch.clocks.iter().enumerate().flat_map(of_sample).collect())
    }

    fn embed(&self, batch: &Batch) -> Result<Tensor<3>> {
        let (n, d, schema) = (batch.clocks.len(), self.config.width, Schema::get());
        let mut parts = vec![self.words(batch)?];
        let cues: Vec<f32> = batch
            .conditions
            .iter()
            .flat_map(|c| if c.cues.is_empty() { vec![0.0; n_cues()] } else { c.cues.clone() })
            .collect();
        let cues = self.constant(cues, [n, n_cues()]);
        let (weight, bias) = (self.get("cue.weight")?, self.get("cue.bias")?);
        let mut first = 0;
        for (group, (_, size)) in CUE_GROUPS.iter().enumerate() {
            let token = cues.clone().narrow(1, first, *size).matmul(weight.clone().narrow(0, first, *size));
            parts.push((token + bias.clone().narrow(0, group, 1)).reshape([n, 1, d]));
            first += size;
        }
        if self.config.registers > 0 {
            let registers = self.get("registers")?.reshape([1, self.config.registers, d]);
            parts.push(registers.expand([n, self.config.registers, d]));
        }
        let latents = self.constant(batch.latents.clone(), [n, schema.n_dims()]);
        let (weight, bias, table) = (self.get("in.weight")?, self.get("in.bias")?, self.get("entries")?);
        let entries = Entries::get();
        let chances = self.constant(batch.entries.clone(), [n, entries.n_chances]);
        for (index, token) in schema.tokens.iter().enumerate() {
            let (start, size) = (token.dims.start, token.dims.len());
            let mut x = latents.clone().narrow(1, start, size).matmul(weight.clone().narrow(0, start, size));
            for entry in entries.all.iter().filter(|entry| entry.token == index) {
                let table = table.clone().narrow(0, entry.row, entry.n);
                x = x + chances.clone().narrow(1, entry.start, entry.n).matmul(table);
            }
            parts.push((x + bias.clone().narrow(0, index, 1)).reshape([n, 1, d]));
        }
        Ok(Tensor::cat(parts, 1))
    }

    /// The words gathered into a few tokens. Samples with fewer words than the longest are padded, and the padding masked.
    fn words(&self, batch: &Batch) -> Result<Tensor<3>> {
        let (n, text) = (batch.conditions.len(), &self.config.text);
        let longest = batch.conditions.iter().map(|c| c.words.len()).max().unwrap_or(0);
        let length = longest + 1;
        let mut x = self.get("text.mark")?.reshape([1, 1, text.width]).expand([n, 1, text.width]);
        if longest > 0 {
            let absent = [0; N_HASHES];
            let words = batch.conditions.iter().flat_map(|c| (0..longest).map(|i| c.words.get(i).unwrap_or(&absent)));
            let ids: Vec<i32> = words.flatten().map(|id| *id as i32).collect();
            let rows = self.get("text.table")?.select(0, self.indices(ids));
            let summed = rows.reshape([n * longest, N_HASHES, text.row_dims]).sum_dim(1);
            let words = summed.reshape([n * longest, text.row_dims]).matmul(self.get("text.in")?);
            x = Tensor::cat(vec![x, words.reshape([n, longest, text.width])], 1);
        }
        let position = self.get("text.position")?.narrow(0, 0, length).reshape([1, length, text.width]);
        x = x + position;
        let mask: Vec<f32> = batch
            .conditions
            .iter()
            .flat_map(|c| (0..length).map(|i| if i <= c.words.len() { 0.0 } else { ABSENT }))
            .collect();
        let mask = self.constant(mask, [n, 1, 1, length]);
        for layer in 0..text.layers {
            x = self.text_block(layer, x, &mask)?;
        }
        self.gather(rms(x) * self.row("text.norm", text.width)?, mask.reshape([n, 1, length]))
    }

    /// A vector, ready to be multiplied with rows.
    fn row(&self, name: &str, width: usize) -> Result<Tensor<3>> {
        Ok(self.get(name)?.reshape([1, 1, width]))
    }

    fn text_block(&self, layer: usize, x: Tensor<3>, mask: &Tensor<4>) -> Result<Tensor<3>> {
        let text = &self.config.text;
        let at = |name: &str| format!("text.{layer}.{name}");
        let normed = rms(x.clone()) * self.row(&at("norm_1"), text.width)?;
        let x = x + self.attend(normed, &format!("text.{layer}."), text.heads, Some(mask))?;
        let normed = rms(x.clone()) * self.row(&at("norm_2"), text.width)?;
        Ok(x + self.feed(normed, &at("up"), &at("down"))?)
    }

    fn gather(&self, x: Tensor<3>, mask: Tensor<3>) -> Result<Tensor<3>> {
        let [n, length, width] = x.dims();
        let pool = self.config.text.pool;
        let flat = x.reshape([n * length, width]);
        let keys = flat.clone().matmul(self.get("text.key")?).reshape([n, length, width]);
        let values = flat.matmul(self.get("text.value")?).reshape([n, length, width]);
        let queries = self.get("text.queries")?.reshape([1, pool, width]).expand([n, pool, width]);
        let scores = queries.matmul(keys.swap_dims(1, 2)) * (1.0 / (width as f32).sqrt()) + mask;
        let gathered = softmax(scores, 2).matmul(values).reshape([n * pool, width]);
        Ok(gathered.matmul(self.get("text.project")?).reshape([n, pool, self.config.width]))
    }

    fn block(&self, layer: usize, modulation: &Tensor<3>, x: Tensor<3>) -> Result<Tensor<3>> {
        let d = self.config.width;
        let table = self.get("mod.table")?.narrow(0, layer, 1).reshape([1, 1, 6 * d]);
        let part = |which: usize| modulation.clone().narrow(2, which * d, d) + table.clone().narrow(2, which * d, d);
        let normed = rms(x.clone()) * (part(1) + 1.0) + part(0);
        let x = x + part(2) * self.attend(normed, &format!("blocks.{layer}."), self.config.heads, None)?;
        let normed = rms(x.clone()) * (part(4) + 1.0) + part(3);
        let at = |name: &str| format!("blocks.{layer}.symbols.{name}");
        Ok(x + part(5) * self.feed(normed, &at("up"), &at("down"))?)
    }

    fn attend(&self, x: Tensor<3>, prefix: &str, n_heads: usize, mask: Option<&Tensor<4>>) -> Result<Tensor<3>> {
        let [n, length, width] = x.dims();
        let dims = width / n_heads;
        let qkv = x.reshape([n * length, width]).matmul(self.get(&format!("{prefix}qkv"))?);
        let part = |which: usize| {
            qkv.clone().narrow(1, which * width, width).reshape([n, length, n_heads, dims]).swap_dims(1, 2)
        };
        let weight =
            |name: &str| -> Result<Tensor<4>> { Ok(self.get(&format!("{prefix}{name}"))?.reshape([1, 1, 1, dims])) };
        let q = rms(part(0)) * weight("q_norm")?;
        let k = rms(part(1)) * weight("k_norm")?;
        let mut scores = q.matmul(k.swap_dims(2, 3)) * (1.0 / (dims as f32).sqrt());
        if let Some(mask) = mask {
            scores = scores + mask.clone();
        }
        let mixed = softmax(scores, 3).matmul(part(2)).swap_dims(1, 2).reshape([n * length, width]);
        Ok(mixed.matmul(self.get(&format!("{prefix}out"))?).reshape([n, length, width]))
    }

    fn feed(&self, x: Tensor<3>, up: &str, down: &str) -> Result<Tensor<3>> {
        let [n, length, width] = x.dims();
        let both = x.reshape([n * length, width]).matmul(self.get(up)?);
        let hidden = both.dims()[1] / 2;
        let gated = silu(both.clone().narrow(1, 0, hidden)) * both.narrow(1, hidden, hidden);
        Ok(gated.matmul(self.get(down)?).reshape([n, length, width]))
    }

    fn heads(&self, batch: &Batch, x: Tensor<3>, modulation: Tensor<3>) -> Result<Tensor<2>> {
        let [n, _, d] = x.dims();
        let modulation = modulation + self.row("final.table", 2 * d)?;
        let normed = rms(x) * (modulation.clone().narrow(2, d, d) + 1.0) + modulation.narrow(2, 0, d);
        let (weight, bias) = (self.get("heads.weight")?, self.get("heads.bias")?);
        let mut parts = Vec::new();
        for (index, range) in HeadLayout::get().tokens.iter().enumerate() {
            let token = normed.clone().narrow(1, self.config.n_context() + index, 1).reshape([n, d]);
            parts.push(token.matmul(weight.clone().narrow(0, range.start, range.len()).transpose()));
        }
        Ok(Tensor::cat(parts, 1) + bias + self.pairs(batch)?)
    }

    /// What the entries of lists say of each other, in its place among the outputs.
    fn pairs(&self, batch: &Batch) -> Result<Tensor<2>> {
        let (entries, layout, n) = (Entries::get(), HeadLayout::get(), batch.clocks.len());
        let others: Vec<f32> = batch.entries.chunks_exact(entries.n_chances).flat_map(|c| entries.others(c)).collect();
        let others = self.constant(others, [n, entries.n_chances]);
        let own = self.constant(batch.entries.iter().map(|chance| GAIN * chance).collect(), [n, entries.n_chances]);
        let mut all = Vec::new();
        for list in &entries.lists {
            let pairs = self.get(&pairs_of(list))?;
            for entry in &entries.all[list.entries.clone()] {
                let here = others.clone().narrow(1, entry.start, entry.n).matmul(pairs.clone());
                all.push((layout.fields[entry.field].start, entry.n, here));
            }
            let (weight, n_details) = (self.get(&details_of(list))?, n_details(list));
            for entry in entries.all[list.entries.clone()].iter().filter(|_| n_details > 0) {
                let here = own.clone().narrow(1, entry.start, entry.n).matmul(weight.clone());
                all.push((entry.details().start, n_details, here));
            }
        }
        all.sort_by_key(|(start, ..)| *start);
        let (mut parts, mut end) = (Vec::new(), 0);
        for (start, size, here) in all {
            if start > end {
                parts.push(self.constant(vec![0.0; n * (start - end)], [n, start - end]));
            }
            parts.push(here);
            end = start + size;
        }
        let rest = layout.n_outputs() - end;
        parts.push(self.constant(vec![0.0; n * rest], [n, rest]));
        Ok(Tensor::cat(parts, 1))
    }
}

/// Each row divided by its root mean square.
fn rms<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let squares = (x.clone() * x.clone()).mean_dim(D - 1) + NORM_FLOOR;
    x / squares.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_cmld::kernels::Precision;
    use gesamt_train::loss::{Weights, loss};
    use gesamt_train::own::OwnStack;
    use gesamt_train::testing::{debug, inferred, relative_gap};

    #[test]
    fn burn_and_our_kernels_agree_to_one_in_ten_thousand() {
        let (config, params, batch) = debug();
        let burn = BurnStack::new(config.clone()).outputs(&params, &batch).unwrap();
        let gap = relative_gap(&inferred(&config, &params, &batch), &burn);
        assert!(gap < 1e-4, "relative difference {gap}");
    }

    #[test]
    fn burn_and_the_gradients_written_by_hand_agree() {
        let (config, params, batch) = debug();
        let through = |stack: &dyn Stack| {
            stack
                .gradients(&params, &batch, &mut |o| {
                    loss(o, &batch, Weights { plan: 5.0, ..Weights::default() }).gradient
                })
                .unwrap()
        };
        let (burn, own) =
            (through(&BurnStack::new(config.clone())), through(&OwnStack::new(config.clone(), Precision::Single)));
        for spec in config.params() {
            let gap = relative_gap(&own[&spec.name], &burn[&spec.name]);
            assert!(gap < 1e-3, "{}: relative difference {gap}", spec.name);
        }
    }
}
