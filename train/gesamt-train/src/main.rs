//! `gesamt-train`: trains a model from a configuration.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use clap::Parser;
use gesamt_train::burn_stack::BurnStack;
use gesamt_train::config::TrainConfig;
use gesamt_train::run::train;

/// Tensors are large and come and go; this allocator keeps their pages instead of giving them back each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Trains a model. Given again after an interruption of any kind, it goes on from the last checkpoint.
#[derive(Debug, Parser)]
#[command(name = "gesamt-train", version)]
struct Cli {
    /// The run, as a TOML file; `train/configs` has one for each preset.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<()> {
    let config = TrainConfig::read(&cli.config)?;
    let model = config.model()?;
    say(&format!(
        "{}: {} parameters, {:.2} GFLOP per sample and step",
        config.preset,
        model.n_total(),
        3.0 * model.forward_flops() as f64 / 1e9
    ));
    let state = train(&config, &BurnStack::new(model), &AtomicBool::new(false), &say)?;
    say(&format!("{} steps done; the model is {}", state.step, config.out.join("model.safetensors").display()));
    Ok(())
}

#[expect(clippy::print_stderr, reason = "progress goes to standard error")]
fn say(line: &str) {
    eprintln!("{line}");
}
