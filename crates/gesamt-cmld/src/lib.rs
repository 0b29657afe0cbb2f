//! Cross-modal latent diffusion: the model that imagines worlds.
//!
//! * [`codec`]: worlds to latents and back, exactly
//! * [`text`]: prompts to words and cues
//! * [`weights`]: named tensors on disk

pub mod codec;
pub mod text;
pub mod weights;
