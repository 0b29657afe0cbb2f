//! The world codec: fixed, exact and invertible.
//!
//! A world becomes a *row* (one whole number per field), a row becomes *codes* (points on spheres for symbols, Gaussian
//! numbers for scalars, √2 (cos, sin) for angles), and codes become a *latent* of unit covariance, token by token.
//! Nothing is learned but the laws of the scalars and the whitening, which are fitted once and stored with the weights.

mod codes;
mod draft;
mod entries;
mod quantile;
mod schema;
mod stored;
mod walk;
mod whiten;

use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::{SQRT_2, TAU};

use gesamt_world::{Genre, Place, World};
use rayon::prelude::*;

pub use codes::codes;
pub use draft::{MAX_STEP, N_ASSETS, N_EVENTS, N_NOTES, N_STEPS, N_VOICES, PARAMS};
pub use entries::{Entries, Entry, GAIN, List};
pub use quantile::{Quantile, Scale, normal_quantile, normal_share};
pub use schema::{Field, Kind, Schema, Token};
pub use walk::Group;
pub use whiten::Whitening;

use draft::Draft;
use schema::{RowReader, RowWriter};
use walk::walk;

/// What the plan of a world knows beside the world itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hub {
    /// A place named beside the one that is shown ("desert" of a desert temple).
    pub context: Option<Place>,
    /// A second genre, which lends families and instruments.
    pub accent_genre: Option<Genre>,
}

impl From<&gesamt_grammar::Plan> for Hub {
    fn from(plan: &gesamt_grammar::Plan) -> Self {
        Hub { context: plan.context_places.first().copied(), accent_genre: plan.accent_genre }
    }
}

/// A decoded world.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The world; always valid.
    pub world: World,
    /// Its plan beyond the world.
    pub hub: Hub,
    /// What had to be mended to make it a world at all: gaps in lists, missing assets. Empty for a sound latent.
    pub faults: Vec<&'static str>,
}

/// A world as one whole number per field of the [`Schema`]: the symbol, or the cell on the grid of a number.
pub type Row = Vec<u32>;

/// The row of a world, and in words what the latent cannot hold of it.
///
/// Values between the points of a field's grid (most have three decimals) move to the nearest.
#[must_use]
pub fn row_of(world: &World, hub: Hub) -> (Row, Vec<String>) {
    let (mut draft, losses) = Draft::of(world, hub);
    let mut writer = RowWriter::default();
    walk(&mut writer, &mut draft);
    (writer.row, losses)
}

/// The world of a row. Any row gives a valid world.
#[must_use]
pub fn world_of(row: &[u32], seed: u64) -> Decoded {
    let mut draft = Draft::blank();
    walk(&mut RowReader { row: row.iter() }, &mut draft);
    let hub = draft.hub;
    let (world, faults) = draft.finish(seed);
    Decoded { world, hub, faults }
}

/// The fitted codec.
#[derive(Clone, Debug, PartialEq)]
pub struct Codec {
    /// The codes of `n` symbols in `dims` numbers, by (n, dims).
    codebooks: BTreeMap<(usize, usize), Vec<Vec<f32>>>,
    /// The law of each scalar field; `None` for other fields.
    quantiles: Vec<Option<Quantile>>,
    /// The whitening of each token.
    whitenings: Vec<Whitening>,
}

impl Codec {
    /// Fits the laws of the scalars and the whitening to rows.
    #[must_use]
    pub fn fit(rows: &[Row]) -> Codec {
        let schema = Schema::get();
        let quantiles: Vec<Option<Quantile>> = (0..schema.fields.len())
            .into_par_iter()
            .map(|index| {
                let Kind::Scalar { scale } = schema.fields[index].kind else { return None };
                let live = rows.iter().filter(|row| schema.is_live(row, index));
                let cells: Vec<u32> = live.map(|row| row[index]).collect();
                Some(Quantile::fit(scale.n_cells(), &cells))
            })
            .collect();
        let identity = schema.tokens.iter().map(|token| Whitening::identity(token.dims.len())).collect();
        let mut codec = Codec { codebooks: codebooks(), quantiles, whitenings: identity };
        let coded: Vec<Vec<f32>> = rows.par_iter().map(|row| codec.codes_of(row)).collect();
        codec.whitenings = schema
            .tokens
            .par_iter()
            .map(|token| {
                let codes: Vec<Vec<f32>> = coded.iter().map(|code| code[token.dims.clone()].to_vec()).collect();
                Whitening::fit(token.dims.len(), &codes)
            })
            .collect();
        codec
    }

    /// The latent of a world, and in words what it cannot hold.
    #[must_use]
    pub fn encode(&self, world: &World, hub: Hub) -> (Vec<f32>, Vec<String>) {
        let (row, losses) = row_of(world, hub);
        (self.encode_row(&row), losses)
    }

    /// The world of a latent. Any numbers give a valid world; those that are not finite count as zero.
    #[must_use]
    pub fn decode(&self, latent: &[f32], seed: u64) -> Decoded {
        world_of(&self.decode_row(latent), seed)
    }

