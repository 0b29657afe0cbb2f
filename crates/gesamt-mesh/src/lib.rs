//! Mesh primitives: meshes, builders and models.
