//! Encodes raw 48 kHz stereo f32 samples: `cargo run --release --example sound -- in.f32 out.aac [bits per second]`.

#![expect(clippy::print_stderr, reason = "an example reports to its user")]

use std::error::Error;
use std::time::Instant;

use gesamt_media::aac::{AacConfig, encode_aac};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, rest @ ..] = &args[..] else { return Err("usage: sound IN.f32 OUT.aac [RATE]".into()) };
    let bytes = std::fs::read(input)?;
    let sample = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
    let audio: Vec<[f32; 2]> = bytes.chunks_exact(8).map(|b| [sample(b), sample(&b[4..])]).collect();
    let config = AacConfig { bit_rate: rest.first().map_or(Ok(192_000), |text| text.parse())? };
    let start = Instant::now();
    let stream = encode_aac(config, &audio)?;
    eprintln!(
        "{} bit/s, peak {}, {:.2} s",
        stream.mean_bit_rate(),
        stream.peak_bit_rate(),
        start.elapsed().as_secs_f64()
    );
    std::fs::write(output, stream.to_adts())?;
    Ok(())
}
