//! `package.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The kinds of content that can be made on their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// `soundtrack/`.
    Soundtrack,
    /// `assets/` and `materials/`.
    Assets,
    /// `concept.png`, `grade/`, `passes/concept.exr`.
    Image,
    /// `clip.mp4`, `passes/clip/`.
    Clip,
}

impl Medium {
    /// Every medium, in the order of making.
    pub const ALL: [Medium; 4] = [Medium::Soundtrack, Medium::Assets, Medium::Image, Medium::Clip];

    /// The name on the command line and in the manifest.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Medium::Soundtrack => "soundtrack",
            Medium::Assets => "assets",
            Medium::Image => "image",
            Medium::Clip => "clip",
        }
    }
}

/// Everything that decides the bytes of a package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// What the user wrote.
    pub prompt: String,
    /// The seed.
    pub seed: u64,
    /// `draft`, `standard` or `final`.
    pub quality: String,
    /// Size of the still in pixels.
    pub image_size: [u32; 2],
    /// Size of the clip in pixels.
    pub clip_size: [u32; 2],
    /// Wished length of the clip in seconds; the clip is the nearest whole number of bars.
    pub clip_secs: f64,
    /// Least length of the soundtrack in seconds.
    pub soundtrack_secs: f64,
    /// Number of delivered assets.
    pub n_assets: u32,
    /// Edge of the asset textures in pixels.
    pub texture_px: u32,
    /// What imagined the world: `model` with the first digits of its weights' hash, `grammar`, or `file`.
    pub prior: String,
    /// What else shaped it: a negative prompt, guidance, a world to start from, locks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imagination: Option<String>,
    /// SHA-256 of the world when it was given as a file.
    pub world_sha256: Option<String>,
    /// Version of gesamt.
    pub version: String,
    /// The tempo that was asked for, in quarter notes per minute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tempo_bpm: Option<f64>,
    /// The key that was asked for: a tonic, or a tonic and a mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The look that was asked for beside the prompt.
    #[serde(default)]
    pub look: Option<String>,
    /// Passes for compositors that were asked for.
    #[serde(default)]
    pub passes: Vec<String>,
}

/// A file of the package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Path below the package, with forward slashes.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
}

/// Facts about the run that made a package; the only part of a package that differs between two runs of one recipe.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Wall-clock seconds of each phase.
    pub seconds: BTreeMap<String, f64>,
    /// Worker threads.
    pub threads: usize,
    /// Peak resident memory in bytes, where the system tells.
    pub peak_memory_bytes: Option<u64>,
}

/// The manifest of a package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the package format.
    pub format: u32,
    /// A title for people.
    pub title: String,
    /// How to make the same bytes again.
    pub recipe: Recipe,
    /// The media that are there.
    pub media: Vec<Medium>,
    /// Every other file, by path.
    pub files: Vec<FileEntry>,
    /// Figures by medium: loudness, triangles, samples …
    pub facts: BTreeMap<String, serde_json::Value>,
    /// The licence of the contents.
    pub licence: String,
    /// Where everything in it comes from.
    pub provenance: String,
    /// About the run.
    pub run: Run,
}
