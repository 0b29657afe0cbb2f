//! Wind, thunder, snow, dust and fire.

use gesamt_world::{EventKind, Rng, Seed};

use super::{Scene, lamps, samples};
use crate::dsp::circular::{add, bed, white};
use crate::dsp::filter::{OnePole, Svf, soft};
use crate::dsp::noise::{Noise, Pink, Wander};
use crate::dsp::{SR, Stereo, pan};

/// How hard it blows, 0–1 (1 is a gale).
fn strength(scene: &Scene) -> f32 {
    (scene.world.weather.wind_mps / 18.0).clamp(0.05, 1.0).sqrt()
}

/// Wind: noise whose pitch and level follow gusts.
pub(super) fn wind(scene: &Scene) -> Stereo {
    let s = strength(scene);
    let gust = Wander::new(scene.seed.child("wind/gust"), 0.06 + 0.1 * s, scene.secs());
    let flutter = Wander::new(scene.seed.child("wind/flutter"), 0.55, scene.secs());
    let side = Wander::new(scene.seed.child("wind/side"), 0.04, scene.secs());
    let seeds = [scene.noise("wind/l"), scene.noise("wind/r")];
    let mut pink = [Pink::new(), Pink::new()];
    let mut bands = [Svf::new(400.0, 0.8), Svf::new(400.0, 0.8)];
    let mut rumble = [OnePole::new(160.0), OnePole::new(160.0)];
    let mut gains = [1.0f32; 2];
    bed(scene.n, 24_000, |i| {
        if i % 64 == 0 {
            let g = (0.5 + 0.5 * gust.at(i) + 0.12 * flutter.at(i)).clamp(0.02, 1.2);
            for (c, band) in bands.iter_mut().enumerate() {
                let tilt = if c == 0 { 1.0 } else { 1.08 };
                band.set((260.0 + 900.0 * s * g) * tilt, 0.75);
            }
            let place = pan(side.at(i) * 0.5);
            gains = place.map(|p| p * (0.25 + 0.75 * g * g));
        }
        std::array::from_fn(|c| {
            let x = pink[c].tick(white(seeds[c], i));
            (bands[c].tick(x).1 * 1.1 + rumble[c].low(x) * 0.5 * s + x * 0.05) * gains[c]
        })
    })
}

/// Wind that sings in gaps: narrow bands that glide.
pub(super) fn howl(scene: &Scene) -> Stereo {
    let s = strength(scene);
    let mut out = wind(scene);
    out.iter_mut().for_each(|x| *x = [x[0] * 0.45, x[1] * 0.45]);
    for voice in 0..3u64 {
        let seed = scene.seed.child("howl").index(voice);
        let glide = Wander::new(seed.index(1), 0.11, scene.secs());
        let level = Wander::new(seed.index(2), 0.16, scene.secs());
        let noise_seed = seed.index(3).0 as u32;
        let base = [310.0, 470.0, 720.0][voice as usize] * (0.8 + 0.5 * s);
        let gain = pan([-0.5, 0.4, 0.1][voice as usize]);
        let mut band = [Svf::new(base, 26.0), Svf::new(base, 26.0)];
        let mut amp = 0.0;
        let sung = bed(scene.n, 24_000, |i| {
            if i % 32 == 0 {
                let hz = base * 2f32.powf(glide.at(i) * 0.6);
                band.iter_mut().for_each(|b| b.set(hz, 22.0));
                amp = level.unit(i).powi(2) * 2.0;
            }
            let (x, _) = (band[0].tick(white(noise_seed, i)).1, ());
            let y = band[1].tick(x).1 * amp;
            [y * gain[0], y * gain[1]]
        });
        add(&mut out, 0, &sung, [1.0, 1.0]);
    }
    out
}

