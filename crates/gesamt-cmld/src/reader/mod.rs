//! The reader: a direct head from the words of a prompt to what it implies.
//!
//! The rules of the grammar read words that a list knows; the reader has seen sentences with what they imply and reads
//! combinations. Its features are words, neighbours, letters ([`features()`]) and what the rules read (cues); its outputs are
//! chances of place, genre, hour and weather, silence included, and leans on the axes. What it is sure of becomes part of
//! the intent ([`Reading::complete`]), so that backbone, masks and mending all go by it.

mod complete;
mod features;
mod targets;

pub(crate) use complete::POSSIBLE;
pub use features::{Features, MAX_WORDS, features, words};
pub use targets::{FACETS, N_OUTPUTS, Target, facet_outputs, first_output};

use gesamt_grammar::{Axis, Intent};

use crate::model::softmax;
use crate::text::{cues_of, n_cues};
use crate::weights::{Tensor, Tensors, WeightsError};

/// The sizes of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Rows of the table.
    pub rows: usize,
    /// Numbers of a row.
    pub dims: usize,
    /// Hidden units.
    pub hidden: usize,
}

/// The reader's parameters, row-major.
#[derive(Clone, Debug, PartialEq)]
pub struct Reader {
    /// Its sizes.
    pub shape: Shape,
    /// `rows × dims`: what each feature adds to the summary.
    pub table: Vec<f32>,
    /// `cues × dims`: what each cue adds.
    pub cues: Vec<f32>,
    /// `hidden × dims` and a bias each.
    pub inner: Vec<f32>,
    /// Biases of the hidden units.
    pub inner_bias: Vec<f32>,
    /// `outputs × (dims + hidden)`: from summary and hidden units to the outputs.
    pub outer: Vec<f32>,
    /// Biases of the outputs.
    pub outer_bias: Vec<f32>,
}

/// What the reader makes of a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// For each facet the chance of silence, then of each label.
    pub chances: Vec<f32>,
    /// The lean on each axis.
    pub leans: [f32; Axis::ALL.len()],
}

impl Reader {
    /// Reads a prompt with what the rules understood of it.
    #[must_use]
    pub fn read(&self, prompt: &str, intent: &Intent) -> Reading {
        let features = features(&words(prompt), self.shape.rows);
        let summary = self.summary(&features, &cues_of(intent));
        let hidden = self.hidden(&summary);
        let outputs: Vec<f32> = self.outputs(&summary, &hidden).iter().map(|v| v.clamp(-60.0, 60.0)).collect();
        let chances = (0..FACETS.len()).flat_map(|facet| softmax(&outputs[facet_outputs(facet)])).collect();
        let first = first_output(FACETS.len());
        Reading { chances, leans: std::array::from_fn(|axis| outputs[first + axis].clamp(-1.0, 1.0)) }
    }

    /// The summary of features and cues.
    #[must_use]
    pub fn summary(&self, features: &Features, cues: &[f32]) -> Vec<f32> {
        let dims = self.shape.dims;
        let mut summary = vec![0.0; dims];
        let rows = features.iter().map(|(row, weight)| (&self.table[*row as usize * dims..], *weight));
        let told = cues.iter().enumerate().filter(|(_, value)| **value != 0.0);
        for (row, weight) in rows.chain(told.map(|(cue, value)| (&self.cues[cue * dims..], *value))) {
            summary.iter_mut().zip(row).for_each(|(s, v)| *s += weight * v);
        }
        summary
    }

    /// The hidden units.
    #[must_use]
    pub fn hidden(&self, summary: &[f32]) -> Vec<f32> {
        let rows = self.inner.chunks_exact(self.shape.dims).zip(&self.inner_bias);
        rows.map(|(row, bias)| (bias + dot(row, summary)).max(0.0)).collect()
    }

    /// The outputs.
    #[must_use]
    pub fn outputs(&self, summary: &[f32], hidden: &[f32]) -> Vec<f32> {
        let rows = self.outer.chunks_exact(self.shape.dims + self.shape.hidden).zip(&self.outer_bias);
        let one = |(row, bias): (&[f32], &f32)| {
            let (direct, inner) = row.split_at(self.shape.dims);
            bias + dot(direct, summary) + dot(inner, hidden)
        };
        rows.map(one).collect()
    }

