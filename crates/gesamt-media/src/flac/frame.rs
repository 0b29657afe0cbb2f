//! Frames: one block of both channels.

use super::BITS_PER_SAMPLE;
use super::predict::Subframe;
use crate::bits::BitWriter;

/// How two subframes stand for left and right. The numbers are those of the bit stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stereo {
    LeftRight = 0b0001,
    LeftSide = 0b1000,
    SideRight = 0b1001,
    MidSide = 0b1010,
}

pub(super) fn encode(number: u32, block: &[[i32; 2]]) -> Vec<u8> {
    let channel = |combine: fn([i32; 2]) -> i32| -> Vec<i32> { block.iter().map(|&sample| combine(sample)).collect() };
    let left = Subframe::choose(&channel(|[l, _]| l), BITS_PER_SAMPLE);
    let right = Subframe::choose(&channel(|[_, r]| r), BITS_PER_SAMPLE);
    let mid = Subframe::choose(&channel(|[l, r]| (l + r) >> 1), BITS_PER_SAMPLE);
    let side = Subframe::choose(&channel(|[l, r]| l - r), BITS_PER_SAMPLE + 1);
    let arrangements = [
        (Stereo::LeftRight, [&left, &right]),
        (Stereo::LeftSide, [&left, &side]),
        (Stereo::SideRight, [&side, &right]),
        (Stereo::MidSide, [&mid, &side]),
    ];
    let n_bits = |subframes: &[&Subframe; 2]| subframes[0].n_bits() + subframes[1].n_bits();
    let best = arrangements.iter().min_by_key(|(_, subframes)| n_bits(subframes)).unwrap_or(&arrangements[0]);
    let mut frame = header(number, block.len(), best.0);
    frame.push(crc8(&frame));
    let mut bits = BitWriter::default();
    best.1.iter().for_each(|subframe| subframe.write(&mut bits));
    frame.extend(bits.finish());
    frame.extend_from_slice(&crc16(&frame).to_be_bytes());
    frame
}

fn header(number: u32, n_samples: usize, stereo: Stereo) -> Vec<u8> {
    const SIZE_4096: u8 = 0b1100;
    const SIZE_FOLLOWS: u8 = 0b0111;
    const RATE_48_KHZ: u8 = 0b1010;
    const BITS_24: u8 = 0b110;
    let is_usual = n_samples == super::BLOCK_SAMPLES;
    let size = if is_usual { SIZE_4096 } else { SIZE_FOLLOWS };
    let mut header = vec![0xff, 0xf8, size << 4 | RATE_48_KHZ, (stereo as u8) << 4 | BITS_24 << 1];
    push_number(&mut header, number);
    if !is_usual {
        header.extend_from_slice(&(n_samples as u16 - 1).to_be_bytes());
    }
    header
}

/// Writes a number of up to 31 bits in the way UTF-8 writes characters.
fn push_number(out: &mut Vec<u8>, number: u32) {
    if number < 0x80 {
        return out.push(number as u8);
    }
    let n_bits = 32 - number.leading_zeros();
    // n continuation bytes hold 6n bits, and the first byte another 6 − n.
    let n_more = (1..=5).find(|n| n_bits <= 5 * n + 6).unwrap_or(5);
    let mark = 0xff_u32 << (7 - n_more) & 0xff;
    out.push((mark | number >> (6 * n_more)) as u8);
    out.extend((0..n_more).rev().map(|byte| (0x80 | number >> (6 * byte) & 0x3f) as u8));
}

fn crc8(bytes: &[u8]) -> u8 {
    bytes
        .iter()
        .fold(0, |crc, byte| (0..8).fold(crc ^ byte, |crc, _| if crc & 0x80 != 0 { crc << 1 ^ 0x07 } else { crc << 1 }))
}

const CRC16: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = (byte as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000 != 0 { crc << 1 ^ 0x8005 } else { crc << 1 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| crc << 8 ^ CRC16[usize::from((crc >> 8) as u8 ^ byte)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_below_the_unicode_limit_are_utf_8() {
        for number in (0..0xd800).step_by(97).chain([0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10_ffff]) {
            let mut found = Vec::new();
            push_number(&mut found, number);
            assert_eq!(found, char::from_u32(number).unwrap().to_string().as_bytes(), "{number:#x}");
        }
    }

    #[test]
    fn checksums_have_their_published_check_values() {
        assert_eq!((crc8(b"123456789"), crc16(b"123456789")), (0xf4, 0xfee8));
    }
}
