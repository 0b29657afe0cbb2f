//! Whether the still, the clip and a picture of many samples show the same light.
//!
//! `cargo run --release -p gesamt-pipeline --example agree -- OUT_DIR WIDTHxHEIGHT SAMPLES WORLD.json …` renders each world's still
//! with 6 samples and with SAMPLES, and the frame of its clip that has the same view, and prints the mean light of the lower
//! third (where streets are) and of the whole frame against that of many samples, and the mean difference of x / (1 + x). All
//! three are left in OUT_DIR without weather and grain.

#![expect(clippy::print_stdout, reason = "a development tool reports what it measures")]

use std::ops::ControlFlow;
use std::path::Path;

use gesamt_finish::Finisher;
use gesamt_media::png::{Pixels, PngOptions, encode_png};
use gesamt_pathtracer::{ClipOptions, ClipRenderer, Prepared, StillOptions, render_still};
use gesamt_pipeline::{models, stage};
use gesamt_world::World;
use glam::Vec3;

const N_FRAMES: u32 = 120;
/// The frame in the middle, and how many before it are rendered.
const MIDDLE: u32 = 60;
const WARM: u32 = 10;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let out = Path::new(&args[0]);
    std::fs::create_dir_all(out).expect("the output directory");
    let (w, h) = args[1].split_once('x').expect("WxH");
    let [width, height] = [w, h].map(|v| v.parse::<u32>().expect("a number of pixels"));
    let samples: u32 = args[2].parse().expect("a number of samples");
    let go = |_: f32| ControlFlow::Continue(());
    for path in &args[3..] {
        let world = World::from_json(&std::fs::read_to_string(path).expect("a file")).expect("a world");
        let name = Path::new(path).file_stem().expect("a name").to_string_lossy().into_owned();
        let scene = stage(&world, &models(&world));
        let mut prepared = Prepared::new(&scene);
        let still = |n: u32, seed: u32| {
            let options = StillOptions { width, height, samples: n, seed };
            render_still(&prepared, &options, &go).expect("not cancelled")
        };
        let truth = still(samples, 99).frame;
        let usual = still(6, 1);
        let options = ClipOptions { width, height, n_frames: N_FRAMES, ..ClipOptions::default() };
        let mut clip = ClipRenderer::new(&mut prepared, Some(&usual.light), &options, &go).expect("not cancelled");
        let frame = (MIDDLE - WARM..=MIDDLE).map(|i| clip.render(i)).last().expect("a frame");
        let exposure = Finisher::new(&world, &scene).exposure(&truth);
        let shown = |c: &[f32; 3]| {
            let exposed = exposure.develop(Vec3::from(*c), 1.0);
            exposed / (Vec3::ONE + exposed)
        };
        println!("{name}");
        for (what, color) in [("truth", &truth.color), ("still", &usual.frame.color), ("clip", &frame.color)] {
            let mean = |from: usize| {
                let sum = |c: &[[f32; 3]]| c[from..].iter().map(|c| f64::from(shown(c).element_sum())).sum::<f64>();
                sum(color) / sum(&truth.color)
            };
            let apart = |from: usize| {
                let pairs = color[from..].iter().zip(&truth.color[from..]);
                let sum: f64 = pairs.map(|(a, b)| f64::from((shown(a) - shown(b)).abs().element_sum() / 3.0)).sum();
                sum / (color.len() - from) as f64
            };
            let low = color.len() * 2 / 3;
            println!(
                "  {what:>5}: lower third {:.4}, all {:.4}; apart {:.5}, {:.5}",
                mean(low),
                mean(0),
                apart(low),
                apart(0)
            );
            let bytes: Vec<u8> = color
                .iter()
                .flat_map(|c| shown(c).map(|v| v.powf(1.0 / 2.2) * 255.0).to_array())
                .map(|v| v as u8)
                .collect();
            let png = encode_png(width, height, Pixels::Rgb8(&bytes), &PngOptions::default()).expect("a picture");
            std::fs::write(out.join(format!("{name}-{what}.png")), png).expect("written");
        }
    }
}
