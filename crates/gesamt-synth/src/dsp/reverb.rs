//! The room: a feedback delay network of sixteen lines.

use super::{SR, Stereo};
use crate::dsp::filter::{OnePole, QUIET};

const LINES: usize = 16;

/// What kind of room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Room {
    /// Seconds until the tail has fallen by 60 dB at middle frequencies.
    pub decay_secs: f32,
    /// Scale of the delays: 1 is a hall.
    pub size: f32,
    /// Frequency above which the tail dies faster.
    pub damp_hz: f32,
    /// Seconds before the tail starts.
    pub pre_delay_secs: f32,
}

/// A feedback delay network with Hadamard mixing, damped and slowly modulated lines, and two diffusers before it.
///
/// # Source
/// Jot and Chaigne, "Digital delay networks for designing artificial reverberators", AES 90, 1991; Schroeder's all-pass diffusers.
struct Fdn {
    lines: Vec<[f32; RING]>,
    write: usize,
    length: [usize; LINES],
    gain: [f32; LINES],
    damp: [f32; LINES],
    damp_a: f32,
    pre: Vec<[f32; 2]>,
    pre_at: usize,
    diffusers: Vec<[AllPass; 2]>,
    low_cut: [OnePole; 2],
}

/// Samples processed at a time.
const CHUNK: usize = 64;
/// Samples of a line's ring: a power of two above the longest delay.
const RING: usize = 8192;

struct AllPass {
    line: Vec<f32>,
    at: usize,
}

impl AllPass {
    #[inline]
    fn tick(&mut self, x: f32) -> f32 {
        let delayed = self.line[self.at];
        let v = x + 0.62 * delayed;
        self.line[self.at] = v;
        self.at += 1;
        if self.at == self.line.len() {
            self.at = 0;
        }
        delayed - 0.62 * v
    }
}

/// Delays in milliseconds at size 1; their lengths in samples are made coprime enough by rounding to odd numbers.
const DELAYS_MS: [f32; LINES] =
    [29.7, 33.1, 37.3, 41.1, 43.7, 47.9, 51.7, 55.3, 59.9, 64.3, 68.9, 73.1, 78.7, 83.3, 88.1, 95.3];

impl Fdn {
    fn new(room: &Room) -> Self {
        let odd = |ms: f32| ((ms * 0.001 * SR) as usize).max(3) | 1;
        let lengths = DELAYS_MS.map(|ms| odd(ms * room.size).clamp(CHUNK + 1, RING - 1));
        let gain = lengths.map(|len| 10f32.powf(-3.0 * len as f32 / (SR * room.decay_secs)));
        let pre = ((room.pre_delay_secs * SR) as usize).max(1);
        let diffuser = |ms: [f32; 2]| ms.map(|ms| AllPass { line: vec![0.0; odd(ms)], at: 0 });
        Self {
            lines: vec![[0.0; RING]; LINES],
            write: 0,
            length: lengths,
            gain,
            damp: [0.0; LINES],
            damp_a: 1.0 - (-std::f32::consts::TAU * room.damp_hz / SR).exp(),
            pre: vec![[0.0; 2]; pre],
            pre_at: 0,
            diffusers: [[4.77, 5.13], [3.59, 3.93], [12.73, 11.97], [9.31, 8.71]].map(diffuser).into_iter().collect(),
            low_cut: [OnePole::new(140.0), OnePole::new(140.0)],
        }
    }

    /// Answers a chunk in place. The shortest line is longer than a chunk, so that lines are read and written in runs.
    #[expect(clippy::needless_range_loop, reason = "the index runs through several arrays at once")]
    fn process(&mut self, chunk: &mut [[f32; 2]]) {
        let mut v = [[0.0f32; LINES]; CHUNK];
        for i in 0..LINES {
            let from = self.write + RING - self.length[i];
            for (k, v) in v.iter_mut().enumerate().take(chunk.len()) {
                v[i] = self.lines[i][(from + k) % RING];
            }
        }
        for (x, v) in chunk.iter_mut().zip(&mut v) {
            let input = self.input(*x);
            for i in 0..LINES {
                self.damp[i] += self.damp_a * (v[i] - self.damp[i]);
                // Low-passed above the damping frequency, but not fully, so that some air stays.
                v[i] = (0.88 * self.damp[i] + 0.12 * v[i]) * self.gain[i];
            }
            *x = tap(v);
            hadamard(v);
            for i in 0..LINES {
                v[i] += input[i & 1] * 0.35;
            }
        }
        for i in 0..LINES {
            for (k, v) in v.iter().enumerate().take(chunk.len()) {
                self.lines[i][(self.write + k) % RING] = v[i];
            }
        }
        self.write = (self.write + chunk.len()) % RING;
    }

