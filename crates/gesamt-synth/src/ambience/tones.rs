//! Bells, chimes, horns, hollow tones and wood: sounds of the place that have a pitch follow the key.

use gesamt_world::{PitchClass, Rng, Seed};

use super::{Scene, chirp, hump, samples};
use crate::dsp::circular::{add, bed, white};
use crate::dsp::filter::{OnePole, Svf};
use crate::dsp::noise::{Noise, Wander};
use crate::dsp::osc::{Table, Wave, step};
use crate::dsp::{SR, Stereo, hz, pan};

/// The MIDI pitch of the tonic nearest to `about`.
fn tonic(scene: &Scene, about: f32) -> f32 {
    let class = PitchClass::ALL.iter().position(|c| *c == scene.world.harmony.key).unwrap_or(0) as f32;
    class + ((about - class) / 12.0).round() * 12.0
}

/// A church bell: hum, prime, minor third, fifth, nominal and above.
pub(super) fn bell(pitch_hz: f32, secs: f32, seed: Seed) -> Stereo {
    let mut rng = seed.rng();
    let modes = [
        (0.5, 0.5, 1.0),
        (1.0, 0.7, 0.7),
        (1.19, 0.5, 0.55),
        (1.5, 0.3, 0.4),
        (2.0, 0.8, 0.42),
        (2.52, 0.25, 0.3),
        (3.01, 0.2, 0.22),
        (4.1, 0.15, 0.14),
        (5.4, 0.1, 0.09),
    ];
    let mut out = vec![[0.0f32; 2]; samples(secs)];
    for (ratio, level, time) in modes {
        let f = pitch_hz * ratio;
        let beat = rng.range(0.3, 0.9);
        let place = pan(rng.signed() * 0.3);
        let fall = 6.9 / (secs * time);
        for (i, o) in out.iter_mut().enumerate() {
            let t = i as f32 / SR;
            let x = level
                * (-t * fall).exp()
                * (std::f32::consts::TAU * f * t).sin()
                * (0.85 + 0.15 * (std::f32::consts::TAU * beat * t).cos());
            o[0] += x * place[0];
            o[1] += x * place[1];
        }
    }
    let n = out.len();
    for (i, o) in out.iter_mut().enumerate() {
        let g = (i as f32 / 60.0).min(1.0) * (1.0 - i as f32 / n as f32) * 0.3;
        *o = [o[0] * g, o[1] * g];
    }
    out
}

/// Bells from a far tower: slow peals on tonic and fifth.
pub(super) fn bells(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("bells");
    let base = tonic(scene, 62.0);
    let bells: Vec<Stereo> = [0.0, -5.0, 7.0, 4.0 * 0.0 + 12.0]
        .iter()
        .enumerate()
        .map(|(i, d)| bell(hz(base + d), 4.5, scene.seed.child("bell").index(i as u64)))
        .collect();
    for at in scene.times(0.09, &mut rng) {
        let side = rng.signed() * 0.6;
        let strokes = 2 + rng.below(3);
        for k in 0..strokes {
            let which = if k == 0 { 0 } else { rng.below(bells.len()) };
            let late = k as f32 * rng.range(1.1, 1.4);
            add(&mut out, at + samples(late) as i64, &bells[which], pan(side).map(|g| g * rng.range(0.4, 0.8)));
        }
    }
    let mut far = [OnePole::new(2600.0), OnePole::new(2600.0)];
    crate::dsp::circular::run(&mut out, 4000, |_, x| [far[0].low(x[0]), far[1].low(x[1])]);
    out
}

/// Wind chimes: clusters of tubes in the key's pentatonic, more of them in more wind.
pub(super) fn chimes(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("chimes");
    let base = tonic(scene, 84.0);
    let tubes: Vec<Stereo> = [0.0, 2.0, 4.0, 7.0, 9.0, 12.0]
        .iter()
        .map(|d| {
            let d = if scene.world.mood.valence < 0.0 && *d == 4.0 { 3.0 } else { *d };
            let f = hz(base + d);
            let n = samples(2.6);
            (0..n)
                .map(|i| {
                    let t = i as f32 / SR;
                    let x: f32 = [(1.0, 0.5, 2.0), (2.756, 0.3, 4.0), (5.404, 0.15, 9.0)]
                        .iter()
                        .filter(|(r, ..)| f * r < 18_000.0)
                        .map(|(r, a, fall)| a * (-t * fall).exp() * (std::f32::consts::TAU * f * r * t).sin())
                        .sum();
                    let g = (i as f32 / 40.0).min(1.0) * (1.0 - i as f32 / n as f32) * 0.3;
                    [x * g, x * g]
                })
                .collect()
        })
        .collect();
    for at in scene.times(0.08 + scene.world.weather.wind_mps * 0.012, &mut rng) {
        let side = rng.signed() * 0.7;
        let mut late = 0.0;
        for _ in 0..3 + rng.below(6) {
            let tube = rng.below(tubes.len());
            add(
                &mut out,
                at + samples(late) as i64,
                &tubes[tube],
                pan(side + rng.signed() * 0.2).map(|g| g * rng.range(0.15, 0.7)),
            );
            late += rng.range(0.06, 0.4);
        }
    }
    out
}

