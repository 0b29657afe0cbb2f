//! The only place that drives OpenH264's C interface for encoding.

use std::ffi::{c_int, c_void};
use std::ptr::{NonNull, null_mut};

use openh264_sys2 as ffi;

use super::{GOP_FRAMES, VideoConfig};
use crate::MediaError;
use crate::color::Yuv420;

/// Without rate control this only decides which level the stream claims.
const NOMINAL_BIT_RATE: c_int = 20_000_000;

/// An encoder instance; lives and dies on one thread.
pub(super) struct Encoder {
    raw: NonNull<ffi::ISVCEncoder>,
    info: Box<ffi::SFrameBSInfo>,
}

impl Encoder {
    pub(super) fn new(config: &VideoConfig) -> Result<Self, MediaError> {
        let mut raw = null_mut();
        // SAFETY: `raw` is a valid place for a pointer; on success it owns an encoder, which `drop` destroys.
        let code = unsafe { ffi::source::APILoader::WelsCreateSVCEncoder(&mut raw) };
        let raw = NonNull::new(raw).filter(|_| code == 0).ok_or_else(|| failed("make an encoder", code))?;
        let mut encoder = Self { raw, info: Box::default() };
        encoder.silence();
        encoder.initialize(config)?;
        Ok(encoder)
    }

    fn table(&self) -> &ffi::ISVCEncoderVtbl {
        // SAFETY: a live encoder object starts with a pointer to its constant function table.
        unsafe { &**self.raw.as_ptr() }
    }

    /// The library prints warnings on standard error unless told otherwise.
    fn silence(&mut self) {
        let mut level: c_int = 0;
        if let Some(set_option) = self.table().SetOption {
            // SAFETY: the trace level option reads one C int.
            unsafe {
                set_option(self.raw.as_ptr(), ffi::ENCODER_OPTION_TRACE_LEVEL, (&raw mut level).cast::<c_void>())
            };
        }
    }

    fn initialize(&mut self, config: &VideoConfig) -> Result<(), MediaError> {
        let (Some(defaults), Some(initialize)) = (self.table().GetDefaultParams, self.table().InitializeExt) else {
            return Err(failed("offer its functions", -1));
        };
        let mut params = Box::<ffi::SEncParamExt>::default();
        // SAFETY: the encoder is live and `params` is a writable parameter block.
        let code = unsafe { defaults(self.raw.as_ptr(), &mut *params) };
        if code != 0 {
            return Err(failed("give its default parameters", code));
        }
        set_params(&mut params, config);
        // SAFETY: the encoder is live and copies the parameters during the call.
        match unsafe { initialize(self.raw.as_ptr(), &*params) } {
            0 => Ok(()),
            code => Err(failed("accept its parameters", code)),
        }
    }

    /// Appends the frame's Annex B bytes to `out`.
    pub(super) fn encode(&mut self, frame: &Yuv420, time_ms: i64, out: &mut Vec<u8>) -> Result<(), MediaError> {
        let picture = ffi::SSourcePicture {
            iColorFormat: ffi::videoFormatI420,
            iStride: [frame.width as c_int, frame.width as c_int / 2, frame.width as c_int / 2, 0],
            pData: [plane(&frame.luma), plane(&frame.cb), plane(&frame.cr), null_mut()],
            iPicWidth: frame.width as c_int,
            iPicHeight: frame.height as c_int,
            uiTimeStamp: time_ms,
            ..Default::default()
        };
        let Some(encode) = self.table().EncodeFrame else { return Err(failed("offer its functions", -1)) };
        // SAFETY: the planes outlive the call, have the stated strides and sizes, and are only read; `info` is writable.
        let code = unsafe { encode(self.raw.as_ptr(), &picture, &mut *self.info) };
        if code != 0 {
            return Err(failed("encode a frame", code));
        }
        if self.info.eFrameType == ffi::videoFrameTypeSkip || self.info.eFrameType == ffi::videoFrameTypeInvalid {
            return Err(failed("keep every frame", self.info.eFrameType));
        }
        for layer in &self.info.sLayerInfo[..self.info.iLayerNum as usize] {
            // SAFETY: a layer lists the lengths of its NAL units, which lie one behind the other in its buffer; both
            // belong to the encoder and stay untouched until the next call.
            let bytes = unsafe {
                let lengths = std::slice::from_raw_parts(layer.pNalLengthInByte, layer.iNalCount as usize);
                let total = lengths.iter().map(|&length| length as usize).sum();
                std::slice::from_raw_parts(layer.pBsBuf, total)
            };
            out.extend_from_slice(bytes);
        }
        Ok(())
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        if let Some(uninitialize) = self.table().Uninitialize {
            // SAFETY: the encoder is live; a call on one that was never initialised does nothing.
            unsafe { uninitialize(self.raw.as_ptr()) };
        }
        // SAFETY: `raw` came from `WelsCreateSVCEncoder` and is not used afterwards.
        unsafe { ffi::source::APILoader::WelsDestroySVCEncoder(self.raw.as_ptr()) };
    }
}

