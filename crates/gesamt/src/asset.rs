//! `gesamt asset`.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use gesamt_package::Medium;
use gesamt_pipeline::{AssetRequest, Event, Observer, Quality, SingleAsset, single_asset};
use serde_json::json;

use crate::args::AssetArgs;
use crate::failure::Failure;
use crate::files::write_dir;
use crate::progress::Progress;
use crate::{input, world};

/// Makes one asset.
pub fn run(args: &AssetArgs) -> Result<(), Failure> {
    let words = input::prompt(args.prompt.prompt.as_deref())?;
    let seed = args.prompt.seed;
    let default = || PathBuf::from("out").join(format!("asset-{}-{seed}", input::slug(&words)));
    let out = args.output.clone().unwrap_or_else(default);
    if out.exists() && !args.replace {
        let found = anyhow!("{} exists already", out.display());
        return Err(Failure::usage(found).hint("choose another -o, or give --replace"));
    }
    let preset = Quality::from(args.quality).preset();
    let request = AssetRequest {
        words,
        seed,
        texture_px: args.texture.unwrap_or(preset.texture_px),
        ao_rays: preset.ao_rays,
        params: args.params.iter().cloned().collect(),
    };
    let progress = Progress::new(args.json);
    let started = std::time::Instant::now();
    let medium = Medium::Assets;
    let watch = |fraction: f32| progress.event(Event::Progress { medium, fraction });
    let _ = progress.event(Event::Started { medium });
    let single = single_asset(&request, &watch)?;
    let files = single.asset.files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice()));
    write_dir(&out, files).map_err(Failure::failed)?;
    let secs = started.elapsed().as_secs_f64();
    let _ = progress.event(Event::Finished { medium, secs, is_reused: false });
    report(&progress, &out, &single, secs);
    if args.json { world::print(&format!("{}\n", single.facts)) } else { Ok(()) }
}

fn report(progress: &Progress, out: &Path, single: &SingleAsset, secs: f64) {
    let stats = &single.asset.stats;
    let [w, h, d] = stats.size_m;
    progress.emit(json!({ "event": "done", "path": out, "secs": secs }));
    progress.say(&format!("{}: {w:.2} x {h:.2} x {d:.2} m, {:?} triangles", single.asset.name, stats.triangles));
    let atlas = &stats.atlas;
    progress.say(&format!(
        "texels: {:.0}/m ±{:.0} %, packing {:.0} %, stretch {:.2}, padding {} px; {} hulls, {} sockets",
        atlas.texels_per_m,
        100.0 * atlas.density_spread,
        100.0 * atlas.packing,
        atlas.stretch,
        stats.padding_px,
        stats.n_hulls,
        stats.n_sockets
    ));
    progress.say(&format!("{}: {} files, {secs:.1} s", out.display(), single.asset.files.len()));
}
