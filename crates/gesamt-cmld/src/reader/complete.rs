//! From a reading to an intent: what the reader is sure of joins what the rules read.

use gesamt_grammar::{Axis, Intent, Votes};
use gesamt_world::{Genre, Place, Rng, Seed, TimeOfDay, WeatherKind};

use super::{Reading, facet_outputs};

/// The least chance at which what the rules read as stated is taken as meant.
pub(crate) const POSSIBLE: f32 = 0.05;
/// What is left of a statement that the reader does not hold possible, where it knows nothing better.
const DOUBTED: f32 = 0.5;
/// The chance of silence above which a facet is left open.
const SILENT: f32 = 0.6;
/// Chances are sharpened by this power before a label is drawn.
const SHARPNESS: f32 = 4.0;
/// The least lean that counts.
const FAINT: f32 = 0.12;
/// Leans are means over what a prompt may mean, and so too small.
const STRETCH: f32 = 1.5;

impl Reading {
    /// The intent with what the reader made of the prompt: facets that it does not hold for silent get one of the labels that
    /// it holds likely (the seed decides between near equals), axes get its lean. What the rules read as stated stays where
    /// the reader holds it possible, and so does what is unwanted.
    #[must_use]
    pub fn complete(&self, intent: &Intent, seed: u64) -> Intent {
        let mut out = intent.clone();
        let rng = |facet: &str| Seed(seed).child("reading").child(facet).rng();
        settle(&mut out.place, Place::ALL, &self.chances[facet_outputs(0)], &mut rng("place"));
        settle(&mut out.genre, Genre::ALL, &self.chances[facet_outputs(1)], &mut rng("genre"));
        settle(&mut out.time, TimeOfDay::ALL, &self.chances[facet_outputs(2)], &mut rng("time"));
        settle(&mut out.weather, WeatherKind::ALL, &self.chances[facet_outputs(3)], &mut rng("weather"));
        for axis in Axis::ALL {
            let (said, read) = (intent.leans.get(axis), (STRETCH * self.leans[axis as usize]).clamp(-1.0, 1.0));
            if read.abs() >= FAINT && read.abs() > said.abs() && (said * read >= 0.0 || said.abs() < 0.5) {
                out.leans.clear(axis);
                out.leans.lean(axis, read);
            }
        }
        out
    }
}

fn settle<T: Copy + PartialEq>(votes: &mut Votes<T>, labels: &[T], chances: &[f32], rng: &mut Rng) {
    let silence = chances[0];
    // What is unwanted takes its chance with it.
    let wanted: Vec<f32> =
        labels.iter().zip(&chances[1..]).map(|(l, c)| if votes.is_unwanted(*l) { 0.0 } else { *c }).collect();
    let left = silence + wanted.iter().sum::<f32>();
    let chance_of = |label: T| labels.iter().zip(&wanted).find(|(l, _)| **l == label).map_or(0.0, |(_, c)| *c);
    let stated = votes.stated();
    if stated.is_some_and(|label| chance_of(label) >= POSSIBLE * left) {
        return;
    }
    let weights: Vec<f32> = wanted.iter().map(|chance| chance.powf(SHARPNESS)).collect();
    let is_said = silence <= SILENT * left && weights.iter().sum::<f32>() > 0.0;
    let vote = match (is_said, stated) {
        (true, _) => (labels[rng.weighted(&weights)], 1.0),
        // The rules' statement is all there is, but hardly meant.
        (false, Some(label)) => (label, DOUBTED),
        (false, None) => return,
    };
    let mut settled = Votes::default();
    labels.iter().filter(|label| votes.is_unwanted(**label)).for_each(|label| settled.vote(*label, -1.0));
    settled.vote(vote.0, vote.1);
    *votes = settled;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::{FACETS, first_output};
    use gesamt_grammar::understand;

    /// A reading that is silent on everything but the given chances of places.
    fn reading(places: &[(Place, f32)]) -> Reading {
        let mut chances = vec![0.0; first_output(FACETS.len())];
        (0..FACETS.len()).for_each(|facet| chances[first_output(facet)] = 1.0);
        for (place, chance) in places {
            chances[1 + *place as usize] = *chance;
            chances[0] -= chance;
        }
        Reading { chances, leans: [0.0; Axis::ALL.len()] }
    }

    #[test]
    fn what_is_likely_is_settled_and_silence_leaves_a_facet_open() {
        let intent = understand("qwertz");
        let sure = reading(&[(Place::Arena, 0.8)]).complete(&intent, 1);
        assert_eq!((sure.place.stated(), sure.genre.stated()), (Some(Place::Arena), None));
        assert_eq!(reading(&[(Place::Arena, 0.2)]).complete(&intent, 1).place.stated(), None);
    }

    #[test]
    fn of_near_equals_the_seed_decides() {
        let reading = reading(&[(Place::Arena, 0.4), (Place::Plaza, 0.38), (Place::Cave, 0.05)]);
        let places: Vec<_> = (0..40).map(|seed| reading.complete(&understand("x"), seed).place.stated()).collect();
        assert!(places.contains(&Some(Place::Arena)) && places.contains(&Some(Place::Plaza)));
        assert!(!places.contains(&Some(Place::Cave)) && !places.contains(&None));
    }

    #[test]
    fn statements_stay_where_they_are_possible_and_unwanted_labels_never_come() {
        let intent = understand("a harbour");
        let stays = reading(&[(Place::Library, 0.9), (Place::Harbor, 0.1)]).complete(&intent, 1);
        assert_eq!(stays.place.stated(), Some(Place::Harbor));
        let yields = reading(&[(Place::Library, 0.98)]).complete(&intent, 1);
        assert_eq!(yields.place.stated(), Some(Place::Library));
        let intent = understand("not a harbour");
        assert!(intent.place.is_unwanted(Place::Harbor));
        let other = reading(&[(Place::Harbor, 0.8), (Place::Coast, 0.15)]).complete(&intent, 1);
        assert!(other.place.is_unwanted(Place::Harbor) && other.place.stated() == Some(Place::Coast));
    }

    #[test]
    fn what_is_unwanted_leaves_no_crumbs_to_choose_from() {
        // Of rain 0.63, silence 0.33, clear 0.02 only the silence is left once rain is ruled out.
        let intent = understand("a street, no harbour");
        let open = reading(&[(Place::Harbor, 0.63), (Place::Coast, 0.03)]).complete(&intent, 1);
        assert_ne!(open.place.stated(), Some(Place::Coast));
    }

    #[test]
    fn a_statement_that_is_hardly_meant_becomes_a_hint() {
        let doubted = reading(&[(Place::Library, 0.35)]).complete(&understand("a harbour"), 1);
        assert_eq!((doubted.place.stated(), doubted.place.strength(Place::Harbor)), (None, DOUBTED));
    }

    #[test]
    fn numbers_that_are_none_settle_nothing() {
        let mut reading = reading(&[]);
        reading.chances.iter_mut().for_each(|chance| *chance = f32::NAN);
        let intent = understand("not a marketplace");
        assert!(reading.complete(&intent, 1).place.is_unwanted(Place::Marketplace));
    }

    #[test]
    fn leans_grow_but_do_not_turn_what_was_said_clearly() {
        let mut reading = reading(&[]);
        reading.leans[Axis::Decay as usize] = 0.4;
        reading.leans[Axis::Population as usize] = 0.3;
        let intent = understand("an abandoned place");
        let out = reading.complete(&intent, 1);
        assert!(out.leans.get(Axis::Decay) >= 0.55);
        assert_eq!(out.leans.get(Axis::Population), intent.leans.get(Axis::Population));
    }
}