/// A clap and its rumble, from `distance_m` away: far thunder has no crack and rolls longer.
pub(super) fn thunder(distance_m: f32, strength: f32, seed: Seed) -> Stereo {
    let mut rng = seed.rng();
    let near = (1.0 - distance_m / 2200.0).clamp(0.0, 1.0);
    let secs = 4.5 + 4.0 * (1.0 - near);
    let n = samples(secs);
    let mut noise = [Noise::new(seed.index(1)), Noise::new(seed.index(2))];
    let mut low = [OnePole::new(200.0), OnePole::new(200.0)];
    let mut floor = [OnePole::new(28.0), OnePole::new(28.0)];
    let mut body = [Svf::new(90.0, 0.9), Svf::new(84.0, 0.9)];
    // The channel of the lightning is long: its parts arrive one after another.
    let rolls: Vec<(f32, f32, f32)> = (0..9)
        .map(|k| (rng.unit().powi(2) * secs * 0.6, rng.range(0.3, 1.0) / (1.0 + 0.25 * k as f32), rng.range(0.25, 1.1)))
        .collect();
    (0..n)
        .map(|i| {
            let t = i as f32 / SR;
            let rumble: f32 = rolls
                .iter()
                .filter(|(at, ..)| t >= *at)
                .map(|(at, a, fall)| a * ((t - at) * 12.0).min(1.0) * (-(t - at) / fall).exp())
                .sum();
            let crack = near * near * (-t * 9.0).exp() * (0.6 + 0.4 * (t * 170.0).sin().abs());
            let end = (1.0 - t / secs).clamp(0.0, 1.0);
            if i % 64 == 0 {
                let corner = 130.0 + 900.0 * near * (-t * 1.2).exp() + 120.0 * rumble;
                low.iter_mut().for_each(|f| f.set(corner));
            }
            std::array::from_fn(|c| {
                let w = noise[c].next();
                let deep = low[c].low(w) * rumble * 2.2 + body[c].tick(w).1 * rumble * 0.9;
                floor[c].high(soft(deep + w * crack * 0.8)) * end * (0.4 + 0.6 * strength)
            })
        })
        .collect()
}

/// Thunder where the world names the layer but no lightning: one or two far claps a minute.
pub(super) fn distant_thunder(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("thunder");
    // Claps of the shared lightning come with the events; here the storm only mutters far away.
    let has_lightning = scene.world.motion.events.iter().any(|e| e.kind == EventKind::Lightning);
    let rate = if has_lightning { 0.03 } else { 0.06 };
    for at in scene.times(rate, &mut rng) {
        let distance = rng.range(1800.0, 4000.0);
        add(&mut out, at, &thunder(distance, 0.6, Seed(rng.next_u64())), pan(rng.signed() * 0.6));
    }
    let seeds = [scene.noise("thunder/l"), scene.noise("thunder/r")];
    let slow = Wander::new(scene.seed.child("thunder/slow"), 0.08, scene.secs());
    let mut low = [OnePole::new(70.0), OnePole::new(70.0)];
    let mut floor = [OnePole::new(30.0), OnePole::new(30.0)];
    let mutter = bed(scene.n, 48_000, |i| {
        std::array::from_fn(|c| floor[c].high(low[c].low(white(seeds[c], i))) * 0.35 * slow.unit(i / 64 * 64).powi(3))
    });
    add(&mut out, 0, &mutter, [1.0, 1.0]);
    out
}

/// Snowfall: the world muffled, and flakes that tick on cloth and twigs.
pub(super) fn snow(scene: &Scene) -> Stereo {
    let seeds = [scene.noise("snow/l"), scene.noise("snow/r")];
    let breath = Wander::new(scene.seed.child("snow/breath"), 0.07, scene.secs());
    let mut low = [OnePole::new(650.0), OnePole::new(650.0)];
    let mut air = [Svf::new(8000.0, 0.6), Svf::new(8200.0, 0.6)];
    let mut pink = [Pink::new(), Pink::new()];
    let mut out = bed(scene.n, 24_000, |i| {
        let level = 0.6 + 0.4 * breath.at(i / 64 * 64);
        std::array::from_fn(|c| {
            let w = white(seeds[c], i);
            (low[c].low(pink[c].tick(w)) * 0.5 + air[c].tick(w).1 * 0.022) * level
        })
    });
    let mut rng = scene.rng("snow/flakes");
    let flakes: Vec<Vec<f32>> = (0..16)
        .map(|_| {
            let hz = rng.range(5000.0, 11_000.0);
            super::chirp(0.012, move |_| hz, |t| 0.03 * (-6.0 * t).exp() * (t * 12.0).min(1.0) * (1.0 - t))
        })
        .collect();
    scene.scatter(&mut out, &flakes, 6.0 + 30.0 * scene.world.weather.intensity, 1.0, &mut rng);
    out
}

