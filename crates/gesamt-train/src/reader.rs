//! Training of the reader: authored scenes, the lexicon's entries and generated captions, one after the other.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use gesamt_cmld::reader::{
    FACETS, Features, N_OUTPUTS, Reader, Shape, Target, facet_outputs, features, first_output, words,
};
use gesamt_cmld::text::{cues_of, n_cues};
use gesamt_corpus::captioned;
use gesamt_corpus::scenes::Scenes;
use gesamt_grammar::lexicon::Lexicon;
use gesamt_grammar::{Axis, Intent, understand};
use gesamt_world::{Rng, Seed};
use serde::{Deserialize, Serialize};

/// How a reader is trained, as it stands in a TOML file. A key that is not listed here is an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReaderConfig {
    /// Always `reader`: what tells this file from one for a model.
    pub preset: String,
    /// The file that it is written to.
    pub out: PathBuf,
    /// Rows of the table of features.
    pub rows: usize,
    /// Numbers of a row.
    pub dims: usize,
    /// Hidden units.
    pub hidden: usize,
    /// Times that every scene is read.
    pub epochs: usize,
    /// The first learning rate; it falls to zero in a line.
    pub lr: f32,
    /// Chance that a word is left out of a scene.
    pub word_dropout: f32,
    /// Chance that the reader is not told what the rules read.
    pub cue_dropout: f32,
    /// How much an entry of the lexicon counts beside a scene.
    pub lexicon_weight: f32,
    /// How much a generated caption counts beside a scene.
    pub caption_weight: f32,
    /// Generated captions for each scene.
    pub captions_per_scene: f32,
    /// How much an axis counts beside a facet.
    pub axis_weight: f32,
    /// Shrinks the parameters that a sample touches.
    pub decay: f32,
    /// The seed.
    pub seed: u64,
}

impl Default for ReaderConfig {
    fn default() -> Self {
        Self {
            preset: PRESET.into(),
            out: "reader.safetensors".into(),
            rows: 1 << 17,
            dims: 96,
            hidden: 96,
            epochs: 8,
            lr: 0.1,
            word_dropout: 0.12,
            cue_dropout: 0.25,
            lexicon_weight: 0.3,
            caption_weight: 0.5,
            captions_per_scene: 0.5,
            axis_weight: 1.5,
            decay: 1e-5,
            seed: 1,
        }
    }
}

/// The name that stands where models have their preset.
const PRESET: &str = "reader";
/// The most numbers of a table: half a gibibyte.
const MAX_TABLE: usize = 1 << 27;

impl ReaderConfig {
    /// The configuration of a file; `None` when it is one for a model.
    ///
    /// # Errors
    /// Files that cannot be read, unknown keys, and values out of range.
    pub fn read(path: &Path) -> Result<Option<ReaderConfig>> {
        let text = std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("{} is no training configuration", path.display()))
    }

    /// The configuration of a text; `None` when it is one for a model.
    ///
    /// # Errors
    /// Unknown keys and values out of range.
    pub fn parse(text: &str) -> Result<Option<ReaderConfig>> {
        #[derive(Deserialize)]
        struct Preset {
            preset: Option<String>,
        }
        if toml::from_str::<Preset>(text)?.preset.as_deref() != Some(PRESET) {
            return Ok(None);
        }
        let config: ReaderConfig = toml::from_str(text)?;
        for (key, found, low, high) in [
            ("rows", config.rows, 2, 1 << 20),
            ("dims", config.dims, 1, 1024),
            ("hidden", config.hidden, 1, 4096),
            ("epochs", config.epochs, 1, 1000),
        ] {
            ensure!((low..=high).contains(&found), "{key}: found {found}, expected {low} to {high}");
        }
        ensure!(config.lr > 0.0 && config.lr < 1.0, "lr: found {}, expected 0 to 1", config.lr);
        ensure!(
            config.rows * config.dims <= MAX_TABLE,
            "rows × dims: found more than {MAX_TABLE}, which no file holds"
        );
        for (key, found, high) in [
            ("word_dropout", config.word_dropout, 0.95),
            ("cue_dropout", config.cue_dropout, 0.95),
            ("lexicon_weight", config.lexicon_weight, 10.0),
            ("caption_weight", config.caption_weight, 10.0),
            ("captions_per_scene", config.captions_per_scene, 10.0),
            ("axis_weight", config.axis_weight, 10.0),
            ("decay", config.decay, 0.1),
        ] {
            ensure!((0.0..=high).contains(&found), "{key}: found {found}, expected 0 to {high}");
        }
        Ok(Some(config))
    }

    /// A hash of every setting that shapes the reader; the texts that it reads are in the ledger of rights.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let shaping = ReaderConfig { out: PathBuf::new(), ..self.clone() };
        // Plain data always serialises.
        blake3::hash(serde_json::to_string(&shaping).unwrap_or_default().as_bytes()).to_hex()[..16].to_owned()
    }
}

