//! Arpeggios and ostinati.

use gesamt_world::{Instrument, Layer, Rng};

use crate::compose::{Ctx, Rank};
use crate::form::{PHRASE_BARS, Phase};
use crate::idiom::ArpStyle;
use crate::instruments::{Behaviour, behaviour, fit, range};
use crate::meter::euclid;
use crate::score::{Articulation, Chord, Note};

/// Writes an arpeggio. A second one takes another figure, an octave away.
pub(crate) fn write(ctx: &Ctx, instrument: Instrument, rank: Rank, rng: &mut Rng) -> Vec<Note> {
    let style = style(ctx, instrument, rank);
    let figure = Figure::new(ctx, style, rng);
    let mut out = Vec::new();
    for bar in 0..ctx.form.bars {
        let phase = ctx.phase(bar);
        if !ctx.plays(Layer::Arp, bar) || (rank.rank > 0 && phase == Phase::Statement) {
            continue;
        }
        let start = f64::from(bar) * ctx.meter.bar();
        // Every second phrase lifts the figure, so that something changes.
        let lift = if (bar / PHRASE_BARS) % 2 == 1 { 1 } else { 0 } + rank.rank as i32;
        match style {
            ArpStyle::Strum => strum(ctx, instrument, start, bar, &mut out, rng),
            ArpStyle::Gallop => gallop(ctx, instrument, start, bar, &mut out, rng),
            ArpStyle::Cascade => cascade(ctx, instrument, start, bar, &mut out, rng),
            ArpStyle::Comp => comp(ctx, instrument, start, &mut out, rng),
            ArpStyle::Sparkle => sparkle(ctx, instrument, start, &mut out, rng),
            _ => figure.bar(ctx, instrument, start, lift, phase, &mut out),
        }
    }
    out.sort_by(|a, b| a.start_beat.total_cmp(&b.start_beat));
    out
}

fn style(ctx: &Ctx, instrument: Instrument, rank: Rank) -> ArpStyle {
    let style = ctx.idiom.arp;
    match (instrument, style) {
        (Instrument::MusicBox | Instrument::FmBell, ArpStyle::Strum | ArpStyle::Comp | ArpStyle::Gallop) => {
            ArpStyle::Broken
        }
        (_, ArpStyle::Comp) if rank.rank > 0 => ArpStyle::Sparkle,
        _ if rank.rank > 0 && style != ArpStyle::Ostinato => ArpStyle::Ostinato,
        (i, ArpStyle::Strum | ArpStyle::Gallop) if behaviour(i) == Behaviour::Sustained => ArpStyle::Broken,
        _ => style,
    }
}

/// A figure of chord-tone indices on a grid.
struct Figure {
    step: f64,
    hits: Vec<bool>,
    indices: Vec<i32>,
    register: i32,
}

impl Figure {
    fn new(ctx: &Ctx, style: ArpStyle, rng: &mut Rng) -> Self {
        let density = ctx.world.rhythm.density;
        let is_fast = ctx.world.rhythm.tempo_bpm > 124.0;
        let sixteenths = style == ArpStyle::Sequencer && !(is_fast && density < 0.6);
        let step = ctx.meter.eighth * if sixteenths { 0.5 } else { 1.0 };
        let steps = (ctx.meter.bar() / step).round() as u32;
        let fill = match style {
            ArpStyle::Sequencer => 0.5 + 0.45 * density,
            ArpStyle::Ostinato => 0.55 + 0.3 * density,
            _ => 0.7 + 0.3 * density,
        };
        let hits = euclid((fill * steps as f32).round().max(2.0) as u32, steps, 0);
        let patterns: &[&[i32]] = match style {
            ArpStyle::Sequencer => &[
                &[0, 2, 1, 3, 2, 4, 3, 5],
                &[0, 1, 2, 3, 4, 3, 2, 1],
                &[0, 3, 1, 4, 2, 5, 1, 3],
                &[0, 0, 3, 1, 0, 4, 2, 1],
            ],
            ArpStyle::Alberti => &[&[0, 2, 1, 2], &[0, 3, 1, 3], &[0, 2, 1, 3, 1, 2]],
            ArpStyle::Ostinato => &[&[0, 1, 0, 2, 0, 1, 3], &[2, 0, 1, 0, 3, 0], &[0, 2, 3, 2, 1]],
            _ => &[&[0, 1, 2, 3, 4, 3, 2, 1], &[0, 2, 1, 3, 2, 4], &[0, 1, 2, 4, 3, 2]],
        };
        let indices = rng.pick(patterns).map_or_else(|| vec![0, 1, 2], |p| p.to_vec());
        Self { step, hits, indices, register: 55 + (ctx.world.timbre.brightness * 10.0) as i32 }
    }

