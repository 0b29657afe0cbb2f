//! Tokens of a prompt.

use crate::lexicon::fold;

/// A word, number, colour or symbol of the prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The folded text.
    pub text: String,
    /// Where it stands in the prompt, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// True when a comma, full stop or the like stands before it.
    pub after_break: bool,
}

/// Splits a prompt into tokens.
#[must_use]
pub fn tokenize(prompt: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut word: Option<usize> = None;
    let mut after_break = true;
    let mut push = |start: usize, end: usize, after_break: &mut bool| {
        let text = fold(prompt[start..end].trim_matches(['\'', '’', '-']));
        if !text.is_empty() {
            tokens.push(Token { text, start, end, after_break: std::mem::take(after_break) });
        }
    };
    for (at, c) in prompt.char_indices() {
        if is_word_char(c) || (c == '#' && word.is_none()) {
            if c == '#' && !prompt[at + 1..].starts_with(|d: char| d.is_ascii_hexdigit()) {
                continue;
            }
            word.get_or_insert(at);
            continue;
        }
        let glued = prompt[at + c.len_utf8()..].chars().next();
        let joins =
            matches!(c, '-' | '/' | ':' | '.' | '#') && word.is_some() && glued.is_some_and(char::is_alphanumeric);
        let joins =
            joins && (matches!(c, '-') || glued.is_some_and(|g| g.is_ascii_digit()) && ends_with_digit(prompt, at));
        let sharp = c == '#' && word.is_some_and(|start| at == start + 1);
        if joins || sharp {
            continue;
        }
        if let Some(start) = word.take() {
            push(start, at, &mut after_break);
        }
        if is_symbol(c) {
            push(at, at + c.len_utf8(), &mut after_break);
        }
        after_break |=
            matches!(c, ',' | ';' | '.' | '!' | '?' | ':' | '(' | ')' | '\n' | '|' | '–' | '—' | '、' | '。' | '，');
    }
    if let Some(start) = word {
        push(start, prompt.len(), &mut after_break);
    }
    tokens
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}') || c == '♯' || c == '♭'
}

fn ends_with_digit(prompt: &str, at: usize) -> bool {
    prompt[..at].ends_with(|c: char| c.is_ascii_digit())
}

/// Emoji and pictographs, which stand alone.
fn is_symbol(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x2bff | 0x1f000..=0x1faff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(prompt: &str) -> Vec<String> {
        tokenize(prompt).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn words_numbers_colours_and_emoji_are_tokens() {
        assert_eq!(
            words("Rain, 120 bpm in C# minor; #FF2E88!"),
            ["rain", "120", "bpm", "in", "c#", "minor", "#ff2e88"]
        );
        assert_eq!(
            words("snowed-in village🏘️🌧️at 21:30, 6/8"),
            ["snowed-in", "village", "🏘", "🌧", "at", "21:30", "6/8"]
        );
        assert_eq!(words("don't—stop…"), ["don't", "stop"]);
    }

    #[test]
    fn spans_point_at_the_words() {
        let prompt = "Fög, noir";
        let tokens = tokenize(prompt);
        assert_eq!(&prompt[tokens[0].start..tokens[0].end], "Fög");
        assert!(tokens[1].after_break);
    }
}
