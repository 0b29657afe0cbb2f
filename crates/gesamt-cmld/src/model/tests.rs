use super::*;
use crate::codec::{Codec, Entries, Group, Schema};
use crate::text::TextCondition;
use crate::weights::{Tensor, Tensors, WeightsError};

fn debug() -> Model {
    let row = crate::codec::row_of(&gesamt_grammar::sample("x", 1).unwrap().world, Default::default()).0;
    Model::fresh(Config::preset("debug").unwrap(), Codec::fit(&[row]), 1)
}

/// A debug network whose gates are open, so that every tensor matters.
fn open() -> Network {
    let mut network = debug().network;
    for (name, data) in network.params.iter_mut() {
        if name.starts_with("mod.")
            || name.starts_with("final.")
            || name == "entries"
            || name.starts_with("pairs.")
            || name.starts_with("details.")
        {
            let mut rng = gesamt_world::Seed(7).child(name).rng();
            data.iter_mut().for_each(|v| *v = 0.1 * rng.normal());
        }
    }
    network
}

fn latent(seed: u64) -> Vec<f32> {
    let mut rng = gesamt_world::Seed(seed).rng();
    (0..Schema::get().n_dims()).map(|_| rng.normal()).collect()
}

fn entries(seed: u64) -> Vec<f32> {
    let mut rng = gesamt_world::Seed(seed).rng();
    (0..Entries::get().n_chances).map(|_| rng.unit()).collect()
}

#[test]
fn a_sample_does_not_depend_on_its_neighbours_in_the_batch() {
    let network = open();
    let contexts = ["a foggy harbour", "", "120 bpm"].map(|p| network.context(&TextCondition::of(p, 1024)));
    let latents = [latent(1), latent(2), latent(3)];
    let chances = [entries(1), entries(2), entries(3)];
    let input = |i: usize| Input {
        context: &contexts[i],
        latent: &latents[i],
        entries: &chances[i],
        clock: Clock::from([0.2 * i as f32; Group::ALL.len()]),
    };
    let together = network.outputs(&[input(0), input(1), input(2)]);
    let n_outputs = HeadLayout::get().n_outputs();
    for i in 0..3 {
        let alone = network.outputs(&[input(i)]);
        let gap = alone.iter().zip(&together[i * n_outputs..]).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(gap < 1e-4, "{i}: {gap}");
    }
}

#[test]
fn half_precision_is_within_a_hundredth() {
    let network = open();
    let context = network.context(&TextCondition::of("a foggy harbour", 1024));
    let latents: Vec<Vec<f32>> = (0..8).map(latent).collect();
    let entries = entries(1);
    let inputs: Vec<Input> = latents
        .iter()
        .map(|latent| Input {
            context: &context,
            latent,
            entries: &entries,
            clock: Clock::from([0.4; Group::ALL.len()]),
        })
        .collect();
    let exact = network.outputs(&inputs);
    let rounded = network.clone().halved().outputs(&inputs);
    let length = |it: &mut dyn Iterator<Item = f32>| it.map(|v| v * v).sum::<f32>().sqrt();
    let gap = length(&mut exact.iter().zip(&rounded).map(|(a, b)| a - b)) / length(&mut exact.iter().copied());
    assert!(gap < 1e-2, "{gap}");
    assert_eq!(gap > 0.0, crate::kernels::has_tiles());
}

#[test]
fn words_cues_latents_entries_and_times_all_reach_every_facet() {
    let network = open();
    let (some, others) = (entries(1), entries(2));
    let run_with = |prompt: &str, cues: bool, z: &[f32], entries: &[f32], t: f32| {
        let mut condition = TextCondition::of(prompt, 1024);
        if !cues {
            condition.cues.clear();
        }
        let context = network.context(&condition);
        network.outputs(&[Input { context: &context, latent: z, entries, clock: Clock::from([t; Group::ALL.len()]) }])
    };
    let run = |prompt: &str, cues: bool, z: &[f32], t: f32| run_with(prompt, cues, z, &some, t);
    let z = latent(1);
    let base = run("foggy harbour", true, &z, 0.3);
    let mut moved = z.clone();
    moved[0] += 1.0;
    for (what, other) in [
        ("words", run("qwertz", false, &z, 0.3)),
        ("cues", run("foggy harbour", false, &z, 0.3)),
        ("latent", run("foggy harbour", true, &moved, 0.3)),
        ("entries", run_with("foggy harbour", true, &z, &others, 0.3)),
        ("time", run("foggy harbour", true, &z, 0.4)),
    ] {
        for range in &HeadLayout::get().tokens {
            assert!(base[range.clone()] != other[range.clone()], "{what} does not reach {range:?}");
        }
    }
}

#[test]
fn a_model_survives_its_file() {
    let (model, dir) = (debug(), tempfile::tempdir().unwrap());
    let path = dir.path().join("model.safetensors");
    model.tensors().write(&path).unwrap();
    let back = Model::read(&path).unwrap();
    assert_eq!(back.network.params, model.network.params);
    assert_eq!(back.endpoint.codec(), model.endpoint.codec());
}

#[test]
fn foreign_files_are_refused_with_what_is_wrong() {
    let refuse = |change: &dyn Fn(&mut Tensors)| {
        let mut tensors = debug().tensors();
        change(&mut tensors);
        Model::from_tensors(&tensors).unwrap_err().to_string()
    };
    let message = refuse(&|t| drop(t.facts.remove("format")));
    assert_eq!(message, "the weights are for format nothing, this build expects gesamt-cmld 1");
    let message = refuse(&|t| drop(t.facts.insert("schema".into(), "0123".into())));
    assert!(message.contains("schema 0123"), "{message}");
    let message = refuse(&|t| drop(t.facts.insert("config".into(), "{\"layers\":2}".into())));
    assert!(message.contains("missing field"), "{message}");
    let message = refuse(&|t| t.insert("heads.bias", Tensor::f32([3], vec![0.0; 3])));
    assert!(message.starts_with("the tensor `heads.bias` has shape f32 [3], expected f32 ["), "{message}");
    // The configuration of another preset does not match the tensors.
    let s = serde_json::to_string(&presets::s()).unwrap();
    let message = refuse(&|t| drop(t.facts.insert("config".into(), s.clone())));
    assert!(message.contains("expected f32"), "{message}");
    // One that would need terabytes is refused before anything is allocated.
    let huge = serde_json::to_string(&Config { width: 1 << 40, ..presets::s() }).unwrap();
    let message = refuse(&|t| drop(t.facts.insert("config".into(), huge.clone())));
    assert!(message.contains("width 1099511627776"), "{message}");
    let knots = |t: &mut Tensors| t.insert("codec.law.6", Tensor::f64([2, 2], vec![0.0, 0.0, 5.0, 0.1]));
    assert!(refuse(&knots).contains("knots"), "{}", refuse(&knots));
}

#[test]
fn a_flipped_sign_of_a_length_is_no_panic() {
    let bytes = debug().tensors().to_bytes().unwrap();
    for cut in [0, 7, 8, 100, bytes.len() / 2, bytes.len() - 1] {
        assert!(matches!(Tensors::from_bytes(&bytes[..cut]), Err(WeightsError::Format(_))), "{cut}");
    }
}
