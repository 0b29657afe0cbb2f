//! Parts of a picture in which a filter has something to do.

use rayon::prelude::*;

/// Blocks of pixels in which something is wanted, or in a neighbour of which something is.
pub(crate) struct Blocks {
    n_columns: usize,
    is_wanted: Vec<bool>,
}

/// Width and height of a block in pixels; the filter must not reach farther in as few steps as it takes for them.
const BLOCK: [usize; 2] = [32, 8];

impl Blocks {
    /// The blocks of the pixels that `is_wanted` names, and those around them.
    pub fn around(w: usize, h: usize, is_wanted: impl Fn(usize) -> bool + Sync) -> Self {
        let (n_columns, n_rows) = (w.div_ceil(BLOCK[0]), h.div_ceil(BLOCK[1]));
        let block = |i: usize| {
            let (x, y) = (i % n_columns * BLOCK[0], i / n_columns * BLOCK[1]);
            let (to_x, to_y) = ((x + BLOCK[0]).min(w), (y + BLOCK[1]).min(h));
            (y..to_y).any(|y| (y * w + x..y * w + to_x).any(&is_wanted))
        };
        let own: Vec<bool> = (0..n_columns * n_rows).into_par_iter().map(block).collect();
        let around = |i: usize| {
            let (x, y) = (i % n_columns, i / n_columns);
            let rows = y.saturating_sub(1)..(y + 2).min(n_rows);
            rows.into_iter().any(|y| {
                own[y * n_columns + x.saturating_sub(1)..y * n_columns + (x + 2).min(n_columns)].contains(&true)
            })
        };
        Self { n_columns, is_wanted: (0..own.len()).map(around).collect() }
    }

    /// Stretches of a row of `w` pixels.
    pub fn stretches(&self, y: usize, w: usize) -> Vec<(usize, usize)> {
        let row = &self.is_wanted[y / BLOCK[1] * self.n_columns..][..self.n_columns];
        let mut stretches = Vec::new();
        let mut at = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] {
                stretches.push((at * BLOCK[0], ((at + run.len()) * BLOCK[0]).min(w)));
            }
            at += run.len();
        }
        stretches
    }
}
