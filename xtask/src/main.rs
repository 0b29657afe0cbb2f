//! Chores of the repository.
//!
//! `cargo xtask test` runs every test: unit, law and integration tests, then a real package of the sample prompt that
//! third-party validators judge. `cargo xtask lint` checks formatting, lints and licences.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

const HELP: &str = "cargo xtask test       every test, third-party validators included
cargo xtask validate [PACKAGE]   only the validators, on a package (a fresh draft of the sample prompt when absent)
cargo xtask lint       formatting, clippy and licences";

const PROMPT: &str = "abandoned cyberpunk marketplace at dusk with rain";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words[..] {
        ["test"] => test(),
        ["validate"] => draft_package().and_then(|package| validate(&package)),
        ["validate", package] => validate(Path::new(package)),
        ["lint"] => lint(),
        _ => {
            say(HELP);
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn test() -> Result<()> {
    run(cargo().args(["test", "--release", "--workspace", "--quiet"]))?;
    validate(&draft_package()?)?;
    say("all tests and validators passed");
    Ok(())
}

fn lint() -> Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))?;
    run(cargo().args(["clippy", "--release", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))?;
    if !is_installed("cargo-deny") {
        say("installing cargo-deny, which checks licences");
        run(cargo().args(["install", "cargo-deny", "--locked", "--quiet"]))?;
    }
    run(cargo().args(["deny", "check", "licenses", "bans", "sources"]))
}

/// A draft of the sample prompt, made by the real program.
fn draft_package() -> Result<PathBuf> {
    let package = root().join("target/validate/package");
    let _ = std::fs::remove_dir_all(&package);
    run(cargo()
        .args([
            "run",
            "--release",
            "--quiet",
            "--package",
            "gesamt",
            "--",
            "create",
            PROMPT,
            "--quality",
            "draft",
            "--passes",
            "depth,normal,albedo",
            "-o",
        ])
        .arg(&package))?;
    Ok(package)
}

/// The scene of a package's picture, made by the real program.
fn scene_of(package: &Path) -> Result<PathBuf> {
    let scene = root().join("target/validate/scene");
    run(cargo()
        .args(["run", "--release", "--quiet", "--package", "gesamt", "--", "scene"])
        .arg(package)
        .args(["--replace", "-o"])
        .arg(&scene))?;
    Ok(scene)
}

/// Lets tools of other makers judge a package and the scene of its picture.
fn validate(package: &Path) -> Result<()> {
    let package = &package.canonicalize().with_context(|| format!("there is no package at {}", package.display()))?;
    let scene = scene_of(package)?;
    let here = root().join("validators");
    let home = root().join("target/validators");
    std::fs::create_dir_all(&home)?;
    say(
        "fetching validators: gltf-validator, ffprobe, ffmpeg and playwright-core through npm; jsonschema, mido, Pillow, OpenEXR and usd-core through pip",
    );
    for file in ["package.json", "package-lock.json"] {
        std::fs::copy(here.join(file), home.join(file)).with_context(|| format!("could not copy {file}"))?;
    }
    run(Command::new("npm").args(["ci", "--silent", "--no-audit", "--no-fund"]).current_dir(&home))?;
    let venv = home.join("venv");
    if !venv.join("bin/python").exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    }
    let python = venv.join("bin/python");
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
        .arg(here.join("requirements.txt")))?;
    let schema = root().join("crates/gesamt-world/world.schema.json");
    run(Command::new(&python).arg(here.join("validate.py")).arg(package).arg(schema).arg(&scene))?;
    // Node looks for packages beside the script.
    let script = home.join("validate.mjs");
    std::fs::copy(here.join("validate.mjs"), &script)?;
    run(Command::new("node").arg(script).arg(package).arg(scene))
}

fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("could not start {program}; is it installed?"))?;
    if !status.success() {
        bail!("{program} failed ({status}): {command:?}");
    }
    Ok(())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

#[expect(clippy::print_stderr, reason = "a tool for people")]
fn say(line: &str) {
    eprintln!("{line}");
}
