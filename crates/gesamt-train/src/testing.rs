//! A small model and a batch, for tests of this stack and of others that are compared with it.

use gesamt_cmld::codec::{Codec, Entries, GAIN, Schema};
use gesamt_cmld::model::{Config, Input, Network, Params};
use gesamt_world::Seed;

use crate::config::TrainConfig;
use crate::data::{Batch, batch};

const DEBUG: &str = "preset = \"debug\"\ncorpus = \"\"\nout = \"\"\nsteps = 1\nbatch = 1\nlr = 0.1";

/// A debug model with open gates, so that every tensor matters, and a batch.
pub fn debug() -> (Config, Params, Batch) {
    let records: Vec<gesamt_corpus::Record> = (0..6).map(|index| gesamt_corpus::record(3, index)).collect();
    let codec = Codec::fit(&records.iter().map(|r| r.row.clone()).collect::<Vec<_>>());
    let config = TrainConfig::parse(DEBUG).and_then(|config| config.model()).expect("the preset exists");
    let mut params = Params::init(&config, 1);
    let is_opened = |name: &str| {
        name.starts_with("mod.")
            || name.starts_with("final.")
            || name == "entries"
            || name.starts_with("pairs.")
            || name.starts_with("details.")
    };
    for (name, data) in params.iter_mut().filter(|(name, _)| is_opened(name)) {
        let mut rng = Seed(4).child(name).rng();
        let size = if name.starts_with("pairs.") || name.starts_with("details.") { 1.6 / GAIN } else { 0.2 };
        data.iter_mut().for_each(|w| *w = size * rng.normal());
    }
    let batch = batch(&records, &codec, config.text.rows, Seed(2));
    (config, params, batch)
}

/// Outputs of the inference kernels for the samples of a batch.
pub fn inferred(config: &Config, params: &Params, batch: &Batch) -> Vec<f32> {
    let network = Network::new(config.clone(), params.clone());
    let contexts: Vec<Vec<f32>> = batch.conditions.iter().map(|c| network.context(c)).collect();
    let latents = batch.latents.chunks_exact(Schema::get().n_dims());
    let inputs: Vec<Input> = latents
        .zip(&contexts)
        .zip(&batch.clocks)
        .zip(batch.entries.chunks_exact(Entries::get().n_chances))
        .map(|(((latent, context), clock), entries)| Input { context, latent, entries, clock: *clock })
        .collect();
    network.outputs(&inputs)
}

/// The length of the difference over the length of the first.
pub fn relative_gap(a: &[f32], b: &[f32]) -> f64 {
    let length = |it: &mut dyn Iterator<Item = f32>| it.map(|v| f64::from(v).powi(2)).sum::<f64>().sqrt();
    length(&mut a.iter().zip(b).map(|(a, b)| a - b)) / length(&mut a.iter().copied()).max(1e-12)
}
