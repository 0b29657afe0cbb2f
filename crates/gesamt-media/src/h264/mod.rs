//! H.264 at constant quality, in closed groups of pictures that are encoded side by side.
//!
//! High profile, CABAC, one reference picture, no B frames, BT.709 limited range stated in the stream. Every group of
//! [`GOP_FRAMES`] frames gets a fresh encoder, so the bytes depend on neither the number of threads nor their timing.
//!
//! The coding is OpenH264's (BSD-2-Clause), built from its sources: its assembly is used if `nasm` is there at build time,
//! which makes encoding about three times as fast and changes no byte. Patent licences, where they apply, are a matter of
//! whoever distributes the program.
//!
//! # Source
//! ITU-T H.264 (08/2021): 7.3 syntax, Annex B byte stream, Annex E video usability information.

#[cfg(test)]
mod decode;
mod sys;
#[cfg(test)]
mod tests;

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use crate::MediaError;
use crate::color::{Yuv420, rgb8_to_yuv420};

/// Frames in a group of pictures: two seconds at 24 frames per second.
pub const GOP_FRAMES: usize = 48;
/// Groups that may be encoded at the same time.
const MAX_GROUPS_IN_FLIGHT: usize = 2;
/// Frames waiting for an encoder may take this much memory per group.
const QUEUE_BYTES: usize = 48 << 20;

/// How finely the picture is quantised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VideoQuality {
    /// Quantiser 28: previews.
    Draft,
    /// Quantiser 23.
    #[default]
    Standard,
    /// Quantiser 20: hard to tell from the source.
    High,
}

impl VideoQuality {
    /// The constant quantisation parameter, 0–51.
    #[must_use]
    pub const fn qp(self) -> u8 {
        match self {
            Self::Draft => 28,
            Self::Standard => 23,
            Self::High => 20,
        }
    }
}

/// Size, rate and quality of a video stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VideoConfig {
    /// Columns, even.
    pub width: u32,
    /// Rows, even.
    pub height: u32,
    /// Numerator of the frame rate.
    pub fps_num: u32,
    /// Denominator of the frame rate.
    pub fps_den: u32,
    /// The quantiser.
    pub quality: VideoQuality,
}

impl VideoConfig {
    fn check(&self) -> Result<(), MediaError> {
        let even = self.width.is_multiple_of(2) && self.height.is_multiple_of(2);
        if !even || !(16..=3840).contains(&self.width) || !(16..=2160).contains(&self.height) {
            return Err(MediaError::Size {
                width: self.width,
                height: self.height,
                expected: "an even width and an even height, from 16 x 16 to 3840 x 2160",
            });
        }
        if self.fps_num == 0 || self.fps_den == 0 || !(1..=120).contains(&(self.fps_num / self.fps_den)) {
            return Err(MediaError::Parameter {
                what: "frame rate",
                found: format!("{}/{}", self.fps_num, self.fps_den),
                expected: "1 to 120 frames per second",
            });
        }
        Ok(())
    }

    /// The number of sound samples that last exactly as long as `n_frames` frames (rounded to the nearest sample).
    #[must_use]
    pub fn n_audio_samples(&self, n_frames: usize) -> usize {
        let ticks = n_frames as u64 * u64::from(crate::SAMPLE_RATE_HZ) * u64::from(self.fps_den);
        ((ticks + u64::from(self.fps_num) / 2) / u64::from(self.fps_num)) as usize
    }
}

/// A finished stream, in the form MP4 wants: parameter sets apart, each NAL unit behind its length as four bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoStream {
    /// The sequence parameter set, without start code.
    pub sps: Vec<u8>,
    /// The picture parameter set, without start code.
    pub pps: Vec<u8>,
    /// One entry per frame, in decoding order, which is display order.
    pub samples: Vec<VideoSample>,
}

/// One coded frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoSample {
    /// Length-prefixed NAL units.
    pub data: Vec<u8>,
    /// Whether decoding can start here.
    pub is_sync: bool,
}

impl VideoStream {
    /// The same stream with start codes and parameter sets before every sync frame, as `.h264` files and decoders want.
    #[must_use]
    pub fn to_annex_b(&self) -> Vec<u8> {
        const START: [u8; 4] = [0, 0, 0, 1];
        let mut out = Vec::new();
        for sample in &self.samples {
            if sample.is_sync {
                for set in [&self.sps, &self.pps] {
                    out.extend_from_slice(&START);
                    out.extend_from_slice(set);
                }
            }
            let mut rest = &sample.data[..];
            while let Some((prefix, tail)) = rest.split_first_chunk::<4>() {
                let (nal, tail) = tail.split_at(u32::from_be_bytes(*prefix) as usize);
                out.extend_from_slice(&START);
                out.extend_from_slice(nal);
                rest = tail;
            }
        }
        out
    }
}

/// Encodes frames as they come.
#[derive(Debug)]
pub struct VideoEncoder {
    config: VideoConfig,
    n_frames: usize,
    feed: Option<SyncSender<Yuv420>>,
    running: std::collections::VecDeque<JoinHandle<Result<VideoStream, MediaError>>>,
    done: Option<VideoStream>,
}

impl VideoEncoder {
    /// Makes an encoder.
    ///
    /// # Errors
    /// [`MediaError::Size`] for odd, tiny or huge pictures, [`MediaError::Parameter`] for a senseless frame rate.
    pub fn new(config: VideoConfig) -> Result<Self, MediaError> {
        config.check()?;
        Ok(Self { config, n_frames: 0, feed: None, running: Default::default(), done: None })
    }

