//! What each word of a prompt does to the model: the plan that it expects with the word and without.

use gesamt_cmld::codec::Schema;
use gesamt_cmld::imagine::direct;
use gesamt_cmld::model::{HeadLayout, Model, softmax};
use gesamt_cmld::reader::{Reading, facet_outputs};
use gesamt_cmld::text::TextCondition;
use gesamt_grammar::{check_prompt, understand};
use gesamt_world::{Genre, Place, TimeOfDay, WeatherKind};

use crate::error::PriorError;
use crate::weights::model;

/// Words that are tried; longer prompts are explained by their first ones.
const MAX_WORDS: usize = 48;
/// The least shift of a chance that counts as an effect.
const LEAST: f32 = 0.05;

/// Lines for people: what the model expects of the prompt, then for each word what it adds, strongest label first; words
/// that move nothing stand in the last line.
///
/// # Errors
/// Prompts that cannot be read, and weights that do not belong to this build.
pub fn explain(prompt: &str) -> Result<Vec<String>, PriorError> {
    check_prompt(prompt)?;
    let words: Vec<&str> = prompt.split_whitespace().take(MAX_WORDS).collect();
    let rest = |left_out: usize| {
        let kept = words.iter().enumerate().filter(|(index, _)| *index != left_out).map(|(_, word)| *word);
        kept.collect::<Vec<_>>().join(" ")
    };
    let mut prompts = vec![prompt.to_owned()];
    if words.len() > 1 {
        prompts.extend((0..words.len()).map(rest));
    }
    let all = all_chances(model()?, &prompts);
    let whole = &all[0];
    let mut lines = vec![expectation(whole)];
    let mut silent = Vec::new();
    for (word, without) in words.iter().zip(all.iter().skip(1)) {
        let word = word.trim_matches(|c: char| c.is_ascii_punctuation());
        let shifts = strongest(whole, without);
        if shifts.is_empty() {
            silent.push(word);
        } else {
            lines.push(format!("  {word}: {}", shifts.join(", ")));
        }
    }
    if !silent.is_empty() {
        lines.push(format!("  without effect on place, genre, hour and weather: {}", silent.join(" ")));
    }
    Ok(lines)
}

/// Chances of every label of a facet.
type Chances = Vec<(&'static str, Vec<(String, f32)>)>;

/// What the model holds likely of each prompt: its reader, or the heads of one that has none.
fn all_chances(model: &Model, prompts: &[String]) -> Vec<Chances> {
    let labels: [(&str, Vec<String>); 4] = [
        ("place", Place::ALL.iter().map(Place::to_string).collect()),
        ("genre", Genre::ALL.iter().map(Genre::to_string).collect()),
        ("time", TimeOfDay::ALL.iter().map(TimeOfDay::to_string).collect()),
        ("weather", WeatherKind::ALL.iter().map(WeatherKind::to_string).collect()),
    ];
    let named = |chances: [Vec<f32>; 4]| -> Chances {
        let facets = labels.iter().zip(chances);
        facets.map(|((name, labels), chances)| (*name, labels.iter().cloned().zip(chances).collect())).collect()
    };
    if let Some(reader) = &model.reader {
        let read = |prompt: &String| reader.read(prompt, &understand(prompt));
        // Silence stands first and has no label.
        let of = |reading: Reading| [0, 1, 2, 3].map(|facet| reading.chances[facet_outputs(facet)][1..].to_vec());
        return prompts.iter().map(|prompt| named(of(read(prompt)))).collect();
    }
    let n_rows = model.network.config.text.rows;
    let conditions: Vec<TextCondition> = prompts.iter().map(|prompt| TextCondition::of(prompt, n_rows)).collect();
    let field = |outputs: &[f32], name: &str| {
        let index = Schema::get().fields.iter().position(|field| field.name == name);
        index.map_or(Vec::new(), |index| softmax(&outputs[HeadLayout::get().fields[index].clone()]))
    };
    let of = |outputs: &Vec<f32>| ["place", "genre", "time_of_day", "weather"].map(|name| field(outputs, name));
    direct(model, &conditions).iter().map(|outputs| named(of(outputs))).collect()
}

/// The likeliest labels of each facet.
fn expectation(chances: &Chances) -> String {
    let facet = |(name, labels): &(&str, Vec<(String, f32)>)| {
        let mut labels: Vec<&(String, f32)> = labels.iter().filter(|(_, chance)| *chance >= 0.1).collect();
        labels.sort_by(|a, b| b.1.total_cmp(&a.1));
        let top: Vec<String> =
            labels.iter().take(3).map(|(l, chance)| format!("{l} {:.0} %", 100.0 * chance)).collect();
        if top.is_empty() { format!("{name} open") } else { format!("{name} {}", top.join(" or ")) }
    };
    format!("the model expects {}", chances.iter().map(facet).collect::<Vec<_>>().join("; "))
}

/// The labels whose chances a word moves most, at most two.
fn strongest(with: &Chances, without: &Chances) -> Vec<String> {
    let mut shifts: Vec<(f32, String)> = Vec::new();
    for ((name, with), (_, without)) in with.iter().zip(without) {
        for ((label, now), (_, before)) in with.iter().zip(without) {
            if (now - before).abs() >= LEAST {
                let text = format!("{name} {label} {:.0} → {:.0} %", 100.0 * before, 100.0 * now);
                shifts.push(((now - before).abs(), text));
            }
        }
    }
    shifts.sort_by(|a, b| b.0.total_cmp(&a.0));
    shifts.into_iter().take(2).map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_names_the_place_is_said_to_do_so() {
        let lines = explain("an abandoned harbour at dusk").unwrap();
        assert!(lines[0].contains("place harbor"), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("harbour: place harbor")), "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("dusk: time dusk")), "{lines:?}");
    }

    #[test]
    fn a_prompt_of_one_word_or_of_none_that_is_known_is_explained_too() {
        assert_eq!(explain("harbour").unwrap().len(), 1);
        assert!(!explain("qwrtz plmpf").unwrap().is_empty());
        assert!(explain("").is_err());
    }
}
