//! The codec as tensors, to travel with the weights.

use std::collections::BTreeMap;

use super::{Codec, Kind, Quantile, Schema, Whitening, codebook_shapes};
use crate::weights::{Tensor, Tensors, WeightsError};

impl Codec {
    /// Every number of the codec, under names that begin with `codec.`.
    #[must_use]
    pub fn tensors(&self) -> Tensors {
        let mut tensors = Tensors::new();
        for ((n, dims), book) in &self.codebooks {
            tensors.insert(format!("codec.symbols.{n}x{dims}"), Tensor::f32([*n, *dims], book.concat()));
        }
        for (index, law) in self.quantiles.iter().enumerate() {
            let Some(law) = law else { continue };
            let flat: Vec<f64> = law.knots().iter().flat_map(|(edge, share)| [*edge, *share]).collect();
            tensors.insert(format!("codec.law.{index}"), Tensor::f64([law.knots().len(), 2], flat));
        }
        for (token, map) in self.whitenings.iter().enumerate() {
            let dims = map.mean.len();
            tensors.insert(format!("codec.mean.{token}"), Tensor::f64([dims], map.mean.clone()));
            tensors.insert(format!("codec.forward.{token}"), Tensor::f64([dims, dims], map.forward.clone()));
            tensors.insert(format!("codec.backward.{token}"), Tensor::f64([dims, dims], map.backward.clone()));
        }
        tensors
    }

    /// The codec stored in tensors.
    ///
    /// # Errors
    /// A tensor that is missing or of another shape, and laws that are none.
    pub fn from_tensors(tensors: &Tensors) -> Result<Codec, WeightsError> {
        let schema = Schema::get();
        let mut books = BTreeMap::new();
        for (n, dims) in codebook_shapes() {
            let flat = tensors.f32(&format!("codec.symbols.{n}x{dims}"), &[n, dims])?;
            books.insert((n, dims), flat.chunks_exact(dims).map(<[f32]>::to_vec).collect());
        }
        let mut quantiles = Vec::with_capacity(schema.fields.len());
        for (index, field) in schema.fields.iter().enumerate() {
            quantiles.push(match field.kind {
                Kind::Scalar { scale } => Some(law(tensors, index, scale.n_cells())?),
                _ => None,
            });
        }
        let mut whitenings = Vec::with_capacity(schema.tokens.len());
        for (token, spec) in schema.tokens.iter().enumerate() {
            let dims = spec.dims.len();
            whitenings.push(Whitening {
                mean: tensors.f64(&format!("codec.mean.{token}"), &[dims])?.to_vec(),
                forward: tensors.f64(&format!("codec.forward.{token}"), &[dims, dims])?.to_vec(),
                backward: tensors.f64(&format!("codec.backward.{token}"), &[dims, dims])?.to_vec(),
            });
        }
        Ok(Codec { codebooks: books, quantiles, whitenings })
    }
}

fn law(tensors: &Tensors, index: usize, n_cells: u32) -> Result<Quantile, WeightsError> {
    let name = format!("codec.law.{index}");
    let n_knots = tensors.shape(&name)?.first().copied().unwrap_or(0);
    let flat = tensors.f64(&name, &[n_knots, 2])?;
    let knots = flat.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
    Quantile::from_knots(knots, n_cells).ok_or_else(|| WeightsError::Value {
        name,
        found: "knots that do not rise from (0, 0) to the last cell".into(),
    })
}
