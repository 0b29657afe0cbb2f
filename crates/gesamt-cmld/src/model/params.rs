//! The tensors of a model in memory.

use std::collections::BTreeMap;

use rayon::prelude::*;

use gesamt_world::Seed;

use super::config::{Config, Init, ParamSpec};
use crate::codec::Schema;
use crate::weights::{Tensor, Tensors, WeightsError};

/// Named parameters of a configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    tensors: BTreeMap<String, Vec<f32>>,
}

impl Params {
    /// Fresh parameters.
    #[must_use]
    pub fn init(config: &Config, seed: u64) -> Params {
        let draw = |spec: &ParamSpec| {
            let n = spec.n_params() as usize;
            let mut rng = Seed(seed).child(&spec.name).rng();
            let mut normal = |deviation: f32| (0..n).map(|_| deviation * rng.normal()).collect::<Vec<f32>>();
            match spec.init {
                Init::Zeros => vec![0.0; n],
                Init::Ones => vec![1.0; n],
                Init::Small => normal(0.02),
                Init::FanIn => normal(1.0 / (spec.shape[0] as f32).sqrt()),
            }
        };
        let mut tensors: BTreeMap<String, Vec<f32>> =
            config.params().iter().map(|spec| (spec.name.clone(), draw(spec))).collect();
        // Each token of the world has its own few inputs.
        if let Some(weight) = tensors.get_mut("in.weight") {
            for token in &Schema::get().tokens {
                let gain = (Schema::get().n_dims() as f32 / token.dims.len() as f32).sqrt();
                weight[token.dims.start * config.width..token.dims.end * config.width]
                    .iter_mut()
                    .for_each(|w| *w *= gain);
            }
        }
        Params { tensors }
    }

    /// The parameters among named tensors; `prefix` stands before each name.
    ///
    /// # Errors
    /// A tensor that is missing or of another shape.
    pub fn from_tensors(config: &Config, tensors: &Tensors, prefix: &str) -> Result<Params, WeightsError> {
        let read = |spec: ParamSpec| {
            let data = tensors.f32(&format!("{prefix}{}", spec.name), &spec.shape)?.to_vec();
            Ok((spec.name, data))
        };
        Ok(Params { tensors: config.params().into_par_iter().map(read).collect::<Result<_, WeightsError>>()? })
    }

    /// The parameters as named tensors.
    #[must_use]
    pub fn tensors(&self, config: &Config, prefix: &str) -> Tensors {
        let mut out = Tensors::new();
        for ParamSpec { name, shape, .. } in config.params() {
            out.insert(format!("{prefix}{name}"), Tensor::f32(shape, self.get(&name).to_vec()));
        }
        out
    }

    /// The numbers of a tensor.
    ///
    /// # Panics
    /// When the configuration has no tensor of this name, which is a mistake in the code that asks.
    #[must_use]
    pub fn get(&self, name: &str) -> &[f32] {
        match self.tensors.get(name) {
            Some(data) => data,
            None => panic!("the model has no tensor `{name}`"),
        }
    }

    /// Every tensor, in the order of the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[f32])> {
        self.tensors.iter().map(|(name, data)| (name.as_str(), data.as_slice()))
    }

    /// Every tensor, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Vec<f32>)> {
        self.tensors.iter_mut().map(|(name, data)| (name.as_str(), data))
    }
}
