//! From the corpus to batches: every batch is a pure function of the seed and the step.

use anyhow::{Context, Result, ensure};
use gesamt_cmld::codec::{Codec, Entries, Group, Row, Schema};
use gesamt_cmld::imagine::token_of_numbers;
use gesamt_cmld::model::Clock;
use gesamt_cmld::sampler::Schedule;
use gesamt_cmld::text::{TextCondition, WordIds, cues_of, words_of};
use gesamt_corpus::{Corpus, Record};
use gesamt_world::{Rng, Seed};
use rayon::prelude::*;

/// Number of groups with times of their own.
pub const N_GROUPS: usize = Group::ALL.len();

/// Samples of one step.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Noisy latents, one after the other.
    pub latents: Vec<f32>,
    /// What the lists of each latent may hold, one after the other.
    pub entries: Vec<f32>,
    /// The times of each sample.
    pub clocks: Vec<Clock>,
    /// What each sample is conditioned on.
    pub conditions: Vec<TextCondition>,
    /// The world of each sample.
    pub rows: Vec<Row>,
    /// The codes of each world, one after the other.
    pub codes: Vec<f32>,
}

impl Batch {
    /// The batch in parts of up to `n` samples.
    #[must_use]
    pub fn parts(&self, n: usize) -> Vec<Batch> {
        let (n_dims, n_chances) = (Schema::get().n_dims(), Entries::get().n_chances);
        let part = |from: usize| {
            let to = (from + n).min(self.clocks.len());
            Batch {
                latents: self.latents[from * n_dims..to * n_dims].to_vec(),
                entries: self.entries[from * n_chances..to * n_chances].to_vec(),
                clocks: self.clocks[from..to].to_vec(),
                conditions: self.conditions[from..to].to_vec(),
                rows: self.rows[from..to].to_vec(),
                codes: self.codes[from * n_dims..to * n_dims].to_vec(),
            }
        };
        (0..self.clocks.len()).step_by(n.max(1)).map(part).collect()
    }
}

/// The records of a corpus in an order of their own for every epoch.
#[derive(Debug)]
pub struct Loader {
    corpus: Corpus,
    seed: Seed,
    n_records: u64,
    loaded: Option<(usize, Vec<Record>)>,
}

impl Loader {
    /// A loader that leaves the last `held_out` records alone.
    ///
    /// # Errors
    /// Corpora that are too small.
    pub fn new(corpus: Corpus, seed: u64, held_out: u64) -> Result<Loader> {
        let n_records = corpus.len().saturating_sub(held_out);
        ensure!(n_records > 0, "the corpus has {} records, {held_out} of them held out", corpus.len());
        Ok(Loader { corpus, seed: Seed(seed).child("order"), n_records, loaded: None })
    }

    /// Number of records for training.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.n_records
    }

    /// True without records for training, which [`Loader::new`] refuses.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n_records == 0
    }

    /// The records at consecutive places of the endless stream.
    ///
    /// # Errors
    /// Shards that are missing or changed.
    pub fn take(&mut self, place: u64, n: usize) -> Result<Vec<Record>> {
        (place..place + n as u64).map(|place| self.at(place)).collect()
    }

    /// The held-out records, the last of the corpus.
    ///
    /// # Errors
    /// Shards that are missing or changed.
    pub fn held_out(&self, n: usize) -> Result<Vec<Record>> {
        let mut left = self.n_records;
        let mut out = Vec::new();
        for (index, entry) in self.corpus.entries.iter().enumerate() {
            if left < entry.records {
                out.extend(self.corpus.shard(index)?.into_iter().skip(left as usize).take(n - out.len()));
            }
            left = left.saturating_sub(entry.records);
        }
        Ok(out)
    }

    /// The record at a place: shards in a random order for each epoch, records in a random order in each shard.
    fn at(&mut self, place: u64) -> Result<Record> {
        let (epoch, mut left) = (place / self.n_records, place % self.n_records);
        let sizes = self.sizes();
        for shard in permutation(sizes.len(), self.seed.index(epoch)) {
            if left < sizes[shard] {
                let within = self.seed.index(epoch).index(shard as u64);
                let record = permutation_at(sizes[shard], left, within);
                return self.record(shard, record as usize);
            }
            left -= sizes[shard];
        }
        anyhow::bail!("place {place} lies beyond the corpus")
    }

    /// The records of each shard that are for training.
    fn sizes(&self) -> Vec<u64> {
        let mut left = self.n_records;
        let take = |entry: &gesamt_corpus::ledger::Entry| {
            let n = entry.records.min(left);
            left -= n;
            n
        };
        self.corpus.entries.iter().map(take).collect()
    }

    fn record(&mut self, shard: usize, index: usize) -> Result<Record> {
        if self.loaded.as_ref().is_none_or(|(loaded, _)| *loaded != shard) {
            self.loaded = Some((shard, self.corpus.shard(shard)?));
        }
        let records = self.loaded.as_ref().map_or(&[][..], |(_, records)| records);
        records.get(index).cloned().with_context(|| format!("record {index} of shard {shard}"))
    }
}

