//! `gesamt world`.

use std::io::Write;

use gesamt_grammar::{describe, explain};
use gesamt_pipeline::{PipelineError, Request};
use gesamt_prior::{Imagined, Prior};
use gesamt_world::World;

use crate::args::WorldArgs;
use crate::failure::Failure;
use crate::input;

/// Prints a world.
pub fn run(args: &WorldArgs) -> Result<(), Failure> {
    if args.schema {
        let text = serde_json::to_string_pretty(&World::json_schema()).map_err(Failure::failed)?;
        return print(&format!("{text}\n"));
    }
    let imagination = input::imagination(&args.imagination)?;
    let prompt = match (&args.prompt.prompt, &imagination.from) {
        (None, Some(_)) => String::new(),
        (prompt, _) => input::prompt(prompt.as_deref())?,
    };
    let request = Request { seed: args.prompt.seed, imagination, ..Request::new(&prompt, "") };
    let mut imagined = gesamt_prior::imagine(&request.wish()).map_err(PipelineError::from)?;
    if let Some(look) = args.look {
        imagined.world.grade.look = look.into();
    }
    if args.explain {
        let lines = explanation(&prompt, &imagined, request.imagination.prior)?;
        let text = lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        if args.json {
            note(&text);
        } else {
            print(&format!("{text}\n"))?;
        }
    }
    if args.json { print(&imagined.world.to_json()) } else { print(&summary(&imagined.world)) }
}

/// What the rules read, what each word does to the model, and what of its world had to be mended.
fn explanation(prompt: &str, imagined: &Imagined, prior: Prior) -> Result<Vec<String>, Failure> {
    let mut lines = explain(&imagined.understanding);
    if prior == Prior::Model && !prompt.is_empty() {
        lines.extend(gesamt_prior::explain(prompt).map_err(PipelineError::from)?);
    }
    if !imagined.mended.is_empty() {
        lines.push(format!("mended by rule: {}", imagined.mended.join("; ")));
    }
    Ok(lines)
}

/// A world in a few lines.
fn summary(world: &World) -> String {
    let list = |items: Vec<String>| items.join(", ");
    let mut lines = vec![describe(world)];
    let mut line = |name: &str, text: String| lines.push(format!("{name:>10}  {text}"));
    line("setting", format!("{} · {}", world.setting.place, world.setting.genre));
    line(
        "light",
        format!(
            "{}, sun {:.0}°, {} {:.1}",
            world.sky.time_of_day, world.sky.sun_elevation_deg, world.weather.kind, world.weather.intensity
        ),
    );
    line("palette", list(world.palette.iter().map(|e| format!("{} {}", e.role, e.hex)).collect()));
    line("look", world.grade.look.to_string());
    line(
        "materials",
        format!("{}, {}, ground {}", world.materials.primary, world.materials.secondary, world.materials.ground),
    );
    line("assets", list(world.assets.iter().map(|a| a.name.clone()).collect()));
    line(
        "music",
        format!(
            "{} {}, {} bpm, {}/{}; {}",
            world.harmony.key,
            world.harmony.mode,
            world.rhythm.tempo_bpm,
            world.rhythm.beats_per_bar,
            world.rhythm.beat_unit,
            list(world.timbre.parts.iter().map(|p| p.instrument.to_string()).collect())
        ),
    );
    line("ambience", list(world.ambience.layers.iter().map(|l| l.layer.to_string()).collect()));
    line(
        "camera",
        format!("{} mm at {} m, {}", world.camera.focal_length_mm, world.camera.height_m, world.motion.camera_move),
    );
    lines.join("\n") + "\n"
}

/// Writes data to standard output; a reader that stopped reading is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::failed(error)),
        _ => Ok(()),
    }
}

#[expect(clippy::print_stderr, reason = "explanations go to standard error when standard output carries the world")]
fn note(text: &str) {
    eprint!("{text}");
}
