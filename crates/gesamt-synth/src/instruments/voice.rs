//! Source and filter: pads, basses, leads, strings, choir and winds.

use crate::dsp::env::Adsr;
use crate::dsp::filter::{Ladder, OnePole, Svf, soft};
use crate::dsp::noise::Noise;
use crate::dsp::osc::{Table, Wave, phase, step};
use crate::dsp::{BLOCK, SR, Stereo, cents, hz, pan};

use gesamt_composer::Articulation;

use super::{NoteIn, Tone};

/// A source–filter instrument. Frequencies of filters are for middle C at middle velocity and neutral brightness.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patch {
    pub wave: Wave,
    /// Voices in unison, their spread in cents and across the stereo field.
    pub unison: usize,
    pub detune: f32,
    pub width: f32,
    /// Level of a sine an octave below and of the wave an octave above.
    pub sub: f32,
    pub octave: f32,
    /// Level of breath or bow noise, its centre in multiples of the pitch, and its sharpness.
    pub breath: f32,
    pub breath_ratio: f32,
    pub breath_q: f32,
    /// Noise at the onset.
    pub chiff: f32,
    pub cutoff_hz: f32,
    pub track: f32,
    pub env_octaves: f32,
    pub velocity_octaves: f32,
    pub q: f32,
    /// Ladder with this resonance in place of the state-variable filter.
    pub ladder: Option<f32>,
    pub filter: Adsr,
    pub amp: Adsr,
    /// Vibrato in cents, Hz, and seconds until it has grown.
    pub vibrato: (f32, f32, f32),
    /// Tremolo depth and Hz.
    pub tremolo: (f32, f32),
    /// Cents below the pitch at the onset, and how fast they are made up for, per second.
    pub scoop: f32,
    pub scoop_rate: f32,
    /// Slow random detuning in cents.
    pub drift: f32,
    pub drive: f32,
    /// Fixed resonances of the body or the mouth: Hz, Q, gain; they replace or join the direct sound by `body`.
    pub formants: &'static [(f32, f32, f32)],
    pub body: f32,
    /// Cutoff motion in octaves and Hz.
    pub sweep: (f32, f32),
}

pub(crate) const PLAIN: Patch = Patch {
    wave: Wave::Saw,
    unison: 1,
    detune: 0.0,
    width: 0.0,
    sub: 0.0,
    octave: 0.0,
    breath: 0.0,
    breath_ratio: 1.0,
    breath_q: 2.0,
    chiff: 0.0,
    cutoff_hz: 3000.0,
    track: 0.5,
    env_octaves: 0.0,
    velocity_octaves: 1.0,
    q: 0.7,
    ladder: None,
    filter: Adsr::new(0.01, 0.5, 0.5, 0.5),
    amp: Adsr::new(0.01, 0.3, 0.8, 0.2),
    vibrato: (0.0, 5.0, 0.5),
    tremolo: (0.0, 5.0),
    scoop: 0.0,
    scoop_rate: 22.0,
    drift: 2.0,
    drive: 0.0,
    formants: &[],
    body: 0.0,
    sweep: (0.0, 0.1),
};

/// One oscillator of the unison.
struct Osc {
    phase: u32,
    ratio: f32,
    gain: [f32; 2],
    drift_hz: f32,
    drift_phase: f32,
    vibrato_phase: f32,
    table: Table,
    step: u32,
}

/// The patch under the fingers of a player.
fn articulated(patch: &Patch, note: &NoteIn) -> Patch {
    let mut p = *patch;
    match note.articulation {
        Articulation::Plain => {}
        Articulation::Legato => {
            // The air or the bow goes on: no consonant, no scoop, a quick rise out of the note before.
            (p.chiff, p.scoop) = (0.0, 0.0);
            p.amp.attack = (p.amp.attack * 0.5).max(0.012);
            p.filter.attack *= 0.5;
            p.vibrato.2 *= 0.6;
        }
        Articulation::Staccato => {
            p.amp.release *= 0.5;
            p.amp.sustain *= 0.6;
            p.amp.decay = p.amp.decay.min(0.2);
            p.vibrato.0 = 0.0;
        }
        Articulation::Accent => {
            p.chiff *= 1.6;
            p.env_octaves += 0.45;
            p.amp.attack *= 0.6;
        }
        Articulation::Tremolo => {
            p.tremolo = (0.62, 10.5 + 2.0 * (note.seed.0 as u8 as f32 / 255.0));
            p.vibrato.0 = 0.0;
        }
        Articulation::Slide => (p.scoop, p.scoop_rate) = (190.0, 9.0),
    }
    p
}

