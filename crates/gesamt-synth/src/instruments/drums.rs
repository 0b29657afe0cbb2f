//! Drum kits: membranes, plates, noise and metal.

use gesamt_world::Seed;

use crate::dsp::filter::{Svf, soft};
use crate::dsp::noise::Noise;
use crate::dsp::osc::{Sine, step};
use crate::dsp::{SR, Stereo, pan};

use super::partials::fade;
use super::{NoteIn, Tone};

/// The kits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kit {
    Synth,
    Acoustic,
    Frame,
    Taiko,
    Industrial,
    Brush,
    Shakers,
}

/// The strokes that keys stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stroke {
    Kick,
    Rim,
    Snare,
    Clap,
    Hat,
    OpenHat,
    Tom(u8),
    Crash,
    Ride,
    Tambourine,
    Shaker,
}

fn stroke(key: u8) -> Stroke {
    match key {
        0..=36 => Stroke::Kick,
        37 => Stroke::Rim,
        38 | 40 => Stroke::Snare,
        39 => Stroke::Clap,
        42 | 44 => Stroke::Hat,
        46 => Stroke::OpenHat,
        41 | 43 | 45 => Stroke::Tom(0),
        47 | 48 => Stroke::Tom(1),
        50 => Stroke::Tom(2),
        49 | 52 | 55 | 57 => Stroke::Crash,
        51 | 53 | 59 => Stroke::Ride,
        54 => Stroke::Tambourine,
        _ => Stroke::Shaker,
    }
}

/// A membrane: a sine that falls in pitch, with overtones of a drum head.
struct Membrane {
    hz: f32,
    /// How far above it starts, as a ratio, and how fast it falls, per second.
    drop: (f32, f32),
    /// Seconds to fall by 60 dB.
    time: f32,
    /// Level of the overtones.
    overtones: f32,
    level: f32,
}

/// A burst of filtered noise.
struct Burst {
    hz: f32,
    q: f32,
    /// 0 low-pass, 1 band-pass, 2 high-pass.
    kind: u8,
    time: f32,
    level: f32,
    /// Seconds to rise.
    rise: f32,
}

/// Metal: inharmonic squares through a high-pass.
struct Metal {
    hz: f32,
    ratios: &'static [f32],
    time: f32,
    level: f32,
    low_cut: f32,
}

/// The ratios of the circular membrane's first modes.
const HEAD: [f32; 5] = [1.0, 1.594, 2.136, 2.296, 2.653];
const CYMBAL: &[f32] = &[1.0, 1.342, 1.2312, 1.6532, 1.9523, 2.1523, 2.5761, 3.107];
const PLATE: &[f32] = &[1.0, 1.47, 2.09, 2.56, 3.39, 4.08, 5.17, 6.31];

/// Renders one stroke.
pub(crate) fn render(kit: Kit, note: &NoteIn, tone: &Tone) -> Stereo {
    let key = note.midi.round().clamp(0.0, 127.0) as u8;
    let mut hit = Hit::new(note, tone);
    let stroke = stroke(key);
    match kit {
        Kit::Synth => hit.synth(stroke),
        Kit::Acoustic => hit.acoustic(stroke),
        Kit::Frame => hit.frame(stroke),
        Kit::Taiko => hit.taiko(stroke),
        Kit::Industrial => hit.industrial(stroke),
        Kit::Brush => hit.brush(stroke),
        Kit::Shakers => hit.shakers(stroke),
    }
    hit.finish(place(stroke))
}

/// Where a drum stands, as its player hears it.
fn place(stroke: Stroke) -> f32 {
    match stroke {
        Stroke::Kick => 0.0,
        Stroke::Snare | Stroke::Clap => 0.05,
        Stroke::Rim => 0.2,
        Stroke::Hat | Stroke::OpenHat => -0.35,
        Stroke::Tom(i) => [0.4, 0.1, -0.25][usize::from(i)],
        Stroke::Crash => -0.45,
        Stroke::Ride => 0.45,
        Stroke::Tambourine => 0.3,
        Stroke::Shaker => -0.3,
    }
}

