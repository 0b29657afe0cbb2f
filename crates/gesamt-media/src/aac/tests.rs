use std::collections::BTreeSet;
use std::f64::consts::PI;

use symphonia::core::audio::{AudioBufferRef, Signal};
use symphonia::core::codecs::{CODEC_TYPE_AAC, CodecParameters};
use symphonia::core::formats::Packet;

use super::element::{CodedChannel, CodedPair};
use super::huffman::words;
use super::layout::{Layout, plan_sequences};
use super::mdct::{LONG, WindowSequence};
use super::quant::QuantBand;
use super::tables::{self, BookData};
use super::*;

/// Decodes with an independent decoder; priming samples are still in front.
pub(crate) fn decode(config: &[u8], frames: &[Vec<u8>]) -> Vec<[f32; 2]> {
    let mut params = CodecParameters::new();
    params.for_codec(CODEC_TYPE_AAC).with_sample_rate(48_000).with_extra_data(config.into());
    let mut decoder = symphonia::default::get_codecs().make(&params, &Default::default()).unwrap();
    let mut out = Vec::new();
    for (number, frame) in (0..).zip(frames) {
        let packet = Packet::new_from_slice(0, number * 1024, 1024, frame);
        let AudioBufferRef::F32(buffer) = decoder.decode(&packet).unwrap() else { panic!("expected f32") };
        out.extend(buffer.chan(0).iter().zip(buffer.chan(1)).map(|(&l, &r)| [l, r]));
    }
    out
}

struct Noise(u32);

impl Noise {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as f32 / (1 << 23) as f32 - 1.0
    }

    fn integer(&mut self, max: i32) -> i32 {
        ((self.next() + 1.0) * 0.5 * (max + 1) as f32) as i32
    }
}

fn sines(n: usize) -> Vec<[f32; 2]> {
    let tone = |n: usize, hz: f32| (n as f32 * hz / 48_000.0 * std::f32::consts::TAU).sin();
    (0..n).map(|n| [0.5 * tone(n, 997.0), 0.3 * tone(n, 3001.0)]).collect()
}

/// Plucked chords over a beat of noise bursts.
fn music(n_samples: usize) -> Vec<[f32; 2]> {
    let mut noise = Noise(7);
    let pitches = [110.0, 164.8, 220.0, 277.2, 329.6, 440.0];
    (0..n_samples)
        .map(|n| {
            let (note, beat) = (n / 8_000, (n % 24_000) as f32 / 48_000.0);
            let t = (n % 8_000) as f32 / 48_000.0;
            let hz = pitches[note % 6];
            let partial = |h: i32| (t * hz * h as f32 * std::f32::consts::TAU).sin() / (h * h) as f32;
            let pluck = (1..9).map(partial).sum::<f32>() * (-4.0 * t).exp() * 0.3;
            let hit = noise.next() * (-80.0 * beat).exp() * 0.2;
            let pan = note as f32 % 3.0 / 2.0;
            [pluck * (1.0 - pan) + hit, pluck * pan + hit]
        })
        .collect()
}

fn snr_db(original: &[[f32; 2]], decoded: &[[f32; 2]]) -> f64 {
    let power = |values: &mut dyn Iterator<Item = f32>| values.map(|v| f64::from(v) * f64::from(v)).sum::<f64>();
    let signal = power(&mut original.iter().flatten().copied());
    let error = power(&mut original.iter().flatten().zip(decoded.iter().flatten()).map(|(a, b)| a - b));
    10.0 * (signal / error).log10()
}

#[test]
fn every_book_is_a_complete_prefix_code() {
    let books: [(BookData, usize); 12] = [
        (tables::BOOK_1, 81),
        (tables::BOOK_2, 81),
        (tables::BOOK_3, 81),
        (tables::BOOK_4, 81),
        (tables::BOOK_5, 81),
        (tables::BOOK_6, 81),
        (tables::BOOK_7, 64),
        (tables::BOOK_8, 64),
        (tables::BOOK_9, 169),
        (tables::BOOK_10, 169),
        (tables::BOOK_11, 289),
        (tables::SCALE_FACTOR_BOOK, 121),
    ];
    for (book, n_symbols) in books {
        let words = words(&book);
        assert_eq!(words.len(), n_symbols);
        assert_eq!(BTreeSet::from_iter(book.symbols).len(), n_symbols);
        assert_eq!(words.iter().map(|w| 1_u64 << (32 - w.len)).sum::<u64>(), 1 << 32);
        let intervals: BTreeSet<u64> = words.iter().map(|w| u64::from(w.bits) << (32 - w.len)).collect();
        assert_eq!(intervals.len(), n_symbols);
    }
}

