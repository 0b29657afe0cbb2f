//! Water: drips, streams, waves, harbours and the deep.

use gesamt_world::Rng;

use super::{Scene, chirp, hump, samples};
use crate::dsp::circular::{add, bed, white};
use crate::dsp::filter::{OnePole, Svf};
use crate::dsp::noise::{Pink, Wander};
use crate::dsp::{Stereo, pan};

/// A bubble: a sine that rises as it nears the surface.
fn bubble(rng: &mut Rng, low: f32, high: f32) -> Vec<f32> {
    let hz = low * (high / low).powf(rng.unit());
    let secs = (rng.range(9.0, 26.0) / hz).clamp(0.008, 0.12);
    let rise = rng.range(0.05, 0.6);
    let level = rng.range(0.2, 1.0) * (low / hz).sqrt();
    chirp(secs, move |t| hz * (1.0 + rise * t * t), move |t| level * (t * 12.0).min(1.0) * (-3.5 * t).exp() * (1.0 - t))
}

/// Single drops that fall into puddles, each place at its own slow rate.
pub(super) fn drips(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("drips");
    for _ in 0..6 {
        // Each place drips a whole number of times per loop, a little unevenly.
        let count = (scene.secs() / rng.range(1.4, 4.5)).round().max(2.0);
        let side = rng.signed() * 0.8;
        let hz = rng.range(700.0, 2300.0);
        let level = rng.range(0.25, 1.0);
        let offset = rng.unit();
        for k in 0..count as usize {
            let t = (k as f32 + offset + rng.signed() * 0.06) / count;
            let f = hz * rng.range(0.94, 1.06);
            let plink =
                chirp(0.09, |t| f * (0.85 + 0.5 * t * t), |t| (t * 30.0).min(1.0) * (-5.0 * t).exp() * (1.0 - t));
            let tail = chirp(0.03, |_| f * 2.7, |t| 0.35 * (-7.0 * t).exp() * (t * 10.0).min(1.0) * (1.0 - t));
            let mut sound: Stereo = plink.iter().map(|x| [*x, *x]).collect();
            sound.iter_mut().zip(&tail).for_each(|(s, x)| *s = [s[0] + x, s[1] + x]);
            add(&mut out, (t * scene.n as f32) as i64, &sound, pan(side).map(|g| g * level * 0.5));
        }
    }
    out
}

/// A stream: a cloud of bubbles over a soft wash.
pub(super) fn stream(scene: &Scene) -> Stereo {
    let seeds = [scene.noise("stream/l"), scene.noise("stream/r")];
    let slow = Wander::new(scene.seed.child("stream/slow"), 0.2, scene.secs());
    let mut band = [Svf::new(900.0, 0.6), Svf::new(980.0, 0.6)];
    let mut high = [Svf::new(4200.0, 0.6), Svf::new(4500.0, 0.6)];
    let mut out = bed(scene.n, 12_000, |i| {
        let level = 1.0 + 0.25 * slow.at(i / 64 * 64);
        std::array::from_fn(|c| {
            let w = white(seeds[c], i);
            (band[c].tick(w).1 * 0.05 + high[c].tick(w).1 * 0.022) * level
        })
    });
    let mut rng = scene.rng("stream/bubbles");
    let bubbles: Vec<Vec<f32>> = (0..60).map(|_| bubble(&mut rng, 380.0, 2600.0)).collect();
    scene.scatter(&mut out, &bubbles, 110.0, 0.9, &mut rng);
    out
}

/// Waves on a beach: each one builds, breaks and draws back.
pub(super) fn waves(scene: &Scene) -> Stereo {
    let mut rng = scene.rng("waves");
    let seeds = [scene.noise("waves/l"), scene.noise("waves/r")];
    let mut pink = [Pink::new(), Pink::new()];
    let mut low = [OnePole::new(500.0), OnePole::new(500.0)];
    let mut out =
        bed(scene.n, 24_000, |i| std::array::from_fn(|c| low[c].low(pink[c].tick(white(seeds[c], i))) * 0.12));
    for at in scene.times(1.0 / 7.5, &mut rng) {
        let secs = rng.range(6.0, 9.0);
        let side = rng.signed() * 0.5;
        let big = rng.range(0.5, 1.0);
        let n = samples(secs);
        let offset = rng.below(1 << 20);
        let mut bands = [Svf::new(500.0, 0.6), Svf::new(500.0, 0.6)];
        let mut foam = [OnePole::new(3000.0), OnePole::new(3000.0)];
        let wave: Stereo = (0..n)
            .map(|i| {
                let t = i as f32 / n as f32;
                // Rise to the break at a third, then hiss away.
                let env = if t < 0.34 { (t / 0.34).powi(3) } else { (1.0 - (t - 0.34) / 0.66).powi(2) };
                if i % 64 == 0 {
                    let hz = if t < 0.34 { 250.0 + 1100.0 * (t / 0.34).powi(2) } else { 1350.0 - 600.0 * t };
                    bands.iter_mut().for_each(|b| b.set(hz, 0.6));
                }
                std::array::from_fn(|c| {
                    let w = white(seeds[c] ^ 77, i + offset);
                    let hiss = foam[c].high(w)
                        * 0.12
                        * if t > 0.3 { (1.0 - t) * hump(((t - 0.3) * 1.6).min(1.0)) } else { 0.0 };
                    (bands[c].tick(w).1 * env * 0.8 + hiss) * big
                })
            })
            .collect();
        add(&mut out, at, &wave, pan(side).map(|g| g * 1.2));
    }
    out
}

