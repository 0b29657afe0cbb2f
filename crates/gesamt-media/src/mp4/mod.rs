//! MP4 files: one H.264 track, one AAC track, the index in front of the data.
//!
//! The sound track carries an edit list that hides the encoder's priming samples, so sound and picture start and end
//! together to the sample. All times in the file are counted, none is read from a clock: creation times are zero.
//!
//! # Source
//! ISO/IEC 14496-12 (base media: 8.2 movie, 8.4 media, 8.6 time and edits, 8.7 data layout, 10.1 roll groups, 12.1.5
//! colour), 14496-14 (MP4 and `esds`), 14496-15 (`avcC`).

mod boxes;
#[cfg(test)]
mod tests;
mod tracks;

use boxes::BoxWriter;
use tracks::{AudioTrack, VideoTrack};

use crate::MediaError;
use crate::aac::{AacConfig, AacStream, encode_aac};
use crate::h264::{VideoConfig, VideoEncoder, VideoStream};

/// Movie time units per second; a multiple of every usual frame rate and of the sound's sampling rate.
const MOVIE_TIMESCALE: u32 = crate::SAMPLE_RATE_HZ;
/// 32-bit chunk offsets end here; a clip of minutes stays far below.
const MAX_FILE_BYTES: u64 = u32::MAX as u64;
/// Video frames between two runs of sound in the file.
const FRAMES_PER_CHUNK: usize = 12;

/// A clip that is written while its frames are rendered.
///
/// # Determinism
/// The bytes depend only on the frames, the sound and the settings.
#[derive(Debug)]
pub struct Mp4Clip {
    config: VideoConfig,
    audio: AacConfig,
    video: VideoEncoder,
    title: Option<String>,
}

impl Mp4Clip {
    /// Starts a clip.
    ///
    /// # Errors
    /// [`MediaError::Size`] for odd, tiny or huge pictures, [`MediaError::Parameter`] for a senseless frame rate or bit
    /// rate.
    pub fn new(video: VideoConfig, audio: AacConfig) -> Result<Self, MediaError> {
        audio.check()?;
        Ok(Self { config: video, audio, video: VideoEncoder::new(video)?, title: None })
    }

    /// Names the clip in the file's metadata.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Adds one row-major sRGB8 frame. Blocks while the encoder threads are behind, so memory stays bounded.
    ///
    /// # Errors
    /// [`MediaError::Length`] for a frame of the wrong size, [`MediaError::Codec`] if the encoder failed.
    pub fn push_frame(&mut self, rgb8: &[u8]) -> Result<(), MediaError> {
        self.video.push_frame(rgb8)
    }

    /// The number of frames so far.
    #[must_use]
    pub fn n_frames(&self) -> usize {
        self.video.n_frames()
    }

    /// The number of 48 kHz samples [`Self::finish`] expects for the frames so far.
    #[must_use]
    pub fn n_audio_samples(&self) -> usize {
        self.config.n_audio_samples(self.n_frames())
    }

    /// Ends the clip and returns the file. `audio` is 48 kHz stereo in −1…1; an empty slice makes a silent file without a
    /// sound track.
    ///
    /// # Errors
    /// [`MediaError::Length`] if there is no frame or the sound is not exactly as long as the picture,
    /// [`MediaError::Codec`] if an encoder failed, [`MediaError::LimitReached`] above 4 GiB.
    pub fn finish(self, audio: &[[f32; 2]]) -> Result<Vec<u8>, MediaError> {
        let expected = self.n_audio_samples();
        if !audio.is_empty() && audio.len() != expected {
            return Err(MediaError::Length {
                what: "sound of the clip",
                unit: "samples",
                found: audio.len(),
                expected,
            });
        }
        let sound = if audio.is_empty() { None } else { Some(encode_aac(self.audio, audio)?) };
        let video = self.video.finish()?;
        mux(&self.config, &video, sound.as_ref(), self.title.as_deref())
    }
}

/// Writes finished streams into one file.
///
/// # Errors
/// [`MediaError::LimitReached`] above 4 GiB.
pub fn mux(
    config: &VideoConfig,
    video: &VideoStream,
    audio: Option<&AacStream>,
    title: Option<&str>,
) -> Result<Vec<u8>, MediaError> {
    let media_bytes = video.samples.iter().map(|s| s.data.len() as u64).sum::<u64>()
        + audio.map_or(0, |a| a.frames.iter().map(|f| f.len() as u64).sum());
    if media_bytes > MAX_FILE_BYTES - (1 << 24) {
        return Err(MediaError::LimitReached { what: "MP4 file", found: media_bytes, limit: MAX_FILE_BYTES });
    }
    let mut layout = Layout::new(config, video, audio);
    // The index precedes the data and its size does not depend on the offsets in it, so a first pass measures it.
    let head_len = head(config, video, audio, title, &layout).len() + 8;
    layout.shift(head_len as u32);
    let mut file = head(config, video, audio, title, &layout);
    file.extend_from_slice(&(media_bytes as u32 + 8).to_be_bytes());
    file.extend_from_slice(b"mdat");
    layout.write_data(video, audio, &mut file);
    Ok(file)
}

