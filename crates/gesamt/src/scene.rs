//! `gesamt scene`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::anyhow;
use gesamt_pipeline::scene_files;

use crate::args::SceneArgs;
use crate::failure::Failure;
use crate::files::{check_free, write_dir};
use crate::progress::Progress;
use crate::{input, world};

/// Writes the scene of a package's picture.
pub fn run(args: &SceneArgs) -> Result<(), Failure> {
    let (world, _) = input::source(&args.source)?;
    let name = args.source.file_stem().map_or_else(|| "world".into(), |name| name.to_string_lossy().into_owned());
    let out = args.output.clone().unwrap_or_else(|| PathBuf::from("out").join(format!("scene-{}", input::slug(&name))));
    check_free(&out, args.replace)?;
    let is_source = |path: &Path| args.source.canonicalize().is_ok_and(|source| source.starts_with(path));
    if out.canonicalize().is_ok_and(|out| is_source(&out)) {
        return Err(Failure::usage(anyhow!("{} holds the source itself", out.display())).hint("choose another -o"));
    }
    let (progress, started) = (Progress::new(false), Instant::now());
    let texture_px = args.textures.parse().unwrap_or(0);
    let scene = scene_files(&world, aspect(&args.source), texture_px)?;
    let files = scene.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    write_dir(&out, files).map_err(Failure::failed)?;
    let (facts, secs) = (&scene.facts, started.elapsed().as_secs_f64());
    progress.say(&format!(
        "{} meshes in {} places, {} triangles shown and {} stored, {} lamps, {} materials, {} textures",
        facts["meshes"],
        facts["places"],
        facts["triangles"]["shown"],
        facts["triangles"]["stored"],
        facts["lamps"],
        facts["materials"],
        facts["textures"]
    ));
    let is_beside = |path: &&str| !path.contains('/');
    let names: Vec<&str> = scene.files.iter().map(|(path, _)| path.as_str()).filter(is_beside).collect();
    progress.say(&format!("{}: {}, {secs:.1} s", out.display(), names.join(", ")));
    if args.json { world::print(&format!("{facts}\n")) } else { Ok(()) }
}

/// The width of a package's picture over its height; that of films where there is no package.
fn aspect(source: &Path) -> f32 {
    let text = std::fs::read_to_string(source.join("package.json")).unwrap_or_default();
    let size = serde_json::from_str::<serde_json::Value>(&text).ok().and_then(|manifest| {
        let side = |index: usize| manifest["recipe"]["image_size"][index].as_f64().filter(|side| *side >= 1.0);
        Some((side(0)? / side(1)?) as f32)
    });
    size.unwrap_or(16.0 / 9.0)
}
