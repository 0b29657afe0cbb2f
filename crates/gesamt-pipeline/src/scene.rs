//! The scene of a picture for other programs.

use gesamt_export::{Parts, SKY_FILE, glb, sky_exr, usda};
use gesamt_grammar::describe;
use gesamt_world::World;
use serde_json::{Value, json};

use crate::error::PipelineError;
use crate::staging::{models, stage};

/// The files of a scene, and what is in them.
#[derive(Clone, Debug)]
pub struct SceneFiles {
    /// `scene.glb`, `scene.usda` and `sky.exr`.
    pub files: Vec<(String, Vec<u8>)>,
    /// Counts of meshes, places, triangles, lamps and materials.
    pub facts: Value,
}

/// The scene that the picture of a world shows, as glTF and as USD; `aspect` is the width of the picture over its height.
///
/// # Errors
/// When the sky cannot be encoded.
///
/// # Determinism
/// The same bytes for the same world, for any number of threads.
pub fn scene_files(world: &World, aspect: f32) -> Result<SceneFiles, PipelineError> {
    let scene = stage(world, &models(world));
    let (parts, title) = (Parts::of(world, &scene, aspect), describe(world));
    let files = vec![
        ("scene.glb".to_owned(), glb(&parts, &title)),
        ("scene.usda".to_owned(), usda(&parts, &title).into_bytes()),
        (SKY_FILE.to_owned(), sky_exr(&parts.sky)?),
    ];
    let unique: usize = parts.prototypes.iter().map(|prototype| prototype.mesh.triangles.len()).sum();
    let facts = json!({
        "title": title,
        "meshes": parts.prototypes.len(),
        "places": parts.placed.len(),
        "triangles": { "stored": unique, "shown": scene.n_triangles() },
        "materials": parts.materials.len(),
        "lamps": parts.lamps.len(),
    });
    Ok(SceneFiles { files, facts })
}
