use super::*;

fn ramp(n: usize) -> Vec<[i32; 2]> {
    (0..n as i32).map(|n| [n * 1_001 - 8_388_608, 8_388_607 - n * 997]).collect()
}

fn full_meta() -> WavMeta {
    WavMeta {
        loop_samples: Some((0, 999)),
        markers: vec![
            Marker { sample: 0, label: "A".into() },
            Marker { sample: 480, label: "A' — Brücke".into() },
            Marker { sample: 999, label: String::new() },
        ],
        tempo: Some(Tempo { bpm: 96.5, n_beats: 48, meter: (3, 4), root_note: Some(62) }),
        info: vec![(InfoKey::Title, "Night market".into()), (InfoKey::Comment, "odd".into())],
    }
}

#[test]
fn samples_and_all_chunks_come_back() {
    let samples = ramp(1_000);
    let file = write_wav(&samples, &full_meta()).unwrap();
    let wav = read_wav(&file).unwrap();
    assert_eq!(wav, Wav { sample_rate_hz: 48_000, samples, meta: full_meta() });
}

#[test]
fn chunks_have_the_sizes_their_readers_expect() {
    let file = write_wav(&ramp(1_001), &full_meta_of(1_001)).unwrap();
    assert_eq!(file.len(), 8 + u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize);
    let mut at = 12;
    let mut found = Vec::new();
    while at < file.len() {
        let size = u32::from_le_bytes(file[at + 4..at + 8].try_into().unwrap());
        found.push((String::from_utf8_lossy(&file[at..at + 4]).into_owned(), size));
        at += 8 + size.next_multiple_of(2) as usize;
    }
    assert_eq!(at, file.len());
    let sizes: Vec<(&str, u32)> = found.iter().map(|(id, size)| (&id[..], *size)).collect();
    assert_eq!(sizes[..5], [("fmt ", 16), ("acid", 24), ("data", 6_006), ("smpl", 60), ("cue ", 4 + 3 * 24)]);
}

fn full_meta_of(n: u32) -> WavMeta {
    WavMeta { loop_samples: Some((0, n - 1)), ..full_meta() }
}

#[test]
fn the_last_sample_of_a_loop_is_inside_the_sound() {
    assert!(write_wav(&ramp(1_000), &full_meta_of(1_000)).is_ok());
    let error = write_wav(&ramp(1_000), &full_meta_of(1_001)).unwrap_err();
    assert!(error.to_string().starts_with("found position = loop 0..=1000 of 1000, expected"), "{error}");
}

#[test]
fn samples_beyond_24_bits_are_refused() {
    let error = write_wav(&[[0, 8_388_608]], &WavMeta::default()).unwrap_err();
    assert!(error.to_string().contains("8388608, expected a 24-bit value"), "{error}");
}

#[test]
fn float_samples_round_and_clip() {
    assert_eq!(
        quantise_24(&[[0.0, 1.0], [-1.0, 0.5], [2.0, -3.0]]),
        [[0, 8_388_607], [-8_388_608, 4_194_304], [8_388_607, -8_388_608]]
    );
}

#[test]
fn cut_files_are_errors_or_shorter_and_never_panics() {
    let file = write_wav(&ramp(50), &WavMeta { loop_samples: Some((0, 49)), ..Default::default() }).unwrap();
    for cut in 0..file.len() {
        assert!(read_wav(&file[..cut]).is_err(), "cut at {cut}");
    }
}
