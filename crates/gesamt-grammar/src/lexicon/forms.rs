//! Word forms: folding, stemming and spelling.

/// The text in lower case without accents, with straight apostrophes.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => out.push('a'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' => out.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' => out.push('u'),
            'ñ' => out.push('n'),
            'ç' => out.push('c'),
            'ÿ' | 'ý' => out.push('y'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            '’' | '‘' | '`' | '´' => out.push('\''),
            // Combining accents, variation selectors and joiners carry no meaning here.
            '\u{300}'..='\u{36f}' | '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' => {}
            c => out.push(c),
        }
    }
    out
}

/// The singular of an English noun; other words come back unchanged.
#[must_use]
pub fn singular(word: &str) -> String {
    let strip = |n: usize| word[..word.len() - n].to_owned();
    match word {
        _ if word.len() < 4 || !word.is_ascii() || word.ends_with("ss") || word.ends_with("us") => word.into(),
        _ if word.ends_with("'s") => strip(2),
        _ if word.ends_with("ies") => strip(3) + "y",
        _ if ["shes", "ches", "sses", "xes", "zes"].iter().any(|end| word.ends_with(end)) => strip(2),
        _ if word.ends_with("lves") => strip(3) + "f",
        _ if word.ends_with('s') => strip(1),
        _ => word.into(),
    }
}

/// The forms under which an inflected word may stand in the lexicon, most likely first.
#[must_use]
pub fn stems(word: &str) -> Vec<String> {
    let mut out = Vec::new();
    if !word.is_ascii() {
        return out;
    }
    let word = word.strip_suffix("'s").or(word.strip_suffix('\'')).unwrap_or(word);
    let single = singular(word);
    out.push(word.to_owned());
    out.push(single.clone());
    let dashed = single.replace('-', " ");
    if dashed != single {
        out.push(dashed);
        out.push(single.replace('-', ""));
    }
    for base in [word, single.as_str()] {
        for (suffix, shortest) in
            [("y", 3), ("ing", 3), ("ed", 3), ("ish", 3), ("like", 3), ("ly", 4), ("er", 4), ("est", 4)]
        {
            let Some(root) = base.strip_suffix(suffix).filter(|root| root.len() >= shortest) else { continue };
            out.push(root.to_owned());
            out.push(format!("{root}e"));
            let mut tail = root.chars().rev();
            if let (Some(a), Some(b)) = (tail.next(), tail.next())
                && a == b
            {
                out.push(root[..root.len() - 1].to_owned());
            }
            if let Some(stem) = root.strip_suffix('i') {
                out.push(format!("{stem}y"));
            }
        }
    }
    out
}

/// True when two ASCII words are one insertion, deletion, substitution or swap of neighbours apart.
///
/// # Source
/// Damerau, "A technique for computer detection and correction of spelling errors" (1964), restricted to one edit.
#[must_use]
pub fn is_close(a: &str, b: &str) -> bool {
    let (a, b) = if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    if b.len() - a.len() > 1 {
        return false;
    }
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (ra, rb) = (&a[start..], &b[start..]);
    if ra.is_empty() {
        return true;
    }
    if a.len() < b.len() {
        return ra == &rb[1..];
    }
    ra[1..] == rb[1..] || (ra.len() >= 2 && ra[0] == rb[1] && ra[1] == rb[0] && ra[2..] == rb[2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_is_close_and_two_are_not() {
        for (a, b) in [("forst", "forest"), ("forrest", "forest"), ("fprest", "forest"), ("froest", "forest")] {
            assert!(is_close(a, b) && is_close(b, a), "{a} {b}");
        }
        for (a, b) in [("frst", "forest"), ("froets", "forest"), ("house", "mouses")] {
            assert!(!is_close(a, b), "{a} {b}");
        }
    }

    #[test]
    fn inflections_lead_to_their_stem() {
        for (word, stem) in [
            ("foggy", "fog"),
            ("stormy", "storm"),
            ("cities", "city"),
            ("torches", "torch"),
            ("shelves", "shelf"),
            ("flooded", "flood"),
            ("crumbling", "crumble"),
            ("castle's", "castle"),
            ("rainier", "rainy"),
        ] {
            assert!(stems(word).iter().any(|s| s == stem), "{word}: {:?}", stems(word));
        }
    }

    #[test]
    fn folding_removes_case_and_accents() {
        assert_eq!(fold("Château’s FRÜHLING"), "chateau's fruhling");
    }
}
