//! Writes a model's tensors with a batch, what our kernels make of it and how long they take, for `validators/twin.py`, which does
//! the same in PyTorch: `cargo run --release -p gesamt-cmld --example twin -- MODEL.safetensors OUT.safetensors [batch]`.

#![expect(clippy::print_stdout, reason = "a command-line tool")]

use std::path::Path;
use std::time::Instant;

use gesamt_cmld::codec::{Entries, Entry, GAIN, Group, Schema};
use gesamt_cmld::model::{Clock, HeadLayout, Input, Model, token_groups};
use gesamt_cmld::text::TextCondition;
use gesamt_cmld::weights::Tensor;
use gesamt_world::Seed;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (path, out) = (args.first().ok_or("which model?")?, args.get(1).ok_or("where to?")?);
    let n: usize = args.get(2).map_or(Ok(32), |n| n.parse())?;
    let model = Model::read(Path::new(path))?;
    let network = &model.network;
    let condition = TextCondition::of("abandoned cyberpunk marketplace at dusk with rain", network.config.text.rows);
    let context = network.context(&condition);
    let clock = |i: usize| Clock::from([i as f32 / n as f32; Group::ALL.len()]);
    let latents: Vec<Vec<f32>> = (0..n)
        .map(|i| {
            let mut rng = Seed(i as u64).rng();
            (0..Schema::get().n_dims()).map(|_| rng.normal()).collect()
        })
        .collect();
    let codec = model.endpoint.codec();
    let entries: Vec<Vec<f32>> =
        latents.iter().enumerate().map(|(i, latent)| codec.entries(latent, &clock(i).of_tokens())).collect();
    let batch: Vec<Input> = (0..n)
        .map(|i| Input { context: &context, latent: &latents[i], entries: &entries[i], clock: clock(i) })
        .collect();
    let mut tensors = network.params.tensors(&network.config, "");
    let halved = network.clone().halved();
    for (name, network) in [("f32", network), ("bf16", &halved)] {
        let outputs = network.outputs(&batch);
        let n_outputs = HeadLayout::get().n_outputs();
        tensors.insert(format!("twin.outputs.{name}"), Tensor::f32([n, n_outputs], outputs));
        let one = best(|| drop(network.outputs(&batch[..1])));
        let all = best(|| drop(network.outputs(&batch)));
        println!("{name}: a pass of 1 takes {one:.2} ms, of {n} {all:.2} ms");
        tensors.facts.insert(format!("ms.{name}.1"), one.to_string());
        tensors.facts.insert(format!("ms.{name}.{n}"), all.to_string());
    }
    let rows: Vec<f32> = batch.iter().flat_map(|sample| sample.clock.of_tokens()).collect();
    tensors.insert(
        "twin.context",
        Tensor::f32([context.len() / network.config.width, network.config.width], context.clone()),
    );
    tensors.insert("twin.latents", Tensor::f32([n, Schema::get().n_dims()], latents.concat()));
    tensors.insert("twin.entries", Tensor::f32([n, Entries::get().n_chances], entries.concat()));
    tensors.insert("twin.times", Tensor::f32([n, token_groups().len()], rows));
    let tokens = Schema::get().tokens.iter().zip(&HeadLayout::get().tokens);
    let tokens: Vec<[usize; 4]> = tokens.map(|(t, o)| [t.dims.start, t.dims.end, o.start, o.end]).collect();
    let lists: Vec<[usize; 4]> = Entries::get().all.iter().map(|e| [e.token, e.n, e.start, e.row]).collect();
    // Of each list its name, how many entries in a row belong together, and where the outputs of each and of its details are.
    let layout = HeadLayout::get();
    let weighed: Vec<(&str, usize, Vec<[usize; 5]>)> = (Entries::get().lists.iter())
        .map(|list| {
            let of = |e: &Entry| [e.start, e.n, layout.fields[e.field].start, e.details().start, e.details().end];
            (list.name, list.part, Entries::get().all[list.entries.clone()].iter().map(of).collect())
        })
        .collect();
    tensors.facts.insert("lists".into(), serde_json::to_string(&(GAIN, weighed))?);
    let config = &network.config;
    tensors.facts.insert("tokens".into(), serde_json::to_string(&tokens)?);
    tensors.facts.insert("entries".into(), serde_json::to_string(&lists)?);
    tensors.facts.insert("config".into(), serde_json::to_string(config)?);
    tensors.write(Path::new(out))?;
    Ok(())
}

/// The shortest of thirty runs, in milliseconds.
fn best(mut run: impl FnMut()) -> f64 {
    let once = |_| {
        let started = Instant::now();
        run();
        1e3 * started.elapsed().as_secs_f64()
    };
    (0..30).map(once).fold(f64::INFINITY, f64::min)
}