    fn bar(&self, ctx: &Ctx, instrument: Instrument, start: f64, lift: i32, phase: Phase, out: &mut Vec<Note>) {
        let hits = self.hits.iter().enumerate().filter(|(_, h)| **h).map(|(i, _)| i);
        for (count, i) in hits.enumerate() {
            let at = i as f64 * self.step;
            let half_filled = phase == Phase::Build && i % 2 == 1;
            let index = self.indices[count % self.indices.len()];
            if half_filled {
                continue;
            }
            let tones = tones(ctx.chord(start + at), instrument, self.register);
            let pitch = tones[(index + lift).rem_euclid(tones.len() as i32) as usize];
            let eighth = (at / ctx.meter.eighth) as u32 % ctx.meter.eighths;
            let on_grid = (at / ctx.meter.eighth).fract() < 0.01;
            let accent = if on_grid { ctx.meter.weight(eighth) } else { 0.15 };
            let ring = if behaviour(instrument) == Behaviour::Decaying { 2.0 } else { 0.8 };
            out.push(Note {
                start_beat: start + at,
                beats: self.step * ring,
                pitch: pitch as f32,
                velocity: 0.45 + 0.3 * accent,
                articulation: Articulation::Plain,
            });
        }
    }
}

/// Six chord tones upwards from a register.
fn tones(chord: &Chord, instrument: Instrument, register: i32) -> Vec<i32> {
    let (low, high) = range(instrument);
    let floor = register.clamp(low, (high - 19).max(low));
    let mut out: Vec<i32> =
        (floor..=high).filter(|p| chord.classes.contains(&(p.rem_euclid(12) as u8))).take(6).collect();
    if out.is_empty() {
        out.push(fit(instrument, floor));
    }
    out
}

/// Chords rolled across the strings: down on the strong beats, up between.
fn strum(ctx: &Ctx, instrument: Instrument, start: f64, bar: u32, out: &mut Vec<Note>, rng: &mut Rng) {
    let eighth = ctx.meter.eighth;
    for e in 0..ctx.meter.eighths {
        let weight = ctx.meter.weight(e);
        let plays = match e {
            0 => true,
            _ if weight >= 0.6 => rng.chance(0.35 + 0.6 * ctx.world.rhythm.density),
            _ => rng.chance(0.45 * ctx.world.rhythm.density),
        };
        if !plays {
            continue;
        }
        let at = start + f64::from(e) * eighth;
        let mut tones = tones(ctx.chord(at), instrument, 50);
        let is_down = weight >= 0.6;
        tones.truncate(if e == 0 { 5 } else { 3 });
        if !is_down {
            tones.reverse();
        }
        let gap = 0.012 + if e == 0 && bar.is_multiple_of(2) { 0.05 } else { 0.02 };
        for (i, pitch) in tones.iter().enumerate() {
            let velocity = 0.42 + 0.28 * weight + 0.05 * rng.unit() - 0.02 * i as f32;
            out.push(Note {
                start_beat: at + gap * i as f64,
                beats: eighth * 3.0,
                pitch: *pitch as f32,
                velocity,
                articulation: Articulation::Plain,
            });
        }
    }
}

/// Behind each beat a strum, two where it is lively; the bass has the beat itself. Calm pieces pick the chord instead.
fn gallop(ctx: &Ctx, instrument: Instrument, start: f64, bar: u32, out: &mut Vec<Note>, rng: &mut Rng) {
    let eighth = ctx.meter.eighth;
    let is_lively = ctx.world.rhythm.density > 0.32;
    for e in (0..ctx.meter.eighths).filter(|e| ctx.meter.is_beat(*e)) {
        let beat = start + f64::from(e) * eighth;
        let tones = tones(ctx.chord(beat), instrument, 50);
        let mut strum = |at: f64, take: usize, velocity: f32, beats: f64, out: &mut Vec<Note>| {
            for (i, pitch) in tones.iter().skip(1).take(take).enumerate() {
                let velocity = velocity + 0.05 * rng.unit();
                let start_beat = at + 0.014 * i as f64;
                let articulation = Articulation::Plain;
                out.push(Note { start_beat, beats, pitch: *pitch as f32, velocity, articulation });
            }
        };
        if e == 0 && bar.is_multiple_of(PHRASE_BARS) {
            strum(beat, 5, 0.6, eighth * 4.0, out);
        } else if is_lively {
            strum(beat + eighth, 3, 0.5, eighth * 0.7, out);
            strum(beat + eighth * 1.5, 2, 0.38, eighth * 0.5, out);
        } else {
            for (i, pitch) in tones.iter().skip((e / 2) as usize % 2).step_by(2).take(2).enumerate() {
                let start_beat = beat + eighth * i as f64;
                let velocity = 0.48 - 0.08 * i as f32;
                let articulation = Articulation::Plain;
                out.push(Note { start_beat, beats: eighth * 3.0, pitch: *pitch as f32, velocity, articulation });
            }
        }
    }
}

