use super::*;
use crate::data::tests::corpus;
use crate::own::OwnStack;

fn config(dir: &std::path::Path, name: &str, steps: u64) -> TrainConfig {
    let text = format!(
        "preset=\"debug\"\ncorpus={:?}\nout={:?}\nsteps={steps}\nbatch=16\nlr=0.003\nwarmup_steps=5\nheld_out=16\n\
         eval_worlds=8\neval_every=1000\nsave_every=5",
        dir.join("corpus"),
        dir.join(name)
    );
    TrainConfig::parse(&text).unwrap()
}

/// Stops after a number of steps, as a kill would: what was not saved is lost.
struct Killed<'a> {
    stack: &'a OwnStack,
    steps_left: std::cell::Cell<u32>,
}

impl Stack for Killed<'_> {
    fn outputs(&self, params: &gesamt_cmld::model::Params, batch: &crate::data::Batch) -> Result<Vec<f32>> {
        self.stack.outputs(params, batch)
    }

    fn gradients(
        &self,
        params: &gesamt_cmld::model::Params,
        batch: &crate::data::Batch,
        upstream: &mut dyn FnMut(&[f32]) -> Vec<f32>,
    ) -> Result<crate::optim::Gradients> {
        ensure!(self.steps_left.get() > 0, "killed");
        self.steps_left.set(self.steps_left.get() - 1);
        self.stack.gradients(params, batch, upstream)
    }
}

#[test]
fn a_killed_run_goes_on_as_if_it_had_not_been() {
    let dir = tempfile::tempdir().unwrap();
    corpus(&dir.path().join("corpus"), 200);
    let stop = AtomicBool::new(false);
    let whole = config(dir.path(), "whole", 12);
    let stack = OwnStack::new(whole.model().unwrap(), whole.precision());
    let expected = train(&whole, &stack, &stop, None, &|_| {}).unwrap();
    let broken = config(dir.path(), "broken", 12);
    let killed = Killed { stack: &stack, steps_left: 8.into() };
    assert!(train(&broken, &killed, &stop, None, &|_| {}).is_err());
    std::fs::write(broken.out.join("checkpoint.part"), b"half a file").unwrap();
    let found = train(&broken, &stack, &stop, None, &|_| {}).unwrap();
    assert_eq!(found.params, expected.params);
    assert_eq!((found.ema, found.optimizer), (expected.ema, expected.optimizer));
    let read = |config: &TrainConfig| {
        let text = std::fs::read_to_string(config.out.join("curve.csv")).unwrap();
        from_csv(&text, 100).iter().map(|p| (p.step, p.stated)).collect::<Vec<_>>()
    };
    assert_eq!(read(&broken), read(&whole));
}

#[test]
fn the_loss_falls() {
    let dir = tempfile::tempdir().unwrap();
    corpus(&dir.path().join("corpus"), 300);
    let config = config(dir.path(), "run", 60);
    let stack = OwnStack::new(config.model().unwrap(), config.precision());
    train(&config, &stack, &AtomicBool::new(false), None, &|_| {}).unwrap();
    let points = from_csv(&std::fs::read_to_string(config.out.join("curve.csv")).unwrap(), 100);
    let (first, last) = (points[0].loss, points[points.len() - 1].loss);
    assert!(last < 0.9 * first, "from {first} to {last}");
    assert!(config.out.join("curve.png").exists());
}
