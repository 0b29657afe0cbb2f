//! `gesamt explore`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use gesamt_package::Medium;
use gesamt_pipeline::{ContactSheet, Event, Observer, Request};
use serde_json::json;

use crate::args::ExploreArgs;
use crate::failure::Failure;
use crate::input;
use crate::progress::Progress;

/// Renders a contact sheet.
pub fn run(args: &ExploreArgs) -> Result<(), Failure> {
    let imagination = input::imagination(&args.imagination)?;
    let prompt = match (&args.prompt.prompt, &imagination.from) {
        (None, Some(world)) => gesamt_grammar::describe(world),
        (prompt, _) => input::prompt(prompt.as_deref())?,
    };
    let out = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("explore-{}.png", input::slug(&prompt))));
    let progress = Progress::new(args.json);
    let request = Request {
        seed: args.prompt.seed,
        size: Some(args.size),
        look: args.look.map(Into::into),
        imagination,
        ..Request::new(&prompt, "")
    };
    sheet(&request, args.number, &out, &progress)?;
    let look = args.look.map(|look| format!(" --look {}", gesamt_world::Look::from(look).label())).unwrap_or_default();
    let same = if args.imagination.is_plain() { "" } else { ", with the same options of imagination" };
    progress.say(&format!("then: gesamt create \"{prompt}\" --seed N{look}{same}"));
    Ok(())
}

/// Renders seeds of a request on a sheet and tells each.
pub fn sheet(request: &Request, n: u32, out: &Path, progress: &Progress) -> Result<(), Failure> {
    let started = Instant::now();
    let _ = progress.event(Event::Started { medium: Medium::Image });
    let sheet = gesamt_pipeline::explore(request, n, progress)?;
    finish(&sheet, "seed", out, started, progress)
}

/// Writes a sheet and tells its pictures by number.
pub fn finish(
    sheet: &ContactSheet,
    what: &str,
    out: &Path,
    started: Instant,
    progress: &Progress,
) -> Result<(), Failure> {
    let temporary = out.with_extension("png.tmp");
    std::fs::write(&temporary, &sheet.png)
        .and_then(|()| std::fs::rename(&temporary, out))
        .with_context(|| format!("could not write {}", out.display()))
        .map_err(|error| {
            let _ = std::fs::remove_file(&temporary);
            Failure::failed(error)
        })?;
    let secs = started.elapsed().as_secs_f64();
    let _ = progress.event(Event::Finished { medium: Medium::Image, secs, is_reused: false });
    for cell in &sheet.cells {
        progress.emit(json!({ "event": "cell", what: cell.seed, "title": cell.title, "palette": cell.palette }));
        progress.say(&format!("  {what} {:<4} {}", cell.seed, cell.title));
    }
    progress.emit(json!({ "event": "done", "path": out, "secs": secs }));
    progress.say(&format!("{}: {} pictures, row by row, {secs:.1} s", out.display(), sheet.cells.len()));
    Ok(())
}
