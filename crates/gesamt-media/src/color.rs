//! sRGB pixels to limited-range BT.709 YCbCr with 4:2:0 chroma.
//!
//! # Source
//! ITU-R BT.709-6, section 3 (luma and chroma weights, quantisation for 8 bits); ITU-T H.264 Annex E (chroma sample
//! location type 0: co-sited with even luma columns, midway between two luma rows).

use crate::MediaError;

/// A 4:2:0 picture: full-size luma and two chroma planes of half the width and height, all rows without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yuv420 {
    /// Luma columns, even.
    pub width: usize,
    /// Luma rows, even.
    pub height: usize,
    /// Luma, 16–235.
    pub luma: Vec<u8>,
    /// Blue difference, 16–240 with 128 as neutral.
    pub cb: Vec<u8>,
    /// Red difference, 16–240 with 128 as neutral.
    pub cr: Vec<u8>,
}

/// Fixed-point fraction bits of the luma weights.
const LUMA_BITS: u32 = 16;
/// Fixed-point fraction bits of the chroma weights; three more are the weight of the chroma filter (2 rows x 4 taps).
const CHROMA_BITS: u32 = 16;
const CHROMA_FILTER_BITS: u32 = 3;

const KR: f64 = 0.2126;
const KB: f64 = 0.0722;

const fn fixed(value: f64, bits: u32) -> i32 {
    let scaled = value * (1_i64 << bits) as f64;
    if scaled >= 0.0 { (scaled + 0.5) as i32 } else { (scaled - 0.5) as i32 }
}

const Y_R: i32 = fixed(KR * 219.0 / 255.0, LUMA_BITS);
const Y_B: i32 = fixed(KB * 219.0 / 255.0, LUMA_BITS);
// Green takes the rest, so that equal components give exactly the grey of the standard.
const Y_G: i32 = fixed(219.0 / 255.0, LUMA_BITS) - Y_R - Y_B;

const CHROMA_SCALE: f64 = 224.0 / 255.0;
const CB_R: i32 = fixed(-KR / (2.0 * (1.0 - KB)) * CHROMA_SCALE, CHROMA_BITS);
const CB_B: i32 = fixed(0.5 * CHROMA_SCALE, CHROMA_BITS);
const CB_G: i32 = -CB_R - CB_B;
const CR_R: i32 = fixed(0.5 * CHROMA_SCALE, CHROMA_BITS);
const CR_B: i32 = fixed(-KB / (2.0 * (1.0 - KR)) * CHROMA_SCALE, CHROMA_BITS);
const CR_G: i32 = -CR_R - CR_B;

/// Converts a row-major sRGB8 picture (three bytes a pixel).
///
/// The chroma planes are low-passed with taps 1-2-1 along the row and 1-1 across two rows, which puts their samples where
/// H.264 expects them by default.
///
/// # Errors
/// [`MediaError::Size`] for odd or empty sizes, [`MediaError::Length`] if `rgb` has not `3 * width * height` bytes.
///
/// # Examples
/// ```
/// let yuv = gesamt_media::color::rgb8_to_yuv420(&[255; 12], 2, 2)?;
/// assert_eq!((yuv.luma[0], yuv.cb[0], yuv.cr[0]), (235, 128, 128));
/// # Ok::<(), gesamt_media::MediaError>(())
/// ```
pub fn rgb8_to_yuv420(rgb: &[u8], width: u32, height: u32) -> Result<Yuv420, MediaError> {
    if width == 0 || height == 0 || !width.is_multiple_of(2) || !height.is_multiple_of(2) {
        return Err(MediaError::Size { width, height, expected: "an even width and height above zero" });
    }
    let (width, height) = (width as usize, height as usize);
    if rgb.len() != width * height * 3 {
        return Err(MediaError::Length {
            what: "RGB8 frame",
            unit: "bytes",
            found: rgb.len(),
            expected: width * height * 3,
        });
    }
    let chroma_len = width * height / 4;
    let mut yuv =
        Yuv420 { width, height, luma: vec![0; width * height], cb: vec![0; chroma_len], cr: vec![0; chroma_len] };
    let half = width / 2;
    let mut sums = RowSums::new(width);
    for (pair_idx, rows) in rgb.chunks_exact(width * 6).enumerate() {
        let (top, bottom) = rows.split_at(width * 3);
        let luma = &mut yuv.luma[pair_idx * width * 2..][..width * 2];
        let (luma_top, luma_bottom) = luma.split_at_mut(width);
        luma_row(top, luma_top);
        luma_row(bottom, luma_bottom);
        sums.fill(top, bottom);
        let chroma = pair_idx * half..(pair_idx + 1) * half;
        sums.chroma_rows(&mut yuv.cb[chroma.clone()], &mut yuv.cr[chroma]);
    }
    Ok(yuv)
}

fn luma_row(rgb: &[u8], luma: &mut [u8]) {
    const OFFSET: i32 = (16 << LUMA_BITS) + (1 << (LUMA_BITS - 1));
    for (pixel, out) in rgb.chunks_exact(3).zip(luma) {
        let sum = Y_R * i32::from(pixel[0]) + Y_G * i32::from(pixel[1]) + Y_B * i32::from(pixel[2]);
        *out = ((sum + OFFSET) >> LUMA_BITS) as u8;
    }
}

/// Sums of two rows, one plane per component; index 0 repeats the first column so that every tap exists.
struct RowSums {
    planes: [Vec<i32>; 3],
}

