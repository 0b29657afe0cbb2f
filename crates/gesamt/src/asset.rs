//! `gesamt asset`.

use std::path::Path;

use gesamt_pipeline::{SingleAsset, single_asset};
use serde_json::json;

use crate::args::AssetArgs;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{made, world};

/// Makes one asset.
pub fn run(args: &AssetArgs) -> Result<(), Failure> {
    let (out, request) = made::request("asset", &args.made, args.params.iter().cloned().collect())?;
    let progress = Progress::new(args.made.json);
    let (single, secs) = made::make(
        &progress,
        &out,
        |watch| single_asset(&request, watch),
        |single| single.asset.files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect(),
    )?;
    report(&progress, &out, &single, secs);
    if args.made.json { world::print(&format!("{}\n", single.facts)) } else { Ok(()) }
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
