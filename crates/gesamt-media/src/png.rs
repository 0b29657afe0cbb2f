//! PNG files.
//!
//! # Source
//! W3C, Portable Network Graphics (Third Edition), 2025.

use std::io::Cursor;

use ::png::{
    BitDepth, ColorType, Decoder, DeflateCompression, Encoder, Filter, Limits, SrgbRenderingIntent, Transformations,
};

use crate::MediaError;

/// Decoded pictures may take this much memory.
const MAX_DECODED_BYTES: usize = 1 << 30;

/// Row-major samples, top row first.
#[derive(Debug, Clone, Copy)]
pub enum Pixels<'a> {
    /// One byte a pixel: masks, height, single channels.
    Gray8(&'a [u8]),
    /// Three bytes a pixel.
    Rgb8(&'a [u8]),
    /// Four bytes a pixel, alpha not premultiplied.
    Rgba8(&'a [u8]),
    /// Three 16-bit samples a pixel.
    Rgb16(&'a [u16]),
}

impl Pixels<'_> {
    fn layout(self) -> (ColorType, BitDepth) {
        match self {
            Self::Gray8(_) => (ColorType::Grayscale, BitDepth::Eight),
            Self::Rgb8(_) => (ColorType::Rgb, BitDepth::Eight),
            Self::Rgba8(_) => (ColorType::Rgba, BitDepth::Eight),
            Self::Rgb16(_) => (ColorType::Rgb, BitDepth::Sixteen),
        }
    }

    fn n_samples(self) -> usize {
        match self {
            Self::Gray8(samples) | Self::Rgb8(samples) | Self::Rgba8(samples) => samples.len(),
            Self::Rgb16(samples) => samples.len(),
        }
    }
}

/// How hard to look for a small file. The figures are for a path-traced picture of four megapixels on one core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PngEffort {
    /// 0.04 s: previews and frames.
    Fast,
    /// 0.6 s and 12 % smaller.
    #[default]
    Balanced,
    /// 2.5 s and another 4–8 % smaller.
    Small,
}

impl PngEffort {
    fn settings(self) -> (DeflateCompression, Filter) {
        match self {
            Self::Fast => (DeflateCompression::FdeflateUltraFast, Filter::Adaptive),
            Self::Balanced => (DeflateCompression::Level(3), Filter::MinEntropy),
            Self::Small => (DeflateCompression::Level(7), Filter::MinEntropy),
        }
    }
}

/// What the file says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PngOptions {
    /// Whether the samples are data (normals, roughness) rather than sRGB colours; data get no `sRGB` chunk.
    pub is_data: bool,
    /// How hard to compress.
    pub effort: PngEffort,
    /// Keyword and text pairs. Keywords are Latin-1, 1–79 characters: `Title`, `Description`, `Software` …
    pub texts: Vec<(String, String)>,
}

/// Writes a PNG file.
///
/// # Errors
/// [`MediaError::Length`] if the samples do not fill `width * height` pixels; [`MediaError::PngWrite`] for an empty
/// picture or a keyword that PNG does not allow.
///
/// # Examples
/// ```
/// use gesamt_media::png::{Pixels, PngOptions, decode_png, encode_png};
///
/// let file = encode_png(2, 1, Pixels::Rgb8(&[255, 0, 0, 0, 0, 255]), &PngOptions::default())?;
/// assert_eq!(decode_png(&file)?.samples, [255, 0, 0, 0, 0, 255]);
/// # Ok::<(), gesamt_media::MediaError>(())
/// ```
pub fn encode_png(width: u32, height: u32, pixels: Pixels, options: &PngOptions) -> Result<Vec<u8>, MediaError> {
    let (color, depth) = pixels.layout();
    let expected = width as usize * height as usize * color.samples();
    if pixels.n_samples() != expected {
        return Err(MediaError::Length { what: "picture", unit: "samples", found: pixels.n_samples(), expected });
    }
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    let (deflate, filter) = options.effort.settings();
    encoder.set_deflate_compression(deflate);
    encoder.set_filter(filter);
    if !options.is_data {
        encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    }
    for (keyword, text) in &options.texts {
        encoder.add_itxt_chunk(keyword.clone(), text.clone())?;
    }
    let mut writer = encoder.write_header()?;
    match pixels {
        Pixels::Gray8(samples) | Pixels::Rgb8(samples) | Pixels::Rgba8(samples) => writer.write_image_data(samples)?,
        Pixels::Rgb16(samples) => {
            let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_be_bytes()).collect();
            writer.write_image_data(&bytes)?;
        }
    }
    writer.finish()?;
    Ok(file)
}

