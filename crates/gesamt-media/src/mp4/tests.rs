use super::*;
use crate::h264::VideoQuality;

const CONFIG: VideoConfig =
    VideoConfig { width: 64, height: 48, fps_num: 24, fps_den: 1, quality: VideoQuality::Standard };

fn clip(n_frames: usize, config: VideoConfig) -> Mp4Clip {
    let mut clip = Mp4Clip::new(config, AacConfig::default()).unwrap().with_title("Brücke");
    for frame_idx in 0..n_frames {
        let frame: Vec<u8> = (0..64 * 48 * 3).map(|n| ((n / 7 + frame_idx * 5) % 200) as u8).collect();
        clip.push_frame(&frame).unwrap();
    }
    clip
}

fn tone(n: usize) -> Vec<[f32; 2]> {
    (0..n).map(|n| [(n as f32 * 0.05).sin() * 0.4, (n as f32 * 0.031).sin() * 0.4]).collect()
}

fn file(n_frames: usize) -> Vec<u8> {
    let clip = clip(n_frames, CONFIG);
    let audio = tone(clip.n_audio_samples());
    clip.finish(&audio).unwrap()
}

fn word(bytes: &[u8]) -> usize {
    u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize
}

/// Boxes side by side, with their offsets in `bytes`.
fn boxes(bytes: &[u8]) -> Vec<(String, &[u8])> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let size = word(&bytes[at..]);
        assert!(size >= 8 && at + size <= bytes.len(), "a box of {size} bytes at {at} of {}", bytes.len());
        found.push((String::from_utf8_lossy(&bytes[at + 4..at + 8]).into_owned(), &bytes[at + 8..at + size]));
        at += size;
    }
    found
}

/// The `index`-th box along a path of names.
fn find<'a>(bytes: &'a [u8], path: &str) -> &'a [u8] {
    path.split('/').fold(bytes, |bytes, step| {
        let (name, index) = step.split_once('#').map_or((step, 0), |(name, index)| (name, index.parse().unwrap()));
        let found = boxes(bytes).into_iter().filter(|(kind, _)| kind == name).nth(index);
        found.unwrap_or_else(|| panic!("no {step} of {path}")).1
    })
}

/// Sizes and file offsets of a track's samples.
fn samples(file: &[u8], track: usize) -> Vec<std::ops::Range<usize>> {
    let table = find(file, &format!("moov/trak#{track}/mdia/minf/stbl"));
    let (sizes, runs, offsets) = (find(table, "stsz"), find(table, "stsc"), find(table, "stco"));
    let sizes: Vec<usize> = sizes[12..].chunks(4).map(word).collect();
    let runs: Vec<(usize, usize)> = runs[8..].chunks(12).map(|run| (word(run), word(&run[4..]))).collect();
    let (mut found, mut next) = (Vec::new(), 0);
    for (number, offset) in (1..).zip(offsets[8..].chunks(4)) {
        let n = runs.iter().rev().find(|(first, _)| *first <= number).unwrap().1;
        let mut at = word(offset);
        for size in &sizes[next..next + n] {
            found.push(at..at + size);
            at += size;
        }
        next += n;
    }
    assert_eq!(next, sizes.len());
    found
}

#[test]
fn index_comes_first_and_every_byte_of_the_data_belongs_to_one_sample() {
    let file = file(50);
    let order: Vec<String> = boxes(&file).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(order, ["ftyp", "moov", "mdat"]);
    let mut all = [samples(&file, 0), samples(&file, 1)].concat();
    all.sort_by_key(|range| range.start);
    let mdat_start = file.len() - find(&file, "mdat").len();
    assert_eq!(all[0].start, mdat_start);
    assert_eq!(all.last().unwrap().end, file.len());
    assert!(all.windows(2).all(|pair| pair[0].end == pair[1].start));
}

