//! Judges a model: `cargo run --release -p gesamt-eval --example judge -- MODEL [n] [guidance] [hubs] [steps] [sound|scenes|shipped]
//! [READER]`. A reader in a file of its own takes the place of the model's.

#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::time::Instant;

use gesamt_cmld::imagine::Options;
use gesamt_cmld::model::Model;
use gesamt_cmld::reader::Reader;
use gesamt_cmld::weights::Tensors;
use gesamt_eval::free::FREE_PROMPTS;
use gesamt_eval::{Score, judge, parse};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args.first().ok_or("which model?")?;
    let number = |index: usize| args.get(index).and_then(|arg| arg.parse::<f32>().ok());
    let mut model = Model::read(std::path::Path::new(path))?;
    if let Some(path) = args.get(6) {
        model.reader = Reader::from_tensors(&Tensors::read(std::path::Path::new(path))?)?;
    }
    let mut options = Options::default();
    options.guidance.weight = number(2).unwrap_or(options.guidance.weight);
    options.n_hubs = number(3).map_or(options.n_hubs, |n| n as usize);
    options.n_steps = number(4).map_or(options.n_steps, |n| n as usize);
    let n = number(1).unwrap_or(256.0) as u64;

    if args.get(5).is_some_and(|part| part == "shipped") {
        let prompts = parse(FREE_PROMPTS)?;
        print("shipped: free prompts", &judge::shipped_implied(&model, &prompts, &[1, 2, 3, 4]));
        return Ok(());
    }
    let begun = Instant::now();
    let sound = judge::soundness(&model, 999, n, &options);
    println!("stated facets {:.1} % of {}", 100.0 * sound.stated.share(), sound.stated.asked);
    println!("raw valid {:.1} % of {}", 100.0 * sound.raw_valid.share(), sound.raw_valid.asked);
    for (facet, count) in &sound.broken {
        println!("  {facet:<12} {:.2} broken rules a world", *count as f64 / n as f64);
    }
    println!("{:.3} s a world in batches", begun.elapsed().as_secs_f64() / n as f64);
    if args.get(5).is_some_and(|part| part == "sound") {
        return Ok(());
    }
    let scenes = judge::held_out_scenes();
    print("held-out scenes", &judge::implied(&model, &scenes, &[1], &options));
    if args.get(5).is_some_and(|part| part == "scenes") {
        return Ok(());
    }
    let prompts = parse(FREE_PROMPTS)?;
    print("free prompts", &judge::implied(&model, &prompts, &[1, 2, 3, 4], &options));
    let tally = judge::shipped_stated(&model, 999, n);
    println!("shipped: stated facets {:.1} % of {}", 100.0 * tally.share(), tally.asked);
    print("shipped: held-out scenes", &judge::shipped_implied(&model, &scenes, &[1]));
    print("shipped: free prompts", &judge::shipped_implied(&model, &prompts, &[1, 2, 3, 4]));
    println!("diversity {:.3}", judge::diversity(&model, n.min(64), &options));
    Ok(())
}

fn print(name: &str, score: &Score) {
    println!("{name}: {:.1} % of implied signs over {} prompts", 100.0 * score.mean, score.prompts.len());
    for (facet, tally) in &score.facets {
        println!("  {facet:<10} {:>5.1} %  of {}", 100.0 * tally.share(), tally.asked);
    }
}
