//! Animals, people and things stranger.

use gesamt_world::{Rng, Seed};

use super::{Scene, chirp, hump, samples};
use crate::dsp::circular::{add, bed, white};
use crate::dsp::filter::{OnePole, Svf};
use crate::dsp::noise::{Noise, Wander};
use crate::dsp::osc::{Table, Wave, step};
use crate::dsp::{SR, Stereo, pan};

fn stereo(mono: &[f32]) -> Stereo {
    mono.iter().map(|x| [*x, *x]).collect()
}

/// Cicadas and flies: bands of buzzing that swell one after another.
pub(super) fn insects(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("insects");
    for k in 0..5u64 {
        let seed = scene.seed.child("insects").index(k);
        let swell = Wander::new(seed.index(1), 0.1, scene.secs());
        let hz = rng.range(3600.0, 7600.0);
        // A whole number of pulses per loop.
        let pulse = (rng.range(38.0, 120.0) * scene.secs()).round() / scene.secs();
        let gain = pan(rng.signed() * 0.9);
        let noise_seed = seed.0 as u32;
        let mut band = Svf::new(hz, 9.0);
        let sound = bed(scene.n, 6000, |i| {
            let t = (i as f64 / f64::from(SR) * f64::from(pulse)).fract() as f32;
            let level = swell.unit(i / 64 * 64).powi(2) * (0.35 + 0.65 * hump(t).powi(2));
            let x = band.tick(white(noise_seed, i)).1 * level * 0.3;
            [x * gain[0], x * gain[1]]
        });
        add(&mut out, 0, &sound, [1.0, 1.0]);
    }
    out
}

/// Crickets: each sings its own chirps of three or four pulses.
pub(super) fn crickets(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("crickets");
    for k in 0..9 {
        let hz = rng.range(3900.0, 5200.0);
        let period = rng.range(0.42, 0.9);
        let count = (scene.secs() / period).round().max(2.0) as usize;
        let pulses = 3 + rng.below(2);
        let near = if k < 2 { 0.8 } else { rng.range(0.1, 0.4) };
        let place = pan(rng.signed() * 0.95);
        let song: Vec<f32> = (0..pulses)
            .flat_map(|_| {
                let mut p = chirp(0.022, |t| hz * (1.0 - 0.03 * t), |t| hump(t) * 0.4);
                p.extend(vec![0.0; samples(0.011)]);
                p
            })
            .collect();
        let song = stereo(&song);
        let offset = rng.unit();
        let rest = Wander::new(Seed(rng.next_u64()), 0.05, scene.secs());
        for c in 0..count {
            let at = ((c as f32 + offset + rng.signed() * 0.03) / count as f32 * scene.n as f32) as i64;
            if rest.at(at.max(0) as usize) > -0.35 {
                add(&mut out, at, &song, place.map(|g| g * near));
            }
        }
    }
    out
}

/// A croak: pulses through a throat.
fn croak(rng: &mut Rng) -> Vec<f32> {
    let secs = rng.range(0.18, 0.5);
    let pulse_hz = rng.range(28.0, 70.0);
    let mut throat = [Svf::new(rng.range(320.0, 620.0), 6.0), Svf::new(rng.range(900.0, 1700.0), 7.0)];
    let mut noise = Noise::new(Seed(rng.next_u64()));
    let n = samples(secs);
    let mut turn = 0.0f32;
    (0..n)
        .map(|i| {
            let t = i as f32 / n as f32;
            turn += pulse_hz * (1.0 + 0.3 * t) / SR;
            turn -= turn.floor();
            let source = (1.0 - turn).powi(12) + noise.next() * 0.03;
            (throat[0].tick(source).1 + throat[1].tick(source).1 * 0.6) * hump(t) * 0.8
        })
        .collect()
}

/// Frogs that answer one another.
pub(super) fn frogs(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("frogs");
    for _ in 0..5 {
        let voice = stereo(&croak(&mut rng));
        let place = pan(rng.signed() * 0.9);
        let near = rng.range(0.2, 1.0);
        for at in scene.times(rng.range(0.25, 0.6), &mut rng) {
            let repeats = 1 + rng.below(3);
            for k in 0..repeats {
                add(&mut out, at + (k as f32 * rng.range(0.4, 0.6) * SR) as i64, &voice, place.map(|g| g * near));
            }
        }
    }
    out
}

