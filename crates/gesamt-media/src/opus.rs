//! Ogg Opus files, the compressed twin of a soundtrack.
//!
//! A loop is encoded as if it had been playing for ever: its end precedes its beginning as pre-roll, and its beginning
//! follows its end, so a player that honours pre-skip and the end position joins both without a seam.
//!
//! # Source
//! RFC 7845 (Ogg encapsulation for Opus), RFC 3533 (Ogg); RFC 6716 coding by `unsafe-libopus`.

mod sys;

use ogg::writing::{PacketWriteEndInfo, PacketWriter};

use crate::{MediaError, SAMPLE_RATE_HZ};

/// Samples per packet: 20 ms.
const PACKET_SAMPLES: usize = 960;
/// Packets per Ogg page: one second.
const PACKETS_PER_PAGE: usize = 50;
/// Sound that precedes a loop: after 40 ms the decoder has converged (more makes no measurable difference).
const PRE_ROLL_SAMPLES: usize = 2 * PACKET_SAMPLES;
/// Any number does, as the file holds a single stream.
const STREAM_SERIAL: u32 = 1;
const VENDOR: &str = "gesamt";

/// Settings of [`encode_ogg_opus`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpusOptions {
    /// Mean bit rate of both channels together, bits per second.
    pub bit_rate: u32,
    /// First sample and number of samples of the loop, written as `LOOPSTART` and `LOOPLENGTH`. When it is the whole
    /// sound, the ends are coded to meet.
    pub loop_samples: Option<(u64, u64)>,
    /// Tag names and values such as `TITLE`.
    pub comments: Vec<(String, String)>,
}

impl Default for OpusOptions {
    fn default() -> Self {
        Self { bit_rate: 160_000, loop_samples: None, comments: Vec::new() }
    }
}

/// Compresses 48 kHz stereo in −1…1.
///
/// # Errors
/// [`MediaError::Length`] for no samples, [`MediaError::Parameter`] for a bit rate outside 32–510 kbit/s or a loop outside
/// the sound, [`MediaError::Codec`] if the encoder fails.
pub fn encode_ogg_opus(samples: &[[f32; 2]], options: &OpusOptions) -> Result<Vec<u8>, MediaError> {
    check(samples.len(), options)?;
    let mut encoder = sys::Encoder::new(options.bit_rate)?;
    let source = Source::new(samples, options);
    let pre_skip = encoder.lookahead() + source.n_pre_roll;
    let end = pre_skip + samples.len();
    let n_packets = end.div_ceil(PACKET_SAMPLES);
    let mut file = Vec::new();
    let mut pages = PacketWriter::new(&mut file);
    let mut write = |packet: Vec<u8>, end, position: usize| {
        pages.write_packet(packet, STREAM_SERIAL, end, position as u64).map_err(|error| failed("write a page", &error))
    };
    write(identification(pre_skip as u16), PacketWriteEndInfo::EndPage, 0)?;
    write(tags(options), PacketWriteEndInfo::EndPage, 0)?;
    for number in 1..=n_packets {
        let pcm: Vec<[f32; 2]> =
            ((number - 1) * PACKET_SAMPLES..number * PACKET_SAMPLES).map(|n| source.at(n)).collect();
        let page_end = match number {
            n if n == n_packets => PacketWriteEndInfo::EndStream,
            n if n.is_multiple_of(PACKETS_PER_PAGE) => PacketWriteEndInfo::EndPage,
            _ => PacketWriteEndInfo::NormalPacket,
        };
        write(encoder.encode(&pcm)?, page_end, (number * PACKET_SAMPLES).min(end))?;
    }
    Ok(file)
}

/// What the encoder hears: pre-roll, the sound, and what follows it.
struct Source<'a> {
    samples: &'a [[f32; 2]],
    wraps: bool,
    n_pre_roll: usize,
}

impl<'a> Source<'a> {
    fn new(samples: &'a [[f32; 2]], options: &OpusOptions) -> Self {
        let wraps = options.loop_samples == Some((0, samples.len() as u64));
        Self { samples, wraps, n_pre_roll: if wraps { PRE_ROLL_SAMPLES } else { 0 } }
    }

    fn at(&self, position: usize) -> [f32; 2] {
        let len = self.samples.len();
        if self.wraps {
            // Whole loops on top keep the difference positive.
            return self.samples[(position + self.n_pre_roll.next_multiple_of(len) - self.n_pre_roll) % len];
        }
        self.samples.get(position).copied().unwrap_or_default()
    }
}

fn check(n_samples: usize, options: &OpusOptions) -> Result<(), MediaError> {
    if n_samples == 0 {
        return Err(MediaError::Length { what: "sound", unit: "samples", found: 0, expected: 1 });
    }
    if !(32_000..=510_000).contains(&options.bit_rate) {
        return Err(MediaError::Parameter {
            what: "Opus bit rate",
            found: options.bit_rate.to_string(),
            expected: "32000 to 510000 bits per second",
        });
    }
    match options.loop_samples {
        Some((start, len)) if len == 0 || start.saturating_add(len) > n_samples as u64 => {
            let found = format!("{len} samples from {start} on, of {n_samples}");
            Err(MediaError::Parameter { what: "loop", found, expected: "a part of the sound" })
        }
        _ => Ok(()),
    }
}

