use super::*;
use crate::loss::{Weights, loss};
use crate::testing::{debug, inferred, relative_gap};

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
    let gradients = stack
        .gradients(&params, &batch, &mut |o| loss(o, &batch, Weights { plan: 5.0, ..Weights::default() }).gradient)
        .unwrap();
    let value = |params: &Params| {
        f64::from(
            loss(&stack.outputs(params, &batch).unwrap(), &batch, Weights { plan: 5.0, ..Weights::default() }).mean,
        )
    };
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
        pool.install(|| {
            stack.gradients(&params, &batch, &mut |o| {
                loss(o, &batch, Weights { plan: 5.0, ..Weights::default() }).gradient
            })
        })
        .unwrap()
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn half_precision_points_the_gradient_the_same_way() {
    let (config, params, batch) = debug();
    let gradients = |precision| {
        let stack = OwnStack::new(config.clone(), precision);
        stack
            .gradients(&params, &batch, &mut |o| loss(o, &batch, Weights { plan: 5.0, ..Weights::default() }).gradient)
            .unwrap()
    };
    let (exact, rounded) = (gradients(Precision::Single), gradients(Precision::Half));
    let flat = |g: &Gradients| g.values().flatten().copied().collect::<Vec<f32>>();
    let gap = relative_gap(&flat(&exact), &flat(&rounded));
    assert!(gap < 0.03, "relative difference {gap}");
    // Where the processor has the unit, the test would be empty if the sums were the same.
    assert_eq!(gap > 0.0, gesamt_cmld::kernels::has_tiles());
}
