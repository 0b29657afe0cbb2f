//! Training of the model.
//!
//! 1. [`data`]: records of the corpus to noisy latents with times and conditions
//! 2. [`stack`]: outputs and gradients; [`own`] has every gradient written out
//! 3. [`loss`]: cross-entropy and likelihood of the heads, with the gradient written out
//! 4. [`optim`]: AdamW and Muon, clipping, the average of the weights
//! 5. [`run`]: the loop, with [`checkpoint`]s, a [`curve`] and an [`evaluate`] now and then
//!
//! [`reader`] trains the direct head from the words to what they imply.
//!
//! `train/burn` runs the same network on another tensor stack and compares.

pub mod checkpoint;
pub mod config;
pub mod curve;
pub mod data;
pub mod evaluate;
pub mod loss;
pub mod optim;
pub mod own;
pub mod reader;
pub mod run;
pub mod stack;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