/// A bird's phrase: a few syllables, each a fast glide.
fn phrase(rng: &mut Rng) -> Vec<f32> {
    let base = rng.range(2300.0, 5200.0);
    let syllables = 2 + rng.below(6);
    let is_trill = rng.chance(0.3);
    let mut out = Vec::new();
    let (mut from, mut to, mut secs) = (base, base * 1.3, 0.06);
    for k in 0..syllables {
        if k == 0 || !is_trill {
            from = base * rng.range(0.8, 1.35);
            to = base * rng.range(0.75, 1.5);
            secs = rng.range(0.035, 0.15);
        }
        let warble = rng.range(0.0, 0.05);
        let rate = rng.range(20.0, 50.0);
        let (a, b) = (from, to);
        let syllable = chirp(
            secs,
            |t| (a + (b - a) * t) * (1.0 + warble * (std::f32::consts::TAU * rate * t * secs).sin()),
            |t| hump(t).powf(0.7),
        );
        out.extend(syllable);
        out.extend(vec![0.0; samples(rng.range(0.02, 0.09))]);
    }
    out
}

/// Birds: a chorus at dawn, single singers by day.
pub(super) fn birds(scene: &Scene, is_dawn: bool) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng(if is_dawn { "birds/dawn" } else { "birds/day" });
    let (singers, rate) = if is_dawn { (9, 0.34) } else { (5, 0.2) };
    for _ in 0..singers {
        let songs: Vec<Stereo> = (0..3).map(|_| stereo(&phrase(&mut rng))).collect();
        let place = rng.signed() * 0.95;
        let near = rng.unit().powi(2) * 0.8 + 0.08;
        for at in scene.times(rate * rng.range(0.6, 1.4), &mut rng) {
            if let Some(song) = rng.pick(&songs) {
                add(&mut out, at, song, pan(place).map(|g| g * near * 0.4));
            }
        }
    }
    out
}

/// A harmonic cry: a voiced sound with formants whose pitch follows a curve.
fn cry(secs: f32, pitch: impl Fn(f32) -> f32, rough: f32, formants: [(f32, f32); 2], rng: &mut Rng) -> Vec<f32> {
    let n = samples(secs);
    let table = Table::new(Wave::Saw, pitch(0.3).max(pitch(0.0)) * 1.3);
    let mut filters = formants.map(|(hz, q)| Svf::new(hz, q));
    let mut noise = Noise::new(Seed(rng.next_u64()));
    let mut phase = 0u32;
    let rate = rng.range(55.0, 90.0);
    (0..n)
        .map(|i| {
            let t = i as f32 / n as f32;
            let jitter = 1.0 + 0.02 * rough * noise.next();
            phase = phase.wrapping_add(step(pitch(t) * jitter));
            let growl = 1.0 - rough * 0.8 * (0.5 + 0.5 * (std::f32::consts::TAU * rate * t * secs).sin());
            let x = table.at(phase) * growl + noise.next() * 0.15 * rough;
            (filters[0].tick(x).1 + 0.6 * filters[1].tick(x).1 + 0.1 * x) * hump(t).sqrt()
        })
        .collect()
}

/// Gulls: long falling cries, in bursts.
pub(super) fn gulls(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("gulls");
    for at in scene.times(0.16, &mut rng) {
        let calls = 1 + rng.below(5);
        let base = rng.range(750.0, 1150.0);
        let side = rng.signed() * 0.9;
        let near = rng.range(0.15, 0.9);
        let mut late = 0.0;
        for k in 0..calls {
            let secs = if k == 0 { rng.range(0.5, 0.9) } else { rng.range(0.2, 0.35) };
            let call = cry(
                secs,
                |t| base * (0.75 + 0.55 * hump(t * 0.7 + 0.2)),
                0.25,
                [(1700.0, 3.0), (3100.0, 4.0)],
                &mut rng,
            );
            add(
                &mut out,
                at + samples(late) as i64,
                &stereo(&call),
                pan(side + 0.1 * k as f32).map(|g| g * near * 0.35),
            );
            late += secs + rng.range(0.05, 0.2);
        }
    }
    out
}