fn permutation(n: usize, seed: Seed) -> Vec<usize> {
    let (mut all, mut rng): (Vec<usize>, Rng) = ((0..n).collect(), seed.rng());
    (1..n).rev().for_each(|last| all.swap(last, rng.below(last + 1)));
    all
}

/// Where `index` goes in a permutation of `n`: an affine map with a step that shares no factor with `n`.
fn permutation_at(n: u64, index: u64, seed: Seed) -> u64 {
    let mut rng = seed.rng();
    let (offset, mut step) = (rng.next_u64() % n, 1 + rng.next_u64() % n);
    while gcd(step, n) != 1 {
        step = step % n + 1;
    }
    ((u128::from(step) * u128::from(index) + u128::from(offset)) % u128::from(n)) as u64
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The batch of records at a step.
#[must_use]
pub fn batch(records: &[Record], codec: &Codec, n_rows: usize, seed: Seed) -> Batch {
    let tokens = token_of_numbers();
    let samples: Vec<_> = records
        .par_iter()
        .enumerate()
        .map(|(index, record)| {
            let mut rng = seed.index(index as u64).rng();
            let clean = codec.encode_row(&record.row);
            let clock = clock(&mut rng);
            let times = clock.of_tokens();
            let noisy: Vec<f32> = clean
                .iter()
                .zip(&tokens)
                .map(|(x, token)| times[*token] * x + (1.0 - times[*token]) * rng.normal())
                .collect();
            (
                codec.entries(&noisy, &times),
                noisy,
                clock,
                condition(&record.caption, n_rows, &mut rng),
                record.row.clone(),
                codec.codes_of(&record.row),
            )
        })
        .collect();
    let mut batch = Batch::default();
    for (entries, noisy, clock, condition, row, codes) in samples {
        batch.latents.extend(noisy);
        batch.entries.extend(entries);
        batch.clocks.push(clock);
        batch.conditions.push(condition);
        batch.rows.push(row);
        batch.codes.extend(codes);
    }
    debug_assert_eq!(batch.latents.len(), records.len() * Schema::get().n_dims());
    batch
}

/// The condition of a caption, with parts of it left out now and then, so that words and cues each learn to do alone.
fn condition(caption: &str, n_rows: usize, rng: &mut Rng) -> TextCondition {
    let (mut words, mut cues): (Vec<WordIds>, Vec<f32>) =
        (words_of(caption, n_rows), cues_of(&gesamt_grammar::understand(caption)));
    match rng.unit() {
        u if u < 0.1 => {
            words.clear();
            cues.clear();
        }
        u if u < 0.3 => cues.clear(),
        u if u < 0.4 => words.clear(),
        _ => {}
    }
    TextCondition { words, cues }
}

/// The times of a sample. A third of the samples are gaps to be filled: all is clean but some tokens, of which nothing or
/// little is known, so that the network learns what goes with what.
fn clock(rng: &mut Rng) -> Clock {
    if !rng.chance(0.35) {
        return Clock::from(times(rng));
    }
    let n_tokens = Schema::get().tokens.len();
    let share = if rng.chance(0.4) { 0.0 } else { rng.range(0.02, 0.5) };
    let first = 1 << rng.below(n_tokens);
    let apart = (0..n_tokens).filter(|_| rng.chance(share)).fold(first, |bits, i| bits | 1 << i);
    let apart_t = if rng.chance(0.7) { 0.0 } else { rng.unit() };
    Clock { groups: [1.0; N_GROUPS], apart, apart_t }
}

/// The times of a sample's groups: mostly states of the sampler's own schedule, the rest anything that locking,
/// variation and missing parts can ask for.
fn times(rng: &mut Rng) -> [f32; N_GROUPS] {
    let shared = rng.unit();
    let mut times = [shared; N_GROUPS];
    match rng.unit() {
        u if u < 0.6 => {
            let states = Schedule::default().times(256, &[false; N_GROUPS]);
            times.copy_from_slice(&states[rng.below(256)]);
        }
        u if u < 0.68 => {}
        u if u < 0.78 => times.iter_mut().for_each(|t| *t = rng.unit()),
        u if u < 0.92 => times.iter_mut().for_each(|t| *t = if rng.chance(0.4) { 1.0 } else { *t }),
        _ => times.iter_mut().for_each(|t| *t = if rng.chance(0.4) { 0.0 } else { *t }),
    }
    if times.iter().all(|t| *t >= 1.0) {
        times[rng.below(N_GROUPS)] = shared;
    }
    times
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn corpus(dir: &std::path::Path, n_records: u64) -> Corpus {
        let options = gesamt_corpus::BuildOptions { n_records, seed: 3, per_shard: 32 };
        gesamt_corpus::build(dir, &options, &|_| {}).unwrap();
        gesamt_corpus::open(dir).unwrap()
    }

    #[test]
    fn every_epoch_sees_every_record_once_and_none_that_is_held_out() {
        let dir = tempfile::tempdir().unwrap();
        let mut loader = Loader::new(corpus(dir.path(), 100), 1, 10).unwrap();
        let mut orders = Vec::new();
        for epoch in 0..2 {
            let mut seen: Vec<u64> = loader.take(epoch * 90, 90).unwrap().iter().map(|r| r.seed).collect();
            orders.push(seen.clone());
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), 90);
            assert!(loader.held_out(10).unwrap().iter().all(|r| !seen.contains(&r.seed)));
        }
        assert_ne!(orders[0], orders[1]);
        assert_eq!(loader.held_out(10).unwrap().len(), 10);
    }

    #[test]
    fn batches_are_pure_functions_of_seed_and_step() {
        let dir = tempfile::tempdir().unwrap();
        let mut loader = Loader::new(corpus(dir.path(), 64), 1, 0).unwrap();
        let records = loader.take(5, 16).unwrap();
        let codec = Codec::fit(&records.iter().map(|r| r.row.clone()).collect::<Vec<_>>());
        let (a, b) = (batch(&records, &codec, 64, Seed(1)), batch(&records, &codec, 64, Seed(1)));
        assert_eq!((a.latents, a.clocks, a.conditions), (b.latents, b.clocks, b.conditions));
    }

    #[test]
    fn clean_tokens_are_clean_and_absent_ones_are_noise() {
        let dir = tempfile::tempdir().unwrap();
        let mut loader = Loader::new(corpus(dir.path(), 200), 1, 0).unwrap();
        let records = loader.take(0, 200).unwrap();
        let codec = Codec::fit(&records.iter().map(|r| r.row.clone()).collect::<Vec<_>>());
        let batch = batch(&records, &codec, 64, Seed(2));
        let (n, tokens) = (Schema::get().n_dims(), token_of_numbers());
        let mut seen = [0; 4];
        for (i, clock) in batch.clocks.iter().enumerate() {
            let times = clock.of_tokens();
            let clean = codec.encode_row(&batch.rows[i]);
            for (d, token) in tokens.iter().enumerate().filter(|(_, token)| times[**token] == 1.0) {
                assert_eq!(batch.latents[i * n + d], clean[d], "{token}");
            }
            seen[0] += usize::from(times.contains(&1.0));
            seen[3] += usize::from(clock.apart != 0);
            seen[1] += usize::from(times.contains(&0.0));
            seen[2] += usize::from(batch.conditions[i] == TextCondition::default());
        }
        assert!(seen.iter().all(|n| *n > 8), "clean, absent, unconditional, gaps: {seen:?}");
    }
}
