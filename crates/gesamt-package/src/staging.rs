//! Assembling a package beside its target and moving it there when it is whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::PackageError;
use crate::manifest::{FileEntry, Manifest, Medium, Recipe};
use crate::verify::{hex, read_manifest, verify_files};

/// What stands at the output path before a run.
#[derive(Debug, PartialEq)]
pub enum Target {
    /// Nothing.
    Free,
    /// A package of the same recipe, with these media.
    Same(Vec<Medium>),
    /// Something else: a sentence about what.
    Other(String),
}

impl Target {
    /// Looks at an output path.
    #[must_use]
    pub fn inspect(path: &Path, recipe: &Recipe) -> Self {
        let Ok(metadata) = fs::symlink_metadata(path) else { return Target::Free };
        if !metadata.is_dir() {
            return Target::Other("is not a directory".into());
        }
        if fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none()) {
            return Target::Free;
        }
        match read_manifest(path) {
            Ok(manifest) if manifest.recipe == *recipe => Target::Same(manifest.media),
            Ok(manifest) => Target::Other(format!(
                "holds the package of another recipe (prompt \"{}\", seed {})",
                manifest.recipe.prompt, manifest.recipe.seed
            )),
            Err(_) => Target::Other("holds files that are not a package".into()),
        }
    }
}

#[derive(Default, Serialize, Deserialize)]
struct State {
    recipe: Option<Recipe>,
    media: BTreeMap<Medium, MediumState>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct MediumState {
    files: Vec<FileEntry>,
    facts: serde_json::Value,
    secs: f64,
}

/// A package being assembled. Dropping it keeps what is finished for the next run.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    dir: PathBuf,
    state: StateBox,
    open: BTreeMap<Medium, Vec<FileEntry>>,
    _lock: File,
}

struct StateBox(State);
impl std::fmt::Debug for StateBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.media.keys()).finish()
    }
}

const STATE: &str = ".state.json";

impl Staging {
    /// Opens the staging directory of `target` for `recipe`, taking up media that an interrupted run of the same recipe
    /// finished, or that an existing package of the same recipe holds.
    ///
    /// # Errors
    /// When the target is occupied by something else and `replace` is false, when its parent is not writable, or when
    /// another run holds the lock.
    pub fn open(target: &Path, recipe: &Recipe, replace: bool) -> Result<Self, PackageError> {
        let existing = Target::inspect(target, recipe);
        if let (Target::Other(found), false) = (&existing, replace) {
            return Err(PackageError::Occupied { path: target.to_path_buf(), found: found.clone() });
        }
        let target = std::path::absolute(target).map_err(PackageError::io("resolve", target, 0))?;
        let parent = target.parent().unwrap_or(Path::new("/")).to_path_buf();
        fs::create_dir_all(&parent).map_err(PackageError::io("create", &parent, 0))?;
        let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let dir = parent.join(format!(".{name}.partial"));
        fs::create_dir_all(&dir).map_err(PackageError::io("create", &dir, 0))?;
        let lock = lock(&dir.join(".lock"))?;
        let mut staging = Self { target, dir, state: StateBox(State::default()), open: BTreeMap::new(), _lock: lock };
        staging.take_up(recipe)?;
        if let Target::Same(_) = existing {
            staging.adopt_target()?;
        }
        Ok(staging)
    }

    /// Keeps the finished media of an earlier run of the same recipe, and clears everything else.
    fn take_up(&mut self, recipe: &Recipe) -> Result<(), PackageError> {
        let state: State =
            fs::read(self.dir.join(STATE)).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        let is_same = state.recipe.as_ref() == Some(recipe);
        let mut kept = State { recipe: Some(recipe.clone()), media: BTreeMap::new() };
        if is_same {
            kept.media =
                state.media.into_iter().filter(|(_, m)| verify_files(&self.dir, &m.files).is_empty()).collect();
        }
        let keep: Vec<PathBuf> =
            kept.media.values().flat_map(|m| m.files.iter().map(|f| self.dir.join(&f.path))).collect();
        remove_except(&self.dir, &keep)?;
        self.state = StateBox(kept);
        self.save_state()
    }

