use super::*;
use crate::data::{Loader, batch, tests::corpus};
use crate::loss::loss;
use gesamt_cmld::codec::Codec;
use gesamt_cmld::model::{Input, Network};
use gesamt_world::Seed;

/// A debug model with open gates, so that every tensor matters, and a batch.
pub(crate) fn debug() -> (Config, Params, Batch) {
    let dir = tempfile::tempdir().unwrap();
    let records = Loader::new(corpus(dir.path(), 40), 1, 0).unwrap().take(0, 6).unwrap();
    let codec = Codec::fit(&records.iter().map(|r| r.row.clone()).collect::<Vec<_>>());
    let config = Config::preset("debug").unwrap();
    let mut params = Params::init(&config, 1);
    for (name, data) in params.iter_mut().filter(|(name, _)| name.starts_with("mod.") || name.starts_with("final.")) {
        let mut rng = Seed(4).child(name).rng();
        data.iter_mut().for_each(|w| *w = 0.2 * rng.normal());
    }
    let batch = batch(&records, &codec, config.text.rows, Seed(2));
    (config, params, batch)
}

/// Outputs of the inference kernels for the samples of a batch.
pub(crate) fn inferred(config: &Config, params: &Params, batch: &Batch) -> Vec<f32> {
    let network = Network::new(config.clone(), params.clone());
    let contexts: Vec<Vec<f32>> = batch.conditions.iter().map(|c| network.context(c)).collect();
    let latents = batch.latents.chunks_exact(Schema::get().n_dims());
    let inputs: Vec<Input> = latents
        .zip(&contexts)
        .zip(&batch.times)
        .map(|((latent, context), t)| Input { context, latent, t: *t })
        .collect();
    network.outputs(&inputs)
}

/// The length of the difference over the length of the first.
pub(crate) fn relative_gap(a: &[f32], b: &[f32]) -> f64 {
    let length = |it: &mut dyn Iterator<Item = f32>| it.map(|v| f64::from(v).powi(2)).sum::<f64>().sqrt();
    length(&mut a.iter().zip(b).map(|(a, b)| a - b)) / length(&mut a.iter().copied()).max(1e-12)
}

#[test]
fn training_and_inference_run_the_same_network() {
    let (config, params, batch) = debug();
    let own = OwnStack::new(config.clone(), Precision::Single).outputs(&params, &batch).unwrap();
    let gap = relative_gap(&inferred(&config, &params, &batch), &own);
    assert!(gap < 1e-5, "relative difference {gap}");
}

#[test]
fn gradients_reach_every_parameter_and_agree_with_differences() {
    let (config, params, batch) = debug();
    let stack = OwnStack::new(config.clone(), Precision::Single);
    let gradients = stack.gradients(&params, &batch, &mut |o| loss(o, &batch, 5.0).gradient).unwrap();
    let value = |params: &Params| f64::from(loss(&stack.outputs(params, &batch).unwrap(), &batch, 5.0).mean);
    for spec in config.params() {
        let gradient = &gradients[&spec.name];
        let length = gradient.iter().map(|g| f64::from(*g).powi(2)).sum::<f64>().sqrt();
        assert!(length > 0.0, "{} has a gradient of zero", spec.name);
        // Along its own gradient a tensor moves the loss by the length of the gradient.
        let step = 1.5e-3 / length;
        let moved = |sign: f64| {
            let mut params = params.clone();
            let data = params.iter_mut().find(|(name, _)| *name == spec.name).map(|(_, data)| data).unwrap();
            data.iter_mut().zip(gradient).for_each(|(w, g)| *w += (sign * step * f64::from(*g)) as f32);
            value(&params)
        };
        let numeric = (moved(1.0) - moved(-1.0)) / (2.0 * step) / length;
        // Differences of a loss near one are good to about 1e-7 over the way that was gone.
        let tolerance = 0.03 * length + 2e-4;
        assert!((numeric - length).abs() < tolerance, "{}: {numeric} for {length}", spec.name);
    }
}

#[test]
fn gradients_do_not_depend_on_the_number_of_threads() {
    let (config, params, batch) = debug();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let stack = OwnStack::new(config.clone(), Precision::Single);
        pool.install(|| stack.gradients(&params, &batch, &mut |o| loss(o, &batch, 5.0).gradient)).unwrap()
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn half_precision_points_the_gradient_the_same_way() {
    let (config, params, batch) = debug();
    let gradients = |precision| {
        let stack = OwnStack::new(config.clone(), precision);
        stack.gradients(&params, &batch, &mut |o| loss(o, &batch, 5.0).gradient).unwrap()
    };
    let (exact, rounded) = (gradients(Precision::Single), gradients(Precision::Half));
    let flat = |g: &Gradients| g.values().flatten().copied().collect::<Vec<f32>>();
    let gap = relative_gap(&flat(&exact), &flat(&rounded));
    assert!(gap < 0.03, "relative difference {gap}");
    // Where the processor has the unit, the test would be empty if the sums were the same.
    assert_eq!(gap > 0.0, gesamt_cmld::kernels::has_tiles());
}
