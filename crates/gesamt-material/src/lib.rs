//! The procedural PBR material library shared by the path tracer and the texture baker.
//!
//! A [`Material`] is compiled once from a [`gesamt_mesh::model::MaterialSpec`] and then evaluated per point, without
//! textures, allocation or state. Each kind is a small recipe: a pattern of real-world size (bricks, planks, panels,
//! cells), three shared bands of noise at about 2 m, 0.2 m and 0.02 m, and colours that the tint has pulled toward the
//! palette. Wear, dirt, moss, snow and water then come over every kind alike.

mod context;
mod dual;
#[cfg(test)]
mod laws;
mod layout;
mod material;
mod math;
mod noise;
mod palette;
mod recipes;
mod surface;
mod tile;
mod weather;

pub use material::Material;
pub use surface::{Surface, SurfacePoint};
pub use tile::{Facing, Lie, Rib, Texel, Tile, edge_m, moulding, shown_facing, tile};
