//! WAV files with loop points, markers and tempo.
//!
//! # Source
//! Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0, 1991 (`RIFF`, `fmt `, `cue `, `adtl`,
//! `INFO`); MIDI Manufacturers Association, Sampler chunk (`smpl`). The `acid` chunk has no public specification; its 24
//! bytes are written as sequencers read them.

mod read;
#[cfg(test)]
mod tests;

pub use read::{Wav, read_wav};

use crate::{MediaError, SAMPLE_RATE_HZ};

/// Bytes of one 24-bit stereo sample.
const FRAME_BYTES: usize = 6;
const MIDDLE_C: u8 = 60;
/// Flags of the `acid` chunk.
const ACID_ROOT_NOTE: u32 = 2;
const ACID_STRETCH: u32 = 4;

/// What a sequencer or a game engine should know about a sound.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WavMeta {
    /// First and last sample of the loop; both are played. The whole file loops with `(0, n − 1)`.
    pub loop_samples: Option<(u32, u32)>,
    /// Section markers in ascending order.
    pub markers: Vec<Marker>,
    /// Tempo, for automatic matching.
    pub tempo: Option<Tempo>,
    /// Free text: title, artist, comment and so on.
    pub info: Vec<(InfoKey, String)>,
}

/// A named position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// The sample it points to.
    pub sample: u32,
    /// Its name.
    pub label: String,
}

/// Tempo and key of a loop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tempo {
    /// Quarter notes per minute.
    pub bpm: f32,
    /// Beats in the file.
    pub n_beats: u32,
    /// Beats per bar and the note that is a beat: (3, 4) is three-four time.
    pub meter: (u16, u16),
    /// The tonic as a MIDI note number, if there is one.
    pub root_note: Option<u8>,
}

/// The `INFO` fields in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InfoKey {
    /// `INAM`
    Title,
    /// `IART`
    Artist,
    /// `ICMT`
    Comment,
    /// `ICOP`
    Copyright,
    /// `IGNR`
    Genre,
    /// `ISFT`
    Software,
}

impl InfoKey {
    const ALL: [Self; 6] = [Self::Title, Self::Artist, Self::Comment, Self::Copyright, Self::Genre, Self::Software];

    const fn chunk_id(self) -> [u8; 4] {
        match self {
            Self::Title => *b"INAM",
            Self::Artist => *b"IART",
            Self::Comment => *b"ICMT",
            Self::Copyright => *b"ICOP",
            Self::Genre => *b"IGNR",
            Self::Software => *b"ISFT",
        }
    }
}

/// Rounds −1…1 to 24 bits; what lies outside is clipped.
#[must_use]
pub fn quantise_24(samples: &[[f32; 2]]) -> Vec<[i32; 2]> {
    let quantise = |x: f32| (f64::from(x) * 8_388_608.0).round().clamp(-8_388_608.0, 8_388_607.0) as i32;
    samples.iter().map(|sample| sample.map(quantise)).collect()
}

/// Writes 48 kHz, 24-bit stereo.
///
/// # Errors
/// [`MediaError::Parameter`] for samples beyond 24 bits and for loops and markers outside the sound,
/// [`MediaError::LimitReached`] above 4 GiB.
pub fn write_wav(samples: &[[i32; 2]], meta: &WavMeta) -> Result<Vec<u8>, MediaError> {
    check_range(samples)?;
    check_positions(samples.len(), meta)?;
    let data_len = samples.len() as u64 * FRAME_BYTES as u64;
    let limit = u64::from(u32::MAX) - (1 << 20);
    if data_len > limit {
        return Err(MediaError::LimitReached { what: "WAV file", found: data_len, limit });
    }
    let mut file = Vec::with_capacity(data_len as usize + 1024);
    chunk(&mut file, *b"RIFF", |file| {
        file.extend_from_slice(b"WAVE");
        chunk(file, *b"fmt ", write_format);
        if let Some(tempo) = &meta.tempo {
            chunk(file, *b"acid", |file| write_acid(file, tempo));
        }
        chunk(file, *b"data", |file| {
            for value in samples.as_flattened() {
                file.extend_from_slice(&value.to_le_bytes()[..3]);
            }
        });
        if let Some((first, last)) = meta.loop_samples {
            let root = meta.tempo.and_then(|tempo| tempo.root_note).unwrap_or(MIDDLE_C);
            chunk(file, *b"smpl", |file| write_sampler(file, root, first, last));
        }
        if !meta.markers.is_empty() {
            chunk(file, *b"cue ", |file| write_cues(file, &meta.markers));
            chunk(file, *b"LIST", |file| write_labels(file, &meta.markers));
        }
        if !meta.info.is_empty() {
            chunk(file, *b"LIST", |file| write_info(file, &meta.info));
        }
    });
    Ok(file)
}

