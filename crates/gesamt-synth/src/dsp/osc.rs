//! Band-limited oscillators: wavetables, one per half octave, holding only the harmonics that fit below 21 kHz.

use std::sync::OnceLock;

use super::SR;

const BITS: u32 = 12;
const SIZE: usize = 1 << BITS;
const LEVELS: usize = 20;
const MOST: f32 = 800.0;
const TOP_HZ: f32 = 21_000.0;

/// The waveforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wave {
    Sine,
    Triangle,
    Saw,
    Square,
    /// A principal pipe: strong octaves and fifths that fall off fast.
    Pipe,
    /// A flute: the fundamental and a few weak harmonics.
    Flute,
    /// A free reed: a narrow pulse.
    Reed,
    /// Odd-rich hollow wave between triangle and square.
    Hollow,
}

/// Every waveform.
pub(crate) const WAVES: [Wave; 8] =
    [Wave::Sine, Wave::Triangle, Wave::Saw, Wave::Square, Wave::Pipe, Wave::Flute, Wave::Reed, Wave::Hollow];

/// The amplitude of harmonic `k` from 1.
fn harmonic(wave: Wave, k: usize) -> f32 {
    let x = k as f32;
    let odd = k % 2 == 1;
    match wave {
        Wave::Sine => f32::from(u8::from(k == 1)),
        Wave::Triangle if odd => (if k % 4 == 1 { 0.81 } else { -0.81 }) / (x * x),
        Wave::Square if odd => 1.27 / x * 0.6,
        Wave::Saw => 0.64 / x,
        Wave::Pipe => [1.0, 0.62, 0.34, 0.3, 0.12, 0.14, 0.06, 0.1].get(k - 1).copied().unwrap_or(0.5 / (x * x)) * 0.5,
        Wave::Flute => [1.0, 0.32, 0.16, 0.06, 0.035, 0.02].get(k - 1).copied().unwrap_or(0.0) * 0.7,
        Wave::Reed => (std::f32::consts::PI * x * 0.18).sin().abs() * 1.4 / x,
        Wave::Hollow if odd => 0.9 / x.powf(1.5),
        Wave::Triangle | Wave::Square | Wave::Hollow => 0.0,
    }
}

struct Bank {
    levels: Vec<Vec<f32>>,
}

fn bank(wave: Wave) -> &'static Bank {
    static BANKS: OnceLock<Vec<Bank>> = OnceLock::new();
    let banks = BANKS.get_or_init(|| WAVES.iter().map(|w| build(*w)).collect());
    &banks[wave as usize]
}

fn harmonics_of(level: usize) -> usize {
    (MOST / 2f32.powf(level as f32 / 2.0)).floor().max(1.0) as usize
}

/// Sums the harmonics by rotating phasors, in double precision; each level adds to the one above it.
fn build(wave: Wave) -> Bank {
    let mut levels = vec![Vec::new(); LEVELS];
    let mut sum = vec![0f64; SIZE];
    let mut done = 0;
    for level in (0..LEVELS).rev() {
        let top = harmonics_of(level);
        for k in done + 1..=top {
            let amp = f64::from(harmonic(wave, k));
            if amp != 0.0 {
                for (i, s) in sum.iter_mut().enumerate() {
                    let turn = (i * k) % SIZE;
                    *s += amp * sine_table()[turn];
                }
            }
        }
        done = done.max(top);
        let mut table: Vec<f32> = sum.iter().map(|s| *s as f32).collect();
        table.push(table[0]);
        levels[level] = table;
    }
    Bank { levels }
}

fn sine_table() -> &'static [f64] {
    static TABLE: OnceLock<Vec<f64>> = OnceLock::new();
    TABLE.get_or_init(|| (0..SIZE).map(|i| (std::f64::consts::TAU * i as f64 / SIZE as f64).sin()).collect())
}

/// One period of a waveform with the harmonics that fit a pitch.
#[derive(Clone, Copy)]
pub(crate) struct Table(&'static [f32]);

impl Table {
    /// The table for a fundamental.
    pub fn new(wave: Wave, hz: f32) -> Self {
        let fit = (TOP_HZ / hz.max(1.0)).max(1.0) as usize;
        let level = (0..LEVELS).find(|l| harmonics_of(*l) <= fit).unwrap_or(LEVELS - 1);
        Self(&bank(wave).levels[level])
    }

    /// The wave at a phase, where 2³² is one period.
    #[inline]
    pub fn at(&self, phase: u32) -> f32 {
        let index = (phase >> (32 - BITS)) as usize;
        let part = (phase << BITS) as f32 * (1.0 / 4_294_967_296.0);
        let (a, b) = (self.0[index], self.0[index + 1]);
        a + (b - a) * part
    }
}

/// The phase step of a frequency.
#[inline]
pub(crate) fn step(hz: f32) -> u32 {
    (f64::from(hz.clamp(0.0, SR * 0.49)) * (4_294_967_296.0 / f64::from(SR))) as u32
}

/// A phase from a number of turns.
pub(crate) fn phase(turns: f32) -> u32 {
    (f64::from(turns.rem_euclid(1.0)) * 4_294_967_296.0) as u64 as u32
}

/// A sine oscillator for single tones.
#[derive(Clone)]
pub(crate) struct Sine {
    table: Table,
    phase: u32,
}

impl Sine {
    pub fn new(turns: f32) -> Self {
        Self { table: Table::new(Wave::Sine, 100.0), phase: phase(turns) }
    }

    /// Steps by a frequency and gives the sine of the phase, offset by `modulation` turns.
    #[inline]
    pub fn tick(&mut self, step: u32, modulation: f32) -> f32 {
        self.phase = self.phase.wrapping_add(step);
        let offset = (modulation * 4_294_967_296.0) as i64 as u32;
        self.table.at(self.phase.wrapping_add(offset))
    }
}
