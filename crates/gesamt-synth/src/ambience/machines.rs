//! Cities, ships, engines and electricity.

use gesamt_world::Seed;

use super::{Scene, chirp, hump, lamps, samples};
use crate::dsp::circular::{add, bed, white};
use crate::dsp::filter::{OnePole, Svf, soft};
use crate::dsp::noise::{Noise, Pink, Wander};
use crate::dsp::{SR, Stereo, pan};

/// A steady tone of whole cycles per loop, as its harmonics' levels.
fn hum(scene: &Scene, hz: f32, levels: &[f32], mut shape: impl FnMut(usize) -> f32) -> Stereo {
    let hz = (hz * scene.secs()).round() / scene.secs();
    let mut out = vec![[0.0; 2]; scene.n];
    let mut level = 0.0;
    for (i, o) in out.iter_mut().enumerate() {
        if i % 32 == 0 {
            level = shape(i);
        }
        let turn = (i as f64 / f64::from(SR) * f64::from(hz)).fract() as f32;
        let x: f32 =
            levels.iter().enumerate().map(|(k, a)| a * (std::f32::consts::TAU * turn * (k + 1) as f32).sin()).sum();
        *o = [x * level, x * level];
    }
    out
}

/// A far city: low roar, passing vehicles.
pub(super) fn city(scene: &Scene) -> Stereo {
    let seeds = [scene.noise("city/l"), scene.noise("city/r")];
    let slow = Wander::new(scene.seed.child("city/slow"), 0.06, scene.secs());
    let mut pink = [Pink::new(), Pink::new()];
    let mut low = [Svf::new(310.0, 0.6), Svf::new(330.0, 0.6)];
    let mut floor = [OnePole::new(45.0), OnePole::new(45.0)];
    let mut out = bed(scene.n, 24_000, |i| {
        let level = 1.0 + 0.25 * slow.at(i / 64 * 64);
        std::array::from_fn(|c| {
            let p = pink[c].tick(white(seeds[c], i));
            floor[c].high(low[c].tick(p).0 + 0.06 * p) * level
        })
    });
    let mut rng = scene.rng("city/pass");
    for at in scene.times(0.13, &mut rng) {
        let secs = rng.range(3.5, 6.0);
        let (from, gain) = (if rng.chance(0.5) { -0.9 } else { 0.9 }, rng.range(0.2, 0.7));
        let hz = rng.range(60.0, 110.0);
        let mut noise = Noise::new(Seed(rng.next_u64()));
        let mut band = Svf::new(700.0, 0.6);
        let n = samples(secs);
        let mut turn = 0.0f32;
        let pass: Stereo = (0..n)
            .map(|i| {
                let t = i as f32 / n as f32;
                turn += hz * (1.06 - 0.12 * t) / SR;
                turn -= turn.floor();
                let x = band.tick(noise.next()).1 * 0.35 + (turn - 0.5) * 0.12;
                pan(from * (1.0 - 2.0 * t)).map(|g| g * x * hump(t).powi(3) * gain)
            })
            .collect();
        add(&mut out, at, &pass, [1.0, 1.0]);
    }
    out
}

/// Neon: mains hum with its harmonics, buzz and the odd flicker.
pub(super) fn neon(scene: &Scene) -> Stereo {
    let amount = (scene.world.motion.flicker * 3.0).min(1.0);
    let levels = [0.25, 0.5, 0.14, 0.3, 0.1, 0.22, 0.08, 0.16, 0.06, 0.12, 0.05, 0.1, 0.03, 0.08, 0.02, 0.06];
    let mut out = hum(scene, 60.0, &levels, |i| {
        // The tube that drops out in the picture drops out here; steady again before the loop closes.
        let t = i as f32 / SR;
        let is_near_end = t > scene.secs() - 0.5;
        let light = if is_near_end { 1.0 } else { lamps::faulty_tube(t).min(1.0) };
        0.35 * (1.0 - (1.0 - light) * amount)
    });
    let other = hum(scene, 100.0, &[0.5, 0.28, 0.2, 0.16, 0.12, 0.1, 0.09, 0.07], |_| 0.2);
    let side = pan(0.6);
    out.iter_mut().zip(&other).for_each(|(o, x)| *o = [o[0] * 0.9 + x[0] * side[0], o[1] * 0.6 + x[1] * side[1]]);
    let seeds = [scene.noise("neon/l"), scene.noise("neon/r")];
    let mut band = [Svf::new(5200.0, 1.2), Svf::new(5600.0, 1.2)];
    let hiss = bed(scene.n, 6000, |i| {
        let turn = (i as f64 / f64::from(SR) * ((120.0 * f64::from(scene.secs())).round() / f64::from(scene.secs())))
            .fract() as f32;
        std::array::from_fn(|c| band[c].tick(white(seeds[c], i)).1 * 0.03 * (1.0 - turn).powi(4))
    });
    add(&mut out, 0, &hiss, [1.0, 1.0]);
    out
}

