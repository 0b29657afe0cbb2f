//! OpenH264's decoder, to check the encoder.

use std::ptr::{NonNull, null_mut};

use openh264_sys2 as ffi;

use super::VideoStream;
use crate::color::Yuv420;

/// Decodes every frame of a stream. The decoder keeps some pictures back in case later ones precede them on the screen.
pub(crate) fn decode(stream: &VideoStream) -> Vec<Yuv420> {
    let decoder = Decoder::new();
    let access_unit =
        |sample: &super::VideoSample| VideoStream { samples: vec![sample.clone()], ..stream.clone() }.to_annex_b();
    let mut pictures: Vec<Yuv420> =
        stream.samples.iter().filter_map(|sample| decoder.decode(&access_unit(sample))).collect();
    while let Some(picture) = decoder.flush() {
        pictures.push(picture);
    }
    pictures
}

struct Decoder {
    raw: NonNull<ffi::ISVCDecoder>,
}

impl Decoder {
    fn new() -> Self {
        let mut raw = null_mut();
        // SAFETY: `raw` is a valid place for a pointer; on success it owns a decoder, which `drop` destroys.
        unsafe { ffi::source::APILoader::WelsCreateDecoder(&mut raw) };
        let raw = NonNull::new(raw).unwrap();
        let mut params = ffi::SDecodingParam { uiTargetDqLayer: u8::MAX, ..Default::default() };
        params.sVideoProperty.eVideoBsType = ffi::VIDEO_BITSTREAM_AVC;
        // SAFETY: the decoder is live, its table complete, and it copies the parameters during the call.
        assert_eq!(unsafe { (**raw.as_ptr()).Initialize.unwrap()(raw.as_ptr(), &params) }, 0);
        Self { raw }
    }

    fn decode(&self, annex_b: &[u8]) -> Option<Yuv420> {
        let mut planes = [null_mut(); 3];
        let mut info = ffi::SBufferInfo::default();
        // SAFETY: the input outlives the call; `planes` has room for three pointers and `info` is writable.
        let state = unsafe {
            let decode = (**self.raw.as_ptr()).DecodeFrameNoDelay.unwrap();
            decode(self.raw.as_ptr(), annex_b.as_ptr(), annex_b.len() as i32, planes.as_mut_ptr(), &mut info)
        };
        assert_eq!(state, ffi::dsErrorFree);
        copy_picture(&planes, &info)
    }

    fn flush(&self) -> Option<Yuv420> {
        let mut planes = [null_mut(); 3];
        let mut info = ffi::SBufferInfo::default();
        // SAFETY: `planes` has room for three pointers and `info` is writable.
        unsafe { (**self.raw.as_ptr()).FlushFrame.unwrap()(self.raw.as_ptr(), planes.as_mut_ptr(), &mut info) };
        copy_picture(&planes, &info)
    }
}

/// Copies what the last call has put out, if anything.
fn copy_picture(planes: &[*mut u8; 3], info: &ffi::SBufferInfo) -> Option<Yuv420> {
    // SAFETY: all variants of the union are plain integers, and this is the one the decoder writes.
    let buffer = unsafe { info.UsrData.sSystemBuffer };
    let (width, height) = (buffer.iWidth as usize, buffer.iHeight as usize);
    let copy = |plane: *mut u8, stride: i32, width: usize, height: usize| -> Vec<u8> {
        // SAFETY: the decoder's planes have `height` rows of `width` samples, `stride` apart, until the next call.
        let row = |y: usize| unsafe { std::slice::from_raw_parts(plane.add(y * stride as usize), width) };
        (0..height).flat_map(row).copied().collect()
    };
    let [luma_stride, chroma_stride] = buffer.iStride;
    (info.iBufferStatus == 1).then(|| Yuv420 {
        width,
        height,
        luma: copy(planes[0], luma_stride, width, height),
        cb: copy(planes[1], chroma_stride, width / 2, height / 2),
        cr: copy(planes[2], chroma_stride, width / 2, height / 2),
    })
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: the decoder is live and not used afterwards.
        unsafe {
            (**self.raw.as_ptr()).Uninitialize.unwrap()(self.raw.as_ptr());
            ffi::source::APILoader::WelsDestroyDecoder(self.raw.as_ptr());
        }
    }
}
