//! `gesamt doctor`.

use std::time::Instant;

use anyhow::anyhow;
use gesamt_pipeline::{Quality, Request, Silent};

use crate::failure::Failure;
use crate::progress::Progress;

/// Checks the machine and runs every renderer once.
pub fn run() -> Result<(), Failure> {
    let progress = Progress::new(false);
    let line = |name: &str, text: String| progress.say(&format!("{name:>10}  {text}"));
    line("gesamt", env!("CARGO_PKG_VERSION").into());
    line("system", format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
    line("threads", rayon::current_num_threads().to_string());
    line("simd", gesamt_pipeline::simd_level().into());
    if let Some(bytes) = gesamt_pipeline::available_memory_bytes() {
        let verdict = if bytes < 3_000_000_000 { " (a standard package wants up to 3 GB)" } else { "" };
        line("memory", format!("{:.1} GB free{verdict}", bytes as f64 / 1e9));
    }
    let started = Instant::now();
    gesamt_prior::imagine(&gesamt_prior::Wish::new("a lantern-lit market street", 1)).map_err(Failure::failed)?;
    let model = gesamt_prior::model().map_err(Failure::failed)?;
    line(
        "model",
        format!(
            "{} with {:.1} M parameters, weights {}, a world in {:.2} s",
            model.network.config.preset,
            model.network.config.n_total() as f64 / 1e6,
            gesamt_prior::fingerprint(),
            started.elapsed().as_secs_f64()
        ),
    );
    let here = std::env::current_dir().map_err(Failure::failed)?;
    let probe = here.join(format!(".gesamt-doctor-{}", std::process::id()));
    let result = trial(&probe, &line);
    let _ = std::fs::remove_dir_all(&probe);
    result
}

/// Makes a very small package and says what each medium took.
fn trial(probe: &std::path::Path, line: &dyn Fn(&str, String)) -> Result<(), Failure> {
    let started = Instant::now();
    let request = Request {
        quality: Quality::Draft,
        size: Some([256, 144]),
        duration_secs: Some(0.5),
        n_assets: 1,
        ..Request::new("a lantern-lit market street at dusk with rain", probe)
    };
    let manifest = gesamt_pipeline::create(&request, &Silent)?;
    for medium in &manifest.media {
        let secs = manifest.run.seconds.get(medium.label()).copied().unwrap_or_default();
        line(medium.label(), format!("{secs:.2} s"));
    }
    let findings = gesamt_package::verify(probe).map_err(Failure::failed)?;
    if !findings.is_empty() {
        return Err(Failure::failed(anyhow!("the trial package is not whole: {}", findings.join("; "))));
    }
    line("verdict", format!("everything works ({:.1} s)", started.elapsed().as_secs_f64()));
    Ok(())
}