/// Engines in step with the music: a turning drone, pistons, clanks.
pub(super) fn machines(scene: &Scene) -> Stereo {
    let beats = (scene.n as f64 / f64::from(SR) / scene.beat_secs).round().max(1.0);
    let turn_of = move |i: usize, per_beat: f64, n: usize| (i as f64 / n as f64 * beats * per_beat).fract() as f32;
    let seeds = [scene.noise("machines/l"), scene.noise("machines/r")];
    let mut low = [OnePole::new(240.0), OnePole::new(260.0)];
    let mut band = [Svf::new(1500.0, 1.0), Svf::new(1700.0, 1.0)];
    let mut floor = [OnePole::new(35.0), OnePole::new(35.0)];
    let n = scene.n;
    let mut out = bed(n, 24_000, |i| {
        let chug = (1.0 - turn_of(i, 2.0, n)).powi(3);
        let puff = hump(turn_of(i, 1.0, n)).powi(6);
        std::array::from_fn(|c| {
            let w = white(seeds[c], i);
            floor[c].high(low[c].low(w)) * (0.35 + 0.8 * chug) + band[c].tick(w).1 * 0.08 * puff
        })
    });
    let drone = hum(scene, 47.0, &[0.5, 0.4, 0.25, 0.16, 0.12, 0.08], |_| 0.16);
    add(&mut out, 0, &drone, [1.0, 1.0]);
    let mut rng = scene.rng("machines/clank");
    for beat in 0..beats as usize {
        if !rng.chance(0.3) {
            continue;
        }
        let hz = rng.range(280.0, 900.0);
        let clank: Vec<f32> = (0..samples(0.35))
            .map(|i| {
                let t = i as f32 / SR;
                let ring: f32 = [1.0, 1.47, 2.09, 2.56, 3.39]
                    .iter()
                    .map(|r| (std::f32::consts::TAU * hz * r * t).sin() * (-t * 14.0 * r).exp() / r)
                    .sum();
                ring * 0.16 * (t * 2000.0).min(1.0) * (1.0 - t / 0.35)
            })
            .collect();
        let sound: Stereo = clank.iter().map(|x| [*x, *x]).collect();
        let at = (beat as f64 + if rng.chance(0.4) { 0.5 } else { 0.0 }) / beats * n as f64;
        add(&mut out, at as i64, &sound, pan(rng.signed() * 0.8).map(|g| g * rng.range(0.3, 1.0)));
    }
    out
}

/// Steam: a quiet leak and sudden vents.
pub(super) fn steam(scene: &Scene) -> Stereo {
    let seeds = [scene.noise("steam/l"), scene.noise("steam/r")];
    let slow = Wander::new(scene.seed.child("steam/slow"), 0.15, scene.secs());
    let mut band = [Svf::new(5200.0, 0.7), Svf::new(5600.0, 0.7)];
    let mut out = bed(scene.n, 6000, |i| {
        let level = 0.012 + 0.02 * slow.unit(i / 64 * 64);
        std::array::from_fn(|c| band[c].tick(white(seeds[c], i)).1 * level)
    });
    let mut rng = scene.rng("steam/vents");
    for at in scene.times(0.2, &mut rng) {
        let secs = rng.range(0.6, 2.2);
        let n = samples(secs);
        let mut noise = Noise::new(Seed(rng.next_u64()));
        let mut filter = Svf::new(3000.0, 0.6);
        let top = rng.range(3200.0, 6500.0);
        let vent: Stereo = (0..n)
            .map(|i| {
                let t = i as f32 / n as f32;
                if i % 32 == 0 {
                    filter.set(top * (1.0 - 0.5 * t), 0.6);
                }
                let (_, band, high) = filter.tick(noise.next());
                let env = (t * 18.0).min(1.0) * (1.0 - t).powi(2);
                let x = (band + 0.4 * high) * env * 0.3;
                [x, x]
            })
            .collect();
        add(&mut out, at, &vent, pan(rng.signed() * 0.9).map(|g| g * rng.range(0.3, 1.0)));
    }
    out
}

