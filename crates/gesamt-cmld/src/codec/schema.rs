//! The schema of the latent, and rows: a world as one whole number per field.

use std::sync::OnceLock;

use super::draft::Draft;
use super::quantile::Scale;
use super::walk::{Group, Port, walk};

/// What a field holds and how it is coded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// One of `n` symbols.
    Symbol {
        /// Number of symbols.
        n: usize,
    },
    /// A number.
    Scalar {
        /// Its range and grid.
        scale: Scale,
    },
    /// An angle.
    Angle {
        /// Number of steps in a full turn.
        n: u32,
    },
}

/// One field of the world.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name; fields of lists share one.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The token that it belongs to.
    pub token: usize,
    /// Where its code begins in the latent.
    pub start: usize,
    /// How many numbers its code takes.
    pub dims: usize,
    /// The field whose symbol 0 makes this one meaningless.
    pub gate: Option<usize>,
}

/// One token of the latent.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its name.
    pub name: &'static str,
    /// The group whose timestep it shares.
    pub group: Group,
    /// Its numbers in the latent.
    pub dims: std::ops::Range<usize>,
    /// Its fields.
    pub fields: std::ops::Range<usize>,
}

/// All tokens and fields, in the order of the latent.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The tokens.
    pub tokens: Vec<Token>,
    /// The fields.
    pub fields: Vec<Field>,
    gate: Option<usize>,
}

impl Schema {
    /// The schema, built once by walking over a blank draft.
    pub fn get() -> &'static Schema {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        SCHEMA.get_or_init(|| {
            let mut schema = Schema::default();
            walk(&mut schema, &mut Draft::blank());
            schema
        })
    }

    /// Numbers in a latent.
    #[must_use]
    pub fn n_dims(&self) -> usize {
        self.tokens.last().map_or(0, |token| token.dims.end)
    }

    /// Numbers of the widest token.
    #[must_use]
    pub fn widest(&self) -> usize {
        self.tokens.iter().map(|token| token.dims.len()).max().unwrap_or(0)
    }

    /// True when the field means something in this row.
    #[must_use]
    pub fn is_live(&self, row: &[u32], field: usize) -> bool {
        self.fields[field].gate.is_none_or(|gate| row[gate] != 0)
    }

    /// A hash of every name, range and order: two builds agree about latents when it agrees.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for token in &self.tokens {
            hasher.update(format!("{} {} {:?}\n", token.name, token.group.label(), token.dims).as_bytes());
        }
        for field in &self.fields {
            let Field { name, kind, token, start, dims, gate } = field;
            hasher.update(format!("{name} {kind:?} {token} {start} {dims} {gate:?}\n").as_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    fn push(&mut self, name: &'static str, kind: Kind, dims: usize) {
        let (field, start) = (self.fields.len(), self.n_dims());
        let token = self.tokens.len().saturating_sub(1);
        self.fields.push(Field { name, kind, token, start, dims, gate: self.gate });
        if let Some(token) = self.tokens.last_mut() {
            token.dims.end += dims;
            token.fields.end = field + 1;
        }
    }
}

impl Port for Schema {
    fn token(&mut self, name: &'static str, group: Group) {
        let (dims, fields) = (self.n_dims(), self.fields.len());
        self.tokens.push(Token { name, group, dims: dims..dims, fields: fields..fields });
    }

    fn symbol(&mut self, name: &'static str, n: usize, dims: usize, _value: &mut usize) {
        self.push(name, Kind::Symbol { n }, dims);
    }

    fn scalar(&mut self, name: &'static str, scale: Scale, _value: &mut f32) {
        self.push(name, Kind::Scalar { scale }, 1);
    }

    fn angle(&mut self, name: &'static str, per_degree: f32, _value: &mut f32) {
        self.push(name, Kind::Angle { n: (360.0 * per_degree) as u32 }, 2);
    }

    fn gate(&mut self, _is_present: bool) {
        self.gate = self.fields.len().checked_sub(1);
    }

    fn end_gate(&mut self) {
        self.gate = None;
    }
}

/// Writes a draft as a row: the symbol or the cell of every field, 0 where a field means nothing.
#[derive(Debug, Default)]
pub(super) struct RowWriter {
    pub row: Vec<u32>,
    is_off: bool,
}

impl RowWriter {
    fn push(&mut self, value: u32) {
        self.row.push(if self.is_off { 0 } else { value });
    }
}

impl Port for RowWriter {
    fn token(&mut self, _name: &'static str, _group: Group) {}

    fn symbol(&mut self, _name: &'static str, n: usize, _dims: usize, value: &mut usize) {
        self.push((*value).min(n - 1) as u32);
    }

    fn scalar(&mut self, _name: &'static str, scale: Scale, value: &mut f32) {
        self.push(scale.cell(*value));
    }

    fn angle(&mut self, _name: &'static str, per_degree: f32, value: &mut f32) {
        let n = (360.0 * per_degree) as u32;
        self.push((f64::from(*value) * f64::from(per_degree)).round().max(0.0) as u32 % n);
    }

    fn gate(&mut self, is_present: bool) {
        self.is_off = !is_present;
    }

    fn end_gate(&mut self) {
        self.is_off = false;
    }
}

/// Reads a row into a draft.
#[derive(Debug)]
pub(super) struct RowReader<'a> {
    pub row: std::slice::Iter<'a, u32>,
}

impl RowReader<'_> {
    fn next(&mut self) -> u32 {
        self.row.next().copied().unwrap_or(0)
    }
}

impl Port for RowReader<'_> {
    fn token(&mut self, _name: &'static str, _group: Group) {}

    fn symbol(&mut self, _name: &'static str, n: usize, _dims: usize, value: &mut usize) {
        *value = (self.next() as usize).min(n - 1);
    }

    fn scalar(&mut self, _name: &'static str, scale: Scale, value: &mut f32) {
        *value = scale.value(self.next());
    }

    fn angle(&mut self, _name: &'static str, per_degree: f32, value: &mut f32) {
        *value = self.next() as f32 / per_degree;
    }

    fn gate(&mut self, _is_present: bool) {}

    fn end_gate(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_fields_cover_the_latent_without_gaps() {
        let schema = Schema::get();
        let mut end = 0;
        for field in &schema.fields {
            assert_eq!(field.start, end, "{}", field.name);
            end += field.dims;
            assert!(schema.tokens[field.token].dims.contains(&field.start), "{}", field.name);
        }
        assert_eq!((end, schema.widest()), (schema.n_dims(), 57));
        assert!(schema.tokens.is_sorted_by_key(|token| token.dims.start));
    }

    #[test]
    fn the_shape_of_the_latent_is_known() {
        let schema = Schema::get();
        assert_eq!((schema.tokens.len(), schema.fields.len(), schema.n_dims()), (45, 313, 1069));
    }
}
