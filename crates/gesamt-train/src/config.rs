//! The configuration of a training run.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use gesamt_cmld::kernels::Precision;
use gesamt_cmld::model::Config;
use serde::{Deserialize, Serialize};

use crate::loss::Weights;

/// A training run, as it stands in a TOML file. A key that is not listed here is an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainConfig {
    /// Preset of the model.
    pub preset: String,
    /// The corpus, as built by `gesamt corpus build`; relative to the working directory.
    pub corpus: PathBuf,
    /// Where checkpoints and curves go.
    pub out: PathBuf,
    /// The checkpoint of another run to begin with: its weights, average, optimiser and codec.
    #[serde(default)]
    pub init: Option<PathBuf>,
    /// Precision of products with weights: `f32`, or `bf16` where the processor is made for it.
    #[serde(default = "single")]
    pub precision: String,
    /// `adamw`, or `muon` for the matrices of the blocks with AdamW for the rest.
    #[serde(default = "adamw")]
    pub optimizer: String,
    /// Seed of parameters, noise and order.
    #[serde(default = "one")]
    pub seed: u64,
    /// Steps of the whole run.
    pub steps: u64,
    /// Samples of a step.
    pub batch: usize,
    /// Highest learning rate.
    pub lr: f32,
    /// Steps until the learning rate is reached.
    #[serde(default = "warmup")]
    pub warmup_steps: u64,
    /// Share of the run, at its end, over which the learning rate falls to zero.
    #[serde(default = "cooldown")]
    pub cooldown: f32,
    /// Decay of weights that are matrices.
    #[serde(default = "weight_decay")]
    pub weight_decay: f32,
    /// Largest norm of a gradient.
    #[serde(default = "clip")]
    pub clip: f32,
    /// Decay of the average of the weights.
    #[serde(default = "ema")]
    pub ema: f32,
    /// How much more an error in the plan counts.
    #[serde(default = "plan_weight")]
    pub plan_weight: f32,
    /// How much more a symbol counts than a number.
    #[serde(default = "symbol_weight")]
    pub symbol_weight: f32,
    /// How far the pull of numbers that are known well is tamed, 0 to 1.
    #[serde(default)]
    pub scalar_beta: f32,
    /// Records at the end of the corpus that are kept for evaluation.
    #[serde(default = "held_out")]
    pub held_out: u64,
    /// Steps between checkpoints.
    #[serde(default = "save_every")]
    pub save_every: u64,
    /// Steps between evaluations.
    #[serde(default = "eval_every")]
    pub eval_every: u64,
    /// Worlds of an evaluation.
    #[serde(default = "eval_worlds")]
    pub eval_worlds: usize,
}

fn symbol_weight() -> f32 {
    1.0
}
fn single() -> String {
    "f32".into()
}
fn adamw() -> String {
    "adamw".into()
}
fn one() -> u64 {
    1
}
fn warmup() -> u64 {
    200
}
fn cooldown() -> f32 {
    0.2
}
fn weight_decay() -> f32 {
    0.01
}
fn clip() -> f32 {
    1.0
}
fn ema() -> f32 {
    0.999
}
fn plan_weight() -> f32 {
    5.0
}
fn held_out() -> u64 {
    1024
}
fn save_every() -> u64 {
    200
}
fn eval_every() -> u64 {
    500
}
fn eval_worlds() -> usize {
    128
}