    /// Frames pushed so far.
    #[must_use]
    pub fn n_frames(&self) -> usize {
        self.n_frames
    }

    /// Hands over one row-major sRGB8 frame. Blocks while the encoder threads are behind.
    ///
    /// # Errors
    /// [`MediaError::Length`] for a frame of the wrong size, [`MediaError::Codec`] if an earlier group failed.
    pub fn push_frame(&mut self, rgb: &[u8]) -> Result<(), MediaError> {
        let frame = rgb8_to_yuv420(rgb, self.config.width, self.config.height)?;
        if self.n_frames.is_multiple_of(GOP_FRAMES) {
            self.start_group()?;
        }
        self.n_frames += 1;
        let accepted = self.feed.as_ref().is_some_and(|feed| feed.send(frame).is_ok());
        if accepted {
            return Ok(());
        }
        // The thread has stopped early, so its result says why.
        self.feed = None;
        while !self.running.is_empty() {
            self.collect_group()?;
        }
        Err(group_lost())
    }

    /// Waits for the last group and returns the whole stream.
    ///
    /// # Errors
    /// [`MediaError::Length`] if no frame was pushed, [`MediaError::Codec`] if a group failed.
    pub fn finish(mut self) -> Result<VideoStream, MediaError> {
        self.feed = None;
        while !self.running.is_empty() {
            self.collect_group()?;
        }
        self.done.ok_or(MediaError::Length { what: "clip", unit: "frames", found: 0, expected: 1 })
    }

    fn start_group(&mut self) -> Result<(), MediaError> {
        self.feed = None;
        while self.running.len() >= MAX_GROUPS_IN_FLIGHT {
            self.collect_group()?;
        }
        let frame_bytes = (self.config.width * self.config.height) as usize * 3 / 2;
        let (feed, frames) = sync_channel((QUEUE_BYTES / frame_bytes).clamp(2, GOP_FRAMES));
        let config = self.config;
        let thread = std::thread::Builder::new().name("h264".into()).spawn(move || encode_group(&config, &frames));
        let thread = thread.map_err(|error| MediaError::Codec {
            codec: "H.264",
            action: "start a thread",
            reason: error.to_string(),
        })?;
        self.running.push_back(thread);
        self.feed = Some(feed);
        Ok(())
    }

    fn collect_group(&mut self) -> Result<(), MediaError> {
        let Some(thread) = self.running.pop_front() else { return Ok(()) };
        let group = thread.join().map_err(|_| group_lost())??;
        match &mut self.done {
            None => self.done = Some(group),
            Some(done) if done.sps == group.sps && done.pps == group.pps => done.samples.extend(group.samples),
            Some(_) => {
                return Err(MediaError::Codec {
                    codec: "H.264",
                    action: "keep its parameter sets",
                    reason: "two groups of pictures differ in SPS or PPS".into(),
                });
            }
        }
        Ok(())
    }
}

fn group_lost() -> MediaError {
    MediaError::Codec { codec: "H.264", action: "encode a group of pictures", reason: "its thread stopped".into() }
}

fn encode_group(config: &VideoConfig, frames: &Receiver<Yuv420>) -> Result<VideoStream, MediaError> {
    let mut encoder = sys::Encoder::new(config)?;
    let mut stream = VideoStream { sps: Vec::new(), pps: Vec::new(), samples: Vec::new() };
    let mut bytes = Vec::new();
    for (frame_idx, frame) in frames.iter().enumerate() {
        let time_ms = frame_idx as u64 * 1000 * u64::from(config.fps_den) / u64::from(config.fps_num);
        bytes.clear();
        encoder.encode(&frame, time_ms as i64, &mut bytes)?;
        stream.samples.push(to_sample(&bytes, &mut stream.sps, &mut stream.pps));
    }
    Ok(stream)
}

const NAL_IDR: u8 = 5;
const NAL_SPS: u8 = 7;
const NAL_PPS: u8 = 8;

fn to_sample(annex_b: &[u8], sps: &mut Vec<u8>, pps: &mut Vec<u8>) -> VideoSample {
    let mut sample = VideoSample { data: Vec::with_capacity(annex_b.len()), is_sync: false };
    for nal in split_annex_b(annex_b) {
        match nal[0] & 31 {
            NAL_SPS => *sps = nal.to_vec(),
            NAL_PPS => *pps = nal.to_vec(),
            kind => {
                sample.is_sync |= kind == NAL_IDR;
                sample.data.extend_from_slice(&(nal.len() as u32).to_be_bytes());
                sample.data.extend_from_slice(nal);
            }
        }
    }
    sample
}

/// The NAL units of an Annex B byte stream, without start codes and trailing zeros.
fn split_annex_b(bytes: &[u8]) -> Vec<&[u8]> {
    let starts: Vec<usize> =
        bytes.windows(3).enumerate().filter(|(_, w)| *w == [0, 0, 1]).map(|(at, _)| at + 3).collect();
    let ends = starts.iter().skip(1).map(|start| start - 3).chain([bytes.len()]);
    let trimmed = starts.iter().zip(ends).map(|(&start, end)| {
        let nal = &bytes[start..end];
        let zeros = nal.iter().rev().take_while(|&&b| b == 0).count();
        &nal[..nal.len() - zeros]
    });
    trimmed.filter(|nal| !nal.is_empty()).collect()
}
