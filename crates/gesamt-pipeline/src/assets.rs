//! The delivered assets.

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Mutex;

use gesamt_kit::export::{ExportOptions, ExportedAsset, export};
use gesamt_kit::{KitStyle, build};
use gesamt_layout::SlotModels;
use gesamt_mesh::Model;
use gesamt_world::{AssetSlot, World};
use rayon::prelude::*;

use crate::error::PipelineError;
use crate::request::Preset;

/// Exports the first `n` slots of a world; where it has fewer, further variants of its slots follow, named `<Name>B`, `<Name>C` ….
///
/// # Errors
/// When an asset cannot be exported or the run is cancelled.
pub fn assets(
    world: &World,
    models: &[SlotModels],
    n: usize,
    preset: &Preset,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<Vec<ExportedAsset>, PipelineError> {
    let options = ExportOptions { texture_px: preset.texture_px, ao_rays: preset.ao_rays, ..ExportOptions::default() };
    let jobs = jobs(world, models, n);
    let jobs: Vec<(&AssetSlot, &Model)> = jobs.iter().map(|(slot, model)| (slot, model.as_ref())).collect();
    export_all(&jobs, &options, progress)
}

/// Exports models under the names of their slots, side by side; the progress is the mean of theirs.
///
/// # Errors
/// When an asset cannot be exported or the run is cancelled.
pub(crate) fn export_all(
    jobs: &[(&AssetSlot, &Model)],
    options: &ExportOptions,
    progress: &(dyn Fn(f32) -> ControlFlow<()> + Sync),
) -> Result<Vec<ExportedAsset>, PipelineError> {
    let shares = Mutex::new(vec![0.0f32; jobs.len()]);
    jobs.par_iter()
        .enumerate()
        .map(|(index, (slot, model))| {
            let own = |share: f32| {
                let mut shares = shares.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                shares[index] = share;
                let total = shares.iter().sum::<f32>() / shares.len() as f32;
                drop(shares);
                progress(total)
            };
            Ok(export(slot, model, options, &own)?)
        })
        .collect()
}

/// The slots and models to deliver, in order: every slot once before any slot twice.
fn jobs<'a>(world: &World, models: &'a [SlotModels], n: usize) -> Vec<(AssetSlot, Cow<'a, Model>)> {
    let style = KitStyle::from_world(world);
    let seed = world.root_seed().child("kit");
    let n_slots = world.assets.len().max(1);
    (0..n)
        .filter_map(|index| {
            let (slot, own) = (world.assets.get(index % n_slots)?, models.get(index % n_slots)?);
            let variant = index / n_slots;
            let model = match own.variants.get(variant) {
                Some(model) => Cow::Borrowed(model),
                None => Cow::Owned(build(slot, &style, seed.child(&slot.name), variant as u32)),
            };
            let letter = if variant == 0 { String::new() } else { char::from(b'A' + variant as u8).to_string() };
            Some((AssetSlot { name: format!("{}{letter}", slot.name), ..slot.clone() }, model))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn twenty_four_assets_are_twenty_four_different_models_with_names_of_their_own() {
        let world = gesamt_grammar::sample("a medieval harbour town", 1).expect("a world").world;
        let models = crate::models(&world);
        let jobs = jobs(&world, &models, 24);
        let names: BTreeSet<String> = jobs.iter().map(|(slot, _)| gesamt_kit::export::base_name(slot)).collect();
        assert_eq!((jobs.len(), names.len()), (24, 24), "{names:?}");
        for (i, (_, a)) in jobs.iter().enumerate() {
            assert!(jobs[..i].iter().all(|(_, b)| a.mesh != b.mesh), "{i} is there twice");
        }
    }
}
