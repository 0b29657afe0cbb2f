//! The bass line.

use gesamt_world::{Instrument, Layer, Rng};

use crate::compose::{Ctx, Rank};
use crate::form::{PHRASE_BARS, Phase};
use crate::idiom::BassStyle;
use crate::instruments::fit;
use crate::score::{Articulation, Chord, Note};

/// Writes the bass. A second bass only sustains beneath the first.
pub(crate) fn write(ctx: &Ctx, instrument: Instrument, rank: Rank, rng: &mut Rng) -> Vec<Note> {
    let mut out = Vec::new();
    for (index, chord) in ctx.chords.iter().enumerate() {
        let bar = (chord.start_beat / ctx.meter.bar()) as u32;
        if !ctx.plays(Layer::Bass, bar) {
            continue;
        }
        let next = &ctx.chords[(index + 1) % ctx.chords.len()];
        let style = style(ctx, instrument, rank, ctx.phase(bar));
        let line = Line { ctx, instrument, chord, next };
        match style {
            BassStyle::Sustained => line.sustained(&mut out),
            BassStyle::Drone => line.drone(bar, &mut out),
            BassStyle::Ballad => line.ballad(&mut out, rng),
            BassStyle::Pulse => line.pulse(&mut out, rng),
            BassStyle::Walking => line.walking(&mut out, rng),
            BassStyle::RootFifth => line.root_fifth(&mut out, rng),
            BassStyle::Tresillo => line.tresillo(&mut out, rng),
        }
    }
    out.sort_by(|a, b| a.start_beat.total_cmp(&b.start_beat));
    out
}

fn style(ctx: &Ctx, instrument: Instrument, rank: Rank, phase: Phase) -> BassStyle {
    let style = ctx.idiom.bass;
    match (instrument, style) {
        _ if rank.rank > 0 || phase == Phase::Break => BassStyle::Sustained,
        (Instrument::Drone, _) => BassStyle::Drone,
        (Instrument::UprightBass | Instrument::AcidBass, BassStyle::Sustained | BassStyle::Drone) => BassStyle::Ballad,
        (Instrument::SubBass, BassStyle::Walking) => BassStyle::Ballad,
        (_, BassStyle::Pulse) if ctx.world.rhythm.density < 0.2 => BassStyle::Ballad,
        _ => style,
    }
}

struct Line<'a> {
    ctx: &'a Ctx<'a>,
    instrument: Instrument,
    chord: &'a Chord,
    next: &'a Chord,
}

