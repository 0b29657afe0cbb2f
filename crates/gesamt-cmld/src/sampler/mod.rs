//! Few-step samplers of a flow from noise (t = 0) to data (t = 1).
//!
//! On the straight path `z(t) = t·x + (1 − t)·ε` the flow is `dz/dt = (x̂(t, z) − z) / (1 − t)`, where the *endpoint* `x̂` is
//! the mean of the data that `z` may become. A sampler gets `x̂` as a function and knows nothing of networks. Between two
//! times it takes `x̂` for constant or linear in t and integrates the rest exactly, so that t = 1 is no singularity.

mod schedule;

pub use schedule::{Schedule, noise};

/// How a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The endpoint is constant over a step: first order, one evaluation.
    Euler,
    /// The endpoint goes on as it went in the step before: second order, one evaluation.
    Multistep,
    /// The endpoint is evaluated at both ends of a step: second order, two evaluations.
    Heun,
}

/// Times of each group at one moment.
pub type Times = Vec<f32>;

/// The endpoint of a state: from the time of each group and the numbers of `z` to as many numbers.
pub type EndpointFn<'a> = dyn FnMut(&[f32], &[f32]) -> Vec<f32> + 'a;

/// Carries `z` through `times`, one entry per moment, each with a time per group. Groups whose time stands still do not
/// move. Returns the number of evaluations.
///
/// # Shapes
/// `group_of` names the group of each number of `z`; `endpoint(times, z)` returns as many numbers.
///
/// # Source
/// The exact solution for an endpoint linear in t, `x̂ = a + b·t`: `z = a + b·t + b·(1 − t)·ln(1 − t) + C·(1 − t)`.
/// The multistep variant is of the family of Lu et al., "DPM-Solver++" (2022).
pub fn solve(method: Method, times: &[Times], group_of: &[usize], z: &mut [f32], endpoint: &mut EndpointFn) -> usize {
    let (mut n_evaluations, mut before): (usize, Option<(&Times, Vec<f32>)>) = (0, None);
    for pair in times.windows(2) {
        let (now, next) = (&pair[0], &pair[1]);
        let here = endpoint(now, z);
        n_evaluations += 1;
        let ahead = match method {
            Method::Heun => {
                let mut predicted = z.to_vec();
                advance(&mut predicted, group_of, now, next, &here, None);
                n_evaluations += 1;
                Some((next, endpoint(next, &predicted)))
            }
            _ => None,
        };
        let other = match method {
            Method::Euler => None,
            Method::Multistep => before.as_ref(),
            Method::Heun => ahead.as_ref(),
        };
        let other = other.map(|(times, x)| (times.as_slice(), x.as_slice()));
        advance(z, group_of, now, next, &here, other);
        before = Some((now, here));
    }
    n_evaluations
}

/// One step of every number; `other` is the endpoint at another time, which gives its slope.
fn advance(
    z: &mut [f32],
    group_of: &[usize],
    now: &[f32],
    next: &[f32],
    here: &[f32],
    other: Option<(&[f32], &[f32])>,
) {
    for (index, (value, group)) in z.iter_mut().zip(group_of).enumerate() {
        let (from, to, x) = (now[*group], next[*group], here[index]);
        if to <= from {
            continue;
        }
        let slope = other.map_or(0.0, |(times, endpoint)| {
            let gap = from - times[*group];
            if gap.abs() < 1e-6 { 0.0 } else { (x - endpoint[index]) / gap }
        });
        let particular = |t: f32| {
            let left = 1.0 - t;
            x + slope * (t - from) + if left > 0.0 { slope * left * left.ln() } else { 0.0 }
        };
        let constant = (*value - particular(from)) / (1.0 - from).max(1e-6);
        *value = particular(to) + constant * (1.0 - to);
    }
}

/// The velocity of an endpoint.
#[must_use]
pub fn velocity_of(endpoint: f32, z: f32, t: f32) -> f32 {
    (endpoint - z) / (1.0 - t).max(1e-6)
}

/// The endpoint of a velocity.
#[must_use]
pub fn endpoint_of(velocity: f32, z: f32, t: f32) -> f32 {
    z + (1.0 - t) * velocity
}

