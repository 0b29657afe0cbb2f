//! Clips as strips of frames.
//!
//! `cargo run --release -p gesamt-pipeline --example strip -- OUT_DIR WIDTHxHEIGHT N SECS WORLD.json …` renders the beginning of
//! each world's clip (`gesamt world "…" --json`), SECS long, and writes N of its frames in rows of three as one picture. Seconds
//! per frame are those of the renderer alone.

#![expect(clippy::print_stdout, reason = "a development tool reports what it measures")]

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use gesamt_finish::{Finisher, Moment};
use gesamt_media::png::{Pixels, PngOptions, encode_png};
use gesamt_pathtracer::{ClipOptions, ClipRenderer, Prepared, StillOptions, render_still};
use gesamt_pipeline::{models, stage};
use gesamt_world::World;

const FPS: f32 = 24.0;
const COLUMNS: usize = 3;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let out = Path::new(&args[0]);
    std::fs::create_dir_all(out).expect("the output directory");
    let (w, h) = args[1].split_once('x').expect("WxH");
    let size = [w, h].map(|v| v.parse::<u32>().expect("a number of pixels"));
    let n: usize = args[2].parse().expect("a number of frames");
    let secs: f32 = args[3].parse().expect("a length in seconds");
    for path in &args[4..] {
        let world = World::from_json(&std::fs::read_to_string(path).expect("a file")).expect("a world");
        let (sheet, each) = strip(&world, size, n, secs);
        let name = Path::new(path).file_stem().expect("a name").to_string_lossy().into_owned();
        let rows = n.div_ceil(COLUMNS) as u32;
        let png = encode_png(size[0] * COLUMNS as u32, size[1] * rows, Pixels::Rgb8(&sheet), &PngOptions::default());
        std::fs::write(out.join(format!("{name}.png")), png.expect("a picture")).expect("written");
        println!("{name}: {each:.2} s a frame");
    }
}

fn strip(world: &World, [width, height]: [u32; 2], n: usize, secs: f32) -> (Vec<u8>, f32) {
    let go = |_: f32| ControlFlow::Continue(());
    let scene = stage(world, &models(world));
    let mut prepared = Prepared::new(&scene);
    let options = StillOptions { width, height, samples: 6, seed: 1 };
    let still = render_still(&prepared, &options, &go).expect("not cancelled");
    let finisher = Finisher::new(world, &scene);
    let exposure = finisher.exposure(&still.frame);
    let n_frames = (secs * FPS) as u32;
    let options = ClipOptions { width, height, fps: FPS, n_frames, ..ClipOptions::default() };
    let mut clip = ClipRenderer::new(&mut prepared, Some(&still.light), &options, &go).expect("not cancelled");
    let loop_secs = scene.motion.loops().then_some(secs);
    let (w, h) = (width as usize, height as usize);
    let mut sheet = vec![0; COLUMNS * w * n.div_ceil(COLUMNS) * h * 3];
    let mut rendering = 0.0;
    for index in 0..n_frames {
        let started = Instant::now();
        let frame = clip.render(index);
        rendering += started.elapsed().as_secs_f32();
        let shown = (0..n).find(|k| (k * (n_frames as usize - 1) / (n - 1).max(1)) == index as usize);
        let Some(k) = shown else { continue };
        let moment = Moment { time_secs: index as f32 / FPS, frame_idx: index, loop_secs, ..Moment::default() };
        let camera = scene.motion.at(scene.motion.time_of_frame(index, n_frames));
        let rgb = finisher.finish(&frame, &camera, exposure, &moment);
        for (y, row) in rgb.chunks_exact(w * 3).enumerate() {
            let at = ((k / COLUMNS * h + y) * COLUMNS + k % COLUMNS) * w * 3;
            sheet[at..at + w * 3].copy_from_slice(row);
        }
    }
    (sheet, rendering / n_frames as f32)
}
