//! The walk over the tokens: longest matches, modifiers and negation.

use gesamt_world::AssetFamily;

use super::cues::{Cue, cue, time_of_hour};
use super::settle::{PlaceMention, settle_conflicts, settle_place};
use super::tokens::{Token, tokenize};
use crate::intent::{Axis, Intent, Match};
use crate::lexicon::{Effect, Lexicon, MAX_PHRASE_WORDS};

/// How many words a negation or an adverb reaches.
const REACH: usize = 3;

/// Reads a prompt. Never fails: words that mean nothing to the lexicon are listed as unknown.
///
/// # Examples
/// ```
/// use gesamt_grammar::understand;
/// use gesamt_world::{Place, WeatherKind};
/// let intent = understand("foggy harbour, no boats");
/// assert_eq!(intent.place.stated(), Some(Place::Harbor));
/// assert_eq!(intent.weather.stated(), Some(WeatherKind::Fog));
/// assert!(intent.families.is_unwanted(gesamt_world::AssetFamily::Boat));
/// ```
#[must_use]
pub fn understand(prompt: &str) -> Intent {
    let tokens = tokenize(prompt);
    let mut reader = Reader { prompt, intent: Intent::default(), places: Vec::new(), state: State::default() };
    let mut at = 0;
    while at < tokens.len() {
        at += reader.step(&tokens, at).max(1);
    }
    let Reader { mut intent, places, .. } = reader;
    settle_place(&mut intent, &places);
    settle_conflicts(&mut intent);
    intent
}

#[derive(Default)]
struct State {
    segment: usize,
    is_prepositional: bool,
    negation_left: usize,
    factor: f32,
    factor_left: usize,
    count: Option<(u32, usize)>,
}

struct Reader<'a> {
    prompt: &'a str,
    intent: Intent,
    places: Vec<PlaceMention>,
    state: State,
}

