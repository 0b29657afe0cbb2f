//! Masks: symbols that shall not be, and fields whose symbol is settled, told to the heads before they are asked.

use gesamt_grammar::{Axis, Intent, Votes};
use gesamt_world::{AmbienceLayer, AssetFamily, Genre, Instrument, Place, Seed, TimeOfDay, WeatherKind};

use crate::codec::{Codec, Kind, Schema};
use crate::model::{HeadLayout, softmax};
use crate::reader::POSSIBLE;

/// The least lean that settles a number.
const CLEAR: f32 = 0.25;

/// Axes of state (shares) and mood.
const AXES: [(Axis, bool); 8] = [
    (Axis::Decay, true),
    (Axis::Overgrowth, true),
    (Axis::Dirt, true),
    (Axis::Population, true),
    (Axis::Valence, false),
    (Axis::Arousal, false),
    (Axis::Tension, false),
    (Axis::Wonder, false),
];

/// Outputs that are closed: symbols that no world of this prompt may show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mask {
    closed: Vec<usize>,
    /// Means that are settled: output and code.
    settled: Vec<(usize, f32)>,
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

    /// Adds that place, genre, hour and weather are those that are stated. With `direct`, the outputs that have seen nothing but
    /// the prompt, each only where the heads hold it possible: a word that names a place need not mean it ("a forest of
    /// books").
    #[must_use]
    pub fn with_stated(mut self, intent: &Intent, direct: Option<&[f32]>) -> Mask {
        let stated = [
            ("place", intent.place.stated().map(|label| label as usize)),
            ("genre", intent.genre.stated().map(|label| label as usize)),
            ("time_of_day", intent.time.stated().map(|label| label as usize)),
            ("weather", intent.weather.stated().map(|label| label as usize)),
        ];
        for (name, symbol) in stated {
            let Some(symbol) = symbol else { continue };
            for (outputs, n) in symbols(name) {
                if direct.is_none_or(|direct| softmax(&direct[outputs.clone()])[symbol] >= POSSIBLE) {
                    self.closed.extend((0..n).filter(|other| *other != symbol).map(|other| outputs.start + other));
                }
            }
        }
        self
    }

    /// Adds the state and the mood where the prompt leans on them clearly: "abandoned" has few people, whatever markets are
    /// like. How far they go varies with the seed.
    #[must_use]
    pub fn with_leans(mut self, intent: &Intent, codec: &Codec, seed: u64) -> Mask {
        let (schema, layout) = (Schema::get(), HeadLayout::get());
        for (axis, is_share) in AXES {
            let lean = intent.leans.get(axis);
            let Some(index) = schema.fields.iter().position(|field| field.name == axis.label()) else { continue };
            let (Kind::Scalar { scale }, Some(law)) = (schema.fields[index].kind, codec.quantile(index)) else {
                continue;
            };
            if lean.abs() >= CLEAR {
                let varies = Seed(seed).child(&axis.label()).rng().range(0.75, 1.0);
                // A share says little near its middle, a mood much near zero.
                let value = if is_share {
                    0.5 + 0.5 * lean.signum() * (0.4 + 0.6 * lean.abs()) * varies
                } else {
                    lean * varies
                };
                self.settled.push((layout.fields[index].start, law.encode(scale.cell(value)) as f32));
            }
        }
        self
    }

    /// True when nothing is closed or settled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.closed.is_empty() && self.settled.is_empty()
    }

    /// Closes the outputs of a sample, so that what is closed has no chance.
    pub fn apply(&self, outputs: &mut [f32]) {
        for index in &self.closed {
            outputs[*index] = -1e4;
        }
        for (index, code) in &self.settled {
            outputs[*index] = *code;
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
    use crate::codec::{Hub, row_of, world_of};
    use crate::model::Endpoint;
    use gesamt_grammar::{sample, understand};

    #[test]
    fn strong_leans_are_settled_on_their_side() {
        let rows: Vec<_> = (0..400)
            .map(|seed| sample("somewhere", seed).unwrap())
            .map(|sampled| row_of(&sampled.world, Hub::from(&sampled.plan)).0)
            .collect();
        let endpoint = Endpoint::new(Codec::fit(&rows));
        let intent = understand("an abandoned, overgrown market");
        for seed in 0..20 {
            let mask = Mask::unwanted(&intent).with_leans(&intent, endpoint.codec(), seed);
            let mut outputs = vec![0.3; HeadLayout::get().n_outputs()];
            mask.apply(&mut outputs);
            let condition = world_of(&endpoint.row(&outputs, true), seed).world.condition;
            assert!(condition.population < 0.3 && condition.overgrowth > 0.6, "{condition:?}");
        }
    }

    #[test]
    fn what_is_closed_never_appears_and_what_is_settled_always_does() {
        let rows: Vec<_> = (0..50)
            .map(|seed| sample("somewhere", seed).unwrap())
            .map(|sampled| row_of(&sampled.world, Hub::from(&sampled.plan)).0)
            .collect();
        let endpoint = Endpoint::new(Codec::fit(&rows));
        let intent = understand("a harbour at dusk, no boats, no rain, no gulls");
        let mask = Mask::unwanted(&intent).with_stated(&intent, Some(&vec![0.0; HeadLayout::get().n_outputs()]));
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