/// What a decoder must make of quantised long blocks, straight from the definition.
fn reference_decode(blocks: &[Vec<QuantBand>], layout: &Layout) -> Vec<f64> {
    const N: usize = 2 * LONG;
    let cosines: Vec<f64> = (0..4 * N).map(|m| (2.0 * PI * m as f64 / (4 * N) as f64).cos()).collect();
    let mut out = vec![0.0; (blocks.len() + 1) * LONG];
    for (block_idx, bands) in blocks.iter().enumerate() {
        let mut coefs = vec![0.0; LONG];
        for (band, range) in bands.iter().zip(&layout.bands) {
            let step = 2.0_f64.powf(0.25 * f64::from(band.scale_factor - 100));
            for (coef, &q) in coefs[range.clone()].iter_mut().zip(&band.values) {
                *coef = f64::from(q.signum()) * f64::from(q.abs()).powf(4.0 / 3.0) * step;
            }
        }
        for n in 0..N {
            let term = |(k, c): (usize, &f64)| c * cosines[(2 * n + 1 + LONG) * (2 * k + 1) % (4 * N)];
            let sum: f64 = coefs.iter().enumerate().map(term).sum();
            let window = (PI / N as f64 * (n as f64 + 0.5)).sin();
            out[block_idx * LONG + n] += sum * window * 2.0 / N as f64 / 32_768.0;
        }
    }
    out.truncate(blocks.len() * LONG);
    out
}

fn long_layout() -> Layout {
    Layout::new(WindowSequence::OnlyLong, vec![1], 24_000.0)
}

fn write_pair(channels: [CodedChannel; 2], layout: &Layout) -> Vec<u8> {
    let pair = CodedPair { channels, is_mid_side: vec![false; layout.bands.len()] };
    let bytes = pair.write(layout);
    assert_eq!(bytes.len() as u32 * 8, pair.n_bits(layout));
    bytes
}

fn assert_decodes_to(frames: &[Vec<u8>], channels: [&[f64]; 2], what: &str) {
    let decoded = decode(&[0x11, 0x90], frames);
    for (channel, expected) in channels.into_iter().enumerate() {
        let peak = expected.iter().fold(0.0_f64, |max, v| max.max(v.abs()));
        for (n, (sample, expected)) in decoded.iter().zip(expected).enumerate() {
            let error = (f64::from(sample[channel]) - expected).abs();
            assert!(error <= 1e-5 * peak, "{what}, sample {n}: found {}, expected {expected}", sample[channel]);
        }
    }
}

#[test]
fn every_word_of_every_spectral_book_decodes_to_its_values() {
    let layout = long_layout();
    let limits =
        [(1, 1), (2, 1), (3, 2), (4, 2), (5, 4), (6, 4), (7, 7), (8, 7), (9, 12), (10, 12), (11, 17), (11, 8191)];
    for (book, max) in limits {
        let mut noise = Noise(book as u32);
        let mut seen = BTreeSet::new();
        let (mut frames, mut blocks) = (Vec::new(), [Vec::new(), Vec::new()]);
        for _ in 0..3 {
            let channels = blocks.each_mut().map(|blocks| {
                let band = |range: &std::ops::Range<usize>| {
                    // Escapes are long: only a few of them fit a frame.
                    let max = if max > 17 && range.len() > 4 { 2 } else { max };
                    let mut value = || match book {
                        1 | 2 | 5 | 6 => noise.integer(2 * max) - max,
                        _ => noise.integer(max) * if noise.next() < 0.0 { -1 } else { 1 },
                    };
                    QuantBand { scale_factor: 100, values: range.clone().map(|_| value()).collect() }
                };
                let bands: Vec<QuantBand> = layout.bands.iter().map(band).collect();
                let group = if book < 5 { 4 } else { 2 };
                let folded = |q: &i32| if matches!(book, 1 | 2 | 5 | 6) { *q } else { q.abs().min(16) };
                seen.extend(
                    bands
                        .iter()
                        .flat_map(|b| b.values.chunks(group))
                        .map(|g| g.iter().map(folded).collect::<Vec<i32>>()),
                );
                blocks.push(bands.clone());
                CodedChannel::with_books(bands, vec![book; layout.bands.len()], &layout)
            });
            frames.push(write_pair(channels, &layout));
        }
        let n_words = [0, 81, 81, 81, 81, 81, 81, 64, 64, 169, 169, 289][book];
        assert!(seen.len() == n_words || max > 17, "book {book}: {} words of {n_words}", seen.len());
        let expected = blocks.each_ref().map(|blocks| reference_decode(blocks, &layout));
        assert_decodes_to(&frames, [&expected[0], &expected[1]], &format!("book {book} up to {max}"));
    }
}

#[test]
fn every_scale_factor_difference_decodes_to_its_step() {
    let layout = long_layout();
    for delta in -60..=60 {
        let bands = |value: i32| -> Vec<QuantBand> {
            let band = |(idx, range): (usize, &std::ops::Range<usize>)| QuantBand {
                scale_factor: if idx == 0 { 100 - delta } else { 100 },
                values: vec![if idx == 1 { value } else { 0 }; range.len()],
            };
            layout.bands.iter().enumerate().map(band).collect()
        };
        let books: Vec<usize> = (0..layout.bands.len()).map(|idx| usize::from(idx < 2)).collect();
        let channels = [1, -1].map(|value| CodedChannel::with_books(bands(value), books.clone(), &layout));
        let frames = vec![write_pair(channels, &layout)];
        let expected = [1, -1].map(|value| reference_decode(&[bands(value)], &layout));
        assert_decodes_to(&frames, [&expected[0], &expected[1]], &format!("difference {delta}"));
    }
}

