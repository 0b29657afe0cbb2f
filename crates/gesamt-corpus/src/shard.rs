//! Shards: records in a compact file.
//!
//! A shard is the line `gesamt-corpus 1 <schema> <first record> <number>`, then for each record the caption and the clean
//! caption (each with its length in bytes), the seed and one number per field. All numbers are LEB128 varints.

use gesamt_cmld::codec::Schema;

use crate::CorpusError;
use crate::record::Record;

/// The largest shard that is read, in bytes.
pub const MAX_BYTES: u64 = 1 << 30;
/// The longest caption in bytes.
const MAX_CAPTION: usize = 1 << 14;

/// The bytes of a shard whose records begin at `first`.
#[must_use]
pub fn encode(first: u64, records: &[Record]) -> Vec<u8> {
    let header = format!("gesamt-corpus 1 {} {first} {}\n", Schema::get().fingerprint(), records.len());
    let mut bytes = header.into_bytes();
    for record in records {
        for text in [&record.caption, &record.clean] {
            push(&mut bytes, text.len() as u64);
            bytes.extend(text.as_bytes());
        }
        push(&mut bytes, record.seed);
        record.row.iter().for_each(|value| push(&mut bytes, u64::from(*value)));
    }
    bytes
}

/// The records of a shard and the number of the first.
///
/// # Errors
/// Bytes that are no shard, of another schema, or cut short.
pub fn decode(bytes: &[u8]) -> Result<(u64, Vec<Record>), CorpusError> {
    let malformed = |what: &str| CorpusError::Malformed { message: what.into() };
    let end = bytes.iter().take(200).position(|b| *b == b'\n').ok_or_else(|| malformed("no first line"))?;
    let header = std::str::from_utf8(&bytes[..end]).map_err(|_| malformed("a first line that is not text"))?;
    let words: Vec<&str> = header.split(' ').collect();
    let ["gesamt-corpus", "1", schema, first, n] = words[..] else {
        return Err(malformed(&format!("the first line `{header}`, expected `gesamt-corpus 1 …`")));
    };
    if schema != Schema::get().fingerprint() {
        return Err(malformed(&format!("schema {schema}, this build has {}", Schema::get().fingerprint())));
    }
    let (Ok(first), Ok(n)) = (first.parse::<u64>(), n.parse::<usize>()) else {
        return Err(malformed(&format!("the first line `{header}` without numbers")));
    };
    let mut reader = Reader { bytes: &bytes[end + 1..] };
    // A record has at least one byte per field: a number of records beyond that is a lie.
    if n.saturating_mul(Schema::get().fields.len()) > reader.bytes.len() {
        return Err(malformed(&format!("{n} records in {} bytes", bytes.len())));
    }
    let records: Option<Vec<Record>> = (0..n).map(|_| reader.record()).collect();
    match records {
        Some(records) if reader.bytes.is_empty() => Ok((first, records)),
        Some(_) => Err(malformed(&format!("{} bytes after the last record", reader.bytes.len()))),
        None => Err(malformed("a record cut short or out of range")),
    }
}

fn push(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn record(&mut self) -> Option<Record> {
        let (caption, clean, seed) = (self.text()?, self.text()?, self.number()?);
        let row = (0..Schema::get().fields.len()).map(|_| u32::try_from(self.number()?).ok()).collect::<Option<_>>()?;
        Some(Record { caption, clean, seed, row })
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok().filter(|n| *n <= MAX_CAPTION.min(self.bytes.len()))?;
        let (text, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::record;

    fn some() -> Vec<Record> {
        (0..20).map(|index| record(9, index)).collect()
    }

    #[test]
    fn records_survive_a_shard() {
        assert_eq!(decode(&encode(40, &some())).unwrap(), (40, some()));
    }

    #[test]
    fn cut_and_foreign_shards_are_refused() {
        let bytes = encode(0, &some());
        for end in (0..bytes.len()).step_by(37).chain([bytes.len() - 1]) {
            assert!(decode(&bytes[..end]).is_err(), "{end}");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(decode(&longer).is_err());
        let foreign = String::from_utf8_lossy(&bytes[..60]).replace("corpus 1 ", "corpus 1 f");
        assert!(decode(foreign.as_bytes()).unwrap_err().to_string().contains("schema f"));
    }

    #[test]
    fn a_bomb_in_the_first_line_is_refused_at_once() {
        let bomb = format!("gesamt-corpus 1 {} 0 18446744073709551615\n", Schema::get().fingerprint());
        assert!(decode(bomb.as_bytes()).is_err());
    }
}
