//! Rain on what it falls on.

use gesamt_world::Rng;

use super::{Scene, samples};
use crate::dsp::circular::{bed, white};
use crate::dsp::filter::{OnePole, Svf};
use crate::dsp::noise::{Noise, Pink, Wander};
use crate::dsp::{SR, Stereo};

/// The surface in numbers.
struct Surface {
    /// Corner frequencies of the wash of far drops.
    low_cut: f32,
    high_cut: f32,
    /// Level of the wash.
    wash: f32,
    /// Drops a second in the heaviest rain.
    rate: f32,
    spread: f32,
}

/// The share of the heaviest rain.
fn heaviness(scene: &Scene) -> f32 {
    0.2 + 0.8 * scene.world.weather.intensity.clamp(0.0, 1.0)
}

fn rain(scene: &Scene, name: &str, surface: &Surface, drop: impl Fn(&mut Rng, usize) -> Vec<f32>) -> Stereo {
    let heavy = heaviness(scene);
    let seeds = [scene.noise(&format!("{name}/l")), scene.noise(&format!("{name}/r"))];
    let swell = Wander::new(scene.seed.child(name), 0.09, scene.secs());
    let mut pink = [Pink::new(), Pink::new()];
    let mut low = [OnePole::new(surface.high_cut), OnePole::new(surface.high_cut)];
    let mut high = [OnePole::new(surface.low_cut), OnePole::new(surface.low_cut)];
    let mut level = 1.0;
    let mut out = bed(scene.n, 24_000, |i| {
        if i % 64 == 0 {
            level = surface.wash * (0.4 + 0.6 * heavy) * (1.0 + 0.22 * swell.at(i));
        }
        std::array::from_fn(|c| {
            let w = white(seeds[c], i);
            high[c].high(low[c].low(pink[c].tick(w) + 0.25 * w)) * level
        })
    });
    let mut rng = scene.rng(&format!("{name}/drops"));
    let variants: Vec<Vec<f32>> = (0..40).map(|k| drop(&mut rng, k)).collect();
    scene.scatter(&mut out, &variants, surface.rate * heavy * heavy, surface.spread, &mut rng);
    out
}

/// A tick of noise with a resonance.
fn tick(rng: &mut Rng, hz: f32, q: f32, secs: f32, level: f32) -> Vec<f32> {
    let mut noise = Noise::new(gesamt_world::Seed(rng.next_u64()));
    let mut band = Svf::new(hz, q);
    let n = samples(secs * 3.0);
    (0..n)
        .map(|i| {
            let t = i as f32 / SR;
            let source = noise.next() * (-t * 3.0 / secs).exp();
            band.tick(source).1 * level * (1.0 - i as f32 / n as f32)
        })
        .collect()
}

/// A ringing bubble: a sine whose pitch rises as the cavity closes (Minnaert resonance).
fn bubble(rng: &mut Rng, low: f32, high: f32, secs: f32, level: f32) -> Vec<f32> {
    let hz = low * (high / low).powf(rng.unit());
    let rise = rng.range(1.0, 1.35);
    super::chirp(
        secs,
        |t| hz * (1.0 + (rise - 1.0) * t),
        |t| level * (-5.0 * t).exp() * (t * 20.0).min(1.0) * (1.0 - t),
    )
}

/// Rain on open ground and puddles.
pub(super) fn open(scene: &Scene) -> Stereo {
    let surface = Surface { low_cut: 380.0, high_cut: 9500.0, wash: 0.16, rate: 620.0, spread: 1.0 };
    rain(scene, "rain/open", &surface, |rng, k| {
        if k % 3 == 0 {
            bubble(rng, 1800.0, 7000.0, 0.018, 0.22)
        } else {
            let hz = rng.range(1800.0, 8000.0);
            tick(rng, hz, 0.9, 0.006, 0.5)
        }
    })
}

/// Rain on sheet metal: each drop rings a few modes of the sheet.
pub(super) fn metal(scene: &Scene) -> Stereo {
    let surface = Surface { low_cut: 700.0, high_cut: 7500.0, wash: 0.06, rate: 210.0, spread: 0.85 };
    rain(scene, "rain/metal", &surface, |rng, _| {
        let base = rng.range(620.0, 2300.0);
        let n = samples(0.13);
        let modes: Vec<(f32, f32, f32)> = [1.0, 1.52, 2.31, 3.4]
            .iter()
            .map(|r| (base * r * rng.range(0.96, 1.04), rng.range(30.0, 90.0) * r, rng.range(0.03, 0.16) / r))
            .collect();
        let click = tick(rng, 4200.0, 0.8, 0.003, 0.45);
        (0..n)
            .map(|i| {
                let t = i as f32 / SR;
                let ring: f32 = modes
                    .iter()
                    .map(|(hz, fall, a)| a * (-t * fall).exp() * (std::f32::consts::TAU * hz * t).sin())
                    .sum();
                let fade = 1.0 - i as f32 / n as f32;
                ring * fade * (t * 4000.0).min(1.0) + click.get(i).copied().unwrap_or(0.0)
            })
            .collect()
    })
}

/// Rain on stone: short and hard, with splashes.
pub(super) fn stone(scene: &Scene) -> Stereo {
    let surface = Surface { low_cut: 520.0, high_cut: 8200.0, wash: 0.11, rate: 480.0, spread: 0.95 };
    rain(scene, "rain/stone", &surface, |rng, k| {
        if k % 5 == 0 {
            bubble(rng, 900.0, 3200.0, 0.03, 0.16)
        } else {
            let hz = rng.range(1400.0, 5200.0);
            tick(rng, hz, 1.6, 0.004, 0.7)
        }
    })
}

/// Rain on leaves: soft pats and a rustling wash.
pub(super) fn leaves(scene: &Scene) -> Stereo {
    let surface = Surface { low_cut: 300.0, high_cut: 6000.0, wash: 0.12, rate: 380.0, spread: 1.0 };
    rain(scene, "rain/leaves", &surface, |rng, _| {
        let hz = rng.range(500.0, 2600.0);
        tick(rng, hz, 1.1, 0.009, 0.7)
    })
}
