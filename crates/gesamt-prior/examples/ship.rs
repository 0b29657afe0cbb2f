//! Makes a trained model the shipped one: halves its weights, writes them to `weights/` and renews the ledger of rights.
//!
//! `cargo run --release -p gesamt-prior --example ship -- RUN/model.safetensors READER.safetensors NAME=CORPUS …`, each corpus
//! with the name that the ledger gives it. Corpora that the ledger names already need not be there any more: their entries stay.

#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::path::Path;

use gesamt_cmld::reader::Reader;
use gesamt_cmld::weights::Tensors;
use gesamt_prior::rights::{Kind, LEDGER, Work, hash, texts, verify, write};

const HOLDER: &str = "the gesamt authors";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let mut tensors = Tensors::read(Path::new(&args.next().ok_or("which model?")?))?;
    let reader = Tensors::read(Path::new(&args.next().ok_or("which reader?")?))?;
    Reader::from_tensors(&reader)?.ok_or("the second file holds no reader")?;
    tensors.extend(reader);
    let facts = tensors.facts.clone();
    let bytes = tensors.halved(|name| !name.starts_with("codec.")).to_bytes()?;

    let scenes = gesamt_corpus::scenes::SOURCES
        .iter()
        .map(|(name, text)| (format!("crates/gesamt-corpus/scenes/{name}.txt"), *text));
    let authored = |(id, text): (String, &str)| Work {
        id,
        kind: Kind::Text,
        blake3: hash(text.as_bytes()),
        size: text.len() as u64,
        method: "authored".into(),
        holder: HOLDER.into(),
        licence: "MIT OR Apache-2.0".into(),
        from: Vec::new(),
        how: "written by hand".into(),
        prev: String::new(),
    };
    let mut works: Vec<Work> = texts().chain(scenes).map(authored).collect();
    let sources: Vec<String> = works.iter().map(|work| work.id.clone()).collect();
    let mut corpora: Vec<Work> = verify(LEDGER).0.into_iter().filter(|work| work.kind == Kind::Corpus).collect();
    for arg in args {
        let (name, dir) = arg.split_once('=').ok_or("each corpus as NAME=DIR")?;
        let corpus = gesamt_corpus::open(Path::new(dir))?;
        let ledger = std::fs::read(Path::new(dir).join(gesamt_corpus::LEDGER))?;
        let seed = corpus.entries.first().map_or(0, |entry| entry.generator.seed);
        corpora.retain(|work| work.id != name);
        corpora.push(Work {
            id: name.into(),
            kind: Kind::Corpus,
            blake3: hash(&ledger),
            size: corpus.len(),
            method: "generated".into(),
            holder: HOLDER.into(),
            licence: "LicenseRef-gesamt-authored".into(),
            from: sources.clone(),
            how: format!(
                "gesamt corpus build -n {} --seed {seed}, at the state of the texts that it was built from",
                corpus.len()
            ),
            prev: String::new(),
        });
    }
    let learned_from: Vec<String> = sources.into_iter().chain(corpora.iter().map(|work| work.id.clone())).collect();
    works.extend(corpora);
    let fact = |key: &str| facts.get(key).cloned().unwrap_or_default();
    works.push(Work {
        id: "weights/s.safetensors".into(),
        kind: Kind::Weights,
        blake3: hash(&bytes),
        size: bytes.len() as u64,
        method: "trained".into(),
        holder: HOLDER.into(),
        licence: "MIT OR Apache-2.0".into(),
        from: learned_from,
        how: format!(
            "train/configs/shipped, run {}, step {}, corpus {}; reader {} on the texts",
            fact("run"),
            fact("step"),
            fact("corpus"),
            fact("reader")
        ),
        prev: String::new(),
    });
    std::fs::write("weights/s.safetensors", &bytes)?;
    std::fs::write("weights/rights.ndjson", write(&works)?)?;
    println!("weights/s.safetensors: {} bytes; weights/rights.ndjson: {} works", bytes.len(), works.len());
    Ok(())
}