struct Hit {
    out: Vec<f32>,
    velocity: f32,
    brightness: f32,
    tune: f32,
    seed: Seed,
    layers: u64,
}

impl Hit {
    fn new(note: &NoteIn, tone: &Tone) -> Self {
        let mut rng = note.seed.rng();
        // No two strokes are the same.
        let tune = 2f32.powf(rng.signed() * 0.018);
        let brightness = 2f32.powf((tone.brightness - 0.5) * 0.8 + (note.velocity - 0.7) * 0.8);
        Self { out: Vec::new(), velocity: note.velocity, brightness, tune, seed: note.seed, layers: 0 }
    }

    fn grow(&mut self, secs: f32) {
        let n = (secs * SR) as usize;
        if self.out.len() < n {
            self.out.resize(n, 0.0);
        }
    }

    fn membrane(&mut self, m: Membrane) {
        self.grow(m.time);
        let mut rng = self.seed.index(self.layers + 40).rng();
        self.layers += 1;
        for (i, ratio) in HEAD.iter().enumerate() {
            let level = if i == 0 { m.level } else { m.level * m.overtones / (i as f32 + 0.4) };
            if level <= 0.001 {
                continue;
            }
            let fall = -6.9 / (m.time * if i == 0 { 1.0 } else { 0.5 / (i as f32).sqrt() });
            let mut turn = if i == 0 { 0.0 } else { rng.unit() };
            for (k, o) in self.out.iter_mut().enumerate() {
                let t = k as f32 / SR;
                let env = (fall * t).exp();
                if env < 1e-4 {
                    break;
                }
                turn += m.hz * self.tune * ratio * (1.0 + (m.drop.0 - 1.0) * (-t * m.drop.1).exp()) / SR;
                turn -= turn.floor();
                *o += level * env * (std::f32::consts::TAU * turn).sin();
            }
        }
    }

    fn burst(&mut self, b: Burst) {
        self.grow(b.time + b.rise);
        let mut noise = Noise::new(self.seed.index(self.layers + 60));
        self.layers += 1;
        let mut filter = Svf::new((b.hz * self.brightness).min(17_000.0), b.q);
        for (k, o) in self.out.iter_mut().enumerate() {
            let t = k as f32 / SR;
            let env = (t / b.rise.max(1e-5)).min(1.0) * (-6.9 * (t - b.rise).max(0.0) / b.time).exp();
            if t > b.rise && env < 1e-4 {
                break;
            }
            let (low, band, high) = filter.tick(noise.next());
            *o += b.level * env * [low, band, high][usize::from(b.kind.min(2))];
        }
    }

    fn metal(&mut self, m: Metal) {
        self.grow(m.time);
        let mut rng = self.seed.index(self.layers + 80).rng();
        self.layers += 1;
        // Tone, step of the phase, and the weight of a third harmonic where it fits below Nyquist.
        let mut modes: Vec<(Sine, u32, f32)> = m
            .ratios
            .iter()
            .map(|ratio| {
                let hz = m.hz * self.tune * ratio;
                (Sine::new(rng.unit()), step(hz), if hz < 7_000.0 { 0.5 } else { 0.0 })
            })
            .collect();
        let mut cut = Svf::new(m.low_cut, 0.8);
        let scale = m.level / (m.ratios.len() as f32).sqrt();
        for (k, o) in self.out.iter_mut().enumerate() {
            let t = k as f32 / SR;
            let env = 0.55 * (-6.9 * t / m.time).exp() + 0.45 * (-20.0 * t / m.time).exp();
            if env < 1e-4 {
                break;
            }
            let mut x = 0.0;
            for (sine, step, third) in &mut modes {
                let s = sine.tick(*step, 0.0);
                x += s + *third * s * s * s;
            }
            *o += cut.tick(x).2 * scale * env;
        }
    }