#[test]
fn picture_and_sound_last_exactly_as_long() {
    for n_frames in [1, 12, 49] {
        let file = file(n_frames);
        let edit = |track: usize| find(&file, &format!("moov/trak#{track}/edts/elst"));
        // Movie ticks are samples of sound, 2000 a frame.
        assert_eq!(word(&edit(0)[8..]), n_frames * 2000);
        assert_eq!(word(&edit(1)[8..]), n_frames * 2000);
        assert_eq!((word(&edit(0)[12..]), word(&edit(1)[12..])), (0, 1024));
        let movie = find(&file, "moov/mvhd");
        assert_eq!((word(&movie[12..]), word(&movie[16..])), (48_000, n_frames * 2000));
        let times = find(&file, "moov/trak/mdia/minf/stbl/stts");
        let scale = word(&find(&file, "moov/trak/mdia/mdhd")[12..]);
        assert_eq!((word(&times[8..]), word(&times[12..]) * 24), (n_frames, scale));
    }
}

#[test]
fn no_time_of_day_is_in_the_file() {
    let file = file(2);
    for path in ["moov/mvhd", "moov/trak/tkhd", "moov/trak#1/tkhd", "moov/trak/mdia/mdhd", "moov/trak#1/mdia/mdhd"] {
        assert_eq!(find(&file, path)[..12], [[0, 0, 0, find(&file, path)[3]], [0; 4], [0; 4]].concat());
    }
}

#[test]
fn colour_is_stated_as_limited_range_bt_709() {
    let file = file(2);
    let entry = &find(&file, "moov/trak/mdia/minf/stbl/stsd")[8..];
    let avc1 = find(entry, "avc1");
    assert_eq!(find(&avc1[78..], "colr"), *b"nclx\0\x01\0\x01\0\x01\0");
    assert_eq!(find(&avc1[78..], "avcC")[..2], [1, 100]);
}

#[test]
fn an_independent_reader_finds_both_tracks_and_the_sound_at_its_place() {
    use symphonia::core::{formats::FormatReader, io::MediaSourceStream};
    let clip = clip(48, CONFIG);
    let audio = tone(clip.n_audio_samples());
    let file = clip.finish(&audio).unwrap();
    let frames: Vec<Vec<u8>> = samples(&file, 1).into_iter().map(|range| file[range].to_vec()).collect();
    let source = MediaSourceStream::new(Box::new(std::io::Cursor::new(file)), Default::default());
    let mut reader = symphonia::default::formats::IsoMp4Reader::try_new(source, &Default::default()).unwrap();
    let track = reader.tracks().iter().find(|track| track.codec_params.sample_rate == Some(48_000)).unwrap();
    assert_eq!(track.codec_params.extra_data.as_deref(), Some(&[0x11, 0x90][..]));
    let id = track.id;
    let mut packets = Vec::new();
    while let Ok(packet) = reader.next_packet() {
        if packet.track_id() == id {
            packets.push(packet.data.into_vec());
        }
    }
    assert_eq!(packets, frames);
    let decoded = crate::aac::tests::decode(&[0x11, 0x90], &packets);
    let error: f32 = audio.iter().zip(&decoded[1024..]).map(|(a, b)| (a[0] - b[0]).abs()).fold(0.0, f32::max);
    assert!(error < 0.02, "{error}");
}

#[test]
fn sound_of_another_length_is_refused() {
    let error = clip(2, CONFIG).finish(&tone(3_999)).unwrap_err();
    assert_eq!(error.to_string(), "found 3999 samples in the sound of the clip, expected 4000");
    let ntsc = VideoConfig { fps_num: 30_000, fps_den: 1001, ..CONFIG };
    assert_eq!(clip(3, ntsc).n_audio_samples(), 4805); // 3 · 1601.6
}

#[test]
fn a_clip_without_sound_has_one_track_and_the_same_frames_make_the_same_bytes() {
    let silent = clip(5, CONFIG).finish(&[]).unwrap();
    assert_eq!(boxes(find(&silent, "moov")).iter().filter(|(kind, _)| kind == "trak").count(), 1);
    assert_eq!(file(50), file(50));
}

#[test]
fn title_is_where_players_look_for_it() {
    let file = file(1);
    let meta = &find(&file, "moov/udta/meta")[4..];
    let ilst = find(meta, "ilst");
    assert_eq!(ilst[4..8], [0xa9, b'n', b'a', b'm']);
    assert_eq!(find(&ilst[8..], "data")[8..], *"Brücke".as_bytes());
}
