//! What `gesamt asset` and `gesamt set` share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use gesamt_package::Medium;
use gesamt_pipeline::{AssetRequest, Event, Observer, PipelineError, Quality};

use crate::args::MadeArgs;
use crate::failure::Failure;
use crate::files::{check_free, write_dir};
use crate::input;
use crate::progress::Progress;

/// Where the files of a command go, and what is asked for.
pub fn request(
    command: &str,
    args: &MadeArgs,
    params: BTreeMap<String, f32>,
) -> Result<(PathBuf, AssetRequest), Failure> {
    let words = input::prompt(args.prompt.prompt.as_deref())?;
    let seed = args.prompt.seed;
    let default = || PathBuf::from("out").join(format!("{command}-{}-{seed}", input::slug(&words)));
    let out = args.output.clone().unwrap_or_else(default);
    check_free(&out, args.replace)?;
    let preset = Quality::from(args.quality).preset();
    let texture_px = args.texture.unwrap_or(preset.texture_px);
    Ok((out, AssetRequest { words, seed, texture_px, ao_rays: preset.ao_rays, params }))
}

/// Shows progress while something is made and its files are written; returns it with the seconds that it took.
pub fn make<T>(
    progress: &Progress,
    out: &Path,
    work: impl FnOnce(&(dyn Fn(f32) -> std::ops::ControlFlow<()> + Sync)) -> Result<T, PipelineError>,
    files: impl FnOnce(&T) -> Vec<(&str, &[u8])>,
) -> Result<(T, f64), Failure> {
    let (started, medium) = (Instant::now(), Medium::Assets);
    let _ = progress.event(Event::Started { medium });
    let made = work(&|fraction| progress.event(Event::Progress { medium, fraction }))?;
    write_dir(out, files(&made)).map_err(Failure::failed)?;
    let secs = started.elapsed().as_secs_f64();
    let _ = progress.event(Event::Finished { medium, secs, is_reused: false });
    Ok((made, secs))
}
