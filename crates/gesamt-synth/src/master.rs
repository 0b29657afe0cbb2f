//! Loudness, tone and peak of the mix: one tone curve and one gain curve for all stems.

use ebur128::{EbuR128, Mode};

use crate::dsp::circular::run;
use crate::dsp::filter::{Biquad, Svf};
use crate::dsp::{SAMPLE_RATE, SR, Stereo, db};

/// Integrated loudness in LUFS for balancing; −70 for silence.
///
/// # Source
/// ITU-R BS.1770-4: K-weighting and gating, here on blocks of 400 ms that do not overlap.
pub(crate) fn loudness(sound: &[[f32; 2]]) -> f64 {
    let mut state = [[[0.0f64; 2]; 2]; 2];
    let block = SAMPLE_RATE as usize * 2 / 5;
    let mut powers = Vec::with_capacity(sound.len() / block + 1);
    for chunk in sound.chunks(block) {
        let mut power = [0.0f64; 2];
        for x in chunk {
            let mut y = x.map(f64::from);
            for (s, (b, a)) in state.iter_mut().zip(&K_WEIGHTING) {
                // Both channels side by side.
                let out: [f64; 2] = std::array::from_fn(|c| b[0] * y[c] + s[0][c]);
                s[0] = std::array::from_fn(|c| b[1] * y[c] - a[0] * out[c] + s[1][c]);
                s[1] = std::array::from_fn(|c| b[2] * y[c] - a[1] * out[c]);
                y = out;
            }
            power = std::array::from_fn(|c| power[c] + y[c] * y[c]);
        }
        powers.push((power[0] + power[1]) / block as f64);
    }
    let lufs = |power: f64| -0.691 + 10.0 * power.max(1e-12).log10();
    let gated = |gate: f64| {
        let kept: Vec<f64> = powers.iter().copied().filter(|p| lufs(*p) > gate).collect();
        if kept.is_empty() { None } else { Some(lufs(kept.iter().sum::<f64>() / kept.len() as f64)) }
    };
    gated(-70.0).and_then(|first| gated(first - 10.0)).unwrap_or(-70.0)
}

/// The two stages of the K-weighting at 48 kHz: numerators, and denominators without their leading one.
const K_WEIGHTING: [([f64; 3], [f64; 2]); 2] = [
    (
        [1.535_124_859_586_97, -2.691_696_189_406_38, 1.198_392_810_852_85],
        [-1.690_659_293_182_41, 0.732_480_774_215_85],
    ),
    ([1.0, -2.0, 1.0], [-1.990_047_454_833_98, 0.990_072_250_366_21]),
];

/// Integrated loudness in LUFS and true peak in dBTP.
pub(crate) fn loudness_and_peak(sound: &[[f32; 2]]) -> (f64, f64) {
    let Ok(mut meter) = EbuR128::new(2, SAMPLE_RATE, Mode::I | Mode::TRUE_PEAK) else { return (-70.0, -200.0) };
    if meter.add_frames_f32(sound.as_flattened()).is_err() {
        return (-70.0, -200.0);
    }
    let lufs = meter.loudness_global().ok().filter(|l| l.is_finite()).unwrap_or(-70.0);
    let peak = (0..2).filter_map(|c| meter.true_peak(c).ok()).fold(1e-10, f64::max);
    (lufs.max(-70.0), 20.0 * peak.log10())
}

/// The sum of stems.
pub(crate) fn sum(stems: &[Stereo]) -> Stereo {
    let n = stems.first().map_or(0, Vec::len);
    let mut out = vec![[0.0f32; 2]; n];
    for stem in stems {
        for (o, s) in out.iter_mut().zip(stem) {
            o[0] += s[0];
            o[1] += s[1];
        }
    }
    out
}

/// The bands of the balance check: edges in Hz and the level aimed at, in dB against the middle band.
///
/// A density that falls by 4.5 dB per octave, the long-term average of recorded music.
const BANDS: [(f32, f32, f32); 5] =
    [(35.0, 150.0, 5.0), (150.0, 600.0, 3.0), (600.0, 2400.0, 0.0), (2400.0, 8000.0, -4.5), (8000.0, 18_000.0, -11.0)];

