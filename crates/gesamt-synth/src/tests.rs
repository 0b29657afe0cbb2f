//! Laws of the whole synthesizer, over worlds made by hand.

use std::ops::ControlFlow;

use gesamt_composer::{Articulation, Score, ScoreOptions, compose};
use gesamt_world::{AmbienceLayer, Event, EventKind, Instrument, Layer, Seed, World};

use crate::ambience::{self, Scene};
use crate::dsp::{SR, Stereo};
use crate::instruments::{NoteIn, Tone};
use crate::{Cancelled, Soundtrack, SynthOptions, render};

#[path = "../../gesamt-composer/fixtures/worlds.rs"]
mod worlds;

use worlds::{parts, showcase, test_world, voices};

const TONE: Tone = Tone { brightness: 0.5, warmth: 0.5, grit: 0.2 };

fn short() -> ScoreOptions {
    ScoreOptions { min_secs: 4.0, max_secs: 16.0 }
}

fn soundtrack(world: &World, options: &ScoreOptions) -> (Score, Soundtrack) {
    let score = compose(world, options);
    let track = render(&score, world, &SynthOptions::default(), &|_| ControlFlow::Continue(())).expect("not cancelled");
    (score, track)
}

fn note(midi: f32) -> NoteIn {
    NoteIn {
        midi,
        gate_secs: 0.6,
        velocity: 0.8,
        glide_from: None,
        level: 1.0,
        articulation: Articulation::Plain,
        seed: Seed(9),
    }
}

fn mean(sound: &Stereo) -> f32 {
    sound.iter().map(|x| x[0] + x[1]).sum::<f32>() / (2.0 * sound.len() as f32)
}

fn rms(sound: &Stereo) -> f32 {
    (sound.iter().map(|x| x[0] * x[0] + x[1] * x[1]).sum::<f32>() / (2.0 * sound.len() as f32)).sqrt()
}

#[test]
fn every_instrument_sounds_without_offset_or_click_over_its_whole_range() {
    for &instrument in Instrument::ALL {
        let (low, high) = gesamt_composer::instruments::range(instrument);
        for midi in [low, 42, (low + high) / 2, high] {
            let sound = crate::instruments::render(instrument, &note(midi as f32), &TONE);
            assert!(sound.iter().flatten().all(|x| x.is_finite()), "{instrument} {midi}");
            assert!(rms(&sound) > 0.002, "{instrument} {midi} is silent: {}", rms(&sound));
            assert!(mean(&sound).abs() < rms(&sound) * 0.06, "{instrument} {midi}: offset {}", mean(&sound));
            let peak = sound.iter().flatten().fold(0.0f32, |m, x| m.max(x.abs()));
            assert!(peak < 6.0, "{instrument} {midi}: peak {peak}");
            for edge in [sound.first(), sound.last()].into_iter().flatten() {
                assert!(edge.iter().all(|x| x.abs() < peak * 0.05), "{instrument} {midi} clicks at its edge: {edge:?}");
            }
        }
    }
}

#[test]
fn louder_notes_are_louder() {
    for &instrument in Instrument::ALL {
        let midi = gesamt_composer::instruments::fit(instrument, 60) as f32;
        let soft = crate::instruments::render(instrument, &NoteIn { velocity: 0.3, ..note(midi) }, &TONE);
        let loud = crate::instruments::render(instrument, &NoteIn { velocity: 0.95, ..note(midi) }, &TONE);
        assert!(rms(&loud) > rms(&soft) * 1.25, "{instrument}: {} against {}", rms(&loud), rms(&soft));
    }
}

fn played(instrument: Instrument, articulation: Articulation) -> Stereo {
    let midi = gesamt_composer::instruments::fit(instrument, 60) as f32;
    crate::instruments::render(instrument, &NoteIn { articulation, ..note(midi) }, &TONE)
}

