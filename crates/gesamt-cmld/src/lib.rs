//! Cross-modal latent diffusion: the model that imagines worlds.
//!
//! * [`codec`]: worlds to latents and back, exactly
//! * [`weights`]: named tensors on disk

pub mod codec;
pub mod weights;
