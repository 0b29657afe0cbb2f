//! How lamps waver: the same motion, from the time alone, that the picture gives to its lights.
//!
//! Picture and sound do not know each other; the pipeline, which knows both, tests that they agree.

/// The light of a faulty tube at a time of the clip: about 1, with bursts of dropouts.
#[must_use]
pub fn faulty_tube(time_secs: f32) -> f32 {
    let hum = 1.0 + 0.03 * wave(time_secs * 9.0, 5);
    if !is_restless(time_secs) {
        return hum;
    }
    let slot = (time_secs / SLOT_SECS).floor();
    let level = |s: f32| if unit(hash(s as i32 as u32 ^ 0x0f1c)) < 0.45 { 0.18 } else { 1.0 };
    let blend = smoothstep(0.0, 0.5, time_secs / SLOT_SECS - slot);
    hum * (level(slot - 1.0) * (1.0 - blend) + level(slot) * blend)
}

/// The light of an open fire at a time of the clip.
#[must_use]
pub fn open_fire(time_secs: f32) -> f32 {
    1.0 + 0.17 * wave(time_secs * 2.6, 11) + 0.09 * wave(time_secs * 7.1, 12)
}

/// The restless window of the tube that is nearest to a time: when it begins, and its length, in seconds.
pub(crate) fn burst_near(time_secs: f32) -> (f32, f32) {
    let window = (time_secs / WINDOW_SECS).floor();
    let near = (0..40).flat_map(|d| [d as f32, -(d as f32)]).map(|d| (window + d).max(0.0) * WINDOW_SECS);
    let found = near.into_iter().find(|at| is_restless(at + WINDOW_SECS * 0.5));
    (found.unwrap_or(time_secs), WINDOW_SECS)
}

const WINDOW_SECS: f32 = 0.9;
const SLOT_SECS: f32 = 0.055;

fn is_restless(t: f32) -> bool {
    unit(hash((t / WINDOW_SECS).floor() as i32 as u32 ^ 0x51ed)) < 0.4
}

/// Smooth noise, −1…1.
fn wave(t: f32, seed: u32) -> f32 {
    let i = t.floor();
    let value = |k: f32| unit(hash(k as i32 as u32 ^ hash(seed))) * 2.0 - 1.0;
    let f = smoothstep(0.0, 1.0, t - i);
    value(i) * (1.0 - f) + value(i + 1.0) * f
}

fn unit(bits: u32) -> f32 {
    (bits >> 8) as f32 * (1.0 / 16_777_216.0)
}

/// A 32-bit finaliser (Ellis, "Prospecting for hash functions", 2018).
fn hash(mut x: u32) -> u32 {
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

fn smoothstep(a: f32, b: f32, x: f32) -> f32 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_burst_near_a_time_is_one_in_which_the_light_drops() {
        for second in 0..20 {
            let (at, length) = burst_near(second as f32);
            let dark = (0..60).filter(|i| faulty_tube(at + length * *i as f32 / 60.0) < 0.5).count();
            assert!(dark > 5 && (at - second as f32).abs() < 8.0, "{second} s: burst at {at} s, dark in {dark} of 60");
        }
    }
}
