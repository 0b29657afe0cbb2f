//! Heads: what the network says about each field, and the endpoint that follows from it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::codec::{Codec, Kind, Row, Schema};

/// Bounds of the logarithm of a deviation that a head can state.
pub const LOG_SIGMA: (f32, f32) = (-4.0, 2.0);

/// Where the outputs of each field stand: `n` logits of a symbol; mean and log deviation of a scalar; the mean's two
/// numbers and a log deviation of an angle.
#[derive(Clone, Debug)]
pub struct HeadLayout {
    /// The outputs of each field.
    pub fields: Vec<Range<usize>>,
    /// The outputs of each token.
    pub tokens: Vec<Range<usize>>,
}

impl HeadLayout {
    /// The layout, built once.
    pub fn get() -> &'static HeadLayout {
        static LAYOUT: OnceLock<HeadLayout> = OnceLock::new();
        LAYOUT.get_or_init(|| {
            let schema = Schema::get();
            let mut start = 0;
            let mut fields = Vec::with_capacity(schema.fields.len());
            for field in &schema.fields {
                let n = match field.kind {
                    Kind::Symbol { n } => n,
                    Kind::Scalar { .. } => 2,
                    Kind::Angle { .. } => 3,
                };
                fields.push(start..start + n);
                start += n;
            }
            let tokens = schema
                .tokens
                .iter()
                .map(|token| fields[token.fields.start].start..fields[token.fields.end - 1].end)
                .collect();
            HeadLayout { fields, tokens }
        })
    }

    /// Number of outputs of all fields.
    #[must_use]
    pub fn n_outputs(&self) -> usize {
        self.fields.last().map_or(0, |range| range.end)
    }
}

