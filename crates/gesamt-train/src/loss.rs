//! The loss of the heads and its gradient, written out: cross-entropy for symbols, Gaussian likelihood for the rest.

use gesamt_cmld::codec::{Group, Kind, Schema};
use gesamt_cmld::model::{HeadLayout, LOG_SIGMA, softmax, token_groups};
use rayon::prelude::*;

use crate::data::Batch;

/// A loss and what it says about each output.
#[derive(Clone, Debug)]
pub struct Loss {
    /// Mean over all fields that count.
    pub mean: f32,
    /// Mean over the fields of the plan.
    pub plan: f32,
    /// Gradient by the outputs.
    pub gradient: Vec<f32>,
}

/// How the kinds of fields count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// How much more a field of the plan counts.
    pub plan: f32,
    /// How much more a symbol counts than a number.
    pub symbol: f32,
    /// Each number's loss is scaled by its deviation to the power 2β, taken for constant: at 0 the numbers that are known
    /// best pull hardest and drown the symbols, at 1 all pull alike.
    ///
    /// # Source
    /// Seitzer et al., "On the pitfalls of heteroscedastic uncertainty estimation" (2022), equation 5.
    pub beta: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { plan: 1.0, symbol: 1.0, beta: 0.0 }
    }
}

/// The loss of a batch's outputs. Fields of clean tokens and fields that mean nothing do not count.
///
/// A sample of which only a part is noisy counts by the square root of that part, at most six times its share. The
/// cross-entropy of a symbol is in units of ln n, so that every field begins near 1.
#[must_use]
pub fn loss(outputs: &[f32], batch: &Batch, weights: Weights) -> Loss {
    let n_outputs = HeadLayout::get().n_outputs();
    let n_dims = Schema::get().n_dims();
    let samples: Vec<(f32, f32, [f32; 2], Vec<f32>)> = outputs
        .par_chunks_exact(n_outputs)
        .enumerate()
        .map(|(i, outputs)| sample(outputs, batch, i, &batch.codes[i * n_dims..(i + 1) * n_dims], weights))
        .collect();
    let weight: f32 = samples.iter().map(|s| s.1).sum::<f32>().max(1e-6);
    let plan: [f32; 2] = samples.iter().fold([0.0; 2], |sum, s| [sum[0] + s.2[0], sum[1] + s.2[1]]);
    let mut gradient: Vec<f32> = samples.iter().flat_map(|s| s.3.iter().copied()).collect();
    gradient.iter_mut().for_each(|g| *g /= weight);
    Loss { mean: samples.iter().map(|s| s.0).sum::<f32>() / weight, plan: plan[0] / plan[1].max(1e-6), gradient }
}

/// Weighted loss, weight, loss and number of the plan's fields, and gradient of one sample.
fn sample(outputs: &[f32], batch: &Batch, i: usize, codes: &[f32], by: Weights) -> (f32, f32, [f32; 2], Vec<f32>) {
    let (schema, layout, groups) = (Schema::get(), HeadLayout::get(), token_groups());
    let (row, times) = (&batch.rows[i], batch.clocks[i].of_tokens());
    let (mut total, mut weights, mut whole, mut plan) = (0.0, 0.0, 0.0f32, [0.0; 2]);
    let mut gradient = vec![0.0; outputs.len()];
    for (index, field) in schema.fields.iter().enumerate() {
        let group = groups[field.token];
        if !schema.is_live(row, index) {
            continue;
        }
        let is_plan = Group::ALL[group] == Group::Plan;
        let is_symbol = matches!(field.kind, Kind::Symbol { .. });
        let weight = if is_plan { by.plan } else { 1.0 } * if is_symbol { by.symbol } else { 1.0 };
        whole += weight;
        if times[field.token] >= 1.0 {
            continue;
        }
        let range = layout.fields[index].clone();
        let code = &codes[field.start..field.start + field.dims];
        let value = match field.kind {
            Kind::Symbol { n } => symbol(&outputs[range.clone()], row[index] as usize, n, &mut gradient[range.clone()]),
            _ => gaussian(&outputs[range.clone()], code, by.beta, &mut gradient[range.clone()]),
        };
        gradient[range].iter_mut().for_each(|g| *g *= weight);
        total += weight * value;
        weights += weight;
        if is_plan {
            plan = [plan[0] + value, plan[1] + 1.0];
        }
    }
    // Gaps of a few fields would drown among whole worlds.
    let share = if weights > 0.0 { (whole / weights).sqrt().min(6.0) } else { 1.0 };
    gradient.iter_mut().for_each(|g| *g *= share);
    (share * total, share * weights, plan, gradient)
}

fn symbol(logits: &[f32], target: usize, n: usize, gradient: &mut [f32]) -> f32 {
    let unit = 1.0 / (n as f32).ln();
    let chances = softmax(logits);
    for (symbol, (g, chance)) in gradient.iter_mut().zip(&chances).enumerate() {
        *g = unit * (chance - if symbol == target { 1.0 } else { 0.0 });
    }
    -unit * chances[target].max(1e-30).ln()
}

