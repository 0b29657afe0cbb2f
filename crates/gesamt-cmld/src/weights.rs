//! Named tensors on disk: safetensors with everything checked before it is believed.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use half::f16;
use half::slice::HalfFloatSliceExt;
use rayon::prelude::*;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};

/// Why a file holds no weights for this build.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// The file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is larger than any checkpoint of this build.
    #[error("{}: found {found} bytes, expected at most {limit}", path.display())]
    LimitReached {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        found: u64,
        /// The largest accepted size.
        limit: u64,
    },
    /// The bytes are not a safetensors file.
    #[error("not a safetensors file: {0}")]
    Format(String),
    /// A tensor is not there.
    #[error("the tensor `{name}` is missing")]
    Missing {
        /// Its name.
        name: String,
    },
    /// A tensor has another shape or type.
    #[error("the tensor `{name}` has shape {found}, expected {expected}")]
    Shape {
        /// Its name.
        name: String,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// A tensor holds numbers that cannot be.
    #[error("the tensor `{name}` holds {found}")]
    Value {
        /// Its name.
        name: String,
        /// What was found.
        found: String,
    },
    /// The file is of another configuration.
    #[error("the weights are for {key} {found}, this build expects {expected}")]
    Config {
        /// What differs.
        key: String,
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
}

/// The largest accepted file: weights, average and optimiser state of the largest preset that a machine trains whole.
pub const MAX_BYTES: u64 = 2 << 30;

/// The name of the facts in the file.
const FACTS: &str = "gesamt";

/// A dense tensor in row-major order.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// Its shape.
    pub shape: Vec<usize>,
    /// Its numbers.
    pub data: Data,
}

/// The numbers of a tensor.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Single precision.
    F32(Vec<f32>),
    /// Double precision.
    F64(Vec<f64>),
    /// Half precision, in files only: reading widens it to single.
    F16(Vec<f16>),
}

impl Tensor {
    /// A single-precision tensor.
    #[must_use]
    pub fn f32(shape: impl Into<Vec<usize>>, data: Vec<f32>) -> Tensor {
        Tensor { shape: shape.into(), data: Data::F32(data) }
    }

    /// A double-precision tensor.
    #[must_use]
    pub fn f64(shape: impl Into<Vec<usize>>, data: Vec<f64>) -> Tensor {
        Tensor { shape: shape.into(), data: Data::F64(data) }
    }

    fn bytes(&self) -> Vec<u8> {
        match &self.data {
            Data::F32(data) => data.iter().flat_map(|v| v.to_le_bytes()).collect(),
            Data::F64(data) => data.iter().flat_map(|v| v.to_le_bytes()).collect(),
            Data::F16(data) => data.iter().flat_map(|v| v.to_le_bytes()).collect(),
        }
    }

    const fn dtype(&self) -> Dtype {
        match self.data {
            Data::F32(_) => Dtype::F32,
            Data::F64(_) => Dtype::F64,
            Data::F16(_) => Dtype::F16,
        }
    }
}

/// Tensors by name, with a few words about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tensors {
    tensors: BTreeMap<String, Tensor>,
    /// Facts about the file: preset, schema, corpus.
    pub facts: BTreeMap<String, String>,
}

impl Tensors {
    /// No tensors.
    #[must_use]
    pub fn new() -> Tensors {
        Tensors::default()
    }

    /// Adds a tensor, in place of one of the same name.
    pub fn insert(&mut self, name: impl Into<String>, tensor: Tensor) {
        self.tensors.insert(name.into(), tensor);
    }

    /// Adds all tensors of another set.
    pub fn extend(&mut self, other: Tensors) {
        self.tensors.extend(other.tensors);
        self.facts.extend(other.facts);
    }