    fn synth(&mut self, stroke: Stroke) {
        match stroke {
            Stroke::Kick => {
                self.membrane(Membrane { hz: 46.0, drop: (5.2, 42.0), time: 0.42, overtones: 0.0, level: 1.0 });
                self.burst(Burst { hz: 3800.0, q: 0.8, kind: 1, time: 0.012, level: 0.35, rise: 0.0005 });
            }
            Stroke::Snare => {
                self.membrane(Membrane { hz: 185.0, drop: (1.7, 55.0), time: 0.16, overtones: 0.2, level: 0.55 });
                self.burst(Burst { hz: 1800.0, q: 0.6, kind: 2, time: 0.26, level: 0.5, rise: 0.0005 });
            }
            Stroke::Clap => {
                for (late, level) in [(0.0, 0.3), (0.011, 0.3), (0.022, 0.5)] {
                    self.burst(Burst { hz: 1300.0, q: 1.3, kind: 1, time: 0.14, level, rise: late + 0.0006 });
                }
            }
            Stroke::Rim => self.metal(Metal { hz: 900.0, ratios: PLATE, time: 0.05, level: 0.5, low_cut: 500.0 }),
            Stroke::Hat => {
                self.metal(Metal { hz: 3300.0, ratios: CYMBAL, time: 0.055, level: 0.16, low_cut: 7000.0 });
                self.burst(Burst { hz: 8200.0, q: 0.7, kind: 2, time: 0.05, level: 0.22, rise: 0.0004 });
            }
            Stroke::OpenHat | Stroke::Ride => {
                self.metal(Metal { hz: 3300.0, ratios: CYMBAL, time: 0.3, level: 0.16, low_cut: 6500.0 });
                self.burst(Burst { hz: 8000.0, q: 0.7, kind: 2, time: 0.28, level: 0.2, rise: 0.0006 });
            }
            Stroke::Tom(i) => {
                let hz = [92.0, 128.0, 178.0][usize::from(i)];
                self.membrane(Membrane { hz, drop: (1.9, 22.0), time: 0.38, overtones: 0.1, level: 0.8 });
                self.burst(Burst { hz: 2500.0, q: 0.7, kind: 1, time: 0.03, level: 0.2, rise: 0.0005 });
            }
            Stroke::Crash => {
                self.metal(Metal { hz: 2900.0, ratios: CYMBAL, time: 1.7, level: 0.2, low_cut: 3500.0 });
                self.burst(Burst { hz: 5200.0, q: 0.6, kind: 2, time: 1.4, level: 0.24, rise: 0.001 });
            }
            Stroke::Tambourine | Stroke::Shaker => self.shakers(stroke),
        }
    }

    fn acoustic(&mut self, stroke: Stroke) {
        match stroke {
            Stroke::Kick => {
                self.membrane(Membrane { hz: 56.0, drop: (2.4, 34.0), time: 0.32, overtones: 0.16, level: 1.0 });
                self.burst(Burst { hz: 2800.0, q: 1.2, kind: 1, time: 0.016, level: 0.5, rise: 0.0008 });
            }
            Stroke::Snare => {
                self.membrane(Membrane { hz: 192.0, drop: (1.25, 30.0), time: 0.2, overtones: 0.55, level: 0.45 });
                self.burst(Burst { hz: 2600.0, q: 0.5, kind: 1, time: 0.22, level: 0.55, rise: 0.0012 });
                self.burst(Burst { hz: 6200.0, q: 0.6, kind: 2, time: 0.14, level: 0.25, rise: 0.001 });
            }
            Stroke::Rim | Stroke::Clap => {
                self.metal(Metal { hz: 520.0, ratios: PLATE, time: 0.06, level: 0.45, low_cut: 400.0 });
                self.burst(Burst { hz: 2100.0, q: 2.0, kind: 1, time: 0.03, level: 0.5, rise: 0.0004 });
            }
            Stroke::Tom(i) => {
                let hz = [88.0, 118.0, 158.0][usize::from(i)];
                self.membrane(Membrane { hz, drop: (1.35, 18.0), time: 0.5, overtones: 0.4, level: 0.75 });
                self.burst(Burst { hz: 2100.0, q: 0.7, kind: 1, time: 0.03, level: 0.3, rise: 0.0006 });
            }
            Stroke::Hat => {
                self.metal(Metal { hz: 2700.0, ratios: CYMBAL, time: 0.07, level: 0.12, low_cut: 6200.0 });
                self.burst(Burst { hz: 9000.0, q: 0.6, kind: 2, time: 0.06, level: 0.2, rise: 0.0006 });
            }
            Stroke::OpenHat => {
                self.metal(Metal { hz: 2700.0, ratios: CYMBAL, time: 0.45, level: 0.14, low_cut: 5500.0 });
                self.burst(Burst { hz: 8000.0, q: 0.6, kind: 2, time: 0.4, level: 0.18, rise: 0.001 });
            }
            Stroke::Crash => {
                self.metal(Metal { hz: 2300.0, ratios: CYMBAL, time: 2.2, level: 0.2, low_cut: 2800.0 });
                self.burst(Burst { hz: 5600.0, q: 0.5, kind: 2, time: 1.7, level: 0.2, rise: 0.002 });
            }
            Stroke::Ride => {
                self.metal(Metal { hz: 2500.0, ratios: CYMBAL, time: 0.9, level: 0.1, low_cut: 4200.0 });
                self.metal(Metal { hz: 1150.0, ratios: &[1.0, 2.71, 4.13], time: 0.35, level: 0.1, low_cut: 900.0 });
                self.burst(Burst { hz: 9000.0, q: 0.7, kind: 2, time: 0.12, level: 0.1, rise: 0.0006 });
            }
            Stroke::Tambourine | Stroke::Shaker => self.shakers(stroke),
        }
    }

