//! Parametric game-ready assets: mesh, UV, baked textures, LODs, collision and GLB.
//!
//! * [`style`]: how a world dresses its assets (genre, palette, condition, materials, weather)
//! * [`export`]: UV atlas, baked textures, LODs, collision and GLB files
//! * [`families`]: a builder for each of the 46 families, in metres, +Y up, pivot at the base centre, front toward +Z

pub mod export;
pub mod families;
pub mod style;

#[cfg(test)]
extern crate self as gesamt_kit;

pub use families::{FamilyInfo, build, info};
pub use style::{Dialect, KitStyle};
