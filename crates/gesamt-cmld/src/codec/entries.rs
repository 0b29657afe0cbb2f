//! Entries: what the lists of a noisy latent may hold, symbol by symbol.
//!
//! A code of twelve numbers tells 67 families apart but does not add up: of the sum of eight codes nobody can tell which eight
//! they were. The chances of each symbol do add up, so the network is told them beside the code, with one table of embeddings
//! for all slots of a list; that nothing stands in a list twice then takes one layer to see.

use std::sync::OnceLock;

use super::{Codec, Kind, Schema};
use crate::model::HeadLayout;

/// A field of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The field in the schema.
    pub field: usize,
    /// Its token.
    pub token: usize,
    /// Number of its symbols.
    pub n: usize,
    /// Where its chances begin among those of all entries.
    pub start: usize,
    /// Where its symbols begin in the table.
    pub row: usize,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// The name of its fields.
    pub name: &'static str,
    /// Number of its symbols.
    pub n: usize,
    /// Its entries among all.
    pub entries: std::ops::Range<usize>,
    /// How many of them in a row are a list of their own: the two instruments of each layer, else all.
    pub part: usize,
}

/// All fields of lists.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// The lists.
    pub lists: Vec<List>,
    /// The entries, list by list.
    pub all: Vec<Entry>,
    /// Chances of a latent.
    pub n_chances: usize,
    /// Rows of the table.
    pub n_rows: usize,
}

/// The lists, each with a table of its own.
const LISTS: [&str; 4] = ["family", "voice", "instrument", "event"];

/// The least noise that is assumed, so that a clean code is certain without being infinite.
const LEAST_NOISE: f32 = 0.05;

impl Entries {
    /// The entries of the schema.
    pub fn get() -> &'static Entries {
        static ENTRIES: OnceLock<Entries> = OnceLock::new();
        ENTRIES.get_or_init(|| {
            let schema = Schema::get();
            let mut entries = Entries::default();
            for list in LISTS {
                let (mut size, first) = (0, entries.all.len());
                for (field, spec) in schema.fields.iter().enumerate().filter(|(_, spec)| spec.name == list) {
                    let Kind::Symbol { n } = spec.kind else { continue };
                    let (start, row) = (entries.n_chances, entries.n_rows);
                    entries.all.push(Entry { field, token: spec.token, n, start, row });
                    entries.n_chances += n;
                    size = n;
                }
                entries.n_rows += size;
                let all = first..entries.all.len();
                let part = if list == "instrument" { 2 } else { all.len() };
                entries.lists.push(List { name: list, n: size, entries: all, part });
            }
            entries
        })
    }
}

impl Entries {
    /// What stands in the other entries of the list of each entry, or of its layer where it is an instrument: the sums of their
    /// chances, times a gain.
    ///
    /// # Shapes
    /// As the chances.
    #[must_use]
    pub fn others(&self, chances: &[f32]) -> Vec<f32> {
        let mut others = vec![0.0; self.n_chances];
        for list in &self.lists {
            let of = |entry: &Entry| &chances[entry.start..entry.start + entry.n];
            for part in self.all[list.entries.clone()].chunks(list.part) {
                let mut sum = vec![0.0; list.n];
                for entry in part {
                    sum.iter_mut().zip(of(entry)).for_each(|(sum, chance)| *sum += chance);
                }
                for entry in part {
                    let here = &mut others[entry.start..entry.start + entry.n];
                    here.iter_mut().zip(&sum).zip(of(entry)).for_each(|((o, sum), chance)| *o = GAIN * (sum - chance));
                }
            }
        }
        others
    }
}

impl Entry {
    /// The outputs of the entry's other fields.
    #[must_use]
    pub fn details(&self) -> std::ops::Range<usize> {
        let (layout, token) = (HeadLayout::get(), &Schema::get().tokens[self.token]);
        // Of tokens with several entries each has what follows it up to the next.
        let next = (self.field + 1..token.fields.end).find(|field| Schema::get().fields[*field].gate.is_none());
        layout.fields[self.field].end..layout.fields[next.unwrap_or(token.fields.end) - 1].end
    }
}

/// What stands in entries speaks this much louder, so that its weights, which begin at zero, learn as fast as the others.
pub const GAIN: f32 = 32.0;

