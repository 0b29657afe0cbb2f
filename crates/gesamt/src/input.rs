//! Prompts and worlds as they come from the user.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow};
use gesamt_pipeline::Imagination;
use gesamt_prior::{Lock, parse_locks};
use gesamt_world::World;

use crate::args::ImaginationArgs;
use crate::failure::Failure;

/// The longest input that is read from standard input or a file, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// The prompt as text; `-` reads standard input.
pub fn prompt(argument: Option<&OsStr>) -> Result<String, Failure> {
    let Some(argument) = argument else {
        return Err(Failure::usage(anyhow!("no prompt was given")).hint("gesamt create \"a foggy harbour at dawn\""));
    };
    let bytes = if argument == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .take(MAX_BYTES)
            .read_to_end(&mut bytes)
            .context("could not read standard input")
            .map_err(Failure::failed)?;
        bytes
    } else {
        argument.as_encoded_bytes().to_vec()
    };
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::usage(anyhow!("the prompt is not UTF-8 text: found an invalid byte at position {at}"))
            .hint("check the encoding of your terminal or file")
    })
}

/// A world from a file.
pub fn world(path: &Path) -> Result<World, Failure> {
    let read = || -> anyhow::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        std::fs::File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().with_context(|| format!("could not read {}", path.display())).map_err(Failure::usage)?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::usage(anyhow!("{} is not UTF-8 text", path.display())))?;
    World::from_json(&text)
        .with_context(|| format!("{} is not a world", path.display()))
        .map_err(|e| Failure::usage(e).hint("gesamt world --schema prints every field with its range"))
}

/// A world from a package's directory or a file, with the prompt that the package was made of.
pub fn source(path: &Path) -> Result<(World, Option<String>), Failure> {
    if !path.is_dir() {
        return Ok((world(path)?, None));
    }
    let world = world(&path.join("world.json"))?;
    let manifest = std::fs::read_to_string(path.join("package.json")).ok();
    let recipe = manifest.and_then(|text| serde_json::from_str::<gesamt_package::Manifest>(&text).ok());
    Ok((world, recipe.map(|manifest| manifest.recipe.prompt)))
}

/// How the world is imagined, from the command line.
pub fn imagination(args: &ImaginationArgs) -> Result<Imagination, Failure> {
    let from = args.from.as_deref().map(source).transpose()?.map(|(world, _)| world);
    Ok(Imagination {
        prior: args.prior.into(),
        negative: args.negative.clone(),
        n_steps: args.steps,
        guidance: args.guidance,
        strength: args.strength.unwrap_or(1.0),
        from,
        locks: locks(&args.lock)?,
    })
}

/// Groups by the names that people have for them.
pub fn locks(names: &[String]) -> Result<Vec<Lock>, Failure> {
    parse_locks(names).map_err(|error| Failure::from(gesamt_pipeline::PipelineError::from(error)))
}

/// A directory or file name from a prompt: lower-case ASCII words joined by hyphens.
pub fn slug(prompt: &str) -> String {
    let mut slug = String::new();
    for c in prompt.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "world".into() } else { slug.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_portable_file_names() {
        assert_eq!(slug("A snowed-in village, on Christmas eve!"), "a-snowed-in-village-on-christmas-eve");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("雨の市場 🌧"), "world");
        assert!(slug(&"long words ".repeat(50)).len() <= 60);
    }
}
