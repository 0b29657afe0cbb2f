//! The package on disk: manifest, hashes, atomic writing, resuming, checking, and the page a person opens.
//!
//! A package is assembled in a hidden sibling of its target ([`Staging`]) and renamed when it is whole: it is all there or
//! not there. Finished media survive an interruption and are taken up again by the next run of the same recipe.

mod error;
mod manifest;
mod page;
mod staging;
mod verify;

pub use error::PackageError;
pub use manifest::{FileEntry, Manifest, Medium, Recipe, Run};
pub use page::{AssetCard, MaterialCard, PageData, Swatch, Track, render_page};
pub use staging::{Staging, Target};
pub use verify::{read_manifest, verify};
