//! Laws of aliasing: what every oscillator and every bent curve adds between its partials, on a sweep from 100 Hz to 8 kHz.
//!
//! The frequencies are odd numbers of periods in a power of two of samples. Every true partial then falls on a multiple of
//! that number, and every partial that is folded back falls between: no window, no leakage, no tolerance.

use gesamt_media::plot::fft;

use super::effects::drive;
use super::osc::{Sine, Table, WAVES, Wave};
use super::{SR, Stereo};
use crate::instruments::fm::most_index;

const N: usize = 1 << 15;

/// Periods in `N` samples, from 100 Hz to 8 kHz in 25 steps, odd.
fn sweep() -> impl Iterator<Item = usize> {
    (0..=24).map(|i| {
        let hz = 100.0 * 80f32.powf(i as f32 / 24.0);
        (hz / SR * N as f32) as usize | 1
    })
}

fn hz(periods: usize) -> f32 {
    periods as f32 * SR / N as f32
}

/// The level of all bins outside `partials` against those inside, in dB.
fn between_db(signal: &[f32], partials: impl Fn(usize) -> bool) -> f32 {
    let mut bins: Vec<[f32; 2]> = signal.iter().map(|x| [*x, 0.0]).collect();
    fft(&mut bins);
    let (mut inside, mut outside) = (1e-30f64, 1e-30f64);
    for (k, b) in bins.iter().enumerate().take(N / 2).skip(1) {
        let power = f64::from(b[0]).powi(2) + f64::from(b[1]).powi(2);
        if partials(k) { inside += power } else { outside += power }
    }
    (10.0 * (outside / inside).log10()) as f32
}

fn worst(name: &str, levels: impl Iterator<Item = (usize, f32)>, bar: f32) {
    let (periods, level) = levels.fold((0, f32::MIN), |w, l| if l.1 > w.1 { l } else { w });
    assert!(level < bar, "{name}: {level:.1} dB at {:.0} Hz, expected less than {bar} dB", hz(periods));
}

fn wave(wave: Wave, periods: usize) -> Vec<f32> {
    let table = Table::new(wave, hz(periods));
    let step = ((periods as u64) << 32).div_euclid(N as u64) as u32;
    (0..N).map(|i| table.at(step.wrapping_mul(i as u32))).collect()
}

#[test]
fn every_wave_stays_sixty_decibels_clean_on_the_sweep() {
    for shape in WAVES {
        let levels = sweep().map(|p| (p, between_db(&wave(shape, p), |k| k.is_multiple_of(p))));
        worst(&format!("{shape:?}"), levels, -60.0);
    }
}

#[test]
fn frequency_modulation_stays_sixty_decibels_clean_on_the_sweep() {
    for (ratio, wanted) in [(1.0, 2.5), (3.5, 3.0), (2.49, 2.0), (0.707, 1.0), (14.0, 1.2)] {
        let levels = sweep().filter_map(|carrier| {
            let modulator = (carrier as f32 * ratio) as usize | 1;
            let index = most_index(hz(carrier), hz(modulator)).min(wanted);
            if index <= 0.0 {
                return None;
            }
            let step = |p: usize| ((p as u64) << 32).div_euclid(N as u64) as u32;
            let (mut c, mut m) = (Sine::new(0.0), Sine::new(0.0));
            let signal: Vec<f32> = (0..N)
                .map(|_| c.tick(step(carrier), m.tick(step(modulator), 0.0) * index / std::f32::consts::TAU))
                .collect();
            // Side bands that do not fold: carrier ± n modulators, negative ones reflected at zero.
            let side = |n: i64| (carrier as i64 + n * modulator as i64).unsigned_abs() as usize;
            let mut allowed: Vec<usize> = (-400..=400).map(side).filter(|k| *k < N / 2).collect();
            allowed.sort_unstable();
            Some((carrier, between_db(&signal, |k| allowed.binary_search(&k).is_ok())))
        });
        worst(&format!("modulator at {ratio}"), levels, -60.0);
    }
}

#[test]
fn drive_stays_sixty_decibels_clean_up_to_two_kilohertz() {
    // Drums are driven by 0.7 at most, all else by less; above, the level of what drive adds is low.
    for amount in [0.1, 0.3, 0.45, 0.7] {
        let levels = sweep().filter(|p| hz(*p) < 2000.0).map(|p| {
            let mut sound: Stereo = wave(Wave::Sine, p).iter().map(|x| [x * 0.7, x * 0.7]).collect();
            drive(&mut sound, amount);
            let left: Vec<f32> = sound.iter().map(|x| x[0]).collect();
            (p, between_db(&left, |k| k.is_multiple_of(p)))
        });
        worst(&format!("drive {amount}"), levels, -60.0);
    }
}
