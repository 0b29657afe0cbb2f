//! Media files: PNG, OpenEXR, glTF, WAV, FLAC, Opus, AAC, H.264 and MP4; pictures of sound.
//!
//! Every writer is a pure function of its input: no wall clock, no environment, and the same bytes whatever the number
//! of threads. Pictures are row-major, top row first, with sRGB-encoded 8- or 16-bit samples; sound is 48 kHz stereo.
//!
//! | file | writer |
//! |---|---|
//! | `.png` | [`png::encode_png`] |
//! | `.exr` | [`exr::encode_exr`] |
//! | `.wav` | [`wav::write_wav`] |
//! | `.flac` | [`flac::encode_flac`] |
//! | `.opus` | [`opus::encode_ogg_opus`] |
//! | pictures of sound | [`plot`] |
//! | `.glb` | [`gltf::Document`] |
//! | `.mp4` | [`mp4::Mp4Clip`] (H.264 through [`h264::VideoEncoder`], AAC through [`aac::encode_aac`]) |

pub mod aac;
mod bits;
pub mod color;
mod error;
pub mod exr;
pub mod flac;
pub mod gltf;
pub mod h264;
pub mod mp4;
pub mod opus;
pub mod plot;
pub mod png;
pub mod wav;

pub use error::MediaError;

/// The one sampling rate of gesamt's sound files.
pub const SAMPLE_RATE_HZ: u32 = 48_000;
