//! The ledger of rights: where the shipped weights and everything they learned from comes from.
//!
//! One line per work, each holding the hash of the line before it, so that a line that is changed, lost or moved breaks the
//! chain. Texts and weights are compared with what is in this binary.

use serde::{Deserialize, Serialize};

use crate::weights::WEIGHTS;

/// The ledger as it stands in the repository.
pub const LEDGER: &str = include_str!("../../../weights/rights.ndjson");

/// Licences that the policy allows.
const ALLOWED: [&str; 6] =
    ["MIT OR Apache-2.0", "LicenseRef-gesamt-authored", "CC0-1.0", "CC-BY-4.0", "MIT", "Apache-2.0"];

/// What a work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A text that people wrote.
    Text,
    /// Records that a program made.
    Corpus,
    /// Trained weights.
    Weights,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// Its name: a path in the repository, or the name of a corpus.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// BLAKE3 of its bytes; of a corpus, that of its own ledger.
    pub blake3: String,
    /// Number of its bytes, or of a corpus, of its records.
    pub size: u64,
    /// How it came to be: `authored`, `generated` or `trained`.
    pub method: String,
    /// Who holds the rights.
    pub holder: String,
    /// Its licence as an SPDX expression.
    pub licence: String,
    /// What it was made from, by name.
    pub from: Vec<String>,
    /// How it can be made again.
    pub how: String,
    /// Hash of the line before; empty in the first.
    pub prev: String,
}

/// The texts of this binary that anything was trained on, by their path in the repository.
pub fn texts() -> impl Iterator<Item = (String, &'static str)> {
    gesamt_grammar::lexicon::SOURCES
        .into_iter()
        .map(|(name, text)| (format!("crates/gesamt-grammar/lexicon/{name}.txt"), text))
}

/// The ledger as text, each line chained to the one before.
///
/// # Errors
/// None in practice: works are plain data.
pub fn write(works: &[Work]) -> serde_json::Result<String> {
    let (mut text, mut prev) = (String::new(), String::new());
    for work in works {
        let line = serde_json::to_string(&Work { prev, ..work.clone() })?;
        prev = hash(line.as_bytes());
        text += &line;
        text.push('\n');
    }
    Ok(text)
}

/// The works of a ledger, and what is wrong with it; nothing is for a sound one.
#[must_use]
pub fn verify(ledger: &str) -> (Vec<Work>, Vec<String>) {
    let (mut works, mut findings, mut prev): (Vec<Work>, Vec<String>, String) = (Vec::new(), Vec::new(), String::new());
    for (number, line) in ledger.lines().enumerate() {
        let number = number + 1;
        let work: Work = match serde_json::from_str(line) {
            Ok(work) => work,
            Err(error) => {
                findings.push(format!("line {number} is no entry: {error}"));
                continue;
            }
        };
        if work.prev != prev {
            findings.push(format!("line {number} ({}) does not follow the line before it", work.id));
        }
        prev = hash(line.as_bytes());
        if !ALLOWED.contains(&work.licence.as_str()) {
            findings.push(format!(
                "{} has the licence {}, expected one of {}",
                work.id,
                work.licence,
                ALLOWED.join(", ")
            ));
        }
        for source in work.from.iter().filter(|source| works.iter().all(|other| other.id != **source)) {
            findings.push(format!("{} was made from {source}, which the ledger does not know", work.id));
        }
        works.push(work);
    }
    findings.extend(texts().filter_map(|(id, text)| compare(&works, &id, text.as_bytes())));
    findings.extend(compare(&works, "weights/s.safetensors", WEIGHTS));
    (works, findings)
}

fn compare(works: &[Work], id: &str, bytes: &[u8]) -> Option<String> {
    let Some(work) = works.iter().find(|work| work.id == id) else {
        return Some(format!("{id} is in this binary and not in the ledger"));
    };
    let found = hash(bytes);
    (work.blake3 != found)
        .then(|| format!("{id} has the hash {}…, the ledger says {}…", &found[..12], &work.blake3[..12]))
}

/// BLAKE3 in lower-case hex.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_weight_traces_to_authored_sources() {
        let (works, findings) = verify(LEDGER);
        assert_eq!(findings, [] as [String; 0]);
        let weights = works.iter().find(|work| work.kind == Kind::Weights).unwrap();
        assert!(!weights.from.is_empty());
        assert!(works.iter().filter(|work| work.kind == Kind::Text).all(|work| work.method == "authored"));
    }

    #[test]
    fn scenes_are_in_the_ledger_as_they_are_in_the_corpus() {
        let (works, _) = verify(LEDGER);
        for (name, text) in gesamt_corpus::scenes::SOURCES {
            let id = format!("crates/gesamt-corpus/scenes/{name}.txt");
            assert_eq!(compare(&works, &id, text.as_bytes()), None);
        }
    }

    #[test]
    fn changed_lost_and_moved_lines_are_found() {
        let lines: Vec<&str> = LEDGER.lines().collect();
        let lost = lines[..1].iter().chain(&lines[2..]).copied().collect::<Vec<_>>().join("\n");
        assert!(verify(&lost).1.iter().any(|finding| finding.contains("does not follow")));
        let changed = LEDGER.replacen("\"authored\"", "\"collected\"", 1);
        assert!(!verify(&changed).1.is_empty());
        let licence = LEDGER.replacen("MIT OR Apache-2.0", "CC-BY-NC-4.0", 1);
        assert!(verify(&licence).1.iter().any(|finding| finding.contains("CC-BY-NC-4.0")));
        assert!(verify("{}").1[0].contains("line 1 is no entry"));
    }
}
