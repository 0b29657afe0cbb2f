//! FLAC files.
//!
//! Blocks of 4096 samples; the best of four stereo arrangements; constant, fixed and linear prediction up to order 12;
//! Rice codes in up to 64 partitions.
//!
//! # Source
//! RFC 9639, Free Lossless Audio Codec (FLAC), 2024.

mod frame;
mod md5;
mod predict;
mod rice;

use md5::Md5;

use crate::bits::BitWriter;
use crate::opus::vorbis_comments;
use crate::{MediaError, SAMPLE_RATE_HZ};

/// Samples per block.
const BLOCK_SAMPLES: usize = 4096;
/// The smallest sound whose only block is not too short for the format.
const MIN_SAMPLES: usize = 16;
const BITS_PER_SAMPLE: u32 = 24;
const STREAM_INFO: u32 = 0;
const VORBIS_COMMENT: u32 = 4;

/// Losslessly compresses 48 kHz, 24-bit stereo. `comments` are tag names and values such as `TITLE`.
///
/// # Errors
/// [`MediaError::Length`] for fewer than 16 samples, [`MediaError::Parameter`] for a sample beyond 24 bits,
/// [`MediaError::LimitReached`] if the comments exceed 16 MiB.
pub fn encode_flac(samples: &[[i32; 2]], comments: &[(String, String)]) -> Result<Vec<u8>, MediaError> {
    if samples.len() < MIN_SAMPLES {
        let (found, expected) = (samples.len(), MIN_SAMPLES);
        return Err(MediaError::Length { what: "sound", unit: "samples", found, expected });
    }
    crate::wav::check_range(samples)?;
    let comments = vorbis_comments(comments);
    let limit = (1 << 24) - 1;
    if comments.len() > limit {
        let found = comments.len() as u64;
        return Err(MediaError::LimitReached { what: "FLAC comment block", found, limit: limit as u64 });
    }
    let blocks = samples.chunks(BLOCK_SAMPLES);
    let frames: Vec<Vec<u8>> = (0..).zip(blocks).map(|(number, block)| frame::encode(number, block)).collect();
    let mut file = b"fLaC".to_vec();
    file.extend(metadata_block(STREAM_INFO, false, &stream_info(samples, &frames)));
    file.extend(metadata_block(VORBIS_COMMENT, true, &comments));
    frames.iter().for_each(|frame| file.extend_from_slice(frame));
    Ok(file)
}

fn metadata_block(kind: u32, is_last: bool, body: &[u8]) -> Vec<u8> {
    let head = u32::from(is_last) << 31 | kind << 24 | body.len() as u32;
    [&head.to_be_bytes(), body].concat()
}

fn stream_info(samples: &[[i32; 2]], frames: &[Vec<u8>]) -> Vec<u8> {
    let mut bits = BitWriter::default();
    // The last block does not count for the bounds, unless it is the only one.
    let block_len = samples.len().min(BLOCK_SAMPLES) as u32;
    bits.put(block_len, 16);
    bits.put(block_len, 16);
    let sizes = || frames.iter().map(|frame| frame.len() as u32);
    bits.put(sizes().min().unwrap_or(0), 24);
    bits.put(sizes().max().unwrap_or(0), 24);
    bits.put(SAMPLE_RATE_HZ, 20);
    bits.put(2 - 1, 3);
    bits.put(BITS_PER_SAMPLE - 1, 5);
    bits.put((samples.len() as u64 >> 32) as u32, 4);
    bits.put(samples.len() as u32, 32);
    let mut md5 = Md5::default();
    for value in samples.as_flattened() {
        md5.push(&value.to_le_bytes()[..3]);
    }
    [bits.finish(), md5.finish().to_vec()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(n: usize) -> Vec<[i32; 2]> {
        let value = |n: usize, step: f64| ((n as f64 * step).sin() * 6e6) as i32;
        (0..n).map(|n| [value(n, 0.05), value(n, 0.0713) / 3]).collect()
    }

    fn noise(n: usize) -> Vec<[i32; 2]> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state as i32 >> 8
        };
        (0..n).map(|_| [next(), next()]).collect()
    }

    /// Alternating extremes are the hardest case for predictors and side channels.
    fn extremes(n: usize) -> Vec<[i32; 2]> {
        (0..n).map(|n| if n % 3 == 0 { [-8_388_608, 8_388_607] } else { [8_388_607, -8_388_608] }).collect()
    }

    #[test]
    fn an_independent_decoder_returns_every_sample_and_tag() {
        let silence = |n: usize| vec![[0, -5]; n];
        for samples in [tone(20_000), tone(16), tone(4097), noise(9_000), extremes(5_000), silence(8_192), noise(17)] {
            let file = encode_flac(&samples, &[("TITLE".into(), "Night market".into())]).unwrap();
            let mut reader = claxon::FlacReader::new(&file[..]).unwrap();
            let info = reader.streaminfo();
            assert_eq!((info.sample_rate, info.channels, info.bits_per_sample), (48_000, 2, 24));
            assert_eq!(info.samples, Some(samples.len() as u64));
            assert_eq!(reader.get_tag("title").collect::<Vec<_>>(), ["Night market"]);
            let decoded: Vec<i32> = reader.samples().map(Result::unwrap).collect();
            assert!(decoded == samples.as_flattened(), "{} samples", samples.len());
        }
    }

    #[test]
    fn tones_shrink_silence_vanishes_and_noise_hardly_grows() {
        let n_bytes = |samples: &[[i32; 2]]| encode_flac(samples, &[]).unwrap().len();
        assert!(n_bytes(&tone(48_000)) < 48_000 * 6 * 2 / 5);
        assert!(n_bytes(&[[7, 7]; 48_000]) < 400);
        assert!(n_bytes(&noise(48_000)) < 48_000 * 6 * 101 / 100);
        // A mono sound costs one channel.
        let mono: Vec<[i32; 2]> = noise(48_000).into_iter().map(|[l, _]| [l, l]).collect();
        assert!(n_bytes(&mono) < 48_000 * 3 * 102 / 100);
    }

    #[test]
    fn too_short_sounds_are_refused() {
        let error = encode_flac(&[[0; 2]; 15], &[]).unwrap_err();
        assert_eq!(error.to_string(), "found 15 samples in the sound, expected 16");
    }
}
