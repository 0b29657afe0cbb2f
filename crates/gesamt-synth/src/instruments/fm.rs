//! Frequency modulation in pairs of carrier and modulator.

use crate::dsp::filter::OnePole;
use crate::dsp::osc::{Sine, step};
use crate::dsp::{BLOCK, SR, Stereo, cents, hz, pan};

use super::partials::fade;
use super::{NoteIn, Tone};

/// A carrier with its modulator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub carrier: f32,
    pub modulator: f32,
    /// Peak modulation in radians, and seconds for it to fall by 60 dB.
    pub index: f32,
    pub index_time: f32,
    pub amp: f32,
    /// Seconds for the carrier to fall by 60 dB.
    pub time: f32,
    pub detune: f32,
}

/// An FM instrument.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fm {
    pub pairs: &'static [Pair],
    /// Seconds to fall silent after release.
    pub release: f32,
    pub tremolo: (f32, f32),
    /// How decay shortens per octave upwards.
    pub damping: f32,
}

/// The greatest modulation index, in radians, whose folded side bands stay 70 dB below the carrier.
///
/// Side band n has the level of the Bessel function Jₙ(index) ≤ (index/2)ⁿ/n!; the first one beyond half the sampling rate
/// decides.
pub(crate) fn most_index(carrier_hz: f32, modulator_hz: f32) -> f32 {
    const FOLDED: f32 = 3.2e-4;
    let n = ((SR * 0.5 - carrier_hz) / modulator_hz.max(1.0)).clamp(0.0, 40.0).floor() + 1.0;
    let log_factorial: f32 = (1..=n as u32).map(|k| (k as f32).ln()).sum();
    2.0 * ((FOLDED.ln() + log_factorial) / n).exp()
}

/// Renders a note.
///
/// # Source
/// Chowning, "The synthesis of complex audio spectra by means of frequency modulation", JAES 21(7), 1973. The index is kept
/// where side bands do not fold audibly.
pub(crate) fn render(patch: &Fm, note: &NoteIn, tone: &Tone) -> Stereo {
    let mut rng = note.seed.rng();
    let base = hz(note.midi);
    let shorter = 2f32.powf(-(note.midi - 66.0) / 12.0 * patch.damping);
    let longest = patch.pairs.iter().map(|p| p.time).fold(0.1, f32::max) * shorter;
    let secs = longest.min(note.gate_secs + patch.release).min(8.0);
    let mut out = vec![[0.0f32; 2]; ((secs + 0.02) * SR) as usize + BLOCK];
    for p in patch.pairs {
        let f = base * cents(p.detune);
        let wanted = p.index * (0.35 + 0.9 * note.velocity) * 2f32.powf((tone.brightness - 0.5) * 1.4);
        let index = wanted.min(most_index(f * p.carrier, f * p.modulator));
        let (mut carrier, mut modulator) = (Sine::new(rng.unit()), Sine::new(rng.unit()));
        let (cs, ms) = (step(f * p.carrier), step(f * p.modulator));
        let side = if p.detune == 0.0 { rng.signed() * 0.2 } else { p.detune.signum() * 0.5 };
        let amp = p.amp * (0.15 + 0.85 * note.velocity);
        let trem_turn = rng.unit();
        let (mut level, mut depth) = (amp, index);
        for (block_index, block) in out.chunks_mut(BLOCK).enumerate() {
            let t = ((block_index + 1) * BLOCK) as f32 / SR;
            let off = (t - note.gate_secs).max(0.0);
            let next = amp * (-6.9 * t / (p.time * shorter)).exp() * (-6.9 * off / patch.release).exp();
            let next_depth = index * (0.12 + 0.88 * (-6.9 * t / (p.index_time * shorter)).exp());
            let swing = patch.tremolo.0 * (std::f32::consts::TAU * (t * patch.tremolo.1 + trem_turn)).sin();
            let gains = pan(side + swing);
            for (i, o) in block.iter_mut().enumerate() {
                let part = i as f32 / BLOCK as f32;
                let m = modulator.tick(ms, 0.0) * (depth + (next_depth - depth) * part) / std::f32::consts::TAU;
                let x = carrier.tick(cs, m) * (level + (next - level) * part);
                o[0] += x * gains[0];
                o[1] += x * gains[1];
            }
            (level, depth) = (next, next_depth);
        }
    }
    // A modulator at the carrier's own frequency leaves an offset.
    let mut block = [OnePole::new(20.0), OnePole::new(20.0)];
    out.iter_mut().for_each(|x| *x = [block[0].high(x[0]), block[1].high(x[1])]);
    fade(&mut out, 48, 480);
    out
}
