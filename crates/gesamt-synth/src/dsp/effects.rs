//! Chorus, echo, drive and width, all around the loop.

use super::circular::run;
use super::filter::{OnePole, SoftMean};
use super::twice::Twice;
use super::{SR, Stereo};

/// A chorus: two slowly moving delays for each side. `depth` 0–1.
pub(crate) fn chorus(buffer: &mut Stereo, depth: f32) {
    const LINE: usize = 2048;
    let n = buffer.len();
    let secs = n as f64 / f64::from(SR);
    // Whole numbers of cycles per loop, so that the motion closes.
    let rates = [0.31, 0.47].map(|hz| (hz * secs).round().max(1.0) / n as f64);
    let mut line = vec![[0.0f32; 2]; LINE];
    let mut write = 0usize;
    run(buffer, LINE * 2, |index, x| {
        line[write] = x;
        let mut wet = [0.0f32; 2];
        for (c, w) in wet.iter_mut().enumerate() {
            for (k, rate) in rates.iter().enumerate() {
                let turn = (index as f64 * rate + 0.25 * k as f64 + 0.5 * c as f64).fract() as f32;
                let triangle = 1.0 - (turn * 4.0 - 2.0).abs();
                let delay = 480.0 + 260.0 * k as f32 + 150.0 * triangle;
                let whole = delay as usize;
                let part = delay - whole as f32;
                let a = line[(write + LINE - whole) % LINE][c];
                let b = line[(write + LINE - whole - 1) % LINE][c];
                *w += a + (b - a) * part;
            }
        }
        write = (write + 1) % LINE;
        [x[0] + wet[0] * 0.5 * depth, x[1] + wet[1] * 0.5 * depth]
    });
}

/// An echo that jumps from side to side, darker with each repeat.
pub(crate) fn ping_pong(buffer: &mut Stereo, delay_secs: f32, feedback: f32, level: f32) {
    let length = ((delay_secs * SR) as usize).max(64);
    let mut line = vec![[0.0f32; 2]; length];
    let mut at = 0;
    let mut tone = [OnePole::new(3800.0), OnePole::new(3800.0)];
    let mut cut = [OnePole::new(220.0), OnePole::new(220.0)];
    run(buffer, length * 9, |_, x| {
        let out = line[at];
        let mono = (x[0] + x[1]) * 0.5;
        let left = cut[0].high(tone[0].low(mono + out[1] * feedback));
        let right = cut[1].high(tone[1].low(out[0]));
        line[at] = [left, right];
        at = (at + 1) % length;
        [x[0] + out[0] * level, x[1] + out[1] * level]
    });
}

/// Saturation at twice the rate, each sample the mean of the curve on the way from the last one, so that what it adds does not
/// fold back.
pub(crate) fn drive(buffer: &mut Stereo, amount: f32) {
    let gain = 1.0 + amount * 7.0;
    let level = 1.0 / gain.powf(0.72);
    let mut twice = [Twice::new(), Twice::new()];
    let mut curves = [SoftMean::new(), SoftMean::new()];
    run(buffer, 128, |_, x| std::array::from_fn(|c| level * twice[c].tick(x[c] * gain, |x| curves[c].tick(x))));
}

/// Scales the side signal and removes it below 120 Hz, so that the low end is mono; removes everything below 22 Hz.
pub(crate) fn widen(buffer: &mut Stereo, width: f32) {
    let mut side = [super::filter::Biquad::high_pass(120.0), super::filter::Biquad::high_pass(60.0)];
    let mut floor = [super::filter::Biquad::high_pass(22.0), super::filter::Biquad::high_pass(22.0)];
    run(buffer, 16_000, |_, x| {
        let m = (x[0] + x[1]) * 0.5;
        let s = side.iter_mut().fold((x[0] - x[1]) * 0.5, |s, f| f.tick(s)) * width;
        [floor[0].tick(m + s), floor[1].tick(m - s)]
    });
}