/// Trains a reader and writes it.
///
/// # Errors
/// What the system refuses.
pub fn make_reader(config: &ReaderConfig, say: &mut dyn FnMut(&str)) -> Result<Reader> {
    let reader = train_reader(config, say);
    let mut tensors = reader.tensors();
    tensors.facts.insert("reader".into(), config.fingerprint());
    if let Some(dir) = config.out.parent() {
        std::fs::create_dir_all(dir).with_context(|| format!("could not make {}", dir.display()))?;
    }
    tensors.write(&config.out).with_context(|| format!("could not write {}", config.out.display()))?;
    Ok(reader)
}

/// A caption with what it should be read as.
struct Sample {
    words: Vec<String>,
    cues: Vec<f32>,
    target: Target,
    weight: f32,
}

impl Sample {
    fn of(caption: &str, intent: &Intent, weight: f32) -> Sample {
        Sample { words: words(caption), cues: cues_of(&understand(caption)), target: Target::of(intent), weight }
    }
}

/// Trains a reader. `say` gets a line for people after each epoch.
///
/// # Determinism
/// The reader depends on the configuration and on the authored texts.
pub fn train_reader(config: &ReaderConfig, say: &mut dyn FnMut(&str)) -> Reader {
    let mut trainer = Trainer::new(config);
    let scenes: Vec<Sample> =
        Scenes::get().taught.iter().map(|scene| Sample::of(scene.caption, &scene.intent(scene.caption), 1.0)).collect();
    let lexicon: Vec<Sample> =
        Lexicon::get().iter().map(|(word, _)| Sample::of(word, &understand(word), config.lexicon_weight)).collect();
    let n_captions = (config.captions_per_scene * scenes.len() as f32) as u64;
    for epoch in 0..config.epochs {
        let first = epoch as u64 * n_captions;
        let captions: Vec<Sample> = (first..first + n_captions)
            .map(|index| captioned(config.seed ^ 0x5eed, index))
            .map(|(caption, intent)| Sample::of(&caption, &intent, config.caption_weight))
            .collect();
        let mut order: Vec<&Sample> = scenes.iter().chain(&lexicon).chain(&captions).collect();
        let mut rng = Seed(config.seed).child("order").index(epoch as u64).rng();
        (1..order.len()).rev().for_each(|last| order.swap(last, rng.below(last + 1)));
        let n = order.len();
        let mut loss = 0.0;
        for (index, sample) in order.into_iter().enumerate() {
            let done = (epoch as f32 + index as f32 / n as f32) / config.epochs as f32;
            loss += trainer.step(sample, config.lr * (1.0 - done).max(1e-3), &mut rng);
        }
        say(&format!("reader: epoch {:>2} of {}  loss {:.4}", epoch + 1, config.epochs, loss / n as f32));
    }
    trainer.reader
}

/// A reader under way: AdaGrad on one sample at a time, so that rare words learn as fast as common ones.
///
/// # Source
/// Duchi et al., "Adaptive subgradient methods for online learning" (2011); the shape of the features after Joulin et al.,
/// "Bag of tricks for efficient text classification" (2016).
struct Trainer<'a> {
    config: &'a ReaderConfig,
    reader: Reader,
    /// Sums of squared gradients of the parameters, in the same order.
    squares: Reader,
}

