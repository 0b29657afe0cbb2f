//! Numbers on grids, and the maps that make them Gaussian.

use std::f64::consts::SQRT_2;

/// The range and the grid of a number. A *cell* is its index on the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Whole multiples of 1 / `per_unit`, from `low` to `high` of them.
    Grid {
        /// The smallest multiple.
        low: i32,
        /// The largest multiple.
        high: i32,
        /// Steps to the unit.
        per_unit: i32,
    },
    /// Tempi at which a sixteenth note is a whole number of samples at 48 kHz.
    Tempo,
}

/// Samples of a minute at 48 kHz.
const SAMPLES_PER_MINUTE: f32 = 2_880_000.0;
/// Samples of a sixteenth at 180 and at 40 beats per minute.
const TEMPO_CELLS: (u32, u32) = (4000, 18_000);

impl Scale {
    /// From `low` to `high` in steps of 1 / `per_unit`.
    #[must_use]
    pub const fn decimal(low: i32, high: i32, per_unit: i32) -> Scale {
        Scale::Grid { low: low * per_unit, high: high * per_unit, per_unit }
    }

    /// From `low` / `per_unit` to `high` / `per_unit`.
    #[must_use]
    pub const fn cells(low: i32, high: i32, per_unit: i32) -> Scale {
        Scale::Grid { low, high, per_unit }
    }

    /// Number of cells.
    #[must_use]
    pub const fn n_cells(self) -> u32 {
        match self {
            Scale::Grid { low, high, .. } => (high - low) as u32 + 1,
            Scale::Tempo => TEMPO_CELLS.1 - TEMPO_CELLS.0 + 1,
        }
    }

    /// The cell nearest to a value; not-a-number is the first.
    #[must_use]
    pub fn cell(self, value: f32) -> u32 {
        match self {
            Scale::Grid { low, high, per_unit } => {
                let multiple = (f64::from(value) * f64::from(per_unit)).round() as i64;
                (multiple.clamp(i64::from(low), i64::from(high)) - i64::from(low)) as u32
            }
            Scale::Tempo => {
                // Cells run from slow to fast, as the tempo does.
                let n = (SAMPLES_PER_MINUTE / value.max(1.0) / 4.0).round() as u32;
                TEMPO_CELLS.1 - n.clamp(TEMPO_CELLS.0, TEMPO_CELLS.1)
            }
        }
    }

    /// The value of a cell.
    #[must_use]
    pub fn value(self, cell: u32) -> f32 {
        let cell = cell.min(self.n_cells() - 1);
        match self {
            Scale::Grid { low, per_unit, .. } => (low + cell as i32) as f32 / per_unit as f32,
            Scale::Tempo => SAMPLES_PER_MINUTE / (4 * (TEMPO_CELLS.1 - cell)) as f32,
        }
    }
}

/// The share of the uniform law that is mixed into each fitted law, so that unseen values keep a code of their own.
const UNIFORM_SHARE: f64 = 0.02;
/// Number of quantiles that a fitted law is drawn through.
const N_QUANTILES: usize = 96;

/// A monotone map from cells to a standard normal number: the fitted law followed by the inverse of the normal one.
///
/// The law is piecewise linear through `knots` of (edge between cells, probability below it).
#[derive(Clone, Debug, PartialEq)]
pub struct Quantile {
    knots: Vec<(f64, f64)>,
}

impl Quantile {
    /// The map of the uniform law.
    #[must_use]
    pub fn uniform(n_cells: u32) -> Quantile {
        Quantile { knots: vec![(0.0, 0.0), (f64::from(n_cells), 1.0)] }
    }

    /// The map fitted to cells; a value that occurs often keeps edges of its own.
    #[must_use]
    pub fn fit(n_cells: u32, cells: &[u32]) -> Quantile {
        if cells.is_empty() {
            return Self::uniform(n_cells);
        }
        let mut sorted = cells.to_vec();
        sorted.sort_unstable();
        let n = sorted.len();
        let share_below = |edge: u32| sorted.partition_point(|cell| *cell < edge) as f64 / n as f64;
        let mut edges = vec![0, n_cells];
        for quantile in 1..N_QUANTILES {
            let cell = sorted[quantile * n / N_QUANTILES];
            edges.push(cell);
            edges.push(cell + 1);
        }
        edges.sort_unstable();
        edges.dedup();
        let knot = |edge: u32| {
            let uniform = f64::from(edge) / f64::from(n_cells);
            (f64::from(edge), (1.0 - UNIFORM_SHARE) * share_below(edge) + UNIFORM_SHARE * uniform)
        };
        Quantile { knots: edges.into_iter().map(knot).collect() }
    }

