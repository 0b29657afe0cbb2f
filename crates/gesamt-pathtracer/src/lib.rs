//! A Monte-Carlo path tracer for scenes: stills and clips.
//!
//! [`Prepared`] holds everything that does not depend on resolution. [`render_still`] paths: camera ray → surface →
//! resampled direct light, sun, one diffuse and one specular bounce → cached light at the next hit; the light is then
//! filtered apart from the texture that it falls on.

mod blocks;
mod bsdf;
pub mod bvh;
mod cache;
mod clip;
mod compose;
mod denoise;
mod edges;
mod facet;
mod fog;
mod gain;
mod history;
mod keys;
mod light;
mod lights;
mod math;
mod pixel;
mod prepared;
mod ripples;
mod sampler;
mod seen;
mod settle;
mod shade;
mod shot;
mod still;
mod sway;
#[cfg(test)]
mod tests;

pub use clip::{ClipOptions, ClipRenderer};
pub use compose::LightCache;
pub use gain::gain;
pub use prepared::Prepared;
pub use still::{Cancelled, Progress, StillOptions, StillOutput, render_still};
