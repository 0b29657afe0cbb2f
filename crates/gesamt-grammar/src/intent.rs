//! What was understood of a prompt.

use gesamt_world::{
    AmbienceLayer, AssetFamily, CameraMove, Enclosure, Genre, Instrument, Look, MaterialKind, Mode, Oklch, PitchClass,
    Place, Terrain, TimeOfDay, WeatherKind,
};

use crate::lexicon::Effect;

/// How strongly the prompt asks for each label: 1 and more is stated, less is a hint, negative is unwanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Votes<T>(Vec<(T, f32)>);

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + PartialEq> Votes<T> {
    /// Adds a vote. Hints for one label add up but never become a statement; a later vote counts as the later word.
    pub fn vote(&mut self, label: T, strength: f32) {
        let before = self.strength(label);
        let sum = match (before, strength) {
            (b, s) if b < 0.0 || s < 0.0 => s,
            (b, s) if b >= 1.0 || s >= 1.0 => b.max(s),
            (b, s) => (1.0 - (1.0 - b) * (1.0 - s)).min(0.95),
        };
        self.0.retain(|(other, _)| *other != label);
        self.0.push((label, sum));
    }

    /// The strength of a label; 0 when it was not mentioned.
    #[must_use]
    pub fn strength(&self, label: T) -> f32 {
        self.0.iter().find(|(other, _)| *other == label).map_or(0.0, |(_, s)| *s)
    }

    /// The label that was stated most strongly; of equals the one named last.
    #[must_use]
    pub fn stated(&self) -> Option<T> {
        let mut best: Option<(T, f32)> = None;
        for (label, strength) in &self.0 {
            if *strength >= 1.0 && best.is_none_or(|(_, s)| *strength >= s) {
                best = Some((*label, *strength));
            }
        }
        best.map(|(label, _)| label)
    }

    /// True when the prompt asks for this label's absence.
    #[must_use]
    pub fn is_unwanted(&self, label: T) -> bool {
        self.strength(label) < 0.0
    }

    /// The labels asked for and how strongly, in the order of their last mention.
    pub fn wanted(&self) -> impl Iterator<Item = (T, f32)> + '_ {
        self.0.iter().copied().filter(|(_, s)| *s > 0.0)
    }

    /// True when nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A scalar that words can lean on, from −1 (none, low) to 1 (all, high).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the documentation; each is the facet of the same name")]
pub enum Axis {
    Decay,
    Overgrowth,
    Dirt,
    Population,
    Valence,
    Arousal,
    Tension,
    Wonder,
    Intensity,
    Wind,
    Wetness,
    Fog,
    Clouds,
    Stars,
    Moon,
    Density,
    Scale,
    Tempo,
    Height,
    Distance,
    Focal,
    Roll,
    Saturation,
    Contrast,
    Warmth,
    Exposure,
    Grain,
    Bloom,
    Brightness,
    Grit,
    Space,
    Particles,
    Flicker,
    Swing,
    Loudness,
    Sun,
}

impl Axis {
    /// Every axis.
    pub const ALL: [Axis; 36] = [
        Axis::Decay,
        Axis::Overgrowth,
        Axis::Dirt,
        Axis::Population,
        Axis::Valence,
        Axis::Arousal,
        Axis::Tension,
        Axis::Wonder,
        Axis::Intensity,
        Axis::Wind,
        Axis::Wetness,
        Axis::Fog,
        Axis::Clouds,
        Axis::Stars,
        Axis::Moon,
        Axis::Density,
        Axis::Scale,
        Axis::Tempo,
        Axis::Height,
        Axis::Distance,
        Axis::Focal,
        Axis::Roll,
        Axis::Saturation,
        Axis::Contrast,
        Axis::Warmth,
        Axis::Exposure,
        Axis::Grain,
        Axis::Bloom,
        Axis::Brightness,
        Axis::Grit,
        Axis::Space,
        Axis::Particles,
        Axis::Flicker,
        Axis::Swing,
        Axis::Loudness,
        Axis::Sun,
    ];

    /// The axis as it stands in the lexicon.
    #[must_use]
    pub fn label(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// The axis of a label.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Axis> {
        Self::ALL.into_iter().find(|axis| axis.label() == label)
    }
}

/// How far words lean on each axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Leans([f32; Axis::ALL.len()]);

impl Default for Leans {
    fn default() -> Self {
        Self([0.0; Axis::ALL.len()])
    }
}

impl Leans {
    /// The lean on an axis, −1…1.
    #[must_use]
    pub fn get(&self, axis: Axis) -> f32 {
        self.0[axis as usize]
    }

    /// Adds to the lean on an axis. Words that agree add up toward ±1; of words that
    /// contradict the clearly stronger wins, else the later.
    pub fn lean(&mut self, axis: Axis, amount: f32) {
        let (now, amount) = (self.0[axis as usize], amount.clamp(-1.0, 1.0));
        let sum = if now * amount < 0.0 {
            if now.abs() > amount.abs() + 0.2 { now + 0.3 * amount } else { 0.3 * now + amount }
        } else {
            (now + amount).signum() * (1.0 - (1.0 - now.abs()) * (1.0 - amount.abs()))
        };
        self.0[axis as usize] = sum.clamp(-1.0, 1.0);
    }

