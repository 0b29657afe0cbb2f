//! Cross-modal latent diffusion: the model that imagines worlds.
//!
//! * [`codec`]: worlds to latents and back, exactly
//! * [`text`]: prompts to words and cues
//! * [`reader`]: the direct head, from words to what they imply
//! * [`model`]: configurations, parameters and the forward pass
//! * [`sampler`]: few-step samplers of a velocity, guidance and schedules; it does not know the network
//! * [`imagine`]: the two together, prompt to worlds
//! * [`weights`]: named tensors on disk
//! * [`kernels`]: the arithmetic, SIMD chosen at run time
//!
//! Deliberately absent: training (see `train/`), the renderers, and any randomness but that of seeds.

pub mod codec;
pub mod imagine;
pub mod kernels;
pub mod mask;
pub mod model;
pub mod reader;
pub mod sampler;
pub mod text;
pub mod weights;
