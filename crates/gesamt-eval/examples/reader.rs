//! Trains a reader and says how much of what held-out scenes imply it reads: `cargo run --release -p gesamt-eval --example reader
//! -- [key=value …] [free]`, keys as in its configuration; with `free` also of what the free prompts imply.

#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::collections::BTreeMap;

use gesamt_eval::free::FREE_PROMPTS;
use gesamt_eval::judge::{held_out_scenes, readings};
use gesamt_eval::{Tally, parse};
use gesamt_train::reader::{ReaderConfig, train_reader};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let settings: Vec<&str> = args.iter().map(String::as_str).filter(|arg| arg.contains('=')).collect();
    let text = format!("preset = \"reader\"\n{}", settings.join("\n"));
    let config = ReaderConfig::parse(&text)?.ok_or("a preset that is none of a reader")?;
    let scenes = held_out_scenes();
    let reader = train_reader(&config, &mut |line| println!("{line}"));
    print("held-out scenes", &readings(&reader, &scenes));
    if args.iter().any(|arg| arg == "free") {
        print("free prompts", &readings(&reader, &parse(FREE_PROMPTS)?));
    }
    Ok(())
}

fn print(name: &str, facets: &BTreeMap<&'static str, Tally>) {
    let (mut held, mut asked) = (0.0, 0.0);
    for (facet, tally) in facets {
        println!("  {facet:<10} {:>5.1} %  of {}", 100.0 * tally.share(), tally.asked);
        held += tally.share() * tally.asked as f64;
        asked += tally.asked as f64;
    }
    println!("{name}: {:.1} % of implied signs", 100.0 * held / asked);
}
