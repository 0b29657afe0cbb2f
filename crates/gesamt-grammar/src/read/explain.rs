//! The understanding of a prompt, told to its author.

use crate::intent::Intent;

/// One line per understood word, then what was left over.
#[must_use]
pub fn explain(intent: &Intent) -> Vec<String> {
    let width = intent.matched.iter().map(|m| m.text.chars().count()).max().unwrap_or(0).min(32);
    let mut lines: Vec<String> = intent.matched.iter().map(|m| format!("{:width$}  {}", m.text, m.meaning)).collect();
    if lines.is_empty() {
        lines.push("nothing understood: the world is free".into());
    }
    lines.extend(intent.conflicts.iter().map(|conflict| format!("contradiction  {conflict}")));
    if !intent.unknown.is_empty() {
        lines.push(format!("not understood: {}", intent.unknown.join(", ")));
    }
    lines
}
