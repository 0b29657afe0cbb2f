//! What the user may ask of the music: length, tempo and key.

use std::fmt;
use std::str::FromStr;

use gesamt_world::{Mode, PitchClass, World};

use crate::error::PipelineError;

/// Shortest and longest soundtrack that can be asked for, in seconds.
pub const LENGTH_RANGE: [f64; 2] = [30.0, 600.0];
/// Slowest and fastest tempo, in quarter notes per minute.
pub const TEMPO_RANGE: [f64; 2] = [40.0, 180.0];

/// What is asked of the music; what is absent is the world's own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MusicWish {
    /// Least length of the soundtrack in seconds; it ends with the phrase.
    pub length_secs: Option<f64>,
    /// Quarter notes per minute.
    pub tempo_bpm: Option<f64>,
    /// Tonic, and mode where it is given.
    pub key: Option<KeyWish>,
}

/// A key that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyWish {
    /// The tonic.
    pub tonic: PitchClass,
    /// The scale; the world's own when absent.
    pub mode: Option<Mode>,
}

impl MusicWish {
    /// Checks every number.
    ///
    /// # Errors
    /// [`PipelineError::Invalid`] with what was found and what was expected.
    pub fn check(&self) -> Result<(), PipelineError> {
        let is_inside = |v: f64, [low, high]: [f64; 2]| (low..=high).contains(&v);
        if let Some(secs) = self.length_secs.filter(|s| !is_inside(*s, LENGTH_RANGE)) {
            let (found, expected) = (format!("{secs} s"), "30 s to 10 min".into());
            return Err(PipelineError::Invalid { what: "length of the soundtrack", found, expected });
        }
        if let Some(bpm) = self.tempo_bpm.filter(|b| !is_inside(*b, TEMPO_RANGE)) {
            let (found, expected) = (format!("{bpm} bpm"), "40 to 180 quarter notes per minute".into());
            return Err(PipelineError::Invalid { what: "tempo", found, expected });
        }
        Ok(())
    }

    /// The world with the tempo and the key that were asked for.
    #[must_use]
    pub fn applied(&self, mut world: World) -> World {
        if let Some(bpm) = self.tempo_bpm {
            world.rhythm.tempo_bpm = whole_sixteenths(bpm);
        }
        if let Some(key) = self.key {
            world.harmony.key = key.tonic;
            world.harmony.mode = key.mode.unwrap_or(world.harmony.mode);
        }
        world
    }
}

/// The tempo nearest to `bpm` whose sixteenth note is a whole number of samples at 48 kHz, so that loops cut exactly.
fn whole_sixteenths(bpm: f64) -> f32 {
    let samples = |bpm: f64| 48_000.0 * 60.0 / bpm / 4.0;
    let [low, high] = TEMPO_RANGE;
    let sixteenth = samples(bpm).round().clamp(samples(high).ceil(), samples(low).floor());
    (48_000.0 * 60.0 / 4.0 / sixteenth) as f32
}

impl fmt::Display for KeyWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mode {
            Some(mode) => write!(f, "{} {mode}", self.tonic),
            None => write!(f, "{}", self.tonic),
        }
    }
}

impl FromStr for KeyWish {
    type Err = String;

    /// Reads `D`, `F#`, `Bb minor`, `e dorian` or `c_sharp harmonic_minor`.
    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || {
            let modes: Vec<&str> = Mode::ALL.iter().map(|m| m.label()).collect();
            format!(
                "found `{text}`, expected a tonic such as D, F# or Bb, alone or with major, minor, {}",
                modes.join(", ")
            )
        };
        let lower = text.trim().to_lowercase();
        let (tonic, mode) = match lower.split_once(char::is_whitespace) {
            Some((tonic, mode)) => (tonic, Some(mode.trim().replace(['-', ' '], "_"))),
            None => (lower.as_str(), None),
        };
        let mode = match mode.as_deref() {
            None => None,
            Some("major") => Some(Mode::Ionian),
            Some("minor") => Some(Mode::Aeolian),
            Some(label) => Some(Mode::from_label(label).ok_or_else(expected)?),
        };
        Ok(Self { tonic: tonic_of(tonic).ok_or_else(expected)?, mode })
    }
}

/// A letter with sharps or flats, or a label of the world.
fn tonic_of(text: &str) -> Option<PitchClass> {
    if let Some(tonic) = PitchClass::from_label(text) {
        return Some(tonic);
    }
    let mut signs = text.chars();
    let letter = signs.next()?;
    let natural = PitchClass::ALL.iter().position(|p| p.label() == letter.to_string())? as i32;
    let shift: i32 = match signs.as_str() {
        "#" | "♯" | "is" => 1,
        "b" | "♭" | "_flat" => -1,
        _ => return None,
    };
    PitchClass::ALL.get((natural + shift).rem_euclid(12) as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_people_write_them() {
        let key = |text: &str| text.parse::<KeyWish>().map(|k| k.to_string());
        assert_eq!(key("D"), Ok("d".into()));
        assert_eq!(key("F#"), Ok("f_sharp".into()));
        assert_eq!(key("Bb minor"), Ok("a_sharp aeolian".into()));
        assert_eq!(key("Cb major"), Ok("b ionian".into()));
        assert_eq!(key("e harmonic minor"), Ok("e harmonic_minor".into()));
        assert_eq!(key("c_sharp dorian"), Ok("c_sharp dorian".into()));
        for wrong in ["", "H", "D blues", "##", "F##"] {
            let message = wrong.parse::<KeyWish>().expect_err("refused");
            assert!(message.contains("expected a tonic"), "{message}");
        }
    }

    #[test]
    fn tempi_stay_in_range_and_cut_into_whole_samples() {
        for bpm in 40..=180 {
            let tempo = f64::from(whole_sixteenths(f64::from(bpm)));
            let sixteenth = 48_000.0 * 60.0 / tempo / 4.0;
            assert!((40.0..=180.0).contains(&tempo) && (tempo / f64::from(bpm) - 1.0).abs() < 2e-4, "{bpm}: {tempo}");
            assert!((sixteenth - sixteenth.round()).abs() < 2e-3, "{bpm}: {sixteenth}");
        }
    }
}
