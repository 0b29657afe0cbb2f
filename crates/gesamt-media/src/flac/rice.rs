//! Residuals in partitioned Rice codes.

use crate::bits::BitWriter;

const MAX_PARTITION_ORDER: u32 = 6;
/// Five bits, of which all ones would mean plain numbers.
const MAX_PARAMETER: u32 = 30;

/// A residual with its best partition.
#[derive(Debug, Clone)]
pub(super) struct Residual {
    /// Zigzag: 0, −1, 1, −2 … become 0, 1, 2, 3 …
    folded: Vec<u32>,
    /// Samples before the residual starts, which the first partition lacks.
    order: usize,
    parameters: Vec<u32>,
    pub(super) n_bits: usize,
}

impl Residual {
    /// `values` are the residual of a block of `order + values.len()` samples.
    pub(super) fn new(values: &[i32], order: usize) -> Self {
        let folded: Vec<u32> = values.iter().map(|&v| (v << 1 ^ v >> 31) as u32).collect();
        let n_samples = order + values.len();
        let mut best: Option<Self> = None;
        for partition_order in 0..=MAX_PARTITION_ORDER {
            let len = n_samples >> partition_order;
            if len << partition_order != n_samples || len <= order {
                break;
            }
            let (head, tail) = folded.split_at(len - order);
            let (parameters, costs): (Vec<u32>, Vec<usize>) =
                std::iter::once(head).chain(tail.chunks(len)).map(best_parameter).unzip();
            let n_bits = 6 + costs.iter().map(|cost| cost + 5).sum::<usize>();
            if best.as_ref().is_none_or(|best| n_bits < best.n_bits) {
                best = Some(Self { folded: Vec::new(), order, parameters, n_bits });
            }
        }
        let best = best.unwrap_or(Self { folded: Vec::new(), order, parameters: vec![0], n_bits: usize::MAX / 4 });
        Self { folded, ..best }
    }

    pub(super) fn write(&self, out: &mut BitWriter) {
        let len = (self.order + self.folded.len()) / self.parameters.len();
        out.put(1, 2); // parameters of five bits
        out.put(self.parameters.len().ilog2(), 4);
        let (head, tail) = self.folded.split_at(len - self.order);
        for (partition, &k) in std::iter::once(head).chain(tail.chunks(len)).zip(&self.parameters) {
            out.put(k, 5);
            for &value in partition {
                let mut quotient = value >> k;
                while quotient >= 31 {
                    out.put(0, 31);
                    quotient -= 31;
                }
                out.put(1, quotient + 1);
                out.put(value & ((1 << k) - 1), k);
            }
        }
    }
}

/// The cheapest parameter and its bits. The cost has one minimum, near the logarithm of the mean.
fn best_parameter(values: &[u32]) -> (u32, usize) {
    let sum: u64 = values.iter().map(|&v| u64::from(v)).sum();
    let mean = sum / values.len().max(1) as u64;
    let guess = mean.max(1).ilog2();
    let cost = |k: u32| values.len() * (k as usize + 1) + values.iter().map(|&v| (v >> k) as usize).sum::<usize>();
    let candidates = guess.saturating_sub(1)..=(guess + 1);
    let costs = candidates.map(|k| k.min(MAX_PARAMETER)).map(|k| (k, cost(k)));
    costs.min_by_key(|&(_, cost)| cost).unwrap_or((0, cost(0)))
}