/// Levels of the bands in dB against the middle one.
pub(crate) fn balance(mix: &[[f32; 2]]) -> [f32; 5] {
    let mut power = [1e-12f64; 5];
    for (k, (low, high, _)) in BANDS.iter().enumerate() {
        let mut high_pass = [Svf::new(*low, 0.707), Svf::new(*low, 0.707)];
        let mut low_pass = [Svf::new(*high, 0.707), Svf::new(*high, 0.707)];
        for (i, x) in mix.iter().enumerate() {
            // Half of the time is enough for an average.
            if (i / 8192) % 2 == 1 {
                continue;
            }
            let mono = x[0] + x[1];
            let above = high_pass.iter_mut().fold(mono, |x, f| f.tick(x).2);
            let y = low_pass.iter_mut().fold(above, |x, f| f.tick(x).0);
            power[k] += f64::from(y * y);
        }
    }
    let level = power.map(|p| (10.0 * p.log10()) as f32);
    level.map(|l| l - level[2])
}

/// A gentle tone curve that brings the balance toward its target, brighter for brighter worlds.
#[derive(Clone)]
pub(crate) struct ToneCurve {
    bands: [Biquad; 4],
}

impl ToneCurve {
    pub fn new(measured: &[f32; 5], brightness: f32) -> Self {
        let tilt = [0.0, 0.0, 0.0, (brightness - 0.5) * 4.0, (brightness - 0.5) * 7.0];
        let fix = |k: usize, most: f32| ((BANDS[k].2 + tilt[k] - measured[k]) * 0.75).clamp(-most, most);
        Self {
            bands: [
                Biquad::shelf(120.0, fix(0, 6.0), false),
                Biquad::peak(300.0, 0.6, fix(1, 5.0)),
                Biquad::peak(4200.0, 0.6, fix(3, 6.0)),
                Biquad::shelf(8500.0, fix(4, 9.0), true),
            ],
        }
    }

    pub fn apply(&self, sound: &mut Stereo) {
        let (mut left, mut right) = (self.bands.clone(), self.bands.clone());
        run(sound, 12_000, |_, x| {
            [left.iter_mut().fold(x[0], |x, b| b.tick(x)), right.iter_mut().fold(x[1], |x, b| b.tick(x))]
        });
    }
}

/// Taps on either side of the interpolator that looks between samples.
const HALF: usize = 8;

/// Windowed-sinc interpolators at a quarter, a half and three quarters of a sample.
fn interpolators() -> [[f32; 2 * HALF]; 3] {
    std::array::from_fn(|k| {
        let offset = (k as f32 + 1.0) * 0.25;
        std::array::from_fn(|i| {
            let x = i as f32 - (HALF as f32 - 1.0) - offset;
            let sinc = if x.abs() < 1e-6 { 1.0 } else { (std::f32::consts::PI * x).sin() / (std::f32::consts::PI * x) };
            let w = (std::f32::consts::FRAC_PI_2 * x / HALF as f32).cos();
            sinc * w * w
        })
    })
}

/// The greatest magnitude at each sample and up to the next, between samples included, around the loop.
fn peaks(mix: &[[f32; 2]], gain: f32, threshold: f32) -> Vec<f32> {
    let n = mix.len();
    let taps = interpolators();
    let mut out: Vec<f32> = mix.iter().map(|x| x[0].abs().max(x[1].abs()) * gain).collect();
    for i in 0..n {
        // Between samples a peak can only stand out where samples are already high.
        if out[i].max(out[(i + 1) % n]) < threshold * 0.6 {
            continue;
        }
        let mut most = out[i];
        for phase in &taps {
            let mut y = [0.0f32; 2];
            for (k, tap) in phase.iter().enumerate() {
                let x = mix[(i + k + n - (HALF - 1)) % n];
                y[0] += x[0] * tap;
                y[1] += x[1] * tap;
            }
            most = most.max(y[0].abs().max(y[1].abs()) * gain);
        }
        out[i] = most;
    }
    out
}

