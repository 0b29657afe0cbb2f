//! FLAC files.
//!
//! # Source
//! RFC 9639, Free Lossless Audio Codec (FLAC), 2024; the coding is `flacenc`'s.

use flacenc::bitsink::ByteSink;
use flacenc::component::{BitRepr, MetadataBlockData};
use flacenc::config::Encoder;
use flacenc::error::Verify;
use flacenc::source::MemSource;

use crate::MediaError;
use crate::opus::vorbis_comments;

/// The block type of Vorbis comments.
const VORBIS_COMMENT: u8 = 4;

/// The smallest block FLAC allows.
const MIN_SAMPLES: usize = 16;

/// Losslessly compresses 48 kHz, 24-bit stereo. `comments` are tag names and values such as `TITLE`.
///
/// # Errors
/// [`MediaError::Length`] for fewer than 16 samples, [`MediaError::Parameter`] for a sample beyond 24 bits, [`MediaError::Codec`] if
/// the encoder fails.
pub fn encode_flac(samples: &[[i32; 2]], comments: &[(String, String)]) -> Result<Vec<u8>, MediaError> {
    if samples.len() < MIN_SAMPLES {
        return Err(MediaError::Length { what: "sound", unit: "samples", found: samples.len(), expected: MIN_SAMPLES });
    }
    crate::wav::check_range(samples)?;
    let config = Encoder::default().into_verified();
    let config = config.map_err(|(_, error)| failed("take its settings", &error))?;
    let source = MemSource::from_samples(samples.as_flattened(), 2, 24, crate::SAMPLE_RATE_HZ as usize);
    let mut stream = flacenc::encode_with_fixed_block_size(&config, source, config.block_size)
        .map_err(|error| failed("encode", &error))?;
    // The last block may be shorter than the format's minimum; RFC 9639, 8.2 leaves it out of these bounds.
    let info = stream.stream_info_mut();
    info.set_block_sizes(config.block_size, config.block_size)
        .map_err(|error| failed("state its block size", &error))?;
    let block = MetadataBlockData::new_unknown(VORBIS_COMMENT, &vorbis_comments(comments))
        .map_err(|error| failed("take the comments", &error))?;
    stream.add_metadata_block(block);
    let mut sink = ByteSink::new();
    stream.write(&mut sink).map_err(|error| failed("write", &error))?;
    Ok(sink.as_slice().to_vec())
}

fn failed(action: &'static str, error: &dyn std::fmt::Display) -> MediaError {
    MediaError::Codec { codec: "FLAC", action, reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(n: usize) -> Vec<[i32; 2]> {
        let value = |n: usize, step: f64| ((n as f64 * step).sin() * 6e6) as i32;
        (0..n).map(|n| [value(n, 0.05), value(n, 0.0713) / 3]).collect()
    }

    #[test]
    fn an_independent_decoder_returns_every_sample_and_tag() {
        for mut samples in [tone(20_000), tone(16), tone(4097)] {
            samples[0] = [-8_388_608, 8_388_607];
            let file = encode_flac(&samples, &[("TITLE".into(), "Night market".into())]).unwrap();
            let mut reader = claxon::FlacReader::new(&file[..]).unwrap();
            let info = reader.streaminfo();
            assert_eq!((info.sample_rate, info.channels, info.bits_per_sample), (48_000, 2, 24));
            assert_eq!(reader.get_tag("title").collect::<Vec<_>>(), ["Night market"]);
            let decoded: Vec<i32> = reader.samples().map(Result::unwrap).collect();
            assert_eq!(decoded, samples.as_flattened());
        }
    }

    #[test]
    fn tones_shrink_and_stay_the_same_bytes() {
        let samples = tone(48_000);
        let file = encode_flac(&samples, &[]).unwrap();
        assert!(file.len() < samples.len() * 6 / 2, "{} bytes", file.len());
        assert_eq!(file, encode_flac(&samples, &[]).unwrap());
    }
}
