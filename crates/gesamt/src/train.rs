//! `gesamt train`.

use std::sync::atomic::{AtomicBool, Ordering};

use gesamt_train::config::TrainConfig;
use gesamt_train::own::OwnStack;
use gesamt_train::reader::{ReaderConfig, make_reader};
use gesamt_train::run::train;

use crate::args::TrainArgs;
use crate::failure::Failure;
use crate::progress::Progress;

/// Set by the first Ctrl-C: the step at hand is finished and saved.
static STOP: AtomicBool = AtomicBool::new(false);

/// Trains a model, from its last checkpoint if there is one.
pub fn run(args: &TrainArgs) -> Result<(), Failure> {
    // Without a handler the system's default ends the process, and the last checkpoint is whole.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
    let progress = Progress::new(false);
    if let Some(config) = ReaderConfig::read(&args.config).map_err(Failure::usage)? {
        make_reader(&config, &mut |line| progress.say(line)).map_err(Failure::failed)?;
        progress.say(&format!("the reader is {}", config.out.display()));
        return Ok(());
    }
    let config = TrainConfig::read(&args.config).map_err(Failure::usage)?;
    let model = config.model().map_err(Failure::usage)?;
    progress.say(&format!(
        "{}: {} parameters, {:.2} GFLOP per sample and step",
        config.preset,
        model.n_total(),
        3.0 * model.forward_flops() as f64 / 1e9
    ));
    let stack = OwnStack::new(model, config.precision());
    let say = |line: &str| progress.say(line);
    let state = train(&config, &stack, &STOP, args.only, &say).map_err(Failure::failed)?;
    progress.say(&format!(
        "{} steps done; the model is {}",
        state.step,
        config.out.join("model.safetensors").display()
    ));
    Ok(())
}
