//! Judges a model: `cargo run --release -p gesamt-eval --example judge -- MODEL [part …] [key=value …]`.
//!
//! Parts: `sound` (validity and stated facets, raw), `stated` (shipped), `free`, `scenes` (a few hundred held-out ones), `diversity`;
//! all when none is named. Keys: `n` worlds, `guidance`, `hubs`, `steps`, and `reader`, a file whose reader takes the place of the
//! model's.

#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::path::Path;
use std::time::Instant;

use gesamt_cmld::imagine::Options;
use gesamt_cmld::model::Model;
use gesamt_cmld::reader::Reader;
use gesamt_cmld::weights::Tensors;
use gesamt_eval::free::FREE_PROMPTS;
use gesamt_eval::{Score, judge, parse};

/// Held-out scenes that are asked for, spread over all.
const N_SCENES: usize = 300;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args.first().ok_or("which model?")?;
    let value = |key: &str| args.iter().find_map(|arg| arg.strip_prefix(key)?.strip_prefix('='));
    let number = |key: &str, default: f32| value(key).map_or(Ok(default), str::parse::<f32>);
    let parts: Vec<&str> = args[1..].iter().map(String::as_str).filter(|arg| !arg.contains('=')).collect();
    let is_asked = |part: &str| parts.is_empty() || parts.contains(&part);
    let mut model = Model::read(Path::new(path))?;
    if let Some(path) = value("reader") {
        model.reader = Reader::from_tensors(&Tensors::read(Path::new(path))?)?;
    }
    let mut options = Options::default();
    options.guidance.weight = number("guidance", options.guidance.weight)?;
    options.n_hubs = number("hubs", options.n_hubs as f32)? as usize;
    options.n_steps = number("steps", options.n_steps as f32)? as usize;
    let n = number("n", 256.0)? as u64;

    if is_asked("sound") {
        let begun = Instant::now();
        let sound = judge::soundness(&model, 999, n, &options);
        println!("stated facets {:.1} % of {}", 100.0 * sound.stated.share(), sound.stated.asked);
        println!("raw valid {:.1} % of {}", 100.0 * sound.raw_valid.share(), sound.raw_valid.asked);
        for (facet, count) in &sound.broken {
            println!("  {facet:<12} {:.2} broken rules a world", *count as f64 / n as f64);
        }
        println!("{:.3} s a world in batches", begun.elapsed().as_secs_f64() / n as f64);
    }
    if is_asked("stated") {
        let tally = judge::shipped_stated(&model, 999, n);
        println!("shipped: stated facets {:.1} % of {}", 100.0 * tally.share(), tally.asked);
    }
    if is_asked("free") {
        let prompts = parse(FREE_PROMPTS)?;
        print("free prompts, raw", &judge::implied(&model, &prompts, &[1], &options));
        print("free prompts, shipped", &judge::shipped_implied(&model, &prompts, &[1, 2, 3, 4]));
    }
    if is_asked("scenes") {
        let all = judge::held_out_scenes();
        let scenes: Vec<_> = all.iter().step_by((all.len() / N_SCENES).max(1)).cloned().collect();
        print("held-out scenes, shipped", &judge::shipped_implied(&model, &scenes, &[1]));
    }
    if is_asked("diversity") {
        let (mean, facets) = judge::diversity(&model, n.min(128), &options);
        println!("diversity {mean:.3}");
        for (facet, ratio) in facets {
            println!("  {facet:<10} {ratio:.3}");
        }
    }
    Ok(())
}

fn print(name: &str, score: &Score) {
    println!("{name}: {:.1} % of implied signs over {} prompts", 100.0 * score.mean, score.prompts.len());
    for (facet, tally) in &score.facets {
        println!("  {facet:<10} {:>5.1} %  of {}", 100.0 * tally.share(), tally.asked);
    }
}