/// A decoded picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodedPng {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Samples per pixel: 1, 2, 3 or 4.
    pub n_channels: usize,
    /// Row-major samples. Those of 16-bit files are scaled down to 8 bits.
    pub samples: Vec<u8>,
}

/// Reads a PNG file as 8-bit samples; palettes are expanded.
///
/// # Errors
/// [`MediaError::PngRead`] for a broken file or one that would need more than 1 GiB.
pub fn decode_png(file: &[u8]) -> Result<DecodedPng, MediaError> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(file), Limits { bytes: MAX_DECODED_BYTES });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let len = reader.output_buffer_size().filter(|&len| len <= MAX_DECODED_BYTES);
    let mut samples = vec![0; len.ok_or(::png::DecodingError::LimitsExceeded)?];
    let info = reader.next_frame(&mut samples)?;
    samples.truncate(info.buffer_size());
    Ok(DecodedPng { width: info.width, height: info.height, n_channels: info.color_type.samples(), samples })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(n: usize) -> Vec<u8> {
        (0..n).map(|i| (i * 7 % 251) as u8).collect()
    }

    #[test]
    fn every_pixel_format_comes_back() {
        let (gray, rgb, rgba) = (ramp(15), ramp(45), ramp(60));
        for (pixels, samples) in
            [(Pixels::Gray8(&gray), &gray), (Pixels::Rgb8(&rgb), &rgb), (Pixels::Rgba8(&rgba), &rgba)]
        {
            for effort in [PngEffort::Fast, PngEffort::Balanced, PngEffort::Small] {
                let options = PngOptions { effort, ..Default::default() };
                let decoded = decode_png(&encode_png(5, 3, pixels, &options).unwrap()).unwrap();
                assert_eq!((decoded.width, decoded.height), (5, 3));
                assert_eq!(&decoded.samples, samples);
            }
        }
        let wide: Vec<u16> = ramp(45).into_iter().map(|v| u16::from(v) * 257).collect();
        let file = encode_png(5, 3, Pixels::Rgb16(&wide), &PngOptions::default()).unwrap();
        assert_eq!(decode_png(&file).unwrap().samples, ramp(45));
        let mut reader = Decoder::new(Cursor::new(&file[..])).read_info().unwrap();
        assert_eq!(reader.info().bit_depth, BitDepth::Sixteen);
        let mut bytes = vec![0; 90];
        reader.next_frame(&mut bytes).unwrap();
        assert_eq!(bytes, wide.iter().flat_map(|v| v.to_be_bytes()).collect::<Vec<u8>>());
    }

    #[test]
    fn colours_are_tagged_and_data_are_not() {
        for is_data in [false, true] {
            let options =
                PngOptions { is_data, texts: vec![("Title".into(), "Markt — 市".into())], ..Default::default() };
            let file = encode_png(2, 2, Pixels::Gray8(&[1, 2, 3, 4]), &options).unwrap();
            let reader = Decoder::new(Cursor::new(&file[..])).read_info().unwrap();
            assert_eq!(reader.info().srgb.is_some(), !is_data);
            assert_eq!(reader.info().utf8_text[0].get_text().unwrap(), "Markt — 市");
        }
    }

    #[test]
    fn a_wrong_length_is_named() {
        let error = encode_png(2, 2, Pixels::Rgb8(&[0; 11]), &PngOptions::default()).unwrap_err();
        assert_eq!(error.to_string(), "found 11 samples in the picture, expected 12");
    }

    #[test]
    fn broken_files_are_errors_and_never_panics() {
        let file = encode_png(5, 3, Pixels::Rgb8(&ramp(45)), &PngOptions::default()).unwrap();
        for cut in 0..file.len() - 12 {
            assert!(decode_png(&file[..cut]).is_err(), "cut at {cut}");
        }
        let mut huge = file;
        huge[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
        assert!(decode_png(&huge).is_err());
    }
}
