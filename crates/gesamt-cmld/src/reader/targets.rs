//! What the reader says of a prompt, and what an intent would have it say.

use gesamt_grammar::{Axis, Intent, Votes};
use gesamt_world::{Genre, Place, TimeOfDay, WeatherKind};

/// Facets of which the prompt says one label or nothing, with the number of labels.
pub const FACETS: [(&str, usize); 4] = [
    ("place", Place::ALL.len()),
    ("genre", Genre::ALL.len()),
    ("time", TimeOfDay::ALL.len()),
    ("weather", WeatherKind::ALL.len()),
];

/// Outputs of the reader: for each facet a logit for silence and one for each label, then one number for each axis.
pub const N_OUTPUTS: usize = first_output(FACETS.len()) + Axis::ALL.len();

/// Where the outputs of a facet begin; those of the axes for the index after the last.
#[must_use]
pub const fn first_output(facet: usize) -> usize {
    let (mut first, mut index) = (0, 0);
    while index < facet {
        first += FACETS[index].1 + 1;
        index += 1;
    }
    first
}

/// The outputs of a facet.
#[must_use]
pub fn facet_outputs(facet: usize) -> std::ops::Range<usize> {
    first_output(facet)..first_output(facet + 1)
}

/// What an intent would have the reader say.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// For each facet the chance of silence and of each label; they sum to one.
    pub chances: Vec<f32>,
    /// The lean on each axis.
    pub leans: [f32; Axis::ALL.len()],
}

impl Target {
    /// The target of an intent: what is stated is certain, hints leave silence possible.
    #[must_use]
    pub fn of(intent: &Intent) -> Target {
        let mut chances = Vec::with_capacity(first_output(FACETS.len()));
        push(&mut chances, &intent.place, Place::ALL);
        push(&mut chances, &intent.genre, Genre::ALL);
        push(&mut chances, &intent.time, TimeOfDay::ALL);
        push(&mut chances, &intent.weather, WeatherKind::ALL);
        Target { chances, leans: Axis::ALL.map(|axis| intent.leans.get(axis)) }
    }
}

fn push<T: Copy + PartialEq>(chances: &mut Vec<f32>, votes: &Votes<T>, labels: &[T]) {
    if let Some(stated) = votes.stated() {
        chances.push(0.0);
        chances.extend(labels.iter().map(|label| f32::from(u8::from(*label == stated))));
        return;
    }
    let strengths: Vec<f32> = labels.iter().map(|label| votes.strength(*label).clamp(0.0, 1.0)).collect();
    let silence: f32 = strengths.iter().map(|strength| 1.0 - strength).product();
    let sum: f32 = strengths.iter().sum::<f32>().max(1e-6);
    chances.push(silence);
    chances.extend(strengths.iter().map(|strength| (1.0 - silence) * strength / sum));
}

#[cfg(test)]
mod tests {
    use super::*;
    use gesamt_grammar::understand;

    #[test]
    fn what_is_stated_is_certain_and_what_is_not_is_silence() {
        let target = Target::of(&understand("a harbour at dusk"));
        assert_eq!(target.chances[1 + Place::Harbor as usize], 1.0);
        assert_eq!(target.chances[first_output(2) + 1 + TimeOfDay::Dusk as usize], 1.0);
        assert_eq!(target.chances[first_output(3)], 1.0, "nothing was said of the weather");
    }

    #[test]
    fn the_chances_of_each_facet_sum_to_one() {
        for prompt in ["the last ferry left an hour ago", "samurai lighthouse", "nothing", "no rain"] {
            let target = Target::of(&understand(prompt));
            for facet in 0..FACETS.len() {
                let sum: f32 = target.chances[facet_outputs(facet)].iter().sum();
                assert!((sum - 1.0).abs() < 1e-5, "{prompt}: {sum}");
            }
        }
        assert_eq!(first_output(FACETS.len()) + Axis::ALL.len(), N_OUTPUTS);
    }
}
