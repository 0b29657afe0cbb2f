//! Whether the light of a clip stays the same from its first frame on.
//!
//! `cargo run --release -p gesamt-pipeline --example steady -- WIDTHxHEIGHT N_FRAMES "prompt" …` renders the first frames of
//! the clip without weather and prints the mean light of each relative to the first, and the seconds per frame. The first
//! frame is shaded in full, the others in turns: what is lost there is a bias of the sharing.

#![expect(clippy::print_stdout, reason = "a development tool reports what it measures")]

use std::ops::ControlFlow;
use std::time::Instant;

use gesamt_pathtracer::{ClipOptions, ClipRenderer, Prepared};
use gesamt_pipeline::{Request, imagine, models, stage};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (width, height) = args[0].split_once('x').expect("WxH");
    let [width, height] = [width, height].map(|v| v.parse::<u32>().expect("a number"));
    let n: u32 = args[1].parse().expect("a number of frames");
    for prompt in &args[2..] {
        let (world, _) = imagine(&Request::new(prompt, "")).expect("a prompt");
        let scene = stage(&world, &models(&world));
        let mut prepared = Prepared::new(&scene);
        let options = ClipOptions { width, height, n_frames: 120, ..ClipOptions::default() };
        let mut clip =
            ClipRenderer::new(&mut prepared, None, &options, &|_| ControlFlow::Continue(())).expect("no cancel");
        println!("{prompt}");
        let mut first = 0.0;
        for index in 0..n {
            let started = Instant::now();
            let frame = clip.render(index);
            let secs = started.elapsed().as_secs_f32();
            // The logarithm weighs dark and bright alike.
            let mean =
                frame.color.iter().map(|c| (c[0] + c[1] + c[2] + 1e-3).ln()).sum::<f32>() / frame.color.len() as f32;
            let low = frame.color.len() * 2 / 3;
            let floor =
                frame.color[low..].iter().map(|c| c[0] + c[1] + c[2]).sum::<f32>() / (frame.color.len() - low) as f32;
            if index == 0 {
                first = floor;
            }
            println!("  frame {index:>3}: {secs:.2} s, log-mean {mean:.3}, lower third {:.3}", floor / first);
        }
    }
}
