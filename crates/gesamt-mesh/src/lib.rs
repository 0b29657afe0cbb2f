//! Mesh primitives: indexed meshes, shapes to build them from, noise, and models (mesh + materials + lights + collision).
//!
//! Right-handed, +Y up, metres, counter-clockwise front faces. Build geometry as [`Shape`]s (unsplit, manifold), shade
//! them into a [`Mesh`] (split at creases) through a [`MeshBuilder`].

pub mod builder;
pub mod mesh;
pub mod model;
pub mod noise;
pub mod shape;
pub mod shapes;
pub mod shapes2;
pub mod solids;

pub use builder::MeshBuilder;
pub use mesh::{Aabb, Mesh};
pub use model::{Hull, LightGroup, MaterialSpec, Model, ModelLight, Socket};
pub use shape::Shape;