    /// Every name and tensor, in the order of the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Tensor)> {
        self.tensors.iter().map(|(name, tensor)| (name.as_str(), tensor))
    }

    /// The same with single-precision tensors, for which `is_halved`, in half precision: half the file, for use and not for
    /// training.
    #[must_use]
    pub fn halved(mut self, is_halved: impl Fn(&str) -> bool) -> Tensors {
        for (_, tensor) in self.tensors.iter_mut().filter(|(name, _)| is_halved(name)) {
            if let Data::F32(data) = &tensor.data {
                tensor.data = Data::F16(data.iter().map(|v| f16::from_f32(*v)).collect());
            }
        }
        self
    }

    /// True when there is a tensor of this name.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    /// The shape of a tensor.
    ///
    /// # Errors
    /// [`WeightsError::Missing`].
    pub fn shape(&self, name: &str) -> Result<&[usize], WeightsError> {
        Ok(&self.get(name)?.shape)
    }

    /// The numbers of a single-precision tensor of the given shape.
    ///
    /// # Errors
    /// A tensor that is missing or of another shape or type.
    pub fn f32(&self, name: &str, shape: &[usize]) -> Result<&[f32], WeightsError> {
        match self.get(name)? {
            Tensor { shape: found, data: Data::F32(data) } if found == shape => Ok(data),
            other => Err(mismatch(name, other, "f32", shape)),
        }
    }

    /// The numbers of a double-precision tensor of the given shape.
    ///
    /// # Errors
    /// A tensor that is missing or of another shape or type.
    pub fn f64(&self, name: &str, shape: &[usize]) -> Result<&[f64], WeightsError> {
        match self.get(name)? {
            Tensor { shape: found, data: Data::F64(data) } if found == shape => Ok(data),
            other => Err(mismatch(name, other, "f64", shape)),
        }
    }

    /// A fact that must have a certain value.
    ///
    /// # Errors
    /// [`WeightsError::Config`] with both values.
    pub fn expect(&self, key: &str, expected: &str) -> Result<(), WeightsError> {
        let found = self.facts.get(key).map_or("nothing", String::as_str);
        if found == expected {
            return Ok(());
        }
        Err(WeightsError::Config { key: key.into(), found: found.into(), expected: expected.into() })
    }

    fn get(&self, name: &str) -> Result<&Tensor, WeightsError> {
        self.tensors.get(name).ok_or_else(|| WeightsError::Missing { name: name.into() })
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// A tensor whose numbers do not fill its shape.
    pub fn to_bytes(&self) -> Result<Vec<u8>, WeightsError> {
        let bytes: Vec<(&String, &Tensor, Vec<u8>)> = self.tensors.iter().map(|(n, t)| (n, t, t.bytes())).collect();
        let mut views = Vec::with_capacity(bytes.len());
        for (name, tensor, data) in &bytes {
            let view = TensorView::new(tensor.dtype(), tensor.shape.clone(), data);
            views.push((name.as_str(), view.map_err(|error| WeightsError::Format(error.to_string()))?));
        }
        // The format's own table of facts has no order; one text in it has, so that the same tensors give the same bytes.
        let text = serde_json::to_string(&self.facts).map_err(|error| WeightsError::Format(error.to_string()))?;
        safetensors::serialize(views, Some([(FACTS.to_owned(), text)].into()))
            .map_err(|error| WeightsError::Format(error.to_string()))
    }

    /// The tensors of a file's bytes. Every number is finite.
    ///
    /// # Errors
    /// Bytes that are no safetensors file, other number types, and numbers that are not finite.
    pub fn from_bytes(bytes: &[u8]) -> Result<Tensors, WeightsError> {
        let format = |error: safetensors::SafeTensorError| WeightsError::Format(error.to_string());
        let file = SafeTensors::deserialize(bytes).map_err(format)?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(format)?;
        let mut out = Tensors::new();
        if let Some(text) = header.metadata().as_ref().and_then(|facts| facts.get(FACTS)) {
            out.facts = serde_json::from_str(text).map_err(|error| WeightsError::Format(error.to_string()))?;
        }
        let read = |(name, view): (String, TensorView)| {
            let tensor = Tensor { shape: view.shape().to_vec(), data: numbers(&name, &view)? };
            Ok((name, tensor))
        };
        let tensors: Result<Vec<_>, WeightsError> = file.tensors().into_par_iter().map(read).collect();
        out.tensors.extend(tensors?);
        Ok(out)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// As [`Tensors::from_bytes`]; and files that cannot be read or are too large.
    pub fn read(path: &Path) -> Result<Tensors, WeightsError> {
        let io = |source| WeightsError::Io { path: path.into(), source };
        let file = std::fs::File::open(path).map_err(io)?;
        let found = file.metadata().map_err(io)?.len();
        if found > MAX_BYTES {
            return Err(WeightsError::LimitReached { path: path.into(), found, limit: MAX_BYTES });
        }
        let mut bytes = Vec::new();
        file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(io)?;
        Tensors::from_bytes(&bytes)
    }

    /// Writes a file so that it is whole or not there: beside its place, flushed to the disk, then renamed.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn write(&self, path: &Path) -> Result<(), WeightsError> {
        let io = |source| WeightsError::Io { path: path.into(), source };
        let bytes = self.to_bytes()?;
        let beside = path.with_extension("part");
        let mut file = std::fs::File::create(&beside).map_err(io)?;
        file.write_all(&bytes).and_then(|()| file.sync_all()).map_err(io)?;
        std::fs::rename(&beside, path).map_err(io)
    }
}