impl TrainConfig {
    /// Reads a file.
    ///
    /// # Errors
    /// Files that cannot be read, unknown keys, and values out of range.
    pub fn read(path: &Path) -> Result<TrainConfig> {
        let text = std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("{} is no training configuration", path.display()))
    }

    /// Reads a text.
    ///
    /// # Errors
    /// Unknown keys and values out of range.
    pub fn parse(text: &str) -> Result<TrainConfig> {
        let config: TrainConfig = toml::from_str(text)?;
        config.model()?;
        ensure!((1..=4096).contains(&config.batch), "batch: found {}, expected 1 to 4096", config.batch);
        let precision = config.precision.as_str();
        ensure!(matches!(precision, "f32" | "bf16"), "precision: found `{precision}`, expected f32 or bf16");
        ensure!(
            (0.0..=1.0).contains(&config.scalar_beta),
            "scalar_beta: found {}, expected 0 to 1",
            config.scalar_beta
        );
        let optimizer = config.optimizer.as_str();
        ensure!(matches!(optimizer, "adamw" | "muon"), "optimizer: found `{optimizer}`, expected adamw or muon");
        ensure!(config.steps >= 1, "steps: found 0, expected at least 1");
        ensure!(config.lr > 0.0 && config.lr < 1.0, "lr: found {}, expected 0 to 1", config.lr);
        ensure!((0.0..=1.0).contains(&config.cooldown), "cooldown: found {}, expected 0 to 1", config.cooldown);
        ensure!((0.0..1.0).contains(&config.ema), "ema: found {}, expected 0 to 1", config.ema);
        ensure!(config.save_every >= 1 && config.eval_every >= 1, "save_every and eval_every are at least 1");
        Ok(config)
    }

    /// The configuration of the model.
    ///
    /// # Errors
    /// Names that are no preset, and presets that no machine of today trains whole.
    pub fn model(&self) -> Result<Config> {
        let config = Config::preset(&self.preset)
            .with_context(|| format!("found preset `{}`, expected debug, s, pocket or studio", self.preset))?;
        ensure!(config.n_total() < 1 << 30, "{} has {} parameters: a plan, not a run", self.preset, config.n_total());
        Ok(config)
    }

    /// How the kinds of fields count.
    #[must_use]
    pub fn weights(&self) -> Weights {
        Weights { plan: self.plan_weight, symbol: self.symbol_weight, beta: self.scalar_beta }
    }

    /// True when Muon moves the matrices of the blocks.
    #[must_use]
    pub fn is_muon(&self) -> bool {
        self.optimizer == "muon"
    }

    /// The precision of products with weights.
    #[must_use]
    pub fn precision(&self) -> Precision {
        if self.precision == "bf16" { Precision::Half } else { Precision::Single }
    }

    /// A hash of everything that shapes the weights; where they are written does not.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let shaping = TrainConfig { out: PathBuf::new(), corpus: PathBuf::new(), ..self.clone() };
        // A configuration is plain data and always serialises.
        let text = serde_json::to_string(&shaping).unwrap_or_default();
        blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
    }

    /// The learning rate of a step: linear warm-up, constant, then 1 − √ of the way through the cool-down.
    #[must_use]
    pub fn lr_at(&self, step: u64) -> f32 {
        let warm = ((step + 1) as f32 / self.warmup_steps.max(1) as f32).min(1.0);
        let cool_from = self.steps as f32 * (1.0 - self.cooldown);
        let way = ((step as f32 - cool_from) / (self.steps as f32 - cool_from).max(1.0)).clamp(0.0, 1.0);
        self.lr * warm * (1.0 - way.sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "preset = \"debug\"\ncorpus = \"c\"\nout = \"o\"\nsteps = 1000\nbatch = 8\nlr = 0.001\n";

    #[test]
    fn a_key_that_nobody_reads_is_an_error() {
        assert!(TrainConfig::parse(SMALL).is_ok());
        let error = TrainConfig::parse(&format!("{SMALL}momentum = 3\n")).unwrap_err();
        assert!(format!("{error:#}").contains("momentum"), "{error:#}");
    }

    #[test]
    fn the_configurations_beside_the_code_are_sound() {
        let texts = [
            include_str!("../../../train/configs/debug.toml"),
            include_str!("../../../train/configs/s.toml"),
            include_str!("../../../train/configs/pocket.toml"),
        ];
        for (text, preset) in texts.into_iter().zip(["debug", "s", "pocket"]) {
            assert_eq!(TrainConfig::parse(text).unwrap().preset, preset);
        }
        let stages = [
            include_str!("../../../train/configs/shipped/1.toml"),
            include_str!("../../../train/configs/shipped/2.toml"),
            include_str!("../../../train/configs/shipped/3.toml"),
            include_str!("../../../train/configs/shipped/4.toml"),
            include_str!("../../../train/configs/shipped/5.toml"),
        ];
        for (stage, text) in stages.into_iter().enumerate() {
            let config = TrainConfig::parse(text).unwrap();
            assert_eq!((config.preset.as_str(), config.init.is_some()), ("s", stage > 0));
        }
    }

    #[test]
    fn values_out_of_range_say_what_is_expected() {
        for (key, wrong, word) in [
            ("batch = 8", "batch = 0", "1 to 4096"),
            ("\"debug\"", "\"xl\"", "debug, s, pocket"),
            ("batch = 8", "batch = 8\nprecision = \"f8\"", "f32 or bf16"),
            ("lr = 0.001", "lr = -1", "0 to 1"),
        ] {
            let message = format!("{:#}", TrainConfig::parse(&SMALL.replace(key, wrong)).unwrap_err());
            assert!(message.contains(word), "{message}");
        }
        assert!(format!("{:#}", TrainConfig::parse(&SMALL.replace("debug", "studio")).unwrap_err()).contains("a plan"));
    }

    #[test]
    fn the_learning_rate_rises_stays_and_falls_to_nothing() {
        let config = TrainConfig::parse(SMALL).unwrap();
        assert!(config.lr_at(0) < 1e-5 && (config.lr_at(500) - 1e-3).abs() < 1e-9);
        assert!(config.lr_at(900) < 0.4e-3 && config.lr_at(999) < 1e-5);
    }

    #[test]
    fn the_name_of_a_run_hangs_on_what_shapes_it() {
        let config = TrainConfig::parse(SMALL).unwrap();
        let moved = TrainConfig { out: "elsewhere".into(), ..config.clone() };
        let other = TrainConfig { lr: 0.002, ..config.clone() };
        assert_eq!(config.fingerprint(), moved.fingerprint());
        assert_ne!(config.fingerprint(), other.fingerprint());
    }
}
