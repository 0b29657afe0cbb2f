//! How far stills of few samples are from one of many.
//!
//! `cargo run --release -p gesamt-pipeline --example noise -- REFERENCE_SAMPLES SAMPLES,SAMPLES,… "prompt" …` renders each
//! prompt at 480 × 270 and prints, for each number of samples, the seconds and the mean squared relative error (relMSE,
//! pixels of the worst 0.1 % left out) of the light before view transform and grain.

#![expect(clippy::print_stdout, reason = "a development tool reports what it measures")]

use std::ops::ControlFlow;
use std::time::Instant;

use gesamt_pathtracer::{Prepared, StillOptions, render_still};
use gesamt_pipeline::{Request, imagine, models, stage};

const SIZE: [u32; 2] = [480, 270];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let reference: u32 = args[0].parse().expect("a number of samples");
    let counts: Vec<u32> = args[1].split(',').map(|n| n.parse().expect("a number of samples")).collect();
    for prompt in &args[2..] {
        let (world, _) = imagine(&Request::new(prompt, "")).expect("a prompt");
        let scene = stage(&world, &models(&world));
        let started = Instant::now();
        let prepared = Prepared::new(&scene);
        println!("{prompt}: prepared in {:.2} s, {}", started.elapsed().as_secs_f32(), prepared.summary());
        let (truth, secs) = light(&prepared, reference, 99);
        println!("  {reference:>4} samples {secs:6.2} s, the reference");
        for &n in &counts {
            let (color, secs) = light(&prepared, n, 1);
            println!("  {n:>4} samples {secs:6.2} s, relMSE {:.5}", rel_mse(&color, &truth));
        }
    }
}

fn light(prepared: &Prepared, samples: u32, seed: u32) -> (Vec<[f32; 3]>, f32) {
    let started = Instant::now();
    let options = StillOptions { width: SIZE[0], height: SIZE[1], samples, seed };
    let still = render_still(prepared, &options, &|_| ControlFlow::Continue(())).expect("not cancelled");
    (still.frame.color, started.elapsed().as_secs_f32())
}

fn rel_mse(color: &[[f32; 3]], truth: &[[f32; 3]]) -> f32 {
    let mut errors: Vec<f32> = color
        .iter()
        .zip(truth)
        .map(|(a, b)| (0..3).map(|c| (a[c] - b[c]).powi(2) / (b[c] * b[c] + 1e-3)).sum::<f32>() / 3.0)
        .collect();
    errors.sort_by(f32::total_cmp);
    errors.truncate(errors.len() * 999 / 1000);
    errors.iter().sum::<f32>() / errors.len() as f32
}
