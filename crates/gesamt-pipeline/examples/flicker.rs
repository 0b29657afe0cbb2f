//! How steady clips are, and how the looks look.
//!
//! `cargo run --release -p gesamt-pipeline --example flicker -- OUT_DIR [--size WxH] WORLD.json …` renders the middle frames
//! of each world's clip (`gesamt world "…" --json`) at 320 × 180 or that size, the usual way and
//! with 16 full samples per pixel and frame (and in its key views), and prints the mean warped frame-to-frame error of both and their ratio: each frame is compared with the one before, taken
//! to its view along the known depths, where both show the same surface; in exposed light x / (1 + x), weather, bloom and
//! grain left out. Pictures beside it show where the error lies, ten times as bright.
//!
//! With `--looks` instead it writes the still at 1920 × 1080 and frames of the clip in all four looks.

#![expect(clippy::print_stdout, reason = "a development tool reports what it measures")]

use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use gesamt_finish::{Exposure, Finisher, Moment};
use gesamt_media::png::{Pixels, PngOptions, encode_png};
use gesamt_pathtracer::{ClipOptions, ClipRenderer, Prepared, StillOptions, StillOutput, render_still};
use gesamt_pipeline::{models, stage};
use gesamt_scene::{Camera, Frame, Scene};
use gesamt_world::{Look, World};
use glam::{Vec2, Vec3};

const N_FRAMES: u32 = 120;
const FIRST: u32 = 50;
/// Frames before the measured ones, in which the history settles.
const WARM: u32 = 10;
const MEASURED: u32 = 4;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let out = Path::new(&args[0]);
    std::fs::create_dir_all(out).expect("the output directory");
    let (mut size, mut shows_looks, mut worlds) = ([320, 180], false, Vec::new());
    let mut rest = args[1..].iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--looks" => shows_looks = true,
            "--size" => {
                let (w, h) = rest.next().and_then(|size| size.split_once('x')).expect("a size as 1280x720");
                size = [w, h].map(|n| n.parse().expect("a number of pixels"));
            }
            path => worlds.push(path),
        }
    }
    for (i, path) in worlds.iter().enumerate() {
        let text = std::fs::read_to_string(path).expect("a file");
        let world = World::from_json(&text).expect("a world");
        let scene = stage(&world, &models(&world));
        let mut prepared = Prepared::new(&scene);
        if shows_looks {
            looks(out, i, size, &world, &scene, &mut prepared);
        } else {
            println!("{path}");
            measure(out, i, size, &world, &scene, &mut prepared);
        }
    }
}

fn still(prepared: &Prepared, [width, height]: [u32; 2]) -> StillOutput {
    let options = StillOptions { width, height, samples: 6, seed: 1 };
    render_still(prepared, &options, &|_| ControlFlow::Continue(())).expect("not cancelled")
}

fn looks(out: &Path, index: usize, size: [u32; 2], world: &World, scene: &Scene, prepared: &mut Prepared) {
    let still = still(prepared, [1920, 1080]);
    let clip = frames(scene, prepared, &still, size, 0, 3);
    for &look in Look::ALL {
        let mut world = world.clone();
        world.grade.look = look;
        let finisher = Finisher::new(&world, scene);
        let exposure = finisher.exposure(&still.frame);
        let moment = Moment { time_secs: 2.0, ..Moment::default() };
        let started = Instant::now();
        let rgb = finisher.finish(&still.frame, &scene.camera, exposure, &moment);
        println!("{look}: finished in {:.2} s", started.elapsed().as_secs_f32());
        save(&out.join(format!("{index}-{look}.png")), [1920, 1080], &rgb);
        for (k, (frame, camera)) in clip.iter().enumerate() {
            let frame_idx = FIRST + k as u32;
            let moment = Moment { time_secs: frame_idx as f32 / 24.0, frame_idx, ..Moment::default() };
            let rgb = finisher.finish(frame, camera, exposure, &moment);
            save(&out.join(format!("{index}-{look}-clip{k}.png")), size, &rgb);
        }
    }
}