impl Reader<'_> {
    /// Reads what begins at `at` and says how many tokens it took.
    fn step(&mut self, tokens: &[Token], at: usize) -> usize {
        if tokens[at].after_break {
            self.state = State { segment: self.state.segment + 1, ..State::default() };
        }
        self.state.negation_left = self.state.negation_left.saturating_sub(1);
        self.state.factor_left = self.state.factor_left.saturating_sub(1);
        if let Some((found, taken)) = cue(&tokens[at..]) {
            self.apply_cue(&found, tokens, at, taken);
            return taken;
        }
        let lexicon = Lexicon::get();
        for length in (1..=MAX_PHRASE_WORDS.min(tokens.len() - at)).rev() {
            let words: Vec<&str> = tokens[at..at + length].iter().map(|t| t.text.as_str()).collect();
            if tokens[at + 1..at + length].iter().any(|t| t.after_break) {
                continue;
            }
            if let Some(effects) = lexicon.find(&words) {
                if length == 1 {
                    self.function_word(words[0]);
                }
                self.apply(effects, tokens, at, length, "");
                return length;
            }
        }
        self.other_word(&tokens[at]);
        1
    }

    /// Prepositions open a segment that cannot hold the head noun; conjunctions open one that can.
    fn function_word(&mut self, word: &str) {
        if PREPOSITIONS.contains(&word) {
            self.state.segment += 1;
            self.state.is_prepositional = true;
        } else if CONJUNCTIONS.contains(&word) {
            self.state.segment += 1;
        }
        if word == "with" || word == "but" || word == "only" {
            self.state.negation_left = 0;
        } else if matches!(word, "or" | "nor") && self.state.negation_left > 0 {
            self.state.negation_left = REACH + 1;
        }
    }

    /// Counts, compounds, scripts without spaces, misspellings; the rest is unknown.
    fn other_word(&mut self, token: &Token) {
        if let Some(count) = number(&token.text) {
            self.state.count = Some((count, 3));
            return;
        }
        let lexicon = Lexicon::get();
        let tokens = std::slice::from_ref(token);
        if token.text.contains('-') {
            let parts: Vec<&str> = token.text.split('-').filter(|p| !p.is_empty()).collect();
            let found: Vec<&[Effect]> = parts.iter().filter_map(|part| lexicon.find(&[part])).collect();
            if let Some(effects) = lexicon.find(&parts) {
                return self.apply(effects, tokens, 0, 1, "");
            } else if !found.is_empty() {
                let effects: Vec<Effect> = found.concat().into_iter().filter(|e| *e != Effect::Plain).collect();
                return self.apply(&effects, tokens, 0, 1, "");
            }
        }
        if !token.text.is_ascii() {
            return self.unspaced(token);
        }
        if let Some((word, effects)) = lexicon.correct(&token.text) {
            return self.apply(effects, tokens, 0, 1, word);
        }
        self.leave(token);
    }

    fn leave(&mut self, token: &Token) {
        let text = self.prompt[token.start..token.end].to_owned();
        if token.text.len() > 1 && !self.intent.unknown.contains(&text) {
            self.intent.unknown.push(text);
        }
    }

    /// Reads a run of characters of a script without spaces by longest prefix.
    fn unspaced(&mut self, token: &Token) {
        let lexicon = Lexicon::get();
        let (mut rest, mut found) = (token.text.as_str(), Vec::new());
        while let Some(c) = rest.chars().next() {
            let hit = if c.is_ascii() { None } else { lexicon.prefix(rest) };
            let step = hit.map_or(c.len_utf8(), |(length, _)| length);
            found.extend(hit.map(|(_, effects)| effects).unwrap_or_default().iter().copied());
            rest = &rest[step..];
        }
        if found.is_empty() { self.leave(token) } else { self.apply(&found, std::slice::from_ref(token), 0, 1, "") }
    }

    fn apply(&mut self, effects: &[Effect], tokens: &[Token], at: usize, length: usize, read_as: &str) {
        if effects == [Effect::Plain] {
            return;
        }
        let is_negated = self.state.negation_left > 0;
        let factor = if self.state.factor_left > 0 { self.state.factor } else { 1.0 };
        let mut meanings = Vec::new();
        for effect in effects {
            self.apply_effect(*effect, is_negated, factor);
            let meaning = effect.meaning();
            if !meaning.is_empty() {
                meanings.push(if is_negated { format!("not {meaning}") } else { meaning });
            }
        }
        let is_modifier = matches!(effects, [Effect::Times(_)] | [Effect::Not]);
        if !is_modifier {
            self.state.factor_left = 0;
        }
        if !read_as.is_empty() {
            meanings.insert(0, format!("read as “{read_as}”"));
        }
        let span = tokens[at].start..tokens[at + length - 1].end;
        let text = self.prompt[span.clone()].to_owned();
        self.intent.matched.push(Match { span, text, meaning: meanings.join(", ") });
    }

    fn apply_effect(&mut self, effect: Effect, is_negated: bool, factor: f32) {
        let sign = |strength: f32| if is_negated { -strength } else { strength };
        let intent = &mut self.intent;
        match effect {
            Effect::Place(place, strength) => {
                let state = &self.state;
                let strength = sign(strength);
                let mention =
                    PlaceMention { place, strength, segment: state.segment, is_prepositional: state.is_prepositional };
                self.places.push(mention);
            }
            Effect::Genre(v, s) => intent.genre.vote(v, sign(s)),
            Effect::Time(v, s) => intent.time.vote(v, sign(s)),
            Effect::Weather(v, s) => {
                intent.weather.vote(v, sign(s));
                if factor != 1.0 && !is_negated {
                    intent.leans.lean(Axis::Intensity, (factor - 1.0).clamp(-0.8, 0.8));
                }
            }
            Effect::Enclosure(v, s) => intent.enclosure.vote(v, sign(s)),
            Effect::Terrain(v, s) => intent.terrain.vote(v, sign(s)),
            Effect::Material(v, s) => intent.materials.vote(v, sign(s)),
            Effect::Family(v, s) => {
                intent.families.vote(v, sign(s));
                self.count_family(v);
            }
            Effect::Look(v, s) => intent.look.vote(v, sign(s)),
            Effect::Move(v, s) => intent.camera_move.vote(v, sign(s)),
            Effect::Instrument(v, s) => intent.instruments.vote(v, sign(s)),
            Effect::Sound(v, s) => intent.sounds.vote(v, sign(s)),
            Effect::Mode(v, s) => intent.mode.vote(v, sign(s)),
            Effect::Meter(beats, unit) if !is_negated => intent.meter = Some((beats, unit)),
            Effect::Color(color) if !is_negated => intent.colors.push(color),
            Effect::Lean(axis, amount) if is_negated => intent.leans.lean(axis, -0.7 * amount),
            Effect::Lean(axis, amount) => intent.leans.lean(axis, amount * factor),
            Effect::Times(factor) => (self.state.factor, self.state.factor_left) = (factor, REACH),
            Effect::Not => self.state.negation_left = REACH + 1,
            Effect::Meter(..) | Effect::Color(_) | Effect::Plain => {}
        }
    }

    fn count_family(&mut self, family: AssetFamily) {
        if let Some((count, _)) = self.state.count.take() {
            self.intent.counts.push((family, count));
            self.intent.leans.lean(Axis::Density, if count == 1 { -0.1 } else { 0.1 });
        }
    }

    fn apply_cue(&mut self, found: &Cue, tokens: &[Token], at: usize, taken: usize) {
        let intent = &mut self.intent;
        let meaning = match *found {
            Cue::Tempo(bpm) => {
                intent.tempo_bpm = Some(bpm);
                format!("tempo {bpm} bpm")
            }
            Cue::Key(class, mode) => {
                intent.key = Some(class);
                if let Some(mode) = mode {
                    intent.mode.vote(mode, 1.5);
                }
                mode.map_or(format!("key {class}"), |mode| format!("key {class}, mode {mode}"))
            }
            Cue::Meter(beats, unit) => {
                intent.meter = Some((beats, unit));
                format!("meter {beats}/{unit}")
            }
            Cue::Focal(mm) => {
                intent.focal_length_mm = Some(mm);
                format!("focal length {mm} mm")
            }
            Cue::Color(color) => {
                intent.colors.push(color);
                format!("colour {}", color.to_hex())
            }
            Cue::Hour(hour) => {
                let time = time_of_hour(hour);
                intent.time.vote(time, 1.5);
                format!("time {time}")
            }
        };
        let span = tokens[at].start..tokens[at + taken - 1].end;
        let text = self.prompt[span.clone()].to_owned();
        intent.matched.push(Match { span, text, meaning });
    }
}

const CONJUNCTIONS: &[&str] = &["and", "or", "nor", "then", "plus", "but"];

const PREPOSITIONS: &[&str] = &[
    "in",
    "at",
    "on",
    "with",
    "of",
    "near",
    "by",
    "under",
    "inside",
    "from",
    "beside",
    "where",
    "into",
    "onto",
    "within",
    "through",
    "across",
    "above",
    "behind",
    "between",
    "among",
    "amid",
    "amidst",
    "beneath",
    "below",
    "against",
    "for",
    "to",
    "toward",
    "towards",
    "over",
    "along",
    "beyond",
    "while",
    "when",
    "during",
    "after",
    "before",
    "overlooking",
    "facing",
    "around",
    "outside",
    "without",
    "past",
    "like",
    "off",
    "deep",
    "surrounded",
    "amongst",
    "next",
];

fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if let Some(index) = WORDS.iter().position(|w| *w == word) {
        return Some(index as u32 + 1);
    }
    match word {
        "dozen" => Some(12),
        "couple" | "pair" => Some(2),
        _ => word.parse().ok().filter(|n| *n < 10_000),
    }
}
