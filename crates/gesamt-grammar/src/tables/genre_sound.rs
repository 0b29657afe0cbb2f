//! What a genre sounds like.

use gesamt_world::{Genre, Instrument as I, Mode};

/// The sound of a genre.
#[derive(Debug)]
pub struct GenreSound {
    /// The genre.
    pub genre: Genre,
    /// Tempo of a calm and of an excited piece, in quarter notes per minute.
    pub tempo_bpm: (f32, f32),
    /// Smallest and largest swing.
    pub swing: (f32, f32),
    /// Meters with weights.
    pub meters: &'static [(u8, u8, f32)],
    /// Modes from dark to bright with weights.
    pub modes: &'static [(Mode, f32)],
    /// Instruments of each layer, most typical first.
    pub pads: &'static [I],
    /// Basses.
    pub basses: &'static [I],
    /// Arpeggio instruments.
    pub arps: &'static [I],
    /// Leads.
    pub leads: &'static [I],
    /// Counter-melody instruments.
    pub counters: &'static [I],
    /// Percussion.
    pub drums: &'static [I],
    /// Brightness, warmth and grit.
    pub tone: [f32; 3],
    /// Richness of the chords.
    pub extension: f32,
}

/// The sound of a genre.
#[must_use]
pub fn genre_sound(genre: Genre) -> &'static GenreSound {
    // Every genre has a sound (tested); the first stands in for none.
    SOUNDS.iter().find(|sound| sound.genre == genre).unwrap_or(&SOUNDS[0])
}

const FOUR: &[(u8, u8, f32)] = &[(4, 4, 1.0)];