    /// Copies media that the finished package at the target already holds.
    fn adopt_target(&mut self) -> Result<(), PackageError> {
        let manifest = read_manifest(&self.target)?;
        for medium in manifest.media {
            let files: Vec<FileEntry> =
                manifest.files.iter().filter(|f| medium_of(&f.path) == Some(medium)).cloned().collect();
            if self.is_done(medium) || files.is_empty() || !verify_files(&self.target, &files).is_empty() {
                continue;
            }
            for file in &files {
                let (from, to) = (self.target.join(&file.path), self.dir.join(&file.path));
                create_parent(&to)?;
                fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop)).map_err(PackageError::io(
                    "copy",
                    &to,
                    file.bytes as usize,
                ))?;
            }
            let facts = manifest.facts.get(medium.label()).cloned().unwrap_or_default();
            let secs = manifest.run.seconds.get(medium.label()).copied().unwrap_or_default();
            self.state.0.media.insert(medium, MediumState { files, facts, secs });
        }
        self.save_state()
    }

    /// True when the medium is whole.
    #[must_use]
    pub fn is_done(&self, medium: Medium) -> bool {
        self.state.0.media.contains_key(&medium)
    }

    /// The facts of a finished medium.
    #[must_use]
    pub fn facts(&self, medium: Medium) -> Option<&serde_json::Value> {
        self.state.0.media.get(&medium).map(|m| &m.facts)
    }

    /// The media that are whole.
    #[must_use]
    pub fn media(&self) -> Vec<Medium> {
        self.state.0.media.keys().copied().collect()
    }

    /// The files of the finished media, by path.
    #[must_use]
    pub fn files(&self) -> Vec<FileEntry> {
        let mut files: Vec<FileEntry> = self.state.0.media.values().flat_map(|m| m.files.iter().cloned()).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    /// Adds a file of a medium.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, medium: Medium, path: &str, bytes: &[u8]) -> Result<(), PackageError> {
        let entry = self.write_file(path, bytes)?;
        self.open.entry(medium).or_default().push(entry);
        Ok(())
    }

    /// Declares a medium whole: from here on it survives an interruption.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn complete(&mut self, medium: Medium, facts: serde_json::Value, secs: f64) -> Result<(), PackageError> {
        let files = self.open.remove(&medium).unwrap_or_default();
        self.state.0.media.insert(medium, MediumState { files, facts, secs });
        self.save_state()
    }

    /// Reads back a file of a finished medium.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, PackageError> {
        let path = self.dir.join(path);
        fs::read(&path).map_err(PackageError::io("read", &path, 0))
    }

    /// Adds the files that belong to no medium, writes the manifest and moves the package to its target.
    ///
    /// # Errors
    /// When writing or renaming fails; the finished media stay for the next run.
    pub fn finish(mut self, mut manifest: Manifest, extra: &[(&str, Vec<u8>)]) -> Result<Manifest, PackageError> {
        let mut files = Vec::new();
        for (path, bytes) in extra {
            files.push(self.write_file(path, bytes)?);
        }
        files.extend(self.files());
        for (medium, state) in &self.state.0.media {
            manifest.facts.insert(medium.label().into(), state.facts.clone());
            manifest.run.seconds.insert(medium.label().into(), state.secs);
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        manifest.files = files;
        manifest.media = self.media();
        let mut text = serde_json::to_vec_pretty(&manifest)
            .map_err(|e| PackageError::Manifest { path: self.dir.join("package.json"), reason: e.to_string() })?;
        text.push(b'\n');
        self.write_file("package.json", &text)?;
        self.publish()?;
        Ok(manifest)
    }

    /// Swaps the staged directory into place.
    fn publish(&mut self) -> Result<(), PackageError> {
        for leftover in [STATE, ".lock"] {
            let path = self.dir.join(leftover);
            if path.exists() {
                fs::remove_file(&path).map_err(PackageError::io("remove", &path, 0))?;
            }
        }
        let old = self.dir.with_extension("replaced");
        let had_target = self.target.exists();
        if had_target {
            let _ = fs::remove_dir_all(&old);
            fs::rename(&self.target, &old).map_err(PackageError::io("move aside", &self.target, 0))?;
        }
        if let Err(source) = fs::rename(&self.dir, &self.target) {
            if had_target {
                let _ = fs::rename(&old, &self.target);
            }
            return Err(PackageError::Io { action: "move the package to", path: self.target.clone(), source });
        }
        if had_target {
            fs::remove_dir_all(&old).map_err(PackageError::io("remove", &old, 0))?;
        }
        Ok(())
    }

    /// Removes the staging directory when nothing in it is finished; returns the media that stay for the next run.
    #[must_use]
    pub fn abandon(self) -> Vec<Medium> {
        let media = self.media();
        if media.is_empty() {
            let _ = fs::remove_dir_all(&self.dir);
        }
        media
    }

    fn save_state(&self) -> Result<(), PackageError> {
        let text = serde_json::to_vec(&self.state.0)
            .map_err(|e| PackageError::Manifest { path: self.dir.join(STATE), reason: e.to_string() })?;
        self.write_file(STATE, &text).map(drop)
    }

    /// Writes through a temporary file, so that a file under its own name is whole.
    fn write_file(&self, path: &str, bytes: &[u8]) -> Result<FileEntry, PackageError> {
        let full = self.dir.join(path);
        create_parent(&full)?;
        let temporary = full.with_extension("tmp");
        let written = File::create(&temporary).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_data()
        });
        written.and_then(|()| fs::rename(&temporary, &full)).map_err(|error| {
            let _ = fs::remove_file(&temporary);
            PackageError::io("write", &full, bytes.len())(error)
        })?;
        Ok(FileEntry { path: path.into(), bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) })
    }
}

fn create_parent(path: &Path) -> Result<(), PackageError> {
    match path.parent() {
        Some(parent) => fs::create_dir_all(parent).map_err(PackageError::io("create", parent, 0)),
        None => Ok(()),
    }
}

/// The medium that a file belongs to.
fn medium_of(path: &str) -> Option<Medium> {
    match path.split('/').next()? {
        "soundtrack" => Some(Medium::Soundtrack),
        "assets" | "materials" => Some(Medium::Assets),
        "passes" if path.starts_with("passes/clip/") => Some(Medium::Clip),
        "concept.png" | "grade" | "passes" => Some(Medium::Image),
        "clip.mp4" => Some(Medium::Clip),
        _ => None,
    }
}

/// Takes the lock, which the system releases when the process ends, however it ends.
fn lock(path: &Path) -> Result<File, PackageError> {
    let file = File::create(path).map_err(PackageError::io("create", path, 0))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(PackageError::Busy { path: path.to_path_buf() }),
        Err(fs::TryLockError::Error(source)) => {
            Err(PackageError::Io { action: "lock", path: path.to_path_buf(), source })
        }
    }
}

/// Removes every file below `dir` that is not kept; the lock stays.
fn remove_except(dir: &Path, keep: &[PathBuf]) -> Result<(), PackageError> {
    for entry in fs::read_dir(dir).map_err(PackageError::io("read", dir, 0))?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            remove_except(&path, keep)?;
            let _ = fs::remove_dir(&path);
        } else if !keep.contains(&path) && entry.file_name() != ".lock" {
            fs::remove_file(&path).map_err(PackageError::io("remove", &path, 0))?;
        }
    }
    Ok(())
}