#[test]
fn accents_are_louder_staccatos_shorter_and_slurs_have_no_consonant() {
    use gesamt_composer::instruments::{Behaviour, behaviour};
    let power = |sound: &Stereo, from: f32, to: f32| -> f32 {
        let range = (from * SR) as usize..((to * SR) as usize).min(sound.len());
        sound.get(range).map_or(0.0, |s| s.iter().map(|x| x[0] * x[0] + x[1] * x[1]).sum())
    };
    for &instrument in Instrument::ALL.iter().filter(|i| behaviour(**i) != Behaviour::Drums) {
        let plain = played(instrument, Articulation::Plain);
        let accent = played(instrument, Articulation::Accent);
        assert!(power(&accent, 0.0, 0.3) > power(&plain, 0.0, 0.3) * 1.05, "{instrument}: accent");
        // Struck metal and wood ring as long as they ring.
        let rings = matches!(instrument, Instrument::MusicBox | Instrument::Marimba | Instrument::Kalimba);
        let short = played(instrument, Articulation::Staccato);
        assert!(rings || power(&short, 0.5, 0.8) < power(&plain, 0.5, 0.8) * 0.8, "{instrument}: staccato");
    }
    let hiss = |articulation| {
        let mut high = crate::dsp::filter::Biquad::high_pass(6000.0);
        let sound: Stereo = played(Instrument::Flute, articulation).iter().map(|x| [high.tick(x[0]), 0.0]).collect();
        power(&sound, 0.0, 0.04)
    };
    assert!(hiss(Articulation::Legato) < hiss(Articulation::Plain));
    let tremolo = played(Instrument::StringEnsemble, Articulation::Tremolo);
    let swings = (20..50).map(|k| power(&tremolo, k as f32 * 0.01, k as f32 * 0.01 + 0.01));
    let (low, high) = swings.fold((f32::MAX, 0.0f32), |(l, h), p| (l.min(p), h.max(p)));
    assert!(high > low * 3.0, "tremolo from {low} to {high}");
}

#[test]
fn every_layer_of_the_ambience_sounds_in_stereo_and_closes_its_loop() {
    let world = test_world();
    let n = 8 * SR as usize;
    for &layer in AmbienceLayer::ALL {
        let scene = Scene { world: &world, n, beat_secs: 0.5, seed: Seed(3) };
        let mut sound = ambience::render(layer, &scene).sound;
        crate::dsp::effects::widen(&mut sound, 1.0);
        assert_eq!(sound.len(), n);
        assert!(sound.iter().flatten().all(|x| x.is_finite()), "{layer}");
        assert!(rms(&sound) > 1e-4, "{layer} is silent: {}", rms(&sound));
        assert!(mean(&sound).abs() < rms(&sound) * 0.02, "{layer}: offset {}", mean(&sound));
        // The step over the seam is no larger than steps are inside.
        let step = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).abs().max((a[1] - b[1]).abs());
        let largest = sound.windows(2).map(|w| step(w[0], w[1])).fold(0.0, f32::max);
        assert!(step(sound[n - 1], sound[0]) <= largest, "{layer} jumps at the seam");
        let side: f32 = sound.iter().map(|x| (x[0] - x[1]).powi(2)).sum();
        assert!(side > 0.0 || matches!(layer, AmbienceLayer::ShipHum), "{layer} is mono");
    }
}

#[test]
fn stems_sum_to_a_seamless_mix_of_the_right_loudness_and_peak_in_a_dozen_worlds() {
    for (name, world) in showcase().into_iter().take(12) {
        let (score, track) = soundtrack(&world, &short());
        for (i, mix) in track.mix.iter().enumerate() {
            let sum =
                track.stems.iter().fold([0i32; 2], |s, stem| [s[0] + stem.samples[i][0], s[1] + stem.samples[i][1]]);
            assert_eq!(*mix, sum, "{name} at {i}");
        }
        let layers = gesamt_composer::Adaptive::ALL.map(|a| track.adaptive(a));
        for (i, mix) in track.mix.iter().enumerate() {
            let sum = layers.iter().fold([0i32; 2], |s, l| [s[0] + l[i][0], s[1] + l[i][1]]);
            assert_eq!(*mix, sum, "{name}: adaptive layers at {i}");
        }
        assert!((track.integrated_lufs + 16.0).abs() < 0.5, "{name}: {} LUFS", track.integrated_lufs);
        assert!(track.true_peak_dbtp <= -1.0, "{name}: {} dBTP", track.true_peak_dbtp);
        assert_eq!(track.mix.len(), (score.secs() * 48_000.0).round() as usize);
        assert!(track.mix.iter().flatten().all(|x| x.abs() < 1 << 23));
        let offset =
            track.mix.iter().map(|x| i64::from(x[0])).sum::<i64>() as f64 / track.mix.len() as f64 / 8_388_608.0;
        assert!(offset.abs() < 1e-4, "{name}: offset {offset}");
        let names: Vec<&str> = track.stems.iter().map(|s| s.name.as_str()).collect();
        assert!(names.contains(&"ambience") && names.contains(&"lead"), "{names:?}");
        assert!(mono_loss_db(&track.mix) < 3.0, "{name}: mono loses {:.1} dB", mono_loss_db(&track.mix));
        assert_seamless(name, &score, &track);
    }
}

/// How much quieter the mix is in mono than its stereo power promises: 3 dB is what two unrelated channels lose.
fn mono_loss_db(mix: &[[i32; 2]]) -> f64 {
    let (mono, stereo) = mix.iter().fold((1.0, 1.0), |(m, s), x| {
        let (l, r) = (f64::from(x[0]), f64::from(x[1]));
        (m + (l + r) * (l + r) / 2.0, s + l * l + r * r)
    });
    10.0 * f64::log10(stereo / mono)
}

