//! What can go wrong with a package on disk.

use std::io;
use std::path::PathBuf;

/// Why a package could not be written, resumed or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// Reading or writing failed.
    #[error("could not {action} {path}: {source}")]
    Io {
        /// What was attempted.
        action: &'static str,
        /// On which path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The disk is full.
    #[error("the disk is full: could not write {path} ({bytes} bytes)")]
    DiskFull {
        /// The file that did not fit.
        path: PathBuf,
        /// Its size.
        bytes: usize,
    },
    /// The output directory exists and is something else.
    #[error("{path} already exists and {found}; expected nothing there, or a package of the same recipe")]
    Occupied {
        /// The output directory.
        path: PathBuf,
        /// What is there.
        found: String,
    },
    /// Another process is writing the same package.
    #[error("{path} is in use by another run of gesamt")]
    Busy {
        /// The lock file.
        path: PathBuf,
    },
    /// A manifest is damaged.
    #[error("{path} is not a package manifest: {reason}")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
}

impl PackageError {
    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>, bytes: usize) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path, bytes },
            _ => Self::Io { action, path, source },
        }
    }
}
