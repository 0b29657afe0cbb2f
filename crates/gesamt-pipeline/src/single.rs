//! One asset alone, from a few words; and the kit as a catalogue.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use gesamt_grammar::sample;
use gesamt_kit::export::{ExportOptions, ExportedAsset, export};
use gesamt_kit::{FamilyInfo, KitStyle, build, info, sample as typical, turntable};
use gesamt_media::png::{Pixels, PngEffort, PngOptions, encode_png};
use gesamt_mesh::Model;
use gesamt_world::{AssetFamily, AssetSlot, Genre, Seed, World};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::error::PipelineError;
use crate::page::asset_facts;

/// Edge of a turntable's views in pixels.
const VIEW_PX: usize = 320;

/// What to make of a few words.
#[derive(Clone, Debug)]
pub struct AssetRequest {
    /// The words, such as `a rusty steampunk lamp`.
    pub words: String,
    /// The seed.
    pub seed: u64,
    /// Edge of the textures in pixels; a power of two from 64 to 4096.
    pub texture_px: u32,
    /// Ambient-occlusion rays per sample.
    pub ao_rays: u32,
    /// Parameters of the family, 0–1, instead of what the words lead to.
    pub params: BTreeMap<String, f32>,
}

/// One asset with the world that dressed it.
#[derive(Clone, Debug)]
pub struct SingleAsset {
    /// Files: GLB, USD, OBJ, collision and textures, a turntable and the facts.
    pub asset: ExportedAsset,
    /// The figures, as `asset.json` states them.
    pub facts: Value,
}