/// The numbers of a tensor in a file, all of them finite.
fn numbers(name: &str, view: &TensorView) -> Result<Data, WeightsError> {
    let data = match view.dtype() {
        Dtype::F32 => Data::F32(view.data().as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect()),
        Dtype::F64 => Data::F64(view.data().as_chunks().0.iter().map(|b| f64::from_le_bytes(*b)).collect()),
        Dtype::F16 => Data::F32(widened(view.data().as_chunks().0)),
        other => {
            let found = format!("{other:?}, expected F16, F32 or F64");
            return Err(WeightsError::Value { name: name.into(), found });
        }
    };
    let wild = match &data {
        Data::F16(data) => data.iter().position(|v| !v.is_finite()),
        Data::F32(data) => {
            // Without a way out of its loop a chunk is checked many numbers at a time.
            let is_wild = |chunk: &[f32]| chunk.iter().fold(false, |wild, v| wild | !v.is_finite());
            let chunk = data.chunks(CHUNK).position(is_wild);
            chunk.and_then(|at| data[at * CHUNK..].iter().position(|v| !v.is_finite()).map(|v| at * CHUNK + v))
        }
        Data::F64(data) => data.iter().position(|v| !v.is_finite()),
    };
    match wild {
        Some(at) => {
            Err(WeightsError::Value { name: name.into(), found: format!("a number that is not finite at {at}") })
        }
        None => Ok(data),
    }
}

/// Numbers that are read at a time.
const CHUNK: usize = 4096;

/// Half precision widened to single.
fn widened(bytes: &[[u8; 2]]) -> Vec<f32> {
    let mut out = vec![0.0; bytes.len()];
    let mut half = [f16::ZERO; CHUNK];
    for (bytes, out) in bytes.chunks(CHUNK).zip(out.chunks_mut(CHUNK)) {
        let half = &mut half[..bytes.len()];
        half.iter_mut().zip(bytes).for_each(|(half, b)| *half = f16::from_le_bytes(*b));
        half.convert_to_f32_slice(out);
    }
    out
}

