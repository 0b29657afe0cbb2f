//! Times a forward pass and a whole sampling: `cargo run --release -p gesamt-cmld --example speed -- s`.
//!
//! The weights are fresh; arithmetic costs the same whatever they are.

#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::time::Instant;

use gesamt_cmld::codec::{Codec, Entries, Group, Hub, Schema, row_of};
use gesamt_cmld::imagine::{Options, imagine};
use gesamt_cmld::model::{Clock, Config, Input, Model};
use gesamt_cmld::text::TextCondition;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "s".into());
    let config = Config::preset(&name).filter(|c| c.n_total() < 1 << 30).ok_or("expected debug, s or pocket")?;
    let mut rows = Vec::new();
    for seed in 0..500 {
        let sampled = gesamt_grammar::sample("somewhere", seed)?;
        rows.push(row_of(&sampled.world, Hub::from(&sampled.plan)).0);
    }
    let (flops, n_tokens) = (config.forward_flops() as f64, config.n_tokens());
    println!("{name}: {} parameters, {n_tokens} tokens, {:.3} GFLOP a pass", config.n_total(), flops / 1e9);
    let model = Model::fresh(config, Codec::fit(&rows), 1);
    let condition =
        TextCondition::of("abandoned cyberpunk marketplace at dusk with rain", model.network.config.text.rows);
    let context = model.network.context(&condition);
    println!("context     {:8.2} ms", 1e3 * best(5, || drop(model.network.context(&condition))));
    let latent = vec![0.1; Schema::get().n_dims()];
    let entries = vec![0.1; Entries::get().n_chances];
    for n in [1, 8, 32] {
        let batch: Vec<Input> = (0..n)
            .map(|_| Input {
                context: &context,
                latent: &latent,
                entries: &entries,
                clock: Clock::from([0.5; Group::ALL.len()]),
            })
            .collect();
        let secs = best(7, || drop(model.network.outputs(&batch)));
        println!("pass of {n:<3} {:8.2} ms   {:.0} GFLOP/s", 1e3 * secs, flops * n as f64 / secs / 1e9);
    }
    for n in [1u64, 9] {
        let seeds: Vec<u64> = (0..n).collect();
        let options = Options::default();
        let secs = best(3, || drop(imagine(&model, std::slice::from_ref(&condition), &seeds, &options)));
        println!(
            "{n} world{}     {:8.2} ms   ({} steps, guidance {})",
            if n == 1 { " " } else { "s" },
            1e3 * secs,
            options.n_steps,
            options.guidance.weight
        );
    }
    Ok(())
}

/// The shortest of some runs, in seconds.
fn best(n_runs: u32, mut run: impl FnMut()) -> f64 {
    let once = |_| {
        let started = Instant::now();
        run();
        started.elapsed().as_secs_f64()
    };
    (0..n_runs).map(once).fold(f64::INFINITY, f64::min)
}