fn measure(out: &Path, index: usize, size: [u32; 2], world: &World, scene: &Scene, prepared: &mut Prepared) {
    let still = still(prepared, size);
    let exposure = Finisher::new(world, scene).exposure(&still.frame);
    let mut report = |name: &str, full_passes: u32| {
        let started = Instant::now();
        let warm = if full_passes == 0 { WARM } else { 0 };
        let frames = frames(scene, prepared, &still, size, full_passes, warm + MEASURED);
        let secs = started.elapsed().as_secs_f32() / frames.len() as f32;
        let frames = &frames[warm as usize..];
        let mut map = vec![0.0f32; (size[0] * size[1]) as usize];
        let errors: Vec<f32> =
            frames.windows(2).map(|pair| warped_error(&pair[0], &pair[1], exposure, &mut map)).collect();
        let mean = errors.iter().sum::<f32>() / errors.len() as f32;
        let bytes: Vec<u8> =
            map.iter().flat_map(|e| [(e / errors.len() as f32 * 2550.0).min(255.0) as u8; 3]).collect();
        save(&out.join(format!("{index}-{name}-error.png")), size, &bytes);
        save(&out.join(format!("{index}-{name}.png")), size, &shown(&frames[MEASURED as usize / 2].0, exposure));
        println!("  {name:>9}: {:.5} ({secs:.2} s a frame)", mean);
        mean
    };
    let (usual, reference) = (report("usual", 0), report("reference", 16));
    println!("  flicker ratio {:.2}", usual / reference);
}

fn frames(
    scene: &Scene,
    prepared: &mut Prepared,
    still: &StillOutput,
    [width, height]: [u32; 2],
    full_passes: u32,
    n: u32,
) -> Vec<(Frame, Camera)> {
    let options = ClipOptions { width, height, n_frames: N_FRAMES, full_passes, ..ClipOptions::default() };
    let mut clip = ClipRenderer::new(prepared, Some(&still.light), &options, &|_| ControlFlow::Continue(()))
        .expect("not cancelled");
    let first = if n > MEASURED || full_passes == 0 { FIRST } else { FIRST + WARM };
    (first..first + n).map(|i| (clip.render(i), scene.motion.at(scene.motion.time_of_frame(i, N_FRAMES)))).collect()
}

fn value(light: [f32; 3], exposure: Exposure) -> Vec3 {
    let exposed = exposure.develop(Vec3::from(light), 1.0);
    exposed / (Vec3::ONE + exposed)
}

fn shown(frame: &Frame, exposure: Exposure) -> Vec<u8> {
    frame
        .color
        .iter()
        .flat_map(|c| value(*c, exposure).map(|v| v.powf(1.0 / 2.2) * 255.0).to_array())
        .map(|v| v as u8)
        .collect()
}

/// Mean absolute difference of a frame from the one before, where both show the same surface.
fn warped_error(before: &(Frame, Camera), now: &(Frame, Camera), exposure: Exposure, map: &mut [f32]) -> f32 {
    let (w, h) = (now.0.width as usize, now.0.height as usize);
    let aspect = w as f32 / h as f32;
    let (mut sum, mut n) = (0.0f64, 0u32);
    for (i, error) in map.iter_mut().enumerate() {
        let depth = now.0.depth[i];
        if !depth.is_finite() {
            continue;
        }
        let place = Vec2::new(((i % w) as f32 + 0.5) / w as f32, ((i / w) as f32 + 0.5) / h as f32);
        let direction = now.1.direction(place, aspect);
        let axial = -now.1.world_from_camera().z_axis.dot(direction);
        let point = now.1.position + direction * (depth / axial);
        let Some((at, z)) = before.1.project(point, aspect) else { continue };
        let at = at * Vec2::new(w as f32, h as f32) - 0.5;
        let Some(old) = bilinear(&before.0, at, z, exposure) else { continue };
        let difference = (value(now.0.color[i], exposure) - old).abs().element_sum() / 3.0;
        *error += difference;
        sum += f64::from(difference);
        n += 1;
    }
    (sum / f64::from(n.max(1))) as f32
}

/// The value between four pixels; `None` unless all show the surface at this depth.
fn bilinear(frame: &Frame, at: Vec2, z: f32, exposure: Exposure) -> Option<Vec3> {
    let base = at.floor();
    let (w, h) = (frame.width as i32, frame.height as i32);
    let (x, y) = (base.x as i32, base.y as i32);
    if x < 0 || y < 0 || x + 1 >= w || y + 1 >= h {
        return None;
    }
    let f = at - base;
    let mut sum = Vec3::ZERO;
    for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        let i = ((y + dy) * w + x + dx) as usize;
        if (frame.depth[i] - z).abs() > 0.03 * z {
            return None;
        }
        let share = (if dx == 1 { f.x } else { 1.0 - f.x }) * (if dy == 1 { f.y } else { 1.0 - f.y });
        sum += value(frame.color[i], exposure) * share;
    }
    Some(sum)
}

fn save(path: &Path, [width, height]: [u32; 2], rgb: &[u8]) {
    let png = encode_png(width, height, Pixels::Rgb8(rgb), &PngOptions::default()).expect("a PNG");
    std::fs::write(path, png).expect("the picture");
}
