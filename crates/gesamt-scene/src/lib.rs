//! The scene description: plain data that the layout writes and the renderers read.
//!
//! Right-handed, +Y up, metres; the still camera stands near the origin and looks along −Z. Linear sRGB throughout.
//!
//! # Units
//! Light is measured in *scene light units*, photographic rather than photometric, so that one exposure range serves all
//! hours. Rules of thumb (irradiance on a surface facing the light): noon sun 10, clear day sky 3, overcast day 4, sunset sun
//! 3, dusk or dawn sky 0.8, full moon night 0.12 (cheated bright, as films do), a street lamp at 3 m 1.5. Radiances: lit window
//! 1–3, paper lantern 3–6, neon tube 8–25, flame 15–30, screen 2–5.

pub mod acting;
pub mod camera;
pub mod frame;
pub mod scene;

pub use acting::{Act, Beat, Step, Walk};
pub use camera::{Camera, CameraMotion};
pub use frame::Frame;
pub use scene::*;
