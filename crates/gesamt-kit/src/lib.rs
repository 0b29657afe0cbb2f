//! Parametric game-ready assets: mesh, UV, baked textures, LODs, collision and GLB.
