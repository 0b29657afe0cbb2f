//! What is refused before reading.

/// Why a prompt cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PromptError {
    /// Nothing to read.
    #[error(
        "the prompt is empty: found {found} characters of white space, expected a few words such as \"foggy harbour at dawn\""
    )]
    Empty {
        /// Number of (invisible) characters found.
        found: usize,
    },
    /// More text than a prompt has.
    #[error("the prompt is too long: found {found} characters, expected at most {limit}")]
    LimitReached {
        /// Number of characters found.
        found: usize,
        /// Largest accepted number of characters.
        limit: usize,
    },
    /// A character that no text has.
    #[error("the prompt has a control character: found U+{code:04X} at character {at}, expected printable text")]
    ControlCharacter {
        /// Code point of the character.
        code: u32,
        /// Its position, counted in characters from 1.
        at: usize,
    },
}

/// The largest accepted prompt in characters.
pub const MAX_PROMPT_CHARS: usize = 4000;

/// Checks that a prompt is text of a sensible length.
///
/// # Errors
/// Empty or white-space prompts, prompts of more than [`MAX_PROMPT_CHARS`] characters, and control characters.
pub fn check_prompt(prompt: &str) -> Result<(), PromptError> {
    let found = prompt.chars().count();
    if found > MAX_PROMPT_CHARS {
        return Err(PromptError::LimitReached { found, limit: MAX_PROMPT_CHARS });
    }
    let is_bad = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if let Some((index, bad)) = prompt.chars().enumerate().find(|(_, c)| is_bad(c)) {
        return Err(PromptError::ControlCharacter { code: bad.into(), at: index + 1 });
    }
    if prompt.chars().all(is_blank) {
        return Err(PromptError::Empty { found });
    }
    Ok(())
}

/// White space and the invisible characters that some editors add.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_prompts_say_what_was_found_and_expected() {
        assert_eq!(check_prompt(" \t\u{200b}\n"), Err(PromptError::Empty { found: 4 }));
        let long = "a".repeat(100_000);
        let message = check_prompt(&long).unwrap_err().to_string();
        assert!(message.contains("100000") && message.contains("4000"), "{message}");
        let message = check_prompt("rain\0forest").unwrap_err().to_string();
        assert!(message.contains("U+0000 at character 5"), "{message}");
    }

    #[test]
    fn accepted_prompts_reach_up_to_the_limit() {
        assert_eq!(check_prompt(&"é".repeat(MAX_PROMPT_CHARS)), Ok(()));
        assert_eq!(check_prompt("two\nlines\tand 🌧️"), Ok(()));
    }
}
