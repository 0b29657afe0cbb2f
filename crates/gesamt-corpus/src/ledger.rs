//! The ledger of rights: one line per shard, each holding the hash of the line before it.

use serde::{Deserialize, Serialize};

use crate::CorpusError;

/// The licence of everything that the grammar makes; its text is in `docs/rights.md`.
pub const LICENCE: &str = "LicenseRef-gesamt-authored";

/// What made a shard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generator {
    /// The program.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Hash of every line of the lexicon and the scenes.
    pub lexicon: String,
    /// Hash of the fields of a record.
    pub schema: String,
    /// The seed of the corpus.
    pub seed: u64,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file.
    pub id: String,
    /// Its BLAKE3 hash.
    pub blake3: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Number of its records.
    pub records: u64,
    /// The number of its first record; the others follow.
    pub first_record: u64,
    /// How it came to be: nothing was collected.
    pub method: String,
    /// Its licence.
    pub licence: String,
    /// What made it.
    pub generator: Generator,
    /// Hash of the line before; empty in the first.
    pub prev: String,
}

/// The ledger as text, each line chained to the one before.
///
/// # Errors
/// None in practice: entries are plain data.
pub fn write(entries: &[Entry]) -> Result<String, CorpusError> {
    let (mut text, mut prev) = (String::new(), String::new());
    for entry in entries {
        let line = serde_json::to_string(&Entry { prev, ..entry.clone() })
            .map_err(|error| CorpusError::Malformed { message: error.to_string() })?;
        prev = hash(line.as_bytes());
        text += &line;
        text.push('\n');
    }
    Ok(text)
}

/// The entries of a ledger whose chain is whole.
///
/// # Errors
/// Lines that are no entries, and lines that do not follow from the one before.
pub fn read(text: &str) -> Result<Vec<Entry>, CorpusError> {
    let (mut entries, mut prev) = (Vec::new(), String::new());
    for (number, line) in text.lines().enumerate() {
        let at = |message: String| CorpusError::Malformed { message: format!("ledger line {}: {message}", number + 1) };
        let entry: Entry = serde_json::from_str(line).map_err(|error| at(error.to_string()))?;
        if entry.prev != prev {
            return Err(at("does not follow from the line before; lines were changed, lost or moved".into()));
        }
        prev = hash(line.as_bytes());
        entries.push(entry);
    }
    Ok(entries)
}

/// A BLAKE3 hash as hex.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<Entry> {
        let generator =
            Generator { name: "g".into(), version: "1".into(), lexicon: "l".into(), schema: "s".into(), seed: 1 };
        let entry = |i: u64| Entry {
            id: format!("shard-{i}"),
            blake3: hash(&i.to_le_bytes()),
            bytes: 8,
            records: 4,
            first_record: 4 * i,
            method: "generated".into(),
            licence: LICENCE.into(),
            generator: generator.clone(),
            prev: String::new(),
        };
        (0..4).map(entry).collect()
    }

    #[test]
    fn the_chain_shows_every_change() {
        let text = write(&entries()).unwrap();
        assert_eq!(read(&text).unwrap().len(), 4);
        assert!(read(&text.replacen("\"records\":4", "\"records\":5", 1)).is_err());
        let lines: Vec<&str> = text.lines().collect();
        assert!(read(&[lines[0], lines[2]].join("\n")).is_err());
        assert!(read(&[lines[1], lines[0]].join("\n")).is_err());
        assert!(read("{}").is_err());
    }
}
