//! A model on disk: configuration, codec and parameters in one checked file.

use std::path::Path;

use super::config::Config;
use super::forward::Network;
use super::heads::Endpoint;
use super::params::Params;
use crate::codec::{Codec, Schema};
use crate::weights::{Tensors, WeightsError};

/// A model that can imagine worlds.
#[derive(Clone, Debug)]
pub struct Model {
    /// The network.
    pub network: Network,
    /// Its outputs as latents, and the codec.
    pub endpoint: Endpoint,
}

impl Model {
    /// A model with fresh parameters, which imagines noise.
    #[must_use]
    pub fn fresh(config: Config, codec: Codec, seed: u64) -> Model {
        let params = Params::init(&config, seed);
        Model { network: Network::new(config, params), endpoint: Endpoint::new(codec) }
    }

    /// The model as tensors, with the configuration and the hash of the schema among its facts.
    #[must_use]
    pub fn tensors(&self) -> Tensors {
        let config = &self.network.config;
        let mut tensors = self.network.params.tensors(config, "");
        tensors.extend(self.endpoint.codec().tensors());
        tensors.facts.insert("format".into(), FORMAT.into());
        tensors.facts.insert("schema".into(), Schema::get().fingerprint());
        // A configuration is plain data and always serialises.
        tensors.facts.insert("config".into(), serde_json::to_string(config).unwrap_or_default());
        tensors
    }

    /// The model of tensors.
    ///
    /// # Errors
    /// Facts of another format, schema or configuration; tensors that are missing or of another shape.
    pub fn from_tensors(tensors: &Tensors) -> Result<Model, WeightsError> {
        tensors.expect("format", FORMAT)?;
        tensors.expect("schema", &Schema::get().fingerprint())?;
        let text = tensors.facts.get("config").map_or("", String::as_str);
        let config: Config = serde_json::from_str(text).map_err(|error| WeightsError::Config {
            key: "config".into(),
            found: error.to_string(),
            expected: "a configuration of the model".into(),
        })?;
        let config = config.validated()?;
        let params = Params::from_tensors(&config, tensors, "")?;
        let codec = Codec::from_tensors(tensors)?;
        Ok(Model { network: Network::new(config, params), endpoint: Endpoint::new(codec) })
    }

    /// The model of a file's bytes.
    ///
    /// # Errors
    /// As [`Tensors::from_bytes`] and [`Model::from_tensors`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, WeightsError> {
        Model::from_tensors(&Tensors::from_bytes(bytes)?)
    }

    /// Reads a model.
    ///
    /// # Errors
    /// As [`Tensors::read`] and [`Model::from_tensors`].
    pub fn read(path: &Path) -> Result<Model, WeightsError> {
        Model::from_tensors(&Tensors::read(path)?)
    }
}

/// The format of the files.
const FORMAT: &str = "gesamt-cmld 1";