/// An owl: a short hoot, a rest, a long trembling one.
pub(super) fn owl(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("owl");
    for at in scene.times(0.075, &mut rng) {
        let hz = rng.range(330.0, 400.0);
        let side = rng.signed() * 0.8;
        let near = rng.range(0.4, 1.0);
        let mut late = 0.0;
        for (secs, tremble, pause) in [(0.35, 0.0, 0.9), (0.16, 0.0, 0.12), (1.1, 0.35, 0.0)] {
            let hoot = chirp(
                secs,
                |t| hz * (0.95 + 0.08 * hump(t)),
                |t| {
                    hump(t).powf(0.8)
                        * (1.0 - tremble * (0.5 + 0.5 * (std::f32::consts::TAU * 9.0 * t * secs).sin()))
                        * 0.5
                },
            );
            let second = chirp(secs, |t| 2.0 * hz * (0.95 + 0.08 * hump(t)), |t| hump(t) * 0.06);
            let sum: Vec<f32> = hoot.iter().zip(&second).map(|(a, b)| a + b).collect();
            add(&mut out, at + samples(late) as i64, &stereo(&sum), pan(side).map(|g| g * near));
            late += secs + pause;
        }
    }
    out
}

/// Crows: rough caws in twos and threes.
pub(super) fn crows(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("crows");
    for at in scene.times(0.13, &mut rng) {
        let base = rng.range(430.0, 560.0);
        let side = rng.signed() * 0.9;
        let near = rng.range(0.2, 1.0);
        let calls = 2 + rng.below(3);
        for k in 0..calls {
            let caw = cry(
                rng.range(0.22, 0.36),
                |t| base * (0.9 + 0.25 * hump(t)),
                0.85,
                [(1250.0, 3.5), (2500.0, 4.0)],
                &mut rng,
            );
            let late = k as f32 * rng.range(0.42, 0.55);
            add(&mut out, at + samples(late) as i64, &stereo(&caw), pan(side).map(|g| g * near * 0.5));
        }
    }
    out
}

/// A crowd: many voices speaking without words.
pub(super) fn crowd(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("crowd");
    let people = 10 + (scene.world.condition.population * 14.0) as usize;
    let vowels = [(700.0, 1200.0), (400.0, 2000.0), (300.0, 2300.0), (450.0, 850.0), (330.0, 700.0), (560.0, 1500.0)];
    for _ in 0..people {
        let pitch = if rng.chance(0.5) { rng.range(95.0, 150.0) } else { rng.range(170.0, 260.0) };
        let place = pan(rng.signed() * 0.95);
        let near = rng.range(0.12, 0.7).powi(2) + 0.05;
        let syllables: Vec<Stereo> = vowels
            .iter()
            .map(|(a, b)| {
                let p = pitch * rng.range(0.85, 1.2);
                let fall = rng.range(-0.2, 0.1);
                stereo(&cry(rng.range(0.1, 0.22), |t| p * (1.0 + fall * t), 0.06, [(*a, 6.0), (*b, 8.0)], &mut rng))
            })
            .collect();
        // Each speaks in sentences with rests between.
        for at in scene.times(0.24, &mut rng) {
            let mut late = 0.0;
            for _ in 0..4 + rng.below(9) {
                if let Some(s) = rng.pick(&syllables) {
                    add(&mut out, at + samples(late) as i64, s, place.map(|g| g * near * 0.3));
                }
                late += rng.range(0.13, 0.26);
            }
        }
    }
    let mut soften = [OnePole::new(3200.0), OnePole::new(3200.0)];
    crate::dsp::circular::run(&mut out, 4000, |_, x| [soften[0].low(x[0]), soften[1].low(x[1])]);
    out
}

/// Alien life: glides and trills by frequency modulation, in calls and answers.
pub(super) fn alien(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("alien");
    for _ in 0..6 {
        let base = rng.range(350.0, 2600.0);
        let ratio = rng.range(0.1, 2.7);
        let depth = rng.range(0.1, 0.7);
        let bend = rng.range(-0.6, 0.9);
        let secs = rng.range(0.08, 0.7);
        let side = rng.signed() * 0.95;
        let near = rng.range(0.15, 0.8);
        let call = chirp(
            secs,
            |t| {
                let modulator = (std::f32::consts::TAU * base * ratio * 0.08 * t * secs).sin();
                base * (1.0 + bend * t * t) * (1.0 + depth * 0.5 * modulator)
            },
            |t| hump(t).powf(0.6) * 0.4,
        );
        let call = stereo(&call);
        for at in scene.times(rng.range(0.1, 0.3), &mut rng) {
            let repeats = 1 + rng.below(4);
            for k in 0..repeats {
                let late = k as f32 * secs * 1.25;
                add(
                    &mut out,
                    at + samples(late) as i64,
                    &call,
                    pan(side + 0.12 * k as f32).map(|g| g * near / (1.0 + 0.4 * k as f32)),
                );
            }
        }
    }
    out
}
