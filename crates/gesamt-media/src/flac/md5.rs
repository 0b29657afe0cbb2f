//! The MD5 checksum that FLAC stores of the decoded samples.
//!
//! # Source
//! RFC 1321, The MD5 Message-Digest Algorithm, 1992.

const SHIFTS: [[u32; 4]; 4] = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];

/// A checksum under way.
#[derive(Debug)]
pub(super) struct Md5 {
    state: [u32; 4],
    /// `floor(2³² |sin(i + 1)|)`
    sines: [u32; 64],
    block: Vec<u8>,
    n_bytes: u64,
}

impl Default for Md5 {
    fn default() -> Self {
        Self {
            state: [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476],
            sines: std::array::from_fn(|i| ((i as f64 + 1.0).sin().abs() * 4_294_967_296.0) as u32),
            block: Vec::with_capacity(64),
            n_bytes: 0,
        }
    }
}

impl Md5 {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.n_bytes += bytes.len() as u64;
        for &byte in bytes {
            self.block.push(byte);
            if self.block.len() == 64 {
                self.mix();
            }
        }
    }

    pub(super) fn finish(mut self) -> [u8; 16] {
        let n_bits = self.n_bytes * 8;
        self.push(&[0x80]);
        while self.block.len() != 56 {
            self.push(&[0]);
        }
        self.push(&n_bits.to_le_bytes());
        let mut digest = [0; 16];
        digest.chunks_exact_mut(4).zip(self.state).for_each(|(out, word)| out.copy_from_slice(&word.to_le_bytes()));
        digest
    }

    fn mix(&mut self) {
        let words: [u32; 16] =
            std::array::from_fn(|i| u32::from_le_bytes(std::array::from_fn(|byte| self.block[4 * i + byte])));
        self.block.clear();
        let [mut a, mut b, mut c, mut d] = self.state;
        for step in 0..64 {
            let (mixed, word) = match step / 16 {
                0 => (b & c | !b & d, step),
                1 => (d & b | !d & c, 5 * step + 1),
                2 => (b ^ c ^ d, 3 * step + 5),
                _ => (c ^ (b | !d), 7 * step),
            };
            let sum = a.wrapping_add(mixed).wrapping_add(self.sines[step]).wrapping_add(words[word % 16]);
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(SHIFTS[step / 16][step % 4]));
        }
        for (state, value) in self.state.iter_mut().zip([a, b, c, d]) {
            *state = state.wrapping_add(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_rfc() {
        let digest = |text: &str| {
            let mut md5 = Md5::default();
            md5.push(text.as_bytes());
            md5.finish().iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        assert_eq!(digest(""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(digest("abc"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(digest(&"1234567890".repeat(8)), "57edf4a22be3c955ac49da2e2107b67a");
    }
}
