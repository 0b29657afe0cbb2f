//! The procedural PBR material library shared by the path tracer and the texture baker.
//!
//! A [`Material`] is compiled once from a [`gesamt_mesh::model::MaterialSpec`] and then evaluated per point.

mod material;
mod surface;

pub use material::Material;
pub use surface::{Surface, SurfacePoint};
