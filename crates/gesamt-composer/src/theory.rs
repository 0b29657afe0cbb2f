//! Scales, chords and their names.

use gesamt_world::{Mode, PitchClass};

/// A key: the tonic with the scale that harmony is built on and the scale that melodies move in.
#[derive(Clone, Debug)]
pub struct Key {
    /// Pitch class of the tonic.
    pub tonic: i32,
    /// The mode.
    pub mode: Mode,
    /// Semitones of the degrees that chords are built on.
    pub harmony: &'static [i32],
    /// Semitones of the degrees that melodies use.
    pub melody: &'static [i32],
}

impl Key {
    /// The key of a tonic and a mode.
    #[must_use]
    pub fn new(tonic: PitchClass, mode: Mode) -> Self {
        let scale = scale(mode);
        // Hirajoshi has five notes: chords come from its parent, the natural minor.
        let harmony = if mode == Mode::Hirajoshi { self::scale(Mode::Aeolian) } else { scale };
        Self { tonic: pitch_class(tonic), mode, harmony, melody: scale }
    }

    /// The pitch class of a degree (0 = tonic); degrees wrap at the octave.
    #[must_use]
    pub fn degree(&self, degree: i32) -> i32 {
        let n = self.harmony.len() as i32;
        (self.tonic + self.harmony[degree.rem_euclid(n) as usize]).rem_euclid(12)
    }

    /// True where the third above the tonic is minor.
    #[must_use]
    pub fn is_minor(&self) -> bool {
        !self.melody.contains(&4)
    }

    /// The pitch classes a melody may use over a chord: the scale, bent to the chord's altered tones.
    #[must_use]
    pub fn melody_over(&self, chord: &[i32]) -> Vec<i32> {
        let mut classes: Vec<i32> = self.melody.iter().map(|s| (self.tonic + s).rem_euclid(12)).collect();
        for &tone in chord.iter().filter(|t| !self.harmony_has(**t)) {
            classes
                .retain(|&c| chord.contains(&c) || ((c - tone).rem_euclid(12) != 1 && (tone - c).rem_euclid(12) != 1));
            classes.push(tone);
        }
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    fn harmony_has(&self, class: i32) -> bool {
        self.harmony.iter().any(|s| (self.tonic + s).rem_euclid(12) == class)
    }
}

/// Semitones above the tonic, ascending.
#[must_use]
pub fn scale(mode: Mode) -> &'static [i32] {
    match mode {
        Mode::Lydian => &[0, 2, 4, 6, 7, 9, 11],
        Mode::Ionian => &[0, 2, 4, 5, 7, 9, 11],
        Mode::Mixolydian => &[0, 2, 4, 5, 7, 9, 10],
        Mode::Dorian => &[0, 2, 3, 5, 7, 9, 10],
        Mode::Aeolian => &[0, 2, 3, 5, 7, 8, 10],
        Mode::Phrygian => &[0, 1, 3, 5, 7, 8, 10],
        Mode::Locrian => &[0, 1, 3, 5, 6, 8, 10],
        Mode::HarmonicMinor => &[0, 2, 3, 5, 7, 8, 11],
        Mode::PhrygianDominant => &[0, 1, 4, 5, 7, 8, 10],
        Mode::Hirajoshi => &[0, 2, 3, 7, 8],
        Mode::WholeTone => &[0, 2, 4, 6, 8, 10],
    }
}

/// 0 for C to 11 for B.
#[must_use]
pub fn pitch_class(class: PitchClass) -> i32 {
    PitchClass::ALL.iter().position(|c| *c == class).unwrap_or(0) as i32
}

/// The number of sharps (positive) or flats (negative) of the key signature nearest to the mode.
#[must_use]
pub fn signature(key: &Key) -> (i8, bool) {
    let offset = match key.mode {
        Mode::Lydian => 1,
        Mode::Ionian | Mode::WholeTone => 0,
        Mode::Mixolydian => -1,
        Mode::Dorian => -2,
        Mode::Aeolian | Mode::HarmonicMinor | Mode::Hirajoshi => -3,
        Mode::Phrygian | Mode::PhrygianDominant => -4,
        Mode::Locrian => -5,
    };
    let sharps = (key.tonic * 7).rem_euclid(12) + offset;
    let wrapped = if sharps > 6 { sharps - 12 } else { sharps };
    (wrapped as i8, key.is_minor())
}

