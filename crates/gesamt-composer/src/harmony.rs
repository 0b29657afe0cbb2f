//! The chords of the piece: the world's progression through the form, with variation and a cadence that leads back.

use gesamt_world::{Harmony, Mode, Rng, World};

use crate::form::{Form, Phase};
use crate::idiom::{Colour, Idiom};
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

/// The harmony of the whole piece.
#[must_use]
pub fn plan(world: &World, key: &Key, form: &Form, idiom: &Idiom, rng: &mut Rng) -> Vec<Harm> {
    let bar_beats = f64::from(world.rhythm.beats_per_bar);
    let mut slots = degrees(world, form);
    cadence(key, world, form, &mut slots);
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
    chords
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
            let late = is_contrast && bar * 2 >= section.bars && world.mood.tension > 0.15;
            let wanted =
                if late { (u32::from(harmony.bars_per_chord) / 2).max(1) } else { harmony.bars_per_chord.into() };
            let bars = wanted.min(section.bars - bar);
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

/// The last bar leads back to bar 1; before B and A'' half a bar of the same.
fn cadence(key: &Key, world: &World, form: &Form, slots: &mut Vec<Slot>) {
    let (degree, leads_home) = leading_degree(key, world);
    let home = slots.first().map_or(0, |s| s.degree);
    if home == degree {
        return;
    }
    let Some(last) = slots.last_mut() else { return };
    let end = f64::from(form.bars);
    if last.degree == degree && !leads_home {
        return;
    }
    let take = if last.bars > 1.0 { 1.0 } else { last.bars * if last.degree == home { 1.0 } else { 0.5 } };
    let whole = take >= last.bars;
    last.bars -= take;
    if whole {
        slots.pop();
    }
    slots.push(Slot { start_bar: end - take, bars: take, degree, leads_home });
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