/// The C struct has no notion of constness; the encoder only reads.
fn plane(samples: &[u8]) -> *mut u8 {
    samples.as_ptr().cast_mut()
}

fn set_params(params: &mut ffi::SEncParamExt, config: &VideoConfig) {
    params.iUsageType = ffi::CAMERA_VIDEO_REAL_TIME;
    params.iPicWidth = config.width as c_int;
    params.iPicHeight = config.height as c_int;
    params.fMaxFrameRate = config.fps_num as f32 / config.fps_den as f32;
    params.iRCMode = ffi::RC_OFF_MODE;
    params.iTargetBitrate = NOMINAL_BIT_RATE;
    params.iMaxBitrate = ffi::UNSPECIFIED_BIT_RATE as c_int;
    params.bEnableFrameSkip = false;
    params.iTemporalLayerNum = 1;
    params.iSpatialLayerNum = 1;
    params.iComplexityMode = ffi::LOW_COMPLEXITY;
    params.uiIntraPeriod = GOP_FRAMES as u32;
    params.iNumRefFrame = 1;
    params.eSpsPpsIdStrategy = ffi::CONSTANT_ID;
    params.bPrefixNalAddingCtrl = false;
    params.bEnableSSEI = false;
    params.iEntropyCodingModeFlag = 1;
    params.iMultipleThreadIdc = 1;
    params.bUseLoadBalancing = false;
    params.iMinQp = 0;
    params.iMaxQp = 51;
    params.bEnableDenoise = false;
    params.bEnableBackgroundDetection = false;
    params.bEnableAdaptiveQuant = false;
    params.bEnableSceneChangeDetect = false;
    params.bEnableFrameCroppingFlag = true;
    params.bEnableLongTermReference = false;
    set_layer(&mut params.sSpatialLayers[0], config);
}

fn set_layer(layer: &mut ffi::SSpatialLayerConfig, config: &VideoConfig) {
    layer.iVideoWidth = config.width as c_int;
    layer.iVideoHeight = config.height as c_int;
    layer.fFrameRate = config.fps_num as f32 / config.fps_den as f32;
    layer.iSpatialBitrate = NOMINAL_BIT_RATE;
    layer.iMaxSpatialBitrate = ffi::UNSPECIFIED_BIT_RATE as c_int;
    layer.uiProfileIdc = ffi::PRO_HIGH;
    layer.uiLevelIdc = ffi::LEVEL_UNKNOWN;
    layer.iDLayerQp = c_int::from(config.quality.qp());
    layer.sSliceArgument.uiSliceMode = ffi::SM_SINGLE_SLICE;
    layer.bVideoSignalTypePresent = true;
    layer.uiVideoFormat = ffi::VF_UNDEF as u8;
    layer.bFullRange = false;
    layer.bColorDescriptionPresent = true;
    layer.uiColorPrimaries = ffi::CP_BT709 as u8;
    layer.uiTransferCharacteristics = ffi::TRC_BT709 as u8;
    layer.uiColorMatrix = ffi::CM_BT709 as u8;
}

fn failed(action: &'static str, code: c_int) -> MediaError {
    MediaError::Codec { codec: "H.264", action, reason: format!("code {code}") }
}