    /// The map through given knots, when they are those of a law.
    #[must_use]
    pub fn from_knots(knots: Vec<(f64, f64)>, n_cells: u32) -> Option<Quantile> {
        let ends = (knots.first()?, knots.last()?);
        let is_law = *ends.0 == (0.0, 0.0) && ends.1.0 == f64::from(n_cells) && (ends.1.1 - 1.0).abs() < 1e-9;
        let rises = knots.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1);
        (is_law && rises).then_some(Quantile { knots })
    }

    /// The knots.
    #[must_use]
    pub fn knots(&self) -> &[(f64, f64)] {
        &self.knots
    }

    /// The normal number of a cell.
    #[must_use]
    pub fn encode(&self, cell: u32) -> f64 {
        let at = f64::from(cell) + 0.5;
        let next = self.knots.partition_point(|(edge, _)| *edge <= at).clamp(1, self.knots.len() - 1);
        let ((x0, p0), (x1, p1)) = (self.knots[next - 1], self.knots[next]);
        normal_quantile(p0 + (p1 - p0) * (at - x0) / (x1 - x0))
    }

    /// The cell of a normal number.
    #[must_use]
    pub fn decode(&self, number: f64) -> u32 {
        self.cell_at(if number.is_nan() { 0.5 } else { normal_share(number) })
    }

    /// The cell of a normal number, kept out of the tails: beyond the outermost quantiles lies mostly what no value of the
    /// corpus ever was, and a number that is a little too large would become one that is absurd.
    #[must_use]
    pub fn decode_usual(&self, number: f64) -> u32 {
        let p = if number.is_nan() { 0.5 } else { normal_share(number) };
        let (last, n_cells) = (self.knots.len() - 1, self.knots[self.knots.len() - 1].0);
        let is_tail = |from: usize| {
            let ((x0, p0), (x1, p1)) = (self.knots[from], self.knots[from + 1]);
            p1 - p0 <= 1.2 / N_QUANTILES as f64 + UNIFORM_SHARE * (x1 - x0) / n_cells
        };
        let low = if last > 1 && is_tail(0) { self.knots[1].1 } else { 0.0 };
        let high = if last > 1 && is_tail(last - 1) { self.knots[last - 1].1 - 1e-9 } else { 1.0 };
        self.cell_at(p.clamp(low.min(high), high))
    }

    fn cell_at(&self, p: f64) -> u32 {
        let next = self.knots.partition_point(|(_, share)| *share <= p).clamp(1, self.knots.len() - 1);
        let ((x0, p0), (x1, p1)) = (self.knots[next - 1], self.knots[next]);
        let last = self.knots[self.knots.len() - 1].0 - 1.0;
        (x0 + (x1 - x0) * (p - p0) / (p1 - p0)).floor().clamp(0.0, last) as u32
    }
}

/// The share of the standard normal law below a number.
///
/// # Source
/// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969): the continued fraction
/// and the series stand in for his tables; relative error below 1e-13 for |x| ≤ 8.
#[must_use]
pub fn normal_share(x: f64) -> f64 {
    let z = x.abs() / SQRT_2;
    let upper = if z < 2.5 { 0.5 - 0.5 * erf_series(z) } else { 0.5 * erfc_fraction(z) };
    if x > 0.0 { 1.0 - upper } else { upper }
}

/// 2/√π · Σ 2ⁿ z²ⁿ⁺¹ e^(−z²) / (2n+1)!!, of positive terms only.
fn erf_series(z: f64) -> f64 {
    let (mut term, mut sum, mut n) = (z, z, 0.0);
    while term > 1e-17 * sum {
        n += 1.0;
        term *= 2.0 * z * z / (2.0 * n + 1.0);
        sum += term;
    }
    2.0 / std::f64::consts::PI.sqrt() * (-z * z).exp() * sum
}

