use gesamt_grammar::lexicon::Lexicon;
use gesamt_grammar::sample;
use gesamt_world::{AmbienceLayer, Seed, World};

use super::*;

/// A prompt of known words, so that the worlds go where wishes can take them.
fn prompt(seed: u64) -> String {
    let mut rng = Seed(seed).child("codec").rng();
    let known: Vec<&str> = Lexicon::get().iter().map(|(word, _)| word).collect();
    let n = 1 + rng.below(6);
    (0..n).map(|_| known[rng.below(known.len())]).collect::<Vec<_>>().join(", ")
}

fn worlds(seeds: std::ops::Range<u64>) -> Vec<(World, Hub)> {
    let draw = |seed: u64| {
        let sampled = sample(&prompt(seed), seed).unwrap();
        (sampled.world, Hub::from(&sampled.plan))
    };
    seeds.into_par_iter().map(draw).collect()
}

fn fitted(n: u64) -> Codec {
    Codec::fit(&worlds(1_000_000..1_000_000 + n).iter().map(|(world, hub)| row_of(world, *hub).0).collect::<Vec<_>>())
}

fn assert_round_trip(codec: &Codec, seeds: std::ops::Range<u64>) {
    worlds(seeds.clone()).par_iter().enumerate().for_each(|(index, (world, hub))| {
        let seed = seeds.start + index as u64;
        let (latent, losses) = codec.encode(world, *hub);
        assert_eq!(losses, [] as [String; 0], "{}", prompt(seed));
        let back = codec.decode(&latent, world.seed);
        assert_eq!((&back.world, back.hub), (world, *hub), "{}", prompt(seed));
        assert!(back.faults.is_empty(), "{:?}", back.faults);
    });
}

#[test]
fn worlds_of_the_grammar_survive_exactly() {
    assert_round_trip(&fitted(600), 0..600);
}

#[test]
#[ignore = "a hundred thousand worlds take minutes"]
fn a_hundred_thousand_worlds_survive_exactly() {
    let codec = fitted(20_000);
    (0..100).for_each(|chunk| assert_round_trip(&codec, 1000 * chunk..1000 * (chunk + 1)));
}

#[test]
fn any_latent_decodes_to_a_valid_world_that_survives() {
    let codec = fitted(300);
    let n_dims = Schema::get().n_dims();
    for seed in 0..200 {
        let mut rng = Seed(seed).rng();
        let spread = [0.0, 0.3, 1.0, 4.0, 1e6][rng.below(5)];
        let mut latent: Vec<f32> = (0..n_dims).map(|_| spread * rng.normal()).collect();
        if seed % 3 == 0 {
            latent[rng.below(n_dims)] = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY][rng.below(3)];
        }
        let decoded = codec.decode(&latent, seed);
        let world = decoded.world.validated().unwrap_or_else(|error| panic!("{seed}: {error}"));
        let (row, _) = row_of(&world, decoded.hub);
        let again = world_of(&codec.decode_row(&codec.encode_row(&row)), seed);
        assert_eq!(again.world, world, "{seed}");
    }
    assert!(codec.decode(&[], 1).world.validated().is_ok());
}

#[test]
fn latents_are_centred_and_white() {
    let rows: Vec<Row> = worlds(0..1500).iter().map(|(world, hub)| row_of(world, *hub).0).collect();
    let codec = Codec::fit(&rows);
    let latents: Vec<Vec<f32>> = rows.iter().map(|row| codec.encode_row(row)).collect();
    let n = latents.len() as f32;
    for token in &Schema::get().tokens {
        for dim in token.dims.clone() {
            let mean = latents.iter().map(|z| z[dim]).sum::<f32>() / n;
            let variance = latents.iter().map(|z| (z[dim] - mean).powi(2)).sum::<f32>() / n;
            assert!(mean.abs() < 1e-3 && variance < 1.01, "{} {dim}: mean {mean}, variance {variance}", token.name);
        }
    }
}

#[test]
fn what_the_slots_cannot_hold_is_told() {
    let (mut world, hub) = worlds(3..4).remove(0);
    world.melody.motif[0] = 40;
    world.assets[0].name = "Zeppelin".into();
    world.assets[1].params.clear();
    world.motion.events =
        vec![
            gesamt_world::Event { kind: gesamt_world::EventKind::Gust, at_beat: 1.0, strength: 0.5, distance_m: 3.0 };
            16
        ];
    let losses = row_of(&world, hub).1;
    for word in ["Zeppelin", "parameters", "motif step of 40", "16 events"] {
        assert!(losses.iter().any(|loss| loss.contains(word)), "{word} in {losses:?}");
    }
}

#[test]
fn gaps_in_lists_are_counted_and_closed() {
    let (mut world, hub) = worlds(5..6).remove(0);
    let voice = |layer| gesamt_world::AmbienceVoice { layer, weight: 0.5 };
    world.ambience.layers = vec![voice(AmbienceLayer::Wind), voice(AmbienceLayer::Owl), voice(AmbienceLayer::Fire)];
    let schema = Schema::get();
    let mut row = row_of(&world, hub).0;
    let second = schema.fields.iter().enumerate().filter(|(_, f)| f.name == "voice").nth(1).map(|(i, _)| i);
    row[second.unwrap()] = 0;
    let decoded = world_of(&row, 1);
    assert_eq!(decoded.faults, ["a list with a gap"]);
    assert_eq!(decoded.world.ambience.layers.len(), 2);
}

#[test]
fn the_sequences_that_numbers_stand_for_are_those_of_the_weights() {
    // Changing or reordering them changes what shipped latents decode to: train anew, then bless.
    let modes = gesamt_world::Mode::ALL.iter().map(|mode| gesamt_grammar::progressions(*mode));
    assert!(modes.clone().all(|known| known.len() <= super::draft::N_PROGRESSIONS));
    let text = format!("{:?} {:?}", modes.collect::<Vec<_>>(), gesamt_grammar::MOTIFS);
    assert_eq!(&blake3::hash(text.as_bytes()).to_hex()[..16], "3810760760cb9be7");
}

#[test]
fn the_codec_survives_its_tensors() {
    let codec = fitted(200);
    assert_eq!(Codec::from_tensors(&codec.tensors()).unwrap(), codec);
}
