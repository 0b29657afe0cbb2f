//! `gesamt remix` and `gesamt blend`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use gesamt_package::Medium;
use gesamt_pipeline::{Event, Imagination, Observer, PipelineError, Request};

use crate::args::{BlendArgs, RemixArgs};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::{create, explore, input};

/// Varies a package.
pub fn run(args: &RemixArgs) -> Result<(), Failure> {
    let (from, made_of) = input::source(&args.source)?;
    let prompt = args.prompt.clone().or(made_of).unwrap_or_else(|| gesamt_grammar::describe(&from));
    let name = args.source.file_stem().map_or_else(|| "world".into(), |name| name.to_string_lossy().into_owned());
    let request = Request {
        seed: args.seed,
        quality: args.quality.into(),
        only: args.only.iter().map(|m| (*m).into()).collect(),
        replace: args.replace,
        imagination: Imagination {
            from: Some(from),
            strength: args.strength,
            locks: input::locks(&args.lock)?,
            ..Imagination::default()
        },
        ..Request::new(&prompt, "")
    };
    let progress = Progress::new(args.json);
    let slug = input::slug(&name);
    if let Some(n) = args.number {
        let out = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("remix-{slug}.png")));
        let request = Request { size: Some([320, 180]), ..request };
        return explore::sheet(&request, n, &out, &progress);
    }
    let default = || PathBuf::from("out").join(format!("remix-{slug}-{}", args.seed));
    let out = args.output.clone().unwrap_or_else(default);
    create::make(&Request { out, ..request }, &progress)
}

/// Worlds on the way from one to another.
pub fn blend(args: &BlendArgs) -> Result<(), Failure> {
    let (a, b) = (input::source(&args.a)?.0, input::source(&args.b)?.0);
    let way = gesamt_prior::blend(&a, &b, args.number).map_err(PipelineError::from)?;
    let progress = Progress::new(args.json);
    let started = Instant::now();
    std::fs::create_dir_all(&args.output).with_context(|| say(&args.output)).map_err(Failure::failed)?;
    let numbered: Vec<_> = (1..).zip(way).collect();
    for (number, world) in &numbered {
        let path = args.output.join(format!("{number:02}.world.json"));
        std::fs::write(&path, world.to_json()).with_context(|| say(&path)).map_err(Failure::failed)?;
    }
    let _ = progress.event(Event::Started { medium: Medium::Image });
    let sheet = gesamt_pipeline::contact_sheet(&numbered, args.size, &progress)?;
    explore::finish(&sheet, "world", &args.output.join("blend.png"), started, &progress)
}

fn say(path: &Path) -> String {
    format!("could not write {}", path.display())
}