    fn frame(&mut self, stroke: Stroke) {
        match stroke {
            Stroke::Kick | Stroke::Tom(0) => {
                self.membrane(Membrane { hz: 74.0, drop: (1.5, 20.0), time: 0.62, overtones: 0.34, level: 1.0 });
                self.burst(Burst { hz: 420.0, q: 0.8, kind: 1, time: 0.06, level: 0.5, rise: 0.001 });
            }
            Stroke::Tom(_) => {
                self.membrane(Membrane { hz: 128.0, drop: (1.3, 22.0), time: 0.4, overtones: 0.4, level: 0.8 });
                self.burst(Burst { hz: 1300.0, q: 0.8, kind: 1, time: 0.03, level: 0.3, rise: 0.0008 });
            }
            Stroke::Snare | Stroke::Clap => {
                self.membrane(Membrane { hz: 340.0, drop: (1.1, 30.0), time: 0.13, overtones: 0.9, level: 0.4 });
                self.burst(Burst { hz: 2700.0, q: 1.0, kind: 1, time: 0.06, level: 0.6, rise: 0.0006 });
            }
            Stroke::Rim | Stroke::Hat => {
                self.membrane(Membrane { hz: 620.0, drop: (1.0, 1.0), time: 0.05, overtones: 0.9, level: 0.25 });
                self.burst(Burst { hz: 4600.0, q: 1.2, kind: 1, time: 0.03, level: 0.45, rise: 0.0004 });
            }
            Stroke::OpenHat | Stroke::Ride | Stroke::Tambourine | Stroke::Shaker => self.shakers(Stroke::Tambourine),
            Stroke::Crash => {
                self.membrane(Membrane { hz: 62.0, drop: (1.4, 15.0), time: 0.9, overtones: 0.4, level: 1.0 });
                self.shakers(Stroke::Tambourine);
            }
        }
    }

