//! The whole scene of a picture for other programs: every mesh once, placed as often as it occurs, with lamps, sun, sky and the
//! camera of the still.
//!
//! * [`glb()`]: one self-contained glTF file
//! * [`usda()`]: one USD layer that refers to [`sky_exr`] for its dome
//! * [`surfaces`]: the textures of its largest surfaces on their own
//!
//! Materials are procedural in gesamt and depend on the place of every point. Other programs get pieces of them that repeat, laid
//! over the meshes as gesamt lays their patterns ([`finish`]), or no more than their means ([`mean::mean_of`]). What is lost: wear
//! of edges, dirt in corners, and what varies over more than a few metres. Deliberately absent: rain, snow in the air, particles.
//!
//! # Units
//! Metres, +Y up. One scene light unit of irradiance becomes 1 W/m², one of radiance 1 W/(m² sr). In glTF lights are stated in
//! photometric units, 683 lm to the watt, and glow is not: so Blender reads both as they are meant, while a viewer that takes
//! glow for nits shows lamps too bright beside it.

pub mod finish;
mod glb;
pub mod mean;
mod parts;
pub mod shell;
mod sky;
pub mod surfaces;
mod usd;

pub use glb::glb;
pub use parts::{Parts, Placed, Prototype, camel};
pub use sky::sky_exr;
pub use usd::usda;

/// The name of the sky's file, beside the USD layer.
pub const SKY_FILE: &str = "sky.exr";
/// The folder of the textures, beside the USD layer.
pub const TEXTURES: &str = "textures";
