//! An AAC-LC encoder for stereo at 48 kHz.
//!
//! The whole sound is known beforehand, so the encoder looks for the one quality that meets the bit rate on average and
//! codes every block at that quality: hard passages get more bits than easy ones. Tools: long and short windows with
//! grouping, mid/side per band, all spectral code books; no noise shaping, prediction or intensity stereo.
//!
//! # Source
//! ISO/IEC 14496-3:2009, subpart 4.

mod element;
mod huffman;
mod layout;
mod mdct;
mod psy;
mod quant;
mod tables;
#[cfg(test)]
pub(crate) mod tests;

use element::{CodedChannel, CodedPair};
use layout::Layout;
use mdct::{Mdct, WindowSequence};
use psy::{Hearing, Masking, energy};
use quant::{limit_deltas, quantise_band};

use crate::MediaError;

/// Samples per AAC frame and channel.
pub const FRAME_SAMPLES: usize = mdct::LONG;
/// Decoders may rely on frames no larger than this (6144 bits per channel).
const MAX_FRAME_BITS: u32 = 2 * 6144;
/// AAC counts in 16-bit sample units.
const FULL_SCALE: f32 = 32_768.0;
/// The search for a quality covers this range around what the hearing model asks.
const FINER_DB: std::ops::Range<f32> = -24.0..40.0;
const SEARCH_STEPS: usize = 8;

/// Settings of the AAC encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AacConfig {
    /// Target bit rate of both channels together, bits per second. Sounds that are easy to code stay below it.
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

    /// Treble above this costs more than it gives.
    fn cutoff_hz(&self) -> f32 {
        match self.bit_rate {
            ..96_000 => 14_500.0,
            96_000..128_000 => 16_000.0,
            128_000..160_000 => 17_500.0,
            160_000..256_000 => 20_000.0,
            _ => 24_000.0,
        }
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

    /// The stream with an ADTS header before every frame, as `.aac` files have it.
    #[must_use]
    pub fn to_adts(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for frame in &self.frames {
            let len = frame.len() as u32 + 7;
            // Sync word, MPEG-4, no checksum; LC, 48 kHz, two channels; length; variable rate; one block.
            let header = 0xfff1_u64 << 40 | 1 << 38 | 3 << 34 | 2 << 30 | u64::from(len) << 13 | 0x7ff << 2;
            out.extend_from_slice(&header.to_be_bytes()[1..]);
            out.extend_from_slice(frame);
        }
        out
    }
}

/// Encodes 48 kHz stereo in −1…1. The last frame is filled up with silence.
///
/// # Errors
/// [`MediaError::Parameter`] for a bit rate outside 64–512 kbit/s.
pub fn encode_aac(config: AacConfig, audio: &[[f32; 2]]) -> Result<AacStream, MediaError> {
    config.check()?;
    let blocks = analyse(audio, config.cutoff_hz());
    let target_bits =
        blocks.len() as f64 * FRAME_SAMPLES as f64 * f64::from(config.bit_rate) / f64::from(crate::SAMPLE_RATE_HZ);
    let total_bits = |finer_db: f32| -> f64 {
        blocks.iter().map(|block| f64::from(block.code(finer_db).n_bits(&block.layout))).sum()
    };
    let (mut low, mut high) = (FINER_DB.start, FINER_DB.end);
    for _ in 0..SEARCH_STEPS {
        let middle = (low + high) / 2.0;
        if total_bits(middle) <= target_bits {
            low = middle;
        } else {
            high = middle;
        }
    }
    let frames = blocks.iter().map(|block| block.code(low).write(&block.layout)).collect();
    // Object type 2 (LC), rate index 3 (48 kHz), two channels, frames of 1024.
    let config = vec![2 << 3 | 3 >> 1, (3 & 1) << 7 | 2 << 3];
    Ok(AacStream { config, frames, n_priming: FRAME_SAMPLES, n_samples: audio.len() })
}

/// One block of 1024 samples: its spectra and what may be left out of them.
struct Block {
    layout: Layout,
    /// Left, right, mid, side.
    coefs: [Vec<f32>; 4],
    /// Of left and right.
    masking: [Masking; 2],
}