/// A hollow: noise that rings in the modes of a cave.
pub(super) fn cave(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let base = hz(tonic(scene, 45.0));
    for (k, ratio) in [1.0f32, 1.5, 2.02, 3.01, 4.2].iter().enumerate() {
        let seed = scene.seed.child("cave").index(k as u64);
        let level = Wander::new(seed.index(1), 0.07, scene.secs());
        let seeds = [seed.index(2).0 as u32, seed.index(3).0 as u32];
        let mut bands = [Svf::new(base * ratio, 40.0), Svf::new(base * ratio * 1.003, 40.0)];
        let gain = 0.6 / (1.0 + k as f32 * 0.5);
        let tone = bed(scene.n, 96_000, |i| {
            let l = level.unit(i / 64 * 64);
            std::array::from_fn(|c| bands[c].tick(white(seeds[c], i)).1 * l * l * gain)
        });
        add(&mut out, 0, &tone, [1.0, 1.0]);
    }
    let seeds = [scene.noise("cave/l"), scene.noise("cave/r")];
    let mut low = [Svf::new(400.0, 0.5), Svf::new(420.0, 0.5)];
    let air = bed(scene.n, 12_000, |i| std::array::from_fn(|c| low[c].tick(white(seeds[c], i)).1 * 0.03));
    add(&mut out, 0, &air, [1.0, 1.0]);
    out
}

/// Creaking wood: stick and slip, a pulse train whose rate glides, ringing in the beam.
pub(super) fn creak(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("creak");
    let rate = 0.1 + scene.world.weather.wind_mps.min(15.0) * 0.012;
    for at in scene.times(rate, &mut rng) {
        let sound = one_creak(&mut rng);
        add(&mut out, at, &sound, pan(rng.signed() * 0.8).map(|g| g * rng.range(0.3, 1.0)));
    }
    out
}

fn one_creak(rng: &mut Rng) -> Stereo {
    let secs = rng.range(0.5, 1.6);
    let n = samples(secs);
    let (from, to) = (rng.range(18.0, 60.0), rng.range(30.0, 110.0));
    let mut modes = [
        (Svf::new(rng.range(240.0, 420.0), 14.0), 1.0),
        (Svf::new(rng.range(600.0, 950.0), 18.0), 0.8),
        (Svf::new(rng.range(1400.0, 2300.0), 16.0), 0.5),
    ];
    let mut noise = Noise::new(Seed(rng.next_u64()));
    let mut turn = 0.0f32;
    let mut strength = 1.0;
    (0..n)
        .map(|i| {
            let t = i as f32 / n as f32;
            turn += (from + (to - from) * t) * (1.0 + 0.2 * noise.next()) / SR;
            let slips = turn >= 1.0;
            if slips {
                turn -= 1.0;
                strength = 0.5 + 0.5 * noise.next().abs();
            }
            let source = if slips { strength * 6.0 } else { noise.next() * 0.02 };
            let x: f32 = modes.iter_mut().map(|(f, a)| f.tick(source).1 * *a).sum::<f32>() * hump(t) * 0.8;
            [x, x]
        })
        .collect()
}

/// A foghorn: two long low notes, far over the water.
pub(super) fn foghorn(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("foghorn");
    let base = hz(tonic(scene, 41.0));
    for at in scene.times(1.0 / 22.0, &mut rng) {
        let side = rng.signed() * 0.5;
        for (late, secs, ratio) in [(0.0, 2.6, 1.0), (2.7, 1.5, 0.8409)] {
            let table = Table::new(Wave::Reed, base * ratio);
            let mut low = Svf::new(520.0, 0.8);
            let n = samples(secs);
            let mut phase = 0u32;
            let horn: Stereo = (0..n)
                .map(|i| {
                    let t = i as f32 / n as f32;
                    phase = phase.wrapping_add(step(base * ratio * (1.0 - 0.02 * (1.0 - (t * 8.0).min(1.0)))));
                    let env = (t * 9.0).min(1.0) * ((1.0 - t) * 6.0).min(1.0);
                    let x = low.tick(table.at(phase)).0 * env * 0.5;
                    [x, x]
                })
                .collect();
            add(&mut out, at + samples(late) as i64, &horn, pan(side));
        }
        // The answer of a buoy.
        let ping = chirp(0.8, |_| base * 8.0, |t| (1.0 - t).powi(4) * 0.05 * (t * 60.0).min(1.0));
        let ping: Stereo = ping.iter().map(|x| [*x, *x]).collect();
        add(&mut out, at + samples(8.0) as i64, &ping, pan(-side));
    }
    out
}