impl Line<'_> {
    fn root(&self) -> i32 {
        fit(self.instrument, self.chord.pitches.first().map_or(36, |p| i32::from(*p)))
    }

    /// The chord's fifth (or what stands for it) above or below the root.
    fn fifth(&self) -> i32 {
        let root = self.root();
        let interval =
            self.chord.classes.iter().map(|c| (i32::from(*c) - root).rem_euclid(12)).find(|i| [7, 6, 8].contains(i));
        let above = root + interval.unwrap_or(7);
        if above > 50 { fit(self.instrument, above - 12) } else { fit(self.instrument, above) }
    }

    fn note(&self, out: &mut Vec<Note>, at: f64, beats: f64, pitch: i32, velocity: f32) {
        if at < self.chord.beats - 1e-6 {
            let beats = beats.min(self.chord.beats - at);
            out.push(Note {
                start_beat: self.chord.start_beat + at,
                beats,
                pitch: pitch as f32,
                velocity,
                articulation: Articulation::Plain,
            });
        }
    }

    fn sustained(&self, out: &mut Vec<Note>) {
        self.note(out, 0.0, self.chord.beats * 0.98, self.root(), 0.7);
    }

    /// A pedal that breathes: the tonic anew every second bar, with air before it, and in the last bar of a phrase the step
    /// or the fifth that brings it back.
    fn drone(&self, first_bar: u32, out: &mut Vec<Note>) {
        let (bar, eighth) = (self.ctx.meter.bar(), self.ctx.meter.eighth);
        let tonic = fit(self.instrument, self.ctx.key.tonic + 24);
        for (i, at) in self.bars().enumerate() {
            let in_phrase = (first_bar + i as u32) % PHRASE_BARS;
            let tail = (eighth * 2.0).min(bar * 0.4);
            match in_phrase {
                0 | 2 => self.note(out, at, bar * if in_phrase == 0 { 1.75 } else { 1.0 }, tonic, 0.72),
                // The pedal of the bar before ends with its chord; it is taken up where a new chord begins.
                1 if i == 0 => self.note(out, at, bar * 0.75, tonic, 0.6),
                3 => {
                    self.note(out, at, bar - tail, tonic, 0.6);
                    self.note(out, at + bar - tail, tail * 0.9, self.turn(tonic), 0.55);
                }
                _ => {}
            }
        }
    }

    /// The tone that leads a pedal back to itself: the step below it in the scale, or the fifth where that is out of reach.
    fn turn(&self, tonic: i32) -> i32 {
        let scale = self.ctx.key.melody_over(&self.chord.classes.iter().map(|c| i32::from(*c)).collect::<Vec<_>>());
        let below = (1..=3).map(|d| tonic - d).find(|p| scale.contains(&p.rem_euclid(12)));
        below.filter(|p| fit(self.instrument, *p) == *p).unwrap_or_else(|| self.fifth())
    }

    /// Each bar of the chord, with its offset.
    fn bars(&self) -> impl Iterator<Item = f64> + use<> {
        let bar = self.ctx.meter.bar();
        let n = (self.chord.beats / bar).ceil().max(1.0) as u32;
        (0..n).map(move |i| f64::from(i) * bar)
    }

    /// A scale step below or above the next root.
    fn approach(&self) -> i32 {
        let target = fit(self.instrument, self.next.pitches.first().map_or(36, |p| i32::from(*p)));
        let from = self.root();
        let side = if target > from { -1 } else { 1 };
        let chord: Vec<i32> = self.chord.classes.iter().map(|c| i32::from(*c)).collect();
        let scale = self.ctx.key.melody_over(&chord);
        (1..=3).map(|d| target + side * d).find(|p| scale.contains(&p.rem_euclid(12))).unwrap_or(target)
    }

    fn ballad(&self, out: &mut Vec<Note>, rng: &mut Rng) {
        let (bar, eighth) = (self.ctx.meter.bar(), self.ctx.meter.eighth);
        for at in self.bars() {
            let is_last = at + bar >= self.chord.beats - 1e-6;
            let tail = eighth * 2.0;
            self.note(out, at, bar - tail, self.root(), 0.74);
            let pitch = if is_last { self.approach() } else { self.fifth() };
            if rng.chance(0.75) {
                self.note(out, at + bar - tail, tail * 0.95, pitch, 0.6);
            }
        }
    }

    fn pulse(&self, out: &mut Vec<Note>, rng: &mut Rng) {
        let eighth = self.ctx.meter.eighth;
        let n = (self.chord.beats / eighth).round() as u32;
        for i in 0..n {
            let in_bar = i % self.ctx.meter.eighths;
            let weight = self.ctx.meter.weight(in_bar);
            let last = i + 1 == n && n > 4;
            let jump = in_bar % 8 == 6 || (weight < 0.5 && rng.chance(0.1));
            let pitch = if last && rng.chance(0.5) { self.approach() } else { self.root() + if jump { 12 } else { 0 } };
            if weight < 0.5 && rng.chance(0.25 - 0.25 * self.ctx.world.rhythm.density) {
                continue;
            }
            self.note(out, f64::from(i) * eighth, eighth * 0.72, fit(self.instrument, pitch), 0.55 + 0.25 * weight);
        }
    }

    fn walking(&self, out: &mut Vec<Note>, rng: &mut Rng) {
        let beat = self.ctx.meter.eighth * 2.0;
        let n = (self.chord.beats / beat).round().max(1.0) as u32;
        let tones: Vec<i32> = self.chord.classes.iter().map(|c| i32::from(*c)).collect();
        let scale = self.ctx.key.melody_over(&tones);
        let target = fit(self.instrument, self.next.pitches.first().map_or(36, |p| i32::from(*p)));
        let mut pitch = self.root();
        // A walk sets out from home: the piece begins on the root, and stays there for half a bar.
        let at_home = if self.chord.start_beat < 1e-6 { (n / 2).clamp(1, 2) } else { 1 };
        for i in 0..n {
            if i >= at_home {
                let left = n - i;
                pitch = if left == 1 {
                    target + if rng.chance(0.5) { -1 } else { 1 }
                } else {
                    self.step_toward(pitch, target, left, &scale, rng)
                };
            }
            let pitch = fit(self.instrument, pitch);
            self.note(out, f64::from(i) * beat, beat * 0.92, pitch, if i % 2 == 0 { 0.72 } else { 0.64 });
            if rng.chance(0.12) {
                self.note(out, (f64::from(i) + 0.5) * beat, beat * 0.3, pitch, 0.4);
            }
        }
    }

    fn step_toward(&self, pitch: i32, target: i32, left: u32, scale: &[i32], rng: &mut Rng) -> i32 {
        let far = (target - pitch).abs() > left as i32 * 2;
        let up = if far || rng.chance(0.4) { target >= pitch } else { rng.chance(0.5) };
        let side = if (up || pitch < 31) && pitch < 50 { 1 } else { -1 };
        let step = |d: i32| pitch + side * d;
        (1..=3).map(step).find(|p| scale.contains(&p.rem_euclid(12))).unwrap_or(pitch)
    }

    fn root_fifth(&self, out: &mut Vec<Note>, rng: &mut Rng) {
        let starts = self.ctx.meter.group_starts();
        for at in self.bars() {
            for (i, (start, len)) in starts.iter().zip(&self.ctx.meter.groups).enumerate() {
                let offset = at + f64::from(*start) * self.ctx.meter.eighth;
                let is_end = offset + f64::from(*len) * self.ctx.meter.eighth >= self.chord.beats - 1e-6;
                let pitch = if i % 2 == 0 { self.root() } else { self.fifth() };
                let pitch = if is_end && i > 0 && rng.chance(0.35) { self.approach() } else { pitch };
                if starts.len() > 2 && i == 1 && rng.chance(0.5) {
                    continue;
                }
                self.note(
                    out,
                    offset,
                    f64::from(*len) * self.ctx.meter.eighth * 0.8,
                    pitch,
                    if i == 0 { 0.74 } else { 0.64 },
                );
            }
        }
    }

    fn tresillo(&self, out: &mut Vec<Note>, rng: &mut Rng) {
        let hits = crate::meter::euclid(3, self.ctx.meter.eighths, 0);
        for at in self.bars() {
            for (i, _) in hits.iter().enumerate().filter(|(_, h)| **h) {
                let pitch =
                    if i == 0 { self.root() } else { [self.root(), self.fifth(), self.root() + 12][rng.below(3)] };
                let length = self.ctx.meter.eighth * 2.4;
                self.note(out, at + i as f64 * self.ctx.meter.eighth, length, fit(self.instrument, pitch), 0.68);
            }
        }
    }
}