/// The continued fraction of Laplace, from its far end.
fn erfc_fraction(z: f64) -> f64 {
    let mut tail = z;
    for k in (1..=60).rev() {
        tail = z + 0.5 * f64::from(k) / tail;
    }
    (-z * z).exp() / (std::f64::consts::PI.sqrt() * tail)
}

/// The number below which the given share of the standard normal law lies.
///
/// # Source
/// Start: Abramowitz and Stegun, 26.2.23; then three steps of Halley's method on [`normal_share`].
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let p = p.clamp(1e-12, 1.0 - 1e-12);
    let q = p.min(1.0 - p);
    let t = (-2.0 * q.ln()).sqrt();
    let start = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    let mut x = -start;
    for _ in 0..3 {
        let density = (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
        let step = (normal_share(x) - q) / density;
        x -= step / (1.0 + 0.5 * x * step);
    }
    if p < 0.5 { x } else { -x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_cells_are_those_of_the_corpus_and_its_limits_are_kept() {
        // A narrow band low in a wide range: a large number leads out of it only with `decode`.
        let band: Vec<u32> = (0..5000).map(|i| 160 + i % 70).collect();
        let law = Quantile::fit(1000, &band);
        assert!(law.decode(2.4) > 400);
        assert!((160..=230).contains(&law.decode_usual(2.4)) && (160..=230).contains(&law.decode_usual(-5.0)));
        assert_eq!(law.decode_usual(0.0), law.decode(0.0));
        // A limit that is hit often is no tail.
        let limit: Vec<u32> = (0..5000).map(|i| if i % 2 == 0 { 0 } else { i % 900 }).collect();
        assert_eq!(Quantile::fit(1000, &limit).decode_usual(-2.0), 0);
    }

    #[test]
    fn the_normal_law_and_its_inverse_agree_with_the_tables() {
        for (x, share) in
            [(0.0, 0.5), (1.0, 0.841_344_746_068_543), (-1.959_963_984_540_054, 0.025), (3.0, 0.998_650_101_968_37)]
        {
            assert!((normal_share(x) - share).abs() < 1e-12, "{x}: {}", normal_share(x));
            assert!((normal_quantile(share) - x).abs() < 1e-9, "{share}: {}", normal_quantile(share));
        }
        for i in 1..1000 {
            let x = -6.0 + 0.012 * f64::from(i);
            assert!((normal_quantile(normal_share(x)) - x).abs() < 1e-6, "{x}");
        }
    }

    #[test]
    fn every_cell_survives_whatever_the_law() {
        let mut cells = vec![0; 500];
        cells.extend((0..500).map(|i| 700 + i % 40));
        cells.extend([1000; 300]);
        for map in [Quantile::fit(1001, &cells), Quantile::uniform(1001), Quantile::fit(1001, &[7])] {
            for cell in 0..1001 {
                // A latent is stored in single precision.
                assert_eq!(map.decode(f64::from(map.encode(cell) as f32)), cell);
            }
        }
    }

    #[test]
    fn fitted_numbers_are_standard_normal() {
        let mut rng = gesamt_world::Seed(1).rng();
        let cells: Vec<u32> = (0..20_000).map(|_| (1000.0 * rng.unit().powi(3)) as u32).collect();
        let map = Quantile::fit(1001, &cells);
        let codes: Vec<f64> = cells.iter().map(|cell| map.encode(*cell)).collect();
        let mean = codes.iter().sum::<f64>() / codes.len() as f64;
        let variance = codes.iter().map(|code| (code - mean).powi(2)).sum::<f64>() / codes.len() as f64;
        assert!(mean.abs() < 0.05 && (variance - 1.0).abs() < 0.1, "mean {mean}, variance {variance}");
    }

    #[test]
    fn values_on_the_grid_are_kept_and_wild_ones_are_clamped() {
        let share = Scale::decimal(0, 1, 1000);
        for cell in 0..=1000 {
            assert_eq!(share.cell(share.value(cell)), cell);
        }
        assert_eq!([share.cell(-3.0), share.cell(9.0), share.cell(f32::NAN)], [0, 1000, 0]);
        for cell in 0..Scale::Tempo.n_cells() {
            assert_eq!(Scale::Tempo.cell(Scale::Tempo.value(cell)), cell);
        }
        assert_eq!(Scale::Tempo.value(Scale::Tempo.cell(120.0)), 120.0);
    }
}
