//! OpenEXR: linear light and geometry for compositors.
//!
//! # Source
//! "Technical Introduction to OpenEXR" and "OpenEXR File Layout", Academy Software Foundation. Written are single-part
//! scan-line files, version 2, compressed as ZIP (16 lines a block).

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rayon::prelude::*;

use crate::error::MediaError;

/// How the values of a channel are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 16-bit floats: light and directions.
    Half,
    /// 32-bit floats: depth.
    Float,
}

/// A channel: its name, as `R`, `Z` or `normal.X`, and the value of every pixel, row by row from the top.
pub struct Channel<'a> {
    /// The name; a layer stands before a dot.
    pub name: &'a str,
    /// How it is stored.
    pub precision: Precision,
    /// The value of a pixel by its index.
    pub value: &'a (dyn Fn(usize) -> f32 + Sync),
}

/// A further fact in the header.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    /// A number.
    Float(f32),
    /// A text.
    Text(String),
    /// A fraction, as for frames per second.
    Rational(i32, u32),
}

/// Lines of a block.
const LINES: usize = 16;
/// Fast, and within a few per cent of the smallest: half of the data is noise.
const LEVEL: u32 = 4;

/// A picture of any number of channels in linear sRGB primaries.
///
/// # Errors
/// [`MediaError::Size`] for a picture without pixels or larger than the format states.
///
/// # Determinism
/// The same bytes for any number of threads.
pub fn encode_exr(
    width: u32,
    height: u32,
    channels: &[Channel],
    attributes: &[(&str, Attribute)],
) -> Result<Vec<u8>, MediaError> {
    if width == 0 || height == 0 || width > 1 << 16 || height > 1 << 16 {
        return Err(MediaError::Size { width, height, expected: "1 to 65536 pixels each way" });
    }
    let mut channels: Vec<&Channel> = channels.iter().collect();
    channels.sort_by_key(|c| c.name);
    let mut file = header(width, height, &channels, attributes);
    let n_blocks = (height as usize).div_ceil(LINES);
    let blocks: Vec<Vec<u8>> =
        (0..n_blocks).into_par_iter().map(|b| block(width as usize, height as usize, b, &channels)).collect();
    let mut offset = (file.len() + 8 * n_blocks) as u64;
    for (b, data) in blocks.iter().enumerate() {
        file.extend(offset.to_le_bytes());
        offset += 8 + data.len() as u64;
        debug_assert!(b < n_blocks);
    }
    for (b, data) in blocks.iter().enumerate() {
        file.extend(((b * LINES) as i32).to_le_bytes());
        file.extend((data.len() as i32).to_le_bytes());
        file.extend(data);
    }
    Ok(file)
}

fn header(width: u32, height: u32, channels: &[&Channel], attributes: &[(&str, Attribute)]) -> Vec<u8> {
    let mut file = vec![0x76, 0x2f, 0x31, 0x01, 2, 0, 0, 0];
    let mut add = |name: &str, kind: &str, value: &[u8]| {
        for text in [name, kind] {
            file.extend(text.as_bytes());
            file.push(0);
        }
        file.extend((value.len() as i32).to_le_bytes());
        file.extend(value);
    };
    let floats = |values: &[f32]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    let window: Vec<u8> = [0, 0, width as i32 - 1, height as i32 - 1].iter().flat_map(|v| v.to_le_bytes()).collect();
    add("channels", "chlist", &channel_list(channels));
    // The primaries and the white of sRGB.
    add("chromaticities", "chromaticities", &floats(&[0.64, 0.33, 0.30, 0.60, 0.15, 0.06, 0.3127, 0.3290]));
    add("compression", "compression", &[3]);
    add("dataWindow", "box2i", &window);
    add("displayWindow", "box2i", &window);
    add("lineOrder", "lineOrder", &[0]);
    add("pixelAspectRatio", "float", &floats(&[1.0]));
    add("screenWindowCenter", "v2f", &floats(&[0.0, 0.0]));
    add("screenWindowWidth", "float", &floats(&[1.0]));
    for (name, attribute) in attributes {
        match attribute {
            Attribute::Float(value) => add(name, "float", &value.to_le_bytes()),
            Attribute::Text(text) => add(name, "string", text.as_bytes()),
            Attribute::Rational(n, d) => add(name, "rational", &[n.to_le_bytes(), d.to_le_bytes()].concat()),
        }
    }
    file.push(0);
    file
}

