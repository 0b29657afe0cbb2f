//! Renders the hand-made showcase worlds (or those whose names are given) as WAV files with their scores.
//!
//! `cargo run --release -p gesamt-synth --example listen -- OUT_DIR [NAME…]`
//! A name that ends in `.json` is read as a world.

use std::ops::ControlFlow;
use std::path::Path;

use gesamt_composer::{ScoreOptions, compose, midi, score_json};
use gesamt_synth::{Soundtrack, SynthOptions, render};
use gesamt_world::World;

#[path = "../../gesamt-composer/fixtures/worlds.rs"]
mod worlds;

#[expect(clippy::print_stdout, reason = "a development tool that reports to the terminal")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let out = args.next().unwrap_or_else(|| "out".into());
    let wanted: Vec<String> = args.collect();
    std::fs::create_dir_all(&out)?;
    let mut list: Vec<(String, World)> = worlds::showcase().into_iter().map(|(n, w)| (n.to_owned(), w)).collect();
    list.retain(|(name, _)| wanted.is_empty() || wanted.iter().any(|w| name.contains(w.as_str())));
    for path in wanted.iter().filter(|w| w.ends_with(".json")) {
        let name = Path::new(path).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        list.push((name, World::from_json(&std::fs::read_to_string(path)?)?));
    }
    for (name, world) in list {
        let start = std::time::Instant::now();
        let score = compose(&world, &ScoreOptions::default());
        let composed = start.elapsed().as_secs_f64();
        let track = render(&score, &world, &SynthOptions::default(), &|_| ControlFlow::Continue(()))?;
        println!(
            "{name}: {} bars, {:.1} s, composed in {composed:.2} s, rendered in {:.2} s, {:.2} LUFS, {:.2} dBTP",
            track.bars,
            score.secs(),
            start.elapsed().as_secs_f64() - composed,
            track.integrated_lufs,
            track.true_peak_dbtp
        );
        save(Path::new(&out), &name, &track)?;
        std::fs::write(Path::new(&out).join(format!("{name}.json")), score_json(&score).to_string())?;
        std::fs::write(Path::new(&out).join(format!("{name}.mid")), midi(&score))?;
    }
    Ok(())
}

fn save(out: &Path, name: &str, track: &Soundtrack) -> std::io::Result<()> {
    std::fs::write(out.join(format!("{name}.wav")), wav(&track.mix, track.sample_rate))?;
    let stems = out.join(format!("{name}_stems"));
    std::fs::create_dir_all(&stems)?;
    for stem in &track.stems {
        std::fs::write(stems.join(format!("{}.wav", stem.name)), wav(&stem.samples, track.sample_rate))?;
    }
    Ok(())
}

/// A plain 24-bit stereo WAV.
fn wav(samples: &[[i32; 2]], rate: u32) -> Vec<u8> {
    let bytes = samples.len() as u32 * 6;
    let mut out = Vec::with_capacity(bytes as usize + 44);
    out.extend(b"RIFF");
    out.extend((bytes + 36).to_le_bytes());
    out.extend(b"WAVEfmt ");
    out.extend(16u32.to_le_bytes());
    out.extend([1, 0, 2, 0]);
    out.extend(rate.to_le_bytes());
    out.extend((rate * 6).to_le_bytes());
    out.extend([6, 0, 24, 0]);
    out.extend(b"data");
    out.extend(bytes.to_le_bytes());
    for sample in samples.iter().flatten() {
        out.extend(&sample.to_le_bytes()[..3]);
    }
    out
}
