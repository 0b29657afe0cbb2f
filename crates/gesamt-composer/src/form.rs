//! The form: how many bars, which sections, and which layer plays in which phrase.

use gesamt_world::{Layer, World};

use crate::score::{Breakpoint, Cadence, ScoreOptions, Section};

/// The bars of a phrase.
pub const PHRASE_BARS: u32 = 4;

/// What a phrase does in the arc of the piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The theme is stated.
    Statement,
    /// The theme again, fuller.
    Lift,
    /// Air: drums and arpeggio leave.
    Break,
    /// Back up.
    Build,
    /// The theme in full.
    Return,
}

/// The form of a piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Length in bars.
    pub bars: u32,
    /// The sections.
    pub sections: Vec<Section>,
    /// The phase of each four-bar phrase.
    pub phrases: Vec<Phase>,
}

impl Form {
    /// The phase of a bar.
    #[must_use]
    pub fn phase(&self, bar: u32) -> Phase {
        self.phrases.get((bar / PHRASE_BARS) as usize).copied().unwrap_or(Phase::Return)
    }

    /// The section of a bar.
    #[must_use]
    pub fn section(&self, bar: u32) -> usize {
        self.sections.iter().rposition(|s| s.start_bar <= bar).unwrap_or(0)
    }
}

/// The form of a world's piece.
#[must_use]
pub fn form(world: &World, options: &ScoreOptions) -> Form {
    let bars = bars(world, options);
    let names = plan(bars / PHRASE_BARS);
    let mut sections: Vec<Section> = Vec::new();
    let mut phrases = Vec::new();
    for (name, count) in names {
        let start_bar = phrases.len() as u32 * PHRASE_BARS;
        for i in 0..count {
            phrases.push(phase_of(&name, i, count));
        }
        let kind = name.split(' ').next().unwrap_or_default();
        let intensity = match kind {
            "A" => 0.7,
            "A'" => 0.85,
            "B" => 0.5,
            _ => 1.0,
        };
        sections.push(Section { name, start_bar, bars: count * PHRASE_BARS, intensity, cadence: Cadence::Open });
    }
    Form { bars, sections, phrases }
}

fn phase_of(name: &str, index: u32, count: u32) -> Phase {
    match name.split(' ').next().unwrap_or_default() {
        "A" => Phase::Statement,
        "A'" => Phase::Lift,
        "B" if index * 2 < count => Phase::Break,
        "B" => Phase::Build,
        _ => Phase::Return,
    }
}

/// Phrases after which a piece goes round its sections again.
const ROUND_PHRASES: u32 = 12;

/// Names and phrases of the sections. Long pieces are several rounds, numbered from the second on.
fn plan(phrases: u32) -> Vec<(String, u32)> {
    let rounds = phrases.div_ceil(ROUND_PHRASES).max(1);
    let mut out = Vec::new();
    for i in 0..rounds {
        let length = phrases * (i + 1) / rounds - phrases * i / rounds;
        let number = if i == 0 { String::new() } else { format!(" {}", i + 1) };
        out.extend(round(length).into_iter().map(|(name, n)| (format!("{name}{number}"), n)));
    }
    out
}

fn round(phrases: u32) -> Vec<(&'static str, u32)> {
    match phrases {
        0 | 1 => vec![("A", 1)],
        2 => vec![("A", 1), ("A'", 1)],
        3 => vec![("A", 1), ("B", 1), ("A''", 1)],
        n => {
            let base = n / 4;
            let extra = n % 4;
            let more = |rank: u32| base + u32::from(extra >= rank);
            vec![("A", base), ("A'", more(2)), ("B", more(1)), ("A''", more(3))]
        }
    }
}

/// At least `min_secs`, in phrases, and in whole rounds of the progression where that fits.
fn bars(world: &World, options: &ScoreOptions) -> u32 {
    let bar_secs = world.bar_secs();
    let least = (options.min_secs / bar_secs - 1e-9).ceil().max(1.0) as u32;
    let up = |bars: u32, unit: u32| bars.div_ceil(unit) * unit;
    let fits = |bars: u32| f64::from(bars) * bar_secs <= options.max_secs;
    let round = world.harmony.progression.len() as u32 * u32::from(world.harmony.bars_per_chord);
    let candidates = [up(least, lcm(lcm(round, PHRASE_BARS), 8)), up(least, lcm(round, PHRASE_BARS)), up(least, 8)];
    candidates.into_iter().find(|&b| b <= least + 8 && fits(b)).unwrap_or(up(least, PHRASE_BARS))
}

fn lcm(a: u32, b: u32) -> u32 {
    let (mut x, mut y) = (a.max(1), b.max(1));
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a.max(1) / x * b.max(1)
}

/// How strongly a layer plays in a phase; 0 is silence.
#[must_use]
pub fn presence(layer: Layer, phase: Phase) -> f32 {
    let column = match phase {
        Phase::Statement => 0,
        Phase::Lift => 1,
        Phase::Break => 2,
        Phase::Build => 3,
        Phase::Return => 4,
    };
    let row = match layer {
        Layer::Pad => [0.8, 0.85, 0.75, 0.8, 1.0],
        Layer::Bass => [0.85, 0.95, 0.45, 0.8, 1.0],
        Layer::Arp => [0.8, 0.9, 0.0, 0.6, 1.0],
        Layer::Lead => [0.95, 0.95, 0.6, 0.65, 1.0],
        Layer::Counter => [0.0, 0.85, 0.85, 0.6, 0.95],
        Layer::Percussion => [0.8, 0.95, 0.0, 0.7, 1.0],
    };
    row[column]
}

/// The automation of a layer over the form, for an arc of the given depth (0–1).
#[must_use]
pub fn automation(form: &Form, layer: Layer, beats_per_bar: u32, depth: f32) -> Vec<Breakpoint> {
    let beat = |bar: f64| bar * f64::from(beats_per_bar);
    let mut points = Vec::new();
    for (i, phase) in form.phrases.iter().enumerate() {
        let start = i as f64 * f64::from(PHRASE_BARS);
        let end = start + f64::from(PHRASE_BARS);
        let level = presence(layer, *phase);
        // A build climbs into the phrase that follows; the last phrase ebbs so that bar 1 can begin again.
        let next = form.phrases.get(i + 1).map_or(presence(layer, Phase::Statement), |p| presence(layer, *p));
        let close = match phase {
            Phase::Build => next.max(level),
            Phase::Return if i + 1 == form.phrases.len() => level * 0.75,
            Phase::Lift if next < level => level,
            _ => level + (next - level).max(0.0) * 0.3,
        };
        let soften = |level: f32| 1.0 - (1.0 - level) * (0.6 + 0.6 * depth);
        points.push(Breakpoint { beat: beat(start), level: soften(level) });
        points.push(Breakpoint { beat: beat(end) - 0.25, level: soften(close) });
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_cover_the_bars_without_gaps_for_every_length() {
        for phrases in 1..200 {
            let total: u32 = plan(phrases).iter().map(|(_, n)| n).sum();
            assert_eq!(total, phrases);
        }
    }

    #[test]
    fn every_layer_but_the_counter_plays_in_the_first_phrase() {
        for &layer in Layer::ALL {
            assert_eq!(presence(layer, Phase::Statement) > 0.0, layer != Layer::Counter);
        }
    }
}
