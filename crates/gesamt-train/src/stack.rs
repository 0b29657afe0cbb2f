//! What training asks of a tensor stack: outputs and gradients. The loss is not its business.

use anyhow::Result;
use gesamt_cmld::model::Params;

use crate::data::Batch;
use crate::optim::Gradients;

/// A stack of tensors that can run the network and go back through it.
pub trait Stack {
    /// The outputs of the heads for every sample, without gradients.
    ///
    /// # Errors
    /// What the stack refuses.
    fn outputs(&self, params: &Params, batch: &Batch) -> Result<Vec<f32>>;

    /// Runs the network, asks `upstream` for the gradient by its outputs and returns the gradient by every parameter.
    ///
    /// # Errors
    /// What the stack refuses.
    fn gradients(
        &self,
        params: &Params,
        batch: &Batch,
        upstream: &mut dyn FnMut(&[f32]) -> Vec<f32>,
    ) -> Result<Gradients>;
}