/// Classifier-free guidance, in an interval of times only.
///
/// # Source
/// Ho and Salimans, "Classifier-free diffusion guidance" (2022); Kynkäänniemi et al., "Applying guidance in a limited
/// interval" (2024).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guidance {
    /// 1 follows the condition as learned, more exaggerates it.
    pub weight: f32,
    /// Time of a group from which and to which it is applied to the group's numbers.
    pub interval: (f32, f32),
}

impl Default for Guidance {
    fn default() -> Self {
        Self { weight: 1.5, interval: (0.1, 0.75) }
    }
}

impl Guidance {
    /// True when the endpoint without a condition matters to a group at this time.
    #[must_use]
    pub fn is_active(&self, time: f32) -> bool {
        self.weight != 1.0 && (self.interval.0..=self.interval.1).contains(&time)
    }

    /// The endpoint with guidance.
    #[must_use]
    pub fn apply(&self, with: f32, without: f32) -> f32 {
        without + self.weight * (with - without)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEAN: f32 = 1.3;
    const DEVIATION: f32 = 0.6;

    /// The endpoint of data that is normal: the posterior mean.
    fn posterior(t: f32, z: f32) -> f32 {
        let variance = (t * DEVIATION).powi(2) + (1.0 - t).powi(2);
        MEAN + t * DEVIATION * DEVIATION / variance * (z - t * MEAN)
    }

    fn error(method: Method, n_steps: usize) -> f32 {
        let times: Vec<Times> = (0..=n_steps).map(|i| vec![i as f32 / n_steps as f32]).collect();
        let start = [-1.5, -0.4, 0.3, 2.0];
        let mut z = start;
        solve(method, &times, &[0; 4], &mut z, &mut |t, z| z.iter().map(|z| posterior(t[0], *z)).collect());
        // The flow of a normal law keeps the distance from the mean in units of the deviation.
        z.iter().zip(start).map(|(z, start)| (z - (MEAN + DEVIATION * start)).abs()).fold(0.0, f32::max)
    }

    fn order(method: Method) -> f32 {
        (error(method, 16) / error(method, 64)).log2() / 2.0
    }

    #[test]
    fn euler_is_of_first_order() {
        assert!((order(Method::Euler) - 1.0).abs() < 0.2, "{}", order(Method::Euler));
    }

    #[test]
    fn multistep_and_heun_are_of_second_order_up_to_the_end() {
        for method in [Method::Multistep, Method::Heun] {
            assert!(order(method) > 1.7, "{method:?}: {} {} {}", order(method), error(method, 16), error(method, 64));
            let (found, euler) = (error(method, 16), error(Method::Euler, 16));
            assert!(found < 0.6 * euler, "{method:?}: {found}, Euler {euler}");
        }
    }

    #[test]
    fn a_known_endpoint_is_reached_exactly_in_one_step() {
        for method in [Method::Euler, Method::Multistep, Method::Heun] {
            let mut z = [5.0, -3.0];
            solve(method, &[vec![0.0], vec![1.0]], &[0, 0], &mut z, &mut |_, _| vec![0.25, 0.5]);
            assert_eq!(z, [0.25, 0.5]);
        }
    }

    #[test]
    fn groups_go_by_their_own_times_and_clean_ones_stand_still() {
        let times = [vec![0.0, 1.0], vec![0.5, 1.0], vec![1.0, 1.0]];
        let mut z = [4.0, 7.0];
        let n = solve(Method::Euler, &times, &[0, 1], &mut z, &mut |_, _| vec![2.0, 2.0]);
        assert_eq!((z, n), ([2.0, 7.0], 2));
    }

    #[test]
    fn velocity_and_endpoint_are_two_forms_of_one_thing() {
        assert!((endpoint_of(velocity_of(2.0, 0.5, 0.7), 0.5, 0.7) - 2.0).abs() < 1e-6);
    }

    #[test]
    fn guidance_is_a_line_through_both_endpoints() {
        let guidance = Guidance { weight: 2.0, interval: (0.2, 0.6) };
        assert_eq!((guidance.apply(1.0, 0.0), guidance.apply(3.0, 3.0)), (2.0, 3.0));
        assert_eq!([0.1, 0.2, 0.6, 0.7].map(|p| guidance.is_active(p)), [false, true, true, false]);
        assert!(!Guidance { weight: 1.0, ..guidance }.is_active(0.4));
    }
}