impl Codec {
    /// The chances of every symbol of every entry in a latent whose tokens are at the given times.
    ///
    /// # Shapes
    /// [`Entries::n_chances`] numbers, those of each entry summing to one.
    #[must_use]
    pub fn entries(&self, latent: &[f32], times: &[f32]) -> Vec<f32> {
        let (schema, entries) = (Schema::get(), Entries::get());
        let mut chances = Vec::with_capacity(entries.n_chances);
        for Entry { field, token, n, .. } in &entries.all {
            let (spec, dims) = (&schema.fields[*field], schema.tokens[*token].dims.clone());
            let (map, t) = (&self.whitenings[*token], times[*token].clamp(0.0, 1.0));
            let noise = (1.0 - t).max(LEAST_NOISE);
            // Of `t · clean + (1 − t) · noise` the code is read as if the noise were as strong in every direction.
            let first = spec.start - dims.start;
            let code: Vec<f32> = (first..first + spec.dims)
                .map(|i| {
                    let row = &map.backward[i * dims.len()..(i + 1) * dims.len()];
                    let noisy: f64 = row.iter().zip(&latent[dims.clone()]).map(|(b, z)| b * f64::from(*z)).sum();
                    (noisy + f64::from(t) * map.mean[i]) as f32
                })
                .collect();
            let fit = |symbol: usize| {
                let point = self.code(*n, spec.dims, symbol as u32);
                let squares: f32 = code.iter().zip(point).map(|(x, c)| (x - t * c).powi(2)).sum();
                -0.5 * squares / (noise * noise)
            };
            let fits: Vec<f32> = (0..*n).map(fit).collect();
            chances.extend(crate::model::softmax(&fits));
        }
        chances
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Hub, row_of};
    use gesamt_world::Seed;

    #[test]
    fn clean_entries_are_certain_and_noise_says_nothing() {
        let rows: Vec<_> = (0..60)
            .map(|seed| gesamt_grammar::sample("somewhere", seed).unwrap())
            .map(|sampled| row_of(&sampled.world, Hub::from(&sampled.plan)).0)
            .collect();
        let codec = Codec::fit(&rows);
        let (entries, n_tokens) = (Entries::get(), Schema::get().tokens.len());
        let mut rng = Seed(1).rng();
        for row in &rows[..10] {
            let chances = codec.entries(&codec.encode_row(row), &vec![1.0; n_tokens]);
            assert_eq!(chances.len(), entries.n_chances);
            for entry in &entries.all {
                let here = &chances[entry.start..entry.start + entry.n];
                assert!(here[row[entry.field] as usize] > 0.99 || row[entry.field] == 0, "{here:?}");
            }
        }
        let noise: Vec<f32> = (0..Schema::get().n_dims()).map(|_| rng.normal()).collect();
        let chances = codec.entries(&noise, &vec![0.0; n_tokens]);
        for entry in &entries.all {
            let here = &chances[entry.start..entry.start + entry.n];
            assert!(here.iter().all(|chance| (chance - 1.0 / entry.n as f32).abs() < 1e-6));
        }
    }

    #[test]
    fn the_others_of_an_entry_are_those_of_its_list() {
        let entries = Entries::get();
        let mut chances = vec![0.0; entries.n_chances];
        let families = &entries.lists[0];
        let (a, b) = (entries.all[families.entries.start], entries.all[families.entries.start + 3]);
        (chances[a.start + 5], chances[b.start + 9]) = (1.0, 0.5);
        let others = entries.others(&chances);
        assert_eq!((others[a.start + 5], others[a.start + 9]), (0.0, 0.5 * GAIN));
        assert_eq!((others[b.start + 5], others[b.start + 9]), (GAIN, 0.0));
        assert!(others[entries.all[families.entries.end].start..].iter().all(|o| *o == 0.0));
    }

    #[test]
    fn the_details_of_an_entry_are_the_fields_that_it_opens() {
        let (schema, layout) = (Schema::get(), HeadLayout::get());
        for entry in &Entries::get().all {
            let details = entry.details();
            for (field, outputs) in layout.fields.iter().enumerate() {
                let is_detail = schema.fields[field].gate == Some(entry.field);
                assert_eq!(is_detail, details.contains(&outputs.start), "{}", schema.fields[field].name);
            }
        }
    }

    #[test]
    fn slots_of_one_list_share_a_table() {
        let entries = Entries::get();
        let families: Vec<&Entry> = entries.all.iter().filter(|entry| entry.n == 67).collect();
        assert_eq!(families.len(), 12);
        assert!(families.iter().all(|entry| entry.row == families[0].row));
        assert_eq!(entries.all.iter().map(|entry| entry.row + entry.n).max(), Some(entries.n_rows));
    }
}