const SOUNDS: &[GenreSound] = &[
    GenreSound {
        genre: Genre::Cyberpunk,
        tempo_bpm: (72.0, 126.0),
        swing: (0.5, 0.54),
        meters: FOUR,
        modes: &[(Mode::Phrygian, 0.7), (Mode::Aeolian, 1.2), (Mode::Dorian, 1.0), (Mode::Lydian, 0.15)],
        pads: &[I::SuperSaw, I::WarmPad, I::GlassPad],
        basses: &[I::ReeseBass, I::AcidBass, I::SubBass],
        arps: &[I::PluckSynth, I::FmBell, I::ElectricPiano],
        leads: &[I::SynthLead, I::MutedTrumpet, I::Shakuhachi],
        counters: &[I::ElectricPiano, I::FmBell, I::Koto],
        drums: &[I::SynthDrums, I::IndustrialHits],
        tone: [0.55, 0.5, 0.5],
        extension: 0.55,
    },
    GenreSound {
        genre: Genre::ScienceFiction,
        tempo_bpm: (60.0, 118.0),
        swing: (0.5, 0.52),
        meters: &[(4, 4, 1.0), (5, 4, 0.12), (3, 4, 0.15)],
        modes: &[
            (Mode::Aeolian, 0.6),
            (Mode::Dorian, 1.0),
            (Mode::Lydian, 1.1),
            (Mode::WholeTone, 0.25),
            (Mode::Ionian, 0.3),
        ],
        pads: &[I::GlassPad, I::WarmPad, I::SuperSaw, I::Drone],
        basses: &[I::SubBass, I::ReeseBass],
        arps: &[I::PluckSynth, I::FmBell, I::Marimba],
        leads: &[I::SynthLead, I::Horn, I::GlassPad],
        counters: &[I::StringEnsemble, I::FmBell, I::Choir],
        drums: &[I::SynthDrums, I::Taiko],
        tone: [0.62, 0.45, 0.2],
        extension: 0.6,
    },
    GenreSound {
        genre: Genre::PostApocalyptic,
        tempo_bpm: (54.0, 100.0),
        swing: (0.5, 0.56),
        meters: &[(4, 4, 1.0), (3, 4, 0.15)],
        modes: &[(Mode::Locrian, 0.1), (Mode::Phrygian, 0.8), (Mode::Aeolian, 1.2), (Mode::Dorian, 0.6)],
        pads: &[I::Drone, I::StringEnsemble, I::WarmPad],
        basses: &[I::SubBass, I::ReeseBass, I::UprightBass],
        arps: &[I::SteelGuitar, I::Kalimba, I::PluckSynth],
        leads: &[I::SteelGuitar, I::SoloStrings, I::Harmonica],
        counters: &[I::SoloStrings, I::ElectricPiano, I::Shakuhachi],
        drums: &[I::IndustrialHits, I::FrameDrums],
        tone: [0.35, 0.45, 0.6],
        extension: 0.3,
    },
    GenreSound {
        genre: Genre::Steampunk,
        tempo_bpm: (76.0, 132.0),
        swing: (0.5, 0.6),
        meters: &[(4, 4, 0.8), (3, 4, 0.5), (6, 8, 0.4)],
        modes: &[
            (Mode::HarmonicMinor, 1.0),
            (Mode::Dorian, 0.9),
            (Mode::Aeolian, 0.5),
            (Mode::Ionian, 0.5),
            (Mode::Mixolydian, 0.5),
        ],
        pads: &[I::StringEnsemble, I::PipeOrgan, I::WarmPad],
        basses: &[I::UprightBass, I::SubBass],
        arps: &[I::Dulcimer, I::MusicBox, I::Marimba],
        leads: &[I::SoloStrings, I::Harmonica, I::MutedTrumpet],
        counters: &[I::MutedTrumpet, I::Dulcimer, I::Flute],
        drums: &[I::IndustrialHits, I::BrushKit, I::AcousticDrums],
        tone: [0.5, 0.65, 0.3],
        extension: 0.4,
    },
    GenreSound {
        genre: Genre::Modern,
        tempo_bpm: (68.0, 120.0),
        swing: (0.5, 0.58),
        meters: &[(4, 4, 1.0), (3, 4, 0.12), (6, 8, 0.15)],
        modes: &[
            (Mode::Aeolian, 0.8),
            (Mode::Dorian, 0.8),
            (Mode::Mixolydian, 0.6),
            (Mode::Ionian, 1.0),
            (Mode::Lydian, 0.4),
        ],
        pads: &[I::WarmPad, I::StringEnsemble, I::GlassPad],
        basses: &[I::UprightBass, I::SubBass],
        arps: &[I::ElectricPiano, I::PluckSynth, I::Kalimba],
        leads: &[I::ElectricPiano, I::SoloStrings, I::SteelGuitar, I::MutedTrumpet],
        counters: &[I::SteelGuitar, I::Flute, I::Marimba],
        drums: &[I::BrushKit, I::AcousticDrums, I::SynthDrums],
        tone: [0.55, 0.6, 0.15],
        extension: 0.6,
    },
    GenreSound {
        genre: Genre::Industrial,
        tempo_bpm: (70.0, 126.0),
        swing: (0.5, 0.52),
        meters: &[(4, 4, 1.0), (7, 8, 0.12), (5, 4, 0.1)],
        modes: &[(Mode::Locrian, 0.15), (Mode::Phrygian, 1.0), (Mode::Aeolian, 1.0), (Mode::Dorian, 0.5)],
        pads: &[I::Drone, I::WarmPad, I::PipeOrgan],
        basses: &[I::ReeseBass, I::AcidBass, I::SubBass],
        arps: &[I::PluckSynth, I::Marimba, I::FmBell],
        leads: &[I::SynthLead, I::Horn, I::SoloStrings],
        counters: &[I::FmBell, I::ElectricPiano, I::StringEnsemble],
        drums: &[I::IndustrialHits, I::SynthDrums],
        tone: [0.42, 0.35, 0.7],
        extension: 0.3,
    },
    GenreSound {
        genre: Genre::MedievalFantasy,
        tempo_bpm: (64.0, 122.0),
        swing: (0.5, 0.53),
        meters: &[(4, 4, 0.7), (3, 4, 0.6), (6, 8, 0.6)],
        modes: &[
            (Mode::Aeolian, 0.8),
            (Mode::Dorian, 1.3),
            (Mode::Mixolydian, 0.8),
            (Mode::Ionian, 0.5),
            (Mode::Lydian, 0.3),
        ],
        pads: &[I::StringEnsemble, I::Choir, I::WarmPad],
        basses: &[I::UprightBass, I::SubBass],
        arps: &[I::Harp, I::Lute, I::Dulcimer],
        leads: &[I::Flute, I::SoloStrings, I::Lute, I::Horn],
        counters: &[I::Horn, I::Dulcimer, I::Harp],
        drums: &[I::FrameDrums, I::Taiko, I::Shakers],
        tone: [0.5, 0.65, 0.1],
        extension: 0.25,
    },
    GenreSound {
        genre: Genre::GothicHorror,
        tempo_bpm: (48.0, 96.0),
        swing: (0.5, 0.51),
        meters: &[(4, 4, 0.8), (3, 4, 0.7), (6, 8, 0.2)],
        modes: &[
            (Mode::Locrian, 0.25),
            (Mode::Phrygian, 0.7),
            (Mode::HarmonicMinor, 1.4),
            (Mode::Aeolian, 0.7),
            (Mode::WholeTone, 0.1),
        ],
        pads: &[I::PipeOrgan, I::Choir, I::StringEnsemble, I::Drone],
        basses: &[I::SubBass, I::UprightBass],
        arps: &[I::MusicBox, I::Harp, I::FmBell],
        leads: &[I::SoloStrings, I::Choir, I::MusicBox],
        counters: &[I::FmBell, I::SoloStrings, I::Horn],
        drums: &[I::Taiko, I::FrameDrums],
        tone: [0.3, 0.5, 0.3],
        extension: 0.35,
    },
    GenreSound {
        genre: Genre::Ancient,
        tempo_bpm: (56.0, 110.0),
        swing: (0.5, 0.54),
        meters: &[(4, 4, 0.8), (6, 8, 0.4), (7, 8, 0.2), (5, 4, 0.15)],
        modes: &[
            (Mode::Phrygian, 0.7),
            (Mode::PhrygianDominant, 1.3),
            (Mode::Aeolian, 0.5),
            (Mode::Dorian, 0.7),
            (Mode::Mixolydian, 0.4),
        ],
        pads: &[I::Drone, I::Choir, I::StringEnsemble],
        basses: &[I::SubBass, I::UprightBass],
        arps: &[I::Harp, I::Lute, I::Dulcimer],
        leads: &[I::Flute, I::Lute, I::SoloStrings],
        counters: &[I::Dulcimer, I::Horn, I::Harp],
        drums: &[I::FrameDrums, I::Shakers, I::Taiko],
        tone: [0.45, 0.6, 0.15],
        extension: 0.15,
    },
    GenreSound {
        genre: Genre::FeudalJapan,
        tempo_bpm: (52.0, 108.0),
        swing: (0.5, 0.52),
        meters: &[(4, 4, 1.0), (3, 4, 0.1)],
        modes: &[(Mode::Hirajoshi, 2.2), (Mode::Phrygian, 0.3), (Mode::Dorian, 0.4), (Mode::Lydian, 0.1)],
        pads: &[I::StringEnsemble, I::GlassPad, I::Drone],
        basses: &[I::SubBass, I::UprightBass],
        arps: &[I::Koto, I::Harp],
        leads: &[I::Shakuhachi, I::Koto],
        counters: &[I::Koto, I::Flute, I::FmBell],
        drums: &[I::Taiko, I::Shakers],
        tone: [0.48, 0.5, 0.12],
        extension: 0.2,
    },
    GenreSound {
        genre: Genre::Noir,
        tempo_bpm: (60.0, 108.0),
        swing: (0.6, 0.67),
        meters: &[(4, 4, 1.0), (3, 4, 0.15)],
        modes: &[(Mode::HarmonicMinor, 0.7), (Mode::Aeolian, 0.7), (Mode::Dorian, 1.4), (Mode::Phrygian, 0.2)],
        pads: &[I::WarmPad, I::StringEnsemble],
        basses: &[I::UprightBass],
        arps: &[I::ElectricPiano, I::SteelGuitar],
        leads: &[I::MutedTrumpet, I::SoloStrings],
        counters: &[I::ElectricPiano, I::SteelGuitar, I::SoloStrings],
        drums: &[I::BrushKit],
        tone: [0.35, 0.7, 0.2],
        extension: 0.85,
    },
    GenreSound {
        genre: Genre::Solarpunk,
        tempo_bpm: (78.0, 124.0),
        swing: (0.5, 0.57),
        meters: &[(4, 4, 1.0), (6, 8, 0.35), (3, 4, 0.15)],
        modes: &[(Mode::Dorian, 0.4), (Mode::Mixolydian, 0.8), (Mode::Ionian, 1.0), (Mode::Lydian, 1.3)],
        pads: &[I::WarmPad, I::GlassPad, I::StringEnsemble],
        basses: &[I::UprightBass, I::SubBass],
        arps: &[I::Kalimba, I::Marimba, I::PluckSynth],
        leads: &[I::Flute, I::Kalimba, I::ElectricPiano],
        counters: &[I::Marimba, I::Harp, I::SoloStrings],
        drums: &[I::Shakers, I::FrameDrums, I::AcousticDrums],
        tone: [0.68, 0.65, 0.05],
        extension: 0.6,
    },
    GenreSound {
        genre: Genre::Western,
        tempo_bpm: (66.0, 126.0),
        swing: (0.5, 0.62),
        meters: &[(4, 4, 1.0), (3, 4, 0.3), (6, 8, 0.3)],
        modes: &[
            (Mode::PhrygianDominant, 0.35),
            (Mode::HarmonicMinor, 0.5),
            (Mode::Aeolian, 0.9),
            (Mode::Dorian, 1.0),
            (Mode::Mixolydian, 0.7),
            (Mode::Ionian, 0.3),
        ],
        pads: &[I::StringEnsemble, I::WarmPad, I::Choir],
        basses: &[I::UprightBass],
        arps: &[I::SteelGuitar, I::Lute],
        leads: &[I::Harmonica, I::SteelGuitar, I::MutedTrumpet, I::Flute],
        counters: &[I::SteelGuitar, I::Lute, I::SoloStrings],
        drums: &[I::FrameDrums, I::BrushKit, I::Shakers],
        tone: [0.52, 0.6, 0.3],
        extension: 0.2,
    },
    GenreSound {
        genre: Genre::FairyTale,
        tempo_bpm: (66.0, 120.0),
        swing: (0.5, 0.55),
        meters: &[(3, 4, 1.0), (4, 4, 0.7), (6, 8, 0.7)],
        modes: &[
            (Mode::Aeolian, 0.15),
            (Mode::Dorian, 0.4),
            (Mode::Mixolydian, 0.5),
            (Mode::Ionian, 1.0),
            (Mode::Lydian, 1.4),
        ],
        pads: &[I::StringEnsemble, I::Choir, I::GlassPad],
        basses: &[I::UprightBass, I::SubBass],
        arps: &[I::Harp, I::MusicBox, I::FmBell],
        leads: &[I::Flute, I::MusicBox, I::SoloStrings],
        counters: &[I::FmBell, I::Horn, I::Harp],
        drums: &[I::Shakers, I::FrameDrums],
        tone: [0.62, 0.6, 0.02],
        extension: 0.5,
    },
    GenreSound {
        genre: Genre::Alien,
        tempo_bpm: (54.0, 112.0),
        swing: (0.5, 0.53),
        meters: &[(4, 4, 0.7), (5, 4, 0.4), (7, 8, 0.35)],
        modes: &[
            (Mode::Locrian, 0.3),
            (Mode::Phrygian, 0.5),
            (Mode::WholeTone, 1.0),
            (Mode::Lydian, 1.0),
            (Mode::Dorian, 0.3),
        ],
        pads: &[I::GlassPad, I::Drone, I::Choir],
        basses: &[I::SubBass, I::ReeseBass],
        arps: &[I::FmBell, I::Kalimba, I::Marimba],
        leads: &[I::SynthLead, I::Shakuhachi, I::GlassPad],
        counters: &[I::FmBell, I::PluckSynth, I::Choir],
        drums: &[I::Shakers, I::SynthDrums, I::Taiko],
        tone: [0.58, 0.4, 0.3],
        extension: 0.65,
    },
    GenreSound {
        genre: Genre::Nautical,
        tempo_bpm: (66.0, 124.0),
        swing: (0.5, 0.58),
        meters: &[(6, 8, 1.1), (3, 4, 0.6), (4, 4, 0.6)],
        modes: &[(Mode::Aeolian, 0.7), (Mode::Dorian, 1.3), (Mode::Mixolydian, 0.9), (Mode::Ionian, 0.5)],
        pads: &[I::StringEnsemble, I::WarmPad, I::Choir],
        basses: &[I::UprightBass, I::SubBass],
        arps: &[I::Dulcimer, I::Lute, I::Harp],
        leads: &[I::Harmonica, I::SoloStrings, I::Flute],
        counters: &[I::Flute, I::Dulcimer, I::Horn],
        drums: &[I::FrameDrums, I::Shakers],
        tone: [0.5, 0.62, 0.15],
        extension: 0.25,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_genre_has_a_sound() {
        for genre in Genre::ALL {
            assert_eq!(genre_sound(*genre).genre, *genre);
        }
    }
}