/// The level of each bar's first instant against the instant before it, over the whole band, in dB.
fn onset(mix: &[[i32; 2]], at: usize) -> f64 {
    let n = mix.len();
    let power = |from: usize| -> f64 {
        (0..1024).map(|k| f64::from(mix[(from + k) % n][0]).powi(2) + f64::from(mix[(from + k) % n][1]).powi(2)).sum()
    };
    10.0 * ((power(at) + 1.0) / (power((at + n - 1024) % n) + 1.0)).log10()
}

/// The seam of the loop is one bar line among others: no stronger or weaker an onset, no larger a step.
fn assert_seamless(name: &str, score: &Score, track: &Soundtrack) {
    let n = track.mix.len();
    let bars: Vec<f64> = (1..score.bars as usize).map(|b| onset(&track.mix, b * n / score.bars as usize)).collect();
    let (low, high) = bars.iter().fold((0.0f64, 0.0f64), |(l, h), x| (l.min(*x), h.max(*x)));
    let seam = onset(&track.mix, 0);
    assert!(seam <= high + 6.0 && seam >= low - 6.0, "{name}: {seam:.1} dB against {low:.1} to {high:.1}");
    let mut steps: Vec<i32> = track.mix.windows(2).map(|w| (w[1][0] - w[0][0]).abs()).collect();
    steps.sort_unstable();
    let jump = (track.mix[0][0] - track.mix[n - 1][0]).abs();
    assert!(jump <= steps[n * 999 / 1000], "{name}: a jump of {jump} at the seam");
}

#[test]
fn low_frequencies_are_mono() {
    let (_, track) = soundtrack(&showcase()[0].1, &short());
    let mut low = [crate::dsp::filter::Svf::new(60.0, 0.7), crate::dsp::filter::Svf::new(60.0, 0.7)];
    let (mut mid, mut side) = (0.0f64, 0.0f64);
    for x in &track.mix {
        let (m, s) = ((x[0] + x[1]) as f32, (x[0] - x[1]) as f32);
        mid += f64::from(low[0].tick(m).0).powi(2);
        side += f64::from(low[1].tick(s).0).powi(2);
    }
    assert!(10.0 * (side / mid).log10() < -20.0, "{:.1} dB", 10.0 * (side / mid).log10());
}

#[test]
fn thunder_comes_after_its_lightning_by_the_distance_over_the_speed_of_sound() {
    let mut world = test_world();
    world.ambience.layers = voices(&[]);
    world.timbre.parts = parts(&[(Layer::Pad, Instrument::WarmPad)]);
    world.motion.events = vec![Event { kind: EventKind::Lightning, at_beat: 4.0, strength: 1.0, distance_m: 680.0 }];
    let (score, track) = soundtrack(&world, &short());
    let stem = track.stems.iter().find(|s| s.name == "ambience").expect("a stem of the ambience");
    let strike = 4.0 * score.beat_secs() + 2.0;
    let power = |from: f64, to: f64| -> f64 {
        let range = (from * 48_000.0) as usize..(to * 48_000.0) as usize;
        stem.samples[range].iter().map(|x| f64::from(x[0]).powi(2)).sum::<f64>() + 1.0
    };
    assert!(power(strike, strike + 0.4) > 50.0 * power(strike - 0.45, strike - 0.05));
}

#[test]
fn one_thread_and_many_give_the_same_samples() {
    let world = showcase().swap_remove(3).1;
    let score = compose(&world, &ScoreOptions { min_secs: 4.0, max_secs: 8.0 });
    let once = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| render(&score, &world, &SynthOptions::default(), &|_| ControlFlow::Continue(())))
    };
    assert_eq!(once(1), once(4));
}

#[test]
fn progress_reaches_the_end_and_can_stop() {
    let world = test_world();
    let score = compose(&world, &ScoreOptions { min_secs: 4.0, max_secs: 8.0 });
    let most = std::sync::Mutex::new(0.0f32);
    let result = render(&score, &world, &SynthOptions::default(), &|share| {
        let mut most = most.lock().expect("no panic");
        *most = most.max(share);
        ControlFlow::Continue(())
    });
    assert!(result.is_ok() && *most.lock().expect("no panic") == 1.0);
    assert_eq!(render(&score, &world, &SynthOptions::default(), &|_| ControlFlow::Break(())), Err(Cancelled));
}

#[test]
fn a_world_without_ambience_or_with_drums_alone_is_rendered() {
    let mut world = test_world();
    world.ambience.layers = voices(&[]);
    world.timbre.parts = parts(&[(Layer::Percussion, Instrument::Shakers)]);
    let (_, track) = soundtrack(&world, &short());
    assert!((track.integrated_lufs + 16.0).abs() < 0.6, "{}", track.integrated_lufs);
}
