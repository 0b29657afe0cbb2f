//! `gesamt create` and `gesamt verify`.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use gesamt_package::Manifest;
use gesamt_pipeline::{MusicWish, Request};
use serde_json::json;

use crate::args::CreateArgs;
use crate::failure::Failure;
use crate::input;
use crate::progress::Progress;

/// Makes a package.
pub fn run(args: &CreateArgs) -> Result<(), Failure> {
    let world = args.world.as_deref().map(input::world).transpose()?;
    let imagination = input::imagination(&args.imagination)?;
    let prompt = match (&args.prompt.prompt, world.as_ref().or(imagination.from.as_ref())) {
        (None, Some(world)) => gesamt_grammar::describe(world),
        (prompt, _) => input::prompt(prompt.as_deref())?,
    };
    let default = || PathBuf::from("out").join(format!("{}-{}", input::slug(&prompt), args.prompt.seed));
    let out = args.output.clone().unwrap_or_else(default);
    let request = Request {
        seed: world.as_ref().map_or(args.prompt.seed, |w| w.seed),
        quality: args.quality.into(),
        only: args.only.iter().map(|m| (*m).into()).collect(),
        size: args.size,
        duration_secs: args.duration,
        n_assets: args.assets,
        imagination,
        world,
        replace: args.replace,
        music: MusicWish { length_secs: args.length, tempo_bpm: args.bpm, key: args.key },
        look: args.look.map(Into::into),
        passes: args.passes.iter().map(|p| (*p).into()).collect(),
        preview: args.preview(),
        ..Request::new(&prompt, out)
    };
    make(&request, &Progress::new(args.json))
}

/// Makes the package of a request and says what came of it.
pub fn make(request: &Request, progress: &Progress) -> Result<(), Failure> {
    let manifest = gesamt_pipeline::create(request, progress)?;
    report(progress, &request.out, &manifest);
    Ok(())
}

fn report(progress: &Progress, out: &Path, manifest: &Manifest) {
    let bytes: u64 = manifest.files.iter().map(|f| f.bytes).sum();
    let secs = manifest.run.seconds.get("total").copied().unwrap_or_default();
    progress.emit(json!({
        "event": "done", "path": out, "files": manifest.files.len(), "bytes": bytes, "secs": secs,
        "peak_memory_bytes": manifest.run.peak_memory_bytes,
    }));
    let memory = manifest.run.peak_memory_bytes.map(|b| format!(", {} MB of memory at most", b / 1_000_000));
    progress.say(&format!(
        "{}: {} files, {:.1} MB, {secs:.1} s{}",
        out.display(),
        manifest.files.len() + 1,
        bytes as f64 / 1e6,
        memory.unwrap_or_default()
    ));
    progress.say(&format!("open {}", out.join("index.html").display()));
}

/// Checks a package.
pub fn verify(package: &Path) -> Result<(), Failure> {
    let findings = gesamt_package::verify(package).map_err(Failure::usage)?;
    let progress = Progress::new(false);
    if findings.is_empty() {
        progress.say(&format!("{}: whole", package.display()));
        return Ok(());
    }
    for finding in &findings {
        progress.say(finding);
    }
    Err(Failure::failed(anyhow!("{} findings in {}", findings.len(), package.display())))
}
