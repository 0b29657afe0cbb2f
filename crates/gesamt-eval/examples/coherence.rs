//! Joint worlds against independent specialists: `cargo run --release -p gesamt-eval --example coherence -- MODEL [prompts]`.
//!
//! The specialists are the model itself, asked three times apart, once for each medium: each has all of its size, training
//! and data, so that they are better than specialists of a third of its size would be.

#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::path::Path;

use gesamt_cmld::imagine::Options;
use gesamt_cmld::model::Model;
use gesamt_corpus::pieces::wishes;
use gesamt_eval::coherence::{Critic, Rung, Signs, signs};
use gesamt_eval::judge::raw_worlds;
use gesamt_world::{Seed, World};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let model = Model::read(Path::new(args.first().ok_or("which model?")?))?;
    let n: u64 = args.get(1).and_then(|arg| arg.parse().ok()).unwrap_or(240);
    let world = |seed: u64| -> Option<World> {
        let record = gesamt_corpus::record(4242, seed);
        Some(gesamt_grammar::sample(&record.clean, record.seed).ok()?.world)
    };
    let pool: Vec<World> = (0..24_000).filter_map(world).collect();
    let critic = Critic::fit(&pool, 5);
    let fresh: Vec<World> = (50_000..50_800).filter_map(world).collect();
    for (rung, _) in Rung::ALL {
        println!("critic against {rung:?}: AUC {:.3}", critic.auc(&fresh, rung, 6));
    }
    println!("critic: calibration error {:.3}", critic.calibration_error(&fresh, 7));

    // Prompts from next to nothing to a dozen things.
    let (mut all, mut by_said) = (Vec::new(), vec![Vec::new(); 4]);
    let prompts: Vec<(usize, String)> = (0..n)
        .map(|index| {
            let mut rng = Seed(77).index(index).rng();
            let pieces = wishes(index as f32 / n as f32, &mut rng);
            let prompt = gesamt_corpus::caption::write(&pieces, gesamt_corpus::caption::Register::Tags, &mut rng);
            (pieces.len(), prompt)
        })
        .collect();
    let ask = |salt: u64| -> Vec<Signs> {
        let asked: Vec<(String, u64)> =
            prompts.iter().enumerate().map(|(i, (_, prompt))| (prompt.clone(), salt + i as u64)).collect();
        raw_worlds(&model, &asked, &Options::default()).iter().map(|decoded| signs(&decoded.world)).collect()
    };
    let (first, second, third) = (ask(1_000_000), ask(2_000_000), ask(3_000_000));
    for (index, (said, _)) in prompts.iter().enumerate() {
        let apart: Signs = [first[index][0].clone(), second[index][1].clone(), third[index][2].clone()];
        let pair = (critic.coherence(&first[index]), critic.coherence(&apart));
        by_said[match said {
            0..=1 => 0,
            2..=3 => 1,
            4..=6 => 2,
            _ => 3,
        }]
        .push(pair);
        all.push(pair);
    }
    for (name, pairs) in ["0–1 things said", "2–3", "4–6", "7 and more"].iter().zip(&by_said) {
        report(name, pairs);
    }
    report("all", &all);
    Ok(())
}

/// Mean coherence of both arms and their ratio with a 95 % interval by bootstrap over prompts.
fn report(name: &str, pairs: &[(f64, f64)]) {
    let ratio = |pairs: &[(f64, f64)]| {
        let (joint, apart) = pairs.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
        joint / f64::max(apart, 1e-9)
    };
    let mut rng = Seed(9).rng();
    let mut ratios: Vec<f64> = (0..2000)
        .map(|_| ratio(&(0..pairs.len()).map(|_| pairs[rng.below(pairs.len())]).collect::<Vec<_>>()))
        .collect();
    ratios.sort_by(f64::total_cmp);
    let mean = |pick: fn(&(f64, f64)) -> f64| pairs.iter().map(pick).sum::<f64>() / pairs.len().max(1) as f64;
    println!(
        "{name} ({} prompts): joint {:.3}, apart {:.3}, ratio {:.2} [{:.2}, {:.2}]",
        pairs.len(),
        mean(|p| p.0),
        mean(|p| p.1),
        ratio(pairs),
        ratios[50],
        ratios[1949]
    );
}
