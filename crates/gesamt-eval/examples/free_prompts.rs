//! Scores the grammar on the free prompts: `cargo run --release -p gesamt-eval --example free_prompts`.
//! With a word as argument, each prompt is listed with its share and the words that were not understood.

#![expect(clippy::print_stdout, reason = "a command-line tool")]

use gesamt_eval::{free::FREE_PROMPTS, parse, score};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let prompts = parse(FREE_PROMPTS)?;
    let grammar = |prompt: &str, seed: u64| gesamt_grammar::sample(prompt, seed).ok().map(|sampled| sampled.world);
    let score = score(&prompts, &[1, 2, 3, 4], grammar);
    if std::env::args().nth(1).is_some() {
        for (free, share) in prompts.iter().zip(&score.prompts) {
            let unknown = gesamt_grammar::understand(&free.prompt).unknown.join(" ");
            println!("{:>4.0} %  {}  [{unknown}]", 100.0 * share, free.prompt);
        }
    }
    let perfect = score.prompts.iter().filter(|share| **share == 1.0).count();
    println!("grammar: {:.1} % of implied signs, mean over {} prompts and 4 seeds", 100.0 * score.mean, prompts.len());
    println!("  prompts of which every sign holds in every world: {perfect}");
    for (facet, tally) in &score.facets {
        println!("  {facet:<10} {:>5.1} %  of {}", 100.0 * tally.share(), tally.asked);
    }
    Ok(())
}
