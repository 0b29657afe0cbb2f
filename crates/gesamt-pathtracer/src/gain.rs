//! How lights waver in time. Everything follows from the time alone, so that picture and sound may agree.

use gesamt_mesh::LightGroup;
use gesamt_scene::flash_gain;

use crate::light::{FLASH, N_GROUPS};
use crate::math::smoothstep;
use crate::sampler::{hash, unit};

/// The factor of a light group at a time: about 1 on average, 1 exactly for steady lights.
#[must_use]
pub fn gain(group: LightGroup, time_secs: f32) -> f32 {
    match group {
        LightGroup::Steady => 1.0,
        LightGroup::Flicker => flicker(time_secs),
        LightGroup::Fire => 1.0 + 0.17 * wave(time_secs * 2.6, 11) + 0.09 * wave(time_secs * 7.1, 12),
    }
}

/// A moment of a clip that may loop.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Time {
    pub secs: f32,
    /// Length after which everything repeats.
    pub loop_secs: Option<f32>,
}

/// Part of a loop over which its end becomes what was before its beginning.
const FADE_SECS: f32 = 1.0;

impl Time {
    /// The time of a still.
    pub const STILL: Self = Self { secs: 0.0, loop_secs: None };

    /// Turns of what turns about `hz` times a second (backward when negative): a whole number of them in a loop.
    pub fn turns(self, hz: f32) -> f32 {
        match self.loop_secs {
            Some(length) => self.secs * (hz.abs() * length).round().max(1.0) / length * hz.signum(),
            None => self.secs * hz,
        }
    }

    /// A function of time, made to repeat: toward the end of a loop it fades into itself one loop earlier.
    pub fn repeated(self, f: impl Fn(f32) -> glam::Vec2) -> glam::Vec2 {
        let Some(length) = self.loop_secs else { return f(self.secs) };
        let fade = FADE_SECS.min(0.5 * length);
        let share = smoothstep(length - fade, length, self.secs);
        if share <= 0.0 { f(self.secs) } else { f(self.secs).lerp(f(self.secs - length), share) }
    }
}

/// Gains of all groups.
pub(crate) fn gains(flashes: &[(f32, f32)], time: Time) -> [f32; N_GROUPS] {
    let lamps = time.repeated(|t| glam::Vec2::new(gain(LightGroup::Flicker, t), gain(LightGroup::Fire, t)));
    let mut all = [1.0, lamps.x, lamps.y, 0.0];
    // Lightning of the end of a loop fades at its beginning.
    let echo = time.loop_secs.map_or(0.0, |length| flash_gain(flashes, time.secs + length));
    all[FLASH] = flash_gain(flashes, time.secs) + echo;
    all
}

/// A faulty tube: steady for a while, then a burst of dropouts.
fn flicker(t: f32) -> f32 {
    let window = (t / 0.9).floor();
    let is_restless = unit(hash(window as i32 as u32 ^ 0x51ed)) < 0.4;
    let hum = 1.0 + 0.03 * wave(t * 9.0, 5);
    if !is_restless {
        return hum;
    }
    let slot = (t / 0.055).floor();
    let level = |s: f32| if unit(hash(s as i32 as u32 ^ 0x0f1c)) < 0.45 { 0.18 } else { 1.0 };
    let blend = smoothstep(0.0, 0.5, t / 0.055 - slot);
    hum * (level(slot - 1.0) * (1.0 - blend) + level(slot) * blend)
}

/// Smooth noise, −1…1.
fn wave(t: f32, seed: u32) -> f32 {
    let i = t.floor();
    let value = |k: f32| unit(hash(k as i32 as u32 ^ hash(seed))) * 2.0 - 1.0;
    let f = smoothstep(0.0, 1.0, t - i);
    value(i) * (1.0 - f) + value(i + 1.0) * f
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gains_stay_positive_and_near_one_on_average() {
        for group in [LightGroup::Steady, LightGroup::Flicker, LightGroup::Fire] {
            let all: Vec<f32> = (0..6000).map(|i| gain(group, i as f32 / 100.0)).collect();
            let mean = all.iter().sum::<f32>() / all.len() as f32;
            assert!(all.iter().all(|g| (0.05..1.5).contains(g)) && (0.75..1.1).contains(&mean), "{group:?} {mean}");
        }
    }

    #[test]
    fn gains_of_a_loop_go_on_from_its_end_to_its_beginning() {
        let flashes = [(3.9, 0.7)];
        let at = |secs: f32| gains(&flashes, Time { secs, loop_secs: Some(4.0) });
        let (end, start) = (at(4.0), at(0.0));
        (0..N_GROUPS).for_each(|g| assert!((end[g] - start[g]).abs() < 1e-4, "{g}: {end:?} {start:?}"));
        assert_eq!(at(1.0)[1], gain(LightGroup::Flicker, 1.0));
        assert!(at(0.05)[FLASH] > 0.1, "the stroke at the end is still seen");
    }
}