/// Negative log-likelihood up to a constant; the last output is the logarithm of the deviation.
fn gaussian(outputs: &[f32], code: &[f32], beta: f32, gradient: &mut [f32]) -> f32 {
    let dims = code.len();
    let free = outputs[dims];
    let log_sigma = free.clamp(LOG_SIGMA.0, LOG_SIGMA.1);
    let precision = (-2.0 * log_sigma).exp();
    let mut squares = 0.0;
    for ((g, mean), x) in gradient.iter_mut().zip(outputs).zip(code) {
        let gap = mean - x;
        squares += gap * gap;
        *g = gap * precision / dims as f32;
    }
    gradient[dims] = if free == log_sigma { 1.0 - squares * precision / dims as f32 } else { 0.0 };
    let scale = (2.0 * beta * log_sigma).exp();
    gradient.iter_mut().for_each(|g| *g *= scale);
    0.5 * squares * precision / dims as f32 + log_sigma
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Loader, batch, tests::corpus};
    use gesamt_cmld::codec::Codec;
    use gesamt_world::Seed;

    fn some() -> Batch {
        let dir = tempfile::tempdir().unwrap();
        let records = Loader::new(corpus(dir.path(), 40), 1, 0).unwrap().take(0, 12).unwrap();
        let codec = Codec::fit(&records.iter().map(|r| r.row.clone()).collect::<Vec<_>>());
        batch(&records, &codec, 64, Seed(3))
    }

    const FIVE: Weights = Weights { plan: 5.0, symbol: 2.0, beta: 0.0 };

    #[test]
    fn with_beta_a_number_that_is_known_well_pulls_no_harder_than_others() {
        let pull = |log_sigma: f32, beta: f32| {
            let mut gradient = [0.0; 2];
            gaussian(&[log_sigma.exp(), log_sigma], &[0.0], beta, &mut gradient);
            gradient[0]
        };
        assert!(pull(-3.0, 0.0) > 15.0 * pull(0.0, 0.0));
        assert!((pull(-3.0, 0.5) / pull(0.0, 0.5) - 1.0).abs() < 1e-5);
    }

    fn random_outputs(n_samples: usize) -> Vec<f32> {
        let mut rng = Seed(5).rng();
        (0..n_samples * HeadLayout::get().n_outputs()).map(|_| rng.normal()).collect()
    }

    #[test]
    fn the_gradient_is_that_of_the_loss() {
        let (batch, outputs) = (some(), random_outputs(12));
        let found = loss(&outputs, &batch, FIVE);
        let mut rng = Seed(6).rng();
        let live: Vec<usize> = (0..outputs.len()).filter(|i| found.gradient[*i].abs() > 1e-5).collect();
        for _ in 0..60 {
            // In single precision one output moves the loss by little: move many, along a random direction.
            let chosen: Vec<(usize, f32)> = (0..400).map(|_| (live[rng.below(live.len())], rng.normal())).collect();
            let step = 2e-3;
            let moved = |sign: f32| {
                let mut outputs = outputs.clone();
                chosen.iter().for_each(|(i, v)| outputs[*i] += sign * step * v);
                f64::from(loss(&outputs, &batch, FIVE).mean)
            };
            let numeric = (moved(1.0) - moved(-1.0)) / f64::from(2.0 * step);
            let analytic: f64 = chosen.iter().map(|(i, v)| f64::from(found.gradient[*i] * v)).sum();
            let size: f64 = chosen.iter().map(|(i, v)| f64::from(found.gradient[*i] * v).powi(2)).sum::<f64>().sqrt();
            assert!((numeric - analytic).abs() < 0.03 * size + 2e-4, "{numeric} for {analytic}");
        }
    }

    #[test]
    fn what_is_clean_or_means_nothing_has_no_gradient() {
        let batch = some();
        let found = loss(&random_outputs(12), &batch, FIVE);
        let (layout, schema) = (HeadLayout::get(), Schema::get());
        let mut n_silent = 0;
        for (i, gradient) in found.gradient.chunks_exact(layout.n_outputs()).enumerate() {
            for (index, field) in schema.fields.iter().enumerate() {
                let counts = batch.clocks[i].of_tokens()[field.token] < 1.0 && schema.is_live(&batch.rows[i], index);
                let is_silent = gradient[layout.fields[index].clone()].iter().all(|g| *g == 0.0);
                assert!(counts || is_silent, "{}", field.name);
                n_silent += usize::from(is_silent);
            }
        }
        assert!(n_silent > 300);
    }

    #[test]
    fn even_odds_cost_about_one() {
        let batch = some();
        let flat = loss(&vec![0.0; 12 * HeadLayout::get().n_outputs()], &batch, Weights::default());
        assert!((0.6..1.1).contains(&flat.mean), "{}", flat.mean);
    }
}
