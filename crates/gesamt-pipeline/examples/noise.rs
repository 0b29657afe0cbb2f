//! How far stills of few samples are from one of many, and how long they take.
//!
//! `cargo run --release -p gesamt-pipeline --example noise -- OUT_DIR [--samples N,N,…] [--reference N] [--clear] WORLD.json …` renders
//! each world (`gesamt world "…" --json`) at 480 × 270 and prints, for each number of samples, the seconds (the fastest of three) and the mean squared
//! relative error (relMSE, pixels of the worst 0.1 % left out) of the light before view transform and grain. The reference is
//! kept as `OUT_DIR/K.f32` (K counts worlds from 0; rows from the top, three little-endian numbers a pixel) and made where it
//! is missing, of another seed.
//!
//! With `--clear` the air is taken out of the scene, surfaces are the means of their materials, and what is left stands in `OUT_DIR/K/scene.usda` for other renderers:
//! `validators/equal_error.py`.

#![expect(clippy::print_stdout, reason = "a development tool reports what it measures")]

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gesamt_export::{Parts, SKY_FILE, sky_exr, usda};
use gesamt_pathtracer::{Prepared, StillOptions, render_still};
use gesamt_pipeline::{models, stage};
use gesamt_scene::{Fog, Scene};
use gesamt_world::World;

const SIZE: [u32; 2] = [480, 270];
const RUNS: usize = 3;

struct Options {
    out: PathBuf,
    counts: Vec<u32>,
    reference: u32,
    is_clear: bool,
    worlds: Vec<String>,
}

fn main() -> std::io::Result<()> {
    let options = options();
    for (index, path) in options.worlds.iter().enumerate() {
        let world = World::from_json(&std::fs::read_to_string(path)?).expect("a world");
        let mut scene = stage(&world, &models(&world));
        if options.is_clear {
            scene.fog = Fog { density: 0.0, ambient: [0.0; 3], is_water: false, ..scene.fog };
            write_scene(&options.out.join(index.to_string()), &world, &scene)?;
        }
        let started = Instant::now();
        let prepared = if options.is_clear { Prepared::plain(&scene) } else { Prepared::new(&scene) };
        println!("{index}: {path}: prepared in {:.2} s, {}", started.elapsed().as_secs_f32(), prepared.summary());
        let truth = reference(&options, index, &prepared)?;
        for &n in &options.counts {
            let runs: Vec<_> = (0..RUNS).map(|_| light(&prepared, n, 1)).collect();
            let secs = runs.iter().map(|run| run.1).fold(f32::INFINITY, f32::min);
            println!("  {n:>4} samples {secs:6.2} s, relMSE {:.5}", rel_mse(&runs[0].0, &truth));
        }
    }
    Ok(())
}

fn options() -> Options {
    let mut args = std::env::args().skip(1);
    let out = PathBuf::from(args.next().expect("an output directory"));
    let mut options =
        Options { out, counts: vec![2, 4, 6, 12, 24], reference: 1024, is_clear: false, worlds: Vec::new() };
    while let Some(arg) = args.next() {
        let mut value = || args.next().expect("a value");
        match arg.as_str() {
            "--samples" => {
                options.counts = value().split(',').map(|n| n.parse().expect("a number of samples")).collect();
            }
            "--reference" => options.reference = value().parse().expect("a number of samples"),
            "--clear" => options.is_clear = true,
            _ => options.worlds.push(arg),
        }
    }
    options
}

fn write_scene(folder: &Path, world: &World, scene: &Scene) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let parts = Parts::of(world, scene, SIZE[0] as f32 / SIZE[1] as f32, 0).expect("no pictures, no error");
    std::fs::write(folder.join("scene.usda"), usda(&parts, "scene"))?;
    std::fs::write(folder.join(SKY_FILE), sky_exr(&parts.sky).expect("a sky"))
}

/// The reference, read where it is there already.
fn reference(options: &Options, index: usize, prepared: &Prepared) -> std::io::Result<Vec<[f32; 3]>> {
    let path = options.out.join(format!("{index}.f32"));
    if let Ok(bytes) = std::fs::read(&path) {
        let values: Vec<f32> =
            bytes.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().expect("four bytes"))).collect();
        return Ok(values.as_chunks().0.to_vec());
    }
    let (color, secs) = light(prepared, options.reference, 99);
    println!("  {:>4} samples {secs:6.2} s, the reference", options.reference);
    let bytes: Vec<u8> = color.iter().flatten().flat_map(|v| v.to_le_bytes()).collect();
    std::fs::create_dir_all(&options.out)?;
    std::fs::write(path, bytes)?;
    Ok(color)
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
