//! The seam of a loop: how much changes where the end meets the beginning, and what is done about it.
//!
//! A piece begins with everybody on the first beat, which is as it should be once. Each time round the same bar line stands between
//! an ending that thins out and that beat, and in a quiet piece it is the one that the ear finds.

use gesamt_media::plot::power_spectrum;

use crate::dsp::{SR, Stereo};

/// Samples on either side of a bar line whose spectra are compared.
const SIDE: usize = 2048;
/// The seam may change this much more than the usual bar line; beyond it the beginning is played softer.
const ALLOWED: f64 = 1.2;
/// The softest that the beginning of a stem is made.
const SOFTEST: f32 = 0.3;
/// How long it takes to be as loud as ever.
const RISE_SECS: f32 = 0.16;
/// How long before the seam the fader is drawn.
const FALL_SECS: f32 = 0.004;
/// How often the stem that changes most is made softer.
const ROUNDS: usize = 16;

/// The sum of the differences of magnitudes before and after a place in a loop.
#[must_use]
pub fn flux(mono: &[f32], at: usize) -> f64 {
    let n = mono.len().max(1);
    let part = |first: usize| -> Vec<f32> { (0..SIDE).map(|k| mono[(first + k) % n]).collect() };
    let before = power_spectrum(&part(at + n - SIDE % n));
    let after = power_spectrum(&part(at));
    before.iter().zip(&after).map(|(a, b)| f64::from((b.sqrt() - a.sqrt()).abs())).sum()
}

/// The flux at the bar line in the middle of all but the first.
fn usual(mono: &[f32], bars: u32) -> f64 {
    let mut inside: Vec<f64> =
        (1..bars).map(|bar| flux(mono, bar as usize * mono.len() / bars.max(1) as usize)).collect();
    inside.sort_by(f64::total_cmp);
    inside.get(inside.len() / 2).copied().unwrap_or(1.0).max(1e-9)
}

/// The flux across the wrap against that of the usual bar line. Bar lines are compared with bar lines: music changes there, and the
/// wrap is one of them.
#[must_use]
pub fn against_usual(mono: &[f32], bars: u32) -> f64 {
    flux(mono, 0) / usual(mono, bars)
}

/// The stems as they are heard together in mono, each sample times a gain.
fn mono(stems: &[Stereo], gains: &[f32]) -> Vec<f32> {
    let at = |i: usize| stems.iter().map(|stem| 0.5 * (stem[i][0] + stem[i][1])).sum::<f32>();
    gains.iter().enumerate().map(|(i, gain)| gain * at(i)).collect()
}

/// Rides the faders at the beginning of the loop, where more changes than is usual at a bar line: those stems begin softer that
/// change most. `gains` are those of the limiter, which softens other bar lines too. Returns whether there was anything to do; the
/// limiter then has less to do there.
pub(crate) fn settle(stems: &mut [Stereo], gains: &[f32], bars: u32) -> bool {
    let whole = mono(stems, gains);
    if whole.len() < 4 * SIDE || bars < 2 {
        return false;
    }
    let most = ALLOWED * usual(&whole, bars);
    let mut change = flux(&whole, 0);
    if change <= most {
        return false;
    }
    for _ in 0..ROUNDS {
        if change <= most {
            break;
        }
        let loudest = stems.iter_mut().max_by(|a, b| {
            let flux = |stem: &Stereo| flux(&mono(std::slice::from_ref(stem), gains), 0);
            flux(a).total_cmp(&flux(b))
        });
        let Some(stem) = loudest else { break };
        soften(stem, ((most / change) as f32).clamp(SOFTEST, 0.95));
        change = flux(&mono(stems, gains), 0);
    }
    true
}

/// Begins a stem with a gain that rises to 1.
fn soften(stem: &mut Stereo, gain: f32) {
    let (rise, fall) = ((RISE_SECS * SR) as usize, (FALL_SECS * SR) as usize);
    let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
    let at = |k: usize, length: usize| gain + (1.0 - gain) * smooth(k as f32 / length as f32);
    for (k, x) in stem.iter_mut().take(rise).enumerate() {
        *x = x.map(|x| x * at(k, rise));
    }
    for (k, x) in stem.iter_mut().rev().take(fall).enumerate() {
        *x = x.map(|x| x * at(k + 1, fall));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static EVEN: [f32; 8 * 24_000] = [1.0; 8 * 24_000];

    /// Eight bars of a quiet tone, with a struck one at the given bars.
    fn stem(strikes: &[(usize, f32)], hz: f32) -> Stereo {
        let (bar, n) = (24_000, 8 * 24_000);
        let mut out: Stereo =
            (0..n).map(|i| [0.02 * (std::f32::consts::TAU * 110.0 * i as f32 / SR).sin(); 2]).collect();
        for (at, level) in strikes {
            for k in 0..12_000 {
                let t = k as f32 / SR;
                let x = level * (-t * 12.0).exp() * (std::f32::consts::TAU * hz * t).sin();
                out[at * bar + k] = out[at * bar + k].map(|o| o + x);
            }
        }
        out
    }

    #[test]
    fn a_beginning_that_stands_out_is_made_as_soft_as_a_usual_bar_line() {
        let mut stems = [
            stem(&[(0, 0.8), (4, 0.3)], 660.0),
            stem(&[(0, 0.1), (1, 0.1), (2, 0.1), (3, 0.1), (5, 0.1), (6, 0.1)], 880.0),
        ];
        let untouched = stems.clone();
        assert!(against_usual(&mono(&stems, &EVEN), 8) > 3.0);
        assert!(settle(&mut stems, &EVEN, 8));
        assert!(against_usual(&mono(&stems, &EVEN), 8) < 1.35, "{}", against_usual(&mono(&stems, &EVEN), 8));
        assert_eq!(stems[0][24_000..4 * 24_000], untouched[0][24_000..4 * 24_000], "the rest is left alone");
        let step = |k: usize| (stems[0][k + 1][0] / untouched[0][k + 1][0] - stems[0][k][0] / untouched[0][k][0]).abs();
        assert!(
            (200..7000)
                .filter(|k| untouched[0][*k][0].abs() > 0.01 && untouched[0][k + 1][0].abs() > 0.01)
                .all(|k| step(k) < 1e-3)
        );
    }

    #[test]
    fn an_ordinary_seam_is_left_as_it_is() {
        let mut stems = [stem(&[(0, 0.3), (1, 0.3), (2, 0.3), (3, 0.3), (4, 0.3), (5, 0.3)], 660.0)];
        let untouched = stems.clone();
        assert!(!settle(&mut stems, &EVEN, 8));
        assert_eq!(stems, untouched);
        assert!(!settle(&mut [], &[], 8));
    }
}