/// The gain curve of a look-ahead limiter around the loop, for a mix scaled by `gain`.
///
/// The needed gain is held over the window, released slowly, and smoothed by a window of the same length, so that it is never
/// above what a peak needs.
pub(crate) fn limiter(mix: &[[f32; 2]], gain: f32, threshold: f32) -> Vec<f32> {
    let n = mix.len();
    let needed: Vec<f32> = peaks(mix, gain, threshold).iter().map(|p| (threshold / p.max(1e-9)).min(1.0)).collect();
    if needed.iter().all(|g| *g >= 1.0) {
        return vec![1.0; n];
    }
    let window = 192.min(n.max(2) / 2);
    let held = sliding_min(&needed, window);
    // Release: rises by a time constant of 90 ms, twice around so that the start knows the end.
    let rise = 1.0 - (-1.0 / (0.09 * SR)).exp();
    let mut state = 1.0f32;
    let mut released = held;
    for _ in 0..2 {
        for g in &mut released {
            state = g.min(state + rise * (1.0 - state));
            *g = state;
        }
    }
    smooth(&released, window)
}

/// The minimum over the next `window` samples, around the loop.
fn sliding_min(x: &[f32], window: usize) -> Vec<f32> {
    let n = x.len();
    let mut out = vec![1.0; n];
    let mut queue: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
    // From the end backwards, starting once around ahead.
    for i in (0..n + window).rev() {
        let value = x[i % n];
        while queue.back().is_some_and(|j| x[j % n] >= value) {
            queue.pop_back();
        }
        queue.push_back(i);
        while queue.front().is_some_and(|j| *j > i + window) {
            queue.pop_front();
        }
        if let (true, Some(j)) = (i < n, queue.front()) {
            out[i] = x[j % n];
        }
    }
    out
}

/// The mean over the last `window` samples, around the loop.
fn smooth(x: &[f32], window: usize) -> Vec<f32> {
    let n = x.len();
    let mut total: f64 = (0..window).map(|k| f64::from(x[(n - 1 - k % n) % n])).sum();
    (0..n)
        .map(|i| {
            total += f64::from(x[i]) - f64::from(x[(i + n * (window / n + 1) - window) % n]);
            (total / window as f64) as f32
        })
        .collect()
}

/// Full scale of 24 bits.
const FULL: f32 = 8_388_607.0;

/// A stem in integers, under the shared gain and gain curve.
pub(crate) fn quantise(stem: &[[f32; 2]], gain: f32, curve: &[f32]) -> Vec<[i32; 2]> {
    stem.iter().zip(curve).map(|(x, g)| x.map(|x| (x * gain * g * FULL).round() as i32)).collect()
}

/// The exact sum of integer stems.
pub(crate) fn sum_integers<'a>(n: usize, stems: impl Iterator<Item = &'a [[i32; 2]]>) -> Vec<[i32; 2]> {
    let mut out = vec![[0i32; 2]; n];
    for stem in stems {
        for (o, s) in out.iter_mut().zip(stem) {
            o[0] += s[0];
            o[1] += s[1];
        }
    }
    out
}

/// Integers as numbers of full scale 1.
pub(crate) fn to_float(samples: &[[i32; 2]]) -> Stereo {
    samples.iter().map(|x| x.map(|x| x as f32 / (FULL + 1.0))).collect()
}

/// Samples between two points of the compressor's curve.
const STEP: usize = 32;

/// The gain curve of the bus compressor, which glues the stems together: above −20 dBFS (root mean square over some 20 ms)
/// it takes back a half of what is more, 5 dB at most, and lets go within a fifth of a second. Around the loop.
fn glue(mix: &[[f32; 2]], gain: f32) -> Vec<f32> {
    const THRESHOLD_DB: f32 = -20.0;
    const MOST_DB: f32 = 5.0;
    let power: Vec<f32> = mix
        .chunks(STEP)
        .map(|c| c.iter().map(|x| x[0] * x[0] + x[1] * x[1]).sum::<f32>() * gain * gain / (2 * c.len()) as f32)
        .collect();
    let rate = SR / STEP as f32;
    let (rise, fall) = (1.0 - (-1.0 / (0.012 * rate)).exp(), 1.0 - (-1.0 / (0.2 * rate)).exp());
    let (mut mean, mut level) = (0.0f32, 0.0f32);
    let mut points = vec![1.0f32; power.len()];
    // Twice around, so that the beginning knows the end.
    for _ in 0..2 {
        for (p, point) in power.iter().zip(&mut points) {
            mean += (p - mean) * rise;
            level += (mean - level) * if mean > level { rise } else { fall };
            let over = 10.0 * level.max(1e-9).log10() - THRESHOLD_DB;
            *point = db(-(over * 0.5).clamp(0.0, MOST_DB));
        }
    }
    let n = points.len().max(1);
    (0..mix.len())
        .map(|i| {
            let (k, part) = (i / STEP, (i % STEP) as f32 / STEP as f32);
            points[k] + (points[(k + 1) % n] - points[k]) * part
        })
        .collect()
}

