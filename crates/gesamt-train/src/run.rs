//! The loop: batch, loss, gradient, step, average; now and then a checkpoint and an evaluation.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use gesamt_cmld::codec::Codec;
use gesamt_cmld::imagine::Options;
use gesamt_corpus::Record;
use gesamt_world::Seed;

use crate::checkpoint::{State, clear_leftovers};
use crate::config::TrainConfig;
use crate::curve::{Point, draw, from_csv, to_csv};
use crate::data::{Loader, batch};
use crate::evaluate::evaluate;
use crate::loss::loss;
use crate::optim::average;
use crate::stack::Stack;

/// Records that the codec is fitted to.
const CODEC_RECORDS: usize = 20_000;
/// Steps between two points of the curve.
const POINT_EVERY: u64 = 20;

/// Trains until the configured number of steps is done, from a checkpoint if there is one. `say` gets a line for people
/// now and then. When `stop` is set or `only` that many steps are done, the step at hand is finished and saved.
///
/// # Errors
/// Corpora and checkpoints that do not fit, losses that are not finite, and what the system refuses.
///
/// # Determinism
/// Batches depend on the seed and the step alone, so that an interrupted run goes on as if it had not been.
pub fn train(
    config: &TrainConfig,
    stack: &dyn Stack,
    stop: &AtomicBool,
    only: Option<u64>,
    say: &dyn Fn(&str),
) -> Result<State> {
    std::fs::create_dir_all(&config.out).with_context(|| format!("could not make {}", config.out.display()))?;
    clear_leftovers(&config.out);
    let corpus = gesamt_corpus::open(&config.corpus)
        .with_context(|| format!("no corpus at {}; `gesamt corpus build` makes one", config.corpus.display()))?;
    let fingerprint = corpus.fingerprint()?;
    let mut loader = Loader::new(corpus, config.seed, config.held_out)?;
    let held_out = loader.held_out(config.eval_worlds)?;
    let mut state = match State::read(config, &fingerprint)? {
        Some(state) => state,
        None => match &config.init {
            Some(path) => State::begun_from(config, path)?,
            None => State::new(config, fit_codec(&mut loader)?)?,
        },
    };
    say(&format!("run {} on corpus {fingerprint}, from step {} of {}", config.fingerprint(), state.step, config.steps));
    let mut curve = Curve::open(config, state.step);
    let last = only.map_or(config.steps, |only| config.steps.min(state.step + only));
    while state.step < last {
        curve.add(step(config, stack, &mut loader, &mut state)?);
        let is_last = state.step == last || stop.load(Ordering::SeqCst);
        let is_judged = state.step.is_multiple_of(config.eval_every) || is_last;
        if is_judged || state.step.is_multiple_of(POINT_EVERY) {
            curve.point(config, &state, is_judged.then_some(held_out.as_slice()), say)?;
        }
        if is_last || state.step.is_multiple_of(config.save_every) {
            state.write(config, &fingerprint)?;
            curve.write(config)?;
        }
        if is_last {
            break;
        }
    }
    Ok(state)
}

fn fit_codec(loader: &mut Loader) -> Result<Codec> {
    let records = loader.take(0, CODEC_RECORDS.min(loader.len() as usize))?;
    Ok(Codec::fit(&records.into_iter().map(|record| record.row).collect::<Vec<_>>()))
}

/// One step; returns loss, plan loss and the norm of the gradient.
fn step(config: &TrainConfig, stack: &dyn Stack, loader: &mut Loader, state: &mut State) -> Result<[f32; 3]> {
    let records = loader.take(state.step * config.batch as u64, config.batch)?;
    let seed = Seed(config.seed).child("batch").index(state.step);
    let batch = batch(&records, &state.codec, config.model()?.text.rows, seed);
    let mut told = [0.0; 2];
    let gradients = stack.gradients(&state.params, &batch, &mut |outputs| {
        let loss = loss(outputs, &batch, config.weights());
        told = [loss.mean, loss.plan];
        loss.gradient
    })?;
    ensure!(told[0].is_finite(), "the loss of step {} is not finite; the last checkpoint is whole", state.step);
    let norm = state.optimizer.step(&mut state.params, &gradients, config, state.step);
    ensure!(norm.is_finite(), "the gradient of step {} is not finite; the last checkpoint is whole", state.step);
    average(&mut state.ema, &state.params, config.ema, state.step);
    state.step += 1;
    Ok([told[0], told[1], norm])
}

struct Curve {
    points: Vec<Point>,
    sums: [f32; 3],
    n: u32,
    since: Instant,
}

impl Curve {
    fn open(config: &TrainConfig, step: u64) -> Curve {
        let text = std::fs::read_to_string(config.out.join("curve.csv")).unwrap_or_default();
        Curve { points: from_csv(&text, step), sums: [0.0; 3], n: 0, since: Instant::now() }
    }

    fn add(&mut self, told: [f32; 3]) {
        self.sums.iter_mut().zip(told).for_each(|(sum, told)| *sum += told);
        self.n += 1;
    }

    fn point(
        &mut self,
        config: &TrainConfig,
        state: &State,
        held_out: Option<&[Record]>,
        say: &dyn Fn(&str),
    ) -> Result<()> {
        let n = self.n.max(1) as f32;
        let [loss, plan, norm] = self.sums.map(|sum| sum / n);
        let samples_per_sec = n * config.batch as f32 / self.since.elapsed().as_secs_f32().max(1e-6);
        let lr = config.lr_at(state.step.saturating_sub(1));
        let mut point = Point { step: state.step, loss, plan, lr, norm, samples_per_sec, ..Point::default() };
        let mut line = format!(
            "step {:>6}  loss {loss:.4}  plan {plan:.4}  norm {norm:.2}  {samples_per_sec:.1} samples/s",
            state.step
        );
        if let Some(records) = held_out.filter(|records| !records.is_empty()) {
            let verdict = evaluate(&state.model(config)?, records, &Options::default());
            point.raw_valid = Some(verdict.raw_valid);
            point.broken = Some(verdict.broken);
            point.stated = Some(verdict.stated);
            line += &format!(
                "  raw valid {:.1} %  broken rules {:.2}  stated {:.1} %",
                100.0 * verdict.raw_valid,
                verdict.broken,
                100.0 * verdict.stated
            );
        }
        say(&line);
        self.points.push(point);
        (self.sums, self.n, self.since) = ([0.0; 3], 0, Instant::now());
        Ok(())
    }

    fn write(&self, config: &TrainConfig) -> Result<()> {
        let path = config.out.join("curve.csv");
        std::fs::write(&path, to_csv(&self.points)).with_context(|| format!("could not write {}", path.display()))?;
        draw(&self.points, &config.out.join("curve.png"))
    }
}

#[cfg(test)]
mod tests;
