//! Directories that are whole or not there.

use std::path::Path;

use anyhow::{Context, anyhow};

use crate::failure::Failure;

/// Refuses a directory that is there already, unless it may be replaced.
pub fn check_free(out: &Path, is_replaced: bool) -> Result<(), Failure> {
    if out.exists() && !is_replaced {
        let found = anyhow!("{} exists already", out.display());
        return Err(Failure::usage(found).hint("choose another -o, or give --replace"));
    }
    Ok(())
}

/// Writes files beside their directory's place and moves them there whole.
pub fn write_dir<'a>(out: &Path, files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> anyhow::Result<()> {
    let name = out.file_name().ok_or_else(|| anyhow!("{} is no directory name", out.display()))?;
    let staging = out.with_file_name(format!(".{}.tmp", name.to_string_lossy()));
    if staging.exists() {
        std::fs::remove_dir_all(&staging).with_context(|| format!("could not clear {}", staging.display()))?;
    }
    for (path, bytes) in files {
        let path = staging.join(path);
        let parent = path.parent().unwrap_or(&staging);
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::write(&path, bytes))
            .with_context(|| format!("could not write {}", path.display()))?;
    }
    // What was there steps aside until the new is in its place.
    let aside = out.with_file_name(format!(".{}.old", name.to_string_lossy()));
    let is_replaced = out.exists();
    if is_replaced {
        let _ = std::fs::remove_dir_all(&aside);
        std::fs::rename(out, &aside).with_context(|| format!("could not replace {}", out.display()))?;
    }
    if let Err(error) = std::fs::rename(&staging, out) {
        if is_replaced {
            let _ = std::fs::rename(&aside, out);
        }
        return Err(error).with_context(|| format!("could not write {}", out.display()));
    }
    if is_replaced {
        std::fs::remove_dir_all(&aside).with_context(|| format!("could not clear {}", aside.display()))?;
    }
    Ok(())
}
