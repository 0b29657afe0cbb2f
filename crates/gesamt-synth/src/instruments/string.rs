//! Plucked and hammered strings.

use crate::dsp::filter::{OnePole, Svf};
use crate::dsp::noise::Noise;
use crate::dsp::{SR, Stereo, cents, hz, pan};

use gesamt_composer::Articulation;

use super::partials::fade;
use super::{NoteIn, Tone};

/// A string instrument.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StringPatch {
    /// Seconds to fall by 60 dB at middle C.
    pub decay: f32,
    /// Seconds to fall silent once released.
    pub release: f32,
    /// Loss of high partials in the loop, in Hz of its corner at middle C.
    pub tone_hz: f32,
    /// Corner of the pluck's noise in Hz at full velocity.
    pub pluck_hz: f32,
    /// Where along the string it is plucked, 0–0.5.
    pub position: f32,
    /// Strings per course and their detuning in cents.
    pub courses: usize,
    pub detune: f32,
    /// Pitch at the onset in cents above (or below) and how fast it settles, per second.
    pub bend: (f32, f32),
    /// Vibrato in cents that grows with time.
    pub vibrato: f32,
    /// Resonances of the body: Hz, Q, gain.
    pub body: &'static [(f32, f32, f32)],
    pub body_mix: f32,
    /// Knock of finger or hammer.
    pub knock: f32,
}

/// Renders a note by a waveguide with a lossy loop, struck with noise shaped by the place of the pluck.
///
/// # Source
/// Jaffe and Smith, "Extensions of the Karplus–Strong plucked-string algorithm", Computer Music Journal 7(2), 1983.
pub(crate) fn render(patch: &StringPatch, note: &NoteIn, tone: &Tone) -> Stereo {
    let patch = &articulated(patch, note);
    let mut rng = note.seed.rng();
    let octaves = (note.midi - 60.0) / 12.0;
    let decay = patch.decay * 2f32.powf(-octaves * 0.5);
    let secs = decay.min(note.gate_secs + patch.release).clamp(0.15, 7.0);
    let mut out = vec![[0.0f32; 2]; (secs * SR) as usize];
    let courses = patch.courses.max(1);
    for course in 0..courses {
        let place = if courses == 1 { 0.0 } else { course as f32 / (courses - 1) as f32 * 2.0 - 1.0 };
        let detune = place * patch.detune + rng.signed() * 1.2;
        let string = Waveguide { patch, note, tone, f: hz(note.midi) * cents(detune), decay };
        let gain = pan(place * 0.45).map(|g| g / (courses as f32).sqrt());
        string.add(&mut out, gain, note.seed.index(course as u64 + 20), course as f32 * 0.0015);
    }
    body(&mut out, patch, note);
    let n = out.len();
    fade(&mut out, 8, 1200.min(n / 2).max(1));
    out
}

/// The patch under the fingers of a player: damped by the palm, struck hard, or slid into.
fn articulated(patch: &StringPatch, note: &NoteIn) -> StringPatch {
    let mut p = *patch;
    match note.articulation {
        Articulation::Staccato => (p.release, p.tone_hz) = (p.release.min(0.09), p.tone_hz * 0.75),
        Articulation::Accent => (p.pluck_hz, p.knock) = (p.pluck_hz * 1.3, p.knock * 1.5),
        Articulation::Slide => p.bend = (-190.0 / note.velocity.max(0.2), 9.0),
        Articulation::Plain | Articulation::Legato | Articulation::Tremolo => {}
    }
    p
}

struct Waveguide<'a> {
    patch: &'a StringPatch,
    note: &'a NoteIn,
    tone: &'a Tone,
    f: f32,
    decay: f32,
}

impl Waveguide<'_> {
    fn add(&self, out: &mut [[f32; 2]], gain: [f32; 2], seed: gesamt_world::Seed, late_secs: f32) {
        let octaves = (self.note.midi - 60.0) / 12.0;
        let corner = self.patch.tone_hz
            * 2f32.powf(octaves * 0.6 + (self.tone.brightness - 0.5) * 1.2 + (self.note.velocity - 0.6) * 0.6);
        let pole = (-std::f32::consts::TAU * corner.min(20_000.0) / SR).exp();
        // Phase delay of the one-pole low-pass at the fundamental, to stay in tune.
        let w = std::f32::consts::TAU * self.f / SR;
        let lag = (pole * w.sin()).atan2(1.0 - pole * w.cos()) / w;
        let loss = |secs: f32| 10f32.powf(-3.0 / (self.f * secs));
        // The low-pass loses a little at the fundamental; give it back.
        let at_f = (1.0 - pole) / (1.0 - 2.0 * pole * w.cos() + pole * pole).sqrt();
        // Never so much that the loop would feed an offset.
        let held = (loss(self.decay) / at_f).min(0.999_9);
        let released = (loss(self.patch.release) / at_f).min(held);
        let size = (SR / self.f * 1.2) as usize + 8;
        let mut line = self.excitation(size, seed);
        // A tremolo strikes the sounding string again and again.
        let again = if self.note.articulation == Articulation::Tremolo { line.clone() } else { Vec::new() };
        let interval = (0.092 * SR) as usize + seed.0 as usize % 300;
        let mut write = 0;
        let mut state = 0.0;
        let gate = (self.note.gate_secs * SR) as usize;
        let start = (late_secs * SR) as usize;
        let mut period = SR / self.f - lag;
        for (i, o) in out.iter_mut().skip(start).enumerate() {
            if i % 32 == 0 {
                period = SR / (self.f * cents(self.bend(i as f32 / SR))) - lag;
            }
            if !again.is_empty() && i > 0 && i < gate && i % interval == 0 {
                line.iter_mut().zip(&again).for_each(|(l, e)| *l = *l * 0.7 + e * 0.5);
            }
            let x = read(&line, write, period);
            state = x * (1.0 - pole) + state * pole;
            line[write] = state * if i < gate { held } else { released };
            write = if write + 1 == size { 0 } else { write + 1 };
            o[0] += x * gain[0];
            o[1] += x * gain[1];
        }
    }

    fn bend(&self, t: f32) -> f32 {
        let (amount, rate) = self.patch.bend;
        let vibrato = self.patch.vibrato * (t * 1.5).min(1.0) * (std::f32::consts::TAU * 5.2 * t).sin();
        amount * self.note.velocity * (-t * rate).exp() + vibrato
    }

    /// Noise of one period, low-passed by how softly it is plucked, with the comb of the plucking point.
    fn excitation(&self, size: usize, seed: gesamt_world::Seed) -> Vec<f32> {
        let mut noise = Noise::new(seed);
        let corner =
            self.patch.pluck_hz * 2f32.powf((self.note.velocity - 1.0) * 2.2 + (self.tone.brightness - 0.5) * 1.2);
        let mut low = [OnePole::new(corner), OnePole::new(corner)];
        let raw: Vec<f32> =
            (0..size * 2).map(|_| low.iter_mut().fold(noise.next(), |x, f| f.low(x))).skip(size).collect();
        let comb = ((SR / self.f) * self.patch.position) as usize;
        let mut line: Vec<f32> = (0..size).map(|i| raw[i] - raw[(i + size - comb.min(size - 1)) % size]).collect();
        let mean = line.iter().sum::<f32>() / size as f32;
        let power = (line.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / size as f32).sqrt().max(1e-6);
        let accent = if self.note.articulation == Articulation::Accent { 1.3 } else { 1.0 };
        let level = 0.3 * (0.2 + 0.8 * self.note.velocity) * accent / power;
        line.iter_mut().for_each(|x| *x = (*x - mean) * level);
        line
    }
}