impl RowSums {
    fn new(width: usize) -> Self {
        Self { planes: std::array::from_fn(|_| vec![0; width + 1]) }
    }

    fn fill(&mut self, top: &[u8], bottom: &[u8]) {
        let [red, green, blue] = &mut self.planes;
        let columns = red[1..].iter_mut().zip(&mut green[1..]).zip(&mut blue[1..]);
        for (((r, g), b), (t, u)) in columns.zip(top.chunks_exact(3).zip(bottom.chunks_exact(3))) {
            *r = i32::from(t[0]) + i32::from(u[0]);
            *g = i32::from(t[1]) + i32::from(u[1]);
            *b = i32::from(t[2]) + i32::from(u[2]);
        }
        for plane in &mut self.planes {
            plane[0] = plane[1];
        }
    }

    fn chroma_rows(&self, cb: &mut [u8], cr: &mut [u8]) {
        const SHIFT: u32 = CHROMA_BITS + CHROMA_FILTER_BITS;
        const OFFSET: i32 = (128 << SHIFT) + (1 << (SHIFT - 1));
        let [red, green, blue] = &self.planes;
        for (x, (cb, cr)) in cb.iter_mut().zip(cr.iter_mut()).enumerate() {
            let taps = |plane: &[i32]| plane[2 * x] + 2 * plane[2 * x + 1] + plane[2 * x + 2];
            let (r, g, b) = (taps(red), taps(green), taps(blue));
            *cb = ((CB_R * r + CB_G * g + CB_B * b + OFFSET) >> SHIFT) as u8;
            *cr = ((CR_R * r + CR_G * g + CR_B * b + OFFSET) >> SHIFT) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(rgb: [u8; 3]) -> [u8; 3] {
        let yuv = rgb8_to_yuv420(&rgb.repeat(8), 4, 2).unwrap();
        assert!(yuv.luma.iter().all(|&y| y == yuv.luma[0]) && yuv.cb[0] == yuv.cb[1] && yuv.cr[0] == yuv.cr[1]);
        [yuv.luma[0], yuv.cb[0], yuv.cr[0]]
    }

    /// BT.709 in real numbers.
    fn exact([r, g, b]: [u8; 3]) -> [f64; 3] {
        let [r, g, b] = [r, g, b].map(|v| f64::from(v) / 255.0);
        let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        [16.0 + 219.0 * y, 128.0 + 224.0 * (b - y) / 1.8556, 128.0 + 224.0 * (r - y) / 1.5748]
    }

    #[test]
    fn grey_has_no_colour_at_any_level() {
        for level in 0..=255 {
            let [y, cb, cr] = flat([level; 3]);
            assert_eq!((cb, cr), (128, 128));
            assert_eq!(y, (16.0 + 219.0 * f64::from(level) / 255.0).round() as u8);
        }
    }

    #[test]
    fn every_colour_is_within_half_a_step_of_the_standard() {
        for code in (0..1 << 24).step_by(977).chain([0xff, 0xff00, 0xff_0000, 0xffff, 0xff_ff00, 0xff_00ff]) {
            let rgb = [(code >> 16) as u8, (code >> 8) as u8, code as u8];
            for (found, expected) in flat(rgb).into_iter().zip(exact(rgb)) {
                assert!((f64::from(found) - expected).abs() < 0.505, "{rgb:?}: {found} for {expected}");
            }
        }
    }

    #[test]
    fn primaries_have_the_published_values() {
        assert_eq!(flat([255, 0, 0]), [63, 102, 240]);
        assert_eq!(flat([0, 255, 0]), [173, 42, 26]);
        assert_eq!(flat([0, 0, 255]), [32, 240, 118]);
    }

    #[test]
    fn colours_survive_the_round_trip() {
        for rgb in [[12, 200, 90], [250, 128, 3], [77, 77, 78], [255, 254, 0]] {
            let [y, cb, cr] = flat(rgb).map(f64::from);
            let (y, cb, cr) = ((y - 16.0) / 219.0, (cb - 128.0) / 224.0, (cr - 128.0) / 224.0);
            let (r, b) = (y + 1.5748 * cr, y + 1.8556 * cb);
            let g = (y - 0.2126 * r - 0.0722 * b) / 0.7152;
            for (found, expected) in [r, g, b].into_iter().zip(rgb) {
                assert!((found * 255.0 - f64::from(expected)).abs() < 2.0, "{rgb:?}");
            }
        }
    }

    #[test]
    fn chroma_is_centred_on_even_columns_between_two_rows() {
        // A single red column at x = 2 weighs 1/2 in the sample on it and nothing in its neighbours; at x = 3 it weighs
        // 1/4 in the samples to both sides.
        let red_at = |column: usize| {
            let row: Vec<u8> = (0..8).flat_map(|x| if x == column { [255, 0, 0] } else { [0; 3] }).collect();
            rgb8_to_yuv420(&row.repeat(2), 8, 2).unwrap().cr
        };
        assert_eq!(red_at(2), [128, 184, 128, 128]);
        assert_eq!(red_at(3), [128, 156, 156, 128]);
    }

    #[test]
    fn odd_sizes_are_refused() {
        let error = rgb8_to_yuv420(&[0; 9], 3, 1).unwrap_err();
        assert_eq!(error.to_string(), "found a size of 3 x 1 pixels, expected an even width and height above zero");
    }
}