/// A ship's interior: reactor hum and moving air.
pub(super) fn ship(scene: &Scene) -> Stereo {
    let beat = Wander::new(scene.seed.child("ship/beat"), 0.21, scene.secs());
    let mut out = hum(scene, 55.0, &[0.6, 0.34, 0.2, 0.1, 0.08, 0.03, 0.05], |i| 0.3 * (1.0 + 0.18 * beat.at(i)));
    let second = hum(scene, 82.6, &[0.4, 0.2, 0.1, 0.05], |i| 0.18 * (1.0 - 0.2 * beat.at(i)));
    add(&mut out, 0, &second, [0.8, 1.1]);
    let seeds = [scene.noise("ship/l"), scene.noise("ship/r")];
    let slow = Wander::new(scene.seed.child("ship/air"), 0.08, scene.secs());
    let mut band = [Svf::new(800.0, 0.5), Svf::new(860.0, 0.5)];
    let mut whine = [Svf::new(3100.0, 30.0), Svf::new(3108.0, 30.0)];
    let air = bed(scene.n, 12_000, |i| {
        let level = 1.0 + 0.3 * slow.at(i / 64 * 64);
        std::array::from_fn(|c| {
            let w = white(seeds[c], i);
            (band[c].tick(w).1 * 0.09 + whine[c].tick(w).1 * 0.02) * level
        })
    });
    add(&mut out, 0, &air, [1.0, 1.0]);
    out
}

/// Consoles: short figures of beeps, each from its own place.
pub(super) fn beeps(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("beeps");
    for _ in 0..5 {
        let hz = 440.0 * 2f32.powf((24.0 + rng.below(18) as f32) / 12.0 - 1.0);
        let steps: Vec<f32> = (0..2 + rng.below(5)).map(|_| [1.0, 1.0, 1.25, 1.5, 2.0, 0.75][rng.below(6)]).collect();
        let gap = rng.range(0.06, 0.14);
        let place = pan(rng.signed() * 0.9);
        let near = rng.range(0.1, 0.5);
        for at in scene.times(rng.range(0.05, 0.16), &mut rng) {
            for (k, ratio) in steps.iter().enumerate() {
                let f = hz * ratio;
                let beep = chirp(gap * 0.7, |_| f, |t| (t * 30.0).min(1.0) * ((1.0 - t) * 12.0).min(1.0) * 0.3);
                let sound: Stereo = beep.iter().map(|x| [*x, *x]).collect();
                add(&mut out, at + samples(gap * k as f32) as i64, &sound, place.map(|g| g * near));
            }
        }
    }
    out
}

/// A radio between stations: hiss, whistles, crackle and ghosts of speech.
pub(super) fn radio(scene: &Scene) -> Stereo {
    let seed = scene.noise("radio");
    let tune = Wander::new(scene.seed.child("radio/tune"), 0.22, scene.secs());
    let fade = Wander::new(scene.seed.child("radio/fade"), 0.5, scene.secs());
    let mut band = Svf::new(1800.0, 0.9);
    let mut throat = Svf::new(700.0, 5.0);
    let mut turn = 0.0f32;
    let place = pan(0.35);
    let cycles = |hz: f32| (hz * scene.secs()).round() / scene.secs();
    let carrier = cycles(1200.0);
    let mut out = bed(scene.n, 12_000, |i| {
        let block = i / 64 * 64;
        if i % 64 == 0 {
            throat.set(650.0 * 2f32.powf(fade.at(i)), 5.0);
        }
        let w = white(seed, i);
        let hiss = band.tick(w).1 * (0.3 + 0.3 * tune.unit(block));
        turn = (i as f64 / f64::from(SR) * f64::from(carrier)).fract() as f32;
        let whistle = (std::f32::consts::TAU * turn + 9.0 * tune.at(block)).sin() * 0.03 * fade.unit(block).powi(3);
        let speech = throat.tick(w).1 * fade.unit(i / 4800 * 4800).powi(4) * 0.5;
        let x = soft(hiss + whistle + speech) * 0.5;
        [x * place[0], x * place[1]]
    });
    let mut rng = scene.rng("radio/crackle");
    let pops: Vec<Vec<f32>> = (0..12)
        .map(|_| {
            let hz = rng.range(900.0, 4000.0);
            chirp(0.006, move |_| hz, |t| 0.5 * (1.0 - t).powi(3))
        })
        .collect();
    scene.scatter(&mut out, &pops, 7.0, 0.4, &mut rng);
    out
}
