//! The idioms of the genres: how bass, arpeggio, drums, chords and melody behave.

use gesamt_world::Genre;

/// How the bass moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BassStyle {
    /// Long roots.
    Sustained,
    /// Even eighths on the root with octaves.
    Pulse,
    /// Quarter notes that walk to the next root.
    Walking,
    /// Root and fifth on the strong beats.
    RootFifth,
    /// 3+3+2.
    Tresillo,
    /// A pedal on the tonic.
    Drone,
    /// Long root, then a short run to the next.
    Ballad,
}

/// How the arpeggio moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArpStyle {
    /// Sixteenths up and down with Euclidean rests.
    Sequencer,
    /// Broken chords in eighths.
    Broken,
    /// Low, high, middle, high.
    Alberti,
    /// Sparse high notes.
    Sparkle,
    /// A short figure of the scale, repeated.
    Ostinato,
    /// Strummed or rolled chords on the beats.
    Strum,
    /// Off-beat chords.
    Comp,
    /// Strums behind the beat, in the gait of a horse.
    Gallop,
    /// Runs down the scale that gather speed, and single tones with air between.
    Cascade,
}

/// How the drums move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrumStyle {
    /// Kick on every beat.
    FourFloor,
    /// Slow backbeat on the third beat.
    HalfTime,
    /// Kick and snare alternate.
    Backbeat,
    /// Doum and tek of the eastern Mediterranean.
    Maqsum,
    /// Processional strokes.
    Procession,
    /// Ride and brushes.
    Swing,
    /// Two-step of the saddle.
    Trot,
    /// Irregular machine strokes.
    Machine,
    /// Few, far, deep.
    Ritual,
}

/// The colour of the chords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Triads.
    Triadic,
    /// Fifths and added seconds.
    Open,
    /// Sevenths and ninths, roots left to the bass.
    Jazz,
    /// Ninths and suspensions that float.
    Floating,
    /// Seconds side by side.
    Cluster,
}

/// How the pad plays its chords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PadStyle {
    /// Held.
    Held,
    /// Each chord swells.
    Swell,
    /// Struck again on the group starts of the bar.
    Pulsed,
}

/// How the lead phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadFeel {
    /// Long, singing notes.
    Lyric,
    /// Syncopated, short.
    Rhythmic,
    /// With grace notes and turns.
    Ornamented,
    /// Few notes and much air.
    Sparse,
}

/// The idiom of a genre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idiom {
    /// Strict voice-leading: no parallel fifths or octaves between the outer voices.
    pub is_tonal: bool,
    /// Bass.
    pub bass: BassStyle,
    /// Arpeggio.
    pub arp: ArpStyle,
    /// Drums when calm and when driven.
    pub drums: (DrumStyle, DrumStyle),
    /// Chords.
    pub colour: Colour,
    /// Pad.
    pub pad: PadStyle,
    /// Lead.
    pub lead: LeadFeel,
}

/// The idiom of a genre.
#[must_use]
pub fn idiom(genre: Genre) -> Idiom {
    use ArpStyle as A;
    use BassStyle as B;
    use Colour as C;
    use DrumStyle as D;
    use Genre as G;
    use LeadFeel as L;
    use PadStyle as P;
    let (is_tonal, bass, arp, drums, colour, pad, lead) = match genre {
        G::Cyberpunk => (false, B::Pulse, A::Sequencer, (D::HalfTime, D::FourFloor), C::Floating, P::Held, L::Rhythmic),
        G::ScienceFiction => {
            (false, B::Sustained, A::Sequencer, (D::HalfTime, D::Backbeat), C::Floating, P::Swell, L::Lyric)
        }
        G::PostApocalyptic => (false, B::Drone, A::Broken, (D::Ritual, D::Machine), C::Open, P::Swell, L::Sparse),
        G::Steampunk => {
            (true, B::RootFifth, A::Ostinato, (D::Machine, D::Backbeat), C::Triadic, P::Pulsed, L::Rhythmic)
        }
        G::Modern => (true, B::Ballad, A::Broken, (D::Backbeat, D::Backbeat), C::Floating, P::Held, L::Lyric),
        G::Industrial => (false, B::Pulse, A::Sequencer, (D::Machine, D::FourFloor), C::Open, P::Held, L::Rhythmic),
        G::MedievalFantasy => {
            (true, B::RootFifth, A::Broken, (D::Procession, D::Procession), C::Triadic, P::Held, L::Ornamented)
        }
        G::GothicHorror => (true, B::Sustained, A::Alberti, (D::Ritual, D::Procession), C::Triadic, P::Held, L::Lyric),
        G::Ancient => (false, B::Drone, A::Ostinato, (D::Maqsum, D::Maqsum), C::Open, P::Held, L::Ornamented),
        G::FeudalJapan => (false, B::Sustained, A::Cascade, (D::Ritual, D::Procession), C::Open, P::Swell, L::Sparse),
        G::Noir => (false, B::Walking, A::Comp, (D::Swing, D::Swing), C::Jazz, P::Held, L::Lyric),
        G::Solarpunk => (true, B::Tresillo, A::Ostinato, (D::Backbeat, D::Backbeat), C::Floating, P::Held, L::Lyric),
        G::Western => (true, B::RootFifth, A::Gallop, (D::Trot, D::Trot), C::Triadic, P::Held, L::Lyric),
        G::FairyTale => (true, B::Ballad, A::Alberti, (D::Procession, D::Backbeat), C::Triadic, P::Held, L::Ornamented),
        G::Alien => (false, B::Drone, A::Sparkle, (D::Ritual, D::Machine), C::Cluster, P::Swell, L::Sparse),
        G::Nautical => (true, B::RootFifth, A::Broken, (D::Procession, D::Trot), C::Triadic, P::Held, L::Ornamented),
    };
    Idiom { is_tonal, bass, arp, drums, colour, pad, lead }
}