    /// The reader as tensors, under names that begin with `reader.`.
    #[must_use]
    pub fn tensors(&self) -> Tensors {
        let Shape { rows, dims, hidden } = self.shape;
        let mut tensors = Tensors::new();
        for (name, shape, values) in [
            ("table", [rows, dims], &self.table),
            ("cues", [n_cues(), dims], &self.cues),
            ("inner", [hidden, dims], &self.inner),
            ("inner_bias", [1, hidden], &self.inner_bias),
            ("outer", [N_OUTPUTS, dims + hidden], &self.outer),
            ("outer_bias", [1, N_OUTPUTS], &self.outer_bias),
        ] {
            tensors.insert(format!("{PREFIX}{name}"), Tensor::f32(shape, values.clone()));
        }
        tensors
    }

    /// The reader stored in tensors; `None` where there is none.
    ///
    /// # Errors
    /// Tensors that are missing or do not fit together.
    pub fn from_tensors(tensors: &Tensors) -> Result<Option<Reader>, WeightsError> {
        let at = |name: &str| format!("{PREFIX}{name}");
        if !tensors.iter().any(|(name, _)| name.starts_with(PREFIX)) {
            return Ok(None);
        }
        let size = |name: &str, axis: usize| {
            tensors.shape(&at(name)).map(|shape| shape.get(axis).copied().unwrap_or(0).max(1))
        };
        let shape = Shape { rows: size("table", 0)?.max(2), dims: size("table", 1)?, hidden: size("inner", 0)? };
        let Shape { rows, dims, hidden } = shape;
        let get = |name: &str, shape: [usize; 2]| tensors.f32(&at(name), &shape).map(|values| values.to_vec());
        Ok(Some(Reader {
            shape,
            table: get("table", [rows, dims])?,
            cues: get("cues", [n_cues(), dims])?,
            inner: get("inner", [hidden, dims])?,
            inner_bias: get("inner_bias", [1, hidden])?,
            outer: get("outer", [N_OUTPUTS, dims + hidden])?,
            outer_bias: get("outer_bias", [1, N_OUTPUTS])?,
        }))
    }
}

/// The beginning of the tensors' names.
const PREFIX: &str = "reader.";

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_grammar::understand;
    use gesamt_world::Seed;

    fn reader() -> Reader {
        let shape = Shape { rows: 64, dims: 4, hidden: 3 };
        let numbers = |name: &str, n: usize| -> Vec<f32> {
            let mut rng = Seed(1).child(name).rng();
            (0..n).map(|_| rng.normal()).collect()
        };
        Reader {
            shape,
            table: numbers("table", 64 * 4),
            cues: numbers("cues", n_cues() * 4),
            inner: numbers("inner", 12),
            inner_bias: numbers("inner_bias", 3),
            outer: numbers("outer", N_OUTPUTS * 7),
            outer_bias: numbers("outer_bias", N_OUTPUTS),
        }
    }

    #[test]
    fn a_reading_is_made_of_chances_and_bounded_leans_whatever_the_prompt() {
        for prompt in ["", " , .", "🌊🐙", "a harbour at dusk, no rain", &"word ".repeat(300)] {
            let reading = reader().read(prompt, &understand(prompt));
            for facet in 0..FACETS.len() {
                let sum: f32 = reading.chances[facet_outputs(facet)].iter().sum();
                assert!((sum - 1.0).abs() < 1e-5, "{prompt}: {sum}");
            }
            assert!(reading.leans.iter().all(|lean| lean.abs() <= 1.0));
        }
    }

    #[test]
    fn a_reader_survives_its_tensors_and_parts_of_one_are_refused() {
        let tensors = reader().tensors();
        assert_eq!(Reader::from_tensors(&tensors).unwrap(), Some(reader()));
        assert_eq!(Reader::from_tensors(&Tensors::new()).unwrap(), None);
        for (name, _) in tensors.iter() {
            let mut part = Tensors::new();
            tensors.iter().filter(|(other, _)| *other != name).for_each(|(other, t)| part.insert(other, t.clone()));
            assert!(Reader::from_tensors(&part).is_err(), "without {name}");
            let mut flat = tensors.clone();
            flat.insert(name, Tensor::f32([1], vec![0.0]));
            assert!(Reader::from_tensors(&flat).is_err(), "{name} of another shape");
        }
    }
}
