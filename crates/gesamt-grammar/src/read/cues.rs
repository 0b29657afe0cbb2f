//! Explicit values: tempo, key, meter, focal length, clock time and hex colours.

use gesamt_world::{Mode, Oklch, PitchClass, TimeOfDay};

use super::tokens::Token;

/// A value that stands in the prompt as such.
#[derive(Clone, Debug, PartialEq)]
pub enum Cue {
    /// Quarter notes per minute.
    Tempo(f32),
    /// Tonic, and the scale when it is named.
    Key(PitchClass, Option<Mode>),
    /// Beats per bar and beat unit.
    Meter(u8, u8),
    /// Focal length in millimetres.
    Focal(f32),
    /// A colour.
    Color(Oklch),
    /// Hour of the day, 0–24.
    Hour(f32),
}

/// The cue that begins at the first token, and how many tokens it takes.
pub fn cue(tokens: &[Token]) -> Option<(Cue, usize)> {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let first = word(0);
    if let Some(color) = hex(first) {
        return Some((Cue::Color(color), 1));
    }
    if let Some(found) = number_with_unit(first, word(1)) {
        return Some(found);
    }
    if let Some((beats, unit)) = first.split_once('/') {
        let (beats, unit) = (beats.parse().ok()?, unit.parse().ok()?);
        return ((2..=7).contains(&beats) && matches!(unit, 4 | 8)).then_some((Cue::Meter(beats, unit), 1));
    }
    if let Some((hour, minute)) = first.split_once(':') {
        let hour = hour.parse::<f32>().ok()? + minute.parse::<f32>().ok()? / 60.0;
        return (hour < 24.0).then(|| half_day(hour, word(1)).map_or((Cue::Hour(hour), 1), |h| (Cue::Hour(h), 2)));
    }
    key(tokens)
}

fn hex(word: &str) -> Option<Oklch> {
    let digits = word.strip_prefix('#')?;
    match digits.len() {
        6 => Oklch::from_hex(word),
        3 => Oklch::from_hex(&format!("#{}", digits.chars().flat_map(|c| [c, c]).collect::<String>())),
        _ => None,
    }
}

fn number_with_unit(first: &str, second: &str) -> Option<(Cue, usize)> {
    let split = first.find(|c: char| !c.is_ascii_digit()).unwrap_or(first.len());
    let number: f32 = first[..split].parse().ok()?;
    let (unit, taken) = if split < first.len() { (&first[split..], 1) } else { (second, 2) };
    let cue = match unit {
        "bpm" => Cue::Tempo(number.clamp(40.0, 180.0)),
        "mm" => Cue::Focal(number.clamp(14.0, 135.0)),
        "am" | "pm" => Cue::Hour(half_day(number, unit)?),
        "o'clock" if number <= 24.0 => Cue::Hour(number),
        "h" | "uhr" if number <= 24.0 => Cue::Hour(number),
        _ => return None,
    };
    Some((cue, taken))
}

fn half_day(hour: f32, unit: &str) -> Option<f32> {
    let base = if hour >= 12.0 { hour - 12.0 } else { hour };
    (hour <= 13.0).then_some(match unit {
        "am" => base,
        "pm" => base + 12.0,
        _ => return None,
    })
}

/// The part of the day of an hour on the clock.
pub fn time_of_hour(hour: f32) -> TimeOfDay {
    match hour {
        h if !(5.0..21.0).contains(&h) => TimeOfDay::Night,
        h if h < 7.5 => TimeOfDay::Dawn,
        h if h < 18.0 => TimeOfDay::Day,
        _ => TimeOfDay::Dusk,
    }
}

fn key(tokens: &[Token]) -> Option<(Cue, usize)> {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.text.as_str());
    let (mut class, mut taken) = (natural(word(0))?, 1);
    let rest: String = word(0).chars().skip(1).collect();
    let mut shift = match rest.as_str() {
        "#" | "♯" | "-sharp" => 1,
        "b" | "♭" | "-flat" => 11,
        _ => 0,
    };
    if rest.is_empty() && matches!(word(1), "sharp" | "flat") {
        shift = if word(1) == "sharp" { 1 } else { 11 };
        taken = 2;
    }
    class = (class + shift) % 12;
    let mode = match word(taken) {
        "major" => Some(Mode::Ionian),
        "minor" | "min" => Some(Mode::Aeolian),
        "harmonic" if word(taken + 1) == "minor" => {
            taken += 1;
            Some(Mode::HarmonicMinor)
        }
        other => Mode::from_label(other),
    };
    if mode.is_some() {
        taken += 1;
    } else if shift == 0 {
        // A lone letter is an article or a list mark, not a key.
        return None;
    }
    PitchClass::ALL.get(class).map(|class| (Cue::Key(*class, mode), taken))
}

/// The pitch class of the letter that a word begins with, when what follows can only be an accidental.
fn natural(word: &str) -> Option<usize> {
    let class = match word.chars().next()? {
        'c' => 0,
        'd' => 2,
        'e' => 4,
        'f' => 5,
        'g' => 7,
        'a' => 9,
        'b' => 11,
        _ => return None,
    };
    matches!(&word[1..], "" | "#" | "♯" | "♭" | "b" | "-sharp" | "-flat").then_some(class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::tokens::tokenize;

    fn read(text: &str) -> Option<(Cue, usize)> {
        cue(&tokenize(text))
    }

    #[test]
    fn values_are_read_with_their_units() {
        assert_eq!(read("120 bpm"), Some((Cue::Tempo(120.0), 2)));
        assert_eq!(read("95bpm"), Some((Cue::Tempo(95.0), 1)));
        assert_eq!(read("35mm lens"), Some((Cue::Focal(35.0), 1)));
        assert_eq!(read("6/8"), Some((Cue::Meter(6, 8), 1)));
        assert_eq!(read("7 pm"), Some((Cue::Hour(19.0), 2)));
        assert_eq!(read("12 am"), Some((Cue::Hour(0.0), 2)));
        assert_eq!(read("21:30"), Some((Cue::Hour(21.5), 1)));
        assert!(matches!(read("#f28"), Some((Cue::Color(_), 1))));
    }

    #[test]
    fn keys_are_read_and_articles_are_not() {
        assert_eq!(read("d minor"), Some((Cue::Key(PitchClass::D, Some(Mode::Aeolian)), 2)));
        assert_eq!(read("F# dorian"), Some((Cue::Key(PitchClass::Fs, Some(Mode::Dorian)), 2)));
        assert_eq!(read("B flat major"), Some((Cue::Key(PitchClass::As, Some(Mode::Ionian)), 3)));
        assert_eq!(read("E harmonic minor"), Some((Cue::Key(PitchClass::E, Some(Mode::HarmonicMinor)), 3)));
        assert_eq!(read("a castle"), None);
        assert_eq!(read("a"), None);
    }
}
