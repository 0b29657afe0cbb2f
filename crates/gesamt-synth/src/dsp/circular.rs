//! Rendering around a loop: everything that leaves the end comes in at the beginning.

use super::Stereo;

/// Adds a sound at a sample, wrapping around the loop.
pub(crate) fn add(into: &mut [[f32; 2]], start: i64, sound: &[[f32; 2]], gain: [f32; 2]) {
    let n = into.len();
    if n == 0 {
        return;
    }
    let mut at = start.rem_euclid(n as i64) as usize;
    let mut rest = sound;
    while !rest.is_empty() {
        let run = rest.len().min(n - at);
        for (o, s) in into[at..at + run].iter_mut().zip(&rest[..run]) {
            o[0] += s[0] * gain[0];
            o[1] += s[1] * gain[1];
        }
        rest = &rest[run..];
        at = 0;
    }
}

/// Runs a stateful process over the loop in place, after warming it up on the last `warm_up` samples, so that its state at
/// the end of the loop is (to the accuracy of its decay) its state at the beginning. The process is given the sample's index.
pub(crate) fn run(buffer: &mut [[f32; 2]], warm_up: usize, mut process: impl FnMut(usize, [f32; 2]) -> [f32; 2]) {
    let n = buffer.len();
    if n == 0 {
        return;
    }
    for k in 0..warm_up {
        let index = (n * (warm_up / n + 1) - warm_up + k) % n;
        process(index, buffer[index]);
    }
    for (index, x) in buffer.iter_mut().enumerate() {
        *x = process(index, *x);
    }
}

/// Makes a bed of sound of `n` samples from a generator that is given the sample's index, warmed up like [`run`].
pub(crate) fn bed(n: usize, warm_up: usize, mut next: impl FnMut(usize) -> [f32; 2]) -> Stereo {
    let mut out = vec![[0.0; 2]; n];
    run(&mut out, warm_up, |index, _| next(index));
    out
}

/// White noise that repeats with the loop: the value belongs to the index.
#[inline]
pub(crate) fn white(seed: u32, index: usize) -> f32 {
    // A 32-bit finaliser (Ellis, "Prospecting for hash functions", 2018).
    let mut x = (index as u32).wrapping_mul(0x9e37_79b9) ^ seed;
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^= x >> 16;
    (x >> 8) as f32 * (2.0 / 16_777_216.0) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::filter::OnePole;

    #[test]
    fn a_filtered_loop_is_the_steady_state_of_the_endless_repetition() {
        let n = 4800;
        let signal: Stereo = (0..n).map(|i| [white(1, i), white(2, i)]).collect();
        let mut looped = signal.clone();
        let (mut l, mut r) = (OnePole::new(200.0), OnePole::new(200.0));
        run(&mut looped, 9600, |_, x| [l.low(x[0]), r.low(x[1])]);
        let mut endless = OnePole::new(200.0);
        let twice: Vec<f32> = (0..4 * n).map(|i| endless.low(signal[i % n][0])).collect();
        for i in 0..n {
            assert!((looped[i][0] - twice[3 * n + i]).abs() < 1e-5);
        }
    }

    #[test]
    fn a_sound_over_the_end_comes_in_at_the_beginning() {
        let mut into = vec![[0.0; 2]; 4];
        add(&mut into, 3, &[[1.0, 1.0], [2.0, 2.0]], [1.0, 0.5]);
        assert_eq!(into, [[2.0, 1.0], [0.0, 0.0], [0.0, 0.0], [1.0, 0.5]]);
    }
}