/// The lists of a row while it is read: what stands in each.
#[derive(Debug, Default)]
struct Lists(BTreeMap<(&'static str, usize), Vec<usize>>);

impl Lists {
    /// The list that a field belongs to; the instruments of each layer are one of their own.
    fn of(name: &'static str, index: usize) -> Option<(&'static str, usize)> {
        match name {
            "family" | "voice" | "event" | "degree" | "note" => Some((name, 0)),
            "instrument" => {
                let first = Schema::get().fields.iter().position(|field| field.name == "instrument");
                // Each instrument is followed by its weight, and each layer has two.
                Some((name, (index - first.unwrap_or(0)) / 4))
            }
            _ => None,
        }
    }

    /// True when a symbol may stand next. An absent entry ends the list; families, sounds and instruments occur once.
    fn allow(&self, name: &'static str, index: usize, symbol: usize) -> bool {
        let Some(entries) = Self::of(name, index).and_then(|list| self.0.get(&list)) else { return true };
        let is_once = matches!(name, "family" | "voice" | "instrument");
        symbol == 0 || !entries.contains(&0) && (!is_once || !entries.contains(&symbol))
    }

    fn enter(&mut self, name: &'static str, index: usize, symbol: usize) {
        if let Some(list) = Self::of(name, index) {
            self.0.entry(list).or_default().push(symbol);
        }
    }
}

/// Turns outputs into endpoints: expected codes, whitened. Everything in single precision.
#[derive(Clone, Debug)]
pub struct Endpoint {
    codec: Codec,
    /// Mean and forward matrix of each token.
    whitenings: Vec<(Vec<f32>, Vec<f32>)>,
}

impl Endpoint {
    /// The endpoints of a codec.
    #[must_use]
    pub fn new(codec: Codec) -> Endpoint {
        let single = |numbers: &[f64]| numbers.iter().map(|v| *v as f32).collect::<Vec<f32>>();
        let whitenings = codec.whitenings().iter().map(|map| (single(&map.mean), single(&map.forward))).collect();
        Endpoint { codec, whitenings }
    }

    /// The codec.
    #[must_use]
    pub fn codec(&self) -> &Codec {
        &self.codec
    }

    /// The endpoint that outputs speak for: the mean of all clean latents that they hold possible.
    #[must_use]
    pub fn latent(&self, outputs: &[f32]) -> Vec<f32> {
        let (schema, layout) = (Schema::get(), HeadLayout::get());
        let mut codes = vec![0.0; schema.n_dims()];
        // The probability that a field's gate is open; a closed one has the code zero.
        let mut open = vec![1.0f32; schema.fields.len()];
        for (index, field) in schema.fields.iter().enumerate() {
            let heads = &outputs[layout.fields[index].clone()];
            let code = &mut codes[field.start..field.start + field.dims];
            let share = field.gate.map_or(1.0, |gate| open[gate]);
            match field.kind {
                Kind::Symbol { n } => {
                    let chances = softmax(heads);
                    open[index] = share * (1.0 - chances[0]);
                    for (symbol, chance) in chances.iter().enumerate() {
                        let point = self.codec.code(n, field.dims, symbol as u32);
                        code.iter_mut().zip(point).for_each(|(c, p)| *c += share * chance * p);
                    }
                }
                Kind::Scalar { .. } => code[0] = share * heads[0],
                Kind::Angle { .. } => (code[0], code[1]) = (share * heads[0], share * heads[1]),
            }
        }
        self.whiten(&codes)
    }

    /// The row that outputs hold most likely, field by field. With `is_listed`, lists are read from their first entry on: none
    /// after the first absence, and no entry twice.
    #[must_use]
    pub fn row(&self, outputs: &[f32], is_listed: bool) -> Row {
        let (schema, layout) = (Schema::get(), HeadLayout::get());
        let mut row = Row::with_capacity(schema.fields.len());
        let mut lists = Lists::default();
        for (index, field) in schema.fields.iter().enumerate() {
            let heads = &outputs[layout.fields[index].clone()];
            let value = match field.kind {
                Kind::Symbol { .. } => {
                    let is_open = |symbol: usize| !is_listed || lists.allow(field.name, index, symbol);
                    let open = heads.iter().enumerate().filter(|(symbol, _)| is_open(*symbol));
                    let best = open.max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
                    let best = best.map_or(0, |(symbol, _)| symbol);
                    lists.enter(field.name, index, best);
                    best as u32
                }
                _ => {
                    let code: Vec<f64> = heads[..field.dims].iter().map(|v| f64::from(*v)).collect();
                    self.codec.usual_cell_of(index, &code)
                }
            };
            row.push(value);
            if !schema.is_live(&row, index) {
                row[index] = 0;
            }
        }
        row
    }

    /// The logarithm of the likelihood of a row's fields in a range of fields, in the eyes of outputs.
    #[must_use]
    pub fn log_likelihood(&self, outputs: &[f32], row: &[u32], fields: Range<usize>) -> Vec<f32> {
        let (schema, layout) = (Schema::get(), HeadLayout::get());
        let codes = self.codec.codes_of(row);
        let one = |index: usize| {
            let (field, heads) = (&schema.fields[index], &outputs[layout.fields[index].clone()]);
            if let Kind::Symbol { .. } = field.kind {
                return softmax(heads)[row[index] as usize].max(1e-12).ln();
            }
            let log_sigma = heads[field.dims].clamp(LOG_SIGMA.0, LOG_SIGMA.1);
            let gaps = heads.iter().zip(&codes[field.start..field.start + field.dims]);
            let squares: f32 = gaps.map(|(mean, x)| (mean - x).powi(2)).sum();
            -0.5 * squares * (-2.0 * log_sigma).exp() - field.dims as f32 * log_sigma
        };
        fields.map(|index| if schema.is_live(row, index) { one(index) } else { 0.0 }).collect()
    }

    fn whiten(&self, codes: &[f32]) -> Vec<f32> {
        let mut latent = Vec::with_capacity(codes.len());
        for (token, (mean, forward)) in Schema::get().tokens.iter().zip(&self.whitenings) {
            let centred: Vec<f32> = codes[token.dims.clone()].iter().zip(mean).map(|(c, m)| c - m).collect();
            let rows = forward.chunks_exact(centred.len());
            latent.extend(rows.map(|row| row.iter().zip(&centred).map(|(a, b)| a * b).sum::<f32>()));
        }
        latent
    }
}

/// Probabilities of logits.
#[must_use]
pub fn softmax(logits: &[f32]) -> Vec<f32> {
    let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f32> = logits.iter().map(|l| (l - top).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Hub, row_of};

    #[test]
    fn lists_have_no_gaps_and_no_entry_twice() {
        let rows: Vec<Row> = (0..50)
            .map(|seed| gesamt_grammar::sample("somewhere", seed).unwrap())
            .map(|sampled| row_of(&sampled.world, Hub::from(&sampled.plan)).0)
            .collect();
        let endpoint = Endpoint::new(Codec::fit(&rows));
        for seed in 0..100 {
            let mut rng = gesamt_world::Seed(seed).rng();
            let outputs: Vec<f32> = (0..HeadLayout::get().n_outputs()).map(|_| rng.normal()).collect();
            let decoded = crate::codec::world_of(&endpoint.row(&outputs, true), seed);
            assert!(!decoded.faults.contains(&"a list with a gap"), "{seed}: {:?}", decoded.faults);
            let families: Vec<_> = decoded.world.assets.iter().map(|asset| asset.family).collect();
            assert!((1..families.len()).all(|i| !families[..i].contains(&families[i])), "{families:?}");
            for layer in gesamt_world::Layer::ALL {
                let parts: Vec<_> = decoded.world.timbre.parts.iter().filter(|part| part.layer == *layer).collect();
                assert!(parts.len() < 2 || parts[0].instrument != parts[1].instrument);
            }
        }
    }

    #[test]
    fn outputs_that_are_sure_of_a_world_have_its_latent_as_endpoint() {
        let worlds: Vec<Row> = (0..200)
            .map(|seed| gesamt_grammar::sample("somewhere", seed).unwrap())
            .map(|sampled| row_of(&sampled.world, Hub::from(&sampled.plan)).0)
            .collect();
        let endpoint = Endpoint::new(Codec::fit(&worlds));
        let (schema, layout) = (Schema::get(), HeadLayout::get());
        for row in &worlds[..20] {
            let codes = endpoint.codec().codes_of(row);
            let mut outputs = vec![0.0; layout.n_outputs()];
            for (index, field) in schema.fields.iter().enumerate() {
                let heads = &mut outputs[layout.fields[index].clone()];
                match field.kind {
                    Kind::Symbol { .. } => heads[row[index] as usize] = 60.0,
                    _ => heads[..field.dims].copy_from_slice(&codes[field.start..field.start + field.dims]),
                }
            }
            let expected = endpoint.codec().encode_row(row);
            let found = endpoint.latent(&outputs);
            let gap = expected.iter().zip(&found).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(gap < 1e-4, "{gap}");
            assert_eq!(&endpoint.codec().decode_row(&found), row);
            let read = endpoint.row(&outputs, false);
            assert_eq!(endpoint.row(&outputs, true), read);
            let symbols = schema.fields.iter().enumerate().filter(|(_, f)| matches!(f.kind, Kind::Symbol { .. }));
            for (index, field) in symbols {
                assert_eq!(read[index], row[index], "{}", field.name);
            }
        }
    }
}
