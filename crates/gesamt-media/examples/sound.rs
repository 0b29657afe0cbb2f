//! Encodes raw 48 kHz stereo f32 samples by the ending of the output's name:
//! `cargo run --release --example sound -- in.f32 out.(aac|opus|flac|wav) [bits per second]`.

#![expect(clippy::print_stderr, reason = "an example reports to its user")]

use std::error::Error;
use std::time::Instant;

use gesamt_media::aac::{AacConfig, encode_aac};
use gesamt_media::flac::encode_flac;
use gesamt_media::opus::{OpusOptions, encode_ogg_opus};
use gesamt_media::wav::{InfoKey, Marker, Tempo, WavMeta, quantise_24, write_wav};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, rest @ ..] = &args[..] else { return Err("usage: sound IN.f32 OUT [RATE]".into()) };
    let bytes = std::fs::read(input)?;
    let sample = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
    let audio: Vec<[f32; 2]> = bytes.chunks_exact(8).map(|b| [sample(b), sample(&b[4..])]).collect();
    let bit_rate = rest.first().map_or(Ok(192_000), |text| text.parse())?;
    let start = Instant::now();
    let file = match output.rsplit('.').next() {
        Some("aac") => encode_aac(AacConfig { bit_rate }, &audio)?.to_adts(),
        Some("opus") => {
            let loop_samples = Some((0, audio.len() as u64));
            encode_ogg_opus(&audio, &OpusOptions { bit_rate, loop_samples, comments: Vec::new() })?
        }
        Some("flac") => encode_flac(&quantise_24(&audio), &[("TITLE".into(), "Example".into())])?,
        Some("wav") => write_wav(&quantise_24(&audio), &example_meta(audio.len() as u32))?,
        _ => return Err("expected an output ending in .aac, .opus, .flac or .wav".into()),
    };
    let seconds = audio.len() as f64 / 48_000.0;
    let rate = file.len() as f64 * 8.0 / seconds;
    eprintln!("{rate:.0} bit/s, {seconds:.1} s of sound in {:.2} s", start.elapsed().as_secs_f64());
    std::fs::write(output, file)?;
    Ok(())
}

fn example_meta(n_samples: u32) -> WavMeta {
    WavMeta {
        loop_samples: Some((0, n_samples - 1)),
        markers: vec![Marker { sample: 0, label: "A".into() }, Marker { sample: n_samples / 2, label: "B".into() }],
        tempo: Some(Tempo { bpm: 96.0, n_beats: n_samples / 30_000, meter: (4, 4), root_note: Some(62) }),
        info: vec![(InfoKey::Title, "Example".into())],
    }
}
