//! `gesamt-train`: trains a model from a configuration.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use clap::Parser;
use gesamt_cmld::kernels::Precision;
use gesamt_cmld::model::Config;
use gesamt_train::config::TrainConfig;
use gesamt_train::own::OwnStack;
use gesamt_train::run::train;
use gesamt_train::stack::Stack;

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
    /// Runs the network on Burn instead of our own kernels.
    #[cfg(feature = "burn")]
    #[arg(long)]
    burn: bool,
    /// Stop after this many steps of this call, with a checkpoint.
    #[arg(long, value_name = "N")]
    only: Option<u64>,
}

/// Set by the first Ctrl-C: the step at hand is finished and saved.
static STOP: AtomicBool = AtomicBool::new(false);

fn main() -> ExitCode {
    // Without a handler the system's default ends the process, and the last checkpoint is whole.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
    match run(&Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

#[cfg(feature = "burn")]
fn stack(cli: &Cli, model: Config, precision: Precision) -> Box<dyn Stack> {
    if cli.burn {
        Box::new(gesamt_train::burn_stack::BurnStack::new(model))
    } else {
        Box::new(OwnStack::new(model, precision))
    }
}

#[cfg(not(feature = "burn"))]
fn stack(_cli: &Cli, model: Config, precision: Precision) -> Box<dyn Stack> {
    Box::new(OwnStack::new(model, precision))
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
    let state = train(&config, stack(cli, model, config.precision()).as_ref(), &STOP, cli.only, &say)?;
    say(&format!("{} steps done; the model is {}", state.step, config.out.join("model.safetensors").display()));
    Ok(())
}

fn say(line: &str) {
    // A reader that went away does not stop the work.
    let _ = writeln!(std::io::stderr(), "{line}");
}