/// The line `period` samples ago, by a cubic through four neighbours.
#[inline]
fn read(line: &[f32], write: usize, period: f32) -> f32 {
    let size = line.len();
    let whole = period as usize;
    let part = period - whole as f32;
    let at = |back: usize| line[(write + 2 * size - back) % size];
    let (a, b, c, d) = (at(whole.max(1) - 1), at(whole), at(whole + 1), at(whole + 2));
    // Lagrange interpolation between b and c.
    let p = part;
    let (p1, m1, m2) = (p + 1.0, p - 1.0, p - 2.0);
    -p * m1 * m2 / 6.0 * a + p1 * m1 * m2 / 2.0 * b - p1 * p * m2 / 2.0 * c + p1 * p * m1 / 6.0 * d
}

/// The body: resonances beside the string's own sound, and the knock.
fn body(out: &mut [[f32; 2]], patch: &StringPatch, note: &NoteIn) {
    let mut filters: Vec<([Svf; 2], f32)> =
        patch.body.iter().map(|&(hz, q, gain)| ([Svf::new(hz, q), Svf::new(hz, q)], gain)).collect();
    let mut noise = Noise::new(note.seed.index(7));
    let mut block = [OnePole::new(18.0), OnePole::new(18.0)];
    for (i, o) in out.iter_mut().enumerate() {
        let knock =
            if i < 4000 { noise.next() * patch.knock * note.velocity * (-(i as f32) / 220.0).exp() } else { 0.0 };
        for c in 0..2 {
            let x = o[c] + knock * 0.25;
            let mut resonant = 0.0;
            for (f, gain) in &mut filters {
                resonant += f[c].tick(x + knock).1 * *gain;
            }
            o[c] = block[c].high(x * (1.0 - patch.body_mix) + resonant * patch.body_mix);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_world::Seed;

    #[test]
    fn strings_sound_within_three_cents_of_their_pitch() {
        let tone = Tone { brightness: 0.5, warmth: 0.5, grit: 0.0 };
        for midi in [40.0, 52.0, 64.0, 76.0, 84.0] {
            let note = NoteIn {
                midi,
                gate_secs: 2.0,
                velocity: 0.8,
                glide_from: None,
                level: 1.0,
                articulation: Articulation::Plain,
                seed: Seed(4),
            };
            let patch =
                StringPatch { detune: 0.0, courses: 1, bend: (0.0, 1.0), vibrato: 0.0, ..super::super::patches::HARP };
            let string = Waveguide { patch: &patch, note: &note, tone: &tone, f: hz(midi), decay: 4.0 };
            let mut out = vec![[0.0f32; 2]; 48_000];
            string.add(&mut out, [1.0, 1.0], Seed(5), 0.0);
            let found = pitch(&out[2000..34_768], hz(midi));
            let error = 1200.0 * (found / hz(midi)).log2();
            assert!(error.abs() < 3.0, "midi {midi}: {error:.2} cents");
        }
    }

    /// The frequency near `about` with the most energy.
    fn pitch(signal: &[[f32; 2]], about: f32) -> f32 {
        let energy = |f: f64| {
            let w = std::f64::consts::TAU * f / f64::from(SR);
            let (mut c, mut s) = (0.0, 0.0);
            for (i, x) in signal.iter().enumerate() {
                let window = 0.5 - 0.5 * (std::f64::consts::TAU * i as f64 / signal.len() as f64).cos();
                c += f64::from(x[0]) * window * (w * i as f64).cos();
                s += f64::from(x[0]) * window * (w * i as f64).sin();
            }
            c * c + s * s
        };
        let candidates = (-60..=60).map(|i| f64::from(about) * 2f64.powf(f64::from(i) / 2400.0));
        candidates.max_by(|a, b| energy(*a).total_cmp(&energy(*b))).unwrap_or(0.0) as f32
    }
}