#[test]
fn tones_and_music_survive() {
    for (what, audio, bar_db) in [("sines", sines(48_000), 50.0), ("music", music(96_000), 20.0)] {
        let stream = encode_aac(AacConfig::default(), &audio).unwrap();
        let decoded = decode(&stream.config, &stream.frames);
        assert!(decoded.len() >= stream.n_priming + audio.len());
        let snr = snr_db(&audio, &decoded[stream.n_priming..][..audio.len()]);
        assert!(snr > bar_db, "{what}: {snr:.1} dB");
        assert!(stream.mean_bit_rate() <= 192_000, "{what}: {}", stream.mean_bit_rate());
    }
}

#[test]
fn more_bits_buy_less_noise() {
    let audio = music(48_000);
    let snr = [96_000, 160_000, 256_000].map(|bit_rate| {
        let stream = encode_aac(AacConfig { bit_rate }, &audio).unwrap();
        snr_db(&audio, &decode(&stream.config, &stream.frames)[stream.n_priming..][..audio.len()])
    });
    assert!(snr[0] < snr[1] && snr[1] < snr[2], "{snr:?}");
}

#[test]
fn the_end_of_the_sound_is_kept_for_every_length() {
    for n in [1, 1023, 1024, 1025, 2000] {
        let mut audio = sines(n);
        audio[n - 1] = [0.9, -0.9];
        let stream = encode_aac(AacConfig { bit_rate: 512_000 }, &audio).unwrap();
        let decoded = decode(&stream.config, &stream.frames);
        let last = decoded[stream.n_priming + n - 1];
        assert!((last[0] - 0.9).abs() < 0.1 && (last[1] + 0.9).abs() < 0.1, "{n} samples: {last:?}");
    }
}

#[test]
fn silence_before_a_hit_stays_silent_wherever_the_hit_falls() {
    for at in (20_000..21_024).step_by(97) {
        let mut noise = Noise(3);
        let mut audio = vec![[0.0; 2]; 24_000];
        for (n, sample) in audio[at..at + 1_500].iter_mut().enumerate() {
            *sample = [noise.next() * 0.8 * (-0.003 * n as f32).exp(); 2];
        }
        let stream = encode_aac(AacConfig::default(), &audio).unwrap();
        let decoded = decode(&stream.config, &stream.frames);
        let before = &decoded[stream.n_priming + at - 1024..stream.n_priming + at - 300];
        let loudest = before.iter().flatten().fold(0.0_f32, |max, v| max.max(v.abs()));
        assert!(loudest < 0.002, "hit at {at}: {loudest}");
    }
}

#[test]
fn window_sequences_follow_each_other_as_the_standard_allows() {
    use WindowSequence::*;
    let mut noise = Noise(11);
    let audio: Vec<[f32; 2]> =
        (0..200_000).map(|n| [noise.next() * if n / 700 % 7 == 0 { 0.9 } else { 0.001 }; 2]).collect();
    let sequences = plan_sequences(&audio, audio.len() / 1024 + 1);
    assert!(sequences.contains(&EightShort) && sequences.contains(&OnlyLong));
    for pair in sequences.windows(2) {
        let ends_short = matches!(pair[0], LongStart | EightShort);
        let begins_short = matches!(pair[1], LongStop | EightShort);
        assert_eq!(ends_short, begins_short, "{pair:?}");
    }
}

#[test]
fn same_sound_makes_the_same_bytes_and_silence_is_cheap() {
    let audio = music(24_000);
    assert_eq!(encode_aac(AacConfig::default(), &audio).unwrap(), encode_aac(AacConfig::default(), &audio).unwrap());
    let silence = encode_aac(AacConfig::default(), &[[0.0; 2]; 48_000]).unwrap();
    assert!(silence.mean_bit_rate() < 6_000);
    let broken = encode_aac(AacConfig::default(), &[[f32::NAN, f32::INFINITY]; 5_000]).unwrap();
    assert!(decode(&broken.config, &broken.frames).iter().flatten().all(|v| v.abs() < 1e-6));
}

#[test]
fn loud_noise_decodes_at_the_lowest_and_the_highest_rate() {
    let mut noise = Noise(5);
    let audio: Vec<[f32; 2]> = (0..30_000).map(|_| [noise.next() * 2.0, noise.next() * 2.0]).collect();
    for bit_rate in [64_000, 512_000] {
        let stream = encode_aac(AacConfig { bit_rate }, &audio).unwrap();
        assert!(stream.frames.iter().all(|frame| frame.len() <= 2 * 768));
        let decoded = decode(&stream.config, &stream.frames);
        assert!(snr_db(&audio, &decoded[stream.n_priming..]) > 0.5, "{bit_rate}");
    }
}

#[test]
fn senseless_bit_rates_are_refused() {
    let error = encode_aac(AacConfig { bit_rate: 1000 }, &[]).unwrap_err();
    assert_eq!(error.to_string(), "found AAC bit rate = 1000, expected 64000 to 512000 bits per second");
}