    /// What enters the lines: late, without lows, diffused.
    fn input(&mut self, x: [f32; 2]) -> [f32; 2] {
        let mut input = std::mem::replace(&mut self.pre[self.pre_at], x);
        self.pre_at += 1;
        if self.pre_at == self.pre.len() {
            self.pre_at = 0;
        }
        for (x, cut) in input.iter_mut().zip(&mut self.low_cut) {
            *x = cut.high(*x) + QUIET;
        }
        for pair in &mut self.diffusers {
            input = [pair[0].tick(input[0]), pair[1].tick(input[1])];
        }
        input
    }
}

/// Even lines to the left, odd ones to the right, with alternating signs.
#[inline]
fn tap(v: &[f32; LINES]) -> [f32; 2] {
    let mut out = [0.0; 2];
    for i in (0..LINES).step_by(4) {
        out[0] += v[i] - v[i + 2];
        out[1] += v[i + 1] - v[i + 3];
    }
    out
}

/// The fast Walsh–Hadamard transform, scaled to keep energy.
#[inline]
fn hadamard(v: &mut [f32; LINES]) {
    let mut half = 1;
    while half < LINES {
        let mut i = 0;
        while i < LINES {
            for j in i..i + half {
                let (a, b) = (v[j], v[j + half]);
                v[j] = a + b;
                v[j + half] = a - b;
            }
            i += half * 2;
        }
        half *= 2;
    }
    for x in v {
        *x *= 0.25;
    }
}

/// Early reflections: a few taps to either side.
const EARLY: [(f32, f32, f32); 8] = [
    (7.1, -0.7, 0.62),
    (11.3, 0.8, 0.55),
    (15.7, -0.3, 0.48),
    (19.9, 0.4, 0.42),
    (26.3, -0.9, 0.36),
    (33.7, 0.9, 0.3),
    (41.1, -0.5, 0.24),
    (52.9, 0.6, 0.2),
];

/// Adds the room's answer to `send` into `dry`, around the loop.
pub(crate) fn add_room(dry: &mut [[f32; 2]], send: &Stereo, room: &Room) {
    let n = send.len();
    if send.iter().flatten().all(|x| x.abs() < 1e-5) {
        return;
    }
    for (ms, side, gain) in EARLY {
        let delay = ((ms * 0.001 * SR * room.size) as usize) % n.max(1);
        let g = super::pan(side).map(|p| p * gain * 0.15);
        let late = send[n - delay..].iter().chain(&send[..n - delay]);
        for (d, s) in dry.iter_mut().zip(late) {
            let mono = s[0] + s[1];
            d[0] += mono * g[0];
            d[1] += mono * g[1];
        }
    }
    let mut fdn = Fdn::new(room);
    let mut wet = send.clone();
    let warm_up = ((room.decay_secs * 1.6 + 0.3) * SR) as usize;
    // Once around the end before the beginning, so that the tail of the loop is there when it starts.
    let mut warm: Stereo = (0..warm_up).map(|k| send[(n * (warm_up / n + 1) - warm_up + k) % n]).collect();
    for chunk in warm.chunks_mut(CHUNK).chain(wet.chunks_mut(CHUNK)) {
        fdn.process(chunk);
    }
    for (d, w) in dry.iter_mut().zip(&wet) {
        d[0] += w[0];
        d[1] += w[1];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_falls_by_sixty_decibels_in_the_decay_time() {
        let room = Room { decay_secs: 1.5, size: 0.8, damp_hz: 20_000.0, pre_delay_secs: 0.01 };
        let mut fdn = Fdn::new(&room);
        let mut out = vec![[0.0f32; 2]; 96_001];
        out[0] = [1.0, 1.0];
        out.chunks_mut(CHUNK).for_each(|chunk| fdn.process(chunk));
        let power = |from: f32| {
            let i = (from * SR) as usize;
            out[i..i + 4800].iter().map(|x| f64::from(x[0] * x[0] + x[1] * x[1])).sum::<f64>()
        };
        let fall = 10.0 * (power(0.3) / power(1.3)).log10();
        assert!((fall - 40.0).abs() < 5.0, "{fall} dB in a second, expected 40");
    }

    #[test]
    fn the_mixing_matrix_keeps_energy() {
        let mut v: [f32; LINES] = std::array::from_fn(|i| (i as f32 * 1.7).sin());
        let before: f32 = v.iter().map(|x| x * x).sum();
        hadamard(&mut v);
        let after: f32 = v.iter().map(|x| x * x).sum();
        assert!((before - after).abs() < 1e-4);
    }
}
