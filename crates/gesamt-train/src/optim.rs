//! AdamW, Muon for the matrices of the blocks, gradient clipping and the average of the weights.

use std::collections::BTreeMap;

use gesamt_cmld::kernels::{Matrix, Precision};
use gesamt_cmld::model::{Config, Params};
use gesamt_cmld::weights::{Tensor, Tensors, WeightsError};
use rayon::prelude::*;

use crate::config::TrainConfig;

/// Gradients by the name of their tensor.
pub type Gradients = BTreeMap<String, Vec<f32>>;

/// The state of the optimiser.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimizer {
    first: BTreeMap<String, Vec<f32>>,
    second: BTreeMap<String, Vec<f32>>,
}

const BETAS: (f32, f32) = (0.9, 0.95);
const FLOOR: f32 = 1e-8;

impl Optimizer {
    /// The state before the first step.
    #[must_use]
    pub fn new(params: &Params) -> Optimizer {
        let zeros: BTreeMap<String, Vec<f32>> =
            params.iter().map(|(name, data)| (name.to_owned(), vec![0.0; data.len()])).collect();
        Optimizer { first: zeros.clone(), second: zeros }
    }

    /// One step; returns the norm of the gradient before it was clipped.
    ///
    /// # Source
    /// Loshchilov and Hutter, "Decoupled weight decay regularization" (2019), algorithm 2.
    pub fn step(&mut self, params: &mut Params, gradients: &Gradients, config: &TrainConfig, step: u64) -> f32 {
        let shapes: BTreeMap<String, Vec<usize>> = if config.is_muon() {
            let specs = config.model().map(|model| model.params()).unwrap_or_default();
            specs.into_iter().map(|spec| (spec.name, spec.shape)).collect()
        } else {
            BTreeMap::new()
        };
        let squares: f64 = gradients.values().flatten().map(|g| f64::from(*g).powi(2)).sum();
        let norm = squares.sqrt() as f32;
        let scale = if norm > config.clip { config.clip / norm } else { 1.0 };
        let (lr, n) = (config.lr_at(step), (step + 1).min(100_000) as i32);
        let (fix_first, fix_second) = (1.0 - BETAS.0.powi(n), 1.0 - BETAS.1.powi(n));
        for (name, data) in params.iter_mut() {
            let (Some(g), Some(m), Some(v)) =
                (gradients.get(name), self.first.get_mut(name), self.second.get_mut(name))
            else {
                continue;
            };
            let decay = if decays(name) { lr * config.weight_decay } else { 0.0 };
            if config.is_muon()
                && let Some((rows, cols)) = hidden_shape(&shapes, name)
            {
                muon(data, g, m, scale, [rows, cols], lr, decay);
                continue;
            }
            data.par_iter_mut().zip(g).zip(m).zip(v).with_min_len(4096).for_each(|(((w, g), m), v)| {
                let g = g * scale;
                *m = BETAS.0 * *m + (1.0 - BETAS.0) * g;
                *v = BETAS.1 * *v + (1.0 - BETAS.1) * g * g;
                *w -= decay * *w + lr * (*m / fix_first) / ((*v / fix_second).sqrt() + FLOOR);
            });
        }
        norm
    }

    /// The state as tensors.
    #[must_use]
    pub fn tensors(&self) -> Tensors {
        let mut tensors = Tensors::new();
        for (prefix, moments) in [("adam.first.", &self.first), ("adam.second.", &self.second)] {
            for (name, data) in moments {
                tensors.insert(format!("{prefix}{name}"), Tensor::f32([data.len()], data.clone()));
            }
        }
        tensors
    }

    /// The state in tensors.
    ///
    /// # Errors
    /// A tensor that is missing or of another size.
    pub fn from_tensors(config: &Config, tensors: &Tensors) -> Result<Optimizer, WeightsError> {
        let read = |prefix: &str| {
            let one = |spec: &gesamt_cmld::model::ParamSpec| {
                let data = tensors.f32(&format!("{prefix}{}", spec.name), &[spec.n_params() as usize])?;
                Ok((spec.name.clone(), data.to_vec()))
            };
            config.params().iter().map(one).collect::<Result<BTreeMap<_, _>, WeightsError>>()
        };
        Ok(Optimizer { first: read("adam.first.")?, second: read("adam.second.")? })
    }
}

