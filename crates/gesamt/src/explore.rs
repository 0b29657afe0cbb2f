//! `gesamt explore`.

use std::path::PathBuf;

use anyhow::Context;
use gesamt_package::Medium;
use gesamt_pipeline::{Event, Observer};
use serde_json::json;

use crate::args::ExploreArgs;
use crate::failure::Failure;
use crate::input;
use crate::progress::Progress;

/// Renders a contact sheet.
pub fn run(args: &ExploreArgs) -> Result<(), Failure> {
    let prompt = input::prompt(args.prompt.prompt.as_deref())?;
    let out = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("explore-{}.png", input::slug(&prompt))));
    let progress = Progress::new(args.json);
    let _ = progress.event(Event::Started { medium: Medium::Image });
    let started = std::time::Instant::now();
    let sheet = gesamt_pipeline::explore(
        &prompt,
        args.prompt.seed,
        args.number,
        args.size,
        args.look.map(Into::into),
        &progress,
    )?;
    let temporary = out.with_extension("png.tmp");
    std::fs::write(&temporary, &sheet.png)
        .and_then(|()| std::fs::rename(&temporary, &out))
        .with_context(|| format!("could not write {}", out.display()))
        .map_err(|error| {
            let _ = std::fs::remove_file(&temporary);
            Failure::failed(error)
        })?;
    let secs = started.elapsed().as_secs_f64();
    let _ = progress.event(Event::Finished { medium: Medium::Image, secs, is_reused: false });
    for cell in &sheet.cells {
        progress.emit(json!({ "event": "cell", "seed": cell.seed, "title": cell.title, "palette": cell.palette }));
        progress.say(&format!("  seed {:<4} {}", cell.seed, cell.title));
    }
    progress.emit(json!({ "event": "done", "path": out, "secs": secs }));
    progress.say(&format!("{}: {} seeds, row by row, {secs:.1} s", out.display(), sheet.cells.len()));
    let look = args.look.map(|look| format!(" --look {}", gesamt_world::Look::from(look).label())).unwrap_or_default();
    progress.say(&format!("then: gesamt create \"{prompt}\" --seed N{look}"));
    Ok(())
}