/// The name of a pitch class, with flats where the key has them.
#[must_use]
pub fn note_name(class: i32, flats: bool) -> &'static str {
    const SHARP: [&str; 12] = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
    const FLAT: [&str; 12] = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"];
    let index = class.rem_euclid(12) as usize;
    if flats { FLAT[index] } else { SHARP[index] }
}

/// The chord symbol of pitch classes over their root (the first).
#[must_use]
pub fn symbol(classes: &[i32], bass: i32, flats: bool) -> String {
    let Some(&root) = classes.first() else { return String::new() };
    let has = |semitones: i32| classes.iter().any(|c| (c - root).rem_euclid(12) == semitones);
    let third = if has(4) {
        "maj"
    } else if has(3) {
        "min"
    } else {
        "none"
    };
    let fifth_flat = has(6) && !has(7);
    let fifth_sharp = has(8) && !has(7);
    let mut quality = String::from(match third {
        "min" if fifth_flat => "dim",
        "min" => "m",
        "maj" if fifth_sharp => "aug",
        _ => "",
    });
    let extension = match (has(10), has(11), has(2) || has(1), third == "none") {
        (true, _, true, false) if has(2) => "9",
        (true, ..) => "7",
        (_, true, true, false) if has(2) => "maj9",
        (_, true, ..) => "maj7",
        (false, false, true, false) if has(2) => "add9",
        _ => "",
    };
    quality.push_str(extension);
    if has(9) && third != "none" && !has(10) && !has(11) {
        quality.push('6');
    }
    if third == "none" {
        quality.push_str(if has(5) {
            "sus4"
        } else if has(2) {
            "sus2"
        } else {
            "5"
        });
    }
    if third == "maj" && fifth_flat {
        quality.push_str("b5");
    }
    let slash = if (bass - root).rem_euclid(12) == 0 { String::new() } else { format!("/{}", note_name(bass, flats)) };
    format!("{}{quality}{slash}", note_name(root, flats))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_of_known_chords_are_the_usual_ones() {
        assert_eq!(symbol(&[0, 4, 7], 0, false), "C");
        assert_eq!(symbol(&[2, 5, 9, 0], 2, false), "Dm7");
        assert_eq!(symbol(&[10, 2, 5, 9, 0], 10, true), "Bbmaj9");
        assert_eq!(symbol(&[7, 0, 2], 7, false), "Gsus4");
        assert_eq!(symbol(&[4, 8, 11], 8, false), "E/G#");
        assert_eq!(symbol(&[11, 2, 5], 11, false), "Bdim");
    }

    #[test]
    fn key_signatures_follow_the_circle_of_fifths() {
        assert_eq!(signature(&Key::new(PitchClass::C, Mode::Ionian)), (0, false));
        assert_eq!(signature(&Key::new(PitchClass::D, Mode::Dorian)), (0, true));
        assert_eq!(signature(&Key::new(PitchClass::E, Mode::Phrygian)), (0, true));
        assert_eq!(signature(&Key::new(PitchClass::F, Mode::Lydian)), (0, false));
        assert_eq!(signature(&Key::new(PitchClass::A, Mode::Ionian)).0, 3);
        assert_eq!(signature(&Key::new(PitchClass::C, Mode::Aeolian)).0, -3);
    }

    #[test]
    fn every_mode_starts_on_its_tonic_and_stays_within_the_octave() {
        for &mode in Mode::ALL {
            let steps = scale(mode);
            assert_eq!(steps[0], 0);
            assert!(steps.windows(2).all(|w| w[0] < w[1]) && steps[steps.len() - 1] < 12, "{mode}");
        }
    }
}
