//! `gesamt corpus`.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use gesamt_cmld::codec::world_of;
use gesamt_corpus::{BuildOptions, CorpusError};
use serde_json::json;

use crate::args::CorpusCommand;
use crate::failure::Failure;
use crate::progress::Progress;

/// Builds a corpus or shows one.
pub fn run(command: &CorpusCommand) -> Result<(), Failure> {
    match command {
        CorpusCommand::Build { output, number, seed, shard } => {
            build(output, &BuildOptions { n_records: *number, seed: *seed, per_shard: *shard })
        }
        CorpusCommand::Show { corpus, number, json } => show(corpus, *number, *json),
    }
}

fn build(out: &Path, options: &BuildOptions) -> Result<(), Failure> {
    let progress = Progress::new(false);
    let started = Instant::now();
    let every = (options.n_records / 10).max(options.per_shard);
    let report = |done: u64| {
        if done % every < options.per_shard && done < options.n_records {
            progress.say(&format!("{done} of {} records", options.n_records));
        }
    };
    let entries = gesamt_corpus::build(out, options, &report).map_err(refused)?;
    let (bytes, secs) = (entries.iter().map(|entry| entry.bytes).sum::<u64>(), started.elapsed().as_secs_f64());
    progress.say(&format!(
        "{}: {} records in {} shards, {:.1} MB ({} bytes each), {secs:.1} s ({:.0} records/s)",
        out.display(),
        options.n_records,
        entries.len(),
        bytes as f64 / 1e6,
        bytes / options.n_records.max(1),
        options.n_records as f64 / secs.max(1e-9)
    ));
    Ok(())
}

fn show(dir: &Path, number: usize, as_json: bool) -> Result<(), Failure> {
    let corpus = gesamt_corpus::open(dir).map_err(Failure::usage)?;
    let mut out = std::io::stdout().lock();
    let mut left = number;
    for index in 0..corpus.entries.len() {
        let records = corpus.shard(index).map_err(Failure::failed)?;
        for record in records.iter().take(left) {
            let world = world_of(&record.row, record.seed).world;
            let line = if as_json {
                json!({ "caption": record.caption, "clean": record.clean, "world": world }).to_string()
            } else {
                format!("{}\n    {}", record.caption, gesamt_grammar::describe(&world))
            };
            if writeln!(out, "{line}").is_err() {
                // A reader that went away has seen enough.
                return Ok(());
            }
        }
        left = left.saturating_sub(records.len());
    }
    let fingerprint = corpus.fingerprint().map_err(Failure::failed)?;
    Progress::new(false).say(&format!(
        "{}: {} records in {} shards, all as in the ledger; corpus {fingerprint}",
        dir.display(),
        corpus.len(),
        corpus.entries.len()
    ));
    Ok(())
}

fn refused(error: CorpusError) -> Failure {
    match error {
        CorpusError::Exists { .. } => Failure::usage(error).hint("choose a new directory with -o"),
        other => Failure::failed(other),
    }
}
