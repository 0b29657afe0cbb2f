//! The scene of a picture for other programs.

use gesamt_export::{Parts, SKY_FILE, TEXTURES, glb, sky_exr, usda};
use gesamt_grammar::describe;
use gesamt_world::World;
use serde_json::{Value, json};

use crate::error::PipelineError;
use crate::staging::{models, stage};

/// The files of a scene, and what is in them.
#[derive(Clone, Debug)]
pub struct SceneFiles {
    /// `scene.glb`, `scene.usda`, `sky.exr` and the textures of the USD layer.
    pub files: Vec<(String, Vec<u8>)>,
    /// Counts of meshes, places, triangles, lamps and materials.
    pub facts: Value,
}

/// The scene that the picture of a world shows, as glTF and as USD; `aspect` is the width of the picture over its height. Textures
/// have `texture_px` texels along each edge; with zero there are none.
///
/// # Errors
/// When the sky or a texture cannot be encoded.
///
/// # Determinism
/// The same bytes for the same world, for any number of threads.
pub fn scene_files(world: &World, aspect: f32, texture_px: usize) -> Result<SceneFiles, PipelineError> {
    let scene = stage(world, &models(world));
    let (parts, title) = (Parts::of(world, &scene, aspect, texture_px)?, describe(world));
    let mut files = vec![
        ("scene.glb".to_owned(), glb(&parts, &title)),
        ("scene.usda".to_owned(), usda(&parts, &title).into_bytes()),
        (SKY_FILE.to_owned(), sky_exr(&parts.sky)?),
    ];
    let unique: usize = parts.shells.iter().map(gesamt_export::shell::Shell::n_triangles).sum();
    let facts = json!({
        "title": title,
        "meshes": parts.prototypes.len(),
        "places": parts.placed.len(),
        "triangles": { "stored": unique, "shown": scene.n_triangles() },
        "materials": parts.finishes.len(),
        "textures": parts.images.len(),
        "lamps": parts.lamps.len(),
    });
    files.extend(parts.images.into_iter().map(|image| (format!("{TEXTURES}/{}.png", image.name), image.png)));
    Ok(SceneFiles { files, facts })
}
