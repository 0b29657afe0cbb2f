//! `gesamt set`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::anyhow;
use gesamt_package::Medium;
use gesamt_pipeline::{AssetRequest, Event, Observer, Quality, set_files};
use serde_json::json;

use crate::args::SetArgs;
use crate::failure::Failure;
use crate::files::write_dir;
use crate::progress::Progress;
use crate::{input, world};

/// Makes a modular set.
pub fn run(args: &SetArgs) -> Result<(), Failure> {
    let words = input::prompt(args.prompt.prompt.as_deref())?;
    let seed = args.prompt.seed;
    let default = || PathBuf::from("out").join(format!("set-{}-{seed}", input::slug(&words)));
    let out = args.output.clone().unwrap_or_else(default);
    if out.exists() && !args.replace {
        let found = anyhow!("{} exists already", out.display());
        return Err(Failure::usage(found).hint("choose another -o, or give --replace"));
    }
    let preset = Quality::from(args.quality).preset();
    let texture_px = args.texture.unwrap_or(preset.texture_px);
    let request = AssetRequest { words, seed, texture_px, ao_rays: preset.ao_rays, params: BTreeMap::new() };
    let progress = Progress::new(args.json);
    let started = std::time::Instant::now();
    let medium = Medium::Assets;
    let watch = |fraction: f32| progress.event(Event::Progress { medium, fraction });
    let _ = progress.event(Event::Started { medium });
    let set = set_files(&request, &watch)?;
    write_dir(&out, set.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
        .map_err(Failure::failed)?;
    let secs = started.elapsed().as_secs_f64();
    let _ = progress.event(Event::Finished { medium, secs, is_reused: false });
    progress.emit(json!({ "event": "done", "path": out, "secs": secs }));
    for piece in set.facts["pieces"].as_array().into_iter().flatten() {
        progress.say(&format!(
            "{} {} m, {} triangles",
            piece["name"].as_str().unwrap_or_default(),
            piece["size_m"],
            piece["triangles"]
        ));
    }
    progress.say(&format!("{}: {} files, {secs:.1} s", out.display(), set.files.len()));
    if args.json { world::print(&format!("{}\n", set.facts)) } else { Ok(()) }
}