/// Renders a note.
pub(crate) fn render(patch: &Patch, note: &NoteIn, tone: &Tone) -> Stereo {
    let patch = &articulated(patch, note);
    let mut rng = note.seed.rng();
    let length = ((note.gate_secs + patch.amp.release) * SR) as usize;
    let mut out = vec![[0.0f32; 2]; length.max(BLOCK)];
    let base = hz(note.midi);
    let mut oscs = oscillators(patch, base, &mut rng);
    let mut filters = Filters::new(patch, note, tone);
    let mut noise = [Noise::new(note.seed.index(1)), Noise::new(note.seed.index(2))];
    let mut breath =
        [Svf::new(base * patch.breath_ratio, patch.breath_q), Svf::new(base * patch.breath_ratio, patch.breath_q)];
    let mut sub = 0u32;
    let sub_table = Table::new(Wave::Sine, base);
    let glide = note.glide_from.map_or(0.0, |from| (from - note.midi) * 100.0);
    let trem_phase = rng.unit();
    let mut level = 0.0;
    for (index, block) in out.chunks_mut(BLOCK).enumerate() {
        let t = (index * BLOCK) as f32 / SR;
        let bend = glide * (-t * 30.0).exp() - patch.scoop * (-t * patch.scoop_rate).exp();
        let next_level = amplitude(patch, note, t + BLOCK as f32 / SR, trem_phase);
        let grown = (t / patch.vibrato.2.max(0.01)).min(1.0);
        for osc in &mut oscs {
            let turn = t * patch.vibrato.1 + osc.vibrato_phase;
            let vibrato = patch.vibrato.0 * grown * grown * (std::f32::consts::TAU * turn).sin();
            let drift = patch.drift * (std::f32::consts::TAU * (t * osc.drift_hz + osc.drift_phase)).sin();
            osc.step = step(base * osc.ratio * cents(bend + vibrato + drift));
        }
        // An octave below would be lost under the lowest speakers.
        let sub_step = step(base * if base < 130.0 { 1.0 } else { 0.5 } * cents(bend));
        filters.set(patch, note, tone, t);
        let onset = patch.chiff * (-t * 35.0).exp();
        for (i, sample) in block.iter_mut().enumerate() {
            let mut x = [0.0f32; 2];
            for osc in &mut oscs {
                osc.phase = osc.phase.wrapping_add(osc.step);
                let s = osc.table.at(osc.phase);
                x[0] += s * osc.gain[0];
                x[1] += s * osc.gain[1];
            }
            if patch.breath + onset > 0.0 {
                for c in 0..2 {
                    let (low, band, _) = breath[c].tick(noise[c].next());
                    x[c] += band * (patch.breath + onset) + low * onset * 0.2;
                }
            }
            if patch.sub > 0.0 {
                sub = sub.wrapping_add(sub_step);
                let s = sub_table.at(sub) * patch.sub;
                x[0] += s;
                x[1] += s;
            }
            let gain = level + (next_level - level) * (i as f32 / BLOCK as f32);
            let y = filters.tick(x);
            *sample = [y[0] * gain, y[1] * gain];
        }
        level = next_level;
    }
    out
}