    /// The latent of a row.
    #[must_use]
    pub fn encode_row(&self, row: &[u32]) -> Vec<f32> {
        let codes = self.codes_of(row);
        let tokens = Schema::get().tokens.iter().zip(&self.whitenings);
        tokens.flat_map(|(token, map)| map.whiten(&codes[token.dims.clone()])).collect()
    }

    /// The row nearest to a latent.
    #[must_use]
    pub fn decode_row(&self, latent: &[f32]) -> Row {
        let schema = Schema::get();
        let mut row: Row = Vec::with_capacity(schema.fields.len());
        for (token, map) in schema.tokens.iter().zip(&self.whitenings) {
            let mut numbers: Vec<f32> = latent.get(token.dims.clone()).unwrap_or_default().to_vec();
            numbers.resize(token.dims.len(), 0.0);
            let codes = map.unwhiten(&numbers);
            for index in token.fields.clone() {
                let start = schema.fields[index].start - token.dims.start;
                let value = self.cell_of(index, &codes[start..start + schema.fields[index].dims]);
                row.push(value);
                if !schema.is_live(&row, index) {
                    row[index] = 0;
                }
            }
        }
        row
    }

    /// The codes of a row; zero where a field means nothing.
    #[must_use]
    pub fn codes_of(&self, row: &[u32]) -> Vec<f32> {
        let schema = Schema::get();
        let mut codes = vec![0.0; schema.n_dims()];
        for (index, field) in schema.fields.iter().enumerate().filter(|(index, _)| schema.is_live(row, *index)) {
            let code = &mut codes[field.start..field.start + field.dims];
            match field.kind {
                Kind::Symbol { n } => code.copy_from_slice(self.code(n, field.dims, row[index])),
                Kind::Scalar { .. } => {
                    code[0] = self.quantiles[index].as_ref().map_or(0.0, |law| law.encode(row[index]) as f32);
                }
                Kind::Angle { n } => {
                    let (sin, cos) = (f64::from(row[index]) / f64::from(n) * TAU).sin_cos();
                    (code[0], code[1]) = ((SQRT_2 * cos) as f32, (SQRT_2 * sin) as f32);
                }
            }
        }
        codes
    }

    /// The code of a symbol; that of the last one beyond the end.
    #[must_use]
    pub fn code(&self, n: usize, dims: usize, symbol: u32) -> &[f32] {
        let book = self.codebooks.get(&(n, dims)).map_or(&[][..], Vec::as_slice);
        book.get(symbol as usize).or(book.last()).map_or(&[], Vec::as_slice)
    }

    /// The whitening of each token.
    #[must_use]
    pub fn whitenings(&self) -> &[Whitening] {
        &self.whitenings
    }

    /// The law of a scalar field.
    #[must_use]
    pub fn quantile(&self, field: usize) -> Option<&Quantile> {
        self.quantiles.get(field).and_then(Option::as_ref)
    }

    /// As [`Codec::cell_of`], kept out of the tails of scalars: see [`Quantile::decode_usual`].
    #[must_use]
    pub fn usual_cell_of(&self, index: usize, code: &[f64]) -> u32 {
        match (&self.quantiles[index], code) {
            (Some(law), [number]) => law.decode_usual(*number),
            _ => self.cell_of(index, code),
        }
    }

    /// The symbol or cell of a field that is nearest to a code.
    #[must_use]
    pub fn cell_of(&self, index: usize, code: &[f64]) -> u32 {
        let field = &Schema::get().fields[index];
        match field.kind {
            Kind::Symbol { n } => {
                let book = self.codebooks.get(&(n, field.dims)).map_or(&[][..], Vec::as_slice);
                let dot = |point: &Vec<f32>| point.iter().zip(code).map(|(a, b)| f64::from(*a) * b).sum::<f64>();
                let best = book.iter().enumerate().max_by(|a, b| dot(a.1).total_cmp(&dot(b.1)).then(b.0.cmp(&a.0)));
                best.map_or(0, |(symbol, _)| symbol as u32)
            }
            Kind::Scalar { .. } => self.quantiles[index].as_ref().map_or(0, |law| law.decode(code[0])),
            Kind::Angle { n } => {
                let turn = (code[1].atan2(code[0]) / TAU).rem_euclid(1.0);
                (turn * f64::from(n)).round() as u32 % n
            }
        }
    }
}

fn codebooks() -> BTreeMap<(usize, usize), Vec<Vec<f32>>> {
    codebook_shapes().into_iter().map(|(n, dims)| ((n, dims), codes(n, dims))).collect()
}

/// Symbols and numbers of each codebook; to make the books takes longer than to read them.
fn codebook_shapes() -> BTreeSet<(usize, usize)> {
    let shape = |field: &Field| match field.kind {
        Kind::Symbol { n } => Some((n, field.dims)),
        _ => None,
    };
    Schema::get().fields.iter().filter_map(shape).collect()
}

#[cfg(test)]
mod tests;