/// Water in a harbour: lapping at piles and hulls.
pub(super) fn harbor(scene: &Scene) -> Stereo {
    let seeds = [scene.noise("harbor/l"), scene.noise("harbor/r")];
    let swell = Wander::new(scene.seed.child("harbor/swell"), 0.28, scene.secs());
    let mut low = [Svf::new(320.0, 0.6), Svf::new(340.0, 0.6)];
    let mut out = bed(scene.n, 24_000, |i| {
        let level = swell.unit(i / 64 * 64).powi(2);
        std::array::from_fn(|c| low[c].tick(white(seeds[c], i)).1 * 0.1 * (0.3 + level))
    });
    let mut rng = scene.rng("harbor/laps");
    for at in scene.times(0.9, &mut rng) {
        let side = rng.signed() * 0.8;
        let count = 5 + rng.below(9);
        let near = rng.range(0.3, 1.0);
        for _ in 0..count {
            let late = (rng.unit() * rng.unit() * 26_000.0) as i64;
            let sound: Stereo = bubble(&mut rng, 180.0, 1100.0).iter().map(|x| [*x, *x]).collect();
            add(&mut out, at + late, &sound, pan(side + rng.signed() * 0.15).map(|g| g * near * 0.55));
        }
    }
    out
}

/// The deep: pressure, slow currents, far groans.
pub(super) fn underwater(scene: &Scene) -> Stereo {
    let seeds = [scene.noise("deep/l"), scene.noise("deep/r")];
    let current = Wander::new(scene.seed.child("deep/current"), 0.07, scene.secs());
    let drift = Wander::new(scene.seed.child("deep/drift"), 0.045, scene.secs());
    let mut pink = [Pink::new(), Pink::new()];
    let mut low = [Svf::new(240.0, 0.7), Svf::new(250.0, 0.7)];
    let mut tone = [Svf::new(520.0, 5.0), Svf::new(560.0, 5.0)];
    let mut high = [Svf::new(2600.0, 0.7), Svf::new(2900.0, 0.7)];
    let mut out = bed(scene.n, 48_000, |i| {
        if i % 64 == 0 {
            let x = current.at(i);
            low.iter_mut().for_each(|f| f.set(230.0 * 2f32.powf(0.7 * x), 0.7));
            tone[0].set(480.0 * 2f32.powf(0.5 * drift.at(i)), 6.0);
            tone[1].set(520.0 * 2f32.powf(0.5 * drift.at(i)), 6.0);
        }
        std::array::from_fn(|c| {
            let p = pink[c].tick(white(seeds[c], i));
            low[c].tick(p).0 * 0.9 + tone[c].tick(p).1 * 0.2 + high[c].tick(p).1 * 0.05
        })
    });
    let mut rng = scene.rng("deep/calls");
    // Far calls of large animals: slow glides.
    for at in scene.times(0.09, &mut rng) {
        let hz = rng.range(150.0, 420.0);
        let bend = rng.range(-0.4, 0.7);
        let call = chirp(rng.range(1.6, 3.0), |t| hz * (1.0 + bend * hump(t * 0.8)), |t| hump(t).powi(2) * 0.22);
        let stereo: Stereo = call.iter().map(|x| [*x, *x]).collect();
        add(&mut out, at, &stereo, pan(rng.signed() * 0.8));
    }
    out
}

/// Bubbles that rise in strings.
pub(super) fn bubbles(scene: &Scene) -> Stereo {
    let mut out = vec![[0.0; 2]; scene.n];
    let mut rng = scene.rng("bubbles");
    for at in scene.times(0.55, &mut rng) {
        let side = rng.signed() * 0.8;
        let count = 6 + rng.below(16);
        let mut late = 0.0;
        let start = rng.range(220.0, 620.0);
        for k in 0..count {
            late += rng.range(0.02, 0.11);
            let low = start * (1.0 + 0.06 * k as f32);
            let sound: Stereo = bubble(&mut rng, low, low * 2.2).iter().map(|x| [*x, *x]).collect();
            let place = pan(side + 0.25 * (k as f32 * 0.5).sin());
            add(&mut out, at + samples(late) as i64, &sound, place.map(|g| g * 0.5));
        }
    }
    out
}