/// The shared gain and gain curve that bring a mix to its loudness under its peak: the compressor's curve times the limiter's.
pub(crate) fn level(mix: &[[f32; 2]], target_lufs: f64, peak_dbtp: f64) -> (f32, Vec<f32>) {
    let threshold = db(peak_dbtp as f32 - 0.6);
    let glued_by = glue(mix, db((target_lufs - loudness(mix)) as f32));
    let mix: Stereo = mix.iter().zip(&glued_by).map(|(x, g)| x.map(|x| x * g)).collect();
    let mut gain = db((target_lufs - loudness(&mix)) as f32);
    let mut curve = limiter(&mix, gain, threshold);
    for _ in 0..2 {
        let limited: Stereo = mix.iter().zip(&curve).map(|(x, g)| x.map(|x| x * gain * g)).collect();
        let error = target_lufs - loudness(&limited);
        if error.abs() < 0.08 {
            break;
        }
        gain *= db(error as f32);
        curve = limiter(&mix, gain, threshold);
    }
    curve.iter_mut().zip(&glued_by).for_each(|(c, g)| *c *= g);
    (gain, curve)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_balancing_meter_agrees_with_the_reference_meter() {
        let mut pink = crate::dsp::noise::Pink::new();
        let noise: Stereo = (0..480_000)
            .map(|i| [pink.tick(crate::dsp::circular::white(5, i)) * if i < 240_000 { 0.5 } else { 0.2 }; 2])
            .collect();
        let (reference, _) = loudness_and_peak(&noise);
        assert!((loudness(&noise) - reference).abs() < 0.1, "{} against {reference}", loudness(&noise));
    }

    #[test]
    fn the_limiter_keeps_every_sample_under_its_threshold_around_the_loop() {
        let n = 9600;
        let mix: Stereo = (0..n)
            .map(|i| {
                let spike = if i % 1900 < 3 || i >= n - 2 { 3.0 } else { 0.3 };
                [(i as f32 * 0.3).sin() * spike, (i as f32 * 0.21).cos() * spike]
            })
            .collect();
        let curve = limiter(&mix, 1.0, 0.5);
        for (x, g) in mix.iter().zip(&curve) {
            assert!(x[0].abs() * g <= 0.5 + 1e-4 && x[1].abs() * g <= 0.5 + 1e-4);
        }
        let step = curve.iter().zip(curve.iter().cycle().skip(1)).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(step < 0.02, "the gain must not jump: {step}");
    }

    #[test]
    fn the_compressor_halves_what_is_over_its_threshold_and_closes_its_loop() {
        let n = 96_000;
        let mix: Stereo = (0..n)
            .map(|i| {
                let level = if i < n / 2 { 0.05 } else { 0.4 };
                [(i as f32 * 0.05).sin() * level; 2]
            })
            .collect();
        let curve = glue(&mix, 1.0);
        let db_at = |i: usize| 20.0 * curve[i].log10();
        assert!(db_at(n / 2 - 100).abs() < 0.1, "quiet stays: {} dB", db_at(n / 2 - 100));
        // 0.4 at its peak is −11 dBFS, 9 dB over the threshold.
        assert!((db_at(n - 100) + 4.5).abs() < 0.5, "loud is held: {} dB", db_at(n - 100));
        assert!((curve[0] - curve[n - 1]).abs() < 0.01);
    }

    #[test]
    fn pink_noise_needs_little_correction() {
        let mut pink = crate::dsp::noise::Pink::new();
        let mix: Stereo = (0..96_000).map(|i| [pink.tick(crate::dsp::circular::white(3, i)); 2]).collect();
        let levels = balance(&mix);
        assert!(levels[0].abs() < 3.0 && levels[1].abs() < 1.5 && levels[3].abs() < 1.5, "{levels:?}");
    }
}