    fn taiko(&mut self, stroke: Stroke) {
        match stroke {
            Stroke::Kick | Stroke::Tom(0) | Stroke::Crash => {
                self.membrane(Membrane { hz: 58.0, drop: (1.7, 16.0), time: 1.15, overtones: 0.45, level: 1.0 });
                self.burst(Burst { hz: 320.0, q: 0.7, kind: 1, time: 0.12, level: 0.8, rise: 0.001 });
                self.burst(Burst { hz: 2400.0, q: 0.7, kind: 1, time: 0.03, level: 0.4, rise: 0.0006 });
            }
            Stroke::Tom(_) => {
                self.membrane(Membrane { hz: 92.0, drop: (1.5, 18.0), time: 0.7, overtones: 0.5, level: 0.9 });
                self.burst(Burst { hz: 900.0, q: 0.7, kind: 1, time: 0.06, level: 0.5, rise: 0.0008 });
            }
            Stroke::Snare | Stroke::Clap | Stroke::Tambourine => {
                self.membrane(Membrane { hz: 225.0, drop: (1.2, 30.0), time: 0.24, overtones: 0.8, level: 0.5 });
                self.burst(Burst { hz: 2900.0, q: 0.8, kind: 1, time: 0.07, level: 0.5, rise: 0.0006 });
            }
            Stroke::Rim | Stroke::Hat | Stroke::OpenHat | Stroke::Ride | Stroke::Shaker => {
                self.metal(Metal { hz: 780.0, ratios: &[1.0, 1.71, 2.93], time: 0.07, level: 0.4, low_cut: 500.0 });
                self.burst(Burst { hz: 3400.0, q: 1.8, kind: 1, time: 0.025, level: 0.6, rise: 0.0004 });
            }
        }
    }

    fn industrial(&mut self, stroke: Stroke) {
        match stroke {
            Stroke::Kick => {
                self.membrane(Membrane { hz: 44.0, drop: (6.0, 36.0), time: 0.5, overtones: 0.15, level: 1.3 });
                self.burst(Burst { hz: 1400.0, q: 0.7, kind: 1, time: 0.04, level: 0.7, rise: 0.0005 });
                self.out.iter_mut().for_each(|x| *x = soft(*x * 1.8) * 0.8);
            }
            Stroke::Snare | Stroke::Clap => {
                self.metal(Metal { hz: 410.0, ratios: PLATE, time: 0.55, level: 0.6, low_cut: 250.0 });
                self.burst(Burst { hz: 2200.0, q: 0.5, kind: 1, time: 0.3, level: 0.7, rise: 0.0008 });
                self.out.iter_mut().for_each(|x| *x = soft(*x * 1.5));
            }
            Stroke::Rim => {
                self.metal(Metal { hz: 1270.0, ratios: PLATE, time: 0.32, level: 0.5, low_cut: 900.0 });
                self.burst(Burst { hz: 5200.0, q: 0.8, kind: 1, time: 0.02, level: 0.4, rise: 0.0004 });
            }
            Stroke::Hat => {
                self.metal(Metal { hz: 2350.0, ratios: PLATE, time: 0.09, level: 0.24, low_cut: 3000.0 });
                self.burst(Burst { hz: 7000.0, q: 0.7, kind: 2, time: 0.04, level: 0.25, rise: 0.0004 });
            }
            Stroke::OpenHat | Stroke::Shaker => {
                // Steam.
                self.burst(Burst { hz: 4600.0, q: 0.6, kind: 2, time: 0.5, level: 0.35, rise: 0.05 });
            }
            Stroke::Tom(i) => {
                let hz = [118.0, 172.0, 246.0][usize::from(i)];
                self.metal(Metal { hz, ratios: PLATE, time: 0.8, level: 0.6, low_cut: 80.0 });
                self.membrane(Membrane { hz: hz * 0.6, drop: (1.6, 25.0), time: 0.3, overtones: 0.3, level: 0.6 });
            }
            Stroke::Crash => {
                self.metal(Metal { hz: 233.0, ratios: PLATE, time: 2.6, level: 0.6, low_cut: 150.0 });
                self.metal(Metal { hz: 1870.0, ratios: CYMBAL, time: 1.6, level: 0.25, low_cut: 2000.0 });
                self.burst(Burst { hz: 3000.0, q: 0.5, kind: 1, time: 0.6, level: 0.5, rise: 0.001 });
            }
            Stroke::Ride | Stroke::Tambourine => {
                self.metal(Metal { hz: 1630.0, ratios: PLATE, time: 0.5, level: 0.25, low_cut: 1500.0 });
            }
        }
    }