fn mismatch(name: &str, found: &Tensor, kind: &str, shape: &[usize]) -> WeightsError {
    let found_kind = match found.data {
        Data::F32(_) => "f32",
        Data::F64(_) => "f64",
        Data::F16(_) => "f16",
    };
    WeightsError::Shape {
        name: name.into(),
        found: format!("{found_kind} {:?}", found.shape),
        expected: format!("{kind} {shape:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Tensors {
        let mut tensors = Tensors::new();
        tensors.insert("a", Tensor::f32([2, 2], vec![1.0, -2.0, 0.5, 3.0]));
        tensors.insert("b", Tensor::f64([3], vec![0.1, 0.2, 0.3]));
        tensors.facts.insert("preset".into(), "debug".into());
        tensors
    }

    #[test]
    fn tensors_and_facts_survive_a_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("w.safetensors");
        small().write(&path).unwrap();
        assert_eq!(Tensors::read(&path).unwrap(), small());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn half_precision_takes_half_the_file_and_is_widened_when_it_is_read() {
        let mut tensors = Tensors::new();
        tensors.insert("a", Tensor::f32([256], (0..256).map(|i| i as f32 / 100.0).collect()));
        let bytes = tensors.clone().halved(|name| name == "a").to_bytes().unwrap();
        assert!(bytes.len() + 500 < tensors.to_bytes().unwrap().len());
        let back = Tensors::from_bytes(&bytes).unwrap();
        let (found, exact) = (back.f32("a", &[256]).unwrap(), tensors.f32("a", &[256]).unwrap());
        assert!(found.iter().zip(exact).all(|(a, b)| (a - b).abs() <= b * 5e-4));
    }

    #[test]
    fn the_same_tensors_give_the_same_bytes() {
        let mut tensors = small();
        for i in 0..20 {
            tensors.facts.insert(format!("fact {i}"), i.to_string());
        }
        assert!((0..20).all(|_| tensors.to_bytes().unwrap() == tensors.clone().to_bytes().unwrap()));
    }

    #[test]
    fn every_truncation_is_refused() {
        let bytes = small().to_bytes().unwrap();
        for end in 0..bytes.len() {
            assert!(Tensors::from_bytes(&bytes[..end]).is_err(), "{end} of {} bytes", bytes.len());
        }
    }

    #[test]
    fn a_header_that_claims_more_than_there_is_is_refused_at_once() {
        for length in [u64::MAX, 1 << 62, 1 << 40, 200 << 20] {
            let mut bytes = length.to_le_bytes().to_vec();
            bytes.extend(b"{}");
            let error = Tensors::from_bytes(&bytes).unwrap_err();
            assert!(matches!(error, WeightsError::Format(_)), "{error}");
        }
    }

    #[test]
    fn flipped_bits_never_panic_and_lies_about_places_are_refused() {
        let bytes = small().to_bytes().unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let _ = Tensors::from_bytes(&flipped);
        }
        let header = br#"{"a":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,16]}}"#;
        let mut lie = (header.len() as u64).to_le_bytes().to_vec();
        lie.extend(header);
        lie.extend([0; 16]);
        assert!(matches!(Tensors::from_bytes(&lie), Err(WeightsError::Format(_))));
    }

    #[test]
    fn numbers_that_are_not_finite_are_refused_by_name() {
        for wild in [f32::NAN, f32::INFINITY] {
            let mut tensors = small();
            tensors.insert("poison", Tensor::f32([2], vec![0.0, wild]));
            let error = Tensors::from_bytes(&tensors.to_bytes().unwrap()).unwrap_err().to_string();
            assert_eq!(error, "the tensor `poison` holds a number that is not finite at 1");
        }
    }

    #[test]
    fn other_shapes_types_and_facts_are_named() {
        let tensors = small();
        let message = tensors.f32("a", &[4]).unwrap_err().to_string();
        assert_eq!(message, "the tensor `a` has shape f32 [2, 2], expected f32 [4]");
        assert_eq!(tensors.f32("c", &[1]).unwrap_err().to_string(), "the tensor `c` is missing");
        assert!(tensors.f32("b", &[3]).is_err());
        let message = tensors.expect("preset", "s").unwrap_err().to_string();
        assert_eq!(message, "the weights are for preset debug, this build expects s");
    }
}