impl<'a> Trainer<'a> {
    fn new(config: &'a ReaderConfig) -> Trainer<'a> {
        let ReaderConfig { rows, dims, hidden, .. } = *config;
        let zeros = Reader {
            shape: Shape { rows, dims, hidden },
            table: vec![0.0; rows * dims],
            cues: vec![0.0; n_cues() * dims],
            inner: vec![0.0; hidden * dims],
            inner_bias: vec![0.0; hidden],
            outer: vec![0.0; N_OUTPUTS * (dims + hidden)],
            outer_bias: vec![0.0; N_OUTPUTS],
        };
        let mut reader = zeros.clone();
        let mut rng = Seed(config.seed).child("reader").rng();
        let mut fill = |values: &mut [f32], scale: f32| values.iter_mut().for_each(|v| *v = scale * rng.normal());
        // The table begins at zero, so that features that were never seen say nothing.
        fill(&mut reader.inner, 1.0 / (dims as f32).sqrt());
        fill(&mut reader.outer, 0.5 / (dims as f32).sqrt());
        Trainer { config, reader, squares: zeros }
    }

    /// One step; returns the loss.
    fn step(&mut self, sample: &Sample, lr: f32, rng: &mut Rng) -> f32 {
        let config = self.config;
        let kept: Vec<String> = if sample.words.len() < 4 {
            sample.words.clone()
        } else {
            sample.words.iter().filter(|_| !rng.chance(config.word_dropout)).cloned().collect()
        };
        let is_told = !rng.chance(config.cue_dropout);
        let features = features(&kept, config.rows);
        let cues: Features = if is_told {
            sample.cues.iter().enumerate().filter(|(_, v)| **v != 0.0).map(|(i, v)| (i as u32, *v)).collect()
        } else {
            Features::new()
        };
        let told: &[f32] = if is_told { &sample.cues } else { &[] };
        let summary = self.reader.summary(&features, told);
        let hidden = self.reader.hidden(&summary);
        let outputs = self.reader.outputs(&summary, &hidden);
        let (loss, d_outputs) = loss(&outputs, &sample.target, config.axis_weight);
        let (dims, width) = (config.dims, config.dims + config.hidden);
        let mut d_summary = vec![0.0; dims];
        let mut d_hidden = vec![0.0; config.hidden];
        let ada = |value: &mut f32, square: &mut f32, gradient: f32| {
            *square += gradient * gradient;
            *value -= lr * (gradient / (square.sqrt() + 1e-6) + config.decay * *value);
        };
        for (output, d) in d_outputs.iter().enumerate().map(|(output, d)| (output, d * sample.weight)) {
            if d == 0.0 {
                continue;
            }
            let row = &mut self.reader.outer[output * width..(output + 1) * width];
            let squares = &mut self.squares.outer[output * width..(output + 1) * width];
            for i in 0..dims {
                d_summary[i] += d * row[i];
                ada(&mut row[i], &mut squares[i], d * summary[i]);
            }
            for i in 0..config.hidden {
                d_hidden[i] += d * row[dims + i];
                ada(&mut row[dims + i], &mut squares[dims + i], d * hidden[i]);
            }
            ada(&mut self.reader.outer_bias[output], &mut self.squares.outer_bias[output], d);
        }
        for unit in (0..config.hidden).filter(|unit| hidden[*unit] > 0.0) {
            let d = d_hidden[unit];
            let row = &mut self.reader.inner[unit * dims..(unit + 1) * dims];
            let squares = &mut self.squares.inner[unit * dims..(unit + 1) * dims];
            for i in 0..dims {
                d_summary[i] += d * row[i];
                ada(&mut row[i], &mut squares[i], d * summary[i]);
            }
            ada(&mut self.reader.inner_bias[unit], &mut self.squares.inner_bias[unit], d);
        }
        for (table, squares, rows) in [
            (&mut self.reader.table, &mut self.squares.table, &features),
            (&mut self.reader.cues, &mut self.squares.cues, &cues),
        ] {
            for (row, weight) in rows {
                let at = *row as usize * dims;
                let both = table[at..at + dims].iter_mut().zip(&mut squares[at..at + dims]);
                both.zip(&d_summary).for_each(|((value, square), d)| ada(value, square, weight * d));
            }
        }
        loss
    }
}

/// The loss and its gradient: cross-entropy of the facets, squares of the axes. Axes of which nothing is said pull gently.
fn loss(outputs: &[f32], target: &Target, axis_weight: f32) -> (f32, Vec<f32>) {
    let mut gradient = vec![0.0; N_OUTPUTS];
    let mut loss = 0.0;
    for facet in 0..FACETS.len() {
        let range = facet_outputs(facet);
        let chances = gesamt_cmld::model::softmax(&outputs[range.clone()]);
        for (index, chance) in range.zip(chances) {
            loss -= target.chances[index] * chance.max(1e-9).ln();
            gradient[index] = chance - target.chances[index];
        }
    }
    let first = first_output(FACETS.len());
    for axis in 0..Axis::ALL.len() {
        let gap = outputs[first + axis] - target.leans[axis];
        let weight = axis_weight * if target.leans[axis] == 0.0 { 0.15 } else { 1.0 };
        loss += 0.5 * weight * gap * gap;
        gradient[first + axis] = weight * gap;
    }
    (loss, gradient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_world::Place;

    /// A small reader of a small part of everything.
    fn small() -> ReaderConfig {
        ReaderConfig {
            rows: 16384,
            dims: 32,
            hidden: 16,
            epochs: 1,
            captions_per_scene: 0.02,
            ..ReaderConfig::default()
        }
    }

    #[test]
    fn the_gradient_is_that_of_the_loss() {
        let target = Target::of(&understand("a foggy harbour at dusk, abandoned"));
        let mut rng = Seed(2).rng();
        let outputs: Vec<f32> = (0..N_OUTPUTS).map(|_| rng.normal()).collect();
        let (_, gradient) = loss(&outputs, &target, 1.5);
        for index in 0..N_OUTPUTS {
            let moved = |step: f32| {
                let mut outputs = outputs.clone();
                outputs[index] += step;
                f64::from(loss(&outputs, &target, 1.5).0)
            };
            let numeric = (moved(0.01) - moved(-0.01)) / 0.02;
            assert!((numeric - f64::from(gradient[index])).abs() < 2e-3, "{index}: {numeric} {}", gradient[index]);
        }
    }

    #[test]
    fn one_epoch_learns_the_names_of_places_and_the_file_gives_the_same_reader() {
        let dir = tempfile::tempdir().unwrap();
        let config = ReaderConfig { out: dir.path().join("a/reader.safetensors"), ..small() };
        let mut lines = Vec::new();
        let reader = make_reader(&config, &mut |line| lines.push(line.to_owned())).unwrap();
        assert!(lines.len() == 1 && lines[0].contains("epoch  1 of 1"), "{lines:?}");
        for (prompt, place) in [("a harbour at night", Place::Harbor), ("an old library", Place::Library)] {
            let chances = reader.read(prompt, &understand(prompt)).chances;
            let best = (1..=Place::ALL.len()).max_by(|a, b| chances[*a].total_cmp(&chances[*b]));
            assert_eq!(best, Some(1 + place as usize), "{prompt}");
        }
        let tensors = gesamt_cmld::weights::Tensors::read(&config.out).unwrap();
        assert_eq!(Reader::from_tensors(&tensors).unwrap(), Some(reader));
        assert_eq!(tensors.facts.get("reader"), Some(&config.fingerprint()));
    }

    #[test]
    fn files_for_models_are_none_and_wrong_values_are_told() {
        assert_eq!(ReaderConfig::parse("preset = \"s\"\nsteps = 3").unwrap(), None);
        assert_eq!(ReaderConfig::parse("preset = \"reader\"").unwrap(), Some(ReaderConfig::default()));
        for (line, word) in [
            ("dims = 0", "1 to 1024"),
            ("lr = 2.0", "0 to 1"),
            ("axis_weight = nan", "0 to 10"),
            ("captions_per_scene = inf", "0 to 10"),
            ("epoch = 3", "unknown field"),
        ] {
            let error = ReaderConfig::parse(&format!("preset = \"reader\"\n{line}")).unwrap_err();
            assert!(format!("{error:#}").contains(word), "{error:#}");
        }
    }
}
