//! Checkpoints: everything that a run needs to go on, in one file that is whole or not there.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use gesamt_cmld::codec::Codec;
use gesamt_cmld::model::{Model, Network, Params};
use gesamt_cmld::weights::Tensors;

use crate::config::TrainConfig;
use crate::optim::Optimizer;

/// The state of a run between two steps.
#[derive(Clone, Debug)]
pub struct State {
    /// Steps done.
    pub step: u64,
    /// The weights.
    pub params: Params,
    /// Their average, which is what is shipped.
    pub ema: Params,
    /// The optimiser.
    pub optimizer: Optimizer,
    /// The codec.
    pub codec: Codec,
}

/// The name of the checkpoint in a run's directory.
pub const CHECKPOINT: &str = "checkpoint.safetensors";
/// The name of the averaged model.
pub const MODEL: &str = "model.safetensors";

impl State {
    /// The state before the first step.
    ///
    /// # Errors
    /// Presets that cannot be trained.
    pub fn new(config: &TrainConfig, codec: Codec) -> Result<State> {
        let params = Params::init(&config.model()?, config.seed);
        let optimizer = Optimizer::new(&params);
        Ok(State { step: 0, ema: params.clone(), params, optimizer, codec })
    }

    /// The state before the first step of a run that begins with another one's checkpoint.
    ///
    /// # Errors
    /// Files that are no checkpoint of the same preset.
    pub fn begun_from(config: &TrainConfig, path: &Path) -> Result<State> {
        let say = || format!("{} is nothing to begin with", path.display());
        let tensors = Tensors::read(path).with_context(say)?;
        Self::from_parts(config, &tensors, 0).with_context(say)
    }

    /// Writes checkpoint and model, each beside its place and then renamed: after a crash either the old or the new is
    /// there, never half of one.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn write(&self, config: &TrainConfig, corpus: &str) -> Result<()> {
        let model = config.model()?;
        let mut tensors = self.params.tensors(&model, "weights.");
        tensors.extend(self.ema.tensors(&model, "average."));
        tensors.extend(self.optimizer.tensors());
        tensors.extend(self.codec.tensors());
        tensors.facts.insert("step".into(), self.step.to_string());
        tensors.facts.insert("run".into(), config.fingerprint());
        tensors.facts.insert("corpus".into(), corpus.into());
        tensors.write(&config.out.join(CHECKPOINT)).context("could not write the checkpoint")?;
        let mut shipped = self.model(config)?.tensors();
        for (key, value) in [("step", self.step.to_string()), ("run", config.fingerprint()), ("corpus", corpus.into())]
        {
            shipped.facts.insert(key.into(), value);
        }
        shipped.write(&config.out.join(MODEL)).context("could not write the model")
    }

    /// The state of a run's checkpoint, when it has one.
    ///
    /// # Errors
    /// Checkpoints that are damaged, or of another configuration or corpus.
    pub fn read(config: &TrainConfig, corpus: &str) -> Result<Option<State>> {
        let path = config.out.join(CHECKPOINT);
        if !path.exists() {
            return Ok(None);
        }
        let say = || format!("{} cannot be gone on with", path.display());
        let tensors = Tensors::read(&path).with_context(say)?;
        Self::from_tensors(config, &tensors, corpus).with_context(say).map(Some)
    }

    fn from_tensors(config: &TrainConfig, tensors: &Tensors, corpus: &str) -> Result<State> {
        tensors.expect("run", &config.fingerprint())?;
        tensors.expect("corpus", corpus)?;
        let step: u64 =
            tensors.facts.get("step").context("it has no step")?.parse().context("its step is no number")?;
        ensure!(step <= config.steps, "it has done {step} steps of {}", config.steps);
        Self::from_parts(config, tensors, step)
    }

    fn from_parts(config: &TrainConfig, tensors: &Tensors, step: u64) -> Result<State> {
        let model = config.model()?;
        Ok(State {
            step,
            params: Params::from_tensors(&model, tensors, "weights.")?,
            ema: Params::from_tensors(&model, tensors, "average.")?,
            optimizer: Optimizer::from_tensors(&model, tensors)?,
            codec: Codec::from_tensors(tensors)?,
        })
    }

    /// The averaged model.
    ///
    /// # Errors
    /// Presets that cannot be trained.
    pub fn model(&self, config: &TrainConfig) -> Result<Model> {
        let network = Network::new(config.model()?, self.ema.clone());
        Ok(Model { network, endpoint: gesamt_cmld::model::Endpoint::new(self.codec.clone()), reader: None })
    }
}

/// Removes what a crash may have left beside the files of a run.
pub fn clear_leftovers(dir: &Path) {
    for name in [CHECKPOINT, MODEL] {
        // Nothing depends on it: the next write starts afresh.
        let _ = std::fs::remove_file(dir.join(name).with_extension("part"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(dir: &Path) -> (TrainConfig, State) {
        let text = format!("preset=\"debug\"\ncorpus=\"c\"\nout={dir:?}\nsteps=9\nbatch=2\nlr=0.01");
        let config = TrainConfig::parse(&text).unwrap();
        let row = gesamt_cmld::codec::row_of(&gesamt_grammar::sample("x", 1).unwrap().world, Default::default()).0;
        let state = State::new(&config, Codec::fit(&[row])).unwrap();
        (config, state)
    }

    #[test]
    fn a_state_survives_its_checkpoint() {
        let dir = tempfile::tempdir().unwrap();
        let (config, mut state) = run(dir.path());
        assert!(State::read(&config, "corpus").unwrap().is_none());
        state.step = 7;
        state.write(&config, "corpus").unwrap();
        let back = State::read(&config, "corpus").unwrap().unwrap();
        assert_eq!((back.step, &back.params, &back.ema), (7, &state.params, &state.ema));
        assert_eq!((&back.optimizer, &back.codec), (&state.optimizer, &state.codec));
        assert!(Model::read(&dir.path().join(MODEL)).is_ok());
    }

    #[test]
    fn a_run_can_begin_with_the_weights_of_another() {
        let dir = tempfile::tempdir().unwrap();
        let (config, mut state) = run(dir.path());
        state.step = 9;
        state.write(&config, "corpus").unwrap();
        let next = TrainConfig { lr: 0.001, ..config };
        let begun = State::begun_from(&next, &dir.path().join(CHECKPOINT)).unwrap();
        assert_eq!((begun.step, &begun.params, &begun.codec), (0, &state.params, &state.codec));
        let message = format!("{:#}", State::begun_from(&next, &dir.path().join("none")).unwrap_err());
        assert!(message.contains("nothing to begin with"), "{message}");
    }

    #[test]
    fn checkpoints_of_other_runs_and_corpora_and_damaged_ones_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let (config, state) = run(dir.path());
        state.write(&config, "corpus").unwrap();
        let message = format!("{:#}", State::read(&config, "other").unwrap_err());
        assert!(message.contains("corpus corpus, this build expects other"), "{message}");
        assert!(State::read(&TrainConfig { lr: 0.5, ..config.clone() }, "corpus").is_err());
        let path = dir.path().join(CHECKPOINT);
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        let message = format!("{:#}", State::read(&config, "corpus").unwrap_err());
        assert!(message.contains("cannot be gone on with"), "{message}");
    }
}