    /// Forgets the lean on an axis.
    pub fn clear(&mut self, axis: Axis) {
        self.0[axis as usize] = 0.0;
    }

    /// A share from 0 to 1 moved toward its end by the lean on an axis.
    #[must_use]
    pub fn share(&self, axis: Axis, base: f32) -> f32 {
        let lean = self.get(axis);
        if lean >= 0.0 { base + (1.0 - base) * lean } else { base * (1.0 + lean) }
    }

    /// A number from −1 to 1 moved by the lean on an axis.
    #[must_use]
    pub fn signed(&self, axis: Axis, base: f32) -> f32 {
        let lean = self.get(axis);
        (base * (1.0 - lean.abs()) + lean).clamp(-1.0, 1.0)
    }
}

/// A word or phrase that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Where it stands in the prompt, in bytes.
    pub span: std::ops::Range<usize>,
    /// The words as written.
    pub text: String,
    /// What they mean, in the language of the world (`weather rain`, `decay up`).
    pub meaning: String,
}

/// What was understood of a prompt: wishes per facet, the words behind them and the words left over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intent {
    /// The place that the scene shows.
    pub place: Votes<Place>,
    /// Other places named beside it ("desert" of a desert temple).
    pub context_places: Vec<Place>,
    /// The kind of world.
    pub genre: Votes<Genre>,
    /// The part of the day.
    pub time: Votes<TimeOfDay>,
    /// The weather.
    pub weather: Votes<WeatherKind>,
    /// The enclosure.
    pub enclosure: Votes<Enclosure>,
    /// The ground's shape.
    pub terrain: Votes<Terrain>,
    /// Materials.
    pub materials: Votes<MaterialKind>,
    /// Asset families.
    pub families: Votes<AssetFamily>,
    /// How many of a family were asked for.
    pub counts: Vec<(AssetFamily, u32)>,
    /// The style of rendering.
    pub look: Votes<Look>,
    /// The camera's move.
    pub camera_move: Votes<CameraMove>,
    /// Instruments.
    pub instruments: Votes<Instrument>,
    /// Sounds of the place.
    pub sounds: Votes<AmbienceLayer>,
    /// The scale.
    pub mode: Votes<Mode>,
    /// The tonic.
    pub key: Option<PitchClass>,
    /// Quarter notes per minute.
    pub tempo_bpm: Option<f32>,
    /// Beats per bar and the beat's note value.
    pub meter: Option<(u8, u8)>,
    /// Focal length in millimetres.
    pub focal_length_mm: Option<f32>,
    /// Colours, in the order of mention.
    pub colors: Vec<Oklch>,
    /// Scalar wishes.
    pub leans: Leans,
    /// The words that were understood, in the order of the prompt.
    pub matched: Vec<Match>,
    /// The content words that were not.
    pub unknown: Vec<String>,
    /// Contradictions and how they were settled.
    pub conflicts: Vec<String>,
}

impl Intent {
    /// Takes effects in place of whatever was understood of the facets that they speak of.
    pub fn overrule(&mut self, effects: &[Effect]) {
        for effect in effects {
            self.forget(effect);
        }
        for effect in effects {
            match *effect {
                Effect::Place(v, s) => self.place.vote(v, s),
                Effect::Genre(v, s) => self.genre.vote(v, s),
                Effect::Time(v, s) => self.time.vote(v, s),
                Effect::Weather(v, s) => self.weather.vote(v, s),
                Effect::Enclosure(v, s) => self.enclosure.vote(v, s),
                Effect::Terrain(v, s) => self.terrain.vote(v, s),
                Effect::Material(v, s) => self.materials.vote(v, s),
                Effect::Family(v, s) => self.families.vote(v, s),
                Effect::Look(v, s) => self.look.vote(v, s),
                Effect::Move(v, s) => self.camera_move.vote(v, s),
                Effect::Instrument(v, s) => self.instruments.vote(v, s),
                Effect::Sound(v, s) => self.sounds.vote(v, s),
                Effect::Mode(v, s) => self.mode.vote(v, s),
                Effect::Meter(beats, unit) => self.meter = Some((beats, unit)),
                Effect::Color(color) => self.colors.push(color),
                Effect::Lean(axis, amount) => self.leans.lean(axis, amount),
                Effect::Times(_) | Effect::Not | Effect::Plain => {}
            }
        }
    }

    /// Forgets what was understood of a facet; lists to which an effect only adds stay.
    fn forget(&mut self, effect: &Effect) {
        match effect {
            Effect::Place(..) => {
                self.place = Votes::default();
                self.context_places.clear();
            }
            Effect::Genre(..) => self.genre = Votes::default(),
            Effect::Time(..) => self.time = Votes::default(),
            Effect::Weather(..) => self.weather = Votes::default(),
            Effect::Enclosure(..) => self.enclosure = Votes::default(),
            Effect::Terrain(..) => self.terrain = Votes::default(),
            Effect::Look(..) => self.look = Votes::default(),
            Effect::Move(..) => self.camera_move = Votes::default(),
            Effect::Mode(..) => self.mode = Votes::default(),
            Effect::Lean(axis, _) => self.leans.clear(*axis),
            _ => {}
        }
    }
}
