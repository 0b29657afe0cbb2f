//! The sound of the place: beds and clouds of small events, rendered around the loop.

mod air;
mod creatures;
mod events;
pub(crate) mod lamps;
mod machines;
mod rain;
mod tones;
mod water;

use gesamt_world::{AmbienceLayer, Rng, Seed, World};

use crate::dsp::circular::add;
use crate::dsp::{SR, Stereo, pan};

pub(crate) use events::events;

/// What a layer of the ambience is rendered for.
pub(crate) struct Scene<'a> {
    pub world: &'a World,
    /// Length of the loop in samples.
    pub n: usize,
    /// Seconds per beat.
    pub beat_secs: f64,
    pub seed: Seed,
}

/// A rendered layer, with how much of it goes to the room.
pub(crate) struct Bed {
    pub sound: Stereo,
    pub room: f32,
    /// Loudness against layers of the same weight, in LU: background beds sit lower than calls and bells.
    pub offset_lu: f32,
}

impl Scene<'_> {
    pub fn secs(&self) -> f32 {
        self.n as f32 / SR
    }

    /// A child seed for a part of a layer, as 32 bits for the noise that repeats with the loop.
    pub fn noise(&self, name: &str) -> u32 {
        self.seed.child(name).0 as u32
    }

    pub fn rng(&self, name: &str) -> Rng {
        self.seed.child(name).rng()
    }

    /// Times, in samples, of events that come `rate` times a second on average, at least one.
    pub fn times(&self, rate: f32, rng: &mut Rng) -> Vec<i64> {
        let count = (rate * self.secs()).round().max(1.0) as usize;
        // Stratified: one in each slot of the loop, so that no long hole opens.
        (0..count).map(|i| ((i as f64 + f64::from(rng.unit())) / count as f64 * self.n as f64) as i64).collect()
    }

    /// Scatters sounds around the loop: `rate` a second, picked among variants, at random places and levels.
    pub fn scatter(&self, out: &mut Stereo, variants: &[Vec<f32>], rate: f32, spread: f32, rng: &mut Rng) {
        let stereo: Vec<Stereo> = variants.iter().map(|v| v.iter().map(|x| [*x, *x]).collect()).collect();
        for at in self.times(rate, rng) {
            let Some(sound) = rng.pick(&stereo) else { return };
            let near = rng.unit();
            let gain = pan(rng.signed() * spread).map(|g| g * (0.12 + 0.88 * near * near * near));
            add(out, at, sound, gain);
        }
    }
}

/// Renders a layer.
pub(crate) fn render(layer: AmbienceLayer, scene: &Scene) -> Bed {
    use AmbienceLayer as A;
    let (sound, room, offset_lu) = match layer {
        A::RainOpen => (rain::open(scene), 0.05, 0.0),
        A::RainMetal => (rain::metal(scene), 0.12, 0.0),
        A::RainStone => (rain::stone(scene), 0.12, 0.0),
        A::RainLeaves => (rain::leaves(scene), 0.06, 0.0),
        A::Wind => (air::wind(scene), 0.05, 0.0),
        A::WindHowl => (air::howl(scene), 0.2, -1.0),
        A::Thunder => (air::distant_thunder(scene), 0.35, 1.0),
        A::SnowHush => (air::snow(scene), 0.03, -3.0),
        A::DustHiss => (air::dust(scene), 0.03, -2.0),
        A::Drips => (water::drips(scene), 0.7, -1.0),
        A::Stream => (water::stream(scene), 0.05, 0.0),
        A::Waves => (water::waves(scene), 0.05, 0.0),
        A::HarborWater => (water::harbor(scene), 0.08, 0.0),
        A::Underwater => (water::underwater(scene), 0.3, 0.0),
        A::Bubbles => (water::bubbles(scene), 0.35, -1.0),
        A::Fire => (air::fire(scene), 0.04, 0.0),
        A::InsectsDay => (creatures::insects(scene), 0.05, -3.0),
        A::Crickets => (creatures::crickets(scene), 0.08, -2.0),
        A::Frogs => (creatures::frogs(scene), 0.15, -1.0),
        A::BirdsDawn => (creatures::birds(scene, true), 0.3, 0.0),
        A::BirdsDay => (creatures::birds(scene, false), 0.25, 0.0),
        A::Gulls => (creatures::gulls(scene), 0.4, 0.0),
        A::Owl => (creatures::owl(scene), 0.6, 0.0),
        A::Crows => (creatures::crows(scene), 0.45, 0.0),
        A::CrowdWalla => (creatures::crowd(scene), 0.25, 0.0),
        A::CityHum => (machines::city(scene), 0.1, 0.0),
        A::NeonHum => (machines::neon(scene), 0.05, -2.0),
        A::Machines => (machines::machines(scene), 0.25, 0.0),
        A::SteamVents => (machines::steam(scene), 0.2, 0.0),
        A::ShipHum => (machines::ship(scene), 0.08, 0.0),
        A::ComputerBeeps => (machines::beeps(scene), 0.35, -1.0),
        A::RadioStatic => (machines::radio(scene), 0.1, -1.0),
        A::DistantBells => (tones::bells(scene), 0.9, 0.0),
        A::WindChimes => (tones::chimes(scene), 0.4, -1.0),
        A::CaveTone => (tones::cave(scene), 0.4, 0.0),
        A::AlienChirps => (creatures::alien(scene), 0.5, 0.0),
        A::WoodCreak => (tones::creak(scene), 0.25, 0.0),
        A::Foghorn => (tones::foghorn(scene), 0.7, 1.0),
    };
    Bed { sound, room, offset_lu }
}

/// Seconds to samples.
pub(crate) fn samples(secs: f32) -> usize {
    (secs * SR) as usize
}

/// A short tone whose frequency and level follow functions of its own time from 0 to 1.
pub(crate) fn chirp(secs: f32, hz: impl Fn(f32) -> f32, level: impl Fn(f32) -> f32) -> Vec<f32> {
    let n = samples(secs).max(2);
    let mut turn = 0.0f32;
    (0..n)
        .map(|i| {
            let t = i as f32 / n as f32;
            turn += hz(t) / SR;
            turn -= turn.floor();
            (std::f32::consts::TAU * turn).sin() * level(t)
        })
        .collect()
}

/// A bell-shaped envelope from 0 over 1 back to 0.
pub(crate) fn hump(t: f32) -> f32 {
    (std::f32::consts::PI * t.clamp(0.0, 1.0)).sin()
}
