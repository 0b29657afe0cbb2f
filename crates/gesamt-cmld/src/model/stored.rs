//! A model on disk: configuration, codec and parameters in one checked file.

use std::path::Path;

use gesamt_grammar::{Intent, understand};

use super::config::Config;
use super::forward::Network;
use super::heads::Endpoint;
use super::params::Params;
use crate::codec::{Codec, Schema};
use crate::reader::Reader;
use crate::text::TextCondition;
use crate::weights::{Tensors, WeightsError};

/// A model that can imagine worlds.
#[derive(Clone, Debug)]
pub struct Model {
    /// The network.
    pub network: Network,
    /// Its outputs as latents, and the codec.
    pub endpoint: Endpoint,
    /// The reader of prompts, where the model has one.
    pub reader: Option<Reader>,
}

impl Model {
    /// A model with fresh parameters, which imagines noise.
    #[must_use]
    pub fn fresh(config: Config, codec: Codec, seed: u64) -> Model {
        let params = Params::init(&config, seed);
        Model { network: Network::new(config, params), endpoint: Endpoint::new(codec), reader: None }
    }

    /// What a prompt means: what the rules read in it, completed by the reader where the model has one.
    #[must_use]
    pub fn meaning(&self, prompt: &str, read: &Intent, seed: u64) -> Intent {
        match &self.reader {
            Some(reader) if !prompt.trim().is_empty() => reader.read(prompt, read).complete(read, seed),
            _ => read.clone(),
        }
    }

    /// The condition of a prompt.
    #[must_use]
    pub fn condition(&self, prompt: &str, seed: u64) -> TextCondition {
        let meant = self.meaning(prompt, &understand(prompt), seed);
        TextCondition::meant(prompt, self.network.config.text.rows, &meant)
    }

    /// The model as tensors, with the configuration and the hash of the schema among its facts.
    #[must_use]
    pub fn tensors(&self) -> Tensors {
        let config = &self.network.config;
        let mut tensors = self.network.params.tensors(config, "");
        tensors.extend(self.endpoint.codec().tensors());
        if let Some(reader) = &self.reader {
            tensors.extend(reader.tensors());
        }
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
        let network = || Params::from_tensors(&config, tensors, "").map(|params| Network::new(config.clone(), params));
        let others = || (Codec::from_tensors(tensors), Reader::from_tensors(tensors));
        let (network, (codec, reader)) = rayon::join(network, others);
        Ok(Model { network: network?, endpoint: Endpoint::new(codec?), reader: reader? })
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