    fn brush(&mut self, stroke: Stroke) {
        match stroke {
            Stroke::Kick => {
                self.membrane(Membrane { hz: 60.0, drop: (1.6, 28.0), time: 0.3, overtones: 0.2, level: 0.9 });
                self.burst(Burst { hz: 900.0, q: 0.8, kind: 1, time: 0.02, level: 0.25, rise: 0.001 });
            }
            Stroke::Snare if self.velocity < 0.3 => {
                self.burst(Burst { hz: 4000.0, q: 0.5, kind: 1, time: 0.06, level: 0.6, rise: 0.004 });
            }
            Stroke::Snare => {
                // A sweep across the head, ending in a tap.
                self.burst(Burst { hz: 3400.0, q: 0.45, kind: 1, time: 0.26, level: 0.5, rise: 0.07 });
                self.burst(Burst { hz: 7200.0, q: 0.6, kind: 2, time: 0.2, level: 0.16, rise: 0.06 });
                self.membrane(Membrane { hz: 200.0, drop: (1.1, 30.0), time: 0.1, overtones: 0.5, level: 0.12 });
            }
            Stroke::Rim | Stroke::Clap => self.acoustic(Stroke::Rim),
            Stroke::Hat => {
                self.metal(Metal { hz: 2600.0, ratios: CYMBAL, time: 0.08, level: 0.14, low_cut: 4500.0 });
                self.burst(Burst { hz: 6000.0, q: 0.7, kind: 2, time: 0.05, level: 0.2, rise: 0.002 });
            }
            Stroke::Tom(_) => {
                self.acoustic(stroke);
                self.out.iter_mut().for_each(|x| *x *= 0.7);
            }
            Stroke::Ride | Stroke::OpenHat | Stroke::Crash => {
                self.metal(Metal { hz: 2150.0, ratios: CYMBAL, time: 1.1, level: 0.12, low_cut: 3800.0 });
                self.metal(Metal { hz: 990.0, ratios: &[1.0, 2.63, 4.4], time: 0.5, level: 0.09, low_cut: 700.0 });
                self.burst(Burst { hz: 8200.0, q: 0.7, kind: 2, time: 0.09, level: 0.14, rise: 0.001 });
            }
            Stroke::Tambourine | Stroke::Shaker => self.shakers(stroke),
        }
    }

    fn shakers(&mut self, stroke: Stroke) {
        match stroke {
            Stroke::Tambourine | Stroke::Clap | Stroke::Snare | Stroke::Crash => {
                for (late, level) in [(0.0, 0.2), (0.018, 0.14), (0.041, 0.1)] {
                    self.burst(Burst {
                        hz: 7600.0,
                        q: 1.6,
                        kind: 1,
                        time: 0.16,
                        level: level * 1.6,
                        rise: late + 0.001,
                    });
                }
                self.metal(Metal { hz: 4700.0, ratios: CYMBAL, time: 0.2, level: 0.08, low_cut: 6000.0 });
            }
            Stroke::Kick | Stroke::Tom(_) => {
                // A foot stomp.
                self.membrane(Membrane { hz: 82.0, drop: (1.4, 30.0), time: 0.16, overtones: 0.4, level: 0.7 });
                self.burst(Burst { hz: 500.0, q: 0.7, kind: 1, time: 0.05, level: 0.4, rise: 0.001 });
            }
            Stroke::Rim | Stroke::Hat | Stroke::OpenHat | Stroke::Ride | Stroke::Shaker => {
                self.burst(Burst { hz: 5400.0, q: 0.8, kind: 1, time: 0.07, level: 0.5, rise: 0.022 });
                self.burst(Burst { hz: 9500.0, q: 0.8, kind: 2, time: 0.05, level: 0.2, rise: 0.026 });
            }
        }
    }

    fn finish(mut self, place: f32) -> Stereo {
        let gains = pan(place * 0.8);
        let level = self.velocity.powf(1.4);
        if self.out.is_empty() {
            self.out.push(0.0);
        }
        let mut out: Stereo = self.out.iter().map(|x| [x * gains[0] * level, x * gains[1] * level]).collect();
        let tail = 300.min(out.len());
        fade(&mut out, 4, tail.max(1));
        out
    }
}
