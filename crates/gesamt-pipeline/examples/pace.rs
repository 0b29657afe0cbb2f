//! How long the frames of a clip take, step by step.
//!
//! `cargo run --release -p gesamt-pipeline --example pace -- OUT_DIR WIDTHxHEIGHT N WORLD.json …` renders N frames from the
//! middle of each world's clip (`gesamt world "…" --json`) as `gesamt create` does, and prints the least and the median wall
//! seconds of tracing, enlarging, finishing and encoding, and the processor seconds of a frame. The last frame is left in
//! OUT_DIR as a picture and as light (`NAME.f32`: rows from the top, three little-endian numbers a pixel), so that builds can be
//! compared.

#![expect(clippy::print_stdout, reason = "a development tool reports what it measures")]

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use gesamt_finish::{Finisher, Moment};
use gesamt_media::aac::AacConfig;
use gesamt_media::h264::{VideoConfig, VideoQuality};
use gesamt_media::mp4::Mp4Clip;
use gesamt_media::png::{Pixels, PngOptions, encode_png};
use gesamt_pathtracer::{ClipOptions, ClipRenderer, Prepared, StillOptions, render_still};
use gesamt_pipeline::{models, stage, traced_size, upscale};
use gesamt_world::World;

const FPS: u32 = 24;
const N_FRAMES: u32 = 120;
const FIRST: u32 = 50;
/// Frames before the measured ones, in which the history settles.
const WARM: u32 = 8;
const STEPS: [&str; 4] = ["trace", "enlarge", "finish", "encode"];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let out = Path::new(&args[0]);
    std::fs::create_dir_all(out).expect("the output directory");
    let (w, h) = args[1].split_once('x').expect("WxH");
    let size = [w, h].map(|v| v.parse::<u32>().expect("a number of pixels"));
    let n: u32 = args[2].parse().expect("a number of frames");
    for path in &args[3..] {
        let world = World::from_json(&std::fs::read_to_string(path).expect("a file")).expect("a world");
        let name = Path::new(path).file_stem().expect("a name").to_string_lossy().into_owned();
        print!("{name}:");
        pace(&world, size, n, &out.join(&name));
    }
}

fn pace(world: &World, size: [u32; 2], n: u32, out: &Path) {
    let go = |_: f32| ControlFlow::Continue(());
    let scene = stage(world, &models(world));
    let mut prepared = Prepared::new(&scene);
    let [width, height] = traced_size(size);
    let still = render_still(&prepared, &StillOptions { width, height, samples: 4, seed: 1 }, &go).expect("a still");
    let finisher = Finisher::new(world, &scene);
    let exposure = finisher.exposure(&still.frame);
    let options = ClipOptions { width, height, fps: FPS as f32, n_frames: N_FRAMES, ..ClipOptions::default() };
    let mut clip = ClipRenderer::new(&mut prepared, Some(&still.light), &options, &go).expect("not cancelled");
    let video =
        VideoConfig { width: size[0], height: size[1], fps_num: FPS, fps_den: 1, quality: VideoQuality::Standard };
    let mut mp4 = Mp4Clip::new(video, AacConfig::default()).expect("an encoder");
    let mut laps: [Vec<f32>; 4] = Default::default();
    let mut cpu = 0.0;
    for index in FIRST..FIRST + WARM + n {
        if index == FIRST + WARM {
            laps = Default::default();
            cpu = cpu_secs();
        }
        let mut started = Instant::now();
        let mut lap =
            |step: usize| laps[step].push(std::mem::replace(&mut started, Instant::now()).elapsed().as_secs_f32());
        let traced = clip.render(index);
        lap(0);
        let frame = upscale(&traced, size);
        lap(1);
        let moment = Moment { time_secs: index as f32 / FPS as f32, frame_idx: index, ..Moment::default() };
        let camera = scene.motion.at(scene.motion.time_of_frame(index, N_FRAMES));
        let rgb = finisher.finish(&frame, &camera, exposure, &moment);
        lap(2);
        mp4.push_frame(&rgb).expect("encoded");
        lap(3);
        if index + 1 == FIRST + WARM + n {
            let png = encode_png(size[0], size[1], Pixels::Rgb8(&rgb), &PngOptions::default()).expect("a picture");
            std::fs::write(out.with_extension("png"), png).expect("written");
            let bytes: Vec<u8> = traced.color.iter().flatten().flat_map(|v| v.to_le_bytes()).collect();
            std::fs::write(out.with_extension("f32"), bytes).expect("written");
        }
    }
    let cpu = (cpu_secs() - cpu) / n as f32;
    let mut total = 0.0;
    for (step, laps) in STEPS.iter().zip(&mut laps) {
        laps.sort_by(f32::total_cmp);
        total += laps[0];
        print!(" {step} {:.3}/{:.3}", laps[0], laps[laps.len() / 2]);
    }
    println!(" s; least {total:.3} s, {cpu:.3} processor s a frame");
}

/// Processor seconds of this process so far, by Linux's account of it.
fn cpu_secs() -> f32 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = stat.rsplit(')').next().unwrap_or_default();
    let ticks = |i: usize| rest.split_whitespace().nth(i).and_then(|v| v.parse::<f32>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
