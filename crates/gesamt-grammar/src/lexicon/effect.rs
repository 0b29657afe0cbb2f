//! What a word does to the intent.

use gesamt_world::{
    AmbienceLayer, AssetFamily, CameraMove, Enclosure, Genre, Instrument, Look, MaterialKind, Mode, Oklch, Place,
    Terrain, TimeOfDay, WeatherKind,
};

use crate::intent::Axis;

/// One effect of a word on the understanding of a prompt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Effect {
    /// A place, and how strongly: 1 states it, less hints at it, more than 1 wins over other statements.
    Place(Place, f32),
    /// A genre.
    Genre(Genre, f32),
    /// A part of the day.
    Time(TimeOfDay, f32),
    /// A weather.
    Weather(WeatherKind, f32),
    /// An enclosure.
    Enclosure(Enclosure, f32),
    /// A shape of the ground.
    Terrain(Terrain, f32),
    /// A material.
    Material(MaterialKind, f32),
    /// An asset family.
    Family(AssetFamily, f32),
    /// A style of rendering.
    Look(Look, f32),
    /// A camera move.
    Move(CameraMove, f32),
    /// An instrument.
    Instrument(Instrument, f32),
    /// A sound of the place.
    Sound(AmbienceLayer, f32),
    /// A scale.
    Mode(Mode, f32),
    /// Beats per bar and beat unit.
    Meter(u8, u8),
    /// A colour.
    Color(Oklch),
    /// A lean on a scalar.
    Lean(Axis, f32),
    /// Strengthens or weakens the next word.
    Times(f32),
    /// Negates the next words.
    Not,
    /// Nothing: a word without meaning of its own.
    Plain,
}

impl Effect {
    /// Reads one effect of a lexicon line.
    ///
    /// # Errors
    /// Text that is no effect, and labels and axes that do not exist.
    pub fn parse(text: &str) -> Result<Effect, String> {
        match text {
            "not" => return Ok(Effect::Not),
            "plain" => return Ok(Effect::Plain),
            _ => {}
        }
        match text.split_once('=') {
            Some((group, value)) => Self::parse_vote(group, value),
            None => Self::parse_lean(text),
        }
        .ok_or_else(|| format!("`{text}` is no effect"))
    }

    fn parse_vote(group: &str, value: &str) -> Option<Effect> {
        let (label, strength) = match value.split_once('*') {
            Some((label, strength)) => (label, strength.parse().ok()?),
            None => (value, 1.0),
        };
        Some(match group {
            "place" => Effect::Place(Place::from_label(label)?, strength),
            "genre" => Effect::Genre(Genre::from_label(label)?, strength),
            "time" => Effect::Time(TimeOfDay::from_label(label)?, strength),
            "weather" => Effect::Weather(WeatherKind::from_label(label)?, strength),
            "enclosure" => Effect::Enclosure(Enclosure::from_label(label)?, strength),
            "terrain" => Effect::Terrain(Terrain::from_label(label)?, strength),
            "material" => Effect::Material(MaterialKind::from_label(label)?, strength),
            "family" => Effect::Family(AssetFamily::from_label(label)?, strength),
            "look" => Effect::Look(Look::from_label(label)?, strength),
            "move" => Effect::Move(CameraMove::from_label(label)?, strength),
            "instrument" => Effect::Instrument(Instrument::from_label(label)?, strength),
            "sound" => Effect::Sound(AmbienceLayer::from_label(label)?, strength),
            "mode" => Effect::Mode(Mode::from_label(label)?, strength),
            "meter" => {
                let (beats, unit) = label.split_once('/')?;
                Effect::Meter(beats.parse().ok()?, unit.parse().ok()?)
            }
            "color" => Effect::Color(Oklch::from_hex(label)?),
            "times" => Effect::Times(label.parse().ok()?),
            _ => return None,
        })
    }

    fn parse_lean(text: &str) -> Option<Effect> {
        let split = text.find(['+', '-'])?;
        let axis = Axis::from_label(&text[..split])?;
        Some(Effect::Lean(axis, text[split..].parse().ok().filter(|v: &f32| v.abs() <= 1.0)?))
    }

    /// The meaning in the words of the world.
    #[must_use]
    pub fn meaning(&self) -> String {
        match self {
            Effect::Place(v, s) => vote("place", v, *s),
            Effect::Genre(v, s) => vote("genre", v, *s),
            Effect::Time(v, s) => vote("time", v, *s),
            Effect::Weather(v, s) => vote("weather", v, *s),
            Effect::Enclosure(v, s) => vote("enclosure", v, *s),
            Effect::Terrain(v, s) => vote("terrain", v, *s),
            Effect::Material(v, s) => vote("material", v, *s),
            Effect::Family(v, s) => vote("asset", v, *s),
            Effect::Look(v, s) => vote("look", v, *s),
            Effect::Move(v, s) => vote("camera", v, *s),
            Effect::Instrument(v, s) => vote("instrument", v, *s),
            Effect::Sound(v, s) => vote("sound", v, *s),
            Effect::Mode(v, s) => vote("mode", v, *s),
            Effect::Meter(beats, unit) => format!("meter {beats}/{unit}"),
            Effect::Color(color) => format!("colour {}", color.to_hex()),
            Effect::Lean(axis, amount) => format!("{} {}", axis.label(), if *amount > 0.0 { "up" } else { "down" }),
            Effect::Times(factor) if *factor >= 1.0 => "more of the next word".into(),
            Effect::Times(_) => "less of the next word".into(),
            Effect::Not => "not the next word".into(),
            Effect::Plain => String::new(),
        }
    }
}

fn vote(group: &str, label: impl std::fmt::Display, strength: f32) -> String {
    if strength < 1.0 { format!("{group} {label}?") } else { format!("{group} {label}") }
}
