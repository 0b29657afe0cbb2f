//! What a composer must know about an instrument: its range and how its notes behave.

use gesamt_world::Instrument;

/// How a note of the instrument lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Sounds for as long as it is held.
    Sustained,
    /// Struck or plucked; dies away by itself.
    Decaying,
    /// A kit: the pitch selects the drum.
    Drums,
}

/// How notes of this instrument live.
#[must_use]
pub fn behaviour(instrument: Instrument) -> Behaviour {
    use Instrument as I;
    match instrument {
        I::WarmPad
        | I::GlassPad
        | I::SuperSaw
        | I::StringEnsemble
        | I::Choir
        | I::PipeOrgan
        | I::Drone
        | I::SubBass
        | I::ReeseBass
        | I::Flute
        | I::Shakuhachi
        | I::Harmonica
        | I::MutedTrumpet
        | I::Horn
        | I::SoloStrings
        | I::SynthLead => Behaviour::Sustained,
        I::AcidBass
        | I::UprightBass
        | I::FmBell
        | I::MusicBox
        | I::ElectricPiano
        | I::PluckSynth
        | I::Harp
        | I::Lute
        | I::SteelGuitar
        | I::Koto
        | I::Dulcimer
        | I::Marimba
        | I::Kalimba => Behaviour::Decaying,
        I::SynthDrums | I::AcousticDrums | I::FrameDrums | I::Taiko | I::IndustrialHits | I::BrushKit | I::Shakers => {
            Behaviour::Drums
        }
    }
}

/// The lowest and highest MIDI pitch that sounds well.
#[must_use]
pub fn range(instrument: Instrument) -> (i32, i32) {
    use Instrument as I;
    match instrument {
        I::WarmPad | I::SuperSaw | I::StringEnsemble => (40, 86),
        I::GlassPad => (50, 91),
        I::Choir => (43, 81),
        I::PipeOrgan => (36, 86),
        I::Drone => (26, 60),
        I::SubBass => (26, 50),
        I::AcidBass | I::ReeseBass => (26, 55),
        I::UprightBass => (28, 57),
        I::FmBell => (55, 96),
        I::MusicBox => (65, 98),
        I::ElectricPiano => (40, 88),
        I::PluckSynth => (40, 91),
        I::Harp => (38, 93),
        I::Lute => (43, 77),
        I::SteelGuitar => (43, 82),
        I::Koto => (48, 84),
        I::Dulcimer => (52, 86),
        I::Flute => (60, 93),
        I::Shakuhachi => (55, 84),
        I::Harmonica => (57, 86),
        I::MutedTrumpet => (54, 82),
        I::Horn => (41, 72),
        I::SoloStrings => (48, 88),
        I::SynthLead => (48, 88),
        I::Marimba => (45, 88),
        I::Kalimba => (55, 86),
        I::SynthDrums | I::AcousticDrums | I::FrameDrums | I::Taiko | I::IndustrialHits | I::BrushKit | I::Shakers => {
            (35, 82)
        }
    }
}

/// The pitch moved by octaves into the instrument's range.
#[must_use]
pub fn fit(instrument: Instrument, pitch: i32) -> i32 {
    let (low, high) = range(instrument);
    let mut pitch = pitch;
    while pitch < low {
        pitch += 12;
    }
    while pitch > high {
        pitch -= 12;
    }
    pitch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_holds_an_octave_so_that_every_pitch_fits() {
        for &instrument in Instrument::ALL {
            let (low, high) = range(instrument);
            assert!(high - low >= 12, "{instrument}");
            for pitch in 12..110 {
                let fitted = fit(instrument, pitch);
                assert!((low..=high).contains(&fitted) && (fitted - pitch) % 12 == 0, "{instrument} {pitch}");
            }
        }
    }
}
