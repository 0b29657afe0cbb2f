//! The delivered assets.

use std::ops::ControlFlow;
use std::sync::Mutex;

use gesamt_kit::export::{ExportOptions, ExportedAsset, export};
use gesamt_layout::SlotModels;
use gesamt_world::World;
use rayon::prelude::*;

use crate::error::PipelineError;
use crate::request::Preset;

/// Exports the first `n` slots of a world.
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
    let jobs: Vec<_> =
        world.assets.iter().zip(models).filter_map(|(s, m)| Some((s, m.variants.first()?))).take(n).collect();
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
            Ok(export(slot, model, &options, &own)?)
        })
        .collect()
}
