//! How long each step takes on the way from a prompt to the first preview: `first_look [RUNS] PROMPT…`, seed 7.
//!
//! Prints milliseconds of wall clock and of processor time, the least of the runs; the model is read before the first.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "an example")]

use std::fs;
use std::ops::ControlFlow;
use std::time::Instant;

use gesamt_pathtracer::Prepared;
use gesamt_pipeline::{models, picture_rgb, stage};
use gesamt_prior::{Wish, imagine};

/// Processor seconds of all threads so far.
fn processor_secs() -> f64 {
    let of = |task: fs::DirEntry| fs::read_to_string(task.path().join("schedstat")).ok();
    let tasks = fs::read_dir("/proc/self/task").unwrap().filter_map(Result::ok).filter_map(of);
    tasks.filter_map(|text| text.split(' ').next()?.parse::<f64>().ok()).sum::<f64>() * 1e-9
}

fn timed<T>(least: &mut [f64; 2], work: impl FnOnce() -> T) -> T {
    let (wall, processor) = (Instant::now(), processor_secs());
    let made = work();
    let took = [wall.elapsed().as_secs_f64(), processor_secs() - processor];
    (least[0], least[1]) = (least[0].min(took[0]), least[1].min(took[1]));
    made
}

fn main() {
    let mut prompts: Vec<String> = std::env::args().skip(1).collect();
    let runs = prompts.first().and_then(|n| n.parse::<usize>().ok());
    if runs.is_some() {
        prompts.remove(0);
    }
    let mut reading = [f64::INFINITY; 2];
    timed(&mut reading, || gesamt_prior::model().map(drop).unwrap());
    println!("the model {:6.0} ms wall {:6.0} ms processor", 1e3 * reading[0], 1e3 * reading[1]);
    for prompt in prompts {
        let mut least = [[f64::INFINITY; 2]; 5];
        for _ in 0..runs.unwrap_or(3) {
            let world = timed(&mut least[0], || imagine(&Wish::new(&prompt, 7)).unwrap().world);
            let models = timed(&mut least[1], || models(&world));
            let scene = timed(&mut least[2], || stage(&world, &models));
            let sketch = timed(&mut least[3], || Prepared::sketch(&scene));
            let go = |_: f32| ControlFlow::Continue(());
            timed(&mut least[4], || picture_rgb(&world, &scene, &sketch, [240, 135], 1, &go).unwrap());
        }
        let names = ["world", "models", "stage", "sketch", "picture"];
        let total = least.iter().fold([0.0; 2], |t, l| [t[0] + l[0], t[1] + l[1]]);
        println!("{prompt}");
        for (name, [wall, processor]) in names.iter().zip(&least).chain([(&"total", &total)]) {
            println!("  {name:8} {:6.0} ms wall {:6.0} ms processor", 1e3 * wall, 1e3 * processor);
        }
    }
}
