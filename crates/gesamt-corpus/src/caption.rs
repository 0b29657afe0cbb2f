//! Captions: pieces put into one of many registers, then roughened as people write.

use gesamt_world::Rng;

use crate::pieces::Pieces;

/// The way a caption is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// Comma-separated tags.
    Tags,
    /// One sentence.
    Sentence,
    /// A brief with headings.
    Brief,
    /// An art director's note.
    Note,
    /// A few lines of verse.
    Verse,
    /// A request to somebody.
    Request,
    /// One thing, but with another quality.
    Contrast,
    /// Words without any order.
    Terse,
}

impl Register {
    /// Every register.
    pub const ALL: [Register; 8] = [
        Register::Tags,
        Register::Sentence,
        Register::Brief,
        Register::Note,
        Register::Verse,
        Register::Request,
        Register::Contrast,
        Register::Terse,
    ];
}

const NOTHING: &[&str] = &["anything", "surprise me", "something", "whatever you like", "up to you", "a world"];

/// The caption of pieces in a register.
pub fn write(pieces: &Pieces, register: Register, rng: &mut Rng) -> String {
    if pieces.is_empty() {
        return rng.pick(NOTHING).map_or("anything", |text| text).to_owned();
    }
    let text = match register {
        Register::Tags => tags(pieces, ", ", rng),
        Register::Terse => tags(pieces, " ", rng),
        Register::Sentence => sentence(pieces, rng),
        Register::Brief => brief(pieces),
        Register::Note => note(pieces),
        Register::Verse => verse(pieces),
        Register::Request => {
            let opening = ["I need", "please make", "give me", "can you do", "picture", "imagine", "show me"];
            format!("{} {}", opening[rng.below(opening.len())], sentence(pieces, rng))
        }
        Register::Contrast => contrast(pieces, rng),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn all(pieces: &Pieces) -> Vec<String> {
    let heads = [&pieces.place, &pieces.genre, &pieces.time, &pieces.weather];
    let mut all: Vec<String> = heads.into_iter().flatten().cloned().collect();
    all.extend(pieces.moods.iter().chain(&pieces.things).chain(&pieces.notes).cloned());
    all
}

fn tags(pieces: &Pieces, separator: &str, rng: &mut Rng) -> String {
    let mut all = all(pieces);
    for last in (1..all.len()).rev() {
        all.swap(last, rng.below(last + 1));
    }
    all.extend(pieces.without.iter().map(|what| format!("no {what}")));
    all.join(separator)
}

fn subject(pieces: &Pieces) -> String {
    let words: Vec<&str> = pieces.moods.iter().chain(&pieces.genre).chain(&pieces.place).map(String::as_str).collect();
    if words.is_empty() { "scene".into() } else { words.join(" ") }
}

fn with_article(noun: &str) -> String {
    let is_vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {noun}", if is_vowel { "an" } else { "a" })
}

/// Nouns that an "at" goes with.
const HOURS: &[&str] = &[
    "dawn",
    "dusk",
    "night",
    "noon",
    "midnight",
    "midday",
    "sunrise",
    "sunset",
    "sundown",
    "twilight",
    "daybreak",
    "nightfall",
    "first light",
    "eventide",
    "cockcrow",
];

/// Nouns that one can stand in.
const WEATHERS: &[&str] = &[
    "rain",
    "snow",
    "fog",
    "mist",
    "storm",
    "drizzle",
    "haze",
    "dust",
    "blizzard",
    "downpour",
    "sandstorm",
    "sleet",
    "thunderstorm",
    "snowfall",
    "sunshine",
    "clouds",
    "sky",
    "skies",
    "smog",
    "gale",
    "hail",
];

fn ends_with_one_of(text: &str, nouns: &[&str]) -> bool {
    nouns.iter().any(|noun| text.strip_suffix(noun).is_some_and(|before| before.is_empty() || before.ends_with(' ')))
}

fn sentence(pieces: &Pieces, rng: &mut Rng) -> String {
    let mut text = with_article(&subject(pieces));
    if let Some(time) = &pieces.time {
        text += &format!("{} {time}", if ends_with_one_of(time, HOURS) && rng.chance(0.9) { " at" } else { "," });
    }
    if let Some(weather) = &pieces.weather {
        let link =
            if ends_with_one_of(weather, WEATHERS) { [" in", ",", " with", " under"][rng.below(4)] } else { "," };
        text += &format!("{link} {weather}");
    }
    if !pieces.things.is_empty() {
        text += &format!(", with {}", pieces.things.join(" and "));
    }
    for note in &pieces.notes {
        text += &format!(", {note}");
    }
    text + &without(pieces, rng)
}

fn without(pieces: &Pieces, rng: &mut Rng) -> String {
    let put = |what: &String| match rng.below(4) {
        0 => format!(", without {what}"),
        1 => format!(", but no {what}"),
        2 => format!(", no {what}"),
        _ => format!(", without any {what}"),
    };
    pieces.without.iter().map(put).collect()
}

fn brief(pieces: &Pieces) -> String {
    let line = |head: &str, values: &[String]| match values {
        [] => String::new(),
        values => format!("{head}: {}. ", values.join(", ")),
    };
    let setting: Vec<String> = pieces.genre.iter().chain(&pieces.place).cloned().collect();
    let air: Vec<String> = pieces.time.iter().chain(&pieces.weather).cloned().collect();
    let avoid: Vec<String> = pieces.without.iter().map(|what| format!("no {what}")).collect();
    line(
        "Setting",
        &[setting.join(" ")].map(|s| s.trim().to_owned()).into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>(),
    ) + &line("Light", &air)
        + &line("Mood", &pieces.moods)
        + &line("Props", &pieces.things)
        + &line("Notes", &pieces.notes)
        + &line("Avoid", &avoid)
}

fn note(pieces: &Pieces) -> String {
    let mut text = format!("Wide shot of {}. ", with_article(&subject(pieces)));
    let air: Vec<&str> = pieces.time.iter().chain(&pieces.weather).map(String::as_str).collect();
    if !air.is_empty() {
        text += &format!("{}. ", air.join(", "));
    }
    if !pieces.things.is_empty() {
        text += &format!("We see {}. ", pieces.things.join(", "));
    }
    if !pieces.notes.is_empty() {
        text += &format!("{}. ", pieces.notes.join("; "));
    }
    text + &pieces.without.iter().map(|what| format!("No {what}. ")).collect::<String>()
}

fn verse(pieces: &Pieces) -> String {
    let mut lines = vec![subject(pieces)];
    let air: Vec<&str> = pieces.weather.iter().chain(&pieces.time).map(String::as_str).collect();
    lines.push(air.join(" and "));
    lines.extend(pieces.things.iter().chain(&pieces.notes).cloned());
    lines.extend(pieces.without.iter().map(|what| format!("and no {what}")));
    lines.retain(|line| !line.is_empty());
    lines.join(" / ")
}

fn contrast(pieces: &Pieces, rng: &mut Rng) -> String {
    let setting: Vec<&str> = pieces.genre.iter().chain(&pieces.place).map(String::as_str).collect();
    let mut text = if setting.is_empty() { "a place".into() } else { setting.join(" ") };
    let rest: Vec<&str> = pieces.moods.iter().chain(&pieces.weather).chain(&pieces.time).map(String::as_str).collect();
    if !rest.is_empty() {
        text += &format!(", but {}", rest.join(" and "));
    }
    for thing in pieces.things.iter().chain(&pieces.notes) {
        text += &format!(", {thing}");
    }
    text + &without(pieces, rng)
}

const DISTRACTORS: &[&str] = &[
    "for my portfolio",
    "for a game jam",
    "trending on the front page",
    "my boss wants it by friday",
    "4k wallpaper",
    "masterpiece",
    "thanks a lot",
    "version two",
    "as discussed on the phone",
    "level three of the prototype",
    "for the trailer",
    "my daughter drew this",
    "cover of the second album",
    "you know what I mean",
    "highly detailed",
    "no idea how to say it",
    "client is picky",
    "pls",
    "think of the box art",
    "like in that one episode",
];

/// The caption as people write it: letter case, slips of the finger, words beside the point.
pub fn roughen(clean: &str, rng: &mut Rng) -> String {
    let mut text = clean.to_owned();
    if rng.chance(0.1) {
        let extra = rng.pick(DISTRACTORS).copied().unwrap_or_default();
        text = if rng.chance(0.5) { format!("{text}, {extra}") } else { format!("{extra}: {text}") };
    }
    if rng.chance(0.05) {
        text = slip(&text, rng);
    }
    match rng.below(12) {
        0 => text.to_uppercase(),
        1 => text + ["!", "...", " ?", "."][rng.below(4)],
        2 => text.replace(',', ""),
        _ => text,
    }
}

/// One slip of the finger in a word of five letters and more: a swap, a loss, a double or a neighbour.
fn slip(text: &str, rng: &mut Rng) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|i| words[*i].len() >= 6 && words[*i].bytes().all(|b| b.is_ascii_lowercase()))
        .collect();
    let Some(at) = rng.pick(&long).copied() else { return text.to_owned() };
    let mut letters: Vec<char> = words[at].chars().collect();
    let i = 1 + rng.below(letters.len() - 2);
    match rng.below(4) {
        0 => letters.swap(i, i + 1),
        1 => drop(letters.remove(i)),
        2 => letters.insert(i, letters[i]),
        _ => letters[i] = char::from(b'a' + rng.below(26) as u8),
    }
    words[at] = letters.into_iter().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pieces::wishes;
    use gesamt_world::Seed;

    #[test]
    fn every_register_says_every_piece() {
        for seed in 0..200 {
            let mut rng = Seed(seed).rng();
            let pieces = wishes(0.8, &mut rng);
            for register in Register::ALL {
                let text = write(&pieces, register, &mut rng);
                for said in all(&pieces).iter().chain(&pieces.without) {
                    assert!(text.contains(said.as_str()), "{register:?} leaves out {said:?}: {text}");
                }
            }
        }
    }

    #[test]
    fn what_shall_not_be_is_read_as_unwanted() {
        let mut rng = Seed(5).rng();
        let pieces = Pieces { place: Some("harbour".into()), without: vec!["boats".into()], ..Pieces::default() };
        for register in Register::ALL {
            let intent = gesamt_grammar::understand(&write(&pieces, register, &mut rng));
            assert!(intent.families.is_unwanted(gesamt_world::AssetFamily::Boat), "{register:?}");
        }
    }

    #[test]
    fn a_slip_changes_one_word() {
        for seed in 0..100 {
            let text = "crumbling monastery under distant thunder";
            let rough = slip(text, &mut Seed(seed).rng());
            let n_changed = text.split(' ').zip(rough.split(' ')).filter(|(a, b)| a != b).count();
            assert!(n_changed <= 1, "{rough}");
        }
    }
}