/// Rows and columns of a matrix inside a block, backbone or text; others are left to AdamW.
fn hidden_shape(shapes: &BTreeMap<String, Vec<usize>>, name: &str) -> Option<(usize, usize)> {
    let is_hidden = ["qkv", "out", "up", "down"].iter().any(|end| name.rsplit('.').next() == Some(end));
    match shapes.get(name)?.as_slice() {
        [rows, cols] if is_hidden => Some((*rows, *cols)),
        _ => None,
    }
}

/// Weight of the past in Muon's momentum.
const MOMENTUM: f32 = 0.95;

/// One step of Muon: the momentum with all its singular values brought near one, scaled to the size of an AdamW step.
///
/// # Source
/// Jordan et al., "Muon: an optimizer for hidden layers in neural networks" (2024); the scale is that of Liu et al., "Muon is
/// scalable for LLM training" (2025), equation 4.
fn muon(w: &mut [f32], g: &[f32], m: &mut [f32], scale: f32, [rows, cols]: [usize; 2], lr: f32, decay: f32) {
    let mut update = vec![0.0; w.len()];
    for ((u, m), g) in update.iter_mut().zip(m.iter_mut()).zip(g) {
        *m = MOMENTUM * *m + (1.0 - MOMENTUM) * g * scale;
        *u = MOMENTUM * *m + (1.0 - MOMENTUM) * g * scale;
    }
    orthogonalise(&mut update, rows, cols);
    let step = lr * 0.2 * (rows.max(cols) as f32).sqrt();
    w.iter_mut().zip(&update).for_each(|(w, u)| *w -= decay * *w + step * u);
}

/// Brings the singular values of a matrix near one by five Newton-Schulz steps.
fn orthogonalise(x: &mut Vec<f32>, rows: usize, cols: usize) {
    const COEFFICIENTS: [f32; 3] = [3.4445, -4.775, 2.0315];
    let half = Precision::Half;
    let is_tall = rows > cols;
    // The short side stands in front, so that the square matrices are small.
    let (n, k) = if is_tall { (cols, rows) } else { (rows, cols) };
    let mut x_t = if is_tall { turned(x, rows, cols) } else { std::mem::take(x) };
    let length = x_t.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt() as f32 + 1e-12;
    x_t.iter_mut().for_each(|v| *v /= length);
    let [a, b, c] = COEFFICIENTS;
    let (mut gram, mut square, mut next) = (vec![0.0; n * n], vec![0.0; n * n], vec![0.0; n * k]);
    for _ in 0..5 {
        let here = Matrix::new(&x_t, n, k);
        half.matmul(here, here.t(), &mut gram, n, false);
        half.matmul(Matrix::new(&gram, n, n), Matrix::new(&gram, n, n), &mut square, n, false);
        square.iter_mut().zip(&gram).for_each(|(s, g)| *s = b * g + c * *s);
        half.matmul(Matrix::new(&square, n, n), here, &mut next, k, false);
        x_t.iter_mut().zip(&next).for_each(|(x, y)| *x = a * *x + y);
    }
    *x = if is_tall { turned(&x_t, n, k) } else { x_t };
}

/// The transpose.
fn turned(x: &[f32], rows: usize, cols: usize) -> Vec<f32> {
    (0..rows * cols).map(|i| x[i % rows * cols + i / rows]).collect()
}

/// Matrices decay; biases, norms, tables and marks do not.
fn decays(name: &str) -> bool {
    ["qkv", "out", "up", "down", "weight", "weight_1", "weight_2", "key", "value", "project"]
        .iter()
        .any(|end| name.rsplit('.').next() == Some(end))
}

