//! A bit string, most significant bit first.

/// Collects bits into bytes.
#[derive(Debug, Default)]
pub(crate) struct BitWriter {
    bytes: Vec<u8>,
    pending: u64,
    n_pending: u32,
}

impl BitWriter {
    /// Appends the low `len` bits of `bits`, at most 32.
    pub(crate) fn put(&mut self, bits: u32, len: u32) {
        debug_assert!(len == 32 || u64::from(bits) < 1 << len);
        self.pending = self.pending << len | u64::from(bits);
        self.n_pending += len;
        while self.n_pending >= 8 {
            self.n_pending -= 8;
            self.bytes.push((self.pending >> self.n_pending) as u8);
        }
    }

    /// The bits so far.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len() * 8 + self.n_pending as usize
    }

    /// Fills the last byte with zeros and returns the bytes.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        if self.n_pending > 0 {
            self.put(0, 8 - self.n_pending);
        }
        self.bytes
    }
}
