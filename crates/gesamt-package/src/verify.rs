//! Reading and checking a finished package.

use std::fs;
use std::path::{Component, Path};

use sha2::{Digest, Sha256};

use crate::error::PackageError;
use crate::manifest::{FileEntry, Manifest};

/// The largest manifest that is read, in bytes.
const MAX_MANIFEST_BYTES: u64 = 16 << 20;

/// Reads `package.json`.
///
/// # Errors
/// When it is missing, too large or damaged.
pub fn read_manifest(package: &Path) -> Result<Manifest, PackageError> {
    let path = package.join("package.json");
    let size = fs::metadata(&path).map_err(PackageError::io("read", &path, 0))?.len();
    if size > MAX_MANIFEST_BYTES {
        let reason = format!("found {size} bytes, expected at most {MAX_MANIFEST_BYTES}");
        return Err(PackageError::Manifest { path, reason });
    }
    let text = fs::read(&path).map_err(PackageError::io("read", &path, 0))?;
    serde_json::from_slice(&text).map_err(|e| PackageError::Manifest { path, reason: e.to_string() })
}

/// Checks every file of a package against its manifest and returns the findings; none means whole.
///
/// # Errors
/// When the manifest cannot be read.
pub fn verify(package: &Path) -> Result<Vec<String>, PackageError> {
    let manifest = read_manifest(package)?;
    let mut findings = verify_files(package, &manifest.files);
    let mut present = Vec::new();
    list(package, package, &mut present);
    for path in present {
        if path != "package.json" && !manifest.files.iter().any(|f| f.path == path) {
            findings.push(format!("{path}: not in the manifest"));
        }
    }
    Ok(findings)
}

/// Checks sizes and hashes of the given files below `dir`.
pub(crate) fn verify_files(dir: &Path, files: &[FileEntry]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files {
        if !Path::new(&file.path).components().all(|c| matches!(c, Component::Normal(_))) {
            findings.push(format!("{}: not a path inside the package", file.path));
            continue;
        }
        match fs::read(dir.join(&file.path)) {
            Err(error) => findings.push(format!("{}: {error}", file.path)),
            Ok(bytes) if bytes.len() as u64 != file.bytes => {
                findings.push(format!("{}: found {} bytes, expected {}", file.path, bytes.len(), file.bytes));
            }
            Ok(bytes) => {
                let found = hex(&Sha256::digest(&bytes));
                if found != file.sha256 {
                    findings.push(format!("{}: found SHA-256 {found}, expected {}", file.path, file.sha256));
                }
            }
        }
    }
    findings
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn list(root: &Path, dir: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            list(root, &path, found);
        } else if let Ok(relative) = path.strip_prefix(root) {
            found.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
    found.sort();
}
