//! Masks: symbols that shall not be, and fields whose symbol is settled, told to the heads before they are asked.

use gesamt_grammar::{Intent, Votes};
use gesamt_world::{AmbienceLayer, AssetFamily, Genre, Instrument, Place, TimeOfDay, WeatherKind};

use crate::codec::{Kind, Schema};
use crate::model::{HeadLayout, softmax};

/// The least chance at which what the rules read as stated is taken as meant.
const POSSIBLE: f32 = 0.05;

/// Outputs that are closed: symbols that no world of this prompt may show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mask {
    closed: Vec<usize>,
}

impl Mask {
    /// What a prompt rules out: unwanted labels of the plan, families, instruments and sounds.
    #[must_use]
    pub fn unwanted(intent: &Intent) -> Mask {
        let mut mask = Mask::default();
        mask.close_unwanted("place", Place::ALL, &intent.place, 0);
        mask.close_unwanted("genre", Genre::ALL, &intent.genre, 0);
        mask.close_unwanted("time_of_day", TimeOfDay::ALL, &intent.time, 0);
        mask.close_unwanted("weather", WeatherKind::ALL, &intent.weather, 0);
        // In lists that may be shorter, symbol 0 is absence.
        mask.close_unwanted("family", AssetFamily::ALL, &intent.families, 1);
        mask.close_unwanted("instrument", Instrument::ALL, &intent.instruments, 1);
        mask.close_unwanted("voice", AmbienceLayer::ALL, &intent.sounds, 1);
        mask
    }

    /// Adds that place, genre, hour and weather are those that the rules read as stated, each where the heads hold it
    /// possible: `direct` are the outputs that have seen nothing but the prompt. A word that names a place need not mean it ("a
    /// forest of books").
    #[must_use]
    pub fn with_stated(mut self, intent: &Intent, direct: &[f32]) -> Mask {
        let stated = [
            ("place", intent.place.stated().map(|label| label as usize)),
            ("genre", intent.genre.stated().map(|label| label as usize)),
            ("time_of_day", intent.time.stated().map(|label| label as usize)),
            ("weather", intent.weather.stated().map(|label| label as usize)),
        ];
        for (name, symbol) in stated {
            let Some(symbol) = symbol else { continue };
            for (outputs, n) in symbols(name) {
                if softmax(&direct[outputs.clone()])[symbol] >= POSSIBLE {
                    self.closed.extend((0..n).filter(|other| *other != symbol).map(|other| outputs.start + other));
                }
            }
        }
        self
    }

    /// True when nothing is closed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.closed.is_empty()
    }

    /// Closes the outputs of a sample, so that what is closed has no chance.
    pub fn apply(&self, outputs: &mut [f32]) {
        for index in &self.closed {
            outputs[*index] = -1e4;
        }
    }

    fn close_unwanted<T: Copy + PartialEq>(&mut self, name: &str, labels: &[T], votes: &Votes<T>, first: usize) {
        for (index, _) in labels.iter().enumerate().filter(|(_, label)| votes.is_unwanted(**label)) {
            for (outputs, _) in symbols(name) {
                self.closed.push(outputs.start + first + index);
            }
        }
    }
}

/// The outputs of every field of a name, with its number of symbols.
fn symbols(name: &str) -> impl Iterator<Item = (std::ops::Range<usize>, usize)> + '_ {
    let (schema, layout) = (Schema::get(), HeadLayout::get());
    schema.fields.iter().zip(&layout.fields).filter_map(move |(field, outputs)| match field.kind {
        Kind::Symbol { n } if field.name == name => Some((outputs.clone(), n)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Codec, Hub, row_of, world_of};
    use crate::model::Endpoint;
    use gesamt_grammar::{sample, understand};
    use gesamt_world::Seed;

    #[test]
    fn what_is_closed_never_appears_and_what_is_settled_always_does() {
        let rows: Vec<_> = (0..50)
            .map(|seed| sample("somewhere", seed).unwrap())
            .map(|sampled| row_of(&sampled.world, Hub::from(&sampled.plan)).0)
            .collect();
        let endpoint = Endpoint::new(Codec::fit(&rows));
        let intent = understand("a harbour at dusk, no boats, no rain, no gulls");
        let mask = Mask::unwanted(&intent).with_stated(&intent, &vec![0.0; HeadLayout::get().n_outputs()]);
        for seed in 0..50 {
            let mut rng = Seed(seed).rng();
            let mut outputs: Vec<f32> = (0..HeadLayout::get().n_outputs()).map(|_| 5.0 * rng.normal()).collect();
            mask.apply(&mut outputs);
            let world = world_of(&endpoint.row(&outputs, seed % 2 == 0), seed).world;
            // Of 28 places none is likely enough where the heads say nothing; of four hours each is.
            assert_eq!(world.sky.time_of_day, TimeOfDay::Dusk);
            assert_ne!(world.weather.kind, WeatherKind::Rain);
            assert!(world.assets.iter().all(|asset| asset.family != AssetFamily::Boat));
            assert!(world.ambience.layers.iter().all(|voice| voice.layer != AmbienceLayer::Gulls));
        }
        assert!(Mask::unwanted(&understand("a harbour")).is_empty());
    }
}
