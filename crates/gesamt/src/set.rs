//! `gesamt set`.

use std::collections::BTreeMap;

use gesamt_pipeline::set_files;
use serde_json::json;

use crate::args::SetArgs;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{made, world};

/// Makes a modular set.
pub fn run(args: &SetArgs) -> Result<(), Failure> {
    let (out, request) = made::request("set", &args.made, BTreeMap::new())?;
    let progress = Progress::new(args.made.json);
    let (set, secs) = made::make(
        &progress,
        &out,
        |watch| set_files(&request, watch),
        |set| set.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect(),
    )?;
    progress.emit(json!({ "event": "done", "path": out, "secs": secs }));
    for piece in set.facts["pieces"].as_array().into_iter().flatten() {
        let name = piece["name"].as_str().unwrap_or_default();
        progress.say(&format!("{name} {} m, {} triangles", piece["size_m"], piece["triangles"]));
    }
    progress.say(&format!("{}: {} files, {secs:.1} s", out.display(), set.files.len()));
    if args.made.json { world::print(&format!("{}\n", set.facts)) } else { Ok(()) }
}
