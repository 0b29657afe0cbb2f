//! `gesamt score show`.

use std::path::Path;

use anyhow::Context;
use gesamt_pipeline::{MusicWish, PipelineError, ScoreView, score_view};
use gesamt_world::World;

use crate::args::ScoreArgs;
use crate::failure::Failure;
use crate::input;
use crate::world::print;

/// Prints a score, and draws what is asked for.
pub fn show(args: &ScoreArgs) -> Result<(), Failure> {
    let draws_sound = args.spectrogram.is_some() || args.waveform.is_some();
    let (world, mut view) = open(args, draws_sound)?;
    if let Some(path) = &args.spectrogram {
        write(path, view.spectrogram(&world))?;
    }
    if let Some(path) = &args.waveform {
        write(path, view.waveform(&world))?;
    }
    if let Some(path) = &args.piano_roll {
        write(path, view.piano_roll())?;
    }
    if args.json {
        let text = serde_json::to_string_pretty(&view.json()).map_err(Failure::failed)?;
        return print(&format!("{text}\n"));
    }
    print(&view.text())
}

/// The world behind the source and its score. A package's score is composed again from its world and its recipe.
fn open(args: &ScoreArgs, needs_sound: bool) -> Result<(World, ScoreView), Failure> {
    let source = &args.source;
    if !source.is_dir() {
        MusicWish { length_secs: Some(args.length), ..MusicWish::default() }.check()?;
        let world = input::world(source)?;
        let view = score_view(&world, args.length, None)?;
        return Ok((world, view));
    }
    let manifest = gesamt_package::read_manifest(source).map_err(Failure::usage)?;
    let world = input::world(&source.join("world.json"))?;
    let wav = source.join("soundtrack/soundtrack.wav");
    let wav = if needs_sound && wav.exists() { Some(read(&wav)?) } else { None };
    let view = score_view(&world, manifest.recipe.soundtrack_secs, wav.as_deref())?;
    Ok((world, view))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).with_context(|| format!("could not read {}", path.display())).map_err(Failure::failed)
}

fn write(path: &Path, png: Result<Vec<u8>, PipelineError>) -> Result<(), Failure> {
    std::fs::write(path, png?).with_context(|| format!("could not write {}", path.display())).map_err(Failure::failed)
}