fn oscillators(patch: &Patch, base: f32, rng: &mut gesamt_world::Rng) -> Vec<Osc> {
    let n = patch.unison.max(1);
    let mut out = Vec::new();
    let octaves: &[(f32, f32)] = if patch.octave > 0.0 { &[(1.0, 1.0), (2.0, 0.0)] } else { &[(1.0, 1.0)] };
    for &(ratio, direct) in octaves {
        let level = if direct > 0.0 { 1.0 } else { patch.octave };
        for i in 0..n {
            let place = if n == 1 { 0.0 } else { i as f32 / (n - 1) as f32 * 2.0 - 1.0 };
            // Alternate sides, so that neighbours in pitch are apart in space.
            let side = if i % 2 == 0 { place } else { -place } * patch.width;
            let scale = level / (n as f32).sqrt();
            let gain = pan(side).map(|g| g * scale * 1.2);
            let spread = place * patch.detune + rng.signed() * patch.detune * 0.15;
            out.push(Osc {
                phase: phase(rng.unit()),
                ratio: ratio * cents(spread),
                gain,
                drift_hz: rng.range(0.15, 0.7),
                drift_phase: rng.unit(),
                vibrato_phase: if n > 2 { rng.unit() } else { 0.0 },
                table: Table::new(patch.wave, base * ratio * cents(patch.detune + 30.0)),
                step: 0,
            });
        }
    }
    out
}

fn amplitude(patch: &Patch, note: &NoteIn, t: f32, trem_phase: f32) -> f32 {
    let tremolo =
        1.0 - patch.tremolo.0 * (0.5 + 0.5 * (std::f32::consts::TAU * (t * patch.tremolo.1 + trem_phase)).sin());
    patch.amp.at(t, note.gate_secs) * tremolo * (0.25 + 0.75 * note.velocity)
}

struct Filters {
    low: [Svf; 2],
    ladder: Option<[Ladder; 2]>,
    formants: Vec<([Svf; 2], f32)>,
    block: [OnePole; 2],
    body: f32,
    drive: f32,
}

impl Filters {
    fn new(patch: &Patch, note: &NoteIn, tone: &Tone) -> Self {
        // A smaller body for higher notes: formants move a little with the pitch.
        let shift = 2f32.powf((note.midi - 60.0) / 12.0 * 0.12);
        let formant = |&(hz, q, gain): &(f32, f32, f32)| ([Svf::new(hz * shift, q), Svf::new(hz * shift, q)], gain);
        Self {
            low: Default::default(),
            ladder: patch.ladder.map(|_| Default::default()),
            formants: patch.formants.iter().map(formant).collect(),
            block: [OnePole::new(12.0), OnePole::new(12.0)],
            body: patch.body,
            drive: patch.drive + tone.grit * patch.drive * 1.5,
        }
    }

    fn set(&mut self, patch: &Patch, note: &NoteIn, tone: &Tone, t: f32) {
        let track = 2f32.powf((note.midi - 60.0) / 12.0 * patch.track);
        let motion = patch.sweep.0 * (std::f32::consts::TAU * t * patch.sweep.1 + note.seed.0 as u8 as f32).sin();
        let octaves = patch.env_octaves * patch.filter.at(t, note.gate_secs)
            + patch.velocity_octaves * (note.velocity - 0.55) * 1.6
            + (tone.brightness - 0.5) * 2.2
            - (tone.warmth - 0.5) * 0.5
            + (note.level - 0.9) * 1.2
            + motion;
        let cutoff = patch.cutoff_hz * track * 2f32.powf(octaves);
        match &mut self.ladder {
            Some(ladders) => ladders.iter_mut().for_each(|l| l.set(cutoff, patch.ladder.unwrap_or(0.0))),
            None => self.low.iter_mut().for_each(|f| f.set(cutoff, patch.q)),
        }
    }

    #[inline]
    fn tick(&mut self, x: [f32; 2]) -> [f32; 2] {
        let mut out = [0.0; 2];
        for c in 0..2 {
            let mut y = match &mut self.ladder {
                Some(ladders) => ladders[c].tick(x[c]),
                None => self.low[c].tick(x[c]).0,
            };
            if self.drive > 0.0 {
                y = soft(y * (1.0 + self.drive * 4.0)) * 0.8;
            }
            if self.body > 0.0 {
                let mut resonant = 0.0;
                for (filters, gain) in &mut self.formants {
                    resonant += filters[c].tick(y).1 * *gain;
                }
                y = y * (1.0 - self.body) + resonant * self.body;
            }
            out[c] = self.block[c].high(y);
        }
        out
    }
}
