//! The corpus: worlds of the grammar with captions, in shards, with a ledger of rights.
//!
//! 1. [`pieces`]: wishes drawn from the lexicon, or facts told of a world
//! 2. [`scenes`]: authored captions in free language with what they imply
//! 3. [`caption`]: the pieces in one of many registers, then roughened
//! 4. [`record()`]: a caption with the row of its world
//! 5. [`build`]: records in shards, in parallel; [`open`] reads and verifies them
//!
//! Everything is authored or generated here; nothing was collected.

pub mod caption;
pub mod ledger;
pub mod pieces;
mod record;
pub mod scenes;
pub mod shard;
pub mod words;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use gesamt_cmld::codec::Schema;
use rayon::prelude::*;

pub use record::{Record, captioned, record};

use ledger::{Entry, Generator, LICENCE};

/// Why a corpus cannot be built or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The target already holds something.
    #[error("{} already exists and is not empty", path.display())]
    Exists {
        /// The directory.
        path: PathBuf,
    },
    /// A file is not what it should be.
    #[error("{message}")]
    Malformed {
        /// What was found and what was expected.
        message: String,
    },
}

/// The name of the ledger in a corpus.
pub const LEDGER: &str = "ledger.ndjson";

/// What to build.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Number of records.
    pub n_records: u64,
    /// The seed of the corpus.
    pub seed: u64,
    /// Records in a shard.
    pub per_shard: u64,
}

impl Default for BuildOptions {
    fn default() -> Self {
        Self { n_records: 10_000, seed: 1, per_shard: 8192 }
    }
}

/// Builds a corpus in a new directory and returns its ledger. `progress` is told the number of finished records.
///
/// # Errors
/// A target that holds something, and what the system refuses.
///
/// # Determinism
/// The same options give the same bytes for any number of threads.
pub fn build(out: &Path, options: &BuildOptions, progress: &(dyn Fn(u64) + Sync)) -> Result<Vec<Entry>, CorpusError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| CorpusError::Io { path, source }
    };
    std::fs::create_dir_all(out).map_err(io(out))?;
    if std::fs::read_dir(out).map_err(io(out))?.next().is_some() {
        return Err(CorpusError::Exists { path: out.into() });
    }
    let per_shard = options.per_shard.max(1);
    let done = AtomicU64::new(0);
    let generator = generator(options.seed);
    let entries: Vec<Entry> = (0..options.n_records.div_ceil(per_shard))
        .into_par_iter()
        .map(|shard| {
            let first = shard * per_shard;
            let records: Vec<Record> = (first..options.n_records.min(first + per_shard))
                .into_par_iter()
                .map(|index| record(options.seed, index))
                .collect();
            let bytes = shard::encode(first, &records);
            let id = format!("shard-{shard:05}.gcs");
            write_whole(&out.join(&id), &bytes)?;
            progress(done.fetch_add(records.len() as u64, Ordering::Relaxed) + records.len() as u64);
            Ok(Entry {
                blake3: ledger::hash(&bytes),
                bytes: bytes.len() as u64,
                records: records.len() as u64,
                first_record: first,
                method: "generated".into(),
                licence: LICENCE.into(),
                generator: generator.clone(),
                prev: String::new(),
                id,
            })
        })
        .collect::<Result<_, CorpusError>>()?;
    write_whole(&out.join(LEDGER), ledger::write(&entries)?.as_bytes())?;
    Ok(entries)
}

/// An opened corpus.
#[derive(Debug)]
pub struct Corpus {
    dir: PathBuf,
    /// Its ledger.
    pub entries: Vec<Entry>,
}

/// Opens a corpus by its ledger, whose chain must be whole.
///
/// # Errors
/// A ledger that is missing or damaged.
pub fn open(dir: &Path) -> Result<Corpus, CorpusError> {
    let text = read_limited(&dir.join(LEDGER), 64 << 20)?;
    let text =
        String::from_utf8(text).map_err(|_| CorpusError::Malformed { message: "the ledger is not text".into() })?;
    Ok(Corpus { dir: dir.into(), entries: ledger::read(&text)? })
}

impl Corpus {
    /// Number of records.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.entries.iter().map(|entry| entry.records).sum()
    }

    /// True without records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The records of a shard, when its bytes are those of the ledger.
    ///
    /// # Errors
    /// Shards that are missing, changed or of another schema.
    pub fn shard(&self, index: usize) -> Result<Vec<Record>, CorpusError> {
        let entry = self.entries.get(index).ok_or_else(|| CorpusError::Malformed {
            message: format!("shard {index} of a corpus of {}", self.entries.len()),
        })?;
        let bytes = read_limited(&self.dir.join(&entry.id), shard::MAX_BYTES)?;
        let found = ledger::hash(&bytes);
        if found != entry.blake3 {
            return Err(CorpusError::Malformed {
                message: format!("{} has hash {}…, the ledger says {}…", entry.id, &found[..12], &entry.blake3[..12]),
            });
        }
        Ok(shard::decode(&bytes)?.1)
    }

    /// One hash for the whole corpus: that of its ledger.
    ///
    /// # Errors
    /// None in practice: entries are plain data.
    pub fn fingerprint(&self) -> Result<String, CorpusError> {
        Ok(ledger::hash(ledger::write(&self.entries)?.as_bytes())[..16].to_owned())
    }
}

fn generator(seed: u64) -> Generator {
    let mut lexicon = blake3::Hasher::new();
    for (name, text) in gesamt_grammar::lexicon::SOURCES.into_iter().chain(scenes::SOURCES.iter().copied()) {
        lexicon.update(name.as_bytes());
        lexicon.update(text.as_bytes());
    }
    Generator {
        name: "gesamt-grammar".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        lexicon: lexicon.finalize().to_hex()[..16].to_owned(),
        schema: Schema::get().fingerprint(),
        seed,
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), CorpusError> {
    let io = |source| CorpusError::Io { path: path.into(), source };
    let beside = path.with_extension("part");
    let mut file = std::fs::File::create(&beside).map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    std::fs::rename(&beside, path).map_err(io)
}

fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>, CorpusError> {
    let io = |source| CorpusError::Io { path: path.into(), source };
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(io)?.take(limit + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limit {
        let message = format!("{} has more than {limit} bytes", path.display());
        return Err(CorpusError::Malformed { message });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(dir: &Path, threads: usize) -> Vec<Entry> {
        let options = BuildOptions { n_records: 50, seed: 4, per_shard: 20 };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| build(dir, &options, &|_| {})).unwrap()
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_for_any_number_of_threads() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        assert_eq!(built(one.path(), 1), built(two.path(), 3));
        let corpus = open(one.path()).unwrap();
        assert_eq!((corpus.len(), corpus.entries.len()), (50, 3));
        assert_eq!(corpus.shard(2).unwrap()[3], record(4, 43));
        assert_eq!(corpus.fingerprint().unwrap(), open(two.path()).unwrap().fingerprint().unwrap());
    }

    #[test]
    fn a_changed_shard_and_a_used_directory_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        built(dir.path(), 2);
        assert!(matches!(build(dir.path(), &BuildOptions::default(), &|_| {}), Err(CorpusError::Exists { .. })));
        let shard = dir.path().join("shard-00001.gcs");
        let mut bytes = std::fs::read(&shard).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(&shard, bytes).unwrap();
        let corpus = open(dir.path()).unwrap();
        assert!(corpus.shard(0).is_ok());
        assert!(corpus.shard(1).unwrap_err().to_string().contains("the ledger says"));
        std::fs::remove_file(&shard).unwrap();
        assert!(matches!(corpus.shard(1), Err(CorpusError::Io { .. })));
    }
}
