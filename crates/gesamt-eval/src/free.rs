//! Free prompts: what people write when nobody has told them which words are known.
//!
//! The file is `eval/free_prompts.txt`: a prompt, a tab and the signs that it implies, such as
//! `place=harbor|coast time=night valence-`.

use gesamt_grammar::Axis;
use gesamt_world::{Genre, Place, TimeOfDay, WeatherKind, World};

use crate::stated::Tally;

/// The prompts that the project is measured by.
pub const FREE_PROMPTS: &str = include_str!("../../../eval/free_prompts.txt");

/// A line that is no prompt with signs.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct FreePromptError {
    /// Number of the line.
    pub line: usize,
    /// What was found and what was expected.
    pub message: String,
}

/// A scalar that a prompt implies to be high or low.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the facets")]
pub enum Scalar {
    Valence,
    Arousal,
    Tension,
    Wonder,
    Decay,
    Overgrowth,
    Dirt,
    Population,
}

/// What a prompt implies.
#[derive(Clone, Debug, PartialEq)]
pub enum Sign {
    /// One of these places.
    Place(Vec<Place>),
    /// One of these genres.
    Genre(Vec<Genre>),
    /// One of these hours.
    Time(Vec<TimeOfDay>),
    /// One of these weathers.
    Weather(Vec<WeatherKind>),
    /// High (`true`) or low.
    Scalar(Scalar, bool),
}

impl Sign {
    /// True when a world shows it.
    #[must_use]
    pub fn holds(&self, world: &World) -> bool {
        match self {
            Sign::Place(any) => any.contains(&world.setting.place),
            Sign::Genre(any) => any.contains(&world.setting.genre),
            Sign::Time(any) => any.contains(&world.sky.time_of_day),
            Sign::Weather(any) => any.contains(&world.weather.kind),
            Sign::Scalar(scalar, is_high) => {
                let (value, low, high) = scalar.read(world);
                if *is_high { value > high } else { value < low }
            }
        }
    }

    /// The facet it speaks of.
    #[must_use]
    pub fn facet(&self) -> &'static str {
        match self {
            Sign::Place(_) => "place",
            Sign::Genre(_) => "genre",
            Sign::Time(_) => "time",
            Sign::Weather(_) => "weather",
            Sign::Scalar(scalar, _) if scalar.is_mood() => "mood",
            Sign::Scalar(..) => "condition",
        }
    }

    fn parse(text: &str) -> Option<Sign> {
        if let Some(name) = text.strip_suffix(['+', '-']) {
            return Some(Sign::Scalar(Scalar::parse(name)?, text.ends_with('+')));
        }
        let (facet, labels) = text.split_once('=')?;
        let all: Vec<&str> = labels.split('|').collect();
        Some(match facet {
            "place" => Sign::Place(all.iter().map(|l| Place::from_label(l)).collect::<Option<_>>()?),
            "genre" => Sign::Genre(all.iter().map(|l| Genre::from_label(l)).collect::<Option<_>>()?),
            "time" => Sign::Time(all.iter().map(|l| TimeOfDay::from_label(l)).collect::<Option<_>>()?),
            "weather" => Sign::Weather(all.iter().map(|l| WeatherKind::from_label(l)).collect::<Option<_>>()?),
            _ => return None,
        })
    }
}