/// Sand on the wind.
pub(super) fn dust(scene: &Scene) -> Stereo {
    let s = strength(scene);
    let gust = Wander::new(scene.seed.child("dust/gust"), 0.12, scene.secs());
    let seeds = [scene.noise("dust/l"), scene.noise("dust/r")];
    let mut band = [Svf::new(4200.0, 0.6), Svf::new(4500.0, 0.6)];
    let mut top = [OnePole::new(2500.0), OnePole::new(2500.0)];
    let mut level = 0.0;
    let mut out = bed(scene.n, 12_000, |i| {
        if i % 64 == 0 {
            let g = gust.unit(i);
            level = 0.03 + 0.22 * g * g * (0.4 + s);
            band.iter_mut().for_each(|b| b.set(2600.0 + 3200.0 * g, 0.6));
        }
        std::array::from_fn(|c| {
            let w = white(seeds[c], i);
            // Grains: sparse peaks of the noise, brighter than the rest.
            let grain = if w > 0.9985 { 2.5 } else { 0.0 };
            top[c].high(band[c].tick(w * 0.6 + grain).1) * level
        })
    });
    add(&mut out, 0, &wind(scene).iter().map(|x| [x[0] * 0.3, x[1] * 0.3]).collect::<Vec<_>>(), [1.0, 1.0]);
    out
}

/// A crackle: a hard click with a short resonance.
fn crackle(rng: &mut Rng) -> Vec<f32> {
    let mut noise = Noise::new(Seed(rng.next_u64()));
    let mut band = Svf::new(rng.range(900.0, 6500.0), rng.range(0.8, 3.0));
    let secs = rng.range(0.004, 0.03);
    let n = samples(secs);
    let level = rng.range(0.1, 1.0).powi(3);
    (0..n)
        .map(|i| band.tick(noise.next() * (-6.0 * i as f32 / n as f32).exp()).1 * level * (1.0 - i as f32 / n as f32))
        .collect()
}

/// Fire: a breathing roar, hiss and crackle.
pub(super) fn fire(scene: &Scene) -> Stereo {
    let seeds = [scene.noise("fire/l"), scene.noise("fire/r")];
    let end = scene.secs() - 0.5;
    let slow = Wander::new(scene.seed.child("fire/slow"), 0.12, scene.secs());
    let mut roar = [OnePole::new(170.0), OnePole::new(170.0)];
    let mut floor = [OnePole::new(45.0), OnePole::new(45.0)];
    let mut hiss = [Svf::new(4200.0, 0.5), Svf::new(4400.0, 0.5)];
    let mut out = bed(scene.n, 24_000, |i| {
        let block = i / 64 * 64;
        // The flames flare as they do in the picture; level before the loop closes.
        let t = block as f32 / SR;
        let flare = (lamps::open_fire(t) - 1.0) * ((end - t) * 4.0).clamp(0.0, 1.0) * (t * 4.0).min(1.0);
        let level = (0.7 + 0.3 * slow.at(block)) * (0.78 + 1.5 * flare).max(0.1);
        std::array::from_fn(|c| {
            let w = white(seeds[c], i);
            (floor[c].high(roar[c].low(w)) * 0.85 + hiss[c].tick(w).1 * 0.018) * level
        })
    });
    let mut rng = scene.rng("fire/crackle");
    let pops: Vec<Vec<f32>> = (0..48).map(|_| crackle(&mut rng)).collect();
    scene.scatter(&mut out, &pops, 26.0, 0.5, &mut rng);
    out
}