fn channel_list(channels: &[&Channel]) -> Vec<u8> {
    let mut list = Vec::new();
    for channel in channels {
        list.extend(channel.name.as_bytes());
        list.push(0);
        let kind: i32 = if channel.precision == Precision::Half { 1 } else { 2 };
        // The byte tells lossy compressors whether the values are perceived linearly; three reserved; no subsampling.
        list.extend(kind.to_le_bytes());
        list.extend([0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
    }
    list.push(0);
    list
}

/// The compressed lines of a block, or the plain ones where compression gains nothing.
fn block(width: usize, height: usize, block: usize, channels: &[&Channel]) -> Vec<u8> {
    let mut raw = Vec::new();
    for y in block * LINES..((block + 1) * LINES).min(height) {
        for channel in channels {
            for i in y * width..(y + 1) * width {
                let value = (channel.value)(i);
                match channel.precision {
                    Precision::Half => raw.extend(half(value).to_le_bytes()),
                    Precision::Float => raw.extend(value.to_le_bytes()),
                }
            }
        }
    }
    let packed = deflate(&predicted(&raw));
    if packed.len() < raw.len() { packed } else { raw }
}

/// Bytes of even places first, then each as its difference from the one before.
fn predicted(raw: &[u8]) -> Vec<u8> {
    let mut bytes: Vec<u8> = raw.iter().step_by(2).chain(raw.iter().skip(1).step_by(2)).copied().collect();
    for i in (1..bytes.len()).rev() {
        bytes[i] = bytes[i].wrapping_sub(bytes[i - 1]).wrapping_add(128);
    }
    bytes
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(LEVEL));
    // Writing to memory does not fail; were it to, the longer plain bytes would be kept.
    match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
        Ok(packed) => packed,
        Err(_) => vec![0; bytes.len()],
    }
}

/// The nearest 16-bit float, ties to even; what is too large becomes the largest finite one.
fn half(value: f32) -> u16 {
    const LARGEST: f32 = 65504.0;
    if value.is_nan() {
        return 0x7e00;
    }
    let sign = ((value.to_bits() >> 16) & 0x8000) as u16;
    let size = value.abs().min(LARGEST);
    if size < 6.103_515_6e-5 {
        // Subnormal: a whole multiple of 2⁻²⁴.
        return sign | (size * 16_777_216.0).round_ties_even() as u16;
    }
    let bits = size.to_bits() - (112 << 23);
    let (whole, rest) = (bits >> 13, bits & 0x1fff);
    let up = rest > 0x1000 || (rest == 0x1000 && whole & 1 == 1);
    sign | ((whole + u32::from(up)) as u16).min(0x7bff)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// The definition of the 16-bit float.
    fn value_of(half: u16) -> f32 {
        let (exponent, fraction) = (i32::from(half >> 10 & 31), f32::from(half & 1023));
        let size = if exponent == 0 {
            fraction / 1024.0 * 2f32.powi(-14)
        } else {
            (1.0 + fraction / 1024.0) * 2f32.powi(exponent - 15)
        };
        if half & 0x8000 == 0 { size } else { -size }
    }

    #[test]
    fn every_half_survives_and_the_nearest_is_chosen() {
        for bits in (0..0x7c00u16).chain(0x8000..0xfc00) {
            assert_eq!(half(value_of(bits)), bits, "{bits:x}");
        }
        for bits in (0..0x7bffu16).step_by(7) {
            let (a, b) = (value_of(bits), value_of(bits + 1));
            assert_eq!(half(a + (b - a) * 0.49), bits);
            assert_eq!(half(a + (b - a) * 0.51), bits + 1);
            assert_eq!(half(f32::midpoint(a, b)) & 1, 0, "ties go to the even one");
        }
        assert_eq!((half(1e9), half(f32::INFINITY), half(f32::NAN)), (0x7bff, 0x7bff, 0x7e00));
    }

    fn unpredicted(bytes: &mut [u8]) -> Vec<u8> {
        for i in 1..bytes.len() {
            bytes[i] = bytes[i].wrapping_add(bytes[i - 1]).wrapping_sub(128);
        }
        let half = bytes.len().div_ceil(2);
        (0..bytes.len()).map(|i| if i % 2 == 0 { bytes[i / 2] } else { bytes[half + i / 2] }).collect()
    }

    #[test]
    fn blocks_lie_where_the_table_says_and_hold_the_values() {
        let (width, height) = (40usize, 37usize);
        let depth = |i: usize| i as f32 * 0.25;
        let red = |_: usize| 0.5;
        let channels = [
            Channel { name: "Z", precision: Precision::Float, value: &depth },
            Channel { name: "R", precision: Precision::Half, value: &red },
        ];
        let file = encode_exr(40, 37, &channels, &[("software", Attribute::Text("gesamt".into()))]).expect("encodes");
        assert_eq!(&file[..4], &[0x76, 0x2f, 0x31, 0x01]);
        let header = header(40, 37, &[&channels[1], &channels[0]], &[("software", Attribute::Text("gesamt".into()))]);
        let at = |i: usize| u32::from_le_bytes(file[i..i + 4].try_into().expect("four")) as usize;
        for b in 0..3 {
            let start = at(header.len() + 8 * b);
            assert_eq!(at(start), b * LINES);
            let mut raw = Vec::new();
            flate2::read::ZlibDecoder::new(&file[start + 8..start + 8 + at(start + 4)])
                .read_to_end(&mut raw)
                .expect("zlib");
            let raw = unpredicted(&mut raw);
            let lines = LINES.min(height - b * LINES);
            assert_eq!(raw.len(), lines * width * 6);
            for line in 0..lines {
                let row = &raw[line * width * 6..];
                assert_eq!(&row[..2], &half(0.5).to_le_bytes());
                let first = f32::from_le_bytes(row[width * 2..width * 2 + 4].try_into().expect("four"));
                assert_eq!(first, depth((b * LINES + line) * width));
            }
        }
        assert!(encode_exr(0, 4, &channels, &[]).is_err());
    }
}