fn analyse(audio: &[[f32; 2]], cutoff_hz: f32) -> Vec<Block> {
    let n_blocks = audio.len().div_ceil(FRAME_SAMPLES) + 1;
    let (mdct, hearing) = (Mdct::new(), Hearing::new());
    let sequences = layout::plan_sequences(audio, n_blocks);
    sequences
        .into_iter()
        .enumerate()
        .map(|(block_idx, sequence)| {
            let spectra = [0, 1].map(|channel| {
                let first = (block_idx * FRAME_SAMPLES) as isize - FRAME_SAMPLES as isize;
                let sample = |n: isize| usize::try_from(n).ok().and_then(|n| audio.get(n)).map_or(0.0, |s| s[channel]);
                let samples: Vec<f32> = (0..2 * FRAME_SAMPLES as isize)
                    .map(|n| {
                        let value = sample(first + n);
                        if value.is_finite() { value.clamp(-2.0, 2.0) * FULL_SCALE } else { 0.0 }
                    })
                    .collect();
                mdct.transform(&samples, sequence)
            });
            Block::new(spectra, sequence, cutoff_hz, &hearing)
        })
        .collect()
}

impl Block {
    fn new(spectra: [Vec<f32>; 2], sequence: WindowSequence, cutoff_hz: f32, hearing: &Hearing) -> Self {
        let groups = match sequence {
            WindowSequence::EightShort => layout::group_short_windows([&spectra[0], &spectra[1]]),
            _ => vec![1],
        };
        let layout = Layout::new(sequence, groups, cutoff_hz);
        let [left, right] = spectra.map(|coefs| layout.reorder(coefs));
        let mid = left.iter().zip(&right).map(|(l, r)| (l + r) / 2.0).collect();
        let side = left.iter().zip(&right).map(|(l, r)| (l - r) / 2.0).collect();
        let masking = [hearing.masking(&left, &layout), hearing.masking(&right, &layout)];
        Self { layout, coefs: [left, right, mid, side], masking }
    }

    /// Codes at a quality, or at the best one that fits a frame.
    fn code(&self, finer_db: f32) -> CodedPair {
        let mut finer_db = finer_db;
        loop {
            let pair = self.code_at(finer_db);
            if pair.n_bits(&self.layout) <= MAX_FRAME_BITS {
                return pair;
            }
            finer_db -= 1.0;
        }
    }

    fn code_at(&self, finer_db: f32) -> CodedPair {
        let n_bands = self.layout.bands.len();
        let mut is_mid_side = vec![false; n_bands];
        let mut channels = [Vec::with_capacity(n_bands), Vec::with_capacity(n_bands)];
        for (band, range) in self.layout.bands.iter().enumerate() {
            let allowed = [0, 1].map(|channel: usize| self.masking[channel].allowed(band, finer_db));
            // Left and right each hear the noise of both mid and side.
            let allowed_mid_side = allowed[0].min(allowed[1]) / 2.0;
            let effort =
                |source: usize, allowed: f32| (energy(&self.coefs[source][range.clone()]) / allowed).max(1.0).log2();
            let left_right = effort(0, allowed[0]) + effort(1, allowed[1]);
            is_mid_side[band] = effort(2, allowed_mid_side) + effort(3, allowed_mid_side) < left_right;
            for (channel, bands) in channels.iter_mut().enumerate() {
                let (source, allowed) =
                    if is_mid_side[band] { (channel + 2, allowed_mid_side) } else { (channel, allowed[channel]) };
                bands.push(quantise_band(&self.coefs[source][range.clone()], allowed));
            }
        }
        let mut channel_idx = 0;
        let channels = channels.map(|mut bands| {
            let source = |band: usize| if is_mid_side[band] { channel_idx + 2 } else { channel_idx };
            limit_deltas(&mut bands, |band| self.coefs[source(band)][self.layout.bands[band].clone()].to_vec());
            channel_idx += 1;
            CodedChannel::new(bands, &self.layout)
        });
        CodedPair { channels, is_mid_side }
    }
}
