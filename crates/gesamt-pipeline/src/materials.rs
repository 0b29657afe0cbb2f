//! The surfaces of a world as textures that repeat, and its trim sheet.

use gesamt_export::surfaces::{Surface, surfaces, surfaces_glb};
use gesamt_kit::KitStyle;
use gesamt_kit::trim::trim_sheet;
use gesamt_scene::Scene;
use gesamt_world::World;
use serde_json::{Value, json};

use crate::create::Made;
use crate::error::PipelineError;

/// Surfaces of the scene that are delivered beside the trim sheet.
const N_SURFACES: usize = 5;
/// The folder of all of it.
const FOLDER: &str = "materials";

/// Files under `materials/` for a scene, and the facts of each surface.
///
/// # Errors
/// When a texture cannot be encoded.
pub fn materials(world: &World, scene: &Scene, title: &str, texture_px: usize) -> Result<Made, PipelineError> {
    let found = surfaces(world, scene, N_SURFACES, texture_px)?;
    sheets(&KitStyle::from_world(world), found, title, texture_px)
}

/// Files under `materials/` for these surfaces and the trim sheet of their style, and the facts of each.
///
/// # Errors
/// When a texture cannot be encoded.
pub fn sheets(
    style: &KitStyle,
    mut found: Vec<Surface>,
    title: &str,
    texture_px: usize,
) -> Result<Made, PipelineError> {
    let sheet = trim_sheet(style, texture_px);
    found.push(Surface::new("Trim".into(), "trim", "trim", &sheet.tile)?);
    let facts: Vec<Value> = found.iter().map(facts).collect();
    let bands: Vec<Value> = sheet
        .bands
        .iter()
        .map(|band| {
            let v = [band.v_from, band.v_to].map(tidy);
            json!({ "name": band.name, "material": band.kind.label(), "v": v, "height_m": tidy(band.height_m) })
        })
        .collect();
    let index = json!({ "surfaces": facts, "trim_bands": bands });
    let mut files: Vec<(String, Vec<u8>)> = found
        .iter()
        .flat_map(Surface::files)
        .map(|(name, png)| (format!("{FOLDER}/textures/{name}"), png.to_vec()))
        .collect();
    files.push((format!("{FOLDER}/materials.glb"), surfaces_glb(&found, title)));
    let text = serde_json::to_string_pretty(&index).unwrap_or_default() + "\n";
    files.push((format!("{FOLDER}/materials.json"), text.into_bytes()));
    Ok((files, json!(facts)))
}

/// A number as it was meant, to a thousandth.
fn tidy(v: f32) -> f64 {
    (f64::from(v) * 1e3).round() / 1e3
}

fn facts(surface: &Surface) -> Value {
    let files: Vec<String> = surface.files().map(|(name, _)| format!("{FOLDER}/textures/{name}")).collect();
    json!({
        "name": surface.name, "material": surface.kind, "usage": surface.usage,
        "edge_m": surface.edge_m.to_array().map(tidy), "emission": tidy(surface.look.peak), "files": files,
    })
}