impl Scalar {
    const ALL: [(&'static str, Scalar); 8] = [
        ("valence", Scalar::Valence),
        ("arousal", Scalar::Arousal),
        ("tension", Scalar::Tension),
        ("wonder", Scalar::Wonder),
        ("decay", Scalar::Decay),
        ("overgrowth", Scalar::Overgrowth),
        ("dirt", Scalar::Dirt),
        ("population", Scalar::Population),
    ];

    fn parse(name: &str) -> Option<Scalar> {
        Self::ALL.iter().find(|(label, _)| *label == name).map(|(_, scalar)| *scalar)
    }

    /// The axis that leans on it.
    #[must_use]
    pub fn axis(self) -> Axis {
        match self {
            Scalar::Valence => Axis::Valence,
            Scalar::Arousal => Axis::Arousal,
            Scalar::Tension => Axis::Tension,
            Scalar::Wonder => Axis::Wonder,
            Scalar::Decay => Axis::Decay,
            Scalar::Overgrowth => Axis::Overgrowth,
            Scalar::Dirt => Axis::Dirt,
            Scalar::Population => Axis::Population,
        }
    }

    fn is_mood(self) -> bool {
        matches!(self, Scalar::Valence | Scalar::Arousal | Scalar::Tension | Scalar::Wonder)
    }

    /// The value, and the bounds below which it is low and above which it is high.
    fn read(self, world: &World) -> (f32, f32, f32) {
        let (mood, condition) = (&world.mood, &world.condition);
        let value = match self {
            Scalar::Valence => mood.valence,
            Scalar::Arousal => mood.arousal,
            Scalar::Tension => mood.tension,
            Scalar::Wonder => mood.wonder,
            Scalar::Decay => condition.decay,
            Scalar::Overgrowth => condition.overgrowth,
            Scalar::Dirt => condition.dirt,
            Scalar::Population => condition.population,
        };
        if self.is_mood() { (value, -0.1, 0.1) } else { (value, 0.3, 0.5) }
    }
}

/// A prompt with its signs.
#[derive(Clone, Debug, PartialEq)]
pub struct FreePrompt {
    /// The prompt.
    pub prompt: String,
    /// What it implies.
    pub signs: Vec<Sign>,
}

/// Reads prompts with their signs.
///
/// # Errors
/// The first line that is none.
pub fn parse(text: &str) -> Result<Vec<FreePrompt>, FreePromptError> {
    let mut prompts = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let refuse = |message: String| FreePromptError { line: index + 1, message };
        let (prompt, signs) = line.split_once('\t').ok_or_else(|| refuse("no tab after the prompt".into()))?;
        let signs = signs
            .split_whitespace()
            .map(|sign| Sign::parse(sign).ok_or_else(|| refuse(format!("`{sign}` is no sign"))))
            .collect::<Result<Vec<_>, _>>()?;
        if signs.is_empty() {
            return Err(refuse("a prompt without signs".into()));
        }
        prompts.push(FreePrompt { prompt: prompt.into(), signs });
    }
    Ok(prompts)
}

/// How well a prior satisfies free prompts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// Mean over prompts of the share of signs that hold, so that each prompt counts the same.
    pub mean: f64,
    /// Signs by facet.
    pub facets: Vec<(&'static str, Tally)>,
    /// The share of each prompt.
    pub prompts: Vec<f64>,
}

/// Scores the worlds that `prior` gives for each prompt and each of the seeds.
pub fn score(prompts: &[FreePrompt], seeds: &[u64], mut prior: impl FnMut(&str, u64) -> Option<World>) -> Score {
    let mut score = Score::default();
    for free in prompts {
        let mut tally = Tally::default();
        for seed in seeds {
            let world = prior(&free.prompt, *seed);
            for sign in &free.signs {
                let holds = world.as_ref().is_some_and(|world| sign.holds(world));
                tally.count(holds);
                let position = score.facets.iter().position(|(facet, _)| *facet == sign.facet());
                let position = position.unwrap_or_else(|| {
                    score.facets.push((sign.facet(), Tally::default()));
                    score.facets.len() - 1
                });
                score.facets[position].1.count(holds);
            }
        }
        score.prompts.push(tally.share());
    }
    score.mean = score.prompts.iter().sum::<f64>() / score.prompts.len().max(1) as f64;
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_more_than_a_hundred_and_fifty_prompts_and_each_reads() {
        let prompts = parse(FREE_PROMPTS).unwrap();
        assert!(prompts.len() >= 150, "{}", prompts.len());
        assert!(prompts.iter().all(|free| gesamt_grammar::check_prompt(&free.prompt).is_ok()));
        let mut texts: Vec<&str> = prompts.iter().map(|free| free.prompt.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), prompts.len(), "a prompt twice");
    }

    #[test]
    fn signs_hold_where_they_should() {
        let signs = &parse("x\tplace=harbor|coast time=dawn weather=fog population-").unwrap()[0].signs;
        let world = gesamt_grammar::sample("abandoned harbour at dawn, fog", 1).unwrap().world;
        assert!(signs.iter().all(|sign| sign.holds(&world)));
        let world = gesamt_grammar::sample("busy sunny market at noon", 1).unwrap().world;
        assert!(signs.iter().all(|sign| !sign.holds(&world)));
    }

    #[test]
    fn lines_that_are_no_prompts_are_named() {
        for (text, word) in
            [("x", "no tab"), ("a\tplace=moon", "place=moon"), ("a\tvalence", "valence"), ("a\t", "without")]
        {
            let message = parse(text).unwrap_err().to_string();
            assert!(message.starts_with("line 1") && message.contains(word), "{message}");
        }
    }

    #[test]
    fn a_prior_that_knows_nothing_scores_near_chance_and_a_failing_one_nothing() {
        let prompts = parse(FREE_PROMPTS).unwrap();
        let blind = score(&prompts, &[1], |_, seed| gesamt_grammar::sample("anything", seed).ok().map(|s| s.world));
        let failing = score(&prompts, &[1], |_, _| None);
        assert!(blind.mean < 0.45, "{}", blind.mean);
        assert_eq!(failing.mean, 0.0);
    }
}
