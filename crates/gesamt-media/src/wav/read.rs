//! Reading back what [`super::write_wav`] writes, and other 24-bit PCM files with it.

use super::{InfoKey, Marker, Tempo, WavMeta};
use crate::MediaError;

/// A WAV file in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Wav {
    /// Samples per second.
    pub sample_rate_hz: u32,
    /// 24-bit stereo.
    pub samples: Vec<[i32; 2]>,
    /// Loop, markers, tempo and texts.
    pub meta: WavMeta,
}

/// Reads 24-bit stereo PCM with its loop, markers, tempo and texts. Unknown chunks are skipped.
///
/// # Errors
/// [`MediaError::Malformed`] for anything else.
pub fn read_wav(file: &[u8]) -> Result<Wav, MediaError> {
    let mut wav = Wav { sample_rate_hz: 0, samples: Vec::new(), meta: WavMeta::default() };
    let mut positions = Vec::new();
    let mut labels = Vec::new();
    let riff = Reader { file, at: 0 }.chunk()?;
    if &riff.id != b"RIFF" || riff.body.bytes(0, 4)? != b"WAVE" {
        return Err(malformed(0, "expected a RIFF file of type WAVE"));
    }
    for chunk in riff.body.skip(4)?.chunks() {
        let Chunk { id, body } = chunk?;
        match &id {
            b"fmt " => wav.sample_rate_hz = read_format(&body)?,
            b"data" => wav.samples = read_samples(&body),
            b"acid" => wav.meta.tempo = Some(read_acid(&body)?),
            b"smpl" if body.word(28)? > 0 => wav.meta.loop_samples = Some((body.word(44)?, body.word(48)?)),
            b"cue " => {
                for cue in body.skip(4)?.file.chunks_exact(24) {
                    positions.push((word(&cue[..4]), word(&cue[20..])));
                }
            }
            b"LIST" => read_list(&body, &mut labels, &mut wav.meta.info)?,
            _ => {}
        }
    }
    wav.meta.markers = positions
        .into_iter()
        .map(|(id, sample)| Marker {
            sample,
            label: labels.iter().find(|(of, _)| *of == id).map(|(_, label)| label.clone()).unwrap_or_default(),
        })
        .collect();
    Ok(wav)
}

fn read_format(body: &Reader) -> Result<u32, MediaError> {
    let format = body.bytes(0, 16)?;
    if format[..4] != [1, 0, 2, 0] || format[12..] != [6, 0, 24, 0] {
        return Err(malformed(body.at, "expected 24-bit stereo PCM"));
    }
    body.word(4)
}

fn read_samples(body: &Reader) -> Vec<[i32; 2]> {
    let value = |b: &[u8]| i32::from_le_bytes([0, b[0], b[1], b[2]]) >> 8;
    body.file.chunks_exact(6).map(|frame| [value(frame), value(&frame[3..])]).collect()
}

fn read_acid(body: &Reader) -> Result<Tempo, MediaError> {
    let half = |at: usize| body.bytes(at, 2).map(|b| u16::from_le_bytes([b[0], b[1]]));
    let root_note = if body.word(0)? & super::ACID_ROOT_NOTE != 0 { Some(half(4)? as u8) } else { None };
    let bpm = f32::from_bits(body.word(20)?);
    Ok(Tempo { bpm, n_beats: body.word(12)?, meter: (half(18)?, half(16)?), root_note })
}

fn read_list(
    body: &Reader,
    labels: &mut Vec<(u32, String)>,
    info: &mut Vec<(InfoKey, String)>,
) -> Result<(), MediaError> {
    for chunk in body.skip(4)?.chunks() {
        let Chunk { id, body } = chunk?;
        if &id == b"labl" {
            labels.push((body.word(0)?, text(&body.skip(4)?)));
        } else if let Some(key) = InfoKey::ALL.into_iter().find(|key| key.chunk_id() == id) {
            info.push((key, text(&body)));
        }
    }
    Ok(())
}

fn text(body: &Reader) -> String {
    String::from_utf8_lossy(body.file.strip_suffix(&[0]).unwrap_or(body.file)).into_owned()
}

fn word(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

fn malformed(at: usize, reason: &str) -> MediaError {
    MediaError::Malformed { format: "WAV", at, reason: reason.into() }
}

/// A part of the file that knows where it is.
struct Reader<'a> {
    file: &'a [u8],
    at: usize,
}

struct Chunk<'a> {
    id: [u8; 4],
    body: Reader<'a>,
}

impl<'a> Reader<'a> {
    fn bytes(&self, at: usize, len: usize) -> Result<&'a [u8], MediaError> {
        let end = at.checked_add(len).ok_or_else(|| malformed(self.at, "a length overflows"))?;
        self.file
            .get(at..end)
            .ok_or_else(|| malformed(self.at + at, &format!("found {} bytes, expected {end}", self.file.len())))
    }

    fn skip(&self, len: usize) -> Result<Self, MediaError> {
        self.bytes(0, len)?;
        Ok(Self { file: &self.file[len..], at: self.at + len })
    }

    fn word(&self, at: usize) -> Result<u32, MediaError> {
        self.bytes(at, 4).map(word)
    }

    fn chunk(&self) -> Result<Chunk<'a>, MediaError> {
        let id = self.bytes(0, 4)?;
        let body = self.bytes(8, self.word(4)? as usize)?;
        Ok(Chunk { id: [id[0], id[1], id[2], id[3]], body: Reader { file: body, at: self.at + 8 } })
    }

    /// The chunks inside, up to the first broken one.
    fn chunks(self) -> impl Iterator<Item = Result<Chunk<'a>, MediaError>> {
        let mut rest = Some(self);
        std::iter::from_fn(move || {
            let reader = rest.take().filter(|reader| !reader.file.is_empty())?;
            let chunk = reader.chunk();
            if let Ok(chunk) = &chunk {
                let len = (8 + chunk.body.file.len()).next_multiple_of(2).min(reader.file.len());
                rest = reader.skip(len).ok();
            }
            Some(chunk)
        })
    }
}
