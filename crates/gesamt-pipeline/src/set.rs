//! A modular set from a few words.

use std::ops::ControlFlow;

use gesamt_export::camel;
use gesamt_export::surfaces::Surface;
use gesamt_grammar::sample;
use gesamt_kit::export::{ExportOptions, ExportedAsset, assembled_glb, assembled_usda};
use gesamt_kit::set::{ModularSet, Place, THICKNESS_M, modular_set};
use gesamt_kit::{KitStyle, turntable};
use gesamt_mesh::MaterialSpec;
use gesamt_world::{MaterialKind, World};
use glam::Affine3A;
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::assets::export_all;
use crate::error::PipelineError;
use crate::materials::sheets;
use crate::page::asset_facts;
use crate::single::{AssetRequest, sheet_png};

/// Edge of a view in pixels.
const VIEW_PX: usize = 420;
/// Modules snap to multiples of this, in metres.
const GRID_M: f32 = 1.0;

/// A set with the world that dressed it.
#[derive(Clone, Debug)]
pub struct SetFiles {
    /// Every piece as an asset alone has it, the building, the materials, pictures and the facts.
    pub files: Vec<(String, Vec<u8>)>,
    /// The figures, as `set.json` states them.
    pub facts: Value,
}

/// Makes the modular set of the world that the words lead to. Parameters of the request are not used.
///
/// # Errors
/// When the words cannot be read or the export fails.
///
/// # Determinism
/// The same bytes for the same request, for any number of threads.
pub fn set_files(
    request: &AssetRequest,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<SetFiles, PipelineError> {
    let world = sample(&request.words, request.seed)?.world;
    let style = KitStyle::from_world(&world);
    let name = &camel(style.genre.label());
    let set = modular_set(&style, name, wall_material(&world));
    let options = ExportOptions { texture_px: request.texture_px, ao_rays: request.ao_rays, with_obj: true };
    let jobs: Vec<_> = set.pieces.iter().map(|piece| (&piece.slot, &piece.model)).collect();
    let exported = export_all(&jobs, &options, progress)?;
    let places: Vec<(usize, Affine3A)> = set.building.iter().map(|p| (p.piece, p.transform())).collect();
    let first_lods: Vec<&[u8]> = exported.iter().map(|asset| ended(asset, "_LOD0.glb")).collect();
    let layers: Vec<String> = exported.iter().map(|asset| format!("{}.usda", asset.name)).collect();
    let building = format!("Building_{name}");
    let mut files = vec![
        (format!("{building}.glb"), assembled_glb(&building, &first_lods, &places)),
        (format!("{building}.usda"), assembled_usda(&building, &layers, &places).into_bytes()),
        ("pieces.png".to_owned(), pieces_png(&set)?),
        ("building.png".to_owned(), building_png(&set)?),
    ];
    let surfaces = surfaces(&set, request.texture_px as usize)?;
    let (sheets, surfaces) = sheets(&style, surfaces, name, request.texture_px as usize)?;
    files.extend(sheets);
    let facts = json!({
        "words": request.words, "seed": request.seed, "genre": world.setting.genre.label(),
        "grid_m": GRID_M, "wall_thickness_m": THICKNESS_M, "texture_px": request.texture_px,
        "pieces": exported.iter().zip(&set.pieces).map(|(asset, piece)| piece_facts(asset, piece)).collect::<Vec<_>>(),
        "building": set.building.iter().map(|place| placed(place, &exported)).collect::<Vec<_>>(),
        "materials": surfaces,
    });
    files.push(("set.json".into(), (serde_json::to_string_pretty(&facts).unwrap_or_default() + "\n").into_bytes()));
    for asset in exported {
        files.extend(asset.files.into_iter().map(|file| (file.path, file.bytes)));
    }
    Ok(SetFiles { files, facts })
}

/// What the world builds its walls of, where that is something to build with.
fn wall_material(world: &World) -> Option<MaterialKind> {
    use MaterialKind as M;
    let found = world.materials.primary;
    let is_wall = matches!(
        found,
        M::Brick
            | M::StoneBlock
            | M::Sandstone
            | M::Concrete
            | M::Plaster
            | M::WoodPlank
            | M::CorrugatedMetal
            | M::PaintedMetal
            | M::RustedMetal
            | M::HullPanel
            | M::Bioskin
    );
    is_wall.then_some(found)
}

/// The materials that cover most of the set, as textures that repeat.
fn surfaces(set: &ModularSet, texture_px: usize) -> Result<Vec<Surface>, PipelineError> {
    let mut area: Vec<(f32, &MaterialSpec)> = Vec::new();
    for model in set.pieces.iter().map(|piece| &piece.model) {
        for (t, slot) in model.mesh.slots.iter().enumerate() {
            let [a, b, c] = model.mesh.corners(t);
            let size = 0.5 * (b - a).cross(c - a).length();
            let Some(spec) = model.materials.get(usize::from(*slot)) else { continue };
            match area.iter_mut().find(|(_, known)| known.kind == spec.kind) {
                Some((sum, _)) => *sum += size,
                None => area.push((size, spec)),
            }
        }
    }
    area.retain(|(_, spec)| !spec.is_emissive());
    area.sort_by(|a, b| b.0.total_cmp(&a.0));
    let chosen: Vec<&MaterialSpec> = area.into_iter().map(|(_, spec)| spec).take(4).collect();
    Ok(chosen.par_iter().map(|spec| Surface::wall(spec, texture_px)).collect::<Result<_, _>>()?)
}

fn ended<'a>(asset: &'a ExportedAsset, end: &str) -> &'a [u8] {
    asset.files.iter().find(|file| file.path.ends_with(end)).map_or(&[], |file| file.bytes.as_slice())
}

