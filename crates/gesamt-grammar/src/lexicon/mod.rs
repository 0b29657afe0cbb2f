//! The lexicon: words and phrases of English (and a few of its neighbours) with their meaning for a world.
//!
//! The entries stand in `lexicon/*.txt`, one meaning per line: `word, phrase, … : effect effect …`. Effects are
//! `group=label` (a statement), `group=label*0.6` (a hint), `axis+0.5` or `axis-0.5` (a lean), `color=#rrggbb`,
//! `times=1.5` (strengthens the next word), `not` (negates the next words) and `plain` (a word without meaning of its own).

mod effect;
mod forms;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use effect::Effect;
pub use forms::{fold, is_close, stems};

/// The files of the lexicon, by concern.
pub const SOURCES: [(&str, &str); 12] = [
    ("places", include_str!("../../lexicon/places.txt")),
    ("genres", include_str!("../../lexicon/genres.txt")),
    ("times", include_str!("../../lexicon/times.txt")),
    ("weather", include_str!("../../lexicon/weather.txt")),
    ("moods", include_str!("../../lexicon/moods.txt")),
    ("things", include_str!("../../lexicon/things.txt")),
    ("nouns", include_str!("../../lexicon/nouns.txt")),
    ("idioms", include_str!("../../lexicon/idioms.txt")),
    ("colors", include_str!("../../lexicon/colors.txt")),
    ("media", include_str!("../../lexicon/media.txt")),
    ("plain", include_str!("../../lexicon/plain.txt")),
    ("languages", include_str!("../../lexicon/languages.txt")),
];

/// The most words of a phrase.
pub const MAX_PHRASE_WORDS: usize = 5;

/// The words and phrases, folded, with what they mean.
#[derive(Debug, Default)]
pub struct Lexicon {
    entries: BTreeMap<String, Vec<Effect>>,
    /// Single words of five letters and more by their first letter, for spelling.
    by_initial: BTreeMap<char, Vec<String>>,
    errors: Vec<String>,
}

impl Lexicon {
    /// The built-in lexicon, parsed once.
    pub fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| {
            let mut lexicon = Lexicon::default();
            for (name, text) in SOURCES {
                lexicon.add(name, text);
            }
            lexicon
        })
    }

    fn add(&mut self, name: &str, text: &str) {
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with("# ") || line == "#" {
                continue;
            }
            let parsed = line.split_once(" : ").ok_or("no ` : `".to_owned()).and_then(|(words, effects)| {
                let effects = effects.split_whitespace().map(Effect::parse).collect::<Result<Vec<_>, _>>()?;
                Ok((words, effects))
            });
            match parsed {
                Ok((words, effects)) => self.add_line(words, &effects, &format!("{name}:{}", number + 1)),
                Err(message) => self.errors.push(format!("{name}:{}: {message}", number + 1)),
            }
        }
    }

    fn add_line(&mut self, words: &str, effects: &[Effect], at: &str) {
        for word in words.split(',').map(|w| fold(w.trim())).filter(|w| !w.is_empty()) {
            if !word.contains(' ') && word.is_ascii() && word.len() >= 5 {
                self.by_initial.entry(word.chars().next().unwrap_or(' ')).or_default().push(word.clone());
            }
            if self.entries.insert(word.clone(), effects.to_vec()).is_some() {
                self.errors.push(format!("{at}: `{word}` for the second time"));
            }
        }
    }

    /// The lines that do not parse and the words that occur twice; empty for a sound lexicon.
    #[must_use]
    pub fn errors(&self) -> &[String] {
        &self.errors
    }

    /// The number of words and phrases.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True without any words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every entry, in the order of the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Effect])> {
        self.entries.iter().map(|(word, effects)| (word.as_str(), effects.as_slice()))
    }

    /// The meaning of a folded word or phrase, or of the word it is an inflection of.
    #[must_use]
    pub fn find(&self, words: &[&str]) -> Option<&[Effect]> {
        let phrase = words.join(" ");
        if let Some(found) = self.entries.get(&phrase) {
            return Some(found);
        }
        if let [word] = words {
            return stems(word).iter().find_map(|stem| self.entries.get(stem)).map(Vec::as_slice);
        }
        let singular: Vec<String> = words.iter().map(|w| forms::singular(w)).collect();
        let last_only = format!("{} {}", words[..words.len() - 1].join(" "), singular[singular.len() - 1]);
        self.entries.get(&last_only).or_else(|| self.entries.get(&singular.join(" "))).map(Vec::as_slice)
    }

    /// The word one slip of the finger away from an unknown word, if there is exactly one best.
    #[must_use]
    pub fn correct(&self, word: &str) -> Option<(&str, &[Effect])> {
        if word.len() < 5 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let candidates = self.by_initial.get(&word.chars().next()?)?;
        let tries = [word.to_owned(), forms::singular(word)];
        let hit = tries.iter().find_map(|w| candidates.iter().find(|candidate| is_close(w, candidate)))?;
        self.entries.get(hit).map(|effects| (hit.as_str(), effects.as_slice()))
    }

    /// The longest entry that `text` begins with, for scripts without spaces: its length in bytes and its meaning.
    #[must_use]
    pub fn prefix(&self, text: &str) -> Option<(usize, &[Effect])> {
        let ends: Vec<usize> = text.char_indices().map(|(i, c)| i + c.len_utf8()).take(8).collect();
        ends.iter().rev().find_map(|&end| self.entries.get(&text[..end]).map(|effects| (end, effects.as_slice())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_parses_and_no_word_stands_twice() {
        let lexicon = Lexicon::get();
        assert_eq!(lexicon.errors(), &[] as &[String]);
        assert!(lexicon.len() >= 16_000, "{} words", lexicon.len());
    }

    #[test]
    fn phrases_fit_the_longest_window() {
        for (phrase, _) in Lexicon::get().iter() {
            assert!(phrase.split(' ').count() <= MAX_PHRASE_WORDS, "{phrase}");
        }
    }
}