pub(crate) fn check_range(samples: &[[i32; 2]]) -> Result<(), MediaError> {
    let range = -(1 << 23)..1 << 23;
    match samples.as_flattened().iter().find(|value| !range.contains(*value)) {
        None => Ok(()),
        Some(value) => Err(MediaError::Parameter {
            what: "sample",
            found: value.to_string(),
            expected: "a 24-bit value, -8388608 to 8388607",
        }),
    }
}

fn check_positions(n_samples: usize, meta: &WavMeta) -> Result<(), MediaError> {
    let (what, expected) = ("position", "one inside the sound, with the loop's first sample not after its last");
    let inside = |sample: u32| (sample as usize) < n_samples;
    if let Some((first, last)) = meta.loop_samples
        && !(first <= last && inside(last))
    {
        return Err(MediaError::Parameter { what, found: format!("loop {first}..={last} of {n_samples}"), expected });
    }
    match meta.markers.iter().find(|marker| !inside(marker.sample)) {
        None => Ok(()),
        Some(marker) => {
            let found = format!("marker '{}' at {} of {n_samples}", marker.label, marker.sample);
            Err(MediaError::Parameter { what, found, expected })
        }
    }
}

/// Writes a chunk around `body`, padded to an even length as RIFF demands.
fn chunk(file: &mut Vec<u8>, id: [u8; 4], body: impl FnOnce(&mut Vec<u8>)) {
    file.extend_from_slice(&id);
    let size_at = file.len();
    file.extend_from_slice(&[0; 4]);
    body(file);
    let size = (file.len() - size_at - 4) as u32;
    file[size_at..size_at + 4].copy_from_slice(&size.to_le_bytes());
    if !file.len().is_multiple_of(2) {
        file.push(0);
    }
}

fn words(file: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|value| file.extend_from_slice(&value.to_le_bytes()));
}

fn halves(file: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| file.extend_from_slice(&value.to_le_bytes()));
}

fn write_format(file: &mut Vec<u8>) {
    halves(file, &[1, 2]); // integer PCM, two channels
    words(file, &[SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * FRAME_BYTES as u32]);
    halves(file, &[FRAME_BYTES as u16, 24]);
}

fn write_acid(file: &mut Vec<u8>, tempo: &Tempo) {
    let flags = ACID_STRETCH | if tempo.root_note.is_some() { ACID_ROOT_NOTE } else { 0 };
    words(file, &[flags]);
    halves(file, &[u16::from(tempo.root_note.unwrap_or(MIDDLE_C)), 0x8000]);
    words(file, &[0, tempo.n_beats]);
    halves(file, &[tempo.meter.1, tempo.meter.0]);
    file.extend_from_slice(&tempo.bpm.to_le_bytes());
}

fn write_sampler(file: &mut Vec<u8>, root_note: u8, first: u32, last: u32) {
    let nanoseconds_per_sample = (1_000_000_000 + SAMPLE_RATE_HZ / 2) / SAMPLE_RATE_HZ;
    words(file, &[0, 0, nanoseconds_per_sample, u32::from(root_note), 0, 0, 0, 1, 0]);
    // Loop 0: forward, for ever.
    words(file, &[0, 0, first, last, 0, 0]);
}

fn write_cues(file: &mut Vec<u8>, markers: &[Marker]) {
    words(file, &[markers.len() as u32]);
    for (id, marker) in (1..).zip(markers) {
        words(file, &[id, marker.sample]);
        file.extend_from_slice(b"data");
        words(file, &[0, 0, marker.sample]);
    }
}

fn write_labels(file: &mut Vec<u8>, markers: &[Marker]) {
    file.extend_from_slice(b"adtl");
    for (id, marker) in (1_u32..).zip(markers) {
        chunk(file, *b"labl", |file| {
            words(file, &[id]);
            write_text(file, &marker.label);
        });
    }
}

fn write_info(file: &mut Vec<u8>, info: &[(InfoKey, String)]) {
    file.extend_from_slice(b"INFO");
    for (key, text) in info {
        chunk(file, key.chunk_id(), |file| write_text(file, text));
    }
}

/// Zero-terminated.
fn write_text(file: &mut Vec<u8>, text: &str) {
    file.extend(text.bytes().filter(|&byte| byte != 0));
    file.push(0);
}
