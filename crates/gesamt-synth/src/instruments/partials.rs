//! Sums of partials: struck bars and bells, bowed glass, and the pipe organ.

use crate::dsp::env::Adsr;
use crate::dsp::filter::Svf;
use crate::dsp::noise::Noise;
use crate::dsp::osc::{Sine, Table, Wave, phase, step};
use crate::dsp::{BLOCK, SR, Stereo, cents, hz, pan};

use super::{NoteIn, Tone};

/// One partial.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Partial {
    /// Frequency against the pitch.
    pub ratio: f32,
    /// Level.
    pub amp: f32,
    /// Seconds to fall by 60 dB (struck), or the rate of its beating in Hz (held).
    pub time: f32,
}

pub(crate) const fn partial(ratio: f32, amp: f32, time: f32) -> Partial {
    Partial { ratio, amp, time }
}

/// A struck instrument.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Struck {
    pub partials: &'static [Partial],
    /// Noise of the mallet or tine: level and Hz.
    pub click: (f32, f32),
    /// How decay shortens per octave upwards.
    pub damping: f32,
    /// Stereo spread of the partials.
    pub width: f32,
}

/// A held sound of slowly beating partials.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    pub partials: &'static [Partial],
    pub amp: Adsr,
    pub noise: f32,
}

/// Renders a struck note: partials that die away by themselves.
pub(crate) fn strike(patch: &Struck, note: &NoteIn, tone: &Tone) -> Stereo {
    let mut rng = note.seed.rng();
    let base = hz(note.midi);
    let shorter = 2f32.powf(-(note.midi - 72.0) / 12.0 * patch.damping);
    let longest = patch.partials.iter().map(|p| p.time).fold(0.1, f32::max) * shorter;
    let n = ((longest.min(6.0) + 0.05) * SR) as usize;
    let mut out = vec![[0.0f32; 2]; n];
    for p in patch.partials {
        let f = base * p.ratio;
        if f > 19_000.0 {
            continue;
        }
        let hardness = (1.0 - (1.0 - note.velocity) * (p.ratio.log2().max(0.0) * 0.35)).max(0.05);
        let bright = 2f32.powf((tone.brightness - 0.5) * p.ratio.log2().max(0.0) * 0.8);
        let amp = p.amp * note.velocity * hardness * bright;
        let gain = pan(rng.signed() * patch.width).map(|g| g * amp);
        let fall = 10f32.powf(-3.0 / (p.time * shorter * SR));
        ring(&mut out, f, gain, fall, rng.unit());
    }
    let (level, click_hz) = patch.click;
    let mut noise = Noise::new(note.seed.index(9));
    let mut band = Svf::new(click_hz, 1.2);
    for (i, o) in out.iter_mut().take(1200).enumerate() {
        let x = band.tick(noise.next()).1 * level * note.velocity * note.velocity * (-(i as f32) / 140.0).exp();
        o[0] += x;
        o[1] += x;
    }
    fade(&mut out, 24, 400);
    out
}

/// A decaying sine by rotation of a phasor.
fn ring(out: &mut [[f32; 2]], f: f32, gain: [f32; 2], fall: f32, turns: f32) {
    let w = f64::from(std::f32::consts::TAU * f / SR);
    let (s, c) = w.sin_cos();
    let (s, c) = (s as f32 * fall, c as f32 * fall);
    let (mut x, mut y) = ((std::f32::consts::TAU * turns).cos(), (std::f32::consts::TAU * turns).sin());
    for o in out.iter_mut() {
        o[0] += y * gain[0];
        o[1] += y * gain[1];
        (x, y) = (x * c - y * s, x * s + y * c);
        if x * x + y * y < 1e-10 {
            break;
        }
    }
}

/// Fades the edges, so that nothing clicks.
pub(crate) fn fade(out: &mut [[f32; 2]], rise: usize, fall: usize) {
    let n = out.len();
    for (i, o) in out.iter_mut().enumerate() {
        let g = (i as f32 / rise as f32).min((n - i) as f32 / fall as f32).min(1.0);
        o[0] *= g;
        o[1] *= g;
    }
}