/// Every second bar a run down the scale that gathers speed, or a tone with its lower octave; in between a single pluck.
fn cascade(ctx: &Ctx, instrument: Instrument, start: f64, bar: u32, out: &mut Vec<Note>, rng: &mut Rng) {
    let (eighth, length) = (ctx.meter.eighth, ctx.meter.bar());
    let chord = ctx.chord(start);
    let (low, high) = range(instrument);
    let classes: Vec<i32> = chord.classes.iter().map(|c| i32::from(*c)).collect();
    let scale = ctx.key.melody_over(&classes);
    let mut note = |at: f64, pitch: i32, velocity: f32, beats: f64| {
        let articulation = Articulation::Plain;
        out.push(Note { start_beat: start + at, beats, pitch: pitch as f32, velocity, articulation });
    };
    let top = crate::compose::nearest(i32::from(chord.root), 76.min(high - 3), instrument);
    if bar.is_multiple_of(2) && rng.chance(0.35 + 0.5 * ctx.world.rhythm.density) {
        let run: Vec<i32> = (low..=top).rev().filter(|p| scale.contains(&p.rem_euclid(12))).take(7).collect();
        let from = if rng.chance(0.5) { 0.0 } else { length * 0.5 };
        let mut at = 0.0;
        for (i, pitch) in run.iter().enumerate() {
            if from + at < length {
                note(from + at, *pitch, 0.62 - 0.03 * i as f32, eighth * 3.0);
            }
            at += eighth * (1.0 - 0.11 * i as f64);
        }
        return;
    }
    note(0.0, top - 12, 0.58, length);
    if rng.chance(0.6) {
        note(eighth * 0.5, top, 0.42, length);
    }
    if rng.chance(0.3 + 0.5 * ctx.world.rhythm.density) {
        let class = rng.pick(&classes).copied().unwrap_or(0);
        note(length * 0.625, crate::compose::nearest(class, 67, instrument), 0.45, eighth * 3.0);
    }
}

/// Short chords off the beat.
fn comp(ctx: &Ctx, instrument: Instrument, start: f64, out: &mut Vec<Note>, rng: &mut Rng) {
    let eighth = ctx.meter.eighth;
    for e in 0..ctx.meter.eighths {
        let is_off = !ctx.meter.is_beat(e);
        let chance = if is_off {
            0.22 + 0.3 * ctx.world.rhythm.density
        } else if e == 0 {
            0.35
        } else {
            0.12
        };
        if !rng.chance(chance) {
            continue;
        }
        let at = start + f64::from(e) * eighth;
        let length = eighth * if rng.chance(0.3) { 2.5 } else { 0.9 };
        for pitch in ctx.chord(at + eighth).pitches.iter().skip(2) {
            let velocity = 0.45 + 0.15 * rng.unit();
            out.push(Note {
                start_beat: at,
                beats: length,
                pitch: fit(instrument, i32::from(*pitch)) as f32,
                velocity,
                articulation: Articulation::Plain,
            });
        }
    }
}

/// A few high tones, scattered.
fn sparkle(ctx: &Ctx, instrument: Instrument, start: f64, out: &mut Vec<Note>, rng: &mut Rng) {
    let n = 2 + (ctx.world.rhythm.density * 4.0) as usize;
    let (_, high) = range(instrument);
    for _ in 0..n {
        let place = rng.below(ctx.meter.eighths as usize * 2);
        let at = start + place as f64 * ctx.meter.eighth * 0.5;
        let tones = tones(ctx.chord(at), instrument, (high - 22).min(74));
        let pitch = rng.pick(&tones).copied().unwrap_or(72);
        let velocity = rng.range(0.3, 0.7);
        out.push(Note {
            start_beat: at,
            beats: ctx.meter.eighth * 2.0,
            pitch: pitch as f32,
            velocity,
            articulation: Articulation::Plain,
        });
    }
}

/// A tuned instrument in the percussion layer: root and fifth on the groups of the bar.
pub(crate) fn pulse(ctx: &Ctx, instrument: Instrument, rng: &mut Rng) -> Vec<Note> {
    let hits = euclid(3 + (ctx.world.rhythm.density * 4.0) as u32, ctx.meter.eighths, 0);
    let mut out = Vec::new();
    for bar in (0..ctx.form.bars).filter(|b| ctx.plays(Layer::Percussion, *b)) {
        for (i, _) in hits.iter().enumerate().filter(|(_, h)| **h) {
            let at = f64::from(bar) * ctx.meter.bar() + i as f64 * ctx.meter.eighth;
            let chord = ctx.chord(at);
            let class = if i == 0 { chord.root } else { chord.classes[rng.below(chord.classes.len())] };
            let pitch = crate::compose::nearest(i32::from(class), 60, instrument);
            let velocity = 0.45 + 0.3 * ctx.meter.weight(i as u32);
            out.push(Note {
                start_beat: at,
                beats: ctx.meter.eighth * 0.8,
                pitch: pitch as f32,
                velocity,
                articulation: Articulation::Plain,
            });
        }
    }
    out
}
