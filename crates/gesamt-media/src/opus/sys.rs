//! The only place that calls libopus.

use std::ptr::NonNull;

use unsafe_libopus as unsafe_ffi;

use crate::MediaError;

const RATE_HZ: i32 = crate::SAMPLE_RATE_HZ as i32;
const CHANNELS: i32 = 2;
/// The largest packet RFC 6716 allows for one frame, with room for the header.
const MAX_PACKET_BYTES: usize = 1500;

/// A stereo encoder for music.
pub(super) struct Encoder {
    raw: NonNull<unsafe_ffi::OpusEncoder>,
}

impl Encoder {
    pub(super) fn new(bit_rate: u32) -> Result<Self, MediaError> {
        let mut code = 0;
        // SAFETY: `code` is writable; the result is null or owns an encoder, which `drop` frees.
        let raw = unsafe {
            unsafe_ffi::opus_encoder_create(RATE_HZ, CHANNELS, unsafe_ffi::OPUS_APPLICATION_AUDIO, &mut code)
        };
        let raw = NonNull::new(raw).filter(|_| code == unsafe_ffi::OPUS_OK).ok_or_else(|| failed("start", code))?;
        let encoder = Self { raw };
        for (request, value) in [
            (unsafe_ffi::OPUS_SET_BITRATE_REQUEST, bit_rate as i32),
            (unsafe_ffi::OPUS_SET_COMPLEXITY_REQUEST, 10),
            (unsafe_ffi::OPUS_SET_SIGNAL_REQUEST, unsafe_ffi::OPUS_SIGNAL_MUSIC),
        ] {
            // SAFETY: the encoder is live and each of these requests takes one integer.
            let code = unsafe { unsafe_ffi::opus_encoder_ctl!(encoder.raw.as_ptr(), request, value) };
            if code != unsafe_ffi::OPUS_OK {
                return Err(failed("take its settings", code));
            }
        }
        Ok(encoder)
    }

    /// Samples by which the decoded sound is late.
    pub(super) fn lookahead(&self) -> usize {
        let mut n_samples = 0;
        // SAFETY: the encoder is live and this request writes one integer.
        unsafe {
            unsafe_ffi::opus_encoder_ctl!(self.raw.as_ptr(), unsafe_ffi::OPUS_GET_LOOKAHEAD_REQUEST, &mut n_samples)
        };
        n_samples.max(0) as usize
    }

    /// Encodes one packet of 2.5 to 60 ms.
    pub(super) fn encode(&mut self, pcm: &[[f32; 2]]) -> Result<Vec<u8>, MediaError> {
        let mut packet = vec![0; MAX_PACKET_BYTES];
        // SAFETY: the pointers cover `pcm.len()` stereo samples and MAX_PACKET_BYTES bytes.
        let len = unsafe {
            unsafe_ffi::opus_encode_float(
                self.raw.as_ptr(),
                pcm.as_ptr().cast(),
                pcm.len() as i32,
                packet.as_mut_ptr(),
                MAX_PACKET_BYTES as i32,
            )
        };
        let len = usize::try_from(len).map_err(|_| failed("encode", len))?;
        packet.truncate(len);
        Ok(packet)
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // SAFETY: `raw` came from `opus_encoder_create` and is not used afterwards.
        unsafe { unsafe_ffi::opus_encoder_destroy(self.raw.as_ptr()) };
    }
}

fn failed(action: &'static str, code: i32) -> MediaError {
    MediaError::Codec { codec: "Opus", action, reason: format!("code {code}") }
}

/// A stereo decoder, to check the encoder.
#[cfg(test)]
pub(super) struct Decoder {
    raw: NonNull<unsafe_ffi::OpusDecoder>,
}

#[cfg(test)]
impl Decoder {
    pub(super) fn new() -> Self {
        let mut code = 0;
        // SAFETY: `code` is writable; the result is null or owns a decoder, which `drop` frees.
        let raw = unsafe { unsafe_ffi::opus_decoder_create(RATE_HZ, CHANNELS, &mut code) };
        Self { raw: NonNull::new(raw).unwrap() }
    }

    pub(super) fn decode(&mut self, packet: &[u8]) -> Vec<[f32; 2]> {
        let mut pcm = vec![[0.0; 2]; 5760];
        // SAFETY: the pointers cover the packet and 5760 stereo samples, the longest packet there is.
        let n = unsafe {
            let out = pcm.as_mut_ptr().cast();
            unsafe_ffi::opus_decode_float(self.raw.as_ptr(), packet.as_ptr(), packet.len() as i32, out, 5760, 0)
        };
        pcm.truncate(usize::try_from(n).unwrap());
        pcm
    }
}

#[cfg(test)]
impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: `raw` came from `opus_decoder_create` and is not used afterwards.
        unsafe { unsafe_ffi::opus_decoder_destroy(self.raw.as_ptr()) };
    }
}
