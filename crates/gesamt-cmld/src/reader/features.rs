//! What the reader sees of a prompt: words, neighbours and letters as weighted rows of a hash table.

use gesamt_grammar::lexicon::stems;
use gesamt_grammar::tokenize;

use crate::text::hash_row;

/// The most words of a prompt that are read.
pub const MAX_WORDS: usize = 48;

/// Rows of the table with their weights; the squares of the weights sum to one unless there are none.
pub type Features = Vec<(u32, f32)>;

/// The words of a prompt, folded.
#[must_use]
pub fn words(prompt: &str) -> Vec<String> {
    tokenize(prompt).into_iter().take(MAX_WORDS).map(|token| token.text).collect()
}

/// The features of words for a table of `n_rows` rows: each word, its stems and the pieces of three to five letters in it,
/// pairs of neighbours, and pairs with one word between them.
#[must_use]
pub fn features(words: &[String], n_rows: usize) -> Features {
    let mut features = Features::new();
    let mut add = |kind: &str, text: &str, weight: f32| features.push((hash_row(text, kind, n_rows), weight));
    for (index, word) in words.iter().enumerate() {
        add("w", word, 1.0);
        for stem in stems(word).into_iter().filter(|stem| stem != word) {
            add("w", &stem, 0.5);
        }
        let bounded: Vec<char> = std::iter::once('<').chain(word.chars()).chain(std::iter::once('>')).collect();
        for n in 3..=5 {
            for gram in bounded.windows(n).take(24) {
                add("g", &gram.iter().collect::<String>(), 0.25);
            }
        }
        for (distance, weight) in [(1, 0.7), (2, 0.4)] {
            if let Some(other) = words.get(index + distance) {
                add(["b", "k"][distance - 1], &format!("{word} {other}"), weight);
            }
        }
    }
    let norm = features.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    features.iter_mut().for_each(|(_, weight)| *weight /= norm);
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_of_unit_length_and_inside_the_table() {
        for prompt in ["the last ferry left an hour ago", "x", "雨の市場 🌧", &"word ".repeat(300)] {
            let features = features(&words(prompt), 512);
            let norm: f32 = features.iter().map(|(_, weight)| weight * weight).sum();
            assert!((norm - 1.0).abs() < 1e-4, "{prompt}: {norm}");
            assert!(features.iter().all(|(row, _)| (1..512).contains(row)));
        }
        assert!(features(&words(" , ."), 512).is_empty());
    }

    #[test]
    fn order_matters_and_inflections_share_rows() {
        let of = |prompt: &str| features(&words(prompt), 1 << 16).into_iter().map(|(row, _)| row).collect::<Vec<_>>();
        assert_ne!(of("dog bites man"), of("man bites dog"));
        let (one, many) = (of("lighthouse"), of("lighthouses"));
        assert!(one.iter().filter(|row| many.contains(row)).count() >= 10);
    }
}
