//! The chords of the piece: the world's progression through the form, with variation, and a close for every section.

use gesamt_world::{Harmony, Mode, Rng, World};

use crate::form::{Form, PHRASE_BARS, Phase};
use crate::idiom::{Colour, Idiom};
use crate::score::Cadence;
use crate::theory::Key;

/// A chord before it is voiced.
#[derive(Clone, Debug, PartialEq)]
pub struct Harm {
    /// When it starts, in beats.
    pub start_beat: f64,
    /// How long it lasts, in beats.
    pub beats: f64,
    /// The degree of the root, 0 = tonic.
    pub degree: i32,
    /// Pitch classes, root first.
    pub classes: Vec<i32>,
}

/// The harmony of the whole piece, and how each section closes.
#[must_use]
pub fn plan(world: &World, key: &Key, form: &Form, idiom: &Idiom, rng: &mut Rng) -> (Vec<Harm>, Vec<Cadence>) {
    let bar_beats = f64::from(world.rhythm.beats_per_bar);
    let mut slots = degrees(world, form);
    let cadences = cadences(key, world, form, &mut slots);
    let mut chords: Vec<Harm> = Vec::new();
    // One shape per degree, so that a progression that returns sounds the same again.
    let mut shapes: Vec<(Slot, Vec<i32>)> = Vec::new();
    for slot in slots {
        let shape = Slot { start_bar: 0.0, bars: 0.0, ..slot };
        let classes = match shapes.iter().find(|(s, _)| *s == shape) {
            Some((_, classes)) => classes.clone(),
            None => {
                let classes = classes(key, &slot, &world.harmony, idiom.colour, rng);
                shapes.push((shape, classes.clone()));
                classes
            }
        };
        let (start_beat, beats) = (slot.start_bar * bar_beats, slot.bars * bar_beats);
        match chords.last_mut() {
            Some(last)
                if last.classes == classes && last.degree == slot.degree && beats + last.beats <= 2.0 * bar_beats =>
            {
                last.beats += beats;
            }
            _ => chords.push(Harm { start_beat, beats, degree: slot.degree, classes }),
        }
    }
    (chords, cadences)
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Slot {
    start_bar: f64,
    bars: f64,
    degree: i32,
    /// A dominant that is to lead home, with a raised leading tone.
    leads_home: bool,
}

/// The degrees of the progression, restarted at each section and varied in later ones.
fn degrees(world: &World, form: &Form) -> Vec<Slot> {
    let harmony = &world.harmony;
    let base: Vec<i32> = harmony.progression.iter().map(|d| i32::from(*d) - 1).collect();
    let mut slots = Vec::new();
    for section in &form.sections {
        let is_contrast = form.phase(section.start_bar) == Phase::Break;
        let progression = if is_contrast { contrast(&base) } else { base.clone() };
        let mut bar = 0;
        let mut step = 0;
        while bar < section.bars {
            let bars = chord_bars(world, is_contrast, bar, section.bars).min(section.bars - bar);
            let degree = progression[step % progression.len()];
            slots.push(Slot {
                start_bar: f64::from(section.start_bar + bar),
                bars: f64::from(bars),
                degree,
                leads_home: false,
            });
            bar += bars;
            step += 1;
        }
    }
    slots
}

/// Bars per chord: tension makes the harmony hurry, in the second half of a contrast and in the last phrase before a close;
/// where there is none, the contrast takes its time.
fn chord_bars(world: &World, is_contrast: bool, bar: u32, section_bars: u32) -> u32 {
    let (usual, tension) = (u32::from(world.harmony.bars_per_chord), world.mood.tension);
    let is_late = is_contrast && bar * 2 >= section_bars;
    let is_close = section_bars > PHRASE_BARS && bar + PHRASE_BARS >= section_bars;
    if (is_late && tension > 0.15) || (is_close && tension > 0.4) {
        (usual / 2).max(1)
    } else if is_contrast && !is_late && tension < -0.4 {
        (usual * 2).min(2)
    } else {
        usual
    }
}

/// The progression of the contrasting section: from its middle, with thirds in place of the tonic.
fn contrast(base: &[i32]) -> Vec<i32> {
    let n = base.len();
    (0..n)
        .map(|i| match base[(i + n / 2) % n] {
            0 if i == 0 => 5,
            0 if n > 2 => 2,
            degree => degree,
        })
        .collect()
}

/// Closes every section with the chord that leads on: home where home follows, and in the last bar back to bar 1.
fn cadences(key: &Key, world: &World, form: &Form, slots: &mut Vec<Slot>) -> Vec<Cadence> {
    let pull = leading_degree(key, world);
    let starts: Vec<f64> = form.sections.iter().map(|s| f64::from(s.start_bar)).collect();
    let first = |bar: f64, slots: &[Slot]| slots.iter().find(|s| s.start_bar >= bar - 1e-6).map_or(0, |s| s.degree);
    let mut out = Vec::new();
    for (i, section) in form.sections.iter().enumerate() {
        let end = f64::from(section.start_bar + section.bars);
        let next = first(starts.get(i + 1).copied().unwrap_or(0.0), slots);
        close(slots, end, next, pull);
        let last = slots.iter().rfind(|s| s.start_bar < end - 1e-6).map_or(0, |s| s.degree);
        out.push(kind(key, last, next));
    }
    out
}

/// Ends what stands before bar `end` on the pulling chord, unless it does already or that chord follows anyway.
fn close(slots: &mut Vec<Slot>, end: f64, next: i32, (degree, leads_home): (i32, bool)) {
    let Some(at) = slots.iter().rposition(|s| s.start_bar < end - 1e-6) else { return };
    let last = &mut slots[at];
    if next == degree || (last.degree == degree && !leads_home) {
        return;
    }
    let take = if last.bars > 1.0 { 1.0 } else { last.bars * if last.degree == next { 1.0 } else { 0.5 } };
    let whole = take >= last.bars;
    last.bars -= take;
    let slot = Slot { start_bar: end - take, bars: take, degree, leads_home };
    if whole {
        slots[at] = slot;
    } else {
        slots.insert(at + 1, slot);
    }
}

/// The name of a close from one degree to the next.
fn kind(key: &Key, last: i32, next: i32) -> Cadence {
    let semitones = (key.degree(last) - key.tonic).rem_euclid(12);
    match (last.rem_euclid(7), next.rem_euclid(7)) {
        (4, 0) => Cadence::Authentic,
        (3, 0) => Cadence::Plagal,
        (1, 0) if semitones == 1 => Cadence::Phrygian,
        (a, 0) if a != 0 => Cadence::Modal,
        (4, b) if b != 4 => Cadence::Deceptive,
        _ => Cadence::Open,
    }
}

/// The degree that pulls to the tonic in each mode, and whether it takes a raised leading tone.
fn leading_degree(key: &Key, world: &World) -> (i32, bool) {
    match key.mode {
        Mode::Ionian | Mode::HarmonicMinor => (4, false),
        Mode::Aeolian => (4, world.mood.tension > -0.2),
        Mode::Lydian => (4, false),
        Mode::Mixolydian => (6, false),
        Mode::Dorian => (if world.mood.valence > 0.0 { 3 } else { 6 }, false),
        Mode::Phrygian | Mode::PhrygianDominant | Mode::Locrian => (1, false),
        Mode::Hirajoshi => (6, false),
        Mode::WholeTone => (1, false),
    }
}

/// The pitch classes of a chord.
fn classes(key: &Key, slot: &Slot, harmony: &Harmony, colour: Colour, rng: &mut Rng) -> Vec<i32> {
    let tone = |step: i32| key.degree(slot.degree + step);
    let root = tone(0);
    let above = |class: i32| (class - root).rem_euclid(12);
    let mut third = tone(2);
    let fifth = tone(4);
    if slot.leads_home {
        third = (root + 4).rem_euclid(12);
    }
    let is_diminished = above(fifth) == 6;
    let is_suspended = rng.chance(harmony.dissonance * 0.55) && !slot.leads_home && !is_diminished;
    let mut out = vec![root];
    match colour {
        Colour::Open if harmony.extension < 0.7 => {
            out.extend([fifth, if above(tone(1)) == 2 { tone(1) } else { tone(3) }]);
            if rng.chance(0.6) && !is_suspended {
                out[2] = third;
            }
        }
        Colour::Cluster => {
            out.extend([if rng.chance(0.5) { tone(1) } else { third }, fifth, tone(3)]);
            out.truncate(if harmony.dissonance > 0.3 { 4 } else { 3 });
            return distinct(out);
        }
        _ if is_suspended => out.extend([if above(tone(1)) == 2 { tone(1) } else { tone(3) }, fifth]),
        _ => out.extend([third, fifth]),
    }
    if is_diminished && colour == Colour::Triadic {
        return distinct(out);
    }
    extend(&mut out, key, slot, harmony, colour);
    distinct(out)
}

/// Adds sevenths, ninths and added tones as far as the world asks.
fn extend(out: &mut Vec<i32>, key: &Key, slot: &Slot, harmony: &Harmony, colour: Colour) {
    let tone = |step: i32| key.degree(slot.degree + step);
    let root = tone(0);
    let above = |class: i32| (class - root).rem_euclid(12);
    let richness = harmony.extension
        + match colour {
            Colour::Jazz => 0.45,
            Colour::Floating => 0.2,
            Colour::Triadic => -0.2,
            Colour::Open | Colour::Cluster => 0.0,
        };
    let ninth = if above(tone(1)) == 2 || colour == Colour::Cluster { Some(tone(1)) } else { None };
    if richness > 0.35 || (slot.leads_home && richness > 0.1) {
        match (colour, ninth) {
            (Colour::Floating | Colour::Open, Some(ninth)) => out.push(ninth),
            // A plain major seventh on a triad of another colour would sound like jazz.
            (Colour::Triadic, _) if above(tone(6)) == 11 => out.extend(ninth),
            _ => out.push(tone(6)),
        }
    }
    if richness > 0.65 {
        match (colour, ninth) {
            (Colour::Floating | Colour::Open, _) => out.push(tone(6)),
            (_, Some(ninth)) => out.push(ninth),
            _ => {}
        }
    }
}

fn distinct(classes: Vec<i32>) -> Vec<i32> {
    let mut out: Vec<i32> = Vec::with_capacity(classes.len());
    for class in classes {
        if !out.contains(&class) {
            out.push(class);
        }
    }
    out
}