/// Moves the average toward the weights; in the first steps it follows faster.
pub fn average(ema: &mut Params, params: &Params, decay: f32, step: u64) {
    let decay = decay.min((1 + step) as f32 / (10 + step) as f32);
    for ((_, mean), (_, data)) in ema.iter_mut().zip(params.iter()) {
        mean.par_iter_mut().zip(data).with_min_len(4096).for_each(|(m, w)| *m = decay * *m + (1.0 - decay) * w);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_values_come_near_one() {
        let mut rng = gesamt_world::Seed(1).rng();
        for (rows, cols) in [(24, 60), (60, 24), (32, 32)] {
            let mut x: Vec<f32> = (0..rows * cols).map(|_| rng.normal()).collect();
            orthogonalise(&mut x, rows, cols);
            // The mean square of the singular values is the sum of squares over the short side.
            let mean = x.iter().map(|v| v * v).sum::<f32>() / rows.min(cols) as f32;
            assert!((0.6..1.3).contains(&mean), "{rows} × {cols}: {mean}");
        }
    }

    #[test]
    fn a_matrix_turned_twice_is_itself() {
        let x: Vec<f32> = (0..15).map(|i| i as f32).collect();
        assert_eq!(turned(&x, 3, 5)[1], 5.0);
        assert_eq!(turned(&turned(&x, 3, 5), 5, 3), x);
    }

    fn config() -> TrainConfig {
        TrainConfig::parse("preset=\"debug\"\ncorpus=\"c\"\nout=\"o\"\nsteps=400\nbatch=8\nlr=0.02\nwarmup_steps=1")
            .unwrap()
    }

    #[test]
    fn a_quadratic_bowl_is_descended_whatever_its_slopes() {
        let mut params = Params::init(&config().model().unwrap(), 1);
        let (mut optimizer, config) = (Optimizer::new(&params), config());
        let far = |params: &Params| params.get("in.bias").iter().fold(0.0f32, |m, w| m.max((w - 0.7).abs()));
        assert!(far(&params) > 0.6);
        for step in 0..400 {
            let slope = |i: usize| if i.is_multiple_of(2) { 1e-3 } else { 1e-6 };
            let gradient = params.get("in.bias").iter().enumerate().map(|(i, w)| slope(i) * (w - 0.7)).collect();
            optimizer.step(&mut params, &Gradients::from([("in.bias".into(), gradient)]), &config, step);
        }
        assert!(far(&params) < 0.02, "{}", far(&params));
    }

    #[test]
    fn long_gradients_are_clipped_and_told() {
        let mut params = Params::init(&config().model().unwrap(), 1);
        let n = params.get("in.bias").len();
        let gradients = Gradients::from([("in.bias".into(), vec![3.0; n])]);
        let norm = Optimizer::new(&params).step(&mut params, &gradients, &config(), 0);
        assert!((norm - 3.0 * (n as f32).sqrt()).abs() < 1e-2);
    }

    #[test]
    fn the_average_follows_fast_then_slowly() {
        let model = config().model().unwrap();
        let (mut ema, target) = (Params::init(&model, 1), Params::init(&model, 2));
        average(&mut ema, &target, 0.999, 0);
        let gap = |ema: &Params| (ema.get("in.weight")[0] - target.get("in.weight")[0]).abs();
        let first = gap(&ema);
        average(&mut ema, &target, 0.999, 100_000);
        assert!((gap(&ema) / first - 0.999).abs() < 1e-3);
    }

    #[test]
    fn the_state_survives_its_tensors() {
        let model = config().model().unwrap();
        let mut params = Params::init(&model, 1);
        let mut optimizer = Optimizer::new(&params);
        let gradients: Gradients = params.iter().map(|(n, d)| (n.to_owned(), vec![0.1; d.len()])).collect();
        optimizer.step(&mut params, &gradients, &config(), 0);
        assert_eq!(Optimizer::from_tensors(&model, &optimizer.tensors()).unwrap(), optimizer);
    }
}
