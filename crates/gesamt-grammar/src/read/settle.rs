//! Settling what was read: the head noun among several places, and contradictions.

use gesamt_world::{Place, WeatherKind};

use crate::intent::{Axis, Intent, Votes};

/// A place word and where in the sentence it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceMention {
    /// The place.
    pub place: Place,
    /// 1 states it, less hints at it, more wins over other statements, negative is unwanted.
    pub strength: f32,
    /// Number of the phrase it stands in.
    pub segment: usize,
    /// True after a preposition ("in the forest").
    pub is_prepositional: bool,
}

/// Picks the head noun: the strongest mention; then one outside prepositional phrases; then the earliest phrase; and in
/// one phrase the last word ("desert temple" is a temple). The other places become context.
pub fn settle_place(intent: &mut Intent, mentions: &[PlaceMention]) {
    let rank = |m: &PlaceMention| (m.strength < 1.5, m.is_prepositional, m.segment);
    let mut head: Option<&PlaceMention> = None;
    for mention in mentions {
        if mention.strength < 1.0 {
            intent.place.vote(mention.place, mention.strength);
        } else if head.is_none_or(|best| rank(mention) <= rank(best)) {
            head = Some(mention);
        }
    }
    if let Some(head) = head {
        intent.place.vote(head.place, head.strength);
    }
    for mention in mentions {
        let is_other = mention.strength >= 0.5 && head.is_some_and(|head| head.place != mention.place);
        if is_other && !intent.context_places.contains(&mention.place) {
            intent.context_places.push(mention.place);
        }
    }
}

/// Notes contradictions among the statements; the strongest, of equals the last, has won.
pub fn settle_conflicts(intent: &mut Intent) {
    let mut notes = Vec::new();
    note(&mut notes, "time", &intent.time);
    note(&mut notes, "genre", &intent.genre);
    note(&mut notes, "look", &intent.look);
    settle_weather(intent, &mut notes);
    intent.conflicts = notes;
}

fn note<T: Copy + PartialEq + std::fmt::Display>(notes: &mut Vec<String>, facet: &str, votes: &Votes<T>) {
    let stated: Vec<T> = votes.wanted().filter(|(_, s)| *s >= 1.0).map(|(label, _)| label).collect();
    if let Some(winner) = votes.stated().filter(|_| stated.len() > 1) {
        let others: Vec<String> = stated.iter().filter(|l| **l != winner).map(T::to_string).collect();
        notes.push(format!("{facet}: {} and {winner}; {winner} it is", others.join(", ")));
    }
}

/// Weathers can meet: a storm includes rain, and fog may hang in rain or snow. Only clear skies contradict the rest.
fn settle_weather(intent: &mut Intent, notes: &mut Vec<String>) {
    use WeatherKind::{Clear, Dust, Fog, Overcast, Rain, Snow, Storm};
    let stated = |kind: WeatherKind| intent.weather.strength(kind) >= 1.0;
    let last = intent.weather.wanted().filter(|(_, s)| *s >= 1.0).last().map(|(kind, _)| kind);
    let (is_foggy, is_clear) = (stated(Fog), stated(Clear));
    let winner = match last {
        Some(Clear) => Some(Clear),
        Some(_) => [Storm, Snow, Rain, Dust, Fog, Overcast].into_iter().find(|kind| stated(*kind)),
        None => None,
    };
    let Some(winner) = winner else { return };
    if is_clear && intent.weather.wanted().filter(|(_, s)| *s >= 1.0).count() > 1 {
        notes.push(format!("weather: clear and other weather; {winner} it is"));
    }
    if is_foggy && winner != Fog && winner != Clear {
        intent.leans.lean(Axis::Fog, 0.5);
    }
    intent.weather.vote(winner, 2.0);
}

#[cfg(test)]
mod tests {
    use gesamt_world::{Genre, TimeOfDay};

    use super::*;
    use crate::read::understand;

    fn place(prompt: &str) -> Option<Place> {
        understand(prompt).place.stated()
    }

    #[test]
    fn the_head_noun_is_the_place() {
        assert_eq!(place("a desert temple at noon"), Some(Place::Temple));
        assert_eq!(place("a temple in the desert"), Some(Place::Temple));
        assert_eq!(place("in the desert, a temple"), Some(Place::Temple));
        assert_eq!(place("forest village"), Some(Place::Village));
        assert_eq!(place("underwater temple"), Some(Place::Underwater));
        assert_eq!(place("a knight in the swamp"), Some(Place::Swamp));
        assert_eq!(place("forest and mountains"), Some(Place::Forest));
        assert_eq!(understand("a desert temple").context_places, [Place::Desert]);
    }

    #[test]
    fn the_later_of_two_times_wins_and_is_reported() {
        let intent = understand("a village at dawn, no, at night");
        assert_eq!(intent.time.stated(), Some(TimeOfDay::Night));
        assert!(!understand("village at noon at night").conflicts.is_empty());
    }

    #[test]
    fn fog_may_hang_in_rain_but_clear_skies_contradict_it() {
        let intent = understand("rainy foggy street");
        assert_eq!(intent.weather.stated(), Some(WeatherKind::Rain));
        assert!(intent.leans.get(Axis::Fog) > 0.3);
        assert_eq!(understand("rain, then clear sky").weather.stated(), Some(WeatherKind::Clear));
    }

    #[test]
    fn an_explicit_genre_beats_a_noun_of_another() {
        assert_eq!(understand("cyberpunk samurai alley").genre.stated(), Some(Genre::Cyberpunk));
    }
}
