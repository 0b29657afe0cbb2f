//! The world: the contract between prompt, model and renderers.
//!
//! A [`World`] is a plain value: typed, versioned, comparable and serialisable, with no tensors, no I/O and no handles.
//! It is parsed and validated once ([`World::from_json`], [`World::validated`]); every renderer accepts any valid world.
//!
//! * [`labels`]: the vocabularies (places, genres, materials, families, instruments …)
//! * [`facets`]: the groups of fields, with units and ranges
//! * [`json`]: reading, writing, validation and the JSON schema
//! * [`color`]: OKLCH, linear sRGB and hex
//! * [`seed`]: child seeds as hashes of (parent, name)

pub mod color;
pub mod facets;
pub mod json;
pub mod labels;
pub mod seed;

pub use color::{LinearRgb, Oklch};
pub use facets::*;
pub use json::WorldError;
pub use labels::*;
pub use seed::{Rng, Seed};

/// The version of the world format that this build reads and writes.
pub const WORLD_VERSION: u32 = 1;
