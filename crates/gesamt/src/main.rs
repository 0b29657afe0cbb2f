//! The command line of gesamt: a thin layer over the pipeline.

mod args;
mod asset;
mod corpus;
mod create;
mod doctor;
mod explore;
mod failure;
mod files;
mod input;
mod kit;
mod made;
mod progress;
mod remix;
mod rights;
mod scene;
mod score;
mod set;
mod train;
mod world;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::failure::Failure;

/// Frames are large and come and go; this allocator keeps their pages instead of giving them back each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(cli: &Cli) -> Result<(), Failure> {
    if let Some(threads) = cli.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global().map_err(Failure::failed)?;
    }
    match &cli.command {
        Command::Create(args) => create::run(args),
        Command::World(args) => world::run(args),
        Command::Explore(args) => explore::run(args),
        Command::Score { command: args::ScoreCommand::Show(args) } => score::show(args),
        Command::Verify { package } => create::verify(package),
        Command::Scene(args) => scene::run(args),
        Command::Asset(args) => asset::run(args),
        Command::Set(args) => set::run(args),
        Command::Kit(args) => kit::run(&args.command),
        Command::Doctor => doctor::run(),
        Command::Corpus(command) => corpus::run(command),
        Command::Train(args) => train::run(args),
        Command::Remix(args) => remix::run(args),
        Command::Blend(args) => remix::blend(args),
        Command::Rights { json } => rights::run(*json),
    }
}