/// The first packet of the stream.
fn identification(pre_skip: u16) -> Vec<u8> {
    let mut packet = b"OpusHead".to_vec();
    packet.extend_from_slice(&[1, 2]); // version, channels
    packet.extend_from_slice(&pre_skip.to_le_bytes());
    packet.extend_from_slice(&SAMPLE_RATE_HZ.to_le_bytes());
    packet.extend_from_slice(&[0, 0, 0]); // no gain, plain stereo
    packet
}

fn tags(options: &OpusOptions) -> Vec<u8> {
    let mut comments = options.comments.clone();
    if let Some((start, len)) = options.loop_samples {
        comments.push(("LOOPSTART".into(), start.to_string()));
        comments.push(("LOOPLENGTH".into(), len.to_string()));
    }
    [b"OpusTags", &vorbis_comments(&comments)[..]].concat()
}

/// A Vorbis comment block without framing bit, as both Opus and FLAC hold it.
pub(crate) fn vorbis_comments(comments: &[(String, String)]) -> Vec<u8> {
    let mut block = Vec::new();
    let mut text = |text: &str| {
        block.extend_from_slice(&(text.len() as u32).to_le_bytes());
        block.extend_from_slice(text.as_bytes());
    };
    text(VENDOR);
    let mut list = Vec::new();
    for (key, value) in comments {
        let entry = format!("{key}={value}");
        list.extend_from_slice(&(entry.len() as u32).to_le_bytes());
        list.extend_from_slice(entry.as_bytes());
    }
    block.extend_from_slice(&(comments.len() as u32).to_le_bytes());
    block.extend_from_slice(&list);
    block
}

fn failed(action: &'static str, error: &dyn std::fmt::Display) -> MediaError {
    MediaError::Codec { codec: "Opus", action, reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use ogg::reading::PacketReader;

    use super::*;

    /// Decodes and trims as RFC 7845 asks players to.
    fn decode(file: &[u8]) -> (Vec<[f32; 2]>, Vec<u8>) {
        let mut packets = PacketReader::new(std::io::Cursor::new(file));
        let head = packets.read_packet_expected().unwrap().data;
        assert_eq!(&head[..8], b"OpusHead");
        let tags = packets.read_packet_expected().unwrap().data;
        let mut decoder = sys::Decoder::new();
        let (mut pcm, mut end) = (Vec::new(), 0);
        while let Some(packet) = packets.read_packet().unwrap() {
            pcm.extend(decoder.decode(&packet.data));
            end = packet.absgp_page() as usize;
        }
        pcm.truncate(end);
        (pcm.split_off(usize::from(u16::from_le_bytes([head[10], head[11]]))), tags)
    }

    /// Whole periods of four tones, so that the loop is seamless.
    fn looping_chord(n: usize) -> Vec<[f32; 2]> {
        let tone =
            |n_periods: usize, at: usize| (at as f32 * n_periods as f32 / n as f32 * std::f32::consts::TAU).sin() * 0.2;
        (0..n).map(|at| [tone(220, at) + tone(331, at), tone(277, at) + tone(440, at)]).collect()
    }

    #[test]
    fn the_sound_comes_back_with_its_exact_length() {
        for n in [1, 959, 960, 47_999] {
            let samples = looping_chord(n);
            let file = encode_ogg_opus(&samples, &OpusOptions::default()).unwrap();
            assert_eq!(decode(&file).0.len(), n);
        }
        let samples = looping_chord(48_000);
        let (decoded, _) = decode(&encode_ogg_opus(&samples, &OpusOptions::default()).unwrap());
        let power = |values: Vec<f32>| values.iter().map(|v| v * v).sum::<f32>();
        let error = samples.iter().flatten().zip(decoded.iter().flatten()).map(|(a, b)| a - b).collect();
        let snr = 10.0 * (power(samples.iter().flatten().copied().collect()) / power(error)).log10();
        assert!(snr > 20.0, "{snr} dB");
    }

    #[test]
    fn a_loop_joins_as_well_as_its_middle_and_says_where_it_is() {
        let samples = looping_chord(48_000);
        let options = OpusOptions {
            loop_samples: Some((0, 48_000)),
            comments: vec![("TITLE".into(), "Night market".into())],
            ..Default::default()
        };
        let (decoded, tags) = decode(&encode_ogg_opus(&samples, &options).unwrap());
        let tags = String::from_utf8_lossy(&tags).into_owned();
        for entry in ["TITLE=Night market", "LOOPSTART=0", "LOOPLENGTH=48000"] {
            assert!(tags.contains(entry), "{entry} in {tags}");
        }
        // Around the seam the coding error is no larger than anywhere else.
        let error = |n: usize| {
            let (a, b) = (decoded[n % 48_000], samples[n % 48_000]);
            (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
        };
        let rms = |range: std::ops::Range<usize>| (range.clone().map(error).sum::<f32>() / range.len() as f32).sqrt();
        let (seam, usual) = (rms(47_900..48_100), rms(0..48_000));
        assert!(seam < 1.5 * usual, "{seam} at the seam, {usual} elsewhere");
    }

    #[test]
    fn same_sound_makes_the_same_bytes() {
        let samples = looping_chord(20_000);
        let encode = || encode_ogg_opus(&samples, &OpusOptions::default()).unwrap();
        assert_eq!(encode(), encode());
    }

    #[test]
    fn loops_outside_the_sound_are_refused() {
        let options = OpusOptions { loop_samples: Some((1, 100)), ..Default::default() };
        let error = encode_ogg_opus(&[[0.0; 2]; 100], &options).unwrap_err();
        assert_eq!(error.to_string(), "found loop = 100 samples from 1 on, of 100, expected a part of the sound");
    }
}
