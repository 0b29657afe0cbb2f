//! Words as rows of a hash table: one row for the word, some for its beginnings, middles and ends.

use gesamt_grammar::tokenize;

/// The most words of a prompt that the encoder reads; what follows is left to the cues.
pub const MAX_WORDS: usize = 32;
/// Rows of a word: itself and up to eleven n-grams.
pub const N_HASHES: usize = 12;

/// The rows of one word. Unused places repeat the word's own row.
pub type WordIds = [u32; N_HASHES];

/// The words of a prompt as rows of a table of `n_rows` rows.
///
/// Row 0 is kept for the mark before the first word. Similar words share n-grams, so that a slip of the finger or a word
/// that was never seen still lies near its relatives.
#[must_use]
pub fn words_of(prompt: &str, n_rows: usize) -> Vec<WordIds> {
    tokenize(prompt).iter().take(MAX_WORDS).map(|token| word_ids(&token.text, n_rows)).collect()
}

fn word_ids(word: &str, n_rows: usize) -> WordIds {
    let mut ids = [hash_row(word, "w", n_rows); N_HASHES];
    let bounded: Vec<char> = std::iter::once('<').chain(word.chars()).chain(std::iter::once('>')).collect();
    let grams = [4, 3, 5].into_iter().flat_map(|n| bounded.windows(n));
    for (id, gram) in ids[1..].iter_mut().zip(grams) {
        *id = hash_row(&gram.iter().collect::<String>(), "g", n_rows);
    }
    ids
}

/// The row of a text of a kind, never 0: FNV-1a, then spread.
pub(crate) fn hash_row(text: &str, kind: &str, n_rows: usize) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for byte in kind.bytes().chain(text.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    1 + (gesamt_world::seed::mix64(hash) % (n_rows as u64 - 1)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(a: &str, b: &str) -> usize {
        let (a, b) = (words_of(a, 8192)[0], words_of(b, 8192)[0]);
        a.iter().filter(|id| b.contains(id)).count()
    }

    #[test]
    fn relatives_and_slips_share_rows_and_strangers_do_not() {
        assert!(shared("lighthouse", "lighthouses") >= 8, "{}", shared("lighthouse", "lighthouses"));
        assert!(shared("lighthouse", "lighthuose") >= 3, "{}", shared("lighthouse", "lighthuose"));
        assert!(shared("lighthouse", "marmalade") <= 1);
    }

    #[test]
    fn rows_are_inside_the_table_and_never_the_mark() {
        for prompt in ["a b c", "雨の市場 🌧", "x", "don't #ff2e88 6/8"] {
            for n_rows in [2, 64, 8192] {
                assert!(words_of(prompt, n_rows).concat().iter().all(|id| (1..n_rows as u32).contains(id)), "{prompt}");
            }
        }
        assert!(words_of("", 64).is_empty());
        assert_eq!(words_of(&"word ".repeat(500), 64).len(), MAX_WORDS);
    }

    #[test]
    fn letter_case_and_accents_do_not_matter() {
        assert_eq!(words_of("Château", 8192), words_of("chateau", 8192));
    }
}