/// Renders a held note of beating partials.
pub(crate) fn held(patch: &Held, note: &NoteIn, tone: &Tone) -> Stereo {
    let mut rng = note.seed.rng();
    let base = hz(note.midi);
    let n = ((note.gate_secs + patch.amp.release) * SR) as usize;
    let mut out = vec![[0.0f32; 2]; n.max(BLOCK)];
    for p in patch.partials {
        let f = base * p.ratio * cents(rng.signed() * 4.0);
        if f > 17_000.0 {
            continue;
        }
        let bright = 2f32.powf((tone.brightness - 0.5) * p.ratio.log2().max(0.0) * 1.1);
        let gains = pan(rng.signed() * 0.8).map(|g| g * p.amp * bright * (0.3 + 0.7 * note.velocity));
        let mut sine = Sine::new(rng.unit());
        let (rate, turn) = (p.time * rng.range(0.7, 1.3), rng.unit());
        let mut level = 0.0;
        for (index, block) in out.chunks_mut(BLOCK).enumerate() {
            let t = (index * BLOCK) as f32 / SR;
            let beat = 0.62 + 0.38 * (std::f32::consts::TAU * (t * rate + turn)).sin();
            let next = beat * patch.amp.at(t, note.gate_secs);
            let s = step(f);
            for (i, o) in block.iter_mut().enumerate() {
                let x = sine.tick(s, 0.0) * (level + (next - level) * i as f32 / BLOCK as f32);
                o[0] += x * gains[0];
                o[1] += x * gains[1];
            }
            level = next;
        }
    }
    if patch.noise > 0.0 {
        shimmer(&mut out, patch, note, base);
    }
    fade(&mut out, 64, 256);
    out
}

/// Breath of the bow on glass: noise in a narrow band high above the pitch.
fn shimmer(out: &mut [[f32; 2]], patch: &Held, note: &NoteIn, base: f32) {
    let mut noise = [Noise::new(note.seed.index(3)), Noise::new(note.seed.index(4))];
    let mut bands = [Svf::new(base * 8.0, 6.0), Svf::new(base * 8.06, 6.0)];
    for (i, o) in out.iter_mut().enumerate() {
        let env = patch.amp.at(i as f32 / SR, note.gate_secs) * patch.noise;
        for c in 0..2 {
            o[c] += bands[c].tick(noise[c].next()).1 * env;
        }
    }
}

/// Renders an organ note: ranks of pipes with speech and wind noise.
pub(crate) fn organ(note: &NoteIn, tone: &Tone) -> Stereo {
    let mut rng = note.seed.rng();
    let base = hz(note.midi);
    let release = 0.16;
    let n = ((note.gate_secs + release) * SR) as usize;
    let mut out = vec![[0.0f32; 2]; n.max(BLOCK)];
    let full = (note.level - 0.5).max(0.0) * 2.0;
    // 16', 8', 4', 2 2/3', 2' and a mixture that opens with the section.
    let ranks = [
        (0.5, 0.42, Wave::Flute),
        (1.0, 0.9, Wave::Pipe),
        (2.0, 0.5, Wave::Pipe),
        (3.0, 0.16 + 0.1 * full, Wave::Flute),
        (4.0, 0.22 + 0.14 * full, Wave::Pipe),
        (6.0, 0.1 * full + 0.05 * tone.brightness, Wave::Flute),
        (8.0, 0.1 * full + 0.06 * tone.brightness, Wave::Flute),
    ];
    for (ratio, amp, wave) in ranks {
        let f = base * ratio * cents(rng.signed() * 2.5);
        if f > 9_000.0 || amp <= 0.0 {
            continue;
        }
        let table = Table::new(wave, f);
        let mut at = phase(rng.unit());
        // A swell box, so that the player has dynamics.
        let gain = pan(rng.signed() * 0.5).map(|g| g * amp * (0.2 + 0.45 * note.velocity));
        let env = Adsr::new(rng.range(0.02, 0.05) / ratio.sqrt(), 0.1, 0.95, release);
        let mut level = 0.0;
        for (index, block) in out.chunks_mut(BLOCK).enumerate() {
            let t = (index * BLOCK) as f32 / SR;
            // The wind sags a little at the start of a pipe's speech.
            let s = step(f * cents(-14.0 * (-t * 28.0).exp() + 1.5 * (std::f32::consts::TAU * 4.6 * t).sin()));
            let next = env.at(t, note.gate_secs);
            for (i, o) in block.iter_mut().enumerate() {
                at = at.wrapping_add(s);
                let x = table.at(at) * (level + (next - level) * i as f32 / BLOCK as f32);
                o[0] += x * gain[0];
                o[1] += x * gain[1];
            }
            level = next;
        }
    }
    chiff(&mut out, note, base);
    fade(&mut out, 32, 128);
    out
}

fn chiff(out: &mut [[f32; 2]], note: &NoteIn, base: f32) {
    let mut noise = Noise::new(note.seed.index(5));
    let mut band = Svf::new((base * 4.0).min(6000.0), 2.0);
    let mut wind = Svf::new(1400.0, 0.6);
    let n = out.len();
    for (i, o) in out.iter_mut().enumerate() {
        let t = i as f32 / SR;
        let white = noise.next();
        let gate = ((n - i) as f32 / (0.16 * SR)).min(1.0);
        let x = band.tick(white).1 * 0.25 * (-t * 26.0).exp() + wind.tick(white).1 * 0.006 * gate;
        o[0] += x;
        o[1] += x;
    }
}