fn piece_facts(asset: &ExportedAsset, piece: &gesamt_kit::set::Piece) -> Value {
    let mut facts = asset_facts(asset);
    facts["family"] = json!(piece.slot.family.label());
    facts["material"] = json!(piece.slot.material.label());
    facts["params"] = json!(piece.slot.params);
    let sockets = piece.model.sockets.iter();
    facts["snap_points"] =
        sockets.map(|s| json!({ "name": s.name, "at": s.position.to_array(), "yaw_rad": s.yaw_rad })).collect();
    facts
}

fn placed(place: &Place, exported: &[ExportedAsset]) -> Value {
    json!({
        "file": format!("{}_LOD0.glb", exported[place.piece].name),
        "at": place.at.to_array(), "yaw_rad": place.yaw_rad,
    })
}

fn pieces_png(set: &ModularSet) -> Result<Vec<u8>, PipelineError> {
    let views: Vec<_> = set.pieces.par_iter().map(|piece| turntable::view(&piece.model, VIEW_PX, 28.0)).collect();
    sheet_png(&views, VIEW_PX, 4)
}

fn building_png(set: &ModularSet) -> Result<Vec<u8>, PipelineError> {
    let model = set.built();
    let views: Vec<_> =
        [32.0, 212.0].par_iter().map(|yaw_deg| turntable::view(&model, 2 * VIEW_PX, *yaw_deg)).collect();
    sheet_png(&views, 2 * VIEW_PX, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_pieces_its_building_and_its_trim() {
        let params = std::collections::BTreeMap::new();
        let request = AssetRequest { words: "a gothic castle".into(), seed: 1, texture_px: 64, ao_rays: 1, params };
        let set = set_files(&request, &|_| ControlFlow::Continue(())).expect("a set");
        let has = |end: &str| set.files.iter().any(|(path, _)| path.ends_with(end));
        for end in ["_LOD0.glb", "_collision.glb", ".obj", "T_Trim_N.png", "pieces.png", "building.png", "set.json"] {
            assert!(has(end), "no {end}");
        }
        let names: Vec<&str> =
            set.facts["pieces"].as_array().unwrap().iter().filter_map(|p| p["name"].as_str()).collect();
        let mut apart = names.clone();
        apart.sort_unstable();
        apart.dedup();
        assert_eq!((apart.len(), set.facts["building"].as_array().unwrap().len()), (names.len(), 10), "{names:?}");
        let (_, glb) =
            set.files.iter().find(|(path, _)| path.starts_with("Building_") && path.ends_with("glb")).unwrap();
        let n = u32::from_le_bytes(glb[12..16].try_into().unwrap()) as usize;
        let root: Value = serde_json::from_slice(&glb[20..20 + n]).unwrap();
        assert_eq!(root["nodes"].as_array().unwrap().len(), 10);
        assert_eq!(root["meshes"].as_array().unwrap().len(), 6, "only what the building needs");
        let within = |list: &str, index: &Value| index.as_u64().unwrap() < root[list].as_array().unwrap().len() as u64;
        for mesh in root["meshes"].as_array().unwrap() {
            let primitive = &mesh["primitives"][0];
            assert!(within("accessors", &primitive["indices"]) && within("materials", &primitive["material"]));
        }
    }
}