/// Where the chunks of both tracks lie: runs of video frames and of sound frames in turns.
struct Layout {
    video: Vec<Chunk>,
    audio: Vec<Chunk>,
}

/// A run of samples of one track.
struct Chunk {
    offset: u32,
    samples: std::ops::Range<usize>,
}

impl Layout {
    fn new(config: &VideoConfig, video: &VideoStream, audio: Option<&AacStream>) -> Self {
        let mut layout = Self { video: Vec::new(), audio: Vec::new() };
        let (n_video, n_audio) = (video.samples.len(), audio.map_or(0, |a| a.frames.len()));
        let (mut offset, mut audio_done) = (0_u32, 0);
        for first in (0..n_video).step_by(FRAMES_PER_CHUNK) {
            let end = (first + FRAMES_PER_CHUNK).min(n_video);
            layout.video.push(Chunk { offset, samples: first..end });
            offset += video.samples[first..end].iter().map(|s| s.data.len() as u32).sum::<u32>();
            let Some(audio) = audio else { continue };
            // The last run takes the rest; the frame that holds the priming comes on top of those for the time.
            let due = config.n_audio_samples(end).div_ceil(crate::aac::FRAME_SAMPLES) + 1;
            let audio_end = if end == n_video { n_audio } else { due.min(n_audio) };
            if audio_end > audio_done {
                layout.audio.push(Chunk { offset, samples: audio_done..audio_end });
                offset += audio.frames[audio_done..audio_end].iter().map(|f| f.len() as u32).sum::<u32>();
                audio_done = audio_end;
            }
        }
        layout
    }

    fn shift(&mut self, by: u32) {
        for chunk in self.video.iter_mut().chain(&mut self.audio) {
            chunk.offset += by;
        }
    }

    fn write_data(&self, video: &VideoStream, audio: Option<&AacStream>, file: &mut Vec<u8>) {
        let mut audio_chunks = self.audio.iter().peekable();
        for (chunk_idx, chunk) in self.video.iter().enumerate() {
            for sample in &video.samples[chunk.samples.clone()] {
                file.extend_from_slice(&sample.data);
            }
            let next_video = self.video.get(chunk_idx + 1).map_or(u32::MAX, |next| next.offset);
            while let Some(run) = audio_chunks.next_if(|run| run.offset < next_video) {
                for frame in audio.into_iter().flat_map(|a| &a.frames[run.samples.clone()]) {
                    file.extend_from_slice(frame);
                }
            }
        }
    }
}

fn head(
    config: &VideoConfig,
    video: &VideoStream,
    audio: Option<&AacStream>,
    title: Option<&str>,
    layout: &Layout,
) -> Vec<u8> {
    let mut w = BoxWriter::default();
    w.boxed(*b"ftyp", |w| {
        w.raw(b"isom");
        w.u32(512);
        w.raw(b"isomiso2avc1mp41");
    });
    let video = VideoTrack { config, stream: video, chunks: &layout.video };
    let audio = audio.map(|stream| AudioTrack { stream, chunks: &layout.audio });
    w.boxed(*b"moov", |w| {
        let duration = video.movie_duration().max(audio.as_ref().map_or(0, AudioTrack::movie_duration));
        movie_header(w, duration, if audio.is_some() { 3 } else { 2 });
        video.write(w);
        if let Some(audio) = &audio {
            audio.write(w);
        }
        if let Some(title) = title {
            title_metadata(w, title);
        }
    });
    w.into_bytes()
}

fn movie_header(w: &mut BoxWriter, duration: u32, next_track_id: u32) {
    w.full(*b"mvhd", 0, 0, |w| {
        w.zeros(8); // creation and modification time: unknown
        w.u32(MOVIE_TIMESCALE);
        w.u32(duration);
        w.u32(0x0001_0000); // rate 1
        w.u16(0x0100); // volume 1
        w.zeros(10);
        tracks::identity_matrix(w);
        w.zeros(24);
        w.u32(next_track_id);
    });
}

/// The de-facto `ilst` form of metadata, which all players read.
fn title_metadata(w: &mut BoxWriter, title: &str) {
    w.boxed(*b"udta", |w| {
        w.full(*b"meta", 0, 0, |w| {
            w.full(*b"hdlr", 0, 0, |w| {
                w.u32(0);
                w.raw(b"mdirappl");
                w.zeros(9);
            });
            w.boxed(*b"ilst", |w| {
                w.boxed([0xa9, b'n', b'a', b'm'], |w| {
                    w.boxed(*b"data", |w| {
                        w.u32(1); // UTF-8
                        w.u32(0); // no locale
                        w.raw(title.as_bytes());
                    });
                });
            });
        });
    });
}