/// Makes one asset alone: the first family that the words name, dressed by the world that the words lead to.
///
/// # Errors
/// When the words name no family, a parameter is unknown or out of range, or the export fails.
///
/// # Determinism
/// The same bytes for the same request, for any number of threads.
pub fn single_asset(
    request: &AssetRequest,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<SingleAsset, PipelineError> {
    let sampled = sample(&request.words, request.seed)?;
    let mut families: Vec<(AssetFamily, f32)> = sampled.understanding.families.wanted().collect();
    families.sort_by(|a, b| b.1.total_cmp(&a.1));
    let named = named_family(&request.words).or(families.first().map(|(family, _)| *family));
    let Some(family) = named else {
        return Err(PipelineError::Invalid {
            what: "asset",
            found: format!("`{}`, which names none", request.words),
            expected: "words that name one of the kit's families, such as `a rusty lantern`".into(),
        });
    };
    let world = sampled.world;
    let mut slot = slot_of(&world, family);
    slot.params.extend(checked(family, &request.params)?);
    let style = KitStyle::from_world(&world);
    let model = build(&slot, &style, world.root_seed().child("kit").child(&slot.name), 0);
    let options = ExportOptions { texture_px: request.texture_px, ao_rays: request.ao_rays, with_obj: true };
    let mut asset = export(&slot, &model, &options, progress)?;
    let mut facts = asset_facts(&asset);
    facts["family"] = json!(family.label());
    facts["genre"] = json!(world.setting.genre.label());
    facts["material"] = json!(slot.material.label());
    facts["params"] = json!(slot.params);
    facts["words"] = json!(request.words);
    facts["seed"] = json!(request.seed);
    facts["texture_px"] = json!(request.texture_px);
    let mut file = |path: String, bytes| asset.files.push(gesamt_kit::export::AssetFile { path, bytes });
    file("turntable.png".into(), turntable_png(&model)?);
    file("asset.json".into(), (serde_json::to_string_pretty(&facts).unwrap_or_default() + "\n").into_bytes());
    Ok(SingleAsset { asset, facts })
}

/// The family whose label the words contain, longest label first.
fn named_family(words: &str) -> Option<AssetFamily> {
    let words = format!(" {} ", words.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
    let is_named = |f: &&AssetFamily| words.contains(&format!(" {} ", f.label().replace('_', " ")));
    AssetFamily::ALL.iter().filter(is_named).max_by_key(|f| f.label().len()).copied()
}

/// The world's slot of a family, or a typical one.
fn slot_of(world: &World, family: AssetFamily) -> AssetSlot {
    world.assets.iter().find(|slot| slot.family == family).cloned().unwrap_or_else(|| {
        let name =
            gesamt_grammar::asset_names(family, world.setting.genre).first().map_or("Asset", |name| *name).to_owned();
        AssetSlot { name, ..typical::slot(family, world.setting.genre) }
    })
}

fn checked(family: AssetFamily, params: &BTreeMap<String, f32>) -> Result<BTreeMap<String, f32>, PipelineError> {
    let known = info(family).params;
    for (name, value) in params {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let invalid = |found: String, expected: String| PipelineError::Invalid { what: "parameter", found, expected };
        if !names.contains(&name.as_str()) {
            let expected = if names.is_empty() { "none: it has no parameters".into() } else { names.join(", ") };
            return Err(invalid(format!("`{name}` for {family}"), expected));
        }
        if !(0.0..=1.0).contains(value) {
            return Err(invalid(format!("{name}={value}"), "0 to 1".into()));
        }
    }
    Ok(params.clone())
}

/// Eight views around a model.
fn turntable_png(model: &Model) -> Result<Vec<u8>, PipelineError> {
    let views: Vec<_> =
        (0..8).into_par_iter().map(|k| turntable::view(model, VIEW_PX, 28.0 + 45.0 * k as f32)).collect();
    sheet_png(&views, VIEW_PX, 4)
}

pub(crate) fn sheet_png(cells: &[Vec<[u8; 3]>], size_px: usize, columns: usize) -> Result<Vec<u8>, PipelineError> {
    let sheet = turntable::sheet(cells, size_px, columns);
    let options = PngOptions { is_data: false, effort: PngEffort::Balanced, texts: Vec::new() };
    Ok(encode_png(sheet.width, sheet.height, Pixels::Rgb8(sheet.pixels.as_flattened()), &options)?)
}

/// What is known about a family, with the size that its parameters lead to, measured on built models.
#[must_use]
pub fn family_facts(family: AssetFamily, genre: Genre) -> Value {
    let FamilyInfo { summary, params, max_triangles, .. } = info(family);
    let size = |changes: &[(&str, f32)]| {
        let model = typical_model(family, genre, changes, 7);
        model.mesh.bounds().size().to_array().map(|v| (f64::from(v) * 100.0).round() / 100.0)
    };
    let rows: Vec<Value> = params
        .iter()
        .map(|(name, what)| {
            json!({
                "name": name, "what": what, "range": [0.0, 1.0], "default": 0.5,
                "size_m_at_0": size(&[(name, 0.0)]), "size_m_at_1": size(&[(name, 1.0)]),
            })
        })
        .collect();
    let model = typical_model(family, genre, &[], 7);
    json!({
        "family": family.label(), "summary": summary, "genre": genre.label(), "size_m": size(&[]), "params": rows,
        "triangles": model.mesh.triangles.len(), "max_triangles": max_triangles,
        "materials": model.materials.len(),
        "sockets": model.sockets.iter().map(|s| s.name.clone()).collect::<Vec<_>>(),
    })
}

/// Number of convex hulls that a family is delivered with. Wrapping them takes a tenth of a second, so that lists leave it out.
#[must_use]
pub fn family_hulls(family: AssetFamily, genre: Genre) -> usize {
    gesamt_kit::export::collision(&typical_model(family, genre, &[], 7)).hulls.len()
}

/// A model of a family in a typical world of a genre.
fn typical_model(family: AssetFamily, genre: Genre, params: &[(&str, f32)], seed: u64) -> Model {
    let mut slot = typical::slot(family, genre);
    slot.params.extend(params.iter().map(|(name, value)| ((*name).to_owned(), *value)));
    build(&slot, &typical::style(genre, &typical::STATE), Seed(seed), 0)
}

/// Eight views around a family in a typical world of a genre, as a PNG.
///
/// # Errors
/// When a parameter is unknown or out of range.
pub fn family_turntable(
    family: AssetFamily,
    genre: Genre,
    params: &BTreeMap<String, f32>,
    seed: u64,
) -> Result<Vec<u8>, PipelineError> {
    let params = checked(family, params)?;
    let changes: Vec<(&str, f32)> = params.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    turntable_png(&typical_model(family, genre, &changes, seed))
}

/// Every family in each of the genres, side by side, `per_row` families to a row, as a PNG.
///
/// # Errors
/// When the picture cannot be encoded.
pub fn kit_sheet(genres: &[Genre], cell_px: usize, per_row: usize) -> Result<Vec<u8>, PipelineError> {
    let jobs: Vec<(AssetFamily, Genre)> =
        AssetFamily::ALL.iter().flat_map(|f| genres.iter().map(move |g| (*f, *g))).collect();
    let cells: Vec<_> =
        jobs.par_iter().map(|(f, g)| turntable::view(&typical_model(*f, *g, &[], 7), cell_px, 28.0)).collect();
    sheet_png(&cells, cell_px, per_row * genres.len().max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(words: &str) -> AssetRequest {
        AssetRequest { words: words.into(), seed: 1, texture_px: 64, ao_rays: 1, params: BTreeMap::new() }
    }

    fn made(words: &str) -> SingleAsset {
        single_asset(&request(words), &|_| ControlFlow::Continue(())).expect("an asset")
    }

    #[test]
    fn words_name_the_family_the_genre_and_the_place_of_every_file() {
        for (words, family, genre) in [
            ("a steampunk lighthouse", "lighthouse", "steampunk"),
            ("rusty cyberpunk pipe rack", "pipe_rack", "cyberpunk"),
            ("an old samurai chair", "chair", "feudal_japan"),
        ] {
            let single = made(words);
            assert_eq!(
                (single.facts["family"].as_str(), single.facts["genre"].as_str()),
                (Some(family), Some(genre)),
                "{words}"
            );
            for end in ["_LOD0.glb", "_LOD2.glb", "_collision.glb", ".usda", ".obj", ".mtl", "_BC.png", "turntable.png"]
            {
                assert!(single.asset.files.iter().any(|f| f.path.ends_with(end)), "{words}: no {end}");
            }
        }
    }

    #[test]
    fn words_without_a_thing_and_parameters_that_do_not_exist_are_refused() {
        let go = |_| ControlFlow::Continue(());
        let error = single_asset(&request("quickly and softly"), &go).expect_err("names nothing");
        assert!(error.to_string().contains("families"), "{error}");
        for (name, value, expected) in [("wings", 0.5, "width, height"), ("width", 1.5, "0 to 1")] {
            let params = BTreeMap::from([(name.to_owned(), value)]);
            let error = single_asset(&AssetRequest { params, ..request("a wall") }, &go).expect_err("refused");
            assert!(error.to_string().contains(expected), "{error}");
        }
    }

    #[test]
    fn the_same_words_and_seed_make_the_same_bytes() {
        let bytes = |s: &SingleAsset| s.asset.files.iter().map(|f| f.bytes.clone()).collect::<Vec<_>>();
        assert!(bytes(&made("a wooden crate")) == bytes(&made("a wooden crate")));
    }
}
