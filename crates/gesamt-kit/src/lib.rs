//! Parametric game-ready assets: mesh, UV, baked textures, LODs, collision and GLB.
//!
//! * [`style`]: how a world dresses its assets (genre, palette, condition, materials, weather)
//! * [`export`]: UV atlas, baked textures, LODs, collision and GLB files
//! * [`sample`] and [`turntable`]: typical styles and slots, and pictures of models, for catalogues
//! * [`set`]: the pieces of a world that assemble into buildings
//! * [`trim`]: the mouldings of a world as one texture
//! * [`families`]: a builder for each of the 66 families, in metres, +Y up, pivot at the base centre, front toward +Z

pub mod export;
pub mod families;
pub mod sample;
pub mod set;
pub mod style;
pub mod trim;
pub mod turntable;

pub use families::{FamilyInfo, build, info};
pub use style::{Dialect, KitStyle};
