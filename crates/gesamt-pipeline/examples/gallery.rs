//! Stills of many prompts, to look at picture by picture.
//!
//! `cargo run --release -p gesamt-pipeline --example gallery -- OUT_DIR [--prompts FILE | --random N] [--seed S]
//! [--size WxH] [--samples N] [--prior model|grammar]`. A file has one prompt per line; `--random` combines place, genre, time and weather by chance
//! and writes what each picture should show to `answers.tsv`, for a viewer who is not told. Pictures are numbered; sheets
//! of twelve and a page (`index.html`) stand beside them.

#![expect(clippy::print_stderr, reason = "a development tool reports what it draws")]

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gesamt_media::png::{Pixels, PngOptions, encode_png};
use gesamt_pathtracer::Prepared;
use gesamt_pipeline::{Request, imagine, models, picture_rgb, stage};
use gesamt_prior::Prior;
use gesamt_world::{Genre, Place, Seed, TimeOfDay, WeatherKind, World};

const COLUMNS: usize = 3;
const PER_SHEET: usize = 12;

struct Options {
    out: PathBuf,
    jobs: Vec<(String, u64)>,
    size: [u32; 2],
    samples: u32,
    prior: Prior,
}

fn main() {
    let options = options();
    std::fs::create_dir_all(&options.out).expect("the output directory");
    let (mut page, mut answers) = (String::new(), String::new());
    let mut sheet = Vec::new();
    for (i, (prompt, seed)) in options.jobs.iter().enumerate() {
        let started = Instant::now();
        let (world, rgb) = draw(prompt, *seed, &options);
        let secs = started.elapsed().as_secs_f32();
        let name = format!("{:03}.png", i + 1);
        save(&options.out.join(&name), options.size, &rgb);
        eprintln!("{name} {prompt} ({}, {secs:.1} s)", told(&world));
        let _ = writeln!(answers, "{name}\t{}\t{prompt}", told(&world));
        let caption = prompt.replace('&', "&amp;").replace('<', "&lt;");
        let _ = writeln!(page, "<figure><img src=\"{name}\"><figcaption>{} {caption}</figcaption></figure>", i + 1);
        sheet.push(rgb);
        if sheet.len() == PER_SHEET || i + 1 == options.jobs.len() {
            let path = options.out.join(format!("sheet-{:02}.png", i / PER_SHEET + 1));
            save_sheet(&path, options.size, &std::mem::take(&mut sheet));
        }
    }
    let style =
        "body{background:#111;color:#ddd;font:14px sans-serif}figure{display:inline-block;margin:6px}img{width:620px}";
    let page = format!("<!doctype html><meta charset=utf-8><title>Gallery</title><style>{style}</style>{page}");
    std::fs::write(options.out.join("index.html"), page).expect("the page");
    std::fs::write(options.out.join("answers.tsv"), answers).expect("the answers");
}

fn options() -> Options {
    let mut args = std::env::args().skip(1);
    let out = PathBuf::from(args.next().expect("an output directory"));
    let (mut prompts, mut random, mut seed, mut size, mut samples) = (None, 0, 1u64, [640, 360], 4);
    let mut prior = Prior::Model;
    while let Some(flag) = args.next() {
        let value = args.next().unwrap_or_else(|| panic!("{flag} needs a value"));
        match flag.as_str() {
            "--prompts" => prompts = Some(value),
            "--random" => random = value.parse().expect("a number"),
            "--seed" => seed = value.parse().expect("a number"),
            "--samples" => samples = value.parse().expect("a number"),
            "--prior" => prior = if value == "grammar" { Prior::Grammar } else { Prior::Model },
            "--size" => {
                let (w, h) = value.split_once('x').expect("WxH");
                size = [w.parse().expect("a width"), h.parse().expect("a height")];
            }
            other => panic!("found {other}, expected --prompts, --random, --seed, --samples, --size or --prior"),
        }
    }
    let jobs = match prompts {
        Some(file) => {
            let text = std::fs::read_to_string(&file).expect("the file of prompts");
            text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).map(|l| (l.to_owned(), seed)).collect()
        }
        None => (0..random).map(|i| (chance_prompt(seed, i), seed + i)).collect(),
    };
    Options { out, jobs, size, samples, prior }
}

/// A prompt that names place, genre, time and weather drawn by chance.
fn chance_prompt(seed: u64, index: u64) -> String {
    let mut rng = Seed(seed).child("gallery").index(index).rng();
    // Places and genres take turns, so that a few dozen pictures hold all of them.
    let place = Place::ALL[(index as usize * 11 + seed as usize) % Place::ALL.len()];
    let genre = Genre::ALL[(index as usize * 5 + index as usize / 16 + seed as usize) % Genre::ALL.len()];
    let time = TimeOfDay::ALL[rng.below(TimeOfDay::ALL.len())];
    let weather = WeatherKind::ALL[rng.below(WeatherKind::ALL.len())];
    let words = |label: &str| label.replace('_', " ");
    format!("{} {} at {}, {}", words(genre.label()), words(place.label()), time.label(), weather.label())
}

fn told(world: &World) -> String {
    let (s, t, w) = (&world.setting, world.sky.time_of_day, world.weather.kind);
    format!("{} {} {t} {w}", s.genre, s.place)
}

fn draw(prompt: &str, seed: u64, options: &Options) -> (World, Vec<u8>) {
    let mut request = Request { seed, ..Request::new(prompt, "") };
    request.imagination.prior = options.prior;
    let (world, _) = imagine(&request).expect("a prompt");
    let scene = stage(&world, &models(&world));
    let prepared = Prepared::new(&scene);
    let rgb = picture_rgb(&world, &scene, &prepared, options.size, options.samples, &|_| ControlFlow::Continue(()))
        .expect("a picture");
    (world, rgb)
}

fn save(path: &Path, [width, height]: [u32; 2], rgb: &[u8]) {
    let png = encode_png(width, height, Pixels::Rgb8(rgb), &PngOptions::default()).expect("a PNG");
    std::fs::write(path, png).expect("the picture");
}

fn save_sheet(path: &Path, [width, height]: [u32; 2], pictures: &[Vec<u8>]) {
    let (w, h) = (width as usize, height as usize);
    let stride = COLUMNS * w * 3;
    let rows = pictures.len().div_ceil(COLUMNS);
    let mut sheet = vec![0u8; stride * h * rows];
    for (i, picture) in pictures.iter().enumerate() {
        for (y, line) in picture.chunks_exact(w * 3).enumerate() {
            let at = (i / COLUMNS * h + y) * stride + i % COLUMNS * w * 3;
            sheet[at..at + line.len()].copy_from_slice(line);
        }
    }
    save(path, [(COLUMNS * w) as u32, (rows * h) as u32], &sheet);
}
