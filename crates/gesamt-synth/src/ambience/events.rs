//! Events that the picture shares: thunder after lightning, buzzing lamps, bells and gusts.

use gesamt_composer::{Score, ScoreEvent};
use gesamt_world::{EventKind, Seed};

use super::{Scene, air, hump, lamps, samples, tones};
use crate::dsp::circular::add;
use crate::dsp::filter::Svf;
use crate::dsp::noise::Noise;
use crate::dsp::{SR, Stereo, hz, pan};

/// The speed of sound, in metres per second.
pub(crate) const SPEED_OF_SOUND: f64 = 340.0;

/// All events of the score around the loop, at levels relative to full scale, or `None` where there are none.
pub(crate) fn events(scene: &Scene, score: &Score) -> Option<Stereo> {
    if score.events.is_empty() {
        return None;
    }
    let mut out = vec![[0.0; 2]; scene.n];
    for (index, event) in score.events.iter().enumerate() {
        let seed = scene.seed.child("events").index(index as u64);
        let shown = match event.kind {
            // The arc is heard when the picture's tube is restless.
            EventKind::FlickerBurst => f64::from(lamps::burst_near((event.at_beat * score.beat_secs()) as f32).0),
            _ => event.at_beat * score.beat_secs(),
        };
        let secs = shown + f64::from(event.distance_m) / SPEED_OF_SOUND;
        let sound = sound(event, scene, seed);
        let side = seed.index(3).rng().signed() * 0.5;
        add(&mut out, (secs * f64::from(SR)) as i64, &sound, pan(side).map(|g| g * 1.4));
    }
    Some(out)
}

fn sound(event: &ScoreEvent, scene: &Scene, seed: Seed) -> Stereo {
    let mut out = match event.kind {
        EventKind::Lightning => air::thunder(event.distance_m, event.strength, seed),
        EventKind::FlickerBurst => buzz(lamps::burst_near((event.at_beat * scene.beat_secs) as f32), seed),
        EventKind::BellToll => {
            let class = gesamt_world::PitchClass::ALL.iter().position(|c| *c == scene.world.harmony.key).unwrap_or(0);
            tones::bell(hz(48.0 + class as f32), 5.5, seed)
        }
        EventKind::Gust => gust(seed),
    };
    let level = match event.kind {
        EventKind::Lightning => 1.0,
        EventKind::FlickerBurst => 0.25,
        EventKind::BellToll => 0.8,
        EventKind::Gust => 0.5,
    } * (0.3 + 0.7 * event.strength);
    let peak = out.iter().flatten().fold(1e-6f32, |m, x| m.max(x.abs()));
    let scale = level * 0.35 / peak;
    out.iter_mut().for_each(|x| *x = [x[0] * scale, x[1] * scale]);
    out
}

/// An arc over a window of the clip: mains buzz that sparks while the picture's tube is dark.
fn buzz((from, length): (f32, f32), seed: Seed) -> Stereo {
    let mut noise = Noise::new(seed.index(1));
    let mut band = Svf::new(3800.0, 0.8);
    let n = samples(length);
    let mut on = 0.0f32;
    (0..n)
        .map(|i| {
            let t = i as f32 / n as f32;
            let turn = (i as f32 / SR * 120.0).fract();
            if i % 32 == 0 {
                on = (1.0 - lamps::faulty_tube(from + i as f32 / SR)).clamp(0.0, 1.0);
            }
            let spark = (1.0 - turn).powi(8);
            let x = ((turn - 0.5) * 0.3 + band.tick(noise.next() * spark).1 * 1.2) * (0.05 + on);
            let env = (t * 60.0).min(1.0) * (1.0 - t).sqrt();
            [x * env, x * env]
        })
        .collect()
}

/// A gust: noise that rises and falls through the field.
fn gust(seed: Seed) -> Stereo {
    let mut rng = seed.rng();
    let mut noise = [Noise::new(seed.index(1)), Noise::new(seed.index(2))];
    let mut bands = [Svf::new(400.0, 0.8), Svf::new(400.0, 0.8)];
    let n = samples(3.6);
    let from = if rng.chance(0.5) { -0.8 } else { 0.8 };
    (0..n)
        .map(|i| {
            let t = i as f32 / n as f32;
            let env = hump(t.powf(0.7)).powi(2);
            if i % 64 == 0 {
                bands.iter_mut().for_each(|b| b.set(280.0 + 1300.0 * env, 0.8));
            }
            let place = pan(from * (1.0 - 2.0 * t));
            std::array::from_fn(|c| bands[c].tick(noise[c].next()).1 * env * place[c])
        })
        .collect()
}
