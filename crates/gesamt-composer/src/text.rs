//! The score as a page of text.

use crate::score::{Adaptive, Cadence, Score, Section, place_of};
use crate::theory::{Key, note_name, signature};

/// The chart of a score as text: key and tempo, the form with its cadences, four bars of chords to the line, what happens to
/// the motif, and who plays.
#[must_use]
pub fn chart_text(score: &Score) -> String {
    let mut out = format!(
        "{} {}, {:.2} bpm, {}/{}, {} bars, {}\n",
        key_name(score),
        spoken(score.mode.label()),
        score.tempo_bpm,
        score.beats_per_bar,
        score.beat_unit,
        score.bars,
        clock(score.secs())
    );
    for section in &score.sections {
        out += &section_text(score, section);
    }
    out += "\nparts\n";
    for adaptive in Adaptive::ALL {
        for track in score.tracks.iter().filter(|t| t.adaptive == adaptive) {
            out += &format!("  {:<8} {:<36} {:>5} notes\n", adaptive.label(), track.name, track.notes.len());
        }
    }
    if !score.events.is_empty() {
        out += "\nevents\n";
    }
    for event in &score.events {
        let late = f64::from(event.distance_m) / 340.0;
        let secs = event.at_beat * score.beat_secs();
        out += &format!(
            "  {:<6} {} at {}, heard {late:.1} s later\n",
            place_of(score, event.at_beat),
            spoken(event.kind.label()),
            clock(secs)
        );
    }
    out
}

fn section_text(score: &Score, section: &Section) -> String {
    let bar_secs = f64::from(score.beats_per_bar) * score.beat_secs();
    let mut out = format!(
        "\n{:<4} {}  bars {}–{}, {} close\n",
        section.name,
        clock(f64::from(section.start_bar) * bar_secs),
        section.start_bar + 1,
        section.start_bar + section.bars,
        cadence(section.cadence)
    );
    let end = section.start_bar + section.bars;
    for line in (section.start_bar..end).step_by(4) {
        let bars: Vec<String> =
            (line..(line + 4).min(end)).map(|bar| format!("{:<14}", bar_text(score, bar))).collect();
        out += &format!("  {:>3} | {} |\n", line + 1, bars.join(" | "));
        let motif: Vec<String> = score
            .development
            .iter()
            .filter(|d| (line..line + 4).contains(&bar_of(score, d.start_beat)))
            .map(|d| {
                let name = spoken(&format!("{:?}", d.transform).to_lowercase());
                format!("{} {name} ({})", bar_of(score, d.start_beat) + 1, d.layer.label())
            })
            .collect();
        if !motif.is_empty() {
            out += &format!("        motif: {}\n", motif.join(", "));
        }
    }
    out
}

fn bar_of(score: &Score, beat: f64) -> u32 {
    (beat / f64::from(score.beats_per_bar.max(1)) + 1e-6) as u32
}

/// The chords that begin in a bar; `%` where the last one goes on.
fn bar_text(score: &Score, bar: u32) -> String {
    let here: Vec<&str> =
        score.chords.iter().filter(|c| bar_of(score, c.start_beat) == bar).map(|c| c.symbol.as_str()).collect();
    if here.is_empty() { "%".into() } else { here.join("  ") }
}

fn cadence(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Authentic => "authentic",
        Cadence::Deceptive => "deceptive",
        Cadence::Plagal => "plagal",
        Cadence::Phrygian => "phrygian",
        Cadence::Modal => "modal",
        Cadence::Open => "open",
    }
}

/// The tonic, with a flat where the key has flats.
fn key_name(score: &Score) -> &'static str {
    let key = Key::new(score.key, score.mode);
    note_name(key.tonic, signature(&key).0 < 0)
}

/// A label as people write it.
fn spoken(label: &str) -> String {
    label.replace('_', " ")
}

fn clock(secs: f64) -> String {
    format!("{}:{:04.1}", (secs / 60.0) as u32, secs % 60.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_spoken_as_people_write_them() {
        assert_eq!(spoken("harmonic_minor"), "harmonic minor");
        assert_eq!(clock(65.25), "1:05.2");
    }
}
